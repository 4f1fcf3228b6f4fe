//! The account that a record, a setting or an intent is about.

use serde::{Deserialize, Serialize};

use super::{Account, Endpoint};

/// Identifies an account that need not be open. The id alone is not enough: two servers may use the same one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRef {
    /// 12 digits.
    pub id: String,
    /// Its name at the time.
    pub name: String,
    /// The host name of AWS's own endpoint, the URL of another one, or `practice`.
    pub endpoint: String,
}

impl From<&Account> for AccountRef {
    fn from(account: &Account) -> Self {
        Self { id: account.id.clone(), name: account.name().to_owned(), endpoint: endpoint_of(account) }
    }
}

impl AccountRef {
    /// True for the same account, whatever its name is now.
    pub fn is(&self, account: &Account) -> bool {
        self.id == account.id && self.endpoint == endpoint_of(account)
    }
}

fn endpoint_of(account: &Account) -> String {
    match &account.endpoint {
        Endpoint::Aws(host) => host.clone(),
        Endpoint::Override { url, .. } => url.clone(),
        Endpoint::Practice => "practice".to_owned(),
    }
}

/// For records with the account's fields among their own: `#[serde(flatten, with = "FlatAccountRef")]`.
#[derive(Serialize, Deserialize)]
#[serde(remote = "AccountRef")]
pub(super) struct FlatAccountRef {
    #[serde(rename = "account_id")]
    id: String,
    #[serde(rename = "account_name")]
    name: String,
    endpoint: String,
}

/// The key of an account in the settings file: its id, and its endpoint if it is not AWS. An id alone, as in older files, means
/// AWS.
pub(super) fn settings_key(account_id: &str, elsewhere: Option<&str>) -> String {
    match elsewhere {
        Some(endpoint) => format!("{account_id} at {endpoint}"),
        None => account_id.to_owned(),
    }
}
