//! Seats that were published: elections, censuses, and the paradox that made a method fall.

use scr_tabulation::rules::{Procedure, Rules};
use scr_tabulation::seats::{Allocation, List, Step, Threshold};

/// States with their populations.
type States = &'static [(&'static str, u64)];

fn lists(states: &[(&str, u64)]) -> Vec<List> {
    states
        .iter()
        .map(|(name, votes)| List { name: (*name).to_owned(), votes: *votes, candidates: None })
        .collect()
}

fn give(lists: &[List], seats: u32, method: &str, threshold: Threshold) -> Option<Allocation> {
    let rules = Rules { threshold, ..Rules::of(Procedure::parse(method).ok()?, None) };
    rules.seats_of(lists, seats)?.ok()
}

fn seats_of(lists: &[List], found: &Allocation, name: &str) -> u32 {
    lists.iter().position(|list| list.name == name).map_or(0, |at| found.seats[at])
}

/// Census of 1880, Statistics of the Population of the United States (1883): the 38 states, together the 49,371,340 of
/// the Census Office's table for 275 to 350 seats.
const CENSUS_1880: States = &[
    ("New York", 5_082_871),
    ("Pennsylvania", 4_282_891),
    ("Ohio", 3_198_062),
    ("Illinois", 3_077_871),
    ("Missouri", 2_168_380),
    ("Indiana", 1_978_301),
    ("Massachusetts", 1_783_085),
    ("Kentucky", 1_648_690),
    ("Michigan", 1_636_937),
    ("Iowa", 1_624_615),
    ("Texas", 1_591_749),
    ("Tennessee", 1_542_359),
    ("Georgia", 1_542_180),
    ("Virginia", 1_512_565),
    ("North Carolina", 1_399_750),
    ("Wisconsin", 1_315_497),
    ("Alabama", 1_262_505),
    ("Mississippi", 1_131_597),
    ("New Jersey", 1_131_116),
    ("Kansas", 996_096),
    ("South Carolina", 995_577),
    ("Louisiana", 939_946),
    ("Maryland", 934_943),
    ("California", 864_694),
    ("Arkansas", 802_525),
    ("Minnesota", 780_773),
    ("Maine", 648_936),
    ("Connecticut", 622_700),
    ("West Virginia", 618_457),
    ("Nebraska", 452_402),
    ("New Hampshire", 346_991),
    ("Vermont", 332_286),
    ("Rhode Island", 276_531),
    ("Florida", 269_493),
    ("Colorado", 194_327),
    ("Oregon", 174_768),
    ("Delaware", 146_608),
    ("Nevada", 62_266),
];

/// "Alabama was allotted 8 Representatives out of a total of 299, receiving but 7 when the total becomes 300" (C. W.
/// Seaton, chief clerk of the Census Office, 1881; Balinski and Young, Fair Representation, chapter 5, where Alabama's
/// quota of 299 is 7.646, that of Texas 9.640 and of Illinois 18.640).
#[test]
fn alabama_loses_a_seat_when_there_is_one_more() {
    let lists = lists(CENSUS_1880);
    assert_eq!(lists.iter().map(|list| list.votes).sum::<u64>(), 49_371_340);
    let hamilton = |seats: u32| {
        let mut found = give(&lists, seats, "hamilton", Threshold::default()).unwrap();
        // Nevada, whose quota is less than a half, has one by the Constitution; it is the last one's.
        assert_eq!(seats_of(&lists, &found, "Nevada"), 0);
        let last = found.awards.pop().unwrap();
        assert!(matches!(last.step, Step::LargestRemainder(_)));
        found.seats[last.list] -= 1;
        ["Alabama", "Texas", "Illinois"].map(|name| seats_of(&lists, &found, name))
    };
    assert_eq!(hamilton(299), [8, 9, 18]);
    assert_eq!(hamilton(300), [7, 10, 19]);
    // No divisor method does that.
    for method in ["jefferson", "webster", "hill", "adams", "dean"] {
        let [now, more] = [299, 300].map(|seats| give(&lists, seats, method, Threshold::default()).unwrap());
        assert!(now.seats.iter().zip(&more.seats).all(|(now, more)| now <= more), "{method}");
    }
}

