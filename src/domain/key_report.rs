//! A report of the keys of an account: as CSV and JSON for programs, as Markdown for a ticket, as HTML for the printer.
//!
//! Names and descriptions come from the network: none of them becomes a formula, a tag or a link.

mod html;
mod markdown;

use jiff::Timestamp;
use serde::Serialize;

use super::{KeyStatus, LastUse, report_line};

/// What a report is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeyReportFormat {
    #[default]
    Csv,
    Json,
    Markdown,
    Html,
}

impl KeyReportFormat {
    pub const ALL: [Self; 4] = [Self::Csv, Self::Json, Self::Markdown, Self::Html];

    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Json => "JSON",
            Self::Markdown => "Markdown summary",
            Self::Html => "HTML page to print",
        }
    }

    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Markdown => "md",
            Self::Html => "html",
        }
    }
}

/// The keys, and what they were chosen and judged by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyReport {
    pub account_id: String,
    pub account: String,
    pub endpoint: String,
    /// Who is signed in: an ARN.
    pub caller: String,
    /// When the report is written.
    pub at: Timestamp,
    /// How old its data is, in words.
    pub data: String,
    /// Which keys of the account it lists, in words.
    pub scope: String,
    /// Keys in the account, listed or not.
    pub total: usize,
    /// The limits, in words.
    pub limits: Vec<String>,
    /// Active keys by age: a label, and how many.
    pub ages: Vec<(String, usize)>,
    pub keys: Vec<ReportedKeyLine>,
}

/// One key of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedKeyLine {
    pub user: String,
    /// `None`: not known.
    pub id: Option<String>,
    pub status: KeyStatus,
    pub created: Option<Timestamp>,
    pub age_days: Option<u32>,
    /// `None`: not known.
    pub last_use: Option<LastUse>,
    pub description: Option<String>,
    /// The worst first.
    pub findings: Vec<ReportedFinding>,
}

/// A finding of a key, in words, with its item of the CIS benchmark.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ReportedFinding {
    pub finding: String,
    pub cis: Option<&'static str>,
}

impl KeyReport {
    pub fn text(&self, format: KeyReportFormat) -> String {
        match format {
            KeyReportFormat::Csv => self.csv(),
            KeyReportFormat::Json => self.json(),
            KeyReportFormat::Markdown => self.markdown(),
            KeyReportFormat::Html => self.html(),
        }
    }

    fn csv(&self) -> String {
        const HEADING: [&str; 14] = [
            "account_id",
            "account",
            "user",
            "access_key_id",
            "status",
            "created",
            "age_days",
            "last_used",
            "last_used_service",
            "last_used_region",
            "findings",
            "cis_items",
            "description",
            "data",
        ];
        let mut text = report_line(&HEADING);
        for key in &self.keys {
            let (used, service, region) = key.used();
            let findings: Vec<&str> = key.findings.iter().map(|one| one.finding.as_str()).collect();
            let items: Vec<&str> = key.findings.iter().filter_map(|one| one.cis).collect();
            text.push_str(&report_line(&[
                &self.account_id,
                &self.account,
                &key.user,
                key.id.as_deref().unwrap_or_default(),
                status(key.status),
                &key.created.map(time).unwrap_or_default(),
                &key.age_days.map(|days| days.to_string()).unwrap_or_default(),
                &used,
                service,
                region,
                &findings.join("; "),
                &items.join("; "),
                key.description.as_deref().unwrap_or_default(),
                &self.data,
            ]));
        }
        text
    }

    fn json(&self) -> String {
        let key = |key: &ReportedKeyLine| {
            let (used, service, region) = key.used();
            serde_json::json!({
                "user": key.user,
                "access_key_id": key.id,
                "status": status(key.status),
                "created": key.created.map(time),
                "age_days": key.age_days,
                "last_used": key.last_use.as_ref().map(|_| used),
                "last_used_service": (!service.is_empty()).then_some(service),
                "last_used_region": (!region.is_empty()).then_some(region),
                "description": key.description,
                "findings": key.findings,
            })
        };
        let report = serde_json::json!({
            "account_id": self.account_id,
            "account": self.account,
            "endpoint": self.endpoint,
            "caller": self.caller,
            "written": time(self.at),
            "data": self.data,
            "scope": self.scope,
            "keys_in_account": self.total,
            "keys": self.keys.iter().map(key).collect::<Vec<_>>(),
        });
        format!("{report:#}\n")
    }

    /// How many of the listed keys have each finding, the most frequent first.
    fn findings(&self) -> Vec<(&ReportedFinding, usize)> {
        let mut all: Vec<&ReportedFinding> = self.keys.iter().flat_map(|key| &key.findings).collect();
        all.sort_unstable();
        let mut counts: Vec<_> =
            all.chunk_by(|a, b| a == b).filter_map(|same| Some((*same.first()?, same.len()))).collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    }

