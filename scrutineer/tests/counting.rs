//! Counting and audits from files, as a person runs them.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(arguments).current_dir(folder).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Exit status and code of a refusal.
fn refused(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = run(folder, &[arguments, &["--json"]].concat());
    let document: Value = serde_json::from_slice(&output.stderr).unwrap();
    (output.status.code(), document["code"].as_str().unwrap().to_owned())
}

const CVRS: &str = "Test,1\n,,,,,,,,Mayor (Vote For=1),Mayor (Vote For=1),Council (Vote For=1),Council (Vote For=1)\n,,,,,,,,Ann,Ben,Cem,Dot\n\
    CvrNumber,TabulatorNum,BatchId,RecordId,ImprintedId,CountingGroup,PrecinctPortion,BallotType,,,,\n\
    1,1,7,1,1-7-1,Mail,P1,S1,1,0,1,0\n2,1,7,2,1-7-2,Mail,P1,S1,1,0,0,1\n3,1,7,3,1-7-3,Mail,P2,S2,0,1,,\n";

#[test]
fn ballots_are_imported_counted_and_kept_from_telling() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("cvr.csv"), CVRS).unwrap();
    let imported = run(at, &["cvr", "import", "cvr.csv", "--out", "ballots.cvr"]);
    assert!(imported.status.success(), "{imported:?}");
    assert!(text(&imported.stdout).contains("3 cards, 2 contests"), "{imported:?}");
    for file in ["cvr.csv", "ballots.cvr"] {
        let counted = run(at, &["cvr", "tally", file, "--json"]);
        let counted: Value = serde_json::from_slice(&counted.stdout).unwrap();
        assert_eq!(counted["contests"][0]["tally"]["votes"], serde_json::json!([2, 1]));
    }
    // What is there is left alone.
    assert_eq!(
        refused(at, &["cvr", "import", "cvr.csv", "--out", "ballots.cvr"]),
        (Some(2), "SCR-CLI-101".to_owned())
    );
    assert_eq!(
        refused(at, &["cvr", "tally", "cvr.csv", "--contest", "Mayer"]),
        (Some(2), "SCR-CLI-102".to_owned())
    );
    std::fs::write(at.join("other.txt"), "hello").unwrap();
    assert_eq!(refused(at, &["cvr", "tally", "other.txt"]), (Some(2), "SCR-CLI-105".to_owned()));
    std::fs::write(at.join("damaged.csv"), CVRS.replace("7,1,1-7-1", "7,2,1-7-1")).unwrap();
    let damaged = run(at, &["cvr", "tally", "damaged.csv"]);
    assert_eq!(damaged.status.code(), Some(2));
    assert!(text(&damaged.stderr).contains("row 6: SCR-CVR-005"), "{}", text(&damaged.stderr));

    let rare = run(at, &["cvr", "privacy", "ballots.cvr", "--least", "2"]);
    assert_eq!(rare.status.code(), Some(1), "{rare:?}");
    let pooled = run(
        at,
        &["cvr", "privacy", "ballots.cvr", "--least", "2", "--out", "published.cvr", "--pools", "pools.json"],
    );
    assert!(pooled.status.success(), "{pooled:?}");
    let published = run(at, &["cvr", "tally", "published.cvr", "--json"]);
    let published: Value = serde_json::from_slice(&published.stdout).unwrap();
    assert_eq!(published["cards"], 3);
}

