//! How a profile signs in, told by the config files alone: where the first credentials come from, and which roles are assumed
//! one after another.
//!
//! It decides as the SDK does (aws-config 1.13, `profile/credentials/repr.rs`), and keeps what the SDK drops: `mfa_serial` and
//! `duration_seconds`.

use std::path::PathBuf;

use aws_config::profile::Profile as Section;
use aws_credential_types::Credentials;

use crate::aws::config_files::ConfigFiles;
use crate::domain::{Cause, Failure, SignInProblem, SsoSession};

/// What a profile leads to.
#[derive(Clone)]
pub(super) struct Plan {
    pub(super) base: Base,
    /// The profile that `base` is in.
    pub(super) base_profile: String,
    /// Roles, the one that is assumed first in front.
    pub(super) hops: Vec<Hop>,
    /// The MFA device of the user that `base` is.
    pub(super) serial: Option<String>,
    /// `duration_seconds` of a profile without a role.
    pub(super) duration_secs: Option<i32>,
}

/// Where the first credentials come from.
#[derive(Clone)]
pub(super) enum Base {
    Keys(Credentials),
    Environment,
    Container,
    Instance,
    WebIdentity { role_arn: String, token: PathBuf, session_name: Option<String> },
    Sso { session: SsoSession, account: String, role: String },
    Login { session_arn: String },
    Process { command: String },
}

/// A role that is assumed.
#[derive(Clone)]
pub(super) struct Hop {
    pub(super) role_arn: String,
    pub(super) external_id: Option<String>,
    pub(super) session_name: Option<String>,
    pub(super) duration_secs: Option<i32>,
}

fn problem(problem: SignInProblem) -> Failure {
    Failure::new("", Cause::SignIn(problem))
}

impl Plan {
    /// Without roles and MFA.
    pub(super) fn plain(base: Base, profile: &str) -> Self {
        let base_profile = profile.to_owned();
        Self { base, base_profile, hops: Vec::new(), serial: None, duration_secs: None }
    }

    pub(super) fn of(files: &ConfigFiles, name: &str) -> Result<Self, Failure> {
        let (mut hops, mut visited, mut serial) = (Vec::new(), Vec::<String>::new(), None);
        let (picked, mut name) = (name.to_owned(), name.to_owned());
        let base = loop {
            files.check(&name)?;
            let section = files.set.get_profile(&name).ok_or_else(|| missing(&name, visited.last()))?;
            if visited.contains(&name) {
                visited.push(name);
                return Err(problem(SignInProblem::Circle { profiles: visited }));
            }
            visited.push(name.clone());
            serial = serial.or_else(|| text(section, "mfa_serial"));
            // In a profile that others take their credentials from, keys come first.
            if visited.len() > 1 && has_keys(section) {
                break keys(section)?;
            }
            let Some(hop) = hop(section) else { break base(files, section, &picked)? };
            hops.push(hop);
            match source(section)? {
                Some(source) => name = source,
                None => break base(files, section, &picked)?,
            }
        };
        hops.reverse();
        let duration_secs = files.set.get_profile(&name).and_then(duration);
        Ok(Self { base, base_profile: name, hops, serial, duration_secs })
    }
}

fn missing(name: &str, referring: Option<&String>) -> Failure {
    match referring {
        None => Failure::new("", Cause::NoSuchProfile { profile: name.to_owned() }),
        Some(profile) => {
            problem(SignInProblem::NoSuchSource { profile: profile.clone(), source: name.to_owned() })
        }
    }
}

fn text(section: &Section, key: &str) -> Option<String> {
    section.get(key).map(str::to_owned)
}

fn duration(section: &Section) -> Option<i32> {
    section.get("duration_seconds")?.trim().parse().ok()
}

/// A role that another identity assumes. With a token file the role is the beginning, not a further step.
fn hop(section: &Section) -> Option<Hop> {
    if section.get("web_identity_token_file").is_some() {
        return None;
    }
    Some(Hop {
        role_arn: text(section, "role_arn")?,
        external_id: text(section, "external_id"),
        session_name: text(section, "role_session_name"),
        duration_secs: duration(section),
    })
}