/// Census of 2020, Census Bureau, tables 1 and C2: resident and overseas population, and seats. The apportionment
/// population is 331,108,434.
const CENSUS_2020: &[(&str, u64, u64, u32)] = &[
    ("Alabama", 5_024_279, 5_774, 7),
    ("Alaska", 733_391, 2_690, 1),
    ("Arizona", 7_151_502, 7_421, 9),
    ("Arkansas", 3_011_524, 2_232, 4),
    ("California", 39_538_223, 38_534, 52),
    ("Colorado", 5_773_714, 8_457, 8),
    ("Connecticut", 3_605_944, 2_354, 5),
    ("Delaware", 989_948, 889, 1),
    ("Florida", 21_538_187, 32_340, 28),
    ("Georgia", 10_711_908, 13_366, 14),
    ("Hawaii", 1_455_271, 4_866, 2),
    ("Idaho", 1_839_106, 2_271, 2),
    ("Illinois", 12_812_508, 10_231, 17),
    ("Indiana", 6_785_528, 4_752, 9),
    ("Iowa", 3_190_369, 2_037, 4),
    ("Kansas", 2_937_880, 2_985, 4),
    ("Kentucky", 4_505_836, 3_506, 6),
    ("Louisiana", 4_657_757, 3_711, 6),
    ("Maine", 1_362_359, 1_223, 2),
    ("Maryland", 6_177_224, 8_054, 8),
    ("Massachusetts", 7_029_917, 3_552, 9),
    ("Michigan", 10_077_331, 7_111, 13),
    ("Minnesota", 5_706_494, 3_258, 8),
    ("Mississippi", 2_961_279, 2_635, 4),
    ("Missouri", 6_154_913, 5_368, 8),
    ("Montana", 1_084_225, 1_182, 2),
    ("Nebraska", 1_961_504, 1_829, 3),
    ("Nevada", 3_104_614, 3_848, 4),
    ("New Hampshire", 1_377_529, 1_560, 2),
    ("New Jersey", 9_288_994, 5_499, 12),
    ("New Mexico", 2_117_522, 2_698, 3),
    ("New York", 20_201_249, 14_502, 26),
    ("North Carolina", 10_439_388, 14_560, 14),
    ("North Dakota", 779_094, 608, 1),
    ("Ohio", 11_799_448, 9_400, 15),
    ("Oklahoma", 3_959_353, 4_163, 5),
    ("Oregon", 4_237_256, 4_244, 6),
    ("Pennsylvania", 13_002_700, 9_144, 17),
    ("Rhode Island", 1_097_379, 784, 2),
    ("South Carolina", 5_118_425, 6_287, 7),
    ("South Dakota", 886_667, 1_103, 1),
    ("Tennessee", 6_910_840, 6_057, 9),
    ("Texas", 29_145_505, 37_785, 38),
    ("Utah", 3_271_616, 3_636, 4),
    ("Vermont", 643_077, 426, 1),
    ("Virginia", 8_631_393, 23_149, 11),
    ("Washington", 7_705_281, 10_665, 10),
    ("West Virginia", 1_793_716, 1_329, 2),
    ("Wisconsin", 5_893_718, 3_755, 8),
    ("Wyoming", 576_851, 868, 1),
];

