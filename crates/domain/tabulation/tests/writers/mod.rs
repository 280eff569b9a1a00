//! Writers of vendors' formats, from the descriptions of the formats and not from the readers; for tests alone.

use proptest::prelude::*;
use scr_tabulation::cvr::columns::Columns;
use scr_tabulation::cvr::{Card, Mark};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

/// A contest that is ranked (with so many ranks) or not.
#[derive(Debug, Clone)]
pub(crate) struct Contest {
    pub(crate) name: String,
    pub(crate) ranks: u16,
    pub(crate) choices: Vec<String>,
}

/// A card: for each contest on it the marks as (choice, rank from 1).
#[derive(Debug, Clone)]
pub(crate) struct Ballot {
    pub(crate) batch: u32,
    pub(crate) marks: Vec<Option<Vec<(usize, u16)>>>,
}

#[derive(Debug, Clone)]
pub(crate) struct Election {
    pub(crate) contests: Vec<Contest>,
    pub(crate) ballots: Vec<Ballot>,
}

/// A small election of any shape.
pub(crate) fn election() -> impl Strategy<Value = Election> {
    let name = "[A-Za-zé' ,\"]{1,8}";
    let contest = (prop::collection::vec(name, 1..4), 0..4_u16);
    prop::collection::vec(contest, 1..4).prop_flat_map(|contests| {
        let contests: Vec<Contest> = (0..)
            .zip(contests)
            .map(|(at, (names, ranks)): (usize, _)| Contest {
                name: format!("Contest {at}, north"),
                ranks,
                choices: (0..)
                    .zip(names)
                    .map(|(number, name): (usize, String)| {
                        format!("{} {number}", name.trim()).trim().to_owned()
                    })
                    .collect(),
            })
            .collect();
        let cells: Vec<_> = contests
            .iter()
            .map(|contest| {
                let mark = (0..contest.choices.len(), 1..=contest.ranks.max(1));
                prop::option::weighted(
                    0.8,
                    prop::collection::btree_set(mark, 0..3)
                        .prop_map(|set| set.into_iter().collect::<Vec<_>>()),
                )
            })
            .collect();
        let ballot = (1..3_u32, cells).prop_map(|(batch, marks)| Ballot { batch, marks });
        (Just(contests), prop::collection::vec(ballot, 1..12))
            .prop_map(|(contests, ballots)| Election { contests, ballots })
    })
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// The table: four rows at the top, then a row for each card.
pub(crate) fn dominion_csv(election: &Election) -> Vec<u8> {
    let mut rows = vec![
        vec![quoted("Test Election"), quoted("5.10.1")],
        vec![String::new(); 8],
        vec![String::new(); 8],
        Vec::new(),
    ];
    for name in [
        "CvrNumber",
        "TabulatorNum",
        "BatchId",
        "RecordId",
        "ImprintedId",
        "CountingGroup",
        "PrecinctPortion",
        "BallotType",
    ] {
        rows[3].push(quoted(name));
    }
    for contest in &election.contests {
        for rank in 1..=contest.ranks.max(1) {
            for choice in &contest.choices {
                let (title, label) = if contest.ranks > 0 {
                    (
                        format!(
                            "{} (Number of positions=1, Number of ranks={})",
                            contest.name, contest.ranks
                        ),
                        format!("{choice}({rank})"),
                    )
                } else {
                    (format!("{} (Vote For=1)", contest.name), choice.clone())
                };
                rows[1].push(quoted(&title));
                rows[2].push(quoted(&label));
                rows[3].push(String::new());
            }
        }
    }
    rows.extend((1..).zip(&election.ballots).map(|(number, ballot)| csv_row(election, number, ballot)));
    rows.into_iter()
        .fold(String::new(), |mut text, row| {
            writeln!(text, "{}", row.join(",")).unwrap();
            text
        })
        .into_bytes()
}

/// The row of a card.
fn csv_row(election: &Election, number: u32, ballot: &Ballot) -> Vec<String> {
    let mut row: Vec<String> = [
        number.to_string(),
        "7".to_owned(),
        ballot.batch.to_string(),
        number.to_string(),
        format!("7-{}-{number}", ballot.batch),
    ]
    .map(|text| format!("=\"{text}\""))
    .into();
    row.extend(["Mail", "Precinct 1", "Style 1"].map(quoted));
    for (contest, marks) in election.contests.iter().zip(&ballot.marks) {
        for rank in 1..=contest.ranks.max(1) {
            for choice in 0..contest.choices.len() {
                row.push(match marks {
                    None => String::new(),
                    Some(marks) => u8::from(marks.contains(&(choice, rank))).to_string(),
                });
            }
        }
    }
    row
}

/// The zip: manifests, and the ballots split over two files.
pub(crate) fn dominion_json(election: &Election) -> Vec<u8> {
    let contests: Vec<Value> = (1..).zip(&election.contests)
        .map(|(id, contest)| json!({"Id": id, "Description": contest.name, "VoteFor": 1, "NumOfRanks": contest.ranks})).collect();
    let mut candidates = Vec::new();
    for (id, contest) in (1..).zip(&election.contests) {
        for (choice, name) in contest.choices.iter().enumerate() {
            candidates.push(
                json!({"Id": id * 100 + choice, "Description": name, "ContestId": id, "Type": "Regular"}),
            );
        }
    }
    let sessions: Vec<Value> = (1..).zip(&election.ballots).map(|(number, ballot): (u32, _)| {
        let on_card: Vec<Value> = (1..).zip(&ballot.marks).filter_map(|(id, marks)| {
            let marks: Vec<Value> = marks.as_ref()?.iter()
                .map(|(choice, rank)| json!({"CandidateId": id * 100 + choice, "Rank": rank, "IsAmbiguous": false, "IsVote": true})).collect();
            Some(json!({"Id": id, "Marks": marks}))
        }).collect();
        json!({"TabulatorId": 7, "BatchId": ballot.batch, "RecordId": number, "CountingGroupId": 1, "ImageMask": "x*.*",
            "Original": {"PrecinctPortionId": 4, "BallotTypeId": 9, "IsCurrent": true, "Cards": [{"Id": 1, "Contests": on_card}]}})
    }).collect();
    let (first, second) = sessions.split_at(sessions.len() / 2);
    let file = |sessions: &[Value]| {
        json!({"Version": "5.10.1", "ElectionId": "Test Election", "Sessions": sessions})
            .to_string()
            .into_bytes()
    };
    let list = |rows: Value| json!({ "List": rows }).to_string().into_bytes();
    zip(&[
        ("CvrExport_1.json", file(second)),
        ("CvrExport_0.json", file(first)),
        ("ContestManifest.json", list(json!(contests))),
        ("CandidateManifest.json", list(json!(candidates))),
        ("CountingGroupManifest.json", list(json!([{"Id": 1, "Description": "Mail"}]))),
        ("PrecinctPortionManifest.json", list(json!([{"Id": 4, "Description": "Precinct 1"}]))),
        ("BallotTypeManifest.json", list(json!([{"Id": 9, "Description": "Style 1"}]))),
    ])
}

pub(crate) fn zip(members: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Whether what was read is the election.
pub(crate) fn assert_same(election: &Election, columns: &Columns) -> Result<(), TestCaseError> {
    prop_assert_eq!(columns.election(), "Test Election");
    prop_assert_eq!(columns.cards(), election.ballots.len() as u64);
    prop_assert_eq!(columns.contests().len(), election.contests.len());
    let mut card = Card::default();
    for (number, ballot) in (1_u32..).zip(&election.ballots) {
        prop_assert!(columns.card(u64::from(number) - 1, &mut card));
        let batch = ballot.batch.to_string();
        prop_assert_eq!(
            (card.tabulator.as_str(), card.batch.as_str(), card.position),
            ("7", batch.as_str(), number)
        );
        prop_assert_eq!(
            (card.group.as_str(), card.precinct.as_str(), card.style.as_str()),
            ("Mail", "Precinct 1", "Style 1")
        );
        for (contest, marks) in election.contests.iter().zip(&ballot.marks) {
            let spec = columns.contests().iter().find(|known| known.name == contest.name).unwrap();
            let number = columns.find(&spec.id).unwrap();
            let found = card.marks(number).map(|marks| {
                let mut named: Vec<(String, u16)> = marks
                    .iter()
                    .map(|mark: &Mark| {
                        (spec.choices[usize::from(mark.choice)].name.clone(), mark.rank.max(1))
                    })
                    .collect();
                named.sort();
                named
            });
            let wanted = marks.as_ref().map(|marks| {
                let mut named: Vec<(String, u16)> =
                    marks.iter().map(|(choice, rank)| (contest.choices[*choice].clone(), *rank)).collect();
                named.sort();
                named
            });
            prop_assert_eq!(found, wanted);
        }
    }
    Ok(())
}
