//! `cargo xtask sbom`: what the program is made of, as CycloneDX 1.5 (ECMA-424), on standard output.

use crate::{Trouble, metadata};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The packages that end up in `scrutineer`: its dependencies and theirs, without those of tests.
pub(crate) fn document(root: &Path) -> Result<String, Trouble> {
    let metadata = metadata::ask(root, &["--locked"])?;
    serde_json::to_string_pretty(&of(&metadata)?).map_err(|error| error.to_string())
}

fn text<'a>(value: &'a Value, name: &str) -> Result<&'a str, Trouble> {
    value[name].as_str().ok_or_else(|| format!("metadata: a package or node without {name}"))
}

fn of(metadata: &Value) -> Result<Value, Trouble> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut packages = BTreeMap::new();
    for package in list(&metadata["packages"]) {
        packages.insert(text(&package, "id")?.to_owned(), package);
    }
    let program = packages.iter().find(|(_, package)| package["name"] == "scrutineer");
    let (program, _) = program.ok_or("metadata: there is no package scrutineer")?;
    let mut needs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for node in list(&metadata["resolve"]["nodes"]) {
        let normal =
            |dependency: &&Value| list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"] != "dev");
        let all = list(&node["deps"]);
        let ids = all.iter().filter(normal).map(|dependency| text(dependency, "pkg").map(str::to_owned));
        needs.insert(text(&node, "id")?.to_owned(), ids.collect::<Result<_, _>>()?);
    }
    let (mut reached, mut queue) = (BTreeSet::from([program.clone()]), vec![program.clone()]);
    while let Some(id) = queue.pop() {
        for need in needs.get(&id).into_iter().flatten() {
            if reached.insert(need.clone()) {
                queue.push(need.clone());
            }
        }
    }
    let reference = |id: &String| {
        let package = &packages[id];
        Ok::<_, Trouble>(format!("pkg:cargo/{}@{}", text(package, "name")?, text(package, "version")?))
    };
    let component = |id: &String| {
        let package = &packages[id];
        let (name, version, purl) = (text(package, "name")?, text(package, "version")?, reference(id)?);
        let kind = if id == program { "application" } else { "library" };
        let mut component =
            json!({"type": kind, "bom-ref": purl, "name": name, "version": version, "purl": purl});
        if let Some(licence) = package["license"].as_str() {
            component["licenses"] = json!([{"expression": licence.replace('/', " OR ")}]);
        }
        Ok::<_, Trouble>(component)
    };
    let mut components = Vec::new();
    let mut dependencies = Vec::new();
    for id in &reached {
        if id != program {
            components.push(component(id)?);
        }
        let on = needs.get(id).into_iter().flatten().map(reference).collect::<Result<BTreeSet<_>, _>>()?;
        dependencies.push(json!({"ref": reference(id)?, "dependsOn": on}));
    }
    Ok(json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": component(program)?},
        "components": components,
        "dependencies": dependencies,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tests_need_is_not_part_of_the_program() {
        let node = |id: &str, deps: &[(&str, Option<&str>)]| {
            let deps: Vec<Value> =
                deps.iter().map(|(id, kind)| json!({"pkg": id, "dep_kinds": [{"kind": kind}]})).collect();
            json!({"id": id, "deps": deps})
        };
        let package =
            |name: &str| json!({"id": name, "name": name, "version": "1.0.0", "license": "MIT/Apache-2.0"});
        let metadata = json!({
            "packages": [package("scrutineer"), package("a"), package("b"), package("t")],
            "resolve": {"nodes": [
                node("scrutineer", &[("a", None), ("t", Some("dev"))]), node("a", &[("b", Some("build"))]),
                node("b", &[]), node("t", &[])
            ]}
        });
        let sbom = of(&metadata).expect("a document");
        let names: Vec<&str> = sbom["components"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|one| one["name"].as_str())
            .collect();
        assert_eq!(names, ["a", "b"]);
        assert_eq!(sbom["components"][0]["licenses"][0]["expression"], "MIT OR Apache-2.0");
        assert_eq!(sbom["dependencies"][0]["dependsOn"], json!(["pkg:cargo/b@1.0.0"]));
    }
}
