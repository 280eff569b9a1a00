//! Drills: practised, compared with the record, and stated in public.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod common;

use axum::http::StatusCode;
use common::{ADMIN, Answer, Browser, Site};
use scr_access::testing::PASSWORD;
use scr_core::Role;
use scr_desk_office::OfficeDesk;
use scr_desk_office::drills::{Drill, NewDrill, record};
use scr_engine::testing::TestEngine;
use scr_web::Desk;

const PAGE: &str = "/desk/doctor/drills";
const KIND: &str = "operations.drill.recorded/1";

/// The root over the first entries, from all their bytes: another way than the server's, which keeps tiles.
fn root(site: &Site, size: usize) -> String {
    let entries = site.app.engine.log().entries(0, size).unwrap();
    let leaves: Vec<_> = entries.iter().map(|entry| scr_merkle::leaf_hash(entry)).collect();
    assert_eq!(leaves.len(), size);
    scr_merkle::root_of(&leaves).to_string()
}

async fn say(browser: &mut Browser<'_>, outcome: &str, size: &str, root: &str, minutes: &str) -> Answer {
    let fields =
        [("drill", "restore"), ("outcome", outcome), ("size", size), ("root", root), ("minutes", minutes)];
    browser.post(PAGE, &fields).await
}

#[tokio::test]
async fn a_drill_is_recorded_when_what_was_checked_is_a_copy_of_this_record() {
    let site = Site::new();
    site.person(Role::Clerk);
    let mut admin = site.signed_in(ADMIN).await;
    let before = admin.get(PAGE).await;
    assert!(
        before.has("never") && before.has("No drill was recorded yet") && before.has("Start no server"),
        "{}",
        before.body
    );
    assert!(admin.get("/desk/doctor").await.body.contains(PAGE));
    let size = usize::try_from(site.app.engine.log().size().unwrap()).unwrap();
    for copy in [size, size - 1] {
        let done = say(&mut admin, "worked", &copy.to_string(), &root(&site, copy), "25").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    let failed = say(&mut admin, "failed", "", "", "90").await;
    assert_eq!(failed.status, StatusCode::SEE_OTHER, "{}", failed.body);
    let recorded = site.recorded(KIND);
    let public: Vec<_> = recorded.iter().map(|entry| entry["pub"].clone()).collect();
    assert_eq!(public.len(), 3);
    assert_eq!(
        public[0],
        serde_json::json!({
            "drill": "restore", "outcome": "worked", "size": size, "root": root(&site, size), "minutes": 25
        })
    );
    assert_eq!(public[2], serde_json::json!({"drill": "restore", "outcome": "failed", "minutes": 90}));
    let after = admin.get(&failed.to).await;
    assert!(
        after.has("Recorded") && after.has("It did not work") && after.has("It worked"),
        "{}",
        after.body
    );
    assert_eq!(after.body.matches(">never<").count(), 1, "the backup drill alone: {}", after.body);
}

#[tokio::test]
async fn what_is_no_copy_or_no_drill_is_refused_beside_its_field() {
    let site = Site::new();
    let mut admin = site.signed_in(ADMIN).await;
    let size = usize::try_from(site.app.engine.log().size().unwrap()).unwrap();
    let (own, other) = (root(&site, size), scr_canon::sha256(b"other").to_string());
    let wrong = |answer: &Answer, text: &str| {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.has(text), "{text}: {}", answer.body);
    };
    let count = size.to_string();
    wrong(&say(&mut admin, "", &count, &own, "5").await, "Choose one of the two"); // SCR-OPS-001
    wrong(&admin.post(PAGE, &[("outcome", "worked"), ("minutes", "5")]).await, "Choose one of the two");
    for size in ["0", "", "-1", "all", &(size + 1).to_string()] {
        wrong(&say(&mut admin, "worked", size, &own, "5").await, "This record has"); // SCR-OPS-002
    }
    wrong(&say(&mut admin, "worked", &count, "nonsense", "5").await, "This is no root"); // SCR-OPS-003
    wrong(&say(&mut admin, "worked", &count, &other, "5").await, "is no copy of it"); // SCR-OPS-004
    wrong(&say(&mut admin, "worked", &(size - 1).to_string(), &own, "5").await, "is no copy of it");
    for minutes in ["0", "", "10081", "long"] {
        wrong(&say(&mut admin, "worked", &count, &own, minutes).await, "whole minutes"); // SCR-OPS-005
    }
    assert_eq!(site.recorded(KIND).len(), 0);
    site.person(Role::Manager);
    let mut manager = site.signed_in("manager@emb.example").await;
    assert_eq!(manager.get(PAGE).await.status, StatusCode::FORBIDDEN);
    // A statement in public asks once more who it is.
    site.clock.advance(600);
    let asks = say(&mut admin, "failed", "", "", "5").await;
    assert!(asks.has("Confirm that it is you"), "{}", asks.body);
    let fields = [("drill", "backup"), ("outcome", "failed"), ("minutes", "5"), ("fresh-password", PASSWORD)];
    assert_eq!(admin.post(PAGE, &fields).await.status, StatusCode::SEE_OTHER);
}

#[test]
fn views_rebuilt_are_the_views_that_grew() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestEngine::new(folder.path(), OfficeDesk.kinds(), OfficeDesk.views()).unwrap();
    let admin = TestEngine::actor(Role::Administrator);
    for drill in [Drill::Backup, Drill::Restore] {
        record(&test.engine, &admin, &NewDrill { drill, copy: None, minutes: 7 }).unwrap();
    }
    let clerk = TestEngine::actor(Role::Clerk);
    assert!(
        record(&test.engine, &clerk, &NewDrill { drill: Drill::Backup, copy: None, minutes: 7 }).is_err()
    );
    let [grown, rebuilt] = test.incremental_and_rebuilt(OfficeDesk.kinds(), OfficeDesk.views()).unwrap();
    assert_eq!(grown, rebuilt);
    assert!(grown.contains_key("drills_drill"));
}
