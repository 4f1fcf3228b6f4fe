//! Invariants for all actions of the administrator and all responses, in any order.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use keyfob::core::{
    AccountMsg, Answered, Call, ClipboardEvent, CreateMsg, CreateOutcome, Effect, KeysMsg, Model, Msg, OpId,
    ReadOnly, Reply, SessionId, SettingsMsg, Stage, StartMsg, Writing,
};
use keyfob::domain::{Moment, Settings};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::presses;
use crate::seen::{Origin, Seen, changes, needs_connection, origin, seen};
use crate::steps::{How, Step, steps};
use crate::world::{Question, SECRET, World};

type Outcome = Result<(), TestCaseError>;

/// The maximum number of responses in a row.
const SETTLED_AFTER: usize = 60;

/// The expected state of the new key panel, derived from the messages alone.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Panel {
    Closed,
    Asked(OpId),
    /// The secret is compared and never printed.
    Shown(Shown),
}

#[derive(Clone, PartialEq, Eq)]
struct Shown {
    secret: String,
    /// The pair has been on the clipboard, or was saved.
    kept: bool,
}

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shown").field("kept", &self.kept).finish_non_exhaustive()
    }
}

struct Watch {
    model: Model,
    now: Moment,
    world: World,
    questions: Vec<Question>,
    unanswered: Vec<Question>,
    panel: Panel,
    /// Whether the session is read-only, by the last press.
    looks_only: BTreeMap<SessionId, bool>,
    /// Sessions that could make changes at some time: they complete what they began.
    could_change: BTreeSet<SessionId>,
    /// The account always opens read-only.
    opens_read_only: bool,
    connected: BTreeSet<SessionId>,
    signed_out: BTreeSet<SessionId>,
}

impl Watch {
    fn new(always_read_only: bool) -> Self {
        let now = Moment::of(Timestamp::UNIX_EPOCH);
        Self {
            model: Model::new(Settings::default(), always_read_only, now),
            now,
            world: World::default(),
            questions: Vec::new(),
            unanswered: Vec::new(),
            panel: Panel::Closed,
            looks_only: BTreeMap::new(),
            could_change: BTreeSet::new(),
            opens_read_only: false,
            connected: BTreeSet::new(),
            signed_out: BTreeSet::new(),
        }
    }

    fn step(&mut self, step: Step) -> Outcome {
        match step {
            Step::Press(press) => match presses::press(press, &self.model) {
                Some(msg) => self.send(msg),
                None => Ok(()),
            },
            Step::Settle => self.settle(),
            Step::Answer { back, how } => {
                let at = self.questions.len().checked_sub(back + 1);
                match at.and_then(|at| self.questions.get(at)).cloned() {
                    Some(question) => self.answer(question, how),
                    None => Ok(()),
                }
            }
            Step::Stray { number, load, user, kind, how } => {
                self.answer(Question::stray(number, load, user, kind), how)
            }
            Step::Clipboard(kind) => self.send(presses::clipboard(kind, &self.model)),
            Step::SettingsNotSaved => {
                self.send(Msg::Settings(SettingsMsg::NotSaved { reason: "full".into() }))
            }
            Step::Wait(secs) => {
                self.now += SignedDuration::from_secs(secs);
                Ok(())
            }
        }
    }

    fn settle(&mut self) -> Outcome {
        for _ in 0..SETTLED_AFTER {
            let Some(question) = self.unanswered.pop() else { break };
            // Each user has one key: there is room for another one.
            self.answer(question, How::Well(0b0001_0001))?;
        }
        self.unanswered.clear();
        Ok(())
    }

    fn answer(&mut self, question: Question, how: How) -> Outcome {
        let msg = self.world.answer(question, how);
        self.send(msg)
    }

