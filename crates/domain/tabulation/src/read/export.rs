//! What an export of cast vote records is, by its beginning and its end.

/// Bytes at the beginning and the end of a file that tell what it is.
pub const EDGE: usize = 64 << 10;

/// A format that has a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// Columns (`scrutineer/cvr/1`).
    Columns,
    /// Dominion's CSV.
    DominionCsv,
    /// Dominion's JSON, zipped.
    DominionJson,
    /// Clear Ballot's CSV.
    ClearBallot,
    /// Hart's XML, zipped.
    Hart,
    /// ES&S's CSV. Without its files of ballots cards are known by their numbers alone.
    Ess,
    /// NIST SP 1500-103, JSON or XML.
    Cdf,
    /// The ballots of RAIRE and SHANGRLA.
    Raire,
    /// Lines of JSON (`scrutineer-cvr-lines/1`).
    Lines,
}

impl Export {
    /// What a file is, by its first [`EDGE`] bytes, and its last where it is a zip: the names of what is in one stand there.
    pub fn of(begin: &[u8], end: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(begin).replace('\0', "");
        if begin.starts_with(b"scrutineer/cvr/1\n") {
            return Some(Self::Columns);
        }
        if begin.starts_with(b"PK") {
            let names = text + &String::from_utf8_lossy(end);
            return Some(if names.contains("CvrExport") { Self::DominionJson } else { Self::Hart });
        }
        let dominion = ["CvrNumber", "(Vote For=", "Number of ranks="];
        if dominion.iter().any(|word| text.contains(word)) {
            Some(Self::DominionCsv)
        } else if text.starts_with("RowNumber") {
            Some(Self::ClearBallot)
        } else if text.trim_start().starts_with("{\"format\":\"scrutineer-cvr-lines/") {
            Some(Self::Lines)
        } else if text.contains("CastVoteRecordReport") {
            Some(Self::Cdf)
        } else if text.lines().take(20).any(|line| line.contains("Cast Vote Record")) {
            Some(Self::Ess)
        } else {
            text.lines().any(|line| line.starts_with("Contest,")).then_some(Self::Raire)
        }
    }
}
