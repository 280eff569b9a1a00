//! What `docs/reference/alert-attacks.md` says that people read is what the program says.

use std::fs;
use std::path::{Path, PathBuf};

/// Where sentences for people are: texts of pages, and the program's own English.
const TEXTS: [&str; 3] =
    ["crates/desks/alerts/texts", "crates/desks/response/texts", "crates/desks/record/verifier/texts"];
const SOURCES: [&str; 5] = [
    "crates/domain/alerts/src",
    "crates/domain/cap/src",
    "crates/domain/playbooks/src",
    "crates/desks/response/src",
    "scrutineer/src/commands",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

fn files(folder: &Path, ending: &str, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, into);
        } else if path.to_string_lossy().ends_with(ending) {
            into.push(path);
        }
    }
}

/// `{ $count }` and `{0}` become `…`, as values are written in the table.
fn without_values(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_u32;
    for letter in text.chars() {
        match letter {
            '{' => {
                depth += 1;
                if depth == 1 {
                    out.push('…');
                }
            }
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    out
}

/// Messages of a file by key. A message with a choice stays whole: what is quoted of it stands around the choice or in it.
fn messages(file: &Path) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for line in fs::read_to_string(file).unwrap().lines() {
        match line.split_once(" = ") {
            Some((key, value)) if !line.starts_with([' ', '#', '}']) => {
                all.push((key.to_owned(), value.to_owned()));
            }
            _ => {
                if let Some((_, value)) = all.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
        }
    }
    all
}

/// Whether the parts of a quotation, between its `…`, stand in this order in a text.
fn says(text: &str, quoted: &str) -> bool {
    let mut rest = text;
    quoted.split('…').map(str::trim).filter(|part| !part.is_empty()).all(|part| {
        rest.split_once(part).is_some_and(|(_, after)| {
            rest = after;
            true
        })
    })
}

struct Said {
    /// File, key, English.
    texts: Vec<(PathBuf, String, String)>,
    /// Lines of the program.
    lines: Vec<String>,
}

impl Said {
    fn read() -> Self {
        let (mut english, mut sources) = (Vec::new(), Vec::new());
        TEXTS.iter().for_each(|folder| files(&root().join(folder), "en.ftl", &mut english));
        SOURCES.iter().for_each(|folder| files(&root().join(folder), ".rs", &mut sources));
        let texts = english.iter().flat_map(|file| {
            messages(file).into_iter().map(|(key, value)| {
                let plain = if value.contains("->") { value } else { without_values(&value) };
                (file.clone(), key, plain)
            })
        });
        let lines = sources.iter().flat_map(|file| {
            let text = fs::read_to_string(file).unwrap().replace("\\\"", "\"");
            text.lines().map(without_values).collect::<Vec<_>>()
        });
        Self { texts: texts.collect(), lines: lines.collect() }
    }

    /// What is wrong with a quotation; `code` stands before it.
    fn fault(&self, code: Option<&str>, quoted: &str) -> Option<String> {
        let key =
            code.filter(|code| !code.starts_with("SCR-CLI-")).map(|c| format!("error-{}", c.to_lowercase()));
        let mut found = self
            .texts
            .iter()
            .filter(|(_, name, text)| key.as_ref().is_none_or(|key| key == name) && says(text, quoted));
        if let Some((file, name, _)) = found.next() {
            return untranslated(file, name);
        }
        let in_program = key.is_none() && self.lines.iter().any(|line| says(line, quoted));
        (!in_program).then(|| format!("{} nobody says: {quoted}", code.unwrap_or_default()))
    }
}

/// The three other languages say it too.
fn untranslated(english: &Path, key: &str) -> Option<String> {
    let name = english.file_name().unwrap().to_string_lossy().into_owned();
    ["fr", "es", "ar"].into_iter().find_map(|language| {
        let other = english.with_file_name(name.replace("en.ftl", &format!("{language}.ftl")));
        let is_there = messages(&other).iter().any(|(name, value)| name == key && !value.trim().is_empty());
        (!is_there).then(|| format!("{key} is not in {}", other.display()))
    })
}

/// The code that stands directly before a quotation.
fn code_before(text: &str) -> Option<&str> {
    let last = text.trim_end().rsplit(' ').next()?;
    (text.ends_with(' ') && last.starts_with("SCR-") && last.len() == 11).then_some(last)
}

#[test]
fn what_the_table_says_is_read_is_what_the_program_says() {
    let table = fs::read_to_string(root().join("docs/reference/alert-attacks.md")).unwrap();
    let said = Said::read();
    let (mut quotations, mut faults) = (0, Vec::new());
    for (number, line) in table.lines().enumerate().filter(|(_, line)| line.starts_with("| ")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
        assert_eq!(cells.len(), 4, "line {}", number + 1);
        let parts: Vec<&str> = cells[2].split('"').collect();
        assert_eq!(parts.len() % 2, 1, "line {}: a quotation has no end", number + 1);
        for at in (1..parts.len()).step_by(2) {
            quotations += 1;
            let fault = said.fault(code_before(parts[at - 1]), parts[at]);
            faults.extend(fault.map(|fault| format!("line {}: {fault}", number + 1)));
        }
    }
    assert_eq!(faults, Vec::<String>::new());
    assert!(quotations > 60, "{quotations}");
}

#[test]
fn a_sentence_that_nobody_says_is_found() {
    let said = Said::read();
    assert_eq!(said.fault(Some("SCR-ALR-010"), "It was damaged on its way. Scan or type it again."), None);
    assert!(said.fault(Some("SCR-ALR-011"), "It was damaged on its way. Scan or type it again.").is_some());
    assert!(said.fault(None, "It was damaged on its way, said the postman.").is_some());
    assert_eq!(said.fault(None, "Thank you. Noted: station …, alert …: …."), None);
    assert!(said.fault(None, "alert … Noted: station").is_some(), "in another order");
}
