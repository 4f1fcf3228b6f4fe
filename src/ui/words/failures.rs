//! Errors: what happened, to what, and what to do next.

use crate::domain::{
    Account, Cause, Failure, KeyStatus, NotDeleted, NotSwitched, PagingFault, spell_out_hidden,
};

use super::network::{self, SETTINGS};
use super::permissions::denied;
use super::sign_in;

/// Explains a failure. `account` supplies the name of the caller.
pub fn explain(failure: &Failure, account: Option<&Account>) -> String {
    match &failure.cause {
        Cause::Denied(denial) => denied(failure, denial, account),
        // Only for keys do inactive ones count.
        Cause::LimitExceeded(message) if failure.action != "iam:CreateAccessKey" => {
            format!("The account has reached a limit. AWS says: {}", spell_out_hidden(message))
        }
        cause => cause_words(cause),
    }
}

fn cause_words(cause: &Cause) -> String {
    match cause {
        Cause::Denied(_) => "AWS denied it.".to_owned(),
        Cause::SessionOver => "The session has expired. Sign in again to continue; nothing on screen is lost.".to_owned(),
        Cause::KeyNotAccepted => "AWS does not accept the access key that signs this request. The key may be inactive or \
                                  deleted, belong to another partition, or be from a session without MFA. A key that was \
                                  created seconds ago may not work yet."
            .to_owned(),
        Cause::SignatureWrong => "The secret access key does not match the key id. Correct it in the profile and open the \
                                  account again."
            .to_owned(),
        Cause::ClockWrong { slow_secs } => network::clock(*slow_secs),
        Cause::Throttled => "AWS is throttling requests in this account. Try again in a moment.".to_owned(),
        Cause::LimitExceeded(message) => {
            format!("The limit is reached. Inactive keys count too. AWS says: {}", spell_out_hidden(message))
        }
        Cause::NoSuchEntity(message) => {
            format!("It no longer exists. Refresh to see the current state. AWS says: {}", spell_out_hidden(message))
        }
        Cause::NotOffered { status } => format!("This endpoint does not offer the operation (HTTP {status})."),
        Cause::ServiceFailure { status } => {
            format!("AWS returned an internal error (HTTP {status}). Try again in a moment.")
        }
        Cause::Refused { code, message } => format!("AWS refused it: {} ({})", spell_out_hidden(message), spell_out_hidden(code)),
        Cause::Unreadable => "The response is empty or incomplete. Try again.".to_owned(),
        Cause::OddDate(text) => odd_date(text),
        Cause::Paging(fault) => paging(*fault),
        Cause::NotAws { host, status, sent } => network::foreign(&spell_out_hidden(host), *status, sent),
        Cause::NoNetwork { host } => format!(
            "There is no network connection to {}. Connect to the network or the VPN and try again.",
            spell_out_hidden(host)
        ),
        Cause::UnknownHost { host } => format!(
            "The host name {} could not be resolved. Check the network connection, the VPN and DNS. If only a proxy reaches the \
             internet, enter it in {SETTINGS}.",
            spell_out_hidden(host)
        ),
        Cause::ConnectionRefused { host } => format!(
            "{} refused the connection: nothing is listening there, or a firewall blocks it. Check the endpoint and the firewall.",
            spell_out_hidden(host)
        ),
        Cause::ConnectionLost { host } => format!(
            "The connection to {} was lost before the response arrived. Try again. If it keeps happening, a firewall, VPN or \
             proxy may be closing it.",
            spell_out_hidden(host)
        ),
        Cause::NotConnected { host } => format!(
            "Connecting to {} timed out. A firewall may be dropping the traffic. Connect the VPN, or enter this network's proxy \
             in {SETTINGS}.",
            spell_out_hidden(host)
        ),
        Cause::NotInTime { host } => format!(
            "{} accepted the request but did not respond in time. Try again. If it keeps happening, check the proxy and the VPN.",
            spell_out_hidden(host)
        ),
        Cause::Tls { host, trouble } => network::tls(&spell_out_hidden(host), trouble),
        Cause::Proxy { proxy, host, trouble } => network::by_proxy(proxy, &spell_out_hidden(host), trouble),
        Cause::BadProxy { named_by, problem } => network::bad_proxy(*named_by, problem),
        Cause::BadCaFile { file, named_by, problem } => network::ca_file(file, *named_by, problem),
        Cause::BadEndpoint { url, detail } => {
            format!("The endpoint {} is not valid: {}. Correct it.", spell_out_hidden(url), spell_out_hidden(detail))
        }
        Cause::EndpointConflict { url, with } => format!(
            "The endpoint {} is set and {with} is on, but only AWS's own endpoints support {with}. Remove the endpoint or turn \
             {with} off ({}).",
            spell_out_hidden(url),
            if *with == "FIPS" {
                "AWS_USE_FIPS_ENDPOINT, use_fips_endpoint"
            } else {
                "AWS_USE_DUALSTACK_ENDPOINT, use_dualstack_endpoint"
            }
        ),
        Cause::NoCredentials { profile } => {
            format!("No credentials were found for {}. Add some, or open another account.", spell_out_hidden(profile))
        }
        Cause::NoSuchProfile { profile } => {
            format!("The AWS config and credentials files have no profile {}.", spell_out_hidden(profile))
        }
        Cause::BrokenConfig { file, line, fault } => format!(
            "{}, line {line}: {}. Correct the line and refresh to use this profile.",
            spell_out_hidden(&file.display().to_string()),
            sign_in::line_fault(fault)
        ),
        Cause::ConfigTooLarge { file } => format!(
            "{} is too large for a config file, and Keyfob does not read it. Make the file smaller or use another one.",
            spell_out_hidden(&file.display().to_string())
        ),
        Cause::SignIn(problem) => sign_in::problem(problem),
        Cause::ReadOnly => "The account is open read-only, so nothing can be changed.".to_owned(),
        Cause::NotDeleted(why) => not_deleted(why),
        Cause::NotSwitched(NotSwitched::AlreadySet(status)) => {
            format!("AWS lists the key as {} already, so nothing was sent.", super::status(*status).to_lowercase())
        }
        Cause::NotSwitched(NotSwitched::NotListed(cause)) => {
            format!("The keys could not be listed first, so nothing was sent. {}", cause_words(cause))
        }
        Cause::TaskLost => {
            "Keyfob lost track of this request because of an internal error. Refresh to see the current state.".to_owned()
        }
        Cause::Other(text) => spell_out_hidden(text).into_owned(),
    }
}

