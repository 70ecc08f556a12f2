//! Other names: "X, also called Y", "a road of 260 km, known as the Y corridor", "the passage that Baku calls Y".

use super::coref::Anaphor;
use super::entity::{DraftId, Linker, Referent};
use super::few::Types;
use super::name::NameKind;
use super::phrase::Element;
use super::sentence::Sentence;
use super::unit::Tag;

/// How many phrases up the one may stand that another name is given.
const DEPTH: usize = 4;

impl Linker<'_> {
    /// Phrases that only give another name: "X, also called Y", "X, or Y,": (Y, X).
    pub(super) fn aliases(&self, sentence: &Sentence) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        for clause in &sentence.clauses.list {
            let names = clause.verb.is_some_and(|v| {
                sentence.elements.verbs[v].passive && self.vocabulary.naming.contains(&sentence.elements.verbs[v].lemma)
            });
            let calls = clause.verb.is_some_and(|v| {
                !sentence.elements.verbs[v].passive && self.vocabulary.naming.contains(&sentence.elements.verbs[v].lemma)
            });
            if let (true, &[of, name]) = (calls, &clause.objects[..]) {
                // "the route that Baku calls the Zangezur corridor".
                let (of, name) = (sentence.group(of), sentence.group(name));
                let named = |p: usize| sentence.elements.names(p);
                if let (&[of], &[name]) = (of, name)
                    && named(name)
                    && !sentence.elements.phrases[of].pronoun
                {
                    out.extend(self.whole_of(sentence, name, of).map(|of| (name, of)));
                }
            }
            if !names {
                continue;
            }
            let by_as = clause
                .attached
                .iter()
                .map(|&a| &sentence.clauses.attached[a])
                .find(|a| self.vocabulary.as_prepositions.contains(&a.prep))
                .map(|a| a.group);
            let name = clause.objects.first().copied().or(by_as);
            if let (Some(&[name]), Some(&[of, ..])) = (name.map(|g| sentence.group(g)), clause.subject.map(|g| sentence.group(g)))
            {
                out.extend(self.whole_of(sentence, name, of).map(|of| (name, of)));
            }
        }
        let list = &sentence.elements.list;
        for window in list.windows(5) {
            if let [
                (Element::Phrase(of), _),
                (Element::Comma, _),
                (Element::Conj(word), _),
                (Element::Phrase(name), _),
                (Element::Comma, _),
            ] = window
                && self.lexicon.form(*word) == "or"
                && sentence.elements.names(*name)
                && !(is_listed(sentence, *name) && is_listed(sentence, *of))
            {
                out.push((*name, *of));
            }
        }
        out
    }

    /// Makes what the phrase says another name of what `of` refers to.
    pub(super) fn alias(
        &mut self,
        sentence: &Sentence,
        index: usize,
        of: usize,
        referents: &mut [Referent],
        number: usize,
    ) -> Referent {
        if matches!(referents[of], Referent::None) {
            referents[of] = self.phrase(sentence, of, referents, number);
        }
        // "The document, known as the Lilongwe Protocol": what it points back to has a name now.
        if let Referent::Anaphor { head: Some(head), types, plural: false, .. } = &referents[of] {
            let anaphor = Anaphor {
                sentence: number,
                phrase: of,
                head: Some(*head),
                types,
                number: None,
                object: false,
                this: false,
                not: &[],
            };
            let meant = self.antecedent(anaphor).map(|(id, _)| id);
            // "the Kufra highway … The road, known as the Oasis Highway": a place and a noun are no name that would bar another.
            if let Some(id) = meant.filter(|&id| self.is_called_by_noun(id)) {
                referents[of] = Referent::one(id);
            } else if let Some(id) = meant.filter(|&id| !self.drafts[id as usize].named) {
                let text = self.short_description(sentence, &sentence.elements.phrases[index]);
                self.drafts[id as usize].name = text.into();
                self.drafts[id as usize].named = true;
                referents[of] = Referent::one(id);
            }
        }
        let Referent::Entities { ids, .. } = &referents[of] else {
            let named = self.phrase(sentence, index, referents, number);
            // "the route that Baku calls the Zangezur corridor": what is only described is what the name means.
            if let (Referent::Described { kind, .. }, Referent::Entities { ids, group: false, .. }) = (&referents[of], &named)
                && ids.first().is_some_and(|&id| self.drafts[id as usize].kind == *kind)
            {
                referents[of] = named.clone();
            }
            if let Some(id) = self.called_so(sentence, index, &referents[of], &named) {
                (referents[of], referents[index]) = (Referent::one(id), Referent::one(id));
                return Referent::one(id);
            }
            return named;
        };
        let &[id] = &ids[..] else { return Referent::None };
        let phrase = &sentence.elements.phrases[index];
        let text = self.short_description(sentence, phrase);
        self.learn(id, text);
        if let Some(bracket) = phrase.bracket {
            let acronym = self.unit_text(sentence, bracket);
            self.learn(id, acronym);
        }
        self.mention(id, sentence.page, self.phrase_tokens(sentence, phrase));
        Referent::one(id)
    }

    /// "the Kufra highway": its noun has no capital, and no list has it.
    fn is_called_by_noun(&self, id: DraftId) -> bool {
        let draft = &self.drafts[id as usize];
        let noun = draft.name.as_str().rsplit(' ').next().is_some_and(|w| w.chars().all(char::is_lowercase));
        draft.named && draft.known.is_none() && noun && self.is_rare_type(id)
    }

    /// "a road from A to B, known as the Somali corridor": name and noun make one name of what was only described.
    fn called_so(&mut self, sentence: &Sentence, index: usize, of: &Referent, name: &Referent) -> Option<DraftId> {
        let (Referent::Described { kind, .. }, Referent::Described { kind: same, short, head, .. }) = (of, name) else {
            return None;
        };
        let phrase = &sentence.elements.phrases[index];
        let proper = phrase.units.clone().any(|u| sentence.units.units[u].name.is_some());
        if kind != same || !proper {
            return None;
        }
        let id = self.make(*kind, short, true, *head);
        self.mention(id, sentence.page, self.phrase_tokens(sentence, phrase));
        Some(id)
    }

    /// "the passage across X, which Baku calls the Trump Route", "a road of 260 km, known as the Y corridor": what the name says is no
    /// other name of X, nor of a length, but of what these belong to. `None` where it can be a name of neither. O(depth of the phrase).
    fn whole_of(&self, sentence: &Sentence, name: usize, of: usize) -> Option<usize> {
        let kinds = self.kinds_of_name(sentence, name);
        if kinds.is_empty() || !self.is_other(sentence, of, &kinds) {
            return Some(of);
        }
        let mut at = of;
        for _ in 0..DEPTH {
            let Some(attached) = sentence.governed_by(at) else { break };
            let mut sites = attached.sites.iter().rev().copied();
            if let Some(whole) = sites.find(|&site| self.heads_one_of(sentence, site, &kinds)) {
                return Some(whole);
            }
            let Some(&next) = attached.sites.last().filter(|&&next| next < at) else { break };
            at = next;
        }
        (!self.is_ground(sentence, of)).then_some(of)
    }

    /// What the words of a name say that it is: those of the gazetteer, or the noun in it.
    fn kinds_of_name(&self, sentence: &Sentence, phrase: usize) -> Types {
        let unit = &sentence.units.units[sentence.elements.phrases[phrase].head];
        let Some(name) = unit.name.map(|n| &sentence.units.names[n as usize]) else {
            return self.head_of(unit.word, unit.tag).map(|h| h.node_type).into_iter().collect();
        };
        match &name.kind {
            NameKind::Known(senses) => senses.iter().filter_map(|&s| self.entry_kind(s)).collect(),
            NameKind::Run { head } => {
                let word = head.map(|token| self.page(sentence).tokens[token].word);
                word.and_then(|w| self.lexicon.head(w)).map(|h| h.node_type).into_iter().collect()
            }
        }
    }

    /// The phrase is no thing of these types.
    fn is_other(&self, sentence: &Sentence, phrase: usize, kinds: &Types) -> bool {
        let own = self.kinds_of_name(sentence, phrase);
        let open = sentence.units.units[sentence.elements.phrases[phrase].head].tag != Tag::Value;
        // A name without a noun in it may be anything, but behind a preposition it is rather a stop of what goes there.
        let stop = sentence.elements.names(phrase) && sentence.governed_by(phrase).is_some_and(|a| !a.sites.is_empty());
        if own.is_empty() { stop || !open } else { !own.iter().any(|kind| kinds.contains(kind)) }
    }

    fn heads_one_of(&self, sentence: &Sentence, phrase: usize, kinds: &Types) -> bool {
        let unit = &sentence.units.units[sentence.elements.phrases[phrase].head];
        self.head_of(unit.word, unit.tag).is_some_and(|h| kinds.contains(&h.node_type))
    }

    /// A listed state, region or place, or a length or a sum: none of them is called a road.
    fn is_ground(&self, sentence: &Sentence, phrase: usize) -> bool {
        let unit = &sentence.units.units[sentence.elements.phrases[phrase].head];
        let ground = [self.parts.state, self.parts.region, self.parts.place];
        let own = self.kinds_of_name(sentence, phrase);
        unit.tag == Tag::Value || unit.name.is_some() && !own.is_empty() && own.iter().all(|&k| ground.contains(&Some(k)))
    }
}

/// The phrase's head is a name that the gazetteer has: of two such neither is another name of the other.
fn is_listed(sentence: &Sentence, phrase: usize) -> bool {
    let units = &sentence.units;
    let name = units.units[sentence.elements.phrases[phrase].head].name;
    name.is_some_and(|n| matches!(&units.names[n as usize].kind, NameKind::Known(_)))
}
