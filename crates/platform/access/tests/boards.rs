//! Passes and sessions of audit boards, on both databases: on SQLite always, on PostgreSQL when there is one.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by unwrapping")]

use scr_access::{Access, AccessError, BoardKey, BoardPass, Settings};
use scr_core::{FixedClock, OrgId, SeededEntropy};
use scr_store::Store;
use std::sync::Arc;

const NOW: i64 = 1_795_514_400;
const HOUR: i64 = 3600;

struct Hall {
    access: Access,
    clock: Arc<FixedClock>,
}

type Case = fn(&Hall);
const CASES: &[(&str, Case)] = &[
    ("words_open_one_board", words_open_one_board),
    ("wrong_words_open_none", wrong_words_open_none),
    ("a_new_passphrase_replaces_the_old_and_ends_its_sessions", a_new_passphrase_replaces_the_old),
    ("passes_end_with_their_round_or_alone", passes_end_with_their_round_or_alone),
    ("a_session_ends_with_the_day_and_with_its_pass", a_session_ends_with_the_day_and_with_its_pass),
    ("words_that_are_taken_are_drawn_again", words_that_are_taken_are_drawn_again),
    ("one_address_cannot_guess_for_long", one_address_cannot_guess_for_long),
    ("the_whole_site_cannot_guess_for_long", the_whole_site_cannot_guess_for_long),
];

fn hall(store: Store) -> Hall {
    let clock = Arc::new(FixedClock::at(NOW));
    let settings = Settings::for_origin("http://localhost:8080");
    let access =
        Access::open(store, settings, Arc::clone(&clock) as _, Arc::new(SeededEntropy::new(11))).unwrap();
    Hall { access, clock }
}

#[test]
fn sqlite() {
    for (name, case) in CASES {
        println!("{name}");
        let folder = tempfile::tempdir().unwrap();
        case(&hall(Store::open_sqlite(&folder.path().join("record.db")).unwrap()));
    }
}

#[test]
fn postgres() {
    for (name, case) in CASES {
        let Some(database) = scr_testing::Database::new("passes of boards on PostgreSQL") else { return };
        println!("{name}");
        case(&hall(Store::open_postgres(&database.url).unwrap()));
    }
}

#[test]
fn both_nodes_hash_with_the_same_salt() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let first = hall(Store::open_sqlite(&path).unwrap());
    let words = first.gives(&pass(1), "acorn-agile-amber-anchor");
    let clock = Arc::clone(&first.clock);
    let second = Access::open(
        Store::open_sqlite(&path).unwrap(),
        Settings::for_origin("http://localhost:8080"),
        clock as _,
        Arc::new(SeededEntropy::new(12)),
    )
    .unwrap();
    let token = second.join_board(&words, "192.0.2.1").unwrap();
    assert_eq!(first.access.board_of(token.reveal()).unwrap().unwrap().key, pass(1).key);
}

fn pass(board: u32) -> BoardPass {
    let key = BoardKey {
        audit: "mayor".to_owned(),
        version: 1,
        round: 2,
        jurisdiction: "Comté d’Été".to_owned(),
        board,
    };
    BoardPass { key, org: OrgId::new("emb").unwrap(), until: NOW + 48 * HOUR }
}

impl Hall {
    fn gives(&self, pass: &BoardPass, words: &str) -> String {
        let (words, statements) = self.access.prepare_board_pass(pass, |_| words.to_owned()).unwrap();
        self.access.apply(&statements).unwrap();
        words
    }

    fn joins(&self, words: &str) -> String {
        self.access.join_board(words, "192.0.2.1").unwrap().reveal().to_owned()
    }

    fn refuses(&self, words: &str, address: &str) -> String {
        match self.access.join_board(words, address).unwrap_err() {
            AccessError::Refused(refusal) => refusal.code,
            AccessError::Fault(fault) => panic!("{fault}"),
        }
    }

    fn is_in(&self, token: &str) -> bool {
        self.access.board_of(token).unwrap().is_some()
    }
}

fn words_open_one_board(hall: &Hall) {
    for board in 1..=3 {
        hall.gives(&pass(board), &format!("words-of-board-{board}"));
    }
    let token = hall.joins("words-of-board-2");
    let login = hall.access.board_of(&token).unwrap().unwrap();
    assert_eq!((login.key, login.org), (pass(2).key, pass(2).org));
    let second_tablet = hall.joins("words-of-board-2");
    assert_ne!(token, second_tablet);
    hall.access.leave_board(&token).unwrap();
    assert!(!hall.is_in(&token) && hall.is_in(&second_tablet));
    assert!(hall.access.login(&second_tablet).unwrap().is_none(), "a board's session is no login");
}

