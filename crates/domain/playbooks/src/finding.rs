//! What is found in a playbook: code, place, values, and what to do about it.

use scr_core::Severity;
use std::fmt;

/// Who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// The JSON schemas that OASIS publishes beside CACAO 2.0.
    Schema,
    /// The text of CACAO 2.0, where its schemas are silent.
    Standard,
    /// The workflow as a graph.
    Graph,
    /// This program: what it will not run.
    Execution,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $layer:ident $severity:ident $text:literal $advice:literal;)+) => {
        /// What was found.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name,)+ }

        impl Code {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Its stable name.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// Who says so.
            pub const fn layer(self) -> Layer {
                match self { $(Self::$name => Layer::$layer,)+ }
            }

            /// An error keeps the playbook from being run; a warning wants somebody to look.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }

            /// What to do about it, in English.
            pub const fn advice(self) -> &'static str {
                match self { $(Self::$name => $advice,)+ }
            }
        }
    };
}

codes! {
    /// A property that must be there is not.
    Missing Schema Error "missing" "add the property";
    /// A value of another type than the standard has.
    WrongType Schema Error "wrong-type" "write a value of the type that is named";
    /// A text that is not one of those that are allowed.
    NotAllowed Schema Error "not-allowed" "take one of the values that are named";
    /// Not `type--UUID`.
    BadIdentifier Schema Error "bad-identifier" "write the type, two hyphens and a UUID of version 1 to 5";
    /// Not a time in UTC.
    BadTime Schema Error "bad-time" "write the time as 2026-11-03T20:00:00.000Z";
    /// A number outside of its bounds.
    OutOfBounds Schema Error "out-of-bounds" "write a number within the bounds that are named";
    /// Fewer entries than there must be.
    TooFew Schema Error "too-few" "add entries, or leave the property out";
    /// A property that must not be there.
    Forbidden Schema Error "forbidden" "leave the property out";
    /// Something that must be one of several alternatives is none or several of them.
    OneOf Schema Error "one-of" "keep exactly one of the properties that are named";
    /// An address that is not written as one.
    BadAddress Schema Error "bad-address" "write the address in the form of its kind";
    /// The key of a dictionary is not in the form that it must have.
    BadKey Standard Error "bad-key" "name the entry as the standard asks";
    /// A type of object that CACAO 2.0 does not have: kept, and not looked into.
    UnknownType Standard Warning "unknown-type" "nothing, if the sender uses it on purpose; it is kept and not looked into";
    /// A property that CACAO 2.0 does not have: kept.
    UnknownProperty Standard Warning "unknown-property" "nothing, if it is there on purpose; extensions are the standard's place for it";
    /// A value that is not in the standard's open vocabulary.
    UnknownTerm Standard Warning "unknown-term" "take a term of the vocabulary where one fits";
    /// There is no such day.
    NoSuchDay Standard Error "no-such-day" "write a day of the calendar";
    /// Two times in the wrong order.
    TimesReversed Standard Error "times-reversed" "write the later time later";
    /// `on_completion` beside `on_success` or `on_failure`.
    BothContinuations Standard Error "both-continuations" "keep on_completion, or on_success with on_failure";
    /// A command without its text.
    NoCommand Standard Error "no-command" "add command or command_b64";
    /// The type of an object is another one than its identifier says.
    TypeAndId Standard Error "type-and-id" "give the object an identifier of its own type";
    /// `workflow_start` is no start step.
    StartNotStart Standard Error "start-not-start" "add a start step and name it in workflow_start";
    /// A workflow needs a start, an action and an end.
    StepKindMissing Standard Error "step-kind-missing" "add the step";
    /// `playbook_activities` must be there with `playbook_types`.
    ActivitiesMissing Standard Warning "activities-missing" "say in playbook_activities what the steps do";
    /// A constant that is to be changed.
    ConstantChanged Standard Error "constant-changed" "make the variable no constant, or take it out of out_args";
    /// A value that is not of its variable's type.
    BadValue Standard Warning "bad-value" "write the value in the form of the variable's type";
    /// A secret that stands in the playbook.
    SecretInside Standard Warning "secret-inside" "take the secret out and change it: everybody who gets the playbook has it";
    /// A step that is named is not there.
    StepMissing Graph Error "step-missing" "add the step, or name another";
    /// A step to which no way leads.
    Unreachable Graph Error "unreachable" "lead a way to the step, or remove it";
    /// Nothing follows a step.
    NextMissing Graph Error "next-missing" "add on_completion or on_success";
    /// Nothing follows a step with branches: when they are through, the branch in which it stands is.
    EndImplied Graph Warning "end-implied" "add on_completion, if only an end step";
    /// From this step no end is reached.
    NoEnd Graph Error "no-end" "lead the step to an end step";
    /// Steps that lead to themselves without a condition that ends it.
    EndlessLoop Graph Error "endless-loop" "write the loop as a while-condition with a bound";
    /// A while-condition without a bound.
    UnboundedLoop Graph Error "unbounded-loop" "give the step a timeout, or a bound (max_turns in our extension)";
    /// Nothing within the loop changes what it asks for.
    LoopChangesNothing Graph Warning "loop-changes-nothing" "let a step of the loop return one of the variables (out_args)";
    /// Two branches end in the same end step.
    EndShared Graph Error "end-shared" "give every branch an end step of its own";
    /// A step that stands in two branches.
    StepShared Graph Error "step-shared" "give every branch steps of its own";
    /// Branches within each other beyond the limit.
    TooNested Graph Error "too-nested" "write the inner part as a playbook of its own";
    /// More steps than are taken.
    TooManySteps Graph Error "too-many-steps" "write parts as playbooks of their own";
    /// A variable that is used and nowhere defined.
    VariableMissing Graph Error "variable-missing" "define the variable in playbook_variables or step_variables";
    /// A variable that branches write while others read or write it.
    VariableRace Graph Warning "variable-race" "let each branch write variables of its own";
    /// An agent that is not defined.
    AgentMissing Graph Error "agent-missing" "define the agent in agent_definitions";
    /// A target that is not defined.
    TargetMissing Graph Error "target-missing" "define the target in target_definitions";
    /// Authentication, marking or extension that is not defined.
    DefinitionMissing Graph Error "definition-missing" "define what is named";
    /// A condition that cannot be read.
    BadCondition Graph Error "bad-condition" "write comparisons such as __name__:value = 'text'";
    /// Playbooks that start each other in a ring, or too deep.
    PlaybookLoop Graph Error "playbook-loop" "let no playbook lead back to one that started it";
    /// A playbook that is started and not at hand.
    PlaybookMissing Graph Warning "playbook-missing" "import the playbook that is named, in the version that is named";
    /// Our extension holds something else than it should.
    BadExtension Execution Error "bad-extension" "see the guide for what the extension holds";
    /// The second signature is asked from a role that is not there.
    RoleMissing Execution Error "role-missing" "name one of the agents";
    /// A command that people see and this program never executes.
    NotExecuted Execution Note "not-executed" "read it; a person decides and does it by hand";
    /// An HTTP request that cannot be sent as it stands.
    BadRequest Execution Warning "bad-request" "write METHOD /path HTTP/1.1, and the host in the target";
    /// There is more.
    More Execution Warning "more" "mend what is listed first";
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub code: Code,
    /// Who says so: mostly [`Code::layer`], and the standard's text for what its schemas do not look into.
    pub layer: Layer,
    /// Where, as a JSON pointer (RFC 6901); empty for the whole playbook.
    pub path: String,
    /// Values for a message, by name: `value` is what stands there, `wanted` what should; at most 200 characters each.
    pub args: Vec<(&'static str, String)>,
}

impl Finding {
    /// Whether it keeps the playbook from being run.
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }

    /// A value for the message.
    pub fn arg(&self, name: &str) -> Option<&str> {
        self.args.iter().find_map(|(known, value)| (*known == name).then_some(value.as_str()))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code.as_str(), if self.path.is_empty() { "/" } else { &self.path })?;
        self.args.iter().try_for_each(|(name, value)| write!(f, " {name}={value:?}"))?;
        write!(f, ": {}", self.code.advice())
    }
}

