//! The one place where an SDK error becomes our own.
//!
//! An `SdkError` must never be formatted with `{:?}` or `DisplayErrorContext`: both print the response body, and with it
//! a secret. Only code, message and the source chain of connector errors are read here.

mod answer;
mod connection;
mod not_renewed;

pub(super) use answer::is_throttled;
pub(super) use not_renewed::NotRenewed;

use std::error::Error;

use aws_sdk_iam::config::http::HttpResponse;
use aws_sdk_iam::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_iam::operation::RequestId as _;
use aws_smithy_runtime_api::client::interceptors::context;
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use aws_smithy_runtime_api::client::result::ConnectorError;

use super::network::Unusable;
use super::truncation::is_truncated;
use crate::domain::{Cause, Failure};

/// The failure of `action`. `host` is the destination, unless the error names a better one.
pub(super) fn failure<E>(action: &'static str, host: &str, err: &SdkError<E, HttpResponse>) -> Failure
where
    E: ProvideErrorMetadata + Error + 'static,
{
    if let Some(NotRenewed(cause)) = not_renewed(err) {
        return Failure::new(action, cause.clone());
    }
    let cause = match err {
        SdkError::ServiceError(service) => {
            let message = service.err().message().unwrap_or_default();
            answer::cause(host, service.raw(), service.err().code(), message)
        }
        SdkError::DispatchFailure(dispatch) => dispatch.as_connector_error().map_or_else(
            || Cause::ConnectionLost { host: host.to_owned() },
            |err| connection::cause(host, err),
        ),
        SdkError::TimeoutError(_) => Cause::NotInTime { host: host.to_owned() },
        SdkError::ResponseError(response) if is_truncated(err) => answer::not_whole(host, response.raw()),
        SdkError::ResponseError(response) => {
            Cause::ConnectionLost { host: answer::host(response.raw(), host) }
        }
        other => Cause::Other(other.to_string()),
    };
    Failure { action, cause, request_id: err.request_id().map(str::to_owned) }
}

/// How the response to one attempt was lost; `None` if this attempt certainly changed nothing.
pub(super) fn left_open(
    host: &str,
    err: &OrchestratorError<context::Error>,
    answer: Option<&HttpResponse>,
) -> Option<Cause> {
    let host = host.to_owned();
    let cause = match (err.as_connector_error(), answer) {
        (Some(err), _) if never_left(err) => return None,
        (Some(err), _) if err.is_timeout() => Cause::NotInTime { host },
        (Some(_), _) => Cause::ConnectionLost { host },
        (None, Some(answer)) => answer::without_code(&host, answer),
        (None, None) if err.is_timeout_error() => Cause::NotInTime { host },
        (None, None) => return None,
    };
    cause.is_lost().then_some(cause)
}

/// True if the call was not sent, for lack of credentials to sign it.
fn not_renewed<'a>(err: &'a (dyn Error + 'static)) -> Option<&'a NotRenewed> {
    let mut source = Some(err);
    while let Some(err) = source {
        if let Some(found) = err.downcast_ref() {
            return Some(found);
        }
        source = err.source();
    }
    None
}

/// True if there was no connection, so nothing can have arrived: the name, the port, the proxy or the handshake failed before
/// the request was written. False for a network that fails while waiting for the response.
pub(super) fn never_left(err: &ConnectorError) -> bool {
    // The text of hyper-util 0.1 for its `Error::is_connect`.
    chain(err).contains("client error (Connect)") || causes(err).any(|cause| cause.is::<Unusable>())
}

/// The complete source chain: the outer text is only "dispatch failure".
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

/// An error and its sources, including the error inside an `io::Error`, which its own `source` skips.
fn causes<'a>(err: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(err), |&err: &&'a (dyn Error + 'static)| {
        let wrapped = err.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        wrapped.map(|inner| inner as &(dyn Error + 'static)).or_else(|| err.source())
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::net::TcpListener;

    use super::*;
    use crate::aws::{Connection, Patience};
    use crate::domain::{KeyId, Secret};

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
    fn a_network_that_goes_away_while_an_answer_is_awaited_is_a_lost_answer() {
        let gone = |words: &str| {
            let source = std::io::Error::from(std::io::ErrorKind::NetworkUnreachable);
            ConnectorError::io(Box::new(std::io::Error::other(InWords(words.to_owned(), source))))
        };
        let host = "iam.amazonaws.com".to_owned();
        let before = connection::cause(&host, &gone("client error (Connect)"));
        assert_eq!(before, Cause::NoNetwork { host: host.clone() });
        let meanwhile = connection::cause(&host, &gone("client error (SendRequest)"));
        assert_eq!(meanwhile, Cause::ConnectionLost { host });
    }

    #[derive(Debug, thiserror::Error)]
    #[error("{0}")]
    struct InWords(String, #[source] std::io::Error);

    /// Responds to TLS with something else, once.
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

    /// Whether a call to this host certainly was not sent, and the error chain.
    async fn tried(url: &str) -> (bool, String) {
        let (id, secret) = (KeyId::new("AKIASIGNS00000000000"), Secret::new("x".repeat(40)));
        let patience = Patience { attempts: 1, ..Patience::default() };
        let connection = Connection::for_endpoint(url, &id, &secret, patience).await.expect("a way there");
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
