//! The credential report: generated, waited for, fetched, and handed to the store of keys.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;

use super::{Call, Model, Remote, SessionId};
use crate::domain::{
    Cause, CredentialReport, Failure, FetchedReport, Moment, ReportProblem, ReportState, UserName,
};

/// Between two questions whether the report is ready, at first. AWS mostly needs a few seconds.
const POLL: Duration = Duration::from_secs(2);
/// How often that is asked; then AWS has more users to look through than that.
const QUICK_POLLS: u32 = 4;
const SLOW_POLL: Duration = Duration::from_secs(5);
/// After this many questions, about 5 minutes, it is given up.
const MOST_POLLS: u32 = 60;

/// How the credential report of an account stands. What it says about keys is in the [`KeyStore`](super::KeyStore).
#[derive(Debug, Default)]
pub struct ReportStatus {
    /// The last report that was read. It stays while another one is asked for, and when that fails. `as_of` is when Keyfob
    /// read it, [`ReportSummary::made`] when AWS made it.
    pub report: Remote<ReportSummary>,
    /// Since when AWS is making the report that is waited for; `None` while nothing is asked, or not answered yet.
    pub generating_since: Option<Timestamp>,
    /// When the request that is under way was made.
    asked_at: Option<Timestamp>,
    polls: u32,
    /// Why no new one can be generated. An earlier one may be there.
    refused: Option<Failure>,
}

/// A report that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportSummary {
    /// When AWS made it: up to four hours before it was read.
    pub made: Timestamp,
    /// IAM users in it.
    pub users: usize,
    /// What could not be read in it, the first 50.
    pub problems: Vec<ReportProblem>,
    /// How many more problems there are.
    pub more_problems: usize,
}

impl ReportStatus {
    /// Why there is no report, if so: the rows are built from lists alone, which takes a call for each user.
    pub fn fallback(&self) -> Option<&Failure> {
        let failure = self.report.failure().filter(|_| self.report.value.is_none());
        failure.map(|(failure, _)| failure)
    }

    /// There is no report, and there will be none. Without its last uses there are no findings about use.
    pub(super) fn is_refused(&self) -> bool {
        self.fallback().is_some_and(|failure| !failure.may_pass())
    }

    fn start(&mut self, load: u64, now: Moment) {
        self.report.start(load);
        self.asked_at = Some(now.date);
        (self.generating_since, self.polls, self.refused) = (None, 0, None);
    }

    fn finish(&mut self, load: u64, answer: Result<ReportSummary, Failure>, now: Moment) {
        self.generating_since = None;
        self.report.finish(load, answer, now);
    }

    /// How long to wait before the next question; `None`: long enough.
    fn next_poll(&mut self) -> Option<Duration> {
        self.polls += 1;
        let poll = if self.polls <= QUICK_POLLS { POLL } else { SLOW_POLL };
        (self.polls <= MOST_POLLS).then_some(poll)
    }

    /// When the report was made, by the clock that everything here is measured by: one that was ready when it was asked for is not of later.
    fn made_at(&self, made: Timestamp, now: Timestamp) -> Timestamp {
        let latest = if self.generating_since.is_some() { now } else { self.asked_at.unwrap_or(now) };
        made.min(latest)
    }
}

impl Model {
    pub(super) fn ask_report(&mut self) {
        let (now, load) = (self.now, self.run.next_number());
        let Some(open) = self.open.as_mut().filter(|open| !open.inventory.report.report.is_loading()) else {
            return;
        };
        open.inventory.report.start(load, now);
        let session = open.session;
        self.call(session, Call::GenerateReport { load });
    }

    pub(super) fn report_generated(
        &mut self,
        session: SessionId,
        load: u64,
        answer: Result<ReportState, Failure>,
    ) {
        let now = self.now;
        let Some(status) = self.awaited_report(session, load) else { return };
        match answer {
            Ok(ReportState::Complete) if status.polls == 0 => {
                self.fetch_report(session, load, Duration::ZERO);
            }
            Ok(ReportState::Complete) => self.poll_report(session, load),
            Ok(ReportState::InProgress) => {
                status.generating_since.get_or_insert(now.date);
                self.poll_report(session, load);
            }
            // Somebody else may have had one made within the last hours.
            Err(failure) if failure.is_refusal() => {
                status.refused = Some(failure);
                self.fetch_report(session, load, Duration::ZERO);
            }
            Err(failure) => self.report_ended(session, load, Err(failure)),
        }
    }

    pub(super) fn report_fetched(
        &mut self,
        session: SessionId,
        load: u64,
        answer: Result<FetchedReport, Failure>,
    ) {
        let now = self.now;
        let Some(status) = self.awaited_report(session, load) else { return };
        match answer {
            Ok(FetchedReport::Ready(report)) => self.report_ended(session, load, Ok(*report)),
            Ok(FetchedReport::InProgress) => {
                status.generating_since.get_or_insert(now.date);
                self.poll_report(session, load);
            }
            Ok(FetchedReport::Missing) => match status.refused.take() {
                Some(refused) => self.report_ended(session, load, Err(refused)),
                None => self.generate_again(session, load),
            },
            Err(failure) => self.report_ended(session, load, Err(failure)),
        }
    }

    fn awaited_report(&mut self, session: SessionId, load: u64) -> Option<&mut ReportStatus> {
        let status = &mut self.open_as(session)?.inventory.report;
        status.report.awaits(load).then_some(status)
    }

    fn fetch_report(&mut self, session: SessionId, load: u64, after: Duration) {
        self.call(session, Call::FetchReport { load, after });
    }

    fn poll_report(&mut self, session: SessionId, load: u64) {
        let Some(status) = self.awaited_report(session, load) else { return };
        match status.next_poll() {
            Some(after) => self.fetch_report(session, load, after),
            None => self.report_ended(session, load, Err(not_ready())),
        }
    }

    /// It expired between the two calls.
    fn generate_again(&mut self, session: SessionId, load: u64) {
        let Some(status) = self.awaited_report(session, load) else { return };
        if status.next_poll().is_some() {
            self.call(session, Call::GenerateReport { load });
        } else {
            self.report_ended(session, load, Err(not_ready()));
        }
    }

    fn report_ended(&mut self, session: SessionId, load: u64, answer: Result<CredentialReport, Failure>) {
        let now = self.now;
        let Some(open) = self.open_as(session) else { return };
        let status = &mut open.inventory.report;
        let summary = answer.map(|mut report| {
            let made = report.as_of;
            report.as_of = status.made_at(made, now.date);
            // Users that were deleted stay in reports for hours.
            if open.users.list.as_of.is_some_and(|listed| report.as_of <= listed.date) {
                let listed: BTreeSet<&UserName> = open.users.all().iter().map(|user| &user.name).collect();
                report.users.retain(|user| listed.contains(&user.name));
            }
            let summary = ReportSummary {
                made,
                users: report.users.len(),
                problems: std::mem::take(&mut report.problems),
                more_problems: report.more_problems,
            };
            open.keys.apply_report(report, now);
            summary
        });
        status.finish(load, summary, now);
        self.plan_sweep();
    }
}

fn not_ready() -> Failure {
    let reason = "AWS did not finish the credential report within 5 minutes".to_owned();
    Failure::new("iam:GetCredentialReport", Cause::Other(reason))
}
