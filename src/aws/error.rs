//! The one place where an SDK error becomes our own.
//!
//! An `SdkError` must never be formatted with `{:?}` or `DisplayErrorContext`: both print the response body, and with it
//! a secret. Only code, message and the source chain of connector errors are read here.

use std::error::Error;

use aws_sdk_iam::config::http::HttpResponse;
use aws_sdk_iam::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_iam::operation::RequestId as _;
use aws_smithy_runtime_api::client::result::ConnectorError;

use super::denial::denial;
use super::whole::is_not_whole;
use crate::domain::{Cause, Failure};

/// What went wrong while `action` was tried at `host`.
pub(super) fn failure<E>(action: &'static str, host: &str, err: &SdkError<E, HttpResponse>) -> Failure
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let cause = match err {
        SdkError::ServiceError(service) => {
            let status = service.raw().status().as_u16();
            service_cause(status, service.err().code(), service.err().message().unwrap_or_default())
        }
        SdkError::DispatchFailure(dispatch) => dispatch
            .as_connector_error()
            .map_or_else(|| Cause::ConnectionLost { host: host.to_owned() }, |err| network_cause(host, err)),
        SdkError::TimeoutError(_) => Cause::NotInTime { host: host.to_owned() },
        SdkError::ResponseError(_) if is_not_whole(err) => Cause::Unreadable,
        SdkError::ResponseError(_) => Cause::ConnectionLost { host: host.to_owned() },
        other => Cause::Other(other.to_string()),
    };
    Failure { action, cause, request_id: err.request_id().map(str::to_owned) }
}

/// Codes of the IAM API reference, "Common errors"; other servers use the spellings beside them.
fn service_cause(status: u16, code: Option<&str>, message: &str) -> Cause {
    let message_text = || message.to_owned();
    match code {
        Some("AccessDenied" | "AccessDeniedException") => Cause::Denied(denial(message)),
        Some("ExpiredToken" | "ExpiredTokenException") => Cause::SessionOver,
        Some("InvalidClientTokenId" | "InvalidAccessKeyId" | "UnrecognizedClientException") => {
            Cause::KeyNotAccepted
        }
        Some("SignatureDoesNotMatch" | "RequestTimeTooSkewed" | "RequestExpired") => {
            let skewed = [
                "Signature expired",
                "not yet current",
                "too skewed",
                "TimeTooSkewed",
                "Request has expired",
            ];
            if skewed.iter().any(|part| message.contains(part)) || code != Some("SignatureDoesNotMatch") {
                Cause::ClockWrong
            } else {
                Cause::SignatureWrong
            }
        }
        Some("Throttling" | "ThrottlingException" | "RequestLimitExceeded" | "TooManyRequestsException") => {
            Cause::Throttled
        }
        Some("LimitExceeded" | "LimitExceededException") => Cause::LimitExceeded(message_text()),
        Some("NoSuchEntity" | "NoSuchEntityException") => Cause::NoSuchEntity(message_text()),
        Some("InvalidAction" | "NotImplemented") => Cause::NotOffered { status },
        Some("ServiceFailure" | "InternalFailure" | "ServiceUnavailable") => Cause::ServiceFailure { status },
        Some(code) => Cause::Refused { code: code.to_owned(), message: message_text() },
        // An answer without an AWS error code: the status is all there is.
        None => match status {
            405 | 501 => Cause::NotOffered { status },
            500 | 503 => Cause::ServiceFailure { status },
            200..=299 => Cause::Unreadable,
            _ => Cause::NotAws { status },
        },
    }
}

/// Texts of hyper-util 0.1 and rustls 0.23 below aws-smithy-http-client 1.5; each has a test on the wire.
fn network_cause(host: &str, err: &ConnectorError) -> Cause {
    let text = chain(err);
    let has = |part: &str| text.contains(part);
    let host = host.to_owned();
    if has("tunnel error") {
        Cause::Proxy { detail: last(err) }
    } else if has("dns error") {
        Cause::UnknownHost { host }
    } else if has("invalid peer certificate") || has("TLS handshake") || has("InvalidContentType") {
        Cause::Tls { host, detail: last(err) }
    } else if has("unreachable") || has("network is down") {
        Cause::NoNetwork { host }
    } else if has("onnection refused") {
        Cause::ConnectionRefused { host }
    } else if err.is_timeout() || has("timeout") {
        Cause::NotInTime { host }
    } else {
        Cause::ConnectionLost { host }
    }
}

