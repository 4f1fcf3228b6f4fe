//! A page to print, for an auditor. It is complete in itself: nothing is loaded, nothing runs.

use std::fmt::Write as _;

use super::{KeyReport, date, status, time};
use crate::domain::{LastUse, spell_out_hidden};

const STYLE: &str = "body{font:14px/1.4 system-ui,sans-serif;margin:2em;color:#1b2330}\
h1{font-size:20px}h2{font-size:16px;margin-top:1.6em}\
table{border-collapse:collapse;width:100%}\
th,td{text-align:left;padding:3px 10px 3px 0;border-bottom:1px solid #cbd1d9;vertical-align:top}\
td.n,th.n{text-align:right}code{font-family:ui-monospace,monospace}\
.bar{display:inline-block;height:10px;background:#8794a6;margin-right:6px}\
dt{float:left;clear:left;width:9em;color:#566070}dd{margin-left:9em}\
@media print{body{margin:0;font-size:10px}tr{break-inside:avoid}thead{display:table-header-group}}";

/// The width of the longest bar, in pixels.
const BAR: usize = 300;

impl KeyReport {
    pub(super) fn html(&self) -> String {
        let account = escape(&self.account);
        let mut page = format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
             <title>Access keys of {account}</title><style>{STYLE}</style></head><body>\n\
             <h1>Access keys of {account} ({})</h1>\n",
            escape(&self.account_id)
        );
        self.facts(&mut page);
        self.finding_table(&mut page);
        self.age_table(&mut page);
        self.key_table(&mut page);
        page.push_str("</body></html>\n");
        page
    }

    fn facts(&self, page: &mut String) {
        let keys = format!("{} of {}, {} active", self.keys.len(), self.total, self.active());
        page.push_str("<dl>");
        for (term, text) in [
            ("Keys", keys.as_str()),
            ("Filter", &self.scope),
            ("Data", &self.data),
            ("Written", &time(self.at)),
            ("Caller", &self.caller),
            ("Endpoint", &self.endpoint),
            ("Limits", &self.limits.join(", ")),
        ] {
            // Writing to a string cannot fail.
            _ = write!(page, "<dt>{term}</dt><dd>{}</dd>", escape(text));
        }
        page.push_str("</dl>\n");
    }

    fn finding_table(&self, page: &mut String) {
        page.push_str("<h2>Findings</h2>\n");
        let findings = self.findings();
        if findings.is_empty() {
            page.push_str("<p>None</p>\n");
            return;
        }
        page.push_str(
            "<table><thead><tr><th>Finding</th><th>CIS item</th><th class=\"n\">Keys</th></tr></thead>\n",
        );
        for (one, count) in findings {
            let (finding, item) = (escape(&one.finding), one.cis.unwrap_or_default());
            _ = writeln!(page, "<tr><td>{finding}</td><td>{item}</td><td class=\"n\">{count}</td></tr>");
        }
        page.push_str("</table>\n");
    }

    fn age_table(&self, page: &mut String) {
        page.push_str("<h2>Age of all active keys</h2>\n<table>\n");
        let most = self.ages.iter().map(|(_, count)| *count).max().unwrap_or_default().max(1);
        for (ages, count) in &self.ages {
            let width = count * BAR / most;
            _ = writeln!(
                page,
                "<tr><td>{}</td><td><span class=\"bar\" style=\"width:{width}px\"></span>{count}</td></tr>",
                escape(ages)
            );
        }
        page.push_str("</table>\n");
    }

    fn key_table(&self, page: &mut String) {
        page.push_str("<h2>Keys</h2>\n<table><thead><tr>");
        for heading in [
            "User",
            "Key id",
            "Status",
            "Created",
            "Age",
            "Last used",
            "Service",
            "Region",
            "Findings",
            "Description",
        ] {
            _ = write!(page, "<th>{heading}</th>");
        }
        page.push_str("</tr></thead>\n");
        for key in &self.keys {
            let findings: Vec<&str> = key.findings.iter().map(|one| one.finding.as_str()).collect();
            let (_, service, region) = key.used();
            let used = match &key.last_use {
                None => "not known".to_owned(),
                Some(LastUse::Never) => "never".to_owned(),
                Some(LastUse::At { when, .. }) => date(*when),
            };
            let id = key.id.as_deref().map(escape).unwrap_or_else(|| "not known".to_owned());
            page.push_str("<tr>");
            for cell in [
                escape(&key.user),
                format!("<code>{id}</code>"),
                status(key.status).to_owned(),
                key.created.map(date).unwrap_or_default(),
                key.age_days.map(|days| format!("{days} d")).unwrap_or_default(),
                used,
                escape(service),
                escape(region),
                escape(&findings.join(", ")),
                escape(key.description.as_deref().unwrap_or_default()),
            ] {
                _ = write!(page, "<td>{cell}</td>");
            }
            page.push_str("</tr>\n");
        }
        page.push_str("</table>\n");
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for c in spell_out_hidden(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}
