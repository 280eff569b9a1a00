//! Two audits of the demonstration: one that has ended, and one that waits for the dice.

use scr_audits::record::{Contest, Decision, Method, Sampler, Settings};
use scr_audits::verify::Size;
use scr_audits::workflow::hand_in::take;
use scr_audits::workflow::{BoardStep, BoardWork, What};
use scr_core::Actor;
use scr_desk_audits::acts::{
    NewAudit, NewUpload, choose_contest, create, decide, name_jurisdictions, sign_uploads, type_seed, upload,
};
use scr_desk_audits::assembled::handed_in;
use scr_desk_audits::boards::{board_step, work};
use scr_desk_audits::data::{self, Kept};
use scr_desk_audits::rounds::{close_round, commit, deal_boards, explain, open_round};
use scr_engine::{ActError, Engine, Fault};
use std::fmt::Write as _;

/// Twenty throws of a ten-sided die.
const DICE: &str = "62951413978082643715";
const DISTRICTS: [&str; 3] = ["Harbour", "Old Town", "Riverside"];
const BATCHES: usize = 8;
/// Draws that suffice when nothing differs, and some to spare for the batch in which something does.
const DRAWS: usize = 14;

/// The people of the audits.
pub(super) struct People {
    /// Runs them.
    pub(super) official: Actor,
    /// Looks after the districts and their boards.
    pub(super) supervisor: Actor,
    /// Types the seed beside the official.
    pub(super) observer: Actor,
}

/// Both audits.
pub(super) fn fill(engine: &Engine, people: &People) -> Result<(), ActError> {
    finished(engine, people)?;
    let settings = Settings::new(Method::BallotPolling, Sampler::ConsistentWithReplacement, 20);
    let council = Contest {
        name: "Council, ward 3".to_owned(),
        choices: vec!["Alder list".to_owned(), "Birch list".to_owned(), "Cedar list".to_owned()],
        votes: vec![2_190, 1_340, 560],
        winners: 1,
        votes_allowed: 1,
        // As many as lie in the boxes below: what is in no box cannot be drawn.
        ballots: 4_188,
        risk_limit: "0.1".to_owned(),
        targeted: true,
        ..Contest::default()
    };
    let manifest = |district: usize| {
        let mut text = "Container,Batch Name,Number of Ballots\n".to_owned();
        for batch in 0..BATCHES {
            let _ = writeln!(
                text,
                "Box {},Batch {},{}",
                batch / 2 + 1,
                batch + 1,
                150 + (district * 7 + batch * 5) % 60
            );
        }
        text
    };
    committed(
        engine,
        people,
        ("Audit of the council election in Lindenau", settings),
        &council,
        &manifest,
        None,
    )?;
    Ok(())
}

/// Reported votes of the mayor's election in a batch.
fn votes(district: usize, batch: usize) -> [u64; 2] {
    let (district, batch) = (district as u64, batch as u64);
    [210 + (district * 37 + batch * 23) % 90, 110 + (district * 29 + batch * 17) % 70]
}

fn finished(engine: &Engine, people: &People) -> Result<(), ActError> {
    let settings = Settings::new(Method::BatchComparison, Sampler::ArloPpeb, 20);
    let all = (0..DISTRICTS.len()).flat_map(|district| (0..BATCHES).map(move |batch| votes(district, batch)));
    let [elm, rowan] = all.fold([0, 0], |sums, votes| [sums[0] + votes[0], sums[1] + votes[1]]);
    let blank = 5 * (DISTRICTS.len() * BATCHES) as u64;
    let mayor = Contest {
        name: "Mayor of Lindenau".to_owned(),
        choices: vec!["Iris Elm".to_owned(), "Jonas Rowan".to_owned()],
        votes: vec![elm, rowan],
        winners: 1,
        votes_allowed: 1,
        ballots: elm + rowan + blank,
        risk_limit: "0.05".to_owned(),
        targeted: true,
        ..Contest::default()
    };
    let manifest = |district: usize| {
        let mut text = "Container,Batch Name,Number of Ballots\n".to_owned();
        for batch in 0..BATCHES {
            let ballots: u64 = votes(district, batch).iter().sum::<u64>() + 5;
            let _ = writeln!(text, "Box {},Batch {},{ballots}", batch / 2 + 1, batch + 1);
        }
        text
    };
    let totals = |district: usize| {
        let mut text = "Batch Name,Iris Elm,Jonas Rowan\n".to_owned();
        for batch in 0..BATCHES {
            let [elm, rowan] = votes(district, batch);
            let _ = writeln!(text, "Batch {},{elm},{rowan}", batch + 1);
        }
        text
    };
    let title = ("Audit of the mayor's election in Lindenau", settings);
    let id = committed(engine, people, title, &mayor, &manifest, Some(&totals))?;
    type_seed(engine, &people.official, &id, DICE)?;
    type_seed(engine, &people.observer, &id, DICE)?;
    open_round(engine, &people.official, &id, (&Size::Draws(DRAWS), &[]))?;
    let first = read_all(engine, people, &id)?;
    close_round(engine, &people.official, &id)?;
    let why = "Two ballots lay under the flap of the envelope when the machine counted";
    explain(engine, &people.supervisor, &id, (first, None), why)?;
    decide(engine, &people.official, &id, (Decision::Stop, ""))?;
    Ok(())
}

