//! The message of each failure says what is wrong and what to do.

use keyfob::aws::SignInInterrupted;
use keyfob::domain::{Cause, SignInChoice, SignInInput, SignInProblem};
use keyfob::ui::words;

use crate::stand::Stand;

#[tokio::test]
async fn missing_settings_are_named() {
    let stand = Stand::new(
        "[profile empty]\nregion = eu-west-1\n\
         [profile no-secret]\naws_access_key_id = AKIA\n\
         [profile no-id]\naws_secret_access_key = s\n\
         [profile no-source]\nsource_profile = nobody\nrole_arn = arn:aws:iam::123456789012:role/R\n\
         [profile empty-source]\nsource_profile = empty\nrole_arn = arn:aws:iam::123456789012:role/R\n\
         [profile alone]\nrole_arn = arn:aws:iam::123456789012:role/R\n\
         [profile both]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = empty\n\
         credential_source = Environment\n\
         [profile odd]\nrole_arn = arn:aws:iam::123456789012:role/R\ncredential_source = Moon\n\
         [profile env]\nrole_arn = arn:aws:iam::123456789012:role/R\ncredential_source = Environment\n\
         [profile no-role]\nweb_identity_token_file = /token\n\
         [profile no-token]\nrole_arn = arn:aws:iam::123456789012:role/R\nweb_identity_token_file = /nonexistent/token\n\
         [profile a]\nsource_profile = b\nrole_arn = arn:aws:iam::123456789012:role/R\n\
         [profile b]\nsource_profile = a\nrole_arn = arn:aws:iam::123456789012:role/R\n\
         [profile no-session]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = R\n\
         [profile no-account]\nsso_start_url = https://x\nsso_region = eu-west-1\n",
    )
    .await;
    for (profile, parts) in [
        ("not-there", &["have no profile not-there"][..]),
        ("empty", &["No credentials were found for empty"]),
        ("no-secret", &["no-secret has an incomplete key pair", "aws_secret_access_key is missing"]),
        ("no-id", &["no-id has an incomplete key pair", "aws_access_key_id is missing"]),
        ("no-source", &["no-source has source_profile = nobody", "no such profile"]),
        ("empty-source", &["No credentials were found for empty"]),
        ("alone", &["has role_arn but no source of credentials", "source_profile"]),
        ("both", &["both source_profile and credential_source"]),
        ("odd", &["credential_source = Moon", "Ec2InstanceMetadata"]),
        ("env", &["No credentials were found for env"]),
        ("no-role", &["no role_arn"]),
        ("no-token", &["/nonexistent/token cannot be read", "No such file"]),
        ("a", &["in a circle: a → b → a"]),
        ("no-session", &["no section [sso-session corp]", "aws configure sso"]),
        ("no-account", &["no-account has no sso_account_id"]),
    ] {
        let sentence = stand.sentence(profile).await;
        for part in parts {
            assert!(sentence.contains(part), "{profile}: {sentence:?} lacks {part:?}");
        }
    }
    assert_eq!(stand.server.all_calls().await, 0, "nothing is sent for any of them");
}

#[tokio::test]
async fn a_refused_role_is_a_denial_with_its_name() {
    let stand = Stand::new(
        "[profile r]\naws_access_key_id = AKIA\naws_secret_access_key = s\nsource_profile = r\n\
         role_arn = arn:aws:iam::123456789012:role/Denied\n",
    )
    .await;
    let sentence = stand.sentence("r").await;
    let wanted = "AWS denied sts:AssumeRole on arn:aws:iam::123456789012:role/Denied";
    assert!(sentence.starts_with(wanted), "{sentence}");
}

/// Hidden characters in external text are spelled out.
#[tokio::test]
async fn names_from_the_files_cannot_hide_anything() {
    let stand =
        Stand::new("[profile r]\nsource_profile = a\u{202E}b\nrole_arn = arn:aws:iam::123456789012:role/R\n")
            .await;
    assert!(stand.sentence("r").await.contains("a‹U+202E›b"));
    let source = "a\u{202E}b".to_owned();
    let problem = SignInProblem::NoSuchSource { profile: "r".into(), source };
    assert_eq!(stand.failure("r").await.cause, Cause::SignIn(problem));
}

/// Signing in again would not help, so the message says who must renew the credentials.
#[tokio::test]
async fn expired_source_credentials_do_not_ask_to_sign_in_again() {
    let mut stand = Stand::new(
        "[profile p]\naws_access_key_id = ENDED\naws_secret_access_key = s\naws_session_token = t\n",
    )
    .await;
    let sentence = stand.sentence("p").await;
    assert!(sentence.starts_with("The source credentials of p have expired"), "{sentence}");
    for (name, value) in
        [("AWS_ACCESS_KEY_ID", "ENDED"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_SESSION_TOKEN", "t")]
    {
        stand.set(name, value);
    }
    let opened = stand.connect(&SignInChoice::Environment, &SignInInput::default()).await;
    let Err(SignInInterrupted::Failed(failure)) = opened else { panic!("it was opened") };
    assert!(words::explain(&failure, None).contains("Start Keyfob again"), "{failure:?}");
}
