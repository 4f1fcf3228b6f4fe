//! Requests through a proxy, and the messages when they fail.

use keyfob::core::CreateOutcome;
use keyfob::domain::{Network, UserName};
use tokio::net::TcpListener;

use crate::authority::{Authority, Valid};
use crate::front::Front;
use crate::proxy::{Habit, Proxy};
use crate::server::Fault;
use crate::{Set, faulty, iam};

/// `anna:s@cret`, as in the header.
const ANNA: &str = "Basic YW5uYTpzQGNyZXQ=";

const AWS: &str = "https://iam.amazonaws.com";

/// An address without a listener.
async fn closed_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    listener.local_addr().expect("an address").to_string()
}

#[tokio::test]
async fn everything_goes_through_the_proxy_and_trusts_the_private_authority() {
    let (authority, iam) = (Authority::new(), iam().await);
    let front = Front::start(authority.server(&["iam.amazonaws.com"], Valid::Now), &iam.host).await;
    let proxy = Proxy::start(Habit::Asks { authorization: ANNA, to: front.host.clone() }).await;
    let set =
        Set::proxy(format!("http://anna:s%40cret@{}", proxy.host)).and("AWS_CA_BUNDLE", authority.pem_file());
    let connection = set.connection(AWS).await.expect("a way");
    let bob = UserName::new("bob");
    let before = connection.key_ids(&bob).await.expect("the keys");
    let CreateOutcome::Made(_) = connection.create_key(&bob, &before).await.0 else {
        panic!("no key was made")
    };
    assert_eq!(iam.creates(), 1);
    let asked = proxy.asked();
    assert_eq!(asked.len(), 2, "the answer with the secret has a connection of its own: {asked:?}");
    assert!(asked.iter().all(|line| line == "CONNECT iam.amazonaws.com:443 HTTP/1.1"), "{asked:?}");
}

#[tokio::test]
async fn a_proxy_of_the_settings_goes_before_the_environment() {
    let (authority, iam) = (Authority::new(), iam().await);
    let front = Front::start(authority.server(&["iam.amazonaws.com"], Valid::Now), &iam.host).await;
    let proxy = Proxy::start(Habit::To(front.host.clone())).await;
    let network = Network { proxy: proxy.url(), no_proxy: String::new(), ca_file: authority.pem_file() };
    let set = Set { network, ..Set::proxy(format!("http://{}", closed_port().await)) };
    assert_eq!(set.list(AWS).await, Ok(0));
    assert_eq!(proxy.asked().len(), 1);
    let direct = format!("http://{}", iam.host);
    assert_eq!(set.list(&direct).await, Ok(0), "this computer is reached without it");
    assert_eq!(proxy.asked().len(), 0);
}

#[tokio::test]
async fn plain_endpoints_are_asked_for_through_the_proxy_too() {
    let iam = iam().await;
    let proxy = Proxy::start(Habit::To(iam.host.clone())).await;
    let set = Set::variable("HTTP_PROXY", proxy.url());
    assert_eq!(set.list("http://moto.acme.example:5000").await, Ok(0));
    assert_eq!(proxy.asked(), ["POST http://moto.acme.example:5000/ HTTP/1.1"]);
    let without = set.and("NO_PROXY", "127.0.0.0/8");
    assert_eq!(without.list(&format!("http://{}", iam.host)).await, Ok(0));
    assert_eq!(proxy.asked().len(), 0, "NO_PROXY is honoured");
}

