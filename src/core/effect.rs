//! What is to be done outside the core.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::{
    ActivityMsg, CreateMsg, CreateOutcome, FindMsg, KeysMsg, Msg, NetworkMsg, OpId, ProfileMsg, SessionId,
    StartMsg, UsersMsg,
};
use crate::domain::{
    CaProblem, Cause, ClipboardClears, Deed, DeviceGrant, Failure, Given, HandOver, Intent, IntentId, KeyId,
    KeyStatus, Network, NotHandedOver, Secret, Settings, SignInChoice, SsoSession, Trouble, UserName,
};

/// A deed for the background. Each one that is answered is answered by exactly one [`Msg`].
pub enum Effect {
    FindProfiles,
    SignIn {
        session: SessionId,
        choice: SignInChoice,
        given: Given,
    },
    /// What the sign-in waits for is given up.
    StopSignIn {
        session: SessionId,
    },
    /// The connection of one session becomes that of another, whose caller it is.
    Adopt {
        from: SessionId,
        to: SessionId,
    },
    /// Asks IAM Identity Center for a code to show in the browser.
    StartDevice {
        session: SessionId,
        sso: SsoSession,
    },
    /// Until the browser has said yes; then the token is written where the AWS CLI has it.
    AwaitDevice {
        session: SessionId,
        grant: Box<DeviceGrant>,
    },
    /// Runs `aws login`.
    AwsLogin {
        session: SessionId,
        profile: String,
    },
    /// The tasks forget the connection of the session.
    SignOut {
        session: SessionId,
    },
    ReadQuota {
        session: SessionId,
    },
    ListUsers {
        session: SessionId,
        load: u64,
        marker: Option<String>,
    },
    /// `paced`: one of many, to be sent at the pace that IAM allows.
    ListKeys {
        session: SessionId,
        user: UserName,
        load: u64,
        paced: bool,
    },
    ReadLastUse {
        session: SessionId,
        user: UserName,
        key: KeyId,
        load: u64,
    },
    ReadDescriptions {
        session: SessionId,
        user: UserName,
        load: u64,
    },
    /// Time enough for another user to be picked: arrow keys run through many.
    WaitForPick {
        session: SessionId,
        pick: u64,
        after: Duration,
    },
    /// Time for another look at a list that may have lagged.
    Relist {
        session: SessionId,
        user: UserName,
        after: Duration,
    },
    /// Can the place take a key pair? Asked before the key is made.
    CheckPlace {
        op: OpId,
        place: HandOver,
    },
    /// The intent is written down before the request is sent.
    CreateKey {
        session: SessionId,
        op: OpId,
        intent: Box<Intent>,
    },
    /// The secret has arrived: the journal learns which key it is.
    NoteMade {
        id: IntentId,
        key: KeyId,
    },
    /// The journal need not remember it any more.
    CloseIntent {
        id: IntentId,
    },
    /// What would change? `key` is not known before it is made.
    LookAtProfile {
        name: String,
        key: Option<KeyId>,
    },
    /// `secret`: the text of a file, or for a profile the secret itself.
    HandOver {
        op: OpId,
        to: HandOver,
        key: KeyId,
        secret: Secret,
    },
    /// Asks AWS who the new key is.
    CheckKey {
        session: SessionId,
        op: OpId,
        key: KeyId,
        secret: Secret,
        after: Duration,
    },
    Describe {
        session: SessionId,
        user: UserName,
        key: KeyId,
        text: String,
    },
    /// The next sign-in takes this way to AWS.
    UseNetwork(Box<Network>),
    /// Asks the login shell for its environment, or forgets it.
    UseLoginShell(bool),
    /// Can its certificates be used?
    LookAtCaFile {
        file: String,
    },
    /// Removes the description.
    Undescribe {
        session: SessionId,
        user: UserName,
        key: KeyId,
    },
    SetStatus {
        session: SessionId,
        user: UserName,
        key: KeyId,
        status: KeyStatus,
    },
    DeleteKey {
        session: SessionId,
        user: UserName,
        key: KeyId,
    },
    CopySecret {
        text: Secret,
        clears: ClipboardClears,
    },
    CopyText {
        text: String,
    },
    ClearClipboard,
    /// In the browser.
    OpenPage {
        url: String,
    },
    SetTrouble {
        trouble: Trouble,
        on: bool,
    },
    /// Whose key is it?
    FindOwner {
        session: SessionId,
        load: u64,
        key: KeyId,
    },
    /// The activity learns of it.
    WriteDeed(Box<Deed>),
    /// Writes a report of these.
    Export {
        deeds: Vec<Arc<Deed>>,
        path: PathBuf,
        replace: bool,
    },
    Save(Box<Settings>),
}

