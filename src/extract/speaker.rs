//! Who says what a clause says: the subject of the verb of saying above it, whoever is quoted beside it, "according to".
//!
//! Only whom the text names is a speaker: "officials said" leaves the outlet's own word. How saying it weakens it is `mode`'s business.

use std::sync::Arc;

use crate::schema::NodeTypeId;

use super::clause::{Clause, LinkKind};
use super::entity::{Linker, Referent};
use super::sentence::Sentence;
use super::slots::Filler;

/// Clauses deeper than this are read as if they hung on nothing.
const DEEPEST: usize = 8;

/// The speaker of each clause of a sentence; empty where nobody is said to speak. O(clauses).
pub fn by_clause(filler: &mut Filler<'_, '_, '_>) -> Vec<Option<Arc<str>>> {
    let sentence = filler.sentence;
    let credits = sentence.clauses.attached.iter().any(|a| filler.linker.vocabulary.attributing.contains(&a.prep));
    let clauses = 0..sentence.clauses.list.len();
    if !credits && !clauses.clone().any(|c| reports(filler, c)) {
        return Vec::new();
    }
    clauses.map(|clause| above(filler, clause).or_else(|| credited(filler, clause)).or_else(|| beside(filler, clause))).collect()
}

impl Linker<'_> {
    /// "“We oppose the line,” said Sand": whoever is quoted beside what is said speaks of himself. O(clauses).
    pub(super) fn first_person(&self, sentence: &Sentence, referents: &mut [Referent]) {
        let clauses = &sentence.clauses.list;
        let says = |c: &&Clause| {
            let verb = c.verb.map(|v| &sentence.elements.verbs[v]);
            let says = verb.is_some_and(|v| !v.negated && !v.passive && self.vocabulary.reporting.contains(&v.lemma));
            says && c.link == LinkKind::Root
        };
        let Some(saying) = clauses.iter().rfind(says) else { return };
        let own = |group: Option<usize>| group.and_then(|g| sentence.group(g).first().copied());
        // Turned round, the speaker stands where an object would; "told reporters" has both.
        let person = |phrase: usize| match &referents[phrase] {
            Referent::Entities { ids, .. } => {
                ids.first().is_some_and(|&id| Some(self.drafts[id as usize].kind) == self.parts.person)
            }
            _ => false,
        };
        let speaker = [own(saying.subject), own(saying.objects.first().copied())].into_iter().flatten().find(|&p| person(p));
        let Some(speaker) = speaker.map(|p| referents[p].clone()) else { return };
        let before = sentence.elements.verbs[saying.verb.unwrap_or(0)].units.start;
        for (phrase, data) in sentence.elements.phrases.iter().enumerate() {
            let word = sentence.units.units[data.head].word;
            let open = matches!(referents[phrase], Referent::None);
            if open && data.pronoun && data.head < before && self.vocabulary.speaker_pronouns.contains(&word) {
                referents[phrase] = speaker.clone();
            }
        }
    }
}

fn reports(filler: &Filler<'_, '_, '_>, clause: usize) -> bool {
    let verb = filler.sentence.clauses.list[clause].verb.map(|v| &filler.sentence.elements.verbs[v]);
    verb.is_some_and(|v| !v.negated && !v.passive && filler.linker.vocabulary.reporting.contains(&v.lemma))
}

/// "Kenya says that it will": up through what hangs on what.
fn above(filler: &mut Filler<'_, '_, '_>, clause: usize) -> Option<Arc<str>> {
    let mut at = clause;
    for _ in 0..DEEPEST {
        let data = &filler.sentence.clauses.list[at];
        let parent = data.parent?;
        if data.link == LinkKind::Complement && reports(filler, parent) {
            let group = filler.sentence.clauses.list[parent].subject?;
            return named(filler, group);
        }
        at = parent;
    }
    None
}

/// "according to the World Bank", anywhere in the clause or in what it hangs on.
fn credited(filler: &mut Filler<'_, '_, '_>, clause: usize) -> Option<Arc<str>> {
    let sentence = filler.sentence;
    let root = filler.sentence.root_of(clause);
    let credit = sentence
        .clauses
        .attached
        .iter()
        .find(|a| filler.linker.vocabulary.attributing.contains(&a.prep) && filler.sentence.root_of(a.clause) == root)?;
    named(filler, credit.group)
}

/// "…, Chirchir said", "…," said Davis Chirchir: a verb of saying with nothing said under it, behind what it says.
fn beside(filler: &mut Filler<'_, '_, '_>, clause: usize) -> Option<Arc<str>> {
    let sentence = filler.sentence;
    let root = filler.sentence.root_of(clause);
    let saying = (root + 1..sentence.clauses.list.len()).find(|&c| {
        let data = &sentence.clauses.list[c];
        let told = sentence.clauses.list.iter().any(|d| d.parent == Some(c) && d.link == LinkKind::Complement);
        data.link == LinkKind::Root && reports(filler, c) && !told
    })?;
    let data = &sentence.clauses.list[saying];
    // Turned round, the speaker stands where an object would.
    let group = data.objects.first().copied().or(data.subject)?;
    // "…, it said" means whoever spoke before, not what was spoken of just now.
    let thing = sentence.group(group).iter().any(|&p| {
        let head = sentence.elements.phrases[p].head;
        filler.linker.vocabulary.thing_pronouns.contains(&sentence.units.units[head].word)
    });
    if thing { None } else { named(filler, group) }
}

/// The names of a group of phrases: entities, or names that are none ("Kyodo News").
fn named(filler: &mut Filler<'_, '_, '_>, group: usize) -> Option<Arc<str>> {
    let parts = filler.linker.parts;
    let speakers: Vec<NodeTypeId> = [parts.person, parts.state, parts.organisation].into_iter().flatten().collect();
    let mut names: Vec<String> = Vec::new();
    for phrase in filler.sentence.group(group).to_vec() {
        let ends = filler.phrase(phrase, &speakers, None);
        names.extend(ends.iter().map(|end| filler.linker.drafts[end.id as usize].name.as_str().to_owned()));
        if ends.is_empty() && matches!(filler.referents[phrase], Referent::None) {
            names.extend(proper_name(filler, phrase));
        }
    }
    names.dedup();
    (!names.is_empty()).then(|| names.join(", ").into())
}

/// The capitalised words at the end of a phrase that names nothing else.
fn proper_name(filler: &Filler<'_, '_, '_>, phrase: usize) -> Option<String> {
    let sentence = filler.sentence;
    let page = &filler.linker.pages[sentence.page];
    let units = &sentence.units.units[sentence.elements.phrases[phrase].units.clone()];
    let capital = |u: &&super::unit::Unit| page.tokens[u.tokens.start].is_capital();
    let name = units.iter().rev().take_while(capital).count();
    let (first, last) = (units.get(units.len() - name)?, units.last()?);
    (name > 0 && first.tokens.start > sentence.tokens.start).then(|| page.text(first.tokens.start..last.tokens.end).to_owned())
}
