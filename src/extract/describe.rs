//! Common nouns with a type: what describes a thing, names it together with a name before it, or points back.
//!
//! "The TAPI gas pipeline", "Gwadar port", "a railway from A to B", "the line". What describes becomes a node only
//! when an edge needs it.

mod called;

use crate::schema::NodeTypeId;

use super::clause::{Clause, LinkKind};
use super::coref::Anaphor;
use super::entity::{Draft, DraftId, Linker, Referent};
use super::few::{Types, few};
use super::lexicon::{Head, WordId, class};
use super::phrase::{Determiner, Phrase};
use super::sentence::Sentence;
use super::site::is_site;
use super::unit::{Tag, Unit};
use super::value::ValueKind;

/// What a phrase tells of the thing that it describes.
struct Told<'a> {
    /// "the line", "its line", "Kenya's line".
    definite: bool,
    /// Words before the head that say something.
    modifiers: usize,
    /// The description.
    name: &'a str,
    /// Something behind the head belongs to the description.
    complements: bool,
    /// A word before the head says which of several it is.
    telling: bool,
    /// What it may be.
    types: Types,
}

impl Told<'_> {
    fn anaphor(&self, head: WordId) -> Referent {
        Referent::Anaphor { head: Some(head), types: self.types.clone(), plural: false, number: None }
    }
}

impl<'a> Linker<'a> {
    pub(super) fn noun_phrase(&mut self, sentence: &Sentence, index: usize, so_far: &[Referent], number: usize) -> Referent {
        let phrase = &sentence.elements.phrases[index];
        let head = &sentence.units.units[phrase.head];
        let word = self.lexicon.word(head.word);
        if phrase.units.clone().any(|u| u != phrase.head && self.vocabulary.listing.contains(&sentence.units.units[u].word)) {
            return Referent::None;
        }
        if let Some(renamed) = self.renamed(sentence, index, so_far, number) {
            return renamed;
        }
        if let Some(id) = self.body_from(sentence, index, so_far, number) {
            self.mention(id, sentence.page, self.phrase_tokens(sentence, phrase));
            return Referent::one(id);
        }
        // "the Brazilian state of Mato Grosso do Sul" is the region that is named.
        let area = self.head_of(head.word, head.tag).filter(|h| Some(h.node_type) == self.parts.region);
        if let Some(named) = area.and_then(|kind| self.of_name(sentence, index, kind, so_far)) {
            return named;
        }
        if let Some(referent) = self.points_to_actors(sentence, index) {
            return referent;
        }
        if word.classes & class::COLLECTIVE != 0
            && let Some(referent) = self.collective(sentence, index, so_far, number)
        {
            return referent;
        }
        if word.classes & class::STATE_BODY != 0 {
            let state = self.state_of(sentence, index, so_far, number);
            if let Some(city) = self.seat_of(sentence, index, &state) {
                return city;
            }
            if let Referent::Entities { ids, group: false, .. } = &state
                && self.vocabulary.ruling.contains(&head.word)
            {
                self.bodies.extend(ids.iter().map(|&id| (number, id)));
            }
            if !matches!(state, Referent::None) {
                return state;
            }
        }
        if self.vocabulary.bounds.contains(&head.word) && self.ends_there(sentence, index) {
            return self.state_of(sentence, index, so_far, number);
        }
        let says_nothing = self.vocabulary.transparent.contains(&head.word) && self.head_of(head.word, head.tag).is_none();
        if phrase.determiner == Determiner::Its && says_nothing {
            // "on its renewal": what "it" is.
            let types = self.parts.way.into_iter().chain(self.parts.project).collect();
            return Referent::Anaphor { head: None, types, plural: false, number: None };
        }
        if self.vocabulary.transparent.contains(&head.word)
            && let Some(of) = self.transparent(sentence, index, so_far)
        {
            return of;
        }
        if self.vocabulary.pointers.contains(&head.word)
            && let Some(referent) = self.pointer(sentence, index, so_far)
        {
            return referent;
        }
        let Some(kind) = self.head_of(head.word, head.tag) else {
            let signed = self.signed_by_several(sentence, index);
            return signed.map_or(Referent::None, |kind| self.typed_phrase(sentence, index, &kind, so_far, number));
        };
        self.typed_phrase(sentence, index, kind, so_far, number)
    }

