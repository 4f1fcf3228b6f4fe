//! Copies of other programs around the moment of clearing.

use std::time::Duration;

use keyfob::core::ClipboardEvent;

use super::desktop::{Owner, SOON, pasted, until};
use super::figures::Figure;
use super::stand::{Stand, check, is};
use super::{Outcome, Scenario};

pub(crate) const ALL: &[Scenario] =
    &[("no_copy_of_another_program_is_destroyed", no_copy_of_another_program_is_destroyed)];

/// At most this long after our copy the other program copies, and the time is up.
const SPREAD: u64 = 40;

fn cases() -> u32 {
    let given = std::env::var_os("KEYFOB_CASES").and_then(|cases| cases.to_str()?.parse().ok());
    given.unwrap_or(200)
}

/// `KEYFOB_CASES` races, 200 if it is not set.
fn no_copy_of_another_program_is_destroyed() -> Outcome {
    let stand = Stand::new()?;
    let mut destroyed = 0;
    let (mut before, mut after) = (0, 0);
    for case in 0..cases() {
        match race(&stand, case)? {
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

enum Race {
    /// The other copy came before the clearing, which spared it.
    Before,
    After,
    Destroyed,
}

fn race(stand: &Stand, case: u32) -> Outcome<Race> {
    let by_hand = fastrand::bool();
    let random = || Duration::from_millis(fastrand::u64(5..SPREAD));
    stand.holding((!by_hand).then(random))?;
    std::thread::sleep(random());
    let text = format!("copied elsewhere, case {case}");
    let _other = Owner::about_to_be("clipboard", "UTF8_STRING", text.as_bytes())?;
    if by_hand {
        std::thread::sleep(Duration::from_micros(fastrand::u64(0..8000)));
        stand.clear()?;
    }
    let event = stand.event()?;
    is(&event, |event| matches!(event, ClipboardEvent::Cleared | ClipboardEvent::NotOurs))?;
    // In whatever order: what another program copied is there in the end.
    let kept = until(SOON / 5, "it is not there", || Ok(pasted()?.as_deref() == Some(text.as_str())));
    Ok(match (kept, event) {
        (Err(_), _) => Race::Destroyed,
        (Ok(()), ClipboardEvent::Cleared) => Race::After,
        (Ok(()), _) => Race::Before,
    })
}
