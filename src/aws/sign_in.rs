//! From what was picked to credentials: the base of the profile, its roles, MFA on the way.
//!
//! Nothing here is kept from one try to the next: a question ends the try, and the answer begins a new one.

mod base;
mod chain;
mod dates;
mod device;
mod login;
mod mfa;
mod mfa_code;
mod process;
mod provider;
mod roles;
mod sso;
mod token;

pub use device::{await_device, start_device};
pub use login::{AwsLogin, login_outcome};

use std::ffi::OsString;

use aws_config::SdkConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_types::os_shim_internal::Env;
use jiff::Timestamp;

use super::config_files::ConfigFiles;
use super::options::WritePrivate;
use crate::clock::Clock;
use crate::domain::{Cause, Endpoint, Failure, InheritedEnv, KeyId, Prompt, SignInInput};
pub(super) use chain::{CredentialChain, RoleStep, SourceCredentials, assumes_role};

/// Why a sign-in does not go on.
#[derive(Debug, PartialEq, Eq)]
pub enum SignInInterrupted {
    /// It may, with an answer.
    Prompt(Prompt),
    Failed(Failure),
}

impl From<Failure> for SignInInterrupted {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl SignInInterrupted {
    /// A policy may ask for MFA without saying so.
    fn with_way_out(mut self, mfa_may_help: bool) -> Self {
        if let Self::Failed(Failure { cause: Cause::Denied(denial), .. }) = &mut self {
            denial.mfa_may_help = mfa_may_help;
        }
        self
    }
}

/// What signing in works with.
#[derive(Clone)]
pub(super) struct SignInContext {
    /// The network, the timeouts, and what the files and the environment say about endpoints. Without credentials.
    pub(super) config: SdkConfig,
    /// Without any proxy: to what hands out credentials inside of this computer, or beside it.
    pub(super) direct: SharedHttpClient,
    /// Of IAM. STS is asked there too if the command line names it.
    pub(super) endpoint: Endpoint,
    pub(super) env: Env,
    pub(super) clock: Clock,
    /// Where a `credential_process` finds its programs.
    pub(super) search_path: Option<OsString>,
    /// The environment of programs, beside our own.
    pub(super) for_programs: InheritedEnv,
    pub(super) write_private: WritePrivate,
}

/// Credentials, and where the next ones come from.
pub(super) struct SignedIn {
    pub(super) credentials: Credentials,
    pub(super) provider: SharedCredentialsProvider,
    /// When the session ends for good.
    pub(super) expires: Option<Timestamp>,
    /// The code of an MFA device can be given for them, and none was.
    pub(super) takes_mfa: bool,
    /// The long-term key behind a session.
    pub(super) made_with: Option<KeyId>,
}

pub(super) async fn profile(
    files: &ConfigFiles,
    name: &str,
    given: &SignInInput,
    tools: SignInContext,
) -> Result<SignedIn, SignInInterrupted> {
    follow(CredentialChain::of(files, name)?, given, tools).await
}

pub(super) async fn environment(
    given: &SignInInput,
    tools: SignInContext,
) -> Result<SignedIn, SignInInterrupted> {
    follow(CredentialChain::plain(SourceCredentials::Environment, "the environment"), given, tools).await
}

pub(super) async fn container(
    given: &SignInInput,
    tools: SignInContext,
) -> Result<SignedIn, SignInInterrupted> {
    follow(CredentialChain::plain(SourceCredentials::Container, "the container"), given, tools).await
}

async fn follow(
    chain: CredentialChain,
    given: &SignInInput,
    tools: SignInContext,
) -> Result<SignedIn, SignInInterrupted> {
    let base = chain.base.credentials(&chain.base_profile, &tools).await?;
    let long_term = base.session_token().is_none().then(|| KeyId::new(base.access_key_id()));
    let with_mfa = mfa::apply(&chain, &base, given, &tools).await?;
    let takes_mfa = with_mfa.is_none() && mfa::is_user(&chain, &base);
    let (first, fixed, hops) = match with_mfa {
        Some((credentials, hops)) => (credentials.clone(), Some(credentials), hops),
        None => (base, None, chain.hops.clone()),
    };
    let credentials = roles::assume_all(first, &hops, fixed.is_some() || chain.base.is_role(), &tools).await;
    let credentials = credentials.map_err(|stop| stop.with_way_out(takes_mfa))?;
    let expires = match &fixed {
        // A code works once: when these end, another one is needed.
        Some(fixed) => fixed.expiry().and_then(|end| Timestamp::try_from(end).ok()),
        None => chain.base.ends(&tools),
    };
    let made_with = long_term.filter(|_| credentials.session_token().is_some());
    let chain = provider::Chain::new(chain, fixed, hops, credentials.clone(), tools);
    let provider = SharedCredentialsProvider::new(chain);
    Ok(SignedIn { credentials, provider, expires, takes_mfa, made_with })
}
