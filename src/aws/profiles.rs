//! The profiles of the shared config and credentials files, read with the SDK's own parser.

use aws_config::profile::{Profile as Section, ProfileSet};
use aws_types::os_shim_internal::Env;

use super::config_files::ConfigFiles;
use crate::domain::{KeyId, Profile, ProfileKind, Profiles};

/// Reads the files and the environment. Never fails: mistakes are part of the result.
pub async fn find(env: &Env) -> Profiles {
    let files = ConfigFiles::read(env).await;
    Profiles {
        list: profiles(&files),
        environment: environment_key(env),
        container: has_container(env),
        files: files.shown,
        flaws: files.flaws,
    }
}

/// Whether the environment announces credentials of the container.
fn has_container(env: &Env) -> bool {
    ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"]
        .iter()
        .any(|name| env.get(name).is_ok_and(|value| !value.is_empty()))
}

/// The key id in the environment, if both the id and the secret are set.
pub(super) fn environment_key(env: &Env) -> Option<KeyId> {
    let set = |name| env.get(name).ok().filter(|value| !value.trim().is_empty());
    set("AWS_SECRET_ACCESS_KEY").or_else(|| set("SECRET_ACCESS_KEY"))?;
    set("AWS_ACCESS_KEY_ID").map(KeyId::new)
}

fn profiles(files: &ConfigFiles) -> Vec<Profile> {
    let set = &files.set;
    let mut list: Vec<Profile> = set
        .profiles()
        .filter_map(|name| set.get_profile(name))
        .map(|section| profile(section, files))
        .collect();
    list.sort_by(|a, b| a.name.cmp(&b.name));
    list
}

fn profile(section: &Section, files: &ConfigFiles) -> Profile {
    let get = |key: &str| section.get(key).map(str::to_owned);
    let account_id = get("sso_account_id")
        .or_else(|| account_of(section.get("role_arn")?))
        .or_else(|| account_of(section.get("login_session")?));
    Profile {
        name: section.name().to_owned(),
        kind: kind(section, &files.set),
        account_id,
        region: get("region"),
        flaw: files.flaw_of(section.name()).cloned(),
    }
}

/// The SDK's order of precedence (aws-config 1.13, `profile/credentials/repr.rs`).
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
    } else if ["aws_access_key_id", "aws_secret_access_key"].iter().any(|key| section.get(key).is_some()) {
        ProfileKind::Keys { mfa: section.get("mfa_serial").is_some() }
    } else {
        ProfileKind::Empty
    }
}

/// `arn:aws:iam::ACCOUNT:role/NAME`
fn account_of(arn: &str) -> Option<String> {
    arn.split(':').nth(4).filter(|id| !id.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_account_is_read_from_the_role() {
        assert_eq!(account_of("arn:aws:iam::123456789012:role/x/Admin").as_deref(), Some("123456789012"));
        assert_eq!(account_of("nonsense"), None);
    }
}
