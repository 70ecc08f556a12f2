//! What the lead only describes and the title or the next sentences name: "Libya will build a highway between Kufra and East Oweinat"
//! under a title that speaks of the Kufra highway; "adopted a joint declaration. The Tokyo Declaration calls for …".
//!
//! A report tells its news twice, once with "a" and once by name. Only the first paragraphs do so: further down, "a declaration" is
//! another one.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::BlockKind;
use crate::names::fold;
use crate::schema::NodeTypeId;

use super::entity::{Draft, DraftId, Linker};
use super::lexicon::WordId;
use super::page::LONGEST_SENTENCE;
use super::relation::Candidate;

/// How many paragraphs a lead has.
const LEAD: usize = 2;
/// How many paragraphs on the name may come that the lead has kept back.
const NEXT: usize = 1;
/// How many bytes a title has at most: a longer heading is a text of its own.
const LONGEST_TITLE: usize = 400;

/// What two that may be one have in common: their type and noun.
type Noun = (NodeTypeId, WordId);

/// (described, named) for what the lead describes: the only one there of its type and noun, and the name that the title or the next
/// sentence has for such a thing. O(drafts and their mentions + edges).
pub fn restated(linker: &Linker<'_>, edges: &[Candidate]) -> Vec<(DraftId, DraftId)> {
    let title = linker.pages.first().filter(|p| p.block.kind == BlockKind::Heading).map(|p| p.block.text.text.as_str());
    let lead = usize::from(title.is_some())..usize::from(title.is_some()) + LEAD;
    let title = title.filter(|t| t.len() <= LONGEST_TITLE).map(fold);
    let mut described: FxHashMap<Noun, Vec<DraftId>> = FxHashMap::default();
    for (id, draft) in (0..).zip(&linker.drafts).filter(|(_, d)| is_told_of_anew(linker, d, &lead)) {
        described.entry((draft.kind, draft.head)).or_default().push(id);
    }
    let alone: FxHashMap<Noun, DraftId> =
        described.iter().filter(|(_, ids)| ids.len() == 1).map(|(&n, ids)| (n, ids[0])).collect();
    if alone.is_empty() {
        return Vec::new();
    }
    let named = named_so(linker, &alone);
    let apart = joined_by_edges(&alone, edges);
    let mut out = Vec::new();
    for (noun, &id) in &alone {
        let draft = &linker.drafts[id as usize];
        let names = || named.get(noun).into_iter().flatten().copied().filter(|&other| !apart.contains(&(id, other)));
        let in_title = |&other: &DraftId| {
            let d = &linker.drafts[other as usize];
            d.named && title.as_ref().is_some_and(|t| t.contains(d.name.folded())) && says_of(linker, d, draft)
        };
        let mut titled = names().filter(in_title);
        let same = match (titled.next(), titled.next()) {
            (Some(one), None) => Some(one),
            (Some(_), Some(_)) => None,
            (None, _) if Some(draft.kind) == linker.parts.way => None,
            (None, _) => {
                let told = first(draft);
                names().find(|&other| told.is_some_and(|told| comes_next(linker, told, &linker.drafts[other as usize])))
            }
        };
        out.extend(same.map(|one| (id, one)));
    }
    out.sort_unstable();
    out
}

/// Those with a name in them ("the third ASEAN summit" has one, which tells it as well), by each noun that the lead describes one of:
/// their own, or the last word of their name.
fn named_so(linker: &Linker<'_>, alone: &FxHashMap<Noun, DraftId>) -> FxHashMap<Noun, Vec<DraftId>> {
    let mut out: FxHashMap<Noun, Vec<DraftId>> = FxHashMap::default();
    for (id, draft) in (0..).zip(&linker.drafts) {
        if !draft.named && !draft.name.as_str().chars().any(char::is_uppercase) {
            continue;
        }
        let last = draft.name.folded().rsplit(' ').next().map_or(draft.head, |word| linker.lexicon.id(word));
        let other = Some(last).filter(|&last| last != draft.head);
        for noun in other.into_iter().chain([draft.head]).map(|word| (draft.kind, word)) {
            if alone.get(&noun).is_some_and(|&described| described != id) {
                out.entry(noun).or_default().push(id);
            }
        }
    }
    out
}

/// Of what the lead describes, what an edge joins it with: that is another thing.
fn joined_by_edges(alone: &FxHashMap<Noun, DraftId>, edges: &[Candidate]) -> FxHashSet<(DraftId, DraftId)> {
    let ids: FxHashSet<DraftId> = alone.values().copied().collect();
    let pairs = edges.iter().flat_map(|e| [(e.from, e.to), (e.to, e.from)]);
    pairs.filter(|(one, _)| ids.contains(one)).collect()
}

fn first(draft: &Draft) -> Option<(usize, usize)> {
    draft.mentions.iter().map(|m| (m.0, m.1)).min()
}

/// The word of a mention's first token, and that of the token before it: one of both is the determiner.
fn determiners(linker: &Linker<'_>, (page, at): (usize, usize)) -> impl Iterator<Item = WordId> {
    let tokens = &linker.pages[page].tokens;
    [Some(at), at.checked_sub(1)].into_iter().flatten().filter_map(|t| tokens.get(t)).map(|t| t.word)
}

/// Described with "a" in the lead, and no part of something else.
fn is_told_of_anew(linker: &Linker<'_>, draft: &Draft, lead: &std::ops::Range<usize>) -> bool {
    let p = linker.parts;
    let fits = [p.way, p.agreement, p.event].contains(&Some(draft.kind)) && !draft.named && draft.known.is_none();
    if !fits || linker.lexicon.head(draft.head).is_some_and(|h| h.part) {
        return false;
    }
    let told = first(draft).filter(|(page, _)| lead.contains(page));
    told.is_some_and(|at| determiners(linker, at).any(|word| linker.vocabulary.new_articles.contains(&word)))
}

/// The description bears the words of the name, or says nothing that would tell it from any other of its kind.
fn says_of(linker: &Linker<'_>, named: &Draft, described: &Draft) -> bool {
    let said: Vec<&str> = described.name.folded().split(' ').collect();
    let bears = named.name.folded().split(' ').all(|w| said.contains(&w));
    let plain = Some(described.kind) != linker.parts.way && !described.name.as_str().chars().any(char::is_uppercase);
    bears || plain
}

/// "The Tokyo Declaration calls for …", right after "a joint declaration"; "under the Tokyo Declaration" may bring up an older one.
fn comes_next(linker: &Linker<'_>, (page, at): (usize, usize), named: &Draft) -> bool {
    let Some((on, from)) = first(named) else { return false };
    let tokens = &linker.pages[on].tokens;
    let ended = || tokens[at..from].iter().any(|t| t.is_sign('.'));
    let near = page < on && on <= page + NEXT || page == on && at < from && from - at <= LONGEST_SENTENCE && ended();
    let opens = |t: usize| tokens.get(t).is_some_and(|t| t.word == linker.lexicon.name_words.the && t.is_capital());
    near && (opens(from) || from > 0 && opens(from - 1))
}
