//! Records to tables.

use crate::codes;
use crate::columns::{Place, tidy};
use crate::intake::Counts;
use crate::mapping::Mapping;
use crate::number::{self, Cell};
use crate::plan::{Finder, LongPlan, plan};
use crate::problems::Problems;
use crate::reading::{Reading, Source};
use scr_results::{Column, Contestant, NewRow, RowKind, SourceInfo, Table, TableError};
use std::collections::{BTreeMap, HashMap};

/// Builds the tables of one input, sheet by sheet.
pub(crate) struct Assembler<'m> {
    mapping: &'m Mapping,
    info: SourceInfo,
    pub(crate) tables: Vec<Table>,
    contests: BTreeMap<String, usize>,
    /// Row of a unit (or total) in its table; value by table, unit and part. Looked up only, never listed.
    rows: HashMap<(usize, RowKind, String, Option<String>), usize>,
    pub(crate) counts: Counts,
}

/// What identifies one record.
struct Identity {
    kind: RowKind,
    unit: String,
    name: String,
    parents: Vec<String>,
    part: Option<String>,
    contest: String,
}

impl<'m> Assembler<'m> {
    pub(crate) fn new(mapping: &'m Mapping, info: SourceInfo) -> Self {
        Self {
            mapping,
            info,
            tables: Vec::new(),
            contests: BTreeMap::new(),
            rows: HashMap::new(),
            counts: Counts::default(),
        }
    }

    /// Reads one sheet.
    pub(crate) fn add(&mut self, source: &Source<'_, '_>, problems: &mut Problems) {
        let finder = Finder { sheet: source.sheet, joined: source.joined };
        let plan = plan(self.mapping, &finder, problems);
        if problems.any_error() {
            return;
        }
        let partners = self.partners(source, problems);
        let reading = Reading { source, plan: &plan, finder: &finder, partners, key: plan.key.clone() };
        reading.report_unmatched(problems);
        match &plan.long {
            Some(long) => self.add_long(&reading, long, problems),
            None => self.add_wide(&reading, problems),
        }
    }

    /// What can only be said when everything is read.
    pub(crate) fn finish(mut self, problems: &mut Problems) -> (Vec<Table>, Counts) {
        for table in &mut self.tables {
            let empty: Vec<(usize, u64, String)> = (table.rows())
                .filter(|row| row.values().all(|value| value.is_none()))
                .map(|row| (row.index(), row.line(), row.unit().to_owned()))
                .collect();
            for (row, line, unit) in empty {
                self.counts.numberless += 1;
                problems.push(problems.warning(codes::NUMBERLESS).at_row(line).with_value(&unit));
                let _ = table.set_numberless(row);
            }
        }
        if self.mapping.unit.key.iter().any(|column| column == "@row") {
            let units: usize = self.tables.iter().map(|table| table.units().count()).sum();
            problems.push(problems.warning(codes::UNITS_BY_ROW).with("units", units));
        }
        (self.tables, self.counts)
    }

    fn partners(&self, source: &Source<'_, '_>, problems: &mut Problems) -> Vec<HashMap<String, usize>> {
        let mut all = Vec::new();
        for (join, (alias, sheet)) in self.mapping.join.iter().zip(source.joined) {
            let key: Vec<usize> = join.key.iter().filter_map(|column| sheet.find(column, problems)).collect();
            let mut partners = HashMap::new();
            for (index, record) in sheet.records.iter().enumerate() {
                let text = key.iter().map(|at| record.cell(*at).trim()).collect::<Vec<_>>().join("\u{1f}");
                if partners.insert(text.clone(), index).is_some() {
                    let problem = problems.error(codes::JOIN_REPEATED).at_row(record.line());
                    problems.push(problem.with_value(&text.replace('\u{1f}', " ")).with("join", alias));
                }
            }
            all.push(partners);
        }
        all
    }

