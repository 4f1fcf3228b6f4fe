//! Create and copy: one click, and the menu beside it.

use egui::{Id, Key, Ui};

use super::commands::{Command, Entry};
use super::save_form::{Pressed, SaveForm};
use super::theme::measures::space;
use super::theme::{Icon, Style, Themed as _, icons::size};
use super::widgets::{Button, Field, MenuItem, describe, label, link, menu, split_menu};
use super::{View, words};
use crate::core::{CreateBlock, CreateMsg, CreateOptions, Forbidden, Msg, NoticeKind};
use crate::domain::{Action, UserName, description_fault, spell_out_hidden};

#[derive(Default)]
pub(super) struct CreateRow {
    /// The description that is being typed for a new key, and for whom.
    describing: Option<(UserName, String)>,
    /// Where the new key is to be saved at once, and whose it is.
    saving: Option<(UserName, SaveForm)>,
    /// The button with the menu that opens both: the keyboard goes back to it.
    opener: Option<Id>,
}

impl CreateRow {
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, user: &UserName) {
        let block = view.model.create_block(user);
        let reason = block.as_ref().map(|block| words::create_block(block, user));
        self.describing.take_if(|(whose, _)| whose != user);
        self.saving.take_if(|(whose, _)| whose != user || view.model.creation().is_some());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            self.buttons(ui, view, reason.clone(), user);
            ui.add_space(if block.is_none() { 14.0 } else { 15.0 });
            hint(ui, view, block.as_ref(), reason.as_deref());
        });
        self.description(ui, view, reason.as_deref());
        self.place(ui, view, reason.is_some());
    }

    /// The place is said and looked at before the key is created.
    fn place(&mut self, ui: &mut Ui, view: &mut View<'_>, off: bool) {
        let Some((user, form)) = &mut self.saving else { return };
        let session = view.model.open.as_ref().map(|open| open.session);
        ui.add_space(space::S4);
        let refused = view.model.notices.iter().rev().find_map(|notice| {
            let NoticeKind::PlaceRefused { user: whose, why } = &notice.event else { return None };
            (notice.session == session && whose == user).then_some(why)
        });
        match form.show(ui, view, "Create and save", off, refused) {
            Pressed::Nothing => {}
            Pressed::Cancel => {
                self.saving = None;
                view.ui.focus.go_to(self.opener);
            }
            Pressed::There(place) => {
                create(view, user, CreateOptions { save_to: Some(place), ..CreateOptions::default() });
            }
        }
    }

    fn buttons(&mut self, ui: &mut Ui, view: &mut View<'_>, off: Option<String>, user: &UserName) {
        let primary = off.is_none();
        let Entry { word, icon, .. } = Command::Create.entry();
        let button = if primary { Button::primary(word) } else { Button::secondary(word) };
        let copy = CreateOptions { copy: true, ..CreateOptions::default() };
        let id = Id::unique("create and copy");
        let keys = view.model.open.as_ref().and_then(|open| open.keys_of(user)?.count());
        if primary && keys == Some(0) {
            view.ui.focus.set_home(id);
        }
        let button = button.icon(icon).left_part().id(id).off(off.clone()).show(ui);
        describe(&button, || format!("For {}", spell_out_hidden(user.as_str())));
        Command::Create.is_done_by(&button);
        if button.clicked() {
            create(view, user, copy.clone());
        }
        if primary {
            ui.add_space(1.0);
        }
        let more = split_menu(ui, "More ways to create", off, primary);
        self.opener = Some(more.id);
        menu(&more, 280.0, |ui| {
            if Command::Create.item().name("Create and copy the key").show(ui) {
                create(view, user, copy);
            }
            if MenuItem::new("Create and save as…").icon(Icon::Save).show(ui) {
                self.describing = None;
                self.saving = Some((user.clone(), SaveForm::new(user, view, 0)));
            }
            if MenuItem::new("Create without copying").icon(Icon::EyeOff).show(ui) {
                create(view, user, CreateOptions::default());
            }
            let open = view.model.open.as_ref();
            let off = open.and_then(|open| open.access.forbidden(Action::TagUser, user));
            let item = MenuItem::new("Create with a description…").icon(Icon::KeyRound);
            if item.off(off.as_ref().map(words::forbidden)).show(ui) {
                self.saving = None;
                self.describing = Some((user.clone(), String::new()));
            }
        });
    }

    fn description(&mut self, ui: &mut Ui, view: &mut View<'_>, off: Option<&str>) {
        let Some((user, text)) = &mut self.describing else {
            return;
        };
        ui.add_space(space::S4);
        let (mut done, mut ready) = (false, false);
        ui.horizontal(|ui| {
            let name = format!("Description of the new key of {}", spell_out_hidden(user.as_str()));
            let field =
                Field::new(text, &name).hint("What is the key for?").refuses_secrets().width(320.0).show(ui);
            let fault = description_fault(text.trim()).map(words::description_fault);
            let off = fault.clone().or_else(|| off.map(str::to_owned));
            if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) && off.is_none() {
                ready = true;
            } else if !field.has_focus() && ui.memory(|memory| memory.focused().is_none()) {
                field.request_focus();
            }
            if Button::secondary("Create with description").off(off.clone()).show(ui).clicked() {
                ready = true;
            }
            let esc = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
            if Button::ghost("Cancel").show(ui).clicked() || esc {
                done = true;
            }
            if let Some(fault) = fault {
                label(ui, fault, Style::Body, ui.tokens().danger_text);
            }
        });
        if ready && off.is_none() {
            let wish = CreateOptions { copy: true, description: Some(text.clone()), save_to: None };
            create(view, user, wish);
            done = true;
        }
        if done {
            self.describing = None;
            view.ui.focus.go_to(self.opener);
        }
    }
}

