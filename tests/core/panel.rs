//! The new key panel: saving, checking and discarding.

use jiff::SignedDuration;
use keyfob::core::{
    Call, Check, CreateMsg, CreateOptions, Effect, FileRequest, Msg, Notice, NoticeKind, OpId, ProfileMsg,
    Stage, Writing,
};
use keyfob::domain::{Cause, Failure, KeyId, KeyStatus, PairFormat, SaveError, SaveTarget, SavedPair};

use crate::answers;
use crate::stand::{Stand, alice, answered, create_op, denied, key, set_status, status_set};

/// The key of `Stand::made`.
const NEW: &str = "AKIANEW0000000000NEW";

fn file() -> SaveTarget {
    SaveTarget::File { format: PairFormat::Json, path: "/home/anna/pair.json".into(), replace: false }
}

fn written() -> SavedPair {
    SavedPair { path: "/home/anna/pair.json".into(), profile: None, warnings: Vec::new() }
}

fn send(stand: &mut Stand, msg: CreateMsg) -> Vec<Effect> {
    stand.send(Msg::Create(msg))
}

fn new_key(stand: &Stand) -> &keyfob::core::NewKey {
    match &stand.model.creation().expect("the panel is open").stage {
        Stage::Made(new_key) => new_key,
        _ => panic!("no key yet"),
    }
}

#[test]
fn a_look_at_a_profile_that_panics_comes_to_an_end() {
    let mut stand = Stand::open(false);
    let effects = stand.send(Msg::Profile(ProfileMsg::Look("lab".into())));
    stand.send(effects[0].lost().expect("the core is told"));
    let prefs = stand.model.files.profile_preview.as_ref().expect("it was looked at");
    assert!(matches!(prefs.answer, Some(Err(_))), "it is not being looked at any more");
}

#[test]
fn a_pair_counts_as_saved_once_it_was_read_back() {
    let mut stand = Stand::open(false);
    let op = stand.made();
    let effects = send(&mut stand, CreateMsg::Save(file()));
    assert!(matches!(effects[..], [Effect::File(FileRequest::SavePair { .. })]));
    assert!(send(&mut stand, CreateMsg::Save(file())).is_empty(), "not twice at a time");
    send(&mut stand, CreateMsg::DiscardSecret);
    assert!(stand.model.holds_secret(), "while it is being written, nobody knows whether it is saved");
    send(&mut stand, CreateMsg::SaveEnded { op: OpId(op.0 + 1), answer: Ok(written()) });
    assert!(!new_key(&stand).kept(), "that was about another key");
    let effects = send(&mut stand, CreateMsg::SaveEnded { op, answer: Ok(written()) });
    assert!(new_key(&stand).kept());
    let settled = matches!(effects[..], [Effect::CloseIntent { .. }, Effect::Save(_)]);
    assert!(settled, "it is no orphan any more, and the folder is remembered");
    assert!(!stand.model.holds_secret(), "the window may close");
    send(&mut stand, CreateMsg::Saved);
    assert!(stand.model.creation().is_none(), "it goes with one press");
}

#[test]
fn a_failed_save_loses_nothing_and_says_why() {
    let mut stand = Stand::open(false);
    let op = stand.made();
    send(&mut stand, CreateMsg::Save(file()));
    let why = SaveError::Failed("the disk is full".into());
    send(&mut stand, CreateMsg::SaveEnded { op, answer: Err(why.clone()) });
    assert_eq!(new_key(&stand).writing, Some(Writing::Failed(file(), why)));
    assert!(!new_key(&stand).kept());
    send(&mut stand, CreateMsg::Saved);
    assert!(new_key(&stand).asking, "it is asked before the secret goes");
}

#[test]
fn no_key_is_created_for_an_unusable_destination() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let wish = || CreateMsg::Create {
        user: alice(),
        wish: CreateOptions { save_to: Some(file()), ..CreateOptions::default() },
    };
    let effects = send(&mut stand, wish());
    let [Effect::File(FileRequest::CheckDestination { op, .. })] = effects[..] else {
        panic!("the place is looked at first")
    };
    assert!(create_op(&effects).is_none() && send(&mut stand, wish()).is_empty(), "one at a time");
    let why = SaveError::Failed("read-only".into());
    let effects = send(&mut stand, CreateMsg::DestinationChecked { op, answer: Err(why) });
    assert!(effects.is_empty() && stand.model.creation().is_none(), "no key is asked for");
    assert!(stand.model.notices.iter().any(|notice| matches!(notice.event, NoticeKind::PlaceRefused { .. })));
}

