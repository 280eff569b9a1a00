//! A starter as two people carry it out on the pages.

use crate::site::{Site, code, new_run, site};
use axum::http::StatusCode;
use scr_desk_response::runs::acts::Deed;
use scr_desk_response::runs::works::note;
use scr_playbooks::starters::STARTERS;

const MARY: &str = "manager-mary";
const SAM: &str = "supervisor-sam";
const CLEO: &str = "clerk-cleo";

fn insider() -> Vec<u8> {
    STARTERS[0].text.as_bytes().to_vec()
}

/// Starts the first starter on pages, and gives the run.
async fn started(site: &Site) -> String {
    site.get(MARY, "/desk/response/runs/new").await.says("For an exercise only");
    let adopted = site.adopt("insider");
    site.get(MARY, "/desk/response/runs/new").await.says("Which playbook?");
    let form = site.get(MARY, &format!("/desk/response/runs/new?playbook={adopted}")).await;
    form.says("Who has which role");
    form.says("It is an exercise of a drill");
    let mut fields =
        vec![("playbook", adopted.as_str()), ("mode", "real"), ("occasion", "A colleague acts oddly")];
    let roles = [
        "personnel",
        "legal",
        "liaison",
        "it-lead",
        "national-authority",
        "it-second",
        "head-of-office",
        "results-lead",
        "regional-authority",
    ];
    let names: Vec<String> = roles.iter().map(|role| format!("role-{role}")).collect();
    fields.extend(names.iter().map(|name| (name.as_str(), "emb")));
    let started = site.post(MARY, "/desk/response/runs/new", &fields).await;
    assert_eq!(started.status, StatusCode::SEE_OTHER, "{}", started.body);
    let board = site.get(MARY, &started.to).await;
    board.says("Write down what was noticed");
    board.says("A colleague acts oddly");
    board.says("Waits for somebody");
    board.is_silent_about("EXERCISE");
    assert_eq!(board.headers["refresh"], "20");
    assert!(!site.get(MARY, &format!("{}&live=no", started.to)).await.headers.contains_key("refresh"));
    started.to.split(['?', '/']).find(|part| part.len() == 36).unwrap().to_owned()
}

#[tokio::test]
async fn a_playbook_is_started_and_its_first_steps_are_done_by_two() {
    let site = site();
    let run = started(&site).await;
    let run = run.as_str();
    let place = site.place(MARY, run).await;
    let here = format!("/desk/response/runs/{run}/steps/{place}");
    site.get(MARY, &here).await.says("Take this step up");
    let taken = site.post(MARY, &format!("{here}/take"), &[]).await;
    assert!(taken.to.starts_with(&here), "{}", taken.to);
    site.get(SAM, &here).await.says("Mary has it at the moment.");
    let empty = site.upload(MARY, &format!("{here}/done"), &[("note", "")], b"").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.says("This step needs a note");
    let bare = Deed::Done {
        place: place.parse().unwrap(),
        note: " ".into(),
        file: None,
        outputs: Default::default(),
    };
    assert_eq!(code(site.act(MARY, run, &bare)), "SCR-RSP-050");
    let done = site.upload(MARY, &format!("{here}/done"), &[("note", "Seen at 22:40 <b>")], b"").await;
    assert!(done.to.starts_with(&format!("/desk/response/runs/{run}?")), "{} {}", done.to, done.body);

    let place = site.place(MARY, run).await;
    let here = format!("/desk/response/runs/{run}/steps/{place}");
    site.post(SAM, &format!("{here}/take"), &[]).await;
    let fields = [("note", "It is"), ("value-__is_plausible__", "true")];
    let done = site.upload(SAM, &format!("{here}/done"), &fields, b"scan of the log").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(site.waits(MARY, run).await, [(place.clone(), "second".to_owned())]);
    site.get(SAM, &here).await.says("You handed this in: another person must sign as the second.");
    let own = site.post(SAM, &format!("{here}/sign"), &[]).await;
    own.says("You handed this in yourself");
    let look = site.get(CLEO, &here).await;
    look.says("Sign as the second person");
    let file = look.body.split("href=\"").find(|part| part.contains("/evidence/")).unwrap();
    let file = site.get(CLEO, file.split('"').next().unwrap()).await;
    assert_eq!((file.body.as_str(), file.status), ("scan of the log", StatusCode::OK));
    assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let signed = site.post(CLEO, &format!("{here}/sign"), &[]).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.body);

    // The condition was answered in the same act, and three branches go on at the same time.
    let board = site.get(MARY, &format!("/desk/response/runs/{run}")).await;
    board.says("Seen at 22:40 <b>");
    board.says("Secure the evidence");
    assert!(!board.body.contains("22:40 <b>"), "what people write is text");
    assert_eq!(site.waits(MARY, run).await.len(), 3);
    let wall = site.get("viewer-vera", &format!("/desk/response/runs/{run}/wall")).await;
    wall.says("http-equiv=\"refresh\"");
    wall.says("Withdraw accounts and keys");
}

