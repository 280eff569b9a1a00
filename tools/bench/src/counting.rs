//! `scr-bench counting`: ballots counted from columns, samples drawn, assertions found, assorters valued and an audit
//! checked again. Figures on real elections need the folder of public data (`--data`).

use crate::Fault;
use crate::peers::{Peers, beside};
use crate::report::Report;
use scr_audits::assorter::{Assorter, Population};
use scr_audits::import_arlo::{import, read_bundle, read_report};
use scr_audits::raire::{Trim, find, read_problem, read_shangrla};
use scr_audits::record::Record;
use scr_audits::sample::consistent::{Sampler, ballot_name};
use scr_audits::verify::verify;
use scr_tabulation::cvr::columns::{Builder, Columns};
use scr_tabulation::cvr::{Card, Choice, ChoiceKind, Contest, Contests, Mark, Sink as _};
use std::fs::File;
use std::path::Path;
use std::time::Instant;

/// Orders of elimination that are looked at, at most.
const MOST: u64 = 50_000_000;

/// Measures, and prints the table.
pub(crate) fn run(cards: u32, data: Option<&Path>, peers: &Peers) -> Result<(), Fault> {
    let mut report = Report::default();
    columns(cards, &mut report)?;
    draw(peers, &mut report)?;
    match data {
        Some(data) => {
            assertions(&data.join("audit/irv-nsw2021"), peers, &mut report)?;
            assorters(&data.join("audit/sfda2019"), peers, &mut report)?;
            georgia(&data.join("audit/ga2025-psc2"), &mut report)?;
        }
        None => eprintln!("figures on real elections need --data FOLDER"),
    }
    println!("{report}");
    Ok(())
}

fn contest(number: u32, ranks: u16, names: &[String]) -> Contest {
    let choices = names.iter().map(|name| Choice {
        id: name.clone(),
        name: name.clone(),
        party: String::new(),
        kind: ChoiceKind::Regular,
    });
    let choices = choices.collect();
    Contest { id: number.to_string(), name: format!("Contest {number}"), votes_allowed: 1, ranks, choices }
}

/// 20 contests of 4 choices on each card; the marks follow from the card's number.
fn columns(cards: u32, report: &mut Report) -> Result<(), Fault> {
    let names: Vec<String> = (0..4).map(|at| format!("Choice {at}")).collect();
    let contests = Contests::of((0..20).map(|number| contest(number, 0, &names)).collect())?;
    let mut builder = Builder::new(u64::from(cards));
    let mut card = Card::default();
    for number in 1..=cards {
        card.clear();
        card.position = number;
        for contest in 0..20_u16 {
            let mixed = number.wrapping_mul(2_654_435_761).rotate_right(u32::from(contest)) % 9;
            match u16::try_from(mixed)? {
                choice @ 0..4 => card.add(contest, &[Mark::vote(choice)]),
                4 => card.add(contest, &[]),
                more => card.add(contest, &[Mark::vote(more % 2)]),
            }
        }
        builder.card(&contests, &card).map_err(|problem| problem.to_string())?;
    }
    let columns = builder.finish("bench", &contests);
    let begin = Instant::now();
    let votes: u64 = (0..20).map(|contest| columns.tally(contest).votes.iter().sum::<u64>()).sum();
    let took = begin.elapsed().as_secs_f64();
    if votes == 0 {
        return Err("nothing was counted".into());
    }
    let per_second = f64::from(cards) / took;
    report.row(
        &format!("{cards} CVRs of 20 contests counted from the columns, one core"),
        format!("{took:.3} s, {:.1} million a second", per_second / 1e6),
        ">= 10 million a second",
        Some(per_second >= 1e7),
    );
    Ok(())
}

fn draw(peers: &Peers, report: &mut Report) -> Result<(), Fault> {
    let names: Vec<String> = (0..500_000_u32)
        .map(|at| {
            ballot_name(
                &format!("J{:02}", at / 50_000),
                Some("T1"),
                &format!("B{:03}", at / 500),
                at % 500 + 1,
            )
        })
        .collect();
    let begin = Instant::now();
    let drawn = Sampler::new("12345678901234567890").draw(&names, 0, 1000, true);
    let took = begin.elapsed().as_secs_f64();
    let peer = peers.draw()?;
    let first = drawn.first().and_then(|draw| names.get(draw.at)).map_or("", String::as_str);
    if let Some((_, position)) = peer
        && !first.ends_with(&format!(", {position})"))
    {
        return Err(format!("consistent_sampler draws position {position} first, and we {first}").into());
    }
    report.row(
        &format!("{} draws from 500,000 ballots (Rivest's sampler)", drawn.len()),
        format!("{took:.3} s"),
        &beside("< 0.5 s", "consistent_sampler", peer.map(|(took, _)| took)),
        Some(took < 0.5),
    );
    Ok(())
}

