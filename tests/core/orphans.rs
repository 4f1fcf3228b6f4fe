//! Creations with an unknown outcome.

use keyfob::core::{
    Call, CreateOutcome, Effect, JournalMsg, KeysMsg, Model, Msg, NoticeKind, Search, StartMsg,
};
use keyfob::domain::{AccessKey, Cause, Failure, Intent, IntentId, KeyId, KeyStatus};

use crate::answers;
use crate::stand::{Stand, account, alice, answered, create_op, key, open, pair, sign_in_of};

/// An intent of an earlier run, 5 minutes ago.
fn intent(stand: &Stand, made: Option<&str>) -> Intent {
    let at = stand.now.date - jiff::SignedDuration::from_mins(5);
    let mut intent = Intent::new(IntentId::new(at, 1), &account(), alice(), at);
    intent.known = vec![KeyId::new("OLD")];
    intent.made = made.map(KeyId::new);
    intent
}

/// Starts with the journal of an earlier run, and opens the account.
fn restarted(made: Option<&str>) -> Stand {
    let mut stand = Stand::new();
    let found = intent(&stand, made);
    stand.send(Msg::Journal(JournalMsg::Found(vec![found])));
    let effects = stand.send(open(keyfob::domain::SignInChoice::Practice, false));
    let session = sign_in_of(&effects);
    let effects = stand.send(Msg::Start(StartMsg::SignedIn { session, answer: Ok(account()) }));
    let asked = effects.iter().any(
        |effect| matches!(effect, Effect::Call { call: Call::ListKeys { user, .. }, .. } if *user == alice()),
    );
    assert!(asked, "the keys of the user concerned are listed at once");
    stand
}

fn search(stand: &Stand) -> Option<Search> {
    stand.model.unfinished_here().next().map(|one| one.search.clone())
}

fn new_key(stand: &Stand, id: &str) -> AccessKey {
    AccessKey {
        created: Some(stand.now.date - jiff::SignedDuration::from_mins(5)),
        ..key(id, KeyStatus::Active)
    }
}

/// A list of alice's keys arrives.
fn listed(stand: &mut Stand, answer: Result<Vec<AccessKey>, Failure>) -> Vec<Effect> {
    let session = stand.session();
    let effects = stand.send(Msg::Keys(KeysMsg::RelistDue { session, user: alice() }));
    let Some(Effect::Call { call: Call::ListKeys { load, .. }, .. }) = effects.first() else {
        panic!("no list")
    };
    stand.send(answers::listed(session, alice(), *load, answer))
}

#[test]
fn a_key_of_a_run_that_was_cut_off_is_named() {
    for made in [None, Some("NEW")] {
        let mut stand = restarted(made);
        let keys = vec![key("OLD", KeyStatus::Active), new_key(&stand, "NEW")];
        listed(&mut stand, Ok(keys));
        assert_eq!(search(&stand), Some(Search::Orphans(vec![KeyId::new("NEW")])), "{made:?}");
        let one = stand.model.unfinished_here().next().expect("it is shown");
        let effects = stand.send(Model::dismiss_unfinished(&one.clone()));
        assert!(matches!(effects[..], [Effect::CloseIntent { .. }]), "the journal forgets it");
        assert_eq!(search(&stand), None);
    }
}

#[test]
fn nothing_is_named_where_nothing_was_made() {
    let mut stand = restarted(None);
    let effects = listed(&mut stand, Ok(vec![key("OLD", KeyStatus::Active)]));
    assert_eq!(search(&stand), None);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::CloseIntent { .. })), "it is settled");
    assert!(
        stand.model.notices.iter().any(|notice| matches!(notice.event, NoticeKind::NothingWasCreated { .. }))
    );
}

#[test]
fn a_key_that_was_deleted_meanwhile_is_not_named() {
    let mut stand = restarted(Some("NEW"));
    let keys = vec![key("OLD", KeyStatus::Active), new_key(&stand, "OTHER")];
    let effects = listed(&mut stand, Ok(keys));
    assert_eq!(search(&stand), None, "another key that is as old is not taken for it");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::CloseIntent { .. })));
    assert!(stand.model.notices.is_empty(), "and there is nothing to tell");
}

#[test]
fn a_list_that_cannot_be_read_settles_nothing() {
    let mut stand = restarted(None);
    listed(&mut stand, Err(Failure::new("iam:ListAccessKeys", Cause::Throttled)));
    assert!(matches!(search(&stand), Some(Search::NotListed(_))));
    let keys = vec![new_key(&stand, "NEW")];
    listed(&mut stand, Ok(keys));
    assert_eq!(search(&stand), Some(Search::Orphans(vec![KeyId::new("NEW")])), "the next one does");
}

