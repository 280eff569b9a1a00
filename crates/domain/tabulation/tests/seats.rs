//! Seats against official ones, other makers' vectors, and what is known of the methods.

use proptest::prelude::*;
use scr_tabulation::lots::LotError;
use scr_tabulation::seats::{
    Allocation, Divisors, List, Method, Quota, SeatsError, Threshold, TooMany, allocate, kieswet,
};
use serde_json::Value;
use std::io::Read as _;

fn lists(votes: &[u64]) -> Vec<List> {
    (0..)
        .zip(votes)
        .map(|(at, votes)| List { name: format!("L{at}"), votes: *votes, candidates: None })
        .collect()
}

fn give(votes: &[u64], seats: u32, method: &Method) -> Result<Allocation, SeatsError> {
    allocate(&lists(votes), seats, method, &Threshold::default(), &[])
}

fn averages(divisors: Divisors) -> Method {
    Method::HighestAverages(divisors)
}

/// Cases of kiesraad/abacus 85da391, `apportionment` tests.
#[test]
fn councils_get_their_seats_by_the_dutch_law() {
    let Some(path) = scr_testing::data("audit/vectors/kieswet_apportionment.json") else { return };
    let cases: Vec<Value> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert_eq!(cases.len(), 8);
    for case in cases {
        let numbers = |field: &str| -> Vec<u64> {
            case[field].as_array().unwrap().iter().map(|v| v.as_u64().unwrap()).collect()
        };
        let seats = u32::try_from(case["seats"].as_u64().unwrap()).unwrap();
        let found = kieswet::allocate(&lists(&numbers("votes")), seats, &[]).unwrap();
        let given: Vec<u64> = found.seats.iter().map(|seats| u64::from(*seats)).collect();
        assert_eq!(given, numbers("total_seats"), "{}", case["name"]);
        let full =
            found.awards.iter().filter(|award| award.step == scr_tabulation::seats::Step::FullSeat).count();
        assert_eq!(Value::from(full), case["full_seats"]);
        assert_eq!(Value::from(found.awards.len() - full), case["residual_seats"]);
    }
}

/// Belgium, Chamber of Representatives, 9 June 2024 (federal interior ministry): seats of six constituencies.
#[test]
fn belgian_constituencies_get_their_seats() {
    let Some(path) = scr_testing::data("audit/belgium2024/belgium2024-chamber-6.zip") else { return };
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    assert_eq!(zip.len(), 6);
    for at in 0..zip.len() {
        let mut text = String::new();
        zip.by_index(at).unwrap().read_to_string(&mut text).unwrap();
        let result: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
        let official = result["ElectionLists"].as_array().unwrap();
        let number = |value: &Value| value.as_u64().unwrap_or(0);
        let lists: Vec<List> = official
            .iter()
            .map(|list| List {
                name: list["PartyLabel"].as_str().unwrap().to_owned(),
                votes: number(&list["NrOfVotes"]),
                candidates: None,
            })
            .collect();
        let seats = official.iter().map(|list| u32::try_from(number(&list["NrOfSeats"])).unwrap());
        let threshold =
            Threshold { valid_votes: Some(number(&result["NrOfValidVotes"])), ..Threshold::of_share(5, 100) };
        let found =
            allocate(&lists, seats.clone().sum(), &averages(Divisors::DHondt), &threshold, &[]).unwrap();
        assert_eq!(found.seats, seats.collect::<Vec<_>>(), "{}", result["Labels"][0]["Label"]);
    }
}

/// "Alabama paradox" (Balinski and Young, Fair Representation, chapter 5): with one seat more C has one fewer.
#[test]
fn largest_remainders_are_not_house_monotone() {
    let hare = Method::LargestRemainders { quota: Quota::Hare, too_many: TooMany::Refuse };
    assert_eq!(give(&[6, 6, 2], 10, &hare).unwrap().seats, [4, 4, 2]);
    assert_eq!(give(&[6, 6, 2], 11, &hare).unwrap().seats, [5, 5, 1]);
}

