//! The planner of audits, asked by an address: figures that others published, every mistake at its field, and no
//! request that takes long.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod site;

use axum::http::StatusCode;
use proptest::prelude::*;
use scr_audits::plan::{Need, of_value, plan};
use scr_i18n::{Lang, Sources, check_texts};
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
    let found = methods.iter().find(|one| one["method"] == name);
    assert!(found.is_some(), "{name} {value}");
    found.unwrap()
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

/// 5 % of 100,000 ballots without an error: (1 - 0.05/2.0781)^n <= 0.05 first at n = 124 (ln 0.05/ln 0.975940 = 123.01).
#[tokio::test]
async fn a_comparison_without_errors_is_exact() {
    let site = site();
    let fields = [("votes1", "Ann: 52,500\nBen: 47,500"), ("ballots1", "100 000"), ("errors", "0")];
    let found = site.json(&fields).await;
    let comparison = method(&found, "kaplan-markov");
    assert_eq!(comparison["expected"]["draws"], 124);
    assert_eq!(comparison["enough"][3]["size"]["draws"], 124, "nothing is left to chance");
    assert!(comparison["audits_run_on_paper"].is_null());
    let page = plain(&site.plan(&fields).await.body);
    let sentence = "A comparison of single ballots would look at about 124 of 100,000 ballots.";
    assert!(page.contains(sentence) && page.contains("5,000 votes, 5.00% of 100,000 ballots"), "{page}");
    // The margin alone says the same.
    let margin = [("rule1", "margin"), ("votes1", "5000"), ("ballots1", "100000"), ("errors", "0")];
    assert_eq!(method(&site.json(&margin).await, "kaplan-markov")["expected"]["draws"], 124);
}

/// ALPHA, table 2 (N = 20,000, 55 %, d = 100, 5 %): 676 on average. 444 audits on paper have a standard error of about 24.
#[tokio::test]
async fn polling_by_alpha() {
    let found = site().json(&[("votes1", "Ann: 11000\nBen: 9000"), ("ballots1", "20000")]).await;
    let alpha = method(&found, "alpha");
    let expected = alpha["expected"]["ballots"].as_u64().unwrap();
    assert!(expected.abs_diff(676) <= 72 && alpha["audits_run_on_paper"].as_u64().unwrap() >= 400, "{alpha}");
}

/// MACRO by hand: a margin of 1,500 of 40,000 ballots in even batches has U = (1,500 + 40,000)/1,500, and
/// ceil(ln 0.05/ln(1 - 1/U)) + 1 = 83 draws; of 200 batches 200·(1 - (1 - 1/200)^83) = 68.1 are different.
#[tokio::test]
async fn whole_batches_that_are_even() {
    let site = site();
    let fields = [("votes1", "Ann: 20400\nBen: 18900\nCem: 200"), ("ballots1", "40000"), ("batches", "200")];
    let found = site.json(&fields).await;
    let size = &method(&found, "batch")["expected"];
    assert_eq!((size["draws"].as_u64(), size["batches"].as_u64()), (Some(83), Some(69)));
    let page = plain(&site.plan(&fields).await.body);
    assert!(page.contains("Counting whole batches would take about 69 of 200 batches, with 13,6"), "{page}");
    assert!(page.contains("This plan assumes that batches are even"));
}

#[tokio::test]
async fn a_tie_is_no_sample() {
    let site = site();
    for fields in [
        [("votes1", "Ann: 500\nBen: 500"), ("ballots1", "1000"), ("rule1", "most")],
        [("votes1", "Ann: 0\nBen: 0"), ("ballots1", "1000"), ("rule1", "most")],
        [("votes1", "Ann > Ben: 2\nBen > Ann: 2"), ("ballots1", "1000"), ("rule1", "ranked")],
        [("votes1", "0"), ("ballots1", "1000"), ("rule1", "margin")],
    ] {
        let page = plain(&site.plan(&fields).await.body);
        let sentence =
            "This cannot be audited by a sample: the margin is 0. All 1,000 ballots are counted by hand.";
        assert!(page.contains(sentence), "{fields:?} {page}");
        assert_eq!(site.json(&fields).await["contests"][0]["tie"], true);
    }
    // One vote of a thousand: every method comes to a full hand count.
    let page = plain(&site.plan(&[("votes1", "Ann: 500\nBen: 499"), ("ballots1", "1000")]).await.body);
    assert!(page.contains("would become a full hand count of all 1,000 ballots"), "{page}");
}

