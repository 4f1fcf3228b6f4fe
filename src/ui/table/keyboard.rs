//! The keyboard of every list: arrows, Home, End, Page, Enter, and what selects.

use egui::{Context, Event, Key, Modifiers, Popup, Ui};

use super::selection::Extend;

/// A menu, a popup or a dialog lies over the page: what is pressed is for that.
pub(in crate::ui) fn is_covered(ctx: &Context) -> bool {
    Popup::is_any_open(ctx) || ctx.memory(|memory| memory.top_modal_layer().is_some())
}

/// Keys are for the page: nothing lies over it, and no text is being typed.
pub(in crate::ui) fn is_free(ctx: &Context) -> bool {
    !is_covered(ctx) && !ctx.text_edit_focused()
}

/// Before a list is drawn: Enter, Space and Delete act once, however long they are held down.
pub(in crate::ui) fn ignore_held_keys(ui: &Ui) {
    if !ui.ctx().text_edit_focused() {
        ui.input_mut(|input| input.events.retain(|event| !is_held_action(event)));
    }
}

fn is_held_action(event: &Event) -> bool {
    let actions = [Key::Enter, Key::Space, Key::Delete];
    matches!(event, Event::Key { key, pressed: true, repeat: true, .. } if actions.contains(key))
}

/// Where the keyboard is while it moves in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Focus {
    /// In the field that searches the list: letters, Home, End, Space, Esc and Ctrl+A are its own.
    Field,
    /// On a control of the page: Enter and Space press it.
    Control,
    /// On the list itself.
    List,
    /// The same, and its rows have checkboxes: Space selects.
    Checkboxes,
}

/// What was pressed in this frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ui) struct ListKeys {
    lines: isize,
    pages: isize,
    edge: Option<Edge>,
    extend: Option<Extend>,
    pub(in crate::ui) enter: bool,
    /// Enter is still held down. It has taken the focus out of a field, as each press of it does.
    pub(in crate::ui) held: bool,
    /// Selects the cursor's row, or no longer.
    pub(in crate::ui) toggle: bool,
    pub(in crate::ui) select_all: bool,
    pub(in crate::ui) clear: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    First,
    Last,
}

/// Takes what is for the list out of the input. Arrows and pages may be held down; what acts counts once.
pub(in crate::ui) fn list_keys(ui: &Ui, focus: Focus) -> ListKeys {
    let mut keys = ListKeys::default();
    ui.input_mut(|input| input.events.retain(|event| !keys.take(event, focus)));
    keys
}

impl ListKeys {
    /// Returns true if the event is for the list alone.
    fn take(&mut self, event: &Event, focus: Focus) -> bool {
        let Event::Key { key, pressed: true, repeat, modifiers, .. } = *event else { return false };
        let in_field = focus == Focus::Field;
        if self.moves_by(key, modifiers, in_field) {
            return true;
        }
        match key {
            Key::Enter if modifiers.is_none() && focus != Focus::Control => {
                self.enter |= !repeat;
                self.held |= repeat;
            }
            Key::Space if modifiers.command_only() && !in_field => self.toggle |= !repeat,
            Key::Space if modifiers.is_none() && focus == Focus::Checkboxes => self.toggle |= !repeat,
            Key::A if modifiers.command_only() && !in_field => self.select_all = true,
            Key::Escape if modifiers.is_none() && !in_field => {
                self.clear = true;
                // Others may have something to end with it, too.
                return false;
            }
            _ => return false,
        }
        true
    }

    fn moves_by(&mut self, key: Key, modifiers: Modifiers, in_field: bool) -> bool {
        let extend = match modifiers {
            _ if modifiers.is_none() => Extend::No,
            _ if modifiers.shift_only() => Extend::Range,
            _ if modifiers.command_only() && !in_field => Extend::Cursor,
            _ => return false,
        };
        match key {
            Key::ArrowDown => self.lines += 1,
            Key::ArrowUp => self.lines -= 1,
            Key::PageDown => self.pages += 1,
            Key::PageUp => self.pages -= 1,
            Key::Home if !in_field => self.edge = Some(Edge::First),
            Key::End if !in_field => self.edge = Some(Edge::Last),
            _ => return false,
        }
        self.extend = Some(extend);
        true
    }

