//! The visible state, and its relation to messages and effects.

use keyfob::core::{Answered, Call, Effect, KeysMsg, Model, Msg, OpId, Reply, SessionId, StartMsg, UsersMsg};
use keyfob::domain::ActionKind;

/// Everything visible, except the panel and notifications.
#[derive(PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) account: String,
    pub(crate) notices: String,
}

/// The origin of a message.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A person, or a response for the current screen.
    Ours,
    /// A response for a session that is not open, or for a cancelled sign-in.
    Foreign,
    /// The same, but failures and results of deletions are reported on any screen.
    ForeignButTold,
}

/// The account on screen, in words.
pub(crate) fn seen(model: &Model) -> Seen {
    let account = model.open.as_ref().map(|open| {
        let keys: Vec<String> = open
            .keys
            .iter()
            .map(|(user, keys)| {
                let states: Vec<_> =
                    keys.rows().map(|row| (row.key, row.status, row.created, row.last_use)).collect();
                format!("{user} {:?} {states:?} {:?}", keys.list, keys.descriptions)
            })
            .collect();
        format!(
            "{:?} {:?} {:?} {} {:?} {:?} {keys:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            open.session,
            open.account,
            open.access.read_only,
            open.access.quota(),
            open.users.list,
            open.selected_user(),
            open.pending.switching,
            open.pending.describing,
            open.pending.confirming,
            open.pending.delete_dialog,
            open.inactive_since,
            model.find.reveal,
            open.inventory.report,
            open.inventory.sweep.progress(),
        )
    });
    Seen { account: account.unwrap_or_default(), notices: format!("{:?}", model.notices) }
}

/// `asked` is the pending creation.
pub(crate) fn origin(model: &Model, msg: &Msg, asked: Option<OpId>) -> Origin {
    let awaited = |session: &SessionId| {
        let awaits = model.sign_in().is_some_and(|sign_in| sign_in.session == *session);
        if awaits { Origin::Ours } else { Origin::Foreign }
    };
    let open = |session: &SessionId| model.open.as_ref().is_some_and(|open| open.session == *session);
    match msg {
        Msg::Start(
            StartMsg::Connected { session }
            | StartMsg::SignedIn { session, .. }
            | StartMsg::Prompted { session, .. }
            | StartMsg::DeviceStarted { session, .. }
            | StartMsg::BrowserDone { session, .. },
        ) => awaited(session),
        Msg::Users(UsersMsg::SelectionSettled { session, .. })
        | Msg::Keys(KeysMsg::RelistDue { session, .. }) => {
            if open(session) {
                Origin::Ours
            } else {
                Origin::Foreign
            }
        }
        Msg::Answered(Answered { reply: Reply::CreateKey { op, .. }, .. }) => {
            if asked == Some(*op) {
                Origin::Ours
            } else {
                Origin::Foreign
            }
        }
        // A check is about the panel, whatever is on screen beside it.
        Msg::Answered(Answered { session, reply, .. })
            if open(session) || matches!(reply, Reply::CheckKey { .. }) =>
        {
            Origin::Ours
        }
        Msg::Answered(Answered { reply, .. }) => of_left_account(&reply.call(), reply.failure().is_none()),
        Msg::Start(
            StartMsg::FindProfiles
            | StartMsg::ProfilesFound(_)
            | StartMsg::Open { .. }
            | StartMsg::OpenWithMfa { .. }
            | StartMsg::Renew { .. }
            | StartMsg::CancelSignIn
            | StartMsg::Reply(_)
            | StartMsg::SwitchAccount,
        )
        | Msg::Batch(_)
        | Msg::Users(UsersMsg::Select(_) | UsersMsg::Sort(_) | UsersMsg::InView(_))
        | Msg::Keys(
            KeysMsg::Describe { .. }
            | KeysMsg::SetStatus { .. }
            | KeysMsg::ConfirmSwitch
            | KeysMsg::CancelSwitch
            | KeysMsg::AskDelete { .. }
            | KeysMsg::DeactivateFirst
            | KeysMsg::Delete { .. }
            | KeysMsg::CancelDelete,
        )
        | Msg::Account(_)
        | Msg::AccountKeys(_)
        | Msg::KeyExport(_)
        | Msg::Create(_)
        | Msg::Profile(_)
        | Msg::Journal(_)
        | Msg::Activity(_)
        | Msg::Find(_)
        | Msg::Show(_)
        | Msg::Clipboard(_)
        | Msg::CopyText(_)
        | Msg::OpenPage { .. }
        | Msg::PageNotOpened { .. }
        | Msg::ClearClipboard
        | Msg::Refresh
        | Msg::Dismiss(_)
        | Msg::Settings(_)
        | Msg::Network(_)
        | Msg::SetFault { .. } => Origin::Ours,
    }
}

/// A failed change is reported also once the account was left: somebody wanted it. So is what became of a deletion.
fn of_left_account(call: &Call, is_done: bool) -> Origin {
    match call.changes() {
        None => Origin::Foreign,
        Some(ActionKind::Delete) => Origin::ForeignButTold,
        Some(_) if is_done => Origin::Foreign,
        Some(_) => Origin::ForeignButTold,
    }
}

/// The session in which `effect` makes a change.
pub(crate) fn changes(effect: &Effect) -> Option<SessionId> {
    let Effect::Call { session, call } = effect else { return None };
    call.changes().map(|_| *session)
}

/// The session whose connection `effect` needs.
pub(crate) fn needs_connection(effect: &Effect) -> Option<SessionId> {
    match effect {
        Effect::Call { session, .. } | Effect::Identify { session } | Effect::Adopt { from: session, .. } => {
            Some(*session)
        }
        Effect::FindProfiles
        | Effect::SignIn { .. }
        | Effect::StopSignIn { .. }
        | Effect::SignOut { .. }
        | Effect::DebounceSelection { .. }
        | Effect::Relist { .. }
        | Effect::File(_)
        | Effect::NoteCreated { .. }
        | Effect::CloseIntent { .. }
        | Effect::LimitRequests(_)
        | Effect::UseNetwork(_)
        | Effect::UseLoginShell(_)
        | Effect::CheckCaFile { .. }
        | Effect::CopySecret { .. }
        | Effect::CopyText { .. }
        | Effect::ClearClipboard
        | Effect::OpenPage { .. }
        | Effect::SetFault { .. }
        | Effect::WriteDeed(_)
        | Effect::RecordBatch(_)
        | Effect::Save(_) => None,
    }
}
