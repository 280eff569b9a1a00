//! Writes what `tools/interop/threats/misp_check.py` examines: events as STIX and as a feed.
//!
//! `misp_files OUT EVENT.json…`

#![expect(clippy::unwrap_used, reason = "an example stops at what it does not expect")]

use scr_misp::Limits;
use scr_misp::event::read_events;
use scr_misp::to_stix::{Observations, Options, to_stix};
use std::path::Path;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().unwrap();
    let limits = Limits::default();
    for file in arguments {
        let name = Path::new(&file).file_stem().unwrap().to_string_lossy().into_owned();
        let read = read_events(&std::fs::read(&file).unwrap(), &limits).unwrap();
        for warning in read.warnings.listed() {
            println!("{name}: {warning}");
        }
        for event in &read.events {
            for (observations, suffix) in
                [(Observations::WithoutDetection, "stix"), (Observations::Always, "stix-all")]
            {
                let options = Options { observations, ..Options::default() };
                let converted = to_stix(event, &options, &limits);
                for warning in converted.warnings.listed() {
                    println!("{name} as {suffix}: {warning}");
                }
                let text = serde_json::to_string_pretty(&converted.bundle(event)).unwrap();
                std::fs::write(format!("{out}/{name}.{suffix}.json"), text).unwrap();
            }
        }
    }
}
