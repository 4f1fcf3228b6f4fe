//! Information for assistive technology beyond the name of a control.

use egui::accesskit::{self, Live, Role};
use egui::{Context, Id, Rect, Response, Ui, UiKind};

/// Sets the accessible description of a control.
pub fn describe(response: &Response, text: impl FnOnce() -> String) {
    _ = response.ctx.accesskit_node_builder(response.id, |node| node.set_description(text()));
}

/// A control that is off keeps its click action: clients ask once what a control can do (libatspi does). That it is off is in
/// its state, and egui ignores the click.
pub(super) fn keep_press(control: &Response) {
    _ = control.ctx.accesskit_node_builder(control.id, |node| node.add_action(accesskit::Action::Click));
}

/// The keyboard shortcut of a control: "Ctrl+N", or "" for none.
pub fn keys_of(response: &Response, keys: &str) {
    if !keys.is_empty() {
        _ = response.ctx.accesskit_node_builder(response.id, |node| node.set_keyboard_shortcut(keys));
    }
}

/// A live region: announced when it appears or changes, results at the next pause and errors at once.
pub fn announce(words: &Response, live: Live) {
    _ = words.ctx.accesskit_node_builder(words.id, |node| node.set_live(live));
}

/// Makes a container a named group with its own bounds.
pub fn group(container: &Response, name: String) {
    _ = container.ctx.accesskit_node_builder(container.id, |node| {
        node.set_role(Role::Group);
        node.set_label(name);
        node.set_bounds(bounds(container.rect));
    });
}

/// Sets the bounds and the name of the menu, popup or dialog with the content `ui`. egui sets neither.
pub fn surface(ui: &Ui, name: Option<String>) {
    let is_surface =
        |kind: Option<UiKind>| matches!(kind, Some(UiKind::Menu | UiKind::Popup | UiKind::Modal));
    let Some(id) = ui.stack().iter().find(|one| is_surface(one.kind())).map(|one| one.unique_id) else {
        return;
    };
    _ = ui.ctx().accesskit_node_builder(id, |node| {
        node.set_bounds(bounds(ui.min_rect()));
        if let Some(name) = name {
            node.set_label(name);
        }
    });
}

/// The accessible name of a control drawn in this frame.
pub(super) fn name_of(ctx: &Context, id: Id) -> Option<String> {
    ctx.accesskit_node_builder(id, |node| node.label().map(str::to_owned)).flatten()
}

fn bounds(rect: Rect) -> accesskit::Rect {
    let [x0, y0, x1, y1] = [rect.left(), rect.top(), rect.right(), rect.bottom()].map(f64::from);
    accesskit::Rect { x0, y0, x1, y1 }
}
