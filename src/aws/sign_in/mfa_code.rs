//! A code of an MFA device: given to a call, refused, and asked for.

use aws_sdk_sts::config::http::HttpResponse;
use aws_sdk_sts::error::{ProvideErrorMetadata, SdkError};

use super::SignInInterrupted;
use crate::domain::{MfaAsk, MfaRefused, Prompt};

/// A device and the code that it shows.
pub(super) struct Mfa<'a> {
    pub(super) serial: &'a str,
    pub(super) code: &'a str,
}

/// The question for a code.
pub(super) fn ask(
    serial: Option<String>,
    role_arn: Option<&str>,
    refused: Option<MfaRefused>,
) -> SignInInterrupted {
    let role = role_arn.map(|arn| arn.rsplit('/').next().unwrap_or(arn).to_owned());
    SignInInterrupted::Prompt(Prompt::Mfa(MfaAsk { serial, role, refused }))
}

/// AWS has one sentence for a wrong code, an old one and a used one, and another for a device that is not the caller's.
pub(super) fn refused<E: ProvideErrorMetadata>(err: &SdkError<E, HttpResponse>) -> Option<MfaRefused> {
    let message = err.message().filter(|message| message.contains("MultiFactorAuthentication failed"))?;
    // "…, unable to validate MFA code. Please verify your MFA serial number is valid and associated with this user."
    let of_device = message.contains("MFA serial number");
    let refused = if of_device { MfaRefused::Device } else { MfaRefused::Code };
    (err.code() == Some("AccessDenied")).then_some(refused)
}
