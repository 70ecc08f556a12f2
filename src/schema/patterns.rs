//! The pattern files: words of the language, head nouns, offices, values, modes and
//! frames, as they stand in `graph-schema/patterns/*.ron`.
//!
//! This file knows their shape and nothing of what they do: `extract::lexicon`
//! compiles the words, `extract::frame` the frames. A wording is added here never,
//! only in the data.

use serde::{Deserialize, Serialize};

use crate::model::Mode;

use super::confidence::Confidence;
use super::page::PagePatterns;
use super::tables::Tables;
pub use super::words::Moment;
use super::words::{Verbs, Words};

/// All pattern files, read.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
pub struct Patterns {
    /// `words.ron`.
    pub words: Words,
    /// `verbs.ron`.
    pub verbs: Verbs,
    /// `heads.ron`.
    pub heads: Heads,
    /// `offices.ron`.
    pub offices: Offices,
    /// `values.ron`.
    pub values: Values,
    /// `modes.ron`.
    pub modes: Modes,
    /// `frames.ron`.
    pub frames: Frames,
    /// `parts.ron`.
    pub parts: Parts,
    /// `page.ron`, which is for reading, not for extraction.
    pub page: PagePatterns,
    /// `attributes.ron`.
    pub attributes: Attributes,
    /// `tables.ron`.
    pub tables: Tables,
    /// `confidence.ron`.
    pub confidence: Confidence,
}

/// Names of the node and edge types that play a part in reading.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "each field is the part it is named after; see parts.ron")]
pub struct Parts {
    pub state: Option<String>,
    pub region: Option<String>,
    pub place: Option<String>,
    pub way: Option<String>,
    pub organisation: Option<String>,
    pub agreement: Option<String>,
    pub project: Option<String>,
    pub event: Option<String>,
    pub person: Option<String>,
    pub commodity: Option<String>,
    pub touches: Option<String>,
    pub leads: Option<String>,
    pub within: Option<String>,
    pub member: Option<String>,
    pub takes_part: Option<String>,
    pub part_of: Option<String>,
    pub carries: Option<String>,
    pub adopted_at: Option<String>,
    pub party: Option<String>,
    pub hosts: Option<String>,
    pub concerns: Option<String>,
    pub avoids: Option<String>,
    pub builds: Option<String>,
    pub proposes: Option<String>,
    pub length: Option<String>,
    pub body_roles: String,
    #[serde(default)]
    pub firm_trades: String,
    pub saying: String,
    pub acting: String,
    #[serde(default)]
    pub operating: String,
    /// Verbs whose unlisted object is most likely a happening: "attended TICAD 9".
    #[serde(default)]
    pub attending: String,
    /// Verbs whose unlisted object is most likely a way: "laid BritNed 2".
    #[serde(default)]
    pub laying: String,
    /// Nouns of money that one gives another.
    pub lending: String,
    /// Lemmas of verbs that a way joins places by.
    #[serde(default)]
    pub joining: String,
}

/// Head nouns and the words around them.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Heads {
    /// Head nouns by node type.
    pub heads: Vec<Head>,
    /// What a word before a head makes of its kind.
    pub kind_by: Vec<KindBy>,
    /// Kinds that say little: a way of another kind may be meant all the same.
    pub loose_kinds: String,
    /// Heads that mean a way of a sure kind before one of a loose kind.
    pub lines: String,
    /// What runs on a way and is told of as one itself: no word of `lines` means it.
    #[serde(default)]
    pub movers: String,
    /// The commodity that a word before a way's head implies.
    pub carries: Vec<Carries>,
    /// Nouns that are no nodes but point back to a way or a project: "the plan".
    pub pointers: String,
    /// Project heads that may point back to a way.
    pub also_ways: String,
    /// Heads that may point back to anything of their type.
    pub generic: String,
    /// Heads of happenings that with "the" alone only point back: "the visit".
    #[serde(default)]
    pub never_first: String,
    /// Nouns for so many that were named together: "the trio".
    #[serde(default)]
    pub counted_groups: Vec<(String, u32)>,
    /// What may be under way, and is then no happening: "talks".
    #[serde(default)]
    pub ongoing: String,
    /// Heads of happenings that somebody holds: "summit".
    #[serde(default)]
    pub gatherings: String,
    /// Nouns that say nothing of themselves: "the opening of the meeting".
    pub transparent: String,
    /// Nouns that make a group of a demonym or a region.
    pub collectives: String,
    /// Bodies that bind their state: parliaments.
    #[serde(default)]
    pub acting_for_state: String,
    /// Nouns for the city that a state is governed from.
    #[serde(default)]
    pub seats: String,
    /// Nouns through which a state acts.
    pub state_bodies: String,
    /// Those of them that rule: a minister whose state goes unnamed is of the one whose government the sentence names.
    #[serde(default)]
    pub ruling_bodies: String,
}

