//! The audit as a whole.

use super::check::{self, conflict, has_reason, invalid};
use super::codes;
use super::parts::{Jurisdiction, Past, Phase, Round, Signed, What};
use super::step::{Committed, Opening, Party, Step};
use crate::record::{Contest, Decision, Sampler, Settings};
use scr_canon::{CanonError, Hash32, sha256, to_canonical};
use scr_core::{Refusal, RefusalKind};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// An audit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audit {
    title: String,
    settings: Settings,
    fresh_seeds: bool,
    phase: Phase,
    version: u32,
    contests: Vec<Contest>,
    jurisdictions: BTreeMap<String, Jurisdiction>,
    committed: Option<Committed>,
    seed: Option<String>,
    /// Every seed that ever was stated: none serves twice.
    seeds: BTreeSet<String>,
    rounds: Vec<Round>,
    past: Vec<Past>,
    result: Option<Hash32>,
}

impl Audit {
    /// A draft. `fresh_seeds`: each round is drawn with a seed of its own; where the method needs that it is so anyway.
    ///
    /// # Errors
    /// SCR-AUD-247 where the title is empty or longer than 200 bytes, SCR-AUD-230 where a seed of fewer than 20
    /// digits would do, or fresh seeds are asked of a sampler that goes on with the first.
    pub fn new(title: &str, settings: Settings, fresh_seeds: bool) -> Result<Self, Refusal> {
        check::name("title", title)?;
        if settings.seed_digits < check::SEED_DIGITS {
            return Err(invalid(codes::NO_SEED).on("seed_digits").with("least", check::SEED_DIGITS));
        }
        let fresh_seeds = fresh_seeds || settings.method.needs_fresh_seeds();
        if fresh_seeds && settings.sampler == Sampler::Cryptorandom {
            return Err(invalid(codes::NO_SEED).on("fresh_seeds"));
        }
        Ok(Self {
            title: title.to_owned(),
            settings,
            fresh_seeds,
            phase: Phase::Draft,
            version: 1,
            contests: Vec::new(),
            jurisdictions: BTreeMap::new(),
            committed: None,
            seed: None,
            seeds: BTreeSet::new(),
            rounds: Vec::new(),
            past: Vec::new(),
            result: None,
        })
    }

    /// What it is called.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// How it works.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Whether each round is drawn with a seed of its own.
    pub fn fresh_seeds(&self) -> bool {
        self.fresh_seeds
    }

    /// Where it stands.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// 1, and one more each time it went back to before the seed.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The contests, in the order in which they were chosen.
    pub fn contests(&self) -> &[Contest] {
        &self.contests
    }

    /// The jurisdictions, by name.
    pub fn jurisdictions(&self) -> &BTreeMap<String, Jurisdiction> {
        &self.jurisdictions
    }

    /// What is committed to, unless it is a draft.
    pub fn committed(&self) -> Option<&Committed> {
        self.committed.as_ref()
    }

    /// The seed that the next round is drawn with, or the open one was.
    pub fn seed(&self) -> Option<&str> {
        self.seed.as_deref()
    }

    /// Whether a seed was ever stated in this audit.
    pub fn is_spent(&self, seed: &str) -> bool {
        self.seeds.contains(seed)
    }

    /// The rounds of this version, abandoned ones too.
    pub fn rounds(&self) -> &[Round] {
        &self.rounds
    }

    /// Earlier versions.
    pub fn past(&self) -> &[Past] {
        &self.past
    }

    /// The result of a full hand count, once it is there.
    pub fn result(&self) -> Option<&Hash32> {
        self.result.as_ref()
    }

    /// What a jurisdiction signs: its name with what it has handed in.
    ///
    /// # Errors
    /// SCR-AUD-224 where there is no such jurisdiction.
    pub fn to_sign(&self, jurisdiction: &str) -> Result<Hash32, Refusal> {
        let uploads = &self.jurisdiction(jurisdiction)?.uploads;
        let form = json!({"audit": self.title, "jurisdiction": jurisdiction, "uploads": uploads});
        to_canonical(&form).map(|bytes| sha256(&bytes)).map_err(|error| no_form(&error))
    }

