//! What was only described so far and is spoken of again: "the Duqm plant" after "a plant at Duqm".
//!
//! Descriptions are made in `describe`; which of them a pronoun or a bare noun means is left to `coref`.

use crate::model::Mode;
use crate::names::fold;
use crate::schema::NodeTypeId;

use super::clause::{Clause, LinkKind};
use super::entity::{Draft, DraftId, Linker, Referent};
use super::headed::head_word;
use super::lexicon::{Head, WordId};
use super::name::{Name, NameKind};
use super::phrase::{Determiner, Phrase};
use super::sentence::Sentence;
use super::unit::Tag;
use super::wordset::WordSet;

/// How far before "the western one" the ways may be spoken of, in sentences.
const SEVERAL_REACH: usize = 4;

impl Linker<'_> {
    /// "the Caspian Sea route" after "a freight route over the Caspian Sea", "the Duqm plant" after "a plant at Duqm": what was only
    /// described so far, in all of these words.
    pub(super) fn so_described(&self, sentence: &Sentence, phrase: &Phrase, kind: &Head, text: &str) -> Option<DraftId> {
        let thing = [self.parts.way, self.parts.project].contains(&Some(kind.node_type)) && !kind.part;
        let definite = matches!(phrase.determiner, Determiner::The | Determiner::This);
        let head = head_word(sentence, phrase);
        let before = self.described_before(kind.node_type, text, head, thing && definite)?;
        (!self.drafts[before as usize].named).then_some(before)
    }

    /// An entity of this type that a description repeats: the same words, or a definite phrase whose words it all bears.
    #[must_use]
    pub fn described_before(&self, kind: NodeTypeId, short: &str, head: WordId, definite: bool) -> Option<DraftId> {
        if !definite {
            return None;
        }
        let folded = fold(short);
        let words: Vec<&str> = folded.split(' ').filter(|w| w.len() > 2).collect();
        let bears = |draft: &Draft| {
            draft.kind == kind
                && (draft.head == head || draft.forms.iter().any(|f| f.folded().ends_with(self.lexicon.form(head))))
                && draft.forms.iter().any(|f| words.iter().all(|w| f.folded().contains(w)))
        };
        self.drafts.iter().rposition(bears).map(|i| i as DraftId)
    }

    /// "the meeting of the Nile Council" is not the one with a minister; "the meeting on the cable" may be any.
    pub(super) fn names_parties(&self, sentence: &Sentence, phrase: usize, kind: NodeTypeId) -> bool {
        let topic = |prep: WordId| prep != self.vocabulary.of && self.vocabulary.topic_prepositions.contains(&prep);
        Some(kind) == self.parts.event && !sentence.attached_to(phrase).next().is_some_and(|a| topic(a.prep))
    }

    /// "the western one" after "three routes": a way, told apart by what stands before "one".
    pub(super) fn one_of_several(&mut self, sentence: &Sentence, index: usize, number: usize) -> Referent {
        let phrase = &sentence.elements.phrases[index];
        // "a second one" is of something else that the sentence names.
        let definite = matches!(phrase.determiner, Determiner::The | Determiner::This);
        let several = self.several.filter(|&(_, at)| definite && at + SEVERAL_REACH >= number);
        let Some((several, _)) = several else { return Referent::None };
        let Some(kind) = self.lexicon.head(several).map(|h| h.node_type) else { return Referent::None };
        self.several = Some((several, number));
        let form = self.lexicon.form(several);
        let head = self.lexicon.id(form.strip_suffix('s').unwrap_or(form));
        let name = self.short_description(sentence, phrase);
        let short = name.rsplit_once(' ').map_or(name, |(before, _)| before).to_owned();
        let name = name.to_owned();
        Referent::Described { kind, name, short, head, definite: true, made: None }
    }

    /// "signed an extension of the lease", "the framework was initialled": what is signed is an agreement, whatever its noun else means.
    pub(super) fn signed(&self, sentence: &Sentence, index: usize, kind: &Head) -> Option<Head> {
        // Nobody signs a railway or a town: "the agreement to build the railway, signed in May".
        let lies = [self.parts.way, self.parts.place, self.parts.region].contains(&Some(kind.node_type)) && !kind.part;
        let node_type = self.parts.agreement.filter(|&agreement| kind.node_type != agreement && !lies)?;
        is_done_to(sentence, index, &self.vocabulary.signing).then(|| agreed(node_type))
    }

    /// "a repayment plan, which was signed by A and B": so is what a noun of no type names, if nobody issues it alone.
    pub(super) fn signed_by_several(&self, sentence: &Sentence, index: usize) -> Option<Head> {
        let phrase = &sentence.elements.phrases[index];
        let head = &sentence.units.units[phrase.head];
        // "signed a loan": who lends is told by frames of money.
        let alone = self.vocabulary.one_sided.contains(&head.word) || self.parts.lending.contains(&head.word);
        // "signed a 33-year concession", but no "three amendments".
        let counted = phrase.number.is_some() && phrase.determiner != Determiner::Indefinite;
        let determined = phrase.determiner != Determiner::None && !counted;
        let one = head.tag == Tag::Noun && determined && !phrase.plural && !phrase.title;
        let node_type = self.parts.agreement.filter(|_| one && !alone)?;
        is_done_to(sentence, index, &self.vocabulary.signing).then(|| agreed(node_type))
    }

    /// "Matarbari port, which Japan is financing": what is built or paid for is an undertaking, and no mere stop on a way.
    pub(super) fn built(&self, sentence: &Sentence, index: usize, kind: &Head) -> Option<Head> {
        let done = || is_done_to(sentence, index, &self.vocabulary.developing);
        let node_type = kind.built.filter(|_| done() || self.is_new_in_town(sentence, index))?;
        Some(Head { node_type, kind: None, bare: true, built: None, named: None, ..kind.clone() })
    }

    /// "the pipeline linking A with B", "the road that leads from A to B": the clause right behind the noun, no comma between, that
    /// tells by two names which way is meant.
    pub(super) fn course_behind<'s>(&self, sentence: &'s Sentence, index: usize) -> Option<&'s Clause> {
        use super::phrase::Element;
        let list = &sentence.elements.list;
        let at = list.iter().position(|(e, _)| *e == Element::Phrase(index))?;
        if !matches!(list.get(at + 1), Some((Element::Verb(_) | Element::Relative(_) | Element::That, _))) {
            return None;
        }
        let named = |&&p: &&usize| sentence.elements.names(p);
        sentence.clauses.list.iter().find(|c| {
            let behind = matches!(c.link, LinkKind::Participle | LinkKind::Relative) && c.start == at + 1;
            let leads = c.verb.is_some_and(|v| {
                let verb = &sentence.elements.verbs[v];
                !verb.passive && self.vocabulary.route_verbs.contains(&verb.lemma)
            });
            let attached = c.attached.iter().map(|&a| sentence.clauses.attached[a].group);
            let told = c.objects.iter().copied().chain(attached).flat_map(|g| sentence.group(g));
            behind && leads && c.subject.is_some_and(|g| sentence.group(g) == [index]) && told.filter(named).count() > 1
        })
    }

    /// "A terminal is being built in Aktau": something new that is done in a place that has a name.
    pub(super) fn is_built_somewhere(&self, sentence: &Sentence, index: usize) -> bool {
        let named = |p: &usize| sentence.elements.names(*p);
        let there = |&a: &usize| {
            let attached = &sentence.clauses.attached[a];
            let local = self.vocabulary.local_prepositions.contains(&attached.prep);
            local && self.vocabulary.role_of(attached.prep).is_none() && sentence.group(attached.group).iter().all(named)
        };
        sentence.elements.phrases[index].determiner == Determiner::Indefinite
            && sentence.clauses.list.iter().any(|c| {
                let verb = c.verb.map(|v| &sentence.elements.verbs[v]);
                verb.is_some_and(|v| v.passive && self.vocabulary.developing.contains(&v.lemma))
                    && c.subject.is_some_and(|g| sentence.group(g) == [index])
                    && c.attached.iter().any(there)
            })
    }

    /// "a port at Bagamoyo", "a hub in Beira": something new in a town is not the town.
    pub(super) fn is_new_in_town(&self, sentence: &Sentence, index: usize) -> bool {
        let local = [self.vocabulary.at, self.lexicon.known.in_];
        let behind = sentence.attached_to(index).find(|a| local.contains(&a.prep) && a.sites.last() == Some(&index));
        let Some(&[town]) = behind.map(|a| sentence.group(a.group)) else { return false };
        let name = sentence.units.units[sentence.elements.phrases[town].head].name;
        let town = match name.map(|n| &sentence.units.names[n as usize].kind) {
            Some(NameKind::Known(senses)) => senses.iter().all(|&s| self.entry_kind(s) == self.parts.place),
            Some(NameKind::Run { head }) => head.is_none(),
            None => false,
        };
        town && sentence.elements.phrases[index].determiner == Determiner::Indefinite
    }

    /// "the project linking A with B": an undertaking that joins places is a way.
    pub(super) fn joins_places(&self, sentence: &Sentence, index: usize, kind: &Head) -> Option<Head> {
        let word = head_word(sentence, &sentence.elements.phrases[index]);
        let open = Some(kind.node_type) == self.parts.project && self.vocabulary.also_ways.contains(&word);
        let way = self.parts.way.filter(|_| open && self.course_behind(sentence, index).is_some())?;
        Some(Head { node_type: way, kind: None, bare: true, named: None, numbered: None, built: None, ..kind.clone() })
    }

    /// "the undertaking with loans of $300 million", "signed the loan for the cable with the World Bank", "links the mine at A with the port
    /// of B": what stands behind "with" is no word for the undertaking, the way or the mine.
    pub(super) fn goes_elsewhere(&self, sentence: &Sentence, index: usize, with: usize) -> bool {
        let unit = &sentence.units.units[sentence.elements.phrases[with].head];
        let thing = self.lexicon.head(head_word(sentence, &sentence.elements.phrases[index])).map(|h| h.node_type);
        let name = unit.name.map(|n| &sentence.units.names[n as usize]);
        let body = |name: &Name| match &name.kind {
            NameKind::Known(senses) => senses.iter().all(|&s| self.entry_kind(s) == self.parts.organisation),
            NameKind::Run { head } => {
                let page = self.page(sentence);
                let own = head.and_then(|h| self.lexicon.name_head(page.tokens[h].word)).map(|h| h.node_type);
                own.or_else(|| self.evidence.type_of(page.text(name.tokens.clone()))) == self.parts.organisation
            }
        };
        let lasting = thing.is_some() && (thing == self.parts.way || thing == self.parts.project);
        let joins = sentence.clauses.list.iter().any(|c| {
            c.verb.is_some_and(|v| self.parts.joining.contains(&sentence.elements.verbs[v].lemma))
                && c.objects.iter().any(|&g| sentence.group(g).contains(&index))
        });
        self.parts.lending.contains(&unit.word) || joins || lasting && name.is_some_and(body)
    }

    /// "a 25-year extension" is one of time.
    pub(super) fn is_of_time(&self, sentence: &Sentence, phrase: &Phrase) -> bool {
        let times = self.lexicon.times();
        phrase.units.clone().any(|u| u != phrase.head && times.contains(&sentence.units.units[u].word))
    }

    /// "The Nile Landbridge, a plan for a railway from A to B", "… is a project to build a railway from A to B": the way that is planned is the
    /// one that the plan renames or is said of.
    fn planned_as(&mut self, sentence: &Sentence, index: usize, kind: &Head, so_far: &[Referent]) -> Option<DraftId> {
        let way = self.parts.way.filter(|&way| kind.node_type == way && !kind.part)?;
        let new = sentence.elements.phrases[index].determiner == Determiner::Indefinite;
        let plan = self.plan_of(sentence, index).filter(|_| new)?;
        let said = || {
            let copula = |c: &&Clause| c.verb.is_some_and(|v| sentence.elements.verbs[v].copula);
            let of = |c: &&Clause| c.objects.first().is_some_and(|&g| sentence.group(g) == [plan]);
            let clause = sentence.clauses.list.iter().filter(copula).find(of)?;
            clause.subject.map(|g| sentence.group(g)).and_then(|subject| subject.first().filter(|_| subject.len() == 1)).copied()
        };
        let renamed = sentence.elements.phrases[plan].renames.or_else(said)?;
        let Referent::Entities { ids, group: false, .. } = so_far.get(renamed)? else { return None };
        let &[id] = &ids[..] else { return None };
        let hoped = self.lexicon.word(head_word(sentence, &sentence.elements.phrases[plan])).noun_mode;
        let hoped = hoped.or((self.before_building(sentence, index) == Some(plan)).then_some(Mode::Planned));
        let draft = self.drafts.get_mut(id as usize).filter(|draft| draft.kind == way)?;
        if let Some(mode) = hoped.filter(|_| draft.status.is_empty() && !draft.opened) {
            draft.status.push((super::status::status_word(mode).to_owned(), mode));
        }
        Some(id)
    }

    /// "The only railway between A and B is the Volta line", "the main road to the coast is the A109": what stands behind "is" names it.
    pub(super) fn named_behind(
        &mut self,
        sentence: &Sentence,
        index: usize,
        kind: &Head,
        so_far: &[Referent],
        number: usize,
    ) -> Option<DraftId> {
        let phrase = &sentence.elements.phrases[index];
        let definite = matches!(phrase.determiner, Determiner::The | Determiner::Its) || phrase.possessor.is_some();
        if !definite || kind.part || Some(kind.node_type) != self.parts.way {
            return None;
        }
        let said = |c: &&Clause| {
            let copula = c.verb.is_some_and(|v| sentence.elements.verbs[v].copula && !sentence.elements.verbs[v].negated);
            copula && !c.not && c.subject.is_some_and(|g| sentence.group(g) == [index])
        };
        let clause = sentence.clauses.list.iter().find(said)?;
        let &[named] = sentence.group(*clause.objects.first()?) else { return None };
        let has_name = sentence.elements.phrases[named].units.clone().any(|u| sentence.units.units[u].tag == Tag::Name);
        if named < index || !has_name {
            return None;
        }
        let name = match so_far.get(named)? {
            Referent::None => self.plain_phrase(sentence, named, so_far, number),
            read => read.clone(),
        };
        let Referent::Entities { ids, group: false, .. } = name else { return None };
        let &[id] = &ids[..] else { return None };
        let draft = &self.drafts[id as usize];
        (draft.named && draft.kind == kind.node_type).then_some(id)
    }

    /// The phrase "a plan" of "a plan for a railway", "a project to build a railway".
    fn plan_of(&self, sentence: &Sentence, index: usize) -> Option<usize> {
        let plans = |&p: &usize| {
            let word = head_word(sentence, &sentence.elements.phrases[p]);
            self.vocabulary.pointers.contains(&word) || self.vocabulary.also_ways.contains(&word)
        };
        let links = [self.vocabulary.of, self.vocabulary.for_];
        let governed = sentence.governed_by(index).filter(|a| links.contains(&a.prep)).and_then(|a| a.sites.last().copied());
        governed.or_else(|| self.before_building(sentence, index)).filter(plans)
    }

    /// The phrase right before the infinitive that builds this one: "a project to build a railway".
    fn before_building(&self, sentence: &Sentence, index: usize) -> Option<usize> {
        use super::phrase::{Element, VerbForm};
        let builds = |verb: usize| {
            let group = &sentence.elements.verbs[verb];
            group.form == VerbForm::Infinitive && self.vocabulary.developing.contains(&group.lemma)
        };
        let own = |g: &usize| sentence.group(*g) == [index];
        let clause = sentence.clauses.list.iter().find(|c| c.objects.iter().any(own) && c.verb.is_some_and(builds))?;
        let at = sentence.elements.list.iter().position(|(e, _)| clause.verb.is_some_and(|v| *e == Element::Verb(v)))?;
        match *sentence.elements.list.get(at.checked_sub(1)?)? {
            (Element::Phrase(before), _) => Some(before),
            _ => None,
        }
    }

    /// "agreed on the Isaka Railway project to build a rail link": the way that the infinitive right behind a way's name builds is this one.
    pub(super) fn built_so(&mut self, sentence: &Sentence, index: usize, kind: &Head, so_far: &[Referent]) -> Option<DraftId> {
        let new = sentence.elements.phrases[index].determiner == Determiner::Indefinite && !kind.part;
        let way = self.parts.way.filter(|&way| new && kind.node_type == way)?;
        if let Some(whole) = self.planned_as(sentence, index, kind, so_far) {
            return Some(whole);
        }
        let before = self.before_building(sentence, index)?;
        match so_far.get(before)? {
            Referent::Entities { ids, group: false, .. } => match ids[..] {
                [id] if self.drafts[id as usize].kind == way && self.drafts[id as usize].named => Some(id),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The head of what is an agreement because it is signed.
fn agreed(node_type: NodeTypeId) -> Head {
    Head {
        node_type,
        kind: None,
        anaphor: true,
        bare: true,
        part: false,
        name_only: false,
        named: None,
        numbered: None,
        built: None,
    }
}

/// The phrase is what one of these verbs is done to.
fn is_done_to(sentence: &Sentence, index: usize, verbs: &WordSet) -> bool {
    let holds = |g: &usize| sentence.group(*g).contains(&index);
    sentence.clauses.list.iter().any(|c| {
        let verb = c.verb.map(|v| &sentence.elements.verbs[v]).filter(|v| verbs.contains(&v.lemma));
        verb.is_some_and(|v| if v.passive { c.subject.iter().any(holds) } else { c.objects.iter().any(holds) })
    })
}

/// "the meeting of the Nile Council" after "a meeting with the Minister of Energy of Kenya": each names what the other does not.
pub(super) fn of_others(name: &str, old: &str) -> bool {
    let named = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().next().is_some_and(char::is_uppercase));
        words.map(str::to_lowercase).collect()
    };
    let (new, old) = (named(name), named(old));
    !new.is_empty() && !old.is_empty() && !new.iter().any(|w| old.contains(w))
}
