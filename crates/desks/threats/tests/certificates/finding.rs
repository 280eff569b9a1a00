//! Names are found in both forms of a log, from its beginning, from an entry or from its end on, each once, and for whoever
//! protects what they look like.

use crate::served::{Served, found, look, look_again};
use crate::site::{Site, indicator, site};
use axum::http::StatusCode;
use serde_json::json;

const NAMES: &str = "/desk/threats/names";

async fn names(site: &Site, who: &str) -> Vec<String> {
    found(&site.get(who, NAMES).await.body)
}

/// 600 entries: a few look like a name of alpha or beta.
fn planted() -> (Served, Vec<String>) {
    let mut all: Vec<String> = (0..600).map(|number| format!("shop{number}.example")).collect();
    for (at, name) in [
        (0, "wah1amt.example"),
        (255, "*.wahlarnt.example"),
        (256, "wahlamt.example.results.test"),
        (599, "m-edia.example"),
    ] {
        name.clone_into(&mut all[at]);
    }
    let names: Vec<&str> = all.iter().map(String::as_str).collect();
    (Served::new(&names), all)
}

#[tokio::test]
async fn both_forms_of_a_log_give_each_organisation_what_is_its_own() {
    for kind in ["rfc6962", "static"] {
        let site = site();
        site.watch("alpha", &["wahlamt.example", "allow:shop7.example"]);
        site.watch("beta", &["media.example"]);
        let (served, _) = planted();
        served.with(|inner| inner.answer = 100);
        let log = served.followed_by(&site, kind, Some(0)).await;
        assert_eq!(look(&site), 1);
        let want = ["wah1amt.example", "wahlamt.example.results.test", "wahlarnt.example"];
        assert_eq!(names(&site, "alpha").await, want, "{kind}");
        assert_eq!(names(&site, "beta").await, ["m-edia.example"]);
        assert!(names(&site, "gamma").await.is_empty() && names(&site, "outside").await.is_empty());
        let page = site.get("alpha", &format!("/desk/threats/certificates/{log}")).await;
        assert!(
            page.body.contains("600 of 600 entries") && page.body.contains("Up to date"),
            "{}",
            page.body
        );
        // Nothing is due: nothing is asked.
        let asked = served.asked("");
        assert_eq!((look(&site), served.asked("")), (0, asked));
        // What is new is read, and only that; a name that comes again is counted, not shown twice.
        served.grow(&["harmless.example", "wah1amt.example", "wahlamt.example.login.test"]);
        look_again(&site, 1);
        let want = ["wah1amt.example", "wahlamt.example.login.test", want[1], want[2]];
        assert_eq!(names(&site, "alpha").await, want);
        let reads = if kind == "static" { "tile/data/002" } else { "start=600" };
        assert!(served.asked(reads) > 0);
    }
}

#[tokio::test]
async fn a_log_is_followed_from_now_on_or_from_an_entry_on() {
    for kind in ["rfc6962", "static"] {
        let site = site();
        site.watch("alpha", &["wahlamt.example"]);
        let (served, _) = planted();
        served.followed_by(&site, kind, None).await;
        look(&site);
        assert!(names(&site, "alpha").await.is_empty());
        assert_eq!((served.asked("get-entries"), served.asked("tile/data")), (0, 0));
        served.grow(&["wahlarnt.example"]);
        look_again(&site, 1);
        assert_eq!(names(&site, "alpha").await, ["wahlarnt.example"], "{kind}");
        let site = crate::site::site();
        site.watch("alpha", &["wahlamt.example"]);
        let (served, _) = planted();
        served.followed_by(&site, kind, Some(256)).await;
        look(&site);
        assert_eq!(names(&site, "alpha").await, ["wahlamt.example.results.test"], "{kind}");
    }
}

/// Where the page of a name is, by the list of them.
fn address(list: &str, name: &str) -> String {
    let before = list.split(&format!(">{name}<")).next().unwrap();
    let number = before.rsplit("/desk/threats/names/").next().unwrap();
    format!("/desk/threats/names/{}", number.split('"').next().unwrap())
}

