//! What is asked before AWS has named the account is shown under that account, or never.

use jiff::Timestamp;
use keyfob::core::{Call, Effect, Msg, SessionId, StartMsg};
use keyfob::domain::{Account, Failure, KeyId, KeyStatus, Opened, Settings, SignInChoice, UserName};

use crate::answers;
use crate::stand::{Stand, account, alice, denied, key, page, signed_out, user};

fn lab() -> SignInChoice {
    SignInChoice::Profile("lab".into())
}

/// The profile led to the account of the tests last time, where alice was on screen.
fn remembered() -> Settings {
    let mut settings = Settings::default();
    settings.remember_opened(Opened {
        choice: lab(),
        account_id: account().id,
        elsewhere: account().elsewhere().map(str::to_owned),
        at: Timestamp::UNIX_EPOCH,
    });
    settings.remember_user(&account(), alice());
    settings
}

/// A sign-in whose connection is there; with what was asked over it.
fn connected(settings: Settings) -> (Stand, SessionId, Vec<Call>) {
    let mut stand = Stand::new();
    stand.model.settings = settings;
    let session = stand.ask_to_open(lab());
    let effects = stand.send(Msg::Start(StartMsg::Connected { session }));
    assert!(
        matches!(effects.first(), Some(Effect::Identify { session: asked }) if *asked == session),
        "who it is comes first"
    );
    (stand, session, calls(&effects))
}

fn calls(effects: &[Effect]) -> Vec<Call> {
    let call = |effect: &Effect| {
        let Effect::Call { call, .. } = effect else { return None };
        Some(call.clone())
    };
    effects.iter().filter_map(call).collect()
}

fn keys_of(calls: &[Call]) -> Option<(UserName, u64)> {
    calls.iter().find_map(|call| {
        let Call::ListKeys { user, load, .. } = call else { return None };
        Some((user.clone(), *load))
    })
}

fn users_of(calls: &[Call]) -> Option<u64> {
    calls.iter().find_map(|call| {
        let Call::ListUsers { load, .. } = call else { return None };
        Some(*load)
    })
}

/// The answers come before AWS has named the account.
fn answer(stand: &mut Stand, session: SessionId, asked: &[Call]) {
    let (asked_for, load) = keys_of(asked).expect("the keys are asked for");
    assert_eq!(asked_for, alice(), "the remembered user");
    let keys = vec![key("AKIAEARLY", KeyStatus::Active)];
    let effects = stand.send(answers::listed(session, alice(), load, Ok(keys)));
    assert!(effects.is_empty(), "nothing follows from an answer that may not count");
    let load = users_of(asked).expect("the users are asked for");
    let effects = stand.send(page(session, load, vec![user("alice")], Some("more")));
    assert!(effects.is_empty(), "nor from a page of users");
    assert!(stand.model.open.is_none() && stand.model.notices.is_empty(), "nor is it shown");
}

fn signed_in(stand: &mut Stand, session: SessionId, answer: Result<Account, Failure>) -> Vec<Effect> {
    stand.send(Msg::Start(StartMsg::SignedIn { session, answer }))
}

#[test]
fn the_keys_of_the_remembered_user_are_there_with_the_account() {
    let (mut stand, session, asked) = connected(remembered());
    answer(&mut stand, session, &asked);
    let effects = signed_in(&mut stand, session, Ok(account()));
    assert_eq!(stand.status("AKIAEARLY"), Some(KeyStatus::Active));
    let next = calls(&effects);
    assert!(keys_of(&next).is_none(), "they are not asked for twice");
    let more = |call: &Call| matches!(call, Call::ListUsers { marker: Some(_), .. });
    assert!(next.iter().any(more), "the next page follows");
    let last_use =
        |call: &Call| matches!(call, Call::ReadLastUse { key, .. } if *key == KeyId::new("AKIAEARLY"));
    assert!(next.iter().any(last_use), "and so do the last uses");
}

#[test]
fn answers_that_come_after_the_account_count_as_well() {
    let (mut stand, session, asked) = connected(remembered());
    let effects = signed_in(&mut stand, session, Ok(account()));
    assert!(calls(&effects).is_empty(), "all is under way already");
    let (_, load) = keys_of(&asked).expect("the keys are asked for");
    stand.send(answers::listed(session, alice(), load, Ok(vec![key("AKIALATE", KeyStatus::Active)])));
    assert_eq!(stand.status("AKIALATE"), Some(KeyStatus::Active));
}

#[test]
fn nothing_of_another_account_than_the_expected_one_is_ever_shown() {
    let other_id = Account { id: "210987654321".into(), ..account() };
    for named in [other_id, Account { endpoint: keyfob::domain::Endpoint::Aws("iam".into()), ..account() }] {
        let (mut stand, session, asked) = connected(remembered());
        answer(&mut stand, session, &asked);
        let effects = signed_in(&mut stand, session, Ok(named));
        let open = stand.model.open.as_ref().expect("it is open all the same");
        assert!(open.users.all().is_empty() && open.keys_of(&alice()).is_none());
        let again = users_of(&calls(&effects)).expect("the users are asked for");
        assert_ne!(Some(again), users_of(&asked));
        // One that was still under way.
        let (_, load) = keys_of(&asked).expect("the keys are asked for");
        stand.send(answers::listed(session, alice(), load, Ok(vec![key("AKIALATE", KeyStatus::Active)])));
        assert_eq!(stand.status("AKIALATE"), None);
    }
}

#[test]
fn a_choice_that_was_never_opened_asks_who_it_is_and_nothing_else() {
    let (_, _, asked) = connected(Settings::default());
    assert!(asked.is_empty());
    let mut without_user = remembered();
    without_user.last_user.clear();
    assert!(connected(without_user).2.is_empty());
}

#[test]
fn a_connection_that_is_not_entered_is_let_go() {
    let (mut stand, session, _) = connected(remembered());
    let effects = signed_in(&mut stand, session, Err(denied()));
    assert_eq!(signed_out(&effects), [session]);
    let (mut stand, session, asked) = connected(remembered());
    let effects = stand.send(Msg::Start(StartMsg::CancelSignIn));
    assert_eq!(signed_out(&effects), [session]);
    let (_, load) = keys_of(&asked).expect("the keys are asked for");
    let late = stand.send(answers::listed(session, alice(), load, Ok(Vec::new())));
    assert!(late.is_empty() && stand.model.open.is_none(), "what comes later is dropped");
}

#[test]
fn a_renewal_asks_for_nothing_beforehand() {
    let mut stand = Stand::open(false);
    stand.model.settings = remembered();
    let effects = stand.send(Msg::Start(StartMsg::Renew { use_mfa: false }));
    let session = crate::stand::sign_in_of(&effects);
    let effects = stand.send(Msg::Start(StartMsg::Connected { session }));
    assert!(matches!(effects[..], [Effect::Identify { .. }]));
}
