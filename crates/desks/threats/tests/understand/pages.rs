//! The picture, the course over time, and who is held to be behind it.

use super::site::{AMBER, COLLECTION, ONLY_BETA, Site, id, indicator, link, object, org, site};
use axum::http::StatusCode;
use serde_json::json;

fn path(page: &str, id: &str) -> String {
    format!("/desk/threats/exchange/{page}/{id}")
}

/// A campaign as alpha shares it: with two attributions, one of which beta disputes, and an indicator that gamma has seen.
fn told() -> Site {
    let site = site();
    let (campaign, one, other) = (id("campaign", 1), id("intrusion-set", 1), id("intrusion-set", 2));
    let times = json!({"name": "Polling-day mirrors", "first_seen": "2026-11-03T06:10:00Z", "last_seen": "2026-11-20T22:40:00Z"});
    let until = json!({"valid_until": "2026-12-31T00:00:00Z"});
    site.share(
        "alpha",
        &[
            object("campaign", 1, times),
            object("intrusion-set", 1, json!({"name": "Glass Heron"})),
            object("infrastructure", 1, json!({"name": "Rented servers"})),
            indicator(1, "Copy of the site", "[domain-name:value = 'wahl.example']", until),
            link(1, &campaign, "attributed-to", &one, json!({"confidence": 70})),
            link(2, &id("indicator", 1), "indicates", &campaign, json!({})),
            link(3, &campaign, "uses", &id("infrastructure", 1), json!({})),
        ],
    );
    site.share("beta", &[
        object("intrusion-set", 2, json!({"name": "Marketing firm"})),
        link(4, &campaign, "attributed-to", &other, json!({"confidence": 40, "description": "It paid for the names."})),
        object("opinion", 1, json!({"opinion": "strongly-disagree", "explanation": "No trace of them.", "object_refs": [id("relationship", 1)]})),
    ]);
    site.share("gamma", &[object("sighting", 1, json!({
        "sighting_of_ref": id("indicator", 1), "count": 14, "first_seen": "2026-11-16T05:00:00Z", "last_seen": "2026-11-18T14:00:00Z",
    }))]);
    site
}

#[tokio::test]
async fn a_picture_has_what_belongs_together_with_words_and_links() {
    let site = told();
    let page = site.get("alpha", &path("graph", &id("campaign", 1))).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in [
        "Polling-day mirrors",
        "Glass Heron",
        "Marketing firm",
        "attributed to",
        "points to",
        "Warning sign",
        "TLP:GREEN",
    ] {
        assert!(page.body.contains(words), "{words}");
    }
    assert!(page.body.contains(&format!("href=\"{}\"", path("objects", &id("indicator", 1)))));
    assert!(page.body.contains("<title>What belongs to Polling-day mirrors</title><desc>"));
    assert!(page.body.contains("It counts until") && page.body.contains("Seen 14 times"), "{}", page.body);
    let again = site.get("alpha", &path("graph", &id("campaign", 1))).await;
    let svg =
        |body: &str| body.split("<svg xmlns").find(|part| part.contains("graph-svg")).unwrap().to_owned();
    assert_eq!(svg(&page.body), svg(&again.body), "the same graph is the same drawing");
    let near = site.get("alpha", &format!("{}?steps=1", path("graph", &id("intrusion-set", 1)))).await;
    assert!(near.body.contains("Polling-day mirrors") && !near.body.contains("Marketing firm"));
}

