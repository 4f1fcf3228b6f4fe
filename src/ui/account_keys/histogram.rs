//! The ages of active keys as bars. A bar that is pressed shows its keys alone.

use egui::{
    Align2, CornerRadius, EventFilter, Id, Key, Modifiers, Rect, Response, Role, Sense, Stroke, StrokeKind,
    Ui, WidgetInfo, pos2, vec2,
};

use super::ages::{Ages, BARS, Bar, DAYS, days_of};
use crate::ui::theme::measures::{radius, space, stroke};
use crate::ui::theme::{Style, Themed as _};
use crate::ui::widgets::{describe, label_at, ring};
use crate::ui::words;

pub(super) const WIDTH: f32 = 404.0;
pub(super) const HEIGHT: f32 = 94.0;
const BAR: f32 = 24.0;
/// Of the longest bar.
const TALLEST: f32 = 36.0;
/// Under the bars.
const DAY_LINE: f32 = 14.0;
/// The title, above the bars.
const TITLE: f32 = 18.0;

/// Where the keyboard is among the bars.
#[derive(Default)]
pub(super) struct Histogram {
    stop: Bar,
}

impl Histogram {
    /// `limit`: the maximum age, in days. `chosen`: the bar whose keys are shown.
    pub(super) fn show(&mut self, ui: &mut Ui, ages: &Ages, limit: u32, chosen: &mut Option<Bar>) {
        let tokens = ui.tokens();
        let (rect, _) = ui.allocate_exact_size(vec2(WIDTH, HEIGHT), Sense::hover());
        let at = pos2(rect.left(), rect.top() + TITLE / 2.0);
        let (title, unit) = ("Age of active keys", format!("in days, {DAYS} per bar"));
        let shown =
            label_at(ui, at, Align2::LEFT_CENTER, title, Style::SmallMedium, tokens.text_primary, WIDTH);
        let at = pos2(shown.right() + space::S4, at.y);
        label_at(ui, at, Align2::LEFT_CENTER, &unit, Style::Small, tokens.text_secondary, WIDTH);
        let area = Rect::from_min_max(pos2(rect.left(), rect.top() + TITLE), rect.max);
        let most = ages.iter().copied().max().unwrap_or_default().max(1);
        for (bar, count) in ages.iter().copied().enumerate() {
            let column = column(area, bar);
            let is_chosen = *chosen == Some(bar);
            let response = self.bar(ui, column, bar, count, is_chosen);
            paint_bar(ui, column, count as f32 / most as f32, days_of(bar).0 >= limit);
            label_bar(ui, column, bar, count, most);
            if response.clicked() {
                *chosen = (!is_chosen).then_some(bar);
                self.stop = bar;
            }
        }
        paint_limit(ui, area, limit);
    }

    /// What is pressed: the column of a bar, as high as the area.
    fn bar(&mut self, ui: &Ui, column: Rect, bar: Bar, count: usize, is_chosen: bool) -> Response {
        let tokens = ui.tokens();
        let sense = if bar == self.stop { Sense::click() } else { Sense::CLICK };
        let response = ui.interact(column, bar_id(bar), sense);
        let (first, last) = days_of(bar);
        let name = format!("Keys aged {}", words::account_keys::ages(first, last));
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_chosen, &name));
        describe(&response, || words::account_keys::count(count));
        let around = column.expand2(vec2(2.0, 0.0));
        if is_chosen {
            let (corners, border) = (CornerRadius::same(radius::SMALL), tokens.accent_text);
            let line = Stroke::new(stroke::HAIR, border);
            ui.painter().rect(around, corners, tokens.bg_selected, line, StrokeKind::Inside);
        } else if response.hovered() {
            ui.painter().rect_filled(around, CornerRadius::same(radius::SMALL), tokens.bg_hover);
        }
        if response.has_focus() {
            ring(ui, column.shrink2(vec2(1.0, 2.0)), 0);
            let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
            self.arrows(ui, bar);
        }
        response
    }

    fn arrows(&mut self, ui: &Ui, bar: Bar) {
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let to = if pressed(Key::ArrowLeft) {
            bar.saturating_sub(1)
        } else if pressed(Key::ArrowRight) {
            (bar + 1).min(BARS - 1)
        } else if pressed(Key::Home) {
            0
        } else if pressed(Key::End) {
            BARS - 1
        } else {
            return;
        };
        self.stop = to;
        ui.memory_mut(|memory| memory.request_focus(bar_id(to)));
        ui.request_repaint();
    }
}

fn bar_id(bar: Bar) -> Id {
    Id::unique(("age of keys", bar))
}

fn column(area: Rect, bar: Bar) -> Rect {
    let gap = (area.width() - BARS as f32 * BAR) / (BARS - 1) as f32;
    let left = area.left() + bar as f32 * (BAR + gap);
    Rect::from_min_size(pos2(left, area.top()), vec2(BAR, area.height()))
}

/// `share`: of the tallest bar. What is there is seen, however little it is.
fn paint_bar(ui: &Ui, column: Rect, share: f32, is_old: bool) {
    if share <= 0.0 {
        return;
    }
    let tokens = ui.tokens();
    let fill = if is_old { tokens.chart_old } else { tokens.chart_bar };
    let bottom = column.bottom() - DAY_LINE;
    let top = bottom - (share * TALLEST).max(2.0);
    let bar = Rect::from_min_max(pos2(column.left(), top), pos2(column.right(), bottom));
    ui.painter().rect_filled(bar, CornerRadius { nw: 2, ne: 2, sw: 0, se: 0 }, fill);
}

/// The count above a bar, and the first day below every second one.
fn label_bar(ui: &Ui, column: Rect, bar: Bar, count: usize, most: usize) {
    let color = ui.tokens().text_secondary;
    let text = |at, text: &str| label_at(ui, at, Align2::CENTER_CENTER, text, Style::Tiny, color, 48.0);
    let bottom = column.bottom() - DAY_LINE;
    if count > 0 {
        let height = (count as f32 / most as f32 * TALLEST).max(2.0);
        text(pos2(column.center().x, bottom - height - 7.0), &count.to_string());
    }
    if bar.is_multiple_of(2) {
        let (first, last) = days_of(bar);
        let more = if last.is_none() { "+" } else { "" };
        text(pos2(column.center().x, column.bottom() - DAY_LINE / 2.0), &format!("{first}{more}"));
    }
}

/// A dashed line where keys become too old; none beyond the bars.
fn paint_limit(ui: &Ui, area: Rect, limit: u32) {
    let tokens = ui.tokens();
    let place = limit as f32 / DAYS as f32;
    if place >= BARS as f32 {
        return;
    }
    let gap = (area.width() - BARS as f32 * BAR) / (BARS - 1) as f32;
    let x = area.left() + place * (BAR + gap) - gap / 2.0;
    let line = [pos2(x, area.top() + 2.0), pos2(x, area.bottom() - DAY_LINE)];
    let dashed = egui::Shape::dashed_line(&line, Stroke::new(1.0, tokens.text_primary), 3.0, 3.0);
    ui.painter().extend(dashed);
    let words = words::account_keys::limit(limit);
    let (at, anchor) = if place < BARS as f32 - 4.0 {
        (pos2(x + space::S3, area.top() + 7.0), Align2::LEFT_CENTER)
    } else {
        (pos2(x - space::S3, area.top() + 7.0), Align2::RIGHT_CENTER)
    };
    label_at(ui, at, anchor, &words, Style::Tiny, tokens.text_secondary, 100.0);
}
