//! The endpoints in use, and where they are set.

use aws_config::SdkConfig;
use aws_sdk_iam::config::endpoint::{DefaultResolver, Params, ResolveEndpoint as _};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_types::os_shim_internal::Env;
use aws_types::service_config::ServiceConfigKey;

use super::configured::has_global_sts;
use crate::domain::{Cause, Endpoint, EndpointSource, Failure, ServiceEndpoint};

/// The IAM endpoint of this configuration: from the command line, then from the environment and the profile as in the SDK,
/// then AWS.
pub(super) async fn of(
    config: &SdkConfig,
    environment: &Env,
    command_line: Option<&str>,
) -> Result<Endpoint, Failure> {
    let overridden = match command_line {
        Some(url) => Some((url.to_owned(), EndpointSource::CommandLine)),
        None => configured(config, environment, &IAM),
    };
    if let Some((url, _)) = configured(config, environment, &STS) {
        check_alone(config, &url)?;
    }
    let Some((url, source)) = overridden else {
        return aws_host(config).await.map(Endpoint::Aws);
    };
    check_alone(config, &url)?;
    Ok(Endpoint::Override { url, source })
}

/// A URL that can be used, without FIPS and dual-stack beside it: the SDK takes them for a contradiction.
fn check_alone(config: &SdkConfig, url: &str) -> Result<(), Failure> {
    check(url)?;
    let wanted = [("FIPS", config.use_fips()), ("dual-stack", config.use_dual_stack())];
    match wanted.into_iter().find(|(_, on)| *on == Some(true)) {
        Some((with, _)) => Err(Failure::new("", Cause::EndpointConflict { url: url.to_owned(), with })),
        None => Ok(()),
    }
}

/// The STS endpoint, if it differs from the SDK's choice. The URL of the command line applies to all services, unless STS has its
/// own endpoint. A server that replaces only IAM is also asked for the caller, because AWS does not know its keys; an endpoint of
/// AWS itself (such as of a VPC) is for IAM only.
pub(super) fn of_sts(config: &SdkConfig, environment: &Env, iam: &Endpoint) -> Option<String> {
    let Endpoint::Override { url, source } = iam else { return None };
    let for_all = *source == EndpointSource::CommandLine;
    match configured(config, environment, &STS) {
        Some((_, EndpointSource::Services)) => None,
        Some((_, EndpointSource::Variable(name))) if name == STS.variable => None,
        Some(_) if !for_all => None,
        None if !for_all && is_of_aws(url) => None,
        _ => Some(url.clone()),
    }
}

/// The DNS suffixes of all partitions, including dual-stack (`partitions.json` of botocore).
const AWS_DOMAINS: [&str; 10] = [
    "amazonaws.com",
    "amazonaws.com.cn",
    "amazonaws.eu",
    "api.aws",
    "api.amazonwebservices.com.cn",
    "api.amazonwebservices.eu",
    "c2s.ic.gov",
    "sc2s.sgov.gov",
    "cloud.adc-e.uk",
    "csp.hci.ic.gov",
];

fn is_of_aws(url: &str) -> bool {
    let host = host_of(url).to_ascii_lowercase();
    let host = host.split(':').next().unwrap_or_default();
    AWS_DOMAINS.iter().any(|domain| host.strip_suffix(domain).is_some_and(|name| name.ends_with('.')))
}

/// The custom endpoints of the services for signing in that differ from IAM's.
pub(super) fn others(config: &SdkConfig, environment: &Env, iam: &Endpoint) -> Vec<ServiceEndpoint> {
    let set = |service: &Service| {
        let (url, source) = configured(config, environment, service)?;
        let with_iam = matches!(iam, Endpoint::Override { url: iam, .. } if *iam == url);
        let redirected = service.id == STS.id && of_sts(config, environment, iam).is_some();
        let name = service.id;
        (!with_iam && !redirected).then_some(ServiceEndpoint { service: name, url, source })
    };
    [&STS, &SSO, &SSO_OIDC].into_iter().filter_map(set).collect()
}

/// A service with a configurable endpoint.
struct Service {
    id: &'static str,
    variable: &'static str,
}

const IAM: Service = Service { id: "IAM", variable: "AWS_ENDPOINT_URL_IAM" };
const STS: Service = Service { id: "STS", variable: "AWS_ENDPOINT_URL_STS" };

const SSO: Service = Service { id: "SSO", variable: "AWS_ENDPOINT_URL_SSO" };
const SSO_OIDC: Service = Service { id: "SSO OIDC", variable: "AWS_ENDPOINT_URL_SSO_OIDC" };

/// The settings for all services.
const GLOBAL: &str = "AWS_ENDPOINT_URL";

/// The endpoint that the SDK would use, and where it is set, which the SDK does not report.
fn configured(config: &SdkConfig, environment: &Env, service: &Service) -> Option<(String, EndpointSource)> {
    let key = ServiceConfigKey::builder().service_id(service.id).env(GLOBAL).profile("endpoint_url").build();
    let for_all = config.endpoint_url();
    let url = key
        .ok()
        .and_then(|key| config.service_config()?.load_config(key))
        .or_else(|| for_all.map(str::to_owned))?;
    let by_variable = [service.variable, GLOBAL]
        .into_iter()
        .find(|name| environment.get(name).is_ok_and(|value| value == url));
    let source = match by_variable {
        Some(name) => EndpointSource::Variable(name),
        None if for_all == Some(&url) => EndpointSource::Profile,
        None => EndpointSource::Services,
    };
    Some((url, source))
}

