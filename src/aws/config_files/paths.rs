//! Where files are: `~` and variables in paths as Python expands them (`os.path` of 3.11), which is what the AWS CLI does.

use std::path::PathBuf;

use aws_types::os_shim_internal::Env;

/// The folder that `~` stands for: `HOME` (on Windows `USERPROFILE`), or else that of the user database. `None` where
/// neither tells.
fn home_text(env: &Env) -> Option<String> {
    let variable = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    env.get(variable).ok().or_else(|| std::env::home_dir()?.into_os_string().into_string().ok())
}

/// `text` below the user's folder.
pub(in crate::aws) fn below_home(text: &str, env: &Env) -> PathBuf {
    user_expanded(&format!("~/{text}"), env).into()
}

/// As botocore makes a path of what `AWS_CONFIG_FILE` says.
pub(super) fn expanded(text: &str, env: &Env) -> PathBuf {
    user_expanded(&variables_expanded(text, env), env).into()
}

/// `os.path.expanduser`. What cannot be expanded stays as it is.
fn user_expanded(text: &str, env: &Env) -> String {
    let separators: &[char] = if cfg!(windows) { &['/', '\\'] } else { &['/'] };
    let Some(rest) = text.strip_prefix('~') else { return text.to_owned() };
    let end = rest.find(separators).unwrap_or(rest.len());
    let (user, below) = rest.split_at(end);
    let home = if user.is_empty() { home_text(env) } else { home_of(user) };
    match home.map(|home| format!("{}{below}", home.trim_end_matches(separators))) {
        Some(path) if path.is_empty() => "/".to_owned(),
        Some(path) => path,
        None => text.to_owned(),
    }
}

/// The folder of another user of this computer.
fn home_of(user: &str) -> Option<String> {
    let database = std::fs::read_to_string("/etc/passwd").ok()?;
    let entry = database.lines().find(|line| line.split(':').next() == Some(user))?;
    entry.split(':').nth(5).map(str::to_owned)
}

/// `os.path.expandvars`: `$NAME` and `${NAME}`, on Windows `%NAME%` too. A variable that is not set stays as it is.
fn variables_expanded(text: &str, env: &Env) -> String {
    let (mut path, mut rest) = (String::new(), text);
    while let Some(start) = rest.find(['$', '%']) {
        let (before, from) = rest.split_at(start);
        path.push_str(before);
        let reference = reference(from);
        let value = reference.and_then(|(name, _)| env.get(name).ok());
        let skipped = if let (Some(value), Some((_, length))) = (&value, reference) {
            path.push_str(value);
            length
        } else {
            path.extend(from.chars().next());
            1
        };
        rest = from.get(skipped..).unwrap_or_default();
    }
    path.push_str(rest);
    path
}

/// The name of the variable at the start of `text`, and the length of what stands for it.
fn reference(text: &str) -> Option<(&str, usize)> {
    if let Some(name) = text.strip_prefix("${") {
        let end = name.find('}')?;
        return Some((name.get(..end)?, end + 3));
    }
    if let Some(name) = text.strip_prefix('%') {
        let end = name.find('%').filter(|_| cfg!(windows))?;
        return Some((name.get(..end)?, end + 2));
    }
    let name = text.strip_prefix('$')?;
    let end = name.find(|char: char| !char.is_ascii_alphanumeric() && char != '_').unwrap_or(name.len());
    Some((name.get(..end)?, end + 1)).filter(|_| end > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn paths_are_expanded_as_python_does() {
        let env = Env::from_slice(&[("HOME", "/home/anna/"), ("X", "work"), ("Y", "$X"), ("E", "")]);
        for (text, path) in [
            ("~/a", "/home/anna/a"),
            ("~", "/home/anna"),
            ("$HOME/$X", "/home/anna//work"),
            ("${HOME}x/${X}y", "/home/anna/x/worky"),
            ("$Y", "$X"),
            ("$E$X$", "work$"),
            ("$nothing/${nor this}/%X%", "$nothing/${nor this}/%X%"),
            ("${open", "${open"),
            ("a/~/b", "a/~/b"),
            ("~root/x", "/root/x"),
            ("~no-such-user/x", "~no-such-user/x"),
        ] {
            assert_eq!(expanded(text, &env), PathBuf::from(path), "{text}");
        }
        let env = Env::from_slice(&[("HOME", "")]);
        assert_eq!(expanded("~/a", &env), PathBuf::from("/a"));
        assert_eq!(expanded("~", &env), PathBuf::from("/"));
    }
}
