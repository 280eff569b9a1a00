//! What is recorded of audits. What a jurisdiction hands in, what boards read before their round is closed, and
//! everybody's names stay private; all else is public.
//!
//! What does not fit into an entry is an object in canonical JSON that the entry names: fields `object` and
//! `…_object`, which mirrors fetch.

use scr_engine::{FieldSpec, FieldType, KindSpec};

const AUDIT: FieldSpec = FieldSpec::new("audit", FieldType::Code(64));
const VERSION: FieldSpec = FieldSpec::new("version", FieldType::Count);
const ROUND: FieldSpec = FieldSpec::new("round", FieldType::Count);
const JURISDICTION: FieldSpec = FieldSpec::new("jurisdiction", FieldType::Name(200));
const BOARD: FieldSpec = FieldSpec::new("board", FieldType::Count);
const OBJECT: FieldSpec = FieldSpec::new("object", FieldType::Hash);
const OVER: FieldSpec = FieldSpec::new("over", FieldType::Hash);
const REASON: FieldSpec = FieldSpec::new("reason", FieldType::Text(1_000));

/// An audit begins as a draft. `object`: its settings as a record has them.
pub(crate) const CREATED: KindSpec = KindSpec {
    name: "audits.audit.created/1",
    public: &[
        AUDIT,
        FieldSpec::new("title", FieldType::Name(200)),
        FieldSpec::new("method", FieldType::Code(64)),
        FieldSpec::new("sampler", FieldType::Code(64)),
        FieldSpec::new("fresh_seeds", FieldType::Flag),
        OBJECT,
        FieldSpec::optional("election", FieldType::Code(64)),
    ],
    private: &[],
};

/// Who takes part. `object`: the list of names.
pub(crate) const JURISDICTIONS_NAMED: KindSpec = KindSpec {
    name: "audits.jurisdictions.named/1",
    public: &[AUDIT, FieldSpec::new("count", FieldType::Count), OBJECT],
    private: &[],
};

/// A contest is chosen, or stated anew. `object`: the contest as a record has it.
pub(crate) const CONTEST_CHOSEN: KindSpec = KindSpec {
    name: "audits.contest.chosen/1",
    public: &[
        AUDIT,
        FieldSpec::new("contest", FieldType::Name(200)),
        FieldSpec::new("risk_limit", FieldType::Code(32)),
        FieldSpec::new("targeted", FieldType::Flag),
        OBJECT,
    ],
    private: &[],
};

/// A contest is left out again.
pub(crate) const CONTEST_DROPPED: KindSpec = KindSpec {
    name: "audits.contest.dropped/1",
    public: &[AUDIT, FieldSpec::new("contest", FieldType::Name(200))],
    private: &[],
};

/// A jurisdiction hands in a manifest, totals by batch or cast vote records. `sha256` is of the normal form, which is
/// what is committed to.
pub(crate) const UPLOAD_MADE: KindSpec = KindSpec {
    name: "audits.upload.made/1",
    public: &[
        AUDIT,
        VERSION,
        JURISDICTION,
        FieldSpec::new("what", FieldType::Code(32)),
        FieldSpec::new("sha256", FieldType::Hash),
        FieldSpec::new("rows", FieldType::Count),
        FieldSpec::new("ballots", FieldType::Count),
    ],
    private: &["content", "file_name"],
};

/// A jurisdiction signs what it has handed in.
pub(crate) const UPLOAD_SIGNED: KindSpec =
    KindSpec { name: "audits.upload.signed/1", public: &[AUDIT, VERSION, JURISDICTION, OVER], private: &[] };

const PART: &[FieldSpec] =
    &[FieldSpec::new("name", FieldType::Code(32)), FieldSpec::new("sha256", FieldType::Hash)];

