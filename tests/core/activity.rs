//! The activity has every change with its outcome, and no secret.

use std::sync::Arc;

use keyfob::core::{
    ActivityMsg, CreateMsg, CreateOptions, CreateOutcome, Effect, Export, FileRequest, KeysMsg, Msg,
    NoticeKind, SessionId, StartMsg,
};
use keyfob::domain::{
    AccessKey, Account, AccountRef, ActionKind, ActivityEntry, Cause, Endpoint, Failure, KeyId, KeyStatus,
    Outcome, Reason, SaveError, SignInChoice,
};

use crate::answers::{self, receipt};
use crate::stand::{
    Stand, account, alice, answered, create_op, denied, key, pair, set_status, sign_in_of, status_set,
};

const KEY: &str = "AKIAXXXX1234";

/// The same account on AWS, where changes are stored.
fn at_aws() -> Account {
    Account { endpoint: Endpoint::Aws("iam.amazonaws.com".into()), ..account() }
}

/// Signs in and returns the effects.
fn open_at_aws(stand: &mut Stand) -> (SessionId, Vec<Effect>) {
    let choice = SignInChoice::Profile("lab".into());
    let session = sign_in_of(&stand.send(crate::stand::open(choice, false)));
    let effects = stand.send(Msg::Start(StartMsg::SignedIn { session, answer: Ok(at_aws()) }));
    (session, effects)
}

fn last(stand: &Stand) -> ActivityEntry {
    ActivityEntry::clone(stand.model.activity.entries().next().expect("a deed"))
}

fn count(stand: &Stand) -> usize {
    stand.model.activity.entries().count()
}

fn deactivated(account: AccountRef, at: &str) -> ActivityEntry {
    ActivityEntry {
        at: at.parse().expect("a time"),
        account,
        caller: "arn:aws:iam::123456789012:user/anna".into(),
        what: ActionKind::Deactivate,
        user: alice(),
        key: Some(KeyId::new(KEY)),
        outcome: Outcome::Done,
        reason: None,
        request_id: None,
    }
}

#[test]
fn a_change_is_remembered_once_it_is_answered() {
    let mut stand = Stand::open(false);
    stand.list(&[key(KEY, KeyStatus::Active)]);
    stand.send(set_status(KEY, KeyStatus::Inactive));
    assert_eq!(count(&stand), 0, "it is not answered yet");
    stand.wait(3);
    let answer = status_set(&stand, KEY, KeyStatus::Inactive, Ok(()));
    stand.send(receipt("r-1", answer));
    let wanted = ActivityEntry {
        request_id: Some("r-1".into()),
        ..deactivated(AccountRef::from(&account()), "2026-11-24T12:00:03Z")
    };
    assert_eq!(last(&stand), wanted);
    assert_eq!(stand.status(KEY), Some(KeyStatus::Inactive), "and the answer is followed");
    let again = status_set(&stand, KEY, KeyStatus::Inactive, Ok(()));
    stand.send(again);
    assert_eq!(count(&stand), 1, "only the first answer counts");
}

#[test]
fn a_lost_answer_and_a_refusal_are_remembered_too() {
    let mut stand = Stand::open(false);
    stand.list(&[key(KEY, KeyStatus::Active)]);
    stand.send(set_status(KEY, KeyStatus::Inactive));
    let lost = Failure::new("iam:UpdateAccessKey", Cause::TaskLost);
    let answer = status_set(&stand, KEY, KeyStatus::Inactive, Err(lost));
    stand.send(answer);
    assert_eq!((last(&stand).outcome, last(&stand).reason), (Outcome::Unknown, Some(Reason::NoAnswer)));

    stand.send(set_status(KEY, KeyStatus::Inactive));
    let failure = Failure { request_id: Some("r-2".into()), ..denied() };
    let answer = status_set(&stand, KEY, KeyStatus::Inactive, Err(failure));
    stand.send(answer);
    let entry = last(&stand);
    assert_eq!((entry.what, entry.outcome), (ActionKind::Deactivate, Outcome::Failed));
    assert_eq!(entry.reason, Some(Reason::Denied("iam:UpdateAccessKey".into())));
    assert_eq!(entry.request_id.as_deref(), Some("r-2"));
}

#[test]
fn a_creation_is_remembered_without_its_secret() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let op = create_op(&stand.create()).expect("a key is asked for");
    stand.send(receipt("r-3", answered(&stand, op, CreateOutcome::Made(pair("AKIANEW0000000000NEW")))));
    let entry = last(&stand);
    assert_eq!((entry.what, entry.outcome, entry.user.clone()), (ActionKind::Create, Outcome::Done, alice()));
    assert_eq!(entry.key, Some(KeyId::new("AKIANEW0000000000NEW")));
    let line = serde_json::to_string(&entry).expect("a line");
    assert!(
        !line.contains("ssss") && !ActivityEntry::report([&entry]).contains("ssss"),
        "a secret is in {line}"
    );
}

