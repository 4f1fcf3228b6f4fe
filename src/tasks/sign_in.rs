//! Signing in: what AWS, the browser and the programs of the workstation have to say.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::OnceCell;

use super::{Done, Tools};
use crate::aws::{self, AwsLogin, Stop};
use crate::core::{Effect, Msg, SessionId, StartMsg};
use crate::desk::private_file::{self, Overwrite};
use crate::desk::shell;
use crate::domain::{Failure, Given, Network, Secret, SignInChoice};
use crate::practice::Practice;

/// What a sign-in needs.
#[derive(Clone)]
pub(super) struct SignIns {
    options: aws::Options,
    practice: Practice,
    home: PathBuf,
    /// The login shell is asked once, when a program is to be run for the first time.
    search_path: Arc<OnceCell<OsString>>,
}

impl SignIns {
    pub(super) fn new(tools: &Tools) -> Self {
        let clock = tools.clock.clone();
        let options = aws::Options { clock, write_private, ..tools.sign_in.clone() };
        let (practice, home) = (tools.practice.clone(), tools.home.clone());
        Self { options, practice, home, search_path: Arc::default() }
    }

    /// For the sign-ins from now on.
    pub(super) fn use_network(&mut self, network: Network) {
        self.options.network = network;
    }

    /// The session whose sign-in an effect belongs to.
    pub(super) fn session_of(effect: &Effect) -> Option<SessionId> {
        match effect {
            Effect::SignIn { session, .. }
            | Effect::StartDevice { session, .. }
            | Effect::AwaitDevice { session, .. }
            | Effect::AwsLogin { session, .. } => Some(*session),
            _ => None,
        }
    }

    pub(super) async fn answer(self, effect: Effect) -> Done {
        let msg = match effect {
            Effect::SignIn { session, choice, given } => return self.sign_in(session, &choice, &given).await,
            Effect::StartDevice { session, sso } => {
                let answer = aws::start_device(sso, &self.options).await;
                StartMsg::DeviceStarted { session, answer }
            }
            Effect::AwaitDevice { session, grant } => {
                let answer = aws::await_device(*grant, &self.options).await;
                StartMsg::BrowserDone { session, answer }
            }
            Effect::AwsLogin { session, profile } => {
                StartMsg::BrowserDone { session, answer: self.aws_login(&profile).await }
            }
            _ => return Done::default(),
        };
        Msg::Start(msg).into()
    }

    async fn sign_in(mut self, session: SessionId, choice: &SignInChoice, given: &Given) -> Done {
        if aws::runs_a_program(choice, &self.options).await {
            self.options.search_path = Some(self.search_path().await);
        }
        let (connected, msg) = match aws::connect(choice, &self.options, &self.practice, given).await {
            Ok((connection, account)) => {
                (Some((session, connection)), StartMsg::SignedIn { session, answer: Ok(account) })
            }
            Err(Stop::Ask(ask)) => (None, StartMsg::Asked { session, ask }),
            Err(Stop::Failed(failure)) => (None, StartMsg::SignedIn { session, answer: Err(failure) }),
        };
        Done { messages: vec![Msg::Start(msg)], connected }
    }

    async fn search_path(&self) -> OsString {
        self.search_path.get_or_init(|| shell::search_path(&self.home)).await.clone()
    }

    async fn aws_login(&self, profile: &str) -> Result<(), Failure> {
        let search_path = self.search_path().await;
        let Some(program) = shell::find("aws", &search_path) else {
            return aws::login_outcome(AwsLogin::NotFound);
        };
        let run = shell::run(&program, &["login", "--profile", profile], &search_path).await;
        let (well, output) = run.unwrap_or_else(|err| (false, err.to_string().into_bytes()));
        aws::login_outcome(AwsLogin::Ended { well, output })
    }
}

/// The folder may not be there yet.
fn write_private(path: &Path, text: &Secret) -> Result<(), String> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    private_file::make_folder(folder).map_err(|err| err.to_string())?;
    private_file::write(path, text, Overwrite::Replace).map(drop).map_err(|err| err.to_string())
}
