//! Records of ballots.

use super::super::{Problems, numbered};
use super::definitions::{Definitions, small};
use super::node::Node;
use crate::cvr::{Card, Choice, ChoiceKind, ChoiceNo, ContestNo, Contests, Mark, Sink};
use scr_core::{Closest, Problem};

/// Votes for one choice at one position, at most (cumulative voting).
const MAX_VOTES: u16 = 100;
/// The choice for what was written in and stands for no selection.
const WRITTEN_IN: &str = "write-in";

pub(super) struct Ballots<'a> {
    definitions: &'a Definitions,
    pub(super) contests: Contests,
    /// By number, whether ranks count.
    ranked: Vec<bool>,
    pub(super) cards: u64,
    /// The sink takes no more.
    pub(super) is_full: bool,
    card: Card,
}

impl<'a> Ballots<'a> {
    pub(super) fn new(definitions: &'a Definitions, contests: Contests) -> Self {
        Self {
            definitions,
            contests,
            ranked: definitions.ranked(),
            cards: 0,
            is_full: false,
            card: Card::default(),
        }
    }

    /// Gives a record to the sink; or says what is wrong with it.
    pub(super) fn take(&mut self, record: &Node, number: u64, problems: &mut Problems, sink: &mut dyn Sink) {
        let mut card = std::mem::take(&mut self.card);
        card.clear();
        self.name(record, &mut card);
        let sequence = record.text("BatchSequenceId");
        match numbered(sequence).and_then(|number| u32::try_from(number).ok()) {
            Some(position) => card.position = position,
            None if sequence.is_empty() => {}
            None => {
                let problem = problems.error("SCR-CVR-067").in_column("BatchSequenceId").with_value(sequence);
                problems.add(problem.with("record", number));
            }
        }
        card.sheet = numbered(record.text("BallotSheetId"))
            .and_then(|sheet| u32::try_from(sheet).ok())
            .unwrap_or_default();
        let before = problems.has_errors();
        match current(record) {
            Some(snapshot) => {
                for contest in snapshot.all("CVRContest") {
                    if let Err(problem) = self.add(contest, &mut card, problems) {
                        problems.add(problem.with("record", number).with("id", &card.id));
                    }
                }
            }
            None => {
                let problem = problems.error("SCR-CVR-066").with_value(record.text("CurrentSnapshotId"));
                problems.add(problem.with("record", number).with("id", &card.id));
            }
        }
        if before || !problems.has_errors() {
            match sink.card(&self.contests, &card) {
                Ok(()) => self.cards += 1,
                Err(problem) => {
                    self.is_full = problem.code == "SCR-CVR-001";
                    problems.add(problem.with("record", number));
                }
            }
        }
        self.card = card;
    }

    fn name(&self, record: &Node, card: &mut Card) {
        let names = ["UniqueId", "BallotPrePrintedId", "BallotAuditId", "CurrentSnapshotId"];
        let id = names.iter().map(|name| record.text(name)).find(|text| !text.is_empty());
        card.id.push_str(id.unwrap_or_default());
        let printed = ["BallotAuditId", "BallotPrePrintedId"];
        let printed = printed.iter().map(|name| record.text(name)).find(|text| !text.is_empty());
        card.imprinted.push_str(printed.unwrap_or_default());
        card.tabulator.push_str(record.text("CreatingDeviceId"));
        card.batch.push_str(record.text("BatchId"));
        card.style.push_str(record.text("BallotStyleId"));
        card.precinct.push_str(self.definitions.unit(record.text("BallotStyleUnitId")));
    }

    fn add(&mut self, node: &Node, card: &mut Card, problems: &Problems) -> Result<(), Box<Problem>> {
        let id = node.text("ContestId");
        let Some(contest) = self.contests.find(id) else {
            let closest =
                Closest::among(self.contests.list().iter().map(|contest| contest.id.as_str())).to(id);
            let problem = problems.error("SCR-CVR-064").in_column("ContestId").with_value(id);
            return Err(Box::new(problem.closest_to(closest)));
        };
        let is_said = node.all("Status").any(|status| status.own_text() == Some("overvoted"));
        let overvoted = is_said || numbered(node.text("Overvotes")).is_some_and(|votes| votes > 0);
        let mut marks = Vec::new();
        for selection in node.all("CVRContestSelection") {
            self.add_selection(contest, selection, overvoted, &mut marks, problems)?;
        }
        let spec = &self.contests.list()[usize::from(contest)];
        let told = spec.votes_allowed > 0 && marks.len() > usize::from(spec.votes_allowed);
        // Says that it is overvoted, and not by what.
        if overvoted && spec.ranks == 0 && !told && marks.iter().all(|mark| mark.choice != Mark::OVERVOTE) {
            marks.push(Mark::vote(Mark::OVERVOTE));
        }
        card.add(contest, &marks);
        Ok(())
    }

