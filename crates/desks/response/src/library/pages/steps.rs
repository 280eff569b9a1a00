//! The steps of a playbook as people read them, also of one with errors: what stands there, in the reader's language where
//! the playbook has it, cut to what a page can hold.

use crate::library::shelf::Book;
use crate::library::words::clipped;
use scr_playbooks::EXTENSION_ID;
use scr_playbooks::extension::is_language;
use scr_playbooks::graph::{Flow, Graph, Node, StepKind};
use scr_web::Visit;
use serde_json::Value;
use std::collections::BTreeMap;

/// Characters of a name.
pub(super) const NAME: usize = 160;
/// Characters of a description or command.
const LONG: usize = 2_000;
/// Steps in the table; more stand in the file.
const MOST_STEPS: usize = 400;
/// Commands of one step.
const MOST_COMMANDS: usize = 20;

/// A command.
pub(super) struct CommandRow {
    /// Its type, as the playbook has it.
    pub(super) kind: String,
    /// What it says.
    pub(super) text: String,
    /// Whether nothing here ever carries it out.
    pub(super) is_carried: bool,
    /// Whether it is a request that may be sent to what is on the allow list.
    pub(super) is_request: bool,
}

/// Where one gets to from a step.
pub(super) struct Way {
    /// When.
    pub(super) label: String,
    /// The number of the step in the table; `None` where it is not there.
    pub(super) to: Option<usize>,
    /// Its name, or the identifier that leads nowhere.
    pub(super) name: String,
}

/// A step.
pub(super) struct StepRow {
    /// From 1, in the order in which one meets them.
    pub(super) number: usize,
    /// Its identifier.
    pub(super) id: String,
    /// What kind of step it is.
    pub(super) kind: StepKind,
    /// That, in words.
    pub(super) kind_name: String,
    /// Its name; what kind it is, where it has none.
    pub(super) name: String,
    /// Its description.
    pub(super) description: String,
    /// The condition that it asks for.
    pub(super) condition: String,
    /// Who does it.
    pub(super) who: String,
    /// Who signs as the second; `None` where nobody does.
    pub(super) second: Option<String>,
    /// When it is late, and when it has failed.
    pub(super) times: Vec<String>,
    /// What must be handed in.
    pub(super) evidence: Option<String>,
    /// What is to be done.
    pub(super) commands: Vec<CommandRow>,
    /// Commands that are not shown.
    pub(super) more_commands: usize,
    /// What follows.
    pub(super) ways: Vec<Way>,
    /// Whether no way leads here.
    pub(super) is_unreachable: bool,
}

impl StepRow {
    /// Number and name, for lists.
    pub(super) fn label(&self) -> String {
        format!("{}. {}", self.number, self.name)
    }

    /// Its identifier as it stands in an address: any text can be one.
    pub(super) fn address(&self) -> String {
        scr_web::in_address(&self.id)
    }

    /// Whether there is anything to read of it.
    pub(super) fn is_said(&self) -> bool {
        !(self.commands.is_empty() && self.description.is_empty() && self.condition.is_empty())
    }

    /// Whether it can be moved and removed.
    pub(super) fn is_act(&self) -> bool {
        matches!(self.kind, StepKind::Action | StepKind::Playbook)
    }
}

/// The steps of a playbook, and how many stand in the file alone.
pub(super) struct Steps {
    /// In the order in which one meets them.
    pub(super) rows: Vec<StepRow>,
    /// The place in the table of each step of the graph.
    pub(super) place: Vec<Option<usize>>,
    /// How many are not shown.
    pub(super) more: usize,
    /// The language of the texts, for screen readers.
    pub(super) lang: Option<String>,
}

/// The texts of a language in an object with our extension.
fn translated<'a>(holder: &'a Value, extensions: &str, lang: &str) -> Option<&'a Value> {
    holder.get(extensions)?.get(EXTENSION_ID)?.get("texts")?.get(lang)
}

/// A text of an object, in the language where it has it.
pub(super) fn text_in(holder: &Value, extensions: &str, lang: &str, name: &str) -> Option<String> {
    let own = translated(holder, extensions, lang).and_then(|texts| texts.get(name)?.as_str());
    own.or_else(|| holder.get(name)?.as_str()).map(str::to_owned)
}

/// The name of an agent.
pub(super) fn agent_name(book: &Book, id: &str, lang: &str) -> String {
    let name = book
        .playbook
        .entry("agent_definitions", id)
        .and_then(|agent| text_in(agent, "agent_target_extensions", lang, "name"));
    clipped(name.as_deref().unwrap_or(id), NAME)
}

