//! Drills: the same flows in earnest and as an exercise, under a clock of their own.

mod view;

pub(crate) use view::DrillsView;
pub use view::{Drill, all, find};

use scr_engine::{FieldSpec, FieldType, KindSpec};

/// A drill begins. At `wall` (milliseconds since 1970) its clock shows `run`, and it goes `rate` times as fast.
pub(crate) const BEGUN: KindSpec = KindSpec {
    name: "alerts.drill.begun/1",
    public: &[
        FieldSpec::new("drill", FieldType::Code(64)),
        FieldSpec::new("election", FieldType::Code(64)),
        FieldSpec::new("title", FieldType::Name(200)),
        FieldSpec::new("wall", FieldType::Count),
        FieldSpec::new("run", FieldType::Count),
        FieldSpec::new("rate", FieldType::Count),
    ],
    private: &[],
};

/// A drill is over.
pub(crate) const ENDED: KindSpec = KindSpec {
    name: "alerts.drill.ended/1",
    public: &[FieldSpec::new("drill", FieldType::Code(64))],
    private: &[],
};

/// All of them.
pub(crate) const KINDS: &[KindSpec] = &[BEGUN, ENDED];
