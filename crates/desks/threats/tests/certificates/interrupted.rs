//! Killed in the middle, followed by two at the same time, turned off while it is read: each entry counts once.

use crate::served::{Served, found, look};
use crate::site::{Site, site};
use scr_desk_threats::follow_logs;
use scr_jobs::WorkError;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

const NAMES: &str = "/desk/threats/names";

/// 3,000 entries: every hundredth looks like a name of alpha, each twice.
fn long() -> Served {
    let name = |number: u32| match number % 100 {
        0 => format!("wahlamt.example.n{}.test", number / 200),
        _ => format!("shop{number}.example"),
    };
    let names: Vec<String> = (0..3_000).map(name).collect();
    let served = Served::new(&names.iter().map(String::as_str).collect::<Vec<_>>());
    served.with(|inner| inner.answer = 200);
    served
}

/// 15 names, each in two certificates: every entry was counted once.
async fn all_once(site: &Site) {
    let page = site.get("alpha", NAMES).await.body;
    let names = found(&page);
    assert_eq!(names.len(), 15, "{names:?}");
    for part in page.split("href=\"/desk/threats/names/").skip(1) {
        let number = part.split('"').next().unwrap();
        let hit = site.get("alpha", &format!("{NAMES}/{number}")).await.body;
        assert!(hit.contains("Entries with this name</dt><dd>2</dd>"), "{hit}");
    }
}

#[tokio::test]
async fn what_is_killed_in_the_middle_goes_on_where_it_was() {
    for kind in ["rfc6962", "static"] {
        let site = site();
        site.watch("alpha", &["wahlamt.example"]);
        let served = long();
        let log = served.followed_by(&site, kind, Some(0)).await;
        // It breaks after the first pieces were kept, and says nothing to anybody.
        let steps = AtomicU32::new(0);
        let broken = catch_unwind(AssertUnwindSafe(|| {
            follow_logs(&site.app, &|| {
                assert!(steps.fetch_add(1, Ordering::Relaxed) < 10, "killed");
                Ok(())
            })
        }));
        assert!(broken.is_err());
        let page = site.get("alpha", &format!("/desk/threats/certificates/{log}")).await.body;
        let read = if kind == "static" { "2,048 of 3,000" } else { "1,200 of 3,000" };
        assert!(page.contains("Catching up") && page.contains(read), "{page}");
        let before = found(&site.get("alpha", NAMES).await.body).len();
        assert!((1..15).contains(&before), "{before}");
        // Its lease still holds; then somebody else takes it up.
        assert_eq!(look(&site), 0);
        site.clock.advance(61);
        let asked = served.asked("start=0");
        assert_eq!(look(&site), 1);
        assert_eq!(served.asked("start=0"), asked, "what was kept is not read again");
        all_once(&site).await;
    }
}

#[tokio::test]
async fn of_two_nodes_one_follows() {
    let site = Arc::new(site());
    site.watch("alpha", &["wahlamt.example"]);
    let served = long();
    served.followed_by(&site, "rfc6962", Some(0)).await;
    let rounds: Vec<u64> = std::thread::scope(|scope| {
        let looks: Vec<_> = (0..4).map(|_| scope.spawn(|| look(&site))).collect();
        looks.into_iter().map(|look| look.join().unwrap()).collect()
    });
    assert_eq!(rounds.iter().sum::<u64>(), 1, "{rounds:?}");
    assert_eq!(served.asked("start=0"), 1);
    all_once(&site).await;
}

#[tokio::test]
async fn whoever_has_lost_the_log_keeps_nothing() {
    let site = Arc::new(site());
    site.watch("alpha", &["wahlamt.example"]);
    let served = long();
    served.followed_by(&site, "rfc6962", Some(0)).await;
    // While the first waits for an answer, its lease ends, and another one reads everything.
    let other = Arc::clone(&site);
    served.with(|inner| {
        let all = Box::new(move || {
            other.clock.advance(61);
            assert_eq!(look(&other), 1);
        });
        inner.hook = Some(("start=1200".to_owned(), all));
    });
    assert!(look(&site) >= 1);
    all_once(&site).await;
}

#[tokio::test]
async fn a_log_that_is_turned_off_is_read_no_further() {
    let site = site();
    site.watch("alpha", &["wahlamt.example"]);
    let served = long();
    let log = served.followed_by(&site, "rfc6962", Some(0)).await;
    let turn = format!("/desk/threats/certificates/{log}/turn");
    let stopped = follow_logs(&site.app, &{
        let steps = AtomicU32::new(0);
        move || if steps.fetch_add(1, Ordering::Relaxed) < 8 { Ok(()) } else { Err(WorkError::Stopped) }
    });
    assert_eq!(stopped, Err(WorkError::Stopped));
    site.posted("administrator@alpha", &turn, &[("on", "no")]).await;
    assert_eq!(look(&site), 0);
    let page = site.get("alpha", &format!("/desk/threats/certificates/{log}")).await.body;
    assert!(page.contains("Off"), "{page}");
    site.posted("administrator@alpha", &turn, &[("on", "yes")]).await;
    assert_eq!(look(&site), 1);
    all_once(&site).await;
}
