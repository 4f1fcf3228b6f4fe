//! What went wrong, to what, and what to do next.

use crate::domain::{Account, Cause, Failure, visible};

use super::permissions::denied;
use super::sign_in;

/// The sentences of a failure. The account names the caller, where there is one.
pub fn explain(failure: &Failure, account: Option<&Account>) -> String {
    match &failure.cause {
        Cause::Denied(denial) => denied(failure, denial, account),
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
        Cause::ClockWrong => "This computer's clock is wrong. AWS refuses requests that are more than 5 minutes off. Set the \
                              clock and try again."
            .to_owned(),
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
        Cause::NotAws { status } => format!(
            "Something between this computer and AWS answered instead (HTTP {status}): a proxy, a sign-in page of the \
             network, or a wrong endpoint. Open a web page to see whether the network wants something."
        ),
        Cause::Unreadable => {
            "The answer could not be read: it broke off, or it is not from IAM. Try again.".to_owned()
        }
        Cause::NoNetwork { host } => {
            format!("There is no network connection to {}. Connect and try again.", visible(host))
        }
        Cause::UnknownHost { host } => format!(
            "The name {} could not be looked up. Check the network connection, the VPN and the DNS.",
            visible(host)
        ),
        Cause::ConnectionRefused { host } => {
            format!("{} refuses the connection: nothing listens there, or a firewall is in between.", visible(host))
        }
        Cause::ConnectionLost { host } => format!("The connection to {} broke off. Try again.", visible(host)),
        Cause::NotInTime { host } => {
            format!("{} did not answer in time. Check the network or the proxy, and try again.", visible(host))
        }
        Cause::Tls { host, detail } => format!(
            "The encrypted connection to {} was refused: {}. If your company inspects traffic, its certificate authority must \
             be trusted by this computer (SSL_CERT_FILE).",
            visible(host),
            visible(detail)
        ),
        Cause::Proxy { detail } => {
            format!("The proxy did not let the request through: {}. Check HTTPS_PROXY.", visible(detail))
        }
        Cause::NoCredentials { profile } => {
            format!("There are no credentials in {}. Add some, or open another account.", visible(profile))
        }
        Cause::NoSuchProfile { profile } => {
            format!("There is no profile {} in the AWS config and credentials files.", visible(profile))
        }
        Cause::BrokenConfig { file, line: 0, detail } if file.as_os_str().is_empty() => {
            format!("The AWS config files cannot be read: {}", visible(detail))
        }
        Cause::BrokenConfig { file, line, detail } => format!(
            "{}, line {line}: {}. Correct it and refresh; until then no profile can be used.",
            visible(&file.display().to_string()),
            visible(detail)
        ),
        Cause::SignIn(problem) => sign_in::problem(problem),
        Cause::BadEndpoint { url, detail } => {
            format!("The endpoint {} cannot be used: {}.", visible(url), visible(detail))
        }
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
            detail: "Expected an '=' sign".into(),
        };
        let text = explain(&Failure::new("", cause), None);
        assert!(text.starts_with("/home/a/.aws/config, line 3: Expected an '=' sign"), "{text}");
    }

    #[test]
    fn text_of_the_network_cannot_hide_anything() {
        let cause = Cause::Refused { code: "X\u{202E}".into(), message: "a\u{200B}b".into() };
        let text = explain(&Failure::new("", cause), None);
        assert!(text.contains("a‹U+200B›b") && text.contains("X‹U+202E›"), "{text}");
    }
}