#[test]
fn an_account_that_is_not_the_one_says_nothing() {
    let mut stand = Stand::open(false);
    let mut other = intent(&stand, None);
    other.account.id = "999999999999".into();
    stand.send(Msg::Journal(JournalMsg::Found(vec![other])));
    let keys = vec![new_key(&stand, "NEW")];
    listed(&mut stand, Ok(keys));
    assert_eq!(search(&stand), None);
    assert_eq!(stand.model.creations.unfinished.len(), 1, "it waits for its own account");
}

#[test]
fn a_lost_answer_is_looked_for_until_lists_have_caught_up() {
    let mut stand = Stand::open(false);
    stand.list(&[key("OLD", KeyStatus::Active)]);
    let op = create_op(&stand.create()).expect("a key is asked for");
    let failure = Failure::new("iam:CreateAccessKey", Cause::TaskLost);
    stand.send(answered(&stand, op, CreateOutcome::Unknown { failure, orphans: Vec::new(), listed: false }));
    assert!(matches!(search(&stand), Some(Search::NotListed(_))));
    stand.wait(5);
    let effects = listed(&mut stand, Ok(vec![key("OLD", KeyStatus::Active)]));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Relist { .. })), "too early to say");
    stand.wait(10);
    let late = AccessKey { created: Some(stand.now.date), ..key("NEW", KeyStatus::Active) };
    listed(&mut stand, Ok(vec![key("OLD", KeyStatus::Active), late]));
    assert_eq!(search(&stand), Some(Search::Orphans(vec![KeyId::new("NEW")])));
    let effects = listed(&mut stand, Ok(vec![key("OLD", KeyStatus::Active)]));
    assert!(matches!(search(&stand), Some(Search::Orphans(_))), "one list may lag behind");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Relist { .. })), "and is asked for again");
    stand.wait(30);
    listed(&mut stand, Ok(vec![key("OLD", KeyStatus::Active)]));
    assert_eq!(search(&stand), None, "it was deleted elsewhere");
}

#[test]
fn an_orphan_that_was_deleted_here_is_named_no_more() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let lost = create_op(&stand.create()).expect("a key is asked for");
    let failure = Failure::new("iam:CreateAccessKey", Cause::TaskLost);
    let orphans = vec![KeyId::new("NEW")];
    stand.send(answered(&stand, lost, CreateOutcome::Unknown { failure, orphans, listed: true }));
    listed(&mut stand, Ok(vec![key("NEW", KeyStatus::Inactive)]));
    stand.send(Msg::Keys(KeysMsg::AskDelete { user: alice(), key: KeyId::new("NEW") }));
    stand.send(Msg::Keys(KeysMsg::Delete { typed: "NEW".into() }));
    let session = stand.session();
    let effects = stand.send(answers::deleted(session, alice(), KeyId::new("NEW"), Ok(())));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::CloseIntent { .. })), "the journal too");
    assert_eq!(search(&stand), None);
}

#[test]
fn a_list_of_an_account_that_was_left_says_nothing_about_this_one() {
    let mut stand = Stand::open(false);
    let before = stand.session();
    let effects = stand.send(Msg::Keys(KeysMsg::RelistDue { session: before, user: alice() }));
    let Some(Effect::Call { call: Call::ListKeys { load, .. }, .. }) = effects.first() else {
        panic!("no list")
    };
    let load = *load;
    let session = stand.ask_to_open(keyfob::domain::SignInChoice::Environment);
    stand.signed_in(session);
    let found = intent(&stand, None);
    stand.send(Msg::Journal(JournalMsg::Found(vec![found])));
    for keys in [vec![new_key(&stand, "NEW")], vec![]] {
        stand.send(answers::listed(before, alice(), load, Ok(keys)));
        assert_eq!(search(&stand), Some(Search::Waiting), "the other account has an alice as well");
    }
}

#[test]
fn a_clock_that_is_set_to_another_zone_hides_no_orphan() {
    let mut stand = restarted(None);
    let created = Some(stand.now.date + jiff::SignedDuration::from_hours(11));
    listed(&mut stand, Ok(vec![AccessKey { created, ..key("NEW", KeyStatus::Active) }]));
    assert_eq!(search(&stand), Some(Search::Orphans(vec![KeyId::new("NEW")])));
}

#[test]
fn a_key_whose_secret_is_on_screen_is_no_orphan() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let lost = create_op(&stand.create()).expect("a key is asked for");
    let failure = Failure::new("iam:CreateAccessKey", Cause::TaskLost);
    stand.send(answered(&stand, lost, CreateOutcome::Unknown { failure, orphans: Vec::new(), listed: true }));
    assert_eq!(search(&stand), Some(Search::Nothing));
    let op = create_op(&stand.create()).expect("another one is asked for");
    stand.send(answered(&stand, op, CreateOutcome::Made(pair("AKIANEW0000000000NEW"))));
    let made = AccessKey { created: Some(stand.now.date), ..key("AKIANEW0000000000NEW", KeyStatus::Active) };
    stand.wait(60);
    listed(&mut stand, Ok(vec![made]));
    assert_eq!(search(&stand), Some(Search::Nothing), "the second key is known");
}

