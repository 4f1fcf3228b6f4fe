//! Entries of the activity. No field can contain a secret, or text that somebody typed.

mod reason;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AccountRef, Failure, KeyId, KeyStatus, UserName, report_line};
pub use reason::Reason;

/// One requested change and its outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityEntry {
    /// When the response arrived.
    pub at: Timestamp,
    #[serde(rename = "place")]
    pub account: AccountRef,
    /// The caller's ARN.
    pub caller: String,
    pub what: ActionKind,
    pub user: UserName,
    /// `None` if no key was created, or its id is unknown.
    pub key: Option<KeyId>,
    pub outcome: Outcome,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// AWS Support asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionKind {
    Create,
    Activate,
    Deactivate,
    Delete,
    Describe,
    RemoveDescription,
}

impl ActionKind {
    pub fn switch(to: KeyStatus) -> Self {
        if to == KeyStatus::Active { Self::Activate } else { Self::Deactivate }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Activate => "activate",
            Self::Deactivate => "deactivate",
            Self::Delete => "delete",
            Self::Describe => "describe",
            Self::RemoveDescription => "remove_description",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Done,
    /// Certainly nothing was changed.
    #[serde(rename = "not_done")]
    Failed,
    /// The response was lost: the change may have been made.
    #[serde(rename = "not_known")]
    Unknown,
}

impl Outcome {
    pub fn of(failure: &Failure) -> Self {
        if failure.is_lost() { Self::Unknown } else { Self::Failed }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "not_done",
            Self::Unknown => "not_known",
        }
    }
}

impl ActivityEntry {
    /// A CSV report for spreadsheets and scripts: a header and one line per entry.
    pub fn report<'a>(entries: impl IntoIterator<Item = &'a Self>) -> String {
        const HEADING: [&str; 11] = [
            "time",
            "account_id",
            "account",
            "endpoint",
            "caller",
            "action",
            "user",
            "access_key_id",
            "outcome",
            "reason",
            "request_id",
        ];
        let mut text = report_line(&HEADING);
        for entry in entries {
            let reason = entry.reason.as_ref().map(Reason::name).unwrap_or_default();
            text.push_str(&report_line(&[
                &entry.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
                &entry.account.id,
                &entry.account.name,
                &entry.account.endpoint,
                &entry.caller,
                entry.what.name(),
                entry.user.as_str(),
                entry.key.as_ref().map(KeyId::as_str).unwrap_or_default(),
                entry.outcome.name(),
                &reason,
                entry.request_id.as_deref().unwrap_or_default(),
            ]));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Cause, Denial};

    fn entry() -> ActivityEntry {
        ActivityEntry {
            at: "2026-11-24T12:00:00Z".parse().unwrap(),
            account: AccountRef {
                id: "123456789012".into(),
                name: "lab".into(),
                endpoint: "iam.amazonaws.com".into(),
            },
            caller: "arn:aws:iam::123456789012:user/anna".into(),
            what: ActionKind::Deactivate,
            user: UserName::new("=bob"),
            key: Some(KeyId::new("AKIAIOSFODNN7EXAMPLE")),
            outcome: Outcome::Failed,
            reason: Some(Reason::Denied("iam:UpdateAccessKey".into())),
            request_id: Some("r-1".into()),
        }
    }

    #[test]
    fn its_text_is_the_one_of_earlier_versions() {
        let text = r#"{"at":"2026-11-24T12:00:00Z","place":{"id":"123456789012","name":"lab","endpoint":"iam.amazonaws.com"},"caller":"arn:aws:iam::123456789012:user/anna","what":"deactivate","user":"=bob","key":"AKIAIOSFODNN7EXAMPLE","outcome":"not_done","reason":{"denied":"iam:UpdateAccessKey"},"request_id":"r-1"}"#;
        assert_eq!(serde_json::to_string(&entry()).unwrap(), text);
        assert_eq!(serde_json::from_str::<ActivityEntry>(text).unwrap(), entry());
    }

    #[test]
    fn what_is_written_can_be_read_again() {
        for entry in [entry(), ActivityEntry { key: None, reason: None, request_id: None, ..entry() }] {
            let text = serde_json::to_string(&entry).unwrap();
            assert!(!text.contains('\n'), "one line each");
            assert_eq!(serde_json::from_str::<ActivityEntry>(&text).unwrap(), entry);
        }
    }

    #[test]
    fn a_report_has_a_line_each_and_no_formula() {
        assert_eq!(
            ActivityEntry::report([&entry()]),
            "time,account_id,account,endpoint,caller,action,user,access_key_id,outcome,reason,request_id\r\n\
             2026-11-24T12:00:00Z,123456789012,lab,iam.amazonaws.com,arn:aws:iam::123456789012:user/anna,deactivate,\
             '=bob,AKIAIOSFODNN7EXAMPLE,not_done,denied iam:UpdateAccessKey,r-1\r\n"
        );
    }

    #[test]
    fn file_and_report_use_the_same_names() {
        use ActionKind as W;
        for what in [W::Create, W::Activate, W::Deactivate, W::Delete, W::Describe, W::RemoveDescription] {
            assert_eq!(serde_json::to_value(what).unwrap(), what.name());
        }
        for outcome in [Outcome::Done, Outcome::Failed, Outcome::Unknown] {
            assert_eq!(serde_json::to_value(outcome).unwrap(), outcome.name());
        }
    }

    #[test]
    fn a_lost_answer_is_no_refusal() {
        let of = |cause| {
            let failure = Failure::new("iam:UpdateAccessKey", cause);
            (Outcome::of(&failure), Reason::from(&failure))
        };
        let denied = Reason::Denied("iam:UpdateAccessKey".into());
        assert_eq!(of(Cause::Denied(Denial::default())), (Outcome::Failed, denied));
        let host = || "h".to_owned();
        assert_eq!(of(Cause::NotInTime { host: host() }), (Outcome::Unknown, Reason::NoAnswer));
        assert_eq!(of(Cause::UnknownHost { host: host() }), (Outcome::Failed, Reason::NotSent));
        assert_eq!(of(Cause::ServiceFailure { status: 503 }), (Outcome::Unknown, Reason::Failed(503)));
    }
}
