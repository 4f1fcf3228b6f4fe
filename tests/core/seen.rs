//! The visible state, and its relation to messages and effects.

use keyfob::core::{Answered, Call, Effect, KeysMsg, Model, Msg, OpId, SessionId, StartMsg, UsersMsg};
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
        Msg::Answered(Answered { call: Call::CreateKey { op, .. }, .. }) => {
            if asked == Some(*op) {
                Origin::Ours
            } else {
                Origin::Foreign
            }
        }
        // It is about the panel, whatever is on screen beside it.
        Msg::Answered(Answered { call: Call::CheckKey { .. }, .. }) => Origin::Ours,
        Msg::Answered(Answered { session, .. }) if open(session) => Origin::Ours,
        Msg::Answered(Answered { call, reply, .. }) => of_left_account(call, reply.is_ok()),
        _ => Origin::Ours,
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
    match effect {
        Effect::Call { session, call } => call.changes().map(|_| *session),
        _ => None,
    }
}

/// The session whose connection `effect` needs.
pub(crate) fn calls(effect: &Effect) -> Option<SessionId> {
    match effect {
        Effect::Call { session, .. } => Some(*session),
        _ => None,
    }
}
