//! Frames at work: from a read sentence to candidate edges.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Mode, PartialDate, Value};
use crate::schema::patterns::FrameMode;
use crate::schema::{EdgeTypeId, EntryId};

use super::clause::{Clause, LinkKind};
use super::doubt::{asked_mode, doubted, hoped_for};
use super::entity::{DraftId, Referent};
use super::few::Types;
use super::frame::{Frame, Kinds, Place};
use super::lexicon::{Sense, SenseKind, WordId};
use super::mode::clause_mode;
use super::name::NameKind;
use super::phrase::{Determiner, VerbGroup};
use super::seat::seats;
use super::sentence::Sentence;
use super::slots::{End, Ends, Filler, Money, PENDING, Trigger};
use super::speaker;
use super::status::{status_of_phrase, status_of_ways, works_on_way};
use super::told::Told;
use super::unit::Tag;
use super::way::{along, chains, fragments, goods_of_described, purposes};
use super::when::date_in;

/// An edge that a sentence seems to say.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its type.
    pub edge: EdgeTypeId,
    /// From.
    pub from: DraftId,
    /// To.
    pub to: DraftId,
    /// As the clause holds it.
    pub mode: Mode,
    /// The way's own status may weaken it.
    pub geometry: bool,
    /// The sentence, counted in the article.
    pub sentence: usize,
    /// The rule.
    pub rule: Arc<str>,
    /// Attributes of the edge.
    pub attrs: BTreeMap<Arc<str>, Value>,
    /// The date that the sentence gives.
    pub when: Option<PartialDate>,
    /// Sentences that its anaphora reached back, together.
    pub distance: usize,
    /// Who says it, where the text names one.
    pub speaker: Option<Arc<str>>,
}

impl Candidate {
    /// An edge as it is most often said: plainly, by the sentence itself, with nothing besides. What is otherwise is
    /// set over it.
    pub fn new(edge: EdgeTypeId, from: DraftId, to: DraftId, sentence: usize, rule: impl Into<Arc<str>>) -> Self {
        Self {
            edge,
            from,
            to,
            mode: Mode::Actual,
            geometry: false,
            sentence,
            rule: rule.into(),
            attrs: BTreeMap::new(),
            when: None,
            distance: 0,
            speaker: None,
        }
    }
}

/// An attribute of a node that a sentence seems to say.
#[derive(Debug, Clone)]
pub struct NodeAttribute {
    /// Whose.
    pub of: DraftId,
    /// Which.
    pub name: Arc<str>,
    /// What.
    pub value: Value,
    /// The sentence.
    pub sentence: usize,
    /// For when it is said.
    pub when: Option<PartialDate>,
    /// The rule.
    pub rule: Arc<str>,
}

/// What a sentence says of a way's status.
#[derive(Debug, Clone, PartialEq)]
pub struct Status {
    /// Whose.
    pub of: DraftId,
    /// `planned`, `operational`, …
    pub word: String,
    /// The sentence.
    pub sentence: usize,
    /// When it is to be otherwise: "is to open in 2030".
    pub when: Option<PartialDate>,
}

/// Somebody with an office of a state or a body that the sentence does not name.
#[derive(Debug)]
pub struct Homeless {
    /// Who.
    pub person: DraftId,
    /// The sentence.
    pub sentence: usize,
    /// The office's phrase.
    pub phrase: usize,
    /// The office, as the text has it.
    pub office: String,
    /// Nobody else is given the office in the same breath ("Presidents X and Y").
    pub alone: bool,
}

/// What a sentence yields.
#[derive(Debug, Default)]
pub struct Found {
    /// Edges.
    pub edges: Vec<Candidate>,
    /// Attributes of nodes.
    pub attributes: Vec<NodeAttribute>,
    /// What sentences say of ways' statuses.
    pub statuses: Vec<Status>,
    /// Holders of a state's office that the sentence names no state for.
    pub homeless: Vec<Homeless>,
    /// Holders of a body's office that the sentence names no body for.
    pub employees: Vec<Homeless>,
}

