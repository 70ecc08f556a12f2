//! Agreements and happenings, in the order of time.

use super::words::yearless;
use super::{LINES, Writer};
use crate::graph::ValueRef;
use crate::output::report::{Line, Section};
use crate::schema::NodeTypeId;

/// What has no date is listed so far, then named.
const UNDATED: usize = 8;

/// When something was, for sorting and as shown; nothing to show where nobody knows.
struct Date {
    key: String,
    shown: Option<String>,
}

impl Writer<'_, '_> {
    /// Agreements and happenings, by the date that the texts give, else by that of the first text.
    pub(super) fn dated(&self) -> Section {
        let roles = &self.schema.roles;
        let kinds = roles.happening.iter().chain(&roles.agreement);
        let kind = |t: &NodeTypeId| self.graph.node_type_id(&self.schema.node_types.get(t.0 as usize)?.name);
        let (mut rows, mut undated) = (Vec::new(), Vec::new());
        for node in kinds.filter_map(kind).flat_map(|t| self.graph.nodes_of_type(t)).filter(|&n| !self.graph.is_world_node(n)) {
            let around = self.claims_around(node);
            if around.is_empty() {
                continue;
            }
            let date = self.date(node, &around);
            let mut claims = around;
            let groups: Vec<String> =
                [false, true].into_iter().flat_map(|forward| self.tied(node, forward, &[], &mut claims)).collect();
            let (name, claims) = (self.graph.name(node).to_owned(), self.telling(claims));
            match date.shown {
                Some(shown) => {
                    let text = format!("{name}: {}", groups.join("; "));
                    rows.push((date.key, Line { subject: shown, text, claims }));
                }
                None => undated.push((std::cmp::Reverse(claims.len()), Line { subject: name, text: groups.join("; "), claims })),
            }
        }
        rows.sort_by(|a, b| (&a.0, &a.1.text).cmp(&(&b.0, &b.1.text)));
        undated.sort_by(|a, b| (a.0, &a.1.subject).cmp(&(b.0, &b.1.subject)));
        // The latest are what is asked for: early ones give way.
        let left = rows.len().saturating_sub(LINES);
        let mut lines: Vec<Line> = rows.into_iter().skip(left).map(|r| r.1).collect();
        let rest: Vec<String> = undated.iter().skip(UNDATED).map(|u| u.1.subject.clone()).collect();
        lines.extend(undated.into_iter().take(UNDATED).map(|u| u.1));
        let earlier = (left > 0).then(|| format!("{left} earlier ones are left out here: `timeline` lists them."));
        let also = (!rest.is_empty()).then(|| format!("Also, without a date: {}.", rest.join("; ")));
        let more: Vec<String> = earlier.into_iter().chain(also).collect();
        Section {
            title: "Agreements and summits",
            lead: "By the date that the texts give; in brackets, that of the first text; last, what nobody dates.",
            more: (!more.is_empty()).then(|| more.join(" ")),
            lines,
            figure: None,
        }
    }

    fn date(&self, node: u32, claims: &[u32]) -> Date {
        let own = self.schema.roles.date.as_ref().and_then(|a| self.graph.attribute_id(a));
        if let Some(ValueRef::Text(date)) = own.and_then(|a| self.graph.node_value(node, a)) {
            return said(date);
        }
        let of = || claims.iter().filter_map(|&c| self.graph.claim(c));
        if let Some(when) = of().filter_map(|c| c.when()).min() {
            return said(&when.to_string());
        }
        match of().filter_map(|c| c.asserted()).min() {
            Some(date) => Date { key: date.to_string(), shown: Some(format!("({date})")) },
            None => Date { key: String::new(), shown: None },
        }
    }
}

/// A date of the texts; without a year it comes last.
fn said(date: &str) -> Date {
    match yearless(date) {
        Some(day) => Date { key: format!("9999{date}"), shown: Some(format!("{day}, year not said")) },
        None => Date { key: date.to_owned(), shown: Some(date.to_owned()) },
    }
}
