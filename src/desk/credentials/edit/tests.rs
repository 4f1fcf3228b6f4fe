use super::*;

/// Edits the profile `ci` with the pair `AKIANEW`, `new/+=`.
fn edited(before: &[u8]) -> Result<Edit, EditError> {
    let profile = ProfileName::parse("ci").unwrap();
    edit(before, &profile, &KeyId::new("AKIANEW"), &Secret::new("new/+=".to_owned()))
}

fn after(before: &str) -> String {
    String::from_utf8(edited(before.as_bytes()).ok().unwrap().after.to_vec()).unwrap()
}

fn change(before: &str) -> Change {
    edited(before.as_bytes()).ok().unwrap().change
}

fn refusal(before: &str) -> EditError {
    edited(before.as_bytes()).err().unwrap()
}

const PAIR: &str = "aws_access_key_id = AKIANEW\naws_secret_access_key = new/+=\n";

#[test]
fn a_new_profile_is_appended_in_the_style_of_the_file() {
    assert_eq!(after(""), format!("[ci]\n{PAIR}"));
    assert_eq!(after("[a]\nx = 1\n"), format!("[a]\nx = 1\n\n[ci]\n{PAIR}"));
    assert_eq!(after("[a]\nx = 1"), format!("[a]\nx = 1\n\n[ci]\n{PAIR}"), "no final line end");
    assert_eq!(after("[a]\n\n"), format!("[a]\n\n[ci]\n{PAIR}"), "an empty line is there");
    assert_eq!(after("[a]\r\nx=1\r\n"), format!("[a]\nx=1\n\n[ci]\n{PAIR}").replace('\n', "\r\n"));
    assert_eq!(after("\u{FEFF}"), format!("\u{FEFF}[ci]\n{PAIR}"), "a byte order mark alone");
    assert_eq!(after("[profile ci]\n"), format!("[profile ci]\n\n[ci]\n{PAIR}"), "is another name here");
    assert_eq!(after("[CI]\n"), format!("[CI]\n\n[ci]\n{PAIR}"), "names differ by case");
}

#[test]
fn values_are_replaced_and_nothing_beside_them() {
    let before = "# mine\r\n[ci]\n\tx\n";
    assert_eq!(refusal(before), EditError::Indented { line: 3 });
    assert_eq!(
        after(
            "[a]\naws_access_key_id = A\n[ci]  ; c\nAWS_Access_Key_ID=\tOLD  \r\n# c\naws_secret_access_key   =   old\n\n[b]"
        ),
        "[a]\naws_access_key_id = A\n[ci]  ; c\nAWS_Access_Key_ID=\tAKIANEW\r\n# c\naws_secret_access_key   =   new/+=\n\n[b]"
    );
    assert_eq!(
        after("[ci]\naws_access_key_id =\naws_secret_access_key="),
        "[ci]\naws_access_key_id =AKIANEW\naws_secret_access_key=new/+="
    );
}

#[test]
fn the_missing_half_is_put_beside_the_other() {
    assert_eq!(after("[ci]"), format!("[ci]\n{PAIR}"));
    assert_eq!(after("[ci]\nregion = x\n"), format!("[ci]\n{PAIR}region = x\n"));
    assert_eq!(after("[ci]\nr=x\naws_access_key_id = O"), format!("[ci]\nr=x\n{PAIR}"));
    assert_eq!(
        after("[ci]\naws_secret_access_key = o\nr=x"),
        "[ci]\naws_secret_access_key = new/+=\naws_access_key_id = AKIANEW\nr=x"
    );
}

#[test]
fn a_comment_after_a_value_gets_a_line_of_its_own() {
    let before = "[ci]\naws_access_key_id = OLD # old key\naws_secret_access_key = a#b\t;x";
    let expected = "[ci]\n# old key\naws_access_key_id = AKIANEW\n;x\naws_secret_access_key = new/+=";
    assert_eq!(after(before), expected);
    assert!(!format!("{:?}", change(before)).contains("old key"), "comments may hold secrets");
    assert_eq!(
        after("[ci]\r\naws_access_key_id = # c\r\n"),
        format!("[ci]\n# c\n{PAIR}").replace('\n', "\r\n")
    );
}

#[test]
fn the_token_of_a_temporary_pair_goes_and_is_named() {
    let before = "[ci]\naws_access_key_id = ASIAOLD\naws_session_token = tok==\naws_secret_access_key = o\naws_security_token=t\n";
    assert_eq!(after(before), format!("[ci]\n{PAIR}"));
    let removed: Vec<_> =
        change(before).lines.into_iter().filter(|line| line.what == LineChange::Removed).collect();
    assert_eq!(removed[0].text, "aws_session_token = ••••");
    assert_eq!((removed[0].number, removed[1].number), (3, 5));
}

#[test]
fn a_preview_shows_everything_except_the_secret() {
    let change = change("[ci]\naws_secret_access_key = hush\naws_access_key_id = AKIAOLD\n");
    assert_eq!(change.kind, ChangeKind::Replaced { old: Some(KeyId::new("AKIAOLD")) });
    let line = |number, text: &str| ChangedLine { what: LineChange::Replaced, number, text: text.to_owned() };
    assert_eq!(
        change.lines,
        [line(2, "aws_secret_access_key = ••••"), line(3, "aws_access_key_id = AKIANEW")]
    );
    assert_eq!(self::change("[ci]\nr=x").kind, ChangeKind::KeysAdded);
    assert_eq!(self::change("[a]\n").kind, ChangeKind::NewSection);
    assert_eq!(self::change("[a]\n").lines[0].number, 3, "after an empty line");
}

