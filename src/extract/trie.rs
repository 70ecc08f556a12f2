//! Names as paths of words: a trie over numbered word forms, and what each path means.
//!
//! All of it lies in a few flat tables, so that the names of the compiled-in gazetteer are cut into words once, by the build
//! script, and read back at a program's start by copying ([`Trie::from_bytes`]). The lexicon enters the words and phrases of the
//! patterns behind them. What a word may be is the lexicon's business, and which reading of a name holds in its text is the linker's.

use crate::schema::{NodeTypeId, Schema};

use super::interner::Interner;
use super::token::{Token, TokenKind, WordId, tokenize};

/// How a name of the gazetteer was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SenseKind {
    /// Its name or an alias.
    Name,
    /// An adjective or a people.
    Demonym,
    /// A city that stands for it.
    Metonym,
    /// A name that other things bear too.
    Ambiguous,
    /// An office: [`Sense::entry`] is an index into [`super::lexicon::Lexicon::offices`].
    Office,
    /// A preposition of several words: the entry is its [`WordId`].
    Preposition,
    /// The adjective of a group: the entry is an index into the schema's collectives.
    Collective,
    /// A head noun of several words: the entry is its [`WordId`].
    Compound,
}

/// What one path of the trie may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sense {
    /// Index into what `kind` says.
    pub entry: u32,
    /// How it is meant.
    pub kind: SenseKind,
    /// What the letters must look like.
    pub case: Case,
}

/// What letters a name needs in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Any.
    Any,
    /// Its first letter is a capital.
    Capital,
    /// All letters are capitals ("US", never "us").
    Capitals,
}

const KINDS: [SenseKind; 8] = [
    SenseKind::Name,
    SenseKind::Demonym,
    SenseKind::Metonym,
    SenseKind::Ambiguous,
    SenseKind::Office,
    SenseKind::Preposition,
    SenseKind::Collective,
    SenseKind::Compound,
];

const CASES: [Case; 3] = [Case::Any, Case::Capital, Case::Capitals];

/// A sense and the place of the next one of its path, plus one.
#[derive(Debug, Clone, Copy)]
struct Listed {
    sense: Sense,
    next: u32,
}

/// The step from a node over a word to the next node, which is 0 where the place is free.
#[derive(Debug, Clone, Copy, Default)]
struct Step {
    from: u32,
    word: WordId,
    to: u32,
}

/// See the module's text.
#[derive(Debug)]
pub struct Trie {
    /// The number of a form plus one is its [`WordId`].
    forms: Interner,
    /// The node that a word leads to from the root, by word; 0 for none.
    roots: Vec<u32>,
    /// All other steps, by hash; its length is a power of two.
    steps: Vec<Step>,
    /// How many steps there are.
    taken: usize,
    /// By node, the place of its first sense plus one.
    first: Vec<u32>,
    senses: Vec<Listed>,
    /// Node types by gazetteer entry.
    kinds: Vec<NodeTypeId>,
}

impl Default for Trie {
    fn default() -> Self {
        Self {
            forms: Interner::default(),
            roots: Vec::new(),
            steps: Vec::new(),
            taken: 0,
            first: vec![0],
            senses: Vec::new(),
            kinds: Vec::new(),
        }
    }
}

impl Trie {
    /// The names of a schema's gazetteer and of its collectives. O(bytes of names).
    #[must_use]
    pub fn of(schema: &Schema) -> Self {
        let mut trie = Self::default();
        for (i, entry) in schema.gazetteer.names().enumerate() {
            let entry_id = i as u32;
            trie.kinds.push(entry.kind);
            let names = std::iter::once(entry.name).chain(entry.aliases.iter().copied());
            // "paper": its own name may be an everyday word too.
            let word = |name: &str| entry.ambiguous.contains(&name) && case_of(name) == Case::Any;
            for name in names.filter(|name| !word(name)) {
                trie.add(name, Sense { entry: entry_id, kind: SenseKind::Name, case: case_of(name) });
            }
            for (list, kind) in [
                (&entry.demonyms, SenseKind::Demonym),
                (&entry.metonyms, SenseKind::Metonym),
                (&entry.ambiguous, SenseKind::Ambiguous),
            ] {
                for name in list {
                    trie.add(name, Sense { entry: entry_id, kind, case: case_of(name) });
                }
            }
        }
        for (i, collective) in schema.collectives.iter().enumerate() {
            for name in &collective.names {
                trie.add(name, Sense { entry: i as u32, kind: SenseKind::Collective, case: case_of(name) });
            }
        }
        trie
    }