/// Runs all rules over one sentence.
pub fn relations(filler: &mut Filler<'_, '_, '_>, found: &mut Found) {
    super::office::offices(filler, found);
    chains(filler, found);
    fragments(filler, found);
    along(filler);
    purposes(filler);
    seats(filler, found);
    let speakers = speaker::by_clause(filler);
    let said = |edges: &mut [Candidate], clause: Option<usize>| {
        if let Some(Some(speaker)) = clause.and_then(|c| speakers.get(c)) {
            edges.iter_mut().for_each(|edge| edge.speaker = Some(speaker.clone()));
        }
    };
    for clause in 0..filler.sentence.clauses.list.len() {
        let first = found.edges.len();
        let Some(verb) = filler.sentence.clauses.list[clause].verb else { continue };
        let lemma = filler.sentence.elements.verbs[verb].lemma;
        for &index in filler.table.of_verb(lemma) {
            let frame = &filler.table.frames[index as usize];
            verb_frame(filler, frame, clause, found);
        }
        said(&mut found.edges[first..], Some(clause));
        status_of_ways(filler, clause, found);
    }
    for phrase in 0..filler.sentence.elements.phrases.len() {
        let first = found.edges.len();
        let head = filler.sentence.elements.phrases[phrase].head;
        let word = filler.sentence.units.units[head].word;
        for &index in filler.table.of_noun(word) {
            let frame = &filler.table.frames[index as usize];
            noun_frame(filler, frame, phrase, found);
        }
        let mut kinds = kinds_of(filler, phrase);
        // A name of a state, say, triggers nothing: it is not held against each of the frames.
        let typed = if filler.table.typed.meets(kinds) { &filler.table.by_type[..] } else { &[] };
        for &(index, types) in typed {
            let frame = &filler.table.frames[index as usize];
            if types.meets(kinds) && refers_to_type(filler, phrase, frame) {
                noun_frame(filler, frame, phrase, found);
                kinds = kinds_of(filler, phrase);
            }
        }
        said(&mut found.edges[first..], filler.sentence.clause_of(phrase));
        works_on_way(filler, phrase, found);
        status_of_phrase(filler, phrase, found);
    }
    goods_of_described(filler, found);
}

/// The types of what a phrase refers to.
fn kinds_of(filler: &Filler<'_, '_, '_>, phrase: usize) -> Kinds {
    match &filler.referents[phrase] {
        Referent::Entities { ids, .. } => ids.iter().map(|&id| filler.linker.drafts[id as usize].kind).collect(),
        Referent::Described { kind, .. } => std::iter::once(*kind).collect(),
        Referent::Anaphor { types, .. } => types.iter().copied().collect(),
        Referent::None => Kinds::default(),
    }
}

fn refers_to_type(filler: &Filler<'_, '_, '_>, phrase: usize, frame: &Frame) -> bool {
    match &filler.referents[phrase] {
        Referent::Entities { ids, group, .. } => {
            // "Kazakhstan's ports of Aktau and Kuryk".
            let places = Some(frame.edge) == filler.linker.parts.within
                && filler.sentence.elements.phrases[phrase].spelt_out.is_none()
                && ids.iter().all(|&id| Some(filler.linker.drafts[id as usize].kind) == filler.linker.parts.place);
            (!group || places) && ids.iter().any(|&id| frame.types.contains(&filler.linker.drafts[id as usize].kind))
        }
        Referent::Described { kind, .. } => frame.types.contains(kind),
        Referent::Anaphor { types, plural, .. } => !plural && types.iter().any(|t| frame.types.contains(t)),
        Referent::None => false,
    }
}

fn verb_frame(filler: &mut Filler<'_, '_, '_>, frame: &Frame, clause: usize, found: &mut Found) {
    let sentence = filler.sentence;
    let data = &sentence.clauses.list[clause];
    let Some(verb) = data.verb.map(|v| &sentence.elements.verbs[v]) else { return };
    if !fits(filler, frame, clause, verb) || frame.passive && frame.alone && tells_more(filler, clause) {
        return;
    }
    // "Norway $200m and Kuwait the rest": a sum is told, though not how much of it is Kuwait's.
    let rest = || sentence.says(clause, &filler.table.rest) && filler.money_near(verb.units.start, None).is_some();
    if frame.money && (!filler.names_money() || sum_of(filler, frame, clause).is_none() && !rest()) {
        return;
    }
    let goods = if frame.goods { goods_of(filler, clause) } else { Ends::new() };
    if frame.goods && goods.is_empty() {
        return;
    }
    let trigger = Trigger::Verb(clause);
    filler.expand = expands(filler, frame);
    filler.route = frame.route;
    filler.regional = frame.regional;
    // A way is asked for first: capitals are cities only where one is there.
    let way = if frame.route { with_leaders(filler, frame, trigger) } else { Ends::new() };
    if frame.route && way.is_empty() {
        return;
    }
    let mut to = targets(filler, frame, trigger);
    if frame.money {
        to.retain(|end| !counted_with_sum(sentence, end.phrase));
    }
    if to.is_empty() && frame.mutual {
        let from = filler.fill(&frame.from, trigger, &frame.from_types, frame);
        let mode = frame_mode(filler, frame, clause);
        let when = date_in(filler, data, mode);
        return each_pair(filler, frame, &from, mode, when, found);
    }
    to.retain(|end| (end.named || !frame.known) && (!frame.new || is_new(sentence, end)));
    if to.is_empty() {
        return;
    }
    let from = if frame.route { way } else { with_leaders(filler, frame, trigger) };
    if !from.is_empty() {
        verb_edges(filler, frame, clause, (&from, &to, goods.first()), found);
    }
}