    fn active(&self) -> usize {
        self.keys.iter().filter(|key| key.status == KeyStatus::Active).count()
    }
}

impl ReportedKeyLine {
    /// When, or `never`, or nothing if that is not known; the service and the region.
    fn used(&self) -> (String, &str, &str) {
        match &self.last_use {
            None => (String::new(), "", ""),
            Some(LastUse::Never) => ("never".to_owned(), "", ""),
            Some(LastUse::At { when, service, region }) => {
                (time(*when), service.as_deref().unwrap_or_default(), region.as_deref().unwrap_or_default())
            }
        }
    }
}

fn status(status: KeyStatus) -> &'static str {
    match status {
        KeyStatus::Active => "Active",
        KeyStatus::Inactive => "Inactive",
        KeyStatus::Expired => "Expired",
        KeyStatus::Unknown => "Unknown",
    }
}

fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn date(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "=HYPERLINK(\"x\")|`a`<script>[b](c)*d*\n# e & 'f'";

    fn report() -> KeyReport {
        let at: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
        let finding = |finding: &str, cis| ReportedFinding { finding: finding.to_owned(), cis };
        let key = |user: &str, findings| ReportedKeyLine {
            user: user.to_owned(),
            id: Some("AKIAQYLPEXAMPLEA4M2Q".to_owned()),
            status: KeyStatus::Active,
            created: Some(at),
            age_days: Some(412),
            last_use: Some(LastUse::At { when: at, service: Some("s3".into()), region: None }),
            description: Some(HOSTILE.to_owned()),
            findings,
        };
        let old = || finding("Older than 90 days", Some("1.14"));
        let unknown = ReportedKeyLine { id: None, last_use: None, ..key("carol", Vec::new()) };
        KeyReport {
            account_id: "123456789012".into(),
            account: HOSTILE.into(),
            endpoint: "iam.amazonaws.com".into(),
            caller: "arn:aws:iam::123456789012:user/anna".into(),
            at,
            data: "As of 12:00".into(),
            scope: "Active".into(),
            total: 312,
            limits: vec!["90 days".into()],
            ages: vec![("0 to 29 days".into(), 1), ("30 to 59 days".into(), 4)],
            keys: vec![key(HOSTILE, vec![old()]), key("bob", vec![old(), finding("Second", None)]), unknown],
        }
    }

    #[test]
    fn csv_has_a_line_for_each_key_and_no_formula() {
        let text = report().text(KeyReportFormat::Csv);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4, "a heading and the keys");
        assert!(
            lines[2].contains(",bob,AKIAQYLPEXAMPLEA4M2Q,Active,2026-11-24T12:00:00Z,412,"),
            "{}",
            lines[2]
        );
        assert!(lines[2].contains("Older than 90 days; Second"), "{}", lines[2]);
        assert!(lines[3].contains(",carol,,Active,"), "what is not known is empty: {}", lines[3]);
        assert!(lines.iter().all(|line| !line.contains(",=") && !line.contains(",\"=")), "{text}");
    }

    #[test]
    fn json_tells_never_from_not_known() {
        let mut report = report();
        report.keys[1].last_use = Some(LastUse::Never);
        let json: serde_json::Value = serde_json::from_str(&report.text(KeyReportFormat::Json)).unwrap();
        assert_eq!(json["keys"][0]["user"], HOSTILE, "as it is");
        assert_eq!(json["keys"][1]["last_used"], "never");
        assert!(json["keys"][2]["last_used"].is_null() && json["keys"][2]["access_key_id"].is_null());
        assert_eq!(json["keys"][0]["findings"][0]["cis"], "1.14");
        assert_eq!(json["keys_in_account"], 312);
    }

    #[test]
    fn markdown_shows_names_as_they_are() {
        let text = report().text(KeyReportFormat::Markdown);
        assert!(text.contains("| Older than 90 days | 1.14 | 2 |"), "{text}");
        let row = text.lines().find(|line| line.contains("HYPERLINK") && line.starts_with('|')).unwrap();
        let bars = row.replace("\\|", "").matches('|').count();
        assert_eq!(bars, 9, "a name adds no column: {row}");
        assert!(
            row.contains("\\<script\\>") && row.contains("\\[b\\]\\(c\\)") && row.contains("\\`a\\`"),
            "{row}"
        );
    }

    #[test]
    fn html_has_no_tag_of_a_name() {
        let text = report().text(KeyReportFormat::Html);
        assert!(text.contains("&lt;script&gt;") && !text.contains("<script"), "{text}");
        assert!(text.contains("&amp; &#39;f&#39;"), "{text}");
        assert!(text.contains("1.14") && text.contains("30 to 59 days"), "{text}");
        assert!(!text.contains("http:") && !text.contains("https:"), "it loads nothing");
    }
}
