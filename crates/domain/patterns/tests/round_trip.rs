//! What is printed is read as the same pattern, and no text makes the parser panic.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use proptest::prelude::*;
use scr_patterns::ast::{
    ComparisonExpression, Constant, ObjectPath, ObservationExpression, Operator, PropertyTest, Qualifier,
    Step,
};
use scr_patterns::{
    EvalLimits, Family, Like, Limits, Moment, Network, Observations, Pattern, Reading, Regexp,
};

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,12}",
        r"[a'\\%_.*$]{0,8}",
        any::<String>().prop_map(|text| text.chars().take(12).collect()),
        "[ḍ̇é\u{1F600}\u{0}\n]{0,4}",
    ]
}

fn moment() -> impl Strategy<Value = Moment> {
    (0_u32..10_000, 1_u32..13, 1_u32..29, 0_u32..24, 0_u32..60, 0_u32..60, 0_u32..1_000_000_000).prop_map(
        |(year, month, day, hour, minute, second, nano)| {
            let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{nano:09}Z");
            Moment::parse(&text).unwrap()
        },
    )
}

fn float() -> impl Strategy<Value = f64> {
    prop_oneof![any::<f64>(), -1e6..1e6, Just(-0.0), Just(f64::MIN_POSITIVE), Just(1e300)]
        .prop_filter("finite", |number| number.is_finite())
}

fn orderable() -> impl Strategy<Value = Constant> {
    prop_oneof![
        text().prop_map(|text| Constant::text(&text)),
        (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(Constant::Integer),
        float().prop_map(Constant::Float),
        moment().prop_map(Constant::Timestamp),
        prop::collection::vec(any::<u8>(), 0..6).prop_map(Constant::Hex),
        prop::collection::vec(any::<u8>(), 1..6).prop_map(Constant::Binary),
    ]
}

fn constant() -> impl Strategy<Value = Constant> {
    prop_oneof![4 => orderable(), 1 => any::<bool>().prop_map(Constant::Boolean)]
}

fn set() -> impl Strategy<Value = Vec<Constant>> {
    prop_oneof![
        prop::collection::vec(text().prop_map(|text| Constant::text(&text)), 0..4),
        prop::collection::vec(
            prop_oneof![
                any::<i32>().prop_map(|n| Constant::Integer(n.into())),
                float().prop_map(Constant::Float)
            ],
            0..4
        ),
        prop::collection::vec(moment().prop_map(Constant::Timestamp), 0..3),
        prop::collection::vec(any::<bool>().prop_map(Constant::Boolean), 0..3),
    ]
}

fn network() -> impl Strategy<Value = Network> {
    prop_oneof![
        (any::<u32>(), 0_u8..33)
            .prop_map(|(bits, length)| Network::new(Family::V4, bits.into(), length).unwrap()),
        (any::<u128>(), 0_u8..129).prop_map(|(bits, length)| Network::new(Family::V6, bits, length).unwrap()),
    ]
}

fn operator() -> impl Strategy<Value = Operator> {
    prop_oneof![
        constant().prop_map(Operator::Equal),
        constant().prop_map(Operator::NotEqual),
        orderable().prop_map(Operator::Less),
        orderable().prop_map(Operator::LessOrEqual),
        orderable().prop_map(Operator::Greater),
        orderable().prop_map(Operator::GreaterOrEqual),
        set().prop_map(Operator::In),
        text().prop_map(|text| Operator::Like(Like::new(&text))),
        text().prop_map(|text| Operator::Matches(Regexp::new(&text, 1 << 20))),
        network().prop_map(Operator::IsSubset),
        network().prop_map(Operator::IsSuperset),
        Just(Operator::Exists),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        "[a-zA-Z_][a-zA-Z0-9_]{0,5}".prop_map(|key| Step::Key(key.into())),
        prop::sample::select(vec![
            "IN", "true", "LAST", "SHA-256", "a.b", "", "x y", "it's", "b", "t", "h", "_ref"
        ])
        .prop_map(|key| Step::Key(key.into())),
        text().prop_map(|key| Step::Key(key.into())),
        (0_i64..1000).prop_map(Step::Index),
        Just(Step::Any),
    ]
}

fn property_test() -> impl Strategy<Value = ComparisonExpression> {
    let path = (text(), prop::collection::vec(step(), 0..4)).prop_map(|(first, steps)| {
        let steps = [vec![Step::Key(first.into())], steps].concat();
        // One type, so that operands of AND have it in common.
        ObjectPath { object_type: "x-custom_type".into(), steps }
    });
    (path, any::<bool>(), operator()).prop_map(|(path, negated, operator)| {
        ComparisonExpression::Test(PropertyTest { path, negated, operator })
    })
}

/// Chains are flat, as the parser makes them.
fn flat<T>(parts: Vec<T>, whole: fn(Vec<T>) -> T, inner: fn(T) -> Result<Vec<T>, Box<T>>) -> T {
    let parts = parts.into_iter().flat_map(|part| inner(part).unwrap_or_else(|part| vec![*part])).collect();
    whole(parts)
}

fn comparison() -> impl Strategy<Value = ComparisonExpression> {
    property_test().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| flat(
                parts,
                ComparisonExpression::And,
                |part| match part {
                    ComparisonExpression::And(parts) => Ok(parts),
                    other => Err(Box::new(other)),
                }
            )),
            prop::collection::vec(inner, 2..4).prop_map(|parts| flat(
                parts,
                ComparisonExpression::Or,
                |part| match part {
                    ComparisonExpression::Or(parts) => Ok(parts),
                    other => Err(Box::new(other)),
                }
            )),
        ]
    })
}

