//! Every text of these pages is there in four languages, and used; every code has its words.

use scr_desk_threats::ThreatsDesk;
use scr_i18n::{Lang, Sources, check_texts};
use scr_web::{Desk as _, Visit};
use std::path::Path;

#[test]
fn every_text_is_there_in_four_languages_and_used() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let findings = check_texts(&Sources {
        own: ThreatsDesk.texts(),
        shared: scr_web::SHELL_TEXTS,
        folders: &[&here.join("src"), &here.join("templates")],
    });
    let all: Vec<String> = findings.iter().map(|finding| format!("{finding:?}")).collect();
    // Names of entries are looked up by the shell; codes come from the domain.
    let ours: Vec<&String> =
        all.iter().filter(|text| !text.contains("\"kind-") && !text.contains("\"error-scr-")).collect();
    assert_eq!(ours, Vec::<&String>::new());
}

#[test]
fn every_code_has_its_words() {
    for lang in [Lang::En, Lang::Fr, Lang::Es, Lang::Ar] {
        let visit = Visit::with_texts(lang, ThreatsDesk.texts());
        for number in (1..=25).filter(|number| *number != 15).chain([70]).chain(72..=80) {
            let key = format!("error-scr-thr-{number:03}");
            let text = visit.ta(&key, &[("what", "x".into())]);
            assert!(!text.contains(&key) && text.len() > 10, "{lang:?} {text}");
        }
        for kind in ThreatsDesk.kinds() {
            assert_ne!(visit.kind_name(kind.name), kind.name, "{lang:?}");
        }
    }
}
