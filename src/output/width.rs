//! How much room text takes on a terminal: wide characters, combining marks, emoji; wrapping and cutting by it.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The sign for what was cut.
pub(super) const CUT: char = '…';

/// Terminal columns that `text` takes.
pub(super) fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// `text` in lines of at most `room` columns, at most `most` of them; the last ends with `…` where more was to come.
pub(super) fn wrap(text: &str, room: usize, most: usize) -> Vec<String> {
    let room = room.max(1);
    let mut lines: Vec<String> = Vec::new();
    let mut rest = text.trim_end();
    while !rest.is_empty() {
        if lines.len() + 1 == most && width(rest) > room {
            lines.push(cut(rest, room));
            return lines;
        }
        let (line, after) = split(rest, room);
        lines.push(line.trim_end().to_owned());
        rest = after.trim_start();
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// The longest head of `text` that fits, ended by `…`.
fn cut(text: &str, room: usize) -> String {
    let (head, rest) = text.split_at(fitting(text, room.saturating_sub(1)));
    match head.trim_end() {
        _ if rest.is_empty() => head.to_owned(),
        head if width(head) < room => format!("{head}{CUT}"),
        // A wide character in the room of one.
        _ => CUT.to_string(),
    }
}

/// The first line of `text`, broken at a blank if that fills a third of the room or saves the word behind it from being
/// broken, and the rest.
fn split(text: &str, room: usize) -> (&str, &str) {
    let fits = fitting(text, room);
    if fits == text.len() {
        return (text, "");
    }
    let (head, rest) = text.split_at(fits);
    if rest.starts_with(' ') {
        return (head, rest);
    }
    match head.rfind([' ', '-', '–', '/']) {
        Some(at) => {
            let end = at + head[at..].chars().next().map_or(0, char::len_utf8);
            let word = text[end..].split([' ', '-', '–', '/']).next().unwrap_or_default();
            if width(&head[..at]) * 3 >= room || width(word) < room { text.split_at(end) } else { (head, rest) }
        }
        None => (head, rest),
    }
}

/// Bytes of the longest head of `text` within `room` columns that parts no mark from its letter and no emoji sequence;
/// at least one character, so that wrapping ends.
fn fitting(text: &str, room: usize) -> usize {
    let mut fits = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut end = at + c.len_utf8();
        let mut joined = false;
        while let Some(&(next, d)) = chars.peek() {
            if !(joined || d == '\u{200d}' || UnicodeWidthChar::width(d).unwrap_or(0) == 0 || is_modifier(d)) {
                break;
            }
            joined = d == '\u{200d}';
            end = next + d.len_utf8();
            chars.next();
        }
        if width(&text[..end]) > room && fits > 0 {
            return fits;
        }
        fits = end;
        if width(&text[..end]) > room {
            return fits;
        }
    }
    fits
}

fn is_modifier(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn marks_and_emoji_stay_with_what_they_belong_to() {
        assert_eq!(wrap("e\u{301}e\u{301}e\u{301}", 2, 9), ["e\u{301}e\u{301}", "e\u{301}"]);
        assert_eq!(wrap("👩‍🚀👩‍🚀", 2, 9), ["👩‍🚀", "👩‍🚀"]);
        assert_eq!(wrap("中文中文", 5, 9), ["中文", "中文"]);
    }

    #[test]
    fn what_does_not_fit_is_cut_with_a_sign() {
        assert_eq!(wrap("from Kazakhstan to the sea", 12, 2), ["from", "Kazakhstan…"]);
        assert_eq!(wrap("short", 12, 1), ["short"]);
        assert_eq!(wrap("826 kilometres", 11, 3), ["826", "kilometres"]);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_room(text in "[a-zé 中👩\u{301}-]{0,60}", room in 2usize..20, most in 1usize..6) {
            let lines = wrap(&text, room, most);
            prop_assert!(lines.len() <= most);
            for line in lines {
                prop_assert!(width(&line) <= room, "{line:?} in {room}");
            }
        }
    }
}
