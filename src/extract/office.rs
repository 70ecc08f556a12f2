//! Who holds which office, and of what: "Prime Minister X", "X, president of Y", "X was appointed head of Y".
//!
//! Which words are an office is `title`'s. Whose minister one is whose state the sentence leaves out is settled when the
//! article has been read.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::Value;
use crate::schema::{EntryId, NodeTypeId};

use super::entity::{DraftId, Linker, Salient};
use super::home::Homes;
use super::lexicon::{Head, Office, WordId};
use super::phrase::{Determiner, Phrase};
use super::relation::{Candidate, Found, Homeless};
use super::sentence::Sentence;
use super::slots::{End, Ends, Filler};
use super::unit::Tag;

/// "Prime Minister X", "X, president of Y", "Y's foreign minister, X".
pub(super) fn offices(filler: &mut Filler<'_, '_, '_>, found: &mut Found) {
    let (Some(leads), Some(person)) = (filler.linker.parts.leads, filler.linker.parts.person) else { return };
    let before = found.edges.len();
    for phrase in 0..filler.sentence.elements.phrases.len() {
        let Some((unit, office)) = filler.office(phrase) else { continue };
        let (words, place) = filler.linker.lexicon.offices[office as usize].clone();
        if place == Office::Trade {
            continue;
        }
        let (text, plural) = singular(office_text(filler, phrase, unit, &words), &words);
        let holders = holders(filler, phrase, person, plural);
        if holders.is_empty() {
            continue;
        }
        let mut bodies = bodies(filler, phrase, place);
        if plural {
            bodies = listed_before(filler, phrase).into_iter().chain(bodies).collect();
        }
        let respectively = holders.len() == bodies.len() && holders.len() > 1;
        for (at, holder) in holders.iter().enumerate() {
            // "Presidents T. of Kazakhstan, J. of the Kyrgyz Republic": each holder's own "of" counts first.
            let own = own_body(filler, holder.phrase, place);
            if own.is_empty() && bodies.is_empty() && !owned(filler, phrase) {
                // "Jane Doe, a spokeswoman": of whom is not known, nor is it of several holders.
                let one_of_many = filler.sentence.elements.phrases[phrase].determiner == Determiner::Indefinite;
                // "talks between Minister X and Minister Y": each is of another state.
                let pairs = &filler.linker.vocabulary.pair_prepositions;
                let between = filler.sentence.governed_by(phrase).is_some_and(|a| pairs.contains(&a.prep));
                let (person, office, alone) = (holder.id, text.clone(), holders.len() == 1 && !one_of_many && !between);
                let unsaid = Homeless { person, sentence: filler.number, phrase, office, alone };
                if place == Office::Body { &mut found.employees } else { &mut found.homeless }.push(unsaid);
            }
            let all = if own.is_empty() { &bodies } else { &own };
            // "the presidents of A, B and C - X, Y and Z": one each.
            let mine = if respectively && own.is_empty() { &all[at..=at] } else { &all[..] };
            for body in mine {
                if Some(filler.linker.drafts[body.id as usize].kind) == filler.linker.parts.state {
                    filler.linker.led.push((holder.id, body.id));
                }
                let mut attrs = BTreeMap::new();
                attrs.insert(Arc::from("office"), Value::Text(text.as_str().into()));
                found.edges.push(Candidate {
                    attrs,
                    distance: body.distance,
                    ..Candidate::new(leads, holder.id, body.id, filler.number, "leads.office")
                });
            }
        }
    }
    offices_of_peers(filler, found, before);
}

