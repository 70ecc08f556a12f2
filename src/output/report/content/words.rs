//! Words of a briefing: names with their modes, facts, wordings of edges.

use crate::graph::ValueRef;
use crate::model::{Mode, PartialDate};
use crate::output::cell::number;

use super::{NAMES, Tie, Writer};

impl Writer<'_, '_> {
    /// `length 4,256 km or 4,000 km`; what a thing is (its kind, how far it has come) without the attribute's name.
    pub(super) fn fact(&self, node: u32, attribute: u16, claims: &mut Vec<u32>) -> String {
        let mut values: Vec<String> = Vec::new();
        for fact in self.graph.node_facts(node, attribute) {
            let given: Vec<_> = fact.claims().collect();
            if !given.is_empty() && given.iter().all(|c| c.mode() == Mode::Denied) {
                continue;
            }
            claims.extend(given.iter().filter(|c| !c.is_world()).map(|c| c.index));
            let value = plain(&value(fact.value));
            if !values.contains(&value) {
                values.push(value);
            }
        }
        let id = self.graph.attribute_name(attribute);
        let roles = &self.schema.roles;
        let is = |role: &Option<std::sync::Arc<str>>| role.as_deref() == Some(id);
        let values_said = values.join(" or ");
        if values.is_empty() || is(&roles.kind) || is(&roles.status) {
            return values_said;
        }
        let name = plain(id);
        format!("{} {values_said}", name.strip_suffix(" km").unwrap_or(&name))
    }

    /// Names with what is not actual, or amounts, in brackets; a mode that all share is said once.
    pub(super) fn names(&self, ties: &[Tie]) -> String {
        let shared = self.shared_mode(ties.iter().map(|t| t.2));
        let name = |t: &Tie| self.name_with(t.1, self.amount(t.2), if shared.is_some() { None } else { self.said_mode(t.2) });
        let mut names: Vec<String> = ties.iter().take(NAMES).map(name).collect();
        if ties.len() > NAMES {
            names.push(format!("{} more", ties.len() - NAMES));
        }
        let names = names.join(", ");
        match shared {
            Some(mode) => format!("{names} (all {mode})"),
            None => names,
        }
    }

    /// The mode of several edges, where it is one and not that of facts.
    pub(super) fn shared_mode(&self, edges: impl ExactSizeIterator<Item = u32>) -> Option<&'static str> {
        let many = edges.len() > 1;
        let mut modes = edges.map(|e| self.graph.mode(e));
        let first = modes.next().filter(|&m| many && m != Mode::Actual)?;
        modes.all(|m| m == first).then(|| first.as_str())
    }

    /// The mode of an edge, unless it is a fact.
    pub(super) fn said_mode(&self, edge: u32) -> Option<&'static str> {
        let mode = self.graph.mode(edge);
        (mode != Mode::Actual).then(|| mode.as_str())
    }

    pub(super) fn amount(&self, edge: u32) -> Option<String> {
        self.graph.edge_attributes(edge).find_map(|(_, v)| match v {
            ValueRef::Quantity { text, .. } => Some(text.to_owned()),
            ValueRef::Bool(_) | ValueRef::Int(_) | ValueRef::Float(_) | ValueRef::Text(_) | ValueRef::List(_) => None,
        })
    }

    pub(super) fn name_with(&self, node: u32, amount: Option<String>, mode: Option<&str>) -> String {
        let notes: Vec<String> = amount.into_iter().chain(mode.map(str::to_owned)).collect();
        let name = self.graph.name(node);
        if notes.is_empty() { name.to_owned() } else { format!("{name} ({})", notes.join(", ")) }
    }

    pub(super) fn wording(&self, kind: u16, forward: bool) -> String {
        let name = self.graph.edge_type_name(kind);
        let known = self.schema.edge_type(name).and_then(|t| self.schema.edge_types.get(t.0 as usize));
        let said = known.and_then(|t| if forward || t.symmetric { t.forward.first() } else { t.backward.first() });
        said.cloned().unwrap_or_else(|| plain(name))
    }

    /// What edges tie to a node, a part for each type and direction: `is funded by Japan, Korea (planned)`.
    pub(super) fn tied(&self, node: u32, forward: bool, skip: &[u16], claims: &mut Vec<u32>) -> Vec<String> {
        let all: Vec<Tie> = if forward { self.graph.all_out(node).collect() } else { self.graph.all_incoming(node).collect() };
        let ties: Vec<Tie> = all.into_iter().filter(|t| !skip.contains(&t.0) && !self.graph.is_world_edge(t.2)).collect();
        claims.extend(ties.iter().flat_map(|t| self.graph.claims(t.2)).map(|c| c.index));
        let part = |g: &[Tie]| format!("{} {}", self.wording(g.first().map_or(0, |t| t.0), forward), self.names(g));
        ties.chunk_by(|a, b| a.0 == b.0).map(part).collect()
    }
}

fn value(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Bool(b) => b.to_string(),
        ValueRef::Int(i) => i.to_string(),
        ValueRef::Float(x) => number(x),
        ValueRef::Text(text) | ValueRef::Quantity { text, .. } => yearless(text).unwrap_or_else(|| text.to_owned()),
        ValueRef::List(list) => list.iter().map(self::value).collect::<Vec<_>>().join(", "),
    }
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// A date of which no text says the year, as people write it: `August`, `9 August`.
pub(super) fn yearless(date: &str) -> Option<String> {
    let date = date.parse::<PartialDate>().ok().filter(|d| d.year.is_none())?;
    let month = MONTHS.get(usize::from(date.month?).checked_sub(1)?)?;
    Some(date.day.map_or_else(|| (*month).to_owned(), |day| format!("{day} {month}")))
}

/// Words of the schema as people write them.
pub(super) fn plain(word: &str) -> String {
    word.replace('_', " ")
}

/// `3 corridors`, `1 corridor`.
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::yearless;

    #[test]
    fn months_without_a_year_are_named() {
        assert_eq!(yearless("--08").as_deref(), Some("August"));
        assert_eq!(yearless("--12-09").as_deref(), Some("9 December"));
        assert_eq!((yearless("2025-08"), yearless("--"), yearless("August"), yearless("--13")), (None, None, None, None));
    }
}