    /// What is missing before it can be committed to: all of it, in the order in which it is mended.
    pub fn missing(&self) -> Vec<Refusal> {
        let mut missing = Vec::new();
        if !self.contests.iter().any(|contest| contest.targeted) {
            missing.push(conflict(codes::NO_CONTEST).on("targeted"));
        }
        if self.jurisdictions.is_empty() {
            missing.push(conflict(codes::NO_JURISDICTION).on("jurisdictions"));
        }
        for (name, jurisdiction) in &self.jurisdictions {
            let lacking = What::needed(self.settings.method)
                .iter()
                .filter(|what| !jurisdiction.uploads.contains_key(what));
            let refused = lacking.map(|what| {
                conflict(codes::NOT_UPLOADED).with("jurisdiction", name).with("what", what.as_str())
            });
            let before = missing.len();
            missing.extend(refused);
            if missing.len() == before && jurisdiction.signed.is_none() {
                missing.push(conflict(codes::NOT_SIGNED).with("jurisdiction", name));
            }
        }
        missing
    }

    /// Whether everything drawn in the open round is read and signed: only then a risk may be measured.
    ///
    /// # Errors
    /// SCR-AUD-221 where no round is open, SCR-AUD-235 with the jurisdictions that it waits for.
    pub fn may_measure(&self) -> Result<&Round, Refusal> {
        let open = self.rounds.last().filter(|_| self.phase == Phase::RoundOpen);
        let round = open.ok_or_else(|| self.wrong_state())?;
        let waits: Vec<&str> = round.waits_for().collect();
        match waits.first() {
            None => Ok(round),
            Some(first) => {
                Err(conflict(codes::NOT_COMPLETE).with("jurisdiction", first).with("count", waits.len()))
            }
        }
    }

    /// Whether every targeted contest has met its limit in the last round that was closed.
    pub fn all_met(&self) -> bool {
        let closed = self.rounds.iter().rev().find(|round| round.counted.is_some());
        closed.is_some_and(|round| {
            round
                .measured
                .iter()
                .all(|one| one.met || self.contests.get(one.contest).is_none_or(|contest| !contest.targeted))
        })
    }

    /// The audit after a step.
    ///
    /// # Errors
    /// Why it is refused (SCR-AUD-220 to -247); the audit is then as it was.
    pub fn step(&self, by: &Party, step: &Step) -> Result<Self, Refusal> {
        if !step.may(by) {
            return Err(Refusal::new(RefusalKind::Forbidden, codes::NOT_YOURS).with("step", step.name()));
        }
        let mut next = self.clone();
        match (self.phase, step) {
            (Phase::Draft, Step::NameJurisdictions(names)) => next.name_jurisdictions(names)?,
            (Phase::Draft, Step::ChooseContest(contest)) => next.choose(contest)?,
            (Phase::Draft, Step::DropContest { name }) => next.drop_contest(name)?,
            (Phase::Draft, Step::Upload { jurisdiction, what, upload }) => {
                let jurisdiction = next.jurisdiction_mut(jurisdiction)?;
                jurisdiction.uploads.insert(*what, upload.clone());
                jurisdiction.signed = None;
            }
            (Phase::Draft, Step::SignUploads { jurisdiction, over }) => {
                next.sign_uploads(jurisdiction, over)?
            }
            (Phase::Draft, Step::Commit(committed)) => next.commit(committed)?,
            (Phase::Draft, Step::Seed { .. }) => return Err(conflict(codes::TOO_EARLY)),
            (Phase::Committed, Step::Seed { seed, .. }) => {
                check::seed(self, seed)?;
                next.seeds.insert(seed.clone());
                next.seed = Some(seed.clone());
                next.phase = Phase::Seeded;
            }
            (Phase::Seeded, Step::OpenRound(opening)) => next.open(opening)?,
            (Phase::RoundOpen, _) => next.work(step)?,
            (Phase::RoundClosed, Step::Decide { decision, reason }) => next.decide(*decision, reason)?,
            (Phase::Committed | Phase::Seeded | Phase::RoundClosed, Step::Reopen { reason }) => {
                next.reopen(reason)?;
            }
            (Phase::FullHandCount, Step::Finish { result }) => {
                next.result = Some(*result);
                next.phase = Phase::Finished;
            }
            _ => return Err(self.wrong_state()),
        }
        Ok(next)
    }

