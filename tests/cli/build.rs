//! Stored graphs: brought up to date, never torn, one build at a time, compared.

use std::fs::File;
use std::thread::sleep;
use std::time::Duration;

use crate::run::Place;

#[test]
fn a_build_reads_what_changed_and_equals_a_full_one() {
    let place = Place::new();
    place.write("docs/b.txt", "News\n\nThe Trans-Caspian line passes through Azerbaijan.\n");
    let first = place.run(&["build", "docs", "-o", "g.silk"]);
    assert_eq!((first.code, first.out.as_str()), (0, ""), "{}", first.err);
    assert!(first.err.contains("(2 read, 0 known"), "{}", first.err);
    place.write("docs/b.txt", "News\n\nThe Middle Corridor passes through Georgia.\n");
    place.write("docs/c.txt", "News\n\nJapan funds the Middle Corridor.\n");
    let second = place.run(&["build", "docs", "-o", "g.silk"]);
    assert!(second.err.contains("(2 read, 1 known"), "{}", second.err);
    assert!(second.err.contains("changed: nodes +"), "{}", second.err);
    place.run(&["build", "docs", "-o", "full.silk"]);
    assert_eq!(std::fs::read(place.path("g.silk")).unwrap(), std::fs::read(place.path("full.silk")).unwrap());
    assert_eq!(place.names(), ["docs", "full.silk", "g.silk", "graph.json"], "nothing is left lying about");
}

#[test]
fn what_is_no_stored_graph_is_not_overwritten() {
    let place = Place::new();
    place.write("g.silk", "my novel");
    let ran = place.run(&["build", "docs", "-o", "g.silk"]);
    assert_eq!((ran.code, place.read("g.silk").as_str()), (3, "my novel"), "{}", ran.err);
    assert!(ran.err.contains("--fresh"), "{}", ran.err);
    assert_eq!(place.run(&["build", "docs", "-o", "g.silk", "--fresh"]).code, 0);
}

#[test]
fn a_folder_is_no_stored_graph() {
    let place = Place::new();
    place.write("g.silk/a.txt", "News\n\nJapan funds the Middle Corridor.\n");
    let ran = place.run(&["build", "docs", "-o", "g.silk"]);
    assert_eq!((ran.code, ran.err.as_str()), (3, "error[C001]: cannot read g.silk: is a directory\n"));
}