#[test]
fn a_pair_is_saved_to_the_chosen_destination_as_soon_as_it_exists() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let effects = send(
        &mut stand,
        CreateMsg::Create {
            user: alice(),
            wish: CreateOptions { save_to: Some(file()), ..CreateOptions::default() },
        },
    );
    let [Effect::File(FileRequest::CheckDestination { op, .. })] = effects[..] else {
        panic!("the place is looked at first")
    };
    let effects = send(&mut stand, CreateMsg::DestinationChecked { op, answer: Ok(()) });
    assert_eq!(create_op(&effects), Some(op));
    assert!(send(&mut stand, CreateMsg::DestinationChecked { op, answer: Ok(()) }).is_empty(), "once");
    let made = keyfob::core::CreateOutcome::Made(crate::stand::pair("AKIANEW0000000000NEW"));
    let effects = stand.send(answered(&stand, op, made));
    let saves = effects
        .iter()
        .any(|effect| matches!(effect, Effect::File(FileRequest::SavePair { to, .. }) if *to == file()));
    assert!(saves && stand.model.holds_secret());
}

#[test]
fn three_answers_in_a_row_are_a_proof() {
    let mut stand = Stand::open(false);
    let op = stand.made();
    let session = stand.session();
    let checked = |answer| answers::checked(session, op, answer);
    let arn = || Ok("arn:aws:iam::123456789012:user/alice".to_owned());
    let not_yet = || Err(Failure::new("sts:GetCallerIdentity", Cause::KeyNotAccepted));
    assert!(matches!(
        send(&mut stand, CreateMsg::Check)[..],
        [Effect::Call { call: Call::CheckKey { .. }, .. }]
    ));
    assert!(send(&mut stand, CreateMsg::Check).is_empty(), "one check at a time");
    for answer in [not_yet(), arn(), arn(), not_yet(), arn(), arn()] {
        stand.wait(2);
        let effects = stand.send(checked(answer));
        assert!(
            matches!(effects[..], [Effect::Call { call: Call::CheckKey { .. }, .. }]),
            "not proven yet: asked again"
        );
    }
    assert!(stand.send(checked(arn())).is_empty());
    assert!(matches!(new_key(&stand).check, Check::Works { .. }));
}

#[test]
fn a_key_that_is_not_accepted_yet_is_not_broken() {
    let mut stand = Stand::open(false);
    let op = stand.made();
    let session = stand.session();
    let checked = |answer| answers::checked(session, op, answer);
    let not_yet = || Err(Failure::new("sts:GetCallerIdentity", Cause::KeyNotAccepted));
    send(&mut stand, CreateMsg::Check);
    stand.wait(59);
    assert!(!stand.send(checked(not_yet())).is_empty(), "still in time");
    stand.wait(2);
    assert!(stand.send(checked(not_yet())).is_empty());
    assert_eq!(new_key(&stand).check, Check::NotYet);
    let offline = Failure::new("sts:GetCallerIdentity", Cause::NoNetwork { host: "sts".into() });
    send(&mut stand, CreateMsg::Check);
    stand.send(checked(Err(offline.clone())));
    assert_eq!(new_key(&stand).check, Check::NotAsked(offline), "says nothing about the key");
}

#[test]
fn a_key_can_be_switched_off_before_the_window_closes() {
    let mut stand = Stand::open(false);
    stand.made();
    let (session, id) = (stand.session(), new_key(&stand).pair.id.clone());
    let effects = send(&mut stand, CreateMsg::DeactivateAndDiscard);
    assert!(matches!(
        effects[..],
        [Effect::Call { call: Call::SetStatus { status: KeyStatus::Inactive, .. }, .. }]
    ));
    let set = |answer| {
        let status = KeyStatus::Inactive;
        answers::status_set(session, alice(), id.clone(), status, answer)
    };
    stand.send(set(Err(denied())));
    assert!(stand.model.holds_secret(), "AWS refused: nothing is let go");
    assert!(
        stand.model.notices.iter().any(|notice| matches!(notice.event, NoticeKind::StatusRefused { .. }))
    );
    send(&mut stand, CreateMsg::DeactivateAndDiscard);
    stand.send(set(Ok(())));
    assert!(!stand.model.holds_secret());
}

