//! The clipboard after a copy.

use std::time::{Duration, Instant};

use keyfob::clock::Clock;
use keyfob::core::ClipboardEvent;

use super::desktop::{Owner, paste};
use super::stand::{LONG, Stand, alive, check, clipboard_is, clipboard_is_empty, is, secret};
use super::{Outcome, Scenario};

pub(crate) const ALL: &[Scenario] = &[
    ("pasteable_until_the_time_is_up", pasteable_until_the_time_is_up),
    ("the_end_of_the_copy_is_reported", the_end_of_the_copy_is_reported),
    ("marked_as_a_secret", marked_as_a_secret),
    ("a_key_id_is_not_marked", a_key_id_is_not_marked),
    ("every_byte_is_kept", every_byte_is_kept),
    ("the_primary_selection_is_left_alone", the_primary_selection_is_left_alone),
    ("a_key_id_over_it_ends_the_countdown", a_key_id_over_it_ends_the_countdown),
];

fn pasteable_until_the_time_is_up() -> Outcome {
    let (stand, keep) = (Stand::new()?, Duration::from_secs(2));
    let start = Instant::now();
    let secret = stand.holding(Some(keep))?;
    clipboard_is(&secret)?;
    stand.silent_until(start + keep)?;
    stand.tells(&ClipboardEvent::Cleared)?;
    clipboard_is_empty()
}

fn the_end_of_the_copy_is_reported() -> Outcome {
    let stand = Stand::new()?;
    let started = Clock::system().now().steady;
    stand.copy(&secret(), Some(Duration::from_secs(45)))?;
    is(&stand.event()?, |event| {
        let ClipboardEvent::Holds { until: Some(until) } = event else { return false };
        let until = until.since(started).as_secs();
        (45..60).contains(&until)
    })?;
    // A time out of range counts as never, without overflow.
    for keep in [None, Some(Duration::MAX)] {
        stand.copy(&secret(), keep)?;
        stand.tells(&ClipboardEvent::Holds { until: None })?;
    }
    Ok(())
}

pub(crate) const HINT: &str = "x-kde-passwordManagerHint";

pub(crate) fn targets() -> Outcome<String> {
    let targets = paste("clipboard", "TARGETS")?.ok_or("the clipboard is empty")?;
    Ok(String::from_utf8_lossy(&targets).into_owned())
}

fn marked_as_a_secret() -> Outcome {
    let stand = Stand::new()?;
    stand.holding(LONG)?;
    let targets = targets()?;
    check(
        targets.lines().any(|target| target == HINT),
        "clipboard histories are not told that it is a secret",
    )?;
    check(!targets.contains("SAVE_TARGETS"), "clipboard managers are asked to save it")?;
    check(paste("clipboard", HINT)?.as_deref() == Some(b"secret"), "the mark says something else")
}

fn a_key_id_is_not_marked() -> Outcome {
    let stand = Stand::new()?;
    alive(stand.thread.copy_text("AKIAIOSFODNN7EXAMPLE".to_owned()))?;
    stand.tells(&ClipboardEvent::CopiedText)?;
    clipboard_is("AKIAIOSFODNN7EXAMPLE")?;
    check(!targets()?.contains(HINT), "a key id is no secret")
}

fn every_byte_is_kept() -> Outcome {
    let stand = Stand::new()?;
    for text in ["key,secret\r\nAKIA,a+/=\r\n", " \tключ 🔑 e\u{301}\u{200d}\n\n", "x"] {
        stand.copy(text, LONG)?;
        stand.event()?;
        clipboard_is(text)?;
    }
    Ok(())
}

fn the_primary_selection_is_left_alone() -> Outcome {
    let stand = Stand::new()?;
    let _other = Owner::of_bytes("primary", "UTF8_STRING", b"marked with the mouse")?;
    let kept = || {
        let there = paste("primary", "UTF8_STRING")?;
        check(there.as_deref() == Some(b"marked with the mouse"), "the primary selection was touched")
    };
    stand.holding(LONG)?;
    kept()?;
    stand.clear()?;
    stand.tells(&ClipboardEvent::Cleared)?;
    kept()
}

fn a_key_id_over_it_ends_the_countdown() -> Outcome {
    let (stand, short) = (Stand::new()?, Duration::from_secs(2));
    // Reported at once, not when the time is up, and not again then.
    for keep in [LONG, Some(short)] {
        stand.holding(keep)?;
        alive(stand.thread.copy_text("AKIAIOSFODNN7EXAMPLE".to_owned()))?;
        stand.tells(&ClipboardEvent::CopiedText)?;
        stand.tells(&ClipboardEvent::NotOurs)?;
    }
    stand.silent_until(Instant::now() + short * 5 / 4)?;
    clipboard_is("AKIAIOSFODNN7EXAMPLE")
}
