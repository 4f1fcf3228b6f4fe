//! How a profile signs in, told by the config files alone: where the first credentials come from, and which roles are assumed
//! one after another.
//!
//! It decides as the AWS CLI does (botocore 1.44, `credentials.py`), and keeps the `mfa_serial` of profiles without a role,
//! which that passes over.

use std::path::PathBuf;

use aws_credential_types::Credentials;

use crate::aws::config_files::{ConfigFiles, Found, Part, Profile};
use crate::aws::{partition, shell_words};
use crate::domain::{Cause, Failure, ProcessProblem, SignInProblem, SsoSession};

/// What a profile leads to.
#[derive(Clone)]
pub(in crate::aws) struct CredentialChain {
    pub(in crate::aws) base: SourceCredentials,
    /// The profile that `base` is in.
    pub(super) base_profile: String,
    /// Roles, the one that is assumed first in front.
    pub(in crate::aws) hops: Vec<RoleStep>,
    /// The MFA device of the user that `base` is.
    pub(super) serial: Option<String>,
    /// `duration_seconds` of a profile without a role.
    pub(super) duration_secs: Option<i32>,
}

/// Where the first credentials come from.
#[derive(Clone)]
pub(in crate::aws) enum SourceCredentials {
    Keys(Credentials),
    Environment,
    Container,
    Instance,
    WebIdentity {
        role_arn: String,
        token: PathBuf,
        session_name: Option<String>,
    },
    Sso {
        session: SsoSession,
        account: String,
        role: String,
    },
    Login {
        session_arn: String,
    },
    /// The program and its arguments; there is a program.
    Process {
        command: Vec<String>,
    },
}

/// A role that is assumed.
#[derive(Clone)]
pub(in crate::aws) struct RoleStep {
    pub(in crate::aws) role_arn: String,
    pub(in crate::aws) external_id: Option<String>,
    pub(in crate::aws) session_name: Option<String>,
    pub(in crate::aws) duration_secs: Option<i32>,
    /// As its own profile says.
    pub(in crate::aws) serial: Option<String>,
}

fn problem(problem: SignInProblem) -> Failure {
    Failure::new("", Cause::SignIn(problem))
}

impl CredentialChain {
    /// Without roles and MFA.
    pub(super) fn plain(base: SourceCredentials, profile: &str) -> Self {
        let base_profile = profile.to_owned();
        Self { base, base_profile, hops: Vec::new(), serial: None, duration_secs: None }
    }

    pub(in crate::aws) fn of(files: &ConfigFiles, selected_user: &str) -> Result<Self, Failure> {
        let (mut hops, mut serial) = (Vec::new(), None);
        let mut trail = vec![selected_user.to_owned()];
        let mut name = selected_user.to_owned();
        let base = loop {
            let profile = files.profile(&name)?;
            serial = serial.or(set(profile, "mfa_serial")?);
            // In a profile that others take their credentials from, keys come before its role.
            if !assumes_role(profile) || (trail.len() > 1 && has_keys(profile)) {
                break base(files, &name, profile, selected_user)?;
            }
            hops.push(hop(profile)?);
            match source(files, &name, profile, &trail)? {
                Source::SourceCredentials(base) => break base,
                Source::Profile(next) => {
                    trail.push(next.clone());
                    name = next;
                }
            }
        };
        hops.reverse();
        let duration_secs = duration(files.profile(&name)?)?;
        Ok(Self { base, base_profile: name, hops, serial, duration_secs })
    }
}

/// With a token file, the role is the beginning and not a further step, even if the file has no name.
pub(in crate::aws) fn assumes_role(profile: &Profile) -> bool {
    profile.has("role_arn") && !profile.has("web_identity_token_file")
}

fn has_keys(profile: &Profile) -> bool {
    profile.has("aws_access_key_id") || profile.has("aws_secret_access_key")
}

/// A setting that counts only if it has a value.
fn set(profile: &Profile, name: &str) -> Result<Option<String>, Failure> {
    Ok(profile.text(name)?.filter(|text| !text.is_empty()).map(str::to_owned))
}

/// A setting that must have a value if it is there: botocore would send it empty, or fail on it.
fn value(profile: &Profile, name: &'static str) -> Result<Option<String>, Failure> {
    let Some(found) = profile.get(name) else { return Ok(None) };
    match found.text()? {
        "" => Err(problem(SignInProblem::EmptySetting { setting: name, at: found.at() })),
        text => Ok(Some(text.to_owned())),
    }
}

/// What is no number is passed over, as in botocore.
fn duration(profile: &Profile) -> Result<Option<i32>, Failure> {
    Ok(profile.text("duration_seconds")?.and_then(whole_number))
}

