//! Guesses about columns and records: which numbers are contestants, which only codes, which records totals.

use crate::columns::{Sheet, tidy};
use crate::mapping::ValuesSpec;
use crate::number::{self, Cell};
use std::collections::BTreeSet;

/// Records that are looked at.
const LOOKED_AT: usize = 200;
/// Columns among which a run that adds up is looked for.
const MOST_COLUMNS: usize = 150;
/// Records below this are too few to tell a code from a count by its values.
const ENOUGH: usize = 12;

/// What "total" is called at the beginning or end of a cell.
const TOTALS: [&str; 34] = [
    "total",
    "totals",
    "totales",
    "totaal",
    "totale",
    "totali",
    "totaux",
    "toplam",
    "sum",
    "summe",
    "suma",
    "gesamt",
    "insgesamt",
    "ogółem",
    "razem",
    "celkem",
    "spolu",
    "összesen",
    "ukupno",
    "skupaj",
    "итого",
    "всего",
    "общо",
    "разом",
    "усього",
    "укупно",
    "gjithsej",
    "totalt",
    "yhteensä",
    "σύνολο",
    "المجموع",
    "الإجمالي",
    "مجموع",
    "جمع",
];
/// Words of headings of codes, in lower case.
const CODES: [&str; 26] = [
    "code",
    "codes",
    "kod",
    "kodi",
    "código",
    "codigo",
    "id",
    "nr",
    "no",
    "nro",
    "num",
    "number",
    "index",
    "idx",
    "teryt",
    "nuts",
    "siruta",
    "year",
    "rok",
    "ano",
    "año",
    "lat",
    "lon",
    "latitude",
    "longitude",
    "objectid",
];

/// Numbers of some columns, as far as they are looked at.
pub(crate) struct Numbers {
    /// By column in the order asked for, then by record.
    columns: Vec<(usize, Vec<Option<u64>>)>,
}

impl Numbers {
    pub(crate) fn of(sheet: &Sheet<'_>, columns: impl IntoIterator<Item = usize>) -> Self {
        let values = ValuesSpec::default();
        let read = |column: usize| {
            let cells = sheet.records.iter().take(LOOKED_AT).map(|record| record.cell(column));
            cells
                .map(|cell| match number::read(cell, &values) {
                    Cell::Number(number) => Some(number),
                    _ => None,
                })
                .collect()
        };
        Self {
            columns: columns.into_iter().take(MOST_COLUMNS).map(|column| (column, read(column))).collect(),
        }
    }

    /// The numbers of one column.
    pub(crate) fn values(&self, column: usize) -> Vec<Option<u64>> {
        self.get(column).map(<[_]>::to_vec).unwrap_or_default()
    }

    fn get(&self, column: usize) -> Option<&[Option<u64>]> {
        self.columns.iter().find(|(own, _)| *own == column).map(|(_, values)| values.as_slice())
    }

    /// The longest run of columns (others may lie between) that add up to the whole in nine of ten records.
    pub(crate) fn run_of(&self, whole: &[Option<u64>]) -> Vec<usize> {
        let mut best = 0..0;
        for first in 0..self.columns.len() {
            let mut sums = vec![0_u64; whole.len()];
            for last in first..self.columns.len() {
                for (sum, value) in sums.iter_mut().zip(&self.columns[last].1) {
                    *sum = sum.saturating_add(value.unwrap_or(0));
                }
                if last + 1 - first > best.len().max(1) && adds_up(&sums, whole) {
                    best = first..last + 1;
                }
            }
        }
        let mut run: Vec<usize> = self.columns[best].iter().map(|(column, _)| *column).collect();
        self.leave_strays(&mut run);
        run
    }

