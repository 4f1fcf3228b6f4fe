//! Account preferences, and switching accounts.

use std::collections::{BTreeMap, BTreeSet};

use keyfob::core::{
    AccountMsg, Call, CreateMsg, CreateOptions, CreateOutcome, Effect, KeysMsg, Msg, Notice, NoticeKind,
    ReadOnly, SessionId, StartMsg, UsersMsg,
};
use keyfob::domain::{
    Account, AccountKind, AccountPrefs, Action, Endpoint, EndpointSource, Finding, KeyId, KeyStatus, Policy,
    ReportState, SignInChoice, UserPatterns,
};

use crate::seen::{Seen, seen};
use crate::stand::{Stand, account, alice, answered, create_op, denied, key, set_status};
use crate::steps::How;
use crate::world::{Question, World};
use crate::{answers, report};

fn production() -> AccountPrefs {
    AccountPrefs {
        name: Some("Shop".into()),
        kind: Some(AccountKind::Production),
        read_only: true,
        ..AccountPrefs::default()
    }
}

fn set_prefs(prefs: AccountPrefs) -> Msg {
    Msg::Account(AccountMsg::SetLook(prefs))
}

fn at(url: &str) -> Account {
    let endpoint = Endpoint::Override { url: url.into(), source: EndpointSource::CommandLine };
    Account { endpoint, ..account() }
}

impl Stand {
    fn enter(&mut self, choice: SignInChoice, account: Account) {
        let session = self.ask_to_open(choice);
        self.send(Msg::Start(StartMsg::SignedIn { session, answer: Ok(account) }));
    }

    fn read_only(&self) -> Option<ReadOnly> {
        self.model.open.as_ref().expect("an account is open").access.read_only
    }
}

#[test]
fn account_preferences_apply_at_once_and_the_next_time() {
    let mut stand = Stand::new();
    stand.enter(SignInChoice::Environment, at("http://127.0.0.1:5000"));
    let effects = stand.send(set_prefs(production()));
    assert!(matches!(effects[..], [Effect::Save(_)]), "it is kept");
    let open = stand.model.open.as_ref().expect("an account is open");
    assert_eq!((open.name(), open.kind()), ("Shop", AccountKind::Production));
    assert_eq!(stand.read_only(), Some(ReadOnly::Account));

    stand.enter(SignInChoice::Practice, account());
    assert_eq!(stand.read_only(), None, "that is another account");
    stand.enter(SignInChoice::Environment, at("http://127.0.0.1:5000"));
    let open = stand.model.open.as_ref().expect("an account is open");
    assert_eq!(open.name(), "Shop");
    assert_eq!(stand.read_only(), Some(ReadOnly::Account));
}

#[test]
fn two_servers_with_one_account_id_are_separate() {
    let mut stand = Stand::new();
    stand.enter(SignInChoice::Environment, at("http://127.0.0.1:5000"));
    stand.send(set_prefs(production()));
    for other in [at("http://127.0.0.1:6000"), Account { endpoint: Endpoint::Aws("x".into()), ..account() }] {
        stand.enter(SignInChoice::Environment, other);
        let open = stand.model.open.as_ref().expect("an account is open");
        assert_eq!((open.name(), stand.read_only()), ("lab", None));
    }
}

#[test]
fn an_account_has_limits_of_its_own() {
    let mut stand = Stand::new();
    stand.enter(SignInChoice::Environment, at("http://127.0.0.1:5000"));
    let policy =
        Policy { exempt_users: UserPatterns::parse("Ali*").expect("a pattern"), ..Policy::default() };
    stand.send(set_prefs(AccountPrefs { policy, ..AccountPrefs::default() }));
    let found = |stand: &mut Stand| {
        stand.send(Msg::Users(UsersMsg::Select(alice())));
        stand.list(&[key("AKIA1", KeyStatus::Active)]);
        let open = stand.model.open.as_ref().expect("an account is open");
        open.findings(&alice(), &KeyId::new("AKIA1"), stand.now)
    };
    assert_eq!(found(&mut stand), [Finding::Exempt], "at once");
    stand.enter(SignInChoice::Environment, at("http://127.0.0.1:6000"));
    assert!(!found(&mut stand).contains(&Finding::Exempt), "that is another account");
    stand.enter(SignInChoice::Environment, at("http://127.0.0.1:5000"));
    assert_eq!(found(&mut stand), [Finding::Exempt], "and the next time");
}

