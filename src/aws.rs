//! AWS: profiles, the client, the calls. No error or type of the SDK leaves this room.

mod calls;
mod check;
mod connect;
mod create;
mod denial;
mod endpoint;
mod error;
mod network;
mod pace;
mod partition;
mod profiles;
mod whole;

pub use connect::{Connection, Options, Patience, connect};
pub use network::check_ca_file;
pub use pace::Pace;
pub use profiles::find as find_profiles;