/// The edges that a verb tells between the ends that its frame found, with what the clause says of them.
fn verb_edges(
    filler: &mut Filler<'_, '_, '_>,
    frame: &Frame,
    clause: usize,
    (from, to, goods): (&Ends, &Ends, Option<&End>),
    found: &mut Found,
) {
    let sentence = filler.sentence;
    let data = &sentence.clauses.list[clause];
    let Some(verb) = data.verb.map(|v| &sentence.elements.verbs[v]) else { return };
    let money = if frame.money || frame.amount { sum_of(filler, frame, clause) } else { None };
    let mode = frame_mode(filler, frame, clause);
    let mut attrs = BTreeMap::new();
    if frame.act {
        let told = filler.table.act_of(verb.word).cloned();
        let act = told.unwrap_or_else(|| filler.linker.lexicon.form(verb.word).into());
        attrs.insert(Arc::from("act"), Value::Text(act));
    }
    if let Some(goods) = goods {
        attrs.insert(Arc::from("commodity"), Value::Text(filler.linker.drafts[goods.id as usize].name.as_str().into()));
    }
    let when = date_in(filler, data, mode);
    let mends = filler.linker.vocabulary.mends.contains(&verb.lemma);
    if frame.route && (mode == Mode::Denied || mends) {
        let (described, denied): (Ends, Ends) = to.iter().copied().partition(|end| of_the_way_itself(filler, verb, end));
        emit(filler, frame, from, &described, Mode::Actual, &attrs, None, when, found);
        return emit(filler, frame, from, &denied, mode, &attrs, None, when, found);
    }
    if frame.amount && money.is_none() && sentence.says(clause, &filler.table.whole) {
        attrs.insert(WHOLE.into(), Value::Bool(true));
    }
    emit(filler, frame, from, to, mode, &attrs, money.as_ref(), when, found);
}

/// The amount of money that a clause gives to its verb, else the one nearest to the verb; where the frame is about money, one that no
/// other verb has.
fn sum_of(filler: &Filler<'_, '_, '_>, frame: &Frame, clause: usize) -> Option<Money> {
    let data = &filler.sentence.clauses.list[clause];
    let verb = data.verb.map(|v| &filler.sentence.elements.verbs[v])?;
    // "A lends $300 million, and B is to cover the rest": the sum is another's.
    let elements = &filler.sentence.elements;
    let objects = || data.objects.iter().flat_map(|&g| filler.sentence.group(g));
    let rest = || objects().any(|&p| elements.is_rest(elements.phrases[p].head));
    let near = || match frame.money {
        true => filler.money_beside(verb, clause),
        false if rest() => None,
        false => filler.money_near(verb.units.start, Some(clause)),
    };
    filler.money_of(data).or_else(near)
}

/// Marks an edge whose amount is all that its target costs; no edge keeps it.
pub const WHOLE: &str = "whole";

/// What a sum is to an edge.
pub fn amount((text, number, currency): &Money) -> [(Arc<str>, Value); 2] {
    let unit: Arc<str> = (&**currency).into();
    let sum = Value::Quantity { text: text.as_str().into(), number: Some(*number), unit: Some(unit.clone()) };
    [("amount".into(), sum), ("currency".into(), Value::Text(unit))]
}

/// The words around the verb are those that the frame asks for, and none that it forbids.
fn fits(filler: &Filler<'_, '_, '_>, frame: &Frame, index: usize, verb: &VerbGroup) -> bool {
    let clause = &filler.sentence.clauses.list[index];
    let excluding = clause.opener.is_some_and(|w| filler.linker.lexicon.excluding().contains(&w));
    let bare = if frame.passive { verb.passive } else { !verb.passive && clause.objects.is_empty() };
    let form = frame.alone && !bare || frame.passive && !verb.passive;
    if frame.route && (excluding || goes_itself(filler, frame, clause, verb)) || form {
        return false;
    }
    let has = |words: &[WordId]| filler.sentence.says(index, words);
    let particle = |words: &[WordId]| filler.sentence.has_particle(index, words);
    let opener = |words: &[WordId]| clause.opener.is_some_and(|w| words.contains(&w));
    let adjective = |words: &[WordId]| clause.adjective.is_some_and(|w| words.contains(&w));
    let asked = |words: &[WordId], says: &dyn Fn(&[WordId]) -> bool| words.is_empty() || says(words);
    let forbidden = |words: &[WordId], says: &dyn Fn(&[WordId]) -> bool| !words.is_empty() && says(words);
    asked(&frame.particles, &particle)
        && !forbidden(&frame.unless, &particle)
        && asked(&frame.after, &opener)
        && asked(&frame.needs, &has)
        && !forbidden(&frame.never, &has)
        && asked(&frame.adjectives, &adjective)
}

