//! A value that lives elsewhere.

use crate::domain::{Failure, Moment};

/// The last known value stays while it is asked for again, and when that fails.
#[derive(Clone, Debug)]
pub struct Remote<T> {
    pub value: Option<T>,
    /// When `value` was answered.
    pub as_of: Option<Moment>,
    /// The request that `value` answers: two answers can come at the same time.
    pub request: Option<u64>,
    /// The request that is under way. Answers to other requests are stale.
    loading: Option<u64>,
    /// Boxed: most values have none.
    failure: Option<Box<(Failure, Moment)>>,
}

impl<T> Default for Remote<T> {
    fn default() -> Self {
        Self { value: None, as_of: None, request: None, loading: None, failure: None }
    }
}

impl<T> Remote<T> {
    /// Notes that request `load` is under way; an earlier one is forgotten.
    pub fn start(&mut self, load: u64) {
        self.loading = Some(load);
    }

    pub fn is_loading(&self) -> bool {
        self.loading.is_some()
    }

    /// `value` is an answer, and not taken from elsewhere.
    pub fn is_answer(&self) -> bool {
        self.request.is_some()
    }

    /// Asked for the first time and not answered yet.
    pub fn is_first_load(&self) -> bool {
        self.is_loading() && self.value.is_none()
    }

    /// True if `load` is the request that is waited for.
    pub fn awaits(&self, load: u64) -> bool {
        self.loading == Some(load)
    }

    /// Why the last request failed, and when.
    pub fn failure(&self) -> Option<&(Failure, Moment)> {
        self.failure.as_deref()
    }

    pub(super) fn forget_failure(&mut self, is_over: impl FnOnce(&Failure) -> bool) {
        self.failure.take_if(|failed| is_over(&failed.0));
    }

    /// Takes a value that was known at `as_of` and comes by another way than an answer; a later one stays.
    pub fn seed(&mut self, value: T, as_of: Moment) {
        if self.as_of.is_none_or(|known| known.date < as_of.date) {
            self.value = Some(value);
            self.as_of = Some(as_of);
        }
    }

    /// Takes the answer to `load`; returns false, and changes nothing, if that is not the one that is waited for.
    pub fn finish(&mut self, load: u64, answer: Result<T, Failure>, now: Moment) -> bool {
        if !self.awaits(load) {
            return false;
        }
        self.loading = None;
        match answer {
            Ok(value) => {
                self.value = Some(value);
                self.as_of = Some(now);
                self.request = Some(load);
                self.failure = None;
            }
            Err(failure) => self.failure = Some(Box::new((failure, now))),
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::domain::Cause;

    #[test]
    fn a_failed_refresh_keeps_what_was_known() {
        let now = Moment::of(Timestamp::UNIX_EPOCH);
        let mut remote = Remote::default();
        remote.start(1);
        assert!(remote.finish(1, Ok(7), now), "the awaited answer is taken");
        remote.start(2);
        let failure = Failure::new("iam:ListUsers", Cause::Throttled);
        assert!(remote.finish(2, Err(failure), now), "the awaited answer is taken");
        assert_eq!(remote.value, Some(7));
        assert!(remote.failure.is_some(), "and the failure is told");
    }

    #[test]
    fn a_stale_answer_changes_nothing() {
        let mut remote = Remote::default();
        remote.start(1);
        remote.start(2);
        assert!(!remote.finish(1, Ok(1), Moment::of(Timestamp::UNIX_EPOCH)), "overtaken by a later request");
        assert_eq!(remote.value, None);
        assert!(remote.is_loading(), "the later request is still awaited");
    }
}
