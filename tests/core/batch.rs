//! One action on many keys: what the plan says, what is sent, and what is reported in the end.

use std::collections::{BTreeMap, VecDeque};

use jiff::SignedDuration;
use keyfob::core::{
    AccountMsg, BatchBlocked, BatchMsg, BatchPlan, BatchRun, Call, Concern, Effect, KeysMsg, LeftOut, Model,
    Msg, NoticeKind, Reply, SessionId, StartMsg, Step, UserPage, UsersMsg, Verdict,
};
use keyfob::domain::{
    AccessKey, Account, AccountPrefs, BatchAction, BatchId, BatchRecord, BatchResult, Cause, Endpoint,
    Failure, KeyId, KeyStatus, LastUse, NotDeleted, NotSwitched, Policy, Settings, SignInChoice, UserName,
    UserPatterns, kept_batches,
};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::answers;
use crate::stand::{Stand, account, alice, denied, key, lost, open, sign_in_of, user};

fn propose(action: BatchAction, keys: &[&str]) -> Msg {
    Msg::Batch(BatchMsg::Propose { action, keys: keys.iter().map(|id| KeyId::new(*id)).collect() })
}

fn confirm(typed: &str) -> Msg {
    Msg::Batch(BatchMsg::Confirm { typed: typed.to_owned() })
}

fn plan(stand: &Stand) -> BatchPlan {
    stand.model.batch_plan().expect("it is proposed")
}

fn verdict(stand: &Stand, id: &str) -> Verdict {
    let plan = plan(stand);
    plan.keys.into_iter().find(|planned| planned.key.as_str() == id).expect("it is in the plan").verdict
}

/// The last use of every key of alice is known.
fn used(stand: &mut Stand, ids: &[(&str, LastUse)]) {
    let effects = stand.send(Msg::Refresh);
    let session = stand.session();
    for effect in &effects {
        if let Effect::Call { call: Call::ReadLastUse { user, key, load, .. }, .. } = effect
            && let Some((_, used)) = ids.iter().find(|(id, _)| *id == key.as_str())
        {
            stand.send(answers::last_use(session, user.clone(), key.clone(), *load, Ok(used.clone())));
        }
    }
}

fn hours_ago(stand: &Stand, hours: i64) -> LastUse {
    let when = stand.now.date - SignedDuration::from_hours(hours);
    LastUse::At { when, service: Some("s3".into()), region: None }
}

#[test]
fn the_plan_says_of_each_key_what_happens_and_why_not() {
    let mut stand = Stand::open(false);
    let (on, off) = (KeyStatus::Active, KeyStatus::Inactive);
    stand.list(&[
        key("old", on),
        key("recent", on),
        key("unread", on),
        key("off", off),
        key("AKIASIGNS", on),
    ]);
    let (recent, old) = (hours_ago(&stand, 23), hours_ago(&stand, 25));
    used(
        &mut stand,
        &[("old", old), ("recent", recent), ("off", LastUse::Never), ("AKIASIGNS", LastUse::Never)],
    );
    stand.send(propose(
        BatchAction::Deactivate,
        &["old", "recent", "unread", "off", "AKIASIGNS", "gone", "old"],
    ));
    let asks = |concern| Verdict::Asks { concern, included: false };
    for (id, wanted) in [
        ("old", Verdict::Included),
        ("recent", asks(Concern::UsedRecently)),
        ("unread", asks(Concern::LastUseUnknown)),
        ("off", Verdict::LeftOut(LeftOut::Status(off))),
        ("AKIASIGNS", Verdict::LeftOut(LeftOut::InUse)),
        ("gone", Verdict::LeftOut(LeftOut::NotListed)),
    ] {
        assert_eq!(verdict(&stand, id), wanted, "{id}");
    }
    assert_eq!(plan(&stand).keys.len(), 6, "each key once");
    stand.send(Msg::Batch(BatchMsg::Include { key: KeyId::new("recent"), on: true }));
    assert_eq!(plan(&stand).included().len(), 2, "the one that was asked about is included");
    stand.send(propose(BatchAction::Activate, &["off", "old"]));
    assert_eq!(verdict(&stand, "off"), Verdict::Included);
    assert_eq!(verdict(&stand, "old"), Verdict::LeftOut(LeftOut::Status(on)));
    stand.send(propose(BatchAction::Delete, &["off", "old"]));
    assert_eq!(verdict(&stand, "off"), Verdict::Included);
    assert_eq!(verdict(&stand, "old"), Verdict::LeftOut(LeftOut::Status(on)), "never an active key");
}

