//! An alert's bundle as QR codes, each for another reader: text for the camera of a telephone, bytes for a scanner.

use super::files::{armour, bundle};
use crate::issued::Issued;
use crate::kit::in_one_line;
use scr_charts::{qr_bytes, qr_long};
use scr_engine::ActError;
use scr_web::{App, Visit};

/// Longest text that is drawn, in characters: a code of 165 modules. With the white around it that is half the width of a sheet of
/// A4 with modules of half a millimetre, so that both codes stand side by side and can be read.
const LONGEST: usize = 3_669;

/// The codes of one bundle, as drawings.
pub(super) struct Codes {
    /// The bundle itself.
    pub(super) bytes: String,
    /// The same in letters, in one line; nothing where it is too long.
    pub(super) text: Option<String>,
}

fn text_code(text: &str, title: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    qr_long(text, title)
}

/// The codes of an alert; nothing until there is a bundle.
pub(super) fn codes(app: &App, visit: &Visit, one: &Issued) -> Result<Option<Codes>, ActError> {
    match bundle(app, one) {
        Ok(bundle) => {
            let text = in_one_line(&armour(one, &bundle));
            let bytes = qr_bytes(&bundle, &visit.t("alerts-public-qr"));
            Ok(bytes.map(|bytes| Codes { bytes, text: text_code(&text, &visit.t("alerts-public-qr-text")) }))
        }
        Err(ActError::Refused(_)) => Ok(None),
        Err(fault) => Err(fault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_too_fine_for_half_a_sheet_is_left_out() {
        let of = |length: usize| text_code(&"X".repeat(length), "t");
        assert!(of(LONGEST).unwrap().contains("viewBox=\"0 0 173 173\""));
        assert_eq!(of(LONGEST + 1), None);
        // Half of what is between the margins of A4, less half the gap of 24 pixels, in micrometres.
        let half = (180_000 - 6_350) / 2;
        assert!(half / 173 >= 500);
    }
}
