//! Manifests and totals by batch.

use super::made::{Desk, batches, contest, formed, step};
use scr_audits::inputs::manifest::Manifest;
use scr_audits::inputs::names::Mapping;
use scr_audits::record::Contest;
use scr_audits::verify::verify;
use scr_audits::workflow::hand_in::{ByBatch, from_public, inputs, take, to_public};
use scr_audits::workflow::{Party, Step, What, Witnessed, commitment, foreseen, record};
use scr_canon::sha256;
use serde_json::json;

const MANIFEST: &[u8] = b"Container,Batch Name,Number of Ballots\nBox 1,B2,100\nBox 1,B1,90\nBox 2,B3,60\n";

fn mayor() -> Contest {
    contest("Mayor", &[("Ann Lee", 180), ("Ben", 100)], 330)
}

fn clerk() -> Contest {
    contest("Clerk", &[("Cem", 150), ("Dee", 50)], 330)
}

fn desk(contests: &[Contest]) -> Desk {
    Desk::of(batches(&["North", "South"], contests))
}

#[test]
fn a_manifest_becomes_what_is_committed_to() {
    let mut desk = desk(&[mayor()]);
    assert_eq!(desk.takes("North", What::Manifest, MANIFEST), Vec::<String>::new());
    let upload = &desk.audit.jurisdictions()["North"].uploads[&What::Manifest];
    assert_eq!((upload.rows, upload.ballots), (3, 250));
    let bytes = &desk.handed["North"][&What::Manifest];
    assert_eq!(upload.sha256, sha256(bytes));
    let manifest: Manifest = serde_json::from_slice(bytes).unwrap();
    assert_eq!(manifest.batches[2].container.as_deref(), Some("Box 2"));
    // How the table is written makes no difference to what is committed to.
    let other = "sep=;\nNumber of Ballots;Batch Name;Container\n100;B2;Box 1\n90;B1;Box 1\n60;B3;Box 2\n";
    assert_eq!(desk.look("North", What::Manifest, other.as_bytes()).unwrap().bytes, *bytes);
    // Everything that is wrong at once.
    let wrong = b"Container,Batch Name,Number of Ballots\nBox 1,B2,1OO\nBox 1,B2,90\nBox 2,,60\nTotal,,250\n";
    let codes: Vec<String> = desk.refuses("North", What::Manifest, wrong);
    let codes: Vec<&str> = codes.iter().map(|line| &line[..11]).collect();
    assert_eq!(codes, ["SCR-AUD-017", "SCR-AUD-019", "SCR-AUD-016", "SCR-AUD-022"]);
}

#[test]
fn totals_need_the_manifest_first() {
    let desk = desk(&[mayor()]);
    let found = desk.refuses("North", What::Totals, b"Batch Name,Ann Lee,Ben\nB1,60,30\n");
    assert_eq!(found, ["SCR-AUD-250 a.csv jurisdiction=\"North\""]);
    let broken = take(What::Totals, &desk.audit, "North", ("a.csv", b""), Some(b"[]"), &[]).unwrap_err();
    assert_eq!(broken[0].code, "SCR-AUD-250");
}