#[test]
fn keys_of_exempt_users_are_included_only_by_a_tick() {
    let mut stand = Stand::open(false);
    let policy =
        Policy { exempt_users: UserPatterns::parse("ali*").expect("a pattern"), ..Policy::default() };
    stand.send(Msg::Account(AccountMsg::SetLook(AccountPrefs { policy, ..AccountPrefs::default() })));
    stand.list(&[key("a", KeyStatus::Active)]);
    used(&mut stand, &[("a", LastUse::Never)]);
    stand.send(propose(BatchAction::Deactivate, &["a"]));
    assert_eq!(verdict(&stand, "a"), Verdict::Asks { concern: Concern::Exempt, included: false });
    assert_eq!(stand.model.batch_block(&plan(&stand), ""), Some(BatchBlocked::Nothing));
}

#[test]
fn nothing_is_changed_read_only() {
    let mut stand = Stand::open(true);
    stand.list(&[key("a", KeyStatus::Inactive)]);
    stand.send(propose(BatchAction::Activate, &["a"]));
    assert!(matches!(verdict(&stand, "a"), Verdict::LeftOut(LeftOut::Forbidden(_))));
    assert!(changes(&stand.send(confirm(""))).is_empty());
    assert!(stand.model.batches.runs.is_empty());
}

#[test]
fn the_number_of_keys_is_typed_before_they_are_deleted() {
    let mut stand = Stand::open(false);
    stand.list(&[key("a", KeyStatus::Inactive), key("b", KeyStatus::Inactive)]);
    used(&mut stand, &[("a", LastUse::Never), ("b", LastUse::Never)]);
    stand.send(propose(BatchAction::Delete, &["a", "b"]));
    let block = |stand: &Stand, typed: &str| stand.model.batch_block(&plan(stand), typed);
    assert_eq!(block(&stand, ""), Some(BatchBlocked::NotTyped));
    assert_eq!(block(&stand, "3"), Some(BatchBlocked::WrongNumber));
    assert_eq!(block(&stand, " 2 "), None);
    assert!(changes(&stand.send(confirm("3"))).is_empty());
    let sent = stand.send(confirm("2"));
    assert!(matches!(
        changes(&sent)[..],
        [Call::DeleteKey { even_active: false, batch: Some(_), .. }, Call::DeleteKey { .. }]
    ));
}

fn changes(effects: &[Effect]) -> Vec<Call> {
    let calls = effects.iter().filter_map(answers::call).filter(|call| call.changes().is_some());
    calls.cloned().collect()
}

/// Alice with these keys, all active and never used, and the calls after they are to be deactivated.
fn deactivating(ids: &[&str]) -> (Stand, Vec<Call>) {
    let mut stand = Stand::open(false);
    let keys: Vec<AccessKey> = ids.iter().map(|id| key(id, KeyStatus::Active)).collect();
    stand.list(&keys);
    let never: Vec<_> = ids.iter().map(|id| (*id, LastUse::Never)).collect();
    used(&mut stand, &never);
    stand.send(propose(BatchAction::Deactivate, ids));
    let sent = changes(&stand.send(confirm("")));
    (stand, sent)
}

fn answer(stand: &mut Stand, call: &Call, reply: Result<(), Failure>) -> Vec<Effect> {
    let session = stand.session();
    stand.send(answers::changed(session, call, reply))
}

fn only_run(stand: &Stand) -> &BatchRun {
    let [run] = &stand.model.batches.runs[..] else { panic!("one batch") };
    run
}

