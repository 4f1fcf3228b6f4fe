//! Signing in: from what was picked to a client that says who it is.

use std::time::Duration;

use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::identity::IdentityCache;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, ConfigLoader, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials as _, SharedCredentialsProvider};
use aws_types::os_shim_internal::{Env, Fs};

use super::error::{chain, failure};
use super::network::Line;
use super::whole::Whole;
use super::{endpoint, partition, profiles};
use crate::domain::{
    Account, Caller, Cause, Endpoint, EndpointSource, Failure, KeyId, Network, Secret, SignInChoice,
    SignInProblem,
};
use crate::practice::Practice;

/// Pinned, so that an update of the SDK does not change timeouts or retries behind our back.
fn behavior() -> BehaviorVersion {
    BehaviorVersion::v2026_01_12()
}

/// A `credential_process` may ask its user something.
const CREDENTIALS_WITHIN: Duration = Duration::from_mins(5);

/// What the command line and the settings add to a sign-in.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub endpoint_url: Option<String>,
    pub network: Network,
}

/// How long a connection waits, and how often it asks.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// How often a call that may be repeated is sent at most.
    pub attempts: u32,
    pub connect: Duration,
    /// Until the first byte of an answer.
    pub read: Duration,
    /// For one call with all its repetitions.
    pub operation: Duration,
    /// Until the first byte of the answer to `CreateAccessKey`, which is sent once.
    pub create: Duration,
    /// The pause before each look for a key whose answer got lost: the list may lag (IAM is eventually consistent).
    pub looks: [Duration; 3],
}

impl Default for Patience {
    /// Without limits the SDK would wait for ever.
    fn default() -> Self {
        Self {
            attempts: 4,
            connect: Duration::from_secs(10),
            read: Duration::from_secs(30),
            operation: Duration::from_secs(90),
            create: Duration::from_mins(1),
            looks: [2, 8, 20].map(Duration::from_secs),
        }
    }
}

/// A client for one account. Built anew at each sign-in: a provider that failed once stays broken.
#[derive(Clone)]
pub struct Connection {
    pub(super) iam: aws_sdk_iam::Client,
    pub(super) sts: aws_sdk_sts::Client,
    pub(super) host: String,
    pub(super) wire: Wire,
    pub(super) patience: Patience,
    /// The way there; `None`: the practice account answers inside the process.
    pub(super) line: Option<Line>,
    practice: bool,
}

/// What the requests of a connection go over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wire {
    /// To AWS itself, whose rules for keys are known.
    Aws,
    /// To another server.
    Elsewhere,
    /// Nowhere: the practice account answers inside the process.
    Practice,
}

impl Wire {
    fn to(endpoint: &Endpoint) -> Self {
        match endpoint {
            Endpoint::Aws(_) => Self::Aws,
            Endpoint::Override { .. } => Self::Elsewhere,
            Endpoint::Practice => Self::Practice,
        }
    }
}

/// Signs in with exactly what was picked, and asks AWS who that is.
pub async fn connect(
    choice: &SignInChoice,
    options: &Options,
    practice: &Practice,
) -> Result<(Connection, Account), Failure> {
    let (config, credentials, endpoint, line) = match choice {
        SignInChoice::Practice => {
            let (config, credentials, endpoint) = practice_config(practice).await;
            (config, credentials, endpoint, None)
        }
        SignInChoice::Environment => environment_config(options).await?,
        SignInChoice::Profile(name) => profile_config(name, options).await?,
    };
    let connection = Connection::new(&config, &endpoint, line, Patience::default());
    let name = match choice {
        SignInChoice::Profile(name) => name.clone(),
        SignInChoice::Environment => "Environment credentials".to_owned(),
        SignInChoice::Practice => "Practice account".to_owned(),
    };
    let account = connection.identify(name, &credentials, endpoint).await?;
    Ok((connection, account))
}

impl Connection {
    /// True for the account inside the program.
    pub fn is_practice(&self) -> bool {
        self.practice
    }

    /// For tests and tools: signs with the given key, and reads neither configuration files nor credentials from elsewhere.
    pub async fn for_endpoint(
        url: &str,
        id: &KeyId,
        secret: &Secret,
        patience: Patience,
    ) -> Result<Self, Failure> {
        let line = Line::open(&Network::default(), None, &Env::real()).await?;
        Ok(Self::over(line, url, id, secret, patience).await)
    }

    /// The same, on a network that is set like this.
    pub async fn for_endpoint_on(
        network: &Network,
        environment: &[(&str, &str)],
        url: &str,
        id: &KeyId,
        secret: &Secret,
        patience: Patience,
    ) -> Result<Self, Failure> {
        let line = Line::open(network, None, &Env::from_slice(environment)).await?;
        Ok(Self::over(line, url, id, secret, patience).await)
    }

    async fn over(line: Line, url: &str, id: &KeyId, secret: &Secret, patience: Patience) -> Self {
        let credentials = Credentials::new(id.as_str(), secret.expose(), None, None, "given");
        let config = loader(patience)
            .empty_test_environment()
            .http_client(line.shared())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(credentials)
            .load()
            .await;
        let endpoint = Endpoint::Override { url: url.to_owned(), source: EndpointSource::CommandLine };
        Self::new(&config, &endpoint, Some(line), patience)
    }

    fn new(config: &SdkConfig, endpoint: &Endpoint, line: Option<Line>, patience: Patience) -> Self {
        let mut iam = aws_sdk_iam::config::Builder::from(config).interceptor(Whole);
        let mut sts = aws_sdk_sts::config::Builder::from(config).interceptor(Whole);
        if let Endpoint::Override { url, .. } = endpoint {
            iam.set_endpoint_url(Some(url.clone()));
            sts.set_endpoint_url(Some(endpoint::of_sts(config, &Env::real(), url)));
        }
        Self {
            iam: aws_sdk_iam::Client::from_conf(iam.build()),
            sts: aws_sdk_sts::Client::from_conf(sts.build()),
            host: endpoint::host(endpoint),
            wire: Wire::to(endpoint),
            patience,
            line,
            practice: *endpoint == Endpoint::Practice,
        }
    }

