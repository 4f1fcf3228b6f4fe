//! Signing in: what is asked, how long it lasts, and why it cannot be.

use std::path::Path;

use crate::core::TimeLeft;
use crate::domain::{
    Cause, Failure, FileFlaw, Flaw, LineFault, MfaAsk, MfaRefused, ProcessProblem, SettingSource,
    SignInChoice, SignInProblem, visible,
};

/// What a choice is called within a sentence.
pub fn choice(choice: &SignInChoice) -> String {
    match choice {
        SignInChoice::Profile(name) => visible(name).into_owned(),
        SignInChoice::Environment => "the environment credentials".to_owned(),
        SignInChoice::Container => "the container credentials".to_owned(),
        SignInChoice::Practice => "the practice account".to_owned(),
    }
}

/// What is wrong with a config file, where, and what to do: a title and a sentence.
pub fn flaw(flaw: &FileFlaw) -> (String, String) {
    let file = shown(&flaw.file);
    let line = flaw.line;
    match &flaw.what {
        Flaw::Line(fault) => (
            format!("{file}, line {line}, cannot be read"),
            format!(
                "{}. Its profile cannot be used until it is corrected. All others can, although the AWS CLI refuses the whole \
                 file for it.",
                line_fault(fault)
            ),
        ),
        Flaw::Section { header } => (
            format!("{file}, line {line}: [{}] is ignored", visible(header)),
            "The AWS CLI ignores it too. In the config file a section is called [profile NAME], with quotation marks around a \
             name that has spaces in it: [profile \"my name\"]. Nothing may stand before the word profile."
                .to_owned(),
        ),
        Flaw::Replaced { header, by_line } => (
            format!("{file}, line {line}: [{}] is ignored", visible(header)),
            format!("Line {by_line} begins the same section again, and only that one counts. The AWS CLI reads it the same way."),
        ),
        Flaw::ByteOrderMark => (
            format!("{file} begins with a byte order mark"),
            "Keyfob reads it all the same, but the AWS CLI may not: save it as UTF-8 without a BOM.".to_owned(),
        ),
        Flaw::NotUtf8 => (
            format!("{file} is not UTF-8"),
            "Nothing in it can be used. Save it as UTF-8; PowerShell writes UTF-16 unless told otherwise.".to_owned(),
        ),
        Flaw::Unreadable { reason } => (format!("{file} cannot be read"), visible(reason).into_owned()),
        Flaw::NotAFile => (
            format!("{file} is not a file"),
            "It is a folder, a pipe or a device. Keyfob ignores it, as the AWS CLI does.".to_owned(),
        ),
        Flaw::TooLarge { limit_mib } => (
            format!("{file} is larger than {limit_mib} MiB"),
            "No profile can be opened, because Keyfob cannot know what it says about them. Make it smaller, or name another \
             file."
            .to_owned(),
        ),
        Flaw::NotThere { variable } if flaw.file.as_os_str().is_empty() => (
            format!("{variable} is set to nothing"),
            "So no file is read in the place of the usual one. Unset it, or name a file.".to_owned(),
        ),
        Flaw::NotThere { variable } => (
            format!("{file} does not exist"),
            format!("{variable} names it. Correct the variable, or make the file; the usual one is not read in its place."),
        ),
    }
}

/// Why a line of a config file cannot be read, without a full stop.
pub(super) fn line_fault(fault: &LineFault) -> String {
    match fault {
        LineFault::NoSection => "It stands before the first [section]".to_owned(),
        LineFault::NoName => "There is no name before its = sign".to_owned(),
        LineFault::NoEquals => "There is no = sign in it".to_owned(),
        LineFault::OpenHeader => "Its [ is not closed".to_owned(),
        LineFault::SameSection { line } => format!("Line {line} begins the same section already"),
        LineFault::SameSetting { name, line } => {
            format!("Line {line} of the same section sets {} already", visible(name))
        }
        LineFault::InBlock { name } => {
            format!("An indented line below {} has no = sign in it", visible(name))
        }
        LineFault::NotUtf8 => "It is not UTF-8".to_owned(),
    }
}

