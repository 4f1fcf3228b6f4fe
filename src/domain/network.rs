//! The way to AWS: what decides about it, as plain rules.

use std::net::{IpAddr, Ipv6Addr};

/// True if requests to this URL would leave the computer without encryption, so that everyone on the way can read them.
///
/// What is no URL goes nowhere: whoever uses it says what is wrong with it.
pub fn is_plain_beyond_loopback(url: &str) -> bool {
    let Ok(uri) = url.trim().parse::<http::Uri>() else { return false };
    uri.scheme_str() == Some("http") && uri.host().is_some_and(|host| !is_loopback(host))
}

/// True for names and addresses of this computer (RFC 6761 keeps `localhost` and all names below it for that).
pub fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.').to_ascii_lowercase();
    if host == "localhost" || host.ends_with(".localhost") {
        return true;
    }
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => address.is_loopback(),
        Ok(IpAddr::V6(address)) => {
            address == Ipv6Addr::LOCALHOST || address.to_ipv4_mapped().is_some_and(|v4| v4.is_loopback())
        }
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_safe_only_inside_this_computer() {
        for url in [
            "http://10.0.0.5:4566",
            "http://moto.acme.example/",
            "HTTP://moto.acme.example",
            "http://localhost.acme.example",
            "http://0.0.0.0:5000",
            "http://[fe80::1]:5000",
            "http://user@10.0.0.5",
        ] {
            assert!(is_plain_beyond_loopback(url), "{url} leaves the computer in plain text");
        }
        for url in [
            "http://127.0.0.1:5000",
            "http://127.8.8.8",
            "http://localhost:5000/",
            "http://LOCALHOST.:5000/",
            "http://moto.localhost",
            "http://[::1]:5000",
            "http://[::ffff:127.0.0.1]",
            "https://10.0.0.5:4566",
            "https://iam.amazonaws.com",
            "localhost:5000",
            "not a url",
            "",
        ] {
            assert!(
                !is_plain_beyond_loopback(url),
                "{url} was taken for plain text that leaves the computer"
            );
        }
    }
}
