//! Conditions on an edge's own attributes, asked of the columns before a row is made.

use super::Machine;
use crate::graph::{ColumnValues, ValueColumn};
use crate::query::answer::Value;
use crate::query::ast::CompareOp;
use crate::query::expr::{Expr, Property};
use crate::query::ops::{self, cell, compares};

/// A condition on edges of one type: what is compared, and with what.
pub(super) enum Test<'m> {
    /// Whole numbers with a whole number.
    Ints(&'m ValueColumn<'m>, &'m [i64], CompareOp, i64),
    /// Anything; without a column it is known of no edge.
    Any(Option<&'m ValueColumn<'m>>, CompareOp, Value),
}

impl<'g> Machine<'_, 'g> {
    /// The conditions of a step for one type of edge, fixed values and columns looked up.
    pub(super) fn tests<'m>(&'m self, tests: &[Expr], kind: u16) -> Vec<Test<'m>> {
        let test = |test: &Expr| {
            let Expr::Compare(op, a, b) = test else { return None };
            let Expr::Property(_, Property { attribute: Some(attribute), .. }) = &**a else { return None };
            let value = match &**b {
                Expr::Const(value) => value.clone(),
                Expr::Param(at) => self.param(*at).cloned().unwrap_or_default(),
                _ => return None,
            };
            let column = self.tables.edge_column(kind, *attribute);
            Some(match (column, column.map(|c| c.values), &value) {
                (Some(column), Some(ColumnValues::Int(values)), Value::Int(i)) => Test::Ints(column, values, *op, *i),
                (column, ..) => Test::Any(column, *op, value),
            })
        };
        tests.iter().filter_map(test).collect()
    }

    /// Whether all conditions hold of an edge.
    #[inline]
    pub(super) fn hold(&self, tests: &[Test<'_>], edge: u32) -> bool {
        tests.iter().all(|test| match test {
            Test::Ints(column, values, op, wanted) => {
                column.position(edge).and_then(|at| values.get(at)).is_some_and(|v| ops::holds(*op, v.cmp(wanted)))
            }
            Test::Any(column, op, wanted) => {
                let value = column.and_then(|c| c.get(edge)).map_or(Value::Null, cell);
                compares(*op, &value, wanted, self.graph) == Some(true)
            }
        })
    }
}
