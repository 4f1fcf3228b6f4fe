//! Switching a key off and on.

use keyfob::core::{Effect, Event, KeysMsg, Model, Msg};
use keyfob::domain::KeyStatus;

use crate::stand::{Stand, denied, key, set_status, status_set};

#[test]
fn a_switch_moves_at_once_and_goes_back_when_refused() {
    let mut stand = Stand::open(false);
    stand.list(&[key("a", KeyStatus::Active)]);
    let effects = stand.send(set_status("a", KeyStatus::Inactive));
    assert!(matches!(effects[..], [Effect::SetStatus { .. }]));
    assert_eq!(stand.status("a"), Some(KeyStatus::Inactive), "at once");
    assert!(stand.send(set_status("a", KeyStatus::Active)).is_empty(), "not while it is under way");
    let answer = status_set(&stand, "a", KeyStatus::Inactive, Err(denied()));
    stand.send(answer);
    assert_eq!(stand.status("a"), Some(KeyStatus::Active), "AWS refused");
    assert!(stand.model.notices.iter().any(|notice| matches!(notice.event, Event::StatusRefused { .. })));
}

#[test]
fn undo_switches_back() {
    let mut stand = Stand::open(false);
    stand.list(&[key("a", KeyStatus::Active)]);
    stand.send(set_status("a", KeyStatus::Inactive));
    let answer = status_set(&stand, "a", KeyStatus::Inactive, Ok(()));
    stand.send(answer);
    let event = stand.model.notices.first().expect("a toast").event.clone();
    let effects = stand.send(Model::undo(&event).expect("it can be undone"));
    assert!(matches!(effects[..], [Effect::SetStatus { status: KeyStatus::Active, .. }]));
}

#[test]
fn the_key_that_signs_asks_first() {
    let mut stand = Stand::open(false);
    stand.list(&[key("AKIASIGNS", KeyStatus::Active)]);
    assert!(stand.send(set_status("AKIASIGNS", KeyStatus::Inactive)).is_empty(), "nothing is sent");
    stand.send(Msg::Keys(KeysMsg::CancelSwitch));
    assert!(stand.send(Msg::Keys(KeysMsg::ConfirmSwitch)).is_empty(), "it was cancelled");
    stand.send(set_status("AKIASIGNS", KeyStatus::Inactive));
    let effects = stand.send(Msg::Keys(KeysMsg::ConfirmSwitch));
    assert!(matches!(effects[..], [Effect::SetStatus { .. }]), "only after a yes");
}

#[test]
fn a_lagging_list_does_not_undo_what_was_done() {
    let mut stand = Stand::open(false);
    stand.list(&[key("a", KeyStatus::Active)]);
    stand.send(set_status("a", KeyStatus::Inactive));
    let answer = status_set(&stand, "a", KeyStatus::Inactive, Ok(()));
    stand.send(answer);
    stand.wait(5);
    stand.list(&[key("a", KeyStatus::Active)]);
    assert_eq!(stand.status("a"), Some(KeyStatus::Inactive), "the list lags");
    stand.wait(31);
    stand.list(&[key("a", KeyStatus::Active)]);
    assert_eq!(stand.status("a"), Some(KeyStatus::Active), "now it is believed");
}

#[test]
fn a_refused_switch_of_a_new_key_keeps_it_listed_as_it_was() {
    let mut stand = Stand::open(false);
    stand.made();
    let new = "AKIANEW0000000000NEW";
    stand.send(set_status(new, KeyStatus::Inactive));
    assert_eq!(stand.status(new), Some(KeyStatus::Inactive), "at once");
    let answer = status_set(&stand, new, KeyStatus::Inactive, Err(denied()));
    stand.send(answer);
    assert_eq!(stand.status(new), Some(KeyStatus::Active), "AWS refused");
    stand.wait(5);
    stand.list(&[]);
    assert_eq!(stand.status(new), Some(KeyStatus::Active), "the list does not know the key yet");
}

#[test]
fn a_yes_that_takes_its_time_still_counts() {
    let mut stand = Stand::open(false);
    stand.list(&[key("AKIASIGNS", KeyStatus::Active)]);
    stand.send(set_status("AKIASIGNS", KeyStatus::Inactive));
    stand.wait(45);
    stand.list(&[key("AKIASIGNS", KeyStatus::Active)]);
    assert_eq!(stand.status("AKIASIGNS"), Some(KeyStatus::Active), "nothing happened yet");
    let effects = stand.send(Msg::Keys(KeysMsg::ConfirmSwitch));
    assert!(matches!(effects[..], [Effect::SetStatus { status: KeyStatus::Inactive, .. }]));
    assert_eq!(stand.status("AKIASIGNS"), Some(KeyStatus::Inactive), "the yes shows at once");
    let answer = status_set(&stand, "AKIASIGNS", KeyStatus::Inactive, Ok(()));
    stand.send(answer);
    stand.wait(5);
    stand.list(&[key("AKIASIGNS", KeyStatus::Active)]);
    assert_eq!(stand.status("AKIASIGNS"), Some(KeyStatus::Inactive), "and is held against a list that lags");
}