fn steps(stand: &Stand) -> Vec<Step> {
    only_run(stand).rows.iter().map(|row| row.step.clone()).collect()
}

fn ended(result: BatchResult) -> Step {
    Step::Ended(result)
}

#[test]
fn a_few_calls_are_under_way_at_once_and_one_notice_tells_the_end() {
    let (mut stand, sent) = deactivating(&["a", "b", "c", "d", "e"]);
    assert_eq!(sent.len(), 4, "a few at once");
    assert!(sent.iter().all(Call::paced), "at the pace that IAM allows");
    assert_eq!(stand.status("a"), Some(KeyStatus::Inactive), "shown at once");
    let next = changes(&answer(&mut stand, &sent[0], Ok(())));
    assert_eq!(next.len(), 1, "each answer makes room for one more");
    for call in sent[1..].iter().chain(&next) {
        assert!(stand.model.notices.is_empty(), "no notice for a key");
        answer(&mut stand, call, Ok(()));
    }
    let [notice] = &stand.model.notices[..] else { panic!("one notice") };
    assert!(matches!(&notice.event, NoticeKind::BatchEnded { tally, undoable: true, .. } if tally.done == 5));
    let undo = changes(&stand.send(Model::undo(&notice.event.clone()).expect("all at once")));
    assert_eq!(undo.len(), 4);
    assert!(
        undo.iter()
            .all(|call| matches!(call, Call::SetStatus { status: KeyStatus::Active, checks: false, .. }))
    );
    assert!(stand.model.notices.is_empty(), "what is being undone is no news any more");
}

#[test]
fn stop_finishes_what_is_sent_and_the_rest_can_go_on() {
    let (mut stand, sent) = deactivating(&["a", "b", "c", "d", "e", "f"]);
    stand.send(Msg::Batch(BatchMsg::Stop));
    for call in &sent {
        assert!(changes(&answer(&mut stand, call, Ok(()))).is_empty(), "nothing more is sent");
    }
    let tally = only_run(&stand).tally();
    assert_eq!((tally.done, tally.waiting), (4, 2));
    assert_eq!(stand.model.notices.len(), 1, "it is over");
    assert_eq!(stand.status("e"), Some(KeyStatus::Active), "not sent, not shown as changed");
    let id = only_run(&stand).id().clone();
    let sent = changes(&stand.send(Msg::Batch(BatchMsg::Resume(id))));
    assert_eq!(sent.len(), 2);
}

#[test]
fn each_refusal_is_told_in_its_row() {
    let (mut stand, sent) = deactivating(&["a", "b", "c", "d"]);
    let failure = |cause| Failure::new("iam:UpdateAccessKey", cause);
    answer(&mut stand, &sent[0], Err(denied()));
    answer(&mut stand, &sent[1], Err(failure(Cause::NoSuchEntity(String::new()))));
    let already = Cause::NotSwitched(NotSwitched::AlreadySet(KeyStatus::Inactive));
    answer(&mut stand, &sent[2], Err(failure(already)));
    let again = changes(&answer(&mut stand, &sent[3], Err(failure(Cause::Throttled))));
    assert_eq!(again.len(), 1, "one too many: it is sent again");
    answer(&mut stand, &again[0], Ok(()));
    assert!(matches!(
        &steps(&stand)[..],
        [
            Step::Ended(BatchResult::Failed(_)),
            Step::Ended(BatchResult::Gone),
            Step::Ended(BatchResult::AlreadySet),
            Step::Ended(BatchResult::Done)
        ]
    ));
    assert_eq!(stand.status("a"), Some(KeyStatus::Active), "it goes back");
    assert_eq!(stand.status("c"), Some(KeyStatus::Inactive), "it was so already");
    assert_eq!(only_run(&stand).changed().count(), 1, "only that is undone");
}

#[test]
fn what_would_fail_for_every_key_stops_the_batch() {
    let (mut stand, sent) = deactivating(&["a", "b", "c", "d", "e"]);
    let offline = Failure::new("iam:UpdateAccessKey", Cause::UnknownHost { host: "iam".into() });
    for call in &sent {
        assert!(changes(&answer(&mut stand, call, Err(offline.clone()))).is_empty());
    }
    assert_eq!(only_run(&stand).tally().waiting, 5, "nothing was changed, and all can go on");
}

