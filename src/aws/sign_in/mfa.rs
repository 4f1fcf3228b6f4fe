//! MFA: the SDK ignores `mfa_serial`, so the code is asked for and handed to STS here.

use aws_credential_types::Credentials;
use aws_sdk_iam::error::ProvideErrorMetadata as _;

use super::chain::{CredentialChain, RoleStep, SourceCredentials};
use super::mfa_code::{Mfa, ask, refused};
use super::roles::{self, credentials_of};
use super::{SignInContext, SignInInterrupted};
use crate::aws::config::iam_config;
use crate::aws::endpoint::sts_host;
use crate::aws::error::failure;
use crate::domain::{Cause, Failure, SignInInput, SignInProblem};

/// A working day; `GetSessionToken` gives between 15 minutes and 36 hours.
const SESSION_SECS: i32 = 43_200;

/// Credentials made with a code and the roles that are left to assume, or `None` where MFA has no part.
pub(super) async fn apply(
    chain: &CredentialChain,
    base: &Credentials,
    given: &SignInInput,
    tools: &SignInContext,
) -> Result<Option<(Credentials, Vec<RoleStep>)>, SignInInterrupted> {
    // Only a user has a device: a role's session cannot be asked for a code.
    if !is_user(chain, base) || (chain.serial.is_none() && !given.use_mfa) {
        return Ok(None);
    }
    let role = chain.hops.first().map(|hop| hop.role_arn.as_str());
    // What was typed wins: it is typed only where nobody knows the device, or AWS does not know that of the profile.
    let serial = match given.serial.as_ref().or(chain.serial.as_ref()) {
        Some(serial) => serial.clone(),
        None => match find_serial(base, tools).await? {
            Some(serial) => serial,
            None => return Err(ask(None, role, None)),
        },
    };
    if is_security_key(&serial) {
        return Err(security_key(serial).into());
    }
    let Some(code) = &given.code else { return Err(ask(Some(serial), role, None)) };
    let mfa = Mfa { serial: &serial, code: code.expose() };
    match chain.hops.split_first() {
        Some((first, rest)) => {
            let credentials = roles::assume(base.clone(), first, false, Some(mfa), tools).await?;
            Ok(Some((credentials, rest.to_vec())))
        }
        None => Ok(Some((session_token(base.clone(), mfa, chain.duration_secs, tools).await?, Vec::new()))),
    }
}

/// Long-term keys are a user's; a program or the environment may hand out a user's session.
pub(super) fn is_user(chain: &CredentialChain, base: &Credentials) -> bool {
    match chain.base {
        SourceCredentials::Keys(_) | SourceCredentials::Environment | SourceCredentials::Process { .. } => {
            base.session_token().is_none() || !chain.hops.is_empty()
        }
        _ => false,
    }
}

fn is_security_key(serial: &str) -> bool {
    serial.contains(":u2f/")
}

fn security_key(serial: String) -> Failure {
    Failure::new("", Cause::SignIn(SignInProblem::SecurityKey { serial }))
}

async fn session_token(
    by: Credentials,
    mfa: Mfa<'_>,
    duration_secs: Option<i32>,
    tools: &SignInContext,
) -> Result<Credentials, SignInInterrupted> {
    let call = roles::client(by, true, tools).get_session_token();
    let call = call.serial_number(mfa.serial).token_code(mfa.code);
    match call.duration_seconds(duration_secs.unwrap_or(SESSION_SECS)).send().await {
        Ok(answer) => credentials_of("sts:GetSessionToken", answer.credentials),
        Err(err) => Err(refused(&err).map_or_else(
            || {
                failure("sts:GetSessionToken", &sts_host(&tools.config, &tools.env, &tools.endpoint), &err)
                    .into()
            },
            |refused| ask(Some(mfa.serial.to_owned()), None, Some(refused)),
        )),
    }
}

/// The caller's own devices, if they may be listed: often a policy lets nothing through before MFA but this.
async fn find_serial(by: &Credentials, tools: &SignInContext) -> Result<Option<String>, SignInInterrupted> {
    let config = iam_config(&tools.config, &tools.endpoint).credentials_provider(by.clone()).build();
    let answer = match aws_sdk_iam::Client::from_conf(config).list_mfa_devices().send().await {
        Ok(answer) => answer,
        // The serial is typed then. Whatever is wrong with the network shows again at once.
        Err(err) => {
            log::info!("the MFA devices could not be listed: {}", err.code().unwrap_or("no answer"));
            return Ok(None);
        }
    };
    let serials: Vec<String> = answer.mfa_devices.into_iter().map(|device| device.serial_number).collect();
    match serials.iter().find(|serial| !is_security_key(serial)) {
        Some(serial) => Ok(Some(serial.clone())),
        None => serials.into_iter().next().map_or(Ok(None), |serial| Err(security_key(serial).into())),
    }
}
