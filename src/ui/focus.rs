//! Where the keyboard goes on once what lay over the page is gone: never to nowhere.

use egui::accesskit::{Action, NodeId};
use egui::{Context, Event, Id, Popup, Sense};

/// Gives the focus back after each dialog and menu: to what had it before, or to what was pressed to open it; if that is
/// gone, to what the page names.
#[derive(Default)]
pub(super) struct FocusRestorer {
    /// A dialog or a menu is open.
    over: bool,
    /// What had the focus when this frame began, and the one before: that a dialog is open is known a frame late, when the
    /// focus is in it already.
    focused: [Option<Id>; 2],
    /// What was pressed last.
    pressed: Option<Id>,
    /// Where it goes back to: to the first of these that is still there.
    before: Vec<Id>,
    /// For so many frames it is looked whether the focus has found a place by itself.
    waiting: u8,
}

/// What the parts of the window ask for within a frame.
#[derive(Default)]
pub(crate) struct Requests {
    /// What the page names, for when there is nothing to go back to.
    home: Option<Id>,
    to: Option<Id>,
    elsewhere: bool,
    opened_by: Option<Id>,
}

impl Requests {
    /// Before anything is drawn: the page names it each time.
    pub(super) fn begin(&mut self) {
        self.home = None;
    }

    /// What a page names each time it is drawn, for when there is nothing to go back to.
    pub(super) fn set_home(&mut self, control: Id) {
        self.home = Some(control);
    }

    /// The focus goes to `control` once all of this frame is drawn: the Enter that has ended something must not press it.
    pub(super) fn go_to(&mut self, control: Option<Id>) {
        match control {
            Some(control) => self.to = Some(control),
            None => self.go_elsewhere(),
        }
    }

    /// What had the focus is over: it goes to what the page names, unless something takes it by itself.
    pub(super) fn go_elsewhere(&mut self) {
        self.elsewhere = true;
    }

    /// What is opened now is opened on behalf of this control, whatever was pressed.
    pub(super) fn opened_by(&mut self, control: Id) {
        self.opened_by = Some(control);
    }
}

/// To the first control that takes it, or to what the page names.
fn give(ctx: &Context, controls: &[Id], home: Option<Id>) {
    let there = controls.iter().copied().find(|id| takes_focus(ctx, *id));
    if let Some(id) = there.or(home) {
        ctx.memory_mut(|memory| memory.request_focus(id));
    }
}

fn takes_focus(ctx: &Context, id: Id) -> bool {
    ctx.read_response(id).is_some_and(|response| response.sense.contains(Sense::FOCUSABLE))
}

/// What is pressed in this frame, by the pointer or by assistive technology: neither gives it the focus, and yet the keyboard
/// is to go on from there once what it has opened is closed.
fn pressed(ctx: &Context) -> Option<Id> {
    let clicked = ctx.interaction_snapshot(|snapshot| snapshot.clicked);
    let asked = ctx.input(|input| {
        input.events.iter().rev().find_map(|event| match event {
            Event::AccessKitActionRequest(request) if request.action == Action::Click => {
                Some(request.target_node)
            }
            _ => None,
        })
    });
    let of_node = |node: NodeId| {
        ctx.viewport(|viewport| {
            let mut widgets = viewport.prev_pass.widgets.layers().flat_map(|(_, widgets)| widgets);
            widgets.find(|widget| widget.id.accesskit_id() == node).map(|widget| widget.id)
        })
    };
    clicked.or_else(|| asked.and_then(of_node)).filter(|id| takes_focus(ctx, *id))
}

impl FocusRestorer {
    /// Before anything is drawn.
    pub(super) fn begin(&mut self, ctx: &Context) {
        let [now, _] = self.focused;
        self.focused = [ctx.memory(|memory| memory.focused()), now];
        self.pressed = pressed(ctx).or(self.pressed);
    }

    /// After all is drawn.
    pub(super) fn end(&mut self, ctx: &Context, requests: &mut Requests) {
        self.pressed = requests.opened_by.take().or(self.pressed);
        if let Some(control) = requests.to.take() {
            give(ctx, &[control], requests.home);
        }
        if std::mem::take(&mut requests.elsewhere) {
            (self.before, self.waiting) = (Vec::new(), 3);
        }
        let over = Popup::is_any_open(ctx) || ctx.memory(|memory| memory.top_modal_layer().is_some());
        if over && !self.over {
            let [now, before] = self.focused;
            self.before = [before, now, self.pressed].into_iter().flatten().collect();
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
            give(ctx, &std::mem::take(&mut self.before), requests.home);
        }
    }
}
