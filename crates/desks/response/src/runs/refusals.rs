//! What people read where the run does not take an act.

use super::codes;
use super::data::Kept;
use scr_core::Refusal;
use scr_core::RefusalKind::{Conflict, Forbidden, Invalid};
use scr_engine::utc_text;
use scr_playbooks::Plan;
use scr_playbooks::run::{Place, Refusal as NotTaken};

/// The refusal in codes. `kept`: the run as it stands.
pub(crate) fn refusal_of(refusal: &NotTaken, kept: Option<&Kept>, plan: &Plan) -> Refusal {
    match refusal {
        NotTaken::NotThere(place) | NotTaken::NotNow(place) => kept
            .and_then(|kept| first(kept, place))
            .unwrap_or_else(|| Refusal::new(Conflict, codes::NOTHING_WAITS)),
        NotTaken::TooEarly { from, .. } => {
            Refusal::new(Conflict, codes::TOO_EARLY).with("from", utc_text(from.div_euclid(1_000)))
        }
        NotTaken::TooLate(_) => Refusal::new(Conflict, codes::TOO_LATE),
        NotTaken::Role { wanted } => {
            let agent = plan.agents.iter().find(|agent| agent.role == *wanted);
            let name = agent.map_or(wanted.as_str(), |agent| agent.name.as_str());
            Refusal::new(Forbidden, codes::OTHER_ROLE).with("role", name)
        }
        NotTaken::SamePerson => Refusal::new(Forbidden, codes::SAME_PERSON),
        NotTaken::Evidence(what) if what.contains("file") => Refusal::new(Invalid, codes::NO_FILE).on("file"),
        NotTaken::Evidence(_) => Refusal::new(Invalid, codes::NO_NOTE).on("note"),
        NotTaken::Value { name, why } => {
            let refusal = Refusal::new(Invalid, codes::VALUE).with("name", name).with("why", why);
            refusal.on(&format!("value-{name}"))
        }
        NotTaken::NoValue(names) => {
            Refusal::new(Invalid, codes::VALUES_MISSING).with("names", names.join(", "))
        }
        NotTaken::Paused => Refusal::new(Conflict, codes::PAUSED),
        NotTaken::NotPaused => Refusal::new(Conflict, codes::NOT_PAUSED),
        NotTaken::Ended => Refusal::new(Conflict, codes::ENDED),
        other => Refusal::new(Conflict, codes::OTHER).with("why", other),
    }
}

/// Who was first, where the step was done, or handed in and waits for its second person.
fn first(kept: &Kept, place: &Place) -> Option<Refusal> {
    let said = |person: &str, at: i64| {
        let refusal = Refusal::new(Conflict, codes::DONE_ALREADY).with("who", kept.name_of(person));
        refusal.with("at", utc_text(at.div_euclid(1_000)))
    };
    if let Some(handed) = kept.fold.tasks().get(place).and_then(|task| task.handed.as_ref()) {
        return handed.by.as_ref().map(|by| said(&by.person, handed.at));
    }
    let past = kept.fold.past().get(place)?.last()?;
    if let Some((second, at)) = &past.second {
        return Some(said(&second.person, *at));
    }
    let handed = past.handed.as_ref()?;
    handed.by.as_ref().map(|by| said(&by.person, handed.at))
}
