//! What this workstation adds to a sign-in.

use std::ffi::OsString;

use aws_types::os_shim_internal::Env;

use super::sign_in::WritePrivate;
use crate::clock::Clock;
use crate::domain::{Adopted, Network};

/// The surroundings of a sign-in; tests hand in their own.
#[derive(Clone)]
pub struct Options {
    /// Of the command line.
    pub endpoint_url: Option<String>,
    /// Of the settings.
    pub network: Network,
    pub env: Env,
    pub clock: Clock,
    /// Where a `credential_process` finds its programs; `None`: where Keyfob itself does.
    pub search_path: Option<OsString>,
    /// What was taken over from the login shell, for such programs.
    pub adopted: Adopted,
    /// Files the tokens of IAM Identity Center.
    pub write_private: WritePrivate,
}

impl Options {
    /// What programs are given beside the environment of Keyfob itself: what was taken over, and the network of the
    /// settings, which wins.
    pub fn for_programs(&self) -> Adopted {
        self.adopted.with(self.network.for_programs())
    }
}

impl Default for Options {
    /// The environment and the clock of this computer; tokens are not filed.
    fn default() -> Self {
        Self {
            endpoint_url: None,
            network: Network::default(),
            env: Env::real(),
            clock: Clock::system(),
            search_path: None,
            adopted: Adopted::default(),
            write_private: |_, _| Err("there is nowhere to write it to".to_owned()),
        }
    }
}
