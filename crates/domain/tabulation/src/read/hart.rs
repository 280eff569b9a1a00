//! Hart's CVRs: a zip with a small XML file for each card.
//!
//! Contests and choices are known by their ids (GUIDs). How many votes are allowed is not said: it is the most that a
//! card without an overvote has used and left. A value of several digits is a ranking: `0100` is the second rank of
//! four. Strangers in the archive (folders, `.DS_Store`) are passed over.

use super::cdf::node::{Node, document};
use super::table::Rows;
use super::{Limits, Problems, identifier, numbered};
use crate::cvr::{Card, Choice, ChoiceKind, Contest, ContestNo, Contests, Mark, Reading, Sink};
use csv::ByteRecord;
use scr_core::Problem;
use std::collections::HashMap;
use std::io::{Read, Seek};
use zip::ZipArchive;

/// What the list of scanned ballots says of a card.
#[derive(PartialEq, Eq)]
struct Scanned {
    unique: String,
    workstation: String,
}

/// Reads an archive, with the list of scanned ballots (CSV with `CvrId`, `UniqueIdentifier`, `Workstation`) where
/// there is one.
///
/// # Errors
/// Everything that is wrong: SCR-CVR-030, -031, -033 the archive, -075 a file of it, -076 the list, -021, -023,
/// -028, -039.
pub fn read<R: Read + Seek>(
    input: R,
    scanned: Option<&mut dyn Read>,
    file: &str,
    limits: &Limits,
    sink: &mut dyn Sink,
) -> Result<Reading, Vec<Problem>> {
    let mut problems = Problems::of(file);
    let scanned = scanned.map(|list| scanned_ballots(list, limits, &mut problems)).unwrap_or_default();
    let mut reader = Reader { contests: Contests::default(), scanned, card: Card::default(), cards: 0 };
    match ZipArchive::new(input) {
        Ok(archive) if archive.len() > limits.members => {
            let problem =
                problems.error("SCR-CVR-031").with("files", archive.len()).with("limit", limits.members);
            problems.add(problem);
        }
        Ok(archive) => reader.read(archive, file, limits, &mut problems, sink),
        Err(error) => {
            let problem = problems.error("SCR-CVR-030").with("what", error);
            problems.add(problem);
        }
    }
    problems.now_in(file);
    if reader.cards == 0 && !problems.has_errors() {
        let problem = problems.error("SCR-CVR-028");
        problems.add(problem);
    }
    let warnings = problems.finish()?;
    Ok(Reading { election: String::new(), contests: reader.contests, cards: reader.cards, warnings })
}

struct Reader {
    contests: Contests,
    scanned: HashMap<String, Scanned>,
    card: Card,
    cards: u64,
}

impl Reader {
    fn read<R: Read + Seek>(
        &mut self,
        mut archive: ZipArchive<R>,
        file: &str,
        limits: &Limits,
        problems: &mut Problems,
        sink: &mut dyn Sink,
    ) {
        let (mut left, mut bytes) = (limits.unpacked, Vec::new());
        for at in 0..archive.len() {
            if problems.are_many() {
                return;
            }
            bytes.clear();
            let name = match archive.by_index(at) {
                Ok(mut member) => {
                    let name = String::from_utf8_lossy(member.name_raw()).into_owned();
                    if member.is_dir() || !is_card(&name) {
                        continue;
                    }
                    problems.now_in(&format!("{file}#{name}"));
                    // One byte more than is allowed tells that it is too long.
                    let most = (limits.record as u64).min(left) + 1;
                    match member.by_ref().take(most).read_to_end(&mut bytes) {
                        Ok(length) if length as u64 == most => Err("SCR-CVR-033".to_owned()),
                        Ok(length) => {
                            left -= length as u64;
                            Ok(name)
                        }
                        Err(error) => Err(error.to_string()),
                    }
                }
                Err(error) => Err(error.to_string()),
            };
            match name {
                Ok(_) => {
                    if !self.take(&bytes, problems, sink) {
                        return;
                    }
                }
                Err(what) if what == "SCR-CVR-033" => {
                    let problem = problems.error("SCR-CVR-033").with("limit", limits.record);
                    problems.add(problem);
                    return;
                }
                Err(what) => {
                    let problem = problems.error("SCR-CVR-030").with("what", what);
                    problems.add(problem);
                }
            }
        }
    }

