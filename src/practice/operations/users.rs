//! Users.

use super::Call;
use crate::practice::account::{Account, User};
use crate::practice::answer::Xml;
use crate::practice::fault::Fault;
use crate::practice::operations::tags::tag_xml;
use crate::practice::page::page;
use crate::practice::request::length;

pub(super) fn list(account: &mut Account, call: &Call<'_>) -> Result<Xml, Fault> {
    let prefix = call.request.get("PathPrefix").unwrap_or("/");
    length("pathPrefix", prefix, 1, 512)?;
    if !prefix.starts_with('/') || !prefix.bytes().all(|byte| byte.is_ascii_graphic() || byte == 0x7F) {
        return Err(Fault::validation(
            "The specified value for pathPrefix is invalid. It must begin with the / character \
             and contain only alphanumeric characters and/or / characters.",
        ));
    }
    let users = account.users().filter(|user| user.path.starts_with(prefix));
    Ok(page(call.request, users, |user| user.name.to_lowercase())?.xml("Users", user_xml))
}

pub(super) fn get(account: &mut Account, call: &Call<'_>) -> Result<Xml, Fault> {
    let user = account.user(call.user()?)?;
    let mut xml = user_xml(user);
    if !user.tags.is_empty() {
        xml = xml.list("Tags", user.tags.iter().map(tag_xml));
    }
    Ok(Xml::new().element("User", &xml))
}

/// A user in lists, without tags.
fn user_xml(user: &User) -> Xml {
    Xml::new()
        .text("Path", &user.path)
        .text("UserName", &user.name)
        .text("UserId", &user.id)
        .text("Arn", user.arn())
        .text("CreateDate", user.created)
        .text_if("PasswordLastUsed", user.password_last_used)
}
