//! Queries from the command line, files and standard input: formats, order, exit statuses, nothing but results on
//! standard output.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

use crate::run::Place;

const LENGTHS: &str = "MATCH (c:Corridor) RETURN c.name AS name, c.length_km AS km ORDER BY km";

#[test]
fn each_format_of_one_answer() {
    let place = Place::new();
    let mut all = String::new();
    for format in ["table", "line", "csv", "tsv", "json", "jsonl", "markdown"] {
        let ran = place.run(&["query", "graph.json", "-c", LENGTHS, "--format", format]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{format}");
        all.push_str(&format!("== {format}\n{}", ran.out));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_pipe_gets_tsv_with_a_header_and_no_colours() {
    let place = Place::new();
    let ran = place.run(&["query", "graph.json", "-c", LENGTHS]);
    assert_eq!(ran.out, "name\tkm\nNorth Road\t900\nSouth Road\t1200\n");
    let ran = place.run(&["query", "graph.json", "-c", LENGTHS, "--no-header", "--color", "never"]);
    assert_eq!(ran.out, "North Road\t900\nSouth Road\t1200\n");
}

#[test]
fn scripts_run_in_the_order_they_are_given() {
    let place = Place::new();
    place.write("b.q", "RETURN 2 AS x; RETURN 3 AS x\n// a remark\nMATCH (n)\n  RETURN count(n) AS x\n");
    let ran = place.run_with(
        &["query", "graph.json", "-c", "RETURN 1 AS x", "-f", "b.q", "-c", "RETURN 6 AS x", "-f", "-", "--no-header"],
        "RETURN 7 AS x",
    );
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "1\n2\n3\n5\n6\n7\n", ""));
}

#[test]
fn standard_input_is_answered_line_by_line() {
    let place = Place::new();
    let mut child = place.command(&["graph.json", "--format", "jsonl"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    // The second question is asked after the first answer is read: it must not wait for the end of input.
    for number in ["1", "2"] {
        writeln!(input, "RETURN {number} AS x").unwrap();
        assert!(output.next().unwrap().contains(&format!("\"x\":{number}")));
        assert_eq!(output.next().unwrap(), "", "an empty line ends each answer");
    }
    writeln!(input, "MATCH (n)\nRETURN count(*) AS n").unwrap();
    assert!(output.next().unwrap().contains("\"n\":5"));
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn parameters_are_json_or_text() {
    let place = Place::new();
    let query = "MATCH (c:Corridor) WHERE c.length_km > $least AND c.name <> $not RETURN c.name AS name";
    let ran = place.run(&["query", "graph.json", "-p", "least=100", "--param", "not=North Road", "-c", query, "--no-header"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "South Road\n"));
    assert_eq!(place.run(&["query", "graph.json", "-p", "least", "-c", "RETURN 1"]).code, 2);
}

#[test]
fn exit_status_tells_of_no_rows_only_when_asked() {
    let place = Place::new();
    let nothing = "MATCH (c:Corridor) WHERE c.length_km > 99999 RETURN c.name";
    assert_eq!(place.run(&["query", "graph.json", "-c", nothing]).code, 0);
    assert_eq!(place.run(&["query", "graph.json", "--exit-status", "-c", nothing]).code, 1);
    assert_eq!(place.run(&["query", "graph.json", "--exit-status", "-c", nothing, "-c", LENGTHS]).code, 0);
}

#[test]
fn an_error_stops_a_script_unless_told_to_go_on() {
    let place = Place::new();
    let script = ["query", "graph.json", "--no-header", "-c", "RETURN 1 AS x", "-c", "RETURN (", "-c", "RETURN 3 AS x"];
    let ran = place.run(&script);
    assert_eq!((ran.code, ran.out.as_str()), (2, "1\n"));
    let ran = place.run(&[&script[..], &["--keep-going"]].concat());
    assert_eq!((ran.code, ran.out.as_str()), (2, "1\n3\n"));
}

#[test]
fn warnings_are_errors_where_that_is_asked() {
    let place = Place::new();
    let query = "MATCH (n:Corridr) RETURN n.name";
    let ran = place.run(&["query", "graph.json", "-c", query]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("warning"), "{}", ran.err);
    assert_eq!(place.run(&["query", "graph.json", "--strict", "-c", query]).code, 2);
}

#[test]
fn dot_commands_work_in_scripts() {
    let place = Place::new();
    place.write("more.q", "RETURN 2 AS x");
    let script = ".mode csv\nRETURN 1 AS x\n.headers off\n.read more.q\n.once kept.csv\nRETURN 3 AS x\n.param y=4\nRETURN $y AS y\n\
                  .open docs\n.headers on\nMATCH (s:State {name: 'Russia'}) RETURN count(*) AS russia\n.quit\nRETURN 9 AS x\n";
    let ran = place.run_with(&["graph.json"], script);
    assert_eq!((ran.err.as_str(), ran.code), ("", 0));
    assert_eq!(ran.out.replace('\r', ""), "x\n1\n2\n4\nrussia\n1\n");
    assert_eq!(place.read("kept.csv").replace('\r', ""), "3\n");
}

#[test]
fn the_timer_is_switched_as_other_shells_do() {
    let place = Place::new();
    let ran = place.run_with(&["graph.json", "--no-header"], "\\timing\nRETURN 1 AS x\n\\timing\nRETURN 2 AS x\n.timer off\n");
    assert_eq!((ran.code, ran.out.as_str()), (0, "1\n2\n"));
    let told: Vec<&str> = ran.err.lines().filter_map(|l| l.split_once(": ").map(|(kind, _)| kind)).collect();
    assert_eq!(told, ["timer", "time", "timer"], "{}", ran.err);
}

#[test]
fn an_export_can_be_of_an_answer_and_is_read_again() {
    let place = Place::new();
    let select = "MATCH (c {name: 'South Road'})-[r:passes_through]->(s) RETURN c, r, s";
    assert_eq!(place.run(&["export", "graph.json", "-o", "part.json", "--select", select]).code, 0);
    let ran = place.run(&["query", "part.json", "-c", "MATCH (n) RETURN count(*) AS n", "--no-header"]);
    assert_eq!(ran.out, "3\n");
    let ran = place.run(&["export", "graph.json", "-o", "-", "--to", "dot"]);
    assert!(ran.out.starts_with("digraph"), "{}", ran.out);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let place = Place::new();
    let mut child = place.command(&["query", "graph.json", "-c", "UNWIND range(1, 200000) AS x RETURN x"]).spawn().unwrap();
    // Read a little, then close, as `head` does.
    let mut line = String::new();
    BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[cfg(unix)]
#[test]
fn an_interrupted_query_ends_with_130() {
    let place = Place::new();
    let product = "MATCH (a), (b), (c), (d), (e), (f), (g), (h), (i), (j), (k) RETURN count(*)";
    let child = place.command(&["query", "graph.json", "--timeout", "120", "-c", product]).spawn().unwrap();
    // Time to load; the query itself takes minutes.
    std::thread::sleep(std::time::Duration::from_secs(4));
    let kill = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(kill.success());
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(130));
}
