//! The IAM calls, from the SDK's types to ours. Reads and idempotent writes: the SDK may retry all of these.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_iam::error::ProvideErrorMetadata as _;
use aws_sdk_iam::operation::RequestId;
use aws_sdk_iam::types::{ReportStateType, StatusType, SummaryKeyType, Tag};
use aws_smithy_types::DateTime;
use jiff::Timestamp;

use super::Connection;
use super::attempt_observer::AttemptObserver;
use super::error::failure;
use super::odd_dates::OddDates;
use crate::core::{Call, CreateOutcome, Reply, UserPage};
use crate::domain::{
    AccessKey, Cause, CredentialReport, Failure, FetchedReport, Intent, KeyId, KeyList, KeyStatus, LastUse,
    NotDeleted, NotSwitched, OddValues, Pages, ReportState, User, UserName,
};

/// The maximum page size of IAM (API reference, `ListUsers`, `MaxItems`).
const PAGE: i32 = 1000;

/// A completed change, with its request id.
pub type Receipt = Result<Option<String>, Failure>;

pub(super) fn request_id(answer: &impl RequestId) -> Option<String> {
    answer.request_id().map(str::to_owned)
}

impl Connection {
    /// Carries out one call. Gives back its reply, and the id that AWS gave to the request where that is known.
    ///
    /// `before_change` is awaited right before a key is made, with the intent and the keys that are there by then, and before one
    /// is switched or deleted.
    pub async fn answer(
        &self,
        call: Call,
        before_change: impl AsyncFnOnce(Option<(Intent, BTreeSet<KeyId>)>),
    ) -> (Reply, Option<String>) {
        let mut request_id = None;
        let reply = match call {
            Call::ReadQuota => Reply::ReadQuota { result: self.quota().await },
            Call::ListUsers { load, marker } => {
                Reply::ListUsers { result: self.users(marker.clone()).await, load, marker }
            }
            Call::ListKeys { user, load, paced } => {
                Reply::ListKeys { result: self.list_keys(&user).await, user, load, paced }
            }
            Call::ReadLastUse { user, key, load, paced } => {
                Reply::ReadLastUse { result: self.last_use(&key).await, user, key, load, paced }
            }
            Call::ReadDescriptions { user, load, paced } => {
                Reply::ReadDescriptions { result: self.descriptions(&user).await, user, load, paced }
            }
            Call::GenerateReport { load } => {
                Reply::GenerateReport { load, result: self.generate_report().await }
            }
            Call::FetchReport { load, after } => {
                tokio::time::sleep(after).await;
                Reply::FetchReport { load, after, result: self.report().await }
            }
            Call::FindOwner { key, load } => Reply::FindOwner { result: self.owner(&key).await, key, load },
            Call::CreateKey { op, intent } => {
                let (outcome, id) = self.list_and_create(&intent, before_change).await;
                request_id = id;
                Reply::CreateKey { op, intent, result: Ok(outcome) }
            }
            Call::CheckKey { op, key, secret, after } => {
                tokio::time::sleep(after).await;
                Reply::CheckKey { result: self.who_is(&key, &secret).await, op, key, secret, after }
            }
            Call::Describe { user, key, text } => {
                let result = self.describe(&user, &key, &text).await.map(|id| request_id = id);
                Reply::Describe { user, key, text, result }
            }
            Call::Undescribe { user, key, batch } => {
                let result = self.undescribe(&user, &key).await.map(|id| request_id = id);
                Reply::Undescribe { user, key, batch, result }
            }
            Call::SetStatus { user, key, status, batch, checks } => {
                let checked = if checks { self.check_status(&user, &key, status).await } else { Ok(()) };
                let result = match checked {
                    Ok(()) => {
                        before_change(None).await;
                        self.set_status(&user, &key, status).await.map(|id| request_id = id)
                    }
                    Err(failure) => Err(failure),
                };
                Reply::SetStatus { user, key, status, batch, checks, result }
            }
            Call::DeleteKey { user, key, even_active, batch } => {
                if batch.is_some() {
                    // For both requests at once: nothing may wait between the list and the deletion.
                    self.turn().await;
                    before_change(None).await;
                }
                let deleted = self.list_and_delete(&user, &key, even_active).await;
                Reply::DeleteKey { result: deleted.map(|id| request_id = id), user, key, even_active, batch }
            }
        };
        (reply, request_id)
    }

    async fn quota(&self) -> Result<u32, Failure> {
        let unknown = || Failure::new("iam:GetAccountSummary", Cause::Unreadable);
        self.key_quota().await?.ok_or_else(unknown)
    }

