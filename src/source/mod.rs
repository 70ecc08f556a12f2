//! From the bytes of a file to a document: formats, articles, page furniture, positions.
//!
//! ```text
//! bytes ─ decode ─► text ─ plain | markdown | html ─► Page (raw blocks) ─ furniture, article, front, origin ─► Document
//! ```
//!
//! Every [`Text`] of the result leads back to bytes of the file. The
//! wordings are data: `graph-schema/patterns/page.ron`. No file is opened here.

mod article;
mod buffer;
mod cues;
mod date;
mod decode;
mod diagnostics;
mod entities;
mod front;
mod furniture;
mod html;
mod letters;
mod markdown;
mod origin;
mod plain;

use std::sync::LazyLock;

use crate::diagnostic::Diagnostic;
use crate::model::{Block, BlockKind, Document, PartialDate, Text};
use crate::schema::page::PagePatterns;
use crate::schema::patterns::Patterns;
use crate::span::Span;

use self::cues::Cues;
use self::diagnostics::{Refused, Remark};

/// What reading a file gave: a document, unless it cannot be read, and what there is to say of it.
pub type Reading = (Option<Document>, Vec<Diagnostic>);

/// What a file is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    Plain,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
}

/// The largest file that is read unless a [`Reader`] is told otherwise: 1 GiB.
pub const DEFAULT_LIMIT: u64 = 1 << 30;

/// Reads files by the wordings of a schema.
#[derive(Debug)]
pub struct Reader {
    cues: Cues,
    limit: u64,
}

impl Reader {
    /// A reader that goes by `patterns`.
    #[must_use]
    pub fn new(patterns: &PagePatterns) -> Self {
        Self { cues: Cues::new(patterns), limit: DEFAULT_LIMIT }
    }

    /// The same, but for files of up to `bytes`; positions allow no more than 4 GiB.
    #[must_use]
    pub fn with_limit(self, bytes: u64) -> Self {
        Self { limit: bytes.min(u64::from(u32::MAX) - 1), ..self }
    }

    /// Reads a file; the format is told by the ending of `id` and by the bytes. O(bytes).
    ///
    /// A file that cannot be read gives no document and says why; what was guessed or left out is said beside the
    /// document (codes `S101` to `S111`).
    #[must_use]
    pub fn read(&self, id: &str, bytes: &[u8]) -> Reading {
        match self.read_file(id, bytes) {
            Ok((document, remarks)) => (Some(document), remarks.into_iter().map(|r| r.diagnostic(id)).collect()),
            Err(refused) => (None, vec![refused.diagnostic(id)]),
        }
    }

    fn read_file(&self, id: &str, bytes: &[u8]) -> Result<(Document, Vec<Remark>), Refused> {
        if bytes.len() as u64 > self.limit {
            return Err(Refused::Large { bytes: bytes.len() as u64, limit: self.limit });
        }
        let decoded = decode::decode(bytes).map_err(|decode::Fault::Binary(what)| Refused::NoText(what))?;
        if decoded.text.chars().all(|c| c.is_whitespace() || buffer::is_invisible(c)) {
            return Err(Refused::Empty);
        }
        let mut remarks: Vec<Remark> = decoded.note.clone().map(Remark::from).into_iter().collect();
        remarks.extend(diagnostics::controls(bytes, &decoded));
        let mut page = match format_of(id, &decoded.text) {
            Format::Plain => plain::page(&decoded.text),
            Format::Markdown => markdown::page(&decoded.text),
            Format::Html => html::page(&decoded.text, &self.cues),
        };
        remarks.extend(page.cut.map(Remark::Cut));
        let long = article::cut_long(&mut page.raws);
        let sentence = page.raws.iter().find_map(|r| diagnostics::endless(&r.block.text));
        let mut articles = article::articles(page, &self.cues);
        if articles.iter().all(|a| a.date.is_none()) {
            let date = date_in_name(id);
            articles.iter_mut().for_each(|a| a.date = date);
        }
        for article in &mut articles {
            let texts = article.blocks.iter_mut().map(|b| &mut b.text).chain(article.title.as_mut());
            texts.for_each(|text| decoded.place(text));
        }
        let in_file = |span: Span| Span { start: decoded.file_offset(span.start), end: decoded.file_offset(span.end) };
        remarks.extend(long.map(|span| Remark::LongParagraph(in_file(span))));
        remarks.extend(sentence.map(|span| Remark::LongSentence(in_file(span))));
        if !articles.iter().flat_map(|a| &a.blocks).any(|b| !matches!(b.kind, BlockKind::Furniture | BlockKind::Heading)) {
            remarks.push(Remark::NoArticle);
        }
        let hash = blake3::hash(bytes).to_hex()[..32].to_owned();
        Ok((Document { id: id.to_owned(), hash, articles }, remarks))
    }
}

