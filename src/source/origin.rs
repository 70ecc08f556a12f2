//! Whose word a report rests on: the agency or paper that it credits.
//!
//! Names are known from a list, or by their last word ("… Times"); one counts only where
//! the text credits it: "according to X", "X reported", "(X)", "X —".

use super::cues::{Cues, fold, fold_into};
use super::letters;

/// How much of a paragraph is looked at.
const MOST: usize = 2000;

/// The first outlet that is credited in `text`. O(bytes).
pub(super) fn credited(text: &str, cues: &Cues) -> Option<String> {
    let text = if text.len() > MOST { &text[..text.floor_char_boundary(MOST)] } else { text };
    let mut folded = String::new();
    let mut at = 0;
    while let Some((start, word)) = next_capital(text, at) {
        at = start + word.len();
        if let Some((len, name)) = listed(&text[start..], word, cues).or_else(|| telling(&text[start..], cues, &mut folded)) {
            if is_credited(text, start, start + len, cues) {
                return Some(name);
            }
            at = start + len;
        }
    }
    None
}

/// The outlet that `text` names alone, as a source line does.
pub(super) fn named(text: &str, cues: &Cues) -> Option<String> {
    let (start, word) = next_capital(text, 0)?;
    listed(&text[start..], word, cues).or_else(|| telling(&text[start..], cues, &mut String::new())).map(|(_, name)| name)
}

/// The next word that begins with a capital or a digit, at or behind `at`, at a word's start.
fn next_capital(text: &str, at: usize) -> Option<(usize, &str)> {
    let bytes = text.as_bytes();
    let mut inside = text.get(..at)?.ends_with(char::is_alphanumeric);
    let mut start = at;
    while let Some(&byte) = bytes.get(start) {
        let (letter, begins, len) = match letters::kind(byte) {
            letters::LETTER => (true, !byte.is_ascii_lowercase() || byte == b'd', letters::run(bytes, start)),
            letters::BEYOND => {
                let c = text[start..].chars().next()?;
                (c.is_alphanumeric(), c.is_uppercase(), c.len_utf8())
            }
            _ => (false, false, 1),
        };
        if letter && !inside && begins {
            let len = word(&text[start..], &[]);
            return Some((start, &text[start..start + len]));
        }
        inside = letter;
        start += len;
    }
    None
}

/// How many bytes of letters, digits and these signs a text begins with.
fn word(text: &str, signs: &[u8]) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    while let Some(&byte) = bytes.get(end) {
        end += match letters::kind(byte) {
            letters::LETTER => letters::run(bytes, end),
            letters::BEYOND => match text[end..].chars().next().filter(|c| c.is_alphanumeric()) {
                Some(c) => c.len_utf8(),
                None => break,
            },
            _ if signs.contains(&byte) => 1,
            _ => break,
        };
    }
    end
}

fn listed(text: &str, word: &str, cues: &Cues) -> Option<(usize, String)> {
    let forms = cues.outlets.get(word)?;
    let fits = |form: &str| text.strip_prefix(form).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()));
    forms.iter().find(|(form, _)| fits(form)).map(|(form, name)| (form.len(), name.to_string()))
}

/// A run of capitalised words whose last says that it is an outlet.
fn telling(text: &str, cues: &Cues, folded: &mut String) -> Option<(usize, String)> {
    let mut end = 0;
    let mut found = None;
    let mut words = 0;
    while words < 6 {
        let rest = &text[end..];
        let lead = rest.len() - rest.trim_start_matches(' ').len();
        let word_start = end + lead;
        let len = word(&text[word_start..], b"-.");
        let word = text[word_start..word_start + len].trim_end_matches('.');
        if word.is_empty() || !word.starts_with(char::is_uppercase) || (words > 0 && lead == 0) {
            break;
        }
        words += 1;
        end = word_start + word.len();
        if words > 1 {
            fold_into(folded, word, 40);
            if cues.outlet_words.is(folded) {
                found = Some(end);
            }
        }
    }
    found.map(|end| (end, text[..end].to_owned()))
}

fn is_credited(text: &str, start: usize, end: usize, cues: &Cues) -> bool {
    let (before, after) = (&text[..start], &text[end..]);
    if before.ends_with('(') && (after.starts_with(')') || after.starts_with('/')) {
        return true;
    }
    let after_bare = after.trim_start();
    if start == 0 && after_bare.starts_with(['—', '–', '-']) {
        return true;
    }
    let near = tail(before, 48);
    let folded = fold(near, 96);
    let folded = ["the ", "news agency ", "agency ", "newspaper ", "daily "].iter().fold(format!("{folded} "), |f, w| {
        f.strip_suffix(w).map_or(f.clone(), |s| if s.is_empty() || s.ends_with(' ') { s.to_owned() } else { f.clone() })
    });
    let folded = folded.trim_end();
    let mut from = folded.len();
    while let Some(blank) = folded[..from].rfind(' ') {
        if cues.credits_before.start(&folded[blank + 1..]) == Some(folded.len() - blank - 1) {
            return true;
        }
        from = blank;
    }
    if cues.credits_before.start(folded) == Some(folded.len()) {
        return true;
    }
    let next = fold(tail_start(after_bare.trim_start_matches([',', ' ']), 40), 60);
    let next = next.strip_prefix("news agency ").or_else(|| next.strip_prefix("agency ")).unwrap_or(&next);
    cues.credits_after.start(next).is_some()
}

/// The last bytes of a text, whole characters.
fn tail(text: &str, most: usize) -> &str {
    let mut at = text.len().saturating_sub(most);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    &text[at..]
}

/// The first bytes of a text, whole characters.
fn tail_start(text: &str, most: usize) -> &str {
    let mut at = text.len().min(most);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    &text[..at]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::patterns::{DEFAULT_FILES, Patterns};

    #[test]
    fn only_credited_names_count() {
        let cues = Cues::new(&Patterns::read(DEFAULT_FILES).unwrap().page);
        for (text, name) in [
            ("The lines meet at the port, according to Kyodo News.", Some("Kyodo News")),
            ("According to Kyodo News, as reported by Ukrinform, Japan held a summit.", Some("Kyodo News")),
            ("The minister told the Financial Times that work would begin.", Some("Financial Times")),
            ("Kyodo News reported on Saturday that it had been signed.", Some("Kyodo News")),
            ("ALMATY (Reuters) - Trains began to run.", Some("Reuters")),
            ("Xinhua — The first train left Xi'an.", Some("Xinhua")),
            ("Work will begin in May, the news agency TASS reports.", Some("TASS")),
            ("It is a long way, according to the Caspian Tribune.", Some("Caspian Tribune")),
            ("The bank lent to Kyodo and to others.", None),
            ("The Times are hard, according to the minister.", None),
        ] {
            assert_eq!(credited(text, &cues).as_deref(), name, "{text}");
        }
    }
}
