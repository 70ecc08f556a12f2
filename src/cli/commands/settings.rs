//! Commands that change how answers are written.

use silkgraph::diagnostic::Diagnostic;
use silkgraph::output::Format;

use super::{Command, switch, unquoted, usage};
use crate::cli::args::format_named;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::session::{Session, param};

/// Runs the settings command called `name`.
pub fn run(name: &str, rest: &str, command: &Command, session: &mut Session<'_>) -> Outcome<()> {
    match name {
        "mode" if rest.is_empty() => {
            let text = format!("{}\n", format_name(session.format()));
            session.say(&text)?;
        }
        "mode" => {
            let named = format_named(rest).map_err(|why| Failure::plain(Diagnostic::error("C043", why)))?;
            session.settings.format = named;
        }
        "limit" => session.settings.rows = rows(rest, command)?,
        "headers" => session.settings.header = switch(rest, command)?,
        "nullvalue" => session.settings.null = Some(unquoted(rest).to_owned()),
        // As psql's `\timing` does.
        "timer" if rest.is_empty() => {
            session.settings.timer = !session.settings.timer;
            session.context.remark("timer", if session.settings.timer { "on" } else { "off" });
        }
        "timer" => session.settings.timer = switch(rest, command)?,
        "pager" if rest.is_empty() => session.page_last()?,
        "pager" => session.settings.pager = switch(rest, command)?,
        "bail" => session.settings.keep_going = !switch(rest, command)?,
        "param" if rest.is_empty() => {
            let text: String = session.settings.params.keys().map(|k| format!("${k}\n")).collect();
            session.say(&text)?;
        }
        "param" => {
            // psql and Cypher shells write a blank, an arrow or `=>` in place of `=`.
            let rest = rest.replacen("=>", "=", 1);
            let rest = if rest.contains('=') { rest } else { rest.replacen(char::is_whitespace, "=", 1) };
            let (key, value) = param(&rest)?;
            session.settings.params.insert(key, value);
        }
        "show" => {
            let text = overview(session);
            session.say(&text)?;
        }
        _ => return Err(usage(command)),
    }
    Ok(())
}

fn rows(rest: &str, command: &Command) -> Outcome<Option<usize>> {
    match rest.to_ascii_lowercase().as_str() {
        // None is the default; no row would be no answer, so it means no bound.
        "" => Ok(None),
        "off" | "all" | "0" => Ok(Some(0)),
        number => number.parse().map(Some).map_err(|_| usage(command)),
    }
}

/// A format's name.
pub fn format_name(format: Format) -> &'static str {
    format.name()
}

fn overview(session: &Session<'_>) -> String {
    let on = |yes: bool| if yes { "on" } else { "off" };
    let settings = &session.settings;
    let rows = match settings.rows {
        None => "as fits".to_owned(),
        Some(0) => "off".to_owned(),
        Some(rows) => rows.to_string(),
    };
    let sources: Vec<String> = session.sources.iter().map(|s| s.display().to_string()).collect();
    let params: Vec<String> = settings.params.keys().map(|k| format!("${k}")).collect();
    format!(
        "sources    {}\nmode       {}\nlimit      {rows}\nheaders    {}\nnullvalue  {:?}\ntimer      {}\npager      {}\nbail       {}\nparams     {}\noutput     {}\n",
        if sources.is_empty() { "the collection that comes with silkgraph".to_owned() } else { sources.join(" ") },
        format_name(session.format()),
        on(settings.header),
        settings.null.as_deref().unwrap_or(""),
        on(settings.timer),
        on(settings.pager),
        on(!settings.keep_going),
        if params.is_empty() { "none".to_owned() } else { params.join(", ") },
        session.target.name(),
    )
}