    fn add_wide(&mut self, reading: &Reading<'_, '_, '_>, problems: &mut Problems) {
        let records = reading.source.sheet.records.len();
        let mut stated = vec![false; reading.plan.wide.len()];
        for index in 0..records {
            self.counts.records += 1;
            let Some(identity) = self.identity(reading, index, problems) else { continue };
            let Some(table) = self.table(&identity.contest) else { continue };
            if let Err(error) = self.wide_row(reading, index, table, &identity, &mut stated, problems) {
                problems.push(model_problem(problems, &error).at_row(reading.line(index)));
                return;
            }
        }
        for ((contestant, place), stated) in reading.plan.wide.iter().zip(stated) {
            if !stated {
                let label = reading.finder.label(*place);
                problems.push(
                    problems
                        .warning(codes::CONTESTANT_NUMBERLESS)
                        .in_column(&label)
                        .with_value(&contestant.name),
                );
            }
        }
    }

    fn wide_row(
        &mut self,
        reading: &Reading<'_, '_, '_>,
        index: usize,
        table: usize,
        identity: &Identity,
        stated: &mut [bool],
        problems: &mut Problems,
    ) -> Result<(), TableError> {
        let line = reading.line(index);
        let row = push(&mut self.tables[table], identity, line)?;
        self.counts.count(identity.kind);
        let key = (table, identity.kind, identity.unit.clone(), identity.part.clone());
        if identity.kind == RowKind::Unit && self.rows.insert(key, row).is_some() {
            problems.push(problems.warning(codes::UNIT_TWICE).at_row(line).with_value(&identity.unit));
        }
        self.set_fields(reading, index, table, row, problems)?;
        for (position, (contestant, place)) in reading.plan.wide.iter().enumerate() {
            let Some(value) = self.value(reading, index, *place, problems) else { continue };
            let target = &mut self.tables[table];
            let column = contestant_column(target, contestant)?;
            if value.is_some() {
                stated[position] = true;
            }
            target.set(row, column, value)?;
        }
        Ok(())
    }

    fn add_long(&mut self, reading: &Reading<'_, '_, '_>, long: &LongPlan, problems: &mut Problems) {
        let names = self.long_contestants(reading, long);
        for index in 0..reading.source.sheet.records.len() {
            self.counts.records += 1;
            let Some(identity) = self.identity(reading, index, problems) else { continue };
            let Some(table) = self.table(&identity.contest) else { continue };
            if let Err(error) = self.long_row(reading, long, index, table, &identity, &names, problems) {
                problems.push(model_problem(problems, &error).at_row(reading.line(index)));
                return;
            }
        }
    }

    /// Groups by contest and name: a name with several groups needs the group in its id.
    fn long_contestants(
        &self,
        reading: &Reading<'_, '_, '_>,
        long: &LongPlan,
    ) -> BTreeMap<(String, String), Vec<String>> {
        let mut groups: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        for index in 0..reading.source.sheet.records.len() {
            let contest = reading.joined_text(&reading.plan.contest, index, " ");
            let name = tidy(reading.text(long.contestant, index));
            let group = long.group.map(|place| tidy(reading.text(place, index))).unwrap_or_default();
            let known = groups.entry((contest, name)).or_default();
            if !known.contains(&group) {
                known.push(group);
            }
        }
        groups
    }

