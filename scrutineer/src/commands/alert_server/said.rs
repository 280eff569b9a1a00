//! What polling stations said on the telephone: one, or a file of them.

use super::{At, count, mark, named, plain, text};
use crate::outcome::{Outcome, Problem};
use crate::source::read_bytes;
use scr_alerts::strips::{StripCode, StripError};
use scr_entry::parse_utc;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Rows of a file, at most: what a server takes at once, so that all of them are taken or none.
const ROWS: usize = 500;
/// Bytes of a file, at most.
const BYTES: u64 = 1 << 20;
/// Problems that are listed.
const LISTED: usize = 50;
const COLUMNS: [&str; 4] = ["station", "code", "step", "at"];
const STEPS: [&str; 4] = ["delivered", "read", "understood", "acted"];

/// Which alert, and what was said.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    at: At,
    /// Its id, its place in the log, or the address of its page.
    alert: String,
    /// The polling station's number.
    #[arg(long, required_unless_present = "from", requires = "code")]
    station: Option<u32>,
    /// The code of the strip that it read out: 16 digits.
    #[arg(long, requires = "station")]
    code: Option<String>,
    /// What the strip is for, to be held against the code: delivered, read, understood, acted.
    #[arg(long, requires = "station")]
    step: Option<String>,
    /// When it was said, such as 2026-11-27T10:00:00Z; now when left out.
    #[arg(long = "at", requires = "station", value_name = "TIME")]
    when: Option<String>,
    /// A file with many.
    #[arg(long, conflicts_with_all = ["station", "code", "step", "when"])]
    from: Option<PathBuf>,
}

/// What is wrong with one cell of a row.
fn cell(column: &str, value: &str) -> Result<Value, String> {
    match column {
        "station" => match value.parse::<u32>() {
            Ok(number) if number > 0 => Ok(Value::from(number)),
            _ => Err(format!("{value:?} is no number of a polling station")),
        },
        "code" => match StripCode::parse(value) {
            Ok(_) => Ok(Value::from(value)),
            Err(StripError::Length) => Err(format!("{value:?} does not have 16 digits")),
            Err(StripError::Check) => {
                Err(format!("in {value:?} a digit is wrong, or two have changed places"))
            }
        },
        "step" if STEPS.contains(&value) => Ok(Value::from(value)),
        "step" => Err(format!("{value:?} is none of {}", STEPS.join(", "))),
        _ if parse_utc(value).is_some() => Ok(Value::from(value)),
        _ => Err(format!("{value:?} is no time such as 2026-11-27T10:00:00Z")),
    }
}

/// The columns of a file, in its order.
fn columns(header: &csv::StringRecord, problems: &mut Vec<String>) -> Vec<String> {
    let columns: Vec<String> = header.iter().map(|name| name.trim().to_lowercase()).collect();
    for (at, name) in columns.iter().enumerate() {
        if !COLUMNS.contains(&name.as_str()) {
            problems.push(format!("row 1: the column {name:?} is none of {}", COLUMNS.join(", ")));
        } else if columns.iter().take(at).any(|one| one == name) {
            problems.push(format!("row 1: the column {name:?} stands twice"));
        }
    }
    for name in ["station", "code"] {
        if !columns.iter().any(|one| one == name) {
            problems.push(format!("row 1: the column {name:?} is missing"));
        }
    }
    columns
}

/// One row as it is sent.
fn row(columns: &[String], record: &csv::StringRecord, line: u64, problems: &mut Vec<String>) -> Value {
    if record.len() != columns.len() {
        problems.push(format!("row {line}: {} cells, and the first row has {}", record.len(), columns.len()));
    }
    let mut one = Map::new();
    for (column, value) in columns.iter().zip(record) {
        let value = value.trim();
        if value.is_empty() && matches!(column.as_str(), "step" | "at") {
            continue;
        }
        match cell(column, value) {
            Ok(value) => drop(one.insert(column.clone(), value)),
            Err(words) => problems.push(format!("row {line}, column {column:?}: {words}")),
        }
    }
    Value::Object(one)
}

/// The number of a record's line: the reader gives the place before the empty lines that it leaves out.
fn line_of(bytes: &[u8], place: &csv::Position) -> u64 {
    let from = usize::try_from(place.byte()).ok().and_then(|from| bytes.get(from..)).unwrap_or_default();
    let ends = from.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    (0..)
        .zip(ends.filter(|byte| **byte == b'\n'))
        .last()
        .map_or(place.line(), |(at, _): (u64, _)| place.line() + at + 1)
}

