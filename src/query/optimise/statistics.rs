//! Guesses at how many rows there will be, from the counts that the graph keeps.

use crate::graph::FrozenGraph;
use crate::query::ast::{CompareOp, Direction};
use crate::query::expr::{BuiltIn, Expr, Slot};

pub(super) struct Statistics<'g> {
    graph: &'g FrozenGraph,
}

impl<'g> Statistics<'g> {
    pub(super) fn new(graph: &'g FrozenGraph) -> Self {
        Self { graph }
    }

    /// How many nodes are of some types; of any without.
    pub(super) fn nodes(&self, kinds: Option<&[u16]>) -> f64 {
        match kinds {
            None => f64::from(self.graph.node_count()),
            Some(kinds) => kinds.iter().map(|&k| f64::from(self.graph.count_of_type(k))).sum(),
        }
    }

    /// How many edges of some types run from nodes of some types to nodes of some types.
    fn edges(&self, kinds: &[u16], from: Option<&[u16]>, to: Option<&[u16]>) -> f64 {
        let fits = |kinds: Option<&[u16]>, kind: u32| kinds.is_none_or(|k| k.iter().any(|&k| u32::from(k) == kind));
        let counted = |e: &&crate::graph::Ends| fits(Some(kinds), e.edge) && fits(from, e.from) && fits(to, e.to);
        self.graph.ends().iter().filter(counted).map(|e| f64::from(e.count)).sum()
    }

    /// How many edges fit a step at all.
    pub(super) fn steps(&self, kinds: &[u16], towards: Direction, from: Option<&[u16]>, to: Option<&[u16]>) -> f64 {
        match towards {
            Direction::Out => self.edges(kinds, from, to),
            Direction::In => self.edges(kinds, to, from),
            Direction::Either => self.edges(kinds, from, to) + self.edges(kinds, to, from),
        }
    }

    /// How many steps one node of `from` has on average.
    pub(super) fn growth(&self, kinds: &[u16], towards: Direction, from: Option<&[u16]>, to: Option<&[u16]>) -> f64 {
        self.steps(kinds, towards, from, to) / self.nodes(from).max(1.0)
    }

    /// Whether every edge of the types ends, this way, at a node of `to`.
    pub(super) fn always_leads_to(&self, kinds: &[u16], towards: Direction, to: &[u16]) -> bool {
        let fits = |kind: u32| to.iter().any(|&k| u32::from(k) == kind);
        let of = self.graph.ends().iter().filter(|e| e.count > 0 && kinds.iter().any(|&k| u32::from(k) == e.edge));
        of.into_iter().all(|e| match towards {
            Direction::Out => fits(e.to),
            Direction::In => fits(e.from),
            Direction::Either => fits(e.from) && fits(e.to),
        })
    }

    /// What share of rows a condition lets through; a name lets through one of them all.
    pub(super) fn share(&self, filter: &Expr, slot: Slot) -> f64 {
        match filter {
            Expr::Compare(CompareOp::Equal, ..) if fixed_name(filter, slot, &[]).is_some() => {
                1.0 / f64::from(self.graph.node_count()).max(1.0)
            }
            Expr::Compare(CompareOp::Equal, ..) => 0.1,
            Expr::Compare(CompareOp::Unequal, ..) => 0.9,
            Expr::Compare(..) => 0.3,
            Expr::Binary(..) => 0.2,
            _ => 0.5,
        }
    }
}

/// What says which node a slot is: its name or its id, and by what that is given.
pub(super) enum Identity<'e> {
    Name(&'e Expr),
    Id(&'e Expr),
}

/// `slot.name = 'x'`, either way round, where the other side is fixed or bound before; also `slot.id`.
pub(super) fn fixed_name<'e>(filter: &'e Expr, slot: Slot, bound: &[Slot]) -> Option<Identity<'e>> {
    let Expr::Compare(CompareOp::Equal, a, b) = filter else { return None };
    let is_known = |value: &Expr| value.is_fixed() || matches!(value, Expr::Slot(s) if bound.contains(s));
    [(a, b), (b, a)].into_iter().find_map(|(of, value)| {
        let Expr::Property(owner, property) = &**of else { return None };
        if !matches!(**owner, Expr::Slot(s) if s == slot) || property.attribute.is_some() || !is_known(value) {
            return None;
        }
        match property.built_in {
            Some(BuiltIn::Name) => Some(Identity::Name(value)),
            Some(BuiltIn::Id) => Some(Identity::Id(value)),
            _ => None,
        }
    })
}
