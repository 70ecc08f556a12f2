//! Feature files: scenarios, outlines with their examples, and the few kinds of steps that matter here.

/// What a scenario wants.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// Some error.
    Error,
    /// These rows.
    Rows { columns: Vec<String>, rows: Vec<Vec<String>>, ordered: bool, any_list_order: bool },
}

/// A scenario.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// `[1] Match non-existent nodes`, and for outlines the number of the example.
    pub title: String,
    /// The statements that make its graph; none if it is one that has a name.
    pub graph: Option<Vec<String>>,
    pub params: Vec<(String, String)>,
    pub query: String,
    pub outcome: Outcome,
}

pub fn scenarios(text: &str) -> Vec<Scenario> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let starts: Vec<usize> = (0..lines.len())
        .filter(|&i| ["Scenario:", "Scenario Outline:"].iter().any(|s| lines[i].trim_start().starts_with(s)))
        .collect();
    let background = lines.iter().position(|l| l.trim_start().starts_with("Background:"));
    let background: Vec<&str> =
        background.map_or(Vec::new(), |b| lines[b + 1..starts.first().copied().unwrap_or(b + 1)].to_vec());
    let mut all = Vec::new();
    for (at, &start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).copied().unwrap_or(lines.len());
        let title = lines[start].trim_start().trim_start_matches("Scenario Outline:").trim_start_matches("Scenario:").trim();
        let body = &lines[start + 1..end];
        let examples = body.iter().position(|l| l.trim_start().starts_with("Examples:"));
        let (steps, tables) = body.split_at(examples.unwrap_or(body.len()));
        let steps: Vec<&str> = background.iter().chain(steps).copied().collect();
        if examples.is_none() {
            all.extend(scenario(title, &steps));
            continue;
        }
        let mut table = tables.iter().filter(|l| l.trim_start().starts_with('|')).map(|l| cells(l));
        let names = table.next().unwrap_or_default();
        for (number, row) in table.enumerate() {
            let fill = |line: &&str| names.iter().zip(&row).fold((*line).to_owned(), |l, (n, v)| l.replace(&format!("<{n}>"), v));
            let steps: Vec<String> = steps.iter().map(fill).collect();
            let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
            all.extend(scenario(&format!("{title} #{}", number + 1), &steps));
        }
    }
    all
}

/// `| a | b |`, with `\|` for a bar.
fn cells(line: &str) -> Vec<String> {
    let inner = line.trim().trim_start_matches('|').trim_end_matches('|').replace("\\|", "\u{1}");
    inner.split('|').map(|c| c.trim().replace('\u{1}', "|").replace("\\\\", "\\")).collect()
}

fn scenario(title: &str, lines: &[&str]) -> Option<Scenario> {
    let mut graph = Some(Vec::new());
    let (mut params, mut query, mut outcome) = (Vec::new(), String::new(), None);
    let mut at = 0;
    while at < lines.len() {
        let step = lines[at].trim();
        at += 1;
        let (text, table) = argument(lines, &mut at);
        match step {
            _ if step.contains("-tree-") => graph = None,
            "And having executed:" | "Given having executed:" => {
                if let Some(graph) = &mut graph {
                    graph.push(text);
                }
            }
            "And parameters are:" => {
                params = table.into_iter().filter(|r| r.len() == 2).map(|r| (r[0].clone(), r[1].clone())).collect()
            }
            "When executing query:" => query = text,
            _ if step.starts_with("Then the result should be") => {
                let mut rows = table.into_iter();
                outcome = Some(Outcome::Rows {
                    columns: rows.next().unwrap_or_default(),
                    rows: rows.collect(),
                    ordered: step.contains("in order"),
                    any_list_order: step.contains("ignoring element order"),
                });
            }
            _ if step.starts_with("Then a") && step.contains("should be raised") => outcome = Some(Outcome::Error),
            _ => {}
        }
    }
    Some(Scenario { title: title.to_owned(), graph, params, query, outcome: outcome? })
}

/// The text in triple quotes, or the table, that follows a step.
fn argument(lines: &[&str], at: &mut usize) -> (String, Vec<Vec<String>>) {
    let (mut text, mut table) = (String::new(), Vec::new());
    if lines.get(*at).is_some_and(|l| l.trim() == "\"\"\"") {
        *at += 1;
        while let Some(line) = lines.get(*at).filter(|l| l.trim() != "\"\"\"") {
            text += line.strip_prefix("      ").unwrap_or(line);
            text.push('\n');
            *at += 1;
        }
        *at += 1;
    }
    while let Some(line) = lines.get(*at).filter(|l| l.trim_start().starts_with('|')) {
        table.push(cells(line));
        *at += 1;
    }
    (text.trim().to_owned(), table)
}