#[tokio::test]
async fn a_hit_has_its_evidence_and_is_shared_or_put_in_order() {
    let site = site();
    site.watch("alpha", &["wahlamt.example"]);
    let (served, _) = planted();
    served.followed_by(&site, "static", Some(0)).await;
    look(&site);
    let one = address(&site.get("alpha", NAMES).await.body, "wahlarnt.example");
    let page = site.get("alpha", &one).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in [
        "Characters of the same shape",
        "entry 255",
        "CN=Test Authority",
        "2 November 2026",
        "Test log 2026h2",
    ] {
        assert!(page.body.contains(words), "{words} {}", page.body);
    }
    // It goes into the steps of sharing, filled in.
    assert!(page.body.contains("action=\"/desk/threats/exchange/share/form\""), "{}", page.body);
    let text = "A certificate for it, issued by CN=Test Authority, is entry 255 of the certificate log";
    assert!(page.body.contains(text) && page.body.contains("name=\"value\" value=\"wahlarnt.example\""));
    let fields = [
        ("sort", "domain"),
        ("sure", "unsaid"),
        ("value", "wahlarnt.example"),
        ("description", "It looks like ours."),
    ];
    let shared = site.posted("alpha", "/desk/threats/exchange/share/form", &fields).await;
    assert_eq!(shared.location, "/desk/threats/exchange/share/whom");
    // Nobody else has it, and whoever may not share may look.
    for who in ["beta", "outside"] {
        let hidden = site.get(who, &one).await;
        assert!(
            hidden.status == StatusCode::NOT_FOUND && hidden.body.contains("SCR-THR-115"),
            "{}",
            hidden.body
        );
    }
    let observer = site.get("observer@alpha", &one).await;
    assert!(observer.status == StatusCode::OK && !observer.body.contains("/dismiss"));
    let refused = site.posted("observer@alpha", &format!("{one}/dismiss"), &[]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    // What touches us counts it; what is in order goes, for good.
    let touched = site.get("alpha", "/desk/threats/assets").await.body;
    assert!(
        touched.contains("3 names in certificate logs look like yours.")
            && touched.contains("wahlarnt.example"),
        "{touched}"
    );
    let done = site.posted("alpha", &format!("{one}/dismiss"), &[]).await;
    assert_eq!(done.location, NAMES);
    assert_eq!(names(&site, "alpha").await.len(), 2);
    site.batch();
    let list = site.get("alpha", "/desk/threats/assets").await.body;
    assert!(list.contains("wahlamt.example\nallow:wahlarnt.example"), "{list}");
    served.grow(&["wahlarnt.example"]);
    look_again(&site, 1);
    assert_eq!(names(&site, "alpha").await.len(), 2);
    assert_eq!(site.get("alpha", &one).await.status, StatusCode::NOT_FOUND);
}

/// What is shared goes through the same matcher: for whoever may see it, and nobody else.
#[tokio::test]
async fn shared_names_that_look_like_ones_own_touch() {
    let site = site();
    site.watch("alpha", &["wahlamt.example"]);
    site.watch("gamma", &["wahlamt.example", "allow:wah1amt.example"]);
    site.watch("outside", &["wahlamt.example"]);
    let pattern = "[domain-name:value = 'wah1amt.example']";
    site.share("beta", &[indicator(1, "Copy", pattern, json!({}))]);
    let page = site.get("alpha", "/desk/threats/assets").await.body;
    assert!(
        page.contains(">Copy</a>") && page.contains("it looks like it: ") && page.contains("wah1amt.example"),
        "{page}"
    );
    for who in ["gamma", "outside"] {
        assert!(!site.get(who, "/desk/threats/assets").await.body.contains(">Copy</a>"), "{who}");
    }
    // A list that comes later is held against what is there.
    site.watch("beta", &["name:Wahlamt"]);
    let page = site.get("beta", "/desk/threats/assets").await.body;
    assert!(page.contains(">Copy</a>") && page.contains("name:Wahlamt"), "{page}");
}

/// Whoever makes very many such names pushes out none that looks more like ours, and the page says that some went.
#[tokio::test]
async fn what_is_kept_has_a_limit() {
    let site = site();
    site.watch("alpha", &["wahlamt.example"]);
    let many: Vec<String> = (0..2_100).map(|number| format!("wahlamt-{number}.test")).collect();
    let mut names: Vec<&str> = many.iter().map(String::as_str).collect();
    names.insert(2_050, "wah1amt.example");
    let served = Served::new(&names);
    served.followed_by(&site, "static", Some(0)).await;
    look(&site);
    let page = site.get("alpha", NAMES).await.body;
    assert!(page.contains("101 more names were found and not kept"), "{page}");
    assert!(page.contains("100 of 2,000 are shown"), "{page}");
    assert!(page.contains(">wah1amt.example<"), "{page}");
}
