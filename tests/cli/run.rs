//! Runs the binary in a folder of its own, with nothing of the tester's environment that it looks at.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A graph of a few nodes, small enough to know by heart.
pub const GRAPH: &str = r#"{"directed": true, "multigraph": true, "graph": {}, "nodes": [
 {"id": "corridor/north", "type": "Corridor", "name": "North Road", "attrs": {"length_km": 900}},
 {"id": "corridor/south", "type": "Corridor", "name": "South Road", "attrs": {"length_km": 1200}},
 {"id": "state/ardia", "type": "State", "name": "Ardia"},
 {"id": "state/borland", "type": "State", "name": "Borland"},
 {"id": "state/cevia", "type": "State", "name": "Cevia"}],
 "edges": [
 {"source": "corridor/north", "target": "state/ardia", "type": "passes_through"},
 {"source": "corridor/north", "target": "state/borland", "type": "passes_through"},
 {"source": "corridor/north", "target": "state/cevia", "type": "passes_through"},
 {"source": "corridor/south", "target": "state/ardia", "type": "passes_through"},
 {"source": "corridor/south", "target": "state/cevia", "type": "passes_through"}]}"#;

/// A document from which something is always found.
pub const DOCUMENT: &str = "Leaders meet\n\nThe Middle Corridor passes through Kazakhstan and Azerbaijan and bypasses Russia.\n";

/// What a run gave.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// A folder that is gone after the test.
pub struct Place(tempfile::TempDir);

impl Place {
    /// With `graph.json` and `docs/a.txt` in it.
    pub fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write("graph.json", GRAPH);
        place.write("docs/a.txt", DOCUMENT);
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// The names of all files and folders here, hidden ones too.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(self.0.path()).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_silkgraph"));
        command.args(args).current_dir(self.0.path());
        for name in ["NO_COLOR", "COLUMNS", "PAGER", "SILKGRAPH_PAGER", "SILKGRAPH_HISTORY", "XDG_STATE_HOME"] {
            command.env_remove(name);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs to the end with nothing on standard input.
    pub fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, "")
    }

    /// Runs to the end with `input` on standard input.
    pub fn run_with(&self, args: &[&str], input: &str) -> Ran {
        let mut child = self.command(args).stdin(Stdio::piped()).spawn().unwrap();
        // One that ends before it has read all is not at fault.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}
