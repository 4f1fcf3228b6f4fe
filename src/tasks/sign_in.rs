//! Signing in: what AWS, the browser and the programs of the workstation have to say.

use std::path::Path;

use super::shell_probe::ShellProbe;
use super::{AtExit, Done, Services, Tasks};
use crate::aws::{self, AwsLogin, SignInInterrupted};
use crate::core::{Msg, SessionId, SignInRequest, StartMsg};
use crate::desk::private_file::{self, Overwrite};
use crate::desk::programs;
use crate::domain::{Failure, Network, Secret, SignInChoice, SignInInput};
use crate::practice::Practice;

/// What a sign-in needs.
#[derive(Clone)]
pub(super) struct SignIns {
    options: aws::Options,
    practice: Practice,
    shell_probe: ShellProbe,
}

impl SignIns {
    pub(super) fn new(services: &Services, shell_probe: ShellProbe) -> Self {
        let clock = services.clock.clone();
        let options = aws::Options { clock, write_private, ..services.sign_in.clone() };
        Self { options, practice: services.practice.clone(), shell_probe }
    }

    /// For the sign-ins from now on.
    pub(super) fn use_network(&mut self, network: Network) {
        self.options.network = network;
    }

    /// For the sign-ins from now on.
    pub(super) fn use_surroundings(&mut self, shell_probe: ShellProbe) {
        self.shell_probe = shell_probe;
    }

    pub(super) async fn answer(mut self, session: SessionId, request: SignInRequest) -> Done {
        if !matches!(request, SignInRequest::Open { choice: SignInChoice::Practice, .. }) {
            // It must not read other files, or take another way, than a sign-in a moment later.
            self.look_around().await;
        }
        let msg = match request {
            SignInRequest::Open { choice, given } => return self.sign_in(session, &choice, &given).await,
            SignInRequest::StartDevice { sso } => {
                let answer = aws::start_device(sso, &self.options).await;
                StartMsg::DeviceStarted { session, answer }
            }
            SignInRequest::AwaitDevice { grant } => {
                let answer = aws::await_device(*grant, &self.options).await;
                StartMsg::BrowserDone { session, answer }
            }
            SignInRequest::AwsLogin { profile } => {
                StartMsg::BrowserDone { session, answer: self.aws_login(&profile).await }
            }
        };
        Msg::Start(msg).into()
    }

    async fn look_around(&mut self) {
        let found = self.shell_probe.get().await;
        if !found.inherited.is_empty() {
            self.options.env = aws::environment(&found.inherited);
            self.options.inherited = found.inherited.clone();
        }
        self.options.search_path = Some(found.search_path.clone()).filter(|path| !path.is_empty());
    }

    async fn sign_in(self, session: SessionId, choice: &SignInChoice, given: &SignInInput) -> Done {
        let (connected, msg) = match aws::open(choice, &self.options, &self.practice, given).await {
            Ok((connection, unidentified)) => {
                (Some((session, connection, unidentified)), StartMsg::Connected { session })
            }
            Err(SignInInterrupted::Prompt(ask)) => (None, StartMsg::Prompted { session, ask }),
            Err(SignInInterrupted::Failed(failure)) => {
                (None, StartMsg::SignedIn { session, answer: Err(failure) })
            }
        };
        Done { messages: vec![Msg::Start(msg)], connected }
    }

    async fn aws_login(&self, profile: &str) -> Result<(), Failure> {
        let search_path = self.options.search_path.clone().unwrap_or_default();
        let Some(program) = programs::find("aws", &search_path) else {
            return aws::login_outcome(AwsLogin::NotFound);
        };
        let arguments = ["login", "--profile", profile];
        let run = programs::run(&program, &arguments, &search_path, &self.options.for_programs()).await;
        let (well, output) = run.unwrap_or_else(|err| (false, err.to_string().into_bytes()));
        aws::login_outcome(AwsLogin::Ended { well, output })
    }
}

impl Tasks {
    /// Asks AWS whose the connection of a session is.
    pub(super) fn identify(&mut self, session: SessionId, lost: Option<Msg>) {
        let connection = self.connections.get(&session).cloned();
        let Some((connection, unidentified)) = connection.zip(self.unidentified.remove(&session)) else {
            self.ready.extend(lost);
            return;
        };
        let task = self.start(AtExit::CutOff, lost, async move {
            let answer = unidentified.identify(&connection).await;
            Msg::Start(StartMsg::SignedIn { session, answer }).into()
        });
        self.waiting = Some((session, task));
    }
}

/// The folder may not be there yet.
fn write_private(path: &Path, text: &Secret) -> Result<(), String> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    private_file::make_folder(folder).map_err(|err| err.to_string())?;
    private_file::write(path, text, Overwrite::Replace).map(drop).map_err(|err| err.to_string())
}
