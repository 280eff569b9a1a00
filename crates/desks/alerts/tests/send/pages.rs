//! Pages: gateways that are set up, changed, tried and removed; what is never shown.

use crate::fake::Fake;
use crate::site::{Site, content, manager, site, text};
use axum::http::StatusCode;
use scr_core::Role;
use scr_desk_alerts::send::{self, MailTls, Settings, Way};
use scr_engine::ActError;
use scr_engine::testing::{TestEngine, file_with};
use scr_testing::schema_fault;
use serde_json::{Value, json};

const HOME: &str = "/desk/alerts/sending";

fn kannel_form(csrf: &str, address: &str) -> String {
    let address = scr_web::in_address(address);
    format!(
        "csrf={csrf}&kind=sms-kannel&address={address}&user=scrutineer&password=geheim-9&sender=EMB&post=no&rate=50&connections=4\
         &price=0.035&currency=eur&name=Our+gateway"
    )
}

pub(crate) async fn csrf(site: &Site, path: &str) -> String {
    let page = site.ask("GET", path, "manager", "").await.body;
    page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_gateway_is_set_up_and_its_secrets_are_not_shown_again() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let fake = Fake::kind();
    let empty = site.ask("GET", HOME, "manager", "").await;
    assert!(empty.status.is_success() && empty.body.contains("No gateway yet"), "{}", empty.body);
    let kinds = site.ask("GET", &format!("{HOME}/new"), "manager", "").await;
    assert!(kinds.body.contains("kind=sms-kannel") && kinds.body.contains("kind=webhook"));
    let token = csrf(&site, &format!("{HOME}/new?kind=sms-kannel")).await;
    let stale =
        site.ask("POST", &format!("{HOME}/new"), "stale-manager", &kannel_form(&token, &fake.address)).await;
    assert!(!stale.body.contains("/sms/"), "the password is asked for first");
    let done = site.ask("POST", &format!("{HOME}/new"), "manager", &kannel_form(&token, &fake.address)).await;
    assert!(done.status.is_success(), "{}", done.body);
    let door = done.body.split("https://alerts.example/sms/").nth(1).unwrap();
    let door: String = door.chars().take_while(|c| c.is_ascii_alphanumeric() || "-/".contains(*c)).collect();
    let (id, secret) = door.split_once('/').unwrap();
    assert_eq!(secret.len(), 32);
    let pages = [
        HOME.to_owned(),
        format!("{HOME}/{id}"),
        format!("{HOME}/{id}/change"),
        format!("{HOME}/{id}/remove"),
    ];
    for path in &pages {
        let page = site.ask("GET", path, "manager", "").await;
        assert!(page.status.is_success(), "{path}");
        assert!(!page.body.contains(secret) && !page.body.contains("geheim-9"), "{path}");
    }
    let one = site.ask("GET", &format!("{HOME}/{id}"), "viewer", "").await.body;
    assert!(
        one.contains("127.0.0.1")
            && !one.contains("cgi-bin")
            && !one.contains("action=\"/desk/alerts/sending/")
    );
    // Neither in a file nor in the record.
    for word in ["geheim-9", secret, "cgi-bin/sendsms"] {
        assert_eq!(file_with(folder.path(), word.as_bytes()).unwrap(), None, "{word}");
    }
    let rows = site.app.engine.read(|views| {
        let mut all =
            views.prepare("SELECT count(*) FROM engine_event WHERE kind = 'alerts.gateway.set/1'")?;
        all.query_row([], |row| row.get::<_, i64>(0))
    });
    assert_eq!(rows.unwrap(), 1);
}

