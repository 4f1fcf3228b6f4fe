//! `CreateAccessKey`, sent at most once.
//!
//! The SDK would send it again after a lost answer, and each request makes a key. So: list, send once, and if the answer
//! is lost find out by listing again.

use std::collections::BTreeSet;

use aws_sdk_iam::config::http::HttpResponse;
use aws_sdk_iam::config::retry::RetryConfig;
use aws_sdk_iam::config::timeout::TimeoutConfig;
use aws_sdk_iam::error::SdkError;
use aws_sdk_iam::operation::create_access_key::{CreateAccessKeyError, CreateAccessKeyOutput};

use super::Connection;
use super::calls::timestamp;
use super::error::failure;
use crate::core::CreateOutcome;
use crate::domain::{Cause, Failure, KeyId, KeyPair, Secret, UserName};

/// Shorter is no id and no secret of any IAM; AWS's are 20 and 40 characters long.
const LEAST_CHARS: usize = 16;

const ACTION: &str = "iam:CreateAccessKey";

impl Connection {
    /// Makes one key, or tells what is known about it.
    pub async fn create_key(&self, user: &UserName) -> CreateOutcome {
        // What is there already. It also teaches this client the clock's error, and warms the connection.
        let before = match self.ids(user).await {
            Ok(ids) => ids,
            Err(failure) => return CreateOutcome::Refused(failure),
        };
        let answer = self.send_once(user).await;
        let failure = match answer {
            Ok(output) => match pair(output) {
                Some(pair) => return CreateOutcome::Made(pair),
                None => Failure::new(ACTION, Cause::Unreadable),
            },
            Err(err) => {
                let failure = failure(ACTION, &self.host, &err);
                if nothing_happened(&err, &failure) {
                    return CreateOutcome::Refused(failure);
                }
                failure
            }
        };
        let (orphans, listed) = self.find_orphans(user, &before).await;
        CreateOutcome::Unknown { failure, orphans, listed }
    }

    async fn send_once(
        &self,
        user: &UserName,
    ) -> Result<CreateAccessKeyOutput, SdkError<CreateAccessKeyError, HttpResponse>> {
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(self.patience.connect)
            .read_timeout(self.patience.create)
            .build();
        let once =
            aws_sdk_iam::Config::builder().retry_config(RetryConfig::disabled()).timeout_config(timeouts);
        self.iam.create_access_key().user_name(user.as_str()).customize().config_override(once).send().await
    }

    async fn ids(&self, user: &UserName) -> Result<BTreeSet<KeyId>, Failure> {
        Ok(self.keys(user).await?.into_iter().map(|key| key.id).collect())
    }

    /// Keys that are there now and were not before, and whether the list could be read at all.
    async fn find_orphans(&self, user: &UserName, before: &BTreeSet<KeyId>) -> (Vec<KeyId>, bool) {
        let mut listed = false;
        for pause in self.patience.looks {
            tokio::time::sleep(pause).await;
            let Ok(after) = self.ids(user).await else { continue };
            listed = true;
            let orphans: Vec<KeyId> = after.difference(before).cloned().collect();
            if !orphans.is_empty() {
                return (orphans, true);
            }
        }
        (Vec::new(), listed)
    }
}

/// A 200 without a key is parsed as an empty one: only a plausible pair is a success.
fn pair(output: CreateAccessKeyOutput) -> Option<KeyPair> {
    let key = output.access_key?;
    let secret = Secret::new(key.secret_access_key);
    let plausible = key.access_key_id.len() >= LEAST_CHARS && secret.expose().len() >= LEAST_CHARS;
    let created = key.create_date.as_ref().and_then(timestamp);
    plausible.then(|| KeyPair { id: KeyId::new(key.access_key_id), secret, created })
}

/// True only where it is certain that IAM did not act: a refusal with a code of its own, or a request that never left.
fn nothing_happened(err: &SdkError<CreateAccessKeyError, HttpResponse>, failure: &Failure) -> bool {
    match err {
        SdkError::ConstructionFailure(_) => true,
        SdkError::ServiceError(service) => {
            let refused = (400..=499).contains(&service.raw().status().as_u16());
            refused && !matches!(failure.cause, Cause::NotAws { .. } | Cause::Unreadable)
        }
        SdkError::DispatchFailure(_) => matches!(
            failure.cause,
            Cause::UnknownHost { .. }
                | Cause::ConnectionRefused { .. }
                | Cause::NoNetwork { .. }
                | Cause::Tls { .. }
                | Cause::Proxy { .. }
        ),
        _ => false,
    }
}