/// A set of head nouns.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The node type they make.
    #[serde(rename = "type")]
    pub kind_of_node: String,
    /// The `kind` attribute they imply.
    pub kind: Option<String>,
    /// Singular forms.
    pub words: String,
    /// Plural forms.
    pub plurals: String,
    /// Alone they point back.
    pub anaphor: bool,
    /// A phrase without a proper name may be a node when an edge needs it.
    pub bare: bool,
    /// They name a part of a longer thing.
    #[serde(default)]
    pub part: bool,
    /// Heads of several words.
    #[serde(default)]
    pub phrases: Vec<String>,
    /// Only as the last word of a proper name ("Samruk Energy"), never as a common noun.
    #[serde(default)]
    pub name_only: bool,
    /// The node type with a name before it, if another: "the Kribi deep-water port" is a place.
    #[serde(default)]
    pub named: Option<String>,
    /// The node type with an ordinal before it, if another: "the third energy dialogue" is a happening.
    #[serde(default)]
    pub numbered: Option<String>,
    /// What it is where it is built or paid for, if something else.
    #[serde(default)]
    pub built: Option<String>,
}

/// A word before a head that decides its kind.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct KindBy {
    /// The words before.
    pub words: String,
    /// The kind they make.
    pub kind: String,
    /// Of these heads.
    pub heads: String,
}

/// A word before a way's head that says what it carries.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Carries {
    /// The words.
    pub words: String,
    /// The gazetteer entry.
    pub commodity: String,
}

/// Offices that people hold.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Offices {
    /// In a state, or in the body that the text names.
    pub state: Vec<String>,
    /// In an organisation.
    pub body: Vec<String>,
    /// Trades: they mark a person and make no edge.
    pub trade: Vec<String>,
    /// Words before an office that rank it: "deputy".
    #[serde(default)]
    pub ranks: String,
    /// Fields of work that an office is held for: "energy", before it or behind "of".
    #[serde(default)]
    pub fields: String,
    /// Offices that fields stand behind with "of" or "for".
    #[serde(default)]
    pub of_fields: String,
    /// Bodies that are called by fields of work: "ministry".
    #[serde(default)]
    pub ministries: String,
    /// Given names: what begins with one and is in no list is likely a person.
    #[serde(default)]
    pub given_names: String,
    /// Verbs that make their object the holder of an office: "appoint".
    #[serde(default)]
    pub makers: String,
    /// Forms of address with a point behind them, before a name: "Dr. Adesina".
    #[serde(default)]
    pub honorifics: String,
    /// Behind a name and a comma: "Museba Tayali, MP".
    #[serde(default)]
    pub post_nominals: String,
    /// Offices that are named after another's: "his Kenyan counterpart" holds the same one.
    #[serde(default)]
    pub peers: Vec<String>,
    /// Persons known by their state: an office that the text gives without a state is theirs. It makes no claim by itself.
    pub known: Vec<KnownHolders>,
}

/// Persons of one state.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct KnownHolders {
    /// The state's name.
    pub of: String,
    /// Full names, the surname last.
    pub persons: Vec<String>,
}

