//! The credential report: all users of an account and their keys in one CSV file, without key ids.
//!
//! IAM user guide, "Getting credential reports for your AWS account". Columns are found by their names, because AWS adds some
//! over time. A row or a value that cannot be read is named as a problem, and the rest is used.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::Timestamp;

use super::{KeyStatus, LastUse, UserName};

/// The name in the row of the root user. No IAM user can have it: names contain no angle brackets.
const ROOT: &str = "<root_account>";

/// How many problems are kept; the others are counted.
const PROBLEMS: usize = 50;

/// The longest part of an unreadable value that a problem quotes, in characters.
const QUOTED: usize = 40;

/// Whether AWS has a credential report (`GenerateCredentialReport`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportState {
    /// Ready. Made up to four hours ago: AWS makes a new one only then.
    Complete,
    /// It has just been started, or is being made.
    InProgress,
}

/// The result of `GetCredentialReport`.
#[derive(Debug)]
pub enum FetchedReport {
    Ready(Box<CredentialReport>),
    /// `ReportInProgress`
    InProgress,
    /// `ReportNotPresent` or `ReportExpired`: it has to be generated first.
    Missing,
}

/// What a credential report says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialReport {
    /// When AWS made it.
    pub as_of: Timestamp,
    /// The root user, in whose row there is no IAM user name.
    pub root: Option<ReportedUser>,
    /// In the order of the report. A user that was deleted may stay in it for up to four hours.
    pub users: Vec<ReportedUser>,
    /// What could not be read, the first 50.
    pub problems: Vec<ReportProblem>,
    /// How many more problems there are.
    pub more_problems: usize,
}

/// A row of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedUser {
    pub name: UserName,
    pub console: ConsoleAccess,
    /// At most two: a report has columns for two keys, whatever number there is.
    pub keys: Vec<ReportedKey>,
}

/// How a user can sign in to the console. `None`: not reported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConsoleAccess {
    pub has_password: Option<bool>,
    /// `None` also if it was never used.
    pub password_last_used: Option<Timestamp>,
    pub has_mfa: Option<bool>,
}

/// A key as a report lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedKey {
    /// 1 or 2.
    pub slot: u8,
    pub status: KeyStatus,
    /// `access_key_N_last_rotated`, which is when the key was created.
    pub created: Option<Timestamp>,
    /// `None`: not reported, or not readable.
    pub last_use: Option<LastUse>,
}

/// A part of a report that was not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportProblem {
    NoColumn(&'static str),
    /// The row on this line, counted from 1, names no user.
    NoUser {
        line: u64,
    },
    /// Only the first row of a user is used.
    Repeated(UserName),
    Value {
        user: UserName,
        column: &'static str,
        /// Its first 40 characters.
        value: String,
    },
}

impl fmt::Display for ReportProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoColumn(column) => write!(f, "there is no column {column}"),
            Self::NoUser { line } => write!(f, "line {line} names no user"),
            Self::Repeated(user) => write!(f, "{:?} is listed more than once", user.as_str()),
            Self::Value { user, column, value } => {
                write!(f, "{column} of {:?} is {value:?}", user.as_str())
            }
        }
    }
}

/// Text that is not a credential report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAReport;

impl fmt::Display for NotAReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a credential report: there is no column {USER}")
    }
}

const USER: &str = "user";
const ARN: &str = "arn";
const PASSWORD: &str = "password_enabled";
const PASSWORD_USED: &str = "password_last_used";
const MFA: &str = "mfa_active";

/// The columns of one key.
struct KeyColumns {
    active: &'static str,
    rotated: &'static str,
    used: &'static str,
    region: &'static str,
    service: &'static str,
}

const KEYS: [KeyColumns; 2] = [
    KeyColumns {
        active: "access_key_1_active",
        rotated: "access_key_1_last_rotated",
        used: "access_key_1_last_used_date",
        region: "access_key_1_last_used_region",
        service: "access_key_1_last_used_service",
    },
    KeyColumns {
        active: "access_key_2_active",
        rotated: "access_key_2_last_rotated",
        used: "access_key_2_last_used_date",
        region: "access_key_2_last_used_region",
        service: "access_key_2_last_used_service",
    },
];

