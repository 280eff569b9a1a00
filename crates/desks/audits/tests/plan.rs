//! The planner of audits, asked by an address: figures that others published, every mistake at its field, and no
//! request that takes long.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod site;

use axum::http::StatusCode;
use scr_desk_audits::AuditsDesk;
use scr_i18n::{Sources, check_texts};
use scr_web::Desk as _;
use serde_json::Value;
use site::{Answer, Site, percent, plain, site};
use std::path::Path;
use std::time::Instant;

/// The address with these fields.
fn at(path: &str, fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", percent(value))).collect();
    format!("{path}?{}", pairs.join("&"))
}

impl Site {
    async fn plan(&self, fields: &[(&str, &str)]) -> Answer {
        self.get("", &at("/audits/plan", fields)).await
    }

    async fn json(&self, fields: &[(&str, &str)]) -> Value {
        let answer = self.get("", &at("/audits/plan.json", fields)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }
}

/// A method of the first contest.
fn method<'v>(value: &'v Value, name: &str) -> &'v Value {
    let methods = value["contests"][0]["methods"].as_array().unwrap();
    methods.iter().find(|one| one["method"] == name).unwrap()
}

/// Lindeman, Stark and Yates (2012), table 1 at 10 %: expected numbers of BRAVO as Arlo gives them.
#[tokio::test]
async fn expected_numbers_of_bravo() {
    let site = site();
    for (share, expected) in [(70, 31), (65, 54), (60, 119), (58, 185), (55, 470), (52, 2_902), (51, 11_562)]
    {
        let votes = format!("Ann: {}\nBen: {}", share * 10_000, (100 - share) * 10_000);
        let fields = [("votes1", votes.as_str()), ("ballots1", "1000000"), ("limit", "10")];
        let found = site.json(&fields).await;
        let bravo = method(&found, "bravo");
        assert_eq!(bravo["expected"]["draws"], expected, "{share} %");
        assert_eq!(bravo["formula"]["draws"], expected, "{share} %");
        let page = plain(&site.plan(&fields).await.body);
        let ballots = &bravo["expected"]["ballots"];
        if expected < 1_000 {
            assert_eq!(ballots, expected);
            assert!(
                page.contains(&format!("Ballot polling would look at about {expected} of 1,000,000.")),
                "{page}"
            );
        }
    }
}

#[tokio::test]
async fn prints() {
    let site = site();
    let t = [("votes1", "Ann: 20400\nBen: 18900"), ("ballots1", "40000"), ("batches", "200")];
    let now = Instant::now();
    let a = site.plan(&t).await;
    println!("{:?} {}\n{}", now.elapsed(), a.body.len(), a.body);
    println!("{:#}", site.json(&t).await);
    let cases: Vec<Vec<(&str, String)>> = vec![
        vec![("votes1", "Ann: 250000000\nBen: 249999999".into()), ("ballots1", "500000000".into()), ("batches", "5000".into())],
        vec![("votes1", "Ann: 252500000\nBen: 247499999".into()), ("ballots1", "500000000".into()), ("batches", "5000".into())],
        vec![("votes1", "Ann: 20400\nBen: 19600".into()), ("ballots1", "40000".into()), ("errors", "0".into())],
        vec![("votes1", "Ann: 20400\nBen: 19600".into()), ("ballots1", "40000".into()), ("errors", "9.2".into())],
        vec![("rule1", "share".into()), ("share1", "2/3".into()), ("votes1", "Yes: 333400\nNo: 166600".into()), ("ballots1", "500000".into())],
        vec![("rule1", "dhondt".into()), ("winners1", "200".into()), ("share1", "1".into()), ("votes1", (1..=40).map(|i| format!("L{i}: {}\n", i * 1_003_000 + i * i * 7)).collect::<String>()), ("ballots1", "500000000".into()) ],
        vec![("votes1", (1..=40).map(|i| format!("L{i}: {}\n", i * 1_003 + i * i * 7)).collect::<String>()), ("winners1", "20".into()), ("marks1", "20".into()), ("ballots1", "500000".into()), ("batches", "5000".into()) ],
        vec![("rule1", "ranked".into()), ("votes1", "A > B > C > D > E > F: 3000\nB > C > A > F: 2990\nC > A > D > E > B: 2980\nD > A: 2970\nE > F > A: 2960\nF > B: 2950\nD: 100\nA > F: 80\nB > E: 90".into()), ("ballots1", "30000".into())],
        vec![("rule1", "runoff".into()), ("votes1", (1..=10).map(|i| format!("L{i}: {}\n", i * 1_003)).collect::<String>()), ("ballots1", "500000".into()), ("batches", "2000".into()) ],
        vec![("rule1", "margin".into()), ("votes1", "350".into()), ("ballots1", "50000".into())],
        vec![("rule1", "approval".into()), ("votes1", "A: 0\nB: 0\nC: 0".into()), ("ballots1", "50000".into())],
        vec![("rule1", "dhondt".into()), ("winners1", "3".into()), ("votes1", "A: 0\nB: 0\nC: 0".into()), ("ballots1", "50000".into())],
        vec![("votes1", "A: 10\nB: 0".into()), ("ballots1", "50000".into())],
        vec![("votes1", "A: 10\nB: 1".into()), ("ballots1", "11".into()), ("batches", "3".into())],
    ];
    for case in cases {
        let case: Vec<(&str, &str)> = case.iter().map(|(a, b)| (*a, b.as_str())).collect();
        let now = Instant::now();
        let a = site.get("", &at("/audits/plan.json", &case)).await;
        println!("{:?} {}\n   {case:?}\n   {}", now.elapsed(), a.status, a.body);
    }
}
