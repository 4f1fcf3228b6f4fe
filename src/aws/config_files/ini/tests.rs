use super::*;

/// The settings of a section, one a line.
fn of(text: &str, header: &str) -> Vec<String> {
    let ini = parse(text.as_bytes());
    let section = ini.sections.iter().find(|section| section.header == header).expect("the section");
    let line = |(name, setting): (&String, &Setting)| match &setting.value {
        Value::Text(text) => format!("{name}={text:?}@{}", setting.line),
        Value::Block(block) => format!("{name}={block:?}@{}", setting.line),
    };
    section.settings.iter().map(line).collect()
}

fn faults(text: &str) -> Vec<(u32, LineFault)> {
    let ini = parse(text.as_bytes());
    let of_sections = ini.sections.into_iter().flat_map(|section| section.faults);
    ini.faults
        .into_iter()
        .chain(ini.for_all)
        .chain(of_sections)
        .map(|fault| (fault.line, fault.what))
        .collect()
}

#[test]
fn values_are_what_python_reads() {
    let text = "[a]\nKey = v # kept\n  ; left out\nother: x = y\n\nlong = one\n  two\n\n   # no\n  three\n\n";
    assert_eq!(of(text, "a"), ["key=\"v # kept\"@2", "long=\"one\\ntwo\\n\\nthree\"@6", "other=\"x = y\"@4"]);
}

#[test]
fn every_line_of_a_section_may_be_indented() {
    assert_eq!(of("  [a]\n  k = v\n  l = w\n", "a"), ["k=\"v\"@2", "l=\"w\"@3"]);
}

#[test]
fn an_indented_block_is_a_table_of_its_own() {
    let text = "[services x]\niam =\n  endpoint_url = http://a\n  B = c\nsts =\n";
    let block = r#"iam={"B": "c", "endpoint_url": "http://a"}@2"#;
    assert_eq!(of(text, "services x"), [block, "sts=\"\"@5"]);
    assert_eq!(faults("[a]\nk =\n  nothing\n"), [(2, LineFault::InBlock { name: "k".into() })]);
}

#[test]
fn the_settings_of_default_count_for_all_sections() {
    assert_eq!(of("[DEFAULT]\nk = v\nl = w\n[a]\nl = own\n", "a"), ["k=\"v\"@2", "l=\"own\"@5"]);
}

#[test]
fn a_header_ends_at_the_last_bracket() {
    let headers = |text: &str| -> Vec<String> {
        parse(text.as_bytes()).sections.into_iter().map(|section| section.header).collect()
    };
    assert_eq!(headers("[a] # b\n[ c ]\n[d]e]\n[]\n[]]"), ["a", " c ", "d]e", "]"]);
}

#[test]
fn lines_end_as_in_any_text_file() {
    assert_eq!(of("[a]\r\nk = v\r\nl = w\rm = x", "a"), ["k=\"v\"@2", "l=\"w\"@3", "m=\"x\"@4"]);
}

#[test]
fn what_python_refuses_is_named_with_its_line() {
    use LineFault as F;
    let text = "early = x\n[a]\n= v\nnothing\nk = v\nk = w\n[a]\nl = x\n[b\nm = y\n";
    let wanted = [
        (1, F::NoSection),
        (3, F::NoName),
        (4, F::NoEquals),
        (6, F::SameSetting { name: "k".into(), line: 5 }),
        (7, F::SameSection { line: 2 }),
    ];
    let found = faults(text);
    for fault in &wanted {
        assert!(found.contains(fault), "{fault:?} is not among {found:?}");
    }
    assert!(found.contains(&(9, F::OpenHeader)), "{found:?}");
    let ini = parse(text.as_bytes());
    assert_eq!(ini.open_headers, [("b".to_owned(), 9)]);
}
