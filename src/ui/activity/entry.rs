//! A row of the activity: a change, or a notice of this run.

use std::sync::Arc;

use jiff::Timestamp;

use crate::core::{Model, Notice, NoticeId};
use crate::domain::{
    Account, AccountRef, ActivityEntry, Caller, KeyId, Moment, Outcome, UserName, grouped_account_id,
    spell_out_hidden,
};
use crate::ui::words::{self, Zone};

#[derive(Clone)]
pub(in crate::ui) enum Entry {
    ActivityEntry(Arc<ActivityEntry>),
    Notice(Arc<Notice>, Arc<NoticeText>),
}

/// Identifies an entry. A change stays where it is in memory for as long as the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::ui) enum EntryKey {
    ActivityEntry(usize),
    Notice(NoticeId),
}

/// What was told, in words: made once, as it does not change.
pub(in crate::ui) struct NoticeText {
    title: String,
    why: String,
    /// `None`: it is about this computer.
    account: Option<AccountRef>,
}

impl Entry {
    pub(super) fn of_notice(model: &Model, notice: &Arc<Notice>) -> Self {
        let account = notice.session.and_then(|session| model.account_of(session));
        let (title, why) = words::event(&notice.event, account);
        Self::Notice(
            Arc::clone(notice),
            Arc::new(NoticeText { title, why, account: account.map(AccountRef::from) }),
        )
    }

    /// Tells it from all others, wherever its row is.
    pub(super) fn key_of_row(&self) -> EntryKey {
        match self {
            Self::ActivityEntry(entry) => EntryKey::ActivityEntry(Arc::as_ptr(entry) as usize),
            Self::Notice(notice, _) => EntryKey::Notice(notice.id),
        }
    }

    pub(super) fn at(&self) -> Timestamp {
        match self {
            Self::ActivityEntry(entry) => entry.at,
            Self::Notice(notice, _) => notice.at.date,
        }
    }

    /// "3 minutes ago": of this run by the clock that nobody can set.
    pub(super) fn ago(&self, now: Moment) -> String {
        match self {
            Self::ActivityEntry(entry) => words::ago(entry.at, now),
            Self::Notice(notice, _) => words::ago(notice.at, now),
        }
    }

    fn account(&self) -> Option<&AccountRef> {
        match self {
            Self::ActivityEntry(entry) => Some(&entry.account),
            Self::Notice(_, text) => text.account.as_ref(),
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
        let rest = format!("{}\n{}", grouped_account_id(&account.id), spell_out_hidden(&account.endpoint));
        (spell_out_hidden(&account.name).into_owned(), rest)
    }

    /// Who did it, and the whole ARN.
    pub(super) fn who(&self) -> (String, String) {
        match self {
            Self::ActivityEntry(entry) => (
                words::caller(&Caller::from_arn(&entry.caller)),
                spell_out_hidden(&entry.caller).into_owned(),
            ),
            Self::Notice(..) => ("Keyfob".to_owned(), String::new()),
        }
    }

    pub(super) fn what(&self) -> String {
        match self {
            Self::ActivityEntry(entry) => words::entry(entry),
            Self::Notice(_, text) => text.title.clone(),
        }
    }

    pub(super) fn user(&self) -> Option<&UserName> {
        match self {
            Self::ActivityEntry(entry) => Some(&entry.user),
            Self::Notice(notice, _) => notice.event.user(),
        }
    }

    pub(super) fn key(&self) -> Option<&KeyId> {
        match self {
            Self::ActivityEntry(entry) => entry.key.as_ref(),
            Self::Notice(..) => None,
        }
    }

    pub(super) fn outcome(&self) -> Outcome {
        match self {
            Self::ActivityEntry(entry) => entry.outcome,
            Self::Notice(notice, _) if notice.event.is_success() => Outcome::Done,
            Self::Notice(..) => Outcome::Failed,
        }
    }

    pub(super) fn reason(&self) -> Option<String> {
        match self {
            Self::ActivityEntry(entry) => entry.reason.as_ref().map(words::reason),
            Self::Notice(_, text) => Some(text.why.clone()).filter(|why| !why.is_empty()),
        }
    }

    pub(super) fn request_id(&self) -> Option<&str> {
        match self {
            Self::ActivityEntry(entry) => entry.request_id.as_deref(),
            Self::Notice(notice, _) => {
                notice.event.failure().and_then(|failure| failure.request_id.as_deref())
            }
        }
    }

    /// What a screen reader says of the row.
    pub(super) fn spoken(&self, now: Moment) -> String {
        match self {
            Self::ActivityEntry(entry) => words::deed_spoken(entry, now),
            Self::Notice(_, text) => {
                let why = if text.why.is_empty() { String::new() } else { format!(": {}", text.why) };
                format!("{}{why}, {}", text.title, self.ago(now))
            }
        }
    }

    /// All of it, to be pasted somewhere.
    pub(super) fn line(&self, zone: &Zone) -> String {
        let (place, who) = (self.whereabouts().0, self.who().0);
        let id = self.request_id().map(|id| format!("request {}", spell_out_hidden(id)));
        let parts = [
            Some(words::exact(self.at(), zone)),
            Some(place),
            Some(who),
            Some(self.what()),
            self.key().map(|key| spell_out_hidden(key.as_str()).into_owned()),
            Some(words::outcome(self.outcome()).to_owned()),
            self.reason(),
            id,
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    /// What is searched: everything that the row shows or tells on hover.
    pub(super) fn text(&self) -> String {
        match self {
            Self::ActivityEntry(entry) => words::deed_text(entry),
            Self::Notice(_, text) => {
                let (name, rest) = self.whereabouts();
                let outcome = words::outcome(self.outcome());
                let id = self.request_id().unwrap_or_default();
                format!("{} {outcome} {} {name} {rest} {id}", text.title, text.why).to_lowercase()
            }
        }
    }
}
