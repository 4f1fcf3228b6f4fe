//! A table on screen: its headings, the rows that are in view, and what was selected in it.

use egui::{
    Align, Event, Id, InputState, Layout as Flow, Modifiers, Rect, Response, Role, Sense, Stroke, Ui,
    WidgetInfo, pos2,
};
use egui_extras::{Column as Cells, TableBuilder, TableRow};

use super::heading::{Dragged, Heading};
use super::selection::Extend;
use super::{Column, Layout, ListKeys, RowKeys, Rows, Selection, Width};
use crate::domain::TablePrefs;
use crate::ui::View;
use crate::ui::theme::Themed as _;
use crate::ui::theme::measures::stroke;

/// What is of the view alone.
pub(in crate::ui) struct TableState<K> {
    pub(in crate::ui) selection: Selection<K>,
    pub(in crate::ui) layout: Layout,
    dragged: Option<Dragged>,
    /// Scroll to the cursor in the next frame.
    reveal: bool,
    /// Rows that are in view at once.
    page: usize,
    /// What had the focus in the last frame.
    focused: Option<Id>,
}

impl<K> Default for TableState<K> {
    fn default() -> Self {
        Self {
            selection: Selection::default(),
            layout: Layout::default(),
            dragged: None,
            reveal: false,
            page: 1,
            focused: None,
        }
    }
}

/// The widths of a table that is not there yet.
pub(in crate::ui) fn placeholder_layout<T: Rows>(table: &T, room: f32, prefs: &TablePrefs) -> Layout {
    Layout::of(table, room, |column| width_of(column, None, prefs))
}

fn width_of<T: Rows>(column: &Column<T>, dragged: Option<Dragged>, prefs: &TablePrefs) -> f32 {
    let Some((least, most)) = column.width.range() else { return column.width.default() };
    let dragged = dragged.filter(|dragged| dragged.id == column.id).map(|dragged| dragged.width);
    let remembered = || prefs.widths.get(column.id).map(|width| f32::from(*width));
    dragged.or_else(remembered).unwrap_or_else(|| column.width.default()).clamp(least, most)
}

impl<K: Clone + Ord> TableState<K> {
    /// Where each column is, in `room` points.
    pub(in crate::ui) fn lay_out<T: Rows<Key = K>>(&mut self, table: &mut T, room: f32, prefs: &TablePrefs) {
        self.layout = Layout::of(table, room, |column| width_of(column, self.dragged, prefs));
        table.lay_out(&self.layout);
    }

    /// What the keyboard does to cursor and selection.
    pub(in crate::ui) fn walk(&mut self, keys: &ListKeys, rows: &RowKeys<'_, K>) {
        if keys.select_all {
            self.selection.select_all(rows);
        }
        if keys.clear {
            self.selection.clear();
        }
        self.step(keys, keys.extend(), rows);
        if keys.toggle {
            self.selection.toggle_cursor();
        }
    }

    /// The same in a table with checkboxes: arrows select nothing by themselves.
    pub(in crate::ui) fn walk_checkboxes(&mut self, keys: &ListKeys, rows: &RowKeys<'_, K>) {
        if keys.select_all {
            self.selection.select_all(rows);
        }
        if keys.clear {
            self.selection.clear();
        }
        let extend = if keys.extend() == Extend::No { Extend::Walk } else { keys.extend() };
        self.step(keys, extend, rows);
        if keys.toggle {
            self.selection.toggle_cursor();
        }
    }

    fn step(&mut self, keys: &ListKeys, extend: Extend, rows: &RowKeys<'_, K>) {
        if keys.moves()
            && let Some(to) = keys.target(self.selection.position(rows), rows.len, self.page)
        {
            self.selection.move_to(to, extend, rows);
            self.reveal = true;
        }
    }

    /// Only rows that are in view are touched: `row` is asked for those, and for all when a range is selected.
    pub(in crate::ui) fn show<'a, T: Rows<Key = K>>(
        &mut self,
        ui: &mut Ui,
        view: &mut View<'_>,
        table: &mut T,
        len: usize,
        row: &dyn Fn(usize) -> Option<T::Row<'a>>,
    ) {
        let shape = T::SHAPE;
        self.page = ((ui.available_height() - shape.header) / shape.row).max(1.0) as usize;
        let focused = ui.memory(|memory| memory.focused());
        let moved = std::mem::replace(&mut self.focused, focused) != focused;
        let key_at = |at: usize| row(at).map(T::key);
        let keys = RowKeys { len, at: &key_at };
        let reveal = std::mem::take(&mut self.reveal);
        let mut builder = TableBuilder::new(ui)
            .id_salt(shape.salt)
            // Not `click()`: that would make each cell a Tab stop without a name.
            .sense(Sense::CLICK)
            .striped(shape.dense)
            .vscroll(shape.dense)
            .cell_layout(Flow::left_to_right(Align::Center));
        if shape.dense {
            builder = builder.auto_shrink(false);
            if reveal && let Some(at) = self.selection.position(&keys) {
                builder = builder.scroll_to_row(at, None);
            }
        }
        for (column, width) in self.layout.columns::<T>() {
            let clip = shape.dense || matches!(column.width, Width::Rest { .. });
            builder = builder.column(Cells::exact(width).clip(clip));
        }
        let Self { selection, layout, dragged, .. } = self;
        builder.header(shape.header, |line| headings::<T>(line, layout, view, dragged, table)).body(|body| {
            body.rows(shape.row, len, |mut line| {
                let at = line.index();
                let Some(it) = row(at) else { return };
                let response = draw(&mut line, view, table, it, selection, layout);
                let key = T::key(it);
                let held = || response.ctx.input(modifiers);
                if T::HAS_CHECKBOXES {
                    if table.take_checked() {
                        selection.click(at, held() | Modifiers::COMMAND, &keys);
                    } else if response.clicked() && held().is_none() {
                        selection.set_cursor(key.clone());
                        table.open(view, it);
                    } else if response.clicked() {
                        selection.click(at, held(), &keys);
                    }
                } else if response.clicked() {
                    selection.click(at, held(), &keys);
                } else if response.container_clicked() || (moved && has_focus_inside(&response)) {
                    selection.touch(key.clone());
                }
                if reveal && !shape.dense && selection.cursor() == Some(&key) {
                    response.scroll_to_me(None);
                }
                if T::HAS_CHECKBOXES {
                    let is_cursor = selection.is_at(&key);
                    if table.row(&response, view, it, is_cursor) {
                        selection.set_cursor(key);
                    }
                    return;
                }
                let is_cursor = selection.cursor() == Some(&key);
                if table.row(&response, view, it, is_cursor) {
                    selection.touch(key);
                }
            });
        });
    }
}

