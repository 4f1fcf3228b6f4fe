//! What was found out about the workstation: the login shell's environment, and programs.

use std::path::PathBuf;
use std::time::Duration;

/// The login shell's environment, as far as it was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LoginShell {
    /// The settings say no.
    #[default]
    Off,
    /// Keyfob was started in a terminal, whose environment it has already.
    InTerminal,
    /// This system has none that could be asked.
    Missing,
    Asking,
    Told {
        shell: PathBuf,
        took: Duration,
        /// The names of the variables that were taken over, sorted. Never their values: secrets are among them.
        taken: Vec<String>,
    },
    /// It did not answer in time, or not understandably.
    Silent {
        shell: PathBuf,
        within: Duration,
    },
}

impl LoginShell {
    /// The names of the variables that were taken over.
    pub fn taken(&self) -> &[String] {
        match self {
            Self::Told { taken, .. } => taken,
            _ => &[],
        }
    }
}

/// Where programs are looked for, and what was found there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workstation {
    pub login_shell: LoginShell,
    /// The folders that programs are looked for in.
    pub folders: Vec<PathBuf>,
    /// The AWS CLI, which `aws login` needs.
    pub aws: Option<PathBuf>,
}
