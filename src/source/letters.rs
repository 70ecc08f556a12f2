//! What bytes of a text are, looked up: readers pass over all of them several times.

/// A letter or a digit of ASCII.
pub(super) const LETTER: u8 = 1;
/// White space of ASCII.
pub(super) const BLANK: u8 = 2;
/// A part of a character beyond ASCII.
pub(super) const BEYOND: u8 = 3;

static KINDS: [u8; 256] = kinds();

const fn kinds() -> [u8; 256] {
    let mut kinds = [0; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        kinds[at] = if byte >= 0x80 {
            BEYOND
        } else if byte.is_ascii_alphanumeric() {
            LETTER
        } else if byte.is_ascii_whitespace() || byte == 0x0b {
            BLANK
        } else {
            0
        };
        at += 1;
    }
    kinds
}

/// Which of these a byte is; 0 for signs.
pub(super) fn kind(byte: u8) -> u8 {
    KINDS[byte as usize]
}

/// How many letters and digits of ASCII stand at `at`.
pub(super) fn run(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|&&b| kind(b) == LETTER).count()
}
