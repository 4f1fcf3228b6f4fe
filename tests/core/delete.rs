//! Deleting a key.

use keyfob::core::{Effect, Event, GateBlock, KeysMsg, Msg};
use keyfob::domain::{Cause, Failure, KeyId, KeyStatus};

use crate::stand::{Stand, alice, denied, key, status_set};

#[test]
fn only_an_inactive_key_goes_through_the_gate() {
    let mut stand = Stand::open(false);
    stand.list(&[key("AKIAXXXX1234", KeyStatus::Active)]);
    let ask = || Msg::Keys(KeysMsg::AskDelete { user: alice(), key: KeyId::new("AKIAXXXX1234") });
    let delete = |typed: &str| Msg::Keys(KeysMsg::Delete { typed: typed.into() });
    stand.send(ask());
    assert_eq!(stand.model.gate_block("1234"), Some(GateBlock::Active));
    assert!(stand.send(delete("1234")).is_empty(), "it is active");
    stand.send(Msg::Keys(KeysMsg::DeactivateFirst));
    let answer = status_set(&stand, "AKIAXXXX1234", KeyStatus::Inactive, Ok(()));
    stand.send(answer);
    assert_eq!(stand.model.gate_block("12"), Some(GateBlock::NotTyped));
    assert_eq!(stand.model.gate_block("1235"), Some(GateBlock::WrongEnd));
    assert!(stand.send(delete("1235")).is_empty(), "the wrong end");
    assert_eq!(stand.model.gate_block(" AKIAXXXX1234\n"), None, "the whole id, pasted, opens it too");
    assert!(matches!(stand.send(delete("1234"))[..], [Effect::DeleteKey { .. }]));
    assert!(stand.send(delete("1234")).is_empty(), "once");
}

#[test]
fn a_key_that_is_gone_already_counts_as_deleted() {
    let mut stand = Stand::open(false);
    stand.list(&[key("AKIAXXXX1234", KeyStatus::Inactive)]);
    let (session, key) = (stand.session(), KeyId::new("AKIAXXXX1234"));
    stand.send(Msg::Keys(KeysMsg::AskDelete { user: alice(), key: key.clone() }));
    stand.send(Msg::Keys(KeysMsg::Delete { typed: "1234".into() }));
    let answer = Err(Failure::new("iam:DeleteAccessKey", Cause::NoSuchEntity("gone".into())));
    let effects =
        stand.send(Msg::Keys(KeysMsg::Deleted { session, user: alice(), key: key.clone(), answer }));
    assert_eq!(stand.status("AKIAXXXX1234"), None);
    let removed = effects.iter().any(|effect| matches!(effect, Effect::Undescribe { .. }));
    assert!(removed, "its description is removed afterwards");
    let answer = Err(denied());
    stand.send(Msg::Keys(KeysMsg::Undescribed { session, user: alice(), key, answer }));
    let warned =
        stand.model.notices.iter().any(|notice| matches!(notice.event, Event::NotUndescribed { .. }));
    assert!(warned, "and a failure there is only a warning");
}

#[test]
fn only_the_first_answer_to_a_deletion_counts() {
    let mut stand = Stand::open(false);
    stand.list(&[key("AKIAXXXX1234", KeyStatus::Inactive)]);
    let (session, key) = (stand.session(), KeyId::new("AKIAXXXX1234"));
    let deleted = |answer| {
        Msg::Keys(KeysMsg::Deleted { session, user: alice(), key: KeyId::new("AKIAXXXX1234"), answer })
    };
    assert!(stand.send(deleted(Ok(()))).is_empty(), "nothing was asked");
    assert_eq!(stand.status("AKIAXXXX1234"), Some(KeyStatus::Inactive), "so nothing is gone");
    stand.send(Msg::Keys(KeysMsg::AskDelete { user: alice(), key }));
    stand.send(Msg::Keys(KeysMsg::Delete { typed: "1234".into() }));
    assert!(!stand.send(deleted(Ok(()))).is_empty(), "the first answer");
    assert!(stand.send(deleted(Err(denied()))).is_empty(), "the second one");
    assert_eq!(stand.status("AKIAXXXX1234"), None);
    let refused =
        stand.model.notices.iter().any(|notice| matches!(notice.event, Event::DeleteRefused { .. }));
    assert!(!refused, "and tells nothing");
}
