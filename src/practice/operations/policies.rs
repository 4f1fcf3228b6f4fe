//! Policies attached to users.

use super::Call;
use crate::practice::account::Account;
use crate::practice::answer::Xml;
use crate::practice::fault::Fault;
use crate::practice::page::page;

/// Ignores `PathPrefix`: all attached policies have the path `/`.
pub(super) fn attached_to_user(account: &mut Account, call: &Call<'_>) -> Result<Xml, Fault> {
    call.request.required("UserName")?;
    let user = account.user(call.user()?)?;
    let xml = |name: &String| {
        Xml::new().text("PolicyName", name).text("PolicyArn", format_args!("arn:aws:iam::aws:policy/{name}"))
    };
    Ok(page(call.request, &user.policies, |name| name.to_lowercase())?.xml("AttachedPolicies", xml))
}
