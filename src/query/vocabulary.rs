//! The words that queries may use for types, edges and properties: built from the schema, asked by the parser (where
//! does an edge's wording end?), the binders (what does it mean?) and completion.
//!
//! All of it is data. Words compare folded: case, accents and punctuation do not matter, `_` is a blank.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::keywords;
use crate::names::fold;
use crate::schema::{NodeTypeId, Schema};

/// A noun has at most so many words.
pub(super) const MOST_WORDS: usize = 6;

/// What an edge's wording may mean: a type of edge, and which way it is said.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reading {
    /// The edge type's name in the schema.
    pub edge: Arc<str>,
    /// Said from target to source: "is funded by".
    pub backward: bool,
}

/// What a noun means: the things of a type, all or those whose attributes are so.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sense {
    /// The type's name in the schema.
    pub kind: Arc<str>,
    /// (attribute, word that it must be), each attribute once.
    pub only: Vec<(Arc<str>, Arc<str>)>,
    /// What the things' names must hold, in small letters.
    pub named: Option<Arc<str>>,
}

/// An attribute of nodes, and one of the words that it may be.
type WordOf = (Arc<str>, Arc<str>);

/// Words for types, edges and properties.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// Readings by folded wording.
    edges: BTreeMap<String, Vec<Reading>>,
    /// Wordings as the schema has them, in its order: for completion and hints.
    wordings: Vec<(String, Reading)>,
    /// What nouns mean, by folded noun: names and plurals of node types, and others.
    nouns: BTreeMap<String, Sense>,
    /// Nouns other than names and plurals of types, in the plural, in the schema's order.
    other_nouns: Vec<(String, Sense)>,
    /// These in the singular, folded.
    singulars: BTreeSet<String>,
    /// (attribute, word) by folded word, for attributes of nodes that are one of some words: "planned".
    words: BTreeMap<String, (Arc<str>, Arc<str>)>,
    /// Names and plurals of node types, in the schema's order.
    type_words: Vec<(Arc<str>, String)>,
    /// Names of attributes, in the schema's order, of nodes first.
    properties: Vec<Arc<str>>,
    /// The most words that a wording has.
    longest: usize,
    /// First words of wordings, folded.
    starts: BTreeSet<String>,
    /// Types of an edge's source and target, by the edge's name.
    ends: BTreeMap<Arc<str>, [Vec<Arc<str>>; 2]>,
    /// Types of the stops of ways.
    stops: Vec<Arc<str>>,
    /// Types of what ways carry.
    cargo: Vec<Arc<str>>,
    /// The type of ways.
    way: Option<Arc<str>>,
}

impl Vocabulary {
    /// The words of `schema`.
    #[must_use]
    pub fn of(schema: &Schema) -> Self {
        let mut vocabulary = Self::default();
        for kind in &schema.node_types {
            vocabulary.add_type(&kind.name, &kind.plural);
        }
        for kind in &schema.node_types {
            for noun in &kind.nouns {
                let sense =
                    Sense { kind: kind.name.clone(), only: noun.only.iter().cloned().collect(), named: noun.named.clone() };
                noun.said.iter().for_each(|said| vocabulary.add_noun(said, &sense, true));
                noun.one.iter().for_each(|one| vocabulary.add_noun(one, &sense, false));
            }
        }
        for attribute in &schema.node_attributes {
            for word in &attribute.words {
                let of = (attribute.name.clone(), Arc::from(word.as_str()));
                vocabulary.words.entry(folded(word)).or_insert(of);
            }
        }
        for edge in &schema.edge_types {
            vocabulary.add_edge(&edge.name, &edge.name, false);
            for wording in &edge.forward {
                vocabulary.add_edge(wording, &edge.name, false);
            }
            for wording in &edge.backward {
                vocabulary.add_edge(wording, &edge.name, true);
                // "projects funded by Japan": a participle stands without its auxiliary, too.
                if let Some((auxiliary, participle)) = wording.split_once(' ')
                    && keywords::is_one(auxiliary, &["is", "was"])
                    && participle.contains(' ')
                {
                    vocabulary.add_edge(participle, &edge.name, true);
                }
            }
            let names = |ids: &[NodeTypeId]| {
                ids.iter().filter_map(|i| schema.node_types.get(i.0 as usize)).map(|t| t.name.clone()).collect()
            };
            vocabulary.ends.insert(edge.name.clone(), [names(&edge.from), names(&edge.to)]);
        }
        for attribute in schema.node_attributes.iter().chain(&schema.edge_attributes) {
            vocabulary.add_property(&attribute.name);
        }
        let stops = schema.roles.stops.iter().filter_map(|i| schema.node_types.get(i.0 as usize));
        vocabulary.stops = stops.map(|t| t.name.clone()).collect();
        let carries = schema.roles.carries.and_then(|e| schema.edge_types.get(e.0 as usize));
        vocabulary.way = schema.roles.way.and_then(|i| schema.node_types.get(i.0 as usize)).map(|t| t.name.clone());
        vocabulary.cargo = carries.map(|e| vocabulary.end_types(&e.name, true).to_vec()).unwrap_or_default();
        vocabulary
    }

