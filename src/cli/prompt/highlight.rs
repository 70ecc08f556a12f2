//! Colours for what is typed: verbs and clause words, types and edge words in MATCH, quotes, numbers, comments.

use std::fmt::Write as _;

use silkgraph::query::verbs::VERBS;

const CLAUSES: [&str; 46] = [
    "from",
    "to",
    "via",
    "bypassing",
    "avoiding",
    "carrying",
    "over",
    "within",
    "hops",
    "where",
    "by",
    "order",
    "limit",
    "skip",
    "mode",
    "as",
    "of",
    "since",
    "before",
    "stated",
    "with",
    "world",
    "and",
    "or",
    "not",
    "xor",
    "in",
    "is",
    "null",
    "match",
    "optional",
    "return",
    "distinct",
    "union",
    "unwind",
    "case",
    "when",
    "then",
    "else",
    "end",
    "exists",
    "contains",
    "starts",
    "ends",
    "desc",
    "asc",
];

const VERB: &str = "\x1b[1;34m";
const CLAUSE: &str = "\x1b[34m";
const QUOTE: &str = "\x1b[32m";
const NUMBER: &str = "\x1b[36m";
const FAINT: &str = "\x1b[2m";
const COMMAND: &str = "\x1b[35m";
const END: &str = "\x1b[0m";

/// `line` with colours. Linear; never changes a character.
pub fn coloured(line: &str) -> String {
    let mut out = String::with_capacity(line.len() * 2);
    if line.trim_start().starts_with(['.', '\\', ':']) {
        let _ = write!(out, "{COMMAND}{line}{END}");
        return out;
    }
    let mut rest = line;
    let mut first = true;
    while let Some(c) = rest.chars().next() {
        let (length, colour) = match c {
            '"' | '\'' | '`' => (quote_length(rest, c), Some(QUOTE)),
            '/' if rest.starts_with("//") => (rest.find('\n').unwrap_or(rest.len()), Some(FAINT)),
            c if c.is_ascii_digit() => {
                (rest.find(|c: char| !c.is_alphanumeric() && c != '.').unwrap_or(rest.len()), Some(NUMBER))
            }
            c if c.is_alphabetic() || c == '_' || c == '$' => {
                let length =
                    rest.char_indices().skip(1).find(|&(_, c)| !c.is_alphanumeric() && c != '_').map_or(rest.len(), |i| i.0);
                let word = rest[..length].to_lowercase();
                let is_verb = |w: &str| VERBS.iter().any(|v| v.name == w || v.aliases.contains(&w));
                let colour = if first && is_verb(&word) {
                    Some(VERB)
                } else if CLAUSES.contains(&word.as_str()) {
                    Some(CLAUSE)
                } else {
                    None
                };
                // After these the verb is still to come.
                first = first && matches!(word.as_str(), "explain" | "profile");
                (length, colour)
            }
            c => {
                first = c == ';' || (first && c.is_whitespace());
                (c.len_utf8(), None)
            }
        };
        let (part, after) = rest.split_at(length);
        let _ = match colour {
            Some(colour) => write!(out, "{colour}{part}{END}"),
            None => write!(out, "{part}"),
        };
        rest = after;
    }
    out
}

/// Bytes of a quoted text that starts `text`; to its end where it is not closed.
fn quote_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_change_no_character() {
        for line in
            ["routes bypassing Russia", "MATCH (a {name: 'Aktau\\' x'}) // é", "show \"Türkiye", "", ".mode csv", "12.5km; list"]
        {
            let plain = coloured(line);
            let plain = [VERB, CLAUSE, QUOTE, NUMBER, FAINT, COMMAND, END].iter().fold(plain, |p, code| p.replace(code, ""));
            assert_eq!(plain, line);
        }
        assert!(coloured("routes via Iran").starts_with(VERB));
        assert!(coloured("explain routes via Iran").contains(&format!("{VERB}routes")));
    }
}
