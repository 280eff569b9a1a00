//! Severity on its pages and by the API: the formula with its numbers, recorded for everybody to check.

use crate::site::{self, Site, actor, site, site_of};
use axum::http::StatusCode;
use scr_engine::NewEvent;
use scr_playbooks::severity::CATEGORIES;
use scr_testing::ELECTION_CREATED;
use serde_json::{Value, json};

const MARY: &str = "manager-mary";

/// The least or the greatest answer of each category.
fn extreme(greatest: bool) -> Vec<(&'static str, &'static str)> {
    let pick = |category: &scr_playbooks::severity::Category| {
        let by = |(_, value): &&(&str, i64)| if greatest { *value } else { -*value };
        (category.name, category.options.iter().max_by_key(by).unwrap().0)
    };
    CATEGORIES.iter().map(pick).collect()
}

/// The answers of scr-playbooks's own test (`tests/examples.rs`), whose score is 2180/41.
fn example() -> Vec<(&'static str, &'static str)> {
    vec![
        ("functional_impact", "significant_critical"),
        ("observed_activity", "presence"),
        ("location_of_observed_activity", "L6_critical_systems"),
        ("actor_characterization", "unknown"),
        ("information_impact", "no_impact"),
        ("recoverability", "supplemented"),
        ("cross_sector_dependency", "government_facilities"),
        ("potential_impact", "moderate"),
    ]
}

fn query(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", value.replace(' ', "%20"))).collect();
    pairs.join("&")
}

async fn computed(
    site: &Site,
    mut fields: Vec<(&str, &str)>,
    more: &[(&'static str, &'static str)],
) -> Value {
    fields.extend(more);
    let answer = site.api(MARY, &format!("/api/v1/response/severity?{}", query(&fields))).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()
}

#[tokio::test]
async fn least_and_greatest_are_those_of_the_published_table() {
    let site = site();
    let least = computed(&site, extreme(false), &[]).await;
    assert_eq!(
        (&least["nciss"], &least["sum"], &least["level"]),
        (&json!("0/1"), &json!(325), &json!("baseline-negligible"))
    );
    let greatest = computed(&site, extreme(true), &[]).await;
    assert_eq!(
        (&greatest["nciss"], &greatest["sum"], &greatest["level"]),
        (&json!("100/1"), &json!(3_400), &json!("emergency"))
    );
    // The same from the published table, where it is at hand (CMU-SEI's seed data, see its PROVENANCE.md).
    let Some(path) = scr_testing::data("threats/severity/nciss.json") else { return };
    let file: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    for (name, found) in [
        ("every factor at its least option value", &least),
        ("every factor at its greatest option value", &greatest),
    ] {
        assert_eq!(file["check"][name]["weighted_sum"], found["sum"]);
        let score = format!("{}/1", file["check"][name]["score"]);
        assert_eq!(json!(score), found["nciss"]);
    }
}

