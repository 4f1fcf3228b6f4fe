//! The credential report: asked for when its page is shown, waited for, and never newer than it is.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use keyfob::core::{AccountKeysMsg, Call, Effect, KeyRef, Msg, OpenAccount, SweepState};
use keyfob::domain::{
    Cause, ConsoleAccess, CredentialReport, Denial, Failure, FetchedReport, KeyStatus, LastUse, ReportState,
    ReportedKey, ReportedUser, UserName,
};

use crate::answers;
use crate::stand::{Stand, set_status, status_set};

pub(crate) fn load() -> Msg {
    Msg::AccountKeys(AccountKeysMsg::Load)
}

fn denied(action: &'static str) -> Failure {
    Failure::new(action, Cause::Denied(Denial::default()))
}

/// The load of the report that is asked to be generated.
pub(crate) fn generates(effects: &[Effect]) -> Option<u64> {
    effects.iter().find_map(|effect| match effect {
        Effect::Call { call: Call::GenerateReport { load }, .. } => Some(*load),
        _ => None,
    })
}

pub(crate) fn fetches(effects: &[Effect]) -> Option<(u64, Duration)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Call { call: Call::FetchReport { load, after }, .. } => Some((*load, *after)),
        _ => None,
    })
}

/// A user of a report, with one active key of that age.
pub(crate) fn reported(name: &str, created: Option<Timestamp>) -> ReportedUser {
    let key = |created| ReportedKey {
        slot: 1,
        status: KeyStatus::Active,
        created: Some(created),
        last_use: Some(LastUse::Never),
    };
    let console = ConsoleAccess { has_password: Some(true), password_last_used: None, has_mfa: Some(false) };
    ReportedUser { name: UserName::new(name), console, keys: created.map(key).into_iter().collect() }
}

pub(crate) fn ready(as_of: Timestamp, users: Vec<ReportedUser>) -> FetchedReport {
    let report = CredentialReport { as_of, root: None, users, problems: Vec::new(), more_problems: 0 };
    FetchedReport::Ready(Box::new(report))
}

fn open(stand: &Stand) -> &OpenAccount {
    stand.model.open.as_ref().expect("an account is open")
}

/// The report that is asked for arrives, as AWS made it an hour ago.
fn report(stand: &mut Stand, users: Vec<ReportedUser>) -> Vec<Effect> {
    let session = stand.session();
    let load = generates(&stand.send(load())).expect("it is asked for");
    let effects = stand.send(answers::generated(session, load, Ok(ReportState::Complete)));
    assert_eq!(fetches(&effects), Some((load, Duration::ZERO)), "it is there already");
    let made = stand.now.date - SignedDuration::from_hours(1);
    stand.send(answers::fetched(session, load, Ok(ready(made, users))))
}

#[test]
fn the_report_is_asked_for_when_its_page_is_shown_and_by_a_refresh() {
    let mut stand = Stand::open(false);
    assert_eq!(generates(&stand.send(Msg::Refresh)), None, "nobody has looked at it");
    let made = stand.now.date - SignedDuration::from_hours(1);
    report(&mut stand, vec![reported("alice", Some(made)), reported("bob", None)]);
    let status = &open(&stand).inventory.report;
    let summary = status.report.value.as_ref().expect("it was read");
    assert_eq!((summary.made, summary.users, status.report.is_loading()), (made, 2, false));
    assert_eq!(generates(&stand.send(load())), None, "it is fresh");
    assert!(generates(&stand.send(Msg::Refresh)).is_some());
}

