//! HTML: elements into blocks.
//!
//! A block ends where a block element begins or ends. What markup sets aside (menus,
//! asides, cookie banners: names of elements, classes and roles in `page.ron`) is a
//! *region*; whether a region is believed is for `furniture` to say, since whole pages
//! stand in a `form` or a `div class="has-sidebar"`.

mod events;
mod meta;

use crate::model::{Block, BlockKind};
use crate::span::Span;

use super::buffer::{Buffer, part};
use super::cues::Cues;
use super::entities::push_decoded;
use super::{Meta, Page, Raw, Role, date};
use events::{Attributes, Event};

/// A cell longer than this stands in a table made for its looks.
const LONG_CELL: usize = 400;

/// Reads a page. O(bytes).
pub(super) fn page(html: &str, cues: &Cues) -> Page {
    let (events, broken) = events::events(html);
    let mut walker = Walker::new(html, cues);
    for (index, event) in events.iter().enumerate() {
        match event {
            Event::Start { name, attributes, holds, at } => walker.start(index, name, attributes, *holds, *at),
            Event::End { start } => walker.end(*start),
            Event::Text { span, script } => walker.text(span.clone(), *script),
        }
    }
    walker.close_row(true);
    walker.flush();
    let cut = broken.map(|_| walker.last as u32);
    Page { raws: walker.raws, meta: walker.meta, cut }
}

/// What an element does to the text around and in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    Inline,
    Break,
    Rule,
    Skip,
    Script,
    Title,
    Heading(u8),
    Item,
    Table,
    Row,
    Cell { head: bool },
    Block,
}

fn effect(name: &str) -> Effect {
    match name {
        "script" => Effect::Script,
        "title" => Effect::Title,
        "style" | "noscript" | "template" | "svg" | "math" | "select" | "option" | "button" | "iframe" | "object" | "canvas"
        | "audio" | "video" | "textarea" | "sup" | "input" | "label" => Effect::Skip,
        "br" => Effect::Break,
        "hr" => Effect::Rule,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Effect::Heading(name.as_bytes()[1] - b'0'),
        "li" | "dd" => Effect::Item,
        "table" => Effect::Table,
        "tr" => Effect::Row,
        "td" => Effect::Cell { head: false },
        "th" => Effect::Cell { head: true },
        "html" | "head" | "body" | "main" | "article" | "section" | "div" | "p" | "ul" | "ol" | "dl" | "dt" | "blockquote"
        | "pre" | "figure" | "figcaption" | "nav" | "header" | "footer" | "aside" | "form" | "dialog" | "menu" | "address"
        | "center" | "fieldset" | "details" | "summary" | "thead" | "tbody" | "tfoot" | "caption" | "hgroup" | "search" => {
            Effect::Block
        }
        _ => Effect::Inline,
    }
}

/// An element that is open.
struct Open {
    event: usize,
    effect: Effect,
    link: bool,
    /// What held outside of it, to be restored.
    outer: State,
}

/// What holds at a place of the page.
#[derive(Clone, Copy)]
struct State {
    kind: BlockKind,
    level: u8,
    role: Role,
    region: Option<u32>,
    article: u32,
    skip: bool,
    links: u32,
    in_head: bool,
    json: bool,
}

/// A row of a table in the making.
#[derive(Default)]
struct Row {
    cells: Vec<Span>,
    /// Where a block ended inside a cell.
    breaks: Vec<usize>,
    open: Option<usize>,
    heads: usize,
}

struct Walker<'h> {
    html: &'h str,
    cues: &'h Cues,
    raws: Vec<Raw>,
    meta: Meta,
    buffer: Buffer,
    linked: usize,
    stack: Vec<Open>,
    state: State,
    row: Option<Row>,
    regions: u32,
    articles: u32,
    breaks: u32,
    last: usize,
}

impl<'h> Walker<'h> {
    fn new(html: &'h str, cues: &'h Cues) -> Self {
        let state = State {
            kind: BlockKind::Paragraph,
            level: 0,
            role: Role::Body,
            region: None,
            article: 0,
            skip: false,
            links: 0,
            in_head: false,
            json: false,
        };
        Self {
            html,
            cues,
            raws: Vec::new(),
            meta: Meta::default(),
            buffer: Buffer::default(),
            linked: 0,
            stack: Vec::new(),
            state,
            row: None,
            regions: 0,
            articles: 0,
            breaks: 0,
            last: 0,
        }
    }

