//! Names of the lines of a tally sheet that the checks know. A rule pack may use others.

/// Persons on the register of the unit.
pub const REGISTERED: &str = "registered";
/// Voters who came, counted from the register or the poll book.
pub const VOTERS: &str = "voters";
/// Ballot papers received by the unit.
pub const BALLOTS_RECEIVED: &str = "ballots_received";
/// Ballot papers left over.
pub const BALLOTS_UNUSED: &str = "ballots_unused";
/// Ballot papers handed to voters.
pub const BALLOTS_ISSUED: &str = "ballots_issued";
/// Ballot papers found in the box (or boxes), envelopes included.
pub const BALLOTS_CAST: &str = "ballots_cast";
/// Ballot papers taken from postal envelopes; a part of [`BALLOTS_CAST`].
pub const BALLOTS_FROM_ENVELOPES: &str = "ballots_from_envelopes";
/// Papers from the box that are not ballots of this contest.
pub const BALLOTS_INVALID: &str = "ballots_invalid";
/// Papers from the box that are ballots of this contest.
pub const BALLOTS_VALID: &str = "ballots_valid";
/// Ballots with no valid vote.
pub const VOTES_INVALID: &str = "votes_invalid";
/// Ballots with no mark.
pub const VOTES_BLANK: &str = "votes_blank";
/// Valid votes over all contestants.
pub const VOTES_VALID: &str = "votes_valid";
/// Marks missing: a voter used fewer votes than allowed.
pub const UNDERVOTES: &str = "undervotes";
/// Marks in excess: a voter used more votes than allowed.
pub const OVERVOTES: &str = "overvotes";

/// All standard names, in the order of a tally sheet.
pub const STANDARD: [&str; 14] = [
    REGISTERED,
    VOTERS,
    BALLOTS_RECEIVED,
    BALLOTS_UNUSED,
    BALLOTS_ISSUED,
    BALLOTS_CAST,
    BALLOTS_FROM_ENVELOPES,
    BALLOTS_INVALID,
    BALLOTS_VALID,
    VOTES_INVALID,
    VOTES_BLANK,
    VOTES_VALID,
    UNDERVOTES,
    OVERVOTES,
];

/// A field name has 1 to 64 characters out of a-z, 0-9 and `_` and begins with a letter.
pub fn is_name(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_names_have_the_form_of_names() {
        assert!(STANDARD.iter().all(|name| is_name(name)));
        for wrong in ["", "1a", "Registered", "a b", "a-b", &"a".repeat(65)] {
            assert!(!is_name(wrong), "{wrong:?}");
        }
    }
}
