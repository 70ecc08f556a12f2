//! Clauses that leave out what the clause before has said: "and so is Kenya", "as does Uganda", "but Rwanda has not".
//!
//! Runs when all clauses of the sentence are read, and gives them verb, objects and complements of the clause that they
//! repeat. Items of a list without any verb are `apposition`'s.

use super::{Clauses, LinkKind};
use crate::extract::few::few;
use crate::extract::lexicon::{Lexicon, WordId};
use crate::extract::phrase::{Determiner, Element, Elements};
use crate::extract::wordset::WordSet;

/// Completes them. O(elements).
pub(super) fn complete(lexicon: &Lexicon, out: &mut Clauses, elements: &mut Elements) {
    if out.list.len() < 2 && out.list.first().is_none_or(|c| c.verb.is_none()) {
        return;
    }
    let likewise = &lexicon.joining.likewise;
    for i in 1..elements.list.len() {
        let Element::Verb(verb) = elements.list[i].0 else { continue };
        let auxiliary = &elements.verbs[verb];
        if !(auxiliary.fronted || auxiliary.copula || auxiliary.have || auxiliary.lemma == lexicon.known.do_) {
            continue;
        }
        let at = |at: usize| match elements.list.get(at).map(|e| e.0) {
            Some(Element::Phrase(who)) => Some(who),
            _ => None,
        };
        let who = if inverted(elements, i, likewise) {
            at(i + 1)
        } else if !auxiliary.fronted && trailing(elements, i) {
            at(i - 1)
        } else if !auxiliary.fronted && ends(elements, i + 1) && elements.list[i - 1].0 == Element::Comma {
            apart(out, elements, verb)
        } else {
            continue;
        };
        let Some(who) = who else { continue };
        if let Some((clause, model)) = both(out, elements, verb, who) {
            repeat(out, elements, (clause, model), (verb, who));
        }
    }
}

/// "Together with Chad and Mali they belong to it": whoever is named before the subject does it, too.
pub(super) fn accompanied(out: &mut Clauses, elements: &Elements, accompanying: &WordSet) {
    for index in 0..out.list.len() {
        let clause = &out.list[index];
        let active = clause.verb.is_some_and(|v| !elements.verbs[v].passive);
        let Some(subject) = clause.subject.filter(|_| active) else { continue };
        let Some(&first) = out.groups[subject].phrases.first() else { continue };
        let with = |a: &&usize| {
            let attached = &out.attached[**a];
            let before = out.groups[attached.group].phrases.last().is_some_and(|&p| p < first);
            before && attached.sites.is_empty() && accompanying.contains(&attached.prep)
        };
        let Some(&with) = clause.attached.iter().find(with) else { continue };
        let more = out.groups[out.attached[with].group].phrases.clone();
        out.groups[subject].phrases.extend(more);
    }
}

fn names(elements: &Elements, at: usize) -> bool {
    match elements.list.get(at).map(|e| e.0) {
        Some(Element::Phrase(p)) => elements.names(p),
        _ => false,
    }
}

fn ends(elements: &Elements, at: usize) -> bool {
    let mut behind = elements.list.iter().skip(at).map(|e| e.0).skip_while(|e| matches!(e, Element::Adv(_)));
    let behind = behind.next();
    matches!(behind, None | Some(Element::Comma | Element::Semicolon | Element::But | Element::Conj(_) | Element::Break))
}

/// "so is Kenya", "as does Kenya", "nor has Kenya".
fn inverted(elements: &Elements, i: usize, likewise: &[WordId]) -> bool {
    let Element::Verb(verb) = elements.list[i].0 else { return false };
    let told = match elements.list[i - 1].0 {
        Element::Adv(word) | Element::Prep(word) | Element::Sub(word) => likewise.contains(&word),
        Element::Comma | Element::Semicolon | Element::Conj(_) => elements.verbs[verb].negated,
        Element::Not => true,
        _ => false,
    };
    told && names(elements, i + 1) && ends(elements, i + 2)
}

/// "…, but Kenya has not".
fn trailing(elements: &Elements, i: usize) -> bool {
    names(elements, i - 1) && ends(elements, i + 1)
}

/// "…; Kenya, which lost its port, does not": the subject stands further off.
fn apart(out: &Clauses, elements: &Elements, verb: usize) -> Option<usize> {
    let clause = out.list.iter().find(|c| c.verb == Some(verb))?;
    match out.groups[clause.subject?].phrases[..] {
        [who] if elements.names(who) => Some(who),
        _ => None,
    }
}

