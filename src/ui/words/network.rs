//! What the network did, and what to do about it.

use std::path::Path;

use crate::domain::{CaProblem, Foreign, NamedBy, Proxy, ProxyProblem, ProxyTrouble, TlsTrouble, visible};

/// Where all that Keyfob itself knows of the network is set.
pub(super) const SETTINGS: &str = "Settings, Network";

/// By how much and which way, as far as it is known and worth telling.
pub(super) fn clock(slow_secs: Option<i64>) -> String {
    let off = slow_secs.filter(|secs| secs.unsigned_abs() >= 60);
    let wrong = off.map_or_else(
        || "is wrong".to_owned(),
        |secs| format!("is {} {}", span(secs.unsigned_abs()), if secs > 0 { "slow" } else { "fast" }),
    );
    format!(
        "This computer's clock {wrong}. AWS refuses requests that are more than 5 minutes off. Set the clock, best by letting the \
         system set it, and try again."
    )
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
            "This network sends the request on to {} instead of {host} (HTTP {status}), as guest networks do it until one signs \
             in. Open a web page in the browser, sign in to the network, and try again.",
            visible(to)
        ),
        (Foreign::Redirect(None), _) | (Foreign::Page, ..=299) => format!(
            "A page came instead of an answer of {host} (HTTP {status}), as guest networks send it until one signs in. Open a web \
             page in the browser, sign in to the network, and try again."
        ),
        (Foreign::Page, 500..) => format!(
            "A proxy or gateway answered in place of {host} (HTTP {status}): it did not reach it. Try again in a moment; if it \
             stays so, tell those who run the proxy."
        ),
        (Foreign::Page, _) => format!(
            "A proxy or filter on the way blocks {host} (HTTP {status}). Ask those who run it to allow {host}."
        ),
        (Foreign::Json, _) => format!(
            "{host} is not IAM: it answers in JSON (HTTP {status}). Check the endpoint; it may be that of another service or of an \
             API gateway."
        ),
        (Foreign::Xml, _) => format!(
            "{host} is not IAM: its XML is that of another service (HTTP {status}). Check the endpoint."
        ),
        (Foreign::Other, _) => format!(
            "Something between this computer and {host} answered instead (HTTP {status}): a proxy, a sign-in page of the network, \
             or a wrong endpoint. Open a web page to see whether the network wants something."
        ),
    }
}

pub(super) fn tls(host: &str, trouble: &TlsTrouble) -> String {
    match trouble {
        TlsTrouble::UnknownIssuer => format!(
            "The certificate of {host} comes from an authority that this computer does not trust. If your company inspects \
             traffic, get its CA certificate as a PEM file and name it in {SETTINGS}, AWS_CA_BUNDLE or ca_bundle of the profile, \
             or add it to the trust store of the system. If it does not, somebody may be reading along: do not go on."
        ),
        TlsTrouble::NoRoots => format!(
            "This computer trusts no certificate authority at all, so that {host} cannot be checked. Install those of the system \
             (ca-certificates), correct SSL_CERT_FILE if it is set, or name a CA file in {SETTINGS}"
        ),
        TlsTrouble::Expired => format!(
            "The certificate of {host} has expired. Check the date of this computer's clock; if it is right, tell those who run \
             {host} or the proxy."
        ),
        TlsTrouble::NotYetValid => format!(
            "The certificate of {host} is not valid yet. Check the date of this computer's clock; if it is right, tell those who \
             run {host} or the proxy."
        ),
        TlsTrouble::WrongName => format!(
            "What answers is not {host}: its certificate is for another name. Check the endpoint; in a guest network, open a web \
             page in the browser and sign in first."
        ),
        TlsTrouble::AuthorityAsServer => format!(
            "{host} shows a certificate that is marked as a certificate authority (CA:TRUE), which Keyfob does not accept for a \
             server, even if it is in the CA file. Give the server a certificate of its own: with openssl req -x509, add -addext \
             basicConstraints=critical,CA:FALSE, and name the new one as the CA file."
        ),
        TlsTrouble::NotTls => format!(
            "{host} does not encrypt: plain http answers where https is expected. Check the scheme and the port of the endpoint; \
             in a guest network, open a web page in the browser and sign in first."
        ),
        TlsTrouble::Other(detail) => format!(
            "The encrypted connection to {host} was refused: {}. Check the proxy and the endpoint.",
            visible(detail)
        ),
    }
}