/// "The corridor brings goods to the sea by way of the Volta railway": what goes there is the corridor, and not what it goes by.
fn goes_itself(filler: &Filler<'_, '_, '_>, frame: &Frame, clause: &Clause, verb: &VerbGroup) -> bool {
    let rides = frame.from.iter().all(|slot| matches!(slot.place, Place::Prep(_)));
    // "trains run down the line", "the road crosses the river on a bridge" tell of the line and of the bridge.
    let points = |p: usize| matches!(filler.referents[p], Referent::Anaphor { .. });
    let way = |g: usize| filler.sentence.group(g).iter().any(|&p| !points(p) && filler.is_of(p, &frame.from_types));
    rides && !verb.passive && clause.subject.is_some_and(way)
}

/// "China paying 51% and Kenya and Uganda 24.5% each": who stands in one list with a share is no one who is paid.
fn counted_with_sum(sentence: &Sentence, phrase: usize) -> bool {
    let value = |p: usize| sentence.units.units[sentence.elements.phrases[p].head].tag == Tag::Value;
    sentence.clauses.groups.iter().any(|g| g.phrases.contains(&phrase) && g.phrases.iter().any(|&p| value(p)))
}

/// "are expected to sign": something hangs on the clause.
fn tells_more(filler: &Filler<'_, '_, '_>, clause: usize) -> bool {
    let hangs = |link: LinkKind| matches!(link, LinkKind::Infinitive | LinkKind::Gerund | LinkKind::Complement);
    filler.sentence.clauses.list.iter().any(|c| c.parent == Some(clause) && hangs(c.link))
}

/// "a railway": something that comes up here.
fn is_new(sentence: &Sentence, end: &End) -> bool {
    sentence.elements.phrases[end.phrase].determiner == Determiner::Indefinite
}

/// "The line from A to B does not cross C", "has not built the line from A to B", "will repair the line from A to B": A and B tell
/// which line it is, whatever is said of it.
fn of_the_way_itself(filler: &Filler<'_, '_, '_>, verb: &VerbGroup, end: &End) -> bool {
    let before = filler.sentence.elements.phrases[end.phrase].units.start < verb.units.start;
    let vocabulary = filler.linker.vocabulary;
    let built = vocabulary.mends.contains(&verb.lemma) || vocabulary.status_of_verb(verb.lemma, true, true).is_some();
    before && !verb.fronted || built && !verb.passive
}

/// The targets of a frame; what is paid for, backed or resisted is a thing first, where a pronoun leaves it open.
fn targets(filler: &mut Filler<'_, '_, '_>, frame: &Frame, trigger: Trigger) -> Ends {
    // "finances them" means no seas.
    let region = filler.linker.parts.region;
    let things = frame.to_types.iter().copied().filter(|t| !frame.from_types.contains(t) && Some(*t) != region);
    let attitude = frame.is_attitude();
    filler.things = if frame.amount || attitude { things.collect() } else { Types::new() };
    let mut to = filler.fill(&frame.to, trigger, &frame.to_types, frame);
    filler.things.clear();
    if frame.route {
        // "connects the port with the border", "crosses it": which one is meant is guessed wrong far oftener than right.
        to.retain(|end| end.named);
    }
    to
}

/// Edges of states that regions stand for.
fn expands(filler: &Filler<'_, '_, '_>, frame: &Frame) -> bool {
    let p = filler.linker.parts;
    [p.takes_part, p.member, p.party].contains(&Some(frame.edge))
}

/// The sources of a verb frame; where states act through the persons who lead them, those persons (settled later).
fn with_leaders(filler: &mut Filler<'_, '_, '_>, frame: &Frame, trigger: Trigger) -> Ends {
    let mut from = filler.fill(&frame.from, trigger, &frame.from_types, frame);
    from.retain(|end| end.named || end.distance == 0 || !frame.known_from);
    let p = filler.linker.parts;
    let acts = [p.party, p.hosts].contains(&Some(frame.edge)) || frame.amount;
    let party = Some(frame.edge) == p.party;
    match p.person {
        Some(person) if acts && (from.is_empty() || party) => {
            // "the president and his Kyrgyz counterpart signed": some by name, some by their states.
            let persons = filler.fill(&frame.from, trigger, &[person], frame);
            from.into_iter().chain(persons).collect()
        }
        _ => from,
    }
}

