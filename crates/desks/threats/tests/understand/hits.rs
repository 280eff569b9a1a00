//! What touches a member: for whom, since when, until when, and from the record alone.

use super::site::{AMBER, COLLECTION, ONLY_BETA, Site, indicator, object, org, site};
use axum::http::StatusCode;
use scr_engine::rusqlite::{self, Connection};
use serde_json::json;

const PATH: &str = "/desk/threats/assets";

async fn touched(site: &Site, who: &str) -> String {
    let page = site.get(who, PATH).await;
    assert_eq!(page.status, StatusCode::OK);
    page.body
}

/// All rows of private tables: they stand in no digest.
fn rows(site: &Site) -> Vec<String> {
    let read = |views: &Connection, query: &str| -> rusqlite::Result<Vec<String>> {
        let mut query = views.prepare(query)?;
        let columns = query.column_count();
        let row = |row: &rusqlite::Row<'_>| {
            let cell = |at| row.get::<_, rusqlite::types::Value>(at).map(|value| format!("{value:?}"));
            (0..columns).map(cell).collect::<rusqlite::Result<Vec<_>>>().map(|all| all.join(" "))
        };
        query.query_map([], row)?.collect()
    };
    let all = site.app.engine.read(|views| {
        let mut all = read(views, "SELECT * FROM threats_watch ORDER BY 1, 2, 3")?;
        all.extend(read(views, "SELECT * FROM threats_asset ORDER BY 1, 2")?);
        all.extend(read(views, "SELECT * FROM threats_hit ORDER BY 1, 2, 3")?);
        Ok(all)
    });
    all.unwrap()
}

fn sign(number: u32, name: &str, domain: &str) -> serde_json::Value {
    indicator(number, name, &format!("[domain-name:value = '{domain}']"), json!({}))
}

#[tokio::test]
async fn what_comes_before_a_list_and_after_it_touches() {
    let site = site();
    site.share("beta", &[sign(1, "Before", "www.vote.example")]);
    assert!(touched(&site, "alpha").await.contains("Say what belongs to your organisation"));
    site.watch("alpha", &["vote.example", "192.0.2.0/24", "name:Electoral Commission"]);
    let page = touched(&site, "alpha").await;
    assert!(
        page.contains(">Before</a>")
            && page.contains("a name below it: ")
            && page.contains("www.vote.example"),
        "{page}"
    );
    let range = indicator(2, "Around", "[ipv4-addr:value ISSUBSET '192.0.0.0/16']", json!({}));
    let text = object(
        "report",
        1,
        json!({
            "name": "Read this", "description": "Letters in the name of the Electoral Commission.", "published": "2026-11-20T00:00:00Z",
            "object_refs": [],
        }),
    );
    site.share("beta", &[range, text, sign(3, "Another", "other.example")]);
    let page = touched(&site, "alpha").await;
    for words in [
        ">Around</a>",
        "a larger range that contains it",
        ">Read this</a>",
        "is named in a text",
        ">Before</a>",
    ] {
        assert!(page.contains(words), "{words} {page}");
    }
    assert!(!page.contains(">Another</a>") && page.contains("3 things that are shared with you"), "{page}");
    // Nobody else has these hits, and nobody else sees the list.
    let beta = touched(&site, "beta").await;
    assert!(!beta.contains("vote.example") || beta.contains("Say what belongs"), "{beta}");
    assert!(!beta.contains("192.0.2.0/24\n"));
    // A list that comes later takes the place of the one before.
    site.watch("alpha", &["vote.example"]);
    let page = touched(&site, "alpha").await;
    assert!(page.contains(">Before</a>") && !page.contains(">Around</a>"), "{page}");
}

#[tokio::test]
async fn a_hit_shows_nothing_that_its_reader_may_not_see() {
    let site = site();
    for who in ["alpha", "gamma", "outside"] {
        site.watch(who, &["vote.example"]);
    }
    let narrow = json!({"object_marking_refs": [AMBER]});
    let hidden = indicator(1, "Between two", "[domain-name:value = 'vote.example']", narrow);
    site.share_with("beta", COLLECTION, Some(&[org("alpha")]), &[hidden]);
    site.share_with("alpha", ONLY_BETA, None, &[sign(2, "In a letterbox", "vote.example")]);
    assert!(touched(&site, "alpha").await.contains(">Between two</a>"));
    let before_alpha = touched(&site, "alpha").await;
    assert!(!before_alpha.contains("In a letterbox"), "alpha writes there and does not read");
    for who in ["gamma", "outside"] {
        let page = touched(&site, who).await;
        assert!(page.contains("Nothing that is shared with you is about what you watch."), "{who} {page}");
    }
    site.share("beta", &[sign(3, "For members", "vote.example")]);
    assert!(touched(&site, "gamma").await.contains(">For members</a>"));
    assert!(!touched(&site, "outside").await.contains("For members"));
}

