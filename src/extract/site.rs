//! Sites: terminals, airports, mines and the like. Where ships load and planes land is a place; what the article tells somebody to build, to
//! widen, to pay for or to buy is an undertaking. Which of both one is holds for all of the article.
//!
//! Heads whose name is another type than the noun alone (`named` in `heads.ron`) are such; what names them is `headed`'s and `binding`'s.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::schema::NodeTypeId;

use super::entity::Linker;
use super::evidence::Evidence;
use super::few::Few;
use super::folds::FoldId;
use super::lexicon::{Head, Lexicon, Sense, SenseKind, WordId};
use super::name::NameKind;
use super::page::Page;
use super::parts::Parts;
use super::phrase::{Determiner, Phrase};
use super::sentence::Sentence;
use super::unit::Tag;
use super::value::ValueKind;
use super::vocabulary::Vocabulary;
use super::wordset::WordSet;

/// Notes the names of sites that the article tells work on. O(phrases).
pub(super) fn note(
    lexicon: &Lexicon,
    parts: &Parts,
    vocabulary: &Vocabulary,
    pages: &[Page<'_>],
    sentences: &[Sentence],
    evidence: &mut Evidence<'_>,
) {
    // By head noun, the sites that are named, and whether "the mine" alone is worked on.
    let mut named: FxHashMap<WordId, Few<FoldId>> = FxHashMap::default();
    let mut pointed: FxHashSet<WordId> = FxHashSet::default();
    for sentence in sentences {
        let reader = Reader { lexicon, parts, vocabulary, page: &pages[sentence.page], sentence };
        for (index, phrase) in sentence.elements.phrases.iter().enumerate() {
            let Some((text, noun)) = reader.site(phrase) else { continue };
            let worked = reader.is_worked_on(index, phrase);
            match text {
                Some(text) => {
                    let (id, sites) = (evidence.folds.id(text), named.entry(noun).or_default());
                    if !sites.contains(&id) {
                        sites.push(id);
                    }
                    if worked {
                        evidence.works.insert(id);
                    }
                }
                None if worked && phrase.determiner == Determiner::The => {
                    pointed.insert(noun);
                }
                None => {}
            }
        }
    }
    // "The airport will be widened" where the article names one.
    for (_, sites) in named.iter().filter(|(noun, sites)| pointed.contains(noun) && sites.len() == 1) {
        evidence.works.extend(sites.iter().copied());
    }
}

/// Whether names with this head are those of sites.
pub(super) fn is_site(head: &Head) -> bool {
    head.named.is_some() && head.built.is_some() && head.named != head.built
}

impl Linker<'_> {
    /// What a name with this head is: a site that nobody works on is a place.
    pub(super) fn type_of_site(&self, head: &Head, name: &str) -> NodeTypeId {
        let place = head.named.filter(|_| is_site(head) && !self.evidence.is_worked_on(name));
        place.unwrap_or(head.node_type)
    }

    /// "the Sittwe terminal" where somebody pays for it; nor is "the Polish terminal" a place's name.
    pub(super) fn is_undertaking(&self, sentence: &Sentence, phrase: &Phrase, head: &Head) -> bool {
        let units = &sentence.units.units;
        let at = name_before(self.lexicon, self.parts, sentence, phrase, phrase.head).filter(|_| is_site(head));
        let Some(at) = at else { return is_site(head) };
        let (page, noun) = (&self.pages[sentence.page], &units[phrase.head]);
        // "the Klaipėda LNG terminal": what it handles makes it another thing.
        let before = &page.tokens[noun.tokens.start - 1];
        let pair = format!("{} {}", self.lexicon.form(before.word), self.lexicon.form(noun.word));
        let other = self.lexicon.head(self.lexicon.id(&pair)).is_some_and(|h| !is_site(h));
        other || self.evidence.is_worked_on(page.text(units[at].tokens.start..noun.tokens.end))
    }
}

/// The name that tells which site the noun at unit `at` is: none of goods, of a state, of an area or of where it comes from ("the Polish
/// copper mine", "the Atlantic terminal").
fn name_before(lexicon: &Lexicon, parts: &Parts, sentence: &Sentence, phrase: &Phrase, at: usize) -> Option<usize> {
    let apart = [parts.commodity, parts.state, parts.region];
    let tells = |s: &Sense| s.kind != SenseKind::Demonym && lexicon.kind_of(*s).is_some_and(|kind| !apart.contains(&Some(kind)));
    let called = |&u: &usize| match sentence.units.units[u].name.map(|n| &sentence.units.names[n as usize].kind) {
        Some(NameKind::Known(senses)) => senses.iter().any(tells),
        name => name.is_some(),
    };
    phrase.units.clone().rev().filter(|&u| u < at).find(called)
}

struct Reader<'a> {
    lexicon: &'a Lexicon,
    parts: &'a Parts,
    vocabulary: &'a Vocabulary,
    page: &'a Page<'a>,
    sentence: &'a Sentence,
}

