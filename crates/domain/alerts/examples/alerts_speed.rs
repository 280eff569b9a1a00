//! Figures: acknowledgements folded, sums asked, calls found, bundles verified. `cargo run --release --example alerts_speed`

use scr_alerts::acks::{Ack, Board, Calls, Channel, Line, Measures, Rung, Step};
use scr_alerts::areas::{AreaLimits, AreaTree, Station, Stations};
use scr_alerts::{Card, Limits, Scanned, authenticate};
use scr_verify::Trust;
use std::error::Error;
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

const STATIONS: u32 = 100_000;
const SENT: u64 = 1_795_773_600;

fn main() -> Result<(), Box<dyn Error>> {
    let begin = Instant::now();
    // A nation, 20 regions, 1,000 municipalities, 10,000 districts of ten stations.
    let mut scheme = String::from("code,name,parent,stations,voters\nX,Nation,,100000,80000000\n");
    for district in 0..10_000 {
        let (region, town) = (district / 500, district / 10);
        if district % 500 == 0 {
            let _ = writeln!(scheme, "X{region:02},Region,X,5000,4000000");
        }
        if district % 10 == 0 {
            let _ = writeln!(scheme, "X{region:02}-{town:04},Town,X{region:02},100,80000");
        }
        let _ =
            writeln!(scheme, "X{region:02}-{town:04}-{district:05},District,X{region:02}-{town:04},10,8000");
    }
    let (tree, warnings) = AreaTree::read(scheme.as_bytes(), "scheme", &AreaLimits::default())
        .map_err(|all| format!("{all:?}"))?;
    let districts: Vec<u32> =
        (0u32..).zip(tree.areas()).filter(|(_, area)| area.depth == 3).map(|(place, _)| place).collect();
    let station = |number: u32| {
        let area = districts.get(usize::try_from(number / 10).unwrap_or(0)).copied().unwrap_or(0);
        Station { number, area, voters: 800 }
    };
    let stations = Stations::new((0..STATIONS).map(station));
    println!(
        "scheme of {} areas, {} stations: {:.0} ms, {} warnings",
        tree.areas().len(),
        STATIONS,
        ms(begin),
        warnings.len()
    );

    let begin = Instant::now();
    let within = tree.within(&["X".to_owned()]).map_err(|all| format!("{all:?}"))?;
    let mut board = Board::new(SENT, SENT + 86_400, &tree, stations.within(&within));
    println!("a board of {} stations: {:.0} ms", board.len(), ms(begin));

    let acks = acknowledgements()?;
    let begin = Instant::now();
    for ack in &acks {
        black_box(board.fold(ack));
    }
    let took = begin.elapsed().as_secs_f64();
    println!(
        "{} acknowledgements folded: {:.3} s, {:.0} each second",
        acks.len(),
        took,
        f64::from(u32::try_from(acks.len())?) / took
    );

    let begin = Instant::now();
    for place in 0..u32::try_from(tree.areas().len())? {
        black_box(board.tally(place));
    }
    println!("sums of all {} areas read: {:.2} ms", tree.areas().len(), ms(begin));

    let begin = Instant::now();
    black_box(Measures::of(&board, &tree, 1, Step::Read));
    println!("the measures of {} stations: {:.0} ms", board.len(), ms(begin));

    escalation(&board, &tree)?;
    verifications()
}

/// Five steps of every station, in no order of stations.
fn acknowledgements() -> Result<Vec<Ack>, Box<dyn Error>> {
    let mut acks = Vec::new();
    let mut random = 88_172_645_463_325_252_u64;
    for step in Step::ALL {
        for _ in 0..STATIONS {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let number = u32::try_from(random % u64::from(STATIONS))?;
            acks.push(Ack::new(number, step, Channel::Telephone, SENT + random % 3_600, SENT + 3_600)?);
        }
    }
    Ok(acks)
}

fn escalation(board: &Board, tree: &AreaTree) -> Result<(), Box<dyn Error>> {
    let rung = |depth, goal, after| Rung { depth, goal, after };
    let line = Line::new(vec![
        rung(None, Step::Delivered, 300),
        rung(Some(2), Step::Read, 900),
        rung(Some(1), Step::Understood, 1_800),
        rung(Some(0), Step::Acted, 3_600),
    ])?;
    let begin = Instant::now();
    let due = line.escalation(board, tree, &Calls::default(), SENT + 4_000, 100);
    println!("calls that are due: {} found in {:.2} ms", due.due.len() as u64 + due.more, ms(begin));
    Ok(())
}

/// A bundle with three cosignatures in a log of a million entries.
fn verifications() -> Result<(), Box<dyn Error>> {
    let card: Card = include_str!("../../../../fixtures/alerts/station.card").parse()?;
    let bytes = include_bytes!("../../../../fixtures/alerts/alert.bundle");
    let trust = Trust::Policy(Box::new(card.policy));
    let begin = Instant::now();
    for _ in 0..200 {
        black_box(authenticate(&Scanned::read(bytes)?, &trust, &Limits::default())?);
    }
    println!("a bundle of {} bytes verified: {:.2} ms", bytes.len(), ms(begin) / 200.0);
    Ok(())
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}
