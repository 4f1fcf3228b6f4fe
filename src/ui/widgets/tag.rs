//! Tags, such as the kind of an account.

use egui::{Align2, CornerRadius, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::label_at;
use crate::domain::AccountKind;
use crate::ui::theme::icons::size;
use crate::ui::theme::measures::{height, radius, space};
use crate::ui::theme::{Icon, Style, Themed as _};
use crate::ui::words;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    Production,
    Staging,
    Development,
    Practice,
    ReadOnly,
    Endpoint,
}

/// The tag of an account; none for a standard account.
pub fn kind_tag(ui: &mut Ui, kind: AccountKind) {
    let mark = match kind {
        AccountKind::Plain => return,
        AccountKind::Development => Tag::Development,
        AccountKind::Staging => Tag::Staging,
        AccountKind::Production => Tag::Production,
        AccountKind::Practice => Tag::Practice,
    };
    tag(ui, mark, words::account_kind(kind));
}

/// A tag with its icon and text, which is shortened if necessary.
pub fn tag(ui: &mut Ui, tag: Tag, word: &str) -> Response {
    let tokens = ui.tokens();
    let (icon, color, fill) = match tag {
        Tag::Production => (Icon::ShieldAlert, tokens.production_text, tokens.production_bg),
        Tag::Staging => (Icon::CircleDot, tokens.info_text, tokens.info_bg),
        Tag::Development => (Icon::Terminal, tokens.info_text, tokens.info_bg),
        Tag::Practice => (Icon::FlaskConical, tokens.on_practice, tokens.practice_fill),
        Tag::ReadOnly => (Icon::Lock, tokens.info_text, tokens.info_bg),
        Tag::Endpoint => (Icon::TriangleAlert, tokens.warning_text, tokens.warning_bg),
    };
    let text = ui.painter().layout_no_wrap(word.to_owned(), Style::SmallMedium.font(), color).size().x;
    let before = space::S3 + size::STATUS_BAR + 5.0;
    let width = (before + text + space::S3).min(ui.available_width());
    let cut = width < before + text + space::S3;
    let text = width - before - space::S3;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height::TAG), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, word));
    ui.painter().rect_filled(rect, CornerRadius::same(radius::SMALL), fill);
    let at = pos2(rect.left() + space::S3 + size::STATUS_BAR / 2.0, rect.center().y);
    icon.paint(ui, Rect::from_center_size(at, vec2(size::STATUS_BAR, size::STATUS_BAR)), color);
    let at = pos2(rect.left() + before, rect.center().y);
    label_at(ui, at, Align2::LEFT_CENTER, word, Style::SmallMedium, color, text + 1.0);
    if cut { response.on_hover_text(word) } else { response }
}
