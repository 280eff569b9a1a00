//! Points, reasons and hits.

use super::edits::EditKind;
use crate::Oddity;
use serde::{Deserialize, Serialize};

/// A name that looks like a protected one.
///
/// score = how + where + beside + which, not below 0 and not above 100:
///
/// | how the protected name is spelled | points |
/// |---|---|
/// | in other characters that read the same (skeleton of UTS 39, marks, letters of other scripts) | 75 |
/// | in characters of the same shape (0 for o, rn for m, …) | 70, less 5 for each place after the first; not below 55 |
/// | with dots or hyphens elsewhere | 65 |
/// | the same | 60 |
/// | with `e` edits in `n` characters | 62 - 60·e/n, rounded up, less 8 for each edit after the first |
///
/// | where it stands | points |
/// |---|---|
/// | with all its dots, suffix included, in front of another domain (`vote.gov.example.org`) | +35 |
/// | with its suffix written along (`vote-gov`, `votegov`); in front of it (`gov-vote`) | +28; +20 |
/// | … without dot or hyphen between, of 5 characters or fewer; 6 or 7 | -43; -13 |
/// | as a registrable name below the same suffix | +25 |
/// | below a suffix that begins with it or differs in one edit (`.gov.co`, `.cm`) | +18 |
/// | below another suffix; an edited one | +12; +2 |
/// | as a part between hyphens or dots; run together with other words | -5; -10 |
/// | … and its suffix is another part of the name (`vote-results-gov`) | +20 |
/// | … and the name is below the same suffix | +8 |
/// | run together with letters that are no known words | -15 more; not at all below 8 characters |
///
/// | what stands beside it | points |
/// |---|---|
/// | one word of elections; two or more | +12; +18 |
/// | a word that sounds official | +6 |
/// | a year | +4 |
/// | parts that are no known words (only where it is itself only a part) | -10 |
///
/// | which name it is | points |
/// |---|---|
/// | 2 characters, 3, 4, 5 (not below the same suffix, not with its suffix) | -30, -15, -8, -4 |
/// | … edited, below the same suffix: 3 characters or fewer, 4 | -12, -6 |
/// | it is itself made of words of elections (`vote`), and not below the same suffix, not with its suffix | -12 |
/// | 8 characters or more that are not, as a part | +6 |
/// | only the registrable label of a deeper name | -10 |
///
/// A year is read as one from 2000 to 2099. Where a name looks like a protected one in several ways, the highest score
/// counts, with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// Which protected name, counted from 0 in the order given.
    pub protected: usize,
    /// The protected name as it was written.
    pub looks_like: String,
    /// Whose it is.
    pub owner: String,
    /// 0 to 100.
    pub score: u8,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// Why a name looks like a protected one. `found` is what stands in the name, as it reads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Reason {
    /// Other characters with the same UTS 39 skeleton.
    Skeleton {
        /// What a person sees.
        shown: String,
    },
    /// Other characters that read as the same plain letters: accents, letters of other scripts.
    Letters {
        /// What a person sees.
        shown: String,
    },
    /// Characters of the same shape: digits for letters, rn for m.
    Shapes {
        /// What stands there.
        found: String,
        /// In how many places it differs.
        places: usize,
    },
    /// A slip of the keyboard, or what looks like one.
    Edits {
        /// Which.
        kind: EditKind,
        /// How many.
        edits: usize,
        /// What stands there.
        found: String,
    },
    /// Dots or hyphens stand elsewhere.
    Joints {
        /// What stands there.
        found: String,
    },
    /// The same name below another public suffix.
    OtherSuffix {
        /// The name's.
        suffix: String,
        /// The protected one's.
        protected: String,
    },
    /// The protected name's suffix is written into the name.
    SuffixWritten {
        /// The suffix.
        suffix: String,
    },
    /// … in front of the protected name.
    Reversed {
        /// The suffix.
        suffix: String,
    },
    /// The whole protected name stands in front of another domain.
    InFront {
        /// The domain that somebody else has registered.
        of: String,
    },
    /// The protected name is a part among others, between hyphens or dots.
    Part {
        /// What stands there.
        found: String,
    },
    /// The protected name is run together with something else.
    Within {
        /// What stands there.
        found: String,
    },
    /// A protected word is the whole of what was registered.
    WholeWord {
        /// What stands there.
        found: String,
    },
    /// Only the registrable label of the protected name is there.
    RegistrableOnly {
        /// The label.
        label: String,
    },
    /// Words of elections beside it.
    ElectionWords {
        /// The words, as they read.
        words: Vec<String>,
        /// Languages (ISO 639-1) of which they can be.
        languages: Vec<String>,
    },
    /// Words that sound official.
    OfficialWords {
        /// The words.
        words: Vec<String>,
    },
    /// A year.
    Year {
        /// Which.
        year: String,
    },
    /// Scripts are mixed in a label that people are shown (UTS 39 section 5.1).
    MixedScripts {
        /// The label.
        label: String,
    },
    /// A label is odd in itself.
    Odd {
        /// How.
        oddity: Oddity,
        /// The label in ASCII.
        label: String,
    },
}

