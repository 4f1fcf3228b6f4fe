//! What the core promises, by plain calls.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails where it finds something unexpected")]

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use keyfob::core::{
    Clipboard, ClipboardEvent, CreateBlock, CreateMsg, CreateOutcome, Effect, Event, GateBlock, KeysMsg,
    Model, Msg, OpId, SessionId, Stage, StartMsg, UserPage, UsersMsg,
};
use keyfob::domain::{
    AccessKey, Account, Caller, Cause, Endpoint, Failure, KeyId, KeyPair, KeyStatus, Secret, Settings,
    SignInChoice, User, UserName,
};

/// A model with a clock that moves by hand.
struct Stand {
    model: Model,
    now: Timestamp,
}

impl Stand {
    fn new() -> Self {
        let now = "2026-11-24T12:00:00Z".parse().expect("a time");
        Self { model: Model::new(Settings::default(), false, now), now }
    }

    fn send(&mut self, msg: Msg) -> Vec<Effect> {
        self.model.update(msg, self.now)
    }

    fn wait(&mut self, secs: i64) {
        self.now += SignedDuration::from_secs(secs);
    }

    /// Signs in to an account with the users alice and bob; alice, the first, is picked.
    fn open(read_only: bool) -> Self {
        let mut stand = Self::new();
        let effects = stand.send(open(SignInChoice::Practice, read_only));
        let [Effect::SignIn { session, .. }] = effects[..] else { panic!("no sign-in") };
        let effects = stand.send(Msg::Start(StartMsg::SignedIn { session, answer: Ok(account()) }));
        let load = effects.iter().find_map(|effect| match effect {
            Effect::ListUsers { load, .. } => Some(*load),
            _ => None,
        });
        let users = vec![user("alice"), user("bob")];
        let load = load.expect("the users are asked for");
        stand.send(page(session, load, users, None));
        stand
    }

    fn session(&self) -> SessionId {
        self.model.open.as_ref().expect("an account is open").session
    }

    /// Answers the list of keys that the picked user waits for.
    fn list(&mut self, keys: &[AccessKey]) -> Vec<Effect> {
        let effects = self.send(Msg::Refresh);
        let (user, load) = effects
            .iter()
            .find_map(|effect| match effect {
                Effect::ListKeys { user, load, .. } => Some((user.clone(), *load)),
                _ => None,
            })
            .expect("the keys are asked for");
        let session = self.session();
        self.send(Msg::Keys(KeysMsg::Listed { session, user, load, answer: Ok(keys.to_vec()) }))
    }

    fn create(&mut self) -> Vec<Effect> {
        self.send(Msg::Create(CreateMsg::Create { copy: true, description: None }))
    }

    /// Creates a key for alice and answers it.
    fn made(&mut self) -> OpId {
        self.list(&[]);
        let op = create_op(&self.create()).expect("a key is asked for");
        self.send(answered(op, CreateOutcome::Made(pair("AKIANEW0000000000NEW"))));
        op
    }

    fn status(&self, key: &str) -> Option<KeyStatus> {
        let open = self.model.open.as_ref()?;
        Some(open.keys_of(&alice())?.key(&KeyId::new(key))?.status)
    }
}

fn open(choice: SignInChoice, read_only: bool) -> Msg {
    Msg::Start(StartMsg::Open { choice, read_only })
}

fn account() -> Account {
    Account {
        id: "123456789012".into(),
        alias: None,
        profile: "lab".into(),
        caller: Caller::User(UserName::new("anna")),
        caller_arn: "arn:aws:iam::123456789012:user/anna".into(),
        signing_key: Some(KeyId::new("AKIASIGNS")),
        endpoint: Endpoint::Practice,
    }
}

fn alice() -> UserName {
    UserName::new("alice")
}

fn user(name: &str) -> User {
    User { name: UserName::new(name), path: "/".into(), created: None, password_last_used: None }
}

fn page(session: SessionId, load: u64, users: Vec<User>, next: Option<&str>) -> Msg {
    let page = UserPage { users, next: next.map(str::to_owned) };
    Msg::Users(UsersMsg::Page { session, load, answer: Ok(page) })
}

fn key(id: &str, status: KeyStatus) -> AccessKey {
    AccessKey { id: KeyId::new(id), status, created: None }
}

fn pair(id: &str) -> KeyPair {
    KeyPair { id: KeyId::new(id), secret: Secret::new("s".repeat(40)), created: None }
}

fn answered(op: OpId, outcome: CreateOutcome) -> Msg {
    Msg::Create(CreateMsg::Answered { op, outcome })
}

fn create_op(effects: &[Effect]) -> Option<OpId> {
    effects.iter().find_map(|effect| match effect {
        Effect::CreateKey { op, .. } => Some(*op),
        _ => None,
    })
}

