//! The stops that stand behind the noun for a way, and what they tell: which of several ways is meant, and how it is called.
//!
//! What edges they make is the frames' business.

use super::{Anaphor, Clause, Determiner, DraftId, End, Filler, Ids, Referent, Tag, ValueKind};
use crate::extract::clause::Attached;
use crate::extract::few::{Few, Types};
use crate::extract::lexicon::WordId;
use crate::extract::wordset::WordSet;
use crate::schema::{EntryId, NodeTypeId};

impl Filler<'_, '_, '_> {
    /// "the road between Juba and Nadapal" is not the Lamu–Garissa road: the stops said of it are none of its own.
    pub(super) fn leads_elsewhere(&self, said: &Ids, id: DraftId) -> bool {
        let draft = &self.linker.drafts[id as usize];
        let stops = if draft.stops.is_empty() { &draft.ends } else { &draft.stops };
        if draft.ends.len() > 1 && said.len() > 1 {
            // "from A to B" and then "from B to C": sections that meet.
            return !said.iter().all(|s| stops.contains(s)) && !stops.iter().all(|s| said.contains(s));
        }
        if !stops.is_empty() {
            let met = said.iter().filter(|s| stops.contains(s)).count();
            // "the Budapest–Belgrade railway" and then "the railway from Belgrade to Niš".
            let sure = draft.way_kind.as_deref().is_some_and(|kind| !self.linker.vocabulary.is_loose(kind));
            let points = stops.iter().all(|&s| Some(self.linker.drafts[s as usize].kind) == self.linker.parts.place);
            let goes_on = sure && points && stops.len() > 1 && met < said.len() && said.len() > 1;
            return !said.is_empty() && (met == 0 || goes_on);
        }
        // "the pipeline through Sudan to Port Sudan" is none that runs elsewhere by all that is known of it.
        let known = !draft.reached.is_empty() || self.course_of(id).next().is_some();
        known && said.len() > 1 && !said.iter().any(|&s| draft.reached.contains(&s) || self.may_lie_on(s, id))
    }

    /// "The Isaka railway was opened. The new connection carries copper": with "the", it is the one way that the article has spoken
    /// of so far, unless words tell it apart or it runs elsewhere.
    pub(super) fn only_way(&self, phrase: usize, said: &Ids) -> Option<DraftId> {
        let data = &self.sentence.elements.phrases[phrase];
        let Referent::Described { kind, head, .. } = &self.referents[phrase] else { return None };
        let linker = &*self.linker;
        let the = matches!(data.determiner, Determiner::The | Determiner::This) && data.possessor.is_none();
        let part = linker.lexicon.head(*head).is_none_or(|h| h.part);
        let units = &self.sentence.units.units;
        let says = |u: usize, set: &WordSet| set.contains(&units[u].word);
        let told = |u: usize| matches!(units[u].tag, Tag::Name | Tag::Ordinal | Tag::Number) && u != data.head;
        let apart = |u: usize| told(u) || says(u, &linker.vocabulary.others) || says(u, &linker.vocabulary.sides);
        if !the || part || data.units.clone().any(apart) || Some(*kind) != linker.parts.way {
            return None;
        }
        let anaphor = Anaphor {
            sentence: self.number,
            phrase,
            head: Some(*head),
            types: &[*kind],
            number: None,
            object: false,
            this: false,
            not: &[],
        };
        let spoken = linker.salient.iter().filter(|s| (s.sentence, s.phrase) < (self.number, phrase)).map(|s| s.id);
        let mut ways = spoken.filter(|&id| Some(linker.drafts[id as usize].kind) == linker.parts.way);
        let first = ways.next()?;
        // "the highway" is no line of which nothing tells that it is a road.
        let own = linker.lexicon.head(*head).and_then(|h| h.kind.as_deref()).filter(|kind| !linker.vocabulary.is_loose(kind));
        let known = linker.drafts[first as usize].way_kind.as_deref();
        // "the railway from A to B" is no corridor that was spoken of: it may be a part of it.
        let stops = &linker.drafts[first as usize].stops;
        let apart = said.len() > 1 && !said.iter().any(|s| stops.contains(s));
        let wider = apart && known.is_some_and(|kind| linker.vocabulary.is_loose(kind));
        let line = linker.vocabulary.lines.contains(head);
        let alike = !(wider && (line || own.is_some())) && (own.is_none() || known.is_some());
        let fits = alike && ways.all(|id| id == first) && linker.fits(first, anaphor);
        (fits && !self.leads_elsewhere(said, first)).then_some(first)
    }

    /// "Trains on the line enter Kenya and cross Uganda": what stands behind the subject of several verbs is said with each.
    pub(super) fn of_shared_subject(&self, clause: &Clause) -> Few<usize> {
        let subject = clause.subject.map(|g| self.sentence.group(g)).unwrap_or_default();
        let all = self.sentence.clauses.attached.iter().enumerate();
        let own = all.filter(|(i, a)| !clause.attached.contains(i) && a.sites.last().is_some_and(|s| subject.contains(s)));
        own.map(|(i, _)| i).collect()
    }

    /// "The Kota Rail Link will open in May. The 665-km railway between A and B …": a length with "the" is that of the one way which
    /// the sentence before speaks of, unless that way runs elsewhere.
    pub(super) fn measured_again(&self, phrase: usize, said: &Ids) -> Option<DraftId> {
        let data = &self.sentence.elements.phrases[phrase];
        let units = &self.sentence.units.units;
        let length = |u: usize| units[u].value.map(|v| &self.sentence.units.values[v as usize].kind);
        let measured = data.units.clone().any(|u| u != data.head && matches!(length(u), Some(ValueKind::Quantity { .. })));
        let Referent::Described { kind, head, .. } = &self.referents[phrase] else { return None };
        let part = self.linker.lexicon.head(*head).is_none_or(|h| h.part);
        if !measured || part || data.determiner != Determiner::The || Some(*kind) != self.linker.parts.way {
            return None;
        }
        let anaphor = Anaphor {
            sentence: self.number,
            phrase,
            head: Some(*head),
            types: &[*kind],
            number: None,
            object: false,
            this: false,
            not: &[],
        };
        let near = self.linker.salient.iter().rev().skip_while(|s| s.sentence >= self.number);
        let mut ways =
            near.take_while(|s| s.sentence + 1 == self.number).map(|s| s.id).filter(|&id| self.linker.fits(id, anaphor));
        let first = ways.next()?;
        let there = || said.len() > 1 && said.iter().all(|&s| self.lies_in_one(s, &self.linker.drafts[first as usize].stops));
        (ways.all(|id| id == first) && (!self.leads_elsewhere(said, first) || there())).then_some(first)
    }

    /// Nothing before the phrase speaks of it, and it is read already: "the railway … which the Volta Railway builds".
    pub(super) fn comes_later(&self, phrase: usize, id: DraftId) -> bool {
        let end = self.sentence.units.units[self.sentence.elements.phrases[phrase].head].tokens.end;
        let first = self.linker.drafts[id as usize].mentions.first();
        first.is_some_and(|&(page, start, _)| page == self.sentence.page && start >= end)
    }

    /// What the gazetteer knows that a way touches.
    fn course_of(&self, way: DraftId) -> impl Iterator<Item = EntryId> {
        let facts = self.linker.drafts[way as usize].known.map(|entry| &self.linker.schema.gazetteer[entry.0 as usize].facts);
        let touches = self.linker.parts.touches;
        facts.into_iter().flatten().filter(move |(edge, _)| Some(*edge) == touches).map(|&(_, stop)| stop)
    }

    /// "from Kashgar to Andijan" is where "the China–Kyrgyzstan–Uzbekistan railway" runs: what a stop lies in is one of these.
    fn lies_in_one(&self, stop: DraftId, stops: &Ids) -> bool {
        let homes = |entry: EntryId| self.linker.schema.gazetteer[entry.0 as usize].facts.iter().map(|&(_, home)| home);
        let known = |id: DraftId| self.linker.drafts[id as usize].known;
        known(stop).is_some_and(|entry| homes(entry).any(|home| stops.iter().any(|&s| known(s) == Some(home))))
    }

    /// Whether a stop can be one of a way that the gazetteer knows: it, or what it lies in, is on its course, or nobody listed it.
    fn may_lie_on(&self, stop: DraftId, way: DraftId) -> bool {
        let Some(entry) = self.linker.drafts[stop as usize].known else { return true };
        let around = &self.linker.schema.gazetteer[entry.0 as usize].facts;
        self.course_of(way).any(|on| on == entry || around.iter().any(|&(_, home)| home == on))
    }

    /// The stops that stand behind a phrase, or in the clause that tells which way it is.
    pub(super) fn stops_said(&self, phrase: usize) -> Ids {
        let sentence = self.sentence;
        let with = self.linker.lexicon.known.with;
        let route = |prep| self.linker.vocabulary.role_of(prep).is_some() || prep == self.linker.vocabulary.between;
        let attached = sentence.attached_to(phrase).filter(|a| route(a.prep) && self.is_own_stop(a, phrase)).map(|a| a.group);
        let the = sentence.elements.phrases[phrase].determiner == Determiner::The;
        let course = self.linker.course_behind(sentence, phrase).filter(|_| the).into_iter().flat_map(move |c| {
            let attached = c.attached.iter().map(|&a| &sentence.clauses.attached[a]);
            c.objects.iter().copied().chain(attached.filter(move |a| route(a.prep) || a.prep == with).map(|a| a.group))
        });
        attached
            .chain(course)
            .flat_map(|group| sentence.group(group))
            .flat_map(|&p| match &self.referents[p] {
                Referent::Entities { ids, .. } => ids.clone(),
                _ => Ids::new(),
            })
            .collect()
    }

    /// What stands between the phrase and the stop is its "of" or another stop.
    pub(super) fn is_own_stop(&self, attached: &Attached, phrase: usize) -> bool {
        let mut nearer = attached.sites.iter().skip_while(|&&s| s != phrase).skip(1);
        nearer.all(|&s| {
            let governor = self.sentence.governed_by(s).map(|a| a.prep);
            governor.is_some_and(|p| {
                p == self.linker.vocabulary.of
                    || p == self.linker.vocabulary.between
                    || self.linker.vocabulary.role_of(p).is_some()
            })
        })
    }

    /// "section, 110 kilometres from A to B": the words up to the last stop, where a comma stands between.
    pub(super) fn with_stops(&self, phrase: usize) -> Option<String> {
        let start = self.linker.description_start(self.sentence, &self.sentence.elements.phrases[phrase]);
        let role = |a: &&Attached| self.linker.vocabulary.role_of(a.prep);
        let own = self.sentence.attached_to(phrase).filter(|a| a.sites.first() == Some(&phrase));
        let to = own.skip_while(|a| role(a) != Some("start")).find(|a| role(a) == Some("end"))?;
        let last = *self.sentence.group(to.group).last()?;
        let end = self.sentence.elements.phrases[last].units.end;
        let units = &self.sentence.units.units;
        let comma = units.get(start..end)?.iter().any(|u| u.tag == Tag::Comma);
        let tokens = units[start].tokens.start..units[end - 1].tokens.end;
        (comma && tokens.len() <= 16).then(|| self.linker.page(self.sentence).text(tokens).to_owned())
    }

    /// "The railway from Kenya received $3 million": where the subject goes is no one's doing.
    pub(super) fn tells_course(&self, clause: &Clause, attached: &Attached) -> bool {
        let role = self.linker.vocabulary.role_of(attached.prep);
        let Some(way) = self.linker.parts.way.filter(|_| matches!(role, Some("start" | "end"))) else { return false };
        let subject = clause.subject.map(|g| self.sentence.group(g)).unwrap_or_default();
        attached.sites.last().is_some_and(|site| subject.contains(site) && self.is_of(*site, &[way]))
    }

    /// "Under a treaty between Kenya and Uganda, the line will be built": the two have agreed, and the line need not join them.
    pub(super) fn tells_parties(&self, attached: &Attached) -> bool {
        let p = self.linker.parts;
        let agreed: Types = p.agreement.into_iter().chain(p.event).collect();
        let pair = self.linker.vocabulary.pair_prepositions.contains(&attached.prep);
        pair && attached.sites.last().is_some_and(|&site| self.is_of(site, &agreed))
    }

    /// "runs to the Algerian hub of Hassi R'Mel", "from the terminal at Kribi": what stands at a place is where a way stops, by its place's name.
    pub(super) fn seat_named(&self, phrase: usize, types: &[NodeTypeId]) -> Option<End> {
        let place = self.linker.parts.place.filter(|p| self.route && types.contains(p))?;
        let seated = [self.linker.vocabulary.of, self.linker.vocabulary.at];
        let attached = self.sentence.attached_to(phrase).find(|a| seated.contains(&a.prep) && a.sites.last() == Some(&phrase))?;
        let &[name] = self.sentence.group(attached.group) else { return None };
        let Referent::Entities { ids, .. } = &self.referents[name] else { return None };
        let &[id] = &ids[..] else { return None };
        (self.linker.drafts[id as usize].kind == place).then_some(End { id, phrase: name, prep: None, distance: 0, named: true })
    }

    /// "flew to Tema for a meeting on the line": the meeting is about the line, and nobody goes on it.
    pub(super) fn tells_topic(&self, attached: &Attached) -> bool {
        let p = self.linker.parts;
        let agreed: Types = p.agreement.into_iter().chain(p.event).collect();
        let topic = self.linker.vocabulary.topic_prepositions.contains(&attached.prep);
        topic && attached.sites.last().is_some_and(|&site| self.is_of(site, &agreed))
    }

    /// "Despite opposition from Kenya, the line will be built": the opposition comes from there.
    pub(super) fn tells_attitude(&self, attached: &Attached) -> bool {
        let Some(&site) = attached.sites.last().filter(|_| attached.prep == self.linker.lexicon.known.from) else { return false };
        let frames = self.table.of_noun(self.head_word(site));
        self.sentence.governed_by(site).is_some() && frames.iter().any(|&f| self.table.frames[f as usize].is_attitude())
    }

    /// "a canal from the Mekong near Phnom Penh to the coast at Kep": the point of a coast, a border or a region that one of these
    /// prepositions takes the way to.
    pub(super) fn at_edge(&self, attached: &Attached, preps: &[WordId]) -> bool {
        let Some(&site) = attached.sites.last().filter(|_| self.linker.vocabulary.edge_prepositions.contains(&attached.prep))
        else {
            return false;
        };
        let (words, head) = (&self.linker.vocabulary, self.head_word(site));
        let region = matches!(&self.referents[site], Referent::Entities { ids, .. }
            if ids.iter().all(|&id| Some(self.linker.drafts[id as usize].kind) == self.linker.parts.region));
        let edge = region || words.coasts.contains(&head) || words.bounds.contains(&head);
        edge && self.sentence.governed_by(site).is_some_and(|a| preps.contains(&a.prep))
    }

    /// "invests in a port in Kenya": what stands right behind a phrase says where that lies.
    pub(super) fn belongs_to_last(&self, attached: &Attached) -> bool {
        let phrases = &self.sentence.elements.phrases;
        let first = self.sentence.group(attached.group).first();
        let governed = |site: usize| self.sentence.governed_by(site).is_some_and(|a| a.prep == attached.prep);
        let behind = |site: usize| first.is_some_and(|&p| phrases[site].units.end + 1 == phrases[p].units.start);
        let told = |site: usize| !matches!(self.referents[site], Referent::None);
        attached.sites.last().is_some_and(|&site| told(site) && governed(site) && behind(site))
    }
}
