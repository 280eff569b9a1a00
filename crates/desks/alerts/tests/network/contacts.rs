//! Contacts: read from a table, recorded in private, changed, over by the clock, erased.

use crate::site::{Site, kinds, manager, site};
use scr_core::{Problem, Role};
use scr_desk_alerts::AlertsDesk;
use scr_desk_alerts::network::contacts::{self, Against, Change, Contact, ContactLimits, Holder, Mode};
use scr_engine::testing::{NOW, TestEngine, file_with};
use scr_engine::{ActError, NewEvent, PAYLOAD_ERASED};
use scr_i18n::Zone;
use scr_web::Desk as _;
use serde_json::json;

pub(crate) const CONTACTS: &str =
    "station,area,function,level,language,authority,sms,email,telephone,valid_until,order
1,,Head of the polling station,official,en,local,+45 12 34 56 01,one@example.org,,2027-06-30,
1,,Deputy head,official,en,local,+45 12 34 56 02,,,2026-12-10,2
11,,Head of the polling station,public,fr,local,,eleven@example.org,+4512345611,2026-11-30,1
,DK-N,Regional election officer,expert,en,regional,,north@example.org,+4512345699,2027-12-24,1
,DK,National duty officer,expert,en,national,,,+4512345600,2027-06-30,1
";

fn paris() -> Zone {
    Zone::named("Europe/Paris").unwrap()
}

fn read(site: &Site, text: &str) -> Result<Vec<Contact>, Vec<Problem>> {
    let (network, zone) = (site.network(), paris());
    let against = Against { network: &network, zone: &zone, now: NOW };
    contacts::read(text.as_bytes(), "contacts.csv", against, &ContactLimits::default())
}

pub(crate) fn import(site: &Site, text: &str, mode: Mode) {
    let read = read(site, text).unwrap();
    contacts::import(&site.app.engine, &manager(), "ex-2026", mode, &read).unwrap();
}

fn functions(all: &[Contact]) -> Vec<&str> {
    all.iter().map(|one| one.function.as_str()).collect()
}

fn for_areas(site: &Site, codes: &[&str], now: i64) -> Vec<Contact> {
    let network = site.network();
    let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
    let within = network.tree.within(&codes).unwrap();
    let engine = &site.app.engine;
    engine.read(|views| contacts::for_areas(views, "ex-2026", &network, &within, now)).unwrap()
}

fn code(error: ActError) -> String {
    match error {
        ActError::Refused(refusal) => refusal.code,
        ActError::Fault(fault) => panic!("{fault:?}"),
    }
}

#[test]
fn contacts_are_found_by_area_by_station_and_by_the_area_itself() {
    let site = site();
    import(&site, CONTACTS, Mode::All);
    assert_eq!(
        functions(&for_areas(&site, &["DK-N"], NOW)),
        ["Head of the polling station", "Deputy head", "Regional election officer"]
    );
    assert_eq!(for_areas(&site, &["DK"], NOW).len(), 5);
    let engine = &site.app.engine;
    let one = engine.read(|views| contacts::of_station(views, "ex-2026", 1, NOW)).unwrap();
    assert_eq!(one[0].sms.as_deref(), Some("+4512345601"));
    assert_eq!(functions(&one), ["Head of the polling station", "Deputy head"]);
    let area = engine.read(|views| contacts::of_area(views, "ex-2026", "DK", NOW)).unwrap();
    assert_eq!(functions(&area), ["National duty officer"]);
}

