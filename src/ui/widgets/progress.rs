//! What takes a moment shows nothing; what takes longer says so.

use egui::{Id, Ui};

use crate::ui::theme::measures::motion;

/// True once something has been waited for longer than a moment. To be asked in each frame while it is under way: `id` says
/// what it is, and a frame without the question ends the wait.
pub fn waited(ui: &Ui, id: Id) -> bool {
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