    /// What an apposition renames, or the names that spell it out.
    fn renamed(&mut self, sentence: &Sentence, index: usize, so_far: &[Referent], number: usize) -> Option<Referent> {
        let phrase = &sentence.elements.phrases[index];
        // "instead of the pipeline, a heated pipe".
        let instead = |p: usize| sentence.governed_by(p).is_some_and(|a| self.lexicon.excluding().contains(&a.prep));
        let again =
            |at: usize, renamed: &Referent| self.describes_again(renamed, &sentence.units.units[phrase.head]) && !instead(at);
        if let Some((at, renamed)) = phrase.renames.and_then(|at| Some((at, so_far.get(at)?)))
            && (matches!(renamed, Referent::Entities { .. }) || again(at, renamed))
        {
            return Some(renamed.clone());
        }
        let group = phrase.spelt_out?;
        let spelt = self.group_entities(sentence, group, so_far);
        if !matches!(spelt, Referent::None) {
            return Some(spelt);
        }
        // "its main link, the Volta railway, joins": the name is read first.
        let &[named] = sentence.group(group) else { return None };
        let later = named > index && sentence.elements.is_way(phrase.head);
        let read = later.then(|| self.plain_phrase(sentence, named, so_far, number));
        read.filter(|referent| matches!(referent, Referent::Entities { .. }))
    }

    /// "the railway from A to B, a line that Kenya has backed": what was only described is called once more by what it is.
    fn describes_again(&self, before: &Referent, head: &Unit) -> bool {
        let Referent::Described { kind, .. } = before else { return false };
        let thing = [self.parts.way, self.parts.project].contains(&Some(*kind));
        let alike = self.head_of(head.word, head.tag).is_some_and(|h| h.node_type == *kind && !h.part);
        thing && (alike || self.lexicon.is_scheme(head.word))
    }

    /// "a plan for the line", "a study on the line" are the line; "the plan" is a thing that was spoken of.
    fn pointer(&self, sentence: &Sentence, index: usize, so_far: &[Referent]) -> Option<Referent> {
        let phrase = &sentence.elements.phrases[index];
        let links = [self.vocabulary.of, self.vocabulary.for_, self.lexicon.known.on];
        let of = sentence.attached_to(index).find(|a| links.contains(&a.prep) && a.sites.last() == Some(&index));
        let referent = of.and_then(|a| sentence.group(a.group).first()).and_then(|&p| so_far.get(p));
        let thing = |kind: NodeTypeId| Some(kind) == self.parts.way || Some(kind) == self.parts.project;
        let is_it = match referent {
            Some(Referent::Entities { ids, group: false, .. }) => ids.iter().all(|&id| thing(self.drafts[id as usize].kind)),
            Some(Referent::Described { kind, .. }) => thing(*kind),
            _ => false,
        };
        if is_it {
            return referent.cloned();
        }
        let the = matches!(phrase.determiner, Determiner::The | Determiner::This | Determiner::Its) || phrase.possessor.is_some();
        let head = Some(sentence.units.units[phrase.head].word);
        let types = self.parts.project.into_iter().chain(self.parts.way).collect();
        the.then_some(Referent::Anaphor { head, types, plural: false, number: None })
    }

    /// "two plants", "the first three berths": several of a kind that are counted are built, paid for and named as one.
    fn counted_project(&self, sentence: &Sentence, phrase: &Phrase, kind: &Head) -> bool {
        let open = matches!(phrase.determiner, Determiner::None | Determiner::Indefinite | Determiner::Its);
        let first = phrase.units.clone().any(|u| u != phrase.head && sentence.units.units[u].tag == Tag::Ordinal);
        // "Two projects" says nothing of what they are.
        Some(kind.node_type) == self.parts.project && kind.bare && phrase.number.is_some() && (open || first)
    }

    /// "a road to the Chadian border": a way goes as far as this.
    fn ends_there(&self, sentence: &Sentence, index: usize) -> bool {
        let way = |&p: &usize| sentence.elements.is_way(sentence.elements.phrases[p].head);
        sentence.governed_by(index).is_some_and(|a| {
            let verb = sentence.clauses.list[a.clause].verb.map(|v| sentence.elements.verbs[v].lemma);
            let route = verb.is_some_and(|v| self.vocabulary.route_verbs.contains(&v));
            self.vocabulary.role_of(a.prep) == Some("end") && (route || a.sites.iter().any(way))
        })
    }