pub(super) const READS: i32 = 75;
pub(super) const JOINTS: i32 = 65;
pub(super) const SAME: i32 = 60;
pub(super) const IN_FRONT: i32 = 35;
pub(super) const SUFFIX_ALONG: i32 = 28;
pub(super) const SUFFIX_BEFORE: i32 = 20;
pub(super) const SAME_SUFFIX: i32 = 25;
pub(super) const NEAR_SUFFIX: i32 = 18;
pub(super) const OTHER_SUFFIX: i32 = 12;
pub(super) const OTHER_SUFFIX_EDITED: i32 = 2;
pub(super) const PART: i32 = -5;
pub(super) const WITHIN: i32 = -10;
pub(super) const SUFFIX_ELSEWHERE: i32 = 20;
pub(super) const PART_SAME_SUFFIX: i32 = 8;
pub(super) const AMONG_LETTERS: i32 = -15;
pub(super) const ONE_WORD: i32 = 12;
pub(super) const MORE_WORDS: i32 = 18;
pub(super) const OFFICIAL_WORD: i32 = 6;
pub(super) const YEAR: i32 = 4;
pub(super) const UNKNOWN_BESIDE: i32 = -10;
pub(super) const GENERIC: i32 = -12;
pub(super) const DISTINCTIVE: i32 = 6;
pub(super) const REGISTRABLE_ONLY: i32 = -10;

/// Points for characters of the same shape.
pub(super) fn shapes(places: usize) -> i32 {
    (75 - 5 * i32::try_from(places.max(1)).unwrap_or(4)).max(55)
}

/// Points for `edits` in `length` characters.
pub(super) fn edited(edits: usize, length: usize) -> i32 {
    let more = edits.saturating_sub(1);
    62 - i32::try_from(60 * edits / length.max(1) + 8 * more).unwrap_or(62)
}

/// Points taken off where a short name and its suffix are run together: `val.se` is not meant by `valse`.
pub(super) fn run_together(length: usize) -> i32 {
    match length {
        0..=5 => -43,
        6 | 7 => -13,
        _ => 0,
    }
}

/// Points taken off for a short name.
pub(super) fn short(length: usize) -> i32 {
    match length {
        0..=2 => -30,
        3 => -15,
        4 => -8,
        5 => -4,
        _ => 0,
    }
}

/// … where it is edited below its own suffix.
pub(super) fn short_edited(length: usize) -> i32 {
    match length {
        0..=3 => -12,
        4 => -6,
        _ => 0,
    }
}

/// A score from points.
pub(super) fn clamped(points: i32) -> u8 {
    u8::try_from(points.clamp(0, 100)).unwrap_or(0)
}
