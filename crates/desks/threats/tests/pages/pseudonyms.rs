//! Sharing under a pseudonym, and opening one.

use super::site::{AMBER, GREEN, Site, actor, hidden, indicator, indicator_id, plain, site};
use axum::http::StatusCode;
use scr_desk_threats::acts;
use scr_threats::{Change, Step, identity_of, identity_of_pseudonym};
use serde_json::json;

const ALPHA: &str = "manager!alpha";
const BETA: &str = "manager!beta";
const GAMMA: &str = "manager!gamma";
const HOME: &str = "/desk/threats/linden";
const SIGNS: &str = "5c0ffee0-0000-4000-8000-000000000001";
const WHY: &str = "Order 7 Cs 12/26 of the court of Linden: who says this?";

/// Beta and gamma open pseudonyms.
fn with_custodians() -> Site {
    let site = site();
    let custodians = [actor("beta").org, actor("gamma").org].into_iter().collect();
    acts::step(&site.app.engine, &actor("alpha"), "linden", &Step::Propose(Change::Custodians(custodians)))
        .unwrap();
    acts::step(&site.app.engine, &actor("beta"), "linden", &Step::Stand { proposal: 1, is_for: true })
        .unwrap();
    site.seen();
    site
}

/// Alpha shares something under a pseudonym by the pages.
async fn shared_as(site: &Site, name: &str) -> String {
    let seen = [
        ("sort", "domain"),
        ("value", "wahl.example"),
        ("description", "It looks like that of an office."),
        ("sure", "high"),
    ];
    site.post("clerk!alpha", &format!("{HOME}/share/form"), &seen).await;
    let fields = [("collection", SIGNS), ("label", "green"), ("as", "pseudonym"), ("pseudonym", name)];
    let check = site.post("clerk!alpha", &format!("{HOME}/share/check"), &fields).await.body;
    let digest = hidden(&check, "digest");
    let confirmed = [&fields[..], &[("digest", digest.as_str()), ("despite", "yes")]].concat();
    let done = site.post("clerk!alpha", &format!("{HOME}/share/confirm"), &confirmed).await;
    assert!(done.to.contains("/status/"), "{} {}", done.status, plain(&done.body));
    site.close();
    check
}

