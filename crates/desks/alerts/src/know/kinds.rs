//! What is recorded of an alert's arrival.

use scr_engine::{FieldSpec, FieldType, KindSpec};

/// Acknowledgements of an alert are recorded, many at once. `batch` counts from 1 for each alert; `acks` how many it holds.
/// The other counts say of how many stations (`stations`) how many had come at least so far when it was recorded; they are left
/// out where the alert is for fewer stations than [`FEWEST`]. `closing`: the figures at the alert's expiry. `late`: all of them
/// came after it. Private, `acks`: the acknowledgements, `super::codec`.
pub(crate) const ACKS_RECORDED: KindSpec = KindSpec {
    name: "alerts.acks.recorded/1",
    public: &[
        FieldSpec::new("alert", FieldType::Count),
        FieldSpec::new("batch", FieldType::Count),
        FieldSpec::new("acks", FieldType::Count),
        FieldSpec::new("closing", FieldType::Flag),
        FieldSpec::new("late", FieldType::Flag),
        FieldSpec::optional("stations", FieldType::Count),
        FieldSpec::optional("sent", FieldType::Count),
        FieldSpec::optional("delivered", FieldType::Count),
        FieldSpec::optional("read", FieldType::Count),
        FieldSpec::optional("understood", FieldType::Count),
        FieldSpec::optional("acted", FieldType::Count),
    ],
    private: &["acks"],
};

/// Somebody was called because stations are silent. `rung` counts from 0. Who, is private: the log must not say, while it
/// matters, which station cannot be reached. `callee`: `station:NUMBER` or `area:CODE`. `outcome`: `reached`, `not-reached`.
pub(crate) const CALL_MADE: KindSpec = KindSpec {
    name: "alerts.call.made/1",
    public: &[FieldSpec::new("alert", FieldType::Count), FieldSpec::new("rung", FieldType::Count)],
    private: &["callee", "outcome"],
};

/// All of them.
pub(crate) const KINDS: &[KindSpec] = &[ACKS_RECORDED, CALL_MADE];

/// Figures that stand in public are of no fewer stations than this.
pub(crate) const FEWEST: usize = 10;
