//! The sweep asks about every user once, in the order of what matters, whatever arrives.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use keyfob::core::{AccountKeysMsg, Answered, Call, Effect, Msg, Reply, SessionId, SweepState};
use keyfob::domain::{AccessKey, Cause, Denial, Failure, KeyId, KeyStatus, ReportState, UserName};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::answers;
use crate::report::{generates, load, ready, reported};
use crate::stand::{Stand, page, user};

type Outcome = Result<(), TestCaseError>;

#[derive(Clone, Copy, Debug)]
enum How {
    Well,
    Throttled,
    Denied,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    /// Of those that are under way.
    Answer(usize, How),
    /// The answer of another account.
    Foreign(usize),
    /// The users whose bits are set.
    InView(u16),
    Pause,
    Resume,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let how = prop_oneof![8 => Just(How::Well), 2 => Just(How::Throttled), 1 => Just(How::Denied)];
    let step = prop_oneof![
        12 => (0..4_usize, how).prop_map(|(at, how)| Step::Answer(at, how)),
        1 => (0..4_usize).prop_map(Step::Foreign),
        2 => any::<u16>().prop_map(Step::InView),
        1 => Just(Step::Pause),
        2 => Just(Step::Resume),
    ];
    proptest::collection::vec(step, 0..60)
}

/// What is read about a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    KeyIds,
    Descriptions,
}

fn kind(call: &Call) -> Option<(Kind, UserName)> {
    match call {
        Call::ListKeys { user, paced: true, .. } => Some((Kind::KeyIds, user.clone())),
        Call::ReadDescriptions { user, paced: true, .. } => Some((Kind::Descriptions, user.clone())),
        _ => None,
    }
}

struct Watch {
    stand: Stand,
    session: SessionId,
    users: Vec<UserName>,
    flagged: BTreeSet<UserName>,
    without_keys: BTreeSet<UserName>,
    in_view: BTreeSet<UserName>,
    under_way: Vec<Call>,
    /// How often each was sent, and whether it may be sent again.
    sent: BTreeMap<(Kind, UserName), (usize, bool)>,
}

impl Watch {
    /// An account whose report has just arrived. The keys of the first user, who is on screen, are known.
    fn new(count: usize, flagged: u16, without_keys: u16) -> Result<Self, TestCaseError> {
        let mut stand = Stand::new();
        let session = stand.ask_to_open(keyfob::domain::SignInChoice::Practice);
        let effects = stand.signed_in(session);
        let list = effects.iter().find_map(|effect| match effect {
            Effect::Call { call: Call::ListUsers { load, .. }, .. } => Some(*load),
            _ => None,
        });
        let names: Vec<String> = (0..count).map(|number| format!("user-{number:02}")).collect();
        let users = names.iter().map(|name| user(name)).collect();
        let effects = stand.send(page(session, list.expect("the users are asked for"), users, None));
        let is = |bits: u16, at: usize| bits >> at & 1 == 1;
        let set = |bits: u16| {
            let those = names.iter().enumerate().filter(|(at, _)| is(bits, *at));
            those.map(|(_, name)| UserName::new(name.as_str())).collect::<BTreeSet<_>>()
        };
        let without_keys = set(without_keys & !flagged);
        let users: Vec<UserName> = names.iter().map(|name| UserName::new(name.as_str())).collect();
        let (in_view, sent) = Default::default();
        let flagged = set(flagged);
        let mut watch =
            Self { stand, session, users, flagged, without_keys, in_view, under_way: Vec::new(), sent };
        for effect in effects {
            if let Effect::Call { call, .. } = effect {
                watch.answer(&call, How::Well)?;
            }
        }
        watch.report()?;
        Ok(watch)
    }

    fn report(&mut self) -> Outcome {
        let asked = generates(&self.stand.send(load())).expect("the report is asked for");
        self.stand.send(answers::generated(self.session, asked, Ok(ReportState::Complete)));
        let users = self.users.iter().map(|user| {
            let created = self.key(user).and_then(|key| key.created);
            reported(user.as_str(), created)
        });
        let report = ready(self.stand.now.date, users.collect());
        self.send(answers::fetched(self.session, asked, Ok(report)))
    }

