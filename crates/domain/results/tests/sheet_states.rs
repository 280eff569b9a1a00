//! The code of the sheet against the table in `docs/reference/sheet-states.md`.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use proptest::prelude::*;
use scr_core::PersonId;
use scr_results::sheet::{Numbers, Sheet, SheetState, SheetStep};
use std::collections::{BTreeMap, BTreeSet};

const DOCUMENT: &str = include_str!("../../../../docs/reference/sheet-states.md");

/// (state, step) to the states that may follow, as the document has it.
fn documented() -> BTreeMap<(String, String), BTreeSet<String>> {
    let rows = DOCUMENT.lines().filter(|line| line.starts_with("| `"));
    rows.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let words = |cell: &str| cell.split(", ").map(|word| word.trim_matches('`').to_owned()).collect();
        let one = |cell: &str| cell.trim_matches('`').to_owned();
        ((one(cells[0]), one(cells[1])), words(cells[2]))
    })
    .collect()
}

fn name(step: &SheetStep) -> &'static str {
    match step {
        SheetStep::Enter(_) => "enter",
        SheetStep::Resolve { .. } => "resolve",
        SheetStep::Retype { .. } => "retype",
        SheetStep::Explain(_) => "explain",
        SheetStep::GiveBack { .. } => "give-back",
        SheetStep::Sign => "sign",
        SheetStep::Correct { .. } => "correct",
    }
}

fn numbers(a: u64, b: u64) -> Numbers {
    BTreeMap::from([("a".to_owned(), Some(a)), ("b".to_owned(), Some(b))])
}

/// Two warnings that numbers can raise.
fn warnings(numbers: &Numbers) -> BTreeSet<String> {
    let over = |column: &str| numbers[column].is_some_and(|value| value > 1);
    ["a", "b"].into_iter().filter(|column| over(column)).map(str::to_owned).collect()
}

fn steps() -> impl Strategy<Value = (u8, SheetStep)> {
    let column = prop_oneof![Just("a".to_owned()), Just("b".to_owned())];
    let retyped = column.clone();
    let explanations = proptest::collection::btree_map(column.clone(), Just("seen".to_owned()), 1..3);
    let step = prop_oneof![
        (0..3u64, 0..3u64).prop_map(|(a, b)| SheetStep::Enter(numbers(a, b))),
        (column, 0..3u64).prop_map(|(column, value)| SheetStep::Resolve { column, value: Some(value) }),
        (retyped, 0..3u64).prop_map(|(column, value)| SheetStep::Retype { column, value: Some(value) }),
        explanations.prop_map(SheetStep::Explain),
        Just(SheetStep::GiveBack { reason: "another station".into() }),
        Just(SheetStep::Sign),
        (0..3u64, 0..3u64)
            .prop_map(|(a, b)| SheetStep::Correct { numbers: numbers(a, b), reason: "recount".into() }),
    ];
    (0..4u8, step)
}

fn person(number: u8) -> PersonId {
    PersonId::new(format!("p{number}")).unwrap()
}

fn empty() -> Sheet {
    Sheet::new(["a".to_owned(), "b".to_owned()])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn no_walk_leaves_the_diagram(walk in proptest::collection::vec(steps(), 1..40)) {
        let documented = documented();
        let mut sheet = empty();
        let mut hands: BTreeSet<u8> = BTreeSet::new();
        for (who, step) in walk {
            let key = (sheet.state().as_str().to_owned(), name(&step).to_owned());
            match (sheet.step(&person(who), &step, &warnings), documented.get(&key)) {
                (Ok(next), Some(allowed)) => {
                    prop_assert!(allowed.contains(next.state().as_str()), "{key:?} -> {:?}", next.state());
                    match step {
                        SheetStep::Enter(_) | SheetStep::Resolve { .. } | SheetStep::Retype { .. } => {
                            hands.insert(who);
                        }
                        SheetStep::GiveBack { .. } => hands.clear(),
                        SheetStep::Correct { .. } => hands = BTreeSet::from([who]),
                        SheetStep::Sign => prop_assert!(!hands.contains(&who), "a hand signed"),
                        SheetStep::Explain(_) => {}
                    }
                    sheet = next;
                }
                (Ok(next), None) => prop_assert!(false, "{key:?} -> {:?} is not documented", next.state()),
                (Err(refusal), None) => prop_assert_eq!(refusal.code, "SCR-RES-301"),
                (Err(refusal), Some(_)) => prop_assert_ne!(refusal.code, "SCR-RES-301"),
            }
        }
    }
}