    async fn list_and_create(
        &self,
        intent: &Intent,
        before_change: impl AsyncFnOnce(Option<(Intent, BTreeSet<KeyId>)>),
    ) -> (CreateOutcome, Option<String>) {
        let user = &intent.user;
        let known = match self.key_ids(user).await {
            Ok(known) => known,
            Err(failure) => return (CreateOutcome::Refused(failure), None),
        };
        before_change(Some((intent.clone(), known.clone()))).await;
        self.create_key(user, &known).await
    }

    /// One page of `ListUsers`, starting at `marker`.
    pub async fn users(&self, marker: Option<String>) -> Result<UserPage, Failure> {
        let call = self.iam.list_users().max_items(PAGE).set_marker(marker);
        let call = call.customize().interceptor(OddDates::default());
        let answer = call.send().await.map_err(|err| failure("iam:ListUsers", &self.host, &err))?;
        // `IsTruncated` decides, not the length of a page.
        let next = answer.is_truncated.then(|| answer.marker.unwrap_or_default());
        let users = answer.users.into_iter().map(user).collect();
        Ok(UserPage { users, next })
    }

    /// All keys of a user.
    pub async fn keys(&self, user: &UserName) -> Result<Vec<AccessKey>, Failure> {
        self.list_keys(user).await?.complete()
    }

    /// The keys of a user, as far as the server lists them. Always sends the name: without it, AWS would return the caller's own
    /// keys.
    pub async fn list_keys(&self, user: &UserName) -> Result<KeyList, Failure> {
        const ACTION: &str = "iam:ListAccessKeys";
        let (mut list, mut pages, mut marker) = (KeyList::default(), Pages::default(), None);
        loop {
            let call = self.iam.list_access_keys().user_name(user.as_str()).set_marker(marker);
            let odd = OddDates::default();
            let answer = call
                .customize()
                .interceptor(odd.clone())
                .send()
                .await
                .map_err(|err| failure(ACTION, &self.host, &err))?;
            let before = list.keys.len();
            for key in answer.access_key_metadata {
                let Some(id) = key.access_key_id else { continue };
                let status = key.status.as_ref().map_or(KeyStatus::Unknown, status);
                let odd = OddValues {
                    status: key
                        .status
                        .filter(|_| status == KeyStatus::Unknown)
                        .map(|text| text.as_str().to_owned()),
                    created: key.create_date.as_ref().and_then(|date| odd.text(date)).map(str::to_owned),
                };
                let created = key.create_date.as_ref().and_then(timestamp);
                list.add(AccessKey { id: KeyId::new(id), status, created }, odd);
            }
            let next = answer.is_truncated.then(|| answer.marker.unwrap_or_default());
            match pages.next(next, list.keys.len() - before) {
                Ok(Some(next)) => marker = Some(next),
                Ok(None) => return Ok(list),
                Err(fault) => {
                    list.incomplete = Some(Failure::new(ACTION, Cause::Paging(fault)));
                    return Ok(list);
                }
            }
        }
    }

    pub async fn last_use(&self, key: &KeyId) -> Result<LastUse, Failure> {
        const ACTION: &str = "iam:GetAccessKeyLastUsed";
        let odd = OddDates::default();
        let call = self.iam.get_access_key_last_used().access_key_id(key.as_str());
        let answer = call.customize().interceptor(odd.clone()).send().await;
        let answer = answer.map_err(|err| failure(ACTION, &self.host, &err))?;
        let Some(used) = answer.access_key_last_used else {
            return Ok(LastUse::Never);
        };
        let date = used.last_used_date.as_ref();
        // It was used, at an unknown time: not the same as never.
        if let Some(text) = date.and_then(|date| odd.text(date)) {
            return Err(Failure::new(ACTION, Cause::OddDate(text.to_owned())));
        }
        let Some(when) = date.and_then(timestamp) else {
            return Ok(LastUse::Never);
        };
        // The API returns "N/A" for unknown values.
        let known = |text: String| Some(text).filter(|text| !text.is_empty() && text != "N/A");
        Ok(LastUse::At { when, service: known(used.service_name), region: known(used.region) })
    }

