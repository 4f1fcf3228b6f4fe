//! A private home folder and its environment.

use std::path::{Path, PathBuf};

use aws_types::os_shim_internal::Env;
use jiff::Timestamp;
use keyfob::aws::{self, Connection, Options, SignInInterrupted};
use keyfob::clock::Clock;
use keyfob::domain::{Account, Failure, Profiles, Prompt, Secret, SignInChoice, SignInInput};
use keyfob::practice::Practice;
use keyfob::ui::words;

use crate::server::Server;

pub(crate) const NOW: &str = "2026-11-24T12:00:00Z";

pub(crate) struct Stand {
    pub(crate) server: Server,
    pub(crate) home: tempfile::TempDir,
    variables: Vec<(String, String)>,
}

impl Stand {
    /// All services run locally; the config file contains `config`.
    pub(crate) async fn new(config: &str) -> Self {
        let (server, home) = (Server::start().await, tempfile::tempdir().expect("a folder"));
        let mut stand = Self { server, home, variables: Vec::new() };
        let (home, url) = (stand.path("").display().to_string(), stand.server.url.clone());
        stand.set("HOME", &home);
        stand.set("AWS_ENDPOINT_URL", &url);
        stand.write(".aws/config", config);
        stand
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value.to_owned()));
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }

    pub(crate) fn options(&self) -> Options {
        let variables: Vec<(&str, &str)> =
            self.variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Options {
            env: Env::from_slice(&variables),
            clock: Clock::fixed(NOW.parse::<Timestamp>().expect("a time")),
            write_private,
            ..Options::default()
        }
    }

    pub(crate) async fn find(&self) -> Profiles {
        aws::find_profiles(&self.options()).await
    }

    pub(crate) async fn connect(
        &self,
        choice: &SignInChoice,
        given: &SignInInput,
    ) -> Result<(Connection, Account), SignInInterrupted> {
        let now = std::sync::Arc::new(Timestamp::now);
        let practice = keyfob::practice::Options { users: Some(0), latency: std::time::Duration::ZERO, now };
        aws::connect(choice, &self.options(), &Practice::new(practice), given).await
    }

    pub(crate) async fn try_open(
        &self,
        profile: &str,
        given: &SignInInput,
    ) -> Result<(Connection, Account), SignInInterrupted> {
        self.connect(&SignInChoice::Profile(profile.to_owned()), given).await
    }

    /// The caller of this profile.
    pub(crate) async fn open(&self, profile: &str) -> Account {
        match self.try_open(profile, &SignInInput::default()).await {
            Ok((_, account)) => account,
            Err(stop) => panic!("{profile} was not opened: {stop:?}"),
        }
    }

    pub(crate) async fn failure(&self, profile: &str) -> Failure {
        match self.try_open(profile, &SignInInput::default()).await {
            Err(SignInInterrupted::Failed(failure)) => failure,
            Err(SignInInterrupted::Prompt(ask)) => panic!("{profile} asks: {ask:?}"),
            Ok((_, account)) => panic!("{profile} was opened: {account:?}"),
        }
    }

    /// The message for the administrator.
    pub(crate) async fn sentence(&self, profile: &str) -> String {
        words::explain(&self.failure(profile).await, None)
    }

    pub(crate) async fn ask(&self, profile: &str, given: &SignInInput) -> Prompt {
        match self.try_open(profile, given).await {
            Err(SignInInterrupted::Prompt(ask)) => ask,
            Err(SignInInterrupted::Failed(failure)) => panic!("{profile} failed: {failure:?}"),
            Ok((_, account)) => panic!("{profile} was opened: {account:?}"),
        }
    }
}

fn write_private(path: &Path, text: &Secret) -> Result<(), String> {
    let folder = path.parent().expect("a folder");
    keyfob::desk::private_file::make_folder(folder).map_err(|err| err.to_string())?;
    let how = keyfob::desk::private_file::Overwrite::Replace;
    keyfob::desk::private_file::write(path, text, how).map(drop).map_err(|err| err.to_string())
}
