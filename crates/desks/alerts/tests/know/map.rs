//! The map of stations that have coordinates: marks, hexagons, links, size, and that its figures are the board's.

use crate::site::{New, site};
use axum::http::StatusCode;
use scr_alerts::acks::{Ack, Channel, Step};
use scr_desk_alerts::know;
use std::fmt::Write as _;

/// Most bytes of a page with a map.
const MOST_BYTES: usize = 150_000;

fn few(cell: impl Fn(u32) -> String) -> String {
    let mut text = "number,area,voters,unit,name,latitude,longitude\n".to_owned();
    for (number, area) in [(1, "EX-N1"), (11, "EX-N2"), (21, "EX-S1")] {
        let _ = writeln!(text, "{number},{area},1000,U{number},School {number},{}", cell(number));
    }
    text
}

/// Two towns of a thousandth of a degree between stations: every third is in the south.
fn many(count: u32) -> String {
    let mut text = "number,area,voters,unit,name,latitude,longitude\n".to_owned();
    for number in 1..=count {
        let (row, column) = (number / 150, number % 150);
        let area = if number % 3 == 0 { "EX-S1" } else { "EX-N1" };
        let (north, east) =
            (46_000_000 + row * 1_000, column * 1_500 + if number % 3 == 0 { 90_000 } else { 0 });
        let _ = writeln!(
            text,
            "{number},{area},100,U{number},S {number},{:.6},{:.6}",
            f64::from(north) / 1e6,
            f64::from(east) / 1e6
        );
    }
    text
}

/// What stands between the first `from` behind `text` and the next `to`.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map_or("", |(found, _)| found)
}

fn drawing(page: &str) -> &str {
    between(page, "role=\"group\"", "</svg>")
}

#[tokio::test]
async fn few_stations_have_a_mark_each_with_their_name_step_and_page() {
    let site = site();
    let cell = |number| if number == 21 { ",".to_owned() } else { format!("46.{number:02},-20.{number:02}") };
    site.import(crate::site::AREAS, &few(cell), Some("with places"));
    let alert = site.release(&New::default());
    let now = site.now();
    know::take(&site.app, alert.index, &[Ack::new(11, Step::Read, Channel::Link, now, now).unwrap()])
        .unwrap();
    for path in ["/arrival", "/wall"] {
        let page = site.get("viewer", &alert.desk(path)).await;
        let svg = drawing(&page.body);
        assert!(
            svg.contains("<a href=\"stations/1\" tabindex=\"-1\"><title>School 1: nothing yet</title>"),
            "{svg}"
        );
        assert!(svg.contains("<title>School 11: read</title>"), "{svg}");
        assert_eq!(svg.matches("<a ").count(), 2);
        assert!(
            page.plain().contains("1 of 2 polling stations on the map have not come to “read”"),
            "{path}"
        );
    }
    // The links of a page with this address lead there.
    assert_eq!(site.get("viewer", &alert.desk("/stations/11")).await.status, StatusCode::OK);
    let page = site.get("viewer", &alert.desk("/arrival")).await.plain();
    assert!(
        page.contains("One polling station has no coordinates in the list and is not on the map."),
        "{page}"
    );
    let south = site.get("viewer", &alert.desk("/arrival?area=EX-S")).await.plain();
    assert!(south.contains("a tile for each") || south.contains("A tile for each"), "nothing to draw there");
    assert!(south.contains("For a map instead of tiles"), "{south}");
}

#[tokio::test]
async fn on_both_sides_of_the_last_meridian_and_in_one_place_they_stay_within_the_picture() {
    let site = site();
    let cells = [
        ("-16.5,179.9", "-16.6,-179.8", "-16.7,179.7"),
        ("1,2", "1,2", "1,2"),
        ("90,0", "-90,180", "0,-180"),
    ];
    for (at, (a, b, c)) in cells.into_iter().enumerate() {
        let cell = |number| {
            match number {
                1 => a,
                11 => b,
                _ => c,
            }
            .to_owned()
        };
        site.import(crate::site::AREAS, &few(cell), Some("moved"));
        let alert = site.release(&New { number: u16::try_from(at).unwrap() + 1, ..New::default() });
        let page = site.get("viewer", &alert.desk("/arrival")).await;
        let svg = drawing(&page.body);
        assert_eq!(svg.matches("<a ").count(), 3, "{at}");
        let paths: std::collections::BTreeSet<&str> =
            svg.split(" d=\"").skip(1).map(|rest| between(rest, "M", "\"")).collect();
        assert_eq!(paths.len(), 3, "none hides another: {svg}");
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }
}

#[tokio::test]
async fn many_stations_are_hexagons_whose_figures_are_the_boards() {
    let site = site();
    let count = 20_000;
    let areas = crate::site::AREAS;
    site.import(areas, &many(count), Some("all of them"));
    let alert = site.release(&New::default());
    let now = site.now();
    let read: Vec<Ack> = (1..=count)
        .filter(|number| number % 7 != 0)
        .map(|number| Ack::new(number, Step::Read, Channel::Link, now, now).unwrap())
        .collect();
    know::take(&site.app, alert.index, &read).unwrap();
    let silent = u64::from(count / 7);
    for path in ["/arrival", "/wall"] {
        let page = site.get("viewer", &alert.desk(path)).await;
        assert!(page.body.len() < MOST_BYTES, "{path}: {}", page.body.len());
        let text = page.plain();
        let svg = drawing(&text);
        let figures: Vec<(u64, u64)> = svg
            .split("<title>Around ")
            .skip(1)
            .map(|rest| {
                let words: Vec<u64> = between(rest, ": ", " silent")
                    .split(" of ")
                    .map(|one| one.replace(',', "").parse().unwrap())
                    .collect();
                (words[0], words[1])
            })
            .collect();
        assert!(figures.len() > 60 && figures.len() <= 240, "{path}: {}", figures.len());
        let sums = figures.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        assert_eq!(sums, (silent, u64::from(count)), "{path}");
        assert_eq!(site.reached(&alert)[2], u64::from(count) - silent);
        for area in ["EX-N", "EX-S"] {
            assert!(svg.contains(&format!("href=\"arrival?area={area}\"")), "{path}: {area}");
        }
    }
    // Where no area is below, a hexagon leads to the list of its stations.
    let town = site.get("viewer", &alert.desk("/arrival?area=EX-N1")).await;
    assert!(drawing(&town.body).contains("href=\"arrival/silent?area=EX-N1\""));
    assert_eq!(site.get("viewer", &alert.desk("/arrival/silent?area=EX-N1")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn without_coordinates_there_are_tiles_and_how_to_get_a_map() {
    let site = site();
    let alert = site.release(&New::default());
    let page = site.get("viewer", &alert.desk("/arrival")).await;
    assert!(drawing(&page.body).is_empty() && page.plain().contains("For a map instead of tiles"));
    let wall = site.get("viewer", &alert.desk("/wall")).await;
    assert!(drawing(&wall.body).is_empty() && wall.status == StatusCode::OK);
}
