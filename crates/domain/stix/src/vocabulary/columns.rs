//! The columns of the DISARM framework: phases, tactics, and the techniques below each (`red_framework_ids.csv`).

/// Most bytes of the file: it has 4,435.
const MOST_BYTES: usize = 1 << 20;

/// The framework as columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// In the framework's order.
    pub columns: Vec<Column>,
}

/// One tactic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The phase: `P01`.
    pub phase: String,
    /// The tactic: `TA01`.
    pub tactic: String,
    /// Its techniques, in the framework's order.
    pub techniques: Vec<String>,
}

/// Why a file is not one of columns.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ColumnsError {
    /// Too large, or no text.
    #[error("not a file of columns: it has more than 1 MiB, or is no text")]
    NoText,
    /// Fewer than two rows.
    #[error("a row of phases and a row of tactics are expected")]
    NoHead,
    /// Another number of cells than the first row.
    #[error("row {row} has {cells} cells, the first has {expected}")]
    Cells {
        /// From 1.
        row: usize,
        /// How many it has.
        cells: usize,
        /// How many the first has.
        expected: usize,
    },
    /// A cell that is no identifier of its kind.
    #[error("row {row}, column {column}: {value:?} is no identifier of its kind")]
    Cell {
        /// From 1.
        row: usize,
        /// From 1.
        column: usize,
        /// What stands there, at most 40 characters.
        value: String,
    },
    /// The same tactic or technique twice.
    #[error("{0} stands there twice")]
    Twice(String),
}

impl Columns {
    /// Reads the file: a row of phases, a row of tactics, rows of techniques; cells with commas between them, without
    /// quotation marks.
    ///
    /// # Errors
    /// Another form: [`ColumnsError`].
    pub fn read(bytes: &[u8]) -> Result<Self, ColumnsError> {
        let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= MOST_BYTES);
        let mut rows = text.ok_or(ColumnsError::NoText)?.lines().map(|row| row.split(',').map(str::trim));
        let (Some(phases), Some(tactics)) = (rows.next(), rows.next()) else {
            return Err(ColumnsError::NoHead);
        };
        let (phases, tactics): (Vec<&str>, Vec<&str>) = (phases.collect(), tactics.collect());
        width(2, tactics.len(), phases.len())?;
        let mut seen = std::collections::BTreeSet::new();
        let mut columns = Vec::with_capacity(tactics.len());
        for (at, (phase, tactic)) in phases.iter().zip(&tactics).enumerate() {
            let phase = cell(phase, "P", 1, at)?;
            let tactic = cell(tactic, "TA", 2, at)?;
            if !seen.insert(tactic.clone()) {
                return Err(ColumnsError::Twice(tactic));
            }
            columns.push(Column { phase, tactic, techniques: Vec::new() });
        }
        for (row, cells) in (3..).zip(rows) {
            let cells: Vec<&str> = cells.collect();
            width(row, cells.len(), columns.len())?;
            for (at, (text, column)) in cells.iter().zip(&mut columns).enumerate() {
                if text.is_empty() {
                    continue;
                }
                let technique = cell(text, "T", row, at)?;
                if !seen.insert(technique.clone()) {
                    return Err(ColumnsError::Twice(technique));
                }
                column.techniques.push(technique);
            }
        }
        Ok(Self { columns })
    }
}

fn width(row: usize, cells: usize, expected: usize) -> Result<(), ColumnsError> {
    if cells == expected { Ok(()) } else { Err(ColumnsError::Cells { row, cells, expected }) }
}

fn cell(text: &str, prefix: &str, row: usize, at: usize) -> Result<String, ColumnsError> {
    let digits = text.strip_prefix(prefix).unwrap_or_default();
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let number = |text: &str| (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if number(whole) && part.is_none_or(number) {
        return Ok(text.to_owned());
    }
    Err(ColumnsError::Cell { row, column: at + 1, value: text.chars().take(40).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_read_from_top_to_bottom() {
        let read = Columns::read(b"P01,P02\nTA01,TA05\nT0073,T0016\nT0073.001,\n,T0018\n").unwrap();
        let expected = [("P01", "TA01", vec!["T0073", "T0073.001"]), ("P02", "TA05", vec!["T0016", "T0018"])];
        let found: Vec<_> = read
            .columns
            .iter()
            .map(|c| {
                (
                    c.phase.as_str(),
                    c.tactic.as_str(),
                    c.techniques.iter().map(String::as_str).collect::<Vec<_>>(),
                )
            })
            .collect();
        assert_eq!(found, expected);
        assert_eq!(Columns::read(b"P01\r\nTA01\r\nT0073\r\n").unwrap().columns[0].techniques, ["T0073"]);
    }

    #[test]
    fn other_files_are_refused() {
        let cell = |row, column, value: &str| ColumnsError::Cell { row, column, value: value.to_owned() };
        let wrong: [(&[u8], ColumnsError); 9] = [
            (b"\xff", ColumnsError::NoText),
            (b"", ColumnsError::NoHead),
            (b"P01\n", ColumnsError::NoHead),
            (b"P01,P02\nTA01\n", ColumnsError::Cells { row: 2, cells: 1, expected: 2 }),
            (b"P01\nTA01\nT1,T2\n", ColumnsError::Cells { row: 3, cells: 2, expected: 1 }),
            (b"phase\nTA01\n", cell(1, 1, "phase")),
            (b"P01\nTA01\nT00x\n", cell(3, 1, "T00x")),
            (b"P01\nTA01\nTA02\n", cell(3, 1, "TA02")),
            (b"P01\nTA01\nT1\nT1\n", ColumnsError::Twice("T1".to_owned())),
        ];
        for (bytes, error) in wrong {
            assert_eq!(Columns::read(bytes), Err(error));
        }
        assert_eq!(Columns::read(&vec![b' '; MOST_BYTES + 1]), Err(ColumnsError::NoText));
    }
}
