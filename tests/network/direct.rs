//! Network failures without a proxy, and their messages.

use tokio::net::{TcpListener, TcpSocket, TcpStream};

use crate::authority::{Authority, Valid};
use crate::front::Front;
use crate::server::{Fault, refusal};
use crate::{Set, faulty, iam};

async fn told_of(fault: Fault) -> (String, String) {
    let set = Set { hangs: matches!(fault, Fault::Hang), ..Set::default() };
    let server = faulty(fault, "").await;
    let told = set.told(&format!("http://{}", server.host)).await;
    (server.host.clone(), told)
}

#[tokio::test]
async fn a_lost_connection_is_not_a_timeout() {
    let (host, told) = told_of(Fault::Hang).await;
    assert_eq!(
        told,
        format!(
            "{host} accepted the request but did not respond in time. Try again. If it keeps happening, check the proxy and the VPN."
        )
    );
    for fault in [Fault::Reset, Fault::Close] {
        let (host, told) = told_of(fault).await;
        let start = format!(
            "The connection to {host} was lost before the response arrived. Try again. If it keeps happening"
        );
        assert!(told.starts_with(&start), "{told}");
    }
}

#[tokio::test]
async fn a_port_where_nobody_listens_refuses() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let host = listener.local_addr().expect("an address").to_string();
    drop(listener);
    let told = Set::default().told(&format!("http://{host}")).await;
    assert!(
        told.starts_with(&format!("{host} refused the connection: nothing is listening there")),
        "{told}"
    );
}

#[tokio::test]
async fn an_unknown_host_is_named() {
    let told = Set::default().told("https://iam.nonexistent.invalid").await;
    let start =
        "The host name iam.nonexistent.invalid could not be resolved. Check the network connection, the VPN";
    assert!(told.starts_with(start), "{told}");
}

/// No packet leaves, because the system has no route to the broadcast address.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn without_a_network_there_is_no_connection() {
    let told = Set::default().told("http://255.255.255.255").await;
    assert!(
        told.starts_with("There is no network connection to 255.255.255.255. Connect to the network"),
        "{told}"
    );
}

/// A firewall that drops packets looks like a server whose queue is full.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn dropped_packets_are_not_a_refusal() {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind("127.0.0.1:0".parse().expect("an address")).expect("a free port");
    let listener = socket.listen(0).expect("a listener");
    let host = listener.local_addr().expect("an address").to_string();
    let mut waiting = Vec::new();
    // A connection beyond its queue never gets a response.
    while let Ok(stream) =
        tokio::time::timeout(std::time::Duration::from_secs(1), TcpStream::connect(&host)).await
    {
        waiting.push(stream.expect("a place in the queue"));
    }
    let told = Set { hangs: true, ..Set::default() }.told(&format!("http://{host}")).await;
    assert!(
        told.starts_with(&format!("Connecting to {host} timed out. A firewall may be dropping the traffic.")),
        "{told}"
    );
    assert!(told.contains("Connect the VPN, or enter this network's proxy in Settings, Network"), "{told}");
}

#[tokio::test]
async fn each_certificate_error_has_its_own_message() {
    let (authority, iam) = (Authority::new(), iam().await);
    // Trusts an authority even on a system without any.
    let (stranger, namesake) = (Authority::named("Somebody else"), Authority::new());
    let trusting = |authority: &Authority| Set::variable("AWS_CA_BUNDLE", authority.pem_file());
    for (set, names, valid, start, remedy) in [
        (
            trusting(&stranger),
            "localhost",
            Valid::Now,
            "was issued by an authority that this computer does not trust",
            "AWS_CA_BUNDLE or the profile's ca_bundle",
        ),
        // The authority has a new key, but the file has the old one.
        (
            trusting(&namesake),
            "localhost",
            Valid::Now,
            "was issued by an authority that this computer does not trust",
            "enter it in Settings, Network",
        ),
        (trusting(&authority), "localhost", Valid::Past, "has expired", "Check this computer's date"),
        (trusting(&authority), "localhost", Valid::Future, "is not valid yet", "Check this computer's date"),
        (
            trusting(&authority),
            "other.example",
            Valid::Now,
            "its certificate is for another name",
            "Check the endpoint",
        ),
    ] {
        let front = Front::start(authority.server(&[names], valid), &iam.host).await;
        let told = set.told(&front.url()).await;
        assert!(told.contains(start) && told.contains(remedy), "{start}: {told}");
        assert!(told.contains(front.url().trim_start_matches("https://")), "it names who: {told}");
    }
}

#[tokio::test]
async fn plain_http_on_a_port_for_tls_is_named() {
    let server = faulty(Fault::PlainText, "").await;
    let told = Set::default().told(&format!("https://{}", server.host)).await;
    assert!(
        told.starts_with(&format!("{} responded in plain http where https is expected", server.host)),
        "{told}"
    );
}

#[tokio::test]
async fn each_response_that_is_not_from_iam_has_its_own_message() {
    let page = "<!DOCTYPE html><html><title>Sign in</title></html>";
    let xml = "<Error><Code>NoSuchBucket</Code></Error>";
    for (fault, start) in [
        (
            Fault::Answer(200, page.into()),
            "A web page came back instead of a response from HOST (HTTP 200), as guest networks",
        ),
        (
            Fault::Headed(302, "location: http://login.hotel.example/\r\n", String::new()),
            "This network redirected the request for HOST to login.hotel.example (HTTP 302)",
        ),
        (
            Fault::Headed(302, "", page.into()),
            "A web page came back instead of a response from HOST (HTTP 302)",
        ),
        (
            Fault::Answer(403, page.into()),
            "A proxy or web filter blocks HOST (HTTP 403). Ask its administrator",
        ),
        (Fault::Answer(502, page.into()), "A proxy or gateway could not reach HOST (HTTP 502)."),
        (Fault::Answer(200, "{}".into()), "HOST is not IAM: it returned JSON (HTTP 200). Check the endpoint"),
        (Fault::Answer(200, xml.into()), "HOST is not IAM: it returned another service's XML (HTTP 200)."),
        (Fault::Answer(400, "blocked".into()), "Something other than HOST responded (HTTP 400)"),
        (Fault::Answer(200, String::new()), "The response is empty or incomplete."),
        (Fault::Answer(501, String::new()), "This endpoint does not offer the operation (HTTP 501)."),
        (
            Fault::Answer(503, String::new()),
            "AWS returned an internal error (HTTP 503). Try again in a moment.",
        ),
    ] {
        let (host, told) = told_of(fault).await;
        assert!(told.starts_with(&start.replace("HOST", &host)), "{start}: {told}");
    }
}

#[tokio::test]
async fn a_wrong_clock_is_named_with_its_size() {
    let late = refusal("RequestExpired", "Request has expired");
    let (_, told) = told_of(Fault::Headed(400, "date: Fri, 01 Jan 2100 00:00:00 GMT\r\n", late)).await;
    assert!(
        told.starts_with("This computer's clock is 2") && told.contains(" days slow. AWS refuses"),
        "{told}"
    );
}
