//! The seal: who has confirmed that something stands in the record.

use crate::markup::Markup;
use crate::visit::Visit;
use std::fmt::Write;

/// The five states of a seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealState {
    /// Independent organisations have confirmed it: `given` of the `of` that the policy names.
    Confirmed {
        /// Organisations that have confirmed.
        given: u32,
        /// Organisations that the policy names.
        of: u32,
        /// Whether those are as many, and from as many sides, as the policy asks for.
        enough: bool,
        /// When enough of them had first confirmed it, in seconds since 1970, UTC.
        since: Option<i64>,
    },
    /// Recorded and signed by the operator only: no witnesses yet.
    Operator,
    /// Promised, not yet in a checkpoint.
    Waiting,
    /// Not recorded.
    Absent,
    /// What is shown departs from what is recorded, or two parties were shown different records.
    Contradicted,
}

/// A seal beside a figure, statement, finding or file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// Its state.
    pub state: SealState,
    /// When it was recorded, in seconds since 1970, UTC.
    pub at: Option<i64>,
    /// Its receipt, for instance `/receipts/17`.
    pub href: String,
}

/// Rings with more parts than this cannot be told apart.
const MAX_PARTS: u32 = 12;
const OPEN: &str = "<!--seal-->";
const CLOSE: &str = "<!--/seal-->";

impl Seal {
    /// The seal as HTML; `short` leaves the words to screen readers.
    ///
    /// It stands between two comments, because cosignatures arrive later and elsewhere: mirrors
    /// compare pages without them (see [`digested_body`]).
    pub(crate) fn html(&self, visit: &Visit, short: bool) -> Markup {
        let class = match self.state {
            SealState::Confirmed { enough: true, .. } => "confirmed",
            SealState::Confirmed { enough: false, .. } => "operator",
            SealState::Operator => "operator",
            SealState::Waiting => "waiting",
            SealState::Absent => "absent",
            SealState::Contradicted => "contradicted",
        };
        // A contradiction is never shortened.
        let short = short && self.state != SealState::Contradicted;
        let (state, detail) = self.words(visit);
        let words = if short {
            format!("<span class=\"visually-hidden\">{state}. {detail}</span>")
        } else {
            format!("<span class=\"seal-words\"><strong>{state}</strong><small>{detail}</small></span>")
        };
        let size = if short { " short" } else { "" };
        let href = Markup::text(&self.href);
        let mark = self.mark();
        undigested(&format!("<a class=\"seal {class}{size}\" href=\"{href}\">{mark}{words}</a>"))
    }

    fn words(&self, visit: &Visit) -> (Markup, Markup) {
        let state = match self.state {
            SealState::Confirmed { given, of, .. } => {
                visit.tha("seal-confirmed", &[("given", given.into()), ("of", of.into())])
            }
            SealState::Operator => visit.th("seal-operator"),
            SealState::Waiting => visit.th("seal-waiting"),
            SealState::Absent => visit.th("seal-absent"),
            SealState::Contradicted => visit.th("seal-contradicted"),
        };
        let detail = match (self.state, self.at) {
            (SealState::Contradicted, _) => visit.th("seal-contradicted-detail"),
            (SealState::Absent, _) => visit.th("seal-absent-detail"),
            (state, Some(at)) => {
                let recorded = format!("{} {}", visit.th("seal-recorded-at"), visit.moment(at));
                Markup(match state {
                    SealState::Confirmed { enough: false, .. } => {
                        format!("{recorded} · {}", visit.th("seal-confirmed-not-enough"))
                    }
                    SealState::Confirmed { since: Some(since), .. } => {
                        format!("{recorded} · {} {}", visit.th("seal-confirmed-at"), visit.moment(since))
                    }
                    _ => recorded,
                })
            }
            (_, None) => visit.th("seal-waiting-detail"),
        };
        (state, detail)
    }

