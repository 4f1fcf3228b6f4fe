//! Batches: the plan, the progress and the results.

use super::{Zone, ago, explain, forbidden, reason, since, thousands};
use crate::core::{
    BatchBlocked, BatchPlan, BatchRow, BatchRun, Concern, Halt, LeftOut, OpenAccount, PlannedKey, Step,
    Tally, Verdict,
};
use crate::domain::{BatchAction, BatchResult, KeyStatus, LastUse, Moment, age_days, spell_out_hidden};

/// "1 key", "1,204 keys"
pub fn keys(count: usize) -> String {
    let noun = if count == 1 { "key" } else { "keys" };
    format!("{} {noun}", thousands(count))
}

/// "Deactivate"
pub fn batch_verb(action: BatchAction) -> &'static str {
    match action {
        BatchAction::Deactivate => "Deactivate",
        BatchAction::Activate => "Activate",
        BatchAction::Delete => "Delete",
    }
}

fn done(action: BatchAction) -> &'static str {
    match action {
        BatchAction::Deactivate => "deactivated",
        BatchAction::Activate => "activated",
        BatchAction::Delete => "deleted",
    }
}

fn doing(action: BatchAction) -> &'static str {
    match action {
        BatchAction::Deactivate => "Deactivating",
        BatchAction::Activate => "Activating",
        BatchAction::Delete => "Deleting",
    }
}

/// What the button that opens the plan is called, and what it is for: "Deactivate selected keys".
pub fn batch_selected(action: BatchAction) -> String {
    format!("{} selected keys", batch_verb(action))
}

/// Above the plan: what will happen.
pub fn batch_summary(plan: &BatchPlan) -> String {
    let asks = |planned: &&PlannedKey| matches!(planned.verdict, Verdict::Asks { included: false, .. });
    let left_out = |planned: &&PlannedKey| matches!(planned.verdict, Verdict::LeftOut(_));
    let count = |is: &dyn Fn(&&PlannedKey) -> bool| plan.keys.iter().filter(is).count();
    let (asked, left) = (count(&asks), count(&left_out));
    let mut parts = vec![match plan.count() {
        0 => format!("No key will be {}.", done(plan.action)),
        count => format!("{} will be {}.", keys(count), done(plan.action)),
    }];
    match asked {
        0 => {}
        1 => parts.push("1 is included only if you tick it.".to_owned()),
        _ => parts.push(format!("{} are included only if you tick them.", thousands(asked))),
    }
    match left {
        0 => {}
        1 => parts.push("1 is left out.".to_owned()),
        _ => parts.push(format!("{} are left out.", thousands(left))),
    }
    parts.join(" ")
}

/// What follows from the action, below the plan.
pub fn batch_consequence(action: BatchAction) -> &'static str {
    match action {
        BatchAction::Deactivate => {
            "Requests that are signed with these keys will fail. You can undo this for all of them at once."
        }
        BatchAction::Activate => "These keys will work again. You can undo this for all of them at once.",
        BatchAction::Delete => {
            "Deleted keys cannot be restored. Right before each deletion AWS is asked again; a key that is active by then stays."
        }
    }
}

/// What will happen to a key, or why it is left out.
pub fn planned(
    open: &OpenAccount,
    action: BatchAction,
    planned: &PlannedKey,
    now: Moment,
    zone: &Zone,
) -> String {
    match &planned.verdict {
        Verdict::Included => match action {
            BatchAction::Delete => inactive_since(open, planned, now, zone),
            action => batch_verb(action).to_owned(),
        },
        Verdict::Asks { concern, .. } => asked(open, *concern, planned, now),
        Verdict::LeftOut(why) => left_out(why, action),
    }
}

fn inactive_since(open: &OpenAccount, planned: &PlannedKey, now: Moment, zone: &Zone) -> String {
    match open.inactive_since.get(&planned.key) {
        Some(at) => format!("Inactive since {}", since(*at, now, zone)),
        None => "Inactive, since an unknown date".to_owned(),
    }
}

fn asked(open: &OpenAccount, concern: Concern, planned: &PlannedKey, now: Moment) -> String {
    let used = planned.user.as_ref().and_then(|user| open.keys.get(user)?.last_use(&planned.key));
    match (concern, used) {
        (Concern::UsedRecently, Some(LastUse::At { when, service, .. })) => {
            let by = service.as_deref().map(|service| format!(" by {}", spell_out_hidden(service)));
            format!("Used {}{}", ago(*when, now), by.unwrap_or_default())
        }
        (Concern::UsedRecently, _) => "Used in the last 24 hours".to_owned(),
        (Concern::LastUseUnknown, _) => "Its last use is unknown".to_owned(),
        (Concern::Exempt, _) => "Its user is exempt".to_owned(),
    }
}

fn left_out(why: &LeftOut, action: BatchAction) -> String {
    match why {
        LeftOut::Status(KeyStatus::Inactive) => "Already inactive".to_owned(),
        LeftOut::Status(KeyStatus::Active) if action == BatchAction::Delete => {
            "Active: deactivate it first".to_owned()
        }
        LeftOut::Status(KeyStatus::Active) => "Already active".to_owned(),
        LeftOut::Status(KeyStatus::Expired) => "Expired".to_owned(),
        LeftOut::Status(KeyStatus::Unknown) => "Its status is unknown".to_owned(),
        LeftOut::InUse => "Keyfob signs in with it".to_owned(),
        LeftOut::Forbidden(why) => forbidden(why),
        LeftOut::UnderWay => "A change is in progress".to_owned(),
        LeftOut::NotListed => "Not in the key lists".to_owned(),
    }
}

