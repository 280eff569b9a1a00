//! What is drawn from: ballots, or batches by their error bounds, as `scrutineer audit sample` takes it.

use super::super::{listed, write_new};
use super::{CheckArgs, Place, shown};
use crate::outcome::Problem;
use scr_audits::batch::{self, BatchAudit};
use scr_audits::inputs::cards::Phantoms;
use scr_audits::inputs::manifest::AuditKind;
use scr_audits::inputs::names::Renamed;
use scr_audits::inputs::totals::TotalsContest;
use scr_audits::sample::inputs::{FORMAT, Frame, SamplerInputs, SeedRule, WeightedBatch};
use std::io::Write as _;
use std::path::Path;

/// Writes what the sampler draws from, as it follows from the files.
pub(super) fn write(
    args: &CheckArgs,
    path: &Path,
    places: &[Place],
    trail: &[Renamed],
) -> Result<(), Problem> {
    let frame = match args.kind() {
        AuditKind::BatchComparison => batch_frame(args, places)?,
        kind => {
            let with_replacement = kind != AuditKind::BallotPolling;
            let batches = places.iter().flat_map(|place| ballot_frame(args, place, trail)).collect();
            Frame::ConsistentBallots { with_replacement, batches }
        }
    };
    let inputs = SamplerInputs {
        format: FORMAT.to_owned(),
        seed: args.seed.clone().unwrap_or_default(),
        seed_rule: SeedRule::Dice,
        rounds: args.size.clone(),
        frame,
    };
    let bytes = serde_json::to_vec_pretty(&inputs).map_err(|error| Problem::fault("SCR-CLI-104", error))?;
    // What cannot be drawn from is not written.
    scr_audits::sample::inputs::read(&bytes, &shown(path))
        .map_err(|problems| listed("no sample can be drawn from these files", &problems))?;
    write_new(path, |file| file.write_all(&bytes))
}

/// The ballots of a jurisdiction; for one contest those whose records have it, and the phantoms.
fn ballot_frame(
    args: &CheckArgs,
    place: &Place,
    trail: &[Renamed],
) -> Vec<scr_audits::sample::ballots::BatchOfBallots> {
    let (Some(contest), Some(matched)) = (&args.contest, &place.matched) else {
        return place.manifest.frame(&place.name);
    };
    let used = trail
        .iter()
        .find(|name| name.contest.is_none() && name.jurisdiction == place.name && name.standard == *contest)
        .map_or(contest.as_str(), |name| name.used.as_str());
    matched.frame(&place.manifest, &place.sources(), |columns| columns.find(used), Phantoms::Drawn)
}

/// Batches by their error bounds in the contest that is drawn for, or the only one.
fn batch_frame(args: &CheckArgs, places: &[Place]) -> Result<Frame, Problem> {
    let mut batches = Vec::new();
    let mut all: Option<(TotalsContest, Vec<u64>)> = None;
    for place in places {
        let Some((_, totals)) = &place.totals else { continue };
        let is_meant =
            |contest: &TotalsContest| args.contest.as_ref().is_none_or(|name| contest.name == *name);
        let mut meant = (0..totals.contests.len()).filter(|at| is_meant(&totals.contests[*at]));
        let Some(at) = meant.next() else { continue };
        let (contest, votes) = all.get_or_insert_with(|| {
            let contest = totals.contests[at].clone();
            let choices = contest.choices.len();
            (contest, vec![0; choices])
        });
        if meant.next().is_some() || contest.choices != totals.contests[at].choices {
            return Err(Problem::input(
                "SCR-CLI-102",
                format!("{}: which contest is drawn for?", place.name),
            )
            .help("name it with --contest, and its choices with --contests"));
        }
        votes.iter_mut().zip(totals.votes(at)).for_each(|(sum, votes)| *sum += votes);
        batches.extend(totals.batches(at, &place.name, &place.manifest));
    }
    let Some((contest, votes)) = all else {
        return Err(Problem::input("SCR-CLI-102", "no totals of this contest").help("name it with --contest"));
    };
    let votes_allowed = u64::from(contest.votes_allowed);
    let reported = batch::Contest { votes, winners: args.winners, votes_allowed, pending: 0, runoff: false };
    let audit = BatchAudit::new(&reported, batches).map_err(|error| {
        let text = error.to_string();
        let (code, detail) = text.split_once(' ').unwrap_or(("SCR-AUD-102", &text));
        Problem::input(code, detail)
    })?;
    let weighted = |weight: scr_audits::sample::ppeb::Weighted| WeightedBatch {
        jurisdiction: weight.jurisdiction,
        batch: weight.batch,
        bound: weight.bound.to_string(),
    };
    Ok(Frame::Ppeb { batches: audit.weights().into_iter().map(weighted).collect() })
}