/// "Energy Minister X and her Kenyan counterpart, Y": she holds the office that the sentence tells of the other. The edges are those
/// from `before` on.
fn offices_of_peers(filler: &Filler<'_, '_, '_>, found: &mut Found, before: usize) {
    let peers = &filler.linker.vocabulary.peers;
    let is_peer = |office: &str| peers.iter().any(|p| office.to_lowercase().ends_with(p));
    let office_of = |edge: &Candidate| match edge.attrs.get("office") {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let unsaid = found.homeless.iter().filter(|h| h.sentence == filler.number).map(|h| h.office.clone().into());
    let told: Vec<Arc<str>> = found.edges[before..].iter().filter_map(office_of).chain(unsaid).collect();
    let Some(office) = told.into_iter().find(|office| !is_peer(office)) else { return };
    for edge in &mut found.edges[before..] {
        if office_of(edge).is_some_and(|own| is_peer(&own)) {
            edge.attrs.insert(Arc::from("office"), Value::Text(office.clone()));
        }
    }
}

impl Filler<'_, '_, '_> {
    /// The office that a phrase names, and where.
    #[must_use]
    pub fn office(&self, phrase: usize) -> Option<(usize, u32)> {
        let data = &self.sentence.elements.phrases[phrase];
        let offices = data.units.clone().filter_map(|u| match self.sentence.units.units[u].tag {
            Tag::Office(office) => Some((u, office)),
            _ => None,
        });
        // "H.E. President X": a form of address is no office.
        let held = |o: &(usize, u32)| self.linker.lexicon.offices[o.1 as usize].1 != Office::Trade;
        offices.clone().find(held).or_else(|| offices.into_iter().next())
    }
}

/// An office without the plural of its word ("Presidents" of several), and whether it had one.
fn singular(mut text: String, word: &str) -> (String, bool) {
    let lower = text.to_lowercase();
    let plural = lower.strip_suffix(word).is_none()
        && lower.char_indices().next_back().is_some_and(|(last, _)| lower[..last].ends_with(word) && lower.len() == text.len());
    if plural {
        text.pop();
    }
    (text, plural)
}

/// Something is said to have the office, if nothing that was understood: "the governor of Rio Negro", "their spokesman".
fn owned(filler: &Filler<'_, '_, '_>, phrase: usize) -> bool {
    let sentence = filler.sentence;
    let data = &sentence.elements.phrases[phrase];
    let named = |p: usize| sentence.elements.names(p);
    let preps = &filler.linker.vocabulary.office_prepositions;
    let of = |phrase: usize| {
        let own = sentence.attached_to(phrase).filter(move |a| preps.contains(&a.prep) && a.sites.last() == Some(&phrase));
        own.flat_map(|a| sentence.group(a.group))
    };
    // "president of the port of Huelva", "team leader for the project": the port's, and no state's.
    let one = |p: usize| {
        let data = &sentence.elements.phrases[p];
        let head = filler.linker.lexicon.head(sentence.units.units[data.head].word);
        let area = |h: &Head| [filler.linker.parts.region, filler.linker.parts.place].contains(&Some(h.node_type));
        head.is_some_and(|h| !area(h)) && matches!(data.determiner, Determiner::The | Determiner::This | Determiner::Its)
    };
    let of_name = of(phrase).any(|&p| named(p) || one(p) || of(p).any(|&p| named(p)));
    data.possessor.is_some() || data.determiner == Determiner::Its || of_name
}

/// Who holds the office of a phrase: its head, those it renames, those that spell it out.
fn holders(filler: &mut Filler<'_, '_, '_>, phrase: usize, person: NodeTypeId, plural: bool) -> Ends {
    let sentence = filler.sentence;
    let data = &sentence.elements.phrases[phrase];
    let head_is_name = filler.sentence.units.units[data.head].tag == Tag::Name;
    if head_is_name {
        let mut ends = filler.phrase(phrase, &[person], None);
        // A list of holders after one plural office; "Minister X and Y, director of Z" is none.
        let list = |g: &&super::clause::Group| plural && g.phrases.first() == Some(&phrase) && g.phrases.len() > 1;
        let group = filler.sentence.clauses.groups.iter().find(list).cloned();
        if let Some(group) = group {
            for &other in &group.phrases[1..] {
                if filler.office(other).is_none() {
                    ends.extend(filler.phrase(other, &[person], None));
                }
            }
        }
        return ends;
    }
    if let Some(renamed) = data.renames {
        return filler.phrase(renamed, &[person], None);
    }
    if let Some(group) = data.spelt_out {
        return filler.group(group, &[person], None);
    }
    // "Fumiya Kokubu is chairman of Marubeni", "was appointed chairman", "became chairman".
    let sentence = filler.sentence;
    let clauses = &sentence.clauses.list;
    for clause in clauses {
        let makes = clause.verb.is_some_and(|v| {
            let verb = &filler.sentence.elements.verbs[v];
            let linking = filler.linker.vocabulary.linking_verbs.contains(&verb.lemma);
            verb.copula || linking || verb.passive && filler.linker.lexicon.makers().contains(&verb.lemma)
        });
        // "took over as president of X".
        let serves = clause
            .attached
            .iter()
            .map(|&a| &sentence.clauses.attached[a])
            .any(|a| filler.linker.vocabulary.as_prepositions.contains(&a.prep) && sentence.group(a.group).contains(&phrase));
        let said = makes || clause.verb.is_some_and(|v| !filler.sentence.elements.verbs[v].passive && clause.objects.is_empty());
        if makes && clause.objects.iter().any(|&g| filler.sentence.group(g).contains(&phrase)) || serves && said {
            return clause.subject.map(|g| filler.group(g, &[person], None)).unwrap_or_default();
        }
    }
    Ends::new()
}

