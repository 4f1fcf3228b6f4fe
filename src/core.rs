//! What the program knows and decides. Pure: no clock, no network, no interface, no randomness.
//!
//! The window and the background tasks send a [`Msg`]; [`Model::update`] changes the [`Model`] and returns the [`Effect`]s
//! that are to be carried out. One file per conversation.

mod accounts;
mod activity;
mod answered;
mod batch;
mod call;
mod check;
mod clipboard;
mod clock;
mod create;
mod creations;
mod delete;
mod descriptions;
mod discard;
mod effect;
mod files;
mod find;
mod inactive;
mod inventory;
mod key_export;
mod key_store;
mod keys;
mod model;
mod msg;
mod network;
mod notice;
mod orphans;
mod overlay;
mod page;
mod pending;
mod permissions;
mod prefetch;
mod prompt;
mod remote;
mod report;
mod run;
mod save_pair;
mod selection;
mod session;
mod sessions;
mod settings;
mod sign_in;
mod status;
mod sweep;
mod unconfirmed;
mod users;

pub use accounts::AccountMsg;
pub use activity::{Activity, ActivityMsg, Export};
pub use batch::{
    BatchBlocked, BatchItem, BatchMsg, BatchPlan, BatchRow, BatchRun, Batches, Concern, Halt, LeftOut,
    PlannedKey, Proposal, Step, Tally, Verdict,
};
pub use call::{Answered, Call, Reply};
pub use check::{Check, ENOUGH as CHECKS_ENOUGH};
pub use clipboard::{Clipboard, ClipboardEvent, ClipboardState, PasteSource};
pub use create::{CreateBlock, CreateOptions, CreateOutcome, Creation, NewKey, Stage, Writing};
pub use creations::{Creations, OpId};
pub use delete::{DeleteBlocked, DeleteDialog};
pub use descriptions::Describing;
pub use effect::{Effect, FileRequest, SignInRequest};
pub use files::LocalFiles;
pub use find::{Find, FindMsg, KeyLocation};
pub use inventory::{AccountKeysMsg, Inventory};
pub use key_export::KeyExportMsg;
pub use key_store::{KeyChange, KeyRef, KeyRow, KeyState, KeyStore, UserKeys};
pub use model::{Model, OpenAccount};
pub use msg::{CreateMsg, KeysMsg, Msg, StartMsg, UsersMsg};
pub use network::{CaFileCheck, NetworkMsg};
pub use notice::{Notice, NoticeId, NoticeKind};
pub use orphans::{JournalMsg, Search, Unfinished};
pub use overlay::Overlay;
pub use page::Page;
pub use pending::PendingChanges;
pub use permissions::{Access, Forbidden, ReadOnly};
pub use prompt::SignInStep;
pub use remote::Remote;
pub use report::{ReportStatus, ReportSummary};
pub use run::Run;
pub use save_pair::{ProfileMsg, ProfilePreview};
pub use selection::Selection;
pub use session::{SessionState, TimeLeft};
pub use sessions::{SessionId, Sessions};
pub use settings::SettingsMsg;
pub use sign_in::SignIn;
pub use status::{Switch, SwitchBlock};
pub use sweep::{Sweep, SweepPause, SweepProgress, SweepState};
pub use users::{UserList, UserPage};