    /// The tags of a user: the description of a key is the tag whose key is the key id (the console's convention).
    pub async fn descriptions(&self, user: &UserName) -> Result<BTreeMap<KeyId, String>, Failure> {
        const ACTION: &str = "iam:ListUserTags";
        let (mut found, mut pages, mut marker) = (BTreeMap::new(), Pages::default(), None);
        loop {
            let call = self.iam.list_user_tags().user_name(user.as_str()).set_marker(marker);
            let answer = call.send().await.map_err(|err| failure(ACTION, &self.host, &err))?;
            let before = found.len();
            found.extend(answer.tags.into_iter().map(|tag| (KeyId::new(tag.key), tag.value)));
            let next = answer.is_truncated.then(|| answer.marker.unwrap_or_default());
            match pages.next(next, found.len() - before) {
                Ok(Some(next)) => marker = Some(next),
                Ok(None) => return Ok(found),
                // Half of them would make the other keys look as if they had none.
                Err(fault) => return Err(Failure::new(ACTION, Cause::Paging(fault))),
            }
        }
    }

    pub async fn generate_report(&self) -> Result<ReportState, Failure> {
        let answer = self.iam.generate_credential_report().send().await;
        let answer = answer.map_err(|err| failure("iam:GenerateCredentialReport", &self.host, &err))?;
        let is_complete = answer.state == Some(ReportStateType::Complete);
        Ok(if is_complete { ReportState::Complete } else { ReportState::InProgress })
    }

    /// The credential report, if it is ready.
    pub async fn report(&self) -> Result<FetchedReport, Failure> {
        let answer = match self.iam.get_credential_report().send().await {
            Ok(answer) => answer,
            Err(err) => {
                return match err.code() {
                    Some("ReportInProgress") => Ok(FetchedReport::InProgress),
                    Some("ReportNotPresent" | "ReportExpired") => Ok(FetchedReport::Missing),
                    _ => Err(failure("iam:GetCredentialReport", &self.host, &err)),
                };
            }
        };
        let made = answer.generated_time.as_ref().and_then(timestamp);
        // Of an unknown time, it must not overwrite anything.
        let made = made.unwrap_or(Timestamp::UNIX_EPOCH);
        let content = answer.content.unwrap_or_default();
        let report = CredentialReport::parse(content.as_ref(), made);
        let unreadable = |_not_a_report| Failure::new("iam:GetCredentialReport", Cause::Unreadable);
        report.map(Box::new).map(FetchedReport::Ready).map_err(unreadable)
    }

    /// The owner of a key, which AWS returns with the last use; `None` for a key without one.
    pub async fn owner(&self, key: &KeyId) -> Result<Option<UserName>, Failure> {
        let call = self.iam.get_access_key_last_used().access_key_id(key.as_str());
        let answer = call.customize().interceptor(OddDates::default()).send().await;
        let answer = answer.map_err(|err| failure("iam:GetAccessKeyLastUsed", &self.host, &err))?;
        Ok(answer.user_name.filter(|name| !name.is_empty()).map(UserName::new))
    }

    /// Writes the description of a key; an empty text removes it.
    pub async fn describe(&self, user: &UserName, key: &KeyId, text: &str) -> Receipt {
        if text.is_empty() {
            return self.undescribe(user, key).await;
        }
        let bad =
            |err: aws_sdk_iam::error::BuildError| Failure::new("iam:TagUser", Cause::Other(err.to_string()));
        let tag = Tag::builder().key(key.as_str()).value(text).build().map_err(bad)?;
        let call = self.iam.tag_user().user_name(user.as_str()).tags(tag);
        let attempt_observer = AttemptObserver::at(&self.host);
        let answer = call.customize().interceptor(attempt_observer.clone()).send().await;
        let answer = answer.map_err(|err| attempt_observer.failure("iam:TagUser", &err))?;
        Ok(request_id(&answer))
    }

    pub async fn undescribe(&self, user: &UserName, key: &KeyId) -> Receipt {
        let call = self.iam.untag_user().user_name(user.as_str()).tag_keys(key.as_str());
        let attempt_observer = AttemptObserver::at(&self.host);
        let answer = call.customize().interceptor(attempt_observer.clone()).send().await;
        let answer = answer.map_err(|err| attempt_observer.failure("iam:UntagUser", &err))?;
        Ok(request_id(&answer))
    }