    fn send(&mut self, msg: Msg) -> Outcome {
        let asked = match self.panel {
            Panel::Asked(op) => Some(op),
            Panel::Closed | Panel::Shown(_) => None,
        };
        let (origin, before) = (origin(&self.model, &msg, asked), seen(&self.model));
        let opens_read_only = if let Msg::Start(StartMsg::Open { read_only, .. }) = &msg {
            Some(*read_only || self.model.run.always_read_only)
        } else {
            None
        };
        if let Msg::Start(StartMsg::Connected { session }) = &msg {
            self.connected.insert(*session);
            self.signed_out.remove(session);
        }
        let may_close = self.expect_panel(&msg);
        let forbidden = self.forbidden(&msg);
        // A second response does not open an account that is already open.
        let entered = if let Msg::Start(StartMsg::SignedIn { session, answer: Ok(_) }) = &msg {
            Some(*session).filter(|session| !self.is_open(*session))
        } else {
            None
        };
        self.expect_look(&msg);
        let effects = self.model.update(msg, self.now);
        if may_close && self.model.creation().is_none() {
            self.panel = Panel::Closed;
        }
        if let (Some(read_only), Some(sign_in)) = (opens_read_only, self.model.sign_in()) {
            self.looks_only.insert(sign_in.session, read_only);
        }
        if let Some(session) = entered.filter(|session| self.is_open(*session)) {
            *self.looks_only.entry(session).or_default() |= self.opens_read_only;
        }
        let free = self.looks_only.iter().filter(|(_, looks_only)| !**looks_only);
        self.could_change.extend(free.map(|(session, _)| *session));
        for effect in &effects {
            self.check_effect(effect)?;
            let changed = changes(effect);
            prop_assert!(changed.is_none() || changed != forbidden, "a press changes what is read-only");
        }
        self.check_panel()?;
        self.check_foreign(origin, &before, &effects)?;
        self.check_secrecy()?;
        let asked: Vec<Question> = effects.iter().filter_map(Question::of).collect();
        self.questions.extend(asked.iter().cloned());
        self.unanswered.extend(asked);
        Ok(())
    }

    fn is_open(&self, session: SessionId) -> bool {
        self.model.open.as_ref().is_some_and(|open| open.session == session)
    }

    /// The session in which `msg` must change nothing, because it is a press in a read-only session.
    fn forbidden(&self, msg: &Msg) -> Option<SessionId> {
        use KeysMsg as K;
        let pressed = matches!(
            msg,
            Msg::Create(CreateMsg::Create { .. } | CreateMsg::DeactivateAndDiscard)
                | Msg::Keys(
                    K::SetStatus { .. }
                        | K::ConfirmSwitch
                        | K::DeactivateFirst
                        | K::AskDelete { .. }
                        | K::Delete { .. }
                        | K::Describe { .. }
                )
        );
        let session = self.model.open.as_ref()?.session;
        (pressed && self.looks_only.get(&session) == Some(&true)).then_some(session)
    }

    /// Records the preferences of the open account.
    fn expect_look(&mut self, msg: &Msg) {
        let Some(session) = self.model.open.as_ref().map(|open| open.session) else { return };
        let always = self.model.run.always_read_only;
        let Msg::Account(msg) = msg else { return };
        match msg {
            AccountMsg::AllowChanges => _ = self.looks_only.insert(session, always),
            AccountMsg::SetLook(prefs) => {
                self.opens_read_only = prefs.read_only;
                let why = self.model.open.as_ref().and_then(|open| open.access.read_only);
                if prefs.read_only {
                    self.looks_only.insert(session, true);
                } else if why == Some(ReadOnly::Account) {
                    self.looks_only.insert(session, false);
                }
            }
            AccountMsg::ForgetRefused | AccountMsg::DismissFailure => {}
        }
    }

    /// Records the expected state of the panel after `msg`, and returns whether it may be closed.
    fn expect_panel(&mut self, msg: &Msg) -> bool {
        let (lets_go, writes) = self.under_way();
        match (msg, &mut self.panel) {
            (
                Msg::Answered(Answered { reply: Reply::CreateKey { op, result, .. }, .. }),
                Panel::Asked(asked),
            ) if op == asked => {
                self.panel = match result {
                    Ok(CreateOutcome::Made(pair)) => {
                        Panel::Shown(Shown { secret: pair.secret.expose().to_owned(), kept: false })
                    }
                    Ok(_) | Err(_) => Panel::Closed,
                };
                false
            }
            (Msg::Clipboard(ClipboardEvent::Holds { .. }), Panel::Shown(shown)) => {
                shown.kept = true;
                false
            }
            (Msg::Create(CreateMsg::SaveEnded { op, answer: Ok(_) }), Panel::Shown(shown)) => {
                shown.kept |= writes == Some(*op);
                false
            }
            (Msg::Create(CreateMsg::DiscardSecret), Panel::Shown(_)) => true,
            (Msg::Create(CreateMsg::Saved), Panel::Shown(shown)) => shown.kept,
            // Deactivated because the window is closing.
            (
                Msg::Answered(Answered { reply: Reply::SetStatus { result: Ok(()), .. }, .. }),
                Panel::Shown(_),
            ) => lets_go,
            _ => false,
        }
    }

