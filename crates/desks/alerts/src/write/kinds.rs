//! What is recorded on the way to an alert, and of its signature.

use scr_engine::{FieldSpec, FieldType, KindSpec};

const ALERT: FieldSpec = FieldSpec::new("alert", FieldType::Code(64));

/// Somebody who reads a language approves exactly these words. `hash`: over the words and the draft's random number, so that
/// nobody can guess them before the release.
pub(crate) const APPROVED: KindSpec = KindSpec {
    name: "alerts.wording.approved/1",
    public: &[ALERT, FieldSpec::new("language", FieldType::Code(2)), FieldSpec::new("hash", FieldType::Hash)],
    private: &["person"],
};

/// Somebody agrees to the release of a draft. `hash`: over the whole draft.
pub(crate) const AGREED: KindSpec = KindSpec {
    name: "alerts.release.agreed/1",
    public: &[ALERT, FieldSpec::new("hash", FieldType::Hash)],
    private: &["person"],
};

/// The CAP message of an alert is signed. `entry`: index of the alert's entry; `object`: the file.
pub(crate) const CAP_SIGNED: KindSpec = KindSpec {
    name: "alerts.cap.signed/1",
    public: &[
        ALERT,
        FieldSpec::new("entry", FieldType::Count),
        FieldSpec::new("object", FieldType::Hash),
        FieldSpec::new("key", FieldType::Hash),
    ],
    private: &[],
};

/// The key that CAP messages of this log are signed with from now on. `key`: SubjectPublicKeyInfo in PEM.
pub(crate) const SIGNER_NAMED: KindSpec = KindSpec {
    name: "alerts.signer.named/1",
    public: &[FieldSpec::new("key", FieldType::Name(400)), FieldSpec::new("fingerprint", FieldType::Hash)],
    private: &[],
};

/// All of them.
pub(crate) const KINDS: &[KindSpec] = &[APPROVED, AGREED, CAP_SIGNED, SIGNER_NAMED];

/// Codes of refusals.
pub(crate) mod codes {
    /// Another role, or only for a part of the country.
    pub(crate) const NOT_YOURS: &str = "SCR-ALR-220";
    /// No such draft.
    pub(crate) const NO_DRAFT: &str = "SCR-ALR-221";
    /// Somebody else has saved it meanwhile.
    pub(crate) const CHANGED: &str = "SCR-ALR-222";
    /// A value that is none of those to choose from.
    pub(crate) const WRONG_VALUE: &str = "SCR-ALR-223";
    /// No areas.
    pub(crate) const NO_AREAS: &str = "SCR-ALR-224";
    /// A code that the network does not have.
    pub(crate) const UNKNOWN_AREA: &str = "SCR-ALR-225";
    /// No end, or one that is over.
    pub(crate) const EXPIRED: &str = "SCR-ALR-226";
    /// It would hold too long.
    pub(crate) const TOO_LONG: &str = "SCR-ALR-227";
    /// Words are missing.
    pub(crate) const NO_WORDS: &str = "SCR-ALR-228";
    /// Words that cannot be used.
    pub(crate) const WRONG_WORDS: &str = "SCR-ALR-229";
    /// More than 350 bytes in compact form.
    pub(crate) const TEXT_TOO_LONG: &str = "SCR-ALR-230";
    /// Nobody approves what they wrote last.
    pub(crate) const OWN_WORDS: &str = "SCR-ALR-231";
    /// The words are others by now.
    pub(crate) const OTHER_WORDS: &str = "SCR-ALR-232";
    /// The main language is not approved.
    pub(crate) const NOT_APPROVED: &str = "SCR-ALR-233";
    /// An exercise without a running drill.
    pub(crate) const NO_DRILL: &str = "SCR-ALR-234";
    /// A draft never changes between actual, exercise and test.
    pub(crate) const NEVER_CONVERTS: &str = "SCR-ALR-235";
    /// An update or cancellation of nothing that is open.
    pub(crate) const NOTHING_NAMED: &str = "SCR-ALR-236";
    /// The number is taken.
    pub(crate) const NUMBER_TAKEN: &str = "SCR-ALR-237";
    /// A second person has to release.
    pub(crate) const SECOND_PERSON: &str = "SCR-ALR-238";
    /// Acknowledgements are asked for after the end.
    pub(crate) const ACK_LATE: &str = "SCR-ALR-239";
    /// It is released, or dropped.
    pub(crate) const DONE: &str = "SCR-ALR-240";
    /// No such election, or another organisation's.
    pub(crate) const NO_ELECTION: &str = "SCR-ALR-241";
    /// No such alert.
    pub(crate) const NO_ALERT: &str = "SCR-ALR-242";
    /// The proof is not ready.
    pub(crate) const NOT_PROVEN: &str = "SCR-ALR-243";
    /// What the profile of CAP asks for is missing.
    pub(crate) const PROFILE: &str = "SCR-ALR-244";
    /// Too many drafts.
    pub(crate) const TOO_MANY: &str = "SCR-ALR-245";
    /// No areas were imported yet.
    pub(crate) const NO_NETWORK: &str = "SCR-ALR-246";
    /// The CAP message is not signed yet.
    pub(crate) const NOT_SIGNED: &str = "SCR-ALR-247";
    /// The log's key, which makes the short form, is not here.
    pub(crate) const NO_SHORT: &str = "SCR-ALR-249";
}