#[tokio::test]
async fn each_proxy_error_has_its_own_message() {
    let iam = iam().await;
    let asks = Habit::Asks { authorization: ANNA, to: iam.host.clone() };
    for (habit, user, start, remedy) in [
        (asks.clone(), "", "requires a user name and password.", "Set HTTPS_PROXY=http://USER:PASSWORD@"),
        (asks.clone(), "anna:wrong@", "rejected the user name and password.", "Correct them"),
        (Habit::Answers(403), "", "refused to connect to iam.amazonaws.com", "allow iam.amazonaws.com"),
        (Habit::Answers(502), "", "refused to connect to iam.amazonaws.com", "allow iam.amazonaws.com"),
        (Habit::Answers(302), "", "refused to connect to iam.amazonaws.com", "allow iam.amazonaws.com"),
        (
            Habit::Closes,
            "",
            "closed the connection instead of connecting to",
            "Check that it is an HTTP proxy",
        ),
        (Habit::Hangs, "", "did not connect to iam.amazonaws.com in time", "Check the network and the VPN"),
    ] {
        let hangs = matches!(habit, Habit::Hangs);
        let proxy = Proxy::start(habit).await;
        let set = Set { hangs, ..Set::proxy(format!("http://{user}{}", proxy.host)) };
        let told = set.told(AWS).await;
        let start = format!("The proxy {} (HTTPS_PROXY) {start}", proxy.host);
        assert!(told.starts_with(&start) && told.contains(remedy), "{start}: {told}");
        assert!(!told.contains("wrong"), "no password is ever told: {told}");
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_named() {
    let host = closed_port().await;
    let down = format!("The proxy {host} (HTTPS_PROXY) refused the connection: nothing is listening there.");
    let told = Set::proxy(format!("http://{host}")).told(AWS).await;
    assert!(told.starts_with(&down), "{told}");
    let told = Set::proxy("http://proxy.nonexistent.invalid:8080").told(AWS).await;
    let unknown = "The proxy proxy.nonexistent.invalid:8080 (HTTPS_PROXY) could not be found: its host name does not resolve.";
    assert!(told.starts_with(unknown), "{told}");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_proxy_of_another_network_is_out_of_reach() {
    let told = Set::proxy("http://255.255.255.255:8080").told(AWS).await;
    let start = "The proxy 255.255.255.255:8080 (HTTPS_PROXY) cannot be reached: there is no network connection to it.";
    assert!(told.starts_with(start), "{told}");
}

/// Without a tunnel, the proxy itself responds.
#[tokio::test]
async fn proxy_errors_of_plain_requests_have_the_same_messages() {
    let (url, iam) = ("http://moto.acme.example", iam().await);
    let asks = Habit::Asks { authorization: ANNA, to: iam.host.clone() };
    for (habit, user, start) in [
        (asks.clone(), "", "The proxy PROXY (HTTP_PROXY) requires a user name and password."),
        (asks, "anna:wrong@", "The proxy PROXY (HTTP_PROXY) rejected the user name and password."),
        (Habit::Answers(502), "", "A proxy or gateway could not reach moto.acme.example (HTTP 502)"),
        (Habit::Closes, "", "The connection to moto.acme.example was lost before the response arrived."),
    ] {
        let proxy = Proxy::start(habit).await;
        let told = Set::variable("HTTP_PROXY", format!("http://{user}{}", proxy.host)).told(url).await;
        assert!(told.starts_with(&start.replace("PROXY (", &format!("{} (", proxy.host))), "{start}: {told}");
    }
    let host = closed_port().await;
    let told = Set::variable("HTTP_PROXY", format!("http://{host}")).told(url).await;
    assert!(told.starts_with(&format!("The proxy {host} (HTTP_PROXY) refused the connection")), "{told}");
}

#[tokio::test]
async fn an_invalid_proxy_is_reported_and_not_ignored() {
    for (value, start) in [
        ("socks5://127.0.0.1:1080", "HTTPS_PROXY is a SOCKS proxy, which Keyfob does not support."),
        ("ftp://127.0.0.1", "HTTPS_PROXY starts with ftp://. A proxy address starts with http://"),
        (" ", "HTTPS_PROXY is not a valid proxy address. Write it as"),
        ("http://", "HTTPS_PROXY is not a valid proxy address."),
        ("proxy acme", "HTTPS_PROXY is not a valid proxy address."),
        ("http://wpad/proxy.pac", "HTTPS_PROXY is the address of a file"),
    ] {
        let told = Set::proxy(value).told(AWS).await;
        assert!(told.starts_with(start), "{value}: {told}");
    }
    let network = Network { proxy: "http://anna:secret@p:1".into(), ..Network::default() };
    let told = Set { network, ..Set::default() }.told(AWS).await;
    assert!(told.starts_with("The proxy in Settings, Network contains a user name and password"), "{told}");
    assert!(!told.contains("secret"), "{told}");
}

#[tokio::test]
async fn a_request_that_no_proxy_could_take_was_never_sent() {
    let connection = Set::proxy("socks5://127.0.0.1:1080").connection(AWS).await.expect("a way");
    let (outcome, _) = connection.create_key(&UserName::new("bob"), &Default::default()).await;
    assert!(matches!(outcome, CreateOutcome::Refused(_)), "nothing happened, for certain");
}

#[tokio::test]
async fn inspection_by_the_company_is_named_behind_a_proxy_too() {
    let (authority, iam) = (Authority::new(), iam().await);
    let front = Front::start(authority.server(&["iam.amazonaws.com"], Valid::Now), &iam.host).await;
    let proxy = Proxy::start(Habit::To(front.host.clone())).await;
    let stranger = Authority::named("Somebody else");
    let told = Set::proxy(proxy.url()).and("AWS_CA_BUNDLE", stranger.pem_file()).told(AWS).await;
    assert!(
        told.starts_with(
            "The certificate of iam.amazonaws.com was issued by an authority that this computer does not trust."
        ),
        "{told}"
    );
}

/// A proxy reached over TLS.
#[tokio::test]
async fn a_proxy_may_itself_speak_tls() {
    let (authority, iam) = (Authority::new(), iam().await);
    let front = Front::start(authority.server(&["iam.amazonaws.com"], Valid::Now), &iam.host).await;
    let proxy = Proxy::start(Habit::To(front.host.clone())).await;
    let secure = Front::start(authority.server(&["localhost"], Valid::Now), &proxy.host).await;
    let (set, stranger) = (Set::proxy(secure.url()), Authority::named("Somebody else"));
    let told = set.clone().and("AWS_CA_BUNDLE", stranger.pem_file()).told(AWS).await;
    assert!(
        told.contains("is reached over TLS, and that connection failed. The certificate of localhost:"),
        "{told}"
    );
    let trusting = set.and("AWS_CA_BUNDLE", authority.pem_file());
    assert_eq!(trusting.list(AWS).await, Ok(0));
    let plain = faulty(Fault::PlainText, "").await;
    let told = Set::proxy(format!("https://{}", plain.host)).told(AWS).await;
    assert!(told.contains("does not use TLS, which https:// in its address requires"), "{told}");
}