/// `int` of Python, for the digits that people write.
fn whole_number(text: &str) -> Option<i32> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    let is_grouped = |group: &str| {
        let digits = group.strip_prefix('-').unwrap_or(group);
        !digits.is_empty() && digits.chars().all(|char| char.is_ascii_digit())
    };
    if !digits.split('_').all(is_grouped) {
        return None;
    }
    let number: i64 = digits.replace('_', "").parse().ok()?;
    Some(i32::try_from(number).unwrap_or(i32::MAX))
}

fn hop(profile: &Profile) -> Result<RoleStep, Failure> {
    Ok(RoleStep {
        role_arn: value(profile, "role_arn")?.unwrap_or_default(),
        external_id: value(profile, "external_id")?,
        session_name: set(profile, "role_session_name")?,
        duration_secs: duration(profile)?,
        serial: value(profile, "mfa_serial")?,
    })
}

/// Who assumes a role.
enum Source {
    Profile(String),
    SourceCredentials(SourceCredentials),
}

fn source(files: &ConfigFiles, name: &str, profile: &Profile, trail: &[String]) -> Result<Source, Failure> {
    let of = |both| problem(SignInProblem::RoleSource { profile: name.to_owned(), both });
    match (profile.text("source_profile")?, profile.text("credential_source")?) {
        (Some(_), Some(_)) => Err(of(true)),
        (None, None) => Err(of(false)),
        // In this spelling alone: the AWS CLI takes no other.
        (None, Some("Environment")) => Ok(Source::SourceCredentials(SourceCredentials::Environment)),
        (None, Some("Ec2InstanceMetadata")) => Ok(Source::SourceCredentials(SourceCredentials::Instance)),
        (None, Some("EcsContainer")) => Ok(Source::SourceCredentials(SourceCredentials::Container)),
        (None, Some(other)) => {
            Err(problem(SignInProblem::UnknownSource { profile: name.to_owned(), name: other.to_owned() }))
        }
        (Some(source), None) => {
            let Some(found) = files.seen(source) else {
                let (profile, source) = (name.to_owned(), source.to_owned());
                return Err(problem(SignInProblem::NoSuchSource { profile, source }));
            };
            // It may name itself, to have keys and role in one place.
            let is_circle = trail.iter().any(|known| known == source) && !(source == name && has_keys(found));
            if is_circle {
                let profiles = trail.iter().cloned().chain([source.to_owned()]).collect();
                return Err(problem(SignInProblem::Circle { profiles }));
            }
            Ok(Source::Profile(source.to_owned()))
        }
    }
}

/// In the order of botocore (`ProfileProviderBuilder.providers`). What follows there, other files, the container and the
/// instance, is never used for a profile that was picked.
fn base(
    files: &ConfigFiles,
    name: &str,
    profile: &Profile,
    selected_user: &str,
) -> Result<SourceCredentials, Failure> {
    let named = || name.to_owned();
    if let Some(token) = set(profile, "web_identity_token_file")? {
        let role_arn = set(profile, "role_arn")?;
        let role_arn = role_arn.ok_or_else(|| problem(SignInProblem::NoRole { profile: named() }))?;
        let session_name = set(profile, "role_session_name")?;
        return Ok(SourceCredentials::WebIdentity { role_arn, token: token.into(), session_name });
    }
    if profile.has("sso_role_name") || profile.has("sso_account_id") {
        return sso(files, name, profile, selected_user);
    }
    if let Some(part) = with_key_id(profile.credentials.as_ref()) {
        return keys(name, part);
    }
    if let Some(session_arn) = value(profile, "login_session")? {
        return Ok(SourceCredentials::Login { session_arn });
    }
    if let Some(text) = profile.text("credential_process")? {
        return process(name, text);
    }
    if let Some(part) = with_key_id(profile.config.as_ref()) {
        return keys(name, part);
    }
    Err(if ["sso_session", "sso_start_url"].iter().any(|key| profile.has(key)) {
        problem(SignInProblem::NoSetting { profile: named(), setting: "sso_account_id" })
    } else if ["aws_secret_access_key", "aws_session_token"].iter().any(|key| profile.has(key)) {
        problem(SignInProblem::PartialKeys { profile: named(), missing: "aws_access_key_id" })
    } else {
        Failure::new("", Cause::NoCredentials { profile: named() })
    })
}

fn process(name: &str, text: &str) -> Result<SourceCredentials, Failure> {
    match shell_words::command(text) {
        Ok(command) if !command.is_empty() => Ok(SourceCredentials::Process { command }),
        Ok(_) | Err(shell_words::LeftOpen) => {
            let why = ProcessProblem::NotSplit;
            Err(problem(SignInProblem::Process { profile: name.to_owned(), why }))
        }
    }
}

