//! A simulated environment of the core: it records requests, and answers them in any order, twice, or not at all.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use keyfob::core::{
    ActivityMsg, Answered, Call, CreateMsg, CreateOutcome, Effect, FileRequest, KeysMsg, Msg, NetworkMsg,
    OpId, ProfileMsg, Reply, SessionId, SignInRequest, StartMsg, UserPage, UsersMsg,
};
use keyfob::domain::{
    AccessKey, CaProblem, Cause, ConsoleAccess, CredentialReport, DeviceCode, DeviceGrant, Failure,
    FetchedReport, Intent, IntentId, KeyId, KeyPair, KeyStatus, LastUse, MfaAsk, Profiles, Prompt,
    ReportState, ReportedKey, ReportedUser, SaveError, SavedPair, Secret, SsoSession, Steady, UserName,
};

use crate::stand::{account, user};
use crate::steps::How;

const USERS: [&str; 4] = ["alice", "bob", "carol", "nobody"];

/// The prefix of these secrets, by which they are recognised anywhere.
pub(crate) const SECRET: &str = "SECRET-";

/// A pending request.
#[derive(Clone)]
pub(crate) enum Question {
    Call(SessionId, Call),
    Profiles,
    SignIn(SessionId),
    Identify(SessionId),
    /// A code to show in the browser.
    Device(SessionId),
    /// What the browser, or `aws login`, was opened for.
    Browser(SessionId),
    Pick {
        session: SessionId,
        pick: u64,
    },
    Relist {
        session: SessionId,
        user: UserName,
    },
    Place(OpId),
    SaveTarget(OpId),
    Profile(String),
    CaFile(String),
    Page(String),
    Export,
}

impl Question {
    /// The request of `effect`, if it expects a response.
    pub(crate) fn of(effect: &Effect) -> Option<Self> {
        Some(match effect {
            Effect::Call { session, call } => Self::Call(*session, call.clone()),
            Effect::FindProfiles => Self::Profiles,
            Effect::SignIn { session, request } => match request {
                SignInRequest::Open { .. } => Self::SignIn(*session),
                SignInRequest::StartDevice { .. } => Self::Device(*session),
                SignInRequest::AwaitDevice { .. } | SignInRequest::AwsLogin { .. } => Self::Browser(*session),
            },
            Effect::Identify { session } => Self::Identify(*session),
            Effect::Relist { session, user, .. } => Self::Relist { session: *session, user: user.clone() },
            Effect::DebounceSelection { session, pick, .. } => Self::Pick { session: *session, pick: *pick },
            Effect::File(request) => match request {
                FileRequest::CheckDestination { op, .. } => Self::Place(*op),
                FileRequest::SavePair { op, .. } => Self::SaveTarget(*op),
                FileRequest::PreviewProfile { name, .. } => Self::Profile(name.clone()),
                FileRequest::Export { .. } | FileRequest::ExportKeys { .. } => Self::Export,
            },
            Effect::CheckCaFile { file } => Self::CaFile(file.clone()),
            Effect::OpenPage { url } => Self::Page(url.clone()),
            Effect::StopSignIn { .. }
            | Effect::Adopt { .. }
            | Effect::SignOut { .. }
            | Effect::NoteCreated { .. }
            | Effect::CloseIntent { .. }
            | Effect::LimitRequests(_)
            | Effect::UseNetwork(_)
            | Effect::UseLoginShell(_)
            | Effect::CopySecret { .. }
            | Effect::CopyText { .. }
            | Effect::ClearClipboard
            | Effect::SetFault { .. }
            | Effect::WriteDeed(_)
            | Effect::RecordBatch(_)
            | Effect::Save(_) => return None,
        })
    }

