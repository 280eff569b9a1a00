//! Who is to be reached: the areas of an election and its polling stations, in versions; contacts; the
//! line of authority.

mod api;
pub mod contacts;
pub mod derive;
pub mod line;
pub(crate) mod pages;
pub mod secrets;
mod view;

pub(crate) use api::{OPERATIONS, limit, routes as api_routes};
pub(crate) use pages::{NAV, TEXTS, routes};
pub(crate) use view::{Election, NetworkView, elections};
pub use view::{Version, current};

use scr_alerts::areas::{AreaLimits, AreaTree, Places, Stations};
use scr_canon::Hash32;
use scr_core::{Actor, Problem, Refusal, RefusalKind};
use scr_engine::{ActError, Engine, Fault, FieldSpec, FieldType, KindSpec, NewEvent, Receipt};
use scr_web::App;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The areas and stations of an election: the next version, never an overwrite. `object`: both lists.
pub(crate) const IMPORTED: KindSpec = KindSpec {
    name: "alerts.network.imported/1",
    public: &[
        FieldSpec::new("election", FieldType::Code(64)),
        FieldSpec::new("version", FieldType::Count),
        FieldSpec::new("object", FieldType::Hash),
        FieldSpec::new("areas", FieldType::Count),
        FieldSpec::new("stations", FieldType::Count),
        FieldSpec::new("voters", FieldType::Count),
        FieldSpec::optional("reason", FieldType::Text(1_000)),
    ],
    private: &[],
};

/// All of them.
pub(crate) const KINDS: &[KindSpec] = &[IMPORTED, contacts::IMPORTED, contacts::CHANGED, line::SET];

/// Largest object of a network, in bytes.
const MAX_OBJECT: u64 = 160 << 20;
/// Networks that are kept in memory.
const KEPT: usize = 4;

/// What a version's object holds: the two lists, as `scr_alerts::areas` reads them. Stations have two more columns that it
/// does not look at: `unit`, their code in the registry of polling stations, and `name`; and two that not every list has:
/// `latitude` and `longitude`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    areas: String,
    stations: String,
}

/// Areas and stations of one version.
#[derive(Debug)]
pub struct Network {
    /// The areas.
    pub tree: AreaTree,
    /// The stations.
    pub stations: Stations,
    /// Code in the registry and name of a station, by its number.
    pub names: BTreeMap<u32, (String, String)>,
    /// Where stations are, as far as the list says it.
    pub places: Places,
}

impl Network {
    /// Reads the two lists.
    ///
    /// # Errors
    /// Everything that is wrong (`SCR-ALR-040` to `-047`).
    pub fn read(areas: &str, stations: &str) -> Result<Self, Vec<Problem>> {
        Self::read_named(areas, stations, ("areas", "stations"))
    }

    /// As [`Network::read`]; problems name the files like this.
    ///
    /// # Errors
    /// As [`Network::read`].
    pub fn read_named(areas: &str, stations: &str, files: (&str, &str)) -> Result<Self, Vec<Problem>> {
        let limits = AreaLimits::default();
        let places = Places::read(stations.as_bytes(), files.1, &limits);
        match (Self::without_places(areas, stations, files), places) {
            (Ok(network), Ok(places)) => Ok(Self { places, ..network }),
            (Ok(_), Err(problems)) | (Err(problems), Ok(_)) => Err(problems),
            (Err(mut problems), Err(more)) => {
                for problem in more {
                    if !problems.contains(&problem) {
                        problems.push(problem);
                    }
                }
                Err(problems)
            }
        }
    }

    fn without_places(areas: &str, stations: &str, files: (&str, &str)) -> Result<Self, Vec<Problem>> {
        let limits = AreaLimits::default();
        let (tree, _) = AreaTree::read(areas.as_bytes(), files.0, &limits)?;
        let all = Stations::read(stations.as_bytes(), files.1, &tree, &limits)?;
        Ok(Self { tree, stations: all, names: names(stations), places: Places::default() })
    }

    /// Registered voters of all stations.
    pub fn voters(&self) -> u64 {
        self.stations.all().iter().map(|one| u64::from(one.voters)).sum()
    }

    /// The name of a station, else its number.
    pub fn name(&self, number: u32) -> String {
        let name = self.names.get(&number).map(|(_, name)| name.clone()).filter(|name| !name.is_empty());
        name.unwrap_or_else(|| number.to_string())
    }
}

/// The further columns of the stations; empty where there are none.
fn names(stations: &str) -> BTreeMap<u32, (String, String)> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(stations.as_bytes());
    let Ok(headings) = reader.headers().cloned() else { return BTreeMap::new() };
    let at = |name: &str| headings.iter().position(|heading| heading.trim() == name);
    let (number, unit, name) = (at("number"), at("unit"), at("name"));
    let cell = |record: &csv::StringRecord, at: Option<usize>| {
        at.and_then(|at| record.get(at)).unwrap_or_default().trim().to_owned()
    };
    reader
        .records()
        .filter_map(Result::ok)
        .filter_map(|record| {
            let number = cell(&record, number).parse().ok()?;
            Some((number, (cell(&record, unit), cell(&record, name))))
        })
        .collect()
}

