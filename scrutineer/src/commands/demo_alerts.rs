//! Alerts in the demonstration: whom they reach, one that is meant and has come to most stations, and a drill with an exercise.

use crate::demo_data::{REGIONS, STATIONS_PER_TOWN};
use scr_alerts::acks::{Ack, Channel, Step};
use scr_core::Actor;
use scr_desk_alerts::drills::{self, NewDrill};
use scr_desk_alerts::know;
use scr_desk_alerts::network::contacts::{self, Authority, Contact, Holder, Level, Mode};
use scr_desk_alerts::network::{self, NewNetwork};
use scr_desk_alerts::write::{People, whole};
use scr_engine::{ActError, Engine, Fault, utc_text};
use scr_web::App;
use serde_json::{Value, json};
use std::fmt::Write as _;

const DAY: i64 = 86_400;
const DRILL: &str = "evening-rehearsal";
/// What the rehearsal's clock shows first: 20:00 in Warsaw on the day of the demonstration's election.
const DRILL_BEGINS: i64 = 1_795_374_000;

/// The towns, with the code of their region, their own, and their name.
fn towns() -> impl Iterator<Item = (String, String, &'static str)> {
    REGIONS.iter().enumerate().flat_map(|(r, (_, towns))| {
        towns.iter().enumerate().map(move |(t, town)| {
            let region = format!("LL-{}", r + 1);
            (region.clone(), format!("{region}{}", t + 1), *town)
        })
    })
}

/// Where the towns lie, in millionths of a degree north and east: in the Atlantic, where no country is.
const TOWNS: [(i32, i32); 12] = [
    (46_420_000, -21_350_000),
    (46_910_000, -20_720_000),
    (46_150_000, -20_580_000),
    (47_530_000, -21_080_000),
    (47_880_000, -20_310_000),
    (47_350_000, -19_760_000),
    (46_640_000, -19_690_000),
    (46_080_000, -19_240_000),
    (46_820_000, -18_830_000),
    (45_520_000, -20_930_000),
    (45_310_000, -20_060_000),
    (45_640_000, -19_420_000),
];

/// Stations of a town lie around its middle as the seeds of a sunflower do, the first within.
fn place(town: usize, station: u32) -> (String, String) {
    let (latitude, longitude) = TOWNS.get(town).copied().unwrap_or_default();
    let (angle, away) = (f64::from(station) * 2.4, f64::from(station).sqrt() * 0.045);
    let at = |middle: i32, by: f64| format!("{:.6}", f64::from(middle) / 1e6 + by);
    (at(latitude, away * angle.sin()), at(longitude, away * angle.cos() * 1.45))
}

/// Areas and stations as files, numbered from 1 in the order of the country's list.
fn lists() -> (String, String) {
    let mut areas = String::from("code,name,parent,stations,voters\n");
    let mut stations = String::from("number,area,voters,unit,name,latitude,longitude\n");
    let (mut number, mut all) = (0u64, 0u64);
    let mut regions = String::new();
    for (r, (region, towns)) in REGIONS.iter().enumerate() {
        let mut of_region = 0;
        for (t, town) in towns.iter().enumerate() {
            let code = format!("LL-{}{}", r + 1, t + 1);
            let mut of_town = 0;
            for s in 1..=STATIONS_PER_TOWN {
                number += 1;
                let voters = 420 + (number * 37) % 900;
                of_town += voters;
                let unit = r * 3 + t + 1;
                let (north, east) = place(r * 3 + t, u32::try_from(s).unwrap_or(0));
                let _ = writeln!(
                    stations,
                    "{number},{code},{voters},{unit:02}{s:02},{town} no. {s},{north},{east}"
                );
            }
            let _ = writeln!(regions, "{code},{town},LL-{},{STATIONS_PER_TOWN},{of_town}", r + 1);
            of_region += of_town;
        }
        let count = STATIONS_PER_TOWN * 3;
        let _ = writeln!(regions, "LL-{},{region},LL,{count},{of_region}", r + 1);
        all += of_region;
    }
    let _ = writeln!(areas, "LL,Lindenland,,{number},{all}");
    areas.push_str(&regions);
    (areas, stations)
}

fn contact(holder: Holder, function: &str, authority: Authority, number: u64, until: i64) -> Contact {
    Contact {
        id: String::new(),
        holder,
        function: function.to_owned(),
        level: Level::Official,
        language: "en".to_owned(),
        authority,
        sms: Some(format!("+9990{number:06}")),
        email: Some(format!("contact-{number}@lindenland.example")),
        telephone: Some(format!("+9991{number:06}")),
        webhook: None,
        until,
        order: 1,
    }
}

