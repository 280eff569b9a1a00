//! The first sentence of a description, without what only makes sense on its publisher's pages.

/// Longest summary, in characters.
const LONGEST: usize = 300;

/// Longest description that is kept, in characters. The longest of ATT&CK have about 6,000.
pub const LONGEST_TEXT: usize = 20_000;

/// The whole description in plain text.
pub(super) fn whole_text(description: &str) -> String {
    plain(description.trim(), 2 * LONGEST_TEXT).chars().take(LONGEST_TEXT).collect()
}

/// The first sentence: links become their words, citations go, markup of code too.
pub(super) fn first_sentence(description: &str) -> String {
    // Enough for any first sentence that is kept.
    let plain = plain(description.trim_start(), 16 * LONGEST);
    let mut end = plain.len();
    for (at, c) in plain.char_indices() {
        let after = plain.get(at + c.len_utf8()..).unwrap_or_default();
        let stops = match c {
            '\n' => true,
            '.' | '!' | '?' => ends_here(plain.get(..at).unwrap_or_default(), after),
            _ => false,
        };
        if stops {
            end = if c == '\n' { at } else { at + c.len_utf8() };
            break;
        }
    }
    let sentence = plain.get(..end).unwrap_or(&plain).trim();
    match sentence.char_indices().nth(LONGEST) {
        None => sentence.to_owned(),
        Some((cut, _)) => format!("{}…", sentence.get(..cut).unwrap_or_default().trim_end()),
    }
}

/// A point ends a sentence before white space and a capital, digit or quotation mark, but not behind `e.g`, `i.e`,
/// `vs` or a single letter.
fn ends_here(before: &str, after: &str) -> bool {
    let mut rest = after.chars();
    let follows = match rest.next() {
        None | Some('\n') => true,
        Some(c) if c.is_whitespace() => rest.find(|c| !c.is_whitespace()).is_none_or(|c| !c.is_lowercase()),
        _ => false,
    };
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let short = ["e.g", "i.e", "vs", "etc", "cf", "no", "Mr", "Mrs", "Dr", "St"];
    follows && !short.contains(&word) && word.chars().count() != 1
}

/// At most about `most` bytes.
fn plain(text: &str, most: usize) -> String {
    let mut out = String::with_capacity(text.len().min(4 * LONGEST));
    let mut rest = text;
    while let Some(c) = rest.chars().next()
        && out.len() < most
    {
        if let Some((words, after)) = link(rest) {
            out.push_str(words);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("(Citation:").and_then(|rest| rest.split_once(')')) {
            out.truncate(out.trim_end_matches(' ').len());
            rest = after.1;
        } else {
            let markup = ["<code>", "</code>"].into_iter().find(|tag| rest.starts_with(tag)).or_else(|| {
                let mark = c == '`';
                mark.then_some("`")
            });
            match markup {
                Some(tag) => rest = rest.get(tag.len()..).unwrap_or_default(),
                None => {
                    if !c.is_control() || c == '\n' {
                        out.push(c);
                    }
                    rest = rest.get(c.len_utf8()..).unwrap_or_default();
                }
            }
        }
    }
    out
}

/// `[words](address)`.
fn link(text: &str) -> Option<(&str, &str)> {
    let (words, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (_, after) = rest.split_once(')')?;
    (!words.contains(['[', ']', '\n'])).then_some((words, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_text_keeps_its_paragraphs_and_no_markup() {
        let text = whole_text("Use [A](https://a.example).(Citation: B)\n\nThen `run` <code>it</code>.\n");
        assert_eq!(text, "Use A.\n\nThen run it.");
        assert_eq!(whole_text(&"é".repeat(30_000)).chars().count(), LONGEST_TEXT);
    }

    #[test]
    fn the_first_sentence_is_found() {
        for (text, sentence) in [
            ("", ""),
            ("One. Two.", "One."),
            ("One\n\nTwo.", "One"),
            ("Use it, e.g. SMS. Then more.", "Use it, e.g. SMS."),
            ("Version 2.1 is here. More.", "Version 2.1 is here."),
            ("By J. Smith. More", "By J. Smith."),
            ("Really? Yes.", "Really?"),
            (
                "Adversaries use [Drive-By Target](https://a.example/x) here.(Citation: A b) More.",
                "Adversaries use Drive-By Target here.",
            ),
            ("The `WorkManager` API <code>run</code>. B", "The WorkManager API run."),
            ("no end", "no end"),
            ("[not a link] (x). B", "[not a link] (x)."),
        ] {
            assert_eq!(first_sentence(text), sentence, "{text}");
        }
        assert_eq!(first_sentence(&"é".repeat(1_000)).chars().count(), LONGEST + 1);
    }
}
