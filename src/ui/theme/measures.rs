//! Spacing, radii, heights and durations, the same in both themes. In points and seconds.

/// Distances: multiples of 4, with 2 and 6 for the inside of small controls.
pub mod space {
    /// Between two lines of one cell.
    pub const S1: f32 = 2.0;
    /// Icon to icon, menu padding.
    pub const S2: f32 = 4.0;
    /// Icon to its word, chip to chip.
    pub const S3: f32 = 6.0;
    /// Button to button, cell padding left and right, table frame to first cell.
    pub const S4: f32 = 8.0;
    /// Field to what is under it, side panel padding, dialog label to field.
    pub const S5: f32 = 12.0;
    /// Block to block, panel padding of full-width tables, new key panel.
    pub const S6: f32 = 16.0;
    /// Page padding left and right, dialog padding, before a section title.
    pub const S7: f32 = 24.0;
    /// Top of the start screen.
    pub const S8: f32 = 36.0;
}

/// Corners.
pub mod radius {
    /// Checkbox.
    pub const CHECKBOX: u8 = 3;
    /// Badge, tag, key cap.
    pub const SMALL: u8 = 4;
    /// Menu item.
    pub const ITEM: u8 = 5;
    /// Button, field, row of the user list, icon button.
    pub const CONTROL: u8 = 6;
    /// Table frame, banner, new key panel, menu, toast.
    pub const FRAME: u8 = 8;
    /// Switch, half its height.
    pub const SWITCH: u8 = 8;
    /// Dialog.
    pub const DIALOG: u8 = 10;
    /// Chip, half its height.
    pub const CHIP: u8 = 13;
}

/// Lines.
pub mod stroke {
    /// Every border and hairline.
    pub const HAIR: f32 = 1.0;
    /// Focus ring, selected tab's line.
    pub const RING: f32 = 2.0;
    /// Width of the strip that marks the kind of account.
    pub const STRIP: f32 = 4.0;
}

/// Breakpoints of the window size, in points.
pub mod window {
    /// From here, the user picker is a panel and *Find* a field; in a narrower window, buttons open them.
    pub const PANELS_FROM: f32 = 900.0;
    /// From here, the panel, fields and page padding are wider.
    pub const WIDE_FROM: f32 = 1100.0;
    /// From here, the findings are listed below the table.
    pub const FINDINGS_FROM: f32 = 640.0;
}

/// Heights.
pub mod height {
    /// Account bar.
    pub const ACCOUNT_BAR: f32 = 44.0;
    /// Tab bar.
    pub const TAB_BAR: f32 = 36.0;
    /// Status bar.
    pub const STATUS_BAR: f32 = 26.0;
    /// Button, field in a dialog or panel.
    pub const BUTTON: f32 = 30.0;
    /// Field in a bar, icon button, user row, menu item.
    pub const CONTROL: f32 = 28.0;
    /// Icon button in a row; the minimum size of a click target.
    pub const SMALL: f32 = 24.0;
    /// Chip.
    pub const CHIP: f32 = 26.0;
    /// Badge.
    pub const BADGE: f32 = 22.0;
    /// Tag.
    pub const TAG: f32 = 20.0;
    /// Header of a framed table.
    pub const TABLE_HEADER: f32 = 30.0;
    /// Header of the account table.
    pub const DENSE_HEADER: f32 = 28.0;
    /// Row of the account table and of the activity.
    pub const DENSE_ROW: f32 = 26.0;
    /// Row of the findings and of finished rotations.
    pub const ROW: f32 = 34.0;
    /// Row of the start screen.
    pub const START_ROW: f32 = 40.0;
    /// Row of the key table, two lines.
    pub const KEY_ROW: f32 = 52.0;
}

/// Times in seconds.
pub mod motion {
    /// Switch knob, popup, banner.
    pub const BASE: f32 = 0.12;
    /// How long an icon shows `check` after a copy.
    pub const FLASH: f64 = 1.2;
    /// A shorter wait shows no progress: no spinner, no skeleton, no "Saving…".
    pub const PROGRESS_DELAY: f64 = 0.3;
    /// One turn of the refresh icon.
    pub const SPINNER_TURN: f64 = 1.0;
    /// Before a tooltip appears.
    pub const TOOLTIP_DELAY: f32 = 0.4;
    /// The longest click, from press to release. On a busy computer a second can pass between two frames, and a lost click would
    /// leave another user on screen than the one that was clicked.
    pub const LONGEST_CLICK: f64 = 5.0;
    /// A long touch opens the menu of a row.
    pub const LONG_TOUCH: f64 = 0.8;
    /// How long a toast with Undo stays.
    pub const TOAST_UNDO: f64 = 8.0;
    /// How long a toast without Undo stays.
    pub const TOAST: f64 = 4.0;
}