    /// A request that may never have been made.
    pub(crate) fn stray(number: u64, load: u64, user: usize, kind: usize) -> Self {
        let (session, op) = (SessionId(number), OpId(number));
        match kind {
            0 => Self::SignIn(session),
            1 => Self::Device(session),
            2 => Self::Browser(session),
            3 => Self::Relist { session, user: name(user) },
            4 => Self::Pick { session, pick: load },
            5 => Self::Place(op),
            6 => Self::SaveTarget(op),
            19 => Self::Identify(session),
            kind => Self::Call(session, stray_call(op, load, user, kind)),
        }
    }
}

fn stray_call(op: OpId, load: u64, user: usize, kind: usize) -> Call {
    let (user, key) = (name(user), key_id(user, load as usize));
    match kind {
        7 => Call::ReadQuota,
        8 => Call::ListUsers { load, marker: None },
        9 => Call::ListKeys { user, load, paced: false },
        10 => Call::ReadLastUse { user, key, load, paced: false },
        11 => Call::ReadDescriptions { user, load, paced: false },
        12 => Call::FindOwner { key, load },
        13 => {
            let id = IntentId::new(Timestamp::UNIX_EPOCH, op.0);
            let intent = Intent::new(id, &account(), user, Timestamp::UNIX_EPOCH);
            Call::CreateKey { op, intent: Box::new(intent) }
        }
        14 => {
            let secret = Arc::new(Secret::new(String::new()));
            Call::CheckKey { op, key, secret, after: Duration::ZERO }
        }
        15 => Call::Describe { user, key, text: "text".into() },
        16 => Call::Undescribe { user, key, batch: None },
        17 => Call::SetStatus { user, key, status: KeyStatus::Inactive, batch: None, checks: false },
        20 => Call::GenerateReport { load },
        21 => Call::FetchReport { load, after: Duration::ZERO },
        _ => Call::DeleteKey { user, key, even_active: false, batch: None },
    }
}

/// One more than the last kind of a stray answer.
pub(crate) const STRAYS: usize = 22;

/// The keys and secrets of this environment.
#[derive(Default)]
pub(crate) struct World {
    made: u64,
}

impl World {
    pub(crate) fn answer(&mut self, question: Question, how: How) -> Msg {
        match question {
            Question::Call(session, call) => {
                let reply = self.reply(call, how);
                Msg::Answered(Answered { session, reply, request_id: None, server_time: None })
            }
            Question::Profiles => Msg::Start(StartMsg::ProfilesFound(Profiles::default())),
            Question::SignIn(session) => sign_in(session, how),
            Question::Identify(session) => {
                Msg::Start(StartMsg::SignedIn { session, answer: reply(how, |_| account()) })
            }
            Question::Device(session) => {
                Msg::Start(StartMsg::DeviceStarted { session, answer: reply(how, |_| device()) })
            }
            Question::Browser(session) => {
                Msg::Start(StartMsg::BrowserDone { session, answer: reply(how, |_| ()) })
            }
            Question::Pick { session, pick } => Msg::Users(UsersMsg::SelectionSettled { session, pick }),
            Question::Relist { session, user } => Msg::Keys(KeysMsg::RelistDue { session, user }),
            Question::Place(op) => Msg::Create(CreateMsg::DestinationChecked {
                op,
                answer: reply(how, |_| ()).map_err(not_written),
            }),
            Question::SaveTarget(op) => {
                let written =
                    |_| SavedPair { path: "/home/anna/pair".into(), profile: None, warnings: Vec::new() };
                Msg::Create(CreateMsg::SaveEnded { op, answer: reply(how, written).map_err(not_written) })
            }
            Question::Profile(name) => {
                Msg::Profile(ProfileMsg::Previewed { name, answer: Err("it is no profile".into()) })
            }
            Question::CaFile(file) => {
                let answer = reply(how, |_| ()).map_err(|_failure| CaProblem::NotReadable("gone".into()));
                Msg::Network(NetworkMsg::CaFileChecked { file, answer })
            }
            Question::Page(url) => Msg::PageNotOpened { url, reason: "no browser".into() },
            Question::Export => {
                let answer = reply(how, |_| "/home/anna/report.csv".into()).map_err(not_written);
                Msg::Activity(ActivityMsg::Exported { answer })
            }
        }
    }

