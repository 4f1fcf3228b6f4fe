//! Draws a page.

use egui::{CornerRadius, Frame, Margin, Ui};

use super::page::{Block, Page, Piece};
use super::pages::Topic;
use super::{table, text};
use crate::ui::theme::measures::{radius, space};
use crate::ui::theme::{Style, Themed as _};
use crate::ui::widgets::label;

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
        Block::Paragraph(pieces) => return text::show(ui, pieces, Style::Body),
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
            ui.vertical(|ui| followed = text::show(ui, item, Style::Body).or(followed));
        });
    }
    followed
}
