//! What single names look like, and why.

use crate::protected;
use scr_names::{Allow, EditKind, Hit, Matcher, NameFault, Oddity, Protected, Reason, Settings};

fn matcher(names: &[&str]) -> Matcher {
    Matcher::build(&protected::of(names), &Allow::new(), &Settings::default()).unwrap()
}

fn best(protected: &str, name: &str) -> Option<Hit> {
    matcher(&[protected]).check_text(name).unwrap()
}

fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn scores_are_those_of_the_table() {
    for (protected, name, score) in [
        // 75 + 25
        ("vote.gov", "xn--e1arm6r.gov", 100),
        // 70 + 25
        ("vote.gov", "v0te.gov", 95),
        // 65 + 25
        ("vote.gov", "vo-te.gov", 90),
        ("elections.ca", "el.ections.ca", 90),
        // 60 + 35; with a word 12 more, at most 100
        ("vote.gov", "vote.gov.attacker.example", 95),
        ("vote.gov", "www.vote.gov.results.example", 100),
        // 60 + 28
        ("vote.gov", "vote-gov.com", 88),
        // 60 + 28 - 13
        ("vote.gov", "votegov.org", 75),
        // 60 + 20
        ("vote.gov", "gov-vote.com", 80),
        // 60 + 12 - 8 - 12
        ("vote.gov", "vote.org", 52),
        // 60 + 18 - 8 - 12
        ("vote.gov", "vote.gov.co", 58),
        // 62 - 15 + 25 - 6
        ("vote.gov", "voet.gov", 66),
        // 62 - 13.3 - 8 + 25
        ("valimised.ee", "vlaimisde.ee", 66),
        // 60 - 5 + 12 + 6 + 8
        ("kiesraad.nl", "kiesraad-uitslag.nl", 81),
        // 60 - 10 + 12 + 4 - 12: valimised is what elections are called in Estonian
        ("valimised.ee", "valimisedresults2027.com", 54),
        // 62 - 7.5 - 5 + 12 + 6
        ("kiesraad.nl", "kiesrad-uitslag.com", 68),
        ("Elections Canada", "elections-canada.org", 72),
    ] {
        let hit = best(protected, name).unwrap_or_else(|| panic!("{name} is not found"));
        assert_eq!(hit.score, score, "{name}: {:?}", hit.reasons);
    }
}

#[test]
fn reasons_say_what_was_done() {
    let reasons = |protected, name| best(protected, name).unwrap().reasons;
    assert_eq!(reasons("vote.gov", "v\u{43e}te.gov")[0], Reason::Skeleton { shown: text("vоte") });
    assert_eq!(reasons("vote.gov", "vöte.gov"), [Reason::Letters { shown: text("vöte") }]);
    assert_eq!(reasons("vote.gov", "v0te.gov"), [Reason::Shapes { found: text("v0te"), places: 1 }]);
    assert_eq!(
        reasons("vote.gov", "votte.gov"),
        [Reason::Edits { kind: EditKind::Repetition, edits: 1, found: text("votte") }]
    );
    assert_eq!(reasons("sos.ca.gov", "sos-ca.gov"), [Reason::Joints { found: text("sos-ca") }]);
    assert_eq!(
        reasons("kiesraad.nl", "kiesraad.com"),
        [Reason::OtherSuffix { suffix: text("com"), protected: text("nl") }]
    );
    assert_eq!(
        reasons("vote.gov", "vote.gov.results.example"),
        [
            Reason::ElectionWords { words: vec![text("results")], languages: vec![text("en")] },
            Reason::InFront { of: text("results.example") },
        ]
    );
    assert_eq!(
        reasons("kiesraad.nl", "officialkiesraad-nl-2027.org"),
        [
            Reason::OfficialWords { words: vec![text("official")] },
            Reason::Year { year: text("2027") },
            Reason::Within { found: text("kiesraad") },
            Reason::SuffixWritten { suffix: text("nl") },
        ]
    );
    assert_eq!(
        reasons("Elections Canada", "elections-canada.org"),
        [Reason::WholeWord { found: text("electionscanada") }]
    );
    assert_eq!(
        reasons("results.valimised.example", "valimised.org")[1..],
        [Reason::RegistrableOnly { label: text("valimised") }]
    );
}

#[test]
fn what_is_odd_in_itself_is_a_reason_and_stops_nothing() {
    let hit = best("vote.gov", "xn--vote-.vote-gov.com").unwrap();
    assert!(hit.reasons.contains(&Reason::Odd { oddity: Oddity::InvalidPunycode, label: text("xn--vote-") }));
    let mixed = best("vote.gov", "v\u{43e}te.gov").unwrap();
    assert!(mixed.reasons.contains(&Reason::MixedScripts { label: text("vоte") }));
    let whole = best("vote.gov", "ѵоте.gov").unwrap();
    assert!(!whole.reasons.iter().any(|reason| matches!(reason, Reason::MixedScripts { .. })));
    assert_eq!(matcher(&["vote.gov"]).check_text("vote..gov"), Err(NameFault::EmptyLabel { label: 2 }));
}