#[tokio::test]
async fn a_hit_ends_with_its_sign() {
    let site = site();
    site.watch("alpha", &["vote.example"]);
    let pattern = "[domain-name:value = 'vote.example']";
    site.share(
        "beta",
        &[
            indicator(1, "Short", pattern, json!({"valid_until": "2026-11-25T00:00:00Z"})),
            indicator(2, "Taken back", pattern, json!({})),
            indicator(3, "Changed", pattern, json!({})),
        ],
    );
    let page = touched(&site, "alpha").await;
    assert!(
        ["Short", "Taken back", "Changed"].iter().all(|name| page.contains(&format!(">{name}</a>"))),
        "{page}"
    );
    let newer = |number, name: &str, more: serde_json::Value| {
        let mut one = indicator(number, name, "[domain-name:value = 'elsewhere.example']", more);
        one["modified"] = json!("2026-11-21T00:00:00.000Z");
        one
    };
    site.share("beta", &[newer(2, "Taken back", json!({"revoked": true})), newer(3, "Changed", json!({}))]);
    let page = touched(&site, "alpha").await;
    assert!(
        page.contains(">Short</a>") && !page.contains(">Taken back</a>") && !page.contains(">Changed</a>"),
        "{page}"
    );
    site.clock.advance(24 * 3600);
    assert!(!touched(&site, "alpha").await.contains(">Short</a>"));
}

#[tokio::test]
async fn hits_follow_from_the_record_alone() {
    let site = site();
    site.share("beta", &[sign(1, "Before", "vote.example"), sign(2, "Other", "x.example")]);
    site.watch("alpha", &["vote.example", "info@vote.example", "AS64500"]);
    site.watch("gamma", &["x.example"]);
    site.share("beta", &[sign(3, "After", "a.b.vote.example")]);
    site.watch("alpha", &["x.example", "vote.example"]);
    site.share("gamma", &[sign(4, "Last", "x.example")]);
    let before = rows(&site);
    assert!(
        before.iter().filter(|row| row.contains("below")).count() == 1 && before.len() > 10,
        "{before:#?}"
    );
    let site = site.rebuilt();
    assert_eq!(before, rows(&site));
}

#[tokio::test]
async fn a_list_is_written_by_those_who_share_and_each_wrong_line_is_named() {
    let site = site();
    let list = "vote.example\n\n300.1.2.3\nab";
    let wrong = site.post("alpha", PATH, &[("assets", list)]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("Line 2, “300.1.2.3”") && wrong.body.contains("Line 3, “ab”"),
        "{}",
        wrong.body
    );
    assert!(wrong.body.contains("vote.example\n\n300.1.2.3"), "what was typed is still there");
    let done = site.post("alpha", PATH, &[("assets", "vote.example\n@vote.example")]).await;
    assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, PATH));
    let waits = touched(&site, "alpha").await;
    assert!(
        waits.contains("Your list is on its way.") && waits.contains("vote.example\n@vote.example"),
        "{waits}"
    );
    site.batch();
    let taken = touched(&site, "alpha").await;
    assert!(!taken.contains("on its way") && taken.contains("vote.example\n@vote.example"));
    let observer = site.post("observer@alpha", PATH, &[("assets", "vote.example")]).await;
    assert_eq!(observer.status, StatusCode::FORBIDDEN);
    assert!(
        site.get("", PATH).await.status.is_client_error() || site.get("", PATH).await.status.is_redirection()
    );
    let many = (0..501).map(|number| format!("host-{number}.example")).collect::<Vec<_>>().join("\n");
    let refused = site.post("alpha", PATH, &[("assets", &many)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Line 501"), "{}", scr_threats::codes::WRONG_ASSET);
}
