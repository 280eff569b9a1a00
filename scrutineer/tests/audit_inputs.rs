//! What an audit starts from, as a person checks it.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_audits::import_arlo::read_report;
use serde_json::Value;
use std::io::{Cursor, Read as _, Seek};
use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(arguments).current_dir(folder).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    files.iter().for_each(|(name, text)| std::fs::write(folder.join(name), text).unwrap());
}

const CVRS: &str = "Test,1\n,,,,,,,,MAYOR (Vote For=1),MAYOR (Vote For=1),Council (Vote For=1),Council (Vote For=1)\n,,,,,,,,Ann,Benjamin,Cem,Dot\n\
    CvrNumber,TabulatorNum,BatchId,RecordId,ImprintedId,CountingGroup,PrecinctPortion,BallotType,,,,\n\
    1,1,7,4,1-7-4,Mail,P1,S1,1,0,1,0\n2,1,7,9,1-7-9,Mail,P1,S1,1,0,0,1\n3,1,8,3,1-8-3,Mail,P2,S2,0,1,,\n";

#[test]
fn ballots_phantoms_and_names_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    write(
        at,
        &[
            ("cvr.csv", CVRS),
            ("m.csv", "Tabulator;Batch Name;Number of Ballots\n1;7;3\n1;8;1\n"),
            ("c.csv", "Contest Name,Jurisdictions,Choice Names\nMayor,all,Ann;Ben\n"),
            ("j.csv", "Jurisdiction,Admin Email,Expected Number of Ballots\nAdams,a@adams.example,4\n"),
            ("n.csv", "Jurisdiction,Contest Name,Used Name,Standard Name\nAdams,Mayor,Benjamin,Ben\n"),
        ],
    );
    let files =
        ["--manifest", "Adams=m.csv", "--cvr", "cvr.csv", "--contests", "c.csv", "--jurisdictions", "j.csv"];
    let check = [&["audit", "check"], &files[..]].concat();
    // The name that is nearly the standard one is proposed and not taken.
    let refused = run(at, &check);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("SCR-AUD-033"), "{refused:?}");
    let named = [&check[..], &["--names", "n.csv"]].concat();
    let told = run(at, &named);
    assert!(told.status.success(), "{told:?}");
    let shown = text(&told.stdout);
    assert!(shown.contains("1 jurisdictions, 2 batches, 4 ballots."), "{shown}");
    assert!(shown.contains("Adams: 2 batches, 4 ballots; 3 cast vote records, 1 phantoms"), "{shown}");
    assert!(shown.contains("Adams: \"MAYOR\" is \"Mayor\", spelling"), "{shown}");
    assert!(shown.contains("Adams: \"Benjamin\" is \"Ben\" (Mayor), a person said so"), "{shown}");
    let json: Value = serde_json::from_slice(&run(at, &[&named[..], &["--json"]].concat()).stdout).unwrap();
    assert_eq!((json["phantoms"].as_u64(), json["names"].as_array().unwrap().len()), (Some(1), 2));
    assert_eq!(json["problems"][0]["code"], "SCR-AUD-040");
    // One contest: the ballots that have it, and the phantom.
    let seed = [
        "--seed",
        "12345678901234567890",
        "--size",
        "3",
        "--contest",
        "Council",
        "--sampler-inputs",
        "s.json",
    ];
    let drawn = run(at, &[&named[..], &seed].concat());
    assert!(drawn.status.success(), "{drawn:?}");
    let inputs: Value = serde_json::from_slice(&std::fs::read(at.join("s.json")).unwrap()).unwrap();
    assert_eq!(inputs["frame"]["batches"][0]["positions"], serde_json::json!({ "only": [1, 2, 3] }));
    assert_eq!(inputs["frame"]["batches"].as_array().unwrap().len(), 1);
    let sample = run(at, &["audit", "sample", "s.json"]);
    assert!(text(&sample.stdout).ends_with("3 draws.\n"), "{sample:?}");
    let short = [&named[..], &["--seed", "12", "--size", "3", "--sampler-inputs", "t.json"]].concat();
    assert!(text(&run(at, &short).stderr).contains("SCR-AUD-001"));
    assert!(!at.join("t.json").exists());
}

