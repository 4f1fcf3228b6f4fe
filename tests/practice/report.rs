//! The credential report: its states, its errors, and that it lags.

use aws_sdk_iam::types::ReportStateType;
use jiff::Timestamp;
use keyfob::domain::{CredentialReport, KeyStatus, LastUse};

use crate::{START, Stage, assert_refused, run};

const FOUR_HOURS: i64 = 4 * 3600;

async fn generate(stage: &Stage) -> ReportStateType {
    let answer = stage.iam.generate_credential_report().send().await.expect("an answer");
    answer.state.expect("a state")
}

async fn get(stage: &Stage) -> (String, i64) {
    let answer = stage.iam.get_credential_report().send().await.expect("a report");
    let made = answer.generated_time.expect("a time").secs();
    (String::from_utf8(answer.content.expect("content").into_inner()).expect("text"), made)
}

fn parse(csv: &str) -> CredentialReport {
    CredentialReport::parse(csv.as_bytes(), Timestamp::UNIX_EPOCH).expect("a report")
}

#[test]
fn it_is_made_on_demand_and_stays_the_same_for_four_hours() {
    run(async {
        let stage = Stage::story();
        let absent = "No report present. Generate a report first.";
        assert_refused(stage.iam.get_credential_report().send().await, 410, "ReportNotPresent", absent);
        assert_eq!(generate(&stage).await, ReportStateType::Started);
        assert_eq!(generate(&stage).await, ReportStateType::Inprogress);
        let busy = "Report generation is in progress.";
        assert_refused(stage.iam.get_credential_report().send().await, 404, "ReportInProgress", busy);
        let first = get(&stage).await;
        assert_eq!(first.1, START);

        stage.create("carol").await;
        stage.wait(FOUR_HOURS - 1);
        assert_eq!(generate(&stage).await, ReportStateType::Complete);
        assert_eq!(get(&stage).await, first, "it lags behind what was done");

        stage.wait(1);
        let expired = "The report has expired. Generate a new report.";
        assert_refused(stage.iam.get_credential_report().send().await, 410, "ReportExpired", expired);
        assert_eq!(generate(&stage).await, ReportStateType::Started);
        stage.iam.get_credential_report().send().await.expect_err("it is in progress");
        let (csv, made) = get(&stage).await;
        assert_eq!(made, START + FOUR_HOURS);
        let keys = |csv: &str| {
            let users = parse(csv).users;
            users.into_iter().find(|user| user.name.as_str() == "carol").expect("carol").keys.len()
        };
        assert_eq!((keys(&first.0), keys(&csv)), (0, 1));
    });
}

#[test]
fn it_has_the_keys_of_the_lists() {
    run(async {
        let stage = Stage::crowd(200);
        generate(&stage).await;
        stage.iam.get_credential_report().send().await.expect_err("it is in progress");
        let report = parse(&get(&stage).await.0);
        assert_eq!((report.users.len(), report.problems.len()), (200, 0));
        let root = report.root.expect("the root user");
        assert_eq!(root.keys.iter().map(|key| key.status).collect::<Vec<_>>(), [KeyStatus::Active]);
        for user in report.users {
            let listed = stage.iam.list_access_keys().user_name(user.name.as_str()).send().await;
            let listed = listed.expect("a list").access_key_metadata;
            assert_eq!(user.keys.len(), listed.len().min(2), "{}", user.name);
            for (reported, listed) in user.keys.iter().zip(&listed) {
                let created = reported.created.map(Timestamp::as_second);
                assert_eq!(created, listed.create_date.map(|date| date.secs()), "{}", user.name);
                let id = listed.access_key_id().expect("an id");
                let used = stage.iam.get_access_key_last_used().access_key_id(id).send().await;
                let used = used.expect("an answer").access_key_last_used.expect("a last use");
                match reported.last_use.as_ref().expect("reported") {
                    LastUse::Never => assert_eq!(used.last_used_date, None, "{}", user.name),
                    LastUse::At { when, service, region } => {
                        // The signing key is used all the time.
                        let now = (Some(when.as_second()), service.as_deref(), region.as_deref());
                        let date = used.last_used_date.map(|date| date.secs());
                        let told = (date, Some(used.service_name.as_str()), Some(used.region.as_str()));
                        assert!(
                            now == told || user.name.as_str() == "anna",
                            "{}: {now:?}, {told:?}",
                            user.name
                        );
                    }
                }
            }
        }
    });
}
