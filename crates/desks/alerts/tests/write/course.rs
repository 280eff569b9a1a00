//! What people do, one after the other.

use crate::site::{ANA, BEN, CEM, ELECTION, Site, acting, hidden};
use scr_alerts::{Kind, Status};
use scr_desk_alerts::issued::{self, Standing};
use scr_desk_alerts::network::line::{self, Ally, Lines, NamedRung};
use scr_desk_alerts::write::{Beginning, Seen, begin, release};
use scr_desk_alerts::{AlertsDesk, write};
use scr_web::Desk as _;

#[tokio::test]
async fn one_writes_another_approves_and_the_alert_says_exactly_that() {
    from_the_draft_to_the_record(&Site::open()).await;
}

#[tokio::test]
async fn drafts_live_in_postgres_too() {
    let Some(tables) = scr_testing::InPostgres::new("drafts of alerts on PostgreSQL") else { return };
    let site = tables.aside(Site::open);
    from_the_draft_to_the_record(&site).await;
    tables.aside(move || drop(site));
}

async fn from_the_draft_to_the_record(site: &Site) {
    let one = site.released("actual", None).await;
    assert_eq!((one.text.number, one.text.status, one.text.kind), (1, Status::Actual, Kind::Alert));
    assert_eq!(one.text.areas, ["N", "S"]);
    let languages: Vec<&str> = one.text.wordings.iter().map(|wording| wording.language.as_str()).collect();
    assert_eq!(languages, ["en", "ar"]);
    assert_eq!(one.content.areas["S"], "South");
    let reach = one.content.reach.unwrap();
    assert_eq!((reach.network, reach.stations, reach.voters), (1, 3, 3_000));
    assert_eq!(one.content.sender_name.as_deref(), Some("emb office"));
    assert_eq!(one.content.acknowledge_by, Some(one.text.sent + 1_800));
    assert_eq!(one.content.approved.keys().collect::<Vec<_>>(), ["ar", "en"]);
    // Nothing of where it comes from or who wrote it is public.
    let entry = site.app.engine.log().entry(one.index).unwrap();
    let text = String::from_utf8(entry).unwrap() + &serde_json::to_string(&one.content).unwrap();
    for private in ["ana", "cem", "ben", "a call", "/threats/x"] {
        assert!(!text.contains(private), "{private}");
    }
    let home = site.get(ANA, "/desk/alerts").await.body();
    assert!(home.contains("1 alert of yours is open, and no draft waits."), "{home}");
}

#[tokio::test]
async fn approvals_are_over_the_words_and_void_when_they_change() {
    let site = Site::open();
    let href = site.draft("actual", None, "moderate").await;
    site.approve(CEM, &href, "en").await;
    let body = site.get(BEN, &href).await.body();
    assert!(body.contains("Nothing is missing"), "{body}");
    site.words(ANA, &href, "ar", "Other words").await;
    let body = site.get(BEN, &href).await.body();
    assert!(body.contains("Nothing is missing"), "another language changes nothing: {body}");
    site.words(BEN, &href, "en", "Stay open until 21:00").await;
    let body = site.get(BEN, &href).await.body();
    assert!(body.contains("changed since its approval") && body.contains("1 thing is missing"), "{body}");
    // Who wrote them last does not approve them; the one who wrote them before does.
    assert_eq!(site.approve(BEN, &href, "en").await.status, 403);
    assert!(site.approve(CEM, &href, "en").await.to().starts_with(&href));
    let answer = site.release(BEN, &href, "actual").await;
    assert!(answer.to().contains("/released/"), "{}", answer.body());
    let one = site.issued(href.rsplit('/').next().unwrap()).unwrap();
    assert_eq!(one.text.wordings.len(), 1, "Arabic was not approved and is left out");
    assert_eq!(one.text.wordings[0].headline, "Stay open until 21:00");
    assert_eq!(one.content.words.len(), 1);
}

