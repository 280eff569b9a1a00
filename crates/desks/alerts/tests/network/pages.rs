//! Pages: from the registry and from lists, what changes, contacts by hand and by list, the line, who may do what.

use crate::contacts::CONTACTS;
use crate::site::{AREAS, REGISTRY, STATIONS, Site, empty_site, site};
use axum::http::StatusCode;
use scr_desk_alerts::network::{contacts, line};
use scr_engine::NewEvent;
use scr_engine::testing::NOW;
use scr_results::registry::{Station, publish};
use serde_json::json;

const BASE: &str = "/desk/alerts/network/ex-2026";

fn station(unit: &str, name: &str, parents: &[&str], registered: u64) -> Station {
    Station {
        unit: unit.into(),
        name: name.into(),
        parents: parents.iter().map(|one| (*one).to_owned()).collect(),
        registered: Some(registered),
        ..Station::default()
    }
}

fn register(site: &Site, version: u64, stations: &[Station]) {
    let published = publish(stations).unwrap();
    let object = site.app.engine.objects().put(&published.bytes).unwrap();
    let public = json!({"election": "ex-2026", "version": version, "object": object, "units": published.units,
        "units_root": published.units_root});
    let event =
        NewEvent::about(&REGISTRY, "registry:ex-2026", public).private("file_name", "election:ex-2026", "f");
    site.record(&event);
}

/// The value of a hidden field.
fn hidden<'a>(body: &'a str, name: &str) -> &'a str {
    let from = body.split_once(&format!("name=\"{name}\" value=\"")).unwrap().1;
    from.split_once('"').unwrap().0
}

async fn take_registry(site: &Site, reason: &str) -> String {
    let answer = site.post("manager", &format!("{BASE}/import/registry"), &[]).await;
    assert_eq!(answer.to(), format!("{BASE}/import/check"), "{}", answer.body);
    let check = site.get("manager", &format!("{BASE}/import/check")).await;
    let sha256 = hidden(&check.body, "sha256").to_owned();
    let fields = [("sha256", sha256.as_str()), ("reason", reason)];
    let done = site.post("manager", &format!("{BASE}/import/check"), &fields).await;
    assert!(done.to().starts_with(&format!("{BASE}?recorded=")), "{} {}", done.status, done.body);
    check.body
}

/// The number of a unit of the registry.
fn number_of(network: &scr_desk_alerts::network::Network, unit: &str) -> u32 {
    network.names.iter().find(|(_, (code, _))| code == unit).map(|(number, _)| *number).unwrap()
}

#[tokio::test]
async fn stations_come_from_the_registry_and_keep_their_numbers_in_the_next_version() {
    let site = empty_site();
    let first = site.get("manager", BASE).await;
    assert!(first.body.contains("begin with the polling stations"), "{}", first.body);
    register(
        &site,
        1,
        &[
            station("7", "School", &["North", "Aalborg"], 900),
            station("U8", "Library", &["North", "Aalborg"], 800),
            station("U9", "مدرسة", &["الجنوب"], 700),
        ],
    );
    take_registry(&site, "").await;
    let network = site.network();
    let codes: Vec<_> = network
        .tree
        .areas()
        .iter()
        .map(|area| (area.code.as_str(), area.name.as_str(), area.depth))
        .collect();
    assert_eq!(
        codes,
        [
            ("A", "الجنوب", 1),
            ("GENERALELECT", "General election", 0),
            ("NORTH", "North", 1),
            ("NORTH.AALBORG", "Aalborg", 2),
        ],
        "one area above all; a code for names without Latin letters"
    );
    assert_eq!(network.names[&7].0, "7", "a code that is a number stays it");
    let before = [number_of(&network, "U8"), number_of(&network, "U9")];

    register(
        &site,
        2,
        &[
            station("A0", "New school", &["North", "Aalborg"], 10),
            station("U8", "Library", &["North", "Skagen"], 800),
            station("U9", "مدرسة", &["الجنوب"], 700),
        ],
    );
    let check = take_registry(&site, "The registry has changed.").await;
    for what in [
        "Stations added</dt><dd><bdi>1<",
        "Stations gone</dt><dd><bdi>1<",
        "Stations in another area</dt><dd><bdi>1<",
    ] {
        assert!(check.contains(what), "{what}: {check}");
    }
    let network = site.network();
    assert_eq!([number_of(&network, "U8"), number_of(&network, "U9")], before, "numbers stay");
    assert!(!network.names.contains_key(&7), "the number of a station that is gone goes to nobody");
    assert!(network.tree.find("NORTH").is_some() && network.tree.find("NORTH.SKAGEN").is_some());
    let again = site.post("manager", &format!("{BASE}/import/registry"), &[]).await;
    assert_eq!(again.to(), format!("{BASE}/import/check"));
    let check = site.get("manager", &format!("{BASE}/import/check")).await;
    let fields = [("sha256", hidden(&check.body, "sha256")), ("reason", "again")];
    let same = site.post("manager", &format!("{BASE}/import/check"), &fields).await;
    assert!(same.body.contains("already"), "SCR-ALR-202: {}", same.body);
}

