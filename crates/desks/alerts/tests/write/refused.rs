//! What is refused, each with its code, and what the person reads.

use crate::site::{ANA, BEN, CEM, DOT, ELECTION, Site, acting, hidden};
use scr_core::{Actor, Refusal};
use scr_desk_alerts::drills::{self, NewDrill};
use scr_desk_alerts::write::{Beginning, Seen, approve, begin, release};
use scr_engine::ActError;

fn code<T: std::fmt::Debug>(result: Result<T, ActError>) -> String {
    match result {
        Err(ActError::Refused(Refusal { code, .. })) => code,
        other => format!("{other:?}"),
    }
}

fn who(text: &str) -> Actor {
    acting(text).unwrap()
}

fn begun(site: &Site, by: &str, change: impl FnOnce(&mut Beginning<'_>)) -> String {
    let mut new = Beginning { election: ELECTION, status: "actual", drill: None, of: None, source: ("", "") };
    change(&mut new);
    code(begin(&site.app, &who(by), &new))
}

#[tokio::test]
async fn a_draft_is_begun_by_those_whose_election_it_is() {
    let site = Site::open();
    assert_eq!(begun(&site, "o.observer.emb", |_| {}), "SCR-ALR-220");
    let placed = Actor { place: Some("0101".to_owned()), ..who(BEN) };
    let new = Beginning { election: ELECTION, status: "actual", drill: None, of: None, source: ("", "") };
    assert_eq!(code(begin(&site.app, &placed, &new)), "SCR-ALR-220");
    assert_eq!(begun(&site, DOT, |_| {}), "SCR-ALR-241");
    assert_eq!(begun(&site, ANA, |new| new.election = "other"), "SCR-ALR-241");
    assert_eq!(begun(&site, ANA, |new| new.status = "system"), "SCR-ALR-223");
    assert_eq!(begun(&site, ANA, |new| new.status = "exercise"), "SCR-ALR-234");
    assert_eq!(begun(&site, ANA, |new| (new.status, new.drill) = ("exercise", Some("none"))), "SCR-ALR-234");
    assert_eq!(begun(&site, ANA, |new| new.of = Some((1, "update"))), "SCR-ALR-236");
    assert_eq!(begun(&site, ANA, |new| new.of = Some((1, "alert"))), "SCR-ALR-223");
}

#[tokio::test]
async fn another_organisation_sees_no_draft_and_pages_are_for_their_roles() {
    let site = Site::open();
    let href = site.draft("actual", None, "minor").await;
    for page in ["", "/what", "/where", "/words/en", "/preview", "/release"] {
        let answer = site.get(DOT, &format!("{href}{page}")).await;
        assert!(answer.status == 404 && answer.body().contains("SCR-ALR-221"), "{page}: {}", answer.status);
        assert_eq!(site.get("o.observer.emb", &format!("{href}{page}")).await.status, 403);
        assert_eq!(site.get("", &format!("{href}{page}")).await.status, 303);
    }
    assert_eq!(site.get(ANA, &format!("{href}/release")).await.status, 403, "a clerk releases nothing");
    assert_eq!(
        code(approve(&site.app, &who(DOT), href.rsplit('/').next().unwrap(), "en", "")),
        "SCR-ALR-221"
    );
    // The confirmation with the own password is asked for before anything is signed.
    let stale = format!("stale-{CEM}");
    let page = format!("{href}/approve/en");
    let answer = site.post(&stale, &page, &[("hash", "x"), ("reads", "yes")]).await;
    assert!(answer.body().contains("Confirm that it is you"), "{}", answer.body());
    assert_eq!(site.count("alerts.wording.approved/1"), 0);
}

#[tokio::test]
async fn words_are_approved_as_they_stand_and_by_others() {
    let site = Site::open();
    let href = site.draft("actual", None, "minor").await;
    let id = href.rsplit('/').next().unwrap();
    let page = format!("{href}/approve/en");
    let hash = hidden(&site.get(CEM, &page).await.body(), "hash").unwrap();
    let answer = site.post(CEM, &page, &[("hash", &hash)]).await;
    assert!(answer.status == 422 && answer.body().contains("Confirm that you read the language"));
    assert_eq!(code(approve(&site.app, &who(ANA), id, "en", &hash)), "SCR-ALR-220");
    assert_eq!(code(approve(&site.app, &who("ana.manager.emb"), id, "en", &hash)), "SCR-ALR-231");
    assert_eq!(code(approve(&site.app, &who(CEM), id, "fr", &hash)), "SCR-ALR-228");
    site.words(ANA, &href, "en", "Other").await;
    let answer = site.post(CEM, &page, &[("hash", &hash), ("reads", "yes")]).await;
    assert!(answer.status == 422 && answer.body().contains("have changed since you read them"));
    assert_eq!(code(approve(&site.app, &who(CEM), id, "en", &hash)), "SCR-ALR-232");
}

#[tokio::test]
async fn whoever_saves_late_is_told_and_loses_nothing() {
    let site = Site::open();
    let href = site.draft("actual", None, "minor").await;
    let page = format!("{href}/words/en");
    let version = site.version(ANA, &page).await;
    site.words(BEN, &href, "en", "Faster").await;
    let fields =
        [("version", version.as_str()), ("headline", "Slower"), ("instruction", "x"), ("step", "next")];
    let answer = site.post(ANA, &page, &fields).await;
    assert_eq!(answer.status, 422);
    assert!(
        answer.body().contains("Somebody else has changed this draft") && answer.body().contains("Slower")
    );
    let id = href.rsplit('/').next().unwrap();
    assert_eq!(code(release(&site.app, &who(BEN), "", id, Seen { version: 1, number: 1 })), "SCR-ALR-222");
    // A form of an earlier version gives nothing up either.
    let answer = site.post(ANA, &format!("{href}/drop"), &[("version", &version), ("sure", "yes")]).await;
    assert!(answer.body().contains("Somebody else has changed this draft"), "{}", answer.body());
    let version = site.version(ANA, &href).await;
    let answer = site.post(ANA, &format!("{href}/drop"), &[("version", &version), ("sure", "yes")]).await;
    assert_eq!(answer.to(), "/desk/alerts");
    let answer = site.get(ANA, &page).await;
    assert!(answer.status == 409 && answer.body().contains("SCR-ALR-240"));
}

#[tokio::test]
async fn a_release_is_refused_for_whatever_is_missing() {
    let site = Site::open();
    let href = site.draft("actual", None, "minor").await;
    let id = href.rsplit('/').next().unwrap();
    let seen = |version: &str, number: u16| Seen { version: version.parse().unwrap(), number };
    let version = site.version(BEN, &href).await;
    let run = |version: &str, number: u16| code(release(&site.app, &who(BEN), "", id, seen(version, number)));
    assert_eq!(run(&version, 1), "SCR-ALR-233");
    site.approve(CEM, &href, "en").await;
    assert_eq!(run(&version, 2), "SCR-ALR-237", "the number that the page showed is not the next one");
    assert_eq!(code(release(&site.app, &who(ANA), "", id, seen(&version, 1))), "SCR-ALR-220");
    // Nothing of areas.
    let page = format!("{href}/where");
    let expires = scr_i18n::Zone::utc().field_of(site.app.clock.now() + 7_200).unwrap();
    let fields = [
        ("version", version.as_str()),
        ("offered", "N"),
        ("offered", "S"),
        ("expires", &expires),
        ("step", "stay"),
    ];
    assert_eq!(site.post(ANA, &page, &fields).await.to(), format!("{page}#areas"));
    let version = site.version(BEN, &href).await;
    assert_eq!(run(&version, 1), "SCR-ALR-224");
    let fields = [("version", version.as_str()), ("area", "NN"), ("expires", &expires), ("step", "stay")];
    site.post(ANA, &page, &fields).await;
    let version = site.version(BEN, &href).await;
    assert_eq!(run(&version, 1), "SCR-ALR-225");
    let body = site.get(BEN, &href).await.body();
    assert!(body.contains("The area NN is not in the network"), "{body}");
    // Until a time that is over by now, and for too long.
    let late = scr_i18n::Zone::utc().field_of(site.app.clock.now() + 9 * 86_400).unwrap();
    for (until, expected) in [(expires.as_str(), "SCR-ALR-226"), (late.as_str(), "SCR-ALR-227")] {
        let version = site.version(BEN, &href).await;
        let fields = [
            ("version", version.as_str()),
            ("offered", "NN"),
            ("area", "N"),
            ("expires", until),
            ("step", "stay"),
        ];
        site.post(ANA, &page, &fields).await;
        let version = site.version(BEN, &href).await;
        let late = if expected == "SCR-ALR-226" { 8_000 } else { 0 };
        site.clock.advance(late);
        assert_eq!(run(&version, 1), expected);
        site.clock.advance(-late);
    }
    let version = site.version(BEN, &page).await;
    let fields = [("version", version.as_str()), ("expires", "at noon"), ("step", "stay")];
    let answer = site.post(ANA, &page, &fields).await;
    assert!(answer.status == 422 && answer.body().contains("This is no date and time"));
    assert_eq!(site.count("alerts.alert.issued/1"), 0);
}

#[tokio::test]
async fn words_that_deceive_or_do_not_fit_go_nowhere() {
    let site = Site::open();
    let href = site.draft("actual", None, "minor").await;
    let id = href.rsplit('/').next().unwrap();
    let run = |version: &str| {
        code(release(&site.app, &who(BEN), "", id, Seen { version: version.parse().unwrap(), number: 1 }))
    };
    // What is meant must not read as an exercise: in any language.
    for headline in ["Exercise: stay open", "تمرين: افتحوا", "Simulacro"] {
        site.words(ANA, &href, "en", headline).await;
        site.approve(CEM, &href, "en").await;
        assert_eq!(run(&site.version(BEN, &href).await), "SCR-ALR-244", "{headline}");
    }
    let body = site.get(BEN, &format!("{href}/release")).await.body();
    assert!(body.contains("would not be valid: marker-"), "{body}");
    // Invisible signs that turn what follows.
    site.words(ANA, &href, "en", "Stay \u{202e}open").await;
    site.approve(CEM, &href, "en").await;
    assert_eq!(run(&site.version(BEN, &href).await), "SCR-ALR-229");
    // More than the code holds: which language to shorten stands on the page.
    site.words(ANA, &href, "en", &"w".repeat(150)).await;
    site.words(ANA, &href, "ar", &"ع".repeat(79)).await;
    for language in ["en", "ar"] {
        site.approve(CEM, &href, language).await;
    }
    assert_eq!(run(&site.version(BEN, &href).await), "SCR-ALR-230");
    let body = site.get(ANA, &format!("{href}/words/en")).await.body();
    assert!(body.contains("over 350") && body.contains("Shorten Arabic first"), "{body}");
    let body = site.get(ANA, &format!("{href}/preview")).await.body();
    assert!(body.contains("longer than 350 bytes"), "{body}");
}

#[tokio::test]
async fn an_exercise_needs_its_drill_and_takes_back_nothing_that_is_meant() {
    let site = Site::open();
    let actual = site.released("actual", None).await;
    let drill =
        NewDrill { code: "autumn", election: ELECTION, title: "Autumn", begins: 1_795_514_400, rate: 1 };
    drills::begin(&site.app.engine, &who(BEN), &drill).unwrap();
    let href = site.draft("exercise", Some("autumn"), "minor").await;
    site.what(&href, "minor", "cancel", &[actual.index]).await;
    let body = site.get(BEN, &href).await.body();
    assert!(body.contains("is about 1 to 4 open alerts of the same election and kind"), "{body}");
    site.what(&href, "minor", "alert", &[]).await;
    site.approve(CEM, &href, "en").await;
    // The drill ends before the release.
    drills::end(&site.app.engine, &who(BEN), "autumn").unwrap();
    let id = href.rsplit('/').next().unwrap();
    let version = site.version(BEN, &href).await.parse().unwrap();
    assert_eq!(code(release(&site.app, &who(BEN), "", id, Seen { version, number: 1 })), "SCR-ALR-234");
    let update = Beginning {
        election: ELECTION,
        status: "exercise",
        drill: Some("autumn"),
        of: Some((actual.index, "update")),
        source: ("", ""),
    };
    // It becomes what the alert is that it is about, whatever was asked for.
    let id = begin(&site.app, &who(ANA), &update).unwrap();
    let body = site.get(ANA, &format!("/desk/alerts/drafts/{id}")).await.body();
    assert!(body.contains("ACTUAL") && !body.contains("is-exercise"), "{body}");
}

#[tokio::test]
async fn what_is_over_is_updated_no_more() {
    let site = Site::open();
    let one = site.released("actual", None).await;
    let new = Beginning {
        election: ELECTION,
        status: "",
        drill: None,
        of: Some((one.index, "update")),
        source: ("", ""),
    };
    assert_eq!(code(begin(&site.app, &who(ANA), &new)), "SCR-ALR-223");
    let new = Beginning { status: "actual", ..new };
    let id = begin(&site.app, &who(ANA), &new).unwrap();
    let href = format!("/desk/alerts/drafts/{id}");
    site.clock.advance(7_200);
    let body = site.get(BEN, &href).await.body();
    assert!(body.contains("is about 1 to 4 open alerts"), "{body}");
    site.election("second-2026", BEN);
    let other = Beginning { election: "second-2026", ..new };
    assert_eq!(code(begin(&site.app, &who(ANA), &other)), "SCR-ALR-236");
    let other = Beginning { of: None, ..other };
    let id = begin(&site.app, &who(ANA), &other).unwrap();
    let body = site.get(BEN, &format!("/desk/alerts/drafts/{id}")).await.body();
    assert!(body.contains("No areas have been imported"), "SCR-ALR-246: {body}");
}

#[tokio::test]
async fn values_that_are_not_offered_are_not_taken() {
    let site = Site::open();
    let href = site.draft("actual", None, "severe").await;
    let version = site.version(ANA, &format!("{href}/what")).await;
    let all = [
        ("kind", "alert"),
        ("event", "voter-privacy"),
        ("category", "Infra"),
        ("urgency", "Future"),
        ("severity", "severe"),
        ("certainty", "Likely"),
        ("audience", "public"),
        ("goal", "acted"),
        ("main", "ar"),
        ("acknowledge_minutes", "5"),
    ];
    for (name, _) in all {
        let mut fields = vec![("version", version.as_str())];
        fields.extend(all.map(|(field, value)| (field, if field == name { "nonsense" } else { value })));
        let answer = site.post(ANA, &format!("{href}/what"), &fields).await;
        assert!(answer.status == 422 && answer.body().contains("This cannot be chosen here"), "{name}");
    }
    // Grave alerts ask for acknowledgements before they end.
    let mut fields = vec![("version", version.as_str())];
    fields.extend(
        all.map(|(field, value)| (field, if field == "acknowledge_minutes" { "600" } else { value })),
    );
    site.post(ANA, &format!("{href}/what"), &fields).await;
    let body = site.get(BEN, &href).await.body();
    assert!(body.contains("Acknowledgements are asked for after the end"), "SCR-ALR-239: {body}");
    let long = "x".repeat(161);
    let page = format!("{href}/words/en");
    let version = site.version(ANA, &page).await;
    let answer = site.post(ANA, &page, &[("version", &version), ("headline", &long)]).await;
    assert!(answer.status == 422 && answer.body().contains("At most 160 bytes"));
    assert_eq!(site.get(ANA, &format!("{href}/words/de")).await.status, 404);
}

/// 200 drafts of an organisation, and no more.
#[tokio::test]
async fn drafts_are_not_kept_without_end() {
    let site = Site::open();
    for _ in 0..200 {
        assert!(begun(&site, ANA, |_| {}).starts_with("Ok("));
    }
    assert_eq!(begun(&site, ANA, |_| {}), "SCR-ALR-245");
}

/// What is out is no draft any more: however many were, another can be begun.
#[tokio::test]
async fn what_was_released_takes_no_place_among_the_drafts() {
    let site = Site::open();
    for _ in 0..199 {
        assert!(begun(&site, ANA, |_| {}).starts_with("Ok("));
    }
    site.released("actual", None).await;
    assert!(begun(&site, ANA, |_| {}).starts_with("Ok("));
    assert_eq!(begun(&site, ANA, |_| {}), "SCR-ALR-245");
}

/// Whoever wrote the words does not approve them, also when somebody else has since made an update of the alert.
#[tokio::test]
async fn a_change_around_the_words_makes_nobody_else_their_writer() {
    let site = Site::open();
    let first = site.released("actual", None).await;
    let href = site.draft("actual", None, "minor").await;
    site.words(CEM, &href, "en", "Stay open until 21:00").await;
    site.what(&href, "minor", "update", &[first.index]).await;
    let answer = site.approve(CEM, &href, "en").await;
    assert!(!answer.to().starts_with(&href), "the writer approved");
    assert!(answer.body().contains("You wrote these words last"), "{}", answer.body());
}

/// An address of another site, which browsers see behind two slashes, is no source.
#[tokio::test]
async fn a_source_is_of_this_site() {
    let site = Site::open();
    for (given, is_kept) in [
        ("/threats/x", true),
        ("//evil.example", false),
        ("/\\evil.example", false),
        ("https://e.example", false),
    ] {
        let new =
            Beginning { election: ELECTION, status: "actual", drill: None, of: None, source: ("a", given) };
        let id = begin(&site.app, &who(ANA), &new).unwrap();
        let page = site.get(ANA, &format!("/desk/alerts/drafts/{id}")).await.body();
        assert_eq!(page.contains(given), is_kept, "{given}: {page}");
    }
}