    /// A phrase headed by a typed noun.
    pub(super) fn typed_phrase(
        &mut self,
        sentence: &Sentence,
        index: usize,
        kind: &Head,
        so_far: &[Referent],
        number: usize,
    ) -> Referent {
        let phrase = &sentence.elements.phrases[index];
        let head = &sentence.units.units[phrase.head];
        let plural = self.lexicon.word(head.word).classes & class::HEAD_PLURAL != 0;
        if plural && Some(kind.node_type) == self.parts.way {
            self.several = Some((head.word, number));
        }
        self.ways_spoken_of += usize::from(Some(kind.node_type) == self.parts.way);
        let site = is_site(kind);
        let other = self.told_besides(sentence, index, kind, plural);
        let kind = other.as_ref().unwrap_or(kind);
        if kind.part && Some(kind.node_type) == self.parts.way && self.is_of_time(sentence, phrase) {
            return Referent::None;
        }
        if let Some(named) = self.by_name(sentence, index, (kind, plural, site), so_far, number) {
            return named;
        }
        let several = plural && self.several_as_one(sentence, index, kind);
        if (plural && !several) || phrase.determiner == Determiner::No {
            // "work on three tunnels" tells of others than those named before.
            let points = plural && matches!(phrase.determiner, Determiner::The | Determiner::This | Determiner::All);
            return if points && phrase.units.len() <= 4 {
                Referent::Anaphor { head: Some(head.word), types: few![kind.node_type], plural: true, number: phrase.number }
            } else {
                Referent::None
            };
        }
        let same = self
            .built_so(sentence, index, kind, so_far)
            .or_else(|| self.said_of_name(sentence, index, kind.node_type, so_far, number))
            .or_else(|| self.named_behind(sentence, index, kind, so_far, number));
        match same {
            Some(same) => self.mention_of(same, sentence, phrase),
            None => self.describe(sentence, index, kind, number),
        }
    }

    /// What a phrase is by what the sentence tells of it, where that is another thing than its noun says: signed, built, named, numbered.
    fn told_besides(&self, sentence: &Sentence, index: usize, kind: &Head, plural: bool) -> Option<Head> {
        let phrase = &sentence.elements.phrases[index];
        let own = self.owned_title(sentence, phrase).unwrap_or(phrase.units.start)..phrase.units.end;
        let has = |tag: Tag| own.clone().any(|u| sentence.units.units[u].tag == tag);
        let renamed = || {
            let named = kind.named.filter(|_| has(Tag::Name) && !self.is_undertaking(sentence, phrase, kind));
            let node_type = named.or(kind.numbered.filter(|_| has(Tag::Ordinal)))?;
            Some(Head { node_type, named: None, ..kind.clone() })
        };
        let one = || {
            let signed = self.signed(sentence, index, kind);
            signed.or_else(|| self.joins_places(sentence, index, kind)).or_else(|| self.built(sentence, index, kind))
        };
        if plural { renamed() } else { one().or_else(renamed) }
    }

    /// What a phrase means by a name in it, behind it or before it.
    fn by_name(
        &mut self,
        sentence: &Sentence,
        index: usize,
        (kind, plural, site): (&Head, bool, bool),
        so_far: &[Referent],
        number: usize,
    ) -> Option<Referent> {
        let phrase = &sentence.elements.phrases[index];
        let before = self.drafts.len();
        // "the port of Tanga", "the Caspian port of Kuryk", "the junction at Ayagoz": what the head noun is of. "The Sarzha terminal at
        // Kuryk" is not the town.
        let area = Some(kind.node_type) == self.parts.place || Some(kind.node_type) == self.parts.region;
        if area
            && !site
            && let Some(named) = self.of_name(sentence, index, kind, so_far)
        {
            return Some(named);
        }
        // "It is the Kenyan section of the Northern Corridor": a part, and the way that was spoken of.
        if kind.part
            && phrase.determiner == Determiner::The
            && let Some(id) = self.said_of_pronoun(sentence, index, kind.node_type, number)
        {
            return Some(self.mention_of(id, sentence, phrase));
        }
        if let Some(referent) = self.name_before_head(sentence, index, kind, plural) {
            return Some(self.adopt(referent, before, phrase));
        }
        if !plural {
            return self.course_of(sentence, index, kind, so_far);
        }
        // "The Druzhba system is a pair of pipelines from A to B".
        let way = Some(kind.node_type) == self.parts.way;
        let same = self.said_of_name(sentence, index, kind.node_type, so_far, number).filter(|_| way)?;
        Some(self.mention_of(same, sentence, phrase))
    }

    /// Several of a kind that are told of as one.
    fn several_as_one(&self, sentence: &Sentence, index: usize, kind: &Head) -> bool {
        let phrase = &sentence.elements.phrases[index];
        // "eight investment agreements": if words say which.
        let which =
            || phrase.units.clone().any(|u| u != phrase.head && matches!(sentence.units.units[u].tag, Tag::Adj | Tag::Noun));
        Some(kind.node_type) == self.parts.agreement && which()
            // "twin pipelines from A to B" are a way, if words say where they go.
            || Some(kind.node_type) == self.parts.way && self.goes_to_ends(sentence, index)
            // "two plants at Pomabamba", "three deep-water berths" are one undertaking.
            || self.counted_project(sentence, phrase, kind)
    }