/// The SDK reports an invalid URL only at the first request.
fn check(url: &str) -> Result<(), Failure> {
    let bad = |detail: &str| {
        Failure::new("", Cause::BadEndpoint { url: url.to_owned(), detail: detail.to_owned() })
    };
    let uri: http::Uri = url.parse().map_err(|err: http::uri::InvalidUri| bad(&err.to_string()))?;
    match (uri.scheme_str(), uri.host()) {
        (Some("http" | "https"), Some(_)) => Ok(()),
        (Some("http" | "https"), None) => Err(bad("it names no host")),
        _ => Err(bad("it must begin with https:// or http://")),
    }
}

/// The host by the SDK's own rules: the partition of the region, FIPS, dual-stack.
async fn aws_host(config: &SdkConfig) -> Result<String, Failure> {
    let params = Params::builder()
        .region(config.region().map_or("us-east-1", |region| region.as_ref()))
        .use_fips(config.use_fips().unwrap_or_default())
        .use_dual_stack(config.use_dual_stack().unwrap_or_default());
    let found = match params.build() {
        Ok(params) => DefaultResolver::new().resolve_endpoint(&params).await.map_err(|err| err.to_string()),
        Err(err) => Err(err.to_string()),
    };
    found.map(|endpoint| host_of(endpoint.url())).map_err(|text| Failure::new("", Cause::Other(text)))
}

/// The custom endpoints of the services that issue credentials.
pub(super) fn of_sign_in(config: &SdkConfig, environment: &Env) -> Vec<String> {
    let set = |service| Some(configured(config, environment, service)?.0);
    [&STS, &SSO, &SSO_OIDC].into_iter().filter_map(set).collect()
}

/// The STS host, for messages.
pub(super) fn sts_host(config: &SdkConfig, environment: &Env, endpoint: &Endpoint) -> String {
    let own = || Some(configured(config, environment, &STS)?.0);
    if let Some(url) = of_sts(config, environment, endpoint).or_else(own) {
        return host_of(&url);
    }
    if has_global_sts(config) {
        return "sts.amazonaws.com".to_owned();
    }
    format!("sts.{}.amazonaws.com", config.region().map_or("us-east-1", |region| region.as_ref()))
}

/// Where the services that sign in are asked.
pub(super) struct SignInUrls {
    pub(super) sts: String,
    /// Where the profile has IAM Identity Center.
    pub(super) sso: Option<String>,
    pub(super) sso_oidc: Option<String>,
}

/// As the SDK's clients decide it, by the same rules.
pub(super) async fn of_services(
    config: &SdkConfig,
    environment: &Env,
    iam: &Endpoint,
    sso_region: Option<&str>,
) -> Result<SignInUrls, Failure> {
    use aws_sdk_sso::config::endpoint::{self as sso, ResolveEndpoint as _};
    use aws_sdk_ssooidc::config::endpoint::{self as oidc, ResolveEndpoint as _};
    use aws_sdk_sts::config::endpoint::{self as sts, ResolveEndpoint as _};

    let failed = |text: String| Failure::new("", Cause::Other(text));
    let (fips, dual_stack) =
        (config.use_fips().unwrap_or_default(), config.use_dual_stack().unwrap_or_default());
    let region = config.region().map_or("us-east-1", |region| region.as_ref());
    let region = if has_global_sts(config) { "aws-global" } else { region };
    let set = |service| configured(config, environment, service).map(|(url, _)| url);
    let sts_url = of_sts(config, environment, iam).or_else(|| set(&STS));
    let params = sts::Params::builder().region(region).use_fips(fips).use_dual_stack(dual_stack);
    let params = params.set_endpoint(sts_url).build().map_err(|err| failed(err.to_string()))?;
    let sts = sts::DefaultResolver::new().resolve_endpoint(&params).await;
    let sts = sts.map_err(|err| failed(err.to_string()))?.url().to_owned();
    let Some(region) = sso_region else { return Ok(SignInUrls { sts, sso: None, sso_oidc: None }) };
    for url in [&SSO, &SSO_OIDC].into_iter().filter_map(set) {
        check_alone(config, &url)?;
    }
    let params = sso::Params::builder().region(region).use_fips(fips).use_dual_stack(dual_stack);
    let params = params.set_endpoint(set(&SSO)).build().map_err(|err| failed(err.to_string()))?;
    let sso = sso::DefaultResolver::new().resolve_endpoint(&params).await;
    let params = oidc::Params::builder().region(region).use_fips(fips).use_dual_stack(dual_stack);
    let params = params.set_endpoint(set(&SSO_OIDC)).build().map_err(|err| failed(err.to_string()))?;
    let sso_oidc = oidc::DefaultResolver::new().resolve_endpoint(&params).await;
    let url = |found: Result<aws_smithy_types::endpoint::Endpoint, _>| {
        found.map(|found| found.url().to_owned()).map_err(|err: BoxError| failed(err.to_string()))
    };
    Ok(SignInUrls { sts, sso: Some(url(sso)?), sso_oidc: Some(url(sso_oidc)?) })
}

/// The part of an endpoint that a message names.
pub(super) fn host(endpoint: &Endpoint) -> String {
    match endpoint {
        Endpoint::Aws(host) => host.clone(),
        Endpoint::Override { url, .. } => host_of(url),
        Endpoint::Practice => "the practice account".to_owned(),
    }
}

/// Includes the port, but no user name or password.
fn host_of(url: &str) -> String {
    let uri = url.parse::<http::Uri>().ok();
    let authority = uri.as_ref().and_then(http::Uri::authority).map(|authority| authority.as_str());
    let host = authority.map(|text| text.rsplit_once('@').map_or(text, |(_, host)| host));
    host.unwrap_or(url).to_owned()
}

#[cfg(test)]
mod tests;
