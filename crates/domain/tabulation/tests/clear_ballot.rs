//! Clear Ballot's CSV: a real export, damaged ones.

use scr_tabulation::cvr::{Card, Mark, Reading};
use scr_tabulation::read::{Limits, clear_ballot};
use std::io::Read as _;

fn read(bytes: &[u8]) -> Result<(Reading, Vec<Card>), Vec<String>> {
    let mut cards = Vec::new();
    let reading = clear_ballot::read(bytes, "a.csv", &Limits::default(), &mut cards);
    let reading = reading.map_err(|all| all.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    Ok((reading, cards))
}

/// RCTab 2.0.1's set `clear_ballot_with_inline_comma`: first preferences and undervotes of its expected report.
#[test]
fn portland_is_counted_as_by_rctab() {
    let Some(sets) = scr_testing::data("audit/rctab/rctab-sets.zip") else { return };
    let mut archive = zip::ZipArchive::new(std::fs::File::open(sets).unwrap()).unwrap();
    let mut text = Vec::new();
    let folder = "clear_ballot_with_inline_comma";
    archive.by_name(&format!("{folder}/{folder}_cvr.csv")).unwrap().read_to_end(&mut text).unwrap();
    let mut report = String::new();
    archive
        .by_name(&format!("{folder}/{folder}_expected_detailed_report.json"))
        .unwrap()
        .read_to_string(&mut report)
        .unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let (reading, cards) = read(&text).unwrap();
    let contest = &reading.contests.list()[0];
    assert_eq!((contest.name.as_str(), contest.ranks), ("City of Portland, Auditor", 2));
    assert_eq!(report["summary"]["totalNumBallots"], cards.len().to_string());
    // Its rules pass over a rank with several marks; a card has its first preference in the next.
    let first = |card: &Card| {
        let marks = card.marks(0).unwrap();
        let mut ranks = marks.chunk_by(|one, other| one.rank == other.rank);
        ranks.find(|rank| rank.len() == 1).map(|rank| rank[0].choice)
    };
    for choice in &contest.choices {
        let number = reading.contests.find_choice(0, &choice.id);
        let votes = cards.iter().filter(|card| first(card) == number).count();
        assert_eq!(report["results"][0]["tally"][&choice.name], votes.to_string(), "{}", choice.name);
    }
    let card = &cards[0];
    assert_eq!(
        [&card.tabulator, &card.batch, &card.id, &card.imprinted, &card.precinct, &card.style],
        ["ScanStation2", "RCV-0255", "1", "RCV-0255+10003", "76", "1"]
    );
    assert_eq!(card.position, 1);
}

const TOP: &str = "RowNumber,BoxID,BoxPosition,BallotID,PrecinctID,BallotStyleID,PrecinctStyleName,ScanComputerName,Status,Remade,Choice_1_1:Mayor: north:Vote For 1:Ann:Green,Choice_2_1:Mayor: north:Vote For 1:Write-in:\n";

#[test]
fn damage_is_named_by_row_and_column() {
    let errors = |text: String| read(text.as_bytes()).unwrap_err();
    assert_eq!(
        errors(format!(
            "{TOP}1,B,1,B+1,7,1,S,T,0,0,1,0\n2,B,x,B+2,7,1,S,T,0,0,2,0\n3,B,3,B+3,7,1,S,T,0,0,1\n4,B,4,B+4,7,1,S,T,0,0,1,0,0\n"
        )),
        [
            "SCR-CVR-024 a.csv:3 column \"BoxPosition\" value \"x\"",
            "SCR-CVR-024 a.csv:3 column \"11 (Mayor: north)\" value \"2\"",
            "SCR-CVR-040 a.csv:4 cells=\"11\" columns=\"12\"",
            "SCR-CVR-029 a.csv:5 cells=\"13\" columns=\"12\"",
        ]
    );
    assert_eq!(
        errors(TOP.replace("BoxPosition", "BoxPositon")),
        ["SCR-CVR-025 a.csv:1 column \"BoxPosition\" closest \"BoxPositon\""]
    );
    assert_eq!(
        errors(TOP.replace("Vote For 1:Ann", "Votes 1:Ann")),
        ["SCR-CVR-042 a.csv:1 column \"11\" value \"Choice_1_1:Mayor: north:Votes 1:Ann:Green\""]
    );
    assert_eq!(errors("BoxID,BoxPosition,BallotID\n".to_owned()), ["SCR-CVR-042 a.csv:1"]);
    assert_eq!(errors(String::new()), ["SCR-CVR-028 a.csv"]);
    assert_eq!(errors(TOP.to_owned()), ["SCR-CVR-028 a.csv"]);
    let few = Limits { columns: 5, ..Limits::default() };
    assert_eq!(
        clear_ballot::read(TOP.as_bytes(), "a.csv", &few, &mut Vec::new()).unwrap_err()[0].code,
        "SCR-CVR-023"
    );
    let open = format!("{TOP}1,\"{}", "x".repeat(5 << 20));
    assert_eq!(errors(open)[0], "SCR-CVR-039 a.csv:2 limit=\"4194304\"");
}

#[test]
fn other_encodings_and_cells_of_spreadsheets_are_read() {
    let text = format!("{}1,B,=\"1\",B+1,7,1,S,Scanner é,0,0,\" 1\",0\n", TOP.replace("Ann", "Zoë"));
    let units: Vec<u8> =
        [0xfeff_u16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let single: Vec<u8> = text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    for (bytes, warned) in [(text.as_bytes(), vec![]), (&units, vec![]), (&single, vec!["SCR-CVR-041"])] {
        let (reading, cards) = read(bytes).unwrap();
        assert_eq!(reading.warnings.iter().map(|problem| problem.code).collect::<Vec<_>>(), warned);
        assert_eq!(reading.contests.list()[0].choices[0].name, "Zoë");
        assert_eq!(cards[0].tabulator, "Scanner é");
        assert_eq!(cards[0].marks(0).unwrap(), [Mark::vote(0)]);
    }
}

#[test]
fn contests_of_one_name_with_other_limits_are_others() {
    let text = format!(
        "{},Choice_3_1:Mayor: north:Vote For 2:Ann:,Choice_4_1:Mayor: north:Vote For 2:Cem:\n1,B,1,B+1,7,1,S,T,0,0,1,0,1,1\n",
        TOP.trim_end()
    );
    let (reading, cards) = read(text.as_bytes()).unwrap();
    let limits: Vec<_> =
        reading.contests.list().iter().map(|one| (one.name.as_str(), one.votes_allowed)).collect();
    assert_eq!(limits, [("Mayor: north", 1), ("Mayor: north", 2)]);
    assert_eq!(cards[0].marks(1).unwrap(), [Mark::vote(0), Mark::vote(1)]);
}
