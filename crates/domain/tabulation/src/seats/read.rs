//! Lists with their votes from a table: columns `list`, `votes` and, where lists can run out of candidates,
//! `candidates`; separated by commas, semicolons or tabs; UTF-8, UTF-16 or windows-1252.

use super::{List, MAX_LISTS};
use crate::read::{Problems, TextReader, cell};
use csv::ByteRecord;
use scr_core::{Closest, Problem};
use std::collections::HashMap;
use std::io::Read;

/// Bytes of a table, at most.
pub const MAX_BYTES: u64 = 16 << 20;
const COLUMNS: [&str; 3] = ["list", "votes", "candidates"];

/// Reads a table. Gives the lists and warnings.
///
/// # Errors
/// Everything that is wrong (SCR-TAB-045 to -053).
pub fn read(input: impl Read, file: &str) -> Result<(Vec<List>, Vec<Problem>), Vec<Problem>> {
    let mut problems = Problems::of(file);
    let lists = rows(input, &mut problems);
    let warnings = problems.finish()?;
    Ok((lists, warnings))
}

/// Where the columns stand, by place in [`COLUMNS`].
struct Head {
    at: [Option<usize>; 3],
    width: usize,
}

fn rows(input: impl Read, problems: &mut Problems) -> Vec<List> {
    let mut lists = Vec::new();
    let Some(text) = text(input, problems) else { return lists };
    let mut table = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(&*text);
    let mut record = ByteRecord::new();
    let mut head: Option<Head> = None;
    let mut seen: HashMap<String, u64> = HashMap::new();
    while !problems.are_many() {
        match table.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let problem = problems.error("SCR-TAB-053").with("what", error);
                problems.add(problem);
                break;
            }
        }
        let row = record.position().map_or(0, csv::Position::line);
        if record.iter().all(|bytes| cell(bytes).is_empty()) {
            continue;
        }
        let Some(head) = &head else {
            head = Head::of(&record, row, problems);
            if head.is_none() {
                break;
            }
            continue;
        };
        if lists.len() == MAX_LISTS {
            let problem = problems.error("SCR-TAB-044").at_row(row).with("most", MAX_LISTS);
            problems.add(problem);
            break;
        }
        if let Some(list) = head.list(&record, row, &mut seen, problems) {
            lists.push(list);
        }
    }
    if lists.is_empty() && !problems.has_errors() {
        let problem = problems.error("SCR-TAB-051");
        problems.add(problem);
    }
    if lists.iter().try_fold(0_u64, |all, list| all.checked_add(list.votes)).is_none() {
        let problem = problems.error("SCR-TAB-044").in_column("votes").with("most", u64::MAX);
        problems.add(problem);
    }
    lists
}

fn text(input: impl Read, problems: &mut Problems) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    let read = TextReader::new(input).and_then(|input| input.take(MAX_BYTES + 1).read_to_end(&mut text));
    let what = match read {
        Err(error) => error.to_string(),
        Ok(_) if text.len() as u64 > MAX_BYTES => format!("more than {} MiB", MAX_BYTES >> 20),
        Ok(_) => return Some(text),
    };
    let problem = problems.error("SCR-TAB-053").with("what", what);
    problems.add(problem);
    None
}

/// The separator of which the first line has most.
fn delimiter(text: &[u8]) -> u8 {
    let first =
        text.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    let times = |separator: u8| first.iter().filter(|byte| **byte == separator).count();
    if times(b'\t') > times(b',').max(times(b';')) {
        b'\t'
    } else if times(b';') > times(b',') {
        b';'
    } else {
        b','
    }
}

impl Head {
    fn of(record: &ByteRecord, row: u64, problems: &mut Problems) -> Option<Self> {
        let mut at = [None; 3];
        let mut others = Vec::new();
        for (place, bytes) in record.iter().enumerate() {
            let name = cell(bytes);
            match COLUMNS.iter().position(|column| column.eq_ignore_ascii_case(&name)) {
                Some(which) if at[which].is_none() => at[which] = Some(place),
                Some(_) => {
                    let problem =
                        problems.error("SCR-TAB-049").at_row(row).in_column(&name).with("twice", true);
                    problems.add(problem);
                }
                None if name.is_empty() => {}
                None => others.push(name.into_owned()),
            }
        }
        let mut closest = Closest::among(others.iter().map(String::as_str));
        for (which, column) in COLUMNS.iter().enumerate().take(2) {
            if at[which].is_none() {
                let problem = problems.error("SCR-TAB-045").at_row(row).in_column(column);
                let problem = problem.closest_to(closest.to(column));
                problems.add(problem);
            }
        }
        let complete = at[0].is_some() && at[1].is_some();
        if complete {
            // A column that nobody reads may be one with a wrong name.
            let mut closest = Closest::among(COLUMNS);
            for name in &others {
                let problem = problems.warning("SCR-TAB-049").at_row(row).in_column(name);
                let problem = problem.closest_to(closest.to(name));
                problems.add(problem);
            }
        }
        complete.then_some(Self { at, width: record.len() })
    }

