//! QR codes of files, for readers of other makers. `qr_svg bytes|text FILE…` writes `FILE.svg` beside each.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (kind, files) = arguments.split_first().ok_or("usage: qr_svg bytes|text FILE…")?;
    for file in files {
        let bytes = std::fs::read(file)?;
        let svg = match kind.as_str() {
            "bytes" => scr_charts::qr_bytes(&bytes, "QR code"),
            "text" => scr_charts::qr_long(std::str::from_utf8(&bytes)?, "QR code"),
            other => return Err(format!("neither bytes nor text: {other}").into()),
        };
        std::fs::write(format!("{file}.svg"), svg.ok_or("too long for one code")?)?;
    }
    Ok(())
}
