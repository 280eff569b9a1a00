//! A QR code as an SVG of one path.

use crate::svg::escape;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;

/// The QR code of a text; `None` when it is too long for one (2,331 bytes). `title` is what people who cannot see it
/// hear.
pub fn qr(text: &str, title: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let (width, title) = (code.width(), escape(title));
    let mut path = String::new();
    for (place, _) in code.to_colors().iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        let _ = write!(path, "M{} {}h1v1h-1z", place % width + 4, place / width + 4);
    }
    // Four modules of white around it, or readers do not find it; white also where pages are dark.
    let side = width + 8;
    Some(format!(
        "<svg class=\"qr\" role=\"img\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\"><title>{title}</title><rect class=\"qr-paper\" width=\"{side}\" height=\"{side}\"/><path class=\"qr-ink\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_too_long_has_none() {
        assert!(super::qr(&"x".repeat(2_331), "t").unwrap().contains("viewBox=\"0 0 185 185\""));
        assert_eq!(super::qr(&"x".repeat(2_332), "t"), None);
    }
}
