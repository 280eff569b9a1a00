//! Every code that an import or this desk can answer with has its words in four languages.

use scr_desk_results::PROBLEM_TEXTS;
use scr_i18n::{Finding, Sources, check_texts};
use std::path::Path;

#[test]
fn every_code_has_its_words_and_no_words_are_left_over() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders =
        ["src", "../../domain/intake/src", "../../domain/results/src"].map(|folder| here.join(folder));
    let found = check_texts(&Sources {
        own: PROBLEM_TEXTS,
        shared: scr_web::SHELL_TEXTS,
        folders: &[&folders[0], &folders[1], &folders[2]],
    });
    // The desk's pages have texts of their own, which their own test looks at.
    // Refusals of the shell are told by the words of their status.
    let is_code = |finding: &Finding| {
        let finding = format!("{finding:?}");
        finding.contains("error-scr-") && !finding.contains("error-scr-web-")
    };
    let found: Vec<&Finding> = found.iter().filter(|finding| is_code(finding)).collect();
    assert_eq!(found, Vec::<&Finding>::new());
}
