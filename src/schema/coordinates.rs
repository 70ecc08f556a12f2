//! Where maps draw things: one point for a gazetteer entry, from `coordinates.ron`.
//!
//! Kept as the text that it is and looked up in it: no command but those that draw maps pays for it.

use std::borrow::Cow;

/// A table of `id north east` lines, by ascending id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Coordinates(Cow<'static, str>);

/// `coordinates.ron`.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
#[serde(rename = "Coordinates")]
pub(super) struct RawCoordinates {
    pub table: String,
}

impl Coordinates {
    /// The table as it stands in the file.
    pub(super) fn new(table: &str) -> Self {
        Self(table.trim().to_owned().into())
    }

    /// A table that [`Coordinates::table`] gave.
    pub(super) fn stored(table: &'static str) -> Self {
        Self(table.into())
    }

    /// The whole table.
    pub(super) fn table(&self) -> &str {
        &self.0
    }

    /// The degrees north and east of the entry with `id`. O(log lines).
    pub(super) fn of(&self, id: &str) -> Option<(f32, f32)> {
        let mut text: &str = &self.0;
        while !text.is_empty() {
            // The line that the middle byte lies in: line ends are ASCII, so cutting there is safe.
            let middle = text.len() / 2;
            let start = text.as_bytes()[..middle].iter().rposition(|&b| b == b'\n').map_or(0, |i| i + 1);
            let end = text.as_bytes()[start..].iter().position(|&b| b == b'\n').map_or(text.len(), |i| start + i);
            let line = &text[start..end];
            let mut words = line.split_ascii_whitespace();
            match words.next().unwrap_or_default().cmp(id) {
                std::cmp::Ordering::Equal => return Some((words.next()?.parse().ok()?, words.next()?.parse().ok()?)),
                std::cmp::Ordering::Less => text = text.get(end + 1..).unwrap_or_default(),
                std::cmp::Ordering::Greater => text = &text[..start.saturating_sub(1)],
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Coordinates;
    use crate::schema::Schema;

    #[test]
    fn every_line_is_found_and_nothing_else() {
        let table = Coordinates::new("\n a 1 2\nb -3.5 4\nbb 0 180\nc 5 6\n");
        assert_eq!(table.of("a"), Some((1.0, 2.0)));
        assert_eq!(table.of("b"), Some((-3.5, 4.0)));
        assert_eq!(table.of("bb"), Some((0.0, 180.0)));
        assert_eq!(table.of("c"), Some((5.0, 6.0)));
        for absent in ["", "0", "aa", "bc", "d"] {
            assert_eq!(table.of(absent), None, "{absent}");
        }
        assert_eq!(Coordinates::default().of("a"), None);
    }

    #[test]
    fn the_shipped_table_is_in_order_on_the_globe_and_reaches_the_gazetteer() {
        let schema = Schema::builtin();
        let lines: Vec<&str> = schema.coordinates.0.lines().collect();
        assert!(lines.is_sorted_by(|a, b| a.split(' ').next() < b.split(' ').next()));
        for line in &lines {
            let id = line.split(' ').next().unwrap();
            let (north, east) = schema.coordinates(id).unwrap_or_else(|| panic!("{line}"));
            assert!((-90.0..=90.0).contains(&north) && (-180.0..=180.0).contains(&east), "{line}");
        }
        let states = schema.gazetteer.iter().filter(|e| e.id.starts_with("state/"));
        let lost: Vec<&str> = states.filter(|e| schema.coordinates(&e.id).is_none()).map(|e| &*e.id).collect();
        assert!(lost.is_empty(), "{lost:?}");
    }
}
