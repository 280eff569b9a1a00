//! The record's pages and resources, asked as a client asks.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use scr_core::Role;
use scr_desk_record::RecordDesk;
use scr_engine::testing::TestEngine;
use scr_i18n::{Lang, Sources, check_texts};
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use std::path::Path;
use std::sync::Arc;
use tower::ServiceExt as _;

struct Nobody;

impl Gate for Nobody {
    fn login(&self, _: &str) -> Option<LoginInfo> {
        None
    }
}

struct Site {
    app: Arc<App>,
    _folder: tempfile::TempDir,
}

fn site() -> Site {
    let folder = tempfile::tempdir().unwrap();
    let test = TestEngine::new(folder.path(), &[], Vec::new()).unwrap();
    test.engine.record(&TestEngine::actor(Role::Manager), &|_, _| Ok(Vec::new())).unwrap();
    while test.engine.log().checkpoint().unwrap().is_none_or(|c| c.size < 2) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let engine = Arc::into_inner(test.engine).unwrap();
    let app = App::new(engine, Arc::new(Nobody), WebConfig::default(), &[&RecordDesk]).unwrap();
    Site { app, _folder: folder }
}

async fn get(site: &Site, path: &str) -> (StatusCode, axum::http::HeaderMap, String) {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = router(&site.app, &[&RecordDesk]).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 1 << 24).await.unwrap();
    (parts.status, parts.headers, String::from_utf8_lossy(&bytes).into_owned())
}

#[test]
fn every_text_is_there_in_four_languages_and_used() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let findings = check_texts(&Sources {
        own: RecordDesk.texts(),
        shared: scr_web::SHELL_TEXTS,
        folders: &[&here.join("src"), &here.join("templates")],
    });
    assert_eq!(findings, []);
    assert_eq!(RecordDesk.texts().len(), Lang::ALL.len());
}

const VERIFIER_TEXTS: [(Lang, &str); 4] = [
    (Lang::En, include_str!("../verifier/texts/en.ftl")),
    (Lang::Fr, include_str!("../verifier/texts/fr.ftl")),
    (Lang::Es, include_str!("../verifier/texts/es.ftl")),
    (Lang::Ar, include_str!("../verifier/texts/ar.ftl")),
];

#[test]
fn every_text_of_the_verifier_is_there_in_four_languages_and_used() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("verifier");
    let findings = check_texts(&Sources { own: &VERIFIER_TEXTS, shared: &[], folders: &[&folder] });
    assert_eq!(findings, []);
}

/// What the policy of the verifier allows is its own script and style, and nothing else at all.
#[tokio::test]
async fn the_verifier_is_one_file_with_a_policy_for_exactly_its_script() {
    let site = site();
    let (status, headers, body) = get(&site, "/verify.html").await;
    assert_eq!(status, StatusCode::OK);
    let between = |before: &str, after: &str| {
        body.split_once(before).and_then(|(_, rest)| rest.split_once(after)).map(|(text, _)| text).unwrap()
    };
    let hash = |text: &str| format!("'sha256-{}'", scr_canon::sha256(text.as_bytes()));
    let own = format!(
        "default-src 'none'; script-src {}; style-src {}; base-uri 'none'; form-action 'none'",
        hash(between("<script type=\"module\">", "</script>")),
        hash(between("<style>", "</style>"))
    );
    assert_eq!(between("Content-Security-Policy\" content=\"", "\""), own);
    assert_eq!(headers["content-security-policy"], format!("{own}; frame-ancestors 'none'"));
    assert_eq!((body.matches("<script").count(), body.matches("<style").count()), (1, 1));
    for loads in [
        "src=",
        "href=\"http",
        "@import",
        "url(",
        "fetch(",
        "XMLHttpRequest",
        "WebSocket",
        "import(",
        "eval(",
    ] {
        assert!(!body.contains(loads), "{loads}");
    }
    assert!(body.len() < 200_000, "{} bytes", body.len());
    let (_, _, verify) = get(&site, "/verify").await;
    assert!(verify.contains(&scr_canon::sha256(body.as_bytes()).to_hex()), "its hash stands on the page");
    assert!(verify.contains("download=\"verify.html\""));
    assert!(get(&site, "/receipts/1").await.2.contains("/verify.html"));
}

