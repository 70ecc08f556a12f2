//! "Horn Gateway is cheaper. The 330-km cable will join A and B": what a sentence names only, and the next one calls by a noun.
//!
//! Other votes on what unlisted names are stand in `evidence`.

use super::evidence::Evidence;
use super::lexicon::Lexicon;
use super::name::NameKind;
use super::page::Page;
use super::parts::Parts;
use super::phrase::Determiner;
use super::sentence::Sentence;
use super::unit::Tag;

/// What the noun weighs for the name.
const TAKEN_UP: u32 = 4;

/// A name of which a sentence says only how it is, and that the next sentence takes up by "the" and a noun for ways, is a way. O(sentences).
pub(super) fn vote(lexicon: &Lexicon, parts: &Parts, pages: &[Page<'_>], sentences: &[Sentence], evidence: &mut Evidence<'_>) {
    for pair in sentences.windows(2).filter(|pair| pair[0].page == pair[1].page) {
        let ([said, next], Some(way)) = (pair, parts.way) else { continue };
        if let Some(name) =
            told_how(said).filter(|_| !speaks_of_ways(lexicon, parts, said) && opens_with_way(lexicon, parts, next))
        {
            evidence.vote(pages[said.page].text(name), Some(way), TAKEN_UP);
        }
    }
}

/// The tokens of the unlisted name of which the whole sentence says with "be" how it is.
fn told_how(sentence: &Sentence) -> Option<std::ops::Range<usize>> {
    let root = sentence.clauses.list.first()?;
    let is = root.verb.is_some_and(|v| sentence.elements.verbs[v].copula && !sentence.elements.verbs[v].negated);
    let &[subject] = sentence.group(root.subject.filter(|_| is)?) else { return None };
    let phrase = &sentence.elements.phrases[subject];
    let name = &sentence.units.names[sentence.units.units[phrase.head].name? as usize];
    let open = matches!(name.kind, NameKind::Run { head: None }) && name.links.is_empty();
    (open && phrase.units.len() == 1).then(|| name.tokens.clone())
}

fn speaks_of_ways(lexicon: &Lexicon, parts: &Parts, sentence: &Sentence) -> bool {
    let noun = |u: &super::unit::Unit| u.tag == Tag::Noun && lexicon.head(u.word).is_some_and(|h| Some(h.node_type) == parts.way);
    sentence.units.units.iter().any(noun)
}

/// "The 330-km cable will …": its first subject is a way that is known, and has no name.
fn opens_with_way(lexicon: &Lexicon, parts: &Parts, sentence: &Sentence) -> bool {
    let Some(&[subject]) = sentence.clauses.list.first().and_then(|c| c.subject).map(|g| sentence.group(g)) else { return false };
    let phrase = &sentence.elements.phrases[subject];
    let units = &sentence.units.units;
    let known = phrase.determiner == Determiner::The && !phrase.plural && phrase.possessor.is_none();
    let plain = phrase.units.clone().all(|u| units[u].name.is_none()) && sentence.attached_to(subject).next().is_none();
    let head = lexicon.head(units[phrase.head].word).is_some_and(|h| Some(h.node_type) == parts.way && h.bare);
    known && plain && head && units[phrase.head].tag == Tag::Noun
}
