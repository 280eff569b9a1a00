//! `cargo xtask sizes`: a file that has grown too long wants to be two.

use crate::{Findings, Trouble, sources};
use std::path::{Path, PathBuf};

const WARN_ABOVE_LINES: usize = 500;
const FAIL_ABOVE_LINES: usize = 900;

/// Folders with Rust files of ours.
const FOLDERS: [&str; 4] = ["crates", "scrutineer", "tools", "fuzz"];

pub(crate) fn run(root: &Path) -> Result<Findings, Trouble> {
    let mut lengths = Vec::new();
    for folder in FOLDERS {
        for file in sources::files(root, folder, "rs")? {
            let lines = sources::read(root, &file)?.lines().count();
            lengths.push((file, lines));
        }
    }
    Ok(judge(&lengths))
}

fn judge(lengths: &[(PathBuf, usize)]) -> Findings {
    let mut findings = Findings { looked_at: format!("{} Rust files", lengths.len()), ..Findings::default() };
    for (file, lines) in lengths {
        let text = format!("{} has {lines} lines", file.display());
        if *lines > FAIL_ABOVE_LINES {
            findings.problems.push(format!("{text}: more than {FAIL_ABOVE_LINES}"));
        } else if *lines > WARN_ABOVE_LINES {
            findings.warnings.push(format!("{text}: more than {WARN_ABOVE_LINES}"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_are_exact() {
        let findings =
            judge(&[500, 501, 900, 901].map(|lines| (PathBuf::from(format!("{lines}.rs")), lines)));
        assert_eq!(
            findings.warnings,
            ["501.rs has 501 lines: more than 500", "900.rs has 900 lines: more than 500"]
        );
        assert_eq!(findings.problems, ["901.rs has 901 lines: more than 900"]);
    }
}
