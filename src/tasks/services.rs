//! What the tasks work with: the workstation, or what stands in for it in tests.

use std::path::PathBuf;

use tokio::runtime::Handle;

use crate::aws;
use crate::clock::Clock;
use crate::desk::login_shell::LoginShell;
use crate::desk::{Browser, SettingsFile};
use crate::practice::Practice;

pub struct Services {
    pub runtime: Handle,
    pub clock: Clock,
    pub practice: Practice,
    pub sign_in: aws::Options,
    pub settings: SettingsFile,
    /// The folder of the journal of intents; without it nothing is written down.
    pub journal: Option<PathBuf>,
    /// The folder of the activity; without it what is done is shown and not kept.
    pub activity: Option<PathBuf>,
    /// Where programs are looked for, beside the search path.
    pub home: PathBuf,
    /// Asked for its environment, where the settings allow it.
    pub login_shell: LoginShell,
    pub browser: Browser,
    /// Without it, *Copied* is never said; tests leave the clipboard of their reader alone.
    pub uses_clipboard: bool,
}
