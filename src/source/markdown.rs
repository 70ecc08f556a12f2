//! Markdown: events of pulldown-cmark into blocks.
//!
//! Positions come with each event; what is decoded (entities, escapes) stands in events
//! of its own. Front matter between `---` gives title, date and author.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use crate::model::{Block, BlockKind};
use crate::span::Span;

use super::buffer::Buffer;
use super::{Meta, Page, Raw, date, keep_first};

/// Reads a text. O(bytes).
pub(super) fn page(text: &str) -> Page {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader { text, ..Reader::default() };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.event(event, range);
    }
    reader.flush();
    Page { raws: reader.raws, meta: reader.meta, cut: None }
}

#[derive(Default)]
struct Reader<'t> {
    text: &'t str,
    raws: Vec<Raw>,
    meta: Meta,
    buffer: Buffer,
    linked: usize,
    links: u32,
    level: u8,
    /// Depth of list items.
    items: u32,
    head: bool,
    cells: Vec<Span>,
    cell: Option<usize>,
    /// Inside something that is not read: code, pictures, HTML, front matter.
    skip: u32,
    front: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range.start),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.front => front_matter(&text, &mut self.meta),
            Event::Text(text) => self.push(&text, range),
            Event::Code(text) => self.code(&text, range),
            Event::SoftBreak | Event::HardBreak => self.buffer.space(range.start),
            Event::Rule => self.flush(),
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    fn push(&mut self, text: &str, range: Range<usize>) {
        if self.skip > 0 {
            return;
        }
        let before = self.buffer.len();
        if self.text.get(range.start..range.start + text.len()) == Some(text) {
            self.buffer.push(text, range.start);
        } else {
            // Decoded: every character stands where the entity or escape does.
            text.chars().for_each(|c| self.buffer.push_char(c, range.start));
        }
        if self.links > 0 {
            self.linked += self.buffer.len() - before;
        }
    }

    /// Code in a line: its range holds the back-ticks too.
    fn code(&mut self, text: &str, range: Range<usize>) {
        let inside = self.text.get(range.clone()).and_then(|t| t.find(text)).unwrap_or(0);
        self.push(text, Range { start: range.start + inside, end: range.end });
    }

    fn start(&mut self, tag: &Tag<'_>, at: usize) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.level = heading(*level);
            }
            Tag::Item => {
                self.flush();
                self.items += 1;
            }
            Tag::Paragraph
            | Tag::BlockQuote(_)
            | Tag::List(_)
            | Tag::Table(_)
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList => self.flush(),
            Tag::TableHead => self.head = true,
            Tag::TableCell => {
                if !self.cells.is_empty() {
                    self.buffer.space(at);
                    self.buffer.push_char('|', at);
                    self.buffer.space(at);
                }
                self.cell = Some(self.buffer.len());
            }
            Tag::Link { .. } => self.links += 1,
            Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock => {
                if !matches!(tag, Tag::Image { .. }) {
                    self.flush();
                }
                self.skip += 1;
            }
            Tag::MetadataBlock(MetadataBlockKind::YamlStyle) => self.front = true,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.flush();
                self.level = 0;
            }
            TagEnd::Item => {
                self.flush();
                self.items = self.items.saturating_sub(1);
            }
            TagEnd::TableCell => {
                if let Some(start) = self.cell.take() {
                    let end = self.buffer.len();
                    let start = if end > start && start > 0 { start + 1 } else { start };
                    self.cells.push(Span::new(start.min(end), end));
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                self.flush();
                self.head = false;
            }
            TagEnd::Paragraph | TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Table | TagEnd::FootnoteDefinition => {
                self.flush()
            }
            TagEnd::Link => self.links = self.links.saturating_sub(1),
            TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock => self.skip = self.skip.saturating_sub(1),
            TagEnd::MetadataBlock(_) => self.front = false,
            _ => {}
        }
    }

    fn flush(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        let linked = std::mem::take(&mut self.linked);
        if self.buffer.is_empty() {
            return;
        }
        let kind = match () {
            () if !cells.is_empty() && self.head => BlockKind::TableHead,
            () if !cells.is_empty() => BlockKind::TableRow,
            () if self.level > 0 => BlockKind::Heading,
            () if self.items > 0 => BlockKind::ListItem,
            () => BlockKind::Paragraph,
        };
        let block = Block { kind, text: self.buffer.take(), cells };
        self.raws.push(Raw { level: self.level, linked, ..Raw::new(block) });
    }
}

fn heading(level: HeadingLevel) -> u8 {
    level as u8
}

/// `key: value` lines.
fn front_matter(text: &str, meta: &mut Meta) {
    for line in text.lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim().trim_matches(['"', '\'']).to_owned();
        match key.trim().to_ascii_lowercase().as_str() {
            "title" => keep_first(&mut meta.headline, value),
            "author" | "by" => keep_first(&mut meta.author, value),
            "date" | "published" => meta.published = meta.published.or_else(|| date::machine(&value)),
            "source" | "outlet" | "publisher" | "site" => keep_first(&mut meta.site, value),
            _ => {}
        }
    }
}
