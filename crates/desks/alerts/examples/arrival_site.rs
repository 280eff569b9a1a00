//! Serves an alert on its way to 1,200 polling stations, and an exercise: for looking at the pages of arrival and for the browser
//! tests. The first line on standard output is the address, the second what they need, as JSON. Whoever has a role as their login
//! cookie is signed in. Clock and randomness are those of tests.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "what it serves is made up, and there is nobody to tell"
)]

#[path = "../tests/know/site.rs"]
#[expect(dead_code, reason = "tests use more of it")]
mod site;

use scr_alerts::Status;
use scr_alerts::acks::{Ack, Channel, Step};
use scr_desk_alerts::{AlertsDesk, know};
use scr_web::router;
use serde_json::json;
use site::{New, Released, Site};
use std::collections::BTreeMap;
use std::error::Error;

const REGIONS: [&str; 6] =
    ["Northmark", "Lakeland", "Highmoor", "Southport and Isles", "Eastfield", "Capital"];

/// Six regions with eight municipalities each, 25 stations in each of these.
fn lists() -> (String, String) {
    let mut areas = "code,name,parent,stations,voters\nEX,Exampleland,,1200,1200000\n".to_owned();
    let mut stations = "number,area,voters,unit,name\n".to_owned();
    for (region, name) in REGIONS.iter().enumerate() {
        areas.push_str(&format!("EX-{region},{name},EX,200,200000\n"));
        for town in 0..8 {
            areas.push_str(&format!("EX-{region}{town},{name} {},EX-{region},25,25000\n", town + 1));
            for place in 0..25 {
                let number = region * 1_000 + town * 100 + place + 1;
                stations.push_str(&format!(
                    "{number},EX-{region}{town},1000,U{number},{name} {}: School {place}\n",
                    town + 1
                ));
            }
        }
    }
    (areas, stations)
}

/// How far each station has come: some regions further than others.
fn answers(site: &Site, alert: &Released) {
    let now = site.now();
    let mut acks = Vec::new();
    for region in 0..6u32 {
        for town in 0..8u32 {
            for place in 0..25u32 {
                let number = region * 1_000 + town * 100 + place + 1;
                let level = (number * 7_919 + town * 31) % 100;
                let ways = [
                    (Step::Sent, Channel::Gateway, 99),
                    (Step::Delivered, Channel::Gateway, 96),
                    (Step::Read, Channel::Link, 50 + region * 9 + town),
                    (Step::Understood, Channel::Sms, 35 + region * 8),
                    (Step::Acted, Channel::Telephone, 20 + region * 5),
                ];
                let said = ways.iter().filter(|(.., most)| level < *most);
                acks.extend(
                    said.map(|(step, channel, _)| Ack::new(number, *step, *channel, now, now).unwrap()),
                );
            }
        }
    }
    know::take(&site.app, alert.index, &acks).unwrap();
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let site = site::site();
    let (areas, stations) = lists();
    site.import(&areas, &stations, Some("the whole country"));
    let alert = site.release(&New { goal: "read", ..New::default() });
    site.drill("autumn", 60);
    let exercise =
        New { status: Status::Exercise, drill: Some("autumn"), goal: "understood", ..New::default() };
    let exercise = site.release(&exercise);
    site.clock.advance(20);
    answers(&site, &exercise);
    site.clock.advance(35 * 60 - 20);
    answers(&site, &alert);
    site.work();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    // A station that has not read it yet.
    let silent = 25;
    let about = |alert: &Released| json!({"id": alert.id, "link": site.link(alert, silent), "strip": site.strip(alert, 24, Step::Acted)});
    // What each station would read out of its sheet: whichever comes first in the queue of calls.
    let sheets: BTreeMap<u32, String> = (0..1_200)
        .map(|at| at / 200 * 1_000 + at % 200 / 25 * 100 + at % 25 + 1)
        .map(|station| (station, site.strip(&alert, station, Step::Read)))
        .collect();
    println!(
        "{}",
        json!({
            "alert": about(&alert), "exercise": about(&exercise), "instruction": site::INSTRUCTION, "sheets": sheets,
        })
    );
    axum::serve(listener, router(&site.app, &[&AlertsDesk])).await?;
    Ok(())
}
