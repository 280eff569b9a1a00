//! Drills: people practise what they would have to do on a bad day, and the record says that they did, what came
//! of it, and that what they checked was a true copy of this record.

use crate::kinds::DRILL_RECORDED;
use crate::office::{Office, crumbs, form_page, kept};
use askama::Template;
use rusqlite::{Connection, Transaction, params};
use scr_canon::Hash32;
use scr_core::{Actor, Refusal, RefusalKind, Role};
use scr_engine::{ActError, Engine, Event, Fault, NewEvent, Objects, Receipt, View, ViewFault};
use scr_web::components::{Crumb, Tag, Tone};
use scr_web::{FormState, Posted, Reply, Seal, Visit, issuer_name};
use serde_json::json;

/// A week: what takes longer is no drill.
const MAX_MINUTES: u64 = 7 * 24 * 60;
/// Drills that the page lists.
const SHOWN: i64 = 50;

/// What is practised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drill {
    /// A backup is taken and checked.
    Backup,
    /// A backup is put back into another folder and compared.
    Restore,
}

impl Drill {
    const ALL: [Self; 2] = [Self::Backup, Self::Restore];

    fn as_str(self) -> &'static str {
        match self {
            Self::Backup => "backup",
            Self::Restore => "restore",
        }
    }
}

/// What people say of a drill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDrill {
    /// What was practised.
    pub drill: Drill,
    /// The copy that was checked: entries and root, as `scrutineer log fsck` prints them. `None`: it did
    /// not work.
    pub copy: Option<(u64, Hash32)>,
    /// How long it took.
    pub minutes: u64,
}

/// Records a drill. Refused with `SCR-ACC-029`, and `SCR-OPS-002`, `-004`, `-005` where the copy is none
/// of this record.
pub fn record(engine: &Engine, actor: &Actor, new: &NewDrill) -> Result<Vec<Receipt>, ActError> {
    if actor.role != Role::Administrator {
        return Err(Refusal::new(RefusalKind::Forbidden, scr_access::codes::NOT_ADMINISTRATOR).into());
    }
    if new.minutes == 0 || new.minutes > MAX_MINUTES {
        return Err(invalid("SCR-OPS-005", "minutes").with("max", MAX_MINUTES).into());
    }
    let mut public = json!({
        "drill": new.drill.as_str(),
        "outcome": if new.copy.is_some() { "worked" } else { "failed" },
        "minutes": new.minutes,
    });
    if let Some((size, root)) = &new.copy {
        compare(engine, *size, root)?;
        public["size"] = json!(size);
        public["root"] = json!(root.to_string());
    }
    let decide = |_: &Connection, _: &scr_engine::Ctx<'_>| {
        Ok(vec![NewEvent::about(&DRILL_RECORDED, "operations:drills", public.clone())])
    };
    engine.record(actor, &decide)
}

fn invalid(code: &str, field: &str) -> Refusal {
    Refusal::new(RefusalKind::Invalid, code).on(field)
}

/// The copy has the root of this record at its size: it holds these entries and no others.
fn compare(engine: &Engine, size: u64, root: &Hash32) -> Result<(), ActError> {
    let log = engine.log();
    let ours = log.size().map_err(|e| Fault::log(&e))?;
    if size == 0 || size > ours {
        return Err(invalid("SCR-OPS-002", "size").with("size", ours).into());
    }
    let last = size - 1;
    let proof = log.inclusion(last, size).map_err(|e| Fault::log(&e))?;
    let leaf = log.leaf(last).map_err(|e| Fault::log(&e))?;
    let is_same = scr_merkle::verify_inclusion(&proof, last, size, &leaf, root).is_ok();
    if is_same { Ok(()) } else { Err(invalid("SCR-OPS-004", "root").with("size", size).into()) }
}

/// The drills that were recorded.
pub(crate) struct DrillView;

impl View for DrillView {
    fn name(&self) -> &'static str {
        "drills"
    }

    fn schema(&self) -> &'static str {
        "
CREATE TABLE drills_drill (idx INTEGER PRIMARY KEY, at INTEGER NOT NULL, iss TEXT NOT NULL, drill TEXT NOT NULL,
    outcome TEXT NOT NULL, size INTEGER, minutes INTEGER NOT NULL);
"
    }

    fn apply(&self, tx: &Transaction<'_>, event: &Event, _: &Objects) -> Result<(), ViewFault> {
        if event.kind() == DRILL_RECORDED.name {
            let count = |name: &str| event.entry.count(name).map(u64::cast_signed);
            tx.execute(
                "INSERT INTO drills_drill VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    event.index.cast_signed(),
                    event.at,
                    event.entry.issuer(),
                    event.text("drill"),
                    event.text("outcome"),
                    count("size"),
                    count("minutes").unwrap_or_default()
                ],
            )?;
        }
        Ok(())
    }

    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[("drills_drill", "idx, at, iss, drill, outcome, size, minutes", "idx")]
    }
}