#[tokio::test]
async fn from_severe_on_two_people_release_the_same_draft() {
    let site = Site::open();
    let href = site.draft("actual", None, "severe").await;
    site.approve(CEM, &href, "en").await;
    let id = href.rsplit('/').next().unwrap();
    let first = site.release(CEM, &href, "actual").await;
    assert!(first.to().starts_with(&format!("{href}?recorded=")), "{}", first.body());
    assert!(site.issued(id).is_none());
    assert_eq!(site.count("alerts.release.agreed/1"), 1);
    let again = site.release(CEM, &href, "actual").await;
    assert_eq!(again.status, 422);
    assert!(again.body().contains("Somebody else has to release"), "SCR-ALR-238: {}", again.body());
    // Another draft needs another first person.
    site.what(&href, "extreme", "alert", &[]).await;
    let first = site.release(BEN, &href, "actual").await;
    assert!(first.to().starts_with(&format!("{href}?recorded=")), "{}", first.body());
    let body = site.get(CEM, &format!("{href}/release")).await.body();
    assert!(body.contains("With you it goes out"), "{body}");
    let second = site.release(CEM, &href, "actual").await;
    assert!(second.to().contains(&format!("/released/{id}")), "{}", second.body());
    assert_eq!(site.count("alerts.release.agreed/1"), 3);
    assert!(site.issued(id).is_some());
    assert_eq!(site.release(BEN, &href, "actual").await.status, 409);
}

#[tokio::test]
async fn an_update_takes_the_place_and_a_cancellation_by_two_takes_back() {
    let site = Site::open();
    let one = site.released("actual", None).await;
    let now = site.app.clock.now();
    let holds =
        |one: &issued::Issued| site.app.engine.read(|views| issued::standing(views, one, now)).unwrap();
    assert_eq!(holds(&one), Standing::ValidNow);
    let released = site.get(BEN, &format!("/desk/alerts/released/{}", one.id)).await.body();
    assert!(
        released.contains(&format!("/desk/alerts/drafts/new?of={}&kind=update", one.index)),
        "{released}"
    );
    let form = site.get(ANA, &format!("/desk/alerts/drafts/new?of={}&kind=update", one.index)).await.body();
    assert!(form.contains("Stay open until 20:00"));
    let fields = [("of", &*one.index.to_string()), ("kind", "update"), ("election", "country-2026")];
    let begun = site.post(ANA, "/desk/alerts/drafts/new", &fields).await;
    let href = begun.to().trim_end_matches("/what").to_owned();
    assert!(href.starts_with("/desk/alerts/drafts/"), "{}", begun.body());
    // It begins with areas and words of the alert that it is about.
    let body = site.get(BEN, &href).await.body();
    assert!(body.contains("North (N), South (S)") && body.contains("Stay open until 20:00"), "{body}");
    site.what(&href, "minor", "update", &[one.index]).await;
    let expires = scr_i18n::Zone::utc().field_of(now + 9_000).unwrap();
    let page = format!("{href}/where");
    let version = site.version(ANA, &page).await;
    site.post(ANA, &page, &[("version", &version), ("expires", &expires), ("step", "next")]).await;
    site.words(ANA, &href, "en", "Stay open until 22:00").await;
    site.approve(CEM, &href, "en").await;
    let answer = site.release(BEN, &href, "actual").await;
    let update = site.issued(href.rsplit('/').next().unwrap()).unwrap_or_else(|| panic!("{}", answer.body()));
    assert_eq!((update.text.kind, update.text.number), (Kind::Update, 2));
    assert_eq!(update.text.references[0].index, one.index);
    assert_eq!(holds(&one), Standing::Superseded { by: update.index });
    assert_eq!(holds(&update), Standing::ValidNow);

    let new = Beginning {
        election: "country-2026",
        status: "actual",
        drill: None,
        of: Some((update.index, "cancel")),
        source: ("", ""),
    };
    let id = begin(&site.app, &acting(ANA).unwrap(), &new).unwrap();
    let href = format!("/desk/alerts/drafts/{id}");
    let page = format!("{href}/where");
    let version = site.version(ANA, &page).await;
    site.post(ANA, &page, &[("version", &version), ("expires", &expires), ("step", "next")]).await;
    site.words(ANA, &href, "en", "It is over").await;
    site.approve(CEM, &href, "en").await;
    assert!(site.release(BEN, &href, "actual").await.to().starts_with(&href), "the first of two");
    assert!(site.release(CEM, &href, "actual").await.to().contains("/released/"));
    let cancel = site.issued(&id).unwrap();
    assert_eq!(holds(&update), Standing::Cancelled { by: cancel.index });
    let list = site.get("", "/alerts").await.body();
    assert!(list.contains("No alert holds now"), "{list}");
}