    /// What AWS answers to a call.
    pub(crate) fn reply(&mut self, call: Call, how: How) -> Reply {
        match call {
            Call::ReadQuota => Reply::ReadQuota { result: reply(how, |bits| 2 + u32::from(bits % 3)) },
            Call::ListUsers { load, marker } => {
                let result = reply(how, |bits| UserPage {
                    users: USERS.iter().take(3).map(|name| user(name)).collect(),
                    next: (marker.is_none() && bits % 4 == 0).then(|| "more".to_owned()),
                });
                Reply::ListUsers { load, marker, result }
            }
            Call::ListKeys { user, load, paced } => {
                Reply::ListKeys { result: reply(how, |bits| keys(&user, bits).into()), user, load, paced }
            }
            Call::ReadLastUse { user, key, load, paced } => {
                Reply::ReadLastUse { user, key, load, paced, result: reply(how, |_| LastUse::Never) }
            }
            Call::ReadDescriptions { user, load, paced } => {
                Reply::ReadDescriptions { user, load, paced, result: reply(how, |_| BTreeMap::new()) }
            }
            Call::GenerateReport { load } => {
                let state = |bits: u8| {
                    if bits.is_multiple_of(4) { ReportState::InProgress } else { ReportState::Complete }
                };
                Reply::GenerateReport { load, result: reply(how, state) }
            }
            Call::FetchReport { load, after } => {
                let fetched = |bits: u8| match bits % 8 {
                    1 => FetchedReport::InProgress,
                    2 => FetchedReport::Missing,
                    _ => FetchedReport::Ready(Box::new(report(bits))),
                };
                Reply::FetchReport { load, after, result: reply(how, fetched) }
            }
            Call::FindOwner { key, load } => {
                let owner = |bits: u8| bits.is_multiple_of(2).then(|| name(usize::from(bits % 4)));
                Reply::FindOwner { key, load, result: reply(how, owner) }
            }
            Call::CreateKey { op, intent } => {
                let outcome = match reply(how, |_| ()) {
                    Ok(()) => CreateOutcome::Made(self.pair()),
                    Err(failure) => self.not_made(how, failure),
                };
                Reply::CreateKey { op, intent, result: Ok(outcome) }
            }
            Call::CheckKey { op, key, secret, after } => {
                let result = reply(how, |_| "arn:aws:iam::123456789012:user/alice".to_owned());
                Reply::CheckKey { op, key, secret, after, result }
            }
            Call::Describe { user, key, text } => {
                Reply::Describe { user, key, text, result: reply(how, |_| ()) }
            }
            Call::Undescribe { user, key, batch } => {
                Reply::Undescribe { user, key, batch, result: reply(how, |_| ()) }
            }
            Call::SetStatus { user, key, status, batch, checks } => {
                Reply::SetStatus { user, key, status, batch, checks, result: reply(how, |_| ()) }
            }
            Call::DeleteKey { user, key, even_active, batch } => {
                Reply::DeleteKey { user, key, even_active, batch, result: reply(how, |_| ()) }
            }
        }
    }

    fn pair(&mut self) -> KeyPair {
        self.made += 1;
        let secret = Secret::new(format!("{SECRET}{:033}", self.made));
        KeyPair { id: KeyId::new(format!("AKIAMADE{:08}", self.made)), secret, created: None }
    }

    fn not_made(&mut self, how: How, failure: Failure) -> CreateOutcome {
        match how {
            How::Lost => CreateOutcome::Unknown { failure, orphans: vec![self.pair().id], listed: true },
            How::Well(_) | How::Refused => CreateOutcome::Refused(failure),
        }
    }
}

