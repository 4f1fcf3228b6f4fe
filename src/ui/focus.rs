//! Where the keyboard goes on once what lay over the page is gone: never to nowhere.

use egui::{Context, Id, Popup, Sense};

use super::widgets::last_pressed;

/// Gives the focus back after each dialog and menu: to what had it before, or to what was pressed to open it; if that is
/// gone, to what the page names.
#[derive(Default)]
pub(super) struct Keeper {
    /// A dialog or a menu is open.
    over: bool,
    /// What had the focus when this frame began, and the one before: that a dialog is open is known a frame late, when the
    /// focus is in it already.
    focused: [Option<Id>; 2],
    /// Where it goes back to: to the first of these that is still there.
    before: Vec<Id>,
    /// For so many frames it is looked whether the focus has found a place by itself.
    waiting: u8,
}

fn page() -> Id {
    Id::unique("home of the keyboard")
}

/// What a page names each time it is drawn, for when there is nothing to go back to.
pub(super) fn set_home(ctx: &Context, control: Id) {
    ctx.data_mut(|data| data.insert_temp(page(), control));
}

/// What had the focus is over: it goes to what the page names, unless something takes it by itself.
pub(super) fn look_for_place(ctx: &Context) {
    ctx.data_mut(|data| data.insert_temp(asked(), true));
}

fn asked() -> Id {
    Id::unique("the keyboard looks for a place")
}

/// The focus goes to `control` once all of this frame is drawn: the Enter that has ended something must not press it.
pub(super) fn go_to(ctx: &Context, control: Option<Id>) {
    match control {
        Some(control) => _ = ctx.data_mut(|data| data.insert_temp(wished(), Some(control))),
        None => look_for_place(ctx),
    }
}

fn wished() -> Id {
    Id::unique("the keyboard goes there")
}

/// To the first control that takes it, or to what the page names.
fn give(ctx: &Context, controls: &[Id]) {
    let home = || ctx.data(|data| data.get_temp::<Id>(page()));
    let there = controls.iter().copied().find(|id| takes_focus(ctx, *id));
    if let Some(id) = there.or_else(home) {
        ctx.memory_mut(|memory| memory.request_focus(id));
    }
}

fn takes_focus(ctx: &Context, id: Id) -> bool {
    ctx.read_response(id).is_some_and(|response| response.sense.contains(Sense::FOCUSABLE))
}

impl Keeper {
    /// Before anything is drawn.
    pub(super) fn begin(&mut self, ctx: &Context) {
        let [now, _] = self.focused;
        self.focused = [ctx.memory(|memory| memory.focused()), now];
        ctx.data_mut(|data| data.remove::<Id>(page()));
    }

    /// After all is drawn.
    pub(super) fn end(&mut self, ctx: &Context) {
        if let Some(control) = ctx.data_mut(|data| data.remove_temp::<Option<Id>>(wished())).flatten() {
            give(ctx, &[control]);
        }
        let asked = ctx.data_mut(|data| data.remove_temp::<bool>(asked())).is_some();
        if asked {
            (self.before, self.waiting) = (Vec::new(), 3);
        }
        let over = Popup::is_any_open(ctx) || ctx.memory(|memory| memory.top_modal_layer().is_some());
        if over && !self.over {
            let [now, before] = self.focused;
            self.before = [before, now, last_pressed(ctx)].into_iter().flatten().collect();
        } else if !over && self.over {
            // The frame after the next one knows that the focus went with what had it.
            self.waiting = 3;
        }
        self.over = over;
        if over || self.waiting == 0 {
            self.waiting = 0;
            return;
        }
        self.waiting -= 1;
        let focused = ctx.memory(|memory| memory.focused());
        if self.waiting > 0 {
            ctx.request_repaint();
        }
        if focused.is_none() {
            self.waiting = 0;
            give(ctx, &std::mem::take(&mut self.before));
        }
    }
}
