//! Rows of a delimited text (RFC 4180, as spreadsheets write it), one after another, each with its line.

use super::Limits;
use std::io::{self, BufRead as _, BufReader, Read};

/// Why there are no more rows although the text goes on.
#[derive(Debug)]
pub(super) enum Stop {
    /// It cannot be read.
    Broken(io::Error),
    /// More than the limit of this.
    TooMuch(&'static str, u64),
    /// A cell that was opened with a quotation mark does not end.
    Unclosed,
}

/// Where the splitter is within a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Begin,
    Plain,
    Quoted,
    /// Behind a quotation mark within a quoted cell: the end of it, or the first half of one mark.
    Mark,
}

/// The rows of a text.
pub(super) struct Rows<R> {
    input: BufReader<R>,
    delimiter: u8,
    limits: Limits,
    bytes: u64,
    /// The line that is being read, from 1.
    line: u64,
    /// The byte before was a carriage return that has ended a line.
    returned: bool,
}

/// A row: its line and its cells.
pub(super) type Line = (u64, Vec<Vec<u8>>);

/// A row that is being read.
#[derive(Default)]
struct Open {
    cells: Vec<Vec<u8>>,
    cell: Vec<u8>,
}

impl Open {
    fn end_cell(&mut self, limits: &Limits) -> Result<(), Stop> {
        if self.cells.len() >= limits.columns {
            return Err(Stop::TooMuch("columns", wide(limits.columns)));
        }
        self.cells.push(std::mem::take(&mut self.cell));
        Ok(())
    }

    fn push(&mut self, byte: u8, limits: &Limits) -> Result<(), Stop> {
        if self.cell.len() >= limits.cell {
            return Err(Stop::TooMuch("bytes of a cell", wide(limits.cell)));
        }
        self.cell.push(byte);
        Ok(())
    }
}

fn wide(limit: usize) -> u64 {
    u64::try_from(limit).unwrap_or(u64::MAX)
}

impl<R: Read> Rows<R> {
    pub(super) fn of(input: R, delimiter: u8, limits: &Limits) -> Self {
        Self { input: BufReader::new(input), delimiter, limits: *limits, bytes: 0, line: 1, returned: false }
    }

    /// The line that the next row begins in, or in which reading stopped.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// The next row (one empty cell for an empty line).
    pub(super) fn next(&mut self) -> Result<Option<Line>, Stop> {
        let mut open = Open::default();
        let mut state = State::Begin;
        let mut begin = self.line;
        let mut any = false;
        loop {
            let Some(byte) = self.byte()? else {
                return match state {
                    State::Quoted => {
                        self.line = begin;
                        Err(Stop::Unclosed)
                    }
                    _ if any => {
                        open.end_cell(&self.limits)?;
                        Ok(Some((begin, open.cells)))
                    }
                    _ => Ok(None),
                };
            };
            if byte == b'\n' && std::mem::take(&mut self.returned) {
                // The second half of a line's end.
                if state == State::Quoted {
                    open.push(byte, &self.limits)?;
                }
                continue;
            }
            self.returned = byte == b'\r';
            let ends_line = matches!(byte, b'\r' | b'\n');
            if !any {
                begin = self.line;
                any = true;
            }
            self.line += u64::from(ends_line);
            match (state, byte) {
                (State::Quoted, b'"') => state = State::Mark,
                (State::Quoted, _) => open.push(byte, &self.limits)?,
                (State::Begin, b'"') => state = State::Quoted,
                (State::Mark, b'"') => {
                    open.push(byte, &self.limits)?;
                    state = State::Quoted;
                }
                _ if ends_line => {
                    open.end_cell(&self.limits)?;
                    return Ok(Some((begin, open.cells)));
                }
                _ if byte == self.delimiter => {
                    open.end_cell(&self.limits)?;
                    state = State::Begin;
                }
                _ => {
                    open.push(byte, &self.limits)?;
                    state = State::Plain;
                }
            }
        }
    }

    fn byte(&mut self) -> Result<Option<u8>, Stop> {
        let byte = loop {
            match self.input.fill_buf() {
                Ok(bytes) => break bytes.first().copied(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Stop::Broken(error)),
            }
        };
        if byte.is_some() {
            self.input.consume(1);
            self.bytes += 1;
            if self.bytes > self.limits.bytes {
                return Err(Stop::TooMuch("bytes", self.limits.bytes));
            }
        }
        Ok(byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
        let mut rows = Rows::of(text.as_bytes(), b',', &Limits::default());
        let mut all = Vec::new();
        while let Some((line, cells)) = rows.next().unwrap() {
            all.push((line, cells.into_iter().map(|cell| String::from_utf8(cell).unwrap()).collect()));
        }
        all
    }

    fn row(line: u64, cells: &[&str]) -> (u64, Vec<String>) {
        (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn rows_have_the_line_that_a_person_sees() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "", "\"x,\"\"y\"\"\",2", "\"two", "lines\",3", "=\"5\",", ""].join(end);
            let two = format!("two{end}lines");
            let expected = [
                row(1, &["a", "b"]),
                row(2, &[""]),
                row(3, &["x,\"y\"", "2"]),
                row(4, &[&two, "3"]),
                row(6, &["=\"5\"", ""]),
            ];
            assert_eq!(rows(&text), expected, "{end:?}");
        }
        assert_eq!(rows("a,b"), [row(1, &["a", "b"])]);
        assert_eq!(rows(""), []);
    }

    #[test]
    fn a_mark_that_is_not_closed_and_limits_stop_it() {
        let stop = |text: &str, limits: &Limits| {
            let mut rows = Rows::of(text.as_bytes(), b',', limits);
            let stop = loop {
                match rows.next() {
                    Ok(Some(_)) => {}
                    Ok(None) => return None,
                    Err(stop) => break stop,
                }
            };
            Some((rows.line(), stop))
        };
        let small = Limits { bytes: 30, columns: 3, cell: 5, rows: 9 };
        assert!(matches!(stop("a\nb,\"c\nd\n", &small), Some((2, Stop::Unclosed))));
        assert!(matches!(stop("a,b,c,d", &small), Some((1, Stop::TooMuch("columns", 3)))));
        assert!(matches!(stop("a\nabcdef", &small), Some((2, Stop::TooMuch("bytes of a cell", 5)))));
        assert!(matches!(stop(&"a\n".repeat(16), &small), Some((_, Stop::TooMuch("bytes", 30)))));
        assert!(stop("a\nb", &small).is_none());
    }
}
