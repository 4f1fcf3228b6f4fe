//! What is to be done outside the core.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::{
    ActivityMsg, Answered, Call, CreateMsg, KeyExportMsg, Msg, NetworkMsg, OpId, ProfileMsg, SessionId,
    StartMsg,
};
use crate::domain::{
    ActivityEntry, BatchRecord, CaProblem, Cause, ClipboardClears, DeviceGrant, Failure, IntentId, KeyId,
    KeyReport, KeyReportFormat, Network, RequestRate, SaveError, SaveTarget, Secret, Settings, SignInChoice,
    SignInInput, SimulatedFault, SsoSession, UserName,
};

/// Work for the background. An effect that is answered at all is answered by exactly one [`Msg`].
pub enum Effect {
    FindProfiles,
    /// One step of a sign-in. It is what the sign-in waits for.
    SignIn {
        session: SessionId,
        request: SignInRequest,
    },
    /// Asks AWS which account and caller the connection of the session belongs to.
    Identify {
        session: SessionId,
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
    /// The tasks forget the connection of the session.
    SignOut {
        session: SessionId,
    },
    /// Comes back as [`Msg::Answered`].
    Call {
        session: SessionId,
        call: Call,
    },
    /// Time enough for another user to be picked: arrow keys run through many.
    DebounceSelection {
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
    /// Reads or writes a file that the administrator has chosen.
    File(FileRequest),
    /// The secret has arrived: the journal learns which key it is.
    NoteCreated {
        id: IntentId,
        key: KeyId,
    },
    /// The journal need not remember it any more.
    CloseIntent {
        id: IntentId,
    },
    /// Background reads, of all connections.
    LimitRequests(RequestRate),
    /// The next sign-in takes this way to AWS.
    UseNetwork(Box<Network>),
    /// Asks the login shell for its environment, or forgets it.
    UseLoginShell(bool),
    /// Can its certificates be used?
    CheckCaFile {
        file: String,
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
    SetFault {
        trouble: SimulatedFault,
        on: bool,
    },
    /// The activity learns of it.
    WriteDeed(Box<ActivityEntry>),
    /// Kept for the next start.
    RecordBatch(Vec<BatchRecord>),
    Save(Box<Settings>),
}

impl Effect {
    /// What the core receives if the task ends without an answer. `None` for what is not answered.
    pub fn lost(&self) -> Option<Msg> {
        Some(match self {
            Self::Call { session, call } => Msg::Answered(Answered::lost(*session, call.clone())),
            Self::SignIn { session, request } => Msg::Start(request.lost(*session)),
            Self::Identify { session } => Msg::Start(not_signed_in(*session)),
            Self::CheckCaFile { file } => Msg::Network(NetworkMsg::CaFileChecked {
                file: file.clone(),
                answer: Err(CaProblem::NotReadable("internal error in Keyfob".to_owned())),
            }),
            Self::File(request) => request.lost(),
            Self::OpenPage { url } => {
                Msg::PageNotOpened { url: url.clone(), reason: "internal error in Keyfob".to_owned() }
            }
            Self::FindProfiles
            | Self::StopSignIn { .. }
            | Self::Adopt { .. }
            | Self::SignOut { .. }
            | Self::DebounceSelection { .. }
            | Self::Relist { .. }
            | Self::NoteCreated { .. }
            | Self::CloseIntent { .. }
            | Self::LimitRequests(_)
            | Self::UseNetwork(_)
            | Self::UseLoginShell(_)
            | Self::CopySecret { .. }
            | Self::CopyText { .. }
            | Self::ClearClipboard
            | Self::SetFault { .. }
            | Self::WriteDeed(_)
            | Self::RecordBatch(_)
            | Self::Save(_) => return None,
        })
    }
}

/// One step of a sign-in.
pub enum SignInRequest {
    /// Opens a connection with the credentials of the choice.
    Open { choice: SignInChoice, given: SignInInput },
    /// Asks IAM Identity Center for a code to show in the browser.
    StartDevice { sso: SsoSession },
    /// Until the browser has said yes; then the token is written where the AWS CLI has it.
    AwaitDevice { grant: Box<DeviceGrant> },
    /// Runs `aws login`.
    AwsLogin { profile: String },
}

impl SignInRequest {
    fn lost(&self, session: SessionId) -> StartMsg {
        let failure = || Failure::new("", Cause::TaskLost);
        match self {
            Self::Open { .. } => not_signed_in(session),
            Self::StartDevice { .. } => StartMsg::DeviceStarted { session, answer: Err(failure()) },
            Self::AwaitDevice { .. } | Self::AwsLogin { .. } => {
                StartMsg::BrowserDone { session, answer: Err(failure()) }
            }
        }
    }
}

fn not_signed_in(session: SessionId) -> StartMsg {
    let failure = Failure::new("sts:GetCallerIdentity", Cause::TaskLost);
    StartMsg::SignedIn { session, answer: Err(failure) }
}

/// Reading or writing a file that the administrator has chosen. Each is answered by one [`Msg`].
pub enum FileRequest {
    /// Can the place take a key pair? Asked before the key is made.
    CheckDestination { op: OpId, place: SaveTarget },
    /// What would change? `key` is not known before it is made.
    PreviewProfile { name: String, key: Option<KeyId> },
    /// `secret`: the text of a file, or for a profile the secret itself.
    SavePair { op: OpId, to: SaveTarget, key: KeyId, secret: Secret },
    /// Writes a report of these.
    Export { entries: Vec<Arc<ActivityEntry>>, path: PathBuf, replace: bool },
    /// Writes a report of keys.
    ExportKeys { report: Box<KeyReport>, format: KeyReportFormat, path: PathBuf, replace: bool },
}

impl FileRequest {
    /// What the core receives if the task ends without an answer.
    pub fn lost(&self) -> Msg {
        match self {
            Self::CheckDestination { op, .. } => {
                Msg::Create(CreateMsg::DestinationChecked { op: *op, answer: Err(not_written()) })
            }
            Self::PreviewProfile { name, .. } => Msg::Profile(ProfileMsg::Previewed {
                name: name.clone(),
                answer: Err("internal error in Keyfob; nothing was changed".to_owned()),
            }),
            Self::SavePair { op, .. } => {
                Msg::Create(CreateMsg::SaveEnded { op: *op, answer: Err(not_written()) })
            }
            Self::Export { .. } => Msg::Activity(ActivityMsg::Exported { answer: Err(not_written()) }),
            Self::ExportKeys { .. } => Msg::KeyExport(KeyExportMsg::Written { answer: Err(not_written()) }),
        }
    }
}

fn not_written() -> SaveError {
    SaveError::Failed("internal error in Keyfob; the file may be incomplete. Try again".to_owned())
}
