//! An invalid line affects only one profile, and nothing on disk is changed.

use keyfob::domain::{Caller, Flaw, Profiles};
use keyfob::ui::words;

use crate::stand::Stand;

const KEYS: &str = "aws_access_key_id = AKIABASE\naws_secret_access_key = secret\n";

fn names(found: &Profiles) -> Vec<&str> {
    found.list.iter().map(|profile| profile.name.as_str()).collect()
}

fn titles(found: &Profiles) -> Vec<String> {
    found.flaws.iter().map(|flaw| words::flaw(flaw).0).collect()
}

#[tokio::test]
async fn a_bad_line_is_named_and_the_other_profiles_can_be_opened() {
    let config = format!("[profile bad]\n{KEYS}rolearn\n\n[profile good]\n{KEYS}");
    let stand = Stand::new(&config).await;
    let found = stand.find().await;
    assert_eq!(names(&found), ["bad", "good"]);
    let path = stand.path(".aws/config").display().to_string();
    assert_eq!(titles(&found), [format!("{path}, line 4, cannot be read")]);
    let flawed: Vec<bool> = found.list.iter().map(|profile| profile.flaw.is_some()).collect();
    assert_eq!(flawed, [true, false]);
    stand.open("good").await;
    let sentence = stand.sentence("bad").await;
    assert!(sentence.starts_with(&format!("{path}, line 4: The line has no = sign")), "{sentence}");
    assert_eq!(std::fs::read_to_string(path).expect("the file"), config, "nothing on disk is changed");
}

/// Lines below a broken header belong to no profile, least of all the one above.
#[tokio::test]
async fn lines_below_a_broken_header_go_to_no_other_profile() {
    let stand = Stand::new(&format!(
        "[profile a]\n{KEYS}[profile b\naws_access_key_id = AKIAOTHER\naws_secret_access_key = other\n"
    ))
    .await;
    let found = stand.find().await;
    assert_eq!(names(&found), ["a", "b"]);
    assert!(matches!(&found.flaws[..], [flaw] if flaw.line == 4), "{:?}", found.flaws);
    // The line is in the section of a, and its meaning is unknown.
    assert!(stand.sentence("a").await.contains("line 4"));
    assert!(stand.sentence("b").await.contains("line 4"), "the other file may have more of b");
}

#[tokio::test]
async fn a_profile_that_takes_its_credentials_from_a_damaged_one_cannot_be_used_either() {
    let stand = Stand::new(&format!(
        "[profile base]\n{KEYS}nonsense\n\
         [profile r]\nsource_profile = base\nrole_arn = arn:aws:iam::123456789012:role/R\n"
    ))
    .await;
    assert!(stand.sentence("r").await.contains("line 4"));
}

#[tokio::test]
async fn every_bad_line_of_both_files_is_named() {
    let stand = Stand::new("early = line\n[profile x]\n= value\nnothing\n").await;
    stand.write(".aws/credentials", format!("[good]\n{KEYS}[broken\n"));
    let found = stand.find().await;
    let lines: Vec<u32> = found.flaws.iter().map(|flaw| flaw.line).collect();
    assert_eq!(lines, [1, 3, 4, 4]);
    assert_eq!(names(&found), ["broken", "good", "x"]);
}

#[tokio::test]
async fn sections_that_the_aws_cli_ignores_are_named() {
    let stand = Stand::new(&format!(
        "[bare]\n{KEYS}[ profile early]\n{KEYS}[profile \"quoted\"]\n{KEYS}[plugins]\na = b\n[profile a b]\n"
    ))
    .await;
    let found = stand.find().await;
    assert_eq!(names(&found), ["quoted"]);
    let path = stand.path(".aws/config").display().to_string();
    assert_eq!(
        titles(&found),
        [
            format!("{path}, line 1: [bare] is ignored"),
            format!("{path}, line 4: [‹U+0020›profile early] is ignored"),
            format!("{path}, line 12: [profile a b] is ignored")
        ]
    );
}

#[tokio::test]
async fn a_byte_order_mark_is_harmless_and_reported() {
    let stand = Stand::new(&format!("\u{FEFF}[profile keys]\n{KEYS}")).await;
    let found = stand.find().await;
    assert!(matches!(&found.flaws[..], [flaw] if flaw.what == Flaw::ByteOrderMark), "{:?}", found.flaws);
    assert!(matches!(stand.open("keys").await.caller, Caller::User(_)));
}

#[tokio::test]
async fn a_file_that_is_not_utf_8_is_named_and_the_other_one_is_used() {
    let stand = Stand::new("").await;
    stand.write(".aws/config", b"\xFF\xFE[\0p\0");
    stand.write(".aws/credentials", format!("[keys]\n{KEYS}"));
    let found = stand.find().await;
    assert!(titles(&found)[0].ends_with("is not UTF-8"));
    stand.open("keys").await;
}

#[tokio::test]
async fn files_are_looked_for_where_the_environment_says() {
    let mut stand = Stand::new("").await;
    stand.write("elsewhere/config", format!("[profile there]\n{KEYS}"));
    stand.set("AWS_CONFIG_FILE", "~/elsewhere/config");
    let found = stand.find().await;
    assert_eq!(names(&found), ["there"]);
    assert_eq!(found.files, ["~/elsewhere/config"]);
}

#[tokio::test]
async fn a_workstation_without_files_is_fine() {
    let stand = Stand::new("").await;
    std::fs::remove_file(stand.path(".aws/config")).expect("removed");
    let found = stand.find().await;
    assert_eq!((found.list.len(), found.flaws.len(), found.files.len()), (0, 0, 0));
}
