//! Clauses: who does what to whom, however it is worded.
//!
//! One pass over a sentence's elements with a stack of open clauses. Passives,
//! participles, relative clauses, infinitives and coordination are undone here, so that
//! frames see a subject, objects and phrases with their prepositions. Attachment that
//! grammar leaves open is kept open: a prepositional phrase lists every phrase it may
//! belong to, a participle every subject it may have, and types decide later. Verbs are `verb`'s.

mod apposition;
mod bare;
mod contrast;
mod ellipsis;
mod ends;
mod gap;
mod groups;
mod prevented;
mod relative;
mod series;
mod verb;

use rustc_hash::FxHashSet;

use super::few::Few;
use super::lexicon::{Lexicon, WordId};
use super::phrase::{Element, Elements, VerbForm};
use super::route_words::RouteWords;
use super::wordset::WordSet;

/// Phrases joined by "and", "or", commas.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// In order.
    pub phrases: Few<usize>,
}

/// How a clause hangs on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// On none.
    Root,
    /// What is said, thought, shown: after "that" or a verb of saying.
    Complement,
    /// "agreed to build".
    Infinitive,
    /// "interest in building".
    Gerund,
    /// "a line linking A and B".
    Participle,
    /// "which crosses".
    Relative,
    /// "while bypassing", "because it runs".
    Adverbial,
}

/// A clause.
#[derive(Debug, Clone)]
pub struct Clause {
    /// How it hangs on `parent`.
    pub link: LinkKind,
    /// The clause that it hangs on.
    pub parent: Option<usize>,
    /// Who does it: the grammatical subject.
    pub subject: Option<usize>,
    /// Others that may be the subject, likeliest first.
    pub other_subjects: Few<usize>,
    /// Index into [`Elements::verbs`].
    pub verb: Option<usize>,
    /// What it is done to, grammatically.
    pub objects: Few<usize>,
    /// Others that a relative pronoun may stand for as object, likeliest first.
    pub other_objects: Few<usize>,
    /// Indices into [`Clauses::attached`].
    pub attached: Few<usize>,
    /// Particles and adverbs behind the verb.
    pub adverbs: Few<WordId>,
    /// An adjective said of the subject.
    pub adjective: Option<WordId>,
    /// The word right before it: a preposition or subordinator.
    pub opener: Option<WordId>,
    /// For infinitives and gerunds: the phrase right before, that may govern it ("interest in").
    pub governor: Option<usize>,
    /// Dates in it, as indices of values.
    pub dates: Few<usize>,
    /// "not" that belongs to no verb, or a subject with "no".
    pub not: bool,
    /// The element where it starts.
    pub start: usize,
}

/// A preposition and its group.
#[derive(Debug, Clone)]
pub struct Attached {
    /// The preposition.
    pub prep: WordId,
    /// What it governs.
    pub group: usize,
    /// The phrases it may belong to, nearest last.
    pub sites: Few<usize>,
    /// The clause it stands in.
    pub clause: usize,
}

/// A sentence's clauses.
#[derive(Debug, Default)]
pub struct Clauses {
    /// Outer ones mostly first.
    pub list: Vec<Clause>,
    /// Groups of phrases.
    pub groups: Vec<Group>,
    /// Prepositional phrases.
    pub attached: Vec<Attached>,
}

/// Reads the clauses of a sentence; renaming phrases are noted in `elements`. O(elements).
#[must_use]
pub fn clauses<'a>(lexicon: &'a Lexicon, elements: &'a mut Elements) -> Clauses {
    let mut reader = Reader::new(lexicon, elements);
    reader.open(LinkKind::Root, None, 0);
    let mut i = 0;
    while i < reader.elements.list.len() {
        i = reader.step(i).max(i + 1);
    }
    let contrasts = std::mem::take(&mut reader.contrasts);
    let mut out = reader.out;
    lead_in(&mut out, elements);
    ellipsis::hand_down(&mut out, elements, lexicon);
    ellipsis::share_objects(&mut out, elements);
    ellipsis::cleave(&mut out, elements, lexicon.known.what);
    ellipsis::amount(&mut out, elements, lexicon);
    ellipsis::invert(&mut out, elements, lexicon.known.among);
    ellipsis::identify(&mut out, elements, lexicon.known.among);
    ellipsis::accompanied(&mut out, elements, &lexicon.joining.accompanying);
    ellipsis::complete(lexicon, &mut out, elements);
    contrast::tell(&mut out, elements, contrasts);
    out
}

