//! The verbs: one table from which the parser's words, `help`, completion and the reference come.

/// A verb of the language.
#[derive(Debug, Clone, Copy)]
pub struct Verb {
    /// The word.
    pub name: &'static str,
    /// Other words for it.
    pub aliases: &'static [&'static str],
    /// Which sentence it starts.
    pub form: Form,
    /// How it goes on, one line a form.
    pub usage: &'static [&'static str],
    /// What it answers, one line, no full stop.
    pub summary: &'static str,
    /// More on it, a paragraph.
    pub help: &'static str,
    /// Queries that run on the graph that is compiled in.
    pub examples: &'static [&'static str],
}

/// Which sentence a verb starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is named after its verb, which the table explains")]
pub enum Form {
    Routes,
    Path,
    Paths,
    Neighbours,
    Show,
    Who,
    What,
    Which,
    Why,
    List,
    Count,
    Timeline,
    Conflicts,
    Compare,
    Chokepoints,
    Due,
    Sources,
    Explain,
    Profile,
    Match,
}

/// What may follow in any sentence.
pub const TAIL: &str = "[where EXPR] [in NAMES] [by hops|PROPERTY] [order by EXPR [desc]] [skip N] [limit N] [mode MODE] \
[as of DATE] [since DATE] [before DATE] [between DATE and DATE] [in DATE] [stated] [with world]";

