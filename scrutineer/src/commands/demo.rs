//! `scrutineer demo`: a demonstration election, made by running the real commands.

use super::{demo_alerts, demo_response, demo_threats};
use crate::config::local_site;
use crate::demo_data::{self, Sheet};
use crate::front::Front;
use crate::logging::LogArgs;
use crate::outcome::{Outcome, Problem};
use crate::site::{self, Server};
use crate::witnessing::{WitnessFolder, Witnessing, key_name};
use scr_access::{Access, FirstAdministrator, Grant, Invite};
use scr_core::{Actor, ElectionId, OrgId, PersonId, Role, SystemEntropy};
use scr_desk_office::commands as office;
use scr_desk_results::commands::{
    NewContest, NewElection, NewPublication, NewTable, create_election, define_contest, import_table, publish,
};
use scr_desk_results::maps::{NewMap, import_map};
use scr_desk_results::registry::rules::choose_rules;
use scr_desk_results::registry::{NewRegistry, import_registry};
use scr_engine::{ActError, Engine, Installation};
use scr_intake::{Input, Limits, Mapping, RegistryMapping, registry, stations};
use scr_results::checks;
use scr_results::map::{Collection, Rule};
use scr_results::registry::Station;
use scr_results::rules::{shipped_by_id, shipped_text};
use scr_results::{Contestant, Table};
use scr_web::{App, WebConfig};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

const ELECTION: &str = "president-2026";
const CONTEST: &str = "president";
/// Whoever tries things out does not want to wait for a minute, nor a log that grows while nobody does anything.
const BATCH_SECONDS: u16 = 2;

