//! Pagination of lists.

use super::answer::Xml;
use super::fault::Fault;
use super::request::Request;

/// The items of one page, and the start of the next one.
pub(super) struct Page<T> {
    pub(super) items: Vec<T>,
    next: Option<String>,
}

/// The page for a request's `MaxItems` (1 to 1,000, default 100) and `Marker`.
///
/// `place` is an item's position in the order of the items. A marker contains the position of the last returned item, so
/// that items added or deleted between two pages neither repeat nor hide others.
pub(super) fn page<T>(
    request: &Request,
    items: impl IntoIterator<Item = T>,
    place: impl Fn(&T) -> String,
) -> Result<Page<T>, Fault> {
    let (most, after) = (max_items(request)?, marker(request)?);
    let rest = items.into_iter().skip_while(|item| after.as_ref().is_some_and(|after| place(item) <= *after));
    let mut items: Vec<T> = rest.take(most + 1).collect();
    let truncated = items.len() > most;
    items.truncate(most);
    let next = items.last().filter(|_| truncated).map(|item| encode(&place(item)));
    Ok(Page { items, next })
}

impl<T> Page<T> {
    /// `IsTruncated`, `Marker` and the list itself.
    pub(super) fn xml(self, list: &str, member: impl Fn(T) -> Xml) -> Xml {
        Xml::new()
            .text("IsTruncated", self.next.is_some())
            .text_if("Marker", self.next)
            .list(list, self.items.into_iter().map(member))
    }
}

fn max_items(request: &Request) -> Result<usize, Fault> {
    let Some(text) = request.get("MaxItems") else {
        return Ok(100);
    };
    let wrong = |rule| Err(Fault::constraint("maxItems", Some(text), rule));
    match text.parse::<i64>() {
        Ok(..=0) => wrong("have value greater than or equal to 1"),
        Ok(count @ 1..=1000) => Ok(count as usize),
        Ok(1001..) => wrong("have value less than or equal to 1000"),
        Err(_) => wrong("be an integer"),
    }
}

fn marker(request: &Request) -> Result<Option<String>, Fault> {
    let Some(text) = request.get("Marker") else {
        return Ok(None);
    };
    decode(text).map(Some).ok_or_else(|| Fault::validation("Invalid Marker."))
}

/// Markers are opaque to clients: the bytes of a position in hexadecimal.
fn encode(place: &str) -> String {
    let digits = place.bytes().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

fn decode(marker: &str) -> Option<String> {
    let digits: Option<Vec<u8>> =
        marker.chars().map(|digit| digit.to_digit(16).map(|digit| digit as u8)).collect();
    let digits = digits.filter(|digits| !digits.is_empty())?;
    let (pairs, rest) = digits.as_chunks::<2>();
    let bytes = pairs.iter().map(|[high, low]| high << 4 | low).collect();
    String::from_utf8(bytes).ok().filter(|_| rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(body: &str, count: u32) -> Result<Page<u32>, Fault> {
        page(&Request::new(body.as_bytes(), None), 0..count, |number| format!("{number:04}"))
    }

    fn all(size: usize, count: u32) -> Vec<usize> {
        let (mut sizes, mut body) = (vec![], format!("MaxItems={size}"));
        loop {
            let page = numbers(&body, count).expect("a page");
            sizes.push(page.items.len());
            match page.next {
                Some(next) => body = format!("MaxItems={size}&Marker={next}"),
                None => return sizes,
            }
        }
    }

    #[test]
    fn pages_join_to_the_whole() {
        assert_eq!(all(1000, 2345), [1000, 1000, 345]);
        assert_eq!(all(5, 5), [5], "a full last page is the last");
        assert_eq!(all(5, 0), [0]);
    }

    #[test]
    fn a_page_has_a_hundred_items_by_default() {
        assert_eq!(numbers("", 300).expect("a page").items.len(), 100);
    }

    #[test]
    fn sizes_out_of_range_and_foreign_markers_are_refused() {
        for wrong in
            ["MaxItems=0", "MaxItems=1001", "MaxItems=-5", "MaxItems=x", "Marker=", "Marker=abc", "Marker=zz"]
        {
            let fault = numbers(wrong, 10).err().expect(wrong);
            assert_eq!((fault.status, fault.code), (400, "ValidationError"), "{wrong}");
        }
    }

    #[test]
    fn a_marker_outlives_the_item_it_names() {
        let marker = encode("0004");
        let request = Request::new(format!("Marker={marker}").as_bytes(), None);
        let left = page(&request, [3, 5, 6], |number| format!("{number:04}")).expect("a page");
        assert_eq!(left.items, [5, 6], "what comes after the deleted item 4");
    }
}
