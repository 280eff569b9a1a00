//! Whose business an alert's arrival is, and cells of files that a spreadsheet would run.

use crate::site::{New, site, stations};
use axum::http::StatusCode;
use scr_alerts::acks::Step;
use scr_alerts::spoken::{Side, code_words};
use scr_alerts::words::Tongue;
use scr_core::{OrgId, Role};
use scr_desk_alerts::kit::{self, Run, What};
use scr_desk_alerts::network::{self, NewNetwork};
use scr_engine::ActError;
use scr_engine::testing::TestEngine;

fn code<T>(result: Result<T, ActError>) -> String {
    match result {
        Err(ActError::Refused(refusal)) => refusal.code,
        _ => "taken".to_owned(),
    }
}

/// Several organisations work on one installation. A manager of a party is no manager of the commission: who is reached by
/// which number, the words of sealed sheets and the stations that are silent are not there for them.
#[tokio::test]
async fn another_organisation_sees_and_changes_nothing() {
    let site = site();
    let alert = site.release(&New::default());
    let next = site.post("clerk", &alert.desk("/calls/next"), &[]).await;
    assert_eq!(next.status, StatusCode::SEE_OTHER);
    let words =
        code_words(&site.secret(24), scr_alerts::Status::Actual, Side::Station, 1, Tongue::En).join(" ");
    assert!(site.get("clerk", next.to()).await.plain().contains(&words), "it is there for those whose it is");
    for rest in [
        "/arrival",
        "/wall",
        "/arrival.csv",
        "/arrival/silent",
        "/arrival/silent.csv",
        "/stations/24",
        "/calls",
    ] {
        let answer = site.get("manager!party", &alert.desk(rest)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{rest}");
        let text = answer.plain();
        assert!(text.contains("SCR-ALR-280") && text.contains("There is no such alert."), "{rest}: {text}");
        assert!(!text.contains("School"), "{rest}");
    }
    for rest in ["/calls/next", "/calls/taken", "/calls/missed", "/calls/leave"] {
        let code = site.strip(&alert, 24, Step::Read);
        let answer =
            site.post("manager!party", &alert.desk(rest), &[("code", &code), ("minutes", "5")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{rest}");
    }
    assert!(!site.get("manager!party", "/desk/alerts/arrival").await.plain().contains("electronic list"));
    assert_eq!(site.reached(&alert), [0; 5]);
}

/// Nor who is reached, the kit, and drills.
#[tokio::test]
async fn another_organisation_has_no_contacts_no_kit_and_no_drill() {
    let site = site();
    site.drill("d1", 60);
    let (network, kit) = ("/desk/alerts/network/ex-2026", "/desk/alerts/kit/ex-2026");
    for path in ["/contacts", "/contacts.csv", "/contacts/import", "/contacts/new", "/line/edit", "/import"]
        .map(|rest| format!("{network}{rest}"))
        .into_iter()
        .chain([kit.to_owned(), format!("{kit}/card"), format!("{kit}/card.txt")])
    {
        let answer = site.get("manager!party", &path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {}", answer.plain());
        assert!(answer.plain().contains("SCR-ALR-204"), "{path}");
        assert_eq!(site.get("manager", &path).await.status, StatusCode::OK, "{path}");
    }
    // What is public of it opens, and leads nowhere that is not theirs.
    for (rest, own) in [("", "/contacts\""), ("/stations", "/contacts?station="), ("/line", "/line/edit\"")] {
        let path = format!("{network}{rest}");
        assert!(site.get("manager", &path).await.body.contains(own), "{path}");
        let others = site.get("manager!party", &path).await;
        assert_eq!(others.status, StatusCode::OK, "{path}");
        assert!(!others.body.contains(own), "{path}");
    }
    let mut party = TestEngine::actor(Role::Manager);
    party.org = OrgId::new("party").unwrap();
    let run = Run { what: What::Sheets, area: None, first: 21, last: 24, stations: 4 };
    assert_eq!(code(kit::record_print(&site.app, &party, "ex-2026", &run)), "SCR-ALR-204");
    assert_eq!(code(kit::renew(&site.app, &party, "ex-2026", "lost")), "SCR-ALR-204");
    let new = NewNetwork {
        election: "ex-2026",
        areas: crate::site::AREAS,
        stations: &stations(),
        reason: Some("x"),
    };
    assert_eq!(code(network::import(&site.app.engine, &party, &new)), "SCR-ALR-204");
    for (who, status) in [("manager!party", StatusCode::NOT_FOUND), ("manager", StatusCode::OK)] {
        let request = axum::http::Request::get("/api/v1/alerts/networks/ex-2026/contacts")
            .header("authorization", format!("Bearer {who}"));
        assert_eq!(site.send(request.body(axum::body::Body::empty()).unwrap()).await.status, status, "{who}");
    }
    for rest in ["", "/report", "/report/print", "/report.json", "/end"] {
        let path = format!("/desk/alerts/drills/d1{rest}");
        let answer = site.get("manager!party", &path).await;
        assert!(answer.status == StatusCode::NOT_FOUND && answer.plain().contains("SCR-ALR-325"), "{rest}");
        assert_eq!(site.get("manager", &path).await.status, StatusCode::OK, "{rest}");
    }
    assert!(!site.get("manager!party", "/desk/alerts/drills").await.plain().contains("/drills/d1"));
    let ended = site.post("manager!party", "/desk/alerts/drills/d1/end", &[]).await;
    assert!(ended.plain().contains("There is no such drill."), "{}", ended.plain());
}

/// Whoever enters for a part of the country only sees no card of the rest: the telephone desk is for the whole alert.
#[tokio::test]
async fn a_role_for_one_area_calls_no_station() {
    let site = site();
    let alert = site.release(&New::default());
    for (get, rest) in [(true, "/calls"), (false, "/calls/next"), (false, "/calls/taken")] {
        let path = alert.desk(rest);
        let answer = if get {
            site.get("clerk@EX-N1", &path).await
        } else {
            site.post("clerk@EX-N1", &path, &[]).await
        };
        let text = answer.plain();
        assert!(
            text.contains("SCR-ALR-220") && text.contains("where their role is for the whole country"),
            "{rest}: {} {text}",
            answer.status
        );
    }
    assert_eq!(site.reached(&alert), [0; 5]);
}

/// Nor does it see who is reached in the rest, or print cards, list silent stations, note calls of other offices, or set the price.
#[tokio::test]
async fn a_role_for_one_area_sees_no_contacts_no_cards_and_no_list_of_silent_stations() {
    let site = site();
    let alert = site.release(&New::default());
    let (network, kit) = ("/desk/alerts/network/ex-2026", "/desk/alerts/kit/ex-2026");
    for path in
        ["/contacts", "/contacts.csv", "/contacts/import", "/contacts/new", "/contacts/one/x", "/line/edit"]
            .map(|rest| format!("{network}{rest}"))
            .into_iter()
            .chain([kit.to_owned(), format!("{kit}/card"), format!("{kit}/card.txt")])
    {
        let answer = site.get("manager@EX-N1", &path).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}: {}", answer.plain());
        let said = "Only managers whose role is for the whole country";
        assert!(answer.plain().contains("SCR-ALR-200") && answer.plain().contains(said), "{path}");
    }
    let list = format!("/api/v1/alerts/{}/arrival/stations", alert.id);
    for (path, code) in [("/api/v1/alerts/networks/ex-2026/contacts", "SCR-ALR-200"), (&list, "SCR-ALR-220")]
    {
        let request = axum::http::Request::get(path).header("authorization", "Bearer manager@EX-N1");
        let answer = site.send(request.body(axum::body::Body::empty()).unwrap()).await;
        assert!(
            answer.status == StatusCode::FORBIDDEN && answer.body.contains(code),
            "{path}: {}",
            answer.body
        );
    }
    site.clock.advance(30 * 60);
    for rest in ["/arrival/silent", "/arrival/silent.csv"] {
        let answer = site.get("clerk@EX-N1", &alert.desk(rest)).await;
        assert!(answer.status == StatusCode::FORBIDDEN && answer.body.contains("SCR-ALR-220"), "{rest}");
        assert_eq!(site.get("clerk", &alert.desk(rest)).await.status, StatusCode::OK, "{rest}");
    }
    let call = [("rung", "1"), ("callee", "area:EX-S1"), ("outcome", "reached")];
    let called = site.post("clerk@EX-N1", &alert.desk("/arrival/called"), &call).await;
    assert!(called.status == StatusCode::FORBIDDEN && called.body.contains("SCR-ALR-220"), "{}", called.body);
    let price = [("draft", "x"), ("price", "0.03"), ("currency", "EUR")];
    let price = site.post("manager@EX-N1", "/desk/alerts/price", &price).await;
    assert!(price.status == StatusCode::FORBIDDEN && price.body.contains("SCR-ALR-220"), "{}", price.body);
    // The board of the whole is there, without ways that are closed.
    let board = site.get("clerk@EX-N1", &alert.desk("/arrival")).await;
    assert!(board.status == StatusCode::OK && !board.body.contains("/arrival/silent"), "{}", board.body);
    assert!(site.get("clerk", &alert.desk("/arrival")).await.body.contains("/arrival/silent"));
}

/// Names of areas and stations come from files of others.
#[tokio::test]
async fn no_cell_of_a_file_is_a_formula() {
    let site = site();
    let areas = crate::site::AREAS
        .replace("Northtown", "\"=HYPERLINK(\"\"http://evil.example\"\")\"")
        .replace("Northville", "@SUM(1)")
        .replace("Southport", "+12");
    site.import(&areas, &stations().replace("School 21", "-2+3"), Some("names"));
    let alert = site.release(&New::default());
    for path in ["/arrival.csv?area=EX-N", "/arrival.csv?area=EX-S", "/arrival/silent.csv?area=EX-S1"] {
        let file = site.get("viewer", &alert.desk(path)).await;
        assert_eq!(file.status, StatusCode::OK, "{path}");
        let mut reader = csv::Reader::from_reader(file.body.as_bytes());
        let mut cells = 0;
        for record in reader.records() {
            for cell in &record.unwrap() {
                let number = cell.parse::<i64>().is_ok_and(|number| number >= 0) && !cell.starts_with('+');
                assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{path}: {cell}");
                cells += usize::from(cell.starts_with('\''));
            }
        }
        assert!(cells > 0, "{path}: {}", file.body);
    }
    for path in ["areas.csv", "stations.csv"] {
        let file = site.get("viewer", &format!("/desk/alerts/network/ex-2026/{path}")).await.body;
        let cells: Vec<String> = csv::Reader::from_reader(file.as_bytes())
            .records()
            .flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        // Numbers with a sign are none: these lists come in again.
        let is_formula =
            |cell: &String| cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err();
        assert!(!cells.iter().any(is_formula), "{path}: {file}");
        assert!(cells.iter().any(|cell| cell.starts_with('\'')), "{path}: {file}");
    }
}
