//! The shared config and credentials files, as the AWS CLI reads them (botocore 1.44: `configloader.py`, `session.py`).
//!
//! Where it refuses a file for one line, here that line costs its section, and the list names it. Nothing on disk is changed.

mod ini;
mod paths;
mod reading;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use aws_types::os_shim_internal::Env;

use super::shell_words;
use crate::domain::{Cause, Failure, FileFlaw, Flaw, LineFault, SettingSource, SignInProblem};
use ini::{Fault, Ini, Section, Setting, Value};
pub(super) use paths::below_home;
use reading::File;

/// A network folder that does not answer is given up after this.
const WITHIN: Duration = Duration::from_secs(10);

/// A file with more bad lines than this is no config file: more are not named.
const NAMED_AT_MOST: usize = 100;

/// Sections of the config file that mean something and are no profiles.
const OWN: [&str; 2] = ["plugins", "preview"];

/// The files as far as they can be used.
#[derive(Default)]
pub(super) struct ConfigFiles {
    profiles: BTreeMap<String, Profile>,
    sso_sessions: BTreeMap<String, Part>,
    services: BTreeMap<String, Part>,
    /// What is wrong, for the list.
    pub(super) flaws: Vec<FileFlaw>,
    /// The files that are there, for people: `~/.aws/config`.
    pub(super) shown: Vec<String>,
    /// A file that the AWS CLI reads and Keyfob does not: any profile may be in it.
    too_large: Option<PathBuf>,
}

/// A profile: what the two files say of it. The credentials file wins, setting by setting.
#[derive(Default)]
pub(super) struct Profile {
    pub(super) config: Option<Part>,
    pub(super) credentials: Option<Part>,
    /// The first line of it that cannot be read.
    flaw: Option<FileFlaw>,
}

/// One section of one file.
pub(super) struct Part {
    file: Arc<Path>,
    section: Section,
}

/// A setting and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    file: &'a Path,
    name: &'a str,
    setting: &'a Setting,
}

impl Found<'_> {
    pub(super) fn at(&self) -> SettingSource {
        SettingSource::File { file: self.file.to_owned(), line: self.setting.line }
    }
}

impl<'a> Found<'a> {
    /// Fails where there is an indented block instead of a value.
    pub(super) fn text(&self) -> Result<&'a str, Failure> {
        match &self.setting.value {
            Value::Text(text) => Ok(text),
            Value::Block(_) => Err(self.wrong_shape()),
        }
    }

    /// Fails where there is a value instead of an indented block.
    pub(super) fn block(&self) -> Result<&'a BTreeMap<String, String>, Failure> {
        match &self.setting.value {
            Value::Block(block) => Ok(block),
            Value::Text(_) => Err(self.wrong_shape()),
        }
    }

    fn wrong_shape(&self) -> Failure {
        let problem = SignInProblem::WrongShape { setting: self.name.to_owned(), at: self.at() };
        Failure::new("", Cause::SignIn(problem))
    }
}

impl Part {
    pub(super) fn get(&self, name: &str) -> Option<Found<'_>> {
        let (name, setting) = self.section.settings.get_key_value(name)?;
        Some(Found { file: &self.file, name, setting })
    }

    pub(super) fn settings(&self) -> impl Iterator<Item = Found<'_>> {
        self.section.settings.iter().map(|(name, setting)| Found { file: &self.file, name, setting })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.section.settings.is_empty()
    }

    fn flaw(&self) -> Option<FileFlaw> {
        Some(flaw(&self.file, self.section.faults.first()?))
    }

    /// Fails if a line of it cannot be read.
    fn check(&self) -> Result<&Self, Failure> {
        self.flaw().map_or(Ok(self), |flaw| Err(broken(flaw)))
    }
}

impl<'a> Found<'a> {
    pub(super) fn name(&self) -> &'a str {
        self.name
    }
}

