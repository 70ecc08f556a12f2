//! The node and edge types that reading needs, found in the schema by the names that
//! `parts.ron` gives: the only place where extraction asks for a type by its part.

use crate::schema::patterns::Patterns;
use crate::schema::{EdgeTypeId, NodeTypeId, Schema};

use super::lexicon::{Lexicon, WordId};

/// Ids by part; `None` where the schema has no such thing.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each field is the part it is named after; see parts.ron")]
pub struct Parts {
    pub state: Option<NodeTypeId>,
    pub region: Option<NodeTypeId>,
    pub place: Option<NodeTypeId>,
    pub way: Option<NodeTypeId>,
    pub organisation: Option<NodeTypeId>,
    pub agreement: Option<NodeTypeId>,
    pub project: Option<NodeTypeId>,
    pub event: Option<NodeTypeId>,
    pub person: Option<NodeTypeId>,
    pub commodity: Option<NodeTypeId>,
    pub touches: Option<EdgeTypeId>,
    pub leads: Option<EdgeTypeId>,
    pub within: Option<EdgeTypeId>,
    pub member: Option<EdgeTypeId>,
    pub takes_part: Option<EdgeTypeId>,
    pub part_of: Option<EdgeTypeId>,
    pub carries: Option<EdgeTypeId>,
    pub adopted_at: Option<EdgeTypeId>,
    pub party: Option<EdgeTypeId>,
    pub hosts: Option<EdgeTypeId>,
    pub concerns: Option<EdgeTypeId>,
    pub avoids: Option<EdgeTypeId>,
    pub builds: Option<EdgeTypeId>,
    pub proposes: Option<EdgeTypeId>,
    pub length: Option<String>,
    /// Nouns that a body is said to be: "contractor", "lender".
    pub body_roles: Vec<WordId>,
    /// Offices, by number, that firms have as well as persons: "the consultant Penspen".
    pub firm_trades: Vec<u32>,
    /// Nouns of money that one gives another.
    pub lending: Vec<WordId>,
    /// Lemmas of verbs that a way joins places by.
    pub joining: Vec<WordId>,
    /// Lemmas of verbs of saying.
    pub saying: Vec<WordId>,
    /// Lemmas of verbs that bodies and states are the subjects of.
    pub acting: Vec<WordId>,
    /// Lemmas of verbs of running a place.
    pub operating: Vec<WordId>,
    /// Verbs whose unlisted object is most likely a happening.
    pub attending: Vec<WordId>,
    /// Verbs whose unlisted object is most likely a way.
    pub laying: Vec<WordId>,
}

impl Parts {
    /// Looks the names up.
    #[must_use]
    pub fn new(schema: &Schema, lexicon: &mut Lexicon, patterns: &Patterns) -> Self {
        let p = &patterns.parts;
        let node = |name: &Option<String>| name.as_deref().and_then(|n| schema.node_type(n));
        let edge = |name: &Option<String>| name.as_deref().and_then(|n| schema.edge_type(n));
        Self {
            state: node(&p.state),
            region: node(&p.region),
            place: node(&p.place),
            way: node(&p.way),
            organisation: node(&p.organisation),
            agreement: node(&p.agreement),
            project: node(&p.project),
            event: node(&p.event),
            person: node(&p.person),
            commodity: node(&p.commodity),
            touches: edge(&p.touches),
            leads: edge(&p.leads),
            within: edge(&p.within),
            member: edge(&p.member),
            takes_part: edge(&p.takes_part),
            part_of: edge(&p.part_of),
            carries: edge(&p.carries),
            adopted_at: edge(&p.adopted_at),
            party: edge(&p.party),
            hosts: edge(&p.hosts),
            concerns: edge(&p.concerns),
            avoids: edge(&p.avoids),
            builds: edge(&p.builds),
            proposes: edge(&p.proposes),
            length: p.length.clone(),
            body_roles: p.body_roles.split_whitespace().map(|w| lexicon.add_form(w)).collect(),
            firm_trades: numbers(lexicon, &p.firm_trades),
            lending: p.lending.split_whitespace().map(|w| lexicon.add_form(w)).collect(),
            joining: p.joining.split_whitespace().map(|w| lexicon.add_form(w)).collect(),
            saying: p.saying.split_whitespace().map(|w| lexicon.add_form(w)).collect(),
            acting: p.acting.split_whitespace().map(|w| lexicon.add_form(w)).collect(),
            operating: p.operating.split_whitespace().map(|w| lexicon.add_form(w)).collect(),
            attending: p.attending.split_whitespace().map(|w| lexicon.add_form(w)).collect(),
            laying: p.laying.split_whitespace().map(|w| lexicon.add_form(w)).collect(),
        }
    }
}

/// The numbers of these offices.
fn numbers(lexicon: &Lexicon, words: &str) -> Vec<u32> {
    let wanted = |name: &str| words.split_whitespace().any(|w| w == name);
    (0..).zip(&lexicon.offices).filter(|(_, (name, _))| wanted(name)).map(|(number, _)| number).collect()
}