#[test]
fn every_problem_of_every_file_is_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    write(
        at,
        &[
            ("a.csv", "Batch Name,Number of Ballots\n0012,10\nB,0\nB,x\n"),
            ("b.csv", "Batch Name,Number of Ballots\n0012,10\n"),
            ("t.csv", "Batch Name,Ann,Ben\n12,4,5\n"),
            ("j.csv", "Jurisdiction,Admin Email\nAdams,nobody\nBent,b@bent.example\n"),
        ],
    );
    let refused = run(
        at,
        &[
            "audit",
            "check",
            "--manifest",
            "Adams=a.csv",
            "--manifest",
            "Bnt=b.csv",
            "--totals",
            "Bnt=t.csv",
            "--jurisdictions",
            "j.csv",
        ],
    );
    assert_eq!(refused.status.code(), Some(2));
    let said = text(&refused.stderr);
    for part in [
        "j.csv, row 2",
        "SCR-AUD-031",
        "a.csv, row 4",
        "SCR-AUD-017",
        "SCR-AUD-019",
        "SCR-AUD-025",
        "Did you mean \"0012\"?",
        "SCR-AUD-026",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let stranger = run(at, &["audit", "check", "--manifest", "Bent=b.csv", "--totals", "Bnt=t.csv"]);
    assert!(
        text(&stranger.stderr).contains("SCR-AUD-029")
            && text(&stranger.stderr).contains("Did you mean \"Bent\"?")
    );
}

/// The members of a zip whose names end so.
fn members(zip: impl std::io::Read + Seek, ending: &str) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(zip).unwrap();
    let mut all = Vec::new();
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).unwrap();
        let name = member.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        if name.ends_with(ending) {
            all.push((name, bytes));
        }
    }
    all
}

/// Georgia Secretary of State, November 2025: from the published tables of 159 counties and the seed to the 15 draws of
/// the official report, ticket for ticket.
#[test]
fn georgias_sample_follows_from_its_tables() {
    let Some(data) = scr_testing::data("audit/ga2025-psc2") else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut arguments: Vec<String> = ["audit", "check"].map(str::to_owned).to_vec();
    for (bundle, option) in
        [("manifests_bundle.zip", "--manifest"), ("candidate_totals_bundle.zip", "--totals")]
    {
        let outer = members(std::fs::File::open(data.join(bundle)).unwrap(), ".zip").remove(0).1;
        for (number, (name, bytes)) in members(Cursor::new(outer), ".csv").into_iter().enumerate() {
            // In names of folders every blank is a dash.
            let county = name.split('/').next().unwrap().replace('-', " ");
            let file = format!("{}{number}.csv", &option[2..]);
            std::fs::write(folder.path().join(&file), bytes).unwrap();
            arguments.extend([option.to_owned(), format!("{county}={file}")]);
        }
    }
    let more = ["--seed", "34363370190391208563", "--size", "15", "--sampler-inputs", "s.json", "--json"];
    arguments.extend(more.map(str::to_owned));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let checked = run(folder.path(), &arguments);
    assert!(checked.status.success(), "{}", text(&checked.stderr));
    let checked: Value = serde_json::from_slice(&checked.stdout).unwrap();
    assert_eq!((checked["batches"].as_u64(), checked["ballots"].as_u64()), (Some(3725), Some(1_581_543)));
    let drawn = run(folder.path(), &["audit", "sample", "s.json", "--json"]);
    let drawn: Value = serde_json::from_slice(&drawn.stdout).unwrap();
    let tickets = |draw: &Value| {
        let part = |name: &str| draw["item"][name].as_str().unwrap().to_owned();
        (part("jurisdiction"), part("batch"), draw["ticket"].as_str().unwrap().to_owned())
    };
    let mut drawn: Vec<_> = drawn["draws"].as_array().unwrap().iter().map(tickets).collect();
    let report = read_report(&std::fs::read(data.join("final_audit_report.csv")).unwrap(), "r.csv").unwrap();
    let mut official: Vec<_> = report
        .sampled
        .iter()
        .flat_map(|row| {
            row.tickets
                .iter()
                .map(|(_, ticket, _)| (row.jurisdiction.clone(), row.batch.clone(), ticket.clone()))
        })
        .collect();
    drawn.sort();
    official.sort();
    assert_eq!(official.len(), 15);
    assert_eq!(drawn, official);
}