impl<'a> Reader<'a> {
    /// The name with its noun, and the noun; the noun alone for "the mine". What stands behind the noun may tell work on it: "the Tema
    /// terminal expansion".
    fn site(&self, phrase: &Phrase) -> Option<(Option<&'a str>, WordId)> {
        let units = &self.sentence.units.units;
        let head = &units[phrase.head];
        if let Some(name) = head.name.filter(|_| head.tag == Tag::Name) {
            let NameKind::Run { head: Some(last) } = self.sentence.units.names[name as usize].kind else { return None };
            let noun = self.page.tokens[last].word;
            let text = self.page.text(head.tokens.clone());
            return self.lexicon.name_head(noun).filter(|h| is_site(h)).map(|_| (Some(text), noun));
        }
        let noun = |u: &usize| units[*u].tag == Tag::Noun && self.lexicon.head(units[*u].word).is_some_and(is_site);
        let before = phrase.head.checked_sub(1).filter(|b| phrase.units.contains(b) && self.works(units[phrase.head].word));
        let at = Some(phrase.head).filter(noun).or_else(|| before.filter(noun))?;
        let name = name_before(self.lexicon, self.parts, self.sentence, phrase, at);
        let text = name.map(|u| self.page.text(units[u].tokens.start..units[at].tokens.end));
        Some((text, units[at].word))
    }

    fn works(&self, word: WordId) -> bool {
        self.vocabulary.work_on.contains(&word)
    }

    /// The phrase is headed by a noun for an agreement, or one of work: "a concession".
    fn is_agreed(&self, phrase: usize) -> bool {
        let head = self.sentence.units.units.get(self.sentence.elements.phrases[phrase].head);
        let kind = head.and_then(|u| self.lexicon.head(u.word)).map(|h| h.node_type);
        kind.is_some() && kind == self.parts.agreement || head.is_some_and(|u| self.works(u.word))
    }

    fn holds(&self, group: usize, phrase: usize) -> bool {
        self.sentence.group(group).contains(&phrase)
    }

    /// Somebody builds it, widens it, pays for it, buys it or has signed something about it, did so or will.
    fn is_worked_on(&self, index: usize, phrase: &Phrase) -> bool {
        let units = &self.sentence.units.units;
        let to_come = |u: usize| u < phrase.head && self.vocabulary.to_come.contains(&units[u].word);
        let owner = |p: &Phrase| p.possessor == Some(index) && units.get(p.head).is_some_and(|u| self.works(u.word));
        self.works(units[phrase.head].word)
            || phrase.units.clone().any(to_come)
            || self.is_done_to(index, &self.vocabulary.worked)
            || self.takes_money(index)
            || self.is_paid_for(index)
            || self.is_leased(index)
            || self.sentence.elements.phrases.iter().any(owner)
    }

    fn is_done_to(&self, index: usize, verbs: &WordSet) -> bool {
        self.sentence.clauses.list.iter().any(|c| {
            let verb = c.verb.map(|v| &self.sentence.elements.verbs[v]);
            let done = |passive: bool| if passive { c.subject.as_slice() } else { &c.objects[..] };
            verb.is_some_and(|v| verbs.contains(&v.lemma) && done(v.passive).iter().any(|&g| self.holds(g, index)))
        })
    }

    /// "X cost $20 million", "X is a gift from Norway".
    fn takes_money(&self, index: usize) -> bool {
        let work = |&g: &usize| {
            let heads = self.sentence.group(g).iter().map(|&p| self.sentence.elements.phrases[p].head);
            heads.filter_map(|h| self.sentence.units.units.get(h)).any(|u| self.works(u.word))
        };
        self.sentence.clauses.list.iter().filter(|c| c.subject.is_some_and(|g| self.holds(g, index))).any(|c| {
            let verb = c.verb.map(|v| &self.sentence.elements.verbs[v]);
            verb.is_some_and(|v| {
                !v.passive && self.vocabulary.absorbing.contains(&v.lemma) || v.copula && c.objects.first().is_some_and(work)
            })
        })
    }

    /// "runs X under a ten-year contract", "signed a concession to run X".
    fn is_leased(&self, index: usize) -> bool {
        let clauses = &self.sentence.clauses;
        let under = |&a: &usize| {
            let attached = &clauses.attached[a];
            attached.prep == self.lexicon.known.under && self.sentence.group(attached.group).iter().any(|&p| self.is_agreed(p))
        };
        clauses.list.iter().any(|c| {
            let runs = c.verb.is_some_and(|v| self.parts.operating.contains(&self.sentence.elements.verbs[v].lemma));
            let objects = c.objects.iter().chain(&c.other_objects).any(|&g| self.holds(g, index));
            let passive = c.verb.is_some_and(|v| self.sentence.elements.verbs[v].passive)
                && c.subject.is_some_and(|g| self.holds(g, index));
            runs && (objects || passive) && (c.attached.iter().any(under) || c.governor.is_some_and(|p| self.is_agreed(p)))
        })
    }

    /// "the construction of X", "a loan for X", "$20 million for X", "invest in X", "double the capacity of X".
    fn is_paid_for(&self, index: usize) -> bool {
        let Some(attached) = self.sentence.governed_by(index).filter(|a| self.vocabulary.spent_on.contains(&a.prep)) else {
            return false;
        };
        let units = &self.sentence.units;
        let site = attached.sites.last().copied();
        let head = site.and_then(|p| units.units.get(self.sentence.elements.phrases[p].head));
        let sum = |v: u32| matches!(units.values[v as usize].kind, ValueKind::Money { .. });
        let verb = self.sentence.clauses.list[attached.clause].verb.map(|v| self.sentence.elements.verbs[v].lemma);
        let of = attached.prep == self.vocabulary.of;
        head.is_some_and(|u| self.works(u.word) || u.value.is_some_and(sum))
            || site.is_some_and(|p| {
                let size = head.is_some_and(|u| self.vocabulary.sizes.contains(&u.word));
                let raised = size && self.is_done_to(p, &self.vocabulary.raising);
                of && (self.is_done_to(p, &self.vocabulary.worked) || raised) || self.is_agreed(p)
            })
            || verb.is_some_and(|v| self.vocabulary.investing.contains(&v))
    }
}