fn set_status(key: &str, status: KeyStatus) -> Msg {
    Msg::Keys(KeysMsg::SetStatus { user: alice(), key: KeyId::new(key), status })
}

fn status_set(stand: &Stand, key: &str, status: KeyStatus, answer: Result<(), Failure>) -> Msg {
    let session = stand.session();
    Msg::Keys(KeysMsg::StatusSet { session, user: alice(), key: KeyId::new(key), status, answer })
}

fn denied() -> Failure {
    Failure::new("iam:UpdateAccessKey", Cause::Denied(Default::default()))
}

#[test]
fn one_press_of_create_makes_one_key() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    assert!(create_op(&stand.create()).is_some(), "the first press counts");
    for _ in 0..5 {
        assert!(stand.create().is_empty(), "a further press while it is under way does nothing");
    }
}

#[test]
fn no_second_key_while_the_panel_is_open() {
    let mut stand = Stand::open(false);
    stand.made();
    assert!(stand.create().is_empty(), "the panel holds a secret");
    assert!(matches!(stand.model.create_block(), Some(CreateBlock::PanelOpen(_))), "and says so");
}

#[test]
fn the_secret_stays_whatever_else_happens() {
    let mut stand = Stand::open(false);
    stand.made();
    stand.send(Msg::Users(UsersMsg::Pick(UserName::new("bob"))));
    stand.send(Msg::Refresh);
    stand.send(Msg::Start(StartMsg::SwitchAccount));
    stand.send(open(SignInChoice::Environment, false));
    assert!(stand.model.holds_secret(), "no change of user or account takes it away");
    let creation = stand.model.creation.as_ref().expect("the panel is open");
    assert_eq!(creation.user, alice(), "it belongs to the user that it was made for");
}

#[test]
fn a_secret_that_nobody_kept_is_asked_about_once() {
    let mut stand = Stand::open(false);
    stand.made();
    stand.send(Msg::Create(CreateMsg::Saved));
    assert!(stand.model.holds_secret(), "neither copied nor saved: it is asked");
    stand.send(Msg::Create(CreateMsg::Keep));
    assert!(stand.model.holds_secret());
    stand.send(Msg::Create(CreateMsg::Saved));
    stand.send(Msg::Create(CreateMsg::LetGo));
    assert!(!stand.model.holds_secret(), "it may go when that is said");
}

#[test]
fn a_copied_secret_goes_with_one_press() {
    let mut stand = Stand::open(false);
    stand.made();
    let until = stand.now + SignedDuration::from_secs(45);
    stand.send(Msg::Clipboard(ClipboardEvent::Holds { until }));
    assert_eq!(stand.model.clipboard, Clipboard::Holds { until });
    stand.send(Msg::Create(CreateMsg::Saved));
    assert!(!stand.model.holds_secret());
}

#[test]
fn create_and_copy_copies_and_create_alone_does_not() {
    for copy in [true, false] {
        let mut stand = Stand::open(false);
        stand.list(&[]);
        let effects = stand.send(Msg::Create(CreateMsg::Create { copy, description: None }));
        let op = create_op(&effects).expect("a key is asked for");
        let effects = stand.send(answered(op, CreateOutcome::Made(pair("AKIANEW0000000000NEW"))));
        let copies = effects.iter().any(|effect| matches!(effect, Effect::CopySecret { .. }));
        assert_eq!(copies, copy);
    }
}

#[test]
fn the_description_is_written_after_the_secret_and_its_failure_loses_nothing() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let description = Some(" for backups ".to_owned());
    let effects = stand.send(Msg::Create(CreateMsg::Create { copy: false, description }));
    assert_eq!(effects.len(), 1, "only the key is asked for");
    let op = create_op(&effects).expect("a key is asked for");
    let effects = stand.send(answered(op, CreateOutcome::Made(pair("AKIANEW0000000000NEW"))));
    let written =
        effects.iter().any(|effect| matches!(effect, Effect::Describe { text, .. } if text == "for backups"));
    assert!(written, "the tag follows");
    let (session, key) = (stand.session(), KeyId::new("AKIANEW0000000000NEW"));
    let text = "for backups".to_owned();
    stand.send(Msg::Keys(KeysMsg::Described { session, user: alice(), key, text, answer: Err(denied()) }));
    assert!(stand.model.holds_secret(), "a refused tag takes no secret away");
    assert!(stand.model.notices.iter().any(|notice| matches!(notice.event, Event::NotDescribed { .. })));
}

