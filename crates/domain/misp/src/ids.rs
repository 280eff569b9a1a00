//! Ids that are derived, so that the same input has the same ids everywhere and always.

use uuid::Uuid;

/// The namespace of all UUIDs (version 5, RFC 9562) that this crate derives:
/// UUIDv5(`NAMESPACE_URL`, `https://scrutineer.example/ns/misp`).
pub const NAMESPACE: Uuid = Uuid::from_bytes([
    0x2d, 0x2c, 0x04, 0x26, 0x7b, 0xe7, 0x5d, 0x88, 0x88, 0xd2, 0xfd, 0xe5, 0xa0, 0x4e, 0x86, 0x85,
]);

/// UUIDv5([`NAMESPACE`], parts joined by the unit separator U+001F). The first part says what the id is for.
pub fn derived(parts: &[&str]) -> Uuid {
    Uuid::new_v5(&NAMESPACE, parts.join("\u{1f}").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_namespace_is_what_it_says() {
        assert_eq!(NAMESPACE, Uuid::new_v5(&Uuid::NAMESPACE_URL, b"https://scrutineer.example/ns/misp"));
        assert_ne!(derived(&["a", "b"]), derived(&["a\u{1f}", "b"]));
        assert_eq!(derived(&["a", "b"]), derived(&["a", "b"]));
    }
}
