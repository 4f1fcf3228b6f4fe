//! Dates in another form than the API's.
//!
//! The SDK rejects a whole response for one date that it cannot read: all keys of a user for the age of one, or a new secret for
//! the date beside it. Here such a date costs itself.

use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeDeserializationInterceptorContextMut;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::DateTime;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::date_time::Format;
use http_body::{Body, Frame};

/// The dates of users, keys and their last use.
const ELEMENTS: [&str; 3] = ["CreateDate", "LastUsedDate", "PasswordLastUsed"];

/// The odd dates in the response to one call. They reach the SDK as times before the epoch, at which AWS had no keys.
#[derive(Clone, Debug, Default)]
pub(super) struct OddDates(Arc<OnceLock<Vec<String>>>);

impl OddDates {
    /// The text of a date that could not be read; `None` for one that could.
    pub(super) fn text(&self, date: &DateTime) -> Option<&str> {
        let at = usize::try_from(date.secs().checked_neg()?).ok()?.checked_sub(1)?;
        self.0.get()?.get(at).map(String::as_str)
    }
}

impl Intercept for OddDates {
    fn name(&self) -> &'static str {
        "OddDates"
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let body = context.response_mut().body_mut();
        let inner = std::mem::replace(body, SdkBody::taken());
        let replaced = Replaced { inner: Box::pin(inner), read: Some(Vec::new()), odd: self.clone() };
        *body = SdkBody::from_body_1_x(replaced);
        Ok(())
    }
}

/// A body, read to its end before any of it is passed on.
struct Replaced {
    inner: Pin<Box<SdkBody>>,
    /// `None` once it was passed on.
    read: Option<Vec<u8>>,
    odd: OddDates,
}

impl Body for Replaced {
    type Data = <SdkBody as Body>::Data;
    type Error = <SdkBody as Body>::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        let this = self.get_mut();
        loop {
            let frame = ready!(this.inner.as_mut().poll_frame(context));
            match (frame, &mut this.read) {
                (Some(Ok(frame)), Some(read)) => {
                    if let Ok(data) = frame.into_data() {
                        read.extend_from_slice(&data);
                    }
                }
                (Some(Err(err)), _) => return Poll::Ready(Some(Err(err))),
                (_, None) => return Poll::Ready(None),
                (None, Some(read)) => {
                    let (body, odd) = replaced(std::mem::take(read));
                    this.read = None;
                    // Another attempt may have read some already: its dates are those of a response that was given up.
                    _ = this.odd.0.set(odd);
                    return Poll::Ready(Some(Ok(Frame::data(body.into()))));
                }
            }
        }
    }
}

/// The body with times before the epoch in place of odd dates, and those dates in order. A date without a value is left out.
fn replaced(body: Vec<u8>) -> (Vec<u8>, Vec<String>) {
    let mut odd = Vec::new();
    let Ok(text) = std::str::from_utf8(&body) else { return (body, odd) };
    let mut edits = Vec::new();
    for element in ELEMENTS {
        let (open, close) = (format!("<{element}>"), format!("</{element}>"));
        for (at, _) in text.match_indices(&open) {
            let from = at + open.len();
            let Some(rest) = text.get(from..) else { continue };
            let Some(long) = rest.find(&close) else { continue };
            let value = rest.get(..long).unwrap_or_default();
            if DateTime::from_str(value, Format::DateTimeWithOffset).is_ok() {
                continue;
            }
            if matches!(value.trim(), "" | "N/A") {
                edits.push((at..from + long + close.len(), String::new()));
                continue;
            }
            odd.push(value.to_owned());
            let before = DateTime::from_secs(-i64::try_from(odd.len()).unwrap_or(i64::MAX));
            edits.push((from..from + long, before.fmt(Format::DateTime).unwrap_or_default()));
        }
    }
    if edits.is_empty() {
        return (body, odd);
    }
    edits.sort_by_key(|(range, _)| range.start);
    let (mut new, mut at) = (Vec::with_capacity(body.len()), 0);
    for (range, value) in edits {
        new.extend_from_slice(body.get(at..range.start).unwrap_or_default());
        new.extend_from_slice(value.as_bytes());
        at = range.end;
    }
    new.extend_from_slice(body.get(at..).unwrap_or_default());
    (new, odd)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (String, Vec<String>) {
        let (body, odd) = replaced(text.as_bytes().to_vec());
        (String::from_utf8(body).unwrap(), odd)
    }

    #[test]
    fn an_odd_date_becomes_one_before_the_epoch_and_is_kept_beside_it() {
        let text = "<a><CreateDate>1730246400000</CreateDate></a><a><CreateDate>2026-11-24T00:00:00Z</CreateDate></a>\
                    <a><LastUsedDate>gestern</LastUsedDate></a>";
        let (body, odd) = of(text);
        assert_eq!(odd, ["1730246400000", "gestern"]);
        assert!(body.starts_with("<a><CreateDate>1969-12-31T23:59:59Z</CreateDate></a>"), "{body}");
        assert!(body.ends_with("<a><LastUsedDate>1969-12-31T23:59:58Z</LastUsedDate></a>"), "{body}");
        let dates = OddDates::default();
        dates.0.set(odd).unwrap();
        assert_eq!(dates.text(&DateTime::from_secs(-2)), Some("gestern"));
        for real in [0, 1, -3, i64::MIN, i64::MAX] {
            assert_eq!(dates.text(&DateTime::from_secs(real)), None, "{real}");
        }
    }

    #[test]
    fn other_bodies_stay_as_they_are() {
        for text in [
            "",
            "<CreateDate>2026-11-24T00:00:00Z</CreateDate>",
            "<CreateDate>2026-11-24T00:00:00.5+02:00</CreateDate>",
            "<CreateDate>never ends",
            "<html>",
        ] {
            assert_eq!(of(text), (text.to_owned(), Vec::new()));
        }
        assert_eq!(replaced(vec![0xFF, 0xFE]), (vec![0xFF, 0xFE], Vec::new()));
    }

    #[test]
    fn a_date_without_a_value_is_none() {
        assert_eq!(of("<b><LastUsedDate>N/A</LastUsedDate><c/></b>").0, "<b><c/></b>");
        assert_eq!(of("<CreateDate></CreateDate>").0, "");
    }
}
