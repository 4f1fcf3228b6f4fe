//! Why a request got no response: the name, the port, the proxy, the handshake or a timeout.

use std::io;

use aws_smithy_runtime_api::client::result::ConnectorError;
use rustls::CertificateError as Certificate;

use super::answer::password;
use super::{causes, chain, never_left};
use crate::aws::network::{OnTheWay, Unusable, Way};
use crate::domain::{Cause, ProxyTrouble, TlsTrouble};

/// The kinds of errors are from the system and rustls 0.23, the texts from hyper-util 0.1 under aws-smithy-http-client 1.5.
/// Each has a test on the wire.
pub(super) fn cause(host: &str, err: &ConnectorError) -> Cause {
    if let Some(Unusable { named_by, problem }) = causes(err).find_map(|cause| cause.downcast_ref()) {
        return Cause::BadProxy { named_by: *named_by, problem: problem.clone() };
    }
    let way = causes(err).find_map(|cause| cause.downcast_ref::<OnTheWay>()).map(|met| &met.way);
    let host = way.map_or(host, |way| &way.host).to_owned();
    if let Some(way @ Way { proxy: Some(proxy), .. }) = way
        && let Some(trouble) = of_proxy(way, err)
    {
        return Cause::Proxy { proxy: Box::new(proxy.clone()), host, trouble };
    }
    match trouble(way, err) {
        Trouble::Tls(trouble) => Cause::Tls { host, trouble },
        Trouble::UnknownHost => Cause::UnknownHost { host },
        Trouble::NoNetwork => Cause::NoNetwork { host },
        Trouble::Refused => Cause::ConnectionRefused { host },
        Trouble::NotConnected => Cause::NotConnected { host },
        Trouble::NotInTime => Cause::NotInTime { host },
        Trouble::Lost => Cause::ConnectionLost { host },
    }
}

/// The error of one connection, regardless of its other end.
enum Trouble {
    Tls(TlsTrouble),
    UnknownHost,
    NoNetwork,
    Refused,
    NotConnected,
    NotInTime,
    Lost,
}

fn trouble(way: Option<&Way>, err: &ConnectorError) -> Trouble {
    if let Some(err) = causes(err).find_map(|cause| cause.downcast_ref::<rustls::Error>()) {
        return Trouble::Tls(tls(err, way.is_some_and(|way| way.trusts_none)));
    }
    let text = chain(err);
    let mut kinds = causes(err).filter_map(|cause| Some(cause.downcast_ref::<io::Error>()?.kind()));
    // By its kind, because the system's message may be translated.
    let met = |kind: &io::ErrorKind| {
        use io::ErrorKind as K;
        matches!(kind, K::NetworkUnreachable | K::HostUnreachable | K::NetworkDown | K::ConnectionRefused)
    };
    if text.contains("dns error") {
        Trouble::UnknownHost
    } else if err.is_timeout() && text.contains("connect timeout") {
        Trouble::NotConnected
    } else if err.is_timeout() {
        Trouble::NotInTime
    } else {
        match kinds.find(met) {
            Some(io::ErrorKind::ConnectionRefused) => Trouble::Refused,
            // Lost while waiting for the response: the request may have arrived.
            Some(_) if never_left(err) => Trouble::NoNetwork,
            _ => Trouble::Lost,
        }
    }
}

/// `None` if the proxy worked, and the error is beyond it.
fn of_proxy(way: &Way, err: &ConnectorError) -> Option<ProxyTrouble> {
    let text = chain(err);
    let has = |part: &str| text.contains(part);
    if has("proxy authorization required") {
        return Some(password(way.has_password));
    }
    if has("tunnel error: unsuccessful") || has("proxy response headers too long") {
        return Some(ProxyTrouble::Refuses);
    }
    // A plain http request goes to the proxy itself, without a tunnel.
    let to_proxy = has("tunnel error") || (!way.secure && has("(Connect)"));
    match trouble(Some(way), err) {
        // It is unknown whether the proxy is silent or the server behind it.
        Trouble::NotConnected => Some(ProxyTrouble::NotConnected),
        _ if !to_proxy => None,
        Trouble::Tls(trouble) => Some(ProxyTrouble::Tls(trouble)),
        Trouble::UnknownHost => Some(ProxyTrouble::UnknownHost),
        Trouble::NoNetwork => Some(ProxyTrouble::NoNetwork),
        Trouble::Refused => Some(ProxyTrouble::ConnectionRefused),
        Trouble::NotInTime | Trouble::Lost => Some(ProxyTrouble::ConnectionLost),
    }
}

fn tls(err: &rustls::Error, trusts_none: bool) -> TlsTrouble {
    let rustls::Error::InvalidCertificate(certificate) = err else {
        let is_foreign =
            matches!(err, rustls::Error::InvalidMessage(rustls::InvalidMessage::InvalidContentType));
        return if is_foreign { TlsTrouble::NotTls } else { TlsTrouble::Other(err.to_string()) };
    };
    match certificate {
        Certificate::UnknownIssuer if trusts_none => TlsTrouble::NoRoots,
        // A bad signature: a trusted authority has the same name, such as one with a new key.
        Certificate::UnknownIssuer | Certificate::BadSignature => TlsTrouble::UnknownIssuer,
        Certificate::Expired | Certificate::ExpiredContext { .. } => TlsTrouble::Expired,
        Certificate::NotValidYet | Certificate::NotValidYetContext { .. } => TlsTrouble::NotYetValid,
        Certificate::NotValidForName | Certificate::NotValidForNameContext { .. } => TlsTrouble::WrongName,
        // Of webpki, which rustls hands on in its own words.
        Certificate::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => {
            TlsTrouble::AuthorityAsServer
        }
        _ => TlsTrouble::Other(err.to_string()),
    }
}
