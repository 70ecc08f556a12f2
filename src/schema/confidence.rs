//! How far claims can be believed, by rule, as it stands in `graph-schema/patterns/confidence.ron`.
//!
//! The figures are measured on annotated documents by `examples/evaluate`; nothing here measures.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How sure a claim is, by the rule that made it: the share of such claims that annotated documents bear out.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Confidence {
    /// Of a rule that has not been measured, per mille.
    pub unmeasured: u16,
    /// What each sentence that a pronoun reached back leaves of it, per mille.
    pub per_sentence: u16,
    /// By the rule's id, per mille.
    pub rules: BTreeMap<String, u16>,
}

impl Default for Confidence {
    fn default() -> Self {
        Self { unmeasured: 750, per_sentence: 930, rules: BTreeMap::new() }
    }
}

impl Confidence {
    /// How sure a claim of this rule is whose anaphora reached back so many sentences, per mille.
    #[must_use]
    pub fn of(&self, rule: &str, distance: usize) -> u16 {
        let base = u32::from(self.rules.get(rule).copied().unwrap_or(self.unmeasured).min(1000));
        let kept = |sure: u32, _| sure * u32::from(self.per_sentence.min(1000)) / 1000;
        (0..distance.min(8)).fold(base, kept) as u16
    }
}
