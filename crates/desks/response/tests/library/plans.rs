//! The crisis plan: form, check, two people, paper, the public page, and a review date that passes.

use crate::refusals::{plan, whole};
use crate::site::{CLERK, FOREIGN, MANAGER, SECOND, SUPERVISOR, hidden, site};
use axum::http::StatusCode;
use scr_desk_response::library;

const PLAN: &str = "/desk/response/plan";

fn fields(playbook: &str) -> Vec<(&'static str, String)> {
    let text = |name, text: &str| (name, text.to_owned());
    vec![
        text("title", "Plan for <b>crises</b>"),
        text("lead-0-level", "national"),
        text("lead-0-role", "National election authority"),
        text("lead-0-deputy", "Deputy head"),
        text("lead-0-when", "More than one region"),
        // A gap: rows that are empty are left out.
        text("lead-2-level", "allies"),
        text("lead-2-role", "Liaison with allies"),
        text("lead-2-deputy", ""),
        text("lead-2-when", "Traces lead abroad"),
        text("trigger-0-playbook", playbook),
        text("trigger-0-when", "Somebody inside is suspected"),
        text("trigger-0-severity", "high"),
        text("trigger-0-role", "Head of the election office"),
        text("contact-0-role", "Legal adviser"),
        text("contact-0-purpose", "Rights of the person"),
        text("statement-0-subject", "That something is looked into"),
        text("statement-0-role", "Head of the election office"),
        text("statement-0-how", "Within two hours.\nNever a name."),
        text("review", "2027-03-01"),
        text("public", "yes"),
    ]
}

fn of<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, text)| (*name, text.as_str())).collect()
}

