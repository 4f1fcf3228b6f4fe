//! The pages, in the order of the contents.

use std::sync::OnceLock;

use super::page::Page;

/// A topic of the guide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Topic {
    /// The keyboard shortcuts, generated from their definitions.
    #[default]
    Keyboard,
    /// An index into [`PAGES`].
    Page(usize),
}

/// A file of `assets/help`.
pub(super) struct Source {
    pub file: &'static str,
    text: &'static str,
    read: OnceLock<Page>,
}

macro_rules! pages {
    ($($file:literal),* $(,)?) => {
        [$(Source {
            file: $file,
            text: include_str!(concat!("../../../assets/help/", $file)),
            read: OnceLock::new(),
        }),*]
    };
}

pub(super) static PAGES: [Source; 17] = pages![
    "first-steps.md",
    "signing-in.md",
    "accounts.md",
    "keys.md",
    "batches.md",
    "new-key.md",
    "account-keys.md",
    "activity.md",
    "find.md",
    "settings.md",
    "accessibility.md",
    "networks.md",
    "permissions.md",
    "practice.md",
    "troubleshooting.md",
    "files.md",
    "figures.md",
];

impl Source {
    /// The page, parsed at first use.
    pub(super) fn read(&self) -> &Page {
        self.read.get_or_init(|| Page::of(self.text))
    }

    /// The title, which is the first line.
    pub(super) fn title(&self) -> &'static str {
        self.text.lines().next().unwrap_or_default().trim_start_matches("# ")
    }

    fn has(&self, words: &str) -> bool {
        let text = self.text.to_lowercase();
        words.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

impl Topic {
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Keyboard => "Keyboard shortcuts",
            Self::Page(at) => PAGES.get(at).map_or("", Source::title),
        }
    }

    /// The page with this file name, for links.
    pub(super) fn of_file(file: &str) -> Option<Self> {
        PAGES.iter().position(|page| page.file == file).map(Self::Page)
    }

    /// The topics that contain all of these words.
    pub(super) fn with(words: &str) -> Vec<Self> {
        let pages = PAGES.iter().enumerate().filter(|(_, page)| page.has(words));
        let first = super::shortcuts::has(words).then_some(Self::Keyboard);
        first.into_iter().chain(pages.map(|(at, _)| Self::Page(at))).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::{Finding, PairFormat, Policy};
    use crate::ui::account_keys::Chip;
    use crate::ui::words;

    #[test]
    fn every_file_is_a_page_and_every_link_leads_to_one() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/help");
        let files =
            std::fs::read_dir(folder).expect("the folder").map(|file| file.expect("a file").file_name());
        let files: BTreeSet<String> = files.map(|name| name.into_string().expect("a plain name")).collect();
        assert_eq!(files, PAGES.iter().map(|page| page.file.to_owned()).collect());
        for page in &PAGES {
            for link in page.read().links() {
                assert!(Topic::of_file(link).is_some(), "{} leads to {link}", page.file);
            }
        }
    }

    /// The text of a page from this heading to the next one.
    fn section(file: &str, heading: &str) -> &'static str {
        let page = PAGES.iter().find(|page| page.file == file).expect("the page");
        let (_, after) = page.text.split_once(heading).expect("the heading");
        after.split("\n## ").next().unwrap_or_default().trim()
    }

    /// "Unused for 46 days" is "Unused for N days" there.
    fn without_numbers(text: &str) -> String {
        let word = |word: &str| if word.parse::<u32>().is_ok() { "N".to_owned() } else { word.to_owned() };
        text.split(' ').map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_guide_has_each_finding_and_no_other() {
        let all = [
            Finding::Old { days: 91, limit: 90 },
            Finding::Unused { days: 46 },
            Finding::NeverUsed { days: 8, long: false },
            Finding::SecondActive,
            Finding::SignsForKeyfob,
            Finding::Exempt,
        ];
        for (at, finding) in all.iter().enumerate() {
            // Whoever adds a finding is led here by the compiler.
            let place = match finding {
                Finding::Old { .. } => 0,
                Finding::Unused { .. } => 1,
                Finding::NeverUsed { .. } => 2,
                Finding::SecondActive => 3,
                Finding::SignsForKeyfob => 4,
                Finding::Exempt => 5,
            };
            assert_eq!(place, at);
        }
        let table = section("keys.md", "## Findings").lines().skip(2);
        let cells = table.filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
        let told: BTreeSet<String> = cells.map(without_numbers).collect();
        assert_eq!(told, all.map(|finding| without_numbers(&words::finding(finding))).into());
    }

    #[test]
    fn the_guide_has_each_chip() {
        let table = section("account-keys.md", "## Filtering");
        let policy = Policy::default();
        for chip in Chip::ALL {
            let word = without_numbers(&words::account_keys::chip(*chip, &policy));
            assert!(table.contains(&word), "{word} is missing");
        }
    }

    #[test]
    fn the_guide_has_each_format_in_the_order_of_the_menu() {
        let list = section("new-key.md", "## Formats").lines().next().unwrap_or_default();
        let told: Vec<String> = list.split(';').map(|one| one.replace('`', "").to_lowercase()).collect();
        let formats: Vec<PairFormat> =
            PairFormat::ALL.into_iter().filter(|format| format.is_for_files()).collect();
        assert_eq!(told.len(), formats.len(), "{told:?}");
        for (told, format) in told.iter().zip(formats) {
            let name = format.name().trim_end_matches(" file").to_lowercase();
            assert!(told.contains(&name), "{told} should be {name}");
        }
    }

    #[test]
    fn the_readme_leads_to_each_of_them() {
        let readme = include_str!("../../../README.md");
        for page in &PAGES {
            let link = format!("[{}](assets/help/{})", page.title(), page.file);
            assert!(readme.contains(&link), "{link} is missing");
        }
    }

    #[test]
    fn they_are_found_by_words_in_any_order_and_case() {
        let titles = |words| Topic::with(words).into_iter().map(Topic::title).collect::<Vec<_>>();
        assert_eq!(titles("DEVICE mfa serial"), ["Signing in", "Permissions"]);
        assert_eq!(titles("device xylophone"), [""; 0]);
        assert_eq!(titles("").len(), PAGES.len() + 1);
    }
}
