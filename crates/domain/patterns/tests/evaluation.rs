//! What the vectors of others do not ask: errors, limits, embedded objects, times, and witnesses.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_patterns::{EvalError, EvalLimits, Limits, ObservationError, Observations, Pattern, Unsupported};
use serde_json::{Value, json};

fn pattern(text: &str) -> Pattern {
    Pattern::parse(text, &Limits::default()).unwrap_or_else(|why| panic!("{text}: {why}"))
}

fn holds(text: &str, object: &Value) -> bool {
    pattern(text).matches_object(object, &EvalLimits::default()).unwrap_or_else(|why| panic!("{text}: {why}"))
}

/// Observed-data as in STIX 2.0, with one `x` object of this number.
fn seen(number: i64, first: u32, last: u32, times: u32) -> Value {
    json!({
        "type": "observed-data", "id": format!("observed-data--{number}"),
        "first_observed": format!("2024-01-01T00:00:{first:02}Z"),
        "last_observed": format!("2024-01-01T00:00:{last:02}Z"),
        "number_observed": times,
        "objects": {"0": {"type": "x", "n": number, "peer_ref": "1"}, "1": {"type": "y", "n": -number}},
    })
}

fn witness(text: &str, list: &[Value]) -> Option<Vec<usize>> {
    let observations = Observations::from_bundles(list).unwrap();
    pattern(text).matches(&observations, &EvalLimits::default()).unwrap().witness
}

#[test]
fn embedded_objects_refer_to_each_other_by_their_keys() {
    let list = [seen(1, 0, 0, 1), seen(2, 0, 0, 1)];
    assert_eq!(witness("[x:n = 2 AND x:peer_ref.n = -2]", &list), Some(vec![1]));
    assert_eq!(witness("[x:n = 2 AND x:peer_ref.n = -1]", &list), None);
    assert_eq!(witness("[y:n < 0]", &list), Some(vec![0]));
}

#[test]
fn the_outcome_says_which_observations() {
    let list: Vec<Value> = (0..6).map(|n| seen(n, 0, 0, 1)).collect();
    let observations = Observations::from_bundles(&list).unwrap();
    let outcome = pattern("[x:n IN (1, 3, 5)] REPEATS 3 TIMES AND [x:n > 3]")
        .matches(&observations, &EvalLimits::default())
        .unwrap();
    // 5 is needed on the left, so the right takes 4.
    assert_eq!(outcome.witness, Some(vec![1, 3, 4, 5]));
    assert_eq!(outcome.by_expression, [vec![1, 3, 5], vec![4, 5]]);
    assert_eq!(observations.as_slice()[3].id(), Some("observed-data--3"));
}

#[test]
fn every_expression_needs_an_observation_of_its_own() {
    let list: Vec<Value> = (0..3).map(|n| seen(n, 0, 0, 1)).collect();
    assert!(witness("[x:n >= 0] AND [x:n >= 1] AND [x:n >= 2]", &list).is_some());
    assert!(witness("[x:n >= 1] AND [x:n >= 1] AND [x:n >= 1]", &list).is_none());
    assert!(witness("[x:n >= 0] REPEATS 4 TIMES", &list).is_none());
    assert!(witness("[x:n >= 0] REPEATS 4 TIMES", &[seen(0, 0, 0, 3), seen(1, 0, 0, 1)]).is_some());
    assert!(
        witness("([x:n = 0] AND [x:n = 1]) REPEATS 2 TIMES", &[seen(0, 0, 0, 2), seen(1, 0, 0, 2)]).is_some()
    );
    assert!(
        witness("([x:n = 0] AND [x:n = 1]) REPEATS 3 TIMES", &[seen(0, 0, 0, 3), seen(1, 0, 0, 2)]).is_none()
    );
}

#[test]
fn a_window_ends_before_its_last_moment() {
    let list = [seen(1, 0, 0, 1), seen(2, 5, 5, 1), seen(3, 9, 20, 1)];
    assert!(witness("([x:n = 1] AND [x:n = 2]) WITHIN 5 SECONDS", &list).is_none());
    assert!(witness("([x:n = 1] AND [x:n = 2]) WITHIN 5.000000001 SECONDS", &list).is_some());
    // The third may have been seen from second 9 on.
    assert!(witness("([x:n = 2] AND [x:n = 3]) WITHIN 4.5 SECONDS", &list).is_some());
    assert!(witness("[x:n > 0] REPEATS 3 TIMES WITHIN 9 SECONDS", &list).is_none());
    assert!(witness("[x:n > 0] REPEATS 3 TIMES WITHIN 10 SECONDS", &list).is_some());
}

