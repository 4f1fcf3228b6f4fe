//! The accounts that can be opened, as every list of them tells of them.

use jiff::Timestamp;

use super::names::Names;
use crate::core::Model;
use crate::domain::{
    AccountKind, KeyId, Opened, Profile, Settings, SignInChoice, grouped_account_id, spell_out_hidden,
};
use crate::ui::words;

/// What can be opened.
#[derive(Clone, Copy)]
pub(in crate::ui) enum Entry<'a> {
    Profile(&'a Profile),
    Environment(&'a KeyId),
    Container,
    Practice,
}

impl<'a> Entry<'a> {
    /// What was found on this workstation, in its order; the practice account is always there besides.
    pub(in crate::ui) fn found(model: &'a Model) -> Vec<Self> {
        let Some(found) = &model.files.profiles.value else { return Vec::new() };
        let mut entries: Vec<Self> = found.list.iter().map(Self::Profile).collect();
        entries.extend(found.environment.as_ref().map(Self::Environment));
        entries.extend(found.container.then_some(Self::Container));
        entries
    }

    pub(in crate::ui) fn is(self, choice: &SignInChoice) -> bool {
        match (self, choice) {
            (Self::Profile(profile), SignInChoice::Profile(name)) => profile.name == *name,
            (Self::Environment(_), SignInChoice::Environment)
            | (Self::Container, SignInChoice::Container)
            | (Self::Practice, SignInChoice::Practice) => true,
            _ => false,
        }
    }

    pub(in crate::ui) fn choice(self) -> SignInChoice {
        match self {
            Self::Profile(profile) => SignInChoice::Profile(profile.name.clone()),
            Self::Environment(_) => SignInChoice::Environment,
            Self::Container => SignInChoice::Container,
            Self::Practice => SignInChoice::Practice,
        }
    }

    pub(in crate::ui) fn name(self) -> &'a str {
        match self {
            Self::Profile(profile) => &profile.name,
            Self::Environment(_) => "Environment credentials",
            Self::Container => "Container credentials",
            Self::Practice => "Practice account",
        }
    }

    /// With what is known of it without asking.
    pub(in crate::ui) fn listed(self, settings: &Settings) -> Listed {
        let opened = settings.opened.iter().find(|opened| self.is(&opened.choice));
        // What would be opened now comes before what was opened once.
        let told = match self {
            Self::Profile(profile) => profile.account_id.as_deref(),
            _ => None,
        };
        let account_id = told.or_else(|| opened.map(|opened: &Opened| opened.account_id.as_str()));
        Listed {
            names: Names::of(settings, &self.choice(), self.name(), account_id),
            account_id: account_id.map(str::to_owned),
            opened: opened.map(|opened| opened.at),
        }
    }
}

/// What a list shows of an account.
pub(in crate::ui) struct Listed {
    pub(in crate::ui) names: Names,
    pub(in crate::ui) account_id: Option<String>,
    pub(in crate::ui) opened: Option<Timestamp>,
}

impl Listed {
    /// By its names, and by its id with or without hyphens. `query` is in lower case.
    pub(in crate::ui) fn matches(&self, query: &str) -> bool {
        let digits = query.replace('-', "");
        let has_id = |id: &String| !digits.is_empty() && id.contains(&digits);
        self.names.match_query(query) || self.account_id.as_ref().is_some_and(has_id)
    }

    /// What stands in its row beside the name, for assistive technology; `rest` is what only this list shows.
    pub(in crate::ui) fn description(&self, rest: impl IntoIterator<Item = String>) -> String {
        let kind = match self.names.kind {
            AccountKind::Plain => None,
            kind => Some(words::account_kind(kind).to_owned()),
        };
        let id = self.account_id.as_deref().map(grouped_account_id);
        let told = [self.names.own.clone(), kind, id].into_iter().flatten().chain(rest);
        told.map(|part| spell_out_hidden(&part).into_owned()).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ProfileKind;

    #[test]
    fn the_files_say_what_would_be_opened_now() {
        let mut settings = Settings::default();
        let choice = SignInChoice::Profile("lab".into());
        let at = Timestamp::UNIX_EPOCH;
        settings.remember_opened(Opened { choice, account_id: "1".repeat(12), elsewhere: None, at });
        let mut profile = Profile {
            name: "lab".into(),
            kind: ProfileKind::Keys { mfa: false },
            account_id: None,
            region: None,
            flaw: None,
            problem: None,
        };
        let id = |profile: &Profile| Entry::Profile(profile).listed(&settings).account_id;
        assert_eq!(id(&profile), Some("1".repeat(12)), "it is known from the last time");
        profile.account_id = Some("2".repeat(12));
        assert_eq!(id(&profile), Some("2".repeat(12)), "the file was changed meanwhile");
    }
}
