//! Denied actions, and accounts that are open read-only.

use keyfob::core::{
    AccountMsg, CreateBlock, CreateMsg, CreateOptions, CreateOutcome, DeleteBlocked, Effect, Forbidden,
    KeysMsg, Msg, NoticeKind, ReadOnly, SwitchBlock,
};
use keyfob::domain::{Action, Cause, Denial, Failure, KeyId, KeyStatus, SignInChoice, UserName};

use crate::answers;
use crate::stand::{Stand, alice, answered, create_op, key, pair, set_status, status_set};

fn about(msg: KeysMsg) -> Msg {
    Msg::Keys(msg)
}

/// Every message that changes something on AWS, for existing keys and an open delete dialog.
fn changes() -> Vec<(&'static str, Msg)> {
    let (user, id) = (alice, || KeyId::new("AKIAOFF0000000000OFF"));
    vec![
        ("create", Msg::Create(CreateMsg::Create { user: alice(), wish: CreateOptions::default() })),
        ("let go", Msg::Create(CreateMsg::DeactivateAndDiscard)),
        ("activate", set_status("AKIAOFF0000000000OFF", KeyStatus::Active)),
        ("deactivate", set_status("AKIAON", KeyStatus::Inactive)),
        ("confirm", about(KeysMsg::ConfirmSwitch)),
        ("ask", about(KeysMsg::AskDelete { user: user(), key: id() })),
        ("deactivate first", about(KeysMsg::DeactivateFirst)),
        ("delete", about(KeysMsg::Delete { typed: id().to_string() })),
        ("describe", about(KeysMsg::Describe { user: user(), key: id(), text: "x".into() })),
        ("undescribe", about(KeysMsg::Describe { user: user(), key: id(), text: " ".into() })),
    ]
}

fn with_keys(read_only: bool) -> Stand {
    let mut stand = Stand::open(read_only);
    let keys = [key("AKIAOFF0000000000OFF", KeyStatus::Inactive), key("AKIAON", KeyStatus::Active)];
    stand.list(&keys);
    stand
}

fn forbidden(stand: &Stand) -> Vec<&Forbidden> {
    let events = stand.model.notices.iter().map(|notice| &notice.event);
    let why = events.filter_map(|event| {
        let NoticeKind::NotChanged { why } = event else { return None };
        Some(why)
    });
    why.collect()
}

fn is_change(effect: &Effect) -> bool {
    crate::seen::changes(effect).is_some()
}

/// As if the dialogs had been opened before: a stale button, or a late press.
fn open_what_asks(stand: &mut Stand) {
    let open = stand.model.open.as_mut().expect("an account is open");
    let (user, off) = (alice(), KeyId::new("AKIAOFF0000000000OFF"));
    open.pending.delete_dialog =
        Some(keyfob::core::DeleteDialog { user: user.clone(), key: off, deleting: false, failure: None });
    let (from, to) = (KeyStatus::Active, KeyStatus::Inactive);
    open.pending.confirming = Some(keyfob::core::Switch { user, key: KeyId::new("AKIAON"), from, to });
}

#[test]
fn read_only_refuses_every_change_with_a_sentence() {
    for (action, msg) in changes() {
        // Only for discarding was a key created before its account became read-only.
        let mut stand = if action == "let go" { Stand::open(false) } else { with_keys(true) };
        if action == "let go" {
            stand.made();
            let prefs = keyfob::domain::AccountPrefs { read_only: true, ..Default::default() };
            stand.send(Msg::Account(AccountMsg::SetLook(prefs)));
        } else if action != "ask" {
            open_what_asks(&mut stand);
        }
        let effects = stand.send(msg);
        assert!(effects.is_empty(), "{action} does something");
        assert!(matches!(forbidden(&stand)[..], [Forbidden::ReadOnly(_)]), "{action} is not told");
    }
}

#[test]
fn the_same_messages_change_something_where_it_is_allowed() {
    for (action, msg) in changes() {
        let mut stand = with_keys(false);
        match action {
            // Two keys are the limit.
            "create" => _ = stand.list(&[]),
            "let go" => _ = stand.made(),
            "deactivate first" => {
                open_what_asks(&mut stand);
                let open = stand.model.open.as_mut().expect("an account is open");
                open.pending.delete_dialog.as_mut().expect("a gate").key = KeyId::new("AKIAON");
            }
            "confirm" | "delete" => open_what_asks(&mut stand),
            _ => {}
        }
        let effects = stand.send(msg);
        let gate_opens = action == "ask"
            && stand.model.open.as_ref().is_some_and(|open| open.pending.delete_dialog.is_some());
        assert!(
            effects.iter().any(is_change) || gate_opens,
            "{action} does nothing: the test above is empty"
        );
    }
}

#[test]
fn the_message_is_shown_once_however_often_it_is_pressed() {
    let mut stand = with_keys(true);
    for _ in 0..3 {
        stand.create();
    }
    assert_eq!(forbidden(&stand), [&Forbidden::ReadOnly(ReadOnly::Opened)]);
}

#[test]
fn read_only_can_be_left_but_not_what_the_program_was_started_with() {
    let mut stand = with_keys(true);
    stand.send(Msg::Account(AccountMsg::AllowChanges));
    stand.list(&[]);
    assert!(stand.create().iter().any(is_change), "it was asked and allowed");

    let mut stand = Stand::started_read_only();
    let session = stand.ask_to_open(SignInChoice::Practice);
    stand.signed_in(session);
    stand.send(Msg::Account(AccountMsg::AllowChanges));
    let why = stand.model.open.as_ref().and_then(|open| open.access.read_only);
    assert_eq!(why, Some(ReadOnly::Program));
}