    fn mark(&self) -> String {
        let mut svg = String::from(
            "<svg class=\"seal-mark\" viewBox=\"0 0 40 40\" aria-hidden=\"true\" focusable=\"false\">",
        );
        match self.state {
            SealState::Confirmed { given, of, .. } => ring(&mut svg, given, of),
            SealState::Operator => {
                svg.push_str("<circle class=\"ring given\" cx=\"20\" cy=\"20\" r=\"17\" pathLength=\"4\" stroke-dasharray=\"0.9 3.1\" transform=\"rotate(-86 20 20)\"/><circle class=\"ring\" cx=\"20\" cy=\"20\" r=\"17\" pathLength=\"4\" stroke-dasharray=\"0.12 0.213\" stroke-dashoffset=\"-1.05\"/>");
            }
            SealState::Waiting | SealState::Absent => {
                svg.push_str("<circle class=\"ring\" cx=\"20\" cy=\"20\" r=\"17\"/>");
            }
            SealState::Contradicted => {}
        }
        svg.push_str(match self.state {
            SealState::Confirmed { enough: true, .. } => {
                "<circle class=\"disc\" cx=\"20\" cy=\"20\" r=\"12\"/><path class=\"on-disc\" d=\"M14.3 20.4l4 4 7.4-8.2\"/>"
            }
            SealState::Operator | SealState::Confirmed { .. } => {
                "<circle class=\"glyph\" cx=\"20\" cy=\"20\" r=\"10.5\"/><path class=\"glyph\" d=\"M15.5 20.3l3.2 3.2 5.8-6.4\"/>"
            }
            SealState::Waiting => {
                "<circle class=\"disc\" cx=\"13.5\" cy=\"20\" r=\"2\"/><circle class=\"disc\" cx=\"20\" cy=\"20\" r=\"2\"/><circle class=\"disc\" cx=\"26.5\" cy=\"20\" r=\"2\"/>"
            }
            SealState::Absent => "<path class=\"glyph\" d=\"M14 20h12\"/>",
            SealState::Contradicted => {
                "<path class=\"disc\" d=\"M13 2h14l11 11v14L27 38H13L2 27V13z\"/><path class=\"on-disc\" d=\"M13.5 13.5l13 13M26.5 13.5l-13 13\"/>"
            }
        });
        svg.push_str("</svg>");
        svg
    }
}

/// One arc per organisation that the policy names, drawn full when it has confirmed.
fn ring(svg: &mut String, given: u32, of: u32) {
    let parts = of.clamp(1, MAX_PARTS);
    let full = if of > MAX_PARTS { given * MAX_PARTS / of } else { given.min(parts) };
    for part in 0..parts {
        let class = if part < full { "ring given" } else { "ring" };
        let turn = 360 * part / parts;
        let turn = i64::from(turn) - 90 + i64::from(16 / parts);
        let _ = write!(
            svg,
            "<circle class=\"{class}\" cx=\"20\" cy=\"20\" r=\"17\" pathLength=\"{parts}00\" stroke-dasharray=\"86 {}\" transform=\"rotate({turn} 20 20)\"/>",
            u64::from(parts) * 100 - 86
        );
    }
}

/// HTML that is no part of what mirrors compare; `html` is escaped already.
pub(crate) fn undigested(html: &str) -> Markup {
    Markup(format!("{OPEN}{html}{CLOSE}"))
}

/// The part of a public page that two mirrors compare: everything but the seals, and what a mirror says
/// of itself.
pub fn digested_body(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(OPEN) {
        out.push_str(before);
        rest = after.split_once(CLOSE).map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

/// Who wrote an entry, for people: the issuer without the log's own name before it.
pub fn issuer_name<'a>(origin: &str, issuer: &'a str) -> &'a str {
    let own = issuer.strip_prefix(origin).unwrap_or(issuer);
    own.strip_prefix("/org/").or(own.strip_prefix('/')).unwrap_or(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(state: SealState) -> Seal {
        Seal { state, at: Some(0), href: "/receipts/17".into() }
    }

    fn confirmed(given: u32, enough: bool) -> SealState {
        SealState::Confirmed { given, of: 4, enough, since: enough.then_some(60) }
    }

    #[test]
    fn every_state_says_itself_in_words_and_differs_from_the_others() {
        let visit = Visit::for_tests(scr_i18n::Lang::En);
        let states = [
            confirmed(3, true),
            confirmed(3, false),
            SealState::Operator,
            SealState::Waiting,
            SealState::Absent,
            SealState::Contradicted,
        ];
        let all: Vec<String> = states.map(|state| seal(state).html(&visit, true).0).into();
        for (i, html) in all.iter().enumerate() {
            assert!(html.contains("/receipts/17"));
            assert!(all.iter().skip(i + 1).all(|other| other != html));
        }
        assert!(all[0].contains("<bdi>3</bdi> of <bdi>4</bdi>"), "{}", all[0]);
        assert_eq!(all[0].matches("ring given").count(), 3);
        assert!(!all[1].contains("disc"), "too few is not drawn as enough");
        assert!(all[0].contains("1970-01-01T00:01:00Z"), "{}", all[0]);
        assert!(all[5].contains("seal-words"), "a contradiction is never shortened");
    }

    #[test]
    fn cosignatures_do_not_change_the_digested_body() {
        let visit = Visit::for_tests(scr_i18n::Lang::En);
        let page = |given| {
            let seal = seal(confirmed(given, given > 2)).html(&visit, false);
            format!("<p>41 votes {seal}</p>")
        };
        assert_ne!(page(1), page(4));
        assert_eq!(digested_body(&page(1)), digested_body(&page(4)));
        assert_eq!(digested_body(&page(1)), "<p>41 votes </p>");
    }
}
