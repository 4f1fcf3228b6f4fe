//! Network errors, and what to do about them.

use std::path::Path;

use jiff::SignedDuration;

use crate::domain::{
    CaProblem, Endpoint, Foreign, NamedBy, Proxy, ProxyProblem, ProxyRefusal, TlsProblem, spell_out_hidden,
};

/// Where Keyfob's own network settings are.
pub(super) const SETTINGS: &str = "Settings, Network";

/// Names the offset and its direction where they are known and at least a minute.
pub(super) fn clock(slow_secs: Option<i64>) -> String {
    let wrong = clock_is(slow_secs);
    format!(
        "{wrong}. AWS refuses requests that are more than 5 minutes off. Set the clock, preferably by \
         turning on automatic time, and try again."
    )
}

fn clock_is(slow_secs: Option<i64>) -> String {
    let off = slow_secs.filter(|secs| secs.unsigned_abs() >= 60);
    let wrong = off.map_or_else(
        || "wrong".to_owned(),
        |secs| format!("{} {}", span(secs.unsigned_abs()), if secs > 0 { "slow" } else { "fast" }),
    );
    format!("This computer's clock is {wrong}")
}

/// "This computer's clock is 14 minutes slow"; `ahead`: of the server's.
pub fn clock_off(ahead: SignedDuration) -> String {
    // To the nearest minute: the date of an answer has whole seconds, and was on its way.
    let minutes = (ahead.as_secs().saturating_abs() + 30) / 60;
    clock_is(Some(-ahead.as_secs().signum() * minutes * 60))
}

/// What that means, and what to do.
pub fn clock_off_text(endpoint: &Endpoint) -> String {
    match endpoint {
        Endpoint::Aws(_) => "AWS refuses requests that are more than 5 minutes off. Keyfob corrects its own, and shows ages by \
                             AWS's clock. Set the clock, preferably by turning on automatic time, for other programs."
            .to_owned(),
        Endpoint::Override { url, .. } => format!(
            "One of the two is wrong: this clock, or that of {}, by which Keyfob shows ages. Set it, preferably by turning on \
             automatic time. AWS refuses requests that are more than 5 minutes off.",
            spell_out_hidden(url)
        ),
        Endpoint::Practice => "The practice account simulates it. AWS refuses requests that are more than 5 minutes off. \
                               Keyfob corrects its own, and shows ages by the server's clock."
            .to_owned(),
    }
}

fn span(secs: u64) -> String {
    let of = |count: u64, unit: &str| format!("{count} {unit}{}", if count == 1 { "" } else { "s" });
    match secs {
        ..7_200 => of(secs / 60, "minute"),
        7_200..172_800 => of(secs / 3_600, "hour"),
        _ => of(secs / 86_400, "day"),
    }
}

pub(super) fn foreign(host: &str, status: u16, sent: &Foreign) -> String {
    match (sent, status) {
        (Foreign::Redirect(Some(to)), _) => format!(
            "This network redirected the request for {host} to {} (HTTP {status}), as guest networks do before you sign in. Open \
             a web page in the browser, sign in to the network and try again.",
            spell_out_hidden(to)
        ),
        (Foreign::Redirect(None), _) | (Foreign::Page, ..=299) => format!(
            "A web page came back instead of a response from {host} (HTTP {status}), as guest networks send before you sign in. \
             Open a web page in the browser, sign in to the network and try again."
        ),
        (Foreign::Page, 500..) => format!(
            "A proxy or gateway could not reach {host} (HTTP {status}). Try again in a moment. If it keeps happening, contact the \
             administrator of the proxy."
        ),
        (Foreign::Page, _) => format!(
            "A proxy or web filter blocks {host} (HTTP {status}). Ask its administrator to allow {host}."
        ),
        (Foreign::Json, _) => format!(
            "{host} is not IAM: it returned JSON (HTTP {status}). Check the endpoint; it may belong to another service or an API \
             gateway."
        ),
        (Foreign::Xml, _) => format!(
            "{host} is not IAM: it returned another service's XML (HTTP {status}). Check the endpoint."
        ),
        (Foreign::Other, _) => format!(
            "Something other than {host} responded (HTTP {status}): a proxy, the network's sign-in page or a wrong endpoint. Open \
             a web page in the browser to see whether the network asks you to sign in."
        ),
    }
}

