//! A batch as commands of the AWS CLI.

use std::fmt::Write as _;

use super::{BatchAction, BatchKey};
use crate::domain::pair_format::posix_quoted;

/// How the AWS CLI reaches the account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CliTarget {
    /// `None`: the credentials of the environment.
    pub profile: Option<String>,
    /// `None`: AWS.
    pub endpoint_url: Option<String>,
}

/// One command a line, quoted for POSIX shells.
///
/// `None` if a name has a control character: IAM allows none, and a terminal may act on one that is pasted.
pub fn aws_commands(action: BatchAction, keys: &[BatchKey], target: &CliTarget) -> Option<String> {
    let mut start = "aws".to_owned();
    for (option, value) in [("--profile", &target.profile), ("--endpoint-url", &target.endpoint_url)] {
        if let Some(value) = value {
            _ = write!(start, " {option} {}", posix_quoted(value));
        }
    }
    let mut text = String::new();
    for BatchKey { user, key } in keys {
        let (user, key) = (posix_quoted(user.as_str()), posix_quoted(key.as_str()));
        let (operation, status) = match action {
            BatchAction::Deactivate => ("update-access-key", " --status Inactive"),
            BatchAction::Activate => ("update-access-key", " --status Active"),
            BatchAction::Delete => ("delete-access-key", ""),
        };
        _ = writeln!(text, "{start} iam {operation} --user-name {user} --access-key-id {key}{status}");
    }
    (!text.chars().any(|c| c.is_control() && c != '\n') && text.lines().count() == keys.len()).then_some(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{KeyId, UserName};

    fn key(user: &str, key: &str) -> BatchKey {
        BatchKey { user: UserName::new(user), key: KeyId::new(key) }
    }

    #[test]
    fn each_key_is_a_command() {
        let keys = [key("bob", "AKIA1"), key("o'neil", "AKIA2")];
        let target = CliTarget { profile: Some("my lab".into()), endpoint_url: None };
        assert_eq!(
            aws_commands(BatchAction::Deactivate, &keys, &target).as_deref(),
            Some(
                "aws --profile 'my lab' iam update-access-key --user-name 'bob' --access-key-id 'AKIA1' --status Inactive\n\
                 aws --profile 'my lab' iam update-access-key --user-name 'o'\\''neil' --access-key-id 'AKIA2' --status Inactive\n"
            )
        );
        let elsewhere = CliTarget { profile: None, endpoint_url: Some("http://127.0.0.1:5000".into()) };
        assert_eq!(
            aws_commands(BatchAction::Delete, &keys[..1], &elsewhere).as_deref(),
            Some(
                "aws --endpoint-url 'http://127.0.0.1:5000' iam delete-access-key --user-name 'bob' --access-key-id 'AKIA1'\n"
            )
        );
    }

    #[test]
    fn control_characters_are_refused() {
        for name in ["a\nrm -rf ~", "a\u{1b}[201~", "a\r", "a\u{7}"] {
            let keys = [key(name, "AKIA1")];
            assert_eq!(aws_commands(BatchAction::Activate, &keys, &CliTarget::default()), None, "{name:?}");
        }
    }

    proptest! {
        /// What a POSIX shell makes of the command: `'…'` is literal, `\'` is a quote.
        #[test]
        fn a_shell_reads_the_names_as_they_are(user in "[ -~äß]{1,40}", id in "[!-~]{1,40}") {
            let keys = [key(&user, &id)];
            let text = aws_commands(BatchAction::Delete, &keys, &CliTarget::default()).expect("no control characters");
            let (mut words, mut word, mut quoted, mut chars) = (Vec::new(), String::new(), false, text.trim_end_matches('\n').chars());
            while let Some(c) = chars.next() {
                match c {
                    '\'' => quoted = !quoted,
                    '\\' if !quoted => word.extend(chars.next()),
                    ' ' if !quoted => words.push(std::mem::take(&mut word)),
                    c => word.push(c),
                }
            }
            words.push(word);
            prop_assert!(!quoted);
            prop_assert_eq!(words, ["aws", "iam", "delete-access-key", "--user-name", &user, "--access-key-id", &id]);
        }
    }
}
