//! The list of findings in the documentation is the list in the code. `UPDATE_DOCS=1` writes it anew.

#![expect(clippy::disallowed_methods, reason = "tests learn from the environment what to do")]

use scr_cap::{Basis, Code};
use std::fmt::Write as _;

#[test]
fn the_list_of_findings_is_that_of_the_code() {
    let mut page = "<!-- Made by `UPDATE_DOCS=1 cargo test -p scr-cap --test reference`. -->\n# Findings in alerts\n\n\
        What `scrutineer alert check` finds. An error breaks the rule; a warning is what others may stumble over. A name never\n\
        changes its meaning.\n"
        .to_owned();
    for (basis, title) in [
        (Basis::Schema, "The schema of CAP 1.2"),
        (Basis::Standard, "The text of CAP 1.2"),
        (Basis::Profile, "The election profile"),
    ] {
        let _ = write!(page, "\n## {title}\n\n| name | severity | means | what to do |\n|---|---|---|---|\n");
        for code in Code::ALL.iter().filter(|code| code.basis() == basis) {
            let severity = format!("{:?}", code.severity()).to_lowercase();
            let _ =
                writeln!(page, "| `{}` | {severity} | {} | {} |", code.as_str(), code.what(), code.todo());
        }
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/reference/alert-findings.md");
    if std::env::var("UPDATE_DOCS").is_ok() {
        std::fs::write(path, &page).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), page, "run with UPDATE_DOCS=1");
}
