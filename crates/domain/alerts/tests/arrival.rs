//! Areas, acknowledgements, escalation.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use proptest::prelude::*;
use scr_alerts::acks::{
    Ack, Board, Callee, Calls, Channel, Folded, Line, Measures, Rung, Spread, Step, Tally,
};
use scr_alerts::areas::{AreaLimits, AreaTree, Station, Stations};

const SCHEME: &str = "code,name,parent,stations,voters
EX,Exampleland,,5,5000
EX-04,North,EX,3,3000
EX-0417,Northtown,EX-04,2,1800
EX-0417-003,School,EX-0417,1,1000
EX-0417-004,Library,EX-0417,1,800
EX-0418,Northville,EX-04,1,1200
EX-05,South,EX,2,2000
";
const STATIONS: &str = "voters,number,area\n1000,3,EX-0417-003\n800,4,EX-0417-004\n1200,18,EX-0418\n900,51,EX-05\n1100,52,EX-05\n";
const SENT: u64 = 1_795_773_600;

fn tree() -> AreaTree {
    let (tree, warnings) = AreaTree::read(SCHEME.as_bytes(), "scheme.csv", &AreaLimits::default()).unwrap();
    assert!(warnings.is_empty());
    tree
}

fn stations(tree: &AreaTree) -> Stations {
    Stations::read(STATIONS.as_bytes(), "stations.csv", tree, &AreaLimits::default()).unwrap()
}

fn board(areas: &[&str]) -> (AreaTree, Board) {
    let tree = tree();
    let codes: Vec<String> = areas.iter().map(|code| (*code).to_owned()).collect();
    let within = tree.within(&codes).unwrap();
    let board = Board::new(SENT, SENT + 7_200, &tree, stations(&tree).within(&within));
    (tree, board)
}

fn codes(scheme: &str) -> Vec<&'static str> {
    let limits = AreaLimits { rows: 10, depth: 3, ..AreaLimits::default() };
    AreaTree::read(scheme.as_bytes(), "x", &limits).unwrap_err().iter().map(|problem| problem.code).collect()
}

#[test]
fn an_alert_is_for_its_areas_and_all_below_them() {
    let tree = tree();
    let all = stations(&tree);
    let numbers = |areas: &[&str]| -> Vec<u32> {
        let within = tree.within(&areas.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>()).unwrap();
        all.within(&within).map(|station| station.number).collect()
    };
    assert_eq!(numbers(&["EX"]), [3, 4, 18, 51, 52]);
    assert_eq!(numbers(&["EX-0417-004", "EX-05"]), [4, 51, 52]);
    // An area below another one that is named counts once.
    assert_eq!(numbers(&["EX-04", "EX-0417"]), [3, 4, 18]);
    let unknown = tree.within(&["EX-0419".to_owned(), "EX".to_owned()]).unwrap_err();
    assert_eq!(unknown, [("EX-0419".to_owned(), Some("EX-0417".to_owned()))]);
}

#[test]
fn what_is_wrong_with_a_scheme_is_said() {
    let head = "code,name,parent,stations,voters\n";
    assert_eq!(codes("code,name,stations\n"), ["SCR-ALR-040", "SCR-ALR-040"]);
    assert_eq!(codes(head), ["SCR-ALR-041"]);
    assert_eq!(codes(&format!("{head}a b,x,,1,1\nb,x,,-1,1\nc,x,,1,\n")), ["SCR-ALR-041"; 3]);
    assert_eq!(codes(&format!("{head}a,x,,1,1\na,x,,1,1\n")), ["SCR-ALR-042"]);
    assert_eq!(codes(&format!("{head}a,x,zz,1,1\n")), ["SCR-ALR-043"]);
    assert_eq!(codes(&format!("{head}a,x,b,1,1\nb,x,a,1,1\n")), ["SCR-ALR-044"; 2]);
    assert_eq!(codes(&format!("{head}a,x,a,1,1\n")), ["SCR-ALR-044"]);
    assert_eq!(
        codes(&format!("{head}a,x,,1,1\nb,x,a,1,1\nc,x,b,1,1\nd,x,c,1,1\ne,x,d,1,1\n")),
        ["SCR-ALR-045"]
    );
    let rows: String = (0..11).map(|n| format!("a{n},x,,1,1\n")).collect();
    assert_eq!(codes(&format!("{head}{rows}")), ["SCR-ALR-045"]);
    let sums = AreaTree::read(
        SCHEME.replace("EX-05,South,EX,2", "EX-05,South,EX,3").as_bytes(),
        "x",
        &AreaLimits::default(),
    );
    let warnings = sums.unwrap().1;
    assert_eq!((warnings[0].code, warnings[0].args["stations_below"].as_str()), ("SCR-ALR-046", "6"));
    let limits = AreaLimits::default();
    let wrong = Stations::read(
        b"number,area,voters\n1000000,EX,1\n1,EXX,1\n2,EX,x\n3,EX,1\n3,EX,1\n",
        "x",
        &tree(),
        &limits,
    );
    let wrong: Vec<_> = wrong.unwrap_err().iter().map(|problem| problem.code).collect();
    assert_eq!(wrong, ["SCR-ALR-041", "SCR-ALR-043", "SCR-ALR-041", "SCR-ALR-042"]);
}

