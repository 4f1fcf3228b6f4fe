//! The plan of a batch: exactly what will happen, key by key, and what is left out.

use egui::accesskit::Live;
use egui::{Id, Key, Rect, ScrollArea, Ui, UiBuilder, vec2};

use super::row::{Line, headings, line};
use crate::core::{BatchBlocked, BatchMsg, BatchPlan, Msg, OpenAccount, PlannedKey, Proposal, Verdict};
use crate::domain::{BatchAction, Endpoint, KeyId, spell_out_hidden};
use crate::ui::theme::measures::{height, space};
use crate::ui::theme::{Icon, Style, Themed as _, icons::size};
use crate::ui::widgets::{
    Button, Checked, Dialog, Field, Wrong, announce, button_row, check_mark, kind_tag, label,
};
use crate::ui::{View, words};

const WIDTH: f32 = 860.0;

/// Rows that are shown at once.
const ROWS: f32 = 9.0;

#[derive(Default)]
pub(super) struct PlanDialog {
    /// The proposal that is on screen.
    shown: Option<(BatchAction, Vec<KeyId>)>,
    typed: String,
}

impl PlanDialog {
    pub(super) fn show(&mut self, ui: &Ui, view: &mut View<'_>) {
        let model = view.model;
        let (Some(open), Some(proposal)) = (&model.open, &model.batches.proposal) else {
            self.shown = None;
            return;
        };
        let Some(plan) = model.batch_plan() else { return };
        let first = self
            .shown
            .as_ref()
            .is_none_or(|(action, keys)| *action != proposal.action || *keys != proposal.keys);
        if first {
            self.shown = Some((proposal.action, proposal.keys.clone()));
            self.typed.clear();
        }
        let name = format!("{} several keys", words::batch_verb(plan.action));
        let title = format!("{} {}", words::batch_verb(plan.action), words::keys(plan.count()));
        let leave = Dialog { id: "batch plan", name: &name, title: &title, width: WIDTH }.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(space::S2);
            account(ui, open);
            ui.add_space(space::S4);
            summary(ui, &plan, proposal);
            ui.add_space(space::S4);
            list(ui, view, open, &plan);
            ui.add_space(space::S5);
            consequence(ui, plan.action);
            if plan.action == BatchAction::Delete {
                ui.add_space(space::S5);
                self.field(ui, view, &plan, first);
            }
            ui.add_space(space::S6);
            self.buttons(ui, view, open, &plan);
        });
        if leave {
            view.push(Msg::Batch(BatchMsg::Cancel));
        }
    }

    /// The number of keys, typed before they are deleted.
    fn field(&mut self, ui: &mut Ui, view: &mut View<'_>, plan: &BatchPlan, first: bool) {
        let tokens = ui.tokens();
        let block = view.model.batch_block(plan, &self.typed);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S5;
            label(ui, format!("Type {} to confirm", plan.count()), Style::Body, tokens.text_primary);
            let is_wrong = block == Some(BatchBlocked::WrongNumber);
            let field = Field::new(&mut self.typed, "Type the number of keys to delete")
                .wrong(if is_wrong { Wrong::Yes } else { Wrong::No })
                .width(88.0)
                .limit(8)
                .id(Id::unique("number of keys to delete"))
                .show(ui);
            if first {
                field.request_focus();
            }
            if is_wrong {
                let wrong = words::batch_block(&BatchBlocked::WrongNumber, plan.count());
                announce(&label(ui, wrong, Style::Body, tokens.danger_text), Live::Assertive);
            }
            if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
                match view.model.batch_block(plan, &self.typed) {
                    None => self.confirm(view),
                    Some(_) => field.request_focus(),
                }
            }
        });
    }

    fn confirm(&self, view: &mut View<'_>) {
        view.push(Msg::Batch(BatchMsg::Confirm { typed: self.typed.clone() }));
    }

    fn buttons(&self, ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, plan: &BatchPlan) {
        let block = view.model.batch_block(plan, &self.typed);
        button_row(ui, |ui| {
            copy_commands(ui, view, open, plan);
            let cancel = Button::secondary("Cancel").show(ui);
            // One press of Enter too many must not begin it.
            if ui.memory(|memory| memory.focused().is_none()) {
                cancel.request_focus();
            }
            if cancel.clicked() {
                view.push(Msg::Batch(BatchMsg::Cancel));
            }
            let word = format!("{} {}", words::batch_verb(plan.action), words::keys(plan.count()));
            let button = match plan.action {
                BatchAction::Delete => Button::danger(&word).icon(Icon::Trash2),
                BatchAction::Deactivate | BatchAction::Activate => Button::primary(&word).icon(Icon::Power),
            };
            let off = block.as_ref().map(|block| words::batch_block(block, plan.count()));
            let name = format!("{} these keys", words::batch_verb(plan.action));
            if button.name(name).off(off).show(ui).clicked() {
                self.confirm(view);
            }
        });
    }
}

