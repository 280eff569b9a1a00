//! Records of text cells, with the line each record begins in.

/// The cells of one file or sheet, kept in one piece of text.
#[derive(Debug, Default, Clone)]
pub(crate) struct Grid {
    text: String,
    /// End of each cell in `text`.
    ends: Vec<u32>,
    /// First cell and line of each record.
    records: Vec<(u32, u32)>,
}

impl Grid {
    /// Begins a record on this line (from 1).
    pub(crate) fn begin(&mut self, line: u32) {
        self.records.push((as_u32(self.ends.len()), line));
    }

    /// Adds text to the cell that is open.
    pub(crate) fn push_text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Closes the open cell.
    pub(crate) fn end_cell(&mut self) {
        self.ends.push(as_u32(self.text.len()));
    }

    /// Adds a whole cell.
    pub(crate) fn push_cell(&mut self, text: &str) {
        self.push_text(text);
        self.end_cell();
    }

    /// Length of the cell that is open.
    pub(crate) fn open_cell_bytes(&self) -> usize {
        self.text.len() - self.ends.last().map_or(0, |end| *end as usize)
    }

    /// Turns a record of one empty cell (a blank line) into one without cells.
    pub(crate) fn blank_last_record(&mut self) {
        if let Some((first, _)) = self.records.last() {
            let first = *first as usize;
            if self.ends.len() == first + 1
                && self.text.len() == first.checked_sub(1).map_or(0, |i| self.ends[i] as usize)
            {
                self.ends.pop();
            }
        }
    }

    /// Cells of the record that is open.
    pub(crate) fn open_record_cells(&self) -> usize {
        self.ends.len() - self.records.last().map_or(0, |(first, _)| *first as usize)
    }

    /// Cells of all records.
    pub(crate) fn cells(&self) -> usize {
        self.ends.len()
    }

    /// Number of records, blank ones included.
    pub(crate) fn len(&self) -> usize {
        self.records.len()
    }

    /// All records.
    pub(crate) fn records(&self) -> impl DoubleEndedIterator<Item = Record<'_>> + ExactSizeIterator {
        (0..self.records.len()).map(|index| {
            let (first, line) = self.records[index];
            let end = self.records.get(index + 1).map_or(self.ends.len(), |(next, _)| *next as usize);
            Record { grid: self, first: first as usize, end, line: u64::from(line) }
        })
    }

    /// Rows become columns. The line of a record is then the number of its column, from 1.
    pub(crate) fn transposed(&self) -> Self {
        let width = self.records().map(|record| record.len()).max().unwrap_or(0);
        let mut turned = Self::default();
        for column in 0..width {
            turned.begin(as_u32(column + 1));
            for record in self.records() {
                turned.push_cell(record.cell(column));
            }
        }
        turned
    }
}

/// One record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record<'a> {
    grid: &'a Grid,
    first: usize,
    end: usize,
    line: u64,
}

impl<'a> Record<'a> {
    /// The cell at this position, from 0; empty when the record is shorter.
    pub(crate) fn cell(&self, index: usize) -> &'a str {
        let at = self.first + index;
        if at >= self.end {
            return "";
        }
        let start = at.checked_sub(1).map_or(0, |before| self.grid.ends[before] as usize);
        &self.grid.text[start..self.grid.ends[at] as usize]
    }

    /// All cells.
    pub(crate) fn cells(&self) -> impl DoubleEndedIterator<Item = &'a str> + ExactSizeIterator + use<'a> {
        let record = *self;
        (0..record.len()).map(move |index| record.cell(index))
    }

    /// Number of cells.
    pub(crate) fn len(&self) -> usize {
        self.end - self.first
    }

    /// Whether every cell is empty or white space.
    pub(crate) fn is_blank(&self) -> bool {
        self.cells().all(|cell| cell.trim().is_empty())
    }

    /// The line (text) or row (spreadsheet) it begins in, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }
}

fn as_u32(number: usize) -> u32 {
    // Texts are bounded by `Limits::unpacked_bytes`, far below 4 GiB.
    u32::try_from(number).unwrap_or(u32::MAX)
}
