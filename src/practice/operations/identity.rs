//! The caller and the account.

use super::Call;
use crate::practice::account::{Account, KEYS_PER_USER};
use crate::practice::answer::Xml;
use crate::practice::fault::Fault;
use crate::practice::page::page;
use crate::practice::{ACCOUNT_ID, ALIAS};

pub(super) fn caller(account: &mut Account, call: &Call<'_>) -> Result<Xml, Fault> {
    let user = account.user(call.signer)?;
    Ok(Xml::new().text("Arn", user.arn()).text("UserId", &user.id).text("Account", ACCOUNT_ID))
}

pub(super) fn account_aliases(_: &mut Account, call: &Call<'_>) -> Result<Xml, Fault> {
    let page = page(call.request, [ALIAS], |&alias| alias.to_owned())?;
    Ok(page.xml("AccountAliases", Xml::plain))
}

/// The default quotas of a new AWS account. The root user of this account has an access key, which is a finding.
#[expect(clippy::unnecessary_wraps, reason = "a handler, as the table of operations wants it")]
pub(super) fn account_summary(account: &mut Account, _: &Call<'_>) -> Result<Xml, Fault> {
    let users = account.users().len();
    let mfa = 1 + account.users().filter(|user| user.has_mfa).count();
    let entries = [
        ("AccessKeysPerUserQuota", KEYS_PER_USER),
        ("AccountAccessKeysPresent", usize::from(!account.root.keys.is_empty())),
        ("AccountMFAEnabled", 1),
        ("AccountPasswordPresent", 1),
        ("AccountSigningCertificatesPresent", 0),
        ("AssumeRolePolicySizeQuota", 2048),
        ("AttachedPoliciesPerGroupQuota", 10),
        ("AttachedPoliciesPerRoleQuota", 10),
        ("AttachedPoliciesPerUserQuota", 10),
        ("GlobalEndpointTokenVersion", 1),
        ("GroupPolicySizeQuota", 5120),
        ("Groups", 0),
        ("GroupsPerUserQuota", 10),
        ("GroupsQuota", 300),
        ("MFADevices", mfa),
        ("MFADevicesInUse", mfa),
        ("Policies", 0),
        ("PoliciesQuota", 1500),
        ("PolicySizeQuota", 6144),
        ("PolicyVersionsInUse", 0),
        ("PolicyVersionsInUseQuota", 10000),
        ("Providers", 0),
        ("Roles", 0),
        ("RolesQuota", 1000),
        ("ServerCertificates", 0),
        ("ServerCertificatesQuota", 20),
        ("SigningCertificatesPerUserQuota", 2),
        ("UserPolicySizeQuota", 2048),
        ("Users", users),
        ("UsersQuota", 5000),
        ("VersionsPerPolicyQuota", 5),
    ];
    let entry =
        |xml: Xml, (key, value)| xml.element("entry", &Xml::new().text("key", key).text("value", value));
    Ok(Xml::new().element("SummaryMap", &entries.into_iter().fold(Xml::new(), entry)))
}