fn walk(steps: &[(u8, SheetStep)]) -> Result<Sheet, String> {
    steps.iter().try_fold(empty(), |sheet, (who, step)| {
        sheet.step(&person(*who), step, &warnings).map_err(|e| e.code)
    })
}

#[test]
fn the_whole_way_without_typing_anything_twice() {
    let mut steps = vec![
        (1, SheetStep::Enter(numbers(1, 2))),
        (2, SheetStep::Enter(numbers(1, 0))),
        (3, SheetStep::Resolve { column: "b".into(), value: Some(2) }),
        (2, SheetStep::Explain(BTreeMap::from([("b".into(), "as on the paper".into())]))),
        (4, SheetStep::Sign),
    ];
    let signed = walk(&steps).unwrap();
    assert_eq!((signed.state(), signed.agreed(), signed.version()), (SheetState::Signed, &numbers(1, 2), 1));
    steps.push((1, SheetStep::Correct { numbers: numbers(1, 1), reason: "recount of 3 May".into() }));
    let corrected = walk(&steps).unwrap();
    assert_eq!((corrected.state(), corrected.version()), (SheetState::Ready, 2));
}

#[test]
fn every_refusal_has_its_code() {
    let once = (1, SheetStep::Enter(numbers(1, 1)));
    let twice = (2, SheetStep::Enter(numbers(1, 1)));
    let other = (2, SheetStep::Enter(numbers(1, 2)));
    let code = |steps: &[(u8, SheetStep)]| walk(steps).unwrap_err();
    assert_eq!(code(&[(1, SheetStep::Sign)]), "SCR-RES-301");
    assert_eq!(code(&[once.clone(), once.clone()]), "SCR-RES-302");
    assert_eq!(code(&[once.clone(), twice.clone(), (2, SheetStep::Sign)]), "SCR-RES-302");
    assert_eq!(code(&[(1, SheetStep::Enter(Numbers::new()))]), "SCR-RES-303");
    let resolve = |column: &str, value| (3, SheetStep::Resolve { column: column.into(), value: Some(value) });
    assert_eq!(code(&[once.clone(), other.clone(), resolve("b", 9)]), "SCR-RES-304");
    assert_eq!(code(&[once.clone(), other.clone(), resolve("a", 1)]), "SCR-RES-304");
    let own = (2, SheetStep::Resolve { column: "b".into(), value: Some(2) });
    assert_eq!(code(&[once.clone(), other.clone(), own]), "SCR-RES-302");
    let retype = |who: u8, value| (who, SheetStep::Retype { column: "b".into(), value: Some(value) });
    assert_eq!(code(&[once.clone(), other.clone(), retype(3, 0), retype(3, 0)]), "SCR-RES-302");
    let back = (3, SheetStep::GiveBack { reason: String::new() });
    assert_eq!(code(&[once.clone(), other, back]), "SCR-RES-306");
    let warned = [(1, SheetStep::Enter(numbers(2, 1))), (2, SheetStep::Enter(numbers(2, 1)))];
    let explain =
        |id: &str, words: &str| (3, SheetStep::Explain(BTreeMap::from([(id.into(), words.into())])));
    assert_eq!(code(&[&warned[..], &[explain("a", " ")]].concat()), "SCR-RES-305");
    assert_eq!(code(&[&warned[..], &[explain("z", "seen")]].concat()), "SCR-RES-305");
    let correct = (4, SheetStep::Correct { numbers: numbers(0, 0), reason: " ".into() });
    assert_eq!(code(&[once, twice, (3, SheetStep::Sign), correct]), "SCR-RES-306");
}

#[test]
fn a_number_that_neither_typed_needs_two_people_who_type_the_same() {
    let start = [(1, SheetStep::Enter(numbers(1, 2))), (2, SheetStep::Enter(numbers(1, 3)))];
    let retype = |who: u8, value| (who, SheetStep::Retype { column: "b".into(), value: Some(value) });
    let after = |more: &[(u8, SheetStep)]| walk(&[&start[..], more].concat()).unwrap();
    let once = after(&[retype(3, 1)]);
    assert!(once.differences().is_empty(), "nobody sees the number typed anew");
    assert_eq!(once.typed_anew(&person(3)), [("b", true)]);
    assert_eq!(once.state(), SheetState::Differs);
    assert_eq!(after(&[retype(3, 1), retype(1, 1)]).agreed(), &numbers(1, 1));
    let again = after(&[retype(3, 1), retype(1, 0)]);
    assert_eq!(again.differences(), [("b", Some(1), Some(0))]);
    assert!(!again.may_resolve(&person(3)) && again.may_resolve(&person(2)));
}
