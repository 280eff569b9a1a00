//! Every text of these pages is there in four languages, and used.

use scr_desk_response::ResponseDesk;
use scr_i18n::{Sources, check_texts};
use scr_web::Desk as _;
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
    let ours = |text: &&String| {
        text.contains("\"runs-") || text.contains("\"severity-") || text.contains("\"error-scr-rsp-0")
    };
    assert_eq!(all.iter().filter(ours).collect::<Vec<_>>(), Vec::<&String>::new());
}
