//! Places for the boxes of a picture: one column for each part of the story, and within a column each box near what it is
//! connected with. The same graph always comes out the same.

use super::kinds::Column;
use std::collections::BTreeMap;

/// Width of a box.
pub(crate) const WIDTH: i32 = 196;
/// Height of a box.
pub(crate) const HEIGHT: i32 = 66;
/// Space between two columns: the words of connections stand in it.
pub(crate) const GAP: i32 = 128;
const ROW: i32 = HEIGHT + 16;
/// Space around everything.
pub(crate) const MARGIN: i32 = 12;
/// Space for the headings of the columns.
pub(crate) const TOP: i32 = 34;
/// Passes that bring boxes nearer to what they are connected with.
const PASSES: usize = 6;
/// Positions are compared in these parts of a row.
const PARTS: i64 = 1_000;

/// Where everything stands, from left to right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    /// Left upper corner of each box.
    pub(crate) at: Vec<(i32, i32)>,
    /// The columns that are there, with the left end of each.
    pub(crate) columns: Vec<(Column, i32)>,
    /// Width of the drawing.
    pub(crate) width: i32,
    /// Its height.
    pub(crate) height: i32,
}

/// Places boxes by their columns and connections.
pub(crate) fn layout(columns: &[Column], links: &[(usize, usize)]) -> Layout {
    let mut rows: BTreeMap<Column, Vec<usize>> = BTreeMap::new();
    for (node, column) in columns.iter().enumerate() {
        rows.entry(*column).or_default().push(node);
    }
    let near = neighbours(columns.len(), links);
    let mut places = vec![0_i64; columns.len()];
    for list in rows.values() {
        number(list, &mut places);
    }
    for _ in 0..PASSES {
        for list in rows.values_mut() {
            arrange(list, &near, &mut places);
        }
    }
    place(&rows, columns.len())
}

fn neighbours(count: usize, links: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut near = vec![Vec::new(); count];
    for (from, to) in links.iter().filter(|(from, to)| from != to && *from < count && *to < count) {
        near[*from].push(*to);
        near[*to].push(*from);
    }
    near
}

/// Positions along a column, measured from its middle.
fn number(list: &[usize], places: &mut [i64]) {
    let half = i64::try_from(list.len()).unwrap_or(0) * PARTS / 2;
    for (row, node) in (0_i64..).zip(list) {
        places[*node] = row * PARTS + PARTS / 2 - half;
    }
}

/// Orders a column by the average position of what each box is connected with; a box without connections keeps its own.
fn arrange(list: &mut [usize], near: &[Vec<usize>], places: &mut [i64]) {
    let average = |node: usize| -> i64 {
        let count = i64::try_from(near[node].len()).unwrap_or(0);
        if count == 0 {
            places[node]
        } else {
            near[node].iter().map(|other| places[*other]).sum::<i64>() / count
        }
    };
    let keys: BTreeMap<usize, (i64, i64)> =
        list.iter().map(|node| (*node, (average(*node), places[*node]))).collect();
    list.sort_by_key(|node| (keys.get(node).copied(), *node));
    number(list, places);
}

fn place(rows: &BTreeMap<Column, Vec<usize>>, count: usize) -> Layout {
    let longest = rows.values().map(Vec::len).max().unwrap_or(0);
    let pixels = |rows: usize| i32::try_from(rows).unwrap_or(0) * ROW;
    let mut layout = Layout { at: vec![(0, 0); count], columns: Vec::new(), width: 0, height: 0 };
    let mut x = MARGIN;
    for (column, list) in rows {
        layout.columns.push((*column, x));
        let first = TOP + (pixels(longest) - pixels(list.len())) / 2;
        for (row, node) in list.iter().enumerate() {
            layout.at[*node] = (x, first + pixels(row));
        }
        x += WIDTH + GAP;
    }
    // Connections within the last column bow out beside it.
    layout.width = x - GAP / 4;
    layout.height = TOP + pixels(longest) + MARGIN;
    layout
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn graphs() -> impl Strategy<Value = (Vec<Column>, Vec<(usize, usize)>)> {
        prop::collection::vec(prop::sample::select(Column::ALL.to_vec()), 1..60).prop_flat_map(|columns| {
            let count = columns.len();
            (Just(columns), prop::collection::vec((0..count, 0..count), 0..120))
        })
    }

    proptest! {
        /// No two boxes touch, none leaves the drawing, and the same graph comes out the same.
        #[test]
        fn boxes_stand_apart((columns, links) in graphs()) {
            let one = layout(&columns, &links);
            prop_assert_eq!(&one, &layout(&columns, &links));
            for (node, (x, y)) in one.at.iter().enumerate() {
                prop_assert!(*x >= MARGIN && x + WIDTH <= one.width && *y >= TOP && y + HEIGHT <= one.height);
                for (other_x, other_y) in &one.at[..node] {
                    prop_assert!(x != other_x || (y - other_y).abs() >= ROW);
                }
            }
        }
    }

    /// Two pairs that are connected crosswise are brought side by side.
    #[test]
    fn connected_boxes_come_to_stand_side_by_side() {
        let columns = [Column::Who, Column::Who, Column::Who, Column::Signs, Column::Signs, Column::Signs];
        let one = layout(&columns, &[(0, 5), (1, 4), (2, 3)]);
        for (from, to) in [(0, 5), (1, 4), (2, 3)] {
            assert_eq!(one.at[from].1, one.at[to].1);
        }
    }
}
