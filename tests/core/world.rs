//! A simulated environment of the core: it records requests, and answers them in any order, twice, or not at all.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use keyfob::core::{
    AccountMsg, ClipboardEvent, CreateMsg, CreateOutcome, Effect, KeysMsg, Model, Msg, OpId, SessionId,
    SettingsMsg, StartMsg, UserPage, UsersMsg, Wish,
};
use keyfob::domain::{
    AccessKey, AccountLook, Cause, Failure, HandOver, HandedOver, KeyId, KeyPair, KeyStatus, LastUse,
    NotHandedOver, PairFormat, Secret, SignInChoice, UserName, WindowPlace,
};

use crate::stand::{account, user};
use crate::steps::{How, Press};

const USERS: [&str; 4] = ["alice", "bob", "carol", "nobody"];

/// The prefix of these secrets, by which they are recognised anywhere.
pub(crate) const SECRET: &str = "SECRET-";

/// A pending request.
#[derive(Clone)]
pub(crate) enum Question {
    SignIn(SessionId),
    Quota(SessionId),
    Users { session: SessionId, load: u64, first: bool },
    Keys { session: SessionId, user: UserName, load: u64 },
    LastUse { session: SessionId, user: UserName, key: KeyId, load: u64 },
    Descriptions { session: SessionId, user: UserName, load: u64 },
    Relist { session: SessionId, user: UserName },
    Create(OpId),
    Place(OpId),
    HandOver(OpId),
    Check(OpId),
    Describe { session: SessionId, user: UserName, key: KeyId },
    Undescribe { session: SessionId, user: UserName, key: KeyId },
    Pick { session: SessionId, pick: u64 },
    SetStatus { session: SessionId, user: UserName, key: KeyId, status: KeyStatus },
    Delete { session: SessionId, user: UserName, key: KeyId },
}

impl Question {
    /// The request of `effect`, if it expects a response.
    pub(crate) fn of(effect: &Effect) -> Option<Self> {
        Some(match effect {
            Effect::SignIn { session, .. } => Self::SignIn(*session),
            Effect::ReadQuota { session } => Self::Quota(*session),
            Effect::ListUsers { session, load, marker } => {
                Self::Users { session: *session, load: *load, first: marker.is_none() }
            }
            Effect::ListKeys { session, user, load, .. } => {
                Self::Keys { session: *session, user: user.clone(), load: *load }
            }
            Effect::ReadLastUse { session, user, key, load } => {
                Self::LastUse { session: *session, user: user.clone(), key: key.clone(), load: *load }
            }
            Effect::ReadDescriptions { session, user, load } => {
                Self::Descriptions { session: *session, user: user.clone(), load: *load }
            }
            Effect::Relist { session, user, .. } => Self::Relist { session: *session, user: user.clone() },
            Effect::CreateKey { op, .. } => Self::Create(*op),
            Effect::CheckPlace { op, .. } => Self::Place(*op),
            Effect::HandOver { op, .. } => Self::HandOver(*op),
            Effect::CheckKey { op, .. } => Self::Check(*op),
            Effect::Describe { session, user, key, .. } => {
                Self::Describe { session: *session, user: user.clone(), key: key.clone() }
            }
            Effect::Undescribe { session, user, key } => {
                Self::Undescribe { session: *session, user: user.clone(), key: key.clone() }
            }
            Effect::WaitForPick { session, pick, .. } => Self::Pick { session: *session, pick: *pick },
            Effect::SetStatus { session, user, key, status } => {
                Self::SetStatus { session: *session, user: user.clone(), key: key.clone(), status: *status }
            }
            Effect::DeleteKey { session, user, key } => {
                Self::Delete { session: *session, user: user.clone(), key: key.clone() }
            }
            _ => return None,
        })
    }

