//! Settings of endpoints in the environment and the profile, with the SDK's precedence.
//!
//! The SDK's own loader reads only the environment of the process, and rejects files with an invalid line.

use aws_config::SdkConfig;
use aws_config::profile::ProfileSet;
use aws_runtime::env_config::EnvConfigValue;
use aws_types::os_shim_internal::Env;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};

const ENDPOINT: &str = "AWS_ENDPOINT_URL";

struct Configured {
    env: Env,
    set: ProfileSet,
}

impl std::fmt::Debug for Configured {
    /// Omits the variables and profiles, which include secrets.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Configured")
    }
}

impl Configured {
    /// The value, unless configured endpoints are ignored.
    fn url(&self, value: &EnvConfigValue<'_>) -> Option<String> {
        let ignore = ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls");
        if is_set(&self.env, &self.set, ignore.0, ignore.1) == Some(true) {
            return None;
        }
        let said = |env: &Env| Some(value.load(env, Some(&self.set))?.0.into_owned());
        // An empty variable does not count.
        said(&self.env).filter(|found| !found.is_empty()).or_else(|| said(&Env::from_slice(&[])))
    }

    fn url_for_all(&self) -> Option<String> {
        self.url(&EnvConfigValue::new().env(ENDPOINT).profile("endpoint_url"))
    }
}

impl LoadServiceConfig for Configured {
    /// The same as in aws-config 1.13 (`env_service_config.rs`).
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let value = EnvConfigValue::new().env(key.env()).profile(key.profile()).service_id(key.service_id());
        if key.env() == ENDPOINT {
            return self.url(&value);
        }
        Some(value.load(&self.env, Some(&self.set))?.0.into_owned())
    }
}

fn is_set(env: &Env, set: &ProfileSet, variable: &'static str, setting: &'static str) -> Option<bool> {
    let value = EnvConfigValue::new().env(variable).profile(setting);
    value.load(env, Some(set))?.0.trim().to_ascii_lowercase().parse().ok()
}

/// `set` has the relevant profile selected.
pub(super) fn with_settings(config: SdkConfig, env: &Env, set: ProfileSet) -> SdkConfig {
    let mut builder = config.into_builder();
    builder.set_use_fips(is_set(env, &set, "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint"));
    builder.set_use_dual_stack(is_set(env, &set, "AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint"));
    let configured = Configured { env: env.clone(), set };
    builder.set_endpoint_url(configured.url_for_all());
    builder.service_config(configured).build()
}
