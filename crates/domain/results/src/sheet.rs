//! Entry of one tally sheet by four eyes. The diagram is `docs/reference/sheet-states.md`; a test
//! holds the code against its table.

use scr_core::{PersonId, Refusal, RefusalKind};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Numbers of a sheet by column name. `None`: the sheet states none.
pub type Numbers = BTreeMap<String, Option<u64>>;

/// The step is not possible in this state.
pub const WRONG_STATE: &str = "SCR-RES-301";
/// The second entry, or the sign-off, must be by somebody else.
pub const SAME_PERSON: &str = "SCR-RES-302";
/// The entry has other columns than the sheet.
pub const OTHER_COLUMNS: &str = "SCR-RES-303";
/// The column does not differ, or the value is neither of the two typed.
pub const NOT_A_CHOICE: &str = "SCR-RES-304";
/// A warning is without an explanation, or an explanation without a warning.
pub const NOT_EXPLAINED: &str = "SCR-RES-305";
/// A correction needs a reason.
pub const NO_REASON: &str = "SCR-RES-306";

/// Where a sheet stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SheetState {
    /// Nothing typed.
    Empty,
    /// Typed once.
    EnteredOnce,
    /// Typed twice, and the two differ.
    Differs,
    /// Both agree; warnings wait for an explanation.
    Warned,
    /// Both agree and every warning is explained.
    Ready,
    /// Signed off.
    Signed,
}

impl SheetState {
    /// Every state, in the order of the work.
    pub const ALL: [Self; 6] =
        [Self::Empty, Self::EnteredOnce, Self::Differs, Self::Warned, Self::Ready, Self::Signed];

    /// Its name in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::EnteredOnce => "entered-once",
            Self::Differs => "differs",
            Self::Warned => "warned",
            Self::Ready => "ready",
            Self::Signed => "signed",
        }
    }
}

/// What somebody does with a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetStep {
    /// Types the whole sheet.
    Enter(Numbers),
    /// Picks, for one column that differs, the number that stands on the paper.
    Resolve {
        /// The column.
        column: String,
        /// One of the two numbers typed.
        value: Option<u64>,
    },
    /// Explains warnings, by their id, in words.
    Explain(BTreeMap<String, String>),
    /// Signs off.
    Sign,
    /// Puts other numbers in place of signed ones; the sheet then waits for a new sign-off.
    Correct {
        /// The numbers.
        numbers: Numbers,
        /// Why.
        reason: String,
    },
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Columns of the sheet.
    columns: BTreeSet<String>,
    state: SheetState,
    first: Option<(PersonId, Numbers)>,
    second: Option<(PersonId, Numbers)>,
    /// Columns that differ and are not resolved.
    open: BTreeSet<String>,
    agreed: Numbers,
    warnings: BTreeSet<String>,
    explanations: BTreeMap<String, String>,
    /// Who typed, resolved or corrected: none of them signs.
    hands: BTreeSet<PersonId>,
    version: u32,
}

impl Sheet {
    /// An empty sheet with these columns.
    pub fn new(columns: impl IntoIterator<Item = String>) -> Self {
        Self {
            columns: columns.into_iter().collect(),
            state: SheetState::Empty,
            first: None,
            second: None,
            open: BTreeSet::new(),
            agreed: Numbers::new(),
            warnings: BTreeSet::new(),
            explanations: BTreeMap::new(),
            hands: BTreeSet::new(),
            version: 1,
        }
    }

    /// Where it stands.
    pub fn state(&self) -> SheetState {
        self.state
    }

    /// The numbers that both agree on so far.
    pub fn agreed(&self) -> &Numbers {
        &self.agreed
    }

    /// Columns that differ, with the first and the second number.
    pub fn differences(&self) -> Vec<(&str, Option<u64>, Option<u64>)> {
        let typed = |entry: &Option<(PersonId, Numbers)>, column: &String| {
            entry.as_ref().and_then(|(_, numbers)| numbers.get(column).copied().flatten())
        };
        let both = |column| (typed(&self.first, column), typed(&self.second, column));
        self.open.iter().map(|column| (column.as_str(), both(column).0, both(column).1)).collect()
    }

    /// Warnings that wait for an explanation.
    pub fn unexplained(&self) -> impl Iterator<Item = &str> {
        self.warnings.iter().filter(|id| !self.explanations.contains_key(*id)).map(String::as_str)
    }