    /// Gives one file to the sink; `false`: it takes no more.
    fn take(&mut self, bytes: &[u8], problems: &mut Problems, sink: &mut dyn Sink) -> bool {
        let mut parts: HashMap<String, Node> = HashMap::new();
        let read = document(bytes, "Cvr", &mut |name, node| {
            parts.insert(name.to_owned(), node);
        });
        let mut card = std::mem::take(&mut self.card);
        card.clear();
        let filled = read.map_err(|what| Box::new(problems.error("SCR-CVR-075").with("what", what)));
        let filled = filled.and_then(|()| self.fill(&parts, &mut card, problems));
        let mut more = true;
        match filled {
            Ok(()) => match sink.card(&self.contests, &card) {
                Ok(()) => self.cards += 1,
                Err(problem) => {
                    more = problem.code != "SCR-CVR-001";
                    problems.add(*problem);
                }
            },
            Err(problem) => problems.add(*problem),
        }
        self.card = card;
        more
    }

    fn fill(
        &mut self,
        parts: &HashMap<String, Node>,
        card: &mut Card,
        problems: &Problems,
    ) -> Result<(), Box<Problem>> {
        let text = |name: &str| parts.get(name).and_then(Node::own_text).unwrap_or_default();
        card.id.push_str(text("CvrGuid"));
        card.batch.push_str(text("BatchNumber"));
        if card.id.is_empty() {
            let problem = problems.error("SCR-CVR-075").in_column("CvrGuid");
            return Err(Box::new(problem.with("what", "no id")));
        }
        let sequence = text("BatchSequence");
        let position = numbered(sequence).and_then(|number| u32::try_from(number).ok());
        match position {
            Some(position) => card.position = position,
            None if sequence.is_empty() => {}
            None => {
                let problem = problems.error("SCR-CVR-075").in_column("BatchSequence");
                return Err(Box::new(problem.with_value(sequence)));
            }
        }
        if let Some(precinct) = parts.get("PrecinctSplit") {
            card.precinct.push_str(precinct.text("Name"));
        }
        if let Some(scanned) = self.scanned.get(&card.id) {
            card.imprinted.push_str(&scanned.unique);
            card.tabulator.push_str(&scanned.workstation);
        }
        for contest in parts.get("Contests").into_iter().flat_map(|contests| contests.all("Contest")) {
            self.add(contest, card, problems)?;
        }
        Ok(())
    }

    fn add(&mut self, node: &Node, card: &mut Card, problems: &Problems) -> Result<(), Box<Problem>> {
        let number = self.contest(node, problems)?;
        let mut marks = Vec::new();
        for option in node.all("Options").flat_map(|options| options.all("Option")) {
            let value = option.text("Value");
            if value.is_empty() || !value.bytes().all(|byte| byte == b'0' || byte == b'1') {
                let problem = problems.error("SCR-CVR-075").in_column("Value").with_value(value);
                return Err(Box::new(problem.with("contest", node.text("Name"))));
            }
            let choice = self.choice(number, option, problems)?;
            if value.len() == 1 {
                marks.extend((value == "1").then(|| Mark::vote(choice)));
                continue;
            }
            let ranks = u16::try_from(value.len()).unwrap_or(u16::MAX);
            if self.contests.list()[usize::from(number)].ranks < ranks {
                self.contests.set_limits(number, 1, ranks);
            }
            let given = (1_u16..).zip(value.bytes()).filter(|(_, digit)| *digit == b'1');
            marks.extend(given.map(|(rank, _)| Mark::ranked(choice, rank)));
        }
        self.limit(number, node, &mut marks);
        card.add(number, &marks);
        Ok(())
    }