/// The clause that leaves its verb out, and the one that it repeats.
fn both(out: &Clauses, elements: &Elements, verb: usize, who: usize) -> Option<(usize, usize)> {
    let holds = |group: &usize| out.groups[*group].phrases.contains(&who);
    let clause = out.list.iter().rposition(|c| {
        let here = c.subject.iter().chain(&c.objects).any(holds);
        here && (c.verb == Some(verb) || c.verb.is_none())
    })?;
    let full = |c: &super::Clause| {
        let Some(verb) = c.verb.map(|v| &elements.verbs[v]) else { return false };
        let lexical = !(verb.copula || verb.have);
        matches!(c.link, LinkKind::Root | LinkKind::Complement)
            && (lexical || c.adjective.is_some() || !c.objects.is_empty() || !c.attached.is_empty())
    };
    let model = out.list[..clause].iter().rposition(full)?;
    Some((clause, model))
}

fn repeat(out: &mut Clauses, elements: &mut Elements, (clause, model): (usize, usize), (verb, who): (usize, usize)) {
    let Some(said) = out.list[model].verb else { return };
    let auxiliary = elements.verbs[verb].clone();
    let mut group = elements.verbs[said].clone();
    group.negated = auxiliary.negated;
    group.modal = auxiliary.modal.or(group.modal);
    elements.verbs.push(group);
    let model = out.list[model].clone();
    let holds = |group: &usize| out.groups[*group].phrases.contains(&who);
    let data = &out.list[clause];
    let Some(subject) = data.objects.iter().chain(&data.subject).copied().find(holds) else { return };
    let data = &mut out.list[clause];
    data.link = model.link;
    data.parent = model.parent;
    data.verb = Some(elements.verbs.len() - 1);
    data.subject = Some(subject);
    data.other_subjects.clear();
    data.objects = model.objects;
    data.other_objects = model.other_objects;
    data.attached = model.attached;
    data.adjective = model.adjective;
    data.adverbs = model.adverbs;
}

/// "the line, which Iran continues to oppose", "the port that Maersk hopes to run": what the pronoun stands for is the object of the
/// infinitive or of what is told, not of the verb that wants or tells it; "whom Kenya asked to pay" keeps it.
pub(super) fn hand_down(out: &mut Clauses, elements: &Elements, lexicon: &Lexicon) {
    let mut holders: smallvec::SmallVec<[usize; 4]> = smallvec::SmallVec::new();
    for index in 0..out.list.len() {
        let clause = &out.list[index];
        let inner = matches!(clause.link, LinkKind::Infinitive | LinkKind::Gerund) && clause.governor.is_none();
        // "which Kenya and Chad have said they will attend".
        let inner = inner || clause.link == LinkKind::Complement && clause.subject.is_some();
        let Some(parent) = clause.parent.filter(|_| inner && clause.objects.is_empty()) else { continue };
        let before = &out.list[parent];
        let opened = matches!(elements.list.get(before.start + 1), Some((Element::Phrase(_), _)));
        let relative = before.link == LinkKind::Relative && opened || holders.contains(&parent);
        let wants = |v: usize| !elements.verbs[v].passive && !lexicon.asks(elements.verbs[v].lemma);
        let takes = clause.verb.is_some_and(|v| !elements.verbs[v].passive && !elements.verbs[v].copula);
        let one = before.objects.len() == 1 && before.verb.is_some_and(wants);
        if relative && takes && one {
            let (objects, others) =
                (std::mem::take(&mut out.list[parent].objects), std::mem::take(&mut out.list[parent].other_objects));
            out.list[index].objects = objects;
            out.list[index].other_objects = others;
            holders.push(index);
        }
    }
}

/// "Also on the podium were Kenya and Uganda": what stands first says where those are that are told of behind the verb.
pub(super) fn invert(out: &mut Clauses, elements: &Elements, among: WordId) {
    for clause in &mut out.list {
        let is = clause.verb.is_some_and(|v| elements.verbs[v].copula);
        let bare = clause.link == LinkKind::Root && clause.subject.is_none() && clause.adjective.is_none();
        let Some(&first) = clause.attached.first().filter(|_| is && bare) else { continue };
        let place = &out.attached[first];
        if place.prep == among || !place.sites.is_empty() || clause.objects.is_empty() {
            continue;
        }
        clause.subject = Some(clause.objects.remove(0));
    }
}

