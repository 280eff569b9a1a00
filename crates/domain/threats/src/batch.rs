//! What members share, as the record keeps it: one content for each entry, which says nothing in public about who shared
//! how much of what with whom.

use scr_core::{OrgId, Tlp};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Most objects in one part.
pub const MAX_OBJECTS: usize = 2_000;
/// Times of objects lie up to so many microseconds above the second of their entry.
const WITHIN: u32 = 900_000;

/// The content of one entry.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// Random: where in their second the times of these objects begin, and how they are spaced. Between two of them may
    /// stand others that a reader does not see; spaces that differ anyhow do not show it.
    pub seed: u32,
    /// Objects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<Shared>,
    /// Objects that are taken out again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withdrawn: Vec<Withdrawn>,
    /// What members watch.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assets: Vec<AssetList>,
    /// Objects with a day on which they become public.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scheduled: Vec<Scheduled>,
    /// Servers of others from which members bring objects in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<SourceAct>,
}

impl Batch {
    /// Nothing yet.
    pub fn new(seed: u32) -> Self {
        Self { seed, ..Self::default() }
    }

    /// Where in its second this batch begins, in microseconds.
    pub fn offset(&self) -> i64 {
        i64::from(self.seed % WITHIN)
    }

    /// The space before the object at this place, in microseconds, 1 to 64.
    pub fn space(&self, place: usize) -> i64 {
        // xorshift: it only has to be uneven, and the same wherever the record is read.
        let mut state = u64::from(self.seed) ^ (place as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        i64::try_from(state % 64).unwrap_or_default() + 1
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.shared.is_empty()
            && self.withdrawn.is_empty()
            && self.assets.is_empty()
            && self.scheduled.is_empty()
            && self.sources.is_empty()
    }

    /// Takes what another one holds.
    pub fn take(&mut self, other: Self) {
        self.shared.extend(other.shared);
        self.withdrawn.extend(other.withdrawn);
        self.assets.extend(other.assets);
        self.scheduled.extend(other.scheduled);
        self.sources.extend(other.sources);
    }
}

/// Objects of one marking, from one member, for one collection.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shared {
    /// Its UUID.
    pub collection: String,
    /// Who shares.
    pub owner: OrgId,
    /// The name under which others see it, where that is not the owner's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pseudonym: Option<String>,
    /// The label.
    pub tlp: Tlp,
    /// For whom, beside the owner.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<OrgId>,
    /// Where it came from: a partner's server, a feed, a form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What stood on a warning list, and was shared all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub despite: Vec<Despite>,
    /// The objects, byte for byte.
    pub objects: Vec<Box<RawValue>>,
}

/// A value that stood on a warning list when its object was shared: whoever shared it was told, and confirmed it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Despite {
    /// The object's STIX id.
    pub id: String,
    /// The value.
    pub value: String,
    /// The list's name; empty where the value is the member's own.
    pub list: String,
}

/// One version of one object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectKey {
    /// The STIX id.
    pub id: String,
    /// The version, in microseconds since 1970.
    pub version: i64,
}

/// Objects that their owner takes out of a collection.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawn {
    /// Its UUID.
    pub collection: String,
    /// Who takes them out: only what is theirs goes.
    pub owner: OrgId,
    /// Which.
    pub objects: Vec<ObjectKey>,
}

/// Everything that a member watches: a later list takes the place of an earlier one.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssetList {
    /// The member.
    pub owner: OrgId,
    /// Domains, address ranges and the like, one each, as typed.
    pub assets: Vec<String>,
}

/// The day on which an object becomes public.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheduled {
    /// Its collection.
    pub collection: String,
    /// Whose object.
    pub owner: OrgId,
    /// Which.
    pub object: ObjectKey,
    /// In seconds since 1970, UTC; `None` takes the day back.
    pub at: Option<i64>,
}

/// A member begins to bring objects in from a server of somebody else, does it otherwise, or ends it. A login is never in
/// it, nor whatever of the address may be a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceAct {
    /// The member.
    pub owner: OrgId,
    /// Which source, by its UUID.
    pub source: String,
    /// From where and whereto; `None`: it has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<SourceTerms>,
}

/// From where objects come, and whereto.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceTerms {
    /// `taxii` or `misp`.
    pub kind: String,
    /// The address, as far as it may be shown.
    pub address: String,
    /// The community's code.
    pub community: String,
    /// The collection's UUID.
    pub collection: String,
    /// What comes from there is at least this narrow.
    pub at_least: Tlp,
    /// Seconds between two polls.
    pub every_seconds: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_come_back_byte_for_byte() {
        let raw = r#"{ "type" : "x-odd", "n":1.0e2, "é":"\u00e9" }"#;
        let mut batch = Batch::new(7);
        batch.shared.push(Shared {
            collection: "c".into(),
            owner: OrgId::new("emb").unwrap(),
            pseudonym: None,
            tlp: Tlp::Amber,
            audience: Vec::new(),
            source: None,
            despite: vec![Despite { id: "x".into(), value: "192.0.2.1".into(), list: "L".into() }],
            objects: vec![RawValue::from_string(raw.to_owned()).unwrap()],
        });
        let text = serde_json::to_string(&batch).unwrap();
        let again: Batch = serde_json::from_str(&text).unwrap();
        assert_eq!(again.shared[0].objects[0].get(), raw);
        assert_eq!(again.shared[0].despite, batch.shared[0].despite);
        let before = r#"{"seed":1,"shared":[{"collection":"c","owner":"emb","tlp":"amber","objects":[]}]}"#;
        assert!(
            serde_json::from_str::<Batch>(before).unwrap().shared[0].despite.is_empty(),
            "as it was recorded before"
        );
    }

    #[test]
    fn spaces_are_uneven_and_the_same_everywhere() {
        let batch = Batch::new(1_234_567);
        let spaces: Vec<i64> = (0..1_000).map(|place| batch.space(place)).collect();
        assert!(spaces.iter().all(|space| (1..=64).contains(space)));
        assert!(spaces.iter().collect::<std::collections::BTreeSet<_>>().len() > 40, "they vary");
        assert_eq!(spaces, (0..1_000).map(|place| Batch::new(1_234_567).space(place)).collect::<Vec<_>>());
        assert_eq!(batch.offset(), 334_567);
    }
}
