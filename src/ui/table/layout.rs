//! How wide the columns are in the room that there is.

use egui::Align;

use super::{Column, Rows, Width};

/// The columns that are shown, with their widths, in points.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::ui) struct Layout {
    /// Positions in [`Rows::COLUMNS`].
    pub(super) columns: Vec<(usize, f32)>,
    /// More than there is room for: the table then scrolls sideways.
    pub(in crate::ui) width: f32,
}

impl Layout {
    /// What was widened gives way first, then the column that is left out where it has no room, then the elastic one.
    pub(super) fn of<T: Rows>(table: &T, room: f32, wanted: impl Fn(&Column<T>) -> f32) -> Self {
        let shown = T::COLUMNS.iter().enumerate().filter(|(_, column)| (column.is_shown)(table));
        let mut columns: Vec<Fitted> =
            shown.map(|(at, column)| Fitted { at, width: column.width, now: wanted(column) }).collect();
        if !fit(&mut columns, room) {
            columns.retain(|one| !matches!(one.width, Width::Rest { optional: true, .. }));
            for one in &mut columns {
                one.now = T::COLUMNS.get(one.at).map_or(one.now, &wanted);
            }
            fit(&mut columns, room);
            stretch(&mut columns, room);
        }
        let width = columns.iter().map(|one| one.now).sum::<f32>().max(room);
        Self { columns: columns.into_iter().map(|one| (one.at, one.now)).collect(), width }
    }

    pub(in crate::ui) fn shows<T: Rows>(&self, id: &str) -> bool {
        self.columns::<T>().any(|(column, _)| column.id == id)
    }

    pub(super) fn columns<T: Rows>(&self) -> impl Iterator<Item = (&'static Column<T>, f32)> + use<'_, T> {
        self.columns.iter().filter_map(|(at, width)| Some((T::COLUMNS.get(*at)?, *width)))
    }

    /// Where grey bars stand for words, and how wide they are.
    pub(in crate::ui) fn bars<T: Rows>(&self) -> Vec<(f32, f32)> {
        let mut left = 0.0;
        let mut bars = Vec::new();
        for (column, width) in self.columns::<T>() {
            let bar = column.bar.min(width - 2.0 * column.indent);
            if bar > 0.0 {
                let inside =
                    if column.align == Align::Max { width - column.indent - bar } else { column.indent };
                bars.push((left + inside, bar));
            }
            left += width;
        }
        bars
    }
}

/// What the table needs to show all of its columns as wide as they are by themselves, but for one that may be left out.
pub(in crate::ui) fn default_width<T: Rows>() -> f32 {
    let needed = T::COLUMNS.iter().filter(|one| !matches!(one.width, Width::Rest { optional: true, .. }));
    needed.map(|column| column.width.default()).sum()
}

struct Fitted {
    at: usize,
    width: Width,
    now: f32,
}

/// Takes from what was widened, each in proportion, and gives what is left to the rest. Returns whether all have room.
fn fit(columns: &mut [Fitted], room: f32) -> bool {
    let extra = |one: &Fitted| (one.now - one.width.default()).max(0.0);
    let sum: f32 = columns.iter().map(|one| one.now).sum();
    let all: f32 = columns.iter().map(extra).sum();
    let over = (sum - room).clamp(0.0, all);
    if all > 0.0 {
        for one in columns.iter_mut() {
            one.now -= extra(one) * over / all;
        }
    }
    let left = room - (sum - over);
    for one in columns.iter_mut() {
        if matches!(one.width, Width::Rest { .. }) {
            one.now += left.max(0.0);
        }
    }
    left >= -0.5
}

/// The elastic column takes what the others leave, and gives what they need.
fn stretch(columns: &mut [Fitted], room: f32) {
    let left = room - columns.iter().map(|one| one.now).sum::<f32>();
    for one in columns {
        if let Width::Elastic { least, .. } = one.width {
            one.now = (one.now + left).max(least);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Width = Width::Dragged { default: 100.0, least: 50.0, most: 300.0 };

    fn fitted(wanted: [f32; 2], room: f32) -> Vec<f32> {
        let mut columns = wanted.map(|now| Fitted { at: 0, width: A, now });
        fit(&mut columns, room);
        columns.iter().map(|one| one.now).collect()
    }

    #[test]
    fn what_was_widened_gives_way_first() {
        assert_eq!(fitted([200.0, 100.0], 400.0), [200.0, 100.0], "there is room");
        assert_eq!(fitted([200.0, 100.0], 250.0), [150.0, 100.0]);
        assert_eq!(fitted([200.0, 150.0], 275.0), [150.0, 125.0], "each in proportion");
        assert_eq!(fitted([200.0, 60.0], 100.0), [100.0, 60.0], "and never below its own width");
    }

    #[test]
    fn the_elastic_one_takes_what_is_left_and_gives_what_is_needed() {
        let elastic = Width::Elastic { default: 80.0, least: 40.0, most: 200.0 };
        for (room, wanted) in [(300.0, 200.0), (150.0, 50.0), (100.0, 40.0)] {
            let mut columns =
                [Fitted { at: 0, width: A, now: 100.0 }, Fitted { at: 1, width: elastic, now: 80.0 }];
            stretch(&mut columns, room);
            assert_eq!(columns.map(|one| one.now), [100.0, wanted]);
        }
    }
}