    /// The cursor is to move.
    pub(in crate::ui) fn moves(&self) -> bool {
        self.extend.is_some()
    }

    pub(super) fn extend(&self) -> Extend {
        self.extend.unwrap_or(Extend::No)
    }

    /// Where the cursor goes from row `at` of `len`; from nowhere to the first row. `page`: rows that are in view.
    pub(in crate::ui) fn target(&self, at: Option<usize>, len: usize, page: usize) -> Option<usize> {
        let last = len.checked_sub(1).filter(|_| self.moves())?;
        Some(match (self.edge, at) {
            (Some(Edge::First), _) | (None, None) => 0,
            (Some(Edge::Last), _) => last,
            (None, Some(at)) => {
                let page = page.min(len).saturating_sub(1).max(1).cast_signed();
                at.saturating_add_signed(self.lines + self.pages * page).min(last)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(focus: Focus, keys: &[(Key, Modifiers, bool)]) -> (ListKeys, usize) {
        let mut pressed = ListKeys::default();
        let taken = keys.iter().filter(|(key, modifiers, repeat)| {
            let (physical_key, modifiers) = (None, *modifiers);
            let event = Event::Key { key: *key, physical_key, pressed: true, repeat: *repeat, modifiers };
            pressed.take(&event, focus)
        });
        let taken = taken.count();
        (pressed, taken)
    }

    #[test]
    fn arrows_repeat_and_actions_do_not() {
        let none = Modifiers::NONE;
        let held =
            [(Key::ArrowDown, none, false), (Key::ArrowDown, none, true), (Key::ArrowDown, none, true)];
        assert_eq!(pressed(Focus::List, &held).0.target(Some(0), 10, 5), Some(3));
        let (keys, taken) =
            pressed(Focus::List, &[(Key::Enter, none, true), (Key::Space, Modifiers::COMMAND, true)]);
        assert!(!keys.enter && !keys.toggle && keys.held);
        assert_eq!(taken, 2, "nor is it for anything else");
        assert!(pressed(Focus::List, &[(Key::Enter, none, false)]).0.enter);
        let held =
            |key, repeat| Event::Key { key, physical_key: None, pressed: true, repeat, modifiers: none };
        for key in [Key::Enter, Key::Space, Key::Delete] {
            assert!(is_held_action(&held(key, true)) && !is_held_action(&held(key, false)), "{key:?}");
        }
        assert!(!is_held_action(&held(Key::ArrowDown, true)));
    }

    #[test]
    fn a_list_ends_at_both_ends() {
        let target = |key, at| pressed(Focus::List, &[(key, Modifiers::NONE, false)]).0.target(at, 20, 6);
        assert_eq!(target(Key::ArrowUp, Some(0)), Some(0));
        assert_eq!(target(Key::PageDown, Some(2)), Some(7), "one row of the page before stays in view");
        assert_eq!(target(Key::PageDown, Some(18)), Some(19));
        assert_eq!(target(Key::Home, Some(9)), Some(0));
        assert_eq!(target(Key::End, Some(9)), Some(19));
        assert_eq!(target(Key::ArrowDown, None), Some(0), "from nowhere to the first one");
        assert_eq!(target(Key::F5, Some(9)), None);
        assert_eq!(pressed(Focus::List, &[(Key::End, Modifiers::NONE, false)]).0.target(None, 0, 6), None);
    }

    #[test]
    fn a_field_and_a_control_keep_what_is_theirs() {
        let none = Modifiers::NONE;
        let of_field =
            [(Key::Home, none, false), (Key::A, Modifiers::COMMAND, false), (Key::Escape, none, false)];
        assert_eq!(pressed(Focus::Field, &of_field), (ListKeys::default(), 0));
        assert_eq!(pressed(Focus::Control, &[(Key::Enter, none, false)]), (ListKeys::default(), 0));
        let extended = pressed(Focus::Field, &[(Key::ArrowDown, Modifiers::SHIFT, false)]).0;
        assert_eq!(extended.extend(), Extend::Range, "a range is selected from the field, too");
        let switch_account = (Key::A, Modifiers::COMMAND | Modifiers::SHIFT, false);
        assert_eq!(pressed(Focus::List, &[switch_account]), (ListKeys::default(), 0));
    }
}
