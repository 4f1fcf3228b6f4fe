//! Files as they are met in the field, and the identity that the AWS CLI makes of them.

use std::time::Duration;

use keyfob::domain::{Account, Caller, Flaw, KeyId, Profile};
use keyfob::ui::words;

use crate::stand::Stand;

const ANNA: &str = "aws_access_key_id = AKIAANNA\naws_secret_access_key = secret\n";
const BERT: &str = "aws_access_key_id = AKIABERT\naws_secret_access_key = secret\n";

fn signs_with(account: &Account) -> &str {
    account.signing_key.as_ref().map_or("no key", KeyId::as_str)
}

async fn with_credentials(config: &str, credentials: &str) -> Stand {
    let stand = Stand::new(config).await;
    stand.write(".aws/credentials", credentials);
    stand
}

async fn listed(stand: &Stand, name: &str) -> Profile {
    let found = stand.find().await;
    found.list.into_iter().find(|profile| profile.name == name).expect("the profile is listed")
}

/// Each time: the SDK's own parser takes one of them by chance.
#[tokio::test]
async fn of_two_sections_for_one_profile_the_later_one_counts() {
    for (config, token) in [
        (format!("[profile ops]\n{ANNA}[profile  ops]\n{BERT}"), false),
        (format!("[profile ops]\n{ANNA}aws_session_token = t\n[profile 'ops']\n{BERT}"), false),
        (format!("[profile ops]\n{ANNA}[profile \"ops\"]\n{BERT}aws_session_token = t\n"), true),
    ] {
        for _ in 0..5 {
            let stand = Stand::new(&config).await;
            let account = stand.open("ops").await;
            assert_eq!(account.caller_arn, "arn:aws:iam::123456789012:user/AKIABERT", "{config}");
            assert_eq!(account.signing_key.is_none(), token, "a token goes with its own key alone");
            let found = stand.find().await;
            assert!(
                matches!(&found.flaws[..], [flaw] if matches!(flaw.what, Flaw::Replaced { .. })),
                "{config}"
            );
        }
    }
}

/// White space between the brackets is part of the name, in the credentials file.
#[tokio::test]
async fn a_name_with_spaces_around_it_is_another_profile() {
    let stand = with_credentials("", &format!("[ops]\n{ANNA}[ ops ]\n{BERT}")).await;
    assert_eq!(signs_with(&stand.open("ops").await), "AKIAANNA");
    assert_eq!(signs_with(&stand.open(" ops ").await), "AKIABERT");
}

#[cfg(unix)]
#[tokio::test]
async fn the_arguments_of_a_process_are_no_shell_text() {
    let answer = r#"{"Version": 1, "AccessKeyId": "AKIAPROC", "SecretAccessKey": "s"}"#;
    for (text, wanted) in [
        ("--tag #prod --role Admin", "--tag|#prod|--role|Admin|"),
        ("--dn CN=anna;OU=it", "--dn|CN=anna;OU=it|"),
        ("--password pa$HOME-x", "--password|pa$HOME-x|"),
        ("--url https://idp.example/app?tenant=a&app=b", "--url|https://idp.example/app?tenant=a&app=b|"),
        ("--name Shop(EU)", "--name|Shop(EU)|"),
        ("'a b' \"c d\" e\\ f", "a b|c d|e f|"),
    ] {
        let stand = Stand::new("").await;
        let (program, log) = (stand.path("creds"), stand.path("log"));
        let script = format!("#!/bin/sh\nprintf '%s|' \"$@\" > {}\necho '{answer}'\n", log.display());
        stand.write("creds", script);
        std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .expect("runnable");
        stand.write(
            ".aws/config",
            format!("[profile p]\ncredential_process = {} {text}\n", program.display()),
        );
        assert_eq!(signs_with(&stand.open("p").await), "AKIAPROC", "{text}");
        assert_eq!(std::fs::read_to_string(log).expect("it has run"), wanted, "{text}");
    }
}

