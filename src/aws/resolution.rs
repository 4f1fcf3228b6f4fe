//! What each profile leads to, told without a network, for the test that holds it against the AWS CLI's own library.

use aws_config::{Region, SdkConfig};
use serde_json::{Value, json};

use super::Options;
use super::config::behavior;
use super::config_files::ConfigFiles;
use super::configured::Configured;
use super::endpoint;
use super::sign_in::{CredentialChain, RoleStep, SourceCredentials};
use crate::domain::{Cause, Endpoint, Failure};

/// Every profile by its name: where its credentials come from, the roles, the region and the endpoints, or under `refused` why
/// it cannot be opened. Holds the tokens of the files: for tests alone.
pub async fn resolutions(options: &Options) -> Value {
    let files = ConfigFiles::read(&options.env).await;
    let mut found = serde_json::Map::new();
    for (name, _) in files.profiles() {
        let resolution = match resolution(&files, name, options).await {
            Ok(resolution) => resolution,
            Err(failure) => json!({ "refused": kind(&failure.cause) }),
        };
        found.insert(name.to_owned(), resolution);
    }
    json!({ "profiles": found, "flaws": files.flaws.len() })
}

async fn resolution(files: &ConfigFiles, name: &str, options: &Options) -> Result<Value, Failure> {
    let env = &options.env;
    let chain = CredentialChain::of(files, name)?;
    let configured = Configured::of(files, Some(name), options)?;
    let (region, ca_bundle) = (configured.region.clone(), configured.ca_bundle.clone());
    let builder = SdkConfig::builder().behavior_version(behavior()).region(Region::new(region.clone()));
    let config = configured.with_settings(builder.build());
    let iam = endpoint::of(&config, env, None).await?;
    let sso_region = match &chain.base {
        SourceCredentials::Sso { session, .. } => Some(session.region.as_str()),
        _ => None,
    };
    let endpoints = endpoint::of_services(&config, env, &iam, sso_region).await?;
    let iam = match iam {
        Endpoint::Aws(host) => format!("https://{host}"),
        Endpoint::Override { url, .. } => url,
        Endpoint::Practice => String::new(),
    };
    let roles: Vec<Value> = chain.hops.iter().map(role).collect();
    Ok(json!({
        "base": base(&chain.base),
        "roles": roles,
        "region": region,
        "ca_bundle": ca_bundle,
        "endpoints": { "iam": iam, "sts": endpoints.sts, "sso": endpoints.sso, "sso-oidc": endpoints.sso_oidc },
    }))
}

fn role(hop: &RoleStep) -> Value {
    let RoleStep { role_arn, external_id, session_name, duration_secs, serial } = hop;
    json!({
        "role_arn": role_arn, "external_id": external_id, "session_name": session_name,
        "duration": duration_secs, "serial": serial,
    })
}

fn base(base: &SourceCredentials) -> Value {
    match base {
        SourceCredentials::Keys(keys) => json!({
            "from": "keys", "id": keys.access_key_id(), "secret": keys.secret_access_key(),
            "token": keys.session_token(),
        }),
        SourceCredentials::Environment => json!({ "from": "environment" }),
        SourceCredentials::Container => json!({ "from": "container" }),
        SourceCredentials::Instance => json!({ "from": "instance" }),
        SourceCredentials::WebIdentity { role_arn, token, session_name } => json!({
            "from": "web identity", "role_arn": role_arn, "token": token, "session_name": session_name,
        }),
        SourceCredentials::Sso { session, account, role } => json!({
            "from": "sso", "session": session.name, "start_url": session.start_url, "region": session.region,
            "account": account, "role": role,
        }),
        SourceCredentials::Login { session_arn } => json!({ "from": "login", "session": session_arn }),
        SourceCredentials::Process { command } => json!({ "from": "process", "command": command }),
    }
}

/// The name of the cause, as the sources have it.
fn kind(cause: &Cause) -> String {
    let name = format!("{cause:?}");
    let name = name.strip_prefix("SignIn(").unwrap_or(&name);
    name.chars().take_while(|char| char.is_alphanumeric()).collect()
}