    async fn identify(
        &self,
        profile: String,
        credentials: &Credentials,
        endpoint: Endpoint,
    ) -> Result<Account, Failure> {
        let (identity, alias) =
            tokio::join!(self.sts.get_caller_identity().send(), self.iam.list_account_aliases().send());
        let identity = match identity {
            Ok(identity) => (identity.account.unwrap_or_default(), identity.arn.unwrap_or_default()),
            Err(err) => match failure("sts:GetCallerIdentity", &self.host, &err) {
                // Some servers have IAM and no STS: go on with what there is.
                Failure { cause: Cause::NotOffered { .. }, .. } => (String::new(), String::new()),
                failure => return Err(failure),
            },
        };
        let (id, caller_arn) = identity;
        let is_long_term = credentials.session_token().is_none();
        Ok(Account {
            id,
            // Most callers may not read it, and need not.
            alias: alias.ok().and_then(|answer| answer.account_aliases.into_iter().next()),
            profile,
            caller: Caller::from_arn(&caller_arn),
            caller_arn,
            signing_key: is_long_term.then(|| KeyId::new(credentials.access_key_id())),
            endpoint,
            expires: None,
        })
    }
}

fn loader(patience: Patience) -> ConfigLoader {
    aws_config::defaults(behavior())
        // Explicit: with AWS_RETRY_MODE=legacy the SDK would panic.
        .retry_config(RetryConfig::standard().with_max_attempts(patience.attempts))
        .timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(patience.connect)
                .read_timeout(patience.read)
                .operation_timeout(patience.operation)
                .build(),
        )
}

async fn practice_config(practice: &Practice) -> (SdkConfig, Credentials, Endpoint) {
    let credentials = practice.credentials();
    let http = practice.http_client();
    let config = loader(Patience::default())
        .empty_test_environment()
        .http_client(http)
        .region(Region::from_static("us-east-1"))
        .credentials_provider(credentials.clone())
        .load()
        .await;
    (config, credentials, Endpoint::Practice)
}

async fn environment_config(
    options: &Options,
) -> Result<(SdkConfig, Credentials, Endpoint, Option<Line>), Failure> {
    let line = Line::open(&options.network, None, &Env::real()).await?;
    let provider = EnvironmentVariableCredentialsProvider::new();
    let credentials =
        provider.provide_credentials().await.map_err(|err| credentials_failure("the environment", &err))?;
    let region = partition::region(|_| None, region_of_environment());
    // An AWS_PROFILE that names nothing must not get in the way of credentials that are set.
    let loader = with_endpoint(loader(Patience::default()).credentials_provider(provider), options);
    let config = loader.http_client(line.shared()).region(Region::new(region)).load().await;
    let endpoint = endpoint::of(&config, &Env::real(), options.endpoint_url.as_deref()).await?;
    Ok((config, credentials, endpoint, Some(line)))
}

async fn profile_config(
    name: &str,
    options: &Options,
) -> Result<(SdkConfig, Credentials, Endpoint, Option<Line>), Failure> {
    let set = aws_config::profile::load(&Fs::real(), &Env::real(), &Default::default(), None)
        .await
        .map_err(|err| profiles::problem(&chain(&err)))?;
    let missing = || Failure::new("", Cause::NoSuchProfile { profile: name.to_owned() });
    let section = set.get_profile(name).ok_or_else(missing)?;
    let region = partition::region(|key| section.get(key), region_of_environment());
    let line = Line::open(&options.network, section.get("ca_bundle"), &Env::real()).await?;
    // Not the default chain: there the environment would win over the profile that was picked.
    let base = with_endpoint(loader(Patience::default()).no_credentials().profile_name(name), options)
        .http_client(line.shared())
        .region(Region::new(region))
        .load()
        .await;
    let provider_config = ProviderConfig::without_region()
        .with_region(base.region().cloned())
        .with_behavior_version(Some(behavior()))
        .with_http_client(line.shared());
    let provider =
        ProfileFileCredentialsProvider::builder().configure(&provider_config).profile_name(name).build();
    let provider = SharedCredentialsProvider::new(provider);
    let credentials = provider.provide_credentials().await.map_err(|err| credentials_failure(name, &err))?;
    let endpoint = endpoint::of(&base, &Env::real(), options.endpoint_url.as_deref()).await?;
    let config = base
        .into_builder()
        .credentials_provider(provider)
        .identity_cache(IdentityCache::lazy().load_timeout(CREDENTIALS_WITHIN).build())
        .build();
    Ok((config, credentials, endpoint, Some(line)))
}

fn with_endpoint(loader: ConfigLoader, options: &Options) -> ConfigLoader {
    match &options.endpoint_url {
        Some(url) => loader.endpoint_url(url),
        None => loader,
    }
}

fn region_of_environment() -> Option<String> {
    let env = Env::real();
    env.get("AWS_REGION").or_else(|_| env.get("AWS_DEFAULT_REGION")).ok().filter(|region| !region.is_empty())
}

fn credentials_failure(profile: &str, err: &CredentialsError) -> Failure {
    let profile = profile.to_owned();
    let cause = match err {
        CredentialsError::CredentialsNotLoaded(_) => Cause::NoCredentials { profile },
        // No text of the provider holds a secret: it is about why there is none.
        other => Cause::SignIn(SignInProblem::Provider { profile, detail: chain(other) }),
    };
    Failure::new("", cause)
}
