//! What a sign-in asks on its way: a code, the browser, a yes to plain http.

use super::{Effect, Model, SessionId, SignIn, SignInRequest};
use crate::domain::{DeviceCode, DeviceGrant, Failure, Prompt, PromptReply, SignInInput};

/// Where a sign-in stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInStep {
    /// AWS, or a program of the profile, is being asked.
    UnderWay,
    /// The administrator is being asked.
    Asking(Prompt),
    /// IAM Identity Center is asked for the code to show.
    Device,
    /// The browser is open, and shows this code.
    Browser(DeviceCode),
    /// `aws login` runs, and has opened the browser.
    AwsLogin { profile: String },
}

impl Model {
    /// True while a sign-in waits for the administrator, so that a dialog is over the window.
    pub fn sign_in_asks(&self) -> bool {
        self.sessions.sign_in.as_ref().is_some_and(|sign_in| sign_in.step != SignInStep::UnderWay)
    }

    /// The sign-in that an answer belongs to. One that was cancelled or overtaken has none.
    fn sign_in_as(&mut self, session: SessionId) -> Option<&mut SignIn> {
        self.sessions.sign_in.as_mut().filter(|sign_in| sign_in.session == session)
    }

    pub(super) fn asked(&mut self, session: SessionId, ask: Prompt) {
        if let Some(sign_in) = self.sign_in_as(session)
            && sign_in.step == SignInStep::UnderWay
        {
            sign_in.step = SignInStep::Asking(ask);
        }
    }

    /// An answer that does not fit the question is dropped.
    pub(super) fn answer(&mut self, answer: PromptReply) {
        let Some(sign_in) = &mut self.sessions.sign_in else { return };
        let SignInStep::Asking(ask) = &sign_in.step else { return };
        let session = sign_in.session;
        match (ask.clone(), answer) {
            (Prompt::PlainHttp { url }, PromptReply::PlainHttp) => {
                sign_in.given.plain_http.push(url);
                self.go_on();
            }
            (Prompt::Mfa(ask), PromptReply::Mfa { serial, code }) => {
                // What the profile says is read from it again the next time: it may be corrected meanwhile.
                if ask.serial.as_ref() != Some(&serial) {
                    sign_in.given.serial = Some(serial.clone());
                }
                sign_in.step = SignInStep::UnderWay;
                let given = SignInInput { code: Some(code), serial: Some(serial), ..sign_in.given.lasting() };
                let choice = sign_in.choice.clone();
                self.send(Effect::SignIn { session, request: SignInRequest::Open { choice, given } });
            }
            (Prompt::Sso(sso), PromptReply::Browser) => {
                sign_in.step = SignInStep::Device;
                self.send(Effect::SignIn { session, request: SignInRequest::StartDevice { sso } });
            }
            (Prompt::Login { profile }, PromptReply::Browser) => {
                sign_in.step = SignInStep::AwsLogin { profile: profile.clone() };
                self.send(Effect::SignIn { session, request: SignInRequest::AwsLogin { profile } });
            }
            (Prompt::PlainHttp { .. }, PromptReply::Mfa { .. } | PromptReply::Browser)
            | (Prompt::Mfa(_), PromptReply::PlainHttp | PromptReply::Browser)
            | (Prompt::Sso(_) | Prompt::Login { .. }, PromptReply::PlainHttp | PromptReply::Mfa { .. }) => {}
        }
    }

    pub(super) fn device_started(
        &mut self,
        session: SessionId,
        answer: Result<(DeviceCode, DeviceGrant), Failure>,
    ) {
        let Some(sign_in) = self.sign_in_as(session).filter(|sign_in| sign_in.step == SignInStep::Device)
        else {
            return;
        };
        match answer {
            Ok((code, grant)) => {
                sign_in.step = SignInStep::Browser(code);
                let request = SignInRequest::AwaitDevice { grant: Box::new(grant) };
                self.send(Effect::SignIn { session, request });
            }
            Err(failure) => self.sign_in_failed(session, failure),
        }
    }

    /// The browser is done: the token is there, or it never will be.
    pub(super) fn browser_done(&mut self, session: SessionId, answer: Result<(), Failure>) {
        let Some(sign_in) = self.sign_in_as(session) else { return };
        if !matches!(sign_in.step, SignInStep::Browser(_) | SignInStep::AwsLogin { .. }) {
            return;
        }
        match answer {
            Ok(()) => self.go_on(),
            Err(failure) => self.sign_in_failed(session, failure),
        }
    }

    /// The next try, with what was given so far.
    pub(super) fn go_on(&mut self) {
        let Some(sign_in) = &mut self.sessions.sign_in else { return };
        sign_in.step = SignInStep::UnderWay;
        let (session, choice, given) = (sign_in.session, sign_in.choice.clone(), sign_in.given.lasting());
        self.send(Effect::SignIn { session, request: SignInRequest::Open { choice, given } });
    }
}
