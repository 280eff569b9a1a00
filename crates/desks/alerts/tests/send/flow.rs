//! From the release of an alert to reports that it has arrived.

use crate::fake::{Fake, answer};
use crate::site::{again, content, site, text};
use axum::http::StatusCode;
use scr_alerts::Status;
use scr_desk_alerts::network::contacts::{self, Authority, Contact, Holder, Level, Mode};
use scr_desk_alerts::send::{self, State, Way};
use scr_store::sql;
use std::collections::BTreeMap;

const SHOWN: [State; 3] = [State::Waiting, State::Handed, State::Failed];

#[test]
pub(crate) fn an_alert_reaches_each_station_once_however_often_somebody_looks() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let fake = Fake::kind();
    site.kannel(&fake.address);
    let index = site.release(&text(1), &content());
    assert_eq!(site.dispatch(), [Way::Sms, Way::Email]);
    site.dispatch();
    assert_eq!(site.send(Way::Sms), 4);
    assert_eq!(site.send(Way::Sms), 0);
    assert_eq!(site.sms(index, SHOWN), [0, 4, 0]);
    let figures = site.figures(index);
    // One e-mail waits for a mail server; one station has no address at all.
    assert_eq!((figures.of(Way::Email, State::Waiting), figures.unreached), (1, 1));
    assert_eq!(site.acks(index), [(1, 0), (2, 0), (3, 0), (11, 0)]);
    let asked = fake.asked();
    assert_eq!(asked.len(), 4);
    for one in &asked {
        assert_eq!((one.method.as_str(), one.get("username").as_str()), ("GET", "scrutineer"));
        assert_eq!((one.get("password").as_str(), one.get("dlr-mask").as_str()), ("geheim-1", "27"));
        assert!(one.get("dlr-url").starts_with("https://alerts.example/sms/"), "{one:?}");
        assert!(one.get("dlr-url").ends_with("&type=%d") && one.reference().len() == 24, "{one:?}");
    }
    let of = |to: &str| asked.iter().find(|one| one.get("to") == to).unwrap();
    let english = of("+4512345001").get("text");
    let link = format!("https://alerts.example/a/{index}/1/");
    assert!(
        english.starts_with("Alert 1: Forged result forms. Accept no form without the red stamp. "),
        "{english}"
    );
    assert!(english.contains(&link) && english.len() < 160, "{english}");
    assert_eq!(of("+4512345001").get("coding"), "0");
    let french = of("+4512345002").get("text");
    assert!(french.starts_with("Alerte 1: Faux formulaires. N'acceptez aucun"), "{french}");
    let arabic = of("+4512345003");
    assert!(arabic.get("text").starts_with("تنبيه 1: نماذج مزورة. لا تقبل"), "{arabic:?}");
    assert_eq!(arabic.get("coding"), "2");
}

#[test]
pub(crate) fn exercises_and_tests_begin_with_their_word_in_each_language() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let fake = Fake::kind();
    site.kannel(&fake.address);
    let mut exercise = text(1);
    exercise.status = Status::Exercise;
    site.release(&exercise, &content());
    let mut test = text(2);
    test.status = Status::Test;
    site.release(&test, &content());
    assert_eq!(site.send(Way::Sms), 8);
    let mut begins: Vec<String> =
        fake.asked().iter().map(|one| one.get("text").split(" - ").next().unwrap().to_owned()).collect();
    begins.sort();
    assert_eq!(begins, ["EXERCICE", "EXERCISE", "EXERCISE", "TEST", "TEST", "TEST", "اختبار", "تمرين"]);
}