#[test]
fn a_report_says_how_many_keys_each_user_has_and_which_is_the_worst() {
    let mut stand = Stand::open(false);
    let old = stand.now.date - SignedDuration::from_hours(24 * 400);
    let effects = report(&mut stand, vec![reported("alice", None), reported("bob", Some(old))]);
    let open = open(&stand);
    let bob = UserName::new("bob");
    assert_eq!(open.keys_of(&bob).and_then(|known| known.count()), Some(1));
    assert!(open.worst_finding(&bob, stand.now).is_some());
    let console = open.keys_of(&bob).and_then(|known| known.console()).expect("reported");
    assert_eq!((console.has_password, console.has_mfa), (Some(true), Some(false)));
    let lists = |effects: &[Effect]| {
        let call = |effect: &Effect| matches!(effect, Effect::Call { call: Call::ListKeys { .. }, .. });
        effects.iter().filter(|effect| call(effect)).count()
    };
    assert_eq!(lists(&effects), 1, "then the ids are read");
}

#[test]
fn a_report_that_is_being_made_is_waited_for() {
    let mut stand = Stand::open(false);
    let session = stand.session();
    let load = generates(&stand.send(load())).expect("it is asked for");
    let mut effects = stand.send(answers::generated(session, load, Ok(ReportState::InProgress)));
    assert_eq!(open(&stand).inventory.report.generating_since, Some(stand.now.date));
    let mut waits = Vec::new();
    while let Some((_, after)) = fetches(&effects) {
        waits.push(after.as_secs());
        effects = stand.send(answers::fetched(session, load, Ok(FetchedReport::InProgress)));
    }
    assert_eq!(waits.get(..5), Some([2, 2, 2, 2, 5].as_slice()));
    assert_eq!(waits.len(), 60, "not for ever");
    let status = &open(&stand).inventory.report;
    assert!(!status.report.is_loading() && status.fallback().is_some() && status.generating_since.is_none());
    assert!(generates(&stand.send(load_again())).is_some(), "it may be there the next time");
}

fn load_again() -> Msg {
    load()
}

#[test]
fn a_report_that_has_expired_meanwhile_is_generated_again() {
    let mut stand = Stand::open(false);
    let session = stand.session();
    let load = generates(&stand.send(load())).expect("it is asked for");
    stand.send(answers::generated(session, load, Ok(ReportState::Complete)));
    let effects = stand.send(answers::fetched(session, load, Ok(FetchedReport::Missing)));
    assert_eq!(generates(&effects), Some(load));
}

#[test]
fn somebody_elses_report_is_read_where_none_may_be_generated() {
    let mut stand = Stand::open(false);
    let session = stand.session();
    let load = generates(&stand.send(load())).expect("it is asked for");
    let refused = denied("iam:GenerateCredentialReport");
    let effects = stand.send(answers::generated(session, load, Err(refused)));
    assert!(fetches(&effects).is_some());
    stand.send(answers::fetched(session, load, Ok(ready(stand.now.date, vec![reported("bob", None)]))));
    assert!(open(&stand).inventory.report.fallback().is_none());
}

#[test]
fn without_a_report_lists_take_its_place_and_the_reason_is_kept() {
    let mut stand = Stand::open(false);
    let session = stand.session();
    let load = generates(&stand.send(load())).expect("it is asked for");
    let refused = denied("iam:GenerateCredentialReport");
    stand.send(answers::generated(session, load, Err(refused.clone())));
    let effects = stand.send(answers::fetched(session, load, Ok(FetchedReport::Missing)));
    assert_eq!(open(&stand).inventory.report.fallback(), Some(&refused));
    let list = effects.iter().find_map(|effect| match effect {
        Effect::Call { call: Call::ListKeys { user, load, paced: true }, .. } => Some((user.clone(), *load)),
        _ => None,
    });
    let (user, load) = list.expect("the ids are read all the same");
    assert_eq!(user.as_str(), "bob");
    let key = crate::stand::key("AKIABOB", KeyStatus::Active);
    let effects = stand.send(answers::listed(session, user, load, Ok(vec![key])));
    let reads_last_use =
        |effect: &Effect| matches!(effect, Effect::Call { call: Call::ReadLastUse { paced: true, .. }, .. });
    assert!(effects.iter().any(reads_last_use), "the report would have had it");
    assert_eq!(generates(&stand.send(load_again())), None, "it is not asked for again");
    assert!(generates(&stand.send(Msg::Refresh)).is_some(), "but by a refresh");
}