impl CredentialReport {
    /// Reads a report that AWS made at `as_of`.
    ///
    /// # Errors
    /// If there is no header with a column for user names.
    pub fn parse(csv: &[u8], as_of: Timestamp) -> Result<Self, NotAReport> {
        // Some tools put a byte order mark in front of what they pass on.
        let csv = csv.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(csv);
        let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(csv);
        let columns = Columns::of(rows.byte_headers().map_err(|_not_csv| NotAReport)?);
        columns.find(USER).ok_or(NotAReport)?;
        let mut reading = Reading::default();
        for name in Columns::read().filter(|name| columns.find(name).is_none()) {
            reading.problem(ReportProblem::NoColumn(name));
        }
        let mut report =
            Self { as_of, root: None, users: Vec::new(), problems: Vec::new(), more_problems: 0 };
        let mut record = csv::ByteRecord::new();
        // Reading from memory, of rows with any number of fields, fails nowhere; if it did, it would not get any further.
        while rows.read_byte_record(&mut record).is_ok_and(|is_row| is_row) {
            let row = Row::of(&columns, &record);
            let Some(user) = reading.user(&row) else { continue };
            if user.name.as_str() == ROOT { report.root = Some(user) } else { report.users.push(user) }
        }
        (report.problems, report.more_problems) = (reading.problems, reading.more_problems);
        Ok(report)
    }
}

/// Where the columns are.
struct Columns {
    at: BTreeMap<Vec<u8>, usize>,
    count: usize,
}

impl Columns {
    fn of(header: &csv::ByteRecord) -> Self {
        // Of two columns with one name, the first.
        let at = header.iter().enumerate().map(|(at, name)| (name.to_vec(), at)).rev().collect();
        Self { at, count: header.len() }
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.at.get(name.as_bytes()).copied()
    }

    /// All that are read.
    fn read() -> impl Iterator<Item = &'static str> {
        let keys = KEYS.iter().flat_map(|key| [key.active, key.rotated, key.used, key.region, key.service]);
        [USER, PASSWORD, PASSWORD_USED, MFA].into_iter().chain(keys)
    }
}

struct Row<'a> {
    columns: &'a Columns,
    record: &'a csv::ByteRecord,
    /// How many fields the name takes. More than one: the server does not quote names with commas.
    name_fields: usize,
}

impl<'a> Row<'a> {
    fn of(columns: &'a Columns, record: &'a csv::ByteRecord) -> Self {
        let begins = (columns.find(USER), columns.find(ARN)) == (Some(0), Some(1));
        let arn = record.iter().position(|field| field.starts_with(b"arn:"));
        let is_longer = record.len() > columns.count;
        Self { columns, record, name_fields: arn.filter(|_| begins && is_longer).unwrap_or(1) }
    }

    fn name(&self) -> Vec<u8> {
        if self.name_fields > 1 {
            let fields: Vec<&[u8]> = self.record.iter().take(self.name_fields).collect();
            return fields.join(&b',');
        }
        self.bytes(USER).to_vec()
    }

    /// After a name with commas, which are in the ARN, too, the columns are found from the end.
    fn bytes(&self, column: &str) -> &'a [u8] {
        let extra = if self.name_fields > 1 { self.record.len() - self.columns.count } else { 0 };
        self.columns.find(column).and_then(|at| self.record.get(at + extra)).unwrap_or_default()
    }

    /// `None` for a value that stands for none.
    fn value(&self, column: &str) -> Option<&'a [u8]> {
        let value = self.bytes(column).trim_ascii();
        let none: [&[u8]; 4] = [b"", b"N/A", b"no_information", b"not_supported"];
        (!none.contains(&value)).then_some(value)
    }

    fn text(&self, column: &str) -> Option<String> {
        self.value(column).map(|value| String::from_utf8_lossy(value).into_owned())
    }
}

/// What is found on the way.
#[derive(Default)]
struct Reading {
    seen: BTreeSet<UserName>,
    problems: Vec<ReportProblem>,
    more_problems: usize,
}

impl Reading {
    fn problem(&mut self, problem: ReportProblem) {
        if self.problems.len() < PROBLEMS {
            self.problems.push(problem);
        } else {
            self.more_problems += 1;
        }
    }

    fn user(&mut self, row: &Row<'_>) -> Option<ReportedUser> {
        let name = String::from_utf8(row.name()).ok().filter(|name| !name.is_empty());
        let Some(name) = name.map(UserName::new) else {
            let line = row.record.position().map_or(0, csv::Position::line);
            self.problem(ReportProblem::NoUser { line });
            return None;
        };
        if !self.seen.insert(name.clone()) {
            self.problem(ReportProblem::Repeated(name));
            return None;
        }
        let console = ConsoleAccess {
            has_password: self.flag(&name, row, PASSWORD),
            password_last_used: self.date(&name, row, PASSWORD_USED),
            has_mfa: self.flag(&name, row, MFA),
        };
        let keys = KEYS.iter().zip(1_u8..);
        let keys = keys.filter_map(|(columns, slot)| self.key(&name, row, columns, slot)).collect();
        Some(ReportedUser { name, console, keys })
    }

