//! Answers questions about playbooks, one JSON object a line: the peers' side of `tools/interop/alerts/cacao_run`.
//!
//! `{"op":"check","text":…}`, `{"op":"edit","text":…}` (a round of edits, the text that comes out),
//! `{"op":"verify","text":…,"pem":…,"now":…}` (microseconds since 1970).

use scr_playbooks::edit::{NewStep, Where};
use scr_playbooks::signature::{PinnedKey, verify};
use scr_playbooks::{Doing, Edit, Evidence, Limits, Plan, Playbook, check, edit};
use serde_json::{Value, json};
use std::io::{BufRead as _, Write as _};

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let question: Value = serde_json::from_str(&line?).map_err(std::io::Error::other)?;
        writeln!(out, "{}", answer(&question))?;
        out.flush()?;
    }
    Ok(())
}

fn answer(question: &Value) -> Value {
    let text = question["text"].as_str().unwrap_or_default();
    let playbook = match Playbook::read(text.as_bytes(), &Limits::default()) {
        Ok(playbook) => playbook,
        Err(error) => return json!({"error": error.to_string()}),
    };
    match question["op"].as_str() {
        Some("check") => {
            let report = check(&playbook, &Limits { findings: 10_000, ..Limits::default() });
            let findings = report.findings.iter().filter(|finding| finding.is_error());
            let listed: Vec<Value> = findings
                .map(|one| json!({"code": one.code.as_str(), "layer": format!("{:?}", one.layer), "path": one.path}))
                .collect();
            json!({"schema": report.passes_schema(), "sound": report.is_sound(), "errors": listed})
        }
        Some("edit") => edited(&playbook),
        Some("verify") => match PinnedKey::parse("pinned", question["pem"].as_str().unwrap_or_default()) {
            Err(error) => json!({"error": error.to_string()}),
            Ok(key) => {
                let signed = verify(&playbook, &[key], question["now"].as_i64().unwrap_or_default());
                json!(signed.iter().map(|one| format!("{:?}", one.verdict)).collect::<Vec<_>>())
            }
        },
        _ => json!({"error": "no such question"}),
    }
}

/// Adopts a playbook and changes it in every way.
fn edited(playbook: &Playbook) -> Value {
    let plan = match Plan::of(playbook, &Limits::default()) {
        Ok(plan) => plan,
        Err(report) => return json!({"error": format!("{:?}", report.findings)}),
    };
    let acts: Vec<&scr_playbooks::Step> = plan
        .steps
        .iter()
        .filter(|step| matches!(step.doing, Doing::Act { .. }) && step.next.is_some())
        .collect();
    let (Some(first), Some(last)) = (acts.first(), acts.last()) else { return json!({"error": "no steps"}) };
    let id = |kind: &str, number: u8| format!("{kind}--00000000-0000-4000-8000-0000000000{number:02x}");
    let step = first.id.clone();
    let new = NewStep {
        id: id("action", 1),
        name: "Tell the night shift".into(),
        instruction: "Call the night shift.".into(),
        agent: plan.agents[0].id.clone(),
    };
    let edits = [
        Edit::Adopt {
            id: id("playbook", 2),
            created_by: id("identity", 3),
            created: "2026-11-29T00:00:00.000Z".into(),
        },
        Edit::AddStep(new, Where::After(step.clone())),
        Edit::PutAgent {
            id: id("group", 4),
            name: "Night shift".into(),
            role: Some("night".into()),
            reports_to: Some(plan.agents[0].id.clone()),
        },
        Edit::SetAgent { step: id("action", 1), agent: id("group", 4) },
        Edit::SetTimes { step: id("action", 1), deadline: Some(60_000), timeout: Some(600_000) },
        Edit::SetEvidence { step: id("action", 1), evidence: Evidence::File },
        Edit::SetSignOff { step: step.clone(), is_double: true, agent: Some(id("group", 4)) },
        Edit::SetText {
            step: Some(step),
            language: Some("de".into()),
            name: Some("Anfang".into()),
            description: None,
            commands: None,
        },
        Edit::SetText {
            step: None,
            language: None,
            name: Some("Ours".into()),
            description: Some("Changed".into()),
            commands: None,
        },
        Edit::MoveStep(id("action", 1), Where::After(last.id.clone())),
    ];
    match edit(playbook, &edits, "2026-11-29T00:00:00.000Z", &Limits::default()) {
        Ok(changed) => json!({"text": changed.raw()}),
        Err(error) => json!({"error": error.to_string()}),
    }
}
