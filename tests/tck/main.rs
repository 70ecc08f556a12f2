//! openCypher's Technology Compatibility Kit over MATCH: each scenario that this language can say is a test.
//!
//! `SILKGRAPH_TCK` names the folder of its feature files (the crate open-cypher 0.5.0 carries them, under
//! `spec/vendor/openCypher-2024.3/tck/features`); without it one test says that all were skipped. Scenarios that change
//! graphs, call procedures or use temporal values are out of scope; what is in scope and fails is listed in `skip.txt`,
//! scenario by scenario, and must go on failing: one that passes has to leave the list.

mod feature;
mod fixture;
mod value;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use feature::{Outcome, Scenario};
use libtest_mimic::{Arguments, Failed, Trial};
use silkgraph::query::{Engine, Interrupt, Options, Params};
use silkgraph::schema::Schema;

#[expect(clippy::print_stderr, reason = "a harness of its own says what it leaves out")]
fn main() {
    let arguments = Arguments::from_args();
    let Some(folder) = std::env::var_os("SILKGRAPH_TCK").map(PathBuf::from) else {
        let trial = Trial::test("skipped: SILKGRAPH_TCK names no folder of feature files", || Ok(())).with_ignored_flag(true);
        libtest_mimic::run(&arguments, vec![trial]).exit();
    };
    let listed = include_str!("skip.txt").lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    let listed: Vec<String> = listed.map(str::to_owned).collect();
    let mut files = Vec::new();
    collect(&folder, &mut files);
    files.sort();
    let mut trials = Vec::new();
    let mut total = 0;
    let mut left_out: BTreeMap<&str, usize> = BTreeMap::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a feature file");
        let name = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let place = file.strip_prefix(&folder).unwrap_or(&file).to_string_lossy().into_owned();
        for scenario in feature::scenarios(&text) {
            total += 1;
            let id = format!("{name} {}", scenario.title);
            if let Some(reason) = out_of_scope(&place, &scenario) {
                *left_out.entry(reason).or_default() += 1;
                continue;
            }
            let fails = listed.contains(&id);
            trials.push(Trial::test(id, move || judge(&scenario, fails)));
        }
    }
    eprintln!(
        "{total} scenarios, {} in scope, {} of them listed as failing; out of scope: {left_out:?}",
        trials.len(),
        listed.len()
    );
    libtest_mimic::run(&arguments, trials).exit();
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "feature") {
            files.push(path);
        }
    }
}

/// Why a scenario is no test of this language.
fn out_of_scope(place: &str, scenario: &Scenario) -> Option<&'static str> {
    if place.contains("temporal") {
        return Some("temporal values");
    }
    let word = |w: &str| scenario.query.to_uppercase().split(|c: char| !c.is_alphanumeric()).any(|x| x == w);
    if ["create", "delete", "merge", "remove", "/set/"].iter().any(|w| place.contains(w))
        || ["CREATE", "DELETE", "MERGE", "REMOVE", "SET", "FOREACH"].iter().any(|w| word(w))
    {
        return Some("changes a graph");
    }
    if place.contains("call") || word("CALL") {
        return Some("procedures");
    }
    if ["DATE", "DATETIME", "LOCALDATETIME", "LOCALTIME", "TIME", "DURATION"]
        .iter()
        .any(|w| scenario.query.to_uppercase().contains(&format!("{w}(")))
    {
        return Some("temporal values");
    }
    if word("REDUCE") || word("RAND") || scenario.query.contains("=~") {
        return Some("reduce, rand, regular expressions");
    }
    if scenario.graph.is_none() {
        return Some("a graph that is named");
    }
    None
}

fn judge(scenario: &Scenario, fails: bool) -> Result<(), Failed> {
    match (run(scenario), fails) {
        (Ok(()), false) | (Err(_), true) => Ok(()),
        (Ok(()), true) => Err("passes: take it off tests/tck/skip.txt".into()),
        (Err(why), false) => Err(why.into()),
    }
}

fn run(scenario: &Scenario) -> Result<(), String> {
    let graph = fixture::graph(scenario.graph.as_deref().unwrap_or_default())?;
    let mut params = Params::new();
    for (name, text) in &scenario.params {
        params.insert(name.clone(), value::param(text).ok_or("a parameter that cannot be read")?);
    }
    let engine = Engine::new(&graph, Schema::builtin());
    let options = Options { hops: 20, ..Options::default() };
    let answer = engine.query(&scenario.query, &params, &options, &Interrupt::new());
    let answer = match (&scenario.outcome, answer) {
        (Outcome::Error, Err(_)) => return Ok(()),
        (Outcome::Error, Ok(_)) => return Err("no error where one is wanted".to_owned()),
        (_, Err(fault)) => return Err(format!("{fault}: {}", scenario.query)),
        (_, Ok(answer)) => answer,
    };
    let Outcome::Rows { columns, rows, ordered, any_list_order } = &scenario.outcome else { return Ok(()) };
    let names: Vec<String> = answer.columns.iter().map(|c| c.name.to_string()).collect();
    if !rows.is_empty() && names != *columns {
        return Err(format!("columns {names:?}, wanted {columns:?}"));
    }
    let mut found: Vec<String> = answer
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|c| value::shown(c, &graph, *any_list_order)).collect::<Vec<_>>().join(" | "))
        .collect();
    let mut wanted = Vec::new();
    for row in rows {
        let cells: Option<Vec<String>> = row.iter().map(|c| value::tidy(c, *any_list_order)).collect();
        wanted.push(cells.ok_or_else(|| format!("an expected row that cannot be read: {row:?}"))?.join(" | "));
    }
    if !ordered {
        found.sort();
        wanted.sort();
    }
    if found == wanted { Ok(()) } else { Err(format!("found {found:#?}, wanted {wanted:#?}: {}", scenario.query)) }
}
