//! What several targets share.

use std::io::Write as _;

/// Small limits: what is looked for is a panic, not how much a machine can hold.
pub fn limits() -> scr_intake::Limits {
    scr_intake::Limits {
        input_bytes: 1 << 20,
        unpacked_bytes: 4 << 20,
        rows: 2_000,
        columns: 200,
        cells: 50_000,
        nodes: 20_000,
        problems: 50,
        ..scr_intake::Limits::default()
    }
}

/// A workbook whose only sheet has these bytes.
pub fn workbook(sheet: &[u8]) -> Vec<u8> {
    const PARTS: [(&str, &str); 4] = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
        ),
        (
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
    ];
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in
        PARTS.iter().map(|(name, text)| (*name, text.as_bytes())).chain([("xl/worksheets/sheet1.xml", sheet)])
    {
        writer.start_file(name, options).expect("a small archive in memory");
        writer.write_all(text).expect("a small archive in memory");
    }
    writer.finish().expect("a small archive in memory").into_inner()
}
