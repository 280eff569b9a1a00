//! How much an input may ask of the machine. Every violation has its own code.

/// Upper bounds for one input. The defaults suit a national election on a small machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as it was handed in.
    pub input_bytes: usize,
    /// Bytes of everything taken out of an archive (or a spreadsheet, which is one), together.
    pub unpacked_bytes: u64,
    /// Unpacked bytes per packed byte of one member; counted only above [`Limits::RATIO_FLOOR`].
    pub unpacked_ratio: u64,
    /// Members of an archive.
    pub archive_members: usize,
    /// Records of one file or sheet.
    pub rows: usize,
    /// Cells of one record.
    pub columns: usize,
    /// Cells of one file or sheet.
    pub cells: usize,
    /// Bytes of one cell.
    pub cell_bytes: usize,
    /// Sheets of one spreadsheet.
    pub sheets: usize,
    /// Elements (XML) or arrays and objects (JSON) within one another.
    pub depth: usize,
    /// Elements and attributes of one XML document.
    pub nodes: usize,
    /// Problems that are listed one by one; the rest is counted.
    pub problems: usize,
}

impl Limits {
    /// A small member may be packed as tightly as it likes: 4 MiB.
    pub const RATIO_FLOOR: u64 = 4 << 20;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            input_bytes: 256 << 20,
            unpacked_bytes: 512 << 20,
            unpacked_ratio: 200,
            archive_members: 1_000,
            rows: 2_000_000,
            columns: 2_000,
            cells: 60_000_000,
            cell_bytes: 64 << 10,
            sheets: 200,
            depth: 64,
            nodes: 20_000_000,
            problems: 1_000,
        }
    }
}
