//! The one place that makes a way to AWS: through which proxy, and whose certificates are trusted on it.
//!
//! The SDK's own client ignores `AWS_CA_BUNDLE` and `ca_bundle`, a proxy that it cannot use, and a file that holds no
//! certificate; a damaged certificate makes it panic. Here each of these is a failure that says so.

mod certificates;
mod exceptions;
mod proxies;
mod route;

use std::sync::Arc;

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_types::os_shim_internal::Env;

pub use certificates::check_ca_file;
pub(super) use proxies::Unusable;
pub(super) use route::{RequestRoute, RoutedError};

use crate::domain::{Failure, Network};
use certificates::Trust;
use proxies::Proxies;
use route::RoutingClient;

/// The way to AWS of one sign-in: everything that it asks goes over it.
#[derive(Clone)]
pub(super) struct Transport {
    trust: Arc<Trust>,
    proxies: Arc<Proxies>,
    shared: SharedHttpClient,
}

/// What becomes of a connection once it has answered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    ForTheNext,
    Nothing,
}

impl Transport {
    /// `ca_bundle`: what the profile says. Reads files, so it is not for the thread of the window.
    pub(super) async fn open(
        network: &Network,
        ca_bundle: Option<&str>,
        environment: &Env,
    ) -> Result<Self, Failure> {
        let trust = Arc::new(certificates::trusted(network, ca_bundle, environment).await?);
        let proxies = Arc::new(Proxies::of(network, environment));
        let shared = client(&trust, &proxies, Keep::ForTheNext);
        Ok(Self { trust, proxies, shared })
    }

    /// For all that ask: they share its connections.
    pub(super) fn shared(&self) -> SharedHttpClient {
        self.shared.clone()
    }

    /// Past all proxies.
    pub(super) fn direct(&self) -> SharedHttpClient {
        client(&self.trust, &Arc::new(Proxies::none()), Keep::ForTheNext)
    }

    /// For the one answer that holds a secret.
    ///
    /// hyper keeps the buffer that an answer was read into as long as its connection, which waits for a next request. This
    /// client keeps none and is dropped with its answer, and what it held is zeroed with it.
    pub(super) fn for_one_answer(&self) -> SharedHttpClient {
        client(&self.trust, &self.proxies, Keep::Nothing)
    }
}

fn client(trust: &Trust, proxies: &Arc<Proxies>, keep: Keep) -> SharedHttpClient {
    RoutingClient::client(proxies, trust.is_empty, |proxy| over(proxy, &trust.context, keep))
}

/// As the SDK builds its own (aws-smithy-runtime 1.16, `client/http.rs`): TLS by rustls, one connector for each set of
/// timeouts.
fn over(proxy: ProxyConfig, tls: &TlsContext, keep: Keep) -> SharedHttpClient {
    let tls = tls.clone();
    Builder::new().build_with_connector_fn(move |settings, components| {
        let mut builder = Connector::builder()
            .tls_provider(Provider::Rustls(CryptoMode::AwsLc))
            .tls_context(tls.clone())
            .proxy_config(proxy.clone());
        builder.set_connector_settings(settings.cloned());
        if keep == Keep::Nothing {
            builder = builder.pool_max_idle_per_host(0);
        }
        if let Some(components) = components {
            builder.set_sleep_impl(components.sleep_impl());
        }
        builder.build()
    })
}
