//! The first credentials of a profile, before any role.

use std::path::Path;

use aws_config::ecs::EcsCredentialsProvider;
use aws_config::imds::credentials::ImdsCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;
use aws_types::os_shim_internal::Env;
use jiff::Timestamp;

use super::chain::SourceCredentials;
use super::roles::credentials_of;
use super::sso::problem;
use super::{SignInContext, SignInInterrupted, login, process, sso};
use crate::aws::config::{behavior, sts_config};
use crate::aws::endpoint::sts_host;
use crate::aws::error::{chain, failure};
use crate::aws::regular_file;
use crate::domain::{Cause, Failure, SignInProblem};

impl SourceCredentials {
    pub(super) async fn credentials(
        &self,
        profile: &str,
        tools: &SignInContext,
    ) -> Result<Credentials, SignInInterrupted> {
        match self {
            Self::Keys(credentials) => Ok(credentials.clone()),
            Self::Environment => {
                let nothing = || Failure::new("", Cause::NoCredentials { profile: profile.to_owned() });
                Ok(environment(&tools.env).ok_or_else(nothing)?)
            }
            Self::Container => {
                let provider = EcsCredentialsProvider::builder().configure(&direct(tools)).build();
                provided(profile, "EcsContainer", provider).await
            }
            Self::Instance => {
                let provider = ImdsCredentialsProvider::builder().configure(&direct(tools)).build();
                provided(profile, "Ec2InstanceMetadata", provider).await
            }
            Self::WebIdentity { role_arn, token, session_name } => {
                web_identity(role_arn, token, session_name.as_deref(), tools).await
            }
            Self::Sso { session, account, role } => sso::credentials(session, account, role, tools).await,
            Self::Login { session_arn } => {
                login::credentials(profile, session_arn, &provider_config(tools)).await
            }
            Self::Process { command } => {
                Ok(process::run(profile, command, tools.search_path.as_deref(), &tools.for_programs).await?)
            }
        }
    }

    /// They are a role's already. Those of the environment or of a program may be, and do not tell.
    pub(super) fn is_role(&self) -> bool {
        match self {
            Self::Container | Self::Instance | Self::WebIdentity { .. } | Self::Sso { .. } => true,
            Self::Login { session_arn } => session_arn.contains(":assumed-role/"),
            Self::Keys(_) | Self::Environment | Self::Process { .. } => false,
        }
    }

    /// When they cannot be had any more without somebody being asked, where that is known.
    pub(super) fn ends(&self, tools: &SignInContext) -> Option<Timestamp> {
        match self {
            Self::Sso { session, .. } => sso::ends(session, tools),
            _ => None,
        }
    }
}

/// `EnvProvider` of botocore 1.44, but for white space around the values, which it would sign with.
fn environment(env: &Env) -> Option<Credentials> {
    let get = |name: &str| env.get(name).ok().map(|value| value.trim().to_owned());
    let set = |name: &str| get(name).filter(|value| !value.is_empty());
    let id = set("AWS_ACCESS_KEY_ID")?;
    let secret = set("AWS_SECRET_ACCESS_KEY")?;
    let token = set("AWS_SECURITY_TOKEN").or_else(|| set("AWS_SESSION_TOKEN"));
    Some(Credentials::new(id, secret, token, None, "environment"))
}

fn provider_config(tools: &SignInContext) -> ProviderConfig {
    let config = ProviderConfig::without_region()
        .with_region(tools.config.region().cloned())
        .with_behavior_version(Some(behavior()));
    match tools.config.http_client() {
        Some(http) => config.with_http_client(http),
        None => config,
    }
}

/// The container and the instance are asked inside of this computer: a proxy would ask its own.
fn direct(tools: &SignInContext) -> ProviderConfig {
    provider_config(tools).with_http_client(tools.direct.clone())
}

async fn provided(
    profile: &str,
    name: &str,
    provider: impl ProvideCredentials,
) -> Result<Credentials, SignInInterrupted> {
    provider.provide_credentials().await.map_err(|err| {
        let (profile, name, detail) = (profile.to_owned(), name.to_owned(), chain(&err));
        problem(SignInProblem::NothingAtSource { profile, name, detail }).into()
    })
}

async fn web_identity(
    role_arn: &str,
    token: &Path,
    session_name: Option<&str>,
    tools: &SignInContext,
) -> Result<Credentials, SignInInterrupted> {
    let unread = |reason| problem(SignInProblem::TokenFile { path: token.to_owned(), reason });
    let read = regular_file::read(token).map_err(|err| unread(err.to_string()))?;
    let read = std::str::from_utf8(&read).map_err(|err| unread(err.to_string()))?;
    // The token is the proof: the call is not signed.
    let config = sts_config(&tools.config, &tools.endpoint, &tools.env).build();
    let call = aws_sdk_sts::Client::from_conf(config).assume_role_with_web_identity().role_arn(role_arn);
    let call = call.role_session_name(session_name.unwrap_or("keyfob")).web_identity_token(read.trim());
    let answer = call.send().await.map_err(|err| {
        failure("sts:AssumeRoleWithWebIdentity", &sts_host(&tools.config, &tools.env, &tools.endpoint), &err)
    })?;
    credentials_of("sts:AssumeRoleWithWebIdentity", answer.credentials)
}
