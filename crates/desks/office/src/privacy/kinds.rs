//! What is recorded of legal holds. The erasure itself is a kind of the engine, which destroys the keys.
//! Each has a name for people: i18n: kind-*

use scr_engine::{FieldSpec, FieldType, KindSpec};

/// Nothing of what the hold covers may be erased from here on. What it covers, and why, is private.
pub(crate) const HOLD_PLACED: KindSpec = KindSpec {
    name: "privacy.hold.placed/1",
    public: &[FieldSpec::new("hold", FieldType::Code(64)), FieldSpec::new("basis", FieldType::Code(32))],
    private: &["scope", "reason"],
};

/// The hold has ended.
pub(crate) const HOLD_RELEASED: KindSpec = KindSpec {
    name: "privacy.hold.released/1",
    public: &[FieldSpec::new("hold", FieldType::Code(64))],
    private: &["reason"],
};