/// In what the office is held: possessor, demonym or name before it, "of X".
fn bodies(filler: &mut Filler<'_, '_, '_>, phrase: usize, place: Office) -> Ends {
    let parts = filler.linker.parts;
    let types: Vec<_> = match place {
        Office::State => parts.state.into_iter().chain(parts.organisation).collect(),
        _ => parts.organisation.into_iter().chain(parts.state).collect(),
    };
    let sentence = filler.sentence;
    let data = &sentence.elements.phrases[phrase];
    let mut ends = Ends::new();
    if let Some(possessor) = data.possessor {
        ends = filler.phrase(possessor, &types, None);
    }
    if ends.is_empty() {
        // "World Bank Country Director for Kenya Jane Doe": hers is what stands before the office.
        let before = filler.office(phrase).map(|(unit, _)| Phrase { units: data.units.start..unit, head: unit, ..data.clone() });
        let mut ids = before.map(|before| filler.linker.names_before(filler.sentence, &before)).unwrap_or_default();
        ids.retain(|id| types.contains(&filler.linker.drafts[*id as usize].kind));
        if ids.is_empty() {
            ids = filler.linker.names_before(filler.sentence, data);
            ids.retain(|id| types.contains(&filler.linker.drafts[*id as usize].kind));
        }
        ends = ids.into_iter().map(|id| End { id, phrase, prep: None, distance: 0, named: true }).collect();
    }
    if ends.is_empty() {
        ends = own_body(filler, phrase, place);
    }
    if ends.is_empty() && data.determiner == Determiner::Its {
        ends = filler.owners(phrase, &types);
    }
    let units = &filler.sentence.units.units;
    // "his Congolese counterpart" is of another one.
    let office = filler.linker.lexicon.form(units[data.head].word);
    let peer = filler.linker.vocabulary.peers.iter().any(|p| office == &**p);
    let bare = !peer && !data.units.clone().any(|u| u != data.head && units[u].tag == Tag::Name);
    if ends.is_empty() && place == Office::State && bare {
        // "President X sent her minister, Y": of the state that she leads.
        ends.extend(filler.home_of_owner(phrase, &types));
    }
    ends
}

/// "the Zambian and Malawian ministers", "Zambia's and Malawi's ministers": the states that stand in one list before the plural.
fn listed_before(filler: &mut Filler<'_, '_, '_>, phrase: usize) -> Ends {
    let Some(state) = filler.linker.parts.state else { return Ends::new() };
    let named = |p: usize| filler.sentence.elements.names(p);
    let ends_in_it = |g: &&super::clause::Group| g.phrases.len() > 1 && g.phrases.last() == Some(&phrase);
    let Some(group) = filler.sentence.clauses.groups.iter().find(ends_in_it).filter(|_| !named(phrase)) else {
        return Ends::new();
    };
    let before: Vec<usize> = group.phrases.iter().copied().take_while(|&p| p != phrase).collect();
    if !before.iter().all(|&p| named(p)) {
        return Ends::new();
    }
    before.into_iter().flat_map(|p| filler.phrase(p, &[state], None)).collect()
}

