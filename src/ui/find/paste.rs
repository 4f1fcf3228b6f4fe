//! What is pasted into *Find*.

use egui::{Event, Id, Ui};

use crate::domain::{KeyId, NamedUser};
use crate::ui::widgets::drop_pasted;

/// Of a text that has key ids in it, only these reach the field: whoever pastes two lines of a credentials file pastes the
/// secret, too, and a field tells what it holds to assistive technology and remembers it to undo.
pub(super) fn keep_ids_only(ui: &Ui, field: Id) {
    drop_pasted(ui, field);
    ui.input_mut(|input| {
        for event in &mut input.events {
            if let Event::Paste(text) = event {
                let ids = KeyId::all_in(text);
                // A user that is named beside it is looked for, too.
                if !ids.is_empty() && NamedUser::all_in(text).is_empty() {
                    *text = ids.iter().map(KeyId::as_str).collect::<Vec<_>>().join(" ");
                }
            }
        }
    });
}
