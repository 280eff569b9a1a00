//! `cargo xtask licences`: what stands in the lock file is permitted by `deny.toml`.

use crate::{Findings, Trouble, sources};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// More packages than this and nobody can say what they do.
const MAX_PACKAGES: usize = 550;

/// The parts of cargo-deny's configuration that are checked here too.
#[derive(Debug, Deserialize)]
struct Configuration {
    licenses: Licences,
    bans: Bans,
}

#[derive(Debug, Deserialize)]
struct Licences {
    allow: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
struct Bans {
    deny: Vec<Ban>,
}

#[derive(Debug, Deserialize)]
struct Ban {
    #[serde(rename = "crate")]
    name: String,
    reason: String,
}

pub(crate) fn run(root: &Path) -> Result<Findings, Trouble> {
    let text = sources::read(root, Path::new("deny.toml"))?;
    let configuration: Configuration =
        toml::from_str(&text).map_err(|error| format!("deny.toml: {error}"))?;
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root)
        .output()
        .map_err(|error| format!("cargo metadata does not start: {error}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr).trim()));
    }
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("cargo metadata is not JSON: {error}"))?;
    let packages = metadata["packages"].as_array().ok_or("metadata has no packages")?;
    Ok(Findings {
        looked_at: format!("{} packages", packages.len()),
        problems: configuration.check(packages),
        warnings: Vec::new(),
    })
}

impl Configuration {
    fn check(&self, packages: &[Value]) -> Vec<String> {
        let mut problems = Vec::new();
        if packages.len() > MAX_PACKAGES {
            problems.push(format!("{} packages: more than {MAX_PACKAGES}", packages.len()));
        }
        for package in packages {
            let name = package["name"].as_str().unwrap_or_default();
            let named = format!("{name} {}", package["version"].as_str().unwrap_or_default());
            if let Some(ban) = self.bans.deny.iter().find(|ban| ban.name == name) {
                problems.push(format!("{named} is banned: {}", ban.reason));
            }
            match package["license"].as_str() {
                None => problems.push(format!("{named} states no licence")),
                Some(expression) if !self.permits(expression) => {
                    problems.push(format!("{named}: {expression} is not permitted"));
                }
                Some(_) => {}
            }
            if package["source"].as_str().is_some_and(|source| !source.starts_with("registry+")) {
                problems.push(format!("{named} does not come from the package registry"));
            }
        }
        problems
    }

    /// Whether an SPDX expression can be satisfied by what is allowed. The old `A/B` means `A OR B`.
    fn permits(&self, expression: &str) -> bool {
        let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let mut rest = words.as_slice();
        let permitted = self.any(&mut rest);
        permitted == Some(true) && rest.is_empty()
    }

    fn any(&self, words: &mut &[&str]) -> Option<bool> {
        let mut permitted = self.all(words)?;
        while let [word, rest @ ..] = *words
            && *word == "OR"
        {
            *words = rest;
            permitted |= self.all(words)?;
        }
        Some(permitted)
    }

    fn all(&self, words: &mut &[&str]) -> Option<bool> {
        let mut permitted = self.one(words)?;
        while let [word, rest @ ..] = *words
            && *word == "AND"
        {
            *words = rest;
            permitted &= self.one(words)?;
        }
        Some(permitted)
    }

    fn one(&self, words: &mut &[&str]) -> Option<bool> {
        let [word, rest @ ..] = *words else { return None };
        *words = rest;
        if *word == "(" {
            let permitted = self.any(words)?;
            let [close, rest @ ..] = *words else { return None };
            *words = rest;
            return (*close == ")").then_some(permitted);
        }
        if let ["WITH", exception, rest @ ..] = *words {
            *words = rest;
            return Some(self.licenses.allow.contains(&format!("{word} WITH {exception}")));
        }
        Some(self.licenses.allow.contains(*word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn configuration() -> Configuration {
        toml::from_str(include_str!("../../../deny.toml")).expect("the project's own deny.toml")
    }

    #[test]
    fn expressions_are_read_as_spdx_means_them() {
        let ours = configuration();
        for permitted in [
            "MIT",
            "MIT/Apache-2.0",
            "Apache-2.0 OR GPL-2.0-only",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR MIT",
            "GPL-3.0 AND X OR MIT",
        ] {
            assert!(ours.permits(permitted), "{permitted}");
        }
        for refused in [
            "AGPL-3.0",
            "EUPL-1.2",
            "MIT AND GPL-3.0-only",
            "(MIT OR ISC) AND X",
            "MIT OR",
            "(MIT",
            "",
            "MIT MIT",
        ] {
            assert!(!ours.permits(refused), "{refused}");
        }
    }

    #[test]
    fn bans_sources_and_missing_licences_are_named() {
        let package = |name: &str, licence: Option<&str>, source: &str| json!({"name": name, "version": "1.0.0", "license": licence, "source": source});
        let sound = package("serde", Some("MIT"), "registry+x");
        assert_eq!(configuration().check(std::slice::from_ref(&sound)), Vec::<String>::new());
        for bad in [
            package("openssl", Some("Apache-2.0"), "registry+x"),
            package("loose", None, "registry+x"),
            package("copyleft", Some("AGPL-3.0-only"), "registry+x"),
            package("elsewhere", Some("MIT"), "git+ssh://x"),
        ] {
            assert_eq!(configuration().check(std::slice::from_ref(&bad)).len(), 1, "{bad}");
        }
        assert_eq!(configuration().check(&vec![sound; MAX_PACKAGES + 1]).len(), 1, "too many");
    }
}
