//! Made-up articles: any number, all different, the same for the same seed.
//!
//! For benches and for building large corpora: sentences are put together from templates
//! about ways, summits, loans, trade and rivalry, with real states and with places,
//! companies and persons that do not exist. Nothing in them is true.

#![allow(dead_code, reason = "each of the bench and the example uses a part")]

/// A small generator of numbers (SplitMix64), so that a corpus is the same everywhere.
pub struct Dice(u64);

impl Dice {
    /// Dice that fall as the seed says.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `most`.
    pub fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const STATES: &[&str] = &[
    "Kazakhstan",
    "Uzbekistan",
    "Turkmenistan",
    "Kyrgyzstan",
    "Tajikistan",
    "Azerbaijan",
    "Georgia",
    "Armenia",
    "Türkiye",
    "Iran",
    "Pakistan",
    "Afghanistan",
    "India",
    "China",
    "Russia",
    "Japan",
    "Mongolia",
    "Saudi Arabia",
    "Kenya",
    "Uganda",
    "Tanzania",
    "Brazil",
    "Peru",
    "Bolivia",
    "Paraguay",
    "Argentina",
    "Chile",
    "Laos",
    "Thailand",
    "Vietnam",
    "Malaysia",
    "Poland",
    "Germany",
    "France",
    "Italy",
    "Romania",
    "Bulgaria",
    "Greece",
    "Egypt",
    "Ethiopia",
    "Zambia",
    "Angola",
    "the United States",
    "the United Arab Emirates",
    "South Korea",
    "Iraq",
    "Norway",
    "Finland",
];
const CAPITALS: &[&str] = &[
    "Astana",
    "Tashkent",
    "Ashgabat",
    "Bishkek",
    "Dushanbe",
    "Baku",
    "Tbilisi",
    "Yerevan",
    "Ankara",
    "Tehran",
    "Islamabad",
    "Kabul",
    "New Delhi",
    "Beijing",
    "Moscow",
    "Tokyo",
    "Nairobi",
    "Kampala",
    "Lima",
    "Warsaw",
    "Berlin",
    "Paris",
    "Rome",
    "Cairo",
    "Washington",
];
const BODIES: &[&str] = &[
    "the Asian Development Bank",
    "the World Bank",
    "the European Union",
    "the European Investment Bank",
    "the Eurasian Development Bank",
    "the SCO",
    "the Organization of Turkic States",
    "the African Development Bank",
    "the Inter-American Development Bank",
    "the African Union",
    "the EAEU",
];
const GOODS: &[&str] = &[
    "oil",
    "natural gas",
    "copper",
    "grain",
    "uranium",
    "coal",
    "gallium",
    "cotton",
    "fertilizers",
    "critical minerals",
    "timber",
    "steel",
];
const KINDS: &[&str] = &["railway", "pipeline", "highway", "corridor", "power line", "gas pipeline", "ferry line", "road"];
const ENDS: &[&str] =
    &["an", "ar", "abad", "ov", "ek", "ino", "ashan", "ul", "oma", "ira", "ent", "ak", "eh", "or", "ubo", "isk"];
const STARTS: &[&str] = &[
    "Kar", "Bel", "Tor", "Mang", "Zar", "Sher", "Dul", "Kun", "Nam", "Ost", "Pil", "Rav", "Sam", "Tul", "Und", "Vel", "Yas",
    "Zhan", "Ber", "Chor", "Gal", "Har", "Ish", "Jal", "Kov", "Lam", "Mir", "Nor", "Or", "Par",
];
const MIDDLES: &[&str] = &["a", "e", "i", "o", "u", "al", "en", "or", "is", "ud", "ab", "ig"];
const FIRST: &[&str] = &[
    "Anvar", "Dana", "Elif", "Farid", "Gulnara", "Henrik", "Irina", "Jonas", "Kenji", "Lola", "Marat", "Nino", "Omar", "Pilar",
    "Rustam", "Saule", "Timur", "Ulrike", "Viktor", "Wanjiru", "Yuki", "Zarina",
];
const FIRMS: &[&str] = &[
    "Logistics",
    "Energy",
    "Rail",
    "Holding",
    "Mining",
    "Ports Authority",
    "Development Bank",
    "Shipping Company",
    "Power",
    "Metals",
];
const OFFICES: &[&str] =
    &["President", "Prime Minister", "Foreign Minister", "Transport Minister", "Energy Minister", "Deputy Prime Minister"];
const MONTHS: &[&str] =
    &["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const CLAUSES: &[&str] = &[
    "a step that traders had long asked for",
    "which would shorten the trip by a week",
    "after years of talks",
    "although no contract has been signed",
    "while critics doubt the figures",
    "as demand for transit grows",
    "in spite of higher costs",
    "at a time when other ways are closed",
    "with the help of foreign lenders",
    "without crossing {S}",
    "bypassing {S}",
];
const TEMPLATES: &[&str] = &[
    "{S} and {S} signed a memorandum on {W} in {C} on {D}.",
    "{B} will lend {M} to {S} for {W}.",
    "{O} {P} of {S} said that {W} would carry {N} million tonnes of {G} a year.",
    "{W}, {L} kilometres long, runs from {T} through {T} to {T}.",
    "{S} plans to build {W} by {Y}.",
    "{F} has built a terminal at the port of {T} for {M}.",
    "{C} has proposed a new route for {G} that would avoid {S}.",
    "The first train left {T} for {T} on {D}, {X}.",
    "{S} exports {G} to {S}, {X}.",
    "Trade between {S} and {S} reached {M} in {Y}.",
    "{S} is not a member of {B}, but it has been an observer since {Y}.",
    "{F} and {F} agreed to develop the {G} field near {T}, {X}.",
    "\"We need more than one door,\" said {P}, who heads {F}.",
    "{W} is an alternative to {W}, {X}.",
    "The presidents of {S}, {S} and {S} met in {T} on {D} and adopted the {T} Declaration.",
    "{S} may join {B} next year, according to {P}.",
    "{B} pledged {M} for roads in {S} and {S}.",
    "Work on {W} was halted in {Y} and has not begun again.",
    "Nor does {S} want to pay for {W}.",
    "{S} opposes {W}, which it sees as a threat.",
    "The line passes through {S}, {S} and {S}, {X}.",
    "{O} {P} told reporters in {C} that the two countries would finish the project by {Y}.",
    "Its capacity is to rise from {N} to {L} trains a day.",
    "The company, founded in {Y}, operates {W}.",
    "In {C}, officials call it a success; others are less sure.",
    "It cost {M}, of which {S} paid half.",
    "A second section, from {T} to {T}, is under construction.",
    "{S} has blocked the sale of {G} to {S} since {Y}.",
    "Both countries signed the agreement in {C}, {X}.",
    "Few shippers use it: last year it carried {N},{L} tonnes of {G}.",
];

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Wire,
    Brief,
    Release,
    Interview,
    Markdown,
    Html,
}

