//! The Dutch Elections Act: the cases that the Electoral Council's own program is tested with, and a chamber.

use scr_tabulation::lots::LotError;
use scr_tabulation::seats::{List, SeatsError, Step, kieswet};

/// Lists named by their numbers, from 1.
fn lists(votes: &[u64], candidates: &[u32]) -> Vec<List> {
    (0..)
        .zip(votes)
        .map(|(at, votes)| List {
            name: (at + 1).to_string(),
            votes: *votes,
            candidates: candidates.get(at).copied(),
        })
        .collect()
}

struct Case {
    seats: u32,
    votes: &'static [u64],
    candidates: &'static [u32],
    drawn: &'static str,
    found: &'static [u32],
    /// Full and residual seats, where the source states them.
    full: Option<(usize, usize)>,
}

const fn case(seats: u32, votes: &'static [u64], found: &'static [u32]) -> Case {
    Case { seats, votes, candidates: &[], drawn: "", found, full: None }
}

impl Case {
    const fn full(mut self, full: usize, residual: usize) -> Self {
        self.full = Some((full, residual));
        self
    }
    const fn candidates(mut self, candidates: &'static [u32]) -> Self {
        self.candidates = candidates;
        self
    }
    const fn drawn(mut self, drawn: &'static str) -> Self {
        self.drawn = drawn;
        self
    }
}

/// Figures of the tests of kiesraad/abacus 85da391, `backend/apportionment/src/seat_assignment/mod.rs`: votes, candidates
/// (less those who died), lists drawn, and the seats that its authors worked out.
const SMALL: &[Case] = &[
    case(15, &[480, 160, 160, 160, 80, 80, 80], &[6, 2, 2, 2, 1, 1, 1]).full(15, 0),
    case(3, &[8, 7, 6, 5, 4, 3, 2, 1, 1, 1], &[1, 1, 1, 0, 0, 0, 0, 0, 0, 0]).full(0, 3),
    case(10, &[0, 3, 5, 6, 7, 79], &[0, 0, 0, 0, 1, 9]).full(7, 3),
    case(10, &[0, 0, 0, 0, 0], &[0, 0, 0, 0, 0]).full(0, 0),
    case(15, &[2552, 511, 511, 511, 509, 509], &[8, 2, 1, 2, 1, 1]).full(12, 3).drawn("3"),
    case(15, &[540, 160, 160, 80, 80, 80, 55, 45], &[7, 2, 2, 1, 1, 2, 0, 0]).drawn("6"),
    case(15, &[500, 140, 140, 140, 140, 140], &[6, 2, 1, 2, 2, 2]).drawn("4 2 5 6"),
    case(3, &[2000; 5], &[0, 1, 1, 1, 0]).drawn("2 3 4").candidates(&[1; 5]),
    case(5, &[5, 5, 50], &[1, 2, 2]).drawn("2").candidates(&[2; 3]),
    case(15, &[2000, 1600, 1200, 800, 400], &[4, 4, 3, 2, 2]).full(14, 1).candidates(&[4, 4, 3, 2, 2]),
    case(17, &[1116, 485, 832, 658, 601, 649, 606, 326, 1184, 716, 380], &[3, 1, 2, 2, 1, 2, 1, 0, 3, 1, 1])
        .full(11, 6)
        .candidates(&[17, 6, 11, 11, 10, 8, 13, 14, 12, 1, 6]),
    case(10, &[0, 3, 5, 6, 7, 79], &[0, 0, 0, 1, 1, 8]).full(7, 3).candidates(&[1, 1, 1, 1, 1, 8]),
    case(6, &[5, 5, 50], &[2, 2, 2]).full(2, 4).candidates(&[2; 3]),
    case(6, &[6, 4, 50], &[2, 2, 2]).full(2, 4).candidates(&[2; 3]),
    case(15, &[2571, 977, 567, 536, 453], &[7, 3, 2, 2, 1]).full(12, 3).candidates(&[7, 4, 2, 2, 2]),
    case(8, &[32, 41, 7], &[4, 3, 1]).full(6, 2).candidates(&[5, 3, 1]),
    case(8, &[537, 10, 426], &[2, 1, 5]).full(5, 3).candidates(&[2, 1, 6]),
    case(15, &[2000, 1600, 1200, 800, 400], &[4, 4, 3, 2, 1]).full(14, 0).candidates(&[4, 4, 3, 2, 1]),
    case(15, &[2000, 2000, 1200, 400, 400], &[4, 4, 3, 2, 1]).full(13, 1).candidates(&[4, 4, 3, 2, 1]),
    case(15, &[610, 520, 370], &[5, 6, 4]).full(13, 2).candidates(&[5, 7, 5]),
    case(10, &[500, 0, 0, 0, 0], &[5, 0, 0, 0, 0]).full(5, 0).candidates(&[5, 1, 1, 1, 1]),
];

