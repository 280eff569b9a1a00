//! Canonical JSON (RFC 8785) with all numbers of JSON: `scr-canon` takes integers only, observables may hold fractions.

use serde_json::{Number, Value};

/// Deepest nesting that is written.
const MAX_DEPTH: usize = 128;

/// The canonical text of a value; `None` when it is nested too deep, or holds a number that no double holds.
pub fn canonical(value: &Value) -> Option<String> {
    let mut out = String::with_capacity(128);
    write(value, 0, &mut out)?;
    Some(out)
}

fn write(value: &Value, depth: usize, out: &mut String) -> Option<()> {
    if depth > MAX_DEPTH {
        return None;
    }
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => write_number(number, out)?,
        Value::String(text) => write_string(text, out),
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, depth + 1, out)?;
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<(&String, &Value)> = members.iter().collect();
            // By UTF-16 code units (section 3.2.3): not the order of UTF-8 beyond U+FFFF.
            members.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
            out.push('{');
            for (at, (name, value)) in members.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_string(name, out);
                out.push(':');
                write(value, depth + 1, out)?;
            }
            out.push('}');
        }
    }
    Some(())
}

/// Section 3.2.2.3: as ECMAScript writes a double (ECMA-262, Number::toString).
fn write_number(number: &Number, out: &mut String) -> Option<()> {
    let value = number.as_f64().filter(|value| value.is_finite())?;
    if value == 0.0 {
        out.push('0');
        return Some(());
    }
    if value < 0.0 {
        out.push('-');
    }
    let written = shortest(value.abs());
    let (digits, exponent) = written.split_once('e')?;
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    // ECMA-262 calls this n: the value is 0.digits × 10^n.
    let point = exponent.parse::<i64>().ok()? + 1;
    let count = i64::try_from(digits.len()).ok()?;
    let zeros = |n: i64| "0".repeat(usize::try_from(n).unwrap_or(0));
    if (count..=21).contains(&point) {
        out.push_str(&digits);
        out.push_str(&zeros(point - count));
    } else if (1..=21).contains(&point) {
        let (whole, fraction) = digits.split_at(usize::try_from(point).ok()?);
        out.push_str(whole);
        out.push('.');
        out.push_str(fraction);
    } else if (-5..=0).contains(&point) {
        out.push_str("0.");
        out.push_str(&zeros(-point));
        out.push_str(&digits);
    } else {
        let (first, rest) = digits.split_at(1);
        out.push_str(first);
        if !rest.is_empty() {
            out.push('.');
            out.push_str(rest);
        }
        out.push('e');
        out.push(if point > 0 { '+' } else { '-' });
        out.push_str(&(point - 1).abs().to_string());
    }
    Some(())
}

/// The fewest digits that give back the same double, as `d.ddde±x`; of those the nearest, and of two the even one.
fn shortest(value: f64) -> String {
    let fewest = format!("{value:e}");
    let digits = fewest.bytes().take_while(|byte| *byte != b'e').filter(u8::is_ascii_digit).count();
    // Where two are equally near, Rust's shortest is not always the even one; its rounding is.
    let even = format!("{value:.*e}", digits.saturating_sub(1));
    let same = even.parse::<f64>().is_ok_and(|again| again.to_bits() == value.to_bits());
    if same { even } else { fewest }
}

/// Section 3.2.2.2.
fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            c if u32::from(c) < 0x20 => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn double(bits: u64) -> Option<String> {
        canonical(&json!(f64::from_bits(bits)))
    }

    /// RFC 8785, appendix B: the doubles of the table, and how they are written.
    #[test]
    fn rfc_8785_appendix_b() {
        let table = [
            (0x0000_0000_0000_0000, "0"),
            (0x8000_0000_0000_0000, "0"),
            (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"),
            (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0xc340_0000_0000_0000, "-9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
            (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
            (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
            (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
            (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x41b3_de43_5555_5553, "333333333.3333332"),
            (0x41b3_de43_5555_5554, "333333333.33333325"),
            (0x41b3_de43_5555_5555, "333333333.3333333"),
            (0x41b3_de43_5555_5556, "333333333.3333334"),
            (0x41b3_de43_5555_5557, "333333333.33333343"),
            (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
            (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
        ];
        for (bits, text) in table {
            assert_eq!(double(bits).as_deref(), Some(text), "{bits:x}");
        }
    }

    #[test]
    fn members_are_sorted_and_numbers_written_as_doubles() {
        let value = json!({"\u{1f600}": 1, "\u{fb33}": 2, "b": [1.0, 1e3, -0.0, 1.5], "a": "\u{7}\u{1f}\"/"});
        assert_eq!(
            canonical(&value).unwrap(),
            "{\"a\":\"\\u0007\\u001f\\\"/\",\"b\":[1,1000,0,1.5],\"\u{1f600}\":1,\"\u{fb33}\":2}"
        );
        assert_eq!(canonical(&json!(u64::MAX)).unwrap(), "18446744073709552000");
    }

    proptest! {
        #[test]
        fn the_text_gives_back_the_double(bits: u64) {
            let value = f64::from_bits(bits);
            prop_assume!(value.is_finite());
            prop_assert_eq!(double(bits).unwrap().parse::<f64>().unwrap().to_bits(), (value + 0.0).to_bits());
        }

        /// The record's own writer is the other opinion, for what it takes.
        #[test]
        fn it_agrees_with_the_record(texts in prop::collection::btree_map(".{0,5}", -9_007_199_254_740_991_i64..=9_007_199_254_740_991, 0..6)) {
            let value = json!(texts);
            prop_assert_eq!(canonical(&value).unwrap().into_bytes(), scr_canon::canonical_value(&value).unwrap());
        }
    }
}