/// Numbers with a meaning.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Values {
    /// Word and factor.
    pub scales: Vec<(String, f64)>,
    /// Currencies.
    pub currencies: Vec<Currency>,
    /// Units.
    pub units: Vec<Unit>,
    /// Words before an amount that belong to it.
    pub blur: Vec<String>,
    /// Words between an amount and a period.
    pub per: String,
    /// Periods.
    pub periods: String,
}

/// A currency.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Currency {
    /// ISO 4217.
    pub code: String,
    /// Before the number.
    pub symbols: String,
    /// After the number.
    pub words: String,
    /// After the number, with whose it is: "canadian dollar".
    #[serde(default)]
    pub national: Vec<String>,
}

/// Units that fill one attribute.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// The node attribute that such a quantity fills.
    pub attribute: String,
    /// To the attribute's unit.
    pub factor: f64,
    /// The unit's words.
    pub words: String,
}

/// What makes a clause planned, proposed, possible or denied.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Modes {
    /// Modal verbs.
    pub modals: Vec<ModeWords>,
    /// "is to run".
    pub be_to: Mode,
    /// Verbs and adjectives that govern another clause.
    pub governors: Vec<ModeWords>,
    /// Nouns that govern another clause.
    pub nouns: Vec<ModeWords>,
    /// Adverbs.
    pub adverbs: Vec<ModeWords>,
    /// Adjectives of a way itself.
    pub status: Vec<StatusWords>,
    /// Nouns of building: "construction of the line has begun".
    pub works: String,
    /// Verbs that say of building that it is over.
    pub works_end: String,
    /// Verbs whose object, where it is works, is under way: "launched the construction".
    #[serde(default)]
    pub works_begin: String,
    /// Verbs that are done only to a way that stands already: "rebuild", "electrify".
    pub mends: String,
    /// Nouns of the same: "the repair of the line".
    pub mending: String,
    /// Phrases behind a way: "under construction".
    pub status_phrases: Vec<StatusPhrase>,
    /// Nouns that a way is said to be: "is a proposal", "on paper".
    pub status_nouns: Vec<StatusWords>,
    /// Verbs that take a way into a status or leave it there: "went into operation".
    pub status_moves: String,
    /// Before "built" or "finished": not yet wholly, and then the status is `building`.
    pub partly: String,
    /// The status of what is being built.
    pub building: String,
    /// Verbs that show a way's status.
    pub status_verbs: Vec<StatusVerbs>,
    /// Verbs that a way in service is the subject of.
    pub service_verbs: String,
}

/// Words and the mode they make.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ModeWords {
    /// The words.
    pub words: String,
    /// The mode.
    pub mode: Mode,
}

/// Words and what they say of a way.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct StatusWords {
    /// The words.
    pub words: String,
    /// The mode of its geometry.
    pub mode: Mode,
    /// Its `status` attribute.
    pub status: String,
}

/// A preposition and nouns, and what they say of a way.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct StatusPhrase {
    /// The prepositions.
    pub prepositions: String,
    /// The nouns.
    pub nouns: String,
    /// The mode of its geometry.
    pub mode: Mode,
    /// Its `status` attribute.
    pub status: String,
}

/// Verbs and the status they show.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct StatusVerbs {
    /// The lemmas.
    pub words: String,
    /// The `status` attribute of what they are done to.
    pub status: String,
    /// The mode of its geometry, where the status alone does not tell it.
    #[serde(default)]
    pub mode: Option<Mode>,
    /// Only while it goes on ("is being built").
    #[serde(default)]
    pub only_progressive: bool,
    /// Only once it was done.
    #[serde(default)]
    pub only_past: bool,
}

/// The frames.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Frames {
    /// Verbs that lend their subject to a noun frame, by lemma.
    pub light: String,
    /// Verbs whose subject gets what the noun names, by lemma.
    pub receiving: String,
    /// Verbs, by lemma, whose doer a noun is of that they are said of: "a loan provided by X", "a plan drawn up by X".
    pub authoring: String,
    /// Adjectives of a cost of which all is paid: "the full cost".
    pub whole: String,
    /// Nouns of a part of a sum that is told elsewhere.
    #[serde(default)]
    pub rest: String,
    /// In order; the first frame that makes an edge names its rule.
    pub frames: Vec<Frame>,
    /// What one edge says of another.
    pub implied: Vec<Implied>,
    /// Nouns and participles that tell what a party did.
    pub acts: Vec<ActWords>,
}

