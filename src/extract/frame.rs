//! Frames compiled: triggers by word and type, slots, allowed ends.
//!
//! What a frame says stands in `frames.ron`; how slots are filled from a sentence stands
//! in `slots`.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::schema::patterns::{Frame as Pattern, FrameMode, Patterns};
use crate::schema::{EdgeTypeId, NodeTypeId, Schema};

use super::lexicon::{Lexicon, WordId};

/// Where an end of an edge stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Who does it.
    Subject,
    /// What it is done to.
    Object,
    /// "by X".
    By,
    /// A phrase with one of these prepositions.
    Prep(Vec<WordId>),
    /// A phrase with one of these prepositions in a clause around this one.
    Around(Vec<WordId>),
    /// Who acts in the clause where the noun stands behind one of these prepositions: "at a meeting, the ministers asked".
    ActsThere(Vec<WordId>),
    /// Whose that is which fills another slot: "bombed X's depots", "a levy on X's milk".
    Of(Box<Place>),
    /// Possessor, demonym or name before the noun.
    Possessor,
    /// A name before the noun.
    Modifier,
    /// The noun phrase itself.
    Head,
    /// What the noun phrase is said of or renames.
    HeadOf,
    /// Whoever the noun's action belongs to.
    Agent,
    /// The way that the article speaks of.
    Topic,
    /// The event of the clause, or the last one mentioned.
    Event,
    /// The state or body in a phrase of money ("with a Chinese grant").
    MoneySource,
    /// What the infinitive or -ing form behind the noun is done to.
    Governed,
    /// Who gets what the noun names: the subject of "have", "receive".
    Receiver,
    /// What the noun, behind one of these prepositions, belongs to: "a cable with landings".
    Bearer(Vec<WordId>),
    /// Who is asked for what the noun names.
    Asked,
    /// The event of the clause, and no other.
    EventHere,
    /// The happening that the clause's verb tells.
    Happening,
    /// The agreement spoken of last.
    Agreement,
    /// What the infinitive or -ing form behind the verb is done to.
    Inner,
    /// The body spoken of last.
    Body,
    /// What the same edge led to before in this sentence.
    Same,
    /// What the same edge led to last in this paragraph.
    Again,
    /// Whose the goods of the clause, or of the phrase behind the noun, are.
    Owner,
    /// The possessor or demonym that says where goods come from.
    Origin,
    /// The one thing of its types that the sentence names.
    Lone,
    /// The place that "there" means.
    There,
    /// The happening, where no phrase with one of these prepositions tells of something else that one takes part in.
    EventUnless(Vec<WordId>),
    /// What the paragraph speaks of, where no phrase with one of these prepositions says it.
    UnsaidPurpose(Vec<WordId>),
}

/// A place, and whether it is taken beside the others or instead of them.
#[derive(Debug, Clone)]
pub struct Slot {
    /// Taken as well as other slots.
    pub all: bool,
    /// Where.
    pub place: Place,
}

/// A compiled frame.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Its id.
    pub id: Arc<str>,
    /// The edge it makes.
    pub edge: EdgeTypeId,
    /// Where the source stands.
    pub from: Vec<Slot>,
    /// Where the target stands.
    pub to: Vec<Slot>,
    /// Where both stand.
    pub pair: Option<Vec<WordId>>,
    /// Types of the source.
    pub from_types: Vec<NodeTypeId>,
    /// Types of the target.
    pub to_types: Vec<NodeTypeId>,
    /// Node types that trigger it.
    pub types: Vec<NodeTypeId>,
    /// One of these adverbs must follow the verb.
    pub particles: Vec<WordId>,
    /// One of these must stand right before the verb, if there are any.
    pub after: Vec<WordId>,
    /// None of these may follow the verb.
    pub unless: Vec<WordId>,
    /// One of these must stand in the sentence.
    pub needs: Vec<WordId>,
    /// None of these may stand in the clause.
    pub never: Vec<WordId>,
    /// Only where the source is more than one.
    pub several: bool,
    /// Only where one source is found.
    pub single: bool,
    /// For nouns: lemmas of which the noun must be the object.
    pub verbs_of: Vec<WordId>,
    /// Lemmas of which the infinitive that `inner` reads must have one, if there are any.
    pub doing: Vec<WordId>,
    /// For nouns: one of these must stand before it; for verbs: be said of the subject.
    pub adjectives: Vec<WordId>,
    /// Needs an amount.
    pub money: bool,
    /// Its edge has an amount, if the sentence names one.
    pub amount: bool,
    /// Needs goods.
    pub goods: bool,
    /// The geometry of a way.
    pub route: bool,
    /// Keeps the verb, or what its noun or a participle tells, as `act`.
    pub act: bool,
    /// The states of a region are the region.
    pub regional: bool,
    /// Each pair of one end that is several.
    pub mutual: bool,
    /// No object must stand behind the verb.
    pub alone: bool,
    /// The verb must be passive.
    pub passive: bool,
    /// The target comes up new, with "a".
    pub new: bool,
    /// The target is named.
    pub known: bool,
    /// The source is named.
    pub known_from: bool,
    /// How its mode is found.
    pub mode: Option<FrameMode>,
}

