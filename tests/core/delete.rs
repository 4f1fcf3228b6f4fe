//! Deleting a key.

use keyfob::core::{Call, DeleteBlocked, DeleteDialog, Effect, KeysMsg, Msg, NoticeKind};
use keyfob::domain::{Cause, Failure, KeyId, KeyStatus, LastUse, NotDeleted, UserName};

use crate::answers;
use crate::stand::{Stand, alice, denied, key, lost, status_set};

#[test]
fn only_an_inactive_key_can_be_deleted() {
    let mut stand = Stand::open(false);
    stand.list(&[key("AKIAXXXX1234", KeyStatus::Active)]);
    let ask = || Msg::Keys(KeysMsg::AskDelete { user: alice(), key: KeyId::new("AKIAXXXX1234") });
    let delete = |typed: &str| Msg::Keys(KeysMsg::Delete { typed: typed.into() });
    stand.send(ask());
    assert_eq!(stand.model.gate_block("1234"), Some(DeleteBlocked::Active));
    assert!(stand.send(delete("1234")).is_empty(), "it is active");
    stand.send(Msg::Keys(KeysMsg::DeactivateFirst));
    let answer = status_set(&stand, "AKIAXXXX1234", KeyStatus::Inactive, Ok(()));
    stand.send(answer);
    assert_eq!(stand.model.gate_block("12"), Some(DeleteBlocked::NotTyped));
    assert_eq!(stand.model.gate_block("1235"), Some(DeleteBlocked::WrongEnd));
    assert!(stand.send(delete("1235")).is_empty(), "the wrong end");
    assert_eq!(stand.model.gate_block(" AKIAXXXX1234\n"), None, "the whole id, pasted, opens it too");
    assert!(matches!(stand.send(delete("1234"))[..], [Effect::Call { call: Call::DeleteKey { .. }, .. }]));
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
    let effects = stand.send(answers::deleted(session, alice(), key.clone(), answer));
    assert_eq!(stand.status("AKIAXXXX1234"), None);
    let removed =
        effects.iter().any(|effect| matches!(effect, Effect::Call { call: Call::Undescribe { .. }, .. }));
    assert!(removed, "its description is removed afterwards");
    let answer = Err(denied());
    stand.send(answers::undescribed(session, alice(), key, answer));
    let warned =
        stand.model.notices.iter().any(|notice| matches!(notice.event, NoticeKind::NotUndescribed { .. }));
    assert!(warned, "and a failure there is only a warning");
}

#[test]
fn only_the_first_answer_to_a_deletion_counts() {
    let mut stand = Stand::open(false);
    stand.list(&[key("AKIAXXXX1234", KeyStatus::Inactive)]);
    let (session, key) = (stand.session(), KeyId::new("AKIAXXXX1234"));
    let deleted = |answer| answers::deleted(session, alice(), KeyId::new("AKIAXXXX1234"), answer);
    assert!(stand.send(deleted(Ok(()))).is_empty(), "nothing was asked");
    assert_eq!(stand.status("AKIAXXXX1234"), Some(KeyStatus::Inactive), "so nothing is gone");
    stand.send(Msg::Keys(KeysMsg::AskDelete { user: alice(), key }));
    stand.send(Msg::Keys(KeysMsg::Delete { typed: "1234".into() }));
    assert!(!stand.send(deleted(Ok(()))).is_empty(), "the first answer");
    assert!(stand.send(deleted(Err(denied()))).is_empty(), "the second one");
    assert_eq!(stand.status("AKIAXXXX1234"), None);
    assert!(
        stand.model.open.as_ref().is_some_and(|open| open.pending.delete_dialog.is_none()),
        "and tells nothing"
    );
}

const ID: &str = "AKIAXXXX1234";

fn ask(user: UserName) -> Msg {
    Msg::Keys(KeysMsg::AskDelete { user, key: KeyId::new(ID) })
}

fn delete() -> Msg {
    Msg::Keys(KeysMsg::Delete { typed: "1234".into() })
}