    /// Whether the key is being deactivated before the window closes, and whether its pair is being saved.
    fn under_way(&self) -> (bool, Option<OpId>) {
        let Some(creation) = self.model.creation() else { return (false, None) };
        match &creation.stage {
            Stage::Made(new_key) => {
                let writes = matches!(new_key.writing, Some(Writing::UnderWay(_)));
                (new_key.confirming_discard, writes.then_some(creation.op))
            }
            Stage::Preparing | Stage::InFlight => (false, None),
        }
    }

    fn check_effect(&mut self, effect: &Effect) -> Outcome {
        if let Effect::Call { call: Call::CreateKey { op, .. }, .. } = effect {
            prop_assert_eq!(&self.panel, &Panel::Closed, "a key is asked for while the panel is open");
            self.panel = Panel::Asked(*op);
        }
        if let (Effect::CopySecret { text, .. }, Panel::Shown(shown)) = (effect, &self.panel) {
            prop_assert!(text.expose().contains(&shown.secret), "another secret is copied than is shown");
        }
        if let Some(session) = changes(effect) {
            let could = self.could_change.contains(&session);
            prop_assert!(could, "a session that may only look changes something");
        }
        if let Some(session) = needs_connection(effect) {
            prop_assert!(!self.signed_out.contains(&session), "a call over a connection that was let go");
        }
        // An adopted connection goes by the number of the session that it renews.
        if let Effect::SignOut { session } | Effect::Adopt { from: session, .. } = effect {
            self.signed_out.insert(*session);
        }
        Ok(())
    }

    fn check_panel(&self) -> Outcome {
        let stage = self.model.creation().map(|creation| (creation.op, &creation.stage));
        let holds = match (&self.panel, stage) {
            (Panel::Closed, None | Some((_, Stage::Preparing))) => true,
            (Panel::Asked(op), Some((shown, Stage::InFlight))) => *op == shown,
            (Panel::Shown(shown), Some((_, Stage::Made(new_key)))) => {
                new_key.pair.secret.expose() == shown.secret
            }
            _ => false,
        };
        prop_assert!(holds, "the panel is not {:?} any more", self.panel);
        Ok(())
    }

    fn check_foreign(&self, origin: Origin, before: &Seen, effects: &[Effect]) -> Outcome {
        if origin == Origin::Ours {
            return Ok(());
        }
        let after = seen(&self.model);
        prop_assert!(before.account == after.account, "an answer of another session changed what is shown");
        if origin == Origin::Foreign {
            prop_assert!(before.notices == after.notices, "an answer of another session is told");
        }
        // The discarded key is inactive, so its journal entry is closed.
        let quiet = effects.iter().all(|effect| {
            matches!(effect, Effect::SignOut { .. } | Effect::CloseIntent { .. } | Effect::WriteDeed(_))
        });
        prop_assert!(quiet, "an answer of another session does something");
        Ok(())
    }

    fn check_secrecy(&self) -> Outcome {
        let settings = serde_json::to_string(&self.model.settings).unwrap_or_default();
        let activity: Vec<_> = self.model.activity.entries().collect();
        let told = format!("{settings}{:?}{:?}{activity:?}", self.model.notices, self.model.clipboard.state);
        prop_assert!(!told.contains(SECRET), "a secret is in what is told or saved");
        Ok(())
    }

    /// No connection is kept unnecessarily.
    fn check_connections(&self) -> Outcome {
        let open = self.model.open.as_ref().map(|open| open.session);
        let making = self.model.creation();
        let identified = self.model.sign_in();
        let needed =
            [open, making.map(|creation| creation.session), identified.map(|sign_in| sign_in.session)];
        for session in self.connected.difference(&self.signed_out) {
            prop_assert!(needed.contains(&Some(*session)), "the connection of {:?} is never let go", session);
        }
        Ok(())
    }
}

/// `KEYFOB_CASES` sets the number of cases.
fn cases() -> u32 {
    let given = std::env::var_os("KEYFOB_CASES");
    given.and_then(|cases| cases.to_str()?.parse().ok()).unwrap_or(1000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_rules_hold_in_any_order(steps in steps(), always_read_only in proptest::bool::weighted(0.1)) {
        let mut watch = Watch::new(always_read_only);
        for step in steps {
            watch.step(step)?;
        }
        watch.check_connections()?;
    }
}