pub(super) fn tls(host: &str, trouble: &TlsProblem) -> String {
    match trouble {
        TlsProblem::UnknownIssuer => format!(
            "The certificate of {host} was issued by an authority that this computer does not trust. If your company inspects \
             traffic, get its CA certificate as a PEM file and enter it in {SETTINGS}, AWS_CA_BUNDLE or the profile's ca_bundle, \
             or add it to the system's trust store. Otherwise somebody may be intercepting the connection: do not continue."
        ),
        TlsProblem::NoRoots => format!(
            "This computer trusts no certificate authorities, so {host} cannot be verified. Install the system's certificates \
             (ca-certificates), correct SSL_CERT_FILE if it is set, or enter a CA file in {SETTINGS}."
        ),
        TlsProblem::Expired => format!(
            "The certificate of {host} has expired. Check this computer's date. If it is right, contact the administrator of \
             {host} or of the proxy."
        ),
        TlsProblem::NotYetValid => format!(
            "The certificate of {host} is not valid yet. Check this computer's date. If it is right, contact the administrator \
             of {host} or of the proxy."
        ),
        TlsProblem::WrongName => format!(
            "The server that responded is not {host}: its certificate is for another name. Check the endpoint. On a guest \
             network, open a web page in the browser and sign in first."
        ),
        TlsProblem::AuthorityAsServer => format!(
            "The certificate of {host} is marked as a certificate authority (CA:TRUE). Keyfob does not accept it for a server, \
             even if it is in the CA file. Issue a server certificate (with openssl req -x509, add -addext \
             basicConstraints=critical,CA:FALSE) and use that as the CA file."
        ),
        TlsProblem::NotTls => format!(
            "{host} responded in plain http where https is expected. Check the scheme and port of the endpoint. On a guest \
             network, open a web page in the browser and sign in first."
        ),
        TlsProblem::Other(detail) => format!(
            "The TLS connection to {host} failed: {}. Check the proxy and the endpoint.",
            spell_out_hidden(detail)
        ),
    }
}

pub(super) fn by_proxy(proxy: &Proxy, host: &str, trouble: &ProxyRefusal) -> String {
    let name = format!("The proxy {} ({})", spell_out_hidden(&proxy.host), named_by(proxy.named_by));
    let address = spell_out_hidden(&proxy.host);
    match trouble {
        ProxyRefusal::WantsPassword => {
            let first = if proxy.named_by == NamedBy::Settings {
                format!("Remove it from {SETTINGS} and set")
            } else {
                "Set".to_owned()
            };
            format!(
                "{name} requires a user name and password. {first} HTTPS_PROXY=http://USER:PASSWORD@{address} before you start Keyfob; \
                 write %40 for an @ in either. A proxy that accepts only Kerberos or NTLM needs a helper such as px or cntlm."
            )
        }
        ProxyRefusal::PasswordRefused => format!(
            "{name} rejected the user name and password. Correct them; write %40 for an @ in either. If they are right, the proxy \
             may accept only Kerberos or NTLM, which needs a helper such as px or cntlm."
        ),
        ProxyRefusal::Refuses => format!(
            "{name} refused to connect to {host}, or cannot reach it right now. Try again, or ask its administrator to allow \
             {host}."
        ),
        ProxyRefusal::UnknownHost => format!(
            "{name} could not be found: its host name does not resolve. Check the name, the network and the VPN. Outside that \
             network, remove the proxy."
        ),
        ProxyRefusal::ConnectionRefused => format!(
            "{name} refused the connection: nothing is listening there. Check its port and whether it is running. Outside its \
             network, remove the proxy."
        ),
        ProxyRefusal::NoNetwork => format!(
            "{name} cannot be reached: there is no network connection to it. Connect to the network or the VPN, or remove the \
             proxy."
        ),
        ProxyRefusal::NotConnected => format!(
            "{name} did not connect to {host} in time: either the proxy is out of reach or it cannot reach {host}. Check the \
             network and the VPN, and try again."
        ),
        ProxyRefusal::ConnectionLost => format!(
            "{name} closed the connection instead of connecting to {host}. Check that it is an HTTP proxy, and check its port."
        ),
        ProxyRefusal::Tls(TlsProblem::NotTls) => format!(
            "{name} does not use TLS, which https:// in its address requires. Most proxies have an http:// address, even for https \
             traffic."
        ),
        ProxyRefusal::Tls(trouble) => {
            format!("{name} is reached over TLS, and that connection failed. {}", tls(&address, trouble))
        }
    }
}

pub(super) fn bad_proxy(by: NamedBy, problem: &ProxyProblem) -> String {
    format!("{} {}", subject(by), proxy_problem(problem))
}