#[tokio::test]
async fn a_comment_below_a_value_is_no_part_of_it() {
    for comment in ["  # rotated in spring", "\t; rotated = in spring"] {
        let config = format!(
            "[profile p]\naws_access_key_id = AKIAANNA\n{comment}\naws_secret_access_key = s\n{comment}\n"
        );
        assert_eq!(signs_with(&Stand::new(&config).await.open("p").await), "AKIAANNA");
    }
    // Without the mark it is a line of the value, and no key.
    let stand =
        Stand::new("[profile p]\naws_access_key_id = AKIAANNA\n  spring\naws_secret_access_key = s\n").await;
    let sentence = stand.sentence("p").await;
    assert!(sentence.contains("config, line 2) contains a space or a line break"), "{sentence}");
    assert_eq!(
        listed(&stand, "p").await.problem.map(|failure| words::explain(&failure, None)),
        Some(sentence)
    );
}

#[tokio::test]
async fn sections_may_be_indented() {
    let lines = "  output = json\n".replace("output", "x");
    let many: String = (0..200).map(|number| lines.replace('x', &format!("x{number}"))).collect();
    let stand = Stand::new(&format!("[profile p]\n{many}  {}", ANNA.replace("\naws", "\n  aws"))).await;
    assert_eq!(signs_with(&stand.open("p").await), "AKIAANNA");
    assert_eq!(stand.find().await.flaws, []);
}

#[tokio::test]
async fn keys_of_the_credentials_file_come_before_a_process() {
    let config = "[profile dev]\ncredential_process = /nonexistent/bert\n";
    let stand = with_credentials(config, &format!("[dev]\n{ANNA}")).await;
    assert_eq!(signs_with(&stand.open("dev").await), "AKIAANNA");
    // And those of the config file after it.
    let stand = Stand::new(&format!("{config}{ANNA}")).await;
    assert!(
        stand.sentence("dev").await.contains("/nonexistent/bert")
            || stand.sentence("dev").await.contains("could not be started")
    );
}

#[tokio::test]
async fn default_may_be_written_both_ways_and_the_later_one_counts() {
    let stand = Stand::new(&format!("[profile default]\nregion = eu-west-1\n[default]\n{BERT}")).await;
    assert_eq!(signs_with(&stand.open("default").await), "AKIABERT");
    let stand = Stand::new(&format!("[default]\n{ANNA}[profile default]\n{BERT}")).await;
    assert_eq!(signs_with(&stand.open("default").await), "AKIABERT");
    let flaws: Vec<String> = stand.find().await.flaws.iter().map(|flaw| words::flaw(flaw).0).collect();
    assert_eq!(flaws, [format!("{}, line 1: [default] is ignored", stand.path(".aws/config").display())]);
}

/// Without it, requests would go to AWS.
#[tokio::test]
async fn services_that_do_not_exist_are_refused() {
    let mut stand = Stand::new(&format!(
        "[profile dev]\n{ANNA}services = local\n[services locals]\niam =\n  endpoint_url = http://127.0.0.1:9\n"
    ))
    .await;
    stand.set("AWS_ENDPOINT_URL", "");
    let sentence = stand.sentence("dev").await;
    assert!(sentence.starts_with("services = local (") && sentence.contains("line 4)"), "{sentence}");
    assert_eq!(words::state(&listed(&stand, "dev").await), "services local does not exist");
}

#[tokio::test]
async fn an_empty_mfa_serial_beside_keys_asks_for_nothing() {
    let stand = Stand::new(&format!("[profile dev]\n{ANNA}mfa_serial =\n")).await;
    assert_eq!(signs_with(&stand.open("dev").await), "AKIAANNA");
    assert_eq!(words::state(&listed(&stand, "dev").await), "Ready");
}

#[tokio::test]
async fn settings_of_sso_without_account_and_role_do_not_hide_keys() {
    for sso in ["sso_session = corp\n", "sso_start_url = https://corp.example\nsso_region = eu-west-1\n"] {
        let stand = with_credentials(&format!("[profile dev]\n{sso}"), &format!("[dev]\n{ANNA}")).await;
        assert_eq!(signs_with(&stand.open("dev").await), "AKIAANNA", "{sso}");
    }
}

