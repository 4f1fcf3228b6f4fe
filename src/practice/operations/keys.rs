//! Access keys.

use super::Call;
use crate::practice::account::{Account, Key};
use crate::practice::answer::Xml;
use crate::practice::fault::Fault;
use crate::practice::ids;
use crate::practice::page::page;

pub(super) fn list(account: &mut Account, call: &Call<'_>) -> Result<Xml, Fault> {
    let user = account.user(call.user()?)?;
    let keys = if call.lists_lag { user.keys_before(call.now) } else { &user.keys };
    let page = page(call.request, keys, |key| format!("{:020}{}", key.created.as_second(), key.id))?;
    Ok(page.xml("AccessKeyMetadata", |key| key_xml(&user.name, key)))
}

pub(super) fn last_used(account: &mut Account, call: &Call<'_>) -> Result<Xml, Fault> {
    let id = call.request.key_id()?;
    let Some((user, key)) = account.key(id) else {
        // AWS does not distinguish a key that does not exist from one in another account.
        let caller = account.user(call.signer)?.arn();
        return Err(Fault::access_denied(&caller, "GetAccessKeyLastUsed", &format!("access key {id}")));
    };
    let used = key.last_used.as_ref();
    let last_used = Xml::new()
        .text_if("LastUsedDate", used.map(|used| used.at))
        .text("ServiceName", used.map_or("N/A", |used| &used.service))
        .text("Region", used.map_or("N/A", |used| &used.region));
    Ok(Xml::new().text("UserName", &user.name).element("AccessKeyLastUsed", &last_used))
}

pub(super) fn create(account: &mut Account, call: &Call<'_>) -> Result<Xml, Fault> {
    let name = account.user(call.user()?)?.name.clone();
    let key = account.add_key(&name, call.now)?;
    let pair = key_xml(&name, &key).text("SecretAccessKey", ids::secret());
    Ok(Xml::new().element("AccessKey", &pair))
}

pub(super) fn update(account: &mut Account, call: &Call<'_>) -> Result<Xml, Fault> {
    let (name, id, active) = (call.user()?, call.request.key_id()?, wanted_status(call)?);
    let user = account.user_mut(name)?;
    if user.key_mut(id)?.active != active {
        user.change_keys(call.now);
        user.key_mut(id)?.active = active;
    }
    Ok(Xml::new())
}

pub(super) fn delete(account: &mut Account, call: &Call<'_>) -> Result<Xml, Fault> {
    account.remove_key(call.user()?, call.request.key_id()?, call.now)?;
    Ok(Xml::new())
}

/// Whether the request activates the key.
fn wanted_status(call: &Call<'_>) -> Result<bool, Fault> {
    match call.request.required("Status")? {
        "Active" => Ok(true),
        "Inactive" => Ok(false),
        // Part of the service model, but only AWS can set it.
        "Expired" => Err(Fault::invalid_input("Status Expired cannot be set.")),
        other => {
            let rule = "satisfy enum value set: [Active, Inactive, Expired]";
            Err(Fault::constraint("status", Some(other), rule))
        }
    }
}

fn key_xml(user: &str, key: &Key) -> Xml {
    Xml::new()
        .text("UserName", user)
        .text("AccessKeyId", &key.id)
        .text("Status", if key.active { "Active" } else { "Inactive" })
        .text("CreateDate", key.created)
}
