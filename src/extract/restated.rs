//! What the lead only describes and the title or the next sentences name: "Libya will build a highway between Kufra and East Oweinat"
//! under a title that speaks of the Kufra highway; "adopted a joint declaration. The Tokyo Declaration calls for …".
//!
//! A report tells its news twice, once with "a" and once by name. Only the first paragraphs do so: further down, "a declaration" is
//! another one.

use crate::model::BlockKind;
use crate::names::fold;

use super::entity::{Draft, DraftId, Linker};
use super::relation::Candidate;

/// How many paragraphs a lead has.
const LEAD: usize = 2;
/// How many paragraphs on the name may come that the lead has kept back.
const NEXT: usize = 1;

/// (described, named) for what the lead describes. O(drafts × what the lead describes), a few at most.
pub fn restated(linker: &Linker<'_>, edges: &[Candidate]) -> Vec<(DraftId, DraftId)> {
    let title = linker.pages.first().filter(|p| p.block.kind == BlockKind::Heading).map(|p| fold(&p.block.text.text));
    let lead = usize::from(title.is_some())..usize::from(title.is_some()) + LEAD;
    let all = || (0..).zip(&linker.drafts);
    let described: Vec<(DraftId, &Draft)> = all().filter(|(_, d)| is_told_of_anew(linker, d, &lead)).collect();
    let mut out = Vec::new();
    for &(id, draft) in &described {
        let alone = described.iter().all(|&(other, d)| other == id || !alike(linker, d, draft));
        let apart = |other: DraftId| edges.iter().any(|e| [(e.from, e.to), (e.to, e.from)].contains(&(id, other)));
        // "The third ASEAN summit" has a name in it, which tells it as well.
        let proper = |d: &Draft| d.named || d.name.as_str().chars().any(char::is_uppercase);
        let named = || all().filter(|(other, d)| *other != id && proper(d) && alike(linker, draft, d) && !apart(*other));
        let in_title =
            |d: &Draft| d.named && title.as_ref().is_some_and(|t| t.contains(d.name.folded())) && says_of(linker, d, draft);
        let mut titled = named().filter(|(_, d)| in_title(d));
        let same = match (titled.next(), titled.next()) {
            (Some((one, _)), None) => Some(one),
            (Some(_), Some(_)) => None,
            (None, _) => named().find(|(_, d)| comes_next(linker, draft, d)).map(|(one, _)| one),
        };
        out.extend(same.filter(|_| alone).map(|one| (id, one)));
    }
    out
}

fn first(draft: &Draft) -> Option<(usize, usize)> {
    draft.mentions.iter().map(|m| (m.0, m.1)).min()
}

/// Described with "a" in the lead, and no part of something else.
fn is_told_of_anew(linker: &Linker<'_>, draft: &Draft, lead: &std::ops::Range<usize>) -> bool {
    let p = linker.parts;
    let fits = [p.way, p.agreement, p.event].contains(&Some(draft.kind)) && !draft.named && draft.known.is_none();
    let part = linker.lexicon.head(draft.head).is_some_and(|h| h.part);
    let Some((page, at)) = first(draft).filter(|(page, _)| fits && !part && lead.contains(page)) else { return false };
    let text = |at: usize| linker.pages[page].text(at..at + 1);
    let article = |at: usize| matches!(text(at), "a" | "an" | "A" | "An");
    article(at) || at > 0 && article(at - 1)
}

/// Of one type and noun.
fn alike(linker: &Linker<'_>, a: &Draft, b: &Draft) -> bool {
    let noun = |d: &Draft| d.name.folded().rsplit(' ').next().map(str::to_owned);
    let own = linker.lexicon.form(a.head);
    a.kind == b.kind && (a.head == b.head || noun(b).as_deref() == Some(own))
}

/// The description bears the words of the name, or says nothing that would tell it from any other of its kind.
fn says_of(linker: &Linker<'_>, named: &Draft, described: &Draft) -> bool {
    let said: Vec<&str> = described.name.folded().split(' ').collect();
    let bears = named.name.folded().split(' ').all(|w| said.contains(&w));
    let plain = Some(described.kind) != linker.parts.way && !described.name.as_str().chars().any(char::is_uppercase);
    bears || plain
}

/// "The Tokyo Declaration calls for …", right after "a joint declaration"; "under the Tokyo Declaration" may bring up an older one.
fn comes_next(linker: &Linker<'_>, described: &Draft, named: &Draft) -> bool {
    let (Some((page, at)), Some((on, from))) = (first(described), first(named)) else { return false };
    let near = page < on && on <= page + NEXT || page == on && at < from && linker.pages[page].text(at..from).contains(". ");
    let the = |at: usize| linker.pages[on].text(at..at + 1) == "The";
    let way = Some(described.kind) == linker.parts.way;
    near && !way && (the(from) || from > 0 && the(from - 1))
}