#[test]
fn the_limit_is_known_before_the_call_and_after_it() {
    let mut stand = Stand::open(false);
    assert_eq!(stand.model.create_block(), Some(CreateBlock::NotKnown), "no count, no key");
    stand.list(&[key("a", KeyStatus::Active), key("b", KeyStatus::Inactive)]);
    assert_eq!(stand.model.create_block(), Some(CreateBlock::Limit { count: 2, quota: 2 }));
    assert!(stand.create().is_empty());
    let session = stand.session();
    stand.send(Msg::Start(StartMsg::Quota { session, answer: Ok(3) }));
    let op = create_op(&stand.create()).expect("the account allows three");
    let refusal = Failure::new("iam:CreateAccessKey", Cause::LimitExceeded("no more".into()));
    let effects = stand.send(answered(op, CreateOutcome::Refused(refusal)));
    assert!(stand.model.creation.is_none(), "nothing was made");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::ListKeys { .. })), "the list was too old");
    assert!(stand.model.notices.iter().any(|notice| matches!(notice.event, Event::CreateRefused { .. })));
}

#[test]
fn a_lost_answer_is_named_with_its_key() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let op = create_op(&stand.create()).expect("a key is asked for");
    let failure = Failure::new("iam:CreateAccessKey", Cause::ConnectionLost { host: "iam".into() });
    let orphans = vec![KeyId::new("AKIAORPHAN")];
    stand.send(answered(op, CreateOutcome::Unknown { failure, orphans, listed: true }));
    let creation = stand.model.creation.as_ref().expect("it is told");
    assert!(
        matches!(&creation.stage, Stage::Unknown { orphans, .. } if orphans == &[KeyId::new("AKIAORPHAN")])
    );
}

#[test]
fn a_task_that_dies_counts_as_a_lost_answer() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let lost = stand.create().first().and_then(Effect::lost).expect("there is an answer");
    stand.send(lost);
    let creation = stand.model.creation.as_ref().expect("it is told");
    assert!(matches!(creation.stage, Stage::Unknown { .. }));
}

