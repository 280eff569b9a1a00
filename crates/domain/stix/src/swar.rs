//! Bytes of a JSON string, eight at a time.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The place of the first byte at or after `at` that is `"`, `\` or a control character; the length if there is none.
pub(crate) fn plain_until(bytes: &[u8], mut at: usize) -> usize {
    while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*word);
        let found =
            (zero_bytes(word ^ (ONES * 0x22)) | zero_bytes(word ^ (ONES * 0x5c)) | below_space(word)) & HIGHS;
        if found != 0 {
            // At most 7, so the conversion never fails.
            return at + usize::try_from(found.trailing_zeros() / 8).unwrap_or(0);
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|b| matches!(b, b'"' | b'\\' | 0..0x20)).unwrap_or(rest.len())
}

/// Marks bytes that are zero. Above a byte that is one, others may be marked wrongly: only the lowest mark counts.
fn zero_bytes(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word
}

/// Marks bytes below 0x20, with the same restriction.
fn below_space(word: u64) -> u64 {
    word.wrapping_sub(ONES * 0x20) & !word
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_is_found(bytes in prop::collection::vec(
            prop_oneof![8 => any::<u8>().prop_filter("plain", |b| *b >= 0x20 && *b != 0x22 && *b != 0x5c), 1 => any::<u8>()], 0..60), at in 0_usize..20) {
            let at = at.min(bytes.len());
            let slow = bytes[at..].iter().position(|b| *b < 0x20 || *b == b'"' || *b == b'\\');
            prop_assert_eq!(plain_until(&bytes, at), slow.map_or(bytes.len(), |n| at + n));
        }
    }
}
