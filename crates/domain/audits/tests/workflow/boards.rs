//! Boards: what they read, what is refused, and that both sign what they read.

use super::course::formed;
use scr_audits::record::{Batch, Draw};
use scr_audits::workflow::paper::{retrieval, retrieval_csv, sheets, slips};
use scr_audits::workflow::{
    BallotReading, BatchEntry, BoardStep, BoardWork, ContestForm, ContestReading, Entry, Unit, counted,
};
use scr_core::Refusal;
use serde_json::json;

fn forms() -> Vec<ContestForm> {
    let form = |name: &str, choices: &[&str], votes_allowed| ContestForm {
        name: name.into(),
        choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
        votes_allowed,
        ranked: false,
    };
    vec![form("Mayor", &["Ada", "Ben", "Cleo"], 1), form("Council", &["P", "Q"], 2)]
}

fn names() -> Vec<String> {
    vec!["Ines Alvarez".into(), "Omar Haddad".into()]
}

fn joined(units: Vec<Unit>) -> BoardWork {
    BoardWork::new(forms(), units).step(&BoardStep::Join { names: names() }).unwrap()
}

fn ballots(count: u32) -> BoardWork {
    joined((1..=count).map(|at| Unit { batch: 0, position: Some(at), ballots: 1, extra: false }).collect())
}

fn found(contests: Vec<ContestReading>) -> BallotReading {
    BallotReading::Found { contests, comment: String::new() }
}

fn marks(choices: &[u16]) -> ContestReading {
    ContestReading::Votes { choices: choices.to_vec(), invalid_write_in: false }
}

fn read(unit: usize, contests: Vec<ContestReading>) -> BoardStep {
    BoardStep::Read { unit, reading: found(contests) }
}

fn refused(board: &BoardWork, step: &BoardStep) -> Refusal {
    board.step(step).unwrap_err()
}

fn sign(board: &BoardWork) -> BoardStep {
    BoardStep::Sign { names: names(), over: board.to_sign().unwrap() }
}

#[test]
fn a_board_reads_its_list_and_both_members_sign() {
    let board = ballots(3);
    assert_eq!(board.unread().collect::<Vec<_>>(), [0, 1, 2]);
    let board = board.step(&read(0, vec![marks(&[1]), marks(&[0, 1])])).unwrap();
    let blank = ContestReading::Blank { invalid_write_in: true };
    let board = board.step(&read(1, vec![blank, ContestReading::NotOnBallot])).unwrap();
    assert_eq!(
        refused(&board, &BoardStep::Sign { names: names(), over: scr_canon::sha256(b"") }).code,
        "SCR-AUD-242"
    );
    let gone = BallotReading::NotFound { comment: "the box was empty".into() };
    let board = board.step(&BoardStep::Read { unit: 2, reading: gone }).unwrap();
    assert_eq!(board.unread().count(), 0);
    // As the record has it: marked, blank, not on the ballot; and nothing at all where it was not found.
    let votes = [vec![Some(vec![1]), Some(vec![0, 1])], vec![Some(vec![]), None], vec![]];
    assert_eq!(board.read().into_iter().map(|(_, votes)| votes).collect::<Vec<_>>(), votes);
    let other = BoardStep::Sign {
        names: vec!["Ines Alvarez".into(), "Omar Hadad".into()],
        over: board.to_sign().unwrap(),
    };
    assert_eq!(refused(&board, &other).code, "SCR-AUD-243");
    let unseen = BoardStep::Sign { names: names(), over: scr_canon::sha256(b"an earlier state") };
    assert_eq!(refused(&board, &unseen).code, "SCR-AUD-227");
    let signed = board.step(&sign(&board)).unwrap();
    assert_eq!(signed.signed(), Some(&board.to_sign().unwrap()));
    for step in [read(0, vec![marks(&[0]), marks(&[0])]), BoardStep::Join { names: names() }, sign(&board)] {
        assert_eq!(refused(&signed, &step).code, "SCR-AUD-246", "{step:?}");
    }
    // Given back with a reason, one reading corrected: another thing to sign.
    assert_eq!(refused(&signed, &BoardStep::Reopen { reason: " ".into() }).code, "SCR-AUD-222");
    assert_eq!(refused(&board, &BoardStep::Reopen { reason: "x".into() }).code, "SCR-AUD-221");
    let open = signed.step(&BoardStep::Reopen { reason: "ballots 1 and 2 were exchanged".into() }).unwrap();
    let corrected = open.step(&read(0, vec![marks(&[2]), marks(&[0, 1])])).unwrap();
    assert_ne!(corrected.to_sign().unwrap(), board.to_sign().unwrap());
    let text = serde_json::to_string(&corrected).unwrap();
    assert_eq!(serde_json::from_str::<BoardWork>(&text).unwrap(), corrected);
}