    #[expect(clippy::too_many_arguments, reason = "one record with everything that is known about its place")]
    fn long_row(
        &mut self,
        reading: &Reading<'_, '_, '_>,
        long: &LongPlan,
        index: usize,
        table: usize,
        identity: &Identity,
        names: &BTreeMap<(String, String), Vec<String>>,
        problems: &mut Problems,
    ) -> Result<(), TableError> {
        let line = reading.line(index);
        let key = (table, identity.kind, identity.unit.clone(), identity.part.clone());
        let row = match self.rows.get(&key) {
            Some(row) => *row,
            None => {
                let row = push(&mut self.tables[table], identity, line)?;
                self.counts.count(identity.kind);
                self.rows.insert(key, row);
                row
            }
        };
        self.set_fields(reading, index, table, row, problems)?;
        let mut name = tidy(reading.text(long.contestant, index));
        let Some(votes) = self.value(reading, index, long.votes, problems) else { return Ok(()) };
        self.check_parts(reading, long, index, votes, problems);
        let settings = self.mapping.long.as_ref();
        if self.mapping.totals.contestants.iter().any(|total| total.eq_ignore_ascii_case(&name)) {
            self.counts.contestant_totals += 1;
            let field = self.mapping.totals.contestants_field.clone();
            return self.set_field(table, row, &field, votes, line, problems);
        }
        if let Some(field) = settings.and_then(|long| long.as_fields.get(&name)).cloned() {
            return self.set_field(table, row, &field, votes, line, problems);
        }
        if name.is_empty() {
            name.clone_from(&identity.contest);
            problems.push(problems.warning(codes::NO_CONTESTANT).at_row(line).with("used", &name));
        }
        let group =
            long.group.map(|place| tidy(reading.text(place, index))).filter(|group| !group.is_empty());
        let contest = reading.joined_text(&reading.plan.contest, index, " ");
        let several = names.get(&(contest, name.clone())).is_some_and(|groups| groups.len() > 1);
        let id = match &group {
            Some(group) if several => format!("{name} / {group}"),
            _ => name.clone(),
        };
        let target = &mut self.tables[table];
        let column = contestant_column(target, &Contestant { id, name, group })?;
        if target.value(row, column).is_some() {
            let problem = problems.error(codes::VOTES_TWICE).at_row(line).with_value(&identity.unit);
            problems.push(problem.with("contestant", reading.text(long.contestant, index)));
            return Ok(());
        }
        target.set(row, column, votes)
    }

    fn check_parts(
        &self,
        reading: &Reading<'_, '_, '_>,
        long: &LongPlan,
        index: usize,
        votes: Option<u64>,
        problems: &mut Problems,
    ) {
        let parts: Vec<Cell> = long
            .parts
            .iter()
            .map(|place| number::read(reading.text(*place, index), &self.mapping.values))
            .collect();
        let stated: Option<Vec<u64>> = (parts.iter())
            .map(|cell| match cell {
                Cell::Number(number) => Some(*number),
                _ => None,
            })
            .collect();
        if let (Some(votes), Some(parts)) = (votes, stated)
            && !parts.is_empty()
            && parts.iter().sum::<u64>() != votes
        {
            let problem = problems.warning(codes::PARTS_DIFFER).at_row(reading.line(index));
            problems.push(problem.with_value(&votes.to_string()).with("sum", parts.iter().sum::<u64>()));
        }
    }

    fn set_fields(
        &mut self,
        reading: &Reading<'_, '_, '_>,
        index: usize,
        table: usize,
        row: usize,
        problems: &mut Problems,
    ) -> Result<(), TableError> {
        for (name, places) in &reading.plan.fields {
            let mut sum = None;
            for place in places {
                if let Some(Some(number)) = self.value(reading, index, *place, problems) {
                    sum = Some(sum.unwrap_or(0) + number);
                }
            }
            self.set_field(table, row, name, sum, reading.line(index), problems)?;
        }
        Ok(())
    }

    fn set_field(
        &mut self,
        table: usize,
        row: usize,
        name: &str,
        value: Option<u64>,
        line: u64,
        problems: &mut Problems,
    ) -> Result<(), TableError> {
        let target = &mut self.tables[table];
        let column = match target.field_index(name) {
            Some(index) => Column::Field(index),
            None => target.add_field(name)?,
        };
        match (target.value(row, column), value) {
            (Some(known), Some(new)) if known != new => {
                let problem = problems.warning(codes::FIELD_DIFFERS).at_row(line).in_column(name);
                problems.push(problem.with_value(&new.to_string()).with("first", known));
                Ok(())
            }
            (Some(_), _) => Ok(()),
            (None, new) => target.set(row, column, new),
        }
    }

    /// The number of a cell; `None` after a problem.
    fn value(
        &self,
        reading: &Reading<'_, '_, '_>,
        index: usize,
        place: Place,
        problems: &mut Problems,
    ) -> Option<Option<u64>> {
        let text = reading.text(place, index);
        match number::read(text, &self.mapping.values) {
            Cell::Number(number) => Some(Some(number)),
            Cell::Missing => Some(None),
            Cell::Wrong(code) => {
                let problem = problems.error(code).at_row(reading.line(index));
                problems.push(problem.in_column(&reading.finder.label(place)).with_value(text));
                None
            }
        }
    }

