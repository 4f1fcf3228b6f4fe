//! The shared config and credentials files, with what the SDK's parser rejects left out.
//!
//! One bad line makes the parser give up both files. Here it costs the profile that it is in, and nothing on disk is changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use aws_config::profile::ProfileSet;
use aws_runtime::env_config::file::{EnvConfigFileKind as Kind, EnvConfigFiles};
use aws_types::os_shim_internal::{Env, Fs};
use zeroize::Zeroizing;

use super::error::chain;
use crate::domain::{Cause, Failure, FileFlaw, Flaw};

/// A file with more bad lines than this is no config file.
const AT_MOST: usize = 100;

/// What stands in for a header that cannot be read: a section of no kind, which is dropped with the lines below it. Without
/// it they would fall to the profile above.
const NO_SECTION: &str = "[left out]";

/// The files as far as they can be used.
pub(super) struct ConfigFiles {
    pub(super) set: ProfileSet,
    clean: EnvConfigFiles,
    pub(super) flaws: Vec<FileFlaw>,
    /// The files that are there, for people: `~/.aws/config`.
    pub(super) shown: Vec<String>,
    damaged: BTreeMap<String, FileFlaw>,
}

impl ConfigFiles {
    pub(super) async fn read(env: &Env) -> Self {
        let mut clean = EnvConfigFiles::builder();
        let (mut flaws, mut shown, mut damaged) = (Vec::new(), Vec::new(), BTreeMap::new());
        for file in files(env) {
            if file.path.exists() {
                shown.push(file.shown.clone());
            }
            let text = file.read(&mut flaws);
            let text = file.clean(text, env, &mut flaws, &mut damaged).await;
            clean = clean.with_contents(file.kind, text.as_str());
        }
        let clean = clean.build();
        let set = aws_config::profile::load(&Fs::real(), env, &clean, None).await;
        let set = set.unwrap_or_else(|err| {
            flaws.push(whole(&PathBuf::new(), Flaw::Unreadable { reason: chain(&err) }));
            ProfileSet::default()
        });
        Self { set, clean, flaws, shown, damaged }
    }

    /// The same with a profile selected, whose settings count.
    pub(super) async fn selecting(&self, profile: Option<&str>, env: &Env) -> ProfileSet {
        let name = profile.map(|name| name.to_owned().into());
        aws_config::profile::load(&Fs::real(), env, &self.clean, name).await.unwrap_or_default()
    }

    /// The line for which a profile cannot be used.
    pub(super) fn flaw_of(&self, profile: &str) -> Option<&FileFlaw> {
        self.damaged.get(profile)
    }

    /// Fails for a profile in which a line is left out.
    pub(super) fn check(&self, profile: &str) -> Result<(), Failure> {
        let Some(FileFlaw { file, line, what: Flaw::Line { detail } }) = self.flaw_of(profile) else {
            return Ok(());
        };
        let (file, line, detail) = (file.clone(), *line, detail.clone());
        Err(Failure::new("", Cause::BrokenConfig { file, line, detail }))
    }
}

fn whole(file: &Path, what: Flaw) -> FileFlaw {
    FileFlaw { file: file.to_owned(), line: 0, what }
}

struct File {
    path: PathBuf,
    shown: String,
    kind: Kind,
}

/// The user's own folder, as the SDK looks for it.
pub(super) fn home(env: &Env) -> PathBuf {
    env.get("HOME").or_else(|_| env.get("USERPROFILE")).unwrap_or_default().into()
}

fn files(env: &Env) -> [File; 2] {
    let file = |variable: &str, name: &str, kind| match env.get(variable) {
        Ok(path) => {
            let below_home = path.strip_prefix("~/").map(|rest| home(env).join(rest));
            File { path: below_home.unwrap_or_else(|| path.clone().into()), shown: path, kind }
        }
        Err(_) => File { path: home(env).join(".aws").join(name), shown: format!("~/.aws/{name}"), kind },
    };
    [
        file("AWS_CONFIG_FILE", "config", Kind::Config),
        file("AWS_SHARED_CREDENTIALS_FILE", "credentials", Kind::Credentials),
    ]
}

