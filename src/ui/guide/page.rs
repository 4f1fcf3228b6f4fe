//! A page of the guide, parsed into blocks.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A block of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Title(String),
    Section(String),
    Paragraph(Text),
    List {
        numbered: bool,
        items: Vec<Text>,
    },
    /// The first row is the header.
    Table(Vec<Vec<Text>>),
    Code(String),
}

/// Pieces of text that wrap together.
pub(super) type Text = Vec<Piece>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub text: String,
    pub look: Look,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    /// Names of controls, and emphasis.
    Strong,
    Code,
    /// A link to another page, by its file name.
    Link(String),
}

#[derive(Debug, Default)]
pub(super) struct Page {
    pub blocks: Vec<Block>,
}

impl Page {
    /// Parses Markdown with tables. Ignores unsupported elements; the tests check that no page has any.
    pub(super) fn of(markdown: &str) -> Self {
        let mut reader = Reader::default();
        for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
            reader.take(event);
        }
        Self { blocks: reader.blocks }
    }

    #[cfg(test)]
    pub(super) fn links(&self) -> Vec<&str> {
        let texts = self.blocks.iter().flat_map(|block| match block {
            Block::Paragraph(text) => vec![text],
            Block::List { items, .. } => items.iter().collect(),
            Block::Table(rows) => rows.iter().flatten().collect(),
            Block::Title(_) | Block::Section(_) | Block::Code(_) => Vec::new(),
        });
        let pieces = texts.flatten();
        pieces
            .filter_map(|piece| if let Look::Link(to) = &piece.look { Some(to.as_str()) } else { None })
            .collect()
    }
}

/// The state of the parser.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    text: Text,
    items: Vec<Text>,
    cells: Vec<Text>,
    rows: Vec<Vec<Text>>,
    strong: bool,
    link: Option<String>,
    /// Inside a code block.
    code: bool,
    numbered: bool,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.piece(&text, None),
            Event::Code(text) => self.piece(&text, Some(Look::Code)),
            Event::SoftBreak | Event::HardBreak => self.piece(" ", None),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong | Tag::Emphasis => self.strong = true,
            Tag::Link { dest_url, .. } => self.link = Some(dest_url.into_string()),
            Tag::List(first) => self.numbered = first.is_some(),
            Tag::CodeBlock(_) => self.code = true,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong | TagEnd::Emphasis => self.strong = false,
            TagEnd::Link => self.link = None,
            TagEnd::Heading(level) => {
                let text = self.plain();
                self.blocks.push(if level == HeadingLevel::H1 {
                    Block::Title(text)
                } else {
                    Block::Section(text)
                });
            }
            TagEnd::Paragraph => {
                let text = std::mem::take(&mut self.text);
                self.blocks.push(Block::Paragraph(text));
            }
            TagEnd::Item => self.items.push(std::mem::take(&mut self.text)),
            TagEnd::List(_) => {
                let items = std::mem::take(&mut self.items);
                self.blocks.push(Block::List { numbered: self.numbered, items });
            }
            TagEnd::TableCell => self.cells.push(std::mem::take(&mut self.text)),
            TagEnd::TableHead | TagEnd::TableRow => self.rows.push(std::mem::take(&mut self.cells)),
            TagEnd::Table => self.blocks.push(Block::Table(std::mem::take(&mut self.rows))),
            TagEnd::CodeBlock => {
                self.code = false;
                let text = self.plain();
                self.blocks.push(Block::Code(text.trim_end().to_owned()));
            }
            _ => {}
        }
    }

    fn piece(&mut self, text: &str, look: Option<Look>) {
        let look = look.unwrap_or_else(|| match &self.link {
            Some(to) => Look::Link(to.clone()),
            None if self.strong => Look::Strong,
            None => Look::Plain,
        });
        match self.text.last_mut() {
            Some(last) if last.look == look => last.text.push_str(text),
            _ => self.text.push(Piece { text: text.to_owned(), look }),
        }
    }

    fn plain(&mut self) -> String {
        std::mem::take(&mut self.text).into_iter().map(|piece| piece.text).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::pages::PAGES;
    use super::*;

    fn piece(text: &str, look: Look) -> Piece {
        Piece { text: text.to_owned(), look }
    }

    #[test]
    fn it_is_taken_apart() {
        let page = Page::of(
            "# A\n\n## B\n\nOne `two`\n*three* [four](five.md).\n\n- a\n- **b**\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n```json\n{\n  1\n}\n```\n",
        );
        let plain = |text: &str| vec![piece(text, Look::Plain)];
        let expected = [
            Block::Title("A".into()),
            Block::Section("B".into()),
            Block::Paragraph(vec![
                piece("One ", Look::Plain),
                piece("two", Look::Code),
                piece(" ", Look::Plain),
                piece("three", Look::Strong),
                piece(" ", Look::Plain),
                piece("four", Look::Link("five.md".into())),
                piece(".", Look::Plain),
            ]),
            Block::List { numbered: false, items: vec![plain("a"), vec![piece("b", Look::Strong)]] },
            Block::Table(vec![vec![plain("x"), plain("y")], vec![plain("1"), plain("2")]]),
            Block::Code("{\n  1\n}".into()),
        ];
        assert_eq!(page.blocks, expected);
        assert_eq!(page.links(), ["five.md"]);
    }

    /// Nested lists, quotations, HTML and pictures would be lost.
    #[test]
    fn no_page_has_what_is_not_drawn() {
        for source in &PAGES {
            let text = std::fs::read_to_string(format!(
                concat!(env!("CARGO_MANIFEST_DIR"), "/assets/help/{}"),
                source.file
            ));
            let text = text.expect("the page");
            let mut depth = 0;
            for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
                match event {
                    Event::Start(Tag::List(_)) => depth += 1,
                    Event::End(TagEnd::List(_)) => depth -= 1,
                    Event::Start(
                        Tag::Paragraph
                        | Tag::Heading { level: HeadingLevel::H1 | HeadingLevel::H2, .. }
                        | Tag::Item
                        | Tag::Table(_)
                        | Tag::TableHead
                        | Tag::TableRow
                        | Tag::TableCell
                        | Tag::CodeBlock(_)
                        | Tag::Strong
                        | Tag::Emphasis
                        | Tag::Link { .. },
                    )
                    | Event::End(_)
                    | Event::Text(_)
                    | Event::Code(_)
                    | Event::SoftBreak => {}
                    other => panic!("{}: {other:?}", source.file),
                }
                assert!(depth <= 1, "{}: a list in a list", source.file);
            }
            let loose = source.read().blocks.windows(2).any(|pair| {
                matches!(pair, [Block::Paragraph(_), Block::List { items, .. }] if items.iter().any(Vec::is_empty))
            });
            assert!(!loose, "{}: empty lines between the items of a list", source.file);
        }
    }
}