/// From the draft to the commitment; the audit's id.
fn committed(
    engine: &Engine,
    people: &People,
    (title, settings): (&str, Settings),
    contest: &Contest,
    manifest: &dyn Fn(usize) -> String,
    totals: Option<&dyn Fn(usize) -> String>,
) -> Result<String, ActError> {
    let new = NewAudit { title: title.to_owned(), election: None, settings, fresh_seeds: false };
    let (id, _) = create(engine, &people.official, &new)?;
    name_jurisdictions(engine, &people.official, &id, &DISTRICTS.map(str::to_owned).into())?;
    choose_contest(engine, &people.official, &id, contest)?;
    for (district, name) in DISTRICTS.iter().enumerate() {
        let manifest = hand_in(engine, people, &id, (name, What::Manifest), &manifest(district), None)?;
        if let Some(totals) = totals {
            hand_in(engine, people, &id, (name, What::Totals), &totals(district), Some(&manifest))?;
        }
        let over = kept(engine, &id)?.audit.to_sign(name)?;
        sign_uploads(engine, &people.supervisor, &id, (name, &over))?;
    }
    let prepared = handed_in(engine, &kept(engine, &id)?)?;
    commit(engine, &people.official, &id, &prepared)?;
    Ok(id)
}

fn kept(engine: &Engine, id: &str) -> Result<Kept, ActError> {
    let found = engine.read(|views| data::audit(views, id))?;
    Ok(found.ok_or_else(|| Fault::log(&"the audit is not there"))?)
}

/// Hands a file in; its normal form.
fn hand_in(
    engine: &Engine,
    people: &People,
    id: &str,
    (district, what): (&str, What),
    file: &str,
    manifest: Option<&[u8]>,
) -> Result<Vec<u8>, ActError> {
    let audit = kept(engine, id)?.audit;
    let file_name = format!("{}.csv", what.as_str());
    let taken = take(what, &audit, district, (&file_name, file.as_bytes()), manifest, &[]);
    let taken = taken.map_err(|problems| Fault::log(&format!("{problems:?}")))?;
    let new = NewUpload {
        jurisdiction: district.to_owned(),
        what,
        bytes: &taken.bytes,
        upload: taken.upload.clone(),
        file_name,
    };
    upload(engine, &people.supervisor, id, &new)?;
    Ok(taken.bytes)
}

/// Every board counts what it was dealt; in the first batch two ballots are found that no machine had counted. Its
/// place in the record.
fn read_all(engine: &Engine, people: &People, id: &str) -> Result<usize, ActError> {
    let names: Vec<String> = kept(engine, id)?.audit.rounds()[0].opening.units.keys().cloned().collect();
    for name in &names {
        deal_boards(engine, &people.supervisor, id, (name, 2))?;
    }
    let mut first = None;
    let boards = engine.read(|views| data::boards(views, (id, 1, 1), None))?;
    for line in boards.iter().filter(|line| line.units > 0) {
        let members = vec!["Ada".to_owned(), "Ben".to_owned()];
        board_step(engine, &line.key, &BoardStep::Join { names: members.clone() })?;
        let list = read(engine, &line.key)?;
        for (unit, one) in list.units().iter().enumerate() {
            let [elm, rowan] = votes(one.batch / BATCHES, one.batch % BATCHES);
            let more = if *first.get_or_insert(one.batch) == one.batch { 2 } else { 0 };
            for member in 0..2 {
                let votes = vec![vec![elm, rowan + more]];
                board_step(engine, &line.key, &BoardStep::Count { unit, member, votes })?;
            }
        }
        let over = read(engine, &line.key)?.to_sign()?;
        board_step(engine, &line.key, &BoardStep::Sign { names: members, over })?;
    }
    first.ok_or_else(|| Fault::log(&"nothing was drawn").into())
}

fn read(engine: &Engine, key: &scr_core::BoardKey) -> Result<BoardWork, ActError> {
    Ok(engine.read(|views| Ok(work(views, key)))??.1)
}
