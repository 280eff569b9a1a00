//! A run of cards as columns: one column for each contest that occurs in it, and those that name the card.
//!
//! Integers are little-endian. A chunk is `cards u32, columns u32`, then for each column in ascending order of
//! number `number u32, form u8, length u32` and its bytes.

use std::ops::Range;

/// Cards of a chunk, at most; all chunks but the last have as many.
pub(super) const CARDS: usize = 1 << 16;

/// Columns that name a card stand before those of contests.
pub(super) const NAMING: u32 = 9;

/// What names a card: the number of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    Tabulator = 0,
    Batch = 1,
    Position = 2,
    Id = 3,
    Imprinted = 4,
    Group = 5,
    Precinct = 6,
    Style = 7,
    Sheet = 8,
}

/// How the cells of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// One value for all cards (4 bytes).
    Same = 0,
    /// A byte for each card.
    Bytes = 1,
    /// Two bytes for each card.
    Words = 2,
    /// Four bytes for each card.
    Longs = 3,
    /// Pairs for those cards that have a value: all rows (2 bytes each), then all values (4 bytes each).
    Sparse = 4,
    /// Texts: for each card where its text ends (4 bytes), then all texts.
    Texts = 5,
}

impl Form {
    fn from_byte(byte: u8) -> Option<Self> {
        [Self::Same, Self::Bytes, Self::Words, Self::Longs, Self::Sparse, Self::Texts]
            .into_iter()
            .find(|form| *form as u8 == byte)
    }
}

#[derive(Debug, Clone)]
struct Column {
    number: u32,
    form: Form,
    bytes: Range<usize>,
}

/// A chunk, written.
#[derive(Debug, Clone)]
pub(super) struct Chunk {
    bytes: Vec<u8>,
    cards: usize,
    columns: Vec<Column>,
}