/// The cells of a row, and the row itself.
fn draw<T: Rows>(
    line: &mut TableRow<'_, '_>,
    view: &mut View<'_>,
    table: &mut T,
    row: T::Row<'_>,
    selection: &Selection<T::Key>,
    layout: &Layout,
) -> Response {
    let key = T::key(row);
    let selected = selection.contains(&key);
    line.set_selected(selected);
    table.begin_row(row, selected);
    let mut cursor = if T::HAS_CHECKBOXES { selection.is_at(&key) } else { selection.shows_cursor_at(&key) };
    for (column, _) in layout.columns::<T>() {
        line.col(|ui| {
            if !T::SHAPE.dense {
                hairline(ui);
            }
            if std::mem::take(&mut cursor) {
                mark_cursor(ui);
            }
            cell(ui, view, table, column, row);
        });
    }
    let response = line.response();
    let name = T::name(row, view);
    response.widget_info(|| WidgetInfo::selected(Role::Row, true, selected, &name));
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_selected(selected);
        let more = T::describe(row, view);
        if !more.is_empty() {
            node.set_description(more);
        }
    });
    response
}

fn cell<T: Rows>(ui: &mut Ui, view: &mut View<'_>, table: &mut T, column: &Column<T>, row: T::Row<'_>) {
    if column.align == Align::Max {
        ui.with_layout(Flow::right_to_left(Align::Center), |ui| {
            ui.add_space(column.indent);
            (column.cell)(table, ui, view, row);
        });
    } else {
        ui.add_space(column.indent);
        (column.cell)(table, ui, view, row);
    }
}

fn headings<T: Rows>(
    mut line: TableRow<'_, '_>,
    layout: &Layout,
    view: &mut View<'_>,
    dragged: &mut Option<Dragged>,
    table: &mut T,
) {
    for (column, width) in layout.columns::<T>() {
        if column.sort_key.is_none() {
            line.col(|ui| {
                ui.add_space(column.indent);
                (column.heading_cell)(table, ui);
            });
            continue;
        }
        let prefs = view.model.settings.tables.prefs(T::TABLE);
        let heading = Heading {
            table: T::TABLE,
            id: column.id,
            word: column.heading,
            range: column.width.range(),
            width,
            indent: column.indent,
            right: column.align == Align::Max,
            sorted: prefs.sorted_by(column.id, column.id == T::SORTED_BY),
        };
        heading.show(&mut line, view, dragged);
    }
}

/// The line above each row.
fn hairline(ui: &Ui) {
    let rect = ui.max_rect();
    let line = Stroke::new(stroke::HAIR, ui.tokens().border_subtle);
    ui.painter().hline(rect.x_range(), rect.top(), line);
}

/// At the beginning of the row that keys are for, where that is one of several.
fn mark_cursor(ui: &Ui) {
    let rect = ui.max_rect();
    let strip = Rect::from_min_max(rect.min, pos2(rect.left() + stroke::STRIP, rect.bottom()));
    ui.painter().rect_filled(strip, 0, ui.tokens().focus_ring);
}

/// As they were when the button was released: at the end of the frame they may be others.
fn modifiers(input: &InputState) -> Modifiers {
    let released = input.events.iter().rev().find_map(|event| match event {
        Event::PointerButton { pressed: false, modifiers, .. } => Some(*modifiers),
        _ => None,
    });
    released.unwrap_or(input.modifiers)
}

/// The focus is on a control of the row: keys then go from here.
fn has_focus_inside(row: &Response) -> bool {
    let focused = row.ctx.memory(|memory| memory.focused()).and_then(|id| row.ctx.read_response(id));
    focused
        .is_some_and(|focused| focused.layer_id == row.layer_id && row.rect.contains(focused.rect.center()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::activity::ActivityRows;

    #[test]
    fn what_the_file_says_is_brought_into_the_range() {
        let mut prefs = TablePrefs::default();
        prefs.widths.insert("when".into(), u16::MAX);
        prefs.widths.insert("who".into(), 0);
        for id in ["when", "who"] {
            let column = ActivityRows::COLUMNS.iter().find(|column| column.id == id).expect("a column");
            let (least, most) = column.width.range().expect("it is dragged");
            let wanted = if id == "when" { most } else { least };
            assert_eq!(width_of(column, None, &prefs), wanted, "{id}");
        }
    }
}