fn ack(station: u32, step: Step, channel: Channel, after: u64) -> Ack {
    Ack::new(station, step, channel, SENT + after, SENT + 50_000).unwrap()
}

#[test]
fn each_way_can_say_what_it_can_know() {
    assert!(
        Ack::new(3, Step::Read, Channel::Gateway, 0, 0).unwrap_err().to_string().starts_with("SCR-ALR-032")
    );
    assert!(Ack::new(3, Step::Sent, Channel::Sms, 0, 0).is_err());
    // Nobody acknowledges in the future, nor before the alert was sent.
    assert_eq!(Ack::new(3, Step::Read, Channel::Link, 900, 100).unwrap().at(), 100);
    let (_, mut board) = board(&["EX"]);
    board.fold(&Ack::new(3, Step::Read, Channel::Link, 5, SENT).unwrap());
    assert_eq!(board.heard(3, Step::Read).unwrap().at, SENT);
}

#[test]
fn sums_follow_as_stations_come_further() {
    let (tree, mut board) = board(&["EX"]);
    let at = |board: &Board, code: &str| board.tally(tree.find(code).unwrap());
    assert_eq!(at(&board, "EX").stations, [5, 0, 0, 0, 0, 0]);
    assert_eq!(board.fold(&ack(3, Step::Sent, Channel::Gateway, 1)), Folded::Further);
    assert_eq!(board.fold(&ack(3, Step::Acted, Channel::TearOff, 900)), Folded::Further);
    assert_eq!(board.fold(&ack(3, Step::Read, Channel::Sms, 60)), Folded::Noted);
    assert_eq!(board.fold(&ack(3, Step::Read, Channel::Sms, 60)), Folded::Known);
    assert_eq!(board.fold(&ack(3, Step::Read, Channel::Link, 90)), Folded::Known);
    assert_eq!(board.fold(&ack(99, Step::Read, Channel::Link, 90)), Folded::NotForIt);
    assert_eq!(board.step(3), Some(Step::Acted));
    assert_eq!(board.heard(3, Step::Understood), None);
    for code in ["EX", "EX-04", "EX-0417", "EX-0417-003"] {
        assert_eq!((at(&board, code).stations[5], at(&board, code).voters[5]), (1, 1_000), "{code}");
    }
    assert_eq!(at(&board, "EX-05").stations, [2, 0, 0, 0, 0, 0]);
    assert_eq!(
        (at(&board, "EX").short_of(Step::Read), at(&board, "EX").voters_short_of(Step::Read)),
        (4, 4_000)
    );
}

fn any_ack() -> impl Strategy<Value = Ack> {
    let ways = vec![Channel::Gateway, Channel::Link, Channel::Sms, Channel::Telephone, Channel::TearOff];
    let station = prop::sample::select(vec![3u32, 4, 18, 51, 52, 77]);
    (station, prop::sample::select(Step::ALL.to_vec()), prop::sample::select(ways), 0u64..400)
        .prop_filter_map("not by this way", |(station, step, channel, after)| {
            Ack::new(station, step, channel, SENT + after * 10, SENT + 3_000).ok()
        })
}

/// The sums, counted again from the stations.
fn recount(tree: &AreaTree, board: &Board) -> Vec<Tally> {
    let within = tree.within(&["EX".to_owned()]).unwrap();
    let all: Vec<Station> = stations(tree).within(&within).collect();
    let mut tallies = vec![Tally::default(); tree.areas().len()];
    for station in all {
        let level = board.step(station.number).map_or(0, |step| usize::from(step.byte()) + 1);
        for area in tree.upwards(station.area) {
            tallies[area as usize].stations[level] += 1;
            tallies[area as usize].voters[level] += u64::from(station.voters);
        }
    }
    tallies
}

proptest! {
    #[test]
    fn in_whatever_order_and_however_often_acknowledgements_come_the_same_comes_of_it(
        (acks, shuffled) in prop::collection::vec(any_ack(), 0..40).prop_flat_map(|acks| {
            let mut more = acks.clone();
            more.extend(acks.iter().take(acks.len() / 2).copied());
            (Just(acks), Just(more).prop_shuffle())
        }),
    ) {
        let (tree, mut first) = board(&["EX"]);
        let (_, mut second) = board(&["EX"]);
        acks.iter().for_each(|ack| { first.fold(ack); });
        shuffled.iter().for_each(|ack| { second.fold(ack); });
        prop_assert_eq!(&first, &second);
        let kept: Vec<Tally> = (0..7).map(|area| first.tally(area)).collect();
        prop_assert_eq!(kept, recount(&tree, &first));
    }
}

fn line() -> Line {
    let rung = |depth, goal, after| Rung { depth, goal, after };
    Line::new(vec![
        rung(None, Step::Delivered, 300),
        rung(Some(2), Step::Read, 900),
        rung(Some(1), Step::Understood, 1_800),
        rung(Some(0), Step::Acted, 3_600),
    ])
    .unwrap()
}

