//! Boxed columns that fit a width: for eyes, not for scripts.
//!
//! Columns that hold nothing are left out. What is too wide is wrapped, then cut with `…`; columns for which there is no
//! room at all are named below the table. Rows are numbered, so that `why N` can be asked.

use std::io::{self, Write};

use super::Layout;
use super::cell::{Cells, clean};
use super::width::{width, wrap};
use crate::graph::FrozenGraph;
use crate::query::{Answer, AnswerKind, ColumnKind, Value};

/// A column is made no narrower than its longest word, up to this.
const NARROWEST: usize = 14;

/// What a cell of several lines asks for at most, in terminal columns a line.
const READABLE: usize = 40;

/// Writes the rows that `layout` allows, and how many more there are.
pub(super) fn write(answer: &Answer, graph: &FrozenGraph, layout: &Layout, out: &mut dyn Write) -> io::Result<()> {
    if answer.columns.is_empty() {
        return Ok(());
    }
    if answer.rows.is_empty() {
        return writeln!(out, "no rows");
    }
    let most = layout.most_rows.unwrap_or(usize::MAX);
    let (columns, left_out) = fit(columns(answer, graph, layout, most), layout.width);
    let pen = Pen { columns: &columns, colour: layout.colour };
    pen.rule(out, ["┌", "┬", "┐"])?;
    if layout.header {
        pen.row(out, &columns.iter().map(|c| wrap(&c.name, c.width, 2)).collect::<Vec<_>>(), true)?;
        pen.rule(out, ["├", "┼", "┤"])?;
    }
    let rows: Vec<Vec<Vec<String>>> =
        (0..answer.rows.len().min(most)).map(|r| columns.iter().map(|c| c.lines(r)).collect()).collect();
    // Where rows take several lines, a rule between them tells where each ends.
    let apart = rows.iter().flatten().any(|lines| lines.len() > 1);
    for (at, row) in rows.iter().enumerate() {
        if apart && at > 0 {
            pen.rule(out, ["├", "┼", "┤"])?;
        }
        pen.row(out, row, false)?;
    }
    pen.rule(out, ["└", "┴", "┘"])?;
    if !left_out.is_empty() {
        let s = if left_out.len() == 1 { "" } else { "s" };
        writeln!(out, "no room for {} more column{s}: {}", left_out.len(), left_out.join(", "))?;
    }
    match answer.rows.len().saturating_sub(most) {
        0 => Ok(()),
        1 => writeln!(out, "1 more row"),
        more => writeln!(out, "{more} more rows"),
    }
}

/// The columns in which a row holds something; all of them if there are no rows.
pub(super) fn filled(answer: &Answer) -> Vec<usize> {
    let holds = |at: usize| {
        answer.rows.iter().any(|r| match r.cells.get(at) {
            None | Some(Value::Null) => false,
            Some(Value::List(items)) => !items.is_empty(),
            Some(Value::Evidence(claims)) => !claims.is_empty(),
            Some(_) => true,
        })
    };
    let all = 0..answer.columns.len();
    let some: Vec<usize> = all.clone().filter(|&c| holds(c)).collect();
    if some.is_empty() { all.collect() } else { some }
}

/// Whether a column's cells are numbers: they stand to the right.
pub(super) fn is_number(answer: &Answer, column: usize) -> bool {
    let numeric = |v: &Value| matches!(v, Value::Int(_) | Value::Float(_));
    let mut cells = answer.rows.iter().filter_map(|r| r.cells.get(column)).filter(|v| !v.is_null()).peekable();
    answer.columns.get(column).is_some_and(|c| c.kind == ColumnKind::Number) || (cells.peek().is_some() && cells.all(numeric))
}

/// A column ready to be drawn.
struct TableColumn {
    name: String,
    cells: Vec<String>,
    right: bool,
    /// How many lines a cell may take.
    lines: usize,
    /// How wide its longest word is.
    word: usize,
    /// Evidence beside what was asked for.
    passing: bool,
    width: usize,
}

impl TableColumn {
    fn lines(&self, row: usize) -> Vec<String> {
        self.cells.get(row).map_or_else(Vec::new, |c| wrap(c, self.width, self.lines))
    }

    /// Below this it would hide what it is for: numbers are never broken.
    fn least(&self) -> usize {
        if self.right { self.width } else { self.width.min(self.word.clamp(1, NARROWEST)) }
    }

    /// How much of `wanted` it would use.
    fn hunger(&self, wanted: usize) -> usize {
        let wanted = wanted.min(self.lines * READABLE);
        if self.width < wanted { wanted * 1000 / self.width.max(1) } else { 0 }
    }
}

