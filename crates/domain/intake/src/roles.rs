//! What each column of a table is, as a person says it, and the mapping that comes of it.

use crate::columns::{self, Place, Sheet};
use crate::intake::Input;
use crate::layout::reference;
use crate::limits::Limits;
use crate::mapping::{ColumnRef, FieldSource, Format, Long, Mapping, Wide, WideColumn};
use crate::plan::{Finder, Plan, plan};
use crate::problems::Problems;
use crate::raw::open;
use scr_results::field;
use std::collections::{BTreeMap, BTreeSet};

/// Records of the sample.
const SAMPLE: usize = 12;
/// Parts of a code.
const PARTS: usize = 9;

/// What a column is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Nothing of it is read.
    Out,
    /// A part of the unit's code, counted from 1.
    Code(usize),
    /// The unit's name.
    Name,
    /// A place above the unit.
    Place,
    /// The part of the unit that is counted by itself.
    Part,
    /// It names the contest.
    Contest,
    /// A line of the tally sheet.
    Field(String),
    /// Votes for the contestant that the heading names.
    Contestant,
    /// It names the contestant: a record for each.
    Who,
    /// The votes of the contestant that the record names.
    Votes,
    /// Party, list or alliance of the contestant that the record names.
    Group,
}

impl Role {
    /// The role as forms have it.
    pub fn code(&self) -> String {
        match self {
            Self::Out => "out".into(),
            Self::Code(part) => format!("code-{part}"),
            Self::Name => "name".into(),
            Self::Place => "place".into(),
            Self::Part => "part".into(),
            Self::Contest => "contest".into(),
            Self::Field(name) => format!("field-{name}"),
            Self::Contestant => "contestant".into(),
            Self::Who => "who".into(),
            Self::Votes => "votes".into(),
            Self::Group => "group".into(),
        }
    }

    /// The role of a form.
    pub fn parse(code: &str) -> Option<Self> {
        let plain = [
            Self::Out,
            Self::Name,
            Self::Place,
            Self::Part,
            Self::Contest,
            Self::Contestant,
            Self::Who,
            Self::Votes,
            Self::Group,
        ];
        if let Some(part) = code.strip_prefix("code-") {
            return part.parse().ok().filter(|part| (1..=PARTS).contains(part)).map(Self::Code);
        }
        if let Some(name) = code.strip_prefix("field-") {
            return field::is_name(name).then(|| Self::Field(name.to_owned()));
        }
        plain.into_iter().find(|role| role.code() == code)
    }

    /// Several columns may have it.
    fn is_for_several(&self) -> bool {
        matches!(self, Self::Out | Self::Place | Self::Contest | Self::Contestant)
    }
}

/// Why roles make no mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RoleFault {
    /// No column is the code.
    NoCode,
    /// The column at this position has a role that another has already.
    Twice(usize),
    /// No column holds numbers of the sheet or votes.
    NoNumbers,
    /// Of the two columns of a file with a record for each contestant one is missing.
    HalfLong,
    /// The votes stand in one column, and in the column at this position as well.
    WideAndLong(usize),
    /// There is another number of columns, or the file is no table.
    OtherFile,
}

/// The columns of a file under a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// A heading for each column, `#7` where there is none.
    pub headings: Vec<String>,
    /// The first records.
    pub sample: Vec<Vec<String>>,
    /// What each column is.
    pub roles: Vec<Role>,
    /// Every column of the mapping is there.
    pub fits: bool,
}

/// The columns of a file under a mapping; `None` for a file that is no table of free form.
pub fn columns_of(input: Input<'_>, mapping: &Mapping, limits: &Limits) -> Option<Columns> {
    with_sheet(input, mapping, limits, |sheet, problems| {
        let width = sheet.columns();
        let roles = roles(&found(mapping, sheet, problems), width);
        Columns {
            headings: (0..width).map(|column| sheet.heading(column)).collect(),
            sample: (sheet.records.iter().take(SAMPLE))
                .map(|record| (0..width).map(|column| record.cell(column).to_owned()).collect())
                .collect(),
            roles,
            fits: !problems.any_error(),
        }
    })
}

/// The mapping with these roles for its columns; `by_row` when the file names no units. What is not about
/// roles (totals, filters, numbers, other files) stays as it is.
pub fn with_roles(
    input: Input<'_>,
    mapping: &Mapping,
    roles: &[Role],
    by_row: bool,
    limits: &Limits,
) -> Result<Mapping, Vec<RoleFault>> {
    with_sheet(input, mapping, limits, |sheet, problems| {
        if roles.len() != sheet.columns() {
            return Err(vec![RoleFault::OtherFile]);
        }
        let new = Given { sheet, mapping, roles, plan: found(mapping, sheet, problems) }.mapping(by_row);
        let faults = faults(mapping, &new, roles);
        if faults.is_empty() { Ok(new) } else { Err(faults) }
    })
    .unwrap_or_else(|| Err(vec![RoleFault::OtherFile]))
}

