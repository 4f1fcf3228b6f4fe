//! A line of the activity: a deed, or something that was told in this run.

use std::sync::Arc;

use jiff::Timestamp;

use crate::core::{Model, Notice, NoticeId};
use crate::domain::{
    Account, AccountRef, Caller, Deed, KeyId, Outcome, UserName, grouped_account_id, visible,
};
use crate::ui::words::{self, Zone};

#[derive(Clone)]
pub(in crate::ui) enum Entry {
    Deed(Arc<Deed>),
    Told(Arc<Notice>, Arc<Told>),
}

/// What tells an entry from all others. A deed stays where it is in memory for as long as the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::ui) enum EntryKey {
    Deed(usize),
    Told(NoticeId),
}

/// What was told, in words: made once, as it does not change.
pub(in crate::ui) struct Told {
    title: String,
    why: String,
    /// `None`: it is about this computer.
    account: Option<AccountRef>,
}

impl Entry {
    pub(super) fn told(model: &Model, notice: &Arc<Notice>) -> Self {
        let account = notice.session.and_then(|session| model.account_of(session));
        let (title, why) = words::event(&notice.event, account);
        Self::Told(Arc::clone(notice), Arc::new(Told { title, why, account: account.map(AccountRef::from) }))
    }

    /// Tells it from all others, wherever its row is.
    pub(super) fn key_of_row(&self) -> EntryKey {
        match self {
            Self::Deed(deed) => EntryKey::Deed(Arc::as_ptr(deed) as usize),
            Self::Told(notice, _) => EntryKey::Told(notice.id),
        }
    }

    pub(super) fn at(&self) -> Timestamp {
        match self {
            Self::Deed(deed) => deed.at,
            Self::Told(notice, _) => notice.at,
        }
    }

    fn account(&self) -> Option<&AccountRef> {
        match self {
            Self::Deed(deed) => Some(&deed.account),
            Self::Told(_, told) => told.account.as_ref(),
        }
    }

    /// Of this account, or of no account at all.
    pub(super) fn is_of(&self, account: &Account) -> bool {
        self.account().is_none_or(|own| own.is(account))
    }

    /// Of this account, whose users can be looked at.
    pub(super) fn is_in(&self, account: &Account) -> bool {
        self.account().is_some_and(|own| own.is(account))
    }

    /// The account, and the rest of what is known of it.
    pub(super) fn whereabouts(&self) -> (String, String) {
        let Some(account) = self.account() else {
            return ("This computer".to_owned(), String::new());
        };
        let rest = format!("{}\n{}", grouped_account_id(&account.id), visible(&account.endpoint));
        (visible(&account.name).into_owned(), rest)
    }

    /// Who did it, and the whole ARN.
    pub(super) fn who(&self) -> (String, String) {
        match self {
            Self::Deed(deed) => {
                (words::caller(&Caller::from_arn(&deed.caller)), visible(&deed.caller).into_owned())
            }
            Self::Told(..) => ("Keyfob".to_owned(), String::new()),
        }
    }

    pub(super) fn what(&self) -> String {
        match self {
            Self::Deed(deed) => words::deed(deed),
            Self::Told(_, told) => told.title.clone(),
        }
    }

    pub(super) fn user(&self) -> Option<&UserName> {
        match self {
            Self::Deed(deed) => Some(&deed.user),
            Self::Told(notice, _) => notice.event.user(),
        }
    }

    pub(super) fn key(&self) -> Option<&KeyId> {
        match self {
            Self::Deed(deed) => deed.key.as_ref(),
            Self::Told(..) => None,
        }
    }

    pub(super) fn outcome(&self) -> Outcome {
        match self {
            Self::Deed(deed) => deed.outcome,
            Self::Told(notice, _) if notice.event.is_success() => Outcome::Done,
            Self::Told(..) => Outcome::NotDone,
        }
    }

    pub(super) fn reason(&self) -> Option<String> {
        match self {
            Self::Deed(deed) => deed.reason.as_ref().map(words::reason),
            Self::Told(_, told) => Some(told.why.clone()).filter(|why| !why.is_empty()),
        }
    }

    pub(super) fn request_id(&self) -> Option<&str> {
        match self {
            Self::Deed(deed) => deed.request_id.as_deref(),
            Self::Told(notice, _) => notice.event.failure().and_then(|failure| failure.request_id.as_deref()),
        }
    }

    /// What a screen reader says of the row.
    pub(super) fn spoken(&self, now: Timestamp) -> String {
        match self {
            Self::Deed(deed) => words::deed_spoken(deed, now),
            Self::Told(_, told) => {
                let why = if told.why.is_empty() { String::new() } else { format!(": {}", told.why) };
                format!("{}{why}, {}", told.title, words::ago(self.at(), now))
            }
        }
    }

    /// All of it, to be pasted somewhere.
    pub(super) fn line(&self, zone: &Zone) -> String {
        let (place, who) = (self.whereabouts().0, self.who().0);
        let id = self.request_id().map(|id| format!("request {}", visible(id)));
        let parts = [
            Some(words::exact(self.at(), zone)),
            Some(place),
            Some(who),
            Some(self.what()),
            self.key().map(|key| visible(key.as_str()).into_owned()),
            Some(words::outcome(self.outcome()).to_owned()),
            self.reason(),
            id,
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    /// What is searched: everything that the row shows or tells on hover.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Deed(deed) => words::deed_text(deed),
            Self::Told(_, told) => {
                let (name, rest) = self.whereabouts();
                let outcome = words::outcome(self.outcome());
                let id = self.request_id().unwrap_or_default();
                format!("{} {outcome} {} {name} {rest} {id}", told.title, told.why).to_lowercase()
            }
        }
    }
}