fn columns(answer: &Answer, graph: &FrozenGraph, layout: &Layout, most: usize) -> Vec<TableColumn> {
    let cells = Cells { graph, null: &layout.null };
    let rows = answer.rows.iter().take(most);
    let mut columns = Vec::new();
    if answer.kind != AnswerKind::Evidence && answer.rows.len() > 1 {
        let numbers = (1..=answer.rows.len().min(most)).map(|n| n.to_string());
        columns.push(TableColumn {
            name: "#".into(),
            cells: numbers.collect(),
            right: true,
            lines: 1,
            word: 0,
            passing: false,
            width: 0,
        });
    }
    for at in filled(answer) {
        let Some(column) = answer.columns.get(at) else { continue };
        let value = |row: usize| answer.rows.get(row).and_then(|r| r.cells.get(at));
        let lines = match value(0) {
            Some(Value::Route(_) | Value::List(_)) => 10,
            // The sentence is what was asked for.
            _ if answer.kind == AnswerKind::Evidence => 10,
            _ => 3,
        };
        columns.push(TableColumn {
            name: clean(&column.name).into_owned(),
            cells: rows.clone().map(|r| r.cells.get(at).map_or_else(String::new, |v| cells.short(v))).collect(),
            right: is_number(answer, at),
            lines,
            word: 0,
            passing: matches!(value(0), Some(Value::Evidence(_))) || column.kind == ColumnKind::Evidence,
            width: 0,
        });
    }
    for column in &mut columns {
        let cells = column.cells.iter().map(|c| width(c)).max().unwrap_or(0);
        let words = column.cells.iter().flat_map(|c| c.split([' ', '-', '–', '/'])).chain([&*column.name]);
        column.word = words.map(width).max().unwrap_or(0);
        column.width = cells.max(if layout.header { width(&column.name) } else { 0 }).max(1);
    }
    columns
}

/// Narrows columns until all fit into `room`; gives the names of those that cannot.
fn fit(mut columns: Vec<TableColumn>, room: Option<usize>) -> (Vec<TableColumn>, Vec<String>) {
    let mut left_out = Vec::new();
    let Some(room) = room else {
        // Nothing to fit into; but sentences in passing are no longer than can be read.
        columns.iter_mut().filter(|c| c.passing).for_each(|c| (c.width, c.lines) = (c.width.min(2 * READABLE), 1));
        return (columns, left_out);
    };
    let inner = |count: usize| room.saturating_sub(3 * count + 1);
    while columns.len() > 1 && columns.iter().map(TableColumn::least).sum::<usize>() > inner(columns.len()) {
        left_out.extend(columns.pop().map(|c| c.name));
    }
    left_out.reverse();
    let room = inner(columns.len()).max(1);
    if columns.iter().map(|c| c.width).sum::<usize>() <= room {
        return (columns, left_out);
    }
    // Everything starts at its least; room goes where a cell takes the most lines.
    let wanted: Vec<usize> = columns.iter().map(|c| c.width).collect();
    columns.iter_mut().for_each(|c| c.width = c.least());
    for _ in columns.iter().map(|c| c.width).sum::<usize>()..room {
        let tallest = columns.iter_mut().zip(&wanted).rev().max_by_key(|(c, want)| c.hunger(**want));
        if let Some((column, _)) = tallest {
            column.width += 1;
        }
    }
    if let [only] = columns.as_mut_slice() {
        only.width = only.width.min(room);
    }
    (columns, left_out)
}

struct Pen<'a> {
    columns: &'a [TableColumn],
    colour: bool,
}

impl Pen<'_> {
    fn rule(&self, out: &mut dyn Write, [left, middle, right]: [&str; 3]) -> io::Result<()> {
        let bars: Vec<String> = self.columns.iter().map(|c| "─".repeat(c.width + 2)).collect();
        let line = format!("{left}{}{right}", bars.join(middle));
        writeln!(out, "{}", self.paint(&line, "2"))
    }

    fn row(&self, out: &mut dyn Write, cells: &[Vec<String>], head: bool) -> io::Result<()> {
        let bar = self.paint("│", "2");
        for line in 0..cells.iter().map(Vec::len).max().unwrap_or(1).max(1) {
            write!(out, "{bar}")?;
            for (column, lines) in self.columns.iter().zip(cells) {
                let text = lines.get(line).map_or("", String::as_str);
                let blank = " ".repeat(column.width.saturating_sub(width(text)));
                let text = if head { self.paint(text, "1") } else { text.to_owned() };
                if column.right { write!(out, " {blank}{text} {bar}")? } else { write!(out, " {text}{blank} {bar}")? }
            }
            writeln!(out)?;
        }
        Ok(())
    }

    fn paint(&self, text: &str, style: &str) -> String {
        if self.colour && !text.is_empty() { format!("\u{1b}[{style}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}
