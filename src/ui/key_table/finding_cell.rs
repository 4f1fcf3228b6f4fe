//! What a key breaks, in its row: the worst finding and how many more.

use egui::{Align, Layout, Ui, vec2};

use super::rows::{INDENT, Subject};
use crate::domain::{Finding, KeyStatus};
use crate::ui::View;
use crate::ui::theme::measures::{height, space};
use crate::ui::theme::{Icon, Style, Themed as _};
use crate::ui::widgets::{badge, label, skeleton, tip};
use crate::ui::words;

/// "–" says that nothing is wrong, and only when that is known.
pub(super) fn finding_cell(ui: &mut Ui, view: &View<'_>, it: Subject<'_>) {
    let Subject { open, user, key, .. } = it;
    let found = &open.findings(user, &key.id, view.now);
    if let Some(worst) = found.first() {
        return badges(ui, found, *worst);
    }
    let used = it.known().and_then(|known| known.last_use_of(&key.id));
    let told = key.status != KeyStatus::Active || used.is_some_and(|used| used.value.is_some());
    let failed = used.and_then(|used| used.failure().filter(|_| !used.is_loading()));
    let color = ui.tokens().text_secondary;
    match failed {
        _ if told => _ = label(ui, "–", Style::Body, color),
        Some((failure, _)) => {
            let why =
                format!("Its last use could not be loaded: {}", words::explain(failure, Some(&open.account)));
            tip(label(ui, "Unknown", Style::Body, color), why);
        }
        None => skeleton(ui, 90.0),
    }
}

fn badges(ui: &mut Ui, found: &[Finding], worst: Finding) {
    let tokens = ui.tokens();
    let icon = (worst == Finding::SignsForKeyfob).then_some(Icon::Fingerprint);
    let all: Vec<String> = found.iter().map(|finding| words::finding(*finding)).collect();
    let narrow = ui.available_width() < 110.0;
    let more = (found.len() > 1 && !narrow).then(|| format!("+{}", found.len() - 1));
    let room = ui.available_width() - if more.is_some() { 30.0 } else { INDENT };
    let size = vec2(room, height::BADGE);
    let shown = ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        badge(ui, worst.severity(), icon, &words::finding(worst))
    });
    tip(shown.inner, all.join("\n"));
    if let Some(more) = more {
        ui.add_space(space::S3);
        let more = label(ui, more, Style::SmallMedium, tokens.text_secondary);
        tip(more, all.join("\n"));
    }
}
