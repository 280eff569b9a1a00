//! ES&S's CVR file with files of ballots: both forms, damage by spreadsheets, and what does not go together.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use proptest::prelude::*;
use scr_core::Problem;
use scr_tabulation::cvr::{Card, ChoiceKind, Mark, Reading};
use scr_tabulation::read::Limits;
use scr_tabulation::read::ess::{BallotsFile, read};

fn all(cvr: &str, ballots: &[(&str, &str)]) -> Result<(Reading, Vec<Card>), Vec<Problem>> {
    let mut inputs: Vec<(&str, &[u8])> =
        ballots.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let files = inputs.iter_mut().map(|(name, input)| BallotsFile { name, input }).collect();
    let mut cards: Vec<Card> = Vec::new();
    let reading = read(cvr.as_bytes(), "cvr.csv", files, &Limits::default(), &mut cards)?;
    Ok((reading, cards))
}

fn refused(cvr: &str, ballots: &[(&str, &str)]) -> Vec<String> {
    all(cvr, ballots).unwrap_err().iter().map(ToString::to_string).collect()
}

const CVR: &str = "Cast Vote Record,Precinct,Ballot Style,Mayor,Council,Council,Governor 1st Choice (51),Governor 2nd Choice (52)\n\
    7,P1,S1,Ann,Dan,undervote,Eve,Fay\n\
    8,P2,S2,overvote,,,undervote,Eve\n\
    12,P1,S1,undervote,Dan,Eli,overvote,Eve\n\
    13,P1,S1,Write-in,undervote,undervote,,\n";
const OLD: &str = "Ballots,,,\nGEN2111,,,\n\"Test County,Test State\",,,\n\"November 5, 2021\",,,\n,,,\n\
    Cast Vote Record,Batch,Ballot Status,Reporting Group,Tabulator CVR\n\
    8,B1,Not Reviewed,Election Day,0001013415\n7,B2,Not Reviewed,Mail,=\"0002000007\"\nTotal : 2,,,\n";
const NEW: &str = "Cast Vote Record,Batch,Ballot Status,Tabulator CVR,Machine\n\
    12,B3,Not Reviewed,00a1b2c3d4e5f607,M9\n13,B3,Not Reviewed,00a1b2c3d4e5f608,M9\n";

#[test]
fn ballots_and_marks_are_brought_together() {
    let (reading, cards) = all(CVR, &[("old.csv", OLD), ("new.csv", NEW)]).unwrap();
    assert_eq!((reading.cards, reading.warnings.len()), (4, 0));
    let contests: Vec<(&str, u16, u16)> = reading
        .contests
        .list()
        .iter()
        .map(|contest| (contest.name.as_str(), contest.votes_allowed, contest.ranks))
        .collect();
    assert_eq!(contests, [("Mayor", 1, 0), ("Council", 2, 0), ("Governor", 1, 2)]);
    let place = |card: &Card| (card.tabulator.clone(), card.batch.clone(), card.position, card.group.clone());
    assert_eq!(place(&cards[0]), ("0002".to_owned(), "B2".to_owned(), 7, "Mail".to_owned()));
    assert_eq!(place(&cards[2]), ("M9".to_owned(), "B3".to_owned(), 0, String::new()));
    assert_eq!(cards[2].imprinted, "00a1b2c3d4e5f607");
    assert_eq!((cards[0].marks(1), cards[1].marks(1)), (Some(&[Mark::vote(0)][..]), None));
    assert_eq!(cards[0].marks(2), Some(&[Mark::ranked(0, 1), Mark::ranked(1, 2)][..]));
    assert_eq!(cards[1].marks(0), Some(&[Mark::vote(Mark::OVERVOTE)][..]));
    assert_eq!(cards[1].marks(2), Some(&[Mark::ranked(0, 2)][..]));
    assert_eq!(cards[2].marks(2), Some(&[Mark::ranked(Mark::OVERVOTE, 1), Mark::ranked(0, 2)][..]));
    let written = cards[3].marks(0).unwrap()[0].choice;
    assert_eq!(reading.contests.list()[0].choices[usize::from(written)].kind, ChoiceKind::UndeclaredWriteIn);
    // Without files of ballots numbers are all that is known.
    let (_, alone) = all(CVR, &[]).unwrap();
    assert_eq!((alone[0].id.as_str(), alone[0].tabulator.as_str()), ("7", ""));
}

