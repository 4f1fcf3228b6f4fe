//! Two times at once: one that nobody can set, for what waits or ages on screen, and a date, for what AWS dates.

use std::ops::{Add, AddAssign};

use jiff::{SignedDuration, Timestamp};

/// A clock that starts with the computer, goes on while it sleeps, and cannot be set. In nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Steady(i64);

impl Steady {
    /// `secs` and `nanos` since the computer was started.
    pub fn new(secs: i64, nanos: i64) -> Self {
        Self(secs.saturating_mul(1_000_000_000).saturating_add(nanos))
    }

    /// The time from `earlier` until now; negative if that is later.
    pub fn since(self, earlier: Self) -> SignedDuration {
        SignedDuration::from_nanos(self.0.saturating_sub(earlier.0))
    }
}

impl Add<SignedDuration> for Steady {
    type Output = Self;

    /// Out of range is as good as never.
    fn add(self, by: SignedDuration) -> Self {
        Self(self.0.saturating_add(i64::try_from(by.as_nanos()).unwrap_or(i64::MAX)))
    }
}

/// A moment, on the steady clock and as a date.
///
/// The date is the server's while an account is open: this computer's clock may be wrong, or be set at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub steady: Steady,
    /// UTC.
    pub date: Timestamp,
}

impl Moment {
    /// By a clock that was started at the Unix epoch, and right ever since.
    pub fn of(date: Timestamp) -> Self {
        Self { steady: Steady::new(date.as_second(), date.subsec_nanosecond().into()), date }
    }

    /// The moment at which the steady clock shows `steady`.
    pub fn at_steady(self, steady: Steady) -> Self {
        Self { steady, date: later(self.date, steady.since(self.steady)) }
    }

    /// The moment of `date`.
    pub fn at_date(self, date: Timestamp) -> Self {
        Self { steady: self.steady + date.duration_since(self.date), date }
    }

    /// The time since `earlier`, whatever the dates say.
    pub fn since(self, earlier: Self) -> SignedDuration {
        self.steady.since(earlier.steady)
    }
}

impl Add<SignedDuration> for Moment {
    type Output = Self;

    fn add(self, by: SignedDuration) -> Self {
        Self { steady: self.steady + by, date: later(self.date, by) }
    }
}

impl AddAssign<SignedDuration> for Moment {
    fn add_assign(&mut self, by: SignedDuration) {
        *self = *self + by;
    }
}

fn later(date: Timestamp, by: SignedDuration) -> Timestamp {
    date.saturating_add(by).unwrap_or(date)
}

/// What has an age: a date has one by the server's clock, a moment by the steady one.
pub trait Past: Copy {
    fn age(self, now: Moment) -> SignedDuration;
}

impl Past for Timestamp {
    fn age(self, now: Moment) -> SignedDuration {
        now.date.duration_since(self)
    }
}

impl Past for Moment {
    fn age(self, now: Moment) -> SignedDuration {
        now.since(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_set_does_not_change_what_ages_on_screen() {
        let then = Moment::of("2026-11-24T12:00:00Z".parse().unwrap());
        let hour = SignedDuration::from_hours(1);
        let set_back = Moment { date: then.date - hour, ..then + SignedDuration::from_secs(12) };
        assert_eq!(then.age(set_back), SignedDuration::from_secs(12));
        assert_eq!(then.date.age(set_back), -hour, "a date is measured by dates");
        assert_eq!(then.at_date(then.date + hour).at_steady(then.steady), then);
    }

    #[test]
    fn what_is_out_of_range_is_never_reached() {
        let now = Moment::of(Timestamp::MAX);
        assert_eq!((now + SignedDuration::MAX).date, Timestamp::MAX);
        let start = Moment::of(Timestamp::UNIX_EPOCH).steady;
        assert!(start + SignedDuration::MAX > start);
    }
}
