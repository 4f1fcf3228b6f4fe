//! Dates and ages.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::{Moment, Past, age_days};

/// The reader's time zone.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

impl Zone {
    pub fn system() -> Self {
        Self(TimeZone::system())
    }

    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }
}

/// "just now", "21 minutes ago", "3 hours ago", "402 days ago"
pub fn ago(then: impl Past, now: Moment) -> String {
    let minutes = then.age(now).as_mins();
    let (count, unit) = match minutes {
        ..1 => return "just now".to_owned(),
        1..60 => (minutes, "minute"),
        60..1440 => (minutes / 60, "hour"),
        _ => (minutes / 1440, "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural} ago")
}

/// "412 d"
pub fn days(then: Timestamp, now: Moment) -> String {
    format!("{} d", age_days(then, now.date))
}

/// "1,184 d"
pub fn long_age(then: Timestamp, now: Timestamp) -> String {
    format!("{} d", super::thousands(age_days(then, now) as usize))
}

/// "2 Mar 2021"
pub fn date(time: Timestamp, zone: &Zone) -> String {
    time.to_zoned_datetime(zone.0.clone()).strftime("%-d %b %Y").to_string()
}

/// "2021-03-02", for the names of files
pub(super) fn iso_date(time: Timestamp, zone: &Zone) -> String {
    time.to_zoned_datetime(zone.0.clone()).strftime("%Y-%m-%d").to_string()
}

/// "14:02"
pub fn clock_time(time: Timestamp, zone: &Zone) -> String {
    time.to_zoned_datetime(zone.0.clone()).strftime("%H:%M").to_string()
}

/// "14:02", or the date where that was another day.
pub fn since(time: Timestamp, now: Moment, zone: &Zone) -> String {
    if iso_date(time, zone) == iso_date(now.date, zone) { clock_time(time, zone) } else { date(time, zone) }
}

/// The zone's time and UTC, both in full.
pub fn exact(time: Timestamp, zone: &Zone) -> String {
    let local = time.to_zoned_datetime(zone.0.clone()).strftime("%-d %b %Y, %H:%M:%S %Z").to_string();
    let utc = time.strftime("%Y-%m-%d %H:%M:%S UTC");
    format!("{local}\n{utc}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn ages_use_the_unit_that_fits() {
        let now = Moment::of(at("2026-11-24T12:00:00Z"));
        assert_eq!(ago(at("2026-11-24T11:59:30Z"), now), "just now");
        assert_eq!(ago(at("2026-11-24T12:00:30Z"), now), "just now", "the server's clock is ahead");
        assert_eq!(ago(at("2026-11-24T11:59:00Z"), now), "1 minute ago");
        assert_eq!(ago(at("2026-11-24T09:00:00Z"), now), "3 hours ago");
        assert_eq!(ago(at("2025-10-18T12:00:00Z"), now), "402 days ago");
    }

    #[test]
    fn times_of_another_day_are_shown_as_dates() {
        let now = Moment::of(at("2026-11-24T12:00:00Z"));
        assert_eq!(since(at("2026-11-24T08:05:00Z"), now, &Zone::utc()), "08:05");
        assert_eq!(since(at("2026-11-23T12:00:01Z"), now, &Zone::utc()), "23 Nov 2026");
    }

    #[test]
    fn the_exact_time_includes_utc() {
        let text = exact(at("2021-03-02T13:02:11Z"), &Zone::utc());
        assert!(text.ends_with("2021-03-02 13:02:11 UTC"), "{text}");
    }
}
