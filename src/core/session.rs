//! How long a session lasts: it ends, is noticed, and is renewed with nothing on screen lost.

use jiff::SignedDuration;

use super::{Answered, Call, Effect, Model, OpenAccount, SessionId, SweepPause};
use crate::domain::{
    Account, Caller, Cause, Failure, Moment, SignInInput, SignInProblem, SimulatedFault, Steady,
};

/// From here on it is time to think of renewing.
const SOON_MINUTES: i64 = 10;

/// The longest that a call takes: until then an answer may be to one that the session before sent.
const ANSWERED_WITHIN: SignedDuration = SignedDuration::from_secs(90);

/// What is left of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeLeft {
    /// It has no end, renews itself, or nobody tells.
    Unknown,
    Minutes(i64),
    /// Less than ten minutes.
    Soon(i64),
    Over,
}

/// What is known about the end of a session, and how it is renewed.
#[derive(Default)]
pub struct SessionState {
    /// AWS said that it is over.
    ended: bool,
    /// When it was renewed last.
    renewed: Option<Steady>,
    /// Why it could not be renewed.
    pub renewal_failed: Option<Failure>,
    /// What the sign-in was given, for the next one.
    given: SignInInput,
}

impl SessionState {
    pub(super) fn new(given: &SignInInput) -> Self {
        Self { given: given.lasting(), ..Self::default() }
    }
}

impl OpenAccount {
    pub fn time_left(&self, now: Moment) -> TimeLeft {
        let left = self.account.expires.map(|ends| ends.duration_since(now.date).as_secs());
        match left {
            _ if self.life.ended => TimeLeft::Over,
            Some(..=0) => TimeLeft::Over,
            Some(secs) if secs < SOON_MINUTES * 60 => TimeLeft::Soon(secs / 60),
            Some(secs) => TimeLeft::Minutes(secs / 60),
            None => TimeLeft::Unknown,
        }
    }

    /// A refusal that MFA may turn into a yes: the session comes from a user's own key, with no code. The root user has no
    /// policies.
    pub fn mfa_may_help(&self, failure: &Failure) -> bool {
        failure.is_denied() && self.account.takes_mfa && self.account.caller != Caller::Root
    }
}

impl Model {
    /// True while the session that is open is being renewed.
    pub fn is_renewing(&self) -> bool {
        self.sessions.sign_in.as_ref().is_some_and(|sign_in| sign_in.renews.is_some())
    }

    /// The one place that notices the end of a session, whatever call it was that AWS refused.
    pub(super) fn notice_end(&mut self, answered: &Answered, call: &Call) {
        let is_over = answered.reply.failure().is_some_and(|failure| failure.cause == Cause::SessionOver);
        // A new key is asked who it is with its own signature.
        if !is_over || call.action().is_none() {
            return;
        }
        let now = self.now.steady;
        let Some(open) = self.open_as(answered.session) else { return };
        let late = |renewed| now.since(renewed) < ANSWERED_WITHIN;
        if !open.life.renewed.is_some_and(late) {
            open.life.ended = true;
            // The rest would be refused too.
            open.inventory.sweep.pause(SweepPause::SessionOver);
        }
    }

    /// Signs in anew for the session that is open, with what its own sign-in was given.
    pub(super) fn renew(&mut self, use_mfa: bool) {
        if self.is_renewing() {
            return;
        }
        let Some(open) = &mut self.open else { return };
        open.life.renewal_failed = None;
        let mut given = open.life.given.lasting();
        given.use_mfa |= use_mfa;
        let (choice, read_only, renews) =
            (open.choice.clone(), open.access.read_only.is_some(), Some(open.session));
        self.begin(choice, read_only, given, renews);
    }

    /// The connection is replaced only by one of the same caller in the same place.
    pub(super) fn renewed(&mut self, old: SessionId, new: SessionId, given: &SignInInput, account: Account) {
        let now = self.now;
        let Some(open) = self.open_as(old) else {
            self.leave(new);
            return;
        };
        let known = &open.account;
        if !known.has_same_caller(&account) {
            let is = format!("{} ({})", account.caller_arn, account.id);
            let problem = Cause::SignIn(SignInProblem::SomebodyElse { is });
            open.life.renewal_failed = Some(Failure::new("", problem));
            self.leave(new);
            return;
        }
        let alias = account.alias.clone().or_else(|| known.alias.clone());
        open.account = Account { alias, ..account };
        open.life = SessionState { renewed: Some(now.steady), ..SessionState::new(given) };
        open.keys.forget_end();
        open.inventory.forget_end();
        open.keys.set_rules(&open.account, open.prefs.policy.clone(), now);
        self.run.faults.remove(&SimulatedFault::SessionOver);
        self.send(Effect::Adopt { from: new, to: old });
        self.refresh();
    }
}
