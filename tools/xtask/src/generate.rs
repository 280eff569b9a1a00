//! `cargo xtask generate` and `drift`: files that are made from others and committed.

use crate::{Findings, Trouble, errors, settings, verifier};
use std::fs;
use std::path::{Path, PathBuf};

/// A file as it should be.
struct Made {
    path: PathBuf,
    text: String,
}

fn made(root: &Path) -> Result<Vec<Made>, Trouble> {
    Ok(vec![
        errors_page(root)?,
        Made { path: settings::PAGE.into(), text: settings::page(root)? },
        Made { path: verifier::PAGE.into(), text: verifier::page(root)? },
    ])
}

fn errors_page(root: &Path) -> Result<Made, Trouble> {
    let (areas, _) = errors::areas(root)?;
    Ok(Made { path: "docs/reference/errors.md".into(), text: errors::page(&areas) })
}

/// Writes every generated file.
pub(crate) fn write(root: &Path) -> Result<Findings, Trouble> {
    write_all(root, &made(root)?)
}

fn write_all(root: &Path, made: &[Made]) -> Result<Findings, Trouble> {
    let mut written = 0_usize;
    for file in made {
        if differs(root, file) {
            let path = root.join(&file.path);
            let folder = path.parent().unwrap_or(root);
            fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
            fs::write(&path, &file.text).map_err(|error| format!("{}: {error}", path.display()))?;
            written += 1;
        }
    }
    Ok(Findings {
        looked_at: format!("{} generated files, {written} written", made.len()),
        ..Findings::default()
    })
}

/// Names every generated file that is not what [`write()`] would make.
pub(crate) fn drift(root: &Path) -> Result<Findings, Trouble> {
    Ok(differing(root, &made(root)?))
}

fn differing(root: &Path, made: &[Made]) -> Findings {
    let problems = made
        .iter()
        .filter(|file| differs(root, file))
        .map(|file| format!("{} is out of date: run `cargo xtask generate`", file.path.display()))
        .collect();
    Findings { looked_at: format!("{} generated files", made.len()), problems, warnings: Vec::new() }
}

fn differs(root: &Path, file: &Made) -> bool {
    fs::read_to_string(root.join(&file.path)).ok().as_deref() != Some(file.text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drift_is_seen_until_it_is_generated_and_again_after_an_edit() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        fs::create_dir_all(root.join("docs/reference/errors")).expect("areas");
        let rows = "# Results\n| SCR-RES-001 | The file is empty | Choose another file |\n";
        fs::write(root.join("docs/reference/errors/results.md"), rows).expect("area");
        let made = [errors_page(root).expect("made")];
        assert_eq!(differing(root, &made).problems.len(), 1);
        write_all(root, &made).expect("written");
        assert_eq!(differing(root, &made).problems.len(), 0);
        let page = root.join("docs/reference/errors.md");
        let text = fs::read_to_string(&page).expect("page");
        assert!(text.contains("## Results\n"), "{text}");
        assert!(text.contains("| `SCR-RES-001` | The file is empty | Choose another file |"), "{text}");
        fs::write(&page, text + "\n").expect("edited");
        assert_eq!(differing(root, &made).problems.len(), 1);
    }
}
