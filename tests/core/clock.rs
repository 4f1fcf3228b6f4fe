//! Two clocks: what waits on screen goes by the one that nobody can set, dates go by the server's.

use jiff::SignedDuration;
use keyfob::core::{Msg, TimeLeft};
use keyfob::domain::{AccessKey, Finding, KeyId, KeyStatus, Moment};

use crate::answers;
use crate::stand::{Stand, alice, key, set_status, status_set};

const ID: &str = "AKIAXXXX1234";

/// An answer of the session, with the server's date.
fn server_says(stand: &mut Stand, date: jiff::Timestamp) {
    let server = Some(Moment { date, ..stand.now });
    let Msg::Answered(answered) = answers::quota(stand.session(), Ok(2)) else { panic!("an answer") };
    stand.send(Msg::Answered(keyfob::core::Answered { server_time: server, ..answered }));
}

#[test]
fn after_30_seconds_the_list_counts_although_the_clock_was_set_back() {
    let mut stand = Stand::open(false);
    stand.list(&[key(ID, KeyStatus::Active)]);
    stand.send(set_status(ID, KeyStatus::Inactive));
    let answer = status_set(&stand, ID, KeyStatus::Inactive, Ok(()));
    stand.send(answer);
    stand.now.date -= SignedDuration::from_hours(1);
    stand.wait(29);
    stand.list(&[key(ID, KeyStatus::Active)]);
    assert_eq!(stand.status(ID), Some(KeyStatus::Inactive), "the list may lag");
    stand.wait(2);
    stand.list(&[key(ID, KeyStatus::Active)]);
    assert_eq!(stand.status(ID), Some(KeyStatus::Active), "somebody else has activated it");
}

#[test]
fn ages_are_measured_by_the_servers_clock() {
    let mut stand = Stand::open(false);
    let server = stand.now.date - SignedDuration::from_hours(24 * 40);
    let created = Some(server - SignedDuration::from_hours(24 * 60));
    stand.list(&[AccessKey { created, ..key(ID, KeyStatus::Active) }]);
    let findings = |stand: &Stand| {
        let open = stand.model.open.as_ref().expect("it is open");
        open.findings(&alice(), &KeyId::new(ID), stand.model.moment(stand.now))
    };
    assert!(matches!(findings(&stand)[..], [Finding::Old { days: 100, .. }]), "by this computer's clock");
    server_says(&mut stand, server);
    assert_eq!(findings(&stand), [], "60 days by the server's");
    assert_eq!(stand.model.clock_ahead(stand.now), SignedDuration::from_hours(24 * 40));
    // It is set right.
    stand.now.date = server;
    assert_eq!(stand.model.clock_ahead(stand.now), SignedDuration::ZERO);
    assert_eq!(findings(&stand), []);
}

#[test]
fn what_is_done_is_dated_by_the_servers_clock() {
    let mut stand = Stand::open(false);
    stand.list(&[key(ID, KeyStatus::Active)]);
    let server = stand.now.date + SignedDuration::from_mins(14);
    server_says(&mut stand, server);
    stand.wait(60);
    stand.send(set_status(ID, KeyStatus::Inactive));
    let answer = status_set(&stand, ID, KeyStatus::Inactive, Ok(()));
    stand.send(answer);
    let done = server + SignedDuration::from_mins(1);
    let open = stand.model.open.as_ref().expect("it is open");
    assert_eq!(open.inactive_since.get(&KeyId::new(ID)), Some(&done));
    assert_eq!(stand.model.activity.entries().next().map(|entry| entry.at), Some(done));
}

#[test]
fn the_time_left_of_a_session_is_measured_by_the_servers_clock() {
    let mut stand = Stand::open(false);
    let ends = stand.now.date + SignedDuration::from_mins(57);
    stand.model.open.as_mut().expect("it is open").account.expires = Some(ends);
    let server = ends - SignedDuration::from_mins(2);
    server_says(&mut stand, server);
    let now = stand.model.moment(stand.now);
    assert_eq!(stand.model.open.as_ref().map(|open| open.time_left(now)), Some(TimeLeft::Soon(2)));
}

/// A date has whole seconds, and was on its way: dates on screen do not jump for that.
#[test]
fn answers_that_differ_by_seconds_do_not_move_the_clock() {
    let mut stand = Stand::open(false);
    let server = stand.now.date + SignedDuration::from_mins(3);
    server_says(&mut stand, server);
    server_says(&mut stand, server - SignedDuration::from_secs(2));
    assert_eq!(stand.model.clock_ahead(stand.now), -SignedDuration::from_mins(3));
    server_says(&mut stand, server + SignedDuration::from_secs(30));
    assert_eq!(stand.model.clock_ahead(stand.now), -SignedDuration::from_secs(210));
}

/// Another session is another server.
#[test]
fn a_server_clock_belongs_to_its_session() {
    let mut stand = Stand::open(false);
    let server = stand.now.date + SignedDuration::from_mins(14);
    server_says(&mut stand, server);
    stand.send(Msg::Start(keyfob::core::StartMsg::SwitchAccount));
    assert_eq!(stand.model.clock_ahead(stand.now), SignedDuration::ZERO);
}