    /// Adds a node type and its plural. What is known already stays.
    pub fn add_type(&mut self, name: &str, plural: &str) {
        let name: Arc<str> = Arc::from(name);
        for word in [&*name, plural] {
            self.nouns.entry(folded(word)).or_insert_with(|| Sense { kind: name.clone(), ..Sense::default() });
        }
        if !self.type_words.iter().any(|(n, _)| *n == name) {
            self.type_words.push((name, plural.to_owned()));
        }
    }

    /// Adds another noun. What is known already stays.
    fn add_noun(&mut self, said: &str, sense: &Sense, plural: bool) {
        let key = folded(said);
        if !key.is_empty() && !self.nouns.contains_key(&key) {
            self.nouns.insert(key.clone(), sense.clone());
            if plural {
                self.other_nouns.push((said.to_owned(), sense.clone()));
            } else {
                self.singulars.insert(key);
            }
        }
    }

    /// Adds a wording of an edge type, or the type's own name.
    pub fn add_edge(&mut self, wording: &str, edge: &str, backward: bool) {
        let key = folded(wording);
        let reading = Reading { edge: Arc::from(edge), backward };
        if key.is_empty() {
            return;
        }
        self.longest = self.longest.max(key.split(' ').count());
        self.starts.extend(key.split(' ').next().map(str::to_owned));
        let known = self.edges.entry(key).or_default();
        if !known.contains(&reading) {
            known.push(reading.clone());
            self.wordings.push((wording.to_owned(), reading));
        }
    }

    /// Adds a property.
    pub fn add_property(&mut self, name: &str) {
        if !self.properties.iter().any(|p| &**p == name) {
            self.properties.push(Arc::from(name));
        }
    }

    /// Whether a noun means ways.
    #[must_use]
    pub fn is_way(&self, sense: &Sense) -> bool {
        self.way.as_ref() == Some(&sense.kind)
    }

    /// What `wording` may mean, in the schema's order; nothing if it is unknown. O(log wordings).
    #[must_use]
    pub fn readings(&self, wording: &str) -> &[Reading] {
        self.edges.get(&folded(wording)).map_or(&[], Vec::as_slice)
    }

    /// What a noun means: "corridors", "countries", "railways", "planned railways". O(log nouns) for each of its few words.
    #[must_use]
    pub fn sense(&self, noun: &str) -> Option<Sense> {
        let folded = folded(noun);
        if folded.split(' ').count() > MOST_WORDS {
            return None;
        }
        let (mut rest, mut only) = (&*folded, Vec::<WordOf>::new());
        loop {
            if let Some(sense) = self.nouns.get(rest) {
                only.extend(sense.only.iter().cloned());
                let each = |(at, one): (usize, &(Arc<str>, Arc<str>))| only[..at].iter().all(|o| o.0 != one.0);
                return only.iter().enumerate().all(each).then(|| Sense { only: only.clone(), ..sense.clone() });
            }
            let (word, noun) = self.word_before(rest)?;
            only.push(word);
            rest = noun;
        }
    }

    /// Whether a noun is a singular that may be a name as well: "road", but no type's own "corridor".
    #[must_use]
    pub fn may_be_a_name(&self, noun: &str) -> bool {
        self.singulars.contains(&folded(noun))
    }

