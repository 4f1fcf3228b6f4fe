//! Complete sign-ins with their own profile, environment and home folder. Each runs in its own process, because the environment
//! of a running test cannot be changed.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use keyfob::aws::{self, Options, SignInInterrupted};
use keyfob::domain::{Endpoint, EndpointSource, SignInChoice, SignInInput};
use keyfob::practice::{self, Practice};
use keyfob::ui::words;

use crate::authority::{Authority, Valid};
use crate::front::Front;
use crate::iam;
use crate::proxy::{Habit, Proxy};
use crate::server::Server;

/// Set in the process that signs in.
const SIGNS_IN: &str = "KEYFOB_SIGNS_IN";

/// Not a test by itself: the tests below run it with an environment.
#[tokio::test]
#[ignore = "needs an environment: the tests beside it provide it"]
async fn signs_in() {
    if std::env::var(SIGNS_IN).is_err() {
        return;
    }
    let now = Arc::new(jiff::Timestamp::now);
    let practice = Practice::new(practice::Options { users: Some(0), latency: Duration::ZERO, now });
    let choice = SignInChoice::Profile("acme".to_owned());
    match aws::connect(&choice, &Options::default(), &practice, &SignInInput::default()).await {
        Ok((_, account)) if account.elsewhere().is_none() && !account.other_endpoints.is_empty() => {
            let (text, origin) = words::endpoints(&account).expect("a banner");
            answer(&format!("{text}, {origin}"));
        }
        Ok((_, account)) => match account.endpoint {
            Endpoint::Aws(host) => answer(&host),
            Endpoint::Override { url, source } => answer(&format!("{url} by {}", by(source))),
            Endpoint::Practice => answer("practice"),
        },
        Err(SignInInterrupted::Failed(failure)) => answer(&words::explain(&failure, None)),
        Err(SignInInterrupted::Prompt(ask)) => answer(&format!("asks {ask:?}")),
    }
}

#[expect(clippy::print_stdout, reason = "the test that started this process reads it")]
fn answer(text: &str) {
    println!("answer: {text}");
}

fn by(source: EndpointSource) -> &'static str {
    match source {
        EndpointSource::CommandLine => "the command line",
        EndpointSource::Variable(name) => name,
        EndpointSource::Profile => "the profile",
        EndpointSource::Services => "services",
    }
}

const KEYS: &str = "aws_access_key_id = AKIASIGNS00000000000\naws_secret_access_key = x\n";

/// Signs in with the profile `acme` and prints the result.
fn sign_in(config: &str, environment: &[(&str, &str)]) -> String {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join(".aws");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::write(folder.join("config"), format!("[profile acme]\n{KEYS}{config}")).expect("a file");
    run(home.path(), environment)
}

