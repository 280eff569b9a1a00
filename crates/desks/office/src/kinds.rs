//! What the office desk records. People stand in private fields only. Each has a name for people: i18n: kind-*

use scr_engine::{FieldSpec, FieldType, KindSpec};

/// An organisation takes part.
pub(crate) const ORGANISATION_CREATED: KindSpec = KindSpec {
    name: "access.organisation.created/1",
    public: &[FieldSpec::new("org", FieldType::Code(64)), FieldSpec::new("name", FieldType::Name(500))],
    private: &[],
};

const ROLE: &[FieldSpec] = &[
    FieldSpec::new("org", FieldType::Code(64)),
    FieldSpec::new("role", FieldType::Code(32)),
    FieldSpec::optional("place", FieldType::Name(200)),
];

/// Somebody may act for an organisation in this role.
pub(crate) const ROLE_GRANTED: KindSpec =
    KindSpec { name: "access.role.granted/1", public: ROLE, private: &["person"] };

/// Somebody may not any more.
pub(crate) const ROLE_WITHDRAWN: KindSpec =
    KindSpec { name: "access.role.withdrawn/1", public: ROLE, private: &["person"] };

/// An administrator made a link with which somebody chooses a new password.
pub(crate) const LINK_ISSUED: KindSpec =
    KindSpec { name: "access.link.issued/1", public: &[], private: &["person"] };

/// People practised what they would have to do on a bad day. `size` and `root` are those of the copy that
/// they checked; a drill that failed has none.
pub(crate) const DRILL_RECORDED: KindSpec = KindSpec {
    name: "operations.drill.recorded/1",
    public: &[
        FieldSpec::new("drill", FieldType::Code(32)),
        FieldSpec::new("outcome", FieldType::Code(32)),
        FieldSpec::new("minutes", FieldType::Count),
        FieldSpec::optional("size", FieldType::Count),
        FieldSpec::optional("root", FieldType::Hash),
    ],
    private: &[],
};