/// Whoever holds the pipe open or not: nothing is waited for.
#[cfg(unix)]
#[tokio::test]
async fn what_is_no_file_is_left_out_at_once() {
    let stand = Stand::new(&format!("[profile dev]\n{ANNA}")).await;
    let credentials = stand.path(".aws/credentials");
    let made = std::process::Command::new("mkfifo").arg(&credentials).status().expect("mkfifo");
    assert!(made.success());
    let read = async { (signs_with(&stand.open("dev").await).to_owned(), stand.find().await.flaws) };
    let (key, flaws) =
        tokio::time::timeout(Duration::from_secs(20), read).await.expect("nothing is waited for");
    assert_eq!(key, "AKIAANNA");
    assert!(matches!(&flaws[..], [flaw] if flaw.what == Flaw::NotAFile), "{flaws:?}");
    std::fs::remove_file(&credentials).expect("removed");
    std::fs::create_dir(&credentials).expect("a folder");
    assert!(stand.find().await.flaws.iter().any(|flaw| flaw.what == Flaw::NotAFile));
    std::fs::remove_dir(&credentials).expect("removed");
    std::os::unix::fs::symlink(&credentials, &credentials).expect("a link to itself");
    assert_eq!(signs_with(&stand.open("dev").await), "AKIAANNA");
    std::fs::remove_file(&credentials).expect("removed");
    std::os::unix::fs::symlink("/dev/zero", &credentials).expect("a link to a device");
    assert_eq!(signs_with(&stand.open("dev").await), "AKIAANNA");
}

/// The AWS CLI reads it, so any profile may be in it.
#[tokio::test]
async fn a_file_without_end_is_refused_with_all_profiles() {
    let stand = with_credentials(&format!("[profile dev]\n{ANNA}"), &"# comment\n".repeat(2_000_000)).await;
    assert!(stand.sentence("dev").await.contains("is too large for a config file"));
    assert!(stand.find().await.flaws.iter().any(|flaw| matches!(flaw.what, Flaw::TooLarge { .. })));
}

#[tokio::test]
async fn a_path_in_a_variable_is_expanded_and_named_if_nothing_is_there() {
    let mut stand = Stand::new("").await;
    stand.write("work", format!("[profile dev]\n{ANNA}"));
    for path in ["$HOME/work", "${HOME}/work", "~/work"] {
        stand.set("AWS_CONFIG_FILE", path);
        assert_eq!(signs_with(&stand.open("dev").await), "AKIAANNA", "{path}");
    }
    stand.set("AWS_CONFIG_FILE", "~/gone");
    let found = stand.find().await;
    let (title, text) = words::flaw(found.flaws.first().expect("it is named"));
    assert_eq!(title, format!("{} does not exist", stand.path("gone").display()));
    assert!(text.starts_with("AWS_CONFIG_FILE is set to this path"), "{text}");
}

#[tokio::test]
async fn a_region_is_checked_before_it_is_used() {
    for region in ["None", "", "\"eu-west-1\"", "US East (N. Virginia)", "eu-west-1 # Dublin"] {
        let mut stand = Stand::new(&format!("[profile dev]\n{ANNA}region = {region}\n")).await;
        stand.set("AWS_ENDPOINT_URL", "");
        let sentence = stand.sentence("dev").await;
        assert!(
            sentence.contains(&format!("{}, line 4)", stand.path(".aws/config").display())),
            "{sentence}"
        );
        assert!(sentence.contains(region) && sentence.contains("eu-central-1"), "{sentence}");
    }
    let mut stand = Stand::new(&format!("[profile dev]\n{ANNA}")).await;
    stand.set("AWS_ENDPOINT_URL", "");
    stand.set("AWS_REGION", "Ireland");
    let sentence = stand.sentence("dev").await;
    assert!(sentence.starts_with("Ireland is not a region name (AWS_REGION)"), "{sentence}");
    // Elsewhere than at AWS, a region may have any name.
    let stand = Stand::new(&format!("[profile dev]\n{ANNA}region = local\n")).await;
    stand.open("dev").await;
    assert_eq!(listed(&stand, "dev").await.problem, None);
}

