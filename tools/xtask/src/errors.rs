//! `cargo xtask errors`: a stable code is a promise, so each one is documented, tested and translated.

use crate::{Findings, Trouble, sources};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// Where each area keeps its rows.
const AREAS: &str = "docs/reference/errors";
/// An area whose page has one of these sentences needs no texts of its own: its codes reach a terminal
/// or a log, or the shell says them by their status.
const WITHOUT_TEXTS: [&str; 2] =
    ["These codes are not shown on pages.", "Pages say these codes in the words of their HTTP status."];
const LANGUAGES: [&str; 4] = ["en", "fr", "es", "ar"];
/// What users see is made here; refusals of these crates end up on pages.
const SHOWN_FROM: [&str; 3] = ["crates/domain/", "crates/platform/", "crates/desks/"];

/// A row of the error reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) code: String,
    pub(crate) means: String,
    pub(crate) what_to_do: String,
}

/// The rows of one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) on_pages: bool,
    pub(crate) rows: Vec<Row>,
}

/// What the sources say about codes.
#[derive(Debug, Default)]
struct Usage {
    /// Code to the crates' folders whose code contains it.
    used: BTreeMap<String, BTreeSet<String>>,
    /// Code to the names that stand for it in its own crate (a constant, an enum's variant).
    names: BTreeMap<String, BTreeSet<(String, String)>>,
    /// Codes that tests and their fixtures name.
    tested: BTreeSet<String>,
    /// Identifiers that a crate's tests use.
    test_words: BTreeMap<String, BTreeSet<String>>,
    /// Language to translated codes.
    translated: BTreeMap<String, BTreeSet<String>>,
}

pub(crate) fn run(root: &Path) -> Result<Findings, Trouble> {
    let (areas, mut problems) = areas(root)?;
    let usage = usage(root)?;
    problems.extend(judge(&areas, &usage));
    Ok(Findings {
        looked_at: format!("{} codes in {} areas", usage.used.len(), areas.len()),
        problems,
        warnings: Vec::new(),
    })
}

/// Reads the areas' pages; the second part names rows that are not in order.
pub(crate) fn areas(root: &Path) -> Result<(Vec<Area>, Vec<String>), Trouble> {
    let mut areas = Vec::new();
    let mut problems = Vec::new();
    for file in sources::files(root, AREAS, "md")? {
        let text = sources::read(root, &file)?;
        let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        areas.push(parse_area(&name, &text, &mut problems));
    }
    Ok((areas, problems))
}

fn parse_area(name: &str, text: &str, problems: &mut Vec<String>) -> Area {
    let mut rows = Vec::new();
    for line in text.lines().filter(|line| line.starts_with('|') && line.contains("SCR-")) {
        let cells: Vec<&str> = line.trim().trim_matches('|').split(" | ").map(str::trim).collect();
        let code = cells.first().map(|cell| cell.trim_matches('`')).unwrap_or_default();
        match cells.as_slice() {
            [_, means, what_to_do]
                if codes(code) == [code] && !means.is_empty() && !what_to_do.is_empty() =>
            {
                rows.push(Row {
                    code: code.to_owned(),
                    means: (*means).to_owned(),
                    what_to_do: (*what_to_do).to_owned(),
                });
            }
            _ => problems.push(format!("{AREAS}/{name}.md: not `| code | means | what to do |`: {line}")),
        }
    }
    rows.sort_by(|a, b| a.code.cmp(&b.code));
    let title = text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or(name).trim().to_owned();
    Area {
        name: name.to_owned(),
        title,
        on_pages: !WITHOUT_TEXTS.iter().any(|sentence| text.contains(sentence)),
        rows,
    }
}

/// Every `SCR-<AREA>-<NNN>` in a text, in order.
fn codes(text: &str) -> Vec<&str> {
    text.match_indices("SCR-").filter_map(|(at, _)| code_at(&text[at..])).collect()
}

fn code_at(text: &str) -> Option<&str> {
    let area = text.get(4..)?.find(|character: char| !character.is_ascii_uppercase())?;
    let digits_from = 4 + area + 1;
    let digits = text.get(digits_from..digits_from + 3)?;
    let ends = !text[digits_from + 3..].starts_with(|next: char| next.is_ascii_alphanumeric());
    let fits = area >= 2 && text.as_bytes()[4 + area] == b'-' && digits.bytes().all(|b| b.is_ascii_digit());
    (fits && ends).then(|| &text[..digits_from + 3])
}