/// Words that tell an act: "the signing of", "a signed treaty".
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ActWords {
    /// The nouns and participles.
    pub words: String,
    /// The act, as verbs tell it.
    pub act: String,
}

/// How a frame decides the mode of its edges; by default the clause does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FrameMode {
    /// `actual`, unless denied.
    Actual,
    /// As the clause, but a bare "will" or "would" of attitude counts as actual, unless denied.
    Asserted,
    /// `actual`, unless the clause denies or doubts it.
    ClauseActual,
    /// As the clause, and `planned` at most.
    Planned,
    /// `actual`, whatever the clause around says: where a place lies.
    Fact,
    /// As the clause, and `proposed` at most.
    Proposed,
    /// As the clause, and `possible` at most.
    Possible,
    /// What the clause says has ended: `denied` where it has happened, `actual` where it is still to come or is denied.
    Ended,
    /// The wording itself denies it ("boycotted").
    Denied,
}

/// A wording and the edge it makes.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// Unique, `edge.word`.
    pub id: String,
    /// The edge type.
    pub edge: String,
    /// Trigger verbs, by lemma.
    #[serde(default)]
    pub verbs: String,
    /// Trigger nouns.
    #[serde(default)]
    pub nouns: String,
    /// Trigger nodes: any noun phrase of these types.
    #[serde(default)]
    pub types: Vec<String>,
    /// Where the source stands.
    pub from: Vec<String>,
    /// Where the target stands.
    pub to: Vec<String>,
    /// Where both stand at once ("between A and B").
    #[serde(default)]
    pub pair: Option<String>,
    /// Types of the source, narrower than the edge's.
    #[serde(default)]
    pub from_types: Vec<String>,
    /// Types of the target, narrower than the edge's.
    #[serde(default)]
    pub to_types: Vec<String>,
    /// Adverbs of which the verb needs one after it ("put forward").
    #[serde(default)]
    pub particle: Option<String>,
    /// A preposition or conjunction that must stand right before the verb ("without crossing").
    #[serde(default)]
    pub after: Option<String>,
    /// Particles that give the verb another meaning ("leave out").
    #[serde(default)]
    pub unless: Option<String>,
    /// Words of which the clause needs one.
    #[serde(default)]
    pub needs: String,
    /// Words of which the clause may have none.
    #[serde(default)]
    pub never: String,
    /// Only where the source is more than one.
    #[serde(default)]
    pub several: bool,
    /// Only where one source is found: what one holds he hosts, what several hold they attend.
    #[serde(default)]
    pub single: bool,
    /// For nouns: verbs whose object the noun must be, by lemma.
    #[serde(default)]
    pub verbs_of: String,
    /// For `inner`: verbs of which what hangs on the trigger needs one ("urged it to stop"), by lemma.
    #[serde(default)]
    pub doing: String,
    /// For nouns: adjectives of which one must stand before; for verbs: of which one must be said of the subject.
    #[serde(default)]
    pub adjectives: String,
    /// Needs an amount of money in the clause, and takes it along.
    #[serde(default)]
    pub money: bool,
    /// Needs goods as the object, and takes them along.
    #[serde(default)]
    pub goods: bool,
    /// Ends are stops of a way: roles and order are kept, and the way's status decides the mode.
    #[serde(default)]
    pub route: bool,
    /// Keeps the verb as the edge's `act`; of nouns, what `acts` makes of the noun or of a participle before it.
    #[serde(default)]
    pub act: bool,
    /// "Central Asian countries" are the region here, not its states one by one.
    #[serde(default)]
    pub regional: bool,
    /// Where only one end is found and it is several, each pair of them.
    #[serde(default)]
    pub mutual: bool,
    /// For verbs: nothing must stand behind it as its object ("the ministers convened").
    #[serde(default)]
    pub alone: bool,
    /// For verbs: only in the passive ("was signed between A and B").
    #[serde(default)]
    pub passive: bool,
    /// For verbs: the target comes up new, with "a".
    #[serde(default)]
    pub new: bool,
    /// The target is named: nothing new, and nothing pointed back to.
    #[serde(default)]
    pub known: bool,
    /// The source is named: nobody who is pointed back to ("it delivered oil").
    #[serde(default)]
    pub known_from: bool,
    /// How the mode is found.
    #[serde(default)]
    pub mode: Option<FrameMode>,
    /// Sentences that make the edge by this frame: `sentence | from > to`.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Sentences that do not.
    #[serde(default)]
    pub no: Vec<String>,
}