fn deleted(stand: &Stand, answer: Result<(), Failure>) -> Msg {
    let session = stand.session();
    answers::deleted(session, alice(), KeyId::new(ID), answer)
}

fn delete_dialog(stand: &Stand) -> Option<&DeleteDialog> {
    stand.model.open.as_ref()?.pending.delete_dialog.as_ref()
}

#[test]
fn the_delete_dialog_refreshes_the_last_use() {
    let mut stand = Stand::open(false);
    stand.list(&[key(ID, KeyStatus::Inactive)]);
    let session = stand.session();
    // Also for a user who is no longer selected.
    stand.send(Msg::Users(keyfob::core::UsersMsg::Select(UserName::new("bob"))));
    let effects = stand.send(ask(alice()));
    let load = effects.iter().find_map(|effect| {
        let Effect::Call { call: Call::ReadLastUse { key, load, .. }, .. } = effect else { return None };
        (key.as_str() == ID).then_some(*load)
    });
    let (user, key) = (alice(), KeyId::new(ID));
    let load = load.expect("the last use is asked for");
    stand.send(answers::last_use(session, user, key, load, Ok(LastUse::Never)));
    let known = stand.model.open.as_ref().and_then(|open| open.keys_of(&alice()));
    let used = known.and_then(|known| known.last_use_of(&KeyId::new(ID))).expect("an answer");
    assert_eq!((used.value.as_ref(), used.as_of), (Some(&LastUse::Never), Some(stand.now)));
}

#[test]
fn only_certainly_inactive_or_missing_keys_can_be_deleted() {
    for (status, block) in [
        (KeyStatus::Active, Some(DeleteBlocked::Active)),
        (KeyStatus::Unknown, Some(DeleteBlocked::Active)),
        (KeyStatus::Inactive, None),
        (KeyStatus::Expired, None),
    ] {
        let mut stand = Stand::open(false);
        stand.list(&[key(ID, status)]);
        stand.send(ask(alice()));
        assert_eq!(stand.model.gate_block("1234"), block, "{status:?}");
    }
    let mut stand = Stand::open(false);
    stand.list(&[key(ID, KeyStatus::Active)]);
    stand.send(ask(alice()));
    stand.list(&[]);
    assert_eq!(
        stand.model.gate_block("1234"),
        None,
        "deleted elsewhere: its description is still to be removed"
    );
}

#[test]
fn the_key_that_signs_need_not_be_switched_off_first() {
    let mut stand = Stand::open(false);
    stand.list(&[key("AKIASIGNS", KeyStatus::Active)]);
    stand.send(Msg::Keys(KeysMsg::AskDelete { user: alice(), key: KeyId::new("AKIASIGNS") }));
    assert_eq!(stand.model.gate_block("IGNS"), None, "once it is inactive, Keyfob cannot delete it");
}

#[test]
fn the_key_that_a_session_was_made_with_is_switched_off_first() {
    let mut stand = Stand::open(false);
    stand.model.open.as_mut().expect("it is open").account.session_key = Some(KeyId::new(ID));
    stand.list(&[key(ID, KeyStatus::Active)]);
    stand.send(ask(alice()));
    assert_eq!(stand.model.gate_block("1234"), Some(DeleteBlocked::Active), "the session outlives it");
}

#[test]
fn a_refused_deletion_is_reported_once_in_the_dialog() {
    let mut stand = Stand::open(false);
    stand.list(&[key(ID, KeyStatus::Inactive)]);
    stand.send(ask(alice()));
    stand.send(delete());
    let answer = deleted(&stand, Err(denied()));
    stand.send(answer);
    assert!(
        delete_dialog(&stand)
            .is_some_and(|delete_dialog| delete_dialog.failure == Some(denied()) && !delete_dialog.deleting)
    );
    assert!(stand.model.notices.is_empty(), "and nowhere else");
}

