//! Alerts in files, for programs of others to read and to write (`tools/interop/alerts`).
//!
//! - `cap_peer write FOLDER COUNT KEY CERTIFICATE` writes made alerts, each plain (`N.cap`) and signed (`N.signed.cap`).
//! - `cap_peer read FILE…` says of each file, a line of JSON each: whether it is taken, valid, and what was found.
//! - `cap_peer verify PIN FILE…` says what each signature of each file is worth.
//! - `cap_peer canonical FOLDER` canonicalises every `*.xml` in every form into `*.FORM`, or writes the reason into
//!   `*.refused`. A file `*.path` names an element by the places of nodes below the root.

#![expect(clippy::unwrap_used, clippy::panic, reason = "an example stops at what it does not expect")]

#[path = "../tests/made/mod.rs"]
mod made;

use scr_cap::c14n::{self, Form, Options};
use scr_cap::xml::Document;
use scr_cap::{Limits, Pin, Signer, read, verify, write};
use std::fs;
use std::path::Path;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["write", folder, count, key, certificate] => {
            write_all(
                Path::new(folder),
                count.parse().unwrap(),
                &fs::read_to_string(key).unwrap(),
                &fs::read_to_string(certificate).unwrap(),
            );
        }
        ["read", ref files @ ..] => files.iter().for_each(|file| read_one(file)),
        ["verify", pin, ref files @ ..] => {
            let pins = Pin::from_pem("pin", &fs::read_to_string(pin).unwrap()).unwrap();
            files.iter().for_each(|file| verify_one(file, &pins));
        }
        ["canonical", folder] => canonical(Path::new(folder)),
        _ => panic!("see the first lines of this example"),
    }
}

fn write_all(folder: &Path, count: u64, key: &str, certificate: &str) {
    let signer = Signer::from_pem(key, Some(certificate)).unwrap();
    for seed in 0..count {
        let alert = made::alert(seed);
        fs::write(folder.join(format!("{seed}.cap")), write(&alert).unwrap()).unwrap();
        fs::write(folder.join(format!("{seed}.signed.cap")), signer.sign(&alert).unwrap()).unwrap();
    }
}

fn read_one(file: &str) {
    match read(&fs::read(file).unwrap(), &Limits::default()) {
        Ok(reading) => {
            let codes: Vec<String> =
                reading.check().iter().map(|one| format!("\"{}\"", one.code.as_str())).collect();
            let (valid, whole) = (reading.is_valid(), reading.alert.is_some());
            println!(
                "{{\"taken\": true, \"version\": \"{}\", \"valid\": {valid}, \"whole\": {whole}, \"codes\": [{}]}}",
                reading.version.as_str(),
                codes.join(", ")
            );
        }
        Err(error) => println!(
            "{{\"taken\": false, \"why\": {:?}}}",
            error.to_string().replace(|one: char| !one.is_ascii_graphic(), " ")
        ),
    }
}

fn verify_one(file: &str, pins: &[Pin]) {
    let states = match read(&fs::read(file).unwrap(), &Limits::default()) {
        Ok(reading) => {
            let found = verify(&reading, pins, None, &Limits::default());
            found.iter().map(|one| format!("\"{}\"", one.state.as_str())).collect::<Vec<_>>().join(", ")
        }
        Err(_) => "\"not-read\"".to_owned(),
    };
    println!("[{states}]");
}

fn canonical(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|kind| kind != "xml") {
            continue;
        }
        let document = match Document::parse(&fs::read(&path).unwrap(), &Limits::default()) {
            Ok(document) => document,
            Err(error) => {
                fs::write(path.with_extension("refused"), error.to_string()).unwrap();
                continue;
            }
        };
        let prefixes = ["a".to_owned(), "b".to_owned()];
        let place = fs::read_to_string(path.with_extension("path")).ok();
        let place: Option<Vec<usize>> =
            place.map(|text| text.split_whitespace().map(|one| one.parse().unwrap()).collect());
        for (form, name) in
            [(Form::Exclusive, "exclusive"), (Form::Inclusive, "c14n10"), (Form::Inclusive11, "c14n11")]
        {
            for (comments, kind) in [(false, "plain"), (true, "comments")] {
                let options = Options { form, comments, inclusive_prefixes: &[], without: None };
                fs::write(path.with_extension(format!("{name}.{kind}")), c14n::document(&document, &options))
                    .unwrap();
                if let Some(part) = place.as_ref().and_then(|place| c14n::element(&document, place, &options))
                {
                    fs::write(path.with_extension(format!("{name}.{kind}.part")), part).unwrap();
                }
            }
        }
        let options = Options { inclusive_prefixes: &prefixes, ..Options::EXCLUSIVE };
        fs::write(path.with_extension("prefixes"), c14n::document(&document, &options)).unwrap();
    }
}
