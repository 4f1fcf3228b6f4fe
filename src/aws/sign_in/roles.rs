//! Assuming roles, one after another.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sdk_sts::config::retry::RetryConfig;
use aws_sdk_sts::operation::assume_role::AssumeRoleOutput;
use aws_sdk_sts::types::Credentials as StsCredentials;

use super::chain::RoleStep;
use super::mfa_code::{self, Mfa};
use super::{SignInContext, SignInInterrupted};
use crate::aws::config::sts_config;
use crate::aws::endpoint::sts_host;
use crate::aws::error::failure;
use crate::domain::{Cause, Failure};

/// What a session is called where the profile does not say. The same each time, so that the caller is the same.
const SESSION_NAME: &str = "keyfob";

/// A role that was assumed by a role lasts an hour at most (STS, "role chaining").
const CHAINED_AT_MOST: i32 = 3600;

/// `after_role`: the first credentials are those of a role already.
pub(super) async fn assume_all(
    first: Credentials,
    hops: &[RoleStep],
    after_role: bool,
    tools: &SignInContext,
) -> Result<Credentials, SignInInterrupted> {
    let mut credentials = first;
    for (index, hop) in hops.iter().enumerate() {
        credentials = assume(credentials, hop, after_role || index > 0, None, tools).await?;
    }
    Ok(credentials)
}

pub(super) async fn assume(
    by: Credentials,
    hop: &RoleStep,
    chained: bool,
    mfa: Option<Mfa<'_>>,
    tools: &SignInContext,
) -> Result<Credentials, SignInInterrupted> {
    let call = client(by, mfa.is_some(), tools).assume_role();
    let duration = hop.duration_secs.map(|secs| if chained { secs.min(CHAINED_AT_MOST) } else { secs });
    let call = call
        .role_arn(&hop.role_arn)
        .role_session_name(hop.session_name.as_deref().unwrap_or(SESSION_NAME))
        .set_external_id(hop.external_id.clone())
        .set_duration_seconds(duration)
        .set_serial_number(mfa.as_ref().map(|mfa| mfa.serial.to_owned()))
        .set_token_code(mfa.as_ref().map(|mfa| mfa.code.to_owned()));
    match call.send().await {
        Ok(AssumeRoleOutput { credentials, .. }) => credentials_of("sts:AssumeRole", credentials),
        Err(err) => Err(match (&mfa, mfa_code::refused(&err)) {
            (Some(mfa), Some(refused)) => {
                mfa_code::ask(Some(mfa.serial.to_owned()), Some(&hop.role_arn), Some(refused))
            }
            _ => {
                failure("sts:AssumeRole", &sts_host(&tools.config, &tools.env, &tools.endpoint), &err).into()
            }
        }),
    }
}

/// `once`: a code works once, so that a call with one must not be repeated.
pub(super) fn client(by: Credentials, once: bool, tools: &SignInContext) -> aws_sdk_sts::Client {
    let mut config = sts_config(&tools.config, &tools.endpoint, &tools.env).credentials_provider(by);
    if once {
        config.set_retry_config(Some(RetryConfig::disabled()));
    }
    aws_sdk_sts::Client::from_conf(config.build())
}

/// Also an answer without credentials may come with a good status.
pub(super) fn credentials_of(
    action: &'static str,
    found: Option<StsCredentials>,
) -> Result<Credentials, SignInInterrupted> {
    let unreadable = || Failure::new(action, Cause::Unreadable);
    let found = found.filter(|found| !found.secret_access_key.is_empty()).ok_or_else(unreadable)?;
    let expires = SystemTime::try_from(found.expiration).ok().ok_or_else(unreadable)?;
    let StsCredentials { access_key_id, secret_access_key, session_token, .. } = found;
    Ok(Credentials::new(access_key_id, secret_access_key, Some(session_token), Some(expires), "sts"))
}
