//! Reports as CSV (RFC 4180), safe to open in a spreadsheet.
//!
//! Not for key pairs: programs read those, so nothing in them may be altered.

/// Characters that start a formula in spreadsheets, including their full-width forms.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// One line, with its line end. A cell that would be a formula is prefixed with `'`; control characters are removed.
pub fn report_line(cells: &[&str]) -> String {
    let mut line = cells.iter().map(|cell| shielded(cell)).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

fn shielded(cell: &str) -> String {
    let mut text: String = cell.chars().filter(|c| !c.is_control()).collect();
    // A reader may skip leading tabs and line breaks.
    let begins_oddly = cell.starts_with(char::is_control);
    if begins_oddly || text.trim_start().starts_with(FORMULA) {
        text.insert(0, '\'');
    }
    if text.contains([',', '"', ';']) || text.starts_with(' ') || text.ends_with(' ') {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_cells_stay_as_they_are() {
        assert_eq!(report_line(&["bob", "", "123456789012", "a b"]), "bob,,123456789012,a b\r\n");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for cell in
            ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0=1", " =1", "\u{7f}=1", "＝1", "\u{a0}=1"]
        {
            let line = report_line(&[cell]);
            assert!(line.trim_start_matches('"').starts_with('\''), "{cell:?} became {line:?}");
        }
    }

    #[test]
    fn quotes_and_commas_are_quoted() {
        assert_eq!(
            report_line(&["a,b", "say \"hi\"", "=\"x\",y"]),
            "\"a,b\",\"say \"\"hi\"\"\",\"'=\"\"x\"\",y\"\r\n"
        );
    }

    proptest! {
        #[test]
        fn a_line_is_one_line_of_as_many_cells(cells in proptest::collection::vec(".{0,12}", 1..6)) {
            let texts: Vec<&str> = cells.iter().map(String::as_str).collect();
            let line = report_line(&texts);
            let line = line.strip_suffix("\r\n").unwrap();
            prop_assert!(!line.contains(char::is_control));
            let (mut quoted, mut commas) = (false, 0);
            for c in line.chars() {
                match c {
                    '"' => quoted = !quoted,
                    ',' if !quoted => commas += 1,
                    _ => {}
                }
            }
            prop_assert!(!quoted, "a quote is left open");
            prop_assert_eq!(commas + 1, texts.len());
        }
    }
}
