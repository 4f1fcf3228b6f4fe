//! What went wrong, to what, and what to do next.

use crate::domain::{Account, Cause, Failure, visible};

use super::network::{self, SETTINGS};
use super::permissions::denied;
use super::sign_in;

/// The sentences of a failure. The account names the caller, where there is one.
pub fn explain(failure: &Failure, account: Option<&Account>) -> String {
    match &failure.cause {
        Cause::Denied(denial) => denied(failure, denial, account),
        // Only keys have inactive ones.
        Cause::LimitExceeded(message) if failure.action != "iam:CreateAccessKey" => {
            format!("A limit of the account is reached. AWS says: {}", visible(message))
        }
        cause => cause_words(cause),
    }
}

fn cause_words(cause: &Cause) -> String {
    match cause {
        Cause::Denied(_) => "AWS denied it.".to_owned(),
        Cause::SessionOver => "The session is over. Sign in again to go on. Nothing on screen is lost.".to_owned(),
        Cause::KeyNotAccepted => "AWS does not accept the access key that signs. It may be inactive or deleted, belong to \
                                  another partition, or be a session that was made without MFA. A key that was created \
                                  seconds ago is accepted a little later."
            .to_owned(),
        Cause::SignatureWrong => "The secret access key does not belong to the key id. Correct it in the profile and open the \
                                  account again."
            .to_owned(),
        Cause::ClockWrong { slow_secs } => network::clock(*slow_secs),
        Cause::Throttled => "Throttled by AWS: too many requests in this account right now. Try again in a moment.".to_owned(),
        Cause::LimitExceeded(message) => {
            format!("The limit is reached; inactive keys count too. AWS says: {}", visible(message))
        }
        Cause::NoSuchEntity(message) => {
            format!("It does not exist any more. Refresh to see how it is now. AWS says: {}", visible(message))
        }
        Cause::NotOffered { status } => format!("This endpoint does not offer the operation (HTTP {status})."),
        Cause::ServiceFailure { status } => {
            format!("AWS had a failure of its own (HTTP {status}). Try again in a moment.")
        }
        Cause::Refused { code, message } => format!("AWS refused it: {} ({})", visible(message), visible(code)),
        Cause::Unreadable => {
            "The answer could not be read: it is empty, or breaks off before its end. Try again.".to_owned()
        }
        Cause::NotAws { host, status, sent } => network::foreign(&visible(host), *status, sent),
        Cause::NoNetwork { host } => format!(
            "There is no network connection to {}. Connect the network or the VPN, and try again.",
            visible(host)
        ),
        Cause::UnknownHost { host } => format!(
            "The name {} could not be looked up. Check the network connection, the VPN and the DNS; where only a proxy reaches \
             the internet, name it in {SETTINGS}",
            visible(host)
        ),
        Cause::ConnectionRefused { host } => format!(
            "{} refuses the connection: nothing listens there, or a firewall is in between. Check the endpoint and the firewall.",
            visible(host)
        ),
        Cause::ConnectionLost { host } => format!(
            "The connection to {} broke off before the answer was there. Try again; if it happens each time, something on the \
             way cuts it: a firewall, a VPN or a proxy.",
            visible(host)
        ),
        Cause::NotConnected { host } => format!(
            "No connection to {} came about in time: what is sent gets lost on the way, as firewalls do it. Connect the VPN, or \
             name the proxy of this network in {SETTINGS}",
            visible(host)
        ),
        Cause::NotInTime { host } => format!(
            "{} took the request and did not answer in time. Try again; if it stays silent, check the proxy and the VPN.",
            visible(host)
        ),
        Cause::Tls { host, trouble } => network::tls(&visible(host), trouble),
        Cause::Proxy { proxy, host, trouble } => network::by_proxy(proxy, &visible(host), trouble),
        Cause::BadProxy { named_by, problem } => network::bad_proxy(*named_by, problem),
        Cause::BadCaFile { file, named_by, problem } => network::ca_file(file, *named_by, problem),
        Cause::BadEndpoint { url, detail } => {
            format!("The endpoint {} cannot be used: {}. Correct it.", visible(url), visible(detail))
        }
        Cause::EndpointConflict { url, with } => format!(
            "The endpoint {} is set, and {with} is on: only endpoints of AWS itself have that. Take the endpoint away, or switch \
             {with} off ({}).",
            visible(url),
            if *with == "FIPS" {
                "AWS_USE_FIPS_ENDPOINT, use_fips_endpoint"
            } else {
                "AWS_USE_DUALSTACK_ENDPOINT, use_dualstack_endpoint"
            }
        ),
        Cause::NoCredentials { profile } => {
            format!("There are no credentials in {}. Add some, or open another account.", visible(profile))
        }
        Cause::NoSuchProfile { profile } => {
            format!("There is no profile {} in the AWS config and credentials files.", visible(profile))
        }
        Cause::BrokenConfig { file, line, fault } => format!(
            "{}, line {line}: {}. Correct it and refresh; until then this profile cannot be used.",
            visible(&file.display().to_string()),
            sign_in::line_fault(fault)
        ),
        Cause::ConfigTooLarge { file } => format!(
            "{} is too large for a config file, so that Keyfob cannot know what it says about this profile. Make it smaller, or \
             name another file.",
            visible(&file.display().to_string())
        ),
        Cause::SignIn(problem) => sign_in::problem(problem),
        Cause::ReadOnly => "The account is open read-only: nothing can be changed.".to_owned(),
        Cause::TaskLost => {
            "Keyfob lost track of this request: that is a fault in Keyfob. Refresh to see how it is.".to_owned()
        }
        Cause::Other(text) => visible(text).into_owned(),
    }
}

/// What *Copy details* puts on the clipboard.
pub fn details(failure: &Failure, account: Option<&Account>) -> String {
    let mut text = explain(failure, account);
    if !failure.action.is_empty() {
        text.push_str("\nAction: ");
        text.push_str(failure.action);
    }
    if let Some(id) = &failure.request_id {
        text.push_str("\nRequest id: ");
        text.push_str(id);
    }
    if let Some(account) = account {
        text.push_str("\nCaller: ");
        text.push_str(&account.caller_arn);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_file_is_named_with_its_line() {
        let cause = Cause::BrokenConfig {
            file: "/home/a/.aws/config".into(),
            line: 3,
            fault: crate::domain::LineFault::NoEquals,
        };
        let text = explain(&Failure::new("", cause), None);
        assert!(text.starts_with("/home/a/.aws/config, line 3: There is no = sign in it"), "{text}");
    }

    #[test]
    fn text_of_the_network_cannot_hide_anything() {
        let cause = Cause::Refused { code: "X\u{202E}".into(), message: "a\u{200B}b".into() };
        let text = explain(&Failure::new("", cause), None);
        assert!(text.contains("a‹U+200B›b") && text.contains("X‹U+202E›"), "{text}");
    }
}