#[test]
fn the_last_user_is_remembered_for_each_server() {
    // As written by earlier versions, by the id alone.
    let settings =
        r#"{"last_user": {"123456789012": "bob"}, "accounts": {"123456789012": {"name": "Shop"}}}"#;
    let mut stand = Stand::new();
    stand.model.settings = serde_json::from_str(settings).expect("settings");
    let selected_user = |stand: &Stand| {
        let open = stand.model.open.as_ref().expect("an account is open");
        (open.selected_user().map(ToString::to_string), open.name().to_owned())
    };
    let aws = || Account { endpoint: Endpoint::Aws("iam.amazonaws.com".into()), ..account() };
    stand.enter(SignInChoice::Environment, aws());
    assert_eq!(selected_user(&stand), (Some("bob".to_owned()), "Shop".to_owned()), "it was AWS's own");
    stand.enter(SignInChoice::Environment, at("http://127.0.0.1:5000"));
    assert_eq!(selected_user(&stand), (None, "lab".to_owned()), "another server has the same account id");
    stand.send(Msg::Users(UsersMsg::Select(alice())));
    stand.enter(SignInChoice::Environment, aws());
    assert_eq!(selected_user(&stand).0.as_deref(), Some("bob"));
    stand.enter(SignInChoice::Environment, at("http://127.0.0.1:5000"));
    assert_eq!(selected_user(&stand).0.as_deref(), Some("alice"));
}

#[test]
fn a_list_has_the_preferences_of_the_account_of_a_profile() {
    let mut stand = Stand::new();
    let shop = SignInChoice::Profile("shop".into());
    stand.enter(shop.clone(), Account { endpoint: Endpoint::Aws("x".into()), ..account() });
    stand.send(set_prefs(production()));
    let settings = &stand.model.settings;
    assert_eq!(settings.prefs_of(&shop, None), Some(&production()));
    let other = SignInChoice::Profile("other".into());
    assert_eq!(settings.prefs_of(&other, None), None);
    assert_eq!(settings.prefs_of(&other, Some("123456789012")), Some(&production()), "the same account");
}

#[test]
fn empty_preferences_are_not_stored() {
    let mut stand = Stand::open(false);
    stand.send(set_prefs(production()));
    stand.send(set_prefs(AccountPrefs { name: Some("  ".into()), ..AccountPrefs::default() }));
    assert_eq!(stand.model.settings.accounts, BTreeMap::new());
    assert_eq!(stand.read_only(), None, "unticked is unticked");
}

#[test]
fn read_only_mode_closes_the_delete_dialog_but_interrupts_nothing() {
    let mut stand = Stand::open(false);
    stand.list(&[key("a", KeyStatus::Inactive)]);
    let ask = || Msg::Keys(KeysMsg::AskDelete { user: alice(), key: KeyId::new("a") });
    stand.send(ask());
    stand.send(set_prefs(production()));
    assert!(stand.model.open.as_ref().is_some_and(|open| open.pending.delete_dialog.is_none()));

    stand.send(Msg::Account(AccountMsg::AllowChanges));
    stand.send(ask());
    stand.send(Msg::Keys(KeysMsg::Delete { typed: "a".into() }));
    stand.send(set_prefs(AccountPrefs::default()));
    stand.send(set_prefs(production()));
    let session = stand.session();
    stand.send(answers::deleted(session, alice(), KeyId::new("a"), Ok(())));
    assert_eq!(stand.status("a"), None, "what was under way is told to its end");
}

