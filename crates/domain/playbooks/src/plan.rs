//! A checked playbook in the form in which it is run: steps with numbers, roles, deadlines and branches.

use crate::check::check;
use crate::condition::Condition;
use crate::extension::{self, AgentExtension, Evidence, PlaybookExtension, StepExtension, Translations};
use crate::finding::Report;
use crate::graph::{Graph, StepKind};
use crate::limits::Limits;
use crate::playbook::Playbook;
use scr_canon::Hash32;
use serde_json::Value;
use std::collections::BTreeMap;

/// A variable as it is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its type, such as `integer`.
    pub kind: String,
    /// Its first value; `None` where it is unknown.
    pub value: Option<String>,
    /// Whether it may not change.
    pub is_constant: bool,
    /// Whether its first value comes from whoever starts the playbook.
    pub is_external: bool,
    /// What it is for.
    pub description: Option<String>,
}

/// Who acts: a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// Its identifier in the playbook.
    pub id: String,
    /// Its name in the playbook's own language.
    pub name: String,
    /// The role's short name; the identifier where the playbook gives none.
    pub role: String,
    /// The agent above it in the line of authority.
    pub reports_to: Option<String>,
    /// Translations.
    pub texts: Translations,
}

/// How an action is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// People do it: all commands are `manual`.
    Manual,
    /// The program may send requests, to what is on its allow list: all commands are `http-api`.
    Http,
    /// Commands that this program never executes: people read them and decide.
    Carried,
}

/// One command as it is shown. What stands there comes from strangers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// Its type, such as `manual` or `bash`.
    pub kind: String,
    /// Its text, or what stands in `command_b64`, decoded where it is text.
    pub text: String,
    /// Its description.
    pub description: Option<String>,
    /// The command as it stands in the playbook.
    pub value: Value,
}

/// What a step does.
#[derive(Debug, Clone, PartialEq)]
pub enum Doing {
    /// Nothing of its own.
    Nothing,
    /// Commands.
    Act {
        /// How.
        way: Way,
        /// The agent, as a number in [`Plan::agents`].
        agent: usize,
        /// Targets: identifiers.
        targets: Vec<String>,
        /// In order.
        commands: Vec<Command>,
    },
    /// Another playbook.
    Call {
        /// Which.
        playbook: String,
        /// In which version; the newest that is at hand where none is named.
        version: Option<String>,
    },
    /// A condition.
    Ask(Condition),
    /// The variable of a switch.
    Switch(String),
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its identifier.
    pub id: String,
    /// Its kind.
    pub kind: StepKind,
    /// Its name in the playbook's own language; the kind where it has none.
    pub name: String,
    /// Its description.
    pub description: Option<String>,
    /// Milliseconds to wait before it begins.
    pub delay: u64,
    /// Milliseconds after which it has failed.
    pub timeout: Option<u64>,
    /// What our extension says.
    pub extension: StepExtension,
    /// The agent who signs as the second.
    pub second: Option<usize>,
    /// What it does.
    pub doing: Doing,
    /// Variables that it returns.
    pub returns: Vec<String>,
    /// Variables that it is given.
    pub takes: Vec<String>,
    /// Its own variables.
    pub variables: BTreeMap<String, Variable>,
    /// What follows when it was done.
    pub next: Option<usize>,
    /// What follows when it was not.
    pub otherwise: Option<usize>,
    /// Branches: what leads into each, and where it begins.
    pub branches: Vec<(String, usize)>,
}

/// A playbook that can be run.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Its identifier.
    pub id: String,
    /// Its version.
    pub modified: String,
    /// SHA-256 of its bytes.
    pub digest: Hash32,
    /// Its name.
    pub name: String,
    /// Its description.
    pub description: Option<String>,
    /// Language, situation and translations.
    pub extension: PlaybookExtension,
    /// Steps, in order of their identifiers.
    pub steps: Vec<Step>,
    /// Where it begins.
    pub start: usize,
    /// What handles a failure that nothing else handles.
    pub exception: Option<usize>,
    /// Agents, in order of their identifiers.
    pub agents: Vec<Agent>,
    /// Variables of the whole playbook.
    pub variables: BTreeMap<String, Variable>,
    /// The most turns of a loop that only a timeout bounds.
    pub(crate) most_turns: u64,
}

impl Plan {
    /// Checks a playbook and makes a plan of it.
    ///
    /// # Errors
    /// What is wrong with the playbook: there is an error among the findings.
    pub fn of(playbook: &Playbook, limits: &Limits) -> Result<Self, Box<Report>> {
        let report = check(playbook, limits);
        if !report.is_sound() {
            return Err(Box::new(report));
        }
        // What follows is there in every sound playbook.
        Self::build(playbook, limits).ok_or_else(|| Box::new(report))
    }

    fn build(playbook: &Playbook, limits: &Limits) -> Option<Self> {
        let graph = Graph::of(playbook, limits);
        let agents: Vec<Agent> =
            playbook.dictionary("agent_definitions").map(|(id, value)| agent(id, value)).collect();
        let steps = graph
            .nodes
            .iter()
            .map(|node| step(playbook.entry("workflow", &node.id)?, node, &agents))
            .collect::<Option<Vec<_>>>()?;
        Some(Self {
            id: playbook.id()?.to_owned(),
            modified: playbook.modified()?.to_owned(),
            digest: playbook.digest(),
            name: playbook.name()?.to_owned(),
            description: playbook.text("description").map(str::to_owned),
            extension: extension::read(Some(&playbook.value()), "playbook_extensions").ok()?,
            steps,
            start: graph.start?,
            exception: graph.exception,
            agents,
            variables: playbook
                .dictionary("playbook_variables")
                .map(|(name, value)| (name.to_owned(), variable(value)))
                .collect(),
            most_turns: limits.turns,
        })
    }

