//! The exact text of every format, and what each refuses. `tests/formats.rs` tests them with real readers.

mod properties;

use jiff::Timestamp;

use super::{FormatError, PairFormat, Part};
use crate::domain::{KeyId, KeyPair, Secret, UserName};

const ID: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET: &str = "+/alrXUtnFEMIbK7MDENGbPxRfiCYEXAMPLE/+=a";
/// Every printable ASCII character that is special to a shell or parser.
const SIGNS: &str = r#"a' "b"\c`$(d)${e}%{f}!g#h;i&j|k<l>m=n%o%^p~q*r?[s]{t}"#;

fn pair(id: &str, secret: &str) -> KeyPair {
    let created = "2026-11-24T12:00:05.25Z".parse::<Timestamp>().unwrap();
    KeyPair { id: KeyId::new(id), secret: Secret::new(secret.to_owned()), created: Some(created) }
}

/// The text for the user `ci-deployer`, or the error message.
fn text(format: PairFormat, id: &str, secret: &str) -> String {
    match format.text(&pair(id, secret), &UserName::new("ci-deployer")) {
        Ok(text) => text.expose().to_owned(),
        Err(err) => format!("refused: {err}"),
    }
}

/// Why the format refuses an ordinary key pair of this user.
fn refusal(format: PairFormat, user: &str) -> Option<FormatError> {
    format.text(&pair(ID, SECRET), &UserName::new(user)).err()
}

#[test]
fn the_secret_alone_has_no_line_end() {
    assert_eq!(text(PairFormat::SecretOnly, ID, SECRET), SECRET);
    assert_eq!(text(PairFormat::SecretOnly, ID, SIGNS), SIGNS, "as it is");
}

#[test]
fn both_can_be_pasted_into_a_credentials_file() {
    let expected = format!("aws_access_key_id = {ID}\naws_secret_access_key = {SECRET}\n");
    assert_eq!(text(PairFormat::Both, ID, SECRET), expected);
    let section = format!("[ci-deployer]\n{expected}");
    assert_eq!(text(PairFormat::CredentialsSection, ID, SECRET), section);
}

#[test]
fn the_csv_has_the_columns_of_the_importer_no_quotes_and_no_carriage_return() {
    let expected = format!("User Name,Access key ID,Secret access key\nci-deployer,{ID},{SECRET}\n");
    assert_eq!(text(PairFormat::Csv, ID, SECRET), expected);
}