/// A length of time in milliseconds, in words.
pub(super) fn duration(visit: &Visit, milliseconds: u64) -> String {
    const UNITS: [(&str, u64); 3] =
        [("library-days", 86_400_000), ("library-hours", 3_600_000), ("library-minutes", 60_000)];
    // i18n: library-days, library-hours, library-minutes
    let fits = |(_, unit): &&(&str, u64)| milliseconds >= *unit && milliseconds.is_multiple_of(*unit);
    match UNITS.iter().find(fits) {
        Some((key, unit)) => visit.ta(key, &[("count", (milliseconds / unit).into())]),
        None => visit.ta("library-seconds", &[("count", milliseconds.div_ceil(1_000).into())]),
    }
}

/// What kind of step it is.
pub(super) fn kind_name(visit: &Visit, kind: StepKind) -> String {
    // i18n: library-step-*
    visit.t(&format!("library-step-{}", kind.as_str()))
}

/// When a branch is taken.
pub(super) fn branch_name(visit: &Visit, kind: StepKind, label: &str) -> String {
    match (kind, label) {
        (StepKind::Parallel, number) => {
            let number = number.parse::<u64>().map_or(0, |number| number + 1);
            visit.ta("library-way-parallel", &[("number", number.into())])
        }
        (StepKind::While, _) => visit.t("library-way-again"),
        (StepKind::If, "true") => visit.t("library-way-yes"),
        (StepKind::If, _) => visit.t("library-way-no"),
        (_, case) => visit.ta("library-way-case", &[("case", clipped(case, 60).into())]),
    }
}

/// When one goes on.
pub(super) fn flow_name(visit: &Visit, flow: Flow) -> String {
    visit.t(match flow {
        Flow::Completion => "library-way-then",
        Flow::Success => "library-way-success",
        Flow::Failure => "library-way-failure",
    })
}

/// Every step of the graph once: as one meets them, then those that one never meets.
fn order(graph: &Graph) -> Vec<usize> {
    let mut seen = vec![false; graph.nodes.len()];
    let mut all = Vec::with_capacity(graph.nodes.len());
    let mut waiting: Vec<usize> = (0..graph.nodes.len()).rev().collect();
    waiting.extend(graph.exception);
    waiting.extend(graph.start);
    while let Some(at) = waiting.pop() {
        if std::mem::replace(&mut seen[at], true) {
            continue;
        }
        let node = &graph.nodes[at];
        all.push(at);
        // The last is taken first: branches, then what follows, then what follows a failure.
        waiting.extend(node.otherwise());
        waiting.extend(node.next());
        waiting.extend(node.branches.iter().rev().map(|(_, to)| *to));
    }
    all
}

/// The language in which the page shows the playbook's texts.
fn shown_language(book: &Book, lang: &str) -> Option<String> {
    let own = book.playbook.value();
    if translated(&own, "playbook_extensions", lang).is_some() {
        return Some(lang.to_owned());
    }
    let extension = own.get("playbook_extensions")?.get(EXTENSION_ID)?;
    extension.get("language")?.as_str().filter(|lang| is_language(lang)).map(str::to_owned)
}

/// The steps of a playbook.
pub(super) fn steps(visit: &Visit, book: &Book) -> Steps {
    let lang = visit.lang_code();
    let order = order(&book.graph);
    let mut place = vec![None; book.graph.nodes.len()];
    for (number, at) in order.iter().take(MOST_STEPS).enumerate() {
        place[*at] = Some(number);
    }
    let values: BTreeMap<&str, &Value> = book.playbook.dictionary("workflow").collect();
    let none = Value::Null;
    let value = |at: usize| values.get(book.graph.nodes[at].id.as_str()).copied().unwrap_or(&none);
    let names: Vec<String> = (0..book.graph.nodes.len())
        .map(|at| {
            let name =
                text_in(value(at), "step_extensions", lang, "name").filter(|name| !name.trim().is_empty());
            name.map_or_else(|| kind_name(visit, book.graph.nodes[at].kind), |name| clipped(&name, NAME))
        })
        .collect();
    let rows = order.iter().take(MOST_STEPS).enumerate();
    let rows = rows.map(|(row, at)| {
        let ways = ways(visit, &book.graph.nodes[*at], &names, &place);
        step(visit, book, (row, *at), value(*at), (&names, ways))
    });
    Steps {
        rows: rows.collect(),
        place,
        more: order.len().saturating_sub(MOST_STEPS),
        lang: shown_language(book, lang),
    }
}

