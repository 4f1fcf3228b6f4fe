//! Files with certificate authorities: their use, and the messages for invalid ones.

use keyfob::domain::Network;

use crate::authority::{Authority, Valid};
use crate::front::Front;
use crate::{Set, iam};

#[tokio::test]
async fn an_authority_is_trusted_by_the_settings_or_by_the_environment() {
    let (authority, other, iam) = (Authority::new(), Authority::new(), iam().await);
    let front = Front::start(authority.server(&["localhost"], Valid::Now), &iam.host).await;
    let both = authority.file("both.pem", format!("# Acme\n{}\n{}", other.pem(), authority.pem()));
    let settings =
        |file: String| Set { network: Network { ca_file: file, ..Network::default() }, ..Set::default() };
    for (how, set) in [
        ("AWS_CA_BUNDLE", Set::variable("AWS_CA_BUNDLE", authority.pem_file())),
        ("the settings", settings(authority.pem_file())),
        ("the second of a bundle", settings(both)),
        ("the home folder", Set::variable("AWS_CA_BUNDLE", "~/ca.pem").and("HOME", authority.folder())),
        // Adopted from a login shell: the process itself does not have them.
        ("SSL_CERT_FILE", Set::variable("SSL_CERT_FILE", authority.pem_file())),
        ("SSL_CERT_DIR", Set::variable("SSL_CERT_DIR", authority.folder())),
        ("both", settings(other.pem_file()).and("AWS_CA_BUNDLE", authority.pem_file())),
    ] {
        assert_eq!(set.list(&front.url()).await, Ok(0), "by {how}");
    }
}

#[tokio::test]
async fn each_error_of_a_ca_file_names_the_file() {
    let authority = Authority::new();
    let mut damaged = authority.pem().replace("MII", "MI!");
    damaged.insert_str(0, &Authority::new().pem());
    let no_certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for (file, problem) in [
        (authority.file("none.pem", ""), "contains no certificate."),
        (
            authority.file("key.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
            "contains no certificate.",
        ),
        (authority.file("ca.der", authority.der()), "is in binary form (DER). Convert it: openssl x509"),
        (authority.file("base64.pem", damaged), "is damaged: its certificate number 2 cannot be read."),
        (authority.file("asn1.pem", no_certificate), "is damaged: its certificate number 1 cannot be read."),
        (authority.folder(), "is a folder. Enter a single PEM file."),
        (format!("{}/gone.pem", authority.folder()), "cannot be read: "),
    ] {
        let told = Set::variable("AWS_CA_BUNDLE", file.clone()).told("https://127.0.0.1:9").await;
        let start = format!("The CA file {file} (AWS_CA_BUNDLE) {problem}");
        assert!(told.starts_with(&start), "{start}: {told}");
    }
}

#[tokio::test]
async fn a_server_that_shows_the_certificate_of_an_authority_is_told_so() {
    let (authority, iam) = (Authority::new(), iam().await);
    let front = Front::start(authority.as_server(), &iam.host).await;
    let told = Set::variable("AWS_CA_BUNDLE", authority.pem_file()).told(&front.url()).await;
    assert!(told.contains("marked as a certificate authority (CA:TRUE)"), "{told}");
    assert!(told.contains("basicConstraints=critical,CA:FALSE"), "what to do: {told}");
}
