//! Signing in: prompts, time left, and errors.

use std::path::Path;

use crate::core::TimeLeft;
use crate::domain::{
    FileFlaw, Flaw, MfaAsk, MfaRefused, ProcessProblem, SignInChoice, SignInProblem, visible,
};

/// The name of a choice within a sentence.
pub fn choice(choice: &SignInChoice) -> String {
    match choice {
        SignInChoice::Profile(name) => visible(name).into_owned(),
        SignInChoice::Environment => "the environment credentials".to_owned(),
        SignInChoice::Container => "the container credentials".to_owned(),
        SignInChoice::Practice => "the practice account".to_owned(),
    }
}

/// A mistake in a config file and what to do about it: a title and a sentence.
pub fn flaw(flaw: &FileFlaw) -> (String, String) {
    let file = shown(&flaw.file);
    let line = flaw.line;
    match &flaw.what {
        Flaw::Line { detail } => (
            format!("{file}, line {line}, cannot be read"),
            format!(
                "{}. Correct the line to use its profile. The other profiles are not affected.",
                visible(detail)
            ),
        ),
        Flaw::Section { header } => (
            format!("{file}, line {line}: [{}] is ignored", visible(header)),
            "Sections are named [profile NAME] in the config file and [NAME] in the credentials file, without quotes or spaces in \
             the name."
                .to_owned(),
        ),
        Flaw::ByteOrderMark => (
            format!("{file} begins with a byte order mark"),
            "Keyfob can read it, but the AWS CLI may not. Save it as UTF-8 without a BOM.".to_owned(),
        ),
        Flaw::NotUtf8 => (
            format!("{file} is not UTF-8"),
            "Nothing in it can be used. Save it as UTF-8; by default, PowerShell writes UTF-16.".to_owned(),
        ),
        Flaw::Unreadable { reason } => (format!("{file} cannot be read"), visible(reason).into_owned()),
    }
}

/// "57 min left"; `None` if the end of the session is unknown.
pub fn time_left(left: TimeLeft) -> Option<String> {
    Some(match left {
        TimeLeft::Unknown => return None,
        TimeLeft::Over => "Session expired".to_owned(),
        TimeLeft::Soon(0) => "Less than a minute left".to_owned(),
        TimeLeft::Soon(minutes) | TimeLeft::Minutes(minutes) if minutes < 120 => {
            format!("{minutes} min left")
        }
        TimeLeft::Soon(minutes) | TimeLeft::Minutes(minutes) => format!("{} h left", minutes / 60),
    })
}

pub const SESSION_OVER: &str = "The session has expired";
pub const SESSION_ENDS: &str = "The session expires soon";
pub const SESSION_RENEWS: &str = "Signing in again…";

/// Shown below either of them.
pub const SESSION_HINT: &str = "Sign in again to continue; nothing on screen is lost";

pub fn mfa_wanted(ask: &MfaAsk) -> String {
    match &ask.role {
        Some(role) => format!("The role {} requires a code from your MFA device.", visible(role)),
        None => "Enter a code from your MFA device to start a session of up to 12 hours.".to_owned(),
    }
}

/// What AWS rejected, and what to do.
pub fn mfa_refused(refused: MfaRefused) -> &'static str {
    match refused {
        MfaRefused::Code => {
            "AWS did not accept the code. It may be mistyped, expired or already used; each code works once. Wait for the next one"
        }
        MfaRefused::Device => {
            "AWS does not know this device. Correct its serial number, which the console shows under your security credentials, \
             and type the next code. If mfa_serial in the profile is wrong, correct it too"
        }
    }
}

pub const MFA_SERIAL_HINT: &str = "arn:aws:iam::123456789012:mfa/anna";

pub fn plain_http(url: &str) -> String {
    format!(
        "Requests would go to {} without encryption. Anybody on the network could read them, and the secrets of new keys in \
         the responses.",
        visible(url)
    )
}

pub fn sso_wanted(start_url: &str) -> String {
    format!(
        "There is no valid session with {}. Your browser opens so that you can sign in. Continue there only if it shows the \
         same code as this window.",
        visible(start_url)
    )
}

pub fn login_wanted(profile: &str) -> String {
    format!(
        "The console session of {} is missing or has expired. `aws login` opens your browser so that you can sign in.",
        visible(profile)
    )
}