#[test]
fn the_end_of_the_session_pauses_it_and_renewal_goes_on() {
    let (mut stand, sent) = deactivating(&["a", "b", "c", "d", "e"]);
    let over = Failure::new("iam:UpdateAccessKey", Cause::SessionOver);
    for call in &sent {
        assert!(changes(&answer(&mut stand, call, Err(over.clone()))).is_empty(), "it waits");
    }
    assert!(stand.model.notices.is_empty(), "it is not over");
    let effects = stand.send(Msg::Start(StartMsg::Renew { use_mfa: false }));
    let session = sign_in_of(&effects);
    let effects = stand.signed_in(session);
    assert_eq!(changes(&effects).len(), 4, "it goes on by itself");
}

#[test]
fn a_lost_response_is_settled_by_lists() {
    for really in [KeyStatus::Inactive, KeyStatus::Active] {
        let (mut stand, sent) = deactivating(&["a"]);
        answer(&mut stand, &sent[0], Err(lost("iam:UpdateAccessKey")));
        assert!(matches!(steps(&stand)[..], [Step::Unconfirmed { .. }]));
        assert!(stand.model.notices.is_empty(), "it is not over");
        list(&mut stand, really);
        if really == KeyStatus::Active {
            assert!(matches!(steps(&stand)[..], [Step::Unconfirmed { .. }]), "the list may lag");
            stand.wait(31);
            let sent = list(&mut stand, really);
            assert_eq!(sent.len(), 1, "not done: it is sent again");
            answer(&mut stand, &sent[0], Ok(()));
        }
        assert_eq!(steps(&stand), [ended(BatchResult::Done)]);
        assert_eq!(stand.model.notices.len(), 1);
    }
}

/// A list of alice's keys is due, and arrives. Gives back what is sent then.
fn list(stand: &mut Stand, status: KeyStatus) -> Vec<Call> {
    let session = stand.session();
    let effects = stand.send(Msg::Keys(KeysMsg::RelistDue { session, user: alice() }));
    let call = effects.iter().find_map(answers::call).expect("a list is asked for").clone();
    assert!(call.paced(), "one of many");
    let Call::ListKeys { user, load, .. } = &call else { panic!("a list") };
    changes(&stand.send(answers::listed(session, user.clone(), *load, Ok(vec![key("a", status)]))))
}

#[test]
fn leaving_the_account_stops_it_and_it_can_go_on_when_it_is_open_again() {
    let (mut stand, sent) = deactivating(&["a", "b", "c", "d", "e"]);
    let left = stand.session();
    stand.send(Msg::Start(StartMsg::SwitchAccount));
    for call in &sent {
        stand.send(answers::changed(left, call, Ok(())));
    }
    assert_eq!(only_run(&stand).tally().done, 4, "what was sent counts");
    let effects = stand.send(open(SignInChoice::Practice, false));
    stand.signed_in(sign_in_of(&effects));
    let id = only_run(&stand).id().clone();
    assert!(changes(&stand.send(Msg::Refresh)).is_empty(), "not by itself");
    let sent = changes(&stand.send(Msg::Batch(BatchMsg::Resume(id))));
    assert_eq!(sent.len(), 1);
}