fn ways(visit: &Visit, node: &Node, names: &[String], place: &[Option<usize>]) -> Vec<Way> {
    let way =
        |label: String, to: usize| Way { label, to: place[to].map(|row| row + 1), name: names[to].clone() };
    let branches = node.branches.iter().map(|(label, to)| way(branch_name(visit, node.kind, label), *to));
    let flows = node.flows.iter().map(|(flow, to)| way(flow_name(visit, *flow), *to));
    let missing = node.missing.iter().map(|(path, id)| Way {
        label: clipped(&path.join("/"), 60),
        to: None,
        name: clipped(id, NAME),
    });
    branches.chain(flows).chain(missing).collect()
}

fn step(
    visit: &Visit,
    book: &Book,
    (row, at): (usize, usize),
    value: &Value,
    (names, ways): (&[String], Vec<Way>),
) -> StepRow {
    let lang = visit.lang_code();
    let node = &book.graph.nodes[at];
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    let own = |name: &str| value.get("step_extensions")?.get(EXTENSION_ID)?.get(name);
    let agent = |id: &str| agent_name(book, id, lang);
    let mut times = Vec::new();
    if let Some(deadline) = own("deadline").and_then(Value::as_u64) {
        times.push(visit.ta("library-late-after", &[("time", duration(visit, deadline).into())]));
    }
    if let Some(timeout) = value.get("timeout").and_then(Value::as_u64) {
        times.push(visit.ta("library-failed-after", &[("time", duration(visit, timeout).into())]));
    }
    if let Some(turns) = own("max_turns").and_then(Value::as_u64) {
        times.push(visit.ta("library-at-most-turns", &[("count", turns.into())]));
    }
    let evidence = match own("evidence").and_then(Value::as_str) {
        Some("note") => Some(visit.t("library-evidence-note")),
        Some("file") => Some(visit.t("library-evidence-file")),
        _ => None,
    };
    let is_double = own("sign_off").and_then(Value::as_u64) == Some(2);
    let second = own("sign_off_agent").and_then(Value::as_str);
    let second = is_double.then(|| second.map_or_else(|| visit.t("library-second-any"), agent));
    let (commands, more_commands) = commands(value, lang);
    StepRow {
        number: row + 1,
        id: node.id.clone(),
        kind: node.kind,
        kind_name: kind_name(visit, node.kind),
        name: names[at].clone(),
        description: clipped(
            &text_in(value, "step_extensions", lang, "description").unwrap_or_default(),
            LONG,
        ),
        condition: clipped(text("condition").or_else(|| text("switch")).unwrap_or_default(), 400),
        who: text("agent").map(agent).unwrap_or_default(),
        second,
        times,
        evidence,
        commands,
        more_commands,
        ways,
        is_unreachable: node.scope.is_none() && book.graph.start.is_some(),
    }
}

/// The commands of a step, and how many more there are.
fn commands(step: &Value, lang: &str) -> (Vec<CommandRow>, usize) {
    let none = Vec::new();
    let all = step.get("commands").and_then(Value::as_array).unwrap_or(&none);
    let texts = translated(step, "step_extensions", lang).and_then(|texts| texts.get("commands")?.as_array());
    let row = |(at, command): (usize, &Value)| {
        let text = |name: &str| command.get(name).and_then(Value::as_str);
        let kind = text("type").unwrap_or_default();
        let own = texts.and_then(|texts| texts.get(at)?.as_str()).filter(|_| kind == "manual");
        let shown = own.map(str::to_owned).or_else(|| text("command").map(str::to_owned));
        let shown = shown
            .or_else(|| text("command_b64").map(decoded))
            .or_else(|| text("description").map(str::to_owned));
        CommandRow {
            kind: clipped(kind, 40),
            text: lines(&shown.unwrap_or_default()),
            is_carried: !["manual", "http-api"].contains(&kind),
            is_request: kind == "http-api",
        }
    };
    (all.iter().enumerate().take(MOST_COMMANDS).map(row).collect(), all.len().saturating_sub(MOST_COMMANDS))
}

/// What stands in base64, where it is text; as it stands there otherwise.
fn decoded(text: &str) -> String {
    let bytes = scr_canon::unb64(text).ok();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| text.to_owned())
}

/// Several lines of text.
fn lines(text: &str) -> String {
    let mut left = LONG;
    let mut all = Vec::new();
    for line in text.lines().take(60) {
        let shown = clipped(line, left);
        left = left.saturating_sub(shown.chars().count());
        all.push(shown);
        if left == 0 {
            break;
        }
    }
    if text.lines().nth(60).is_some() {
        all.push("…".to_owned());
    }
    all.join("\n")
}
