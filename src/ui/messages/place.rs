//! Where toasts are: in a corner of the page where they cover nothing that they speak of, and no secret.

use egui::{Align2, Rect, Vec2};

use crate::ui::theme::measures::space;

/// In this order they are tried.
const CORNERS: [Align2; 4] = [Align2::RIGHT_BOTTOM, Align2::RIGHT_TOP, Align2::LEFT_BOTTOM, Align2::LEFT_TOP];

/// The corner for toasts of this size, `clear` of what they may not cover. They stay in `now` as long as they cover nothing there; where each corner covers
/// something, the one that covers least is taken.
pub(super) fn corner(clear: &[Rect], page: Rect, size: Vec2, now: Option<Align2>) -> Align2 {
    let inner = page.shrink(space::S6);
    let covered = |corner: &Align2| {
        let toasts = corner.align_size_within_rect(size, inner);
        let both = clear.iter().map(|rect| toasts.intersect(*rect)).filter(Rect::is_positive);
        both.map(|rect| rect.area()).sum::<f32>()
    };
    let tried = now.into_iter().chain(CORNERS);
    tried.min_by(|a, b| covered(a).total_cmp(&covered(b))).unwrap_or(Align2::RIGHT_BOTTOM)
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};

    use super::*;

    const SIZE: Vec2 = vec2(400.0, 100.0);

    fn page() -> Rect {
        Rect::from_min_size(pos2(0.0, 80.0), vec2(1000.0, 600.0))
    }

    fn first(clear: &[Rect]) -> Align2 {
        corner(clear, page(), SIZE, None)
    }

    #[test]
    fn they_are_at_the_bottom_unless_something_must_be_seen_there() {
        assert_eq!(first(&[]), Align2::RIGHT_BOTTOM);
        let panel = Rect::from_min_max(pos2(0.0, 500.0), pos2(1000.0, 680.0));
        assert_eq!(first(&[panel]), Align2::RIGHT_TOP);
        let row = Rect::from_min_max(pos2(600.0, 100.0), pos2(1000.0, 150.0));
        assert_eq!(first(&[panel, row]), Align2::LEFT_TOP);
    }

    #[test]
    fn where_all_is_taken_the_least_is_covered() {
        let all_but_a_little = Rect::from_min_max(pos2(0.0, 80.0), pos2(1000.0, 600.0));
        assert_eq!(first(&[all_but_a_little]), Align2::RIGHT_BOTTOM);
    }

    #[test]
    fn they_do_not_jump_back_while_they_are_read() {
        assert_eq!(corner(&[], page(), SIZE, Some(Align2::RIGHT_TOP)), Align2::RIGHT_TOP);
    }
}
