//! Detects truncated responses, and responses from intermediaries.
//!
//! The SDK's parser accepts truncated XML as a shorter response: half a list of keys could be an empty list, and half a secret
//! would be shown as a complete one. For an operation without output, it accepts any page with status 200. This checks the
//! closing tag.

use aws_sdk_iam::operation::create_access_key::CreateAccessKeyOutput;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::AfterDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

/// The response is not a complete one from IAM or STS.
#[derive(Debug, thiserror::Error)]
#[error("the answer is not a whole one")]
pub(super) struct TruncatedResponse;

/// Rejects responses without the closing tag.
#[derive(Debug)]
pub(super) struct CompleteBodyInterceptor;

impl Intercept for CompleteBodyInterceptor {
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
        if is_whole(body) || (made && has_secret(body)) { Ok(()) } else { Err(TruncatedResponse.into()) }
    }
}

/// Some servers return an empty body for an operation without output.
fn is_whole(body: &[u8]) -> bool {
    body.is_empty() || body.ends_with(b"Response>")
}

/// A complete secret is worth more than the rest of its response.
fn has_secret(body: &[u8]) -> bool {
    const END: &[u8] = b"</SecretAccessKey>";
    body.windows(END.len()).any(|part| part == END)
}

/// True if this interceptor made the call fail.
pub(super) fn is_truncated(err: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(err), |err| err.source()).any(|err| err.is::<TruncatedResponse>())
}
