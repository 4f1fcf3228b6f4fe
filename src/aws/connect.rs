//! Signing in: from the selected credentials to a client with a known caller.

use std::time::Duration;

use aws_config::identity::IdentityCache;
use aws_config::{Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_types::os_shim_internal::Env;

use super::config::{self, iam_config, loader, sts_config};
use super::config_files::ConfigFiles;
use super::error::failure;
use super::network::Transport;
use super::rate_limiter::RateLimiter;
use super::server_clock::ServerClock;
use super::sign_in::{self, SignInContext, SignInInterrupted, SignedIn};
use super::{Options, Patience, endpoint};
use crate::clock::Clock;
use crate::domain::{
    Account, Caller, Cause, Endpoint, EndpointSource, Failure, KeyId, Moment, Network, Prompt, RequestRate,
    Secret, SignInChoice, SignInInput, SignInProblem, is_plain_beyond_loopback,
};
use crate::practice::Practice;

/// A `credential_process` may wait for its user.
const CREDENTIALS_WITHIN: Duration = Duration::from_mins(5);

/// A client for one account. Rebuilt at each sign-in, because a provider that failed once stays broken.
#[derive(Clone)]
pub struct Connection {
    pub(super) iam: aws_sdk_iam::Client,
    pub(super) sts: aws_sdk_sts::Client,
    pub(super) host: String,
    pub(super) patience: Patience,
    /// Limits the rate of bulk reads, and observes throttling in every call.
    limiter: RateLimiter,
    /// The network; `None` for the practice account.
    pub(super) line: Option<Transport>,
    clock: ServerClock,
    practice: bool,
}

/// The destination of a connection's requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ServerKind {
    /// AWS itself, whose rules for keys are known.
    Aws,
    /// Another server.
    Elsewhere,
    /// The practice account inside the process.
    Practice,
}

impl ServerKind {
    fn to(endpoint: &Endpoint) -> Self {
        match endpoint {
            Endpoint::Aws(_) => Self::Aws,
            Endpoint::Override { .. } => Self::Elsewhere,
            Endpoint::Practice => Self::Practice,
        }
    }
}

/// Signs in with exactly the selected credentials, and asks AWS for the caller. Earlier replies answer the prompts.
pub async fn connect(
    choice: &SignInChoice,
    options: &Options,
    practice: &Practice,
    given: &SignInInput,
) -> Result<(Connection, Account), SignInInterrupted> {
    let (connection, unidentified) = open(choice, options, practice, given).await?;
    let account = unidentified.identify(&connection).await?;
    Ok((connection, account))
}

/// The first half of [`connect`]: the connection can be used, and whose it is is not known yet.
pub async fn open(
    choice: &SignInChoice,
    options: &Options,
    practice: &Practice,
    given: &SignInInput,
) -> Result<(Connection, Unidentified), SignInInterrupted> {
    match choice {
        SignInChoice::Practice => Ok(open_practice(practice, &options.clock).await),
        choice => open_configured(choice, options, given).await.map_err(|stop| match stop {
            SignInInterrupted::Failed(failure) => SignInInterrupted::Failed(told_as_ended(failure, choice)),
            ask @ SignInInterrupted::Prompt(_) => ask,
        }),
    }
}

async fn open_practice(practice: &Practice, clock: &Clock) -> (Connection, Unidentified) {
    let (config, credentials) = practice_config(practice).await;
    let (nothing, endpoint) = (Env::from_slice(&[]), Endpoint::Practice);
    let clock = ServerClock::new(clock.clone(), ServerKind::Practice);
    let connection = Connection::new(&config, &endpoint, &nothing, None, Patience::default(), clock);
    let account = unidentified("Practice account".to_owned(), &credentials, Endpoint::Practice);
    (connection, Unidentified { account, choice: SignInChoice::Practice })
}

