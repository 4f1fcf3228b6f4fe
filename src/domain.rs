//! Plain types and rules without I/O. Times are UTC; numbers have their unit in the name.

mod about;
mod access_key;
mod account;
mod account_prefs;
mod account_ref;
mod activity_entry;
mod appearance;
mod batch;
mod config_file;
mod console;
mod credential_report;
mod description;
mod failure;
mod finding;
mod inherited_env;
mod intent;
mod key_id;
mod key_list;
mod key_pair;
mod key_report;
mod moment;
mod named_user;
mod network;
mod paging;
mod pair_format;
mod permission;
mod policy;
mod profile;
mod report_csv;
mod request_rate;
mod save_target;
mod secret;
mod secret_like;
mod settings;
mod sign_in;
mod simulated_fault;
mod tables;
mod text;
mod user;
mod workstation;

pub use about::{About, Graphics, NotOpened, RENDERER_VARIABLE, Renderer};
pub use access_key::{AccessKey, KeyId, KeyStatus, LastUse};
pub use account::{
    Account, Caller, Endpoint, EndpointSource, Kind as AccountKind, ServiceEndpoint,
    grouped as grouped_account_id,
};
pub use account_prefs::AccountPrefs;
pub use account_ref::AccountRef;
pub use activity_entry::{ActionKind, ActivityEntry, Outcome, Reason};
pub use appearance::{ReducedMotion, SystemTheme, TextSize, Theme};
pub use batch::{
    Batch, BatchAction, BatchId, BatchKey, BatchRecord, BatchResult, CliTarget, KeptBatch, aws_commands,
    kept_batches, plan_records,
};
pub use config_file::{LineFault, SettingSource};
pub use console::NoConsole;
pub use credential_report::{
    ConsoleAccess, CredentialReport, FetchedReport, NotAReport, ReportProblem, ReportState, ReportedKey,
    ReportedUser,
};
pub use description::{DescriptionFault, description_fault};
pub use failure::{
    Cause, Denial, Failure, Foreign, NotDeleted, NotSwitched, PolicyKind, ProxyRefusal, TlsProblem,
};
pub use finding::{Evidence, Finding, Severity, findings};
pub use inherited_env::InheritedEnv;
pub use intent::{Intent, IntentId};
pub use key_list::{KeyList, OddValues};
pub use key_pair::KeyPair;
pub use key_report::{KeyReport, KeyReportFormat, ReportedFinding, ReportedKeyLine};
pub use moment::{Moment, Past, Steady};
pub use named_user::NamedUser;
pub use network::{
    CaProblem, NamedBy, Network, Proxy, ProxyAddress, ProxyProblem, is_loopback, is_plain_beyond_loopback,
    proxy_address,
};
pub use paging::{Pages, PagingFault};
pub use pair_format::{FormatError, PairFormat, Part};
pub use permission::{Action, Refusal};
pub use policy::{Days, NotAPattern, NotDays, Policy, UserPatterns};
pub use profile::{FileFlaw, Flaw, Profile, ProfileKind, Profiles, SignInChoice};
pub use report_csv::report_line;
pub use request_rate::RequestRate;
pub use save_target::{
    FileContent, FileVersion, ProfileChange, ProfileChangeKind, SaveError, SaveTarget, SavedPair,
};
pub use secret::Secret;
pub use secret_like::without_secrets;
pub use settings::{ClipboardClears, Opened, Settings, SettingsProblem, WindowPlace};
pub use sign_in::{
    DeviceCode, DeviceGrant, MfaAsk, MfaCode, MfaRefused, ProcessProblem, Prompt, PromptReply, SignInInput,
    SignInProblem, SsoSession,
};
pub use simulated_fault::SimulatedFault;
pub use tables::{Sorting, Table, TablePrefs, Tables};
pub use text::spell_out_hidden;
pub use user::{User, UserName, UserOrder};
pub use workstation::{LoginShell, Workstation};

use jiff::Timestamp;

/// Whole days from `then` to `now`; 0 when `then` lies in the future (clocks differ by a few seconds).
pub fn age_days(then: Timestamp, now: Timestamp) -> u32 {
    u32::try_from(now.duration_since(then).as_hours() / 24).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn age_counts_whole_days_and_never_goes_negative() {
        let now: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
        let before = |text: &str| age_days(text.parse().unwrap(), now);
        assert_eq!(before("2026-11-24T11:59:59Z"), 0, "a minute old");
        assert_eq!(before("2026-11-23T12:00:01Z"), 0, "one second short of a day");
        assert_eq!(before("2026-11-23T12:00:00Z"), 1, "a day to the second");
        assert_eq!(before("2026-11-24T12:00:09Z"), 0, "the server's clock is ahead");
    }
}
