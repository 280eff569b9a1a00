//! Cells of files that people open in a spreadsheet.

use scr_engine::Fault;

fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// What a spreadsheet would take for a formula is text.
pub(crate) fn cell(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// As [`cell`], in files that come in again: numbers with a sign, of telephones and coordinates, stay as they are.
pub(crate) fn cell_or_number(text: &str) -> String {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_number { text.to_owned() } else { cell(text) }
}

/// What [`cell`] has put before a text is no part of it when the file comes in again.
pub(crate) fn uncell(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(text)
}

/// A CSV file whose cells are no formulas; unchanged, byte for byte, where none is.
///
/// # Errors
/// A fault: the text is no CSV.
pub(crate) fn without_formulas(text: String) -> Result<String, Fault> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let mut is_changed = false;
    for record in reader.records() {
        let record = record.map_err(|error| Fault::log(&error))?;
        let cells: Vec<String> = record.iter().map(cell_or_number).collect();
        is_changed |= record.iter().zip(&cells).any(|(before, after)| before != after);
        writer.write_record(&cells).map_err(|error| Fault::log(&error))?;
    }
    if !is_changed {
        return Ok(text);
    }
    let bytes = writer.into_inner().map_err(|error| Fault::log(&error))?;
    String::from_utf8(bytes).map_err(|error| Fault::log(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, wanted) in [("=1+1", "'=1+1"), ("École", "École"), ("-2+3", "'-2+3"), ("+12", "'+12")] {
            assert_eq!(cell(text), wanted);
            assert_eq!(uncell(wanted), text);
        }
        for (text, wanted) in
            [("+4512345001", "+4512345001"), ("-33.9", "-33.9"), ("+12+A1", "'+12+A1"), ("-", "'-")]
        {
            assert_eq!(cell_or_number(text), wanted);
        }
        assert_eq!(uncell("'s-Hertogenbosch"), "'s-Hertogenbosch");
    }

    #[test]
    fn a_file_without_formulas_stays_as_it_is() {
        let plain = "a,b\n1,\"x\"\n";
        assert_eq!(without_formulas(plain.to_owned()).unwrap(), plain);
        assert_eq!(without_formulas("a,b\n@x,-1\n".to_owned()).unwrap(), "a,b\n'@x,-1\n");
    }
}
