//! Signing in: prompts, time left, and errors.

use std::path::Path;

use crate::core::TimeLeft;
use crate::domain::{
    Cause, Failure, FileFlaw, Flaw, LineFault, MfaAsk, MfaRefused, ProcessProblem, SettingSource,
    SignInChoice, SignInProblem, spell_out_hidden,
};

/// The name of a choice within a sentence.
pub fn choice(choice: &SignInChoice) -> String {
    match choice {
        SignInChoice::Profile(name) => spell_out_hidden(name).into_owned(),
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
        Flaw::Line(fault) => (
            format!("{file}, line {line}, cannot be read"),
            format!(
                "{}. Correct the line to use its profile. The other profiles are not affected, but the AWS CLI rejects the whole \
                 file.",
                line_fault(fault)
            ),
        ),
        Flaw::Section { header } => (
            format!("{file}, line {line}: [{}] is ignored", spell_out_hidden(header)),
            "The AWS CLI ignores it too. Sections are named [profile NAME] in the config file, with quotes around a name that has \
             spaces: [profile \"my name\"]."
                .to_owned(),
        ),
        Flaw::Replaced { header, by_line } => (
            format!("{file}, line {line}: [{}] is ignored", spell_out_hidden(header)),
            format!("Line {by_line} defines the same section again, and the later one is used, as in the AWS CLI."),
        ),
        Flaw::ByteOrderMark => (
            format!("{file} begins with a byte order mark"),
            "Keyfob can read it, but the AWS CLI may not. Save it as UTF-8 without a BOM.".to_owned(),
        ),
        Flaw::NotUtf8 => (
            format!("{file} is not UTF-8"),
            "Nothing in it can be used. Save it as UTF-8; by default, PowerShell writes UTF-16.".to_owned(),
        ),
        Flaw::Unreadable { reason } => (format!("{file} cannot be read"), spell_out_hidden(reason).into_owned()),
        Flaw::NotAFile => (
            format!("{file} is not a file"),
            "It is a folder, a pipe or a device. Keyfob ignores it, like the AWS CLI.".to_owned(),
        ),
        Flaw::TooLarge { limit_mib } => (
            format!("{file} is larger than {limit_mib} MiB"),
            "Keyfob does not read it, so no profile can be opened. Make the file smaller or use another one."
            .to_owned(),
        ),
        Flaw::NotThere { variable } if flaw.file.as_os_str().is_empty() => (
            format!("{variable} is set to nothing"),
            "The default file is not read either. Unset the variable, or set it to a file.".to_owned(),
        ),
        Flaw::NotThere { variable } => (
            format!("{file} does not exist"),
            format!("{variable} is set to this path, so the default file is not read. Correct the variable, or create the file."),
        ),
    }
}

/// Why a line of a config file cannot be read, without a full stop.
pub(super) fn line_fault(fault: &LineFault) -> String {
    match fault {
        LineFault::NoSection => "The line comes before the first [section]".to_owned(),
        LineFault::NoName => "The = sign has no name before it".to_owned(),
        LineFault::NoEquals => "The line has no = sign".to_owned(),
        LineFault::OpenHeader => "The [ has no matching ]".to_owned(),
        LineFault::SameSection { line } => format!("The section is already defined in line {line}"),
        LineFault::SameSetting { name, line } => {
            format!("{} is already set in line {line}", spell_out_hidden(name))
        }
        LineFault::InBlock { name } => {
            format!("An indented line below {} has no = sign", spell_out_hidden(name))
        }
        LineFault::NotUtf8 => "The line is not UTF-8".to_owned(),
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
        P::NoSuchSource { source, .. } => {
            format!("source_profile {} does not exist", spell_out_hidden(source))
        }
        P::Circle { .. } => "source_profile is circular".to_owned(),
        P::PartialKeys { missing, .. } => format!("{missing} is missing"),
        P::RoleSource { both: true, .. } => "source_profile and credential_source are both set".to_owned(),
        P::RoleSource { both: false, .. } => "source_profile is missing".to_owned(),
        P::UnknownSource { name, .. } => format!("credential_source {} is not valid", spell_out_hidden(name)),
        P::NoRole { .. } => "role_arn is missing".to_owned(),
        P::NoSsoSession { name, .. } => format!("sso-session {} does not exist", spell_out_hidden(name)),
        P::NoSetting { setting, .. } => format!("{setting} is missing"),
        P::EmptySetting { setting, .. } => format!("{setting} is empty"),
        P::WrongShape { setting, .. } | P::SsoMismatch { setting, .. } => {
            format!("{} is not valid", spell_out_hidden(setting))
        }
        P::OddKey { setting, .. } => format!("{setting} is not valid"),
        P::NoServices { name, .. } => format!("services {} does not exist", spell_out_hidden(name)),
        P::BadRegion { region, .. } => format!("region {} is not valid", spell_out_hidden(region)),
        P::BadStsEndpoints { .. } => "sts_regional_endpoints is not valid".to_owned(),
        P::Process { .. } => "credential_process is not valid".to_owned(),
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
        Some(role) => format!("The role {} requires a code from your MFA device.", spell_out_hidden(role)),
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
        spell_out_hidden(url)
    )
}