    /// The word of an attribute with which a text begins, and what follows it: "under construction" of "under construction roads".
    fn word_before<'t>(&self, text: &'t str) -> Option<(WordOf, &'t str)> {
        let cuts = text.match_indices(' ').map(|(at, _)| at);
        let found = cuts.filter_map(|at| Some((self.words.get(text.get(..at)?)?, text.get(at + 1..)?))).next_back();
        found.map(|(word, rest)| (word.clone(), rest))
    }

    /// The attribute of nodes of which `word` is one of the words, and the word as the schema has it: "planned", "under construction".
    #[must_use]
    pub fn word_of(&self, word: &str) -> Option<&(Arc<str>, Arc<str>)> {
        self.words.get(&folded(word))
    }

    /// Whether `name` is a property that the schema knows, in any case.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&Arc<str>> {
        self.properties.iter().find(|p| p.eq_ignore_ascii_case(name))
    }

    /// All wordings with their readings, in the schema's order; an edge type's own name comes before its wordings.
    pub fn wordings(&self) -> impl Iterator<Item = (&str, &Reading)> {
        self.wordings.iter().map(|(w, r)| (w.as_str(), r))
    }

    /// Names and plurals of node types, in the schema's order.
    pub fn type_words(&self) -> impl Iterator<Item = (&str, &str)> {
        self.type_words.iter().map(|(n, p)| (&**n, p.as_str()))
    }

    /// Nouns other than names and plurals of types, in the plural, with what they mean, in the schema's order.
    pub fn other_nouns(&self) -> impl Iterator<Item = (&str, &Sense)> {
        self.other_nouns.iter().map(|(said, sense)| (said.as_str(), sense))
    }

    /// Names of properties, those of nodes first.
    pub fn properties(&self) -> impl Iterator<Item = &str> {
        self.properties.iter().map(|p| &**p)
    }

    /// Whether some wording starts with `word`: `passes`, `is`, also a whole `passes_through`.
    #[must_use]
    pub fn starts_wording(&self, word: &str) -> bool {
        let key = folded(word);
        self.starts.contains(match key.as_str() {
            "are" => "is",
            "were" => "was",
            other => other.split(' ').next().unwrap_or(other),
        })
    }

    /// Types of the sources of `edge`, or of its targets; empty if it is unknown.
    #[must_use]
    pub fn end_types(&self, edge: &str, target: bool) -> &[Arc<str>] {
        self.ends.get(edge).map_or(&[], |[from, to]| if target { to } else { from })
    }

    /// Types of the stops of ways: what `from`, `to` and `via` name.
    #[must_use]
    pub fn stop_types(&self) -> &[Arc<str>] {
        &self.stops
    }

    /// Types of what ways carry.
    #[must_use]
    pub fn cargo_types(&self) -> &[Arc<str>] {
        &self.cargo
    }

    /// The most words that a wording has.
    #[must_use]
    pub fn longest_wording(&self) -> usize {
        self.longest
    }
}

/// [`fold`] with `_` as a blank, so that `passes_through` and "passes through" are one; "are funded by" is "is funded by".
fn folded(text: &str) -> String {
    let folded = fold(&text.replace('_', " "));
    for (plural, singular) in [("are ", "is "), ("were ", "was ")] {
        if let Some(rest) = folded.strip_prefix(plural) {
            return format!("{singular}{rest}");
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        Vocabulary::of(Schema::builtin())
    }

    /// What a noun means, as one text.
    fn meaning(noun: &str) -> Option<String> {
        let sense = vocabulary().sense(noun)?;
        let only: Vec<String> = sense.only.iter().map(|(a, w)| format!(" {a}={w}")).collect();
        Some(format!("{}{}", sense.kind, only.concat()))
    }

    #[test]
    fn wordings_lead_to_edges_both_ways() {
        let words = vocabulary();
        let edge = |w: &str| {
            words.readings(w).iter().map(|r| format!("{}{}", if r.backward { "<" } else { "" }, r.edge)).collect::<Vec<_>>()
        };
        assert_eq!(edge("pays for"), ["funds"]);
        assert_eq!(edge("Is Funded By"), ["<funds"]);
        assert_eq!(edge("passes_through"), ["passes_through"]);
        assert!(edge("pays").is_empty());
        assert!(edge("is in").len() > 1, "one wording may mean several edges");
    }

    #[test]
    fn types_have_plurals() {
        assert_eq!(meaning("corridors").as_deref(), Some("Corridor"));
        assert_eq!(meaning("STATE").as_deref(), Some("State"));
        assert_eq!(meaning("Kazakhstan"), None);
    }

    #[test]
    fn nouns_may_mean_some_of_a_type() {
        assert_eq!(meaning("countries").as_deref(), Some("State"));
        assert_eq!(meaning("Railways").as_deref(), Some("Corridor kind=railway"));
        assert_eq!(meaning("planned power lines").as_deref(), Some("Corridor status=planned kind=power_line"));
        assert_eq!(meaning("under construction projects").as_deref(), Some("Project status=under_construction"));
        assert_eq!(meaning("planned"), None);
        assert_eq!(meaning("planned proposed roads"), None, "nothing is both");
        assert_eq!(meaning("very planned roads"), None);
    }
}