#[test]
fn a_report_does_not_undo_what_was_just_done() {
    let mut stand = Stand::open(false);
    let created = stand.now.date - SignedDuration::from_hours(24);
    let key = keyfob::domain::AccessKey {
        created: Some(created),
        ..crate::stand::key("AKIAALICE", KeyStatus::Active)
    };
    stand.list(&[key]);
    stand.send(set_status("AKIAALICE", KeyStatus::Inactive));
    stand.send(status_set(&stand, "AKIAALICE", KeyStatus::Inactive, Ok(())));
    report(&mut stand, vec![reported("alice", Some(created))]);
    assert_eq!(stand.status("AKIAALICE"), Some(KeyStatus::Inactive));
    // A computer whose clock is slow takes a report for newer than it is.
    stand.wait(3600);
    let session = stand.session();
    let asked = generates(&stand.send(Msg::Refresh)).expect("it is asked for");
    stand.send(set_status("AKIAALICE", KeyStatus::Active));
    stand.send(status_set(&stand, "AKIAALICE", KeyStatus::Active, Ok(())));
    stand.wait(31);
    stand.send(answers::generated(session, asked, Ok(ReportState::Complete)));
    let ahead = stand.now.date + SignedDuration::from_mins(4);
    let mut inactive = reported("alice", Some(created));
    inactive.keys[0].status = KeyStatus::Inactive;
    stand.send(answers::fetched(session, asked, Ok(ready(ahead, vec![inactive]))));
    assert_eq!(stand.status("AKIAALICE"), Some(KeyStatus::Active), "it was there before that was done");
}

#[test]
fn users_that_were_deleted_have_no_rows() {
    let mut stand = Stand::open(false);
    let now = stand.now.date;
    report(&mut stand, vec![reported("alice", None), reported("zoe", Some(now))]);
    assert!(open(&stand).keys_of(&UserName::new("zoe")).is_none(), "the list of users is newer");
}

#[test]
fn root_keys_are_rows_of_their_own() {
    let mut stand = Stand::open(false);
    let session = stand.session();
    assert!(open(&stand).keys.root().is_none());
    let load = generates(&stand.send(load())).expect("it is asked for");
    stand.send(answers::generated(session, load, Ok(ReportState::Complete)));
    let root = Some(reported("<root_account>", Some(stand.now.date)));
    let report = CredentialReport {
        as_of: stand.now.date,
        root,
        users: Vec::new(),
        problems: Vec::new(),
        more_problems: 0,
    };
    stand.send(answers::fetched(session, load, Ok(FetchedReport::Ready(Box::new(report)))));
    let keys = &open(&stand).keys;
    let rows: Vec<KeyRef> = keys.root().into_iter().flat_map(|root| root.rows()).map(|row| row.key).collect();
    assert_eq!(rows, [KeyRef::Slot(1)]);
    assert!(keys.iter().all(|(user, _)| user.as_str() != "<root_account>"), "no user is called so");
}

#[test]
fn a_session_that_ends_pauses_and_its_renewal_goes_on() {
    let mut stand = Stand::open(false);
    let session = stand.session();
    let load = generates(&stand.send(load())).expect("it is asked for");
    let over = Failure::new("iam:GenerateCredentialReport", Cause::SessionOver);
    stand.send(answers::generated(session, load, Err(over)));
    assert!(matches!(open(&stand).inventory.sweep.state(), SweepState::Paused(_)));
    let effects = stand.send(Msg::Start(keyfob::core::StartMsg::Renew { use_mfa: false }));
    let effects = stand.signed_in(crate::stand::sign_in_of(&effects));
    assert!(generates(&effects).is_some());
    assert_eq!(open(&stand).inventory.sweep.state(), SweepState::Running);
}
