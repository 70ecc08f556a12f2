//! The prompt in a real pseudo-terminal: keys go in, what a screen would get comes out.

use std::io::{Read as _, Write};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::run::Place;

/// How long anything may take; the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the line editor sends when a line is done: no more pasting in brackets.
const ACCEPTED: &str = "\x1b[?2004l";

struct Terminal {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    screen: Receiver<Vec<u8>>,
    seen: String,
    child: Box<dyn Child + Send + Sync>,
}

fn size(cols: u16) -> PtySize {
    PtySize { rows: 40, cols, pixel_width: 0, pixel_height: 0 }
}

impl Terminal {
    fn open(place: &Place, args: &[&str]) -> Self {
        let pair = native_pty_system().openpty(size(80)).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_silkgraph"));
        command.args(args);
        command.cwd(place.path(""));
        command.env("TERM", "xterm");
        command.env("SILKGRAPH_HISTORY", place.path("state/history"));
        for name in ["NO_COLOR", "COLUMNS", "PAGER", "SILKGRAPH_PAGER"] {
            command.env_remove(name);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let keys = pair.master.take_writer().unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, screen) = mpsc::channel();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self { master: pair.master, keys, screen, seen: String::new(), child }
    }

    /// Opens on the small graph and waits for the prompt.
    fn ready(place: &Place) -> Self {
        let mut terminal = Self::open(place, &["graph.json", "--color", "never"]);
        terminal.expect("silkgraph> ");
        terminal
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Waits until the screen has got `text` since the last thing waited for, and returns all until its end.
    fn expect(&mut self, text: &str) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(at) = self.seen.find(text) {
                return self.seen.drain(..at + text.len()).collect();
            }
            match self.screen.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.seen.push_str(&String::from_utf8_lossy(&bytes)),
                Err(_) => panic!("“{text}” did not come; on the screen: {:?}", self.seen),
            }
        }
    }

    /// Presses keys that end a line, and returns what comes between its end and the next prompt: while a line is edited,
    /// the prompt is drawn again and again.
    fn ask(&mut self, keys: &str) -> String {
        self.press(keys);
        self.expect(ACCEPTED);
        self.expect("silkgraph> ")
    }

    /// Leaves with Ctrl-D; the exit status.
    fn leave(mut self) -> u32 {
        self.press("\x04");
        self.child.wait().unwrap().exit_code()
    }
}

#[test]
fn a_question_is_answered_and_ctrl_d_leaves() {
    let place = Place::new();
    let mut terminal = Terminal::open(&place, &["graph.json", "--color", "never"]);
    let banner = terminal.expect("silkgraph> ");
    assert_eq!(banner.matches('\n').count(), 1, "a banner of one line: {banner:?}");
    assert!(banner.contains("5 nodes, 5 edges"), "{banner:?}");
    let answer = terminal.ask("list corridors\r");
    assert!(answer.contains("North Road") && answer.contains("South Road"), "{answer:?}");
    assert_eq!(terminal.leave(), 0);
}

#[test]
fn tab_completes_verbs_and_names() {
    let place = Place::new();
    let mut terminal = Terminal::ready(&place);
    terminal.press("sho\t");
    terminal.expect("show");
    terminal.press(" Borl\t");
    terminal.expect("Borland");
    let answer = terminal.ask("\r");
    assert!(answer.contains("North Road"), "{answer:?}");
    terminal.ask(".ti\t on\r");
    assert!(terminal.ask("RETURN 1 AS x\r").contains("time: "));
    assert_eq!(terminal.leave(), 0);
}

#[test]
fn tab_knows_what_may_stand_where() {
    let place = Place::new();
    let mut terminal = Terminal::open(&place, &["--color", "never"]);
    terminal.expect("silkgraph> ");
    terminal.press("routes from Kaz\t");
    terminal.expect("routes from Kazakhstan");
    terminal.ask("\x03");
    terminal.press("routes b\t");
    let offered = terminal.expect("bypassing");
    assert!(!offered.contains("Belarus"), "no name can stand there: {offered:?}");
    terminal.press("yp\t Rus\t");
    terminal.expect("routes bypassing Russia");
    terminal.ask("\x03");
    // Another name of a thing stays as it is typed.
    terminal.press("show TIT\t");
    terminal.expect("show TITR");
    terminal.ask("\x03");
    // The second statement of a line, and a name of several words replaced whole.
    terminal.press("list states; show middle cor\t");
    terminal.expect("show Middle Corridor");
    terminal.ask("\x03");
    terminal.press("MATCH (c:Corri\t) RETURN c.len\t LIMIT 3\r");
    terminal.expect(ACCEPTED);
    let answer = terminal.expect("silkgraph> ");
    assert!(answer.contains("length_km") && !answer.contains("error"), "{answer:?}");
    assert_eq!(terminal.leave(), 0);
}

#[test]
fn match_goes_on_over_lines_until_return() {
    let place = Place::new();
    let mut terminal = Terminal::ready(&place);
    terminal.press("MATCH (c:Corridor)\r");
    terminal.press("WHERE c.length_km > 1000\r");
    terminal.press("RETURN c.name AS longest, 40 + 2 AS sum\r");
    let answer = terminal.expect("42");
    assert!(!answer.contains("error"), "{answer:?}");
    terminal.expect("silkgraph> ");
    assert_eq!(terminal.leave(), 0);
}

