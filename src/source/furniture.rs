//! What each block of a page is for: running text, a short line, or furniture.
//!
//! Markup, links and wordings tell; where they disagree with the bulk of the text, the
//! text wins: a region that holds most of a page's prose is no furniture.

use rustc_hash::FxHashMap;

use crate::model::BlockKind;

use super::cues::{Cues, fold};
use super::{Raw, Role, letters};

/// What a block is for, as far as it shows by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Running text, items and tables of this many words.
    Prose(usize),
    /// A line that is no sentence: a title, a heading, or something of the page.
    Short,
    /// Who wrote it.
    Byline,
    /// No part of an article.
    Furniture,
    /// Heads a list of other things.
    RelatedHead,
    /// Heads what ends an article.
    ClosingHead,
}

/// Blocks of more words are always running text.
const LONGEST_CUED: usize = 60;
/// Wordings tell nothing of blocks of more words.
const MOST_WORDED: usize = 40;
/// So many words without an end are running text all the same.
const LONG_LINE: usize = 25;

/// Classes of all blocks. O(bytes).
pub(super) fn classes(raws: &[Raw], cues: &Cues) -> Vec<Class> {
    let believed = believed_regions(raws);
    let mut classes: Vec<Class> =
        raws.iter().map(|raw| if raw.region.is_some_and(&believed) { Class::Furniture } else { class(raw, cues) }).collect();
    for i in 0..raws.len() {
        if is_numbered_heading(raws, &classes, i) {
            classes[i] = Class::Short;
        }
    }
    classes
}

/// A short item that stands alone over running text: `2. HERAT TALKS`.
fn is_numbered_heading(raws: &[Raw], classes: &[Class], at: usize) -> bool {
    let is_item = |i: usize| raws.get(i).is_some_and(|r| r.block.kind == BlockKind::ListItem);
    let over_text = raws.get(at + 1).is_some_and(|r| r.block.kind == BlockKind::Paragraph)
        && matches!(classes.get(at + 1), Some(Class::Prose(n)) if *n >= 15);
    let text = &raws[at].block.text.text;
    is_item(at) && over_text && (at == 0 || !is_item(at - 1)) && words(text) <= 10 && !is_sentence(text)
}

/// Regions that hold less than half of the page's prose.
fn believed_regions(raws: &[Raw]) -> impl Fn(u32) -> bool {
    let mut by_region: FxHashMap<u32, usize> = FxHashMap::default();
    let mut total = 0;
    // Plain text has no regions, and nothing to count.
    let counted = if raws.iter().any(|r| r.region.is_some()) { raws } else { &[] };
    for raw in counted {
        let text = &raw.block.text.text;
        if is_sentence(text) && words_up_to(text, 8) == 8 {
            total += text.len();
            if let Some(region) = raw.region {
                *by_region.entry(region).or_default() += text.len();
            }
        }
    }
    move |region| by_region.get(&region).is_none_or(|&prose| prose * 2 <= total || prose < 200)
}

/// White space-parted words of a text, counted up to [`LONGEST_CUED`] and one.
pub(super) fn words(text: &str) -> usize {
    words_up_to(text, LONGEST_CUED + 1)
}

/// White space-parted words that have a letter or digit, counted up to `most`. O(bytes of these).
fn words_up_to(text: &str, most: usize) -> usize {
    let (mut count, mut counted, mut at) = (0, false, 0);
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        let kind = letters::kind(byte);
        let (letter, blank, len) = match kind {
            letters::LETTER => (true, false, letters::run(bytes, at)),
            letters::BEYOND => {
                let c = text[at..].chars().next().unwrap_or(' ');
                (c.is_alphanumeric(), c.is_whitespace(), c.len_utf8())
            }
            _ => (false, kind == letters::BLANK, 1),
        };
        if letter && !counted {
            count += 1;
            if count == most {
                break;
            }
        }
        counted = (counted || letter) && !blank;
        at += len;
    }
    count
}

/// The text ends as a sentence does.
pub(super) fn is_sentence(text: &str) -> bool {
    let bare = text.trim_end().trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']);
    bare.ends_with(['.', '!', '?', '…', '。'])
}

fn class(raw: &Raw, cues: &Cues) -> Class {
    let text = raw.block.text.text.trim();
    let words = words(text);
    if words > LONGEST_CUED {
        return Class::Prose(words);
    }
    let sentence = is_sentence(text);
    let folded = if words <= MOST_WORDED { fold(text, 600) } else { String::new() };
    if words <= 6 && cues.closing_heads.is(&folded) {
        return Class::ClosingHead;
    }
    if words <= 6 && cues.related_heads.is(&folded) {
        return Class::RelatedHead;
    }
    if is_byline(raw, text, &folded, words, sentence, cues) {
        return Class::Byline;
    }
    if raw.role != Role::Body && !(sentence && words > 15) {
        return Class::Furniture;
    }
    if is_cued(raw, text, &folded, words, sentence, cues) {
        return Class::Furniture;
    }
    match raw.block.kind {
        BlockKind::TableHead | BlockKind::TableRow | BlockKind::ListItem => Class::Prose(words),
        BlockKind::Heading => Class::Short,
        _ if sentence && words >= 4 => Class::Prose(words),
        _ if text.ends_with(':') && words >= 8 => Class::Prose(words),
        _ if words >= LONG_LINE => Class::Prose(words),
        _ => Class::Short,
    }
}

