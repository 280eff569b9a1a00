//! Reader of writer is the identity, for each format on elections of any shape: ranks left out, overvotes and
//! undervotes, contests that are not on a card, write-ins, odd names. What a format cannot hold is taken away before
//! it is written: which `round/shapes.rs` states, format by format. Writers that are no part of the program are in `round` too.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

#[path = "round/archives.rs"]
mod archives;
#[path = "round/mod.rs"]
mod round;
#[path = "round/shapes.rs"]
mod shapes;
#[path = "round/tables.rs"]
mod tables;

use proptest::prelude::*;
use round::election;
use scr_core::Problem;
use scr_tabulation::cvr::columns::{Builder, Columns};
use scr_tabulation::cvr::{Card, Contest, Mark, Reading, Sink, table};
use scr_tabulation::read::ess::BallotsFile;
use scr_tabulation::read::rctab_csv::Layout;
use scr_tabulation::read::{
    Limits, cdf, clear_ballot, dominion_csv, dominion_json, ess, hart, lines, raire, rctab_csv,
};
use shapes::{
    collapsed, for_cdf, for_clear_ballot, for_dominion_csv, for_dominion_json, for_ess, for_hart, for_raire,
    for_rctab, votes_told,
};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io::Cursor;

fn read(
    of: impl FnOnce(&mut dyn Sink) -> Result<Reading, Vec<Problem>>,
) -> Result<(Reading, Vec<Card>), TestCaseError> {
    let mut cards: Vec<Card> = Vec::new();
    let reading = of(&mut cards).map_err(|all| TestCaseError::fail(format!("{all:?}")))?;
    prop_assert_eq!(reading.cards, cards.len() as u64);
    prop_assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
    Ok((reading, cards))
}

/// What NIST's JSON schema (usnistgov/CastVoteRecords 6a8ff03, `NIST_V0_cast_vote_records.json`) has against a report.
fn against_schema(report: &serde_json::Value) -> Option<String> {
    thread_local! {
        static SCHEMA: Option<(boon::Schemas, boon::SchemaIndex)> = {
            let path = scr_testing::data("audit/cdf/NIST_V0_cast_vote_records.json");
            path.map(|path| {
                let schema = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
                let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
                compiler.add_resource("cdf.json", schema).unwrap();
                let index = compiler.compile("cdf.json", &mut schemas).unwrap();
                (schemas, index)
            })
        };
    }
    SCHEMA.with(|schema| {
        let (schemas, index) = schema.as_ref()?;
        schemas.validate(report, *index).err().map(|error| error.to_string())
    })
}

