//! Batches on screen: the plan in a dialog, the progress above the page, the results in another dialog.

mod plan;
mod progress;
mod results;
mod row;

use egui::Ui;

use super::View;
use crate::core::BatchMsg;
use crate::core::Msg;
use crate::domain::{BatchAction, BatchId, KeyId};
use plan::PlanDialog;
use results::ResultsDialog;

#[derive(Default)]
pub(super) struct BatchView {
    plan: PlanDialog,
    results: ResultsDialog,
}

impl BatchView {
    /// Above the page, whichever it is.
    pub(super) fn bar(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        if let Some(id) = progress::bars(ui, view) {
            self.results.open(id);
        }
    }

    pub(super) fn dialogs(&mut self, ui: &Ui, view: &mut View<'_>) {
        self.plan.show(ui, view);
        self.results.show(ui, view);
    }
}

/// Opens the plan for these keys.
pub(super) fn propose(view: &mut View<'_>, action: BatchAction, keys: Vec<KeyId>) {
    view.push(Msg::Batch(BatchMsg::Propose { action, keys }));
}

/// A request that a bar sends about its batch.
fn send(view: &mut View<'_>, id: &BatchId, msg: fn(BatchId) -> BatchMsg) {
    view.push(Msg::Batch(msg(id.clone())));
}