#[tokio::test]
async fn of_two_who_release_at_once_one_does() {
    let site = Site::open();
    let href = site.draft("actual", None, "moderate").await;
    site.approve(CEM, &href, "en").await;
    let id = href.rsplit('/').next().unwrap().to_owned();
    let version = site.version(BEN, &format!("{href}/release")).await.parse().unwrap();
    let seen = Seen { version, number: 1 };
    let threads: Vec<_> = [BEN, CEM, "eve.manager.emb", "fay.supervisor.emb"]
        .map(|who| {
            let (app, id) = (site.app.clone(), id.clone());
            std::thread::spawn(move || release(&app, &acting(who).unwrap(), "office", &id, seen).is_ok())
        })
        .into();
    let done = threads.into_iter().map(|thread| thread.join().unwrap());
    assert_eq!(done.filter(|done| *done).count(), 1);
    assert_eq!((site.count("alerts.alert.issued/1"), site.count("alerts.cap.signed/1")), (1, 1));
}

#[tokio::test]
async fn what_a_crash_left_unsigned_is_signed_once_and_with_the_same_bytes() {
    let site = Site::open();
    let one = site.released("actual", None).await;
    assert_eq!(site.count("alerts.cap.signed/1"), 1);
    let file = site.get("", &format!("/alerts/{}.cap", one.id)).await;
    assert_eq!((file.status, file.header("content-type").as_str()), (200, "application/cap+xml"));
    // As after a crash between release and signature: an alert whose message nobody has signed.
    let two = {
        let entry = site.app.engine.log().entry(one.index).unwrap();
        let entry = scr_engine::entry(&entry).unwrap();
        let kind = AlertsDesk.kinds().iter().find(|kind| kind.name == scr_alerts::ISSUED).unwrap();
        let public = serde_json::json!({"alert": entry.text("alert").unwrap(), "object": entry.text("object").unwrap()});
        let decide = |_: &_, ctx: &scr_engine::Ctx<'_>| {
            let event = scr_engine::NewEvent::about(kind, format!("alert:{}", ctx.new_id()), public.clone());
            Ok(vec![event.also("election:country-2026")])
        };
        site.app.engine.record(&acting(BEN).unwrap(), &decide).unwrap().last().unwrap().index
    };
    let later = site.get("", &format!("/alerts/{two}.cap")).await;
    assert_eq!((later.status, later.header("retry-after").as_str()), (503, "10"));
    assert!(later.body().contains("SCR-ALR-247"));
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let app = site.app.clone();
            std::thread::spawn(move || write::sign_rest(&app).unwrap())
        })
        .collect();
    let signed: u64 = threads.into_iter().map(|thread| thread.join().unwrap()).sum();
    assert_eq!((signed, site.count("alerts.cap.signed/1")), (1, 2));
    assert_eq!(write::sign_rest(&site.app).unwrap(), 0);
    assert_eq!(site.get("", &format!("/alerts/{two}.cap")).await.status, 200);
    assert_eq!(site.count("alerts.signer.named/1"), 1);
}

