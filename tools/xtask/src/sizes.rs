//! `cargo xtask sizes`: a file that has grown too long wants to be two, and nobody can say what a
//! thousand packages do.

use crate::{Findings, Trouble, sources};
use std::path::{Path, PathBuf};

const WARN_ABOVE_LINES: usize = 500;
const FAIL_ABOVE_LINES: usize = 900;
const MAX_PACKAGES: usize = 550;

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
    let packages = packages(&sources::read(root, Path::new("Cargo.lock"))?);
    Ok(judge(&lengths, packages))
}

fn packages(lock: &str) -> usize {
    lock.lines().filter(|line| *line == "[[package]]").count()
}

fn judge(lengths: &[(PathBuf, usize)], packages: usize) -> Findings {
    let looked_at = format!("{} Rust files, {packages} packages in the lock", lengths.len());
    let mut findings = Findings { looked_at, ..Findings::default() };
    if packages > MAX_PACKAGES {
        findings.problems.push(format!("{packages} packages in the lock: more than {MAX_PACKAGES}"));
    }
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
    fn packages_are_counted() {
        assert_eq!(packages("version = 4\n\n[[package]]\nname = \"a\"\n\n[[package]]\nname = \"b\"\n"), 2);
        assert_eq!(judge(&[], MAX_PACKAGES).problems.len(), 0);
        assert_eq!(judge(&[], MAX_PACKAGES + 1).problems.len(), 1);
    }

    #[test]
    fn the_bounds_are_exact() {
        let findings =
            judge(&[500, 501, 900, 901].map(|lines| (PathBuf::from(format!("{lines}.rs")), lines)), 0);
        assert_eq!(
            findings.warnings,
            ["501.rs has 501 lines: more than 500", "900.rs has 900 lines: more than 500"]
        );
        assert_eq!(findings.problems, ["901.rs has 901 lines: more than 900"]);
    }
}
