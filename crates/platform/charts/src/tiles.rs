//! A tile for every unit: no unit is larger than another, because area is not votes.

use crate::svg::{Colour, escape};
use std::fmt::Write;

/// One unit.
#[derive(Debug, Clone)]
pub struct Tile {
    /// Its name and figure, shown by a pointer at rest and read aloud.
    pub text: String,
    /// Its colour.
    pub colour: Colour,
}

/// More tiles than this are drawn as the first ones, and the number left out is said.
const MAX_TILES: usize = 5_000;

/// A grid of tiles in the order given.
pub fn tiles(title: &str, description: &str, tiles: &[Tile], rtl: bool) -> String {
    let shown = tiles.len().min(MAX_TILES);
    let columns = (1..=200usize).find(|columns| columns * columns >= shown * 2).unwrap_or(200);
    let rows = shown.div_ceil(columns).max(1);
    let mut body = String::new();
    for (i, tile) in tiles.iter().take(shown).enumerate() {
        let column = if rtl { columns - 1 - i % columns } else { i % columns };
        let (x, y) = (column * 10, i / columns * 10);
        let _ = write!(
            body,
            "<rect {} x=\"{x}\" y=\"{y}\" width=\"8.6\" height=\"8.6\" rx=\"1\"><title>{}</title></rect>",
            tile.colour.attributes("tile"),
            escape(&tile.text)
        );
    }
    let left_out = tiles.len() - shown;
    let more = if left_out > 0 { format!(" (+{left_out})") } else { String::new() };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"img\"><title>{}</title><desc>{}{more}</desc>{body}</svg>",
        columns * 10,
        rows * 10,
        escape(title),
        escape(description)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_has_one_tile_of_one_size() {
        let units: Vec<Tile> =
            (0..7).map(|i| Tile { text: format!("unit {i} <"), colour: Colour::Missing }).collect();
        let svg = tiles("t", "d", &units, false);
        assert_eq!(svg.matches("width=\"8.6\"").count(), 7);
        assert!(svg.contains("unit 3 &lt;"));
        assert_ne!(svg, tiles("t", "d", &units, true));
    }

    #[test]
    fn the_number_of_tiles_is_limited_and_said() {
        let units = vec![Tile { text: String::new(), colour: Colour::Missing }; MAX_TILES + 3];
        let svg = tiles("t", "d", &units, false);
        assert_eq!(svg.matches("<rect").count(), MAX_TILES);
        assert!(svg.contains("(+3)"));
    }
}