/// Worked examples of the articles "D'Hondt method" (100,000 / 80,000 / 30,000 / 20,000 votes, 8 seats) and "Sainte-Laguë
/// method" (53,000 / 24,000 / 23,000, 7 seats) of the English Wikipedia.
#[test]
fn textbook_examples_come_out() {
    assert_eq!(
        give(&[100_000, 80_000, 30_000, 20_000], 8, &averages(Divisors::DHondt)).unwrap().seats,
        [4, 3, 1, 0]
    );
    assert_eq!(
        give(&[53_000, 24_000, 23_000], 7, &averages(Divisors::SainteLague)).unwrap().seats,
        [3, 2, 2]
    );
    assert_eq!(give(&[53_000, 24_000, 23_000], 7, &averages(Divisors::DHondt)).unwrap().seats, [4, 2, 1]);
}

#[test]
fn equal_averages_wait_for_a_lot_and_the_lot_decides() {
    let lists = lists(&[100, 100, 100]);
    let method = averages(Divisors::DHondt);
    let go = |drawn: &[&str]| {
        let drawn: Vec<String> = drawn.iter().map(|name| (*name).to_owned()).collect();
        allocate(&lists, 2, &method, &Threshold::default(), &drawn)
    };
    let needed = go(&[]).unwrap_err();
    assert_eq!(
        needed.to_string(),
        "SCR-TAB-040 seat 1: L0, L1, L2 are equal, and 2 of them can have it; draw lots and state who was drawn"
    );
    assert!(matches!(needed, SeatsError::Lot(LotError::Needed(_))));
    let found = go(&["L2", "L0"]).unwrap();
    assert_eq!(
        (found.seats.as_slice(), found.lots[0].drawn.as_slice()),
        ([1, 0, 1].as_slice(), [2, 0].as_slice())
    );
    assert!(
        go(&["L2", "L9"])
            .unwrap_err()
            .to_string()
            .starts_with("SCR-TAB-041 L9 was stated as drawn for seat 1")
    );
    assert!(
        go(&["L2", "L0", "L1"]).unwrap_err().to_string().starts_with("SCR-TAB-042 L1 was stated as drawn")
    );
    assert!(found.explain(&lists).iter().any(|line| line == "By lot among L0, L1, L2 for seat 1: L2, L0."));
}

#[test]
fn lists_without_candidates_pass_their_seats_on() {
    let mut lists = lists(&[900, 60, 40]);
    lists[0].candidates = Some(2);
    for method in [
        averages(Divisors::DHondt),
        Method::LargestRemainders { quota: Quota::Hare, too_many: TooMany::Refuse },
    ] {
        let found = allocate(&lists, 5, &method, &Threshold::default(), &[]).unwrap();
        assert_eq!((found.seats[0], found.seats.iter().sum::<u32>()), (2, 5), "{method:?}");
        assert_eq!(found.exhausted, [0]);
    }
    for seats in [5, 20] {
        let found = kieswet::allocate(&lists, seats, &[]).unwrap();
        assert_eq!((found.seats[0], found.unfilled), (2, 0), "{seats}");
    }
    lists.iter_mut().for_each(|list| list.candidates = Some(1));
    let found = allocate(&lists, 5, &averages(Divisors::DHondt), &Threshold::default(), &[]).unwrap();
    assert_eq!((found.seats.as_slice(), found.unfilled), ([1, 1, 1].as_slice(), 2));
}

#[test]
fn thresholds_say_at_least_or_more_than() {
    let lists = lists(&[900, 50, 50]);
    let at_least = Threshold::of_share(5, 100);
    assert_eq!(at_least.excluded(&lists), [0_usize; 0]);
    assert_eq!(Threshold { more_than: true, ..at_least.clone() }.excluded(&lists), [1, 2]);
    assert_eq!(Threshold { valid_votes: Some(1001), ..at_least.clone() }.excluded(&lists), [1, 2]);
    let exempt = Threshold { more_than: true, exempt: vec!["L2".to_owned()], ..at_least };
    assert_eq!(exempt.excluded(&lists), [1]);
    assert_eq!(Threshold { votes: Some(51), ..Threshold::default() }.excluded(&lists), [1, 2]);
}

#[test]
fn what_cannot_be_given_is_said() {
    let imperiali = give(
        &[10, 10, 10, 10],
        2,
        &Method::LargestRemainders { quota: Quota::Imperiali, too_many: TooMany::Refuse },
    )
    .unwrap_err();
    assert!(
        imperiali.to_string().starts_with("SCR-TAB-043 full quotas give 4 seats, and there are 2"),
        "{imperiali}"
    );
    assert!(
        give(&[1], 100_001, &averages(Divisors::Adams)).unwrap_err().to_string().starts_with("SCR-TAB-044")
    );
    let none = give(&[0, 0], 3, &averages(Divisors::SainteLague)).unwrap();
    assert_eq!((none.seats.as_slice(), none.unfilled), ([0, 0].as_slice(), 3));
}