/// The 435th seat went to Minnesota, and New York was next: 89 people more would have given it that seat (Census
/// Bureau, 26 April 2021).
#[test]
fn the_house_of_2020_comes_out_and_new_york_lacks_89_people() {
    let mut lists: Vec<List> = CENSUS_2020
        .iter()
        .map(|(name, here, abroad, _)| List {
            name: (*name).to_owned(),
            votes: here + abroad,
            candidates: None,
        })
        .collect();
    assert_eq!(lists.iter().map(|list| list.votes).sum::<u64>(), 331_108_434);
    let found = give(&lists, 435, "huntington-hill", Threshold::default()).unwrap();
    assert_eq!(found.seats, CENSUS_2020.iter().map(|(.., seats)| *seats).collect::<Vec<_>>());
    let name = |at: Option<usize>| at.map(|at| lists[at].name.clone());
    assert_eq!(name(found.awards.last().map(|award| award.list)).as_deref(), Some("Minnesota"));
    assert_eq!(name(found.next.as_ref().map(|next| next.list)).as_deref(), Some("New York"));
    let new_york = lists.iter().position(|list| list.name == "New York").unwrap();
    for (more, seats) in [(88, 26), (89, 27)] {
        lists[new_york].votes += more;
        let found = give(&lists, 435, "huntington-hill", Threshold::default()).unwrap();
        assert_eq!((seats_of(&lists, &found, "New York"), found.seats.iter().sum::<u32>()), (seats, 435));
        lists[new_york].votes -= more;
    }
}

/// The first apportionment (act of 14 April 1792): one for every 33,000, which is Jefferson's method with 105 seats
/// (Balinski and Young, Fair Representation, table 3.1; populations of the census of 1790 as the act counted them).
#[test]
fn the_first_house_was_jeffersons() {
    let states: &[(&str, u64, u32)] = &[
        ("Connecticut", 236_841, 7),
        ("Delaware", 55_540, 1),
        ("Georgia", 70_835, 2),
        ("Kentucky", 68_705, 2),
        ("Maryland", 278_514, 8),
        ("Massachusetts", 475_327, 14),
        ("New Hampshire", 141_822, 4),
        ("New Jersey", 179_570, 5),
        ("New York", 331_589, 10),
        ("North Carolina", 353_523, 10),
        ("Pennsylvania", 432_879, 13),
        ("Rhode Island", 68_446, 2),
        ("South Carolina", 206_236, 6),
        ("Vermont", 85_533, 2),
        ("Virginia", 630_560, 19),
    ];
    let lists: Vec<List> = states
        .iter()
        .map(|(name, votes, _)| List { name: (*name).to_owned(), votes: *votes, candidates: None })
        .collect();
    assert_eq!(lists.iter().map(|list| list.votes).sum::<u64>(), 3_615_920);
    let found = give(&lists, 105, "jefferson", Threshold::default()).unwrap();
    assert_eq!(found.seats, states.iter().map(|(.., seats)| *seats).collect::<Vec<_>>());
}

/// European Parliament in Sweden, 25 May 2014 (Election Authority): 20 seats, modified Sainte-Laguë with 1.4, 4 % of
/// 3,716,778 valid votes. The Pirate Party and the others stay below.
#[test]
fn swedish_seats_come_out() {
    let votes: States = &[
        ("M", 507_488),
        ("C", 241_101),
        ("FP", 368_514),
        ("KD", 220_574),
        ("S", 899_074),
        ("V", 234_272),
        ("MP", 572_591),
        ("SD", 359_248),
        ("FI", 204_005),
        ("PP", 82_763),
        ("others", 27_148),
    ];
    let lists = lists(votes);
    let found = give(&lists, 20, "modified-sainte-lague", Threshold::of_share(4, 100)).unwrap();
    assert_eq!(found.seats, [3, 1, 2, 1, 5, 1, 4, 2, 1, 0, 0]);
    assert_eq!(found.excluded, [9, 10]);
}

/// European Parliament in Austria, 26 May 2019 (Ministry of the Interior): 18 seats by D'Hondt among the lists above 4 %.
#[test]
fn austrian_seats_come_out() {
    let votes: States =
        &[("ÖVP", 1_305_956), ("SPÖ", 903_151), ("FPÖ", 650_114), ("GRÜNE", 532_193), ("NEOS", 319_024)];
    let found = give(&lists(votes), 18, "d'hondt", Threshold::default()).unwrap();
    assert_eq!(found.seats, [7, 5, 3, 2, 1]);
}