#[test]
fn a_deletion_without_an_answer_is_settled_by_the_list() {
    let mut stand = Stand::open(false);
    stand.list(&[key(ID, KeyStatus::Inactive)]);
    stand.send(ask(alice()));
    stand.send(delete());
    let answer = deleted(&stand, Err(lost("iam:DeleteAccessKey")));
    let effects = stand.send(answer);
    assert!(
        matches!(effects.first(), Some(Effect::Call { call: Call::ListKeys { .. }, .. })),
        "it looks at once"
    );
    let later = effects.iter().filter(|effect| matches!(effect, Effect::Relist { .. })).count();
    assert_eq!(later, 3, "and again");
    stand.list(&[key(ID, KeyStatus::Inactive)]);
    assert!(delete_dialog(&stand).is_some(), "it is still there");
    let effects = stand.list(&[]);
    assert!(delete_dialog(&stand).is_none(), "it is gone");
    assert!(
        effects.iter().any(|effect| matches!(effect, Effect::Call { call: Call::Undescribe { .. }, .. })),
        "and its description"
    );
    assert!(stand.model.notices.iter().any(|notice| matches!(notice.event, NoticeKind::Deleted { .. })));
}

#[test]
fn what_is_active_right_before_is_not_deleted() {
    let mut stand = Stand::open(false);
    stand.list(&[key(ID, KeyStatus::Inactive)]);
    stand.send(ask(alice()));
    stand.send(delete());
    let active =
        Failure::new("iam:DeleteAccessKey", Cause::NotDeleted(NotDeleted::NotInactive(KeyStatus::Active)));
    let answer = deleted(&stand, Err(active.clone()));
    let effects = stand.send(answer);
    assert_eq!(stand.status(ID), Some(KeyStatus::Active), "somebody switched it on again");
    assert_eq!(delete_dialog(&stand).and_then(|dialog| dialog.failure.clone()), Some(active));
    assert_eq!(stand.model.gate_block("1234"), Some(DeleteBlocked::Active));
    assert!(
        effects.iter().any(|effect| matches!(effect, Effect::Call { call: Call::ListKeys { .. }, .. })),
        "and the row follows"
    );
    let effects = stand.send(Msg::Keys(KeysMsg::DeactivateFirst));
    assert!(matches!(effects[..], [Effect::Call { call: Call::SetStatus { .. }, .. }]));
    assert!(delete_dialog(&stand).is_some_and(|dialog| dialog.failure.is_none()), "the way on is free");
}

/// A list may lag behind what was just done here: that is no reason to say that somebody else did something.
#[test]
fn a_list_that_lags_behind_an_own_deactivation_stops_a_deletion_for_a_while() {
    let mut stand = Stand::open(false);
    stand.list(&[key(ID, KeyStatus::Active)]);
    stand.send(ask(alice()));
    stand.send(Msg::Keys(KeysMsg::DeactivateFirst));
    let answer = status_set(&stand, ID, KeyStatus::Inactive, Ok(()));
    stand.send(answer);
    stand.wait(3);
    stand.send(delete());
    let active =
        || Failure::new("iam:DeleteAccessKey", Cause::NotDeleted(NotDeleted::NotInactive(KeyStatus::Active)));
    let answer = deleted(&stand, Err(active()));
    let effects = stand.send(answer);
    assert_eq!(stand.status(ID), Some(KeyStatus::Inactive), "as it was done here");
    assert_eq!(stand.model.gate_block("1234"), None, "it can be tried again");
    let later = effects.iter().filter(|effect| matches!(effect, Effect::Relist { .. })).count();
    assert_eq!(later, 3, "and the last look comes when the list is believed");
    stand.wait(31);
    stand.list(&[key(ID, KeyStatus::Active)]);
    assert_eq!(stand.model.gate_block("1234"), Some(DeleteBlocked::Active));
}

#[test]
fn a_key_that_the_list_right_before_does_not_show_is_gone_already() {
    let mut stand = Stand::open(false);
    stand.list(&[key(ID, KeyStatus::Inactive)]);
    stand.send(ask(alice()));
    stand.send(delete());
    let gone = || Err(Failure::new("iam:DeleteAccessKey", Cause::NotDeleted(NotDeleted::Gone)));
    let answer = deleted(&stand, gone());
    let effects = stand.send(answer);
    assert_eq!((stand.status(ID), delete_dialog(&stand)), (None, None));
    let told = stand.model.notices.iter().map(|notice| &notice.event).collect::<Vec<_>>();
    assert!(matches!(told[..], [NoticeKind::GoneAlready { .. }]), "not that it was deleted here: {told:?}");
    let removed =
        effects.iter().any(|effect| matches!(effect, Effect::Call { call: Call::Undescribe { .. }, .. }));
    assert!(removed, "its description is removed afterwards");
}