#[tokio::test]
async fn what_is_late_stands_first_and_the_report_says_who_was_waited_for() {
    let site = site();
    let run = site.start(MARY, &new_run(&insider())).unwrap();
    let place = site.place(MARY, &run).await;
    site.clock.advance(10 * 60);
    site.take(MARY, &run, &place);
    site.clock.advance(25 * 60);
    let list = site.get(MARY, "/desk/response/runs").await;
    list.says("5 min late");
    list.says("Late steps: 1");
    site.done(MARY, &run, &place, &[]).unwrap();
    let report = site.get(MARY, &format!("/desk/response/runs/{run}/report.json")).await.json();
    let first = &report["steps"][0];
    assert_eq!(first["waited_ms"], 600_000);
    assert_eq!(first["worked_ms"], 1_500_000);
    assert_eq!(first["late_ms"], 300_000);
    assert_eq!((report["exercise"].as_bool(), report["ending"].as_str()), (Some(false), None));
    let page = site.get(MARY, &format!("/desk/response/runs/{run}/report")).await;
    page.says("5 min late");
    page.says("Head of the election office");
    let paper = site.get(MARY, &format!("/desk/response/runs/{run}/report/print")).await;
    paper.says("class=\"paper\"");
    paper.says("Who was waited for");
}

#[tokio::test]
async fn two_people_at_once_and_the_second_reads_who_was_first() {
    let site = site();
    let run = site.start(MARY, &new_run(&insider())).unwrap();
    let place = site.place(MARY, &run).await;
    site.take(SAM, &run, &place);
    assert_eq!(
        code(site.act(MARY, &run, &Deed::Take { place: place.parse().unwrap(), over: false })),
        "SCR-RSP-046"
    );
    assert_eq!(code(site.done(MARY, &run, &place, &[])), "SCR-RSP-046");
    let here = format!("/desk/response/runs/{run}/steps/{place}");
    site.upload(MARY, &format!("{here}/done"), &[("note", "mine")], b"")
        .await
        .says("supervisor-sam has this step");
    site.clock.advance(1);
    let over = Deed::Take { place: place.parse().unwrap(), over: true };
    site.act(MARY, &run, &over).unwrap();
    // Two at the same moment: one is recorded, the other learns it.
    let site = std::sync::Arc::new(site);
    let both: Vec<_> = (0..2)
        .map(|_| {
            let (site, run, place) = (std::sync::Arc::clone(&site), run.clone(), place.clone());
            std::thread::spawn(move || site.done(MARY, &run, &place, &[]))
        })
        .collect();
    let results: Vec<_> = both.into_iter().map(|one| one.join().unwrap()).collect();
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    assert_eq!(code(results.into_iter().find(Result::is_err).unwrap()), "SCR-RSP-045");
    assert_eq!(code(site.done(SAM, &run, &place, &[])), "SCR-RSP-045");
}

