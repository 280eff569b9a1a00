//! Every code has its words in four languages.

use scr_desk_audits::AuditsDesk;
use scr_i18n::{Lang, Sources, check_texts};
use scr_web::{Desk as _, Visit};
use std::path::Path;

#[test]
fn pages_say_everything_in_every_language() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [here.join("src/prepare"), here.join("templates/prepare")];
    let texts: Vec<_> =
        AuditsDesk.texts().iter().copied().filter(|(_, text)| text.contains("audits-nav")).collect();
    let shared = [scr_web::SHELL_TEXTS, AuditsDesk.texts()].concat();
    let found = check_texts(&Sources { own: &texts, shared: &shared, folders: &[&folders[0], &folders[1]] });
    let found: Vec<String> = found.iter().map(|one| format!("{one:?}")).collect();
    let own: Vec<&String> = found.iter().filter(|one| !one.contains("error-scr-")).collect();
    assert_eq!(own, Vec::<&String>::new());
}

/// Codes of the workflow as its document lists them, and of what is wrong with files.
#[test]
fn every_code_has_its_words() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/reference/errors");
    let read = |name: &str| std::fs::read_to_string(here.join(name)).unwrap();
    let (workflow, files) = (read("audit-workflow.md"), read("aud.md"));
    let codes = |text: &str, from: u32, to: u32| -> Vec<String> {
        let all = (from..=to).map(|number| format!("SCR-AUD-{number:03}"));
        all.filter(|code| text.contains(code)).collect()
    };
    let mut all = codes(&workflow, 220, 259);
    // SCR-AUD-046 and -047 are of Colorado's published lists, which nobody hands in.
    all.extend(
        codes(&files, 10, 50).into_iter().filter(|code| !code.ends_with("-046") && !code.ends_with("-047")),
    );
    assert!(all.len() > 70, "{all:?}");
    for lang in [Lang::En, Lang::Fr, Lang::Es, Lang::Ar] {
        let visit = Visit::with_texts(lang, AuditsDesk.texts());
        for code in &all {
            let key = format!("error-{}", code.to_lowercase());
            let text = visit.t(&key);
            assert!(!text.contains(&key) && text.len() > 10, "{lang:?} {code} {text}");
        }
    }
    assert!(all.contains(&"SCR-AUD-257".to_owned()), "what was erased cannot be committed to");
}
