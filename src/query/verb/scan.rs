//! The first steps of sentences about ways: each way, those that go where they should, without those that pass what is
//! avoided. What is found out of a way on the steps is kept for the later ones.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::outline::{Outline, nodes};
use super::routes::{Judged, Wanted, carries_all};
use super::ways::Way;
use crate::query::answer::Value;

/// What the steps of a sentence know of ways.
#[derive(Default)]
pub(super) struct Scanned {
    /// The ways that came in, by node.
    pub(super) ways: RefCell<BTreeMap<u32, Way>>,
    /// Those that were judged, with what is said of what is avoided.
    judged: RefCell<BTreeMap<u32, Judged>>,
    /// Those that the world's word alone left out.
    pub(super) by_world: RefCell<Vec<u32>>,
}

impl Scanned {
    /// What is known of the ways among items, in their order: no longer kept here.
    pub(super) fn take_judged(&self, items: &[Value]) -> Vec<Judged> {
        let mut judged = self.judged.borrow_mut();
        nodes(items).filter_map(|n| judged.remove(&n)).collect()
    }

    /// The ways among items, in their order: no longer kept here.
    pub(super) fn take_ways(&self, items: &[Value]) -> Vec<Way> {
        let mut ways = self.ways.borrow_mut();
        nodes(items).filter_map(|n| ways.remove(&n)).collect()
    }
}

/// `scan ways`.
pub(super) fn ways(outline: &mut Outline<'_, '_, '_>) -> Rc<Scanned> {
    let context = outline.context();
    let scanned = Rc::new(Scanned::default());
    let own = scanned.clone();
    let kind = context.roles.way.map_or("", |t| context.graph.node_type_name(t));
    outline.add(&format!("scan ways (:{kind})"), move |_| {
        let all = context.ways().all();
        let items = all.iter().map(|w| Value::Node(w.node)).collect();
        own.ways.borrow_mut().extend(all.into_iter().map(|w| (w.node, w)));
        Ok(items)
    });
    scanned
}

/// Keeps ways that touch one of each group, and carry one of each.
pub(super) fn touching(outline: &mut Outline<'_, '_, '_>, scanned: &Rc<Scanned>, groups: Vec<FxHashSet<u32>>) {
    let own = scanned.clone();
    for group in groups {
        let own = own.clone();
        outline.keep_nodes(&format!("keep ways that touch one of {}", counted(group.len())), move |node, _| {
            node_or_stop(&own, node, &group)
        });
    }
}

fn node_or_stop(scanned: &Scanned, node: u32, group: &FxHashSet<u32>) -> bool {
    group.contains(&node) || scanned.ways.borrow().get(&node).is_some_and(|w| w.shown().any(|s| group.contains(&s.node)))
}

/// Keeps ways that carry one of each group.
pub(super) fn carrying(outline: &mut Outline<'_, '_, '_>, wanted: &Rc<Wanted>) {
    if !wanted.carrying.is_empty() {
        let (context, wanted) = (outline.context(), wanted.clone());
        let each: Vec<String> = wanted.carrying.iter().map(|g| counted(g.len())).collect();
        outline.keep_nodes(&format!("keep ways that carry one of {}", each.join(", and of ")), move |node, _| {
            carries_all(context, node, &wanted.carrying)
        });
    }
}

/// Keeps what `judge` makes of ways and what is avoided.
pub(super) fn judging<'c>(
    outline: &mut Outline<'c, '_, '_>,
    text: &str,
    scanned: &Rc<Scanned>,
    judge: impl Fn(Way, &mut Vec<u32>) -> Option<Judged> + 'c,
) {
    let own = scanned.clone();
    outline.keep_nodes(text, move |node, _| {
        let Some(way) = own.ways.borrow().get(&node).cloned() else { return false };
        let found = judge(way, &mut own.by_world.borrow_mut());
        let kept = found.is_some();
        own.judged.borrow_mut().extend(found.map(|j| (node, j)));
        kept
    });
}

/// "Russia with all that lies in it (3 nodes)", for all that is avoided.
pub(super) fn avoided(outline: &Outline<'_, '_, '_>, wanted: &Wanted) -> String {
    let of = |a: &super::ways::Avoided| {
        let nodes = outline.context().inside(&a.bound).len();
        format!("{} with all that lies in it ({})", a.bound.name, counted(nodes))
    };
    wanted.avoided.iter().map(of).collect::<Vec<_>>().join(" and ")
}

/// "3 nodes".
pub(super) fn counted(nodes: usize) -> String {
    if nodes == 1 { "1 node".to_owned() } else { format!("{nodes} nodes") }
}
