//! Charts and maps as SVG, made on the server.
//!
//! Each has `<title>` and `<desc>`; the caller puts the same data in a table beside it. Colours are
//! classes of the design system (they follow dark mode and print) over presentation attributes, so
//! that a drawing saved as a file keeps them. No style attributes: the content security policy
//! forbids them.

mod bars;
mod changes;
mod map;
mod marks;
mod qr;
mod scale;
mod strips;
mod svg;
mod tiles;

pub use bars::{Bar, Part, bars, progress};
pub use changes::{Change, changes};
pub use map::{Place, Position, Sheet, areas, circles, swatch};
pub use marks::{Bins, Hex, Mark, Shape, bins, filled, hexes, marks, symbol};
pub use qr::{qr, qr_bytes, qr_long};
pub use scale::{Chance, scale};
pub use strips::{Strip, Tick, strips};
pub use svg::Colour;
pub use tiles::{Tile, tiles};