fn run(home: &Path, environment: &[(&str, &str)]) -> String {
    let mut program = Command::new(std::env::current_exe().expect("this program"));
    program.args(["--exact", "sign_in::signs_in", "--ignored", "--nocapture"]).env_clear();
    program.env("HOME", home).env("AWS_EC2_METADATA_DISABLED", "true").env(SIGNS_IN, "yes");
    // Windows networking needs it.
    program.envs(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
    let output = program.envs(environment.iter().copied()).output().expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    let answer = text.lines().find_map(|line| line.split_once("answer: ")).expect("an answer");
    answer.1.to_owned()
}

/// AWS behind an inspecting proxy, which issues its own certificate for every name.
struct Company {
    ca_file: String,
    proxy: Proxy,
    authority: Authority,
    _front: Front,
    _iam: Server,
}

impl Company {
    async fn start() -> Self {
        let (authority, iam) = (Authority::new(), iam().await);
        let names = [
            "*.amazonaws.com",
            "*.us-east-1.amazonaws.com",
            "*.eu-central-1.amazonaws.com",
            "*.us-gov.amazonaws.com",
            "*.us-gov-west-1.amazonaws.com",
            "*.cn-north-1.amazonaws.com.cn",
            "*.eusc-de-east-1.amazonaws.eu",
            "*.us-iso-east-1.c2s.ic.gov",
            "*.global.api.aws",
            "*.us-east-1.api.aws",
        ];
        let front = Front::start(authority.server(&names, Valid::Now), &iam.host).await;
        let proxy = Proxy::start(Habit::To(front.host.clone())).await;
        Self { ca_file: authority.pem_file(), proxy, authority, _front: front, _iam: iam }
    }

    /// The displayed endpoint, and the hosts requested from the proxy.
    async fn sign_in(&self, config: String, environment: &[(&str, &str)]) -> (String, Vec<String>) {
        let url = self.proxy.url();
        let mut all = vec![("HTTPS_PROXY".to_owned(), url)];
        all.extend(environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let shown = tokio::task::spawn_blocking(move || {
            let all: Vec<_> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            sign_in(&config, &all)
        });
        let shown = shown.await.expect("it ends");
        let mut asked = self.proxy.asked();
        asked.sort();
        asked.dedup();
        (shown, asked)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_host_that_is_shown_is_the_one_that_is_asked() {
    let company = Company::start().await;
    let ca_bundle = format!("ca_bundle = {}\n", company.ca_file);
    for (config, environment, iam, sts) in [
        // Without a region, as the AWS CLI.
        (String::new(), &[][..], "iam.amazonaws.com", "sts.amazonaws.com"),
        ("region = eu-central-1\n".into(), &[], "iam.amazonaws.com", "sts.eu-central-1.amazonaws.com"),
        (
            "region = cn-north-1\n".into(),
            &[],
            "iam.cn-north-1.amazonaws.com.cn",
            "sts.cn-north-1.amazonaws.com.cn",
        ),
        (
            String::new(),
            &[("AWS_REGION", "us-gov-west-1")],
            "iam.us-gov.amazonaws.com",
            "sts.us-gov-west-1.amazonaws.com",
        ),
        (
            "region = eusc-de-east-1\n".into(),
            &[],
            "iam.eusc-de-east-1.amazonaws.eu",
            "sts.eusc-de-east-1.amazonaws.eu",
        ),
        (
            "region = us-iso-east-1\n".into(),
            &[],
            "iam.us-iso-east-1.c2s.ic.gov",
            "sts.us-iso-east-1.c2s.ic.gov",
        ),
        (
            String::new(),
            &[("AWS_USE_FIPS_ENDPOINT", "true")],
            "iam-fips.amazonaws.com",
            "sts-fips.us-east-1.amazonaws.com",
        ),
        (
            "use_fips_endpoint = true\n".into(),
            &[],
            "iam-fips.amazonaws.com",
            "sts-fips.us-east-1.amazonaws.com",
        ),
        (
            String::new(),
            &[("AWS_USE_DUALSTACK_ENDPOINT", "true")],
            "iam.global.api.aws",
            "sts.us-east-1.api.aws",
        ),
        ("use_dualstack_endpoint = true\n".into(), &[], "iam.global.api.aws", "sts.us-east-1.api.aws"),
    ] {
        let (shown, asked) = company.sign_in(format!("{ca_bundle}{config}"), environment).await;
        let asked: Vec<_> = asked.iter().map(String::as_str).collect();
        let line = |host: &str| format!("CONNECT {host}:443 HTTP/1.1");
        assert_eq!(
            (shown.as_str(), asked),
            (iam, vec![&*line(iam), &*line(sts)]),
            "{config} {environment:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_in_the_environment_makes_a_sign_in_panic() {
    let company = Company::start().await;
    let ca_bundle = format!("ca_bundle = {}\n", company.ca_file);
    for environment in [
        [("AWS_RETRY_MODE", "legacy")],
        [("AWS_RETRY_MODE", "adaptive")],
        [("AWS_MAX_ATTEMPTS", "0")],
        [("AWS_MAX_ATTEMPTS", "many")],
        [("AWS_DEFAULTS_MODE", "nonsense")],
        // A system without any authority: the profile's is enough.
        [("SSL_CERT_FILE", "/nonexistent")],
    ] {
        let (shown, _) = company.sign_in(ca_bundle.clone(), &environment).await;
        assert_eq!(shown, "iam.amazonaws.com", "{environment:?}");
    }
    let profile = format!("{ca_bundle}retry_mode = legacy\nmax_attempts = 0\n");
    assert_eq!(company.sign_in(profile, &[]).await.0, "iam.amazonaws.com");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_trust_store_is_not_an_unknown_authority() {
    let company = Company::start().await;
    let (told, _) = company.sign_in(String::new(), &[("SSL_CERT_FILE", "/nonexistent")]).await;
    assert!(told.starts_with("This computer trusts no certificate authorities"), "{told}");
    assert!(told.contains("correct SSL_CERT_FILE if it is set"), "{told}");
    let (told, _) = company.sign_in(String::new(), &[]).await;
    assert!(told.starts_with("The certificate of sts.amazonaws.com was issued by an authority"), "{told}");
    let profile = format!("ca_bundle = {}/none.pem\n", company.authority.folder());
    let (told, _) = company.sign_in(profile, &[]).await;
    assert!(told.contains("none.pem (the profile's ca_bundle) cannot be read"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_that_is_set_is_named_with_what_sets_it() {
    let (iam, other) = (iam().await, iam().await);
    let (url, other) = (format!("http://{}", iam.host), format!("http://{}", other.host));
    let services = format!(
        "services = local\n[services local]\niam =\n  endpoint_url = {url}\nsts =\n  endpoint_url = {url}\n"
    );
    let everything = format!("endpoint_url = {other}\n");
    for (config, environment, expected) in [
        (format!("endpoint_url = {url}\n"), vec![], "the profile"),
        (services.clone(), vec![], "services"),
        (format!("{everything}{services}"), vec![], "services"),
        (everything.clone(), vec![("AWS_ENDPOINT_URL", url.as_str())], "AWS_ENDPOINT_URL"),
        (services, vec![("AWS_ENDPOINT_URL_IAM", url.as_str())], "AWS_ENDPOINT_URL_IAM"),
        (
            String::new(),
            vec![("AWS_ENDPOINT_URL", other.as_str()), ("AWS_ENDPOINT_URL_IAM", url.as_str())],
            "AWS_ENDPOINT_URL_IAM",
        ),
    ] {
        let shown = sign_in(&config, &environment);
        assert_eq!(shown, format!("{url} by {expected}"), "{config} {environment:?}");
    }
}

/// STS there would be asked to assume roles, which it does not support.
#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_that_aws_itself_has_for_iam_is_not_that_of_sts() {
    let company = Company::start().await;
    let url = "https://vpce-1.iam.us-east-1.vpce.amazonaws.com";
    for (config, environment) in [
        (String::new(), vec![("AWS_ENDPOINT_URL_IAM", url)]),
        (format!("services = local\n[services local]\niam =\n  endpoint_url = {url}\n"), vec![]),
    ] {
        let config = format!("ca_bundle = {}\n{config}", company.ca_file);
        let (shown, asked) = company.sign_in(config, &environment).await;
        assert!(shown.starts_with(url), "{shown}");
        let sts = "CONNECT sts.amazonaws.com:443 HTTP/1.1";
        assert_eq!(asked, [sts, "CONNECT vpce-1.iam.us-east-1.vpce.amazonaws.com:443 HTTP/1.1"]);
    }
}

/// AWS does not know the keys of another server.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stands_in_for_iam_is_asked_who_we_are() {
    let company = Company::start().await;
    let iam = iam().await;
    let url = format!("http://{}", iam.host);
    let config = format!("ca_bundle = {}\n", company.ca_file);
    let (shown, asked) = company.sign_in(config, &[("AWS_ENDPOINT_URL_IAM", url.as_str())]).await;
    assert!(shown.starts_with(&url), "{shown}");
    assert!(asked.is_empty(), "{asked:?}");
}

/// STS identifies the account on screen, so a custom STS endpoint is shown.
#[tokio::test(flavor = "multi_thread")]
async fn the_endpoints_of_the_services_that_sign_in_are_named_too() {
    let company = Company::start().await;
    let sts = iam().await;
    let url = format!("http://{}", sts.host);
    let config = format!("ca_bundle = {}\n", company.ca_file);
    let (shown, _) = company.sign_in(config.clone(), &[("AWS_ENDPOINT_URL_STS", &url)]).await;
    assert_eq!(
        shown,
        format!("Not AWS: STS requests go to {url}, set by AWS_ENDPOINT_URL_STS in the environment")
    );
    let (shown, _) = company.sign_in(config, &[("AWS_ENDPOINT_URL_SSO_OIDC", "http://127.0.0.1:9")]).await;
    assert_eq!(
        shown,
        "Not AWS: SSO OIDC requests go to http://127.0.0.1:9, set by AWS_ENDPOINT_URL_SSO_OIDC in the environment"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn endpoints_that_are_set_can_be_switched_off() {
    let company = Company::start().await;
    let elsewhere = "http://127.0.0.1:9";
    for (config, environment) in [
        ("", [("AWS_ENDPOINT_URL", elsewhere), ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")]),
        (
            "endpoint_url = http://127.0.0.1:9\n",
            [("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"), ("A", "b")],
        ),
        (
            "endpoint_url = http://127.0.0.1:9\nignore_configured_endpoint_urls = true\n",
            [("A", "b"), ("C", "d")],
        ),
    ] {
        let config = format!("ca_bundle = {}\n{config}", company.ca_file);
        assert_eq!(company.sign_in(config, &environment).await.0, "iam.amazonaws.com", "{environment:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fips_with_a_custom_endpoint_is_explained() {
    let url = "http://127.0.0.1:9";
    let told = sign_in("use_fips_endpoint = true\n", &[("AWS_ENDPOINT_URL", url)]);
    let start =
        "The endpoint http://127.0.0.1:9 is set and FIPS is on, but only AWS's own endpoints support FIPS.";
    assert!(told.starts_with(start) && told.contains("AWS_USE_FIPS_ENDPOINT, use_fips_endpoint"), "{told}");
    let told = sign_in("", &[("AWS_ENDPOINT_URL_IAM", url), ("AWS_USE_DUALSTACK_ENDPOINT", "true")]);
    assert!(told.contains("is set and dual-stack is on"), "{told}");
}
