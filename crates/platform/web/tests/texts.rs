//! The shell's texts exist in four languages, and none is left over.

use scr_i18n::{Sources, check_texts};
use scr_web::SHELL_TEXTS;
use std::path::Path;

#[test]
fn no_text_is_missing_different_or_unused() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (templates, code) = (root.join("templates"), root.join("src"));
    // The shell also speaks for the crates below it, which have no texts of their own.
    let below = ["engine", "charts", "objects"].map(|name| root.join("..").join(name).join("src"));
    let folders: Vec<&Path> =
        [&*templates, &*code].into_iter().chain(below.iter().map(|path| &**path)).collect();
    let found = check_texts(&Sources { own: SHELL_TEXTS, shared: &[], folders: &folders });
    // Refusals of the shell are told by the words of their status; what is wrong with the files of a certificate
    // reaches the terminal and the log; and what a program sends wrong the desks refuse.
    let elsewhere = |one: &&scr_i18n::Finding| {
        let words = format!("{one:?}");
        ["error-scr-web-", "error-scr-tls-", "error-scr-api-"].iter().any(|area| words.contains(area))
    };
    let found: Vec<_> = found.iter().filter(|one| !elsewhere(one)).collect();
    assert_eq!(found, Vec::<&scr_i18n::Finding>::new());
}
