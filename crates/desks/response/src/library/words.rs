//! Texts of strangers, cut to what a page can hold.

/// At most so many characters, in one line; control characters and what turns the direction of writing are left out.
pub(crate) fn clipped(text: &str, most: usize) -> String {
    let is_shown = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
    };
    let mut characters = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(is_shown);
    let mut shown: String = characters.by_ref().take(most).collect();
    if characters.next().is_some() {
        shown.push('…');
    }
    shown
}