    /// 1, and one more for each correction.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The sheet after a step of this person. `warnings` says which warnings agreed numbers raise.
    ///
    /// # Errors
    /// A refusal `SCR-RES-301` to `-306`; the sheet is then as it was.
    pub fn step(
        &self,
        person: &PersonId,
        step: &SheetStep,
        warnings: &dyn Fn(&Numbers) -> BTreeSet<String>,
    ) -> Result<Self, Refusal> {
        let mut next = self.clone();
        match (self.state, step) {
            (SheetState::Empty, SheetStep::Enter(numbers)) => {
                next.has_columns(numbers)?;
                next.first = Some((person.clone(), numbers.clone()));
                next.state = SheetState::EnteredOnce;
            }
            (SheetState::EnteredOnce, SheetStep::Enter(numbers)) => {
                next.has_columns(numbers)?;
                next.enter_again(person, numbers, warnings)?;
            }
            (SheetState::Differs, SheetStep::Resolve { column, value }) => {
                next.resolve(column, *value, warnings)?;
            }
            (SheetState::Warned, SheetStep::Explain(explanations)) => next.explain(explanations)?,
            (SheetState::Ready, SheetStep::Sign) => next.sign(person)?,
            (SheetState::Signed, SheetStep::Correct { numbers, reason }) => {
                next.has_columns(numbers)?;
                next.correct(person, numbers, reason, warnings)?;
            }
            _ => {
                return Err(
                    Refusal::new(RefusalKind::Conflict, WRONG_STATE).with("state", self.state.as_str())
                );
            }
        }
        if !matches!(step, SheetStep::Sign | SheetStep::Explain(_)) {
            next.hands.insert(person.clone());
        }
        Ok(next)
    }

    fn has_columns(&self, numbers: &Numbers) -> Result<(), Refusal> {
        if numbers.keys().eq(&self.columns) {
            return Ok(());
        }
        let other = self.columns.iter().find(|column| !numbers.contains_key(*column));
        let other = other.or_else(|| numbers.keys().find(|column| !self.columns.contains(*column)));
        let refusal = Refusal::new(RefusalKind::Invalid, OTHER_COLUMNS);
        Err(other.map_or(refusal.clone(), |column| refusal.on(column)))
    }

    fn enter_again(
        &mut self,
        person: &PersonId,
        numbers: &Numbers,
        warnings: &dyn Fn(&Numbers) -> BTreeSet<String>,
    ) -> Result<(), Refusal> {
        let Some((first, typed)) = &self.first else {
            return Err(Refusal::new(RefusalKind::Conflict, WRONG_STATE));
        };
        if first == person {
            return Err(Refusal::new(RefusalKind::Forbidden, SAME_PERSON));
        }
        for (column, value) in numbers {
            if typed.get(column) == Some(value) {
                self.agreed.insert(column.clone(), *value);
            } else {
                self.open.insert(column.clone());
            }
        }
        self.second = Some((person.clone(), numbers.clone()));
        self.settle(warnings);
        Ok(())
    }

    fn resolve(
        &mut self,
        column: &str,
        value: Option<u64>,
        warnings: &dyn Fn(&Numbers) -> BTreeSet<String>,
    ) -> Result<(), Refusal> {
        let offered =
            self.differences().into_iter().any(|(name, a, b)| name == column && (value == a || value == b));
        if !offered {
            return Err(Refusal::new(RefusalKind::Invalid, NOT_A_CHOICE).on(column));
        }
        self.open.remove(column);
        self.agreed.insert(column.to_owned(), value);
        self.settle(warnings);
        Ok(())
    }

    fn explain(&mut self, explanations: &BTreeMap<String, String>) -> Result<(), Refusal> {
        let wrong =
            explanations.iter().find(|(id, words)| !self.warnings.contains(*id) || words.trim().is_empty());
        if let Some((id, _)) = wrong {
            return Err(Refusal::new(RefusalKind::Invalid, NOT_EXPLAINED).with("warning", id));
        }
        self.explanations.extend(explanations.clone());
        if self.unexplained().next().is_none() {
            self.state = SheetState::Ready;
        }
        Ok(())
    }

    fn sign(&mut self, person: &PersonId) -> Result<(), Refusal> {
        if self.hands.contains(person) {
            return Err(Refusal::new(RefusalKind::Forbidden, SAME_PERSON));
        }
        self.state = SheetState::Signed;
        Ok(())
    }

    fn correct(
        &mut self,
        person: &PersonId,
        numbers: &Numbers,
        reason: &str,
        warnings: &dyn Fn(&Numbers) -> BTreeSet<String>,
    ) -> Result<(), Refusal> {
        if reason.trim().is_empty() {
            return Err(Refusal::new(RefusalKind::Invalid, NO_REASON).on("reason"));
        }
        self.hands = BTreeSet::from([person.clone()]);
        self.agreed.clone_from(numbers);
        self.version += 1;
        self.settle(warnings);
        Ok(())
    }

    /// The state that follows from what differs and what agreed numbers warn of.
    fn settle(&mut self, warnings: &dyn Fn(&Numbers) -> BTreeSet<String>) {
        self.explanations.clear();
        self.warnings = if self.open.is_empty() { warnings(&self.agreed) } else { BTreeSet::new() };
        self.state = match (self.open.is_empty(), self.warnings.is_empty()) {
            (false, _) => SheetState::Differs,
            (true, false) => SheetState::Warned,
            (true, true) => SheetState::Ready,
        };
    }
}
