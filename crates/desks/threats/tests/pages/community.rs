//! Founding, joining, deciding together, leaving.

use super::site::{empty, hidden, plain, site};
use axum::http::StatusCode;
use scr_threats::codes;

const ALPHA: &str = "manager!alpha";
const BETA: &str = "manager!beta";
const GAMMA: &str = "manager!gamma";
const DELTA: &str = "manager!delta";
const HOME: &str = "/desk/threats/linden";

const NEW: [(&str, &str); 9] = [
    ("name", "Lindenland"),
    ("code", "linden"),
    ("sector", "election-body"),
    ("founder-beta", "yes"),
    ("sector-beta", "cert"),
    ("text", "We share."),
    ("unmarked", "green"),
    ("more_than_percent", "50"),
    ("title", "Signs"),
];

#[tokio::test]
async fn a_community_is_founded_and_joined() {
    let site = empty();
    let home = site.get(ALPHA, "/desk/threats").await.body;
    assert!(home.contains("Begin with a community") && home.contains("/desk/threats/new"), "{home}");
    assert!(!site.get("clerk!alpha", "/desk/threats").await.body.contains("/desk/threats/new"));
    let form = plain(&site.get(ALPHA, "/desk/threats/new").await.body);
    assert!(form.contains("Beta Team") && !form.contains("founder-alpha"), "{form}");
    // What is wrong is said beside its field, and what was typed stays.
    let wrong =
        site.post(ALPHA, "/desk/threats/new", &[("name", "Lindenland"), ("more_than_percent", "x")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Choose at least one other") && wrong.body.contains("value=\"Lindenland\""));
    let rules =
        site.post(ALPHA, "/desk/threats/new", &[&NEW[..], &[("more_than_percent", "7")]].concat()).await;
    assert!(plain(&rules.body).contains("from 50 to 99"), "{}", codes::WRONG_RULES);
    let check = site.post(ALPHA, "/desk/threats/new", &NEW).await;
    assert_eq!(check.status, StatusCode::OK);
    assert!(plain(&check.body).contains("You found Lindenland with Beta Team"), "{}", check.body);
    assert_eq!(hidden(&check.body, "founder-beta"), "yes");
    let back = site.post(ALPHA, "/desk/threats/new", &[&NEW[..], &[("step", "change")]].concat()).await;
    assert!(back.body.contains("value=\"Lindenland\"") && back.body.contains("Check your answers"));
    let done = site.post(ALPHA, "/desk/threats/new/found", &NEW).await;
    assert!(done.to.starts_with(&format!("{HOME}?recorded=")), "{} {}", done.status, done.body);
    let page = plain(&site.get(ALPHA, &done.to).await.body);
    assert!(
        page.contains("1 of 2 founders have joined") && page.contains("Still missing: Beta Team"),
        "{page}"
    );
    // Whoever is asked sees the rules, and nothing else.
    assert_eq!(site.get(BETA, HOME).await.to, format!("{HOME}/rules"));
    assert!(plain(&site.get(BETA, "/desk/threats").await.body).contains("Join Lindenland"));
    assert_eq!(site.get(GAMMA, &format!("{HOME}/join")).await.status, StatusCode::FORBIDDEN);
    let unread = site.post(BETA, &format!("{HOME}/join"), &[]).await;
    assert_eq!(unread.status, StatusCode::UNPROCESSABLE_ENTITY);
    let joined = site.post(BETA, &format!("{HOME}/join"), &[("looked", "yes")]).await;
    assert!(plain(&site.get(BETA, &joined.to).await.body).contains("2 members share here"));
    let again =
        site.post(GAMMA, "/desk/threats/new/found", &[&NEW[..], &[("founder-alpha", "yes")]].concat()).await;
    assert!(plain(&again.body).contains("already. Choose another"), "{}", codes::EXISTS);
}

