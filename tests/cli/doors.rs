//! What leaves the program: briefings, pages and pictures, and the scripts that open them elsewhere.

use std::path::Path;

use crate::run::Place;

#[test]
fn a_briefing_as_markdown_has_its_pictures_beside_it() {
    let place = Place::new();
    place.write("docs/b.txt", "Money\n\nJapan funds the Middle Corridor.\n\nGeorgia builds the Anaklia port.\n");
    let ran = place.run(&["report", "docs", "-o", "out of office.md"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let text = place.read("out of office.md");
    assert!(text.starts_with("# What 2 articles say\n"), "{text}");
    for line in
        ["## In short", "## Corridors and ways", "## What bypasses what", "[^1]: a.txt:3: “The Middle Corridor passes through"]
    {
        assert!(text.contains(line), "{line}\n{text}");
    }
    // Each picture that it links to is there, and no other.
    let linked: Vec<String> =
        text.split("](<").skip(1).filter_map(|rest| rest.split_once(">)")).map(|(name, _)| name.to_owned()).collect();
    let there: Vec<String> = place.names().into_iter().filter(|n| n.ends_with(".svg")).collect();
    assert!(!linked.is_empty());
    let mut sorted = linked.clone();
    sorted.sort();
    assert_eq!(sorted, there);
    assert!(place.read(&linked[0]).starts_with("<svg xmlns="));
    // The same again, byte for byte; on standard output without pictures.
    place.run(&["report", "docs", "-o", "again.md"]);
    assert_eq!(place.read("again.md").replace("again-", "out of office-"), text);
    let out = place.run(&["report", "docs", "-o", "-"]).out;
    assert!(out.starts_with("# What 2 articles say\n") && !out.contains(".svg"), "{out}");
}

#[test]
fn a_briefing_as_a_page_holds_its_pictures_and_loads_nothing() {
    let place = Place::new();
    assert_eq!(place.run(&["report", "docs", "-o", "b.html"]).code, 0);
    let page = place.read("b.html");
    assert!(page.contains("<figure>\n<svg ") && page.contains("default-src 'none'"));
    assert!(!page.contains("<script") && !page.contains("src=") && !page.contains(" style="), "nothing that its policy forbids");
    assert_eq!(place.names().iter().filter(|n| n.ends_with(".svg")).count(), 0);
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let distinct: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), distinct.len(), "ids are distinct on the page");
    assert_eq!(place.run(&["report", "docs", "-o", "b.pdf"]).code, 2);
}

#[test]
fn an_explorer_is_one_page_with_the_sentences() {
    let place = Place::new();
    let ran = place.run(&["export", "docs", "-o", "explorer.html"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let page = place.read("explorer.html");
    assert!(page.contains("Content-Security-Policy") && page.contains("bypasses Russia."));
    assert!(!page.contains("{{"), "no mark of the frame is left");
}

#[test]
fn pictures_are_made_by_the_files_ending() {
    let place = Place::new();
    for (name, starts) in [("a.svg", b"<svg xmlns".as_slice()), ("a.png", b"\x89PNG\r\n\x1a\n"), ("a.dot", b"digraph")] {
        let ran = place.run(&["export", "docs", "-o", name, "--select", "routes bypassing Russia"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(std::fs::read(place.path(name)).unwrap().starts_with(starts), "{name}");
    }
    place.write("cjk.json", r#"{"nodes": [{"id": "state/x", "type": "State", "name": "日本"}], "links": []}"#);
    let ran = place.run(&["export", "cjk.json", "-o", "b.png"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("the built-in font lacks 日本"), "{}", ran.err);
}

/// The scripts that open exports in their readers skip, with a word, what they cannot run; they never fail for that.
#[cfg(unix)]
mod scripts {
    use super::*;
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::process::Command;

    fn find(tool: &str) -> Option<std::path::PathBuf> {
        std::env::split_paths(&std::env::var_os("PATH")?).map(|p| p.join(tool)).find(|p| p.is_file())
    }

    /// Runs a script with nothing on the path but `tools`, and programs that fail for `broken`.
    fn run(script: &str, program: &str, tools: &[&str], broken: &[&str]) -> Option<(i32, String)> {
        let bash = find("bash")?;
        let place = Place::new();
        let path = place.path("bin");
        std::fs::create_dir(&path).unwrap();
        for tool in tools {
            if let Some(at) = find(tool) {
                symlink(at, path.join(tool)).unwrap();
            }
        }
        for tool in broken {
            std::fs::write(path.join(tool), format!("#!{}\nexit 1\n", bash.display())).unwrap();
            std::fs::set_permissions(path.join(tool), std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(script);
        let mut command = Command::new(bash);
        command.arg(script).arg(program).env("PATH", &path).env_remove("CHROMIUM");
        for cache in ["SILKGRAPH_READERS", "SILKGRAPH_EXPLORER"] {
            command.env(cache, place.path("cache"));
        }
        let ran = command.output().unwrap();
        let said = [ran.stdout, ran.stderr].concat();
        Some((ran.status.code().unwrap_or(-1), String::from_utf8_lossy(&said).into_owned()))
    }

    const OURS: &str = env!("CARGO_BIN_EXE_silkgraph");
    const TOOLS: &[&str] = &["mktemp", "mkdir", "rm", "cp", "awk", "grep", "cat", "timeout", "id"];

    #[test]
    fn readers_skip_what_is_not_there() {
        let script = "tests/readers/run.sh";
        let skipped = |program, tools, broken, wanted: &[&str]| {
            let Some((code, said)) = run(script, program, tools, broken) else { return };
            assert_eq!(code, 0, "{said}");
            for wanted in wanted {
                assert!(said.contains(wanted), "{wanted}\n{said}");
            }
            assert!(!said.contains("FAILED") && !said.contains("not found"), "{said}");
        };
        skipped("/nowhere", TOOLS, &[], &["SKIPPED all, there is no binary at /nowhere"]);
        skipped(OURS, &[], &[], &["SKIPPED all, there is no mktemp"]);
        skipped(OURS, TOOLS, &[], &["there is no python3", "graphology: there is no node", "graphviz: there is no dot"]);
        // As without a network: the tools are there, and install nothing.
        skipped(OURS, TOOLS, &["python3", "node", "npm"], &["no virtual environment can be made", "npm cannot install it here"]);
    }

    #[test]
    fn the_explorers_test_skips_where_there_is_no_browser() {
        let script = "tests/explorer/run.sh";
        for (program, tools, broken, wanted) in [
            ("/nowhere", TOOLS, [].as_slice(), "SKIPPED, there is no program at /nowhere"),
            (OURS, &[], &[], "SKIPPED, there is no node"),
            (OURS, TOOLS, &[], "SKIPPED, there is no node"),
            (OURS, TOOLS, &["node", "npm"], "SKIPPED, npm cannot install playwright-core"),
        ] {
            let Some((code, said)) = run(script, program, tools, broken) else { return };
            assert_eq!(code, 0, "{said}");
            assert!(said.contains(wanted), "{wanted}\n{said}");
            assert!(!said.contains("not found"), "{said}");
        }
    }
}
