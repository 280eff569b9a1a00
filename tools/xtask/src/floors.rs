//! `cargo xtask floors`: who may depend on whom (ARCHITECTURE.md, "Floors").

use crate::metadata::{self, Package};
use crate::{Findings, Trouble, sources};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// `tools/xtask/floors.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    #[serde(rename = "floor")]
    floors: Vec<Floor>,
    siblings: BTreeMap<String, Vec<String>>,
    /// Crates that only tests use, and any test may.
    #[serde(default)]
    for_tests: Vec<String>,
    pure: Pure,
    #[serde(rename = "exception", default)]
    exceptions: Vec<Exception>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Floor {
    folder: String,
    uses: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pure {
    crates: Vec<String>,
    packages: Vec<String>,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    name: String,
    allows: String,
    reason: String,
}

pub(crate) fn run(root: &Path) -> Result<Findings, Trouble> {
    let text = sources::read(root, Path::new("tools/xtask/floors.toml"))?;
    let rules = Rules::parse(&text)?;
    let packages = metadata::of_workspace(root)?;
    let mut problems = rules.check(&packages);
    for package in packages.iter().filter(|package| rules.is_pure(package)) {
        for file in sources::files(root, &format!("{}/src", package.folder), "rs")? {
            let source = sources::read(root, &file)?;
            problems.extend(rules.check_source(package, &file, &source));
        }
    }
    Ok(Findings {
        looked_at: format!("{} crates on {} floors", packages.len(), rules.floors.len()),
        problems,
        warnings: Vec::new(),
    })
}

impl Rules {
    fn parse(text: &str) -> Result<Self, Trouble> {
        let rules: Self = toml::from_str(text).map_err(|error| format!("floors.toml: {error}"))?;
        match rules.exceptions.iter().find(|exception| exception.reason.trim().is_empty()) {
            Some(exception) => {
                Err(format!("floors.toml: the exception of {} gives no reason", exception.name))
            }
            None => Ok(rules),
        }
    }

    /// Checks every dependency between crates of the workspace, and what pure crates take from outside.
    fn check(&self, packages: &[Package]) -> Vec<String> {
        let folders: BTreeMap<&str, &str> =
            packages.iter().map(|package| (package.name.as_str(), package.folder.as_str())).collect();
        let mut problems = self.check_names(&folders);
        for package in packages {
            let Some(floor) = self.floor_of(&package.folder) else {
                problems.push(format!("{} ({}) stands on no floor", package.name, package.folder));
                continue;
            };
            for dependency in &package.dependencies {
                let name = dependency.name.as_str();
                match folders.get(name) {
                    Some(_) if dependency.for_tests && self.for_tests.iter().any(|own| own == name) => {}
                    Some(folder) if !self.may_use(package, floor, name, folder) => {
                        problems.push(format!(
                            "{} ({}) depends on {name} ({folder}): not allowed from {}",
                            package.name, package.folder, floor.folder
                        ));
                    }
                    _ => {}
                }
                let forbidden = self.pure.packages.iter().any(|package| package == name);
                if forbidden
                    && !dependency.for_tests
                    && self.is_pure(package)
                    && !self.excepted(package, name)
                {
                    problems.push(format!("{} must stay pure but depends on {name}", package.name));
                }
            }
        }
        problems
    }

    /// A rule about a crate that does not exist is a mistake in the rules.
    fn check_names(&self, folders: &BTreeMap<&str, &str>) -> Vec<String> {
        let named = self.siblings.iter().flat_map(|(name, siblings)| siblings.iter().chain([name]));
        let excepted = self.exceptions.iter().map(|exception| &exception.name);
        named
            .chain(excepted)
            .filter(|name| !folders.contains_key(name.as_str()))
            .map(|name| format!("floors.toml names {name}, which is no crate of the workspace"))
            .collect()
    }

    fn floor_of(&self, folder: &str) -> Option<&Floor> {
        self.floors.iter().find(|floor| stands_in(folder, &floor.folder))
    }

    fn may_use(&self, package: &Package, floor: &Floor, name: &str, folder: &str) -> bool {
        floor.uses.iter().any(|used| used == name || stands_in(folder, used))
            || self.siblings.get(&package.name).is_some_and(|siblings| {
                siblings.iter().any(|sibling| sibling == name) && stands_in(folder, &floor.folder)
            })
    }

    fn is_pure(&self, package: &Package) -> bool {
        self.pure.crates.iter().any(|pure| *pure == package.name || stands_in(&package.folder, pure))
    }

    fn excepted(&self, package: &Package, what: &str) -> bool {
        self.exceptions.iter().any(|exception| exception.name == package.name && exception.allows == what)
    }

    /// Looks for forbidden words in the code of a pure crate; comments and tests may name them.
    fn check_source(&self, package: &Package, file: &Path, text: &str) -> Vec<String> {
        let code = sources::parts(file, text).code;
        let mut problems = Vec::new();
        for (number, line) in code.lines().enumerate() {
            let line = sources::without_comment(line);
            for word in &self.pure.words {
                if (sources::has_word(line, word) || in_group(line, word)) && !self.excepted(package, word) {
                    problems.push(format!(
                        "{}:{}: {} must stay pure but names {word}",
                        file.display(),
                        number + 1,
                        package.name
                    ));
                }
            }
        }
        problems
    }
}

/// `use std::{fs, io};` names `std::fs` too.
fn in_group(line: &str, word: &str) -> bool {
    let Some((parent, child)) = word.split_once("::") else { return false };
    line.split_once(&format!("use {parent}::{{"))
        .is_some_and(|(_, group)| group.split([',', '{', '}', ':']).any(|part| part.trim() == child))
}

fn stands_in(folder: &str, parent: &str) -> bool {
    folder == parent || folder.strip_prefix(parent).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn rules() -> Rules {
        Rules::parse(include_str!("../floors.toml")).expect("the project's own rules")
    }

    fn package(name: &str, folder: &str, dependencies: &[&str]) -> Value {
        let dependencies: Vec<Value> = dependencies
            .iter()
            .map(|name| match name.strip_prefix("dev:") {
                Some(name) => json!({"name": name, "kind": "dev"}),
                None => json!({"name": name, "kind": null}),
            })
            .collect();
        json!({"name": name, "manifest_path": format!("/p/{folder}/Cargo.toml"), "dependencies": dependencies})
    }

    /// A workspace like ours, all in order, with `extra` instead of the crates of the same name.
    fn problems_with(extra: Vec<Value>) -> Vec<String> {
        let mut packages = vec![
            package("scr-canon", "crates/record/canon", &["serde"]),
            package("scr-merkle", "crates/record/merkle", &["scr-canon"]),
            package("scr-ledger", "crates/record/ledger", &["scr-merkle", "rusqlite", "postgres"]),
            package("scr-verify", "crates/record/verify", &["scr-merkle"]),
            package("scr-core", "crates/domain/core", &["getrandom"]),
            package("scr-results", "crates/domain/results", &["scr-core", "scr-merkle", "dev:tokio"]),
            package("scr-intake", "crates/domain/intake", &["scr-core", "scr-results"]),
            package("scr-store", "crates/platform/store", &["rusqlite"]),
            package("scr-engine", "crates/platform/engine", &["scr-ledger", "scr-store", "scr-core"]),
            package("scr-access", "crates/platform/access", &["scr-store"]),
            package("scr-i18n", "crates/platform/i18n", &[]),
            package("scr-charts", "crates/platform/charts", &[]),
            package("scr-web", "crates/platform/web", &["scr-engine", "scr-access", "axum"]),
            package("scr-desk-office", "crates/desks/office", &["scr-web", "scr-core"]),
            package("scr-desk-results", "crates/desks/results", &["scr-web", "scr-results", "scr-intake"]),
            package("scrutineer", "scrutineer", &["scr-desk-office", "scr-ledger"]),
            package("xtask", "tools/xtask", &["serde_json"]),
        ];
        packages.retain(|known| !extra.iter().any(|new| new["name"] == known["name"]));
        packages.extend(extra);
        let known = |name: &str| packages.iter().any(|package| package["name"] == name);
        let mut rules = rules();
        // The project's rules name more crates than this small workspace has.
        rules.siblings.retain(|name, _| known(name));
        rules.siblings.values_mut().for_each(|siblings| siblings.retain(|sibling| known(sibling)));
        rules.exceptions.retain(|exception| known(&exception.name));
        let metadata = json!({"workspace_root": "/p", "packages": packages});
        rules.check(&metadata::parse(&metadata).expect("metadata"))
    }

    #[test]
    fn a_workspace_in_order_has_no_problem() {
        assert_eq!(problems_with(vec![]), Vec::<String>::new());
    }

    #[test]
    fn the_record_may_not_look_up() {
        let found = problems_with(vec![package("scr-ledger", "crates/record/ledger", &["scr-store"])]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("scr-ledger (crates/record/ledger) depends on scr-store"), "{found:?}");
    }

    #[test]
    fn a_desk_may_not_use_a_desk_not_even_in_tests() {
        let found = problems_with(vec![package(
            "scr-desk-results",
            "crates/desks/results",
            &["dev:scr-desk-office"],
        )]);
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn domain_crates_stand_beside_each_other() {
        let found = problems_with(vec![package("scr-results", "crates/domain/results", &["scr-intake"])]);
        assert_eq!(found.len(), 1, "{found:?}");
        let found = problems_with(vec![package("scr-results", "crates/domain/results", &["scr-ledger"])]);
        assert_eq!(found.len(), 2, "looks up and is not pure: {found:?}");
    }

    #[test]
    fn the_platform_sees_only_the_core_of_the_domain() {
        let found = problems_with(vec![package("scr-web", "crates/platform/web", &["scr-results"])]);
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn pure_crates_take_no_io_and_only_the_core_asks_for_randomness() {
        for package_name in ["tokio", "rusqlite", "postgres", "axum", "getrandom"] {
            let found = problems_with(vec![package("scr-canon", "crates/record/canon", &[package_name])]);
            assert_eq!(found, [format!("scr-canon must stay pure but depends on {package_name}")]);
        }
    }

    #[test]
    fn a_crate_outside_the_floors_is_named() {
        let found = problems_with(vec![package("scr-loose", "crates/loose", &[])]);
        assert_eq!(found, ["scr-loose (crates/loose) stands on no floor"]);
    }

    #[test]
    fn forbidden_words_are_found_in_code_and_not_in_comments_or_tests() {
        let package =
            Package { name: "scr-x".into(), folder: "crates/domain/x".into(), dependencies: Vec::new() };
        let text = "// std::fs is not for us\nuse std::{fs, io};\nuse std::collections::HashMap;\n\
                    fn a() { TcpStream::connect(x) }\n#[cfg(test)]\nmod tests { use std::fs; }\n";
        let found = rules().check_source(&package, Path::new("crates/domain/x/src/lib.rs"), text);
        let short: Vec<&str> = found.iter().filter_map(|problem| problem.split(": ").next()).collect();
        assert_eq!(short, [2, 3, 4].map(|line| format!("crates/domain/x/src/lib.rs:{line}")), "{found:?}");
    }

    #[test]
    fn a_rule_about_a_crate_that_does_not_exist_is_a_mistake() {
        let known = BTreeMap::from([("scr-core", "crates/domain/core")]);
        let found = rules().check_names(&known);
        assert!(found.iter().any(|problem| problem.contains("scr-engine")), "{found:?}");
        assert!(!found.iter().any(|problem| problem.contains("scr-core")), "{found:?}");
    }

    #[test]
    fn an_exception_needs_a_reason() {
        let text = include_str!("../floors.toml").to_owned()
            + "\n[[exception]]\nname = \"scr-note\"\nallows = \"tokio\"\nreason = \" \"\n";
        assert!(Rules::parse(&text).is_err());
    }
}
