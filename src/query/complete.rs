//! Completion and highlighting for the prompt: what may stand at the cursor, and what kind of word each is.
//!
//! What may come is asked of the parser: it reads the text before the word at the cursor and tells what it expected at
//! its end. Words come from the tables of verbs and keywords, from the [`Vocabulary`], and names from [`Names`].

use std::collections::BTreeSet;
use std::sync::Arc;

use super::parse::lexer::{Kind, Lexer, Token};
use super::parse::{Fault, expected_at_end};
use super::syntax::Expected;
use super::{Vocabulary, claim, keywords, verbs};
use crate::graph::FrozenGraph;
use crate::names::fold;
use crate::span::Span;

/// Where names of things come from.
pub trait Names {
    /// Names of things that start with `prefix`, however spelt, with the type of each: at most `most`, only of `types` unless
    /// these are empty. What things are called comes first, then their other names, with what they are called.
    fn starting(&self, prefix: &str, types: &[Arc<str>], most: usize) -> Vec<(String, String)>;
}

impl Names for FrozenGraph {
    fn starting(&self, prefix: &str, types: &[Arc<str>], most: usize) -> Vec<(String, String)> {
        let (mut nodes, mut texts) = (BTreeSet::new(), BTreeSet::new());
        let folded = fold(prefix);
        let starts = |name: &str| fold(name).starts_with(&folded);
        let (mut called, mut known): (Vec<(String, String)>, Vec<_>) = (Vec::new(), Vec::new());
        for node in self.find_prefix(&folded).take(10_000).filter(|node| nodes.insert(*node)) {
            let (name, kind) = (self.name(node), self.node_type_name(self.node_type(node)));
            if !types.is_empty() && !types.iter().any(|t| &**t == kind) {
                continue;
            }
            if starts(name) {
                called.push((name.to_owned(), kind.to_owned()));
            } else if let Some(alias) = self.aliases(node).find(|alias| starts(alias)) {
                known.push((alias.to_owned(), format!("{kind}: {name}")));
            }
            if called.len() == most {
                break;
            }
        }
        called.extend(known);
        called.retain(|(text, _)| texts.insert(fold(text)));
        called.truncate(most);
        called
    }
}

/// What a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CandidateKind {
    /// The first word of a statement.
    Verb,
    /// The name of a thing.
    Name,
    /// Words for an edge.
    Edge,
    /// A node type.
    Type,
    /// A property.
    Property,
    /// A variable of the query.
    Variable,
    /// A keyword.
    Keyword,
}

/// What may stand at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What replaces the text from the start that [`complete`] gives up to the cursor.
    pub text: String,
    /// What it is.
    pub kind: CandidateKind,
    /// What is shown beside it: the type of a name, what a verb does.
    pub note: String,
}

/// How many names are offered.
const NAMES: usize = 20;

/// What may stand at byte `cursor` of `text`, and where what it replaces starts. Nothing, where the text before is wrong.
#[must_use]
pub fn complete(text: &str, cursor: usize, vocabulary: &Vocabulary, names: &dyn Names) -> (usize, Vec<Candidate>) {
    let Some(before) = text.get(..cursor) else { return (cursor, Vec::new()) };
    let tokens: Vec<Token<'_>> = Lexer::new(before, 0).collect();
    let context = Context { before, matching: is_matching(&tokens), vocabulary, names };
    if let Some(Token { kind: Kind::Bad(Fault::Quote), span, .. }) = tokens.last() {
        return context.quoted(span.start as usize);
    }
    let start = word_start(before, &tokens);
    let edges = context.edges(&tokens, start);
    if !edges.1.is_empty() && edges.0 < start {
        return edges;
    }
    let Some((expected, open)) = expected_at_end(before.get(..start).unwrap_or(""), vocabulary) else {
        return (cursor, Vec::new());
    };
    // A name of several words: "Middle Cor".
    if let Some(open) = open.filter(|o| *o < start) {
        let found = context.names_from(open);
        // Behind a name that is whole, the sentence goes on.
        let typed = fold(before.get(open..).unwrap_or_default());
        let whole = start == before.len() && found.iter().any(|c| fold(&c.text) == typed);
        if !found.is_empty() && !whole {
            return (open, found);
        }
    }
    let mut found = context.words(&expected, start);
    if edges.0 == start {
        found.extend(edges.1);
    }
    let rank =
        |c: &Candidate| (c.kind, if c.kind == CandidateKind::Verb || c.kind == CandidateKind::Name { 0 } else { c.text.len() });
    found.sort_by_key(rank);
    let mut seen = BTreeSet::new();
    found.retain(|c| seen.insert(c.text.clone()));
    (start, found)
}

