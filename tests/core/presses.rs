//! The messages of what the administrator does, and of the clipboard.

use jiff::SignedDuration;
use keyfob::core::{
    AccountKeysMsg, AccountMsg, ActivityMsg, ClipboardEvent, CreateMsg, CreateOptions, FindMsg, KeysMsg,
    Model, Msg, NetworkMsg, ProfileMsg, SettingsMsg, SignInStep, StartMsg, UsersMsg,
};
use keyfob::domain::{
    AccountPrefs, MfaCode, Network, PairFormat, Prompt, PromptReply, SaveTarget, SignInChoice, WindowPlace,
};

use crate::steps::Press;
use crate::world::{key_id, name};

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
        Press::Reply { rightly } => Some(Msg::Start(StartMsg::Reply(answer(model, rightly)?))),
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

fn place() -> SaveTarget {
    SaveTarget::File { format: PairFormat::Json, path: "/home/anna/pair".into(), replace: false }
}
