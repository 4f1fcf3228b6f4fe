//! Why a request got no response: the name, the port, the proxy, the handshake or a timeout.

use std::io;

use aws_smithy_runtime_api::client::result::ConnectorError;
use rustls::CertificateError as Certificate;

use super::answer::password;
use super::{causes, chain, never_left};
use crate::aws::network::{RequestRoute, RoutedError, Unusable};
use crate::domain::{Cause, ProxyRefusal, TlsProblem};

/// The kinds of errors are from the system and rustls 0.23, the texts from hyper-util 0.1 under aws-smithy-http-client 1.5.
/// Each has a test on the wire.
pub(super) fn cause(host: &str, err: &ConnectorError) -> Cause {
    if let Some(Unusable { named_by, problem }) = causes(err).find_map(|cause| cause.downcast_ref()) {
        return Cause::BadProxy { named_by: *named_by, problem: problem.clone() };
    }
    let route = causes(err).find_map(|cause| cause.downcast_ref::<RoutedError>()).map(|met| &met.route);
    let host = route.map_or(host, |route| &route.host).to_owned();
    if let Some(route @ RequestRoute { proxy: Some(proxy), .. }) = route
        && let Some(trouble) = of_proxy(route, err)
    {
        return Cause::Proxy { proxy: Box::new(proxy.clone()), host, trouble };
    }
    match trouble(route, err) {
        ConnectionProblem::Tls(trouble) => Cause::Tls { host, trouble },
        ConnectionProblem::UnknownHost => Cause::UnknownHost { host },
        ConnectionProblem::NoNetwork => Cause::NoNetwork { host },
        ConnectionProblem::Refused => Cause::ConnectionRefused { host },
        ConnectionProblem::NotConnected => Cause::NotConnected { host },
        ConnectionProblem::NotInTime => Cause::NotInTime { host },
        ConnectionProblem::Lost => Cause::ConnectionLost { host },
    }
}

/// The error of one connection, regardless of its other end.
enum ConnectionProblem {
    Tls(TlsProblem),
    UnknownHost,
    NoNetwork,
    Refused,
    NotConnected,
    NotInTime,
    Lost,
}

fn trouble(route: Option<&RequestRoute>, err: &ConnectorError) -> ConnectionProblem {
    if let Some(err) = causes(err).find_map(|cause| cause.downcast_ref::<rustls::Error>()) {
        return ConnectionProblem::Tls(tls(err, route.is_some_and(|route| route.trusts_none)));
    }
    let text = chain(err);
    let mut kinds = causes(err).filter_map(|cause| Some(cause.downcast_ref::<io::Error>()?.kind()));
    // By its kind, because the system's message may be translated.
    let met = |kind: &io::ErrorKind| {
        use io::ErrorKind as K;
        matches!(kind, K::NetworkUnreachable | K::HostUnreachable | K::NetworkDown | K::ConnectionRefused)
    };
    if text.contains("dns error") {
        ConnectionProblem::UnknownHost
    } else if err.is_timeout() && text.contains("connect timeout") {
        ConnectionProblem::NotConnected
    } else if err.is_timeout() {
        ConnectionProblem::NotInTime
    } else {
        match kinds.find(met) {
            Some(io::ErrorKind::ConnectionRefused) => ConnectionProblem::Refused,
            // Lost while waiting for the response: the request may have arrived.
            Some(_) if never_left(err) => ConnectionProblem::NoNetwork,
            _ => ConnectionProblem::Lost,
        }
    }
}

/// `None` if the proxy worked, and the error is beyond it.
fn of_proxy(route: &RequestRoute, err: &ConnectorError) -> Option<ProxyRefusal> {
    let text = chain(err);
    let has = |part: &str| text.contains(part);
    if has("proxy authorization required") {
        return Some(password(route.has_password));
    }
    if has("tunnel error: unsuccessful") || has("proxy response headers too long") {
        return Some(ProxyRefusal::Refuses);
    }
    // A plain http request goes to the proxy itself, without a tunnel.
    let to_proxy = has("tunnel error") || (!route.secure && has("(Connect)"));
    match trouble(Some(route), err) {
        // It is unknown whether the proxy is silent or the server behind it.
        ConnectionProblem::NotConnected => Some(ProxyRefusal::NotConnected),
        _ if !to_proxy => None,
        ConnectionProblem::Tls(trouble) => Some(ProxyRefusal::Tls(trouble)),
        ConnectionProblem::UnknownHost => Some(ProxyRefusal::UnknownHost),
        ConnectionProblem::NoNetwork => Some(ProxyRefusal::NoNetwork),
        ConnectionProblem::Refused => Some(ProxyRefusal::ConnectionRefused),
        ConnectionProblem::NotInTime | ConnectionProblem::Lost => Some(ProxyRefusal::ConnectionLost),
    }
}

fn tls(err: &rustls::Error, trusts_none: bool) -> TlsProblem {
    let rustls::Error::InvalidCertificate(certificate) = err else {
        let is_foreign =
            matches!(err, rustls::Error::InvalidMessage(rustls::InvalidMessage::InvalidContentType));
        return if is_foreign { TlsProblem::NotTls } else { TlsProblem::Other(err.to_string()) };
    };
    match certificate {
        Certificate::UnknownIssuer if trusts_none => TlsProblem::NoRoots,
        // A bad signature: a trusted authority has the same name, such as one with a new key.
        Certificate::UnknownIssuer | Certificate::BadSignature => TlsProblem::UnknownIssuer,
        Certificate::Expired | Certificate::ExpiredContext { .. } => TlsProblem::Expired,
        Certificate::NotValidYet | Certificate::NotValidYetContext { .. } => TlsProblem::NotYetValid,
        Certificate::NotValidForName | Certificate::NotValidForNameContext { .. } => TlsProblem::WrongName,
        // Of webpki, which rustls hands on in its own words.
        Certificate::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => {
            TlsProblem::AuthorityAsServer
        }
        _ => TlsProblem::Other(err.to_string()),
    }
}