#[test]
fn a_new_key_that_a_lagging_list_does_not_show_is_not_gone() {
    let mut stand = Stand::open(false);
    stand.made();
    let new = || KeyId::new("AKIANEW0000000000NEW");
    stand.send(status_set_msg(new()));
    let answer = status_set(&stand, new().as_str(), KeyStatus::Inactive, Ok(()));
    stand.send(answer);
    stand.send(Msg::Keys(KeysMsg::AskDelete { user: alice(), key: new() }));
    stand.send(Msg::Keys(KeysMsg::Delete { typed: "0NEW".into() }));
    let gone = Failure::new("iam:DeleteAccessKey", Cause::NotDeleted(NotDeleted::Gone));
    let answer = answers::deleted(stand.session(), alice(), new(), Err(gone.clone()));
    stand.send(answer);
    assert_eq!(stand.status(new().as_str()), Some(KeyStatus::Inactive));
    assert_eq!(delete_dialog(&stand).and_then(|dialog| dialog.failure.clone()), Some(gone), "try again");
}

fn status_set_msg(key: KeyId) -> Msg {
    Msg::Keys(KeysMsg::SetStatus { user: alice(), key, status: KeyStatus::Inactive })
}

#[test]
fn who_may_not_list_keys_cannot_delete_any() {
    let mut stand = Stand::open(false);
    stand.list(&[key(ID, KeyStatus::Inactive)]);
    stand.send(ask(alice()));
    stand.send(delete());
    let refused = Failure::new("iam:ListAccessKeys", Cause::Denied(Default::default()));
    let answer = deleted(&stand, Err(refused));
    stand.send(answer);
    assert!(matches!(stand.model.gate_block("1234"), Some(DeleteBlocked::Forbidden(_))));
}

#[test]
fn on_an_endpoint_without_tags_a_deleted_key_leaves_nothing_behind() {
    let mut stand = Stand::open(false);
    let effects = stand.send(Msg::Refresh);
    let load = effects.iter().find_map(|effect| match effect {
        Effect::Call { call: Call::ReadDescriptions { load, .. }, .. } => Some(*load),
        _ => None,
    });
    let (session, load) = (stand.session(), load.expect("the descriptions are asked for"));
    let none = Failure::new("iam:ListUserTags", Cause::NotOffered { status: 405 });
    stand.send(answers::descriptions(session, alice(), load, Err(none)));
    let effects = stand.send(Msg::Refresh);
    let load = effects.iter().find_map(|effect| match effect {
        Effect::Call { call: Call::ListKeys { load, .. }, .. } => Some(*load),
        _ => None,
    });
    let keys = vec![key(ID, KeyStatus::Inactive)];
    stand.send(answers::listed(session, alice(), load.expect("the keys are asked for"), Ok(keys)));
    stand.send(ask(alice()));
    stand.send(delete());
    let answer = deleted(&stand, Ok(()));
    let effects = stand.send(answer);
    assert!(
        !effects.iter().any(|effect| matches!(effect, Effect::Call { call: Call::Undescribe { .. }, .. })),
        "there is no tag to remove"
    );
}

#[test]
fn a_key_of_an_unknown_status_is_offered_no_change() {
    let mut stand = Stand::open(false);
    stand.list(&[key(ID, KeyStatus::Unknown)]);
    let block = stand.model.switch_block(&alice(), &KeyId::new(ID));
    assert_eq!(block, Some(keyfob::core::SwitchBlock::UnknownStatus));
    let set = KeysMsg::SetStatus { user: alice(), key: KeyId::new(ID), status: KeyStatus::Active };
    assert!(stand.send(Msg::Keys(set)).is_empty());
}