/// The rest of a sentence whose subject is the setting.
fn proxy_problem(problem: &ProxyProblem) -> String {
    match problem {
        ProxyProblem::NoAddress => {
            "is not a valid proxy address. Write it as http://proxy.example:8080.".to_owned()
        }
        ProxyProblem::Scheme(scheme) if scheme.starts_with("socks") => {
            "is a SOCKS proxy, which Keyfob does not support. Use an HTTP proxy, such as http://proxy.example:8080.".to_owned()
        }
        ProxyProblem::Scheme(scheme) => {
            format!("starts with {}://. A proxy address starts with http:// or https://.", spell_out_hidden(scheme))
        }
        ProxyProblem::Path => "is the address of a file, perhaps an automatic configuration (PAC). Open that file and use the proxy \
                               that it names, such as http://proxy.example:8080."
            .to_owned(),
        ProxyProblem::Password => "contains a user name and password, which do not belong in a settings file. Leave the field \
                                   empty, and set HTTPS_PROXY=http://USER:PASSWORD@proxy.example:8080 before you start Keyfob."
            .to_owned(),
    }
}

/// Shown under the field.
pub const PROXY_FIELD: &str = "Leave empty to use HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY; set a proxy that needs a password there";

pub const NO_PROXY_FIELD: &str =
    "Names, addresses and networks, separated by commas; this computer is always reached directly";

pub const CA_FIELD: &str = "A PEM file with certificate authorities to trust in addition to the system's, for example those of a \
                            company that inspects traffic";

pub const APPLIES: &str = "Takes effect at the next sign-in";

/// Shown under the field in place of its hint.
pub fn proxy_field_problem(problem: &ProxyProblem) -> String {
    format!("This {}", proxy_problem(problem))
}

pub fn ca_field_problem(problem: &CaProblem, file: &str) -> String {
    format!("This file {}", ca_problem(problem, file))
}

fn subject(by: NamedBy) -> String {
    match by {
        NamedBy::Variable(name) => name.to_owned(),
        NamedBy::Settings | NamedBy::Profile => format!("The proxy in {SETTINGS}"),
    }
}

fn named_by(by: NamedBy) -> &'static str {
    match by {
        NamedBy::Settings => SETTINGS,
        NamedBy::Variable(name) => name,
        NamedBy::Profile => "the profile's ca_bundle",
    }
}

pub(super) fn ca_file(file: &Path, by: NamedBy, problem: &CaProblem) -> String {
    let path = file.display().to_string();
    format!("The CA file {} ({}) {}", spell_out_hidden(&path), named_by(by), ca_problem(problem, &path))
}

fn ca_problem(problem: &CaProblem, path: &str) -> String {
    match problem {
        CaProblem::NotReadable(detail) => {
            format!("cannot be read: {}. Correct the path.", spell_out_hidden(detail))
        }
        CaProblem::Folder => "is a folder. Enter a single PEM file.".to_owned(),
        CaProblem::Binary => format!(
            "is in binary form (DER). Convert it: openssl x509 -inform der -in {} -out ca.pem",
            spell_out_hidden(path)
        ),
        CaProblem::NoCertificate => {
            "contains no certificate. A PEM file has lines with BEGIN CERTIFICATE.".to_owned()
        }
        CaProblem::Damaged(number) => {
            format!("is damaged: its certificate number {number} cannot be read. Get a new copy.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_off_is_named_to_the_nearest_minute() {
        let off = |secs| clock_off(SignedDuration::from_secs(secs));
        assert_eq!(off(-839), "This computer's clock is 14 minutes slow");
        assert_eq!(off(200), "This computer's clock is 3 minutes fast");
        assert_eq!(off(365 * 86_400), "This computer's clock is 365 days fast");
    }

    #[test]
    fn a_clock_is_named_with_size_and_direction() {
        for (slow_secs, words) in [
            (Some(14 * 60 + 20), "is 14 minutes slow."),
            (Some(-5 * 60), "is 5 minutes fast."),
            (Some(60), "is 1 minute slow."),
            (Some(3 * 3_600), "is 3 hours slow."),
            (Some(-400 * 86_400), "is 400 days fast."),
            (Some(3), "is wrong."),
            (None, "is wrong."),
        ] {
            let text = clock(slow_secs);
            assert!(text.starts_with(&format!("This computer's clock {words}")), "{slow_secs:?}: {text}");
        }
    }
}