#[test]
fn what_has_not_the_form_of_the_contests_is_refused() {
    let board = ballots(1);
    let council = || marks(&[0]);
    let wrong = [
        vec![marks(&[0])],
        vec![marks(&[0]), council(), council()],
        vec![marks(&[3]), council()],
        vec![marks(&[1, 0]), council()],
        vec![marks(&[1, 1]), council()],
        vec![marks(&[]), council()],
    ];
    for contests in wrong {
        assert_eq!(refused(&board, &read(0, contests.clone())).code, "SCR-AUD-240", "{contests:?}");
    }
    assert_eq!(refused(&board, &read(1, vec![council(), council()])).code, "SCR-AUD-239");
    let count = BoardStep::Count { unit: 0, member: 0, votes: vec![vec![0; 3], vec![0; 2]] };
    assert_eq!(refused(&board, &count).code, "SCR-AUD-240", "a ballot is not counted");
    let long = BallotReading::NotFound { comment: "x".repeat(1_001) };
    assert_eq!(refused(&board, &BoardStep::Read { unit: 0, reading: long }).code, "SCR-AUD-247");
    // Where voters rank, the order is what was marked, and nothing is an overvote.
    let ranked = ContestForm { ranked: true, ..forms()[0].clone() };
    let list = BoardWork::new(vec![ranked.clone()], board.units().to_vec());
    let list = list.step(&BoardStep::Join { names: names() }).unwrap();
    assert!(list.step(&read(0, vec![marks(&[2, 0, 1])])).is_ok() && !marks(&[2, 0]).is_overvote(&ranked));
    assert_eq!(refused(&list, &read(0, vec![marks(&[2, 0, 2])])).code, "SCR-AUD-240");
    // An overvote is read as it stands there, and counts for nobody.
    let over = marks(&[0, 2]);
    assert!(over.is_overvote(&forms()[0]) && !marks(&[0, 1]).is_overvote(&forms()[1]));
    assert!(board.step(&read(0, vec![over, council()])).is_ok());
}

#[test]
fn two_people_with_names_make_a_board() {
    let empty = BoardWork::new(forms(), vec![Unit { batch: 0, position: Some(1), ballots: 1, extra: false }]);
    assert_eq!(refused(&empty, &read(0, vec![marks(&[0]), marks(&[0])])).code, "SCR-AUD-243");
    for wrong in [vec!["Ines"], vec!["Ines", " ines "], vec!["Ines", ""], vec!["A", "B", "C"]] {
        let names = wrong.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(refused(&empty, &BoardStep::Join { names }).code, "SCR-AUD-243", "{wrong:?}");
    }
    let names = vec!["x".repeat(201), "Ines".into()];
    assert_eq!(refused(&empty, &BoardStep::Join { names }).code, "SCR-AUD-247");
}

#[test]
fn a_disagreement_waits_for_the_jurisdiction_and_stays_visible() {
    let disagreement = |note: &str| ContestReading::Disagreement { note: note.into() };
    let board = ballots(1);
    assert_eq!(refused(&board, &read(0, vec![disagreement(" "), marks(&[0])])).code, "SCR-AUD-222");
    let resolve = |choices: &[u16]| BoardStep::Resolve {
        unit: 0,
        reading: found(vec![marks(choices), marks(&[0])]),
        reason: "the cross ends in Ben's field".into(),
    };
    assert_eq!(refused(&board, &resolve(&[1])).code, "SCR-AUD-244", "nobody disagrees");
    let board = board.step(&read(0, vec![disagreement("Ada or Ben"), marks(&[0])])).unwrap();
    assert_eq!(board.disagreed().collect::<Vec<_>>(), [0]);
    assert!(board.read().is_empty(), "nothing is counted while they disagree");
    assert_eq!(board.to_sign().unwrap_err().code, "SCR-AUD-244");
    let still = BoardStep::Resolve {
        unit: 0,
        reading: found(vec![disagreement("no idea"), marks(&[0])]),
        reason: "x".into(),
    };
    assert_eq!(refused(&board, &still).code, "SCR-AUD-244");
    let board = board.step(&resolve(&[1])).unwrap();
    assert!(matches!(board.entry(0), Some(Entry::Ballot { resolved: true, .. })));
    assert!(board.step(&sign(&board)).is_ok());
}

