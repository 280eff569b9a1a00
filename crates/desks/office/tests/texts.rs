//! Every refusal of access has its words in four languages, with the same values.

use scr_desk_office::TEXTS;
use scr_i18n::{Finding, Sources, check_texts};
use std::path::Path;

#[test]
fn no_text_is_missing_different_or_unused() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (own, access) = (root.join("src"), root.join("../../platform/access/src"));
    let found = check_texts(&Sources { own: TEXTS, shared: &[], folders: &[&*own, &*access] });
    assert_eq!(found, Vec::<Finding>::new());
}
