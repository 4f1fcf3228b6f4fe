//! The profiles of the shared config and credentials files, as the SDK's own parser sees them.

use std::path::{Path, PathBuf};

use aws_config::profile::{Profile as Section, ProfileSet};
use aws_types::os_shim_internal::{Env, Fs};

use super::error::chain;
use crate::domain::{Cause, Failure, IgnoredSection, KeyId, Profile, ProfileKind, Profiles};

/// Reads the files and the environment. Never fails: what is wrong is part of the answer.
pub async fn find() -> Profiles {
    let env = Env::real();
    let files = files(&env);
    let mut found = Profiles {
        environment: environment_key(&env),
        files: files.iter().filter(|file| file.path.exists()).map(|file| file.shown.clone()).collect(),
        ignored: files.iter().flat_map(ignored_sections).collect(),
        ..Profiles::default()
    };
    match aws_config::profile::load(&Fs::real(), &env, &Default::default(), None).await {
        Ok(set) => found.list = profiles(&set),
        Err(err) => found.problem = Some(problem(&chain(&err))),
    }
    found
}

/// The key id that the environment signs with, if both halves are set.
pub(super) fn environment_key(env: &Env) -> Option<KeyId> {
    let set = |name| env.get(name).ok().filter(|value| !value.trim().is_empty());
    set("AWS_SECRET_ACCESS_KEY").or_else(|| set("SECRET_ACCESS_KEY"))?;
    set("AWS_ACCESS_KEY_ID").map(KeyId::new)
}

struct File {
    path: PathBuf,
    shown: String,
    is_config: bool,
}

fn files(env: &Env) -> Vec<File> {
    let home = env.get("HOME").or_else(|_| env.get("USERPROFILE")).unwrap_or_default();
    let file = |variable: &str, name: &str, is_config| match env.get(variable) {
        Ok(path) => File { shown: path.clone(), path: path.into(), is_config },
        Err(_) => File {
            path: Path::new(&home).join(".aws").join(name),
            shown: format!("~/.aws/{name}"),
            is_config,
        },
    };
    vec![file("AWS_CONFIG_FILE", "config", true), file("AWS_SHARED_CREDENTIALS_FILE", "credentials", false)]
}

fn profiles(set: &ProfileSet) -> Vec<Profile> {
    let mut list: Vec<Profile> = set
        .profiles()
        .filter_map(|name| set.get_profile(name))
        .map(|section| profile(section, set))
        .collect();
    list.sort_by(|a, b| a.name.cmp(&b.name));
    list
}

fn profile(section: &Section, set: &ProfileSet) -> Profile {
    let get = |key: &str| section.get(key).map(str::to_owned);
    let account_id = get("sso_account_id").or_else(|| account_of(section.get("role_arn")?));
    Profile { name: section.name().to_owned(), kind: kind(section, set), account_id, region: get("region") }
}

/// In the order in which the SDK decides (aws-config 1.13, `profile/credentials/repr.rs`).
fn kind(section: &Section, set: &ProfileSet) -> ProfileKind {
    let get = |key: &str| section.get(key).map(str::to_owned);
    if let Some(arn) = section.get("role_arn") {
        let role = arn.rsplit('/').next().unwrap_or(arn).to_owned();
        if section.get("web_identity_token_file").is_some() {
            return ProfileKind::WebIdentity { role };
        }
        let source = get("source_profile").or_else(|| get("credential_source"));
        let source_section = source.as_deref().and_then(|name| set.get_profile(name));
        let mfa = section.get("mfa_serial").is_some()
            || source_section.is_some_and(|section| section.get("mfa_serial").is_some());
        ProfileKind::Role { role, source, mfa }
    } else if section.get("sso_session").is_some() || section.get("sso_start_url").is_some() {
        ProfileKind::Sso { role: get("sso_role_name") }
    } else if section.get("login_session").is_some() {
        ProfileKind::Login
    } else if let Some(command) = section.get("credential_process") {
        let program = command.split_whitespace().next().unwrap_or(command);
        let program = program.trim_matches('"').rsplit(['/', '\\']).next().unwrap_or(program);
        ProfileKind::Process { program: program.to_owned() }
    } else if section.get("aws_access_key_id").is_some() {
        ProfileKind::Keys
    } else {
        ProfileKind::Empty
    }
}

/// `arn:aws:iam::ACCOUNT:role/NAME`
fn account_of(role_arn: &str) -> Option<String> {
    role_arn.split(':').nth(4).filter(|id| !id.is_empty()).map(str::to_owned)
}

/// The SDK says "error parsing FILE on line N:\n  WHAT" (aws-runtime 1.10, `env_config/parse.rs`).
pub(super) fn problem(text: &str) -> Failure {
    let parsed = || {
        let rest = text.split_once("error parsing ")?.1;
        let (file, rest) = rest.split_once(" on line ")?;
        let (line, detail) = rest.split_once(':')?;
        Some(Cause::BrokenConfig {
            file: file.into(),
            line: line.trim().parse().ok()?,
            detail: detail.trim().to_owned(),
        })
    };
    let unread = || Cause::BrokenConfig { file: PathBuf::new(), line: 0, detail: text.to_owned() };
    Failure::new("", parsed().unwrap_or_else(unread))
}

/// Sections that the SDK drops with no more than a trace in the log (`env_config/normalize.rs`).
fn ignored_sections(file: &File) -> Vec<IgnoredSection> {
    let Ok(text) = std::fs::read_to_string(&file.path) else {
        return Vec::new();
    };
    let headers = text.lines().enumerate().filter_map(|(index, line)| {
        let header = line.trim_end().strip_prefix('[')?.split_once(']')?.0;
        (!is_known(header.trim(), file.is_config)).then(|| IgnoredSection {
            file: file.path.clone(),
            line: u32::try_from(index + 1).unwrap_or(u32::MAX),
            header: header.trim().to_owned(),
        })
    });
    headers.collect()
}

fn is_known(header: &str, is_config: bool) -> bool {
    let allowed = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-/.%@:+".contains(c))
    };
    if !is_config {
        return allowed(header);
    }
    match header.split_once(char::is_whitespace) {
        None => header == "default",
        Some(("profile" | "sso-session" | "services", name)) => allowed(name.trim()),
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_file_is_named_with_its_line() {
        let failure = problem(
            "could not parse profile file: error parsing /home/a/.aws/config on line 3:\n  Expected an '=' sign",
        );
        let Cause::BrokenConfig { file, line, detail } = failure.cause else { panic!("another cause") };
        assert_eq!((file, line), (PathBuf::from("/home/a/.aws/config"), 3));
        assert_eq!(detail, "Expected an '=' sign");
    }

    #[test]
    fn sections_that_the_sdk_drops_are_known() {
        assert!(
            is_known("default", true) && is_known("profile a.b", true) && is_known("sso-session x", true)
        );
        assert!(!is_known("bare", true), "a config section needs the word profile");
        assert!(!is_known("profile with space", true) && !is_known("profile \"quoted\"", true));
        assert!(is_known("bare", false), "the credentials file needs no prefix");
    }

    #[test]
    fn the_account_is_read_from_the_role() {
        assert_eq!(account_of("arn:aws:iam::123456789012:role/x/Admin").as_deref(), Some("123456789012"));
        assert_eq!(account_of("nonsense"), None);
    }
}
