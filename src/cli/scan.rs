//! Where statements end, told from quotes, brackets and comments alone. (Stands in until the query language tells.)

use silkgraph::span::Span;

/// The statements of a text that end in `;` or at its end, without blanks and comments around.
pub fn statements(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = None;
    let mut end = 0;
    scan(text, |at, c, code| {
        if !code || (start.is_none() && c.is_whitespace()) {
            return;
        }
        if c == ';' {
            found.extend(start.take().map(|s| Span::new(s, end)));
        } else if !c.is_whitespace() {
            start.get_or_insert(at);
            end = at + c.len_utf8();
        }
    });
    found.extend(start.map(|s| Span::new(s, end)));
    found
}

/// Whether a text needs no further line.
pub fn is_complete(text: &str) -> bool {
    let (mut depth, mut plain, mut last) = (0_i32, String::new(), ' ');
    let open = scan(text, |_, c, code| {
        if code {
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth -= 1,
                _ => {}
            }
            plain.push(c.to_ascii_lowercase());
            if !c.is_whitespace() {
                last = c;
            }
        }
    });
    if last == ';' && !open {
        return true;
    }
    let mut words = plain.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty());
    let first = words.find(|w| !matches!(*w, "explain" | "profile"));
    let clause = first.is_some_and(|w| matches!(w, "match" | "optional" | "with" | "unwind"));
    !open && depth <= 0 && (!clause || words.any(|w| w == "return"))
}

/// Calls `each` with every character: its place, itself, whether it is code (quotes and what is in them are, comments not).
/// Returns whether a quote is still open.
fn scan(text: &str, mut each: impl FnMut(usize, char, bool)) -> bool {
    let mut quote: Option<char> = None;
    let mut comment = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|n| n.1);
        if comment {
            comment = c != '\n';
            continue;
        }
        match quote {
            Some(q) => {
                each(at, if c == ';' { ',' } else { c }, !matches!(c, '(' | ')' | '[' | ']' | '{' | '}'));
                if c == '\\' {
                    if let Some((at, c)) = chars.next() {
                        each(at, if c == ';' { ',' } else { c }, true);
                    }
                } else if c == q {
                    quote = None;
                }
            }
            None if c == '/' && next == Some('/') => comment = true,
            None => {
                if matches!(c, '"' | '\'' | '`') {
                    quote = Some(c);
                }
                each(at, c, true);
            }
        }
    }
    quote.is_some()
}
