//! Through mitmproxy, a real forward proxy with its own certificate authority, to moto.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use keyfob::aws::Connection;
use keyfob::core::CreateOutcome;
use keyfob::domain::{Failure, KeyId, Network, Secret, UserName};
use keyfob::ui::words;
use tokio::net::TcpListener;

use crate::authority::{Authority, Valid};
use crate::front::Front;
use crate::patience;

/// Stopped on drop.
struct Mitmproxy {
    host: String,
    folder: tempfile::TempDir,
    process: Child,
}

impl Drop for Mitmproxy {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

impl Mitmproxy {
    fn start(options: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut program = Command::new("mitmdump");
        program.args(["--listen-host", "127.0.0.1", "--listen-port", "0", "--set", "flow_detail=0"]);
        // The server behind it is not under test.
        program.args([
            "--set",
            "ssl_insecure=true",
            "--set",
            &format!("confdir={}", folder.path().display()),
        ]);
        // It prints its address once it listens.
        program.env("PYTHONUNBUFFERED", "1");
        let process = program.args(options).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut process = process.expect("mitmdump is installed");
        let told = BufReader::new(process.stdout.take().expect("its output"));
        let host = told.lines().map_while(Result::ok).find_map(|line| {
            line.split_once("listening at ").map(|(_, host)| host.trim_start_matches("http://").to_owned())
        });
        Self { host: host.expect("it listens"), folder, process }
    }

    fn ca_file(&self) -> String {
        self.folder.path().join("mitmproxy-ca-cert.pem").display().to_string()
    }
}

/// `with-moto` sets its address and credentials.
fn moto(name: &str) -> String {
    std::env::var(format!("KEYFOB_MOTO_{name}")).expect("tests/run network sets it")
}

fn moto_host() -> String {
    moto("ENDPOINT").trim_start_matches("http://").trim_end_matches('/').to_owned()
}

async fn connection(
    network: &Network,
    environment: &[(&str, &str)],
    url: &str,
) -> Result<Connection, Failure> {
    let (id, secret) = (KeyId::new(moto("KEY")), Secret::new(moto("SECRET")));
    Connection::for_endpoint_on(network, environment, url, &id, &secret, patience()).await
}

/// The number of users on moto, or the message.
async fn users(environment: &[(&str, &str)], url: &str) -> Result<usize, String> {
    let told = |failure: Failure| words::explain(&failure, None);
    let connection = connection(&Network::default(), environment, url).await.map_err(told)?;
    connection.users(None).await.map(|page| page.users.len()).map_err(told)
}

#[tokio::test]
#[ignore = "needs mitmproxy and moto: tests/run network provides them"]
async fn a_proxy_with_an_authority_of_its_own_inspects() {
    let (proxy, authority) = (Mitmproxy::start(&[]), Authority::new());
    let front = Front::start(authority.server(&["localhost"], Valid::Now), &moto_host()).await;
    let (through, ca_file) = (format!("http://{}", proxy.host), proxy.ca_file());
    let trusting = [("HTTPS_PROXY", through.as_str()), ("AWS_CA_BUNDLE", ca_file.as_str())];
    assert!(users(&trusting, &front.url()).await.expect("the users") > 0);
    let stranger = authority.pem_file();
    let told = users(&[("HTTPS_PROXY", &through), ("AWS_CA_BUNDLE", &stranger)], &front.url()).await;
    let told = told.expect_err("it is not trusted");
    assert!(told.contains("was issued by an authority that this computer does not trust"), "{told}");
    let plain = format!("http://{}", moto_host());
    assert!(users(&[("HTTP_PROXY", &through)], &plain).await.expect("the users") > 0, "without TLS");
}

#[tokio::test]
#[ignore = "needs mitmproxy and moto: tests/run network provides them"]
async fn a_proxy_with_a_password_lets_a_key_be_made() {
    let proxy = Mitmproxy::start(&["--proxyauth", "anna:s@cret"]);
    let authority = Authority::new();
    let front = Front::start(authority.server(&["localhost"], Valid::Now), &moto_host()).await;
    let ca_file = proxy.ca_file();
    let with = |user: &str| format!("http://{user}{}", proxy.host);
    let anna = with("anna:s%40cret@");
    let environment = [("HTTPS_PROXY", anna.as_str()), ("AWS_CA_BUNDLE", ca_file.as_str())];
    let aws = connection(&Network::default(), &environment, &front.url()).await.expect("a way");
    let mut free = None;
    for user in aws.users(None).await.expect("the users").users {
        if aws.keys(&user.name).await.expect("the keys").is_empty() {
            free = Some(user.name);
        }
    }
    let user: UserName = free.expect("a user without keys");
    let (made, _) = aws.create_key(&user, &Default::default()).await;
    assert!(matches!(made, CreateOutcome::Made(_)), "the answer with the secret comes through the proxy too");
    for (user, start) in
        [("", "requires a user name and password."), ("anna:wrong@", "rejected the user name and password.")]
    {
        let start = format!("The proxy {} (HTTPS_PROXY) {start}", proxy.host);
        let told =
            users(&[("HTTPS_PROXY", &with(user))], &front.url()).await.expect_err("it is not let through");
        assert!(told.starts_with(&start), "{start}: {told}");
        let plain = format!("http://{}", moto_host());
        let told = users(&[("HTTP_PROXY", &with(user))], &plain).await.expect_err("it is not let through");
        assert!(told.starts_with(&start.replace("HTTPS_", "HTTP_")), "{start}: {told}");
    }
}

#[tokio::test]
#[ignore = "needs mitmproxy and moto: tests/run network provides them"]
async fn a_proxy_of_the_settings_that_does_not_reach_aws_says_so() {
    let proxy = Mitmproxy::start(&[]);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let closed = listener.local_addr().expect("an address").to_string();
    drop(listener);
    // Not by this computer's name, for which the settings bypass the proxy.
    let network = Network { proxy: proxy.host.clone(), ca_file: proxy.ca_file(), ..Network::default() };
    let url = format!("https://{}", closed.replace("127.0.0.1", "0.0.0.0"));
    let connection = connection(&network, &[], &url).await.expect("a way");
    let failure = connection.users(None).await.expect_err("nobody is there");
    let told = words::explain(&failure, None);
    let start = format!("The proxy {} (Settings, Network) refused to connect to", proxy.host);
    assert!(told.starts_with(&start), "{told}");
}
