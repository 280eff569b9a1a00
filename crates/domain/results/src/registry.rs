//! The registry of polling stations in its published form: canonical JSON lines, in the order of the
//! codes, and the Merkle root over the stations.
//!
//! ```text
//! {"format":"scrutineer/registry/1"}
//! {"name":"School","parents":["North"],"registered":900,"unit":"0101"}
//! …
//! ```
//! What a registry does not state is left out, never 0 or empty. Station `i` is leaf `i` of an RFC 6962
//! tree whose leaf bytes are the station's line without its line end.

use crate::model::{MAX_PARENTS, MAX_ROWS, MAX_TEXT};
use crate::published::{PublishedError, lines, parse};
use scr_canon::{Hash32, to_canonical};
use scr_merkle::{leaf_hash, root_of};
use serde::{Deserialize, Serialize};

/// The format that the header names.
pub const FORMAT: &str = "scrutineer/registry/1";

/// One polling station.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Station {
    /// Its code, unique in the registry: results name their units by it.
    pub unit: String,
    /// Its name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The places above it, from the widest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<String>,
    /// Persons on the register, where the registry says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered: Option<u64>,
    /// Address in one line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Latitude in millionths of a degree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latitude: Option<i64>,
    /// Longitude in millionths of a degree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longitude: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    format: String,
}

/// A registry in its published form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedRegistry {
    /// The object's bytes.
    pub bytes: Vec<u8>,
    /// Stations under the root.
    pub units: u64,
    /// The root over them.
    pub units_root: Hash32,
}

/// Writes a registry in its published form. Errors: a code that stands twice, or a station beyond the
/// limits of the model.
pub fn publish(stations: &[Station]) -> Result<PublishedRegistry, PublishedError> {
    let canon = |error| PublishedError::Canon { line: 0, error };
    let mut sorted: Vec<&Station> = stations.iter().collect();
    sorted.sort_by(|a, b| a.unit.cmp(&b.unit));
    if let Some(pair) = sorted.windows(2).find(|pair| pair[0].unit == pair[1].unit) {
        return Err(PublishedError::Twice { unit: pair[0].unit.clone(), part: None });
    }
    let mut bytes = to_canonical(&Header { format: FORMAT.to_owned() }).map_err(canon)?;
    bytes.push(b'\n');
    let mut leaves = Vec::with_capacity(sorted.len());
    for (line, station) in (2..).zip(sorted) {
        within_limits(line, station)?;
        let text = to_canonical(station).map_err(canon)?;
        leaves.push(leaf_hash(&text));
        bytes.extend_from_slice(&text);
        bytes.push(b'\n');
    }
    Ok(PublishedRegistry { bytes, units: leaves.len() as u64, units_root: root_of(&leaves) })
}

fn within_limits(line: usize, station: &Station) -> Result<(), PublishedError> {
    let texts = [&station.unit, &station.name, &station.address].into_iter().chain(&station.parents);
    let is_long = texts.into_iter().any(|text| text.len() > MAX_TEXT);
    let fits = !station.unit.is_empty() && !is_long && station.parents.len() <= MAX_PARENTS;
    if fits && line <= MAX_ROWS + 1 {
        return Ok(());
    }
    Err(PublishedError::Form { line, what: format!("station {:?} is beyond the limits", station.unit) })
}

/// Reads an object back; every line must be canonical, and the codes in order, each once.
pub fn read(bytes: &[u8]) -> Result<Vec<Station>, PublishedError> {
    let mut rows = lines(bytes)?.into_iter();
    let header: Header = parse(1, rows.next().unwrap_or_default())?;
    if header.format != FORMAT {
        return Err(PublishedError::Form { line: 1, what: format!("the format is {:?}", header.format) });
    }
    let mut stations: Vec<Station> = Vec::new();
    for (number, row) in (2..).zip(rows) {
        let station: Station = parse(number, row)?;
        within_limits(number, &station)?;
        if stations.last().is_some_and(|before| before.unit >= station.unit) {
            let what = format!("station {:?} is out of order", station.unit);
            return Err(PublishedError::Form { line: number, what });
        }
        stations.push(station);
    }
    Ok(stations)
}

