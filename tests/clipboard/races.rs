//! Copies by other programs around the moment of clearing.

use std::time::{Duration, Instant};

use keyfob::core::ClipboardEvent;

use super::desktop::{Owner, SOON, pasted, until};
use super::figures::Figure;
use super::stand::{Stand, check, is};
use super::{Outcome, Scenario};

pub(crate) const ALL: &[Scenario] =
    &[("no_copy_of_another_program_is_destroyed", no_copy_of_another_program_is_destroyed)];

fn cases() -> u32 {
    let given = std::env::var_os("KEYFOB_CASES").and_then(|cases| cases.to_str()?.parse().ok());
    given.unwrap_or(200)
}

/// `KEYFOB_CASES` races, 200 if it is not set.
fn no_copy_of_another_program_is_destroyed() -> Outcome {
    let stand = Stand::new()?;
    let mut destroyed = 0;
    let (mut before, mut after) = (0, 0);
    let spread = spread()?;
    for case in 0..cases() {
        match race(&stand, spread, case)? {
            Race::Destroyed => destroyed += 1,
            Race::Before => before += 1,
            Race::After => after += 1,
        }
    }
    Figure::tell("foreign_clipboard_destroyed", destroyed, &format!("contents, in {} races", cases()));
    check(destroyed == 0, &format!("{destroyed} contents were destroyed"))?;
    // Otherwise it was no race.
    check(before > 0 && after > 0, &format!("copied {before} times before and {after} times after clearing"))
}

/// The other program starts, and the time is up, at most this many milliseconds after our copy. If it were shorter than the
/// start of a program, that program would always be too late.
fn spread() -> Outcome<u64> {
    let mut longest = Duration::ZERO;
    for _ in 0..3 {
        let begun = Instant::now();
        let _probe = Owner::of("a probe")?;
        longest = longest.max(begun.elapsed());
    }
    Ok((longest * 2).as_millis().clamp(40, 4000) as u64)
}

enum Race {
    /// The other copy came before the clearing, which did not affect it.
    Before,
    After,
    Destroyed,
}

fn race(stand: &Stand, spread: u64, case: u32) -> Outcome<Race> {
    let by_hand = fastrand::bool();
    let random = || Duration::from_millis(fastrand::u64(5..spread));
    stand.holding((!by_hand).then(random))?;
    std::thread::sleep(random());
    let text = format!("copied elsewhere, case {case}");
    let _other = Owner::about_to_be("clipboard", "UTF8_STRING", text.as_bytes())?;
    if by_hand {
        std::thread::sleep(Duration::from_micros(fastrand::u64(0..spread * 500)));
        stand.clear()?;
    }
    let event = stand.event()?;
    is(&event, |event| matches!(event, ClipboardEvent::Cleared | ClipboardEvent::NotOurs))?;
    // In any order, the other program's copy is there in the end.
    let kept = until(SOON, "it is not there", || Ok(pasted()?.as_deref() == Some(text.as_str())));
    Ok(match (kept, event) {
        (Err(_), _) => Race::Destroyed,
        (Ok(()), ClipboardEvent::Cleared) => Race::After,
        (Ok(()), _) => Race::Before,
    })
}
