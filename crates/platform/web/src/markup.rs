//! HTML that is already escaped.

use std::fmt;

/// Finished HTML: a template inserts it as it is. Make one only from escaped parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Markup(pub(crate) String);

impl Markup {
    /// Escapes text.
    pub fn text(text: &str) -> Self {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                c => out.push(c),
            }
        }
        Self(out)
    }

    /// Text in a `<bdi>`, so that it keeps its own direction.
    pub fn isolated(text: &str) -> Self {
        Self(format!("<bdi>{}</bdi>", Self::text(text).0))
    }

    /// The HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::FastWritable for Markup {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(dest.write_str(&self.0)?)
    }
}

impl askama::filters::HtmlSafe for Markup {}

#[cfg(test)]
mod tests {
    use super::Markup;

    #[test]
    fn text_is_escaped() {
        assert_eq!(Markup::text("<a href='x'>&\"").as_str(), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
        assert_eq!(Markup::isolated("<").as_str(), "<bdi>&lt;</bdi>");
    }
}
