//! Right-aligned controls in reading order, because Tab follows the order of drawing.

use egui::{Align, Layout, Ui, vec2};

use crate::ui::theme::measures::height;

/// A line with `content` at its right end. Uses the width of the last pass, and repeats the pass if the width has changed.
pub fn button_row<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let id = ui.scope_id().with("button row");
    let room = vec2(ui.available_width(), height::BUTTON);
    let wide = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or_default();
    let layout = Layout::left_to_right(Align::Center);
    let line = ui.allocate_ui_with_layout(room, layout, |ui| {
        ui.set_min_height(room.y);
        let gap = std::mem::take(&mut ui.spacing_mut().item_spacing.x);
        ui.add_space((room.x - wide).max(0.0));
        ui.spacing_mut().item_spacing.x = gap;
        ui.scope_builder(egui::UiBuilder::new().layout(layout), content)
    });
    let now = line.inner.response.rect.width();
    if (now - wide).abs() > 0.1 {
        ui.data_mut(|data| data.insert_temp(id, now));
        ui.request_discard("the controls at the end of a line have another width");
    }
    line.inner.inner
}
