//! The same tables in PostgreSQL, which several nodes share.

use super::site::{GREEN, Other, SOURCES, Site, envelope, indicator, moment};
use scr_desk_threats::partners;
use scr_store::Store;
use scr_web::WebConfig;
use serde_json::json;
use std::time::Duration;

#[test]
fn sources_live_in_postgres_too_and_two_nodes_poll_once() {
    let Some(database) = scr_testing::Database::new("sources of objects on PostgreSQL") else { return };
    let other = Other::new(|asked, stream| {
        if asked.head.contains("Bearer other") {
            return super::site::say(stream, 503, &[("Retry-After", "100")], "");
        }
        std::thread::sleep(Duration::from_millis(500));
        envelope(stream, Some(&moment(1)), &format!("{{\"objects\":[{},17]}}", indicator(1, GREEN)));
    });
    let config = WebConfig { private_partners: true, ..WebConfig::default() };
    let site = Site::over(config, Some(Store::open_postgres(&database.url).unwrap()));
    let id = site.source("taxii", &other.collection());
    std::thread::scope(|scope| {
        let polls: Vec<_> = (0..4).map(|_| scope.spawn(|| partners::poll_due(&site.app).unwrap())).collect();
        assert_eq!(polls.into_iter().map(|poll| poll.join().unwrap()).sum::<u64>(), 1);
    });
    assert_eq!(other.asked().len(), 1);
    let state = site.state(&id);
    assert_eq!((&state["taken"], &state["refused"]), (&json!(1), &json!(1)), "{state}");
    site.forget(&id);
    assert_eq!(site.counts(&id), [0, 1, 1]);
    let path = format!("{SOURCES}/{id}");
    site.done(&path, &json!({"login": {"with": "bearer", "token": "other"}}));
    assert_eq!(site.trouble(&id), "busy");
    assert_eq!(site.trouble(&id), "busy");
    site.done(&path, &json!({"on": false}));
    site.done(&path, &json!({"on": true, "now": true}));
    let to = json!({"theirs": format!("{}/other/", other.address), "community": "linden", "collection": "signs", "at_least": "TLP:RED", "every_seconds": 60});
    site.done(&path, &json!({"to": to}));
    assert_eq!(site.done(&format!("{path}/remove"), &json!({}))["sources"], json!([]));
}