#[test]
fn ctrl_c_throws_a_line_away_and_stops_a_query_but_not_the_prompt() {
    let place = Place::new();
    let mut terminal = Terminal::ready(&place);
    terminal.press("show nobody\x03");
    terminal.expect("silkgraph> ");
    terminal.press(".timer on\r");
    terminal.expect("silkgraph> ");
    terminal.press("MATCH (a), (b), (c), (d), (e), (f), (g), (h), (i), (j), (k) RETURN count(*)\r");
    terminal.expect(ACCEPTED);
    thread::sleep(Duration::from_millis(500));
    let start = Instant::now();
    terminal.press("\x03");
    terminal.expect("silkgraph> ");
    assert!(start.elapsed() < Duration::from_secs(8), "the query went on for {:?}", start.elapsed());
    terminal.press("RETURN 40 + 2 AS x\r");
    terminal.expect("42");
    terminal.expect("silkgraph> ");
    assert_eq!(terminal.leave(), 0);
}

#[test]
fn history_is_kept_for_the_next_time() {
    let place = Place::new();
    let mut terminal = Terminal::ready(&place);
    terminal.press("RETURN 40 + 2 AS x\r");
    terminal.expect("42");
    terminal.expect("silkgraph> ");
    assert_eq!(terminal.leave(), 0);
    assert!(place.read("state/history").contains("RETURN 40 + 2 AS x"));
    let mut terminal = Terminal::ready(&place);
    terminal.press("\x1b[A\r");
    terminal.expect("42");
    terminal.expect("silkgraph> ");
    terminal.press(".history\r");
    let shown = terminal.expect("silkgraph> ");
    assert!(shown.contains("RETURN 40 + 2 AS x"), "{shown:?}");
    assert_eq!(terminal.leave(), 0);
}

#[test]
fn tables_fit_the_terminal_also_when_it_changes() {
    let place = Place::new();
    let mut terminal = Terminal::ready(&place);
    let query =
        "UNWIND ['a long value that takes much more room than a narrow terminal has to give to it, far more'] AS x RETURN x\r";
    let widest = |answer: &str| {
        let rows = answer.split("\r\n").filter(|l| l.contains('│') || l.contains('─') || l.contains('|'));
        rows.map(|l| l.chars().count()).max().unwrap_or(0)
    };
    let wide = widest(&terminal.ask(query));
    assert!((20..=80).contains(&wide), "{wide}");
    terminal.master.resize(size(40)).unwrap();
    thread::sleep(Duration::from_millis(300));
    terminal.ask(".types\r");
    let narrow = widest(&terminal.ask("\x1b[A\x1b[A\r"));
    assert!((10..=40).contains(&narrow), "{narrow}");
    assert_eq!(terminal.leave(), 0);
}

#[test]
fn errors_do_not_end_the_prompt_and_words_of_other_shells_are_understood() {
    let place = Place::new();
    let mut terminal = Terminal::ready(&place);
    terminal.press("routes bypasing Borland\r");
    terminal.expect("error[");
    terminal.expect("silkgraph> ");
    terminal.press("help routes\r");
    terminal.expect("examples:");
    terminal.expect("silkgraph> ");
    terminal.press(".open missing.silk\r");
    terminal.expect("cannot read missing.silk");
    terminal.expect("silkgraph> ");
    terminal.press("show Ardia\r");
    terminal.expect("North Road");
    terminal.expect("silkgraph> ");
    terminal.press("\\q\r");
    assert_eq!(terminal.child.wait().unwrap().exit_code(), 0);
}

#[test]
fn long_answers_stay_on_the_screen_unless_a_pager_is_asked_for() {
    let place = Place::new();
    let mut terminal = Terminal::ready(&place);
    let answer = terminal.ask("UNWIND range(1, 70) AS x RETURN x\r");
    assert!(answer.contains("20 more rows"), "{answer:?}");
    let help = terminal.ask(".help\r");
    assert!(help.contains(".pager [on | off]"), "{help:?}");
    assert_eq!(terminal.leave(), 0);
}

#[test]
fn a_file_gets_the_format_that_its_ending_names() {
    let place = Place::new();
    let mut terminal = Terminal::ready(&place);
    terminal.ask(".mode table\r");
    terminal.ask(".once answer.csv\r");
    terminal.ask("list corridors\r");
    assert!(place.read("answer.csv").starts_with("name,type,length_km,"), "{}", place.read("answer.csv"));
    let said = terminal.ask(".export roads.dot list corridors\r");
    assert!(said.contains("wrote: roads.dot"), "{said:?}");
    assert_eq!(terminal.leave(), 0);
}

#[test]
fn an_answer_without_rows_says_so() {
    let place = Place::new();
    let mut terminal = Terminal::ready(&place);
    let answer = terminal.ask("list corridors where length_km > 99999\r");
    assert!(answer.contains("no rows") && !answer.contains('┌'), "{answer:?}");
    assert_eq!(terminal.leave(), 0);
}
