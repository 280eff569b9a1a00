//! Drills: who begins and ends them, what their clock shows, what their report says.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod site;
mod texts;

use scr_alerts::acks::{Ack, Channel, Step};
use scr_core::Role;
use scr_desk_alerts::drills::{self, NewDrill};
use scr_desk_alerts::{issued, know};
use scr_testing::schema_fault;
use serde_json::Value;
use site::{ELECTION, Site, acting, code_of};

fn new() -> NewDrill<'static> {
    NewDrill {
        code: "evening",
        election: ELECTION,
        title: "Evening of the day",
        begins: 1_793_725_200,
        rate: 60,
    }
}

fn begun() -> Site {
    let site = Site::open();
    drills::begin(&site.app.engine, &acting(Role::Manager), &new()).unwrap();
    site
}

#[test]
fn what_is_no_drill_is_refused() {
    let site = Site::open();
    let engine = &site.app.engine;
    let begin = |drill: NewDrill<'_>, role| code_of(drills::begin(engine, &acting(role), &drill));
    assert_eq!(begin(new(), Role::Supervisor), "SCR-ALR-320");
    assert_eq!(begin(NewDrill { code: "Evening!", ..new() }, Role::Manager), "SCR-ALR-321");
    assert_eq!(begin(NewDrill { code: "new", ..new() }, Role::Manager), "SCR-ALR-321");
    assert_eq!(begin(NewDrill { election: "other", ..new() }, Role::Manager), "SCR-ALR-323");
    assert_eq!(begin(NewDrill { rate: 0, ..new() }, Role::Manager), "SCR-ALR-324");
    assert_eq!(begin(NewDrill { rate: 601, ..new() }, Role::Manager), "SCR-ALR-324");
    assert_eq!(begin(NewDrill { title: "  ", ..new() }, Role::Manager), "SCR-ALR-327");
    drills::begin(engine, &acting(Role::Manager), &new()).unwrap();
    assert_eq!(begin(new(), Role::Manager), "SCR-ALR-322");
    let manager = acting(Role::Manager);
    assert_eq!(code_of(drills::end(engine, &manager, "morning")), "SCR-ALR-325");
    assert_eq!(code_of(drills::end(engine, &acting(Role::Observer), "evening")), "SCR-ALR-320");
    assert_eq!(code_of(drills::note(engine, &manager, "evening", " ")), "SCR-ALR-328");
    assert_eq!(code_of(drills::note(engine, &manager, "evening", &"x".repeat(4_001))), "SCR-ALR-328");
    assert_eq!(code_of(drills::note(engine, &acting(Role::Viewer), "evening", "x")), "SCR-ALR-320");
    drills::end(engine, &manager, "evening").unwrap();
    assert_eq!(code_of(drills::end(engine, &manager, "evening")), "SCR-ALR-326");
}

