//! Clearing the clipboard.

use std::time::{Duration, Instant};

use keyfob::core::ClipboardEvent;

use super::desktop::{Owner, SOON, pasted, until};
use super::stand::{LONG, Stand, check, clipboard_is, clipboard_is_empty};
use super::{Outcome, Scenario};

pub(crate) const ALL: &[Scenario] = &[
    ("the_time_spares_what_others_copied", the_time_spares_what_others_copied),
    ("clear_now_clears_ours_once", clear_now_clears_ours_once),
    ("clear_now_spares_what_others_copied", clear_now_spares_what_others_copied),
    ("a_second_copy_starts_the_time_anew", a_second_copy_starts_the_time_anew),
    ("never_means_until_the_end", never_means_until_the_end),
    ("quitting_clears_ours", quitting_clears_ours),
    ("quitting_spares_what_others_copied", quitting_spares_what_others_copied),
    ("letting_go_of_the_thread_clears_ours", letting_go_of_the_thread_clears_ours),
];

/// Long enough for other programs to start on a busy computer.
const KEEP: Duration = Duration::from_secs(2);

fn the_time_spares_what_others_copied() -> Outcome {
    let stand = Stand::new()?;
    stand.holding(Some(KEEP))?;
    let _other = Owner::of("copied elsewhere")?;
    stand.tells(&ClipboardEvent::NotOurs)?;
    clipboard_is("copied elsewhere")
}

fn clear_now_clears_ours_once() -> Outcome {
    let stand = Stand::new()?;
    stand.holding(LONG)?;
    stand.clear()?;
    stand.clear()?;
    stand.tells(&ClipboardEvent::Cleared)?;
    clipboard_is_empty()?;
    let secret = stand.holding(LONG)?;
    clipboard_is(&secret)
}

fn clear_now_spares_what_others_copied() -> Outcome {
    let stand = Stand::new()?;
    stand.holding(LONG)?;
    let _other = Owner::of("copied elsewhere")?;
    stand.clear()?;
    stand.tells(&ClipboardEvent::NotOurs)?;
    clipboard_is("copied elsewhere")
}

fn a_second_copy_starts_the_time_anew() -> Outcome {
    let stand = Stand::new()?;
    stand.holding(Some(KEEP))?;
    let second = Instant::now();
    let secret = stand.holding(Some(KEEP * 2))?;
    // The time of the first copy is up.
    stand.silent_until(second + KEEP * 5 / 4)?;
    clipboard_is(&secret)?;
    stand.silent_until(second + KEEP * 2)?;
    stand.tells(&ClipboardEvent::Cleared)?;
    clipboard_is_empty()
}

/// The window library holds the clipboard open too, so closing ours is not what clears it.
fn window() -> Outcome<arboard::Clipboard> {
    arboard::Clipboard::new().map_err(|err| err.to_string())
}

fn never_means_until_the_end() -> Outcome {
    let (_window, stand) = (window()?, Stand::new()?);
    let secret = stand.holding(None)?;
    stand.silent_until(Instant::now() + KEEP)?;
    clipboard_is(&secret)?;
    stand.thread.quit();
    clipboard_is_empty()
}

fn quitting_clears_ours() -> Outcome {
    let (_window, stand) = (window()?, Stand::new()?);
    stand.holding(LONG)?;
    stand.thread.quit();
    clipboard_is_empty()?;
    check(stand.thread.clear().is_err(), "the thread lives on")
}

fn quitting_spares_what_others_copied() -> Outcome {
    let stand = Stand::new()?;
    stand.holding(LONG)?;
    let _other = Owner::of("copied elsewhere")?;
    stand.thread.quit();
    clipboard_is("copied elsewhere")
}

fn letting_go_of_the_thread_clears_ours() -> Outcome {
    let (_window, stand) = (window()?, Stand::new()?);
    stand.holding(None)?;
    drop(stand);
    until(SOON, "the secret is still there", || Ok(pasted()?.is_none()))
}
