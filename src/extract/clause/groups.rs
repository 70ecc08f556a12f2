//! Lists: which phrases stand together as one subject, object or complement, and where the list ends.

use super::super::few::{Few, few};
use super::super::phrase::{Determiner, Element, VerbForm};
use super::{Attached, Group, Last, LinkKind, Reader};

/// What stands between two items of a list, and where the second begins.
struct Joint {
    comma: bool,
    conj: bool,
    adverb: bool,
    item: usize,
}

impl Reader<'_> {
    /// The group that starts at element `i`, and the element behind it.
    pub(super) fn group(&mut self, i: usize) -> (usize, usize) {
        let (phrases, end) = self.listed(i);
        self.own_complements(i, end, &phrases);
        for at in i + 1..end.saturating_sub(1) {
            if let (Some(Element::Phrase(role)), Some(name)) = (self.element(at), self.named_role(at)) {
                let spelt = self.new_group(name);
                self.elements.phrases[role].spelt_out.get_or_insert(spelt);
            }
        }
        self.out.groups.push(Group { phrases });
        (self.out.groups.len() - 1, end)
    }

    /// "its partner Eni": the name right behind a noun that is none.
    fn named_role(&self, at: usize) -> Option<usize> {
        let (Some(Element::Phrase(role)), Some(Element::Phrase(name))) = (self.element(at), self.element(at + 1)) else {
            return None;
        };
        let data = &self.elements.phrases[role];
        let owned = data.determiner == Determiner::Its || self.elements.is_role(data.head);
        (self.names(name) && !self.names(role) && owned && !data.measure && !data.temporal).then_some(name)
    }

    /// Complements of single items of a list ("A of X, B of Y and C").
    pub(super) fn own_complements(&mut self, from: usize, end: usize, phrases: &[usize]) {
        for at in from..end.saturating_sub(1) {
            if let (Some(Element::Phrase(item)), Some(Element::Prep(prep)), Some(Element::Phrase(of))) =
                (self.element(at), self.element(at + 1), self.element(at + 2))
                && at + 2 < end
                && phrases.contains(&item)
                && !phrases.contains(&of)
            {
                let group = self.new_group(of);
                let clause = self.current;
                self.out.attached.push(Attached { prep, group, sites: few![item], clause });
            }
        }
    }

    /// "A, B and C", "A of X, B of Y and C of Z", "both A and B".
    pub(super) fn listed(&self, i: usize) -> (Few<usize>, usize) {
        let Some(Element::Phrase(first)) = self.element(i) else { return (Few::new(), i) };
        let mut phrases: Few<usize> = few![first];
        let (mut at, mut best) = (i + 1, (1, i + 1));
        loop {
            let mut next = at;
            // An item's own complement ("Presidents T. of Kazakhstan, J. of the Kyrgyz Republic and …").
            if let (Some(Element::Prep(prep)), Some(Element::Phrase(_))) = (self.element(next), self.element(next + 1)) {
                let own = prep == self.of || prep == self.in_;
                if own && matches!(self.element(next + 2), Some(Element::Comma | Element::Conj(_))) && self.names(first) {
                    next += 2;
                }
            }
            let Joint { comma, conj, adverb, item } = self.joint(i, next);
            let Some(Element::Phrase(stands)) = self.element(item).filter(|_| comma || conj) else { break };
            // "Chevron and its partner Eni": the name behind the role is the second.
            let named = self.named_role(item).filter(|_| self.names(first));
            let (item, phrase) = named.map_or((item, stands), |name| (item + 1, name));
            // "between the ministry, the Lake Bank and eight others": whatever they are, they are several.
            let joined = i > 0 && self.element(i - 1) == Some(Element::Prep(self.between)) && !adverb;
            let open = !self.elements.phrases[first].plural && !self.elements.phrases[first].title;
            let joined = joined && open && self.names(phrase);
            if (!conj || adverb) && !joined && !self.alike(first, phrase) {
                break;
            }
            if comma && conj && phrases.len() == 1 && self.in_title() || conj && comma && self.of_another_kind(first, phrase) {
                break;
            }
            if conj && phrases.len() == 1 && self.starts_of_its_own(i, item, (first, phrase)) {
                break;
            }
            if phrases.len() == 1 && self.another_of_object(i, first, phrase) {
                break;
            }
            // "has no such doubts: A, B and C support it": all of them.
            let subject = conj
                && self.last != Last::Break
                && (self.subject_ahead(item + 1) || !self.verb_awaited() && self.apposed_subject_ahead(item + 1));
            // "Kenya, which fears for its ports, and Uganda": no second thing that it fears for.
            let relative = self.out.list[self.current].link == LinkKind::Relative;
            let other = relative && phrases.len() == 1 && self.names(phrase) && !self.names(first);
            let rejoins = comma && conj && (other || self.rejoins(item).is_some());
            // "A road linking Chad and Niger has opened": the verb behind the list is that of the clause around.
            // So is it behind "between A and B", where A alone is no pair.
            let paired = i > 0 && phrases.len() == 1 && self.element(i - 1) == Some(Element::Prep(self.between));
            let inner = paired || self.verb_awaited() && (self.governs_inside() || relative);
            // "Poti in Georgia, Alat and Baku in Azerbaijan": no verb is left out.
            let gap = || !(next > at && self.lies_in(item)) && self.gap_at(item).is_some();
            if self.clause_has_verb() && (subject && !inner || rejoins || gap()) {
                break;
            }
            phrases.push(phrase);
            at = item + 1;
            if conj {
                best = (phrases.len(), at);
                // "A and B and C", "X, Y and Z, as well as W", "A and B in X, C in Y" go on; a comma after the last item ends it.
                if !matches!(self.element(at), Some(Element::Conj(_))) && !self.goes_on_alike(at) {
                    break;
                }
            }
        }
        phrases.truncate(best.0);
        (phrases, best.1)
    }

    /// What joins the next item at `next` to a list that starts at `i`.
    fn joint(&self, i: usize, next: usize) -> Joint {
        let comma = matches!(self.element(next), Some(Element::Comma));
        let conj_at = next + usize::from(comma);
        let conj = match self.element(conj_at) {
            Some(Element::Conj(_)) => true,
            Some(Element::Prep(word)) => word == self.also,
            // "neither A nor B".
            Some(Element::Not) => i > 0 && self.element(i - 1) == Some(Element::Not),
            _ => false,
        };
        // "a motorway, a railway and perhaps a pipeline".
        let adverb = conj && matches!(self.element(conj_at + 1), Some(Element::Adv(_)));
        let item = self.behind_aside(conj_at + usize::from(conj) + usize::from(adverb), conj);
        Joint { comma, conj, adverb, item }
    }

    /// "… in Zambia, Kolwezi in Congo", "… in Zambia and Kolwezi in Congo": behind its own "in" the list has another item with one.
    fn goes_on_alike(&self, at: usize) -> bool {
        let own = matches!((self.element(at), self.element(at + 1)), (Some(Element::Prep(p)), Some(Element::Phrase(x)))
            if p == self.in_ && self.names(x));
        let comma = usize::from(matches!(self.element(at + 2), Some(Element::Comma)));
        let conj = usize::from(matches!(self.element(at + 2 + comma), Some(Element::Conj(_))));
        own && comma + conj > 0 && self.lies_in(at + 2 + comma + conj)
    }

    /// "Kolwezi in Congo", "Alat and Baku in Azerbaijan".
    fn lies_in(&self, item: usize) -> bool {
        let named = |at: usize| matches!(self.element(at), Some(Element::Phrase(p)) if self.names(p));
        let pair = matches!(self.element(item + 1), Some(Element::Conj(_))) && named(item + 2);
        let at = item + 1 + 2 * usize::from(pair);
        named(item) && matches!(self.element(at), Some(Element::Prep(p)) if p == self.in_) && named(at + 1)
    }

    /// "Kenya, Uganda and, for most of its length, Rwanda": behind the conjunction something stands between commas.
    fn behind_aside(&self, item: usize, conj: bool) -> usize {
        let comma = |at: usize| matches!(self.element(at), Some(Element::Comma));
        if !conj || !comma(item) {
            return item;
        }
        let mut at = item + 1;
        while let (Some(Element::Prep(_)), Some(Element::Phrase(_) | Element::Date(_))) = (self.element(at), self.element(at + 1))
        {
            at += 2;
        }
        let named = matches!(self.element(at + 1), Some(Element::Phrase(p)) if self.names(p));
        if at > item + 1 && comma(at) && named { at + 1 } else { item }
    }

    /// "between A on the coast and B": what the conjunction adds to the pair.
    pub(super) fn second_of_pair(&mut self, i: usize, last: Last) -> Option<usize> {
        let pair = self.pair.take().filter(|_| last == Last::Conj)?;
        let Some(Element::Phrase(phrase)) = self.element(i) else { return None };
        if self.subject_ahead(i + 1) && self.clause_has_verb() {
            return None;
        }
        self.out.groups[pair].phrases.push(phrase);
        self.chain.clear();
        self.chain.push(phrase);
        self.last = Last::Phrase;
        Some(i + 1)
    }

    /// "grants worth $9 million, and Uganda with", "between A and B, and a second line": no item of the list before the comma.
    fn of_another_kind(&self, first: usize, item: usize) -> bool {
        let data = |p: usize| &self.elements.phrases[p];
        let sum = data(first).measure && !data(item).measure && self.names(item);
        let new_way = self.is_way(item) && data(item).determiner == Determiner::Indefinite;
        sum || new_way && self.names(first) && !self.is_way(first)
    }

    /// "the city of Tema and the port of Lomé", "copper from Zambia and cobalt from Congo": behind a preposition a name, and behind "and"
    /// another noun with the same preposition: no second item of the first.
    fn starts_of_its_own(&self, i: usize, item: usize, (first, phrase): (usize, usize)) -> bool {
        let prep = |at: usize| if let Some(Element::Prep(word)) = self.element(at) { Some(word) } else { None };
        let (Some(before), Some(behind)) = (i.checked_sub(1).and_then(prep), prep(item + 1)) else { return false };
        let definite = self.elements.phrases[phrase].determiner == Determiner::The || self.goods(phrase);
        before == behind
            && (before != self.of || definite)
            && self.names(first)
            && !self.names(phrase)
            && !self.elements.phrases[phrase].measure
            && self.elements.phrases[phrase].number.is_none()
    }

    /// "signed a memorandum on gas and a defence agreement": what comes up with "a" as the noun before the preposition did, and is made
    /// as that is, stands beside that noun.
    fn another_of_object(&self, i: usize, first: usize, phrase: usize) -> bool {
        let data = |p: usize| &self.elements.phrases[p];
        let new = |p: usize| data(p).determiner == Determiner::Indefinite && self.elements.is_made(data(p).head);
        let governed = i > 1 && matches!(self.element(i - 1), Some(Element::Prep(_)));
        let Some(Element::Phrase(site)) = self.element(i.saturating_sub(2)).filter(|_| governed) else { return false };
        new(phrase) && new(site) && data(first).determiner == Determiner::None
    }

    /// Headed by a noun for a way.
    pub(super) fn is_way(&self, phrase: usize) -> bool {
        self.elements.is_way(self.elements.phrases[phrase].head)
    }

    /// "funded by A and by B": behind the conjunction stands the preposition that led to what stands before it.
    pub(super) fn prep_repeated(&self, i: usize) -> bool {
        let last = self.out.attached.last().filter(|a| self.out.groups[a.group].phrases.last() == self.chain.last());
        self.last == Last::Phrase && last.is_some_and(|a| self.element(i + 1) == Some(Element::Prep(a.prep)))
    }

    pub(super) fn clause_has_verb(&self) -> bool {
        self.out.list[self.current].verb.is_some()
    }

    /// Both are headed by names, or neither is: items of one list.
    pub(super) fn alike(&self, a: usize, b: usize) -> bool {
        self.names(a) == self.names(b) || self.is_government(a) && self.names(b) || self.names(a) && self.is_government(b)
    }

    /// "the Guinean government": as good as a name.
    pub(super) fn is_government(&self, phrase: usize) -> bool {
        let data = &self.elements.phrases[phrase];
        let named = |u: usize| self.elements.is_named(u);
        self.elements.is_government(data.head) && data.units.clone().any(named)
    }

    pub(super) fn names(&self, phrase: usize) -> bool {
        self.elements.names(phrase)
    }

    /// Goods by their listed name: "coal".
    pub(super) fn goods(&self, phrase: usize) -> bool {
        self.elements.is_goods(self.elements.phrases[phrase].head)
    }

    /// After a group: prepositional phrases and adverbs, then a finite verb. The group is a subject.
    pub(super) fn subject_ahead(&self, mut i: usize) -> bool {
        for _ in 0..12 {
            match (self.element(i), self.element(i + 1)) {
                (Some(Element::Prep(_)), Some(Element::Phrase(_))) => i += 2,
                (Some(Element::Adv(_) | Element::Date(_)), _) => i += 1,
                // "two people familiar with the matter said".
                (Some(Element::Adj(_)), Some(Element::Prep(_))) => i += 1,
                (Some(Element::Prep(_)), Some(Element::Date(_))) => i += 2,
                (Some(Element::Conj(_)), Some(Element::Phrase(_))) => i += 2,
                // "blocked the tracks and still rejects".
                (Some(Element::Conj(_)), Some(Element::Adv(_)))
                    if matches!(self.element(self.behind_adverbs(i + 1)), Some(Element::Verb(_))) =>
                {
                    return false;
                }
                // "to Kemi and on to Oulu".
                (Some(Element::Conj(_)), Some(Element::Prep(_) | Element::Adv(_))) => i += 1,
                (Some(Element::Verb(v)), next) => {
                    return match self.elements.verbs[v].form {
                        VerbForm::Finite => true,
                        // "support for the route proposed by X": a participle.
                        VerbForm::Undecided => {
                            !matches!(next, Some(Element::Prep(w)) if w == self.by) && !self.finite_later(i + 1)
                        }
                        _ => false,
                    };
                }
                _ => return false,
            }
        }
        false
    }

    /// "builds the port and Kenya buys the land": what follows the conjunction is the subject of the verb, not what stands before it.
    pub(super) fn joined_ahead(&self, i: usize) -> bool {
        let mut next = i;
        while let Some(Element::Prep(_) | Element::Phrase(_) | Element::Adv(_) | Element::Date(_)) = self.element(next) {
            next += 1;
        }
        matches!((self.element(next), self.element(next + 1)), (Some(Element::Conj(_)), Some(Element::Phrase(_))))
    }

    /// "…, and its envoy, Jane Doe, speaks", "and a road of 260 km, known as the Berbera corridor, was built": something between commas,
    /// then a finite verb.
    pub(super) fn apposed_subject_ahead(&self, i: usize) -> bool {
        let comma = self.behind_complements(i);
        matches!(self.element(comma), Some(Element::Comma)) && self.relative_then_verb(comma)
            || self.verb_behind_apposition(i).is_some_and(|verb| self.subject_ahead(verb))
    }

    /// "The line will open in May, its builder, Jane Doe, told a forum": behind what is told, who told it, with a second name for him.
    pub(super) fn speaker_ahead(&self, i: usize, group: usize) -> bool {
        let person = |p: usize| self.is_title(p) || self.names(p);
        let one = matches!(self.out.groups[group].phrases[..], [p] if person(p));
        let whole = self.clause_has_verb() && !self.verb_awaited() && !self.governs_inside();
        let told =
            |at: usize| matches!(self.element(at), Some(Element::Verb(v)) if self.saying.contains(&self.elements.verbs[v].lemma));
        let apposed = self.element(self.behind_complements(i) + 1);
        let second = matches!(apposed, Some(Element::Phrase(p)) if person(p));
        one && whole && second && self.verb_behind_apposition(i).is_some_and(|at| told(at) && self.subject_ahead(at))
    }

    /// Behind the prepositional phrases of a phrase.
    pub(super) fn behind_complements(&self, mut i: usize) -> usize {
        while let (Some(Element::Prep(_)), Some(Element::Phrase(_))) = (self.element(i), self.element(i + 1)) {
            i += 2;
        }
        i
    }

    /// The verb behind what stands between commas.
    fn verb_behind_apposition(&self, i: usize) -> Option<usize> {
        let i = self.behind_complements(i);
        if !matches!(self.element(i), Some(Element::Comma)) {
            return None;
        }
        let finite = |v: usize| self.elements.verbs[v].form == VerbForm::Finite;
        let opens = match self.element(self.behind_adverbs(i + 1)) {
            Some(Element::Phrase(_)) => true,
            Some(Element::Verb(v)) => !finite(v),
            _ => false,
        };
        let mut end = i + 1;
        while end < i + 14
            && matches!(self.element(end), Some(e) if !matches!(e, Element::Comma | Element::Semicolon | Element::Break))
        {
            let tensed = matches!(self.element(end), Some(Element::Verb(v)) if finite(v));
            if tensed || matches!(self.element(end), Some(Element::That | Element::Sub(_))) {
                return None;
            }
            end += 1;
        }
        let next = self.behind_adverbs(end + 1);
        let closed = matches!(self.element(end), Some(Element::Comma));
        Some(next).filter(|&next| opens && closed && matches!(self.element(next), Some(Element::Verb(_))))
    }

    /// A finite verb stands further on in this stretch, not behind a conjunction or in a clause of its own.
    pub(super) fn finite_later(&self, from: usize) -> bool {
        let (mut blocked, mut comma, mut told) = (false, false, false);
        for (i, (element, _)) in self.elements.list.iter().enumerate().skip(from).take(24) {
            match element {
                Element::Conj(_) | Element::But | Element::Relative(_) | Element::That | Element::Sub(_) => {
                    // "told them that its section, from A to B, will be ready": the comma does not end what is told,
                    // nor "…, and its envoy, Jane Doe, speaks" what is joined, but "by A, B, and C, crosses" a list.
                    told |= matches!(element, Element::That)
                        || matches!(element, Element::Conj(_)) && self.comma_before(i) && self.new_clause(i + 1);
                    blocked = true;
                }
                // "…, said Jane Doe", "…, two people who know the matter said": who says all that is no later verb of it.
                Element::Verb(v) if comma && self.saying.contains(&self.elements.verbs[*v].lemma) => {}
                Element::Comma => {
                    comma = true;
                    blocked = told
                        || matches!(
                            self.element(i + 1),
                            Some(Element::Conj(_) | Element::Relative(_) | Element::Sub(_) | Element::But)
                        )
                }
                Element::Break | Element::Semicolon => return false,
                Element::Verb(v) if self.elements.verbs[*v].form == VerbForm::Finite => {
                    if blocked {
                        return false;
                    }
                    let inverted = matches!(self.element(i.wrapping_sub(1)), Some(Element::Prep(_)));
                    return !inverted
                        && !matches!(self.element(i.wrapping_sub(1)), Some(Element::Phrase(_)) if self.comma_before(i - 1));
                }
                _ => {}
            }
        }
        false
    }

    /// A phrase and more than a verb behind a comma.
    fn new_clause(&self, i: usize) -> bool {
        let phrase = matches!(self.element(i), Some(Element::Phrase(_)));
        let comma = matches!(self.element(i + 1), Some(Element::Comma));
        phrase && comma && matches!(self.element(i + 2), Some(Element::Phrase(_)))
    }

    pub(super) fn comma_before(&self, i: usize) -> bool {
        i > 0 && matches!(self.element(i - 1), Some(Element::Comma))
    }

    /// "held in Mombasa, Kenya": a name behind a comma that tells where the name lies that a preposition governs.
    pub(super) fn encloses(&self, group: usize) -> bool {
        let Some(&before) = self.chain.last() else { return false };
        let governed = self.out.attached.iter().any(|a| self.out.groups[a.group].phrases.last() == Some(&before));
        let phrases = &self.out.groups[group].phrases;
        governed && self.names(before) && matches!(phrases[..], [one] if self.names(one))
    }

    /// "led by X, Secretary for Roads, and the Ethiopian delegation": what renames a name ends before ", and".
    pub(super) fn title(&mut self, i: usize) -> Option<(usize, usize)> {
        let (Some(Element::Phrase(title)), Some(&before)) = (self.element(i), self.chain.last()) else { return None };
        let apart = matches!(self.element(i + 1), Some(Element::Comma)) && self.joins(i + 2);
        let ends = self.last == Last::Comma && apart && self.names(before) && !self.names(title);
        // "with his colleague, X, and a delegation": X is the colleague.
        // So is she behind "the president of Kenya".
        let office = self.is_title(before) || self.chain.first().is_some_and(|&p| self.is_title(p));
        let holder = self.last == Last::Comma && apart && office && self.names(title);
        (ends || holder).then(|| (self.new_group(title), i + 1))
    }

    /// "and", "as well as".
    fn joins(&self, i: usize) -> bool {
        matches!(self.element(i), Some(Element::Conj(_))) || self.element(i) == Some(Element::Prep(self.also))
    }

    /// "Togo's minister, John Doe, the head of its bank, Jane Roe, and …": behind a titled name another office, with a name of its own.
    pub(super) fn next_title_ahead(&self, end: usize, group: usize) -> bool {
        let office = matches!(self.out.groups[group].phrases[..], [p] if self.is_title(p));
        let titled = self.titled.is_some_and(|p| self.is_title(p));
        let at = self.behind_complements(end);
        let named =
            matches!((self.element(at), self.element(at + 1)), (Some(Element::Comma), Some(Element::Phrase(p))) if self.names(p));
        office && titled && named && (matches!(self.element(at + 2), Some(Element::Comma)) || self.joins(at + 2))
    }

    /// What is read belongs to an apposition: "X, minister of Y, and Z" is no minister of Z.
    fn in_title(&self) -> bool {
        self.chain.iter().any(|&p| self.elements.phrases[p].renames.is_some())
    }

    /// "attended by X, minister of A; Y, minister of B; and Z, envoy of C": behind the semicolon no clause begins, and the list goes on.
    pub(super) fn next_on_roll(&mut self, i: usize) -> Option<usize> {
        let joined = matches!(self.element(i + 1), Some(Element::Conj(_)));
        let at = i + 1 + usize::from(joined);
        let Some(Element::Phrase(item)) = self.element(at).filter(|_| self.clause_has_verb()) else { return None };
        let inside = |&at: &usize| !matches!(self.element(at), None | Some(Element::Semicolon | Element::Break));
        let tells = |at: usize| match self.element(at) {
            Some(Element::Verb(v)) if self.elements.verbs[v].form == VerbForm::Finite => true,
            // "; the ministers, A and B, initialled the treaty".
            Some(Element::Verb(v)) => {
                self.elements.verbs[v].form == VerbForm::Undecided && matches!(self.element(at + 1), Some(Element::Phrase(_)))
            }
            _ => false,
        };
        if (at..).take_while(inside).any(tells) || self.subject_ahead(self.listed(at).1) {
            return None;
        }
        let &before = self.chain.first()?;
        let named = self.elements.phrases[before].renames.unwrap_or(before);
        let list = self.out.groups.iter().position(|g| g.phrases.contains(&named))?;
        if !self.alike(named, item) {
            return None;
        }
        let (group, end) = self.group(at);
        let more = self.out.groups[group].phrases.clone();
        self.out.groups[list].phrases.extend(more);
        self.titled = None;
        self.chain.clear();
        self.chain.extend(self.out.groups[list].phrases.last().copied());
        self.last = Last::Phrase;
        Some(end)
    }

    /// One who holds an office, without a name.
    pub(super) fn is_title(&self, phrase: usize) -> bool {
        let data = &self.elements.phrases[phrase];
        data.title && !data.plural && !self.names(phrase)
    }

    /// A title without an article; with one, where a name stands before it, and another subject behind it: "According to X, the minister,
    /// the line will open", but "According to X, the minister, Jane Doe, resigned".
    pub(super) fn title_beside(&self, group: usize, end: usize) -> bool {
        let phrase = |p: usize| &self.elements.phrases[p];
        let &[title] = &self.out.groups[group].phrases[..] else { return false };
        if !phrase(title).title || phrase(title).determiner == Determiner::None {
            return phrase(title).title;
        }
        let comma = |at: usize| matches!(self.element(at), Some(Element::Comma));
        let named = self.chain.last().is_some_and(|&p| self.names(p) && !self.names_area(p));
        let Some(Element::Phrase(next)) = self.element(end + 1).filter(|_| comma(end)) else { return false };
        let holder = self.names(next) && phrase(next).determiner == Determiner::None && comma(end + 2);
        named && self.is_title(title) && !holder
    }

    /// "In Doha, Chad's minister said", "On a visit to Doha, …": what stands behind these holds no office.
    pub(super) fn behind_place(&self) -> bool {
        let last = self.out.attached.last().filter(|a| [self.in_, self.to].contains(&a.prep));
        last.is_some_and(|a| self.out.groups[a.group].phrases.last() == self.chain.last())
    }

    /// "by X, minister of Y, and Z": the list that the apposition interrupted goes on.
    pub(super) fn goes_on_behind_title(&mut self, group: usize) -> bool {
        let Some(of) = self.titled.take() else { return false };
        let more = self.out.groups[group].phrases.clone();
        // "the minister, Jane Doe, and Peter Obi, head of the bank": with a name or an office, both are persons.
        let holder = |p: usize| self.names(p) || self.is_title(p);
        let alike = more.first().is_some_and(|&p| self.names(p) == self.names(of) || holder(p) && holder(of));
        let list = self.out.groups.iter().position(|g| g.phrases.last() == Some(&of));
        match list.filter(|_| alike) {
            Some(list) => {
                self.out.groups[list].phrases.extend(more);
                true
            }
            None => false,
        }
    }
}