fn goods_of(filler: &mut Filler<'_, '_, '_>, clause: usize) -> Ends {
    let Some(commodity) = filler.linker.parts.commodity else { return Ends::new() };
    let sentence = filler.sentence;
    let data = &sentence.clauses.list[clause];
    let named = data.objects.iter().chain(&data.subject);
    let goods: Ends = named.flat_map(|&g| filler.group(g, &[commodity], None)).collect();
    if !goods.is_empty() {
        return goods;
    }
    // "supplied Turkey with gas", "depends on Russia for fuel".
    let attached = data.attached.iter().map(|&a| sentence.clauses.attached[a].group);
    attached.flat_map(|g| filler.group(g, &[commodity], None)).collect()
}

fn frame_mode(filler: &Filler<'_, '_, '_>, frame: &Frame, clause: usize) -> Mode {
    let mut mode = clause_mode(filler.linker.lexicon, filler.sentence, clause);
    let verb = filler.sentence.clauses.list[clause].verb.map(|v| &filler.sentence.elements.verbs[v]);
    // "a loan was approved" is a loan given, as is "approved a loan".
    let gives = |v: &VerbGroup| filler.linker.lexicon.giving().contains(&v.lemma);
    if let Some(verb) = verb.filter(|v| v.passive && frame.mode.is_none() && !gives(v)) {
        // "is planned for", "was scheduled in": the verb itself says that it is not done.
        let own = filler.linker.lexicon.word(verb.lemma).mode.filter(|m| matches!(m, Mode::Planned | Mode::Proposed));
        mode = mode.min(own.unwrap_or(mode));
    }
    // "seems likely": what a frame asks to be said of the subject tells how sure it is.
    let said = filler.sentence.clauses.list[clause].adjective.filter(|w| frame.adjectives.contains(w));
    let doubt = said.and_then(|w| filler.linker.lexicon.word(w).mode);
    let mode = mode.min(doubt.unwrap_or(mode));
    match frame.mode {
        None => mode,
        Some(FrameMode::Fact) => Mode::Actual,
        Some(FrameMode::Denied) => {
            if mode == Mode::Denied {
                Mode::Actual
            } else {
                Mode::Denied
            }
        }
        Some(FrameMode::Planned) => mode.min(Mode::Planned),
        Some(FrameMode::Proposed) => mode.min(Mode::Proposed),
        Some(FrameMode::Possible) => mode.min(Mode::Possible),
        Some(FrameMode::Ended) if mode == Mode::Actual => Mode::Denied,
        Some(FrameMode::Ended) => Mode::Actual,
        // "At the forum they will approve it": the forum is still to come.
        Some(FrameMode::ClauseActual) if mode == Mode::Planned && verb.is_some_and(|v| v.modal == Some(Mode::Planned)) => mode,
        Some(FrameMode::Actual | FrameMode::ClauseActual) => {
            if mode == Mode::Denied {
                Mode::Denied
            } else {
                Mode::Actual
            }
        }
        Some(FrameMode::Asserted) => {
            // "without crossing" is itself a way of saying that it avoids; otherwise denial and doubt stand.
            match mode {
                Mode::Denied if !frame.after.is_empty() => Mode::Actual,
                Mode::Denied => Mode::Denied,
                Mode::Possible => Mode::Possible,
                Mode::Actual | Mode::Planned | Mode::Proposed => Mode::Actual,
            }
        }
    }
}

fn noun_frame(filler: &mut Filler<'_, '_, '_>, frame: &Frame, phrase: usize, found: &mut Found) {
    let head = filler.sentence.elements.phrases[phrase].head;
    let sentence = filler.sentence;
    let units = &sentence.elements.phrases[phrase].units;
    if !frame.adjectives.is_empty() && !units.clone().any(|u| frame.adjectives.contains(&filler.sentence.units.units[u].word)) {
        return;
    }
    let clause = filler.sentence.clause_of(phrase);
    if !frame.verbs_of.is_empty() {
        let fits = clause
            .and_then(|c| filler.sentence.clauses.list[c].verb)
            .is_some_and(|v| frame.verbs_of.contains(&filler.sentence.elements.verbs[v].lemma));
        if !fits {
            return;
        }
    }
    let has = |words: &[WordId]| clause.is_some_and(|c| sentence.says(c, words));
    if !frame.never.is_empty() && has(&frame.never) || !frame.needs.is_empty() && !has(&frame.needs) {
        return;
    }
    let trigger = Trigger::Phrase(phrase);
    filler.expand = expands(filler, frame);
    filler.route = frame.route;
    filler.regional = frame.regional;
    // What is read from here on may change what the phrase refers to.
    let event = filler.linker.parts.event.is_some_and(|e| filler.is_of(phrase, &[e]));
    if let Some(pair) = &frame.pair {
        let both: Ends = paired(filler, phrase, pair, frame);
        if both.len() > 1 {
            let (mode, when) = mode_and_date(filler, frame, phrase, event);
            return each_pair(filler, frame, &both, mode, when, found);
        }
    }
    // "the Nile Corridor, including the Tete railway": of each thing of a type it is asked first whether anything stands with it, so that
    // no description becomes a node for nothing.
    let itself = !frame.types.is_empty() && matches!(&frame.to[..], [slot] if slot.place == Place::Head);
    if itself && with_leaders(filler, frame, trigger).is_empty() {
        return;
    }
    let mut to = targets(filler, frame, trigger);
    to.retain(|end| end.named || !frame.known);
    if to.is_empty() {
        if frame.mutual {
            let from = filler.fill(&frame.from, trigger, &frame.from_types, frame);
            let (mode, when) = mode_and_date(filler, frame, phrase, event);
            each_pair(filler, frame, &from, mode, when, found);
        }
        return;
    }
    let from = with_leaders(filler, frame, trigger);
    if from.is_empty() {
        return;
    }
    let (mode, when) = mode_and_date(filler, frame, phrase, event);
    let money = if frame.amount { filler.money_near(head, clause) } else { None };
    let mode = noun_mode(filler, frame, phrase, mode);
    let act = units.clone().rev().filter(|_| frame.act).find_map(|u| filler.table.act_of(sentence.units.units[u].word));
    let attrs = act.map(|act| (Arc::from("act"), Value::Text(act.clone()))).into_iter().collect();
    emit(filler, frame, &from, &to, mode, &attrs, money.as_ref(), when, found);
}