/// "Those who signed were Kenya and Uganda", "among the states that oppose it are A and B": what the relative clause tells is told of
/// those that "be" names.
pub(super) fn identify(out: &mut Clauses, elements: &Elements, among: WordId) {
    for index in 0..out.list.len() {
        let clause = &out.list[index];
        let told = clause
            .verb
            .is_some_and(|v| elements.verbs[v].copula && !elements.verbs[v].negated && elements.verbs[v].modal.is_none());
        let Some(&names) = clause.objects.first().filter(|_| told) else { continue };
        let named = |p: &usize| elements.names(*p);
        if !out.groups[names].phrases.iter().all(named) {
            continue;
        }
        let under = clause.attached.iter().map(|&a| &out.attached[a]).find(|a| a.prep == among).map(|a| a.group);
        let Some(those) = under.or(clause.subject).map(|g| &out.groups[g].phrases[..]) else { continue };
        let &[those] = those else { continue };
        let data = &elements.phrases[those];
        if named(&those) || !matches!(data.determiner, Determiner::The | Determiner::This) && !data.pronoun {
            continue;
        }
        for relative in 0..out.list.len() {
            let about = out.list[relative].subject.is_some_and(|g| out.groups[g].phrases[..] == [those]);
            if about && out.list[relative].link == LinkKind::Relative {
                out.list[relative].subject = Some(names);
                out.list[relative].other_subjects.clear();
            }
        }
    }
}

/// "What Kenya is building instead is a railway to the coast": what "is" tells is what the verb before it is done to.
pub(super) fn cleave(out: &mut Clauses, elements: &Elements, what: WordId) {
    for index in 0..out.list.len().saturating_sub(1) {
        let (asked, told) = (&out.list[index], &out.list[index + 1]);
        let copula = told.verb.is_some_and(|v| elements.verbs[v].copula);
        let active = asked.verb.is_some_and(|v| !elements.verbs[v].passive && !elements.verbs[v].copula);
        let opens = asked.link == LinkKind::Adverbial && asked.opener == Some(what) && asked.subject.is_some();
        if !(opens && active && copula && asked.objects.is_empty()) {
            continue;
        }
        let (objects, attached) = (told.objects.clone(), told.attached.clone());
        let asked = &mut out.list[index];
        asked.objects = objects;
        asked.attached.extend(attached);
        (asked.link, asked.opener, asked.parent) = (LinkKind::Root, None, None);
    }
}

/// "Coal makes up half of what Kenya exports", "Coal is what Kenya sells": what Kenya does it to is the coal.
pub(super) fn amount(out: &mut Clauses, elements: &Elements, lexicon: &Lexicon) {
    for index in 1..out.list.len() {
        let (whole, asked) = (&out.list[index - 1], &out.list[index]);
        let opens = asked.link == LinkKind::Adverbial && asked.opener == Some(lexicon.known.what) && asked.subject.is_some();
        let active = asked.verb.is_some_and(|v| !elements.verbs[v].passive && !elements.verbs[v].copula);
        let before = asked.start.checked_sub(1).and_then(|at| elements.list.get(at)).map(|e| e.0);
        let Some(verb) = whole.verb.map(|v| &elements.verbs[v]).filter(|v| !v.passive && !v.negated) else { continue };
        let part = before == Some(Element::Prep(lexicon.known.of)) && lexicon.joining.amounting.contains(&verb.lemma);
        let equals = verb.copula && (part || matches!(before, Some(Element::Verb(_))));
        let Some(subject) = whole.subject.filter(|_| opens && active && asked.objects.is_empty() && (part || equals)) else {
            continue;
        };
        out.list[index].objects = few![subject];
    }
}

/// "will design, build and run the line", "was built and is owned by Kenya": verbs right behind each other have one object.
pub(super) fn share_objects(out: &mut Clauses, elements: &Elements) {
    let mut before: Option<usize> = None;
    let mut run: smallvec::SmallVec<[usize; 4]> = smallvec::SmallVec::new();
    for (element, _) in &elements.list {
        match element {
            Element::Verb(verb) => {
                let clause = out.list.iter().position(|c| c.verb == Some(*verb));
                let together =
                    |a: usize, b: usize| out.list[a].link == out.list[b].link && out.list[a].parent == out.list[b].parent;
                match (before, clause) {
                    (Some(a), Some(b)) if together(a, b) => run.push(a),
                    _ => run.clear(),
                }
                before = clause;
            }
            Element::Comma | Element::Conj(_) | Element::Adv(_) => {}
            _ => {
                if let Some(last) = before.take() {
                    for clause in run.drain(..) {
                        lend(out, elements, clause, last);
                    }
                }
            }
        }
    }
}

fn lend(out: &mut Clauses, elements: &Elements, clause: usize, last: usize) {
    let (lender, data) = (out.list[last].clone(), &out.list[clause]);
    let Some(verb) = data.verb.map(|v| &elements.verbs[v]) else { return };
    // "under which it will build and run a port": what stands before the verb is not what it governs.
    let behind = |&a: &usize| {
        let first = out.groups[out.attached[a].group].phrases.first();
        first.is_some_and(|&p| elements.phrases[p].units.start > verb.units.start)
    };
    if verb.copula || verb.have || !data.objects.is_empty() || data.attached.iter().any(behind) {
        return;
    }
    let data = &mut out.list[clause];
    data.objects = lender.objects;
    data.attached.extend(lender.attached);
}