#[tokio::test]
async fn the_page_shows_the_whole_formula_and_records_it_on_request() {
    let site = site();
    let form = site.get(MARY, "/desk/response/severity").await;
    form.says("How severe is it?");
    form.is_silent_about("The formula with these numbers");
    let mut fields = example();
    fields.extend([("polls", "opens"), ("hours", "24"), ("voters", "1000")]);
    let page = site.get(MARY, &format!("/desk/response/severity?{}", query(&fields))).await;
    page.says("S = 6 × 70 + 5 × 80 + 4 × 90 + 4 × 50 + 2 × 0 + 4 × 40 + 3 × 40 + 6 × 50 = 1960");
    page.says("= 2180/41 ≈ 53.17");
    page.says("T = 1 + 1 / (1 + 1440 / 1440) = 3/2 ≈ 1.50");
    page.says("What would change the result most");
    let here = "/desk/response/severity";
    let untitled = site.post(MARY, here, &fields).await;
    assert_eq!(untitled.status, StatusCode::UNPROCESSABLE_ENTITY);
    untitled.says("Give the assessment a title");
    fields.push(("title", "Portal of results not reachable"));
    assert_eq!(site.post("clerk-cleo", here, &fields).await.status, StatusCode::FORBIDDEN);
    let made = site.post(MARY, here, &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    for lang in ["en", "fr", "es", "ar"] {
        let public = site.get("", &format!("{}&lang={lang}", made.to)).await;
        public.says("Portal of results not reachable");
        public.says("100 × 1635 / 3075 = 2180/41 ≈ 53.17");
        public.is_silent_about("Mary");
        public.is_silent_about("departs from");
    }
    site.get(MARY, here).await.says("Portal of results not reachable");
    site.get("manager-eve!other", here).await.is_silent_about("Portal of results");
    let id = made.to.split(['/', '?']).nth(3).unwrap();
    let read = site.api("", &format!("/api/v1/response/severity/{id}")).await.json();
    assert_eq!(
        (&read["nciss"], &read["result"], &read["title"]),
        (&json!("2180/41"), &json!("100/1"), &json!("Portal of results not reachable"))
    );
    assert_eq!(site.get("", "/response/severity/none").await.status, StatusCode::NOT_FOUND);
    site.get("", "/response/severity/none").await.says("SCR-RSP-070");
}

#[tokio::test]
async fn the_election_s_day_says_how_near_the_polls_are() {
    let site = site_of(&[ELECTION_CREATED]);
    let person = actor(MARY);
    site.app
        .engine
        .record(&person, &|_, _| {
            let public =
                json!({"election": "e1", "title": "Mayor", "day": "2026-11-25", "zone": "Europe/Berlin"});
            Ok(vec![NewEvent::about(&ELECTION_CREATED, "election:e1", public)])
        })
        .unwrap();
    // It is 24 November 2026, 10:00 UTC; 08:00 in Berlin is 07:00 UTC: 21 hours.
    let found = computed(&site, example(), &[("election", "e1"), ("voters", "0")]).await;
    assert_eq!((&found["polls"], &found["minutes"]), (&json!("opens"), &json!(21 * 60)));
    assert_eq!(found["time_factor"], "23/15", "(2·1440 + 1260)/(1440 + 1260)");
    site.clock.advance(22 * 3_600);
    let open = computed(&site, example(), &[("election", "e1"), ("closes", "18:00")]).await;
    assert_eq!((&open["polls"], &open["time_factor"]), (&json!("open"), &json!("2/1")));
    site.clock.advance(12 * 3_600);
    assert_eq!(computed(&site, example(), &[("election", "e1")]).await["polls"], "far");
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_beside_its_field() {
    let site = site();
    let page = |fields: Vec<(&'static str, &'static str)>| {
        let path = format!("/desk/response/severity?{}", query(&fields));
        let site = &site;
        async move { site.get(MARY, &path).await }
    };
    let with = |more: &[(&'static str, &'static str)]| {
        let mut fields = example();
        fields.extend(more);
        fields
    };
    page(vec![("functional_impact", "huge")]).await.says("Impact on functions: choose an answer.");
    page(with(&[("voters", "many")])).await.says("Say how many voters are affected");
    page(with(&[("voters", "1"), ("polls", "opens"), ("hours", "soon")]))
        .await
        .says("Say when the polls open");
    for (name, value) in [
        ("levels", "100 80 80 50 35 20 0"),
        ("levels", "1 2"),
        ("half_minutes", "0"),
        ("voters_from", "5 4 3 2 1"),
        ("voters_from", "x"),
    ] {
        page(with(&[("voters", "1"), (name, value)])).await.says("These settings cannot be used");
    }
    let own = [("voters", "1"), ("levels", "90 80 70 60 50 40 0"), ("half_minutes", "60")];
    page(with(&own)).await.says("from 60");
}

#[tokio::test]
async fn what_programs_send_wrongly_is_refused() {
    let site = site();
    let call = |body: Value| {
        let site = &site;
        async move { site.call(MARY, "/api/v1/response/severity", body).await }
    };
    let chosen: serde_json::Map<_, _> =
        example().into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
    let fine = json!({"title": "T", "chosen": chosen, "polls": "opens", "minutes": 60, "voters": 5});
    assert_eq!(call(fine.clone()).await.status, StatusCode::CREATED);
    for (name, value, code) in [
        ("polls", json!("sometime"), "SCR-RSP-072"),
        ("chosen", json!({}), "SCR-RSP-071"),
        ("title", json!(""), "SCR-RSP-074"),
        ("election", json!("none"), "SCR-RSP-076"),
    ] {
        let mut body = fine.clone();
        body[name] = value;
        assert_eq!(call(body).await.json()["code"], code);
    }
    assert_eq!(
        site.call("clerk-cleo", "/api/v1/response/severity", fine).await.status,
        StatusCode::FORBIDDEN
    );
    // Codes that stand beside fields on the page: SCR-RSP-073 and SCR-RSP-075; another role in an act: SCR-RSP-077.
    use scr_desk_response::severity::{Answers, Polls, assess, record};
    let answers = Answers {
        chosen: example().into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        polls: Polls::Far,
        voters: 0,
        levels: Default::default(),
        settings: Default::default(),
    };
    let cleo = actor("clerk-cleo");
    let cleo = scr_desk_response::runs::acts::Person { actor: &cleo, name: "Cleo" };
    let refused = record(&site.app.engine, cleo, ("T", None), &assess(&answers).unwrap());
    assert_eq!(site::code(refused), "SCR-RSP-077");
    let broken = Answers {
        settings: scr_playbooks::severity::ElectionSettings { half_minutes: 0, ..answers.settings },
        ..answers
    };
    assert_eq!(assess(&broken).unwrap_err().code, "SCR-RSP-075");
}