/// Worked by hand. 60 and 40 votes for 3 seats: 100/5 is 20, and 3 + 2 full quotas are too many; 100/4 is 25, and 2 + 1
/// fit. 60 and 40 for 4: 100/6 leaves 10 of 60 after 3, and 20/3 of 40 after 2, which gives its seat back.
#[test]
fn laws_say_what_happens_where_quotas_give_too_many_seats() {
    let imperiali = |too_many| Method::LargestRemainders { quota: Quota::Imperiali, too_many };
    let refused = give(&[60, 40], 3, &imperiali(TooMany::Refuse)).unwrap_err();
    assert_eq!(refused, SeatsError::TooManyFullSeats { full: 5, seats: 3 });
    assert_eq!(give(&[60, 40], 3, &imperiali(TooMany::SmallerDivisor)).unwrap().seats, [2, 1]);
    let lose = imperiali(TooMany::SmallestRemaindersLose);
    assert_eq!(give(&[60, 40], 4, &lose).unwrap().seats, [3, 1]);
    // 30, 30 and 40 for 3 seats: 20 leaves 10, 10 and 0; the third list gives back one. 40, 40, 20 for 3: all leave 0
    // and two of three give back, which is a lot's matter.
    assert_eq!(give(&[30, 30, 40], 3, &lose).unwrap().seats, [1, 1, 1]);
    assert!(matches!(give(&[40, 40, 20], 3, &lose).unwrap_err(), SeatsError::Lot(LotError::Needed(_))));
    // A list without candidates passes on what is left to it.
    let lists = [60, 40].map(|votes| List { name: votes.to_string(), votes, candidates: Some(2) });
    let found = allocate(&lists, 4, &lose, &Threshold::default(), &[]).unwrap();
    assert_eq!((found.seats, found.unfilled), (vec![2, 2], 0));
}

#[test]
fn more_votes_than_can_be_added_up_are_refused() {
    let refused = give(&[u64::MAX, 1], 3, &averages(Divisors::DHondt)).unwrap_err();
    assert!(refused.to_string().starts_with("SCR-TAB-044 votes of all lists"), "{refused}");
    // One less can be, and a squared average of it is no trouble.
    assert_eq!(give(&[u64::MAX - 1, 1], 2, &averages(Divisors::HuntingtonHill)).unwrap().seats, [1, 1]);
}

/// The last winner and the first loser of the textbook's table of D'Hondt: 100,000 / 80,000 / 30,000 / 20,000.
#[test]
fn the_last_winner_and_the_first_loser_are_told() {
    let found = give(&[100_000, 80_000, 30_000, 20_000], 8, &averages(Divisors::DHondt)).unwrap();
    let last = found.awards.last().unwrap();
    assert_eq!((last.list, last.seat), (0, 8));
    let next = found.next.as_ref().unwrap();
    // 100,000/5, 80,000/4 and 20,000/1 are equal; the first in the list is named.
    assert_eq!((next.list, next.seat), (0, 9));
    let lines = found.explain(&lists(&[100_000, 80_000, 30_000, 20_000]));
    assert!(
        lines.contains(
            &"The next seat would have gone to L0 for the highest average, 20000 (votes over 5).".to_owned()
        ),
        "{lines:?}"
    );
}

fn divisors() -> impl Strategy<Value = Divisors> {
    prop_oneof![
        Just(Divisors::DHondt),
        Just(Divisors::SainteLague),
        Just(Divisors::ModifiedSainteLague { numerator: 7, denominator: 5 }),
        Just(Divisors::Adams),
        Just(Divisors::HuntingtonHill),
        Just(Divisors::Dean),
        Just(Divisors::Danish),
        Just(Divisors::Imperiali),
    ]
}

fn any_method() -> impl Strategy<Value = Method> {
    prop_oneof![
        divisors().prop_map(Method::HighestAverages),
        prop_oneof![Just(Quota::Hare), Just(Quota::Droop), Just(Quota::HagenbachBischoff)]
            .prop_map(|quota| Method::LargestRemainders { quota, too_many: TooMany::Refuse }),
    ]
}

