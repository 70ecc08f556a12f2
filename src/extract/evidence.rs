//! What unlisted names are: votes from every place of the document where they stand.
//!
//! A name has one type in a document. Titles, appositions, head nouns beside it,
//! prepositions and verbs vote; a name that nothing speaks for names nothing.

mod nouns;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::schema::{EntryId, NodeTypeId};

use super::few::Few;
use super::folds::{FoldId, Folds};
use super::lexicon::{Lexicon, Office, SenseKind, WordId, class};
use super::name::NameKind;
use super::page::Page;
use super::parts::Parts;
use super::phrase::{Determiner, Phrase};
use super::sentence::Sentence;
use super::token::{Token, TokenKind};
use super::unit::{Tag, Unit};
use super::value::ValueKind;
use super::vocabulary::Vocabulary;

/// Votes by folded name.
#[derive(Debug)]
pub struct Evidence<'f> {
    /// Names are compared by their foldings' numbers.
    pub folds: &'f Folds,
    votes: FxHashMap<FoldId, Few<(NodeTypeId, u32)>>,
    /// Listed things that the document names anywhere by a name of theirs alone.
    named: FxHashSet<EntryId>,
    /// Names of sites that the document tells work on: see `site`.
    pub(super) works: FxHashSet<FoldId>,
}

impl<'f> Evidence<'f> {
    /// With nothing said yet.
    #[must_use]
    pub fn new(folds: &'f Folds) -> Self {
        Self { folds, votes: FxHashMap::default(), named: FxHashSet::default(), works: FxHashSet::default() }
    }

    /// Whether the document names a listed thing, anywhere, by a name that nothing else bears.
    #[must_use]
    pub fn names(&self, entry: EntryId) -> bool {
        self.named.contains(&entry)
    }

    /// Whether the document tells of somebody who builds, widens, pays for or buys the site of this name.
    #[must_use]
    pub fn is_worked_on(&self, name: &str) -> bool {
        self.works.contains(&self.folds.id(name))
    }

    /// The type that most speaks for, if two votes at least do.
    #[must_use]
    pub fn type_of(&self, name: &str) -> Option<NodeTypeId> {
        let votes = self.votes.get(&self.folds.id(name))?;
        let best = votes.iter().max_by_key(|(id, n)| (*n, std::cmp::Reverse(*id)))?;
        (best.1 >= 2).then_some(best.0)
    }

    /// Notes that something speaks for a name's being of a type.
    pub fn vote(&mut self, name: &str, node_type: Option<NodeTypeId>, weight: u32) {
        let Some(node_type) = node_type else { return };
        let votes = self.votes.entry(self.folds.id(name)).or_default();
        match votes.iter_mut().find(|(id, _)| *id == node_type) {
            Some((_, n)) => *n += weight,
            None => votes.push((node_type, weight)),
        }
    }
}

/// Gathers votes from all sentences. O(units).
#[must_use]
pub fn gather<'f>(
    folds: &'f Folds,
    lexicon: &Lexicon,
    parts: &Parts,
    vocabulary: &Vocabulary,
    pages: &[Page<'_>],
    sentences: &[Sentence],
) -> Evidence<'f> {
    let mut evidence = Evidence::new(folds);
    for sentence in sentences {
        let voter = Voter { lexicon, parts, vocabulary, page: &pages[sentence.page], sentence };
        for (index, phrase) in sentence.elements.phrases.iter().enumerate() {
            voter.phrase(index, phrase, &mut evidence);
        }
        voter.holders(&mut evidence);
        voter.opener(&mut evidence);
        voter.listed(&mut evidence);
        voter.called(&mut evidence);
        for name in &sentence.units.names {
            if let NameKind::Known(senses) = &name.kind
                && let [sense] = senses[..]
                && sense.kind == SenseKind::Name
            {
                evidence.named.insert(EntryId(sense.entry));
            }
            for link in &name.links {
                if link.senses.is_empty() {
                    evidence.vote(voter.page.text(link.tokens.clone()), parts.place, 3);
                }
            }
        }
    }
    evidence
}

struct Voter<'a> {
    lexicon: &'a Lexicon,
    parts: &'a Parts,
    vocabulary: &'a Vocabulary,
    page: &'a Page<'a>,
    sentence: &'a Sentence,
}