/// "~/.aws/config, line 3"
fn source(at: &SettingSource) -> String {
    match at {
        SettingSource::File { file, line } => format!("{}, line {line}", shown(file)),
        SettingSource::Variable(name) => (*name).to_owned(),
    }
}

/// What is wrong with a profile, in a few words for its row.
pub(super) fn short_problem(problem: &Failure) -> String {
    use SignInProblem as P;
    let Cause::SignIn(problem) = &problem.cause else { return "Cannot be opened".to_owned() };
    match problem {
        P::NoSuchSource { source, .. } => format!("source_profile {} does not exist", visible(source)),
        P::Circle { .. } => "source_profile leads in a circle".to_owned(),
        P::PartialKeys { missing, .. } => format!("{missing} is missing"),
        P::RoleSource { both: true, .. } => "source_profile and credential_source".to_owned(),
        P::RoleSource { both: false, .. } => "source_profile is missing".to_owned(),
        P::UnknownSource { name, .. } => format!("credential_source {} is unknown", visible(name)),
        P::NoRole { .. } => "role_arn is missing".to_owned(),
        P::NoSsoSession { name, .. } => format!("sso-session {} does not exist", visible(name)),
        P::NoSetting { setting, .. } => format!("{setting} is missing"),
        P::EmptySetting { setting, .. } => format!("{setting} is empty"),
        P::WrongShape { setting, .. } | P::SsoMismatch { setting, .. } => {
            format!("{} is wrong", visible(setting))
        }
        P::OddKey { setting, .. } => format!("{setting} is wrong"),
        P::NoServices { name, .. } => format!("services {} does not exist", visible(name)),
        P::BadRegion { region, .. } => format!("region {} is wrong", visible(region)),
        P::BadStsEndpoints { .. } => "sts_regional_endpoints is wrong".to_owned(),
        P::Process { .. } => "credential_process is wrong".to_owned(),
        // Only signing in shows these.
        P::TokenFile { .. }
        | P::NothingAtSource { .. }
        | P::Provider { .. }
        | P::SecurityKey { .. }
        | P::DeviceExpired
        | P::DeviceDenied
        | P::DeviceRefused { .. }
        | P::NotAssigned { .. }
        | P::TokenNotSaved { .. }
        | P::NoAwsCli
        | P::AwsCliTooOld
        | P::AwsCli { .. }
        | P::Ended { .. }
        | P::SomebodyElse { .. } => "Cannot be opened".to_owned(),
    }
}

/// "57 min left"; `None` where nobody knows.
pub fn time_left(left: TimeLeft) -> Option<String> {
    Some(match left {
        TimeLeft::Unknown => return None,
        TimeLeft::Over => "Session over".to_owned(),
        TimeLeft::Soon(0) => "Less than a minute left".to_owned(),
        TimeLeft::Soon(minutes) | TimeLeft::Minutes(minutes) if minutes < 120 => {
            format!("{minutes} min left")
        }
        TimeLeft::Soon(minutes) | TimeLeft::Minutes(minutes) => format!("{} h left", minutes / 60),
    })
}

pub const SESSION_OVER: &str = "The session is over";
pub const SESSION_ENDS: &str = "The session ends soon";
pub const SESSION_RENEWS: &str = "Signing in again…";

/// What is not lost by it.
pub const SESSION_HINT: &str =
    "AWS takes requests only while the session lasts. Nothing on screen is lost by signing in again";

pub fn mfa_wanted(ask: &MfaAsk) -> String {
    match &ask.role {
        Some(role) => format!("The role {} asks for the code of an MFA device.", visible(role)),
        None => {
            "A session with MFA lasts up to 12 hours and starts with the code of your MFA device.".to_owned()
        }
    }
}

/// What AWS did not take, and what to do.
pub fn mfa_refused(refused: MfaRefused) -> &'static str {
    match refused {
        MfaRefused::Code => {
            "AWS did not take the code. It was mistyped, is too old, or was used already: each code works once. Wait for the \
             next one"
        }
        MfaRefused::Device => {
            "AWS knows no such device of yours. Correct its serial number, which the security credentials in the console show, \
             then type the next code; correct mfa_serial in the profile too if it names the wrong one"
        }
    }
}

