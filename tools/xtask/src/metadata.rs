//! `cargo metadata`, and the part of it that the floors need.

use crate::Trouble;
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// A crate of this workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Package {
    pub(crate) name: String,
    /// Its folder, relative to the project's root, with `/` between the parts.
    pub(crate) folder: String,
    pub(crate) dependencies: Vec<Dependency>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// Needed by tests only.
    pub(crate) for_tests: bool,
}

/// Asks cargo about the packages of the workspace at `root`, without the network.
pub(crate) fn of_workspace(root: &Path) -> Result<Vec<Package>, Trouble> {
    parse(&ask(root, &["--no-deps", "--offline"])?)
}

/// What `cargo metadata` prints.
pub(crate) fn ask(root: &Path, arguments: &[&str]) -> Result<Value, Trouble> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1"])
        .args(arguments)
        .current_dir(root)
        .output()
        .map_err(|error| format!("cargo metadata does not start: {error}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr).trim()));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("cargo metadata is not JSON: {error}"))
}

/// Reads the packages out of the JSON that `cargo metadata` prints.
pub(crate) fn parse(metadata: &Value) -> Result<Vec<Package>, Trouble> {
    let root = metadata["workspace_root"].as_str().ok_or("metadata has no workspace_root")?;
    let packages = metadata["packages"].as_array().ok_or("metadata has no packages")?;
    packages.iter().map(|package| parse_package(package, root)).collect()
}

fn parse_package(package: &Value, root: &str) -> Result<Package, Trouble> {
    let name = package["name"].as_str().ok_or("a package has no name")?;
    let manifest = package["manifest_path"].as_str().ok_or("a package has no manifest_path")?;
    let folder = Path::new(manifest)
        .parent()
        .and_then(|folder| folder.strip_prefix(root).ok())
        .ok_or_else(|| format!("{name} stands outside the workspace"))?;
    let dependencies = package["dependencies"].as_array().ok_or("a package has no dependencies")?;
    Ok(Package {
        name: name.to_owned(),
        folder: folder.to_string_lossy().replace('\\', "/"),
        dependencies: dependencies.iter().filter_map(parse_dependency).collect(),
    })
}

fn parse_dependency(dependency: &Value) -> Option<Dependency> {
    let name = dependency["name"].as_str()?.to_owned();
    Some(Dependency { name, for_tests: dependency["kind"].as_str() == Some("dev") })
}