#[test]
fn a_key_that_was_deleted_elsewhere_is_marked_and_its_secret_stays() {
    let mut stand = Stand::open(false);
    stand.made();
    stand.list(&[key("OTHER", KeyStatus::Active)]);
    assert!(!new_key(&stand).gone, "the list may lag");
    stand.now += SignedDuration::from_secs(60);
    stand.list(&[key("OTHER", KeyStatus::Active)]);
    assert!(new_key(&stand).gone);
    assert!(stand.model.holds_secret());
    assert_eq!(new_key(&stand).pair.id, KeyId::new("AKIANEW0000000000NEW"));
}

#[test]
fn keep_it_keeps_it_also_while_the_key_is_being_switched_off() {
    let mut stand = Stand::open(false);
    stand.made();
    send(&mut stand, CreateMsg::DeactivateAndDiscard);
    send(&mut stand, CreateMsg::Keep);
    let answer = status_set(&stand, "AKIANEW0000000000NEW", KeyStatus::Inactive, Ok(()));
    stand.send(answer);
    assert!(stand.shown().is_some(), "the secret stays");
    assert_eq!(stand.status(NEW), Some(KeyStatus::Inactive), "and the table tells that the key is off");
    let off = |notice: &Notice| matches!(&notice.event, NoticeKind::StatusSet { undoable: true, .. });
    assert!(stand.model.notices.iter().any(off), "which can be undone");
}

#[test]
fn a_key_that_is_being_switched_off_by_hand_is_not_switched_off_twice() {
    let mut stand = Stand::open(false);
    stand.made();
    stand.send(set_status(NEW, KeyStatus::Inactive));
    assert!(send(&mut stand, CreateMsg::DeactivateAndDiscard).is_empty());
    let answer = status_set(&stand, NEW, KeyStatus::Inactive, Ok(()));
    stand.send(answer);
    assert!(stand.shown().is_some(), "and its secret is not let go by the answer");
}

#[test]
fn a_refused_deactivation_keeps_the_secret_and_is_reported_once() {
    let mut stand = Stand::open(false);
    stand.made();
    send(&mut stand, CreateMsg::DeactivateAndDiscard);
    let answer = status_set(&stand, NEW, KeyStatus::Inactive, Err(denied()));
    stand.send(answer);
    assert!(stand.shown().is_some());
    assert_eq!(stand.status(NEW), Some(KeyStatus::Active));
    let refused = |notice: &&Notice| matches!(&notice.event, NoticeKind::StatusRefused { .. });
    assert_eq!(stand.model.notices.iter().filter(refused).count(), 1);
}

#[test]
fn a_second_save_to_the_same_place_is_one_more() {
    let mut stand = Stand::open(false);
    let op = stand.made();
    for saves in 1..=2 {
        send(&mut stand, CreateMsg::Save(file()));
        send(&mut stand, CreateMsg::SaveEnded { op, answer: Ok(written()) });
        assert_eq!((new_key(&stand).saves, new_key(&stand).written.len()), (saves, 1));
    }
}

#[test]
fn closing_the_window_sends_no_creation_that_was_not_sent_yet() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let wish = CreateOptions { save_to: Some(file()), ..CreateOptions::default() };
    let effects = send(&mut stand, CreateMsg::Create { user: alice(), wish });
    let [Effect::File(FileRequest::CheckDestination { op, .. })] = effects[..] else {
        panic!("the place is looked at first")
    };
    send(&mut stand, CreateMsg::DropUnsent);
    assert!(send(&mut stand, CreateMsg::DestinationChecked { op, answer: Ok(()) }).is_empty());
    let op = stand.made();
    send(&mut stand, CreateMsg::DropUnsent);
    assert_eq!(stand.model.creation().map(|creation| creation.op), Some(op), "what is there stays");
}

#[test]
fn an_activation_does_not_count_as_the_deactivation() {
    let mut stand = Stand::open(false);
    stand.made();
    send(&mut stand, CreateMsg::DeactivateAndDiscard);
    let answer = status_set(&stand, "AKIANEW0000000000NEW", KeyStatus::Active, Ok(()));
    stand.send(answer);
    assert!(stand.shown().is_some());
    let answer = status_set(&stand, "AKIANEW0000000000NEW", KeyStatus::Inactive, Ok(()));
    stand.send(answer);
    assert!(stand.shown().is_none());
}