#[tokio::test]
async fn names_may_hold_anything_that_the_aws_cli_takes() {
    for (header, name) in [
        ("a&b", "a&b"),
        ("shop(eu)", "shop(eu)"),
        ("x,y", "x,y"),
        ("l[1]", "l[1]"),
        ("bücher", "bücher"),
        ("\"my corp\"", "my corp"),
        ("'it is'", "it is"),
        ("a#b", "a#b"),
    ] {
        let stand = Stand::new(&format!("[profile {header}]\n{ANNA}")).await;
        assert_eq!(signs_with(&stand.open(name).await), "AKIAANNA", "{header}");
        assert_eq!(stand.find().await.flaws, [], "{header}");
    }
}

#[tokio::test]
async fn an_sso_session_may_have_spaces_in_its_name() {
    let stand = Stand::new(
        "[sso-session \"my corp\"]\nsso_start_url = https://corp.example\nsso_region = eu-west-1\n\
         [profile dev]\nsso_session = my corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n",
    )
    .await;
    // Named by `printf 'my corp' | sha1sum`.
    stand.write(
        ".aws/sso/cache/2603e49e9877a1061664a5a7f900ffb84f872d49.json",
        r#"{"accessToken": "good", "expiresAt": "2100-01-01T00:00:00Z"}"#,
    );
    assert!(matches!(stand.open("dev").await.caller, Caller::Role { .. }));
}

#[tokio::test]
async fn dates_of_tokens_may_have_the_forms_of_older_programs() {
    for date in ["2100-01-01T00:00:00UTC", "2100-01-01T00:00:00+00:00", "2100-01-01 00:00:00Z"] {
        let stand = Stand::new(
            "[sso-session corp]\nsso_start_url = https://corp.example\nsso_region = eu-west-1\n\
             [profile dev]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n",
        )
        .await;
        stand.write(
            ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json",
            format!(r#"{{"accessToken": "good", "expiresAt": "{date}"}}"#),
        );
        assert!(matches!(stand.open("dev").await.caller, Caller::Role { .. }), "{date}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn an_expiration_that_is_no_date_is_refused() {
    for expiration in ["\"\"", "1792000000", "\"soon\"", "true"] {
        let stand = Stand::new("").await;
        let answer = format!(
            r#"{{"Version": 1, "AccessKeyId": "AKIAPROC", "SecretAccessKey": "s", "Expiration": {expiration}}}"#
        );
        stand.write("answer", answer);
        let command = format!("cat {}", stand.path("answer").display());
        stand.write(".aws/config", format!("[profile p]\ncredential_process = {command}\n"));
        let sentence = stand.sentence("p").await;
        assert!(sentence.contains("has no Expiration in the form of RFC 3339"), "{expiration}: {sentence}");
    }
}

/// Before it is opened, and without a network.
#[tokio::test]
async fn the_list_says_what_the_files_show() {
    let stand = Stand::new(&format!(
        "[profile a]\nrole_arn = arn:aws:iam::1:role/R\nsource_profile = nowhere\n\
         [profile b]\nrole_arn = arn:aws:iam::1:role/R\n[profile c]\nsso_session = none\nsso_role_name = R\n\
         [profile d]\naws_access_key_id = AKIA\n[profile e]\ncredential_process = 'x\n\
         [profile f]\nregion = eu-west-1\n[profile g]\n{ANNA}nothing\n\
         [profile h]\nrole_arn = arn:aws:iam::1:role/R\nsource_profile = i\n\
         [profile i]\nrole_arn = arn:aws:iam::1:role/R\nsource_profile = h\n[profile j]\n{ANNA}"
    ))
    .await;
    let found = stand.find().await;
    let states: Vec<String> = found.list.iter().map(words::state).collect();
    assert_eq!(
        states,
        [
            "source_profile nowhere does not exist",
            "source_profile is missing",
            "sso-session none does not exist",
            "aws_secret_access_key is missing",
            "credential_process is not valid",
            "Nothing to sign in with",
            "Line 18 is wrong",
            "source_profile is circular",
            "source_profile is circular",
            "Ready",
        ]
    );
    assert_eq!(stand.server.all_calls().await, 0, "nothing is sent for a list");
}