/// What a registry changes in the version before.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct RegistryChange {
    /// Codes that the version before lacks.
    pub added: Vec<String>,
    /// Stations whose name, places, address or register differ: before and now.
    pub changed: Vec<(Station, Station)>,
    /// Codes that only the version before has.
    pub gone: Vec<String>,
    /// Stations that are the same.
    pub same: u64,
}

/// Compares two versions; both in the order of the codes, as [`read`] gives them.
pub fn change(before: &[Station], now: &[Station]) -> RegistryChange {
    let mut change = RegistryChange::default();
    let (mut left, mut right) = (before.iter().peekable(), now.iter().peekable());
    loop {
        match (left.peek(), right.peek()) {
            (None, None) => return change,
            (Some(old), Some(new)) if old.unit == new.unit => {
                if old == new {
                    change.same += 1;
                } else {
                    change.changed.push(((*old).clone(), (*new).clone()));
                }
                left.next();
                right.next();
            }
            (Some(old), Some(new)) if old.unit < new.unit => {
                change.gone.push(old.unit.clone());
                left.next();
            }
            (Some(old), None) => {
                change.gone.push(old.unit.clone());
                left.next();
            }
            (_, Some(new)) => {
                change.added.push(new.unit.clone());
                right.next();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scr_merkle::{inclusion_proof, verify_inclusion};

    fn station(unit: &str, registered: Option<u64>) -> Station {
        let parents = vec!["North".to_owned()];
        Station { unit: unit.into(), name: "School".into(), parents, registered, ..Station::default() }
    }

    #[test]
    fn a_registry_is_rebuilt_from_its_object_and_each_station_leads_to_the_root() {
        let stations = [station("02", Some(900)), station("01", None)];
        let published = publish(&stations).unwrap();
        assert_eq!(published.units, 2);
        let again = read(&published.bytes).unwrap();
        assert_eq!(again, [stations[1].clone(), stations[0].clone()]);
        assert_eq!(publish(&again).unwrap(), published);
        let leaves: Vec<Hash32> =
            lines(&published.bytes).unwrap()[1..].iter().map(|l| leaf_hash(l)).collect();
        let path = inclusion_proof(&leaves.as_slice(), 1, 2).unwrap();
        verify_inclusion(&path, 1, 2, &leaves[1], &published.units_root).unwrap();
    }

    #[test]
    fn a_code_twice_is_refused_and_so_are_objects_of_another_form() {
        let error = publish(&[station("01", None), station("01", Some(1))]).unwrap_err();
        assert_eq!(error, PublishedError::Twice { unit: "01".into(), part: None });
        assert!(publish(&[station("", None)]).is_err());
        assert!(publish(&[station(&"1".repeat(MAX_TEXT + 1), None)]).is_err());
        let good = String::from_utf8(publish(&[station("01", Some(1)), station("02", None)]).unwrap().bytes);
        let good = good.unwrap();
        for (from, to) in [
            ("scrutineer/registry/1", "scrutineer/registry/2"),
            ("\"unit\":\"02\"", "\"unit\":\"00\""),
            ("\"unit\":\"02\"", "\"unit\": \"02\""),
            ("\"name\"", "\"nam\""),
        ] {
            let bad = good.replace(from, to);
            assert_ne!(bad, good, "{from}");
            assert!(read(bad.as_bytes()).is_err(), "{from} -> {to}");
        }
    }

    #[test]
    fn what_changes_is_new_changed_gone_or_the_same() {
        let before = [station("01", None), station("02", None), station("04", Some(3))];
        let now = [station("01", None), station("03", None), station("04", Some(4)), station("05", None)];
        let change = change(&before, &now);
        assert_eq!(
            (change.same, change.gone, change.added),
            (1, vec!["02".into()], vec!["03".into(), "05".into()])
        );
        assert_eq!(change.changed, [(before[2].clone(), now[2].clone())]);
    }
}