fn wrong_words_open_none(hall: &Hall) {
    hall.gives(&pass(1), "acorn-agile-amber-anchor");
    for words in ["acorn-agile-amber", "acorn-agile-amber-anchors", "", &"acorn-".repeat(100)] {
        assert_eq!(hall.refuses(words, "192.0.2.1"), "SCR-ACC-035", "{words}");
    }
    for token in ["", "acorn-agile-amber-anchor", "' OR 1=1 --"] {
        assert!(!hall.is_in(token));
    }
}

fn a_new_passphrase_replaces_the_old(hall: &Hall) {
    let old = hall.gives(&pass(1), "acorn-agile-amber-anchor");
    let other = hall.gives(&pass(2), "badge-bamboo-basket-beacon");
    let (inside, beside) = (hall.joins(&old), hall.joins(&other));
    let new = hall.gives(&pass(1), "cactus-camera-canal-candle");
    assert!(!hall.is_in(&inside) && hall.is_in(&beside));
    assert_eq!(hall.refuses(&old, "192.0.2.1"), "SCR-ACC-035");
    assert!(hall.is_in(&hall.joins(&new)));
}

fn passes_end_with_their_round_or_alone(hall: &Hall) {
    let mut next = pass(1);
    next.key.round = 3;
    let words = [
        hall.gives(&pass(1), "acorn-agile-amber-anchor"),
        hall.gives(&pass(2), "badge-bamboo-basket-beacon"),
        hall.gives(&next, "cactus-camera-canal-candle"),
    ];
    let inside = words.each_ref().map(|words| hall.joins(words));
    let now_in = || inside.each_ref().map(|token| hall.is_in(token));
    hall.access.apply(&Access::prepare_end_of_board(&pass(1).key)).unwrap();
    assert_eq!(now_in(), [false, true, true]);
    hall.access.apply(&Access::prepare_end_of_boards("mayor", 1, 2)).unwrap();
    assert_eq!(now_in(), [false, false, true]);
    assert_eq!(hall.refuses(&words[1], "192.0.2.1"), "SCR-ACC-035");
}

fn a_session_ends_with_the_day_and_with_its_pass(hall: &Hall) {
    let words = hall.gives(&pass(1), "acorn-agile-amber-anchor");
    let first = hall.joins(&words);
    hall.clock.advance(14 * HOUR - 1);
    assert!(hall.is_in(&first));
    hall.clock.advance(1);
    assert!(!hall.is_in(&first), "a day is over");
    hall.clock.advance(24 * HOUR);
    let second = hall.joins(&words);
    hall.clock.advance(10 * HOUR - 1);
    assert!(hall.is_in(&second));
    hall.clock.advance(1);
    assert!(!hall.is_in(&second), "the pass is over");
    assert_eq!(hall.refuses(&words, "192.0.2.1"), "SCR-ACC-035");
    hall.clock.advance(1);
    hall.access.sweep().unwrap();
}

fn words_that_are_taken_are_drawn_again(hall: &Hall) {
    let words =
        |bytes: &[u8; 32]| if bytes[0] < 200 { "taken".to_owned() } else { format!("free-{}", bytes[0]) };
    let mut given = Vec::new();
    for board in 1..=3 {
        let Ok((words, statements)) = hall.access.prepare_board_pass(&pass(board), words) else { continue };
        hall.access.apply(&statements).unwrap();
        given.push(words);
    }
    assert!(given.len() >= 2 && given[1..].iter().all(|words| words.starts_with("free-")), "{given:?}");
    let all_taken = hall.access.prepare_board_pass(&pass(9), |_| given[0].clone());
    assert!(matches!(all_taken, Err(AccessError::Fault(_))));
}

fn one_address_cannot_guess_for_long(hall: &Hall) {
    let words = hall.gives(&pass(1), "acorn-agile-amber-anchor");
    // Words that cannot be a passphrase are counted too, and cost no hash.
    for _ in 0..100 {
        assert_eq!(hall.refuses("", "192.0.2.1"), "SCR-ACC-035");
    }
    assert_eq!(hall.refuses(&words, "192.0.2.1"), "SCR-ACC-005");
    assert!(hall.access.join_board(&words, "192.0.2.2").is_ok(), "from elsewhere");
    hall.clock.advance(4);
    assert!(hall.access.join_board(&words, "192.0.2.1").is_ok());
}

fn the_whole_site_cannot_guess_for_long(hall: &Hall) {
    let words = hall.gives(&pass(1), "acorn-agile-amber-anchor");
    for attempt in 0..300 {
        assert_eq!(hall.refuses("", &format!("192.0.2.{}", attempt % 100)), "SCR-ACC-035");
    }
    assert_eq!(hall.refuses(&words, "203.0.113.1"), "SCR-ACC-005");
    hall.clock.advance(2);
    for tablet in 0..3 {
        let address = format!("203.0.113.{tablet}");
        assert!(hall.access.join_board(&words, &address).is_ok(), "right words use nothing up");
    }
    assert_eq!(hall.refuses("", "203.0.113.1"), "SCR-ACC-035");
    assert_eq!(hall.refuses(&words, "203.0.113.1"), "SCR-ACC-005");
}
