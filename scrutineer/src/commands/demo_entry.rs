//! The second act of the demonstration: a count that is being typed by hand at this moment.

use scr_core::{Actor, ElectionId, Role};
use scr_desk_results::commands::{NewContest, define_contest};
use scr_desk_results::entry::{NewEntry, SheetKey, Station, open_entry, publish_signed, take_many};
use scr_desk_results::registry::data::{StationRow, newest_registry, stations as registry_stations};
use scr_engine::{ActError, Engine};
use scr_results::Contestant;
use scr_results::sheet::{Numbers, SheetStep};
use std::collections::BTreeMap;

const CONTEST: &str = "referendum";
/// Sheets are typed all over the country: every seventh station comes next.
const STEP: u64 = 7;
/// The rule that a station with a ballot without any mark departs from.
const RULE: &str = "generic/valid-contestants";

/// A referendum: some sheets are signed, some wait for each kind of work, most have not been typed. `actor` makes people who have worked on it; visitors take the places that are left.
pub(super) fn fill(
    engine: &Engine,
    election: &ElectionId,
    actor: &dyn Fn(&str, Role) -> Result<Actor, ActError>,
) -> Result<(), ActError> {
    let official = actor("demo-official", Role::Manager)?;
    let contestant =
        |id: &str, name: &str| Contestant { id: id.to_owned(), name: name.to_owned(), group: None };
    define_contest(
        engine,
        &official,
        &NewContest {
            election: election.clone(),
            id: CONTEST.to_owned(),
            title: "Referendum on the bridge over the sound".to_owned(),
            votes_per_ballot: 1,
            contestants: vec![contestant("yes", "Yes"), contestant("no", "No")],
        },
    )?;
    let new = NewEntry {
        election: election.clone(),
        contest: CONTEST.to_owned(),
        source: "entry".to_owned(),
        source_name: "Tally sheets typed by hand".to_owned(),
        fields: ["registered", "ballots_cast", "votes_invalid", "votes_valid"].map(str::to_owned).into(),
        pack: Some("generic".to_owned()),
    };
    let stations = stations(engine, election)?;
    let opened = open_entry(engine, &official, &new, &stations)?;
    let entry = opened.last().map(|receipt| receipt.index).unwrap_or_default();
    type_some(engine, entry, &stations, actor)?;
    publish_signed(engine, &official, entry, "")?;
    Ok(())
}

/// Every polling station of the registry.
fn stations(engine: &Engine, election: &ElectionId) -> Result<Vec<Station>, ActError> {
    let rows = engine.read(|views| match newest_registry(views, election.as_str())? {
        Some(newest) => registry_stations(views, newest.index, None, usize::MAX),
        None => Ok(Vec::new()),
    })?;
    let station = |row: StationRow| Station {
        unit: row.unit,
        name: row.name,
        parents: row.parents,
        registered: row.registered,
    };
    Ok(rows.into_iter().map(station).collect())
}

/// What the paper of a station says.
fn numbers(station: u64, registered: u64) -> Numbers {
    let cast = registered * (55 + (station * 7) % 20) / 100;
    let invalid = station % 9;
    let valid = cast - invalid;
    let yes = valid * (44 + (station * 11) % 15) / 100;
    let stated = [
        ("f-registered", registered),
        ("f-ballots_cast", cast),
        ("f-votes_invalid", invalid),
        ("f-votes_valid", valid),
        ("c-yes", yes),
        ("c-no", valid - yes),
    ];
    stated.into_iter().map(|(column, value)| (column.to_owned(), Some(value))).collect()
}

fn with(mut numbers: Numbers, column: &str, change: u64) -> Numbers {
    if let Some(Some(value)) = numbers.get_mut(column) {
        *value += change;
    }
    numbers
}

/// Sheets 0 to 13 are signed (one after an explanation, one after a correction), 14 to 17 wait for that,
/// 18 to 20 have a warning, 21 to 23 differed and one of them is decided, 24 was given back, 25 to 28 are
/// typed once.
fn type_some(
    engine: &Engine,
    entry: u64,
    stations: &[Station],
    actor: &dyn Fn(&str, Role) -> Result<Actor, ActError>,
) -> Result<(), ActError> {
    let count = stations.len() as u64;
    let key = |station: u64| SheetKey { entry, station: station * STEP % count };
    let warns = |station: u64| station == 6 || (18..21).contains(&station);
    let paper = |station: u64| {
        let place = key(station).station;
        let on_register = usize::try_from(place).ok().and_then(|place| stations.get(place)?.registered);
        let numbers = numbers(place, on_register.unwrap_or_default());
        if warns(station) { with(numbers, "c-no", 1) } else { numbers }
    };
    let enter = |from: u64, to: u64| -> Vec<(SheetKey, SheetStep)> {
        (from..to).map(|station| (key(station), SheetStep::Enter(paper(station)))).collect()
    };
    let (first, second) = (actor("demo-typist-1", Role::Clerk)?, actor("demo-typist-2", Role::Clerk)?);
    take_many(engine, &first, &enter(0, 29))?;
    let mut again = enter(0, 21);
    again.extend((21..24).map(|station| {
        // Two figures of one line changed places: 9 more, or 9 fewer.
        (key(station), SheetStep::Enter(with(paper(station), "c-yes", 9)))
    }));
    take_many(engine, &second, &again)?;
    let words = "The commission noted one ballot paper handed in by two voters together";
    let explanation = BTreeMap::from([(RULE.to_owned(), words.to_owned())]);
    take_many(engine, &second, &[(key(6), SheetStep::Explain(explanation))])?;
    let decider = actor("demo-decider", Role::Supervisor)?;
    let paper_says = paper(21).get("c-yes").copied().flatten();
    let pick = SheetStep::Resolve { column: "c-yes".to_owned(), value: paper_says };
    let back = SheetStep::GiveBack { reason: "The sheet of another station was typed".to_owned() };
    take_many(engine, &decider, &[(key(21), pick), (key(24), back)])?;
    let signer = actor("demo-signer", Role::Supervisor)?;
    let signed: Vec<_> = (0..14).map(|station| (key(station), SheetStep::Sign)).collect();
    take_many(engine, &signer, &signed)?;
    let recounted = with(with(paper(0), "c-no", 1), "f-votes_valid", 1);
    let recounted = with(recounted, "f-ballots_cast", 1);
    let reason = "Recount of 24 November: one ballot had stuck to another".to_owned();
    take_many(engine, &decider, &[(key(0), SheetStep::Correct { numbers: recounted, reason })])?;
    take_many(engine, &signer, &[(key(0), SheetStep::Sign)])?;
    Ok(())
}
