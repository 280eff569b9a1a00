//! What must hold for all names.

use crate::protected;
use proptest::prelude::*;
use scr_names::{Allow, Matcher, Name, Protected, Settings};

fn everything() -> Settings {
    Settings { min_score: 0, max_hits: usize::MAX, ..Settings::default() }
}

/// One edit of each kind, at any place.
fn edited(text: &str, at: usize, kind: u8, with: char) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let at = at % chars.len();
    match kind % 4 {
        0 => chars.insert(at, with),
        1 => drop(chars.remove(at)),
        2 => chars[at] = with,
        _ => {
            let at = at.min(chars.len().saturating_sub(2));
            let next = (at + 1).min(chars.len() - 1);
            chars.swap(at, next);
        }
    }
    chars.into_iter().collect()
}

proptest! {
    /// However many names are protected, none that is one edit away below the same suffix is missed.
    #[test]
    fn every_single_edit_is_found(which in 0usize..2_000, at in 0usize..40, kind in 0u8..4, with in "[a-z0-9]") {
        let list = list();
        let own = list.0[which].domain().unwrap();
        let (label, rest) = own.registrable().split_once('.').unwrap();
        let changed = edited(label, at, kind, with.chars().next().unwrap());
        let name = own.as_str().replace(&format!("{label}.{rest}"), &format!("{changed}.{rest}"));
        let Ok(name) = Name::parse(&name) else { return Ok(()) };
        prop_assume!(!list.0.iter().filter_map(Protected::domain).any(|own| own.registrable() == name.registrable()));
        let hits = list.1.hits(&name);
        prop_assert!(hits.iter().any(|hit| hit.protected == which), "{} for {}", name, own);
    }

    /// Two edits of a label of 8 characters and more, one in each half: of two in the same place, the distance can be three.
    #[test]
    fn every_second_edit_is_found(
        which in 0usize..2_000, first in (0usize..40, 0u8..4), second in (0usize..40, 0u8..4), with in "[a-z]{2}"
    ) {
        let list = list();
        let own = list.0[which].domain().unwrap();
        prop_assume!(own.len() == 2);
        let (label, rest) = own.as_str().split_once('.').unwrap();
        let plain = label.replace('-', "");
        prop_assume!(plain.len() >= 8);
        let mut letters = with.chars();
        let (left, right) = plain.split_at(plain.len() / 2);
        let left = edited(left, first.0, first.1, letters.next().unwrap());
        let twice = left + &edited(right, second.0, second.1, letters.next().unwrap());
        let name = Name::parse(&format!("{twice}.{rest}")).unwrap();
        prop_assume!(!list.0.iter().filter_map(Protected::domain).any(|own| own.registrable() == name.registrable()));
        let hits = list.1.hits(&name);
        prop_assert!(hits.iter().any(|hit| hit.protected == which), "{} for {}", name, own);
    }

    /// A name's hits do not depend on what else is protected.
    #[test]
    fn hits_are_the_same_alone_and_among_others(which in 0usize..2_000, at in 0usize..40, kind in 0u8..4) {
        let list = list();
        let own = list.0[which].domain().unwrap();
        let changed = edited(own.as_str(), at, kind, 'q');
        let Ok(name) = Name::parse(&changed) else { return Ok(()) };
        prop_assume!(!list.0.iter().filter_map(Protected::domain).any(|own| own.registrable() == name.registrable()));
        let among = list.1.hits(&name);
        let alone = Matcher::build(&list.0[which..=which], &Allow::new(), &everything()).unwrap();
        let found = among.iter().find(|hit| hit.protected == which).map(|hit| (hit.score, &hit.reasons));
        let alone = alone.hits(&name);
        prop_assert_eq!(found, alone.first().map(|hit| (hit.score, &hit.reasons)));
    }

    #[test]
    fn any_text_is_checked(text in ".{0,70}", host in "([a-z0-9-]{1,12}\\.){1,6}(gov|com|co\\.uk|рф)") {
        let list = list();
        for text in [text, host] {
            if let Ok(Some(hit)) = list.1.check_text(&text) {
                prop_assert!(hit.score <= 100 && !hit.reasons.is_empty() && hit.protected < list.0.len());
            }
        }
    }

    #[test]
    fn anything_can_be_protected(texts in prop::collection::vec(".{0,30}", 0..20), name in "[a-zé.-]{1,40}") {
        let list: Vec<Protected> = texts.iter().filter_map(|text| Protected::new(text, "x").ok()).collect();
        let matcher = Matcher::build(&list, &Allow::new(), &everything()).unwrap();
        let _ = matcher.check_text(&name);
        for text in &texts {
            prop_assert!(matcher.check_text(text).map_or(true, |hit| hit.is_none_or(|hit| hit.looks_like != *text)
                || !text.contains('.')));
        }
    }
}

fn list() -> &'static (Vec<Protected>, Matcher) {
    static LIST: std::sync::OnceLock<(Vec<Protected>, Matcher)> = std::sync::OnceLock::new();
    LIST.get_or_init(|| {
        let list = protected::many(2_000, 3);
        let matcher = Matcher::build(&list, &Allow::new(), &everything()).unwrap();
        (list, matcher)
    })
}

/// Names made to be slow: as long as names can be, of as many parts as possible, against names of one letter and of many.
#[test]
fn long_names_and_alike_names_are_checked() {
    let mut list: Vec<Protected> =
        (0..3_000).map(|n| Protected::new(&format!("vote.c{n}.example"), "").unwrap()).collect();
    list.extend((1..60).map(|n| Protected::new(&format!("{}.gov", "a".repeat(n)), "").unwrap()));
    let matcher = Matcher::build(&list, &Allow::new(), &everything()).unwrap();
    for name in [
        "a.".repeat(126) + "a",
        "a-".repeat(31) + "a." + &"a-".repeat(31) + "a.com",
        format!("{0}.{0}.{0}.com", "a".repeat(63)),
        "vote.".repeat(40) + "com",
    ] {
        let name = Name::parse(&name).unwrap();
        assert!(matcher.hits(&name).len() <= list.len());
    }
    let too_many = vec![list[0].clone(); scr_names::MAX_PROTECTED + 1];
    assert!(Matcher::build(&too_many, &Allow::new(), &everything()).is_err());
}