#[test]
fn start_belongs_to_an_interval_and_stop_does_not() {
    let at = |start: &str, stop: &str| {
        let text = format!("[x:n = 1] START t'2024-01-01T00:00:{start}Z' STOP t'2024-01-01T00:00:{stop}Z'");
        witness(&text, &[seen(1, 5, 5, 1)]).is_some()
    };
    assert!(at("05", "06"));
    assert!(!at("04", "05"));
    assert!(at("05", "05.000000001"));
    assert!(!at("06", "10"));
}

#[test]
fn a_path_that_leads_nowhere_is_false_and_so_is_its_negation() {
    let object = json!({"type": "x", "id": "x--1", "a": {"b": [1, 2]}, "n": null, "r_ref": "x--2"});
    for text in [
        "[x:c = 1]",
        "[x:c != 1]",
        "[x:c NOT = 1]",
        "[x:c NOT IN (1)]",
        "[x:c NOT LIKE '%']",
        "[x:a.b[2] != 1]",
        "[x:a.b.c != 1]",
        "[x:a[0] != 1]",
        "[x:a[*] != 1]",
        "[x:r_ref.a != 1]",
        "[y:a != 1]",
        "[NOT EXISTS y:a]",
    ] {
        assert!(!holds(text, &object), "{text}");
    }
    for text in [
        "[NOT EXISTS x:c]",
        "[EXISTS x:n]",
        "[EXISTS x:a.b[1]]",
        "[x:a.b[*] = 2]",
        "[x:a.b[*] NOT = 2]",
        "[x:a != 1]",
        "[x:n != 1]",
        "[x:n NOT > 1]",
        "[x:a.b NOT > 'x']",
        "[x:r_ref = 'x--2']",
        "[x:type = 'x']",
    ] {
        assert!(holds(text, &object), "{text}");
    }
}

#[test]
fn types_compare_as_the_standard_says() {
    let object = json!({
        "type": "x", "whole": 1, "broken": 1.5, "large": 18_446_744_073_709_551_615_u64, "text": "1", "truth": true,
        "t_hex": "FFd8", "t_bin": "AP8=", "bad_hex": "f", "bad_bin": "*", "list_hex": ["00", "ff"], "at": "2024-01-01T00:00:00.50Z",
    });
    for text in [
        "[x:whole = 1.0]",
        "[x:whole != 1.5]",
        "[x:broken > 1]",
        "[x:broken != 1]",
        "[x:large > 9007199254740991]",
        "[x:whole != '1']",
        "[x:text != 1]",
        "[x:truth != 1]",
        "[x:t_hex = h'ffd8']",
        "[x:t_hex = b'/9g=']",
        "[x:t_hex = 'ÿØ']",
        "[x:t_hex IN ('a', 'ÿØ')]",
        "[x:t_bin IN (h'00ff')]",
        "[x:t_bin = '\u{0}ÿ']",
        "[x:bad_hex != h'0f']",
        "[x:bad_bin NOT = 'x']",
        "[x:list_hex[*] = h'ff']",
        "[x:at = t'2024-01-01T00:00:00.5Z']",
        "[x:at IN (t'2023-01-01T00:00:00Z', t'2024-01-01T00:00:00.5Z')]",
        "[x:at = '2024-01-01T00:00:00.50Z']",
        "[x:whole != t'2024-01-01T00:00:00Z']",
        "[x:text < '10']",
        "[x:t_bin > h'00fe']",
        "[x:t_bin < h'00ff00']",
    ] {
        assert!(holds(text, &object), "{text}");
    }
    for text in [
        "[x:whole = '1']",
        "[x:text > 0]",
        "[x:truth = 1]",
        "[x:whole = true]",
        "[x:bad_hex = h'0f']",
        "[x:t_hex = 'ă']",
        "[x:at = '2024-01-01T00:00:00.5Z']",
        "[x:large < 1]",
        "[x:broken IN (1, 2)]",
    ] {
        assert!(!holds(text, &object), "{text}");
    }
}