/// Some sign-ins ask on their way.
fn sign_in(session: SessionId, how: How) -> Msg {
    let ask = match how {
        How::Well(bits) if bits % 16 == 2 => Prompt::Mfa(MfaAsk::default()),
        How::Well(bits) if bits % 16 == 4 => Prompt::Sso(sso()),
        How::Well(bits) if bits % 16 == 6 => Prompt::Login { profile: "lab".into() },
        How::Well(bits) if bits % 16 == 8 => Prompt::PlainHttp { url: "http://iam".into() },
        How::Well(_) => return Msg::Start(StartMsg::Connected { session }),
        How::Refused | How::Lost => {
            return Msg::Start(StartMsg::SignedIn { session, answer: reply(how, |_| account()) });
        }
    };
    Msg::Start(StartMsg::Prompted { session, ask })
}

fn sso() -> SsoSession {
    SsoSession {
        name: None,
        start_url: "https://lab.awsapps.com/start".into(),
        region: "eu-west-1".into(),
        profile: "lab".into(),
        scopes: Vec::new(),
    }
}

fn device() -> (DeviceCode, DeviceGrant) {
    let ends = Steady::new(0, 0);
    let code = DeviceCode { user_code: "ABCD-EFGH".into(), url: "https://device".into(), ends };
    let grant = DeviceGrant {
        session: sso(),
        client_id: "client".into(),
        client_secret: Secret::new(String::new()),
        registered_until_secs: 0,
        device_code: Secret::new(String::new()),
        interval_secs: 5,
        ends,
    };
    (code, grant)
}

/// A report of all users, each with one key, active or not.
fn report(bits: u8) -> CredentialReport {
    let key = |at: usize| ReportedKey {
        slot: 1,
        status: if bits >> at & 1 == 1 { KeyStatus::Active } else { KeyStatus::Inactive },
        created: Some(Timestamp::UNIX_EPOCH),
        last_use: Some(LastUse::Never),
    };
    let of = |at: usize, name: &str| ReportedUser {
        name: UserName::new(name),
        console: ConsoleAccess::default(),
        keys: vec![key(at)],
    };
    let users = USERS.iter().enumerate().map(|(at, name)| of(at, name)).collect();
    let root = Some(of(USERS.len(), "<root_account>"));
    CredentialReport { as_of: Timestamp::UNIX_EPOCH, root, users, problems: Vec::new(), more_problems: 0 }
}

/// The keys whose low bit is set; the high bits select the active ones.
fn keys(user: &UserName, bits: u8) -> Vec<AccessKey> {
    let at = USERS.iter().position(|name| *name == user.as_str()).unwrap_or_default();
    let key = |number: usize| {
        let status = if bits >> (number + 4) & 1 == 1 { KeyStatus::Active } else { KeyStatus::Inactive };
        AccessKey { id: key_id(at, number), status, created: None }
    };
    (0..4).filter(|number| bits >> number & 1 == 1).map(key).collect()
}

/// The first key of alice is the signing key.
pub(crate) fn key_id(user: usize, number: usize) -> KeyId {
    if (user, number % 4) == (0, 0) {
        KeyId::new("AKIASIGNS")
    } else {
        KeyId::new(format!("AKIA{user}KEY{}", number % 4))
    }
}

pub(crate) fn name(user: usize) -> UserName {
    UserName::new(USERS.get(user).copied().unwrap_or("nobody"))
}

fn reply<T>(how: How, well: impl FnOnce(u8) -> T) -> Result<T, Failure> {
    match how {
        How::Well(bits) => Ok(well(bits)),
        How::Refused => Err(Failure::new("iam:Any", Cause::Denied(Default::default()))),
        How::Lost => Err(failure()),
    }
}

fn not_written(_: Failure) -> SaveError {
    SaveError::Failed("the disk is full".into())
}

fn failure() -> Failure {
    Failure::new("iam:Any", Cause::TaskLost)
}