    /// Steps while a round is open.
    fn work(&mut self, step: &Step) -> Result<(), Refusal> {
        match step {
            Step::DealBoards { jurisdiction, units } => self.deal(jurisdiction, units),
            Step::SignBoard { jurisdiction, board, over } => {
                let signed = Some(Signed { over: *over });
                let seat = self.board(jurisdiction, *board)?;
                if seat.1.is_some() {
                    return Err(conflict(codes::SIGNED));
                }
                seat.1 = signed;
                Ok(())
            }
            Step::ReopenBoard { jurisdiction, board, reason } => {
                has_reason(reason)?;
                self.board(jurisdiction, *board)?.1 = None;
                Ok(())
            }
            Step::CloseRound { counted, measured } => {
                self.may_measure()?;
                check::measured(&self.contests, measured)?;
                let round = self.open_round()?;
                round.counted = Some(*counted);
                round.measured.clone_from(measured);
                self.phase = Phase::RoundClosed;
                Ok(())
            }
            Step::Abandon { reason } => {
                has_reason(reason)?;
                let round = self.open_round()?;
                round.decision = Decision::Abandoned;
                round.reason = reason.trim().to_owned();
                self.draw_again();
                Ok(())
            }
            Step::Reopen { reason } => self.reopen(reason),
            _ => Err(self.wrong_state()),
        }
    }

    fn name_jurisdictions(&mut self, names: &BTreeSet<String>) -> Result<(), Refusal> {
        if names.is_empty() || names.len() > check::MAX_JURISDICTIONS {
            return Err(invalid(codes::NO_JURISDICTION).with("count", names.len()));
        }
        names.iter().try_for_each(|name| check::name("jurisdiction", name))?;
        self.jurisdictions.retain(|name, _| names.contains(name));
        for name in names {
            self.jurisdictions.entry(name.clone()).or_default();
        }
        Ok(())
    }

    fn choose(&mut self, contest: &Contest) -> Result<(), Refusal> {
        check::contest(contest)?;
        match self.contests.iter().position(|one| one.name == contest.name) {
            Some(at) => self.contests[at].clone_from(contest),
            None if self.contests.len() >= check::MAX_CONTESTS => {
                return Err(invalid(codes::TOO_LONG).on("contests").with("max", check::MAX_CONTESTS));
            }
            None => self.contests.push(contest.clone()),
        }
        Ok(())
    }

    fn drop_contest(&mut self, name: &str) -> Result<(), Refusal> {
        let at = self.contests.iter().position(|one| one.name == name);
        let at = at.ok_or_else(|| invalid(codes::NO_CONTEST).on("name").with("contest", name))?;
        self.contests.remove(at);
        Ok(())
    }

    fn sign_uploads(&mut self, name: &str, over: &Hash32) -> Result<(), Refusal> {
        let there = self.to_sign(name)?;
        let needed = What::needed(self.settings.method);
        let jurisdiction = self.jurisdiction_mut(name)?;
        if let Some(what) = needed.iter().find(|what| !jurisdiction.uploads.contains_key(what)) {
            return Err(conflict(codes::NOT_UPLOADED).with("jurisdiction", name).with("what", what.as_str()));
        }
        if there != *over {
            return Err(conflict(codes::SIGNED_OTHER));
        }
        jurisdiction.signed = Some(Signed { over: *over });
        Ok(())
    }

    fn commit(&mut self, committed: &Committed) -> Result<(), Refusal> {
        if let Some(first) = self.missing().into_iter().next() {
            return Err(first);
        }
        check::committed(committed)?;
        // Whoever could go back and change nothing could throw the dice until the sample pleases.
        if let Some(same) = self.past.iter().find(|past| past.root == committed.root) {
            return Err(conflict(codes::UNCHANGED).with("version", same.version));
        }
        self.committed = Some(committed.clone());
        self.phase = Phase::Committed;
        Ok(())
    }

    fn open(&mut self, opening: &Opening) -> Result<(), Refusal> {
        let seed = self.seed.clone().ok_or_else(|| conflict(codes::TOO_EARLY))?;
        let unknown = opening.units.keys().find(|name| !self.jurisdictions.contains_key(*name));
        if let Some(name) = unknown {
            return Err(invalid(codes::NO_JURISDICTION).with("jurisdiction", name));
        }
        let units = opening.units.values().fold(0_u64, |all, units| all.saturating_add(*units));
        if opening.draws == 0 || units > opening.draws.saturating_add(opening.extra.len() as u64) {
            return Err(invalid(codes::NO_DRAWS).with("draws", opening.draws).with("units", units));
        }
        self.rounds.push(Round {
            number: u32::try_from(self.rounds.len()).unwrap_or(u32::MAX).saturating_add(1),
            seed,
            opening: opening.clone(),
            boards: BTreeMap::new(),
            counted: None,
            measured: Vec::new(),
            decision: Decision::Open,
            reason: String::new(),
        });
        self.phase = Phase::RoundOpen;
        Ok(())
    }

