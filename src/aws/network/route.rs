//! Which way each request takes. Its error and its answer tell it, so that a message can name it.

use std::sync::Arc;
use std::time::SystemTime;

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use http::Uri;

use super::proxies::{Proxies, ProxyChoice, Unusable};
use crate::domain::Proxy;

/// Where a request went.
#[derive(Clone, Debug)]
pub(in crate::aws) struct RequestRoute {
    /// With its port, where that is not the usual one.
    pub(in crate::aws) host: String,
    pub(in crate::aws) proxy: Option<Proxy>,
    /// Over TLS: a proxy opens a tunnel for it.
    pub(in crate::aws) secure: bool,
    /// No certificate could have been good enough.
    pub(in crate::aws) trusts_none: bool,
    /// The proxy was given a user name and password.
    pub(in crate::aws) has_password: bool,
    /// What the clock of this computer said when the answer came.
    pub(in crate::aws) at: Option<SystemTime>,
}

/// An error of the network, and where it met the request.
#[derive(Debug, thiserror::Error)]
#[error("on the way to {}", route.host)]
pub(in crate::aws) struct RoutedError {
    pub(in crate::aws) route: RequestRoute,
    source: BoxError,
}

/// One client for each way.
#[derive(Clone)]
pub(super) struct RoutingClient {
    proxies: Arc<Proxies>,
    trusts_none: bool,
    direct: SharedHttpClient,
    secure: SharedHttpClient,
    plain: SharedHttpClient,
}

impl std::fmt::Debug for RoutingClient {
    /// Without the proxies: they may have passwords.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Routes")
    }
}

impl RoutingClient {
    /// `over` makes the client for one proxy.
    pub(super) fn client(
        proxies: &Arc<Proxies>,
        trusts_none: bool,
        over: impl Fn(ProxyConfig) -> SharedHttpClient,
    ) -> SharedHttpClient {
        let through = |set: &Option<Result<ProxyChoice, Unusable>>| match set {
            Some(Ok(hop)) => over(hop.config()),
            _ => over(ProxyConfig::disabled()),
        };
        SharedHttpClient::new(Self {
            proxies: Arc::clone(proxies),
            trusts_none,
            direct: over(ProxyConfig::disabled()),
            secure: through(&proxies.secure),
            plain: through(&proxies.plain),
        })
    }
}

impl HttpClient for RoutingClient {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let (routes, settings) = (self.clone(), settings.clone());
        SharedHttpConnector::new(Route { routes, settings, components: components.clone() })
    }
}

/// The client of one call, that knows where to only when it sees the request.
#[derive(Debug)]
struct Route {
    routes: RoutingClient,
    settings: HttpConnectorSettings,
    components: RuntimeComponents,
}

impl HttpConnector for Route {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let uri: Uri = match request.uri().parse() {
            Ok(uri) => uri,
            Err(err) => return HttpConnectorFuture::ready(Err(ConnectorError::user(BoxError::from(err)))),
        };
        let hop = match self.routes.proxies.on_the_way_to(&uri) {
            Some(Ok(hop)) => Some(hop),
            Some(Err(unusable)) => {
                return HttpConnectorFuture::ready(Err(ConnectorError::user(unusable.clone().into())));
            }
            None => None,
        };
        let secure = uri.scheme_str() == Some("https");
        let client = match (hop, secure) {
            (None, _) => &self.routes.direct,
            (Some(_), true) => &self.routes.secure,
            (Some(_), false) => &self.routes.plain,
        };
        let mut route = RequestRoute {
            host: host(&uri),
            secure,
            trusts_none: self.routes.trusts_none,
            proxy: hop.map(ProxyChoice::proxy),
            has_password: hop.is_some_and(ProxyChoice::has_password),
            at: None,
        };
        let clock = self.components.time_source();
        let answer = client.http_connector(&self.settings, &self.components).call(request);
        HttpConnectorFuture::new(async move {
            let mut response = answer.await.map_err(|err| routed(err, route.clone()))?;
            route.at = clock.map(|clock| clock.now());
            response.add_extension(route);
            Ok(response)
        })
    }
}

/// Not the whole authority: a user name and a password may be before it.
fn host(uri: &Uri) -> String {
    let port = uri.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}{port}", uri.host().unwrap_or_default())
}

/// The same error, as the SDK decides by its kind whether to try again.
fn routed(err: ConnectorError, route: RequestRoute) -> ConnectorError {
    let (is_timeout, is_io, is_user, kind) = (err.is_timeout(), err.is_io(), err.is_user(), err.as_other());
    let source = RoutedError { route, source: err.into_source() }.into();
    match (is_timeout, is_io, is_user) {
        (true, ..) => ConnectorError::timeout(source),
        (_, true, _) => ConnectorError::io(source),
        (.., true) => ConnectorError::user(source),
        _ => ConnectorError::other(source, kind),
    }
}
