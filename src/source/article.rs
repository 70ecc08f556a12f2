//! From the blocks of a page to articles: where one ends and the next begins, what is
//! left out between, and what each says of itself.

use std::ops::Range;

use crate::model::{Article, Block, BlockKind};
use crate::span::Span;

use super::buffer::part;
use super::cues::{Cues, fold};
use super::front::{self, could_be_title, dateline};
use super::furniture::{Class, classes, words};
use super::{Meta, Page, Raw, date, origin};

/// Words of prose that a section needs to be an article of its own.
const LEAST_ARTICLE: usize = 40;
/// A paragraph of so many words is the article's again, after a list of other things.
const RESUMES: usize = 25;

/// A paragraph of more bytes is read in pieces.
const LONGEST_BLOCK: usize = 64 * 1024;

/// Cuts paragraphs that are longer than paragraphs are, at sentence ends where there are any. The first that was cut.
pub(super) fn cut_long(raws: &mut Vec<Raw>) -> Option<Span> {
    let is_long = |r: &Raw| r.block.text.text.len() > LONGEST_BLOCK;
    let first = raws.iter().find(|r| is_long(r))?.block.text.clone();
    let old = std::mem::take(raws);
    for raw in old {
        if !is_long(&raw) {
            raws.push(raw);
            continue;
        }
        let text = &raw.block.text;
        let kind = if raw.block.cells.is_empty() { raw.block.kind } else { BlockKind::Paragraph };
        let mut start = 0;
        while start < text.text.len() {
            let end = piece_end(&text.text, start);
            let piece = part(text, Span::new(start, end));
            let linked = raw.linked.min(end - start);
            raws.push(Raw { block: Block { kind, text: piece, cells: Vec::new() }, linked, ..raw });
            start = end + text.text[end..].len().min(usize::from(text.text[end..].starts_with(' ')));
        }
    }
    Some(first.file_span(Span::new(0, first.text.len())))
}

/// Where a piece that starts at `start` ends: behind the last sentence, else the last word, that fits.
fn piece_end(text: &str, start: usize) -> usize {
    let mut most = (start + LONGEST_BLOCK).min(text.len());
    while !text.is_char_boundary(most) {
        most -= 1;
    }
    if most == text.len() {
        return most;
    }
    let window = &text[start..most];
    window.rfind(". ").map(|i| i + 1).or_else(|| window.rfind(' ')).filter(|&i| i > 0).map_or(most, |i| start + i)
}

/// The articles of a page, in order, numbered from 1; at least one. O(bytes).
pub(super) fn articles(page: Page, cues: &Cues) -> Vec<Article> {
    let Page { mut raws, meta, .. } = page;
    split_datelines(&mut raws, cues);
    let mut classes = classes(&raws, cues);
    let bounds = bounds(&raws, &classes, cues);
    for range in &bounds {
        leave_out(&raws[range.clone()], &mut classes[range.clone()]);
    }
    let single = bounds.len() == 1;
    let first_byline = classes.iter().position(|&c| c == Class::Byline);
    let foot = raws.iter().rev().take(8).find_map(|r| front::owner(&r.block.text.text));
    let outlet = meta.site.clone().or(foot).or_else(|| front::site_of_title(&meta)).or_else(|| {
        let beside = first_byline.map_or(&raws[..0], |at| &raws[at + 1..(at + 3).min(raws.len())]);
        let beside = beside
            .iter()
            .find_map(|r| front::beside_byline(&r.block.text.text, cues).filter(|_| !r.block.text.text.ends_with('.')));
        let first = raws.iter().find(|r| r.region.is_none())?;
        beside.or_else(|| front::masthead(&first.block.text.text, cues))
    });
    let mut out = Vec::with_capacity(bounds.len());
    let mut rest = raws;
    for (index, range) in bounds.iter().enumerate().rev() {
        let own = rest.split_off(range.start);
        let mut article = article(own, &classes[range.clone()], &meta, single, cues);
        article.number = index as u32 + 1;
        article.outlet = outlet.clone().filter(|o| article.title.as_ref().is_none_or(|t| t.text != *o));
        out.push(article);
    }
    out.reverse();
    out
}

/// Makes a dateline a block of its own, so that it is no part of the first sentence.
fn split_datelines(raws: &mut Vec<Raw>, cues: &Cues) {
    let found = |raw: &Raw| (raw.block.kind == BlockKind::Paragraph).then(|| dateline(&raw.block.text.text, cues)).flatten();
    if !raws.iter().any(|r| found(r).is_some()) {
        return;
    }
    let old = std::mem::take(raws);
    let mut lines = Vec::new();
    for (i, raw) in old.iter().enumerate() {
        let others = || old.iter().enumerate().filter(|&(j, _)| j != i).map(|(_, r)| r.block.text.text.as_str()).take(200);
        let line = found(raw).filter(|l| words(&raw.block.text.text[l.len..]) >= 6);
        lines.push(line.filter(|l| l.sure || !front::is_abbreviation(&raw.block.text.text[..l.len], others())));
    }
    for (raw, line) in old.into_iter().zip(lines) {
        let Some(line) = line else {
            raws.push(raw);
            continue;
        };
        let text = &raw.block.text;
        let head = text.text[..line.len].trim_end().len();
        let block = |span| Block { kind: BlockKind::Paragraph, text: part(text, span), cells: Vec::new() };
        let mut head = Raw { block: block(Span::new(0, head)), linked: 0, ..raw };
        head.role = super::Role::Dateline;
        let body = block(Span::new(line.len, text.text.len()));
        raws.push(head);
        raws.push(Raw { block: body, ..raw });
    }
}

