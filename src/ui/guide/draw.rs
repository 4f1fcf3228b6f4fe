//! Draws a page.

use egui::text::LayoutJob;
use egui::{Color32, CornerRadius, Frame, Label, Margin, Response, Role, Sense, Ui, WidgetInfo};

use super::page::{Block, Look, Page, Piece};
use super::pages::Topic;
use super::table;
use crate::ui::theme::measures::{radius, space};
use crate::ui::theme::{Style, Themed as _};
use crate::ui::widgets::{label, ring};

/// Width of an item's number or bullet.
const ITEM: f32 = 18.0;

/// Returns the target of a clicked link.
pub(super) fn page(ui: &mut Ui, page: &Page) -> Option<Topic> {
    let mut followed = None;
    for (at, block) in page.blocks.iter().enumerate() {
        if at > 0 {
            ui.add_space(if matches!(block, Block::Section(_)) { space::S7 } else { space::S4 });
        }
        followed = self::block(ui, block).or(followed);
    }
    followed
}

fn block(ui: &mut Ui, block: &Block) -> Option<Topic> {
    match block {
        Block::Title(title) => heading(ui, title, Style::Title, 1),
        Block::Section(title) => heading(ui, title, Style::Lead, 2),
        Block::Paragraph(pieces) => return text(ui, pieces, Style::Body),
        Block::List { numbered, items } => return list(ui, *numbered, items),
        Block::Table(rows) => return table::show(ui, rows),
        Block::Code(code) => {
            let tokens = ui.tokens();
            let frame = Frame::new().fill(tokens.bg_stripe).corner_radius(CornerRadius::same(radius::FRAME));
            frame.inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                label(ui, code, Style::Mono, tokens.text_primary);
            });
        }
    }
    None
}

fn heading(ui: &mut Ui, title: &str, style: Style, level: usize) {
    let color = ui.tokens().text_primary;
    let response = label(ui, title, style, color);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::Heading);
        // Screen readers read a label's value, but a heading's name.
        node.set_label(title);
        node.set_level(level);
    });
}

fn list(ui: &mut Ui, numbered: bool, items: &[Vec<Piece>]) -> Option<Topic> {
    let mut followed = None;
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            ui.add_space(space::S2);
        }
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let mark = if numbered { format!("{}.", at + 1) } else { "•".to_owned() };
            let color = ui.tokens().text_secondary;
            let start = ui.cursor().left();
            label(ui, mark, Style::Body, color);
            ui.add_space(start + ITEM - ui.cursor().left());
            ui.vertical(|ui| followed = text(ui, item, Style::Body).or(followed));
        });
    }
    followed
}

/// Text that wraps at the available width.
pub(super) fn text(ui: &mut Ui, pieces: &[Piece], style: Style) -> Option<Topic> {
    if pieces.is_empty() {
        return None;
    }
    if !pieces.iter().any(|piece| matches!(piece.look, Look::Link(_))) {
        ui.add(Label::new(job(ui, pieces, style)).selectable(false));
        return None;
    }
    // Each link is a separate control.
    let mut followed = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for piece in pieces {
            match &piece.look {
                Look::Link(to) if link(ui, &piece.text).clicked() => followed = Topic::of_file(to),
                Look::Link(_) => {}
                _ => _ = ui.add(Label::new(job(ui, std::slice::from_ref(piece), style)).selectable(false)),
            }
        }
    });
    followed
}

/// Has no width: the caller's layout decides where it wraps.
pub(super) fn job(ui: &Ui, pieces: &[Piece], style: Style) -> LayoutJob {
    let tokens = ui.tokens();
    let mut job = LayoutJob::default();
    for piece in pieces {
        let (font, color): (_, Color32) = match piece.look {
            Look::Plain => (style, tokens.text_primary),
            Look::Strong => (Style::BodyStrong, tokens.text_primary),
            Look::Code => (Style::MonoDense, tokens.text_primary),
            Look::Link(_) => (Style::Control, tokens.accent_text),
        };
        job.append(&piece.text, 0.0, font.format(color));
    }
    job
}

fn link(ui: &mut Ui, title: &str) -> Response {
    let color = ui.tokens().accent_text;
    let text = Style::Control.rich(title, color).underline();
    // In one piece: a part on the next line would be a control without a name.
    let response = ui.add(Label::new(text).selectable(false).sense(Sense::click()).extend());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("Guide page {title}")));
    if response.has_focus() {
        ring(ui, response.rect.shrink(2.0), radius::SMALL - 2);
    }
    response
}
