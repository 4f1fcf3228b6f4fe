//! Creations whose end is not known: of this run, when AWS's answer was lost, or of an earlier one that was cut off.
//!
//! Nothing is deleted here. What may have been made is named, and stays named until the administrator has decided.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Effect, KeyChange, Model, Msg, NoticeKind, SessionId};
use crate::domain::{AccessKey, Cause, Failure, Intent, IntentId, KeyId, KeyStatus, UserName};

/// A list may lag that long behind a creation (IAM is eventually consistent).
const LISTS_LAG: SignedDuration = SignedDuration::from_secs(30);

/// What was found out about an unfinished creation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Search {
    /// Its account is not open, or its keys are still on their way.
    Waiting,
    /// These keys are there now, and nobody may have their secrets.
    Orphans(Vec<KeyId>),
    /// Nothing appeared within half a minute.
    Nothing,
    /// The keys could not be listed.
    NotListed(Failure),
}

impl Search {
    /// The keys that were found.
    pub fn orphans(&self) -> &[KeyId] {
        match self {
            Self::Orphans(keys) => keys,
            Self::Waiting | Self::Nothing | Self::NotListed(_) => &[],
        }
    }
}

/// A creation that has neither ended well nor been refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    pub intent: Intent,
    /// Why the answer is not known; `None` for a creation of an earlier run.
    pub failure: Option<Failure>,
    pub search: Search,
    /// When a key of it was listed last, or else could have been at the earliest. A list that lacks it may still lag behind.
    pub(super) seen: Timestamp,
}

/// What comes from the journal of intents.
pub enum JournalMsg {
    /// At the start: what runs of the program that are over left unfinished.
    Found(Vec<Intent>),
    /// The journal cannot be written: a crash would go unnoticed.
    NotWritten { reason: String },
    /// The administrator knows about it.
    Dismiss(IntentId),
}

impl Model {
    pub(super) fn update_journal(&mut self, msg: JournalMsg) {
        match msg {
            JournalMsg::Found(intents) => {
                let of_earlier_run = |intent: Intent| Unfinished {
                    seen: intent.at,
                    intent,
                    failure: None,
                    search: Search::Waiting,
                };
                self.creations.unfinished.extend(intents.into_iter().map(of_earlier_run));
                self.look_for_orphans();
            }
            JournalMsg::NotWritten { reason } => {
                self.notify(NoticeKind::JournalNotWritten { reason });
            }
            JournalMsg::Dismiss(id) => self.close_intent(&id),
        }
    }

    /// The unfinished creations of the account that is open.
    pub fn unfinished_here(&self) -> impl Iterator<Item = &Unfinished> {
        let account = self.open.as_ref().map(|open| &open.account);
        let here = move |one: &&Unfinished| account.is_some_and(|account| one.intent.account.is(account));
        self.creations.unfinished.iter().filter(here)
    }

    /// The unfinished creations of the other accounts.
    pub fn unfinished_elsewhere(&self) -> impl Iterator<Item = &Unfinished> {
        let account = self.open.as_ref().map(|open| &open.account);
        let here = move |one: &Unfinished| account.is_some_and(|account| one.intent.account.is(account));
        self.creations.unfinished.iter().filter(move |one| !here(one))
    }

    /// Lists the keys of the users concerned, once their account is open.
    pub(super) fn look_for_orphans(&mut self) {
        let Some(session) = self.open.as_ref().map(|open| open.session) else { return };
        let open = self.open.as_ref();
        let known = |one: &Unfinished, key: &KeyId| {
            open.is_some_and(|open| open.status_of(&one.intent.user, key).is_some())
        };
        let waiting = |one: &&Unfinished| match &one.search {
            Search::Waiting | Search::NotListed(_) => true,
            // What is offered for them needs to know their status.
            Search::Orphans(keys) => !keys.iter().all(|key| known(one, key)),
            Search::Nothing => false,
        };
        let users: Vec<UserName> =
            self.unfinished_here().filter(waiting).map(|one| one.intent.user.clone()).collect();
        for user in users {
            self.relist(session, &user);
        }
    }