#[test]
fn a_user_that_is_gone_has_no_orphan() {
    let mut stand = restarted(None);
    listed(&mut stand, Err(Failure::new("iam:ListAccessKeys", Cause::NoSuchEntity("gone".into()))));
    assert_eq!(search(&stand), None);
}

#[test]
fn an_orphan_that_was_found_stays_named_whatever_its_date_says() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let lost = create_op(&stand.create()).expect("a key is asked for");
    let failure = Failure::new("iam:CreateAccessKey", Cause::TaskLost);
    let orphans = vec![KeyId::new("NEW")];
    stand.send(answered(
        &stand,
        lost,
        CreateOutcome::Unknown { failure, orphans: orphans.clone(), listed: true },
    ));
    // A server whose clock is a day behind.
    let created = Some(stand.now.date - jiff::SignedDuration::from_hours(24));
    listed(&mut stand, Ok(vec![AccessKey { created, ..key("NEW", KeyStatus::Active) }]));
    assert_eq!(search(&stand), Some(Search::Orphans(orphans)), "it was not there before the request");
}

/// The response to a creation was lost in this run, and this key was found.
fn lost_answer(found: &str) -> Stand {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let op = create_op(&stand.create()).expect("a key is asked for");
    let orphans = vec![KeyId::new(found)];
    let failure = crate::stand::lost("CreateAccessKey");
    stand.send(answered(&stand, op, CreateOutcome::Unknown { failure, orphans, listed: true }));
    stand
}

#[test]
fn an_orphan_that_no_list_shows_yet_can_be_switched_off_at_once() {
    let mut stand = lost_answer("NEW");
    let effects = stand.send(crate::stand::set_status("NEW", KeyStatus::Inactive));
    assert!(matches!(effects[..], [Effect::Call { call: Call::SetStatus { .. }, .. }]), "{}", effects.len());
}

#[test]
fn the_keys_of_a_named_orphan_are_listed_when_its_account_is_opened_again() {
    let mut stand = lost_answer("NEW");
    let session = stand.ask_to_open(keyfob::domain::SignInChoice::Environment);
    let effects = stand.signed_in(session);
    let asked = effects.iter().any(
        |effect| matches!(effect, Effect::Call { call: Call::ListKeys { user, .. }, .. } if *user == alice()),
    );
    assert!(asked, "what is offered for it needs its status");
}

#[test]
fn a_key_that_somebody_makes_later_does_not_join_a_named_orphan() {
    let mut stand = lost_answer("NEW");
    stand.wait(600);
    let now = Some(stand.now.date);
    let keys = vec![
        AccessKey { created: now, ..key("NEW", KeyStatus::Active) },
        AccessKey { created: now, ..key("LATER", KeyStatus::Active) },
    ];
    listed(&mut stand, Ok(keys));
    assert_eq!(search(&stand), Some(Search::Orphans(vec![KeyId::new("NEW")])));
}

#[test]
fn in_another_account_it_is_still_spoken_of() {
    let mut stand = lost_answer("NEW");
    assert_eq!(stand.model.unfinished_elsewhere().count(), 0);
    let session = stand.ask_to_open(keyfob::domain::SignInChoice::Environment);
    let mut other = account();
    other.id = "999999999999".to_owned();
    stand.send(Msg::Start(StartMsg::SignedIn { session, answer: Ok(other) }));
    assert_eq!((stand.model.unfinished_here().count(), stand.model.unfinished_elsewhere().count()), (0, 1));
}

#[test]
fn an_orphan_whose_deletion_is_answered_in_another_account_is_named_no_more() {
    let mut stand = lost_answer("NEW");
    listed(&mut stand, Ok(vec![key("NEW", KeyStatus::Inactive)]));
    stand.send(Msg::Keys(KeysMsg::AskDelete { user: alice(), key: KeyId::new("NEW") }));
    stand.send(Msg::Keys(KeysMsg::Delete { typed: "NEW".into() }));
    let old = stand.session();
    let session = stand.ask_to_open(keyfob::domain::SignInChoice::Environment);
    let mut other = account();
    other.id = "999999999999".to_owned();
    stand.send(Msg::Start(StartMsg::SignedIn { session, answer: Ok(other) }));
    let (user, key) = (alice(), KeyId::new("NEW"));
    let effects = stand.send(answers::deleted(old, user, key, Ok(())));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::CloseIntent { .. })), "the journal too");
    assert_eq!(stand.model.unfinished_elsewhere().count(), 0);
}
