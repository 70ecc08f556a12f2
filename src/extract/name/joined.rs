//! What joins capitals into one name: "of", "for", "and", particles of surnames.
//!
//! Where runs of capitals start and end otherwise is the parent module's; the apostrophe of those whom a body is of is `name_words`'.

use super::{Name, NameFinder, NameKind};
use crate::extract::lexicon::{Head, Sense, SenseKind, class};
use crate::extract::token::{Token, TokenKind};

impl NameFinder<'_> {
    /// "of", "for", "and", "de" between capitals of one name: the end of what follows it.
    pub(super) fn connector(&self, i: usize, j: usize) -> Option<usize> {
        let (token, words) = (&self.tokens[j], &self.lexicon.name_words);
        if words.prepositions.contains(&token.word) {
            return self.behind_preposition(i, j);
        }
        if token.word == words.and {
            return self.behind_and(i, j);
        }
        if let Some(end) = self.elided(j) {
            return Some(end);
        }
        // "Terminal à Conteneurs": folded, it is the article "a".
        let grave = &self.text[token.span.range()] == "à";
        if token.is_capital() || !(grave || words.particles.contains(&token.word)) {
            return None;
        }
        // "Rio de la Plata".
        if self.goes_on_at(j + 1) {
            Some(j + 2)
        } else {
            (self.goes_on_at(j + 2) && self.tokens[j + 1].span.len() <= 3).then_some(j + 3)
        }
    }

    /// Where a name ends that goes on at `j` by a particle or two: "von der Leyen".
    pub(super) fn behind_particles(&self, j: usize) -> Option<usize> {
        let particle =
            |t: usize| self.tokens.get(t).is_some_and(|t| !t.is_capital() && self.lexicon.name_words.particles.contains(&t.word));
        let capital = |t: usize| t < self.sentence.end && self.tokens[t].kind == TokenKind::Word && self.tokens[t].is_capital();
        (j + 1..=j + 2).find(|&t| capital(t)).filter(|&t| (j..t).all(particle)).map(|t| t + 1)
    }

    /// "Viegas d'Abreu": a small letter and an apostrophe before the capital of a surname.
    fn elided(&self, j: usize) -> Option<usize> {
        let mut letters = self.text[self.tokens[j].span.range()].chars();
        let small = letters.next().is_some_and(char::is_lowercase);
        let apostrophe = letters.next().is_some_and(|c| matches!(c, '\'' | '’'));
        (small && apostrophe && letters.next().is_some_and(char::is_uppercase)).then_some(j + 1)
    }

    /// "Bank of China", "Fund for the Caucasus"; not "Georgia of old", "a loan from X for the Y railway".
    fn behind_preposition(&self, i: usize, j: usize) -> Option<usize> {
        let words = &self.lexicon.name_words;
        let the = self.tokens.get(j + 1)?.word == words.the;
        let k = [j + 1, j + 2].into_iter().take(1 + usize::from(the)).find(|&k| self.goes_on_at(k))?;
        let before = self.lexicon.word(self.tokens[j - 1].word);
        let typed = before.classes & class::HEAD != 0;
        let follows_known = self.known(k).is_some();
        let body = |s: &Sense| s.kind == SenseKind::Name && self.lexicon.kind_of(*s) == self.lexicon.body_type();
        let whole = |k: &Name| k.tokens.end == j && matches!(&k.kind, NameKind::Known(senses) if senses.iter().any(body));
        let wanted = if self.tokens[j].word == words.of {
            if follows_known && self.known(i).is_some_and(|k| whole(&k)) {
                // "AD Ports of Abu Dhabi": listed without whose it is.
                false
            } else if follows_known && self.known(k).is_some_and(|n| self.spelt_with(i, k, n.tokens.end)) {
                // "Union of River Peoples of Bolivia (URPB)".
                true
            } else if follows_known && the && self.outgrows(k) && self.is_part_of_name(i, j) {
                // "Association for the Protection of the Lamu Forest".
                true
            } else if follows_known {
                typed
                    && self.takes_place_name(j - 1)
                    && !(j > i + 1 && self.is_within(j - 1, k))
                    && !self.is_whole_before(i, j, k)
            } else {
                typed || (j == i + 1 && before.classes == 0 && self.known(i).is_none()) || self.is_part_of_name(i, j)
            }
        } else if self.tokens[j].word == words.for_ {
            typed && !self.names_another(k)
        } else {
            let longer = self.outgrows(k);
            typed && (!follows_known || longer) && (j > i + 1 || longer) && !self.names_another(k)
        };
        wanted.then_some(k + 1)
    }

    /// "Confederation of River Peoples of Bolivia (CRPB)": the letters behind it begin as the name does, and end as the place does.
    fn spelt_with(&self, i: usize, place: usize, end: usize) -> bool {
        let (Some(open), Some(acronym)) = (self.tokens.get(end), self.tokens.get(end + 1)) else { return false };
        let first = |t: &Token| self.text[t.span.range()].chars().next();
        let last = self.text[acronym.span.range()].chars().next_back();
        let letters = acronym.is_all_capitals() && acronym.span.len() > 2 && end + 1 < self.sentence.end;
        open.is_sign('(') && letters && first(acronym) == first(&self.tokens[i]) && last == first(&self.tokens[place])
    }

    /// "Vale Energy of Brazil", "Fergana Region of Uzbekistan": what opens with a name of its own is whole without its state; "Export-Import
    /// Bank of India" is not.
    fn is_whole_before(&self, i: usize, of: usize, k: usize) -> bool {
        let state = |s: &Sense| s.kind == SenseKind::Name && self.lexicon.kind_of(*s) == self.lexicon.state_type();
        let country = self.known(k).is_some_and(|n| matches!(&n.kind, NameKind::Known(senses) if senses.iter().any(state)));
        let (first, text) = (self.tokens[i].word, &self.text[self.tokens[i].span.range()]);
        let opens = self.lexicon.word(first).classes == 0 && !self.words.seen_lower(first) && !self.lexicon.ends_as_common(text);
        of > i + 1 && country && opens && self.known(i).is_none_or(|n| n.tokens.end < of)
    }

    /// "Gombe District of Kigoma Province": two of a kind, one inside the other, and two names.
    fn is_within(&self, inner: usize, k: usize) -> bool {
        let kind = |t: usize| self.lexicon.head(self.tokens[t].word).map(|h| h.node_type);
        self.known(k).is_some_and(|around| kind(inner).is_some() && kind(around.tokens.end - 1) == kind(inner))
    }

    /// "the Agreement on the Nile River Basin Cooperative Framework": several capitals, of which no listed name is all.
    fn outgrows(&self, k: usize) -> bool {
        let end = (k..self.sentence.end).find(|&t| !self.goes_on_at(t)).unwrap_or(self.sentence.end);
        end > k + 1 && self.known(k).is_none_or(|name| name.tokens.end < end)
    }

    /// "Bank for Reconstruction and Development"; "Trade and Development Bank".
    fn behind_and(&self, i: usize, j: usize) -> Option<usize> {
        let inside = (i..j).any(|t| self.lexicon.name_words.prepositions.contains(&self.tokens[t].word));
        let k = j + 1;
        let acronym = self.tokens.get(k).is_some_and(|t| self.lexicon.name_words.acronyms.contains(&t.word));
        if !self.goes_on_at(k) || acronym {
            return None;
        }
        if self.known(k).is_some() && !inside {
            let end = (k..self.sentence.end).find(|&t| !self.goes_on_at(t)).unwrap_or(self.sentence.end);
            return (self.joins_topics(i, j, end) || end == k + 1 && self.joins_trades(i, j)).then_some(end);
        }
        if inside && self.known(k).is_none() {
            return Some(k + 1);
        }
        let end = (k + 1..self.sentence.end).find(|&t| !self.goes_on_at(t)).unwrap_or(self.sentence.end);
        let headed = self.lexicon.word(self.tokens[end - 1].word).classes & class::HEAD != 0 && end > k + 1;
        let single = j == i + 1 && self.known(i).is_none() && self.lexicon.word(self.tokens[i].word).classes != 0;
        // "Volta Economic and Planning Research Institute": an adjective ends no name.
        let before = self.lexicon.word(self.tokens[j - 1].word).classes;
        let adjective = j > i + 1 && before & class::ADJ != 0 && before & (class::HEAD | class::HEAD_PLURAL) == 0;
        let whole = headed && (single || adjective || self.joins_topics(i, j, end)) || end == k + 1 && self.joins_trades(i, j);
        whole.then_some(end)
    }

    /// "Central Asian Water and Energy Summit": what a happening or a body is about is two common nouns.
    fn joins_topics(&self, i: usize, and: usize, end: usize) -> bool {
        let word = |t: usize| self.tokens[t].word;
        let topic = |t: usize| {
            let whole = self.lexicon.head(word(t)).is_some_and(|h| !h.name_only);
            let goods = |s: &Sense| self.lexicon.kind_of(*s).is_some_and(|kind| Some(kind) == self.lexicon.goods_type());
            let named = self.known(t).is_some_and(|n| !matches!(&n.kind, NameKind::Known(senses) if senses.iter().all(goods)));
            !whole && !named && self.lexicon.word(word(t)).classes & class::STATE_BODY == 0
        };
        let ends_so = |t: usize| self.lexicon.ends_as_common(&self.text[self.tokens[t].span.range()]);
        let common = |t: usize| topic(t) && (self.lexicon.word(word(t)).classes != 0 || self.known(t).is_some() || ends_so(t));
        let meeting = self.lexicon.head(word(end - 1)).is_some_and(|h| Some(h.node_type) == self.lexicon.event_type());
        let before = if meeting { topic(and - 1) } else { common(and - 1) };
        // "Zambia Airports and Harbours Department": two plurals of what it has to do with.
        let plural = |t: usize| self.lexicon.word(word(t)).classes & class::HEAD_PLURAL != 0 && self.known(t).is_none();
        let plurals = plural(and - 1) && plural(and + 1) && self.is_body(word(end - 1));
        end > and + 2 && and > i + 1 && (before && common(and + 1) || plurals)
    }

    /// "Samarkand Petroleum and Gas", "Nile Design and Consulting": two trades of one firm, at the end of its name.
    fn joins_trades(&self, i: usize, and: usize) -> bool {
        let trade = |t: usize| self.lexicon.head(self.tokens[t].word).is_some_and(|h| h.name_only);
        // "China Railway Engineering Design and Consulting": what it does may have no word of its own.
        let firm = and > i + 2 && trade(and - 2) && self.known(and - 1).is_none();
        let goods = |s: &Sense| self.lexicon.kind_of(*s).is_some_and(|kind| Some(kind) == self.lexicon.goods_type());
        let sold =
            |t: usize| self.known(t).is_some_and(|n| matches!(&n.kind, NameKind::Known(senses) if senses.iter().all(goods)));
        and > i + 1 && (trade(and - 1) && sold(and + 1) || (trade(and - 1) || firm) && trade(and + 1))
    }

    /// "a loan from Deutsche Bank for the Morogoro railway": the capitals behind "for" name a thing with a head of its own.
    fn names_another(&self, from: usize) -> bool {
        let mut end = from;
        while end < self.sentence.end && self.tokens[end].kind == TokenKind::Word && self.tokens[end].is_capital() {
            end += 1;
        }
        let small_head = self.tokens.get(end).filter(|t| t.kind == TokenKind::Word && end < self.sentence.end);
        small_head.is_some_and(|t| self.lexicon.head(t.word).is_some_and(|h| !h.name_only))
            || self.lexicon.head(self.tokens[end - 1].word).is_some_and(|h| Some(h.node_type) == self.lexicon.way_type())
    }

    /// A head noun whose "of" takes a place as part of the name: "Bank of China", "Strait of Hormuz"; not "Government of Kenya".
    fn takes_place_name(&self, j: usize) -> bool {
        let classes = self.lexicon.word(self.tokens[j].word).classes;
        // "Vecturis SA of Belgium": a legal form takes none.
        let legal = |h: &Head| h.name_only && self.tokens[j].span.len() <= 4;
        classes & class::STATE_BODY == 0 && self.lexicon.head(self.tokens[j].word).is_some_and(|h| !legal(h))
    }

    /// A run that already holds an "of" goes on through the next ("Organization for Security and Co-operation in Europe").
    fn is_part_of_name(&self, i: usize, j: usize) -> bool {
        let behind = |t: &usize| self.lexicon.name_words.prepositions.contains(&self.tokens[*t].word);
        let headed = (i + 1..j).find(behind).is_some_and(|p| self.lexicon.head(self.tokens[p - 1].word).is_some());
        j > i + 1 && (headed || self.lexicon.head(self.tokens[i].word).is_some())
    }
}
