//! For any pair, a format reads back exactly or refuses, and no buffer grows.

use proptest::prelude::*;

use super::{FormatError, PairFormat, pair};
use crate::domain::{KeyPair, UserName};

/// The id and the secret as a reader of the format finds them, by its documented rules.
fn read(format: PairFormat, text: &str) -> Vec<String> {
    match format {
        PairFormat::SecretOnly => vec![text.to_owned()],
        PairFormat::Csv => split(text.lines().nth(1).unwrap(), ",").into_iter().skip(1).collect(),
        PairFormat::Json => {
            let json: serde_json::Value = serde_json::from_str(text).unwrap();
            let field = |name: &str| json["AccessKey"][name].as_str().unwrap().to_owned();
            vec![field("AccessKeyId"), field("SecretAccessKey")]
        }
        _ => text.lines().filter(|line| !line.starts_with('[')).map(|line| value(format, line)).collect(),
    }
}

fn split(text: &str, at: &str) -> Vec<String> {
    text.split(at).map(|part| part.trim().to_owned()).collect()
}

/// The value of one line.
fn value(format: PairFormat, line: &str) -> String {
    let between = match format {
        PairFormat::EnvFish => " '",
        PairFormat::EnvPosix | PairFormat::EnvCmd | PairFormat::DotEnv => "=",
        _ => " = ",
    };
    let (_, value) = line.split_once(between).unwrap();
    let unquoted = |quote: char| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    match format {
        PairFormat::EnvPosix => unquoted('\'').unwrap().replace(r"'\''", "'"),
        PairFormat::EnvFish => unescaped(value.strip_suffix('\'').unwrap()),
        PairFormat::EnvPowerShell => unquoted('\'').unwrap().replace("''", "'"),
        PairFormat::EnvCmd => value.strip_suffix('"').unwrap().to_owned(),
        PairFormat::DotEnv => unquoted('\'').unwrap_or(value).to_owned(),
        PairFormat::Terraform => unescaped(&unquoted('"').unwrap().replace("$${", "${").replace("%%{", "%{")),
        // Invisible characters at the ends are stripped.
        _ => value.trim().to_owned(),
    }
}

fn unescaped(text: &str) -> String {
    let mut chars = text.chars();
    let mut plain = String::new();
    while let Some(char) = chars.next() {
        plain.push(if char == '\\' { chars.next().unwrap() } else { char });
    }
    plain
}

/// Exact, or refused with advice that works.
fn exact_or_refused(pair: &KeyPair, user: &UserName) -> Result<usize, TestCaseError> {
    let mut taken = 0;
    for format in PairFormat::ALL {
        match format.text(pair, user) {
            Ok(text) => {
                taken += 1;
                let found = read(format, text.expose());
                let expected = [pair.id.as_str(), pair.secret.expose()];
                let skipped = usize::from(format == PairFormat::SecretOnly);
                prop_assert!(found.iter().eq(&expected[skipped..]), "{format:?}");
            }
            Err(FormatError::Empty(_) | FormatError::Control(_)) => {}
            Err(
                FormatError::Character { instead, .. }
                | FormatError::NameControl { instead }
                | FormatError::NameInCsv { instead }
                | FormatError::NameOfProfile { instead }
                | FormatError::NameIsDefault { instead },
            ) => prop_assert!(instead.text(pair, user).is_ok(), "{instead:?} instead of {format:?}"),
        }
    }
    Ok(taken)
}

proptest! {
    #[test]
    fn every_format_carries_what_aws_sends(
        id in "[A-Z2-7]{16,128}",
        secret in "[+/]?[A-Za-z0-9/+]{39,40}",
        user in "[a-zA-Z0-9_+.@-]{1,64}",
    ) {
        let user = UserName::new(user);
        prop_assume!(user.as_str() != "DEFAULT");
        prop_assert_eq!(exact_or_refused(&pair(&id, &secret), &user)?, PairFormat::ALL.len());
    }

    #[test]
    fn hostile_pairs_are_exact_or_refused(id in hostile(), secret in hostile(), user in hostile()) {
        exact_or_refused(&pair(&id, &secret), &UserName::new(user))?;
    }

    #[test]
    fn the_buffer_never_grows(id in hostile(), secret in hostile(), user in hostile()) {
        let (pair, user) = (pair(&id, &secret), UserName::new(user));
        for format in PairFormat::ALL {
            let text = format.written(&pair, &user);
            // A buffer that grew would have at least twice the capacity.
            prop_assert_eq!(text.capacity(), text.len(), "{:?}", format);
        }
    }

    #[test]
    fn errors_never_tell_the_secret(secret in "[a-z]{4}[#\"'\\\\%\u{e9}\n]{4}[a-z]{4}", user in hostile()) {
        let middle: String = secret.chars().skip(4).take(4).collect();
        for format in PairFormat::ALL {
            if let Err(err) = format.text(&pair("AKIAIOSFODNN7EXAMPLE", &secret), &UserName::new(user.clone())) {
                prop_assert!(!format!("{err} {err:?}").contains(&middle), "{format:?}");
            }
        }
    }
}

/// Printable characters, with special ones more often than others and an occasional control character.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,40}",
        "['\"\\\\$%{}`,=# !;&]{1,12}",
        r"(\$\$|%|\$\{|%\{|\\|'|[a-z])*",
        "\\PC{0,20}",
        "[a-z]{3}[\n\r\t\u{85}\u{2028}][a-z]{3}",
    ]
}
