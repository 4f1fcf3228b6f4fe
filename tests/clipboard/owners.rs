//! Other owners of the clipboard: ones that hang, and ones with content other than text.

use std::time::Duration;

use keyfob::core::{ClipboardEvent, PasteSource};
use keyfob::domain::Secret;

use super::copying::{HINT, targets};
use super::desktop::{Owner, SOON, paste, until};
use super::figures::Figure;
use super::stand::{
    LONG, Stand, alive, check, clipboard_is, clipboard_is_empty, is, secret, timed, waited_for_a_core,
};
use super::{Outcome, Scenario};

pub(crate) const ALL: &[Scenario] = &[
    ("a_hung_owner_never_blocks_the_caller", a_hung_owner_never_blocks_the_caller),
    ("a_hung_owner_is_reported_and_outlived", a_hung_owner_is_reported_and_outlived),
    ("quitting_is_quick_with_a_hung_owner", quitting_is_quick_with_a_hung_owner),
    ("quitting_is_quick_while_a_hung_owner_is_asked", quitting_is_quick_while_a_hung_owner_is_asked),
    ("what_others_copied_and_selected_is_pasted", what_others_copied_and_selected_is_pasted),
    ("a_paste_from_a_hung_owner_ends_in_time", a_paste_from_a_hung_owner_ends_in_time),
    ("a_paste_that_hangs_does_not_delay_clearing", a_paste_that_hangs_does_not_delay_clearing),
    ("a_manager_that_took_it_over_is_cleared", a_manager_that_took_it_over_is_cleared),
    ("an_empty_clipboard_is_left_alone", an_empty_clipboard_is_left_alone),
    ("an_image_is_left_alone", an_image_is_left_alone),
    ("bytes_that_are_no_text_are_left_alone", bytes_that_are_no_text_are_left_alone),
    ("a_megabyte_is_left_alone", a_megabyte_is_left_alone),
    ("what_the_window_copied_is_left_alone", what_the_window_copied_is_left_alone),
];

/// Long enough for other programs to start on a busy computer.
const KEEP: Duration = Duration::from_secs(2);

/// The promise is half a second; the rest allows for a busy computer.
const QUIT_WITHIN: Duration = Duration::from_secs(2);

const SENDS: usize = 3000;
const ROUNDS: usize = 5;

/// The maximum duration of a send.
fn longest_send(stand: &Stand) -> Outcome<Duration> {
    let mut longest = Duration::ZERO;
    for _ in 0..SENDS {
        let text = Secret::new(secret());
        let before = waited_for_a_core();
        let (sent, took) = timed(|| stand.thread.copy_secret(text, LONG));
        alive(sent)?;
        let waited = waited_for_a_core().saturating_sub(before);
        longest = longest.max(took.saturating_sub(waited));
    }
    Ok(longest)
}

/// The worst of this many sends while the thread is stuck counts, in the best of several rounds: delays caused by Keyfob would
/// occur in every round, those of other load do not.
fn a_hung_owner_never_blocks_the_caller() -> Outcome {
    let stand = Stand::new()?;
    stand.holding(LONG)?;
    let _other = Owner::hung("copied elsewhere")?;
    stand.clear()?;
    let mut longest = Duration::MAX;
    for _ in 0..ROUNDS {
        longest = longest.min(longest_send(&stand)?);
    }
    let unit = format!("µs, the worst of {SENDS} copies beside a hung owner, in the best of {ROUNDS} rounds");
    Figure::tell("clipboard_longest_block", longest.as_micros() as u64, &unit);
    // The thread was stuck all the time, so its first event is the clearing.
    is(&stand.event()?, |event| matches!(event, ClipboardEvent::NotCleared { .. }))?;
    check(longest < Duration::from_millis(1), "a send took more than a millisecond")
}

fn a_hung_owner_is_reported_and_outlived() -> Outcome {
    let stand = Stand::new()?;
    stand.holding(Some(KEEP))?;
    let _other = Owner::hung("copied elsewhere")?;
    let (told, took) = timed(|| stand.event());
    is(&told?, |event| matches!(event, ClipboardEvent::NotCleared { .. }))?;
    check(took < Duration::from_secs(10), "it was waited for too long")?;
    let (secret, took) = timed(|| stand.holding(Some(KEEP)));
    let secret = secret?;
    check(took < Duration::from_secs(3), "the next copy had to wait")?;
    clipboard_is(&secret)?;
    stand.tells(&ClipboardEvent::Cleared)?;
    clipboard_is_empty()
}

fn quitting_is_quick_with_a_hung_owner() -> Outcome {
    let stand = Stand::new()?;
    stand.holding(LONG)?;
    let _other = Owner::hung("copied elsewhere")?;
    let ((), took) = timed(|| stand.thread.quit());
    check(took < QUIT_WITHIN, "it was waited for too long")
}