/// The "of X" behind a phrase: right behind it, or behind what the office is held for ("for roads at X"). A minister is of his state,
/// whatever he is for and wherever he is received ("met Minister Y at the embassy of Z").
fn own_body(filler: &mut Filler<'_, '_, '_>, phrase: usize, place: Office) -> Ends {
    let parts = filler.linker.parts;
    let types: Vec<_> = parts.organisation.into_iter().chain(parts.state).collect();
    let of = filler.linker.vocabulary.of;
    let binds = |prep: WordId| {
        if place == Office::State { prep == of } else { filler.linker.vocabulary.office_prepositions.contains(&prep) }
    };
    let named = |p: usize| filler.sentence.elements.names(p);
    // "President X and the leaders of Y": what is said of the next in a list is not said of the one before.
    let listed = |p: usize| {
        named(phrase) && filler.sentence.clauses.groups.iter().any(|g| g.phrases.contains(&phrase) && g.phrases.contains(&p))
    };
    // "by the director of X, Jane Doe, and by representatives of Y": they are of Y.
    let office = |p: usize| filler.office(p).is_some();
    let free = |s: usize| !(named(s) || listed(s) || named(phrase) && office(s));
    let near = |sites: &[usize]| sites.iter().rev().take_while(|&&s| s != phrase).all(|&s| free(s));
    let groups: Vec<usize> =
        filler.sentence.attached_to(phrase).filter(|a| binds(a.prep) && near(&a.sites)).map(|a| a.group).collect();
    groups.into_iter().map(|g| filler.group(g, &types, None)).find(|ends| !ends.is_empty()).unwrap_or_default()
}

fn office_text(filler: &Filler<'_, '_, '_>, phrase: usize, unit: usize, words: &str) -> String {
    let units = &filler.sentence.units.units;
    let start = filler.sentence.elements.phrases[phrase].units.start;
    let page = &filler.linker.pages[filler.sentence.page];
    let mut first = unit;
    while first > start && matches!(units[first - 1].tag, Tag::Adj | Tag::Noun) {
        first -= 1;
    }
    let text = page.text(units[first].tokens.start..units[unit].tokens.end);
    if text.is_empty() { words.to_owned() } else { text.to_owned() }
}

// --------------------------------------------------------------- whose state

/// How many sentences back a state is looked for.
const HOME_REACH: usize = 2;

/// A minister of no state named belongs to the state that the text around speaks for, unless another rule knows better.
pub fn offices_at_home(homes: &Homes, linker: &Linker<'_>, sentences: &[Sentence], found: &mut Found) {
    let (Some(leads), Some(state)) = (linker.parts.leads, linker.parts.state) else { return };
    let office_of = |attrs: &BTreeMap<Arc<str>, Value>| match attrs.get("office") {
        Some(Value::Text(text)) => text.to_lowercase(),
        _ => String::new(),
    };
    let mut led: Vec<Led> = found
        .edges
        .iter()
        .filter(|e| e.edge == leads)
        .map(|e| Led { person: e.from, body: e.to, office: office_of(&e.attrs), sentence: e.sentence })
        .collect();
    // Whom everybody knows comes first: who stands in one list with him is of the same state.
    let mut homeless = std::mem::take(&mut found.homeless);
    homeless.sort_by_key(|h| homes.of(linker, h.person).is_none());
    for Homeless { person, sentence: number, phrase, office, alone } in homeless {
        if led.iter().any(|l| l.person == person) {
            continue;
        }
        let search = Home { linker, sentences, state, led: &led, person, number, phrase, office: office.to_lowercase() };
        // Whom everybody knows is of no other state; where the text does not name it nothing is told.
        // Of several presidents each has a state of his own: the text around does not tell whose is which.
        let search = || if alone { search.find() } else { None };
        let home = homes.of(linker, person).map_or_else(search, |state| linker.mentioned(state));
        let Some(home) = home else { continue };
        led.push(Led { person, body: home, office: office.to_lowercase(), sentence: number });
        found.edges.push(Candidate {
            attrs: [("office".into(), Value::Text(office.into()))].into_iter().collect(),
            distance: 2,
            ..Candidate::new(leads, person, home, number, "leads.home")
        });
    }
}