pub const MFA_SERIAL_HINT: &str = "arn:aws:iam::123456789012:mfa/anna";

pub fn plain_http(url: &str) -> String {
    format!(
        "Requests would go to {} without encryption. Who is on the way can read what is sent, and the secrets of new keys in \
         the answers.",
        visible(url)
    )
}

pub fn sso_wanted(start_url: &str) -> String {
    format!(
        "There is no valid session with {}. The browser opens and asks you to sign in; compare the code it shows with the one \
         here.",
        visible(start_url)
    )
}

pub fn login_wanted(profile: &str) -> String {
    format!(
        "The console session of {} is missing or over. `aws login` opens the browser, where you sign in as to the console.",
        visible(profile)
    )
}

/// The sentences of a profile that cannot be signed in with.
#[expect(clippy::too_many_lines, reason = "one arm a problem")]
pub(super) fn problem(problem: &SignInProblem) -> String {
    use SignInProblem as P;
    match problem {
        P::NoSuchSource { profile, source } => format!(
            "The profile {} takes its credentials from {} (source_profile), and there is no such profile. Correct the name, or \
             add that profile.",
            visible(profile),
            visible(source)
        ),
        P::Circle { profiles } => {
            let names: Vec<_> = profiles.iter().map(|name| visible(name)).collect();
            format!(
                "The profiles lead round in a circle: {}. Let the last one get its credentials elsewhere.",
                names.join(" → ")
            )
        }
        P::PartialKeys { profile, missing } => {
            format!("The profile {} has only half a key: {missing} is missing. Add it.", visible(profile))
        }
        P::RoleSource { profile, both: true } => format!(
            "The profile {} has both source_profile and credential_source. Remove one of them.",
            visible(profile)
        ),
        P::RoleSource { profile, both: false } => format!(
            "The profile {} has a role_arn but does not say who assumes the role. Add source_profile or credential_source.",
            visible(profile)
        ),
        P::UnknownSource { profile, name } => format!(
            "The profile {} has credential_source = {}, which does not exist. It can be Environment, Ec2InstanceMetadata or \
             EcsContainer, in this spelling.",
            visible(profile),
            visible(name)
        ),
        P::NoRole { profile } => format!(
            "The profile {} has a web_identity_token_file but no role_arn. Add the role that the token is for.",
            visible(profile)
        ),
        P::NoSsoSession { profile, name } => format!(
            "The profile {} uses the sso-session {}, and there is no section [sso-session {}]. Add it, for example with `aws \
             configure sso`.",
            visible(profile),
            visible(name),
            visible(name)
        ),
        P::NoSetting { profile, setting } => {
            format!("The profile {} lacks {setting}. Add it, for example with `aws configure sso`.", visible(profile))
        }
        P::EmptySetting { setting, at } => {
            format!("{setting} is empty ({}). Give it a value, or remove it.", source(at))
        }
        P::WrongShape { setting, at } => format!(
            "{} ({}) has the wrong form: an indented block where one value belongs, or one value where an indented block \
             belongs.",
            visible(setting),
            source(at)
        ),
        P::OddKey { setting, at } => format!(
            "{setting} ({}) has a space or a line break inside. An indented line below it, or a comment behind it, is part of \
             the value.",
            source(at)
        ),
        P::SsoMismatch { profile, session, setting } => format!(
            "The profile {} and its [sso-session {}] have different values for {}. Remove one of them.",
            visible(profile),
            visible(session),
            visible(setting)
        ),
        P::NoServices { name, at } => format!(
            "services = {} ({}), and there is no section [services {}] with anything in it. Correct the name, or add the \
             section: it says where requests go.",
            visible(name),
            source(at),
            visible(name)
        ),
        P::BadRegion { region, at } if region.is_empty() => {
            format!("The region is empty ({}). Name one, such as eu-central-1, or remove it.", source(at))
        }
        P::BadRegion { region, at } => format!(
            "{} is not the name of a region ({}). A region is written like eu-central-1, without quotation marks and with \
             nothing behind it.",
            visible(region),
            source(at)
        ),
        P::BadStsEndpoints { value, at } => format!(
            "sts_regional_endpoints is {} ({}). It can be regional or legacy.",
            visible(value),
            source(at)
        ),
        P::TokenFile { path, reason } => format!(
            "The web identity token {} cannot be read: {}. Whatever renews it must write it first.",
            shown(path),
            visible(reason)
        ),
        P::Process { profile, why } => process(&visible(profile), why),
        P::NothingAtSource { profile, name, detail } => format!(
            "The profile {} takes its credentials from {} (credential_source), and there are none: {}.",
            visible(profile),
            visible(name),
            visible(detail)
        ),
        P::Provider { profile, detail } => {
            format!("Signing in with {} failed: {}", visible(profile), visible(detail))
        }
        P::SecurityKey { serial } => format!(
            "{} is a security key or passkey, and AWS takes none of these outside a browser. Register a second MFA device with \
             codes, or sign in with `aws login` or IAM Identity Center.",
            visible(serial)
        ),
        P::DeviceExpired => "Nobody said yes in the browser in time. Sign in again to get a new code.".to_owned(),
        P::DeviceDenied => "The request was denied in the browser. Sign in again if that was a mistake.".to_owned(),
        P::DeviceRefused { start_url, detail } => format!(
            "{} refused the sign-in: {}. Check sso_start_url and sso_region.",
            visible(start_url),
            visible(detail)
        ),
        P::NotAssigned { role, account } => format!(
            "You are signed in, but the role {} in {} is not assigned to you. Ask for it, or correct sso_role_name and \
             sso_account_id.",
            visible(role),
            visible(account)
        ),
        P::TokenNotSaved { reason } => {
            format!("You are signed in, but the session could not be saved: {}", visible(reason))
        }
        P::NoAwsCli => "The AWS CLI was not found, and only it can open a console session. Install AWS CLI 2.32 or newer \
                        (https://aws.amazon.com/cli/), then try again."
            .to_owned(),
        P::AwsCliTooOld => "The AWS CLI that was found does not know `aws login`. Install version 2.32 or newer \
                            (https://aws.amazon.com/cli/), then try again."
            .to_owned(),
        P::AwsCli { said } => format!("`aws login` did not succeed. It said: {}", visible(said)),
        P::Ended { profile: Some(profile) } => format!(
            "The credentials that {} starts from have ended. Whatever made them must renew them; then try again.",
            visible(profile)
        ),
        P::Ended { profile: None } => {
            "The credentials in the environment have ended. Start Keyfob again with new ones.".to_owned()
        }
        P::SomebodyElse { is } => format!(
            "Signing in again led to somebody else: {}. The account that is open was left as it is; choose the other one from \
             the list of accounts.",
            visible(is)
        ),
    }
}

fn process(profile: &str, why: &ProcessProblem) -> String {
    match why {
        ProcessProblem::NotSplit => format!(
            "The credential_process of {profile} is not a command: it is empty, or a quotation mark in it is not closed. No shell \
             is used: name a program and its arguments."
        ),
        ProcessProblem::NotStarted { reason } => {
            format!(
                "The credential_process of {profile} could not be started: {}. No shell is used: name a program and its arguments.",
                visible(reason)
            )
        }
        ProcessProblem::Ended { how, said } if said.is_empty() => {
            format!("The credential_process of {profile} failed with {how} and said nothing.")
        }
        ProcessProblem::Ended { how, said } => {
            format!("The credential_process of {profile} failed with {how}. It said: {}", visible(said))
        }
        ProcessProblem::Answer { lacks } => format!(
            "The credential_process of {profile} ended well, but its answer has no {lacks} as the AWS documentation asks for."
        ),
        ProcessProblem::NotInTime { minutes } => {
            format!(
                "The credential_process of {profile} did not end within {minutes} minutes, and was stopped."
            )
        }
    }
}

fn shown(path: &Path) -> String {
    visible(&path.display().to_string()).into_owned()
}