#[test]
fn a_batch_counts_when_two_people_come_to_the_same() {
    let board = joined(vec![Unit { batch: 4, position: None, ballots: 10, extra: false }]);
    let count = |member, ada| BoardStep::Count { unit: 0, member, votes: vec![vec![ada, 3, 0], vec![9, 4]] };
    let once = board.step(&count(0, 6)).unwrap();
    assert_eq!(once.unread().count(), 1);
    // The same member once more is still one count.
    let once = once.step(&count(0, 7)).unwrap();
    assert!(matches!(once.entry(0), Some(Entry::Batch(BatchEntry::Once { member: 0, .. }))));
    let differs = once.step(&count(1, 6)).unwrap();
    assert_eq!(differs.entry(0), Some(&Entry::Batch(BatchEntry::Differs)));
    assert_eq!(differs.to_sign().unwrap_err().code, "SCR-AUD-245");
    let agreed = differs.step(&count(1, 7)).unwrap().step(&count(0, 7)).unwrap();
    assert_eq!(agreed.read(), [(0, vec![Some(vec![7, 3, 0]), Some(vec![9, 4])])]);
    assert!(agreed.step(&sign(&agreed)).is_ok());
    assert_eq!(refused(&board, &count(2, 7)).code, "SCR-AUD-243");
    // Twice as many votes as the ballots allow cannot be; a few more than the manifest can.
    assert!(board.step(&count(0, 17)).is_ok());
    assert_eq!(refused(&board, &count(0, 18)).code, "SCR-AUD-240");
    let short = BoardStep::Count { unit: 0, member: 0, votes: vec![vec![1, 2], vec![9, 4]] };
    assert_eq!(refused(&board, &short).code, "SCR-AUD-240");
    assert_eq!(refused(&board, &read(0, vec![marks(&[0]), marks(&[0])])).code, "SCR-AUD-240");
}

/// Batches 4 and 5 lie in one box without a sheet between them; 6 is another.
#[test]
fn batches_that_cannot_be_told_apart_are_counted_as_one() {
    let unit = |batch| Unit { batch, position: None, ballots: 10, extra: batch == 6 };
    let board = joined(vec![unit(4), unit(5), unit(6)]);
    let count =
        |unit, member, ada| BoardStep::Count { unit, member, votes: vec![vec![ada, 0, 0], vec![0, 0]] };
    let combine = |unit, with: &[usize], reason: &str| BoardStep::Combine {
        unit,
        with: with.iter().map(|at| (*at, 10)).collect(),
        reason: reason.into(),
    };
    assert_eq!(refused(&board, &combine(0, &[5], "")).code, "SCR-AUD-222");
    for wrong in [combine(0, &[], "one box"), combine(0, &[4], "one box")] {
        assert_eq!(refused(&board, &wrong).code, "SCR-AUD-240");
    }
    let alone = board.step(&count(1, 0, 3)).unwrap();
    let board = alone.step(&combine(0, &[5, 9], "one box without a sheet between them")).unwrap();
    assert_eq!(board.entry(1), None, "what was counted alone is put aside");
    assert_eq!(refused(&board, &count(1, 0, 3)).code, "SCR-AUD-240", "it is counted under the other");
    assert_eq!(refused(&board, &combine(2, &[5], "x")).code, "SCR-AUD-240", "nothing is in two groups");
    assert_eq!(refused(&board, &count(0, 0, 61)).code, "SCR-AUD-240", "30 ballots, twice");
    let board = [count(0, 0, 25), count(0, 1, 25), count(2, 0, 4), count(2, 1, 4)]
        .iter()
        .fold(board, |board, step| board.step(step).unwrap());
    assert_eq!(board.unread().count(), 0);
    let board = board.step(&sign(&board)).unwrap();
    let all = counted(&board, "North 1");
    let groups: Vec<(usize, &[usize], bool)> =
        all.iter().map(|one| (one.batch, one.together.as_slice(), one.extra)).collect();
    assert_eq!(groups, [(4, &[4, 5, 9][..], false), (5, &[4, 5, 9], false), (6, &[], true)]);
    assert_eq!(all[0].votes, all[1].votes);
    let by: Vec<&str> = all[0].signed.iter().map(|one| one.by.as_str()).collect();
    assert_eq!(by, ["North 1, first member", "North 1, second member"]);
}