#[test]
fn the_open_account_stays_as_it_is_until_the_next_one_is_there() {
    let mut stand = Stand::open(false);
    stand.list(&[key("a", KeyStatus::Active)]);
    let before = seen(&stand.model);
    let session = stand.ask_to_open(SignInChoice::Environment);
    assert!(same(&before, &seen(&stand.model)), "while it is signed in");
    stand.send(Msg::Start(StartMsg::SignedIn { session, answer: Err(denied()) }));
    assert!(same(&before, &seen(&stand.model)), "when that failed");
    assert!(stand.model.sign_in_failure().is_some(), "which is told");
    stand.send(Msg::Account(AccountMsg::DismissFailure));
    assert!(stand.model.sign_in_failure().is_none());
    stand.ask_to_open(SignInChoice::Environment);
    stand.send(Msg::Start(StartMsg::CancelSignIn));
    assert!(same(&before, &seen(&stand.model)), "when it was cancelled");
    assert_eq!(stand.status("a"), Some(KeyStatus::Active));
}

fn same(before: &Seen, after: &Seen) -> bool {
    before == after
}

/// Everything that is asked, answered well and refused.
fn answers(effects: &[Effect]) -> Vec<Msg> {
    let questions: Vec<Question> = effects.iter().filter_map(Question::of).collect();
    let both = questions.iter().flat_map(|question| {
        [How::Well(0b0001_0010), How::Refused].map(|how| World::default().answer(question.clone(), how))
    });
    both.collect()
}

/// An account with every kind of request in progress, and these requests.
fn busy() -> (Stand, Vec<Effect>) {
    let mut stand = Stand::new();
    let session = stand.ask_to_open(SignInChoice::Practice);
    let mut asked = stand.signed_in(session);
    stand.send(Msg::Users(UsersMsg::Select(alice())));
    let ids = ["off", "gone", "on"].map(|id| key(id, KeyStatus::Inactive));
    asked.extend(stand.list(&ids));
    let id = |id| KeyId::new(id);
    let describe = KeysMsg::Describe { user: alice(), key: id("off"), text: "text".into() };
    asked.extend(stand.send(Msg::Keys(describe)));
    asked.extend(stand.send(set_status("on", KeyStatus::Active)));
    stand.send(Msg::Keys(KeysMsg::AskDelete { user: alice(), key: id("gone") }));
    asked.extend(stand.send(Msg::Keys(KeysMsg::Delete { typed: "gone".into() })));
    stand
        .send(answers::deleted(session, alice(), id("gone"), Ok(())))
        .into_iter()
        .for_each(|effect| asked.push(effect));
    stand.send(Msg::Keys(KeysMsg::AskDelete { user: alice(), key: id("off") }));
    asked.extend(stand.send(Msg::Keys(KeysMsg::Delete { typed: "off".into() })));
    let loads = stand.send(report::load());
    let report = report::generates(&loads).expect("the report is asked for");
    asked.extend(loads);
    asked.extend(stand.send(answers::generated(session, report, Ok(ReportState::Complete))));
    asked.extend(stand.send(Msg::Refresh));
    (stand, asked)
}

#[test]
fn no_answer_of_the_old_account_appears_under_the_new_one() {
    let (_, asked) = busy();
    let calls = asked.iter().filter_map(answers::call).filter_map(Call::action);
    let tried: BTreeSet<Action> = calls.collect();
    // The one is asked while signing in; the other has tests of its own.
    let elsewhere = [Action::ListAccountAliases, Action::CreateAccessKey];
    let all = Action::ALL.iter().filter(|action| !elsewhere.contains(action)).copied();
    assert_eq!(tried, all.collect(), "a kind of answer is not tried");
    assert!(asked.iter().any(|effect| matches!(effect, Effect::Relist { .. })), "nor is a second look");
    for (number, msg) in answers(&asked).into_iter().enumerate() {
        let kind = format!("answer {number}");
        let (mut stand, _) = busy();
        let old = stand.session();
        let session = stand.ask_to_open(SignInChoice::Environment);
        stand.signed_in(session);
        // The same user exists there, so that nothing is dropped for that reason.
        stand.send(Msg::Users(UsersMsg::Select(alice())));
        stand.list(&[key("mine", KeyStatus::Active)]);
        let before = seen(&stand.model);
        let effects = stand.send(msg);
        assert!(before.account == seen(&stand.model).account, "{kind} of the old account is shown");
        let foreign = |notice: &Notice| notice.session != Some(old);
        assert!(!stand.model.notices.iter().any(foreign), "{kind} is told as one of the new account");
        assert!(effects.is_empty(), "{kind} of the old account does something");
    }
}