struct Row {
    at: i64,
    what: String,
    tag: Tag,
    size: Option<u64>,
    minutes: u64,
    who: String,
    seal: Seal,
}

/// When each drill worked last.
struct Last {
    title: String,
    at: Option<i64>,
}

#[derive(Template)]
#[template(path = "office/drills.html")]
struct DrillsPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    recorded: Option<Seal>,
    last: Vec<Last>,
    rows: Vec<Row>,
    site: String,
    form: &'a FormState,
    drills: Vec<(String, String)>,
    outcomes: Vec<(String, String)>,
}

/// A drill as the view has it.
struct Found {
    index: u64,
    at: i64,
    issuer: String,
    drill: String,
    outcome: String,
    size: Option<i64>,
    minutes: i64,
}

fn found(row: &rusqlite::Row<'_>) -> rusqlite::Result<Found> {
    Ok(Found {
        index: row.get::<_, i64>(0)?.cast_unsigned(),
        at: row.get(1)?,
        issuer: row.get(2)?,
        drill: row.get(3)?,
        outcome: row.get(4)?,
        size: row.get(5)?,
        minutes: row.get(6)?,
    })
}

fn rows(office: &Office, visit: &Visit) -> Result<Vec<Row>, Fault> {
    let sql =
        "SELECT idx, at, iss, drill, outcome, size, minutes FROM drills_drill ORDER BY idx DESC LIMIT ?1";
    let all: Vec<Found> =
        office.app.engine.read(|views| views.prepare_cached(sql)?.query_map([SHOWN], found)?.collect())?;
    let row = |one: Found| Row {
        at: one.at,
        // i18n: drills-drill-*
        what: visit.t(&format!("drills-drill-{}", one.drill)),
        tag: Tag::new(
            if one.outcome == "worked" { Tone::Good } else { Tone::Warn },
            // i18n: drills-outcome-*
            visit.t(&format!("drills-outcome-{}", one.outcome)),
        ),
        size: one.size.map(i64::cast_unsigned),
        minutes: one.minutes.cast_unsigned(),
        who: issuer_name(office.app.engine.ledger().origin(), &one.issuer).to_owned(),
        seal: office.app.seal(one.index, one.at),
    };
    Ok(all.into_iter().map(row).collect())
}

fn last(office: &Office, visit: &Visit) -> Result<Vec<Last>, Fault> {
    let sql = "SELECT max(at) FROM drills_drill WHERE drill = ?1 AND outcome = 'worked'";
    let one = |drill: Drill| {
        let at = office.app.engine.read(|views| {
            views.prepare_cached(sql)?.query_row([drill.as_str()], |row| row.get::<_, Option<i64>>(0))
        })?;
        Ok(Last { title: visit.t(&format!("drills-drill-{}", drill.as_str())), at })
    };
    Drill::ALL.into_iter().map(one).collect()
}

fn drills_page(office: &Office, visit: &Visit, form: &FormState) -> Result<Reply, ActError> {
    let choices = |prefix: &str, all: [&str; 2]| {
        all.map(|one| (one.to_owned(), visit.t(&format!("drills-{prefix}-{one}")))).to_vec()
    };
    let template = DrillsPage {
        visit,
        crumbs: crumbs(visit, &[("/desk", "office-start"), ("/desk/doctor", "doctor-title")]),
        recorded: office.just_recorded(visit)?,
        last: last(office, visit)?,
        rows: rows(office, visit)?,
        site: office.access.settings().origin.clone(),
        form,
        drills: choices("drill", Drill::ALL.map(Drill::as_str)),
        outcomes: choices("outcome", ["worked", "failed"]),
    };
    Ok(form_page(&template, form))
}

pub(crate) async fn show(office: Office, visit: Visit) -> Reply {
    office.run(visit, |office, visit| drills_page(office, visit, &FormState::new())).await
}

pub(crate) async fn create(office: Office, posted: Posted) -> Reply {
    let mut form = posted.form;
    office
        .run(posted.visit, move |office, visit| {
            let receipts = add(office, &form);
            match kept(visit, &mut form, receipts)? {
                Some(receipts) => Ok(office.recorded("/desk/doctor/drills", &receipts)),
                None => drills_page(office, visit, &form),
            }
        })
        .await
}

fn add(office: &Office, form: &FormState) -> Result<Vec<Receipt>, ActError> {
    let drill = Drill::ALL.into_iter().find(|drill| form.is("drill", drill.as_str()));
    let drill = drill.ok_or_else(|| invalid("SCR-OPS-001", "drill"))?;
    let minutes = form.value("minutes").parse().unwrap_or(0);
    let copy = match form.value("outcome") {
        "failed" => None,
        "worked" => {
            let size = form.value("size").parse().unwrap_or(0);
            let root = form.value("root").parse::<Hash32>();
            Some((size, root.map_err(|_| invalid("SCR-OPS-003", "root"))?))
        }
        _ => return Err(invalid("SCR-OPS-001", "outcome").into()),
    };
    record(&office.app.engine, &office.login()?.actor, &NewDrill { drill, copy, minutes })
}
