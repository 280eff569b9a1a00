//! Parts of a contest from a table: batches, pools or strata, a row for each.
//!
//! Columns by name, whatever their case: `Ballots` (or `Cards`, `Number of Ballots`), `Batch Name` (or `Name`, `Pool`,
//! `Stratum`), `Jurisdiction` (or `County`) and `Records` (Y or N) where they are needed; every other column is a choice.

use super::problem;
use super::request::Votes;
use crate::problems::limited;
use scr_core::Problem;
use std::io::Read;

/// Rows of one table, at most.
const MAX_ROWS: usize = 200_000;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Whose it is.
    pub jurisdiction: String,
    /// Its name; its number where the table has no names.
    pub name: String,
    /// Ballots or cards.
    pub cards: u64,
    /// Whether there are records of its cards.
    pub records: bool,
    /// Its votes.
    pub votes: Votes,
}

/// What a column is.
enum Column {
    Jurisdiction,
    Name,
    Cards,
    Records,
    Choice(String),
}

fn column(name: &str) -> Column {
    match name.trim().to_lowercase().as_str() {
        "jurisdiction" | "county" => Column::Jurisdiction,
        "batch name" | "batch" | "name" | "pool" | "stratum" => Column::Name,
        "ballots" | "cards" | "number of ballots" => Column::Cards,
        "records" => Column::Records,
        _ => Column::Choice(name.trim().to_owned()),
    }
}

/// Reads a table as CSV.
///
/// # Errors
/// SCR-AUD-067 for every cell that is none, up to 200, with its row and column; for a table without `Ballots`, without
/// choices, with a column twice, or longer than 200,000 rows.
pub fn table(input: impl Read, file: &str) -> Result<Vec<Row>, Vec<Problem>> {
    let placed = |mut problem: Problem| {
        file.clone_into(&mut problem.file);
        problem
    };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
    let broken = |error: &csv::Error| {
        let row = error.position().map_or(0, csv::Position::line);
        placed(problem("SCR-AUD-067", "table", "").at_row(row).with("reason", error))
    };
    let head = reader.headers().map_err(|error| vec![broken(&error)])?.clone();
    let names: Vec<&str> = head.iter().map(|name| name.trim_start_matches('\u{feff}').trim()).collect();
    let columns: Vec<Column> = names.iter().map(|name| column(name)).collect();
    let mut problems = Vec::new();
    for (at, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        if names[..at].contains(name) {
            problems.push(placed(
                problem("SCR-AUD-067", name, "").at_row(1).with("reason", "the column is there twice"),
            ));
        }
    }
    let has = |what: fn(&Column) -> bool| columns.iter().any(what);
    for (there, name) in [
        (has(|column| matches!(column, Column::Cards)), "Ballots"),
        (has(|column| matches!(column, Column::Choice(name) if !name.is_empty())), "a choice"),
    ] {
        if !there {
            problems.push(placed(
                problem("SCR-AUD-067", name, "").at_row(1).with("reason", "the column is missing"),
            ));
        }
    }
    let mut rows = Vec::new();
    for (at, record) in reader.records().enumerate() {
        let record = record.map_err(|error| vec![broken(&error)])?;
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if at >= MAX_ROWS || problems.len() > 200 {
            problems.push(placed(problem("SCR-AUD-067", "table", at).at_row(line).with("most", MAX_ROWS)));
            break;
        }
        let (row, wrong) = read(&columns, &names, &record, rows.len() + 1);
        problems.extend(wrong.into_iter().map(|problem| placed(problem.at_row(line))));
        rows.push(row);
    }
    if problems.is_empty() { Ok(rows) } else { Err(limited(problems)) }
}

fn read(columns: &[Column], names: &[&str], record: &csv::StringRecord, place: usize) -> (Row, Vec<Problem>) {
    let mut row = Row {
        jurisdiction: String::new(),
        name: place.to_string(),
        cards: 0,
        records: false,
        votes: Votes::new(),
    };
    let mut problems = Vec::new();
    for ((column, name), cell) in columns.iter().zip(names).zip(record.iter().map(str::trim)) {
        let mut count = || {
            // Spreadsheets write thousands apart.
            cell.replace(',', "").parse::<u64>().unwrap_or_else(|_| {
                problems.push(problem("SCR-AUD-067", name, cell));
                0
            })
        };
        match column {
            Column::Jurisdiction => cell.clone_into(&mut row.jurisdiction),
            Column::Name => cell.clone_into(&mut row.name),
            Column::Cards => row.cards = count(),
            Column::Choice(choice) if choice.is_empty() => {}
            Column::Choice(choice) => {
                let votes = if cell.is_empty() { 0 } else { count() };
                row.votes.insert(choice.clone(), votes);
            }
            Column::Records => match cell.to_lowercase().as_str() {
                "y" | "yes" => row.records = true,
                "n" | "no" | "" => {}
                _ => problems.push(problem("SCR-AUD-067", name, cell).closest_to(Some("Y"))),
            },
        }
    }
    let missing = record.len() < columns.len();
    if missing {
        problems.push(problem("SCR-AUD-067", "row", record.len()).with("columns", columns.len()));
    }
    (row, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_name_and_the_rest_are_choices() {
        let text = "\u{feff}County,Batch Name,BALLOTS,Ann,Ben \nNorth,B1,\"1,200\",700,\n\n,B2,9,4,5\n";
        let rows = table(text.as_bytes(), "b.csv").unwrap();
        assert_eq!(
            (rows[0].jurisdiction.as_str(), rows[0].name.as_str(), rows[0].cards),
            ("North", "B1", 1_200)
        );
        assert_eq!(rows[0].votes, Votes::from([("Ann".to_owned(), 700), ("Ben".to_owned(), 0)]));
        assert_eq!((rows.len(), rows[1].cards), (2, 9));
        let rows = table("Records,Cards,Ann\nY,10,3\nn,20,4\n".as_bytes(), "s.csv").unwrap();
        assert_eq!((rows[0].records, rows[1].records, rows[1].name.as_str()), (true, false, "2"));
    }

    #[test]
    fn every_wrong_cell_is_named() {
        let places = |text: &str| -> Vec<(Option<u64>, String)> {
            let wrong = table(text.as_bytes(), "b.csv").unwrap_err();
            assert!(wrong.iter().all(|problem| problem.code == "SCR-AUD-067" && problem.file == "b.csv"));
            wrong.into_iter().map(|problem| (problem.row, problem.column.unwrap_or_default())).collect()
        };
        let cells = places("Ballots,Ann\n1O,2\n3,x\n4\n");
        assert_eq!(cells, [(Some(2), "Ballots".into()), (Some(3), "Ann".into()), (Some(4), "row".into())]);
        assert_eq!(places("Batch,Ann,Ann\nB1,2,3\n"), [(Some(1), "Ann".into()), (Some(1), "Ballots".into())]);
        assert_eq!(places("Ballots\n3\n"), [(Some(1), "a choice".into())]);
    }
}
