//! Published results as files, and the feed.

use crate::{Site, wrong};
use axum::http::{StatusCode, header};

const BASE: &str = "/elections/president-2026";

/// RFC 4180 with CRLF, read by a reader of its own: quotes double inside quotes.
fn records(text: &str) -> Vec<Vec<String>> {
    let (mut all, mut record, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (quoted, c) {
            (true, '"') if chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            (_, '"') => quoted = !quoted,
            (false, ',') => record.push(std::mem::take(&mut cell)),
            (false, '\r') => {
                assert_eq!(chars.next(), Some('\n'), "a record ends with CRLF");
                record.push(std::mem::take(&mut cell));
                all.push(std::mem::take(&mut record));
            }
            (_, c) => {
                assert!(quoted || c != '\n', "a line feed alone outside quotes");
                cell.push(c);
            }
        }
    }
    assert!(!quoted && cell.is_empty() && record.is_empty(), "the last record ends");
    all
}

#[tokio::test]
async fn csv_is_exact_and_no_spreadsheet_runs_it() {
    let site = Site::new();
    site.story();
    let answer = site.get(&format!("{BASE}/results.csv")).await;
    assert_eq!(answer.header(header::CONTENT_TYPE), "text/csv; charset=utf-8; header=present");
    let records = records(&answer.body);
    assert_eq!(records.len(), 1 + 3 * 4);
    assert!(records.iter().all(|record| record.len() == 11));
    let of = |unit: &str, column: &str| {
        let found = records.iter().find(|r| r[5] == unit && r[9] == column).unwrap();
        (found[7].as_str(), found[10].as_str())
    };
    assert_eq!(of("01", "ann"), ("'=HYPERLINK(\"x\")", "55"));
    assert_eq!(of("02", "bob"), ("School, \"big\"\nannex", "60"));
    // A telephone code is a number and stays one.
    assert_eq!(of("03/a", "registered"), ("+49", "300"));
    let risky = |cell: &String| cell.starts_with(['=', '@', '\t', '\r']);
    assert!(!records.iter().flatten().any(risky));
}

#[tokio::test]
async fn nist_reports_name_the_entries_they_come_from() {
    let site = Site::new();
    site.story();
    let json = site.get(&format!("{BASE}/results.nist.json")).await;
    assert_eq!((json.status, json.header(header::CONTENT_TYPE)), (StatusCode::OK, "application/json"));
    let report = json.json();
    assert_eq!(report["Status"], "unofficial-complete");
    let contest = &report["Election"][0]["Contest"][0];
    let counts = contest["ContestSelection"][0]["VoteCounts"].as_array().unwrap();
    let sum: u64 = counts.iter().map(|count| count["Count"].as_u64().unwrap()).sum();
    assert_eq!((counts.len(), sum), (3, 55 + 50 + 70));
    let origin = site.app.engine.ledger().origin();
    let named = contest["ExternalIdentifier"].to_string();
    assert!(named.contains(&format!("{origin}#")), "{named}");
    let xml = site.get(&format!("{BASE}/results.nist.xml")).await;
    assert_eq!(xml.header(header::CONTENT_TYPE), "application/xml");
    assert!(
        xml.body.contains("<GpUnitId>ru-03_2fa</GpUnitId>") && xml.body.contains("President &lt;2026&gt;")
    );
    assert_eq!(xml.body.matches("<Count>").count(), 6);
}

#[tokio::test]
async fn json_files_are_of_their_published_schemas() {
    let site = Site::new();
    site.story();
    let results = site.get(&format!("{BASE}/results.json")).await.json();
    assert_eq!(results["contests"][0]["units"][2]["numbers"]["ann"], 70);
    assert_eq!(wrong("results", None, &results), None);
    let receipt = site.get(&format!("{BASE}/contests/president/receipt?unit=02")).await.json();
    assert_eq!(wrong("number-receipt", None, &receipt), None);
    let tables = site.get("/api/v1/elections/president-2026/contests/president/tables").await.json();
    let object =
        tables["tables"][0]["object"].as_str().unwrap().strip_prefix("/objects/").unwrap().to_owned();
    let hash = scr_canon::Hash32::from_hex(&object).unwrap();
    let bytes = site.app.engine.objects().get(&hash, 1 << 20).unwrap().unwrap();
    for line in String::from_utf8(bytes).unwrap().lines() {
        let line = serde_json::from_str(line).unwrap();
        assert_eq!(wrong("published-table", None, &line), None, "{line}");
        assert!(wrong("published-table", None, &serde_json::json!({"x": line})).is_some());
    }
}

#[tokio::test]
async fn a_file_that_has_not_changed_is_not_sent_again() {
    let site = Site::new();
    site.story();
    for file in ["results.csv", "results.json", "results.nist.json", "results.nist.xml", "feed.atom"] {
        assert!(site.unchanged(&format!("{BASE}/{file}")).await, "{file}");
        let cache = site.get(&format!("{BASE}/{file}")).await.header(header::CACHE_CONTROL).to_owned();
        assert_eq!(cache, "public, max-age=5", "{file}");
    }
}

#[tokio::test]
async fn the_feed_names_entries_of_the_log_and_keeps_its_ids() {
    let site = Site::new();
    site.story();
    let feed = site.get(&format!("{BASE}/feed.atom")).await.body;
    let origin = site.app.engine.ledger().origin().to_owned();
    // The story's entries: election, contest, table, publication, table, publication after the two of
    // the log itself.
    let ids: Vec<&str> = feed.split("<id>").skip(1).map(|rest| rest.split("</id>").next().unwrap()).collect();
    assert_eq!(ids.len(), 3);
    let size = site.app.engine.log().size().unwrap();
    assert!(ids[1].ends_with(&format!("log/{origin}/{}", size - 1)), "{ids:?}");
    assert!(ids[2].ends_with(&format!("log/{origin}/{}", size - 3)), "{ids:?}");
    assert_eq!(site.get(&format!("{BASE}/feed.atom?lang=fr")).await.body.matches(ids[1]).count(), 1);
    assert!(feed.contains("<title>President &lt;2026&gt; &amp; &quot;more&quot;</title>"), "{feed}");
}

#[tokio::test]
async fn the_pages_link_every_file() {
    let site = Site::new();
    site.story();
    for page in [BASE.to_owned(), format!("{BASE}/contests/president")] {
        let body = site.get(&page).await.body;
        for file in ["results.csv", "results.json", "results.nist.json", "results.nist.xml", "feed.atom"] {
            assert!(body.contains(&format!("href=\"{BASE}/{file}\"")), "{page} {file}");
        }
    }
}