#[tokio::test]
async fn members_decide_together() {
    let site = site();
    let to = format!("{HOME}/propose/rules");
    let fields = [("text", "We share.\nWe answer."), ("unmarked", "amber"), ("more_than_percent", "60")];
    let check = plain(&site.post(ALPHA, &to, &fields).await.body);
    assert!(check.contains("when 2 members agree") && check.contains("We answer."), "{check}");
    assert!(check.contains("TLP:AMBER") && check.contains("more than 60%"), "{check}");
    let same =
        [("text", "We share.\nNobody harms another."), ("unmarked", "green"), ("more_than_percent", "50")];
    assert!(plain(&site.post(ALPHA, &to, &same).await.body).contains("nothing would change"));
    let done = site.post(ALPHA, &format!("{to}/record"), &fields).await;
    assert!(done.to.starts_with(&format!("{HOME}/rules?recorded=")), "{}", done.body);
    assert!(
        plain(&site.get(BETA, "/desk/threats").await.body).contains("Say where you stand: Change the rules")
    );
    let page = plain(&site.get(BETA, &format!("{HOME}/proposals/1")).await.body);
    assert!(
        page.contains("1 of 2 needed") && page.contains("has not said") && page.contains("We answer."),
        "{page}"
    );
    // A clerk reads it and does not decide; outside nobody does either.
    let read = site.get("clerk!beta", &format!("{HOME}/proposals/1")).await.body;
    assert!(!read.contains("name=\"stand\""));
    for (who, status) in [("clerk!beta", StatusCode::FORBIDDEN), (DELTA, StatusCode::FORBIDDEN)] {
        assert_eq!(site.post(who, &format!("{HOME}/proposals/1"), &[("stand", "for")]).await.status, status);
    }
    assert_eq!(site.get(ALPHA, &format!("{HOME}/proposals/9")).await.status, StatusCode::NOT_FOUND);
    let unsaid = site.post(BETA, &format!("{HOME}/proposals/1"), &[]).await;
    assert!(unsaid.body.contains("Choose whether you agree"));
    let done = site.post(BETA, &format!("{HOME}/proposals/1"), &[("stand", "for")]).await;
    let page = plain(&site.get(BETA, &done.to).await.body);
    assert!(page.contains("This is decided.") && page.contains("adopted"), "{page}");
    let rules = plain(&site.get(GAMMA, &format!("{HOME}/rules")).await.body);
    assert!(rules.contains("We answer.") && rules.contains("2 of 3 members"), "{rules}");
    assert!(rules.contains("A member said where it stands · Beta Team"), "{rules}");
}

#[tokio::test]
async fn each_sort_of_change_has_its_form() {
    let site = site();
    for what in ["rules", "collection", "admit", "exclude", "custodians"] {
        assert_eq!(site.get(ALPHA, &format!("{HOME}/propose/{what}")).await.status, StatusCode::OK, "{what}");
        let path = format!("{HOME}/propose/{what}");
        assert_eq!(site.get(DELTA, &path).await.status, StatusCode::FORBIDDEN, "{what}");
        assert_eq!(site.get("clerk!alpha", &path).await.status, StatusCode::FORBIDDEN, "{what}");
        assert_eq!(site.get("manager@North!alpha", &path).await.status, StatusCode::FORBIDDEN, "{what}");
    }
    assert_eq!(site.get(ALPHA, &format!("{HOME}/propose/anything")).await.status, StatusCode::NOT_FOUND);
    let admit = [("org", "delta"), ("sector", "vendor")];
    let check = plain(&site.post(ALPHA, &format!("{HOME}/propose/admit"), &admit).await.body);
    assert!(check.contains("Admit Delta Systems") && check.contains("3 of 4 members"), "{check}");
    let exclude =
        plain(&site.post(ALPHA, &format!("{HOME}/propose/exclude"), &[("org", "gamma")]).await.body);
    assert!(exclude.contains("An exclusion needs a reason"), "{exclude}");
    let one = plain(
        &site.post(ALPHA, &format!("{HOME}/propose/custodians"), &[("custodian-beta", "yes")]).await.body,
    );
    assert!(one.contains("Choose at least two members"), "{one}");
    let fields = [
        ("title", "Letters"),
        ("readers", "these"),
        ("reads-beta", "yes"),
        ("writers", "all"),
        ("circle-beta", "yes"),
    ];
    let check = site.post(ALPHA, &format!("{HOME}/propose/collection"), &fields).await.body;
    let id = hidden(&check, "id");
    assert!(plain(&check).contains("Add the collection Letters") && id.len() == 36, "{check}");
    let recorded = [&fields[..], &[("id", id.as_str())]].concat();
    let done = site.post(ALPHA, &format!("{HOME}/propose/collection/record"), &recorded).await;
    assert!(done.to.contains("recorded="), "{}", done.body);
    site.post(GAMMA, &format!("{HOME}/proposals/1"), &[("stand", "for")]).await;
    let gamma = plain(&site.get(GAMMA, HOME).await.body);
    assert!(gamma.contains("Letters") && gamma.contains("You write only"), "{gamma}");
    assert!(plain(&site.get(BETA, HOME).await.body).contains("You read and write"));
    let change = format!("{HOME}/propose/collection?collection={id}");
    let form = site.get(ALPHA, &change).await.body;
    assert!(
        form.contains("value=\"Letters\"") && form.contains("name=\"reads-beta\" value=\"yes\""),
        "{form}"
    );
}

#[tokio::test]
async fn a_member_leaves_knowing_what_follows() {
    let site = site();
    let page = plain(&site.get(GAMMA, &format!("{HOME}/leave")).await.body);
    assert!(page.contains("Leave Lindenland") && page.contains("the members have to admit it"), "{page}");
    assert!(site.post(GAMMA, &format!("{HOME}/leave"), &[]).await.body.contains("Tick the box first"));
    let gone = site.post(GAMMA, &format!("{HOME}/leave"), &[("looked", "yes")]).await;
    assert!(gone.to.starts_with("/desk/threats?recorded="), "{}", gone.body);
    assert_eq!(site.get(GAMMA, HOME).await.to, "/threats/linden");
    assert_eq!(site.get(GAMMA, &format!("{HOME}/share")).await.status, StatusCode::FORBIDDEN);
}
