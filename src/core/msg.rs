//! Everything that can happen to the model: what the administrator did, and what came back.

use std::collections::BTreeMap;

use super::{
    AccountMsg, ActivityMsg, ClipboardEvent, CreateOutcome, FindMsg, JournalMsg, NetworkMsg, NoticeId, OpId,
    Page, ProfileMsg, SessionId, SettingsMsg, UserPage, Wish,
};
use crate::domain::{
    AccessKey, Account, Answer, Ask, DeviceCode, DeviceGrant, Failure, HandOver, HandedOver, KeyId,
    KeyStatus, LastUse, NotHandedOver, PairFormat, Profiles, SignInChoice, Trouble, UserName, UserOrder,
};

/// Answers carry the session that they were asked for, so that none of another account is ever shown.
pub enum Msg {
    Start(StartMsg),
    Account(AccountMsg),
    Users(UsersMsg),
    Keys(KeysMsg),
    Create(CreateMsg),
    Profile(ProfileMsg),
    Journal(JournalMsg),
    Activity(ActivityMsg),
    Find(FindMsg),
    Show(Page),
    /// An answer, and the id that AWS gave to the request.
    Receipt {
        request_id: String,
        answer: Box<Self>,
    },
    Clipboard(ClipboardEvent),
    /// Puts a text that is not secret on the clipboard: a key id, the details of an error.
    CopyText(String),
    /// Opens an address in the browser.
    OpenPage {
        url: String,
    },
    PageNotOpened {
        url: String,
        reason: String,
    },
    ClearClipboard,
    /// All that is on screen is asked for again.
    Refresh,
    Dismiss(NoticeId),
    Settings(SettingsMsg),
    Network(NetworkMsg),
    SetTrouble {
        trouble: Trouble,
        on: bool,
    },
}

impl Msg {
    /// The answer and the id of its request, if it came with one; else the message itself.
    pub(super) fn with_receipt(&self) -> (&Self, Option<&str>) {
        match self {
            Self::Receipt { request_id, answer } => (answer, Some(request_id)),
            msg => (msg, None),
        }
    }
}

/// Choosing an account.
pub enum StartMsg {
    FindProfiles,
    ProfilesFound(Profiles),
    Open {
        choice: SignInChoice,
        read_only: bool,
    },
    /// The same with MFA, although the profile does not name a device.
    OpenWithMfa {
        choice: SignInChoice,
        read_only: bool,
    },
    /// Sign in again for the session that is open.
    Renew {
        use_mfa: bool,
    },
    CancelSignIn,
    SignedIn {
        session: SessionId,
        answer: Result<Account, Failure>,
    },
    /// The sign-in cannot go on before this is answered.
    Asked {
        session: SessionId,
        ask: Ask,
    },
    Answer(Answer),
    DeviceStarted {
        session: SessionId,
        answer: Result<(DeviceCode, DeviceGrant), Failure>,
    },
    /// What the browser was opened for is there.
    BrowserDone {
        session: SessionId,
        answer: Result<(), Failure>,
    },
    /// `AccessKeysPerUserQuota`
    Quota {
        session: SessionId,
        answer: Result<u32, Failure>,
    },
    /// Back to the list of accounts.
    SwitchAccount,
}

/// The users of the account.
pub enum UsersMsg {
    Page {
        session: SessionId,
        load: u64,
        answer: Result<UserPage, Failure>,
    },
    Pick(UserName),
    /// No other user was picked for a moment.
    PickStays {
        session: SessionId,
        pick: u64,
    },
    Sort(UserOrder),
    /// The users whose rows are on screen, so that their keys can be counted.
    InView(Vec<UserName>),
}

/// The keys of a user.
pub enum KeysMsg {
    Listed {
        session: SessionId,
        user: UserName,
        load: u64,
        answer: Result<Vec<AccessKey>, Failure>,
    },
    LastUse {
        session: SessionId,
        user: UserName,
        key: KeyId,
        load: u64,
        answer: Result<LastUse, Failure>,
    },
    Descriptions {
        session: SessionId,
        user: UserName,
        load: u64,
        answer: Result<BTreeMap<KeyId, String>, Failure>,
    },
    RelistDue {
        session: SessionId,
        user: UserName,
    },
    /// Writes a description; an empty one removes it.
    Describe {
        user: UserName,
        key: KeyId,
        text: String,
    },
    Described {
        session: SessionId,
        user: UserName,
        key: KeyId,
        text: String,
        answer: Result<(), Failure>,
    },
    SetStatus {
        user: UserName,
        key: KeyId,
        status: KeyStatus,
    },
    /// Yes, also the key that Keyfob signs with.
    ConfirmSwitch,
    CancelSwitch,
    StatusSet {
        session: SessionId,
        user: UserName,
        key: KeyId,
        status: KeyStatus,
        answer: Result<(), Failure>,
    },
    /// Opens the delete gate.
    AskDelete {
        user: UserName,
        key: KeyId,
    },
    DeactivateFirst,
    /// What was typed to confirm it.
    Delete {
        typed: String,
    },
    CancelDelete,
    Deleted {
        session: SessionId,
        user: UserName,
        key: KeyId,
        answer: Result<(), Failure>,
    },
    /// The description of a deleted key is removed too.
    Undescribed {
        session: SessionId,
        user: UserName,
        key: KeyId,
        answer: Result<(), Failure>,
    },
}

/// A new key.
pub enum CreateMsg {
    /// `user` is the one for whom the button was drawn: no key is made for another one that is on screen by now.
    Create {
        user: UserName,
        wish: Wish,
    },
    /// Whether the place that was wished for can take the pair.
    PlaceChecked {
        op: OpId,
        answer: Result<(), NotHandedOver>,
    },
    Answered {
        op: OpId,
        outcome: CreateOutcome,
    },
    Copy(PairFormat),
    /// Write the pair there.
    HandOver(HandOver),
    HandedOver {
        op: OpId,
        answer: Result<HandedOver, NotHandedOver>,
    },
    /// Check that it works.
    Check,
    Checked {
        op: OpId,
        answer: Result<String, Failure>,
    },
    /// I have saved it.
    Saved,
    /// It was neither copied nor saved, and may go all the same.
    LetGo,
    /// The window closes: the key is switched off, and its secret may go.
    DeactivateAndLetGo,
    /// Back from *Let it go* and from *Deactivate and close*.
    Keep,
    /// The window is closed: a creation that was not sent yet is not sent any more, for nobody would see its secret.
    DropUnsent,
    /// The place that refused the pair is not asked again.
    ForgetPlace,
}
