//! The wordings of pages, as they stand in `graph-schema/patterns/page.ron`: menus,
//! notices, bylines, datelines, credits.
//!
//! This file knows their shape; `source::cues` compiles them and `source` uses them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// `page.ron`. Lists of words are separated by blanks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct PagePatterns {
    /// How a short block begins that is no part of the article.
    pub furniture_starts: Vec<String>,
    /// What a short block has anywhere that is no part of it.
    pub furniture_phrases: Vec<String>,
    /// What a block consists of that is no part of it.
    pub furniture_whole: Vec<String>,
    /// Headings of lists of other things.
    pub related_heads: Vec<String>,
    /// Headings of what ends an article.
    pub closing_heads: Vec<String>,
    /// Headings that are the title of no article.
    pub section_heads: Vec<String>,
    /// How a byline begins.
    pub byline_starts: Vec<String>,
    /// What marks a byline otherwise.
    pub byline_phrases: Vec<String>,
    /// How a line begins that says when it was published.
    pub date_starts: Vec<String>,
    /// The twelve months.
    pub months: String,
    /// Their short forms, in the same order.
    pub months_short: String,
    /// Further forms, with the month's number.
    pub months_other: BTreeMap<String, u8>,
    /// HTML elements that are no part of the article.
    pub elements: String,
    /// Words in `class` and `id` that say so.
    pub classes: String,
    /// `role`s that say so.
    pub roles: String,
    /// Words in `class`, `rel` and `itemprop` that mark who wrote it.
    pub byline_classes: String,
    /// The same for when.
    pub date_classes: String,
    /// What stands before the name of a credited source.
    pub credits_before: Vec<String>,
    /// What stands after it.
    pub credits_after: Vec<String>,
    /// Words at the end of a name that make it an outlet.
    pub outlet_words: Vec<String>,
    /// Outlets whose names do not show it.
    pub outlets: Vec<Outlet>,
}

/// An agency or paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Outlet {
    /// What it is called in answers.
    pub name: String,
    /// How it is credited, its name included.
    pub forms: Vec<String>,
}
