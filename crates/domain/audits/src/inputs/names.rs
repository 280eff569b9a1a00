//! Names of contests and choices that differ between jurisdictions, and the standard ones that they stand for.
//!
//! A name is taken as it is where it is a standard one; else as the standard one that differs only in case, blanks and
//! punctuation; else as a person has said. Whatever is nearly a standard name is proposed and never taken. Each name
//! that is not the standard one itself has an entry in the trail. Contests that are in no list are left alone: an export
//! has more contests than are audited.

use super::contests::StandardContest;
use super::near::{Near, folded};
use super::table::{Column, Table};
use super::totals::Totals;
use super::{Limits, Told, Wrong};
use crate::record::NameTrail;
use scr_core::Problem;
use scr_tabulation::cvr::{ChoiceKind, Contest};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use std::io::Read;

/// The names that a jurisdiction uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// Whose.
    pub jurisdiction: String,
    /// The file they stand in.
    pub file: String,
    /// Its contests.
    pub contests: Vec<UsedContest>,
}

/// A contest as a jurisdiction names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedContest {
    /// Its name.
    pub name: String,
    /// Its choices.
    pub choices: Vec<UsedChoice>,
}

/// A choice as a jurisdiction names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedChoice {
    /// Its name.
    pub name: String,
    /// Not so where names were written in by voters and nobody declared them.
    pub is_standing: bool,
}

impl Used {
    /// The names in cast vote records.
    pub fn of_cvrs(jurisdiction: &str, file: &str, contests: &[Contest]) -> Self {
        let of = |contest: &Contest| UsedContest {
            name: contest.name.clone(),
            choices: contest
                .choices
                .iter()
                .map(|choice| UsedChoice {
                    name: choice.name.clone(),
                    is_standing: choice.kind != ChoiceKind::UndeclaredWriteIn,
                })
                .collect(),
        };
        Self {
            jurisdiction: jurisdiction.to_owned(),
            file: file.to_owned(),
            contests: contests.iter().map(of).collect(),
        }
    }

    /// The names in totals by batch.
    pub fn of_totals(jurisdiction: &str, file: &str, totals: &Totals) -> Self {
        let choice = |name: &String| UsedChoice { name: name.clone(), is_standing: true };
        let contests = totals
            .contests
            .iter()
            .map(|contest| UsedContest {
                name: contest.name.clone(),
                choices: contest.choices.iter().map(choice).collect(),
            })
            .collect();
        Self { jurisdiction: jurisdiction.to_owned(), file: file.to_owned(), contests }
    }
}

/// What a person says that a name stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Who uses the name.
    pub jurisdiction: String,
    /// For a choice the standard name of its contest; none: it is the name of a contest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contest: Option<String>,
    /// The name used.
    pub used: String,
    /// The standard name.
    pub standard: String,
}

/// Why a name stands for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// They differ only in case, blanks and punctuation.
    Spelling,
    /// A person said so.
    Person,
}

/// An entry of the trail.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Renamed {
    /// Who used the name.
    pub jurisdiction: String,
    /// For a choice the standard name of its contest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contest: Option<String>,
    /// The name used.
    pub used: String,
    /// The standard name.
    pub standard: String,
    /// Why.
    pub because: Because,
}

impl Renamed {
    /// As an audit record has it, a choice with its contest.
    pub fn trail(&self) -> NameTrail {
        let whole = |name: &str| match &self.contest {
            Some(contest) => format!("{contest} - {name}"),
            None => name.to_owned(),
        };
        NameTrail {
            jurisdiction: self.jurisdiction.clone(),
            used: whole(&self.used),
            standard: whole(&self.standard),
        }
    }
}

/// The standard names of what a jurisdiction uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Whose.
    pub jurisdiction: String,
    /// For each contest, in the order in which it was given, the standard one by its place in the list.
    pub contests: Vec<Option<NamedContest>>,
}

