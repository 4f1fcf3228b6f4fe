//! Finds what looks like a secret in a text, so that it is dropped before a search field shows or keeps it.

use std::ops::Range;

/// A secret access key of AWS.
const SECRET: usize = 40;

/// No name is that long; session tokens are longer.
const TOKEN: usize = 100;

/// What a secret is called where it is written beside its name: without case, and without what separates words.
const NAMES: [&str; 5] = ["secretaccesskey", "secretkey", "sessiontoken", "securitytoken", "secret"];

/// The text without what looks like a secret; `None` if nothing does.
///
/// That is 40 characters of the secret's alphabet, a longer piece that no name or path is, and whatever is written beside the
/// name of a secret, as in a credentials file, an export or JSON.
pub fn without_secrets(text: &str) -> Option<String> {
    let found: Vec<Range<usize>> = named(text).into_iter().chain(unnamed(text)).collect();
    if found.is_empty() {
        return None;
    }
    let is_secret = |at: usize| found.iter().any(|range| range.contains(&at));
    Some(text.char_indices().filter(|(at, _)| !is_secret(*at)).map(|(_, letter)| letter).collect())
}

/// The values beside names of secrets.
fn named(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, sign) in text.char_indices().filter(|(_, sign)| matches!(sign, '=' | ':')) {
        let Some((before, after)) = text.split_at_checked(at) else { continue };
        let name: String = before
            .chars()
            .rev()
            .take(40)
            .take_while(|letter| letter.is_ascii_alphanumeric() || " _-\"'".contains(*letter))
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let name = name.chars().rev().collect::<String>().to_lowercase();
        if !NAMES.iter().any(|secret| name.ends_with(secret)) {
            continue;
        }
        let begins = |letter: char| !letter.is_whitespace() && !"\"'".contains(letter);
        let value = after.get(sign.len_utf8()..).unwrap_or_default();
        let Some(skipped) = value.find(begins) else { continue };
        let ends = |letter: char| letter.is_whitespace() || "\"',;&<>".contains(letter);
        let value = value.get(skipped..).unwrap_or_default();
        let from = at + sign.len_utf8() + skipped;
        found.push(from..from + value.find(ends).unwrap_or(value.len()));
    }
    found
}

/// Runs of the secret's alphabet, in which `/` and `+` may be escaped as in addresses.
fn unnamed(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < text.len() {
        let (from, mut run) = (at, String::new());
        while let Some((letter, long)) = text.get(at..).and_then(letter_at) {
            run.push(letter);
            at += long;
        }
        if is_secret(&run) {
            found.push(from..at);
        }
        at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
    }
    found
}

fn letter_at(text: &str) -> Option<(char, usize)> {
    for (escaped, letter) in [("%2F", '/'), ("%2B", '+')] {
        if text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(escaped)) {
            return Some((letter, 3));
        }
    }
    let letter = text.chars().next()?;
    (letter.is_ascii_alphanumeric() || "/+".contains(letter)).then_some((letter, 1))
}

fn is_secret(run: &str) -> bool {
    let upper = run.bytes().any(|byte| byte.is_ascii_uppercase());
    let lower = run.bytes().any(|byte| byte.is_ascii_lowercase());
    match run.len() {
        // Random characters have both cases; a path of 40 letters rarely has.
        SECRET => (upper && lower) || !run.contains('/'),
        TOKEN.. => true,
        41.. => upper && lower && run.contains(['/', '+']),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A_SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    #[test]
    fn a_secret_is_dropped_wherever_it_is_pasted_from() {
        for (text, rest) in [
            (A_SECRET.to_owned(), ""),
            (format!("  {A_SECRET}\n"), "  \n"),
            (format!("bob {A_SECRET} x"), "bob  x"),
            (format!("bob,AKIAIOSFODNN7EXAMPLE,{A_SECRET}"), "bob,AKIAIOSFODNN7EXAMPLE,"),
            (format!("\"{A_SECRET}\""), "\"\""),
            (A_SECRET.replace('/', "%2F"), ""),
            (format!("[bob]\naws_secret_access_key = {A_SECRET}"), "[bob]\naws_secret_access_key = "),
            ("aws_secret_access_key=short".to_owned(), "aws_secret_access_key="),
            ("export AWS_SESSION_TOKEN=abc.def".to_owned(), "export AWS_SESSION_TOKEN="),
            ("{\"SecretAccessKey\": \"x/y\", \"a\": 1}".to_owned(), "{\"SecretAccessKey\": \"\", \"a\": 1}"),
            ("Secret access key: x".to_owned(), "Secret access key: "),
            (format!("IQoJb3JpZ2luX2Vj{}", "Ab1+".repeat(40)), ""),
        ] {
            assert_eq!(without_secrets(&text).as_deref(), Some(rest), "{text}");
        }
    }

    #[test]
    fn what_is_searched_stays() {
        for text in [
            "",
            "bob",
            "AKIAIOSFODNN7EXAMPLE",
            "arn:aws:iam::123456789012:user/service/ci-deployer",
            "https://us-east-1.console.aws.amazon.com/iam/home#/users/details/ci-deployer?section=security_credentials",
            "/service/platform/teams/observability/ci",
            "ci-deployer@example.com",
            "the secret of bob",
            "ключ=значение",
        ] {
            assert_eq!(without_secrets(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_secret_gets_through(before in "[ \n\t\"=:,]{0,3}", secret in "[A-Za-z0-9/+]{40}", after in "[ \n\t\",;]{0,3}") {
            // One in many millions has letters of one case only, and counts as a path.
            proptest::prop_assume!(super::is_secret(&secret));
            let rest = without_secrets(&format!("{before}{secret}{after}"));
            proptest::prop_assert!(rest.is_some_and(|rest| !rest.contains(&secret)));
        }

        #[test]
        fn hostile_text_does_no_harm(text in proptest::prelude::any::<String>()) {
            _ = without_secrets(&text);
        }
    }
}