impl Frame {
    /// It tells how somebody stands to something.
    pub fn is_attitude(&self) -> bool {
        matches!(self.mode, Some(FrameMode::Asserted))
    }
}

/// Node types as bits. Where a schema has more types than bits some share one, so that two sets that do not meet have no type in
/// common, and two that meet may have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kinds(u64);

impl Kinds {
    /// Whether the sets may have a type in common.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl FromIterator<NodeTypeId> for Kinds {
    fn from_iter<I: IntoIterator<Item = NodeTypeId>>(types: I) -> Self {
        Self(types.into_iter().fold(0, |bits, t| bits | 1 << (t.0 % 64)))
    }
}

/// All frames and their triggers.
#[derive(Debug, Default)]
pub struct FrameTable {
    /// In file order.
    pub frames: Vec<Frame>,
    by_verb: FxHashMap<WordId, Vec<u16>>,
    by_noun: FxHashMap<WordId, Vec<u16>>,
    /// Adjectives of a cost that is meant as a whole.
    pub whole: Vec<WordId>,
    /// Nouns of a part of a sum.
    pub rest: Vec<WordId>,
    /// What nouns and participles tell of parties.
    acts: FxHashMap<WordId, Arc<str>>,
    /// Frames triggered by node types, and the types of each.
    pub by_type: Vec<(u16, Kinds)>,
    /// The types of all of these.
    pub typed: Kinds,
    /// Lemmas that lend their subject to a noun frame.
    pub light: Vec<WordId>,
    /// Lemmas whose subject gets what the noun names.
    pub receiving: Vec<WordId>,
    /// Lemmas of verbs of giving and of putting forward: "a plan drawn up by X" is X's.
    pub authoring: Vec<WordId>,
}

impl FrameTable {
    /// Compiles the frames; one whose edge the schema does not have is left out.
    #[must_use]
    pub fn new(schema: &Schema, lexicon: &mut Lexicon, patterns: &Patterns) -> Self {
        let mut table = Self {
            light: ids(lexicon, &patterns.frames.light),
            receiving: ids(lexicon, &patterns.frames.receiving),
            authoring: ids(lexicon, &patterns.frames.authoring),
            whole: ids(lexicon, &patterns.frames.whole),
            rest: ids(lexicon, &patterns.frames.rest),
            ..Self::default()
        };
        for told in &patterns.frames.acts {
            let act: Arc<str> = Arc::from(&*told.act);
            table.acts.extend(ids(lexicon, &told.words).into_iter().map(|word| (word, act.clone())));
        }
        for pattern in &patterns.frames.frames {
            let Some(frame) = compile(schema, lexicon, pattern) else { continue };
            let index = table.frames.len() as u16;
            for verb in ids(lexicon, &pattern.verbs) {
                table.by_verb.entry(verb).or_default().push(index);
            }
            for noun in ids(lexicon, &pattern.nouns) {
                table.by_noun.entry(noun).or_default().push(index);
            }
            if !frame.types.is_empty() {
                table.by_type.push((index, frame.types.iter().copied().collect()));
            }
            table.frames.push(frame);
        }
        table.typed = table.frames.iter().flat_map(|frame| &frame.types).copied().collect();
        table
    }

    /// Frames that a verb triggers.
    pub fn of_verb(&self, lemma: WordId) -> &[u16] {
        self.by_verb.get(&lemma).map_or(&[], Vec::as_slice)
    }

    /// What a noun or a participle tells of parties: "signed" of "signing".
    pub fn act_of(&self, word: WordId) -> Option<&Arc<str>> {
        self.acts.get(&word)
    }

    /// Frames that a noun triggers.
    pub fn of_noun(&self, word: WordId) -> &[u16] {
        self.by_noun.get(&word).map_or(&[], Vec::as_slice)
    }
}

