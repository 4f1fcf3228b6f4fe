//! The outcome of a change that the SDK retried.
//!
//! After a lost response, the SDK sends a change again, and reports only the result of the last attempt. If the last attempt was
//! never sent, or was refused, an earlier one may still have made the change.

use std::error::Error;
use std::sync::{Arc, OnceLock};

use aws_sdk_iam::config::http::HttpResponse;
use aws_sdk_iam::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::FinalizerInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

use super::error::{failure, left_open};
use crate::domain::{Cause, Failure};

/// Observes the attempts of one change.
#[derive(Clone, Debug)]
pub(super) struct AttemptObserver {
    host: String,
    /// How the first response was lost.
    lost: Arc<OnceLock<Cause>>,
}

impl AttemptObserver {
    pub(super) fn at(host: &str) -> Self {
        Self { host: host.to_owned(), lost: Arc::default() }
    }

    /// The outcome of the change: `err` is the result of its last attempt.
    pub(super) fn failure<E>(&self, action: &'static str, err: &SdkError<E, HttpResponse>) -> Failure
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        let last = failure(action, &self.host, err);
        match self.lost.get() {
            Some(lost) if !last.is_refusal() && !last.is_lost() => Failure::new(action, lost.clone()),
            _ => last,
        }
    }
}

impl Intercept for AttemptObserver {
    fn name(&self) -> &'static str {
        "Attempts"
    }

    fn read_after_attempt(
        &self,
        attempt: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(Err(err)) = attempt.output_or_error()
            && let Some(lost) = left_open(&self.host, err, attempt.response())
        {
            _ = self.lost.set(lost);
        }
        Ok(())
    }
}
