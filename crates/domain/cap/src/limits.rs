//! How much of a hostile file is looked at.

/// Limits of one document. What is over a limit is refused with the name of the limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Length of the file, in bytes.
    pub bytes: usize,
    /// Elements within one another.
    pub depth: usize,
    /// Elements, attributes, comments and processing instructions together.
    pub nodes: usize,
    /// Attributes of one element, declarations of namespaces among them.
    pub attributes: usize,
    /// Length of one attribute's value, in bytes.
    pub attribute_bytes: usize,
    /// Points of all polygons together.
    pub points: usize,
    /// Signatures of one document that are examined.
    pub signatures: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 1 << 20,
            depth: 32,
            nodes: 20_000,
            attributes: 64,
            attribute_bytes: 4_096,
            points: 20_000,
            signatures: 8,
        }
    }
}
