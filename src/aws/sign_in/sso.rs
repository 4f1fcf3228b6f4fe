//! IAM Identity Center: from its token to the credentials of a role.

use std::time::{Duration, SystemTime};

use aws_config::Region;
use aws_credential_types::Credentials;
use aws_sdk_sso::error::ProvideErrorMetadata as _;
use aws_sdk_ssooidc::operation::create_token::CreateTokenOutput;
use jiff::{SignedDuration, Timestamp};

use super::token::{Renewal, Token};
use super::{SignInContext, SignInInterrupted};
use crate::aws::error::failure;
use crate::domain::{Cause, Failure, Prompt, Secret, SignInProblem, SsoSession};

/// A token that ends within this time is renewed.
const EARLY: SignedDuration = SignedDuration::from_mins(5);

pub(super) async fn credentials(
    session: &SsoSession,
    account: &str,
    role: &str,
    tools: &SignInContext,
) -> Result<Credentials, SignInInterrupted> {
    let token = usable_token(session, tools).await?;
    let config =
        aws_sdk_sso::config::Builder::from(&tools.config).region(Region::new(session.region.clone()));
    let call = aws_sdk_sso::Client::from_conf(config.build()).get_role_credentials();
    let answer = call.access_token(token.access.expose()).account_id(account).role_name(role).send().await;
    let found = match answer {
        Ok(answer) => answer.role_credentials,
        Err(err) => {
            return Err(match err.code() {
                // The session was ended elsewhere, or it is one of the older form, which does not tell its end.
                Some("UnauthorizedException") => SignInInterrupted::Prompt(Prompt::Sso(session.clone())),
                Some("ForbiddenException" | "ResourceNotFoundException") => {
                    let (role, account) = (role.to_owned(), account.to_owned());
                    problem(SignInProblem::NotAssigned { role, account }).into()
                }
                _ => failure("sso:GetRoleCredentials", &host("portal.sso", session), &err).into(),
            });
        }
    };
    let unreadable = || Failure::new("sso:GetRoleCredentials", Cause::Unreadable);
    let found = found.ok_or_else(unreadable)?;
    let (id, secret) = found.access_key_id.zip(found.secret_access_key).ok_or_else(unreadable)?;
    let ends = u64::try_from(found.expiration).ok().ok_or_else(unreadable)?;
    let expires = SystemTime::UNIX_EPOCH + Duration::from_millis(ends);
    Ok(Credentials::new(id, secret, found.session_token, Some(expires), "sso"))
}

/// When nobody but the administrator can renew the session any more; `None` while it renews itself.
pub(super) fn ends(session: &SsoSession, tools: &SignInContext) -> Option<Timestamp> {
    let token = Token::read(session, &tools.env)?;
    (!token.renews(tools.clock.date())).then_some(token.expires)
}

async fn usable_token(session: &SsoSession, tools: &SignInContext) -> Result<Token, SignInInterrupted> {
    let now = tools.clock.date();
    let token = Token::read(session, &tools.env)
        .ok_or_else(|| SignInInterrupted::Prompt(Prompt::Sso(session.clone())))?;
    if now + EARLY < token.expires {
        return Ok(token);
    }
    if !token.renews(now) {
        let is_over = token.expires <= now;
        return if is_over {
            Err(SignInInterrupted::Prompt(Prompt::Sso(session.clone())))
        } else {
            Ok(token)
        };
    }
    renew(session, token, tools).await
}

async fn renew(
    session: &SsoSession,
    mut token: Token,
    tools: &SignInContext,
) -> Result<Token, SignInInterrupted> {
    let now = tools.clock.date();
    let Some(renewal) = &token.renewal else {
        return Err(SignInInterrupted::Prompt(Prompt::Sso(session.clone())));
    };
    let answer = match next_token(session, renewal, tools).await {
        Ok(answer) => answer,
        // It is good until its end, whatever keeps it from being renewed.
        Err(_) if now < token.expires => return Ok(token),
        Err(stop) => return Err(stop),
    };
    let access =
        answer.access_token.ok_or_else(|| Failure::new("sso-oidc:CreateToken", Cause::Unreadable))?;
    token.access = Secret::new(access);
    token.expires = now + SignedDuration::from_secs(answer.expires_in.into());
    if let (Some(renewal), Some(next)) = (&mut token.renewal, answer.refresh_token) {
        renewal.token = Secret::new(next);
    }
    token.write(session, &tools.env, tools.write_private)?;
    Ok(token)
}

async fn next_token(
    session: &SsoSession,
    renewal: &Renewal,
    tools: &SignInContext,
) -> Result<CreateTokenOutput, SignInInterrupted> {
    let call = oidc(session, &tools.config)
        .create_token()
        .grant_type("refresh_token")
        .client_id(&renewal.client_id)
        .client_secret(renewal.client_secret.expose())
        .refresh_token(renewal.token.expose());
    call.send().await.map_err(|err| {
        let is_answer = err.as_service_error().is_some();
        let failure = failure("sso-oidc:CreateToken", &host("oidc", session), &err);
        if is_answer && is_refusal(&failure) {
            SignInInterrupted::Prompt(Prompt::Sso(session.clone()))
        } else {
            failure.into()
        }
    })
}

/// The service does not take what it gave out before, whatever it calls that: somebody must sign in. Where it is busy or
/// fails, or something in between answers, signing in again would not help.
fn is_refusal(failure: &Failure) -> bool {
    !matches!(failure.cause, Cause::Throttled | Cause::ServiceFailure { .. } | Cause::NotAws { .. })
}

/// A client for the token service of `session`, which takes no credentials.
pub(super) fn oidc(session: &SsoSession, config: &aws_config::SdkConfig) -> aws_sdk_ssooidc::Client {
    let config = aws_sdk_ssooidc::config::Builder::from(config).region(Region::new(session.region.clone()));
    aws_sdk_ssooidc::Client::from_conf(config.build())
}

pub(super) fn host(service: &str, session: &SsoSession) -> String {
    format!("{service}.{}.amazonaws.com", session.region)
}

pub(super) fn problem(problem: SignInProblem) -> Failure {
    Failure::new("", Cause::SignIn(problem))
}
