//! Dates as other programs write them into the cache of tokens and the answers of a `credential_process`.
//!
//! botocore reads both with `dateutil.parser`, which takes nearly anything. These are the forms that are met: RFC 3339 with any
//! zone, with a blank in place of the T, with `UTC` (AWS CLI 1 wrote that), and without seconds.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// `None` for anything that is no date with a zone: without one, botocore refuses it too.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(time) = text.parse() {
        return Some(time);
    }
    let (time, offset) = zone(text)?;
    let time: DateTime = time.trim_end().parse().ok()?;
    offset.to_timestamp(time).ok()
}

/// The date without its zone, and the zone.
fn zone(text: &str) -> Option<(&str, Offset)> {
    let named = ["UTC", "GMT", "Z", "z"].iter().find_map(|name| text.strip_suffix(name));
    if let Some(time) = named {
        return Some((time, Offset::UTC));
    }
    // Behind the date, where hyphens are no signs.
    let at = text.rfind(['+', '-']).filter(|at| *at > "2026-01-01".len())?;
    let (time, offset) = text.split_at_checked(at)?;
    let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = match digits.len() {
        2 => (digits.parse::<i32>().ok()?, 0),
        4 => (digits.get(..2)?.parse().ok()?, digits.get(2..)?.parse().ok()?),
        _ => return None,
    };
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    Some((time, Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_forms_that_are_met() {
        for text in [
            "2026-11-24T12:00:00Z",
            "2026-11-24T12:00:00+00:00",
            "2026-11-24T14:00:00.000+02:00",
            "2026-11-24T12:00:00UTC",
            "2026-11-24 12:00:00 UTC",
            "2026-11-24T12:00:00+0000",
            "2026-11-24T07:00:00-0500",
            "2026-11-24T12:00:00+00",
            "2026-11-24T12:00Z",
            "2026-11-24 12:00:00Z",
            " 2026-11-24T12:00:00Z ",
        ] {
            let read = parse(text).map(|time| time.to_string());
            assert_eq!(read.as_deref(), Some("2026-11-24T12:00:00Z"), "{text}");
        }
        for text in ["", "soon", "1792000000", "2026-11-24", "2026-11-24T12:00:00", "null"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
