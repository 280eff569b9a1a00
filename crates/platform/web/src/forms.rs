//! Forms: what was typed stays, and errors stand beside the field and at the top.

use crate::app::App;
use crate::fresh::PREFIX;
use crate::problem::{Problem, Reply, refusal_text};
use crate::visit::Visit;
use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use scr_core::Refusal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A form as typed, with its errors.
#[derive(Debug, Clone, Default)]
pub struct FormState {
    values: BTreeMap<String, String>,
    /// What is wrong, in the order of the list at the top.
    pub errors: Vec<FieldError>,
}

/// One thing that is wrong; `field` is empty when it is about the whole form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name.
    pub field: String,
    /// What is wrong and what to do.
    pub text: String,
}

impl FormState {
    /// An empty form.
    pub fn new() -> Self {
        Self::default()
    }

    /// Fills a field in advance.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.values.insert(name.to_owned(), value.to_string());
        self
    }

    /// What stands in a field, without spaces around it.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", |value| value.trim())
    }

    /// True when the field has this value.
    pub fn is(&self, name: &str, value: impl AsRef<str>) -> bool {
        self.value(name) == value.as_ref()
    }

    /// The field's error.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.field == name).map(|error| error.text.as_str())
    }

    /// Adds an error.
    pub fn reject(&mut self, field: &str, text: impl Into<String>) {
        self.errors.push(FieldError { field: field.to_owned(), text: text.into() });
    }

    /// Adds a refusal, beside the field that it names.
    pub fn refuse(&mut self, visit: &Visit, refusal: &Refusal) {
        self.reject(refusal.field.as_deref().unwrap_or_default(), refusal_text(visit, refusal));
    }

    /// True while nothing is wrong.
    pub fn is_fine(&self) -> bool {
        self.errors.is_empty()
    }
}

/// A posted form (`application/x-www-form-urlencoded`) whose token has been checked.
#[derive(Debug)]
pub struct Posted {
    /// The fields.
    pub form: FormState,
    /// Every pair in its order, for fields that occur more than once.
    pub pairs: Vec<(String, String)>,
    /// The visit.
    pub visit: Visit,
}

/// Largest form.
pub(crate) const MAX_FORM_BYTES: usize = 256 * 1024;
const MAX_FIELDS: usize = 5_000;

impl FromRequest<Arc<App>> for Posted {
    type Rejection = Reply;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Reply> {
        let (parts, body) = request.into_parts();
        let visit = Visit::of(app, &parts);
        let refuse = |status, code| Reply::problem(&visit, &Problem::new(status, code));
        let bytes = to_bytes(body, MAX_FORM_BYTES).await.map_err(|_| refuse(413, "SCR-WEB-005"))?;
        // The decoder would put other characters in the place of what is not UTF-8.
        let text = std::str::from_utf8(&bytes).map_err(|_| refuse(422, "SCR-WEB-006"))?;
        let pairs: Vec<(String, String)> =
            serde_urlencoded::from_str(text).map_err(|_| refuse(422, "SCR-WEB-006"))?;
        if pairs.len() > MAX_FIELDS {
            return Err(refuse(413, "SCR-WEB-005"));
        }
        let token = pairs.iter().find(|(name, _)| name == "csrf").map_or("", |(_, value)| value.as_str());
        if !same_token(token, &visit.csrf) {
            return Err(refuse(403, "SCR-WEB-003"));
        }
        // The confirmation before a signing act has served; the password goes no further.
        let (_, pairs): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(name, _)| name.starts_with(PREFIX));
        let values = pairs.iter().filter(|(name, _)| name != "csrf").cloned().collect();
        Ok(Self { form: FormState { values, errors: Vec::new() }, pairs, visit })
    }
}

/// Compares without telling by its duration how much was right.
pub(crate) fn same_token(given: &str, wanted: &str) -> bool {
    let differs = given.bytes().zip(wanted.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    !wanted.is_empty() && given.len() == wanted.len() && differs == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_must_be_the_same_and_not_empty() {
        assert!(same_token("abc", "abc"));
        for (given, wanted) in [("abd", "abc"), ("ab", "abc"), ("abcd", "abc"), ("", "")] {
            assert!(!same_token(given, wanted));
        }
    }

    #[test]
    fn values_stay_and_errors_stand_at_their_field() {
        let mut form = FormState::new().with("votes", " 41 ");
        form.reject("votes", "too many");
        assert_eq!(form.value("votes"), "41");
        assert_eq!(form.error("votes"), Some("too many"));
        assert_eq!(form.error("name"), None);
        assert!(!form.is_fine());
    }
}
