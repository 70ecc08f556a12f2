//! JSON without blanks, byte for byte as `serde_json` writes it, in a fraction of the steps: what documents say is a dozen times as long
//! as they are. Names of fields and variants are those of types here and have nothing to escape; a text is looked at once, and most have
//! nothing to escape either. What is rare is left to `serde_json`.

use std::fmt::Display;
use std::io::Write;

use serde::ser::{self, Error as _, Serialize};
use serde_json::Error;

/// Appends a value to `out`. O(its bytes).
///
/// # Errors
/// A map with keys that are no texts.
pub(super) fn append(out: &mut Vec<u8>, value: &impl Serialize) -> Result<(), Error> {
    value.serialize(Compact(out))
}

struct Compact<'o>(&'o mut Vec<u8>);

/// The items of a list or the fields of an object, as they come.
struct Items<'o> {
    out: &'o mut Vec<u8>,
    /// None came yet.
    empty: bool,
    /// What stands behind the last.
    close: u8,
    /// It is all that an object has: the only field of a variant.
    alone: bool,
}

impl<'o> Items<'o> {
    fn list(out: &'o mut Vec<u8>) -> Self {
        out.push(b'[');
        Self { out, empty: true, close: b']', alone: false }
    }

    fn object(out: &'o mut Vec<u8>) -> Self {
        out.push(b'{');
        Self { out, empty: true, close: b'}', alone: false }
    }

    /// Of a variant: in an object that has nothing else.
    fn of_variant(out: &'o mut Vec<u8>, variant: &str, inner: impl FnOnce(&'o mut Vec<u8>) -> Self) -> Self {
        out.push(b'{');
        name(out, variant);
        Self { alone: true, ..inner(out) }
    }

    fn comma(&mut self) {
        if !std::mem::replace(&mut self.empty, false) {
            self.out.push(b',');
        }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.comma();
        value.serialize(Compact(self.out))
    }

    fn field<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), Error> {
        self.comma();
        name(self.out, key);
        value.serialize(Compact(self.out))
    }

    fn close(self) {
        self.out.push(self.close);
        if self.alone {
            self.out.push(b'}');
        }
    }
}

/// The name of a field, and a colon.
fn name(out: &mut Vec<u8>, name: &str) {
    out.reserve(name.len() + 3);
    out.push(b'"');
    out.extend_from_slice(name.as_bytes());
    out.push(b'"');
    out.push(b':');
}

/// Whether a text goes out as it is. All bytes are looked at, many at once, as hardly any text has one to escape.
fn is_plain(text: &[u8]) -> bool {
    !text.iter().fold(false, |escaped, &b| escaped | (b < b' ') | (b == b'"') | (b == b'\\'))
}

fn whole(out: &mut Vec<u8>, mut number: u64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break out.extend_from_slice(&digits[at..]);
        }
    }
}

/// Whole numbers of all widths.
macro_rules! numbers {
    ($($unsigned:ident($u:ty) $signed:ident($i:ty),)*) => {$(
        fn $unsigned(self, value: $u) -> Result<(), Error> {
            whole(self.0, u64::from(value));
            Ok(())
        }

        fn $signed(self, value: $i) -> Result<(), Error> {
            if value < 0 {
                self.0.push(b'-');
            }
            whole(self.0, u64::from(value.unsigned_abs()));
            Ok(())
        }
    )*};
}

