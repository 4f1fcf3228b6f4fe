//! Lists that come in pages. Where a server's markers lead nowhere, the list ends there instead of going on for ever.

use std::collections::BTreeSet;

/// So many pages in a row that bring nothing new are too many. IAM may send pages with fewer entries than asked for.
const IDLE_PAGES: u32 = 10;

/// Why a list is incomplete: the server does not say where it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagingFault {
    /// `IsTruncated`, and no `Marker`.
    MarkerMissing,
    MarkerRepeated,
    NothingNew,
}

/// The pages of one list.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    markers: BTreeSet<String>,
    idle: u32,
}

impl Pages {
    /// The marker of the next page; `Ok(None)` after the last.
    ///
    /// `marker`: that of the page that has arrived, empty if there is more without one. `news`: its entries that were on none
    /// before.
    pub fn next(&mut self, marker: Option<String>, news: usize) -> Result<Option<String>, PagingFault> {
        let Some(marker) = marker else { return Ok(None) };
        if marker.is_empty() {
            return Err(PagingFault::MarkerMissing);
        }
        self.idle = if news == 0 { self.idle + 1 } else { 0 };
        if self.idle >= IDLE_PAGES {
            return Err(PagingFault::NothingNew);
        }
        if !self.markers.insert(marker.clone()) {
            return Err(PagingFault::MarkerRepeated);
        }
        Ok(Some(marker))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_ends_where_its_markers_lead_nowhere() {
        let mut pages = Pages::default();
        let marker = |text: &str| Some(text.to_owned());
        assert_eq!(pages.next(marker("a"), 2), Ok(marker("a")));
        assert_eq!(pages.next(marker("b"), 0), Ok(marker("b")), "an empty page is no fault");
        assert_eq!(pages.next(marker("a"), 2), Err(PagingFault::MarkerRepeated), "also in a circle");
        assert_eq!(pages.next(marker(""), 2), Err(PagingFault::MarkerMissing));
        assert_eq!(pages.next(None, 2), Ok(None));
    }

    #[test]
    fn ever_new_markers_without_anything_new_end_too() {
        let mut pages = Pages::default();
        let ends = (0..100).find(|page| pages.next(Some(page.to_string()), 0).is_err());
        assert_eq!(ends, Some(9));
    }
}