fn refused(action: &'static str, explicit: bool) -> Failure {
    Failure::new(action, Cause::Denied(Denial { explicit, ..Denial::default() }))
}

fn create_is_refused(stand: &mut Stand) {
    stand.list(&[]);
    let op = create_op(&stand.create()).expect("a key is asked for");
    let failure = refused("iam:CreateAccessKey", false);
    stand.send(answered(stand, op, CreateOutcome::Refused(failure)));
}

#[test]
fn what_was_refused_is_not_asked_for_again_before_a_refresh() {
    let mut stand = Stand::open(false);
    create_is_refused(&mut stand);
    let block = stand.model.create_block(&alice());
    let Some(CreateBlock::Forbidden(Forbidden::NotAllowed(refusal))) = block else {
        panic!("the button is on")
    };
    assert_eq!((refusal.action, refusal.user), (Action::CreateAccessKey, Some(alice())));
    assert!(stand.create().is_empty(), "nothing is asked of AWS");
    assert!(matches!(forbidden(&stand)[..], [Forbidden::NotAllowed(_)]), "and it is told");
    stand.list(&[]);
    assert_eq!(stand.model.create_block(&alice()), None, "somebody may have allowed it meanwhile");
}

#[test]
fn a_refusal_is_about_one_action_and_one_user() {
    let mut stand = Stand::open(false);
    stand.list(&[key("a", KeyStatus::Active)]);
    stand.send(set_status("a", KeyStatus::Inactive));
    let answer = Err(refused("iam:UpdateAccessKey", false));
    stand.send(status_set(&stand, "a", KeyStatus::Inactive, answer));
    let id = KeyId::new("a");
    let of_alice = stand.model.switch_block(&alice(), &id);
    assert!(matches!(of_alice, Some(SwitchBlock::Forbidden(Forbidden::NotAllowed(_)))));
    assert_eq!(stand.model.switch_block(&UserName::new("bob"), &id), None, "another policy may hold for bob");
    let open = stand.model.open.as_ref().expect("an account is open");
    assert_eq!(open.access.forbidden(Action::DeleteAccessKey, &alice()), None);
}

#[test]
fn a_failure_of_another_kind_forbids_nothing() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let op = create_op(&stand.create()).expect("a key is asked for");
    let failure = Failure::new("iam:CreateAccessKey", Cause::Throttled);
    stand.send(answered(&stand, op, CreateOutcome::Refused(failure)));
    assert_eq!(stand.model.create_block(&alice()), None);
}

#[test]
fn another_identity_starts_with_a_clean_sheet() {
    let mut stand = Stand::open(false);
    create_is_refused(&mut stand);
    let session = stand.ask_to_open(SignInChoice::Environment);
    stand.signed_in(session);
    stand.list(&[]);
    let open = stand.model.open.as_ref().expect("an account is open");
    assert_eq!(open.access.forbidden(Action::CreateAccessKey, &alice()), None);
}

#[test]
fn a_refusal_of_the_old_account_is_none_of_the_new_one() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let op = create_op(&stand.create()).expect("a key is asked for");
    let session = stand.ask_to_open(SignInChoice::Environment);
    stand.signed_in(session);
    let failure = refused("iam:CreateAccessKey", false);
    stand.send(answered(&stand, op, CreateOutcome::Refused(failure)));
    let open = stand.model.open.as_ref().expect("an account is open");
    assert_eq!(open.access.forbidden(Action::CreateAccessKey, &alice()), None);
}

#[test]
fn the_delete_dialog_stays_closed_after_a_denial() {
    let mut stand = with_keys(false);
    let id = KeyId::new("AKIAOFF0000000000OFF");
    stand.send(about(KeysMsg::AskDelete { user: alice(), key: id.clone() }));
    stand.send(about(KeysMsg::Delete { typed: id.to_string() }));
    let (session, answer) = (stand.session(), Err(refused("iam:DeleteAccessKey", true)));
    stand.send(answers::deleted(session, alice(), id.clone(), answer));
    assert!(matches!(stand.model.gate_block("0OFF"), Some(DeleteBlocked::Forbidden(_))));
    stand.send(about(KeysMsg::CancelDelete));
    stand.send(about(KeysMsg::AskDelete { user: alice(), key: id }));
    let open = stand.model.open.as_ref().expect("an account is open");
    assert!(open.pending.delete_dialog.is_none(), "what cannot be done is not asked for");
}

#[test]
fn the_policy_is_for_the_user_on_screen() {
    let mut stand = Stand::open(false);
    create_is_refused(&mut stand);
    let open = stand.model.open.as_ref().expect("an account is open");
    let Some(Forbidden::NotAllowed(refusal)) = open.access.forbidden(Action::CreateAccessKey, &alice())
    else {
        panic!("it was refused")
    };
    let policy = open.policy(&refusal).expect("a policy");
    assert!(policy.contains("\"arn:aws:iam::123456789012:user/alice\""), "{policy}");
    assert!(!policy.contains("/*/"), "her path is known: {policy}");
}

#[test]
fn a_new_key_can_still_be_discarded_after_a_denial() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let op = create_op(&stand.create()).expect("a key is asked for");
    stand.send(answered(&stand, op, CreateOutcome::Made(pair("AKIANEW0000000000NEW"))));
    let let_go = || Msg::Create(CreateMsg::DeactivateAndDiscard);
    stand.send(let_go());
    let answer = Err(refused("iam:UpdateAccessKey", false));
    stand.send(status_set(&stand, "AKIANEW0000000000NEW", KeyStatus::Inactive, answer));
    assert!(stand.send(let_go()).iter().any(is_change), "behind that dialog nobody can refresh");
}
