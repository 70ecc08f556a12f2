//! What points back: pronouns, "the line", "the two countries".
//!
//! Cheap and abstaining: the nearest thing said before that fits in type, number and
//! head noun, subjects first; for "it" of ways at last the way that the article
//! speaks of most. What fits nothing refers to nothing.

use std::cmp::Reverse;

use crate::schema::NodeTypeId;

use super::entity::{DraftId, Gathering, Linker, Referent, Salient};
use super::few::Ids;
use super::lexicon::WordId;
use super::phrase::Determiner;
use super::sentence::Sentence;

/// How well a group fits what points back to it, least best: sentences back, no subject, size.
type GroupRank = (usize, bool, Reverse<usize>);

/// A request for what an anaphor means.
#[derive(Debug, Clone, Copy)]
pub struct Anaphor<'a> {
    /// The sentence it stands in, counted in the article.
    pub sentence: usize,
    /// Its phrase there.
    pub phrase: usize,
    /// Its head noun, if it has one.
    pub head: Option<WordId>,
    /// The types that will do.
    pub types: &'a [NodeTypeId],
    /// "the three".
    pub number: Option<u32>,
    /// It is an object.
    pub object: bool,
    /// "this line": the nearest thing that fits, and near.
    pub this: bool,
    /// What it cannot mean: the subject of which it is the object.
    pub not: &'a [DraftId],
}

/// How far back a pronoun reaches, in sentences.
pub(super) const PRONOUN_REACH: usize = 2;
/// How far back a definite noun reaches.
const NOUN_REACH: usize = 6;
/// How much further off a corridor stands for "the line" than a railway does, in sentences.
const WIDE: usize = 2;
/// How far back a group reaches.
const GROUP_REACH: usize = 4;

/// What speaks against a candidate, the weightiest first: the least is taken. The fourth is how far back it stands.
type Rank = (bool, bool, bool, bool, usize, bool, bool, bool, usize);