/// Everything is fixed before the seed. `object`: batches with totals, where they lie, names, hashes of CVRs;
/// `counts_object`: instant runoffs round by round, where voters rank and cast vote records are handed in.
pub(crate) const COMMITTED: KindSpec = KindSpec {
    name: "audits.audit.committed/1",
    public: &[
        AUDIT,
        VERSION,
        FieldSpec::new("parts", FieldType::List(8, &FieldType::Object(PART))),
        FieldSpec::new("root", FieldType::Hash),
        FieldSpec::new("software", FieldType::Name(200)),
        OBJECT,
        FieldSpec::optional("counts_object", FieldType::Hash),
    ],
    private: &[],
};

/// The audit goes back to before the seed. `version` is the new one.
pub(crate) const REOPENED: KindSpec =
    KindSpec { name: "audits.audit.reopened/1", public: &[AUDIT, VERSION, REASON], private: &[] };

/// Somebody typed the digits of the dice: the first of two, or a second who typed others.
pub(crate) const SEED_TYPED: KindSpec = KindSpec {
    name: "audits.seed.typed/1",
    public: &[AUDIT, VERSION, ROUND, FieldSpec::new("outcome", FieldType::Code(16))],
    private: &["digits", "person"],
};

/// Two people typed the same digits. `failed`: how often two had typed different ones.
pub(crate) const SEED_DRAWN: KindSpec = KindSpec {
    name: "audits.seed.drawn/1",
    public: &[
        AUDIT,
        VERSION,
        ROUND,
        FieldSpec::new("seed", FieldType::Code(256)),
        FieldSpec::new("failed", FieldType::Count),
    ],
    private: &["person"],
};

/// A round begins. `object`: what it opens with; `draws_object`: the list of draws.
pub(crate) const ROUND_OPENED: KindSpec = KindSpec {
    name: "audits.round.opened/1",
    public: &[
        AUDIT,
        VERSION,
        ROUND,
        FieldSpec::new("draws", FieldType::Count),
        FieldSpec::new("units", FieldType::Count),
        OBJECT,
        FieldSpec::new("draws_object", FieldType::Hash),
    ],
    private: &[],
};

/// A jurisdiction's ballots or batches are dealt to its boards. `object`: each board's list.
pub(crate) const BOARDS_DEALT: KindSpec = KindSpec {
    name: "audits.boards.dealt/1",
    public: &[AUDIT, VERSION, ROUND, JURISDICTION, FieldSpec::new("boards", FieldType::Count), OBJECT],
    private: &[],
};

/// The two members of a board say who they are.
pub(crate) const BOARD_JOINED: KindSpec = KindSpec {
    name: "audits.board.joined/1",
    public: &[AUDIT, VERSION, ROUND, JURISDICTION, BOARD],
    private: &["step"],
};

/// Something was read, counted, combined or resolved. `unit`: its place in the board's list, from 1. `left` and
/// `disagreed`: how much is then to be read and to be resolved.
pub(crate) const BOARD_WORKED: KindSpec = KindSpec {
    name: "audits.board.worked/1",
    public: &[
        AUDIT,
        VERSION,
        ROUND,
        JURISDICTION,
        BOARD,
        FieldSpec::new("unit", FieldType::Count),
        FieldSpec::new("step", FieldType::Code(16)),
        FieldSpec::new("left", FieldType::Count),
        FieldSpec::new("disagreed", FieldType::Count),
        FieldSpec::optional("reason", FieldType::Text(1_000)),
    ],
    private: &["step"],
};

/// Both members of a board sign what they have read.
pub(crate) const BOARD_SIGNED: KindSpec = KindSpec {
    name: "audits.board.signed/1",
    public: &[AUDIT, VERSION, ROUND, JURISDICTION, BOARD, OVER],
    private: &["step"],
};

/// A board gets its list back.
pub(crate) const BOARD_REOPENED: KindSpec = KindSpec {
    name: "audits.board.reopened/1",
    public: &[AUDIT, VERSION, ROUND, JURISDICTION, BOARD, REASON],
    private: &["step"],
};

