//! What is proposed for small files of the kinds that occur: totals, codes among the numbers, two rows of
//! headings, one unit only, several contests.

use scr_intake::{Input, Intake, Limits, Mapping, Proposal, codes, propose, read};
use scr_results::Table;

fn proposed(text: &str) -> (Proposal, Intake) {
    let input = Input { name: "f.csv", bytes: text.as_bytes() };
    let proposal = propose(input, &Limits::default());
    let intake = read(input, &proposal.mapping, &Limits::default());
    assert!(intake.is_complete(), "{:?}\n{}", intake.problems, proposal.mapping.to_toml());
    (proposal, intake)
}

fn contestants(table: &Table) -> Vec<&str> {
    table.contestants().iter().map(|one| one.name.as_str()).collect()
}

fn votes(table: &Table) -> u64 {
    table.units().filter_map(|row| row.votes_sum()).sum()
}

#[test]
fn a_total_at_the_end_is_no_unit() {
    for total in ["Total", "RAZEM", "Итого:", "Insgesamt", "المجموع", "TOTAL GENERAL"] {
        let text = format!("Station;Ann;Bob\nA1;5;3\nA2;2;2\nA3;1;0\n{total};8;5\n");
        let (_, intake) = proposed(&text);
        assert_eq!(
            (intake.counts.units, intake.counts.totals, votes(&intake.tables[0])),
            (3, 1, 13),
            "{total}"
        );
    }
    let (_, intake) = proposed("Station,Ann,Bob\nA1,5,3\nA2,2,2\n,7,5\n");
    assert_eq!((intake.counts.units, intake.counts.totals), (2, 1));
}

#[test]
fn contestants_are_the_columns_that_add_up() {
    let mut text = String::from("Code;Station;District No;Registered;Valid votes;Ann;Bob;Cid;Percent\n");
    for n in 1..=20_u64 {
        let (ann, bob, cid) = (n * 3, 40 - n, n % 4);
        text.push_str(&format!(
            "{:04};S{n};{};200;{};{ann};{bob};{cid};12.5\n",
            n,
            n / 5 + 1,
            ann + bob + cid
        ));
    }
    let (proposal, intake) = proposed(&text);
    assert_eq!(contestants(&intake.tables[0]), ["Ann", "Bob", "Cid"]);
    assert!(proposal.findings.iter().any(|finding| finding.reason == "numbers-add-up"));
    assert_eq!(proposal.mapping.unit.key, ["Station"]);
}

#[test]
fn codes_and_indexes_are_no_contestants() {
    let mut text = String::from(",Station,Kod,Ann,Bob\n");
    for n in 1..=20_u64 {
        text.push_str(&format!("{n},S{n},{},{},{}\n", 500 + n * 7, (n * 13) % 50, (n * 17) % 40));
    }
    let (_, intake) = proposed(&text);
    assert_eq!(contestants(&intake.tables[0]), ["Ann", "Bob"]);
}

#[test]
fn a_number_that_repeats_gets_the_number_of_its_place() {
    let mut text = String::from("Obec;Okrsek;Ann;Bob\n");
    for n in 0..20_u64 {
        text.push_str(&format!("{};{};{};{}\n", 500 + n / 5, n % 5 + 1, (n * 13) % 50, (n * 17) % 40));
    }
    let (proposal, intake) = proposed(&text);
    assert_eq!(proposal.mapping.unit.key, ["Obec", "Okrsek"]);
    assert!(intake.problems.is_empty(), "{:?}", intake.problems);
}

#[test]
fn a_summary_is_of_one_unit_and_lists_its_contests() {
    let text = "Contest,Candidate,Votes\nMayor,Ann,5\nMayor,Bob,4\nCouncil,Ann,3\nCouncil,Cid,9\n";
    let (proposal, intake) = proposed(text);
    assert_eq!(proposal.mapping.unit.constant.as_deref(), Some("all"));
    assert_eq!(proposal.contests, ["Council", "Mayor"]);
    assert_eq!((intake.tables.len(), intake.counts.units), (2, 2));
    let mut mapping = proposal.mapping;
    mapping.contest.only = vec!["Mayer".into(), "Council".into()];
    let intake = read(Input { name: "f.csv", bytes: text.as_bytes() }, &mapping, &Limits::default());
    let problem = &intake.problems[0];
    assert_eq!((problem.code, problem.closest.as_deref()), (codes::NO_SUCH_CONTEST, Some("Mayor")));
    mapping.contest.only = vec!["Mayor".into()];
    let intake = read(Input { name: "f.csv", bytes: text.as_bytes() }, &mapping, &Limits::default());
    assert_eq!((intake.tables.len(), intake.counts.left_out), (1, 2));
}