    /// Learns how many votes are allowed, and keeps it said that there are too many.
    fn limit(&mut self, number: ContestNo, node: &Node, marks: &mut Vec<Mark>) {
        let spec = &self.contests.list()[usize::from(number)];
        if spec.ranks > 0 {
            return;
        }
        if node.all("Overvoted").next().is_some() {
            // Always: cards that come later can raise what is allowed, and what a card says may not depend on them.
            marks.push(Mark::vote(Mark::OVERVOTE));
            return;
        }
        let undervotes = numbered(node.text("Undervotes")).unwrap_or(0);
        let allowed = u16::try_from(marks.len() as u64 + undervotes).unwrap_or(u16::MAX);
        if allowed > spec.votes_allowed {
            self.contests.set_limits(number, allowed, 0);
        }
    }

    /// The contest by its id; one that shares its id with another of a different name is told apart by the name.
    fn contest(&mut self, node: &Node, problems: &Problems) -> Result<ContestNo, Box<Problem>> {
        let (id, name) = (node.text("Id"), node.text("Name"));
        let id = if id.is_empty() { name } else { id };
        let other =
            self.contests.find(id).filter(|known| self.contests.list()[usize::from(*known)].name != name);
        let id = if other.is_some() { format!("{id} {name}") } else { id.to_owned() };
        let make = || Contest {
            id: String::new(),
            name: name.to_owned(),
            votes_allowed: 0,
            ranks: 0,
            choices: Vec::new(),
        };
        let made = self.contests.contest(&id, make);
        made.map_err(|error| Box::new(problems.error("SCR-CVR-023").with("what", error)))
    }

    /// The choice by its id; what is written in has one that all of a contest share.
    fn choice(&mut self, contest: ContestNo, node: &Node, problems: &Problems) -> Result<u16, Box<Problem>> {
        let (id, name) = (node.text("Id"), node.text("Name"));
        let written = node.all("WriteInData").next().is_some();
        let kind = if written { ChoiceKind::UndeclaredWriteIn } else { ChoiceKind::Regular };
        let name = if name.is_empty() && written { "Write-in" } else { name };
        let id = if id.is_empty() { name } else { id };
        let make = || Choice { id: String::new(), name: name.to_owned(), party: String::new(), kind };
        let made = self.contests.choice(contest, id, make);
        made.map_err(|error| Box::new(problems.error("SCR-CVR-023").with("what", error)))
    }
}

fn is_card(name: &str) -> bool {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_xml = last.len() > 4 && last.as_bytes()[last.len() - 4..].eq_ignore_ascii_case(b".xml");
    is_xml && !last.starts_with('.') && !name.starts_with("__MACOSX")
}

/// Rows before the header, at most (`#FormatVersion` and the like).
const PREAMBLE: u64 = 20;

fn scanned_ballots(
    input: &mut dyn Read,
    limits: &Limits,
    problems: &mut Problems,
) -> HashMap<String, Scanned> {
    let mut found = HashMap::new();
    let Some(mut rows) = Rows::open(input, limits, problems) else { return found };
    let (mut columns, mut record): (Option<[usize; 3]>, _) = (None, ByteRecord::new());
    while !problems.are_many() && rows.next(&mut record, problems) {
        let row = rows.row();
        // Hart marks lines that are not data with `#`, and the names of columns may be one.
        let is =
            |text: &[u8], name: &str| identifier(text).trim_start_matches('#').eq_ignore_ascii_case(name);
        let place = |name: &str| record.iter().position(|text| is(text, name));
        match columns {
            Some([id, unique, workstation]) => {
                let text =
                    |at: usize| record.get(at).map(|text| identifier(text).into_owned()).unwrap_or_default();
                let scanned = Scanned { unique: text(unique), workstation: text(workstation) };
                let id = text(id);
                if found.get(&id).is_some_and(|known| *known != scanned) {
                    let problem = problems.error("SCR-CVR-076").at_row(row).with_value(&id);
                    problems.add(problem.with("what", "twice, and not the same"));
                }
                found.insert(id, scanned);
            }
            None => {
                let all = [place("CvrId"), place("UniqueIdentifier"), place("Workstation")];
                if let [Some(id), Some(unique), Some(workstation)] = all {
                    columns = Some([id, unique, workstation]);
                } else if row > PREAMBLE {
                    break;
                }
            }
        }
    }
    if columns.is_none() && !problems.has_errors() {
        let problem = problems.error("SCR-CVR-076").with("what", "no CvrId, UniqueIdentifier, Workstation");
        problems.add(problem);
    }
    found
}