fn ids(lexicon: &mut Lexicon, words: &str) -> Vec<WordId> {
    // An underscore joins the words of a compound: "line_of_credit".
    words.split_whitespace().map(|w| lexicon.add_form(&w.replace('_', " "))).collect()
}

fn compile(schema: &Schema, lexicon: &mut Lexicon, pattern: &Pattern) -> Option<Frame> {
    let edge = schema.edge_type(&pattern.edge)?;
    let data = &schema.edge_types[edge.0 as usize];
    let types = |names: &[String], all: &[NodeTypeId]| -> Vec<NodeTypeId> {
        if names.is_empty() { all.to_vec() } else { names.iter().filter_map(|n| schema.node_type(n)).collect() }
    };
    let slots = |lexicon: &mut Lexicon, list: &[String]| list.iter().filter_map(|s| slot(lexicon, s)).collect::<Vec<_>>();
    Some(Frame {
        id: pattern.id.as_str().into(),
        edge,
        from: slots(lexicon, &pattern.from),
        to: slots(lexicon, &pattern.to),
        pair: pattern.pair.as_ref().map(|p| prepositions(lexicon, p.trim_start_matches("prep:"))),
        from_types: types(&pattern.from_types, &data.from),
        to_types: types(&pattern.to_types, &data.to),
        types: pattern.types.iter().filter_map(|t| schema.node_type(t)).collect(),
        particles: pattern.particle.as_deref().map(|p| prepositions(lexicon, p)).unwrap_or_default(),
        after: pattern.after.as_deref().map(|w| prepositions(lexicon, w)).unwrap_or_default(),
        unless: pattern.unless.as_deref().map(|w| prepositions(lexicon, w)).unwrap_or_default(),
        needs: ids(lexicon, &pattern.needs),
        never: ids(lexicon, &pattern.never),
        several: pattern.several,
        single: pattern.single,
        verbs_of: ids(lexicon, &pattern.verbs_of),
        doing: ids(lexicon, &pattern.doing),
        adjectives: ids(lexicon, &pattern.adjectives),
        money: pattern.money,
        amount: data.attributes.iter().any(|a| &**a == "currency"),
        goods: pattern.goods,
        route: pattern.route,
        act: pattern.act,
        regional: pattern.regional,
        mutual: pattern.mutual,
        alone: pattern.alone,
        passive: pattern.passive,
        new: pattern.new,
        known: pattern.known,
        known_from: pattern.known_from,
        mode: pattern.mode,
    })
}

fn prepositions(lexicon: &mut Lexicon, list: &str) -> Vec<WordId> {
    list.split('|').map(|p| lexicon.add_form(p.trim())).collect()
}

fn slot(lexicon: &mut Lexicon, text: &str) -> Option<Slot> {
    let (all, text) = match text.strip_prefix("all:") {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    Some(Slot { all, place: place(lexicon, text)? })
}

fn place(lexicon: &mut Lexicon, text: &str) -> Option<Place> {
    Some(match text {
        "subj" => Place::Subject,
        "obj" => Place::Object,
        "by" => Place::By,
        "poss" => Place::Possessor,
        "mod" => Place::Modifier,
        "head" => Place::Head,
        "head_of" => Place::HeadOf,
        "agent" => Place::Agent,
        "topic" => Place::Topic,
        "event" => Place::Event,
        "event_here" => Place::EventHere,
        "happening" => Place::Happening,
        "money_source" => Place::MoneySource,
        "governed" => Place::Governed,
        "receiver" => Place::Receiver,
        "asked" => Place::Asked,
        "agreement" => Place::Agreement,
        "same" => Place::Same,
        "again" => Place::Again,
        "inner" => Place::Inner,
        "body" => Place::Body,
        "owner" => Place::Owner,
        "origin" => Place::Origin,
        "lone" => Place::Lone,
        "there" => Place::There,
        _ => match text.split_once(':')? {
            ("of", inner) => Place::Of(Box::new(place(lexicon, inner)?)),
            ("event_unless", list) => Place::EventUnless(prepositions(lexicon, list)),
            ("without", list) => Place::UnsaidPurpose(prepositions(lexicon, list)),
            ("prep", list) => Place::Prep(prepositions(lexicon, list)),
            ("around", list) => Place::Around(prepositions(lexicon, list)),
            ("acts", list) => Place::ActsThere(prepositions(lexicon, list)),
            ("bearer", list) => Place::Bearer(prepositions(lexicon, list)),
            _ => return None,
        },
    })
}