proptest! {
    /// All seats are given; who stands where in the list does not matter.
    #[test]
    fn methods_are_complete_and_anonymous(votes in prop::collection::vec(0..10_000_u64, 1..9), seats in 0..60_u32, method in any_method()) {
        let Ok(found) = give(&votes, seats, &method) else { return Ok(()) };
        let anybody = votes.iter().any(|votes| *votes > 0);
        prop_assert_eq!(found.seats.iter().sum::<u32>(), if anybody { seats } else { 0 });
        prop_assert_eq!(u32::try_from(found.awards.len()).unwrap(), found.seats.iter().sum::<u32>());
        let mut turned = votes;
        turned.reverse();
        let mut other = give(&turned, seats, &method).unwrap().seats;
        other.reverse();
        prop_assert_eq!(found.seats, other);
    }

    /// One seat more takes none away, one more voter of a list takes none from it (divisor methods).
    #[test]
    fn divisor_methods_are_house_and_population_monotone(votes in prop::collection::vec(1..10_000_u64, 1..9), seats in 1..60_u32, divisors in divisors()) {
        let method = averages(divisors);
        let (Ok(now), Ok(more)) = (give(&votes, seats, &method), give(&votes, seats + 1, &method)) else { return Ok(()) };
        prop_assert!(now.seats.iter().zip(&more.seats).all(|(now, more)| now <= more));
        let mut grown = votes;
        grown[0] += 1;
        if let Ok(grown) = give(&grown, seats, &method) {
            prop_assert!(grown.seats[0] >= now.seats[0]);
        }
    }

    /// Hamilton's seats are the quota rounded down or up.
    #[test]
    fn hamilton_keeps_to_the_quota(votes in prop::collection::vec(1..10_000_u64, 1..9), seats in 1..60_u32) {
        let Ok(found) = give(&votes, seats, &Method::LargestRemainders { quota: Quota::Hare, too_many: TooMany::Refuse }) else { return Ok(()) };
        let all: u64 = votes.iter().sum();
        for (votes, given) in votes.iter().zip(&found.seats) {
            let down = votes * u64::from(seats) / all;
            prop_assert!((down..=down + 1).contains(&u64::from(*given)));
        }
    }

    /// No list gets more seats than it has candidates, and no seat stays empty that somebody could fill.
    #[test]
    fn lists_never_get_more_seats_than_candidates(of in prop::collection::vec((0..10_000_u64, 0..12_u32), 1..9), seats in 1..40_u32, method in prop::option::of(any_method())) {
        let lists: Vec<List> = (0..).zip(&of).map(|(at, (votes, candidates))| List { name: format!("L{at}"), votes: *votes, candidates: Some(*candidates) }).collect();
        let found = match method {
            Some(method) => allocate(&lists, seats, &method, &Threshold::default(), &[]),
            None => kieswet::allocate(&lists, seats, &[]),
        };
        let Ok(found) = found else { return Ok(()) };
        prop_assert!(found.seats.iter().zip(&of).all(|(given, (_, candidates))| given <= candidates));
        let could: u32 = of.iter().filter(|(votes, _)| *votes > 0).map(|(_, candidates)| *candidates).sum();
        prop_assert_eq!(found.seats.iter().sum::<u32>(), seats.min(could));
        prop_assert_eq!(found.unfilled, seats - seats.min(could));
        prop_assert_eq!(found.awards.iter().map(|award| award.seat).collect::<Vec<_>>(), (1..=seats.min(could)).collect::<Vec<_>>());
    }

    /// The Dutch law gives all seats, and most of them to who has most of the votes.
    #[test]
    fn the_dutch_law_gives_all_seats(votes in prop::collection::vec(0..10_000_u64, 1..9), seats in 3..45_u32) {
        let Ok(found) = kieswet::allocate(&lists(&votes), seats, &[]) else { return Ok(()) };
        let all: u64 = votes.iter().sum();
        prop_assert_eq!(found.seats.iter().sum::<u32>(), if all > 0 { seats } else { 0 });
        for (votes, given) in votes.iter().zip(&found.seats) {
            // P 9 gives one seat, and P 9 alone; with an odd number of seats that is a majority.
            prop_assert!(votes * 2 <= all || u64::from(*given) * 2 + 1 >= u64::from(seats));
        }
    }
}
