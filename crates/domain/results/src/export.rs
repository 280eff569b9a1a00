//! Downloads for people who work with the numbers: CSV. (The object itself is the JSON form.)

use crate::model::{RowKind, Table};
use std::borrow::Cow;
use std::io::Write;

/// Writes a table as CSV (RFC 4180, UTF-8, LF): kind, unit, part, name, places, fields, then
/// contestants by id. What is not stated is an empty cell, never 0.
///
/// Text that a spreadsheet would run as a formula gets a `'` in front: see [`safe_cell`].
///
/// # Errors
/// What the writer refuses.
pub fn write_csv(table: &Table, out: impl Write) -> Result<(), csv::Error> {
    let depth = table.rows().map(|row| row.parents().len()).max().unwrap_or(0);
    let mut writer = csv::Writer::from_writer(out);
    let mut heads: Vec<String> = ["kind", "unit", "part", "name"].map(str::to_owned).to_vec();
    heads.extend((1..=depth).map(|level| format!("place_{level}")));
    heads.extend(table.columns().map(|column| safe_cell(table.column_name(column)).into_owned()));
    writer.write_record(&heads)?;
    for row in table.rows() {
        let kind = if row.kind() == RowKind::Unit { "unit" } else { "total" };
        let mut places: Vec<&str> = row.parents().collect();
        places.resize(depth, "");
        let texts = [row.unit(), row.part().unwrap_or(""), row.name()].into_iter().chain(places);
        writer.write_field(kind)?;
        for text in texts {
            writer.write_field(safe_cell(text).as_bytes())?;
        }
        for value in row.values() {
            writer.write_field(value.map(|number| number.to_string()).unwrap_or_default())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()?;
    Ok(())
}

/// Puts a `'` in front of text that begins with `=`, `+`, `-`, `@`, tab or CR, unless it is a number
/// (a sign, digits, at most one point), so that no spreadsheet runs it.
pub fn safe_cell(text: &str) -> Cow<'_, str> {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if risky && !is_number(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let mut parts = digits.split('.');
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    parts.next().is_some_and(plain) && parts.next().is_none_or(plain) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::table;

    #[test]
    fn a_table_as_csv() {
        let table = table("unit,part,place,voters,#a,#b\n1,paper,N/Hill,9,,0\n=North,,N,9,,0\n");
        let mut out = Vec::new();
        write_csv(&table, &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "kind,unit,part,name,place_1,place_2,voters,a,b\nunit,1,paper,,N,Hill,9,,0\ntotal,North,,,N,,9,,0\n"
        );
    }

    #[test]
    fn formulas_are_disarmed_and_numbers_are_not() {
        for risky in ["=1+1", "+cmd|' /C calc'!A0", "-x", "@SUM(A1)", "\t=1", "\r=1", "-1-1", "+", "-1.2.3"] {
            assert_eq!(safe_cell(risky), format!("'{risky}"));
        }
        for plain in ["-1", "+49", "-1.5", "001", "Hill", "a=b", ""] {
            assert_eq!(safe_cell(plain), plain);
        }
    }

    #[test]
    fn names_of_columns_and_units_are_disarmed() {
        let table = table("unit,#=HYPERLINK(1)\n@x,3\n");
        let mut out = Vec::new();
        write_csv(&table, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "kind,unit,part,name,'=HYPERLINK(1)\nunit,'@x,,,3\n");
    }
}
