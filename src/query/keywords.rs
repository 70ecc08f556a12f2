//! The words that the grammar itself has, and what other languages write for them.
//!
//! Verbs have their own table (`verbs`), edge words and types are the schema's ([`Vocabulary`](super::Vocabulary)).

use crate::model::Mode;

/// Words that start a clause of a verb sentence, and so end a bare name.
pub const CLAUSES: [&str; 28] = [
    "from",
    "to",
    "via",
    "through",
    "bypassing",
    "avoiding",
    "carrying",
    "over",
    "within",
    "where",
    "in",
    "by",
    "order",
    "skip",
    "limit",
    "mode",
    "as of",
    "since",
    "before",
    "until",
    "between",
    "stated",
    "with world",
    "depth",
    "out",
    "without",
    "closing",
    "and",
];

/// Words that MATCH keeps to itself: no variable is called so without back-quotes.
pub const RESERVED: [&str; 36] = [
    "match", "optional", "where", "return", "with", "unwind", "union", "all", "as", "order", "by", "skip", "limit", "distinct",
    "and", "or", "xor", "not", "in", "is", "null", "true", "false", "case", "when", "then", "else", "end", "starts", "ends",
    "contains", "exists", "create", "merge", "delete", "call",
];

/// Words that may be variables and functions although [`RESERVED`] holds them: they are told by what follows.
const SOFT: [&str; 4] = ["all", "by", "exists", "call"];

/// Words that start a MATCH query.
pub const MATCH_STARTS: [&str; 5] = ["match", "optional", "return", "with", "unwind"];

/// Words that start statements that change graphs, which the language has none of.
pub const WRITES: [&str; 9] = ["create", "merge", "delete", "detach", "set", "remove", "foreach", "drop", "insert"];

/// Words that, behind "who" or "what", ask for something else than an edge: "what happened", "who says that".
pub const QUESTIONS: [&str; 7] = ["happened", "happens", "if", "depends", "says", "say", "said"];

/// The word for every mode, denials too.
pub const ALL_MODES: &str = "all";

/// The words that stand behind `mode`.
pub fn modes() -> impl Iterator<Item = &'static str> {
    Mode::ALL.into_iter().map(Mode::as_str).chain([ALL_MODES])
}

/// The months, for dates in words.
const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// The month, from 1, that `word` is the name of, or the beginning of at least three letters: "July", "Sept".
#[must_use]
pub fn month(word: &str) -> Option<u8> {
    let word = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|m| word.len() >= 3 && m.starts_with(&word))?;
    Some(at as u8 + 1)
}

/// Whether `word`, in any case, is one of `words`, which are in lower case.
#[must_use]
pub fn is_one(word: &str, words: &[&str]) -> bool {
    words.iter().any(|w| w.eq_ignore_ascii_case(word))
}

/// Whether a variable may not be called `word`.
#[must_use]
pub fn is_reserved(word: &str) -> bool {
    is_one(word, &RESERVED) && !is_one(word, &SOFT)
}

/// Whether `word` means something to the grammar, anywhere.
#[must_use]
pub fn is_keyword(word: &str) -> bool {
    is_one(word, &RESERVED) || is_one(word, &CLAUSES) || matches!(word, "asc" | "desc" | "ASC" | "DESC")
}

/// What others write, and what to write here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habit {
    /// The foreign word or symbol, in lower case.
    pub foreign: &'static str,
    /// What to do, a sentence.
    pub hint: &'static str,
}

const fn habit(foreign: &'static str, hint: &'static str) -> Habit {
    Habit { foreign, hint }
}

/// Foreign habits: looked up by the word or symbol at which parsing stopped.
pub const HABITS: [Habit; 47] = [
    habit(";", "one statement at a time here"),
    habit("->", "verbs use words (`from A to B`), MATCH uses `-[:edge]->`"),
    habit("-->", "verbs use words (`from A to B`), MATCH uses `-[:edge]->`"),
    habit("=>", "verbs use words (`from A to B`), MATCH uses `-[:edge]->`"),
    habit("<-", "verbs use words (`from A to B`), MATCH uses `-[:edge]->`"),
    habit("call", "there are no procedures; `.schema` and `.types` at the prompt show what there is"),
    habit("==", "equality is `=`"),
    habit("===", "equality is `=`"),
    habit("!=", "inequality is `<>`"),
    habit("!==", "inequality is `<>`"),
    habit("&&", "write `and`"),
    habit("||", "write `or`; texts are joined by `+`"),
    habit("!", "write `not`"),
    habit("=~", "there are no regular expressions: use `contains`, `starts with` or `ends with`"),
    habit("like", "use `contains`, `starts with` or `ends with`"),
    habit("ilike", "use `contains` on `toLower(…)`"),
    habit("regexp", "there are no regular expressions: use `contains`, `starts with` or `ends with`"),
    habit("between", "dates may be `between 2024 and 2025`; places are `from A to B`, numbers `x >= low and x <= high`"),
    habit("→", "verbs use words (`from A to B`), MATCH uses `-[:edge]->`"),
    habit("select", "ask `list corridors where …`, or `MATCH (c:Corridor) RETURN c.name`"),
    habit("find", "ask `list corridors where …`, or `show` something by its name"),
    habit("get", "ask `show` something by its name, or `list` a type"),
    habit("describe", "ask `show` something by its name"),
    habit("avoid", "write `avoiding` or `bypassing`"),
    habit("avoids", "write `avoiding` or `bypassing`"),
    habit("bypass", "write `bypassing`"),
    habit("bypasses", "write `bypassing`"),
    habit("except", "write `avoiding`, or `where not …`"),
    habit("excluding", "write `avoiding`"),
    habit("without", "write `avoiding`"),
    habit("not", "write `avoiding NAME`, or `where not …`"),
    habit("thru", "write `via`"),
    habit("across", "write `via`"),
    habit("towards", "write `to`"),
    habit("until", "write `to` for places, `before` for dates"),
    habit("top", "write `limit 5` at the end"),
    habit("first", "write `limit 5` at the end"),
    habit("max", "write `within 6 hops`, or `limit 5`"),
    habit("filter", "write `where …`"),
    habit("having", "write `WITH …, count(*) AS n WHERE n > 1` before RETURN"),
    habit("group", "there is no GROUP BY: what RETURN does not aggregate is grouped by"),
    habit("join", "name the edge: `MATCH (a)-[:funds]->(b)`"),
    habit("offset", "write `skip`"),
    habit("sort", "write `order by`"),
    habit("orderby", "write `order by`"),
    habit("exclude", "write `avoiding`"),
    habit("shortestpath", "write `MATCH p = SHORTEST 1 (a)-[*]-(b)`, or the verb `path from A to B`"),
];

