//! Every refusal of access has its words in four languages, with the same values.

use scr_desk_office::TEXTS;
use scr_i18n::{Finding, Sources, check_texts};
use std::path::Path;

#[test]
fn no_text_is_missing_different_or_unused() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [root.join("src"), root.join("templates"), root.join("../../platform/access/src")];
    let folders: Vec<&Path> = folders.iter().map(AsRef::as_ref).collect();
    let found = check_texts(&Sources { own: TEXTS, shared: scr_web::SHELL_TEXTS, folders: &folders });
    assert_eq!(found, Vec::<Finding>::new());
}
