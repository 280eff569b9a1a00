//! What the preview counts, and that the sending begins with the release.

use crate::site::{BEN, CEM, ELECTION, Site, acting};
use scr_desk_alerts::AlertsDesk;
use scr_desk_alerts::network::contacts::{self, Authority, Contact, Holder, Level, Mode};
use scr_jobs::{Ended, Jobs, Worker};
use scr_store::sql;
use scr_web::Desk as _;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) fn contact(
    holder: Holder,
    language: &str,
    level: Level,
    sms: Option<&str>,
    until: i64,
) -> Contact {
    Contact {
        id: String::new(),
        holder,
        function: "Chair".to_owned(),
        level,
        language: language.to_owned(),
        authority: Authority::Local,
        sms: sms.map(str::to_owned),
        email: sms.is_none().then(|| "office@example.org".to_owned()),
        telephone: None,
        webhook: None,
        until,
        order: 1,
    }
}

fn in_outbox(site: &Site) -> BTreeMap<(i64, String), u64> {
    let text =
        "SELECT way, language, COUNT(*) AS count FROM alerts_message WHERE state = 0 GROUP BY way, language";
    let rows = site.app.store().unwrap().query(&sql!(text)).unwrap();
    let one = |row: &scr_store::Row| {
        ((row.int("way").unwrap(), row.text("language").unwrap().to_owned()), row.count("count").unwrap())
    };
    rows.iter().map(one).collect()
}

#[tokio::test]
async fn the_preview_counts_whom_the_outbox_writes_to_and_a_release_begins_it_at_once() {
    let site = Site::open();
    let jobs = Jobs::open(
        site.app.store().unwrap().clone(),
        Arc::clone(&site.clock) as _,
        Arc::clone(&site.app.entropy),
    );
    let jobs = jobs.unwrap();
    site.app.use_jobs(jobs.clone());
    let until = site.app.clock.now() + 30 * 86_400;
    let all = [
        contact(Holder::Station(1), "en", Level::Official, Some("+33612345001"), until),
        contact(Holder::Station(2), "ar", Level::Public, Some("+33612345002"), until),
        contact(Holder::Area("S".to_owned()), "en", Level::Official, None, until),
        // A language without words: they get the main ones.
        contact(Holder::Area("N".to_owned()), "nl", Level::Official, Some("+33612345003"), until),
    ];
    contacts::import(&site.app.engine, &acting(BEN).unwrap(), ELECTION, Mode::All, &all).unwrap();
    let href = site.draft("actual", None, "moderate").await;
    let page = site.get(BEN, &format!("{href}/preview")).await.body();
    let page = page.replace(['\u{2068}', '\u{2069}'], "");
    assert_eq!(
        page.matches("data-label=\"Recipients\">2<").count(),
        1,
        "English and what has no words: {page}"
    );
    assert_eq!(page.matches("data-label=\"Recipients\">1<").count(), 1, "Arabic: {page}");
    assert!(page.contains("e-mails: 1; messages to programs: 0"), "{page}");
    assert!(page.contains("One polling station has no contact"), "{page}");
    let parts = |label: &str| -> Vec<u64> {
        let begin = format!("data-label=\"{label}\">");
        let cells = page.split(&begin).skip(1);
        cells.map(|rest| rest.split('<').next().unwrap().parse().unwrap()).collect()
    };
    let (each, messages) = (parts("Parts"), parts("Messages"));
    // The words for everybody are longer than the official ones: Arabic takes three parts instead of two.
    assert_eq!((&each[..], &messages[..]), (&[1, 2][..], &[2, 3][..]));
    let total: u64 = messages.iter().sum();
    assert!(page.contains(&format!("{total} short messages in all.")), "{page}");
    for language in ["en", "ar"] {
        site.approve(CEM, &href, language).await;
    }
    let look = site.get(BEN, &format!("{href}/release")).await.body();
    assert!(look.contains(&format!("<dd>{total}</dd>")), "{look}");
    assert!(site.release(BEN, &href, "actual").await.to().contains("/released/"));

    // Nobody asks for what comes again: the release itself has.
    let worker = Worker::new(jobs, AlertsDesk.works(&site.app), Arc::clone(&site.clock) as _);
    assert_eq!(worker.run_once().unwrap(), Ended::Done);
    let (sms, mail) = (1, 2);
    let expected = [((sms, "ar"), 1), ((sms, "en"), 1), ((sms, "nl"), 1), ((mail, "en"), 1)];
    let expected = expected.map(|((way, language), count)| ((way, language.to_owned()), count));
    assert_eq!(in_outbox(&site), expected.into_iter().collect());
    // And handing over is asked for in the same moment: by both ways, without a gateway to hand anything to.
    assert_eq!([worker.run_once().unwrap(), worker.run_once().unwrap()], [Ended::Done, Ended::Done]);
    assert_eq!(worker.run_once().unwrap(), Ended::Nothing);
}
