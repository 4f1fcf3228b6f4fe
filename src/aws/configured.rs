//! What the environment and the profile say about regions and endpoints, decided as the AWS CLI does (botocore 1.44,
//! `configprovider.py`, `args.py`), so that the SDK has nothing left to look up.

use aws_config::SdkConfig;
use aws_types::os_shim_internal::Env;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};

use super::config_files::{ConfigFiles, Profile};
use super::{Options, partition};
use crate::domain::{Cause, Failure, SettingSource, SignInProblem};

/// The services that are asked: their id, and how settings are named for them.
const SERVICES: [(&str, &str); 4] =
    [("IAM", "iam"), ("STS", "sts"), ("SSO", "sso"), ("SSO OIDC", "sso_oidc")];

/// The setting by which the rest of Keyfob asks whether STS is reached at its older, global endpoint.
const STS_ENDPOINTS: &str = "sts_regional_endpoints";

/// Regions for which that endpoint exists (`LEGACY_GLOBAL_STS_REGIONS` of botocore).
const GLOBAL_STS: [&str; 15] = [
    "ap-northeast-1",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/// All that is set. Without secrets.
#[derive(Clone, Debug)]
pub(super) struct Configured {
    pub(super) region: String,
    /// STS is asked at its older, global endpoint.
    pub(super) global_sts: bool,
    pub(super) ca_bundle: Option<String>,
    /// For each of [`SERVICES`].
    urls: [Option<String>; 4],
    for_all: Option<String>,
    fips: Option<bool>,
    dual_stack: Option<bool>,
}

fn problem(problem: SignInProblem) -> Failure {
    Failure::new("", Cause::SignIn(problem))
}

impl Configured {
    /// `profile`: whose settings count, if there is one.
    pub(super) fn of(files: &ConfigFiles, profile: Option<&str>, options: &Options) -> Result<Self, Failure> {
        let env = &options.env;
        let settings = Settings { profile: profile.map(|name| files.profile(name)).transpose()?, env };
        let urls = Urls::of(files, &settings)?;
        let elsewhere = options.endpoint_url.is_some() || urls.are_elsewhere();
        let (region, is_set) = region(files, &settings, elsewhere)?;
        let legacy = legacy_sts(&settings)?;
        Ok(Self {
            // Without any region, botocore asks the global endpoint, too.
            global_sts: (legacy || !is_set) && GLOBAL_STS.contains(&region.as_str()),
            region,
            ca_bundle: settings.text("AWS_CA_BUNDLE", "ca_bundle")?.map(|(text, _)| text),
            fips: settings.is_on("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")?,
            dual_stack: settings.is_on("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")?,
            urls: urls.of_services,
            for_all: urls.for_all,
        })
    }

    pub(super) fn with_settings(self, config: SdkConfig) -> SdkConfig {
        let mut builder = config.into_builder();
        builder.set_use_fips(self.fips);
        builder.set_use_dual_stack(self.dual_stack);
        builder.set_endpoint_url(self.for_all.clone());
        builder.service_config(self).build()
    }
}

impl LoadServiceConfig for Configured {
    /// The SDK asks for endpoints alone.
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        if key.profile() == STS_ENDPOINTS {
            let is_regional = self.fips == Some(true) || self.dual_stack == Some(true);
            return (self.global_sts && !is_regional).then(|| "legacy".to_owned());
        }
        let place = SERVICES.iter().position(|(id, _)| *id == key.service_id())?;
        self.urls.get(place)?.clone().filter(|_| key.profile() == "endpoint_url")
    }
}

/// Whether this configuration asks STS at its older, global endpoint.
pub(super) fn has_global_sts(config: &SdkConfig) -> bool {
    let key = ServiceConfigKey::builder().service_id("STS").env("AWS_STS_REGIONAL_ENDPOINTS");
    let Ok(key) = key.profile(STS_ENDPOINTS).build() else { return false };
    config.service_config().is_some_and(|configured| configured.load_config(key).is_some())
}

/// The environment before the profile.
struct Settings<'a> {
    profile: Option<&'a Profile>,
    env: &'a Env,
}

