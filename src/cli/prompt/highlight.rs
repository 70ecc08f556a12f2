//! Colours for what is typed: which words are what, the query language says; dot commands have one colour.

use silkgraph::query::complete::{Class, highlight};

const COMMAND: &str = "\x1b[35m";
const END: &str = "\x1b[0m";

/// How words of a class are shown.
fn colour(class: Class) -> Option<&'static str> {
    Some(match class {
        Class::Keyword => "\x1b[1;34m",
        Class::Type => "\x1b[33m",
        Class::String => "\x1b[32m",
        Class::Number | Class::Parameter => "\x1b[36m",
        Class::Comment => "\x1b[2m",
        Class::Error => "\x1b[31m",
        Class::Name => return None,
    })
}

/// `line` with colours. Linear; never changes a character.
pub fn coloured(line: &str) -> String {
    if line.trim_start().starts_with(['.', '\\', ':']) {
        return format!("{COMMAND}{line}{END}");
    }
    let mut out = String::with_capacity(line.len() * 2);
    let mut end = 0;
    for (span, class) in highlight(line) {
        let range = span.range();
        let (Some(gap), Some(word)) = (line.get(end..range.start), line.get(range.clone())) else { continue };
        out.push_str(gap);
        match colour(class) {
            Some(colour) => out.extend([colour, word, END]),
            None => out.push_str(word),
        }
        end = range.end;
    }
    out.push_str(line.get(end..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_change_no_character() {
        let classes =
            [Class::Keyword, Class::Type, Class::String, Class::Number, Class::Comment, Class::Error].map(colour).into_iter();
        let codes: Vec<&str> = classes.flatten().chain([COMMAND, END]).collect();
        for line in [
            "routes bypassing Russia",
            "MATCH (a {name: 'Aktau\\' x'}) // é",
            "show \"Türkiye",
            "",
            ".mode csv",
            "12.5km; list",
            "list states /* open",
            "阿克套 == \u{1f682}",
        ] {
            let plain = codes.iter().fold(coloured(line), |plain, code| plain.replace(code, ""));
            assert_eq!(plain, line);
        }
        assert!(coloured("routes via Iran").starts_with("\x1b[1;34mroutes\x1b[0m"));
        assert!(coloured("explain routes via Iran").contains("\x1b[1;34mroutes"));
        assert!(coloured("MATCH (c:Corridor)").contains("\x1b[33mCorridor"));
    }
}