    /// The forms that paths are made of.
    #[must_use]
    pub fn forms(&self) -> &Interner {
        &self.forms
    }

    /// The id of a form, which is noted if it is new.
    pub fn intern(&mut self, form: &str) -> WordId {
        self.forms.intern(form) + 1
    }

    /// The node type of a gazetteer entry.
    #[must_use]
    pub fn kind(&self, entry: u32) -> Option<NodeTypeId> {
        self.kinds.get(entry as usize).copied()
    }

    /// Enters a name with a sense, unless the name has that sense already. O(bytes).
    pub fn add(&mut self, name: &str, sense: Sense) {
        let mut node = 0;
        tokenize(name, |token, form| {
            if token.kind != TokenKind::End {
                node = self.behind(node, form);
            }
        });
        if node == 0 {
            return;
        }
        let mut last = None;
        let mut at = self.first[node as usize];
        while let Some(place) = at.checked_sub(1) {
            let listed = self.senses[place as usize];
            if listed.sense.entry == sense.entry && listed.sense.kind == sense.kind {
                return;
            }
            last = Some(place);
            at = listed.next;
        }
        self.senses.push(Listed { sense, next: 0 });
        let added = self.senses.len() as u32;
        match last {
            None => self.first[node as usize] = added,
            Some(place) => self.senses[place as usize].next = added,
        }
    }

    /// The longest path that starts at `tokens[0]` and has a sense whose letters fit: its length in tokens and its senses.
    /// O(length of the path).
    #[must_use]
    pub fn longest<'l>(&'l self, tokens: &[Token]) -> Option<(usize, impl Iterator<Item = Sense> + Clone + 'l)> {
        let first = tokens.first()?;
        let mut node = self.roots.get(first.word as usize).copied().filter(|&node| node != 0)?;
        let mut best = None;
        let mut letters = Letters::first(first);
        let mut length = 1;
        loop {
            if self.senses_of(node).any(|s| letters.fit(s.case)) {
                best = Some((length, node, letters));
            }
            let Some(token) = tokens.get(length) else { break };
            let Some(next) = self.step(node, token.word) else { break };
            node = next;
            letters.then(token);
            length += 1;
        }
        best.map(|(length, node, letters)| (length, self.senses_of(node).filter(move |s| letters.fit(s.case))))
    }

    /// The senses of a node, in the order in which they were entered.
    fn senses_of(&self, node: u32) -> impl Iterator<Item = Sense> + Clone + '_ {
        let listed = |at: u32| at.checked_sub(1).and_then(|place| self.senses.get(place as usize));
        let first = self.first.get(node as usize).copied().unwrap_or(0);
        std::iter::successors(listed(first), move |l| listed(l.next)).map(|l| l.sense)
    }

    /// The node of the trie to which a word leads from another, 0 being the root; made if there is none yet.
    fn behind(&mut self, node: u32, form: &str) -> u32 {
        let word = self.intern(form);
        let new = self.first.len() as u32;
        let to = if node == 0 {
            if self.roots.len() <= word as usize {
                self.roots.resize(word as usize + 1, 0);
            }
            let root = &mut self.roots[word as usize];
            if *root == 0 {
                *root = new;
            }
            *root
        } else {
            self.step_or(node, word, new)
        };
        if to == new {
            self.first.push(0);
        }
        to
    }

    fn step(&self, from: u32, word: WordId) -> Option<u32> {
        let mask = self.steps.len().checked_sub(1)?;
        let mut at = place_of(from, word) & mask;
        loop {
            let step = self.steps[at];
            if step.to == 0 {
                return None;
            }
            if step.from == from && step.word == word {
                return Some(step.to);
            }
            at = (at + 1) & mask;
        }
    }

    /// The node of a step, which is `new` if there was none.
    fn step_or(&mut self, from: u32, word: WordId, new: u32) -> u32 {
        if let Some(to) = self.step(from, word) {
            return to;
        }
        if self.steps.len() < (self.taken + 1) * 2 {
            let larger = vec![Step::default(); (self.steps.len() * 2).max(64)];
            let old = std::mem::replace(&mut self.steps, larger);
            old.into_iter().filter(|s| s.to != 0).for_each(|s| self.put(s));
        }
        self.put(Step { from, word, to: new });
        self.taken += 1;
        new
    }

    fn put(&mut self, step: Step) {
        let mask = self.steps.len() - 1;
        let mut at = place_of(step.from, step.word) & mask;
        while self.steps[at].to != 0 {
            at = (at + 1) & mask;
        }
        self.steps[at] = step;
    }

    /// The trie as bytes, which belong to the very program that made them. The same trie gives the same bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.forms.write(&mut bytes);
        write(&mut bytes, &self.roots);
        write(&mut bytes, &self.steps.iter().flat_map(|s| [s.from, s.word, s.to]).collect::<Vec<u32>>());
        write(&mut bytes, &self.first);
        let senses = self.senses.iter().flat_map(|l| [l.sense.entry, l.sense.kind as u32 * 4 + l.sense.case as u32, l.next]);
        write(&mut bytes, &senses.collect::<Vec<u32>>());
        write(&mut bytes, &self.kinds.iter().map(|k| u32::from(k.0)).collect::<Vec<u32>>());
        bytes
    }

    /// The trie that [`Trie::to_bytes`] made the bytes of; nothing for bytes of something else. O(bytes), by copying.
    #[must_use]
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let bytes = &mut bytes;
        let forms = Interner::read(bytes)?;
        let roots = read(bytes)?.collect();
        let steps = Triples(read(bytes)?).map(|[from, word, to]| Step { from, word, to }).collect::<Vec<Step>>();
        let first = read(bytes)?.collect();
        let senses = Triples(read(bytes)?)
            .map(|[entry, how, next]| {
                let sense = Sense { entry, kind: *KINDS.get(how as usize / 4)?, case: *CASES.get(how as usize % 4)? };
                Some(Listed { sense, next })
            })
            .collect::<Option<_>>()?;
        let kinds = read(bytes)?.map(|k| u16::try_from(k).ok().map(NodeTypeId)).collect::<Option<_>>()?;
        let taken = steps.iter().filter(|s| s.to != 0).count();
        let whole = bytes.is_empty() && (steps.is_empty() || steps.len().is_power_of_two() && taken < steps.len());
        whole.then_some(Self { forms, roots, steps, taken, first, senses, kinds })
    }
}

