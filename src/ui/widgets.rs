//! Controls, drawn after the design; one file each.

mod badge;
mod banner;
mod button;
mod button_row;
mod checkbox;
mod chip;
mod dialog;
mod empty;
mod field;
mod focus;
mod icon_button;
mod link;
mod menu;
mod progress;
mod skeleton;
mod spinner;
mod spoken;
mod switch;
mod tab;
mod tag;
mod text;
mod toast;

pub use badge::badge;
pub(crate) use badge::look as severity_look;
pub use banner::{Banner, Tone};
pub use button::{Button, split_menu};
pub use button_row::button_row;
pub use checkbox::checkbox;
pub use chip::chip;
pub use dialog::Dialog;
pub use empty::empty_state;
pub use field::{Field, Wrong};
pub use focus::{
    arrow_steps, follow_focus, is_over, last_pressed, neighbour, note_press, ring, set_last_pressed,
};
pub use icon_button::IconButton;
pub use link::{link, menu_link};
pub use menu::{MenuItem, RowMenu, menu};
pub use progress::waited;
pub use skeleton::skeleton;
pub use spinner::spinner;
use spoken::name_of;
pub use spoken::{announce, describe, group, keys_of, surface};
pub use switch::{Position, switch};
pub use tab::{named_tab, tab};
pub use tag::{Tag, kind_tag, tag};
pub use text::{complaint, label, label_at, one_line, prose, tip};
pub use toast::{Mood, Toast, toast};