#[tokio::test]
async fn a_gateway_is_tried_switched_changed_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let fake = Fake::kind();
    let set_up = site.kannel(&fake.address);
    let path = format!("{HOME}/{}", set_up.id);
    let token = csrf(&site, &path).await;
    let tried = site
        .ask("POST", &format!("{path}/test"), "manager", &format!("csrf={token}&to=%2B45123456&language=ar"))
        .await;
    assert!(tried.body.contains("has taken the test message"), "{}", tried.body);
    let asked = fake.asked();
    assert!(asked.len() == 1 && asked[0].get("text").starts_with("اختبار - "), "{asked:?}");
    let wrong =
        site.ask("POST", &format!("{path}/test"), "manager", &format!("csrf={token}&to=nobody")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let off = site.ask("POST", &format!("{path}/switch"), "manager", &format!("csrf={token}&on=no")).await;
    assert!(off.to.starts_with(&path), "{}", off.to);
    let index = site.release(&text(1), &content());
    assert_eq!(site.send(Way::Sms), 0);
    let page = site.ask("GET", "/desk/alerts/a1/sending", "viewer", "").await.body;
    assert!(page.contains("No gateway takes these messages") && page.contains("live=no"), "{page}");
    // Changed without a password: it keeps the one that it has, and another door.
    let form = kannel_form(&token, &fake.address).replace("password=geheim-9", "password=");
    let changed = site.ask("POST", &format!("{path}/change"), "manager", &form).await;
    assert!(changed.status.is_success() && !changed.body.contains(&set_up.door), "{}", changed.body);
    assert_eq!(site.send(Way::Sms), 4);
    assert!(fake.asked().iter().all(|one| one.get("password") == "geheim-1"));
    assert_eq!(site.figures(index).handed(), 4);
    let old = site.ask("GET", &format!("{}?ref=x&type=1", set_up.door), "", "").await;
    assert_eq!(old.status, StatusCode::NOT_FOUND, "the old secret opens nothing");
    let removed = site.ask("POST", &format!("{path}/remove"), "manager", &format!("csrf={token}")).await;
    assert!(removed.to.starts_with(HOME), "{}", removed.to);
    assert_eq!(site.ask("GET", &path, "manager", "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_page_of_an_alert_says_who_is_not_reached_and_shows_no_address() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let fake = Fake::saying("400 Bad", "wrong number");
    site.kannel(&fake.address);
    let mut exercise = text(1);
    exercise.status = scr_alerts::Status::Exercise;
    site.release(&exercise, &content());
    site.send(Way::Sms);
    for (lang, word) in [("en", "EXERCISE"), ("fr", "EXERCICE"), ("es", "SIMULACRO"), ("ar", "تمرين")] {
        let page = site.ask("GET", &format!("/desk/alerts/a1/sending?lang={lang}"), "supervisor", "").await;
        assert!(page.status.is_success() && page.body.contains("is-exercise"), "{lang}");
        assert!(
            page.body.contains(word) && page.body.contains("…001") && page.body.contains("School"),
            "{lang}"
        );
        assert!(!page.body.contains("4512345001") && !page.body.contains("head@"), "{lang}");
        let home = site.ask("GET", &format!("{HOME}?lang={lang}"), "supervisor", "").await.body;
        assert!(home.contains("/desk/alerts/a1/sending") && !home.contains("[send"), "{lang}: {home}");
    }
    let none = site.ask("GET", "/desk/alerts/nothing/sending", "manager", "").await;
    assert!(none.status == StatusCode::NOT_FOUND && none.body.contains("SCR-ALR-266"), "{}", none.body);
    for who in ["clerk", ""] {
        let answer = site.ask("GET", "/desk/alerts/a1/sending", who, "").await;
        assert_ne!(answer.status, StatusCode::OK, "{who}");
    }
}

fn code<T: std::fmt::Debug>(result: Result<T, ActError>) -> String {
    match result {
        Err(ActError::Refused(refusal)) => refusal.code,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn what_is_wrong_with_a_gateway_is_said_by_a_code_each() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let smtp = |host: &str, port, tls, user: &str, from: &str| Settings::Smtp {
        host: host.to_owned(),
        port,
        tls,
        user: user.to_owned(),
        password: String::new(),
        from: from.to_owned(),
    };
    let kannel = |address: &str, password: &str, sender: &str, callback: &str| Settings::Kannel {
        address: address.to_owned(),
        user: "u".to_owned(),
        password: password.to_owned(),
        sender: sender.to_owned(),
        post: false,
        callback: callback.to_owned(),
    };
    let json = |template: &str, ok_at: &str| Settings::Json {
        address: "https://x.example/".to_owned(),
        header: String::new(),
        secret: String::new(),
        template: template.to_owned(),
        id_at: String::new(),
        ok_at: ok_at.to_owned(),
        ok_is: "yes".to_owned(),
        repeats: false,
        callback: String::new(),
    };
    let set = |settings| send::set_up(&site.app, &manager(), &Site::wanted(settings));
    let hook = |secret: &str| Settings::Webhook { address: String::new(), secret: secret.to_owned() };
    assert_eq!(code(set(kannel("nothing", "p", "", ""))), "SCR-ALR-251");
    assert_eq!(code(set(kannel("https://u:p@x.example/", "p", "", ""))), "SCR-ALR-251");
    assert_eq!(code(set(kannel("https://x.example/", "", "", ""))), "SCR-ALR-252");
    assert_eq!(code(set(json("{}", "/ok"))), "SCR-ALR-253");
    assert_eq!(code(set(kannel("https://x.example/", "p", "a b", ""))), "SCR-ALR-254");
    assert_eq!(code(set(smtp("m.example", 25, MailTls::Tls, "", "nobody"))), "SCR-ALR-254");
    assert_eq!(code(set(smtp("m example", 25, MailTls::Tls, "", "a@b.example"))), "SCR-ALR-261");
    assert_eq!(code(set(smtp("m.example", 25, MailTls::Tls, "u", "a@b.example"))), "SCR-ALR-252");
    assert_eq!(code(set(kannel("https://x.example/", "p", "", "x.example"))), "SCR-ALR-262");
    assert_eq!(code(set(json(r#"{"a":"{to}{text}"}"#, "ok"))), "SCR-ALR-264");
    assert_eq!(code(set(hook("short"))), "SCR-ALR-265");
    let fine = Site::wanted(hook("0123456789abcdef"));
    let named = send::Wanted { name: "x".repeat(81), ..fine.clone() };
    assert_eq!(code(send::set_up(&site.app, &manager(), &named)), "SCR-ALR-258");
    let fast = send::Wanted { connections: 0, ..fine.clone() };
    assert_eq!(code(send::set_up(&site.app, &manager(), &fast)), "SCR-ALR-255");
    let clerk = TestEngine::actor(Role::Clerk);
    assert_eq!(code(send::set_up(&site.app, &clerk, &fine)), "SCR-ALR-250");
    assert_eq!(code(send::remove(&site.app, &manager(), "nothing")), "SCR-ALR-257");
    let set_up = send::set_up(&site.app, &manager(), &fine).unwrap();
    let tried = send::test(&site.app, &manager(), &set_up.id, "nobody", scr_i18n::Lang::En);
    assert_eq!(code(tried), "SCR-ALR-259");
    for _ in 0..19 {
        send::set_up(&site.app, &manager(), &fine).unwrap();
    }
    assert_eq!(code(send::set_up(&site.app, &manager(), &fine)), "SCR-ALR-256");
}

/// Where machines must be public, those that are not are refused: SCR-ALR-263 without encryption, and nothing goes there with.
#[test]
fn private_machines_and_plain_text_are_refused_where_they_are_not_allowed() {
    let folder = tempfile::tempdir().unwrap();
    let site = crate::site::public_site(folder.path());
    let fake = Fake::kind();
    let settings = |address: &str| Settings::Webhook {
        address: address.to_owned(),
        secret: "0123456789abcdef".to_owned(),
    };
    let set = |address: &str| send::set_up(&site.app, &manager(), &Site::wanted(settings(address)));
    assert_eq!(code(set(&fake.address)), "SCR-ALR-263");
    let private = fake.address.replace("http:", "https:");
    let set_up = set(&private).unwrap();
    let came = send::test(&site.app, &manager(), &set_up.id, &private, scr_i18n::Lang::En).unwrap();
    assert_eq!(came, Some("private"));
    let mail = Settings::Smtp {
        host: "localhost".to_owned(),
        port: 25,
        tls: MailTls::Tls,
        user: String::new(),
        password: String::new(),
        from: "a@b.example".to_owned(),
    };
    let set_up = send::set_up(&site.app, &manager(), &Site::wanted(mail)).unwrap();
    let came = send::test(&site.app, &manager(), &set_up.id, "c@d.example", scr_i18n::Lang::En).unwrap();
    assert_eq!(came, Some("private"));
    assert!(fake.asked().is_empty());
}

#[tokio::test]
async fn a_program_reads_the_figures_of_the_page_and_no_address() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let fake = Fake::saying("400 Bad", "wrong number");
    site.kannel(&fake.address);
    let mut exercise = text(1);
    exercise.status = scr_alerts::Status::Exercise;
    let index = site.release(&exercise, &content());
    let path = format!("/api/v1/alerts/{index}/sending");
    let sending = async |who: &str| {
        let answer = site.ask("GET", &path, who, "").await;
        let value: Value = serde_json::from_str(&answer.body).unwrap();
        (answer.status, value)
    };
    assert_eq!(sending("viewer").await.1["state"], "not-begun");
    site.send(Way::Sms);
    let (status, value) = sending("viewer").await;
    assert_eq!((status, schema_fault("AlertSending", &value)), (StatusCode::OK, None), "{value}");
    let figures = site.figures(index);
    assert_eq!((&value["status"], &value["total"]), (&json!("exercise"), &json!(figures.total())));
    let failed = figures.of(Way::Sms, send::State::Failed);
    assert!(failed > 0 && value["ways"][0]["failed"] == failed, "{value}");
    assert_eq!(value["failures"][0]["messages"], failed);
    assert_eq!(value["unreached"], figures.unreached);
    assert!(!value.to_string().contains("+45"), "{value}");
    // By its id, too; others and strangers read nothing of it.
    assert_eq!(site.ask("GET", "/api/v1/alerts/a1/sending", "manager", "").await.status, StatusCode::OK);
    for (who, path, status) in [
        ("manager", "/api/v1/alerts/none/sending", StatusCode::NOT_FOUND),
        ("clerk", &path, StatusCode::FORBIDDEN),
        ("nobody", &path, StatusCode::UNAUTHORIZED),
    ] {
        assert_eq!(site.ask("GET", path, who, "").await.status, status, "{who}");
    }
}
