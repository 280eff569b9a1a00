//! The JSON writer. Of what the model holds the format has no place for the counting group of a card.

use super::definitions::{NOBODY, RANKS};
use crate::cvr::columns::Told;
use crate::cvr::{Card, Choice, ChoiceKind, Contest, ContestNo, Contests, Mark, Sink};
use scr_core::{Problem, Severity};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};

const ELECTION: &str = "election";
const PROGRAM: &str = "scrutineer";

/// Writes cards as they come, and at the end what they refer to. The contests that cards name must have all their
/// choices from the first card on: ids of selections are given once.
pub struct Writer<W> {
    out: W,
    cards: u64,
    devices: BTreeSet<String>,
    precincts: BTreeSet<String>,
    ids: HashMap<ContestNo, Vec<String>>,
    used: BTreeSet<String>,
}

impl<W: Write> Writer<W> {
    /// Begins.
    ///
    /// # Errors
    /// Those of the file.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all(b"{\"@type\":\"CVR.CastVoteRecordReport\",\"Version\":\"1.0.0\",\"CVR\":[")?;
        Ok(Self {
            out,
            cards: 0,
            devices: BTreeSet::new(),
            precincts: BTreeSet::new(),
            ids: HashMap::new(),
            used: BTreeSet::new(),
        })
    }

    /// Ends it, with the contests and the election's name. `generated`: when, in RFC 3339.
    ///
    /// # Errors
    /// Those of the file.
    pub fn finish(mut self, contests: &Contests, election: &str, generated: &str) -> io::Result<W> {
        let (mut candidates, mut listed) = (Vec::new(), Vec::new());
        let mut parties: BTreeSet<&str> = BTreeSet::new();
        for (number, contest) in (0..).zip(contests.list()) {
            self.give_ids(number, contest);
            let ids = &self.ids[&number];
            for (choice, id) in contest.choices.iter().zip(ids) {
                if choice.kind != ChoiceKind::UndeclaredWriteIn {
                    parties.extend(Some(choice.party.as_str()).filter(|party| !party.is_empty()));
                    candidates.push(candidate(choice, id));
                }
            }
            listed.push(contest_json(contest, ids));
        }
        let precincts = self.precincts.iter().map(
            |name| json!({ "@type": "CVR.GpUnit", "@id": unit(name), "Type": "precinct", "Name": name }),
        );
        let scope =
            json!({ "@type": "CVR.GpUnit", "@id": "scope", "Type": "other", "OtherType": "election" });
        let device = |id: &str| json!({ "@type": "CVR.ReportingDevice", "@id": id, "Application": PROGRAM });
        let devices = std::iter::once(PROGRAM).chain(self.devices.iter().map(String::as_str)).map(device);
        let rest = json!({
            "Election": [{
                "@type": "CVR.Election", "@id": ELECTION, "Name": election, "ElectionScopeId": "scope",
                "Candidate": candidates, "Contest": listed,
            }],
            "GpUnit": std::iter::once(scope).chain(precincts).collect::<Vec<_>>(),
            "Party": parties.iter().map(|name| json!({ "@type": "CVR.Party", "@id": party(name), "Name": name }))
                .collect::<Vec<_>>(),
            "ReportingDevice": devices.collect::<Vec<_>>(),
            "ReportGeneratingDeviceIds": [PROGRAM],
            "GeneratedDate": generated,
        });
        let rest = rest.to_string();
        self.out.write_all(b"],")?;
        self.out.write_all(&rest.as_bytes()[1..])?;
        self.out.flush()?;
        Ok(self.out)
    }

    /// Ids of the choices of a contest: their own where no other has them, or else after the contest's.
    fn give_ids(&mut self, number: ContestNo, contest: &Contest) {
        let known = self.ids.entry(number).or_default();
        for choice in &contest.choices[known.len().min(contest.choices.len())..] {
            let mut id = choice.id.clone();
            while id.is_empty() || !self.used.insert(id.clone()) {
                id = if id == choice.id { format!("{}.{id}", contest.id) } else { format!("{id}.") };
            }
            known.push(id);
        }
    }

    fn record(&mut self, contests: &Contests, card: &Card) -> Value {
        let snapshot = format!("s{}", self.cards + 1);
        let mut listed = Vec::new();
        for (number, marks) in card.contests() {
            if let Some(contest) = contests.list().get(usize::from(number)) {
                self.give_ids(number, contest);
                listed.push(marked(contest, &self.ids[&number], marks));
            }
        }
        let mut record = json!({
            "@type": "CVR.CVR", "ElectionId": ELECTION, "CurrentSnapshotId": snapshot,
            "CVRSnapshot": [{
                "@type": "CVR.CVRSnapshot", "@id": snapshot, "Type": "original", "CVRContest": listed,
            }],
        });
        let precinct = if card.precinct.is_empty() { String::new() } else { unit(&card.precinct) };
        let texts = [
            ("UniqueId", &card.id),
            ("BallotAuditId", &card.imprinted),
            ("CreatingDeviceId", &card.tabulator),
            ("BatchId", &card.batch),
            ("BallotStyleId", &card.style),
            ("BallotStyleUnitId", &precinct),
        ];
        for (name, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
            record[name] = Value::from(text.as_str());
        }
        if card.position > 0 {
            record["BatchSequenceId"] = card.position.into();
        }
        if card.sheet > 0 {
            record["BallotSheetId"] = Value::from(card.sheet.to_string());
        }
        for (text, known) in [(&card.tabulator, &mut self.devices), (&card.precinct, &mut self.precincts)] {
            if !text.is_empty() && !known.contains(text) {
                known.insert(text.clone());
            }
        }
        record
    }
}