#[test]
fn lines_of_the_tally_sheet_among_the_candidates() {
    let text = "Precinct,Candidate,Votes\nA,Ann,5\nA,Bob,4\nA,Over Votes,1\nA,Total,9\nB,Ann,2\nB,Bob,3\nB,Over Votes,0\nB,Total,5\n";
    let (_, intake) = proposed(text);
    let table = &intake.tables[0];
    assert_eq!(
        (contestants(table), votes(table), intake.counts.contestant_totals),
        (vec!["Ann", "Bob"], 14, 2)
    );
    let first = table.units().next().unwrap();
    assert_eq!((first.field("overvotes"), first.field("votes_valid")), (Some(1), Some(9)));
}

#[test]
fn two_rows_of_headings() {
    let text = "Results of the election,,,,\n,Ann,Ann,Bob,Bob\nStation,Votes,Percent,Votes,Percent\nA1,5,62.5%,3,37.5%\nA2,1,50.0%,1,50.0%\n";
    let (proposal, intake) = proposed(text);
    assert_eq!((proposal.mapping.file.header_row, proposal.mapping.file.header_rows), (Some(2), 2));
    assert_eq!(contestants(&intake.tables[0]), ["Ann Votes", "Bob Votes"]);
}

#[test]
fn every_proposal_can_be_saved_and_read_again() {
    let (proposal, _) = proposed("Station;Ann;Bob\nA1;5;3\nA2;2;2\n");
    let again = Mapping::parse(&proposal.mapping.to_toml(), "m").unwrap();
    assert_eq!(again, proposal.mapping);
}

#[test]
fn a_code_before_a_named_unit_is_its_key() {
    let file = b"Code;Polling station;Registered;Ballots;Valid;Ann Archer;Zo\xeb M\xfcller\r\n\
        0101;Town hall;700;411;409;250;159\r\n0102;\xc9cole du Parc;650;388;386;180;206\r\n\
        0103;Fire station;540;301;300;151;149\r\nTotal;;1890;1100;1095;581;514";
    let input = Input { name: "results.csv", bytes: file };
    let mapping = propose(input, &Limits::default()).mapping;
    assert_eq!(mapping.unit.key, ["Code"]);
    assert_eq!(mapping.unit.name.as_deref(), Some("Polling station"));
    let intake = read(input, &mapping, &Limits::default());
    assert!(intake.is_complete(), "{:?}", intake.problems);
    let names: Vec<_> =
        intake.tables[0].units().map(|row| (row.unit().to_owned(), row.name().to_owned())).collect();
    let wanted = [("0101", "Town hall"), ("0102", "École du Parc"), ("0103", "Fire station")];
    assert_eq!(names, wanted.map(|(unit, name)| (unit.to_owned(), name.to_owned())));
    assert_eq!(intake.tables[0].totals().count(), 1, "the last row is a total");
}

#[test]
fn remarks_are_no_contestant() {
    for remarks in ["Remarks", "Uwagi", "Observaciones", "ملاحظات"] {
        let (_, intake) = proposed(&format!("Station;Ann;Bob;{remarks}\nA1;5;3;1\nA2;2;2;\n"));
        assert_eq!(contestants(&intake.tables[0]), ["Ann", "Bob"], "{remarks}");
    }
}

/// "Precincts reporting" counts them; a summary has no polling station.
#[test]
fn a_count_of_precincts_names_none() {
    let (proposal, _) = proposed("Contest;Choice;Votes;Precinct Count\nMayor;Ann;50;7\nMayor;Bob;40;7\n");
    assert_eq!(
        (proposal.mapping.unit.key.len(), proposal.mapping.unit.constant.as_deref()),
        (0, Some("all"))
    );
}