async fn open_configured(
    choice: &SignInChoice,
    options: &Options,
    given: &SignInInput,
) -> Result<(Connection, Unidentified), SignInInterrupted> {
    let files = ConfigFiles::read(&options.env).await;
    let profile = match choice {
        SignInChoice::Profile(name) => Some(name.as_str()),
        _ => None,
    };
    let (config, line) = config::of(&files, profile, options).await?;
    let endpoint = endpoint::of(&config, &options.env, options.endpoint_url.as_deref()).await?;
    check_plain_http(&config, &endpoint, options, given)?;
    let tools = SignInContext {
        config: config.clone(),
        direct: line.direct(),
        endpoint: endpoint.clone(),
        env: options.env.clone(),
        clock: options.clock.clone(),
        search_path: options.search_path.clone(),
        for_programs: options.for_programs(),
        write_private: options.write_private,
    };
    let (name, signed_in) = match choice {
        SignInChoice::Profile(name) => (name.clone(), sign_in::profile(&files, name, given, tools).await?),
        SignInChoice::Container => {
            ("Container credentials".to_owned(), sign_in::container(given, tools).await?)
        }
        _ => ("Environment credentials".to_owned(), sign_in::environment(given, tools).await?),
    };
    let SignedIn { credentials, provider, expires, takes_mfa, made_with } = signed_in;
    let cache = IdentityCache::lazy().load_timeout(CREDENTIALS_WITHIN).build();
    let config = config.into_builder().credentials_provider(provider).identity_cache(cache).build();
    let other_endpoints = endpoint::others(&config, &options.env, &endpoint);
    let clock = ServerClock::new(options.clock.clone(), ServerKind::to(&endpoint));
    let connection =
        Connection::new(&config, &endpoint, &options.env, Some(line), Patience::default(), clock);
    let account = unidentified(name, &credentials, endpoint);
    let account = Account { expires, session_key: made_with, other_endpoints, takes_mfa, ..account };
    Ok((connection, Unidentified { account, choice: choice.clone() }))
}

/// Signing in again would not help, because the credentials in the profile or environment have expired.
fn told_as_ended(failure: Failure, choice: &SignInChoice) -> Failure {
    let profile = match choice {
        // It can be opened again at any time.
        SignInChoice::Practice => return failure,
        SignInChoice::Profile(name) => Some(name.clone()),
        SignInChoice::Environment | SignInChoice::Container => None,
    };
    match failure.cause {
        Cause::SessionOver => Failure { cause: Cause::SignIn(SignInProblem::Ended { profile }), ..failure },
        _ => failure,
    }
}

/// What is known of an account before AWS has named it and its caller.
pub struct Unidentified {
    account: Account,
    choice: SignInChoice,
}

fn unidentified(profile: String, credentials: &Credentials, endpoint: Endpoint) -> Account {
    let is_long_term = credentials.session_token().is_none();
    Account {
        id: String::new(),
        alias: None,
        profile,
        caller: Caller::from_arn(""),
        caller_arn: String::new(),
        signing_key: is_long_term.then(|| KeyId::new(credentials.access_key_id())),
        session_key: None,
        endpoint,
        other_endpoints: Vec::new(),
        expires: None,
        takes_mfa: is_long_term,
    }
}

impl Unidentified {
    /// Asks AWS whose the connection is.
    pub async fn identify(self, connection: &Connection) -> Result<Account, Failure> {
        let Self { account, choice } = self;
        let (identity, alias) = tokio::join!(
            connection.sts.get_caller_identity().send(),
            connection.iam.list_account_aliases().send()
        );
        let (id, caller_arn) = match identity {
            Ok(identity) => (identity.account.unwrap_or_default(), identity.arn.unwrap_or_default()),
            Err(err) => match failure("sts:GetCallerIdentity", &connection.host, &err) {
                // Some servers have IAM but no STS, so continue without it.
                Failure { cause: Cause::NotOffered { .. }, .. } => (String::new(), String::new()),
                failure => return Err(told_as_ended(failure, &choice)),
            },
        };
        // Optional: most callers may not read it.
        let alias = alias.ok().and_then(|answer| answer.account_aliases.into_iter().next());
        Ok(Account { id, alias, caller: Caller::from_arn(&caller_arn), caller_arn, ..account })
    }
}