fn qualifiers() -> impl Strategy<Value = Vec<Qualifier>> {
    let times = (moment(), moment()).prop_filter("an interval", |(start, stop)| start < stop);
    let all = (1_u64..1000, 1_u128..10_000_000_000_000, times).prop_map(|(times, window, (start, stop))| {
        vec![Qualifier::Repeats(times), Qualifier::Within(window), Qualifier::StartStop(start, stop)]
    });
    (all, prop::sample::subsequence(vec![0_usize, 1, 2], 1..=3), any::<bool>()).prop_map(
        |(all, chosen, backwards)| {
            let mut chosen: Vec<Qualifier> = chosen.into_iter().map(|at| all[at]).collect();
            if backwards {
                chosen.reverse();
            }
            chosen
        },
    )
}

fn observation() -> impl Strategy<Value = ObservationExpression> {
    let single = comparison().prop_map(ObservationExpression::Single);
    single.prop_recursive(3, 10, 3, |inner| {
        let parts = || prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            parts().prop_map(|parts| flat(parts, ObservationExpression::And, |part| match part {
                ObservationExpression::And(parts) => Ok(parts),
                other => Err(Box::new(other)),
            })),
            parts().prop_map(|parts| flat(parts, ObservationExpression::Or, |part| match part {
                ObservationExpression::Or(parts) => Ok(parts),
                other => Err(Box::new(other)),
            })),
            parts().prop_map(|parts| flat(parts, ObservationExpression::FollowedBy, |part| match part {
                ObservationExpression::FollowedBy(parts) => Ok(parts),
                other => Err(Box::new(other)),
            })),
            (inner, qualifiers()).prop_map(|(inner, qualifiers)| {
                ObservationExpression::Qualified(Box::new(inner), qualifiers)
            }),
        ]
    })
}

proptest! {
    #[test]
    fn every_tree_is_printed_and_read_again(expression in observation()) {
        let printed = expression.to_string();
        let pattern = Pattern::parse(&printed, &Limits::default());
        let pattern = pattern.map_err(|why| TestCaseError::fail(format!("{printed}: {why}")))?;
        prop_assert_eq!(pattern.expression(), &expression, "{}", printed);
        prop_assert_eq!(pattern.to_string(), printed);
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in any::<String>()) {
        let _ = Pattern::parse(&text, &Limits::default());
        let _ = Pattern::parse(&format!("[a:b = '{text}']"), &Limits::default());
    }

    /// Words of the language in any order: what is taken prints, and is taken as the same.
    #[test]
    fn whatever_is_taken_prints_what_is_taken_as_the_same(
        words in prop::collection::vec(prop::sample::select(vec![
            "[", "]", "(", ")", "a:b", "x-y:z_ref.'k'[*]", "=", "!=", "==", "<", "NOT", "IN", "LIKE", "MATCHES", "EXISTS",
            "ISSUBSET", "AND", "OR", "FOLLOWEDBY", "'s'", "5", "-.5", "+7", "h'FF'", "b'AA=='", "true", "'10.0.0.0/8'",
            "t'2024-01-01T00:00:00Z'", "WITHIN", "5", "SECONDS", "REPEATS", "TIMES", "START", "STOP", "/* c */", ",",
            "[a:b = 1]", "a:b = 1", "WITHIN 5 SECONDS", "REPEATS 2 TIMES", "[-1]", ".c",
        ]), 1..14)
    ) {
        let text = words.join(" ");
        for reading in [Reading::Standard, Reading::Tools] {
            let Ok(pattern) = Pattern::parse_as(&text, reading, &Limits::default()) else { continue };
            let again = Pattern::parse_as(&pattern.to_string(), reading, &Limits::default());
            let again = again.map_err(|why| TestCaseError::fail(format!("{text} -> {pattern}: {why}")))?;
            prop_assert_eq!(again.expression(), pattern.expression());
        }
    }

    /// Any pattern against any observation ends, in an answer or an error.
    #[test]
    fn every_pattern_can_be_evaluated(expression in observation()) {
        let pattern = Pattern::from_expression(&expression, &Limits::default()).unwrap();
        let object = serde_json::json!({"type": "x-custom_type", "a": [1, {"b": "x"}], "x": null, "IN": "a'%", "b": 5.5});
        let observations = Observations::from_object(&object).unwrap();
        let _ = pattern.matches(&observations, &EvalLimits { steps: 100_000, ..EvalLimits::default() });
    }
}

