//! Floors under the extraction's scores on the shared documents, by the shared scorer, and the question that the
//! documents were chosen for, answered end to end.
//!
//! Where `../shared` or Python is missing the tests are shown as ignored, not as passed.

use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Arguments, Failed, Trial};

/// A folder of documents with gold, and what extraction must reach on it.
struct Floor {
    name: &'static str,
    documents: &'static str,
    gold: &'static str,
    nodes_f1: f64,
    edges_f1: f64,
    edges_precision: f64,
    mode: f64,
}

const FLOORS: [Floor; 2] = [
    Floor { name: "seeds", documents: "seeds", gold: "gold", nodes_f1: 0.84, edges_f1: 0.59, edges_precision: 0.77, mode: 0.88 },
    Floor {
        name: "dev",
        documents: "dev/docs",
        gold: "dev/gold",
        nodes_f1: 0.92,
        edges_f1: 0.76,
        edges_precision: 0.87,
        mode: 0.88,
    },
];

fn main() {
    let arguments = Arguments::from_args();
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let there = shared.join("score/corpus.py").exists() && Command::new("python3").arg("--version").output().is_ok();
    let seeds = shared.join("seeds");
    let asked = Trial::test("routes_bypassing_russia", {
        let seeds = seeds.clone();
        move || bypassing_russia(&seeds)
    })
    .with_ignored_flag(!seeds.is_dir());
    let mut trials: Vec<Trial> = FLOORS
        .into_iter()
        .map(|floor| {
            let shared = shared.clone();
            Trial::test(format!("floor_{}", floor.name), move || reaches(&floor, &shared)).with_ignored_flag(!there)
        })
        .collect();
    trials.push(asked);
    libtest_mimic::run(&arguments, trials).exit();
}

fn reaches(floor: &Floor, shared: &Path) -> Result<(), Failed> {
    let path = |part: &str| -> PathBuf { shared.join(part) };
    let output = Command::new("python3")
        .arg(path("score/corpus.py"))
        .arg(env!("CARGO_BIN_EXE_silkgraph"))
        .arg(path(floor.documents))
        .arg(path(floor.gold))
        .arg("--json")
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let score: serde_json::Value =
        serde_json::from_str(&text).map_err(|e| format!("no score: {e}\n{text}\n{}", String::from_utf8_lossy(&output.stderr)))?;
    let figure = |pointer: &str| score.pointer(pointer).and_then(serde_json::Value::as_f64).unwrap_or(0.0);
    for (what, least) in [
        ("/nodes/f1", floor.nodes_f1),
        ("/edges/f1", floor.edges_f1),
        ("/edges/precision", floor.edges_precision),
        ("/mode_accuracy", floor.mode),
    ] {
        let reached = figure(what);
        if reached < least {
            return Err(format!("{} {what}: {reached:.3} is under {least:.2}", floor.name).into());
        }
    }
    Ok(())
}

/// What is stated is told apart from what is inferred, and ways through the avoided state are in neither.
fn bypassing_russia(seeds: &Path) -> Result<(), Failed> {
    let output = Command::new(env!("CARGO_BIN_EXE_silkgraph"))
        .arg("query")
        .arg(seeds)
        .args(["-c", "routes bypassing Russia", "--format", "json"])
        .output()?;
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout)?;
    let basis = |way: &str| rows.iter().find(|r| r["way"] == way).map(|r| (r["basis"].clone(), r["evidence"].clone()));
    for way in ["Caspian Sea route", "Middle Corridor"] {
        let Some((basis, evidence)) = basis(way) else { return Err(format!("{way} is missing").into()) };
        let said = evidence
            .as_array()
            .is_some_and(|all| all.iter().any(|c| c["sentence"].as_str().is_some_and(|s| s.contains("bypass"))));
        if basis != "stated" || !said {
            return Err(format!("{way} is {basis}, with {evidence}").into());
        }
    }
    for way in
        ["Western Trans-Afghan Railway", "Kabul Corridor", "TAPI gas pipeline", "TRIPP", "China–Kyrgyzstan–Uzbekistan railway"]
    {
        if basis(way).is_none_or(|(basis, _)| basis != "inferred") {
            return Err(format!("{way} is not inferred").into());
        }
    }
    let through = |row: &serde_json::Value| {
        let stops = row["stops"].to_string();
        stops.contains("Belarus") || stops.contains("Armenia") && stops.contains("Georgia") || stops.contains("Russia")
    };
    match rows.iter().find(|row| through(row)) {
        Some(row) => Err(format!("{} touches what is avoided", row["way"]).into()),
        None => Ok(()),
    }
}
