//! The variables that can be seen.

use crate::query::expr::Slot;

/// What a variable is, as far as that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Node,
    Edge,
    Edges,
    Path,
    /// Something that may be a node or an edge.
    Value,
    /// Something that is neither.
    Plain,
}

impl Kind {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Node => "a node",
            Self::Edge => "an edge",
            Self::Edges => "a list of edges",
            Self::Path => "a path",
            Self::Value | Self::Plain => "a value",
        }
    }
}

/// A variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Var {
    pub(super) slot: Slot,
    pub(super) kind: Kind,
}

/// The variables in the order in which they came.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope(Vec<(String, Var)>);

impl Scope {
    pub(super) fn get(&self, name: &str) -> Option<Var> {
        self.0.iter().rev().find(|(n, _)| n == name).map(|(_, v)| *v)
    }

    pub(super) fn set(&mut self, name: &str, var: Var) {
        match self.0.iter_mut().find(|(n, _)| n == name) {
            Some(known) => known.1 = var,
            None => self.0.push((name.to_owned(), var)),
        }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(n, _)| n.as_str())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, Var)> {
        self.0.iter().map(|(n, v)| (n.as_str(), *v))
    }
}
