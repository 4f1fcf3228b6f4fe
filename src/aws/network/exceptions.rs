//! What is reached without the proxy that is set: the list in `NO_PROXY`, or that of the settings.

use std::net::IpAddr;

use http::Uri;

/// The entries of such a list.
#[derive(Default)]
pub(super) struct Exceptions(Vec<Exception>);

struct Exception {
    host: Host,
    /// `None`: any.
    port: Option<u16>,
}

enum Host {
    /// `*`
    Any,
    /// The name, and all names below it; in small letters and without a dot before it.
    Name(String),
    Address(IpAddr),
    /// CIDR: as many leading bits are the same.
    Network(IpAddr, u32),
}

impl Exceptions {
    /// With commas or white space between. What is none of an entry's forms names a host that nobody asks.
    pub(super) fn of(list: &str) -> Self {
        let entries = list.split(|char: char| char == ',' || char.is_whitespace());
        Self(entries.filter(|entry| !entry.is_empty()).map(Exception::of).collect())
    }

    /// Whether a request to there goes without the proxy.
    pub(super) fn have(&self, uri: &Uri) -> bool {
        let Some(host) = uri.host() else { return false };
        let usual = if uri.scheme_str() == Some("https") { 443 } else { 80 };
        let port = uri.port_u16().unwrap_or(usual);
        let host =
            host.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.').to_ascii_lowercase();
        let address = host.parse().ok().map(canonical);
        self.0.iter().any(|exception| exception.has(&host, address, port))
    }
}

impl Exception {
    fn of(entry: &str) -> Self {
        if let Some(host) = address(entry) {
            return Self { host, port: None };
        }
        match entry.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse().ok()?))) {
            Some((host, port)) => {
                Self { host: address(host).unwrap_or_else(|| name(host)), port: Some(port) }
            }
            None => Self { host: name(entry), port: None },
        }
    }

    fn has(&self, host: &str, address: Option<IpAddr>, port: u16) -> bool {
        let same_host = match &self.host {
            Host::Any => true,
            // A name is no part of an address.
            Host::Name(name) if address.is_some() => host == name,
            Host::Name(name) => {
                host.strip_suffix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            }
            Host::Address(own) => address == Some(*own),
            Host::Network(network, bits) => address.is_some_and(|address| is_in(address, *network, *bits)),
        };
        same_host && self.port.is_none_or(|own| own == port)
    }
}

fn name(text: &str) -> Host {
    if text == "*" {
        return Host::Any;
    }
    let name = text.trim_start_matches('*').trim_start_matches('.').trim_end_matches('.');
    Host::Name(name.to_ascii_lowercase())
}

/// An address, in brackets or not, or a network.
fn address(text: &str) -> Option<Host> {
    let plain = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    if let Ok(address) = plain.parse() {
        return Some(Host::Address(canonical(address)));
    }
    let (network, bits) = plain.split_once('/')?;
    let network: IpAddr = network.parse().ok()?;
    let most = if network.is_ipv4() { 32 } else { 128 };
    Some(Host::Network(network, bits.parse().ok().filter(|bits| *bits <= most)?))
}

/// IPv4 inside of IPv6 is IPv4.
fn canonical(address: IpAddr) -> IpAddr {
    address.to_canonical()
}

fn is_in(address: IpAddr, network: IpAddr, bits: u32) -> bool {
    match (address, network) {
        (IpAddr::V4(address), IpAddr::V4(network)) => {
            let rest = u32::from(address) ^ u32::from(network);
            rest.leading_zeros() >= bits
        }
        (IpAddr::V6(address), IpAddr::V6(network)) => {
            let rest = u128::from(address) ^ u128::from(network);
            rest.leading_zeros() >= bits
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_hosts_ports_addresses_and_networks() {
        for (list, uri, wanted) in [
            ("*", "https://iam.amazonaws.com/", true),
            ("*", "http://10.0.0.7:5599/", true),
            ("a, *", "http://[::1]/", true),
            ("127.0.0.1:5599", "http://127.0.0.1:5599/", true),
            ("127.0.0.1:5599", "http://127.0.0.1:5600/", false),
            ("127.0.0.1", "http://127.0.0.1:5600/", true),
            ("127.0.0.0/8", "http://127.8.8.8:1/", true),
            ("127.0.0.0/8", "http://128.0.0.1/", false),
            ("10.1.2.3/0", "http://11.0.0.1/", true),
            ("[::1]:80", "http://[::1]/", true),
            ("[::1]:80", "https://[::1]/", false),
            ("::1", "http://[::1]:9/", true),
            ("fd00:ec2::/32", "http://[fd00:ec2::254]/", true),
            ("127.0.0.1", "http://[::ffff:127.0.0.1]/", true),
            ("amazonaws.com", "https://iam.amazonaws.com/", true),
            (".amazonaws.com", "https://iam.amazonaws.com/", true),
            ("*.amazonaws.com", "https://amazonaws.com/", true),
            ("amazonaws.com:443", "https://iam.amazonaws.com/", true),
            ("amazonaws.com:8443", "https://iam.amazonaws.com/", false),
            ("amazonaws.com", "https://notamazonaws.com/", false),
            ("AmazonAWS.com.", "https://IAM.amazonaws.com./", true),
            ("example.com iam.amazonaws.com", "https://iam.amazonaws.com/", true),
            ("0.0.1", "http://127.0.0.1/", false),
            ("10.0.0.0/33", "http://10.0.0.0/", false),
            ("", "http://10.0.0.7/", false),
            (", ,", "http://10.0.0.7/", false),
        ] {
            assert_eq!(Exceptions::of(list).have(&uri.parse().unwrap()), wanted, "{list:?} and {uri}");
        }
    }
}
