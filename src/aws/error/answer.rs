//! Interprets error responses, from IAM or from something else in its place.

use aws_sdk_iam::config::http::HttpResponse;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

use crate::aws::denial::denial;
use crate::aws::network::RequestRoute;
use crate::domain::{Cause, Foreign, ProxyRefusal};

/// The source of the response.
pub(super) fn host(answer: &HttpResponse, host: &str) -> String {
    answer.extension::<RequestRoute>().map_or_else(|| host.to_owned(), |route| route.host.clone())
}

/// A truncated response, if it is from IAM at all.
pub(super) fn not_whole(at: &str, answer: &HttpResponse) -> Cause {
    let status = answer.status().as_u16();
    foreign(answer).map_or(Cause::Unreadable, |sent| Cause::NotAws { host: host(answer, at), status, sent })
}

/// The error codes for throttling, of IAM and other servers.
const THROTTLING: [&str; 5] = [
    "Throttling",
    "ThrottlingException",
    "RequestLimitExceeded",
    "TooManyRequestsException",
    "SlowDownException",
];

/// True if the response throttles this attempt.
pub(in crate::aws) fn is_throttled(answer: &HttpResponse) -> bool {
    let body = answer.body().bytes().filter(|_| !answer.status().is_success()).unwrap_or_default();
    let body = String::from_utf8_lossy(body);
    let code = body.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>"));
    code.is_some_and(|(code, _)| THROTTLING.contains(&code.trim()))
}

/// Codes of the IAM API reference, "Common errors", and the spellings of other servers.
pub(super) fn cause(at: &str, answer: &HttpResponse, code: Option<&str>, message: &str) -> Cause {
    let status = answer.status().as_u16();
    let message_text = || message.to_owned();
    match code {
        Some("AccessDenied" | "AccessDeniedException") => Cause::Denied(denial(message)),
        Some("ExpiredToken" | "ExpiredTokenException") => Cause::SessionOver,
        Some("InvalidClientTokenId" | "InvalidAccessKeyId" | "UnrecognizedClientException") => {
            Cause::KeyNotAccepted
        }
        Some("RequestTimeTooSkewed" | "RequestExpired") => Cause::ClockWrong { slow_secs: slow_secs(answer) },
        Some("SignatureDoesNotMatch") if is_about_time(message) => {
            Cause::ClockWrong { slow_secs: slow_secs(answer) }
        }
        Some("SignatureDoesNotMatch") => Cause::SignatureWrong,
        Some(code) if THROTTLING.contains(&code) => Cause::Throttled,
        Some("LimitExceeded" | "LimitExceededException") => Cause::LimitExceeded(message_text()),
        Some("NoSuchEntity" | "NoSuchEntityException") => Cause::NoSuchEntity(message_text()),
        Some("InvalidAction" | "NotImplemented") => Cause::NotOffered { status },
        Some("ServiceFailure" | "InternalFailure" | "ServiceUnavailable" | "InternalServerException") => {
            Cause::ServiceFailure { status }
        }
        Some(code) => Cause::Refused { code: code.to_owned(), message: message_text() },
        None => without_code(at, answer),
    }
}

/// Only the status, the kind of content and the route are known.
pub(super) fn without_code(at: &str, answer: &HttpResponse) -> Cause {
    let status = answer.status().as_u16();
    let route = answer.extension::<RequestRoute>();
    if let (407, Some(RequestRoute { proxy: Some(proxy), host, has_password, .. })) = (status, route) {
        return Cause::Proxy {
            proxy: Box::new(proxy.clone()),
            host: host.clone(),
            trouble: password(*has_password),
        };
    }
    match (status, foreign(answer)) {
        (405 | 501, _) => Cause::NotOffered { status },
        (500 | 503, None | Some(Foreign::Xml)) => Cause::ServiceFailure { status },
        (200..=299, None) => Cause::Unreadable,
        (_, sent) => Cause::NotAws { host: host(answer, at), status, sent: sent.unwrap_or(Foreign::Other) },
    }
}

pub(super) fn password(was_given: bool) -> ProxyRefusal {
    if was_given { ProxyRefusal::PasswordRefused } else { ProxyRefusal::WantsPassword }
}

