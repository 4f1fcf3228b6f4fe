//! Signing in to IAM Identity Center with the browser: the device authorization of OAuth (RFC 8628).

use std::time::Duration;

use aws_sdk_ssooidc::operation::create_token::CreateTokenError as Reason;
use aws_sdk_ssooidc::operation::start_device_authorization::StartDeviceAuthorizationOutput as Started;
use jiff::{SignedDuration, Timestamp};

use super::sso::{host, oidc, problem};
use super::token::{Renewal, Token};
use crate::aws::Options;
use crate::aws::config::for_sign_in;
use crate::aws::error::failure;
use crate::domain::{Cause, DeviceCode, DeviceGrant, Failure, Secret, SignInProblem, SsoSession, Steady};

/// How the AWS CLI calls itself where one looks at who has access; we are another program.
const CLIENT_NAME: &str = "keyfob";

/// What a session of the newer form may be renewed for, where it does not say.
const SCOPE: &str = "sso:account:access";

/// How much slower "slow down" means (RFC 8628, 3.5).
const SLOWER: Duration = Duration::from_secs(5);

/// Asks for a code to show. Needs no credentials.
pub async fn start_device(
    session: SsoSession,
    options: &Options,
) -> Result<(DeviceCode, DeviceGrant), Failure> {
    let client = oidc(&session, &for_sign_in(&session, options).await?);
    let host = host("oidc", &session);
    let register = client.register_client().client_name(CLIENT_NAME).client_type("public");
    // The older form has no scopes, and no renewal.
    let scopes = session.name.as_ref().map(|_| match &session.scopes[..] {
        [] => vec![SCOPE.to_owned()],
        scopes => scopes.to_vec(),
    });
    let register = register.set_scopes(scopes);
    let registered = register.send().await;
    let registered =
        registered.map_err(|err| refused(&session, failure("sso-oidc:RegisterClient", &host, &err)))?;
    let unreadable = || Failure::new("sso-oidc:StartDeviceAuthorization", Cause::Unreadable);
    let client_id = registered.client_id.ok_or_else(unreadable)?;
    let client_secret = registered.client_secret.map(Secret::new).ok_or_else(unreadable)?;
    let start = client.start_device_authorization().client_id(&client_id).start_url(&session.start_url);
    let started = start.client_secret(client_secret.expose()).send().await;
    let started = started
        .map_err(|err| refused(&session, failure("sso-oidc:StartDeviceAuthorization", &host, &err)))?;
    let ends = options.clock.now().steady + SignedDuration::from_secs(started.expires_in.max(60).into());
    let interval_secs = u64::try_from(started.interval.max(1)).unwrap_or(1);
    let (code, device_code) = code(started, ends).ok_or_else(unreadable)?;
    let registered_until_secs = registered.client_secret_expires_at;
    let grant = DeviceGrant {
        session,
        client_id,
        client_secret,
        registered_until_secs,
        device_code,
        interval_secs,
        ends,
    };
    Ok((code, grant))
}

/// Only a web address is opened in a browser: the answer comes from the network.
fn code(started: Started, ends: Steady) -> Option<(DeviceCode, Secret)> {
    let url = started.verification_uri_complete.or(started.verification_uri)?;
    let uri: http::Uri = url.parse().ok()?;
    let is_web = matches!(uri.scheme_str(), Some("https" | "http")) && uri.host().is_some();
    let code = DeviceCode { user_code: started.user_code?, url, ends };
    is_web.then_some((code, Secret::new(started.device_code?)))
}

/// What the service says against the start URL or the region.
fn refused(session: &SsoSession, failure: Failure) -> Failure {
    match failure.cause {
        Cause::Refused { code, message } => {
            let detail = if message.is_empty() { code } else { message };
            problem(SignInProblem::DeviceRefused { start_url: session.start_url.clone(), detail })
        }
        _ => failure,
    }
}

/// It says nothing about the sign-in, for which the browser may still be waited.
fn passes(failure: &Failure) -> bool {
    match failure.cause {
        Cause::NotAws { status, .. } => status >= 500,
        Cause::Throttled | Cause::ServiceFailure { .. } => true,
        _ => false,
    }
}

/// Waits until the browser has said yes, and files the token where the AWS CLI looks for it.
pub async fn await_device(grant: DeviceGrant, options: &Options) -> Result<(), Failure> {
    let session = &grant.session;
    let client = oidc(session, &for_sign_in(session, options).await?);
    let mut pause = Duration::from_secs(grant.interval_secs);
    let token = loop {
        tokio::time::sleep(pause).await;
        if options.clock.now().steady >= grant.ends {
            return Err(problem(SignInProblem::DeviceExpired));
        }
        let call = client.create_token().client_id(&grant.client_id);
        let call = call.client_secret(grant.client_secret.expose());
        let call = call.grant_type("urn:ietf:params:oauth:grant-type:device_code");
        match call.device_code(grant.device_code.expose()).send().await {
            Ok(token) => break token,
            Err(err) => match err.as_service_error() {
                Some(Reason::AuthorizationPendingException(_)) => {}
                Some(Reason::SlowDownException(_)) => pause += SLOWER,
                Some(Reason::ExpiredTokenException(_)) => return Err(problem(SignInProblem::DeviceExpired)),
                Some(Reason::AccessDeniedException(_)) => return Err(problem(SignInProblem::DeviceDenied)),
                Some(_) => {
                    let failure = failure("sso-oidc:CreateToken", &host("oidc", session), &err);
                    if !passes(&failure) {
                        return Err(refused(session, failure));
                    }
                    log::info!("the token service is busy or fails; asking again");
                }
                // A network that fails for a moment: the browser may still be waited for.
                None => log::info!("the token service did not answer; asking again"),
            },
        }
    };
    let access = token.access_token.ok_or_else(|| Failure::new("sso-oidc:CreateToken", Cause::Unreadable))?;
    let renewal = token.refresh_token.and_then(|token| {
        Some(Renewal {
            token: Secret::new(token),
            client_id: grant.client_id.clone(),
            client_secret: grant.client_secret.duplicate(),
            registered_until: Timestamp::from_second(grant.registered_until_secs).ok()?,
        })
    });
    let expires = options.clock.date() + SignedDuration::from_secs(token.expires_in.into());
    let token = Token { access: Secret::new(access), expires, renewal };
    token.write(session, &options.env, options.write_private)
}