/// Where each article begins and ends: at `<article>`s, at bylines, and at datelines behind titles.
fn bounds(raws: &[Raw], classes: &[Class], cues: &Cues) -> Vec<Range<usize>> {
    let mut starts = elements(raws, classes);
    if starts.len() < 2 {
        starts = bylines(raws, classes);
    }
    if starts.len() < 2 {
        starts = datelines(raws, classes, cues);
    }
    if starts.len() < 2 {
        return std::iter::once(0..raws.len()).collect();
    }
    starts[0] = 0;
    let ends = starts.iter().skip(1).copied().chain([raws.len()]);
    starts.iter().copied().zip(ends).map(|(s, e)| s..e).collect()
}

fn prose(classes: &[Class]) -> usize {
    classes.iter().map(|c| if let Class::Prose(n) = c { *n } else { 0 }).sum()
}

fn elements(raws: &[Raw], classes: &[Class]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    while at < raws.len() {
        let number = raws[at].article;
        let end = raws[at..].iter().position(|r| r.article != number).map_or(raws.len(), |n| at + n);
        if number > 0 && prose(&classes[at..end]) >= LEAST_ARTICLE {
            starts.push(at);
        }
        at = end;
    }
    starts
}

/// Bylines that have prose behind them; the first only if an article stands before it.
fn bylines(raws: &[Raw], classes: &[Class]) -> Vec<usize> {
    let all: Vec<usize> = (0..raws.len()).filter(|&i| classes[i] == Class::Byline && raws[i].level == 0).collect();
    let mut starts = Vec::new();
    for (n, &at) in all.iter().enumerate() {
        let end = all.get(n + 1).copied().unwrap_or(raws.len());
        if prose(&classes[at..end]) < LEAST_ARTICLE {
            continue;
        }
        let from = starts.last().copied().unwrap_or(0);
        let start = with_title(raws, classes, from, at);
        let before = prose(&classes[from..start]);
        if starts.is_empty() {
            // A standfirst may stand before the first byline; a whole article is one.
            starts.push(if before > 3 * LEAST_ARTICLE { 0 } else { start });
            if before > 3 * LEAST_ARTICLE {
                starts.push(start);
            }
        } else if before >= LEAST_ARTICLE / 2 {
            starts.push(start);
        }
    }
    starts
}

/// The first of the lines right before `at` that may be its title; not before `from`.
fn with_title(raws: &[Raw], classes: &[Class], from: usize, at: usize) -> usize {
    let mut start = at;
    while start > from + 1 && at - start < 3 {
        let text = raws[start - 1].block.text.text.trim();
        if classes[start - 1] != Class::Short || words(text) < 3 || !could_be_title(text, classes[start - 1]) {
            break;
        }
        start -= 1;
    }
    start
}