#[tokio::test]
async fn under_a_pseudonym_nothing_names_who_shares() {
    let site = with_custodians();
    site.post(
        "clerk!alpha",
        &format!("{HOME}/share/form"),
        &[
            ("sort", "domain"),
            ("value", "wahl.example"),
            ("description", "The Office of Alpha saw it."),
            ("sure", "high"),
        ],
    )
    .await;
    let whom = plain(&site.get("clerk!alpha", &format!("{HOME}/share/whom")).await.body);
    for words in [
        "Our own: Office of Alpha",
        "What you write: names, places, style",
        "open it, with a reason in the public record: Beta Team, Gamma Press",
    ] {
        assert!(whom.contains(words), "{words}: {whom}");
    }
    let fields = [("collection", SIGNS), ("label", "green"), ("as", "pseudonym"), ("pseudonym", "Grey Owl")];
    let check = plain(&site.post("clerk!alpha", &format!("{HOME}/share/check"), &fields).await.body);
    assert!(
        check.contains("It goes out as “Grey Owl”") && check.contains("The text names your organisation"),
        "{check}"
    );
    let none = [("collection", SIGNS), ("label", "green"), ("as", "pseudonym"), ("pseudonym", "")];
    let refused = site.post("clerk!alpha", &format!("{HOME}/share/check"), &none).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("Enter a pseudonym"));
    let check = plain(&shared_as(&site, "Grey Owl").await);
    assert!(!check.contains("The text names your organisation"), "{check}");
    let api = site.get_api("viewer!gamma", "/api/v1/threats/linden/objects").await;
    let object = &api["objects"][0];
    assert_eq!((object["shared_by"].as_str(), object["pseudonym"].as_bool()), (Some("Grey Owl"), Some(true)));
    assert_eq!(object["object"]["created_by_ref"], identity_of_pseudonym("linden", "Grey Owl").as_str());
    assert!(
        !api.to_string().contains("alpha") && !api.to_string().contains(&identity_of(&actor("alpha").org))
    );
    let path = format!("{HOME}/objects/{}", object["id"].as_str().unwrap());
    let page = plain(&site.get(GAMMA, &path).await.body);
    assert!(page.contains("Grey Owl") && page.contains("(under a pseudonym)"), "{page}");
    assert!(!page.contains("Office of Alpha") && page.contains("/pseudonyms/ask?pseudonym=Grey"), "{page}");
    let own = plain(&site.get(ALPHA, &path).await.body);
    assert!(own.contains("Your organisation shared it under this name"), "{own}");
    // A copy has the same pseudonym, and a day would say whose it is.
    assert!(!own.contains(&format!("{path}/day")), "{own}");
    let form = plain(&site.get(ALPHA, &format!("{path}/copy")).await.body);
    assert!(form.contains("You shared the original as “Grey Owl”"), "{form}");
    assert_eq!(site.get(ALPHA, &format!("{path}/day")).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_copy_of_it_has_the_same_pseudonym() {
    let site = with_custodians();
    shared_as(&site, "Grey Owl").await;
    let api = site.get_api("viewer!alpha", "/api/v1/threats/linden/objects").await;
    let path = format!("{HOME}/objects/{}/copy", api["objects"][0]["id"].as_str().unwrap());
    let fields = [("drop-description", "yes"), ("label", "green"), ("into", SIGNS), ("disclose", "yes")];
    let check = site.post(ALPHA, &path, &fields).await.body;
    let carried = ["copy", "link", "at", "digest"].map(|name| (name, hidden(&check, name)));
    let mut all = fields.to_vec();
    all.extend(carried.iter().map(|(name, value)| (*name, value.as_str())));
    let done = site.post(ALPHA, &format!("{path}/share"), &all).await;
    assert!(done.to.contains("/status/"), "{}", plain(&done.body));
    site.close();
    let api = site.get_api("viewer!gamma", "/api/v1/threats/linden/objects").await;
    assert_eq!(api["objects"].as_array().unwrap().len(), 3, "{api}");
    assert!(api["objects"].as_array().unwrap().iter().all(|one| one["shared_by"] == "Grey Owl"));
    assert!(
        !api.to_string().contains("alpha") && !api.to_string().contains(&identity_of(&actor("alpha").org))
    );
}

#[tokio::test]
async fn what_names_its_maker_is_not_taken_under_a_pseudonym() {
    let site = with_custodians();
    let mut named = indicator(1, "wahl.example", GREEN);
    named["created_by_ref"] = json!(identity_of(&actor("alpha").org));
    site.post(ALPHA, &format!("{HOME}/share/text"), &[("text", &named.to_string())]).await;
    let fields = [("collection", SIGNS), ("label", "green"), ("as", "pseudonym"), ("pseudonym", "Grey Owl")];
    let check = plain(&site.post(ALPHA, &format!("{HOME}/share/check"), &fields).await.body);
    assert!(check.contains("It carries the id of your organisation as its maker"), "{check}");
    let body = json!({"collection": "signs", "pseudonym": "Grey Owl", "objects": [named, indicator(2, "b.example", AMBER)]});
    let status = site.command("clerk!alpha", "/objects", &body).await;
    assert_eq!(status.status, StatusCode::CREATED, "{}", status.body);
    let status: serde_json::Value = serde_json::from_str(&status.body).unwrap();
    assert_eq!(
        (status["failure_count"].as_u64(), status["pending_count"].as_u64()),
        (Some(1), Some(1)),
        "{status}"
    );
}

#[tokio::test]
async fn a_custodian_asks_and_everybody_sees_why() {
    let site = with_custodians();
    shared_as(&site, "Grey Owl").await;
    let ask = format!("{HOME}/pseudonyms/ask");
    assert_eq!(site.get(ALPHA, &ask).await.status, StatusCode::FORBIDDEN);
    for who in ["clerk!beta", "viewer!gamma", "manager!delta"] {
        assert_eq!(site.get(who, &ask).await.status, StatusCode::FORBIDDEN, "{who}");
    }
    let form = plain(&site.get(BETA, &format!("{ask}?pseudonym=Grey%20Owl")).await.body);
    assert!(
        form.contains("A second custodian has to agree: Gamma Press") && form.contains("value=\"Grey Owl\""),
        "{form}"
    );
    let empty = site.post(BETA, &ask, &[]).await;
    assert!(
        empty.body.contains("Enter a pseudonym")
            && empty.body.contains("Say why")
            && empty.body.contains("Tick the box")
    );
    let unknown = [("pseudonym", "White Owl"), ("reason", WHY), ("looked", "yes")];
    assert!(plain(&site.post(BETA, &ask, &unknown).await.body).contains("There is no such pseudonym"));
    let fields = [("pseudonym", "Grey Owl"), ("reason", WHY), ("looked", "yes")];
    let done = site.post(BETA, &ask, &fields).await;
    assert!(done.to.contains("recorded="), "{}", plain(&done.body));
    assert!(plain(&site.post(BETA, &ask, &fields).await.body).contains("is open already"));
    let one = format!("{HOME}/pseudonyms/1");
    // Everybody sees that it was asked, and why; custodians alone about whom.
    for (who, knows) in [(ALPHA, false), ("clerk!gamma", false), (GAMMA, true), (BETA, true)] {
        for path in [&one, &format!("{HOME}/pseudonyms")] {
            let page = plain(&site.get(who, path).await.body);
            assert!(page.contains(WHY) && page.contains("waits for a second custodian"), "{who} {page}");
            // The owner knows its own pseudonyms anyhow.
            assert!(page.contains("Grey Owl") == knows || who == ALPHA, "{who} {path} {page}");
        }
    }
    assert!(
        plain(&site.get(GAMMA, "/desk/threats").await.body)
            .contains("Decide with Beta Team on opening a pseudonym")
    );
    assert!(!plain(&site.get(BETA, "/desk/threats").await.body).contains("Decide with"));
}

#[tokio::test]
async fn the_second_word_is_another_custodians() {
    let site = with_custodians();
    shared_as(&site, "Grey Owl").await;
    let fields = [("pseudonym", "Grey Owl"), ("reason", WHY), ("looked", "yes")];
    site.post(BETA, &format!("{HOME}/pseudonyms/ask"), &fields).await;
    let one = format!("{HOME}/pseudonyms/1");
    // Whoever asked does not answer, nor does anybody else.
    let agree = [("answer", "agree"), ("looked", "yes")];
    assert!(
        plain(&site.post(BETA, &one, &agree).await.body)
            .contains("A second custodian has to agree; you were the first")
    );
    for who in [ALPHA, "clerk!gamma", "manager!delta"] {
        assert_eq!(site.post(who, &one, &agree).await.status, StatusCode::FORBIDDEN, "{who}");
    }
    assert!(
        site.post(GAMMA, &one, &[("answer", "refuse"), ("looked", "yes")])
            .await
            .body
            .contains("Say why you refuse")
    );
    assert!(site.post(GAMMA, &one, &[("looked", "yes")]).await.body.contains("Choose whether you agree"));
    assert!(!plain(&site.get(GAMMA, &one).await.body).contains("Office of Alpha"));
    let done = site.post(GAMMA, &one, &agree).await;
    assert!(done.to.contains("recorded="), "{}", plain(&done.body));
    for (who, knows) in [(BETA, true), (GAMMA, true), ("clerk!beta", false), ("viewer!gamma", false)] {
        let page = plain(&site.get(who, &one).await.body);
        assert_eq!(page.contains("Office of Alpha"), knows, "{who} {page}");
        assert!(page.contains("Gamma Press agreed: it was opened"), "{who} {page}");
    }
    assert!(plain(&site.post(GAMMA, &one, &agree).await.body).contains("decided already"));
    assert_eq!(site.get(GAMMA, &format!("{HOME}/pseudonyms/2")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("manager!delta", &format!("{HOME}/pseudonyms")).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_refusal_ends_a_request_and_its_owner_has_no_say() {
    let site = with_custodians();
    shared_as(&site, "Grey Owl").await;
    let fields = [("pseudonym", "Grey Owl"), ("reason", WHY), ("looked", "yes")];
    site.post(BETA, &format!("{HOME}/pseudonyms/ask"), &fields).await;
    let refuse = [("answer", "refuse"), ("reason", "The order is about another case."), ("looked", "yes")];
    let one = format!("{HOME}/pseudonyms/1");
    assert!(site.post(GAMMA, &one, &refuse).await.to.contains("recorded="));
    let page = plain(&site.get(ALPHA, &one).await.body);
    assert!(
        page.contains("The order is about another case.") && page.contains("Gamma Press refused"),
        "{page}"
    );
    assert!(
        plain(&site.post(GAMMA, &one, &[("answer", "agree"), ("looked", "yes")]).await.body)
            .contains("decided already")
    );
    // Taking everything out does not make a pseudonym safe, and asking again is possible.
    let api = site.get_api("viewer!alpha", "/api/v1/threats/linden/objects").await;
    let object = format!("{HOME}/objects/{}", api["objects"][0]["id"].as_str().unwrap());
    site.post(ALPHA, &format!("{object}/withdraw"), &[("looked", "yes")]).await;
    site.close();
    assert_eq!(site.get(GAMMA, &object).await.status, StatusCode::NOT_FOUND);
    assert!(site.post(GAMMA, &format!("{HOME}/pseudonyms/ask"), &fields).await.to.contains("recorded="));
    // Beta shares under a pseudonym of its own: it may open it with gamma, and not refuse.
    let own = json!({"collection": "signs", "pseudonym": "Red Kite", "objects": [indicator(9, "k.example", GREEN)]});
    site.command("clerk!beta", "/objects", &own).await;
    site.close();
    let fields = [("pseudonym", "Red Kite"), ("reason", WHY), ("looked", "yes")];
    site.post(GAMMA, &format!("{HOME}/pseudonyms/ask"), &fields).await;
    let three = format!("{HOME}/pseudonyms/3");
    let refused = plain(&site.post(BETA, &three, &refuse).await.body);
    assert!(refused.contains("It is about your organisation, which has no say in it"), "{refused}");
    assert!(site.get(GAMMA, &format!("{HOME}/objects/{}", indicator_id(9))).await.body.contains("Red Kite"));
}
