//! How an account is named in a list, before it is opened.

use egui::{Align, Align2, Layout, Rect, Ui, UiBuilder, pos2};

use crate::domain::{AccountKind, Settings, SignInChoice, spell_out_hidden};
use crate::ui::theme::measures::space;
use crate::ui::theme::{Style, Themed as _};
use crate::ui::widgets::{kind_tag, label_at};

/// What is known of an account without asking it.
pub(in crate::ui) struct Names {
    /// The administrator's own name for it, if there is one.
    pub(in crate::ui) own: Option<String>,
    /// What it is called where it comes from.
    pub(in crate::ui) given: String,
    pub(in crate::ui) kind: AccountKind,
}

impl Names {
    pub(in crate::ui) fn of(
        settings: &Settings,
        choice: &SignInChoice,
        given: &str,
        account_id: Option<&str>,
    ) -> Self {
        let prefs = settings.prefs_of(choice, account_id);
        let kind = match choice {
            SignInChoice::Practice => AccountKind::Practice,
            _ => prefs.and_then(|prefs| prefs.kind).unwrap_or_else(|| AccountKind::guess([given])),
        };
        Self { own: prefs.and_then(|prefs| prefs.name.clone()), given: given.to_owned(), kind }
    }

    /// `query` is in lower case.
    pub(in crate::ui) fn match_query(&self, query: &str) -> bool {
        let has = |text: &str| text.to_lowercase().contains(query);
        has(&self.given) || self.own.as_deref().is_some_and(has)
    }

    /// The own name first, then the given one, then the tag, which is not cut.
    pub(in crate::ui) fn show(&self, ui: &mut Ui, rect: Rect) {
        let tokens = ui.tokens();
        let layout = Layout::left_to_right(Align::Center);
        let mut line = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
        line.spacing_mut().item_spacing.x = 0.0;
        let tag = if self.kind == AccountKind::Plain { 0.0 } else { TAG };
        let mut left = rect.left();
        let mut word = |text: &str, style, color| {
            let room = rect.right() - tag - left;
            if room > 0.0 {
                let at = pos2(left, rect.center().y);
                left = label_at(&line, at, Align2::LEFT_CENTER, &spell_out_hidden(text), style, color, room)
                    .right();
                left += space::S4;
            }
        };
        match &self.own {
            Some(own) => {
                word(own, Style::BodyStrong, tokens.text_primary);
                word(&self.given, Style::Body, tokens.text_secondary);
            }
            None => word(&self.given, Style::BodyStrong, tokens.text_primary),
        }
        line.add_space(left - rect.left());
        kind_tag(&mut line, self.kind);
    }
}

/// The widest tag.
const TAG: f32 = 108.0;