#[tokio::test]
async fn a_step_is_sent_back_refused_and_the_run_stands_still_and_is_broken_off() {
    let site = site();
    let run = site.start(MARY, &new_run(&insider())).unwrap();
    let first = site.place(MARY, &run).await;
    site.take(MARY, &run, &first);
    site.done(MARY, &run, &first, &[]).unwrap();
    let place = site.place(MARY, &run).await;
    let here = format!("/desk/response/runs/{run}/steps/{place}");
    site.take(MARY, &run, &place);
    site.done(MARY, &run, &place, &[("__is_plausible__", "true")]).unwrap();
    let back = site.post(SAM, &format!("{here}/back"), &[("reason", "")]).await;
    back.says("Words are missing here");
    site.post(SAM, &format!("{here}/back"), &[("reason", "Ask the registry too")]).await;
    site.get(MARY, &here).await.says("Ask the registry too");
    let base = format!("/desk/response/runs/{run}");
    site.get(MARY, &format!("{base}/pause")).await.says("Until somebody lets them go on");
    assert_eq!(
        site.post(MARY, &format!("{base}/pause"), &[("reason", "Fire alarm")]).await.status,
        StatusCode::SEE_OTHER
    );
    site.get(MARY, &base).await.says("The clocks stand");
    site.clock.advance(100 * 3_600);
    assert_eq!(code(site.done(MARY, &run, &place, &[])), "SCR-RSP-055");
    assert_eq!(note(&site.app.engine).unwrap(), 0, "nothing is late while the clocks stand");
    site.post(SAM, &format!("{base}/resume"), &[]).await;
    assert_eq!(code(site.act(SAM, &run, &Deed::Resume)), "SCR-RSP-056");
    let report = site.get(MARY, &format!("{base}/report")).await;
    report.says("4 d 4 h");
    site.post(MARY, &format!("{base}/abort"), &[("reason", "It was a mistake")]).await;
    let board = site.get(MARY, &base).await;
    board.says("Broken off");
    board.says("It was a mistake");
    assert!(!board.headers.contains_key("refresh"), "nothing changes any more");
    assert_eq!(code(site.done(MARY, &run, &place, &[])), "SCR-RSP-057");
    site.get(MARY, "/desk/response/runs").await.says("Ended");
}

#[tokio::test]
async fn readers_see_that_a_public_run_goes_on_and_no_word_of_it() {
    let site = site();
    let hidden = site.start(MARY, &new_run(&insider())).unwrap();
    assert_eq!(site.get("", &format!("/response/runs/{hidden}")).await.status, StatusCode::NOT_FOUND);
    let mut new = new_run(&insider());
    new.is_public = true;
    let run = site.start(MARY, &new).unwrap();
    let place = site.place(MARY, &run).await;
    site.take(MARY, &run, &place);
    site.done(MARY, &run, &place, &[]).unwrap();
    let page = site.get("", &format!("/response/runs/{run}")).await;
    assert_eq!(page.status, StatusCode::OK);
    page.says("A plan is being carried out");
    page.says(&format!("Step {place} was handed in."));
    for word in ["Write down what was noticed", "A key was found", "all of it", "mary", "Mary"] {
        page.is_silent_about(word);
    }
    for lang in ["fr", "es", "ar"] {
        assert_eq!(site.get("", &format!("/response/runs/{run}?lang={lang}")).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn only_those_who_take_part_see_a_run() {
    let site = site();
    let run = site.start(MARY, &new_run(&insider())).unwrap();
    let base = format!("/desk/response/runs/{run}");
    for path in
        [base.clone(), format!("{base}/wall"), format!("{base}/report"), format!("{base}/report.json")]
    {
        assert_eq!(site.get("manager-eve!other", &path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_ne!(site.get("", &path).await.status, StatusCode::OK, "{path}");
    }
    assert_eq!(
        site.get("manager-eve!other", &format!("{base}/evidence/1")).await.status,
        StatusCode::NOT_FOUND
    );
    let place = site.place(MARY, &run).await;
    assert_eq!(code(site.done("manager-eve!other", &run, &place, &[])), "SCR-RSP-040");
    site.get("manager-eve!other", "/desk/response/runs").await.is_silent_about("Write down");
    let api = site.api("manager-eve!other", &format!("/api/v1/response/runs/{run}")).await;
    assert_eq!(api.status, StatusCode::NOT_FOUND);
    assert_eq!(site.api("", "/api/v1/response/runs").await.status, StatusCode::UNAUTHORIZED);
}
