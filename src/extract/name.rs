//! Proper names in a sentence: those of the gazetteer by the token trie, and
//! capitalised runs that nobody listed.
//!
//! The longest name wins and the names inside it stay its parts ("Japan Bank for
//! International Cooperation" mentions no Japan). What entity a name is, is decided
//! in `entity`; here it is only found, with the evidence of its own form.

mod joined;

use std::ops::Range;

use super::few::Few;
use super::lexicon::{Case, Lexicon, Sense, SenseKind, WordId, class};
use super::opening;
use super::token::{Token, TokenKind};
use super::words::Words;

/// Tokens of one link of a chain, at most: "Mazar-i-Sharif", "Dar es Salaam".
const LONGEST_LINK: usize = 5;

/// How a name was found.
#[derive(Debug, Clone)]
pub enum NameKind {
    /// The gazetteer knows it; at least one sense.
    Known(Few<Sense>),
    /// A capitalised run; the word that says what it is, if one does, by token.
    Run {
        /// Token of the typed head noun inside the name.
        head: Option<usize>,
    },
}

/// One link of a chain such as "Baku–Tbilisi–Kars".
#[derive(Debug, Clone)]
pub struct Link {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What it may mean; empty for a name nobody listed.
    pub senses: Few<Sense>,
}

/// A name in a sentence.
#[derive(Debug, Clone)]
pub struct Name {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// How it was found.
    pub kind: NameKind,
    /// Its links, if hyphens or dashes join two names or more.
    pub links: Vec<Link>,
}

/// Finds names token by token.
pub struct NameFinder<'a> {
    /// The lexicon.
    pub lexicon: &'a Lexicon,
    /// The document's words.
    pub words: &'a Words<'a>,
    /// The block's tokens.
    pub tokens: &'a [Token],
    /// The block's text.
    pub text: &'a str,
    /// The sentence.
    pub sentence: Range<usize>,
}

