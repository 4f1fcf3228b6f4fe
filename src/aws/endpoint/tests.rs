//! Compares the displayed endpoint with where the SDK's own client sends requests.

use std::sync::mpsc::{Receiver, Sender, channel};

use aws_config::{BehaviorVersion, Region};
use aws_credential_types::Credentials;
use aws_sdk_iam::config::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;

use super::*;

/// Records requests without responding.
#[derive(Clone, Debug)]
struct Capture(Sender<String>);

impl HttpConnector for Capture {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.0.send(host_of(request.uri())).unwrap();
        HttpConnectorFuture::ready(Err(ConnectorError::user("captured".into())))
    }
}

/// `wanted`: FIPS, dual-stack.
fn config(region: &'static str, wanted: [bool; 2]) -> (SdkConfig, Receiver<String>) {
    let (sender, sent) = channel();
    let connector = SharedHttpConnector::new(Capture(sender));
    let credentials = Credentials::new("AKIASIGNS00000000000", "x", None, None, "test");
    let config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::from_static(region))
        .use_fips(wanted[0])
        .use_dual_stack(wanted[1])
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(http_client_fn(move |_, _| connector.clone()))
        .build();
    (config, sent)
}

/// The displayed endpoint, and where the SDK's client sent a request.
async fn shown_and_sent(region: &'static str, wanted: [bool; 2]) -> (String, Option<String>) {
    let (config, sent) = config(region, wanted);
    let shown = match of(&config, &Env::from_slice(&[]), None).await {
        Ok(Endpoint::Aws(host)) => host,
        Ok(other) => panic!("not AWS: {other:?}"),
        Err(failure) => panic!("no endpoint: {failure:?}"),
    };
    assert!(aws_sdk_iam::Client::new(&config).list_users().send().await.is_err(), "it is only captured");
    (shown, sent.try_recv().ok())
}

#[tokio::test]
async fn each_partition_has_the_endpoint_of_the_sdk() {
    for (region, wanted, host) in [
        ("us-east-1", [false, false], "iam.amazonaws.com"),
        ("eu-central-1", [false, false], "iam.amazonaws.com"),
        ("cn-north-1", [false, false], "iam.cn-north-1.amazonaws.com.cn"),
        ("cn-northwest-1", [false, false], "iam.cn-north-1.amazonaws.com.cn"),
        ("us-gov-east-1", [false, false], "iam.us-gov.amazonaws.com"),
        ("eusc-de-east-1", [false, false], "iam.eusc-de-east-1.amazonaws.eu"),
        ("us-iso-east-1", [false, false], "iam.us-iso-east-1.c2s.ic.gov"),
        ("us-isob-east-1", [false, false], "iam.us-isob-east-1.sc2s.sgov.gov"),
        ("eu-isoe-west-1", [false, false], "iam.eu-isoe-west-1.cloud.adc-e.uk"),
        ("us-isof-south-1", [false, false], "iam.us-isof-south-1.csp.hci.ic.gov"),
        ("us-east-1", [true, false], "iam-fips.amazonaws.com"),
        ("us-gov-west-1", [true, false], "iam.us-gov.amazonaws.com"),
        ("eu-central-1", [false, true], "iam.global.api.aws"),
        ("us-east-1", [true, true], "iam-fips.global.api.aws"),
    ] {
        let (shown, sent) = shown_and_sent(region, wanted).await;
        let case = format!("{region}, FIPS {}, dual-stack {}", wanted[0], wanted[1]);
        assert_eq!((shown.as_str(), sent.as_deref()), (host, Some(host)), "{case}");
    }
}

#[tokio::test]
async fn an_endpoint_of_ones_own_has_neither_fips_nor_dual_stack() {
    let url = "http://127.0.0.1:5000";
    for (wanted, with) in [([true, false], "FIPS"), ([false, true], "dual-stack")] {
        let (config, _) = config("us-east-1", wanted);
        let failure = of(&config, &Env::from_slice(&[]), Some(url)).await.unwrap_err();
        assert_eq!(failure.cause, Cause::EndpointConflict { url: url.to_owned(), with });
    }
}

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
    let host = |url: &str| host(&Endpoint::Override { url: url.into(), source: EndpointSource::CommandLine });
    assert_eq!(host("http://127.0.0.1:5000/"), "127.0.0.1:5000");
    assert_eq!(host("http://anna:secret@moto:5000/"), "moto:5000");
}
