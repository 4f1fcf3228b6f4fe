//! AWS: profiles, the client and the calls. No error or type of the SDK leaves this module.

mod attempt_observer;
mod calls;
mod check;
mod config;
mod config_files;
mod configured;
mod connect;
mod create;
mod denial;
mod endpoint;
mod environment;
mod error;
mod network;
mod odd_dates;
mod options;
mod partition;
mod profiles;
mod rate_limiter;
mod regular_file;
mod resolution;
mod server_clock;
mod shell_words;
mod sign_in;
mod truncation;

pub use calls::Receipt;
pub use config::Patience;
pub use connect::{Connection, Unidentified, connect, open};
pub use environment::environment;
pub use network::check_ca_file;
pub use options::{Options, WritePrivate};
pub use profiles::find as find_profiles;
pub use resolution::resolutions;
pub use sign_in::{AwsLogin, SignInInterrupted, await_device, login_outcome, start_device};