    /// Zeros add up to everything: columns of nothing else at an end of a run stay only where they stand
    /// directly beside it.
    fn leave_strays(&self, run: &mut Vec<usize>) {
        let zeros =
            |column: usize| self.get(column).is_some_and(|values| values.iter().flatten().all(|n| *n == 0));
        let Some(first) = run.iter().position(|column| !zeros(*column)) else { return };
        let Some(last) = run.iter().rposition(|column| !zeros(*column)) else { return };
        let start = (0..first).rev().take_while(|at| run[at + 1] == run[*at] + 1).last().unwrap_or(first);
        let end = (last + 1..run.len()).take_while(|at| run[*at] == run[at - 1] + 1).last().unwrap_or(last);
        run.truncate(end + 1);
        run.drain(..start);
    }

    /// A run that adds up to a column beside it: the run, and the column.
    pub(crate) fn run_beside(&self, wholes: &[usize]) -> Option<(Vec<usize>, usize)> {
        let found = wholes.iter().filter_map(|whole| {
            let others = Self {
                columns: self.columns.iter().filter(|(column, _)| column != whole).cloned().collect(),
            };
            let run = others.run_of(self.get(*whole)?);
            let counted = |column: &&usize| {
                others
                    .get(**column)
                    .is_some_and(|values| values.iter().any(|value| value.is_some_and(|n| n > 0)))
            };
            (run.iter().filter(counted).count() > 1).then_some((run, *whole))
        });
        found.max_by_key(|(run, _)| run.len())
    }

    /// Whether in more than a tenth of the records the number is above the bound.
    pub(crate) fn exceeds(&self, column: usize, bound: &[Option<u64>]) -> bool {
        let Some(own) = self.get(column) else { return false };
        let pairs = own.iter().zip(bound).filter_map(|(own, bound)| own.zip(*bound));
        let (above, all) =
            pairs.fold((0, 0), |(above, all), (own, bound)| (above + usize::from(own > bound), all + 1));
        above * 10 > all
    }
}

fn adds_up(sums: &[u64], whole: &[Option<u64>]) -> bool {
    let (mut right, mut wrong, mut nonzero) = (0, 0, 0);
    for (sum, whole) in sums.iter().zip(whole) {
        let Some(whole) = whole else { continue };
        if sum == whole {
            right += 1;
            nonzero += usize::from(*whole > 0);
        } else {
            wrong += 1;
            // Most runs are wrong from the beginning.
            if wrong * 9 > right + 27 {
                return false;
            }
        }
    }
    nonzero > 1 && right >= 9 * wrong
}

/// Whether a column of numbers is a code or an index and no count.
pub(crate) fn is_code(sheet: &Sheet<'_>, column: usize) -> bool {
    let heading = sheet.headings.get(column).map(|heading| heading.to_lowercase()).unwrap_or_default();
    let mut words = heading.split(|c: char| !c.is_alphanumeric());
    if words.any(|word| CODES.contains(&word)) {
        return true;
    }
    let cells: Vec<&str> =
        sheet.records.iter().take(LOOKED_AT).map(|record| record.cell(column).trim()).collect();
    if cells
        .iter()
        .any(|cell| cell.len() > 1 && cell.starts_with('0') && cell.bytes().all(|b| b.is_ascii_digit()))
    {
        return true;
    }
    let numbers: Vec<u64> = cells.iter().filter_map(|cell| cell.parse().ok()).collect();
    if numbers.len() < ENOUGH || numbers.len() < cells.len() {
        return false;
    }
    let rises = numbers.windows(2).all(|pair| pair[0] < pair[1]);
    let constant = numbers.iter().all(|number| *number == numbers[0] && *number > 0);
    rises || constant
}

/// Whether a cell says that its record is a total.
pub(crate) fn is_total(cell: &str) -> bool {
    let text = cell.to_lowercase();
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next();
    let last = words.next_back().or(first);
    [first, last].into_iter().flatten().any(|word| TOTALS.contains(&word))
}

