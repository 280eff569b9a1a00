//! Commitments and their order.

use super::{Check, Order};
use crate::record::{Commitment, PARTS, Published, Round};
use scr_canon::Hash32;
use serde_json::Value;

impl Check<'_> {
    pub(super) fn commitments(&mut self) {
        let record = self.record;
        for part in PARTS {
            let name = part.name();
            let said = record.commitment.parts.get(name);
            match (said, part.hash(record)) {
                (None, _) => self.says("SCR-AUD-120", None, format!("nothing was committed to for {name}")),
                (_, Err(error)) => {
                    self.says("SCR-AUD-120", None, format!("{name} cannot be hashed: {error}"))
                }
                (Some(said), Ok(found)) if *said != found => {
                    self.says(
                        "SCR-AUD-120",
                        None,
                        format!(
                            "{name} is not what was committed to: its SHA-256 is {}, committed was {}",
                            found.to_hex(),
                            said.to_hex()
                        ),
                    );
                }
                _ => {}
            }
        }
        if Commitment::root_of(&record.commitment.parts).ok() != Some(record.commitment.root) {
            self.says("SCR-AUD-121", None, "the root is not that of the parts that were committed to");
        }
        for version in &record.versions {
            if version.reason.trim().is_empty() {
                let what = format!(
                    "the version with the root {} was replaced without a reason",
                    version.root.to_hex()
                );
                self.says("SCR-AUD-121", None, what);
            }
            if version.root == record.commitment.root {
                let what = "the version that counts is also said to have been replaced";
                self.says("SCR-AUD-121", None, what);
            }
        }
    }

    /// A seed must not be older than what it draws from, and what is shown as evidence must speak of these.
    pub(super) fn order(&mut self) -> Order {
        let record = self.record;
        let committed = record.commitment.published.as_ref();
        let mut order = Order::Witnessed;
        let versions = record.versions.iter().map(|version| version.published.as_ref());
        let published: Vec<Option<&Published>> = versions.chain([committed]).collect();
        for pair in published.windows(2) {
            if let [Some(earlier), Some(later)] = pair
                && !after(earlier, later)
            {
                let what = format!(
                    "a version published at {} is said to replace one published at {}",
                    later.at, earlier.at
                );
                self.says("SCR-AUD-121", None, what);
            }
        }
        let root = &record.commitment.root;
        self.speaks(committed, None, "the root that was committed to", |entry| names(entry, root));
        for version in &record.versions {
            let published = version.published.as_ref();
            self.speaks(published, None, "the root of a replaced version", |entry| {
                names(entry, &version.root)
            });
        }
        for round in &record.rounds {
            // A seed that draws several rounds is stated before the first of them, or again before each.
            let drawn = |one: &&Round| one.seed == round.seed && one.number <= round.number;
            let numbers: Vec<String> =
                record.rounds.iter().filter(drawn).map(|one| one.number.to_string()).collect();
            let seed =
                |entry: &Value| has(entry, &round.seed) && numbers.iter().any(|number| has(entry, number));
            self.speaks(round.seeded.as_ref(), Some(round.number), "the seed and its round", seed);
            match (committed, &round.seeded) {
                (Some(committed), Some(seeded)) if !after(committed, seeded) => {
                    order = Order::Wrong;
                    let what = format!(
                        "the seed was published at {} and the commitment at {}: who knew the seed could choose what it draws from",
                        seeded.at, committed.at
                    );
                    self.says("SCR-AUD-122", Some(round.number), what);
                }
                (Some(_), Some(_)) => {}
                _ if order == Order::Witnessed => order = Order::NotWitnessed,
                _ => {}
            }
        }
        if record.rounds.is_empty() { Order::NotWitnessed } else { order }
    }

    /// Whether the entry that is shown as evidence says this. Its proof is for whoever knows the log's key.
    fn speaks(
        &mut self,
        published: Option<&Published>,
        round: Option<u32>,
        what: &str,
        says: impl Fn(&Value) -> bool,
    ) {
        let Some(evidence) = published.and_then(|published| published.evidence.as_ref()) else { return };
        let entry: Option<Value> = serde_json::from_str(&evidence.entry).ok();
        if !entry.is_some_and(|entry| says(&entry)) {
            let what = format!("the entry that is shown as evidence does not name {what}");
            self.says("SCR-AUD-122", round, what);
        }
    }
}

/// Whether an entry names a hash, in hexadecimal digits or as records write it.
fn names(entry: &Value, hash: &Hash32) -> bool {
    let written = serde_json::to_value(hash).ok();
    has(entry, &hash.to_hex())
        || written.as_ref().and_then(Value::as_str).is_some_and(|text| has(entry, text))
}

/// Whether a text or a number stands anywhere in a value as a whole.
fn has(value: &Value, wanted: &str) -> bool {
    match value {
        Value::String(text) => text == wanted,
        Value::Number(number) => number.to_string() == wanted,
        Value::Array(list) => list.iter().any(|one| has(one, wanted)),
        Value::Object(fields) => fields.values().any(|one| has(one, wanted)),
        _ => false,
    }
}

fn after(earlier: &Published, later: &Published) -> bool {
    let same_log = earlier.origin == later.origin;
    later.at >= earlier.at && (!same_log || later.index > earlier.index)
}