/// "Linking A to B, the line crosses C": what stands before the subject is done by it.
fn lead_in(out: &mut Clauses, elements: &Elements) {
    for index in 0..out.list.len() {
        let clause = &out.list[index];
        // "While hosting the summit, Kenya signed".
        let ing = clause.verb.is_some_and(|v| elements.verbs[v].form == VerbForm::Ing);
        let hangs = match clause.link {
            LinkKind::Participle | LinkKind::Gerund | LinkKind::Infinitive => true,
            LinkKind::Adverbial => ing,
            LinkKind::Root | LinkKind::Complement | LinkKind::Relative => false,
        };
        let lacks = clause.verb.is_some() && clause.subject.is_none() && clause.other_subjects.is_empty();
        let Some(parent) = clause.parent.filter(|_| hangs && lacks) else { continue };
        // Its parent got subject and verb meanwhile, or is the empty start of the sentence, and the clause behind has one.
        let start = clause.start;
        let unit = elements.list.get(start).map_or(0, |e| e.1);
        let verb = out.list[parent].verb.map(|v| elements.verbs[v].units.start);
        if verb.is_some_and(|at| at < unit) {
            continue;
        }
        let empty = verb.is_none();
        let behind = out.list[index + 1..].iter().find(|c| c.start > start && c.subject.is_some() && c.link == LinkKind::Root);
        let host = if empty { behind.or(Some(&out.list[parent])) } else { Some(&out.list[parent]) };
        let Some(host) = host.filter(|h| h.subject.is_some()) else { continue };
        // "To avoid Sudan, Chad will build a pipeline": what is built avoids it, where Chad cannot.
        let aims = matches!(out.list[index].link, LinkKind::Infinitive).then(|| host.objects.clone());
        let others = host.other_subjects.iter().copied().chain(aims.into_iter().flatten()).collect();
        let subject = host.subject;
        out.list[index].subject = subject;
        out.list[index].other_subjects = others;
    }
}

/// What stood before the element being read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Last {
    Nothing,
    Phrase,
    Verb,
    Prep(WordId),
    Comma,
    Conj,
    Break,
    Sub(WordId),
    That,
    Adj,
}

/// Phrases that a preposition may belong to: six at most.
type Chain = smallvec::SmallVec<[usize; 8]>;