/// A contest that is in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedContest {
    /// Its place in the list.
    pub standard: usize,
    /// For each choice, in the order in which it was given, the standard name.
    pub choices: Vec<String>,
}

/// All names of all jurisdictions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standardised {
    /// In the order in which the jurisdictions were given.
    pub jurisdictions: Vec<Named>,
    /// Every name that was not a standard one, in order.
    pub trail: Vec<Renamed>,
}

/// Gives names their standard.
///
/// # Errors
/// SCR-AUD-033: a contest of the list is not among a jurisdiction's, or a choice not in the list. SCR-AUD-034: two names
/// would become one, or one could become two. SCR-AUD-035: what a person said fits nothing. Warnings: SCR-AUD-036, -037.
pub fn standardise(
    standard: &[StandardContest],
    used: &[Used],
    mappings: &[Mapping],
    file: &str,
) -> Result<Told<Standardised>, Vec<Problem>> {
    let mut wrong = Wrong::with(file);
    let mut names = Names { standard, said: HashMap::new(), unused: BTreeSet::new(), trail: Vec::new() };
    names.listen(mappings, &mut wrong);
    let mut jurisdictions = Vec::new();
    for used in used {
        used.file.clone_into(&mut wrong.file);
        jurisdictions.push(names.jurisdiction(used, &mut wrong));
    }
    file.clone_into(&mut wrong.file);
    names.unused(mappings, used, &mut wrong);
    let mut trail = names.trail;
    trail.sort();
    trail.dedup();
    wrong.told(Standardised { jurisdictions, trail })
}

/// Jurisdiction, contest (for a choice) and name, to the standard and the place of the mapping.
type Said<'a> = HashMap<(&'a str, Option<&'a str>, &'a str), (&'a str, usize)>;

struct Names<'a> {
    standard: &'a [StandardContest],
    said: Said<'a>,
    /// Mappings that were not needed yet.
    unused: BTreeSet<usize>,
    trail: Vec<Renamed>,
}

/// What a name stands for.
enum Meaning {
    /// The standard name at this place, and why if it is not the same.
    Is(usize, Option<Because>),
    /// One of several, or the person contradicts: said already.
    Unclear,
    Unknown,
}

impl<'a> Names<'a> {
    fn listen(&mut self, mappings: &'a [Mapping], wrong: &mut Wrong) {
        for (at, mapping) in mappings.iter().enumerate() {
            let key = (mapping.jurisdiction.as_str(), mapping.contest.as_deref(), mapping.used.as_str());
            match self.said.insert(key, (&mapping.standard, at)) {
                Some((other, _)) if other != mapping.standard => {
                    let problem = wrong.error("SCR-AUD-034").with_value(&mapping.used);
                    wrong.push(problem.with("one", other).with("other", &mapping.standard));
                }
                Some((_, before)) => {
                    self.unused.remove(&before);
                }
                None => {}
            }
            self.unused.insert(at);
        }
    }

    fn jurisdiction(&mut self, used: &Used, wrong: &mut Wrong) -> Named {
        let list: Vec<&str> = self.standard.iter().map(|contest| contest.name.as_str()).collect();
        let mut taken: HashMap<usize, &str> = HashMap::new();
        let mut contests = Vec::new();
        for contest in &used.contests {
            let place = match self.meaning(&used.jurisdiction, None, &contest.name, &list, wrong) {
                Meaning::Is(place, because) => {
                    self.note(&used.jurisdiction, None, &contest.name, list[place], because);
                    Some(place)
                }
                Meaning::Unclear | Meaning::Unknown => None,
            };
            let Some(place) = place else {
                contests.push(None);
                continue;
            };
            if let Some(other) = taken.insert(place, &contest.name) {
                let problem = wrong.error("SCR-AUD-034").in_column(list[place]).with_value(&contest.name);
                wrong.push(problem.with("jurisdiction", &used.jurisdiction).with("other", other));
            }
            let standard = &self.standard[place];
            if !standard.is_in(&used.jurisdiction) {
                let problem = wrong.warning("SCR-AUD-037").with_value(&contest.name);
                wrong.push(problem.with("jurisdiction", &used.jurisdiction));
            }
            let choices = self.choices(used, contest, standard, wrong);
            contests.push(Some(NamedContest { standard: place, choices }));
        }
        self.missing(used, &taken, wrong);
        Named { jurisdiction: used.jurisdiction.clone(), contests }
    }