#[tokio::test]
async fn every_rule_has_a_plan() {
    let site = site();
    for (rule, votes, more) in [
        ("most", "a: 4000\nb: 3000\nc: 1000", vec![("winners1", "2"), ("marks1", "2")]),
        ("approval", "a: 6000\nb: 5000\nc: 1000", vec![]),
        ("share", "a: 6500\nb: 2500", vec![("share1", "3/5")]),
        ("runoff", "a: 4000\nb: 3000\nc: 2000", vec![]),
        ("dhondt", "a: 4000\nb: 2900\nc: 1500", vec![("winners1", "6"), ("share1", "5")]),
        ("sainte-lague", "a: 4000\nb: 2900\nc: 1500", vec![("winners1", "6")]),
        ("ranked", "a: 4000\nb > a: 3000\nc>a: 2000", vec![]),
        ("margin", "350", vec![]),
    ] {
        let mut fields = vec![("rule1", rule), ("votes1", votes), ("ballots1", "10000"), ("batches", "50")];
        fields.extend(more);
        let found = site.json(&fields).await;
        let betting = &method(&found, "betting")["expected"]["ballots"];
        assert!(betting.as_u64().is_some_and(|ballots| (2..5_000).contains(&ballots)), "{rule} {found}");
        let page = site.plan(&fields).await;
        assert!(page.status == StatusCode::OK && page.body.contains("<svg"), "{rule}");
    }
}