pub(super) fn by_proxy(proxy: &Proxy, host: &str, trouble: &ProxyTrouble) -> String {
    let name = format!("The proxy {} ({})", visible(&proxy.host), named_by(proxy.named_by));
    let address = visible(&proxy.host);
    match trouble {
        ProxyTrouble::WantsPassword => {
            let first = if proxy.named_by == NamedBy::Settings {
                format!("Take it out of {SETTINGS} and set")
            } else {
                "Set".to_owned()
            };
            format!(
                "{name} wants a user name and a password. {first} HTTPS_PROXY=http://USER:PASSWORD@{address} before Keyfob is \
                 started; an @ in them is written %40. A proxy that takes only Kerberos or NTLM needs a helper such as px or cntlm."
            )
        }
        ProxyTrouble::PasswordRefused => format!(
            "{name} refuses the user name and password that are set. Correct them; an @ in them is written %40. If they are \
             right, it may take only Kerberos or NTLM, which needs a helper such as px or cntlm."
        ),
        ProxyTrouble::Refuses => format!(
            "{name} does not connect to {host}: it may not, or cannot at the moment. Try again, and ask those who run it to allow \
             {host}."
        ),
        ProxyTrouble::UnknownHost => format!(
            "{name} has a name that could not be looked up. Check the name, the network and the VPN; outside of that network, \
             take the proxy away."
        ),
        ProxyTrouble::ConnectionRefused => format!(
            "{name} does not answer: nothing listens there. Check its port and whether it runs; outside of its network, take the \
             proxy away."
        ),
        ProxyTrouble::NoNetwork => format!(
            "{name} cannot be reached: there is no network connection to it. Connect the network or the VPN, or take the proxy \
             away."
        ),
        ProxyTrouble::NotConnected => format!(
            "{name} made no connection to {host} in time: it is out of reach itself, or does not reach {host}. Check the network \
             and the VPN, and try again."
        ),
        ProxyTrouble::ConnectionLost => format!(
            "{name} ended the connection instead of opening a way to {host}. Check that it is an HTTP proxy, and its port."
        ),
        ProxyTrouble::Tls(TlsTrouble::NotTls) => format!(
            "{name} does not speak TLS itself, as https:// before its name demands. Most proxies are named by http://, also for \
             https."
        ),
        ProxyTrouble::Tls(trouble) => {
            format!("{name} is itself reached over TLS. {}", tls(&address, trouble))
        }
    }
}

pub(super) fn bad_proxy(by: NamedBy, problem: &ProxyProblem) -> String {
    format!("{} {}", subject(by), proxy_problem(problem))
}

/// Behind a subject.
fn proxy_problem(problem: &ProxyProblem) -> String {
    match problem {
        ProxyProblem::NoAddress => {
            "is not the address of a proxy. Write it as http://proxy.example:8080.".to_owned()
        }
        ProxyProblem::Scheme(scheme) if scheme.starts_with("socks") => {
            "is a SOCKS proxy, which Keyfob cannot use. Name an HTTP proxy, as in http://proxy.example:8080.".to_owned()
        }
        ProxyProblem::Scheme(scheme) => {
            format!("begins with {}://. A proxy is named by http:// or https://.", visible(scheme))
        }
        ProxyProblem::Path => "is the address of a file, perhaps of an automatic configuration (PAC). Open that file and take the \
                               proxy out of it: http://proxy.example:8080."
            .to_owned(),
        ProxyProblem::Password => "has a user name and password in it, which do not belong in a settings file. Leave the proxy \
                                   empty here, and set HTTPS_PROXY=http://USER:PASSWORD@proxy.example:8080 before Keyfob is started."
            .to_owned(),
    }
}

/// Under the field.
pub const PROXY_FIELD: &str =
    "Empty: as HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY say, where one that wants a password is set";

pub const NO_PROXY_FIELD: &str =
    "Names, addresses and networks with commas between; this computer itself is always reached without";

pub const CA_FIELD: &str = "Certificate authorities to trust beside those of the system, as a PEM file: that of the company, \
                            where it inspects traffic";

pub const APPLIES: &str = "Applies from the next sign-in on";

/// Under the field, instead of what it is for.
pub fn proxy_field_problem(problem: &ProxyProblem) -> String {
    format!("This {}", proxy_problem(problem))
}

pub fn ca_field_problem(problem: &CaProblem, file: &str) -> String {
    format!("This file {}", ca_problem(problem, file))
}

fn subject(by: NamedBy) -> String {
    match by {
        NamedBy::Variable(name) => format!("What {name} says"),
        NamedBy::Settings | NamedBy::Profile => format!("The proxy in {SETTINGS}"),
    }
}

fn named_by(by: NamedBy) -> &'static str {
    match by {
        NamedBy::Settings => SETTINGS,
        NamedBy::Variable(name) => name,
        NamedBy::Profile => "ca_bundle of the profile",
    }
}

pub(super) fn ca_file(file: &Path, by: NamedBy, problem: &CaProblem) -> String {
    let path = file.display().to_string();
    format!("The CA file {} ({}) {}", visible(&path), named_by(by), ca_problem(problem, &path))
}

fn ca_problem(problem: &CaProblem, path: &str) -> String {
    match problem {
        CaProblem::NotReadable(detail) => format!("cannot be read: {}. Correct the path.", visible(detail)),
        CaProblem::Folder => "is a folder. Name a single PEM file.".to_owned(),
        CaProblem::Binary => format!(
            "is in binary form (DER). Convert it: openssl x509 -inform der -in {} -out ca.pem",
            visible(path)
        ),
        CaProblem::NoCertificate => {
            "holds no certificate. A PEM file has lines that say BEGIN CERTIFICATE.".to_owned()
        }
        CaProblem::Damaged(number) => {
            format!("is damaged: certificate {number} in it cannot be read. Get the file anew.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
