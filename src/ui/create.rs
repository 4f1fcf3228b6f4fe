//! Create and copy: one click, and the menu beside it.

use egui::{Key, Ui};

use super::theme::measures::space;
use super::theme::{Icon, Style, Themed as _, icons::size};
use super::widgets::{Button, Field, MenuItem, label, menu, split_menu};
use super::{View, words};
use crate::core::{CreateBlock, CreateMsg};
use crate::domain::{UserName, visible};

#[derive(Default)]
pub(super) struct CreateRow {
    /// The description that is being typed for a new key, and for whom.
    describing: Option<(UserName, String)>,
}

impl CreateRow {
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, user: &UserName) {
        let block = view.model.create_block();
        let reason = block.as_ref().map(|block| words::create_block(block, user));
        self.describing.take_if(|(whose, _)| whose != user);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            buttons(ui, view, reason.clone(), &mut self.describing, user);
            ui.add_space(14.0);
            hint(ui, block.as_ref(), reason.as_deref());
        });
        self.description(ui, view, reason.as_deref());
    }

    fn description(&mut self, ui: &mut Ui, view: &mut View<'_>, off: Option<&str>) {
        let Some((user, text)) = &mut self.describing else {
            return;
        };
        ui.add_space(space::S4);
        let (mut done, mut create) = (false, false);
        ui.horizontal(|ui| {
            let name = format!("Description of the new key of {}", visible(user.as_str()));
            let field = Field::new(text, &name).hint("What is the key for?").width(320.0).show(ui);
            if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
                create = true;
            } else if !field.has_focus() && ui.memory(|memory| memory.focused().is_none()) {
                field.request_focus();
            }
            if Button::secondary("Create with description").off(off.map(str::to_owned)).show(ui).clicked() {
                create = true;
            }
            let esc = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
            if Button::ghost("Cancel").show(ui).clicked() || esc {
                done = true;
            }
        });
        if create && off.is_none() {
            view.create(CreateMsg::Create { copy: true, description: Some(text.clone()) });
            done = true;
        }
        if done {
            self.describing = None;
        }
    }
}

fn buttons(
    ui: &mut Ui,
    view: &mut View<'_>,
    off: Option<String>,
    describing: &mut Option<(UserName, String)>,
    user: &UserName,
) {
    let primary = off.is_none();
    let button =
        if primary { Button::primary("Create and copy") } else { Button::secondary("Create and copy") };
    if button.icon(Icon::Plus).left_part().off(off.clone()).show(ui).clicked() {
        view.create(CreateMsg::Create { copy: true, description: None });
    }
    if primary {
        ui.add_space(1.0);
    }
    let more = split_menu(ui, "More ways to create", off, primary);
    menu(&more, 280.0, |ui| {
        if MenuItem::new("Create and copy")
            .name("Create and copy the key")
            .icon(Icon::Plus)
            .shortcut("Ctrl+N")
            .show(ui)
        {
            view.create(CreateMsg::Create { copy: true, description: None });
        }
        if MenuItem::new("Create without copying").icon(Icon::EyeOff).show(ui) {
            view.create(CreateMsg::Create { copy: false, description: None });
        }
        if MenuItem::new("Create with a description…").icon(Icon::KeyRound).show(ui) {
            *describing = Some((user.clone(), String::new()));
        }
    });
}

/// Why the button is off, or what would be better than a key.
fn hint(ui: &mut Ui, block: Option<&CreateBlock>, reason: Option<&str>) {
    let tokens = ui.tokens();
    let text = match (block, reason) {
        (Some(_), Some(reason)) => reason,
        _ => words::PREFER_ROLES,
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S3;
        Icon::Info.show(ui, size::ROW, tokens.text_secondary);
        label(ui, text, Style::Body, tokens.text_secondary);
    });
}
