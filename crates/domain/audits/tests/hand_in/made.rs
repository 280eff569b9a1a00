//! Audits and files of two small jurisdictions.

use scr_audits::inputs::names::Mapping;
use scr_audits::record::{Contest, Settings};
use scr_audits::workflow::hand_in::{HandedIn, take};
use scr_audits::workflow::{Audit, Party, Step, What};
use scr_core::Problem;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(crate) type Handed = BTreeMap<String, BTreeMap<What, Vec<u8>>>;

pub(crate) fn formed<T: DeserializeOwned>(form: Value) -> T {
    serde_json::from_value(form).unwrap()
}

pub(crate) fn contest(name: &str, choices: &[(&str, u64)], ballots: u64) -> Contest {
    let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
    let votes: Vec<u64> = choices.iter().map(|(_, votes)| *votes).collect();
    formed(json!({
        "name": name, "choices": names, "votes": votes, "winners": 1, "votes_allowed": 1, "ballots": ballots,
        "risk_limit": "0.05", "targeted": true
    }))
}

pub(crate) fn step(audit: &mut Audit, by: &Party, step: &Step) {
    *audit = audit.step(by, step).unwrap();
}

pub(crate) fn draft(settings: Value, jurisdictions: &[&str], contests: &[Contest]) -> Audit {
    let settings: Settings = formed(settings);
    let mut audit = Audit::new("Autumn", settings, false).unwrap();
    let names = jurisdictions.iter().map(|name| (*name).to_owned()).collect();
    step(&mut audit, &Party::Administrator, &Step::NameJurisdictions(names));
    for contest in contests {
        step(&mut audit, &Party::Administrator, &Step::ChooseContest(contest.clone()));
    }
    audit
}

pub(crate) fn batches(jurisdictions: &[&str], contests: &[Contest]) -> Audit {
    draft(
        json!({"method": "batch-comparison", "sampler": "arlo-ppeb", "seed_digits": 20}),
        jurisdictions,
        contests,
    )
}

pub(crate) fn compared(method: &str, jurisdictions: &[&str], contests: &[Contest]) -> Audit {
    let mut settings = json!({"method": method, "sampler": "consistent-with-replacement", "seed_digits": 20});
    if method == "assertion-comparison" {
        settings["sampler"] = json!("consistent-without-replacement");
        settings["test"] = json!({"capped-bet": {"bet": "1.8", "max_loss": "0.9"}});
    }
    draft(settings, jurisdictions, contests)
}

/// What is handed in, by whom.
pub(crate) struct Desk {
    pub(crate) audit: Audit,
    pub(crate) handed: Handed,
    pub(crate) names: Vec<Mapping>,
}

impl Desk {
    pub(crate) fn of(audit: Audit) -> Self {
        Self { audit, handed: Handed::new(), names: Vec::new() }
    }

    pub(crate) fn look(&self, whose: &str, what: What, bytes: &[u8]) -> Result<HandedIn, Vec<Problem>> {
        let manifest = self.handed.get(whose).and_then(|own| own.get(&What::Manifest)).map(Vec::as_slice);
        take(what, &self.audit, whose, ("a.csv", bytes), manifest, &self.names)
    }

    pub(crate) fn takes(&mut self, whose: &str, what: What, bytes: &[u8]) -> Vec<String> {
        let taken = self.look(whose, what, bytes).unwrap();
        let upload = Step::Upload { jurisdiction: whose.to_owned(), what, upload: taken.upload };
        step(&mut self.audit, &Party::Jurisdiction(whose.to_owned()), &upload);
        self.handed.entry(whose.to_owned()).or_default().insert(what, taken.bytes);
        told(&taken.warnings)
    }

    pub(crate) fn refuses(&self, whose: &str, what: What, bytes: &[u8]) -> Vec<String> {
        told(&self.look(whose, what, bytes).unwrap_err())
    }

    pub(crate) fn sign(&mut self) {
        for name in self.audit.jurisdictions().keys().cloned().collect::<Vec<_>>() {
            let over = self.audit.to_sign(&name).unwrap();
            let signed = Step::SignUploads { jurisdiction: name.clone(), over };
            step(&mut self.audit, &Party::Jurisdiction(name), &signed);
        }
    }
}

pub(crate) fn told(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(Problem::to_string).collect()
}
