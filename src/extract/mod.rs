//! From a document to its claims: the list of passes.
//!
//! 1. [`page`]: tokens and sentences of each block that is no furniture
//! 2. [`sentence`]: names, values, tags ([`unit`](mod@unit)), phrases ([`phrase`]), clauses ([`clause`])
//! 3. [`evidence`]: what unlisted names are, by votes of the whole article
//! 4. [`entity`] with [`binding`] (names), [`describe`] (common nouns), [`actor`] (groups, offices) and [`coref`]: what each phrase refers to
//! 5. [`relation`]: frames and offices, `way`: chains of stops, `status`: how far a way has come → candidate edges
//! 6. [`attribute`]: whose length, cost, date or status each value is
//! 7. [`claims`]: modes settled, duplicates fused, positions found
//!
//! The result is a pure function of the document and the schema. Wordings are data
//! (`graph-schema/patterns`); merging documents is `merge`'s work.

pub mod actor;
mod alias;
pub mod attribute;
pub mod binding;
pub mod caption;
pub mod check;
pub mod claims;
pub mod clause;
pub mod coref;
pub mod count;
mod dated;
pub mod describe;
mod described;
mod doubt;
mod echo;
mod employer;
pub mod entity;
pub mod evidence;
pub mod few;
pub mod folds;
pub mod form;
pub mod frame;
mod headed;
mod home;
pub mod interner;
pub mod joining;
mod kind;
pub mod known;
mod lead;
pub mod lexicon;
pub mod mode;
pub mod name;
mod name_words;
mod office;
pub mod opening;
mod order;
mod origin;
pub mod page;
pub mod parts;
mod passes;
pub mod phrase;
pub mod relation;
mod restated;
mod roll;
mod route_words;
pub mod row;
mod scratch;
mod seat;
pub mod sentence;
pub mod settle;
mod site;
pub mod slots;
mod speaker;
pub mod stage;
mod status;
mod surname;
mod taken_up;
mod title;
pub mod token;
pub mod told;
mod transcript;
pub mod trie;
pub mod unit;
pub mod value;
pub mod vocabulary;
mod way;
mod when;
pub mod words;
pub mod wordset;

pub use self::check::check_examples;

use crate::model::{Article, Block, BlockKind, Document, Extraction};
use crate::schema::confidence::Confidence;
use crate::schema::patterns::Patterns;
use crate::schema::{EntryId, Schema};

use self::attribute::AttributeTable;
use self::claims::Gathered;
use self::count::CountTable;
use self::entity::Linker;
use self::frame::FrameTable;
use self::home::Homes;
use self::lexicon::{Lexicon, SenseKind, class};
use self::page::Page;
use self::parts::Parts;
use self::relation::{Found, relations};
use self::row::{TableHead, TableReader};
use self::scratch::{Pool, Scratch};
use self::sentence::Sentence;
use self::slots::Filler;
use self::token::{Token, TokenKind};
use self::transcript::Speakers;
use self::value::ValueTable;
use self::vocabulary::Vocabulary;
use self::words::Words;

/// Bytes of text that are read at once.
const LONGEST_PART: usize = 256 * 1024;

/// Bytes of a line that tells where and when an article was written.
const LONGEST_DATELINE: usize = 120;

/// Schema and patterns compiled for extraction. Built once, shared by threads.
#[derive(Debug)]
pub struct Extractor<'s> {
    schema: &'s Schema,
    lexicon: Lexicon,
    values: ValueTable,
    parts: Parts,
    vocabulary: Vocabulary,
    frames: FrameTable,
    attributes: AttributeTable,
    counts: CountTable,
    homes: Homes,
    confidence: Confidence,
    tables: TableReader,
    pool: Pool,
}

impl<'s> Extractor<'s> {
    /// Compiles a schema and its patterns. O(names).
    #[must_use]
    pub fn new(schema: &'s Schema, patterns: &Patterns) -> Self {
        let mut lexicon = Lexicon::new(schema, patterns);
        let values = ValueTable::new(&mut lexicon, patterns);
        let parts = Parts::new(schema, &mut lexicon, patterns);
        let vocabulary = Vocabulary::new(&mut lexicon, patterns);
        let frames = FrameTable::new(schema, &mut lexicon, patterns);
        let attributes = AttributeTable::new(schema, &mut lexicon, patterns);
        let counts = CountTable::new(schema, &mut lexicon, patterns);
        let homes = Homes::new(schema, &parts, &patterns.offices);
        let tables = TableReader::new(schema, patterns);
        Self {
            schema,
            lexicon,
            values,
            parts,
            vocabulary,
            frames,
            attributes,
            counts,
            homes,
            confidence: patterns.confidence.clone(),
            tables,
            pool: Pool::default(),
        }
    }

    /// What the document says. `bytes` is the file that it was read from. O(bytes).
    #[must_use]
    pub fn extract(&self, document: &Document, bytes: &[u8]) -> Extraction {
        let mut gathered = Gathered::new(document, bytes);
        for article in &document.articles {
            self.article(article, &mut gathered);
        }
        gathered.finish(self.schema, &self.parts)
    }