/// The mode of the clause that a noun stands in, as far as it holds for what the noun says, and the date that it gives.
fn mode_and_date(filler: &Filler<'_, '_, '_>, frame: &Frame, phrase: usize, event: bool) -> (Mode, Option<PartialDate>) {
    let clause = filler.sentence.clause_of(phrase);
    let mode = match clause {
        Some(clause) if !frame.types.is_empty() && frame.mode.is_none() && !frame.route => {
            mode_of_mention(filler, frame, phrase, clause, event)
        }
        Some(clause) => frame_mode(filler, frame, clause),
        None => Mode::Actual,
    };
    let fact =
        mode == Mode::Denied && presupposed(filler, phrase) || frame.mode.is_none() && is_role_beside(filler, frame, phrase);
    // "Mali, an observer, will not join": an observer all the same.
    let observes = frame.mode == Some(FrameMode::Ended) && is_role_beside(filler, frame, phrase);
    let mode = if observes {
        Mode::Denied
    } else if fact {
        Mode::Actual
    } else {
        mode
    };
    (mode, clause.and_then(|c| date_in(filler, &filler.sentence.clauses.list[c], mode)))
}

/// The mode of what a noun says, from that of its clause: what was asked for, hoped for or given up.
fn noun_mode(filler: &mut Filler<'_, '_, '_>, frame: &Frame, phrase: usize, mode: Mode) -> Mode {
    let mode =
        if frame.to.iter().chain(&frame.from).any(|s| s.place == Place::Asked) { asked_mode(filler, phrase, mode) } else { mode };
    let mode = match frame.mode {
        // What a mention says by itself has its mode already.
        None if !frame.types.is_empty() && !frame.route => mode,
        None => hoped_for(filler, phrase, doubted(filler, phrase, mode)),
        // "dropped its opposition": attitudes are given up too.
        // "rejected Kenya's criticism": that is still there.
        Some(FrameMode::Asserted)
            if filler.sentence.elements.phrases[phrase].possessor.is_none() && doubted(filler, phrase, mode) == Mode::Denied =>
        {
            Mode::Denied
        }
        Some(_) => mode,
    };
    // "potential investors", "a possible member".
    let sentence = filler.sentence;
    let data = &sentence.elements.phrases[phrase];
    let before = data.units.clone().filter(|&u| u < data.head && sentence.units.units[u].tag == Tag::Adj);
    // "a former member of the bloc".
    let role = frame.from.iter().any(|slot| slot.place == Place::HeadOf) && mode == Mode::Actual;
    let former = role && before.clone().any(|u| filler.linker.lexicon.joining.former.contains(&sentence.units.units[u].word));
    let mode = if former { Mode::Denied } else { mode };
    let words = before.map(|u| filler.linker.lexicon.word(sentence.units.units[u].word));
    let doubt = words.filter_map(|w| w.mode.or(w.noun_mode)).find(|&m| m == Mode::Possible);
    let mode = mode.min(doubt.unwrap_or(mode));
    // The mode of a noun frame is that of the clause only where the clause speaks of it; geometry keeps its own, but for "no line from A".
    match filler.sentence.elements.phrases[phrase].determiner {
        Determiner::No if frame.route => Mode::Denied,
        _ if frame.route => Mode::Actual,
        _ => mode,
    }
}