#[test]
fn what_does_not_go_together_is_said_at_once() {
    let damaged = OLD.replace("0001013415", "1013415").replace("=\"0002000007\"", "2.000007E9");
    let problems = refused(CVR, &[("old.csv", &damaged), ("new.csv", NEW)]);
    assert_eq!(
        problems,
        [
            r#"SCR-CVR-079 old.csv:7 column "Tabulator CVR" value "1013415" closest "0001013415""#,
            r#"SCR-CVR-079 old.csv:8 column "Tabulator CVR" value "2.000007E9""#,
            r#"SCR-CVR-081 cvr.csv:2 column "Cast Vote Record" value "7""#,
            r#"SCR-CVR-081 cvr.csv:3 column "Cast Vote Record" value "8""#,
        ]
    );
    let twice = format!("{CVR}8,P,S,Ann\n9x,P,S,Ann\n14,P,S,Ann,,,,,x\n");
    assert_eq!(
        refused(&twice, &[]),
        [
            r#"SCR-CVR-080 cvr.csv:6 column "Cast Vote Record" value "8" also="3""#,
            r#"SCR-CVR-024 cvr.csv:7 column "Cast Vote Record" value "9x""#,
            r#"SCR-CVR-029 cvr.csv:8 cells="9" columns="8""#,
        ]
    );
    let also = NEW.replace("13,", "12,");
    assert!(refused(CVR, &[("old.csv", OLD), ("new.csv", &also)])[0].starts_with("SCR-CVR-080 new.csv:3"));
    let missing = NEW.replace("Tabulator CVR", "Tabulator");
    assert_eq!(
        refused(CVR, &[("new.csv", &missing)])[0],
        r#"SCR-CVR-078 new.csv:1 column "Tabulator CVR" closest "Tabulator""#
    );
    assert!(refused("a,b\n1,2\n", &[])[0].starts_with(r#"SCR-CVR-077 cvr.csv column "Cast Vote Record""#));
    assert!(
        refused("Cast Vote Record,Precinct\n1,2\n", &[])[0]
            .starts_with("SCR-CVR-077 cvr.csv:1 what=\"no contest\"")
    );
    assert!(refused("Cast Vote Record,Mayor\n", &[])[0].starts_with("SCR-CVR-028"));
    // A ballot without a record is a card without a CVR: a warning says how many.
    let (reading, _) = all("Cast Vote Record,Mayor\n12,Ann\n", &[("new.csv", NEW)]).unwrap();
    assert_eq!(reading.warnings[0].to_string(), r#"SCR-CVR-082 cvr.csv ballots="1""#);
}

/// Arlo (votingworks/arlo, `parse_ess_cvrs`): `Machine` names the tabulator of ten digits too, and without it only ten
/// digits tell one; `Election ID` is no contest.
#[test]
fn a_machine_names_the_tabulator() {
    let cvr = "Cast Vote Record,Election ID,Mayor\n7,E,Ann\n";
    let ballots = "Cast Vote Record,Batch,Tabulator CVR,Machine\n7,B,0002000007,M3\n";
    let (reading, cards) = all(cvr, &[("b.csv", ballots)]).unwrap();
    assert_eq!((reading.contests.list().len(), reading.contests.list()[0].name.as_str()), (1, "Mayor"));
    assert_eq!((cards[0].tabulator.as_str(), cards[0].position), ("M3", 7));
    let unnamed = "Cast Vote Record,Batch,Tabulator CVR\n7,B,00a1b2c3d4e5f607\n";
    let said = refused(cvr, &[("b.csv", unnamed)]);
    assert!(said[0].starts_with(r#"SCR-CVR-078 b.csv:2 column "Machine""#), "{said:?}");
}

#[test]
fn cut_and_long_rows_are_said_and_ballots_are_no_totals() {
    let cut = refused("Cast Vote Record,Mayor,Council\n7,Ann,Dan\n8,Be", &[]);
    assert_eq!(cut, [r#"SCR-CVR-040 cvr.csv:3 cells="2" columns="3""#]);
    let within = refused("Cast Vote Record,Council,Council\n7,Dan\n", &[]);
    assert_eq!(within, [r#"SCR-CVR-040 cvr.csv:2 cells="2" columns="3""#]);
    let (reading, _) = all("Precinct,Cast Vote Record,Mayor\nTotal Hills,7,Ann\nTotal,,\n", &[]).unwrap();
    assert_eq!(reading.cards, 1);
    let long = format!("Cast Vote Record,Mayor\n7,{}\n", "a".repeat(5 << 20));
    assert!(refused(&long, &[])[0].starts_with("SCR-CVR-039 cvr.csv:2"));
}

proptest! {
    /// Whatever stands in the files, there is an answer.
    #[test]
    fn no_file_ends_the_program(one in "[C0-9a, \n\"t]{0,80}", other in "[0-9, \n\"é]{0,60}") {
        let _ = all(&one, &[("b.csv", &other)]);
        let _ = all(&format!("{CVR}{one}"), &[("b.csv", &format!("{NEW}{other}"))]);
        let _ = all(&format!("Cast Vote Record,{one}\n1,2\n"), &[]);
    }
}
