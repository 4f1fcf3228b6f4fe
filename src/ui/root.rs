//! The whole window: which screen, the bars around it, what lies over it.

use egui::{CentralPanel, Frame, Key, Margin, Modifiers, Panel, Stroke, Ui};
use jiff::Timestamp;

use super::theme::Themed as _;
use super::theme::measures::{height, stroke};
use super::words::Zone;
use super::{View, account_bar, delete_gate, dialogs, keys_page, messages, start, status_bar, user_picker};
use crate::core::{CreateMsg, Model, Msg};

/// State that belongs to the view alone.
pub struct Root {
    zone: Zone,
    start: start::Start,
    picker: user_picker::Picker,
    keys: keys_page::KeysPage,
    gate: delete_gate::GateView,
    dialogs: dialogs::Dialogs,
    messages: messages::Messages,
}

impl Root {
    /// Dates are shown in this zone.
    pub fn in_zone(zone: Zone) -> Self {
        Self {
            zone,
            start: Default::default(),
            picker: Default::default(),
            keys: Default::default(),
            gate: Default::default(),
            dialogs: Default::default(),
            messages: Default::default(),
        }
    }

    /// Draws one frame; what was pressed is pushed to `out`, to be applied afterwards.
    pub fn ui(&mut self, ui: &mut Ui, model: &Model, now: Timestamp, out: &mut Vec<Msg>) {
        // The window itself has no name of its own in the accessibility tree.
        ui.ctx().accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label("Keyfob"));
        let mut view = View { model, now, zone: &self.zone, out };
        shortcuts(ui, &mut view);
        chrome(Panel::top("account bar"), ui, height::ACCOUNT_BAR, |ui| account_bar::show(ui, &mut view));
        chrome(Panel::bottom("status bar"), ui, height::STATUS_BAR, |ui| status_bar::show(ui, &mut view));
        if model.open.is_some() {
            chrome(Panel::top("tab bar"), ui, height::TAB_BAR, account_bar::tabs);
            account_bar::strip(ui, &view);
            self.picker.panel(ui, &mut view);
        }
        let ground = Frame::new().fill(ui.tokens().bg_panel).inner_margin(Margin::ZERO);
        CentralPanel::no_frame().frame(ground).show(ui, |ui| {
            if model.open.is_some() {
                self.keys.show(ui, &mut view);
            } else {
                self.start.show(ui, &mut view);
            }
        });
        self.messages.toasts(ui, &mut view);
        self.gate.show(ui, &mut view);
        self.dialogs.show(ui, &mut view);
    }

    /// The window was asked to close while a secret is on screen.
    pub fn ask_to_close(&mut self) {
        self.dialogs.closing = true;
    }

    /// It may close all the same.
    pub fn may_close(&self) -> bool {
        self.dialogs.may_close
    }
}

fn chrome(panel: Panel, ui: &mut Ui, height: f32, content: impl FnOnce(&mut Ui)) {
    let tokens = ui.tokens();
    let frame = Frame::new()
        .fill(tokens.bg_chrome)
        .inner_margin(Margin { left: 16, right: 12, top: 0, bottom: 0 })
        .stroke(Stroke::NONE);
    panel.exact_size(height).frame(frame).show_separator_line(false).show(ui, |ui| {
        content(ui);
        let edge = ui.max_rect().expand2(egui::vec2(16.0, 0.0));
        let line = Stroke::new(stroke::HAIR, tokens.border_frame);
        let y = if height == self::height::STATUS_BAR { edge.top() } else { edge.bottom() - 0.5 };
        let under_tabs = height != self::height::ACCOUNT_BAR;
        if under_tabs {
            ui.painter().hline(edge.x_range(), y, line);
        }
    });
}

fn shortcuts(ui: &Ui, view: &mut View<'_>) {
    if view.model.open.as_ref().is_some_and(|open| open.gate.is_some() || open.confirming.is_some()) {
        return;
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::F5)) {
        view.push(Msg::Refresh);
    }
    if view.model.open.is_some() && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::N)) {
        view.create(CreateMsg::Create { copy: true, description: None });
    }
}
