//! What the program finds around it: the login shell's environment, and where programs are.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::watch;

use super::{AtExit, Tasks};
use crate::core::{Msg, SettingsMsg};
use crate::desk::login_shell::{self, LoginShell as Shell};
use crate::desk::programs;
use crate::domain::{InheritedEnv, LoginShell, Workstation};

/// What was found.
#[derive(Default)]
pub(super) struct ProbeResult {
    pub(super) inherited: InheritedEnv,
    /// The folders to look for programs in.
    pub(super) search_path: OsString,
    pub(super) workstation: Workstation,
}

/// Found once, in the background; whoever needs it waits until it is there.
#[derive(Clone)]
pub(super) struct ShellProbe(watch::Receiver<Option<Arc<ProbeResult>>>);

impl ShellProbe {
    /// Returns at once; the future looks. `asks`: the login shell may be asked.
    pub(super) fn look(shell: &Shell, home: &Path, asks: bool) -> (Self, impl Future<Output = Msg> + use<>) {
        let (tell, found) = watch::channel(None);
        let (shell, home) = (shell.clone(), home.to_owned());
        let look = async move {
            let found = look(shell, &home, asks).await;
            let workstation = found.workstation.clone();
            tell.send_replace(Some(Arc::new(found)));
            Msg::Settings(SettingsMsg::Workstation(workstation))
        };
        (Self(found), look)
    }

    /// As long as the shell takes, and it is not waited for long.
    pub(super) async fn get(&mut self) -> Arc<ProbeResult> {
        // An error: the look has ended early, and there is nothing to be found.
        self.0.wait_for(Option::is_some).await.ok().and_then(|found| found.clone()).unwrap_or_default()
    }
}

impl Tasks {
    pub(super) fn await_look(&mut self, asks: bool, look: impl Future<Output = Msg> + Send + 'static) {
        let meanwhile = meanwhile(&self.services.login_shell, asks);
        self.ready.push(Msg::Settings(SettingsMsg::Workstation(meanwhile)));
        let task = self.start(AtExit::CutOff, None, async move { look.await.into() });
        if let Some(before) = self.look.replace(task) {
            // What it would find does not count any more.
            before.abort();
        }
    }

    /// What was taken over is forgotten with it.
    pub(super) fn look_again(&mut self, asks: bool) {
        let (shell_probe, look) = ShellProbe::look(&self.services.login_shell, &self.services.home, asks);
        self.sign_ins.use_surroundings(shell_probe.clone());
        self.shell_probe = shell_probe;
        self.await_look(asks, look);
    }
}

/// What is to be seen until the look has ended.
fn meanwhile(shell: &Shell, asks: bool) -> Workstation {
    let login_shell = match shell {
        Shell::Named(_) if asks => LoginShell::Asking,
        shell => not_asked(shell),
    };
    Workstation { login_shell, ..Workstation::default() }
}

fn not_asked(shell: &Shell) -> LoginShell {
    match shell {
        Shell::InTerminal => LoginShell::InTerminal,
        Shell::Missing => LoginShell::Missing,
        Shell::Named(_) => LoginShell::Off,
    }
}

async fn look(shell: Shell, home: &Path, asks: bool) -> ProbeResult {
    let (login_shell, inherited, path) = match shell {
        Shell::Named(shell) if asks => ask(shell).await,
        shell => (not_asked(&shell), InheritedEnv::default(), None),
    };
    let search_path = programs::search_path(path.as_deref(), home);
    let folders = std::env::split_paths(&search_path).collect();
    let workstation = Workstation { login_shell, folders, aws: programs::find("aws", &search_path) };
    ProbeResult { inherited, search_path, workstation }
}

/// What became of it, what is taken over, and the shell's search path.
async fn ask(shell: PathBuf) -> (LoginShell, InheritedEnv, Option<String>) {
    let Some(told) = login_shell::ask(&shell, login_shell::WITHIN).await else {
        return (LoginShell::Silent { shell, within: login_shell::WITHIN }, InheritedEnv::default(), None);
    };
    let (path, took) = (told.get("PATH").map(str::to_owned), told.took);
    let inherited = InheritedEnv::of(told.variables, |name| std::env::var_os(name).is_some());
    // Names only.
    log::info!(
        "the login shell answered after {} ms; taken: {}",
        took.as_millis(),
        inherited.names().join(", ")
    );
    (LoginShell::Told { shell, took, taken: inherited.names() }, inherited, path)
}
