//! Delimited text to records.

use crate::codes;
use crate::limits::Limits;
use crate::problems::Problems;
use crate::raw::grid::Grid;

/// The delimiters that are looked for.
pub(crate) const DELIMITERS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// What the reader saw besides the cells.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct LineEnds {
    crlf: u64,
    lf: u64,
    cr: u64,
}

/// Reads all records. Line ends are CR LF, LF or CR; a cell that begins with `"` ends with `"`, and
/// `""` within it is one `"`; line ends within such a cell belong to it. `None` after an error that
/// leaves no cells to speak of.
pub(crate) fn parse(text: &str, delimiter: u8, limits: &Limits, problems: &mut Problems) -> Option<Grid> {
    let grid =
        Reader { text, bytes: text.as_bytes(), at: 0, line: 1, ends: LineEnds::default(), delimiter, limits }
            .run(usize::MAX, problems)?;
    report_damage(&grid, problems);
    Some(grid)
}

/// The delimiter that gives the most even records, its share of even records in percent, and their width.
pub(crate) fn detect_delimiter(text: &str) -> (u8, u8, usize) {
    let limits = Limits { problems: 0, ..Limits::default() };
    let mut best = (b',', 0_u8, 1_usize);
    let mut best_score = 0;
    for delimiter in DELIMITERS {
        let mut silent = Problems::new("", &limits);
        let mut run = |text: &str| {
            let bytes = text.as_bytes();
            let ends = LineEnds::default();
            Reader { text, bytes, at: 0, line: 1, ends, delimiter, limits: &limits }.run(400, &mut silent)
        };
        // A damaged file still has a first line.
        let Some(grid) = run(text).or_else(|| run(text.lines().next().unwrap_or_default())) else { continue };
        let mut widths: Vec<usize> =
            grid.records().map(|record| record.len()).filter(|width| *width > 0).collect();
        if widths.is_empty() {
            continue;
        }
        widths.sort_unstable();
        let (width, count) = widths
            .chunk_by(|a, b| a == b)
            .map(|run| (run[0], run.len()))
            .filter(|(width, _)| *width > 1)
            .max_by_key(|(width, count)| (*count, *width))
            .unwrap_or((1, 0));
        let share = count * 100 / widths.len();
        let score = share * 10 + width.min(60) * 5;
        if count > 0 && score > best_score {
            best_score = score;
            best = (delimiter, u8::try_from(share).unwrap_or(100), width);
        }
    }
    best
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    line: u32,
    ends: LineEnds,
    delimiter: u8,
    limits: &'t Limits,
}

impl Reader<'_> {
    fn run(mut self, records: usize, problems: &mut Problems) -> Option<Grid> {
        let mut grid = Grid::default();
        while self.at < self.bytes.len() && grid.len() < records {
            if grid.len() >= self.limits.rows {
                problems.push(
                    problems
                        .error(codes::TOO_MANY_ROWS)
                        .at_row(u64::from(self.line))
                        .with("limit", self.limits.rows),
                );
                return None;
            }
            grid.begin(self.line);
            self.record(&mut grid, problems)?;
            grid.blank_last_record();
        }
        let LineEnds { crlf, lf, cr } = self.ends;
        if [crlf, lf, cr].iter().filter(|count| **count > 0).count() > 1 {
            let note = problems.note(codes::MIXED_LINE_ENDS);
            problems.push(note.with("crlf", crlf).with("lf", lf).with("cr", cr));
        }
        Some(grid)
    }

    fn record(&mut self, grid: &mut Grid, problems: &mut Problems) -> Option<()> {
        let line = u64::from(self.line);
        loop {
            if self.bytes.get(self.at) == Some(&b'"') {
                self.quoted(grid, problems)?;
            }
            self.plain(grid, problems)?;
            grid.end_cell();
            if grid.open_record_cells() > self.limits.columns || grid.cells() > self.limits.cells {
                problems.push(
                    problems.error(codes::TOO_MANY_COLUMNS).at_row(line).with("limit", self.limits.columns),
                );
                return None;
            }
            match self.bytes.get(self.at) {
                Some(byte) if *byte == self.delimiter => self.at += 1,
                Some(_) => {
                    let width = self.line_end(true);
                    self.at += width;
                    return Some(());
                }
                None => return Some(()),
            }
        }
    }

    /// Up to the next delimiter or line end.
    fn plain(&mut self, grid: &mut Grid, problems: &mut Problems) -> Option<()> {
        let start = self.at;
        let rest = &self.bytes[start..];
        let length = rest
            .iter()
            .position(|b| *b == self.delimiter || *b == b'\n' || *b == b'\r')
            .unwrap_or(rest.len());
        self.at += length;
        grid.push_text(&self.text[start..self.at]);
        self.check_length(grid, problems)
    }

    fn quoted(&mut self, grid: &mut Grid, problems: &mut Problems) -> Option<()> {
        let opened = u64::from(self.line);
        self.at += 1;
        loop {
            let start = self.at;
            let rest = &self.bytes[start..];
            let Some(length) = rest.iter().position(|b| matches!(b, b'"' | b'\n' | b'\r')) else {
                let column = grid.open_record_cells() + 1;
                problems.push(
                    problems.error(codes::UNCLOSED_QUOTE).at_row(opened).in_column(&format!("#{column}")),
                );
                return None;
            };
            self.at += length;
            if self.bytes[self.at] == b'"' {
                grid.push_text(&self.text[start..self.at]);
                self.at += 1;
                if self.bytes.get(self.at) != Some(&b'"') {
                    break;
                }
                grid.push_text("\"");
                self.at += 1;
            } else {
                let width = self.line_end(false);
                grid.push_text(&self.text[start..self.at + width]);
                self.at += width;
            }
            self.check_length(grid, problems)?;
        }
        self.after_quote(grid, problems);
        Some(())
    }

    /// Spaces may follow a closing quote; anything else is reported and kept.
    fn after_quote(&mut self, grid: &Grid, problems: &mut Problems) {
        let rest = &self.bytes[self.at..];
        let length = rest
            .iter()
            .position(|b| *b == self.delimiter || *b == b'\n' || *b == b'\r')
            .unwrap_or(rest.len());
        let text = &self.text[self.at..self.at + length];
        if text.trim().is_empty() {
            self.at += length;
        } else {
            let column = format!("#{}", grid.open_record_cells() + 1);
            let problem = problems.error(codes::TEXT_AFTER_QUOTE).at_row(u64::from(self.line));
            problems.push(problem.in_column(&column).with_value(text));
        }
    }

    fn check_length(&self, grid: &Grid, problems: &mut Problems) -> Option<()> {
        if grid.open_cell_bytes() > self.limits.cell_bytes {
            let column = format!("#{}", grid.open_record_cells() + 1);
            let problem =
                problems.error(codes::CELL_TOO_LONG).at_row(u64::from(self.line)).in_column(&column);
            problems.push(problem.with("limit", self.limits.cell_bytes));
            return None;
        }
        Some(())
    }

    /// Counts the line end that begins here and returns its width.
    fn line_end(&mut self, of_record: bool) -> usize {
        let crlf = self.bytes[self.at..].starts_with(b"\r\n");
        if of_record {
            match self.bytes[self.at] {
                _ if crlf => self.ends.crlf += 1,
                b'\n' => self.ends.lf += 1,
                _ => self.ends.cr += 1,
            }
        }
        self.line = self.line.saturating_add(1);
        if crlf { 2 } else { 1 }
    }
}

