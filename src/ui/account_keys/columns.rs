//! The columns of the account's keys: the one place that knows them.

use super::cells;
use super::rows::AccountRows;
use crate::ui::table::{Column, SortKey, Width};
use crate::ui::theme::measures::space;

/// In a narrower table the region goes; the last use has it on hover.
const REGION_FROM: f32 = 1038.0;
/// In a narrower one the service goes, too.
const SERVICE_FROM: f32 = 934.0;

type AccountColumn = Column<AccountRows>;

/// It begins with the table's padding.
pub(super) const COLUMNS: &[AccountColumn] = &[
    AccountColumn::new("checkbox", "", Width::Fixed(40.0))
        .cell(|rows, ui, _, entry| rows.checkbox_cell(ui, entry))
        .heading_cell(|rows, ui| rows.checkbox_heading(ui))
        .indent(space::S6 - space::S3),
    AccountColumn::new("user", "User", Width::Elastic { default: 176.0, least: 96.0, most: 480.0 })
        .cell(|_, ui, _, entry| cells::user_cell(ui, entry))
        .bar(110.0)
        .sorted_by(|entry| SortKey::text(Some(&entry.user()))),
    AccountColumn::new("id", "Key id", width(180.0, 104.0, 300.0))
        .cell(|_, ui, view, entry| cells::id_cell(ui, view, entry))
        .bar(150.0)
        .sorted_by(|entry| entry.key_id().map_or(SortKey::Nothing, |id| SortKey::Text(id.to_string()))),
    AccountColumn::new("status", "Status", width(80.0, 72.0, 160.0))
        .cell(|_, ui, _, entry| cells::status_cell(ui, entry))
        .bar(50.0)
        .sorted_by(|entry| SortKey::Number(entry.status as i64)),
    // By itself the oldest is first.
    AccountColumn::new("age", "Age", width(76.0, 64.0, 140.0))
        .cell(|_, ui, view, entry| cells::age_cell(ui, view, entry))
        .right()
        .bar(40.0)
        .sorted_by(|entry| SortKey::number(entry.created.map(|created| created.as_second()))),
    AccountColumn::new("last_used", "Last used", width(130.0, 110.0, 240.0))
        .cell(|_, ui, view, entry| cells::last_use_cell(ui, view, entry))
        .indent(20.0)
        .bar(80.0)
        .sorted_by(|entry| {
            SortKey::number(entry.last_use.as_ref().and_then(|used| used.when()).map(|at| at.as_second()))
        }),
    AccountColumn::new("service", "Service", width(92.0, 64.0, 200.0))
        .cell(|_, ui, _, entry| cells::plain_cell(ui, entry.service()))
        .bar(40.0)
        .shown_if(|rows| rows.room >= SERVICE_FROM)
        .sorted_by(|entry| SortKey::text(entry.service())),
    AccountColumn::new("region", "Region", width(104.0, 72.0, 200.0))
        .cell(|_, ui, _, entry| cells::plain_cell(ui, entry.region()))
        .bar(60.0)
        .shown_if(|rows| rows.room >= REGION_FROM)
        .sorted_by(|entry| SortKey::text(entry.region())),
    AccountColumn::new("finding", "Finding", width(160.0, 44.0, 320.0))
        .cell(|_, ui, view, entry| cells::finding_cell(ui, view, entry))
        .sorted_by(|entry| {
            let worst = entry.findings.first().map(|finding| finding.severity());
            SortKey::Number(worst.map_or(0, |severity| -1 - severity as i64))
        }),
    AccountColumn::new("description", "Description", Width::Rest { least: 110.0, optional: true })
        .cell(|_, ui, _, entry| cells::plain_cell(ui, entry.description.as_deref()))
        .sorted_by(|entry| SortKey::text(entry.description.as_deref())),
];

const fn width(default: f32, least: f32, most: f32) -> Width {
    Width::Dragged { default, least, most }
}
