//! From a form to changes; and the form as it stands before anything is changed.

use super::choices::{UNITS, manual};
use super::{Desk, What};
use crate::library::pages::steps::{StepRow, text_in};
use scr_playbooks::edit::{NewStep, Where};
use scr_playbooks::extension::is_language;
use scr_playbooks::forms::type_of;
use scr_playbooks::{EXTENSION_ID, Edit, Evidence};
use scr_web::FormState;
use serde_json::Value;

/// Characters of a name, and of a text.
const NAME: usize = 300;
const TEXT: usize = 8_000;

/// The playbook's value of the step.
fn value<'a>(desk: &'a Desk<'_>, id: &str) -> Option<&'a Value> {
    desk.place.book.playbook.entry("workflow", id)
}

fn own<'a>(step: &'a Value, name: &str) -> Option<&'a Value> {
    step.get("step_extensions")?.get(EXTENSION_ID)?.get(name)
}

/// A length of time as a number and its unit.
fn split(milliseconds: u64) -> (u64, &'static str) {
    let fits = |(_, unit): &&(&str, u64)| milliseconds.is_multiple_of(*unit);
    let best = UNITS.iter().filter(fits).max_by_key(|(_, unit)| *unit);
    best.map_or((milliseconds.div_ceil(1_000), "seconds"), |(name, unit)| (milliseconds / unit, name))
}