/// Cells that the decoder could not read, and NUL.
fn report_damage(grid: &Grid, problems: &mut Problems) {
    for record in grid.records() {
        for (index, cell) in record.cells().enumerate() {
            if cell.contains('\u{fffd}') {
                let problem = problems.error(codes::UNDECODABLE).at_row(record.line());
                problems.push(problem.in_column(&format!("#{}", index + 1)).with_value(cell));
            } else if cell.contains('\0') {
                let problem = problems.error(codes::NUL_BYTES).at_row(record.line());
                problems.push(
                    problem.in_column(&format!("#{}", index + 1)).with_value(&cell.replace('\0', "\u{2400}")),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str, delimiter: u8) -> (Vec<(u64, Vec<String>)>, Vec<&'static str>) {
        let limits = Limits::default();
        let mut problems = Problems::new("t", &limits);
        let grid = parse(text, delimiter, &limits, &mut problems).unwrap_or_default();
        let rows = grid.records().map(|r| (r.line(), r.cells().map(str::to_owned).collect())).collect();
        (rows, problems.finish().0.iter().map(|p| p.code).collect())
    }

    fn row(line: u64, cells: &[&str]) -> (u64, Vec<String>) {
        (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn quotes_line_ends_and_blank_lines() {
        let (rows, problems) = cells("a;\"b;\"\"c\"\"\r\nd\" ;e\r\n\r\n1;2;\r\n", b';');
        assert_eq!(rows, [row(1, &["a", "b;\"c\"\r\nd", "e"]), row(3, &[]), row(4, &["1", "2", ""])]);
        assert!(problems.is_empty());
        assert_eq!(
            cells("a,b\r1,2\r3,4", b',').0,
            [row(1, &["a", "b"]), row(2, &["1", "2"]), row(3, &["3", "4"])]
        );
        assert_eq!(cells("a,b\r1,2\n3,4\r\n", b',').1, [codes::MIXED_LINE_ENDS]);
        assert_eq!(cells("x\n=\"001\"\n", b',').0[1].1, ["=\"001\""]);
    }

    #[test]
    fn damage_has_its_codes() {
        assert_eq!(cells("a,\"b\nc,d\n", b',').1, [codes::UNCLOSED_QUOTE]);
        assert_eq!(cells("a,\"b\"c,d\n", b',').1, [codes::TEXT_AFTER_QUOTE]);
        assert_eq!(cells("a,\u{fffd}\n", b',').1, [codes::UNDECODABLE]);
        assert_eq!(cells("a,\0\n", b',').1, [codes::NUL_BYTES]);
        assert_eq!(cells(&"x".repeat(70_000), b',').1, [codes::CELL_TOO_LONG]);
        assert_eq!(cells(&",".repeat(2_001), b',').1, [codes::TOO_MANY_COLUMNS]);
    }

    #[test]
    fn the_delimiter_is_found() {
        assert_eq!(detect_delimiter("a;b,c;d\n1;2,5;3\n").0, b';');
        assert_eq!(detect_delimiter("a\tb\n1\t2\n").0, b'\t');
        assert_eq!(detect_delimiter("a|b|c\n1|2|3\n").0, b'|');
        assert_eq!(detect_delimiter("only\none\ncolumn\n"), (b',', 0, 1));
    }
}