pub(super) struct Reader<'a> {
    /// Lemmas of verbs that tell somebody something.
    telling: &'a [WordId],
    pub(super) of: WordId,
    /// Lemmas of verbs of saying.
    saying: &'a [WordId],
    /// Lemmas of verbs that a clause may follow without "that".
    clausal: &'a FxHashSet<WordId>,
    pub(super) between: WordId,
    whose: WordId,
    where_: WordId,
    /// "including".
    pub(super) examples: &'a [WordId],
    /// Prepositions whose object does what the subject does.
    accompanying: &'a WordSet,
    /// Prepositions between commas whose object does what the subject does as well.
    likening: &'a WordSet,
    judging: &'a WordSet,
    preventing: &'a WordSet,
    without: WordId,
    /// Lemmas of verbs behind whose object "of" goes with the verb.
    informing: &'a WordSet,
    /// Lemmas of verbs behind which a verb stands without "to".
    helping: &'a WordSet,
    /// Lemmas of verbs whose object is asked to do what follows.
    asking: &'a WordSet,
    /// Lemmas of verbs, and the preposition before whom they ask to do what follows.
    calling_on: &'a [(WordId, WordId)],
    /// "as well as".
    also: WordId,
    /// "freight, mainly coal".
    mainly: &'a WordSet,
    /// "both", before a list.
    both: WordId,
    pub(super) in_: WordId,
    on: WordId,
    with: WordId,
    pub(super) at: WordId,
    for_: WordId,
    what: WordId,
    by: WordId,
    /// Words for "as".
    as_: &'a WordSet,
    to: WordId,
    /// Lemmas of verbs whose object does what follows ("asked the guests to pay").
    controlling: &'a [WordId],
    /// Lemmas of verbs whose passive keeps an object ("called the Lamu Plan").
    keeping: &'a WordSet,
    /// Lemmas of verbs that give somebody something to do something with ("granted X a concession to run the port").
    giving: &'a [WordId],
    /// Lemmas of verbs of discussing: who does what is discussed is open.
    discussing: &'a [WordId],
    pub(super) elements: &'a mut Elements,
    pub(super) out: Clauses,
    pub(super) current: usize,
    /// The name that an apposition renamed last, whose list may go on behind it.
    titled: Option<usize>,
    /// Prepositions of ways.
    pub(super) routes: &'a RouteWords,
    /// Phrases to which a preposition read next may belong.
    pub(super) chain: Chain,
    pub(super) last: Last,
    /// An auxiliary that stands before its subject and waits for its verb.
    fronted: Option<usize>,
    /// "between A on the coast": the group that waits for its second item.
    pair: Option<usize>,
    /// "and, at the close of the talks,": the conjunction that what stands first of the next clause follows, and how many prepositional
    /// phrases there were before it.
    joined: Option<(usize, usize)>,
    /// The clause that a comma joined to the one before, where "and" and a last one are to come.
    series: Option<usize>,
    /// Relative clauses, and what their pronoun may stand for.
    antecedents: Vec<(usize, Few<usize>)>,
    /// "Not invited were Mali and Chad": the verb whose subject follows it.
    inverted: Option<usize>,
    /// "and not one has been laid": what is denied is the clause that comes.
    not_ahead: bool,
    /// "Kenya, but not Uganda,": what is told of others as the contrary.
    contrasts: Vec<contrast::Contrast>,
}

impl<'a> Reader<'a> {
    fn new(lexicon: &'a Lexicon, elements: &'a mut Elements) -> Self {
        Self {
            routes: &lexicon.route_words,
            telling: lexicon.telling(),
            of: lexicon.known.of,
            in_: lexicon.known.in_,
            on: lexicon.known.on,
            with: lexicon.known.with,
            at: lexicon.known.at,
            for_: lexicon.known.for_,
            what: lexicon.known.what,
            by: lexicon.known.by,
            as_: &lexicon.joining.taken_as,
            to: lexicon.known.to,
            giving: lexicon.giving(),
            controlling: lexicon.controlling(),
            keeping: &lexicon.joining.keeping_object,
            discussing: lexicon.discussing(),
            saying: lexicon.saying(),
            clausal: lexicon.clausal(),
            between: lexicon.known.between,
            whose: lexicon.known.whose,
            where_: lexicon.known.where_,
            examples: &lexicon.joining.examples,
            also: lexicon.known.as_well_as,
            mainly: &lexicon.joining.mainly,
            both: lexicon.id("both"),
            accompanying: &lexicon.joining.accompanying,
            likening: &lexicon.joining.likening,
            judging: &lexicon.joining.judging,
            preventing: &lexicon.joining.preventing,
            without: lexicon.id("without"),
            informing: &lexicon.joining.informing,
            helping: &lexicon.joining.helping,
            asking: &lexicon.joining.asking,
            calling_on: &lexicon.joining.calling_on,
            elements,
            out: Clauses::default(),
            current: 0,
            titled: None,
            chain: Chain::new(),
            last: Last::Nothing,
            fronted: None,
            pair: None,
            joined: None,
            series: None,
            antecedents: Vec::new(),
            inverted: None,
            not_ahead: false,
            contrasts: Vec::new(),
        }
    }
}

