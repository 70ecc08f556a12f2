//! Happenings that a verb alone tells: "the ministers met in Lima".
//!
//! Who took part is the frames' business: to them it is a happening that the sentence mentions.

use super::{Clause, DraftId, End, Filler, Referent};
use crate::extract::entity::Linker;
use crate::extract::entity::Salient;
use crate::extract::few::Few;
use crate::extract::lexicon::WordId;
use crate::extract::settle::EVENT_REACH;
use crate::extract::token::TokenKind;
use crate::extract::unit::Tag;
use crate::extract::vocabulary::Happening;

/// The most tokens before the verb by which a happening is called: a list of states, no story.
const LONGEST_TOLD: usize = 16;

impl Filler<'_, '_, '_> {
    /// Makes the happenings that the sentence's verbs tell, before what is said of them is read.
    pub fn tell_happenings(&mut self) {
        let linker = &*self.linker;
        let (Some(event), verbs) = (linker.parts.event, &self.sentence.elements.verbs) else { return };
        if self.speaks_of_event() {
            return;
        }
        let told = |(at, c): (usize, &Clause)| {
            let lemma = verbs.get(c.verb?).filter(|v| !v.passive)?.lemma;
            let happening = linker.vocabulary.happenings.iter().find(|h| h.verbs.contains(&lemma))?;
            let (phrase, place) = self.where_told(c, happening)?;
            // "invited him to visit Lima" tells of another happening than the meeting that was spoken of.
            let new = if happening.at.is_empty() { !self.led_there(place) } else { !self.spoken_of_late() };
            (self.who_acts(c) && new).then_some((at, phrase, place, happening))
        };
        let Some((clause, phrase, place, happening)) = self.sentence.clauses.list.iter().enumerate().find_map(told) else {
            return;
        };
        let name = format!("{} {}", happening.name, linker.drafts[place as usize].name.as_str());
        let id = self.linker.make(event, &name, false, 0);
        let tokens = self.linker.phrase_tokens(self.sentence, &self.sentence.elements.phrases[phrase]);
        self.linker.mention(id, self.sentence.page, tokens);
        for end in self.ends_told(clause, phrase) {
            let told = self.linker.page(self.sentence).text(self.verb_start(clause)..end);
            self.linker.note_form(id, told);
        }
        if let Some(start) = self.subject_start(clause).filter(|_| !happening.at.is_empty()) {
            let end = self.sentence.units.units[self.sentence.elements.phrases[phrase].units.end - 1].tokens.end;
            let told = self.linker.page(self.sentence).text(start..end);
            self.linker.note_form(id, told);
        }
        self.linker.salient.push(Salient { pointed: false, ..Salient::pointed(id, self.number, phrase, false) });
        self.happening = Some((clause, id));
    }

    /// Where the main verb of a clause starts, in tokens.
    fn verb_start(&self, clause: usize) -> usize {
        let verb = self.sentence.clauses.list[clause].verb.map(|v| &self.sentence.elements.verbs[v]);
        verb.map_or(0, |v| self.sentence.units.units[v.units.end - 1].tokens.start)
    }

    /// Where those who met stand right before their verb, in tokens: "energy ministers of A and B met in C" is what readers call
    /// it by.
    fn subject_start(&self, clause: usize) -> Option<usize> {
        let (units, elements) = (&self.sentence.units.units, &self.sentence.elements);
        let first = *self.sentence.group(self.sentence.clauses.list[clause].subject?).first()?;
        let article = |&u: &usize| units[u].tag == Tag::Det;
        let opens = elements.phrases[first].units.clone().find(|u| !article(u))?;
        let start = units[opens].tokens.start;
        let verb = self.verb_start(clause);
        (start < verb && verb - start <= LONGEST_TOLD && self.one_part(start..verb)).then_some(start)
    }

    /// No sign but those of a list stands between these tokens.
    fn one_part(&self, tokens: std::ops::Range<usize>) -> bool {
        let page = self.linker.page(self.sentence);
        page.tokens[tokens].iter().all(|t| !matches!(t.kind, TokenKind::Sign(c) if c != ','))
    }

    /// "met Kola in Shkodër on 4 May" has no noun: the text's own words are its names, up to whom they met, to where, and to when.
    fn ends_told(&self, clause: usize, place: usize) -> Few<usize> {
        let (units, elements) = (&self.sentence.units.units, &self.sentence.elements);
        let start = self.verb_start(clause);
        let last = |p: usize| units[elements.phrases[p].units.end - 1].tokens.end;
        let clause = &self.sentence.clauses.list[clause];
        let objects = clause.objects.iter().filter_map(|&g| self.sentence.group(g).last());
        let dates = clause.dates.iter().filter_map(|&d| self.sentence.units.values.get(d)).map(|v| v.tokens.end);
        let ends = objects.copied().chain([place]).map(last).chain(dates);
        ends.filter(|&end| end > start).collect()
    }

    /// The happening that the clause's verb tells.
    pub(super) fn happening_told(&self, clause: usize) -> Option<End> {
        let (_, id) = self.happening.filter(|&(at, _)| at == clause)?;
        Some(End { id, phrase: usize::MAX, prep: None, distance: 0, named: false })
    }

    /// A phrase of the sentence is a happening, or may point back to one.
    fn speaks_of_event(&self) -> bool {
        let (linker, event) = (&*self.linker, self.linker.parts.event);
        let said = |r: &Referent| match r {
            Referent::Described { kind, .. } => Some(*kind) == event,
            Referent::Entities { ids, .. } => ids.iter().any(|&id| Some(linker.drafts[id as usize].kind) == event),
            Referent::Anaphor { types, .. } => event.is_some_and(|event| types.contains(&event)),
            Referent::None => false,
        };
        self.referents.iter().any(said)
    }

    /// A journey to the place was told of late.
    fn led_there(&self, place: DraftId) -> bool {
        let linker = &*self.linker;
        let late = linker.salient.iter().rev().take_while(|s| s.sentence + EVENT_REACH >= self.number);
        let names = &linker.drafts[place as usize].forms;
        late.map(|s| &linker.drafts[s.id as usize]).any(|draft| {
            let there = || names.iter().any(|name| draft.name.folded().contains(name.folded()));
            Some(draft.kind) == linker.parts.event && (linker.vocabulary.travelling.contains(&draft.head) || there())
        })
    }

    /// The place or state where it happened, and its phrase.
    fn where_told(&self, clause: &Clause, happening: &Happening) -> Option<(usize, DraftId)> {
        let attached = clause.attached.iter().map(|&a| &self.sentence.clauses.attached[a]);
        let object = clause.objects.first().copied().filter(|_| happening.at.is_empty());
        let group = object.or_else(|| attached.filter(|a| happening.at.contains(&a.prep)).map(|a| a.group).next())?;
        let &[phrase] = self.sentence.group(group) else { return None };
        let Referent::Entities { ids, group: false, .. } = &self.referents[phrase] else { return None };
        let &[id] = &ids[..] else { return None };
        let kind = Some(self.linker.drafts[id as usize].kind);
        (kind == self.linker.parts.place || kind == self.linker.parts.state).then_some((phrase, id))
    }

    /// Persons and states meet as the text tells; rivers and railways meet, too.
    fn who_acts(&self, clause: &Clause) -> bool {
        let parts = self.linker.parts;
        // "the ministers of the Gulf Cooperation Council met".
        let holders = |p: usize| matches!(self.sentence.units.units[self.sentence.elements.phrases[p].head].tag, Tag::Office(_));
        // "The Nile Council met in Lima", and whoever meets what is asked of him.
        let body = |id: DraftId| self.linker.drafts[id as usize].named && clause.objects.is_empty();
        let acts = |p: &usize| match &self.referents[*p] {
            Referent::Entities { ids, .. } => ids.iter().all(|&id| {
                let kind = Some(self.linker.drafts[id as usize].kind);
                let organisation = kind == parts.organisation && (holders(*p) || body(id));
                kind == parts.person || kind == parts.state || organisation
            }),
            // "The two countries met in Lima", "their presidents met".
            Referent::Anaphor { types, plural: true, .. } => !types.is_empty() && types.iter().all(|t| Some(*t) == parts.state),
            _ => false,
        };
        clause.subject.is_some_and(|g| self.sentence.group(g).iter().all(acts))
    }

    /// They may have met for what was spoken of before.
    fn spoken_of_late(&self) -> bool {
        let late = self.linker.salient.iter().rev().take_while(|s| s.sentence + EVENT_REACH >= self.number);
        late.map(|s| s.id).any(|id| self.linker.is_attended(id))
    }
}

impl Linker<'_> {
    /// "A and B met in Lima … the meeting": what only a verb told is called by the noun that points back to it.
    pub(super) fn call_happening(&mut self, id: DraftId, noun: Option<WordId>) {
        let draft = &self.drafts[id as usize];
        let told = self.parts.event == Some(draft.kind) && !draft.named && draft.head == 0;
        if let Some(noun) = noun.filter(|_| told) {
            let noun = self.lexicon.form(noun).to_owned();
            self.note_form(id, &noun);
        }
    }

    /// A happening at which people meet: a summit, but no attack.
    pub(in crate::extract) fn is_attended(&self, id: DraftId) -> bool {
        let draft = &self.drafts[id as usize];
        self.parts.event == Some(draft.kind) && !self.vocabulary.unattended.contains(&draft.head)
    }
}