pub fn sso_wanted(start_url: &str) -> String {
    format!(
        "There is no valid session with {}. Your browser opens so that you can sign in. Continue there only if it shows the \
         same code as this window.",
        spell_out_hidden(start_url)
    )
}

pub fn login_wanted(profile: &str) -> String {
    format!(
        "The console session of {} is missing or has expired. `aws login` opens your browser so that you can sign in.",
        spell_out_hidden(profile)
    )
}

/// Explains why a profile cannot sign in.
#[expect(clippy::too_many_lines, reason = "one arm a problem")]
pub(super) fn problem(problem: &SignInProblem) -> String {
    use SignInProblem as P;
    match problem {
        P::NoSuchSource { profile, source } => format!(
            "The profile {} has source_profile = {}, but there is no such profile. Correct the name, or add that profile.",
            spell_out_hidden(profile),
            spell_out_hidden(source)
        ),
        P::Circle { profiles } => {
            let names: Vec<_> = profiles.iter().map(|name| spell_out_hidden(name)).collect();
            format!(
                "The profiles refer to each other in a circle: {}. Change the source of the last one.",
                names.join(" → ")
            )
        }
        P::PartialKeys { profile, missing } => {
            format!("The profile {} has an incomplete key pair: {missing} is missing. Add it.", spell_out_hidden(profile))
        }
        P::RoleSource { profile, both: true } => format!(
            "The profile {} has both source_profile and credential_source. Remove one of them.",
            spell_out_hidden(profile)
        ),
        P::RoleSource { profile, both: false } => format!(
            "The profile {} has role_arn but no source of credentials. Add source_profile or credential_source.",
            spell_out_hidden(profile)
        ),
        P::UnknownSource { profile, name } => format!(
            "The profile {} has credential_source = {}, which is not valid. Use Environment, Ec2InstanceMetadata or \
             EcsContainer, spelled exactly like this.",
            spell_out_hidden(profile),
            spell_out_hidden(name)
        ),
        P::NoRole { profile } => format!(
            "The profile {} has web_identity_token_file but no role_arn. Add the role to assume.",
            spell_out_hidden(profile)
        ),
        P::NoSsoSession { profile, name } => format!(
            "The profile {} has sso_session = {}, but there is no section [sso-session {}]. Add it, for example with `aws \
             configure sso`.",
            spell_out_hidden(profile),
            spell_out_hidden(name),
            spell_out_hidden(name)
        ),
        P::NoSetting { profile, setting } => {
            format!("The profile {} has no {setting}. Add it, for example with `aws configure sso`.", spell_out_hidden(profile))
        }
        P::EmptySetting { setting, at } => {
            format!("{setting} is empty ({}). Set a value or remove the line.", source(at))
        }
        P::WrongShape { setting, at } => format!(
            "{} ({}) is an indented block where a single value is expected, or the other way round.",
            spell_out_hidden(setting),
            source(at)
        ),
        P::OddKey { setting, at } => format!(
            "{setting} ({}) contains a space or a line break. An indented line below it and a comment after it are part of the \
             value.",
            source(at)
        ),
        P::SsoMismatch { profile, session, setting } => format!(
            "The profile {} and its [sso-session {}] have different values for {}. Remove one of them.",
            spell_out_hidden(profile),
            spell_out_hidden(session),
            spell_out_hidden(setting)
        ),
        P::NoServices { name, at } => format!(
            "services = {} ({}), but the section [services {}] does not exist or is empty. Correct the name or add the section: it \
             sets the endpoints.",
            spell_out_hidden(name),
            source(at),
            spell_out_hidden(name)
        ),
        P::BadRegion { region, at } if region.is_empty() => {
            format!("The region is empty ({}). Set one, such as eu-central-1, or remove the line.", source(at))
        }
        P::BadRegion { region, at } => format!(
            "{} is not a region name ({}). Write it like eu-central-1, without quotes or a comment after it.",
            spell_out_hidden(region),
            source(at)
        ),
        P::BadStsEndpoints { value, at } => format!(
            "sts_regional_endpoints is {} ({}). Use regional or legacy.",
            spell_out_hidden(value),
            source(at)
        ),
        P::TokenFile { path, reason } => format!(
            "The web identity token {} cannot be read: {}. Check the program that writes it.",
            shown(path),
            spell_out_hidden(reason)
        ),
        P::Process { profile, why } => process(&spell_out_hidden(profile), why),
        P::NothingAtSource { profile, name, detail } => format!(
            "The profile {} has credential_source = {}, but there are no credentials: {}.",
            spell_out_hidden(profile),
            spell_out_hidden(name),
            spell_out_hidden(detail)
        ),
        P::Provider { profile, detail } => {
            format!("Signing in with {} failed: {}", spell_out_hidden(profile), spell_out_hidden(detail))
        }
        P::SecurityKey { serial } => format!(
            "{} is a security key or passkey, which AWS accepts only in a browser. Register a second MFA device that shows codes, \
             or sign in with `aws login` or IAM Identity Center.",
            spell_out_hidden(serial)
        ),
        P::DeviceExpired => "The request was not confirmed in the browser in time. Sign in again to get a new code.".to_owned(),
        P::DeviceDenied => "The request was denied in the browser. If that was a mistake, sign in again.".to_owned(),
        P::DeviceRefused { start_url, detail } => format!(
            "{} refused the sign-in: {}. Check sso_start_url and sso_region.",
            spell_out_hidden(start_url),
            spell_out_hidden(detail)
        ),
        P::NotAssigned { role, account } => format!(
            "You are signed in, but you are not assigned the role {} in account {}. Ask for it, or correct sso_role_name and \
             sso_account_id.",
            spell_out_hidden(role),
            spell_out_hidden(account)
        ),
        P::TokenNotSaved { reason } => {
            format!("You are signed in, but the session could not be saved: {}", spell_out_hidden(reason))
        }
        P::NoAwsCli => "Signing in with `aws login` needs the AWS CLI, which was not found. Install version 2.32 or later \
                        (https://aws.amazon.com/cli/) and try again."
            .to_owned(),
        P::AwsCliTooOld => "The installed AWS CLI does not have `aws login`. Install version 2.32 or later \
                            (https://aws.amazon.com/cli/) and try again."
            .to_owned(),
        P::AwsCli { said } => format!("`aws login` failed: {}", spell_out_hidden(said)),
        P::Ended { profile: Some(profile) } => format!(
            "The source credentials of {} have expired. Renew them, then try again.",
            spell_out_hidden(profile)
        ),
        P::Ended { profile: None } => {
            "The credentials in the environment have expired. Start Keyfob again with new ones.".to_owned()
        }
        P::SomebodyElse { is } => format!(
            "You signed in as somebody else: {}. The open account has not changed. To use the other identity, choose its account \
             from the list.",
            spell_out_hidden(is)
        ),
    }
}

fn process(profile: &str, why: &ProcessProblem) -> String {
    match why {
        ProcessProblem::NotSplit => format!(
            "The credential_process of {profile} is not a valid command: it is empty, or a quote is not closed. It runs without a \
             shell, so it must be a program and its arguments."
        ),
        ProcessProblem::NotStarted { reason } => {
            format!(
                "The credential_process of {profile} could not be started: {}. It runs without a shell, so it must be a \
                 program and its arguments.",
                spell_out_hidden(reason)
            )
        }
        ProcessProblem::Ended { how, said } if said.is_empty() => {
            format!("The credential_process of {profile} failed with {how} and no output.")
        }
        ProcessProblem::Ended { how, said } => {
            format!("The credential_process of {profile} failed with {how}: {}", spell_out_hidden(said))
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
    spell_out_hidden(&path.display().to_string()).into_owned()
}
