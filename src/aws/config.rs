//! The SDK's configuration, from the selected profile and nothing else.

use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, ConfigLoader, Region, SdkConfig};
use aws_sdk_sts::config::endpoint::{DefaultResolver, EndpointFuture, Params, ResolveEndpoint};
use aws_types::os_shim_internal::Env;

use super::config_files::ConfigFiles;
use super::configured::{self, Configured};
use super::network::Transport;
use super::truncation::CompleteBodyInterceptor;
use super::{Options, endpoint};
use crate::domain::{Endpoint, Failure, SsoSession};

/// Pinned, so that an SDK update does not change timeouts or retries unnoticed.
pub(super) fn behavior() -> BehaviorVersion {
    BehaviorVersion::v2026_01_12()
}

/// The timeouts and retries of a connection.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// The maximum number of attempts of a call that may be retried.
    pub attempts: u32,
    pub connect: Duration,
    /// Until the first byte of a response.
    pub read: Duration,
    /// For one call including retries.
    pub operation: Duration,
    /// Until the first byte of the response to `CreateAccessKey`, which is never retried.
    pub create: Duration,
    /// The pause before each search for a key whose response was lost: lists may lag (IAM is eventually consistent).
    pub looks: [Duration; 3],
}

impl Default for Patience {
    /// Without limits, the SDK would wait forever.
    fn default() -> Self {
        Self {
            attempts: 4,
            connect: Duration::from_secs(10),
            read: Duration::from_secs(30),
            operation: Duration::from_secs(90),
            create: Duration::from_mins(1),
            looks: [2, 8, 20].map(Duration::from_secs),
        }
    }
}

pub(super) fn loader(patience: Patience) -> ConfigLoader {
    aws_config::defaults(behavior())
        // Explicit: with AWS_RETRY_MODE=legacy the SDK would panic.
        .retry_config(RetryConfig::standard().with_max_attempts(patience.attempts))
        .timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(patience.connect)
                .read_timeout(patience.read)
                .operation_timeout(patience.operation)
                .build(),
        )
}

/// Everything but credentials. These never come from the SDK's default chain, in which the environment would take precedence
/// over the selected profile.
pub(super) async fn of(
    files: &ConfigFiles,
    profile: Option<&str>,
    options: &Options,
) -> Result<(SdkConfig, Transport), Failure> {
    let selected = profile.map(str::to_owned).or_else(|| selected(files, &options.env));
    let configured = Configured::of(files, selected.as_deref(), options)?;
    let line = Transport::open(&options.network, configured.ca_bundle.as_deref(), &options.env).await?;
    let bare = bare(configured.region.clone(), &line).await;
    Ok((configured.with_settings(bare), line))
}

/// The profile whose settings count for the credentials of the environment, as the AWS CLI has it.
fn selected(files: &ConfigFiles, env: &Env) -> Option<String> {
    let named = env.get("AWS_PROFILE").or_else(|_| env.get("AWS_DEFAULT_PROFILE")).ok();
    let name = named.filter(|name| !name.is_empty()).unwrap_or_else(|| "default".to_owned());
    files.seen(&name).map(|_| name)
}

/// For the token service of IAM Identity Center, which needs no credentials.
pub(super) async fn for_sign_in(session: &SsoSession, options: &Options) -> Result<SdkConfig, Failure> {
    // As at each renewal.
    let files = ConfigFiles::read(&options.env).await;
    let configured = Configured::of(&files, Some(&session.profile), options)?;
    let line = Transport::open(&options.network, configured.ca_bundle.as_deref(), &options.env).await?;
    let bare = bare(session.region.clone(), &line).await;
    Ok(configured.with_settings(bare))
}

/// Without credentials or settings of this computer.
async fn bare(region: String, line: &Transport) -> SdkConfig {
    let loader = loader(Patience::default()).no_credentials().empty_test_environment();
    loader.http_client(line.shared()).region(Region::new(region)).load().await
}

/// The older endpoint of STS, for all regions (`sts_regional_endpoints = legacy`).
#[derive(Debug)]
struct GlobalSts;

impl ResolveEndpoint for GlobalSts {
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
        EndpointFuture::new(async {
            let global = Params::builder().region("aws-global");
            let global = global.set_endpoint(params.endpoint().map(str::to_owned)).build()?;
            DefaultResolver::new().resolve_endpoint(&global).await
        })
    }
}

pub(super) fn iam_config(config: &SdkConfig, endpoint: &Endpoint) -> aws_sdk_iam::config::Builder {
    let mut iam = aws_sdk_iam::config::Builder::from(config).interceptor(CompleteBodyInterceptor);
    if let Endpoint::Override { url, .. } = endpoint {
        iam.set_endpoint_url(Some(url.clone()));
    }
    iam
}

pub(super) fn sts_config(config: &SdkConfig, endpoint: &Endpoint, env: &Env) -> aws_sdk_sts::config::Builder {
    let mut sts = aws_sdk_sts::config::Builder::from(config).interceptor(CompleteBodyInterceptor);
    match endpoint::of_sts(config, env, endpoint) {
        Some(url) => {
            sts.set_endpoint_url(Some(url));
        }
        None if configured::has_global_sts(config) => {
            sts.set_endpoint_resolver(Some(GlobalSts.into_shared_resolver()));
        }
        None => {}
    }
    sts
}
