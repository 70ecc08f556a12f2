//! Names folded for comparison, slugs for ids, and the closest names for hints.
//!
//! Folding decides which spellings are one name; which *entity* a name means is
//! decided elsewhere (`schema` for the gazetteer, `merge` for the graph).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `name` in lower case, without accents, punctuation, possessive `'s` or a leading "the";
/// words separated by single spaces. Two spellings with one folding are one name.
///
/// Stored graphs are searched by it and have ids by [`slug`]: what changes either makes another format of them (`graph::layout`).
#[must_use]
pub fn fold(name: &str) -> String {
    let mut out =
        if name.is_ascii() { fold_ascii(name) } else { fold_chars(name, name.nfkd().filter(|c| !is_combining_mark(*c))) };
    if out.len() > 4 && out.starts_with("the ") {
        out.drain(..4);
    }
    out
}

/// The words of a name without letters beyond ASCII, which most are: [`fold_chars`], byte by byte.
fn fold_ascii(name: &str) -> String {
    let bytes = name.as_bytes();
    if is_words(bytes) {
        return name.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(name.len());
    let mut gap = false;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'\'' | b'`' => {
                let possessive = matches!(bytes.get(at), Some(b's' | b'S'));
                let ends = !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
                at += usize::from(possessive && ends);
            }
            b'.' => {}
            _ if byte.is_ascii_alphanumeric() || byte == b'+' => {
                if gap && !out.is_empty() {
                    out.push(' ');
                }
                gap = false;
                out.push(byte.to_ascii_lowercase() as char);
            }
            _ => gap = true,
        }
    }
    out
}

/// Nothing but words of ASCII letters and digits with single blanks between them, as most names are.
fn is_words(name: &[u8]) -> bool {
    let mut before = b' ';
    let fits = |&byte: &u8| {
        let fits = byte.is_ascii_alphanumeric() || byte == b' ' && before != b' ';
        before = byte;
        fits
    };
    name.iter().all(fits) && before != b' '
}

/// The words of a name, of its decomposed characters.
fn fold_chars(name: &str, chars: impl Iterator<Item = char> + Clone) -> String {
    let mut out = String::with_capacity(name.len());
    let mut gap = false;
    let mut chars = chars.peekable();
    while let Some(c) = chars.next() {
        if is_apostrophe(c) {
            // A possessive goes; any other apostrophe joins what it stands between (Xi'an → xian).
            if chars.peek().is_some_and(|&s| s == 's' || s == 'S') {
                let mut rest = chars.clone();
                rest.next();
                if rest.next().is_none_or(|n| !n.is_alphanumeric()) {
                    chars.next();
                }
            }
            continue;
        }
        if c == '.' {
            continue; // U.S. → us
        }
        if c.is_alphanumeric() || c == '+' {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            push_folded(&mut out, c);
        } else {
            gap = true;
        }
    }
    out
}

/// Letters that have no canonical decomposition but that spellings confuse.
fn push_folded(out: &mut String, c: char) {
    match c {
        _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
        'ı' => out.push('i'),
        'ł' | 'Ł' => out.push('l'),
        'ə' | 'Ə' => out.push('a'),
        'ø' | 'Ø' => out.push('o'),
        'đ' | 'Đ' => out.push('d'),
        'æ' | 'Æ' => out.push_str("ae"),
        'ß' => out.push_str("ss"),
        _ => out.extend(c.to_lowercase().filter(|c| !is_combining_mark(*c))),
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`')
}

/// `name` as an ASCII id part: folded, words joined by hyphens; letters beyond ASCII are kept as they are.
#[must_use]
pub fn slug(name: &str) -> String {
    fold(name).replace('+', "-plus-").split([' ', '-']).filter(|w| !w.is_empty()).collect::<Vec<_>>().join("-")
}

/// Whether a name is none: common nouns alone, in small letters, which describe a thing ("a gas pipeline", "the summit") and tell it from
/// no other of its kind. Scripts without small letters have no such names.
#[must_use]
pub fn only_describes(name: &str) -> bool {
    let mut letters = name.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(char::is_lowercase)
}

/// The id that a thing of a type has by its name, where no other claims it: `state/kazakhstan`.
#[must_use]
pub fn node_id(kind: &str, name: &str) -> String {
    format!("{}/{}", slug(kind), slug(name))
}

/// The candidates closest to `wanted`, best first, at most `most`: those that start with it, hold it as words of theirs
/// ("railway from A to B" in "140-kilometre railway from A to B"), or whose Jaro–Winkler similarity (on folded names) is
/// 0.8 or more. O(candidates).
#[must_use]
pub fn closest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    let wanted = fold(wanted);
    let mut scored: Vec<(i64, &str)> = candidates
        .into_iter()
        .filter_map(|c| {
            let folded = fold(c);
            let score = if !wanted.is_empty() && folded.starts_with(&wanted) {
                0.95
            } else if wanted.len() > 3 && holds(&folded, &wanted) {
                0.94
            } else {
                strsim::jaro_winkler(&wanted, &folded)
            };
            (score >= 0.8).then_some((-(score * 1e6) as i64, c))
        })
        .collect();
    scored.sort_unstable();
    scored.dedup_by(|a, b| a.1 == b.1);
    scored.into_iter().take(most).map(|(_, c)| c).collect()
}

/// Whether a name holds some words, whole ones, one behind the other.
fn holds(name: &str, words: &str) -> bool {
    name.match_indices(words).any(|(at, _)| {
        let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        ends(name[..at].chars().next_back()) && ends(name[at + words.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn bytes_are_folded_as_characters_are(name in "[a-cSs'`. +\\-1]{0,12}") {
            proptest::prop_assert_eq!(fold_ascii(&name), fold_chars(&name, name.chars()));
        }
    }

    #[test]
    fn one_name_many_spellings() {
        for (a, b) in [
            ("the United States", "United States"),
            ("U.S.", "US"),
            ("Türkiye", "Turkiye"),
            ("Central Asia’s", "Central Asia"),
            ("China–Europe", "China-Europe"),
            ("Xi'an", "Xian"),
            ("Iğdır", "Igdir"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} and {b}");
        }
        assert_ne!(fold("Iran"), fold("Iraq"));
    }

    #[test]
    fn close_names_come_first() {
        assert_eq!(closest("Kazakstan", ["Uzbekistan", "Kazakhstan", "Russia"], 1), ["Kazakhstan"]);
        assert!(closest("zzz", ["Uzbekistan"], 3).is_empty());
    }

    #[test]
    fn slugs() {
        assert_eq!(slug("Baku–Tbilisi–Kars railway"), "baku-tbilisi-kars-railway");
        assert_eq!(slug("C5+1"), "c5-plus-1");
    }
}