impl Profile {
    pub(super) fn get(&self, name: &str) -> Option<Found<'_>> {
        [&self.credentials, &self.config].into_iter().flatten().find_map(|part| part.get(name))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// `None` if the setting is not there; it may be empty.
    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, Failure> {
        self.get(name).map(|found| found.text()).transpose()
    }

    /// For lists: what is no text is passed over.
    pub(super) fn shown(&self, name: &str) -> Option<&str> {
        self.get(name)?.text().ok().filter(|text| !text.is_empty())
    }

    pub(super) fn flaw(&self) -> Option<&FileFlaw> {
        self.flaw.as_ref()
    }
}

impl ConfigFiles {
    /// Never waits for long, and never for a pipe: what is no file is left out.
    pub(super) async fn read(env: &Env) -> Self {
        let files = reading::files(env);
        let unread = files.each_ref().map(|file| file.path.clone());
        let read = tokio::task::spawn_blocking(move || files.map(File::read));
        if let Ok(Ok(contents)) = tokio::time::timeout(WITHIN, read).await {
            return Self::of(contents);
        }
        let reason = format!("it did not answer within {} seconds", WITHIN.as_secs());
        let flaw = |file| FileFlaw { file, line: 0, what: Flaw::Unreadable { reason: reason.clone() } };
        Self { flaws: unread.map(flaw).into(), ..Self::default() }
    }

    fn of([config, credentials]: [reading::Content; 2]) -> Self {
        let mut files = Self::default();
        for (content, place) in [
            (config, Self::add_config as fn(&mut Self, &Arc<Path>, Ini)),
            (credentials, Self::add_credentials),
        ] {
            let file: Arc<Path> = content.path.into();
            files.shown.extend(content.shown);
            let is_too_large = content.flaws.iter().any(|flaw| matches!(flaw, Flaw::TooLarge { .. }));
            if is_too_large {
                files.too_large.get_or_insert_with(|| file.to_path_buf());
            }
            let flaws = content.flaws.into_iter();
            files.flaws.extend(flaws.map(|what| FileFlaw { file: file.to_path_buf(), line: 0, what }));
            let ini = ini::parse(&content.text);
            let mut lines = named(&file, &ini);
            let before = files.flaws.len();
            place(&mut files, &file, ini);
            lines.extend(files.flaws.drain(before..));
            lines.sort_by_key(|flaw| flaw.line);
            lines.truncate(NAMED_AT_MOST);
            files.flaws.extend(lines);
        }
        files
    }

    fn add_config(&mut self, file: &Arc<Path>, mut ini: Ini) {
        for (header, line) in std::mem::take(&mut ini.open_headers) {
            if let Header::Profile(name) = Header::of(header.trim_end()) {
                self.damage(name, file, &Fault { line, what: LineFault::OpenHeader });
            }
        }
        for mut section in ini.sections {
            section.faults.extend(ini.for_all.iter().cloned());
            let (header, line) = (section.header.clone(), section.line);
            let part = Part { file: Arc::clone(file), section };
            let replaced = match Header::of(&header) {
                Header::Profile(name) => {
                    let profile = self.profiles.entry(name).or_default();
                    profile.flaw = profile.flaw.take().or_else(|| part.flaw());
                    profile.config.replace(part)
                }
                Header::SsoSession(name) => self.sso_sessions.insert(name, part),
                Header::Services(name) => self.services.insert(name, part),
                Header::Own => None,
                Header::Ignored => {
                    self.flaws.push(FileFlaw {
                        file: file.to_path_buf(),
                        line,
                        what: Flaw::Section { header },
                    });
                    None
                }
            };
            self.flaws.extend(replaced.map(|part| FileFlaw {
                file: file.to_path_buf(),
                line: part.section.line,
                what: Flaw::Replaced { header: part.section.header, by_line: line },
            }));
        }
    }

