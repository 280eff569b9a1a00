//! Every text of these pages is there in four languages, and used.

use scr_desk_alerts::AlertsDesk;
use scr_i18n::{Sources, check_texts};
use scr_web::Desk as _;
use std::path::Path;

#[test]
fn every_text_is_there_in_four_languages_and_used() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let findings = check_texts(&Sources {
        own: AlertsDesk.texts(),
        shared: scr_web::SHELL_TEXTS,
        folders: &[&here.join("src"), &here.join("templates")],
    });
    let all: Vec<String> = findings.iter().map(|finding| format!("{finding:?}")).collect();
    let is_ours =
        |text: &&String| ["\"alertnet-", "\"alertkit-", "\"lesson-"].iter().any(|mark| text.contains(mark));
    assert_eq!(all.iter().filter(is_ours).collect::<Vec<_>>(), Vec::<&String>::new());
}