/// All verbs, in the order in which help lists them.
pub const VERBS: &[Verb] = &[
    Verb {
        name: "routes",
        aliases: &["route", "ways", "way"],
        form: Form::Routes,
        usage: &[
            "routes [from NAMES] [to NAMES] [via NAMES] [bypassing NAMES] [carrying NAMES] [over EDGES] [within N hops] TAIL",
        ],
        summary: "ways between places, and ways round them",
        help: "With from and to: chains of stretches of ways, the best first. With one of them, via or carrying: the ways that touch it. \
With bypassing (or avoiding): what is named, and all that lies in it, is taken out before the search; the basis says whether a text \
states it or nothing speaks against it, and `stated` keeps only the first. `by length_km` or `by cost` weighs; without it hops count. \
Of several names `or` means any, `and` all; bypassing takes all.",
        examples: &[
            "routes bypassing Russia",
            "routes from Kazakhstan to Europe bypassing Russia and Iran",
            "routes from Kazakhstan to Europe via Caspian Sea, Azerbaijan avoiding Russia within 6 hops by cost limit 5",
            "routes from Turkmenistan to Pakistan stated mode planned",
        ],
    },
    Verb {
        name: "path",
        aliases: &[],
        form: Form::Path,
        usage: &["path from NAMES to NAMES [via NAMES] [bypassing NAMES] [over EDGES] [within N hops] TAIL"],
        summary: "the shortest chain of edges between two things",
        help: "Walks edges of any kind in both directions, not only ways: who is tied to what, and how. `over` keeps to some edges.",
        examples: &["path from Japan to \"Middle Corridor\"", "path from Sumitomo to Uzbekistan over builds|located_in"],
    },
    Verb {
        name: "paths",
        aliases: &[],
        form: Form::Paths,
        usage: &["paths from NAMES to NAMES [via NAMES] [bypassing NAMES] [over EDGES] [within N hops] TAIL"],
        summary: "several chains of edges between two things, the shortest first",
        help: "Like path, but as many as `limit` says: ten if it says nothing.",
        examples: &["paths from Kazakhstan to Armenia within 3 hops limit 5"],
    },
    Verb {
        name: "neighbours",
        aliases: &["neighbors", "neighbour", "neighbor"],
        form: Form::Neighbours,
        usage: &["neighbours of NAMES [over EDGES] [depth N] [in|out] TAIL"],
        summary: "what is tied to a thing, near it in the graph",
        help: "One edge away, or as many as `depth` says, in both directions unless `in` or `out` is said. \
Borders are world data and come with `with world`, or when `over borders` asks for them.",
        examples: &["neighbours of Middle Corridor", "neighbours of Kazakhstan over borders depth 2"],
    },
    Verb {
        name: "show",
        aliases: &["describe"],
        form: Form::Show,
        usage: &["show NAMES TAIL"],
        summary: "all that the documents say of a thing",
        help: "Its type, names, figures with their sources, and its edges in both directions.",
        examples: &["show Middle Corridor", "show Japan, Uzbekistan mode actual"],
    },
    Verb {
        name: "who",
        aliases: &[],
        form: Form::Who,
        usage: &["who EDGE NAMES TAIL", "who EDGE what TAIL"],
        summary: "the ones from whom an edge leads to a thing",
        help: "The edge is said as people say it (funds, pays for, is a member of) or by its name in the schema. \
`what` or a type in place of the names asks for all pairs.",
        examples: &["who funds Western Trans-Afghan Railway", "who is in the SCO", "who funds what in Central Asia"],
    },
    Verb {
        name: "what",
        aliases: &[],
        form: Form::What,
        usage: &["what NAMES EDGE TAIL", "what does NAMES EDGE TAIL", "what EDGE NAMES TAIL"],
        summary: "the ones to which an edge leads from a thing",
        help: "`what EU funds` and `what is funded by EU` are the same question.",
        examples: &["what EU funds order by amount desc limit 10", "what is funded by Japan", "what bypasses Russia"],
    },
    Verb {
        name: "which",
        aliases: &[],
        form: Form::Which,
        usage: &["which TYPE EDGE NAMES TAIL", "which TYPE does NAMES EDGE TAIL"],
        summary: "who or what, of one type only",
        help: "Like who and what, but only things of the type.",
        examples: &["which states border Russia", "which corridors does China fund"],
    },
    Verb {
        name: "why",
        aliases: &[],
        form: Form::Why,
        usage: &["why ROW", "why NAME EDGE NAME TAIL", "why same NAME, NAME", "why NAME"],
        summary: "the sentences under a row, an edge or a name",
        help: "A number is a row of the last answer. `why same` tells why two names are taken for one thing, or are not.",
        examples: &["why \"Middle Corridor\" bypasses Russia", "why same \"Middle Corridor\", TITR"],
    },
    Verb {
        name: "list",
        aliases: &[],
        form: Form::List,
        usage: &["list TYPE [of NAMES] TAIL", "TYPE of NAMES TAIL", "EDGE-NOUN of NAMES TAIL"],
        summary: "everything of a type",
        help: "`of` keeps what any edge ties to the names: `agreements of Japan`. The word list may be left out, \
and the nouns for an edge's ends work in its place: `funders of Masrik-1`, `members of the SCO`. Kinds of a type have nouns of \
their own, and words for how far they are stand before them: `railways`, `planned pipelines`.",
        examples: &[
            "list corridors where kind = 'railway'",
            "agreements of Japan",
            "states of the SCO",
            "projects in Uzbekistan",
            "planned railways",
        ],
    },
    Verb {
        name: "count",
        aliases: &[],
        form: Form::Count,
        usage: &["count [TYPE] [of NAMES] [by PROPERTY] TAIL"],
        summary: "how many there are of a type",
        help: "`by` counts each value of a property apart.",
        examples: &["count corridors", "count corridors by kind"],
    },
    Verb {
        name: "timeline",
        aliases: &[],
        form: Form::Timeline,
        usage: &["timeline [of NAMES|TYPE] [since DATE] [before DATE] [between DATE and DATE] TAIL"],
        summary: "what happened, in order",
        help: "Goes by the date that a text gives for what it says, not by the date of the text.",
        examples: &["timeline of Japan", "timeline of events since 2025", "timeline of Japan between 2025-07 and 2025-12"],
    },
    Verb {
        name: "conflicts",
        aliases: &["contradictions"],
        form: Form::Conflicts,
        usage: &["conflicts [of|about NAMES|TYPE] TAIL"],
        summary: "what the texts say both ways",
        help: "Edges that one text says and another denies, and figures that differ, side by side with their sources.",
        examples: &["conflicts", "conflicts about TAPI"],
    },
    Verb {
        name: "compare",
        aliases: &[],
        form: Form::Compare,
        usage: &["compare NAME, NAME TAIL", "compare NAME with NAME TAIL", "compare TYPE TAIL"],
        summary: "things side by side",
        help: "A column each: figures, stops, funders, status.",
        examples: &["compare Middle Corridor with Northern Corridor", "compare Kabul Corridor, TAPI"],
    },
    Verb {
        name: "chokepoints",
        aliases: &["chokepoint"],
        form: Form::Chokepoints,
        usage: &[
            "chokepoints [from NAMES to NAMES] [bypassing NAMES] TAIL",
            "chokepoints [from NAMES to NAMES] without NAMES TAIL",
        ],
        summary: "what routes hang on, and what is lost if a place closes",
        help: "Without names that close: the stops that most routes pass. `without Georgia` (or `if Georgia closes`): the routes that are lost.",
        examples: &["chokepoints from Central Asia to Europe", "chokepoints without Georgia"],
    },
    Verb {
        name: "due",
        aliases: &[],
        form: Form::Due,
        usage: &["due [before DATE] [of NAMES|TYPE] TAIL"],
        summary: "what is planned to happen by a date",
        help: "Planned and proposed edges and events with a date of their own.",
        examples: &["due before 2027", "due before 2027 of CASA-1000"],
    },
    Verb {
        name: "sources",
        aliases: &["origins"],
        form: Form::Sources,
        usage: &["sources [of NAMES|TYPE] TAIL"],
        summary: "the origins that something rests on",
        help: "Two articles that retell one report are one origin; what rests on one alone is told.",
        examples: &["sources", "sources of Middle Corridor"],
    },
    Verb {
        name: "explain",
        aliases: &[],
        form: Form::Explain,
        usage: &["explain STATEMENT"],
        summary: "the plan of a statement, and the MATCH it stands for where there is one",
        help: "Nothing is run.",
        examples: &["explain routes from Kazakhstan to Europe bypassing Russia"],
    },
    Verb {
        name: "profile",
        aliases: &[],
        form: Form::Profile,
        usage: &["profile STATEMENT"],
        summary: "the plan of a statement with the rows and time of each operator",
        help: "The statement is run.",
        examples: &["profile MATCH (c:Corridor)-[:passes_through]->(s:State) RETURN c.name, count(s)"],
    },
    Verb {
        name: "match",
        aliases: &["optional", "return", "with", "unwind"],
        form: Form::Match,
        usage: &["MATCH PATTERN [WHERE EXPR] … RETURN ITEMS [ORDER BY …] [SKIP …] [LIMIT …]"],
        summary: "anything else: patterns, openCypher-style",
        help: "Nodes in parentheses, edges as arrows: (c:Corridor)-[:passes_through]->(s:State). OPTIONAL MATCH, WITH, UNWIND, UNION, \
aggregates, EXISTS { … }, ACYCLIC, SHORTEST k and CHEAPEST k BY property are there.",
        examples: &[
            "MATCH (o:Organisation|State)-[f:funds]->(c:Corridor) WHERE NOT (c)-[:passes_through]->({name: 'Russia'}) RETURN c.name, count(*) AS n ORDER BY n DESC LIMIT 10",
            "MATCH (c:Corridor) RETURN c.name LIMIT 5",
        ],
    },
];

