//! When two names mean one thing: equal but for case, accents and punctuation; or, for things that are described more often than
//! named, two thirds of their words in common with nothing that tells them apart.

use std::collections::BTreeSet;

use silkgraph::names::fold;

const SMALL: [&str; 11] = ["the", "a", "an", "of", "and", "for", "in", "on", "to", "between", "with"];
const ORDINALS: [&str; 10] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
const COMPASS: [&str; 11] =
    ["north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "upper", "lower"];

fn words(name: &str) -> BTreeSet<String> {
    let stem = |w: &str| w.trim_end_matches('s').to_owned();
    fold(name).split(' ').filter(|w| !w.is_empty() && !SMALL.contains(w) && *w != "new").map(stem).collect()
}

/// Words that are capitalised inside the name.
fn proper(name: &str) -> BTreeSet<String> {
    let tokens = name.split(|c: char| !c.is_alphanumeric()).filter(|t| t.starts_with(char::is_uppercase));
    tokens.flat_map(words).collect()
}

/// Whether a number, an ordinal, a compass word or a proper name makes two names two things.
fn told_apart(a: &str, b: &str) -> bool {
    let (wa, wb) = (words(a), words(b));
    let pick = |w: &BTreeSet<String>, wanted: &dyn Fn(&str) -> bool| -> BTreeSet<String> {
        w.iter().filter(|t| wanted(t)).cloned().collect()
    };
    let number = |t: &str| t.len() == 1 || t.bytes().all(|b| b.is_ascii_digit());
    if pick(&wa, &number) != pick(&wb, &number) {
        return true;
    }
    let differ = |list: &[&str]| {
        let (x, y) = (pick(&wa, &|t| list.contains(&t)), pick(&wb, &|t| list.contains(&t)));
        !x.is_empty() && !y.is_empty() && x != y
    };
    let lacks = |a: &str, w: &BTreeSet<String>| proper(a).difference(w).next().is_some();
    differ(&ORDINALS) || differ(&COMPASS) || lacks(a, &wb) && lacks(b, &wa)
}

/// The best share of words in common (Dice's coefficient) of `name` with one of `others`; 0 where something tells them apart.
pub fn overlap(name: &str, others: &[String]) -> f64 {
    let wa = words(name);
    let shares = others.iter().filter_map(|other| {
        let wb = words(other);
        let common = wa.intersection(&wb).count();
        let alike = !wa.is_empty() && (common >= 2 || wa == wb) && !told_apart(name, other);
        alike.then(|| 2.0 * common as f64 / (wa.len() + wb.len()) as f64)
    });
    shares.fold(0.0, f64::max)
}
