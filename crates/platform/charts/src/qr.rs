//! A QR code as an SVG of one path.

use crate::svg::escape;
use qrcode::bits::Bits;
use qrcode::{Color, EcLevel, QrCode, Version};
use std::fmt::Write as _;

/// The QR code of a text; `None` when it is too long for one (2,331 bytes). `title` is what people who cannot see it
/// hear.
pub fn qr(text: &str, title: &str) -> Option<String> {
    Some(drawn(&QrCode::with_error_correction_level(text, EcLevel::M).ok()?, title))
}

/// The QR code of a long text at the lowest level of correction; `None` when it is too long for one (2,953 bytes, or 4,296
/// capitals and digits).
pub fn qr_long(text: &str, title: &str) -> Option<String> {
    Some(drawn(&QrCode::with_error_correction_level(text, EcLevel::L).ok()?, title))
}

/// The QR code of any bytes at the lowest level of correction, as one segment of bytes: with several segments, or one of Kanji,
/// readers guess at a character set and give other bytes. `None` for more than 2,953.
pub fn qr_bytes(bytes: &[u8], title: &str) -> Option<String> {
    (1..=40).find_map(|version| {
        let mut bits = Bits::new(Version::Normal(version));
        bits.push_byte_data(bytes).ok()?;
        bits.push_terminator(EcLevel::L).ok()?;
        Some(drawn(&QrCode::with_bits(bits, EcLevel::L).ok()?, title))
    })
}

fn drawn(code: &QrCode, title: &str) -> String {
    let (width, title) = (code.width(), escape(title));
    let mut path = String::new();
    for (place, _) in code.to_colors().iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        let _ = write!(path, "M{} {}h1v1h-1z", place % width + 4, place / width + 4);
    }
    // Four modules of white around it, or readers do not find it; white also where pages are dark.
    let side = width + 8;
    format!(
        "<svg class=\"qr\" role=\"img\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\"><title>{title}</title><rect class=\"qr-paper\" width=\"{side}\" height=\"{side}\"/><path class=\"qr-ink\" d=\"{path}\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_too_long_has_none() {
        assert!(super::qr(&"x".repeat(2_331), "t").unwrap().contains("viewBox=\"0 0 185 185\""));
        assert_eq!(super::qr(&"x".repeat(2_332), "t"), None);
        assert!(super::qr_bytes(&[0xFF; 2_953], "t").unwrap().contains("viewBox=\"0 0 185 185\""));
        assert_eq!(super::qr_bytes(&[0xFF; 2_954], "t"), None);
        assert!(super::qr_bytes(b"x", "t").unwrap().contains("viewBox=\"0 0 29 29\""));
        assert!(super::qr_long(&"X".repeat(4_296), "t").unwrap().contains("viewBox=\"0 0 185 185\""));
        assert_eq!(super::qr_long(&"X".repeat(4_297), "t"), None);
    }
}