/// Who leads what, as what, and which sentence says so.
struct Led {
    person: DraftId,
    body: DraftId,
    office: String,
    sentence: usize,
}

/// The search for the state of an office that names none.
struct Home<'a, 'l> {
    linker: &'a Linker<'l>,
    sentences: &'a [Sentence],
    state: NodeTypeId,
    led: &'a [Led],
    person: DraftId,
    number: usize,
    phrase: usize,
    office: String,
}

impl Home<'_, '_> {
    /// The likeliest state.
    fn find(&self) -> Option<DraftId> {
        // "Chancellor X brought German government money": a body of the state in the very sentence.
        let body = self.linker.bodies.iter().find(|(at, id)| *at == self.number && self.free(*id)).map(|b| b.1);
        let near = || {
            let ranked = self.linker.salient.iter().filter_map(|s| self.rank(s));
            ranked.chain(self.city()).chain(self.dateline()).min().map(|(_, id)| id)
        };
        body.or_else(|| self.beside()).or_else(near).or_else(|| self.most_mentioned())
    }

    /// "Travelling with him were Fidan, Energy Minister X and Trade Minister Y": ministers in one list with one of whom the state is
    /// known, and no other state's.
    fn beside(&self) -> Option<DraftId> {
        let sentence = &self.sentences[self.number];
        let list = sentence.clauses.groups.iter().find(|g| g.phrases.len() > 1 && g.phrases.contains(&self.phrase))?;
        let listed = |s: &&Salient| s.sentence == self.number && list.phrases.contains(&s.phrase) && s.id != self.person;
        let mut states = self.linker.salient.iter().filter(listed).flat_map(|s| {
            let led = self.led.iter().filter(move |l| l.person == s.id).map(|l| l.body);
            led.filter(|&body| self.linker.drafts[body as usize].kind == self.state)
        });
        let first = states.next().filter(|&id| self.free(id))?;
        states.all(|id| id == first).then_some(first)
    }

    /// "told reporters in Lima": the state of the city where the clause says that it was.
    fn city(&self) -> Option<((usize, usize), DraftId)> {
        let sentence = &self.sentences[self.number];
        let clause = sentence.clause_of(self.phrase)?;
        let here = self.linker.salient.iter().filter(|s| s.sentence == self.number && s.phrase > self.phrase);
        let inside = |s: &&Salient| {
            let governed = sentence.governed_by(s.phrase).filter(|a| a.clause == clause);
            governed.is_some_and(|a| a.prep == self.linker.lexicon.known.in_)
        };
        let home = |s: &Salient| {
            let entry = &self.linker.schema.gazetteer[self.linker.drafts[s.id as usize].known?.0 as usize];
            let state = |e: &EntryId| self.linker.schema.gazetteer[e.0 as usize].kind == self.state;
            let place = Some(entry.kind) == self.linker.parts.place;
            entry.facts.iter().map(|&(_, to)| to).filter(|_| place).find(state).and_then(|e| self.linker.mentioned(e))
        };
        here.filter(inside).find_map(home).filter(|&id| self.free(id)).map(|id| ((2, 0), id))
    }

    /// The state of whose capital the article is dated, where nothing in the same paragraph speaks for another.
    fn dateline(&self) -> Option<((usize, usize), DraftId)> {
        let id = self.linker.dated_at.and_then(|entry| self.linker.mentioned(entry))?;
        self.free(id).then_some(((3, 1), id))
    }

    /// "In Mali, …, the minister said", "On the Malian side, …": the sentence opens with the state that it is about.
    fn opens_with(&self, mention: &Salient) -> bool {
        let sentence = &self.sentences[mention.sentence];
        let local = [self.linker.lexicon.known.in_, self.linker.lexicon.known.on];
        let opens = |a: &super::clause::Attached| local.contains(&a.prep) && a.sites.is_empty();
        let first = sentence.elements.phrases[mention.phrase].units.start <= 2;
        mention.sentence == self.number && first && sentence.governed_by(mention.phrase).is_some_and(opens)
    }

