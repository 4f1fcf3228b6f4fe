//! Services without a workstation: nothing is read, stored or opened. Shared with the benchmarks.

use keyfob::aws;
use keyfob::clock::Clock;
use keyfob::desk::login_shell::LoginShell;
use keyfob::desk::{Browser, SettingsFile};
use keyfob::practice::Practice;
use keyfob::tasks::Tools;
use keyfob::ui::words::Zone;
use tokio::runtime::Handle;

pub(crate) fn tools(egui: &egui::Context, runtime: Handle, clock: Clock, practice: Practice) -> Tools {
    Tools {
        runtime,
        egui: egui.clone(),
        clock,
        practice,
        sign_in: aws::Options::default(),
        settings: SettingsFile::none(),
        remembered: Default::default(),
        about: Default::default(),
        journal: None,
        activity: None,
        home: "/home/anna".into(),
        login_shell: LoginShell::Missing,
        ending: Default::default(),
        zone: Zone::utc(),
        browser: Browser::with(|_| Ok(())),
        uses_clipboard: false,
    }
}
