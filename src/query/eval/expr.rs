//! Expressions on a row.

use std::sync::Arc;

use super::{Halt, Machine, Row};
use crate::graph::{ColumnValues, One};
use crate::query::answer::Value;
use crate::query::ast::{CompareOp, Quantifier};
use crate::query::claim;
use crate::query::expr::{BuiltIn, Case, Each, Expr, Property, TypeTest};
use crate::query::ops::{self, Fault, cell, compares, equal, kind};

impl Machine<'_, '_> {
    /// Whether a condition holds; none where that is not known.
    pub(super) fn holds(&self, expr: &Expr, row: &mut Row) -> Result<Option<bool>, Halt> {
        match expr {
            Expr::Compare(op, a, b) => {
                if let Some(known) = self.compare_column(*op, a, b, row) {
                    return Ok(known);
                }
                let (a, b) = (self.eval(a, row)?, self.eval(b, row)?);
                Ok(compares(*op, &a, &b, self.graph))
            }
            Expr::And(items) => {
                let mut known = Some(true);
                for item in items {
                    match self.holds(item, row)? {
                        Some(false) => return Ok(Some(false)),
                        None => known = None,
                        Some(true) => {}
                    }
                }
                Ok(known)
            }
            Expr::Or(items) => {
                let mut known = Some(false);
                for item in items {
                    match self.holds(item, row)? {
                        Some(true) => return Ok(Some(true)),
                        None => known = None,
                        Some(false) => {}
                    }
                }
                Ok(known)
            }
            Expr::Xor(items) => {
                let mut odd = false;
                for item in items {
                    match self.holds(item, row)? {
                        Some(truth) => odd ^= truth,
                        None => return Ok(None),
                    }
                }
                Ok(Some(odd))
            }
            Expr::Not(item) => Ok(self.holds(item, row)?.map(|t| !t)),
            Expr::IsNull(item, negated) => Ok(Some(self.eval(item, row)?.is_null() != *negated)),
            Expr::Exists(plan) => match self.run(plan, row, &mut |_| Err(Halt::Enough)) {
                Ok(()) => Ok(Some(false)),
                Err(Halt::Enough) => Ok(Some(true)),
                Err(other) => Err(other),
            },
            Expr::Quantified(quantifier, each) => self.quantified(*quantifier, each, row),
            Expr::HasType(of, test) => {
                let of = self.eval(of, row)?;
                Ok(self.has_type(&of, test)?)
            }
            _ => match self.eval(expr, row)? {
                Value::Bool(b) => Ok(Some(b)),
                Value::Null => Ok(None),
                other => Err(Fault::Type { what: "WHERE", found: kind(&other) }.into()),
            },
        }
    }

    /// A property of a slot against a value that is fixed, straight from the column.
    #[inline]
    fn compare_column(&self, op: CompareOp, a: &Expr, b: &Expr, row: &Row) -> Option<Option<bool>> {
        let Expr::Property(of, Property { attribute: Some(attribute), built_in: None, .. }) = a else { return None };
        let Expr::Slot(slot) = &**of else { return None };
        let fixed = match b {
            Expr::Const(value) => value,
            Expr::Param(at) => self.param(*at)?,
            _ => return None,
        };
        let (column, id) = match row.slots[*slot] {
            Value::Node(n) => (self.tables.node_column(self.graph.node_type(n), *attribute), n),
            Value::Edge(e) => (self.tables.edge_column(self.graph.edge_type(e), *attribute), e),
            _ => return None,
        };
        let Some(at) = column.and_then(|c| c.position(id)) else { return Some(None) };
        match (column?.values, fixed) {
            (ColumnValues::Int(values), Value::Int(i)) => Some(Some(ops::holds(op, values.get(at)?.cmp(i)))),
            (ColumnValues::Text(values), Value::Sym(s)) => Some(Some(ops::holds(op, values.get(at)?.cmp(s)))),
            _ => None,
        }
    }