impl NameFinder<'_> {
    /// The name that starts at token `i`, if one does. O(length of the name).
    #[must_use]
    pub fn at(&self, i: usize) -> Option<Name> {
        self.of_listed(i, self.lexicon.longest(&self.tokens[i..self.sentence.end]))
    }

    /// The same, where it is known which phrase of the lexicon starts there, the longest.
    pub(super) fn of_listed(&self, i: usize, listed: Option<(usize, impl Iterator<Item = Sense>)>) -> Option<Name> {
        let known = self.known_of(i, listed);
        let token = &self.tokens[i];
        if known.is_none() && self.prefixed(i) {
            // "trans-Caspian": one word, and no mention of the Caspian.
            return Some(Name { tokens: i..i + 2, kind: NameKind::Run { head: None }, links: Vec::new() });
        }
        if token.kind != TokenKind::Word || !token.is_capital() {
            return known;
        }
        if let Some(pair) = self.pair_of_ends(i) {
            return Some(pair);
        }
        if self.lexicon.openings.of(token.word) & opening::MINISTRY != 0
            && let Some((length, head)) = self.lexicon.titles.ministry(self.lexicon, &self.tokens[i..self.sentence.end])
        {
            return Some(Name { tokens: i..i + length, kind: NameKind::Run { head: Some(i + head) }, links: Vec::new() });
        }
        let known_end = known.as_ref().map_or(i, |k| k.tokens.end);
        if known.is_none() && self.weak_start(i) && !self.strong_second(i) && !self.is_initial(i) {
            return None;
        }
        let end = self.run_end(i);
        if end <= known_end {
            return known.map(|k| self.with_links(k, known_end));
        }
        let head = self.typed_head(i, end);
        if known.is_none() && self.names_nothing(i, end) {
            return None;
        }
        // "I" has a capital wherever it stands.
        let common = class::HEAD | class::HEAD_PLURAL | class::COLLECTIVE | class::STATE_BODY | class::PRONOUN;
        if known.is_none() && end == i + 1 && self.lexicon.word(token.word).classes & common != 0 {
            // "the Bank", "the Program": a noun with a capital, that points back.
            return None;
        }
        if let Some(known) = known {
            return Some(self.run_on(known, i, end, head));
        }
        if (i..end).any(|t| t > i && self.tokens[t].is_joined())
            && let Some(chain) = self.chain(i, end)
        {
            return Some(chain);
        }
        Some(Name { tokens: i..end, kind: NameKind::Run { head }, links: Vec::new() })
    }

    /// Capitals that are no name: "GDP", "Western sanctions", "the (UAP) Railway Project".
    fn names_nothing(&self, i: usize, end: usize) -> bool {
        let token = &self.tokens[i];
        if end == i + 1 {
            let lower =
                self.tokens.get(end).is_some_and(|t| end < self.sentence.end && t.kind == TokenKind::Word && !t.is_capital());
            // "the Southern route" is one.
            let adjective = self.lexicon.word(token.word).classes & class::ADJ != 0
                && lower
                && !token.is_all_capitals()
                && !self.says_way(end);
            return adjective || token.is_all_capitals() && self.lexicon.name_words.acronyms.contains(&token.word);
        }
        if self.is_organ(i) {
            return true;
        }
        let project = self.lexicon.head(self.tokens[end - 1].word).is_some_and(|h| Some(h.node_type) != self.lexicon.way_type());
        let bracket = i.checked_sub(1).is_some_and(|b| b >= self.sentence.start && self.tokens[b].is_sign(')'));
        end == i + 2 && bracket && project && self.says_way(i)
    }

    /// "the Board of Executive Directors": whoever they belong to.
    fn is_organ(&self, i: usize) -> bool {
        let of = self.tokens.get(i + 1).is_some_and(|t| t.word == self.lexicon.name_words.of);
        let mut held = self.lexicon.longest(&self.tokens[(i + 2).min(self.sentence.end)..self.sentence.end]);
        self.lexicon.word(self.tokens[i].word).classes & class::STATE_BODY != 0
            && of
            && held.as_mut().is_some_and(|(_, senses)| senses.any(|s| s.kind == SenseKind::Office))
    }

    /// A capitalised run, from `i` to `end`, that opens with a listed name: that alone, a chain, or the run as a whole.
    fn run_on(&self, known: Name, i: usize, end: usize, head: Option<usize>) -> Name {
        let known_end = known.tokens.end;
        let demonym = matches!(&known.kind, NameKind::Known(s) if s.iter().all(|s| matches!(s.kind, SenseKind::Demonym | SenseKind::Collective)));
        let joined = self.tokens[known_end].is_joined();
        // "the Zambian National Assembly": the demonym tells whose.
        let parliament = demonym && !joined && head.is_some_and(|h| self.lexicon.parliaments().contains(&self.tokens[h].word));
        // "the C5+1 Summit": what joins states tells whose, too.
        let format = head == Some(known_end) && self.tokens[i..known_end].iter().any(|t| self.text[t.span.range()].contains('+'));
        // "of Hungary Péter Szijjártó": a person's name behind a state's or a body's.
        let called = self.lexicon.is_given_name(self.tokens[known_end].word) || self.behind_title(i);
        // "said Shahriar Kabir Talukder": nothing says that a town of that name is meant, and who is called after it.
        let spot = self.lexicon.ground_types();
        let ground = matches!(&known.kind, NameKind::Known(s) if s.iter().all(|s| spot.contains(&self.lexicon.kind_of(*s))));
        let governed = i > self.sentence.start && self.lexicon.word(self.tokens[i - 1].word).classes & class::PREP != 0;
        let person = !joined && end > known_end + 1 && called && head.is_none() && (governed || !ground);
        if parliament || format || person {
            return known;
        }
        // "Uranium One": goods with a capital before another name are the start of one.
        let goods = matches!(&known.kind, NameKind::Known(s) if s.iter().all(|s| s.case == Case::Any))
            && i > self.sentence.start
            && (known_end..end).all(|t| self.tokens[t].is_capital() && self.known(t).is_none());
        // "the rail company Serbia Cargo": what it is stands before it.
        let told =
            !joined && i > self.sentence.start && !self.tokens[i - 1].is_capital() && self.is_body(self.tokens[i - 1].word);
        let branch = !joined && self.is_branch(&known, end);
        let continues = goods
            || told
            || branch
            || head.is_some()
            || self.acronym_follows(i, end)
            || (!demonym && !joined && self.unlisted(known_end, end));
        if !continues && !joined {
            return known;
        }
        if joined {
            if let Some(chain) = self.chain(i, end) {
                return chain;
            }
            if demonym && head.is_none() {
                return known;
            }
        }
        Name { tokens: i..end, kind: NameKind::Run { head }, links: Vec::new() }
    }

    /// "Glencore Bahrain", "DP World Callao", "HHLA TK Estonia": a listed body's branch in a state or at a place.
    fn is_branch(&self, known: &Name, end: usize) -> bool {
        let body = |s: &Sense| self.lexicon.kind_of(*s) == self.lexicon.body_type();
        let of_body = matches!(&known.kind, NameKind::Known(senses)
            if senses.iter().all(body) && senses.iter().any(|s| s.kind == SenseKind::Name));
        let seats = [self.lexicon.state_type(), self.lexicon.place_type()];
        let seat = |t: usize| {
            let found = self.lexicon.longest(&self.tokens[t..end]);
            let sits = |s: Sense| s.kind == SenseKind::Name && seats.contains(&self.lexicon.kind_of(s));
            found.is_some_and(|(length, mut senses)| t + length == end && senses.any(sits))
        };
        let from = known.tokens.end;
        of_body && (seat(from) || from + 1 < end && self.known(from).is_none() && seat(from + 1))
    }

    /// A listed name takes the tokens from `t` to `end`: "Kenya" of "the Republic of Kenya Amina Odhiambo".
    pub(super) fn listed_at(&self, t: usize, end: usize) -> bool {
        let found = self.lexicon.longest(&self.tokens[t..end]);
        found.is_some_and(|(length, mut senses)| t + length == end && senses.any(|s| s.kind == SenseKind::Name))
    }

    /// "Committee", "Administration".
    pub(super) fn is_body(&self, word: WordId) -> bool {
        self.lexicon.word(word).classes & class::STATE_BODY != 0
            || self.lexicon.head(word).is_some_and(|h| Some(h.node_type) == self.lexicon.body_type())
    }

    /// "Minister of Energy of Georgia Mariam …": what an office is held in stands at `i`.
    fn behind_title(&self, i: usize) -> bool {
        let word = |back: usize| {
            let at = i.checked_sub(back).filter(|&at| at >= self.sentence.start)?;
            Some(self.tokens[at].word)
        };
        let the = usize::from(word(1) == Some(self.lexicon.name_words.the));
        word(1 + the) == Some(self.lexicon.name_words.of) && word(2 + the).is_some_and(|w| self.lexicon.titles.closes(w))
    }

    /// "the Mombasa to Nairobi railway": two names that "to" joins before a way's head noun, behind no "from".
    fn pair_of_ends(&self, i: usize) -> Option<Name> {
        let before =
            i.checked_sub(1).filter(|&b| b >= self.sentence.start).map(|b| self.lexicon.word(self.tokens[b].word).classes);
        if before.is_none_or(|classes| classes & (class::DET | class::ADJ) == 0) && !self.measure_before(i) {
            return None;
        }
        let single = |from: usize| -> Option<usize> {
            let mut end = from;
            while end < self.sentence.end
                && end < from + 4
                && self.tokens[end].kind == TokenKind::Word
                && self.tokens[end].is_capital()
            {
                end += 1;
            }
            (end > from).then_some(end)
        };
        let first = single(i)?;
        if self.lexicon.form(self.tokens.get(first)?.word) != "to" {
            return None;
        }
        let second = single(first + 1)?;
        let way = (second..(second + 3).min(self.sentence.end))
            .find(|&t| self.lexicon.head(self.tokens[t].word).is_some_and(|h| Some(h.node_type) == self.lexicon.way_type()))?;
        let modifiers = (second..way).all(|t| self.tokens[t].kind == TokenKind::Word && !self.tokens[t].is_capital());
        modifiers.then(|| Name {
            tokens: i..second,
            kind: NameKind::Run { head: None },
            links: vec![self.link(i..first), self.link(first + 1..second)],
        })
    }

    /// "the 770 km Mazar-i-Sharif to Peshawar line".
    fn measure_before(&self, i: usize) -> bool {
        let number = |k: usize| self.tokens.get(k).is_some_and(|t| t.kind == TokenKind::Number);
        i >= self.sentence.start + 2 && (number(i - 2) || number(i - 1))
    }

    fn known(&self, i: usize) -> Option<Name> {
        self.known_of(i, self.lexicon.longest(&self.tokens[i..self.sentence.end]))
    }

    fn known_of(&self, i: usize, listed: Option<(usize, impl Iterator<Item = Sense>)>) -> Option<Name> {
        let (length, senses) = listed?;
        let senses: Few<Sense> =
            senses.filter(|s| !matches!(s.kind, SenseKind::Office | SenseKind::Preposition | SenseKind::Compound)).collect();
        if senses.is_empty() || self.goes_on(i, i + length) || length == 1 && self.is_done(i, &senses) {
            return None;
        }
        Some(Name { tokens: i..i + length, kind: NameKind::Known(senses), links: Vec::new() })
    }

    /// "to scrap the dam", "to fuel it": goods that are a verb as well, behind "to" and before what only a verb governs.
    fn is_done(&self, i: usize, senses: &[Sense]) -> bool {
        let classes = |at: usize| self.tokens.get(at).map_or(0, |t| self.lexicon.word(t.word).classes);
        let to = i > self.sentence.start && self.tokens[i - 1].word == self.lexicon.known.to;
        let governs = classes(i + 1) & (class::DET | class::POSSESSIVE | class::PRONOUN) != 0
            || self.tokens.get(i + 1).is_some_and(Token::is_capital);
        to && governs && classes(i) & class::VERB_BASE != 0 && senses.iter().all(|s| s.case == Case::Any)
    }

    /// A prefix in small letters, joined to a capital behind it.
    fn prefixed(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        token.kind == TokenKind::Word
            && !token.is_capital()
            && self.tokens.get(i + 1).is_some_and(|t| t.is_joined() && t.is_capital())
            && matches!(self.lexicon.form(token.word), "trans" | "pan" | "inter" | "intra")
    }

    /// "the Gulf" of "the Gulf of Thailand" is not the Gulf.
    fn goes_on(&self, start: usize, end: usize) -> bool {
        let article = !self.tokens[start].is_capital();
        // "the Pacific Ports Conference" is not the Pacific.
        let runs_on = || {
            let run = self.run_end(start + 1);
            run > end && !self.tokens[end].is_joined() && self.typed_head(start + 1, run).is_some_and(|h| h >= end)
        };
        if article && self.tokens.get(end).is_some_and(|t| t.kind == TokenKind::Word && t.is_capital()) && runs_on() {
            return true;
        }
        article
            && self.lexicon.head(self.tokens[end - 1].word).is_some()
            && self.tokens.get(end).is_some_and(|t| self.lexicon.form(t.word) == "of")
            && self.tokens.get(end + 1).is_some_and(Token::is_capital)
    }

    /// The token stands where any word has a capital, and is a common word.
    fn weak_start(&self, i: usize) -> bool {
        let starts = i == self.sentence.start
            || matches!(self.tokens[i - 1].kind, TokenKind::Sign('"' | '(' | ':' | '–' | '*' | '|') | TokenKind::Sign('\''));
        if !starts {
            return false;
        }
        let word = self.tokens[i].word;
        let common = self.lexicon.word(word).classes != 0 || self.words.seen_lower(word);
        common || !self.words.seen_capital(word) && !self.opens_as_acronym(i)
    }

    /// "KEGOC will build it", "SunCable has": capitals throughout, or inside, that start no headline, dateline or turn of an interview.
    fn opens_as_acronym(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        let behind = |n: usize| self.tokens.get(i + n).filter(|_| i + n < self.sentence.end);
        let lower = |t: &Token| t.kind == TokenKind::Word && !t.is_capital();
        let apposition = behind(1).is_some_and(|t| t.is_sign(',')) && behind(2).is_some_and(lower);
        // "PryMed is to lay it": a capital inside.
        let inner = || self.text[token.span.range()].chars().skip(1).any(char::is_uppercase) && !token.is_all_capitals();
        inner()
            || token.is_all_capitals() && token.span.len() > 2 && (behind(1).is_some_and(lower) || apposition)
            || self.renamed(i)
            || self.acts(i)
    }

    /// "Zentara has signed", "Zentara and Kolbex own": a word of no list, and behind it a verb that only bodies and states are the
    /// subjects of.
    fn acts(&self, i: usize) -> bool {
        let text = &self.text[self.tokens[i].span.range()];
        if text.len() < 3 || self.lexicon.ends_as_common(text) {
            return false;
        }
        let word =
            |t: usize| self.tokens.get(t).filter(|w| t < self.sentence.end && w.kind == TokenKind::Word && !w.is_capital());
        let classes = |t: usize| word(t).map_or(0, |w| self.lexicon.word(w.word).classes);
        let acting = |t: usize| word(t).is_some_and(|w| self.lexicon.acting().contains(&self.lexicon.word(w.word).lemma));
        let second = |t: usize| self.tokens.get(t).is_some_and(|w| t < self.sentence.end && w.is_capital());
        let pair = word(i + 1).is_some_and(|w| w.word == self.lexicon.name_words.and) && second(i + 2);
        let at = if pair { i + 3 } else { i + 1 };
        let several = pair || text.ends_with('s');
        let auxiliary = classes(at) & (class::MODAL | class::HAVE | class::BE) != 0;
        if auxiliary {
            let being = classes(at) & class::BE != 0;
            let next = (at + 1..at + 3).find(|&t| acting(t));
            return next.is_some_and(|t| !being || classes(t) & class::VERB_ING != 0) && (pair || !text.ends_with('s'));
        }
        let form = if several { class::VERB_PAST | class::VERB_BASE } else { class::VERB_PAST | class::VERB_S };
        acting(at) && classes(at) & form != 0 && (pair || !text.ends_with('s') || classes(at) & class::VERB_S != 0)
    }

    /// "Clamenco, the civic committee, opposes": a word of no list with an apposition, and the verb behind that.
    fn renamed(&self, i: usize) -> bool {
        let token = |t: usize| self.tokens.get(t).filter(|_| t < self.sentence.end);
        let classes = |t: usize| token(t).filter(|t| t.kind == TokenKind::Word).map_or(0, |t| self.lexicon.word(t.word).classes);
        let adverb = self.text[self.tokens[i].span.range()].ends_with("ly");
        if adverb || !token(i + 1).is_some_and(|t| t.is_sign(',')) || classes(i + 2) & class::DET == 0 {
            return false;
        }
        let ends = (i + 3..i + 12).find(|&t| token(t).is_none_or(|t| t.is_sign(',')));
        let finite = class::VERB_PAST | class::VERB_S | class::BE | class::HAVE | class::MODAL;
        ends.is_some_and(|t| classes(t + 1) & finite != 0 && classes(t + 1) & class::PREP == 0)
    }

    /// What follows a weak start makes it the start of a name: another capital that is no name by itself.
    fn strong_second(&self, i: usize) -> bool {
        let particle = self.lexicon.name_words.openers.contains(&self.tokens[i].word);
        if particle && (i + 1..=i + 2).any(|t| self.tokens.get(t).is_some_and(|t| t.is_capital())) {
            return true;
        }
        let classes = self.lexicon.word(self.tokens[i].word).classes;
        // "Infraestruturas de Portugal", "Ursula von der Leyen": nobody's word, and particles of names.
        if classes == 0 && self.behind_particles(i + 1).is_some() {
            return true;
        }
        let closed = class::DET
            | class::PREP
            | class::PRONOUN
            | class::SUB
            | class::CONJ
            | class::BUT
            | class::ADV
            | class::MODAL
            | class::BE
            | class::RELATIVE
            | class::POSSESSIVE
            | class::NEG
            | class::HAVE
            | class::DO
            | class::NUMBER
            | class::MONTH;
        if classes & closed != 0 {
            return false;
        }
        let Some(next) = self.tokens.get(i + 1).filter(|_| i + 1 < self.sentence.end) else { return false };
        if next.is_sign('&') && self.tokens.get(i + 2).is_some_and(|t| t.is_capital()) {
            return true;
        }
        let ing = classes & class::VERB_ING != 0;
        if classes & class::VERB != 0 && (ing || classes & (class::ADJ | class::HEAD) == 0) && self.known(i + 1).is_some() {
            // "Crossing Iran, the line …".
            return false;
        }
        if next.kind == TokenKind::Number && (next.is_joined() || self.bearing(i + 2)) {
            return true;
        }
        let capital = next.kind == TokenKind::Word && next.is_capital();
        if capital && classes & (class::ADJ | class::ORDINAL) != 0 {
            // "Northern Kenya", "Last March": a name only if what follows is not one by itself.
            return self.known(i + 1).is_none() && self.lexicon.word(next.word).classes & class::MONTH == 0;
        }
        if capital {
            return true;
        }
        self.lexicon.form(next.word) == "of"
            && self.tokens.get(i + 2).is_some_and(|t| t.is_capital() && t.kind == TokenKind::Word)
            && classes == 0
    }

    /// Where the run of capitalised words that starts at `i` ends.
    fn run_end(&self, i: usize) -> usize {
        let mut j = i + 1;
        while j < self.sentence.end {
            let token = &self.tokens[j];
            match token.kind {
                // "Kigali–Dar es Salaam".
                TokenKind::Word if token.is_joined() && token.is_capital() => j += self.listed_place(j, self.sentence.end).max(1),
                TokenKind::Word if token.is_capital() && !self.breaks(i, j) => j += 1,
                TokenKind::Word if token.is_joined() && !token.is_capital() && self.joined_on(j) => j += 1,
                TokenKind::Number if self.numbers(j) => j += 1,
                TokenKind::Word => match self.connector(i, j) {
                    Some(end) => j = end,
                    None => break,
                },
                TokenKind::Sign('&') if self.tokens.get(j + 1).is_some_and(|t| t.is_capital()) => j += 2,
                TokenKind::Sign('.') if self.initial_in(i, j - 1) => j += 1,
                TokenKind::Possessive if self.of_its_members(i, j) => j += 2,
                _ => break,
            }
        }
        j
    }

    /// A capitalised word that no name runs over: an office before its holder, a month, a weekday.
    fn breaks(&self, i: usize, j: usize) -> bool {
        let token = &self.tokens[j];
        let classes = self.lexicon.word(token.word).classes;
        let acronym = token.is_all_capitals() && self.lexicon.name_words.acronyms.contains(&token.word);
        if (classes & (class::MONTH | class::WEEKDAY) != 0 || acronym) && !token.is_joined() {
            return true;
        }
        if token.is_joined() {
            return false;
        }
        // "the Presidential Administration Samir Nuriyev": a person behind a body.
        if j > i + 1
            && self.lexicon.is_given_name(token.word)
            && self.goes_on_at(j + 1)
            && (i..j).any(|t| self.is_body(self.tokens[t].word) || t > i && self.listed_at(t, j))
        {
            return true;
        }
        let office = self
            .lexicon
            .longest(&self.tokens[j..self.sentence.end])
            .is_some_and(|(_, mut s)| s.any(|s| s.kind == SenseKind::Office));
        // "Crown Prince", "Foreign Minister" after a demonym; but "Secretary General" inside an organ's name stays apart too.
        office && j > i
    }

    /// A lower-case part after a hyphen that belongs to the name: "Mazar-i-Sharif", never "China-backed".
    fn joined_on(&self, j: usize) -> bool {
        self.tokens[j].span.len() <= 3
            && self.tokens.get(j + 1).is_some_and(|t| t.is_joined() && t.is_capital())
            && self.lexicon.word(self.tokens[j].word).classes & (class::CONJ | class::VERB) == 0
    }

    /// "Masrik-1", "Power of Siberia 2", "Corridor 2"; not "Kazakhstan 20 million".
    fn numbers(&self, j: usize) -> bool {
        let token = &self.tokens[j];
        let digits = &self.text[token.span.range()];
        // "Masrik-1", "Eternity-2026".
        let most = if token.is_joined() { 4 } else { 3 };
        if digits.len() > most || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        if token.is_joined() {
            return true;
        }
        let next_common = self.tokens.get(j + 1).is_none_or(|t| {
            // "Road 13 South".
            self.bearing(j + 1)
                || t.kind != TokenKind::Word
                || self.lexicon.word(t.word).classes
                    & (class::PREP | class::VERB | class::BE | class::MODAL | class::HAVE | class::CONJ | class::HEAD)
                    != 0
        });
        next_common && !self.tokens.get(j + 1).is_some_and(|t| t.is_sign('%'))
    }

    /// "Road 13 South": a bearing behind a number ends the name.
    fn bearing(&self, t: usize) -> bool {
        let token = |t: usize| self.tokens.get(t).filter(|_| t < self.sentence.end);
        let number = t.checked_sub(1).and_then(token).is_some_and(|n| n.kind == TokenKind::Number);
        let bearing = token(t).is_some_and(|b| b.is_capital() && self.lexicon.joining.bearings.contains(&b.word));
        number && bearing && !token(t + 1).is_some_and(|n| n.kind == TokenKind::Word && n.is_capital())
    }

    /// "J." before a capital: the initial of somebody's given name.
    pub fn is_initial(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        let joins = |t: usize| {
            let next = (t < self.sentence.end).then(|| &self.tokens[t]);
            next.is_some_and(|t| t.kind == TokenKind::Word && t.is_capital() && !t.is_joined())
        };
        token.kind == TokenKind::Word
            && token.is_capital()
            && !token.is_joined()
            && token.span.len() == 1
            && self.tokens.get(i + 1).is_some_and(|t| t.is_sign('.') && !t.is_spaced())
            && joins(i + 2)
    }

    /// The token at `k` is an initial with which the run from `i` opens, or behind a given name: "Donald J. Trump".
    fn initial_in(&self, i: usize, k: usize) -> bool {
        self.is_initial(k) && (i..k).all(|t| self.tokens[t].is_sign('.') || self.is_initial(t))
            || self.is_initial(k) && k == i + 1 && self.lexicon.is_given_name(self.tokens[i].word)
    }

    /// A capitalised word of the sentence that is no date.
    fn goes_on_at(&self, k: usize) -> bool {
        k < self.sentence.end
            && self.tokens[k].kind == TokenKind::Word
            && self.tokens[k].is_capital()
            && self.lexicon.word(self.tokens[k].word).classes & (class::MONTH | class::WEEKDAY) == 0
    }

    /// The token of the head noun that types the run: before its first "of"/"for", else its last word.
    fn typed_head(&self, i: usize, end: usize) -> Option<usize> {
        let stop = (i + 1..end)
            .find(|&t| self.lexicon.name_words.prepositions.contains(&self.tokens[t].word) && !self.tokens[t].is_capital());
        let mut last = stop.unwrap_or(end) - 1;
        if last > i + 1 && self.bearing(last) {
            last -= 1;
        }
        while last > i && self.tokens[last].kind == TokenKind::Number {
            last -= 1;
        }
        // "Line D", "Corridor 2", "Phase II": a letter or number after the head.
        if last > i
            && self.tokens[last].span.len() <= 2
            && self.tokens[last].is_capital()
            && self.lexicon.head(self.tokens[last - 1].word).is_some()
        {
            last -= 1;
        }
        // A lone head noun at the start of a sentence names nothing.
        (self.lexicon.head(self.tokens[last].word).is_some() && (end - i > 1)).then_some(last)
    }

    /// "(ABC)" behind the run, its letters the initials of the run.
    fn acronym_follows(&self, i: usize, end: usize) -> bool {
        let (Some(open), Some(acronym)) = (self.tokens.get(end), self.tokens.get(end + 1)) else { return false };
        open.is_sign('(') && acronym.is_all_capitals() && is_acronym_of(&self.text[acronym.span.range()], self.initials(i, end))
    }

    fn initials(&self, i: usize, end: usize) -> impl Iterator<Item = char> {
        self.tokens[i..end].iter().filter(|t| t.is_capital()).filter_map(|t| self.text[t.span.range()].chars().next())
    }

    /// The words behind a listed name are in no list and never stand in lower case: one longer name.
    fn unlisted(&self, from: usize, end: usize) -> bool {
        (from..end).all(|t| {
            let token = &self.tokens[t];
            token.kind == TokenKind::Number
                // "Daewoo E&C".
                || token.is_sign('&')
                || (token.is_capital() && !self.words.seen_lower(token.word) && self.known(t).is_none())
        })
    }

    /// The links of a run joined by hyphens, if it is a chain of names and not one hyphenated name.
    fn chain(&self, i: usize, end: usize) -> Option<Name> {
        let mut end = end;
        // A typed head at the end ("Baku–Tbilisi–Kars Railway") is no link, and is read as the noun it is.
        let typed = self.typed_head(i, end);
        if let Some(head) = typed.filter(|&h| h + 1 == end || self.tokens[h].is_joined()) {
            let word = self.lexicon.head(self.tokens[head].word)?;
            if word.name_only || !self.tokens[i + 1..head].iter().any(Token::is_joined) {
                return None;
            }
            end = head;
        } else if typed.is_some() {
            return None;
        }
        if typed.is_some() && self.says_way(end - 1) && !self.tokens[end - 1].is_joined() {
            // "Uzbekistan-Afghanistan-Pakistan Railway Project": the railway.
            end -= 1;
        }
        let mut links = Vec::new();
        let mut start = i;
        let mut listed = i + self.listed_place(i, end);
        for t in i + 1..=end {
            if t == end || self.tokens[t].is_joined() && t >= listed {
                if !self.tokens[start].is_capital() {
                    return None;
                }
                links.push(self.link(start..t));
                // "Termez-Mazar-i-Sharif-Kabul", "Zamyn-Uud-Erenhot": a hyphen of its own is no end of a link.
                (start, listed) = (t, t + self.listed_place(t, end));
            }
        }
        self.trim_last(&mut links);
        if links.iter().any(|l| l.senses.is_empty() && self.is_common(l)) {
            return None;
        }
        let known = links.iter().filter(|l| !l.senses.is_empty()).count();
        let behind = self.behind_bracket(end);
        let way_follows =
            (behind..(behind + 3).min(self.sentence.end)).any(|t| self.tokens[t].kind == TokenKind::Word && self.says_way(t));
        let chain = links.len() >= 2
            && (known >= 2 || (known >= 1 && links.len() > 2) || (way_follows && links.len() >= 2) || links.len() >= 4);
        chain.then_some(Name { tokens: i..end, kind: NameKind::Run { head: None }, links })
    }

    /// How many tokens a listed name that is no way's takes from `t` on, where it has two or more.
    fn listed_place(&self, t: usize, end: usize) -> usize {
        let other = [self.lexicon.way_type(), self.lexicon.body_type()];
        let place = |s: Sense| s.kind == SenseKind::Name && !other.contains(&self.lexicon.kind_of(s));
        let whole = |e: &usize| {
            let found = self.lexicon.longest(&self.tokens[t..*e]);
            found.is_some_and(|(length, mut senses)| t + length == *e && senses.any(place))
        };
        let most = end.min(t + LONGEST_LINK);
        (t + 2..=most).rev().find(whole).map_or(0, |e| e - t)
    }

    /// Behind "(TAPI)", if that stands at `end`.
    fn behind_bracket(&self, end: usize) -> usize {
        let at = |t: usize| self.tokens.get(t).filter(|_| t < self.sentence.end);
        let bracket = at(end).is_some_and(|t| t.is_sign('('))
            && at(end + 1).is_some_and(Token::is_all_capitals)
            && at(end + 2).is_some_and(|t| t.is_sign(')'));
        if bracket { end + 3 } else { end }
    }

    /// A head noun of ways.
    fn says_way(&self, t: usize) -> bool {
        self.lexicon.head(self.tokens[t].word).is_some_and(|h| Some(h.node_type) == self.lexicon.way_type())
    }

    /// "China–Pakistan Economic Corridor": the last link is the name that what stands behind the hyphen starts with.
    fn trim_last(&self, links: &mut [Link]) {
        let Some(last) = links.last_mut().filter(|l| l.senses.is_empty() && l.tokens.len() > 1) else { return };
        let shorter = (last.tokens.start + 1..last.tokens.end)
            .rev()
            .map(|end| self.link(last.tokens.start..end))
            .find(|l| !l.senses.is_empty());
        if let Some(shorter) = shorter {
            *last = shorter;
        }
    }

    /// A link that is a prefix or a common word joins words, not names.
    fn is_common(&self, link: &Link) -> bool {
        let first = self.tokens[link.tokens.start].word;
        let common = class::PREFIX | class::ADJ | class::VERB | class::HEAD | class::ORDINAL | class::NUMBER;
        self.lexicon.word(first).classes & common != 0 || self.words.seen_lower(first)
    }

    fn link(&self, tokens: Range<usize>) -> Link {
        let senses = match self.lexicon.longest(&self.tokens[tokens.start..tokens.end]) {
            Some((length, senses)) if length == tokens.len() => {
                senses.filter(|s| !matches!(s.kind, SenseKind::Office | SenseKind::Preposition | SenseKind::Compound)).collect()
            }
            _ => Few::new(),
        };
        Link { tokens, senses }
    }

    /// A listed name that spells out its links keeps them.
    fn with_links(&self, name: Name, end: usize) -> Name {
        if (name.tokens.start + 1..end).any(|t| self.tokens[t].is_joined())
            && let Some(chain) = self.chain(name.tokens.start, end)
        {
            return Name { links: chain.links, ..name };
        }
        name
    }
}

/// The letters of an acronym are, in order, initials of the words; at least half of the words' initials are used.
pub fn is_acronym_of(acronym: &str, initials: impl Iterator<Item = char>) -> bool {
    let letters: Vec<char> = acronym.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_uppercase).collect();
    let initials: Vec<char> = initials.flat_map(char::to_uppercase).collect();
    if letters.len() < 2 || initials.len() < 2 || letters.first() != initials.first() {
        return false;
    }
    let mut at = 0;
    let used = initials
        .iter()
        .filter(|&&c| {
            let hit = letters.get(at) == Some(&c);
            at += usize::from(hit);
            hit
        })
        .count();
    used * 2 >= letters.len() && used * 2 >= initials.len() && used >= 2
}
