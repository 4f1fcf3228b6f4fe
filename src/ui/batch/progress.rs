//! How a batch goes, above the page: what is left, *Stop*, *Undo all*.

use egui::{Frame, Margin, Rect, Role, Sense, Ui, vec2};

use super::send;
use crate::core::{BatchMsg, BatchRun, Halt, Msg, OpenAccount, Tally, TimeLeft};
use crate::domain::BatchId;
use crate::ui::theme::measures::space;
use crate::ui::theme::{Icon, Style, Themed as _, icons::size};
use crate::ui::widgets::{Banner, Button, Tone, describe, label};
use crate::ui::{View, words};

/// The newest batch of the account; older ones come up when it is closed. Returns the batch whose results are to be shown.
pub(super) fn bars(ui: &mut Ui, view: &mut View<'_>) -> Option<BatchId> {
    let open = view.model.open.as_ref()?;
    let batches = &view.model.batches;
    let active = batches.here(open.session).find(|run| run.is_active());
    let run = active.or_else(|| batches.here(open.session).next_back())?;
    let margin = Margin { left: 24, right: 24, top: 12, bottom: 0 };
    let frame = Frame::new().inner_margin(margin);
    frame
        .show(
            ui,
            |ui| if run.is_over() { ended(ui, view, open, run) } else { under_way(ui, view, open, run) },
        )
        .inner
}

fn under_way(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, run: &BatchRun) -> Option<BatchId> {
    let tokens = ui.tokens();
    let tally = run.tally();
    let mut results = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S4;
        Icon::Power.show(ui, size::BAR, tokens.accent_text);
        label(ui, words::batch_progress(run, &tally), Style::BodyStrong, tokens.text_primary);
        bar(ui, run, &tally);
        let note = match (&run.halt, open.time_left(view.now)) {
            (Some(_), _) => "Stopping: what is sent is finished".to_owned(),
            (None, TimeLeft::Over) => "Paused until you sign in again".to_owned(),
            (None, _) => words::batch_rest(&Tally { waiting: 0, pending: 0, ..tally }),
        };
        if !note.is_empty() {
            label(ui, note, Style::Body, tokens.text_secondary);
        }
        if Button::secondary("Details…").name("Show the results so far").show(ui).clicked() {
            results = Some(run.id().clone());
        }
        let off = run.halt.is_some().then(|| "It is being stopped".to_owned());
        let stop = Button::secondary("Stop").name("Stop the batch").icon(Icon::X).off(off).show(ui);
        if stop.on_hover_text("What is sent is finished, the rest is not sent").clicked() {
            view.push(Msg::Batch(BatchMsg::Stop));
        }
    });
    results
}

/// A line with its accessible value. The words beside it say the same.
fn bar(ui: &mut Ui, run: &BatchRun, tally: &Tally) {
    let tokens = ui.tokens();
    let (rect, response) = ui.allocate_exact_size(vec2(160.0, 4.0), Sense::hover());
    let share = tally.ended() as f32 / tally.total().max(1) as f32;
    let done = Rect::from_min_size(rect.min, vec2(rect.width() * share, rect.height()));
    ui.painter().rect_filled(rect, 2, tokens.bg_pressed);
    ui.painter().rect_filled(done, 2, tokens.accent_fill);
    _ = response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_role(Role::ProgressIndicator);
        node.set_label(words::batch_progress(run, tally));
        node.set_numeric_value(f64::from(share) * 100.0);
    });
}

fn ended(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, run: &BatchRun) -> Option<BatchId> {
    let tally = run.tally();
    let title = words::batch_ended(run.batch.action, &tally, run.batch.undoes.is_some());
    let rest = words::batch_rest(&tally);
    let rest = if rest.is_empty() { rest } else { format!("{rest}.") };
    let why = words::batch_halted(run, open, view.now);
    let text = [rest, why].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let tone = match &run.halt {
        _ if tally.failed + tally.unknown > 0 => Tone::Danger,
        Some(Halt::Failing(_)) => Tone::Danger,
        Some(_) if run.is_incomplete() => Tone::Warning,
        _ => Tone::Info,
    };
    let mut results = None;
    Banner { tone, title: &title, text: &text }.show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            let id = run.id();
            let blocked = view.model.batch_is_blocked(id);
            let off = blocked.then(|| "Another batch is in progress, or the session has expired".to_owned());
            if run.is_incomplete() {
                let word = format!("Continue with {}", words::keys(tally.waiting));
                let go_on = Button::secondary(&word).name("Continue the batch").icon(Icon::Power);
                if go_on.off(off.clone()).show(ui).clicked() {
                    send(view, id, BatchMsg::Resume);
                }
            }
            if run.can_be_undone() && tally.done > 0 {
                let undo = Button::secondary("Undo all").off(off).show(ui);
                let what = run.batch.action.opposite().map_or("", words::batch_verb);
                describe(&undo, || format!("{what} {}", words::keys(tally.done)));
                if undo.clicked() {
                    send(view, id, BatchMsg::Undo);
                }
            }
            if Button::secondary("Results…").name("Show the results").show(ui).clicked() {
                results = Some(id.clone());
            }
            let close = Button::ghost("Dismiss").name("Dismiss the batch").icon(Icon::X).show(ui);
            if close.clicked() {
                send(view, id, BatchMsg::Close);
            }
        });
    });
    results
}