#[test]
fn shells_get_quotes_of_their_own_kind() {
    let posix = concat!(
        r"export AWS_ACCESS_KEY_ID='=a'\''b'",
        "\n",
        r"export AWS_SECRET_ACCESS_KEY=''\''\'\'''",
        "\n"
    );
    assert_eq!(text(PairFormat::EnvPosix, "=a'b", r"'\'"), posix);
    let fish = "set -gx AWS_ACCESS_KEY_ID '=a\\'b'\nset -gx AWS_SECRET_ACCESS_KEY '\\'\\\\\\''\n";
    assert_eq!(text(PairFormat::EnvFish, "=a'b", r"'\'"), fish);
    let power_shell = "$Env:AWS_ACCESS_KEY_ID = '=a''b'\n$Env:AWS_SECRET_ACCESS_KEY = '''\\'''\n";
    assert_eq!(text(PairFormat::EnvPowerShell, "=a'b", r"'\'"), power_shell);
    let cmd = "@set \"AWS_ACCESS_KEY_ID=a^&b\"\r\n@set \"AWS_SECRET_ACCESS_KEY=+/\\\"\r\n";
    assert_eq!(text(PairFormat::EnvCmd, "a^&b", r"+/\"), cmd);
}

#[test]
fn a_dot_env_file_has_quotes_only_where_they_are_needed() {
    let plain = format!("AWS_ACCESS_KEY_ID={ID}\nAWS_SECRET_ACCESS_KEY={SECRET}\n");
    assert_eq!(text(PairFormat::DotEnv, ID, SECRET), plain);
    let quoted = "AWS_ACCESS_KEY_ID='=a'\nAWS_SECRET_ACCESS_KEY='a #b'\n";
    assert_eq!(text(PairFormat::DotEnv, "=a", "a #b"), quoted);
}

#[test]
fn json_is_what_create_access_key_prints() {
    let expected = r#"{
    "AccessKey": {
        "UserName": "ci-deployer",
        "AccessKeyId": "a\"b",
        "Status": "Active",
        "SecretAccessKey": "c\\+/",
        "CreateDate": "2026-11-24T12:00:05+00:00"
    }
}
"#;
    assert_eq!(text(PairFormat::Json, "a\"b", r"c\+/"), expected);
    let undated = KeyPair { created: None, ..pair("a", "b") };
    let undated = PairFormat::Json.text(&undated, &UserName::new("bob")).unwrap();
    assert!(undated.expose().ends_with("\"SecretAccessKey\": \"b\"\n    }\n}\n"), "{}", undated.expose());
}

#[test]
fn terraform_takes_no_part_for_a_template() {
    let expected = concat!(
        r#"aws_access_key_id     = "$a%%{""#,
        "\n",
        r#"aws_secret_access_key = "+/\"\\$${b}$$${%%{%""#,
        "\n"
    );
    assert_eq!(text(PairFormat::Terraform, "$a%{", r#"+/"\${b}$${%{%"#), expected);
}

#[test]
fn what_a_format_cannot_carry_is_refused_and_another_one_offered() {
    let refuse = |format: PairFormat, secret: &str| match format
        .text(&pair(ID, secret), &UserName::new("bob"))
    {
        Err(err) => {
            assert_eq!(err, FormatError::Character { part: Part::Secret, format, instead: PairFormat::Json });
        }
        Ok(_) => panic!("{format:?} takes it"),
    };
    for sign in ["#", ";", " ", "\"", "'", "\\", "[", "%", "$", "é"] {
        for format in [PairFormat::Both, PairFormat::CredentialsSection, PairFormat::Csv] {
            refuse(format, sign);
        }
    }
    refuse(PairFormat::Csv, ",");
    refuse(PairFormat::EnvPowerShell, "’");
    for sign in ["\"", "%", "!", "é"] {
        refuse(PairFormat::EnvCmd, sign);
    }
    for sign in ["'", "\\", "$"] {
        refuse(PairFormat::DotEnv, sign);
    }
    refuse(PairFormat::Terraform, "e\u{301}");
}

#[test]
fn line_breaks_and_controls_are_refused_by_every_format() {
    for format in PairFormat::ALL {
        for char in ['\0', '\t', '\n', '\r', '\u{1b}', '\u{7f}', '\u{85}', '\u{2028}', '\u{2029}'] {
            let user = UserName::new("bob");
            let secret = format.text(&pair(ID, &format!("a{char}b")), &user).err();
            assert_eq!(secret, Some(FormatError::Control(Part::Secret)), "{format:?} {char:?}");
            let id = format.text(&pair(&format!("a{char}"), SECRET), &user).err();
            assert_eq!(id, Some(FormatError::Control(Part::Id)), "{format:?} {char:?}");
        }
    }
}

#[test]
fn a_pair_with_a_part_missing_is_refused_by_every_format() {
    for format in PairFormat::ALL {
        let user = UserName::new("bob");
        assert_eq!(format.text(&pair("", SECRET), &user).err(), Some(FormatError::Empty(Part::Id)));
        assert_eq!(format.text(&pair(ID, ""), &user).err(), Some(FormatError::Empty(Part::Secret)));
    }
}

#[test]
fn user_names_count_only_where_they_are_written() {
    let named = [PairFormat::Csv, PairFormat::CredentialsSection, PairFormat::Json];
    for format in PairFormat::ALL {
        assert_eq!(refusal(format, "ann.b_c@example+x-1"), None, "{format:?}");
        let control = refusal(format, "a\n[default]");
        let expected = FormatError::NameControl { instead: PairFormat::EnvPosix };
        assert_eq!(control, named.contains(&format).then_some(expected), "{format:?}");
    }
    let instead = PairFormat::Json;
    for name in ["", "a,b", "a\"b", "a b", "a]b", "a#", "ä"] {
        assert_eq!(refusal(PairFormat::Csv, name), Some(FormatError::NameInCsv { instead }), "{name:?}");
        let section = refusal(PairFormat::CredentialsSection, name);
        assert_eq!(section, Some(FormatError::NameOfProfile { instead }), "{name:?}");
        assert_eq!(refusal(PairFormat::Json, name), None, "{name:?}");
    }
    assert_eq!(refusal(PairFormat::Csv, "=1+1"), None, "it is for a machine, which takes it as it is");
    let section = refusal(PairFormat::CredentialsSection, "=1+1");
    assert_eq!(section, Some(FormatError::NameOfProfile { instead }), "the SDKs drop it");
    for format in [PairFormat::Csv, PairFormat::CredentialsSection] {
        assert_eq!(refusal(format, "DEFAULT"), Some(FormatError::NameIsDefault { instead }));
        assert_eq!(refusal(format, "default"), None);
    }
}

#[test]
fn settings_of_older_versions_are_still_read() {
    let name = |format| serde_json::to_string(&format).unwrap();
    assert_eq!(name(PairFormat::SecretOnly), "\"secret_only\"");
    assert_eq!(name(PairFormat::Both), "\"both\"");
    for format in PairFormat::ALL {
        assert_eq!(serde_json::from_str::<PairFormat>(&name(format)).unwrap(), format);
    }
    assert_eq!(PairFormat::default(), PairFormat::Both);
}

#[test]
fn suggested_file_names_are_safe_everywhere() {
    let name = |format: PairFormat, user: &str| format.file_name(&UserName::new(user));
    assert_eq!(name(PairFormat::Csv, "ci-deployer"), "ci-deployer-access-key.csv");
    assert_eq!(name(PairFormat::DotEnv, "ann.b@example.com"), "ann-b-example-com-access-key.env");
    assert_eq!(name(PairFormat::Json, "../../etc/passwd"), "etc-passwd-access-key.json");
    assert_eq!(name(PairFormat::EnvCmd, "con.x"), "con-x-access-key.cmd");
    assert_eq!(name(PairFormat::Terraform, "=,+"), "access-key.tfvars");
    assert_eq!(name(PairFormat::Csv, &"ä\n".repeat(500)), "access-key.csv");
    assert!(name(PairFormat::Csv, &"x".repeat(5000)).len() < 90, "short enough for every file system");
}

#[test]
fn every_format_has_a_name_and_an_extension_of_its_own() {
    let files = || PairFormat::ALL.into_iter().filter(|format| format.is_for_files());
    let distinct = |names: Vec<String>| names.iter().collect::<std::collections::BTreeSet<_>>().len();
    assert_eq!(distinct(PairFormat::ALL.map(|format| format.name().to_owned()).to_vec()), 11);
    let user = UserName::new("bob");
    assert_eq!(
        distinct(files().map(|format| format.file_name(&user)).collect()),
        10,
        "all but the bare secret"
    );
}