fn assertions(folder: &Path, peers: &Peers, report: &mut Report) -> Result<(), Fault> {
    let (mut inputs, mut paths) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.ends_with(".json") && !name.ends_with("_out.json") {
            inputs.push(std::fs::read(&path)?);
            paths.push(path);
        }
    }
    let begin = Instant::now();
    for bytes in &inputs {
        let (_, mut ballots) = read_problem(bytes).map_err(|problems| format!("{problems:?}"))?;
        let winner = ballots.winner().map_err(|tied| format!("a lot among {tied:?}"))?;
        find(&mut ballots, winner, Trim::MinimizeTree, MOST)?;
    }
    let took = begin.elapsed().as_secs_f64();
    let peer = peers.assertions(&paths)?;
    report.row(
        &format!("assertions of {} mayoral elections (RAIRE), with reading", inputs.len()),
        format!("{took:.3} s"),
        &beside("no slower than raire-rs, 0.75 s elsewhere", "with process starts", peer),
        Some(took <= peer.unwrap_or(0.75)),
    );
    Ok(())
}

fn assorters(folder: &Path, peers: &Peers, report: &mut Report) -> Result<(), Fault> {
    let names: Vec<String> = ["15", "16", "17", "18"].map(str::to_owned).into();
    let begin = Instant::now();
    let text = san_francisco(folder)?;
    let columns = columns_of(&text, &names)?;
    let read = begin.elapsed().as_secs_f64();
    let file = folder.join("SFDA2019_PrelimReport12VBMJustDASheetsAssertions.json");
    let assertions = std::fs::read(&file)?;
    let mut audits = read_shangrla(&assertions, Some(&names)).map_err(|problems| format!("{problems:?}"))?;
    let list = std::mem::take(&mut audits.first_mut().ok_or("no audit")?.assertions);
    let begin = Instant::now();
    let least = list
        .into_iter()
        .map(|assertion| Assorter::Irv(assertion).margin(&columns, 0, Population::WithContest))
        .fold(f64::INFINITY, f64::min);
    let took = begin.elapsed().as_secs_f64();
    let peer = peers.assorters(&text, &file)?;
    if let Some((_, theirs)) = peer.filter(|(_, theirs)| (theirs - least).abs() > 1e-12) {
        return Err(format!("SHANGRLA's smallest margin is {theirs}, and ours {least}").into());
    }
    report.row(
        &format!("11 assorters on {} ballots, smallest margin {least:.6}", columns.cards()),
        format!("{took:.4} s (reading {read:.3} s)"),
        &beside("< 0.3 s", "SHANGRLA", peer.map(|(took, _)| took)),
        Some(took < 0.3),
    );
    Ok(())
}

fn san_francisco(folder: &Path) -> Result<String, Fault> {
    use std::io::Read as _;
    let mut text = String::new();
    let packed = File::open(folder.join("SFDA2019_PrelimReport12VBMJustDASheets.raire.gz"))?;
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text)?;
    Ok(text)
}

fn columns_of(text: &str, names: &[String]) -> Result<Columns, Fault> {
    let contests = Contests::of(vec![contest(339, 4, names)])?;
    let mut builder = Builder::new(u64::MAX);
    let mut card = Card::default();
    for (position, line) in (1..).zip(text.lines().skip(2)) {
        card.clear();
        card.position = position;
        let ranked: Vec<Mark> = (1..)
            .zip(line.split(',').skip(2))
            .filter_map(|(rank, name)| Some(Mark::ranked(contests.find_choice(0, name)?, rank)))
            .collect();
        card.add(0, &ranked);
        builder.card(&contests, &card).map_err(|problem| problem.to_string())?;
    }
    Ok(builder.finish("", &contests))
}

fn georgia(folder: &Path, report: &mut Report) -> Result<(), Fault> {
    let bundle = |name: &str| -> Result<_, Fault> {
        read_bundle(File::open(folder.join(name))?, name).map_err(|problems| format!("{problems:?}").into())
    };
    let (manifests, totals) = (bundle("manifests_bundle.zip")?, bundle("candidate_totals_bundle.zip")?);
    let text = std::fs::read(folder.join("final_audit_report.csv"))?;
    let arlo = read_report(&text, "final_audit_report.csv").map_err(|problems| format!("{problems:?}"))?;
    let record = import(&manifests, &totals, &arlo).map_err(|problems| format!("{problems:?}"))?;
    let bytes = serde_json::to_vec(&record)?;
    let begin = Instant::now();
    let checked = verify(&Record::read(&bytes)?);
    let took = begin.elapsed().as_secs_f64();
    if !checked.agrees() {
        return Err(format!("{:?}", checked.deviations).into());
    }
    report.row(
        &format!("Georgia 2025 checked again from its record ({} batches)", record.batches.len()),
        format!("{took:.3} s"),
        "< 2 s",
        Some(took < 2.0),
    );
    Ok(())
}
