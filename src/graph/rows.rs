//! What the packed sections of a frozen graph hold a row: see `layout` for the sections, `packed` for how they lie.

macro_rules! rows {
    ($($(#[$doc:meta])* $name:ident = $count:literal { $($(#[$of_field:meta])* $field:ident,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
        pub(crate) struct $name { $($(#[$of_field])* pub(crate) $field: u32,)+ }

        impl From<[u32; $count]> for $name {
            fn from([$($field),+]: [u32; $count]) -> Self {
                Self { $($field),+ }
            }
        }

        impl From<$name> for [u32; $count] {
            fn from(row: $name) -> Self {
                [$(row.$field),+]
            }
        }
    )+};
}

rows! {
    /// A claim.
    ClaimRow = 3 {
        /// Where its sentence stands.
        place,
        /// Whose word it is.
        voice,
        /// How it is made.
        manner,
    }

    /// A sentence where it stands. `NONE` where there is none.
    PlaceRow = 6 {
        article,
        line,
        column,
        start,
        /// Bytes of the file.
        len,
        sentence,
    }

    /// Whose word a claim is, and of when. Strings are `NONE` where there is none; dates are packed.
    VoiceRow = 4 {
        asserted,
        when,
        speaker,
        origin,
    }

    /// One of the values that are claimed of one owner's attribute.
    FactRow = 6 {
        owner,
        attribute,
        /// In `Cells`; `NONE` where it is the value that counts, which the attribute's column has.
        value,
        /// The first claim; with several that are not one after the other, where they start in `FactClaims`.
        claims,
        /// How many claims.
        len,
        /// 1 for claims in `FactClaims`.
        listed,
    }

    /// Where a node is mentioned.
    MentionRow = 5 {
        article,
        line,
        column,
        start,
        /// Bytes of the file.
        len,
    }
}

/// One row more than there are lists: where each starts, and where the last ends.
pub(super) fn offsets(starts: &[u32]) -> impl Iterator<Item = [u32; 1]> + Clone {
    starts.iter().map(|&start| [start])
}

/// As [`offsets`], in halves of 64 bits: the high half takes no bits below four gigabytes.
pub(super) fn long_offsets(starts: &[u64]) -> impl Iterator<Item = [u32; 2]> + Clone {
    starts.iter().map(|&at| [(at >> 32) as u32, at as u32])
}
