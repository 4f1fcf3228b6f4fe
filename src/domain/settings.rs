//! The settings that are stored between runs. They contain no secrets.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::account_ref::settings_key;
use super::{
    Account, AccountPrefs, Network, PairFormat, ReducedMotion, Renderer, RequestRate, SignInChoice,
    SystemTheme, Tables, TextSize, Theme, UserName, UserOrder,
};

/// How long a secret stays on the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClipboardClears {
    /// 10 to 300 seconds.
    AfterSecs(u16),
    /// Not before Keyfob closes.
    AtExit,
}

impl Default for ClipboardClears {
    fn default() -> Self {
        Self::AfterSecs(45)
    }
}

impl ClipboardClears {
    /// The choices.
    pub const CHOICES: [Self; 6] = [
        Self::AfterSecs(10),
        Self::AfterSecs(30),
        Self::AfterSecs(45),
        Self::AfterSecs(90),
        Self::AfterSecs(300),
        Self::AtExit,
    ];

    /// `None`: not by time. Clamps the value of the settings file to the range.
    pub fn after(self) -> Option<Duration> {
        match self {
            Self::AfterSecs(secs) => Some(Duration::from_secs(secs.clamp(10, 300).into())),
            Self::AtExit => None,
        }
    }
}

/// The window's position and size in points, when not maximised.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WindowPlace {
    /// `None` if the system does not report it (Wayland).
    pub position: Option<[f32; 2]>,
    pub size: [f32; 2],
    #[serde(default)]
    pub maximised: bool,
}

/// An account that was opened before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    pub choice: SignInChoice,
    pub account_id: String,
    /// The endpoint, if it was not AWS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<String>,
    pub at: Timestamp,
}

impl Opened {
    /// True if it led to this account.
    pub fn is(&self, account: &Account) -> bool {
        self.account_id == account.id && self.elsewhere.as_deref() == account.elsewhere()
    }
}

/// The settings file. Missing fields have their default and unknown ones are kept, so that several versions can share it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub theme: Theme,
    /// The system's last theme: on Linux the current one is known only after the first frames.
    pub system_theme: Option<SystemTheme>,
    pub text_size: TextSize,
    pub reduced_motion: ReducedMotion,
    /// Takes effect at the next start.
    pub renderer: Renderer,
    /// Whether Keyfob runs the login shell when started from the desktop.
    pub login_shell: bool,
    pub window: Option<WindowPlace>,
    /// The most recent first.
    pub opened: Vec<Opened>,
    /// The preferences of accounts, by account id, and by endpoint if it is not AWS.
    pub accounts: BTreeMap<String, AccountPrefs>,
    /// The last selected user, by the same key.
    pub last_user: BTreeMap<String, UserName>,
    pub user_order: UserOrder,
    /// The format of *Create and copy*.
    pub pair_format: PairFormat,
    pub clipboard_clears: ClipboardClears,
    /// Screen sharing may show a revealed secret. When off, the system is asked not to capture the window.
    pub allow_capture: bool,
    /// The folder of the last saved key pair.
    pub save_folder: Option<PathBuf>,
    pub network: Network,
    /// The most requests of background reads.
    pub request_rate: RequestRate,
    pub tables: Tables,
    /// Fields of other versions of Keyfob.
    #[serde(flatten)]
    pub others: BTreeMap<String, serde_json::Value>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            system_theme: None,
            text_size: TextSize::default(),
            reduced_motion: ReducedMotion::default(),
            renderer: Renderer::default(),
            login_shell: true,
            window: None,
            opened: Vec::new(),
            accounts: BTreeMap::new(),
            last_user: BTreeMap::new(),
            user_order: UserOrder::default(),
            pair_format: PairFormat::default(),
            clipboard_clears: ClipboardClears::default(),
            allow_capture: false,
            save_folder: None,
            network: Network::default(),
            request_rate: RequestRate::default(),
            tables: Tables::default(),
            others: BTreeMap::new(),
        }
    }
}

/// A settings file that is not entirely valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsProblem {
    /// The fields that fell back to their defaults. Empty: all.
    pub fields: Vec<String>,
    pub reason: String,
    /// The path of the copy of the original file, or why it could not be made. Without it, nothing is saved.
    pub kept: Result<PathBuf, String>,
}

impl Settings {
    /// When, and as which account, a choice was last opened.
    pub fn opened(&self, choice: &SignInChoice) -> Option<&Opened> {
        self.opened.iter().find(|opened| opened.choice == *choice)
    }

    /// The last selected user of an account.
    pub fn last_user(&self, account: &Account) -> Option<&UserName> {
        self.last_user.get(&key_of(account))
    }

    /// The same in the account that a choice led to last time.
    pub fn user_of(&self, opened: &Opened) -> Option<&UserName> {
        self.last_user.get(&settings_key(&opened.account_id, opened.elsewhere.as_deref()))
    }

    pub fn remember_user(&mut self, account: &Account, user: UserName) {
        self.last_user.insert(key_of(account), user);
    }

    /// Moves a choice to the front.
    pub fn remember_opened(&mut self, opened: Opened) {
        self.opened.retain(|old| old.choice != opened.choice);
        self.opened.insert(0, opened);
    }

    /// The preferences of an account.
    pub fn prefs(&self, account: &Account) -> AccountPrefs {
        self.accounts.get(&key_of(account)).cloned().unwrap_or_default()
    }

    pub fn set_prefs(&mut self, account: &Account, prefs: AccountPrefs) {
        let key = key_of(account);
        if prefs == AccountPrefs::default() {
            self.accounts.remove(&key);
        } else {
            self.accounts.insert(key, prefs);
        }
    }

    /// The preferences of the account of a choice: the account that it opened last time, otherwise the one that the AWS files
    /// name (`account_id`).
    pub fn prefs_of(&self, choice: &SignInChoice, account_id: Option<&str>) -> Option<&AccountPrefs> {
        let key = match self.opened(choice) {
            Some(opened) => settings_key(&opened.account_id, opened.elsewhere.as_deref()),
            None => settings_key(account_id?, None),
        };
        self.accounts.get(&key)
    }
}

fn key_of(account: &Account) -> String {
    settings_key(&account.id, account.elsewhere())
}