/// Explains why a profile cannot sign in.
pub(super) fn problem(problem: &SignInProblem) -> String {
    use SignInProblem as P;
    match problem {
        P::NoSuchSource { profile, source } => format!(
            "The profile {} has source_profile = {}, but there is no such profile. Correct the name, or add that profile.",
            visible(profile),
            visible(source)
        ),
        P::Circle { profiles } => {
            let names: Vec<_> = profiles.iter().map(|name| visible(name)).collect();
            format!(
                "The profiles refer to each other in a circle: {}. Change the source of the last one.",
                names.join(" → ")
            )
        }
        P::PartialKeys { profile, missing } => {
            format!("The profile {} has an incomplete key pair: {missing} is missing. Add it.", visible(profile))
        }
        P::RoleSource { profile, both: true } => format!(
            "The profile {} has both source_profile and credential_source. Remove one of them.",
            visible(profile)
        ),
        P::RoleSource { profile, both: false } => format!(
            "The profile {} has role_arn but no source of credentials. Add source_profile or credential_source.",
            visible(profile)
        ),
        P::UnknownSource { profile, name } => format!(
            "The profile {} has credential_source = {}, which is not valid. Use Environment, Ec2InstanceMetadata or EcsContainer.",
            visible(profile),
            visible(name)
        ),
        P::NoRole { profile } => format!(
            "The profile {} has web_identity_token_file but no role_arn. Add the role to assume.",
            visible(profile)
        ),
        P::NoSsoSession { profile, name } => format!(
            "The profile {} has sso_session = {}, but there is no section [sso-session {}]. Add it, for example with `aws \
             configure sso`.",
            visible(profile),
            visible(name),
            visible(name)
        ),
        P::NoSetting { profile, setting } => {
            format!("The profile {} has no {setting}. Add it, for example with `aws configure sso`.", visible(profile))
        }
        P::TokenFile { path, reason } => format!(
            "The web identity token {} cannot be read: {}. Check the program that writes it.",
            shown(path),
            visible(reason)
        ),
        P::Process { profile, why } => process(&visible(profile), why),
        P::NothingAtSource { profile, name, detail } => format!(
            "The profile {} has credential_source = {}, but there are no credentials: {}.",
            visible(profile),
            visible(name),
            visible(detail)
        ),
        P::Provider { profile, detail } => {
            format!("Signing in with {} failed: {}", visible(profile), visible(detail))
        }
        P::SecurityKey { serial } => format!(
            "{} is a security key or passkey, which AWS accepts only in a browser. Register a second MFA device that shows codes, \
             or sign in with `aws login` or IAM Identity Center.",
            visible(serial)
        ),
        P::DeviceExpired => "The request was not confirmed in the browser in time. Sign in again to get a new code.".to_owned(),
        P::DeviceDenied => "The request was denied in the browser. If that was a mistake, sign in again.".to_owned(),
        P::DeviceRefused { start_url, detail } => format!(
            "{} refused the sign-in: {}. Check sso_start_url and sso_region.",
            visible(start_url),
            visible(detail)
        ),
        P::NotAssigned { role, account } => format!(
            "You are signed in, but you are not assigned the role {} in account {}. Ask for it, or correct sso_role_name and \
             sso_account_id.",
            visible(role),
            visible(account)
        ),
        P::TokenNotSaved { reason } => {
            format!("You are signed in, but the session could not be saved: {}", visible(reason))
        }
        P::NoAwsCli => "Signing in with `aws login` needs the AWS CLI, which was not found. Install version 2.32 or later \
                        (https://aws.amazon.com/cli/) and try again."
            .to_owned(),
        P::AwsCliTooOld => "The installed AWS CLI does not have `aws login`. Install version 2.32 or later \
                            (https://aws.amazon.com/cli/) and try again."
            .to_owned(),
        P::AwsCli { said } => format!("`aws login` failed: {}", visible(said)),
        P::Ended { profile: Some(profile) } => format!(
            "The source credentials of {} have expired. Renew them, then try again.",
            visible(profile)
        ),
        P::Ended { profile: None } => {
            "The credentials in the environment have expired. Start Keyfob again with new ones.".to_owned()
        }
        P::SomebodyElse { is } => format!(
            "You signed in as somebody else: {}. The open account has not changed. To use the other identity, choose its account \
             from the list.",
            visible(is)
        ),
    }
}

fn process(profile: &str, why: &ProcessProblem) -> String {
    match why {
        ProcessProblem::NotStarted { reason } => {
            format!("The credential_process of {profile} could not be started: {}", visible(reason))
        }
        ProcessProblem::Ended { how, said } if said.is_empty() => {
            format!("The credential_process of {profile} failed with {how} and no output.")
        }
        ProcessProblem::Ended { how, said } => {
            format!("The credential_process of {profile} failed with {how}: {}", visible(said))
        }
        ProcessProblem::Answer { lacks } => format!(
            "The credential_process of {profile} succeeded, but its output has no {lacks}, which the AWS documentation requires."
        ),
        ProcessProblem::NotInTime { minutes } => {
            format!(
                "The credential_process of {profile} was stopped because it did not finish within {minutes} minutes."
            )
        }
    }
}

fn shown(path: &Path) -> String {
    visible(&path.display().to_string()).into_owned()
}