#[test]
fn a_new_key_that_comes_late_is_shown_with_the_account_it_is_of() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let op = create_op(&stand.create()).expect("a key is asked for");
    let session = stand.ask_to_open(SignInChoice::Environment);
    let other = Account { id: "210987654321".into(), profile: "other".into(), ..account() };
    stand.send(Msg::Start(StartMsg::SignedIn { session, answer: Ok(other) }));
    stand.send(answered(&stand, op, CreateOutcome::Made(crate::stand::pair("AKIANEW0000000000NEW"))));
    let creation = stand.model.creation().expect("the panel");
    assert_eq!(creation.intent.account.id, "123456789012", "the panel names its own account");
    let open = stand.model.open.as_ref().expect("an account is open");
    assert!(
        open.keys_of(&alice()).is_none_or(|keys| keys.list().is_empty()),
        "the list of the new one is its own"
    );
}

#[test]
fn the_outcome_of_a_creation_names_its_account() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let wish = CreateOptions { description: Some("text".into()), ..CreateOptions::default() };
    let op = create_op(&stand.send(Msg::Create(CreateMsg::Create { user: alice(), wish })))
        .expect("a key is asked for");
    let old = stand.session();
    let session = stand.ask_to_open(SignInChoice::Environment);
    stand.signed_in(session);
    stand.send(answered(&stand, op, CreateOutcome::Refused(denied())));
    let [notice] = &stand.model.notices[..] else { panic!("it is told once") };
    assert!(matches!(notice.event, NoticeKind::CreateRefused { .. }));
    assert_eq!(notice.session, Some(old), "not of the account that is open");
}

#[test]
fn a_change_just_before_a_switch_names_its_account() {
    let asked = || {
        let mut stand = Stand::open(false);
        stand.list(&[key("ON", KeyStatus::Active), key("AKIAOFF00000000000FF", KeyStatus::Inactive)]);
        stand.send(set_status("ON", KeyStatus::Inactive));
        stand.send(Msg::Keys(KeysMsg::AskDelete { user: alice(), key: KeyId::new("AKIAOFF00000000000FF") }));
        stand.send(Msg::Keys(KeysMsg::Delete { typed: "00FF".into() }));
        let old = stand.session();
        let session = stand.ask_to_open(SignInChoice::Environment);
        stand.signed_in(session);
        (stand, old)
    };
    let deleted = |session, answer| {
        let key = KeyId::new("AKIAOFF00000000000FF");
        answers::deleted(session, alice(), key, answer)
    };
    let status = |session, answer| {
        let (key, status) = (KeyId::new("ON"), KeyStatus::Inactive);
        answers::status_set(session, alice(), key, status, answer)
    };
    let told = |answer: &dyn Fn(SessionId) -> Msg| {
        let (mut stand, old) = asked();
        stand.send(answer(old));
        let of_old = stand.model.notices.iter().filter(|notice| notice.session == Some(old));
        of_old.map(|notice| notice.event.clone()).collect::<Vec<_>>()
    };
    assert!(matches!(told(&|old| deleted(old, Ok(())))[..], [NoticeKind::Deleted { .. }]));
    assert!(matches!(told(&|old| deleted(old, Err(denied())))[..], [NoticeKind::NotDeleted { .. }]));
    assert!(matches!(told(&|old| status(old, Err(denied())))[..], [NoticeKind::StatusRefused { .. }]));
    let lost = || crate::stand::lost("iam:UpdateAccessKey");
    assert!(matches!(told(&|old| status(old, Err(lost())))[..], [NoticeKind::StatusLost { .. }]));
}
