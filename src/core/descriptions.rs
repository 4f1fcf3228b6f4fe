//! Descriptions of keys: tags of their user.

use std::collections::BTreeMap;

use super::notice::Topic;
use super::sweep::Read;
use super::{Call, KeyChange, Model, NoticeKind, OpenAccount, SessionId};
use crate::domain::{Failure, KeyId, UserName, description_fault};

/// A description that is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Describing {
    /// Empty: it is being removed.
    pub text: String,
    /// As it was, if that is known.
    before: Option<String>,
}

impl OpenAccount {
    fn begin_describing(&mut self, user: &UserName, key: &KeyId, text: &str) {
        let known = self.keys_of(user).and_then(|known| known.descriptions.value.as_ref());
        let before = known.map(|texts| texts.get(key).cloned().unwrap_or_default());
        // Of two at once nobody knows which is written last.
        let before = before.filter(|before| before != text && !self.pending.describing.contains_key(key));
        self.pending.describing.insert(key.clone(), Describing { text: text.to_owned(), before });
    }
}

impl Model {
    pub(super) fn take_descriptions(
        &mut self,
        session: SessionId,
        user: &UserName,
        load: u64,
        answer: Result<BTreeMap<KeyId, String>, Failure>,
    ) {
        let now = self.now;
        let Some(open) = self.open_as(session) else { return };
        open.keys.apply_descriptions(user, load, answer, now);
        self.sweep_answered(&Read::Descriptions(user.clone()));
    }

    /// Sends what IAM can take; the field says what is wrong with anything else.
    pub(super) fn describe(&mut self, user: UserName, key: KeyId, text: &str) {
        let Some(open) = &mut self.open else { return };
        let session = open.session;
        let text = text.trim().to_owned();
        if description_fault(&text).is_some() {
            return;
        }
        open.begin_describing(&user, &key, &text);
        self.forget_told(session, Topic::Description(&key));
        self.call(session, Call::Describe { user, key, text });
    }

    pub(super) fn described(
        &mut self,
        session: SessionId,
        user: &UserName,
        key: KeyId,
        text: String,
        answer: Result<(), Failure>,
    ) {
        let now = self.now;
        let sent = self.open_as(session).and_then(|open| open.pending.describing.remove(&key));
        if let Err(failure) = answer {
            // Told also after the account was left: the panel of the new key outlives it.
            self.notify_of(session, NoticeKind::NotDescribed { user: user.clone(), key, text, failure });
            return;
        }
        let Some(open) = self.open_as(session) else { return };
        let change = KeyChange::Describe { key: key.clone(), text: text.clone() };
        open.keys.apply_change(user, change, now);
        let before = sent.filter(|sent| sent.text == text).and_then(|sent| sent.before);
        self.notify_of(session, NoticeKind::Described { user: user.clone(), key, text, before });
    }

    pub(super) fn undescribed(
        &mut self,
        session: SessionId,
        user: UserName,
        key: KeyId,
        answer: Result<(), Failure>,
    ) {
        let known = self.open_as(session).and_then(|open| open.keys_of(&user)?.descriptions.value.as_ref());
        let was_described = known.is_some_and(|texts| texts.contains_key(&key));
        if let Err(failure) = answer
            && (was_described || !failure.is_not_offered())
        {
            self.notify_of(session, NoticeKind::NotUndescribed { user, key, failure });
        }
    }
}
