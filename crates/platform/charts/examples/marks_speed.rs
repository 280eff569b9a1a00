//! How long 100,000 points take: laying them out, once for each version of their list, and drawing, once for each page.
//!
//! ```text
//! cargo run --release -p scr-charts --example marks_speed
//! ```

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement prints, and stops at what it does not expect"
)]

use scr_charts::{Colour, Hex, Position, Sheet, bins, hexes};
use std::time::Instant;

const POINTS: u32 = 100_000;

fn main() {
    // Towns on a grid, their points around the middle.
    let position = |number: u32| -> Position {
        let (town, own) = (number / 250, number % 250);
        let (angle, away) = (f64::from(own) * 2.4, f64::from(own).sqrt() * 0.02);
        let at = |degrees: f64| format!("{:.0}", degrees * 1e6).parse().unwrap();
        let east = f64::from(town % 20).mul_add(0.6, away * angle.cos());
        (at(east), at(f64::from(town / 20).mul_add(0.4, 44.0) + away * angle.sin()))
    };
    let positions: Vec<Position> = (0..POINTS).map(position).collect();
    let begin = Instant::now();
    let sheet = Sheet::of(&positions).unwrap();
    let at: Vec<(i32, i32)> = positions.iter().map(|position| sheet.on(*position)).collect();
    let found = bins(&at, 240);
    println!("laid out in {:?}: {} hexagons", begin.elapsed(), found.middles.len());
    let begin = Instant::now();
    let mut counts = vec![(0_u64, 0_u64); found.middles.len()];
    for (number, bin) in found.of.iter().enumerate() {
        counts[*bin].0 += 1;
        counts[*bin].1 += u64::from(number % 7 == 0);
    }
    let all: Vec<Hex> = found
        .middles
        .iter()
        .zip(counts)
        .map(|(middle, (weight, part))| Hex {
            at: *middle,
            weight,
            part,
            colour: Colour::Step(1),
            text: format!("Around Exampletown: {part} of {weight} silent"),
            href: "arrival?area=EX-01-001".to_owned(),
        })
        .collect();
    let svg = hexes("title", "description", (&sheet, found.radius), &all);
    println!("counted and drawn in {:?}: {} bytes", begin.elapsed(), svg.len());
}
