//! The settings: each applied as soon as it is set, and saved.

use super::{Effect, Model, NoticeKind};
use crate::domain::{
    ClipboardClears, ReducedMotion, Renderer, RequestRate, SettingsProblem, SystemTheme, Table, TablePrefs,
    TextSize, Theme, WindowPlace, Workstation,
};

pub enum SettingsMsg {
    Theme(Theme),
    TextSize(TextSize),
    ReducedMotion(ReducedMotion),
    /// From the next start on.
    Renderer(Renderer),
    ClipboardClears(ClipboardClears),
    /// Other programs may capture a revealed secret.
    AllowCapture(bool),
    /// How fast to read in the background.
    RequestRate(RequestRate),
    /// Ask the login shell for its environment.
    LoginShell(bool),
    /// What the system has now; remembered for the next start.
    SystemTheme(SystemTheme),
    WindowPlaced(WindowPlace),
    /// Widths and order of a table; sent when a column is let go, and not while it is dragged.
    Table {
        table: Table,
        prefs: TablePrefs,
    },
    /// What was found out about the workstation.
    Workstation(Workstation),
    /// Not all of the file could be used.
    NotRead(SettingsProblem),
    NotSaved {
        reason: String,
    },
}

impl Model {
    pub(super) fn update_settings(&mut self, msg: SettingsMsg) {
        match msg {
            SettingsMsg::Theme(theme) => self.settings.theme = theme,
            SettingsMsg::TextSize(size) => self.settings.text_size = size,
            SettingsMsg::ReducedMotion(reduced) => self.settings.reduced_motion = reduced,
            SettingsMsg::Renderer(renderer) => self.settings.renderer = renderer,
            SettingsMsg::ClipboardClears(clears) => self.settings.clipboard_clears = clears,
            SettingsMsg::AllowCapture(allow) => self.settings.allow_capture = allow,
            SettingsMsg::RequestRate(rate) => {
                self.settings.request_rate = rate;
                self.send(Effect::LimitRequests(rate));
            }
            SettingsMsg::SystemTheme(theme) => self.settings.system_theme = Some(theme),
            SettingsMsg::WindowPlaced(place) => self.settings.window = Some(place),
            SettingsMsg::Table { table, prefs } => self.settings.tables.set_prefs(table, prefs),
            SettingsMsg::LoginShell(on) => return self.use_login_shell(on),
            SettingsMsg::Workstation(found) => return self.found(found),
            SettingsMsg::NotRead(trouble) => self.notify(NoticeKind::SettingsNotRead { trouble }),
            SettingsMsg::NotSaved { reason } => {
                return self.notify_once(NoticeKind::SettingsNotSaved { reason });
            }
        }
        self.save();
    }

    fn use_login_shell(&mut self, on: bool) {
        self.settings.login_shell = on;
        self.save();
        self.send(Effect::UseLoginShell(on));
    }

    /// What the shell has told may name other AWS files.
    fn found(&mut self, found: Workstation) {
        let changed = self.run.workstation.login_shell.taken() != found.login_shell.taken();
        self.run.workstation = found;
        if changed {
            self.find_profiles();
        }
    }
}
