//! Which proxy a request takes: that of the settings, or else that of the environment.

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_types::os_shim_internal::Env;
use http::Uri;

use super::exceptions::Exceptions;
use crate::domain::{NamedBy, Network, Proxy, ProxyAddress, ProxyProblem, proxy_address};

/// What is never asked of a proxy of the settings: this computer, and where a machine of AWS gets its credentials. It
/// would mean another computer there.
const OWN: &str = "localhost,127.0.0.0/8,::1,169.254.0.0/16,fd00:ec2::/32";

/// The request was not sent: the proxy that it would take cannot be used.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the proxy cannot be used")]
pub(in crate::aws) struct Unusable {
    pub(in crate::aws) named_by: NamedBy,
    pub(in crate::aws) problem: ProxyProblem,
}

/// A proxy that is set.
pub(super) struct ProxyChoice {
    address: ProxyAddress,
    named_by: NamedBy,
}

impl ProxyChoice {
    pub(super) fn proxy(&self) -> Proxy {
        Proxy { host: self.address.host.clone(), named_by: self.named_by }
    }

    pub(super) fn has_password(&self) -> bool {
        self.address.has_password
    }

    /// For the SDK.
    pub(super) fn config(&self) -> ProxyConfig {
        // It was read before: what cannot be is not a hop.
        ProxyConfig::all(self.address.url.as_str()).unwrap_or_else(|_| ProxyConfig::disabled())
    }
}

/// What is set for one scheme. What cannot be used is a failure of the request that would need it, and of no other.
type Set = Option<Result<ProxyChoice, Unusable>>;

/// All that is set about proxies.
pub(super) struct Proxies {
    pub(super) secure: Set,
    pub(super) plain: Set,
    /// What is reached without.
    exceptions: Exceptions,
}

impl Proxies {
    pub(super) fn none() -> Self {
        Self { secure: None, plain: None, exceptions: Exceptions::default() }
    }

    pub(super) fn of(network: &Network, environment: &Env) -> Self {
        if network.proxy.trim().is_empty() {
            return Self::of_environment(environment);
        }
        let set = || {
            let hop = |address| ProxyChoice { address, named_by: NamedBy::Settings };
            let read = match network.proxy_problem() {
                Some(problem) => Err(problem),
                None => proxy_address(&network.proxy).map(hop),
            };
            Some(read.map_err(|problem| Unusable { named_by: NamedBy::Settings, problem }))
        };
        Self {
            secure: set(),
            plain: set(),
            exceptions: Exceptions::of(&format!("{OWN},{}", network.no_proxy)),
        }
    }

    /// As curl and the SDK read it, but that an empty variable does not hide the one in small letters.
    fn of_environment(environment: &Env) -> Self {
        let get = |name: &'static str| {
            let value = environment.get(name).ok().filter(|value| !value.is_empty())?;
            Some((name, value))
        };
        let all = || get("ALL_PROXY").or_else(|| get("all_proxy"));
        let secure = get("HTTPS_PROXY").or_else(|| get("https_proxy")).or_else(all);
        let plain = get("HTTP_PROXY").or_else(|| get("http_proxy")).or_else(all);
        let without = get("NO_PROXY").or_else(|| get("no_proxy")).map(|(_, value)| value);
        Self {
            secure: secure.map(of_variable),
            plain: plain.map(of_variable),
            exceptions: Exceptions::of(&without.unwrap_or_default()),
        }
    }

    /// The proxy that a request to there takes; `None`: none.
    pub(super) fn on_the_way_to(&self, uri: &Uri) -> Option<&Result<ProxyChoice, Unusable>> {
        let set = if uri.scheme_str() == Some("https") { &self.secure } else { &self.plain };
        set.as_ref().filter(|_| !self.exceptions.have(uri))
    }
}

