//! What the program knows and decides. Pure: no clock, no network, no interface, no randomness.
//!
//! The window and the background tasks send a [`Msg`]; [`Model::update`] changes the [`Model`] and returns the [`Effect`]s
//! that are to be carried out. One file per conversation.

mod accounts;
mod activity;
mod answered;
mod call;
mod check;
mod clipboard;
mod clock;
mod create;
mod delete;
mod descriptions;
mod discard;
mod effect;
mod find;
mod inactive;
mod key_store;
mod keys;
mod model;
mod msg;
mod network;
mod notice;
mod orphans;
mod overlay;
mod page;
mod permissions;
mod prefetch;
mod prompt;
mod remote;
mod save_pair;
mod selection;
mod session;
mod settings;
mod sign_in;
mod status;
mod unconfirmed;
mod users;

pub use accounts::AccountMsg;
pub use activity::{Activity, ActivityMsg, Export};
pub use call::{Answered, Call, Reply};
pub use check::{Check, ENOUGH as CHECKS_ENOUGH};
pub use clipboard::{Clipboard, ClipboardEvent, PasteSource};
pub use create::{CreateBlock, CreateOptions, CreateOutcome, Creation, NewKey, Stage, Writing};
pub use delete::{DeleteBlocked, DeleteDialog};
pub use descriptions::Describing;
pub use effect::Effect;
pub use find::{Find, FindMsg, KeyLocation};
pub use key_store::{KeyChange, KeyRef, KeyRow, KeyState, KeyStore, Report, ReportedKey, UserKeys};
pub use model::{Model, OpId, OpenAccount, SessionId};
pub use msg::{CreateMsg, KeysMsg, Msg, StartMsg, UsersMsg};
pub use network::{CaFileCheck, NetworkMsg};
pub use notice::{Notice, NoticeId, NoticeKind};
pub use orphans::{JournalMsg, Search, Unfinished};
pub use overlay::Overlay;
pub use page::Page;
pub use permissions::{Forbidden, ReadOnly};
pub use prompt::SignInStep;
pub use remote::Remote;
pub use save_pair::{ProfileMsg, ProfilePreview};
pub use session::{SessionState, TimeLeft};
pub use settings::SettingsMsg;
pub use sign_in::SignIn;
pub use status::{Switch, SwitchBlock};
pub use users::{UserList, UserPage};
