//! How fast a large Dominion export is read, tallied and named.
//!
//! `dominion_speed make TEMPLATE.zip CARDS OUT.zip` repeats the sessions of an export with new batches and records,
//! minified, one member for each repetition, until there are so many cards.
//! `dominion_speed read EXPORT.zip [THREADS]` reads it, each thread its own members into its own builder.

#![expect(clippy::print_stdout, reason = "a program for the command line")]

use scr_tabulation::cvr::ContestNo;
use scr_tabulation::cvr::columns::Builder;
use scr_tabulation::read::dominion_json::{Ballots, Export, Options};
use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Read as _, Write as _};
use std::time::Instant;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", template, cards, out] => make(template, cards.parse()?, out),
        ["read", export] => read(export, 1),
        ["read", export, threads] => read(export, threads.parse()?),
        _ => Err("make TEMPLATE.zip CARDS OUT.zip, or read EXPORT.zip [THREADS]".into()),
    }
}

fn make(template: &str, cards: usize, out: &str) -> Result<(), Box<dyn Error>> {
    let mut from = ZipArchive::new(BufReader::new(File::open(template)?))?;
    let mut to = ZipWriter::new(std::io::BufWriter::new(File::create(out)?));
    let mut text = String::new();
    for at in 0..from.len() {
        let mut member = from.by_index(at)?;
        let name = member.name()?.into_owned();
        let last = name.rsplit('/').next().unwrap_or_default();
        if last.starts_with("CvrExport") {
            text.clear();
            member.read_to_string(&mut text)?;
        } else if last.ends_with("Manifest.json") {
            to.raw_copy_file(member)?;
        }
    }
    let text = minified(&text);
    let (head, sessions) = text.split_once("\"Sessions\":[").ok_or("no sessions")?;
    let rests: Vec<&str> = sessions
        .trim_end_matches("]}")
        .split("{\"TabulatorId\":")
        .skip(1)
        .filter_map(|session| session.split_once("\"RecordId\":")?.1.split_once(','))
        .map(|(_, rest)| rest.trim_end_matches(','))
        .collect();
    let mut made = 0;
    for batch in 0.. {
        if made >= cards {
            break;
        }
        to.start_file(
            format!("CvrExport_{batch}.json"),
            SimpleFileOptions::default().compression_level(Some(6)),
        )?;
        let mut member = format!("{head}\"Sessions\":[");
        for (record, rest) in (1..).zip(rests.iter().take(cards - made)) {
            let tabulator = 100 + batch % 200;
            let comma = if record == 1 { "" } else { "," };
            member.push_str(&format!(
                "{comma}{{\"TabulatorId\":{tabulator},\"BatchId\":{batch},\"RecordId\":{record},{rest}"
            ));
            made += 1;
        }
        member.push_str("]}");
        to.write_all(member.as_bytes())?;
    }
    to.finish()?.flush()?;
    println!("{made} sessions in {out}");
    Ok(())
}

/// Without blanks outside of texts.
fn minified(text: &str) -> String {
    let (mut inside, mut escaped) = (false, false);
    text.chars()
        .filter(|letter| {
            let keep = inside || !letter.is_ascii_whitespace();
            if *letter == '"' && !escaped {
                inside = !inside;
            }
            escaped = inside && *letter == '\\' && !escaped;
            keep
        })
        .collect()
}

fn read(path: &str, threads: usize) -> Result<(), Box<dyn Error>> {
    let begin = Instant::now();
    let options = Options::default();
    let said = |problems: Vec<scr_core::Problem>| {
        problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let open = || File::open(path).map(BufReader::new);
    let (_, export) = Export::open(open()?, path, &options.limits).map_err(said)?;
    let shares = export.shares(threads);
    let bytes: u64 = export.members().iter().map(|member| member.size).sum();
    println!("opened in {:.2?}", begin.elapsed());
    let parts = std::thread::scope(|scope| {
        let parts: Vec<_> = shares
            .iter()
            .map(|share| {
                scope.spawn(|| {
                    let mut archive = ZipArchive::new(open().map_err(|error| error.to_string())?)
                        .map_err(|error| error.to_string())?;
                    let (mut builder, mut ballots) = (Builder::new(u64::MAX), Ballots::default());
                    export
                        .read_members(&mut archive, share, &options, &mut builder, &mut ballots)
                        .map_err(said)?;
                    Ok::<_, String>((builder, ballots))
                })
            })
            .collect();
        parts
            .into_iter()
            .map(|part| part.join().map_err(|_| "a thread stopped".to_owned())?)
            .collect::<Result<Vec<_>, _>>()
    })?;
    println!("read in {:.2?}", begin.elapsed());
    let mut parts = parts.into_iter();
    let (mut builder, mut ballots) = parts.next().ok_or("no member")?;
    for (other, read) in parts {
        builder.append(other).map_err(|problem| problem.to_string())?;
        ballots.cards += read.cards;
    }
    println!("put together in {:.2?}", begin.elapsed());
    let reading = export.reading(&ballots, Vec::new()).map_err(said)?;
    let columns = builder.finish(&reading.election, &reading.contests);
    let votes: u64 = (0..columns.contests().len())
        .filter_map(|contest| ContestNo::try_from(contest).ok())
        .map(|contest| columns.tally(contest).votes.iter().sum::<u64>())
        .sum();
    println!("tallied ({votes} votes) in {:.2?}", begin.elapsed());
    let digest = columns.digest();
    let seconds = begin.elapsed().as_secs_f64();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    println!(
        "{digest:?}\n{} cards, {bytes} bytes in {seconds:.2} s: {:.0} cards/s, {:.0} MB/s; {peak}",
        columns.cards(),
        columns.cards() as f64 / seconds,
        bytes as f64 / seconds / 1e6
    );
    Ok(())
}
