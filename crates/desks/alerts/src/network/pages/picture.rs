//! The line of authority as a drawing: the station below, each body that is called above it, allies at the top.

use std::fmt::Write as _;

const WIDTH: u32 = 400;
const BOX: u32 = 60;
const GAP: u32 = 34;
/// Letters of a name, and of what stands below it.
const NAME: usize = 42;
const WORDS: usize = 52;

/// One body of the line.
pub(super) struct Body {
    /// Its name.
    pub(super) name: String,
    /// What happens there, and when.
    pub(super) words: String,
    /// What stands beside the arrow that leads to it.
    pub(super) arrow: String,
    /// Whether it is an ally.
    pub(super) is_ally: bool,
}

/// Text that keeps its own direction; control characters, which XML forbids, are left out.
fn text(words: &str, most: usize) -> String {
    let mut out = String::from("\u{2068}");
    for c in words.chars().filter(|c| !c.is_control()).take(most) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    if words.chars().count() > most {
        out.push('…');
    }
    out.push('\u{2069}');
    out
}

/// Draws bodies, the first at the bottom. Every text keeps its own direction; where it stands follows the drawing, which is the
/// same in all languages: else what stands beside an arrow would run over it from right to left.
pub(super) fn picture(title: &str, description: &str, bodies: &[Body]) -> String {
    let count = u32::try_from(bodies.len()).unwrap_or(0);
    let height = count * (BOX + GAP);
    let mut svg = format!(
        "<svg class=\"graph-svg\" role=\"img\" direction=\"ltr\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\"><title>{}</title><desc>{}</desc>",
        text(title, WORDS),
        description.replace('&', "&amp;").replace('<', "&lt;")
    );
    for (at, body) in (0u32..).zip(bodies) {
        let top = height - (at + 1) * (BOX + GAP) + GAP - 4;
        let dash = if body.is_ally { " stroke-dasharray=\"6 4\"" } else { "" };
        let middle = WIDTH / 2;
        let _ = write!(
            svg,
            "<rect class=\"node\" x=\"4\" y=\"{top}\" width=\"{}\" height=\"{BOX}\" rx=\"4\"{dash}/><text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\" font-weight=\"600\" font-size=\"15\">{}</text><text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\" font-size=\"13\">{}</text>",
            WIDTH - 8,
            top + 25,
            text(&body.name, NAME),
            top + 46,
            text(&body.words, WORDS)
        );
        if at > 0 {
            let from = top + BOX + GAP;
            let _ = write!(
                svg,
                "<path class=\"edge\" fill=\"none\" d=\"M40 {from}V{}m-6 8l6 -8l6 8\"/><text x=\"58\" y=\"{}\" font-size=\"13\">{}</text>",
                top + BOX + 2,
                top + BOX + 22,
                text(&body.arrow, WORDS)
            );
        }
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_text_and_each_body_is_drawn_above_the_one_before() {
        let body =
            |name: &str| Body { name: name.into(), words: "w".into(), arrow: "a".into(), is_ally: false };
        let svg = picture("t", "d", &[body("<Station>"), body("Office & co")]);
        assert!(
            svg.contains("&lt;Station&gt;") && svg.contains("Office &amp; co") && !svg.contains("<Station>")
        );
        assert!(
            svg.contains("direction=\"ltr\""),
            "labels stand to the right of their arrows in every language"
        );
        let at = |name: &str| svg.find(name).unwrap();
        assert!(at("y=\"124\"") < at("y=\"30\""), "{svg}");
    }
}
