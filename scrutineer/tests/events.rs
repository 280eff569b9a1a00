//! What this program records: golden entries that decode for ever, and the catalogue for people.

use scr_desk_alerts::AlertsDesk;
use scr_desk_audits::AuditsDesk;
use scr_desk_office::OfficeDesk;
use scr_desk_record::RecordDesk;
use scr_desk_response::ResponseDesk;
use scr_desk_results::ResultsDesk;
use scr_desk_threats::ThreatsDesk;
use scr_engine::{FieldSpec, FieldType, KindSpec, OWN_KINDS};
use scr_entry::Catalogue;
use scr_entry::golden::check_golden;
use scr_web::Desk;
use std::fmt::Write as _;
use std::path::Path;

const DESKS: &[&dyn Desk] =
    &[&ResultsDesk, &AuditsDesk, &ThreatsDesk, &AlertsDesk, &ResponseDesk, &RecordDesk, &OfficeDesk];
const DOCUMENT: &str = "../docs/reference/events.md";
const GOLDEN: &str = "../fixtures/events";

fn kinds() -> Vec<KindSpec> {
    let mut kinds: Vec<_> =
        DESKS.iter().flat_map(|desk| desk.kinds().iter().copied()).chain(OWN_KINDS.iter().copied()).collect();
    kinds.sort_by_key(|kind| kind.name);
    kinds
}

/// A golden entry was recorded by the program once and is never made anew: what is published stays.
/// For a new kind: record one, `scrutineer log entry DATA INDEX > fixtures/events/<kind>/<N>/<case>.json`.
#[test]
fn every_golden_entry_decodes_and_every_kind_has_one() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join(GOLDEN);
    let report = check_golden(&golden, &Catalogue::new(kinds()).unwrap()).unwrap();
    assert_eq!(report.failures, Vec::<String>::new());
    assert_eq!(report.missing, Vec::<String>::new(), "kinds without a golden entry in fixtures/events");
}

/// `results.table.imported/1` is called by the text `kind-results-table-imported`.
#[test]
fn every_kind_has_a_name_for_people_in_four_languages() {
    let texts: Vec<_> = DESKS.iter().flat_map(|desk| desk.texts().iter().copied()).collect();
    let catalogue = scr_i18n::Catalogue::load(&texts).unwrap();
    for kind in kinds() {
        let key =
            format!("kind-{}", kind.name.split('/').next().unwrap_or_default().replace(['.', '_'], "-"));
        for lang in scr_i18n::Lang::ALL {
            assert!(catalogue.has(lang, &key), "no text {key} in {lang:?}");
        }
    }
}

fn form(form: &FieldType) -> String {
    match form {
        FieldType::Text(bytes) => format!("text, at most {bytes} bytes"),
        FieldType::Name(bytes) => format!("name, at most {bytes} bytes"),
        FieldType::Code(bytes) => format!("code, at most {bytes} bytes"),
        FieldType::Count => "count".to_owned(),
        FieldType::Integer => "integer".to_owned(),
        FieldType::Flag => "true or false".to_owned(),
        FieldType::Hash => "SHA-256, base64".to_owned(),
        FieldType::Time => "time, RFC 3339 UTC".to_owned(),
        FieldType::List(most, of) => format!("at most {most} of: {}", self::form(of)),
        FieldType::Object(fields) => {
            let names: Vec<_> = fields.iter().map(|field| format!("`{}`", field.name)).collect();
            format!("object of {}", names.join(", "))
        }
    }
}

/// A row per field, and per field inside an object or a list of objects.
fn rows(text: &mut String, path: &str, fields: &[FieldSpec]) {
    for field in fields {
        let optional = if field.optional { ", may be absent" } else { "" };
        let _ = writeln!(text, "| `{path}{}` | {}{optional} |", field.name, form(&field.form));
        match &field.form {
            FieldType::Object(inner) | FieldType::List(_, FieldType::Object(inner)) => {
                rows(text, &format!("{path}{}.", field.name), inner);
            }
            _ => {}
        }
    }
}

/// The document for people. `UPDATE_DOCS=1 cargo test` writes it anew.
#[test]
fn the_document_says_what_the_kinds_say() {
    let mut text = String::from(
        "# What is recorded\n\nMade from the kinds of every desk by the test `events`. Public fields stand in the log for ever;\n\
         private ones are salted commitments there. A published version never changes.\n",
    );
    for kind in kinds() {
        let _ = writeln!(text, "\n## `{}`\n", kind.name);
        if kind.public.is_empty() {
            text.push_str("No public fields.\n");
        } else {
            text.push_str("| public field | form |\n|---|---|\n");
            rows(&mut text, "", kind.public);
        }
        if !kind.private.is_empty() {
            let _ = writeln!(text, "\nPrivate: {}.", kind.private.join(", "));
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(DOCUMENT);
    #[expect(clippy::disallowed_methods, reason = "the way to write the document anew")]
    if std::env::var("UPDATE_DOCS").is_ok() {
        std::fs::write(&path, &text).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(path).unwrap_or_default(),
        text,
        "run: UPDATE_DOCS=1 cargo test -p scrutineer"
    );
}
