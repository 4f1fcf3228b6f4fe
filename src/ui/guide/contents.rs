//! The contents of the guide: a list beside the page, or a menu above it.

use egui::{
    Align2, CornerRadius, EventFilter, Id, Label, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

use super::Guide;
use super::pages::Topic;
use crate::ui::table::{Focus, list_keys};
use crate::ui::theme::measures::{height, radius, space};
use crate::ui::theme::{Style, Themed as _};
use crate::ui::widgets::{Field, MenuItem, label_at, menu, menu_link, ring};

const WIDTH_OF_MENU: f32 = 240.0;

/// Topics that Page Down goes on by.
const PAGE: usize = 8;

impl Guide {
    pub(super) fn contents(&mut self, ui: &mut Ui) {
        ui.spacing_mut().item_spacing.y = 0.0;
        let field = Field::search(&mut self.query, "Search the guide").limit(64).show(ui);
        ui.add_space(space::S4);
        let topics = Topic::with(&self.query);
        if let Some(first) = topics.first().filter(|_| field.changed() && !topics.contains(&self.topic)) {
            self.topic = *first;
        }
        ScrollArea::vertical().id_salt("contents").auto_shrink(false).show(ui, |ui| {
            if topics.is_empty() {
                let text = Style::Body.rich("No page matches", ui.tokens().text_secondary);
                ui.add(Label::new(text).selectable(false));
            }
            self.arrows(ui, &topics);
            for topic in &topics {
                if self.row(ui, *topic) {
                    self.topic = *topic;
                    self.grab = true;
                }
            }
        });
    }

    /// Handles the arrow keys while the row of the current page has the focus.
    fn arrows(&mut self, ui: &Ui, topics: &[Topic]) {
        let at = topics.iter().position(|topic| *topic == self.topic);
        let Some(at) = at.filter(|_| ui.memory(|memory| memory.has_focus(row_id(self.topic)))) else {
            return;
        };
        let to = list_keys(ui, Focus::Control).target(Some(at), topics.len(), PAGE);
        if let Some(topic) = to.filter(|to| *to != at).and_then(|to| topics.get(to)) {
            self.topic = *topic;
            self.grab = true;
        }
    }

    /// Returns true if it was clicked. The list is one tab stop.
    fn row(&mut self, ui: &mut Ui, topic: Topic) -> bool {
        let tokens = ui.tokens();
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height::CONTROL), Sense::hover());
        let shown = topic == self.topic;
        let sense = if shown { Sense::click() } else { Sense::CLICK };
        let response = ui.interact(rect, row_id(topic), sense);
        let name = format!("Guide page {}", topic.title());
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, shown, &name));
        if shown && std::mem::take(&mut self.grab) {
            response.request_focus();
            response.scroll_to_me(None);
        }
        let corners = CornerRadius::same(radius::CONTROL);
        if shown {
            ui.painter().rect_filled(rect, corners, tokens.bg_selected);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, corners, tokens.bg_hover);
        }
        if response.has_focus() {
            ring(ui, rect.shrink(4.0), radius::SMALL);
            let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        }
        let style = if shown { Style::BodyStrong } else { Style::Body };
        let at = pos2(rect.left() + space::S4, rect.center().y);
        let room = rect.width() - 2.0 * space::S4;
        label_at(ui, at, Align2::LEFT_CENTER, topic.title(), style, tokens.text_primary, room);
        response.clicked()
    }

    /// For windows without room beside the page.
    pub(super) fn menu(&mut self, ui: &mut Ui) {
        let button = menu_link(ui, self.topic.title(), "Contents of the guide");
        if std::mem::take(&mut self.grab) {
            button.request_focus();
        }
        menu(&button, WIDTH_OF_MENU, |ui| {
            for topic in Topic::with("") {
                let name = format!("Guide page {}", topic.title());
                if MenuItem::new(topic.title()).name(name).checked(topic == self.topic).show(ui) {
                    self.topic = topic;
                }
            }
        });
    }
}

fn row_id(topic: Topic) -> Id {
    Id::unique(("guide row", topic))
}