fn usage(root: &Path) -> Result<Usage, Trouble> {
    let mut usage = Usage::default();
    for folder in ["crates", "scrutineer"] {
        for file in sources::files(root, folder, "rs")? {
            usage.add_rust(&file, &sources::read(root, &file)?);
        }
        for file in sources::files(root, folder, "ftl")? {
            usage.add_translations(&file, &sources::read(root, &file)?);
        }
    }
    for (folder, ending) in [("e2e", "mjs"), ("fixtures", "json"), ("fixtures", "toml")] {
        for file in sources::files(root, folder, ending)? {
            let text = sources::read(root, &file)?;
            usage.tested.extend(codes(&text).into_iter().map(str::to_owned));
        }
    }
    Ok(usage)
}

impl Usage {
    fn add_rust(&mut self, file: &Path, text: &str) {
        let folder = crate_folder(file);
        let parts = sources::parts(file, text);
        for line in parts.code.lines().map(sources::without_comment) {
            for code in codes(line) {
                self.used.entry(code.to_owned()).or_default().insert(folder.clone());
                let before = line.split(code).next().unwrap_or_default();
                let names = words(before).filter(|word| stands_for_a_code(word));
                self.names
                    .entry(code.to_owned())
                    .or_default()
                    .extend(names.map(|name| (folder.clone(), name.to_owned())));
            }
        }
        let tests = parts.tests;
        self.tested.extend(codes(tests).into_iter().map(str::to_owned));
        self.test_words.entry(folder).or_default().extend(words(tests).map(str::to_owned));
    }

    fn add_translations(&mut self, file: &Path, text: &str) {
        let language = file
            .iter()
            .filter_map(|part| part.to_str())
            // `en.ftl`, and `sending.en.ftl` of one part of a desk.
            .flat_map(|part| part.split('.'))
            .find(|part| LANGUAGES.contains(part));
        let Some(language) = language else { return };
        let keys = text.lines().filter_map(|line| line.split_once('=')).map(|(key, _)| key.trim());
        let translated = self.translated.entry(language.to_owned()).or_default();
        translated.extend(keys.filter_map(|key| key.strip_prefix("error-")).map(str::to_uppercase));
    }

    fn is_tested(&self, code: &str) -> bool {
        let by_name = |(folder, name): &(String, String)| {
            self.test_words.get(folder).is_some_and(|words| words.contains(name))
        };
        self.tested.contains(code) || self.names.get(code).is_some_and(|names| names.iter().any(by_name))
    }
}

impl Usage {
    fn languages_without(&self, code: &str) -> Vec<&'static str> {
        let has = |language: &&str| self.translated.get(*language).is_some_and(|done| done.contains(code));
        LANGUAGES.into_iter().filter(|language| !has(language)).collect()
    }
}

/// `crates/a/b` of a file in it, or the first folder.
fn crate_folder(file: &Path) -> String {
    let parts: Vec<&str> = file.iter().filter_map(|part| part.to_str()).collect();
    let depth = if parts.first() == Some(&"crates") { 3 } else { 1 };
    parts.iter().take(depth).copied().collect::<Vec<_>>().join("/")
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric() && character != '_')
        .filter(|word| !word.is_empty())
}

/// A constant or a variant, and none of the words that stand beside every code.
fn stands_for_a_code(word: &str) -> bool {
    word.len() > 2
        && word.starts_with(|first: char| first.is_ascii_uppercase())
        && !matches!(
            word,
            "Self" | "Some" | "Err" | "Refusal" | "RefusalKind" | "Problem" | "Error" | "Code" | "Invalid"
        )
}

fn judge(areas: &[Area], usage: &Usage) -> Vec<String> {
    let mut problems = Vec::new();
    let mut documented: BTreeMap<&str, &Area> = BTreeMap::new();
    for area in areas {
        for row in &area.rows {
            if let Some(other) = documented.insert(&row.code, area) {
                problems.push(format!("{} stands in {}.md and in {}.md", row.code, other.name, area.name));
            }
            if !usage.used.contains_key(&row.code) {
                problems
                    .push(format!("{} is documented in {}.md but no source uses it", row.code, area.name));
            }
        }
    }
    let mut missing: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (code, folders) in &usage.used {
        let area = documented.get(code.as_str());
        let crates = join(folders);
        let mut note = |what: &str| missing.entry(format!("{crates}: {what}")).or_default().push(code);
        if area.is_none() {
            note(&format!("no row in {AREAS}"));
        }
        if !usage.is_tested(code) {
            note("no test names it");
        }
        let from_shown = |folder: &String| SHOWN_FROM.iter().any(|shown| folder.starts_with(shown));
        if folders.iter().any(from_shown) && area.is_none_or(|area| area.on_pages) {
            let without = usage.languages_without(code);
            if !without.is_empty() {
                note(&format!("no text error-scr-… in {}", without.join(", ")));
            }
        }
    }
    problems.extend(missing.iter().map(|(what, codes)| format!("{what}: {}", codes.join(" "))));
    problems
}