    /// A key that does not exist is neither active nor has it a date. An inactive one keeps its date.
    fn key(&mut self, name: &UserName, row: &Row<'_>, columns: &KeyColumns, slot: u8) -> Option<ReportedKey> {
        let active = self.flag(name, row, columns.active);
        let created = self.date(name, row, columns.rotated);
        if active != Some(true) && created.is_none() {
            return None;
        }
        let status = match active {
            Some(true) => KeyStatus::Active,
            Some(false) => KeyStatus::Inactive,
            None => KeyStatus::Unknown,
        };
        let when = self.date(name, row, columns.used);
        let last_use = match when {
            Some(when) => Some(LastUse::At {
                when,
                service: row.text(columns.service),
                region: row.text(columns.region),
            }),
            None => (row.bytes(columns.used).trim_ascii() == b"N/A").then_some(LastUse::Never),
        };
        Some(ReportedKey { slot, status, created, last_use })
    }

    fn flag(&mut self, name: &UserName, row: &Row<'_>, column: &'static str) -> Option<bool> {
        let value = row.value(column)?;
        if value.eq_ignore_ascii_case(b"true") {
            return Some(true);
        }
        if value.eq_ignore_ascii_case(b"false") {
            return Some(false);
        }
        self.unreadable(name, column, value);
        None
    }

    fn date(&mut self, name: &UserName, row: &Row<'_>, column: &'static str) -> Option<Timestamp> {
        let value = row.value(column)?;
        let date = str::from_utf8(value).ok().and_then(|text| text.parse().ok());
        if date.is_none() {
            self.unreadable(name, column, value);
        }
        date
    }