#[tokio::test]
async fn reports_of_the_gateway_count_once_and_lies_do_not() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let fake = Fake::kind();
    let set_up = site.kannel(&fake.address);
    let index = site.release(&text(1), &content());
    site.send(Way::Sms);
    let asked = fake.asked();
    let reference = |to: &str| asked.iter().find(|one| one.get("to") == to).unwrap().reference();
    let (one, two) = (reference("+4512345001"), reference("+4512345002"));
    let door = &set_up.door;
    // Late, twice, in the wrong order; not delivered after delivered; a message that it never got.
    for (name, kind) in
        [(&one, "1"), (&one, "8"), (&one, "1"), (&one, "2"), (&two, "2"), (&"f".repeat(24), "1")]
    {
        let answer = site.ask("GET", &format!("{door}?ref={name}&type={kind}"), "", "").await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, ""));
    }
    assert_eq!(site.sms(index, [State::Handed, State::Delivered, State::Failed]), [2, 1, 1]);
    assert_eq!(site.acks(index), [(1, 0), (1, 1), (2, 0), (3, 0), (11, 0)]);
    let lies = site.app.store().unwrap().query(&scr_store::sql!("SELECT lies FROM alerts_gateway")).unwrap();
    assert_eq!(lies[0].int("lies").unwrap(), 1);
    // Another secret, another gateway, no secret.
    let (base, secret) = door.rsplit_once('/').unwrap();
    let wrong = secret.replace(secret.get(..1).unwrap(), "z");
    for path in [format!("{base}/{wrong}"), format!("/sms/nobody/{secret}"), format!("{base}/x")] {
        let answer = site.ask("GET", &format!("{path}?ref={two}&type=1"), "", "").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let large = format!("text={}", "x".repeat(1 << 20));
    assert_eq!(site.ask("POST", door, "", &large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(site.ask("POST", door, "", "nonsense=1").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.sms(index, [State::Handed, State::Delivered, State::Failed]), [2, 1, 1]);
}

#[test]
pub(crate) fn a_kill_loses_nothing_and_doubles_nothing_that_a_report_settles() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let fake = Fake::kind();
    let set_up = site.kannel(&fake.address);
    let index = site.release(&text(1), &content());
    site.dispatch();
    // Two messages were written down as going; the gateway got one of them, and the server was killed before it knew.
    let store = site.app.store().unwrap();
    let going = "UPDATE alerts_message SET state = 1, tries = 1, lease = 'gone', lease_until = $1 + 30, gateway = $2
         WHERE number IN (SELECT number FROM alerts_message WHERE way = 1 ORDER BY number LIMIT 2) RETURNING ref";
    let rows = store.query(&scr_store::sql!(going, scr_core::Clock::now(&*site.clock), &set_up.id)).unwrap();
    let references: Vec<String> = rows.iter().map(|row| row.text("ref").unwrap().to_owned()).collect();
    let site = again(folder.path(), site);
    // The others go on at once; those two are another node's as long as its lease holds.
    assert_eq!(site.send(Way::Sms), 2);
    site.later(31);
    site.dispatch();
    assert_eq!(site.sms(index, [State::Doubtful, State::Handed]), [2, 2]);
    // The report of the one that the gateway has.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let report = format!("{}?ref={}&type=8", set_up.door, references[0]);
    assert_eq!(runtime.block_on(site.ask("GET", &report, "", "")).status, StatusCode::OK);
    assert_eq!(site.send(Way::Sms), 0, "the time for reports is not over");
    site.later(21);
    assert_eq!(site.send(Way::Sms), 1, "only the one of which nobody knows goes again");
    let again: Vec<String> = fake.asked().iter().map(super::fake::Asked::reference).collect();
    assert_eq!(again.iter().filter(|name| **name == references[1]).count(), 1, "with the same reference");
    assert!(!again.contains(&references[0]));
    assert_eq!(site.sms(index, [State::Handed, State::Doubtful, State::Failed]), [4, 0, 0]);
}

#[test]
pub(crate) fn what_is_in_doubt_twice_ends_as_uncertain() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    // It takes the message and says nothing.
    let fake = Fake::new(|_, _| false);
    site.kannel(&fake.address);
    let index = site.release(&text(1), &content());
    for _ in 0..30 {
        site.send(Way::Sms);
        site.later(61);
    }
    assert_eq!(site.sms(index, [State::Waiting, State::Doubtful, State::Failed]), [0, 0, 4]);
    let mut times = BTreeMap::<String, u32>::new();
    for one in fake.asked() {
        *times.entry(one.reference()).or_default() += 1;
    }
    assert_eq!(times.into_values().collect::<Vec<_>>(), [2; 4], "each went twice, with one reference");
}

#[test]
pub(crate) fn what_has_not_gone_is_dropped_when_an_alert_is_taken_back_or_ends() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let fake = Fake::new(|asked, stream| {
        let is_first = asked.get("to") == "+4512345001" || asked.get("text").starts_with("Cancelled");
        if is_first {
            answer(stream, "202 X", "0: Accepted")
        } else {
            answer(stream, "202 X", "Temporary failure")
        }
    });
    site.kannel(&fake.address);
    let index = site.release(&text(1), &content());
    site.send(Way::Sms);
    assert_eq!(site.sms(index, SHOWN), [3, 1, 0]);
    let cancel = site.cancel(index);
    site.dispatch();
    assert_eq!(site.sms(index, [State::Waiting, State::Handed, State::Overtaken]), [0, 1, 3]);
    site.later(300);
    site.send(Way::Sms);
    assert_eq!(site.figures(cancel).handed(), 2, "the two English ones");
    // After its time nothing goes any more.
    site.later(3_600);
    site.dispatch();
    assert_eq!(site.sms(cancel, [State::Waiting, State::Overtaken]), [0, 2]);
    let ended = site.release(&text(9), &content());
    site.dispatch();
    assert_eq!(site.figures(ended).total(), 0, "an alert that has ended is not taken up");
}

