//! The options of a sign-in on this workstation.

use std::ffi::OsString;
use std::path::Path;

use aws_types::os_shim_internal::Env;

use crate::clock::Clock;
use crate::domain::{InheritedEnv, Network, Secret};

/// Writes a file that only its owner can read; fails with a sentence.
pub type WritePrivate = fn(&Path, &Secret) -> Result<(), String>;

/// The options of a sign-in; tests provide their own.
#[derive(Clone)]
pub struct Options {
    /// The endpoint of the command line.
    pub endpoint_url: Option<String>,
    /// The network settings.
    pub network: Network,
    pub env: Env,
    pub clock: Clock,
    /// The search path of a `credential_process`; `None`: Keyfob's own.
    pub search_path: Option<OsString>,
    /// The variables adopted from the login shell, for such programs.
    pub inherited: InheritedEnv,
    /// Stores the tokens of IAM Identity Center.
    pub write_private: WritePrivate,
}

impl Options {
    /// Additional variables for programs: the adopted ones, and those of the network settings, which take
    /// precedence.
    pub fn for_programs(&self) -> InheritedEnv {
        self.inherited.with(self.network.for_programs())
    }
}

impl Default for Options {
    /// The environment and clock of this computer; tokens are not stored.
    fn default() -> Self {
        Self {
            endpoint_url: None,
            network: Network::default(),
            env: Env::real(),
            clock: Clock::system(),
            search_path: None,
            inherited: InheritedEnv::default(),
            write_private: |_, _| Err("there is nowhere to write it to".to_owned()),
        }
    }
}