impl Settings<'_> {
    /// A variable that is set hides the setting, even with nothing in it.
    fn text(&self, variable: &'static str, name: &str) -> Result<Option<(String, SettingSource)>, Failure> {
        if let Ok(text) = self.env.get(variable) {
            return Ok(Some((text, SettingSource::Variable(variable))));
        }
        self.of_profile(name)
    }

    fn of_profile(&self, name: &str) -> Result<Option<(String, SettingSource)>, Failure> {
        let Some(found) = self.profile.and_then(|profile| profile.get(name)) else { return Ok(None) };
        Ok(Some((found.text()?.to_owned(), found.at())))
    }

    /// `ensure_boolean` of botocore.
    fn is_on(&self, variable: &'static str, name: &str) -> Result<Option<bool>, Failure> {
        Ok(self.text(variable, name)?.map(|(text, _)| text.eq_ignore_ascii_case("true")))
    }
}

struct Urls {
    of_services: [Option<String>; 4],
    for_all: Option<String>,
}

impl Urls {
    fn of(files: &ConfigFiles, settings: &Settings<'_>) -> Result<Self, Failure> {
        let ignored = ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls");
        if settings.is_on(ignored.0, ignored.1)? == Some(true) {
            return Ok(Self { of_services: [const { None }; 4], for_all: None });
        }
        let variable = |name: &str| settings.env.get(name).ok().filter(|url| !url.is_empty());
        let for_all = variable("AWS_ENDPOINT_URL");
        let own = settings.of_profile("endpoint_url")?.map(|(url, _)| url).filter(|url| !url.is_empty());
        let mut of_services = [const { None }; 4];
        for (url, (_, service)) in of_services.iter_mut().zip(SERVICES) {
            let by_variable =
                variable(&format!("AWS_ENDPOINT_URL_{}", service.to_uppercase())).or_else(|| for_all.clone());
            *url = match by_variable {
                Some(url) => Some(url),
                None => of_service(files, settings, service)?.or_else(|| own.clone()),
            };
        }
        Ok(Self { of_services, for_all: for_all.or(own) })
    }

    /// IAM and STS are both asked at another place than AWS: there, a region may have any name.
    fn are_elsewhere(&self) -> bool {
        let [iam, sts, ..] = &self.of_services;
        iam.is_some() && sts.is_some()
    }
}

/// What the `services` section of the profile says. It must be there.
fn of_service(
    files: &ConfigFiles,
    settings: &Settings<'_>,
    service: &str,
) -> Result<Option<String>, Failure> {
    let Some(found) = settings.profile.and_then(|profile| profile.get("services")) else { return Ok(None) };
    let name = found.text()?;
    let missing = || problem(SignInProblem::NoServices { name: name.to_owned(), at: found.at() });
    let section = files.services(name).transpose()?.filter(|part| !part.is_empty()).ok_or_else(missing)?;
    let Some(block) = section.get(service) else { return Ok(None) };
    Ok(block.block()?.get("endpoint_url").filter(|url| !url.is_empty()).cloned())
}

fn legacy_sts(settings: &Settings<'_>) -> Result<bool, Failure> {
    match settings.text("AWS_STS_REGIONAL_ENDPOINTS", STS_ENDPOINTS)? {
        None => Ok(false),
        Some((value, _)) if matches!(value.as_str(), "" | "regional") => Ok(false),
        Some((value, _)) if value == "legacy" => Ok(true),
        Some((value, at)) => Err(problem(SignInProblem::BadStsEndpoints { value, at })),
    }
}

/// The region, and whether it is set anywhere.
fn region(files: &ConfigFiles, settings: &Settings<'_>, elsewhere: bool) -> Result<(String, bool), Failure> {
    let checked = |(region, at): (String, SettingSource)| {
        let is_good = if elsewhere { partition::is_label(&region) } else { partition::is_region(&region) };
        let bad = || problem(SignInProblem::BadRegion { region: region.clone(), at });
        is_good.then_some(region.clone()).ok_or_else(bad)
    };
    let variable = |name| Some((settings.env.get(name).ok()?, SettingSource::Variable(name)));
    let by_variable = ["AWS_REGION", "AWS_DEFAULT_REGION"]
        .into_iter()
        .filter_map(variable)
        .find(|(region, _)| !region.is_empty());
    let by_variable = by_variable.map(checked).transpose()?;
    let own = settings.of_profile("region")?.map(checked).transpose()?;
    let session = settings.profile.and_then(|profile| files.sso_session(profile.shown("sso_session")?));
    let get = |key: &str| match &session {
        Some(session) if key == "sso_region" => session.as_ref().ok()?.get(key)?.text().ok(),
        _ => settings.profile?.shown(key),
    };
    let is_set = by_variable.is_some() || own.is_some();
    Ok((partition::region(get, own, by_variable), is_set))
}