/// The verb that `word`, in any case, is a name of.
#[must_use]
pub fn lookup(word: &str) -> Option<&'static Verb> {
    VERBS.iter().find(|v| v.name.eq_ignore_ascii_case(word) || v.aliases.iter().any(|a| a.eq_ignore_ascii_case(word)))
}

/// All words that start a statement, aliases after their verb.
pub fn words() -> impl Iterator<Item = &'static str> {
    VERBS.iter().flat_map(|v| std::iter::once(v.name).chain(v.aliases.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Vocabulary, parse::parse};
    use crate::schema::Schema;

    #[test]
    fn each_word_means_one_verb() {
        let mut seen = std::collections::BTreeSet::new();
        assert!(words().all(|w| seen.insert(w) && w == w.to_lowercase()));
        assert!(words().all(|w| lookup(&w.to_uppercase()).is_some()));
    }

    #[test]
    fn each_verb_is_explained_and_its_examples_parse_as_it() {
        let vocabulary = Vocabulary::of(Schema::builtin());
        for verb in VERBS {
            assert!(!verb.usage.is_empty() && !verb.examples.is_empty() && !verb.help.is_empty(), "{}", verb.name);
            assert!(!verb.summary.ends_with('.'), "{}", verb.name);
            for example in verb.examples {
                if let Err(error) = parse(example, &vocabulary) {
                    panic!("{example}: {error:?}");
                }
            }
            let first = verb.examples[0].split(' ').next().unwrap_or("");
            assert!(lookup(first).is_some_and(|v| v.name == verb.name), "{} starts its first example", verb.name);
        }
    }
}