/// The rows of a file with their numbers in it; all that is wrong otherwise.
fn rows(bytes: &[u8], file: &Path) -> Result<(Vec<Value>, Vec<u64>), Problem> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let broken = |error: csv::Error| Problem::input("SCR-CLI-132", format!("{}: {error}", file.display()));
    let mut problems = Vec::new();
    let columns = columns(reader.headers().map_err(broken)?, &mut problems);
    let (mut all, mut lines) = (Vec::new(), Vec::new());
    if problems.is_empty() {
        for record in reader.records() {
            let record = record.map_err(broken)?;
            let line = record.position().map_or(0, |place| line_of(bytes, place));
            if all.len() == ROWS {
                problems.push(format!("row {line}: more than {ROWS} rows; send the rest in a second file"));
                break;
            }
            all.push(row(&columns, &record, line, &mut problems));
            lines.push(line);
        }
    }
    if all.is_empty() && problems.is_empty() {
        problems.push("there is no row".to_owned());
    }
    if problems.is_empty() {
        return Ok((all, lines));
    }
    let mut words = format!("{}:", file.display());
    for problem in problems.iter().take(LISTED) {
        let _ = write!(words, "\n  - {problem}");
    }
    if problems.len() > LISTED {
        let _ = write!(words, "\n  and {} more", problems.len() - LISTED);
    }
    Err(Problem::input("SCR-CLI-132", words).help("nothing was sent; correct the file and send it again"))
}

/// What the command line says, as one row.
fn typed(args: &Args) -> Result<Value, Problem> {
    let mut one = Map::new();
    let station = args.station.map(|number| number.to_string());
    let fields = [("station", &station), ("code", &args.code), ("step", &args.step), ("at", &args.when)];
    for (column, value) in fields {
        let Some(value) = value else { continue };
        let value = cell(column, value.trim()).map_err(|words| {
            Problem::input("SCR-CLI-132", format!("--{column}: {words}")).help("nothing was sent")
        })?;
        one.insert(column.to_owned(), value);
    }
    Ok(Value::Object(one))
}

pub(super) fn run(args: &Args) -> Result<Outcome, Problem> {
    let (all, lines) = match &args.from {
        Some(file) => rows(&read_bytes(file, BYTES)?, file)?,
        None => (vec![typed(args)?], Vec::new()),
    };
    let path = format!("/api/v1/alerts/{}/acknowledgements", named(&args.alert));
    let (answer, _) = args.at.server()?.post_rows(&path, &json!({"acknowledgements": all}), &lines)?;
    let taken = answer["taken"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut said = String::new();
    for one in taken {
        let late = if one["late"] == true { ", after the alert's end" } else { "" };
        let _ = writeln!(
            said,
            "{}station {:06}: {} at {}{late}",
            mark(&answer["status"]),
            one["station"].as_u64().unwrap_or(0),
            text(&one["step"]),
            plain(&one["at"])
        );
    }
    let _ = writeln!(said, "{} taken and kept.", count(taken.len() as u64, "acknowledgement"));
    Ok(Outcome::done(said, answer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use scr_alerts::acks::Step;
    use scr_alerts::strips::strip_code;
    use scr_alerts::{StationSecret, Status};

    fn code(step: Step) -> String {
        strip_code(&StationSecret::new(211, [7; 32]).unwrap(), Status::Actual, 1, step)
    }

    fn wrong(text: &str) -> String {
        rows(text.as_bytes(), Path::new("calls.csv")).err().map(|problem| problem.words()).unwrap_or_default()
    }

    #[test]
    fn rows_are_read_with_the_numbers_that_they_have_in_the_file() {
        let code = code(Step::Read);
        let file = format!(
            "\u{feff}Station, CODE,at,step\n211,{code},,\n\n000211,{code},2026-11-27T10:00:00Z,read\n"
        );
        let (all, lines) = rows(file.as_bytes(), Path::new("calls.csv")).ok().unwrap();
        assert_eq!(all[0], json!({"station": 211, "code": code}));
        assert_eq!(
            all[1],
            json!({"station": 211, "code": code, "at": "2026-11-27T10:00:00Z", "step": "read"})
        );
        assert_eq!(lines, [2, 4]);
    }

    #[test]
    fn what_is_wrong_is_said_with_row_and_column() {
        let code = code(Step::Read);
        let said = wrong(&format!("station,code,at\nx,{code},\n211,12,noon\n211,{code}\n"));
        for part in [
            "SCR-CLI-132",
            "row 2, column \"station\": \"x\" is no number",
            "row 3, column \"code\": \"12\" does not have 16 digits",
            "row 3, column \"at\": \"noon\" is no time",
            "row 4: 2 cells, and the first row has 3",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert!(
            wrong("station,name\n").contains("\"name\" is none of")
                && wrong("station\n").contains("\"code\" is missing")
        );
        assert!(
            wrong("station,code,code\n").contains("stands twice")
                && wrong("station,code\n").contains("there is no row")
        );
        let many = format!("station,code\n{}", format!("211,{code}\n").repeat(501));
        assert!(wrong(&many).contains("row 502: more than 500 rows"));
    }
}