/// An edge that follows from another.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Implied {
    /// The edge found.
    pub of: String,
    /// The type of its source.
    pub from: String,
    /// The edge that leads from that source to who is meant as well.
    pub via: String,
    /// Of these types.
    pub to_types: Vec<String>,
}

/// How values become attributes of nodes.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Attributes {
    /// Tried in order; the first that finds whose the value is wins.
    pub rules: Vec<AttributeRule>,
    /// What is counted of a body.
    pub counts: Vec<CountRule>,
    /// Edges whose date is that of one of their ends.
    pub dated: Vec<Dated>,
    /// Node types that take dates from such edges.
    pub dated_types: Vec<String>,
    /// The attribute for dates.
    pub date: String,
    /// The attribute for a way's kind.
    pub kind: String,
    /// The attribute for a way's status.
    pub status: String,
    /// The status that an edge implies for what stands at one end of it, where no sentence tells it. The first that fits counts.
    pub implied_status: Vec<ImpliedStatus>,
    /// Verbs whose subject has what their object names: "has a length of".
    pub having: String,
    /// Adjectives behind a measure: "42 km long".
    pub measure_adjectives: String,
    /// Verbs that a cost or capacity is the subject or object of, with the value behind "to": "has risen to $24 billion".
    pub changing: String,
}

/// Nouns that a number stands before, and whose they are.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CountRule {
    /// Its id.
    pub id: String,
    /// The attribute.
    pub attribute: String,
    /// What is counted.
    pub nouns: String,
    /// Of nodes of these types.
    pub types: Vec<String>,
    /// Prepositions that lead to whose they are.
    pub preps: String,
    /// Nouns that point back to a body of the sentence.
    pub pointers: String,
}

/// Which values become an attribute, and whose.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct AttributeRule {
    /// Its id.
    pub id: String,
    /// The attribute.
    pub attribute: String,
    /// `money`, or the attribute of a unit in `values.ron`.
    pub value: String,
    /// "a year" must stand behind the unit, or must not.
    pub rate: Option<bool>,
    /// Node types of owners.
    pub types: Vec<String>,
    /// The value may stand in the owner's phrase.
    pub inside: bool,
    /// The value may stand behind the owner's phrase and a comma.
    pub apposed: bool,
    /// The value may be said of the owner.
    pub said_of: bool,
    /// The owner is their subject, the value their object.
    pub verbs: String,
    /// The same, but only with a modal.
    pub able_verbs: String,
    /// Passives with the value behind a preposition.
    pub held_verbs: String,
    /// Verbs that are done to the owner "for" the value: "built for $443 million".
    #[serde(default)]
    pub bought_verbs: String,
    /// Nouns that name the attribute.
    pub nouns: String,
    /// Prepositions between owner and value.
    pub preps: String,
    /// Adjectives between owner and value.
    pub joins: String,
    /// Prepositions of the clause that the owner is object or subject of: "at a cost of".
    pub asides: Vec<String>,
}

/// What an edge says of the status of one of its ends.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ImpliedStatus {
    /// The edge type.
    pub edge: String,
    /// The mode that it must have.
    pub mode: Mode,
    /// Whose status.
    pub owner: EdgeEnd,
    /// The status.
    pub status: String,
}

