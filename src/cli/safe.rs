//! Text from documents and files made harmless for a terminal: no control sequence, no change of direction.

use std::borrow::Cow;

/// Whether a character may do something to a terminal or to the order of what is read.
pub fn is_unsafe(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What is shown in its place: the picture of a control character, else the replacement character.
pub fn shown(c: char) -> char {
    match u32::from(c) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or('\u{fffd}'),
        0x7f => '\u{2421}',
        _ => '\u{fffd}',
    }
}

/// `text` without what could harm a terminal; line ends and tabs stay. Borrowed where nothing has to change.
pub fn safe(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_unsafe) {
        Cow::Owned(text.chars().map(|c| if is_unsafe(c) { shown(c) } else { c }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// As [`safe`], and on one line.
pub fn safe_line(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| is_unsafe(c) || matches!(c, '\n' | '\t')) {
        Cow::Owned(text.chars().map(|c| if is_unsafe(c) || matches!(c, '\n' | '\t') { shown(c) } else { c }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_sequences_become_pictures() {
        assert_eq!(safe("a\u{1b}[31mred\u{7}\r"), "a␛[31mred␇␍");
        assert_eq!(safe("\u{9b}31m \u{202e}x \u{7f}"), "\u{fffd}31m \u{fffd}x ␡");
        assert_eq!(safe_line("a\nb\tc"), "a␊b␉c");
    }

    #[test]
    fn ordinary_text_is_left_alone() {
        let text = "Türkiye – “Aktau”\n\tпорт Актау 阿克套 🚢";
        assert!(matches!(safe(text), Cow::Borrowed(same) if same == text));
    }
}