/// Whether a MATCH query is being typed.
fn is_matching(tokens: &[Token<'_>]) -> bool {
    let first = tokens.iter().find_map(|t| match t.kind {
        Kind::Word(word) if !keywords::is_one(word, &["explain", "profile"]) => Some(word),
        _ => None,
    });
    first.is_some_and(|w| keywords::is_one(w, &keywords::MATCH_STARTS))
}

/// Where the word at the end of `before` starts; its end if there is none.
fn word_start(before: &str, tokens: &[Token<'_>]) -> usize {
    let mut start = before.len();
    for token in tokens.iter().rev() {
        let part = match token.kind {
            Kind::Word(_) => true,
            Kind::Int(_) | Kind::Date(_) | Kind::Symbol("-" | "–") => start < before.len(),
            _ => false,
        };
        if !part || token.span.end as usize != start {
            break;
        }
        start = token.span.start as usize;
        if !token.glued {
            break;
        }
    }
    start
}

/// What is completed, and from what.
struct Context<'a> {
    before: &'a str,
    matching: bool,
    vocabulary: &'a Vocabulary,
    names: &'a dyn Names,
}

impl Context<'_> {
    fn partial(&self, start: usize) -> &str {
        self.before.get(start..).unwrap_or("")
    }

    /// Names for a quote that opens at `start`.
    fn quoted(&self, start: usize) -> (usize, Vec<Candidate>) {
        let typed = self.partial(start).trim_start_matches(['"', '\'', '“', '‘']);
        let found = self.named(typed, start).into_iter().map(|(name, kind)| Candidate {
            text: format!("\"{}\"", name.replace('"', "\\\"")),
            kind: CandidateKind::Name,
            note: kind,
        });
        (start, found.collect())
    }

    /// Names that start with what stands from `start` on.
    fn names_from(&self, start: usize) -> Vec<Candidate> {
        let found = self.named(self.partial(start), start).into_iter();
        found.map(|(name, kind)| Candidate { text: bare(&name), kind: CandidateKind::Name, note: kind }).collect()
    }

    /// Names of the types that fit at `start`; of any, if none of these is so called.
    fn named(&self, typed: &str, start: usize) -> Vec<(String, String)> {
        let found = self.names.starting(typed, &self.fitting(start), NAMES);
        if found.is_empty() { self.names.starting(typed, &[], NAMES) } else { found }
    }

    /// The types of what may be named at `start`, by the words before it; empty if any may be.
    fn fitting(&self, start: usize) -> Vec<Arc<str>> {
        let before = self.before.get(..start).unwrap_or("");
        let tokens: Vec<Token<'_>> = Lexer::new(before, 0).collect();
        let words = tokens.iter().rev().map_while(|t| if let Kind::Word(word) = t.kind { Some(word) } else { None });
        let words: Vec<&str> = words.take(self.vocabulary.longest_wording()).collect();
        for count in (1..=words.len()).rev() {
            let phrase = words.get(..count).unwrap_or(&[]).iter().rev().copied().collect::<Vec<_>>().join(" ");
            let readings = self.vocabulary.readings(&phrase);
            if !readings.is_empty() {
                return readings.iter().flat_map(|r| self.vocabulary.end_types(&r.edge, !r.backward)).cloned().collect();
            }
        }
        match words.first().map(|w| w.to_lowercase()).as_deref() {
            Some("from" | "to" | "via" | "bypassing" | "avoiding" | "in" | "without") => self.vocabulary.stop_types().to_vec(),
            Some("carrying") => self.vocabulary.cargo_types().to_vec(),
            _ => Vec::new(),
        }
    }

    /// Edge words of which the last words, up to the one at `start`, are the beginning; and where they start.
    fn edges(&self, tokens: &[Token<'_>], start: usize) -> (usize, Vec<Candidate>) {
        let nothing = (start, Vec::new());
        if self.matching {
            return nothing;
        }
        let words = tokens.iter().rev().take_while(|t| matches!(t.kind, Kind::Word(_))).map(|t| t.span.start as usize);
        let mut starts: Vec<usize> = words.filter(|s| *s < start).take(3).collect();
        starts.reverse();
        starts.push(start);
        for at in starts {
            let typed = self.partial(at).to_lowercase();
            let base = self.before.get(..at).unwrap_or("");
            let found: Vec<Candidate> = self.wordings(&typed).collect();
            let wanted = || expected_at_end(base, self.vocabulary).is_some_and(|(e, _)| e.contains(&Expected::Edge));
            if !found.is_empty() && wanted() {
                return (at, found);
            }
        }
        nothing
    }

    /// Edge words that start with `typed`, their edge beside them; where nothing is typed yet, one for each edge and way.
    fn wordings(&self, typed: &str) -> impl Iterator<Item = Candidate> {
        let mut seen = BTreeSet::new();
        let fits = move |(wording, _): &(&str, _)| wording.starts_with(typed);
        let shown = self.vocabulary.wordings().filter(fits).filter(|(w, r)| *w != &*r.edge || !w.contains('_'));
        let shown = shown.filter(move |(_, reading)| !typed.is_empty() || seen.insert((*reading).clone()));
        shown.map(|(wording, reading)| Candidate {
            text: wording.to_owned(),
            kind: CandidateKind::Edge,
            note: reading.edge.to_string(),
        })
    }

    /// All that `expected` allows and that starts with what stands from `start` on.
    fn words(&self, expected: &[Expected], start: usize) -> Vec<Candidate> {
        let partial = self.partial(start).to_lowercase();
        let mut found = Vec::new();
        let mut add = |text: &str, kind, note: &str| {
            if text.to_lowercase().starts_with(&partial) {
                found.push(Candidate { text: text.to_owned(), kind, note: note.to_owned() });
            }
        };
        for one in expected {
            match one {
                Expected::Verb => {
                    for verb in verbs::VERBS {
                        let name = if verb.form == verbs::Form::Match { "MATCH" } else { verb.name };
                        add(name, CandidateKind::Verb, verb.summary);
                    }
                }
                Expected::Keyword(word) if self.matching => add(&word.to_uppercase(), CandidateKind::Keyword, ""),
                Expected::Keyword(word) => add(word, CandidateKind::Keyword, ""),
                Expected::Mode => keywords::modes().for_each(|m| add(m, CandidateKind::Keyword, "mode")),
                Expected::Type => {
                    for (name, plural) in self.vocabulary.type_words() {
                        add(if self.matching { name } else { plural }, CandidateKind::Type, name);
                    }
                    // Other nouns only where some of it is typed: there are many.
                    let others = self.vocabulary.other_nouns().filter(|_| !self.matching && !partial.is_empty());
                    others.for_each(|(said, sense)| add(said, CandidateKind::Type, &sense.kind));
                }
                Expected::Edge if self.matching => {
                    self.vocabulary.wordings().for_each(|(_, r)| add(&r.edge, CandidateKind::Edge, ""));
                }
                Expected::Property => {
                    self.vocabulary.properties().for_each(|p| add(p, CandidateKind::Property, ""));
                    if self.matching && self.before.contains("claims(") {
                        claim::PROPERTIES.iter().for_each(|p| add(p.0, CandidateKind::Property, "of a claim"));
                    }
                }
                Expected::Expression if self.matching => {
                    self.variables().into_iter().for_each(|v| add(v, CandidateKind::Variable, ""));
                }
                Expected::Expression => self.vocabulary.properties().for_each(|p| add(p, CandidateKind::Property, "")),
                _ => {}
            }
        }
        found.extend(self.types_of_pattern(start));
        if expected.contains(&Expected::Name) && !partial.is_empty() {
            found.extend(self.names_from(start));
        }
        found
    }

    /// Types behind the bracket that opens an edge or a node of a pattern: `-[` and `(` have no name yet.
    fn types_of_pattern(&self, start: usize) -> Vec<Candidate> {
        let tokens: Vec<Token<'_>> = Lexer::new(self.before, 0).collect();
        let [.., before, last] = &tokens[..] else { return Vec::new() };
        if !self.matching || start < self.before.len() {
            return Vec::new();
        }
        let typed = |name: &str, kind| Candidate { text: format!(":{name}"), kind, note: String::new() };
        match (before.kind, last.kind) {
            (Kind::Symbol("-" | "<-"), Kind::Symbol("[")) => {
                self.vocabulary.wordings().map(|(_, r)| typed(&r.edge, CandidateKind::Edge)).collect()
            }
            (Kind::Symbol("-" | ">" | ","), Kind::Symbol("(")) => {
                self.vocabulary.type_words().map(|(name, _)| typed(name, CandidateKind::Type)).collect()
            }
            (Kind::Word(word), Kind::Symbol("(")) if keywords::is_one(word, &["match"]) => {
                self.vocabulary.type_words().map(|(name, _)| typed(name, CandidateKind::Type)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Variables of the query: words after an opening bracket, and after AS.
    fn variables(&self) -> Vec<&str> {
        let tokens: Vec<Token<'_>> = Lexer::new(self.before, 0).collect();
        let pairs = tokens.windows(2).filter_map(|pair| match (pair.first()?.kind, pair.get(1)?.kind) {
            (Kind::Symbol("(" | "[" | ","), Kind::Word(word)) => Some(word),
            (Kind::Word(before), Kind::Word(word)) if keywords::is_one(before, &["as", "match"]) => Some(word),
            _ => None,
        });
        let mut seen = BTreeSet::new();
        pairs.filter(|w| !keywords::is_reserved(w) && seen.insert(*w)).collect()
    }
}

/// `name` as it can be typed bare, else in quotes.
fn bare(name: &str) -> String {
    let words: Vec<Token<'_>> = Lexer::new(name, 0).collect();
    let plain = |t: &Token<'_>| matches!(t.kind, Kind::Word(_) | Kind::Int(_) | Kind::Symbol("-" | "–" | "." | "/" | "&" | "+"));
    let clause = |w: &str| keywords::is_one(w, &keywords::CLAUSES) && w != "and";
    let sound = words.iter().all(plain) && !name.split(' ').any(clause) && !words.is_empty();
    if sound { name.to_owned() } else { format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")) }
}

// ---------------------------------------------------------------- highlighting

/// What kind of word a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// A verb or a keyword.
    Keyword,
    /// A bare name, a variable.
    Name,
    /// A type or an edge after a colon.
    Type,
    /// Text in quotes.
    String,
    /// A number or a date.
    Number,
    /// `$x`.
    Parameter,
    /// A comment.
    Comment,
    /// What is no token.
    Error,
}

/// The pieces of `text` that have a class, in order; what lies between them has none.
#[must_use]
pub fn highlight(text: &str) -> Vec<(Span, Class)> {
    let tokens: Vec<Token<'_>> = Lexer::new(text, 0).collect();
    let matching = is_matching(&tokens);
    let mut found = Vec::new();
    let mut end = 0;
    let mut first = true;
    let mut colon = false;
    for token in &tokens {
        comment(text, end, token.span.start as usize, &mut found);
        let class = match token.kind {
            Kind::Word(word) => {
                let keyword = if first { verbs::lookup(word).is_some() } else { is_shown_keyword(word, matching) };
                first = first && keywords::is_one(word, &["explain", "profile"]);
                Some(if colon && matching {
                    Class::Type
                } else if keyword {
                    Class::Keyword
                } else {
                    Class::Name
                })
            }
            Kind::Quoted(_) => Some(Class::String),
            Kind::Backquoted(_) => Some(Class::Name),
            Kind::Int(_) | Kind::Float(_) | Kind::Date(_) => Some(Class::Number),
            Kind::Parameter(_) => Some(Class::Parameter),
            Kind::Bad(Fault::Quote) => Some(Class::String),
            Kind::Bad(Fault::Comment) => Some(Class::Comment),
            Kind::Bad(_) | Kind::Foreign(_) => Some(Class::Error),
            Kind::Symbol(_) => None,
        };
        colon = token.kind == Kind::Symbol(":") || (colon && token.kind == Kind::Symbol("|"));
        if token.kind == Kind::Symbol(";") {
            first = true;
        }
        found.extend(class.map(|c| (token.span, c)));
        end = token.span.end as usize;
    }
    comment(text, end, text.len(), &mut found);
    found
}

/// Whether a word within a statement is shown as a keyword: written all small or all large, as people write them.
fn is_shown_keyword(word: &str, matching: bool) -> bool {
    let even = word.chars().all(char::is_lowercase) || word.chars().all(char::is_uppercase);
    let other = ["of", "hops", "world", "desc", "asc", "as", "or", "same", "contains", "starts", "ends", "is", "not", "null"];
    let known = if matching { keywords::is_keyword(word) } else { keywords::is_one(word, &keywords::CLAUSES) };
    even && (known || keywords::is_one(word, &other))
}

/// Adds the comment between two tokens, if there is one.
fn comment(text: &str, from: usize, to: usize, found: &mut Vec<(Span, Class)>) {
    let gap = text.get(from..to).unwrap_or("");
    let trimmed = gap.trim();
    if !trimmed.is_empty() {
        let start = from + gap.len() - gap.trim_start().len();
        found.push((Span::new(start, start + trimmed.len()), Class::Comment));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Schema;

    struct Few;

    impl Names for Few {
        fn starting(&self, prefix: &str, types: &[Arc<str>], most: usize) -> Vec<(String, String)> {
            let all = [
                ("Kazakhstan", "State"),
                ("Kabul Corridor", "Corridor"),
                ("Middle Corridor", "Corridor"),
                ("Middle East", "Region"),
                ("Sojitz", "Organisation"),
                ("oil", "Commodity"),
                ("Road to Europe", "Corridor"),
                ("Bosnia and Herzegovina", "State"),
            ];
            let fits =
                |n: &str, t: &str| fold(n).starts_with(&fold(prefix)) && (types.is_empty() || types.iter().any(|k| &**k == t));
            all.iter().filter(|(n, t)| fits(n, t)).take(most).map(|(n, t)| ((*n).to_owned(), (*t).to_owned())).collect()
        }
    }

    /// The candidates at the end of `text`, what they replace before them.
    fn at_end(text: &str) -> (String, Vec<String>) {
        let vocabulary = Vocabulary::of(Schema::builtin());
        let (start, found) = complete(text, text.len(), &vocabulary, &Few);
        (text[start..].to_owned(), found.into_iter().map(|c| c.text).collect())
    }

    #[test]
    fn verbs_come_first_then_clauses_then_names_of_the_right_type() {
        assert_eq!(at_end("rou").1, ["routes"]);
        assert!(at_end("").1.starts_with(&["routes".to_owned(), "path".to_owned()]));
        assert_eq!(at_end("mat").1, ["MATCH"]);
        assert_eq!(at_end("routes by").1, ["by", "bypassing"]);
        assert_eq!(at_end("routes from Ka").1, ["Kazakhstan"], "a corridor is no stop");
        assert_eq!(at_end("show Ka").1, ["Kazakhstan", "Kabul Corridor"]);
        assert_eq!(at_end("routes carrying o").1, ["oil"]);
        assert_eq!(at_end("list rail").1, ["railways", "railroads", "rail lines", "railway lines"]);
        assert!(at_end("compare Middle Corridor w").1.contains(&"with".to_owned()));
        assert_eq!(at_end("routes from Kazakhstan t"), ("t".to_owned(), vec!["to".to_owned()]));
    }

    #[test]
    fn names_of_several_words_are_replaced_whole() {
        assert_eq!(at_end("show Middle C"), ("Middle C".to_owned(), vec!["Middle Corridor".to_owned()]));
        assert_eq!(at_end("show Middle ").1, ["Middle Corridor", "Middle East"]);
        assert!(at_end("routes bypassing Kazakhstan ").1.contains(&"limit".to_owned()), "the name is whole");
        assert_eq!(at_end("show \"Mid").1, ["\"Middle Corridor\"", "\"Middle East\""]);
        assert_eq!(at_end("show Ro").1, ["\"Road to Europe\""]);
        assert_eq!(at_end("show Bos").1, ["Bosnia and Herzegovina"]);
    }

    #[test]
    fn edges_are_offered_in_the_words_people_say() {
        assert!(at_end("who fun").1.contains(&"funds".to_owned()));
        let (replaced, found) = at_end("what is fun");
        assert_eq!((replaced.as_str(), found.as_slice()), ("is fun", ["is funded by".to_owned()].as_slice()));
        assert_eq!(at_end("who funds Mid").1, ["Middle Corridor", "Middle East"], "either may be funded");
        assert!(at_end("neighbours of Kazakhstan over bor").1.contains(&"borders".to_owned()));
        let all = at_end("who ").1;
        let edges = Schema::builtin().edge_types.len();
        assert!(all.len() <= 2 * edges && all.len() >= edges, "one for each edge and way: {all:?}");
    }

    #[test]
    fn queries_complete_types_edges_properties_and_variables() {
        assert_eq!(at_end("MATCH (c:Cor").1, ["Corridor"]);
        assert_eq!(at_end("MATCH (c)-[:fun").1, ["funds"]);
        assert_eq!(at_end("MATCH (corr) RETURN co").1[0], "corr");
        assert_eq!(at_end("MATCH (c) RETURN c.len").1, ["length_km"]);
        assert_eq!(at_end("MATCH (c) RET").1, ["RETURN"]);
        assert!(at_end("MATCH (c RETURN c W").1.is_empty(), "nothing after a fault");
        // A bracket that opens an edge or a node offers its types, a function's does not.
        assert!(at_end("MATCH (c)-[").1.contains(&":funds".to_owned()));
        assert!(at_end("MATCH (c)<-[").1.contains(&":funds".to_owned()));
        assert!(at_end("MATCH (").1.contains(&":Corridor".to_owned()));
        assert!(at_end("MATCH (c)-[:funds]->(").1.contains(&":Corridor".to_owned()));
        assert!(!at_end("MATCH (c) RETURN count(").1.contains(&":Corridor".to_owned()));
        assert!(!at_end("MATCH (c) RETURN c.x[").1.contains(&":funds".to_owned()));
    }

    #[test]
    fn any_cursor_in_any_text_is_safe() {
        let vocabulary = Vocabulary::of(Schema::builtin());
        for text in ["routes from Türkiye to “Aktau” 'x", "MATCH (é:`a b`) RETURN é // ü", "why \"", "'", "🚂 x"] {
            for cursor in 0..=text.len() + 1 {
                let _ = complete(text, cursor, &vocabulary, &Few);
            }
            let _ = highlight(text);
        }
    }

    #[test]
    fn words_are_classed() {
        let classes = |text: &str| highlight(text).into_iter().map(|(s, c)| (text[s.range()].to_owned(), c)).collect::<Vec<_>>();
        let got = classes("routes from Kazakhstan limit 5 // note");
        let expected = [
            ("routes", Class::Keyword),
            ("from", Class::Keyword),
            ("Kazakhstan", Class::Name),
            ("limit", Class::Keyword),
            ("5", Class::Number),
            ("// note", Class::Comment),
        ];
        assert_eq!(got, expected.map(|(t, c)| (t.to_owned(), c)));
        assert!(classes("MATCH (c:Corridor) WHERE c.x = 'y'").contains(&("Corridor".to_owned(), Class::Type)));
        assert!(classes("a == b").contains(&("==".to_owned(), Class::Error)));
    }
}