/// Numbers three by three.
struct Triples<I>(I);

impl<I: Iterator<Item = u32>> Iterator for Triples<I> {
    type Item = [u32; 3];

    fn next(&mut self) -> Option<[u32; 3]> {
        Some([self.0.next()?, self.0.next()?, self.0.next()?])
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0.size_hint().0 / 3, self.0.size_hint().1.map(|most| most / 3))
    }
}

/// Appends a list of numbers: how many, then each.
pub(super) fn write(bytes: &mut Vec<u8>, numbers: &[u32]) {
    bytes.extend((numbers.len() as u32).to_le_bytes());
    numbers.iter().for_each(|n| bytes.extend(n.to_le_bytes()));
}

/// Takes a list of numbers off the front.
pub(super) fn read<'b>(bytes: &mut &'b [u8]) -> Option<impl Iterator<Item = u32> + use<'b>> {
    let (count, rest) = bytes.split_first_chunk::<4>()?;
    let (numbers, rest) = rest.split_at_checked(u32::from_le_bytes(*count) as usize * 4)?;
    *bytes = rest;
    Some(numbers.as_chunks::<4>().0.iter().map(|n| u32::from_le_bytes(*n)))
}

/// Where a step belongs: the multiplier is the golden ratio's, as in Fibonacci hashing (Knuth, TAOCP 3, 6.4).
fn place_of(from: u32, word: WordId) -> usize {
    let key = u64::from(from) << 32 | u64::from(word);
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize
}

/// How the letters of some tokens look.
#[derive(Debug, Clone, Copy)]
struct Letters {
    capital: bool,
    capitals: bool,
}

impl Letters {
    fn first(token: &Token) -> Self {
        let mut letters = Self { capital: token.is_capital() || token.kind == TokenKind::Number, capitals: true };
        letters.then(token);
        letters
    }

    fn then(&mut self, token: &Token) {
        self.capitals &= token.is_all_capitals() || token.kind != TokenKind::Word;
    }

    fn fit(self, case: Case) -> bool {
        match case {
            Case::Any => true,
            Case::Capital => self.capital,
            Case::Capitals => self.capitals,
        }
    }
}

/// What letters a name written so needs: an acronym all capitals, a name a capital, a common noun nothing.
pub(super) fn case_of(name: &str) -> Case {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    if !letters().next().is_some_and(char::is_uppercase) {
        return Case::Any;
    }
    // What tells most names apart comes first: their second letter is a small one.
    if letters().all(char::is_uppercase) && letters().count() <= 6 && !name.contains(' ') {
        Case::Capitals
    } else {
        Case::Capital
    }
}