/// The distinct texts of a column that say "total"; none when they are too many to be totals.
pub(crate) fn totals(sheet: &Sheet<'_>, column: usize) -> Vec<String> {
    let mut found = BTreeSet::new();
    let mut records = 0;
    for record in &sheet.records {
        let cell = record.cell(column);
        if cell.len() < 60 && is_total(cell) {
            records += 1;
            found.insert(tidy(cell));
        }
    }
    if found.len() > 100 || records * 3 > sheet.records.len() {
        Vec::new()
    } else {
        found.into_iter().collect()
    }
}

/// Whether the last record has no text and its numbers are the sums of those above.
pub(crate) fn last_is_sum(sheet: &Sheet<'_>, key: &[usize], columns: &[usize]) -> bool {
    let Some((last, above)) = sheet.records.split_last() else { return false };
    if above.len() < 2 || !key.iter().all(|column| last.cell(*column).trim().is_empty()) {
        return false;
    }
    let values = ValuesSpec::default();
    let read = |cell: &str| match number::read(cell, &values) {
        Cell::Number(number) => number,
        _ => 0,
    };
    let sums = columns.iter().map(|column| {
        let sum = above.iter().fold(0_u64, |sum, record| sum.saturating_add(read(record.cell(*column))));
        (sum, read(last.cell(*column)))
    });
    let (mut any, mut same) = (false, true);
    for (sum, stated) in sums {
        any |= stated > 0;
        same &= sum == stated;
    }
    any && same
}

/// The first column that is different in every record and never empty, codes before other texts.
pub(crate) fn unique_column(sheet: &Sheet<'_>, numeric: &[bool]) -> Option<usize> {
    let unique = |column: &usize| {
        let mut seen = BTreeSet::new();
        sheet.records.iter().all(|record| {
            let cell = record.cell(*column).trim();
            !cell.is_empty() && seen.insert(cell)
        })
    };
    let index = |column: usize| {
        sheet
            .records
            .iter()
            .take(3)
            .enumerate()
            .all(|(at, record)| record.cell(column).trim() == (at + 1).to_string())
    };
    let counts = (0..numeric.len()).filter(|column| numeric[*column] && !is_code(sheet, *column)).count();
    // Without several columns of counts it is a list of places and no table of results.
    if counts < 2 {
        return None;
    }
    let code = (0..numeric.len()).find(|column| is_code(sheet, *column) && !index(*column) && unique(column));
    code.or_else(|| (0..numeric.len()).find(|column| !numeric[*column] && unique(column)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_say_total() {
        for text in
            ["Total", "TOTAL", "Razem:", "Total general", "Insgesamt", "Итого", "المجموع", "District 5 total"]
        {
            assert!(is_total(text), "{text}");
        }
        for text in ["", "Totality", "Ann", "The total of all things together"] {
            assert!(!is_total(text), "{text}");
        }
    }

    #[test]
    fn a_run_that_adds_up_is_found() {
        let column = |at: usize, values: [u64; 3]| (at, values.map(Some).to_vec());
        let numbers = Numbers {
            columns: vec![
                column(1, [9, 9, 9]),
                column(2, [1, 2, 3]),
                column(4, [4, 5, 6]),
                column(5, [7, 7, 1]),
            ],
        };
        assert_eq!(numbers.run_of(&[Some(5), Some(7), Some(9)]), [2, 4]);
        assert_eq!(numbers.run_of(&[Some(6), Some(8), Some(1)]), Vec::<usize>::new());
        assert!(
            numbers.exceeds(1, &[Some(5), Some(7), Some(9)])
                && !numbers.exceeds(2, &[Some(5), Some(7), Some(9)])
        );
        let zeros = [0, 0, 0];
        let numbers = Numbers {
            columns: vec![
                column(0, zeros),
                column(3, zeros),
                column(4, [1, 2, 3]),
                column(6, [4, 5, 6]),
                column(7, zeros),
                column(9, zeros),
            ],
        };
        assert_eq!(numbers.run_of(&[Some(5), Some(7), Some(9)]), [3, 4, 6, 7], "strays are left");
    }
}