const STYLES: [Style; 6] = [Style::Wire, Style::Brief, Style::Release, Style::Interview, Style::Markdown, Style::Html];

/// Fills the slots of a template.
fn fill(template: &str, dice: &mut Dice, out: &mut String) {
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        let slot = rest.as_bytes()[at + 1];
        rest = &rest[at + 3..];
        match slot {
            b'S' => out.push_str(dice.of(STATES)),
            b'C' => out.push_str(dice.of(CAPITALS)),
            b'B' => out.push_str(dice.of(BODIES)),
            b'G' => out.push_str(dice.of(GOODS)),
            b'O' => out.push_str(dice.of(OFFICES)),
            b'T' => place(dice, out),
            b'P' => person(dice, out),
            b'F' => firm(dice, out),
            b'W' => way(dice, out),
            b'M' => money(dice, out),
            b'D' => *out += &format!("{} {}", dice.below(28) + 1, dice.of(MONTHS)),
            b'Y' => *out += &(2010 + dice.below(25)).to_string(),
            b'N' => *out += &(1 + dice.below(90)).to_string(),
            b'L' => *out += &(100 + dice.below(890)).to_string(),
            b'X' => fill(dice.of(CLAUSES), dice, out),
            _ => {}
        }
    }
    out.push_str(rest);
}

fn place(dice: &mut Dice, out: &mut String) {
    out.push_str(dice.of(STARTS));
    out.push_str(dice.of(MIDDLES));
    out.push_str(dice.of(ENDS));
}

fn person(dice: &mut Dice, out: &mut String) {
    out.push_str(dice.of(FIRST));
    out.push(' ');
    place(dice, out);
    out.push_str(dice.of(&["ov", "ova", "son", "aliyev", "ashvili", "i", "yan", "er"]));
}

fn firm(dice: &mut Dice, out: &mut String) {
    place(dice, out);
    out.push(' ');
    out.push_str(dice.of(FIRMS));
}

fn way(dice: &mut Dice, out: &mut String) {
    match dice.below(4) {
        0 => {
            out.push_str("the ");
            place(dice, out);
            out.push('–');
            place(dice, out);
            out.push(' ');
        }
        1 => {
            out.push_str("the ");
            place(dice, out);
            out.push(' ');
        }
        2 => {
            out.push_str("the Trans-");
            place(dice, out);
            out.push(' ');
        }
        _ => out.push_str("the proposed "),
    }
    out.push_str(dice.of(KINDS));
}

fn money(dice: &mut Dice, out: &mut String) {
    let sum = 1 + dice.below(900);
    match dice.below(4) {
        0 => *out += &format!("${sum} million"),
        1 => *out += &format!("US${}.{} billion", sum % 20 + 1, sum % 10),
        2 => *out += &format!("€{sum} million"),
        _ => *out += &format!("{sum} million dollars"),
    }
}

fn paragraph(dice: &mut Dice, sentences: usize) -> String {
    let mut out = String::new();
    for n in 0..sentences {
        if n > 0 {
            out.push(' ');
        }
        let start = out.len();
        fill(dice.of(TEMPLATES), dice, &mut out);
        if let Some(rest) = out[start..].strip_prefix("the ") {
            let rest = format!("The {rest}");
            out.truncate(start);
            out += &rest;
        }
    }
    out
}