/// A network to import.
#[derive(Debug, Clone, Copy)]
pub struct NewNetwork<'a> {
    /// The election.
    pub election: &'a str,
    /// CSV with `code`, `name`, `parent`, `stations`, `voters`.
    pub areas: &'a str,
    /// CSV with `number`, `area`, `voters`, `unit`, `name`, and perhaps `latitude` and `longitude`.
    pub stations: &'a str,
    /// Why a later version replaces an earlier one.
    pub reason: Option<&'a str>,
}

/// Imports the areas and stations of an election as the next version. A later version needs a reason.
///
/// # Errors
/// `SCR-ALR-200` (another role), `-201` (lists that cannot be read; [`Network::read`] says everything that is wrong),
/// `-202` (the same again), `-203` (no reason), `-204` (no such election).
pub fn import(engine: &Engine, actor: &Actor, new: &NewNetwork<'_>) -> Result<Vec<Receipt>, ActError> {
    contacts::must_manage(actor)?;
    let network = Network::read(new.areas, new.stations).map_err(|problems| {
        let first = problems.first().map_or("", |problem| problem.code);
        Refusal::new(RefusalKind::Invalid, "SCR-ALR-201").with("first", first)
    })?;
    let lists = Lists { areas: new.areas.to_owned(), stations: new.stations.to_owned() };
    let bytes = scr_canon::to_canonical(&lists).map_err(|error| Fault::log(&error))?;
    let object = engine.objects().put(&bytes)?;
    let reason = new.reason.map(str::trim).filter(|reason| !reason.is_empty());
    engine.record(actor, &|views, _| {
        contacts::must_be_own(engine, views, new.election, actor)?;
        let before = current(views, new.election)?;
        if before.as_ref().is_some_and(|before| before.object == object) {
            return Err(Refusal::new(RefusalKind::Conflict, "SCR-ALR-202").into());
        }
        if before.is_some() && reason.is_none() {
            return Err(Refusal::new(RefusalKind::Invalid, "SCR-ALR-203").on("reason").into());
        }
        let mut public = json!({
            "election": new.election,
            "version": before.map_or(0, |before| before.version) + 1,
            "object": object,
            "areas": network.tree.areas().len(),
            "stations": network.stations.all().len(),
            "voters": network.voters(),
        });
        if let (Some(reason), Some(fields)) = (reason, public.as_object_mut()) {
            fields.insert("reason".to_owned(), json!(reason));
        }
        Ok(vec![NewEvent::about(&IMPORTED, format!("alerts:network:{}", new.election), public)])
    })
}

/// Networks that were read, the newest first: a courtesy of each node.
#[derive(Debug, Default)]
struct Read(Mutex<Vec<(Hash32, Arc<Network>)>>);

/// The newest areas and stations of an election; `None` where none were imported.
///
/// # Errors
/// Faults of the store.
pub fn of(app: &App, election: &str) -> Result<Option<Arc<Network>>, ActError> {
    let Some(version) = app.engine.read(|views| current(views, election))? else { return Ok(None) };
    version_of(app, &version.object).map(Some)
}

/// The areas and stations of one version.
///
/// # Errors
/// Faults of the store.
pub fn version_of(app: &App, object: &Hash32) -> Result<Arc<Network>, ActError> {
    let kept = app.soft::<Read>();
    let find = |all: &[(Hash32, Arc<Network>)]| {
        all.iter().find(|(hash, _)| hash == object).map(|(_, network)| Arc::clone(network))
    };
    if let Some(found) = find(&kept.0.lock().unwrap_or_else(PoisonError::into_inner)) {
        return Ok(found);
    }
    let network = Arc::new(load(&app.engine, object)?);
    let mut all = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
    all.insert(0, (*object, Arc::clone(&network)));
    all.truncate(KEPT);
    Ok(network)
}

/// The lists of one version, areas and stations, as they were handed in.
pub(crate) fn lists_of(engine: &Engine, object: &Hash32) -> Result<(String, String), ActError> {
    let bytes = engine.objects().get(object, MAX_OBJECT)?;
    let bytes = bytes.ok_or_else(|| Fault::log(&"the object of a network is not here"))?;
    let lists: Lists = serde_json::from_slice(&bytes).map_err(|error| Fault::log(&error))?;
    Ok((lists.areas, lists.stations))
}

fn load(engine: &Engine, object: &Hash32) -> Result<Network, ActError> {
    let (areas, stations) = lists_of(engine, object)?;
    let network = Network::without_places(&areas, &stations, ("areas", "stations"))
        .map_err(|problems| Fault::log(&format!("a recorded network cannot be read: {problems:?}")))?;
    // Columns of these names were not looked at once: what is recorded stays valid, and has no map.
    let places = Places::read(stations.as_bytes(), "stations", &AreaLimits::default()).unwrap_or_default();
    Ok(Network { places, ..network })
}