/// The account, as in the delete dialog of one key.
fn account(ui: &mut Ui, open: &OpenAccount) {
    let tokens = ui.tokens();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S4;
        label(ui, spell_out_hidden(open.name()), Style::Body, tokens.text_primary);
        label(ui, open.account.grouped_id(), Style::Mono, tokens.text_secondary);
        kind_tag(ui, open.kind());
    });
}

fn summary(ui: &mut Ui, plan: &BatchPlan, proposal: &Proposal) {
    let tokens = ui.tokens();
    let text = words::batch_summary(plan);
    announce(&label(ui, text, Style::BodyStrong, tokens.text_primary), Live::Polite);
    let unread = proposal.unread();
    if unread > 0 {
        let text = format!("Reading the last use of {}…", words::keys(unread));
        label(ui, text, Style::Small, tokens.text_secondary);
    }
}

fn list(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, plan: &BatchPlan) {
    headings(ui, true, if plan.action == BatchAction::Delete { "Evidence" } else { "What happens" });
    let least = ui.ctx().content_rect().height();
    // In a low window the rest of the dialog comes first.
    let rows = if least < 700.0 { ROWS - 2.0 } else { ROWS };
    let tall = height::DENSE_ROW * rows.min(plan.keys.len().max(1) as f32);
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().id_salt("batch plan").max_height(tall).auto_shrink([false, true]);
    area.show_rows(ui, height::DENSE_ROW, plan.keys.len(), |ui, range| {
        for planned in plan.keys.get(range).unwrap_or_default() {
            key(ui, view, open, plan.action, planned);
        }
    });
}

fn key(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, action: BatchAction, planned: &PlannedKey) {
    let tokens = ui.tokens();
    let note = words::planned(open, action, planned, view.now, view.zone);
    let (age, used) =
        (words::planned_age(open, planned, view.now), words::planned_use(open, planned, view.now));
    let (mark, note_color) = match &planned.verdict {
        Verdict::Included => (Some((Icon::Check, tokens.success_text)), tokens.text_primary),
        Verdict::Asks { .. } => (None, tokens.warning_text),
        Verdict::LeftOut(_) => (Some((Icon::X, tokens.text_secondary)), tokens.text_secondary),
    };
    let shown = Line {
        mark,
        user: planned.user.as_ref(),
        key: &planned.key,
        age: Some(&age),
        used: Some(&used),
        note: &note,
        note_color,
        faint: !planned.verdict.is_included(),
    };
    let (_, place) = line(ui, &shown);
    let Verdict::Asks { included, .. } = planned.verdict else { return };
    let checked = if included { Checked::Yes } else { Checked::No };
    let name = format!("Include {}: {}", planned.key, note.to_lowercase());
    let place = Rect::from_center_size(place.center(), vec2(height::SMALL, height::SMALL));
    let mark = ui.scope_builder(UiBuilder::new().max_rect(place), |ui| check_mark(ui, checked, &name, true));
    if mark.inner.clicked() {
        view.push(Msg::Batch(BatchMsg::Include { key: planned.key.clone(), on: !included }));
    }
}

fn consequence(ui: &mut Ui, action: BatchAction) {
    let tokens = ui.tokens();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        let (icon, color) = match action {
            BatchAction::Delete => (Icon::TriangleAlert, tokens.warning_text),
            BatchAction::Deactivate | BatchAction::Activate => (Icon::Info, tokens.info_text),
        };
        icon.show(ui, size::BAR, color);
        ui.vertical(|ui| label(ui, words::batch_consequence(action), Style::Body, tokens.text_primary));
    });
}

/// The same as commands, for a ticket or for somebody else to run.
fn copy_commands(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, plan: &BatchPlan) {
    let commands = view.model.batch_commands(plan).filter(|commands| !commands.is_empty());
    let off = commands.is_none().then(|| match (&open.account.endpoint, plan.count()) {
        (Endpoint::Practice, _) => "The AWS CLI cannot reach the practice account".to_owned(),
        (_, 0) => words::batch_block(&BatchBlocked::Nothing, 0),
        _ => "A name has a control character, which a terminal may act on".to_owned(),
    });
    let button = Button::ghost("Copy as AWS CLI commands").icon(Icon::Terminal).off(off);
    let tip = "One command for each included key, quoted for POSIX shells. They do not ask AWS again before a key is deleted";
    if button.show(ui).on_hover_text(tip).clicked() {
        view.out.extend(commands.map(Msg::CopyText));
    }
}
