//! What each stage made of a text, for people who write patterns.

use std::fmt::Write as _;

use super::page::Page;
use super::sentence::Sentence;
use super::unit::Tag;
use super::{Extractor, sentence};
use crate::model::{Article, Document};

/// A stage of extraction that can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Units with their tags.
    Tokens,
    /// Names and values.
    Mentions,
    /// Clauses with subjects, objects and prepositions.
    Clauses,
}

impl Extractor<'_> {
    /// A stage of a document as text, a line an item. O(bytes).
    #[must_use]
    pub fn stage(&self, document: &Document, stage: Stage) -> String {
        let mut out = String::new();
        for article in &document.articles {
            self.article_stage(article, stage, &mut out);
        }
        out
    }

    fn article_stage(&self, article: &Article, stage: Stage, out: &mut String) {
        let mut words = super::words::Words::new(&self.lexicon, super::words::WordTable::default());
        let pages = self.pages(&article.blocks, &mut words);
        for (index, page) in pages.iter().enumerate() {
            for tokens in &page.sentences {
                let sentence = sentence::read(&self.lexicon, &self.values, &words, page, index, tokens.clone());
                let _ = writeln!(out, "# {}", page.text(tokens.clone()));
                match stage {
                    Stage::Tokens => tokens_of(page, &sentence, out),
                    Stage::Mentions => mentions_of(page, &sentence, out),
                    Stage::Clauses => self.clauses_of(page, &sentence, out),
                }
            }
        }
    }

    fn clauses_of(&self, page: &Page<'_>, sentence: &Sentence, out: &mut String) {
        let phrase = |p: usize| {
            let units = &sentence.units.units;
            let data = &sentence.elements.phrases[p];
            page.text(units[data.units.start].tokens.start..units[data.units.end - 1].tokens.end).to_owned()
        };
        let group = |g: usize| sentence.group(g).iter().map(|&p| phrase(p)).collect::<Vec<_>>().join(" + ");
        for (index, clause) in sentence.clauses.list.iter().enumerate() {
            let Some(verb) = clause.verb.map(|v| &sentence.elements.verbs[v]) else { continue };
            let mode = super::mode::clause_mode(&self.lexicon, sentence, index);
            let voice = if verb.passive { " passive" } else { "" };
            let _ = write!(out, "{:?}{voice} {} ({mode})", clause.link, self.lexicon.form(verb.lemma));
            if let Some(subject) = clause.subject {
                let _ = write!(out, "  subject: {}", group(subject));
            }
            for &object in &clause.objects {
                let _ = write!(out, "  object: {}", group(object));
            }
            for &attached in &clause.attached {
                let attached = &sentence.clauses.attached[attached];
                let _ = write!(out, "  {}: {}", self.lexicon.form(attached.prep), group(attached.group));
            }
            out.push('\n');
        }
        for (index, data) in sentence.elements.phrases.iter().enumerate() {
            if let Some(renamed) = data.renames {
                let _ = writeln!(out, "{} renames {}", phrase(index), phrase(renamed));
            }
            if let Some(spelt) = data.spelt_out {
                let _ = writeln!(out, "{} is spelt out by {}", phrase(index), group(spelt));
            }
        }
    }
}

fn tokens_of(page: &Page<'_>, sentence: &Sentence, out: &mut String) {
    for unit in &sentence.units.units {
        let _ = writeln!(out, "{}\t{:?}", page.text(unit.tokens.clone()), unit.tag);
    }
}

fn mentions_of(page: &Page<'_>, sentence: &Sentence, out: &mut String) {
    for unit in &sentence.units.units {
        match (unit.tag, unit.name, unit.value) {
            (Tag::Name, Some(name), _) => {
                let _ = writeln!(out, "{}\t{:?}", page.text(unit.tokens.clone()), sentence.units.names[name as usize].kind);
            }
            (Tag::Value, _, Some(value)) => {
                let _ = writeln!(out, "{}\t{:?}", page.text(unit.tokens.clone()), sentence.units.values[value as usize].kind);
            }
            (Tag::Office(_), ..) => {
                let _ = writeln!(out, "{}\toffice", page.text(unit.tokens.clone()));
            }
            _ => {}
        }
    }
}
