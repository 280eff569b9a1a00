//! Nothing betrays an object to whoever may not see it.

use super::site::{AMBER, CLEAR, GREEN, Site, indicator, indicator_id, plain, site};
use axum::http::StatusCode;
use serde_json::json;

const HOME: &str = "/desk/threats/linden";

/// What is narrow is for alpha and beta; two things that everybody sees refer to it.
fn filled() -> Site {
    let site = site();
    let (secret, open) = (indicator(1, "secret.example", AMBER), indicator(2, "open.example", CLEAR));
    let link = json!({
        "type": "relationship", "spec_version": "2.1", "id": "relationship--7d3a0000-0000-4000-8000-000000000001",
        "created": "2026-11-01T08:00:00.000Z", "modified": "2026-11-01T08:00:00.000Z", "relationship_type": "related-to",
        "source_ref": indicator_id(1), "target_ref": indicator_id(2), "object_marking_refs": [GREEN],
    });
    site.share("alpha", "signs", Some(&["beta"]), &[secret]);
    site.share("alpha", "signs", None, &[link]);
    site.share("alpha", "open", None, &[open.clone(), indicator(3, "green.example", GREEN)]);
    site.share("alpha", "signs", None, &[open]);
    site
}

#[tokio::test]
async fn an_object_for_others_is_as_if_it_had_never_been() {
    let site = filled();
    for tail in ["", "/raw.json", "/withdraw", "?collection=signs", "?collection=open"] {
        let (path, query) =
            tail.split_once('?').map_or((tail, String::new()), |(path, query)| (path, format!("?{query}")));
        let secret =
            site.get("manager!gamma", &format!("{HOME}/objects/{}{path}{query}", indicator_id(1))).await;
        let never =
            site.get("manager!gamma", &format!("{HOME}/objects/{}{path}{query}", indicator_id(77))).await;
        assert_eq!(secret.status, StatusCode::NOT_FOUND, "{tail}");
        assert_eq!(secret.status, never.status, "{tail}");
        // Each answer has a number of its own, by which the server's log finds it.
        let without = |body: &str, number| {
            let body = plain(body).replace(&indicator_id(number), "X");
            let (before, rest) = body.split_once("request ").unwrap_or((&body, ""));
            format!("{before}{}", rest.split_once('<').map_or("", |(_, rest)| rest))
        };
        assert_eq!(without(&secret.body, 1), without(&never.body, 77), "{tail}");
    }
    for tail in ["seen", "false-alarm", "withdraw"] {
        let path = format!("{HOME}/objects/{}/{tail}", indicator_id(1));
        let fields = [("count", "1"), ("reason", "x"), ("looked", "yes")];
        assert_eq!(site.post("manager!gamma", &path, &fields).await.status, StatusCode::NOT_FOUND, "{tail}");
    }
    let beta = site.get("manager!beta", &format!("{HOME}/objects/{}", indicator_id(1))).await;
    assert_eq!(beta.status, StatusCode::OK);
    // Whom else it reaches is for its owner.
    assert!(!plain(&beta.body).contains("Shared with:"));
    let own = site.get("manager!alpha", &format!("{HOME}/objects/{}", indicator_id(1))).await;
    assert!(plain(&own.body).contains("Shared with: Beta Team"));
}

#[tokio::test]
async fn lists_and_what_belongs_together_leave_it_out() {
    let site = filled();
    let paths =
        [HOME, &format!("{HOME}?what=all"), "/desk/threats", &format!("{HOME}/objects/{}", indicator_id(2))];
    for path in paths {
        let page = site.get("manager!gamma", path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.body.contains("secret.example") && !page.body.contains(&indicator_id(1)), "{path}");
    }
    let seen = plain(
        &site.get("manager!beta", &format!("{HOME}/objects/{}?collection=signs", indicator_id(2))).await.body,
    );
    assert!(seen.contains("secret.example"), "{seen}");
}

#[tokio::test]
async fn everybody_sees_what_is_clear_in_public_collections() {
    let site = filled();
    let list = plain(&site.get("", "/threats").await.body);
    assert!(list.contains("Lindenland") && list.contains("3 members, one public collection"), "{list}");
    let page = plain(&site.get("", "/threats/linden").await.body);
    assert!(
        page.contains("open.example")
            && page.contains("Nobody harms another.")
            && page.contains("election body")
    );
    for word in ["green.example", "secret.example", "Office of Alpha"] {
        assert!(!page.contains(word), "{word}: mirrors know ids, and nothing that is not public: {page}");
    }
    let object = plain(&site.get("", &format!("/threats/linden/objects/{}", indicator_id(2))).await.body);
    assert!(object.contains("Do not open the site") && object.contains("TLP:CLEAR"), "{object}");
    assert!(!object.contains("secret.example") && !object.contains(&indicator_id(1)));
    for number in [1, 3, 77] {
        for tail in ["", "/raw.json"] {
            let path = format!("/threats/linden/objects/{}{tail}", indicator_id(number));
            assert_eq!(site.get("", &path).await.status, StatusCode::NOT_FOUND, "{path}");
            // Public pages are the same for members.
            assert_eq!(site.get("manager!alpha", &path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    let raw = site.get("", &format!("/threats/linden/objects/{}/raw.json", indicator_id(2))).await.body;
    assert_eq!(raw, indicator(2, "open.example", CLEAR).to_string(), "as it came");
    assert_eq!(site.get("", "/threats/elsewhere").await.status, StatusCode::NOT_FOUND);
}
