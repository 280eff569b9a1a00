//! Writers of the tables of Dominion, Clear Ballot, ES&S and RCTab, from the descriptions of the formats.

use super::round::{Election, formula, quoted};
use scr_tabulation::cvr::{Card, Contest, ContestNo, Contests, Mark};
use std::fmt::Write as _;

fn joined(rows: &[Vec<String>]) -> Vec<u8> {
    let mut text = String::new();
    for row in rows {
        writeln!(text, "{}", row.join(",")).unwrap();
    }
    text.into_bytes()
}

/// For each column of a contest: 1, 0 or nothing, ranks outside (`Ann(1)`, `Ben(1)`, `Ann(2)` …) or inside.
fn cells(contest: &Contest, marks: Option<&[Mark]>, ranks_outside: bool, row: &mut Vec<String>) {
    let choices = 0..u16::try_from(contest.choices.len()).unwrap();
    let ranks = if contest.ranks == 0 { 0..1 } else { 1..contest.ranks + 1 };
    let all: Vec<Mark> = if ranks_outside {
        ranks.flat_map(|rank| choices.clone().map(move |choice| Mark { rank, choice })).collect()
    } else {
        choices.flat_map(|choice| ranks.clone().map(move |rank| Mark { rank, choice })).collect()
    };
    row.extend(
        all.iter()
            .map(|mark| marks.map(|marks| u8::from(marks.contains(mark)).to_string()).unwrap_or_default()),
    );
}

pub(crate) fn dominion_csv(election: &Election) -> Vec<u8> {
    let names = [
        "CvrNumber",
        "TabulatorNum",
        "BatchId",
        "RecordId",
        "ImprintedId",
        "CountingGroup",
        "PrecinctPortion",
        "BallotType",
    ];
    let mut rows = vec![
        vec![formula(&election.name), quoted("5.10.1")],
        vec![String::new(); 8],
        vec![String::new(); 8],
        names.map(quoted).into(),
    ];
    for contest in &election.contests {
        for rank in 1..=contest.ranks.max(1) {
            for choice in &contest.choices {
                let (limits, name) = if contest.ranks > 0 {
                    let ranks = contest.ranks;
                    (
                        format!("Number of positions=1, Number of ranks={ranks}"),
                        format!("{}({rank})", choice.name),
                    )
                } else {
                    (format!("Vote For={}", contest.votes_allowed), choice.name.clone())
                };
                rows[1].push(quoted(&format!("{} ({limits})", contest.name)));
                rows[2].push(quoted(&name));
                rows[3].push(formula(&choice.party));
            }
        }
    }
    for card in &election.cards {
        let position = card.position.to_string();
        let texts = [
            &card.id,
            &card.tabulator,
            &card.batch,
            &position,
            &card.imprinted,
            &card.group,
            &card.precinct,
            &card.style,
        ];
        let mut row: Vec<String> = texts.iter().map(|text| formula(text)).collect();
        for (number, contest) in (0..).zip(&election.contests) {
            cells(contest, card.marks(number), true, &mut row);
        }
        rows.push(row);
    }
    joined(&rows)
}

pub(crate) fn clear_ballot(election: &Election) -> Vec<u8> {
    let names = [
        "RowNumber",
        "BoxID",
        "BoxPosition",
        "BallotID",
        "PrecinctID",
        "BallotStyleID",
        "PrecinctStyleName",
        "ScanComputerName",
        "Status",
        "Remade",
    ];
    let mut rows: Vec<Vec<String>> = vec![names.map(quoted).into()];
    for (number, contest) in (1..).zip(&election.contests) {
        for (which, choice) in (1..).zip(&contest.choices) {
            for rank in 1..=contest.ranks.max(1) {
                let limit = match contest.ranks {
                    0 => format!("Vote For {}", contest.votes_allowed),
                    _ => format!("{rank}:Number of Winners 1"),
                };
                let title = format!(
                    "Choice_{number}{which}_1:{}:{limit}:{}:{}",
                    contest.name, choice.name, choice.party
                );
                rows[0].push(quoted(&title));
            }
        }
    }
    for card in &election.cards {
        let texts =
            [&card.id, &card.batch, &card.position.to_string(), &card.imprinted, &card.precinct, &card.style];
        let mut row: Vec<String> = texts.iter().map(|text| formula(text)).collect();
        row.extend([quoted("38 [A, B]"), formula(&card.tabulator), "0".to_owned(), "0".to_owned()]);
        for (number, contest) in (0..).zip(&election.contests) {
            cells(contest, card.marks(number), false, &mut row);
        }
        rows.push(row);
    }
    joined(&rows)
}

fn ordinal(rank: u16) -> String {
    let end = match rank {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    };
    format!("{rank}{end}")
}

/// The cells of a contest: a choice for each vote or rank, or that too many or none were marked.
fn ess_cells(contest: &Contest, marks: Option<&[Mark]>, row: &mut Vec<String>) {
    let columns = if contest.ranks > 0 { contest.ranks } else { contest.votes_allowed };
    let name = |mark: &Mark| match contest.choices.get(usize::from(mark.choice)) {
        Some(choice) => quoted(&choice.name),
        None => "overvote".to_owned(),
    };
    for column in 0..columns {
        row.push(match marks {
            None => String::new(),
            Some(marks) => {
                let mark = if contest.ranks > 0 {
                    marks.iter().find(|mark| mark.rank == column + 1)
                } else {
                    marks.get(usize::from(column))
                };
                mark.map_or_else(|| "undervote".to_owned(), name)
            }
        });
    }
}

