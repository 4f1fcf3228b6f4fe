//! The profiles of the shared config and credentials files, and what can be known of each without a network.

use aws_types::os_shim_internal::Env;

use super::Options;
use super::config_files::{ConfigFiles, Profile as Section};
use super::configured::Configured;
use super::shell_words;
use super::sign_in::{CredentialChain, assumes_role};
use crate::domain::{Cause, KeyId, Profile, ProfileKind, Profiles};

/// Reads the files and the environment. Never fails: what is wrong is part of the answer.
pub async fn find(options: &Options) -> Profiles {
    let env = &options.env;
    let files = ConfigFiles::read(env).await;
    Profiles {
        list: files.profiles().map(|(name, section)| profile(name, section, &files, options)).collect(),
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
    set("AWS_SECRET_ACCESS_KEY")?;
    set("AWS_ACCESS_KEY_ID").map(KeyId::new)
}

fn profile(name: &str, section: &Section, files: &ConfigFiles, options: &Options) -> Profile {
    let get = |key: &str| section.shown(key).map(str::to_owned);
    let account_id = get("sso_account_id")
        .or_else(|| account_of(section.shown("role_arn")?))
        .or_else(|| account_of(section.shown("login_session")?));
    let problem =
        CredentialChain::of(files, name).err().or_else(|| Configured::of(files, Some(name), options).err());
    Profile {
        name: name.to_owned(),
        kind: kind(section, files),
        account_id,
        region: get("region"),
        flaw: section.flaw().cloned(),
        // Those two have a place of their own in the list.
        problem: problem.filter(|problem| {
            section.flaw().is_none()
                && !matches!(&problem.cause, Cause::NoCredentials { profile } if profile == name)
        }),
    }
}

/// In the order in which the credentials are looked for.
fn kind(section: &Section, files: &ConfigFiles) -> ProfileKind {
    let get = |key: &str| section.shown(key).map(str::to_owned);
    let role = || {
        let arn = section.shown("role_arn").unwrap_or_default();
        arn.rsplit('/').next().unwrap_or(arn).to_owned()
    };
    let mfa = section.shown("mfa_serial").is_some();
    let has_key_id = |part: &Option<_>| {
        part.as_ref().is_some_and(|part: &super::config_files::Part| part.get("aws_access_key_id").is_some())
    };
    if assumes_role(section) {
        let source = get("source_profile").or_else(|| get("credential_source"));
        let of_source = source.as_deref().and_then(|name| files.seen(name)?.shown("mfa_serial"));
        ProfileKind::Role { role: role(), mfa: mfa || of_source.is_some(), source }
    } else if section.shown("web_identity_token_file").is_some() {
        ProfileKind::WebIdentity { role: role() }
    } else if section.has("sso_role_name") || section.has("sso_account_id") {
        ProfileKind::Sso { role: get("sso_role_name") }
    } else if has_key_id(&section.credentials) {
        ProfileKind::Keys { mfa }
    } else if section.has("login_session") {
        ProfileKind::Login
    } else if let Some(command) = section.shown("credential_process") {
        let program =
            shell_words::command(command).unwrap_or_default().into_iter().next().unwrap_or_default();
        ProfileKind::Process { program: program.rsplit(['/', '\\']).next().unwrap_or_default().to_owned() }
    } else if ["aws_access_key_id", "aws_secret_access_key"].iter().any(|key| section.has(key)) {
        ProfileKind::Keys { mfa }
    } else if section.has("sso_session") || section.has("sso_start_url") {
        ProfileKind::Sso { role: None }
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
