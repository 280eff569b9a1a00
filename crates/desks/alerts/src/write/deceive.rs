//! Words that could deceive whoever reads them: an alert goes to telephones and papers that show nothing of what is behind a
//! sign, and a link in it is believed.

use super::draft::{Draft, Spoken};
use std::fmt::Write as _;

/// Longest piece of a text that is shown.
const MOST_SHOWN: usize = 80;

/// Signs that nobody sees, and that turn the direction of writing. Line ends are fine in long texts; joiners and marks of
/// direction that stand for one place are part of writing Arabic.
fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

/// Letters that look like those of another alphabet (UTS #39): Latin beside Greek or Cyrillic, and letters that are drawn as
/// Latin ones and are none.
fn is_mixed(word: &str) -> bool {
    let is_latin = |c: char| {
        c.is_ascii_alphabetic()
            || (matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') && c.is_alphabetic())
    };
    let is_like =
        |c: char| matches!(c, '\u{370}'..='\u{52f}' | '\u{13a0}'..='\u{13ff}' | '\u{1f00}'..='\u{1fff}');
    let is_drawn = |c: char| matches!(c, '\u{ff21}'..='\u{ff5a}' | '\u{1d400}'..='\u{1d7ff}');
    word.contains(is_drawn) || (word.contains(is_latin) && word.contains(is_like))
}

/// Whether a link leads elsewhere than it reads: a login before the server's name, a name that is written as nobody reads it,
/// or another scheme than the web's.
fn is_false_link(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let lower = word.to_lowercase();
    let rest = match lower.split_once("://") {
        Some(("https" | "http", rest)) => rest,
        Some(_) => return true,
        None if lower.starts_with("www.") => lower.as_str(),
        None => return lower.starts_with("javascript:") || lower.starts_with("data:"),
    };
    let server = rest.split(['/', '?', '#']).next().unwrap_or_default();
    server.is_empty()
        || server.contains(['@', '\\', '%'])
        || server.split('.').any(|label| label.starts_with("xn--"))
        || server.contains(
            |c| matches!(c, '\u{80}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2000}'..='\u{206f}'),
        )
}

/// The first word of a text that could deceive, its hidden signs by their numbers.
pub(crate) fn deceiving(text: &str) -> Option<String> {
    let word = text
        .split(|c: char| c.is_whitespace() && !is_hidden(c))
        .find(|word| word.contains(is_hidden) || is_mixed(word) || is_false_link(word))?;
    let mut shown = String::new();
    for c in word.chars().take(MOST_SHOWN) {
        if is_hidden(c) {
            let _ = write!(shown, "[U+{:04X}]", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    Some(shown)
}

fn of_language(spoken: &Spoken) -> Option<String> {
    let levels =
        spoken.levels.values().flat_map(|words| [&words.headline, &words.description, &words.instruction]);
    [&spoken.headline, &spoken.instruction].into_iter().chain(levels).find_map(|text| deceiving(text))
}

/// Languages whose words could deceive, each with the first such word.
pub(crate) fn languages(draft: &Draft) -> Vec<(&str, String)> {
    let found = draft.words.iter().map(|(language, spoken)| Some((language.as_str(), of_language(spoken)?)));
    found.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::deceiving;

    #[test]
    fn signs_that_nobody_sees_and_links_that_lead_elsewhere_are_found() {
        for (text, shown) in [
            ("Stay \u{202e}nepo", "[U+202E]nepo"),
            ("a\u{200b}b", "a[U+200B]b"),
            ("polls\u{ad}close", "polls[U+00AD]close"),
            ("line\u{2028}line", "line[U+2028]line"),
            ("bell \u{7}", "[U+0007]"),
            ("See \u{435}lection.example", "\u{435}lection.example"),
            ("\u{ff25}lection", "\u{ff25}lection"),
            ("https://commission.example@evil.example/", "https://commission.example@evil.example/"),
            ("(https://user:pass@evil.example)", "(https://user:pass@evil.example)"),
            ("http://xn--lection-9xa.example", "http://xn--lection-9xa.example"),
            ("www.\u{e9}lection.example", "www.\u{e9}lection.example"),
            ("https://commission.example\\@evil.example", "https://commission.example\\@evil.example"),
            ("https://a%2eb/", "https://a%2eb/"),
            ("javascript:alert(1)", "javascript:alert(1)"),
            ("sms://+45", "sms://+45"),
            ("https:///path", "https:///path"),
        ] {
            assert_eq!(deceiving(text).as_deref(), Some(shown), "{text:?}");
        }
        let long = "x".repeat(500) + "\u{202e}";
        assert!(deceiving(&long).is_some_and(|shown| shown.chars().count() == 80));
    }

    #[test]
    fn what_people_write_is_fine() {
        for text in [
            "Stay open until 20:00.\r\nTell voters: https://commission.example/alerts?n=1#now",
            "N\u{2019}acceptez aucun formulaire à l’encre, œuvre déjà vérifiée",
            "\u{644}\u{627} تقبل أي نموذج\u{200f} بلا ختم أحمر (EX-7). https://موقع.example/",
            "me@station.example or +45 12 34",
            "Οι κάλπες κλείνουν. Участок открыт",
            "¿Dudas? Llame al 112: 24/7; a://b is no more than that"
                .split_once(" a:")
                .map_or("", |(one, _)| one),
            "",
        ] {
            assert_eq!(deceiving(text), None, "{text:?}");
        }
    }
}
