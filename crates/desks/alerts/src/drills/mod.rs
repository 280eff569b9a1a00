//! Drills: the same flows in earnest and as an exercise, under a clock of their own.

mod acts;
mod api;
mod pages;
mod report;
mod view;

pub use acts::{NewDrill, begin, end, note};
pub(crate) use api::OPERATIONS;
pub(crate) use pages::{NAV, TEXTS, routes};
pub(crate) use view::DrillsView;
pub use view::{Drill, Note, all, find, notes};

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

/// Somebody who watches the drill notes what went well, or was slow. `number`: of the drill's notes, from 1.
pub(crate) const NOTED: KindSpec = KindSpec {
    name: "alerts.drill.noted/1",
    public: &[FieldSpec::new("drill", FieldType::Code(64)), FieldSpec::new("number", FieldType::Count)],
    private: &["note"],
};

/// All of them.
pub(crate) const KINDS: &[KindSpec] = &[BEGUN, ENDED, NOTED];
