//! Witnesses that have not cosigned yet, cards that ask for more, mirrors without the log's key, words that deceive.

use crate::site::{ANA, BEN, CEM, DOT, Site, acting};
use scr_alerts::{Limits, Scanned, authenticate};
use scr_desk_alerts::kit;
use scr_desk_alerts::network::{self, NewNetwork};
use scr_desk_alerts::write::{People, whole};
use scr_note::{Algorithm, SignerKey, VerifierKey};
use scr_verify::Trust;
use scr_witness::{Board, LogList, LogSide, Reply, Transport, Witness, WitnessedLog};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The day of the tests' clock.
const NOW: i64 = scr_engine::testing::NOW;

/// Witnesses in memory; those that are not in it are away.
struct Net(BTreeMap<String, Witness>);

impl Transport for Net {
    fn post(&self, url: &str, body: &[u8]) -> Result<Reply, String> {
        let host = url.strip_prefix("http://").and_then(|rest| rest.split('/').next()).unwrap_or_default();
        let witness = self.0.get(host).ok_or("connection refused")?;
        let answer = witness.add_checkpoint(body, NOW);
        let content_type = answer.content_type.split(';').next().unwrap_or_default().to_owned();
        let (status, retry_after) = (answer.status, answer.retry_after);
        Ok(Reply { status, content_type, body: answer.body.into_bytes(), retry_after })
    }

    fn get(&self, _: &str) -> Result<Reply, String> {
        Err("connection refused".to_owned())
    }
}

fn key(seed: u8) -> SignerKey {
    SignerKey::from_seed(&format!("w{seed}.example"), Algorithm::Cosignature, &[seed; 32]).unwrap()
}

/// The log's key that stands on cards.
fn log_key(site: &Site) -> VerifierKey {
    let keys = site.app.engine.ledger().verifiers();
    keys.iter().find(|key| key.algorithm() == Algorithm::Ed25519).unwrap().clone()
}

/// Three witnesses, of which so many must have cosigned.
fn board(site: &Site, folder: &Path, threshold: usize) -> Arc<Board> {
    let mut text = format!("log {}\n", log_key(site));
    for seed in [2, 3, 4] {
        text += &format!("witness w{seed} {} http://w{seed}/\n", key(seed).verifier());
    }
    text += &format!("group enough {threshold} w2 w3 w4\nquorum enough\n");
    let board = Arc::new(Board::open(text.parse().unwrap(), &folder.join("rounds.db")).unwrap());
    site.app.use_board(Arc::clone(&board));
    board
}

fn net(site: &Site, folder: &Path, seeds: &[u8]) -> Net {
    let log = |seed: u8| {
        let origin = site.app.engine.ledger().origin().to_owned();
        let log = WitnessedLog { origin, key: log_key(site), per_day: Some(u64::MAX), contact: None };
        let path = folder.join(format!("w{seed}.db"));
        (format!("w{seed}"), Witness::open(key(seed), LogList::new(vec![log]), &path).unwrap())
    };
    Net(seeds.iter().map(|seed| log(*seed)).collect())
}

