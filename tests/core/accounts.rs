//! What is said about accounts, and what happens when another one is opened.

use std::collections::BTreeMap;

use keyfob::core::{
    AccountMsg, CreateMsg, CreateOutcome, Effect, Event, KeysMsg, Msg, Notice, ReadOnly, SessionId, StartMsg,
    UserPage, UsersMsg, Wish,
};
use keyfob::domain::{
    Account, AccountKind, AccountLook, Endpoint, EndpointSource, Failure, KeyId, KeyStatus, LastUse,
    SignInChoice,
};

use crate::seen::{Seen, seen};
use crate::stand::{Stand, account, alice, answered, create_op, denied, key, set_status, user};

fn production() -> AccountLook {
    AccountLook { name: Some("Shop".into()), kind: Some(AccountKind::Production), read_only: true }
}

fn set_look(look: AccountLook) -> Msg {
    Msg::Account(AccountMsg::SetLook(look))
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
        self.model.open.as_ref().expect("an account is open").read_only
    }
}

#[test]
fn what_is_said_about_an_account_holds_at_once_and_the_next_time() {
    let mut stand = Stand::new();
    stand.enter(SignInChoice::Environment, at("http://127.0.0.1:5000"));
    let effects = stand.send(set_look(production()));
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
fn two_servers_with_one_account_id_are_told_apart() {
    let mut stand = Stand::new();
    stand.enter(SignInChoice::Environment, at("http://127.0.0.1:5000"));
    stand.send(set_look(production()));
    for other in [at("http://127.0.0.1:6000"), Account { endpoint: Endpoint::Aws("x".into()), ..account() }] {
        stand.enter(SignInChoice::Environment, other);
        let open = stand.model.open.as_ref().expect("an account is open");
        assert_eq!((open.name(), stand.read_only()), ("lab", None));
    }
}

#[test]
fn the_last_user_is_remembered_for_each_server() {
    // As earlier versions wrote it: by the id alone.
    let settings =
        r#"{"last_user": {"123456789012": "bob"}, "accounts": {"123456789012": {"name": "Shop"}}}"#;
    let mut stand = Stand::new();
    stand.model.settings = serde_json::from_str(settings).expect("settings");
    let picked = |stand: &Stand| {
        let open = stand.model.open.as_ref().expect("an account is open");
        (open.picked.as_ref().map(ToString::to_string), open.name().to_owned())
    };
    let aws = || Account { endpoint: Endpoint::Aws("iam.amazonaws.com".into()), ..account() };
    stand.enter(SignInChoice::Environment, aws());
    assert_eq!(picked(&stand), (Some("bob".to_owned()), "Shop".to_owned()), "it was AWS's own");
    stand.enter(SignInChoice::Environment, at("http://127.0.0.1:5000"));
    assert_eq!(picked(&stand), (None, "lab".to_owned()), "another server has the same account id");
    stand.send(Msg::Users(UsersMsg::Pick(alice())));
    stand.enter(SignInChoice::Environment, aws());
    assert_eq!(picked(&stand).0.as_deref(), Some("bob"));
    stand.enter(SignInChoice::Environment, at("http://127.0.0.1:5000"));
    assert_eq!(picked(&stand).0.as_deref(), Some("alice"));
}

#[test]
fn a_list_knows_what_was_said_about_the_account_behind_a_profile() {
    let mut stand = Stand::new();
    let shop = SignInChoice::Profile("shop".into());
    stand.enter(shop.clone(), Account { endpoint: Endpoint::Aws("x".into()), ..account() });
    stand.send(set_look(production()));
    let settings = &stand.model.settings;
    assert_eq!(settings.look_of(&shop, None), Some(&production()));
    let other = SignInChoice::Profile("other".into());
    assert_eq!(settings.look_of(&other, None), None);
    assert_eq!(settings.look_of(&other, Some("123456789012")), Some(&production()), "the same account");
}

#[test]
fn what_says_nothing_is_not_kept() {
    let mut stand = Stand::open(false);
    stand.send(set_look(production()));
    stand.send(set_look(AccountLook { name: Some("  ".into()), ..AccountLook::default() }));
    assert_eq!(stand.model.settings.accounts, BTreeMap::new());
    assert_eq!(stand.read_only(), None, "unticked is unticked");
}

#[test]
fn turning_read_only_closes_the_gate_but_breaks_nothing_off() {
    let mut stand = Stand::open(false);
    stand.list(&[key("a", KeyStatus::Inactive)]);
    let ask = || Msg::Keys(KeysMsg::AskDelete { user: alice(), key: KeyId::new("a") });
    stand.send(ask());
    stand.send(set_look(production()));
    assert!(stand.model.open.as_ref().is_some_and(|open| open.gate.is_none()));

    stand.send(Msg::Account(AccountMsg::AllowChanges));
    stand.send(ask());
    stand.send(Msg::Keys(KeysMsg::Delete { typed: "a".into() }));
    stand.send(set_look(AccountLook::default()));
    stand.send(set_look(production()));
    let session = stand.session();
    stand.send(Msg::Keys(KeysMsg::Deleted { session, user: alice(), key: KeyId::new("a"), answer: Ok(()) }));
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
    assert!(stand.model.sign_in_failure.is_some(), "which is told");
    stand.send(Msg::Account(AccountMsg::DismissFailure));
    assert!(stand.model.sign_in_failure.is_none());
    stand.ask_to_open(SignInChoice::Environment);
    stand.send(Msg::Start(StartMsg::CancelSignIn));
    assert!(same(&before, &seen(&stand.model)), "when it was cancelled");
    assert_eq!(stand.status("a"), Some(KeyStatus::Active));
}

fn same(before: &Seen, after: &Seen) -> bool {
    before == after
}

/// Every kind of answer, well and refused, with the numbers that the old account waits for.
fn answers(effects: &[Effect]) -> Vec<(&'static str, Msg)> {
    let mut answers = Vec::new();
    for effect in effects {
        match effect {
            Effect::ReadQuota { session } => {
                for answer in [Ok(7), Err(denied())] {
                    answers.push(("quota", Msg::Start(StartMsg::Quota { session: *session, answer })));
                }
            }
            Effect::ListUsers { session, load, .. } => {
                let users = vec![user("mallory")];
                for answer in [Ok(UserPage { users, next: None }), Err(denied())] {
                    let (session, load) = (*session, *load);
                    answers.push(("users", Msg::Users(UsersMsg::Page { session, load, answer })));
                }
            }
            effect => answers.extend(about_keys(effect)),
        }
    }
    answers
}

fn about_keys(effect: &Effect) -> Vec<(&'static str, Msg)> {
    fn both<T>(well: T, of: impl Fn(Result<T, Failure>) -> KeysMsg) -> Vec<Msg> {
        vec![Msg::Keys(of(Ok(well))), Msg::Keys(of(Err(denied())))]
    }
    let (kind, messages) = match effect {
        Effect::ListKeys { session, user, load, .. } => {
            let (session, load) = (*session, *load);
            let keys = vec![key("foreign", KeyStatus::Active)];
            ("keys", both(keys, |answer| KeysMsg::Listed { session, user: user.clone(), load, answer }))
        }
        Effect::ReadLastUse { session, user, key, load } => {
            let (session, load) = (*session, *load);
            let of =
                |answer| KeysMsg::LastUse { session, user: user.clone(), key: key.clone(), load, answer };
            ("last use", both(LastUse::Never, of))
        }
        Effect::ReadDescriptions { session, user, load } => {
            let (session, load) = (*session, *load);
            let texts = BTreeMap::from([(KeyId::new("foreign"), "text".to_owned())]);
            (
                "texts",
                both(texts, |answer| KeysMsg::Descriptions { session, user: user.clone(), load, answer }),
            )
        }
        Effect::Relist { session, user, .. } => {
            let msg = KeysMsg::RelistDue { session: *session, user: user.clone() };
            ("relist", vec![Msg::Keys(msg)])
        }
        Effect::Describe { session, user, key, text } => {
            let session = *session;
            let of = |answer| {
                let (user, key, text) = (user.clone(), key.clone(), text.clone());
                KeysMsg::Described { session, user, key, text, answer }
            };
            ("described", both((), of))
        }
        Effect::Undescribe { session, user, key } => {
            let session = *session;
            let of = |answer| KeysMsg::Undescribed { session, user: user.clone(), key: key.clone(), answer };
            ("undescribed", both((), of))
        }
        Effect::SetStatus { session, user, key, status } => {
            let (session, status) = (*session, *status);
            let of =
                |answer| KeysMsg::StatusSet { session, user: user.clone(), key: key.clone(), status, answer };
            ("status", both((), of))
        }
        Effect::DeleteKey { session, user, key } => {
            let session = *session;
            let of = |answer| KeysMsg::Deleted { session, user: user.clone(), key: key.clone(), answer };
            ("deleted", both((), of))
        }
        _ => return Vec::new(),
    };
    messages.into_iter().map(|msg| (kind, msg)).collect()
}

/// An account in which everything is under way at once, and what it waits for.
fn busy() -> (Stand, Vec<Effect>) {
    let mut stand = Stand::new();
    let session = stand.ask_to_open(SignInChoice::Practice);
    let mut asked = stand.signed_in(session);
    stand.send(Msg::Users(UsersMsg::Pick(alice())));
    let ids = ["off", "gone", "on"].map(|id| key(id, KeyStatus::Inactive));
    asked.extend(stand.list(&ids));
    let id = |id| KeyId::new(id);
    let describe = KeysMsg::Describe { user: alice(), key: id("off"), text: "text".into() };
    asked.extend(stand.send(Msg::Keys(describe)));
    asked.extend(stand.send(set_status("on", KeyStatus::Active)));
    stand.send(Msg::Keys(KeysMsg::AskDelete { user: alice(), key: id("gone") }));
    asked.extend(stand.send(Msg::Keys(KeysMsg::Delete { typed: "gone".into() })));
    stand
        .send(Msg::Keys(KeysMsg::Deleted { session, user: alice(), key: id("gone"), answer: Ok(()) }))
        .into_iter()
        .for_each(|effect| asked.push(effect));
    stand.send(Msg::Keys(KeysMsg::AskDelete { user: alice(), key: id("off") }));
    asked.extend(stand.send(Msg::Keys(KeysMsg::Delete { typed: "off".into() })));
    asked.extend(stand.send(Msg::Refresh));
    (stand, asked)
}

#[test]
fn no_answer_of_the_old_account_appears_under_the_new_one() {
    let (_, asked) = busy();
    let answers = answers(&asked);
    let mut kinds: Vec<&str> = answers.iter().map(|(kind, _)| *kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let all = [
        "deleted",
        "described",
        "keys",
        "last use",
        "quota",
        "relist",
        "status",
        "texts",
        "undescribed",
        "users",
    ];
    assert_eq!(kinds, all, "a kind of answer is not tried");
    for (kind, msg) in answers {
        let (mut stand, _) = busy();
        let old = stand.session();
        let session = stand.ask_to_open(SignInChoice::Environment);
        stand.signed_in(session);
        // The same user is there too, so that nothing is dropped for want of one.
        stand.send(Msg::Users(UsersMsg::Pick(alice())));
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
    stand.send(answered(op, CreateOutcome::Made(crate::stand::pair("AKIANEW0000000000NEW"))));
    let creation = stand.model.creation.as_ref().expect("the panel");
    assert_eq!(creation.intent.account.id, "123456789012", "the panel names its own account");
    let open = stand.model.open.as_ref().expect("an account is open");
    assert!(
        open.keys_of(&alice()).is_none_or(|keys| keys.list().is_empty()),
        "the list of the new one is its own"
    );
}

#[test]
fn what_became_of_a_creation_is_told_with_its_account() {
    let mut stand = Stand::open(false);
    stand.list(&[]);
    let wish = Wish { description: Some("text".into()), ..Wish::default() };
    let op = create_op(&stand.send(Msg::Create(CreateMsg::Create { user: alice(), wish })))
        .expect("a key is asked for");
    let old = stand.session();
    let session = stand.ask_to_open(SignInChoice::Environment);
    stand.signed_in(session);
    stand.send(answered(op, CreateOutcome::Refused(denied())));
    let [notice] = &stand.model.notices[..] else { panic!("it is told once") };
    assert!(matches!(notice.event, Event::CreateRefused { .. }));
    assert_eq!(notice.session, Some(old), "not of the account that is open");
}

#[test]
fn what_was_changed_just_before_another_account_opened_is_told_with_its_account() {
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
        Msg::Keys(KeysMsg::Deleted { session, user: alice(), key, answer })
    };
    let status = |session, answer| {
        let (key, status) = (KeyId::new("ON"), KeyStatus::Inactive);
        Msg::Keys(KeysMsg::StatusSet { session, user: alice(), key, status, answer })
    };
    let told = |answer: &dyn Fn(SessionId) -> Msg| {
        let (mut stand, old) = asked();
        stand.send(answer(old));
        let of_old = stand.model.notices.iter().filter(|notice| notice.session == Some(old));
        of_old.map(|notice| notice.event.clone()).collect::<Vec<_>>()
    };
    assert!(matches!(told(&|old| deleted(old, Ok(())))[..], [Event::Deleted { .. }]));
    assert!(matches!(told(&|old| deleted(old, Err(denied())))[..], [Event::NotDeleted { .. }]));
    assert!(matches!(told(&|old| status(old, Err(denied())))[..], [Event::StatusRefused { .. }]));
    let lost = || crate::stand::lost("iam:UpdateAccessKey");
    assert!(matches!(told(&|old| status(old, Err(lost())))[..], [Event::StatusLost { .. }]));
}