    pub(super) fn eval(&self, expr: &Expr, row: &mut Row) -> Result<Value, Halt> {
        Ok(match expr {
            Expr::Const(value) => value.clone(),
            Expr::Param(at) => self.param(*at).cloned().unwrap_or_default(),
            Expr::Slot(slot) => row.slots[*slot].clone(),
            Expr::Property(of, property) => match &**of {
                Expr::Slot(slot) => self.property(&row.slots[*slot], property)?,
                of => {
                    let of = self.eval(of, row)?;
                    self.property(&of, property)?
                }
            },
            Expr::Index(list, at) => {
                let (list, at) = (self.eval(list, row)?, self.eval(at, row)?);
                self.index(&list, &at)?
            }
            Expr::Slice(list, from, to) => self.slice(list, from.as_deref(), to.as_deref(), row)?,
            Expr::List(items) => Value::List(items.iter().map(|e| self.eval(e, row)).collect::<Result<_, _>>()?),
            Expr::Map(items) => {
                Value::Map(items.iter().map(|(n, e)| Ok((n.clone(), self.eval(e, row)?))).collect::<Result<_, Halt>>()?)
            }
            Expr::Minus(of) => minus(&self.eval(of, row)?)?,
            Expr::Binary(op, a, b) => {
                let (a, b) = (self.eval(a, row)?, self.eval(b, row)?);
                ops::binary(*op, &a, &b, self.graph)?
            }
            Expr::Call(function, args) => {
                let args = args.iter().map(|e| self.eval(e, row)).collect::<Result<Vec<_>, _>>()?;
                if !function.nulls && args.iter().any(Value::is_null) {
                    return Ok(Value::Null);
                }
                match (&self.lens, args.as_slice()) {
                    (Some(lens), [of]) if function.evidence => claim::seen(function, of, lens, self.graph)?,
                    _ => (function.run)(&args, self.graph)?,
                }
            }
            Expr::Case(case) => self.case(case, row)?,
            Expr::Collect(plan, map) => {
                let mut items = Vec::new();
                self.run(plan, row, &mut |row| {
                    items.push(self.eval(map, row)?);
                    Ok(())
                })?;
                Value::List(items.into())
            }
            Expr::Comprehension(each) => self.comprehension(each, row)?,
            Expr::HasType(..)
            | Expr::Not(_)
            | Expr::Compare(..)
            | Expr::And(_)
            | Expr::Or(_)
            | Expr::Xor(_)
            | Expr::IsNull(..)
            | Expr::Exists(_)
            | Expr::Quantified(..) => ops::truth(self.holds(expr, row)?),
        })
    }

    pub(super) fn property(&self, of: &Value, property: &Property) -> Result<Value, Fault> {
        match of {
            Value::Null => Ok(Value::Null),
            Value::Node(n) => Ok(self.attribute(property, true, *n).unwrap_or_else(|| self.node_built_in(*n, property.built_in))),
            Value::Edge(e) => {
                Ok(self.attribute(property, false, *e).unwrap_or_else(|| self.edge_built_in(*e, property.built_in)))
            }
            Value::Map(items) => Ok(lookup(items, &property.name)),
            Value::Quantity(q) => Ok(match &*property.name {
                "text" => Value::Text(q.text.clone()),
                "number" => q.number.map_or(Value::Null, Value::Float),
                "unit" => q.unit.clone().map_or(Value::Null, Value::Text),
                _ => Value::Null,
            }),
            Value::Evidence(claims) => claim::property(claims, &property.name, self.graph),
            other => Err(Fault::Type { what: ".", found: kind(other) }),
        }
    }

    fn attribute(&self, property: &Property, node: bool, id: u32) -> Option<Value> {
        let attribute = property.attribute?;
        Some(match self.tables.value(node, id, attribute)? {
            One::Int(whole) => Value::Int(whole),
            One::Float(number) => Value::Float(number),
            One::Text(string) => Value::Sym(string),
            One::Other(value) => cell(value),
        })
    }

