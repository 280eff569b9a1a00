//! Words and codes of the sealed sheet.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use proptest::prelude::*;
use regex::Regex;
use scr_alerts::acks::Step;
use scr_alerts::spoken::{CLOSED_FOR, Heard, Side, SpokenState, WINDOW, code, code_words};
use scr_alerts::strips::{
    Guesses, StripCode, StripError, Typed, check_link, check_strip, link_token, strip_code,
};
use scr_alerts::words::{LIST, Tongue, comparing_words, folded};
use scr_alerts::{StationSecret, Status};
use scr_canon::sha256;
use std::collections::BTreeSet;

fn secret(station: u32) -> StationSecret {
    StationSecret::new(station, sha256(&station.to_be_bytes()).0).unwrap()
}

#[test]
fn no_two_words_of_a_list_look_alike() {
    for tongue in Tongue::ALL {
        let words = tongue.words();
        assert_eq!(words.len(), LIST, "{tongue:?}");
        let letters: Vec<Vec<char>> = words.iter().map(|word| folded(word).chars().collect()).collect();
        for (at, one) in letters.iter().enumerate() {
            assert!((2..=9).contains(&one.len()) && one.iter().all(|c| c.is_alphabetic()), "{one:?}");
            for other in &letters[at + 1..] {
                if one.len().abs_diff(other.len()) <= 1 {
                    let distance = strsim::generic_damerau_levenshtein(one, other);
                    assert!(distance >= 2, "{tongue:?}: {one:?} {other:?}");
                }
            }
        }
    }
}

/// What is written differently and sounds the same, roughly: the first of a pair is replaced by the second, in this order.
fn sounds(tongue: Tongue) -> Vec<(Regex, &'static str)> {
    let rules: &[(&str, &str)] = match tongue {
        Tongue::En => &[
            ("ph", "f"),
            ("wh", "w"),
            ("qu", "kw"),
            ("ck", "k"),
            ("sch", "sk"),
            ("tch", "C"),
            ("ch", "C"),
            ("sh", "S"),
            ("th", "T"),
            ("c([eiy])", "s$1"),
            ("c", "k"),
            ("x", "ks"),
            ("z", "s"),
            ("g([eiy])", "j$1"),
            ("oo|ou|ow|ew", "u"),
            ("ee|ea|ie|ei|ey", "i"),
            ("y", "i"),
            ("ai|ay", "e"),
            ("au|aw|oa", "o"),
            ("e$", ""),
        ],
        Tongue::Fr => &[
            ("ph", "f"),
            ("eaux?$", "o"),
            ("eau", "o"),
            ("au", "o"),
            ("oeu", "e"),
            ("qu", "k"),
            ("ch", "S"),
            ("gn", "N"),
            ("c([eiy])", "s$1"),
            ("c", "k"),
            ("ge([ao])", "j$1"),
            ("g([eiy])", "j$1"),
            ("gu", "g"),
            ("ai|ei|et$|er$|ee$", "e"),
            ("(ez|es|e|t|d|s|x|p)$", ""),
            ("h", ""),
            ("y", "i"),
            ("z", "s"),
        ],
        Tongue::Es => &[
            ("ch", "C"),
            ("h", ""),
            ("v", "b"),
            ("ll", "y"),
            ("qu", "k"),
            ("c([ei])", "s$1"),
            ("z", "s"),
            ("c", "k"),
            ("g([ei])", "j$1"),
            ("gu([ei])", "g$1"),
            ("x", "ks"),
        ],
        Tongue::Ar => &[("ص|ث", "س"), ("ض", "د"), ("ط", "ت"), ("ظ|ذ", "ز"), ("ح", "ه"), ("ق", "ك")],
    };
    rules.iter().map(|(from, to)| (Regex::new(from).unwrap(), *to)).collect()
}

#[test]
fn no_two_words_of_a_list_sound_alike() {
    for tongue in Tongue::ALL {
        let rules = sounds(tongue);
        let mut heard = BTreeSet::new();
        for word in tongue.words() {
            let sound =
                rules.iter().fold(folded(word), |text, (from, to)| from.replace_all(&text, *to).into_owned());
            let mut letters: Vec<char> = sound.chars().collect();
            letters.dedup();
            assert!(
                heard.insert(letters.clone()),
                "{tongue:?}: {word} sounds like another word: {letters:?}"
            );
        }
    }
}

#[test]
fn every_word_is_found_again_as_people_type_it() {
    for tongue in Tongue::ALL {
        for (number, word) in (0u16..).zip(tongue.words()) {
            assert_eq!(tongue.number(word), Some(number));
            assert_eq!(tongue.number(&word.to_uppercase()), Some(number), "{word}");
            assert_eq!(tongue.number(&folded(word)), Some(number));
        }
        assert_eq!(tongue.number("xxxx"), None);
    }
    assert_eq!(Tongue::En.numbers(" , "), Some(vec![]));
}

