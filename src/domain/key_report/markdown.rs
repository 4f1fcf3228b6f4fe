//! A summary for a ticket.

use std::fmt::Write as _;

use super::{KeyReport, date, status};
use crate::domain::{LastUse, spell_out_hidden};

/// A ticket with more rows is not read.
const ROWS: usize = 100;

impl KeyReport {
    pub(super) fn markdown(&self) -> String {
        let mut text = format!("# Access keys of {} ({})\n\n", escape(&self.account), self.account_id);
        let active = self.active();
        // Writing to a string cannot fail.
        _ = write!(
            text,
            "- {} of {} keys, {active} active\n- Filter: {}\n- Data: {}\n- Written {} by {}\n",
            self.keys.len(),
            self.total,
            escape(&self.scope),
            escape(&self.data),
            self.at.strftime("%Y-%m-%d %H:%M UTC"),
            escape(&self.caller),
        );
        text.push_str("\n## Findings\n\n");
        let findings = self.findings();
        if findings.is_empty() {
            text.push_str("None.\n");
        } else {
            text.push_str("| finding | CIS item | keys |\n|---|---|--:|\n");
        }
        for (one, count) in findings {
            _ = writeln!(text, "| {} | {} | {count} |", escape(&one.finding), one.cis.unwrap_or_default());
        }
        text.push_str(
            "\n## Keys\n\n| user | key id | status | age | last used | service | findings | description |\n",
        );
        text.push_str("|---|---|---|--:|---|---|---|---|\n");
        for key in self.keys.iter().take(ROWS) {
            let findings: Vec<&str> = key.findings.iter().map(|one| one.finding.as_str()).collect();
            let (when, service) = match &key.last_use {
                None => ("not known".to_owned(), ""),
                Some(LastUse::Never) => ("never".to_owned(), ""),
                Some(LastUse::At { when, service, .. }) => {
                    (date(*when), service.as_deref().unwrap_or_default())
                }
            };
            _ = writeln!(
                text,
                "| {} | {} | {} | {} | {when} | {} | {} | {} |",
                escape(&key.user),
                key.id.as_deref().map(escape).unwrap_or_else(|| "not known".to_owned()),
                status(key.status),
                key.age_days.map(|days| format!("{days} d")).unwrap_or_default(),
                escape(service),
                escape(&findings.join(", ")),
                escape(key.description.as_deref().unwrap_or_default()),
            );
        }
        let more = self.keys.len().saturating_sub(ROWS);
        if more > 0 {
            _ = write!(text, "\n{more} more keys are not listed here.\n");
        }
        text
    }
}

/// As text: what would be markup shows as it is (`CommonMark` 0.31, 2.4: any ASCII punctuation can be escaped).
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for c in spell_out_hidden(text).chars() {
        // Names are full of these, which mean nothing inside a line. Dots, colons and `@` make links of addresses in tickets.
        if c.is_ascii_punctuation() && !",-/%'\"+=;".contains(c) {
            escaped.push('\\');
        }
        escaped.push(if c.is_control() { ' ' } else { c });
    }
    escaped
}
