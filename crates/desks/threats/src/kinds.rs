//! What is recorded of threat sharing. Rules and votes are public; what members share is not, unless it is CLEAR.

use scr_engine::{FieldSpec, FieldType, KindSpec};

const COMMUNITY: FieldSpec = FieldSpec::new("community", FieldType::Code(64));
const PROPOSAL: FieldSpec = FieldSpec::new("proposal", FieldType::Count);
const REQUEST: FieldSpec = FieldSpec::new("request", FieldType::Count);
const OBJECT: FieldSpec = FieldSpec::new("object", FieldType::Hash);

/// Organisations found a community. `object`: name, rules, founders, first collections.
pub(crate) const FOUNDED: KindSpec = KindSpec {
    name: "threats.community.founded/1",
    public: &[COMMUNITY, FieldSpec::new("name", FieldType::Name(200)), OBJECT],
    private: &[],
};

/// A founder joins.
pub(crate) const JOINED: KindSpec =
    KindSpec { name: "threats.member.joined/1", public: &[COMMUNITY], private: &[] };

/// A member goes.
pub(crate) const LEFT: KindSpec =
    KindSpec { name: "threats.member.left/1", public: &[COMMUNITY], private: &[] };

/// A member proposes a change. `object`: the change; `proposal`: its number, from 1.
pub(crate) const PROPOSED: KindSpec = KindSpec {
    name: "threats.change.proposed/1",
    public: &[COMMUNITY, PROPOSAL, FieldSpec::new("what", FieldType::Code(32)), OBJECT],
    private: &[],
};

/// A member says where it stands: `for` or `against`.
pub(crate) const VOTED: KindSpec = KindSpec {
    name: "threats.change.voted/1",
    public: &[COMMUNITY, PROPOSAL, FieldSpec::new("stand", FieldType::Code(16))],
    private: &[],
};

/// Objects that are CLEAR. `object`: a batch.
pub(crate) const PUBLISHED: KindSpec =
    KindSpec { name: "threats.objects.published/1", public: &[COMMUNITY, OBJECT], private: &["seed"] };

/// Objects that were CLEAR are taken out of their collection. `object`: a batch.
pub(crate) const WITHDRAWN: KindSpec =
    KindSpec { name: "threats.objects.withdrawn/1", public: &[COMMUNITY, OBJECT], private: &[] };

/// A member shares with its community.
pub(crate) const SHARED: KindSpec =
    KindSpec { name: "threats.objects.shared/1", public: &[COMMUNITY], private: &["batch"] };

/// What members shared with named organisations, or under a pseudonym, since the batch before: nothing, or much. The
/// server writes one at each interval, whether anything waits or not, so that neither its time nor its form says anything.
pub(crate) const BATCH_CLOSED: KindSpec =
    KindSpec { name: "threats.batch.closed/1", public: &[], private: &["batch"] };

/// A custodian asks who stands behind a pseudonym. `request`: its number in the community, from 1.
pub(crate) const ESCROW_ASKED: KindSpec = KindSpec {
    name: "threats.escrow.asked/1",
    public: &[COMMUNITY, REQUEST, FieldSpec::new("reason", FieldType::Text(1_000))],
    private: &["pseudonym"],
};

/// Another custodian agrees: both may know it now.
pub(crate) const ESCROW_OPENED: KindSpec =
    KindSpec { name: "threats.escrow.opened/1", public: &[COMMUNITY, REQUEST], private: &[] };

/// Another custodian refuses, and says why: the request is over.
pub(crate) const ESCROW_REFUSED: KindSpec = KindSpec {
    name: "threats.escrow.refused/1",
    public: &[COMMUNITY, REQUEST, FieldSpec::new("reason", FieldType::Text(1_000))],
    private: &[],
};

/// A publisher's vocabulary or warning list was imported. `object`: the file as it came; `techniques`: of a list its entries,
/// of a taxonomy its tags; `others`: phases and remedies; `odd`: oddities of the file.
pub(crate) const VOCABULARY_IMPORTED: KindSpec = KindSpec {
    name: "threats.vocabulary.imported/1",
    public: &[
        FieldSpec::new("vocabulary", FieldType::Code(128)),
        FieldSpec::new("family", FieldType::Code(32)),
        FieldSpec::new("name", FieldType::Name(200)),
        FieldSpec::optional("version", FieldType::Code(128)),
        OBJECT,
        FieldSpec::new("bytes", FieldType::Count),
        FieldSpec::new("techniques", FieldType::Count),
        FieldSpec::new("others", FieldType::Count),
        FieldSpec::new("odd", FieldType::Count),
    ],
    private: &[],
};

/// All of them.
pub(crate) const KINDS: &[KindSpec] = &[
    FOUNDED,
    JOINED,
    LEFT,
    PROPOSED,
    VOTED,
    PUBLISHED,
    WITHDRAWN,
    SHARED,
    BATCH_CLOSED,
    ESCROW_ASKED,
    ESCROW_OPENED,
    ESCROW_REFUSED,
    VOCABULARY_IMPORTED,
];