    fn node_built_in(&self, node: u32, built_in: Option<BuiltIn>) -> Value {
        let graph = self.graph;
        match built_in {
            Some(BuiltIn::Name) => self.tables.name(node).map_or(Value::Null, Value::Sym),
            Some(BuiltIn::Id) => Value::text(graph.id(node)),
            Some(BuiltIn::Type) => Value::text(graph.node_type_name(graph.node_type(node))),
            Some(BuiltIn::Aliases) => Value::List(graph.aliases(node).map(Value::text).collect()),
            Some(BuiltIn::World) => Value::Bool(graph.is_world_node(node)),
            _ => Value::Null,
        }
    }

    fn edge_built_in(&self, edge: u32, built_in: Option<BuiltIn>) -> Value {
        let graph = self.graph;
        let date = |d: Option<crate::model::PartialDate>| d.map_or(Value::Null, |d| Value::text(&d.to_string()));
        let counted = || graph.claims(edge).filter(|c| self.lens.is_none_or(|lens| lens.counts(c)));
        match built_in {
            Some(BuiltIn::Type) => Value::text(graph.edge_type_name(graph.edge_type(edge))),
            Some(BuiltIn::Mode) => {
                let mode = self.lens.map_or_else(|| Some(graph.mode(edge)), |lens| lens.mode(edge));
                mode.map_or(Value::Null, |m| Value::text(m.as_str()))
            }
            Some(BuiltIn::Sources) => {
                let count = self.lens.map_or_else(|| graph.source_count(edge), |lens| lens.sources([edge]).len() as u32);
                Value::Int(i64::from(count))
            }
            Some(BuiltIn::World) => Value::Bool(graph.is_world_edge(edge)),
            Some(BuiltIn::Date) => date(counted().filter_map(|c| c.when()).last()),
            Some(BuiltIn::Asserted) => date(counted().filter_map(|c| c.asserted()).last()),
            _ => Value::Null,
        }
    }

    fn has_type(&self, of: &Value, test: &TypeTest) -> Result<Option<bool>, Fault> {
        let (kind_of, lists) = match of {
            Value::Null => return Ok(None),
            Value::Node(n) => (self.graph.node_type(*n), &test.nodes),
            Value::Edge(e) => (self.graph.edge_type(*e), &test.edges),
            other => return Err(Fault::Type { what: ":", found: kind(other) }),
        };
        Ok(Some(lists.iter().all(|any| any.contains(&kind_of))))
    }

