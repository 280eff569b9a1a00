//! Figures of 100,000 polling stations: the network and their contacts imported, read for the whole country, one renewed.
//!
//! `cargo run --release -p scr-desk-alerts --example contacts_100k`

use scr_core::Role;
use scr_desk_alerts::AlertsDesk;
use scr_desk_alerts::network::contacts::{self, Against, Change, ContactLimits, Mode};
use scr_desk_alerts::network::{self, Network, NewNetwork};
use scr_engine::testing::{NOW, TestEngine};
use scr_engine::{FieldSpec, FieldType, KindSpec, NewEvent};
use scr_i18n::Zone;
use scr_web::Desk as _;
use serde_json::json;
use std::error::Error;
use std::fmt::Write as _;
use std::time::Instant;

const ELECTION: KindSpec = KindSpec {
    name: "elections.election.created/1",
    public: &[
        FieldSpec::new("election", FieldType::Code(64)),
        FieldSpec::new("title", FieldType::Name(200)),
        FieldSpec::new("day", FieldType::Code(10)),
        FieldSpec::new("zone", FieldType::Code(64)),
    ],
    private: &[],
};

fn files() -> Result<[String; 3], Box<dyn Error>> {
    let mut areas = "code,name,parent,stations,voters\nX,Country,,0,0\n".to_owned();
    let mut stations = "number,area,voters,unit,name\n".to_owned();
    let mut people = "station,function,level,language,authority,sms,email,telephone,valid_until\n".to_owned();
    for region in 0..20 {
        writeln!(areas, "R{region},Region {region},X,0,0")?;
        for town in 0..100 {
            writeln!(areas, "R{region}-{town},Town {town},R{region},0,0")?;
            for place in 0..50 {
                let number = region * 5_000 + town * 50 + place;
                writeln!(stations, "{number},R{region}-{town},900,U{number},School {number}")?;
                writeln!(
                    people,
                    "{number},Head of the polling station,official,en,local,+4510{number:06},s{number}@example.org,+4520{number:06},2027-06-30"
                )?;
            }
        }
    }
    Ok([areas, stations, people])
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let kinds = [AlertsDesk.kinds(), &[ELECTION]].concat();
    let test = TestEngine::new(folder.path(), &kinds, AlertsDesk.views()).map_err(|fault| fault.id)?;
    let (engine, manager) = (&test.engine, TestEngine::actor(Role::Manager));
    let wrong = |error: scr_engine::ActError| format!("{error:?}");
    let public = json!({"election": "ex", "title": "Election", "day": "2026-12-05", "zone": "Europe/Paris"});
    let event = NewEvent::about(&ELECTION, "election:ex", public);
    engine.record(&manager, &|_, _| Ok(vec![event.clone()])).map_err(wrong)?;
    let [areas, stations, people] = files()?;

    let begin = Instant::now();
    let new = NewNetwork { election: "ex", areas: &areas, stations: &stations, reason: None };
    network::import(engine, &manager, &new).map_err(wrong)?;
    println!("network of 100,000 stations checked and recorded: {:?}", begin.elapsed());

    let begin = Instant::now();
    let read = Network::read(&areas, &stations).map_err(|all| format!("{all:?}"))?;
    println!("network read: {:?}", begin.elapsed());

    let begin = Instant::now();
    let zone = Zone::named("Europe/Paris")?;
    let against = Against { network: &read, zone: &zone, now: NOW };
    let rows = contacts::read(people.as_bytes(), "contacts.csv", against, &ContactLimits::default());
    let rows = rows.map_err(|all| format!("{all:?}"))?;
    println!("{} contacts checked: {:?}", rows.len(), begin.elapsed());

    let begin = Instant::now();
    contacts::import(engine, &manager, "ex", Mode::All, &rows).map_err(wrong)?;
    println!("recorded, in the views: {:?}", begin.elapsed());

    let begin = Instant::now();
    let within = read.tree.within(&["X".to_owned()]).map_err(|unknown| format!("{unknown:?}"))?;
    let all = engine.read(|views| contacts::for_areas(views, "ex", &read, &within, NOW));
    let all = all.map_err(|fault| fault.id)?;
    println!("{} contacts of the whole country: {:?}", all.len(), begin.elapsed());

    let begin = Instant::now();
    let counted = engine.read(|views| contacts::counted(views, "ex", NOW)).map_err(|fault| fault.id)?;
    println!("counted {counted:?}: {:?}", begin.elapsed());

    let begin = Instant::now();
    let id = all.first().map(|one| one.id.clone()).unwrap_or_default();
    let renew = Change::Renew(NOW + 90 * 86_400);
    contacts::change(engine, &manager, "ex", &[id], &renew).map_err(wrong)?;
    println!("one renewed: {:?}", begin.elapsed());

    let begin = Instant::now();
    contacts::import(engine, &manager, "ex", Mode::All, &rows).map_err(wrong)?;
    println!("all replaced: {:?}", begin.elapsed());
    Ok(())
}