/// The profile whose credentials assume the role; `None` if it is this one itself.
fn source(section: &Section) -> Result<Option<String>, Failure> {
    let named = text(section, "source_profile");
    let both = match (&named, section.get("credential_source")) {
        (Some(_), None) => return Ok(named.filter(|name| name != section.name())),
        (None, Some(_)) => return Ok(None),
        (Some(_), Some(_)) => true,
        (None, None) => false,
    };
    Err(problem(SignInProblem::RoleSource { profile: section.name().to_owned(), both }))
}

fn base(files: &ConfigFiles, section: &Section, picked: &str) -> Result<Base, Failure> {
    let profile = || section.name().to_owned();
    if let Some(name) = section.get("credential_source") {
        return match name.to_ascii_lowercase().as_str() {
            "environment" => Ok(Base::Environment),
            "ec2instancemetadata" => Ok(Base::Instance),
            "ecscontainer" => Ok(Base::Container),
            _ => Err(problem(SignInProblem::UnknownSource { profile: profile(), name: name.to_owned() })),
        };
    }
    if let Some(token) = section.get("web_identity_token_file") {
        let role_arn = text(section, "role_arn");
        let role_arn = role_arn.ok_or_else(|| problem(SignInProblem::NoRole { profile: profile() }))?;
        let session_name = text(section, "role_session_name");
        return Ok(Base::WebIdentity { role_arn, token: token.into(), session_name });
    }
    if ["sso_session", "sso_start_url", "sso_account_id"].iter().any(|key| section.get(key).is_some()) {
        return sso(files, section, picked);
    }
    if let Some(session_arn) = text(section, "login_session") {
        return Ok(Base::Login { session_arn });
    }
    if let Some(command) = text(section, "credential_process") {
        return Ok(Base::Process { command });
    }
    keys(section)
}

fn sso(files: &ConfigFiles, section: &Section, picked: &str) -> Result<Base, Failure> {
    let profile = || section.name().to_owned();
    let lacks = |setting| problem(SignInProblem::NoSetting { profile: profile(), setting });
    let name = text(section, "sso_session");
    let (start_url, region, scopes) = match &name {
        Some(name) => {
            let session = files.set.sso_session(name).ok_or_else(|| {
                problem(SignInProblem::NoSsoSession { profile: profile(), name: name.clone() })
            })?;
            let get = |key: &str| session.get(key).map(str::to_owned);
            (get("sso_start_url"), get("sso_region"), get("sso_registration_scopes"))
        }
        None => (text(section, "sso_start_url"), text(section, "sso_region"), None),
    };
    let start_url = start_url.ok_or_else(|| lacks("sso_start_url"))?;
    let region = region.ok_or_else(|| lacks("sso_region"))?;
    let account = text(section, "sso_account_id").ok_or_else(|| lacks("sso_account_id"))?;
    let role = text(section, "sso_role_name").ok_or_else(|| lacks("sso_role_name"))?;
    let scopes = scopes.unwrap_or_default();
    let scopes = scopes.split(',').map(str::trim).filter(|scope| !scope.is_empty()).map(str::to_owned);
    let (profile, scopes) = (picked.to_owned(), scopes.collect());
    let session = SsoSession { name, start_url, region, profile, scopes };
    Ok(Base::Sso { session, account, role })
}

fn has_keys(section: &Section) -> bool {
    section.get("aws_access_key_id").is_some() && section.get("aws_secret_access_key").is_some()
}

fn keys(section: &Section) -> Result<Base, Failure> {
    let get = |key: &str| text(section, key).filter(|value| !value.is_empty());
    let profile = section.name().to_owned();
    match (get("aws_access_key_id"), get("aws_secret_access_key")) {
        (Some(id), Some(secret)) => {
            Ok(Base::Keys(Credentials::new(id, secret, get("aws_session_token"), None, "profile")))
        }
        (None, None) if get("aws_session_token").is_none() => {
            Err(Failure::new("", Cause::NoCredentials { profile }))
        }
        (None, _) => Err(problem(SignInProblem::PartialKeys { profile, missing: "aws_access_key_id" })),
        (_, None) => Err(problem(SignInProblem::PartialKeys { profile, missing: "aws_secret_access_key" })),
    }
}
