//! The errors of IAM: code, HTTP status and message.

use std::fmt::Display;

/// An error response. Codes and statuses are from the IAM API reference ("Common Errors" and each operation's errors);
/// messages are as observed on AWS.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) status: u16,
    pub(super) code: &'static str,
    pub(super) message: String,
}

impl Fault {
    fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    pub(super) fn missing_authentication() -> Self {
        Self::new(403, "MissingAuthenticationToken", "Request is missing Authentication Token")
    }

    /// The signer's key is unknown, inactive or too young.
    pub(super) fn invalid_token() -> Self {
        Self::new(403, "InvalidClientTokenId", "The security token included in the request is invalid")
    }

    pub(super) fn expired_token() -> Self {
        Self::new(403, "ExpiredToken", "The security token included in the request is expired")
    }

    pub(super) fn throttled() -> Self {
        Self::new(400, "Throttling", "Rate exceeded")
    }

    pub(super) fn access_denied(caller: &str, action: &str, resource: &str) -> Self {
        let message = format!(
            "User: {caller} is not authorized to perform: iam:{action} on resource: {resource} \
             because no identity-based policy allows the iam:{action} action"
        );
        Self::new(403, "AccessDenied", message)
    }

    pub(super) fn invalid_action(action: &str, version: &str) -> Self {
        Self::new(400, "InvalidAction", format!("Could not find operation {action} for version {version}"))
    }

    /// IAM's own validation of a value, with IAM's message.
    pub(super) fn validation(message: impl Into<String>) -> Self {
        Self::new(400, "ValidationError", message)
    }

    /// The generated validation of a value: `member` is the parameter in lower camel case.
    pub(super) fn constraint(member: &str, value: Option<&str>, rule: impl Display) -> Self {
        let value = value.map_or_else(|| "null".to_owned(), |value| format!("'{value}'"));
        Self::validation(format!(
            "1 validation error detected: Value {value} at '{member}' failed to satisfy constraint: Member must {rule}"
        ))
    }

    pub(super) fn invalid_input(message: impl Into<String>) -> Self {
        Self::new(400, "InvalidInput", message)
    }

    pub(super) fn no_such_user(name: &str) -> Self {
        Self::new(404, "NoSuchEntity", format!("The user with name {name} cannot be found."))
    }

    pub(super) fn no_such_key(id: &str) -> Self {
        Self::new(404, "NoSuchEntity", format!("The Access Key with id {id} cannot be found."))
    }

    pub(super) fn limit_exceeded(quota: &str, limit: usize) -> Self {
        Self::new(409, "LimitExceeded", format!("Cannot exceed quota for {quota}: {limit}"))
    }

    pub(super) fn report_not_present() -> Self {
        Self::new(410, "ReportNotPresent", "No report present. Generate a report first.")
    }

    pub(super) fn report_in_progress() -> Self {
        Self::new(404, "ReportInProgress", "Report generation is in progress.")
    }

    pub(super) fn report_expired() -> Self {
        Self::new(410, "ReportExpired", "The report has expired. Generate a new report.")
    }

    /// The side at fault, for the XML.
    pub(super) fn kind(&self) -> &'static str {
        if self.status < 500 { "Sender" } else { "Receiver" }
    }
}