/// At most 200 characters of a text.
pub(crate) fn clipped(text: &str) -> String {
    match text.char_indices().nth(200) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

/// Everything that was found, and how much of what kind, also beyond what is listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// In the order of the checks.
    pub findings: Vec<Finding>,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Errors by the schemas of OASIS alone.
    pub schema_errors: usize,
}

impl Report {
    /// Whether nothing keeps the playbook from being run.
    pub fn is_sound(&self) -> bool {
        self.errors == 0
    }

    /// Whether the schemas of OASIS would take the playbook.
    pub fn passes_schema(&self) -> bool {
        self.schema_errors == 0
    }

    /// The first finding of a code.
    pub fn find(&self, code: Code) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.code == code)
    }
}

/// Collects findings at a place that moves.
pub(crate) struct Findings {
    report: Report,
    path: String,
    most: usize,
    layer: Option<Layer>,
}

impl Findings {
    pub(crate) fn new(most: usize) -> Self {
        Self { report: Report::default(), path: String::new(), most, layer: None }
    }

    pub(crate) fn into_report(self) -> Report {
        self.report
    }

    pub(crate) fn add(&mut self, code: Code, args: Vec<(&'static str, String)>) {
        let layer = self.layer.unwrap_or(code.layer());
        match code.severity() {
            Severity::Error => self.report.errors += 1,
            Severity::Warning => self.report.warnings += 1,
            Severity::Note => {}
        }
        if code.severity() == Severity::Error && layer == Layer::Schema {
            self.report.schema_errors += 1;
        }
        let list = &mut self.report.findings;
        if list.len() < self.most {
            list.push(Finding { code, layer, path: self.path.clone(), args });
        } else if list.len() == self.most {
            list.push(Finding {
                code: Code::More,
                layer: Layer::Execution,
                path: String::new(),
                args: Vec::new(),
            });
        }
    }

    /// What is found within is said by the standard's text, not by its schemas.
    pub(crate) fn beyond_the_schema(&mut self, run: impl FnOnce(&mut Self)) {
        let before = self.layer.replace(Layer::Standard);
        run(self);
        self.layer = before;
    }

    /// At the present place.
    pub(crate) fn say(&mut self, code: Code, name: &'static str, value: &str) {
        self.add(code, vec![(name, clipped(value))]);
    }

    /// Goes to a member or an item and back.
    pub(crate) fn at<R>(&mut self, name: &str, run: impl FnOnce(&mut Self) -> R) -> R {
        let length = self.path.len();
        self.enter(name);
        let result = run(self);
        self.path.truncate(length);
        result
    }

    /// Goes down several members and back.
    pub(crate) fn within(&mut self, names: &[String], run: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        names.iter().for_each(|name| self.enter(name));
        run(self);
        self.path.truncate(length);
    }

    fn enter(&mut self, name: &str) {
        self.path.push('/');
        self.path.push_str(&name.replace('~', "~0").replace('/', "~1"));
    }
}