impl Effect {
    /// What the core is told if the task ends without an answer. `None` for what is not answered.
    pub fn lost(&self) -> Option<Msg> {
        let failure = |action| Failure::new(action, Cause::TaskLost);
        Some(match self {
            Self::SignIn { session, .. } => Msg::Start(StartMsg::SignedIn {
                session: *session,
                answer: Err(failure("sts:GetCallerIdentity")),
            }),
            Self::StartDevice { session, .. } => {
                Msg::Start(StartMsg::DeviceStarted { session: *session, answer: Err(failure("")) })
            }
            Self::AwaitDevice { session, .. } | Self::AwsLogin { session, .. } => {
                Msg::Start(StartMsg::BrowserDone { session: *session, answer: Err(failure("")) })
            }
            Self::ListUsers { session, load, .. } => Msg::Users(UsersMsg::Page {
                session: *session,
                load: *load,
                answer: Err(failure("iam:ListUsers")),
            }),
            Self::ListKeys { session, user, load, .. } => Msg::Keys(KeysMsg::Listed {
                session: *session,
                user: user.clone(),
                load: *load,
                answer: Err(failure("iam:ListAccessKeys")),
            }),
            Self::ReadLastUse { session, user, key, load } => Msg::Keys(KeysMsg::LastUse {
                session: *session,
                user: user.clone(),
                key: key.clone(),
                load: *load,
                answer: Err(failure("iam:GetAccessKeyLastUsed")),
            }),
            Self::ReadDescriptions { session, user, load } => Msg::Keys(KeysMsg::Descriptions {
                session: *session,
                user: user.clone(),
                load: *load,
                answer: Err(failure("iam:ListUserTags")),
            }),
            Self::CreateKey { op, .. } => Msg::Create(CreateMsg::Answered {
                op: *op,
                outcome: CreateOutcome::Unknown {
                    failure: failure("iam:CreateAccessKey"),
                    orphans: Vec::new(),
                    listed: false,
                },
            }),
            Self::LookAtCaFile { file } => Msg::Network(NetworkMsg::CaFileLookedAt {
                file: file.clone(),
                answer: Err(CaProblem::NotReadable("internal error in Keyfob".to_owned())),
            }),
            Self::LookAtProfile { name, .. } => Msg::Profile(ProfileMsg::Looked {
                name: name.clone(),
                answer: Err("internal error in Keyfob; nothing was changed".to_owned()),
            }),
            Self::CheckPlace { op, .. } => {
                Msg::Create(CreateMsg::PlaceChecked { op: *op, answer: Err(not_written()) })
            }
            Self::HandOver { op, .. } => {
                Msg::Create(CreateMsg::HandedOver { op: *op, answer: Err(not_written()) })
            }
            Self::CheckKey { op, .. } => {
                Msg::Create(CreateMsg::Checked { op: *op, answer: Err(failure("sts:GetCallerIdentity")) })
            }
            Self::Describe { session, user, key, text } => Msg::Keys(KeysMsg::Described {
                session: *session,
                user: user.clone(),
                key: key.clone(),
                text: text.clone(),
                answer: Err(failure("iam:TagUser")),
            }),
            Self::Undescribe { session, user, key } => Msg::Keys(KeysMsg::Undescribed {
                session: *session,
                user: user.clone(),
                key: key.clone(),
                answer: Err(failure("iam:UntagUser")),
            }),
            Self::SetStatus { session, user, key, status } => Msg::Keys(KeysMsg::StatusSet {
                session: *session,
                user: user.clone(),
                key: key.clone(),
                status: *status,
                answer: Err(failure("iam:UpdateAccessKey")),
            }),
            Self::DeleteKey { session, user, key } => Msg::Keys(KeysMsg::Deleted {
                session: *session,
                user: user.clone(),
                key: key.clone(),
                answer: Err(failure("iam:DeleteAccessKey")),
            }),
            Self::FindOwner { session, load, key } => Msg::Find(FindMsg::Owner {
                session: *session,
                load: *load,
                key: key.clone(),
                answer: Err(failure("iam:GetAccessKeyLastUsed")),
            }),
            Self::OpenPage { url } => {
                Msg::PageNotOpened { url: url.clone(), reason: "internal error in Keyfob".to_owned() }
            }
            Self::Export { .. } => Msg::Activity(ActivityMsg::Exported { answer: Err(not_written()) }),
            _ => return None,
        })
    }
}

fn not_written() -> NotHandedOver {
    NotHandedOver::Failed("internal error in Keyfob; the file may be incomplete. Try again".to_owned())
}
