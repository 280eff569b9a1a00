//! Bytes to cells: encodings, delimited text, archives, spreadsheets.

pub(crate) mod archive;
pub(crate) mod delimited;
pub(crate) mod encoding;
pub(crate) mod geojson;
pub(crate) mod grid;
pub(crate) mod open;
pub(crate) mod sheets;
pub(crate) mod sniff;
