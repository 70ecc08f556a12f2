//! How wide text is in a sans-serif font, without reading one, and escaping for XML.

use unicode_width::UnicodeWidthChar;

/// Width of one line at a font size: Helvetica's widths for ASCII by groups, a whole em for wide characters; a little
/// generous, as other fonts are wider.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size * 1.04
}

fn em(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '|' => 0.24,
        ' ' | '.' | ',' | ':' | ';' | '!' | 'f' | 't' | 'I' | '/' | '[' | ']' | '\\' => 0.28,
        'r' | '(' | ')' | '-' | '"' | '`' | '‘' | '’' | '“' | '”' => 0.34,
        'm' | 'M' | 'W' | '@' | '%' | '—' | '…' => 0.92,
        'w' | 'C' | 'D' | 'G' | 'H' | 'N' | 'O' | 'Q' | 'R' | 'U' => 0.74,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' | '&' => 0.67,
        c if c.is_ascii() => 0.556,
        c => match c.width().unwrap_or(0) {
            0 => 0.0,
            1 => 0.6,
            _ => 1.05,
        },
    }
}

/// `text` for XML, in content and in attributes; what XML cannot hold becomes a replacement sign.
pub(super) fn escape(text: &str) -> String {
    let mut done = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => done.push_str("&amp;"),
            '<' => done.push_str("&lt;"),
            '>' => done.push_str("&gt;"),
            '"' => done.push_str("&quot;"),
            '\n' => done.push_str("&#10;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => done.push('\u{fffd}'),
            c => done.push(c),
        }
    }
    done
}
