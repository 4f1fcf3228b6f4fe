//! Takes a command line apart without a shell, as botocore does: `shlex.split` of Python, and on Windows the rules of its C
//! runtime (`compat_shell_split` of botocore 1.44).

/// A quotation mark or an escape is left open.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LeftOpen;

/// The words of a `credential_process`.
pub(super) fn command(text: &str) -> Result<Vec<String>, LeftOpen> {
    if cfg!(windows) { windows(text) } else { posix(text) }
}

/// `shlex.split` with its defaults. Only these four characters separate, and nothing is a comment.
pub(super) fn posix(text: &str) -> Result<Vec<String>, LeftOpen> {
    let (mut words, mut word) = (Vec::new(), None::<String>);
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match char {
            ' ' | '\t' | '\r' | '\n' => words.extend(word.take()),
            '\\' => word.get_or_insert_default().push(chars.next().ok_or(LeftOpen)?),
            '\'' | '"' => quoted(char, &mut chars, word.get_or_insert_default())?,
            _ => word.get_or_insert_default().push(char),
        }
    }
    words.extend(word);
    Ok(words)
}

/// Up to the closing quotation mark. Between double ones a backslash escapes itself and the mark, and nothing else.
fn quoted(mark: char, chars: &mut std::str::Chars<'_>, word: &mut String) -> Result<(), LeftOpen> {
    loop {
        match chars.next().ok_or(LeftOpen)? {
            char if char == mark => return Ok(()),
            '\\' if mark == '"' => {
                let escaped = chars.next().ok_or(LeftOpen)?;
                if !matches!(escaped, '"' | '\\') {
                    word.push('\\');
                }
                word.push(escaped);
            }
            char => word.push(char),
        }
    }
}

/// A backslash counts only before a double quotation mark: pairs are halved, an odd one escapes the mark.
fn windows(text: &str) -> Result<Vec<String>, LeftOpen> {
    let (mut words, mut word) = (Vec::new(), None::<String>);
    let (mut is_quoted, mut backslashes) = (false, 0_usize);
    for char in text.chars() {
        match char {
            '\\' => {
                backslashes += 1;
                continue;
            }
            '"' => {
                if backslashes > 0 {
                    word.get_or_insert_default().push_str(&"\\".repeat(backslashes / 2));
                }
                if backslashes % 2 == 1 {
                    word.get_or_insert_default().push('"');
                } else {
                    is_quoted = !is_quoted;
                    word.get_or_insert_default();
                }
            }
            _ => {
                if backslashes > 0 {
                    word.get_or_insert_default().push_str(&"\\".repeat(backslashes));
                }
                if matches!(char, ' ' | '\t') && !is_quoted {
                    words.extend(word.take());
                } else {
                    word.get_or_insert_default().push(char);
                }
            }
        }
        backslashes = 0;
    }
    if is_quoted {
        return Err(LeftOpen);
    }
    if backslashes > 0 {
        word.get_or_insert_default().push_str(&"\\".repeat(backslashes));
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn words_are_those_of_shlex() {
        for (text, words) in [
            ("/x/creds --tag #prod --role Admin", &["/x/creds", "--tag", "#prod", "--role", "Admin"][..]),
            ("c --dn CN=anna;OU=it", &["c", "--dn", "CN=anna;OU=it"]),
            ("c --password pa$HOME-x", &["c", "--password", "pa$HOME-x"]),
            (
                "c --url https://idp.example/app?tenant=a&app=b",
                &["c", "--url", "https://idp.example/app?tenant=a&app=b"],
            ),
            ("c --name Shop(EU)", &["c", "--name", "Shop(EU)"]),
            (r#"'a b' "c \"d\\ \e" f\ g '' x"#, &["a b", r#"c "d\ \e"#, "f g", "", "x"]),
            ("a\nb\u{a0}c", &["a", "b\u{a0}c"]),
            ("", &[]),
        ] {
            assert_eq!(posix(text), Ok(owned(words)), "{text}");
        }
        for text in ["'a", "\"a", "a\\", "\"a\\"] {
            assert_eq!(posix(text), Err(LeftOpen), "{text}");
        }
    }

    /// The examples of botocore's own tests (`tests/unit/test_compat.py`).
    #[test]
    fn words_on_windows_are_those_of_its_runtime() {
        for (text, words) in [
            ("", &[][..]),
            ("spam eggs", &["spam", "eggs"]),
            ("spam\teggs\nham", &["spam", "eggs\nham"]),
            ("\"\"", &[""]),
            ("\" eggs spam ham \"", &[" eggs spam ham "]),
            (r"spam\ eggs", &[r"spam\", "eggs"]),
            (r#"spam\"eggs"#, &["spam\"eggs"]),
            (r#"spam\\"eggs ham\\""#, &[r"spam\eggs ham\"]),
            (r#""C:\Program Files\x" a\\b\"#, &[r"C:\Program Files\x", r"a\\b\"]),
        ] {
            assert_eq!(windows(text), Ok(owned(words)), "{text}");
        }
        assert_eq!(windows("\"spam"), Err(LeftOpen));
    }
}
