//! C2SP tlog-checkpoint: origin, size and root of a log.

use scr_canon::Hash32;
use std::fmt;
use std::str::FromStr;

/// Why a text is no checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a checkpoint: {0}")]
pub struct CheckpointError(pub &'static str);

/// The text of a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// Root of the tree of that size.
    pub root: Hash32,
    /// Further lines of other logs. Ours never has any: ML-DSA does not cover them.
    pub extensions: Vec<String>,
}

impl Checkpoint {
    /// A checkpoint without extension lines.
    pub fn new(origin: &str, size: u64, root: Hash32) -> Self {
        Self { origin: origin.to_owned(), size, root, extensions: Vec::new() }
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}\n{}\n", self.origin, self.size, self.root)?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let body = text.strip_suffix('\n').ok_or(CheckpointError("the last line does not end"))?;
        let mut lines = body.split('\n');
        let origin = lines.next().filter(|line| !line.is_empty()).ok_or(CheckpointError("no origin"))?;
        let size =
            lines.next().and_then(decimal).ok_or(CheckpointError("the size is not a decimal number"))?;
        let root = lines
            .next()
            .and_then(|line| line.parse().ok())
            .ok_or(CheckpointError("the root is not a hash"))?;
        let extensions: Vec<String> = lines.map(str::to_owned).collect();
        if extensions.iter().any(String::is_empty) {
            return Err(CheckpointError("an empty extension line"));
        }
        Ok(Self { origin: origin.to_owned(), size, root, extensions })
    }
}

/// A decimal number up to 2^63-1: no sign, no leading zero.
pub fn decimal(text: &str) -> Option<u64> {
    let plain = !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'));
    plain.then(|| text.parse::<i64>().ok()).flatten().and_then(|n| u64::try_from(n).ok())
}
