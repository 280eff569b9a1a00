//! Draws the samples of `sampler-inputs.json` documents, one a line on standard input, and prints each list as a line of
//! JSON: for comparison with other programs (`tools/interop/samplers/run`).

use scr_audits::sample::inputs::{draw, read};
use std::io::{BufRead as _, Write as _};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        match read(line?.as_bytes(), "stdin").and_then(|inputs| draw(&inputs, "stdin")) {
            Ok(list) => serde_json::to_writer(&mut out, &list)?,
            Err(problems) => serde_json::to_writer(&mut out, &problems)?,
        }
        writeln!(out)?;
    }
    out.flush()
}
