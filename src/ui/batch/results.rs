//! What became of each key of a batch.

use egui::{ScrollArea, Ui};

use super::row::{Line, headings, line};
use crate::core::{BatchRow, Step};
use crate::domain::{BatchAction, BatchId, BatchResult};
use crate::ui::theme::measures::{height, space};
use crate::ui::theme::{Icon, Style, Themed as _};
use crate::ui::widgets::{Button, Dialog, button_row, label};
use crate::ui::{View, words};

const WIDTH: f32 = 860.0;

/// Rows that are shown at once.
const ROWS: f32 = 12.0;

#[derive(Default)]
pub(super) struct ResultsDialog {
    shown: Option<BatchId>,
}

impl ResultsDialog {
    pub(super) fn open(&mut self, id: BatchId) {
        self.shown = Some(id);
    }

    pub(super) fn show(&mut self, ui: &Ui, view: &View<'_>) {
        let Some(run) = self.shown.as_ref().and_then(|id| view.model.batches.run(id)) else {
            self.shown = None;
            return;
        };
        let tally = run.tally();
        let title = words::batch_ended(run.batch.action, &tally, run.batch.undoes.is_some());
        let mut order: Vec<&BatchRow> = run.rows.iter().collect();
        order.sort_by_key(|row| rank(&row.step));
        let dialog =
            Dialog { id: "batch results", name: "Results of the batch", title: &title, width: WIDTH };
        let mut done = false;
        let leave = dialog.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let rest = words::batch_rest(&tally);
            if !rest.is_empty() {
                label(ui, rest, Style::Body, ui.tokens().text_secondary);
            }
            ui.add_space(space::S4);
            headings(ui, false, "Result");
            let rows = if ui.ctx().content_rect().height() < 700.0 { ROWS - 2.0 } else { ROWS };
            let tall = height::DENSE_ROW * rows.min(order.len().max(1) as f32);
            let area =
                ScrollArea::vertical().id_salt("batch results").max_height(tall).auto_shrink([false, true]);
            area.show_rows(ui, height::DENSE_ROW, order.len(), |ui, range| {
                for row in order.get(range).unwrap_or_default() {
                    key(ui, row, run.batch.action);
                }
            });
            ui.add_space(space::S6);
            button_row(ui, |ui| {
                let close = Button::secondary("Close").name("Close the results").show(ui);
                if ui.memory(|memory| memory.focused().is_none()) {
                    close.request_focus();
                }
                done = close.clicked();
            });
        });
        if leave || done {
            self.shown = None;
        }
    }
}

/// First what the administrator has to look at.
fn rank(step: &Step) -> u8 {
    match step {
        Step::Ended(BatchResult::Unknown) => 0,
        Step::Ended(BatchResult::Failed(_) | BatchResult::Active) => 1,
        Step::Changing | Step::Unconfirmed { .. } | Step::Undescribing => 2,
        Step::Waiting => 3,
        Step::Ended(BatchResult::Gone | BatchResult::AlreadySet) => 4,
        Step::Ended(BatchResult::Done) => 5,
    }
}

fn key(ui: &mut Ui, row: &BatchRow, action: BatchAction) {
    let tokens = ui.tokens();
    let note = words::batch_row(row, action);
    let (mark, note_color) = match &row.step {
        Step::Ended(BatchResult::Done) => ((Icon::CircleCheck, tokens.success_text), tokens.text_primary),
        Step::Ended(BatchResult::Failed(_) | BatchResult::Active) => {
            ((Icon::OctagonAlert, tokens.danger_text), tokens.danger_text)
        }
        Step::Ended(BatchResult::Unknown) | Step::Unconfirmed { .. } => {
            ((Icon::TriangleAlert, tokens.warning_text), tokens.warning_text)
        }
        Step::Changing | Step::Undescribing => ((Icon::CircleDot, tokens.accent_text), tokens.text_primary),
        Step::Ended(BatchResult::Gone | BatchResult::AlreadySet) | Step::Waiting => {
            ((Icon::CircleDashed, tokens.text_secondary), tokens.text_secondary)
        }
    };
    let shown = Line {
        mark: Some(mark),
        user: Some(&row.user),
        key: &row.key,
        age: None,
        used: None,
        note: &note,
        note_color,
        faint: false,
    };
    line(ui, &shown);
}