    /// A request that may never have been made.
    pub(crate) fn stray(number: u64, load: u64, user: usize, kind: usize) -> Self {
        let (session, user, key) = (SessionId(number), name(user), key_id(user, load as usize));
        match kind {
            0 => Self::SignIn(session),
            1 => Self::Quota(session),
            2 => Self::Users { session, load, first: false },
            3 => Self::Keys { session, user, load },
            4 => Self::LastUse { session, user, key, load },
            5 => Self::Descriptions { session, user, load },
            6 => Self::Relist { session, user },
            7 => Self::Create(OpId(number)),
            8 => Self::Describe { session, user, key },
            9 => Self::Undescribe { session, user, key },
            11 => Self::Pick { session, pick: load },
            12 => Self::Place(OpId(number)),
            13 => Self::HandOver(OpId(number)),
            14 => Self::Check(OpId(number)),
            10 => Self::SetStatus { session, user, key, status: KeyStatus::Inactive },
            _ => Self::Delete { session, user, key },
        }
    }
}

/// The keys and secrets of this environment.
#[derive(Default)]
pub(crate) struct World {
    made: u64,
}

impl World {
    pub(crate) fn answer(&mut self, question: Question, how: How) -> Msg {
        match question {
            Question::SignIn(session) => {
                let answer = reply(how, |_| account());
                Msg::Start(StartMsg::SignedIn { session, answer })
            }
            Question::Quota(session) => {
                let answer = reply(how, |bits| 2 + u32::from(bits % 3));
                Msg::Start(StartMsg::Quota { session, answer })
            }
            Question::Users { session, load, first } => {
                let answer = reply(how, |bits| UserPage {
                    users: USERS.iter().take(3).map(|name| user(name)).collect(),
                    next: (first && bits % 4 == 0).then(|| "more".to_owned()),
                });
                Msg::Users(UsersMsg::Page { session, load, answer })
            }
            Question::Create(op) => Msg::Create(CreateMsg::Answered { op, outcome: self.outcome(how) }),
            Question::Place(op) => {
                Msg::Create(CreateMsg::PlaceChecked { op, answer: reply(how, |_| ()).map_err(not_written) })
            }
            Question::HandOver(op) => {
                let written =
                    |_| HandedOver { path: "/home/anna/pair".into(), profile: None, warnings: Vec::new() };
                Msg::Create(CreateMsg::HandedOver { op, answer: reply(how, written).map_err(not_written) })
            }
            Question::Check(op) => {
                let arn = |_| "arn:aws:iam::123456789012:user/alice".to_owned();
                Msg::Create(CreateMsg::Checked { op, answer: reply(how, arn) })
            }
            Question::Pick { session, pick } => Msg::Users(UsersMsg::PickStays { session, pick }),
            question => Msg::Keys(about_keys(question, how)),
        }
    }

    fn outcome(&mut self, how: How) -> CreateOutcome {
        self.made += 1;
        let id = KeyId::new(format!("AKIAMADE{:08}", self.made));
        match how {
            How::Well(_) => {
                let secret = Secret::new(format!("{SECRET}{:033}", self.made));
                CreateOutcome::Made(KeyPair { id, secret, created: None })
            }
            How::Refused => CreateOutcome::Refused(failure()),
            How::Lost => CreateOutcome::Unknown { failure: failure(), orphans: vec![id], listed: true },
        }
    }
}

