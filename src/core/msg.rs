//! Everything that can happen to the model: what the administrator did, and what came back.

use super::{
    AccountKeysMsg, AccountMsg, ActivityMsg, Answered, BatchMsg, ClipboardEvent, CreateOptions, FindMsg,
    JournalMsg, KeyExportMsg, NetworkMsg, NoticeId, OpId, Page, ProfileMsg, SessionId, SettingsMsg,
};
use crate::domain::{
    Account, DeviceCode, DeviceGrant, Failure, KeyId, KeyStatus, PairFormat, Profiles, Prompt, PromptReply,
    SaveError, SaveTarget, SavedPair, SignInChoice, SimulatedFault, UserName, UserOrder,
};

/// Answers carry the session that they were asked for, so that none of another account is ever shown.
pub enum Msg {
    Start(StartMsg),
    Account(AccountMsg),
    Users(UsersMsg),
    Keys(KeysMsg),
    AccountKeys(AccountKeysMsg),
    Create(CreateMsg),
    Profile(ProfileMsg),
    Journal(JournalMsg),
    Batch(BatchMsg),
    Activity(ActivityMsg),
    KeyExport(KeyExportMsg),
    Find(FindMsg),
    Show(Page),
    /// A call to AWS has come back.
    Answered(Answered),
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
    SetFault {
        trouble: SimulatedFault,
        on: bool,
    },
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
    /// The credentials are there, and a connection that uses them; whose they are is not known yet.
    Connected {
        session: SessionId,
    },
    SignedIn {
        session: SessionId,
        answer: Result<Account, Failure>,
    },
    /// The sign-in cannot go on before this is answered.
    Prompted {
        session: SessionId,
        ask: Prompt,
    },
    Reply(PromptReply),
    DeviceStarted {
        session: SessionId,
        answer: Result<(DeviceCode, DeviceGrant), Failure>,
    },
    /// What the browser was opened for is there.
    BrowserDone {
        session: SessionId,
        answer: Result<(), Failure>,
    },
    /// Back to the list of accounts.
    SwitchAccount,
}

/// The users of the account.
pub enum UsersMsg {
    Select(UserName),
    /// No other user was picked for a moment.
    SelectionSettled {
        session: SessionId,
        pick: u64,
    },
    Sort(UserOrder),
    /// The users whose rows are on screen, so that their keys can be counted.
    InView(Vec<UserName>),
}

/// The keys of a user.
pub enum KeysMsg {
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
    SetStatus {
        user: UserName,
        key: KeyId,
        status: KeyStatus,
    },
    /// Yes, also the key that Keyfob signs with.
    ConfirmSwitch,
    CancelSwitch,
    /// Opens the delete dialog.
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
}

/// A new key.
pub enum CreateMsg {
    /// `user` is the one for whom the button was drawn. On the page of keys, none is made once another user is on screen.
    Create {
        user: UserName,
        wish: CreateOptions,
    },
    /// Whether the place that was wished for can take the pair.
    DestinationChecked {
        op: OpId,
        answer: Result<(), SaveError>,
    },
    Copy(PairFormat),
    /// Write the pair there.
    Save(SaveTarget),
    SaveEnded {
        op: OpId,
        answer: Result<SavedPair, SaveError>,
    },
    /// Check that it works.
    Check,
    /// I have saved it.
    Saved,
    /// It was neither copied nor saved, and may go all the same.
    DiscardSecret,
    /// The window closes: the key is switched off, and its secret may go.
    DeactivateAndDiscard,
    /// Back from *Let it go* and from *Deactivate and close*.
    Keep,
    /// The window is closed: a creation that was not sent yet is not sent any more, for nobody would see its secret.
    DropUnsent,
    /// The place that refused the pair is not asked again.
    ForgetDestination,
}