/// Serve a demonstration election.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  scrutineer demo\n  scrutineer demo --listen 127.0.0.1:9000 --data demo-data"
)]
pub(crate) struct Args {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Keep the data here; without it they are thrown away at the end.
    #[arg(long)]
    data: Option<PathBuf>,
    #[command(flatten)]
    log: LogArgs,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Problem> {
    args.log.start();
    let throw_away = ThrowAway(args.data.is_none().then(|| {
        let name = format!("scrutineer-demo-{}", scr_core::uuid_v7(&scr_core::SystemClock, &SystemEntropy));
        std::env::temp_dir().join(name)
    }));
    let data = args.data.as_ref().or(throw_away.0.as_ref()).cloned().unwrap_or_default();
    let is_new = !Installation::exists(&data);
    if is_new {
        Installation::create(&data, "log.demo.example/2026", &SystemEntropy)
            .map_err(|e| Problem::input("SCR-CLI-011", e))?;
        WitnessFolder::of(&data).create_key(&key_name("log.demo.example/2026"), &SystemEntropy)?;
    }
    let listen = site::given(args.listen)?;
    let engine = site::engine(&data, None, None, None, &[])?;
    let store = site::store(&data, None)?;
    let access = site::access(&store, &local_site("http", listen))?;
    site::tables(&store)?;
    let mut first: Option<site::First> = None;
    if is_new {
        if let Some(log) = engine.ledger().verifiers().first() {
            super::demo_witnesses::create(&data, log)?;
        }
        let filled = people(&engine, &access).and_then(|()| fill(&engine, &access)).and_then(|()| {
            demo_threats::fill(&engine, &store, &|email| actor(&access, email))?;
            demo_threats::tokens(&access, &data, PASSWORD)?;
            let (official, supervisor) =
                (actor(&access, "official@demo.example")?, actor(&access, "supervisor@demo.example")?);
            demo_response::fill(&engine, ELECTION, &official, &supervisor)?;
            demo_alerts::fill(&engine, ELECTION, &official)?;
            first =
                Some(Box::new(move |app: &App| demo_alerts::story(app, ELECTION, &official, &supervisor)));
            Ok(())
        });
        filled.map_err(|e| Problem::fault("SCR-CLI-034", e))?;
    }
    let mut witnessing = Witnessing::open(&data, None, None)?;
    if let Some(invented) = super::demo_witnesses::open(&data)? {
        witnessing.transport = Some(Box::new(invented));
    }
    let web = WebConfig {
        site: Some(local_site("http", listen)),
        batch_seconds: BATCH_SECONDS,
        batch_when_empty: false,
        // The only partner at hand is the demonstration itself.
        private_partners: true,
        ..WebConfig::default()
    };
    let (front, asking) = (Front::plain(listen), scr_desk_threats::Asking::default());
    let server = Server { witnessing, asking, engine, access, store, front, web, traces: None, first };
    site::serve(server, |reached| announce(reached.address, &data))?;
    Ok(Outcome::silent())
}

fn announce(address: SocketAddr, data: &Path) {
    let base = local_site("http", address);
    eprintln!("scrutineer demo: {base}");
    eprintln!("  results       {base}/elections/{ELECTION}");
    eprintln!("  audits        {base}/audits");
    eprintln!("  public record {base}/record");
    eprintln!("  who confirms  {base}/witnesses");
    eprintln!("  check it      {base}/verify");
    eprintln!("  for officials {base}/desk/sign-in");
    for (email, _, _, role) in PEOPLE {
        eprintln!("                {email}  ({})", role.as_str());
    }
    eprintln!("                password: {PASSWORD}");
    eprintln!("  exchange      {base}/taxii2/  (TAXII 2.1)");
    for (user, token) in demo_threats::announced(data) {
        eprintln!("                user {user}  password {token}");
    }
    eprintln!("  data          {}", data.display());
}

/// The demonstration's people: e-mail address, name, organisation, role.
const PEOPLE: [(&str, &str, &str, Role); 13] = [
    ("admin@demo.example", "Amina Administrator", "electoral-commission", Role::Administrator),
    ("official@demo.example", "Olga Official", "electoral-commission", Role::Manager),
    ("clerk1@demo.example", "Clara Clerk", "electoral-commission", Role::Clerk),
    ("clerk2@demo.example", "Karim Clerk", "electoral-commission", Role::Clerk),
    ("supervisor@demo.example", "Sofía Supervisor", "electoral-commission", Role::Supervisor),
    ("supervisor2@demo.example", "Selim Supervisor", "electoral-commission", Role::Supervisor),
    ("observer@demo.example", "Omar Observer", "civic-watch", Role::Observer),
    ("viewer@demo.example", "Vera Viewer", "electoral-commission", Role::Viewer),
    ("cert@demo.example", "Chidi Cert", "national-cert", Role::Manager),
    ("ngo@demo.example", "Noor Watch", "civic-watch", Role::Manager),
    ("media@demo.example", "Mei Media", "daily-herald", Role::Manager),
    ("party@demo.example", "Paula Party", "river-party", Role::Manager),
    ("vendor@demo.example", "Viktor Vendor", "tally-works", Role::Manager),
];
/// Known to everybody who reads this: the demonstration is for trying things out.
const PASSWORD: &str = "try things out in the demo";

/// The organisations: id and name. The first runs the installation.
const ORGANISATIONS: [(&str, &str); 6] = [
    ("electoral-commission", "Electoral Commission of Lindenland"),
    ("civic-watch", "Civic Watch"),
    ("national-cert", "National Cyber Security Centre"),
    ("daily-herald", "The Daily Herald"),
    ("river-party", "River Party"),
    ("tally-works", "Tally Works"),
];

fn broken(what: &dyn std::fmt::Display) -> ActError {
    scr_engine::Fault::log(what).into()
}

/// Everybody comes in as in a real installation: the first administrator by the one-time link, the
/// others by invitation. Each role is an entry of the record.
fn people(engine: &Engine, access: &Access) -> Result<(), ActError> {
    let fault = |e: &dyn std::fmt::Display| broken(e);
    let org = |id: &str| OrgId::new(id).map_err(|e| broken(&e));
    let link = access.first_link().map_err(|e| fault(&e))?.ok_or_else(|| broken(&"it has people"))?;
    let [(first_org, first_name), other_organisations @ ..] = ORGANISATIONS;
    let [(email, name, _, _), others @ ..] = PEOPLE;
    let first_org = org(first_org)?;
    let form = FirstAdministrator { name, email, language: "en", password: PASSWORD, org: &first_org };
    let (admin, _) = office::first_administrator(engine, access, link.reveal(), &form, first_name)?;
    for (id, name) in other_organisations {
        office::create_organisation(engine, access, &admin, &org(id)?, name)?;
    }
    for (email, name, id, role) in others {
        let invite = Invite {
            name: name.to_owned(),
            email: email.to_owned(),
            language: "en".to_owned(),
            grants: vec![Grant { org: org(id)?, role, place: None }],
        };
        let (invitation, _) = office::invite(engine, access, &admin, &invite)?;
        if let Some(link) = &invitation.link {
            access.accept(link.reveal(), PASSWORD).map_err(|e| fault(&e))?;
        }
    }
    Ok(())
}

/// One of the demonstration's people, as they act.
fn actor(access: &Access, email: &str) -> Result<Actor, ActError> {
    let person = access.person_by_email(email).map_err(|e| broken(&e))?;
    let person = person.ok_or_else(|| broken(&format!("{email} is not there")))?.id;
    let grants = access.grants(&person).map_err(|e| broken(&e))?;
    let grant = grants.first().ok_or_else(|| broken(&format!("{email} has no role")))?;
    Ok(grant.actor(&person))
}

/// A folder that is removed when the demonstration ends.
struct ThrowAway(Option<PathBuf>);

impl Drop for ThrowAway {
    fn drop(&mut self) {
        if let Some(folder) = &self.0 {
            drop(std::fs::remove_dir_all(folder));
        }
    }
}

/// The story: a preliminary count is published; observers hand in their copies; the final count
/// corrects one station, with a reason.
fn fill(engine: &Engine, access: &Access) -> Result<(), ActError> {
    let fault = |e: &dyn std::fmt::Display| broken(e);
    let official = actor(access, "official@demo.example")?;
    let observer = actor(access, "observer@demo.example")?;
    let election = ElectionId::new(ELECTION).map_err(|e| fault(&e))?;
    create_election(
        engine,
        &official,
        &NewElection {
            id: election.clone(),
            title: "Presidential election of Lindenland 2026 (demonstration)".to_owned(),
            day: "2026-11-22".to_owned(),
            zone: "Europe/Warsaw".to_owned(),
        },
    )?;
    let contestants = demo_data::CONTESTANTS
        .iter()
        .map(|(id, name, group)| Contestant {
            id: (*id).to_owned(),
            name: (*name).to_owned(),
            group: Some((*group).to_owned()),
        })
        .collect();
    define_contest(
        engine,
        &official,
        &NewContest {
            election: election.clone(),
            id: CONTEST.to_owned(),
            title: "President".to_owned(),
            votes_per_ballot: 1,
            contestants,
        },
    )?;
    import_stations(engine, &official, &election)?;
    let import = |who: &Actor, sheet: Sheet, source: &str, name: &str, reason: Option<&str>| {
        import_csv(engine, who, &election, &demo_data::csv(sheet), source, name, reason)
    };
    import(&official, Sheet::Preliminary, "preliminary", "Preliminary count, read out by telephone", None)?;
    publish_as(engine, &official, &election, "preliminary", 1, "unofficial-partial", None)?;
    import(&observer, Sheet::Observers, "observers", "Copies of tally sheets, Civic Watch", None)?;
    import(&official, Sheet::Final, "final", "Final count from the signed tally sheets", None)?;
    let reason = "The final count replaces the preliminary one: all stations are in.";
    publish_as(engine, &official, &election, "final", 1, "unofficial-complete", Some(reason))?;
    let reason = "Station 0714: two contestants' votes stood in each other's line. Corrected after comparison with the signed tally sheet.";
    import(&official, Sheet::Corrected, "final", "Final count from the signed tally sheets", Some(reason))?;
    publish_as(engine, &official, &election, "final", 2, "certified", Some(reason))?;
    import_areas(engine, &official, &election)?;
    let typist = |person: &str, role| {
        let (person, org) = (PersonId::new(person), OrgId::new(ORGANISATIONS[0].0));
        Ok(Actor {
            person: person.map_err(|e| fault(&e))?,
            org: org.map_err(|e| fault(&e))?,
            role,
            place: None,
        })
    };
    super::demo_entry::fill(engine, &election, &typist)?;
    let supervisor = actor(access, "supervisor@demo.example")?;
    super::demo_audit::fill(engine, &super::demo_audit::People { official, supervisor, observer })
}

/// The map of the country's towns.
fn import_areas(engine: &Engine, who: &Actor, election: &ElectionId) -> Result<(), ActError> {
    let areas = Collection::read(demo_data::geojson().as_bytes()).and_then(|areas| areas.by("town"));
    let map = areas.map_err(|e| broken(&e))?;
    // The second place above a polling station is its town.
    let rule = Rule::Place(2);
    let new =
        NewMap { election: election.clone(), map: &map, property: "town".to_owned(), rule, reason: None };
    import_map(engine, who, &new).map(|_| ())
}

/// How the registry of polling stations is read from the file of the final count.
fn registry_mapping() -> RegistryMapping {
    RegistryMapping {
        path: vec!["region".into(), "town".into()],
        label: Some("name".into()),
        registered: Some("registered".into()),
        ..RegistryMapping::new(&["station"])
    }
}

/// Every polling station of the country.
fn all_stations(csv: &str) -> Vec<Station> {
    let file = Input { name: "stations.csv", bytes: csv.as_bytes() };
    stations(&registry(file, &registry_mapping(), &Limits::default()), file.name).0
}

/// The registry of polling stations, and the rules that their tally sheets must follow.
fn import_stations(engine: &Engine, who: &Actor, election: &ElectionId) -> Result<(), ActError> {
    let csv = demo_data::csv(Sheet::Final);
    let stations = all_stations(&csv);
    let new = NewRegistry {
        election: election.clone(),
        stations: &stations,
        mapping: Some(&registry_mapping().to_toml()),
        file_name: "stations.csv".to_owned(),
        file: Some(csv.as_bytes()),
        reason: None,
    };
    import_registry(engine, who, &new)?;
    let rules = shipped_text("generic").unwrap_or_default();
    choose_rules(engine, who, election, rules, None)?;
    Ok(())
}

fn import_csv(
    engine: &Engine,
    who: &Actor,
    election: &ElectionId,
    csv: &str,
    source: &str,
    source_name: &str,
    reason: Option<&str>,
) -> Result<(), ActError> {
    let fault = |e: &dyn std::fmt::Display| broken(e);
    let mapping = Mapping::parse(demo_data::MAPPING, "demo.toml").map_err(|e| fault(&format!("{e:?}")))?;
    let file = Input { name: "results.csv", bytes: csv.as_bytes() };
    let intake = scr_intake::read(file, &mapping, &Limits::default());
    let table: &Table = intake.tables.first().ok_or_else(|| fault(&format!("{:?}", intake.problems)))?;
    let codes: Vec<String> =
        all_stations(&demo_data::csv(Sheet::Final)).into_iter().map(|station| station.unit).collect();
    let packs: Vec<_> = shipped_by_id("generic").map_err(|e| fault(&e))?.into_iter().collect();
    let report =
        checks::check(&checks::Input { registry: Some(&codes), packs: &packs, ..checks::Input::new(table) });
    let findings = serde_json::to_value(&report).map_err(|e| fault(&e))?;
    import_table(
        engine,
        who,
        &NewTable {
            election: election.clone(),
            contest: CONTEST.to_owned(),
            source: source.to_owned(),
            source_name: source_name.to_owned(),
            table,
            findings: &findings,
            findings_count: report.count(),
            mapping: Some(demo_data::MAPPING),
            file_name: format!("{source}.csv"),
            file: Some(csv.as_bytes()),
            reason: reason.map(str::to_owned),
        },
    )?;
    Ok(())
}

fn publish_as(
    engine: &Engine,
    who: &Actor,
    election: &ElectionId,
    source: &str,
    version: u64,
    status: &str,
    reason: Option<&str>,
) -> Result<(), ActError> {
    let new = NewPublication {
        election: election.clone(),
        contest: CONTEST.to_owned(),
        source: source.to_owned(),
        version,
        status: status.to_owned(),
        reason: reason.map(str::to_owned),
    };
    publish(engine, who, &new).map(|_| ())
}