/// A UUID of version 4 of random bytes.
fn uuid(bytes: [u8; 16]) -> String {
    let hex = scr_canon::sha256(&bytes).to_hex();
    format!("{}-{}-4{}-8{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}

/// The form as the playbook stands.
pub(super) fn filled(desk: &Desk<'_>) -> FormState {
    let asked = |name: &str| desk.visit.query.get(name).unwrap_or_default();
    let mut form = FormState::new();
    let lang = Some(asked("in")).filter(|lang| is_language(lang)).unwrap_or_default();
    if desk.what.has_step() {
        form = form.with("step", asked("step"));
    }
    let whole = desk.place.book.playbook.value();
    match desk.what {
        What::About => {
            let text = |name: &str| text_in(&whole, "playbook_extensions", lang, name).unwrap_or_default();
            form.with("in", lang).with("name", text("name")).with("description", text("description"))
        }
        What::Step => match value(desk, asked("step")) {
            Some(step) => step_form(form.with("in", lang), step, lang),
            None => form,
        },
        What::Add => form
            .with("new_id", format!("action--{}", uuid(desk.app.entropy.bytes())))
            .with("place", asked("place")),
        What::Role => role_form(desk, form, asked("role")),
        What::Remove | What::Move | What::Link => form,
    }
}

fn step_form(form: FormState, step: &Value, lang: &str) -> FormState {
    let text = |name: &str| text_in(step, "step_extensions", lang, name).unwrap_or_default();
    let mut form = form.with("name", text("name")).with("description", text("description"));
    for (at, command) in texts(step, lang).iter().enumerate() {
        form = form.with(&format!("command-{at}"), command);
    }
    form = form.with("agent", step.get("agent").and_then(Value::as_str).unwrap_or_default());
    let times = [("deadline", own(step, "deadline")), ("timeout", step.get("timeout"))];
    for (name, time) in times {
        if let Some((count, unit)) = time.and_then(Value::as_u64).map(split) {
            form = form.with(name, count).with(&format!("{name}_unit"), unit);
        }
    }
    if let Some(turns) = own(step, "max_turns").and_then(Value::as_u64) {
        form = form.with("turns", turns);
    }
    let double = own(step, "sign_off").and_then(Value::as_u64) == Some(2);
    form.with("evidence", own(step, "evidence").and_then(Value::as_str).unwrap_or("none"))
        .with("double", if double { "yes" } else { "no" })
        .with("second", own(step, "sign_off_agent").and_then(Value::as_str).unwrap_or_default())
}

/// What the manual commands of a step say in a language.
fn texts(step: &Value, lang: &str) -> Vec<String> {
    let none = Vec::new();
    let all = step.get("commands").and_then(Value::as_array).unwrap_or(&none);
    let own = own(step, "texts").and_then(|texts| texts.get(lang)?.get("commands")?.as_array());
    let text = |(at, command): (usize, &Value)| {
        let own = own.and_then(|own| own.get(at)?.as_str());
        own.or_else(|| command.get("command")?.as_str()).unwrap_or_default().to_owned()
    };
    all.iter().enumerate().map(text).collect()
}

fn role_form(desk: &Desk<'_>, form: FormState, id: &str) -> FormState {
    let form = form.with("new_id", format!("group--{}", uuid(desk.app.entropy.bytes())));
    let Some(agent) = desk.place.book.playbook.entry("agent_definitions", id) else { return form };
    let own = |name: &str| agent.get("agent_target_extensions")?.get(EXTENSION_ID)?.get(name)?.as_str();
    form.with("role_id", id)
        .with("name", agent.get("name").and_then(Value::as_str).unwrap_or_default())
        .with("role", own("role").unwrap_or_default())
        .with("above", own("reports_to").unwrap_or_default())
}

/// A form that is read into changes.
struct Reader<'a, 'b> {
    desk: &'a Desk<'b>,
    form: &'a mut FormState,
}

impl Reader<'_, '_> {
    fn text(&self, name: &str) -> String {
        self.form.value(name).replace("\r\n", "\n")
    }

    fn reject(&mut self, field: &str, key: &str) {
        // i18n: library-wrong-*
        let text = self.desk.visit.t(key);
        self.form.reject(field, text);
    }

    /// A text that must be there.
    fn needed(&mut self, name: &str, most: usize) -> String {
        let text = self.text(name);
        if text.is_empty() || text.chars().count() > most {
            self.reject(name, "library-wrong-text");
        }
        text
    }

    /// A text that may be empty.
    fn fits(&mut self, name: &str, most: usize) -> String {
        let text = self.text(name);
        if text.chars().count() > most {
            self.reject(name, "library-wrong-text");
        }
        text
    }

    /// A length of time in milliseconds; nothing where the field is empty.
    fn time(&mut self, name: &str) -> Option<u64> {
        let typed = self.text(name);
        if typed.is_empty() {
            return None;
        }
        let chosen = self.text(&format!("{name}_unit"));
        let unit = UNITS.iter().find(|(unit, _)| *unit == chosen).map_or(60_000, |(_, unit)| *unit);
        let time =
            typed.parse::<u64>().ok().and_then(|count| count.checked_mul(unit)).filter(|time| *time > 0);
        if time.is_none() {
            self.reject(name, "library-wrong-time");
        }
        time
    }

    fn agent(&mut self, name: &str) -> String {
        let id = self.text(name);
        if self.desk.place.book.playbook.entry("agent_definitions", &id).is_none() {
            self.reject(name, "library-wrong-choice");
        }
        id
    }

    fn place(&mut self) -> Where {
        let typed = self.text("place");
        let place = match typed.split_once(':') {
            Some(("after", step)) => Some(Where::After(step.to_owned())),
            Some(("branch", rest)) => {
                rest.split_once(':').map(|(step, label)| Where::Branch(step.to_owned(), label.to_owned()))
            }
            _ => None,
        };
        if place.is_none() {
            self.reject("place", "library-wrong-choice");
        }
        place.unwrap_or(Where::After(String::new()))
    }

    fn language(&self) -> Option<String> {
        Some(self.text("in")).filter(|lang| is_language(lang))
    }

    fn step(&mut self, row: &StepRow) -> Vec<Edit> {
        let Some(value) = value(self.desk, &row.id) else { return Vec::new() };
        let step = row.id.clone();
        let language = self.language();
        let mut edits = Vec::new();
        edits.extend(self.step_texts(row, value, language.clone()));
        if language.is_some() {
            return edits;
        }
        let (deadline, timeout) = (self.time("deadline"), self.time("timeout"));
        let old =
            (own(value, "deadline").and_then(Value::as_u64), value.get("timeout").and_then(Value::as_u64));
        if (deadline, timeout) != old {
            edits.push(Edit::SetTimes { step: step.clone(), deadline, timeout });
        }
        let turns = self.text("turns");
        if !turns.is_empty()
            && own(value, "max_turns").and_then(Value::as_u64).map(|old| old.to_string())
                != Some(turns.clone())
        {
            match turns.parse() {
                Ok(max_turns) => edits.push(Edit::SetBound { step, max_turns }),
                Err(_) => self.reject("turns", "library-wrong-number"),
            }
        }
        if value.get("commands").is_some() {
            edits.extend(self.step_people(row, value));
        }
        edits
    }

    fn step_texts(&mut self, row: &StepRow, value: &Value, language: Option<String>) -> Option<Edit> {
        let lang = language.clone().unwrap_or_default();
        let old = |name: &str| text_in(value, "step_extensions", &lang, name).unwrap_or_default();
        let name = self.fits("name", NAME);
        let description = self.fits("description", TEXT);
        let commands: Vec<String> =
            (0..manual(row)).map(|at| self.needed(&format!("command-{at}"), TEXT)).collect();
        let name = Some(name).filter(|name| *name != old("name"));
        let description = Some(description).filter(|text| *text != old("description"));
        let commands = Some(commands).filter(|all| manual(row) > 0 && *all != texts(value, &lang));
        let is_same = name.is_none() && description.is_none() && commands.is_none();
        (!is_same).then(|| Edit::SetText {
            step: Some(row.id.clone()),
            language,
            name,
            description,
            commands,
        })
    }

    /// Who does it, what is handed in, who signs.
    fn step_people(&mut self, row: &StepRow, value: &Value) -> Vec<Edit> {
        let step = row.id.clone();
        let mut edits = Vec::new();
        let agent = self.agent("agent");
        if value.get("agent").and_then(Value::as_str) != Some(&agent) {
            edits.push(Edit::SetAgent { step: step.clone(), agent });
        }
        let evidence = self.text("evidence");
        if own(value, "evidence").and_then(Value::as_str).unwrap_or("none") != evidence {
            let evidence = match evidence.as_str() {
                "note" => Evidence::Note,
                "file" => Evidence::File,
                _ => Evidence::None,
            };
            edits.push(Edit::SetEvidence { step: step.clone(), evidence });
        }
        let is_double = self.text("double") == "yes";
        let second = Some(self.text("second")).filter(|id| !id.is_empty() && is_double);
        let was = own(value, "sign_off").and_then(Value::as_u64) == Some(2);
        let old = own(value, "sign_off_agent").and_then(Value::as_str).map(str::to_owned);
        if (is_double, &second) != (was, &old) {
            edits.push(Edit::SetSignOff { step, is_double, agent: second });
        }
        edits
    }

    fn about(&mut self) -> Vec<Edit> {
        let language = self.language();
        let lang = language.clone().unwrap_or_default();
        let whole = self.desk.place.book.playbook.value();
        let old = |name: &str| text_in(&whole, "playbook_extensions", &lang, name).unwrap_or_default();
        let name = Some(self.needed("name", NAME)).filter(|name| *name != old("name"));
        let description = Some(self.fits("description", TEXT)).filter(|text| *text != old("description"));
        if name.is_none() && description.is_none() {
            return Vec::new();
        }
        vec![Edit::SetText { step: None, language, name, description, commands: None }]
    }

    fn role(&mut self) -> Vec<Edit> {
        let known = self.text("role_id");
        let id = if known.is_empty() { self.text("new_id") } else { known };
        let name = self.needed("name", NAME);
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        let (role, reports_to) = (some(self.fits("role", 64)), some(self.text("above")));
        vec![Edit::PutAgent { id, name, role, reports_to }]
    }

    fn add(&mut self) -> Vec<Edit> {
        let id = self.text("new_id");
        let id = if type_of(&id) == Some("action") { id } else { String::new() };
        let step = NewStep {
            id,
            name: self.needed("name", NAME),
            instruction: self.needed("instruction", TEXT),
            agent: self.agent("agent"),
        };
        vec![Edit::AddStep(step, self.place())]
    }
}

/// The changes that a form asks for; `None` where something in it is wrong, which then stands beside its field.
pub(super) fn edits(desk: &Desk<'_>, form: &mut FormState) -> Option<Vec<Edit>> {
    let row = desk.steps.rows.iter().find(|row| row.id == form.value("step"));
    let mut reader = Reader { desk, form };
    let edits = match (desk.what, row) {
        (What::About, _) => reader.about(),
        (What::Add, _) => reader.add(),
        (What::Role, _) => reader.role(),
        (What::Step, Some(row)) => reader.step(row),
        (What::Remove, Some(row)) => vec![Edit::RemoveStep(row.id.clone())],
        (What::Move, Some(row)) => vec![Edit::MoveStep(row.id.clone(), reader.place())],
        (What::Link, Some(row)) => {
            let (exit, to) = (reader.text("exit"), Some(reader.text("to")).filter(|to| !to.is_empty()));
            vec![Edit::Link { step: row.id.clone(), exit, to }]
        }
        (_, None) => {
            reader.reject("step", "library-wrong-choice");
            Vec::new()
        }
    };
    if edits.is_empty() && form.is_fine() {
        form.reject("", desk.visit.t("library-wrong-same"));
    }
    form.is_fine().then_some(edits)
}