    /// Whether there is anything to change, for one of many keys: what was shown of it may be hours old. The second request
    /// waits for its turn, too.
    async fn check_status(&self, user: &UserName, key: &KeyId, status: KeyStatus) -> Result<(), Failure> {
        let refused = |cause| Failure::new("iam:UpdateAccessKey", cause);
        // The list was lost, and not the change, which might have happened then.
        let not_listed = |failure: Failure| match failure.cause {
            cause if cause.is_lost() => {
                let cause = Cause::NotSwitched(NotSwitched::NotListed(Box::new(cause)));
                Failure { cause, ..failure }
            }
            cause => Failure { cause, ..failure },
        };
        let listed = self.keys(user).await.map_err(not_listed)?;
        match listed.iter().find(|listed| listed.id == *key) {
            None => {
                Err(refused(Cause::NoSuchEntity(format!("The Access Key with id {key} cannot be found."))))
            }
            Some(listed) if listed.status == status => {
                Err(refused(Cause::NotSwitched(NotSwitched::AlreadySet(status))))
            }
            Some(_) => {
                self.turn().await;
                Ok(())
            }
        }
    }

    pub async fn set_status(&self, user: &UserName, key: &KeyId, status: KeyStatus) -> Receipt {
        let status = if status == KeyStatus::Active { StatusType::Active } else { StatusType::Inactive };
        let call = self.iam.update_access_key().user_name(user.as_str());
        let call = call.access_key_id(key.as_str()).status(status);
        let attempt_observer = AttemptObserver::at(&self.host);
        let answer = call.customize().interceptor(attempt_observer.clone()).send().await;
        let answer = answer.map_err(|err| attempt_observer.failure("iam:UpdateAccessKey", &err))?;
        Ok(request_id(&answer))
    }

    /// Deletes a key that is inactive at the time of the call, whatever a list of some seconds or hours ago has shown. IAM has no
    /// conditional delete: between this list and the deletion is one round trip.
    pub async fn list_and_delete(&self, user: &UserName, key: &KeyId, even_active: bool) -> Receipt {
        let refused = |cause| Failure::new("iam:DeleteAccessKey", cause);
        let listed = self.list_keys(user).await.map_err(|failure| match failure.cause {
            // Not only the key is gone.
            Cause::NoSuchEntity(_) => refused(Cause::NotDeleted(NotDeleted::Gone)),
            // The list was lost, and not the deletion, which might have happened then.
            cause if cause.is_lost() => {
                Failure { cause: Cause::NotDeleted(NotDeleted::NotListed(Box::new(cause))), ..failure }
            }
            cause => Failure { cause, ..failure },
        })?;
        match listed.keys.iter().find(|listed| listed.id == *key).map(|listed| listed.status) {
            Some(status) if status.is_off() || even_active => self.delete_key(user, key).await,
            Some(status) => Err(refused(Cause::NotDeleted(NotDeleted::NotInactive(status)))),
            None => Err(listed.incomplete.unwrap_or_else(|| refused(Cause::NotDeleted(NotDeleted::Gone)))),
        }
    }

    pub async fn delete_key(&self, user: &UserName, key: &KeyId) -> Receipt {
        let call = self.iam.delete_access_key().user_name(user.as_str()).access_key_id(key.as_str());
        let attempt_observer = AttemptObserver::at(&self.host);
        let answer = call.customize().interceptor(attempt_observer.clone()).send().await;
        let answer = answer.map_err(|err| attempt_observer.failure("iam:DeleteAccessKey", &err))?;
        Ok(request_id(&answer))
    }

    /// The maximum number of keys per user; `None` if the account does not report it.
    pub async fn key_quota(&self) -> Result<Option<u32>, Failure> {
        let answer = self.iam.get_account_summary().send().await;
        let answer = answer.map_err(|err| failure("iam:GetAccountSummary", &self.host, &err))?;
        let quota =
            answer.summary_map.and_then(|map| map.get(&SummaryKeyType::AccessKeysPerUserQuota).copied());
        Ok(quota.and_then(|quota| u32::try_from(quota).ok()).filter(|quota| *quota > 0))
    }
}

fn user(user: aws_sdk_iam::types::User) -> User {
    User {
        name: UserName::new(user.user_name),
        path: user.path,
        created: timestamp(&user.create_date),
        password_last_used: user.password_last_used.as_ref().and_then(timestamp),
    }
}

fn status(status: &StatusType) -> KeyStatus {
    match status {
        StatusType::Active => KeyStatus::Active,
        StatusType::Inactive => KeyStatus::Inactive,
        StatusType::Expired => KeyStatus::Expired,
        _ => KeyStatus::Unknown,
    }
}

/// `None` for the epoch, which the SDK uses for a missing date.
pub(super) fn timestamp(time: &DateTime) -> Option<Timestamp> {
    Timestamp::from_second(time.secs()).ok().filter(|time| *time > Timestamp::UNIX_EPOCH)
}
