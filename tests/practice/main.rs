//! The practice account through the AWS SDK: real clients, requests and parsing.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails where it finds something unexpected")]

mod batch;
mod deleting;
mod errors;
mod operations;
mod report;
mod troubles;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_sdk_iam::Client as Iam;
use aws_sdk_iam::config::retry::RetryConfig;
use aws_sdk_iam::config::{BehaviorVersion, Region};
use aws_sdk_iam::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_iam::operation::RequestId as _;
use aws_sdk_iam::types::AccessKey;
use aws_sdk_sts::Client as Sts;
use aws_smithy_runtime_api::http::Response;
use jiff::Timestamp;
use keyfob::practice::{Options, Practice};

/// 25 August 2026, 10:00:00 UTC.
const START: i64 = 1_787_652_000;

/// An account with a manual clock.
struct Stage {
    practice: Practice,
    clock: Arc<AtomicI64>,
    iam: Iam,
    sts: Sts,
}

impl Stage {
    fn story() -> Self {
        Self::new(None, Duration::ZERO)
    }

    fn crowd(users: usize) -> Self {
        Self::new(Some(users), Duration::ZERO)
    }

    fn new(users: Option<usize>, latency: Duration) -> Self {
        let clock = Arc::new(AtomicI64::new(START));
        let reading = Arc::clone(&clock);
        let now = Arc::new(move || Timestamp::from_second(reading.load(Ordering::Relaxed)).expect("a time"));
        let practice = Practice::new(Options { users, latency, now });
        let (iam, sts) = (
            iam(&practice, practice.credentials(), RetryConfig::disabled()),
            sts(&practice, practice.credentials()),
        );
        Self { practice, clock, iam, sts }
    }

    fn wait(&self, seconds: i64) {
        self.clock.fetch_add(seconds, Ordering::Relaxed);
    }

    async fn create(&self, user: &str) -> AccessKey {
        let answer = self.iam.create_access_key().user_name(user).send().await.expect("created");
        answer.access_key.expect("a key")
    }

    async fn key_ids(&self, user: &str) -> Vec<String> {
        let answer = self.iam.list_access_keys().user_name(user).send().await.expect("a list");
        answer.access_key_metadata.into_iter().map(|key| key.access_key_id.expect("an id")).collect()
    }
}

fn iam(practice: &Practice, credentials: Credentials, retries: RetryConfig) -> Iam {
    let config = aws_sdk_iam::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(credentials)
        .retry_config(retries)
        .http_client(practice.http_client());
    Iam::from_conf(config.build())
}

fn sts(practice: &Practice, credentials: Credentials) -> Sts {
    let config = aws_sdk_sts::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(credentials)
        .retry_config(RetryConfig::disabled())
        .http_client(practice.http_client());
    Sts::from_conf(config.build())
}

fn pair(key: &AccessKey) -> Credentials {
    Credentials::new(&key.access_key_id, &key.secret_access_key, None, None, "test")
}

/// Runs a test on a clock that jumps to the next deadline instead of waiting for it.
fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime").block_on(test);
}

/// Status, code and message of a refusal, which must have a request id.
#[track_caller]
fn refusal<T, E>(result: Result<T, SdkError<E, Response>>) -> (u16, String, String)
where
    E: ProvideErrorMetadata + aws_sdk_iam::operation::RequestId,
{
    let Err(SdkError::ServiceError(refused)) = result else {
        panic!("not refused by the service");
    };
    assert!(refused.err().request_id().is_some_and(|id| id.len() == 36), "a request id");
    let status = refused.raw().status().as_u16();
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    (status, text(refused.err().code()), text(refused.err().message()))
}

#[track_caller]
fn assert_refused<T, E>(result: Result<T, SdkError<E, Response>>, status: u16, code: &str, message: &str)
where
    E: ProvideErrorMetadata + aws_sdk_iam::operation::RequestId,
{
    assert_eq!(refusal(result), (status, code.to_owned(), message.to_owned()), "refused in another way");
}

#[test]
fn every_answer_has_a_request_id() {
    run(async {
        let stage = Stage::story();
        let answer = stage.iam.list_users().send().await.expect("a list");
        assert!(answer.request_id().is_some_and(|id| id.len() == 36), "of a list: {:?}", answer.request_id());
        let answer = stage.sts.get_caller_identity().send().await.expect("an identity");
        assert!(aws_sdk_sts::operation::RequestId::request_id(&answer).is_some(), "of the other service");
    });
}