    /// Contests of the list that a jurisdiction should have and has not.
    fn missing(&self, used: &Used, taken: &HashMap<usize, &str>, wrong: &mut Wrong) {
        let is_taken = |name: &str| taken.values().any(|used| *used == name);
        let left = used.contests.iter().map(|contest| contest.name.as_str()).filter(|name| !is_taken(name));
        let mut near = Near::among(left);
        for (place, contest) in self.standard.iter().enumerate() {
            if contest.is_in(&used.jurisdiction) && !taken.contains_key(&place) {
                let problem = wrong.error("SCR-AUD-033").with_value(&contest.name);
                let problem = problem.with("jurisdiction", &used.jurisdiction);
                wrong.push(problem.closest_to(near.to(&contest.name)));
            }
        }
    }

    /// The standard names of the choices of a contest; where the list has none, they stay as they are.
    fn choices(
        &mut self,
        used: &Used,
        contest: &UsedContest,
        standard: &'a StandardContest,
        wrong: &mut Wrong,
    ) -> Vec<String> {
        let Some(listed) = &standard.choices else {
            return contest.choices.iter().map(|choice| choice.name.clone()).collect();
        };
        let list: Vec<&str> = listed.iter().map(String::as_str).collect();
        let mut taken: HashMap<usize, &str> = HashMap::new();
        let mut near = Near::among(list.iter().copied());
        let mut names = Vec::new();
        for choice in &contest.choices {
            let about = |problem: Problem| {
                let problem = problem.in_column(&standard.name).with_value(&choice.name);
                problem.with("jurisdiction", &used.jurisdiction)
            };
            let of = Some(standard.name.as_str());
            match self.meaning(&used.jurisdiction, of, &choice.name, &list, wrong) {
                Meaning::Is(place, because) => {
                    self.note(&used.jurisdiction, of, &choice.name, list[place], because);
                    if let Some(other) = taken.insert(place, &choice.name) {
                        wrong.push(about(wrong.error("SCR-AUD-034")).with("other", other));
                    }
                    names.push(list[place].to_owned());
                    continue;
                }
                Meaning::Unknown if choice.is_standing => {
                    wrong.push(about(wrong.error("SCR-AUD-033")).closest_to(near.to(&choice.name)));
                }
                Meaning::Unknown | Meaning::Unclear => {}
            }
            names.push(choice.name.clone());
        }
        for (place, name) in list.iter().enumerate() {
            if !taken.contains_key(&place) {
                let problem = wrong.warning("SCR-AUD-036").in_column(&standard.name).with_value(name);
                wrong.push(problem.with("jurisdiction", &used.jurisdiction));
            }
        }
        names
    }

