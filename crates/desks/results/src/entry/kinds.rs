//! What is recorded of entry by hand. Numbers and people stay private until the sign-off; then the
//! numbers are public, and that so many different people worked on them.

use scr_engine::{FieldSpec, FieldType, KindSpec};

/// The private fields of every step: what was done, and by whom.
const STEP: &[&str] = &["work", "person"];

macro_rules! about_a_sheet {
    ($($more:expr),* $(,)?) => {
        &[
            FieldSpec::new("entry", FieldType::Count),
            FieldSpec::new("election", FieldType::Code(64)),
            FieldSpec::new("contest", FieldType::Code(64)),
            FieldSpec::new("station", FieldType::Count),
            FieldSpec::new("unit", FieldType::Name(200)),
            FieldSpec::new("version", FieldType::Count),
            FieldSpec::new("state", FieldType::Code(32)),
            $($more),*
        ]
    };
}

/// A contest is opened for entry by hand: which stations, which lines of the sheet. `object` is a
/// table without numbers in its published form.
pub(crate) const ENTRY_OPENED: KindSpec = KindSpec {
    name: "results.entry.opened/1",
    public: &[
        FieldSpec::new("election", FieldType::Code(64)),
        FieldSpec::new("contest", FieldType::Code(64)),
        FieldSpec::new("source", FieldType::Code(64)),
        FieldSpec::new("source_name", FieldType::Name(200)),
        FieldSpec::new("fields", FieldType::List(64, &FieldType::Code(64))),
        FieldSpec::new("votes_per_ballot", FieldType::Count),
        FieldSpec::new("stations", FieldType::Count),
        FieldSpec::new("object", FieldType::Hash),
        FieldSpec::optional("pack", FieldType::Code(64)),
    ],
    private: &[],
};

/// Somebody typed the whole sheet.
pub(crate) const SHEET_ENTERED: KindSpec =
    KindSpec { name: "results.sheet.entered/1", public: about_a_sheet!(), private: STEP };

/// Somebody decided columns that differ: picked one of two numbers, or typed one anew.
pub(crate) const SHEET_RESOLVED: KindSpec = KindSpec {
    name: "results.sheet.resolved/1",
    public: about_a_sheet!(
        FieldSpec::new("picked", FieldType::Count),
        FieldSpec::new("retyped", FieldType::Count),
    ),
    private: STEP,
};

/// Somebody explained warnings.
pub(crate) const SHEET_EXPLAINED: KindSpec = KindSpec {
    name: "results.sheet.explained/1",
    public: about_a_sheet!(FieldSpec::new("warnings", FieldType::Count)),
    private: STEP,
};

const LINE: &[FieldSpec] =
    &[FieldSpec::new("name", FieldType::Code(64)), FieldSpec::new("value", FieldType::Count)];
const VOTES: &[FieldSpec] =
    &[FieldSpec::new("id", FieldType::Code(64)), FieldSpec::new("value", FieldType::Count)];
const EXPLANATION: &[FieldSpec] =
    &[FieldSpec::new("warning", FieldType::Code(160)), FieldSpec::new("text", FieldType::Text(1_000))];

/// A sheet is signed off. `people` counts the different people who worked on it, the signer included.
/// Lines on which the paper states no number are left out.
pub(crate) const SHEET_SIGNED: KindSpec = KindSpec {
    name: "results.sheet.signed/1",
    public: about_a_sheet!(
        FieldSpec::new("people", FieldType::Count),
        FieldSpec::new("fields", FieldType::List(64, &FieldType::Object(LINE))),
        FieldSpec::new("votes", FieldType::List(200, &FieldType::Object(VOTES))),
        FieldSpec::new("explanations", FieldType::List(100, &FieldType::Object(EXPLANATION))),
    ),
    private: STEP,
};

/// Other numbers take the place of signed ones, once they are signed in their turn.
pub(crate) const SHEET_CORRECTED: KindSpec = KindSpec {
    name: "results.sheet.corrected/1",
    public: about_a_sheet!(FieldSpec::new("reason", FieldType::Text(1_000))),
    private: STEP,
};

/// A sheet is typed from the beginning.
pub(crate) const SHEET_GIVEN_BACK: KindSpec = KindSpec {
    name: "results.sheet.given_back/1",
    public: about_a_sheet!(FieldSpec::new("reason", FieldType::Text(1_000))),
    private: STEP,
};

/// A text that will be public: of this length, and without addresses and numbers of people.
pub(crate) const PUBLIC_TEXT: KindSpec = KindSpec {
    name: "results.text.checked/1",
    public: &[FieldSpec::new("text", FieldType::Text(1_000))],
    private: &[],
};