fn all_contacts(until: i64) -> Vec<Contact> {
    let mut all = Vec::new();
    let stations = 1..=u32::try_from(STATIONS_PER_TOWN * 12).unwrap_or(u32::MAX);
    for station in stations {
        let holder = Holder::Station(station);
        all.push(contact(holder, "Head of the polling station", Authority::Local, station.into(), until));
    }
    for (number, (_, code, _)) in (1_000..).zip(towns()) {
        all.push(contact(Holder::Area(code), "Duty officer of the town", Authority::Local, number, until));
    }
    for number in 1..=4 {
        let holder = Holder::Area(format!("LL-{number}"));
        all.push(contact(holder, "Regional election officer", Authority::Regional, 2_000 + number, until));
    }
    let nation = || Holder::Area("LL".to_owned());
    all.push(contact(nation(), "National duty officer", Authority::National, 3_000, until));
    let mut ally = contact(nation(), "Liaison to the neighbours", Authority::Ally, 3_001, until);
    ally.order = 2;
    all.push(ally);
    all
}

/// Whom alerts reach: areas, stations, contacts. Numbers and addresses are nobody's.
pub(super) fn fill(engine: &Engine, election: &str, official: &Actor) -> Result<(), ActError> {
    let (areas, stations) = lists();
    let new = NewNetwork { election, areas: &areas, stations: &stations, reason: None };
    network::import(engine, official, &new)?;
    let until = engine.clock().now() + 300 * DAY;
    contacts::import(engine, official, election, Mode::All, &all_contacts(until))?;
    Ok(())
}

/// What the alert says: language, headline, what to do, what is known.
const WORDS: [(&str, &str, &str, &str); 4] = [
    (
        "en",
        "Polls close at 20:00 as planned.",
        "Ignore other messages.",
        "A message goes round that polling stations close at 18:00. It is not from the Electoral Commission.",
    ),
    (
        "fr",
        "Fermeture à 20h comme prévu.",
        "Ignorez les autres messages.",
        "Un message circule selon lequel les bureaux ferment à 18h. Il ne vient pas de la Commission électorale.",
    ),
    (
        "es",
        "Cierre a las 20:00, como previsto.",
        "Ignore otros mensajes.",
        "Circula un mensaje según el cual las mesas cierran a las 18:00. No es de la Comisión Electoral.",
    ),
    (
        "ar",
        "الإغلاق 20:00 كما هو مقرر.",
        "تجاهلوا غير ذلك.",
        "تنتشر رسالة تقول إن المراكز تغلق الساعة 18:00. ليست من اللجنة الانتخابية.",
    ),
];

fn words() -> Value {
    let of = |(language, headline, instruction, description): &(&str, &str, &str, &str)| {
        let level = json!({"headline": headline, "instruction": instruction, "description": description});
        let spoken = json!({"headline": headline, "instruction": instruction, "levels": {"public": level}});
        ((*language).to_owned(), spoken)
    };
    Value::Object(WORDS.iter().map(of).collect())
}

fn draft(election: &str, (status, drill): (&str, Option<&str>), now: i64) -> String {
    json!({
        "election": election,
        "status": status,
        "drill": drill,
        "event": "official-disinformation",
        "category": "Security",
        "urgency": "Immediate",
        "severity": "moderate",
        "certainty": "Observed",
        "audience": "station",
        "areas": ["LL"],
        "expires": utc_text(now + 20 * 3_600),
        "acknowledge_minutes": 60,
        "goal": "understood",
        "main": "en",
        "words": words(),
        "source": "Reports of polling stations",
    })
    .to_string()
}

/// What stations have said by now: all were sent it, most have read it, and some towns are slow.
fn answers(now: i64) -> Result<Vec<Ack>, ActError> {
    let at = now.cast_unsigned();
    let mut all = Vec::new();
    let mut say = |station, step, channel| -> Result<(), ActError> {
        all.push(Ack::new(station, step, channel, at, at).map_err(|error| Fault::log(&error))?);
        Ok(())
    };
    for station in 1..=u32::try_from(STATIONS_PER_TOWN * 12).unwrap_or(u32::MAX) {
        say(station, Step::Sent, Channel::Gateway)?;
        let is_slow = (101..=140).contains(&station);
        if station % 24 != 5 {
            say(station, Step::Delivered, Channel::Gateway)?;
        }
        if station % 5 != 3 && !is_slow {
            say(station, Step::Read, Channel::Link)?;
            let way = if station % 9 == 0 { Channel::Telephone } else { Channel::Link };
            say(station, Step::Understood, way)?;
        }
    }
    Ok(all)
}

/// An alert that is meant, with what stations answered, and a rehearsal with an exercise.
pub(super) fn story(app: &App, election: &str, official: &Actor, supervisor: &Actor) -> Result<(), ActError> {
    let sender = "Electoral Commission of Lindenland";
    let people = People { writer: official, approver: supervisor, releasers: &[official], sender };
    let now = app.clock.now();
    let alert = whole(app, people, &draft(election, ("actual", None), now))?;
    know::take(app, alert, &answers(now)?)?;
    let drill = NewDrill {
        code: DRILL,
        election,
        title: "Rehearsal: the evening of election day",
        begins: DRILL_BEGINS,
        rate: 10,
    };
    drills::begin(&app.engine, official, &drill)?;
    let exercise = whole(app, people, &draft(election, ("exercise", Some(DRILL)), now))?;
    let sent: Vec<Ack> = answers(now)?.into_iter().filter(|ack| ack.station() % 3 != 0).collect();
    know::take(app, exercise, &sent)
}
