//! Response in the demonstration: a playbook that is in force, one that waits for a second person, and a severity.

use scr_core::Actor;
use scr_desk_response::library::{self, NewPlaybook};
use scr_desk_response::runs::Person;
use scr_desk_response::severity::{self, Answers, Polls};
use scr_engine::{ActError, Engine, Fault};
use scr_playbooks::severity::{ElectionSettings, Levels};
use scr_playbooks::starters::STARTERS;
use std::collections::BTreeMap;

/// In force.
const ADOPTED: &str = "disinformation";
/// Imported, and waits for a second person.
const WAITING: &str = "voting-systems";

/// A message that goes round on election day, as NCISS asks about it.
const CHOSEN: [(&str, &str); 8] = [
    ("functional_impact", "minimal_critical"),
    ("observed_activity", "engage"),
    ("location_of_observed_activity", "unknown"),
    ("actor_characterization", "hacktivists"),
    ("information_impact", "no_impact"),
    ("recoverability", "regular"),
    ("cross_sector_dependency", "government_facilities"),
    ("potential_impact", "moderate"),
];

fn import(engine: &Engine, official: &Actor, name: &str) -> Result<(String, u64), ActError> {
    let found = STARTERS.iter().find(|one| one.name == name);
    let starter = found.ok_or_else(|| Fault::log(&format!("no starter {name}")))?;
    let new =
        NewPlaybook { bytes: starter.text.as_bytes(), code: Some(name), reason: None, is_starter: true };
    let imported = library::import(engine, official, &new)?;
    Ok((imported.code, imported.version))
}

/// Two playbooks and a severity, by the electoral commission.
pub(super) fn fill(
    engine: &Engine,
    election: &str,
    official: &Actor,
    supervisor: &Actor,
) -> Result<(), ActError> {
    let (code, version) = import(engine, official, ADOPTED)?;
    let kept = engine.read(|views| library::version(views, &code, version))?;
    let kept = kept.ok_or_else(|| Fault::log(&"the playbook is not there"))?;
    library::adopt(engine, supervisor, (&code, version), &kept.sha256)?;
    import(engine, official, WAITING)?;
    let answers = Answers {
        chosen: CHOSEN
            .iter()
            .map(|(factor, option)| ((*factor).to_owned(), (*option).to_owned()))
            .collect::<BTreeMap<_, _>>(),
        polls: Polls::Open,
        voters: 12_000,
        levels: Levels::default(),
        settings: ElectionSettings::default(),
    };
    let assessment = severity::assess(&answers)?;
    let person = Person { actor: supervisor, name: "Sofía Supervisor" };
    severity::record(engine, person, ("False closing times in messages", Some(election)), &assessment)?;
    Ok(())
}