#[test]
fn a_list_right_before_the_deletion_decides() {
    let mut stand = Stand::open(false);
    stand.list(&[key("a", KeyStatus::Inactive), key("b", KeyStatus::Inactive)]);
    used(&mut stand, &[("a", LastUse::Never), ("b", LastUse::Never)]);
    stand.send(propose(BatchAction::Delete, &["a", "b"]));
    let sent = changes(&stand.send(confirm("2")));
    let active = Cause::NotDeleted(NotDeleted::NotInactive(KeyStatus::Active));
    answer(&mut stand, &sent[0], Err(Failure::new("iam:DeleteAccessKey", active)));
    let effects = answer(&mut stand, &sent[1], Ok(()));
    let undescribe = changes(&effects);
    assert!(matches!(undescribe[..], [Call::Undescribe { batch: Some(_), .. }]), "its description goes too");
    answer(&mut stand, &undescribe[0], Err(denied()));
    assert_eq!(steps(&stand), [ended(BatchResult::Active), ended(BatchResult::Done)]);
    assert!(only_run(&stand).rows[1].description_left);
    assert_eq!((stand.status("a"), stand.status("b")), (Some(KeyStatus::Active), None), "as AWS lists them");
    assert!(
        stand.model.notices.iter().all(|notice| Model::undo(&notice.event).is_none()),
        "a deletion is not undone"
    );
}

/// A server, its administrator, and a program that may be killed at any time.
struct World {
    stand: Stand,
    server: BTreeMap<KeyId, KeyStatus>,
    calls: VecDeque<(SessionId, Call)>,
    relists: Vec<(SessionId, UserName)>,
    records: Vec<BatchRecord>,
}

/// How the next call in some position goes.
#[derive(Clone, Copy, Debug)]
enum Event {
    Answered {
        at: usize,
        how: How,
    },
    Stop,
    Resume,
    /// What is under way arrives at AWS, or not.
    Kill {
        arrives: bool,
    },
    Leave,
    Wait,
}

#[derive(Clone, Copy, Debug)]
enum How {
    Well,
    Denied,
    Throttled,
    /// The response is lost; `done`: the change was made.
    Lost {
        done: bool,
    },
}

const KEYS: usize = 9;

fn of_aws() -> Account {
    Account { endpoint: Endpoint::Aws("iam.amazonaws.com".into()), ..account() }
}

impl World {
    fn new(status: KeyStatus) -> Self {
        let server = (0..KEYS).map(|at| (KeyId::new(format!("K{at}")), status)).collect();
        let stand = Stand::new();
        let mut world =
            Self { stand, server, calls: VecDeque::new(), relists: Vec::new(), records: Vec::new() };
        world.enter();
        world
    }

    fn enter(&mut self) {
        let effects = self.stand.send(open(SignInChoice::Practice, false));
        let session = sign_in_of(&effects);
        self.send(Msg::Start(StartMsg::SignedIn { session, answer: Ok(of_aws()) }));
        self.send(Msg::Users(UsersMsg::Select(alice())));
        self.send(Msg::Refresh);
        self.read_all();
    }

    /// Answers everything that only reads.
    fn read_all(&mut self) {
        loop {
            let Some(at) = self.calls.iter().position(|(_, call)| call.changes().is_none()) else { return };
            let Some((session, call)) = self.calls.remove(at) else { return };
            let reply = self.read(call);
            self.send(answers::answered(session, reply));
        }
    }

    fn read(&self, call: Call) -> Reply {
        match call {
            Call::ListKeys { user, load, paced } => {
                Reply::ListKeys { user, load, paced, result: Ok(self.keys().into()) }
            }
            Call::ReadLastUse { user, key, load, paced } => {
                Reply::ReadLastUse { user, key, load, paced, result: Ok(LastUse::Never) }
            }
            Call::ReadDescriptions { user, load, paced } => {
                Reply::ReadDescriptions { user, load, paced, result: Ok(BTreeMap::new()) }
            }
            Call::ListUsers { load, marker } => {
                let page = UserPage { users: vec![user("alice")], next: None };
                Reply::ListUsers { load, marker, result: Ok(page) }
            }
            Call::ReadQuota => Reply::ReadQuota { result: Ok(9) },
            other => panic!("nobody asks for {:?}", other.action()),
        }
    }

    fn keys(&self) -> Vec<AccessKey> {
        self.server
            .iter()
            .map(|(id, status)| AccessKey { id: id.clone(), status: *status, created: None })
            .collect()
    }