impl<'o> ser::Serializer for Compact<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Items<'o>;
    type SerializeTuple = Items<'o>;
    type SerializeTupleStruct = Items<'o>;
    type SerializeTupleVariant = Items<'o>;
    type SerializeMap = Items<'o>;
    type SerializeStruct = Items<'o>;
    type SerializeStructVariant = Items<'o>;

    numbers! {
        serialize_u8(u8) serialize_i8(i8),
        serialize_u16(u16) serialize_i16(i16),
        serialize_u32(u32) serialize_i32(i32),
        serialize_u64(u64) serialize_i64(i64),
    }

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.0.extend_from_slice(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        serde_json::to_writer(self.0, &value)
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        serde_json::to_writer(self.0, &value)
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        if !is_plain(text.as_bytes()) {
            return serde_json::to_writer(self.0, text);
        }
        self.0.reserve(text.len() + 2);
        self.0.push(b'"');
        self.0.extend_from_slice(text.as_bytes());
        self.0.push(b'"');
        Ok(())
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<(), Error> {
        let start = self.0.len();
        write!(self.0, "\"{value}\"").map_err(Error::custom)?;
        if is_plain(&self.0[start + 1..self.0.len() - 1]) {
            return Ok(());
        }
        self.0.truncate(start);
        serde_json::to_writer(self.0, &value.to_string())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Error> {
        serde_json::to_writer(self.0, bytes)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.0.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        let mut items = Items::object(self.0);
        items.field(variant, value)?;
        items.close();
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'o>, Error> {
        Ok(Items::list(self.0))
    }

    fn serialize_tuple(self, _: usize) -> Result<Items<'o>, Error> {
        Ok(Items::list(self.0))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items<'o>, Error> {
        Ok(Items::list(self.0))
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Items<'o>, Error> {
        Ok(Items::of_variant(self.0, variant, Items::list))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Items<'o>, Error> {
        Ok(Items::object(self.0))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Items<'o>, Error> {
        Ok(Items::object(self.0))
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Items<'o>, Error> {
        Ok(Items::of_variant(self.0, variant, Items::object))
    }
}

/// Lists of all sorts.
macro_rules! lists {
    ($($of:ident $add:ident,)*) => {$(
        impl ser::$of for Items<'_> {
            type Ok = ();
            type Error = Error;

            fn $add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.item(value)
            }

            fn end(self) -> Result<(), Error> {
                self.close();
                Ok(())
            }
        }
    )*};
}

lists! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field,
}

/// Objects with known names.
macro_rules! objects {
    ($($of:ident)*) => {$(
        impl ser::$of for Items<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
                self.field(key, value)
            }

            fn end(self) -> Result<(), Error> {
                self.close();
                Ok(())
            }
        }
    )*};
}

objects! { SerializeStruct SerializeStructVariant }

impl ser::SerializeMap for Items<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.comma();
        let start = self.out.len();
        key.serialize(Compact(self.out))?;
        if self.out.get(start) != Some(&b'"') {
            return Err(Error::custom("a key that is no text"));
        }
        self.out.push(b':');
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(Compact(self.out))
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use super::append;

    #[derive(Serialize)]
    struct Unit;

    #[derive(Serialize)]
    struct Pair(u8, i8);

    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Choice {
        Nothing,
        One(Option<f64>),
        TwoOfThem(u64, i64),
        Named { r#type: char, of: Vec<Choice> },
    }

    fn alike(value: &impl Serialize) {
        let mut out = b"before ".to_vec();
        append(&mut out, value).unwrap();
        let expected = format!("before {}", serde_json::to_string(value).unwrap());
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn it_is_what_serde_json_writes() {
        let named = Choice::Named { r#type: '"', of: vec![Choice::Nothing, Choice::One(None), Choice::One(Some(0.1))] };
        alike(&(Unit, Pair(255, -128), Choice::TwoOfThem(u64::MAX, i64::MIN), named, true, (), 4e9, f64::NAN, 1.5_f32));
        alike(&[Vec::new(), vec!["", "a\u{1}b", "\\", "Türkiye \u{7f} \u{2028}", "a \"word\" that is said\n"]]);
        alike(&BTreeMap::from([("a", Some(1_u32)), ("say \"b\"", None)]));
        alike(&crate::model::PartialDate::month(2025, 7));
        assert!(append(&mut Vec::new(), &BTreeMap::from([(1, 2)])).is_err());
    }

    proptest::proptest! {
        #[test]
        fn texts_and_numbers_are_too(text in ".{0,40}", numbers in proptest::collection::vec(proptest::num::i64::ANY, 0..4)) {
            alike(&(text, numbers));
        }
    }
}