/// A date that cannot be read, by its text.
pub fn odd_date(text: &str) -> String {
    format!("The server sent the date “{}”, which cannot be read", spell_out_hidden(text))
}

fn paging(fault: PagingFault) -> String {
    let what = match fault {
        PagingFault::MarkerMissing => "says that there is more, but not where",
        PagingFault::MarkerRepeated => "repeats a page marker",
        PagingFault::NothingNew => "sends page after page with nothing new",
    };
    format!("The list breaks off: the server {what}. What has arrived is shown, and there may be more.")
}

fn not_deleted(why: &NotDeleted) -> String {
    match why {
        NotDeleted::NotInactive(KeyStatus::Active) => {
            "AWS lists the key as active, so it was not deleted. Deactivate it first.".to_owned()
        }
        NotDeleted::NotInactive(_) => {
            "AWS does not list the key as inactive, so it was not deleted.".to_owned()
        }
        NotDeleted::Gone => "AWS does not list the key, so nothing was deleted.".to_owned(),
        NotDeleted::NotListed(cause) => format!(
            "The user's keys could not be listed right before the deletion, so nothing was deleted. {}",
            cause_words(cause)
        ),
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
        assert!(text.starts_with("/home/a/.aws/config, line 3: The line has no = sign"), "{text}");
    }

    #[test]
    fn text_of_the_network_cannot_hide_anything() {
        let cause = Cause::Refused { code: "X\u{202E}".into(), message: "a\u{200B}b".into() };
        let text = explain(&Failure::new("", cause), None);
        assert!(text.contains("a‹U+200B›b") && text.contains("X‹U+202E›"), "{text}");
    }
}
