//! A line of the activity: a deed, or something that was told in this run.

use std::cmp::Reverse;
use std::sync::Arc;

use egui::Id;
use jiff::Timestamp;

use super::columns::SortBy;
use crate::core::{Model, Notice};
use crate::domain::{
    Account, AccountRef, Caller, Deed, KeyId, Outcome, UserName, grouped_account_id, visible,
};
use crate::ui::words::{self, Zone};

#[derive(Clone)]
pub(super) enum Entry {
    Deed(Arc<Deed>),
    Told(Arc<Notice>, Arc<Told>),
}

/// What was told, in words: made once, as it does not change.
pub(super) struct Told {
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
    pub(super) fn id(&self) -> Id {
        match self {
            Self::Deed(deed) => Id::unique(("deed", Arc::as_ptr(deed) as usize)),
            Self::Told(notice, _) => Id::unique(("told", notice.id)),
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

/// By time the newest is first, and so it is among those that are the same.
pub(super) fn sort(rows: &mut [Entry], by: SortBy, backwards: bool) {
    rows.sort_by_key(|row| Reverse(row.at()));
    match by {
        SortBy::When => {}
        SortBy::Account => rows.sort_by_cached_key(|row| row.whereabouts().0.to_lowercase()),
        SortBy::Who => rows.sort_by_cached_key(|row| row.who().0.to_lowercase()),
        SortBy::What => rows.sort_by_cached_key(|row| row.what().to_lowercase()),
        SortBy::Key => rows.sort_by_cached_key(|row| row.key().cloned()),
        SortBy::Outcome => rows.sort_by_key(|row| row.outcome() as u8),
        SortBy::Detail => rows.sort_by_cached_key(|row| row.reason().map(|why| why.to_lowercase())),
    }
    if backwards {
        rows.reverse();
    }
}