/// The cells of one column.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cells<'a> {
    Same(u32),
    Bytes(&'a [u8]),
    Words(&'a [u8]),
    Longs(&'a [u8]),
    Sparse { rows: &'a [u8], values: &'a [u8] },
}

impl Chunk {
    pub(super) fn cards(&self) -> usize {
        self.cards
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The numbers of the contests that occur.
    pub(super) fn contests(&self) -> impl Iterator<Item = u32> {
        self.columns.iter().filter(|column| column.number >= NAMING).map(|column| column.number - NAMING)
    }

    /// The cells of a contest; a missing column is "not on these cards".
    pub(super) fn contest(&self, contest: u32) -> Cells<'_> {
        self.cells(contest + NAMING)
    }

    pub(super) fn naming(&self, what: Naming, row: usize) -> u32 {
        self.cells(what as u32).at(row)
    }

    pub(super) fn text(&self, what: Naming, row: usize) -> &str {
        let Some(column) = self.column(what as u32).filter(|column| column.form == Form::Texts) else {
            return "";
        };
        let bytes = &self.bytes[column.bytes.clone()];
        let (ends, texts) = bytes.split_at(self.cards * 4);
        let begin = if row == 0 { 0 } else { long(ends, row - 1) as usize };
        texts
            .get(begin..long(ends, row) as usize)
            .and_then(|text| std::str::from_utf8(text).ok())
            .unwrap_or_default()
    }

    fn column(&self, number: u32) -> Option<&Column> {
        self.columns.binary_search_by_key(&number, |column| column.number).ok().map(|at| &self.columns[at])
    }

    fn cells(&self, number: u32) -> Cells<'_> {
        let Some(column) = self.column(number) else { return Cells::Same(0) };
        let bytes = &self.bytes[column.bytes.clone()];
        match column.form {
            Form::Same => Cells::Same(long(bytes, 0)),
            Form::Bytes => Cells::Bytes(bytes),
            Form::Words => Cells::Words(bytes),
            Form::Longs => Cells::Longs(bytes),
            Form::Sparse => {
                let (rows, values) = bytes.split_at(bytes.len() / 3);
                Cells::Sparse { rows, values }
            }
            Form::Texts => Cells::Same(0),
        }
    }

    /// Reads the chunk that `bytes` begin with, and says how long it is. Everything is checked here, so that
    /// reading cells cannot fail: `limit` gives the first value that a column must not hold.
    pub(super) fn read(bytes: &[u8], limit: impl Fn(u32) -> u32) -> Result<(Self, usize), String> {
        let mut at = 0_usize;
        let mut take = |length: usize| {
            let taken = bytes.get(at..at.checked_add(length)?)?;
            at += length;
            Some(taken)
        };
        let short = || "it ends in the middle of a chunk".to_owned();
        let head = take(8).ok_or_else(short)?;
        let (cards, count) = (long(head, 0) as usize, long(head, 1));
        if cards == 0 || cards > CARDS {
            return Err(format!("a chunk of {cards} cards"));
        }
        let mut columns: Vec<Column> = Vec::new();
        let mut begin = 8;
        for _ in 0..count {
            let head = take(9).ok_or_else(short)?;
            let (number, length) = (long(head, 0), long(&head[5..], 0) as usize);
            let form =
                Form::from_byte(head[4]).ok_or_else(|| format!("column {number} has no known form"))?;
            if columns.last().is_some_and(|last| last.number >= number) {
                return Err(format!("column {number} is out of order"));
            }
            let data = take(length).ok_or_else(short)?;
            check(form, data, cards, limit(number)).map_err(|what| format!("column {number}: {what}"))?;
            begin += 9;
            columns.push(Column { number, form, bytes: begin..begin + length });
            begin += length;
        }
        Ok((Self { bytes: bytes[..at].to_vec(), cards, columns }, at))
    }
}

/// Whether the cells are as many as the cards, each below `limit`, texts are UTF-8 and rows ascend.
fn check(form: Form, data: &[u8], cards: usize, limit: u32) -> Result<(), &'static str> {
    let (length, greatest) = match form {
        Form::Same => (4, long_or_zero(data)),
        Form::Bytes => (cards, data.iter().max().map_or(0, |greatest| u32::from(*greatest))),
        Form::Words => {
            (cards * 2, (0..data.len() / 2).map(|row| u32::from(word(data, row))).max().unwrap_or(0))
        }
        Form::Longs => (cards * 4, (0..data.len() / 4).map(|row| long(data, row)).max().unwrap_or(0)),
        Form::Sparse => return check_sparse(data, cards, limit),
        Form::Texts => return check_texts(data, cards),
    };
    if data.len() != length {
        return Err("as many cells as cards are wanted");
    }
    if greatest >= limit { Err("a value that stands for nothing") } else { Ok(()) }
}

fn long_or_zero(data: &[u8]) -> u32 {
    if data.len() == 4 { long(data, 0) } else { 0 }
}

fn check_sparse(data: &[u8], cards: usize, limit: u32) -> Result<(), &'static str> {
    if !data.len().is_multiple_of(6) {
        return Err("pairs are wanted");
    }
    let (rows, values) = data.split_at(data.len() / 3);
    let mut next = 0;
    for row in 0..rows.len() / 2 {
        let at = usize::from(word(rows, row));
        if at < next || at >= cards {
            return Err("rows do not ascend");
        }
        next = at + 1;
        if long(values, row) >= limit {
            return Err("a value that stands for nothing");
        }
    }
    Ok(())
}

fn check_texts(data: &[u8], cards: usize) -> Result<(), &'static str> {
    let (ends, texts) = data.split_at_checked(cards * 4).ok_or("as many texts as cards are wanted")?;
    let mut before = 0;
    for row in 0..cards {
        let end = long(ends, row) as usize;
        let text = texts.get(before..end).ok_or("texts do not follow each other")?;
        std::str::from_utf8(text).map_err(|_| "a text is not UTF-8")?;
        before = end;
    }
    if before == texts.len() { Ok(()) } else { Err("bytes after the last text") }
}

fn word(bytes: &[u8], row: usize) -> u16 {
    u16::from_le_bytes([bytes[row * 2], bytes[row * 2 + 1]])
}

