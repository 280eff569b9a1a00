//! What the results desk records. Each kind has a name for people in the texts: i18n: kind-*

use crate::registry::REGISTRY_IMPORTED;
use crate::registry::rules::RULES_CHOSEN;
use scr_engine::{FieldSpec, FieldType, KindSpec};

const CONTESTANT: &[FieldSpec] = &[
    FieldSpec::new("id", FieldType::Code(64)),
    FieldSpec::new("name", FieldType::Name(200)),
    FieldSpec::optional("group", FieldType::Name(200)),
];

/// An election exists.
pub(crate) const ELECTION_CREATED: KindSpec = KindSpec {
    name: "elections.election.created/1",
    public: &[
        FieldSpec::new("election", FieldType::Code(64)),
        FieldSpec::new("title", FieldType::Name(200)),
        FieldSpec::new("day", FieldType::Code(10)),
        FieldSpec::new("zone", FieldType::Code(64)),
    ],
    private: &[],
};

/// A contest of an election, with everybody who stands in it.
pub(crate) const CONTEST_DEFINED: KindSpec = KindSpec {
    name: "elections.contest.defined/1",
    public: &[
        FieldSpec::new("election", FieldType::Code(64)),
        FieldSpec::new("contest", FieldType::Code(64)),
        FieldSpec::new("title", FieldType::Name(200)),
        FieldSpec::new("votes_per_ballot", FieldType::Count),
        FieldSpec::new("contestants", FieldType::List(200, &FieldType::Object(CONTESTANT))),
    ],
    private: &[],
};

/// One source's table of one contest: the next version, never an overwrite.
pub(crate) const TABLE_IMPORTED: KindSpec = KindSpec {
    name: "results.table.imported/1",
    public: &[
        FieldSpec::new("election", FieldType::Code(64)),
        FieldSpec::new("contest", FieldType::Code(64)),
        FieldSpec::new("source", FieldType::Code(64)),
        FieldSpec::new("source_name", FieldType::Name(200)),
        FieldSpec::new("version", FieldType::Count),
        FieldSpec::new("object", FieldType::Hash),
        FieldSpec::new("rows", FieldType::Count),
        FieldSpec::new("rows_root", FieldType::Hash),
        FieldSpec::new("findings", FieldType::Count),
        FieldSpec::new("findings_object", FieldType::Hash),
        FieldSpec::optional("mapping_object", FieldType::Hash),
        FieldSpec::optional("file_sha256", FieldType::Hash),
        FieldSpec::optional("reason", FieldType::Text(1_000)),
    ],
    private: &["file_name"],
};

/// A version of a source becomes the published result of a contest.
pub(crate) const TABLE_PUBLISHED: KindSpec = KindSpec {
    name: "results.table.published/1",
    public: &[
        FieldSpec::new("election", FieldType::Code(64)),
        FieldSpec::new("contest", FieldType::Code(64)),
        FieldSpec::new("source", FieldType::Code(64)),
        FieldSpec::new("version", FieldType::Count),
        FieldSpec::new("status", FieldType::Code(32)),
        FieldSpec::new("rows_root", FieldType::Hash),
        FieldSpec::optional("reason", FieldType::Text(1_000)),
    ],
    private: &[],
};

/// A map of an election: the next version, never an overwrite.
pub(crate) const MAP_IMPORTED: KindSpec = KindSpec {
    name: "elections.map.imported/1",
    public: &[
        FieldSpec::new("election", FieldType::Code(64)),
        FieldSpec::new("version", FieldType::Count),
        FieldSpec::new("object", FieldType::Hash),
        FieldSpec::new("kind", FieldType::Code(16)),
        FieldSpec::new("features", FieldType::Count),
        FieldSpec::new("property", FieldType::Text(200)),
        FieldSpec::new("rule", FieldType::Code(16)),
        FieldSpec::optional("reason", FieldType::Text(1_000)),
    ],
    private: &[],
};

/// All of them.
pub(crate) const KINDS: &[KindSpec] = &[
    ELECTION_CREATED,
    CONTEST_DEFINED,
    TABLE_IMPORTED,
    TABLE_PUBLISHED,
    REGISTRY_IMPORTED,
    RULES_CHOSEN,
    MAP_IMPORTED,
    crate::entry::kinds::ENTRY_OPENED,
    crate::entry::kinds::SHEET_ENTERED,
    crate::entry::kinds::SHEET_RESOLVED,
    crate::entry::kinds::SHEET_EXPLAINED,
    crate::entry::kinds::SHEET_SIGNED,
    crate::entry::kinds::SHEET_CORRECTED,
    crate::entry::kinds::SHEET_GIVEN_BACK,
];
