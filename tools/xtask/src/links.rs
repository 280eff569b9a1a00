//! `cargo xtask links`: a link between our documents leads to a file that exists; one that is named like a test leads to the
//! file that has it.

use crate::{Findings, Trouble, sources};
use std::path::Path;

pub(crate) fn run(root: &Path) -> Result<Findings, Trouble> {
    let files = sources::files(root, "", "md")?;
    let mut problems = Vec::new();
    let mut checked = 0_usize;
    for file in &files {
        let text = sources::read(root, file)?;
        let folder = root.join(file).parent().map(Path::to_path_buf).unwrap_or_default();
        for (name, target) in named_tests(&text) {
            if !sources::read(&folder, Path::new(target)).is_ok_and(|source| has_test(&source, name)) {
                problems.push(format!("{}: there is no test `{name}` in {target}", file.display()));
            }
        }
        for target in local_links(&text) {
            checked += 1;
            if !folder.join(target).exists() {
                problems.push(format!("{} links to {target}, which does not exist", file.display()));
            }
        }
    }
    Ok(Findings {
        looked_at: format!("{checked} links in {} documents", files.len()),
        problems,
        warnings: Vec::new(),
    })
}

/// Targets of `[…](target)` and `src="target"` that are files of ours, without their `#part`.
fn local_links(text: &str) -> Vec<&str> {
    let code_free = text.split("```").step_by(2);
    code_free
        .flat_map(|part| {
            let links = part.match_indices("](").map(move |(at, _)| (&part[at + 2..], ')'));
            let images = part.match_indices("src=\"").map(move |(at, _)| (&part[at + 5..], '"'));
            links.chain(images)
        })
        .filter_map(|(rest, end)| rest.split(end).next())
        .map(|target| target.split('#').next().unwrap_or_default().trim())
        .filter(|target| !target.is_empty() && !target.contains(':') && !target.starts_with('/'))
        .collect()
}

/// Names and targets of ``[`name`](target)`` to a file of Rust or JavaScript that is a test by its name or place.
fn named_tests(text: &str) -> Vec<(&str, &str)> {
    let links = text.split("[`").skip(1).filter_map(|rest| {
        let (name, rest) = rest.split_once("`](")?;
        Some((name, rest.split(')').next()?))
    });
    let is_test = |name: &str, target: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && (target.ends_with(".rs") || target.ends_with(".mjs"))
    };
    links.filter(|(name, target)| is_test(name, target)).collect()
}

/// Whether a source has a test of this name: a function, or the title of a test in JavaScript.
fn has_test(source: &str, name: &str) -> bool {
    source.contains(&format!("fn {name}(")) || source.contains(&format!("test(\"{name}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_that_is_not_there_is_a_problem() {
        let folder = tempfile::tempdir().expect("a folder");
        let links = "[`one_holds`](a.rs) [`two`](a.rs) [`a title`](b.mjs) [`other`](b.mjs) [`x`](c.md)";
        std::fs::write(folder.path().join("a.md"), links).expect("a document");
        std::fs::write(folder.path().join("c.md"), "").expect("a document");
        std::fs::write(folder.path().join("a.rs"), "fn one_holds() {}").expect("a source");
        std::fs::write(folder.path().join("b.mjs"), "test(\"a title\", () => {})").expect("a source");
        let findings = run(folder.path()).expect("read");
        assert_eq!(
            findings.problems,
            ["a.md: there is no test `two` in a.rs", "a.md: there is no test `other` in b.mjs"]
        );
    }

    #[test]
    fn only_links_to_files_of_ours_are_taken() {
        let text = "[a](docs/a.md#part) [b](https://example.org) [c](#here)\n```\n[d](x.md)\n```\n\
                    <img src=\"docs/b.svg\" alt=\"\"> ![e](e.png)";
        let mut found = local_links(text);
        found.sort_unstable();
        assert_eq!(found, ["docs/a.md", "docs/b.svg", "e.png"]);
    }

    #[test]
    fn a_dead_link_is_a_problem() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a.md"), "[self](a.md) [gone](b.md)").expect("a document");
        let findings = run(folder.path()).expect("read");
        assert_eq!(findings.problems, ["a.md links to b.md, which does not exist"]);
    }
}