fn batch(jurisdiction: &str, batch: &str, ballots: u32) -> Batch {
    formed(json!({"jurisdiction": jurisdiction, "tabulator": "T1", "batch": batch, "ballots": ballots}))
}

fn draw(batch: usize, position: u32, ticket: &str) -> Draw {
    Draw { ticket: ticket.into(), batch, position: Some(position), ..Draw::default() }
}

/// Batches 10 and 2 lie in one box, batch 3 in another; `South` is somebody else's.
fn shelves() -> (Vec<Batch>, Vec<Option<String>>) {
    let batches = vec![
        batch("North", "10", 50),
        batch("South", "1", 50),
        batch("North", "2", 50),
        batch("North", "3", 50),
    ];
    let boxes = ["Box 1", "Box 9", "Box 1", "=Box 2"].map(|name| Some(name.to_owned())).to_vec();
    (batches, boxes)
}

#[test]
fn a_list_says_what_lies_where_and_one_box_stays_with_one_board() {
    let (batches, boxes) = shelves();
    let earlier = [draw(3, 8, "0.01")];
    let draws = [
        draw(0, 7, "0.1"),
        draw(2, 3, "0.2"),
        draw(1, 1, "0.3"),
        draw(3, 8, "0.35"),
        draw(0, 7, "0.4"),
        draw(3, 12, "0.5"),
        draw(2, 30, "0.6"),
    ];
    let rows = retrieval("North", &batches, &boxes, &[&earlier], &draws, 3);
    let csv = String::from_utf8(retrieval_csv(&rows)).unwrap();
    let wanted = "Container,Tabulator,Batch Name,Ballot Number,Ticket Numbers,Already Audited,Audit Board
Box 1,T1,2,3,0.2,N,1
Box 1,T1,2,30,0.6,N,1
Box 1,T1,10,7,\"0.1, 0.4\",N,1
'=Box 2,T1,3,12,0.5,N,2
'=Box 2,T1,3,8,0.35,Y,
";
    assert_eq!(csv, wanted);
    let labels = slips(&rows);
    let numbers: Vec<_> = labels.iter().map(|slip| (slip.board, slip.number, slip.position)).collect();
    assert_eq!(
        numbers,
        [(1, (1, 3), Some(3)), (1, (2, 3), Some(30)), (1, (3, 3), Some(7)), (2, (1, 1), Some(12))]
    );
    assert_eq!(sheets(&labels, 3).iter().map(|sheet| sheet.len()).collect::<Vec<_>>(), [3, 1]);
    assert!(retrieval("West", &batches, &boxes, &[], &draws, 1).is_empty());
}

#[test]
fn whole_batches_are_dealt_by_their_ballots() {
    let (batches, _) = shelves();
    let draws: Vec<Draw> =
        [0, 2, 3].map(|at| Draw { ticket: format!("0.{at}"), batch: at, ..Draw::default() }).into();
    let rows = retrieval("North", &batches, &[], &[], &draws, 2);
    assert_eq!(
        rows.iter().map(|row| (row.container.as_str(), row.board)).collect::<Vec<_>>(),
        [("T1 - 2", 1), ("T1 - 10", 1), ("T1 - 3", 2)]
    );
    let csv = String::from_utf8(retrieval_csv(&rows)).unwrap();
    assert!(csv.starts_with("Container,Tabulator,Batch Name,Ballots in Batch,Ticket Numbers"), "{csv}");
}
