//! Which rows are selected: by what identifies them, so that rows may move, come and go.

use std::collections::BTreeSet;

use egui::Modifiers;

/// The rows as they stand on screen, by their keys. Asked only when something is pressed.
pub(in crate::ui) struct RowKeys<'a, K> {
    pub(in crate::ui) len: usize,
    pub(in crate::ui) at: &'a dyn Fn(usize) -> Option<K>,
}

impl<K: Ord> RowKeys<'_, K> {
    fn all(&self) -> impl Iterator<Item = K> {
        (0..self.len).filter_map(self.at)
    }

    fn position(&self, key: &K) -> Option<usize> {
        (0..self.len).find(|at| (self.at)(*at).as_ref() == Some(key))
    }
}

/// What a movement of the cursor does to the selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Extend {
    /// The row alone is selected.
    No,
    /// All rows from where the range began.
    Range,
    /// Nothing: the cursor alone moves.
    Cursor,
    /// The same, and a range begins there.
    Walk,
}

/// The selected rows, and the cursor: the row from which the arrows go on and which keys act on.
#[derive(Clone, Debug)]
pub(in crate::ui) struct Selection<K> {
    keys: BTreeSet<K>,
    cursor: Option<K>,
    /// Where a range begins.
    anchor: Option<K>,
}

impl<K> Default for Selection<K> {
    fn default() -> Self {
        Self { keys: BTreeSet::new(), cursor: None, anchor: None }
    }
}

impl<K: Clone + Ord> Selection<K> {
    pub(in crate::ui) fn contains(&self, key: &K) -> bool {
        self.keys.contains(key)
    }

    pub(in crate::ui) fn keys(&self) -> &BTreeSet<K> {
        &self.keys
    }

    pub(in crate::ui) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The row that keys act on: the cursor's, if it is selected.
    pub(in crate::ui) fn cursor(&self) -> Option<&K> {
        self.cursor.as_ref().filter(|key| self.keys.contains(*key))
    }

    /// Where the arrows go on from, selected or not.
    pub(in crate::ui) fn position(&self, rows: &RowKeys<'_, K>) -> Option<usize> {
        rows.position(self.cursor.as_ref()?)
    }

    /// Whether the arrows go on from here.
    pub(super) fn is_at(&self, key: &K) -> bool {
        self.cursor.as_ref() == Some(key)
    }

    /// The arrows go on from here; what is selected stays.
    pub(in crate::ui) fn set_cursor(&mut self, key: K) {
        self.cursor = Some(key);
    }

    /// Rows that are known by another key now stay selected.
    pub(in crate::ui) fn rename(&mut self, new: impl Fn(&K) -> Option<K>) {
        for key in self.cursor.iter_mut().chain(&mut self.anchor) {
            if let Some(new) = new(key) {
                *key = new;
            }
        }
        self.keys = std::mem::take(&mut self.keys).into_iter().map(|key| new(&key).unwrap_or(key)).collect();
    }

    /// The cursor is to be seen: what is selected does not tell where it is.
    pub(super) fn shows_cursor_at(&self, key: &K) -> bool {
        let apart = self.keys.len() > 1 || (!self.keys.is_empty() && self.cursor().is_none());
        apart && self.cursor.as_ref() == Some(key)
    }

    /// In the order of the rows.
    pub(in crate::ui) fn in_order(&self, rows: &RowKeys<'_, K>) -> Vec<K> {
        if self.keys.is_empty() {
            return Vec::new();
        }
        rows.all().filter(|key| self.keys.contains(key)).collect()
    }

    pub(in crate::ui) fn select_only(&mut self, key: K) {
        self.keys = BTreeSet::from([key.clone()]);
        self.anchor = Some(key.clone());
        self.cursor = Some(key);
    }

    /// Something in the row was used. Where it is one of several, they stay selected: what follows may be for all of them.
    pub(in crate::ui) fn touch(&mut self, key: K) {
        if self.keys.contains(&key) {
            self.cursor = Some(key);
        } else {
            self.select_only(key);
        }
    }

    /// A click on a row: with Shift a range, with Ctrl (on macOS Cmd) one row more or less.
    pub(in crate::ui) fn click(&mut self, at: usize, modifiers: Modifiers, rows: &RowKeys<'_, K>) {
        let Some(key) = (rows.at)(at) else { return };
        if modifiers.shift {
            let before = if modifiers.command { std::mem::take(&mut self.keys) } else { BTreeSet::new() };
            self.select_range(at, rows);
            self.keys.extend(before);
        } else if modifiers.command {
            self.cursor = Some(key);
            self.toggle_cursor();
        } else {
            self.select_only(key);
        }
    }

    pub(in crate::ui) fn move_to(&mut self, at: usize, extend: Extend, rows: &RowKeys<'_, K>) {
        let Some(key) = (rows.at)(at) else { return };
        match extend {
            Extend::No => self.select_only(key),
            Extend::Range => self.select_range(at, rows),
            Extend::Cursor => self.cursor = Some(key),
            Extend::Walk => (self.cursor, self.anchor) = (Some(key.clone()), Some(key)),
        }
    }

