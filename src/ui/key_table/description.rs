//! The description of a key: read, typed, and sent only when it was changed on purpose.

use egui::accesskit::Live;
use egui::{Align, Id, Key, Layout, Popup, PopupCloseBehavior, Response, Ui, vec2};

use super::cells::{stale_mark, unknown};
use super::finding_cell::finding_cell;
use super::rows::{Draft, KeyRows, Subject, more_id};
use crate::core::{KeysMsg, OpenAccount};
use crate::domain::{Action, KeyId, UserName, description_fault, spell_out_hidden};
use crate::ui::theme::measures::space;
use crate::ui::theme::{Style, Themed as _};
use crate::ui::widgets::{Field, Wrong, announce, is_slow, label, link, one_line, skeleton, surface, tip};
use crate::ui::{View, words};

/// A field that is narrower hides what is typed: it is then a popup below the row.
const LEAST_FIELD: f32 = 160.0;
const POPUP_WIDTH: f32 = 320.0;

/// Why a description cannot be edited. What is not known must not be overwritten by an empty field.
pub(super) fn edit_block(open: &OpenAccount, user: &UserName) -> Option<String> {
    if let Some(why) = open.access.forbidden(Action::TagUser, user) {
        return Some(words::forbidden(&why));
    }
    let texts = open.keys_of(user).map(|known| &known.descriptions);
    if texts.is_some_and(|texts| texts.value.is_some()) {
        return None;
    }
    let failed = texts.filter(|texts| !texts.is_loading()).and_then(|texts| texts.failure());
    Some(match failed {
        Some((failure, _)) => {
            format!("The description could not be loaded: {}", words::explain(failure, Some(&open.account)))
        }
        None => "The description has not loaded yet".to_owned(),
    })
}

impl KeyRows {
    /// Without a column of its own a description is typed where the finding stands.
    pub(super) fn finding_or_draft_cell(&mut self, ui: &mut Ui, view: &mut View<'_>, it: Subject<'_>) {
        if self.is_typed(&it.key.id) && !self.describes {
            self.description_cell(ui, view, it);
        } else {
            finding_cell(ui, view, it);
        }
    }

    pub(super) fn is_typed(&self, key: &KeyId) -> bool {
        self.draft.as_ref().is_some_and(|draft| draft.key == *key)
    }

    pub(super) fn description_cell(&mut self, ui: &mut Ui, view: &mut View<'_>, it: Subject<'_>) {
        let typing = self.is_typed(&it.key.id);
        let room = ui.available_width() - space::S4;
        if typing && room >= LEAST_FIELD {
            return self.field(ui, view, it.user, room);
        }
        let shown = self.text(ui, it);
        if typing {
            self.popup(ui, view, it.user, &shown);
        }
    }

    fn text(&mut self, ui: &mut Ui, it: Subject<'_>) -> Response {
        let tokens = ui.tokens();
        let Subject { open, user, key, .. } = it;
        let known = it.known().map(|known| &known.descriptions);
        let failed = known.filter(|texts| !texts.is_loading()).and_then(|texts| texts.failure());
        let Some(texts) = known.and_then(|texts| texts.value.as_ref()) else {
            return match failed {
                Some((failure, _)) => unknown(ui, failure, open),
                None => ui.scope(|ui| skeleton(ui, 90.0)).response,
            };
        };
        if let Some((failure, _)) = failed {
            let why = words::explain(failure, Some(&open.account));
            stale_mark(ui, &format!("Description of {}", key.id), &why);
        }
        if let Some(sent) = open.pending.describing.get(&key.id) {
            return sending(ui, &key.id, &sent.text);
        }
        let forbidden = open.access.forbidden(Action::TagUser, user);
        match texts.get(&key.id) {
            Some(text) => one_line(ui, spell_out_hidden(text), Style::Body, tokens.text_primary),
            None if forbidden.is_some() => {
                let dash = label(ui, "–", Style::Body, tokens.text_secondary);
                tip(dash, forbidden.as_ref().map(words::forbidden).unwrap_or_default())
            }
            None => {
                let add = link(ui, "Add description", &format!("Add description to {}", key.id));
                if add.clicked() {
                    self.draft = Some(Draft::new(&key.id, ""));
                }
                add
            }
        }
    }

    fn popup(&mut self, ui: &Ui, view: &mut View<'_>, user: &UserName, below: &Response) {
        Popup::from_response(below)
            .id(Id::unique("description"))
            .open(true)
            .close_behavior(PopupCloseBehavior::IgnoreClicks)
            .accessible_name("Description")
            .width(POPUP_WIDTH)
            .show(|ui| {
                self.field(ui, view, user, POPUP_WIDTH);
                surface(ui, None);
            });
        // What lies below the popup is not pressed through it, and the popup ends with its field.
        ui.request_repaint();
    }

    /// Enter sends; leaving the field sends only what was changed; Esc forgets it.
    fn field(&mut self, ui: &mut Ui, view: &mut View<'_>, user: &UserName, width: f32) {
        let Some(draft) = &mut self.draft else { return };
        let fault = description_fault(draft.text.trim());
        let wrong = if fault.is_some() { Wrong::Yes } else { Wrong::No };
        let name = format!("Description of {}", draft.key);
        // By an id of its own: a frame in which the row moved must not look like a loss of the focus.
        let id = Id::unique(("description field", draft.key.as_str()));
        let field =
            Field::new(&mut draft.text, &name).hint("What is it for?").refuses_secrets().wrong(wrong).id(id);
        // Longer than AWS takes, so that it is said and not cut off.
        let field = field.width(width).limit(1024).show(ui);
        if field.changed() {
            // What is wrong with it is told in the next frame.
            ui.request_repaint();
        }
        if let Some(fault) = fault {
            fault_below(&field, &words::description_fault(fault));
        }
        if !field.lost_focus() {
            if !field.has_focus() {
                field.request_focus();
            }
            return;
        }
        let (escaped, entered) =
            ui.input(|input| (input.key_pressed(Key::Escape), input.key_pressed(Key::Enter)));
        if fault.is_some() && entered {
            return field.request_focus();
        }
        if !escaped && fault.is_none() && draft.is_changed() {
            let (key, text) = (draft.key.clone(), draft.text.clone());
            view.keys(KeysMsg::Describe { user: user.clone(), key, text });
        }
        if escaped || entered {
            view.ui.focus.go_to(Some(more_id(&draft.key)));
        }
        self.draft = None;
    }
}

/// What is being written stands there at once; that it takes its time is said behind it.
fn sending(ui: &mut Ui, key: &KeyId, text: &str) -> Response {
    const WORD: f32 = 70.0;
    let color = ui.tokens().text_secondary;
    let (text, word) = if text.is_empty() { ("–", "Removing…") } else { (text, "Saving…") };
    let room = vec2((ui.available_width() - WORD).max(0.0), Style::Body.line_height());
    let shown = ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
        one_line(ui, spell_out_hidden(text), Style::Body, color)
    });
    if is_slow(ui, Id::unique(("describing", key.as_str()))) {
        ui.add_space(space::S3);
        label(ui, word, Style::Small, color);
    }
    shown.inner
}

/// Under the field, over what is there: the row does not grow.
fn fault_below(field: &Response, text: &str) {
    Popup::from_response(field)
        .id(field.id.with("fault"))
        .open(true)
        .close_behavior(PopupCloseBehavior::IgnoreClicks)
        .width(POPUP_WIDTH)
        .accessible_name("Description error")
        .show(|ui| {
            let color = ui.tokens().danger_text;
            announce(&label(ui, text, Style::Small, color), Live::Assertive);
            surface(ui, None);
        });
}