    fn start(&mut self, event: usize, name: &str, attributes: &Attributes, holds: bool, at: usize) {
        self.last = at;
        let effect = effect(name);
        if name == "meta" {
            meta::tag(attributes, &mut self.meta);
        }
        self.before(effect, at);
        let outer = self.state;
        if effect == Effect::Title && !(self.state.in_head || self.raws.is_empty()) {
            self.state.skip = true;
        }
        self.enter(name, effect, attributes);
        let void = matches!(
            name,
            "meta" | "link" | "img" | "br" | "hr" | "input" | "wbr" | "source" | "area" | "base" | "col" | "embed" | "track"
        );
        if holds && !void {
            self.stack.push(Open { event, effect, link: name == "a", outer });
        } else {
            self.state = outer;
        }
    }

    /// What ends at the beginning of an element.
    fn before(&mut self, effect: Effect, at: usize) {
        match effect {
            Effect::Inline | Effect::Skip | Effect::Script => {}
            Effect::Break => {
                self.buffer.space(at);
                self.breaks += 1;
                if self.breaks == 2 {
                    self.end_block(at);
                }
            }
            Effect::Rule | Effect::Title | Effect::Heading(_) | Effect::Item | Effect::Block => self.end_block(at),
            Effect::Table | Effect::Row => {
                self.close_row(effect == Effect::Table);
                self.flush();
                if effect == Effect::Row {
                    self.row = Some(Row::default());
                }
            }
            Effect::Cell { head } => self.open_cell(head, at),
        }
    }

    fn enter(&mut self, name: &str, effect: Effect, attributes: &Attributes) {
        match effect {
            Effect::Skip => self.state.skip = true,
            Effect::Script => {
                self.state.skip = true;
                self.state.json = attributes.value.eq_ignore_ascii_case("application/ld+json");
            }
            Effect::Heading(level) => (self.state.kind, self.state.level) = (BlockKind::Heading, level),
            Effect::Item => self.state.kind = BlockKind::ListItem,
            Effect::Title => self.state.role = Role::PageTitle,
            _ => {}
        }
        match name {
            "head" => self.state.in_head = true,
            "body" => self.state.in_head = false,
            // One inside another belongs to it, as comments and teasers do.
            "article" if self.state.article == 0 => {
                self.articles += 1;
                self.state.article = self.articles;
            }
            "a" => self.state.links += 1,
            "figcaption" | "caption" => self.state.kind = BlockKind::Paragraph,
            "time" if self.meta.time.is_none() && self.state.region.is_none() => {
                self.meta.time = date::machine(&attributes.value)
            }
            _ => {}
        }
        self.marks(name, attributes);
    }

    /// What names of elements, classes and roles say.
    fn marks(&mut self, name: &str, attributes: &Attributes) {
        if matches!(name, "html" | "body" | "main" | "article") {
            return;
        }
        let mut furniture = attributes.hidden || self.cues.elements.contains(name) || self.cues.roles.contains(&*attributes.role);
        // A header inside an article has its title.
        furniture |= name == "header" && self.state.article == 0 && !self.html_header_has_title();
        for mark in attributes.marks.split(|c: char| !c.is_ascii_alphanumeric()).filter(|m| !m.is_empty()) {
            let folded = mark.to_ascii_lowercase();
            furniture |= self.cues.classes.contains(&*folded);
            if self.state.role == Role::Body {
                if self.cues.byline_classes.contains(&*folded) {
                    self.state.role = Role::Byline;
                } else if self.cues.date_classes.contains(&*folded) {
                    self.state.role = Role::Date;
                }
            }
        }
        if furniture && self.state.region.is_none() {
            self.regions += 1;
            self.state.region = Some(self.regions);
        }
    }

    /// The header that begins here has a heading of the first level before it ends.
    fn html_header_has_title(&self) -> bool {
        let rest = self.html.get(self.last..).unwrap_or_default();
        // A header is short: looking further would make many of them quadratic.
        let near = rest.as_bytes().get(..2000).unwrap_or(rest.as_bytes());
        let find = |needle: &[u8]| near.windows(needle.len()).position(|w| w.eq_ignore_ascii_case(needle));
        let end = find(b"</header").unwrap_or(near.len());
        find(b"<h1").is_some_and(|h| h < end)
    }

    fn end(&mut self, start: usize) {
        // Elements inside that were never closed end with it.
        while let Some(open) = self.stack.last() {
            if open.event < start {
                return;
            }
            let found = open.event == start;
            let effect = open.effect;
            let Some(open) = self.stack.pop() else { return };
            let at = self.last;
            match effect {
                Effect::Inline | Effect::Skip | Effect::Script | Effect::Break | Effect::Rule => {}
                Effect::Title | Effect::Heading(_) | Effect::Item | Effect::Block => self.end_block(at),
                Effect::Cell { .. } => self.close_cell(),
                Effect::Row => self.close_row(false),
                Effect::Table => {
                    self.close_row(false);
                    self.flush();
                }
            }
            let _ = open.link;
            self.state = open.outer;
            if found {
                return;
            }
        }
    }