#[test]
fn names_of_totals_are_standardised_with_a_trail() {
    let mut desk = desk(&[mayor(), clerk()]);
    desk.takes("North", What::Manifest, MANIFEST);
    let name = |contest: Option<&str>, used: &str, standard: &str| Mapping {
        jurisdiction: "North".into(),
        contest: contest.map(str::to_owned),
        used: used.into(),
        standard: standard.into(),
    };
    let table = b"Batch Name,MAYOR - Ann  Lee,Mayor - Bem,Scribe - Cem,Scribe - Dee\n\
        B1,60,30,40,10\nB2,50,20,50,20\nB3,30,20,20,10\n";
    let found = desk.refuses("North", What::Totals, table);
    let closest = "SCR-AUD-014 a.csv column \"Mayor - Bem\" closest \"Mayor - Ben\"";
    assert!(found.iter().any(|line| line == closest), "{found:?}");
    desk.names = vec![name(Some("Mayor"), "Bem", "Ben"), name(None, "Scribe", "Clerk")];
    assert_eq!(desk.takes("North", What::Totals, table), Vec::<String>::new());
    let bytes = &desk.handed["North"][&What::Totals];
    let totals: ByBatch = serde_json::from_slice(bytes).unwrap();
    assert_eq!(totals.batches[1].votes, [[50, 20], [50, 20]]);
    let trail: Vec<(&str, &str)> =
        totals.names.iter().map(|name| (name.used.as_str(), name.standard.as_str())).collect();
    assert_eq!(
        trail,
        [
            ("MAYOR - Ann  Lee", "Mayor - Ann Lee"),
            ("Mayor - Bem", "Mayor - Ben"),
            ("Scribe - Cem", "Clerk - Cem"),
            ("Scribe - Dee", "Clerk - Dee"),
        ]
    );
    // What a person says must fit the audit.
    desk.names = vec![name(None, "Scribe", "Clark"), name(Some("Mayor"), "Bem", "Benn")];
    let found = desk.refuses("North", What::Totals, table);
    assert_eq!(
        found[..2],
        [
            "SCR-AUD-035 a.csv value \"Clark\" closest \"Clerk\" jurisdiction=\"North\" used=\"Scribe\"",
            "SCR-AUD-035 a.csv value \"Benn\" closest \"Ben\" jurisdiction=\"North\" used=\"Bem\"",
        ]
    );
}

/// A jurisdiction does not vote on everything; what is only misspelt is not taken for that.
#[test]
fn a_contest_without_a_column_has_no_votes_there() {
    let mut desk = desk(&[mayor(), clerk()]);
    desk.takes("North", What::Manifest, MANIFEST);
    let table = "Batch Name,Mayor - Ann Lee,Mayor - Ben\nB1,60,30\nB2,50,20\nB3,30,20\n";
    let warned = desk.takes("North", What::Totals, table.as_bytes());
    assert_eq!(warned, ["SCR-AUD-033 a.csv value \"Clerk\""]);
    let totals: ByBatch = serde_json::from_slice(&desk.handed["North"][&What::Totals]).unwrap();
    assert_eq!(totals.batches[0].votes, [[60, 30], [0, 0]]);
    let misspelt = table.replace("Mayor - Ben", "Mayor - Bem").replace("Number", "");
    let found = desk.refuses("North", What::Totals, misspelt.as_bytes());
    assert!(found.iter().any(|line| line.starts_with("SCR-AUD-012")), "{found:?}");
    let strange = "Batch Name,Mayor - Ann Lee,Mayor - Ben,Clark - Cem\nB1,60,30,1\nB2,50,20,1\nB3,30,20,1\n";
    let found = desk.refuses("North", What::Totals, strange.as_bytes());
    assert!(found[0].starts_with("SCR-AUD-014 a.csv column \"Clark - Cem\""), "{found:?}");
    let none = "Batch Name,Sheriff\nB1,60\nB2,50\nB3,30\n";
    assert_eq!(
        desk.refuses("North", What::Totals, none.as_bytes()).len(),
        5,
        "four choices without a column and a column without a choice"
    );
}

fn whole() -> Desk {
    let mut desk = desk(&[mayor()]);
    desk.takes("North", What::Manifest, MANIFEST);
    desk.takes("North", What::Totals, b"Batch Name,Ann Lee,Ben\nB1,60,30\nB2,50,20\nB3,30,20\n");
    desk.takes("South", What::Manifest, b"Batch Name,Number of Ballots\nB1,80\n");
    desk.takes("South", What::Totals, b"Batch Name,ANN LEE,Ben\nB1,40,30\n");
    desk
}