    /// Each section is a profile, whatever it is called.
    fn add_credentials(&mut self, file: &Arc<Path>, ini: Ini) {
        for (header, line) in ini.open_headers {
            self.damage(header.trim().to_owned(), file, &Fault { line, what: LineFault::OpenHeader });
        }
        for mut section in ini.sections {
            section.faults.extend(ini.for_all.iter().cloned());
            let profile = self.profiles.entry(section.header.clone()).or_default();
            let part = Part { file: Arc::clone(file), section };
            profile.flaw = profile.flaw.take().or_else(|| part.flaw());
            profile.credentials = Some(part);
        }
    }

    /// Some section of this profile cannot be read.
    fn damage(&mut self, name: String, file: &Path, fault: &Fault) {
        if !name.is_empty() {
            self.profiles.entry(name).or_default().flaw.get_or_insert_with(|| flaw(file, fault));
        }
    }

    /// By name.
    pub(super) fn profiles(&self) -> impl Iterator<Item = (&str, &Profile)> {
        self.profiles.iter().map(|(name, profile)| (name.as_str(), profile))
    }

    /// As far as it can be read, for lists.
    pub(super) fn seen(&self, name: &str) -> Option<&Profile> {
        self.profiles.get(name)
    }

    /// A profile to sign in with. Fails if it is not there, or a line of it cannot be read.
    pub(super) fn profile(&self, name: &str) -> Result<&Profile, Failure> {
        if let Some(file) = &self.too_large {
            return Err(Failure::new("", Cause::ConfigTooLarge { file: file.clone() }));
        }
        let missing = || Failure::new("", Cause::NoSuchProfile { profile: name.to_owned() });
        let profile = self.profiles.get(name).ok_or_else(missing)?;
        match &profile.flaw {
            Some(flaw) => Err(broken(flaw.clone())),
            None => Ok(profile),
        }
    }

    pub(super) fn sso_session(&self, name: &str) -> Option<Result<&Part, Failure>> {
        self.sso_sessions.get(name).map(Part::check)
    }

    pub(super) fn services(&self, name: &str) -> Option<Result<&Part, Failure>> {
        self.services.get(name).map(Part::check)
    }
}

fn flaw(file: &Path, fault: &Fault) -> FileFlaw {
    FileFlaw { file: file.to_owned(), line: fault.line, what: Flaw::Line(fault.what.clone()) }
}

fn broken(flaw: FileFlaw) -> Failure {
    let FileFlaw { file, line, what } = flaw;
    let fault = match what {
        Flaw::Line(fault) => fault,
        _ => LineFault::NoEquals,
    };
    Failure::new("", Cause::BrokenConfig { file, line, fault })
}

/// All bad lines of a file.
fn named(file: &Path, ini: &Ini) -> Vec<FileFlaw> {
    let of_sections = ini.sections.iter().flat_map(|section| &section.faults);
    ini.faults.iter().chain(&ini.for_all).chain(of_sections).map(|fault| flaw(file, fault)).collect()
}

/// What a header of the config file stands for.
enum Header {
    Profile(String),
    SsoSession(String),
    Services(String),
    Own,
    Ignored,
}

impl Header {
    /// `build_profile_map` of botocore: by how it begins, and the second of exactly two words.
    fn of(header: &str) -> Self {
        let named = |kind: fn(String) -> Self| match shell_words::posix(header) {
            Ok(words) => match <[String; 2]>::try_from(words) {
                Ok([_, name]) => kind(name),
                Err(_) => Self::Ignored,
            },
            Err(shell_words::LeftOpen) => Self::Ignored,
        };
        if header.starts_with("profile") {
            named(Self::Profile)
        } else if header.starts_with("sso-session") {
            named(Self::SsoSession)
        } else if header.starts_with("services") {
            named(Self::Services)
        } else if header == "default" {
            Self::Profile(header.to_owned())
        } else if OWN.contains(&header) {
            Self::Own
        } else {
            Self::Ignored
        }
    }
}
