//! What can be done with a user: one list for the picker's menu and the page's.

use egui::Ui;

use super::commands::Command;
use super::theme::Icon;
use super::widgets::MenuItem;
use super::{View, words};
use crate::core::{CreateMsg, CreateOptions, Msg, OpenAccount};
use crate::domain::UserName;

/// How wide a menu with these is.
pub(super) const WIDTH: f32 = 260.0;

/// The lines of a menu.
pub(super) fn items(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, user: &UserName) {
    copy_name(ui, view, user);
    let known = open.users.get(user);
    let arn = known.map(|known| open.account.arn_of(known));
    let copy = MenuItem::new("Copy user ARN").name(format!("Copy the ARN of {user}")).icon(Icon::Copy);
    let off = arn.is_none().then(|| "The path of this user has not loaded".to_owned());
    if copy.off(off).show(ui) {
        view.out.extend(arn.map(Msg::CopyText));
    }
    open_console(ui, view, open, user);
    ui.separator();
    create(ui, view, open, user);
}

pub(super) fn copy_name(ui: &mut Ui, view: &mut View<'_>, user: &UserName) {
    let copy = MenuItem::new("Copy user name").name(format!("Copy the name of {user}")).icon(Icon::Copy);
    if copy.show(ui) {
        view.push(Msg::CopyText(user.to_string()));
    }
}

/// The browser shows the account that it is signed in to.
pub(super) fn open_console(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, user: &UserName) {
    let page = open.account.console_page(user);
    let off = page.as_ref().err().map(words::no_console);
    let item = MenuItem::new("Open in the AWS console").name(words::open_console(user));
    if item.icon(Icon::ExternalLink).off(off).show(ui) {
        view.out.extend(page.ok().map(|url| Msg::OpenPage { url }));
    }
}

fn create(ui: &mut Ui, view: &mut View<'_>, open: &OpenAccount, user: &UserName) {
    let here = open.selected_user() == Some(user);
    let off = match view.model.create_block(user) {
        _ if !here => Some("Select this user first".to_owned()),
        block => block.map(|block| words::create_block(&block, user)),
    };
    let item = Command::Create.item().name(format!("Create and copy a key for {user}"));
    if item.off(off).show(ui) {
        let wish = CreateOptions { copy: true, ..CreateOptions::default() };
        view.create(CreateMsg::Create { user: user.clone(), wish });
    }
}
