//! The SDK's configuration, from the selected profile and nothing else.

use aws_config::profile::Profile;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, ConfigLoader, Region, SdkConfig};
use aws_types::os_shim_internal::Env;

use super::config_files::ConfigFiles;
use super::network::Line;
use super::whole::Whole;
use super::{Options, Patience, configured, endpoint, partition};
use crate::domain::{Cause, Endpoint, Failure, SsoSession};

/// Pinned, so that an SDK update does not change timeouts or retries unnoticed.
pub(super) fn behavior() -> BehaviorVersion {
    BehaviorVersion::v2026_01_12()
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
) -> Result<(SdkConfig, Line), Failure> {
    let section = match profile {
        Some(name) => {
            files.check(name)?;
            let missing = || Failure::new("", Cause::NoSuchProfile { profile: name.to_owned() });
            Some(files.set.get_profile(name).ok_or_else(missing)?)
        }
        None => None,
    };
    let get = |key: &str| setting(files, section?, key);
    let line = Line::open(&options.network, get("ca_bundle"), &options.env).await?;
    let region = partition::region(get, region_of_environment(&options.env));
    let set = files.selecting(profile, &options.env).await;
    Ok((configured::with_settings(bare(region, &line).await, &options.env, set), line))
}

/// A setting of the profile; the region of IAM Identity Center comes from the profile's session.
fn setting<'a>(files: &'a ConfigFiles, profile: &'a Profile, key: &str) -> Option<&'a str> {
    match profile.get("sso_session").filter(|_| key == "sso_region") {
        Some(session) => files.set.sso_session(session)?.get(key),
        None => profile.get(key),
    }
}

/// For the token service of IAM Identity Center, which needs no credentials.
pub(super) async fn for_sign_in(session: &SsoSession, options: &Options) -> Result<SdkConfig, Failure> {
    // The same as for each renewal.
    let set = ConfigFiles::read(&options.env).await.selecting(Some(&session.profile), &options.env).await;
    let ca_bundle = set.get_profile(&session.profile).and_then(|profile| profile.get("ca_bundle"));
    let line = Line::open(&options.network, ca_bundle, &options.env).await?;
    let bare = bare(session.region.clone(), &line).await;
    Ok(configured::with_settings(bare, &options.env, set))
}

/// Without credentials or settings of this computer.
async fn bare(region: String, line: &Line) -> SdkConfig {
    let loader = loader(Patience::default()).no_credentials().empty_test_environment();
    loader.http_client(line.shared()).region(Region::new(region)).load().await
}

pub(super) fn iam_config(config: &SdkConfig, endpoint: &Endpoint) -> aws_sdk_iam::config::Builder {
    let mut iam = aws_sdk_iam::config::Builder::from(config).interceptor(Whole);
    if let Endpoint::Override { url, .. } = endpoint {
        iam.set_endpoint_url(Some(url.clone()));
    }
    iam
}

pub(super) fn sts_config(config: &SdkConfig, endpoint: &Endpoint, env: &Env) -> aws_sdk_sts::config::Builder {
    let mut sts = aws_sdk_sts::config::Builder::from(config).interceptor(Whole);
    if let Some(url) = endpoint::of_sts(config, env, endpoint) {
        sts.set_endpoint_url(Some(url));
    }
    sts
}

fn region_of_environment(env: &Env) -> Option<String> {
    env.get("AWS_REGION").or_else(|_| env.get("AWS_DEFAULT_REGION")).ok().filter(|region| !region.is_empty())
}
