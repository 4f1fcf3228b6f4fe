//! The network settings, and their validation.

use std::net::{IpAddr, Ipv6Addr};

use serde::{Deserialize, Serialize};

/// Network settings that complement the environment. They contain no password.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Network {
    /// `http://proxy.example:8080`. Empty: use the environment.
    pub proxy: String,
    /// Names, addresses and networks that bypass this proxy, separated by commas.
    pub no_proxy: String,
    /// A PEM file with certificate authorities to trust in addition to the system's. Empty: none.
    pub ca_file: String,
}

/// Where a proxy, or a file with certificate authorities, is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedBy {
    /// *Settings*, *Network*.
    Settings,
    /// A variable of the environment.
    Variable(&'static str),
    /// `ca_bundle` of the profile.
    Profile,
}

/// A proxy for messages: without user name and password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proxy {
    /// `proxy.example:8080`
    pub host: String,
    pub named_by: NamedBy,
}

/// Why a proxy setting is not valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProxyProblem {
    NoAddress,
    /// SOCKS, or a scheme that is not one of a proxy.
    Scheme(String),
    /// A path, such as the address of an automatic configuration script.
    Path,
    /// A password must not be in the settings file.
    Password,
}

/// Why a file with certificate authorities cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaProblem {
    /// The system's message.
    NotReadable(String),
    Folder,
    /// A certificate in binary form (DER).
    Binary,
    NoCertificate,
    /// The certificate with this number, counted from 1, is damaged.
    Damaged(usize),
}

/// A parsed proxy setting.
#[derive(Clone, PartialEq, Eq)]
pub struct ProxyAddress {
    /// Includes the scheme, and user name and password if there are any. Never show it.
    pub url: String,
    /// For messages.
    pub host: String,
    pub has_password: bool,
}

/// Parses a proxy setting, with or without `http://`, user name and password.
pub fn proxy_address(text: &str) -> Result<ProxyAddress, ProxyProblem> {
    let text = text.trim();
    let url = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
    let uri: http::Uri = url.parse().map_err(|_reason: http::uri::InvalidUri| ProxyProblem::NoAddress)?;
    match uri.scheme_str() {
        Some("http" | "https") => {}
        scheme => return Err(ProxyProblem::Scheme(scheme.unwrap_or_default().to_owned())),
    }
    let host = uri.host().filter(|host| !host.is_empty()).ok_or(ProxyProblem::NoAddress)?;
    if !matches!(uri.path(), "" | "/") || uri.query().is_some() {
        return Err(ProxyProblem::Path);
    }
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    let address = authority.rsplit_once('@').map_or(authority, |(_, address)| address);
    // The library ignores an invalid port.
    if address != host && uri.port().is_none() {
        return Err(ProxyProblem::NoAddress);
    }
    Ok(ProxyAddress { host: address.to_owned(), has_password: authority.contains('@'), url })
}

impl Network {
    /// The problem with the proxy, if one is set and not valid.
    pub fn proxy_problem(&self) -> Option<ProxyProblem> {
        if self.proxy.trim().is_empty() {
            return None;
        }
        match proxy_address(&self.proxy) {
            Ok(address) => address.has_password.then_some(ProxyProblem::Password),
            Err(problem) => Some(problem),
        }
    }
}

impl Network {
    /// These settings as environment variables, for programs that call AWS themselves. Empty settings are left out.
    pub fn for_programs(&self) -> Vec<(&'static str, String)> {
        let mut variables = Vec::new();
        if let (None, Ok(address)) = (self.proxy_problem(), proxy_address(&self.proxy)) {
            let without = self.no_proxy.replace("*.", ".");
            let without = [SPARED, without.trim()].join(",");
            // Programs read one or the other.
            variables.extend(
                ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"]
                    .map(|name| (name, address.url.clone())),
            );
            variables.extend(
                ["NO_PROXY", "no_proxy"].map(|name| (name, without.trim_end_matches(',').to_owned())),
            );
        }
        if !self.ca_file.trim().is_empty() {
            variables.push(("AWS_CA_BUNDLE", self.ca_file.trim().to_owned()));
        }
        variables
    }
}

/// This computer and the addresses of instance credentials, in a form that every program understands.
const SPARED: &str = "localhost,127.0.0.1,::1,169.254.169.254,169.254.170.2,169.254.170.23";

/// True if requests to this URL would leave the computer unencrypted, readable by anybody on the network.
///
/// False for text that is not a URL: its user reports the error.
pub fn is_plain_beyond_loopback(url: &str) -> bool {
    let Ok(uri) = url.trim().parse::<http::Uri>() else { return false };
    uri.scheme_str() == Some("http") && uri.host().is_some_and(|host| !is_loopback(host))
}

/// True for names and addresses of this computer (RFC 6761 reserves `localhost` and all names below it).
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

    fn problem(proxy: &str) -> Option<ProxyProblem> {
        Network { proxy: proxy.to_owned(), ..Network::default() }.proxy_problem()
    }

    #[test]
    fn a_proxy_is_an_http_address_and_nothing_more() {
        for good in
            ["", "  ", "proxy:8080", "proxy.acme.example", "http://10.0.0.1:3128", "https://[::1]:3128/"]
        {
            assert_eq!(problem(good), None, "{good}");
        }
        for (bad, why) in [
            ("http://", ProxyProblem::NoAddress),
            ("proxy acme:8080", ProxyProblem::NoAddress),
            ("http://proxy:eighty", ProxyProblem::NoAddress),
            ("socks5://127.0.0.1:1080", ProxyProblem::Scheme("socks5".into())),
            ("ftp://proxy", ProxyProblem::Scheme("ftp".into())),
            ("http://wpad.acme.example/proxy.pac", ProxyProblem::Path),
            ("http://anna:secret@proxy:8080", ProxyProblem::Password),
            ("anna@proxy:8080", ProxyProblem::Password),
        ] {
            assert_eq!(problem(bad), Some(why), "{bad}");
        }
    }

    #[test]
    fn programs_are_given_what_is_set_and_nothing_else() {
        assert_eq!(Network::default().for_programs(), []);
        let network = Network {
            proxy: "proxy.acme.example:8080".into(),
            no_proxy: "*.acme.example".into(),
            ca_file: "/etc/acme.pem".into(),
        };
        let variables = network.for_programs();
        let get =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
        for name in ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"] {
            assert_eq!(get(name), Some("http://proxy.acme.example:8080"), "{name}");
        }
        assert!(
            get("NO_PROXY")
                .is_some_and(|list| list.starts_with("localhost,") && list.ends_with(",.acme.example"))
        );
        assert_eq!(get("AWS_CA_BUNDLE"), Some("/etc/acme.pem"));
        let unusable = Network { proxy: "socks5://127.0.0.1:1080".into(), ..Network::default() };
        assert_eq!(unusable.for_programs(), [], "what cannot be used is not handed on");
    }

    #[test]
    fn a_proxy_is_named_without_its_password() {
        let address = proxy_address("anna:p%40ss@proxy.acme.example:8080").ok().unwrap();
        assert_eq!(address.host, "proxy.acme.example:8080");
        assert_eq!(address.url, "http://anna:p%40ss@proxy.acme.example:8080");
        assert!(address.has_password);
    }
}
