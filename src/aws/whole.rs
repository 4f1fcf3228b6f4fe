//! Answers that break off, or come from something in between.
//!
//! The SDK's parser takes XML that ends early for a shorter answer: half a list of keys would be an empty one. And where an
//! operation answers nothing, it takes any page with status 200 for a success. Both are found here by the closing tag. Half a
//! secret would be shown as a whole one.

use aws_sdk_iam::operation::create_access_key::CreateAccessKeyOutput;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::AfterDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

/// The answer is not a whole one of IAM or STS.
#[derive(Debug, thiserror::Error)]
#[error("the answer is not a whole one")]
pub(super) struct NotWhole;

/// Lets no answer through that does not end as one.
#[derive(Debug)]
pub(super) struct Whole;

impl Intercept for Whole {
    fn name(&self) -> &'static str {
        "Whole"
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Ok(output) = context.output_or_error() else { return Ok(()) };
        let body = context.response().body().bytes().unwrap_or_default().trim_ascii_end();
        let made = output.downcast_ref::<CreateAccessKeyOutput>().is_some();
        if is_whole(body) || (made && has_secret(body)) { Ok(()) } else { Err(NotWhole.into()) }
    }
}

/// Some servers answer nothing at all where there is nothing to answer.
fn is_whole(body: &[u8]) -> bool {
    body.is_empty() || body.ends_with(b"Response>")
}

/// A secret that arrived to its end is worth more than the rest of its answer.
fn has_secret(body: &[u8]) -> bool {
    const END: &[u8] = b"</SecretAccessKey>";
    body.windows(END.len()).any(|part| part == END)
}

/// True if this interceptor is why a call failed.
pub(super) fn is_not_whole(err: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(err), |err| err.source()).any(|err| err.is::<NotWhole>())
}