/// Words that no CAP message can hold came into the record past the pages: the alerts behind it are signed all the same.
#[tokio::test]
async fn an_alert_that_cannot_be_signed_holds_no_other_up() {
    let site = Site::open();
    let one = site.released("actual", None).await;
    let kind = AlertsDesk.kinds().iter().find(|kind| kind.name == scr_alerts::ISSUED).unwrap();
    let mut bad = one.content.clone();
    for levels in bad.words.values_mut() {
        levels.values_mut().for_each(|words| words.headline = "a\u{1}b".to_owned());
    }
    let alert = scr_canon::b64(&one.text.to_bytes().unwrap());
    for content in [&bad, &one.content] {
        let object = site.app.engine.objects().put(&scr_canon::to_canonical(content).unwrap()).unwrap();
        let public = serde_json::json!({"alert": alert, "object": object});
        let decide = |_: &_, ctx: &scr_engine::Ctx<'_>| {
            let event = scr_engine::NewEvent::about(kind, format!("alert:{}", ctx.new_id()), public.clone());
            Ok(vec![event.also("election:country-2026")])
        };
        site.app.engine.record(&acting(BEN).unwrap(), &decide).unwrap();
    }
    assert_eq!(write::sign_rest(&site.app).unwrap(), 1);
    assert_eq!(site.count("alerts.cap.signed/1"), 2);
    assert_eq!(write::sign_rest(&site.app).unwrap(), 0);
}

#[tokio::test]
async fn an_exercise_is_marked_everywhere_and_has_numbers_of_its_own() {
    let site = Site::open();
    let drill = scr_desk_alerts::drills::NewDrill {
        code: "autumn",
        election: "country-2026",
        title: "Autumn drill",
        begins: 1_795_514_400,
        rate: 1,
    };
    scr_desk_alerts::drills::begin(&site.app.engine, &acting(BEN).unwrap(), &drill).unwrap();
    site.released("actual", None).await;
    let one = site.released("exercise", Some("autumn")).await;
    assert_eq!((one.text.number, one.drill.as_deref()), (1, Some("autumn")));
    let href = site.draft("exercise", Some("autumn"), "moderate").await;
    let pages = [
        format!("{href}/preview"),
        href.clone(),
        format!("{href}/release"),
        format!("{href}/words/en"),
        format!("/desk/alerts/released/{}", one.id),
    ];
    for page in pages {
        let body = site.get(BEN, &page).await.body();
        assert!(body.contains("class=\"is-exercise\"") && body.contains("EXERCISE"), "{page}: {body}");
    }
    for page in [format!("/alerts/{}", one.id), format!("/alerts/{}/print", one.id)] {
        let body = site.get("", &page).await.body();
        assert!(body.contains("class=\"is-exercise\"") && body.contains("EXERCISE: Stay open"), "{page}");
    }
    let feed = site.get("", "/alerts/feed.atom").await.body();
    assert!(feed.contains("<title>EXERCISE: Stay open until 20:00</title>"), "{feed}");
    let cap = site.get("", &format!("/alerts/{}.cap", one.id)).await.body();
    assert!(cap.contains("<status>Exercise</status>") && cap.contains("<headline>EXERCISE: Stay"), "{cap}");
    assert!(cap.contains("<headline>تمرين: Stay"), "{cap}");
    // What confirms something else confirms no exercise.
    let page = format!("{href}/release");
    let body = site.get(BEN, &page).await.body();
    assert!(hidden(&body, "version").is_none(), "nothing is approved yet");
    site.approve(CEM, &href, "en").await;
    let answer = site.release(BEN, &href, "actual").await;
    assert_eq!(answer.status, 422, "{}", answer.body());
}

#[tokio::test]
async fn the_views_are_a_function_of_the_record() {
    let site = Site::open();
    site.released("actual", None).await;
    let one = site.released("test", None).await;
    assert_eq!((one.text.status, one.text.number), (Status::Test, 1));
    let (incremental, rebuilt) = site.rebuilt();
    assert!(incremental.contains_key("alertswrite_approval") && incremental.contains_key("alerts_issued"));
    assert_eq!(incremental, rebuilt);
}

