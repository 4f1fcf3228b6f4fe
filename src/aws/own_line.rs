//! A network of its own for the one answer that holds a secret.
//!
//! hyper keeps the buffer that an answer was read into as long as its connection, which waits for a next request. This
//! client is dropped with its answer, and what it held is zeroed with it.

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::{Connector, ConnectorBuilder};
use aws_smithy_runtime_api::client::http::{
    HttpConnectorSettings, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

/// As the SDK builds its own (aws-smithy-runtime 1.16, `client/http.rs`): TLS by rustls, the roots of the system, the proxy
/// of the environment. It keeps no connection for a second request.
pub(super) fn client() -> SharedHttpClient {
    http_client_fn(|settings, components| SharedHttpConnector::new(connector(settings, components)))
}

fn connector(settings: &HttpConnectorSettings, components: &RuntimeComponents) -> Connector {
    let mut builder: ConnectorBuilder<_> = Connector::builder()
        .tls_provider(Provider::Rustls(CryptoMode::AwsLc))
        .proxy_config(ProxyConfig::from_env())
        .connector_settings(settings.clone())
        .pool_max_idle_per_host(0);
    builder.set_sleep_impl(components.sleep_impl());
    builder.build()
}
