//! How many active keys there are of each age.

/// Bars of the histogram.
pub(super) const BARS: usize = 13;
/// Days of a bar; the last one has all that is older.
pub(super) const DAYS: u32 = 30;

/// One bar, from 0 to [`BARS`].
pub(super) type Bar = usize;

/// Keys of each bar.
pub(super) type Ages = [usize; BARS];

pub(super) fn bar_of(age_days: u32) -> Bar {
    ((age_days / DAYS) as usize).min(BARS - 1)
}

/// The first day of a bar, and its last one; the last bar has none.
pub(super) fn days_of(bar: Bar) -> (u32, Option<u32>) {
    let first = bar as u32 * DAYS;
    (first, (bar + 1 < BARS).then_some(first + DAYS - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_age_is_of_one_bar() {
        for age in 0..1000 {
            let (first, last) = days_of(bar_of(age));
            assert!(first <= age && last.is_none_or(|last| age <= last), "{age}");
        }
        assert_eq!(days_of(0), (0, Some(29)));
        assert_eq!(days_of(bar_of(5_000)), (360, None));
    }
}