/// For the user whose name stands above what was pressed.
fn create(view: &mut View<'_>, user: &UserName, wish: CreateOptions) {
    view.create(CreateMsg::Create { user: user.clone(), wish });
}

/// Why the button is off, or what would be better than a key.
fn hint(ui: &mut Ui, view: &mut View<'_>, block: Option<&CreateBlock>, reason: Option<&str>) {
    let tokens = ui.tokens();
    let text = match (block, reason) {
        (Some(_), Some(reason)) => reason,
        _ => words::PREFER_ROLES,
    };
    // Where the longer of the two has no room, each has a line of its own: the table below stays where it is.
    let font = Style::Body.font();
    let longer = ui.painter().layout_no_wrap(words::PREFER_ROLES.to_owned(), font, tokens.text_secondary);
    if ui.available_size_before_wrap().x < size::ROW + space::S3 + longer.size().x {
        ui.end_row();
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S3;
        Icon::Info.show(ui, size::ROW, tokens.text_secondary);
        label(ui, text, Style::Body, tokens.text_secondary);
        if let Some(CreateBlock::Forbidden(why)) = block {
            ui.add_space(space::S4);
            way_out(ui, view, why);
        }
    });
}

/// What helps against it.
fn way_out(ui: &mut Ui, view: &mut View<'_>, why: &Forbidden) {
    let Some(open) = &view.model.open else { return };
    match why {
        Forbidden::ReadOnly(_) if open.access.may_leave_read_only() => {
            if link(ui, "Allow changes…", "Allow changes").clicked() {
                view.ui.allow_changes = true;
            }
        }
        Forbidden::ReadOnly(_) => {}
        Forbidden::NotAllowed(refusal) => {
            let Some(policy) = open.policy(refusal) else { return };
            let name = format!("Copy policy for {}", spell_out_hidden(refusal.missing()));
            if link(ui, "Copy policy", &name).on_hover_text(policy.as_str()).clicked() {
                view.push(Msg::CopyText(policy));
            }
        }
    }
}
