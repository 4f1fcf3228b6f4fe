//! One key in the list of a plan or of results.

use egui::{Align2, Color32, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::domain::{KeyId, UserName, spell_out_hidden};
use crate::ui::theme::icons::size;
use crate::ui::theme::measures::{height, space};
use crate::ui::theme::{Icon, Style, Themed as _};
use crate::ui::widgets::label_at;

/// Where the mark or checkbox is.
pub(super) const MARK: f32 = 30.0;
const KEY: f32 = 186.0;
const AGE: f32 = 60.0;

/// What a line shows, from left to right.
pub(super) struct Line<'a> {
    pub(super) mark: Option<(Icon, Color32)>,
    pub(super) user: Option<&'a UserName>,
    pub(super) key: &'a KeyId,
    /// Left out where there is nothing to show in any line.
    pub(super) age: Option<&'a str>,
    pub(super) used: Option<&'a str>,
    pub(super) note: &'a str,
    pub(super) note_color: Color32,
    /// In the secondary colour: nothing will happen to it.
    pub(super) faint: bool,
}

/// How wide the columns are: user, last use and note share what the others leave.
struct Columns {
    user: f32,
    used: f32,
}

impl Columns {
    fn of(width: f32, with_evidence: bool) -> Self {
        let rest = width - MARK - KEY - if with_evidence { AGE } else { 0.0 };
        if with_evidence {
            Self { user: (rest * 0.3).floor(), used: (rest * 0.33).floor() }
        } else {
            Self { user: (rest * 0.36).floor(), used: 0.0 }
        }
    }
}

/// The headings over the lines.
pub(super) fn headings(ui: &mut Ui, with_evidence: bool, note: &str) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height::DENSE_HEADER), Sense::hover());
    let columns = Columns::of(rect.width(), with_evidence);
    let color = ui.tokens().text_secondary;
    let mut left = rect.left() + MARK;
    let mut put = |ui: &Ui, text: &str, width: f32| {
        let at = pos2(left, rect.center().y);
        label_at(ui, at, Align2::LEFT_CENTER, text, Style::SmallMedium, color, width);
        left += width;
    };
    put(ui, "User", columns.user);
    put(ui, "Key id", KEY);
    if with_evidence {
        put(ui, "Age", AGE);
        put(ui, "Last used", columns.used);
    }
    put(ui, note, 120.0);
}

/// The line, and where its mark is. Its words are its accessible name.
pub(super) fn line(ui: &mut Ui, it: &Line<'_>) -> (Response, Rect) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), height::DENSE_ROW), Sense::hover());
    let user = it.user.map_or_else(|| "Unknown".into(), |user| spell_out_hidden(user.as_str()));
    let name = format!("Key {} of {user}: {}", spell_out_hidden(it.key.as_str()), it.note);
    response.widget_info(|| WidgetInfo::labeled(Role::Row, true, &name));
    let tokens = ui.tokens();
    let columns = Columns::of(rect.width(), it.age.is_some());
    let middle = rect.center().y;
    let mark = Rect::from_center_size(pos2(rect.left() + space::S4, middle), vec2(size::ROW, size::ROW));
    if let Some((icon, color)) = it.mark {
        icon.paint(ui, mark, color);
    }
    let color = if it.faint { tokens.text_secondary } else { tokens.text_primary };
    let mut left = rect.left() + MARK;
    let mut put = |text: &str, style: Style, color: Color32, width: f32| {
        let room = width - space::S4;
        let shown = label_at(ui, pos2(left, middle), Align2::LEFT_CENTER, text, style, color, room);
        left += width;
        shown.width() > room - 2.0
    };
    let mut cut = put(&user, Style::Body, color, columns.user);
    put(&spell_out_hidden(it.key.as_str()), Style::Mono, color, KEY);
    if let Some(age) = it.age {
        put(age, Style::Body, color, AGE);
        cut |= put(it.used.unwrap_or_default(), Style::Body, color, columns.used);
    }
    let evidence = if it.age.is_some() { AGE + columns.used } else { 0.0 };
    let rest = rect.width() - MARK - columns.user - KEY - evidence;
    cut |= put(it.note, Style::Body, it.note_color, rest);
    // What is cut is shown on hover.
    let response = if cut { response.on_hover_text(hover(&user, it)) } else { response };
    (response, mark)
}

fn hover(user: &str, it: &Line<'_>) -> String {
    let used = it.used.map(|used| format!("\nLast used: {used}")).unwrap_or_default();
    format!("{user}{used}\n{}", it.note)
}