/// A contest in which nobody chose anybody, as ES&S's export has it, is of the schema too, and a report that is not is
/// seen.
#[test]
fn the_schema_sees_what_is_wrong() {
    let contest = Contest {
        id: "1".to_owned(),
        name: "Mayor".to_owned(),
        votes_allowed: 1,
        ranks: 0,
        choices: Vec::new(),
    };
    let contests = scr_tabulation::cvr::Contests::of(vec![contest]).unwrap();
    let mut card = Card::default();
    card.id.push('7');
    card.add(0, &[Mark::vote(Mark::OVERVOTE)]);
    let mut writer = cdf::Writer::new(Vec::new()).unwrap();
    writer.card(&contests, &card).unwrap();
    let bytes = writer.finish(&contests, "", "2026-11-27T06:00:00Z").unwrap();
    let (reading, cards) =
        read(|sink| cdf::read(Cursor::new(&bytes), "f", &Limits::default(), sink)).unwrap();
    assert_eq!((reading.contests.list(), &cards), (contests.list(), &vec![card]));
    let mut report: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(against_schema(&report), None);
    let counted = &report["CVR"][0]["CVRSnapshot"][0]["CVRContest"][0];
    assert_eq!((&counted["Overvotes"], &counted["Undervotes"]), (&1.into(), &0.into()));
    report["CVR"][0]["Surprise"] = 1.into();
    if scr_testing::data("audit/cdf/NIST_V0_cast_vote_records.json").is_some() {
        assert!(against_schema(&report).unwrap().contains("Surprise"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn dominion_csv_is_read_as_written(election in election()) {
        let election = for_dominion_csv(election);
        let bytes = tables::dominion_csv(&election);
        let (reading, cards) = read(|sink| dominion_csv::read(&*bytes, "f", &Limits::default(), sink))?;
        election.assert_contests(&reading.contests)?;
        prop_assert_eq!((&reading.election, &cards), (&election.name, &election.cards));
    }

    #[test]
    fn clear_ballot_is_read_as_written(election in election()) {
        let election = for_clear_ballot(election);
        let bytes = tables::clear_ballot(&election);
        let (reading, cards) = read(|sink| clear_ballot::read(&*bytes, "f", &Limits::default(), sink))?;
        election.assert_contests(&reading.contests)?;
        prop_assert_eq!(&cards, &election.cards);
    }

    #[test]
    fn ess_is_read_as_written(election in election()) {
        let election = for_ess(election);
        let [cvr, ballots] = tables::ess(&election);
        let mut ballots = ballots.as_slice();
        let files = vec![BallotsFile { name: "b", input: &mut ballots }];
        let (reading, cards) = read(|sink| ess::read(&*cvr, "f", files, &Limits::default(), sink))?;
        election.assert_contests(&reading.contests)?;
        prop_assert_eq!(&cards, &election.cards);
    }

    #[test]
    fn rctabs_csv_is_read_as_written(election in election()) {
        let election = for_rctab(election);
        let bytes = tables::rctab_csv(&election);
        let layout = Layout {
            contest: election.contests[0].name.clone(),
            first_vote_column: 4,
            first_vote_row: 2,
            id_column: Some(1),
            batch_column: Some(2),
            precinct_column: Some(3),
            undeclared_write_in: String::new(),
        };
        let (reading, cards) = read(|sink| rctab_csv::read(&*bytes, "f", &layout, &Limits::default(), sink))?;
        prop_assert_eq!(reading.contests.list(), &election.contests[..]);
        prop_assert_eq!(&cards, &election.cards);
    }

    #[test]
    fn dominion_json_is_read_as_written(election in election(), is_old: bool) {
        let election = for_dominion_json(election, is_old);
        let bytes = archives::dominion_json(&election, is_old);
        let options = dominion_json::Options::default();
        let (reading, cards) = read(|sink| dominion_json::read(Cursor::new(&bytes), "f", &options, sink))?;
        prop_assert_eq!(reading.contests.list(), &election.contests[..]);
        prop_assert_eq!((&reading.election, &cards), (&election.name, &election.cards));
    }

    #[test]
    fn hart_is_read_as_written(election in election()) {
        let mut election = for_hart(election);
        prop_assume!(!election.contests.is_empty());
        let (archive, list) = archives::hart(&election);
        votes_told(&mut election);
        let mut list = list.as_bytes();
        let (reading, cards) =
            read(|sink| hart::read(Cursor::new(&archive), Some(&mut list), "f", &Limits::default(), sink))?;
        prop_assert_eq!(reading.contests.list(), &election.contests[..]);
        prop_assert_eq!(&cards, &election.cards);
    }

    #[test]
    fn cdf_is_read_as_written(election in election(), is_xml: bool) {
        let election = if is_xml { for_cdf(election, collapsed) } else { for_cdf(election, str::to_owned) };
        let contests = election.catalogue();
        let mut writer = cdf::Writer::new(Vec::new()).unwrap();
        for card in &election.cards {
            prop_assert!(writer.card(&contests, card).is_ok());
        }
        let bytes = writer.finish(&contests, &election.name, "2026-11-27T06:00:00Z").unwrap();
        if let Some(said) = against_schema(&serde_json::from_slice(&bytes).unwrap()) {
            return Err(TestCaseError::fail(said));
        }
        let bytes = if is_xml { archives::cdf_xml(&bytes).into_bytes() } else { bytes };
        let (reading, cards) = read(|sink| cdf::read(Cursor::new(&bytes), "f", &Limits::default(), sink))?;
        prop_assert_eq!(reading.contests.list(), &election.contests[..]);
        prop_assert_eq!((&reading.election, &cards), (&election.name, &election.cards));
    }

    #[test]
    fn raire_is_read_as_written(election in election(), winners: prop::sample::Index) {
        let election = for_raire(election);
        prop_assume!(!election.cards.is_empty());
        let contests = election.catalogue();
        let won = |contest: &Contest| u16::try_from(winners.index(contest.choices.len() + 1)).ok();
        let won = |contest: &Contest| won(contest).filter(|at| usize::from(*at) < contest.choices.len());
        let winners: Vec<Option<u16>> = election.contests.iter().map(won).collect();
        let mut writer = raire::Writer::new(Vec::new(), &contests, &winners).unwrap();
        for card in &election.cards {
            prop_assert!(writer.card(&contests, card).is_ok());
        }
        let bytes = writer.finish().unwrap();
        let mut found = Vec::new();
        let (reading, cards) = read(|sink| {
            let raire = raire::read(&*bytes, "f", &Limits::default(), sink)?;
            found = raire.winners;
            Ok(raire.reading)
        })?;
        prop_assert_eq!(reading.contests.list(), &election.contests[..]);
        prop_assert_eq!((&found, &cards), (&winners, &election.cards));
    }

    #[test]
    fn lines_are_read_as_written(election in election()) {
        let election = election.named(str::to_owned).with_ids();
        let contests = election.catalogue();
        let mut writer = lines::Writer::new(Vec::new(), &election.name, &contests).unwrap();
        for card in &election.cards {
            prop_assert!(writer.card(&contests, card).is_ok());
        }
        let bytes = writer.finish().unwrap();
        prop_assert_eq!(bytes.iter().filter(|byte| **byte == b'\n').count(), election.cards.len() + 1);
        let (reading, cards) = read(|sink| lines::read(&*bytes, "f", &Limits::default(), sink))?;
        prop_assert_eq!(reading.contests.list(), &election.contests[..]);
        prop_assert_eq!((&reading.election, &cards), (&election.name, &election.cards));
    }

    /// From the table of cards the cards can be made again, as its description says.
    #[test]
    fn nothing_is_lost_in_a_table_of_cards(election in election()) {
        let election = election.named(str::to_owned).with_ids();
        let contests = election.catalogue();
        let mut writer = table::Writer::new(Vec::new()).unwrap();
        for card in &election.cards {
            prop_assert!(writer.card(&contests, card).is_ok());
        }
        let cards = tables::cards(&writer.finish().unwrap(), &contests);
        prop_assert_eq!(&cards, &election.cards);
    }

    #[test]
    fn columns_are_read_as_written(election in election()) {
        let election = election.named(str::to_owned).with_ids();
        let contests = election.catalogue();
        let mut builder = Builder::new(100);
        let mut taken: BTreeMap<u64, &Card> = BTreeMap::new();
        for card in &election.cards {
            let number = builder.cards();
            if builder.card(&contests, card).is_ok() {
                taken.insert(number, card);
            }
        }
        let mut blob = Vec::new();
        let columns = builder.finish(&election.name, &contests);
        columns.write(|piece| { blob.extend_from_slice(piece); Ok::<(), Infallible>(()) }).unwrap();
        let again = Columns::read(&blob).unwrap();
        prop_assert_eq!((again.election(), again.contests()), (election.name.as_str(), &election.contests[..]));
        let mut card = Card::default();
        for (number, wanted) in taken {
            prop_assert!(again.card(number, &mut card));
            prop_assert_eq!(&card, wanted);
        }
        prop_assert!(!again.card(again.cards(), &mut card));
    }

    /// A byte changed anywhere is refused or read.
    #[test]
    fn changed_files_do_not_stop_the_program(election in election(), at: prop::sample::Index, byte: u8) {
        let limits = Limits::default();
        let changed = |mut bytes: Vec<u8>| {
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            bytes
        };
        let mut cards: Vec<Card> = Vec::new();
        let bytes = changed(tables::dominion_csv(&for_dominion_csv(election.clone())));
        let _ = dominion_csv::read(&*bytes, "f", &limits, &mut cards);
        let bytes = changed(tables::clear_ballot(&for_clear_ballot(election.clone())));
        let _ = clear_ballot::read(&*bytes, "f", &limits, &mut cards);
        let [cvr, ballots] = tables::ess(&for_ess(election.clone()));
        let (cvr, ballots) = (changed(cvr), changed(ballots));
        let file = BallotsFile { name: "b", input: &mut &*ballots };
        let _ = ess::read(&*cvr, "f", vec![file], &limits, &mut cards);
        let bytes = changed(archives::dominion_json(&for_dominion_json(election.clone(), false), false));
        let _ = dominion_json::read(Cursor::new(bytes), "f", &dominion_json::Options::default(), &mut cards);
        let bytes = changed(archives::hart(&for_hart(election)).0);
        let _ = hart::read(Cursor::new(bytes), None, "f", &limits, &mut cards);
    }
}
