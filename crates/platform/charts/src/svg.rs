//! Small helpers for SVG text.

/// The colours of the design system for contestants, in light mode: the base of saved files.
const MARKS: [&str; 8] =
    ["#2b6ca8", "#b65c00", "#6f4fa0", "#00796b", "#a8476f", "#6b6a2a", "#4a5560", "#8a5a3c"];
const STEPS: [&str; 5] = ["#dcebf5", "#a9cbe4", "#6aa3cd", "#2f74ac", "#174a78"];

/// The colour of a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Colour {
    /// One of the eight neutral, colour-blind-safe colours, counted from 1 (and round again).
    Mark(usize),
    /// One of the five steps of the sequential scale, from 1 (low) to 5 (high).
    Step(usize),
    /// No value.
    Missing,
    /// A colour that an official has set.
    Official(OfficialColour),
}

/// A checked `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficialColour(String);

impl Colour {
    /// A colour written `#rrggbb`; `None` for anything else.
    pub fn official(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let fine = digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        fine.then(|| Self::Official(OfficialColour(text.to_ascii_lowercase())))
    }

    /// The attributes of a filled shape.
    pub(crate) fn attributes(&self, class: &str) -> String {
        let (own, colour) = self.parts();
        format!("class=\"{class}{own}\" fill=\"{colour}\"")
    }

    /// The attributes of a line.
    pub(crate) fn line_attributes(&self, class: &str) -> String {
        let (own, colour) = self.parts();
        format!("class=\"{class} line{own}\" stroke=\"{colour}\"")
    }

    /// Its class in the style sheet, and the colour itself.
    fn parts(&self) -> (String, String) {
        match self {
            Self::Mark(n) => {
                let index = n.saturating_sub(1) % MARKS.len();
                (format!(" c{}", index + 1), MARKS[index].to_owned())
            }
            Self::Step(n) => {
                let index = n.saturating_sub(1).min(STEPS.len() - 1);
                (format!(" r{}", index + 1), STEPS[index].to_owned())
            }
            Self::Missing => (" missing".to_owned(), "#e4e5e0".to_owned()),
            Self::Official(colour) => (String::new(), colour.0.clone()),
        }
    }
}

/// Escapes text for SVG; control characters, which XML forbids, are left out.
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

/// `part` of `whole` in hundredths of a percent, 0 to 10,000.
pub(crate) fn basis_points(part: u64, whole: u64) -> u64 {
    if whole == 0 {
        return 0;
    }
    let points = u128::from(part.min(whole)) * 10_000 / u128::from(whole);
    u64::try_from(points).unwrap_or(10_000)
}

/// Hundredths as decimal text, `63.20`.
pub(crate) fn hundredths(value: u64) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_colours_are_taken_from_outside() {
        assert!(Colour::official("#A0b1C2").is_some());
        for wrong in ["red", "#12345", "#12345g", "#1234567", "\"/><script>", "#é1234"] {
            assert!(Colour::official(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn text_cannot_break_out() {
        assert_eq!(escape("</text><a b=\"'\u{0}&"), "&lt;/text&gt;&lt;a b=&quot;&#39;&amp;");
        assert_eq!(basis_points(u64::MAX, u64::MAX), 10_000);
        assert_eq!(hundredths(basis_points(1, 3)), "33.33");
    }
}
