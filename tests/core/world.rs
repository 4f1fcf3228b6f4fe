//! A simulated environment of the core: it records requests, and answers them in any order, twice, or not at all.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use keyfob::core::{
    AccountKeysMsg, AccountMsg, ActivityMsg, Answered, Call, ClipboardEvent, CreateMsg, CreateOptions,
    CreateOutcome, Effect, FindMsg, KeysMsg, Model, Msg, NetworkMsg, OpId, ProfileMsg, Reply, SessionId,
    SettingsMsg, SignInStep, StartMsg, UserPage, UsersMsg,
};
use keyfob::domain::{
    AccessKey, AccountPrefs, CaProblem, Cause, ConsoleAccess, CredentialReport, DeviceCode, DeviceGrant,
    Failure, FetchedReport, Intent, IntentId, KeyId, KeyPair, KeyStatus, LastUse, MfaAsk, MfaCode, Network,
    PairFormat, Profiles, Prompt, PromptReply, ReportState, ReportedKey, ReportedUser, SaveError, SaveTarget,
    SavedPair, Secret, SignInChoice, SsoSession, Steady, UserName, WindowPlace,
};

use crate::stand::{account, user};
use crate::steps::{How, Press};

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
            Effect::SignIn { session, .. } => Self::SignIn(*session),
            Effect::Identify { session } => Self::Identify(*session),
            Effect::StartDevice { session, .. } => Self::Device(*session),
            Effect::AwaitDevice { session, .. } | Effect::AwsLogin { session, .. } => Self::Browser(*session),
            Effect::Relist { session, user, .. } => Self::Relist { session: *session, user: user.clone() },
            Effect::DebounceSelection { session, pick, .. } => Self::Pick { session: *session, pick: *pick },
            Effect::CheckDestination { op, .. } => Self::Place(*op),
            Effect::SavePair { op, .. } => Self::SaveTarget(*op),
            Effect::PreviewProfile { name, .. } => Self::Profile(name.clone()),
            Effect::CheckCaFile { file } => Self::CaFile(file.clone()),
            Effect::OpenPage { url } => Self::Page(url.clone()),
            Effect::Export { .. } | Effect::ExportKeys { .. } => Self::Export,
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
        16 => Call::Undescribe { user, key },
        17 => Call::SetStatus { user, key, status: KeyStatus::Inactive },
        20 => Call::GenerateReport { load },
        21 => Call::FetchReport { load, after: Duration::ZERO },
        _ => Call::DeleteKey { user, key, even_active: false },
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
                let reply = self.reply(&call, how);
                Msg::Answered(Answered { session, call, reply, request_id: None, server_time: None })
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
    pub(crate) fn reply(&mut self, call: &Call, how: How) -> Result<Reply, Failure> {
        reply(how, |bits| match call {
            Call::ReadQuota => Reply::Quota(2 + u32::from(bits % 3)),
            Call::ListUsers { marker, .. } => Reply::Users(UserPage {
                users: USERS.iter().take(3).map(|name| user(name)).collect(),
                next: (marker.is_none() && bits % 4 == 0).then(|| "more".to_owned()),
            }),
            Call::ListKeys { user, .. } => Reply::Keys(keys(user, bits)),
            Call::ReadLastUse { .. } => Reply::LastUse(LastUse::Never),
            Call::ReadDescriptions { .. } => Reply::Descriptions(BTreeMap::new()),
            Call::GenerateReport { .. } => Reply::ReportState(match bits % 4 {
                0 => ReportState::InProgress,
                _ => ReportState::Complete,
            }),
            Call::FetchReport { .. } => Reply::Report(match bits % 8 {
                1 => FetchedReport::InProgress,
                2 => FetchedReport::Missing,
                _ => FetchedReport::Ready(Box::new(report(bits))),
            }),
            Call::FindOwner { .. } => Reply::Owner((bits % 2 == 0).then(|| name(usize::from(bits % 4)))),
            Call::CreateKey { .. } => Reply::Created(CreateOutcome::Made(self.pair())),
            Call::CheckKey { .. } => Reply::Caller("arn:aws:iam::123456789012:user/alice".to_owned()),
            Call::Describe { .. }
            | Call::Undescribe { .. }
            | Call::SetStatus { .. }
            | Call::DeleteKey { .. } => Reply::Done(()),
        })
        .or_else(|failure| match call {
            Call::CreateKey { .. } => Ok(Reply::Created(self.not_made(how, failure))),
            _ => Err(failure),
        })
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
fn key_id(user: usize, number: usize) -> KeyId {
    if (user, number % 4) == (0, 0) {
        KeyId::new("AKIASIGNS")
    } else {
        KeyId::new(format!("AKIA{user}KEY{}", number % 4))
    }
}

fn name(user: usize) -> UserName {
    UserName::new(USERS.get(user).copied().unwrap_or("nobody"))
}

fn reply<T>(how: How, well: impl FnOnce(u8) -> T) -> Result<T, Failure> {
    match how {
        How::Well(bits) => Ok(well(bits)),
        How::Refused => Err(Failure::new("iam:Any", Cause::Denied(Default::default()))),
        How::Lost => Err(failure()),
    }
}

fn place() -> SaveTarget {
    SaveTarget::File { format: PairFormat::Json, path: "/home/anna/pair".into(), replace: false }
}

fn not_written(_: Failure) -> SaveError {
    SaveError::Failed("the disk is full".into())
}

fn failure() -> Failure {
    Failure::new("iam:Any", Cause::TaskLost)
}

/// The events that the clipboard may send at any time.
pub(crate) fn clipboard(kind: usize, model: &Model) -> Msg {
    let reason = || "the reason".to_owned();
    Msg::Clipboard(match kind {
        0 | 1 => ClipboardEvent::Holds { until: Some(model.now.steady + SignedDuration::from_secs(45)) },
        2 => ClipboardEvent::Cleared,
        3 => ClipboardEvent::NotOurs,
        4 => ClipboardEvent::NotCleared { reason: reason() },
        _ => ClipboardEvent::NotCopied { secret: true, reason: reason() },
    })
}

/// The message of a press; `None` if there is nothing to press.
pub(crate) fn press(press: Press, model: &Model) -> Option<Msg> {
    let notice = |at: usize| model.notices.get(at);
    let keys = |msg| Some(Msg::Keys(msg));
    let create = |msg| Some(Msg::Create(msg));
    match press {
        Press::OpenAccount { choice, read_only } => {
            let choice = match choice {
                0 => SignInChoice::Practice,
                1 => SignInChoice::Environment,
                _ => SignInChoice::Profile("lab".into()),
            };
            Some(Msg::Start(StartMsg::Open { choice, read_only }))
        }
        Press::CancelSignIn => Some(Msg::Start(StartMsg::CancelSignIn)),
        Press::Renew { use_mfa } => Some(Msg::Start(StartMsg::Renew { use_mfa })),
        Press::PromptReply { rightly } => Some(Msg::Start(StartMsg::Reply(answer(model, rightly)?))),
        Press::Find { user, key } => Some(Msg::Find(FindMsg::LookUp(key_id(user, key)))),
        Press::GoTo { user, key } => Some(Model::go_to(&name(user), Some(&key_id(user, key)))),
        Press::Show(tab) => Some(Msg::Show(tab)),
        Press::PreviewProfile => Some(Msg::Profile(ProfileMsg::Look("lab".into()))),
        Press::CheckCaFile => Some(Msg::Network(NetworkMsg::CheckCaFile("/ca.pem".into()))),
        Press::SetNetwork => {
            let network = Network { ca_file: "/ca.pem".into(), ..Network::default() };
            Some(Msg::Network(NetworkMsg::Set(network)))
        }
        Press::OpenPage => Some(Msg::OpenPage { url: "https://console".into() }),
        Press::Export => {
            let entries = model.activity.entries().cloned().collect();
            Some(Msg::Activity(ActivityMsg::Export {
                entries,
                path: "/home/anna/report.csv".into(),
                replace: true,
            }))
        }
        Press::SwitchAccount => Some(Msg::Start(StartMsg::SwitchAccount)),
        Press::FindProfiles => Some(Msg::Start(StartMsg::FindProfiles)),
        Press::Pick(user) => Some(Msg::Users(UsersMsg::Select(name(user)))),
        Press::Sort(order) => Some(Msg::Users(UsersMsg::Sort(order))),
        Press::InView(count) => Some(Msg::Users(UsersMsg::InView((0..count).map(name).collect()))),
        Press::LoadAccountKeys => Some(Msg::AccountKeys(AccountKeysMsg::Load)),
        Press::PauseSweep => Some(Msg::AccountKeys(AccountKeysMsg::Pause)),
        Press::ResumeSweep => Some(Msg::AccountKeys(AccountKeysMsg::Resume)),
        Press::CancelSweep => Some(Msg::AccountKeys(AccountKeysMsg::Cancel)),
        Press::Refresh => Some(Msg::Refresh),
        Press::Create { copy, described, saved, stale } => {
            let description = described.then(|| "text".to_owned());
            // For the key on screen, or for one that was there before.
            let selected_user = model.open.as_ref().and_then(|open| open.selected_user().cloned());
            let user = selected_user.filter(|_| !stale).unwrap_or_else(|| name(0));
            let wish = CreateOptions { copy, description, save_to: saved.then(place) };
            create(CreateMsg::Create { user, wish })
        }
        Press::SaveTarget => create(CreateMsg::Save(place())),
        Press::Check => create(CreateMsg::Check),
        Press::DeactivateAndDiscard => create(CreateMsg::DeactivateAndDiscard),
        Press::DismissUnfinished => model.creations.unfinished.first().map(Model::dismiss_unfinished),
        Press::Copy(format) => create(CreateMsg::Copy(format)),
        Press::Saved => create(CreateMsg::Saved),
        Press::DiscardSecret => create(CreateMsg::DiscardSecret),
        Press::Keep => create(CreateMsg::Keep),
        Press::SetStatus { user, key, to } => {
            keys(KeysMsg::SetStatus { user: name(user), key: key_id(user, key), status: to })
        }
        Press::ConfirmSwitch => keys(KeysMsg::ConfirmSwitch),
        Press::CancelSwitch => keys(KeysMsg::CancelSwitch),
        Press::AskDelete { user, key } => {
            keys(KeysMsg::AskDelete { user: name(user), key: key_id(user, key) })
        }
        Press::DeactivateFirst => keys(KeysMsg::DeactivateFirst),
        Press::Delete { rightly } => {
            let delete_dialog = model.open.as_ref().and_then(|open| open.pending.delete_dialog.as_ref());
            let typed = delete_dialog
                .filter(|_| rightly)
                .map_or_else(|| "xxxx".to_owned(), |delete_dialog| delete_dialog.key.to_string());
            keys(KeysMsg::Delete { typed })
        }
        Press::CancelDelete => keys(KeysMsg::CancelDelete),
        Press::Describe { user, key } => {
            let text = "text".to_owned();
            keys(KeysMsg::Describe { user: name(user), key: key_id(user, key), text })
        }
        Press::ClearClipboard => Some(Msg::ClearClipboard),
        Press::Dismiss(at) => notice(at).map(|notice| Msg::Dismiss(notice.id)),
        Press::Undo(at) => notice(at).and_then(|notice| Model::undo(&notice.event)),
        Press::SetLook { read_only } => {
            let prefs = AccountPrefs { read_only, ..AccountPrefs::default() };
            Some(Msg::Account(AccountMsg::SetLook(prefs)))
        }
        Press::AllowChanges => Some(Msg::Account(AccountMsg::AllowChanges)),
        Press::PlaceWindow => {
            let place = WindowPlace { position: None, size: [800.0, 600.0], maximised: false };
            Some(Msg::Settings(SettingsMsg::WindowPlaced(place)))
        }
    }
}

/// What the sign-in waits for; `rightly`: it fits the question.
fn answer(model: &Model, rightly: bool) -> Option<PromptReply> {
    let SignInStep::Asking(ask) = &model.sign_in()?.step else { return None };
    let mfa = || {
        Some(PromptReply::Mfa { serial: "arn:aws:iam::1:mfa/anna".into(), code: MfaCode::parse("123456")? })
    };
    match ask {
        Prompt::Mfa(_) if rightly => mfa(),
        Prompt::PlainHttp { .. } if rightly => Some(PromptReply::PlainHttp),
        Prompt::Sso(_) | Prompt::Login { .. } if !rightly => mfa(),
        Prompt::Mfa(_) | Prompt::PlainHttp { .. } | Prompt::Sso(_) | Prompt::Login { .. } => {
            Some(PromptReply::Browser)
        }
    }
}