    fn key(&self, user: &UserName) -> Option<AccessKey> {
        let days = if self.flagged.contains(user) { 400 } else { 1 };
        let created = Some(self.stand.now.date - SignedDuration::from_hours(24 * days));
        let key = AccessKey { id: KeyId::new(format!("AKIA{user}")), status: KeyStatus::Active, created };
        (!self.without_keys.contains(user)).then_some(key)
    }

    fn reply(&self, call: Call, how: How) -> Reply {
        let failure = |cause| Failure::new("iam:Any", cause);
        match (how, call) {
            (How::Denied, call) => call.failed(failure(Cause::Denied(Denial::default()))),
            (How::Well, Call::ListKeys { user, load, paced }) => {
                let keys: Vec<AccessKey> = self.key(&user).into_iter().collect();
                Reply::ListKeys { user, load, paced, result: Ok(keys.into()) }
            }
            (How::Well, Call::ReadDescriptions { user, load, paced }) => {
                Reply::ReadDescriptions { user, load, paced, result: Ok(BTreeMap::new()) }
            }
            (How::Well | How::Throttled, call) => call.failed(failure(Cause::Throttled)),
        }
    }

    fn answer(&mut self, call: &Call, how: How) -> Outcome {
        if let Some(sent) = kind(call).and_then(|kind| self.sent.get_mut(&kind)) {
            sent.1 = matches!(how, How::Throttled);
        }
        let reply = self.reply(call.clone(), how);
        self.send(Msg::Answered(Answered {
            session: self.session,
            reply,
            request_id: None,
            server_time: None,
        }))
    }

    fn step(&mut self, step: Step) -> Outcome {
        match step {
            Step::Answer(at, how) if at < self.under_way.len() => {
                let call = self.under_way.remove(at);
                self.answer(&call, how)
            }
            Step::Foreign(at) => {
                let Some(call) = self.under_way.get(at).cloned() else { return Ok(()) };
                let before = self.sweep().progress();
                let reply = self.reply(call, How::Well);
                let session = SessionId(self.session.0 + 1000);
                self.send(Msg::Answered(Answered { session, reply, request_id: None, server_time: None }))?;
                prop_assert_eq!(before, self.sweep().progress(), "it is of another account");
                Ok(())
            }
            Step::Answer(..) => Ok(()),
            Step::InView(bits) => {
                let shown = self.users.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
                self.in_view = shown.map(|(_, user)| user.clone()).collect();
                let users = self.in_view.iter().cloned().collect();
                self.send(Msg::AccountKeys(AccountKeysMsg::InView(users)))
            }
            Step::Pause => self.send(Msg::AccountKeys(AccountKeysMsg::Pause)),
            Step::Resume => {
                // What was given up is tried again.
                self.send(Msg::AccountKeys(AccountKeysMsg::Resume))
            }
        }
    }

    fn sweep(&self) -> &keyfob::core::Sweep {
        &self.stand.model.open.as_ref().expect("an account is open").inventory.sweep
    }

    fn send(&mut self, msg: Msg) -> Outcome {
        let resumes = matches!(msg, Msg::AccountKeys(AccountKeysMsg::Resume));
        let paused = matches!(self.sweep().state(), SweepState::Paused(_)) && !resumes;
        let mut effects = Vec::new();
        for effect in self.stand.send(msg) {
            if let Effect::Call { call, .. } = effect {
                effects.push(call);
            }
        }
        for call in effects {
            let Some((kind, user)) = kind(&call) else { continue };
            prop_assert!(!paused, "{kind:?} of {user} is read although the sweep waits");
            self.check_order(kind, &user)?;
            let sent = self.sent.entry((kind, user.clone())).or_insert((0, true));
            prop_assert!(sent.1, "{kind:?} of {user} was read already");
            *sent = (sent.0 + 1, false);
            self.under_way.push(call);
        }
        prop_assert!(self.under_way.len() <= 4, "not more than four at once");
        Ok(())
    }

    fn is_unsent(&self, user: &UserName) -> bool {
        !self.sent.contains_key(&(Kind::KeyIds, user.clone())) && Some(user) != self.users.first()
    }