#[tokio::test]
async fn two_lists_are_read_one_after_the_other_and_everything_wrong_is_said() {
    let site = empty_site();
    let early = site.upload("manager", &format!("{BASE}/import/stations"), "s.csv", STATIONS).await;
    assert!(early.body.contains("Read the list of areas first."), "{}", early.body);
    let wrong = site.upload("manager", &format!("{BASE}/import/areas"), "a.csv", "code,name\nx,y\n").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("SCR-ALR-040") && wrong.body.contains("A column is missing."),
        "{}",
        wrong.body
    );
    let areas = site.upload("manager", &format!("{BASE}/import/areas"), "a.csv", AREAS).await;
    assert_eq!(areas.to(), format!("{BASE}/import"));
    assert!(
        site.get("manager", &format!("{BASE}/import")).await.body.contains("wait for their polling stations")
    );
    let wrong = STATIONS.replace("DK-S", "DK-X");
    let wrong = site.upload("manager", &format!("{BASE}/import/stations"), "s.csv", &wrong).await;
    assert!(wrong.body.contains("s.csv, row 5") && wrong.body.contains("SCR-ALR-043"), "{}", wrong.body);
    let stations = site.upload("manager", &format!("{BASE}/import/stations"), "s.csv", STATIONS).await;
    assert_eq!(stations.to(), format!("{BASE}/import/check"), "{}", stations.body);
    let check = site.get("manager", &format!("{BASE}/import/check")).await;
    let done = site
        .post("manager", &format!("{BASE}/import/check"), &[("sha256", hidden(&check.body, "sha256"))])
        .await;
    assert!(done.to().starts_with(BASE), "{}", done.body);
    assert_eq!(site.network().stations.all().len(), 5);

    // The stations alone: the areas stay. Stations with the number of another are pointed at.
    let other = STATIONS.replace("1,DK-N,1000,U1,School", "1,DK-N,1000,U77,Barn");
    site.upload("manager", &format!("{BASE}/import/stations"), "s.csv", &other).await;
    let check = site.get("manager", &format!("{BASE}/import/check")).await;
    assert!(check.body.contains("One number now belongs to another station"), "{}", check.body);
    let path = format!("{BASE}/import/check");
    let fields = [("sha256", hidden(&check.body, "sha256"))];
    let without = site.post("manager", &path, &fields).await;
    assert!(without.body.contains("Say why this replaces"), "SCR-ALR-203: {}", without.body);
}

#[tokio::test]
async fn coordinates_come_with_the_stations_and_what_is_none_is_said_with_row_and_column() {
    let site = empty_site();
    site.upload("manager", &format!("{BASE}/import/areas"), "a.csv", AREAS).await;
    let with = |cells: &[&str]| -> String {
        let lines = STATIONS.lines().zip(std::iter::once(&"latitude,longitude").chain(cells.iter().cycle()));
        lines.map(|(line, cells)| format!("{line},{cells}\n")).collect()
    };
    for (cells, column) in
        [("95,12", "latitude"), ("55,181", "longitude"), ("55,", "longitude"), ("5;5,1", "latitude")]
    {
        let wrong = with(&["55.6,12.5", cells]);
        let wrong = site.upload("manager", &format!("{BASE}/import/stations"), "s.csv", &wrong).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let said = ["s.csv, row 3", "SCR-ALR-047", column, "These are no coordinates"];
        assert!(said.iter().all(|said| wrong.body.contains(said)), "{cells}: {}", wrong.body);
    }
    let fine = with(&["55.676111,12.568333", ","]);
    site.upload("manager", &format!("{BASE}/import/stations"), "s.csv", &fine).await;
    let check = site.get("manager", &format!("{BASE}/import/check")).await;
    let placed = "have coordinates";
    assert!(check.body.contains(placed), "{}", check.body);
    site.post("manager", &format!("{BASE}/import/check"), &[("sha256", hidden(&check.body, "sha256"))]).await;
    let places = &site.network().places;
    let first = places.of(1).unwrap();
    assert_eq!((first.latitude(), first.longitude(), places.len()), (55_676_111, 12_568_333, 3));
    assert!(site.get("viewer", &format!("{BASE}/stations")).await.body.contains(placed));
    let answer = site.get("", "/api/v1/alerts/networks/ex-2026/stations?limit=2").await;
    assert!(
        answer.body.contains("\"latitude\":\"55.676111\"") && answer.body.matches("latitude").count() == 1,
        "{}",
        answer.body
    );
}