    fn deal(&mut self, jurisdiction: &str, units: &[u64]) -> Result<(), Refusal> {
        self.jurisdiction(jurisdiction)?;
        let round = self.open_round()?;
        let due = round.opening.units.get(jurisdiction).copied().unwrap_or(0);
        let dealt = units.iter().fold(0_u64, |all, units| all.saturating_add(*units));
        if units.is_empty() || units.len() > check::MAX_BOARDS || due == 0 || dealt != due {
            return Err(invalid(codes::WRONG_DEAL).with("due", due).with("dealt", dealt));
        }
        let boards = round.boards.entry(jurisdiction.to_owned()).or_default();
        if boards.iter().any(|(_, signed)| signed.is_some()) {
            return Err(conflict(codes::SIGNED));
        }
        *boards = units.iter().map(|units| (*units, None)).collect();
        Ok(())
    }

    fn board(&mut self, jurisdiction: &str, board: u32) -> Result<&mut (u64, Option<Signed>), Refusal> {
        let absent = || Refusal::new(RefusalKind::NotFound, codes::NO_BOARD).with("board", board);
        let at = usize::try_from(board).ok().and_then(|number| number.checked_sub(1));
        let boards = self.open_round()?.boards.get_mut(jurisdiction);
        boards.zip(at).and_then(|(boards, at)| boards.get_mut(at)).ok_or_else(absent)
    }

    fn decide(&mut self, decision: Decision, reason: &str) -> Result<(), Refusal> {
        let met = self.all_met();
        match decision {
            Decision::Stop if !met => return Err(conflict(codes::NOT_MET)),
            Decision::Stop => self.phase = Phase::Finished,
            Decision::NextRound | Decision::FullHandCount => {
                if met {
                    has_reason(reason)?;
                }
                if decision == Decision::FullHandCount {
                    self.phase = Phase::FullHandCount;
                } else {
                    self.draw_again();
                }
            }
            _ => return Err(self.wrong_state()),
        }
        if let Some(round) = self.rounds.last_mut() {
            round.decision = decision;
            round.reason = reason.trim().to_owned();
        }
        Ok(())
    }

    /// Before the next round: with the same seed, or waiting for a fresh one.
    fn draw_again(&mut self) {
        self.phase = Phase::Seeded;
        if self.fresh_seeds {
            self.seed = None;
            self.phase = Phase::Committed;
        }
    }

    fn reopen(&mut self, reason: &str) -> Result<(), Refusal> {
        has_reason(reason)?;
        let committed = self.committed.take().ok_or_else(|| self.wrong_state())?;
        let reason = reason.trim().to_owned();
        let mut rounds = std::mem::take(&mut self.rounds);
        for open in
            rounds.iter_mut().filter(|round| round.decision == Decision::Open && round.counted.is_none())
        {
            open.decision = Decision::Abandoned;
            open.reason.clone_from(&reason);
        }
        self.past.push(Past { version: self.version, root: committed.root, reason, rounds });
        self.seed = None;
        self.version = self.version.saturating_add(1);
        self.phase = Phase::Draft;
        Ok(())
    }

    fn open_round(&mut self) -> Result<&mut Round, Refusal> {
        let refused = self.wrong_state();
        self.rounds.last_mut().filter(|round| round.decision == Decision::Open).ok_or(refused)
    }

    fn jurisdiction(&self, name: &str) -> Result<&Jurisdiction, Refusal> {
        self.jurisdictions.get(name).ok_or_else(|| unknown(name))
    }

    fn jurisdiction_mut(&mut self, name: &str) -> Result<&mut Jurisdiction, Refusal> {
        self.jurisdictions.get_mut(name).ok_or_else(|| unknown(name))
    }

    fn wrong_state(&self) -> Refusal {
        conflict(codes::WRONG_STATE).with("state", self.phase.as_str())
    }
}

fn unknown(jurisdiction: &str) -> Refusal {
    Refusal::new(RefusalKind::NotFound, codes::NO_JURISDICTION).with("jurisdiction", jurisdiction)
}

/// A count above 2^53-1, which canonical JSON has not.
fn no_form(error: &CanonError) -> Refusal {
    invalid(codes::TOO_LONG).with("what", error)
}