/// "412 d", or nothing where it is unknown
pub fn planned_age(open: &OpenAccount, planned: &PlannedKey, now: Moment) -> String {
    let created = open.keys.key(&planned.key).and_then(|key| key.created);
    created.map(|created| format!("{} d", age_days(created, now.date))).unwrap_or_default()
}

/// "402 days ago, ec2"
pub fn planned_use(open: &OpenAccount, planned: &PlannedKey, now: Moment) -> String {
    let known = planned.user.as_ref().and_then(|user| open.keys.get(user));
    match known.and_then(|known| known.last_use(&planned.key)) {
        None => "Unknown".to_owned(),
        Some(LastUse::Never) => "Never used".to_owned(),
        Some(LastUse::At { when, service, .. }) => {
            let service = service.as_deref().map(|service| format!(", {}", spell_out_hidden(service)));
            format!("{}{}", ago(*when, now), service.unwrap_or_default())
        }
    }
}

pub fn batch_block(blocked: &BatchBlocked, count: usize) -> String {
    match blocked {
        BatchBlocked::Nothing => "No key is included".to_owned(),
        BatchBlocked::UnderWay => "Another batch is in progress".to_owned(),
        BatchBlocked::SessionOver => "The session has expired. Sign in again first".to_owned(),
        BatchBlocked::NotTyped => format!("Type {count}, the number of keys to delete"),
        BatchBlocked::WrongNumber => format!("The number of keys to delete is {count}"),
    }
}

/// The result for a key, or where it stands.
pub fn batch_row(row: &BatchRow, action: BatchAction) -> String {
    match &row.step {
        Step::Waiting => "Not sent".to_owned(),
        Step::Changing => format!("{}…", doing(action)),
        Step::Unconfirmed { .. } => "The response was lost; checking…".to_owned(),
        Step::Undescribing => "Deleted; removing its description…".to_owned(),
        Step::Ended(BatchResult::Done) if row.description_left => {
            "Deleted; its description is still in the user's tags".to_owned()
        }
        Step::Ended(BatchResult::Done) => capital(done(action)),
        Step::Ended(BatchResult::AlreadySet) => match action {
            BatchAction::Deactivate => "Was already inactive".to_owned(),
            BatchAction::Activate | BatchAction::Delete => "Was already active".to_owned(),
        },
        Step::Ended(BatchResult::Active) => "Not deleted: it is active".to_owned(),
        Step::Ended(BatchResult::Gone) => "No longer exists".to_owned(),
        Step::Ended(BatchResult::Failed(why)) => format!("Not {}: {}", done(action), lower(&reason(why))),
        Step::Ended(BatchResult::Unknown) => "Unknown: AWS did not confirm it".to_owned(),
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Continues a sentence, unless it begins with a name.
fn lower(sentence: &str) -> String {
    let mut chars = sentence.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(chars).collect(),
        _ => sentence.to_owned(),
    }
}

/// A batch that is under way: "Deactivating keys: 12 of 200".
pub fn batch_progress(run: &BatchRun, tally: &Tally) -> String {
    let what = if run.batch.undoes.is_some() { "Undoing" } else { doing(run.batch.action) };
    format!("{what}: {} of {}", thousands(tally.ended()), keys(tally.total()))
}

/// How it went: "198 of 200 keys deactivated".
pub fn batch_ended(action: BatchAction, tally: &Tally, undoes: bool) -> String {
    let back = if undoes { " again" } else { "" };
    if tally.done == tally.total() {
        return format!("{} {}{back}", keys(tally.done), done(action));
    }
    format!("{} of {} {}{back}", thousands(tally.done), keys(tally.total()), done(action))
}

/// The rest of the result: "2 failed, 3 not sent".
pub fn batch_rest(tally: &Tally) -> String {
    let parts = [
        (tally.unchanged, "unchanged"),
        (tally.failed, "failed"),
        (tally.unknown, "unknown"),
        (tally.pending, "being checked"),
        (tally.waiting, "not sent"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", thousands(count)))
        .collect();
    parts.join(", ")
}

/// Why a batch has stopped, and what can be done: a sentence, or nothing.
pub fn batch_halted(run: &BatchRun, open: &OpenAccount, now: Moment) -> String {
    let began = ago(run.batch.at, now);
    match &run.halt {
        None => String::new(),
        Some(Halt::Stopped) => "Stopped.".to_owned(),
        Some(Halt::Left) => format!("Stopped when the account or the window was closed. Started {began}."),
        Some(Halt::Restarted) if run.is_complete() => format!("Done before Keyfob was restarted, {began}."),
        Some(Halt::Restarted) => format!("Keyfob was closed before the batch was complete. Started {began}."),
        Some(Halt::ReadOnly(_)) => "Stopped because the account became read-only.".to_owned(),
        Some(Halt::Failing(failure)) => format!("Stopped: {}", explain(failure, Some(&open.account))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_counted_in_words() {
        let tally = Tally { done: 198, failed: 2, ..Tally::default() };
        assert_eq!(batch_ended(BatchAction::Deactivate, &tally, false), "198 of 200 keys deactivated");
        assert_eq!(batch_rest(&tally), "2 failed");
        let all = Tally { done: 1, ..Tally::default() };
        assert_eq!(batch_ended(BatchAction::Activate, &all, true), "1 key activated again");
        assert_eq!(batch_rest(&all), "");
    }

    #[test]
    fn a_reason_continues_the_sentence_unless_it_begins_with_a_name() {
        assert_eq!(lower("Throttled by AWS"), "throttled by AWS");
        assert_eq!(lower("AWS denied iam:UpdateAccessKey"), "AWS denied iam:UpdateAccessKey");
    }
}