/// The CVR file and the file of ballots.
pub(crate) fn ess(election: &Election) -> [Vec<u8>; 2] {
    let mut cvr: Vec<Vec<String>> = vec![["Cast Vote Record", "Precinct", "Ballot Style"].map(quoted).into()];
    let mut ballots: Vec<Vec<String>> = vec![vec![quoted("Ballots")]];
    let names = ["Cast Vote Record", "Batch", "Ballot Status", "Reporting Group", "Tabulator CVR", "Machine"];
    ballots.push(names.map(quoted).into());
    for contest in &election.contests {
        for column in 1..=(if contest.ranks > 0 { contest.ranks } else { contest.votes_allowed }) {
            cvr[0].push(match contest.ranks {
                0 => quoted(&contest.name),
                _ => quoted(&format!("{} {} Choice ({})", contest.name, ordinal(column), 5_000 + column)),
            });
        }
    }
    for card in &election.cards {
        let mut row = vec![card.id.clone(), formula(&card.precinct), formula(&card.style)];
        for (number, contest) in (0..).zip(&election.contests) {
            ess_cells(contest, card.marks(number), &mut row);
        }
        cvr.push(row);
        let texts = [&card.batch, "Not Reviewed", &card.group, &card.imprinted, &card.tabulator];
        let mut row = vec![card.id.clone()];
        row.extend(texts.map(formula));
        ballots.push(row);
    }
    ballots.push(vec![format!("Total : {}", election.cards.len())]);
    [joined(&cvr), joined(&ballots)]
}

/// Id, batch and precinct, then a column for each candidate of the only contest.
pub(crate) fn rctab_csv(election: &Election) -> Vec<u8> {
    let contest = &election.contests[0];
    let mut head: Vec<String> = ["id", "batch", "precinct"].map(quoted).into();
    head.extend(contest.choices.iter().map(|choice| quoted(&choice.name)));
    let mut rows = vec![head];
    for card in &election.cards {
        let mut row: Vec<String> = [&card.id, &card.batch, &card.precinct].map(|text| formula(text)).into();
        row.extend((0..contest.choices.len()).map(|choice| rank_of(card, 0, choice)));
        rows.push(row);
    }
    joined(&rows)
}

fn rank_of(card: &Card, contest: ContestNo, choice: usize) -> String {
    let marks = card.marks(contest).unwrap_or_default();
    let mark = marks.iter().find(|mark| usize::from(mark.choice) == choice);
    mark.map(|mark| mark.rank.to_string()).unwrap_or_default()
}

/// The cards of a table of cards, as its description has them.
pub(crate) fn cards(table: &[u8], contests: &Contests) -> Vec<Card> {
    let mut cards: Vec<Card> = Vec::new();
    let mut rows = csv::Reader::from_reader(table);
    for row in rows.records() {
        let row: Vec<String> =
            row.unwrap().iter().map(|text| text.strip_prefix('\'').unwrap_or(text).to_owned()).collect();
        if row[0].parse::<usize>().unwrap() > cards.len() {
            let mut card = Card::default();
            card.position = row[3].parse().unwrap_or(0);
            card.sheet = row[4].parse().unwrap_or(0);
            let texts = [
                (&mut card.tabulator, 1),
                (&mut card.batch, 2),
                (&mut card.id, 5),
                (&mut card.imprinted, 6),
                (&mut card.group, 7),
                (&mut card.precinct, 8),
                (&mut card.style, 9),
            ];
            texts.into_iter().for_each(|(text, at)| text.clone_from(&row[at]));
            cards.push(card);
        }
        if let Some(number) = contests.find(&row[10]) {
            let contest = &contests.list()[usize::from(number)];
            cards.last_mut().unwrap().add(number, &marks_of(&row[13], contest));
        }
    }
    cards
}

/// The marks of a cell, letter by letter.
fn marks_of(text: &str, contest: &Contest) -> Vec<Mark> {
    let (mut parts, mut letters) = (vec![(0_u16, String::new(), false)], text.chars());
    while let Some(letter) = letters.next() {
        let (rank, name, is_over) = parts.last_mut().unwrap();
        match letter {
            '\\' => name.extend(letters.next()),
            '=' => *rank = std::mem::take(name).trim_start().parse().unwrap(),
            '*' => *is_over = true,
            '|' => parts.push((0, String::new(), false)),
            other => name.push(other),
        }
    }
    let (last, mut marks) = (parts.len() - 1, Vec::new());
    for (at, (rank, name, is_over)) in parts.into_iter().enumerate() {
        let name = if at == last { name.as_str() } else { &name[..name.len() - 1] };
        let name = if at > 0 && rank == 0 { &name[1..] } else { name };
        let choice = contest.choices.iter().position(|choice| choice.name == name);
        match choice {
            _ if is_over => marks.push(Mark { rank, choice: Mark::OVERVOTE }),
            Some(choice) => marks.push(Mark { rank, choice: u16::try_from(choice).unwrap() }),
            None => {}
        }
    }
    marks
}
