//! The server's clock, from the `Date` of its answers.
//!
//! The SDK corrects for a clock of this computer that is wrong, and says nothing about it. Ages and sessions are measured by the
//! server's clock all the same.

use std::sync::Arc;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::DateTime;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::date_time::Format;
use jiff::Timestamp;
use tokio::sync::watch;

use super::calls::timestamp;
use super::connect::ServerKind;
use crate::clock::Clock;
use crate::domain::Moment;

/// The clock of the server that a connection leads to. Cheap to clone.
#[derive(Clone)]
pub(super) struct ServerClock {
    local: Clock,
    wire: ServerKind,
    /// When the server answered last, with its date.
    answered: Arc<watch::Sender<Option<Moment>>>,
}

impl ServerClock {
    pub(super) fn new(local: Clock, wire: ServerKind) -> Self {
        Self { local, wire, answered: Arc::new(watch::Sender::new(None)) }
    }

    /// When the server answered last, by its own clock.
    pub(super) fn answered(&self) -> Option<Moment> {
        *self.answered.borrow()
    }

    /// By this computer's clock until the server has answered.
    pub(super) fn now(&self) -> Moment {
        let local = self.local.now();
        self.answered().map_or(local, |server| server.at_steady(local.steady))
    }
}

impl std::fmt::Debug for ServerClock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ServerClock")
    }
}

impl Intercept for ServerClock {
    fn name(&self) -> &'static str {
        "ServerClock"
    }

    fn read_after_transmit(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(date) = date(context.response(), self.wire) {
            self.answered.send_replace(Some(Moment { date, ..self.local.now() }));
        }
        Ok(())
    }
}

/// From 2026, when Keyfob was first released, to 2100.
const BELIEVED: std::ops::Range<Timestamp> =
    Timestamp::constant(1_767_225_600, 0)..Timestamp::constant(4_102_444_800, 0);

/// `None` where it may be somebody else's: of a proxy, or of the time at which a cache has stored the answer.
fn date(response: &HttpResponse, wire: ServerKind) -> Option<Timestamp> {
    let headers = response.headers();
    let is_servers = headers.contains_key("x-amzn-requestid")
        || (wire != ServerKind::Aws && response.status().is_success());
    if !is_servers || headers.contains_key("age") {
        return None;
    }
    let date = timestamp(&DateTime::from_str(headers.get("date")?, Format::HttpDate).ok()?)?;
    // A clock that is off by more is not off, but made up.
    BELIEVED.contains(&date).then_some(date)
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::body::SdkBody;

    use super::*;

    const DATE: &str = "Tue, 24 Nov 2026 12:14:00 GMT";

    fn read(status: u16, headers: &[(&'static str, &'static str)], wire: ServerKind) -> Option<String> {
        let mut response = HttpResponse::new(status.try_into().unwrap(), SdkBody::empty());
        for (name, value) in headers {
            response.headers_mut().insert(*name, *value);
        }
        date(&response, wire).map(|date| date.to_string())
    }

    #[test]
    fn only_the_date_of_the_server_itself_counts() {
        let (date, id) = (("date", DATE), ("x-amzn-requestid", "1"));
        let read_it = Some("2026-11-24T12:14:00Z".to_owned());
        for status in [200, 403] {
            assert_eq!(read(status, &[date, id], ServerKind::Aws), read_it);
        }
        assert_eq!(read(200, &[date], ServerKind::Elsewhere), read_it, "other servers send no ids");
        assert_eq!(read(407, &[date], ServerKind::Elsewhere), None, "a proxy");
        assert_eq!(read(200, &[date], ServerKind::Aws), None, "a guest network");
        assert_eq!(read(200, &[date, id, ("age", "840")], ServerKind::Aws), None, "a cache");
        assert_eq!(read(200, &[id], ServerKind::Aws), None);
        assert_eq!(read(200, &[("date", "yesterday"), id], ServerKind::Aws), None);
        assert_eq!(read(200, &[("date", "Thu, 30 Dec 9999 21:59:50 GMT"), id], ServerKind::Aws), None);
    }
}
