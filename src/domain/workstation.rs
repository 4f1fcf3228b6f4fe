//! Facts about the workstation: the login shell's environment, and installed programs.

use std::path::PathBuf;
use std::time::Duration;

/// The state of reading the login shell's environment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LoginShell {
    /// Turned off in the settings.
    #[default]
    Off,
    /// Keyfob was started in a terminal and has its environment.
    InTerminal,
    /// This system has no login shell to run.
    Missing,
    Asking,
    Told {
        shell: PathBuf,
        took: Duration,
        /// The names of the adopted variables, sorted. Never their values, because some are secrets.
        taken: Vec<String>,
    },
    /// It did not answer in time, or its answer was not readable.
    Silent {
        shell: PathBuf,
        within: Duration,
    },
}

impl LoginShell {
    /// The names of the adopted variables.
    pub fn taken(&self) -> &[String] {
        match self {
            Self::Told { taken, .. } => taken,
            _ => &[],
        }
    }
}

/// The search path, and the programs found in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workstation {
    pub login_shell: LoginShell,
    /// The folders of the search path.
    pub folders: Vec<PathBuf>,
    /// The AWS CLI, which `aws login` needs.
    pub aws: Option<PathBuf>,
}
