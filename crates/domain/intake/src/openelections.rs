//! OpenElections CSV: fixed column names in any order (openelections/docs, "precinct-level results").

use crate::mapping::{Format, Long, Mapping, ValueIn};

/// Names of the column of the unit, the narrowest first.
const UNIT: [&str; 5] = ["precinct", "election_district", "ward", "township", "county"];
/// Columns that state a share of the votes.
const PARTS: [&str; 8] = [
    "election_day",
    "absentee",
    "early_voting",
    "provisional",
    "mail",
    "early",
    "absentee_mail",
    "election_night",
];

/// The mapping for a file with these headings; settings for units, totals and source of `wanted` are kept.
/// Errors: the columns that are missing.
pub(crate) fn mapping(headings: &[String], wanted: &Mapping) -> Result<Mapping, Vec<&'static str>> {
    let has = |name: &str| headings.iter().any(|heading| heading.eq_ignore_ascii_case(name));
    let unit = UNIT.into_iter().find(|name| has(name));
    let mut missing: Vec<&'static str> =
        ["office", "candidate", "votes"].into_iter().filter(|name| !has(name)).collect();
    if unit.is_none() {
        missing.push("county");
    }
    let (Some(unit), true) = (unit, missing.is_empty()) else { return Err(missing) };
    let mut mapping = Mapping { format: Format::Delimited, ..wanted.clone() };
    mapping.unit.key = if unit != "county" && has("county") {
        vec!["county".into(), unit.into()]
    } else {
        vec![unit.into()]
    };
    mapping.unit.separator = "/".into();
    mapping.unit.parents = if unit != "county" && has("county") { vec!["county".into()] } else { Vec::new() };
    mapping.unit.name = Some(unit.into());
    mapping.contest.columns =
        ["office", "district"].into_iter().filter(|name| has(name)).map(str::to_owned).collect();
    // Only the parts that are there; a file with some of the known parts and others unknown would differ everywhere.
    let parts: Vec<String> = PARTS.into_iter().filter(|name| has(name)).map(str::to_owned).collect();
    mapping.long = Some(Long {
        contestant: "candidate".into(),
        votes: "votes".into(),
        group: has("party").then(|| "party".into()),
        parts,
        as_fields: [("Over Votes", "overvotes"), ("Under Votes", "undervotes")]
            .map(|(name, field)| (name.to_owned(), field.to_owned()))
            .into(),
    });
    mapping.wide = None;
    mapping.totals.rows =
        vec![ValueIn { column: unit.into(), values: vec!["Total".into(), "Totals".into()] }];
    mapping.totals.contestants = vec!["Total".into(), "Totals".into(), "Total Votes Cast".into()];
    Ok(mapping)
}