#[test]
fn a_line_ascends() {
    assert!(Line::new(vec![]).unwrap_err().to_string().starts_with("SCR-ALR-033"));
    let rung = Rung { depth: None, goal: Step::Read, after: 60 };
    assert!(Line::new(vec![rung, rung]).unwrap_err().to_string().starts_with("SCR-ALR-034"));
    assert!(Line::new(vec![Rung { after: 0, ..rung }]).is_err());
}

#[test]
fn silence_climbs_the_line_of_authority() {
    let (tree, mut board) = board(&["EX"]);
    let (line, mut calls) = (line(), Calls::default());
    let due =
        |board: &Board, calls: &Calls, after: u64| line.escalation(board, &tree, calls, SENT + after, 100);
    let area = |code: &str| Callee::Area(tree.find(code).unwrap());
    let first = due(&board, &calls, 0);
    assert_eq!((first.due.len(), first.next), (0, Some(SENT + 300)));
    board.fold(&ack(3, Step::Delivered, Channel::Gateway, 20));
    board.fold(&ack(51, Step::Read, Channel::Link, 60));
    let second = due(&board, &calls, 300);
    let called: Vec<Callee> = second.due.iter().map(|one| one.callee).collect();
    assert_eq!(called, [Callee::Station(18), Callee::Station(52), Callee::Station(4)]);
    assert_eq!(second.next, Some(SENT + 900));
    calls.note(0, Callee::Station(18), SENT + 310);
    assert_eq!(due(&board, &calls, 320).due.len(), 2);
    // At depth 2 stand Northtown and Northville; South has no area below it.
    let third = due(&board, &calls, 900);
    let rung: Vec<_> = third
        .due
        .iter()
        .filter(|one| one.rung == 1)
        .map(|one| (one.callee, one.stations, one.voters))
        .collect();
    assert_eq!(rung, [(area("EX-0417"), 2, 1_800), (area("EX-0418"), 1, 1_200)]);
    for station in [3, 4, 18, 51, 52] {
        board.fold(&ack(station, Step::Acted, Channel::Telephone, 1_000));
    }
    let last = due(&board, &calls, 1_000);
    assert_eq!((last.due.len(), last.next), (0, None));
}

#[test]
fn a_restart_changes_nothing_and_after_expiry_nobody_is_called() {
    let (tree, board) = board(&["EX-04"]);
    let line = line();
    let mut calls = Calls::default();
    calls.note(1, Callee::Area(2), SENT + 1_000);
    calls.note(1, Callee::Area(2), SENT + 950);
    let now = SENT + 2_000;
    let before = line.escalation(&board, &tree, &calls, now, 2);
    assert_eq!((before.due.len(), before.more), (2, 3));
    // Another process with the same state, told of the calls in another order.
    let mut told = Calls::default();
    told.note(1, Callee::Area(2), SENT + 950);
    assert_eq!((told.made(1, Callee::Area(2)), &told), (Some(SENT + 950), &calls));
    assert_eq!(line.escalation(&board, &tree, &told, now, 2), before);
    let over = line.escalation(&board, &tree, &calls, SENT + 7_200, 10);
    assert_eq!((over.due.len(), over.next), (0, None));
}

#[test]
fn how_fast_it_arrived_is_measured() {
    let (tree, mut board) = board(&["EX"]);
    let say = |board: &mut Board, station, step, after: u64, channel| {
        board.fold(&Ack::new(station, step, channel, SENT + after, SENT + after).unwrap());
    };
    for (station, after) in [(3, 1), (4, 2), (18, 3), (51, 4), (52, 5)] {
        say(&mut board, station, Step::Sent, after, Channel::Gateway);
    }
    say(&mut board, 3, Step::Read, 60, Channel::Link);
    say(&mut board, 18, Step::Read, 600, Channel::Sms);
    // Whoever has acted has read, however late that is said.
    say(&mut board, 4, Step::Acted, 300, Channel::Telephone);
    say(&mut board, 4, Step::Read, 900, Channel::TearOff);
    let found = Measures::of(&board, &tree, 1, Step::Read);
    let spread = |of, reached, half, nine_in_ten, last| Spread { of, reached, half, nine_in_ten, last };
    assert_eq!(found.steps[0], spread(5, 5, Some(3), Some(5), Some(5)));
    assert_eq!(found.steps[2], spread(5, 3, Some(600), None, None));
    assert_eq!(found.steps[4], spread(5, 1, None, None, None));
    let place = |code| tree.find(code).unwrap();
    assert_eq!(
        found.areas,
        [
            (place("EX-05"), spread(2, 0, None, None, None)),
            (place("EX-04"), spread(3, 3, Some(300), Some(600), Some(600)))
        ]
    );
    let channels: Vec<(Channel, u64)> = found.channels.into_iter().collect();
    assert_eq!(channels, [(Channel::Link, 1), (Channel::Sms, 1), (Channel::Telephone, 1)]);
    assert_eq!(Measures::of(&board, &tree, 9, Step::Acted).areas, []);
}