#[test]
fn what_a_document_says_is_read_again_where_it_is_damaged() {
    let place = Place::new();
    place.run(&["build", "docs", "-o", "g.silk"]);
    let good = std::fs::read(place.path("g.silk")).unwrap();
    let mut bytes = good.clone();
    let at = bytes.len() - 3;
    bytes[at] ^= 1;
    std::fs::write(place.path("g.silk"), &bytes).unwrap();
    // As one of several sources it is merged again: refused, with the file, the part and the place.
    let ran = place.run(&["query", "g.silk", "docs", "-c", "count states"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("g.silk") && ran.err.contains("a.txt") && ran.err.contains("at byte"), "{}", ran.err);
    assert!(place.run(&["build", "docs", "-o", "g.silk"]).err.contains("(1 read, 0 known"));
    assert!(std::fs::read(place.path("g.silk")).unwrap() == good);
}

#[test]
fn damage_to_a_stored_graph_is_told_by_whoever_reads_it() {
    let place = Place::new();
    place.run(&["build", "docs", "-o", "g.silk"]);
    place.run(&["build", "docs", "-o", "good.silk"]);
    let good = place.run(&["check", "g.silk", "good.silk"]);
    assert_eq!((good.code, good.out.matches(" is sound: ").count()), (0, 2), "{}", good.err);
    let sizes = place.run(&["check", "good.silk", "--sizes"]);
    assert!(
        sizes.out.contains(" an edge  SentenceBytes\n") && sizes.out.ends_with(" an edge  without sentences\n"),
        "{}",
        sizes.out
    );
    let mut bytes = std::fs::read(place.path("g.silk")).unwrap();
    // The sentence as the graph has it; what the document says comes behind.
    let sentence = b"Azerbaijan and bypasses Russia.";
    let at = bytes.windows(sentence.len()).position(|w| w == sentence).unwrap();
    bytes[at] ^= 1;
    std::fs::write(place.path("g.silk"), &bytes).unwrap();
    assert_eq!(place.run(&["query", "g.silk", "-c", "count states"]).code, 0, "no sentence is read for this");
    let changes = ["diff", "g.silk", "docs"];
    let export = ["export", "g.silk", "-o", "out.json"];
    let why = ["query", "g.silk", "-c", "why \"Middle Corridor\" bypasses Russia"];
    let build = ["build", "docs", "-o", "g.silk"];
    for arguments in [&changes[..], &export, &why, &build, &["check", "good.silk", "g.silk"]] {
        let ran = place.run(arguments);
        assert_eq!(ran.code, 3, "{arguments:?}: {}", ran.err);
        assert!(ran.out.is_empty() || arguments[0] == "check", "{arguments:?}: {}", ran.out);
        let told = ran.err.contains("g.silk") && ran.err.contains("section SentenceBytes at byte");
        assert!(told, "{arguments:?}: {}", ran.err);
    }
    assert!(std::fs::read(place.path("g.silk")).unwrap() == bytes && !place.path("out.json").exists());
}

#[test]
fn two_builds_of_one_file_do_not_meet() {
    let place = Place::new();
    let lock = File::create(place.path(".g.silk.lock")).unwrap();
    lock.lock().unwrap();
    let ran = place.run(&["build", "docs", "-o", "g.silk"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("another build is writing g.silk"), "{}", ran.err);
    drop(lock);
    assert_eq!(place.run(&["build", "docs", "-o", "g.silk"]).code, 0, "a lock of the dead is no lock");
}

#[cfg(unix)]
#[test]
fn a_kill_at_any_instant_leaves_the_old_file_or_the_new() {
    let place = Place::new();
    assert_eq!(place.run(&["build", "docs", "-o", "g.silk"]).code, 0);
    let old = std::fs::read(place.path("g.silk")).unwrap();
    for n in 0..40 {
        place.write(&format!("docs/{n}.txt"), format!("News {n}\n\nThe Middle Corridor passes through Georgia.\n"));
    }
    place.run(&["build", "docs", "-o", "new.silk"]);
    let new = std::fs::read(place.path("new.silk")).unwrap();
    for wait in [5, 200, 600, 900, 1200, 1500] {
        std::fs::write(place.path("g.silk"), &old).unwrap();
        let mut child = place.command(&["build", "docs", "-o", "g.silk"]).spawn().unwrap();
        sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = std::fs::read(place.path("g.silk")).unwrap();
        assert!(found == old || found == new, "torn after {wait} ms: {} bytes", found.len());
    }
    place.write(".g.silk.left.tmp", "what a writer that was killed leaves");
    assert_eq!(place.run(&["build", "docs", "-o", "g.silk"]).code, 0, "and the next build works");
    assert_eq!(place.names(), ["docs", "g.silk", "graph.json", "new.silk"], "nothing is left lying about");
}

#[test]
fn differences_are_told_and_make_the_exit_status_1() {
    let place = Place::new();
    place.run(&["build", "docs", "-o", "old.silk"]);
    place.write("docs/b.txt", "News\n\nThe Middle Corridor passes through Georgia.\n");
    let same = place.run(&["diff", "old.silk", "old.silk"]);
    assert_eq!((same.code, same.out.as_str()), (0, ""));
    let table = place.run(&["diff", "old.silk", "docs"]);
    assert_eq!(table.code, 1);
    assert!(table.out.contains("+ Middle Corridor passes_through Georgia (actual)\n    b.txt:3  "), "{}", table.out);
    let json = place.run(&["diff", "old.silk", "docs", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert!(json["summary"]["edges"][0].as_u64() > Some(0), "{json}");
    assert!(place.run(&["diff", "old.silk", "docs", "--format", "markdown"]).out.contains("## Edges"));
}

#[test]
fn two_builds_at_once_leave_one_whole_file_and_a_clear_word() {
    let place = Place::new();
    for n in 0..150 {
        place.write(&format!("docs/{n}.txt"), format!("News {n}\n\nThe Middle Corridor passes through Georgia. ").repeat(20));
    }
    let builds: Vec<_> = (0..3).map(|_| place.command(&["build", "docs", "-o", "g.silk"]).spawn().unwrap()).collect();
    let ended: Vec<_> = builds.into_iter().map(|b| b.wait_with_output().unwrap()).collect();
    let done = ended.iter().filter(|e| e.status.code() == Some(0)).count();
    assert!(done >= 1, "one of them is first");
    for refused in ended.iter().filter(|e| e.status.code() != Some(0)) {
        assert_eq!(refused.status.code(), Some(3));
        let said = String::from_utf8_lossy(&refused.stderr);
        assert!(said.contains("another build is writing g.silk"), "{said}");
    }
    place.run(&["build", "docs", "-o", "alone.silk"]);
    assert_eq!(std::fs::read(place.path("g.silk")).unwrap(), std::fs::read(place.path("alone.silk")).unwrap());
}

#[test]
fn an_analysts_week_is_told_by_diff_in_every_format() {
    let place = Place::new();
    place.write("docs/b.txt", "Line\n\nThe Zangar line passes through Georgia.\n\nThe Zangar line will cost $7 billion.\n");
    place.run(&["build", "docs", "-o", "old.silk"]);
    // A document is edited, another withdrawn.
    place.write("docs/b.txt", "Line\n\nThe Zangar line passes through Georgia.\n\nThe Zangar line passes through Türkiye.\n");
    std::fs::remove_file(place.path("docs/a.txt")).unwrap();
    std::fs::copy(place.path("old.silk"), place.path("new.silk")).unwrap();
    let built = place.run(&["build", "docs", "-o", "new.silk"]);
    assert!(built.err.contains("(1 read, 0 known"), "{}", built.err);
    let table = place.run(&["diff", "old.silk", "new.silk"]);
    assert_eq!(table.code, 1);
    assert!(table.out.contains("+ Zangar line passes_through Türkiye (actual)"), "{}", table.out);
    assert!(table.out.contains("- Middle Corridor bypasses Russia"), "{}", table.out);
    assert!(table.err.contains("changed: nodes +"), "{}", table.err);
    let json = place.run(&["diff", "old.silk", "new.silk", "--format", "json"]);
    assert_eq!(json.code, 1);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let changes = json["changes"].as_array().unwrap();
    assert!(!changes.is_empty() && json["summary"]["edges"][1].as_u64() > Some(0), "{json}");
    let markdown = place.run(&["diff", "old.silk", "new.silk", "--format", "markdown"]);
    assert_eq!(markdown.code, 1);
    assert!(markdown.out.contains("Türkiye") && markdown.out.contains("passes through Türkiye."), "{}", markdown.out);
    assert_eq!(place.run(&["diff", "new.silk", "docs"]).code, 0, "the same claims make no difference");
    assert_eq!(place.run(&["diff", "new.silk", "nowhere.silk"]).code, 3);
}

#[test]
fn what_changed_is_told_from_what_to_what() {
    let place = Place::new();
    place.write("docs/b.txt", "Line\n\nJapan will fund the Zangar line.\n");
    place.run(&["build", "docs", "-o", "g.silk"]);
    std::fs::copy(place.path("g.silk"), place.path("old.silk")).unwrap();
    place.write("docs/b.txt", "Line\n\nJapan has funded the Zangar line.\n");
    let built = place.run(&["build", "docs", "-o", "g.silk"]);
    assert!(built.err.contains("changed: Japan funds Zangar line (planned → actual; sentences +1 -1)\n"), "{}", built.err);
    let table = place.run(&["diff", "old.silk", "g.silk"]);
    let sentences = "    b.txt:3  Japan has funded the Zangar line.\n    gone: b.txt:3  Japan will fund the Zangar line.\n";
    assert!(table.out.contains(sentences), "{}", table.out);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_left_out_and_told() {
    let place = Place::new();
    let made = std::process::Command::new("mkfifo").arg(place.path("docs/pipe.txt")).status();
    assert!(made.is_ok_and(|m| m.success()));
    let ran = place.run(&["build", "docs", "-o", "g.silk"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("docs/pipe.txt: left out: a named pipe is no document"), "{}", ran.err);
}

#[test]
fn a_build_goes_on_where_a_killed_one_stopped() {
    let place = Place::new();
    let text = "Kazakhstan funds the Middle Corridor, which runs from Aktau to Poti.\n\n".repeat(40);
    (0..60).for_each(|n| place.write(&format!("docs/{n:03}.txt"), format!("News {n}\n\n{text}")));
    place.run(&["build", "docs", "-o", "full.silk"]);
    let full = std::fs::read(place.path("full.silk")).unwrap();
    let log = place.path(".g.silk.begun");
    let long = |bytes: u64| std::fs::metadata(&log).is_ok_and(|m| m.len() > bytes);
    let mut child = place.command(&["build", "docs", "-o", "g.silk", "--jobs", "1"]).spawn().unwrap();
    while !long(40_000) && child.try_wait().unwrap().is_none() {
        sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // If it was too quick for that, there is nothing to go on from.
    if std::fs::exists(place.path("g.silk")).unwrap() {
        return;
    }
    // The last record is cut off as by a full disk: it is read again.
    let whole = std::fs::read(&log).unwrap();
    std::fs::write(&log, &whole[..whole.len() - 3]).unwrap();
    let ran = place.run(&["build", "docs", "-o", "g.silk"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains(" known, 0 left out") && !ran.err.contains("(61 read, 0 known"), "{}", ran.err);
    assert!(std::fs::read(place.path("g.silk")).unwrap() == full);
    assert_eq!(place.names(), ["docs", "full.silk", "g.silk", "graph.json"], "nothing is left lying about");
}

#[cfg(unix)]
#[test]
fn an_interrupted_build_keeps_what_it_has_read() {
    let place = Place::new();
    let text = "Kazakhstan funds the Middle Corridor, which runs from Aktau to Poti.\n\n".repeat(400);
    (0..300).for_each(|n| place.write(&format!("docs/{n:03}.txt"), format!("News {n}\n\n{text}")));
    // How long reading takes differs from machine to machine: the first wait that falls into it will do.
    let interrupted = [1, 2, 4, 8, 16, 32, 64].into_iter().find_map(|wait| {
        let child = place.command(&["build", "docs", "-o", "g.silk", "--jobs", "1"]).spawn().unwrap();
        sleep(Duration::from_millis(wait * 100));
        let _ = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        let ran = child.wait_with_output().unwrap();
        let told = String::from_utf8_lossy(&ran.stderr).into_owned();
        let read = told.split_once("interrupted: ")?.1.split_once(" documents are read")?.0.parse::<usize>().ok()?;
        assert_eq!(ran.status.code(), Some(130), "{told}");
        (read > 1).then_some(read)
    });
    assert!(interrupted.is_some(), "no wait fell into the reading");
    assert!(!place.path("g.silk").exists());
    std::fs::remove_file(place.path("docs/a.txt")).unwrap();
    (2..300).for_each(|n| std::fs::remove_file(place.path(&format!("docs/{n:03}.txt"))).unwrap());
    let ran = place.run(&["build", "docs", "-o", "g.silk"]);
    assert!(ran.err.contains("(0 read, 2 known"), "{}", ran.err);
}
