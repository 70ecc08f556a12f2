//! What stands beside a phrase and says which it is.
//!
//! "X, President of the Bank", "two plants, Rogun and Kambarata", "its ally Belarus". Part of the reader of clauses.

use super::{Last, LinkKind, Reader};
use crate::extract::lexicon::WordId;
use crate::extract::phrase::{Determiner, Element, VerbForm};

impl Reader<'_> {
    /// Whether the group renames the phrase before the comma or spells it out; noted on the phrases.
    pub(super) fn renames(&mut self, group: usize) -> bool {
        let Some(&before) = self.chain.last() else { return false };
        if self.elements.phrases[before].temporal {
            return false;
        }
        if self.last == Last::Comma && self.encloses(group) && self.is_area(group) {
            return true;
        }
        let root = self.chain.first().copied().unwrap_or(before);
        let phrases = self.out.groups[group].phrases.clone();
        let names = phrases.iter().all(|&p| self.names(p));
        if names && self.spells_awaited(before, group) {
            return true;
        }
        let proper = |reader: &Self, p: usize| reader.names(p) || reader.elements.phrases[p].chain || reader.named_thing(p);
        let chain = matches!(phrases[..], [one] if self.elements.phrases[one].chain);
        // "Tokayev of Kazakhstan, the president" renames the root, "in Herat between Baradar, the minister" what stands before.
        let complement = self.out.attached.iter().rev().find(|a| self.out.groups[a.group].phrases.last() == Some(&before));
        let of_root = complement.is_none_or(|a| a.prep == self.of || a.prep == self.in_);
        // "the forum in Tema, Ghana's main port": a port is what a name is that stands right before it.
        let spot = matches!(phrases[..], [one] if self.elements.is_spot(self.elements.phrases[one].head));
        let nearest = spot && complement.is_some() && self.names(before);
        let of_root = of_root && !nearest || !self.names(before);
        // "the Macedonian section of Corridor X, the route that joins A to B": the corridor does, but "…, a line of 90 km" is the section.
        let known = |p: usize| self.elements.phrases[p].determiner == Determiner::The;
        let whole = matches!(phrases[..], [one] if self.is_way(one) && known(one)) && self.names(before) && !self.names(root);
        let whole = whole && complement.is_some_and(|a| a.prep == self.of && a.sites.last() == Some(&root)) && self.is_way(root);
        let target = if proper(self, root) && !names && of_root && !whole { root } else { before };
        if let Some(way) = self.way_led_there(&phrases, complement, target) {
            self.elements.phrases[phrases[0]].renames = Some(way);
            return true;
        }
        if !names && self.spells_list(&phrases, target) {
            return true;
        }
        // "a third crossing with Kenya, a line from Voi to Taveta": no line is a state.
        let no_area = matches!(phrases[..], [one] if self.is_way(one)) && self.names_area(target);
        let known = proper(self, target) && !no_area && !names;
        if known && phrases.len() == 1 && !(chain && proper(self, before)) {
            self.elements.phrases[phrases[0]].renames = Some(target);
            self.titled = Some(target);
            return true;
        }
        if !names && self.says_what_it_is(&phrases, before) {
            return true;
        }
        let spelt = self.spelt_by(&phrases, before, root);
        let fits = |p: usize| phrases.len() > 1 || !self.elements.phrases[p].plural;
        // "Its main section, the Tema railway,".
        let way = |p: usize| self.is_way(p) && !self.named_thing(p);
        let apposed = matches!(phrases[..], [one] if self.is_way(one) && self.named_thing(one)) && spelt.is_some_and(way);
        let named = names || chain || apposed;
        if let (Some(spelt), true) = (spelt.filter(|&p| fits(p)), named) {
            self.elements.phrases[spelt].spelt_out = Some(group);
            self.titled = Some(spelt).filter(|&p| self.is_title(p));
            return true;
        }
        false
    }

    /// Whether a group behind a comma or a dash says of what stands before it which it is; noted on the phrases.
    pub(super) fn says_which(&mut self, i: usize, group: usize, end: usize) -> bool {
        !self.dated_before(i) && !self.lists_ways(group, end) && self.renames(group)
    }

    /// "TAPI, the railway from A to B and a power line": no comma closes the second, so that it is an item of a list.
    fn lists_ways(&self, group: usize, end: usize) -> bool {
        let &[item] = &self.out.groups[group].phrases[..] else { return false };
        let at = self.behind_complements(end);
        let another = |p: usize| self.is_way(p) && self.elements.phrases[p].determiner == Determiner::Indefinite;
        let joined = matches!(self.element(at), Some(Element::Conj(_)));
        let new = matches!(self.element(at + 1), Some(Element::Phrase(p)) if another(p));
        at > end && joined && new && self.is_way(item) && !self.subject_ahead(at + 2)
    }

    /// What names behind a comma or a dash spell out: of the phrase right before and the one that it belongs to, or the subject.
    fn spelt_by(&self, phrases: &[usize], before: usize, root: usize) -> Option<usize> {
        // A list behind a colon or dash spells out what has its number, or the subject.
        let subject = self.out.list[self.current].subject.and_then(|g| self.out.groups[g].phrases.first().copied());
        let counted = [Some(before), Some(root), subject]
            .into_iter()
            .flatten()
            .find(|&p| !self.names(p) && phrases.len() > 1 && self.elements.phrases[p].number == Some(phrases.len() as u32));
        counted.or_else(|| {
            // "a fourth string of that system, Line D": what comes up new is spelt out, not what is known.
            let new = |p: usize| self.elements.phrases[p].determiner == Determiner::Indefinite;
            // "The host of the summit, Kenya,": who it is, and not what the summit is called.
            let role = |p: usize| self.elements.is_role(self.elements.phrases[p].head);
            let area = phrases.iter().all(|&p| self.names_area(p)) && role(root) && root != before;
            let order = if area || new(root) && !new(before) { [root, before] } else { [before, root] };
            // "The operators of the line, A and B": several are.
            let several = |p: usize| phrases.len() > 1 && self.elements.phrases[p].plural;
            let order = if several(order[1]) && !several(order[0]) { [order[1], order[0]] } else { order };
            // "took place under the chairmanship of the president of Kenya, Jane Doe": an office before anything else.
            let office = self.chain.iter().rev().copied().find(|&p| self.elements.phrases[p].title && !self.names(p));
            let office = office.filter(|_| phrases.len() == 1);
            // "The first piece of it, the Tema line": no pronoun has a name.
            let open =
                |p: &usize| !self.names(*p) && !self.elements.phrases[*p].determiner_only && !self.elements.phrases[*p].pronoun;
            // "The Lao section of the corridor, Road 9,": the section.
            let part = self.elements.is_part(self.elements.phrases[root].head) && !new(before);
            if part && open(&root) {
                return Some(root);
            }
            // "The operator of the Isaka railway, Sitarail": a way that has its name already comes last.
            let bare = |p: &usize| open(p) && !self.named_thing(*p);
            // "The joint venture of the four states, the Tana Company,": one name is no four states'.
            let fits = |p: &usize| phrases.len() > 1 || !self.elements.phrases[*p].plural;
            let of_fitting = order.into_iter().filter(fits).find(bare);
            office.or(of_fitting).or_else(|| order.into_iter().find(bare)).or_else(|| order.into_iter().find(open))
        })
    }

    /// "the railway from Malaba to Kampala, its leg of the Nile Railway": of the way that leads there, and not of the town.
    fn way_led_there(&self, phrases: &[usize], complement: Option<&super::Attached>, target: usize) -> Option<usize> {
        let &[one] = phrases else { return None };
        let data = |p: usize| &self.elements.phrases[p];
        // "a tunnel between A and B, a project that Kenya supports", "a terminal in Lamu, a project of Kenya".
        let scheme = self.elements.is_scheme(data(one).head) && data(one).determiner == Determiner::Indefinite;
        let there = |a: &&super::Attached| scheme && (a.prep == self.in_ || a.prep == self.at);
        let led =
            complement.filter(|a| self.routes.goes_on.contains(&a.prep) || self.routes.pairs.contains(&a.prep) || there(a))?;
        let made = |p: usize| scheme && self.elements.is_made(data(p).head);
        let thing = |&&p: &&usize| self.is_way(p) || self.named_thing(p) || made(p);
        let told = (self.is_way(one) || scheme) && !self.is_way(target) && !self.named_thing(target);
        led.sites.iter().rev().find(thing).copied().filter(|_| told)
    }

    /// "the Development Road, a railway and a motorway from A to B" says what it is.
    fn says_what_it_is(&mut self, phrases: &[usize], before: usize) -> bool {
        let determined = |p: usize| self.elements.phrases[p].determiner;
        let new = |&p: &usize| determined(p) == Determiner::Indefinite;
        let ways = phrases.iter().all(|p| self.is_way(*p) && (new(p) || determined(*p) == Determiner::None))
            && phrases.first().is_some_and(new);
        let told = self.last == Last::Break && phrases.iter().all(new) || ways;
        let fits = told && phrases.len() > 1 && self.names(before);
        for &phrase in phrases.iter().filter(|_| fits) {
            self.elements.phrases[phrase].renames = Some(before);
        }
        fits
    }

    /// "a firm in which Kenya has 40 per cent, Alto Rail, will run": behind the relative clause a name says who waits for the verb.
    fn spells_awaited(&mut self, before: usize, group: usize) -> bool {
        let clause = &self.out.list[self.current];
        let relative = clause.link == LinkKind::Relative && clause.verb.is_some() && self.last == Last::Comma;
        let share = self.elements.phrases[before].measure;
        let Some(outer) = clause.parent.filter(|_| relative && share).map(|p| &self.out.list[p]) else { return false };
        let who = outer.subject.filter(|_| outer.verb.is_none()).map(|g| self.out.groups[g].phrases.clone());
        let Some(&[who]) = who.as_deref() else { return false };
        let unnamed = !self.names(who) && self.elements.phrases[who].spelt_out.is_none();
        if unnamed {
            self.elements.phrases[who].spelt_out = Some(group);
        }
        unnamed
    }

    /// "Kenya, Uganda and Rwanda, members of the bloc": all of them are.
    fn spells_list(&mut self, phrases: &[usize], target: usize) -> bool {
        let &[several] = phrases else { return false };
        let list = self.list_of(target).filter(|_| self.elements.phrases[several].plural);
        self.elements.phrases[several].spelt_out = list.or(self.elements.phrases[several].spelt_out);
        list.is_some()
    }

    /// "in Tema, Ghana": a state or a region says where a name lies, and not what something before it is called.
    fn is_area(&self, group: usize) -> bool {
        self.out.groups[group].phrases.iter().all(|&p| self.names_area(p))
    }

    /// A state or a region.
    pub(super) fn names_area(&self, phrase: usize) -> bool {
        self.elements.is_area(self.elements.phrases[phrase].head)
    }

    /// The list of names that the phrase stands in.
    fn list_of(&self, phrase: usize) -> Option<usize> {
        let holds =
            |g: &super::Group| g.phrases.len() > 1 && g.phrases.contains(&phrase) && g.phrases.iter().all(|&p| self.names(p));
        self.out.groups.iter().rposition(holds)
    }

    /// "Kenya, officials say, signed", "…, as expected, signed", "…, it seems, signed": what stands between the commas, behind a subject
    /// that waits for its verb, is a remark on the whole; "will run, officials say, from A to B" as well. The element behind it.
    pub(super) fn remark(&mut self, comma: usize) -> Option<usize> {
        let clause = &self.out.list[self.current];
        let told = clause.verb.is_some();
        let open = if told { matches!(self.last, Last::Verb | Last::Phrase) } else { self.last == Last::Phrase };
        if clause.subject.is_none() || !open {
            return None;
        }
        let Some(Element::Verb(verb)) = self.element(comma + 2) else { return None };
        // "officials said on Friday".
        let mut end = comma + 3;
        while let Some(Element::Prep(_) | Element::Adv(_) | Element::Date(_)) = self.element(end) {
            let governs = matches!(
                (self.element(end), self.element(end + 1)),
                (Some(Element::Prep(_)), Some(Element::Phrase(_) | Element::Date(_)))
            );
            end += 1 + usize::from(governs);
        }
        if self.element(end) != Some(Element::Comma) {
            return None;
        }
        let goes_on =
            matches!((self.element(comma + 1), self.element(end + 1)), (Some(Element::Phrase(_)), Some(Element::Prep(_))));
        if told && !goes_on {
            return None;
        }
        let group = &self.elements.verbs[verb];
        match self.element(comma + 1)? {
            Element::Sub(_) | Element::Prep(_) => {}
            Element::Phrase(p) => {
                let says = self.saying.contains(&group.lemma) || self.elements.phrases[p].pronoun;
                if !says || group.form != VerbForm::Finite {
                    return None;
                }
                let speaker = self.new_group(p);
                let whole = self.current;
                self.open(LinkKind::Root, None, comma + 1);
                self.clause().subject = Some(speaker);
                self.clause().verb = Some(verb);
                self.current = whole;
            }
            _ => return None,
        }
        Some(end + 1)
    }

    /// "several states, including Kenya", "lenders such as the World Bank": names that a plural noun is exemplified by; "signed nine
    /// documents, including a protocol": what is described has the verb's doing done to it as well.
    pub(super) fn exemplify(&mut self, prep: WordId, group: usize) {
        let Some(&several) = self.chain.last().filter(|_| self.examples.contains(&prep)) else { return };
        let phrase = &self.elements.phrases[several];
        let open = !self.names(several) && phrase.spelt_out.is_none();
        let plural = open && phrase.plural;
        let names = plural && self.out.groups[group].phrases.iter().all(|&p| self.names(p));
        // "cargo such as coal", "3 million tonnes, including coal".
        let goods = open && !self.goods(several) && self.out.groups[group].phrases.iter().all(|&p| self.goods(p));
        let object = self.clause().objects.last().copied().is_some_and(|g| self.out.groups[g].phrases.last() == Some(&several));
        if names || goods {
            self.elements.phrases[several].examples = Some(group);
        } else if plural && object {
            self.clause().objects.push(group);
        }
    }

    /// "3 million tonnes of freight, mainly coal": what most of it is.
    pub(super) fn most_of_it(&mut self, i: usize, group: usize) -> bool {
        let says = |at: usize| matches!(self.element(at), Some(Element::Adv(word)) if self.mainly.contains(&word));
        let apart = i > 1 && says(i - 1) && self.element(i - 2) == Some(Element::Comma);
        let Some(&last) = self.chain.last().filter(|_| apart) else { return false };
        // "carried 9 tonnes in the first five months, chiefly grain": what was carried, and no month.
        let amount = self.clause_objects().last().filter(|&p| self.elements.phrases[p].measure);
        let several = amount.filter(|_| !self.elements.phrases[last].measure).unwrap_or(last);
        let open = !self.names(several) && self.elements.phrases[several].spelt_out.is_none();
        let goods = self.out.groups[group].phrases.iter().all(|&p| self.goods(p));
        if open && goods {
            self.elements.phrases[several].spelt_out = Some(group);
            self.last = Last::Phrase;
        }
        open && goods
    }

    /// "signed by A, who heads the agency, by B and by C": the passive around goes on naming who did it.
    pub(super) fn back_to_agents(&mut self) {
        let relative = &self.out.list[self.current];
        let active = relative.verb.is_some_and(|v| !self.elements.verbs[v].passive);
        if relative.link != LinkKind::Relative || !active || !matches!(self.last, Last::Comma | Last::Conj) {
            return;
        }
        let Some(around) = relative.parent else { return };
        let outer = &self.out.list[around];
        let passive = outer.verb.is_some_and(|v| self.elements.verbs[v].passive);
        if passive && outer.attached.iter().any(|&a| self.out.attached[a].prep == self.by) {
            self.current = around;
            self.chain.clear();
        }
    }

    /// "Kenya, together with Uganda, signed": both do.
    pub(super) fn accompany(&mut self, prep: WordId, group: usize) {
        // "Kenya, like Uganda, signed", but "a state like Uganda signed".
        let likened = self.likening.contains(&prep) && self.last == Last::Comma && !self.clause_has_verb();
        if !likened && !self.accompanying.contains(&prep) {
            return;
        }
        let clause = &self.out.list[self.current];
        let passive = clause.verb.is_some_and(|v| self.elements.verbs[v].passive);
        if let Some(subject) = clause.subject.filter(|_| !passive) {
            let more = self.out.groups[group].phrases.clone();
            self.out.groups[subject].phrases.extend(more);
        }
    }

    /// "the Nile cable, a project of Egypt and Sudan", "the Tana accord, a treaty on dams": a noun for what is made with a name before it
    /// is as good as a name.
    fn named_thing(&self, phrase: usize) -> bool {
        let data = &self.elements.phrases[phrase];
        let named = |u: usize| self.elements.is_named(u);
        self.elements.is_made(data.head) && data.head > 0 && data.units.contains(&(data.head - 1)) && named(data.head - 1)
    }

    /// "Algeria's rival Morocco", "ASEAN members Vietnam and Laos": names right behind a noun that says what they are.
    pub(super) fn named_behind_role(&mut self, i: usize, group: usize) {
        let Some(Element::Phrase(role)) = i.checked_sub(1).and_then(|before| self.element(before)) else { return };
        let is_role = |p: usize| self.elements.is_role(self.elements.phrases[p].head);
        let phrases = &self.out.groups[group].phrases;
        let names = phrases.iter().all(|&p| self.names(p));
        // "run by gas transporters TGN and TGS": a plural and a list of names.
        let data = &self.elements.phrases[role];
        let several = data.plural && phrases.len() > 1 && !data.temporal && !data.measure;
        if names
            && !self.names(role)
            && (is_role(role) || several && !self.subject_ahead(i + 2 * phrases.len() - 1))
            && self.elements.phrases[role].spelt_out.is_none()
        {
            self.elements.phrases[role].spelt_out = Some(group);
        }
    }
}
