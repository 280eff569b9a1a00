//! The check that every desk runs as a test: no text is missing, different or left over.

use crate::lang::Lang;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What [`check_texts`] looks at.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// The desk's own `.ftl` sources: all must be used.
    pub own: &'a [(Lang, &'a str)],
    /// Texts of the shell, which the desk may use.
    pub shared: &'a [(Lang, &'a str)],
    /// Folders with `.rs`, `.html` and `.mjs` files that use texts.
    pub folders: &'a [&'a Path],
}

/// Something wrong with the texts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// A source is not well-formed Fluent.
    Malformed(&'static str),
    /// A folder or file could not be read.
    Unreadable(PathBuf),
    /// A key that is used does not exist in this language.
    Missing(String, &'static str),
    /// A key's variables in this language differ from the English ones.
    Variables(String, &'static str),
    /// A key exists in this language and not in English.
    Stray(String, &'static str),
    /// No file uses the key.
    Unused(String),
    /// A call gives the message a value that it does not have, or leaves one out.
    Arguments(String, String),
}

type Messages = BTreeMap<String, BTreeSet<String>>;

/// Checks texts against the files that use them.
///
/// A key is used when it stands in quotes anywhere in the files (so `NavItem { text: "nav-x" }`
/// counts). A key made at run time is declared in a comment: `i18n: state-*` (the star stands for
/// the rest of a key). A refusal's code `SCR-RES-004` uses the key `error-scr-res-004`.
pub fn check_texts(sources: &Sources<'_>) -> Vec<Finding> {
    let mut findings = BTreeSet::new();
    let own = Lang::ALL.map(|lang| messages(lang, sources.own, &mut findings));
    let shared = Lang::ALL.map(|lang| messages(lang, sources.shared, &mut findings));
    compare_languages(&own, &mut findings);
    let mut files = Vec::new();
    for folder in sources.folders {
        read_folder(folder, 0, &mut files, &mut findings);
    }
    let use_ = usage(&files);
    for key in use_.called.iter().chain(&use_.errors) {
        if !own[0].contains_key(key) && !shared[0].contains_key(key) {
            findings.insert(Finding::Missing(key.clone(), Lang::En.code()));
        }
    }
    for key in own[0].keys() {
        let by_pattern = use_.patterns.iter().any(|prefix| key.starts_with(prefix.as_str()));
        if !use_.quoted.contains(key) && !use_.errors.contains(key) && !by_pattern {
            findings.insert(Finding::Unused(key.clone()));
        }
    }
    for (key, given) in &use_.arguments {
        let wanted = own[0].get(key).or_else(|| shared[0].get(key));
        if wanted.is_some_and(|wanted| wanted != given) {
            let given = given.iter().cloned().collect::<Vec<_>>().join(", ");
            findings.insert(Finding::Arguments(key.clone(), given));
        }
    }
    findings.into_iter().collect()
}

fn compare_languages(own: &[Messages; 4], findings: &mut BTreeSet<Finding>) {
    for lang in [Lang::Fr, Lang::Es, Lang::Ar] {
        let other = &own[lang as usize];
        for (key, variables) in &own[0] {
            match other.get(key) {
                None => findings.insert(Finding::Missing(key.clone(), lang.code())),
                Some(theirs) if theirs != variables => {
                    findings.insert(Finding::Variables(key.clone(), lang.code()))
                }
                Some(_) => false,
            };
        }
        for key in other.keys().filter(|key| !own[0].contains_key(*key)) {
            findings.insert(Finding::Stray(key.clone(), lang.code()));
        }
    }
}

fn messages(lang: Lang, sources: &[(Lang, &str)], findings: &mut BTreeSet<Finding>) -> Messages {
    let mut found = Messages::new();
    for (_, source) in sources.iter().filter(|(of, _)| *of == lang) {
        let Ok(resource) = parser::parse(*source) else {
            findings.insert(Finding::Malformed(lang.code()));
            continue;
        };
        for entry in resource.body {
            if let Entry::Message(message) = entry {
                let mut variables = BTreeSet::new();
                if let Some(pattern) = &message.value {
                    variables_of(pattern, &mut variables);
                }
                found.insert(message.id.name.to_owned(), variables);
            }
        }
    }
    found
}

fn variables_of(pattern: &Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => variable_of(inline, into),
            Expression::Select { selector, variants } => {
                variable_of(selector, into);
                for variant in variants {
                    variables_of(&variant.value, into);
                }
            }
        }
    }
}

fn variable_of(inline: &InlineExpression<&str>, into: &mut BTreeSet<String>) {
    if let InlineExpression::VariableReference { id } = inline {
        into.insert(id.name.to_owned());
    }
}

/// Deeper folders are not searched: a desk has no such depth, a loop of links has.
const MAX_DEPTH: usize = 12;

fn read_folder(folder: &Path, depth: usize, files: &mut Vec<String>, findings: &mut BTreeSet<Finding>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        findings.insert(Finding::Unreadable(folder.to_owned()));
        return;
    };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.is_dir() && depth < MAX_DEPTH {
            read_folder(&path, depth + 1, files, findings);
        } else if path
            .extension()
            .is_some_and(|ending| ["rs", "html", "mjs"].iter().any(|one| ending == *one))
        {
            match std::fs::read_to_string(&path) {
                Ok(text) => files.push(text),
                Err(_) => {
                    findings.insert(Finding::Unreadable(path));
                }
            }
        }
    }
}

