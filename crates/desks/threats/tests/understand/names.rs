//! Names that look like those of an organisation.

use super::site::site;
use axum::http::StatusCode;

const PATH: &str = "/desk/threats/names";

#[tokio::test]
async fn new_names_are_held_against_ones_own() {
    let site = site();
    assert!(site.get("alpha", PATH).await.body.contains("Write down your own domains and names first"));
    site.watch("alpha", &["wahlamt.example", "@wahlamt.example", "192.0.2.0/24", "allow:wah1amt.example"]);
    let names = "wah1amt.example\nwahlarnt.example\nwahlamt.example.results.test\nbakery.example\nnot a name\nwww.wahlamt.example";
    let page = site.post("alpha", PATH, &[("names", names)]).await;
    assert_eq!(page.status, StatusCode::OK);
    let table = page.body.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    assert!(table.contains("wahlarnt.example") && table.contains("Characters of the same shape"), "{table}");
    assert!(
        table.contains("wahlamt.example.results.test")
            && table.contains("stands in front of a domain of somebody else")
    );
    for innocent in ["bakery.example", "wah1amt.example", "www.wahlamt.example"] {
        assert!(!table.contains(innocent), "{innocent} {table}");
    }
    assert!(
        page.body.contains("2 of 6 names look like yours.")
            && page.body.contains("Lines that are no names: 1."),
        "{}",
        page.body
    );
    // The name of a site and of mail addresses is shown once.
    assert_eq!(page.body.matches("<bdi dir=\"auto\">wahlamt.example</li>").count(), 1, "{}", page.body);
    // They go into the form in which things are shared, for somebody who may share.
    assert!(page.body.contains("action=\"/desk/threats/exchange/share/text\""));
    let observer = site.post("observer@alpha", PATH, &[("names", names)]).await;
    assert!(observer.body.contains("wahlarnt.example") && !observer.body.contains("/share/text"));
    // Another organisation has no part of the list.
    assert!(!site.get("beta", PATH).await.body.contains("wahlamt"));
    let many = "a.example\n".repeat(5_001);
    assert_eq!(site.post("alpha", PATH, &[("names", &many)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