/// What the engine was asked stands in the file: the command line plans the same again.
#[tokio::test]
async fn figures_can_be_planned_again() {
    let found = site().json(&[("votes1", "Ann: 5300\nBen: 4700"), ("ballots1", "10000")]).await;
    for name in ["kaplan-markov", "betting", "alpha"] {
        let of = method(&found, name);
        let again = plan(&of_value(of["request"].clone()).unwrap()).unwrap();
        let Need::Sample(sample) = &again.contests[0].need else { unreachable!("{again:?}") };
        let mean = sample.draws.as_ref().unwrap().mean.round();
        assert_eq!(of["expected"]["draws"].as_f64(), Some(mean), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Any text in any field is a plan or a list of mistakes.
    #[test]
    fn nothing_typed_breaks_the_page(
        typed in proptest::collection::vec((0_usize..FIELDS.len(), "[0-9٠-٩a-c:>=,./%\\-\n ]{0,24}|[0-9]{1,20}|\\PC{0,12}"), 1..9),
        rule in 0_usize..8,
    ) {
        let rules = ["most", "approval", "share", "runoff", "dhondt", "sainte-lague", "ranked", "margin"];
        let usual = [("votes1", "Ann: 600\nBen: 301\nCem: 20"), ("ballots1", "1000"), ("winners1", "1"), ("rule1", rules[rule])];
        // What stands last in an address counts.
        let mut fields = usual.to_vec();
        fields.extend(typed.iter().map(|(at, text)| (FIELDS[*at], text.as_str())));
        let status = tokio::runtime::Runtime::new().unwrap().block_on(async { site().plan(&fields).await.status });
        prop_assert!([200, 422].contains(&status.as_u16()), "{status} {fields:?}");
    }
}

const FIELDS: [&str; 12] = [
    "limit", "errors", "batches", "name1", "votes1", "ballots1", "winners1", "marks1", "share1", "votes2",
    "ballots2", "rule3",
];

#[tokio::test]
async fn several_contests_share_a_sample() {
    let site = site();
    let fields = [
        ("name1", "Mayor"),
        ("votes1", "Ann: 6000\nBen: 4000"),
        ("ballots1", "10000"),
        ("name2", "=Judge"),
        ("votes2", "Cem: 5300\nDea: 4700"),
        ("ballots2", "10000"),
        ("errors", "0"),
    ];
    let found = site.json(&fields).await;
    let judge = found["contests"][1]["methods"][0]["expected"]["draws"].as_u64().unwrap();
    assert_eq!(found["together"][0]["expected"]["draws"].as_u64(), Some(judge));
    assert_eq!(found["together"][0]["largest"], "=Judge");
    let page = plain(&site.plan(&fields).await.body);
    assert!(
        page.contains("One sample serves all 2 contests.") && page.contains("=Judge needs the most ballots")
    );
    assert!(
        page.contains("<legend>Contest 1</legend>")
            && page.contains("Mayor")
            && page.matches("<svg xmlns").count() == 3,
        "{page}"
    );
    let csv = site.get("", &at("/audits/plan.csv", &fields)).await.body;
    assert!(
        csv.contains("\"'=Judge\",10000,kaplan-markov,expected,"),
        "a formula is not run by a spreadsheet: {csv}"
    );
    assert!(csv.contains(&format!(",10000,kaplan-markov,expected,{judge},")), "{csv}");
    // On different ballots each is planned by itself.
    let mut apart = fields;
    apart[5].1 = "10001";
    assert_eq!(site.json(&apart).await["together"].as_array().map(Vec::len), Some(0));
}

#[tokio::test]
async fn every_mistake_stands_at_its_field_and_what_was_typed_stays() {
    let site = site();
    let fields = [
        ("votes1", "Ann 5\nBen: -3\nCem: ½\nDea: 7"),
        ("ballots1", "0"),
        ("winners1", "4"),
        ("limit", "0"),
        ("errors", "1e9"),
        ("batches", "99999999999999999999"),
        ("rule2", "lot"),
        ("votes2", "Ann: 1\nAnn: 2"),
        ("ballots2", "५००"),
        ("name2", "<script>"),
    ];
    let answer = site.plan(&fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = plain(&answer.body);
    for field in ["limit", "errors", "batches", "ballots1", "votes1", "ballots2", "rule2"] {
        assert!(page.contains(&format!("href=\"#f-{field}\"")), "{field} {page}");
    }
    for text in
        ["Line 1: write a name", "Line 2: write a name", "Line 3: write a name", "from 1 to 500,000,000"]
    {
        assert!(page.contains(text), "{text}");
    }
    for typed in ["Cem: ½", "99999999999999999999", "५००", "1e9"] {
        assert!(page.contains(typed), "{typed}");
    }
    assert!(!answer.body.contains("<script>") && !answer.body.contains("<svg xmlns"));
    for file in ["/audits/plan.csv", "/audits/plan.json"] {
        let nothing = site.get("", file).await;
        assert!(nothing.status == StatusCode::UNPROCESSABLE_ENTITY && nothing.body.contains("votes1"));
        let refused = site.get("", &at(file, &fields)).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("batches"));
    }
}

/// A field, what stands in it beside a fine contest, and what is said.
const WRONG: &[(&str, &str, &str)] = &[
    ("winners1", "2", "from 1 to 1 can win"),
    ("winners1", "0", "from 1 to 1 can win"),
    ("marks1", "3", "can mark from 1 to 2"),
    ("share1", "60", "has no such number"),
    ("votes1", "Ann: 5", "at least two choices"),
    ("votes1", "Ann: 900\nBen: 200", "1,100 votes do not fit on 1,000 ballots"),
    ("votes1", "Ann: 1001\nBen: 200", "Ann has 1,001 votes, which is more than 1,000 ballots"),
    ("votes1", "Ann: 99999999999999999999\nBen: 1", "Line 1: write a name"),
    ("votes1", "", "at least two choices"),
    ("ballots1", "500000001", "from 1 to 500,000,000"),
    ("ballots1", "-7", "from 1 to 500,000,000"),
    ("limit", "100", "above 0 and below 100"),
    ("limit", "NaN", "above 0 and below 100"),
    ("errors", "100.5", "from 0 to 100"),
    ("batches", "1", "from 2 to 5,000"),
    ("batches", "5001", "from 2 to 5,000"),
];

#[tokio::test]
async fn each_limit_has_its_message() {
    let site = site();
    for (field, value, said) in WRONG {
        let mut fields = vec![("votes1", "Ann: 600\nBen: 300"), ("ballots1", "1000")];
        fields.retain(|(name, _)| name != field);
        fields.push((field, value));
        let answer = site.plan(&fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}");
        assert!(plain(&answer.body).contains(said), "{field} {value}: {}", answer.body);
    }
    let lines = |count: usize| (0..count).map(|at| format!("c{at}: 1\n")).collect::<String>();
    for (rule, votes, more, said) in [
        ("most", lines(41), "", "more than 40 lines"),
        ("ranked", lines(7), "", "up to 6 candidates"),
        ("ranked", "a > a: 1\nb: 1".to_owned(), "", "each candidate stands once"),
        ("ranked", "a: 900\nb: 900".to_owned(), "", "1,800 votes do not fit"),
        ("margin", "1001".to_owned(), "", "Write the margin alone"),
        ("margin", "Ann: 5".to_owned(), "", "Write the margin alone"),
        ("dhondt", lines(3), "", "how many seats there are"),
        ("share", lines(3), "", "Write a share above 0"),
        ("dhondt", "a: 0\nb: 0".to_owned(), "3", "cannot be planned as it stands. Code SCR-AUD-082"),
    ] {
        let fields = [("rule1", rule), ("votes1", votes.as_str()), ("ballots1", "1000"), ("winners1", more)];
        let page = plain(&site.plan(&fields).await.body);
        assert!(page.contains(said), "{rule} {said} {page}");
    }
    let long: String = (0..40).map(|at| format!("{}{at}: 1\n", "ع".repeat(20))).collect();
    let answer = site.plan(&[("votes1", &long), ("ballots1", "1000")]).await;
    assert!(plain(&answer.body).contains("too much for one address"), "{}", answer.body);
}

/// Whatever is asked, the answer is a page or a list of mistakes, and comes soon.
#[tokio::test]
async fn nothing_that_can_be_typed_takes_long() {
    let site = site();
    let forty: String = (1..=40).map(|at| format!("L{at}: {}\n", at * 100_300 + at * at * 7)).collect();
    let near: String = (1..=40).map(|at| format!("L{at}: {}\n", 250_000 - at)).collect();
    let ranked = "A>B>C>D>E>F: 3000\nB>C>A>F: 2990\nC>A>D>E>B: 2980\nD>A: 2970\nE>F>A: 2960\nF>B: 2950";
    let all = "500000000";
    for fields in [
        vec![
            ("votes1", "Ann: 250000000\nBen: 249999999"),
            ("ballots1", all),
            ("batches", "5000"),
            ("errors", "0"),
        ],
        vec![
            ("votes1", "Ann: 250000000\nBen: 249990000"),
            ("ballots1", all),
            ("batches", "5000"),
            ("errors", "0"),
        ],
        vec![("votes1", "Ann: 252500000\nBen: 247499999"), ("ballots1", all), ("batches", "5000")],
        vec![("votes1", "Ann: 1\nBen: 0"), ("ballots1", all), ("batches", "5000"), ("limit", "0.000001")],
        vec![("votes1", "Ann: 20400\nBen: 19600"), ("ballots1", "40000"), ("errors", "9.6"), ("limit", "99")],
        vec![
            ("votes1", &forty),
            ("ballots1", all),
            ("winners1", "20"),
            ("marks1", "20"),
            ("batches", "5000"),
        ],
        vec![
            ("votes1", &near),
            ("ballots1", "250000"),
            ("rule1", "approval"),
            ("winners1", "39"),
            ("batches", "5000"),
        ],
        vec![("votes1", &near), ("ballots1", all), ("rule1", "dhondt"), ("winners1", "200"), ("share1", "1")],
        vec![("votes1", &near), ("ballots1", all), ("rule1", "runoff"), ("batches", "500")],
        vec![("votes1", &forty), ("ballots1", all), ("rule1", "sainte-lague"), ("winners1", "199")],
        vec![("votes1", ranked), ("ballots1", "18000"), ("rule1", "ranked")],
    ] {
        let begin = Instant::now();
        let answer = site.plan(&fields).await;
        let took = begin.elapsed();
        assert_eq!(answer.status, StatusCode::OK, "{fields:?} {}", answer.body);
        assert!(answer.body.len() < 100_000, "{} bytes", answer.body.len());
        println!("{took:?} {} {fields:?}", answer.body.len());
        assert!(took.as_secs() < 3, "{took:?} {fields:?}");
    }
}

#[tokio::test]
async fn five_contests_take_no_longer_than_one() {
    let site = site();
    let names: Vec<[String; 2]> = (1..=5).map(|at| [format!("votes{at}"), format!("ballots{at}")]).collect();
    let mut fields = vec![("batches", "1000"), ("errors", "2")];
    for [votes, ballots] in &names {
        fields.push((votes, "Ann: 20400\nBen: 19400\nCem: 19300"));
        fields.push((ballots, "60000"));
    }
    let begin = Instant::now();
    let answer = site.plan(&fields).await;
    println!("{:?} {}", begin.elapsed(), answer.body.len());
    assert!(begin.elapsed().as_secs() < 3 && answer.body.len() < 100_000, "{}", answer.body.len());
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.body, site.plan(&fields).await.body, "the same address is the same page");
}

#[tokio::test]
async fn the_page_is_public_and_speaks_every_language() {
    let site = site();
    let plan = [("votes1", "آن: ٢٠٤٠٠\nBen: 18900"), ("ballots1", "40000"), ("batches", "200"), ("lang", "")];
    for (lang, dir) in [("en", "ltr"), ("fr", "ltr"), ("es", "ltr"), ("ar", "rtl")] {
        let start = site.get("", &format!("/audits/plan?lang={lang}")).await;
        assert_eq!(start.status, StatusCode::OK);
        assert!(
            start.body.contains(&format!("lang=\"{lang}\" dir=\"{dir}\""))
                && !start.body.contains("<svg xmlns")
        );
        let mut fields = plan;
        fields[3].1 = lang;
        let answer = site.plan(&fields).await;
        assert!(answer.status == StatusCode::OK && answer.body.contains("آن: ٢٠٤٠٠"), "{}", answer.body);
        assert!(answer.body.contains(&format!("direction=\"{dir}\"")));
        let wrong = site.get("", &format!("/audits/plan?lang={lang}&ballots1=x&rule1=dhondt")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    // Bytes that are no text are put up with; empty fields, as the form sends them, are no plan.
    for query in ["votes1=%ff%fe&ballots1=1", "votes1=Ann%3A+1&&&=&%", "votes1=&ballots1=&limit=&rule1="] {
        let answer = site.get("", &format!("/audits/plan?{query}")).await;
        assert!([200, 422].contains(&answer.status.as_u16()), "{query} {}", answer.status);
    }
}

const TEXTS: [(Lang, &str); 4] = [
    (Lang::En, include_str!("../texts/plan.en.ftl")),
    (Lang::Fr, include_str!("../texts/plan.fr.ftl")),
    (Lang::Es, include_str!("../texts/plan.es.ftl")),
    (Lang::Ar, include_str!("../texts/plan.ar.ftl")),
];

#[test]
fn texts_fit_together() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (source, templates) = (folder.join("src/plan"), folder.join("templates/plan"));
    let shared = [scr_web::SHELL_TEXTS, scr_desk_audits::AuditsDesk.texts()].concat();
    let findings = check_texts(&Sources { own: &TEXTS, shared: &shared, folders: &[&source, &templates] });
    assert_eq!(findings, []);
}
