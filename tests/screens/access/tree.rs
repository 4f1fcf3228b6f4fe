//! Rules for every control of every screen.

use std::collections::BTreeMap;

use egui::accesskit::{Action, Role};
use egui_kittest::kittest::{AccessKitNode, NodeT as _};

use crate::stand::Window;

/// Controls of messages, of which several may be on screen: their descriptions distinguish them.
const OF_MESSAGES: [&str; 6] =
    ["Undo", "Try again", "Dismiss", "Copy details", "Use MFA…", "I have its secret"];

/// The problems of the current controls.
pub(super) fn faults(window: &Window) -> Vec<String> {
    let root = window.harness.root();
    let size = window.harness.ctx.content_rect().size();
    let all: Vec<AccessKitNode<'_>> = root.children_recursive().map(|node| node.accesskit_node()).collect();
    let mut faults = Vec::new();
    if root.accesskit_node().label().as_deref() != Some("Keyfob") {
        faults.push(format!("the window is called {:?}", root.accesskit_node().label()));
    }
    for node in &all {
        faults.extend(fault(node, size));
    }
    let mut names: BTreeMap<(Role, String, String), usize> = BTreeMap::new();
    for node in all.iter().filter(|node| is_control(node) && node.role() != Role::ScrollBar) {
        let name = node.label().unwrap_or_default();
        let about = node.description().filter(|_| OF_MESSAGES.contains(&name.as_str()));
        *names.entry((node.role(), name, about.unwrap_or_default())).or_default() += 1;
    }
    let twice = names.into_iter().filter(|(_, count)| *count > 1);
    faults.extend(
        twice.map(|((_, name, about), count)| format!("{count} controls are called {name:?} {about:?}")),
    );
    faults
}

fn fault(node: &AccessKitNode<'_>, window: egui::Vec2) -> Option<String> {
    let role = node.role();
    let name = node.label().unwrap_or_default();
    let said = [node.label(), node.value(), node.description(), node.placeholder().map(str::to_owned)];
    let glyph = said.iter().flatten().find(|text| text.chars().any(is_private));
    if let Some(text) = glyph {
        return Some(format!("{role:?}: {text:?} has an icon in it"));
    }
    // Screen readers know scroll bars, and egui gives them no name.
    if role == Role::ScrollBar {
        return None;
    }
    let named = is_control(node)
        || matches!(role, Role::Dialog | Role::Group | Role::Row | Role::Splitter | Role::Menu);
    if named && name.trim().is_empty() {
        return Some(format!("{role:?} without a name: {:?}, {:?}", node.bounding_box(), node.value()));
    }
    // Labels without text.
    if role == Role::Label && name.is_empty() && node.value().unwrap_or_default().is_empty() {
        return Some(format!("a label that says nothing at {:?}", node.bounding_box()));
    }
    if !named {
        return None;
    }
    if matches!(role, Role::Unknown | Role::GenericContainer | Role::Label) {
        return Some(format!("{name:?} can be pressed and is a {role:?}"));
    }
    let Some(bounds) = node.bounding_box() else { return Some(format!("{role:?} {name:?} is nowhere")) };
    if bounds.width() < 1.0 || bounds.height() < 1.0 {
        return Some(format!("{role:?} {name:?} has no size: {bounds:?}"));
    }
    // From the minimum size on, nothing is cut off at the side: a page scrolls only vertically.
    // A table scrolls horizontally if not even its minimum columns fit.
    let in_table = matches!(role, Role::Row | Role::ColumnHeader) || name.contains("AKIA");
    let cut = !in_table && !(0.0..=f64::from(window.x) + 0.5).contains(&bounds.x1);
    // A page may scroll; a menu or dialog must have room for all of its content.
    let inside = bounds.x0 >= 0.0
        && bounds.y0 >= 0.0
        && bounds.x1 <= f64::from(window.x)
        && bounds.y1 <= f64::from(window.y);
    (cut || (!inside && is_over_the_page(node))).then(|| format!("{role:?} {name:?} is outside: {bounds:?}"))
}

/// True in a menu, popup or dialog, but not in a scrolling list there.
fn is_over_the_page(node: &AccessKitNode<'_>) -> bool {
    let above = std::iter::successors(node.parent(), |node| node.parent());
    !matches!(node.role(), Role::ListItem | Role::Link)
        && above.into_iter().any(|node| matches!(node.role(), Role::Menu | Role::Dialog))
}

/// True for controls that can be pressed, typed into or reached by Tab.
pub(super) fn is_control(node: &AccessKitNode<'_>) -> bool {
    let role = node.role();
    let does = |action| node.data().supports_action(action);
    does(Action::Click)
        || does(Action::Focus)
        || matches!(role, Role::Button | Role::Switch | Role::TextInput | Role::MenuItem | Role::Tab)
}

/// The range of icon fonts.
fn is_private(sign: char) -> bool {
    matches!(sign, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}