    /// What the record is; `None` when it is left out or after a problem.
    fn identity(
        &mut self,
        reading: &Reading<'_, '_, '_>,
        index: usize,
        problems: &mut Problems,
    ) -> Option<Identity> {
        for (place, keep, leave) in &reading.plan.filter {
            let text = tidy(reading.text(*place, index));
            if (!keep.is_empty() && !keep.contains(&text)) || leave.contains(&text) {
                self.counts.left_out += 1;
                return None;
            }
        }
        let contest = if reading.plan.contest.is_empty() {
            self.mapping.contest.name.clone()
        } else {
            reading.joined_text(&reading.plan.contest, index, " ")
        };
        if !self.mapping.contest.admits(&contest) {
            self.counts.left_out += 1;
            problems.pass_over(&contest);
            return None;
        }
        let line = reading.line(index);
        if contest.is_empty() && !reading.plan.contest.is_empty() {
            problems.push(problems.error(codes::NO_CONTEST).at_row(line));
            return None;
        }
        let kind = self.kind(reading, index);
        let mut unit = match &self.mapping.unit.constant {
            Some(unit) => unit.clone(),
            None => reading.code(&reading.plan.key, index, &self.mapping.unit.separator, problems),
        };
        let stated =
            reading.plan.part.map(|place| tidy(reading.text(place, index))).filter(|part| !part.is_empty());
        let mut part = stated.or_else(|| self.mapping.unit.constant_part.clone());
        for (mark, name) in self.mapping.unit.part_marks.iter().filter(|(mark, _)| !mark.is_empty()) {
            if let Some(code) = unit.strip_suffix(mark.as_str()).or_else(|| unit.strip_prefix(mark.as_str()))
            {
                unit = code.to_owned();
                part = Some(name.clone());
                break;
            }
        }
        if unit.is_empty() && kind == RowKind::Unit {
            problems.push(problems.error(codes::NO_UNIT).at_row(line));
            return None;
        }
        let mut parents = self.mapping.unit.constant_parents.clone();
        parents.extend(reading.plan.parents.iter().map(|place| tidy(reading.text(*place, index))));
        let name = reading.plan.name.map(|place| tidy(reading.text(place, index))).unwrap_or_default();
        Some(Identity { kind, unit, name, parents, part, contest })
    }

    fn kind(&self, reading: &Reading<'_, '_, '_>, index: usize) -> RowKind {
        let from_end = reading.source.sheet.records.len() - index;
        let by_value = reading.plan.totals.iter().any(|(place, values)| {
            let text = tidy(reading.text(*place, index));
            values.iter().any(|value| value.eq_ignore_ascii_case(&text))
        });
        if by_value || from_end <= self.mapping.totals.last { RowKind::Total } else { RowKind::Unit }
    }

    fn table(&mut self, contest: &str) -> Option<usize> {
        if let Some(index) = self.contests.get(contest) {
            return Some(*index);
        }
        let index = self.tables.len();
        self.tables.push(Table::new(self.info.clone(), contest));
        self.contests.insert(contest.to_owned(), index);
        Some(index)
    }
}

fn push(table: &mut Table, identity: &Identity, line: u64) -> Result<usize, TableError> {
    let parents: Vec<&str> = identity.parents.iter().map(String::as_str).collect();
    table.push_row(&NewRow {
        kind: identity.kind,
        unit: &identity.unit,
        name: &identity.name,
        parents: &parents,
        part: identity.part.as_deref(),
        line,
    })
}

fn contestant_column(table: &mut Table, contestant: &Contestant) -> Result<Column, TableError> {
    match table.contestant_index(&contestant.id) {
        Some(index) => Ok(Column::Contestant(index)),
        None => table.add_contestant(contestant.clone()),
    }
}

pub(crate) fn model_problem(problems: &Problems, error: &TableError) -> scr_results::Problem {
    problems.error(codes::MODEL_LIMIT).with("why", error)
}