fn with_sheet<T>(
    input: Input<'_>,
    mapping: &Mapping,
    limits: &Limits,
    work: impl FnOnce(&Sheet<'_>, &mut Problems) -> T,
) -> Option<T> {
    if !matches!(mapping.format, Format::Delimited | Format::Spreadsheet) {
        return None;
    }
    let mut problems = Problems::new(input.name, limits);
    let parts = open::parts(input.name, input.bytes, &mapping.file, limits, &mut problems)?;
    let part = parts.into_iter().next()?;
    let sheet = columns::sheet(&part.grid, &mapping.file, &mut problems)?;
    Some(work(&sheet, &mut problems))
}

fn found(mapping: &Mapping, sheet: &Sheet<'_>, problems: &mut Problems) -> Plan {
    plan(mapping, &Finder { sheet, joined: &[] }, problems)
}

fn roles(plan: &Plan, width: usize) -> Vec<Role> {
    let mut roles = vec![Role::Out; width];
    let mut say = |place: &Place, role: Role| {
        if let Place::Cell(column) = place
            && let Some(own) = roles.get_mut(*column)
            && *own == Role::Out
        {
            *own = role;
        }
    };
    plan.key.iter().zip(1..=PARTS).for_each(|(place, part)| say(place, Role::Code(part)));
    if let Some(long) = &plan.long {
        say(&long.contestant, Role::Who);
        say(&long.votes, Role::Votes);
        long.group.iter().for_each(|place| say(place, Role::Group));
    }
    plan.wide.iter().for_each(|(_, place)| say(place, Role::Contestant));
    for (name, places) in &plan.fields {
        places.iter().for_each(|place| say(place, Role::Field(name.clone())));
    }
    plan.name.iter().for_each(|place| say(place, Role::Name));
    plan.part.iter().for_each(|place| say(place, Role::Part));
    plan.contest.iter().for_each(|place| say(place, Role::Contest));
    plan.parents.iter().for_each(|place| say(place, Role::Place));
    roles
}

fn faults(old: &Mapping, new: &Mapping, roles: &[Role]) -> Vec<RoleFault> {
    let mut seen = BTreeSet::new();
    let mut faults = BTreeSet::new();
    for (at, role) in roles.iter().enumerate() {
        let is_sum = |name: &String| matches!(old.fields.get(name), Some(FieldSource::Sum(_)));
        let may_repeat = role.is_for_several() || matches!(role, Role::Field(name) if is_sum(name));
        if !seen.insert(role) && !may_repeat {
            faults.insert(RoleFault::Twice(at));
        }
    }
    let is_long = seen.contains(&Role::Who) || seen.contains(&Role::Votes);
    if is_long && let Some(at) = roles.iter().position(|role| *role == Role::Contestant) {
        faults.insert(RoleFault::WideAndLong(at));
    }
    if seen.contains(&Role::Who) != seen.contains(&Role::Votes) {
        faults.insert(RoleFault::HalfLong);
    }
    if new.unit.key.is_empty() && new.unit.constant.is_none() {
        faults.insert(RoleFault::NoCode);
    }
    if !is_long && new.wide.is_none() && new.fields.is_empty() {
        faults.insert(RoleFault::NoNumbers);
    }
    faults.into_iter().collect()
}

/// Roles given for the columns of a sheet that a mapping describes.
struct Given<'a, 'g> {
    sheet: &'a Sheet<'g>,
    mapping: &'a Mapping,
    roles: &'a [Role],
    plan: Plan,
}

impl Given<'_, '_> {
    fn mapping(&self, by_row: bool) -> Mapping {
        let mut new = self.mapping.clone();
        self.unit(&mut new, by_row);
        new.contest.columns = self.kept_and_new(&self.mapping.contest.columns, &Role::Contest);
        new.fields = self.fields();
        new.wide = self.wide();
        new.long = match (self.one(&Role::Who), self.one(&Role::Votes)) {
            (Some(contestant), Some(votes)) => Some(Long {
                contestant,
                votes,
                group: self.one(&Role::Group),
                ..self.mapping.long.clone().unwrap_or_default()
            }),
            _ => None,
        };
        new
    }

    fn unit(&self, new: &mut Mapping, by_row: bool) {
        let mut code: Vec<(&Role, ColumnRef)> = (self.roles.iter().enumerate())
            .filter(|(_, role)| matches!(role, Role::Code(_)))
            .map(|(column, role)| (role, reference(self.sheet, column)))
            .collect();
        code.sort();
        new.unit.key.retain(|column| column != "@row" && self.is_elsewhere(column));
        new.unit.key.extend(code.into_iter().map(|(_, column)| column));
        if new.unit.key.is_empty() && by_row {
            new.unit.key.push("@row".into());
        }
        if !new.unit.key.is_empty() {
            new.unit.constant = None;
        }
        new.unit.name = self.one_or_kept(&Role::Name, self.mapping.unit.name.as_ref());
        new.unit.part = self.one_or_kept(&Role::Part, self.mapping.unit.part.as_ref());
        // A place above may at the same time be a part of the code: that stays.
        new.unit.parents = self.kept_and_new(&self.mapping.unit.parents, &Role::Place);
    }

    fn fields(&self) -> BTreeMap<String, FieldSource> {
        let mut fields: BTreeMap<String, Vec<ColumnRef>> = BTreeMap::new();
        for (name, source) in &self.mapping.fields {
            let elsewhere = source.columns().iter().filter(|column| self.is_elsewhere(column));
            fields.insert(name.clone(), elsewhere.cloned().collect());
        }
        for (column, role) in self.roles.iter().enumerate() {
            if let Role::Field(name) = role {
                fields.entry(name.clone()).or_default().push(reference(self.sheet, column));
            }
        }
        fields
            .into_iter()
            .filter_map(|(name, mut columns)| match columns.len() {
                0 => None,
                1 => columns.pop().map(|column| (name, FieldSource::Column(column))),
                _ => Some((name, FieldSource::Sum(columns))),
            })
            .collect()
    }

    fn wide(&self) -> Option<Wide> {
        let now: BTreeSet<usize> = self.with(&Role::Contestant).collect();
        let before: BTreeSet<usize> = roles(&self.plan, self.roles.len())
            .iter()
            .enumerate()
            .filter(|(_, role)| **role == Role::Contestant)
            .map(|(column, _)| column)
            .collect();
        if now == before && self.mapping.wide.is_some() {
            return self.mapping.wide.clone();
        }
        let old = self.mapping.wide.iter().flat_map(|wide| &wide.columns);
        let (elsewhere, here): (Vec<&WideColumn>, Vec<&WideColumn>) =
            old.partition(|column| self.is_elsewhere(&column.column));
        let mut columns: Vec<WideColumn> = elsewhere.into_iter().cloned().collect();
        columns.extend(now.into_iter().map(|column| {
            let known = here.iter().find(|known| self.at(&known.column) == Some(Place::Cell(column)));
            let new = || WideColumn { column: reference(self.sheet, column), ..WideColumn::default() };
            known.map_or_else(new, |known| (*known).clone())
        }));
        (!columns.is_empty()).then(|| Wide { columns, ..Wide::default() })
    }

    fn with(&self, role: &Role) -> impl Iterator<Item = usize> {
        self.roles.iter().enumerate().filter(move |(_, own)| *own == role).map(|(column, _)| column)
    }

    fn one(&self, role: &Role) -> Option<ColumnRef> {
        self.with(role).next().map(|column| reference(self.sheet, column))
    }

    fn one_or_kept(&self, role: &Role, old: Option<&ColumnRef>) -> Option<ColumnRef> {
        let kept = old.filter(|column| self.stays(column, role));
        self.one(role).or_else(|| kept.cloned())
    }

    /// The columns of before that still have the role or have none here, in their order; then the new ones.
    fn kept_and_new(&self, old: &[ColumnRef], role: &Role) -> Vec<ColumnRef> {
        let mut all: Vec<ColumnRef> = old.iter().filter(|column| self.stays(column, role)).cloned().collect();
        let known: Vec<Option<Place>> = all.iter().map(|column| self.at(column)).collect();
        let new = self.with(role).filter(|column| !known.contains(&Some(Place::Cell(*column))));
        all.extend(new.map(|column| reference(self.sheet, column)));
        all
    }

    /// A column of before stays in its second use while its first is as it was.
    fn stays(&self, column: &str, role: &Role) -> bool {
        match self.at(column) {
            Some(Place::Cell(at)) => {
                let before = roles(&self.plan, self.roles.len());
                self.roles.get(at) == Some(role)
                    || (before.get(at) != Some(role) && before.get(at) == self.roles.get(at))
            }
            Some(_) => true,
            None => self.is_elsewhere(column),
        }
    }

    fn at(&self, column: &str) -> Option<Place> {
        let mut silent = Problems::new("", &Limits::default());
        Finder { sheet: self.sheet, joined: &[] }.place(column, &mut silent)
    }

    /// Not a column of this sheet: the row's number, the sheet's name, a joined file.
    fn is_elsewhere(&self, column: &str) -> bool {
        column.starts_with('@')
            || self
                .mapping
                .join
                .iter()
                .any(|join| column.split_once('!').is_some_and(|(alias, _)| alias == join.alias))
    }
}