/// "Nor will China, the sponsor of the line, rescue it": what the clause denies leaves what is said beside it.
fn presupposed(filler: &Filler<'_, '_, '_>, phrase: usize) -> bool {
    let sentence = filler.sentence;
    let beside = |p: usize| sentence.elements.phrases[p].renames.is_some();
    beside(phrase) || sentence.elements.phrases[phrase].determiner == Determiner::Its
}

/// "The operators of the line, A and B, will cut tariffs": what somebody is, whatever he will do.
fn is_role_beside(filler: &Filler<'_, '_, '_>, frame: &Frame, phrase: usize) -> bool {
    let data = &filler.sentence.elements.phrases[phrase];
    let role = filler.sentence.elements.is_role(data.head);
    let tells = frame.from.iter().any(|slot| slot.place == Place::HeadOf);
    role && tells && (data.renames.is_some() || data.spelt_out.is_some())
}

/// "Egypt and Ethiopia are rivals": each of them with each other.
fn each_pair(
    filler: &mut Filler<'_, '_, '_>,
    frame: &Frame,
    ends: &[End],
    mode: Mode,
    when: Option<PartialDate>,
    found: &mut Found,
) {
    // "between China and the five states": China with each of the five, and not they among themselves.
    let sides = ends.iter().any(|e| e.phrase != ends[0].phrase);
    for (i, &a) in ends.iter().enumerate() {
        for &b in ends[i + 1..].iter().filter(|b| !sides || b.phrase != a.phrase) {
            if may_join(filler, frame, a, b) {
                emit(filler, frame, &[a], &[b], mode, &BTreeMap::new(), None, when, found);
            } else if may_join(filler, frame, b, a) {
                emit(filler, frame, &[b], &[a], mode, &BTreeMap::new(), None, when, found);
            }
        }
    }
}

/// The edge allows the one as source and the other as target.
fn may_join(filler: &Filler<'_, '_, '_>, frame: &Frame, from: End, to: End) -> bool {
    let kind = |end: End| filler.linker.drafts[end.id as usize].kind;
    let edge = &filler.linker.schema.edge_types[frame.edge.0 as usize];
    edge.from.contains(&kind(from)) && edge.to.contains(&kind(to))
}

/// The mode of what a phrase says by itself ("the agreement between A and B"): what is known already stands, whatever
/// the clause adds; what comes up new, and every happening, is as planned or doubtful as the clause around it.
fn mode_of_mention(filler: &Filler<'_, '_, '_>, frame: &Frame, phrase: usize, index: usize, event: bool) -> Mode {
    let sentence = filler.sentence;
    let clause = &sentence.clauses.list[index];
    let mode = clause_mode(filler.linker.lexicon, sentence, index);
    let Some(verb) = clause.verb.map(|v| &sentence.elements.verbs[v]) else { return mode };
    let holds = |g: &usize| sentence.group(*g).contains(&phrase);
    let done_to = if verb.passive { clause.subject.iter().any(holds) } else { clause.objects.iter().any(holds) };
    let by_verb = filler.linker.lexicon.word(verb.lemma).mode.filter(|_| done_to);
    let said_by_verb = filler.table.of_verb(verb.lemma).iter().any(|&f| filler.table.frames[f as usize].edge == frame.edge);
    // "A treaty between Chad and Niger seems likely".
    let said = clause.adjective.filter(|_| clause.subject.iter().any(holds));
    if said.and_then(|word| filler.linker.lexicon.word(word).mode) == Some(Mode::Possible) {
        return mode.min(Mode::Possible);
    }
    // "Under a treaty between Kenya and Uganda, the line will be built": the treaty is there.
    let under = sentence.governed_by(phrase).is_some_and(|a| a.prep == filler.linker.lexicon.known.under);
    let new = sentence.elements.phrases[phrase].determiner == Determiner::Indefinite && !under;
    if event || new {
        return mode.min(by_verb.filter(|_| !said_by_verb).unwrap_or(mode));
    }
    if done_to && said_by_verb { mode } else { Mode::Actual }
}

fn paired(filler: &mut Filler<'_, '_, '_>, phrase: usize, pair: &[WordId], frame: &Frame) -> Ends {
    let sentence = filler.sentence;
    let groups = sentence.attached_to(phrase).filter(|a| pair.contains(&a.prep)).map(|a| a.group);
    // Trade between a state and a region: either end may be what only the other end of the edge allows.
    let types: Types = frame.from_types.iter().chain(&frame.to_types).copied().collect();
    groups.flat_map(|g| filler.group(g, &types, None)).collect()
}

/// "A and B back X and Y respectively": each of the one list with its own of the other.
fn in_order(filler: &Filler<'_, '_, '_>, from: &[End], to: &[End]) -> bool {
    let several = from.len() > 1 && from.len() == to.len();
    several && filler.has_word(&filler.linker.lexicon.joining.pairwise)
}