/// A round ends, and its risk is measured. `object`: what was read; `measured_object`: the risk of each contest;
/// `cvrs_object`: what machines had recorded of the ballots that were drawn, where ballots are compared;
/// `claims_object`: the risk of each assertion, where assertions are measured.
pub(crate) const ROUND_CLOSED: KindSpec = KindSpec {
    name: "audits.round.closed/1",
    public: &[
        AUDIT,
        VERSION,
        ROUND,
        FieldSpec::new("met", FieldType::Flag),
        OBJECT,
        FieldSpec::new("measured_object", FieldType::Hash),
        FieldSpec::optional("cvrs_object", FieldType::Hash),
        FieldSpec::optional("claims_object", FieldType::Hash),
    ],
    private: &[],
};

/// What follows a closed round.
pub(crate) const ROUND_DECIDED: KindSpec = KindSpec {
    name: "audits.round.decided/1",
    public: &[
        AUDIT,
        VERSION,
        ROUND,
        FieldSpec::new("decision", FieldType::Code(32)),
        FieldSpec::optional("reason", FieldType::Text(1_000)),
    ],
    private: &[],
};

/// An open round is given up. It stays visible, and nothing in it counts.
pub(crate) const ROUND_ABANDONED: KindSpec =
    KindSpec { name: "audits.round.abandoned/1", public: &[AUDIT, VERSION, ROUND, REASON], private: &[] };

/// Somebody explains why people read something else than machines reported: of a batch by its place in the record, or of
/// the ballot at a position in it. Another explanation of the same takes its place.
pub(crate) const DISCREPANCY_EXPLAINED: KindSpec = KindSpec {
    name: "audits.discrepancy.explained/1",
    public: &[
        AUDIT,
        VERSION,
        JURISDICTION,
        FieldSpec::new("batch", FieldType::Count),
        FieldSpec::optional("position", FieldType::Count),
        REASON,
    ],
    private: &[],
};

/// The audit ends after a full hand count. `object`: what it found.
pub(crate) const FINISHED: KindSpec =
    KindSpec { name: "audits.audit.finished/1", public: &[AUDIT, VERSION, OBJECT], private: &[] };

/// An observer's own note of a ballot. What it says is the observer's until the round is closed.
pub(crate) const NOTE_TAKEN: KindSpec = KindSpec {
    name: "audits.note.taken/1",
    public: &[AUDIT, VERSION, ROUND, JURISDICTION, BOARD, FieldSpec::new("unit", FieldType::Count)],
    private: &["note", "person"],
};

/// The cast vote records that are committed to are published. `smallest`: styles of fewer ballots were pooled before;
/// `styles` and `cards` say how many those were.
pub(crate) const CVRS_PUBLISHED: KindSpec = KindSpec {
    name: "audits.cvrs.published/1",
    public: &[
        AUDIT,
        VERSION,
        JURISDICTION,
        FieldSpec::new("smallest", FieldType::Count),
        FieldSpec::new("styles", FieldType::Count),
        FieldSpec::new("cards", FieldType::Count),
        REASON,
        OBJECT,
    ],
    private: &[],
};

/// All of them.
pub(crate) const KINDS: &[KindSpec] = &[
    CREATED,
    JURISDICTIONS_NAMED,
    CONTEST_CHOSEN,
    CONTEST_DROPPED,
    UPLOAD_MADE,
    UPLOAD_SIGNED,
    COMMITTED,
    REOPENED,
    SEED_TYPED,
    SEED_DRAWN,
    ROUND_OPENED,
    BOARDS_DEALT,
    BOARD_JOINED,
    BOARD_WORKED,
    BOARD_SIGNED,
    BOARD_REOPENED,
    ROUND_CLOSED,
    ROUND_DECIDED,
    ROUND_ABANDONED,
    DISCREPANCY_EXPLAINED,
    FINISHED,
    NOTE_TAKEN,
    CVRS_PUBLISHED,
];

/// A reason that will be public: of this length, and without addresses and numbers of people.
pub(crate) const PUBLIC_TEXT: KindSpec =
    KindSpec { name: "audits.text.checked/1", public: &[REASON], private: &[] };
