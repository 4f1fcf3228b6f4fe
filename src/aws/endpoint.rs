//! Where the requests go, and who said so.

use aws_config::SdkConfig;
use aws_types::os_shim_internal::Env;
use aws_types::service_config::ServiceConfigKey;

use crate::domain::{Cause, Endpoint, EndpointSource, Failure};

/// The endpoint that IAM requests of this configuration go to: the command line, then what the SDK itself would find in
/// the environment and the profile, then AWS.
pub(super) fn of(config: &SdkConfig, command_line: Option<&str>) -> Result<Endpoint, Failure> {
    let overridden = match command_line {
        Some(url) => Some((url.to_owned(), EndpointSource::CommandLine)),
        None => configured(config),
    };
    let Some((url, source)) = overridden else {
        return Ok(Endpoint::Aws(aws_host(config).to_owned()));
    };
    check(&url)?;
    Ok(Endpoint::Override { url, source })
}

fn configured(config: &SdkConfig) -> Option<(String, EndpointSource)> {
    let key =
        ServiceConfigKey::builder().service_id("IAM").env("AWS_ENDPOINT_URL").profile("endpoint_url").build();
    let url = key
        .ok()
        .and_then(|key| config.service_config()?.load_config(key))
        .or_else(|| config.endpoint_url().map(str::to_owned))?;
    let env = Env::real();
    let from_environment = ["AWS_ENDPOINT_URL_IAM", "AWS_ENDPOINT_URL"]
        .iter()
        .any(|name| env.get(name).is_ok_and(|value| value == url));
    let source = if from_environment { EndpointSource::Environment } else { EndpointSource::Profile };
    Some((url, source))
}

/// The SDK's own message for a bad URL comes only with the first request.
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

/// `iam.amazonaws.com` and its siblings (aws-sdk-iam 1.133, `config/endpoint.rs`).
fn aws_host(config: &SdkConfig) -> &'static str {
    let region = config.region().map_or("us-east-1", |region| region.as_ref());
    if region.starts_with("cn-") {
        "iam.cn-north-1.amazonaws.com.cn"
    } else if region.starts_with("us-gov-") {
        "iam.us-gov.amazonaws.com"
    } else if region.starts_with("eusc-") {
        "iam.eusc-de-east-1.amazonaws.eu"
    } else {
        "iam.amazonaws.com"
    }
}

/// The part of an endpoint that a message names.
pub(super) fn host(endpoint: &Endpoint) -> String {
    match endpoint {
        Endpoint::Aws(host) => host.clone(),
        Endpoint::Override { url, .. } => {
            let uri: Option<http::Uri> = url.parse().ok();
            uri.and_then(|uri| uri.authority().map(ToString::to_string)).unwrap_or_else(|| url.clone())
        }
        Endpoint::Practice => "the practice account".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_endpoints() {
        assert_eq!(check("http://127.0.0.1:5000"), Ok(()));
        assert_eq!(check("https://iam.example.org/path"), Ok(()));
        for url in ["localhost:5000", "ftp://x", "", "http://", "not a url"] {
            assert!(check(url).is_err(), "{url} was accepted");
        }
    }

    #[test]
    fn messages_name_the_host_and_its_port() {
        let endpoint =
            Endpoint::Override { url: "http://127.0.0.1:5000/".into(), source: EndpointSource::CommandLine };
        assert_eq!(host(&endpoint), "127.0.0.1:5000");
    }
}