/// Wordings, links and bars say that it is furniture.
fn is_cued(raw: &Raw, text: &str, folded: &str, words: usize, sentence: bool, cues: &Cues) -> bool {
    if words == 0 || words <= MOST_WORDED && cues.furniture_whole.is(folded) {
        return true;
    }
    let table = matches!(raw.block.kind, BlockKind::TableHead | BlockKind::TableRow);
    if raw.linked * 10 > text.len() * 6 && !(sentence && words >= 15) && !table && raw.level == 0 {
        return true;
    }
    if let Some(len) = cues.furniture_starts.start(folded) {
        let phrase = &folded[..len];
        let marked = phrase.ends_with(':') || folded[len..].starts_with(':') || !phrase.starts_with(char::is_alphanumeric);
        let several = phrase.contains(' ');
        let short_heading = raw.level > 0 && !several && !marked;
        if marked && words <= MOST_WORDED
            || several && words <= if sentence { 25 } else { MOST_WORDED }
            || !sentence && words <= 12 && !short_heading
        {
            return true;
        }
    }
    if words <= 30 && cues.furniture_phrases.within(folded) {
        return true;
    }
    !sentence && !table && raw.level == 0 && has_bars(text)
}

/// Menus and paths: `Home | Gas | LNG`, `Home / Interviews / South Caucasus`, `Home > News > Asia`.
fn has_bars(text: &str) -> bool {
    let count = |bar: &str| text.matches(bar).count();
    count(" | ") >= 1 || count(" / ") >= 2 || count(" > ") >= 2 || count(" » ") >= 1 || count(" › ") >= 1 || count(" · ") >= 2
}

/// "By Nargiza Umarova & another", "Indus Ledger staff report", or what a class names so.
fn is_byline(raw: &Raw, text: &str, folded: &str, words: usize, sentence: bool, cues: &Cues) -> bool {
    if raw.role == Role::Byline && words <= 30 && !(sentence && words > 12) {
        return true;
    }
    if words > 20 || matches!(raw.block.kind, BlockKind::ListItem | BlockKind::TableHead | BlockKind::TableRow) {
        return false;
    }
    if let Some(len) = cues.byline_starts.start(folded) {
        // Folding keeps the letters' number, not their bytes.
        let skipped = folded[..len].chars().count();
        let rest: String = text.chars().skip(skipped).collect::<String>();
        let rest = rest.trim_start_matches(|c: char| c == ':' || c.is_whitespace());
        let first = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let named = first.starts_with(char::is_uppercase) && !cues.months.contains_key(&*first.to_lowercase());
        // Names end without a full stop, unless it is an initial's or an abbreviation's.
        let stop = sentence && words > 6;
        return named && !stop;
    }
    words <= 10 && !sentence && cues.byline_phrases.within(folded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Text};
    use crate::schema::patterns::{DEFAULT_FILES, Patterns};

    fn of(text: &str) -> Class {
        let patterns = Patterns::read(DEFAULT_FILES).unwrap();
        let block = Block { kind: BlockKind::Paragraph, text: Text::verbatim(text, 0), cells: Vec::new() };
        classes(&[Raw::new(block)], &Cues::new(&patterns.page))[0]
    }

    #[test]
    fn furniture_is_told_by_its_words() {
        for text in [
            "Dark Mode",
            "AdSense Advertisement",
            "Read also: Japan to provide Ukraine with USD 6B – Zelensky",
            "Home | Gas | LNG",
            "shutterstock2513753557",
            "Photo: Pool photo/Kyodo",
            "(c) 2025 Indus Ledger. All rights reserved.",
            "Share  Tweet  Print",
            "Home / Interviews / South Caucasus",
            "Reporting by S. Albert; editing by K. Jordan",
            "We and our 212 partners use cookies.",
            "Sign up for our newsletter",
            "Lea tambien: Olimpia gana el clasico",
            "This interview has been edited for length.",
            "TRENDING: Arsenal - Real Madrid: who will win?",
            "ADVERTISEMENT - Continue reading below",
        ] {
            assert_eq!(of(text), Class::Furniture, "{text}");
        }
    }

    #[test]
    fn words_have_letters_or_digits() {
        for (text, count) in [("", 0), (" — ", 0), ("a", 1), ("Türkiye’s\u{a0}line — 42\u{2003}km.", 4), ("x\u{b}y", 2)] {
            assert_eq!(words(text), count, "{text}");
        }
        assert_eq!(words_up_to("a b c d", 3), 3);
    }

    #[test]
    fn sentences_that_begin_alike_are_read() {
        for text in [
            "Share prices of the operator fell by a tenth on Monday.",
            "Home to three million people, the city is a hub.",
            "By 2030 the line will carry 15 million tonnes.",
            "Search teams reached the tunnel on Friday.",
            "Reply came from Astana within a day.",
            "By then, the railway had been finished.",
            "There was such a plan.",
            "Tags on the wagons are read at the border.",
        ] {
            assert!(matches!(of(text), Class::Prose(_)), "{text}: {:?}", of(text));
        }
        for text in [
            "By Eldaniz Gusseinov & Sardor Allayarov, ",
            "By\u{a0}Nargiza Umarova",
            "By The South Asia Times",
            "Indus Ledger staff report",
        ] {
            assert_eq!(of(text), Class::Byline, "{text}");
        }
    }
}