/// An entry of an exercise that names an alert that is meant came into the record past the pages.
#[test]
fn an_exercise_stops_no_messages_of_an_alert_that_is_meant() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let fake = Fake::kind();
    site.kannel(&fake.address);
    let index = site.release(&text(1), &content());
    site.dispatch();
    let issued = site.app.engine.read(|views| scr_desk_alerts::issued::at(views, index)).unwrap().unwrap();
    let leaf = issued.leaf.0[..8].try_into().unwrap();
    let mut exercise = text(2);
    exercise.status = Status::Exercise;
    exercise.kind = scr_alerts::Kind::Cancel;
    exercise.references = vec![scr_alerts::Reference { index, leaf }];
    site.release(&exercise, &content());
    site.dispatch();
    assert_eq!(site.sms(index, [State::Waiting, State::Overtaken]), [4, 0]);
    site.send(Way::Sms);
    assert_eq!(site.sms(index, [State::Handed]), [4]);
}

/// Messages of an alert that are in the outbox and may go, by way, language and reading level.
fn in_outbox(site: &crate::site::Site, index: u64) -> BTreeMap<(Way, String, Level), u64> {
    let text =
        "SELECT way, language, level, COUNT(*) AS count FROM alerts_message WHERE alert = $1 AND state = 0
         GROUP BY way, language, level";
    let rows = site.app.store().unwrap().query(&sql!(text, index.cast_signed())).unwrap();
    let all = rows.iter().map(|row| {
        let way = match row.int("way").unwrap() {
            1 => Way::Sms,
            2 => Way::Email,
            _ => Way::Webhook,
        };
        let level = Level::parse(row.text("level").unwrap()).unwrap();
        ((way, row.text("language").unwrap().to_owned(), level), row.count("count").unwrap())
    });
    all.collect()
}

#[test]
fn what_a_preview_counts_is_what_the_outbox_holds() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let contact = |number: u32, language: &str, level, sms: Option<&str>, until| Contact {
        id: String::new(),
        holder: Holder::Station(number),
        function: "Chair".to_owned(),
        level,
        language: language.to_owned(),
        authority: Authority::Local,
        sms: sms.map(str::to_owned),
        email: Some(format!("chair{number}@example.org")),
        telephone: None,
        webhook: None,
        until,
        order: 1,
    };
    let now = site.app.clock.now();
    let (later, soon) = (now + 90 * 86_400, now + 60);
    let town = Contact {
        holder: Holder::Area("DK-N".to_owned()),
        ..contact(1, "da", Level::Expert, Some("+4512345100"), later)
    };
    let all = [
        contact(1, "en", Level::Official, Some("+4512345001"), later),
        contact(2, "fr", Level::Public, Some("+4512345002"), later),
        // Two people, one telephone: it is written to once.
        contact(3, "en", Level::Official, Some("+4512345003"), later),
        contact(3, "en", Level::Official, Some("+4512345003"), later),
        // Not in force any more when it is sent.
        contact(11, "en", Level::Official, Some("+4512345011"), soon),
        town,
    ];
    contacts::import(&site.app.engine, &crate::site::manager(), "ex-2026", Mode::All, &all).unwrap();
    site.later(120);
    for areas in [vec!["DK-N".to_owned()], vec!["DK".to_owned()]] {
        let mut text = text(u16::try_from(areas[0].len()).unwrap());
        text.areas.clone_from(&areas);
        let index = site.release(&text, &content());
        let counted = send::counted(&site.app, ("ex-2026", &areas), "emb").unwrap();
        site.dispatch();
        assert_eq!(counted.messages, in_outbox(&site, index), "{areas:?}");
        assert_eq!(counted.unreached, site.figures(index).unreached, "{areas:?}");
        assert_eq!(counted.of(Way::Sms), 4, "{areas:?}: {counted:?}");
    }
}
