//! The operations of the account: one table from action to handler.

mod identity;
mod keys;
mod policies;
mod report;
mod tags;
mod users;

use jiff::Timestamp;

use super::account::Account;
use super::answer::Xml;
use super::fault::Fault;
use super::request::Request;

/// One of the two simulated services.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Api {
    Iam,
    Sts,
}

impl Api {
    const fn version(self) -> &'static str {
        match self {
            Self::Iam => "2010-05-08",
            Self::Sts => "2011-06-15",
        }
    }

    pub(super) const fn namespace(self) -> &'static str {
        match self {
            Self::Iam => "https://iam.amazonaws.com/doc/2010-05-08/",
            Self::Sts => "https://sts.amazonaws.com/doc/2011-06-15/",
        }
    }

    /// The service of a request, identified by its API version.
    pub(super) fn of(request: &Request) -> Self {
        if request.version() == Self::Sts.version() { Self::Sts } else { Self::Iam }
    }
}

/// A request from a known signer.
pub(super) struct Call<'a> {
    pub(super) request: &'a Request,
    /// The user whose key signed the request.
    pub(super) signer: &'a str,
    pub(super) now: Timestamp,
    /// Whether lists are out of date.
    pub(super) lists_lag: bool,
}

impl<'a> Call<'a> {
    /// The user that the request names, or otherwise its signer.
    fn user(&self) -> Result<&'a str, Fault> {
        Ok(self.request.user_name()?.unwrap_or(self.signer))
    }
}

type Handler = fn(&mut Account, &Call<'_>) -> Result<Xml, Fault>;

/// A supported action.
pub(super) struct Operation {
    pub(super) name: &'static str,
    pub(super) api: Api,
    /// Whether it changes anything.
    pub(super) changes: bool,
    pub(super) run: Handler,
}

impl Operation {
    const fn reads(name: &'static str, run: Handler) -> Self {
        Self { name, api: Api::Iam, changes: false, run }
    }

    const fn changes(name: &'static str, run: Handler) -> Self {
        Self { name, api: Api::Iam, changes: true, run }
    }
}

const OPERATIONS: &[Operation] = &[
    Operation::changes("CreateAccessKey", keys::create),
    Operation::changes("DeleteAccessKey", keys::delete),
    Operation::reads("GenerateCredentialReport", report::generate),
    Operation::reads("GetAccessKeyLastUsed", keys::last_used),
    Operation::reads("GetAccountSummary", identity::account_summary),
    Operation::reads("GetCredentialReport", report::get),
    Operation { name: "GetCallerIdentity", api: Api::Sts, changes: false, run: identity::caller },
    Operation::reads("GetUser", users::get),
    Operation::reads("ListAccessKeys", keys::list),
    Operation::reads("ListAccountAliases", identity::account_aliases),
    Operation::reads("ListAttachedUserPolicies", policies::attached_to_user),
    Operation::reads("ListUserTags", tags::list),
    Operation::reads("ListUsers", users::list),
    Operation::changes("TagUser", tags::tag),
    Operation::changes("UntagUser", tags::untag),
    Operation::changes("UpdateAccessKey", keys::update),
];

/// The operation that a request asks for.
pub(super) fn find(request: &Request) -> Result<&'static Operation, Fault> {
    let (action, version) = (request.action(), request.version());
    let asked = |operation: &&Operation| operation.name == action && operation.api.version() == version;
    OPERATIONS.iter().find(asked).ok_or_else(|| Fault::invalid_action(action, version))
}