    /// What was spoken of before, mentioned by a phrase.
    fn mention_of(&mut self, id: DraftId, sentence: &Sentence, phrase: &Phrase) -> Referent {
        self.mention(id, sentence.page, self.phrase_tokens(sentence, phrase));
        Referent::one(id)
    }

    /// "the route of the Medusa cable" is the cable; "its route" is that of what "it" means.
    fn course_of(&self, sentence: &Sentence, index: usize, kind: &Head, so_far: &[Referent]) -> Option<Referent> {
        let phrase = &sentence.elements.phrases[index];
        let word = sentence.units.units[phrase.head].word;
        let way = Some(kind.node_type) == self.parts.way && !kind.part && self.vocabulary.generic_heads.contains(&word);
        if !way || phrase.units.len() > 2 || !matches!(phrase.determiner, Determiner::The | Determiner::Its | Determiner::None) {
            return None;
        }
        let attached = sentence.attached_to(index).find(|a| a.prep == self.vocabulary.of && a.sites.last() == Some(&index))?;
        match (sentence.group(attached.group), phrase.possessor) {
            (&[of], None) => match so_far.get(of)? {
                referent @ Referent::Entities { ids, group: false, .. }
                    if ids.iter().all(|&id| Some(self.drafts[id as usize].kind) == self.parts.way) =>
                {
                    Some(referent.clone())
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// What a measure is of: "is 308 kilometres of track", "is a pair of pipelines".
    fn measured_by(&self, sentence: &Sentence, index: usize) -> Option<usize> {
        let attached = sentence.governed_by(index).filter(|a| a.prep == self.vocabulary.of)?;
        let &site = attached.sites.last()?;
        let phrase = &sentence.elements.phrases[site];
        let says_nothing = self.vocabulary.transparent.contains(&sentence.units.units[phrase.head].word);
        (phrase.measure || says_nothing).then_some(site)
    }

    /// "Power of Siberia 2 is a planned gas pipeline from …", "… is 308 kilometres of track": what the name before "is" means.
    fn said_of_name(
        &self,
        sentence: &Sentence,
        index: usize,
        kind: NodeTypeId,
        so_far: &[Referent],
        number: usize,
    ) -> Option<DraftId> {
        let said = self.measured_by(sentence, index).unwrap_or(index);
        if let Some(renamed) = sentence.elements.phrases[said].renames.filter(|_| said != index) {
            return match so_far.get(renamed)? {
                Referent::Entities { ids, group: false, .. } => {
                    ids.first().copied().filter(|&id| ids.len() == 1 && self.drafts[id as usize].kind == kind)
                }
                _ => None,
            };
        }
        let clause = sentence.clauses.list.iter().find(|c| {
            c.verb.is_some_and(|v| sentence.elements.verbs[v].copula)
                && c.objects.first().is_some_and(|&g| sentence.group(g) == [said])
        })?;
        // "The Interoceanic Corridor, or CIIT, is a railway": both names are one thing.
        let (&subject, others) = sentence.group(clause.subject?).split_first()?;
        let same = |&other: &usize| match (so_far.get(subject), so_far.get(other)) {
            (Some(Referent::Entities { ids: a, .. }), Some(Referent::Entities { ids: b, .. })) => a == b,
            _ => false,
        };
        if !others.iter().all(same) {
            return None;
        }
        match so_far.get(subject)? {
            Referent::Entities { ids, group: false, .. } => match ids[..] {
                [id] if self.drafts[id as usize].kind == kind => Some(id),
                _ => None,
            },
            // "The 226-kilometre highway will be the second connection between A and B."
            Referent::Anaphor { head: Some(head), types, plural: false, .. } if Some(kind) == self.parts.way => {
                // "The railway is the third section of a line from A to B": the line goes there.
                let own = sentence.units.units[sentence.elements.phrases[index].head].word;
                if self.lexicon.head(own).is_some_and(|h| h.part) {
                    return None;
                }
                let head = Some(*head);
                let anaphor = Anaphor {
                    sentence: number,
                    phrase: subject,
                    head,
                    types,
                    number: None,
                    object: false,
                    this: false,
                    not: &[],
                };
                self.antecedent(anaphor).map(|(id, _)| id).filter(|&id| self.drafts[id as usize].kind == kind)
            }
            Referent::None | Referent::Entities { .. } | Referent::Anaphor { .. } | Referent::Described { .. } => None,
        }
    }

    /// "the fastest route": any route, not one.
    pub(super) fn superlative(&self, sentence: &Sentence, phrase: &Phrase) -> bool {
        phrase.units.clone().filter(|&u| u != phrase.head).any(|u| {
            let form = self.unit_text(sentence, u);
            form.len() > 5 && form.ends_with("est") && form.chars().all(char::is_lowercase)
        })
    }

    /// A modifier says which one of several: a name, a number, an ordinal, a date, "northern".
    pub(super) fn tells_apart(&self, sentence: &Sentence, phrase: &Phrase) -> bool {
        phrase.possessor.is_some()
            && Some(self.lexicon.head(sentence.units.units[phrase.head].word).map_or(NodeTypeId(0), |h| h.node_type))
                == self.parts.event
            || phrase.units.clone().filter(|&u| u != phrase.head).any(|u| {
                let unit = &sentence.units.units[u];
                let value = unit.value.map(|v| &sentence.units.values[v as usize].kind);
                // "the 1,800-kilometre line" is no other line.
                let measure = matches!(value, Some(ValueKind::Quantity { .. } | ValueKind::Money { .. }));
                // "the east-west line" tells where any line between two coasts goes.
                let compass = |u: usize| sentence.units.units.get(u).is_some_and(|u| self.vocabulary.compass.contains(&u.word));
                let across = compass(u + 1) || u > 0 && compass(u - 1);
                matches!(unit.tag, Tag::Name | Tag::Ordinal | Tag::Number | Tag::Value) && !measure || compass(u) && !across
            })
    }

    /// "the Bank", "the Program": what was named so last.
    pub(super) fn capital_noun(&self, sentence: &Sentence, phrase: &Phrase) -> Option<DraftId> {
        let token = &self.page(sentence).tokens[sentence.units.units[phrase.head].tokens.start];
        if !token.is_capital() || phrase.units.len() > 2 || phrase.determiner != Determiner::The {
            return None;
        }
        let word = self.unit_text(sentence, phrase.head).to_lowercase();
        let ends = |draft: &Draft| {
            draft.named && draft.forms.iter().any(|f| f.as_str().to_lowercase().split([' ', '-']).any(|w| w == word))
        };
        let recent = self.salient.iter().rev().map(|s| s.id).find(|&id| ends(&self.drafts[id as usize]));
        recent.or_else(|| self.drafts.iter().rposition(ends).map(|i| i as DraftId))
    }

    /// "It was the first summit": the thing of this type in the sentence before.
    pub(super) fn said_of_pronoun(&self, sentence: &Sentence, index: usize, kind: NodeTypeId, number: usize) -> Option<DraftId> {
        let clause = sentence.clauses.list.iter().find(|c| {
            c.verb.is_some_and(|v| sentence.elements.verbs[v].copula)
                && c.objects.iter().any(|&g| sentence.group(g).contains(&index))
        })?;
        let subject = *sentence.group(clause.subject?).first()?;
        let word = sentence.units.units[sentence.elements.phrases[subject].head].word;
        if !self.vocabulary.thing_pronouns.contains(&word) {
            return None;
        }
        let before = self.salient.iter().rev().take_while(|s| s.sentence + 1 >= number);
        before.filter(|s| s.sentence < number).find(|s| self.drafts[s.id as usize].kind == kind).map(|s| s.id)
    }

    /// "a stretch of coast": a part of what is no way.
    fn of_something_else(&self, sentence: &Sentence, index: usize) -> bool {
        let of = sentence.attached_to(index).find(|a| a.prep == self.vocabulary.of && a.sites.last() == Some(&index));
        let Some(&[whole]) = of.map(|a| sentence.group(a.group)) else { return false };
        let phrase = &sentence.elements.phrases[whole];
        let unit = &sentence.units.units[phrase.head];
        let way = self.lexicon.head(unit.word).is_some_and(|h| Some(h.node_type) == self.parts.way);
        unit.tag == Tag::Noun && !way && !phrase.pronoun && !self.vocabulary.also_ways.contains(&unit.word)
    }

    /// A way of which a clause says where it goes: "a railway links A with B", "a road that runs to A".
    fn goes_somewhere(&self, sentence: &Sentence, index: usize) -> bool {
        let indefinite = sentence.elements.phrases[index].determiner == Determiner::Indefinite;
        let names_two = |c: &Clause| {
            let attached = c.attached.iter().map(|&a| sentence.clauses.attached[a].group);
            let told = c.objects.iter().copied().chain(attached).flat_map(|g| sentence.group(g));
            let named = |&&p: &&usize| sentence.elements.names(p);
            told.filter(named).count() > 1
        };
        let goes = |c: &Clause| {
            let subject = c.subject.is_some_and(|g| sentence.group(g) == [index]);
            match c.link {
                LinkKind::Participle | LinkKind::Relative if indefinite => subject,
                // "a railway to link A and B".
                LinkKind::Infinitive if c.governor == Some(index) => names_two(c),
                // "a pipeline for gas from A to B was opened" says so itself.
                _ => subject && names_two(c) && sentence.attached_to(index).next().is_none(),
            }
        };
        let leads = |c: &Clause| c.verb.is_some_and(|v| self.vocabulary.route_verbs.contains(&sentence.elements.verbs[v].lemma));
        sentence.clauses.list.iter().any(|c| leads(c) && goes(c))
    }

    /// "The road runs from A to B", where no road was spoken of before: one that the text does not name.
    fn is_new_by_course(&self, sentence: &Sentence, index: usize, kind: &Head) -> bool {
        let phrase = &sentence.elements.phrases[index];
        let new = || {
            kind.kind.is_some()
                && self.goes_somewhere(sentence, index)
                && self.ways_spoken_of < 2
                && self.topic_way.is_none()
                && !self.drafts.iter().any(|d| Some(d.kind) == self.parts.way)
        };
        phrase.determiner == Determiner::The && !kind.part && (self.course_behind(sentence, index).is_some() || new())
    }

    /// What a phrase headed by a typed noun is: a thing that it describes, one spoken of before, or nothing that a text could point at.
    pub(super) fn describe(&mut self, sentence: &Sentence, index: usize, kind: &Head, number: usize) -> Referent {
        let phrase = &sentence.elements.phrases[index];
        let head = &sentence.units.units[phrase.head];
        if let Some(id) = self.capital_noun(sentence, phrase) {
            self.mention(id, sentence.page, self.phrase_tokens(sentence, phrase));
            return Referent::one(id);
        }
        let described = |name: &str, short: &str, definite: bool| Referent::Described {
            kind: kind.node_type,
            name: name.to_owned(),
            short: short.to_owned(),
            head: head.word,
            definite,
            made: None,
        };
        if let Some(name) = self.led_by(sentence, phrase, kind.node_type, number) {
            return described(&name, &name, false);
        }
        if let Some(first) = self.owned_title(sentence, phrase) {
            let units = &sentence.units.units;
            let says = (first..phrase.head).find(|&u| units[u].tag != Tag::Det).unwrap_or(first);
            let name = self.page(sentence).text(units[says].tokens.start..units[phrase.head].tokens.end);
            let again = says > first && !self.page(sentence).tokens[units[phrase.head].tokens.start].is_capital();
            return described(name, name, again);
        }
        let told = self.told(sentence, index, kind);
        let way = Some(kind.node_type) == self.parts.way;
        if way && self.is_new_by_course(sentence, index, kind) {
            let short = self.short_description(sentence, phrase);
            return described(short, short, true);
        }
        let points_back = kind.anaphor && told.definite && told.modifiers == 0
            // "the country's busiest railway".
            || way && phrase.possessor.is_some() && self.superlative(sentence, phrase);
        if points_back && !told.complements {
            return told.anaphor(head.word);
        }
        if self.is_any(sentence, index, kind) || self.is_told_by_state(sentence, index, kind, &told) {
            return Referent::None;
        }
        let short = || self.short_description(sentence, phrase);
        if way && phrase.determiner == Determiner::Indefinite && self.goes_somewhere(sentence, index) {
            // "a railway linking A with B" is known by its ends.
            return described(short(), short(), told.definite);
        }
        if way && self.is_new_by_measure(sentence, index, kind, &told, number) {
            // "the 1,950-km pipe" of which nothing was said yet.
            return described(short(), short(), told.definite);
        }
        if Some(kind.node_type) == self.parts.project && !told.complements && self.is_built_somewhere(sentence, index) {
            // "A terminal is being built in Aktau" is known by where it stands.
            return described(short(), short(), told.definite);
        }
        if let Some(referent) = self.only_points(head.word, kind, &told) {
            return referent;
        }
        if let Some(id) = self.said_of_pronoun(sentence, index, kind.node_type, number) {
            self.mention(id, sentence.page, self.phrase_tokens(sentence, phrase));
            self.learn_form(id, told.name);
            return Referent::one(id);
        }
        described(told.name, short(), told.definite)
    }

    /// "the third Ghana-Togo Trade Ministers' Meeting": those who meet are part of its name, and it points back to nothing. Where
    /// the name begins.
    fn owned_title(&self, sentence: &Sentence, phrase: &Phrase) -> Option<usize> {
        let units = &sentence.units.units;
        let owner = &sentence.elements.phrases[phrase.possessor?].units;
        let capital = self.page(sentence).tokens[units[phrase.head].tokens.start].is_capital();
        let holders = owner.clone().any(|u| matches!(units[u].tag, Tag::Office(_)));
        // "the ASEAN energy ministers' meeting in Lima" is known by who meets as well.
        let event = self.head_of(units[phrase.head].word, units[phrase.head].tag).map(|h| h.node_type) == self.parts.event;
        let plural = sentence.elements.phrases[phrase.possessor?].plural;
        let words = owner.clone().filter(|&u| units[u].tag != Tag::Det).map(|u| units[u].tokens.len()).sum::<usize>();
        let meet = event && plural && phrase.units.len() == 1 && words > 1;
        let titled = (capital && owner.start > 0 || meet) && holders && owner.end + 1 == phrase.units.start;
        titled.then_some(owner.start)
    }

    /// "the two-day summit": how long it took tells it from no other.
    fn tells_duration(&self, sentence: &Sentence, unit: usize) -> bool {
        let units = &sentence.units.units;
        let time = |u: usize| units.get(u).is_some_and(|unit| self.lexicon.times().contains(&unit.word));
        time(unit) || units[unit].tag == Tag::Number && time(unit + 1)
    }

    fn told(&self, sentence: &Sentence, index: usize, kind: &Head) -> Told<'a> {
        let phrase = &sentence.elements.phrases[index];
        let head = &sentence.units.units[phrase.head];
        let definite =
            matches!(phrase.determiner, Determiner::The | Determiner::This | Determiner::Its) || phrase.possessor.is_some();
        let modifiers = phrase
            .units
            .clone()
            .filter(|&u| u != phrase.head && !matches!(sentence.units.units[u].tag, Tag::Det | Tag::Its))
            .filter(|&u| !self.vocabulary.emphatic.contains(&sentence.units.units[u].word))
            .filter(|&u| !(definite && Some(kind.node_type) == self.parts.event && self.tells_duration(sentence, u)))
            .count();
        let (name, complements) = self.description(sentence, index);
        // "the waterway of 180 km" points back all the same.
        let measured = definite
            && sentence.attached_to(index).filter(|a| a.sites.last() == Some(&index)).all(|a| {
                sentence.group(a.group).iter().all(|&p| sentence.units.units[sentence.elements.phrases[p].head].tag == Tag::Value)
            });
        // "Chad's only railway, from A to B".
        let own = kind.part || phrase.determiner == Determiner::Its || phrase.possessor.is_some() || !definite;
        let complements = complements && !measured || own && self.has_ends(sentence, index);
        let mut types: Types = few![kind.node_type];
        if self.vocabulary.also_ways.contains(&head.word) {
            types.extend(self.parts.way);
        }
        // "the port" after "a container port", which is being built.
        types.extend(kind.built);
        types.extend(kind.named.filter(|_| is_site(kind)));
        // "South Korea's bank" is no bank that was named before.
        // Nor is "Tanzania's standard gauge railway" any line.
        let owned = (Some(kind.node_type) == self.parts.organisation
            || Some(kind.node_type) == self.parts.way && !kind.part && modifiers > 0)
            && phrase.possessor.is_some_and(|p| sentence.units.units[sentence.elements.phrases[p].head].tag == Tag::Name);
        Told { definite, modifiers, name, complements, telling: owned || self.tells_apart(sentence, phrase), types }
    }

    /// "the Tanzanian port": nothing tells which of them, unless it was named before.
    fn is_told_by_state(&self, sentence: &Sentence, index: usize, kind: &Head, told: &Told<'_>) -> bool {
        let place = Some(kind.node_type) == self.parts.place;
        place && told.modifiers == 1 && !told.complements && self.origin(sentence, index).is_some()
    }

    /// Any of its kind, and none that could be pointed at: "as a railway", "the fastest route", "the first phase".
    fn is_any(&self, sentence: &Sentence, index: usize, kind: &Head) -> bool {
        let phrase = &sentence.elements.phrases[index];
        let way = Some(kind.node_type) == self.parts.way;
        let governed_as = sentence.governed_by(index).is_some_and(|a| self.vocabulary.as_prepositions.contains(&a.prep));
        way && (governed_as || self.superlative(sentence, phrase)) && !self.tells_apart(sentence, phrase)
            || way && kind.part && self.of_something_else(sentence, index)
            || way && self.is_means(sentence, index)
            // "the first phase" is one of a way only where it goes somewhere.
            || kind.part && !kind.bare && !self.has_ends(sentence, index)
    }

    /// "by road from A to B", "by ferry to A", "will not lay track towards A": what goods go by or workers lay, and no way that one
    /// could point at.
    fn is_means(&self, sentence: &Sentence, index: usize) -> bool {
        let phrase = &sentence.elements.phrases[index];
        let token = &self.page(sentence).tokens[sentence.units.units[phrase.head].tokens.start];
        let bare = phrase.determiner == Determiner::None && phrase.possessor.is_none() && phrase.units.len() == 1;
        let plural = self.lexicon.word(token.word).classes & class::HEAD_PLURAL != 0;
        let by = sentence.governed_by(index).is_some_and(|a| a.prep == self.vocabulary.by);
        let pair = |prep| self.vocabulary.pair_prepositions.contains(&prep) || self.vocabulary.role_of(prep) == Some("start");
        let between = sentence.attached_to(index).any(|a| pair(a.prep));
        bare && !plural && !token.is_capital() && (by || !between)
    }

    /// A way that a length alone tells apart, where none was spoken of before.
    fn is_new_by_measure(&self, sentence: &Sentence, index: usize, kind: &Head, told: &Told<'_>, number: usize) -> bool {
        let phrase = &sentence.elements.phrases[index];
        let measure = phrase.units.clone().any(|u| u != phrase.head && sentence.units.units[u].tag == Tag::Value);
        let head = Some(sentence.units.units[phrase.head].word);
        let this = phrase.determiner == Determiner::This;
        let points =
            Anaphor { sentence: number, phrase: index, head, types: &told.types, number: None, object: false, this, not: &[] };
        // "the subsea cable": what it is made for or of says enough, where nothing was spoken of that it could mean.
        let made_of = phrase.units.clone().any(|u| u != phrase.head && sentence.units.units[u].tag == Tag::Noun)
            && !self.drafts.iter().any(|d| Some(d.kind) == self.parts.way);
        (measure || made_of)
            && told.definite
            && !told.complements
            && !told.telling
            && !kind.part
            && self.antecedent(points).is_none()
    }

    /// What a phrase is that says too little to describe: what was named before, or nothing.
    fn only_points(&self, head: WordId, kind: &Head, told: &Told<'_>) -> Option<Referent> {
        if told.complements {
            return None;
        }
        if kind.anaphor && told.definite && !told.telling && !kind.part {
            return Some(told.anaphor(head));
        }
        if told.definite && Some(kind.node_type) == self.parts.organisation {
            // "the company" has been named before; "the Russian company" too, but nothing tells which it is.
            return Some(if told.telling { Referent::None } else { told.anaphor(head) });
        }
        // "a container terminal": a noun of several words says enough where it is new.
        let compound = Some(kind.node_type) == self.parts.project && !told.definite && self.lexicon.form(head).contains(' ');
        let thing = [self.parts.way, self.parts.project].contains(&Some(kind.node_type)) && !compound;
        let needs_more = !kind.bare || thing;
        (needs_more && told.modifiers == 0).then(|| if told.definite { told.anaphor(head) } else { Referent::None })
    }

    /// Several ways of one course, indefinite: "trains run from A to B", "two pipelines from A to B".
    fn goes_to_ends(&self, sentence: &Sentence, index: usize) -> bool {
        let open = matches!(sentence.elements.phrases[index].determiner, Determiner::None | Determiner::Indefinite);
        let named = |p: &usize| sentence.elements.names(*p);
        let role = |a: &super::clause::Attached| {
            let pair = self.vocabulary.pair_prepositions.contains(&a.prep);
            let all = sentence.group(a.group).iter().all(named);
            all.then(|| if pair { Some("pair") } else { self.vocabulary.role_of(a.prep) }).flatten()
        };
        let ends = |roles: &mut dyn Iterator<Item = Option<&'static str>>| {
            let (mut start, mut end, mut pair) = (false, false, false);
            for r in roles.flatten() {
                start |= r == "start";
                end |= r == "end";
                pair |= r == "pair";
            }
            pair || start && end
        };
        let own = ends(&mut sentence.attached_to(index).map(role));
        let clause = || {
            sentence.clauses.list.iter().any(|c| {
                let goes = c.verb.is_some_and(|v| self.vocabulary.route_verbs.contains(&sentence.elements.verbs[v].lemma));
                let subject = c.subject.is_some_and(|g| sentence.group(g) == [index]);
                goes && subject && ends(&mut c.attached.iter().map(|&a| role(&sentence.clauses.attached[a])))
            })
        };
        open && (own || clause())
    }

    /// "another section, from A to B": its ends stand behind it, also behind a comma.
    fn has_ends(&self, sentence: &Sentence, index: usize) -> bool {
        let named = |p: &usize| sentence.elements.names(*p);
        let first = |prep| self.vocabulary.role_of(prep) == Some("start") || self.vocabulary.pair_prepositions.contains(&prep);
        let way = self.lexicon.head(sentence.units.units[sentence.elements.phrases[index].head].word);
        way.is_some_and(|h| Some(h.node_type) == self.parts.way)
            && sentence
                .attached_to(index)
                .any(|a| first(a.prep) && a.sites.first() == Some(&index) && sentence.group(a.group).iter().all(named))
    }

    pub(super) fn phrase_tokens(&self, sentence: &Sentence, phrase: &Phrase) -> std::ops::Range<usize> {
        let units = &sentence.units.units;
        units[phrase.units.start].tokens.start..units[phrase.units.end - 1].tokens.end
    }
}