impl Reader<'_> {
    pub(super) fn open(&mut self, link: LinkKind, parent: Option<usize>, start: usize) -> usize {
        self.out.list.push(Clause {
            link,
            parent,
            subject: None,
            other_subjects: Few::new(),
            verb: None,
            objects: Few::new(),
            other_objects: Few::new(),
            attached: Few::new(),
            adverbs: Few::new(),
            adjective: None,
            opener: None,
            governor: None,
            dates: Few::new(),
            not: false,
            start,
        });
        self.current = self.out.list.len() - 1;
        self.current
    }

    pub(super) fn clause(&mut self) -> &mut Clause {
        &mut self.out.list[self.current]
    }

    pub(super) fn element(&self, i: usize) -> Option<Element> {
        self.elements.list.get(i).map(|e| e.0)
    }

    fn step(&mut self, i: usize) -> usize {
        if let Some(end) = self.contrast(i).or_else(|| self.predicate_first(i)) {
            return end;
        }
        match self.elements.list[i].0 {
            Element::Phrase(_) => self.phrase(i),
            Element::Verb(verb) if self.elements.verbs[verb].fronted => self.fronted(i, verb),
            Element::Verb(verb) => self.verb(i, verb),
            Element::Prep(word) => self.preposition(i, word),
            Element::Relative(word) => self.relative(i, word == self.whose),
            Element::That => self.that(i),
            // "Since August 2025 gas has been sold": a date, and no clause.
            Element::Sub(word) if matches!(self.element(i + 1), Some(Element::Date(_))) => {
                self.clause().adverbs.push(word);
                i + 1
            }
            Element::Sub(word) => self.subordinate(i, word),
            Element::Conj(_) | Element::But => {
                self.joined = (self.clause_has_verb() && !self.prep_repeated(i)).then_some((i, self.out.attached.len()));
                self.set(Last::Conj, i)
            }
            // "and, two days later, an agreement": the commas hold what could be left out.
            Element::Comma if self.last == Last::Conj => i + 1,
            Element::Comma => {
                self.leave_bare_subclause();
                self.remark(i).unwrap_or_else(|| self.set(Last::Comma, i))
            }
            Element::Break => self.set(Last::Break, i),
            Element::Semicolon => {
                if let Some(end) = self.next_on_roll(i) {
                    return end;
                }
                self.open(LinkKind::Root, None, i);
                self.chain.clear();
                self.set(Last::Nothing, i)
            }
            Element::Adv(word) => {
                self.clause().adverbs.push(word);
                i + 1
            }
            // "people familiar with the matter": said of the phrase, not of the subject.
            Element::Adj(_) if self.last == Last::Phrase && matches!(self.element(i + 1), Some(Element::Prep(_))) => i + 1,
            Element::Adj(word) => {
                self.clause().adjective = Some(word);
                self.set(Last::Adj, i)
            }
            Element::Date(value) => {
                self.clause().dates.push(value);
                i + 1
            }
            Element::Not => {
                if self.denies_next(i) {
                    self.not_ahead = true;
                    return i + 1;
                }
                self.clause().not = true;
                // "has neither signed nor ratified".
                let goes_on = matches!(self.element(i + 1), Some(Element::Verb(_))) && self.clause().verb.is_some();
                if goes_on { self.set(Last::Conj, i) } else { i + 1 }
            }
        }
    }

    fn subordinate(&mut self, i: usize, word: WordId) -> usize {
        let parent = self.current;
        self.open(LinkKind::Adverbial, Some(parent), i);
        self.clause().opener = Some(word);
        self.chain.clear();
        self.set(Last::Sub(word), i)
    }

    fn set(&mut self, last: Last, i: usize) -> usize {
        self.last = last;
        i + 1
    }

    fn phrase(&mut self, i: usize) -> usize {
        if let Some(end) = self.gapped(i).or_else(|| self.ends_apposed(i)) {
            return end;
        }
        let last = self.last;
        if let Some(end) = self.second_of_pair(i, last) {
            return end;
        }
        let (group, end) = self.title(i).unwrap_or_else(|| self.group(i));
        if let Some(end) = self.partitive(i, end, group) {
            return end;
        }
        self.named_behind_role(i, group);
        if self.next_of_ways(group) || self.most_of_it(i, group) {
            return end;
        }
        let has_verb = self.clause().verb.is_some();
        let ahead = self.has_verb_ahead(end, group, last);
        if !has_verb && ahead && last == Last::Comma {
            self.leave_verbless(group);
        }
        let first = self.out.groups[group].phrases.first().copied();
        let listed = last == Last::Conj
            && (self.rejoin_list(i, group, end)
                || self.rejoin_subject(i, group, end)
                || !(has_verb && ahead) && self.goes_on_behind_title(group));
        if listed || last == Last::Comma && self.next_title_ahead(end, group) && self.goes_on_behind_title(group) {
            self.chain.clear();
            self.chain.extend(self.out.groups[group].phrases.last().copied());
            self.last = Last::Phrase;
            return end;
        }
        self.fill_slot((i, end), group, last, ahead);
        if last == Last::Phrase && self.tells_time(group, end) {
            // "two trains a week from A to B".
            return end;
        }
        if self.only_measures(group, last, end) {
            // "two pipelines, 1,150 km each, from A to B", "is 80 km between A and B": what follows belongs to what stood before.
            if last == Last::Verb {
                let subject = self.clause().subject.and_then(|g| self.out.groups[g].phrases.first().copied());
                self.chain.clear();
                self.chain.extend(subject);
            } else if let Some(&way) = self.sites().first().filter(|&&p| !self.names_area(p)) {
                // "the line between A and B, 889 km through C": the line's.
                self.chain.clear();
                self.chain.push(way);
            }
            self.last = Last::Phrase;
            return end;
        }
        self.chain.clear();
        self.chain.extend(self.out.groups[group].phrases.last().copied());
        if let (Some(first), true) = (first, self.out.groups[group].phrases.len() > 1) {
            self.chain.insert(0, first);
        }
        self.last = Last::Phrase;
        end
    }

    /// The slot of the clause that a group fills: subject of this clause or of a new one, object, or none.
    fn fill_slot(&mut self, (i, end): (usize, usize), group: usize, last: Last, ahead: bool) {
        let has_verb = self.clause().verb.is_some();
        // "The proposal to build the bridge was made": the bridge is built, the proposal was made.
        let inner = last == Last::Verb && (self.verb_awaited() && self.governs_inside() || self.inverted_around(end).is_some());
        if has_verb
            && ahead
            && !inner
            && matches!(last, Last::Comma | Last::Conj | Last::Break | Last::Verb | Last::Adj | Last::Nothing | Last::Phrase)
        {
            self.new_subject(i, group, last);
        } else if !has_verb && last == Last::Phrase && self.contact_of_subject(i, group) {
            // It opened a clause of its own.
        } else if !has_verb {
            self.before_verb(group, end, last, ahead);
        } else if last == Last::Verb && (self.speaker_awaited() || self.inverted_here()) {
            self.clause().subject = Some(group);
        } else if matches!(last, Last::Comma | Last::Break) && self.says_which(i, group, end) {
            // Noted on the phrases; the group fills no slot of its own.
        } else if matches!(last, Last::Comma) && (!self.clause().objects.is_empty() || self.encloses(group)) {
            // A further item of an open list, or something that stands apart: nothing is made of it.
        } else if last == Last::Phrase && self.is_time(group) {
            // "signed a contract for a million tonnes a year": how often, and nothing that was signed.
        } else {
            self.clause().objects.push(group);
        }
    }

    /// A verb follows whose subject the phrase before element `end` is.
    fn has_verb_ahead(&self, end: usize, group: usize, last: Last) -> bool {
        let joined = last == Last::Conj && !self.verb_awaited() && self.apposed_subject_ahead(end);
        let alone = last == Last::Verb && self.joined_ahead(end) && !self.takes_clause();
        self.subject_ahead(end) && !alone && !self.only_object(end, last) && !self.renames_with_participle(end, last)
            || joined
            || last == Last::Conj && !self.verb_awaited() && self.subclause_then_verb(end)
            || last == Last::Comma
                && (self.opens_main_clause(end) || self.opens_awaited_clause(end) || self.speaker_ahead(end, group))
            || last == Last::Break && self.relative_then_verb(end)
    }

    /// The verb of the clause may be followed by what is said: "hopes A and B will sign".
    fn takes_clause(&self) -> bool {
        let verb = self.out.list[self.current].verb.map(|v| self.elements.verbs[v].lemma);
        verb.is_some_and(|lemma| self.clausal.contains(&lemma) || self.controlling.contains(&lemma))
    }

    /// "…," said the minister: a verb of saying has no subject yet.
    fn speaker_awaited(&self) -> bool {
        let clause = &self.out.list[self.current];
        let says = clause.verb.is_some_and(|v| self.saying.contains(&self.elements.verbs[v].lemma));
        says && clause.link == LinkKind::Root && clause.subject.is_none() && clause.start > 0
    }

    /// "carries power generated at A", "a line that avoids A links B": the object of the verb before, not a subject of what follows.
    fn only_object(&self, end: usize, last: Last) -> bool {
        let Some(verb) = self.out.list[self.current].verb.filter(|_| last == Last::Verb) else { return false };
        let lemma = self.elements.verbs[verb].lemma;
        let telling = self.telling.contains(&lemma);
        if !telling && self.saying.contains(&lemma) || self.controlling.contains(&lemma) {
            return false;
        }
        let mut next = end;
        while let Some(Element::Prep(_) | Element::Phrase(_) | Element::Adv(_)) = self.element(next) {
            next += 1;
        }
        let participle =
            matches!(self.element(next), Some(Element::Verb(v)) if self.elements.verbs[v].form == VerbForm::Undecided);
        // "warned Kenya of it in a letter sent in May", but "told Kenya its ministers had signed".
        if telling {
            return participle && next > end && !matches!(self.element(next + 1), Some(Element::Phrase(_)));
        }
        participle || self.out.list[self.current].link == LinkKind::Relative && self.verb_awaited()
    }

    /// A group behind a complete clause that a finite verb follows: a clause of its own.
    fn new_subject(&mut self, i: usize, group: usize, last: Last) {
        let parent = self.current;
        let joined = self.joined.take().filter(|_| last == Last::Phrase || last == Last::Comma);
        let joined = joined.filter(|&(at, _)| self.only_circumstances(at + 1, i));
        if last == Last::Comma && joined.is_none() && self.waits_for_subject() {
            self.clause().subject = Some(group);
            return self.give_subject(group);
        }
        let behind = matches!(last, Last::Phrase | Last::Verb) && joined.is_none();
        if behind && (last == Last::Phrase && self.contact_relative(i, group) || self.main_behind_adverbial(group)) {
            return;
        }
        let (link, on) = match last {
            Last::Verb | Last::Adj | Last::Nothing => (LinkKind::Complement, Some(parent)),
            Last::Phrase if joined.is_none() => (LinkKind::Complement, Some(parent)),
            _ => {
                // A coordinate clause hangs where its neighbour hangs, if that is something said.
                let neighbour = &self.out.list[parent];
                match neighbour.link {
                    LinkKind::Complement => (LinkKind::Complement, neighbour.parent),
                    _ => (LinkKind::Root, None),
                }
            }
        };
        let shared = if last == Last::Conj { self.shared_antecedents(i) } else { None };
        if let Some(relative) = shared {
            self.open(LinkKind::Relative, relative.parent, i);
            self.clause().objects = relative.objects;
            self.clause().other_objects = relative.other_objects;
        } else {
            self.open(link, on, i);
        }
        self.clause().subject = Some(group);
        self.clause().not = std::mem::take(&mut self.not_ahead);
        if let Some((at, attached)) = joined {
            self.take_over(parent, at, attached);
        }
        self.give_subject(group);
    }

    /// "which Kenya backs and Uganda opposes": the relative clause before, where the verb behind "and" lacks an object as its own did.
    fn shared_antecedents(&self, i: usize) -> Option<Clause> {
        let relative = &self.out.list[self.current];
        let object_relative = relative.link == LinkKind::Relative
            && relative.objects.len() == 1
            && matches!(self.element(relative.start + 1), Some(Element::Phrase(_)));
        let mut at = i;
        while let Some(Element::Phrase(_) | Element::Adv(_) | Element::Conj(_)) = self.element(at) {
            at += 1;
        }
        let active = matches!(self.element(at), Some(Element::Verb(v)) if !self.elements.verbs[v].passive && !self.elements.verbs[v].copula);
        let governs = matches!(self.element(at + 1), Some(Element::Phrase(_) | Element::Prep(_)));
        (object_relative && active && !governs).then(|| relative.clone())
    }

    /// "Hosting the summit, Thailand pressed": who does it is told behind the comma.
    fn give_subject(&mut self, group: usize) {
        let waits = |c: &&mut Clause| matches!(c.link, LinkKind::Participle | LinkKind::Gerund) && c.subject.is_none();
        let new = self.current;
        for clause in self.out.list[..new].iter_mut().filter(waits) {
            clause.subject = Some(group);
        }
    }

    /// "A line carrying oil crosses Sudan": what is read is the object of the inner verb, and no subject. What somebody is saying has one.
    pub(super) fn governs_inside(&self) -> bool {
        let clause = &self.out.list[self.current];
        let says = clause.verb.is_some_and(|v| self.saying.contains(&self.elements.verbs[v].lemma));
        matches!(clause.link, LinkKind::Infinitive | LinkKind::Gerund)
            || clause.link == LinkKind::Participle && !says
            // "Those who say they back the line have not paid".
            || clause.link == LinkKind::Complement && !self.takes_clause()
    }

    /// "Since Kenya grew, a treaty ending the war has become likely": behind a clause that opens the sentence with a conjunction comes
    /// the subject of the main clause, although a participle stands before its verb.
    fn opens_main_clause(&self, end: usize) -> bool {
        let clause = &self.out.list[self.current];
        let empty = |c: usize| self.out.list[c].verb.is_none() && self.out.list[c].subject.is_none();
        clause.link == LinkKind::Adverbial
            && clause.verb.is_some()
            && clause.parent.is_some_and(empty)
            && matches!(self.element(end), Some(Element::Verb(v)) if self.elements.verbs[v].form != VerbForm::Finite)
            && self.finite_later(end + 1)
    }

    fn before_verb(&mut self, group: usize, end: usize, last: Last, ahead: bool) {
        let subject = self.clause().subject;
        match subject {
            // "at the invitation of X, President of Y, the minister came": a bare title renames.
            None if last == Last::Comma && self.title_beside(group, end) && !self.behind_place() && self.renames(group) => {}
            None => self.clause().subject = Some(group),
            Some(subject) => {
                if matches!(last, Last::Conj) {
                    // "A, president of X, and B": the list goes on behind the apposition.
                    let more = self.out.groups[group].phrases.clone();
                    self.out.groups[subject].phrases.extend(more);
                    return;
                }
                if !self.stands_before_verb(subject, group, last)
                    && matches!(last, Last::Comma | Last::Break)
                    && self.renames(group)
                {
                    return;
                }
                if ahead || matches!(last, Last::Phrase) {
                    let opened = self.element(self.out.list[self.current].start);
                    if last == Last::Phrase && opened == Some(Element::Relative(self.whose)) {
                        // "the railway, whose construction China financed".
                        self.clause().objects.push(subject);
                        self.clause().subject = Some(group);
                        return;
                    }
                    // "Last week the bank said": what stood first was no subject.
                    self.clause().other_subjects.push(subject);
                    self.clause().subject = Some(group);
                }
            }
        }
    }

    /// A list behind a preposition that opens a clause: "in Bishkek, A and B signed" is no list of three.
    fn governed_group(&mut self, i: usize) -> (usize, usize) {
        let (phrases, end) = self.listed(i);
        let apart = i > 1 && matches!(self.element(i - 2), Some(Element::Comma));
        if self.pair.is_some() && phrases.len() == 2 && (apart || !matches!(self.element(i + 1), Some(Element::Comma))) {
            // "between A on X and B on Y", "between A, on X, and B": B is no second X.
            return (self.new_group(phrases[0]), i + 1);
        }
        let open = self.clause().verb.is_none() && self.clause().subject.is_none();
        let comma = matches!(self.element(i + 1), Some(Element::Comma));
        // "at the forum in Tema, A and B signed".
        let behind = (i + 1..i + 8)
            .step_by(2)
            .find(|&at| !matches!((self.element(at), self.element(at + 1)), (Some(Element::Prep(_)), Some(Element::Phrase(_)))));
        let ends_in_comma = behind.is_some_and(|at| matches!(self.element(at), Some(Element::Comma)));
        // "A, president of X, and B met": B is no second X.
        let waits = self.clause().verb.is_none() && self.clause().subject.is_some();
        // "The president of Kenya, Jane Doe, and his guest opened the bridge": Jane Doe is the president, not Kenya.
        let office = self.chain.first().is_some_and(|&p| self.is_title(p)) && self.comma_before(i + 4);
        let ahead = self.subject_ahead(end) || self.apposed_subject_ahead(end);
        // "the head of the agency, Jane Doe, and his guest": one office is held in one body, and whoever is named behind the comma holds it.
        let title = self.chain.last().is_some_and(|&p| self.is_title(p));
        if title && comma && phrases.get(1).is_some_and(|&p| self.names(p) && !self.names_area(p)) {
            return (self.new_group(phrases[0]), i + 1);
        }
        if waits && comma && (phrases.len() == 2 || office) && ahead {
            return (self.new_group(phrases[0]), i + 1);
        }
        if open && ends_in_comma && phrases.len() > 1 && self.subject_ahead(end) {
            return (self.new_group(phrases[0]), i + 1);
        }
        self.group(i)
    }

    /// "informed the meeting of its plans": what stands last is whom the verb tells.
    fn informs(&self) -> bool {
        let clause = &self.out.list[self.current];
        let verb = clause.verb.map(|v| self.elements.verbs[v].lemma);
        let object = clause.objects.last().and_then(|&g| self.out.groups[g].phrases.last());
        verb.is_some_and(|v| self.informing.contains(&v)) && object.is_some() && object == self.chain.last()
    }

    fn preposition(&mut self, i: usize, word: WordId) -> usize {
        if word == self.also && self.last == Last::Comma && self.titled.is_some() {
            // "the minister, Jane Doe, as well as Peter Obi": the list goes on behind the name.
            return self.set(Last::Conj, i);
        }
        // "linked to newly built ports", "a seat in both the council and the bank".
        let loose = [self.of, self.to, self.by, self.for_, self.between].contains(&word)
            || self.element(i + 1) == Some(Element::Adv(self.both));
        let i =
            if loose && matches!((self.element(i + 1), self.element(i + 2)), (Some(Element::Adv(_)), Some(Element::Phrase(_)))) {
                i + 1
            } else {
                i
            };
        match self.element(i + 1) {
            Some(Element::Phrase(_)) => {
                self.leave_where(word);
                let (group, end) = self.governed_group(i + 1);
                if word == self.between {
                    self.pair = Some(group).filter(|&g| self.out.groups[g].phrases.len() == 1);
                }
                if self.last == Last::Break {
                    self.chain.clear();
                }
                if word == self.by {
                    self.back_to_agents();
                }
                if word == self.of && self.informs() {
                    self.chain.clear();
                }
                let sites = self.chain.iter().copied().collect();
                self.exemplify(word, group);
                self.accompany(word, group);
                let clause = self.current;
                self.out.attached.push(Attached { prep: word, group, sites, clause });
                let index = self.out.attached.len() - 1;
                self.clause().attached.push(index);
                if matches!(self.last, Last::Comma | Last::Break) {
                    // After a comma the phrase may still belong to what stands before it, but nothing nearer.
                    self.chain.truncate(2);
                }
                self.chain.extend(self.out.groups[group].phrases.last().copied());
                if self.chain.len() > 6 {
                    self.chain.remove(1);
                }
                self.last = Last::Phrase;
                end
            }
            _ => {
                if let Some(Element::Verb(_)) = self.element(i + 1) {
                    return self.set(Last::Prep(word), i);
                }
                self.clause().adverbs.push(word);
                if let Some(Element::Relative(_)) = self.element(i + 1) {
                    return self.set(Last::Prep(word), i);
                }
                i + 1
            }
        }
    }
}
