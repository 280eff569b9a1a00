//! How far an alert has come, for programs; and what stations said on the telephone, handed in by one.

use crate::site::{Answer, New, Site, site};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use scr_alerts::Status;
use scr_alerts::acks::{Ack, Channel, Step};
use scr_desk_alerts::know;
use scr_engine::utc_text;
use scr_testing::schema_fault;
use serde_json::{Value, json};

async fn ask(site: &Site, who: &str, path: &str) -> Answer {
    let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {who}"));
    site.send(request.body(Body::empty()).unwrap()).await
}

async fn value(site: &Site, path: &str, definition: &str) -> Value {
    let answer = ask(site, "viewer", path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    assert_eq!(answer.headers["cache-control"], "no-store");
    let value: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(schema_fault(definition, &value), None, "{value}");
    value
}

fn hear(site: &Site, alert: u64, station: u32, step: Step) {
    let ack = Ack::new(station, step, Channel::Link, site.now(), site.now()).unwrap();
    know::take(&site.app, alert, &[ack]).unwrap();
}

#[tokio::test]
async fn a_program_reads_the_board_as_the_page_has_it() {
    let site = site();
    let alert = site.release(&New::default());
    for station in [1, 2, 21] {
        hear(&site, alert.index, station, Step::Read);
    }
    hear(&site, alert.index, 3, Step::Delivered);
    let path = format!("/api/v1/alerts/{}/arrival", alert.id);
    let board = value(&site, &path, "AlertArrival").await;
    let stations: Vec<u64> =
        board["steps"].as_array().unwrap().iter().map(|step| step["stations"].as_u64().unwrap()).collect();
    assert_eq!(stations, site.reached(&alert), "the same figures as in public");
    assert_eq!(
        (&board["silent"], &board["stations"], &board["status"]),
        (&json!(9), &json!(12), &json!("actual"))
    );
    assert_eq!((&board["areas"][0]["code"], &board["areas"][0]["silent"]), (&json!("EX-N"), &json!(6)));
    let by_place = format!("/api/v1/alerts/{}/arrival?area=EX-S", alert.index);
    let south = value(&site, &by_place, "AlertArrival").await;
    assert_eq!((&south["silent"], &south["area"]["name"]), (&json!(3), &json!("South")));

    let list = format!("{path}/stations");
    let first = value(&site, &format!("{list}?limit=5"), "AlertArrivalStations").await;
    let numbers = |value: &Value| -> Vec<u64> {
        value["stations"].as_array().unwrap().iter().map(|one| one["number"].as_u64().unwrap()).collect()
    };
    assert_eq!((numbers(&first), &first["next"]), (vec![3, 4, 5, 11, 12], &json!(12)));
    assert_eq!(
        (&first["stations"][0]["furthest"], &first["stations"][1]["furthest"]),
        (&json!("delivered"), &Value::Null)
    );
    let rest = value(&site, &format!("{list}?after=12"), "AlertArrivalStations").await;
    assert_eq!((numbers(&rest), &rest["next"]), (vec![13, 22, 23, 24], &Value::Null));
    let all = value(&site, &format!("{list}?which=all&area=EX-S"), "AlertArrivalStations").await;
    assert_eq!((numbers(&all), &all["stations"][0]["silent"]), (vec![21, 22, 23, 24], &json!(false)));

    for (who, path, status, code) in [
        ("viewer", "/api/v1/alerts/none/arrival", StatusCode::NOT_FOUND, "SCR-ALR-280"),
        ("viewer", "/api/v1/alerts/99/arrival/stations", StatusCode::NOT_FOUND, "SCR-ALR-280"),
        ("viewer", &format!("{path}?area=XX"), StatusCode::NOT_FOUND, "SCR-ALR-300"),
        ("viewer", &format!("{list}?which=loud"), StatusCode::UNPROCESSABLE_ENTITY, "SCR-ALR-305"),
        ("viewer", &format!("{list}?limit=0"), StatusCode::UNPROCESSABLE_ENTITY, "SCR-API-006"),
        ("observer", &path, StatusCode::FORBIDDEN, "SCR-WEB-002"),
        ("nobody", &list, StatusCode::UNAUTHORIZED, "SCR-WEB-002"),
    ] {
        let answer = ask(&site, who, path).await;
        assert!(answer.status == status && answer.body.contains(code), "{path} {who}: {}", answer.body);
    }
}

fn problems(answer: &Answer) -> Vec<(u64, String, String)> {
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((schema_fault("Problem", &body), &body["code"]), (None, &json!("SCR-ALR-290")));
    let text = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
    let all = body["problems"].as_array().unwrap().iter();
    all.map(|one| (one["row"].as_u64().unwrap(), text(one, "column"), text(one, "code"))).collect()
}

#[tokio::test]
async fn what_stations_said_on_the_telephone_is_taken_whole_or_not_at_all() {
    let site = site();
    let alert = site.release(&New::default());
    site.clock.advance(600);
    let path = format!("/api/v1/alerts/{}/acknowledgements", alert.id);
    let say =
        |station: u32, step: Step| json!({"station": station, "code": site.strip(&alert, station, step)});
    let mut other_step = say(2, Step::Read);
    other_step["step"] = json!("acted");
    let mut early = say(3, Step::Read);
    early["at"] = json!(utc_text(site.now().cast_signed() - 601));
    let mut future = say(3, Step::Read);
    future["at"] = json!(utc_text(site.now().cast_signed() + 1));
    let mut noon = say(3, Step::Read);
    noon["at"] = json!("noon");
    let mut strange = say(4, Step::Read);
    strange["station"] = json!(5);
    let mut short = say(5, Step::Read);
    short["code"] = json!("12");
    let rows = json!([say(1, Step::Understood), other_step, early, future, noon, strange, short]);
    let answer = site.command("clerk", &path, json!({"acknowledgements": rows})).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let row = |row: u64, column: &str, code: &str| (row, column.to_owned(), code.to_owned());
    let expected = vec![
        row(2, "step", "SCR-ALR-304"),
        row(3, "at", "SCR-ALR-303"),
        row(4, "at", "SCR-ALR-303"),
        row(5, "at", "SCR-ALR-303"),
        row(6, "station", "SCR-ALR-298"),
        row(7, "code", "SCR-ALR-296"),
    ];
    assert_eq!(problems(&answer), expected, "{}", answer.body);
    assert!(answer.body.contains("another step: "), "{}", answer.body);
    assert_eq!(site.reached(&alert), [0; 5], "nothing of it is taken");

    let mut earlier = say(2, Step::Read);
    earlier["at"] = json!(utc_text(site.now().cast_signed() - 300));
    earlier["step"] = json!("read");
    let body = json!({"acknowledgements": [say(1, Step::Understood), earlier]});
    assert_eq!(schema_fault("NewAlertAcknowledgements", &body), None);
    for _ in 0..2 {
        let answer = site.command("clerk", &path, body.clone()).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        let taken: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(schema_fault("TakenAlertAcknowledgements", &taken), None, "{taken}");
        assert_eq!(taken["taken"][1]["at"], body["acknowledgements"][1]["at"]);
        assert_eq!(site.reached(&alert), [2, 2, 2, 1, 0]);
    }
    // Called once each, however often the program sends it; and it is there after a restart.
    let calls = site.app.engine.read(|views| {
        views.query_row("SELECT COUNT(*) FROM alertsknow_call", [], |row| row.get::<_, i64>(0))
    });
    assert_eq!(calls.unwrap(), 2);
    assert_eq!(site.restart().reached(&alert), [2, 2, 2, 1, 0]);
}

#[tokio::test]
async fn codes_are_not_guessed_by_programs_and_say_nothing_for_others() {
    let site = site();
    let alert = site.release(&New::default());
    let exercise = site.release(&New { number: 2, status: Status::Exercise, ..New::default() });
    let path = format!("/api/v1/alerts/{}/acknowledgements", alert.index);
    let send = |rows: Value| site.command("clerk", &path, json!({"acknowledgements": rows}));
    let of_exercise = json!([{"station": 1, "code": site.strip(&exercise, 1, Step::Read)}]);
    assert_eq!(
        problems(&send(of_exercise).await)[0].2,
        "SCR-ALR-298",
        "an exercise says nothing of an alert"
    );
    // Of another polling station with this number: somebody who guesses.
    let forger = scr_alerts::StationSecret::new(1, [1; 32]).unwrap();
    let guess = scr_alerts::strips::strip_code(&forger, Status::Actual, 1, Step::Read);
    let guesses = send(json!(vec![json!({"station": 1, "code": guess}); 6])).await;
    let codes: Vec<String> = problems(&guesses).into_iter().map(|(_, _, code)| code).collect();
    assert_eq!((codes[3].as_str(), codes[4].as_str()), ("SCR-ALR-286", "SCR-ALR-287"), "{codes:?}");
    let right = json!([{"station": 1, "code": site.strip(&alert, 1, Step::Read)}]);
    assert_eq!(problems(&send(right.clone()).await)[0].2, "SCR-ALR-287", "closed for an hour");
    site.clock.advance(3_700);
    assert_eq!(send(right.clone()).await.status, StatusCode::CREATED);

    let gone = json!([{"station": 99, "code": scr_alerts::strips::strip_code(&scr_alerts::StationSecret::new(99, [1; 32]).unwrap(), Status::Actual, 1, Step::Read)}]);
    assert_eq!(problems(&send(gone).await)[0].2, "SCR-ALR-288");
    for (rows, code) in [
        (json!([]), "SCR-ALR-290"),
        (json!(vec![right[0].clone(); 501]), "SCR-ALR-289"),
        (json!([{"station": 1}]), "SCR-API-002"),
        (json!([{"station": -1, "code": "1"}]), "SCR-API-002"),
        (json!([{"station": 1, "code": "1", "voters": 3}]), "SCR-API-002"),
        (json!({"station": 1}), "SCR-API-002"),
    ] {
        let answer = send(rows).await;
        assert!(
            answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.body.contains(code),
            "{}",
            answer.body
        );
    }
    for (who, status) in [("viewer", StatusCode::FORBIDDEN), ("nobody", StatusCode::UNAUTHORIZED)] {
        let answer = site.command(who, &path, json!({"acknowledgements": right})).await;
        assert_eq!(answer.status, status);
    }
}

#[tokio::test]
async fn many_rows_and_an_alert_that_is_over() {
    let site = site();
    let alert = site.release(&New { status: Status::Exercise, minutes: 10, ..New::default() });
    site.clock.advance(3_600);
    let path = format!("/api/v1/alerts/{}/acknowledgements", alert.id);
    let stations = [1, 2, 3, 4, 5, 11, 12, 13, 21, 22, 23, 24];
    let steps = [Step::Delivered, Step::Read, Step::Understood, Step::Acted];
    let rows: Vec<Value> = (0..500)
        .map(|at| {
            let (station, step) = (stations[at % 12], steps[at / 12 % 4]);
            json!({"station": station, "code": site.strip(&alert, station, step)})
        })
        .collect();
    let answer = site.command("clerk", &path, json!({"acknowledgements": rows})).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let taken: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((&taken["status"], &taken["taken"][0]["late"]), (&json!("exercise"), &json!(true)));
    assert_eq!(site.reached(&alert), [12; 5]);
    let path = format!("/api/v1/alerts/{}/arrival", alert.id);
    let board = value(&site, &path, "AlertArrival").await;
    assert_eq!((&board["status"], &board["state"]), (&json!("exercise"), &json!("expired")));
    site.work_at_once();
    let late = &value(&site, &path, "AlertArrival").await["at_expiry"]["figures"]["late"];
    assert_eq!(late, &json!(12));
}