/// Asked before anything is sent: requests that fetch credentials are sensitive too.
fn check_plain_http(
    config: &SdkConfig,
    endpoint: &Endpoint,
    options: &Options,
    given: &SignInInput,
) -> Result<(), SignInInterrupted> {
    let iam = match endpoint {
        Endpoint::Override { url, .. } => Some(url.clone()),
        _ => None,
    };
    let others = endpoint::of_sign_in(config, &options.env);
    let asked = |url: &String| is_plain_beyond_loopback(url) && !given.plain_http.contains(url);
    match iam.into_iter().chain(others).find(asked) {
        Some(url) => Err(SignInInterrupted::Prompt(Prompt::PlainHttp { url })),
        None => Ok(()),
    }
}

impl Connection {
    /// Waits for the turn of a rate-limited request.
    pub async fn turn(&self) {
        self.limiter.turn().await;
    }

    /// When the server answered last, by its own clock.
    pub fn server_time(&self) -> Option<Moment> {
        self.clock.answered()
    }

    /// The date by the server's clock.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// How fast rate-limited requests are sent from now on.
    pub fn limit_requests(&self, rate: RequestRate) {
        self.limiter.set_rate(rate);
    }

    /// True for the practice account.
    pub fn is_practice(&self) -> bool {
        self.practice
    }

    /// For tests and tools: signs with the given key, and reads no configuration files or other credentials.
    pub async fn for_endpoint(
        url: &str,
        id: &KeyId,
        secret: &Secret,
        patience: Patience,
    ) -> Result<Self, Failure> {
        let line = Transport::open(&Network::default(), None, &Env::real()).await?;
        Ok(Self::over(line, url, id, secret, patience).await)
    }

    /// The same, with these network settings.
    pub async fn for_endpoint_on(
        network: &Network,
        environment: &[(&str, &str)],
        url: &str,
        id: &KeyId,
        secret: &Secret,
        patience: Patience,
    ) -> Result<Self, Failure> {
        let line = Transport::open(network, None, &Env::from_slice(environment)).await?;
        Ok(Self::over(line, url, id, secret, patience).await)
    }

    async fn over(line: Transport, url: &str, id: &KeyId, secret: &Secret, patience: Patience) -> Self {
        let credentials = Credentials::new(id.as_str(), secret.expose(), None, None, "given");
        let config = loader(patience)
            .empty_test_environment()
            .http_client(line.shared())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(credentials)
            .load()
            .await;
        let endpoint = Endpoint::Override { url: url.to_owned(), source: EndpointSource::CommandLine };
        let clock = ServerClock::new(Clock::system(), ServerKind::to(&endpoint));
        Self::new(&config, &endpoint, &Env::from_slice(&[]), Some(line), patience, clock)
    }

    fn new(
        config: &SdkConfig,
        endpoint: &Endpoint,
        env: &Env,
        line: Option<Transport>,
        patience: Patience,
        clock: ServerClock,
    ) -> Self {
        let limiter = RateLimiter::default();
        let iam = iam_config(config, endpoint).interceptor(limiter.clone());
        let sts = sts_config(config, endpoint, env).interceptor(clock.clone());
        Self {
            iam: aws_sdk_iam::Client::from_conf(iam.interceptor(clock.clone()).build()),
            sts: aws_sdk_sts::Client::from_conf(sts.build()),
            host: endpoint::host(endpoint),
            patience,
            limiter,
            line,
            clock,
            practice: *endpoint == Endpoint::Practice,
        }
    }
}

async fn practice_config(practice: &Practice) -> (SdkConfig, Credentials) {
    let credentials = practice.credentials();
    let http = practice.http_client();
    let config = loader(Patience::default())
        .empty_test_environment()
        .http_client(http)
        .region(Region::from_static("us-east-1"))
        .credentials_provider(credentials.clone())
        .load()
        .await;
    (config, credentials)
}

#[cfg(test)]
mod inventory_tests;
