//! `verify.html`: one file from small readable ones (`crates/desks/record/verifier`), with a policy that
//! allows exactly its own script and style.

use crate::Trouble;
use scr_canon::sha256;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const SOURCE: &str = "crates/desks/record/verifier";
/// Where the page goes; the record desk serves it from there.
pub(crate) const PAGE: &str = "crates/desks/record/assets/verify.html";
/// Modules in the order in which they need each other. `texts` is made from the `.ftl` files.
const MODULES: [&str; 25] = [
    "texts",
    "bytes",
    "refused",
    "hash",
    "ed25519",
    "json",
    "keys",
    "note",
    "policy",
    "trust",
    "entry",
    "proof",
    "promise",
    "alertform",
    "alert",
    "receipt",
    "number",
    "history",
    "document",
    "examine",
    "words",
    "report",
    "render",
    "camera",
    "page",
];
const LANGUAGES: [&str; 4] = ["en", "fr", "es", "ar"];

/// The whole page.
pub(crate) fn page(root: &Path) -> Result<String, Trouble> {
    let folder = root.join(SOURCE);
    let script = script(&folder)?;
    let style = read(&folder.join("page.css"))?;
    for (what, text, end) in [("script", &script, "</script"), ("style", &style, "</style")] {
        if text.to_ascii_lowercase().contains(end) {
            return Err(format!("the {what} of verify.html must not contain {end}"));
        }
    }
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        sha256(script.as_bytes()),
        sha256(style.as_bytes())
    );
    let page = read(&folder.join("page.html"))?;
    let mut made = page;
    for (mark, text) in [("@policy@", &policy), ("@style@", &style), ("@script@", &script)] {
        let (before, after) = made.split_once(mark).ok_or(format!("{SOURCE}/page.html has no {mark}"))?;
        made = format!("{before}{text}{after}");
    }
    Ok(made)
}

/// All modules as one: their imports and exports go, for each finds the others above it.
fn script(folder: &Path) -> Result<String, Trouble> {
    let mut script = String::from("\n");
    for module in MODULES {
        let text = match module {
            "texts" => texts(&folder.join("texts"))?,
            name => read(&folder.join("js").join(format!("{name}.mjs")))?,
        };
        for line in text.lines().filter(|line| !line.starts_with("import ")) {
            if line.contains(" from \"./") {
                return Err(format!("{module}.mjs: an import stands on one line"));
            }
            script += line.strip_prefix("export ").unwrap_or(line);
            script.push('\n');
        }
    }
    Ok(script)
}

/// The texts as a constant: `const TEXTS = {"en": {key: text, …}, …};`
fn texts(folder: &Path) -> Result<String, Trouble> {
    let mut all = BTreeMap::new();
    for language in LANGUAGES {
        let name = format!("{language}.ftl");
        let mut texts = BTreeMap::new();
        for line in
            read(&folder.join(&name))?.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            let (key, text) =
                line.split_once(" = ").ok_or(format!("{name}: one text on one line: {line}"))?;
            texts.insert(key.to_owned(), text.to_owned());
        }
        all.insert(language, texts);
    }
    let json = serde_json::to_string_pretty(&all).map_err(|error| error.to_string())?;
    Ok(format!("// Made from verifier/texts.\nconst TEXTS = {};\n", json.replace("</", "<\\/")))
}

fn read(path: &Path) -> Result<String, Trouble> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
