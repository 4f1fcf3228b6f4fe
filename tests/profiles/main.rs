//! Profiles are what the AWS CLI makes of them.
//!
//! `write_resolutions` tells what Keyfob makes of the cases in the folder `KEYFOB_PROFILES`, for `profiles/run.py` to hold it
//! against botocore.

use std::fmt::Write as _;
use std::path::Path;

use aws_types::os_shim_internal::Env;
use keyfob::aws;
use serde_json::Value;

#[tokio::test]
#[ignore = "needs the cases of tests/profiles/run.py, which reads what it writes: run tests/run profiles"]
#[expect(clippy::disallowed_methods, reason = "the folder is not for the program")]
async fn write_resolutions() {
    let folder = std::env::var("KEYFOB_PROFILES").expect("KEYFOB_PROFILES names the folder with the cases");
    let folder = Path::new(&folder);
    let cases = std::fs::read_to_string(folder.join("cases.jsonl")).expect("cases");
    let mut written = String::new();
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).expect("a case");
        let home = folder.join(case["case"].to_string()).display().to_string();
        let variables = case["env"].as_object().expect("an environment");
        let variables = variables.iter().map(|(name, value)| (name.as_str(), value.as_str().expect("text")));
        let variables: Vec<(&str, &str)> = variables.chain([("HOME", home.as_str())]).collect();
        let options = aws::Options { env: Env::from_slice(&variables), ..aws::Options::default() };
        let resolutions = aws::resolutions(&options).await;
        writeln!(written, "{resolutions}").expect("memory");
    }
    std::fs::write(folder.join("resolutions.jsonl"), written).expect("written");
}
