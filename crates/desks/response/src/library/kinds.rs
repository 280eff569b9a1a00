//! What is recorded of playbooks and of the crisis plan.
//!
//! The text of a version is private until somebody adopts it and it is not marked for fewer readers: then it is a public
//! object. Its hash is public from the beginning, so that nobody can say later that another text was there. Who acted stays
//! private; that two people did is checked when they act.

use scr_engine::{FieldSpec, FieldType, KindSpec};

const PLAYBOOK: FieldSpec = FieldSpec::new("playbook", FieldType::Code(64));
const VERSION: FieldSpec = FieldSpec::new("version", FieldType::Count);
const SHA256: FieldSpec = FieldSpec::new("sha256", FieldType::Hash);
const OBJECT: FieldSpec = FieldSpec::optional("object", FieldType::Hash);
const REASON: FieldSpec = FieldSpec::new("reason", FieldType::Text(1_000));

/// A version of a playbook. `sha256`: of its exact bytes; `id`: of CACAO; `how`: `file`, `starter` or `edit`; `signed_by`:
/// the name that the organisation gave to the pinned key that signed it; `reason`: from the second version on.
pub(crate) const IMPORTED: KindSpec = KindSpec {
    name: "response.playbook.imported/1",
    public: &[
        PLAYBOOK,
        VERSION,
        SHA256,
        FieldSpec::optional("id", FieldType::Code(64)),
        FieldSpec::new("how", FieldType::Code(16)),
        FieldSpec::new("bytes", FieldType::Count),
        FieldSpec::new("steps", FieldType::Count),
        FieldSpec::new("errors", FieldType::Count),
        FieldSpec::new("warnings", FieldType::Count),
        FieldSpec::optional("signed_by", FieldType::Name(200)),
        FieldSpec::optional("reason", FieldType::Text(1_000)),
    ],
    private: &["content", "person"],
};

/// An organisation says that a version is in force for it. `object`: its bytes, where it is marked for everybody.
pub(crate) const ADOPTED: KindSpec = KindSpec {
    name: "response.playbook.adopted/1",
    public: &[PLAYBOOK, VERSION, SHA256, OBJECT],
    private: &["person"],
};

/// It is no longer in force for it, and no other version is.
pub(crate) const WITHDRAWN: KindSpec = KindSpec {
    name: "response.playbook.withdrawn/1",
    public: &[PLAYBOOK, VERSION, REASON],
    private: &["person"],
};

/// A draft of an organisation's crisis plan: canonical JSON.
pub(crate) const PLAN_DRAFTED: KindSpec = KindSpec {
    name: "response.plan.drafted/1",
    public: &[VERSION, SHA256, FieldSpec::optional("reason", FieldType::Text(1_000))],
    private: &["content", "person"],
};

/// A draft is in force. `review`: the last day before it is overdue; `object`: the plan, where everybody may read it.
pub(crate) const PLAN_ADOPTED: KindSpec = KindSpec {
    name: "response.plan.adopted/1",
    public: &[VERSION, SHA256, FieldSpec::new("review", FieldType::Code(10)), OBJECT],
    private: &["person"],
};

/// An organisation trusts a key that signs playbooks. `key`: SHA-256 of its SubjectPublicKeyInfo, which is `spki` in base64.
pub(crate) const KEY_PINNED: KindSpec = KindSpec {
    name: "response.key.pinned/1",
    public: &[
        FieldSpec::new("key", FieldType::Hash),
        FieldSpec::new("name", FieldType::Name(200)),
        FieldSpec::new("spki", FieldType::Name(200)),
    ],
    private: &[],
};

/// It no longer does.
pub(crate) const KEY_UNPINNED: KindSpec = KindSpec {
    name: "response.key.unpinned/1",
    public: &[FieldSpec::new("key", FieldType::Hash), REASON],
    private: &[],
};

/// All of them.
pub(crate) const KINDS: &[KindSpec] =
    &[IMPORTED, ADOPTED, WITHDRAWN, PLAN_DRAFTED, PLAN_ADOPTED, KEY_PINNED, KEY_UNPINNED];

/// Not recorded: what a public text must be, asked before an act.
pub(crate) const PUBLIC_TEXT: KindSpec =
    KindSpec { name: "response.text.said/1", public: &[REASON], private: &[] };