    fn send(&mut self, msg: Msg) {
        for effect in self.stand.send(msg) {
            match effect {
                Effect::Call { session, call } => self.calls.push_back((session, call)),
                Effect::Relist { session, user, .. } => self.relists.push((session, user)),
                Effect::RecordBatch(records) => self.records.extend(records),
                _ => {}
            }
        }
    }

    fn run(&self) -> Option<&BatchRun> {
        self.stand.model.batches.runs.last()
    }

    fn id(&self) -> Option<BatchId> {
        self.run().map(|run| run.id().clone())
    }

    /// The list right before a change, and the record that the change is sent.
    fn check_and_record(&mut self, call: &Call) -> Result<(), Failure> {
        let (Some(key), Some(item)) = (call.key(), call.batch()) else { return Ok(()) };
        let sent = BatchRecord::Sent { id: item.batch.clone(), row: item.row };
        // Nothing comes between the list and the deletion.
        let is_deletion = matches!(call, Call::DeleteKey { .. });
        if is_deletion {
            self.records.push(sent.clone());
        }
        let listed = self.server.get(key).copied();
        let refused = match (call, listed) {
            (Call::SetStatus { .. }, None) => Some(Cause::NoSuchEntity(String::new())),
            (Call::SetStatus { status, checks: true, .. }, Some(listed)) if listed == *status => {
                Some(Cause::NotSwitched(NotSwitched::AlreadySet(listed)))
            }
            (Call::DeleteKey { .. }, None) => Some(Cause::NotDeleted(NotDeleted::Gone)),
            (Call::DeleteKey { .. }, Some(listed)) if listed != KeyStatus::Inactive => {
                Some(Cause::NotDeleted(NotDeleted::NotInactive(listed)))
            }
            _ => None,
        };
        if let Some(cause) = refused {
            return Err(Failure::new("iam:UpdateAccessKey", cause));
        }
        if !is_deletion {
            self.records.push(sent);
        }
        Ok(())
    }

    /// As the tasks and AWS carry it out: list, record, change.
    fn carry_out(&mut self, call: &Call) -> Result<(), Failure> {
        self.check_and_record(call)?;
        match call {
            Call::SetStatus { key, status, .. } => _ = self.server.insert(key.clone(), *status),
            Call::DeleteKey { key, .. } => _ = self.server.remove(key),
            _ => {}
        }
        Ok(())
    }

    fn answer(&mut self, at: usize, how: How) {
        if self.calls.is_empty() {
            return;
        }
        let Some((session, call)) = self.calls.remove(at % self.calls.len()) else { return };
        if call.changes().is_none() {
            let reply = self.read(call);
            return self.send(answers::answered(session, reply));
        }
        let failure = |cause| Err(Failure::new("iam:UpdateAccessKey", cause));
        let result = match how {
            How::Well => self.carry_out(&call),
            How::Denied => failure(Cause::Denied(Default::default())),
            How::Throttled => failure(Cause::Throttled),
            How::Lost { done } => {
                let sent = if done { self.carry_out(&call) } else { self.check_and_record(&call) };
                sent.and_then(|()| Err(lost("iam:UpdateAccessKey")))
            }
        };
        self.send(answers::changed(session, &call, result));
    }

    /// What is under way reaches AWS or not; nobody hears of it. The next run finds the records.
    fn kill(&mut self, arrives: bool) {
        for (_, call) in std::mem::take(&mut self.calls) {
            if arrives {
                self.carry_out(&call).ok();
            } else {
                self.check_and_record(&call).ok();
            }
        }
        self.relists.clear();
        // Each run starts at a time of its own: the ids of batches stand on that.
        let now = self.stand.now + SignedDuration::from_secs(60);
        self.stand = Stand { model: Model::new(Settings::default(), false, now), now };
        let found = kept_batches(self.records.clone());
        self.send(Msg::Batch(BatchMsg::Found(found)));
        self.enter();
    }