#[test]
fn names_in_other_scripts_are_protected() {
    let hit = best("الانتخابات.example", "نتائج-الانتخابات.com").unwrap();
    assert!(hit.reasons.iter().any(|reason| match reason {
        Reason::ElectionWords { words, languages } => words == &["نتائج"] && languages.contains(&text("ar")),
        _ => false,
    }));
    assert!(best("выборы.рф", "выборы-результаты.рф").is_some());
    assert!(best("wählen.example", "wahlen.example").is_some());
    assert!(best("wählen.example", "wählen.example").is_none());
}

#[test]
fn what_is_allowed_or_ones_own_is_left_alone() {
    let mut allow = Allow::new();
    for name in ["vote.org", "*.gov.uk", ".ny.gov"] {
        allow.add(name).unwrap();
    }
    let list = protected::of(&["vote.gov", "sos.ca.gov"]);
    let matcher = Matcher::build(&list, &allow, &Settings::default()).unwrap();
    let found = |name: &str| matcher.check_text(name).unwrap().is_some();
    assert!(!found("vote.gov") && !found("www.vote.gov") && !found("*.vote.gov") && !found("VOTE.GOV."));
    assert!(
        !found("vote.org") && found("www.vote.org"),
        "an exact name is allowed, not what stands below it"
    );
    assert!(!found("vote.gov.uk") && !found("a.vote.gov.uk") && !found("v0te.ny.gov"));
    assert!(
        !found("sos.ca.gov") && !found("sos2.ca.gov"),
        "what stands below one's registrable domain is one's own"
    );
    let settings = Settings { own_domains: false, ..Settings::default() };
    let strict = Matcher::build(&list, &Allow::new(), &settings).unwrap();
    assert!(strict.check_text("s0s.ca.gov").unwrap().is_some());
    assert!(strict.check_text("x.sos.ca.gov").unwrap().is_none());
}

#[test]
fn the_best_hit_comes_first_and_all_are_told() {
    let matcher = matcher(&["vote.ca", "vote.gov", "vote.us"]);
    let name = scr_names::Name::parse("v0te.gov").unwrap();
    let hits: Vec<(usize, u8)> = matcher.hits(&name).iter().map(|hit| (hit.protected, hit.score)).collect();
    // Below other suffixes: 70 + 12 - 8 - 12.
    assert_eq!(hits, [(1, 95), (0, 62), (2, 62)]);
    let settings = Settings { max_hits: 2, min_score: 62, ..Settings::default() };
    let few = Matcher::build(&protected::of(&["vote.ca", "vote.gov", "vote.us"]), &Allow::new(), &settings)
        .unwrap();
    assert_eq!(few.hits(&name).len(), 2);
    let settings = Settings { min_score: 63, ..Settings::default() };
    let high = Matcher::build(&protected::of(&["vote.ca", "vote.gov", "vote.us"]), &Allow::new(), &settings)
        .unwrap();
    assert_eq!(high.hits(&name).len(), 1);
}

#[test]
fn words_of_ones_own_count_as_words_of_elections() {
    let list = protected::of(&["kiesraad.nl"]);
    let with = |words: Vec<String>| {
        let settings = Settings { words, ..Settings::default() };
        Matcher::build(&list, &Allow::new(), &settings).unwrap().check_text("kiesraad-stembus.com").unwrap()
    };
    assert_eq!(with(Vec::new()).unwrap().score, 51);
    assert_eq!(with(vec![text("Stembus")]).unwrap().score, 73);
}

#[test]
fn what_cannot_be_protected_is_said() {
    for wrong in ["", "ab", "a..b", "192.0.2.1", "-", &"x".repeat(64)] {
        assert!(Protected::new(wrong, "").is_err(), "{wrong:?}");
    }
    assert!(Protected::new(&"abc.de.".repeat(40), "").is_err());
    let word = Protected::new(" Élections  Québec ", " qc ").unwrap();
    assert_eq!((word.text(), word.owner(), word.domain()), ("Élections  Québec", "qc", None));
    assert!(Allow::new().add("a b").is_err());
}

#[test]
fn nobody_hides_behind_many_parts() {
    let mut list = protected::of(&["kiesraad.nl"]);
    list.splice(0..0, (0..300).map(|n| Protected::new(&format!("vote.c{n}x.example"), "").unwrap()));
    list.extend(protected::of(&["vote.ca", "vote.us", "vote.gov"]));
    let matcher = Matcher::build(&list, &Allow::new(), &Settings::default()).unwrap();
    let (junk, votes) = ("a-b.c-d.e.".repeat(10), "vote.".repeat(40));
    for name in [
        format!("{junk}kiesraad-nl.com"),
        format!("kiesraad.nl.{junk}com"),
        format!("{junk}k1esraad.nl.{junk}com"),
        format!("{votes}kiesraad-nl.com"),
        format!("kiesraad.nl.{votes}com"),
        format!("kiesraadnl.{votes}com"),
    ] {
        let hits = matcher.hits(&scr_names::Name::parse(&name).unwrap());
        assert!(
            hits.iter().any(|hit| hit.looks_like == "kiesraad.nl" && hit.score >= 70),
            "{name}: {hits:?}"
        );
    }
}