#[test]
fn a_creation_that_was_refused_or_lost_names_what_is_known() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let op = create_op(&stand.create()).expect("a key is asked for");
    stand.send(answered(&stand, op, CreateOutcome::Refused(denied())));
    assert_eq!((last(&stand).outcome, last(&stand).key), (Outcome::Failed, None));
    for (orphans, named) in [(vec!["a"], Some("a")), (vec![], None), (vec!["a", "b"], None)] {
        let orphans = orphans.into_iter().map(KeyId::new).collect();
        let op = create_op(&stand.create()).expect("a key is asked for");
        let failure = Failure::new("iam:CreateAccessKey", Cause::Unreadable);
        stand.send(answered(&stand, op, CreateOutcome::Unknown { failure, orphans, listed: true }));
        assert_eq!(last(&stand).outcome, Outcome::Unknown);
        assert_eq!(last(&stand).key, named.map(KeyId::new), "one that may be somebody else's is not named");
    }
}

#[test]
fn a_deletion_and_its_description_are_remembered() {
    let mut stand = Stand::open(false);
    stand.list(&[key(KEY, KeyStatus::Inactive)]);
    let (session, id) = (stand.session(), KeyId::new(KEY));
    stand.send(Msg::Keys(KeysMsg::AskDelete { user: alice(), key: id.clone() }));
    stand.send(Msg::Keys(KeysMsg::Delete { typed: "1234".into() }));
    let gone = Err(Failure::new("iam:DeleteAccessKey", Cause::NoSuchEntity("gone".into())));
    stand.send(answers::deleted(session, alice(), id.clone(), gone));
    let entry = last(&stand);
    assert_eq!(
        (entry.what, entry.outcome, entry.reason),
        (ActionKind::Delete, Outcome::Done, Some(Reason::Gone))
    );
    stand.send(answers::undescribed(session, alice(), id, Ok(())));
    assert_eq!((last(&stand).what, count(&stand)), (ActionKind::RemoveDescription, 2));
}

#[test]
fn a_description_is_remembered_without_its_text() {
    let mut stand = Stand::open(false);
    stand.list(&[key(KEY, KeyStatus::Active)]);
    let (session, id) = (stand.session(), KeyId::new(KEY));
    for (text, what) in [("pass phrase", ActionKind::Describe), ("", ActionKind::RemoveDescription)] {
        stand.send(Msg::Keys(KeysMsg::Describe { user: alice(), key: id.clone(), text: text.into() }));
        let (user, key, text) = (alice(), id.clone(), text.to_owned());
        stand.send(answers::described(session, user, key, text, Ok(())));
        assert_eq!(last(&stand).what, what);
        assert!(!format!("{:?}", last(&stand)).contains("pass phrase"));
    }
}

#[test]
fn what_was_asked_in_an_account_that_was_left_is_still_remembered() {
    let mut stand = Stand::new();
    let (session, _) = open_at_aws(&mut stand);
    let create = CreateMsg::Create { user: alice(), wish: CreateOptions::default() };
    stand.send(Msg::Users(keyfob::core::UsersMsg::Select(alice())));
    stand.list(&[]);
    let op = create_op(&stand.send(Msg::Create(create))).expect("a key is asked for");
    stand.send(Msg::Start(StartMsg::SwitchAccount));
    let effects = stand.send(answered(&stand, op, CreateOutcome::Made(pair("AKIANEW0000000000NEW"))));
    let written: Vec<&ActivityEntry> = effects
        .iter()
        .filter_map(|effect| {
            let Effect::WriteDeed(entry) = effect else { return None };
            Some(&**entry)
        })
        .collect();
    assert_eq!(written, [&last(&stand)], "one line, for the account that it was done in");
    assert_eq!(last(&stand).account, AccountRef::from(&at_aws()));
    assert!(stand.model.open.is_none() && session == SessionId(1), "nothing is open any more");
}

#[test]
fn what_is_done_in_the_practice_account_is_not_kept() {
    let mut stand = Stand::open(false);
    stand.list(&[key(KEY, KeyStatus::Active)]);
    stand.send(set_status(KEY, KeyStatus::Inactive));
    let answer = status_set(&stand, KEY, KeyStatus::Inactive, Ok(()));
    let effects = stand.send(answer);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::WriteDeed(_))), "it ends with the program");
    assert_eq!(count(&stand), 1, "but it is shown");
}

