#!/usr/bin/env python3
"""Writes crates/domain/audits/src/sample/printable.rs from this Python's own str.isprintable.

Run it with Python 3.11 (Unicode 14.0.0): `python3.11 printable.py | rustfmt --edition 2024 >printable.rs`.
"""
import sys
import unicodedata

ranges = []
for code in range(0x110000):
    if not chr(code).isprintable():
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])

print(f'''//! Which characters Python's `repr()` leaves as they are. Written by `tools/interop/samplers/printable.py`.
//!
//! Not printable are the general categories Cc, Cf, Cs, Co, Cn, Zl, Zp, and Zs but for the ASCII space. Characters that
//! Unicode assigned after {unicodedata.unidata_version} are escaped here, and by a Python with that version.

/// The version of Unicode that `is_printable` follows: that of Python {sys.version_info.major}.{sys.version_info.minor}.
pub const UNICODE_VERSION: &str = "{unicodedata.unidata_version}";

/// Python's `str.isprintable()` of one character.
pub fn is_printable(letter: char) -> bool {{
    let code = u32::from(letter);
    let after = NOT_PRINTABLE.partition_point(|(first, _)| *first <= code);
    after == 0 || NOT_PRINTABLE[after - 1].1 < code
}}

#[rustfmt::skip]
static NOT_PRINTABLE: [(u32, u32); {len(ranges)}] = [''')
line = "   "
for first, last in ranges:
    item = f" ({first:#x}, {last:#x}),"
    if len(line) + len(item) > 118:
        print(line)
        line = "   "
    line += item
print(line)
print("];")
