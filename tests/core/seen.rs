//! The visible state, and its relation to messages and effects.

use keyfob::core::{CreateMsg, Effect, KeysMsg, Model, Msg, OpId, SessionId, StartMsg, UsersMsg};

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
            .filter(|(_, keys)| keys.list.value.is_some() || keys.list.is_loading())
            .map(|(user, keys)| {
                format!("{user} {:?} {:?} {:?}", keys.list, keys.last_uses, keys.descriptions)
            })
            .collect();
        format!(
            "{:?} {:?} {:?} {} {:?} {:?} {keys:?} {:?} {:?} {:?} {:?}",
            open.session,
            open.account,
            open.read_only,
            open.quota,
            open.users.list,
            open.picked,
            open.switching,
            open.confirming,
            open.gate,
            open.inactive_since,
        )
    });
    Seen { account: account.unwrap_or_default(), notices: format!("{:?}", model.notices) }
}

/// `asked` is the pending creation.
pub(crate) fn origin(model: &Model, msg: &Msg, asked: Option<OpId>) -> Origin {
    let session = match msg {
        Msg::Start(StartMsg::SignedIn { session, .. }) => {
            let awaited = model.sign_in.as_ref().is_some_and(|sign_in| sign_in.session == *session);
            return if awaited { Origin::Ours } else { Origin::Foreign };
        }
        Msg::Create(CreateMsg::Answered { op, .. }) => {
            return if asked == Some(*op) { Origin::Ours } else { Origin::Foreign };
        }
        Msg::Start(StartMsg::Quota { session, .. })
        | Msg::Users(UsersMsg::Page { session, .. } | UsersMsg::PickStays { session, .. })
        | Msg::Keys(
            KeysMsg::Listed { session, .. }
            | KeysMsg::LastUse { session, .. }
            | KeysMsg::Descriptions { session, .. }
            | KeysMsg::RelistDue { session, .. }
            | KeysMsg::Described { session, .. }
            | KeysMsg::Undescribed { session, .. }
            | KeysMsg::StatusSet { session, .. }
            | KeysMsg::Deleted { session, .. },
        ) => session,
        _ => return Origin::Ours,
    };
    let open = model.open.as_ref().is_some_and(|open| open.session == *session);
    match msg {
        _ if open => Origin::Ours,
        // Also for a new key that could not be deactivated before the window closes.
        Msg::Keys(
            KeysMsg::Described { answer: Err(_), .. }
            | KeysMsg::Undescribed { answer: Err(_), .. }
            | KeysMsg::StatusSet { answer: Err(_), .. }
            | KeysMsg::Deleted { .. },
        ) => Origin::ForeignButTold,
        _ => Origin::Foreign,
    }
}

/// The session in which `effect` makes a change.
pub(crate) fn changes(effect: &Effect) -> Option<SessionId> {
    match effect {
        Effect::CreateKey { session, .. }
        | Effect::Describe { session, .. }
        | Effect::Undescribe { session, .. }
        | Effect::SetStatus { session, .. }
        | Effect::DeleteKey { session, .. } => Some(*session),
        _ => None,
    }
}

/// The session whose connection `effect` needs.
pub(crate) fn calls(effect: &Effect) -> Option<SessionId> {
    match effect {
        Effect::ReadQuota { session }
        | Effect::ListUsers { session, .. }
        | Effect::ListKeys { session, .. }
        | Effect::ReadLastUse { session, .. }
        | Effect::ReadDescriptions { session, .. } => Some(*session),
        effect => changes(effect),
    }
}