    fn step(&mut self, event: Event) {
        match event {
            Event::Answered { at, how } => self.answer(at, how),
            Event::Stop => self.send(Msg::Batch(BatchMsg::Stop)),
            Event::Resume => {
                if let Some(id) = self.id() {
                    self.send(Msg::Batch(BatchMsg::Resume(id)));
                }
            }
            Event::Kill { arrives } => self.kill(arrives),
            Event::Leave => {
                self.send(Msg::Start(StartMsg::SwitchAccount));
                self.enter();
            }
            Event::Wait => {
                self.stand.wait(31);
                for (session, user) in std::mem::take(&mut self.relists) {
                    self.send(Msg::Keys(KeysMsg::RelistDue { session, user }));
                }
            }
        }
    }

    /// Everything is answered, and lists have their time.
    fn settle(&mut self) {
        for _ in 0..40 {
            while !self.calls.is_empty() {
                self.answer(0, How::Well);
            }
            self.step(Event::Wait);
            if self.calls.is_empty() && self.relists.is_empty() {
                return;
            }
        }
        panic!("it does not come to an end");
    }

    /// What each row tells is what the server has.
    fn check(&self, before: &BTreeMap<KeyId, KeyStatus>, action: BatchAction) -> Result<(), TestCaseError> {
        let Some(run) = self.run() else { return Ok(()) };
        for row in &run.rows {
            let now = self.server.get(&row.key).copied();
            let was = before.get(&row.key).copied();
            match &row.step {
                Step::Ended(BatchResult::Done) => prop_assert_eq!(now, action.status(), "{:?}", row),
                Step::Waiting | Step::Ended(BatchResult::Failed(_)) => prop_assert_eq!(now, was, "{:?}", row),
                Step::Ended(BatchResult::AlreadySet | BatchResult::Gone | BatchResult::Active) => {
                    prop_assert_eq!(now, was, "{:?}", row);
                }
                step => prop_assert!(false, "it is settled: {:?}", step),
            }
        }
        Ok(())
    }
}

fn how() -> impl Strategy<Value = How> {
    prop_oneof![
        6 => Just(How::Well),
        1 => Just(How::Denied),
        1 => Just(How::Throttled),
        2 => any::<bool>().prop_map(|done| How::Lost { done }),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        14 => (0..8_usize, how()).prop_map(|(at, how)| Event::Answered { at, how }),
        1 => Just(Event::Stop),
        1 => Just(Event::Resume),
        1 => any::<bool>().prop_map(|arrives| Event::Kill { arrives }),
        1 => Just(Event::Leave),
        2 => Just(Event::Wait),
    ]
}

proptest! {
    #[test]
    fn what_is_told_of_each_key_is_what_the_server_has_and_undo_restores_it(
        action in prop_oneof![Just(BatchAction::Deactivate), Just(BatchAction::Activate), Just(BatchAction::Delete)],
        events in proptest::collection::vec(event(), 0..60),
        others in proptest::collection::vec((0..KEYS, any::<bool>()), 0..3),
    ) {
        let from = if action == BatchAction::Deactivate { KeyStatus::Active } else { KeyStatus::Inactive };
        let mut world = World::new(from);
        let keys: Vec<KeyId> = world.server.keys().cloned().collect();
        world.send(Msg::Batch(BatchMsg::Propose { action, keys }));
        // Somebody else has changed some of them since they were listed.
        for (at, active) in others {
            let status = if active { KeyStatus::Active } else { KeyStatus::Inactive };
            world.server.insert(KeyId::new(format!("K{at}")), status);
        }
        let before = world.server.clone();
        world.send(confirm(&KEYS.to_string()));
        prop_assert!(world.run().is_some(), "it is confirmed");
        for event in events {
            world.step(event);
        }
        world.settle();
        world.check(&before, action)?;
        for (key, status) in &before {
            if !world.server.contains_key(key) {
                prop_assert_eq!(*status, KeyStatus::Inactive, "an active key was deleted");
            }
        }
        let (Some(id), true) = (world.id(), action != BatchAction::Delete) else { return Ok(()) };
        // What is not done yet is not done any more; what was done is taken back.
        world.send(Msg::Batch(BatchMsg::Undo(id)));
        world.settle();
        prop_assert_eq!(&world.server, &before, "as before");
    }
}