#[test]
fn ipv6_networks_are_compared_too() {
    let object = json!({"type": "ipv6-addr", "value": "2001:db8::/33"});
    assert!(holds("[ipv6-addr:value ISSUBSET '2001:0DB8::/32']", &object));
    assert!(holds("[ipv6-addr:value ISSUPERSET '2001:db8:7fff::1']", &object));
    assert!(!holds("[ipv6-addr:value ISSUPERSET '2001:db8:8000::1']", &object));
    assert!(!holds("[ipv6-addr:value ISSUBSET '0.0.0.0/0']", &object));
    assert!(holds("[ipv6-addr:value NOT ISSUBSET '0.0.0.0/0']", &object));
}

#[test]
fn an_expression_that_cannot_be_run_is_an_error_only_where_it_matters() {
    let object = json!({"type": "x", "a": "aa", "b": "b"});
    let try_it = |text: &str| pattern(text).matches_object(&object, &EvalLimits::default());
    let unsupported =
        EvalError::Unsupported { regex: r"(a)\1".to_owned(), why: Unsupported::Construct("back-references") };
    assert_eq!(try_it(r"[x:a MATCHES '(a)\\1']"), Err(unsupported.clone()));
    assert_eq!(try_it(r"[x:a NOT MATCHES '(a)\\1']"), Err(unsupported.clone()));
    assert_eq!(try_it(r"[x:a MATCHES '(a)\\1' OR x:b = 'b']"), Ok(true));
    assert_eq!(try_it(r"[x:a MATCHES '(a)\\1' AND x:b = 'c']"), Ok(false));
    assert_eq!(try_it(r"[x:b = 'c' OR x:a MATCHES '(a)\\1']"), Err(unsupported.clone()));
    assert_eq!(try_it(r"[x:c MATCHES '(a)\\1']"), Ok(false));
    assert_eq!(try_it(r"[x:a MATCHES '(a)\\1'] OR [x:b = 'b']"), Ok(true));
    assert_eq!(try_it(r"[x:a MATCHES '(a)\\1'] AND [x:b = 'c']"), Ok(false));
    assert_eq!(pattern(r"[x:a MATCHES '(a)\\1' OR x:a MATCHES 'a']").unsupported(), [unsupported]);
}

#[test]
fn a_property_that_should_be_a_timestamp_is_an_error_only_where_it_matters() {
    let object = json!({"type": "x", "a": ["yesterday", "2024-01-01T00:00:00Z"]});
    let try_it = |text: &str| pattern(text).matches_object(&object, &EvalLimits::default());
    assert_eq!(try_it("[x:a[*] = t'2024-01-01T00:00:00Z']"), Ok(true));
    let error = try_it("[x:a[*] = t'2025-01-01T00:00:00Z']").unwrap_err();
    assert_eq!(error.to_string(), "x:a[*] is yesterday, which is no timestamp");
    assert_eq!(
        try_it("[x:a[0] != t'2025-01-01T00:00:00Z']"),
        Err(error)
            .map_err(|_| EvalError::Timestamp { path: "x:a[0]".to_owned(), value: "yesterday".to_owned() })
    );
}

#[test]
fn objects_without_a_time_are_asked_for_no_time() {
    let objects = [json!({"type": "x", "n": 1}), json!({"type": "x", "n": 2})];
    let observations = Observations::from_objects(&objects).unwrap();
    let try_it = |text: &str| {
        pattern(text).matches(&observations, &EvalLimits::default()).map(|found| found.is_match())
    };
    assert_eq!(try_it("[x:n = 1] AND [x:n = 2]"), Ok(true));
    assert_eq!(try_it("[x:n = 1] WITHIN 5 SECONDS"), Ok(true));
    assert_eq!(try_it("([x:n = 1] AND [x:n = 2]) WITHIN 5 SECONDS"), Err(EvalError::NoTime));
    assert_eq!(try_it("[x:n = 1] FOLLOWEDBY [x:n = 2]"), Err(EvalError::NoTime));
    assert_eq!(try_it("[x:n = 1] FOLLOWEDBY [x:n = 3]"), Ok(false));
    assert_eq!(
        try_it("[x:n = 1] START t'2024-01-01T00:00:00Z' STOP t'2024-01-02T00:00:00Z'"),
        Err(EvalError::NoTime)
    );
}