fn of_variable((name, value): (&'static str, String)) -> Result<ProxyChoice, Unusable> {
    let named_by = NamedBy::Variable(name);
    let problem = |problem: ProxyProblem| Unusable { named_by, problem };
    proxy_address(&value).map(|address| ProxyChoice { address, named_by }).map_err(problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which proxy requests to AWS and to a plain endpoint take.
    fn taken(environment: &[(&str, &str)], to: &str) -> String {
        let proxies = Proxies::of(&Network::default(), &Env::from_slice(environment));
        word(proxies.on_the_way_to(&to.parse().unwrap()))
    }

    fn word(hop: Option<&Result<ProxyChoice, Unusable>>) -> String {
        match hop {
            None => "none".to_owned(),
            Some(Ok(hop)) => format!("{} by {:?}", hop.proxy().host, hop.named_by),
            Some(Err(unusable)) => format!("{:?} by {:?}", unusable.problem, unusable.named_by),
        }
    }

    const AWS: &str = "https://iam.amazonaws.com/";
    const PLAIN: &str = "http://10.0.0.7:5000/";

    #[test]
    fn the_environment_is_read_as_curl_reads_it() {
        for (environment, aws, plain) in [
            (&[][..], "none", "none"),
            (&[("HTTPS_PROXY", "http://a:1")], "a:1 by Variable(\"HTTPS_PROXY\")", "none"),
            (&[("https_proxy", "a:1")], "a:1 by Variable(\"https_proxy\")", "none"),
            (&[("HTTPS_PROXY", ""), ("https_proxy", "a:1")], "a:1 by Variable(\"https_proxy\")", "none"),
            (&[("HTTP_PROXY", "a:1")], "none", "a:1 by Variable(\"HTTP_PROXY\")"),
            (
                &[("ALL_PROXY", "socks5://a:1"), ("HTTPS_PROXY", "b:2")],
                "b:2 by Variable(\"HTTPS_PROXY\")",
                "Scheme(\"socks5\") by Variable(\"ALL_PROXY\")",
            ),
            (&[("HTTPS_PROXY", " ")], "NoAddress by Variable(\"HTTPS_PROXY\")", "none"),
            (&[("HTTPS_PROXY", "a:1"), ("NO_PROXY", "amazonaws.com")], "none", "none"),
            (&[("HTTPS_PROXY", "a:1"), ("NO_PROXY", "example.com, *.amazonaws.com")], "none", "none"),
            (
                &[("ALL_PROXY", "a:1"), ("NO_PROXY", "10.0.0.7:5000")],
                "a:1 by Variable(\"ALL_PROXY\")",
                "none",
            ),
            (&[("ALL_PROXY", "a:1"), ("NO_PROXY", "*")], "none", "none"),
            (&[("ALL_PROXY", "a:1"), ("no_proxy", "10.0.0.0/8")], "a:1 by Variable(\"ALL_PROXY\")", "none"),
            (&[("HTTPS_PROXY", "a:1"), ("NO_PROXY", "*")], "none", "none"),
        ] {
            assert_eq!(taken(environment, AWS), aws, "to AWS with {environment:?}");
            assert_eq!(taken(environment, PLAIN), plain, "to a plain endpoint with {environment:?}");
        }
    }

    #[test]
    fn the_settings_win_and_spare_this_computer() {
        let network =
            Network { proxy: "s:3".into(), no_proxy: "intern.example".into(), ca_file: String::new() };
        let proxies = Proxies::of(&network, &Env::from_slice(&[("HTTPS_PROXY", "a:1"), ("NO_PROXY", "*")]));
        let to = |uri: &str| word(proxies.on_the_way_to(&uri.parse().unwrap()));
        assert_eq!(to(AWS), "s:3 by Settings");
        for spared in [
            "http://127.0.0.1:5000/",
            "https://localhost/",
            "http://[::1]:5000/",
            "http://169.254.169.254/latest",
            "http://[fd00:ec2::254]/latest",
            "https://moto.intern.example/",
        ] {
            assert_eq!(to(spared), "none", "{spared}");
        }
    }

    #[test]
    fn a_password_is_for_the_environment_only() {
        let network = Network { proxy: "http://anna:secret@s:3".into(), ..Network::default() };
        let proxies = Proxies::of(&network, &Env::from_slice(&[]));
        assert_eq!(word(proxies.on_the_way_to(&AWS.parse().unwrap())), "Password by Settings");
        assert_eq!(
            taken(&[("HTTPS_PROXY", "http://anna:secret@a:1")], AWS),
            "a:1 by Variable(\"HTTPS_PROXY\")"
        );
    }
}