#[tokio::test]
async fn a_plan_is_written_checked_adopted_by_another_person_and_published() {
    let site = site();
    assert!(site.get(CLERK, PLAN).await.body.contains("no crisis plan yet"));
    let code = crate::story::imported(&site).await;
    crate::story::adopted(&site, SUPERVISOR, &code).await;
    let form = site.get(MANAGER, &format!("{PLAN}/edit")).await;
    assert!(form.body.contains("lead-3-level") && form.body.contains("trigger-0-severity"));
    let more = site.post(MANAGER, &format!("{PLAN}/edit"), &[("go", "rows"), ("contact-4-role", "x")]).await;
    assert!(more.body.contains("contact-6-role") && !more.body.contains("contact-7-role"));
    let mut typed = fields(&code);
    typed[2].1 = "ask ann@example.org".to_owned();
    let wrong = site.post(MANAGER, &format!("{PLAN}/edit"), &of(&typed)).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("A plan names roles only") && wrong.body.contains("href=\"#f-lead-0-role\""));
    let typed = fields(&code);
    let check = site.post(MANAGER, &format!("{PLAN}/edit"), &of(&typed)).await;
    assert_eq!(check.status, StatusCode::OK, "{}", check.body);
    assert!(check.body.contains("Plan for &#60;b&#62;crises") && check.body.contains("name=\"lead-1-role\""));
    let done = site.post(MANAGER, &format!("{PLAN}/draft"), &of(&typed)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    // A draft is nobody else's.
    assert_eq!(site.get("", "/response/plans/emb").await.status, StatusCode::NOT_FOUND);
    assert!(site.get(FOREIGN, PLAN).await.body.contains("no crisis plan yet"));
    let page = site.get(MANAGER, PLAN).await;
    assert!(page.body.contains("You made this version") && !page.body.contains("plan/adopt\""));
    assert!(
        site.get(SECOND, "/desk/response/playbooks").await.body.contains("A draft of the crisis plan waits")
    );
    let ask = site.get(SECOND, &format!("{PLAN}/adopt")).await;
    let (over, version) = (hidden(&ask.body, "over"), hidden(&ask.body, "version"));
    let sign = [("over", over.as_str()), ("version", version.as_str())];
    let unread = site.post(SECOND, &format!("{PLAN}/adopt"), &sign).await;
    assert!(unread.body.contains("Say that you have read it"));
    let sign = [("over", over.as_str()), ("version", version.as_str()), ("looked", "yes")];
    assert_eq!(
        site.post(MANAGER, &format!("{PLAN}/adopt"), &sign).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(site.post(SECOND, &format!("{PLAN}/adopt"), &sign).await.status, StatusCode::SEE_OTHER);
    let public = site.get("", "/response/plans/emb").await;
    assert!(
        public.body.contains("Liaison with allies") && public.body.contains("In force"),
        "{}",
        public.body
    );
    assert!(
        public.body.contains(&format!("/response/playbooks/{code}")) && !public.body.contains("<b>crises")
    );
    assert!(site.get("", "/response/playbooks").await.body.contains("/response/plans/emb"));
    let paper = site.get(CLERK, &format!("{PLAN}/print")).await;
    assert!(paper.body.contains("class=\"paper\"") && paper.body.contains("Legal adviser"));
}

#[tokio::test]
async fn a_later_version_needs_a_reason_and_shows_what_differs_and_a_review_date_passes() {
    let site = site();
    let code = crate::story::imported(&site).await;
    crate::story::adopted(&site, SUPERVISOR, &code).await;
    let typed = fields(&code);
    site.post(MANAGER, &format!("{PLAN}/draft"), &of(&typed)).await;
    let ask = site.get(SECOND, &format!("{PLAN}/adopt")).await;
    let (over, version) = (hidden(&ask.body, "over"), hidden(&ask.body, "version"));
    let sign = [("over", over.as_str()), ("version", version.as_str()), ("looked", "yes")];
    site.post(SECOND, &format!("{PLAN}/adopt"), &sign).await;
    let form = site.get(MANAGER, &format!("{PLAN}/edit")).await;
    assert!(form.body.contains("Liaison with allies"), "the newest version is what one changes");
    let mut typed = fields(&code);
    typed[14].1 = "Rights of the person, and of the office".to_owned();
    let refused = site.post(MANAGER, &format!("{PLAN}/draft"), &of(&typed)).await;
    assert!(refused.body.contains("Say why") && refused.body.contains("name=\"reason\""));
    typed.push(("reason", "the court asked".to_owned()));
    assert_eq!(site.post(MANAGER, &format!("{PLAN}/draft"), &of(&typed)).await.status, StatusCode::SEE_OTHER);
    let changes = site.get(CLERK, &format!("{PLAN}/changes?to=2")).await;
    assert!(
        changes.body.contains("and of the office") && changes.body.contains("From version 1 to version 2")
    );
    let page = site.get(CLERK, PLAN).await;
    assert!(page.body.contains("A newer draft waits") && !page.body.contains("and of the office"));
    // Half a year later nobody has looked at it again.
    site.clock.advance(200 * 86_400);
    assert!(site.get(CLERK, PLAN).await.body.contains("Past its review date"));
    assert!(site.get("", "/response/plans/emb").await.body.contains("Past its review date"));
    assert!(
        site.get(MANAGER, "/desk/response/playbooks").await.body.contains("Look at the crisis plan again")
    );
    assert_eq!(plan(&whole()).leads.len(), 1);
}

#[tokio::test]
async fn a_plan_that_is_not_public_is_read_by_its_organisation_alone() {
    let site = site();
    let code = crate::story::imported(&site).await;
    crate::story::adopted(&site, SUPERVISOR, &code).await;
    let mut typed = fields(&code);
    typed[19].1 = "no".to_owned();
    site.post(MANAGER, &format!("{PLAN}/draft"), &of(&typed)).await;
    let ask = site.get(SECOND, &format!("{PLAN}/adopt")).await;
    let over = hidden(&ask.body, "over");
    let sign = [("over", over.as_str()), ("version", "1"), ("looked", "yes")];
    assert_eq!(site.post(SECOND, &format!("{PLAN}/adopt"), &sign).await.status, StatusCode::SEE_OTHER);
    assert!(site.get(CLERK, PLAN).await.body.contains("Liaison with allies"));
    assert_eq!(site.get("", "/response/plans/emb").await.status, StatusCode::NOT_FOUND);
    let all = site.app.engine.read(|views| library::plans(views, "emb")).unwrap();
    assert!(!site.app.engine.is_public_object(&all[0].sha256).unwrap());
}