#[test]
fn unusual_but_valid_forms_are_read() {
    for (text, normal) in [
        ("[a:b=1]", "[a:b = 1]"),
        ("[a:b=5AND a:c=6]", "[a:b = 5 AND a:c = 6]"),
        ("[a:b\u{2003}=\u{85}-0]", "[a:b = 0]"),
        ("[a:b = .5]", "[a:b = 0.5]"),
        ("[a:b = 00.5]", "[a:b = 0.5]"),
        ("[a:b = -1.0]", "[a:b = -1.0]"),
        ("[a:b = b'QU\nI=']", "[a:b = b'QUI=']"),
        ("[a:b = h'']", "[a:b = h'']"),
        ("[a:b IN ()]", "[a:b IN ()]"),
        ("[a:b IN (1, 2.5)]", "[a:b IN (1, 2.5)]"),
        ("[a:b IN (h'00', b'AA==')]", "[a:b IN (h'00', b'AA==')]"),
        ("[a:'b' = 'it\\'s \\\\']", "[a:b = 'it\\'s \\\\']"),
        ("[a:h.b.t = 'x']", "[a:h.b.t = 'x']"),
        ("[a:'AND' = 'x']", "[a:'AND' = 'x']"),
        ("[AND-x:b = 1]", "[AND-x:b = 1]"),
        ("[NOT EXISTS a:b[*].c AND a:d NOT = 5]", "[NOT EXISTS a:b[*].c AND a:d NOT = 5]"),
        ("[(a:b = 1 AND (a:c = 2 AND a:d = 3))]", "[a:b = 1 AND a:c = 2 AND a:d = 3]"),
        ("[a:b = 1 OR a:c = 2 AND a:d = 3]", "[a:b = 1 OR a:c = 2 AND a:d = 3]"),
        ("[(a:b = 1 OR a:c = 2) AND a:d = 3]", "[(a:b = 1 OR a:c = 2) AND a:d = 3]"),
        (
            "[(a:b = 1 OR c:d = 2) AND (a:e = 3 OR f:g = 4)]",
            "[(a:b = 1 OR c:d = 2) AND (a:e = 3 OR f:g = 4)]",
        ),
        ("[a:b = 1]OR[a:b = 2]AND[a:b = 3]", "[a:b = 1] OR [a:b = 2] AND [a:b = 3]"),
        ("([a:b = 1] FOLLOWEDBY [a:b = 2]) OR [a:b = 3]", "([a:b = 1] FOLLOWEDBY [a:b = 2]) OR [a:b = 3]"),
        ("[a:b = 1] WITHIN 5.0 SECONDS", "[a:b = 1] WITHIN 5 SECONDS"),
        ("[a:b = 1] WITHIN .00000000001 SECONDS", "[a:b = 1] WITHIN 0.000000001 SECONDS"),
        ("([a:b = 1] WITHIN 5 SECONDS) WITHIN 6 SECONDS", "([a:b = 1] WITHIN 5 SECONDS) WITHIN 6 SECONDS"),
        ("[a:b = t'2016-12-31T23:59:60Z']", "[a:b = t'2017-01-01T00:00:00Z']"),
        ("[a:b = t'2024-01-01T00:00:00.1000Z']", "[a:b = t'2024-01-01T00:00:00.1Z']"),
        ("[a:b ISSUBSET '10.1.2.3/8']", "[a:b ISSUBSET '10.0.0.0/8']"),
    ] {
        let pattern = Pattern::parse(text, &Limits::default()).unwrap_or_else(|why| panic!("{text}: {why}"));
        assert_eq!(pattern.to_string(), normal);
        assert_eq!(Pattern::parse(normal, &Limits::default()).unwrap(), pattern);
    }
}