fn long(bytes: &[u8], row: usize) -> u32 {
    let at = row * 4;
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

impl Cells<'_> {
    /// The value of a row; 0 where there is none.
    pub(super) fn at(&self, row: usize) -> u32 {
        match self {
            Self::Same(value) => *value,
            Self::Bytes(bytes) => u32::from(bytes[row]),
            Self::Words(bytes) => u32::from(word(bytes, row)),
            Self::Longs(bytes) => long(bytes, row),
            Self::Sparse { rows, values } => {
                let (mut low, mut high) = (0, rows.len() / 2);
                while low < high {
                    let middle = low.midpoint(high);
                    if usize::from(word(rows, middle)) < row { low = middle + 1 } else { high = middle }
                }
                if low < rows.len() / 2 && usize::from(word(rows, low)) == row {
                    long(values, low)
                } else {
                    0
                }
            }
        }
    }

    /// Adds to `counts[value]` how many of the `cards` rows have the value.
    pub(super) fn count(&self, cards: usize, counts: &mut [u64]) {
        match self {
            Self::Same(value) => counts[*value as usize] += cards as u64,
            Self::Bytes(bytes) => count_bytes(bytes, counts),
            Self::Words(bytes) => {
                for pair in bytes.chunks_exact(2) {
                    counts[usize::from(u16::from_le_bytes([pair[0], pair[1]]))] += 1;
                }
            }
            Self::Longs(bytes) => (0..cards).for_each(|row| counts[long(bytes, row) as usize] += 1),
            Self::Sparse { rows, values } => {
                let with = rows.len() / 2;
                (0..with).for_each(|row| counts[long(values, row) as usize] += 1);
                counts[0] += (cards - with) as u64;
            }
        }
    }
}

/// A histogram of bytes. Four tables, because the processor waits when one counter is raised twice in a row, and
/// most voters in a precinct vote alike.
fn count_bytes(bytes: &[u8], counts: &mut [u64]) {
    let mut tables = [[0_u32; 256]; 4];
    let mut eights = bytes.chunks_exact(8);
    for eight in &mut eights {
        for (at, byte) in eight.iter().enumerate() {
            tables[at % 4][usize::from(*byte)] += 1;
        }
    }
    for byte in eights.remainder() {
        tables[0][usize::from(*byte)] += 1;
    }
    for (value, count) in counts.iter_mut().enumerate().take(256) {
        *count += tables.iter().map(|table| u64::from(table[value])).sum::<u64>();
    }
}

/// A chunk that is being filled: for each column the rows that have a value, and the values.
#[derive(Debug, Default)]
pub(super) struct Open {
    cards: usize,
    naming: [Vec<u32>; NAMING as usize],
    texts: [Texts; 2],
    contests: Vec<Filled>,
}

#[derive(Debug, Default)]
struct Texts {
    ends: Vec<u32>,
    text: Vec<u8>,
}

#[derive(Debug, Default)]
struct Filled {
    rows: Vec<u16>,
    values: Vec<u32>,
}

impl Open {
    pub(super) fn is_empty(&self) -> bool {
        self.cards == 0
    }

    pub(super) fn is_full(&self) -> bool {
        self.cards == CARDS
    }

    /// One value more in a column that names cards.
    pub(super) fn name(&mut self, what: Naming, value: u32) {
        self.naming[what as usize].push(value);
    }

    /// The texts of the card.
    pub(super) fn say(&mut self, id: &str, imprinted: &str) {
        for (texts, text) in self.texts.iter_mut().zip([id, imprinted]) {
            texts.text.extend_from_slice(text.as_bytes());
            texts.ends.push(u32::try_from(texts.text.len()).unwrap_or(u32::MAX));
        }
    }

    /// The pattern in a contest of the card that is being added (never 0).
    pub(super) fn mark(&mut self, contest: usize, pattern: u32) {
        if self.contests.len() <= contest {
            self.contests.resize_with(contest + 1, Filled::default);
        }
        let filled = &mut self.contests[contest];
        // A chunk is sealed when it is full, so that a row is below 65,536.
        filled.rows.push(u16::try_from(self.cards).unwrap_or(u16::MAX));
        filled.values.push(pattern);
    }

    /// Ends the card that is being added.
    pub(super) fn end_card(&mut self) {
        self.cards += 1;
    }

