//! *Check that it works*: a new key is asked who it is until AWS knows it everywhere.
//!
//! IAM spreads a new key over its servers within seconds; one success may come from the only server that knows it. So three
//! in a row are waited for, two seconds apart, for a minute at most.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;

use super::{Call, Model, OpId, Stage};
use crate::domain::{Cause, Failure, Steady};

/// Successes in a row that count as "works".
pub const ENOUGH: u8 = 3;

const PAUSE: Duration = Duration::from_secs(2);
const AT_MOST: SignedDuration = SignedDuration::from_secs(60);

/// What is known about a new key's validity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    Idle,
    /// `successes` in a row so far; `answered`: it was asked at least once.
    UnderWay {
        since: Steady,
        successes: u8,
        answered: bool,
    },
    /// The ARN that AWS answers.
    Works {
        arn: String,
    },
    /// Not accepted within a minute; it may still be, later.
    NotYet,
    /// It could not be asked at all.
    NotAsked(Failure),
}

impl Model {
    pub(super) fn check_key(&mut self) {
        let since = self.now.steady;
        let Some(new_key) = self.creations.new_key_mut() else { return };
        if matches!(new_key.check, Check::UnderWay { .. }) {
            return;
        }
        new_key.check = Check::UnderWay { since, successes: 0, answered: false };
        self.ask_once(Duration::ZERO);
    }

    fn ask_once(&mut self, after: Duration) {
        let Some(creation) = &self.creations.current else { return };
        let Stage::Made(new_key) = &creation.stage else { return };
        let (session, op) = (creation.session, creation.op);
        let (key, secret) = (new_key.pair.id.clone(), Arc::new(new_key.pair.secret.duplicate()));
        self.call(session, Call::CheckKey { op, key, secret, after });
    }

    pub(super) fn checked(&mut self, op: OpId, answer: Result<String, Failure>) {
        let now = self.now.steady;
        if self.creations.current.as_ref().is_none_or(|creation| creation.op != op) {
            return;
        }
        let Some(new_key) = self.creations.new_key_mut() else { return };
        let Check::UnderWay { since, successes, .. } = new_key.check else { return };
        let in_time = now.since(since) < AT_MOST;
        new_key.check = match answer {
            Ok(arn) if successes + 1 >= ENOUGH => Check::Works { arn },
            // Right up to here: what is missing is only the proof that it is so everywhere.
            Ok(_) => Check::UnderWay { since, successes: successes + 1, answered: true },
            Err(failure) if says_nothing(&failure) && in_time => {
                Check::UnderWay { since, successes, answered: true }
            }
            Err(failure) if not_known_yet(&failure) && in_time => {
                Check::UnderWay { since, successes: 0, answered: true }
            }
            Err(failure) if not_known_yet(&failure) => Check::NotYet,
            Err(failure) => Check::NotAsked(failure),
        };
        if matches!(new_key.check, Check::UnderWay { .. }) {
            self.ask_once(PAUSE);
        }
    }
}

/// What IAM answers for a key that it has not heard of yet.
fn not_known_yet(failure: &Failure) -> bool {
    matches!(failure.cause, Cause::KeyNotAccepted | Cause::SignatureWrong)
}

/// Throttling, a failure of AWS and a hiccup of the network are about other things than the key.
fn says_nothing(failure: &Failure) -> bool {
    matches!(
        failure.cause,
        Cause::Throttled
            | Cause::ServiceFailure { .. }
            | Cause::ConnectionLost { .. }
            | Cause::NotInTime { .. }
            | Cause::Unreadable
    )
}