#[tokio::test]
async fn the_record_is_listed_and_each_entry_has_a_receipt() {
    let site = site();
    let (status, headers, body) = get(&site, "/record").await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains("Record opened") && body.contains("Key of an organisation added"), "{body}");
    assert!(body.contains("/receipts/1"));
    assert!(headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    let (_, _, filtered) = get(&site, "/record?kind=org.key.added%2F1").await;
    assert!(!filtered.contains("/receipts/0\""), "filtered by kind");
    let (status, _, receipt) = get(&site, "/receipts/1").await;
    assert_eq!(status, StatusCode::OK);
    assert!(receipt.contains("/log/proof/1") && receipt.contains("org-key:emb"), "{receipt}");
    assert!(receipt.contains("<bdi>Organisation</bdi>") && receipt.contains("org.key.added/1"), "{receipt}");
    assert_eq!(get(&site, "/receipts/99").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_log_is_served_as_tlog_tiles_names_it() {
    let site = site();
    let (status, headers, note) = get(&site, "/log/checkpoint").await;
    assert_eq!(
        (status, &headers["content-type"]),
        (StatusCode::OK, &"text/plain; charset=utf-8".parse().unwrap())
    );
    assert_eq!(headers["access-control-allow-origin"], "*");
    let key: scr_note::VerifierKey = get(&site, "/log/vkey").await.2.lines().next().unwrap().parse().unwrap();
    note.parse::<scr_note::Note>().unwrap().open(&[key]).unwrap();
    let (status, headers, _) = get(&site, "/log/tile/0/000.p/2").await;
    assert_eq!((status, &headers["content-length"]), (StatusCode::OK, &"64".parse().unwrap()));
    for path in
        ["/log/tile/0/000", "/log/tile/0/000.p/3", "/log/tile/0/0", "/log/tile/entries/001", "/log/tile/x"]
    {
        assert_eq!(get(&site, path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    let policy: scr_note::Policy = get(&site, "/log/policy").await.2.parse().unwrap();
    let proof: scr_note::TlogProof = get(&site, "/log/proof/1").await.2.parse().unwrap();
    let verdict = policy.check(&proof.checkpoint).unwrap();
    let leaf = scr_merkle::leaf_hash(proof.extra.as_deref().unwrap());
    let root = verdict.checkpoint.root;
    scr_merkle::verify_inclusion(&proof.hashes, 1, verdict.checkpoint.size, &leaf, &root).unwrap();
}

#[tokio::test]
async fn a_history_is_whole_and_its_file_is_checked_elsewhere() {
    let site = site();
    assert!(get(&site, "/record/about?subject=org-key%3Aemb").await.2.contains("No index of the record"));
    assert_eq!(get(&site, "/record/about.json?subject=org-key%3Aemb").await.0, StatusCode::NOT_FOUND);
    let index = site.app.engine.publish_index().unwrap().unwrap();
    while site.app.engine.log().checkpoint().unwrap().is_none_or(|c| c.size <= index.index) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert_eq!(site.app.engine.publish_index().unwrap(), None, "nothing new to say");
    let key = site.app.engine.ledger().verifiers()[0].clone();
    let trust = scr_verify::Trust::Keys(vec![key]);
    for (subject, count) in [("org-key%3Aemb", 1), ("aaa", 0), ("zzz", 0), ("note%3Anone", 0)] {
        let (status, _, page) = get(&site, &format!("/record/about?subject={subject}")).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("/record/about.json?subject="), "{page}");
        let (status, _, file) = get(&site, &format!("/record/about.json?subject={subject}")).await;
        assert_eq!(status, StatusCode::OK, "{subject}: {file}");
        let report = scr_verify::verify_history(file.as_bytes(), &trust).unwrap();
        assert_eq!(
            (report.entries.len(), report.size, report.index.index),
            (count, index.index, index.index)
        );
    }
    let receipt = get(&site, "/receipts/1").await.2;
    assert!(receipt.contains("/record/about?subject=org-key%3Aemb"), "{receipt}");
    for wrong in ["", "?subject=", &format!("?subject={}", "x".repeat(600))] {
        let (status, _, body) = get(&site, &format!("/record/about{wrong}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(body.contains("SCR-REC-002"), "{body}");
    }
    // The whole log, read by the auditor, confirms the index.
    let log = site.app.engine.log().clone();
    let source = scr_verify::FetchSource(move |path: &str| Ok(log.resource(path).ok()));
    let report = scr_verify::fsck(&source, &trust, scr_verify::EntryRules::Scrutineer).unwrap();
    assert_eq!(report.size, index.index + 1);
}

#[tokio::test]
async fn whoever_holds_a_number_learns_whether_it_was_recorded() {
    let site = site();
    let leaf = site.app.engine.log().leaf(1).unwrap();
    for asked in ["1".to_owned(), leaf.to_hex(), leaf.to_hex().to_uppercase()] {
        let body = get(&site, &format!("/verify?q={asked}")).await.2;
        assert!(body.contains("Yes, it is recorded"), "{asked}");
    }
    for asked in ["99", "0000000000000000000000000000000000000000000000000000000000000000", "%3Cscript%3E"] {
        let body = get(&site, &format!("/verify?q={asked}")).await.2;
        assert!(body.contains("No entry has this number"), "{asked}");
        assert!(!body.contains("<script>"));
    }
}

#[tokio::test]
async fn objects_that_no_public_entry_names_are_not_found() {
    let site = site();
    let hash = site.app.engine.objects().put(b"private").unwrap();
    assert_eq!(get(&site, &format!("/objects/{}", hash.to_hex())).await.0, StatusCode::NOT_FOUND);
    assert_eq!(get(&site, "/objects/zz").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn arabic_runs_from_right_to_left() {
    let site = site();
    let body = get(&site, "/record?lang=ar").await.2;
    assert!(body.contains("dir=\"rtl\"") && body.contains("السجل العام"));
}

#[tokio::test]
async fn a_server_without_a_key_is_no_witness() {
    let site = site();
    for path in ["/witness/vkey", "/witness/card", "/witness/00/checkpoint"] {
        let (status, _, body) = get(&site, path).await;
        assert_eq!((status, &body[..12]), (StatusCode::NOT_FOUND, "SCR-WIT-009:"), "{path}");
    }
    let page = get(&site, "/witnesses").await.2;
    assert!(page.contains("No other organisation confirms this record yet."), "{page}");
}

#[tokio::test]
async fn readers_of_a_log_that_has_ended_are_told_so_on_every_page() {
    let site = site();
    let (_, _, before) = get(&site, "/record").await;
    assert!(!before.contains("notice-bar"), "{before}");
    let engine = Arc::clone(&site.app);
    let successor =
        scr_note::SignerKey::from_seed("log.next.example/2027", scr_note::Algorithm::Ed25519, &[7; 32])
            .unwrap();
    let ended = move || engine.engine.retire(successor.verifier(), "The year is over.").unwrap();
    let note = tokio::task::spawn_blocking(ended).await.unwrap();
    let (_, _, after) = get(&site, "/record").await;
    assert!(
        after.contains("notice-bar") && after.contains("<bdi>log.next.example/2027</bdi> goes on"),
        "{after}"
    );
    let (status, _, served) = get(&site, "/log/retired").await;
    assert_eq!((status, served), (StatusCode::OK, note));
}
