//! The account's credential reports: made on demand, and then the same for four hours.

use jiff::{SignedDuration, Timestamp};

use super::ACCOUNT_ID;
use super::account::{Account, Key, Root, User};
use super::fault::Fault;

/// AWS makes a new report only when the last one is older than this.
const LASTS: SignedDuration = SignedDuration::from_hours(4);

/// IAM user guide, "Getting credential reports for your AWS account".
const COLUMNS: [&str; 22] = [
    "user",
    "arn",
    "user_creation_time",
    "password_enabled",
    "password_last_used",
    "password_last_changed",
    "password_next_rotation",
    "mfa_active",
    "access_key_1_active",
    "access_key_1_last_rotated",
    "access_key_1_last_used_date",
    "access_key_1_last_used_region",
    "access_key_1_last_used_service",
    "access_key_2_active",
    "access_key_2_last_rotated",
    "access_key_2_last_used_date",
    "access_key_2_last_used_region",
    "access_key_2_last_used_service",
    "cert_1_active",
    "cert_1_last_rotated",
    "cert_2_active",
    "cert_2_last_rotated",
];

/// The last report, and the one that is being made.
#[derive(Default)]
pub(super) struct Reports {
    last: Option<Report>,
    /// With the number of times that it was asked for.
    making: Option<(Report, u32)>,
}

#[derive(Clone)]
pub(super) struct Report {
    pub(super) made: Timestamp,
    pub(super) csv: String,
}

/// The state of the report after a request to generate one.
#[derive(Clone, Copy)]
pub(super) enum Generated {
    Started,
    InProgress,
    Complete,
}

impl Account {
    /// Starts a report of the account as it is now, unless one is being made or the last one is fresh.
    pub(super) fn generate_report(&mut self, now: Timestamp) -> Generated {
        if self.reports.making.is_some() {
            return Generated::InProgress;
        }
        if self.reports.last.as_ref().is_some_and(|last| last.is_fresh(now)) {
            return Generated::Complete;
        }
        self.reports.making = Some((Report { made: now, csv: csv(self) }, 0));
        Generated::Started
    }

    /// A report is in progress when it is asked for the first time, and ready the second time.
    pub(super) fn report(&mut self, now: Timestamp) -> Result<&Report, Fault> {
        let reports = &mut self.reports;
        if let Some((report, asked)) = reports.making.take() {
            if asked == 0 {
                reports.making = Some((report, 1));
                return Err(Fault::report_in_progress());
            }
            reports.last = Some(report);
        }
        let last = reports.last.as_ref().ok_or_else(Fault::report_not_present)?;
        if last.is_fresh(now) { Ok(last) } else { Err(Fault::report_expired()) }
    }
}

impl Report {
    fn is_fresh(&self, now: Timestamp) -> bool {
        now.duration_since(self.made) < LASTS
    }
}

fn csv(account: &Account) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let rows = std::iter::once(root_row(&account.root)).chain(account.users().map(user_row));
    let header = COLUMNS.map(str::to_owned).to_vec();
    for row in std::iter::once(header).chain(rows) {
        // Into memory, and each row with as many fields as the first: that cannot fail.
        writer.write_record(row).ok();
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn root_row(root: &Root) -> Vec<String> {
    let (not_supported, none) = ("not_supported".to_owned(), "N/A".to_owned());
    let mut row = vec![
        "<root_account>".to_owned(),
        format!("arn:aws:iam::{ACCOUNT_ID}:root"),
        date(root.created),
        not_supported.clone(),
        root.password_last_used.map_or_else(|| "no_information".to_owned(), date),
        not_supported.clone(),
        not_supported,
        "true".to_owned(),
    ];
    row.extend(keys(&root.keys));
    row.extend(["false".to_owned(), none.clone(), "false".to_owned(), none]);
    row
}

/// AWS writes no time of the last change of a password where there is none, and no time of the next one without a policy.
fn user_row(user: &User) -> Vec<String> {
    let none = || "N/A".to_owned();
    let has_password = user.password_last_used.is_some();
    let mut row = vec![
        user.name.clone(),
        user.arn(),
        date(user.created),
        has_password.to_string(),
        user.password_last_used.map_or_else(none, date),
        if has_password { date(user.created) } else { none() },
        none(),
        user.has_mfa.to_string(),
    ];
    row.extend(keys(&user.keys));
    row.extend(["false".to_owned(), none(), "false".to_owned(), none()]);
    row
}

/// The first two keys, whatever number there is.
fn keys(keys: &[Key]) -> impl Iterator<Item = String> {
    [keys.first(), keys.get(1)].into_iter().flat_map(|key| {
        let none = || "N/A".to_owned();
        let used = key.and_then(|key| key.last_used.as_ref());
        [
            key.is_some_and(|key| key.active).to_string(),
            key.map_or_else(none, |key| date(key.created)),
            used.map_or_else(none, |used| date(used.at)),
            used.map_or_else(none, |used| used.region.clone()),
            used.map_or_else(none, |used| used.service.clone()),
        ]
    })
}

/// As AWS writes it: `2026-08-25T10:00:00+00:00`.
fn date(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}