/// `printf 'scrutineer/spoken/1\n\x00\x00\x12\x67\x0fC\x00\x00\x00\x07' | openssl dgst -sha256 -mac HMAC -macopt hexkey:$(printf '\x00\x00\x12\x67' | sha256sum | cut -c 1-64)`
#[test]
fn a_code_can_be_computed_with_openssl() {
    let numbers = code(&secret(4_711), Status::Actual, Side::Caller, 7, None);
    assert_eq!(numbers, OPENSSL_SPOKEN);
    assert_eq!(strip_code(&secret(4_711), Status::Actual, 3, Step::Read), OPENSSL_STRIP);
}

const OPENSSL_SPOKEN: [u16; 3] = [432, 245, 153];
const OPENSSL_STRIP: &str = "0047 1107 2413 4448";

#[test]
fn a_line_is_used_once_and_a_replay_is_told() {
    let secret = secret(4_711);
    let key = (&secret, Status::Actual, Side::Caller);
    let words = |line| code_words(&secret, Status::Actual, Side::Caller, line, Tongue::Fr).join(" ");
    let hear = |state: &SpokenState, line, now| state.hear(key, (&words(line), Tongue::Fr), None, now);
    let (heard, state) = hear(&SpokenState::default(), 1, 100);
    assert_eq!(heard, Heard::Right { line: 1 });
    assert_eq!(hear(&state, 1, 200), (Heard::Replayed { line: 1 }, state.clone()));
    let (heard, state) = hear(&state, 4, 300);
    assert_eq!((heard, state.used, state.used_at), (Heard::Right { line: 4 }, 4, 300));
    // What was skipped is dead.
    assert_eq!(hear(&state, 3, 400).0, Heard::Replayed { line: 3 });
    assert_eq!(hear(&state, 5 + WINDOW, 400).0, Heard::Wrong { left: 4 });
    assert_eq!(hear(&state, 4 + WINDOW, 400).0, Heard::Right { line: 4 + WINDOW });
}

#[test]
fn words_of_another_station_side_status_or_alert_are_wrong_and_guesses_end() {
    let (own, other) = (secret(4_711), secret(4_712));
    let key = (&own, Status::Actual, Side::Caller);
    let (alert, forged) = (sha256(b"alert"), sha256(b"forged"));
    let say = |numbers: Vec<u16>| Tongue::Ar.say(&numbers).join("، ");
    let mut state = SpokenState::default();
    let wrong = [
        say(code(&other, Status::Actual, Side::Caller, 1, None)),
        say(code(&own, Status::Actual, Side::Station, 1, None)),
        say(code(&own, Status::Exercise, Side::Caller, 1, None)),
        say(code(&own, Status::Actual, Side::Caller, 1, Some(&forged))),
    ];
    for (words, left) in wrong.iter().zip([4, 3, 2, 1]) {
        let (heard, next) = state.hear(key, (words, Tongue::Ar), None, 100);
        assert_eq!(heard, Heard::Wrong { left });
        state = next;
    }
    let misheard = state.hear(key, ("lamp river", Tongue::En), None, 100);
    assert_eq!(misheard, (Heard::NoWord, state.clone()));
    let (heard, closed) = state.hear(key, (&wrong[0], Tongue::Ar), None, 100);
    assert_eq!(heard, Heard::Closed { until: 100 + CLOSED_FOR });
    let right = say(code(&own, Status::Actual, Side::Caller, 1, None));
    assert_eq!(
        closed.hear(key, (&right, Tongue::Ar), None, 200).0,
        Heard::Closed { until: 100 + CLOSED_FOR }
    );
    assert_eq!(closed.hear(key, (&right, Tongue::Ar), None, 100 + CLOSED_FOR).0, Heard::Right { line: 1 });
    let bound = say(code(&own, Status::Actual, Side::Caller, 1, Some(&alert)));
    assert_eq!(
        SpokenState::default().hear(key, (&bound, Tongue::Ar), Some(&alert), 0).0,
        Heard::Right { line: 1 }
    );
    assert_eq!(
        SpokenState::default().hear(key, (&bound, Tongue::Ar), Some(&forged), 0).0,
        Heard::Wrong { left: 4 }
    );
}

#[test]
fn stations_compare_what_they_received_by_words() {
    let words = comparing_words(&sha256(b"one"), Tongue::Es);
    assert_eq!(words.len(), 6);
    assert_eq!(words, comparing_words(&sha256(b"one"), Tongue::Es));
    assert_ne!(words, comparing_words(&sha256(b"two"), Tongue::Es));
}

#[test]
fn the_secret_leads_back_and_is_not_printed() {
    let own = secret(4_711);
    let read = StationSecret::parse(&own.to_text()).unwrap();
    assert_eq!(
        link_token(&read, Status::Actual, &sha256(b"x")),
        link_token(&own, Status::Actual, &sha256(b"x"))
    );
    assert_eq!(format!("{own:?}"), "StationSecret(004711)");
    assert!(StationSecret::new(1_000_000, [0; 32]).is_none());
    let mut typed = own.to_text().to_string();
    typed.replace_range(60..61, if &typed[60..61] == "Z" { "Y" } else { "Z" });
    assert!(StationSecret::parse(&typed).is_err());
}