#[test]
fn a_secret_in_the_place_of_the_id_is_not_shown() {
    let swapped = "[ci]\naws_access_key_id = wJalrXUtnFEMIxK7MDENGxbPxRfiCYEXAMPLEKEY\n";
    assert_eq!(change(swapped).kind, ChangeKind::Replaced { old: None });
}

#[test]
fn content_that_may_interfere_is_reported() {
    let notes =
        change("\u{FEFF}[DEFAULT]\naws_session_token = t\n[ci]\nCredential_Process = x\n[b]\n[b]\n").notes;
    let expected = [
        Note::OtherCredentials { key: "credential_process", line: 4 },
        Note::OtherCredentials { key: "aws_session_token", line: 2 },
        Note::SectionTwice { line: 6 },
        Note::ByteOrderMark,
    ];
    assert_eq!(notes, expected);
    assert_eq!(edited(b"[a]\nx = \xFF\n").ok().unwrap().change.notes, [Note::NotUtf8]);
    assert_eq!(change("[a]\nrole_arn = x\n").notes, [], "of another profile");
}

#[test]
fn what_stands_twice_is_refused_with_both_lines() {
    assert_eq!(refusal("[ci]\n[b]\n[ci]"), EditError::SectionTwice { first: 1, second: 3 });
    let key = "aws_access_key_id";
    let twice = "[ci]\naws_access_key_id=A\nAWS_ACCESS_KEY_ID=B\n";
    assert_eq!(refusal(twice), EditError::KeyTwice { key, first: 2, second: 3 });
}

#[test]
fn what_programs_read_differently_is_refused() {
    for header in ["[ ci ]", "[ci ]", " [ci]", "[ci] x", "[ci", "\u{C}[ci]", "[ci] # ]", "[ci#]", "[[ci]]"] {
        assert_eq!(refusal(&format!("[a]\n{header}\n")), EditError::Unclear { line: 2 }, "{header:?}");
        assert_eq!(refusal(&format!("[ci]\n[a]\n{header}\n")), EditError::Unclear { line: 3 }, "{header:?}");
    }
    for entry in ["aws_access_key_id : A", "aws_access_key_id\u{A0}= A", "aws_access_\u{212A}ey_id = A", "[b"]
    {
        assert_eq!(refusal(&format!("[ci]\n{entry}\n")), EditError::Unclear { line: 2 }, "{entry:?}");
    }
    for text in
        ["[ci]\n  r = x", "[ci]\naws_access_key_id = A\n\n  # c", "[ci]\naws_session_token=t\n\u{A0}x"]
    {
        assert!(matches!(refusal(text), EditError::Indented { .. }), "{text:?}");
    }
    for skipped in ["r : x", "junk", "= x", "a ;b = x"] {
        let text = format!("[ci]\naws_access_key_id = A\n{skipped}\n more = 1");
        assert_eq!(refusal(&text), EditError::Indented { line: 4 }, "{skipped:?} is no entry to all");
    }
    assert_eq!(refusal("# a\r[ci]\n"), EditError::CarriageReturn { line: 1 });
    assert_eq!(edited(b"\xFF\xFE[\0").err(), Some(EditError::NotText));
    assert_eq!(edited(b"[ci]\n\xA0x\n").err(), Some(EditError::Indented { line: 2 }));
}

#[test]
fn what_goes_on_elsewhere_is_left_alone() {
    let before = "junk\n [x\n[ a ]\n  b\n[s]\n[s]\ns3 =\n  max = 1\n[ci]\ns3 =\n  max = 1\n# c\n";
    let expected = before.replace("[ci]\n", &format!("[ci]\n{PAIR}"));
    assert_eq!(after(before), expected);
}

#[test]
fn values_that_could_be_more_than_values_are_refused() {
    let profile = ProfileName::parse("ci").unwrap();
    let edit = |id: &str, secret: &str| edit(b"", &profile, &KeyId::new(id), &Secret::new(secret.to_owned()));
    assert_eq!(edit("A\ncredential_process = x", "s").err(), Some(EditError::Id));
    assert_eq!(edit("A", "s\r[x]").err(), Some(EditError::Secret));
    assert_eq!(edit("A", "").err(), Some(EditError::Secret));
}

#[test]
fn the_buffer_never_grows_and_so_leaves_no_copy_behind() {
    let profile = ProfileName::parse("ci").unwrap();
    let (id, secret) = (KeyId::new("AKIANEW"), Secret::new("new/+=".to_owned()));
    for before in ["", "[a]", "[ci]", "[ci]\r\naws_access_key_id= #c\r\naws_secret_access_key= #c"] {
        let room = Draft::new(before.len(), &profile, &id, &secret).after.capacity();
        let after = edited(before.as_bytes()).ok().unwrap().after;
        assert_eq!(after.capacity(), room, "{before:?}");
    }
}