/// "a summit at the White House": a building that stands for its state is no place in it that the text names.
fn by_seat(filler: &Filler<'_, '_, '_>, frame: &Frame, end: &End) -> bool {
    let sentence = filler.sentence;
    let Some(phrase) = sentence.elements.phrases.get(end.phrase).filter(|_| end.id != PENDING) else { return false };
    let Some(name) = sentence.units.units[phrase.head].name else { return false };
    let entry = filler.linker.drafts[end.id as usize].known;
    let stands_for = |s: &Sense| s.kind == SenseKind::Metonym && entry == Some(EntryId(s.entry));
    // A capital is a place besides, where one could be meant: "a visit to Minsk" is in Minsk, and tells of no state.
    let places = filler.linker.parts.place.is_some_and(|place| frame.to_types.contains(&place));
    let place = |s: &Sense| s.kind == SenseKind::Name && places;
    match &sentence.units.names[name as usize].kind {
        NameKind::Known(senses) => senses.iter().any(stands_for) && !senses.iter().any(place),
        NameKind::Run { .. } => false,
    }
}

/// How many of the targets count: "the port of Berbera in Somalia, Kenya and Uganda" lies in the first of them at most, and what follows
/// belongs to something else.
fn seats_told(filler: &Filler<'_, '_, '_>, frame: &Frame, from: &[End], to: &[End]) -> usize {
    let kind = |end: &End| filler.linker.drafts.get(end.id as usize).map(|d| d.kind);
    let (p, within) = (filler.linker.parts, Some(frame.edge) == filler.linker.parts.within);
    let spots = from.iter().all(|end| kind(end) == p.place || kind(end) == p.region && to.len() > 2);
    if within && spots && to.iter().all(|end| kind(end) == p.state) { to.len().min(1) } else { to.len() }
}

/// Nothing is told apart: a thing lies in one place, so of two lists, or of all states of a collective ("the Balkan region"), none tells
/// which lies where; and a group has no part in itself ("the consortium, which includes A and B", of those it stands for).
fn circular(filler: &Filler<'_, '_, '_>, frame: &Frame, from: &[End], to: &[End]) -> bool {
    if Some(frame.edge) == filler.linker.parts.within {
        let collective = to.windows(2).any(|w| w[0].phrase == w[1].phrase && w[0].prep == w[1].prep);
        return to.len() > 1 && (from.len() > 1 || collective);
    }
    let symmetric = filler.linker.schema.edge_types[frame.edge.0 as usize].symmetric;
    // "grain from A and B came": nor do they trade with each other by that.
    (!symmetric || frame.goods) && from.iter().filter(|a| to.iter().any(|b| a.id == b.id)).count() > 1
}

#[expect(clippy::too_many_arguments, reason = "one edge's parts, named at each call")]
fn emit(
    filler: &mut Filler<'_, '_, '_>,
    frame: &Frame,
    from: &[End],
    to: &[End],
    mode: Mode,
    attrs: &BTreeMap<Arc<str>, Value>,
    money: Option<&Money>,
    when: Option<PartialDate>,
    found: &mut Found,
) {
    if frame.several && from.len() < 2 || frame.single && from.len() > 1 {
        return;
    }
    if !from.is_empty() {
        filler.targets.extend(to.iter().map(|&end| (frame.edge, end)));
        let (sentence, attitude) = (filler.number, frame.is_attitude());
        let known = to.iter().filter(|end| end.id != PENDING && !frame.route);
        filler.linker.told.extend(known.map(|end| Told { sentence, edge: frame.edge, attitude, to: end.id }));
    }
    let pairwise = in_order(filler, from, to);
    if !pairwise && circular(filler, frame, from, to) {
        return;
    }
    let to = &to[..seats_told(filler, frame, from, to)];
    let within = Some(frame.edge) == filler.linker.parts.within;
    for (i, a) in from.iter().enumerate() {
        for (j, b) in to.iter().enumerate() {
            if a.id == b.id || pairwise && i != j || within && by_seat(filler, frame, b) {
                continue;
            }
            let mut attrs = attrs.clone();
            if let Some(money) = money {
                attrs.extend(amount(money));
            }
            if frame.route
                && let Some(role) = b.prep.and_then(|p| filler.linker.vocabulary.role_of(p))
            {
                attrs.insert("role".into(), Value::Text(role.into()));
            }
            found.edges.push(Candidate {
                mode,
                geometry: (frame.route
                    || Some(frame.edge) == filler.linker.parts.avoids
                    || Some(frame.edge) == filler.linker.parts.carries)
                    && !filler.sentence.never_came(b.phrase),
                attrs,
                when,
                distance: a.distance + b.distance,
                ..Candidate::new(frame.edge, a.id, b.id, filler.number, frame.id.clone())
            });
        }
    }
}
