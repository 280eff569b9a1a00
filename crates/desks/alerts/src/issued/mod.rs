//! Alerts that were released. Whoever wants one goes by [`find`], [`at`] or [`of_election`].

mod standing;
mod view;

pub use standing::{Standing, standing};
pub use view::{Issued, after, at, find, next_number, of_drill, of_election, open_at, superseded_by};
pub(crate) use view::{IssuedView, newest_of};

use scr_engine::{FieldSpec, FieldType, KindSpec};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An alert is released. Its subjects are `alert:ID` and `election:CODE`. `alert`: the compact text of `scr_alerts`, base64;
/// `object`: the one with everything that does not fit there ([`Content`]).
pub(crate) const ISSUED: KindSpec = KindSpec {
    name: scr_alerts::ISSUED,
    public: &[
        FieldSpec::new(scr_alerts::ALERT_FIELD, FieldType::Name(480)),
        FieldSpec::new("object", FieldType::Hash),
    ],
    private: &[],
};

/// All of them.
pub(crate) const KINDS: &[KindSpec] = &[ISSUED];

/// How an organisation stands in entries that it has issued, by [`scr_web::issuer_name`]. `origin`: of the log.
pub(crate) fn issuers(origin: &str, org: &str) -> [String; 2] {
    [format!("{origin}/org/{org}"), format!("{origin}/{org}")]
}

/// What an alert says besides its compact text: the longer words for the CAP message and the page. One canonical JSON object.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// The drill that an exercise belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drill: Option<String>,
    /// CAP category: `Security` or `Infra`.
    pub category: String,
    /// Code of the event (`scrutineer:event`).
    pub event: String,
    /// CAP urgency.
    pub urgency: String,
    /// CAP certainty.
    pub certainty: String,
    /// By when acknowledgements are asked for, seconds since 1970, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledge_by: Option<u64>,
    /// The step that is asked for: `delivered`, `read`, `understood`, `acted`.
    pub goal: String,
    /// Words by language, then by reading level: `expert`, `official`, `public`.
    pub words: BTreeMap<String, BTreeMap<String, Words>>,
    /// Names of its areas by code, as they were when it was released.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub areas: BTreeMap<String, String>,
    /// What the organisation that released it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender_name: Option<String>,
    /// The address of the site that shows it, without a slash at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Polling stations and voters that it was for, as the network counted them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach: Option<Reach>,
    /// What was hashed into the approvals of its words besides the words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// Entry of the approval of each language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub approved: BTreeMap<String, u64>,
}

/// Whom an alert was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reach {
    /// Version of the network that was counted.
    pub network: u64,
    /// Polling stations.
    pub stations: u64,
    /// Registered voters.
    pub voters: u64,
}

/// The words of one language and reading level.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// What has happened.
    pub headline: String,
    /// What is known.
    pub description: String,
    /// What to do.
    pub instruction: String,
}