impl File {
    fn read(&self, flaws: &mut Vec<FileFlaw>) -> Zeroizing<String> {
        let nothing = || Zeroizing::new(String::new());
        let bytes = match std::fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(err) if err.kind() == std::io::ErrorKind::NotFound => return nothing(),
            Err(err) => {
                flaws.push(whole(&self.path, Flaw::Unreadable { reason: err.to_string() }));
                return nothing();
            }
        };
        let Ok(text) = String::from_utf8(bytes) else {
            flaws.push(whole(&self.path, Flaw::NotUtf8));
            return nothing();
        };
        let text = Zeroizing::new(text);
        match text.strip_prefix('\u{FEFF}') {
            Some(rest) => {
                flaws.push(whole(&self.path, Flaw::ByteOrderMark));
                Zeroizing::new(rest.to_owned())
            }
            None => text,
        }
    }

    /// Leaves out one line after the other until the parser is content. What it says decides, not a copy of its rules.
    async fn clean(
        &self,
        text: Zeroizing<String>,
        env: &Env,
        flaws: &mut Vec<FileFlaw>,
        damaged: &mut BTreeMap<String, FileFlaw>,
    ) -> Zeroizing<String> {
        let mut lines: Vec<&str> = text.lines().collect();
        for _ in 0..AT_MOST {
            let tried = Zeroizing::new(lines.join("\n"));
            let files = EnvConfigFiles::builder().with_contents(self.kind, tried.as_str()).build();
            let Err(err) = aws_config::profile::load(&Fs::real(), env, &files, None).await else {
                flaws.extend(self.dropped_sections(&lines));
                return tried;
            };
            let Some((line, detail)) = rejected(&chain(&err)) else { break };
            let Some(place) = line.checked_sub(1).filter(|place| *place < lines.len()) else { break };
            let flaw = FileFlaw {
                file: self.path.clone(),
                line: u32::try_from(line).unwrap_or(u32::MAX),
                what: Flaw::Line { detail },
            };
            if let Some(name) = profile_at(&lines, place, self.kind) {
                damaged.entry(name).or_insert_with(|| flaw.clone());
            }
            flaws.push(flaw);
            if let Some(left_out) = lines.get_mut(place) {
                *left_out = if left_out.starts_with('[') { NO_SECTION } else { "" };
            }
        }
        flaws
            .push(whole(&self.path, Flaw::Unreadable { reason: "too much of it cannot be read".to_owned() }));
        Zeroizing::new(String::new())
    }

    /// Sections that the SDK drops with no more than a trace in the log (aws-runtime 1.10, `env_config/normalize.rs`).
    fn dropped_sections(&self, lines: &[&str]) -> Vec<FileFlaw> {
        let dropped = lines.iter().enumerate().filter_map(|(index, line)| {
            let header = header(line)?;
            let is_dropped = *line != NO_SECTION && !is_known(header, self.kind);
            is_dropped.then(|| FileFlaw {
                file: self.path.clone(),
                line: u32::try_from(index + 1).unwrap_or(u32::MAX),
                what: Flaw::Section { header: header.to_owned() },
            })
        });
        dropped.collect()
    }
}

/// The SDK says "error parsing FILE on line N:\n  WHAT" (aws-runtime 1.10, `env_config/parse.rs`).
fn rejected(text: &str) -> Option<(usize, String)> {
    let (line, detail) = text.split_once(" on line ")?.1.split_once(':')?;
    Some((line.trim().parse().ok()?, detail.trim().to_owned()))
}

fn header(line: &str) -> Option<&str> {
    Some(line.strip_prefix('[')?.split_once(']')?.0.trim())
}

/// The profile whose section a line is in.
fn profile_at(lines: &[&str], place: usize, kind: Kind) -> Option<String> {
    let above = lines.get(..place)?.iter().rev().find_map(|line| header(line))?;
    let name = match kind {
        Kind::Config if above == "default" => above,
        Kind::Config => above.strip_prefix("profile")?.trim_start(),
        Kind::Credentials => above,
    };
    Some(name.to_owned())
}

fn is_known(header: &str, kind: Kind) -> bool {
    let allowed = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-/.%@:+".contains(c))
    };
    match (kind, header.split_once(char::is_whitespace)) {
        (Kind::Credentials, _) => allowed(header),
        (Kind::Config, None) => header == "default",
        (Kind::Config, Some(("profile" | "sso-session" | "services", name))) => allowed(name.trim()),
        (Kind::Config, Some(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_that_the_sdk_drops_are_known() {
        let config = |header| is_known(header, Kind::Config);
        assert!(config("default") && config("profile a.b") && config("sso-session x"));
        assert!(!config("bare"), "a config section needs the word profile");
        assert!(!config("profile with space") && !config("profile \"quoted\""));
        assert!(is_known("bare", Kind::Credentials), "the credentials file needs no prefix");
        assert!(!config(header(NO_SECTION).unwrap()), "what stands in for a broken header is dropped");
    }
}
