//! A heading: a press sorts, its right edge is dragged, its menu does both without a pointer.

use egui::{Align, CursorIcon, Id, Layout, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2};
use egui_extras::TableRow;

use crate::core::{Msg, SettingsMsg};
use crate::domain::{Sorting, Table, TablePrefs};
use crate::ui::View;
use crate::ui::theme::measures::{radius, space, stroke};
use crate::ui::theme::{Icon, Style, Themed as _};
use crate::ui::widgets::{MenuItem, RowMenu, label, one_line, ring};

/// How much a press in the menu changes a width.
const STEP: f32 = 24.0;
/// How much of a heading's end can be dragged.
const GRIP: f32 = 8.0;

/// The column that is being dragged, and how wide it is just now: it is remembered once the pointer is released.
#[derive(Clone, Copy)]
pub(super) struct Dragged {
    pub(super) id: &'static str,
    pub(super) width: f32,
}

/// The heading of one column.
pub(super) struct Heading {
    pub(super) table: Table,
    pub(super) id: &'static str,
    pub(super) word: &'static str,
    /// The least and the most that it can be dragged to; `None`: the column takes the rest of the room.
    pub(super) range: Option<(f32, f32)>,
    /// As wide as it is now.
    pub(super) width: f32,
    pub(super) indent: f32,
    pub(super) right: bool,
    /// Sorted by this column; true: backwards.
    pub(super) sorted: Option<bool>,
}

impl Heading {
    pub(super) fn show(self, row: &mut TableRow<'_, '_>, view: &mut View<'_>, dragged: &mut Option<Dragged>) {
        row.col(|ui| {
            let whole = ui.max_rect();
            self.words(ui);
            let response = self.press(ui, view, whole);
            self.menu(&response, view);
            if let Some(range) = self.range {
                self.grip(ui, view, whole, range, dragged);
            }
        });
    }

    fn words(&self, ui: &mut Ui) {
        let color = if self.sorted.is_some() { ui.tokens().text_primary } else { ui.tokens().text_secondary };
        let arrow = |ui: &mut Ui| match self.sorted {
            Some(true) => _ = Icon::ArrowUp.show(ui, 12.0, color),
            Some(false) => _ = Icon::ArrowDown.show(ui, 12.0, color),
            None => {}
        };
        if self.right {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(self.indent);
                label(ui, self.word, Style::SmallMedium, color);
                ui.add_space(space::S2);
                arrow(ui);
            });
        } else {
            ui.add_space(self.indent);
            // Where a column is narrow, so is its heading.
            one_line(ui, self.word, Style::SmallMedium, color);
            ui.add_space(space::S2);
            arrow(ui);
        }
    }

    /// Over the whole heading. The cells of the table are no Tab stops; its headings are.
    fn press(&self, ui: &Ui, view: &mut View<'_>, whole: Rect) -> Response {
        let response = ui.interact(whole, self.part_id("heading"), Sense::click());
        let name = format!("Sort by {}", self.word.to_lowercase());
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &name));
        if response.has_focus() {
            ring(ui, whole.shrink(6.0), radius::SMALL);
        }
        if response.clicked() {
            let backwards = self.sorted == Some(false);
            self.set(view, |prefs| {
                prefs.sort = Some(Sorting { by: self.id.to_owned(), backwards });
            });
        }
        response
    }

    fn menu(&self, heading: &Response, view: &mut View<'_>) {
        let word = self.word;
        let name = format!("Menu of the column {word}");
        let marked = heading.has_focus();
        let menu = RowMenu { row: heading, id: heading.id, name: &name, marked };
        let opens = menu.show(220.0, |ui| {
            for (text, step) in [("Wider", STEP), ("Narrower", -STEP)] {
                let name = format!("Make the column {word} {}", text.to_lowercase());
                let to = self.range.map(|(least, most)| (self.width + step).clamp(least, most));
                let off = match to {
                    Some(to) => ((to - self.width).abs() < 1.0)
                        .then(|| format!("It cannot be made {}", text.to_lowercase())),
                    None => Some("This column fills the remaining space".to_owned()),
                };
                if MenuItem::new(text).name(name).off(off).show(ui)
                    && let Some(to) = to
                {
                    self.remember(view, to);
                }
            }
            ui.separator();
            let widths = &view.model.settings.tables.prefs(self.table).widths;
            let off = widths.is_empty().then(|| "The widths are the defaults".to_owned());
            if MenuItem::new("Reset column widths").off(off).show(ui) {
                self.set(view, |prefs| prefs.widths.clear());
            }
        });
        if opens {
            view.ui.focus.opened_by(heading.id);
        }
    }

    /// No Tab stop: the menu does the same.
    fn grip(
        &self,
        ui: &Ui,
        view: &mut View<'_>,
        whole: Rect,
        (least, most): (f32, f32),
        dragged: &mut Option<Dragged>,
    ) {
        let rect = Rect::from_min_max(pos2(whole.right() - GRIP, whole.top()), whole.max);
        let grip = ui.interact(rect, self.part_id("grip"), Sense::CLICK | Sense::DRAG);
        let grip = grip.on_hover_and_drag_cursor(CursorIcon::ResizeColumn);
        if grip.hovered() || grip.dragged() {
            let line = Stroke::new(stroke::RING, ui.tokens().border_control);
            ui.painter().vline(whole.right() - 1.0, whole.y_range(), line);
        }
        let id = self.id;
        if grip.double_clicked() {
            self.set(view, |prefs| _ = prefs.widths.remove(id));
        } else if grip.dragged()
            && let Some(at) = grip.interact_pointer_pos()
        {
            let width = (at.x - whole.left()).clamp(least, most);
            *dragged = Some(Dragged { id, width });
        }
        if grip.drag_stopped()
            && let Some(dragged) = dragged.take()
        {
            self.remember(view, dragged.width);
        } else if !ui.input(|input| input.pointer.any_down() || input.pointer.any_released()) {
            // Its heading was gone when it was let go.
            *dragged = None;
        }
    }

    fn part_id(&self, part: &str) -> Id {
        Id::unique((part, self.table, self.id))
    }

    fn remember(&self, view: &mut View<'_>, width: f32) {
        self.set(view, |prefs| _ = prefs.widths.insert(self.id.to_owned(), width.round() as u16));
    }

    fn set(&self, view: &mut View<'_>, change: impl FnOnce(&mut TablePrefs)) {
        let mut prefs = view.model.settings.tables.prefs(self.table).clone();
        change(&mut prefs);
        view.push(Msg::Settings(SettingsMsg::Table { table: self.table, prefs }));
    }
}