fn about_keys(question: Question, how: How) -> KeysMsg {
    match question {
        Question::LastUse { session, user, key, load } => {
            KeysMsg::LastUse { session, user, key, load, answer: reply(how, |_| LastUse::Never) }
        }
        Question::Descriptions { session, user, load } => {
            KeysMsg::Descriptions { session, user, load, answer: reply(how, |_| BTreeMap::new()) }
        }
        Question::Relist { session, user } => KeysMsg::RelistDue { session, user },
        Question::Describe { session, user, key } => {
            KeysMsg::Described { session, user, key, text: "text".into(), answer: reply(how, |_| ()) }
        }
        Question::Undescribe { session, user, key } => {
            KeysMsg::Undescribed { session, user, key, answer: reply(how, |_| ()) }
        }
        Question::SetStatus { session, user, key, status } => {
            KeysMsg::StatusSet { session, user, key, status, answer: reply(how, |_| ()) }
        }
        Question::Delete { session, user, key } => {
            KeysMsg::Deleted { session, user, key, answer: reply(how, |_| ()) }
        }
        Question::Keys { session, user, load } => {
            let answer = reply(how, |bits| keys(&user, bits));
            KeysMsg::Listed { session, user, load, answer }
        }
        _ => KeysMsg::CancelSwitch,
    }
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

fn place() -> HandOver {
    HandOver::File { format: PairFormat::Json, path: "/home/anna/pair".into(), replace: false }
}

fn not_written(_: Failure) -> NotHandedOver {
    NotHandedOver::Failed("the disk is full".into())
}

fn failure() -> Failure {
    Failure::new("iam:Any", Cause::TaskLost)
}

/// The events that the clipboard may send at any time.
pub(crate) fn clipboard(kind: usize, model: &Model) -> Msg {
    let reason = || "the reason".to_owned();
    Msg::Clipboard(match kind {
        0 | 1 => ClipboardEvent::Holds { until: Some(model.now + SignedDuration::from_secs(45)) },
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
        Press::Open { choice, read_only } => {
            let choice = match choice {
                0 => SignInChoice::Practice,
                1 => SignInChoice::Environment,
                _ => SignInChoice::Profile("lab".into()),
            };
            Some(Msg::Start(StartMsg::Open { choice, read_only }))
        }
        Press::CancelSignIn => Some(Msg::Start(StartMsg::CancelSignIn)),
        Press::SwitchAccount => Some(Msg::Start(StartMsg::SwitchAccount)),
        Press::FindProfiles => Some(Msg::Start(StartMsg::FindProfiles)),
        Press::Pick(user) => Some(Msg::Users(UsersMsg::Pick(name(user)))),
        Press::Sort(order) => Some(Msg::Users(UsersMsg::Sort(order))),
        Press::InView(count) => Some(Msg::Users(UsersMsg::InView((0..count).map(name).collect()))),
        Press::Refresh => Some(Msg::Refresh),
        Press::Create { copy, described, saved, stale } => {
            let description = described.then(|| "text".to_owned());
            // For the key on screen, or for one that was there before.
            let picked = model.open.as_ref().and_then(|open| open.picked.clone());
            let user = picked.filter(|_| !stale).unwrap_or_else(|| name(0));
            let wish = Wish { copy, description, hand_over: saved.then(place) };
            create(CreateMsg::Create { user, wish })
        }
        Press::HandOver => create(CreateMsg::HandOver(place())),
        Press::Check => create(CreateMsg::Check),
        Press::DeactivateAndLetGo => create(CreateMsg::DeactivateAndLetGo),
        Press::DismissUnfinished => model.unfinished.first().map(Model::dismiss_unfinished),
        Press::Copy(format) => create(CreateMsg::Copy(format)),
        Press::Saved => create(CreateMsg::Saved),
        Press::LetGo => create(CreateMsg::LetGo),
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
            let gate = model.open.as_ref().and_then(|open| open.gate.as_ref());
            let typed =
                gate.filter(|_| rightly).map_or_else(|| "xxxx".to_owned(), |gate| gate.key.to_string());
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
            let look = AccountLook { read_only, ..AccountLook::default() };
            Some(Msg::Account(AccountMsg::SetLook(look)))
        }
        Press::AllowChanges => Some(Msg::Account(AccountMsg::AllowChanges)),
        Press::PlaceWindow => {
            let place = WindowPlace { position: None, size: [800.0, 600.0], maximised: false };
            Some(Msg::Settings(SettingsMsg::WindowPlaced(place)))
        }
    }
}