impl<W: Write> Sink for Writer<W> {
    fn card(&mut self, contests: &Contests, card: &Card) -> Result<(), Box<Problem>> {
        let record = self.record(contests, card);
        let comma: &[u8] = if self.cards == 0 { b"\n" } else { b",\n" };
        let written =
            self.out.write_all(comma).and_then(|()| Ok(serde_json::to_writer(&mut self.out, &record)?));
        self.cards += 1;
        written
            .map_err(|error| Box::new(Problem::new("SCR-CVR-068", Severity::Error, "").with("what", error)))
    }
}

fn unit(precinct: &str) -> String {
    format!("precinct {precinct}")
}

fn party(name: &str) -> String {
    format!("party {name}")
}

fn person(selection: &str) -> String {
    format!("candidate {selection}")
}

fn candidate(choice: &Choice, selection: &str) -> Value {
    let mut candidate = json!({ "@type": "CVR.Candidate", "@id": person(selection), "Name": choice.name });
    if !choice.party.is_empty() {
        candidate["PartyId"] = Value::from(party(&choice.party));
    }
    candidate
}

fn contest_json(contest: &Contest, ids: &[String]) -> Value {
    let selections = contest.choices.iter().zip(ids).map(|(choice, id)| {
        let mut selection = json!({ "@type": "CVR.CandidateSelection", "@id": id });
        if choice.kind == ChoiceKind::UndeclaredWriteIn {
            // A name that is not the usual one stands as a code.
            selection["Code"] =
                json!([{ "@type": "CVR.Code", "Type": "other", "OtherType": "name", "Value": choice.name }]);
        } else {
            selection["CandidateIds"] = json!([person(id)]);
        }
        if choice.kind != ChoiceKind::Regular {
            selection["IsWriteIn"] = Value::Bool(true);
        }
        selection
    });
    let mut selections: Vec<Value> = selections.collect();
    if selections.is_empty() {
        // The schema wants one.
        selections
            .push(json!({ "@type": "CVR.CandidateSelection", "@id": format!("{}.{NOBODY}", contest.id),
            "Code": [{ "@type": "CVR.Code", "Type": "other", "OtherType": NOBODY, "Value": NOBODY }] }));
    }
    let mut json = json!({
        "@type": "CVR.CandidateContest", "@id": contest.id, "Name": contest.name, "ContestSelection": selections,
    });
    json["VoteVariation"] = Value::from(if contest.ranks > 0 { "rcv" } else { "n-of-m" });
    if contest.ranks > 0 {
        let ranks = contest.ranks.to_string();
        json["Code"] = json!([{ "@type": "CVR.Code", "Type": "other", "OtherType": RANKS, "Value": ranks }]);
    }
    if contest.votes_allowed > 0 {
        json["VotesAllowed"] = contest.votes_allowed.into();
    }
    json
}

/// A contest on a card. Marks of one choice stand together; one that stands for an overvote names no selection.
fn marked(contest: &Contest, ids: &[String], marks: &[Mark]) -> Value {
    let mut by_choice: Vec<(u16, Vec<(u16, u64)>)> = Vec::new();
    for mark in marks {
        let positions = match by_choice.iter_mut().find(|(choice, _)| *choice == mark.choice) {
            Some((_, positions)) => positions,
            None => {
                by_choice.push((mark.choice, Vec::new()));
                let Some((_, positions)) = by_choice.last_mut() else { continue };
                positions
            }
        };
        match positions.last_mut() {
            Some((rank, votes)) if *rank == mark.rank => *votes += 1,
            _ => positions.push((mark.rank, 1)),
        }
    }
    let told = contest.told(marks);
    let is_over = contest.ranks == 0 && told == Told::Overvote;
    let selections = by_choice.into_iter().map(|(choice, positions)| {
        let positions = positions.into_iter().map(|(rank, votes)| {
            let mut position =
                json!({ "@type": "CVR.SelectionPosition", "HasIndication": "yes", "NumberVotes": votes });
            if rank > 0 {
                position["Rank"] = rank.into();
            }
            if is_over {
                position["IsAllocable"] = Value::from("no");
            }
            position
        });
        let positions: Vec<Value> = positions.collect();
        let mut selection = json!({ "@type": "CVR.CVRContestSelection", "SelectionPosition": positions });
        if let Some(id) = ids.get(usize::from(choice)) {
            selection["ContestSelectionId"] = Value::from(id.as_str());
        }
        selection
    });
    let selections: Vec<Value> = selections.collect();
    let mut json = json!({ "@type": "CVR.CVRContest", "ContestId": contest.id });
    if !selections.is_empty() {
        json["CVRContestSelection"] = Value::from(selections);
    }
    let unmarked = marks.iter().any(|mark| mark.choice == Mark::OVERVOTE);
    let (overvotes, undervotes) = lost(contest, marks, is_over || unmarked);
    json["Overvotes"] = overvotes.into();
    if let Some(undervotes) = undervotes {
        json["Undervotes"] = undervotes.into();
    }
    if is_over {
        json["Status"] = json!(["overvoted"]);
    }
    json
}

/// Votes lost by overvoting and by undervoting, as the format defines them; of a ranked contest, whether anything is
/// ranked. The second is not known where nobody says how many votes are allowed.
fn lost(contest: &Contest, marks: &[Mark], is_over: bool) -> (u16, Option<u16>) {
    let allowed = if contest.ranks > 0 { 1 } else { contest.votes_allowed };
    if is_over {
        return (allowed.max(1), Some(0));
    }
    let given = u16::try_from(marks.len()).unwrap_or(u16::MAX);
    (0, (allowed > 0).then(|| allowed.saturating_sub(given)))
}
