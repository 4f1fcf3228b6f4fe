//! Tables of the guide: columns at their natural width, or narrower with wrapped text.

use egui::{Rect, Stroke, Ui, UiBuilder, pos2, vec2};

use super::page::Text;
use super::pages::Topic;
use super::text;
use crate::ui::theme::measures::{space, stroke};
use crate::ui::theme::{Style, Themed as _};

const GAP: f32 = space::S6;

pub(super) fn show(ui: &mut Ui, rows: &[Vec<Text>]) -> Option<Topic> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let wanted: Vec<f32> = (0..columns).map(|column| natural(ui, rows, column)).collect();
    let gaps = GAP * columns.saturating_sub(1) as f32;
    let widths = shares(&wanted, ui.available_width() - gaps);
    let mut followed = None;
    for (at, cells) in rows.iter().enumerate() {
        let style = if at == 0 { Style::SmallMedium } else { Style::Body };
        followed = row(ui, cells, &widths, style).or(followed);
    }
    followed
}

/// The width of a column's widest text on one line.
fn natural(ui: &Ui, rows: &[Vec<Text>], column: usize) -> f32 {
    let cells = rows.iter().filter_map(|row| row.get(column));
    let width = |cell: &Text| {
        let job = text::job(ui, cell, Style::Body);
        ui.fonts_mut(|fonts| fonts.layout_job(job)).size().x.ceil()
    };
    cells.map(width).fold(0.0, f32::max)
}

/// The width of each column within `room`: at most its natural width. A shortage reduces the widest columns.
fn shares(wanted: &[f32], room: f32) -> Vec<f32> {
    let mut sorted = wanted.to_vec();
    sorted.sort_by(f32::total_cmp);
    let (mut left, mut most) = (room.max(0.0), f32::INFINITY);
    for (at, width) in sorted.iter().enumerate() {
        let fair = left / (sorted.len() - at) as f32;
        if *width > fair {
            most = fair;
            break;
        }
        left -= width;
    }
    wanted.iter().map(|width| width.min(most)).collect()
}

fn row(ui: &mut Ui, cells: &[Text], widths: &[f32], style: Style) -> Option<Topic> {
    let start = ui.cursor().min;
    let full = ui.available_width();
    let (mut left, mut bottom) = (start.x, start.y);
    let mut followed = None;
    for (cell, width) in cells.iter().zip(widths) {
        let place = Rect::from_min_size(pos2(left, start.y + space::S3), vec2(*width, f32::INFINITY));
        let shown = ui.scope_builder(UiBuilder::new().max_rect(place), |ui| text::show(ui, cell, style));
        followed = shown.inner.or(followed);
        bottom = f32::max(bottom, shown.response.rect.bottom());
        left += width + GAP;
    }
    let row = Rect::from_min_max(start, pos2(start.x + full, bottom + space::S3));
    ui.advance_cursor_after_rect(row);
    let line = Stroke::new(stroke::HAIR, ui.tokens().border_subtle);
    ui.painter().hline(row.x_range(), row.bottom(), line);
    followed
}

#[cfg(test)]
mod tests {
    use super::shares;

    #[test]
    fn what_is_short_is_taken_from_the_widest() {
        assert_eq!(shares(&[100.0, 200.0], 400.0), [100.0, 200.0]);
        assert_eq!(shares(&[500.0, 100.0], 400.0), [300.0, 100.0]);
        assert_eq!(shares(&[500.0, 100.0, 600.0], 700.0), [300.0, 100.0, 300.0]);
        assert_eq!(shares(&[], 700.0), [0.0; 0]);
    }
}
