//! The administrator's preferences for an account. They are stored by Keyfob, not in AWS.

use serde::{Deserialize, Serialize};

use super::{AccountKind, Policy};

/// The name, kind and read-only preference of an account, and the limits for its findings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountPrefs {
    /// The administrator's own name for it.
    pub name: Option<String>,
    /// `None`: not set, so the account's names decide.
    pub kind: Option<AccountKind>,
    /// The account always opens read-only.
    pub read_only: bool,
    /// The limits for findings.
    #[serde(skip_serializing_if = "Policy::is_default")]
    pub policy: Policy,
}

impl AccountPrefs {
    /// Removes values without effect. The kind of the practice account cannot be set.
    pub fn tidy(self) -> Self {
        let name = self.name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        let kind = self.kind.filter(|kind| *kind != AccountKind::Practice);
        Self { name, kind, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_settings_file_makes_an_account_look_like_practice() {
        assert!(serde_json::from_str::<AccountPrefs>(r#"{"kind": "practice"}"#).is_err());
        let prefs = AccountPrefs { kind: Some(AccountKind::Practice), ..AccountPrefs::default() };
        assert_eq!(prefs.tidy(), AccountPrefs::default());
    }

    #[test]
    fn a_name_of_blanks_is_none() {
        let prefs = AccountPrefs { name: Some("  ".into()), ..AccountPrefs::default() };
        assert_eq!(prefs.tidy().name, None);
        let prefs = AccountPrefs { name: Some(" shop ".into()), ..AccountPrefs::default() };
        assert_eq!(prefs.tidy().name.as_deref(), Some("shop"));
    }
}
