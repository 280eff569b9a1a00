//! Why a name looks like a protected one, in words.

use scr_names::{EditKind, Oddity, Reason};
use scr_web::Visit;

/// A reason as a sentence.
pub(crate) fn words(visit: &Visit, reason: &Reason) -> String {
    let one = |key: &str, name: &str, value: &str| visit.ta(key, &[(name, value.into())]);
    match reason {
        Reason::Skeleton { shown } => one("understand-reason-skeleton", "text", shown),
        Reason::Letters { shown } => one("understand-reason-letters", "text", shown),
        Reason::Shapes { found, .. } => one("understand-reason-shapes", "text", found),
        Reason::Edits { kind, found, .. } => one(edit(*kind), "text", found),
        Reason::Joints { found } => one("understand-reason-joints", "text", found),
        Reason::OtherSuffix { suffix, protected } => {
            let args = [("suffix", suffix.as_str().into()), ("own", protected.as_str().into())];
            visit.ta("understand-reason-suffix", &args)
        }
        Reason::SuffixWritten { suffix } => one("understand-reason-suffix-written", "text", suffix),
        Reason::Reversed { suffix } => one("understand-reason-reversed", "text", suffix),
        Reason::InFront { of } => one("understand-reason-in-front", "text", of),
        Reason::Part { found } => one("understand-reason-part", "text", found),
        Reason::Within { found } => one("understand-reason-within", "text", found),
        Reason::WholeWord { found } => one("understand-reason-whole-word", "text", found),
        Reason::RegistrableOnly { label } => one("understand-reason-registrable", "text", label),
        Reason::ElectionWords { words, .. } => one("understand-reason-election", "text", &words.join(", ")),
        Reason::OfficialWords { words } => one("understand-reason-official", "text", &words.join(", ")),
        Reason::Year { year } => one("understand-reason-year", "text", year),
        Reason::MixedScripts { label } => one("understand-reason-scripts", "text", label),
        Reason::Odd { oddity, label } => one(odd(*oddity), "text", label),
    }
}

fn edit(kind: EditKind) -> &'static str {
    match kind {
        EditKind::Repetition => "understand-reason-repetition",
        EditKind::Insertion => "understand-reason-insertion",
        EditKind::Omission => "understand-reason-omission",
        EditKind::Transposition => "understand-reason-transposition",
        EditKind::VowelSwap => "understand-reason-vowel",
        EditKind::Bitsquat => "understand-reason-bit",
        EditKind::Replacement => "understand-reason-replacement",
        EditKind::Several => "understand-reason-several",
    }
}

fn odd(oddity: Oddity) -> &'static str {
    match oddity {
        Oddity::InvalidPunycode => "understand-reason-punycode",
        Oddity::NotAllowed => "understand-reason-not-allowed",
        Oddity::EdgeHyphen => "understand-reason-hyphen",
    }
}
