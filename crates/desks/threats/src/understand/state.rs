//! What an indicator is worth now: whether it counts, whether members doubt it, and how often it was seen.

use super::near::{Item, Place, seconds};
use scr_engine::rusqlite;
use scr_stix::Head;
use scr_web::Visit;
use scr_web::components::{Tag, Tone};
use std::collections::BTreeMap;

/// Opinions and sightings of one object that are looked at.
const MOST: usize = 500;

/// Whether an indicator counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// Not yet.
    NotYet,
    /// It counts.
    Valid,
    /// It counts, and more members disagree with it than agree.
    Doubted,
    /// Its time is over.
    Expired,
    /// Whoever made it has taken it back.
    Revoked,
}

impl Standing {
    /// Whether anybody should still act on it.
    pub(crate) fn counts(self) -> bool {
        matches!(self, Self::Valid | Self::Doubted)
    }
}

/// What members say of an object.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Feedback {
    /// How often it was seen.
    pub(crate) sightings: u64,
    /// When it was last seen, in seconds.
    pub(crate) last_seen: Option<i64>,
    /// Members that agree.
    pub(crate) agree: usize,
    /// Members that disagree.
    pub(crate) disagree: usize,
}

/// An indicator now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct State {
    /// Whether it counts.
    pub(crate) standing: Standing,
    /// What members say of it.
    pub(crate) feedback: Feedback,
    /// Until when it counts, in seconds.
    pub(crate) until: Option<i64>,
}

/// The state of an indicator at a moment, in seconds. `valid_until` is the first moment at which it counts no more
/// (STIX 2.1 section 4.7).
pub(crate) fn state_of(head: &Head, feedback: Feedback, now: i64) -> State {
    let (from, until) = (head.valid_from.as_ref().map(seconds), head.valid_until.as_ref().map(seconds));
    let standing = if head.revoked {
        Standing::Revoked
    } else if until.is_some_and(|until| until <= now) {
        Standing::Expired
    } else if from.is_some_and(|from| from > now) {
        Standing::NotYet
    } else if feedback.disagree > feedback.agree {
        Standing::Doubted
    } else {
        Standing::Valid
    };
    State { standing, feedback, until }
}

/// What members say of an object, as far as the reader may see it.
pub(crate) fn feedback(place: &Place<'_>, id: &str) -> rusqlite::Result<Feedback> {
    Ok(count(&place.saying(id, &["sighting", "opinion"], MOST)?))
}

/// Each member has one opinion: its newest.
fn count(said: &[Item]) -> Feedback {
    let mut feedback = Feedback::default();
    let mut opinions: BTreeMap<&str, (i64, &str)> = BTreeMap::new();
    for item in said.iter().filter(|item| !item.head.revoked) {
        if item.kind() == "opinion" {
            let Some(opinion) = item.text("opinion") else { continue };
            let newest = opinions.entry(&item.by).or_insert((i64::MIN, opinion));
            if item.found.version >= newest.0 {
                *newest = (item.found.version, opinion);
            }
        } else {
            feedback.sightings = feedback.sightings.saturating_add(times(item));
            let seen =
                item.time("last_seen").or_else(|| item.time("first_seen")).unwrap_or_else(|| item.shared());
            feedback.last_seen = feedback.last_seen.max(Some(seen).filter(|_| times(item) > 0));
        }
    }
    let says = |ends: &str| {
        opinions.values().filter(|(_, opinion)| opinion.trim_start_matches("strongly-") == ends).count()
    };
    feedback.agree = says("agree");
    feedback.disagree = says("disagree");
    feedback
}

/// How often something was seen, as a sighting says; once, where it does not (STIX 2.1 section 5.2).
pub(crate) fn times(sighting: &Item) -> u64 {
    sighting.value.get("count").map_or(1, |count| count.as_u64().unwrap_or_default())
}

/// A word for a state.
pub(crate) fn tag(visit: &Visit, standing: Standing) -> Tag {
    let (tone, key) = match standing {
        Standing::NotYet => (Tone::Plain, "understand-state-not-yet"),
        Standing::Valid => (Tone::Good, "understand-state-valid"),
        Standing::Doubted => (Tone::Warn, "understand-state-doubted"),
        Standing::Expired => (Tone::Plain, "understand-state-expired"),
        Standing::Revoked => (Tone::Plain, "understand-state-revoked"),
    };
    Tag::new(tone, visit.t(key))
}

/// A state in a sentence or three: until when, how often seen, what members say.
pub(crate) fn sentences(visit: &Visit, state: &State) -> Vec<String> {
    let date = |at: i64| visit.texts().date(at, &visit.zone);
    let mut all = Vec::new();
    match (state.standing, state.until) {
        (Standing::Expired, Some(until)) => {
            all.push(visit.ta("understand-state-ended", &[("date", date(until).into())]))
        }
        (standing, Some(until)) if standing.counts() => {
            all.push(visit.ta("understand-state-until", &[("date", date(until).into())]));
        }
        (standing, None) if standing.counts() => all.push(visit.t("understand-state-no-end")),
        _ => {}
    }
    let feedback = &state.feedback;
    if let Some(last) = feedback.last_seen {
        let args = [("count", feedback.sightings.into()), ("date", date(last).into())];
        all.push(visit.ta("understand-state-seen", &args));
    }
    if feedback.agree + feedback.disagree > 0 {
        let args = [("agree", feedback.agree.into()), ("disagree", feedback.disagree.into())];
        all.push(visit.ta("understand-state-opinions", &args));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use scr_stix::{Limits, Object};

    fn indicator(more: &str) -> Head {
        let text = format!(
            r#"{{"type":"indicator","spec_version":"2.1","id":"indicator--7d3a0000-0000-4000-8000-000000000001","created":"2026-11-01T00:00:00Z","modified":"2026-11-01T00:00:00Z","pattern":"[a:b = 1]","pattern_type":"stix","valid_from":"2026-11-02T00:00:00Z"{more}}}"#
        );
        Object::read(text.as_bytes(), &Limits::default()).unwrap().head().clone()
    }

    #[test]
    fn the_moment_decides() {
        let until = r#","valid_until":"2026-11-03T00:00:00Z""#;
        let day = |day: i64| 1_793_491_200 + day * 86_400; // 1 November 2026
        let none = Feedback::default();
        let standing = |more: &str, feedback, now| state_of(&indicator(more), feedback, now).standing;
        assert_eq!(standing(until, none, day(0)), Standing::NotYet);
        assert_eq!(standing(until, none, day(1)), Standing::Valid);
        assert_eq!(standing(until, none, day(2) - 1), Standing::Valid);
        assert_eq!(standing(until, none, day(2)), Standing::Expired, "the end is no longer part of it");
        assert_eq!(standing("", none, day(900)), Standing::Valid);
        assert_eq!(standing(r#","revoked":true"#, none, day(1)), Standing::Revoked);
        let doubted = Feedback { agree: 1, disagree: 2, ..none };
        assert_eq!(standing(until, doubted, day(1)), Standing::Doubted);
        assert_eq!(standing(until, doubted, day(2)), Standing::Expired);
        assert_eq!(standing(until, Feedback { agree: 2, disagree: 2, ..none }, day(1)), Standing::Valid);
    }
}