#[test]
fn its_clock_goes_as_was_said_and_stands_at_its_end() {
    let site = begun();
    let drill = |site: &Site| site.app.engine.read(|views| drills::find(views, "evening")).unwrap().unwrap();
    assert_eq!(drill(&site).time(site.app.clock.now()), 1_793_725_200);
    site.clock.advance(90);
    assert_eq!(drill(&site).time(site.app.clock.now()), 1_793_725_200 + 90 * 60);
    drills::end(&site.app.engine, &acting(Role::Manager), "evening").unwrap();
    site.clock.advance(1_000);
    let drill = drill(&site);
    assert_eq!(drill.time(drill.ended_at.unwrap()), 1_793_725_200 + 90 * 60);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_a_drill_says_exercise() {
    let site = begun();
    drills::note(&site.app.engine, &acting(Role::Observer), "evening", "The <b>east</b> was slow.").unwrap();
    for path in ["", "/report", "/report/print", "/end"] {
        let answer = site.get("manager", &format!("/desk/alerts/drills/evening{path}")).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(
            answer.body.contains("class=\"is-exercise\"") && answer.body.contains("exercise-bar"),
            "{path}"
        );
        assert!(!answer.body.contains("<b>east</b>"), "{path}");
    }
    // The record says that there is a note, and not what it says.
    let entries = site.app.engine.ledger().reader().entries(0, 100).unwrap();
    let bytes: Vec<u8> = entries.into_iter().flatten().collect();
    assert!(!String::from_utf8_lossy(&bytes).contains("slow"));
    assert_eq!(site.get("manager", "/desk/alerts/drills/morning").await.status, 404);
    let list = site.get("viewer", "/desk/alerts/drills").await.body;
    assert!(list.contains("Evening of the day") && !list.contains("drills/new"), "{list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drill_is_begun_and_ended_on_pages() {
    let site = Site::open();
    let path = "/desk/alerts/drills/new";
    assert!(site.get("manager", path).await.body.contains("2026-11-03"));
    let fields = |day: &'static str| {
        [
            ("title", "A drill"),
            ("code", "one"),
            ("election", ELECTION),
            ("day", day),
            ("time", "07:30"),
            ("rate", "10"),
        ]
    };
    let wrong = site.post("manager", path, &fields("tomorrow")).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("value=\"A drill\""), "what was typed is still there");
    let answer = site.post("manager", path, &fields("2026-11-03")).await;
    assert!(answer.to.starts_with("/desk/alerts/drills/one?recorded="), "{} {}", answer.to, answer.body);
    let drill = site.app.engine.read(|views| drills::find(views, "one")).unwrap().unwrap();
    // 07:30 in Paris on 3 November 2026.
    assert_eq!(drill.clock.run, 1_793_687_400_000);
    let twice = site.post("manager", path, &fields("2026-11-03")).await;
    assert!(twice.status == 422 && twice.body.contains("There is a drill of this code"), "{}", twice.body);
    let noted = site.post("observer", "/desk/alerts/drills/one/note", &[("note", "Late.")]).await;
    assert_eq!(noted.status, 303);
    let ended = site.post("manager", "/desk/alerts/drills/one/end", &[]).await;
    assert!(ended.to.starts_with("/desk/alerts/drills/one/report"), "{}", ended.body);
    assert_eq!(site.post("observer", "/desk/alerts/drills/one/end", &[]).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_says_what_was_slow() {
    let site = begun();
    site.network();
    let index = site.release(Some("evening"));
    let alert = site.app.engine.read(|views| issued::at(views, index)).unwrap().unwrap();
    let sent = alert.text.sent;
    let say = |station, step, channel, after: u64| {
        Ack::new(station, step, channel, sent + after * 60, u64::MAX).unwrap()
    };
    let acks = [
        say(1, Step::Sent, Channel::Gateway, 2),
        say(2, Step::Sent, Channel::Gateway, 3),
        say(3, Step::Sent, Channel::Gateway, 4),
        say(1, Step::Read, Channel::Link, 30),
        say(2, Step::Understood, Channel::Telephone, 60),
    ];
    site.clock.advance(100);
    know::take(&site.app, index, &acks).unwrap();
    let json: Value =
        serde_json::from_str(&site.get("manager", "/desk/alerts/drills/evening/report.json").await.body)
            .unwrap();
    assert_eq!(json["exercise"], true);
    let measures = &json["alerts"][0]["measures"];
    // In the drill's time, which goes sixty times as fast.
    assert_eq!(measures["steps"][0]["last"], 240);
    assert_eq!(measures["steps"][2]["reached"], 2);
    assert_eq!(measures["steps"][2]["half"], 3_600);
    assert!(measures["steps"][2]["nine_in_ten"].is_null());
    assert_eq!(json["alerts"][0]["areas"][0], "South", "the slowest first: {json}");
    let asked = site.ask("observer", "/api/v1/alerts/drills/evening").await;
    let drill: Value = serde_json::from_str(&asked.body).unwrap();
    assert_eq!((schema_fault("AlertDrill", &drill), &drill["alerts"]), (None, &json["alerts"]), "{drill}");
    let page = site.get("manager", "/desk/alerts/drills/evening/report").await.body;
    // Sixty seconds are an hour of the drill.
    assert!(page.contains("1:00:00") && page.contains("0:04:00"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_read_drills_and_that_they_are_exercises() {
    let site = begun();
    drills::note(&site.app.engine, &acting(Role::Observer), "evening", "The east was slow.").unwrap();
    site.clock.advance(60);
    let list: Value = serde_json::from_str(&site.ask("viewer", "/api/v1/alerts/drills").await.body).unwrap();
    assert_eq!(schema_fault("AlertDrills", &list), None, "{list}");
    let drill = &list["drills"][0];
    assert_eq!((&drill["exercise"], &drill["drill"]), (&Value::Bool(true), &Value::from("evening")));
    // An hour of its clock later.
    assert_eq!(drill["clock"], scr_engine::utc_text(1_793_725_200 + 3_600));
    let one = site.ask("viewer", "/api/v1/alerts/drills/evening").await.body;
    assert!(!one.contains("slow"), "what somebody noted stays on the page");
    let none = site.ask("viewer", "/api/v1/alerts/drills/morning").await;
    assert!(none.status == 404 && none.body.contains("SCR-ALR-325"), "{}", none.body);
    for path in ["/api/v1/alerts/drills", "/api/v1/alerts/drills/evening"] {
        assert_eq!(site.ask("nobody", path).await.status, 401);
    }
}