    /// Nobody else holds this office of the state, nor speaks for it to whom the sentence is about ("Minister X met Kenya's minister Y").
    fn free(&self, id: DraftId) -> bool {
        !self.led.iter().any(|l| l.body == id && l.person != self.person && (l.office == self.office || self.faces(l)))
    }

    /// The sentence tells of both, and not in one breath.
    fn faces(&self, other: &Led) -> bool {
        if other.sentence != self.number {
            return false;
        }
        let sentence = &self.sentences[self.number];
        let phrases =
            || self.linker.salient.iter().filter(|s| s.sentence == self.number && s.id == other.person).map(|s| s.phrase);
        let listed =
            |p: usize| sentence.clauses.groups.iter().any(|g| g.phrases.contains(&p) && g.phrases.contains(&self.phrase));
        let beside = |p: usize| sentence.clause_of(p).is_some() && sentence.clause_of(p) == sentence.clause_of(self.phrase);
        // "President X and Kenya's minister Y": what is said of the second is not said of the first.
        let after = |p: usize| p > self.phrase;
        phrases().any(beside) && !phrases().any(|p| listed(p) && !after(p))
    }

    /// How far a mention is from speaking for the office: the least is the likeliest.
    fn rank(&self, mention: &Salient) -> Option<((usize, usize), DraftId)> {
        let before = mention.sentence < self.number || (mention.sentence == self.number && mention.phrase < self.phrase);
        let age = self.number.checked_sub(mention.sentence)?;
        let id = if self.linker.drafts[mention.id as usize].kind == self.state {
            mention.id
        } else {
            // Who spoke last leads a state.
            self.led.iter().find(|l| l.person == mention.id && mention.subject && age > 0).map(|l| l.body)?
        };
        let subject = mention.subject || self.linker.bodies.contains(&(mention.sentence, id));
        let sentence = &self.sentences[mention.sentence];
        let here = self.sentences[self.number].page;
        if age > HOME_REACH || sentence.page + 1 < here || !self.free(id) || self.linker.drafts[id as usize].kind != self.state {
            return None;
        }
        // "President X … Russia's influence": a state that owns something in the very sentence, and no minister.
        let units = &sentence.units.units;
        let office = |p: &Phrase| p.units.clone().any(|u| matches!(units[u].tag, Tag::Office(_)));
        let owns = sentence.elements.phrases.iter().any(|p| p.possessor == Some(mention.phrase) && !office(p));
        let other_page = usize::from(sentence.page != here);
        let rank = match (age, subject) {
            (0, _) if self.opens_with(mention) => (0, 0),
            (0, true) => (if before { 1 } else { 5 }, 0),
            (0, false) if owns => (3, 0),
            (0, false) => return None,
            (_, true) => (2 + other_page * 2, age),
            (_, false) => return None,
        };
        Some((rank, id))
    }

    /// The state that the article mentions by far most, if nobody else holds this office of it and the sentence does not lead there
    /// ("Prime Minister X paid a visit to Kenya").
    fn most_mentioned(&self) -> Option<DraftId> {
        let drafts = &self.linker.drafts;
        let states = (0..drafts.len() as DraftId).filter(|&id| drafts[id as usize].kind == self.state);
        let times = |id: DraftId| drafts[id as usize].mentions.len();
        let most = states.clone().max_by_key(|&id| (times(id), std::cmp::Reverse(id)))?;
        let far = states.filter(|&id| id != most).all(|id| times(id) * 3 <= times(most) * 2);
        let sentence = &self.sentences[self.number];
        let here = self.linker.salient.iter().filter(|s| s.sentence == self.number && s.id == most);
        let goes =
            |s: &Salient| sentence.governed_by(s.phrase).is_some_and(|a| self.linker.vocabulary.role_of(a.prep) == Some("end"));
        let led_to = here.clone().count() > 0 && here.into_iter().all(goes);
        Some(most).filter(|&id| far && !led_to && self.free(id))
    }
}