/// A round over the newest checkpoint, once it covers an entry.
fn round(site: &Site, board: &Board, net: &Net, index: u64) {
    let log = site.app.engine.log();
    for _ in 0..500 {
        if log.checkpoint().unwrap().is_some_and(|signed| index < signed.size) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let signed = log.checkpoint_note().unwrap().unwrap();
    let prove = |old: u64, new: u64| log.consistency(old, new).map_err(|error| error.to_string());
    let keys = site.app.engine.ledger().verifiers();
    board.round(&LogSide { note: &signed, keys, prove: &prove }, net, NOW).unwrap();
}

/// Until enough witnesses have cosigned there is no proof, whatever the log alone has signed; the short form says what it is.
#[tokio::test]
async fn without_its_witnesses_an_alert_has_no_proof_and_says_so() {
    let site = Site::open();
    let folder = tempfile::tempdir().unwrap();
    let board = board(&site, folder.path(), 2);
    let one = site.released("actual", None).await;
    let path = |ending: &str| format!("/alerts/{}{ending}", one.id);
    for seeds in [&[][..], &[2]] {
        round(&site, &board, &net(&site, folder.path(), seeds), one.index);
        for file in [".bundle", ".txt"] {
            let answer = site.get("", &path(file)).await;
            assert_eq!((answer.status, answer.header("retry-after").as_str()), (503, "10"), "{file}");
            let body = answer.body();
            assert!(
                body.contains("SCR-ALR-243")
                    && body.contains(
                        "The proof is not ready: independent organisations are confirming the record."
                    ),
                "{body}"
            );
        }
        let page = site.get("", &path("")).await;
        let short = format!("{}.short", one.id);
        assert!(page.status == 200 && page.body().contains(&short) && !page.body().contains("alert-qr"));
        assert_eq!(site.get("", &path(".short")).await.status, 200);
    }
    round(&site, &board, &net(&site, folder.path(), &[2, 3]), one.index);
    let answer = site.get("", &path(".bundle")).await;
    assert_eq!(answer.status, 200, "{}", answer.body());
    let trust = Trust::Policy(Box::new(kit::card(&site.app, "country-2026", Some(1)).unwrap().policy));
    let found = authenticate(&Scanned::read(&answer.bytes).unwrap(), &trust, &Limits::default()).unwrap();
    assert_eq!((&found.alert, found.is_proven()), (&one.text, true));
    assert_eq!(found.must_be_about("country-2026"), Ok(()));
    assert!(site.get("", &path("")).await.body().contains("alert-qr"));
    // A card that asks for all three does not believe it, and says how many there are.
    let mut strict = kit::card(&site.app, "country-2026", None).unwrap().policy.to_string();
    strict = strict.replace("group enough 2", "group enough 3");
    let strict = Trust::Policy(Box::new(strict.parse().unwrap()));
    let refused =
        authenticate(&Scanned::read(&answer.bytes).unwrap(), &strict, &Limits::default()).unwrap_err();
    assert_eq!(refused.code(), "SCR-ALR-014", "{refused}");
}

/// A log of the same name with other keys, and another log's card: neither believes the other's bundle.
#[tokio::test]
async fn a_bundle_of_one_log_is_nothing_under_the_card_of_another() {
    let site = Site::open();
    let one = site.released("actual", None).await;
    let bundle = loop {
        let answer = site.get("", &format!("/alerts/{}.bundle", one.id)).await;
        if answer.status == 200 {
            break answer.bytes;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    };
    let own = kit::card(&site.app, "country-2026", None).unwrap().policy.to_string();
    let same_name =
        SignerKey::from_seed(site.app.engine.ledger().origin(), Algorithm::Ed25519, &[9; 32]).unwrap();
    let other_name = SignerKey::from_seed("log.other.example/2026", Algorithm::Ed25519, &[9; 32]).unwrap();
    for other in [same_name, other_name] {
        let card = own.replace(&log_key(&site).to_string(), &other.verifier().to_string());
        let trust = Trust::Policy(Box::new(card.parse().unwrap()));
        let refused = authenticate(&Scanned::read(&bundle).unwrap(), &trust, &Limits::default()).unwrap_err();
        assert_eq!(refused.code(), "SCR-ALR-013", "{refused}");
    }
}

/// Another organisation of the same installation defines an election of its own, and releases an alert about it for the same
/// areas: it is in the log, it is signed, and under the commission's card it is nothing.
#[tokio::test]
async fn another_organisation_alerts_nobody_under_this_card() {
    let site = Site::open();
    site.election("party-2026", DOT);
    let new = NewNetwork {
        election: "party-2026",
        areas: "code,name,parent,stations,voters\nN,North,,1,1000\n",
        stations: "number,area,voters,unit,name\n1,N,1000,0101,School\n",
        reason: None,
    };
    let (dot, eve) = (acting(DOT).unwrap(), acting("eve.manager.party").unwrap());
    network::import(&site.app.engine, &dot, &new).unwrap();
    let words = json!({"headline": "Close now", "description": "x", "instruction": "Go home."});
    let draft = json!({
        "election": "party-2026", "status": "actual", "event": "official-disinformation", "category": "Security",
        "urgency": "Immediate", "severity": "moderate", "certainty": "Observed", "audience": "station",
        "goal": "read", "areas": ["N"], "main": "en",
        "expires": scr_engine::utc_text(site.app.clock.now() + 7_200),
        "words": {"en": {"headline": "Close now", "instruction": "Go home.", "levels": {"public": words}}},
    });
    let people = People { writer: &dot, approver: &eve, releasers: &[&eve], sender: "Commission" };
    let index = whole(&site.app, people, &draft.to_string()).unwrap();
    let bundle = loop {
        let answer = site.get("", &format!("/alerts/{index}.bundle")).await;
        if answer.status == 200 {
            break answer.bytes;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    };
    let card = kit::card(&site.app, "country-2026", Some(1)).unwrap();
    let trust = Trust::Policy(Box::new(card.policy));
    let found = authenticate(&Scanned::read(&bundle).unwrap(), &trust, &Limits::default()).unwrap();
    let refused = found.must_be_about(&card.election).unwrap_err();
    assert_eq!(refused.code(), "SCR-ALR-021", "{refused}");
}

/// Everything that is sent is looked at, in each language and reading level: not only the short words.
#[tokio::test]
async fn words_of_no_level_and_language_deceive() {
    for (field, text, shown) in [
        ("headline", "Stay \u{202e}open", "[U+202E]open"),
        (
            "description-public",
            "Look: https://commission.example@evil.example/",
            "https://commission.example@evil",
        ),
        ("instruction-public", "Keep to the times.\u{200b}", "times.[U+200B]"),
        ("description-expert", "www.\u{435}lection.example", "www."),
    ] {
        let site = Site::open();
        let href = site.draft("actual", None, "moderate").await;
        let page = format!("{href}/words/ar");
        let version = site.version(ANA, &page).await;
        let mut fields = vec![
            ("version", version.as_str()),
            ("headline", "a"),
            ("instruction", "b"),
            ("headline-public", "c"),
            ("description-public", "d"),
            ("instruction-public", "e"),
            ("headline-expert", "f"),
            ("description-expert", "g"),
            ("step", "next"),
        ];
        for one in &mut fields {
            if one.0 == field {
                one.1 = text;
            }
        }
        let answer = site.post(ANA, &page, &fields).await;
        assert_eq!(answer.to(), href, "{}", answer.body());
        for language in ["en", "ar"] {
            site.approve(CEM, &href, language).await;
        }
        let body = site.get(BEN, &format!("{href}/release")).await.body();
        assert!(body.contains("The words could deceive (ar)") && body.contains(shown), "{field}: {body}");
        let answer = site.release(BEN, &href, "actual").await;
        assert!(!answer.to().contains("/released/"), "{field}");
        assert_eq!(site.count("alerts.alert.issued/1"), 0);
    }
}

/// Forms of a drill's draft cannot make it meant, nor the other way; nor can a program.
#[tokio::test]
async fn no_form_turns_an_exercise_into_an_alert_or_an_alert_into_an_exercise() {
    let site = Site::open();
    let drill = scr_desk_alerts::drills::NewDrill {
        code: "autumn",
        election: crate::site::ELECTION,
        title: "Autumn",
        begins: 1_795_514_400,
        rate: 1,
    };
    scr_desk_alerts::drills::begin(&site.app.engine, &acting(BEN).unwrap(), &drill).unwrap();
    for (was, drill, other) in [("exercise", Some("autumn"), "actual"), ("actual", None, "exercise")] {
        let href = site.draft(was, drill, "moderate").await;
        let page = format!("{href}/what");
        let version = site.version(ANA, &page).await;
        let fields = [
            ("version", version.as_str()),
            ("status", other),
            ("drill", if drill.is_some() { "" } else { "autumn" }),
            ("kind", "alert"),
            ("event", "official-disinformation"),
            ("category", "Security"),
            ("urgency", "Immediate"),
            ("severity", "moderate"),
            ("certainty", "Observed"),
            ("audience", "station"),
            ("goal", "read"),
            ("main", "en"),
        ];
        // The form is taken, its field is not: the draft stays what it was.
        let answer = site.post(ANA, &page, &fields).await;
        assert!(answer.to().starts_with(&href), "{was}: {}", answer.body());
        assert_ne!(site.version(ANA, &page).await, version, "{was}: the rest of the form was taken");
        for language in ["en", "ar"] {
            site.approve(CEM, &href, language).await;
        }
        // Whoever confirms the other thing than what the draft is has confirmed nothing.
        let body = site.get(BEN, &format!("{href}/release")).await.body();
        assert!(body.contains(&format!("name=\"confirm-{was}\"")), "{was}: {body}");
        assert!(!body.contains(&format!("confirm-{other}")), "{was}: {body}");
        let answer = site.release(BEN, &href, other).await;
        assert!(!answer.to().contains("/released/") && answer.body().contains("Confirm it first."), "{was}");
        let answer = site.release(BEN, &href, was).await;
        assert!(answer.to().contains("/released/"), "{was}: {}", answer.body());
        let one = site.issued(href.rsplit('/').next().unwrap()).unwrap();
        assert_eq!(one.text.status == scr_alerts::Status::Exercise, was == "exercise");
        let page = site.get("", &format!("/alerts/{}", one.id)).await.body();
        assert_eq!(page.contains("class=\"is-exercise\""), was == "exercise", "{was}");
    }
}
