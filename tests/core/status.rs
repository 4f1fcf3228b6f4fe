//! Activating and deactivating a key.

use keyfob::core::{Call, Effect, KeysMsg, Model, Msg, NoticeKind, StartMsg, UsersMsg};
use keyfob::domain::{Account, Cause, Failure, Finding, KeyId, KeyStatus, SignInChoice};

use crate::stand::{Stand, account, alice, denied, key, lost, set_status, status_set};

#[test]
fn a_switch_moves_at_once_and_goes_back_when_refused() {
    let mut stand = Stand::open(false);
    stand.list(&[key("a", KeyStatus::Active)]);
    let effects = stand.send(set_status("a", KeyStatus::Inactive));
    assert!(matches!(effects[..], [Effect::Call { call: Call::SetStatus { .. }, .. }]));
    assert_eq!(stand.status("a"), Some(KeyStatus::Inactive), "at once");
    assert!(stand.send(set_status("a", KeyStatus::Active)).is_empty(), "not while it is under way");
    let answer = status_set(&stand, "a", KeyStatus::Inactive, Err(denied()));
    stand.send(answer);
    assert_eq!(stand.status("a"), Some(KeyStatus::Active), "AWS refused");
    assert!(
        stand.model.notices.iter().any(|notice| matches!(notice.event, NoticeKind::StatusRefused { .. }))
    );
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
    assert!(matches!(
        effects[..],
        [Effect::Call { call: Call::SetStatus { status: KeyStatus::Active, .. }, .. }]
    ));
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
    assert!(matches!(effects[..], [Effect::Call { call: Call::SetStatus { .. }, .. }]), "only after a yes");
}

/// A profile with MFA, or a role that keys assume.
#[test]
fn the_key_that_a_session_was_made_with_asks_first_too() {
    let mut stand = by_session();
    assert!(stand.send(set_status("a", KeyStatus::Inactive)).is_empty(), "nothing is sent");
    let effects = stand.send(Msg::Keys(KeysMsg::ConfirmSwitch));
    assert!(matches!(effects[..], [Effect::Call { call: Call::SetStatus { .. }, .. }]), "only after a yes");
    let answer = status_set(&stand, "a", KeyStatus::Inactive, Ok(()));
    stand.send(answer);
    let event = stand.model.notices.first().expect("a toast").event.clone();
    assert!(Model::undo(&event).is_some(), "the session goes on");
}

#[test]
fn the_key_that_a_session_was_made_with_is_marked() {
    let stand = by_session();
    let open = stand.model.open.as_ref().expect("it is open");
    let marked = |id: &str| {
        let found = open.findings(&alice(), &KeyId::new(id), stand.now);
        found.contains(&Finding::SignsForKeyfob) && open.signs_in_with(&KeyId::new(id))
    };
    assert!(marked("a") && !marked("b"));
}

/// A session that was started with the key `a`.
fn by_session() -> Stand {
    let mut stand = Stand::new();
    let session = stand.ask_to_open(SignInChoice::Practice);
    let account = Account { signing_key: None, session_key: Some(KeyId::new("a")), ..account() };
    stand.send(Msg::Start(StartMsg::SignedIn { session, answer: Ok(account) }));
    stand.send(Msg::Users(UsersMsg::Select(alice())));
    stand.list(&[key("a", KeyStatus::Active), key("b", KeyStatus::Active)]);
    stand
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
    assert!(matches!(
        effects[..],
        [Effect::Call { call: Call::SetStatus { status: KeyStatus::Inactive, .. }, .. }]
    ));
    assert_eq!(stand.status("AKIASIGNS"), Some(KeyStatus::Inactive), "the yes shows at once");
    let answer = status_set(&stand, "AKIASIGNS", KeyStatus::Inactive, Ok(()));
    stand.send(answer);
    stand.wait(5);
    stand.list(&[key("AKIASIGNS", KeyStatus::Active)]);
    assert_eq!(stand.status("AKIASIGNS"), Some(KeyStatus::Inactive), "and is held against a list that lags");
}

fn switch(
    stand: &mut Stand,
    key: &str,
    to: KeyStatus,
    answer: Result<(), keyfob::domain::Failure>,
) -> Vec<Effect> {
    stand.send(set_status(key, to));
    let answer = status_set(stand, key, to, answer);
    stand.send(answer)
}

fn events(stand: &Stand) -> Vec<&NoticeKind> {
    stand.model.notices.iter().map(|notice| &notice.event).collect()
}

