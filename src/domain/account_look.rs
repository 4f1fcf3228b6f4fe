//! What an administrator has said about an account. Keyfob's own; AWS is not told.

use serde::{Deserialize, Serialize};

use super::{AccountKind, Policy};

/// How an account is called and marked, how it is opened, and what its keys are measured by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountLook {
    /// The administrator's own name for it.
    pub name: Option<String>,
    /// `None`: not said yet, so that its names tell.
    pub kind: Option<AccountKind>,
    /// It is always opened read-only.
    pub read_only: bool,
    /// What its keys are measured by.
    #[serde(skip_serializing_if = "Policy::is_default")]
    pub policy: Policy,
}

impl AccountLook {
    /// Without what means nothing. What the practice account is, nobody can say.
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
        assert!(serde_json::from_str::<AccountLook>(r#"{"kind": "practice"}"#).is_err());
        let look = AccountLook { kind: Some(AccountKind::Practice), ..AccountLook::default() };
        assert_eq!(look.tidy(), AccountLook::default());
    }

    #[test]
    fn a_name_of_blanks_is_none() {
        let look = AccountLook { name: Some("  ".into()), ..AccountLook::default() };
        assert_eq!(look.tidy().name, None);
        let look = AccountLook { name: Some(" shop ".into()), ..AccountLook::default() };
        assert_eq!(look.tidy().name.as_deref(), Some("shop"));
    }
}