#[test]
fn too_much_work_is_an_error_of_its_own() {
    let list: Vec<Value> = (0..40).map(|n| seen(i64::from(n), n, n + 10, 1)).collect();
    let observations = Observations::from_bundles(&list).unwrap();
    let limits = EvalLimits { steps: 100_000, ..EvalLimits::default() };
    let hard = format!("({}) REPEATS 20 TIMES", ["[x:n >= 0]"; 3].join(" FOLLOWEDBY "));
    assert_eq!(
        pattern(&hard).matches(&observations, &limits),
        Err(EvalError::TooMuchWork { steps: 100_000 })
    );
    let many = pattern("([x:n = 1] OR [x:n = 2]) REPEATS 1000000 TIMES");
    assert!(matches!(
        many.matches(&observations, &EvalLimits::default()),
        Err(EvalError::TooMuchWork { .. })
    ));
    // A single expression may be asked for often.
    assert!(!pattern("[x:n = 1] REPEATS 1000000 TIMES").matches(&observations, &limits).unwrap().is_match());
}

#[test]
fn references_in_circles_end() {
    let objects: Vec<Value> = (0..30)
        .map(|n| {
            let all: Vec<String> = (0..30).map(|other| format!("x--{other}")).collect();
            json!({"type": "x", "id": format!("x--{n}"), "n": n, "all_refs": all})
        })
        .collect();
    let observations = Observations::from_objects(&objects).unwrap();
    let path = format!("x:{}n", "all_refs[*].".repeat(30));
    let found = pattern(&format!("[{path} = 29]")).matches(&observations, &EvalLimits::default()).unwrap();
    assert!(found.is_match());
}

#[test]
fn a_long_chain_of_choices_does_not_end_in_a_stack_overflow() {
    let list: Vec<Value> = (0..3).map(|n| seen(n, 0, 59, 1)).collect();
    let observations = Observations::from_bundles(&list).unwrap();
    for operator in [" FOLLOWEDBY ", " AND ", " OR "] {
        let text = ["([x:n = 9] OR [x:n = 1])"; 450].join(operator);
        let _ = pattern(&text).matches(&observations, &EvalLimits::default());
    }
    let often = pattern("([x:n = 1] OR [x:n = 2]) REPEATS 9000 TIMES");
    let list = [seen(1, 0, 0, 9_000)];
    assert!(
        often
            .matches(&Observations::from_bundles(&list).unwrap(), &EvalLimits::default())
            .unwrap()
            .is_match()
    );
}

#[test]
fn descriptions_are_no_observations() {
    let identity = json!({"type": "identity", "id": "identity--1", "name": "x"});
    assert!(!holds("[identity:name = 'x']", &identity));
    let bundle =
        json!({"type": "bundle", "id": "bundle--1", "objects": [{"type": "x", "id": "x--1", "n": 1}]});
    let observations = [bundle];
    assert!(Observations::from_bundles(&observations).unwrap().as_slice().is_empty());
    assert_eq!(Observations::from_objects(&observations).unwrap().as_slice().len(), 1);
}

#[test]
fn what_observed_data_lists_does_not_stand_alone_too() {
    let list = [
        json!({"type": "x", "id": "x--1", "n": 1}),
        json!({"type": "x", "id": "x--2", "n": 1}),
        json!({"type": "observed-data", "id": "observed-data--1", "number_observed": 1, "object_refs": ["x--1"],
               "first_observed": "2024-01-01T00:00:00Z", "last_observed": "2024-01-01T00:00:00Z"}),
    ];
    let observations = Observations::from_objects(&list).unwrap();
    let ids: Vec<_> = observations.as_slice().iter().map(scr_patterns::Observation::id).collect();
    assert_eq!(ids, [Some("x--2"), Some("observed-data--1")]);
    let twice = pattern("[x:n = 1] REPEATS 3 TIMES").matches(&observations, &EvalLimits::default()).unwrap();
    assert!(!twice.is_match());
}

#[test]
fn bad_observed_data_is_refused_with_the_property() {
    let refused = |property: &str, value: Value| {
        let mut object = seen(1, 0, 0, 1);
        object[property] = value;
        let objects = [object];
        Observations::from_bundles(&objects).unwrap_err()
    };
    let wrong = |property| ObservationError::Property { id: "observed-data--1".to_owned(), property };
    assert_eq!(refused("number_observed", json!(0)), wrong("number_observed"));
    assert_eq!(refused("number_observed", json!(1.5)), wrong("number_observed"));
    assert_eq!(refused("first_observed", json!("2024-01-01")), wrong("first_observed"));
    assert_eq!(refused("last_observed", json!("2023-01-01T00:00:00Z")), wrong("last_observed"));
    assert_eq!(refused("objects", Value::Null), wrong("object_refs"));
    for object in [json!(5), json!([]), json!({}), json!({"type": 5})] {
        assert!(matches!(Observations::from_object(&object), Err(ObservationError::NotAnObject { at: 0 })));
    }
}
