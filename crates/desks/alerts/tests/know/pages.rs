//! The countdown, the wall, lists and files.

use crate::site::{New, site, stations};
use axum::http::{StatusCode, header};
use scr_alerts::Status;
use scr_alerts::acks::{Ack, Channel, Step};
use scr_desk_alerts::know;

#[tokio::test]
async fn the_countdown_says_how_many_of_how_many_and_where_they_are_silent() {
    let site = site();
    let alert = site.release(&New::default());
    for station in [1, 2, 11, 21, 22, 23, 24] {
        let now = site.now();
        let ack = Ack::new(station, Step::Read, Channel::Link, now, now).unwrap();
        know::take(&site.app, alert.index, &[ack]).unwrap();
    }
    site.clock.advance(600);
    let page = site.get("viewer", &alert.desk("/arrival")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.headers["refresh"], "20");
    assert!(page.body.contains("live=no"), "its reader can stop that");
    let text = page.plain();
    for said in [
        "7 of 12 polling stations have come to “read”",
        "5 are silent",
        "1 h 50 min",
        "1 of 2 areas still have silent stations",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(text.find("North<").unwrap() < text.rfind("South<").unwrap(), "worst first");
    let north = site.get("viewer", &alert.desk("/arrival?area=EX-N")).await.plain();
    assert!(north.contains("3 of 8 polling stations") && north.contains("Northtown"), "{north}");
    let town = site.get("viewer", &alert.desk("/arrival?area=EX-N1")).await.plain();
    assert!(
        town.contains("5 polling stations, a tile for each") && town.contains("School 3: nothing yet"),
        "{town}"
    );
    let csv = site.get("viewer", &alert.desk("/arrival.csv?area=EX-N")).await;
    assert_eq!(
        csv.body,
        "status,area,name,stations,sent,delivered,read,understood,acted,silent,voters,voters_silent\r\n\
         actual,EX-N1,Northtown,5,2,2,2,0,0,3,4650,2820\r\nactual,EX-N2,Northville,3,1,1,1,0,0,2,3060,2050\r\n"
    );
    let none = site.get("viewer", &alert.desk("/arrival?area=EX-XX")).await;
    assert!(none.status == StatusCode::NOT_FOUND && none.plain().contains("SCR-ALR-300"));
    let list = site.get("viewer", "/desk/alerts/arrival").await.plain();
    assert!(list.contains("7 of 12 polling stations have come to “read”"), "{list}");
}

#[tokio::test]
async fn silent_stations_are_listed_page_by_page_and_the_file_has_what_is_shown() {
    let site = site();
    let mut many = stations();
    for number in 1_000..1_250 {
        many.push_str(&format!("{number},EX-S1,100,U{number},=Hall {number}\n"));
    }
    site.import(crate::site::AREAS, &many, Some("more stations"));
    let alert = site.release(&New { areas: &["EX-S"], ..New::default() });
    let path = alert.desk("/arrival/silent?area=EX-S1");
    let mut seen = Vec::new();
    let mut cells = Vec::new();
    let mut next = Some(path.clone());
    while let Some(path) = next {
        let page = site.get("clerk", &path).await;
        let found = page.body.match_indices("/stations/").filter_map(|(at, _)| {
            page.body[at + 10..].split('"').next().and_then(|number| number.parse::<u32>().ok())
        });
        let found: Vec<u32> = found.collect();
        let file = site.get("clerk", &path.replace("silent?", "silent.csv?")).await;
        assert_eq!(file.body.lines().count(), found.len() + 1);
        cells.extend(
            file.body.lines().skip(1).flat_map(|line| line.split(',')).map(str::to_owned).collect::<Vec<_>>(),
        );
        seen.extend(found);
        let after = page.body.split("rel=\"next\"").next().filter(|before| before.len() < page.body.len());
        next = after.and_then(|before| before.rsplit("href=\"").next()).map(|href| {
            href.split('"').next().unwrap_or_default().replace("&#38;", "&").replace("&amp;", "&")
        });
    }
    let expected: Vec<u32> = (21..25).chain(1_000..1_250).collect();
    assert_eq!(seen, expected);
    // Every hall has a name that a spreadsheet would reckon with.
    let halls = cells.iter().filter(|cell| cell.contains("=Hall"));
    assert_eq!(halls.clone().count(), 250);
    assert!(halls.clone().all(|cell| cell.trim_start_matches('"').starts_with("'=")), "no cell is a formula");
    assert!(cells.iter().all(|cell| !cell.trim_start_matches('"').starts_with('=')), "nor any other");
}

#[tokio::test]
async fn an_alert_is_measured_as_a_drill_is() {
    let site = site();
    let alert = site.release(&New::default());
    let sent = site.now();
    site.clock.advance(1_800);
    let say = |stations: &[u32], after: u64, channel| {
        let acks: Vec<Ack> = stations
            .iter()
            .map(|station| Ack::new(*station, Step::Read, channel, sent + after, site.now()).unwrap())
            .collect();
        know::take(&site.app, alert.index, &acks).unwrap();
    };
    say(&[1, 2, 3, 4, 5, 11], 61, Channel::Link);
    let page = site.get("viewer", &alert.desk("/arrival")).await.plain();
    let pace = page.split_once("How long it took").unwrap().1;
    let cells = |text: &str, name: &str| -> Vec<String> {
        let row = text.split(&format!("<th scope=\"row\">{name}</th>")).nth(1).unwrap();
        let row = row.split("</tr>").next().unwrap();
        let cells =
            row.split("</td>").filter_map(|cell| cell.split('>').rfind(|part| !part.trim().is_empty()));
        cells.map(|cell| cell.split('<').next().unwrap().to_owned()).collect()
    };
    assert_eq!(cells(pace, "read"), ["6 / 12", "0:01:01", "not reached", "not reached"]);
    say(&[12, 13, 21, 22, 23], 605, Channel::Sms);
    say(&[24], 1_700, Channel::Telephone);
    let page = site.get("viewer", &alert.desk("/arrival")).await.plain();
    let pace = page.split_once("How long it took").unwrap().1;
    assert_eq!(cells(pace, "read"), ["12 / 12", "0:01:01", "0:10:05", "0:28:20"]);
    assert_eq!(cells(pace, "understood"), ["0 / 12", "not reached", "not reached", "not reached"]);
    // The slowest area first, and by which way they answered.
    assert_eq!(cells(pace, "South"), ["4 / 4", "0:10:05", "0:28:20", "0:28:20"]);
    assert!(pace.find("South").unwrap() < pace.find("North").unwrap());
    assert!(pace.contains("telephone") && pace.contains("How stations answered"), "{pace}");
    let part = site.get("viewer", &alert.desk("/arrival?area=EX-S")).await.plain();
    assert!(!part.contains("How long it took"), "the whole alone is measured");
}

#[tokio::test]
async fn the_wall_is_for_whoever_looks_and_an_exercise_is_marked_on_every_page() {
    let site = site();
    site.drill("d1", 60);
    let alert = site.release(&New { status: Status::Exercise, drill: Some("d1"), ..New::default() });
    for rest in ["/wall", "/arrival", "/arrival/silent", "/stations/3"] {
        let page = site.get("viewer", &alert.desk(rest)).await;
        assert_eq!(page.status, StatusCode::OK, "{rest}");
        assert!(page.body.contains("class=\"is-exercise\"") && page.body.contains("EXERCISE"), "{rest}");
    }
    let page = site.get("clerk", &alert.desk("/calls")).await;
    assert!(page.body.contains("class=\"is-exercise\""));
    // A minute on the wall is an hour in the drill.
    site.clock.advance(60);
    assert!(site.get("viewer", &alert.desk("/wall")).await.plain().contains("1 h 0 min"));
    let file = site.get("viewer", &alert.desk("/arrival.csv")).await;
    assert!(file.headers[header::CONTENT_DISPOSITION].to_str().unwrap().contains("EXERCISE-"));
    assert!(file.body.contains("\r\nEXERCISE,EX-N,"));
    let list = site.get("viewer", "/desk/alerts/arrival").await;
    assert!(list.body.contains("EXERCISE"));
}

#[tokio::test]
async fn who_may_look_and_what_there_is_not() {
    let site = site();
    let alert = site.release(&New::default());
    for rest in ["/wall", "/arrival", "/arrival/silent", "/stations/3", "/arrival.csv", "/arrival/silent.csv"]
    {
        assert_eq!(site.get("observer", &alert.desk(rest)).await.status, StatusCode::FORBIDDEN, "{rest}");
        assert_eq!(site.get("", &alert.desk(rest)).await.status, StatusCode::SEE_OTHER, "{rest}");
    }
    let no = site.get("viewer", &alert.desk("/stations/999")).await;
    assert!(no.status == StatusCode::NOT_FOUND && no.plain().contains("SCR-ALR-302"));
    let page = site.get("viewer", &alert.desk("/stations/3")).await.plain();
    assert!(page.contains("Nothing is known from this polling station yet."), "{page}");
}

#[tokio::test]
async fn after_expiry_the_recorded_figure_stands_beside_what_came_late() {
    let site = site();
    let alert = site.release(&New { minutes: 10, ..New::default() });
    site.say(&site.link(&alert, 1), "step=read").await;
    let public = site.get("", &alert.public()).await;
    assert!(public.status == StatusCode::OK && !public.plain().contains("How far it came"), "it still runs");
    site.clock.advance(600);
    site.say(&site.link(&alert, 2), "step=read").await;
    site.work();
    let page = site.get("viewer", &alert.desk("/arrival")).await.plain();
    assert!(page.contains("1 of 12 polling stations had come to “read”"), "{page}");
    assert!(
        page.contains("1 has answered late since then")
            && page.contains("2 of 12 polling stations have come")
    );
    let public = site.get("", &alert.public()).await.plain();
    assert!(public.contains("so many of 12 polling stations had come at least to each step"), "{public}");
    assert!(
        public.contains("<th scope=\"row\">read</th><td class=\"num\">1</td>"),
        "not what came late: {public}"
    );
    let station = site.get("viewer", &alert.desk("/stations/2")).await.plain();
    assert!(station.contains(">late<"), "{station}");
}

#[tokio::test]
async fn without_areas_and_stations_it_is_said() {
    let site = site();
    let alert = site.release(&New { areas: &["ZZ"], ..New::default() });
    let page = site.get("viewer", &alert.desk("/arrival")).await.plain();
    assert!(page.contains("0 of 0 polling stations"), "{page}");
}

#[tokio::test]
async fn without_areas_and_stations_it_is_said_what_to_do_first() {
    let site = crate::site::bare();
    let alert = site.release(&New::default());
    let page = site.get("manager", &alert.desk("/arrival")).await.plain();
    assert!(page.contains("Import them first"), "SCR-ALR-281: {page}");
}

/// Boards are kept in memory for some alerts only; of more open ones each has its page all the same.
#[tokio::test]
async fn more_alerts_are_open_than_boards_are_kept() {
    let site = site();
    let alerts: Vec<_> = (1..=15).map(|number| site.release(&New { number, ..New::default() })).collect();
    for _ in 0..2 {
        for alert in &alerts {
            assert_eq!(site.reached(alert), [0; 5]);
            let page = site.get("clerk", &alert.desk("/arrival")).await;
            assert_eq!(page.status, StatusCode::OK, "{}", alert.number);
        }
    }
}
