//! Choosing an account, and what a session may do.

use keyfob::core::{Call, CreateMsg, CreateOptions, CreateOutcome, Effect, KeysMsg, Msg, StartMsg};
use keyfob::domain::{KeyId, KeyStatus, SignInChoice};

use crate::stand::{
    Stand, alice, answered, create_op, denied, key, open, page, pair, set_status, signed_out, user,
};

#[test]
fn read_only_changes_nothing() {
    let mut stand = Stand::open(true);
    stand.list(&[key("a", KeyStatus::Inactive)]);
    assert!(stand.create().is_empty());
    assert!(stand.send(set_status("a", KeyStatus::Active)).is_empty());
    let (user, key) = (alice(), KeyId::new("a"));
    assert!(stand.send(Msg::Keys(KeysMsg::AskDelete { user: user.clone(), key: key.clone() })).is_empty());
    assert!(
        stand.model.open.as_ref().is_some_and(|open| open.pending.delete_dialog.is_none()),
        "no gate opens"
    );
    assert!(stand.send(Msg::Keys(KeysMsg::Describe { user, key, text: "x".into() })).is_empty());
}

#[test]
fn answers_of_another_session_are_dropped() {
    let mut stand = Stand::open(false);
    let old = stand.session();
    stand.list(&[key("a", KeyStatus::Active)]);
    stand.send(Msg::Start(StartMsg::SwitchAccount));
    let session = stand.ask_to_open(SignInChoice::Environment);
    stand.signed_in(session);
    stand.send(page(old, 2, vec![user("mallory")], None));
    let open = stand.model.open.as_ref().expect("an account is open");
    assert!(open.users.all().is_empty(), "the users of the old account never appear under the new one");
}

#[test]
fn a_cancelled_sign_in_opens_nothing() {
    let mut stand = Stand::new();
    let session = stand.ask_to_open(SignInChoice::Practice);
    stand.send(Msg::Start(StartMsg::CancelSignIn));
    let effects = stand.signed_in(session);
    assert!(stand.model.open.is_none());
    assert!(matches!(effects[..], [Effect::SignOut { .. }]), "its connection is let go");
}

#[test]
fn the_account_that_was_open_is_signed_out_once_the_next_one_is_entered() {
    let mut stand = Stand::open(false);
    let old = stand.session();
    let new = stand.ask_to_open(SignInChoice::Environment);
    assert_eq!(stand.session(), old, "until then it stays open");
    let effects = stand.signed_in(new);
    assert_eq!(signed_out(&effects), [old]);
    assert_eq!(stand.session(), new);
}

#[test]
fn a_failed_sign_in_leaves_the_open_account_alone() {
    let mut stand = Stand::open(false);
    let old = stand.session();
    let session = stand.ask_to_open(SignInChoice::Environment);
    let effects = stand.send(Msg::Start(StartMsg::SignedIn { session, answer: Err(denied()) }));
    assert_eq!(signed_out(&effects), []);
    assert_eq!(stand.session(), old);
}

#[test]
fn a_new_key_keeps_its_connection_until_its_panel_is_closed() {
    let leave: [fn(&mut Stand) -> Vec<Effect>; 2] = [
        |stand| stand.send(Msg::Start(StartMsg::SwitchAccount)),
        |stand| {
            let session = stand.ask_to_open(SignInChoice::Environment);
            stand.signed_in(session)
        },
    ];
    for leave in leave {
        let mut stand = Stand::open(false);
        stand.list(&[]);
        let old = stand.session();
        let description = Some("for backups".to_owned());
        let effects = stand.send(Msg::Create(CreateMsg::Create {
            user: alice(),
            wish: CreateOptions { description, ..CreateOptions::default() },
        }));
        let op = create_op(&effects).expect("a key is asked for");
        assert_eq!(signed_out(&leave(&mut stand)), [], "its description is still to be written");
        let effects = stand.send(answered(&stand, op, CreateOutcome::Made(pair("AKIANEW0000000000NEW"))));
        assert!(
            effects.iter().any(|effect| matches!(effect, Effect::Call { call: Call::Describe { .. }, .. })),
            "it is described"
        );
        assert_eq!(signed_out(&effects), [], "the key can still be checked and switched off");
        let effects = stand.send(Msg::Create(CreateMsg::DiscardSecret));
        assert_eq!(signed_out(&effects), [old], "until the panel is closed");
    }
}

#[test]
fn a_second_answer_to_a_sign_in_does_not_end_the_session() {
    let mut stand = Stand::open(false);
    let session = stand.session();
    let effects = stand.signed_in(session);
    assert_eq!(signed_out(&effects), []);
    assert_eq!(stand.session(), session);
}

#[test]
fn the_last_press_says_whether_it_is_read_only() {
    let mut stand = Stand::new();
    let session = stand.ask_to_open(SignInChoice::Practice);
    assert!(stand.send(open(SignInChoice::Practice, true)).is_empty(), "it is under way");
    stand.signed_in(session);
    assert!(stand.model.open.as_ref().is_some_and(|open| open.access.read_only.is_some()));
}
