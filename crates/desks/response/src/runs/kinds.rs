//! What is recorded of runs. Public: that something happened, at which step, when; never its words.

use scr_engine::{FieldSpec, FieldType, KindSpec};

const CLOCK: &[FieldSpec] = &[
    FieldSpec::new("wall", FieldType::Count),
    FieldSpec::new("run", FieldType::Count),
    FieldSpec::new("rate", FieldType::Count),
];

/// A playbook begins to be carried out. `title`: only where readers may know. `playbook` is private in bytes, so that a run
/// can always be understood from its own entries.
pub(crate) const STARTED: KindSpec = KindSpec {
    name: "response.run.started/1",
    public: &[
        FieldSpec::new("run", FieldType::Code(64)),
        FieldSpec::new("org", FieldType::Code(64)),
        FieldSpec::new("mode", FieldType::Code(16)),
        FieldSpec::new("playbook", FieldType::Code(128)),
        FieldSpec::new("version", FieldType::Code(64)),
        FieldSpec::new("digest", FieldType::Hash),
        FieldSpec::new("steps", FieldType::Count),
        FieldSpec::new("at", FieldType::Count),
        FieldSpec::new("clock", FieldType::Object(CLOCK)),
        FieldSpec::new("is_public", FieldType::Flag),
        FieldSpec::optional("title", FieldType::Name(200)),
        FieldSpec::optional("drill", FieldType::Code(64)),
        FieldSpec::optional("election", FieldType::Code(64)),
        FieldSpec::optional("parent", FieldType::Code(64)),
        FieldSpec::optional("parent_place", FieldType::Code(256)),
    ],
    private: &["playbook", "start", "person"],
};

/// Something happened in a run. `at`: milliseconds since 1970 by the run's clock; `role`: of the playbook, where a person
/// acted. The act itself with its words and values is private, and so is the file.
pub(crate) const STEPPED: KindSpec = KindSpec {
    name: "response.run.stepped/1",
    public: &[
        FieldSpec::new("run", FieldType::Code(64)),
        FieldSpec::new("sequence", FieldType::Count),
        FieldSpec::new("act", FieldType::Code(32)),
        FieldSpec::new("at", FieldType::Count),
        FieldSpec::optional("place", FieldType::Code(256)),
        FieldSpec::optional("role", FieldType::Code(128)),
        FieldSpec::optional("evidence", FieldType::Hash),
    ],
    private: &["act", "person", "file"],
};

/// A run has ended.
pub(crate) const ENDED: KindSpec = KindSpec {
    name: "response.run.ended/1",
    public: &[
        FieldSpec::new("run", FieldType::Code(64)),
        FieldSpec::new("sequence", FieldType::Count),
        FieldSpec::new("ending", FieldType::Code(16)),
        FieldSpec::new("at", FieldType::Count),
    ],
    private: &[],
};

/// A request of a run is about to be sent: recorded before, so that it is never sent twice by itself.
pub(crate) const REQUEST_SENT: KindSpec = KindSpec {
    name: "response.request.sent/1",
    public: &[
        FieldSpec::new("run", FieldType::Code(64)),
        FieldSpec::new("place", FieldType::Code(256)),
        FieldSpec::new("number", FieldType::Count),
        FieldSpec::new("command", FieldType::Count),
        FieldSpec::new("target", FieldType::Code(64)),
    ],
    private: &["request"],
};

/// What came of it. `outcome`: `done`, or why not.
pub(crate) const REQUEST_ANSWERED: KindSpec = KindSpec {
    name: "response.request.answered/1",
    public: &[
        FieldSpec::new("run", FieldType::Code(64)),
        FieldSpec::new("place", FieldType::Code(256)),
        FieldSpec::new("number", FieldType::Count),
        FieldSpec::new("outcome", FieldType::Code(32)),
        FieldSpec::optional("status", FieldType::Count),
    ],
    private: &["answer"],
};

/// A person has decided that a request of which nobody knows whether it arrived, or that failed, is sent again.
pub(crate) const REQUEST_REPEATED: KindSpec = KindSpec {
    name: "response.request.repeated/1",
    public: &[
        FieldSpec::new("run", FieldType::Code(64)),
        FieldSpec::new("place", FieldType::Code(256)),
        FieldSpec::new("number", FieldType::Count),
    ],
    private: &["person"],
};

/// Playbooks may send requests to this.
pub(crate) const TARGET_ALLOWED: KindSpec = KindSpec {
    name: "response.target.allowed/1",
    public: &[FieldSpec::new("target", FieldType::Code(64)), FieldSpec::new("org", FieldType::Code(64))],
    private: &["target", "person"],
};

/// They may not any more.
pub(crate) const TARGET_REMOVED: KindSpec = KindSpec {
    name: "response.target.removed/1",
    public: &[FieldSpec::new("target", FieldType::Code(64))],
    private: &["person"],
};

/// All of them.
pub(crate) const KINDS: &[KindSpec] = &[
    STARTED,
    STEPPED,
    ENDED,
    REQUEST_SENT,
    REQUEST_ANSWERED,
    REQUEST_REPEATED,
    TARGET_ALLOWED,
    TARGET_REMOVED,
];