    fn check_order(&self, kind: Kind, user: &UserName) -> Outcome {
        if self.in_view.contains(user) {
            return Ok(());
        }
        let mut unsent = self.users.iter().filter(|user| self.is_unsent(user));
        if let Some(shown) = unsent.clone().find(|user| self.in_view.contains(*user)) {
            prop_assert!(false, "{kind:?} of {user} is read before the keys of {shown}, who is on screen");
        }
        if kind == Kind::Descriptions {
            let first = unsent.next();
            prop_assert!(first.is_none(), "descriptions before the ids of {first:?}");
        } else if !self.flagged.contains(user) {
            let flagged = unsent.find(|user| self.flagged.contains(*user));
            prop_assert!(flagged.is_none(), "{user} is read before {flagged:?}");
        }
        Ok(())
    }

    /// Everything else is answered.
    fn settle(&mut self) -> Outcome {
        self.step(Step::Resume)?;
        while !self.under_way.is_empty() {
            let call = self.under_way.remove(0);
            self.answer(&call, How::Well)?;
        }
        prop_assert_eq!(self.sweep().state(), SweepState::Done);
        let progress = self.sweep().progress();
        prop_assert_eq!((progress.users, progress.key_ids, progress.descriptions), (self.users.len(), 0, 0));
        let open = self.stand.model.open.as_ref().expect("an account is open");
        for user in self.users.iter().skip(1) {
            let sent = |kind| self.sent.contains_key(&(kind, user.clone()));
            prop_assert!(sent(Kind::KeyIds), "{user} was never read");
            let known = open.keys_of(user).expect("reported");
            let has_ids = known.ids().next().is_some();
            prop_assert_eq!(
                sent(Kind::Descriptions),
                has_ids || known.list.failure().is_some() && sent(Kind::Descriptions)
            );
            prop_assert!(known.list.failure().is_none_or(|(failure, _)| failure.is_denied()), "{user}");
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_user_is_read_once_and_what_matters_first(
        count in 1..14_usize,
        (flagged, without_keys) in (any::<u16>(), any::<u16>()),
        steps in steps(),
    ) {
        let mut watch = Watch::new(count, flagged, without_keys)?;
        for step in steps {
            watch.step(step)?;
        }
        watch.settle()?;
    }
}

/// The answers to all reads that are under way, and to those that follow.
fn all_answered(watch: &mut Watch) {
    while !watch.under_way.is_empty() {
        let call = watch.under_way.remove(0);
        watch.answer(&call, How::Well).expect("in order");
    }
}

#[test]
fn what_is_fresh_is_not_read_again() {
    let mut watch = Watch::new(6, 0, 0).expect("in order");
    all_answered(&mut watch);
    assert_eq!(watch.sweep().state(), SweepState::Done);
    assert!(watch.stand.send(load()).is_empty());
    watch.stand.wait(11 * 60);
    assert!(generates(&watch.stand.send(load())).is_some(), "until it has grown old");
}

#[test]
fn a_sweep_that_was_cancelled_begins_again_only_when_it_is_asked_to() {
    let mut watch = Watch::new(8, 0, 0).expect("in order");
    watch.stand.send(Msg::AccountKeys(AccountKeysMsg::Cancel));
    assert_eq!(watch.sweep().state(), SweepState::Cancelled);
    for call in std::mem::take(&mut watch.under_way) {
        watch.answer(&call, How::Well).expect("in order");
        assert!(watch.under_way.is_empty(), "nothing follows");
    }
    watch.stand.send(load());
    assert_eq!(watch.sweep().state(), SweepState::Cancelled);
    watch.send(Msg::AccountKeys(AccountKeysMsg::Resume)).expect("in order");
    assert_eq!(watch.under_way.len(), 4);
    all_answered(&mut watch);
    assert_eq!(watch.sweep().state(), SweepState::Done);
}

#[test]
fn a_sweep_waits_when_everything_fails() {
    let mut watch = Watch::new(14, 0, 0).expect("in order");
    for _ in 0..10 {
        let call = watch.under_way.remove(0);
        watch.answer(&call, How::Throttled).expect("in order");
    }
    assert!(matches!(watch.sweep().state(), SweepState::Paused(_)));
    for call in std::mem::take(&mut watch.under_way) {
        watch.answer(&call, How::Well).expect("in order");
    }
    assert!(watch.under_way.is_empty());
    watch.send(Msg::AccountKeys(AccountKeysMsg::Resume)).expect("in order");
    all_answered(&mut watch);
    assert_eq!((watch.sweep().state(), watch.sweep().progress().failed), (SweepState::Done, 0));
}