/// Datelines with a date or an agency, or right behind a line that may be a title.
fn datelines(raws: &[Raw], classes: &[Class], _: &Cues) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::new();
    for at in (0..raws.len()).filter(|&i| raws[i].role == super::Role::Dateline) {
        let from = starts.last().copied().unwrap_or(0);
        let start = with_title(raws, classes, from, at);
        let dated = raws[at].block.text.text.contains(['(', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        let before = prose(&classes[from..start]);
        if starts.is_empty() || (before >= LEAST_ARTICLE / 2 && (dated || start < at)) {
            starts.push(start);
        }
    }
    starts
}

/// Sets aside lists of other things and what ends an article.
fn leave_out(raws: &[Raw], classes: &mut [Class]) {
    let mut at = 0;
    while at < raws.len() {
        let level = raws[at].level;
        let ends = |i: usize, classes: &[Class]| {
            let heading = level > 0 && raws[i].level > 0 && raws[i].level <= level && classes[i] == Class::Short;
            heading || raws[i].article != raws[at].article
        };
        let end = match classes[at] {
            Class::ClosingHead => {
                let end = (at + 1..raws.len()).find(|&i| ends(i, classes)).unwrap_or(raws.len());
                // What ends an article is less than the article.
                if prose(&classes[at + 1..end]) <= prose(&classes[..at]) { end } else { at + 1 }
            }
            Class::RelatedHead => {
                let resumes = |i: usize| matches!(classes[i], Class::Prose(n) if n >= RESUMES);
                (at + 1..raws.len())
                    .find(|&i| ends(i, classes) || resumes(i) || classes[i] == Class::ClosingHead)
                    .unwrap_or(raws.len())
            }
            _ => {
                at += 1;
                continue;
            }
        };
        classes[at..end].fill(Class::Furniture);
        at = end;
    }
}

fn article(raws: Vec<Raw>, classes: &[Class], meta: &Meta, single: bool, cues: &Cues) -> Article {
    // A short sentence before the text may be its title still: what is long enough is the text.
    let is_text = |i: &usize| {
        let text = &raws[*i].block.text.text;
        matches!(classes[*i], Class::Prose(n) if n >= 12 || !could_be_title(text, classes[*i])) && !front::tells_date(text, cues)
    };
    let first = (0..raws.len()).find(is_text).unwrap_or(raws.len());
    let last = (0..raws.len()).rev().find(|&i| matches!(classes[i], Class::Prose(_))).map_or(0, |i| i + 1);
    let title_at = front::title(&raws[..first], &classes[..first], cues);
    let lead = &raws[..first];
    let around = lead.iter().chain(raws[last.max(first)..].iter().rev().take(12));
    let own = meta.published.filter(|_| single);
    let datelines = raws.iter().filter(|r| r.role == super::Role::Dateline);
    let asked = own.or_else(|| meta.time.filter(|_| single));
    let date = asked
        .or_else(|| front::published(lead.iter(), cues))
        .or_else(|| datelines.clone().find_map(|r| date::find(&r.block.text.text, cues, None)))
        .or_else(|| front::published(around.filter(|r| cues.date_starts.start(&fold(&r.block.text.text, 60)).is_some()), cues))
        .or_else(|| meta.modified.filter(|_| single));
    let byline_at = (0..raws.len()).find(|&i| classes[i] == Class::Byline);
    let byline = byline_at
        .and_then(|i| front::byline(&raws[i].block.text.text, cues))
        .or_else(|| meta.author.clone().filter(|a| single && a.contains(' ')));
    let origin = credited(&raws, classes, cues);
    let bios = bios(&raws, classes, byline.as_deref());
    let title = title_at.map(|i| raws[i].block.text.clone()).or_else(|| front::page_title(meta).filter(|_| single));
    let repeats = |raw: &Raw| title.as_ref().is_some_and(|t| t.text == raw.block.text.text);
    let kinds: Vec<BlockKind> = (0..raws.len())
        .map(|i| match classes[i] {
            Class::Prose(_)
                if i < first && (title_at.is_none_or(|t| i < t) || front::tells_date(&raws[i].block.text.text, cues)) =>
            {
                BlockKind::Furniture
            }
            Class::Prose(n) if i < first && raws[i].block.kind == BlockKind::ListItem && n < 4 => BlockKind::Furniture,
            Class::Prose(_) if bios.contains(&i) => BlockKind::Furniture,
            Class::Prose(_) => raws[i].block.kind,
            Class::Short if repeats(&raws[i]) => BlockKind::Furniture,
            Class::Short if raws[i].level > 0 || (i > first && i < last) => BlockKind::Heading,
            _ => BlockKind::Furniture,
        })
        .collect();
    let keep = |(i, (raw, kind)): (usize, (Raw, BlockKind))| (Some(i) != title_at).then_some(Block { kind, ..raw.block });
    let blocks = raws.into_iter().zip(kinds).enumerate().filter_map(keep).collect();
    Article { number: 0, title, byline, outlet: None, date, origin, blocks }
}

/// The last paragraphs, where they are about the authors.
fn bios(raws: &[Raw], classes: &[Class], byline: Option<&str>) -> Range<usize> {
    let Some(byline) = byline else { return 0..0 };
    let is_prose = |&i: &usize| matches!(classes[i], Class::Prose(_));
    let end = (0..raws.len()).rev().find(is_prose).map_or(0, |i| i + 1);
    let about = |&i: &usize| !is_prose(&i) || front::is_bio(&raws[i].block.text.text, byline);
    let start = (0..end).rev().take(6).take_while(about).last().unwrap_or(end);
    start..end
}

/// Whose word the article rests on: in its dateline, its first paragraphs, or a line that gives the source.
fn credited(raws: &[Raw], classes: &[Class], cues: &Cues) -> Option<String> {
    let datelines = raws.iter().filter(|r| r.role == super::Role::Dateline);
    let in_dateline = datelines.clone().find_map(|r| origin::credited(&r.block.text.text, cues));
    let prose = raws.iter().zip(classes).filter(|(_, c)| matches!(c, Class::Prose(_))).map(|(r, _)| r).take(6);
    let source = |r: &Raw| {
        let text = r.block.text.text.trim();
        let rest = text.split_once(':').filter(|(head, _)| head.eq_ignore_ascii_case("source"))?.1;
        origin::named(rest, cues)
    };
    in_dateline
        .or_else(|| prose.clone().find_map(|r| origin::credited(&r.block.text.text, cues)))
        .or_else(|| raws.iter().rev().take(12).find_map(source))
}