impl Linker<'_> {
    /// The one thing meant, and how many sentences back it stands. O(mentions within reach).
    #[must_use]
    pub fn antecedent(&self, anaphor: Anaphor<'_>) -> Option<(DraftId, usize)> {
        let of_state = |head| self.vocabulary.countries.contains(&head) || self.vocabulary.governments.contains(&head);
        if anaphor.head.is_some_and(of_state) {
            return self.country_meant(anaphor);
        }
        let reach = if anaphor.head.is_some() && !anaphor.this { NOUN_REACH } else { PRONOUN_REACH };
        // "Japarov backed the idea": one that this paragraph told, or none that is known.
        let idea = anaphor.head.is_some_and(|head| self.vocabulary.pointers.contains(&head));
        let mut best: Option<(Rank, DraftId, usize)> = None;
        for (age, salient) in self.salient.iter().rev().enumerate() {
            if salient.sentence + reach < anaphor.sentence || idea && salient.sentence < self.paragraph.1 {
                break;
            }
            let later =
                salient.sentence > anaphor.sentence || (salient.sentence == anaphor.sentence && salient.phrase >= anaphor.phrase);
            if later || anaphor.not.contains(&salient.id) || !self.fits(salient.id, anaphor) {
                continue;
            }
            let rank = self.rank(salient, anaphor, age);
            if best.is_none_or(|(b, ..)| rank < b) {
                best = Some((rank, salient.id, anaphor.sentence - salient.sentence));
            }
        }
        if idea && best.is_none() {
            return None;
        }
        let near = best.filter(|&(_, id, _)| self.bears_head(id, anaphor)).map(|(_, id, back)| (id, back));
        if let Some(main) = self.taken_up(anaphor, near).filter(|&main| near.is_none_or(|(id, _)| id != main)) {
            return Some((main, NOUN_REACH));
        }
        // "the corridor" is one that was called so, however far back, before it is anything nearer.
        if best.is_none_or(|(rank, ..)| rank.0 && !anaphor.this)
            && let Some(named_so) = self.called(anaphor)
        {
            return Some((named_so, NOUN_REACH));
        }
        let only_ways = anaphor.types.iter().all(|t| Some(*t) == self.parts.way);
        // "Turkmenistan waits. It sends gas through Iran": whoever was spoken of last, before the article's way.
        let actor = anaphor.head.is_none() && !anaphor.object && only_ways && self.spoke_of_actor(anaphor.sentence);
        if actor && best.is_none() {
            return None;
        }
        if let Some((_, id, distance)) = best {
            // "Corridor IX fares worse. The railway is to lead …": before one that was called so in another paragraph.
            let far = anaphor.head.is_some() && anaphor.sentence - distance < self.paragraph.1 && self.is_way(id);
            return far.then(|| self.only_one_here(anaphor)).flatten().or(Some((id, distance)));
        }
        // "the terminal", of which nobody spoke for six sentences: what the article speaks of most was right in one case of three.
        if anaphor.head.is_some() || anaphor.object || !only_ways {
            return None;
        }
        self.topic(anaphor).map(|id| (id, NOUN_REACH + 1))
    }

    /// "The company" of a sentence that opens a paragraph, before what the last one came to mention: whatever bears the name that the article
    /// has spoken of far more than of any other. In open documents that was right nine times in ten where the two differ, and within a
    /// paragraph one time in four. O(entities).
    fn taken_up(&self, anaphor: Anaphor<'_>, near: Option<(DraftId, usize)>) -> Option<DraftId> {
        let opens = anaphor.sentence == self.paragraph.1 && near.is_none_or(|(_, back)| back > 0);
        if !opens || anaphor.head.is_none() || anaphor.this {
            return None;
        }
        let times = |id: DraftId| self.drafts[id as usize].mentions.len();
        let fitting = || (0..self.drafts.len() as DraftId).filter(|&id| self.fits(id, anaphor) && self.bears_head(id, anaphor));
        let main = fitting().max_by_key(|&id| (times(id), Reverse(id)))?;
        let draft = &self.drafts[main as usize];
        let second = fitting().filter(|&id| id != main).map(times).max().unwrap_or(0);
        // Ways come by in passing more often than bodies do.
        let far = if self.is_way(main) { times(main) >= 2 * second } else { times(main) > second + 1 };
        let part = anaphor.head.is_some_and(|head| self.is_part_of(main, head));
        (far && times(main) > 1 && draft.named && !part && !anaphor.not.contains(&main)).then_some(main)
    }

    /// What speaks against a candidate that fits; `age` is how many were mentioned since.
    fn rank(&self, salient: &Salient, anaphor: Anaphor<'_>, age: usize) -> Rank {
        // What bears the very head noun first; then nearer sentences, subjects first, then the last mentioned.
        let draft = &self.drafts[salient.id as usize];
        // "the corridor's missing link is a railway from A to B … the line": the railway, named or known by its ends.
        let line = anaphor.head.is_some_and(|head| self.vocabulary.lines.contains(&head));
        let wide = line && draft.way_kind.as_deref().is_some_and(|kind| self.vocabulary.is_loose(kind));
        let known = draft.named || line && draft.ends.len() > 1;
        let unnamed = anaphor.head.is_some() && !anaphor.this && !known;
        let distance = anaphor.sentence - salient.sentence + if wide { WIDE } else { 0 };
        // "the project" is the railway, before it is its first section.
        let part = anaphor.head.is_some_and(|head| self.is_part_of(salient.id, head));
        // "The bank, which Lima had asked for a loan, withdrew. Its director …": the bank's.
        let subject = salient.subject && !(salient.aside && salient.sentence < anaphor.sentence);
        // "Lima welcomed it": an object that acts is unlikelier than a thing.
        let rare = !self.is_rare_type(salient.id);
        let (second, third) = if anaphor.object { (rare, !self.is_way(salient.id)) } else { (!subject, rare) };
        (!self.bears_head(salient.id, anaphor), unnamed, part, salient.compared, distance, second, third, salient.pointed, age)
    }

    /// "The country": the state that the paragraph told something of, the only one of the sentence before, the one that the text has named
    /// by far most so far, or the only one of late. O(mentions within reach + entities).
    fn country_meant(&self, anaphor: Anaphor<'_>) -> Option<(DraftId, usize)> {
        let near = || self.salient.iter().rev().take_while(|s| s.sentence + GROUP_REACH >= anaphor.sentence);
        let earlier = |s: &&Salient| (s.sentence, s.phrase) < (anaphor.sentence, anaphor.phrase);
        let states = || near().filter(earlier).filter(|s| !anaphor.not.contains(&s.id) && self.fits(s.id, anaphor));
        // "In Latvia, the government dropped it": the one state that the sentence has named.
        let mut named = states().filter(|s| s.sentence == anaphor.sentence);
        let fronted = named.next().filter(|first| named.all(|s| s.id == first.id));
        let here = states().find(|s| s.subject && s.sentence >= self.paragraph.1);
        let mut before = states().filter(|s| s.sentence + 1 == anaphor.sentence && s.sentence >= self.paragraph.1);
        let only = before.next().filter(|first| before.all(|s| s.id == first.id));
        let most = || {
            let times = |id: DraftId| self.drafts[id as usize].mentions.len();
            let all = || (0..self.drafts.len() as DraftId).filter(|&id| self.fits(id, anaphor));
            let most = all().max_by_key(|&id| (times(id), Reverse(id)))?;
            let far = all().filter(|&id| id != most).all(|id| times(id) * 2 <= times(most));
            (far && times(most) > 2 && !anaphor.not.contains(&most)).then_some((most, NOUN_REACH))
        };
        let said = |s: &Salient| (s.id, anaphor.sentence - s.sentence);
        let mut late = states().filter(|s| s.sentence + PRONOUN_REACH >= anaphor.sentence);
        let mut last = || late.next().filter(|first| late.all(|s| s.id == first.id));
        fronted.or(here).or(only).map(said).or_else(most).or_else(|| last().map(said))
    }

    /// A state or a body that will not do is the subject before the pronoun in its sentence.
    pub(super) fn actor_here(&self, anaphor: Anaphor<'_>) -> bool {
        let here = self.salient.iter().rev().take_while(|s| s.sentence >= anaphor.sentence);
        let before = here.filter(|s| s.sentence == anaphor.sentence && s.phrase < anaphor.phrase && s.subject && !s.pointed);
        let mut kinds = before.map(|s| self.drafts[s.id as usize].kind);
        kinds.any(|k| [self.parts.state, self.parts.organisation].contains(&Some(k)) && !anaphor.types.contains(&k))
    }

    /// What a pronoun was found to mean already. O(mentions in the sentence).
    pub(super) fn pointed_at(&self, sentence: usize, phrase: usize) -> Option<DraftId> {
        let here = self.salient.iter().rev().take_while(|s| s.sentence >= sentence);
        here.filter(|s| (s.sentence, s.phrase) == (sentence, phrase) && s.pointed).last().map(|s| s.id)
    }

    /// A state or a body is the subject of the sentence before.
    fn spoke_of_actor(&self, sentence: usize) -> bool {
        let kind = |s: &Salient| Some(self.drafts[s.id as usize].kind);
        let before = self.salient.iter().rev().skip_while(|s| s.sentence >= sentence).take_while(|s| s.sentence + 1 == sentence);
        let mut kinds = before.filter(|s| s.subject).map(kind);
        kinds.any(|k| k == self.parts.state || k == self.parts.organisation)
    }

    /// The one named way that the paragraph has spoken of, if it fits, and how many sentences back.
    fn only_one_here(&self, anaphor: Anaphor<'_>) -> Option<(DraftId, usize)> {
        let before = |s: &&Salient| (s.sentence, s.phrase) < (anaphor.sentence, anaphor.phrase);
        let here = self.salient.iter().rev().take_while(|s| s.sentence >= self.paragraph.1).filter(before);
        let mut ways = here.filter(|s| self.is_way(s.id));
        let first = ways.next()?;
        // "The first section, the Abujao stretch, covers 84 km. X will run the highway": all of it.
        let part = anaphor.head.is_some_and(|head| self.is_part_of(first.id, head));
        let fits =
            self.drafts[first.id as usize].named && !part && !anaphor.not.contains(&first.id) && self.fits(first.id, anaphor);
        (fits && ways.all(|s| s.id == first.id)).then_some((first.id, anaphor.sentence - first.sentence))
    }

    /// What was named by this very head noun before, most mentioned first; for heads that tell something.
    fn called(&self, anaphor: Anaphor<'_>) -> Option<DraftId> {
        let word = anaphor.head?;
        if self.vocabulary.generic_heads.contains(&word) {
            return None;
        }
        let fitting = (0..self.drafts.len() as DraftId).filter(|&id| {
            self.is_rare_type(id) && self.drafts[id as usize].named && self.fits(id, anaphor) && self.bears_head(id, anaphor)
        });
        if self.vocabulary.also_ways.contains(&word) {
            // "the system" is the one thing that has the word in its name.
            let mut fitting = fitting;
            let only = fitting.next()?;
            return fitting.next().is_none().then_some(only);
        }
        fitting.max_by_key(|&id| (self.drafts[id as usize].mentions.len(), id))
    }

    fn bears_head(&self, id: DraftId, anaphor: Anaphor<'_>) -> bool {
        let Some(word) = anaphor.head else { return true };
        if self.vocabulary.generic_heads.contains(&word) {
            return true;
        }
        let draft = &self.drafts[id as usize];
        draft.head == word
            || draft.forms.iter().chain(std::iter::once(&draft.name)).any(|f| {
                // A name bears any of its words ("Bioceanic Road Corridor" is a road), a description its last.
                if draft.named { f.has(word, self.lexicon) } else { f.ends_with(word, self.lexicon) }
            })
    }

    /// The thing of a fitting type that the article has spoken of most, if it was mentioned twice at least.
    fn topic(&self, anaphor: Anaphor<'_>) -> Option<DraftId> {
        let fitting = (0..self.drafts.len() as DraftId).filter(|&id| self.is_rare_type(id) && self.fits(id, anaphor));
        let best = fitting.max_by_key(|&id| (self.drafts[id as usize].mentions.len(), Reverse(id)))?;
        (self.drafts[best as usize].mentions.len() >= 2).then_some(best)
    }

    /// A section or a branch, which is not what another noun means.
    fn is_part_of(&self, id: DraftId, head: WordId) -> bool {
        let own = self.drafts[id as usize].head;
        own != head && self.lexicon.head(own).is_some_and(|h| h.part)
    }

    fn is_way(&self, id: DraftId) -> bool {
        Some(self.drafts[id as usize].kind) == self.parts.way
    }

    /// Types of which an article has few: only these have a topic.
    pub(super) fn is_rare_type(&self, id: DraftId) -> bool {
        let kind = Some(self.drafts[id as usize].kind);
        kind == self.parts.way || kind == self.parts.event || kind == self.parts.agreement || kind == self.parts.project
    }

    pub(super) fn fits(&self, id: DraftId, anaphor: Anaphor<'_>) -> bool {
        let draft = &self.drafts[id as usize];
        if !anaphor.types.contains(&draft.kind) {
            return false;
        }
        let Some(word) = anaphor.head else { return true };
        let Some(head) = self.lexicon.head(word) else { return true };
        if Some(draft.kind) == self.parts.way {
            if self.vocabulary.also_ways.contains(&word) {
                return true;
            }
            // "full trains from A to B … the line": trains run on it.
            let moves = || draft.name.has_any(&self.vocabulary.movers, self.lexicon);
            if self.vocabulary.lines.contains(&word) && !draft.named && moves() {
                return false;
            }
            let loose = |kind: &str| self.vocabulary.is_loose(kind);
            return head.kind.as_deref().is_none_or(loose)
                || draft.way_kind.as_deref().is_none_or(loose)
                || draft.way_kind.is_none()
                || draft.way_kind == head.kind;
        }
        // "the port" that is being built is a project; it is called a port all the same.
        let built =
            head.built == Some(draft.kind) && (draft.head == word || draft.forms.iter().any(|f| f.has(word, self.lexicon)));
        // So is "the mine", whose name is a place's.
        let named =
            super::site::is_site(head) && head.named == Some(draft.kind) && draft.forms.iter().any(|f| f.has(word, self.lexicon));
        if head.node_type != draft.kind && !self.vocabulary.also_ways.contains(&word) && !built && !named {
            return false;
        }
        let area = Some(draft.kind) == self.parts.region;
        if (!head.bare && !area) || self.vocabulary.generic_heads.contains(&word) {
            return true;
        }
        draft.head == word || draft.forms.iter().any(|f| f.has_whole(word, self.lexicon))
    }

    /// The group meant by "they", "the three countries": the last one of fitting types and number.
    #[must_use]
    pub fn group_before(&self, anaphor: Anaphor<'_>) -> Option<Ids> {
        let mut best: Option<(GroupRank, Ids)> = None;
        for group in self.groups.iter().rev() {
            if (group.sentence, group.phrase) >= (anaphor.sentence, anaphor.phrase) {
                continue;
            }
            let back = anaphor.sentence - group.sentence;
            let nearer = best.as_ref().is_some_and(|((least, ..), _)| *least < back);
            if nearer || back > GROUP_REACH && anaphor.number.is_none() {
                break;
            }
            let mut unique: Ids =
                group.ids.iter().copied().filter(|&id| anaphor.types.contains(&self.drafts[id as usize].kind)).collect();
            unique.sort_unstable();
            unique.dedup();
            if unique.len() < 2 || anaphor.number.is_some_and(|n| n as usize != unique.len()) {
                continue;
            }
            // "they" are whoever acted in the nearest sentence, before whom they acted on; of two lists the longer.
            let size = Reverse(unique.len());
            let rank = (back, !anaphor.object && !group.subject, size);
            if best.as_ref().is_none_or(|(least, _)| rank < *least) {
                best = Some((rank, unique));
            }
        }
        if let Some((_, ids)) = best {
            return Some(ids);
        }
        self.counted(anaphor)
    }

    /// "the three presidents": what the persons lead who were named together last, before any states that were; "the two leaders": what
    /// those lead who alone were named of late, where no states were named together.
    pub(super) fn led_by_those(&self, sentence: usize, phrase: usize, number: Option<u32>) -> Option<Ids> {
        let person = |id: DraftId| Some(self.drafts[id as usize].kind) == self.parts.person;
        let led = |id: &DraftId| self.leaders.iter().find(|(of, _)| of == id).map(|&(_, what)| what);
        let states = |persons: &[DraftId]| -> Option<Ids> {
            let mut states = persons.iter().map(led).collect::<Option<Ids>>()?;
            states.sort_unstable();
            states.dedup();
            let all = states.iter().all(|&id| Some(self.drafts[id as usize].kind) == self.parts.state);
            (all && states.len() > 1 && number.is_none_or(|n| n as usize == states.len())).then_some(states)
        };
        let near = self.groups.iter().rev().take_while(|g| g.sentence + GROUP_REACH >= sentence);
        let mut together = near.filter(|g| (g.sentence, g.phrase) < (sentence, phrase) && g.ids.iter().all(|&id| person(id)));
        if let Some(states) = together.find_map(|g| states(&g.ids)) {
            return Some(states);
        }
        let types: Vec<NodeTypeId> = self.parts.state.into_iter().collect();
        let anaphor = Anaphor { sentence, phrase, head: None, types: &types, number, object: false, this: false, not: &[] };
        if number.is_none() || self.group_before(anaphor).is_some() {
            return None;
        }
        let late = self.salient.iter().rev().take_while(|s| s.sentence + PRONOUN_REACH >= sentence);
        let mut persons: Ids = late.filter(|s| s.sentence < sentence && person(s.id)).map(|s| s.id).collect();
        persons.sort_unstable();
        persons.dedup();
        states(&persons)
    }

    /// "the former", "the latter": the first or the last of those named together just before.
    pub(super) fn item_before(&self, sentence: &Sentence, index: usize, so_far: &[Referent], number: usize) -> Option<Referent> {
        let phrase = &sentence.elements.phrases[index];
        let word = sentence.units.units[phrase.head].word;
        let joining = &self.lexicon.joining;
        let (former, latter) = (joining.former.contains(&word), joining.latter.contains(&word));
        if !(former || latter) || phrase.units.len() != 2 || phrase.determiner != Determiner::The {
            return None;
        }
        let here = sentence.clauses.groups.iter().rev().find(|g| g.phrases.len() > 1 && g.phrases.iter().all(|&p| p < index));
        if let Some(group) = here {
            let item = if former { group.phrases.first() } else { group.phrases.last() };
            return so_far.get(*item?).filter(|r| matches!(r, Referent::Entities { .. })).cloned();
        }
        let before = |g: &&Gathering| g.sentence < number && g.sentence + 1 >= number;
        let ids = &self.groups.iter().rev().find(before)?.ids;
        let id = if former { ids.first() } else { ids.last() };
        id.map(|&id| Referent::one(id))
    }

    /// "the eleven states": all states mentioned so far, if they are that many.
    fn counted(&self, anaphor: Anaphor<'_>) -> Option<Ids> {
        let number = anaphor.number? as usize;
        self.parts.state.filter(|state| anaphor.types.contains(state))?;
        let mut ids: Ids = self
            .salient
            .iter()
            .filter(|s| s.sentence <= anaphor.sentence && Some(self.drafts[s.id as usize].kind) == self.parts.state)
            .map(|s| s.id)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        (ids.len() == number && number > 1).then_some(ids)
    }
}
