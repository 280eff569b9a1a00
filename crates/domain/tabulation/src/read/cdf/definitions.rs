//! What a report says besides ballots: contests, candidates, precincts.

use super::super::{Problems, numbered};
use super::node::Node;
use crate::cvr::{Choice, ChoiceKind, Contest, Contests};
use std::collections::HashMap;

/// The code of a contest under which [`super::Writer`] keeps how many ranks voters have; the format has no member.
pub(super) const RANKS: &str = "number-of-ranks";
/// The code of the selection that [`super::Writer`] makes for a contest without choices; it is none.
pub(super) const NOBODY: &str = "no-selection";

#[derive(Debug, Default)]
pub(super) struct Definitions {
    elections: Vec<Node>,
    units: HashMap<String, String>,
    parties: HashMap<String, String>,
}

impl Definitions {
    /// Takes a part of the report.
    pub(super) fn take(&mut self, name: &str, node: Node) {
        let nodes = match node {
            Node::List(list) => list,
            one => vec![one],
        };
        for node in nodes {
            let named = || (node.text("@id").to_owned(), node.text("Name").to_owned());
            match name {
                "Election" => self.elections.push(node),
                "GpUnit" => {
                    let (id, text) = named();
                    self.units.insert(id, text);
                }
                "Party" => {
                    let (id, text) = named();
                    let short = if text.is_empty() { node.text("Abbreviation").to_owned() } else { text };
                    self.parties.insert(id, short);
                }
                _ => {}
            }
        }
    }

    /// The election's name, or the area's that it is held in.
    pub(super) fn election(&self) -> String {
        let Some(first) = self.elections.first() else { return String::new() };
        match first.text("Name") {
            "" => self.units.get(first.text("ElectionScopeId")).cloned().unwrap_or_default(),
            name => name.to_owned(),
        }
    }

    /// The name of a unit, or what was given where it is not defined or has no name.
    pub(super) fn unit<'a>(&'a self, id: &'a str) -> &'a str {
        self.units.get(id).filter(|name| !name.is_empty()).map_or(id, String::as_str)
    }

    /// Whether ranks count, for each contest in order: where the contest says so, or has one vote and says nothing.
    pub(super) fn ranked(&self) -> Vec<bool> {
        let contests = self.elections.iter().flat_map(|election| election.all("Contest"));
        let ranked = |contest: &Node| match contest.text("VoteVariation") {
            "rcv" => true,
            "" => small(contest.text("VotesAllowed")).is_none_or(|votes| votes <= 1),
            _ => false,
        };
        contests.map(ranked).collect()
    }

    /// All contests; problems: SCR-CVR-061 there is no election, SCR-CVR-063 an id is missing or there twice,
    /// SCR-CVR-023 there are too many.
    pub(super) fn contests(&self, problems: &mut Problems) -> Contests {
        let mut contests = Contests::default();
        if self.elections.is_empty() {
            let problem = problems.error("SCR-CVR-061").with("what", "no Election");
            problems.add(problem);
        }
        for election in &self.elections {
            let candidates: HashMap<&str, &Node> =
                election.all("Candidate").map(|candidate| (candidate.text("@id"), candidate)).collect();
            for node in election.all("Contest") {
                let contest = self.contest(node, &candidates, problems);
                let id = contest.id.clone();
                if id.is_empty() || contests.find(&id).is_some() {
                    let problem =
                        problems.error("SCR-CVR-063").in_column("Contest").with_value(&contest.name);
                    problems.add(problem.with("id", &id));
                } else if let Err(error) = contests.contest(&id, || contest) {
                    let problem = problems.error("SCR-CVR-023").with("what", error);
                    problems.add(problem);
                    return contests;
                }
            }
        }
        contests
    }

    fn contest(&self, node: &Node, candidates: &HashMap<&str, &Node>, problems: &mut Problems) -> Contest {
        let id = node.text("@id");
        let name = Some(node.text("Name")).filter(|name| !name.is_empty()).unwrap_or(id);
        let mut choices: Vec<Choice> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        let is_one = |selection: &&Node| selection.all("Code").all(|code| code.text("OtherType") != NOBODY);
        for selection in node.all("ContestSelection").filter(is_one) {
            let choice = self.choice(selection, candidates);
            if choice.id.is_empty() || !seen.insert(choice.id.clone()) {
                let problem =
                    problems.error("SCR-CVR-063").in_column("ContestSelection").with_value(&choice.name);
                problems.add(problem.with("contest", name).with("id", &choice.id));
            } else {
                choices.push(choice);
            }
        }
        let kind = node.text("@type");
        let one_vote = ["BallotMeasureContest", "RetentionContest", "PartyContest"];
        let ranked = node.text("VoteVariation") == "rcv";
        let ranks =
            node.all("Code").find(|code| code.text("OtherType") == RANKS).map(|code| code.text("Value"));
        let ranks =
            ranks.and_then(small).unwrap_or_else(|| if ranked { small_count(choices.len()) } else { 0 });
        let votes_allowed = if ranked || ranks > 0 || one_vote.iter().any(|one| kind.ends_with(one)) {
            1
        } else {
            small(node.text("VotesAllowed")).unwrap_or(0)
        };
        Contest { id: id.to_owned(), name: name.to_owned(), votes_allowed, ranks, choices }
    }

    fn choice(&self, node: &Node, candidates: &HashMap<&str, &Node>) -> Choice {
        // A reference, or in XML several with blanks between them.
        let references = |name: &'static str| -> Vec<String> {
            let texts = node.all(name).filter_map(Node::own_text);
            texts
                .flat_map(|text| {
                    if candidates.contains_key(text) || self.parties.contains_key(text) {
                        vec![text.to_owned()]
                    } else {
                        text.split_whitespace().map(str::to_owned).collect()
                    }
                })
                .collect()
        };
        let people: Vec<&&Node> =
            references("CandidateIds").iter().filter_map(|id| candidates.get(id.as_str())).collect();
        let names = |list: Vec<&str>| {
            list.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" / ")
        };
        let party_name = |id: &str| self.parties.get(id).map_or("", String::as_str);
        let written_in = node.text("IsWriteIn") == "true";
        let mut name = names(people.iter().map(|candidate| candidate.text("Name")).collect());
        if name.is_empty() {
            node.text("Selection").clone_into(&mut name);
        }
        if name.is_empty() {
            name = names(references("PartyIds").iter().map(|id| party_name(id)).collect());
        }
        if name.is_empty() {
            let mut codes = node.all("Code").map(|code| code.text("Value"));
            let code = codes.find(|value| !value.is_empty());
            let usual = if written_in { "Write-in" } else { node.text("@id") };
            code.unwrap_or(usual).clone_into(&mut name);
        }
        // A candidate by the name of "write-in" is nobody.
        let nobody = people.is_empty() || is_write_in(&name);
        let kind = match (written_in, nobody) {
            (true, true) => ChoiceKind::UndeclaredWriteIn,
            (true, false) => ChoiceKind::WriteIn,
            _ => ChoiceKind::Regular,
        };
        let party = people.first().map_or("", |candidate| party_name(candidate.text("PartyId")));
        Choice { id: node.text("@id").to_owned(), name, party: party.to_owned(), kind }
    }
}

fn is_write_in(name: &str) -> bool {
    let letters: String = name.chars().filter(|letter| letter.is_alphabetic()).collect();
    ["writein", "uwi", "undeclaredwritein", "undeclaredwriteins"].contains(&letters.to_lowercase().as_str())
}

pub(super) fn small(text: &str) -> Option<u16> {
    numbered(text).and_then(|number| u16::try_from(number).ok())
}

fn small_count(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
