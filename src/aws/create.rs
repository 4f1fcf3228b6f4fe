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
use super::connect::ServerKind;
use super::error::{failure, never_left};
use crate::core::CreateOutcome;
use crate::domain::{Cause, Failure, KeyId, KeyPair, Secret, UserName};

/// The form of a key id on any IAM (API reference, `AccessKey`, `AccessKeyId`: 16 to 128 of `\w`).
const ID_CHARS: std::ops::RangeInclusive<usize> = 16..=128;

/// The form of a key id on AWS.
const AWS_ID_CHARS: usize = 20;

/// The form of a secret on AWS.
const SECRET_CHARS: usize = 40;

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
            Ok(output) => match pair(output, self.wire) {
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
        self.iam.create_access_key().user_name(user.as_str()).customize().config_override(once).send().await
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

/// The SDK parses a 200 without a key as an empty key, so only a plausible pair counts as success. Moves the secret, never copies it.
fn pair(output: CreateAccessKeyOutput, wire: ServerKind) -> Option<KeyPair> {
    let key = output.access_key?;
    let secret = Secret::new(key.secret_access_key);
    let plausible = is_id(&key.access_key_id, wire) && is_secret(secret.expose(), wire);
    let created = key.create_date.as_ref().and_then(timestamp);
    plausible.then(|| KeyPair { id: KeyId::new(key.access_key_id), secret, created })
}

fn is_id(text: &str, wire: ServerKind) -> bool {
    let word = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let long = match wire {
        ServerKind::Aws => text.len() == AWS_ID_CHARS,
        ServerKind::Elsewhere | ServerKind::Practice => ID_CHARS.contains(&text.len()),
    };
    word && long
}

/// Secrets of AWS have a fixed form. For other servers, any single visible word counts.
fn is_secret(text: &str, wire: ServerKind) -> bool {
    match wire {
        ServerKind::Aws => {
            let of_alphabet = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'+');
            text.len() == SECRET_CHARS && text.bytes().all(of_alphabet)
        }
        ServerKind::Elsewhere | ServerKind::Practice => {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
        }
    }
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
    fn a_secret_of_aws_has_forty_letters_of_its_alphabet() {
        let good = format!("{}bc/+", "aZ09".repeat(9));
        assert!(is_secret(&good, ServerKind::Aws));
        for bad in [
            "",
            &good.replacen('a', "", 1),
            &format!("{good}a"),
            &good.replace('/', "="),
            &good.replace('+', " "),
        ] {
            assert!(!is_secret(bad, ServerKind::Aws), "{} characters were taken for a secret", bad.len());
        }
    }

    #[test]
    fn an_id_is_one_word_of_the_length_that_its_server_gives_it() {
        assert!(is_id("AKIAIOSFODNN7EXAMPLE", ServerKind::Aws));
        assert!(is_id("key_of_another_iam_0", ServerKind::Elsewhere));
        for bad in ["", "AKIAIOSFODNN7EXAMPL", "AKIAIOSFODNN7EXAMPLEX", "AKIAIOSFODNN7 XAMPLE"] {
            assert!(!is_id(bad, ServerKind::Aws), "{bad} was taken for an id of AWS");
        }
        for bad in ["short", "AKIAIOSFODNN7\u{202e}EXAM", &"x".repeat(129)] {
            assert!(!is_id(bad, ServerKind::Elsewhere), "{bad} was taken for an id");
        }
    }

    #[test]
    fn a_secret_of_another_server_is_one_visible_word() {
        for wire in [ServerKind::Elsewhere, ServerKind::Practice] {
            assert!(is_secret("short=but_visible", wire));
            for bad in ["", " ", "two words", "with\u{0}nul", "line\n", "no\u{a0}break", "zero\u{200b}width"]
            {
                assert!(!is_secret(bad, wire), "{bad:?} was taken for a secret");
            }
        }
    }
}
