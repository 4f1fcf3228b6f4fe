//! A model with a manual clock, and messages for it.

use jiff::SignedDuration;
use keyfob::core::{
    Call, CreateMsg, CreateOptions, CreateOutcome, Effect, KeysMsg, Model, Msg, OpId, SessionId,
    SignInRequest, StartMsg, UserPage,
};
use keyfob::domain::{
    AccessKey, Account, Caller, Cause, Endpoint, Failure, KeyId, KeyPair, KeyStatus, Moment, Secret,
    Settings, SignInChoice, User, UserName,
};

use crate::answers;

/// A model with a manual clock.
pub(crate) struct Stand {
    pub(crate) model: Model,
    pub(crate) now: Moment,
}

impl Stand {
    pub(crate) fn new() -> Self {
        let now = Moment::of("2026-11-24T12:00:00Z".parse().expect("a time"));
        Self { model: Model::new(Settings::default(), false, now), now }
    }

    pub(crate) fn started_read_only() -> Self {
        let Self { model, now } = Self::new();
        Self { model: Model::new(model.settings, true, now), now }
    }

    pub(crate) fn send(&mut self, msg: Msg) -> Vec<Effect> {
        self.model.update(msg, self.now)
    }

    pub(crate) fn wait(&mut self, secs: i64) {
        self.now += SignedDuration::from_secs(secs);
    }

    /// Signs in to an account with the users alice and bob; alice, the first, is selected.
    pub(crate) fn open(read_only: bool) -> Self {
        let mut stand = Self::new();
        let effects = stand.send(open(SignInChoice::Practice, read_only));
        let session = sign_in_of(&effects);
        let effects = stand.signed_in(session);
        let load = effects.iter().find_map(|effect| {
            let Effect::Call { call: Call::ListUsers { load, .. }, .. } = effect else { return None };
            Some(*load)
        });
        let users = vec![user("alice"), user("bob")];
        let load = load.expect("the users are asked for");
        stand.send(page(session, load, users, None));
        stand
    }

    pub(crate) fn session(&self) -> SessionId {
        self.model.open.as_ref().expect("an account is open").session
    }

    /// Presses a profile, and returns the pending session.
    pub(crate) fn ask_to_open(&mut self, choice: SignInChoice) -> SessionId {
        let effects = self.send(open(choice, false));
        sign_in_of(&effects)
    }

    /// The sign-in succeeds.
    pub(crate) fn signed_in(&mut self, session: SessionId) -> Vec<Effect> {
        self.send(Msg::Start(StartMsg::SignedIn { session, answer: Ok(account()) }))
    }

    /// Answers the pending key list of the selected user.
    pub(crate) fn list(&mut self, keys: &[AccessKey]) -> Vec<Effect> {
        let effects = self.send(Msg::Refresh);
        let (user, load) = effects
            .iter()
            .find_map(|effect| {
                let Effect::Call { call: Call::ListKeys { user, load, .. }, .. } = effect else {
                    return None;
                };
                Some((user.clone(), *load))
            })
            .expect("the keys are asked for");
        let session = self.session();
        self.send(answers::listed(session, user, load, Ok(keys.to_vec())))
    }

    pub(crate) fn create(&mut self) -> Vec<Effect> {
        self.send(Msg::Create(CreateMsg::Create {
            user: alice(),
            wish: CreateOptions { copy: true, ..CreateOptions::default() },
        }))
    }

    /// Creates a key for alice and answers the request.
    pub(crate) fn made(&mut self) -> OpId {
        self.list(&[]);
        let op = create_op(&self.create()).expect("a key is asked for");
        self.send(answered(self, op, CreateOutcome::Made(pair("AKIANEW0000000000NEW"))));
        op
    }

    /// The pair in the new key panel.
    pub(crate) fn shown(&self) -> Option<&KeyPair> {
        self.model.new_key().map(|new_key| &new_key.pair)
    }

    pub(crate) fn status(&self, key: &str) -> Option<KeyStatus> {
        let open = self.model.open.as_ref()?;
        Some(open.keys_of(&alice())?.key(&KeyId::new(key))?.status)
    }
}

pub(crate) fn sign_in_of(effects: &[Effect]) -> SessionId {
    let session = effects.iter().find_map(|effect| {
        let Effect::SignIn { session, request: SignInRequest::Open { .. } } = effect else { return None };
        Some(*session)
    });
    session.expect("a sign-in")
}

/// The sessions whose connections are closed.
pub(crate) fn signed_out(effects: &[Effect]) -> Vec<SessionId> {
    let sessions = effects.iter().filter_map(|effect| {
        let Effect::SignOut { session } = effect else { return None };
        Some(*session)
    });
    sessions.collect()
}

pub(crate) fn open(choice: SignInChoice, read_only: bool) -> Msg {
    Msg::Start(StartMsg::Open { choice, read_only })
}

pub(crate) fn account() -> Account {
    Account {
        id: "123456789012".into(),
        alias: None,
        profile: "lab".into(),
        caller: Caller::User(UserName::new("anna")),
        caller_arn: "arn:aws:iam::123456789012:user/anna".into(),
        signing_key: Some(KeyId::new("AKIASIGNS")),
        session_key: None,
        endpoint: Endpoint::Practice,
        expires: None,
        takes_mfa: true,
        other_endpoints: Vec::new(),
    }
}

pub(crate) fn alice() -> UserName {
    UserName::new("alice")
}

pub(crate) fn user(name: &str) -> User {
    User { name: UserName::new(name), path: "/".into(), created: None, password_last_used: None }
}

pub(crate) fn page(session: SessionId, load: u64, users: Vec<User>, next: Option<&str>) -> Msg {
    let page = UserPage { users, next: next.map(str::to_owned) };
    answers::users(session, load, Ok(page))
}

pub(crate) fn key(id: &str, status: KeyStatus) -> AccessKey {
    AccessKey { id: KeyId::new(id), status, created: None }
}

pub(crate) fn pair(id: &str) -> KeyPair {
    KeyPair { id: KeyId::new(id), secret: Secret::new("s".repeat(40)), created: None }
}

/// What became of a creation, in the session that asked for it.
pub(crate) fn answered(stand: &Stand, op: OpId, outcome: CreateOutcome) -> Msg {
    let creation = stand.model.creation().filter(|creation| creation.op == op);
    let session = creation.map_or_else(|| stand.session(), |creation| creation.session);
    answers::created(session, op, outcome)
}

pub(crate) fn create_op(effects: &[Effect]) -> Option<OpId> {
    effects.iter().find_map(|effect| {
        let Effect::Call { call: Call::CreateKey { op, .. }, .. } = effect else { return None };
        Some(*op)
    })
}

pub(crate) fn set_status(key: &str, status: KeyStatus) -> Msg {
    Msg::Keys(KeysMsg::SetStatus { user: alice(), key: KeyId::new(key), status })
}

pub(crate) fn status_set(stand: &Stand, key: &str, status: KeyStatus, answer: Result<(), Failure>) -> Msg {
    let session = stand.session();
    answers::status_set(session, alice(), KeyId::new(key), status, answer)
}

pub(crate) fn denied() -> Failure {
    Failure::new("iam:UpdateAccessKey", Cause::Denied(Default::default()))
}

/// A call without a response.
pub(crate) fn lost(action: &'static str) -> Failure {
    Failure::new(action, Cause::NotInTime { host: "iam.amazonaws.com".into() })
}
