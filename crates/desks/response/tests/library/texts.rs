//! Every text of these pages is there in four languages, and used.

use scr_desk_response::ResponseDesk;
use scr_i18n::{Lang, Sources, check_texts};
use scr_web::{Desk as _, Visit};
use std::path::Path;

#[test]
fn every_text_is_there_in_four_languages_and_used() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let findings = check_texts(&Sources {
        own: ResponseDesk.texts(),
        shared: scr_web::SHELL_TEXTS,
        folders: &[&here.join("src"), &here.join("templates")],
    });
    let all: Vec<String> = findings.iter().map(|finding| format!("{finding:?}")).collect();
    let ours: Vec<&String> = all.iter().filter(|text| text.contains("\"library-")).collect();
    assert_eq!(ours, Vec::<&String>::new());
}

#[test]
fn every_finding_has_its_words() {
    for lang in Lang::ALL {
        let visit = Visit::with_texts(lang, ResponseDesk.texts());
        for code in scr_playbooks::Code::ALL {
            let key = format!("library-finding-{}", code.as_str());
            let text = visit.t(&key);
            assert!(!text.contains(&key) && text.len() > 10, "{lang:?} {text}");
        }
    }
}

#[test]
fn every_code_has_its_words() {
    for lang in Lang::ALL {
        let visit = Visit::with_texts(lang, ResponseDesk.texts());
        // SCR-RSP-001, SCR-RSP-002, SCR-RSP-003, SCR-RSP-004, SCR-RSP-005, SCR-RSP-006, SCR-RSP-007, SCR-RSP-008
        // SCR-RSP-009, SCR-RSP-010, SCR-RSP-011, SCR-RSP-012, SCR-RSP-013, SCR-RSP-014, SCR-RSP-015, SCR-RSP-016
        // SCR-RSP-017, SCR-RSP-018, SCR-RSP-019, SCR-RSP-020, SCR-RSP-021, SCR-RSP-022, SCR-RSP-023, SCR-RSP-024
        for number in 1..=24 {
            let key = format!("error-scr-rsp-{number:03}");
            let args = ["why", "modified", "errors", "finding", "where", "most", "playbook"];
            let args: Vec<_> = args.iter().map(|name| (*name, "x".into())).collect();
            let text = visit.ta(&key, &args);
            assert!(!text.contains(&key) && text.len() > 10, "{lang:?} {text}");
        }
    }
}
