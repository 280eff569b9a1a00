//! What all these pages are made with.

use crate::acts::not_yours;
use crate::data::Kept;
pub(super) use crate::desk::{actor, audit_of};
use scr_engine::ActError;
use scr_web::components::Crumb;
use scr_web::{App, Visit};
pub(super) use scr_web::{form_page, go, in_address, just_recorded, recorded, run, run_heavy};

/// An audit of the actor's own organisation.
pub(super) fn own(app: &App, visit: &Visit, id: &str) -> Result<Kept, ActError> {
    let kept = audit_of(app, id)?;
    if kept.org() == actor(visit)?.org.as_str() { Ok(kept) } else { Err(not_yours().into()) }
}

/// The desk's page of an audit.
pub(super) fn href(audit: &str) -> String {
    format!("/desk/audits/{}", in_address(audit))
}

/// The pages above a page of an audit.
pub(super) fn crumbs(visit: &Visit, kept: &Kept, more: &[(String, String)]) -> Vec<Crumb> {
    let mut crumbs = vec![
        Crumb::new("/desk", visit.t("audit-conduct-crumb-desk")),
        Crumb::new("/desk/audits", visit.t("audit-conduct-crumb-audits")),
        Crumb::new(href(&kept.id), kept.audit.title()),
    ];
    crumbs.extend(more.iter().map(|(href, text)| Crumb::new(href.clone(), text.clone())));
    crumbs
}

/// Western, Arabic-Indic and Persian digits as western ones: whatever the keyboard gives.
pub(super) fn western(text: &str) -> String {
    let digit = |letter: char| {
        let first = match letter {
            '٠'..='٩' => '٠',
            '۰'..='۹' => '۰',
            _ => return letter,
        };
        let value = u32::from(letter) - u32::from(first);
        char::from_digit(value, 10).unwrap_or(letter)
    };
    text.chars().map(digit).collect()
}

/// A whole number as people type it: with digits of any script, and spaces between groups.
pub(super) fn number(text: &str) -> Option<u64> {
    let digits: String = western(text).chars().filter(|letter| !letter.is_whitespace()).collect();
    let fine = !digits.is_empty() && digits.len() <= 12 && digits.bytes().all(|one| one.is_ascii_digit());
    digits.parse().ok().filter(|_| fine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_typed_with_digits_of_any_script_and_nothing_else() {
        for (typed, value) in [("412", 412), ("٤١٢", 412), ("۴ ۱۲", 412), ("1 000", 1_000)] {
            assert_eq!(number(typed), Some(value), "{typed}");
        }
        for wrong in ["", " ", "-1", "1.5", "x", "9999999999999"] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
    }
}