fn quitting_is_quick_while_a_hung_owner_is_asked() -> Outcome {
    let stand = Stand::new()?;
    stand.holding(LONG)?;
    let _other = Owner::hung("copied elsewhere")?;
    stand.clear()?;
    let ((), took) = timed(|| stand.thread.quit());
    check(took < QUIT_WITHIN, "it was waited for too long")
}

fn what_others_copied_and_selected_is_pasted() -> Outcome {
    let stand = Stand::new()?;
    let _clipboard = Owner::of("copied elsewhere")?;
    let _primary = Owner::of_bytes("primary", "UTF8_STRING", b"selected elsewhere")?;
    for (from, wanted) in
        [(PasteSource::Clipboard, "copied elsewhere"), (PasteSource::Primary, "selected elsewhere")]
    {
        let text = stand.pastes(from).recv_timeout(SOON).map_err(|err| err.to_string())??;
        check(text.is_some_and(|text| *text == wanted), "another text was pasted")?;
    }
    stand.thread.select("selected here".to_owned());
    until(SOON, "what was selected here is not offered", || {
        Ok(paste("primary", "UTF8_STRING")?.as_deref() == Some(b"selected here"))
    })
}

fn a_paste_from_a_hung_owner_ends_in_time() -> Outcome {
    let stand = Stand::new()?;
    let _other = Owner::hung("copied elsewhere")?;
    let (asked, took) = timed(|| stand.pastes(PasteSource::Clipboard));
    check(took < Duration::from_millis(100), "the caller was blocked")?;
    let (answer, took) = timed(|| asked.recv_timeout(SOON));
    check(answer.is_ok_and(|text| text.is_err()), "no problem was reported")?;
    check(took < Duration::from_secs(4), "it was waited for too long")?;
    // The clipboard itself goes on.
    clipboard_is(&stand.holding(LONG)?)
}

fn a_paste_that_hangs_does_not_delay_clearing() -> Outcome {
    let stand = Stand::new()?;
    let primary = Owner::of_bytes("primary", "UTF8_STRING", b"selected elsewhere")?;
    primary.0.hang()?;
    let _secret = stand.holding(Some(Duration::from_millis(500)))?;
    let _asked = stand.pastes(PasteSource::Primary);
    let (told, took) = timed(|| stand.event());
    is(&told?, |event| *event == ClipboardEvent::Cleared)?;
    check(took < Duration::from_millis(1500), "the paste was waited for")?;
    clipboard_is_empty()
}

fn a_manager_that_took_it_over_is_cleared() -> Outcome {
    let stand = Stand::new()?;
    let secret = stand.holding(Some(KEEP))?;
    let _manager = Owner::of(&secret)?;
    // The same text was there before; the mark, which only Keyfob sets, identifies the owner.
    until(SOON, "the manager did not take it over", || Ok(!targets()?.contains(HINT)))?;
    stand.tells(&ClipboardEvent::Cleared)?;
    clipboard_is_empty()
}

fn an_empty_clipboard_is_left_alone() -> Outcome {
    let stand = Stand::new()?;
    stand.holding(Some(KEEP))?;
    drop(Owner::of("copied elsewhere")?);
    clipboard_is_empty()?;
    stand.tells(&ClipboardEvent::NotOurs)
}

/// Content other than our text stays there, byte for byte.
fn is_left_alone(target: &str, bytes: &[u8]) -> Outcome {
    let stand = Stand::new()?;
    stand.holding(Some(KEEP))?;
    let _other = Owner::of_bytes("clipboard", target, bytes)?;
    stand.tells(&ClipboardEvent::NotOurs)?;
    check(paste("clipboard", target)?.as_deref() == Some(bytes), "it is not there any more")
}

fn an_image_is_left_alone() -> Outcome {
    is_left_alone("image/png", b"\x89PNG\r\n\x1a\n and the rest")
}

fn bytes_that_are_no_text_are_left_alone() -> Outcome {
    is_left_alone("UTF8_STRING", b"\xff\xfe\x80 no UTF-8")
}

fn a_megabyte_is_left_alone() -> Outcome {
    is_left_alone("UTF8_STRING", secret().repeat(1 << 20).get(..1 << 20).unwrap_or_default().as_bytes())
}

fn what_the_window_copied_is_left_alone() -> Outcome {
    let mut window = arboard::Clipboard::new().map_err(|err| err.to_string())?;
    let stand = Stand::new()?;
    stand.holding(Some(KEEP))?;
    window.set_text("copied from a field").map_err(|err| err.to_string())?;
    stand.tells(&ClipboardEvent::NotOurs)?;
    clipboard_is("copied from a field")
}
