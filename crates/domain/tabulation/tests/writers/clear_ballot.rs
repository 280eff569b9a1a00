//! Writes Clear Ballot's CSV, from the description of the format and not from the reader.

use std::fmt::Write as _;

/// A contest: name, votes allowed, ranks (0: not ranked), choices with their parties.
#[derive(Debug, Clone)]
pub(crate) struct Contest {
    pub(crate) name: String,
    pub(crate) votes_allowed: u16,
    pub(crate) ranks: u16,
    pub(crate) choices: Vec<(String, String)>,
}

/// For each contest: not on the card, or the marks as (choice, rank from 1).
pub(crate) type Ballot = Vec<Option<Vec<(usize, u16)>>>;

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

pub(crate) fn write(contests: &[Contest], ballots: &[Ballot]) -> String {
    let mut text = "\"RowNumber\",\"BoxID\",\"BoxPosition\",\"BallotID\",\"PrecinctID\",\"BallotStyleID\",\"PrecinctStyleName\",\"ScanComputerName\",\"Status\",\"Remade\"".to_owned();
    for (number, contest) in (1..).zip(contests) {
        for (choice, (name, party)) in (1..).zip(&contest.choices) {
            for rank in 1..=contest.ranks.max(1) {
                let limit = match contest.ranks {
                    0 => format!("Vote For {}", contest.votes_allowed),
                    _ => format!("{rank}:Number of Winners 1"),
                };
                let title = format!("Choice_{number}{choice}_1:{}:{limit}:{name}:{party}", contest.name);
                write!(text, ",{}", quoted(&title)).unwrap();
            }
        }
    }
    text.push('\n');
    for (row, ballot) in (1..).zip(ballots) {
        write!(text, "{row},\"BOX-1\",{row},\"BOX-1+{row}\",76,1,\"38 [A, B]\",\"Scan1\",0,0").unwrap();
        for (contest, marks) in contests.iter().zip(ballot) {
            for choice in 0..contest.choices.len() {
                for rank in 1..=contest.ranks.max(1) {
                    let cell =
                        marks.as_ref().map(|marks| u8::from(marks.contains(&(choice, rank))).to_string());
                    write!(text, ",{}", cell.unwrap_or_default()).unwrap();
                }
            }
        }
        text.push('\n');
    }
    text
}