    fn index(&self, list: &Value, at: &Value) -> Result<Value, Fault> {
        match (list, at) {
            (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
            (Value::List(items), Value::Int(i)) => {
                Ok(place(*i, items.len()).and_then(|i| items.get(i)).cloned().unwrap_or_default())
            }
            (Value::List(_), other) => Err(Fault::Type { what: "[]", found: kind(other) }),
            (Value::Evidence(claims), Value::Int(i)) => {
                let at = place(*i, claims.len()).and_then(|i| claims.get(i));
                Ok(at.map_or(Value::Null, |&c| Value::Evidence([c].into())))
            }
            (Value::Map(items), name) => match name.as_str(self.graph) {
                Some(name) => Ok(lookup(items, name)),
                None => Err(Fault::Type { what: "[]", found: kind(name) }),
            },
            (Value::Node(_) | Value::Edge(_), name) => {
                let Some(name) = name.as_str(self.graph) else { return Err(Fault::Type { what: "[]", found: kind(name) }) };
                let property =
                    Property { name: Arc::from(name), attribute: self.graph.attribute_id(name), built_in: BuiltIn::find(name) };
                self.property(list, &property)
            }
            (other, _) => Err(Fault::Type { what: "[]", found: kind(other) }),
        }
    }

    fn slice(&self, list: &Expr, from: Option<&Expr>, to: Option<&Expr>, row: &mut Row) -> Result<Value, Halt> {
        let list = self.eval(list, row)?;
        let bound = |e: Option<&Expr>, row: &mut Row| e.map(|e| self.eval(e, row)).transpose();
        let (from, to) = (bound(from, row)?, bound(to, row)?);
        let items = match ops::listed(&list) {
            Some(items) => items,
            None if list.is_null() => return Ok(Value::Null),
            None => return Err(Fault::Type { what: "[..]", found: kind(&list) }.into()),
        };
        let end = |of: Option<Value>, missing: usize| match of {
            None => Ok(Some(missing)),
            Some(Value::Null) => Ok(None),
            Some(Value::Int(i)) => Ok(Some(clamp(i, items.len()))),
            Some(other) => Err(Fault::Type { what: "[..]", found: kind(&other) }),
        };
        let (Some(from), Some(to)) = (end(from, 0)?, end(to, items.len())?) else { return Ok(Value::Null) };
        Ok(Value::List(items.get(from..to).unwrap_or_default().into()))
    }

    fn case(&self, case: &Case, row: &mut Row) -> Result<Value, Halt> {
        let subject = case.subject.as_ref().map(|e| self.eval(e, row)).transpose()?;
        for (when, then) in &case.branches {
            let hit = match &subject {
                Some(subject) => {
                    let when = self.eval(when, row)?;
                    equal(subject, &when, self.graph)
                }
                None => self.holds(when, row)?,
            };
            if hit == Some(true) {
                return self.eval(then, row);
            }
        }
        case.otherwise.as_ref().map_or(Ok(Value::Null), |e| self.eval(e, row))
    }

    /// The items of a list; none for null.
    fn items(&self, list: &Expr, row: &mut Row) -> Result<Option<Arc<[Value]>>, Halt> {
        let list = self.eval(list, row)?;
        match ops::listed(&list) {
            None if !list.is_null() => Err(Fault::Type { what: "IN", found: kind(&list) }.into()),
            items => Ok(items),
        }
    }

    fn comprehension(&self, each: &Each, row: &mut Row) -> Result<Value, Halt> {
        let Some(items) = self.items(&each.list, row)? else { return Ok(Value::Null) };
        let mut out = Vec::new();
        for item in items.iter() {
            self.poll()?;
            row.slots[each.slot] = item.clone();
            if let Some(filter) = &each.filter
                && self.holds(filter, row)? != Some(true)
            {
                continue;
            }
            out.push(match &each.map {
                Some(map) => self.eval(map, row)?,
                None => item.clone(),
            });
        }
        Ok(Value::List(out.into()))
    }

    fn quantified(&self, quantifier: Quantifier, each: &Each, row: &mut Row) -> Result<Option<bool>, Halt> {
        let Some(items) = self.items(&each.list, row)? else { return Ok(None) };
        let (mut hits, mut misses, mut unknown) = (0u32, false, false);
        for item in items.iter() {
            self.poll()?;
            row.slots[each.slot] = item.clone();
            let held = each.filter.as_ref().map_or(Ok(Some(true)), |f| self.holds(f, row))?;
            match held {
                Some(true) => hits += 1,
                Some(false) => misses = true,
                None => unknown = true,
            }
        }
        Ok(match quantifier {
            Quantifier::All if misses => Some(false),
            Quantifier::Any if hits > 0 => Some(true),
            Quantifier::None if hits > 0 => Some(false),
            Quantifier::Single if hits > 1 => Some(false),
            _ if unknown => None,
            Quantifier::All | Quantifier::None => Some(true),
            Quantifier::Any => Some(false),
            Quantifier::Single => Some(hits == 1),
        })
    }
}

/// `-x`: nothing of nothing.
fn minus(of: &Value) -> Result<Value, Fault> {
    Ok(match of {
        Value::Null => Value::Null,
        Value::Int(i) => Value::Int(i.checked_neg().ok_or(Fault::Overflow)?),
        other => Value::Float(-other.number().ok_or(Fault::Type { what: "-", found: kind(other) })?),
    })
}

fn lookup(items: &[(Arc<str>, Value)], name: &str) -> Value {
    items.iter().find(|(n, _)| &**n == name).map(|(_, v)| v.clone()).unwrap_or_default()
}

/// Where index `i` stands in a list, from the end if below zero.
fn place(i: i64, len: usize) -> Option<usize> {
    let at = if i < 0 { i.checked_add(i64::try_from(len).ok()?)? } else { i };
    usize::try_from(at).ok()
}

/// As [`place`], at the ends where it is beyond them.
fn clamp(i: i64, len: usize) -> usize {
    place(i, len).unwrap_or(0).min(len)
}