static BUILTIN: LazyLock<Reader> = LazyLock::new(|| Reader::new(&Patterns::builtin().page));

/// Reads a file by the wordings that are compiled in: [`Reader::read`].
#[must_use]
pub fn read(id: &str, bytes: &[u8]) -> Reading {
    BUILTIN.read(id, bytes)
}

/// The format of a text, by the ending of its name, else by how it begins.
fn format_of(id: &str, text: &str) -> Format {
    let ending = id.rsplit(['/', '\\']).next().and_then(|name| name.rsplit_once('.')).map(|(_, e)| e.to_ascii_lowercase());
    match ending.as_deref() {
        Some("html" | "htm" | "xhtml") => Format::Html,
        Some("md" | "markdown" | "mdown" | "mkd") => Format::Markdown,
        Some("txt" | "text") => Format::Plain,
        _ => sniff(text),
    }
}

fn sniff(text: &str) -> Format {
    let mut end = text.len().min(4096);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].trim_start_matches('\u{feff}').trim_start();
    let lower = head.to_ascii_lowercase();
    let tags = ["<!doctype html", "<html", "<head", "<body", "<article", "<div", "<p>", "<h1"];
    if tags.iter().any(|t| lower.starts_with(t)) || (lower.starts_with("<?xml") && lower.contains("<html")) {
        return Format::Html;
    }
    let heading = |line: &str| {
        let rest = line.trim_start_matches('#');
        line.starts_with('#') && rest.len() + 6 >= line.len() && rest.starts_with(' ')
    };
    if head.lines().any(|l| heading(l) || l.starts_with("| ---") || l.starts_with("|---")) {
        Format::Markdown
    } else {
        Format::Plain
    }
}

/// `2025-12-20-summit.txt`: a day in the name.
fn date_in_name(id: &str) -> Option<PartialDate> {
    let name = id.rsplit(['/', '\\']).next()?;
    let starts = name.char_indices().map(|(i, _)| i).filter(|&i| !name[..i].ends_with(|c: char| c.is_ascii_digit()));
    starts.filter_map(|i| name.get(i..i + 10)).filter_map(|d| d.parse::<PartialDate>().ok()).find(|d| d.day.is_some())
}

/// Sets `slot` if it is not set and `value` says something.
fn keep_first(slot: &mut Option<String>, value: String) {
    if slot.is_none() && !value.is_empty() {
        *slot = Some(value);
    }
}

/// What a format gives: blocks nobody has judged, and what the page says of itself.
#[derive(Debug, Default)]
struct Page {
    raws: Vec<Raw>,
    meta: Meta,
    /// Where reading stopped before the end.
    cut: Option<u32>,
}

/// What a page says of itself.
#[derive(Debug, Default)]
struct Meta {
    title: Option<Text>,
    headline: Option<String>,
    site: Option<String>,
    author: Option<String>,
    published: Option<PartialDate>,
    modified: Option<PartialDate>,
    /// The first `<time>`.
    time: Option<PartialDate>,
}

/// What markup says a block is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Role {
    #[default]
    Body,
    PageTitle,
    Byline,
    Date,
    Dateline,
}

/// A block as its format gives it, before anybody judges what it is for.
#[derive(Debug)]
struct Raw {
    block: Block,
    /// 1 to 6 for headings, 0 for others.
    level: u8,
    /// Bytes of its text that are links.
    linked: usize,
    /// The part of the page, marked as furniture, that it stands in.
    region: Option<u32>,
    /// Which `<article>` it stands in; 0 for none.
    article: u32,
    role: Role,
}

impl Raw {
    fn new(block: Block) -> Self {
        Self { block, level: 0, linked: 0, region: None, article: 0, role: Role::Body }
    }
}