#[test]
fn a_strip_is_right_for_its_alert_step_and_station_only() {
    let own = secret(4_711);
    let open = [(Status::Actual, 3), (Status::Actual, 4), (Status::Exercise, 3)];
    for (status, number) in open {
        for step in [Step::Delivered, Step::Read, Step::Understood, Step::Acted] {
            let typed = strip_code(&own, status, number, step);
            assert_eq!(typed.len(), 19);
            let code = StripCode::parse(&typed).unwrap();
            assert_eq!(code.station, 4_711);
            let right = Typed::Right { status, number, step };
            assert_eq!(check_strip(&code, &own, &open, Guesses::default(), 9).0, right);
            let arabic: String = typed
                .chars()
                .map(|c| c.to_digit(10).map_or(c, |d| char::from_u32(0x660 + d).unwrap()))
                .collect();
            assert_eq!(StripCode::parse(&arabic).unwrap(), code);
        }
    }
    let foreign = StripCode::parse(&strip_code(&secret(4_712), Status::Actual, 3, Step::Read)).unwrap();
    assert_eq!(check_strip(&foreign, &own, &open, Guesses::default(), 9).0, Typed::Wrong { left: 4 });
    let closed = StripCode::parse(&strip_code(&own, Status::Actual, 5, Step::Read)).unwrap();
    let mut guesses = Guesses::default();
    for left in [4, 3, 2, 1] {
        let (typed, next) = check_strip(&closed, &own, &open, guesses, 9);
        assert_eq!(typed, Typed::Wrong { left });
        guesses = next;
    }
    let (typed, guesses) = check_strip(&closed, &own, &open, guesses, 9);
    assert_eq!(typed, Typed::Closed { until: 3_609 });
    let right = StripCode::parse(&strip_code(&own, Status::Actual, 3, Step::Read)).unwrap();
    assert_eq!(check_strip(&right, &own, &open, guesses, 10).0, Typed::Closed { until: 3_609 });
    assert!(matches!(check_strip(&right, &own, &open, guesses, 3_609).0, Typed::Right { .. }));
}

/// "572" has the check digit 4 (H. M. Damm, 2004, the example in common use).
#[test]
fn every_wrong_digit_and_every_exchange_of_neighbours_is_found() {
    let typed: Vec<u8> =
        strip_code(&secret(123_456), Status::Actual, 9, Step::Acted).bytes().filter(|b| *b != b' ').collect();
    let parse = |digits: &[u8]| StripCode::parse(std::str::from_utf8(digits).unwrap());
    assert!(parse(&typed).is_ok());
    for at in 0..16 {
        for digit in b'0'..=b'9' {
            let mut wrong = typed.clone();
            wrong[at] = digit;
            assert_eq!(parse(&wrong).is_ok(), digit == typed[at]);
        }
        if at < 15 {
            let mut wrong = typed.clone();
            wrong.swap(at, at + 1);
            assert_eq!(parse(&wrong).is_ok(), typed[at] == typed[at + 1]);
        }
    }
    assert_eq!(parse(&typed[1..]), Err(StripError::Length));
    assert!(StripError::Length.to_string().starts_with("SCR-ALR-030"));
    assert!(StripError::Check.to_string().starts_with("SCR-ALR-031"));
    assert_eq!(StripCode::parse("12a4 5678 9012 3456"), Err(StripError::Length));
    // Thirteen zeros change nothing in front of the published example.
    assert!(StripCode::parse("0000 0000 0000 5724").is_ok());
    assert_eq!(StripCode::parse("0000 0000 0000 5725"), Err(StripError::Check));
}

#[test]
fn a_link_is_one_stations_for_one_alert() {
    let (own, leaf) = (secret(4_711), sha256(b"alert"));
    let token = link_token(&own, Status::Actual, &leaf);
    assert_eq!(token.len(), 30);
    assert!(check_link(&token, &own, Status::Actual, &leaf));
    assert!(!check_link(&token, &secret(4_712), Status::Actual, &leaf));
    assert!(!check_link(&token, &own, Status::Exercise, &leaf));
    assert!(!check_link(&token, &own, Status::Actual, &sha256(b"other")));
    assert!(!check_link(&token[1..], &own, Status::Actual, &leaf));
}

proptest! {
    #[test]
    fn whatever_is_typed_is_read_or_refused(typed in "\\PC{0,60}") {
        let _ = StripCode::parse(&typed);
        let _ = StationSecret::parse(&typed);
        let _ = SpokenState::default().hear((&secret(1), Status::Actual, Side::Caller), (&typed, Tongue::Ar), None, 0);
    }
}