#[test]
fn a_contact_ends_with_its_last_day_and_asks_for_renewal_before() {
    let site = site();
    import(&site, CONTACTS, Mode::All);
    let zone = paris();
    let end = zone.begin_of("2026-12-01").unwrap();
    assert_eq!(for_areas(&site, &["DK-S"], end - 1).len(), 1);
    assert_eq!(for_areas(&site, &["DK-S"], end).len(), 0);
    let engine = &site.app.engine;
    let counted = engine.read(|views| contacts::counted(views, "ex-2026", end)).unwrap();
    assert_eq!(
        (counted.all, counted.expired, counted.ending, counted.stations, counted.areas),
        (5, 1, 1, 1, 2)
    );
    let over = engine.read(|views| contacts::expired(views, "ex-2026", end, None, 10)).unwrap();
    assert_eq!(
        over.iter().map(|kept| kept.contact.holder.clone()).collect::<Vec<_>>(),
        [Holder::Station(11)]
    );
    assert!(over[0].contact.needs_renewal(end) && !over[0].contact.is_in_force(end));

    // Renewed, it is used again; its id and the others of its payload stay.
    let before = for_areas(&site, &["DK"], NOW);
    let id = over[0].contact.id.clone();
    let until = Change::Renew(zone.begin_of("2027-11-01").unwrap());
    contacts::change(engine, &manager(), "ex-2026", std::slice::from_ref(&id), &until).unwrap();
    assert_eq!(for_areas(&site, &["DK-S"], end)[0].id, id);
    assert_eq!(for_areas(&site, &["DK"], NOW).len(), before.len());
    let too_long = Change::Renew(NOW + 400 * 86_400);
    let refused = contacts::change(engine, &manager(), "ex-2026", &[id], &too_long).unwrap_err();
    assert_eq!(code(refused), "SCR-ALR-206");
}

#[test]
fn a_later_import_takes_the_place_of_an_earlier_one_or_adds_to_it() {
    let site = site();
    import(&site, CONTACTS, Mode::All);
    let more = CONTACTS.lines().next().unwrap().to_owned()
        + "\n2,,Head of the polling station,official,en,local,+4512345621,,,2027-06-30,\n";
    import(&site, &more, Mode::Added);
    assert_eq!(for_areas(&site, &["DK"], NOW).len(), 6);
    import(&site, &more, Mode::All);
    assert_eq!(for_areas(&site, &["DK"], NOW).len(), 1);
    let old = site.app.engine.read(|views| contacts::superseded(views, "ex-2026", 10)).unwrap();
    assert_eq!(old.len(), 2, "what others have replaced is offered for erasure");
}

#[test]
fn everything_wrong_with_a_file_is_said_at_once_by_row_and_column() {
    let site = site();
    let text = "station,unit,area,function,level,language,authority,sms,email,webhook,valid_until,order
99,,,Head,official,en,local,+4512345601,,,2027-06-30,
1,U1,,Head,official,en,local,+4512345601,,,2027-06-30,
,,DK-M,Head,official,en,local,+4512345601,,,2027-06-30,
1,,,Head,secret,english,king,12345,no-address,http://a.example/,2027-06-30,0
1,,,Head,official,en,local,,,,2027-06-30,
1,,,Head,official,en,local,+4512345601,,,2028-01-01,
1,,,Head,official,en,local,+4512345601,,,2026-11-23,
1,,,Head,official,en,local,+4512345601,,,,
1,,,Head,official,en,local,+4512345601,,,2027-06-30,
1,,,Head,official,en,local,+45 1234 5601,,,2027-06-30,
1,,,Head,official,en,local,,\"a@example.org,b@example.org\",,2027-06-30,
1,,,Head,official,en,local,,,https://user@host.example/,2027-06-30,
";
    let problems = read(&site, text).unwrap_err();
    let said: Vec<_> = problems
        .iter()
        .map(|one| (one.row.unwrap(), one.code, one.column.as_deref().unwrap_or("")))
        .collect();
    assert_eq!(
        said,
        [
            (2, "SCR-ALR-214", "station"),
            (3, "SCR-ALR-214", ""),
            (4, "SCR-ALR-214", "area"),
            (5, "SCR-ALR-213", "level"),
            (5, "SCR-ALR-213", "authority"),
            (5, "SCR-ALR-213", "language"),
            (5, "SCR-ALR-213", "sms"),
            (5, "SCR-ALR-213", "email"),
            (5, "SCR-ALR-213", "webhook"),
            (5, "SCR-ALR-213", "order"),
            (6, "SCR-ALR-215", ""),
            (7, "SCR-ALR-216", "valid_until"),
            (8, "SCR-ALR-216", "valid_until"),
            (9, "SCR-ALR-216", "valid_until"),
            (11, "SCR-ALR-217", ""),
            (12, "SCR-ALR-213", "email"),
            (13, "SCR-ALR-213", "webhook"),
        ]
    );
    assert_eq!(problems[2].closest.as_deref(), Some("DK-N"));
    let columns = read(&site, "station,funktion,level,language,authority,sms,valid_until\n").unwrap_err();
    let said: Vec<_> = columns.iter().map(|one| (one.code, one.column.as_deref().unwrap_or(""))).collect();
    assert_eq!(said, [("SCR-ALR-212", "funktion"), ("SCR-ALR-212", "function")]);
    assert_eq!(columns[0].closest.as_deref(), Some("function"));
    assert_eq!(read(&site, CONTACTS.lines().next().unwrap()).unwrap_err()[0].code, "SCR-ALR-205");
    assert!(read(&site, "\u{0}\"").is_err());
}

