//! What pages say in a copy made of files, where no server answers.

use crate::shell_texts::SHELL_TEXTS;
use scr_i18n::{Catalogue, Lang, TextsFault};

/// The paragraph that stands there in place of a form, in each language.
pub fn words_for_forms() -> Result<Vec<(Lang, String)>, TextsFault> {
    let catalogue = Catalogue::load(SHELL_TEXTS)?;
    let paragraph = |lang| {
        let words = catalogue.texts(lang).html("shell-copied-form", &[]);
        (lang, format!("<p class=\"soft\">{words}</p>"))
    };
    Ok(Lang::ALL.into_iter().map(paragraph).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_says_in_every_language_what_it_cannot_do() {
        let words = words_for_forms().unwrap();
        assert_eq!(words.len(), 4);
        assert!(words[0].1.contains("This is a copy"), "{words:?}");
        assert!(words.iter().all(|(_, text)| !text.contains("shell-copied-form")), "{words:?}");
    }
}