    /// Selects the cursor's row, or no longer; a range begins there.
    pub(in crate::ui) fn toggle_cursor(&mut self) {
        let Some(key) = self.cursor.clone() else { return };
        if !self.keys.remove(&key) {
            self.keys.insert(key.clone());
        }
        self.anchor = Some(key);
    }

    fn select_range(&mut self, at: usize, rows: &RowKeys<'_, K>) {
        let from = self.anchor.as_ref().and_then(|anchor| rows.position(anchor)).unwrap_or(at);
        self.keys = (from.min(at)..=from.max(at)).filter_map(rows.at).collect();
        self.anchor = (rows.at)(from);
        self.cursor = (rows.at)(at);
    }

    pub(in crate::ui) fn select_all(&mut self, rows: &RowKeys<'_, K>) {
        self.keys = rows.all().collect();
        if self.cursor().is_none() {
            self.cursor = (rows.at)(0);
        }
    }

    /// The arrows still go on from where they were.
    pub(in crate::ui) fn clear(&mut self) {
        self.keys.clear();
    }

    /// The rows are others now: what is not among them is selected no more. Returns true if keys have lost their row by it.
    pub(in crate::ui) fn keep_only(&mut self, rows: &RowKeys<'_, K>) -> bool {
        if self.keys.is_empty() {
            return false;
        }
        let had = self.cursor().is_some();
        let there: BTreeSet<K> = rows.all().collect();
        self.keys.retain(|key| there.contains(key));
        had && self.cursor().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIFT: Modifiers = Modifiers::SHIFT;
    const CTRL: Modifiers = Modifiers::COMMAND;

    fn rows(at: &dyn Fn(usize) -> Option<char>, len: usize) -> RowKeys<'_, char> {
        RowKeys { len, at }
    }

    fn after(presses: &[(usize, Modifiers)]) -> String {
        let at = |at: usize| "abcdef".chars().nth(at);
        let rows = rows(&at, 6);
        let mut selection = Selection::default();
        for (at, modifiers) in presses {
            selection.click(*at, *modifiers, &rows);
        }
        selection.in_order(&rows).into_iter().collect()
    }

    #[test]
    fn clicks_select_as_everywhere() {
        let none = Modifiers::NONE;
        assert_eq!(after(&[(1, none), (3, none)]), "d", "one");
        assert_eq!(after(&[(1, none), (3, SHIFT)]), "bcd", "a range");
        assert_eq!(after(&[(3, none), (1, SHIFT)]), "bcd", "backwards");
        assert_eq!(after(&[(3, none), (1, SHIFT), (5, SHIFT)]), "def", "from where it began");
        assert_eq!(after(&[(1, none), (3, CTRL)]), "bd", "one more");
        assert_eq!(after(&[(1, none), (3, CTRL), (1, CTRL)]), "d", "one less");
        assert_eq!(after(&[(0, none), (3, CTRL), (5, SHIFT | CTRL)]), "adef", "a range more");
        assert_eq!(after(&[(2, SHIFT)]), "c", "a range from nowhere");
    }

    #[test]
    fn the_cursor_goes_on_from_where_it_was_after_all_is_cleared() {
        let at = |at: usize| "abcdef".chars().nth(at);
        let rows = rows(&at, 6);
        let mut selection = Selection::default();
        selection.click(2, Modifiers::NONE, &rows);
        selection.select_all(&rows);
        assert_eq!((selection.len(), selection.cursor()), (6, Some(&'c')));
        selection.clear();
        assert_eq!((selection.len(), selection.cursor()), (0, None), "keys act on nothing");
        assert_eq!(selection.position(&rows), Some(2));
    }

    #[test]
    fn by_keyboard_single_rows_are_added_with_the_cursor_alone() {
        let at = |at: usize| "abcdef".chars().nth(at);
        let rows = rows(&at, 6);
        let mut selection = Selection::default();
        selection.move_to(0, Extend::No, &rows);
        selection.move_to(3, Extend::Cursor, &rows);
        assert!(selection.shows_cursor_at(&'d'), "it is seen");
        selection.toggle_cursor();
        assert_eq!(selection.in_order(&rows), ['a', 'd']);
        selection.move_to(5, Extend::Range, &rows);
        assert_eq!(selection.in_order(&rows), ['d', 'e', 'f']);
    }

    #[test]
    fn what_is_gone_is_selected_no_more_and_what_has_moved_still_is() {
        let before = |at: usize| "abcdef".chars().nth(at);
        let mut selection = Selection::default();
        selection.click(1, Modifiers::NONE, &rows(&before, 6));
        selection.click(4, CTRL, &rows(&before, 6));
        let now = |at: usize| "fbx".chars().nth(at);
        let now = rows(&now, 3);
        assert!(selection.keep_only(&now), "the cursor was on e");
        assert_eq!(selection.in_order(&now), ['b']);
    }
}
