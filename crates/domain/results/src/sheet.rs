//! Entry of one tally sheet by four eyes. The diagram is `docs/reference/sheet-states.md`; a test
//! holds the code against its table.

use scr_core::{PersonId, Refusal, RefusalKind};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Numbers of a sheet by column name. `None`: the sheet states none.
pub type Numbers = BTreeMap<String, Option<u64>>;

/// The step is not possible in this state.
pub const WRONG_STATE: &str = "SCR-RES-301";
/// The second entry, the choice between two, the second of two new numbers, or the sign-off must be
/// by somebody else.
pub const SAME_PERSON: &str = "SCR-RES-302";
/// The entry has other columns than the sheet.
pub const OTHER_COLUMNS: &str = "SCR-RES-303";
/// The column does not differ, or the value is neither of the two typed.
pub const NOT_A_CHOICE: &str = "SCR-RES-304";
/// A warning is without an explanation, or an explanation without a warning.
pub const NOT_EXPLAINED: &str = "SCR-RES-305";
/// A correction, or giving a sheet back, needs a reason.
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
    /// Types one column anew, because neither number stands on the paper. It counts when somebody else
    /// types the same, without having seen it.
    Retype {
        /// The column.
        column: String,
        /// What stands on the paper.
        value: Option<u64>,
    },
    /// Explains warnings, by their id, in words.
    Explain(BTreeMap<String, String>),
    /// Puts everything typed aside: two people type the sheet from the beginning.
    GiveBack {
        /// Why.
        reason: String,
    },
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

/// A number with the one who typed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Typed {
    by: PersonId,
    value: Option<u64>,
}

/// A column that is not agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Doubt {
    /// Two people typed two numbers.
    Two(Typed, Typed),
    /// Neither was right, and one person has typed it anew.
    Anew(Typed),
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Columns of the sheet.
    columns: BTreeSet<String>,
    state: SheetState,
    first: Option<(PersonId, Numbers)>,
    second: Option<(PersonId, Numbers)>,
    /// Columns that differ and are not resolved.
    open: BTreeMap<String, Doubt>,
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
            open: BTreeMap::new(),
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

    /// Columns that differ, with the two numbers.
    pub fn differences(&self) -> Vec<(&str, Option<u64>, Option<u64>)> {
        let two = self.open.iter().filter_map(|(column, doubt)| match doubt {
            Doubt::Two(a, b) => Some((column.as_str(), a.value, b.value)),
            Doubt::Anew(_) => None,
        });
        two.collect()
    }

    /// Columns that one person has typed anew and another must, with whether this is the one.
    pub fn typed_anew(&self, person: &PersonId) -> Vec<(&str, bool)> {
        let anew = self.open.iter().filter_map(|(column, doubt)| match doubt {
            Doubt::Anew(typed) => Some((column.as_str(), typed.by == *person)),
            Doubt::Two(..) => None,
        });
        anew.collect()
    }

    /// Whether this person may choose between the two numbers of every column that differs.
    pub fn may_resolve(&self, person: &PersonId) -> bool {
        self.open.values().all(|doubt| match doubt {
            Doubt::Two(a, b) => a.by != *person && b.by != *person,
            Doubt::Anew(_) => true,
        })
    }

    /// What this person typed: nobody else sees it before both entries are there.
    pub fn typed_by(&self, person: &PersonId) -> Option<&Numbers> {
        [&self.first, &self.second]
            .into_iter()
            .flatten()
            .find(|(by, _)| by == person)
            .map(|(_, numbers)| numbers)
    }

    /// Who typed the first entry.
    pub fn first_typist(&self) -> Option<&PersonId> {
        self.first.as_ref().map(|(by, _)| by)
    }

    /// Who typed, resolved or corrected, and therefore does not sign.
    pub fn hands(&self) -> &BTreeSet<PersonId> {
        &self.hands
    }

    /// Warnings that the agreed numbers raise.
    pub fn warnings(&self) -> &BTreeSet<String> {
        &self.warnings
    }

    /// Explanations so far, by warning.
    pub fn explanations(&self) -> &BTreeMap<String, String> {
        &self.explanations
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
                next.resolve(person, column, *value, warnings)?;
            }
            (SheetState::Differs, SheetStep::Retype { column, value }) => {
                next.retype(person, column, *value, warnings)?;
            }
            (
                SheetState::EnteredOnce | SheetState::Differs | SheetState::Warned | SheetState::Ready,
                SheetStep::GiveBack { reason },
            ) => {
                has_reason(reason)?;
                next = Self { version: self.version, ..Self::new(self.columns.iter().cloned()) };
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
        if !matches!(step, SheetStep::Sign | SheetStep::Explain(_) | SheetStep::GiveBack { .. }) {
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
                let one = Typed { by: first.clone(), value: typed.get(column).copied().flatten() };
                let other = Typed { by: person.clone(), value: *value };
                self.open.insert(column.clone(), Doubt::Two(one, other));
            }
        }
        self.second = Some((person.clone(), numbers.clone()));
        self.settle(warnings);
        Ok(())
    }

    /// Whoever typed one of the two numbers does not choose between them: nobody confirms their own.
    fn resolve(
        &mut self,
        person: &PersonId,
        column: &str,
        value: Option<u64>,
        warnings: &dyn Fn(&Numbers) -> BTreeSet<String>,
    ) -> Result<(), Refusal> {
        match self.open.get(column) {
            Some(Doubt::Two(a, b)) if a.value == value || b.value == value => {
                if a.by == *person || b.by == *person {
                    return Err(Refusal::new(RefusalKind::Forbidden, SAME_PERSON).on(column));
                }
            }
            _ => return Err(Refusal::new(RefusalKind::Invalid, NOT_A_CHOICE).on(column)),
        }
        self.agree(column, value, warnings);
        Ok(())
    }

    fn retype(
        &mut self,
        person: &PersonId,
        column: &str,
        value: Option<u64>,
        warnings: &dyn Fn(&Numbers) -> BTreeSet<String>,
    ) -> Result<(), Refusal> {
        let new = Typed { by: person.clone(), value };
        match self.open.get(column) {
            None => return Err(Refusal::new(RefusalKind::Invalid, NOT_A_CHOICE).on(column)),
            Some(Doubt::Anew(typed)) if typed.by == *person => {
                return Err(Refusal::new(RefusalKind::Forbidden, SAME_PERSON).on(column));
            }
            Some(Doubt::Anew(typed)) if typed.value == value => self.agree(column, value, warnings),
            Some(Doubt::Anew(typed)) => {
                let both = Doubt::Two(typed.clone(), new);
                self.open.insert(column.to_owned(), both);
            }
            Some(Doubt::Two(..)) => {
                self.open.insert(column.to_owned(), Doubt::Anew(new));
            }
        }
        Ok(())
    }

    fn agree(&mut self, column: &str, value: Option<u64>, warnings: &dyn Fn(&Numbers) -> BTreeSet<String>) {
        self.open.remove(column);
        self.agreed.insert(column.to_owned(), value);
        self.settle(warnings);
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
        has_reason(reason)?;
        (self.first, self.second) = (None, None);
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

fn has_reason(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() {
        return Err(Refusal::new(RefusalKind::Invalid, NO_REASON).on("reason"));
    }
    Ok(())
}