/// What statements of other languages, and halves of sentences, start with.
const STARTS: [Habit; 31] = [
    habit("nx", NETWORKX),
    habit("networkx", NETWORKX),
    habit("g", NETWORKX),
    habit("analyze", "`profile` before a statement runs it, and shows rows and times"),
    habit("analyse", "`profile` before a statement runs it, and shows rows and times"),
    habit("from", "say what is sought: `routes from A to B`, `path from A to B`"),
    habit("to", "say what is sought: `routes from A to B`, `path from A to B`"),
    habit("between", "say what is sought: `routes from A to B`, `path from A to B`"),
    habit("via", "say what is sought: `routes via A`"),
    habit("--", "a comment starts with `//`, or with `#` at the start of a line"),
    habit("how", "`show NAME` gives lengths, costs and dates; `how many corridors` counts"),
    habit("when", "`timeline of NAME` gives dates; `due` gives what is planned"),
    habit("where", "`show NAME` tells where a thing lies, and where a way goes"),
    habit("can", ROUTES),
    habit("top", TOP),
    habit("first", TOP),
    habit("cheapest", "`routes from A to B by cost` gives the cheapest first"),
    habit("relations", TIES),
    habit("trade", TIES),
    habit("evidence", "`why NAME` gives the sentences about a thing, `why A funds B` those for an edge"),
    habit("load", "graphs are built from documents: `silkgraph build`"),
    habit("use", "`.open FILE` at the prompt asks another graph"),
    habit("tell", "`show NAME` gives all that is known of a thing"),
    habit("give", "`show NAME` gives all that is known of a thing"),
    habit("is", WHY),
    habit("are", WHY),
    habit("do", WHY),
    habit("does", WHY),
    habit("did", WHY),
    habit("bypassing", "say what is sought: `routes bypassing A`"),
    habit("avoiding", "say what is sought: `routes avoiding A`"),
];

const TOP: &str = "write `list corridors order by length_km desc limit 5`";

const TIES: &str = "`paths from A to B within 1 hops` gives what ties two things, `neighbours of A` all that is tied to one";

const ROUTES: &str = "`routes from A to B` gives ways, `path from A to B` what ties them";

const WHY: &str = "`why A funds B` gives the sentences that say so, or tells that there are none";

const NETWORKX: &str = "networkx's `shortest_path` is `path from A to B`, its `all_simple_paths` is `paths from A to B`, its `neighbors` is `neighbours of A`";

/// What to write where a statement starts with `word`.
#[must_use]
pub fn start_hint(word: &str) -> Option<&'static str> {
    STARTS.iter().find(|h| word.eq_ignore_ascii_case(h.foreign)).map(|h| h.hint)
}

/// What to write instead of `foreign`.
#[must_use]
pub fn habit_hint(foreign: &str) -> Option<&'static str> {
    let foreign = foreign.to_lowercase();
    HABITS.iter().find(|h| h.foreign == foreign).map(|h| h.hint)
}

/// The keyword of `known` that `word` is probably a slip of: one or two letters off, and not further than a third of
/// it; nearest first.
#[must_use]
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = word.to_lowercase();
    let letters = word.chars().count();
    let allowed = match letters {
        0 | 1 => return None,
        2..=5 => 1,
        _ => 2,
    };
    let scored = known.into_iter().filter(|k| !k.eq_ignore_ascii_case(&word)).map(|k| {
        let lower = k.to_lowercase();
        let distance = strsim::damerau_levenshtein(&word, &lower);
        // "ret" for "return": what is typed so far.
        let begun = letters >= 3 && lower.starts_with(&word);
        (if begun { 1 } else { distance }, k)
    });
    scored.filter(|(d, k)| *d <= allowed && *d < k.chars().count()).min_by_key(|(d, _)| *d).map(|(_, k)| k)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_near_and_words_are_not() {
        assert_eq!(nearest("bypasing", CLAUSES), Some("bypassing"));
        assert_eq!(nearest("too", CLAUSES), Some("to"));
        assert_eq!(nearest("form", CLAUSES), Some("from"));
        assert_eq!(nearest("Kazakhstan", CLAUSES), None);
        assert_eq!(nearest("x", CLAUSES), None);
    }

    #[test]
    fn every_habit_has_one_hint_in_lower_case() {
        for (at, habit) in HABITS.iter().enumerate() {
            assert_eq!(habit.foreign, habit.foreign.to_lowercase());
            assert!(HABITS[at + 1..].iter().all(|h| h.foreign != habit.foreign), "{} twice", habit.foreign);
        }
    }
}
