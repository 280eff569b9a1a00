//! Defanged writing back to what it means.

/// Words that stand for the scheme `http` in reports.
const SCHEMES: &[(&str, &str)] = &[
    ("hxxps", "https"),
    ("hxxp", "http"),
    ("hxtps", "https"),
    ("hxtp", "http"),
    ("htxps", "https"),
    ("htxp", "http"),
    ("h**ps", "https"),
    ("h**p", "http"),
    ("httxs", "https"),
    ("httx", "http"),
    ("meows", "https"),
    ("meow", "http"),
    ("fxps", "ftps"),
    ("fxp", "ftp"),
];

/// What may stand between brackets, and what it means there.
const IN_BRACKETS: &[(&str, &str)] = &[
    (".", "."),
    ("dot", "."),
    ("d0t", "."),
    ("punkt", "."),
    ("point", "."),
    ("punto", "."),
    ("@", "@"),
    ("at", "@"),
    (":", ":"),
    ("://", "://"),
    (":/", ":/"),
    ("//", "//"),
    ("/", "/"),
    ("-", "-"),
];

/// A line as it was before somebody made its addresses harmless: `hxxps[:]//example[.]org` is `https://example.org`.
/// Characters that nobody sees are taken out, and full stops of other scripts become dots.
pub fn refang(line: &str) -> String {
    schemes(&brackets(&visible(line)))
}

/// Without zero-width characters; dots of East Asian scripts as dots, typographic dashes in numbers stay.
fn visible(line: &str) -> String {
    line.chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}'))
        .map(|c| match c {
            '。' | '．' | '｡' | '․' => '.',
            '\u{a0}' | '\u{202f}' => ' ',
            '＠' => '@',
            '／' => '/',
            '：' => ':',
            other => other,
        })
        .collect()
}

/// `[.]`, `(dot)`, `{at}`, `[:]`, and brackets of which somebody has forgotten one (`[.org`, `.]org`).
fn brackets(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['[', '(', '{', '<', '.', '\\']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        if let Some((meaning, length, word)) = bracketed(from) {
            // `example [dot] org` has spaces around it; `(at)` in a sentence has words around it, so only
            // those in brackets swallow spaces.
            if word {
                out.truncate(out.trim_end_matches(' ').len());
            }
            out.push_str(meaning);
            rest = from.get(length..).unwrap_or("");
            if word {
                rest = rest.trim_start_matches(' ');
            }
        } else {
            let next = from.chars().next().map_or(1, char::len_utf8);
            out.push_str(from.get(..next).unwrap_or(""));
            rest = from.get(next..).unwrap_or("");
        }
    }
    out.push_str(rest);
    out
}

/// What the text begins with, how many bytes that takes, and whether it was a word between spaces.
fn bracketed(from: &str) -> Option<(&'static str, usize, bool)> {
    // One bracket forgotten.
    for (written, length) in [("[.", 2), (".]", 2), ("\\.", 2)] {
        if from.starts_with(written) && !from.starts_with("[.]") {
            let next = from.get(length..).and_then(|rest| rest.chars().next());
            return next.is_some_and(char::is_alphanumeric).then_some((".", length, false));
        }
    }
    let open = from.chars().next()?;
    let close = match open {
        '[' => ']',
        '(' => ')',
        '{' => '}',
        '<' => '>',
        _ => return None,
    };
    // The longest is "punkt" with a space on each side.
    let inside_end = from.char_indices().take(10).find(|(_, c)| *c == close).map(|(at, _)| at)?;
    let inside = from.get(open.len_utf8()..inside_end)?.trim().to_lowercase();
    let (written, meaning) = IN_BRACKETS.iter().find(|(written, _)| *written == inside)?;
    let is_word = written.chars().all(char::is_alphanumeric) || *meaning == "." || *meaning == "@";
    Some((meaning, inside_end + close.len_utf8(), is_word))
}

/// `hxxp://` and its kin, in any case, where no letter stands before them.
fn schemes(line: &str) -> String {
    let lower = line.to_ascii_lowercase();
    let mut out = String::with_capacity(line.len());
    let mut done = 0;
    for (at, _) in lower.match_indices(':') {
        let Some(before) = lower.get(done..at) else { continue };
        let found = SCHEMES.iter().find(|(written, _)| {
            before
                .strip_suffix(written)
                .is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_alphanumeric()))
        });
        if let Some((written, scheme)) = found {
            out.push_str(line.get(done..at - written.len()).unwrap_or(""));
            out.push_str(scheme);
            done = at;
        }
    }
    out.push_str(line.get(done..).unwrap_or(""));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_harmless_is_made_whole() {
        for (written, meant) in [
            ("hxxps[:]//evil[.]example[.]org/a", "https://evil.example.org/a"),
            ("hXXp://evil.example", "http://evil.example"),
            ("h**p://evil.example", "http://evil.example"),
            ("meow://evil.example", "http://evil.example"),
            ("hxxp[://]evil(dot)example", "http://evil.example"),
            ("evil [dot] example [DOT] org", "evil.example.org"),
            ("evil[.example", "evil.example"),
            ("evil.]example", "evil.example"),
            ("evil\\.example\\.org", "evil.example.org"),
            ("someone(at)example{.}org", "someone@example.org"),
            ("someone [at] example [.] org", "someone@example.org"),
            ("192[.]0[.]2[.]1", "192.0.2.1"),
            ("192.0.2[.]1[:]8080", "192.0.2.1:8080"),
            ("2001[:]db8::1", "2001:db8::1"),
            ("evil\u{200b}.example", "evil.example"),
            ("例え。example", "例え.example"),
            ("see [1] (at the end) and {x}", "see [1] (at the end) and {x}"),
            ("the ratio [.5", "the ratio .5"),
            ("A sentence. Another (dotted) one [...]", "A sentence. Another (dotted) one [...]"),
            ("phxxp://x", "phxxp://x"),
            ("", ""),
        ] {
            assert_eq!(refang(written), meant, "{written}");
        }
    }
}
