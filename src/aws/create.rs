//! `CreateAccessKey`, sent at most once.
//!
//! The SDK would send it again after a lost response, and each request creates a key. So this lists the keys, sends once, and
//! if the response is lost, lists again to find the key.

use std::collections::BTreeSet;

use aws_sdk_iam::config::http::HttpResponse;
use aws_sdk_iam::config::retry::RetryConfig;
use aws_sdk_iam::config::timeout::TimeoutConfig;
use aws_sdk_iam::error::SdkError;
use aws_sdk_iam::operation::create_access_key::{CreateAccessKeyError, CreateAccessKeyOutput};

use super::Connection;
use super::calls::{request_id, timestamp};
use super::error::{failure, never_left};
use super::odd_dates::OddDates;
use crate::core::CreateOutcome;
use crate::domain::{Cause, Failure, KeyId, KeyPair, Secret, UserName};

const ACTION: &str = "iam:CreateAccessKey";

impl Connection {
    /// The existing keys before one is created. This call also teaches the client the clock skew.
    pub async fn key_ids(&self, user: &UserName) -> Result<BTreeSet<KeyId>, Failure> {
        Ok(self.keys(user).await?.into_iter().map(|key| key.id).collect())
    }

    /// Creates one key, or reports what is known about it. `before`: the user's keys immediately before.
    /// Also returns the request id, if there was a response.
    pub async fn create_key(
        &self,
        user: &UserName,
        before: &BTreeSet<KeyId>,
    ) -> (CreateOutcome, Option<String>) {
        let answer = self.send_once(user).await;
        let id = answer.as_ref().ok().and_then(request_id);
        let failure = match answer {
            Ok(output) => match pair(output) {
                Some(pair) => return (CreateOutcome::Made(pair), id),
                None => Failure::new(ACTION, Cause::Unreadable),
            },
            Err(err) => {
                let failure = failure(ACTION, &self.host, &err);
                if nothing_happened(&err, &failure) {
                    return (CreateOutcome::Refused(failure), id);
                }
                failure
            }
        };
        let (orphans, listed) = self.find_orphans(user, before).await;
        (CreateOutcome::Unknown { failure, orphans, listed }, id)
    }

    async fn send_once(
        &self,
        user: &UserName,
    ) -> Result<CreateAccessKeyOutput, SdkError<CreateAccessKeyError, HttpResponse>> {
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(self.patience.connect)
            .read_timeout(self.patience.create)
            .build();
        let mut once =
            aws_sdk_iam::Config::builder().retry_config(RetryConfig::disabled()).timeout_config(timeouts);
        if let Some(line) = &self.line {
            // The same client, because it has learned the clock skew.
            once.set_http_client(Some(line.for_one_answer()));
        }
        self.iam
            .create_access_key()
            .user_name(user.as_str())
            .customize()
            .interceptor(OddDates::default())
            .config_override(once)
            .send()
            .await
    }

    /// The keys that exist now and did not before, or an error if they could not be listed.
    async fn find_orphans(&self, user: &UserName, before: &BTreeSet<KeyId>) -> (Vec<KeyId>, bool) {
        let mut listed = false;
        for pause in self.patience.looks {
            tokio::time::sleep(pause).await;
            let after = self.key_ids(user).await;
            // An early list may lag, so the last one counts.
            listed = after.is_ok();
            let Ok(after) = after else { continue };
            let orphans: Vec<KeyId> = after.difference(before).cloned().collect();
            if !orphans.is_empty() {
                return (orphans, true);
            }
        }
        (Vec::new(), listed)
    }
}

/// The SDK parses a 200 without a key as an empty key, so only an answer with a secret counts as success. The id may have any
/// form: a secret that has arrived is never thrown away for the looks of what is beside it. Moves the secret, never copies it.
fn pair(output: CreateAccessKeyOutput) -> Option<KeyPair> {
    let key = output.access_key?;
    let secret = Secret::new(key.secret_access_key);
    let created = key.create_date.as_ref().and_then(timestamp);
    is_secret(secret.expose()).then(|| KeyPair { id: KeyId::new(key.access_key_id), secret, created })
}

/// A single visible word. Secrets of AWS have 40 characters today, and those of other servers any form.
fn is_secret(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// True only if IAM certainly did not act: it refused with an error code, or the request was never sent.
fn nothing_happened(err: &SdkError<CreateAccessKeyError, HttpResponse>, failure: &Failure) -> bool {
    match err {
        SdkError::ConstructionFailure(_) => true,
        SdkError::ServiceError(service) => {
            let refused = (400..=499).contains(&service.raw().status().as_u16());
            refused
                && !matches!(failure.cause, Cause::NotAws { .. } | Cause::Proxy { .. } | Cause::Unreadable)
        }
        SdkError::DispatchFailure(dispatch) => dispatch.as_connector_error().is_some_and(never_left),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_one_visible_word() {
        assert!(is_secret("aZ09/+aZ09/+aZ09/+aZ09/+aZ09/+aZ09/+aZ09"));
        assert!(is_secret("short=but_visible"));
        for bad in ["", " ", "two words", "with\u{0}nul", "line\n", "no\u{a0}break", "zero\u{200b}width"] {
            assert!(!is_secret(bad), "{bad:?} was taken for a secret");
        }
    }
}