#[test]
fn a_restart_knows_since_when_a_key_is_inactive() {
    let elsewhere = AccountRef { endpoint: "http://127.0.0.1:9".into(), ..AccountRef::from(&at_aws()) };
    let renamed = AccountRef { name: "another alias".into(), ..AccountRef::from(&at_aws()) };
    let found =
        vec![deactivated(renamed, "2026-11-01T08:00:00Z"), deactivated(elsewhere, "2026-11-20T08:00:00Z")];
    // The file may be read before or after the account is open.
    for late in [false, true] {
        let mut stand = Stand::new();
        let found = || Msg::Activity(ActivityMsg::Found(found.clone()));
        if !late {
            stand.send(found());
        }
        open_at_aws(&mut stand);
        if late {
            stand.send(found());
        }
        let since = |stand: &Stand| {
            let open = stand.model.open.as_ref().expect("an account is open");
            open.inactive_since.get(&KeyId::new(KEY)).map(ToString::to_string)
        };
        assert_eq!(since(&stand).as_deref(), Some("2026-11-01T08:00:00Z"), "of this account only");
        stand.send(Msg::Users(keyfob::core::UsersMsg::Select(alice())));
        stand.list(&[AccessKey { id: KeyId::new(KEY), status: KeyStatus::Inactive, created: None }]);
        assert!(since(&stand).is_some(), "the list says nothing else");
        stand.list(&[key(KEY, KeyStatus::Active)]);
        assert_eq!(since(&stand), None, "somebody else has switched it on again");
    }
}

#[test]
fn a_key_that_was_switched_on_again_is_not_recalled_as_inactive() {
    let place = || AccountRef::from(&at_aws());
    let off = deactivated(place(), "2026-11-01T08:00:00Z");
    let refused = ActivityEntry {
        outcome: Outcome::Failed,
        key: Some(KeyId::new("AKIAREFUSED")),
        ..deactivated(place(), "2026-11-01T09:00:00Z")
    };
    let on = ActivityEntry { what: ActionKind::Activate, ..deactivated(place(), "2026-11-02T08:00:00Z") };
    let mut stand = Stand::new();
    stand.send(Msg::Activity(ActivityMsg::Found(vec![off, refused, on])));
    open_at_aws(&mut stand);
    assert!(stand.model.open.as_ref().expect("open").inactive_since.is_empty());
}

#[test]
fn what_is_found_comes_before_what_was_done_meanwhile() {
    let mut stand = Stand::open(false);
    stand.list(&[key(KEY, KeyStatus::Active)]);
    stand.send(set_status(KEY, KeyStatus::Inactive));
    let answer = status_set(&stand, KEY, KeyStatus::Inactive, Ok(()));
    stand.send(answer);
    let old = deactivated(AccountRef::from(&at_aws()), "2026-11-01T08:00:00Z");
    let before = stand.model.activity.revision;
    stand.send(Msg::Activity(ActivityMsg::Found(vec![old.clone()])));
    let shown: Vec<_> = stand.model.activity.entries().map(|entry| entry.at.to_string()).collect();
    assert_eq!(shown, ["2026-11-24T12:00:00Z", "2026-11-01T08:00:00Z"], "the newest first");
    assert_ne!(stand.model.activity.revision, before, "a view notices");
}

#[test]
fn a_write_error_is_reported_once() {
    let mut stand = Stand::open(false);
    for _ in 0..3 {
        let reason = "the disk is full".to_owned();
        stand.send(Msg::Activity(ActivityMsg::NotWritten { reason }));
    }
    let told = stand.model.notices.iter();
    let told = told.filter(|notice| matches!(notice.event, NoticeKind::ActivityNotKept { .. })).count();
    assert_eq!(told, 1);
}

#[test]
fn one_report_is_written_at_a_time() {
    let mut stand = Stand::open(false);
    let entries = vec![Arc::new(deactivated(AccountRef::from(&account()), "2026-11-01T08:00:00Z"))];
    let export = || ActivityMsg::Export { entries: entries.clone(), path: "/r.csv".into(), replace: false };
    assert!(matches!(stand.send(Msg::Activity(export()))[..], [Effect::File(FileRequest::Export { .. })]));
    assert!(stand.send(Msg::Activity(export())).is_empty(), "not twice");
    let there = SaveError::Exists("/r.csv".into());
    stand.send(Msg::Activity(ActivityMsg::Exported { answer: Err(there.clone()) }));
    assert_eq!(stand.model.activity.export, Some(Export::Failed(there)));
    stand.send(Msg::Activity(ActivityMsg::ForgetExport));
    assert_eq!(stand.model.activity.export, None);
}