fn with_key_id(part: Option<&Part>) -> Option<&Part> {
    part.filter(|part| part.get("aws_access_key_id").is_some())
}

/// The keys of one file: nothing is taken from the other one.
fn keys(name: &str, part: &Part) -> Result<SourceCredentials, Failure> {
    let missing = |missing| problem(SignInProblem::PartialKeys { profile: name.to_owned(), missing });
    let id = key(part, "aws_access_key_id")?.ok_or_else(|| missing("aws_access_key_id"))?;
    let secret = key(part, "aws_secret_access_key")?.ok_or_else(|| missing("aws_secret_access_key"))?;
    // The older name first, if it is there at all.
    let older = part.get("aws_security_token").is_some();
    let token = key(part, if older { "aws_security_token" } else { "aws_session_token" })?;
    Ok(SourceCredentials::Keys(Credentials::new(id, secret, token, None, "profile")))
}

/// With white space inside of it, it is no key: another line has got into it.
fn key(part: &Part, name: &'static str) -> Result<Option<String>, Failure> {
    let Some(found) = part.get(name) else { return Ok(None) };
    let text = found.text()?;
    if text.chars().any(|char| char.is_whitespace() || char.is_control()) {
        return Err(problem(SignInProblem::OddKey { setting: name, at: found.at() }));
    }
    Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
}

fn sso(
    files: &ConfigFiles,
    name: &str,
    profile: &Profile,
    selected_user: &str,
) -> Result<SourceCredentials, Failure> {
    let lacks = |setting| problem(SignInProblem::NoSetting { profile: name.to_owned(), setting });
    let filled = |setting, text: Option<&str>| {
        text.filter(|text| !text.is_empty()).map(str::to_owned).ok_or_else(|| lacks(setting))
    };
    let session_name = profile.text("sso_session")?;
    let session = match session_name {
        Some(session) => Some(session_of(files, name, profile, session)?),
        None => None,
    };
    // The settings of the session count, and are the same as the profile's where both have them.
    let get = |setting: &str| match &session {
        Some(session) => session.get(setting).map(|found| found.text()).transpose(),
        None => profile.text(setting),
    };
    let either = |setting: &str| Ok::<_, Failure>(profile.text(setting)?.or(get(setting)?));
    let account = filled("sso_account_id", either("sso_account_id")?)?;
    let role = filled("sso_role_name", either("sso_role_name")?)?;
    let start_url = filled("sso_start_url", get("sso_start_url")?)?;
    let region = filled("sso_region", get("sso_region")?)?;
    let at = match session {
        Some(session) => session.get("sso_region"),
        None => profile.get("sso_region"),
    };
    if let Some(found) = at.filter(|_| !partition::is_region(&region)) {
        return Err(problem(SignInProblem::BadRegion { region, at: found.at() }));
    }
    let scopes = session.and_then(|session| session.get("sso_registration_scopes"));
    let scopes = scopes.map(|found| found.text()).transpose()?.unwrap_or_default();
    let scopes = scopes.split(',').map(str::trim).filter(|scope| !scope.is_empty()).map(str::to_owned);
    let (session, scopes) = (session_name.map(str::to_owned), scopes.collect());
    let session = SsoSession { name: session, start_url, region, profile: selected_user.to_owned(), scopes };
    Ok(SourceCredentials::Sso { session, account, role })
}

/// The section that `sso_session` names. It must not contradict the profile.
fn session_of<'a>(
    files: &'a ConfigFiles,
    name: &str,
    profile: &Profile,
    session: &str,
) -> Result<&'a Part, Failure> {
    let Some(part) = files.sso_session(session) else {
        let (profile, name) = (name.to_owned(), session.to_owned());
        return Err(problem(SignInProblem::NoSsoSession { profile, name }));
    };
    let part = part?;
    let contradicts = |found: &Found<'_>| {
        let own = profile.get(found.name())?;
        let same = own.text().ok() == found.text().ok() && own.block().ok() == found.block().ok();
        (!same).then(|| found.name().to_owned())
    };
    match part.settings().find_map(|found| contradicts(&found)) {
        Some(setting) => {
            let (profile, session) = (name.to_owned(), session.to_owned());
            Err(problem(SignInProblem::SsoMismatch { profile, session, setting }))
        }
        None => Ok(part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_python() {
        for (text, number) in [
            ("3600", Some(3600)),
            ("+3_600", Some(3600)),
            ("-5", Some(-5)),
            ("99999999999", Some(i32::MAX)),
            ("", None),
            ("1h", None),
            ("_1", None),
            ("1__0", None),
            ("3600 # an hour", None),
        ] {
            assert_eq!(whole_number(text), number, "{text}");
        }
    }
}