#[test]
fn a_switch_moves_at_once_and_goes_back_when_refused() {
    let mut stand = Stand::open(false);
    stand.list(&[key("a", KeyStatus::Active)]);
    let effects = stand.send(set_status("a", KeyStatus::Inactive));
    assert!(matches!(effects[..], [Effect::SetStatus { .. }]));
    assert_eq!(stand.status("a"), Some(KeyStatus::Inactive), "at once");
    assert!(stand.send(set_status("a", KeyStatus::Active)).is_empty(), "not while it is under way");
    let answer = status_set(&stand, "a", KeyStatus::Inactive, Err(denied()));
    stand.send(answer);
    assert_eq!(stand.status("a"), Some(KeyStatus::Active), "AWS refused");
    assert!(stand.model.notices.iter().any(|notice| matches!(notice.event, Event::StatusRefused { .. })));
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
    assert!(matches!(effects[..], [Effect::SetStatus { status: KeyStatus::Active, .. }]));
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
    assert!(matches!(effects[..], [Effect::SetStatus { .. }]), "only after a yes");
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
fn only_an_inactive_key_goes_through_the_gate() {
    let mut stand = Stand::open(false);
    stand.list(&[key("AKIAXXXX1234", KeyStatus::Active)]);
    let ask = || Msg::Keys(KeysMsg::AskDelete { user: alice(), key: KeyId::new("AKIAXXXX1234") });
    let delete = |typed: &str| Msg::Keys(KeysMsg::Delete { typed: typed.into() });
    stand.send(ask());
    assert_eq!(stand.model.gate_block("1234"), Some(GateBlock::Active));
    assert!(stand.send(delete("1234")).is_empty(), "it is active");
    stand.send(Msg::Keys(KeysMsg::DeactivateFirst));
    let answer = status_set(&stand, "AKIAXXXX1234", KeyStatus::Inactive, Ok(()));
    stand.send(answer);
    assert_eq!(stand.model.gate_block("12"), Some(GateBlock::NotTyped));
    assert_eq!(stand.model.gate_block("1235"), Some(GateBlock::WrongEnd));
    assert!(stand.send(delete("1235")).is_empty(), "the wrong end");
    assert_eq!(stand.model.gate_block(" AKIAXXXX1234\n"), None, "the whole id, pasted, opens it too");
    assert!(matches!(stand.send(delete("1234"))[..], [Effect::DeleteKey { .. }]));
    assert!(stand.send(delete("1234")).is_empty(), "once");
}

#[test]
fn a_key_that_is_gone_already_counts_as_deleted() {
    let mut stand = Stand::open(false);
    stand.list(&[key("AKIAXXXX1234", KeyStatus::Inactive)]);
    let (session, key) = (stand.session(), KeyId::new("AKIAXXXX1234"));
    let answer = Err(Failure::new("iam:DeleteAccessKey", Cause::NoSuchEntity("gone".into())));
    let effects =
        stand.send(Msg::Keys(KeysMsg::Deleted { session, user: alice(), key: key.clone(), answer }));
    assert_eq!(stand.status("AKIAXXXX1234"), None);
    let removed = effects.iter().any(|effect| matches!(effect, Effect::Undescribe { .. }));
    assert!(removed, "its description is removed afterwards");
    let answer = Err(denied());
    stand.send(Msg::Keys(KeysMsg::Undescribed { user: alice(), key, answer }));
    let warned =
        stand.model.notices.iter().any(|notice| matches!(notice.event, Event::NotUndescribed { .. }));
    assert!(warned, "and a failure there is only a warning");
}

#[test]
fn read_only_changes_nothing() {
    let mut stand = Stand::open(true);
    stand.list(&[key("a", KeyStatus::Inactive)]);
    assert!(stand.create().is_empty());
    assert!(stand.send(set_status("a", KeyStatus::Active)).is_empty());
    let (user, key) = (alice(), KeyId::new("a"));
    assert!(stand.send(Msg::Keys(KeysMsg::AskDelete { user: user.clone(), key: key.clone() })).is_empty());
    assert!(stand.model.open.as_ref().is_some_and(|open| open.gate.is_none()), "no gate opens");
    assert!(stand.send(Msg::Keys(KeysMsg::Describe { user, key, text: "x".into() })).is_empty());
}

#[test]
fn answers_of_another_session_are_dropped() {
    let mut stand = Stand::open(false);
    let old = stand.session();
    stand.list(&[key("a", KeyStatus::Active)]);
    stand.send(Msg::Start(StartMsg::SwitchAccount));
    let effects = stand.send(open(SignInChoice::Environment, false));
    let [Effect::SignIn { session, .. }] = effects[..] else { panic!("no sign-in") };
    stand.send(Msg::Start(StartMsg::SignedIn { session, answer: Ok(account()) }));
    stand.send(page(old, 2, vec![user("mallory")], None));
    let open = stand.model.open.as_ref().expect("an account is open");
    assert!(open.users.all().is_empty(), "the users of the old account never appear under the new one");
}

#[test]
fn a_cancelled_sign_in_opens_nothing() {
    let mut stand = Stand::new();
    let effects = stand.send(open(SignInChoice::Practice, false));
    let [Effect::SignIn { session, .. }] = effects[..] else { panic!("no sign-in") };
    stand.send(Msg::Start(StartMsg::CancelSignIn));
    let effects = stand.send(Msg::Start(StartMsg::SignedIn { session, answer: Ok(account()) }));
    assert!(stand.model.open.is_none());
    assert!(matches!(effects[..], [Effect::SignOut { .. }]), "its connection is let go");
}

#[test]
fn pages_of_users_are_shown_as_they_arrive() {
    let mut stand = Stand::new();
    let effects = stand.send(open(SignInChoice::Practice, false));
    let [Effect::SignIn { session, .. }] = effects[..] else { panic!("no sign-in") };
    let effects = stand.send(Msg::Start(StartMsg::SignedIn { session, answer: Ok(account()) }));
    let load = effects
        .iter()
        .find_map(|effect| match effect {
            Effect::ListUsers { load, .. } => Some(*load),
            _ => None,
        })
        .expect("the users are asked for");
    let effects = stand.send(page(session, load, vec![user("Zoe"), user("adam")], Some("2")));
    assert!(matches!(&effects[..], [Effect::ListUsers { marker: Some(marker), .. }] if marker == "2"));
    let names = |stand: &Stand| -> Vec<String> {
        let open = stand.model.open.as_ref().expect("an account is open");
        open.users.all().iter().map(|user| user.name.to_string()).collect()
    };
    assert_eq!(names(&stand), ["adam", "Zoe"], "sorted whatever the case");
    stand.send(page(session, load, vec![user("mia")], None));
    assert_eq!(names(&stand), ["adam", "mia", "Zoe"]);
}

#[test]
fn the_keys_of_four_visible_users_are_counted_at_once() {
    let mut stand = Stand::open(false);
    let many: Vec<UserName> = (0..10).map(|number| UserName::new(format!("user-{number}"))).collect();
    let effects = stand.send(Msg::Users(UsersMsg::InView(many)));
    assert_eq!(effects.len(), 4, "not more than four");
    let Some(Effect::ListKeys { session, user, load, paced: true }) = effects.into_iter().next() else {
        panic!("a paced list is asked for")
    };
    let next = stand.send(Msg::Keys(KeysMsg::Listed { session, user, load, answer: Ok(vec![]) }));
    assert_eq!(next.len(), 1, "each answer makes room for one more");
}

#[test]
fn the_last_user_is_remembered() {
    let mut stand = Stand::open(false);
    stand.send(Msg::Users(UsersMsg::Pick(UserName::new("bob"))));
    let expected = BTreeMap::from([("123456789012".to_owned(), UserName::new("bob"))]);
    assert_eq!(stand.model.settings.last_user, expected);
}
