//! Dropping each rule in turn: what is lost and what is gained where it made an edge, once the others may make it in its place.
//!
//! What a rule's edges are worth where no other takes them over is `main`'s table of rules; it takes one reading, this one a reading for each
//! document that a rule fires in.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use silkgraph::schema::Schema;
use silkgraph::schema::patterns::Patterns;

use super::Annotated;
use super::score::all;

/// For each frame, fewest documents helped first: in how many documents a right edge goes with it, how many right and how many wrong edges
/// go. O(frames that fire × documents that they fire in) readings.
pub fn in_turn(documents: &[Annotated], schema: &Schema, patterns: &Patterns) -> Result<(), Box<dyn Error>> {
    let mut whole = Vec::new();
    let mut fires: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (index, document) in documents.iter().enumerate() {
        let score = document.read(schema, patterns)?;
        for judged in &score.judged {
            fires.entry(judged.rule.clone()).or_default().insert(index);
        }
        whole.push(all(&score.edges));
    }
    let mut rows = Vec::new();
    for frame in &patterns.frames.frames {
        let mut without = patterns.clone();
        without.frames.frames.retain(|other| other.id != frame.id);
        let (mut helped, mut right, mut wrong) = (0usize, 0isize, 0isize);
        for &index in fires.get(&*frame.id).into_iter().flatten() {
            let count = all(&documents[index].read(schema, &without)?.edges);
            let lost = count_from(whole[index].right, count.right);
            helped += usize::from(lost > 0);
            right += lost;
            wrong += count_from(whole[index].extra, count.extra);
        }
        rows.push((helped, right, wrong, &*frame.id));
    }
    rows.sort_unstable();
    println!("{:28} {:>6} {:>6} {:>6}", "rule dropped", "helped", "right", "wrong");
    rows.iter().for_each(|(helped, right, wrong, id)| println!("  {id:26} {helped:6} {right:6} {wrong:6}"));
    Ok(())
}

/// How many fewer there are now; negative where there are more.
fn count_from(before: usize, now: usize) -> isize {
    before as isize - now as isize
}