    /// A list of keys has arrived: what does it tell about the creations that are still open?
    pub(super) fn search_list(
        &mut self,
        session: SessionId,
        user: &UserName,
        answer: &Result<Vec<AccessKey>, Failure>,
    ) {
        let ids: Vec<IntentId> = self
            .unfinished_here()
            .filter(|one| one.intent.user == *user)
            .map(|one| one.intent.id.clone())
            .collect();
        for id in ids {
            self.search_for(session, &id, answer);
        }
    }

    fn search_for(&mut self, session: SessionId, id: &IntentId, answer: &Result<Vec<AccessKey>, Failure>) {
        let now = self.now.date;
        let Some(one) = self.creations.unfinished.iter_mut().find(|one| one.intent.id == *id) else { return };
        let keys = match answer {
            Ok(keys) => keys.as_slice(),
            // The user is gone, and its keys with it.
            Err(Failure { cause: Cause::NoSuchEntity(_), .. }) => return self.close_intent(id),
            Err(failure) => {
                if one.search.orphans().is_empty() {
                    one.search = Search::NotListed(failure.clone());
                }
                return;
            }
        };
        let named = one.search.orphans();
        // Once named, only its end takes it off: whatever its date says, it was not there before the request.
        let mut found: Vec<KeyId> =
            named.iter().filter(|named| keys.iter().any(|key| key.id == **named)).cloned().collect();
        // One key was asked for. Once it is named and no list lags any more, others are of others.
        let is_settled = one.failure.is_some()
            && !found.is_empty()
            && now.duration_since(one.intent.at) > LISTS_LAG.saturating_mul(2);
        for key in one.intent.made_of(keys).filter(|_| !is_settled) {
            if !self.creations.delivered.contains(key) && !found.contains(key) {
                found.push(key.clone());
            }
        }
        if !found.is_empty() {
            one.search = Search::Orphans(found);
            one.seen = now;
            return;
        }
        if now.duration_since(one.seen) < LISTS_LAG {
            let user = one.intent.user.clone();
            self.send(Effect::Relist { session, user, after: Duration::from_secs(10) });
            return;
        }
        // Deleted meanwhile: there is nothing left to tell.
        if !named.is_empty() || one.intent.made.is_some() {
            return self.close_intent(id);
        }
        if one.failure.is_some() {
            one.search = Search::Nothing;
            return;
        }
        let user = one.intent.user.clone();
        self.notify(NoticeKind::NothingWasCreated { user });
        self.close_intent(id);
    }

    /// A list may still lack what was just made: it is shown all the same, and can be switched off and deleted.
    pub(super) fn orphans_are_known(&mut self, session: SessionId, user: &UserName, orphans: &[KeyId]) {
        let now = self.now;
        let Some(open) = self.open_as(session) else { return };
        for id in orphans {
            let key = AccessKey { id: id.clone(), status: KeyStatus::Active, created: Some(now.date) };
            open.keys.apply_change(user, KeyChange::Found(key), now);
        }
    }

    /// A key was deleted here: nothing is left to be said of it.
    pub(super) fn orphan_deleted(&mut self, key: &KeyId) {
        let mut over = Vec::new();
        for one in &mut self.creations.unfinished {
            if let Search::Orphans(named) = &mut one.search {
                named.retain(|named| named != key);
                over.extend(named.is_empty().then(|| one.intent.id.clone()));
            }
        }
        for id in over {
            self.close_intent(&id);
        }
    }

    /// Nobody needs to be told of it any more.
    pub(super) fn close_intent(&mut self, id: &IntentId) {
        self.creations.unfinished.retain(|one| one.intent.id != *id);
        self.send(Effect::CloseIntent { id: id.clone() });
    }

    /// Messages for tests and the window alike: dismisses what was found.
    pub fn dismiss_unfinished(one: &Unfinished) -> Msg {
        Msg::Journal(JournalMsg::Dismiss(one.intent.id.clone()))
    }
}
