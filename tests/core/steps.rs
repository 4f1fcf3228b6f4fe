//! Random actions of the administrator and random responses.

use keyfob::core::Page;
use keyfob::domain::{KeyStatus, PairFormat, UserOrder};
use proptest::prelude::*;

use crate::world::STRAYS;

/// One step. Users, keys, requests and notices are small numbers, so that they often coincide.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    Press(Press),
    /// Answers all requests successfully, and those that follow.
    Settle,
    /// Answers one of the last requests, whether or not it was answered before.
    Answer {
        back: usize,
        how: How,
    },
    /// A response to a request that may never have been made.
    Stray {
        number: u64,
        load: u64,
        user: usize,
        kind: usize,
        how: How,
    },
    Clipboard(usize),
    SettingsNotSaved,
    Wait(i64),
}

/// The kind of a response; the bits select the listed keys and which of them are active.
#[derive(Clone, Copy, Debug)]
pub(crate) enum How {
    Well(u8),
    Refused,
    Lost,
}

/// An action of the administrator.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Press {
    OpenAccount { choice: usize, read_only: bool },
    CancelSignIn,
    Renew { use_mfa: bool },
    Reply { rightly: bool },
    SwitchAccount,
    FindProfiles,
    Find { user: usize, key: usize },
    GoTo { user: usize, key: usize },
    Show(Page),
    PreviewProfile,
    CheckCaFile,
    SetNetwork,
    OpenPage,
    Export,
    Pick(usize),
    Sort(UserOrder),
    InView(usize),
    LoadAccountKeys,
    PauseSweep,
    ResumeSweep,
    CancelSweep,
    Refresh,
    Create { copy: bool, described: bool, saved: bool, stale: bool },
    Copy(PairFormat),
    SaveTarget,
    Check,
    DeactivateAndDiscard,
    DismissUnfinished,
    Saved,
    DiscardSecret,
    Keep,
    SetStatus { user: usize, key: usize, to: KeyStatus },
    ConfirmSwitch,
    CancelSwitch,
    AskDelete { user: usize, key: usize },
    DeactivateFirst,
    Delete { rightly: bool },
    CancelDelete,
    Describe { user: usize, key: usize },
    ClearClipboard,
    Dismiss(usize),
    Undo(usize),
    PlaceWindow,
    SetLook { read_only: bool },
    AllowChanges,
}

/// Three users, and a number for a user that does not exist.
const USERS: usize = 4;
/// Keys of a user, one of which is the signing key.
const KEYS: usize = 4;

pub(crate) fn steps() -> impl Strategy<Value = Vec<Step>> {
    proptest::collection::vec(step(), 0..120)
}

fn step() -> impl Strategy<Value = Step> {
    let stray = (0..60_u64, 0..60_u64, 0..USERS, 0..STRAYS, how());
    prop_oneof![
        6 => press().prop_map(Step::Press),
        2 => looking().prop_map(Step::Press),
        6 => creating().prop_map(Step::Press),
        6 => changing().prop_map(Step::Press),
        4 => Just(Step::Settle),
        12 => (0..12_usize, how()).prop_map(|(back, how)| Step::Answer { back, how }),
        3 => stray.prop_map(|(number, load, user, kind, how)| Step::Stray { number, load, user, kind, how }),
        3 => (0..6_usize).prop_map(Step::Clipboard),
        1 => Just(Step::SettingsNotSaved),
        2 => (0..40_i64).prop_map(Step::Wait),
    ]
}

fn how() -> impl Strategy<Value = How> {
    prop_oneof![4 => any::<u8>().prop_map(How::Well), 1 => Just(How::Refused), 1 => Just(How::Lost)]
}

fn press() -> impl Strategy<Value = Press> {
    let order =
        prop_oneof![Just(UserOrder::Name), Just(UserOrder::OldestFirst), Just(UserOrder::NewestFirst)];
    prop_oneof![
        4 => (0..3_usize, any::<bool>()).prop_map(|(choice, read_only)| Press::OpenAccount { choice, read_only }),
        1 => Just(Press::CancelSignIn),
        2 => any::<bool>().prop_map(|use_mfa| Press::Renew { use_mfa }),
        4 => any::<bool>().prop_map(|rightly| Press::Reply { rightly }),
        1 => Just(Press::SwitchAccount),
        1 => Just(Press::FindProfiles),
        4 => (0..USERS).prop_map(Press::Pick),
        1 => order.prop_map(Press::Sort),
        1 => (0..USERS).prop_map(Press::InView),
        2 => Just(Press::LoadAccountKeys),
        1 => prop_oneof![Just(Press::PauseSweep), Just(Press::ResumeSweep), Just(Press::CancelSweep)],
        2 => Just(Press::Refresh),
        1 => (0..3_usize).prop_map(Press::Dismiss),
        1 => Just(Press::PlaceWindow),
        1 => any::<bool>().prop_map(|read_only| Press::SetLook { read_only }),
        1 => Just(Press::AllowChanges),
        1 => Just(Press::ClearClipboard),
    ]
}

fn looking() -> impl Strategy<Value = Press> {
    let key = || (0..USERS, 0..KEYS);
    prop_oneof![
        3 => key().prop_map(|(user, key)| Press::Find { user, key }),
        2 => key().prop_map(|(user, key)| Press::GoTo { user, key }),
        1 => prop_oneof![Just(Page::Keys), Just(Page::Activity)].prop_map(Press::Show),
        1 => Just(Press::PreviewProfile),
        1 => Just(Press::CheckCaFile),
        1 => Just(Press::SetNetwork),
        1 => Just(Press::OpenPage),
        1 => Just(Press::Export),
    ]
}

fn creating() -> impl Strategy<Value = Press> {
    let format = prop_oneof![Just(PairFormat::SecretOnly), Just(PairFormat::Both)];
    prop_oneof![
        6 => any::<(bool, bool, bool, bool)>()
            .prop_map(|(copy, described, saved, stale)| Press::Create { copy, described, saved, stale }),
        2 => format.prop_map(Press::Copy),
        2 => Just(Press::Saved),
        1 => Just(Press::DiscardSecret),
        1 => Just(Press::Keep),
        2 => Just(Press::SaveTarget),
        1 => Just(Press::Check),
        1 => Just(Press::DeactivateAndDiscard),
        1 => Just(Press::DismissUnfinished),
    ]
}

fn changing() -> impl Strategy<Value = Press> {
    let key = || (0..USERS, 0..KEYS);
    let status = prop_oneof![Just(KeyStatus::Active), Just(KeyStatus::Inactive)];
    prop_oneof![
        4 => (key(), status).prop_map(|((user, key), to)| Press::SetStatus { user, key, to }),
        2 => Just(Press::ConfirmSwitch),
        1 => Just(Press::CancelSwitch),
        3 => key().prop_map(|(user, key)| Press::AskDelete { user, key }),
        1 => Just(Press::DeactivateFirst),
        3 => any::<bool>().prop_map(|rightly| Press::Delete { rightly }),
        1 => Just(Press::CancelDelete),
        1 => key().prop_map(|(user, key)| Press::Describe { user, key }),
        1 => (0..3_usize).prop_map(Press::Undo),
    ]
}