#[tokio::test]
async fn allies_of_the_line_of_authority_are_named_from_their_severity_on() {
    let site = Site::open();
    let ally = |name: &str, act: &str, severity: &str, within| Ally {
        name: name.to_owned(),
        act: act.to_owned(),
        severity: severity.to_owned(),
        within,
    };
    let rung =
        NamedRung { name: "Regional office".to_owned(), depth: Some(1), goal: "read".to_owned(), after: 30 };
    let allies = vec![
        ally("Regional cyber centre", "consult", "moderate", 30),
        ally("Allied observers & press", "tell", "severe", 120),
        ally("Head of government", "tell", "extreme", 10),
    ];
    let lines = Lines { rungs: vec![rung], allies };
    let (severe, minor) =
        (site.draft("actual", None, "severe").await, site.draft("actual", None, "minor").await);
    let nobody = site.get(BEN, &format!("{severe}/release")).await.body();
    assert!(!nobody.contains("Whom the line of authority names"), "none was set");
    line::set(&site.app.engine, &acting(BEN).unwrap(), ELECTION, &lines, None).unwrap();
    let page = site.get(BEN, &format!("{severe}/release")).await.body();
    for said in [
        "Whom the line of authority names",
        "Consult Regional cyber centre within 30 min",
        "Tell Allied observers & press within 2 h",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("Head of government") && !page.contains("Regional office"), "{page}");
    let page = site.get(BEN, &format!("{minor}/release")).await.body();
    assert!(!page.contains("Whom the line of authority names"), "nobody from this severity on");
    for language in ["en", "ar"] {
        site.approve(CEM, &severe, language).await;
    }
    site.release(CEM, &severe, "actual").await;
    site.release(BEN, &severe, "actual").await;
    let id = severe.rsplit('/').next().unwrap();
    let released = site.get(BEN, &format!("/desk/alerts/released/{id}")).await.body();
    assert!(released.contains("Have these been consulted and told?"), "{released}");
    assert!(released.contains("Consult Regional cyber centre within 30 min"));
    let public = site.get("", &format!("/alerts/{id}")).await.body();
    assert!(!public.contains("Regional cyber centre"), "{public}");
    // A test is nobody's business.
    let test = site.draft("test", None, "extreme").await;
    let page = site.get(BEN, &format!("{test}/release")).await.body();
    assert!(!page.contains("Whom the line of authority names"));
}

/// The link that stands on the page of a threat (`crates/desks/threats/tests/pages/sharing.rs` has the same).
const FROM_A_THREAT: &str = "/desk/alerts/drafts/new?source=lookalike.example&source_href=%2Fdesk%2Fthreats%2Flinden%2Fobjects%2Findicator--7d3a0000-0000-4000-8000-000000000001%3Fcollection%3Dsigns";

#[tokio::test]
async fn a_draft_that_begins_with_a_threat_says_so() {
    let site = Site::open();
    let page = site.get(ANA, FROM_A_THREAT).await;
    assert_eq!(page.status, 200);
    let hidden = |name: &str| {
        let body = page.body();
        let part = body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
        part.split('"').next().unwrap().to_owned()
    };
    let (title, href) = (hidden("source"), hidden("source_href"));
    assert_eq!(title, "lookalike.example");
    assert_eq!(
        href,
        "/desk/threats/linden/objects/indicator--7d3a0000-0000-4000-8000-000000000001?collection=signs"
    );
    let fields =
        [("election", ELECTION), ("status", "actual"), ("source", title.as_str()), ("source_href", &href)];
    let begun = site.post(ANA, "/desk/alerts/drafts/new", &fields).await;
    assert_eq!(begun.status, 303, "{}", begun.body());
    let draft = begun.to().trim_end_matches("/what").to_owned();
    let overview = site.get(ANA, &draft).await.body();
    assert!(overview.contains(&title) && overview.contains(&href), "{overview}");
    // Only addresses of this site are kept.
    let fields = [fields[0], fields[1], ("source", "x"), ("source_href", "https://elsewhere.example/")];
    let begun = site.post(ANA, "/desk/alerts/drafts/new", &fields).await;
    let overview = site.get(ANA, begun.to().trim_end_matches("/what")).await.body();
    assert!(!overview.contains("elsewhere.example"), "{overview}");
}