/// An edge whose date is that of one of its ends.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Dated {
    /// The edge type.
    pub edge: String,
    /// Which end.
    pub owner: EdgeEnd,
    /// Acts whose date is another.
    #[serde(default)]
    pub not_acts: String,
}

/// An end of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum EdgeEnd {
    /// Its source.
    From,
    /// Its target.
    To,
}

/// One pattern file that cannot be read.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{file}: {error}")]
pub struct PatternError {
    /// Which file.
    pub file: String,
    /// What ron says.
    pub error: ron::error::SpannedError,
}

/// The default files, compiled in.
pub const DEFAULT_FILES: [(&str, &str); 12] = [
    ("patterns/page.ron", include_str!("../../graph-schema/patterns/page.ron")),
    ("patterns/parts.ron", include_str!("../../graph-schema/patterns/parts.ron")),
    ("patterns/words.ron", include_str!("../../graph-schema/patterns/words.ron")),
    ("patterns/verbs.ron", include_str!("../../graph-schema/patterns/verbs.ron")),
    ("patterns/heads.ron", include_str!("../../graph-schema/patterns/heads.ron")),
    ("patterns/offices.ron", include_str!("../../graph-schema/patterns/offices.ron")),
    ("patterns/values.ron", include_str!("../../graph-schema/patterns/values.ron")),
    ("patterns/modes.ron", include_str!("../../graph-schema/patterns/modes.ron")),
    ("patterns/frames.ron", include_str!("../../graph-schema/patterns/frames.ron")),
    ("patterns/attributes.ron", include_str!("../../graph-schema/patterns/attributes.ron")),
    ("patterns/tables.ron", include_str!("../../graph-schema/patterns/tables.ron")),
    ("patterns/confidence.ron", include_str!("../../graph-schema/patterns/confidence.ron")),
];

/// The files that tell English, whatever it speaks of. The others tell a domain.
const LANGUAGE: [&str; 5] = ["words.ron", "verbs.ron", "values.ron", "modes.ron", "page.ron"];

impl Patterns {
    /// Reads pattern files given as (path, text). Of files that are not given, those that tell the language itself (words, verbs,
    /// values, modes, page) are the ones compiled in, and those that tell a domain (heads, offices, frames, parts, attributes,
    /// tables) are empty: a schema for another domain need not repeat English.
    ///
    /// # Errors
    /// Every file that cannot be read, all at once.
    pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Vec<PatternError>> {
        let given: Vec<_> = files.into_iter().collect();
        let base = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
        let lacking = DEFAULT_FILES
            .into_iter()
            .filter(|(path, _)| LANGUAGE.contains(&&*base(path)) && !given.iter().any(|(other, _)| base(other) == base(path)));
        let mut patterns = Self::default();
        let mut errors = Vec::new();
        for (path, text) in given.iter().copied().chain(lacking) {
            if let Err(error) = patterns.read_one(path, text) {
                errors.push(PatternError { file: path.to_owned(), error });
            }
        }
        if errors.is_empty() { Ok(patterns) } else { Err(errors) }
    }

    fn read_one(&mut self, path: &str, text: &str) -> Result<(), ron::error::SpannedError> {
        let name = path.rsplit('/').next().unwrap_or(path);
        match name {
            "words.ron" => self.words = ron::from_str(text)?,
            "verbs.ron" => self.verbs = ron::from_str(text)?,
            "heads.ron" => self.heads = ron::from_str(text)?,
            "offices.ron" => self.offices = ron::from_str(text)?,
            "values.ron" => self.values = ron::from_str(text)?,
            "modes.ron" => self.modes = ron::from_str(text)?,
            "page.ron" => self.page = ron::from_str(text)?,
            "parts.ron" => self.parts = ron::from_str(text)?,
            "frames.ron" => self.frames = ron::from_str(text)?,
            "attributes.ron" => self.attributes = ron::from_str(text)?,
            "tables.ron" => self.tables = ron::from_str(text)?,
            "confidence.ron" => self.confidence = ron::from_str(text)?,
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_patterns_read() {
        if let Err(errors) = Patterns::read(DEFAULT_FILES) {
            panic!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
        }
    }
}
