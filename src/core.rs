//! What the program knows and decides. Pure: no clock, no network, no interface, no randomness.
//!
//! The window and the background tasks send a [`Msg`]; [`Model::update`] changes the [`Model`] and returns the [`Effect`]s
//! that are to be carried out. One file per conversation.

mod accounts;
mod activity;
mod answered;
mod ask;
mod call;
mod check;
mod clipboard;
mod create;
mod descriptions;
mod effect;
mod find;
mod hand_over;
mod inactive;
mod key_store;
mod keys;
mod let_go;
mod lost;
mod model;
mod msg;
mod network;
mod notice;
mod orphans;
mod overlay;
mod page;
mod permissions;
mod pick;
mod prefetch;
mod remote;
mod retire;
mod session;
mod settings;
mod sign_in;
mod status;
mod users;

pub use accounts::AccountMsg;
pub use activity::{Activity, ActivityMsg, Export};
pub use ask::SignInStep;
pub use call::{Answered, Call, Reply};
pub use check::{Check, ENOUGH as CHECKS_ENOUGH};
pub use clipboard::{Clipboard, ClipboardEvent};
pub use create::{CreateBlock, CreateOutcome, Creation, NewKey, Stage, Wish, Writing};
pub use descriptions::Describing;
pub use effect::Effect;
pub use find::{Find, FindMsg, Whereabouts};
pub use hand_over::{ProfileLook, ProfileMsg};
pub use key_store::{KeyChange, KeyRef, KeyRow, KeyState, KeyStore, Report, ReportedKey, UserKeys};
pub use model::{Model, OpId, Open, SessionId};
pub use msg::{CreateMsg, KeysMsg, Msg, StartMsg, UsersMsg};
pub use network::{CaFileLook, NetworkMsg};
pub use notice::{Event, Notice, NoticeId};
pub use orphans::{JournalMsg, Search, Unfinished};
pub use overlay::Overlay;
pub use page::Page;
pub use permissions::{Forbidden, ReadOnly};
pub use remote::Remote;
pub use retire::{Gate, GateBlock};
pub use session::{Life, TimeLeft};
pub use settings::SettingsMsg;
pub use sign_in::SignIn;
pub use status::{Switch, SwitchBlock};
pub use users::{UserList, UserPage};