    fn unreadable(&mut self, name: &UserName, column: &'static str, value: &[u8]) {
        let value = String::from_utf8_lossy(value).chars().take(QUOTED).collect();
        self.problem(ReportProblem::Value { user: name.clone(), column, value });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HEADER: &str = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,\
        password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,\
        access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,\
        access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,\
        cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

    const ROOT_ROW: &str = "<root_account>,arn:aws:iam::123456789012:root,2019-01-02T03:04:05+00:00,not_supported,\
        2026-01-01T00:00:00+00:00,not_supported,not_supported,true,true,2020-01-01T00:00:00+00:00,N/A,N/A,N/A,\
        false,N/A,N/A,N/A,N/A,false,N/A,false,N/A";

    const ALICE: &str = "alice,arn:aws:iam::123456789012:user/alice,2020-01-02T03:04:05+00:00,TRUE,no_information,\
        2020-01-02T03:04:05+00:00,N/A,FALSE,true,2026-08-01T00:00:00+00:00,2026-11-24T11:45:00+00:00,eu-west-1,s3,\
        false,2025-08-01T00:00:00+00:00,N/A,N/A,N/A,false,N/A,false,N/A";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn parse(csv: impl AsRef<[u8]>) -> CredentialReport {
        CredentialReport::parse(csv.as_ref(), Timestamp::UNIX_EPOCH).unwrap()
    }

    fn report(rows: &[&str]) -> CredentialReport {
        parse(format!("{HEADER}\n{}\n", rows.join("\n")))
    }

    #[test]
    fn users_and_root_have_their_keys() {
        let CredentialReport { root, users, problems, .. } = report(&[ROOT_ROW, ALICE]);
        assert_eq!(problems, []);
        let root = root.unwrap();
        let never = Some(LastUse::Never);
        assert_eq!(
            root.keys,
            [ReportedKey {
                slot: 1,
                status: KeyStatus::Active,
                created: Some(at("2020-01-01T00:00:00Z")),
                last_use: never.clone()
            }]
        );
        assert_eq!((root.console.has_password, root.console.has_mfa), (None, Some(true)));
        let [alice] = &users[..] else { panic!("one user: {users:?}") };
        let console =
            ConsoleAccess { has_password: Some(true), password_last_used: None, has_mfa: Some(false) };
        assert_eq!((alice.name.as_str(), &alice.console), ("alice", &console));
        let used = LastUse::At {
            when: at("2026-11-24T11:45:00Z"),
            service: Some("s3".into()),
            region: Some("eu-west-1".into()),
        };
        let [first, second] = &alice.keys[..] else { panic!("two keys: {:?}", alice.keys) };
        assert_eq!((first.slot, first.status, &first.last_use), (1, KeyStatus::Active, &Some(used)));
        assert_eq!((second.slot, second.status, &second.last_use), (2, KeyStatus::Inactive, &never));
    }

    #[test]
    fn columns_are_found_by_their_names() {
        let csv = "more,access_key_2_active,user\nx,true,bob\n";
        let report = parse(csv);
        let [bob] = &report.users[..] else { panic!("one user") };
        assert_eq!(
            bob.keys,
            [ReportedKey { slot: 2, status: KeyStatus::Active, created: None, last_use: None }],
            "without its column, the last use is unknown and not never"
        );
        assert_eq!(report.problems.len(), 12, "each missing column once: {:?}", report.problems);
        assert!(report.problems.contains(&ReportProblem::NoColumn(MFA)));
    }

    #[test]
    fn an_odd_value_or_row_costs_itself_and_is_named() {
        let odd = ALICE
            .replace("alice", "bob")
            .replace("FALSE,true", "maybe,true")
            .replace("2026-08-01T00:00:00+00:00", "last summer");
        let report = report(&[&odd, ",nobody", "carol", ALICE, ALICE]);
        let names: Vec<&str> = report.users.iter().map(|user| user.name.as_str()).collect();
        assert_eq!(names, ["bob", "carol", "alice"]);
        let bob = UserName::new("bob");
        assert_eq!(
            report.problems,
            [
                ReportProblem::Value { user: bob.clone(), column: MFA, value: "maybe".into() },
                ReportProblem::Value { user: bob, column: KEYS[0].rotated, value: "last summer".into() },
                ReportProblem::NoUser { line: 3 },
                ReportProblem::Repeated(UserName::new("alice")),
            ]
        );
        assert_eq!(report.users[0].keys.len(), 2, "the rest of its row is used");
        assert_eq!(report.problems[1].to_string(), r#"access_key_1_last_rotated of "bob" is "last summer""#);
    }

    #[test]
    fn names_may_be_quoted_and_a_file_may_have_a_mark() {
        let csv = format!("\u{feff}{HEADER}\r\n\"a,b\"{}\r\n", ALICE.trim_start_matches("alice"));
        let report = parse(csv);
        assert_eq!(report.users[0].name.as_str(), "a,b");
        assert_eq!((report.users[0].keys.len(), report.problems.len()), (2, 0));
    }

    #[test]
    fn a_name_with_commas_need_not_be_quoted() {
        let report = report(&[&ALICE.replace("alice", "a,b,c"), ALICE]);
        let names: Vec<&str> = report.users.iter().map(|user| user.name.as_str()).collect();
        assert_eq!((names, report.problems.len()), (vec!["a,b,c", "alice"], 0));
        assert_eq!(report.users[0].keys, report.users[1].keys);
        assert_eq!(report.users[0].console, report.users[1].console);
    }

    #[test]
    fn something_else_is_not_a_report() {
        for other in ["", "\n\n", "<html>", "name,arn\nbob,x\n"] {
            assert_eq!(CredentialReport::parse(other.as_bytes(), Timestamp::UNIX_EPOCH), Err(NotAReport));
        }
    }

    #[test]
    fn problems_are_counted_beyond_the_first_fifty() {
        let rows = vec!["bob"; 60];
        let report = report(&rows);
        assert_eq!((report.problems.len(), report.more_problems), (50, 9));
    }

    /// A report with some of its bytes replaced.
    fn broken() -> impl Strategy<Value = Vec<u8>> {
        let text = format!("{HEADER}\n{ROOT_ROW}\n{ALICE}\n").into_bytes();
        let at = 0..text.len();
        proptest::collection::vec((at, any::<u8>()), 0..20).prop_map(move |changes| {
            let mut text = text.clone();
            for (at, byte) in changes {
                text[at] = byte;
            }
            text
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_bytes_are_too_odd(bytes in prop_oneof![proptest::collection::vec(any::<u8>(), 0..600), broken()]) {
            if let Ok(report) = CredentialReport::parse(&bytes, Timestamp::UNIX_EPOCH) {
                let names: BTreeSet<&UserName> = report.users.iter().map(|user| &user.name).collect();
                prop_assert_eq!(names.len(), report.users.len(), "each user once");
                prop_assert!(report.users.iter().all(|user| user.keys.len() <= 2 && !user.name.as_str().is_empty()));
                prop_assert!(report.problems.len() <= PROBLEMS);
            }
        }
    }
}
