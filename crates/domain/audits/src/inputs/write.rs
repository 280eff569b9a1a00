//! Tables as they are written: commas, CRLF, and names so that the readers take them as they are.

use scr_tabulation::read::cell;
use std::io::{self, Write};

/// A cell of a table.
pub(super) enum Out<'a> {
    /// A name. One that a reader would change is written as `="…"`.
    Name(&'a str),
    /// A count.
    Count(u64),
    /// Nothing.
    Nothing,
}

/// Writes a row.
pub(super) fn row<'a>(out: &mut impl Write, cells: impl IntoIterator<Item = Out<'a>>) -> io::Result<()> {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        match cell {
            Out::Name(name) => text(out, name)?,
            Out::Count(count) => write!(out, "{count}")?,
            Out::Nothing => {}
        }
    }
    out.write_all(b"\r\n")
}

fn text(out: &mut impl Write, name: &str) -> io::Result<()> {
    let kept = if cell(name.as_bytes()) == name { name.to_owned() } else { format!("=\"{name}\"") };
    if kept.contains([',', ';', '\t', '"', '\r', '\n']) {
        write!(out, "\"{}\"", kept.replace('"', "\"\""))
    } else {
        out.write_all(kept.as_bytes())
    }
}