    /// The blocks that are read.
    fn pages<'d>(&self, blocks: &'d [Block], words: &mut Words<'_>) -> Vec<Page<'d>> {
        let (mut head, mut over) = (None, None);
        let mut pages = Vec::new();
        let speakers = Speakers::of(blocks);
        for block in blocks {
            if matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Heading) {
                over = Some(block);
            }
            match block.kind {
                BlockKind::TableHead => head = Some(block),
                BlockKind::TableRow => pages.push(Page { head, over, ..words.page(block, 0) }),
                BlockKind::Paragraph | BlockKind::ListItem => {
                    head = None;
                    pages.push(words.page(block, speakers.label_end(block)));
                }
                BlockKind::Heading => head = None,
                BlockKind::Furniture => {}
            }
        }
        pages
    }

    /// Reads an article: at once, or in parts where it is longer than articles are, so that time and memory stay
    /// linear. What points back does not reach over the parts.
    fn article(&self, article: &Article, gathered: &mut Gathered<'_>) {
        gathered.begin(article);
        let mut rest = &article.blocks[..];
        while !rest.is_empty() {
            let mut size = 0;
            let fits = |b: &&Block| {
                size += b.text.text.len();
                size <= LONGEST_PART
            };
            let (part, after) = rest.split_at(rest.iter().take_while(fits).count().max(1));
            self.part(article, part, rest.len() == article.blocks.len(), gathered);
            rest = after;
        }
    }

    /// The first listed way that a headline names, however it is capitalised. O(words).
    fn way_named_in(&self, title: &Page<'_>) -> Option<EntryId> {
        let names = (0..title.tokens.len()).filter_map(|i| {
            let (length, _) = self.lexicon.longest(&title.tokens[i..])?;
            let uses = self.schema.named(title.text(i..i + length)).iter().map(|u| u.entry);
            uses.into_iter().find(|e| Some(self.schema.gazetteer[e.0 as usize].kind) == self.parts.way)
        });
        names.into_iter().next()
    }

    /// The state whose capital stands before the text: "NAIROBI, May 3", "By Jane Doe · Nairobi". O(words).
    fn dateline(&self, blocks: &[Block], words: &mut Words<'_>) -> Option<EntryId> {
        let before = blocks.iter().take_while(|b| b.kind != BlockKind::Paragraph);
        let lines = before.filter(|b| b.kind == BlockKind::Furniture && b.text.text.len() <= LONGEST_DATELINE);
        let capital = |block: &Block| {
            let page = words.page(block, 0);
            let state = |e: &EntryId| Some(self.schema.gazetteer[e.0 as usize].kind) == self.parts.state;
            (0..page.tokens.len()).find_map(|i| {
                let (_, mut senses) = self.lexicon.longest(&page.tokens[i..])?;
                senses.find(|s| s.kind == SenseKind::Metonym).map(|s| EntryId(s.entry)).filter(state)
            })
        };
        lines.filter_map(capital).last()
    }

    fn part(&self, article: &Article, blocks: &[Block], first: bool, gathered: &mut Gathered<'_>) {
        let scratch = self.pool.take();
        let mut words = Words::new(&self.lexicon, scratch.words);
        let title = title_block(article).filter(|_| first);
        let mut pages = self.pages(blocks, &mut words);
        let dated_at = if first { self.dateline(blocks, &mut words) } else { None };
        let title = title.as_ref().map(|t| words.page(t, 0));
        let topic = title.as_ref().and_then(|t| self.way_named_in(t));
        if let Some(title) = title.filter(|t| is_sentence_case(&self.lexicon, t)) {
            pages.insert(0, title);
        }
        let over = article.title.as_ref().map(|t| t.text.as_str());
        let heads = self.tables.heads(self.schema, over, &pages);
        let sentences: Vec<Sentence> = pages
            .iter()
            .enumerate()
            .flat_map(|(index, page)| page.sentences.iter().map(move |s| (index, page, s.clone())))
            .map(|(index, page, tokens)| sentence::read(&self.lexicon, &self.values, &words, page, index, tokens))
            .collect();
        let folds = scratch.folds;
        let mut evidence = evidence::gather(&folds, &self.lexicon, &self.parts, &self.vocabulary, &pages, &sentences);
        self.homes.vote(&self.parts, &pages, &sentences, &mut evidence);
        site::note(&self.lexicon, &self.parts, &self.vocabulary, &pages, &sentences, &mut evidence);
        surname::vote(&self.parts, &pages, &sentences, &mut evidence);
        taken_up::vote(&self.lexicon, &self.parts, &pages, &sentences, &mut evidence);
        self.tables.vote(self.schema, &pages, &heads, &mut evidence);
        let mut linker = Linker::new(self.schema, &self.lexicon, &self.parts, &self.vocabulary, &evidence, &pages);
        linker.today = article.date;
        linker.dated_at = dated_at;
        linker.topic_way = topic.map(|entry| linker.entry(entry));
        let mut found = self.sentences(&mut linker, &pages, &sentences, &heads);
        self.settle(article, &mut linker, &sentences, &mut found);
        let drafts = linker.drafts;
        gathered.add(article, &pages, &sentences, drafts, found, self.schema, &self.parts, &self.confidence);
        self.pool.give(Scratch { words: words.into_table(), folds });
    }

    /// What the sentences say, one by one in their order; then tables of what the article is about, which is known by then.
    fn sentences(
        &self,
        linker: &mut Linker<'_>,
        pages: &[Page<'_>],
        sentences: &[Sentence],
        heads: &[Option<TableHead>],
    ) -> Found {
        let mut found = Found::default();
        for (number, sentence) in sentences.iter().enumerate() {
            if let Some(head) = heads.get(sentence.page).and_then(Option::as_ref) {
                // A row is read by its columns: its words make no sentence.
                if !head.pair {
                    self.tables.read(linker, sentence, number, head, &mut found);
                }
                continue;
            }
            let mut referents = linker.sentence(sentence, number);
            let block = pages[sentence.page].block;
            if block.kind == BlockKind::Heading {
                // The title tells what the article is about, and claims nothing.
                linker.forget_mentions();
                continue;
            }
            let mut filler = Filler {
                linker,
                table: &self.frames,
                sentence,
                referents: &mut referents,
                number,
                expand: false,
                route: false,
                regional: false,
                things: few::Types::new(),
                happening: None,
                targets: Vec::new(),
            };
            if sentence.is_question() || asks(&pages[sentence.page], sentence) {
                // What is asked is not said, but the answer is about it.
                filler.keep_asked();
                continue;
            }
            let before = found.edges.len();
            filler.tell_happenings();
            relations(&mut filler, &mut found);
            echo::echoes(&filler, &mut found);
            roll::rolls(&mut filler, &mut found);
            attribute::attributes(&mut filler, &self.attributes, &mut found);
            count::counts(&mut filler, &self.counts, &mut found);
            filler.keep_described();
            linker.note_reached(&found.edges[before..]);
            linker.note_seats(&found.edges[before..]);
        }
        for (number, sentence) in sentences.iter().enumerate() {
            if let Some(head) = heads.get(sentence.page).and_then(Option::as_ref).filter(|h| h.pair) {
                self.tables.read(linker, sentence, number, head, &mut found);
            }
        }
        found
    }

    /// What only the whole article tells.
    fn settle(&self, article: &Article, linker: &mut Linker<'_>, sentences: &[Sentence], found: &mut Found) {
        when::settle(article.date, &mut found.edges, &mut found.statuses);
        settle::pending_events(linker, &mut found.edges);
        settle::same_things(linker, found);
        order::number_stops(linker.parts, &mut found.edges);
        office::offices_at_home(&self.homes, linker, sentences, found);
        employer::offices_in_bodies(linker, sentences, found);
        settle::through_leaders(&self.homes, linker, &mut found.edges);
        settle::parties_present(linker, &mut found.edges);
        settle::signers_present(linker, &mut found.edges);
        settle::parts_of_topic(linker, &mut found.edges);
        settle::topics_of_agreements(linker, &mut found.edges);
        settle::name_by_ends(linker, &found.edges);
        settle::name_by_places(linker, &found.edges);
        settle::misplaced(linker, &mut found.edges);
        settle::talks_under_way(linker, found);
        settle::hosts_at_home(linker, &mut found.edges);
        settle::states_of_stops(linker, &mut found.edges);
        attribute::settle(&self.attributes, linker, sentences, found);
        settle::whole_sums(self.schema.roles.cost.as_ref(), found);
    }
}

/// "Will the line cross X?" claims nothing.
fn asks(page: &Page<'_>, sentence: &Sentence) -> bool {
    let last = page.tokens[sentence.tokens.clone()].iter().rev().find(|t| !matches!(t.kind, TokenKind::Sign('"' | '\'' | ')')));
    last.is_some_and(|t| t.is_sign('?'))
}

/// The title as a block of its own.
fn title_block(article: &Article) -> Option<Block> {
    let text = article.title.clone()?;
    Some(Block { kind: BlockKind::Heading, text, cells: Vec::new() })
}

/// "China pays for the Lao railway", not "China Pays For The Lao Railway": only then do capitals tell names.
fn is_sentence_case(lexicon: &Lexicon, page: &Page<'_>) -> bool {
    let closed = class::DET | class::PREP | class::CONJ | class::BE | class::SUB | class::BUT | class::MODAL;
    let content = |t: &&Token| t.kind == TokenKind::Word && lexicon.word(t.word).classes & closed == 0 && t.span.len() > 3;
    let lower = page.tokens.iter().filter(content).filter(|t| !t.is_capital()).count();
    lower >= 2
}