/// An article: its name, and its text in the style that the number picks.
pub fn article(number: u64) -> (String, String) {
    let mut dice = Dice::new(number);
    let style = STYLES[dice.below(STYLES.len())];
    let paragraphs = 5 + dice.below(12);
    let mut title = String::new();
    fill(
        dice.of(&["{S} and {S} agree on {W}", "{B} funds {W}", "{F} opens terminal at {T}", "What {W} means for {S}"]),
        &mut dice,
        &mut title,
    );
    let date = format!("{} {} {}", 1 + dice.below(28), dice.of(MONTHS), 2015 + dice.below(11));
    let mut author = String::new();
    person(&mut dice, &mut author);
    let body: Vec<String> = (0..paragraphs)
        .map(|_| {
            let n = 2 + dice.below(4);
            paragraph(&mut dice, n)
        })
        .collect();
    let (ending, text) = match style {
        Style::Wire => ("txt", wire(&mut dice, &title, &date, &body)),
        Style::Brief => (
            "txt",
            format!(
                "{title}\n\nBy {author}\n{date}\n\nBACKGROUND:\n\n{}\n\nAUTHOR'S BIO:\n\n{author} is a fellow.\n",
                body.join("\n\n")
            ),
        ),
        Style::Release => {
            ("txt", format!("PRESS RELEASE\n\n{title}\n\n{date}\n\n{}\n\nMedia contact: press desk\n", body.join("\n\n")))
        }
        Style::Interview => ("txt", interview(&mut dice, &title, &date, &body)),
        Style::Markdown => ("md", markdown(&mut dice, &title, &date, &body)),
        Style::Html => ("html", html(&title, &date, &author, &body)),
    };
    (format!("{:03}/{number:06}.{ending}", number / 1000), text)
}

fn wire(dice: &mut Dice, title: &str, date: &str, body: &[String]) -> String {
    let city = dice.of(CAPITALS).to_uppercase();
    let mut out = format!("Skip to content\nWorld | Business | Sport\nADVERTISEMENT\n\n{title}\n\nPublished {date}\n\n{city} - ");
    for (i, p) in body.iter().enumerate() {
        out += p;
        out += if i % 5 == 3 { "\n\nADVERTISEMENT\n\n" } else { "\n\n" };
    }
    out + "READ NEXT\nSnow closes mountain pass\n(c) 2025 Wire\n"
}

fn interview(dice: &mut Dice, title: &str, date: &str, body: &[String]) -> String {
    let mut out = format!("{title}\n\n{date}\n\n");
    for p in body {
        out += dice.of(&["Q: What has changed?", "Q: Who pays for it?", "Q: And the neighbours?", "Q: When will it open?"]);
        out += "\n\nA: ";
        out += p;
        out += "\n\n";
    }
    out
}

fn markdown(dice: &mut Dice, title: &str, date: &str, body: &[String]) -> String {
    let mut out = format!("# {title}\n\n*Published on {date}.*\n\n| State | Share |\n| --- | ---: |\n");
    for _ in 0..4 {
        out += &format!("| {} | {}% |\n", dice.of(STATES), dice.below(60));
    }
    for (i, p) in body.iter().enumerate() {
        if i % 3 == 0 {
            out += &format!("\n## {}. Section\n", i / 3 + 1);
        }
        out += "\n";
        out += if i % 4 == 3 { "- " } else { "" };
        out += p;
        out += "\n";
    }
    out
}

fn html(title: &str, date: &str, author: &str, body: &[String]) -> String {
    let escape = |t: &str| t.replace('&', "&amp;").replace('–', "&ndash;").replace("US$", "US&#36;").replace('ü', "&uuml;");
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{t} | Daily</title>\n<script>var a = [\"Russia\", 1];</script></head>\n<body>\n<nav><ul><li><a href=\"/\">Home</a></li><li><a href=\"/x\">World</a></li></ul></nav>\n<article>\n<h1>{t}</h1>\n<p class=\"byline\">By {author} &middot; {date}</p>\n",
        t = escape(title)
    );
    for (i, p) in body.iter().enumerate() {
        if i % 4 == 2 {
            out += "<h2>What is new?</h2>\n<div class=\"ad\">Advertisement</div>\n";
        }
        out += &format!("<p>{}</p>\n", escape(p));
    }
    out + "</article>\n<aside><h3>Related</h3><ul><li><a href=\"/1\">Something else</a></li></ul></aside>\n<footer>&copy; 2025 Daily</footer>\n</body></html>\n"
}

/// Plain text only, until there are `bytes` of it: articles one by one.
pub fn plain(bytes: usize) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut size = 0;
    let mut number = 0;
    while size < bytes {
        let (name, text) = article(number);
        number += 1;
        if name.ends_with(".txt") {
            size += text.len();
            out.push((name, text));
        }
    }
    out
}

/// Of all formats, until there are `bytes` of it.
pub fn mixed(bytes: usize) -> Vec<(String, String)> {
    let mut size = 0;
    (0..)
        .map(article)
        .take_while(|(_, text)| {
            let go_on = size < bytes;
            size += text.len();
            go_on
        })
        .collect()
}