#[test]
fn everything_together_makes_the_record() {
    let mut desk = whole();
    desk.sign();
    let prepared = inputs(&desk.audit, &desk.handed).unwrap();
    let batches: Vec<(&str, &str, u32)> = prepared
        .inputs
        .batches
        .iter()
        .map(|batch| (batch.jurisdiction.as_str(), batch.batch.as_str(), batch.ballots))
        .collect();
    // By the rows of the totals, as Arlo draws.
    assert_eq!(
        batches,
        [("North", "B1", 90), ("North", "B2", 100), ("North", "B3", 60), ("South", "B1", 80)]
    );
    assert_eq!(prepared.containers[..3], [Some("Box 1".into()), Some("Box 1".into()), Some("Box 2".into())]);
    assert_eq!(prepared.inputs.names[0].used, "ANN LEE");
    let report = foreseen(&desk.audit, &prepared.inputs, &prepared.cvrs, "scrutineer test").unwrap();
    assert_eq!(report.deviations, []);
    let committed = commitment(&desk.audit, &prepared.inputs, "scrutineer test").unwrap();
    step(&mut desk.audit, &Party::Administrator, &Step::Commit(committed));
    // A mirror makes the same record from what is public.
    let public = to_public(&prepared).unwrap();
    let (read, containers) = from_public(&public).unwrap();
    assert_eq!((&read, &containers), (&prepared.inputs, &prepared.containers));
    let made = record(&desk.audit, &read, &Witnessed::default(), &[]).unwrap();
    assert_eq!(verify(&made).deviations, []);
    for broken in ["", "{}", "[1]"] {
        assert_eq!(from_public(broken.as_bytes()).unwrap_err().code, "SCR-AUD-248");
    }
    let text = String::from_utf8(public).unwrap();
    let other = text.replace("audit-inputs/1", "audit-inputs/2");
    assert_eq!(from_public(other.as_bytes()).unwrap_err().args["what"], "format");
    let short = text.replacen("null,", "", 1).replacen("\"Box 1\",", "", 1);
    assert_eq!(from_public(short.as_bytes()).unwrap_err().args["what"], "containers");
}

#[test]
fn what_is_missing_another_or_outdated_is_named() {
    let desk = whole();
    let refused = |desk: &Desk| {
        let refusal = inputs(&desk.audit, &desk.handed).unwrap_err();
        let arg = |name: &str| refusal.args.get(name).cloned().unwrap_or_default();
        (refusal.code.clone(), arg("jurisdiction"), arg("what"))
    };
    let is = |code: &str, whose: &str, what: &str| (code.to_owned(), whose.to_owned(), what.to_owned());
    let lacking = self::desk(&[mayor()]);
    assert_eq!(refused(&lacking), is("SCR-AUD-225", "North", "manifest"));
    let mut other = whole();
    other.handed.get_mut("South").unwrap().insert(What::Totals, b"{}".to_vec());
    assert_eq!(refused(&other), is("SCR-AUD-248", "South", "totals"));
    other.handed.remove("South");
    assert_eq!(refused(&other), is("SCR-AUD-248", "South", "manifest"));
    // A contest that is stated anew after the totals were handed in, and a manifest that is.
    let mut changed = whole();
    let renamed = formed::<Contest>(json!({
        "name": "Mayor", "choices": ["Ben", "Ann Lee"], "votes": [100, 180], "winners": 1, "votes_allowed": 1,
        "ballots": 330, "risk_limit": "0.05", "targeted": true
    }));
    step(&mut changed.audit, &Party::Administrator, &Step::ChooseContest(renamed));
    assert_eq!(refused(&changed), is("SCR-AUD-249", "North", "totals"));
    let mut moved = whole();
    moved.takes("South", What::Manifest, b"Batch Name,Number of Ballots\nB9,80\n");
    assert_eq!(refused(&moved), is("SCR-AUD-249", "South", "totals"));
    // Votes that the contest does not have are foreseen before anything is committed to.
    let mut more = desk;
    more.takes("South", What::Totals, b"Batch Name,ANN LEE,Ben\nB1,45,30\n");
    let prepared = inputs(&more.audit, &more.handed).unwrap();
    let report = foreseen(&more.audit, &prepared.inputs, &prepared.cvrs, "scrutineer test").unwrap();
    assert!(report.deviations[0].what.contains("SCR-AUD-103"), "{:?}", report.deviations);
}
