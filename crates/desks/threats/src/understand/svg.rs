//! Small parts of drawings. No style attributes: the content security policy forbids them.

use super::kinds::Shape;
use std::fmt::Write;

/// Escapes text; control characters, which XML forbids, are left out.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Text that keeps its own direction.
pub(crate) fn isolated(text: &str) -> String {
    format!("\u{2068}{}\u{2069}", escape(text))
}

/// Breaks a text into lines of so many letters; what does not fit ends with an ellipsis.
pub(crate) fn lines(text: &str, letters: usize, most: usize) -> Vec<String> {
    let mut all: Vec<String> = vec![String::new()];
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace().take(60) {
        let letters_of: Vec<char> = word.chars().take(letters * most).collect();
        words.extend(letters_of.chunks(letters.max(1)).map(|part| part.iter().collect::<String>()));
    }
    for word in words {
        let used = all.last().map_or(0, |line| line.chars().count());
        if used > 0 && used + 1 + word.chars().count() > letters {
            if all.len() == most {
                if let Some(line) = all.last_mut() {
                    line.push('…');
                }
                break;
            }
            all.push(word);
        } else if let Some(line) = all.last_mut() {
            if used > 0 {
                line.push(' ');
            }
            line.push_str(&word);
        }
    }
    all
}

/// The shape of a type around a middle.
pub(crate) fn shape(out: &mut String, shape: Shape, x: i32, y: i32) {
    let path = match shape {
        Shape::Circle => "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0 -14 0z",
        Shape::Diamond => "M0 -8L8 0L0 8L-8 0z",
        Shape::Square => "M-6 -6H6V6H-6z",
        Shape::Hexagon => "M-4 -7H4L8 0L4 7H-4L-8 0z",
        Shape::Triangle => "M0 -8L8 6H-8z",
        Shape::Ring => "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0 -14 0zM-3 0a3 3 0 1 1 6 0a3 3 0 1 1 -6 0z",
        Shape::Page => "M-6 -8H2L6 -4V8H-6zM-3 -1H3V1H-3zM-3 3H3V5H-3z",
        Shape::Cross => "M-2 -7H2V-2H7V2H2V7H-2V2H-7V-2H-2z",
    };
    let _ = write!(
        out,
        "<path class=\"c{}\" fill=\"#4a5560\" fill-rule=\"evenodd\" transform=\"translate({x} {y})\" d=\"{path}\"/>",
        shape.colour()
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text_and_fits() {
        assert_eq!(escape("<a b=\"'&\u{0}"), "&lt;a b=&quot;&#39;&amp;");
        assert_eq!(lines("one two three", 7, 2), ["one two", "three"]);
        assert_eq!(lines(&"word ".repeat(90), 9, 2), ["word word", "word word…"]);
        assert_eq!(lines(&"x".repeat(100), 10, 2), ["xxxxxxxxxx", "xxxxxxxxxx"]);
        assert_eq!(lines("", 10, 2), [""]);
    }
}