    fn add_selection(
        &mut self,
        contest: ContestNo,
        node: &Node,
        overvoted: bool,
        marks: &mut Vec<Mark>,
        problems: &Problems,
    ) -> Result<(), Box<Problem>> {
        let spec = &self.contests.list()[usize::from(contest)];
        let wrong = |field: &str, value: &str| {
            let problem = problems.error("SCR-CVR-067").in_column(field).with_value(value);
            Box::new(problem.with("contest", &spec.name))
        };
        let mut found: Vec<(u16, u16, bool)> = Vec::new();
        for position in node.all("SelectionPosition") {
            let text = |name: &'static str| position.text(name);
            // A word that the format does not know would lose a vote.
            for name in ["HasIndication", "IsAllocable"] {
                if !matches!(text(name), "yes" | "no" | "unknown" | "") {
                    return Err(wrong(name, text(name)));
                }
            }
            let indicated = matches!(text("HasIndication"), "yes" | "");
            if !indicated || (text("IsAllocable") == "no" && !overvoted) {
                continue;
            }
            let rank = if text("Rank").is_empty() { node.text("Rank") } else { text("Rank") };
            let rank = if rank.is_empty() { 0 } else { small(rank).ok_or_else(|| wrong("Rank", rank))? };
            let votes = text("NumberVotes");
            let votes = if votes.is_empty() {
                1
            } else {
                small(votes).filter(|votes| *votes <= MAX_VOTES).ok_or_else(|| wrong("NumberVotes", votes))?
            };
            found.push((rank, votes, position.all("CVRWriteIn").next().is_some()));
        }
        if found.is_empty() {
            return Ok(());
        }
        let is_write_in = found.iter().any(|(_, _, written)| *written);
        let choice =
            self.choice(contest, node.text("ContestSelectionId"), overvoted && !is_write_in, problems)?;
        for (rank, votes, _) in found {
            let rank = self.ranked(contest, rank);
            marks.extend((0..votes).map(|_| Mark { rank, choice }));
        }
        Ok(())
    }

    /// The rank that counts: none where the contest says that it is not ranked.
    fn ranked(&mut self, contest: ContestNo, rank: u16) -> u16 {
        let spec = &self.contests.list()[usize::from(contest)];
        if !self.ranked.get(usize::from(contest)).is_some_and(|ranked| *ranked) {
            return 0;
        }
        if rank > spec.ranks {
            let most = u16::try_from(spec.choices.len()).unwrap_or(u16::MAX);
            self.contests.set_limits(contest, 1, most.max(rank));
        }
        rank
    }

    /// The choice of a selection; without one a name was written in, or nobody can tell who was meant.
    fn choice(
        &mut self,
        contest: ContestNo,
        id: &str,
        overvoted: bool,
        problems: &Problems,
    ) -> Result<ChoiceNo, Box<Problem>> {
        if let Some(choice) = self.contests.find_choice(contest, id) {
            return Ok(choice);
        }
        if !id.is_empty() {
            let spec = &self.contests.list()[usize::from(contest)];
            let closest = Closest::among(spec.choices.iter().map(|choice| choice.id.as_str())).to(id);
            let problem = problems.error("SCR-CVR-065").in_column("ContestSelectionId").with_value(id);
            return Err(Box::new(problem.closest_to(closest).with("contest", &spec.name)));
        }
        if overvoted {
            return Ok(Mark::OVERVOTE);
        }
        let make = || Choice {
            id: String::new(),
            name: "Write-in".to_owned(),
            party: String::new(),
            kind: ChoiceKind::UndeclaredWriteIn,
        };
        let made = self.contests.choice(contest, WRITTEN_IN, make);
        made.map_err(|error| Box::new(problems.error("SCR-CVR-023").with("what", error)))
    }
}

/// The snapshot that counts: the one that is named, or the only one where none is. `None` too where it could be
/// either of two.
fn current(record: &Node) -> Option<&Node> {
    let id = record.text("CurrentSnapshotId");
    let mut named = record.all("CVRSnapshot").filter(|snapshot| id.is_empty() || snapshot.text("@id") == id);
    let first = named.next();
    first.filter(|_| named.next().is_none())
}