/// What the reader may not see leaves no trace: neither a box nor an arrow nor a number, and its own page is the same as one
/// of what never existed.
#[tokio::test]
async fn nothing_shows_of_what_the_reader_may_not_see() {
    let site = told();
    let campaign = id("campaign", 1);
    let before = site.get("gamma", &path("graph", &campaign)).await.body;
    let timeline = site.get("gamma", &path("timeline", &campaign)).await.body;
    let amber = json!({"name": "Secret set", "object_marking_refs": [AMBER]});
    let narrow = json!({"object_marking_refs": [AMBER]});
    site.share_with(
        "alpha",
        COLLECTION,
        Some(&[org("beta")]),
        &[
            object("intrusion-set", 9, amber),
            link(9, &campaign, "attributed-to", &id("intrusion-set", 9), narrow.clone()),
        ],
    );
    site.share_with(
        "alpha",
        ONLY_BETA,
        None,
        &[
            indicator(8, "Only for beta", "[domain-name:value = 'x.example']", json!({})),
            link(8, &id("indicator", 8), "indicates", &campaign, json!({})),
        ],
    );
    let strip = |body: &str| body.split("<main").nth(1).unwrap().to_owned();
    assert_eq!(strip(&before), strip(&site.get("gamma", &path("graph", &campaign)).await.body));
    assert_eq!(strip(&timeline), strip(&site.get("gamma", &path("timeline", &campaign)).await.body));
    let beta = site.get("beta", &path("graph", &campaign)).await.body;
    assert!(beta.contains("Secret set") && beta.contains("Only for beta"));
    // Alpha has shared into a collection that it does not read.
    let alpha = site.get("alpha", &path("graph", &campaign)).await.body;
    assert!(alpha.contains("Secret set") && !alpha.contains("Only for beta"));
    for page in ["graph", "timeline", "actors"] {
        let hidden = site.get("gamma", &path(page, &id("intrusion-set", 9))).await;
        let absent = site.get("gamma", &path(page, &id("intrusion-set", 7))).await;
        assert_eq!((hidden.status, absent.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
        assert!(hidden.body.contains("SCR-THR-025") && absent.body.contains("SCR-THR-025"));
        let outside = site.get("outside", &path(page, &campaign)).await;
        assert_eq!(outside.status, StatusCode::NOT_FOUND);
        assert!(outside.body.contains("SCR-THR-002"), "{}", outside.body);
    }
    // An arrow whose other end is not here says that alone, whether that end exists or not.
    site.share(
        "alpha",
        &[
            link(10, &campaign, "uses", &id("tool", 1), json!({})),
            link(11, &campaign, "uses", &id("intrusion-set", 9), json!({})),
        ],
    );
    let gamma = site.get("gamma", &path("graph", &campaign)).await.body;
    assert!(
        gamma.contains("2 objects that are named here are not among those that your organisation has."),
        "{gamma}"
    );
    assert!(!gamma.contains("Secret set"));
}

#[tokio::test]
async fn answers_to_who_is_behind_it_stand_side_by_side() {
    let site = told();
    let page = site.get("gamma", &path("timeline", &id("campaign", 1))).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in [
        "It is not decided who is behind it: 2 answers are given.",
        "70 of 100 sure",
        "40 of 100 sure",
        "It paid for the names.",
        "Disagrees strongly",
        "No trace of them.",
        "Copy of the site",
        "3 November 2026",
    ] {
        assert!(page.body.contains(words), "{words} {}", page.body);
    }
    let at = |words: &str| page.body.find(words).unwrap();
    assert!(at("Glass Heron") < at("Marketing firm"), "the surer claim stands first");
    let one = site.get("gamma", &path("timeline", &id("intrusion-set", 1))).await;
    assert!(one.body.contains("Nobody has said here who is behind it."));
}

#[tokio::test]
async fn a_group_is_followed_over_time() {
    let site = told();
    let page = site.get("beta", &path("actors", &id("intrusion-set", 1))).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in
        ["Polling-day mirrors", "Rented servers", "Sightings in the last 12 months: 14", "November 2026"]
    {
        assert!(page.body.contains(words), "{words} {}", page.body);
    }
    let month = page.body.split("November 2026</th>").nth(1).unwrap();
    assert!(month.starts_with("<td class=\"num\">14"), "{month}");
}

#[tokio::test]
async fn a_picture_that_would_be_too_large_says_what_is_left_out() {
    let site = site();
    let campaign = id("campaign", 1);
    let mut all = vec![object("campaign", 1, json!({"name": "Large"}))];
    for number in 1..=80 {
        all.push(indicator(
            number,
            &format!("Sign {number}"),
            "[domain-name:value = 'a.example']",
            json!({}),
        ));
        all.push(link(number, &id("indicator", number), "indicates", &campaign, json!({})));
    }
    site.share("alpha", &all);
    let page = site.get("alpha", &path("graph", &campaign)).await;
    assert!(page.body.contains("21 more objects are within reach"), "{}", page.body);
    assert_eq!(page.body.matches("class=\"node").count(), 60);
}
