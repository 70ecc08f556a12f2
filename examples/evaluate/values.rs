//! Whether a value that extraction gave is the one that a reader gave: numbers by what they mean, words by their letters.

use silkgraph::model::Value;
use silkgraph::names::fold;

const SCALES: [(&str, f64); 8] = [
    ("trillion", 1e12),
    ("billion", 1e9),
    ("bn", 1e9),
    ("million", 1e6),
    ("mn", 1e6),
    ("m", 1e6),
    ("thousand", 1e3),
    ("hundred", 1e2),
];

/// Whether `value` says what `gold` says.
pub fn same(value: &Value, gold: &str) -> bool {
    let text = shown(value);
    if fold(&text) == fold(gold) || gold.split([',', '/']).any(|part| fold(part) == fold(&text)) {
        return true;
    }
    let number = match value {
        Value::Quantity { number: Some(number), .. } => Some(*number),
        Value::Quantity { text, number: None, .. } => amount(text),
        Value::Int(int) => Some(*int as f64),
        Value::Float(float) => Some(*float),
        Value::Bool(_) | Value::Text(_) | Value::List(_) => None,
    };
    // What is kept in another unit (miles as kilometres) is rounded.
    number.zip(amount(gold)).is_some_and(|(a, b)| (a - b).abs() <= 0.005 * b.abs())
}

/// The value as text.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Bool(b) => b.to_string(),
        Value::Int(i) => i.to_string(),
        Value::Float(f) => f.to_string(),
        Value::Text(text) | Value::Quantity { text, .. } => text.to_string(),
        Value::List(all) => all.iter().map(shown).collect::<Vec<_>>().join(", "),
    }
}

/// The first number of a text, scaled: "about 3.5 billion dollars" is 3.5e9.
fn amount(text: &str) -> Option<f64> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = &text[start..];
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(rest.len());
    let number: f64 = rest[..end].trim_end_matches(['.', ',']).replace(',', "").parse().ok()?;
    let unit = rest[end..].trim_start();
    let unit = &unit[..unit.find(|c: char| !c.is_alphabetic()).unwrap_or(unit.len())];
    let scale = SCALES.iter().find(|(word, _)| unit.eq_ignore_ascii_case(word)).map_or(1.0, |(_, scale)| *scale);
    Some(number * scale)
}
