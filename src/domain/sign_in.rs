//! What a sign-in asks on its way, what it is answered, and why it cannot go on.

use std::path::PathBuf;

use jiff::Timestamp;
use zeroize::Zeroizing;

use super::{Secret, SettingSource};

/// What must be answered before a sign-in can go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// The endpoint is plain http and another computer: all that is sent there can be read on the way.
    PlainHttp {
        url: String,
    },
    Mfa(MfaAsk),
    /// There is no token of IAM Identity Center that could be used.
    Sso(SsoSession),
    /// The console session of `aws login` is missing or over.
    Login {
        profile: String,
    },
}

/// A code of an MFA device is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MfaAsk {
    /// Of the device; `None` if nobody knows it and it must be typed.
    pub serial: Option<String>,
    /// The role that is to be assumed with it; `None` for a session of the user itself.
    pub role: Option<String>,
    /// What AWS did not take before.
    pub refused: Option<MfaRefused>,
}

/// What AWS did not take when a code was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MfaRefused {
    /// It was wrong, too old, or used already.
    Code,
    /// The caller has no device with this serial number: it must be typed anew.
    Device,
}

impl MfaAsk {
    /// The device is unknown, or not the caller's.
    pub fn wants_serial(&self) -> bool {
        self.serial.is_none() || self.refused == Some(MfaRefused::Device)
    }
}

/// An IAM Identity Center that tokens come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SsoSession {
    /// The `sso-session` section; `None` for the older form, whose start URL is in the profile.
    pub name: Option<String>,
    pub start_url: String,
    pub region: String,
    /// The profile that is signed in with: its certificates and endpoints count on the way there.
    pub profile: String,
    /// What the token is for, besides the credentials of roles: other programs share it.
    pub scopes: Vec<String>,
}

impl SsoSession {
    /// What the cached token is filed under (aws-config 1.13, `sso/cache.rs`).
    pub fn identifier(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.start_url)
    }
}

/// The six digits that an MFA device shows. Valid once, for half a minute.
///
/// No `Debug` and no `Clone`, as for [`Secret`].
pub struct MfaCode(Zeroizing<String>);

impl MfaCode {
    /// Six digits; anything else is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let is_code = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_code.then(|| Self(Zeroizing::new(text.to_owned())))
    }

    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// What a sign-in was given so far. All but the code is good for the next one too.
#[derive(Default)]
pub struct Given {
    /// The endpoints that may be plain http.
    pub plain_http: Vec<String>,
    /// MFA is wanted although the profile does not name a device.
    pub use_mfa: bool,
    /// The device, if it was typed or found.
    pub serial: Option<String>,
    pub code: Option<MfaCode>,
}

impl Given {
    /// Without the code, which works once.
    pub fn lasting(&self) -> Self {
        let (plain_http, serial) = (self.plain_http.clone(), self.serial.clone());
        Self { plain_http, use_mfa: self.use_mfa, serial, code: None }
    }
}

/// What the administrator answers to an [`Ask`].
pub enum Answer {
    /// Yes: plain http, in this session.
    PlainHttp,
    Mfa {
        serial: String,
        code: MfaCode,
    },
    /// *Sign in*: with the browser.
    Browser,
}

/// What is shown while the browser is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceCode {
    /// To be compared with what the browser shows.
    pub user_code: String,
    /// With the code in it.
    pub url: String,
    pub ends: Timestamp,
}

/// What the token is asked for with. Opaque to the core, which only hands it on.
pub struct DeviceGrant {
    pub session: SsoSession,
    pub client_id: String,
    pub client_secret: Secret,
    /// When the registration of the client ends, in seconds since 1970.
    pub registered_until_secs: i64,
    pub device_code: Secret,
    pub interval_secs: u64,
    pub ends: Timestamp,
}

/// Why a profile cannot be signed in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInProblem {
    // What the config files say.
    NoSuchSource {
        profile: String,
        source: String,
    },
    /// The profiles lead back to one of them.
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

    // What they lead to.
    TokenFile {
        path: PathBuf,
        reason: String,
    },
    /// The program of `credential_process`; what it said, cut.
    Process {
        profile: String,
        why: ProcessProblem,
    },
    /// `credential_source` names a place that has no credentials.
    NothingAtSource {
        profile: String,
        name: String,
        detail: String,
    },
    /// Only the AWS SDK's own words tell.
    Provider {
        profile: String,
        detail: String,
    },

    // MFA.
    /// A security key or passkey, which the API of AWS cannot ask.
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
    /// The role or account is not this person's, although the token is good.
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

    /// The session of the profile, or of the environment, has ended, and only what made it can renew it.
    Ended {
        profile: Option<String>,
    },
    /// Signing in again led to somebody else.
    SomebodyElse {
        is: String,
    },
}

/// What a `credential_process` did wrong.
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
    /// Not what the AWS documentation asks for. Never quotes the answer: there is a secret in it.
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