/// As [`SMALL`].
const LARGE: &[Case] = &[
    case(25, &[576, 288, 96, 96, 96, 48], &[12, 6, 2, 2, 2, 1]).full(25, 0),
    case(23, &[600, 302, 98, 99, 101], &[12, 6, 1, 2, 2]).full(19, 4),
    case(23, &[600, 302, 98, 99, 101], &[12, 6, 1, 2, 2]).full(19, 4).candidates(&[12, 6, 1, 2, 2]),
    case(24, &[7501, 1249, 1249, 1249, 1249, 1248, 1248, 8], &[13, 2, 2, 2, 2, 1, 2, 0])
        .full(18, 6)
        .drawn("6"),
    case(23, &[500, 140, 140, 140, 140, 140], &[10, 3, 2, 3, 3, 2]).drawn("4 2 5"),
    case(33, &[8268, 4892, 1851, 2586, 1074, 1852, 1337, 573, 617], &[13, 7, 2, 4, 1, 3, 2, 0, 1]).drawn("9"),
    case(20, &[2000, 2000, 1600, 1600, 800], &[4, 5, 4, 4, 3]).full(19, 1).candidates(&[4, 5, 4, 4, 3]),
    case(19, &[1599, 1598, 1598, 1598, 1004], &[5, 4, 4, 4, 2]).full(18, 1).candidates(&[5, 5, 5, 5, 2]),
    case(24, &[7501, 1249, 1249, 1249, 1249, 1249, 1248, 7], &[12, 2, 2, 2, 2, 2, 2, 0])
        .full(18, 6)
        .candidates(&[12, 2, 2, 2, 2, 2, 2, 1]),
    case(20, &[2000, 2000, 1600, 1600, 800], &[4, 5, 4, 4, 2]).full(19, 0).candidates(&[4, 5, 4, 4, 2]),
    case(20, &[2000, 2000, 1600, 1600, 800], &[4, 4, 4, 4, 3]).full(18, 1).candidates(&[4, 4, 4, 4, 3]),
    case(20, &[810, 620, 570], &[7, 7, 6]).candidates(&[7, 7, 7]),
];

#[test]
fn councils_come_out_as_the_electoral_council_has_them() {
    for case in SMALL.iter().chain(LARGE) {
        let lists = lists(case.votes, case.candidates);
        let drawn: Vec<String> = case.drawn.split_whitespace().map(str::to_owned).collect();
        let what = format!("{} seats, votes {:?}, candidates {:?}", case.seats, case.votes, case.candidates);
        let found = kieswet::allocate(&lists, case.seats, &drawn).expect(&what);
        assert_eq!(found.seats, case.found, "{what}");
        assert_eq!(found.unfilled, case.seats - case.found.iter().sum::<u32>(), "{what}");
        let full = found.awards.iter().filter(|award| award.step == Step::FullSeat).count();
        if let Some(expected) = case.full {
            assert_eq!((full, found.awards.len() - full), expected, "{what}");
        }
        // Without the lots nothing is given, and with those it says who was equal.
        if !drawn.is_empty() {
            let said = kieswet::allocate(&lists, case.seats, &[]).unwrap_err();
            assert!(matches!(said, SeatsError::Lot(LotError::Needed(_))), "{what}");
        }
    }
}

/// House of Representatives, 22 November 2023: the votes add up to the 10,432,726 that the Electoral Council published
/// on 4 December 2023 with these seats. Nobody below the quota of 69,551 gets a residual seat.
#[test]
fn the_house_of_representatives_needs_the_quota_for_residual_seats() {
    let votes = [
        2_450_878, 1_643_073, 1_589_519, 1_343_287, 656_292, 485_551, 345_822, 328_225, 246_765, 235_148,
        232_963, 217_270, 212_532, 178_802, 71_345, 52_913, 51_043, 44_253, 12_838, 5122, 9117, 4152, 5325,
        5487, 3966, 1038,
    ];
    assert_eq!(votes.iter().sum::<u64>(), 10_432_726);
    let found = kieswet::allocate_parliament(&lists(&votes, &[]), 150, &[]).unwrap();
    assert_eq!(found.seats[..15], [37, 25, 24, 20, 9, 7, 5, 5, 3, 3, 3, 3, 3, 2, 1]);
    assert_eq!(found.seats.iter().sum::<u32>(), 150);
    // 19 lists of 10 and one of 9: as a council it gets the 20th seat, as a parliament another one gets it.
    let mut equal = [1000_u64; 20];
    equal[19] = 990;
    equal[0] = 1010;
    assert_eq!(kieswet::allocate(&lists(&equal, &[]), 20, &[]).unwrap().seats[19], 1);
    assert_eq!(kieswet::allocate_parliament(&lists(&equal, &[]), 20, &[]).unwrap().seats[..1], [2]);
}

#[test]
fn what_was_taken_back_is_told() {
    let lists = lists(&[2571, 977, 567, 536, 453], &[7, 4, 2, 2, 2]);
    let found = kieswet::allocate(&lists, 15, &[]).unwrap();
    let lines = found.explain(&lists);
    // P 9 takes the last residual seat from list 4 for list 1, which has nobody for it (P 10): it goes back.
    assert!(
        lines.contains(&"4 gave up a seat that it had for the largest remainder, 2936/15.".to_owned()),
        "{lines:?}"
    );
    assert!(
        lines.contains(&"1 gave up a seat that it had because most of the votes are its own.".to_owned()),
        "{lines:?}"
    );
    assert_eq!(found.exhausted[0], 0);
}