#[test]
fn votes_are_counted_by_the_method_that_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("votes.csv"), "list,votes\nA,100000\nB,80000\nC,30000\nD,20000\n").unwrap();
    std::fs::write(at.join("cvr.csv"), CVRS).unwrap();
    let seats = run(at, &["tabulate", "votes.csv", "--method", "dhondt", "--seats", "8", "--json"]);
    let seats: Value = serde_json::from_slice(&seats.stdout).unwrap();
    assert_eq!(seats["allocation"]["seats"], serde_json::json!([4, 3, 1, 0]));
    let mayor = run(at, &["tabulate", "cvr.csv", "--method", "plurality", "--contest", "Mayor"]);
    assert!(text(&mayor.stdout).contains("Ann is elected with 2 votes"), "{mayor:?}");
    assert_eq!(
        refused(at, &["tabulate", "votes.csv", "--method", "dhont", "--seats", "8"]),
        (Some(2), "SCR-CLI-106".to_owned())
    );
    assert_eq!(
        refused(at, &["tabulate", "votes.csv", "--method", "dhondt"]),
        (Some(2), "SCR-CLI-106".to_owned())
    );
    // A tie waits for a lot.
    let tie = ["tabulate", "cvr.csv", "--method", "plurality", "--contest", "Council"];
    assert_eq!(refused(at, &tie), (Some(2), "SCR-TAB-040".to_owned()));
    std::fs::write(at.join("rules.toml"), "method = \"plurality\"\ndrawn = [\"Dot\"]\n").unwrap();
    let drawn = run(at, &["tabulate", "cvr.csv", "--rules", "rules.toml", "--contest", "Council"]);
    assert!(text(&drawn.stdout).contains("Dot"), "{drawn:?}");
}

/// Ranked ballots (`.raire`): Cem goes first, and Ben overtakes Ann.
#[test]
fn an_instant_runoff_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let lines = ["Ann", "Ann", "Ann", "Ann", "Ben", "Ben", "Ben", "Cem,Ben", "Cem,Ben"];
    let mut ballots = "1\nContest,1,3,Ann,Ben,Cem\n".to_owned();
    (1..)
        .zip(lines)
        .for_each(|(number, ranking): (u32, _)| ballots.push_str(&format!("1,{number},{ranking}\n")));
    std::fs::write(folder.path().join("b.raire"), ballots).unwrap();
    let counted = run(folder.path(), &["tabulate", "b.raire", "--method", "irv"]);
    assert!(text(&counted.stdout).ends_with("Elimination 1: Cem\nBen wins.\n"), "{counted:?}");
}

/// Colorado's picks (its own software's vector): seed, 876 cards.
#[test]
fn a_sample_is_drawn_from_its_inputs() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = serde_json::json!({
        "format": "scrutineer-sampler-inputs/1", "seed": "3546311556112163624615351222", "seed_rule": "dice", "rounds": [3],
        "frame": { "method": "colorado", "counted": "picks", "counties": [{ "id": 1, "cards": 876 }] },
    });
    std::fs::write(folder.path().join("inputs.json"), inputs.to_string()).unwrap();
    let drawn = run(folder.path(), &["audit", "sample", "inputs.json"]);
    let lines: Vec<String> = text(&drawn.stdout).lines().map(str::to_owned).collect();
    assert!(lines[0].ends_with("county 1 card 740") && lines[2].ends_with("county 1 card 264"), "{drawn:?}");
    std::fs::write(
        folder.path().join("short.json"),
        inputs.to_string().replace("3546311556112163624615351222", "12"),
    )
    .unwrap();
    assert_eq!(
        refused(folder.path(), &["audit", "sample", "short.json"]),
        (Some(2), "SCR-AUD-001".to_owned())
    );
}

#[test]
fn an_audit_is_planned() {
    let folder = tempfile::tempdir().unwrap();
    let plan = [
        "audit",
        "plan",
        "--method",
        "comparison",
        "--winner",
        "5200",
        "--loser",
        "4800",
        "--cards",
        "10000",
    ];
    let once = run(folder.path(), &plan);
    assert!(once.status.success(), "{once:?}");
    assert_eq!(once.stdout, run(folder.path(), &plan).stdout);
    // Arlo's first sample for this contest.
    assert!(text(&once.stdout).contains("with the errors expected, by Arlo's formula"), "{once:?}");
    let two = |winner: &str| {
        run(
            folder.path(),
            &["audit", "plan", "--method", "bravo", "--winner", winner, "--loser", "50", "--cards", "100"],
        )
    };
    assert!(
        text(&two("50").stdout).contains("A full hand count of all 100 cards: it is a tie."),
        "{:?}",
        two("50")
    );
    assert_eq!(two("49").status.code(), Some(2));
    for nothing in [&["--votes", "Ann"][..], &["--votes", "Ann=many"], &[]] {
        let arguments = [&["audit", "plan", "--method", "bravo", "--cards", "100"], nothing].concat();
        assert_eq!(refused(folder.path(), &arguments), (Some(2), "SCR-CLI-103".to_owned()));
    }
    std::fs::write(folder.path().join("r.json"), "{}").unwrap();
    assert_eq!(refused(folder.path(), &["audit", "verify", "r.json"]), (Some(2), "SCR-AUD-111".to_owned()));
}