impl Voter<'_> {
    fn unit(&self, i: usize) -> Option<&Unit> {
        self.sentence.units.units.get(i)
    }

    fn head_type(&self, unit: &Unit) -> Option<NodeTypeId> {
        (unit.tag == Tag::Noun).then(|| self.lexicon.head(unit.word).map(|h| h.node_type))?
    }

    /// "Volga Express: two trains a week from Riga by way of Rezekne to Aktobe": the name before a colon is a way.
    fn opener(&self, out: &mut Evidence<'_>) {
        use super::phrase::Element;
        let [(Element::Phrase(first), _), (Element::Break, _), (Element::Phrase(_), _), ..] = self.sentence.elements.list[..]
        else {
            return;
        };
        let Some(name) = self.name_of(first).filter(|n| matches!(n.kind, NameKind::Run { head: None }) && n.links.is_empty())
        else {
            return;
        };
        let named = |g: usize| {
            let phrases = self.sentence.group(g);
            let is_name = |&p: &usize| self.sentence.elements.names(p);
            if phrases.iter().all(is_name) { phrases.len() } else { 0 }
        };
        let words = &self.lexicon.route_words;
        let told = |preps: &[WordId], least: usize| {
            self.sentence.clauses.attached.iter().any(|a| preps.contains(&a.prep) && named(a.group) >= least)
        };
        if told(&words.pairs, 2) || told(&words.starts, 1) && told(&words.goes_on, 1) {
            out.vote(self.page.text(name.tokens.clone()), self.parts.way, 5);
        }
    }

    /// "Presidents A of X, B of Y and C of Z": all of them are persons.
    fn holders(&self, out: &mut Evidence<'_>) {
        for group in &self.sentence.clauses.groups {
            let Some(&first) = group.phrases.first() else { continue };
            let office = self.sentence.elements.phrases[first]
                .units
                .clone()
                .any(|u| matches!(self.unit(u).map(|u| u.tag), Some(Tag::Office(_))));
            if !office || group.phrases.len() < 2 {
                continue;
            }
            for &other in &group.phrases[1..] {
                let phrase = &self.sentence.elements.phrases[other];
                if let Some(name) = self.unit(phrase.head).and_then(|u| u.name) {
                    let name = &self.sentence.units.names[name as usize];
                    out.vote(self.page.text(name.tokens.clone()), self.parts.person, 6);
                }
            }
        }
    }

    /// "Citigroup, Deutsche Bank and Itau": what stands in a list with bodies is a body; with places, a place.
    fn listed(&self, out: &mut Evidence) {
        let name_of = |p: usize| {
            let unit = self.unit(self.sentence.elements.phrases[p].head)?;
            unit.name.map(|n| &self.sentence.units.names[n as usize])
        };
        for group in self.sentence.clauses.groups.iter().filter(|g| g.phrases.len() > 1) {
            let kinds: Vec<NodeTypeId> = group.phrases.iter().filter_map(|&p| self.sure_type(name_of(p)?)).collect();
            let Some(&kind) = kinds.first() else { continue };
            let listed = Some(kind) == self.parts.organisation || Some(kind) == self.parts.place;
            if !listed || kinds.iter().any(|&k| k != kind) {
                continue;
            }
            for name in group.phrases.iter().filter_map(|&p| name_of(p)) {
                if matches!(name.kind, NameKind::Run { head: None }) && name.links.is_empty() {
                    out.vote(self.page.text(name.tokens.clone()), Some(kind), 3);
                }
            }
        }
    }

    /// "a freight train called the Tema Express": what it is called is what it is.
    fn called(&self, out: &mut Evidence<'_>) {
        for clause in &self.sentence.clauses.list {
            let names = clause
                .verb
                .map(|v| &self.sentence.elements.verbs[v])
                .is_some_and(|v| v.passive && self.vocabulary.naming.contains(&v.lemma));
            let (true, Some(of), &[name]) = (names, clause.subject, &clause.objects[..]) else { continue };
            let (&[of], &[name]) = (self.sentence.group(of), self.sentence.group(name)) else { continue };
            let open = self.name_of(name).filter(|n| matches!(n.kind, NameKind::Run { head: None }) && n.links.is_empty());
            if let (Some(name), Some(unit)) = (open, self.unit(self.sentence.elements.phrases[of].head)) {
                out.vote(self.page.text(name.tokens.clone()), self.head_type(unit), 6);
            }
        }
    }

    /// The type of a name that is listed under one only, or that its own head noun tells.
    fn sure_type(&self, name: &super::name::Name) -> Option<NodeTypeId> {
        match &name.kind {
            NameKind::Known(senses) => {
                let kind = self.lexicon.kind_of(*senses.first()?)?;
                senses.iter().all(|&s| self.lexicon.kind_of(s) == Some(kind)).then_some(kind)
            }
            NameKind::Run { head } => self.lexicon.name_head(self.page.tokens[(*head)?].word).map(|h| h.node_type),
        }
    }

    /// A name of a state, a place or a region, whichever of them it means: "Budapest".
    fn is_spot(&self, name: &super::name::Name) -> bool {
        let ground = [self.parts.state, self.parts.place, self.parts.region];
        let spot = |kind: Option<NodeTypeId>| kind.is_some() && ground.contains(&kind);
        match &name.kind {
            NameKind::Known(senses) => !senses.is_empty() && senses.iter().all(|&s| spot(self.lexicon.kind_of(s))),
            NameKind::Run { .. } => spot(self.sure_type(name)),
        }
    }

    /// Votes for the unlisted names of a phrase.
    fn phrase(&self, index: usize, phrase: &Phrase, out: &mut Evidence<'_>) {
        for i in phrase.units.clone() {
            let Some(name) = self.unit(i).and_then(|u| u.name).map(|n| &self.sentence.units.names[n as usize]) else { continue };
            let open = match &name.kind {
                NameKind::Run { head } => head.is_none(),
                // What a listed name means that stands for nothing by itself is told by its neighbours, too.
                NameKind::Known(senses) => senses.iter().all(|s| s.kind == SenseKind::Ambiguous),
            };
            if !open && name.links.is_empty() && matches!(name.kind, NameKind::Run { .. }) {
                self.so_called(i, index, phrase, self.page.text(name.tokens.clone()), out);
            }
            if !open || !name.links.is_empty() {
                continue;
            }
            let text = self.page.text(name.tokens.clone());
            self.inside(i, phrase, text, out);
            if i == phrase.head {
                self.outside(index, text, out);
            }
            if matches!(name.kind, NameKind::Known(_)) {
                // Its own form says nothing that the list does not.
                continue;
            }
            let tokens = &self.page.tokens[name.tokens.clone()];
            if tokens.len() > 1 && tokens.len() < 6 && self.lexicon.is_given_name(tokens[0].word) {
                out.vote(text, self.parts.person, 2);
            }
            if tokens.len() > 2 && tokens[0].span.len() == 1 && tokens[1].is_sign('.') {
                // "J. Bayramov".
                out.vote(text, self.parts.person, 6);
            }
            let letters = text.chars().filter(|c| c.is_alphabetic()).count();
            if letters >= 2 && !text.contains(' ') && text.chars().all(|c| !c.is_lowercase()) {
                out.vote(text, self.parts.organisation, 2);
            }
        }
    }

    /// "the consultancy Boreal Link", "two traders, Redwood Delta and Almar Energy": a body, whatever the last word of its name says.
    fn so_called(&self, i: usize, index: usize, phrase: &Phrase, text: &str, out: &mut Evidence<'_>) {
        let body = |u: &Unit| {
            let firm = matches!(u.tag, Tag::Office(office) if self.parts.firm_trades.contains(&office));
            firm || self.parts.organisation.is_some() && self.head_type(u) == self.parts.organisation
        };
        let before = i.checked_sub(1).filter(|b| phrase.units.contains(b)).and_then(|b| self.unit(b));
        let spelt = |other: &Phrase| {
            let own = other.spelt_out.is_some_and(|g| self.sentence.group(g).contains(&index));
            own && i == phrase.head && self.unit(other.head).is_some_and(body)
        };
        if i == phrase.head && self.runs_something(index) {
            out.vote(text, self.parts.organisation, 5);
        }
        if before.is_some_and(body) || self.sentence.elements.phrases.iter().any(spelt) {
            out.vote(text, self.parts.organisation, 5);
        }
    }

    /// Words of the same phrase.
    fn inside(&self, i: usize, phrase: &Phrase, text: &str, out: &mut Evidence<'_>) {
        let before = i.checked_sub(1).filter(|b| phrase.units.contains(b)).and_then(|b| self.unit(b));
        let after = self.unit(i + 1).filter(|_| phrase.units.contains(&(i + 1)));
        if let Some(before) = before {
            match before.tag {
                Tag::Office(office) => out.vote(text, self.holder(i, Some(office)), 9),
                Tag::Noun => out.vote(text, self.head_type(before), 5),
                // "the 12,650-kilometre Polar Express".
                Tag::Value if self.is_length(before) => out.vote(text, self.parts.way, 5),
                Tag::Name => {
                    // "the French group Orano" has a noun between; "South Korean Hyundai" has not.
                }
                _ => {}
            }
        }
        if let Some(after) = after
            && let Some(node_type) =
                self.head_type(after).filter(|t| Some(*t) == self.parts.place || Some(*t) == self.parts.region)
        {
            out.vote(text, Some(node_type), 4);
        }
        let tagged = |wanted: fn(Tag) -> bool| phrase.units.clone().filter_map(|u| self.unit(u)).any(|u| wanted(u.tag));
        // "director of the Cambodian group River Voices": the noun tells what it is.
        let body = before.is_some_and(|b| self.parts.organisation.is_some() && self.head_type(b) == self.parts.organisation);
        let told = body && !self.is_given(i);
        if i == phrase.head && tagged(|t| matches!(t, Tag::Office(_))) && tagged(|t| t == Tag::Prep) && !told {
            // "Chairman of the Board of KTZ Talgat Aldybergenov".
            out.vote(text, self.holder(i, None), 9);
        }
        if phrase.possessor.is_some() && i == phrase.head && phrase.units.len() == 1 {
            // "Kazakhstan's Kassym-Jomart Tokayev" has two names, "Turkey's Botas" one.
            let state = phrase.possessor.is_some_and(|p| self.names_state(p));
            // "Italy's PEG Infrastruttura" is no person either.
            let acronym = text.split(' ').next().is_some_and(|w| w.chars().filter(|c| c.is_uppercase()).count() > 1);
            let two = text.split([' ', '-']).count() > 1 && text.contains(' ') && state && !acronym;
            out.vote(text, if two { self.parts.person } else { self.parts.organisation }, 2);
        }
    }

    /// What stands around the phrase that the name heads.
    fn outside(&self, index: usize, text: &str, out: &mut Evidence<'_>) {
        for other in &self.sentence.elements.phrases {
            if other.renames == Some(index) {
                self.renamed(other, index, text, out);
            }
            if other.possessor == Some(index)
                && let Some(Tag::Office(_)) = self.unit(other.head).map(|u| u.tag)
            {
                out.vote(text, self.parts.organisation, 3);
            }
        }
        // "the firm, X": the phrase that a name spells out.
        for other in &self.sentence.elements.phrases {
            let spelt = other.spelt_out.is_some_and(|g| self.sentence.group(g).contains(&index));
            if spelt {
                let head = self.unit(other.head);
                match head.map(|u| u.tag) {
                    Some(Tag::Office(office)) => out.vote(text, self.holder(self.head(index), Some(office)), 5),
                    Some(Tag::Noun) => out.vote(text, head.and_then(|h| self.plural_or_singular(h)), 5),
                    _ => {}
                }
            }
        }
        if let Some(attached) = self.sentence.governed_by(index).filter(|a| !self.done_by_somebody(a, index)) {
            // "raised relations to a Strategic Partnership": no place is one of several.
            if self.sentence.elements.phrases[index].determiner != Determiner::Indefinite {
                self.governed(attached, text, out);
            }
            self.example(attached, text, out);
        }
        if self
            .sentence
            .attached_to(index)
            .any(|a| self.lexicon.form(a.prep) == "of" && a.sites.last() == Some(&index) && self.is_state(a.group))
        {
            // "Webuild of Italy"; "Mia Mottley of Barbados" is somebody.
            out.vote(text, if self.opens_with_given_name(index) { self.parts.person } else { self.parts.organisation }, 2);
        }
        if self.reached(index) || self.joined(index) {
            // "The canal joins Cernavodă to the sea".
            out.vote(text, self.parts.place, 2);
        }
        if self.done_to(index, &self.parts.operating) {
            out.vote(text, self.parts.place, 2);
        }
        let meeting =
            self.sentence.elements.phrases[index].determiner == Determiner::The || text.ends_with(|c: char| c.is_ascii_digit());
        if meeting && self.done_to(index, &self.parts.attending) {
            out.vote(text, self.parts.event, 4);
        }
        if self.done_to(index, &self.parts.laying) {
            out.vote(text, self.parts.way, 2);
        }
        if text.len() > 1 && self.has_ends(index) {
            // "the S19 between Lublin and Rzeszów".
            out.vote(text, self.parts.way, 3);
        }
        self.somebody_or_body(index, text, out);
        self.as_subject(index, text, out);
    }

    /// "Tbilisi-based Silk Forwarding": what sits somewhere is a body; "Tbilisi-based analyst Jane Doe" has a noun before the name.
    fn seated(&self, index: usize) -> bool {
        let phrase = &self.sentence.elements.phrases[index];
        let name = phrase.head.checked_sub(2).filter(|first| phrase.units.contains(first));
        let based = name.and_then(|_| self.unit(phrase.head - 1));
        let joined = based.is_some_and(|u| self.page.tokens[u.tokens.start].is_joined());
        joined && based.is_some_and(|u| self.vocabulary.seated.contains(&u.word)) && !self.opens_with_given_name(index)
    }

    /// "Lorenzo Mariani of Leonardo" is somebody; "a ship of China's Sea Legend", "built by Turkey's Yapi Merkezi": what a state has that
    /// does something or has something is a body, though it has two names, unless the first is a given name.
    fn somebody_or_body(&self, index: usize, text: &str, out: &mut Evidence<'_>) {
        if self.seated(index) {
            out.vote(text, self.parts.organisation, 5);
        }
        let given = self.opens_with_given_name(index);
        let named = |g: usize| {
            let elements = &self.sentence.elements;
            self.sentence.group(g).iter().all(|&p| elements.names(p))
        };
        let own = |a: &super::clause::Attached| self.lexicon.form(a.prep) == "of" && a.sites.last() == Some(&index);
        if given && self.sentence.attached_to(index).any(|a| own(a) && !self.is_state(a.group) && named(a.group)) {
            out.vote(text, self.parts.person, 2);
        }
        let phrase = &self.sentence.elements.phrases[index];
        let of_state = phrase.possessor.is_some_and(|p| self.names_state(p)) && phrase.units.len() == 1;
        let governed = self.sentence.governed_by(index).is_some_and(|a| matches!(self.lexicon.form(a.prep), "of" | "by"));
        if of_state && governed && !given && text.contains(' ') {
            out.vote(text, self.parts.organisation, 3);
        }
    }

    /// "brought by Bob Meijer, a Dutch investor": a given name tells more than that somebody did it.
    fn done_by_somebody(&self, attached: &super::clause::Attached, index: usize) -> bool {
        self.lexicon.form(attached.prep) == "by" && self.opens_with_given_name(index)
    }

    /// Two words or more, the first of them a given name.
    fn opens_with_given_name(&self, index: usize) -> bool {
        self.is_given(self.head(index))
    }

    fn head(&self, phrase: usize) -> usize {
        self.sentence.elements.phrases[phrase].head
    }

    fn tokens_of(&self, unit: usize) -> &[Token] {
        let name = self.unit(unit).and_then(|u| u.name).map(|n| &self.sentence.units.names[n as usize]);
        name.map_or(&[], |n| &self.page.tokens[n.tokens.clone()])
    }

    fn is_given(&self, unit: usize) -> bool {
        let tokens = self.tokens_of(unit);
        tokens.len() > 1 && self.lexicon.is_given_name(tokens[0].word)
    }

    /// What the name at a unit is that stands beside an office or a trade: somebody; but "its counterpart, RNT", "LTG Infra, the manager"
    /// and "Nibulon, the trader" are bodies, and no person's name ends in a common noun.
    fn holder(&self, unit: usize, office: Option<u32>) -> Option<NodeTypeId> {
        let tokens = self.tokens_of(unit);
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return self.parts.person };
        if self.is_given(unit) {
            return self.parts.person;
        }
        let acronym = |t: &Token| t.is_all_capitals() && t.span.len() > 1 && t.kind == TokenKind::Word;
        let firm = office.is_some_and(|o| self.parts.firm_trades.contains(&o)) && tokens.len() == 1;
        // "Vice-President JD Vance": two letters before a surname are initials.
        let initials = tokens.len() > 1 && first.span.len() <= 2;
        if firm || acronym(first) && !initials && !tokens.iter().skip(1).all(acronym) || acronym(first) && tokens.len() == 1 {
            return self.parts.organisation;
        }
        let classes = |t: &Token| self.lexicon.word(t.word).classes;
        let common =
            tokens.len() > 1 && (classes(last) & (class::HEAD | class::HEAD_PLURAL) != 0 || classes(first) & class::ADJ != 0);
        self.parts.person.filter(|_| !common)
    }

    fn is_state(&self, group: usize) -> bool {
        let &[phrase] = self.sentence.group(group) else { return false };
        self.names_state(phrase)
    }

    fn names_state(&self, phrase: usize) -> bool {
        let name = self.unit(self.sentence.elements.phrases[phrase].head).and_then(|u| u.name);
        let Some(NameKind::Known(senses)) = name.map(|n| &self.sentence.units.names[n as usize].kind) else { return false };
        self.parts.state.is_some() && senses.iter().any(|&s| self.lexicon.kind_of(s) == self.parts.state)
    }

    fn plural_or_singular(&self, unit: &Unit) -> Option<NodeTypeId> {
        self.lexicon.head(unit.word).map(|h| h.node_type)
    }

    fn renamed(&self, by: &Phrase, index: usize, text: &str, out: &mut Evidence<'_>) {
        let Some(head) = self.unit(by.head) else { return };
        match head.tag {
            Tag::Office(office) => {
                let trade = self.lexicon.offices.get(office as usize).is_some_and(|o| o.1 == Office::Trade);
                out.vote(text, self.holder(self.head(index), Some(office)), if trade { 5 } else { 6 });
            }
            Tag::Noun => {
                let person = by.units.clone().any(|u| matches!(self.unit(u).map(|u| u.tag), Some(Tag::Office(_))));
                let holder = || self.holder(self.head(index), None);
                // "a highway between A and B, a route that …": the highway is called a route, not B.
                let way = self.parts.way.is_some() && self.head_type(head) == self.parts.way;
                if self.parts.way.is_some() && self.tells_way(by) {
                    out.vote(text, self.parts.way, 6);
                    return;
                }
                if way && self.sentence.governed_by(index).is_some_and(|a| self.of_way(a)) {
                    return;
                }
                out.vote(text, if person { holder() } else { self.head_type(head) }, 5);
            }
            _ => {}
        }
    }

    fn governed(&self, attached: &super::clause::Attached, text: &str, out: &mut Evidence<'_>) {
        let site = attached.sites.last().and_then(|&p| self.unit(self.sentence.elements.phrases[p].head));
        let lent = site.is_some_and(|s| self.parts.lending.contains(&s.word));
        let verb = self.sentence.clauses.list[attached.clause].verb.map(|v| self.sentence.elements.verbs[v].lemma);
        let given = verb.is_some_and(|v| self.lexicon.giving().contains(&v));
        match self.lexicon.form(attached.prep) {
            // "a loan from X", "the contract was awarded to X".
            "from" if lent => out.vote(text, self.parts.organisation, 3),
            // "approved the construction of a line from A to B": the line leads there, nobody gets it.
            // "it has been extended to X".
            "to" if given && !self.of_way(attached) && !self.gives_way(attached.clause) => {
                out.vote(text, self.parts.organisation, 3)
            }
            // "at Mbalam in Carvania": what a place lies in is no point.
            "in" if self.names_point(attached) => out.vote(text, self.parts.region, 3),
            "in" | "at" | "near" | "outside" | "around" => out.vote(text, self.parts.place, 3),
            "from" | "to" | "via" | "through" | "past" | "between" | "by way of" | "into" | "towards" | "as far as" => {
                out.vote(text, self.parts.place, 2)
            }
            // "trains go by X and Y".
            "by" if self.travels(attached.clause) => out.vote(text, self.parts.place, 2),
            "by" => out.vote(text, self.parts.organisation, 2),
            "with" => {
                let verb = self.sentence.clauses.list[attached.clause].verb.map(|v| self.sentence.elements.verbs[v].lemma);
                if verb.is_some_and(|v| self.parts.acting.contains(&v)) {
                    out.vote(text, self.parts.organisation, 2);
                }
            }
            "of" => match site.map(|u| u.tag) {
                Some(Tag::Office(_)) => out.vote(text, self.parts.organisation, 4),
                Some(Tag::Noun) => {
                    let node_type = site.and_then(|s| self.lexicon.head(s.word)).map(|h| h.node_type);
                    if site.is_some_and(|s| self.parts.body_roles.contains(&s.word) && node_type != self.parts.place) {
                        // "a unit of X", "a consortium of X and Y".
                        out.vote(text, self.parts.organisation, 3);
                    }
                    if node_type == self.parts.place || node_type == self.parts.region {
                        out.vote(text, node_type, 5);
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }

    /// What is given in the clause is a way, or only pointed at: "extended the line", "it has been extended".
    fn gives_way(&self, clause: usize) -> bool {
        let clause = &self.sentence.clauses.list[clause];
        let passive = clause.verb.is_some_and(|v| self.sentence.elements.verbs[v].passive);
        let given = if passive { clause.subject.as_slice() } else { &clause.objects[..] };
        let points = |&g: &usize| self.sentence.group(g).iter().all(|&p| self.sentence.elements.phrases[p].pronoun);
        given.is_empty() || given.iter().any(|g| self.is_way(*g) || points(g))
    }

    /// The verb of the clause is one of going.
    fn travels(&self, clause: usize) -> bool {
        let verb = self.sentence.clauses.list[clause].verb.map(|v| &self.sentence.elements.verbs[v]);
        verb.is_some_and(|v| !v.passive && !v.copula && self.vocabulary.route_verbs.contains(&v.lemma))
    }

    /// The phrase may belong to a noun for a way.
    fn of_way(&self, attached: &super::clause::Attached) -> bool {
        let way = |&p: &usize| self.sentence.elements.is_way(self.sentence.elements.phrases[p].head);
        attached.sites.iter().any(way)
    }

    /// The phrase belongs to a name that a preposition of place governs.
    fn names_point(&self, attached: &super::clause::Attached) -> bool {
        let Some(&site) = attached.sites.last() else { return false };
        let points = ["at", "near", "from", "to", "via", "through"];
        let point = |name: &super::name::Name| match &name.kind {
            NameKind::Known(senses) => senses.iter().all(|&s| self.lexicon.kind_of(s) == self.parts.place),
            NameKind::Run { head } => head.is_none() && name.links.is_empty(),
        };
        self.name_of(site).is_some_and(point)
            && self.sentence.governed_by(site).is_some_and(|a| points.contains(&self.lexicon.form(a.prep)))
    }

    /// The object of a verb of going whose subject is a way.
    fn reached(&self, index: usize) -> bool {
        self.sentence.clauses.list.iter().any(|c| {
            let verb = c.verb.map(|v| &self.sentence.elements.verbs[v]);
            c.objects.iter().any(|&g| self.sentence.group(g).contains(&index))
                && verb.is_some_and(|v| !v.passive && self.vocabulary.route_verbs.contains(&v.lemma))
                && c.subject.is_some_and(|g| self.is_way(g))
        })
    }

    /// "a road linking A with B": the second of what a way joins.
    fn joined(&self, index: usize) -> bool {
        let Some(attached) = self.sentence.governed_by(index).filter(|a| self.lexicon.form(a.prep) == "with") else {
            return false;
        };
        let clause = &self.sentence.clauses.list[attached.clause];
        let joins = clause.verb.is_some_and(|v| self.parts.joining.contains(&self.sentence.elements.verbs[v].lemma));
        joins && clause.subject.is_some_and(|g| self.is_way(g))
    }

    /// The group is headed by the noun for a way.
    fn is_way(&self, group: usize) -> bool {
        let head = self.sentence.group(group).first().and_then(|&p| self.unit(self.sentence.elements.phrases[p].head));
        head.is_some_and(|h| self.parts.way.is_some() && self.head_type(h) == self.parts.way)
    }

    /// "cables such as AAE-1": what several are called that it is one of.
    fn example(&self, attached: &super::clause::Attached, text: &str, out: &mut Evidence<'_>) {
        let of = |p: &usize| self.unit(self.sentence.elements.phrases[*p].head).and_then(|u| self.head_type(u));
        if self.lexicon.joining.examples.contains(&attached.prep) {
            out.vote(text, attached.sites.last().and_then(of), 4);
        }
    }

    /// The object of one of these verbs: "the company operates Balboa".
    fn done_to(&self, index: usize, verbs: &[WordId]) -> bool {
        self.sentence.clauses.list.iter().any(|c| {
            let verb = c.verb.map(|v| &self.sentence.elements.verbs[v]);
            let done = if verb.is_some_and(|v| v.passive) { c.subject.as_slice() } else { &c.objects[..] };
            verb.is_some_and(|v| verbs.contains(&v.lemma)) && done.iter().any(|&g| self.sentence.group(g).contains(&index))
        })
    }

    /// "between A and B", or "from A" and "to B", stand right behind it.
    fn has_ends(&self, index: usize) -> bool {
        let mut ends = (false, false);
        for a in self.sentence.attached_to(index) {
            let named = self.sentence.group(a.group).iter().all(|&p| self.sentence.elements.names(p));
            let own = a.sites.last() == Some(&index);
            match self.lexicon.form(a.prep) {
                "between" if own && named && self.sentence.group(a.group).len() == 2 => return true,
                "from" if own && named => ends.0 = true,
                "to" if named => ends.1 = true,
                _ => {}
            }
        }
        ends == (true, true)
    }

    fn is_length(&self, unit: &Unit) -> bool {
        let value = unit.value.map(|v| &self.sentence.units.values[v as usize].kind);
        matches!(value, Some(ValueKind::Quantity { attribute, .. }) if Some(&**attribute) == self.parts.length.as_deref())
    }

    /// "X would run from A to B": only ways do.
    fn goes(&self, clause: &super::clause::Clause) -> bool {
        let verb = clause.verb.map(|v| &self.sentence.elements.verbs[v]);
        let route = verb.is_some_and(|v| !v.passive && self.vocabulary.route_verbs.contains(&v.lemma));
        let has = |words: &[&str]| {
            clause.attached.iter().any(|&a| words.contains(&self.lexicon.form(self.sentence.clauses.attached[a].prep)))
        };
        let plain = |g: &usize| {
            self.sentence.group(*g).iter().all(|&p| {
                let name = self.unit(self.sentence.elements.phrases[p].head).and_then(|u| u.name);
                matches!(
                    name.map(|n| &self.sentence.units.names[n as usize].kind),
                    Some(NameKind::Known(_) | NameKind::Run { head: None })
                )
            })
        };
        route
            && clause.objects.iter().all(plain)
            && has(&["from", "between"])
            && has(&["to", "through", "via", "between", "across"])
    }

    /// "X will link A with B by way of C", "X connects A and B": what joins named places is a way.
    fn links(&self, clause: &super::clause::Clause) -> bool {
        let verb = clause.verb.map(|v| &self.sentence.elements.verbs[v]);
        if !verb.is_some_and(|v| !v.passive && self.parts.joining.contains(&v.lemma)) {
            return false;
        }
        let sure = |group: usize| {
            let phrases = self.sentence.group(group);
            // "Mlaabi in Tunisia": so is what is said to lie somewhere.
            let lies = |p: usize| {
                let inside = |a: &super::clause::Attached| a.prep == self.lexicon.known.in_ && a.sites.last() == Some(&p);
                let area = |&q: &usize| self.name_of(q).is_some_and(|n| self.is_spot(n));
                self.name_of(p).is_some()
                    && self.sentence.attached_to(p).any(|a| inside(a) && self.sentence.group(a.group).iter().all(area))
            };
            let spot = |p: usize| self.name_of(p).is_some_and(|n| self.is_spot(n)) || lies(p);
            let sure = phrases.iter().filter(|&&p| spot(p)).count();
            if sure == phrases.len() { sure } else { 0 }
        };
        let objects: usize = clause.objects.iter().map(|&g| sure(g)).sum();
        let others = clause.attached.iter().map(|&a| &self.sentence.clauses.attached[a]);
        let joined = others.filter(|a| matches!(self.lexicon.form(a.prep), "with" | "to")).map(|a| sure(a.group)).sum::<usize>();
        objects > 0 && objects + joined > 1
    }

    fn name_of(&self, phrase: usize) -> Option<&super::name::Name> {
        let unit = self.unit(self.sentence.elements.phrases[phrase].head)?;
        unit.name.map(|n| &self.sentence.units.names[n as usize])
    }

    /// "Bulikula is a cable", "Zarvo is the operator".
    fn as_what_it_is(&self, clause: &super::clause::Clause, text: &str, out: &mut Evidence<'_>) {
        let complement = clause.objects.first().and_then(|&g| self.sentence.group(g).first());
        let head = complement.and_then(|&p| self.unit(self.sentence.elements.phrases[p].head));
        let phrase = complement.map(|&p| &self.sentence.elements.phrases[p]);
        if phrase.is_some_and(|p| self.tells_way(p)) {
            out.vote(text, self.parts.way, 6);
        } else if let Some(way) = head.and_then(|h| self.head_type(h)).filter(|&t| Some(t) == self.parts.way) {
            out.vote(text, Some(way), 4);
        }
        if head.is_some_and(|h| self.parts.body_roles.contains(&h.word)) {
            out.vote(text, self.parts.organisation, 3);
        }
    }

    /// Who acts, speaks or is followed by "who".
    fn as_subject(&self, index: usize, text: &str, out: &mut Evidence<'_>) {
        let words = text.split_whitespace().count();
        let mut acted = 0;
        for clause in &self.sentence.clauses.list {
            let subject = clause.subject.is_some_and(|g| self.sentence.group(g).contains(&index));
            if !subject {
                continue;
            }
            let relative = self.sentence.elements.list.get(clause.start).map(|e| e.0);
            if let Some(super::phrase::Element::Relative(word)) = relative
                && self.lexicon.form(word) == "who"
                // "the activists of Save Lamu, who": they are meant.
                && self.sentence.governed_by(index).is_none_or(|a| self.lexicon.form(a.prep) != "of")
            {
                // What such a one does, a body might do: that says nothing against it.
                out.vote(text, self.parts.person, 6);
                continue;
            }
            let Some(verb) = clause.verb.map(|v| &self.sentence.elements.verbs[v]) else { continue };
            if self.goes(clause) || self.links(clause) {
                out.vote(text, self.parts.way, 3);
                continue;
            }
            if verb.copula {
                self.as_what_it_is(clause, text, out);
            }
            let says = self.parts.saying.contains(&verb.lemma);
            // "Samaila Zubairu runs the Africa Finance Corporation": a body is run by somebody.
            let body = |&p: &usize| {
                self.parts.organisation.is_some() && self.name_of(p).and_then(|n| self.sure_type(n)) == self.parts.organisation
            };
            let runs = self.parts.operating.contains(&verb.lemma) && words >= 2 && !verb.passive;
            if runs && clause.objects.first().is_some_and(|&g| self.sentence.group(g).iter().all(body)) {
                out.vote(text, self.parts.person, 4);
                continue;
            }
            if says {
                out.vote(
                    text,
                    if words >= 2 { self.parts.person } else { self.parts.organisation },
                    if words >= 2 { 2 } else { 1 },
                );
            } else if !verb.copula && !verb.passive {
                let acts = self.parts.acting.contains(&verb.lemma);
                out.vote(text, self.parts.organisation, if acts { 3 } else { 1 });
                // Further clauses of the same subject say little more.
                acted += 1;
                if acted == 2 {
                    break;
                }
            }
        }
    }
}
