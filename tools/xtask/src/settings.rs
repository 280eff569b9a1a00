//! `docs/reference/settings.md`: every setting of `scrutineer serve`, from its own documentation in the code.

use crate::Trouble;
use std::fs;
use std::path::Path;

const SOURCE: &str = "scrutineer/src/config.rs";
pub(crate) const PAGE: &str = "docs/reference/settings.md";

/// One setting of the file.
struct Setting {
    name: String,
    about: String,
    form: &'static str,
}

/// The page, from the fields of `Settings`.
pub(crate) fn page(root: &Path) -> Result<String, Trouble> {
    let path = root.join(SOURCE);
    let source = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut page = "# Settings\n\nGenerated from the code by `cargo xtask generate`. Keys of the TOML file that `scrutineer serve \
                    --config` reads; it refuses keys that it does not know. The command line goes before the environment \
                    (`SCRUTINEER_` and the name in capitals, where stated), and that before the file.\n\n| key | form | does |\n| --- | --- | --- |\n"
        .to_owned();
    for setting in settings(&source) {
        page.push_str(&format!("| `{}` | {} | {} |\n", setting.name, setting.form, setting.about));
    }
    Ok(page)
}

fn settings(source: &str) -> Vec<Setting> {
    let body = source.split("pub(crate) struct Settings {").nth(1).and_then(|rest| rest.split("\n}").next());
    let mut about = Vec::new();
    let mut found = Vec::new();
    for line in body.unwrap_or_default().lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("///") {
            about.push(text.trim());
        } else if let Some((name, form)) =
            line.strip_prefix("pub(crate) ").and_then(|field| field.split_once(": "))
        {
            let (name, about) = (name.to_owned(), std::mem::take(&mut about).join(" "));
            found.push(Setting { name, about, form: form_of(form) });
        }
    }
    found
}

/// What a person writes, by the type of the field.
fn form_of(rust: &str) -> &'static str {
    let kinds = [
        ("Vec<", "list of texts"),
        ("LogFormat", "`text` or `json`"),
        ("LogLevel", "`error`, `warn`, `info` or `debug`"),
        ("SocketAddr", "address and port, as text"),
        ("PathBuf", "path, as text"),
        ("String", "text"),
        ("bool", "true or false"),
    ];
    kinds.iter().find(|(kind, _)| rust.contains(kind)).map_or("whole number", |(_, form)| form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_with_their_texts() {
        let source = "pub(crate) struct Settings {\n    /// Where to listen,\n    /// and why.\n    pub(crate) listen: Option<SocketAddr>,\n    /// A drill.\n    #[serde(default)]\n    pub(crate) exercise: bool,\n}\n";
        let found = settings(source);
        let rows: Vec<_> =
            found.iter().map(|one| (one.name.as_str(), one.form, one.about.as_str())).collect();
        assert_eq!(
            rows,
            [
                ("listen", "address and port, as text", "Where to listen, and why."),
                ("exercise", "true or false", "A drill.")
            ]
        );
    }
}