/// True if no connection was made, so that nothing can have arrived: the name, the port, the proxy or the handshake refused
/// before the request was written. A network that goes away while an answer is awaited is not that.
pub(super) fn never_left(err: &ConnectorError) -> bool {
    // How hyper-util 0.1 words its `Error::is_connect`.
    chain(err).contains("client error (Connect)")
}

/// The whole source chain: the outer text says only "dispatch failure".
pub(super) fn chain(err: &(dyn Error + 'static)) -> String {
    let mut text = err.to_string();
    let mut source = err.source();
    while let Some(err) = source {
        let part = err.to_string();
        if !text.ends_with(&part) {
            text.push_str(": ");
            text.push_str(&part);
        }
        source = err.source();
    }
    text
}

/// The innermost cause, which is the one that means something to people.
fn last(err: &(dyn Error + 'static)) -> String {
    let mut innermost = err;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::net::TcpListener;

    use super::*;
    use crate::aws::{Connection, Patience};
    use crate::domain::{KeyId, Secret};

    #[test]
    fn a_wrong_clock_is_told_from_a_wrong_secret() {
        let of = |message| service_cause(403, Some("SignatureDoesNotMatch"), message);
        assert_eq!(of("Signature expired: 20261124T000000Z is now earlier than …"), Cause::ClockWrong);
        assert_eq!(of("Signature not yet current: …"), Cause::ClockWrong);
        assert_eq!(of("The request signature we calculated does not match …"), Cause::SignatureWrong);
    }

    #[test]
    fn only_a_connection_that_was_never_made_is_certain() {
        let connecting = "client error (Connect): tcp connect error: Network is unreachable (os error 101)";
        let answering = "client error (SendRequest): connection error: Network is unreachable (os error 101)";
        assert!(never_left(&ConnectorError::io(connecting.into())));
        assert!(!never_left(&ConnectorError::io(answering.into())), "the request may have arrived");
        assert!(never_left(&ConnectorError::timeout("client error (Connect): HTTP connect timeout".into())));
        assert!(!never_left(&ConnectorError::timeout("HTTP read timeout occurred after 1s".into())));
    }

    #[test]
    fn an_answer_without_a_code_is_told_by_its_status() {
        assert_eq!(service_cause(405, None, ""), Cause::NotOffered { status: 405 });
        assert_eq!(service_cause(502, None, ""), Cause::NotAws { status: 502 });
        assert_eq!(service_cause(403, None, ""), Cause::NotAws { status: 403 });
        assert_eq!(service_cause(503, None, ""), Cause::ServiceFailure { status: 503 });
        assert_eq!(service_cause(200, None, ""), Cause::Unreadable);
    }

    /// Answers TLS with something else, once.
    fn plain_server() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let host = listener.local_addr().expect("an address");
        let answer = move || {
            let (mut stream, _) = listener.accept().expect("a connection");
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").expect("an answer");
        };
        std::thread::Builder::new().name("plain server".into()).spawn(answer).expect("a thread");
        format!("https://{host}")
    }

    /// Whether a call to there is known not to have left, and how the network words it.
    async fn tried(url: &str) -> (bool, String) {
        let (id, secret) = (KeyId::new("AKIASIGNS00000000000"), Secret::new("x".repeat(40)));
        let patience = Patience { attempts: 1, ..Patience::default() };
        let connection = Connection::for_endpoint(url, &id, &secret, patience).await;
        let Err(SdkError::DispatchFailure(failed)) = connection.iam.list_users().send().await else {
            panic!("the call was not stopped by the network")
        };
        let err = failed.as_connector_error().expect("an error of the network");
        (never_left(err), chain(err))
    }

    #[tokio::test]
    async fn names_ports_and_handshakes_fail_before_anything_leaves() {
        for url in ["http://nonexistent.invalid", "http://127.0.0.1:9", &plain_server()] {
            let (never_left, words) = Box::pin(tried(url)).await;
            assert!(never_left, "{url}: {words}");
        }
    }
}