    fn text(&mut self, span: std::ops::Range<usize>, script: bool) {
        self.last = span.end;
        let Some(text) = self.html.get(span.clone()) else { return };
        if script || self.state.skip {
            if self.state.json {
                meta::json_ld(text, &mut self.meta);
            }
            return;
        }
        if self.state.in_head && self.state.role != Role::PageTitle {
            return;
        }
        if let Some(row) = &mut self.row
            && row.open.is_none()
        {
            if text.trim().is_empty() {
                return;
            }
            // Text between cells: browsers put it before the table.
            self.close_row(true);
        }
        let before = self.buffer.len();
        push_decoded(&mut self.buffer, text, span.start);
        let added = self.buffer.len() - before;
        if added > 0 {
            self.breaks = 0;
        }
        if self.state.links > 0 {
            self.linked += added;
        }
    }

    /// A block ends here: or, inside a cell, a part of it.
    fn end_block(&mut self, at: usize) {
        match &mut self.row {
            Some(row) => {
                let here = self.buffer.len();
                if row.open.is_some() && row.breaks.last() != Some(&here) {
                    row.breaks.push(here);
                }
                self.buffer.space(at);
            }
            None => self.flush(),
        }
    }

    fn flush(&mut self) {
        let linked = std::mem::take(&mut self.linked);
        self.breaks = 0;
        if self.buffer.is_empty() {
            return;
        }
        let text = self.buffer.take();
        if self.state.role == Role::PageTitle {
            if self.meta.title.is_none() {
                self.meta.title = Some(text);
            }
            return;
        }
        self.raws.push(self.raw(Block { kind: self.state.kind, text, cells: Vec::new() }, linked));
    }

    fn raw(&self, block: Block, linked: usize) -> Raw {
        let State { level, role, region, article, .. } = self.state;
        Raw { block, level, linked, region, article, role }
    }

    fn open_cell(&mut self, head: bool, at: usize) {
        if self.row.is_none() {
            self.flush();
            self.row = Some(Row::default());
        }
        self.close_cell();
        if let Some(row) = &mut self.row {
            if !row.cells.is_empty() {
                self.buffer.space(at);
                self.buffer.push_char('|', at);
                self.buffer.space(at);
            }
            row.open = Some(self.buffer.len());
            row.heads += usize::from(head);
        }
    }

    fn close_cell(&mut self) {
        if let Some(row) = &mut self.row
            && let Some(start) = row.open.take()
        {
            let end = self.buffer.len();
            // The blank before the cell's text is pushed with it.
            let start = if end > start && start > 0 { start + 1 } else { start };
            row.cells.push(Span::new(start.min(end), end));
        }
    }

    /// Ends a row: as a row of a table, or, where it is there for its looks, as blocks.
    fn close_row(&mut self, looks: bool) {
        self.close_cell();
        let Some(row) = self.row.take() else { return };
        if self.buffer.is_empty() {
            return;
        }
        let linked = std::mem::take(&mut self.linked);
        let text = self.buffer.take();
        let looks = looks || row.cells.len() < 2 || row.cells.iter().any(|c| c.len() > LONG_CELL);
        if !looks {
            let kind = if row.heads == row.cells.len() { BlockKind::TableHead } else { BlockKind::TableRow };
            let raw = self.raw(Block { kind, text, cells: row.cells }, linked);
            self.raws.push(raw);
            return;
        }
        let mut breaks = row.breaks.iter().peekable();
        for cell in &row.cells {
            let mut start = cell.start as usize;
            while breaks.next_if(|&&b| b <= start).is_some() {}
            loop {
                let end = breaks.next_if(|&&b| b < cell.end as usize).copied().unwrap_or(cell.end as usize);
                self.piece(&text, start, end, linked);
                if end >= cell.end as usize {
                    break;
                }
                start = end;
            }
        }
    }

    fn piece(&mut self, text: &crate::model::Text, start: usize, end: usize, linked: usize) {
        let Some(slice) = text.text.get(start..end) else { return };
        let lead = slice.len() - slice.trim_start().len();
        let trimmed = slice.trim();
        if trimmed.is_empty() {
            return;
        }
        let span = Span::new(start + lead, start + lead + trimmed.len());
        let linked = if linked * 2 > text.text.len() { trimmed.len() } else { 0 };
        let block = Block { kind: BlockKind::Paragraph, text: part(text, span), cells: Vec::new() };
        let raw = self.raw(block, linked);
        self.raws.push(raw);
    }
}