    /// Writes the chunk and empties this; what it has allocated stays.
    pub(super) fn seal(&mut self) -> Chunk {
        let mut chunk = Chunk { bytes: vec![0; 8], cards: self.cards, columns: Vec::new() };
        for number in 0..NAMING {
            let text = match number {
                number if number == Naming::Id as u32 => Some(0),
                number if number == Naming::Imprinted as u32 => Some(1),
                _ => None,
            };
            match text {
                Some(which) => seal_texts(&mut chunk, number, &mut self.texts[which]),
                None => {
                    let values = &mut self.naming[number as usize];
                    seal_values(&mut chunk, number, values);
                    values.clear();
                }
            }
        }
        let mut dense = vec![0; self.cards];
        for (number, filled) in (NAMING..).zip(&mut self.contests) {
            seal_contest(&mut chunk, number, filled, &mut dense);
        }
        let columns = u32::try_from(chunk.columns.len()).unwrap_or(u32::MAX);
        chunk.bytes[..4].copy_from_slice(&u32::try_from(self.cards).unwrap_or(u32::MAX).to_le_bytes());
        chunk.bytes[4..8].copy_from_slice(&columns.to_le_bytes());
        chunk.bytes.shrink_to_fit();
        self.cards = 0;
        chunk
    }
}

fn seal_contest(chunk: &mut Chunk, number: u32, filled: &mut Filled, dense: &mut [u32]) {
    let greatest = filled.values.iter().copied().max().unwrap_or(0);
    let width = if greatest < 1 << 8 {
        1
    } else if greatest < 1 << 16 {
        2
    } else {
        4
    };
    if filled.rows.is_empty() {
        return;
    }
    if filled.rows.len() * 6 < dense.len() * width {
        let mut data = Vec::with_capacity(filled.rows.len() * 6);
        filled.rows.iter().for_each(|row| data.extend_from_slice(&row.to_le_bytes()));
        filled.values.iter().for_each(|value| data.extend_from_slice(&value.to_le_bytes()));
        push_column(chunk, number, Form::Sparse, &data);
    } else {
        dense.fill(0);
        filled.rows.iter().zip(&filled.values).for_each(|(row, value)| dense[usize::from(*row)] = *value);
        seal_values(chunk, number, dense);
    }
    filled.rows.clear();
    filled.values.clear();
}

fn seal_texts(chunk: &mut Chunk, number: u32, texts: &mut Texts) {
    if !texts.text.is_empty() {
        let mut data: Vec<u8> = texts.ends.iter().flat_map(|end| end.to_le_bytes()).collect();
        data.extend_from_slice(&texts.text);
        push_column(chunk, number, Form::Texts, &data);
    }
    texts.ends.clear();
    texts.text.clear();
}

/// The narrowest form. A column of zeros is left out.
fn seal_values(chunk: &mut Chunk, number: u32, values: &[u32]) {
    let Some(first) = values.first() else { return };
    let greatest = values.iter().copied().max().unwrap_or(0);
    if values.iter().all(|value| value == first) {
        if greatest > 0 {
            push_column(chunk, number, Form::Same, &first.to_le_bytes());
        }
        return;
    }
    let (form, data): (Form, Vec<u8>) = if greatest < 1 << 8 {
        (Form::Bytes, values.iter().map(|value| value.to_le_bytes()[0]).collect())
    } else if greatest < 1 << 16 {
        (
            Form::Words,
            values.iter().flat_map(|value| [value.to_le_bytes()[0], value.to_le_bytes()[1]]).collect(),
        )
    } else {
        (Form::Longs, values.iter().flat_map(|value| value.to_le_bytes()).collect())
    };
    push_column(chunk, number, form, &data);
}

fn push_column(chunk: &mut Chunk, number: u32, form: Form, data: &[u8]) {
    chunk.bytes.extend_from_slice(&number.to_le_bytes());
    chunk.bytes.push(form as u8);
    chunk.bytes.extend_from_slice(&u32::try_from(data.len()).unwrap_or(u32::MAX).to_le_bytes());
    let begin = chunk.bytes.len();
    chunk.bytes.extend_from_slice(data);
    chunk.columns.push(Column { number, form, bytes: begin..chunk.bytes.len() });
}
