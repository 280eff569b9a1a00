//! The index finds what looking at every pattern finds, errors included, while patterns come and go.

use proptest::prelude::*;
use scr_patterns::ast::ObservationExpression;
use scr_patterns::{EvalError, EvalLimits, Hits, Index, Limits, Observations, Pattern, Reading};
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn one_of(choices: &[&'static str]) -> impl Strategy<Value = String> + use<> {
    prop::sample::select(choices.to_vec()).prop_map(str::to_owned)
}

fn path() -> impl Strategy<Value = String> {
    one_of(&[
        "x:name",
        "x:list[*]",
        "x:list[0]",
        "x:peer_ref.name",
        "x:peer_refs[*].name",
        "y:name",
        "x:missing",
        "x:name_hex",
        "x:name_bin",
        "x:deep.'a-b'",
    ])
}

/// Operator and constant.
fn asked() -> impl Strategy<Value = String> {
    let text = || {
        one_of(&[
            "'vote.gov'",
            "'www.vote.gov'",
            "'vote-gov.com'",
            "'é'",
            "'ḍ̇'",
            "'1'",
            "'10.0.0.1'",
            "'10.0.0.0/8'",
            "'2001:db8::1'",
            "''",
        ])
    };
    let number = one_of(&["1", "1.0", "-0.0", "0", "2.5", "9007199254740991"]);
    let other = one_of(&["h'766f7465'", "b'dm90ZQ=='", "true", "t'2024-01-01T00:00:00Z'"]);
    let like = one_of(&["%vote%", "vote.gov", "_ote%", "%", "%gov", "%ḍ̇%", "%zzz%", "%vo%te%"]);
    let regex = one_of(&[
        "vote",
        "^vote\\\\.gov$",
        "(?i)VOTE",
        "vote|zzz",
        "(v)\\\\1",
        "zzz+",
        "ḍ̇",
        "vote(?=x)",
        "\\\\pL",
    ]);
    let network = one_of(&["10.0.0.0/8", "10.0.0.0/9", "10.0.0.1", "0.0.0.0/0", "2001:db8::/32", "::/0"]);
    let operator = || one_of(&["=", "!=", "NOT =", "<", ">=", "NOT <"]);
    prop_oneof![
        text().prop_map(|text| format!("= {text}")),
        text().prop_map(|text| format!("= {text}")),
        (operator(), text()).prop_map(|(operator, text)| format!("{operator} {text}")),
        (operator(), number).prop_map(|(operator, number)| format!("{operator} {number}")),
        other.prop_map(|constant| format!("= {constant}")),
        (one_of(&["", "NOT "]), text(), text())
            .prop_map(|(not, first, second)| format!("{not}IN ({first}, {second})")),
        one_of(&["IN ()", "NOT IN ()"]),
        (one_of(&["LIKE", "NOT LIKE"]), like).prop_map(|(operator, like)| format!("{operator} '{like}'")),
        (one_of(&["MATCHES", "NOT MATCHES"]), regex)
            .prop_map(|(operator, regex)| format!("{operator} '{regex}'")),
        (one_of(&["ISSUBSET", "ISSUPERSET", "NOT ISSUBSET"]), network)
            .prop_map(|(operator, network)| format!("{operator} '{network}'")),
    ]
}

fn test() -> impl Strategy<Value = String> {
    prop_oneof![
        9 => (path(), asked()).prop_map(|(path, asked)| format!("{path} {asked}")),
        1 => (path(), one_of(&["", "NOT "])).prop_map(|(path, not)| format!("{not}EXISTS {path}")),
    ]
}

fn pattern() -> impl Strategy<Value = String> {
    let comparison = test().prop_recursive(2, 6, 3, |inner| {
        (prop::collection::vec(inner, 2..4), one_of(&[" AND ", " OR "]))
            .prop_map(|(parts, operator)| format!("({})", parts.join(&operator)))
    });
    let single = comparison.prop_map(|comparison| format!("[{comparison}]"));
    single.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            (prop::collection::vec(inner.clone(), 2..4), one_of(&[" AND ", " OR ", " FOLLOWEDBY "]))
                .prop_map(|(parts, operator)| format!("({})", parts.join(&operator))),
            (
                inner,
                one_of(&[
                    "REPEATS 2 TIMES",
                    "WITHIN 3 SECONDS",
                    "START t'2024-01-01T00:00:00Z' STOP t'2024-01-01T00:00:05Z'"
                ])
            )
                .prop_map(|(inner, qualifier)| format!("({inner}) {qualifier}")),
        ]
    })
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => one_of(&["vote.gov", "www.vote.gov", "vote-gov.com", "é", "ḍ̇", "1", "10.0.0.1", "10.0.0.0/8", "10.1.0.0/16", "2001:db8::1", "vote", ""])
            .prop_map(Value::String),
        1 => prop::sample::select(vec![json!(1), json!(1.0), json!(0), json!(-0.0), json!(2.5), json!(u64::MAX), json!(true), Value::Null, json!("2024-01-01T00:00:00.0Z")]),
    ]
}

