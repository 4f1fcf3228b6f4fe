//! The prompts of a sign-in, their replies, and its errors.

use std::path::PathBuf;

use zeroize::Zeroizing;

use super::{Secret, SettingSource, Steady};

/// A prompt that must be answered before the sign-in can continue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// The endpoint is another computer over plain http, so anybody on the network can read the requests.
    PlainHttp {
        url: String,
    },
    Mfa(MfaAsk),
    /// There is no valid token of IAM Identity Center.
    Sso(SsoSession),
    /// The console session of `aws login` is missing or has expired.
    Login {
        profile: String,
    },
}

/// A prompt for an MFA code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MfaAsk {
    /// The serial number of the device; `None` if it is unknown and must be typed.
    pub serial: Option<String>,
    /// The role to assume; `None` for a session of the user itself.
    pub role: Option<String>,
    /// What AWS rejected before.
    pub refused: Option<MfaRefused>,
}

/// What AWS rejected when a code was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MfaRefused {
    /// The code is wrong, expired or already used.
    Code,
    /// The caller has no device with this serial number, so it must be typed again.
    Device,
}

impl MfaAsk {
    /// The device is unknown, or not the caller's.
    pub fn wants_serial(&self) -> bool {
        self.serial.is_none() || self.refused == Some(MfaRefused::Device)
    }
}

/// An IAM Identity Center session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SsoSession {
    /// The `sso-session` section; `None` for the legacy form with the start URL in the profile.
    pub name: Option<String>,
    pub start_url: String,
    pub region: String,
    /// The profile in use; its certificates and endpoints apply to the sign-in.
    pub profile: String,
    /// Additional scopes of the token, which other programs share.
    pub scopes: Vec<String>,
}

impl SsoSession {
    /// The cache key of the token (aws-config 1.13, `sso/cache.rs`).
    pub fn identifier(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.start_url)
    }
}

/// The six digits of an MFA device. Valid once, for 30 seconds.
///
/// No `Debug` and no `Clone`, as for [`Secret`].
pub struct MfaCode(Zeroizing<String>);

impl MfaCode {
    /// Parses six digits; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let is_code = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_code.then(|| Self(Zeroizing::new(text.to_owned())))
    }

    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// The replies given so far. All but the code remain valid for the next attempt.
#[derive(Default)]
pub struct SignInInput {
    /// The endpoints for which plain http was accepted.
    pub plain_http: Vec<String>,
    /// MFA was requested although the profile names no device.
    pub use_mfa: bool,
    /// The serial number of the device, if it was typed or found.
    pub serial: Option<String>,
    pub code: Option<MfaCode>,
}

impl SignInInput {
    /// A copy without the code, which works only once.
    pub fn lasting(&self) -> Self {
        let (plain_http, serial) = (self.plain_http.clone(), self.serial.clone());
        Self { plain_http, use_mfa: self.use_mfa, serial, code: None }
    }
}

/// The reply to an [`Prompt`].
pub enum PromptReply {
    /// Accepts plain http for this session.
    PlainHttp,
    Mfa {
        serial: String,
        code: MfaCode,
    },
    /// *Sign in* with the browser.
    Browser,
}

/// Shown while waiting for the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceCode {
    /// The code to compare with the browser's.
    pub user_code: String,
    /// Includes the code.
    pub url: String,
    pub ends: Steady,
}

/// The data for requesting the token. Opaque to the core.
pub struct DeviceGrant {
    pub session: SsoSession,
    pub client_id: String,
    pub client_secret: Secret,
    /// When the client registration expires, in seconds since 1970.
    pub registered_until_secs: i64,
    pub device_code: Secret,
    pub interval_secs: u64,
    pub ends: Steady,
}

/// Why a profile cannot sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInProblem {
    // Mistakes in the config files.
    NoSuchSource {
        profile: String,
        source: String,
    },
    /// The profiles refer to each other in a circle.
    Circle {
        profiles: Vec<String>,
    },
    PartialKeys {
        profile: String,
        missing: &'static str,
    },
    /// `role_arn` with both `source_profile` and `credential_source`, or with neither.
    RoleSource {
        profile: String,
        both: bool,
    },
    UnknownSource {
        profile: String,
        name: String,
    },
    /// `web_identity_token_file` without a `role_arn`.
    NoRole {
        profile: String,
    },
    NoSsoSession {
        profile: String,
        name: String,
    },
    NoSetting {
        profile: String,
        setting: &'static str,
    },
    /// A setting is there and has no value.
    EmptySetting {
        setting: &'static str,
        at: SettingSource,
    },
    /// An indented block where one value is expected, or one value where a block is.
    WrongShape {
        setting: String,
        at: SettingSource,
    },
    /// White space or a line break inside of a key id, secret or token.
    OddKey {
        setting: &'static str,
        at: SettingSource,
    },
    /// The profile and its sso-session say different things.
    SsoMismatch {
        profile: String,
        session: String,
        setting: String,
    },
    /// `services` names a section that is not there, or is empty.
    NoServices {
        name: String,
        at: SettingSource,
    },
    BadRegion {
        region: String,
        at: SettingSource,
    },
    /// `sts_regional_endpoints` is neither `regional` nor `legacy`.
    BadStsEndpoints {
        value: String,
        at: SettingSource,
    },

    // Errors of the sources that they name.
    TokenFile {
        path: PathBuf,
        reason: String,
    },
    /// The program of `credential_process` failed; its output is truncated.
    Process {
        profile: String,
        why: ProcessProblem,
    },
    /// `credential_source` names a source without credentials.
    NothingAtSource {
        profile: String,
        name: String,
        detail: String,
    },
    /// Only the AWS SDK's message is available.
    Provider {
        profile: String,
        detail: String,
    },

    // MFA.
    /// A security key or passkey, which the AWS API does not support.
    SecurityKey {
        serial: String,
    },

    // The browser.
    DeviceExpired,
    DeviceDenied,
    DeviceRefused {
        start_url: String,
        detail: String,
    },
    /// The token is valid, but the role or account is not assigned to this person.
    NotAssigned {
        role: String,
        account: String,
    },
    TokenNotSaved {
        reason: String,
    },
    NoAwsCli,
    AwsCliTooOld,
    AwsCli {
        said: String,
    },

    /// The session of the profile or the environment has expired, and only its issuer can renew it.
    Ended {
        profile: Option<String>,
    },
    /// The renewed session belongs to another identity.
    SomebodyElse {
        is: String,
    },
}

/// How a `credential_process` failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProcessProblem {
    /// The command cannot be taken apart: a quotation mark or an escape is left open, or there is nothing in it.
    NotSplit,
    NotStarted {
        reason: String,
    },
    Ended {
        how: String,
        said: String,
    },
    /// The output does not match the AWS documentation. Never quotes the output, because it contains a secret.
    Answer {
        lacks: &'static str,
    },
    NotInTime {
        minutes: u64,
    },
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use static_assertions::assert_not_impl_any;

    use super::*;

    assert_not_impl_any!(MfaCode: Debug, Clone);
    assert_not_impl_any!(DeviceGrant: Debug, Clone);

    #[test]
    fn a_code_is_six_digits() {
        assert!(MfaCode::parse("012345").is_some(), "the zero counts");
        for text in ["", "12345", "1234567", "12345a", "12 456", "١٢٣٤٥٦"] {
            assert!(MfaCode::parse(text).is_none(), "{text} was taken");
        }
    }
}