/// The kind of a response that is not from IAM. Looks only at its start, because it may contain a secret.
fn foreign(answer: &HttpResponse) -> Option<Foreign> {
    if (300..=399).contains(&answer.status().as_u16()) {
        let to = answer.headers().get("location").and_then(|to| to.parse::<http::Uri>().ok());
        return Some(Foreign::Redirect(to.as_ref().and_then(http::Uri::host).map(str::to_owned)));
    }
    let body = answer.body().bytes().unwrap_or_default();
    let start = body.get(..256).unwrap_or(body);
    let start = String::from_utf8_lossy(start).trim_start_matches('\u{feff}').trim_start().to_lowercase();
    let is_page = answer.headers().get("content-type").is_some_and(|kind| kind.contains("text/html"));
    match start.chars().next() {
        None => None,
        _ if is_page || start.starts_with("<!doctype html") || start.starts_with("<html") => {
            Some(Foreign::Page)
        }
        Some('{' | '[') => Some(Foreign::Json),
        // `ListUsersResponse`, `ErrorResponse`
        Some('<') => (!root(&start).ends_with("response")).then_some(Foreign::Xml),
        Some(_) => Some(Foreign::Other),
    }
}

/// The name of the outermost element.
fn root(xml: &str) -> &str {
    let after_head =
        xml.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or(xml, |(_, rest)| rest);
    let name = after_head.trim_start().trim_start_matches('<');
    name.split(|end: char| end.is_whitespace() || matches!(end, '>' | '/')).next().unwrap_or_default()
}

fn is_about_time(message: &str) -> bool {
    ["Signature expired", "not yet current", "too skewed", "TimeTooSkewed", "Request has expired"]
        .iter()
        .any(|part| message.contains(part))
}

/// How far this computer's clock was behind the server's when the response arrived.
fn slow_secs(answer: &HttpResponse) -> Option<i64> {
    let here = DateTime::from(answer.extension::<RequestRoute>()?.at?);
    let there = DateTime::from_str(answer.headers().get("date")?, Format::HttpDate).ok()?;
    Some(there.secs() - here.secs())
}

#[cfg(test)]
mod tests {
    use aws_smithy_runtime_api::http::StatusCode;
    use aws_smithy_types::body::SdkBody;

    use super::*;

    fn answer(status: u16, body: &str) -> HttpResponse {
        HttpResponse::new(StatusCode::try_from(status).unwrap(), SdkBody::from(body))
    }

    #[test]
    fn a_response_that_is_not_from_iam_is_recognised_by_its_start() {
        for (body, what) in [
            ("", None),
            ("<ListUsersResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><ListUs", None),
            ("<?xml version=\"1.0\"?>\n<ErrorResponse>", None),
            ("\u{feff}\n<!DOCTYPE html><title>Sign in</title>", Some(Foreign::Page)),
            ("<HTML lang=de>", Some(Foreign::Page)),
            ("{\"message\": \"Missing Authentication Token\"}", Some(Foreign::Json)),
            ("<?xml version=\"1.0\"?><Error><Code>NoSuchBucket</Code></Error>", Some(Foreign::Xml)),
            ("<Other/>", Some(Foreign::Xml)),
            ("Blocked by policy", Some(Foreign::Other)),
        ] {
            assert_eq!(foreign(&answer(200, body)), what, "{body}");
        }
    }

    #[test]
    fn an_attempt_is_throttled_by_its_code() {
        let refused =
            |code: &str| format!("<ErrorResponse><Error><Code>{code}</Code></Error></ErrorResponse>");
        for code in THROTTLING {
            assert!(is_throttled(&answer(400, &refused(code))), "{code}");
        }
        assert!(!is_throttled(&answer(403, &refused("AccessDenied"))), "another refusal");
        assert!(!is_throttled(&answer(200, &refused("Throttling"))), "a user may be called anything");
        assert!(!is_throttled(&answer(503, "Throttling")), "no answer of IAM");
    }

    #[test]
    fn a_redirect_names_where_to() {
        let mut portal = answer(302, "");
        portal.headers_mut().insert("location", "http://login.hotel.example/?from=iam");
        assert_eq!(foreign(&portal), Some(Foreign::Redirect(Some("login.hotel.example".into()))));
        assert_eq!(foreign(&answer(302, "<html>")), Some(Foreign::Redirect(None)));
    }
}