fn object(number: usize) -> impl Strategy<Value = Value> {
    let properties =
        prop::collection::btree_map(one_of(&["name", "name_hex", "name_bin", "other"]), value(), 0..4);
    let list = prop::option::of(prop::collection::vec(value(), 0..3));
    let peers = (prop::option::of(0_usize..6), prop::option::of(prop::collection::vec(0_usize..6, 0..3)));
    (one_of(&["x", "x", "y"]), properties, list, peers, prop::option::of(value())).prop_map(
        move |(object_type, properties, list, (peer, peers), deep)| {
            let mut object = json!({"type": object_type, "id": format!("x--{number}")});
            for (key, value) in properties {
                object[key] = value;
            }
            for (key, value) in [("name_hex", "766f7465"), ("name_bin", "dm90ZQ==")] {
                if object[key] == "vote" {
                    object[key] = json!(value);
                }
            }
            if let Some(list) = list {
                object["list"] = Value::Array(list);
            }
            if let Some(peer) = peer {
                object["peer_ref"] = json!(format!("x--{peer}"));
            }
            if let Some(peers) = peers {
                object["peer_refs"] = peers.into_iter().map(|peer| json!(format!("x--{peer}"))).collect();
            }
            if let Some(deep) = deep {
                object["deep"] = json!({"a-b": deep});
            }
            object
        },
    )
}

/// A list that mixes objects that stand alone with observed-data.
fn list() -> impl Strategy<Value = Vec<Value>> {
    let objects = (0..6).map(|number| object(number).boxed()).collect::<Vec<_>>();
    let observed =
        prop::collection::vec((prop::collection::vec(0_usize..6, 0..3), 0_u32..8, 0_u32..4, 1_u32..4), 0..3);
    (objects, observed, 1_usize..6).prop_map(|(mut list, observed, kept)| {
        list.truncate(kept);
        for (references, first, length, number) in observed {
            let references: Vec<String> =
                references.into_iter().map(|number| format!("x--{number}")).collect();
            list.push(json!({
                "type": "observed-data", "number_observed": number, "object_refs": references,
                "first_observed": format!("2024-01-01T00:00:{first:02}Z"),
                "last_observed": format!("2024-01-01T00:00:{:02}Z", first + length),
            }));
        }
        list
    })
}

/// Every pattern, one after the other.
fn linear(
    patterns: &BTreeMap<usize, Pattern>,
    observations: &Observations<'_>,
) -> (Vec<usize>, Vec<(usize, EvalError)>) {
    let (mut matching, mut undecided) = (Vec::new(), Vec::new());
    for (key, pattern) in patterns {
        match pattern.matches(observations, &EvalLimits::default()) {
            Ok(outcome) if outcome.is_match() => matching.push(*key),
            Ok(_) => {}
            Err(why) => undecided.push((*key, why)),
        }
    }
    (matching, undecided)
}

fn keys(hits: &Hits<usize>) -> Vec<usize> {
    hits.matching.iter().map(|hit| hit.key).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_index_finds_what_a_look_at_all_finds(
        texts in prop::collection::vec(pattern(), 1..24),
        list in list(),
        removed in prop::collection::vec(any::<bool>(), 24),
    ) {
        let mut patterns = BTreeMap::new();
        let mut index = Index::new();
        for (key, text) in texts.iter().enumerate() {
            let Ok(pattern) = Pattern::parse_as(text, Reading::Tools, &Limits::default()) else { continue };
            patterns.insert(key, pattern.clone());
            index.insert(key, pattern);
        }
        let observations = Observations::from_objects(&list).unwrap();
        for round in 0..2 {
            let hits = index.matching(&observations, &EvalLimits::default());
            let (matching, undecided) = linear(&patterns, &observations);
            prop_assert_eq!(keys(&hits), matching, "round {}", round);
            // Which of several troubles is named may differ: keys must not.
            let troubled = |list: &[(usize, EvalError)]| list.iter().map(|(key, _)| *key).collect::<Vec<_>>();
            prop_assert_eq!(troubled(&hits.undecided), troubled(&undecided));
            for hit in &hits.matching {
                let pattern = &patterns[&hit.key];
                if let ObservationExpression::Single(_) = pattern.expression() {
                    let outcome = pattern.matches(&observations, &EvalLimits::default()).unwrap();
                    prop_assert_eq!(&hit.observations, &outcome.by_expression[0]);
                }
            }
            for (key, is_removed) in removed.iter().enumerate() {
                if *is_removed {
                    prop_assert_eq!(index.remove(&key), patterns.remove(&key));
                }
            }
            prop_assert_eq!(index.len(), patterns.len());
        }
    }
}

#[test]
fn an_index_from_which_all_is_taken_out_is_as_new() {
    let mut index = Index::new();
    let texts = [
        "[x:a = 'b']",
        "[x:a = h'00' OR x:a = h'00']",
        "[x:a LIKE '%bcd%']",
        "[x:a ISSUBSET '10.0.0.0/8']",
        "[x:a ISSUPERSET '10.0.0.0/8']",
        "[NOT EXISTS x:a]",
        "[x:a > 5]",
        "[x:a MATCHES '(a)\\\\1']",
    ];
    for (key, text) in texts.iter().enumerate() {
        index.insert(key, Pattern::parse(text, &Limits::default()).unwrap());
    }
    assert_eq!(index.len(), texts.len());
    assert_eq!(index.get(&0).unwrap().to_string(), texts[0]);
    for (key, text) in texts.iter().enumerate() {
        assert_eq!(index.remove(&key).unwrap().to_string(), text.replace("\\\\\\\\", "\\\\"));
        assert_eq!(index.remove(&key), None);
    }
    assert!(index.is_empty());
    let shown = format!("{index:?}");
    assert!(shown.contains("types: {}"), "{shown}");
}

#[test]
fn a_key_has_one_pattern() {
    let mut index = Index::new();
    let pattern = |text| Pattern::parse(text, &Limits::default()).unwrap();
    assert_eq!(index.insert("k", pattern("[x:a = 1]")), None);
    assert_eq!(index.insert("k", pattern("[x:a = 2]")), Some(pattern("[x:a = 1]")));
    let hits =
        |n: i64| index.matching_object(&json!({"type": "x", "a": n}), &EvalLimits::default()).matching.len();
    assert_eq!((hits(1), hits(2)), (0, 1));
}