#[test]
fn several_contests_are_planned_from_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let request = "replications = 50\n\n[[contests]]\nname = \"Mayor\"\nrisk_limit = \"2.5%\"\ncards = 10000\n\
        reported = { rule = \"plurality\", votes = { Ann = 5500, Ben = 4500 } }\naudit = { method = \"betting\" }\n\n\
        [[contests]]\nname = \"Bonds\"\nrisk_limit = 0.1\ncards = 10000\n\
        reported = { rule = \"share\", share = \"2/3\", votes = { Yes = 7200, No = 2500 } }\naudit = { method = \"betting\" }\n";
    std::fs::write(folder.path().join("c.toml"), request).unwrap();
    let planned = run(folder.path(), &["audit", "plan", "c.toml"]);
    assert!(planned.status.success(), "{planned:?}");
    assert!(text(&planned.stdout).contains("One sample for all (Mayor needs most):"), "{planned:?}");
    let json: Value =
        serde_json::from_slice(&run(folder.path(), &["audit", "plan", "c.toml", "--json"]).stdout).unwrap();
    assert_eq!(json["contests"][1]["need"]["sample"]["draws"]["quantiles"].as_array().unwrap().len(), 6);
    // Batches from a table: 60 against 40 in each of a hundred.
    let mut batches = "Batch Name,Ballots,Ann,Ben\n".to_owned();
    (0..100).for_each(|at| batches.push_str(&format!("B{at},100,60,40\n")));
    std::fs::write(folder.path().join("b.csv"), batches).unwrap();
    let planned = run(folder.path(), &["audit", "plan", "--method", "batch", "--parts", "b.csv"]);
    assert!(text(&planned.stdout).contains("batches by MACRO"), "{planned:?}");
    std::fs::write(folder.path().join("d.toml"), request.replace("betting", "beting")).unwrap();
    let wrong = run(folder.path(), &["audit", "plan", "d.toml"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("betting"), "{wrong:?}");
}

/// Georgia, November 2025: from the published files to "everything agrees"; one hand count changed, and it is named.
#[test]
fn georgias_audit_is_imported_and_checked_again() {
    let Some(data) = scr_testing::data("audit/ga2025-psc2") else { return };
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let file = |name: &str| data.join(name).to_string_lossy().into_owned();
    let (manifests, totals, report) =
        (file("manifests_bundle.zip"), file("candidate_totals_bundle.zip"), file("final_audit_report.csv"));
    let import = [
        "audit",
        "import-arlo",
        "--manifests",
        &manifests,
        "--totals",
        &totals,
        "--report",
        &report,
        "--out",
        "record.json",
    ];
    let imported = run(at, &import);
    assert!(imported.status.success(), "{imported:?}");
    let checked = run(at, &["audit", "verify", "record.json"]);
    assert!(checked.status.success(), "{checked:?}");
    assert!(text(&checked.stdout).contains("risk 0.0344762864 after 15 draws"), "{checked:?}");
    // `verify` knows a record when it sees one.
    assert_eq!(run(at, &["verify", "record.json"]).stdout, checked.stdout);
    let assessed = run(at, &["audit", "assess", "record.json"]);
    assert!(text(&assessed.stdout).contains("risk 0.0344762864"), "{assessed:?}");

    let mut record: Value = serde_json::from_slice(&std::fs::read(at.join("record.json")).unwrap()).unwrap();
    record["rounds"][0]["measured"][0]["p_value"] = "0.0100".into();
    std::fs::write(at.join("changed.json"), record.to_string()).unwrap();
    let changed = run(at, &["audit", "verify", "changed.json"]);
    assert_eq!(changed.status.code(), Some(1));
    assert!(text(&changed.stdout).contains("SCR-AUD-130 round 1:"), "{changed:?}");
}