#[tokio::test]
async fn stations_are_shown_by_area_and_page() {
    let site = site();
    let north = site.get("observer", &format!("{BASE}/stations?area=DK-N")).await;
    assert!(north.body.contains("000003") && !north.body.contains("000011"), "{}", north.body);
    assert!(!north.body.contains("contacts?station"), "who they are is not for observers");
    let later = site.get("manager", &format!("{BASE}/stations?after=3")).await;
    assert!(later.body.contains("000011") && !later.body.contains("000003"), "{}", later.body);
    let file = site.get("viewer", &format!("{BASE}/stations.csv")).await;
    assert_eq!(file.body, STATIONS);
    assert_eq!(site.get("viewer", &format!("{BASE}/areas.csv")).await.body, AREAS);
}

#[tokio::test]
async fn contacts_come_by_list_and_by_hand_and_only_managers_see_them() {
    let site = site();
    let path = format!("{BASE}/contacts/import");
    let wrong = site.upload("manager", &path, "c.csv", &CONTACTS.replace("DK-N", "DK-M")).await;
    assert!(
        wrong.body.contains("c.csv, row 5, column area") && wrong.body.contains("DK-N"),
        "{}",
        wrong.body
    );
    let read = site.upload("manager", &path, "c.csv", CONTACTS).await;
    assert_eq!(read.to(), format!("{BASE}/contacts/check"), "{}", read.body);
    let check = site.get("manager", &format!("{BASE}/contacts/check")).await;
    let fields = [("sha256", hidden(&check.body, "sha256"))];
    let done = site.post("manager", &format!("{BASE}/contacts/check"), &fields).await;
    assert!(done.to().starts_with(&format!("{BASE}/contacts?recorded=")), "{}", done.body);
    let list = site.get("manager", &format!("{BASE}/contacts")).await;
    assert!(
        list.body.contains("+4512345601") && list.body.contains("</bdi> end within 30 days"),
        "{}",
        list.body
    );
    assert_eq!(list.headers["cache-control"], "no-store");
    for who in ["supervisor", "observer", "administrator", "clerk", "viewer"] {
        for path in ["/contacts", "/contacts.csv", "/contacts/new", "/contacts/import"] {
            assert_eq!(
                site.get(who, &format!("{BASE}{path}")).await.status,
                StatusCode::FORBIDDEN,
                "{who} {path}"
            );
        }
    }
    let typed = [
        ("station", "12"),
        ("function", "=1+1"),
        ("level", "official"),
        ("language", "en"),
        ("authority", "local"),
        ("sms", "+45 99 99 99 99"),
        ("valid_until", "2027-01-31"),
    ];
    let path = format!("{BASE}/contacts/new");
    let lacking = site.post("manager", &path, &typed[..6]).await;
    assert!(lacking.body.contains("id=\"e-valid_until\""), "{}", lacking.body);
    let added = site.post("manager", &path, &typed).await;
    assert!(added.to().starts_with(&format!("{BASE}/contacts?recorded=")), "{}", added.body);

    // The list goes out as it comes in, but no cell is a formula; what was put before one is no part of it.
    let file = site.get("manager", &format!("{BASE}/contacts.csv")).await;
    let network = site.network();
    let zone = scr_i18n::Zone::named("Europe/Paris").unwrap();
    let against = contacts::Against { network: &network, zone: &zone, now: NOW };
    let again = contacts::read(file.body.as_bytes(), "f", against, &contacts::ContactLimits::default());
    let again = again.unwrap();
    assert_eq!(again.len(), 6, "{}", file.body);
    assert!(file.body.contains(",'=1+1,") && file.body.contains(",+4599999999,"), "{}", file.body);
    assert_eq!(again.iter().filter(|one| one.function == "=1+1").count(), 1);
    renew_and_remove(&site).await;
}

async fn renew_and_remove(site: &Site) {
    let ending = site.get("manager", &format!("{BASE}/contacts?show=ending")).await;
    assert!(ending.body.contains("Deputy head") && !ending.body.contains("National duty officer"));
    let path = format!("{BASE}/contacts/renew");
    let late = site.post("manager", &path, &[("until", "2029-01-01")]).await;
    assert!(late.body.contains("thirteen months"), "{}", late.body);
    let done = site.post("manager", &path, &[("until", "2027-05-31")]).await;
    assert!(done.to().contains("recorded="), "{}", done.body);
    let engine = &site.app.engine;
    let counted = engine.read(|views| contacts::counted(views, "ex-2026", NOW)).unwrap();
    assert_eq!((counted.all, counted.ending), (6, 0));
    let one = engine.read(|views| contacts::of_station(views, "ex-2026", 12, NOW)).unwrap().remove(0);
    let page = format!("{BASE}/contacts/one/{}", one.id);
    assert!(site.get("manager", &page).await.body.contains("+4599999999"));
    let removed = site.post("manager", &format!("{page}/remove"), &[]).await;
    assert!(removed.to().starts_with(&format!("{BASE}/contacts?recorded=")), "{}", removed.body);
    assert_eq!(site.get("manager", &page).await.status, StatusCode::NOT_FOUND, "SCR-ALR-207");
    let list = site.get("manager", &format!("{BASE}/contacts")).await;
    assert!(list.body.contains("/desk/privacy/find?q=%23"), "what can be erased is offered");
}

