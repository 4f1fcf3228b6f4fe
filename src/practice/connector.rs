//! The HTTP connector, which the SDK uses in place of a connection to AWS.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use jiff::Timestamp;

use super::Service;
use super::request::Request;
use super::server::{self, Answer};
use super::trouble::{SLOW, SimulatedFault};

/// A connection to the account.
pub(super) struct Connection {
    service: Arc<Service>,
    /// How long the client waits for a response, as on a real connection.
    read_timeout: Option<Duration>,
}

impl Connection {
    pub(super) fn new(service: Arc<Service>, read_timeout: Option<Duration>) -> Self {
        Self { service, read_timeout }
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connection to the practice account")
    }
}

impl HttpConnector for Connection {
    /// The request is carried out here; only the response is delayed. A client that gives up has changed the account
    /// nevertheless, as on AWS.
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let service = Arc::clone(&self.service);
        let (request, now) = (Request::read(&request), service.now());
        let answer =
            service.with_account(|account| server::answer(account, &request, &service.troubles, now));
        let delay = service.delay(&answer);
        let patience = self.read_timeout.filter(|patience| *patience < delay);
        HttpConnectorFuture::new(async move {
            let wait = patience.unwrap_or(delay);
            if !wait.is_zero() {
                tokio::time::sleep(wait).await;
            }
            if patience.is_some() { Err(timed_out()) } else { deliver(answer, service.now()) }
        })
    }
}

impl Service {
    /// The delay of this response: three to five quarters of the latency, derived from the request id.
    fn delay(&self, answer: &Answer) -> Duration {
        let sum = answer.request_id.bytes().fold(0, |sum: u32, byte| sum + u32::from(byte));
        let latency = self.latency * (75 + sum % 51) / 100;
        if self.troubles.has(SimulatedFault::Slow) { latency + SLOW } else { latency }
    }
}

fn deliver(answer: Answer, now: Timestamp) -> Result<HttpResponse, ConnectorError> {
    let Answer { status, xml, request_id, lost } = answer;
    if lost {
        let broken = io::Error::new(io::ErrorKind::ConnectionReset, "connection reset by peer");
        return Err(ConnectorError::io(broken.into()));
    }
    let response = http::Response::builder()
        .status(status)
        .header("content-type", "text/xml")
        .header("x-amzn-requestid", request_id)
        .header("date", now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string())
        .body(SdkBody::from(xml))
        .map_err(|error| ConnectorError::other(error.into(), None))?;
    HttpResponse::try_from(response).map_err(|error| ConnectorError::other(error.into(), None))
}

fn timed_out() -> ConnectorError {
    ConnectorError::timeout(io::Error::from(io::ErrorKind::TimedOut).into())
}
