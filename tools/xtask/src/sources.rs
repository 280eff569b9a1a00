//! Files of the project, and which parts of a Rust file are code, comment and test.

use crate::Trouble;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders that hold no sources of ours.
const SKIPPED: [&str; 4] = ["target", "node_modules", ".git", "book"];

/// Every file under `folder` whose name ends in `.ending`, sorted, relative to `root`.
pub(crate) fn files(root: &Path, folder: &str, ending: &str) -> Result<Vec<PathBuf>, Trouble> {
    let mut found = Vec::new();
    walk(&root.join(folder), ending, &mut found)?;
    let mut relative: Vec<PathBuf> =
        found.iter().filter_map(|path| path.strip_prefix(root).ok()).map(Path::to_path_buf).collect();
    relative.sort();
    Ok(relative)
}

fn walk(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) -> Result<(), Trouble> {
    if !folder.is_dir() {
        return Ok(());
    }
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries {
        let path = entry.map_err(|error| format!("{}: {error}", folder.display()))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() {
            if !SKIPPED.contains(&name.as_str()) {
                walk(&path, ending, found)?;
            }
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    Ok(())
}

/// The text of a file of the project.
pub(crate) fn read(root: &Path, file: &Path) -> Result<String, Trouble> {
    fs::read_to_string(root.join(file)).map_err(|error| format!("{}: {error}", file.display()))
}

/// A Rust file in two parts. Tests stand last in a file (CONTRIBUTING), so everything after the
/// first `#[cfg(test)]` that opens a module is test; files under `tests/` and `benches/` are all test.
pub(crate) struct Parts<'a> {
    pub(crate) code: &'a str,
    pub(crate) tests: &'a str,
}

pub(crate) fn parts<'a>(file: &Path, text: &'a str) -> Parts<'a> {
    let is_test_file = file.components().any(|part| {
        matches!(part.as_os_str().to_str(), Some("tests" | "benches" | "tests.rs" | "test_support.rs"))
    });
    if is_test_file {
        return Parts { code: "", tests: text };
    }
    let at = test_module_start(text).unwrap_or(text.len());
    Parts { code: &text[..at], tests: &text[at..] }
}

fn test_module_start(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = text[from..].find("#[cfg(test)]") {
        let at = from + found;
        let after = text[at..].lines().skip(1).find(|line| !line.trim_start().starts_with("#["));
        if after.is_some_and(|line| line.trim_start().trim_start_matches("pub(crate) ").starts_with("mod ")) {
            return Some(at);
        }
        from = at + "#[cfg(test)]".len();
    }
    None
}

/// A line without its `//` comment. A `//` inside a string (an address) ends the line too: for
/// the scans here that only loses the rest of such a line.
pub(crate) fn without_comment(line: &str) -> &str {
    line.find("//").map_or(line, |at| &line[..at])
}

/// Whether `word` stands in `line` as a whole word.
pub(crate) fn has_word(line: &str, word: &str) -> bool {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_module_is_told_from_code_under_cfg_test() {
        let text =
            "fn a() {}\n#[cfg(test)]\nuse std::fs;\nfn b() {}\n#[cfg(test)]\n#[expect(x)]\nmod tests {\n}\n";
        let parts = parts(Path::new("crates/a/src/lib.rs"), text);
        assert!(parts.code.ends_with("fn b() {}\n"), "{}", parts.code);
        assert!(parts.tests.contains("mod tests"));
    }

    #[test]
    fn a_file_under_tests_is_all_test() {
        assert_eq!(parts(Path::new("crates/a/tests/x.rs"), "fn a() {}").code, "");
    }

    #[test]
    fn words_are_whole() {
        assert!(has_word("use std::collections::HashMap;", "HashMap"));
        assert!(!has_word("struct HashMapper;", "HashMap"));
        assert!(!has_word("let x = instant::NotInstantly;", "Instant"));
        assert!(!has_word("my_std::fs_like()", "std::fs"));
    }
}