    /// Which of the standard names a name stands for.
    fn meaning(
        &mut self,
        jurisdiction: &str,
        contest: Option<&str>,
        name: &str,
        list: &[&str],
        wrong: &mut Wrong,
    ) -> Meaning {
        let exact = list.iter().position(|known| *known == name);
        let said = self.said.get(&(jurisdiction, contest, name)).copied();
        if let Some((standard, at)) = said {
            self.unused.remove(&at);
            let place = list.iter().position(|known| *known == standard);
            return match place {
                // It has no need to be said.
                Some(place) if exact == Some(place) => Meaning::Is(place, None),
                Some(place) if exact.is_none() => Meaning::Is(place, Some(Because::Person)),
                _ => {
                    let mut near = Near::among(list.iter().copied());
                    let problem = wrong.error("SCR-AUD-035").with_value(standard).with("used", name);
                    let problem = problem.with("jurisdiction", jurisdiction);
                    let closest = if place.is_some() { Some(name) } else { near.to(standard) };
                    wrong.push(problem.closest_to(closest));
                    Meaning::Unclear
                }
            };
        }
        if let Some(place) = exact {
            return Meaning::Is(place, None);
        }
        let fold = folded(name);
        let mut alike = (0..list.len()).filter(|place| !fold.is_empty() && folded(list[*place]) == fold);
        match (alike.next(), alike.next()) {
            (None, _) => Meaning::Unknown,
            (Some(place), None) => Meaning::Is(place, Some(Because::Spelling)),
            (Some(one), Some(other)) => {
                let problem = wrong.error("SCR-AUD-034").with_value(name).with("jurisdiction", jurisdiction);
                wrong.push(problem.with("one", list[one]).with("other", list[other]));
                Meaning::Unclear
            }
        }
    }

    fn note(
        &mut self,
        jurisdiction: &str,
        contest: Option<&str>,
        used: &str,
        standard: &str,
        because: Option<Because>,
    ) {
        if let Some(because) = because {
            self.trail.push(Renamed {
                jurisdiction: jurisdiction.to_owned(),
                contest: contest.map(str::to_owned),
                used: used.to_owned(),
                standard: standard.to_owned(),
                because,
            });
        }
    }

    /// What a person said of names that nobody uses.
    fn unused(&self, mappings: &[Mapping], used: &[Used], wrong: &mut Wrong) {
        let mut names = BTreeSet::new();
        for used in used {
            names.insert(used.jurisdiction.as_str());
            for contest in &used.contests {
                names.insert(&contest.name);
                names.extend(contest.choices.iter().map(|choice| choice.name.as_str()));
            }
        }
        let mut near = Near::among(names);
        for mapping in self.unused.iter().filter_map(|at| mappings.get(*at)) {
            let is_here = used.iter().any(|used| used.jurisdiction == mapping.jurisdiction);
            let name = if is_here { &mapping.used } else { &mapping.jurisdiction };
            let problem =
                wrong.error("SCR-AUD-035").with_value(name).with("jurisdiction", &mapping.jurisdiction);
            wrong.push(problem.closest_to(near.to(name).filter(|found| found != name)));
        }
    }
}

const COLUMNS: [Column; 4] = [
    Column { name: "Jurisdiction", also: &[], needed: true },
    Column { name: "Contest Name", also: &["Contest"], needed: false },
    Column { name: "Used Name", also: &["Used", "CVR Name"], needed: true },
    Column { name: "Standard Name", also: &["Standard", "Standardized Name"], needed: true },
];

/// Reads what a person says that names stand for: `Jurisdiction`, `Contest Name` (the standard name of the contest where
/// the name is a choice's, else empty), `Used Name`, `Standard Name`.
///
/// # Errors
/// Everything that is wrong (SCR-AUD-010 to -016, -023, -024).
pub fn read(input: impl Read, file: &str, limits: &Limits) -> Result<Told<Vec<Mapping>>, Vec<Problem>> {
    let mut wrong = Wrong::with(file);
    let Some(mut table) = Table::open(input, &COLUMNS, limits, &mut wrong) else {
        return Err(wrong.into_list());
    };
    table.leave_others(&COLUMNS, &mut wrong);
    let mut list = Vec::new();
    if let (Some(jurisdiction), Some(used), Some(standard)) = (table.at[0], table.at[2], table.at[3]) {
        while let Some(row) = table.next(&mut wrong) {
            let contest = table.at[1].map(|at| row.cells[at].clone()).filter(|contest| !contest.is_empty());
            let names = [jurisdiction, used, standard].map(|at| table.name(&row, at, &mut wrong));
            if let [Some(jurisdiction), Some(used), Some(standard)] = names {
                list.push(Mapping { jurisdiction, contest, used, standard });
            }
        }
    }
    wrong.told(list)
}