#[test]
fn a_change_without_an_answer_is_no_refusal_and_the_list_settles_it() {
    let mut stand = Stand::open(false);
    stand.list(&[key("a", KeyStatus::Active)]);
    let effects = switch(&mut stand, "a", KeyStatus::Inactive, Err(lost("iam:UpdateAccessKey")));
    assert!(
        matches!(effects.first(), Some(Effect::Call { call: Call::ListKeys { .. }, .. })),
        "it looks at once"
    );
    assert_eq!(
        effects.iter().filter(|effect| matches!(effect, Effect::Relist { .. })).count(),
        3,
        "and again"
    );
    assert!(matches!(events(&stand)[..], [NoticeKind::StatusLost { .. }]), "{:?}", events(&stand));
    stand.list(&[key("a", KeyStatus::Active)]);
    assert!(matches!(events(&stand)[..], [NoticeKind::StatusLost { .. }]), "the list may lag");
    stand.wait(5);
    stand.list(&[key("a", KeyStatus::Inactive)]);
    assert_eq!(stand.status("a"), Some(KeyStatus::Inactive));
    assert!(
        matches!(events(&stand)[..], [NoticeKind::StatusSet { .. }]),
        "it had happened: {:?}",
        events(&stand)
    );
}

#[test]
fn a_failed_change_does_not_end_the_hold_of_the_one_before() {
    for failure in [denied(), lost("iam:UpdateAccessKey")] {
        let mut stand = Stand::open(false);
        stand.list(&[key("a", KeyStatus::Active)]);
        switch(&mut stand, "a", KeyStatus::Inactive, Ok(()));
        stand.wait(5);
        switch(&mut stand, "a", KeyStatus::Active, Err(failure));
        stand.list(&[key("a", KeyStatus::Active)]);
        assert_eq!(stand.status("a"), Some(KeyStatus::Inactive), "the list may be from before both");
        stand.wait(31);
        stand.list(&[key("a", KeyStatus::Active)]);
        assert_eq!(stand.status("a"), Some(KeyStatus::Active), "now it is believed");
    }
}

#[test]
fn a_change_that_takes_long_is_not_undone_by_a_list_meanwhile() {
    let mut stand = Stand::open(false);
    stand.list(&[key("a", KeyStatus::Active)]);
    stand.send(set_status("a", KeyStatus::Inactive));
    stand.wait(45);
    stand.list(&[key("a", KeyStatus::Active)]);
    assert_eq!(stand.status("a"), Some(KeyStatus::Inactive), "there is no answer yet");
}

#[test]
fn since_when_a_key_is_inactive_is_forgotten_when_somebody_switches_it_on() {
    let mut stand = Stand::open(false);
    stand.list(&[key("a", KeyStatus::Active)]);
    switch(&mut stand, "a", KeyStatus::Inactive, Ok(()));
    let since = |stand: &Stand| {
        stand.model.open.as_ref().and_then(|open| open.inactive_since.get(&KeyId::new("a")).copied())
    };
    assert_eq!(since(&stand), Some(stand.now.date));
    stand.wait(5);
    stand.list(&[key("a", KeyStatus::Active)]);
    assert!(since(&stand).is_some(), "the list lags");
    stand.wait(31);
    stand.list(&[key("a", KeyStatus::Active)]);
    stand.list(&[key("a", KeyStatus::Inactive)]);
    assert_eq!(since(&stand), None, "switched on and off again elsewhere: since an unknown date");
}

#[test]
fn a_refusal_is_shown_until_the_key_changes() {
    let throttled = || Failure::new("iam:UpdateAccessKey", Cause::Throttled);
    let mut stand = Stand::open(false);
    stand.list(&[key("a", KeyStatus::Active), key("b", KeyStatus::Active)]);
    switch(&mut stand, "b", KeyStatus::Inactive, Err(throttled()));
    switch(&mut stand, "a", KeyStatus::Inactive, Err(throttled()));
    assert_eq!(stand.model.notices.len(), 2, "one for each key");
    let again = events(&stand).get(1).and_then(|event| Model::retry(event)).expect("it can be tried again");
    stand.send(again);
    assert_eq!(stand.model.notices.len(), 1, "it is being tried again");
    let answer = status_set(&stand, "a", KeyStatus::Inactive, Ok(()));
    stand.send(answer);
    let told = events(&stand);
    assert!(
        matches!(told[..], [NoticeKind::StatusRefused { key, .. }, NoticeKind::StatusSet { .. }] if key.as_str() == "b")
    );
}

#[test]
fn the_key_that_signs_cannot_be_switched_back() {
    let mut stand = Stand::open(false);
    stand.list(&[key("AKIASIGNS", KeyStatus::Active)]);
    stand.send(set_status("AKIASIGNS", KeyStatus::Inactive));
    stand.send(Msg::Keys(KeysMsg::ConfirmSwitch));
    let answer = status_set(&stand, "AKIASIGNS", KeyStatus::Inactive, Ok(()));
    stand.send(answer);
    let event = stand.model.notices.first().expect("a toast").event.clone();
    assert!(Model::undo(&event).is_none(), "nothing is left to sign the request with");
}

#[test]
fn nothing_can_be_undone_in_an_account_that_was_left() {
    let mut stand = Stand::open(false);
    stand.list(&[key("a", KeyStatus::Active)]);
    switch(&mut stand, "a", KeyStatus::Inactive, Ok(()));
    assert_eq!(stand.model.notices.len(), 1);
    stand.send(Msg::Start(StartMsg::SwitchAccount));
    assert!(stand.model.notices.is_empty());
}