    fn list(
        &self,
        record: &ByteRecord,
        row: u64,
        seen: &mut HashMap<String, u64>,
        problems: &mut Problems,
    ) -> Option<List> {
        // More cells with something in them than the head has: an unquoted comma in a name or a number.
        if record.iter().skip(self.width).any(|bytes| !cell(bytes).is_empty()) {
            let problem = problems
                .error("SCR-TAB-050")
                .at_row(row)
                .with("cells", record.len())
                .with("columns", self.width);
            problems.add(problem);
            return None;
        }
        let text = |which: usize| self.at[which].and_then(|at| record.get(at)).map(cell).unwrap_or_default();
        let name = text(0).into_owned();
        let name_is_good = check_name(&name, row, seen, problems);
        let votes = number(&text(1), row, COLUMNS[1], problems);
        let candidates = match text(2) {
            none if none.is_empty() => Some(None),
            some => number(&some, row, COLUMNS[2], problems).map(|candidates| u32::try_from(candidates).ok()),
        };
        (name_is_good && name.len() <= 1000).then_some(())?;
        Some(List { name, votes: votes?, candidates: candidates? })
    }
}

fn check_name(name: &str, row: u64, seen: &mut HashMap<String, u64>, problems: &mut Problems) -> bool {
    let problem = if name.is_empty() {
        problems.error("SCR-TAB-046")
    } else if let Some(first) = seen.get(name) {
        problems.error("SCR-TAB-047").with("first", first)
    } else if name.starts_with('#') && name.ends_with(['!', '?', '#']) {
        problems.error("SCR-TAB-052").with("what", "an error of a spreadsheet")
    } else if name.contains('\u{fffd}') {
        problems.error("SCR-TAB-052").with("what", "letters that were lost")
    } else if is_date(name) {
        // "1-3" becomes "1-Mar" or "Mar-01" when a spreadsheet opens the file.
        let problem = problems.warning("SCR-TAB-052").with("what", "a date, as spreadsheets make them");
        let problem = problem.at_row(row).in_column("list").with_value(name);
        problems.add(problem);
        seen.insert(name.to_owned(), row);
        return true;
    } else {
        seen.insert(name.to_owned(), row);
        return true;
    };
    let problem = problem.at_row(row).in_column("list").with_value(name);
    problems.add(problem);
    false
}

fn is_date(name: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let Some((one, other)) = name.split_once('-') else { return false };
    let month = |text: &str| MONTHS.contains(&text.to_ascii_lowercase().as_str());
    let day = |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    (month(one) && day(other)) || (day(one) && month(other))
}

/// A count, or what is wrong with it and what was perhaps meant.
fn number(text: &str, row: u64, column: &str, problems: &mut Problems) -> Option<u64> {
    if let Some(number) = crate::read::numbered(text) {
        return Some(number);
    }
    let (what, meant) = misread(text);
    let problem = problems.error("SCR-TAB-048").at_row(row).in_column(column).with_value(text);
    let problem = problem.closest_to(meant.as_deref()).with("what", what);
    problems.add(problem);
    None
}

fn misread(text: &str) -> (&'static str, Option<String>) {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if text.is_empty() {
        return ("empty", None);
    }
    if digits(text) {
        return ("more digits than any count has", None);
    }
    if text.strip_prefix(['-', '\u{2212}']).is_some_and(digits) {
        return ("negative", None);
    }
    let mut groups = text.split([',', '.', '\'', '\u{2019}', ' ', '\u{a0}', '\u{202f}', '_']);
    let first = groups.next().is_some_and(|group| digits(group) && group.len() <= 3);
    let rest: Vec<&str> = groups.collect();
    if first && !rest.is_empty() && rest.iter().all(|group| digits(group) && group.len() == 3) {
        return ("with separators of thousands", Some(text.chars().filter(char::is_ascii_digit).collect()));
    }
    if let Some((whole, part)) = text.split_once(['.', ','])
        && digits(whole)
        && digits(part)
    {
        let meant = part.bytes().all(|byte| byte == b'0').then(|| whole.to_owned());
        return ("with a decimal point", meant);
    }
    if let Some((mantissa, exponent)) = text.split_once(['e', 'E'])
        && digits(exponent.trim_start_matches(['+', '-']))
        && digits(&mantissa.replace(['.', ','], ""))
    {
        return ("rounded by a spreadsheet", None);
    }
    if text.starts_with('#') {
        return ("an error of a spreadsheet", None);
    }
    let typed = text.replace(['O', 'o'], "0").replace(['l', 'I'], "1");
    ("not a number", digits(&typed).then_some(typed))
}
