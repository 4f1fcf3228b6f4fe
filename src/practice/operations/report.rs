//! The credential report.

use aws_smithy_types::base64;

use super::Call;
use crate::practice::account::Account;
use crate::practice::answer::Xml;
use crate::practice::fault::Fault;
use crate::practice::report::Generated;

#[expect(clippy::unnecessary_wraps, reason = "a handler, as the table of operations wants it")]
pub(super) fn generate(account: &mut Account, call: &Call<'_>) -> Result<Xml, Fault> {
    let (state, description) = match account.generate_report(call.now) {
        Generated::Started => ("STARTED", Some("No report exists. Starting a new report generation task")),
        Generated::InProgress => ("INPROGRESS", None),
        Generated::Complete => ("COMPLETE", None),
    };
    Ok(Xml::new().text("State", state).text_if("Description", description))
}

pub(super) fn get(account: &mut Account, call: &Call<'_>) -> Result<Xml, Fault> {
    let report = account.report(call.now)?;
    let content = base64::encode(&report.csv);
    Ok(Xml::new()
        .text("Content", content)
        .text("ReportFormat", "text/csv")
        .text("GeneratedTime", report.made))
}