#[test]
fn who_may_not_and_what_is_not_there_is_refused() {
    let site = site();
    let engine = &site.app.engine;
    let rows = read(&site, CONTACTS).unwrap();
    let act =
        |role, election: &str| contacts::import(engine, &TestEngine::actor(role), election, Mode::All, &rows);
    assert_eq!(code(act(Role::Supervisor, "ex-2026").unwrap_err()), "SCR-ALR-200");
    assert_eq!(code(act(Role::Manager, "other").unwrap_err()), "SCR-ALR-204");
    let none = contacts::import(engine, &manager(), "ex-2026", Mode::All, &[]).unwrap_err();
    assert_eq!(code(none), "SCR-ALR-205");
    let absent =
        contacts::change(engine, &manager(), "ex-2026", &["0".repeat(16)], &Change::Remove).unwrap_err();
    assert_eq!(code(absent), "SCR-ALR-207");
}

/// One person is taken out: the others of the payload are written down again, and the old payload is erased with two
/// approvals, as any. Then nothing of the person is in any file of the installation, and the rebuilt views are the same.
#[test]
fn one_contact_can_be_erased_and_the_others_of_its_payload_stay() {
    let site = site();
    import(&site, CONTACTS, Mode::All);
    let engine = &site.app.engine;
    let deputy =
        for_areas(&site, &["DK-N"], NOW).into_iter().find(|one| one.function == "Deputy head").unwrap();
    let receipts = contacts::change(engine, &manager(), "ex-2026", &[deputy.id], &Change::Remove).unwrap();
    assert_eq!(for_areas(&site, &["DK"], NOW).len(), 4);
    let old = engine.read(|views| contacts::superseded(views, "ex-2026", 10)).unwrap();
    assert_eq!(old.len(), 1);
    let public = json!({"basis": "objection", "payloads": [{"entry": old[0], "field": "contacts"}],
        "approvers": [{"role": "manager", "org": "emb"}, {"role": "supervisor", "org": "emb"}]});
    site.record(&NewEvent::about(&PAYLOAD_ERASED, "privacy:register", public));
    assert_eq!(for_areas(&site, &["DK"], NOW).len(), 4);
    let empty: Vec<u64> = engine.read(|views| contacts::superseded(views, "ex-2026", 10)).unwrap();
    assert_eq!(empty, [0u64; 0]);
    assert!(receipts.iter().all(|receipt| receipt.index > old[0]));

    let Site { app, folder, .. } = site;
    drop(app);
    let reopened = TestEngine::new(folder.path(), &kinds(), AlertsDesk.views()).unwrap();
    drop(reopened);
    assert_eq!(file_with(folder.path(), b"+4512345602").unwrap(), None, "the number of who was erased");
    assert!(file_with(folder.path(), b"+4512345601").unwrap().is_some(), "the views hold the others");
    let again = TestEngine::new(folder.path(), &kinds(), AlertsDesk.views()).unwrap();
    let [incremental, rebuilt] = again.incremental_and_rebuilt(&kinds(), AlertsDesk.views()).unwrap();
    assert_eq!(incremental, rebuilt);
}

#[test]
fn nothing_of_a_contact_is_public() {
    let site = site();
    import(&site, CONTACTS, Mode::All);
    let engine = &site.app.engine;
    let public: Vec<String> = engine
        .read(|views| {
            let mut query =
                views.prepare("SELECT public FROM engine_event WHERE kind LIKE 'alerts.contacts.%'")?;
            query.query_map([], |row| row.get(0))?.collect()
        })
        .unwrap();
    assert_eq!(public.len(), 1);
    for secret in ["+45", "example.org", "Deputy", "Head"] {
        assert!(!public[0].contains(secret), "{}", public[0]);
    }
}
