//! Variables adopted from the login shell, and the rules for adopting them.
//!
//! A program started from the desktop lacks the variables that the administrator's shell exports. Only variables that Keyfob, the
//! SDK and the programs that they run use are adopted, and a variable of the process itself is never replaced.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Secret;

/// Variables that belong together are adopted together or not at all: two half identities would make a third.
const GROUPS: [&[&str]; 6] = [
    &["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"],
    &["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"],
    &["AWS_PROFILE", "AWS_DEFAULT_PROFILE"],
    &["AWS_REGION", "AWS_DEFAULT_REGION"],
    &["SSL_CERT_FILE", "SSL_CERT_DIR"],
    &[
        "HTTPS_PROXY",
        "https_proxy",
        "HTTP_PROXY",
        "http_proxy",
        "ALL_PROXY",
        "all_proxy",
        "NO_PROXY",
        "no_proxy",
    ],
];

/// The adopted variables. They may include secrets, so there is no `Debug`, and they are zeroed on drop.
#[derive(Clone, Default)]
pub struct InheritedEnv(Arc<BTreeMap<String, Secret>>);

impl InheritedEnv {
    /// Selects the shell's variables that may be adopted. `has` tells whether the process has a variable.
    pub fn of(told: impl IntoIterator<Item = (String, Secret)>, has: impl Fn(&str) -> bool) -> Self {
        let taken = told.into_iter().filter(|(name, value)| {
            may_be_taken(name) && !value.expose().is_empty() && !group(name).any(&has)
        });
        Self(Arc::new(taken.collect()))
    }

    /// These variables combined with others, which take precedence.
    pub fn with(&self, set: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        let all = self.iter().map(|(name, value)| (name.to_owned(), value.duplicate()));
        let set = set.into_iter().map(|(name, value)| (name.to_owned(), Secret::new(value)));
        Self(Arc::new(all.chain(set).collect()))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sorted.
    pub fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    pub fn get(&self, name: &str) -> Option<&Secret> {
        self.0.get(name)
    }

    /// All variables, for the environment of a program.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Secret)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

/// Excludes variables that the SDK reads only from the process (aws-config 1.13, `ecs.rs` and `login.rs`): using them would fail.
fn may_be_taken(name: &str) -> bool {
    if name.starts_with("AWS_CONTAINER_") || name == "AWS_LOGIN_CACHE_DIRECTORY" {
        return false;
    }
    name.starts_with("AWS_") || GROUPS.iter().any(|group| group.contains(&name))
}

/// The group of variables to which one belongs.
fn group(name: &str) -> impl Iterator<Item = &str> {
    let group = GROUPS.iter().find(|group| group.contains(&name));
    std::iter::once(name).chain(group.into_iter().flat_map(|group| group.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;

    static_assertions::assert_not_impl_any!(InheritedEnv: std::fmt::Debug, std::fmt::Display);

    /// What is taken of `told` by a process that has `has`.
    fn taken(told: &[&str], has: &[&str]) -> Vec<String> {
        let told = told.iter().map(|name| ((*name).to_owned(), Secret::new("value".to_owned())));
        InheritedEnv::of(told, |name| has.contains(&name)).names()
    }

    #[test]
    fn only_what_concerns_aws_and_the_network_is_taken() {
        let told = [
            "AWS_CONFIG_FILE",
            "AWS_PROFILE",
            "https_proxy",
            "HTTPS_PROXY",
            "no_proxy",
            "SSL_CERT_FILE",
            "DISPLAY",
            "LD_PRELOAD",
            "DYLD_INSERT_LIBRARIES",
            "XDG_CONFIG_HOME",
            "HOME",
            "PATH",
            "RUST_LOG",
            "my_proxy",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "AWS_LOGIN_CACHE_DIRECTORY",
            "EDITOR",
        ];
        let expected =
            ["AWS_CONFIG_FILE", "AWS_PROFILE", "HTTPS_PROXY", "SSL_CERT_FILE", "https_proxy", "no_proxy"];
        assert_eq!(taken(&told, &[]), expected);
    }

    #[test]
    fn nothing_that_the_process_has_is_replaced() {
        assert_eq!(taken(&["AWS_CONFIG_FILE", "AWS_CA_BUNDLE"], &["AWS_CONFIG_FILE"]), ["AWS_CA_BUNDLE"]);
    }

    #[test]
    fn what_belongs_together_is_not_mixed() {
        let credentials = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];
        assert_eq!(taken(&credentials, &credentials[..2]), [""; 0], "a token of another session");
        assert_eq!(taken(&["HTTPS_PROXY"], &["https_proxy"]), [""; 0], "the same in small letters");
        assert_eq!(taken(&["HTTPS_PROXY", "AWS_PROFILE"], &["ALL_PROXY"]), ["AWS_PROFILE"]);
        assert_eq!(
            taken(&["AWS_SHARED_CREDENTIALS_FILE"], &["AWS_CONFIG_FILE"]),
            [""; 0],
            "files of two worlds"
        );
        assert_eq!(taken(&["AWS_DEFAULT_REGION"], &["AWS_REGION"]), [""; 0]);
    }

    #[test]
    fn what_is_set_to_nothing_says_nothing() {
        let told = [("AWS_PROFILE".to_owned(), Secret::new(String::new()))];
        assert!(InheritedEnv::of(told, |_| false).is_empty());
    }
}