fn join(folders: &BTreeSet<String>) -> String {
    folders.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// `docs/reference/errors.md`: all areas on one page.
pub(crate) fn page(areas: &[Area]) -> String {
    let mut page = String::from(
        "<!-- Made by `cargo xtask generate` from docs/reference/errors/*.md: edit those. -->\n\
         # Error codes\n\n\
         Every refusal and every fault that a person or a program meets carries one of these codes. A code\n\
         never changes its meaning and is never used again for another one.\n",
    );
    for area in areas.iter().filter(|area| !area.rows.is_empty()) {
        let _ = write!(page, "\n## {}\n\n| code | means | what to do |\n|---|---|---|\n", area.title);
        for row in &area.rows {
            let _ = writeln!(page, "| `{}` | {} | {} |", row.code, row.means, row.what_to_do);
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(text: &str) -> Area {
        let mut problems = Vec::new();
        let area = parse_area("results", text, &mut problems);
        assert_eq!(problems, Vec::<String>::new());
        area
    }

    const DOCUMENTED: &str = "# Results\n\n| code | means | what to do |\n|---|---|---|\n\
        | SCR-RES-001 | The file is empty | Choose another file |\n";

    fn in_order() -> Usage {
        let mut usage = Usage::default();
        usage.add_rust(
            Path::new("crates/domain/results/src/codes.rs"),
            "/// As in SCR-RES-999.\npub const FILE_EMPTY: &str = \"SCR-RES-001\";\n",
        );
        usage.add_rust(
            Path::new("crates/domain/results/tests/codes.rs"),
            "fn t() { assert_eq!(refusal.code, codes::FILE_EMPTY) }",
        );
        for language in LANGUAGES {
            usage.add_translations(
                Path::new(&format!("crates/desks/results/i18n/{language}.ftl")),
                "error-scr-res-001 = …\n",
            );
        }
        usage
    }

    #[test]
    fn codes_are_recognised_exactly() {
        assert_eq!(
            codes("a SCR-RES-004, SCR-NOTE-0123 SCR-X-001 SCR-res-001 SCR-AB-120."),
            ["SCR-RES-004", "SCR-AB-120"]
        );
    }

    #[test]
    fn all_in_order_is_no_problem() {
        assert_eq!(judge(&[area(DOCUMENTED)], &in_order()), Vec::<String>::new());
    }

    #[test]
    fn what_is_missing_is_named() {
        let mut usage = in_order();
        usage.test_words.clear();
        assert_eq!(judge(&[area(DOCUMENTED)], &usage).len(), 1, "no test");
        let mut usage = in_order();
        usage.translated.remove("ar");
        assert_eq!(
            judge(&[area(DOCUMENTED)], &usage),
            ["crates/domain/results: no text error-scr-… in ar: SCR-RES-001"]
        );
        assert_eq!(
            judge(&[], &in_order()),
            ["crates/domain/results: no row in docs/reference/errors: SCR-RES-001"]
        );
        let two_areas = [area(DOCUMENTED), area(DOCUMENTED)];
        assert_eq!(judge(&two_areas, &in_order()).len(), 1, "documented twice");
        let usage = Usage::default();
        assert_eq!(judge(&[area(DOCUMENTED)], &usage).len(), 1, "not used any more");
    }

    #[test]
    fn an_area_away_from_pages_needs_no_translation() {
        let text = format!("{DOCUMENTED}\n{}\n", WITHOUT_TEXTS[0]);
        let mut usage = in_order();
        usage.translated.clear();
        assert_eq!(judge(&[area(&text)], &usage), Vec::<String>::new());
    }

    #[test]
    fn a_test_in_another_crate_must_name_the_code_itself() {
        let mut usage = in_order();
        usage.test_words.clear();
        usage.add_rust(Path::new("crates/desks/results/tests/a.rs"), "FILE_EMPTY");
        assert!(!usage.is_tested("SCR-RES-001"));
        usage.add_rust(Path::new("crates/desks/results/tests/a.rs"), "\"SCR-RES-001\"");
        assert!(usage.is_tested("SCR-RES-001"));
    }

    #[test]
    fn a_row_with_an_empty_cell_is_a_problem() {
        let mut problems = Vec::new();
        parse_area("x", "| SCR-RES-001 | means |  |\n", &mut problems);
        assert_eq!(problems.len(), 1);
    }
}