#[derive(Default)]
struct Usage {
    called: BTreeSet<String>,
    quoted: BTreeSet<String>,
    errors: BTreeSet<String>,
    patterns: BTreeSet<String>,
    arguments: Vec<(String, BTreeSet<String>)>,
}

fn usage(files: &[String]) -> Usage {
    let mut found = Usage::default();
    for text in files {
        // Tests may name keys that do not exist.
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for call in [".t(\"", ".ta(\"", ".th(\"", ".tha(\""] {
            for after in text.split(call).skip(1) {
                calls(call, after, &mut found);
            }
        }
        found.quoted.extend(text.split('"').filter(|part| is_key(part)).map(str::to_owned));
        for code in
            text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).filter(|word| is_code(word))
        {
            found.errors.insert(format!("error-{}", code.to_lowercase()));
        }
        for line in text.lines().filter_map(|line| line.split("i18n:").nth(1)) {
            let words = line.split_whitespace();
            found.patterns.extend(words.filter_map(|word| word.strip_suffix('*')).map(str::to_owned));
        }
    }
    found
}

fn calls(call: &str, after: &str, found: &mut Usage) {
    let Some((key, rest)) = after.split_once('"') else { return };
    if !is_key(key) {
        return;
    }
    found.called.insert(key.to_owned());
    let takes_values = call == ".ta(\"" || call == ".tha(\"";
    if let Some(list) = rest.trim_start().strip_prefix(',').filter(|_| takes_values) {
        // Templates write `[…]`, code writes `&[…]`.
        let list = list.trim_start();
        let Some(list) = list.strip_prefix('&').unwrap_or(list).strip_prefix('[') else { return };
        // `("name", value)`: every name stands right after an opening bracket.
        let list = list.split("])").next().unwrap_or_default();
        let names = list.split("(\"").skip(1).filter_map(|part| part.split_once('"'));
        let names = names.filter(|(_, rest)| rest.trim_start().starts_with(','));
        found.arguments.push((key.to_owned(), names.map(|(name, _)| name.to_owned()).collect()));
    }
}

fn is_key(text: &str) -> bool {
    text.len() <= 80
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn is_code(word: &str) -> bool {
    let mut parts = word.split('-');
    parts.next() == Some("SCR")
        && parts.next().is_some_and(|area| !area.is_empty() && area.bytes().all(|b| b.is_ascii_uppercase()))
        && parts.next().is_some_and(|number| number.len() == 3 && number.bytes().all(|b| b.is_ascii_digit()))
        && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(en: &str, ar: &str, page: &str) -> Vec<Finding> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("page.html"), page).unwrap();
        let own = [(Lang::En, en), (Lang::Fr, en), (Lang::Es, en), (Lang::Ar, ar)];
        check_texts(&Sources { own: &own, shared: &[(Lang::En, "save = Save")], folders: &[folder.path()] })
    }

    #[test]
    fn complete_texts_have_no_findings() {
        let texts = "a = A { $n }\nstate-open = Open\nerror-scr-res-004 = No";
        let page =
            r#"{{ v.ta("a", &[("n", total.into())]) }} {{ v.t("save") }} {# i18n: state-* #} SCR-RES-004"#;
        assert_eq!(findings(texts, texts, page), []);
    }

    #[test]
    fn each_defect_is_found() {
        let page = r#"{{ v.t("a") }} {{ v.t("gone") }} SCR-RES-009"#;
        assert_eq!(
            findings("a = A { $n }\nb = B", "a = A { $m }\nc = C", page),
            [
                Finding::Missing("b".into(), "ar"),
                Finding::Missing("error-scr-res-009".into(), "en"),
                Finding::Missing("gone".into(), "en"),
                Finding::Variables("a".into(), "ar"),
                Finding::Stray("c".into(), "ar"),
                Finding::Unused("b".into()),
            ]
        );
    }

    #[test]
    fn wrong_values_malformed_texts_and_missing_folders_are_found() {
        let page = r#"{{ v.ta("a", &[("m", total.into())]) }}"#;
        assert_eq!(
            findings("a = A { $n }", "a = { $n }", page),
            [Finding::Arguments("a".into(), "m".into())]
        );
        assert!(findings("a = A", "a = { $", page).contains(&Finding::Malformed("ar")));
        let nowhere = [Path::new("/nonexistent/templates")];
        let sources = Sources { own: &[], shared: &[], folders: &nowhere };
        assert_eq!(check_texts(&sources), [Finding::Unreadable("/nonexistent/templates".into())]);
    }
}
