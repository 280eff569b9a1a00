//! What is recorded of gateways: that there is one, and nothing by which it could be found or used.

use scr_engine::{FieldSpec, FieldType, KindSpec};

/// A gateway is set up, changed, or switched. `change`: `new`, `changed`, `on`, `off`.
pub(crate) const SET: KindSpec = KindSpec {
    name: "alerts.gateway.set/1",
    public: &[
        FieldSpec::new("gateway", FieldType::Code(64)),
        FieldSpec::new("kind", FieldType::Code(16)),
        FieldSpec::new("change", FieldType::Code(16)),
    ],
    private: &[],
};

/// A gateway is removed.
pub(crate) const REMOVED: KindSpec = KindSpec {
    name: "alerts.gateway.removed/1",
    public: &[FieldSpec::new("gateway", FieldType::Code(64)), FieldSpec::new("kind", FieldType::Code(16))],
    private: &[],
};

/// All of them.
pub(crate) const KINDS: &[KindSpec] = &[SET, REMOVED];
