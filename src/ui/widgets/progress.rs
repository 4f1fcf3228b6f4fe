//! Progress is shown only for waits that are longer than a moment.

use egui::{Id, Ui};

use crate::ui::theme::measures::motion;

/// True once a wait has lasted longer than a moment. Call it in every frame of the wait identified by `id`; a frame without a
/// call ends the wait.
pub fn is_slow(ui: &Ui, id: Id) -> bool {
    let id = id.with("waited");
    let (now, pass) = (ui.input(|input| input.time), ui.ctx().cumulative_pass_nr());
    let since = ui.data_mut(|data| {
        let (since, last) = data.get_temp::<(f64, u64)>(id).unwrap_or((now, pass));
        let since = if last + 2 < pass { now } else { since };
        data.insert_temp(id, (since, pass));
        since
    });
    let left = since + motion::PROGRESS_DELAY - now;
    if left > 0.0 {
        ui.request_repaint_after_secs(left as f32);
    }
    left <= 0.0
}