    /// The number of a step.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.steps.binary_search_by(|step| step.id.as_str().cmp(id)).ok()
    }

    /// The agent of an identifier.
    pub fn agent(&self, id: &str) -> Option<&Agent> {
        self.agents.iter().find(|agent| agent.id == id)
    }

    /// The line of authority above an agent, the nearest first. A ring ends where it closes.
    pub fn line_above(&self, agent: &Agent) -> Vec<&Agent> {
        let mut line: Vec<&Agent> = Vec::new();
        let mut next = agent.reports_to.as_deref();
        while let Some(above) = next.and_then(|id| self.agent(id)) {
            if above.id == agent.id || line.iter().any(|known| known.id == above.id) {
                break;
            }
            line.push(above);
            next = above.reports_to.as_deref();
        }
        line
    }
}

impl Step {
    /// The agent who acts.
    pub fn agent(&self) -> Option<usize> {
        match &self.doing {
            Doing::Act { agent, .. } => Some(*agent),
            _ => None,
        }
    }

    /// The most turns of a loop.
    pub fn bound(&self, plan: &Plan) -> u64 {
        self.extension.max_turns.unwrap_or(plan.most_turns)
    }

    /// Whether something must be handed in.
    pub fn evidence(&self) -> Evidence {
        self.extension.evidence
    }
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().map(str::to_owned)
}

fn list(value: &Value, name: &str) -> Vec<String> {
    let items = value.get(name).and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn agent(id: &str, value: &Value) -> Agent {
    let own: AgentExtension = extension::read(Some(value), "agent_target_extensions").unwrap_or_default();
    Agent {
        id: id.to_owned(),
        name: text(value, "name").unwrap_or_else(|| id.to_owned()),
        role: own.role.unwrap_or_else(|| id.to_owned()),
        reports_to: own.reports_to,
        texts: own.texts,
    }
}

fn variable(value: &Value) -> Variable {
    let flag = |name: &str| value.get(name).and_then(Value::as_bool).unwrap_or(false);
    Variable {
        kind: text(value, "type").unwrap_or_default(),
        value: text(value, "value"),
        is_constant: flag("constant"),
        is_external: flag("external"),
        description: text(value, "description"),
    }
}

fn step(value: &Value, node: &crate::graph::Node, agents: &[Agent]) -> Option<Step> {
    let own: StepExtension = extension::read(Some(value), "step_extensions").ok()?;
    let number = |id: &str| agents.iter().position(|agent| agent.id == id);
    let doing = match node.kind {
        StepKind::Action => {
            let commands: Vec<Command> =
                value.get("commands")?.as_array()?.iter().map(command).collect::<Option<_>>()?;
            let all = |kind: &str| commands.iter().all(|command| command.kind == kind);
            let way = if all("manual") {
                Way::Manual
            } else if all("http-api") {
                Way::Http
            } else {
                Way::Carried
            };
            Doing::Act {
                way,
                agent: number(&text(value, "agent")?)?,
                targets: list(value, "targets"),
                commands,
            }
        }
        StepKind::Playbook => {
            Doing::Call { playbook: text(value, "playbook_id")?, version: text(value, "playbook_version") }
        }
        StepKind::If | StepKind::While => Doing::Ask(Condition::parse(&text(value, "condition")?).ok()?),
        StepKind::Switch => {
            Doing::Switch(crate::check::switch_variable(value.get("switch")?.as_str()?)?.to_owned())
        }
        StepKind::Start | StepKind::End | StepKind::Parallel => Doing::Nothing,
    };
    let whole = |name: &str| value.get(name).and_then(crate::check::values::whole);
    let milliseconds = |name: &str| whole(name).and_then(|number| u64::try_from(number).ok());
    Some(Step {
        id: node.id.clone(),
        kind: node.kind,
        name: text(value, "name").unwrap_or_else(|| node.kind.as_str().to_owned()),
        description: text(value, "description"),
        delay: milliseconds("delay").unwrap_or(0),
        timeout: milliseconds("timeout"),
        second: own.sign_off_agent.as_deref().and_then(number),
        extension: own,
        doing,
        returns: list(value, "out_args"),
        takes: list(value, "in_args"),
        variables: value
            .get("step_variables")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.clone(), variable(value)))
            .collect(),
        next: node.next(),
        otherwise: node.otherwise(),
        branches: node.branches.clone(),
    })
}

fn command(value: &Value) -> Option<Command> {
    let decoded = || -> Option<String> {
        use base64::Engine as _;
        let text = value.get("command_b64")?.as_str()?;
        let bytes = base64::engine::general_purpose::STANDARD.decode(text).ok();
        Some(bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| text.to_owned()))
    };
    Some(Command {
        kind: text(value, "type")?,
        text: text(value, "command").or_else(decoded).unwrap_or_default(),
        description: text(value, "description"),
        value: value.clone(),
    })
}