#[tokio::test]
async fn the_line_is_drawn_changed_and_refused_beside_its_fields() {
    let site = site();
    let shown = site.get("viewer", &format!("{BASE}/line")).await;
    assert!(shown.body.contains("this is the usual line") && shown.body.contains("<svg"), "{}", shown.body);
    let engine = &site.app.engine;
    let of = |site: &Site| site.app.engine.read(|views| line::of(views, "ex-2026")).unwrap();
    let usual: Vec<_> = of(&site).rungs().iter().map(|rung| (rung.depth, rung.after)).collect();
    assert_eq!(usual, [(None, 900), (Some(2), 1_800), (Some(1), 3_600), (Some(0), 7_200)]);
    let mut typed = vec![
        ("rung-1-name", "The station"),
        ("rung-1-goal", "read"),
        ("rung-1-after", "10"),
        ("rung-3-name", "Town <office>"),
        ("rung-3-depth", "1"),
        ("rung-3-goal", "understood"),
        ("rung-3-after", "5"),
        ("ally-1-name", "Neighbour"),
        ("ally-1-act", "consult"),
        ("ally-1-severity", "severe"),
        ("ally-1-within", "x"),
    ];
    let path = format!("{BASE}/line/edit");
    let wrong = site.post("manager", &path, &typed).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("e-rung-2-after") && wrong.body.contains("e-ally-1-within"),
        "{}",
        wrong.body
    );
    typed[6].1 = "20";
    typed[10].1 = "30";
    let done = site.post("manager", &path, &typed).await;
    assert!(done.to().starts_with(&format!("{BASE}/line?recorded=")), "{}", done.body);
    assert_eq!(of(&site).rungs().len(), 2);
    let shown = site.get("manager", &format!("{BASE}/line")).await;
    assert!(shown.body.contains("Town &lt;office&gt;") && shown.body.contains("Neighbour"), "{}", shown.body);
    let same = site.post("manager", &path, &typed).await;
    assert!(same.body.contains("already"), "SCR-ALR-202: {}", same.body);
    let set = engine.read(|views| line::current(views, "ex-2026")).unwrap().unwrap();
    assert_eq!((set.version, set.lines.allies.len()), (1, 1));
    let none = line::Lines { rungs: Vec::new(), allies: Vec::new() };
    assert_eq!(line::check(&none)[0].code, "SCR-ALR-209");
}

#[tokio::test]
async fn nobody_but_managers_changes_anything_and_unknown_elections_are_not_found() {
    let site = site();
    for path in ["/import", "/import/check", "/line/edit"] {
        assert_eq!(site.get("supervisor", &format!("{BASE}{path}")).await.status, StatusCode::FORBIDDEN);
    }
    let absent = site.get("manager", "/desk/alerts/network/nothing").await;
    assert_eq!(absent.status, StatusCode::NOT_FOUND, "SCR-ALR-204");
    let empty = empty_site();
    for path in ["/stations", "/contacts/import", "/contacts/new"] {
        assert_eq!(
            empty.get("manager", &format!("{BASE}{path}")).await.status,
            StatusCode::NOT_FOUND,
            "SCR-ALR-210"
        );
    }
    let home = site.get("viewer", "/desk/alerts/network").await;
    assert!(home.body.contains("General election"), "{}", home.body);
}

#[test]
fn what_cannot_be_read_or_climbed_is_refused_by_its_code() {
    let site = empty_site();
    let new = scr_desk_alerts::network::NewNetwork {
        election: "ex-2026",
        areas: "nothing",
        stations: STATIONS,
        reason: None,
    };
    let refused = scr_desk_alerts::network::import(&site.app.engine, &crate::site::manager(), &new);
    assert!(format!("{refused:?}").contains("SCR-ALR-201"), "{refused:?}");
    let rung =
        |after| line::NamedRung { name: "Office".to_owned(), depth: None, goal: "read".to_owned(), after };
    let ally =
        line::Ally { name: String::new(), act: "tell".to_owned(), severity: "severe".to_owned(), within: 30 };
    let lines = line::Lines { rungs: vec![rung(30), rung(20)], allies: vec![ally] };
    let codes: Vec<String> = line::check(&lines).into_iter().map(|refusal| refusal.code).collect();
    assert_eq!(codes, ["SCR-ALR-211", "SCR-ALR-218"]);
}
