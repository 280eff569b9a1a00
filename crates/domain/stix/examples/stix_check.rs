//! What is found in STIX files, for people and for comparing with other programs: `stix_check FILE…` prints a line for
//! each object with the file, the identifier, and what is wrong with it, separated by tabs.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a program for the command line")]

use scr_stix::{Limits, Object, Rejected, check, read_envelope};
use std::ops::ControlFlow;

fn main() {
    let limits = Limits::default();
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        let mut objects = Vec::new();
        let read = read_envelope(&bytes[..], &limits, &mut |_, object| {
            objects.push(object);
            ControlFlow::Continue(())
        });
        match read {
            Ok(_) => {}
            // Perhaps a single object.
            Err(_) if objects.is_empty() => objects.push(Object::read(&bytes, &limits)),
            Err(error) => println!("{path}\t\t{} {error}", error.code()),
        }
        objects.iter().for_each(|object| print(&path, object));
    }
}

fn print(path: &str, object: &Result<Object, Box<Rejected>>) {
    match object {
        Ok(object) => {
            let findings: Vec<String> = check(object)
                .iter()
                .map(|finding| format!("{} {finding}", if finding.is_error() { "error" } else { "warning" }))
                .collect();
            println!("{path}\t{}\t{}", object.id(), findings.join("; "));
        }
        Err(rejected) => {
            let id = rejected.id.as_ref().map_or("", |id| id.as_str());
            println!("{path}\t{id}\trejected {} {}", rejected.code.as_str(), rejected.message());
        }
    }
}
