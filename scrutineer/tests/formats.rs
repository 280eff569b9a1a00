//! Ballots in and out of the formats of other programs, as a person runs it.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use serde_json::Value;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(arguments).current_dir(folder).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What a command says with `--json`; it must succeed.
fn told(folder: &Path, arguments: &[&str]) -> Value {
    let output = run(folder, &[arguments, &["--json"]].concat());
    assert!(output.status.success(), "{arguments:?} {output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Exit status and code of a refusal.
fn refused(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = run(folder, &[arguments, &["--json"]].concat());
    let document: Value = serde_json::from_slice(&output.stderr).unwrap();
    (output.status.code(), document["code"].as_str().unwrap().to_owned())
}

fn votes(folder: &Path, arguments: &[&str]) -> Value {
    told(folder, &[&["cvr", "tally"], arguments].concat())["contests"][0]["tally"]["votes"].clone()
}

/// A ranked contest with an overvote, and one that is not; the third card has only the first.
const CVRS: &str = "Test,1\n,,,,,,,,\"Ward (Number of positions=1, Number of ranks=2)\",\"Ward (Number of positions=1, Number of ranks=2)\",\"Ward (Number of positions=1, Number of ranks=2)\",\"Ward (Number of positions=1, Number of ranks=2)\",Mayor (Vote For=1),Mayor (Vote For=1)\n\
    ,,,,,,,,Cem(1),\"Dot \"\"D\"\" Ray(1)\",Cem(2),\"Dot \"\"D\"\" Ray(2)\",Ann,=Ben\n\
    CvrNumber,TabulatorNum,BatchId,RecordId,ImprintedId,CountingGroup,PrecinctPortion,BallotType,,,,,,\n\
    1,1,7,1,1-7-1,Mail,P1,S1,1,0,0,1,1,0\n2,1,7,2,1-7-2,Mail,P1,S1,1,1,0,0,1,1\n3,1,7,3,1-7-3,Mail,P2,S2,0,1,0,0,,\n";

#[test]
fn ballots_go_out_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("cvr.csv"), CVRS).unwrap();
    let first = told(at, &["cvr", "import", "cvr.csv", "--out", "ballots.cvr"]);
    for (from, to, out) in [("cvr.csv", "lines", "b.jsonl"), ("ballots.cvr", "lines", "c.jsonl")] {
        let said = told(at, &["cvr", "export", from, "--to", to, "--out", out]);
        assert_eq!((&said["cards"], &said["contests"]), (&3.into(), &2.into()));
    }
    assert_eq!(std::fs::read(at.join("b.jsonl")).unwrap(), std::fs::read(at.join("c.jsonl")).unwrap());
    // Nothing is lost: the columns are the same to the byte.
    let again = told(at, &["cvr", "import", "b.jsonl", "--out", "again.cvr"]);
    assert_eq!(again["sha256"], first["sha256"]);

    told(at, &["cvr", "export", "ballots.cvr", "--to", "csv", "--out", "b.csv"]);
    let rows: Vec<String> =
        text(&std::fs::read(at.join("b.csv")).unwrap()).lines().map(str::to_owned).collect();
    assert_eq!(rows.len(), 6);
    assert_eq!(rows[1], "1,1,7,1,,1,1-7-1,Mail,P1,S1,Ward,Ward,ranking,\"1=Cem | 2=Dot \"\"D\"\" Ray\"");
    assert_eq!(rows[4], "2,1,7,2,,2,1-7-2,Mail,P1,S1,Mayor,Mayor,overvote,Ann | \\=Ben");

    let cdf = ["cvr", "export", "ballots.cvr", "--to", "cdf", "--out", "b.json"];
    assert_eq!(run(at, &cdf).status.code(), Some(2), "the time is stated");
    told(at, &[&cdf[..], &["--generated", "2026-11-27T06:00:00Z"]].concat());
    let report: Value = serde_json::from_slice(&std::fs::read(at.join("b.json")).unwrap()).unwrap();
    assert_eq!(report["GeneratedDate"], "2026-11-27T06:00:00Z");
    assert_eq!(votes(at, &["b.json", "--contest", "Mayor"]), votes(at, &["cvr.csv", "--contest", "Mayor"]));
    assert_eq!(
        refused(at, &["cvr", "export", "cvr.csv", "--to", "cdf", "--generated", "now", "--out", "n.json"]),
        (Some(2), "SCR-CLI-108".to_owned())
    );

    assert_eq!(
        refused(at, &["cvr", "export", "cvr.csv", "--to", "raire", "--out", "b.raire"]),
        (Some(2), "SCR-CLI-108".to_owned())
    );
    let raire = ["cvr", "export", "cvr.csv", "--to", "raire", "--contest", "Ward", "--out", "b.raire"];
    let said = told(at, &raire);
    assert!(said["lost"].to_string().contains("1 rankings end"), "{said}");
    let written = text(&std::fs::read(at.join("b.raire")).unwrap());
    let dot = "\"Dot \"\"D\"\" Ray\"";
    assert_eq!(written, format!("1\nContest,Ward,2,Cem,{dot}\nWard,1,Cem,{dot}\nWard,2\nWard,3,{dot}\n"));
    // What is there is left alone.
    assert_eq!(refused(at, &raire), (Some(2), "SCR-CLI-101".to_owned()));
    assert_eq!(
        refused(at, &["cvr", "export", "cvr.csv", "--to", "csv", "--contest", "Mayer", "--out", "x.csv"]),
        (Some(2), "SCR-CLI-102".to_owned())
    );
}

#[test]
fn esss_ballots_are_placed_by_their_files() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(
        at.join("cvr.csv"),
        "Cast Vote Record,Precinct,Ballot Style,Mayor\n7,P1,S1,Ann\n8,P1,S1,overvote\n9,P1,S1,Ann\n",
    )
    .unwrap();
    let head = "Cast Vote Record,Batch,Ballot Status,Tabulator CVR\n";
    std::fs::write(at.join("day.csv"), format!("{head}7,B1,Not Reviewed,0001000001\n")).unwrap();
    std::fs::write(
        at.join("mail.csv"),
        format!("{head}8,B2,Not Reviewed,0002000001\n9,B2,Not Reviewed,0002000002\n"),
    )
    .unwrap();
    assert_eq!(votes(at, &["cvr.csv"]), serde_json::json!([2]));
    let import = ["cvr", "import", "cvr.csv", "--ballots", "day.csv"];
    assert_eq!(
        refused(at, &[&import[..], &["--out", "few.cvr"]].concat()),
        (Some(2), "SCR-CVR-081".to_owned())
    );
    told(at, &[&import[..], &["--ballots", "mail.csv", "--out", "all.cvr"]].concat());
    told(at, &["cvr", "export", "all.cvr", "--to", "csv", "--out", "all.csv"]);
    let rows = text(&std::fs::read(at.join("all.csv")).unwrap());
    assert!(rows.contains("3,0002,B2,2,,9,0002000002,,P1,S1,Mayor,Mayor,votes,Ann"), "{rows}");
    assert_eq!(
        refused(at, &["cvr", "import", "cvr.csv", "--scanned", "day.csv", "--out", "x.cvr"]),
        (Some(2), "SCR-CLI-107".to_owned())
    );
}

#[test]
fn harts_archive_is_read_with_its_list_and_unpacked() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let xml = "<Cvr xmlns=\"x\"><Contests><Contest><Name>Mayor</Name><Id>c</Id><Options><Option><Name>Ann</Name><Id>a</Id><Value>1</Value></Option></Options><Undervotes>0</Undervotes></Contest></Contests><BatchSequence>3</BatchSequence><BatchNumber>1</BatchNumber><CvrGuid>g</CvrGuid></Cvr>";
    std::fs::create_dir(at.join("cvrs")).unwrap();
    std::fs::write(at.join("cvrs/1.xml"), xml).unwrap();
    let mut archive = zip::ZipWriter::new(std::fs::File::create(at.join("h.zip")).unwrap());
    archive.start_file("cvrs/1.xml", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(xml.as_bytes()).unwrap();
    archive.finish().unwrap();
    std::fs::write(
        at.join("scanned.csv"),
        "#FormatVersion 1\nCvrId,UniqueIdentifier,Workstation\ng,u-1,W3\n",
    )
    .unwrap();
    assert_eq!(votes(at, &["h.zip"]), serde_json::json!([1]));
    for (from, out) in [("h.zip", "a"), ("cvrs", "b")] {
        let (columns, table) = (format!("{out}.cvr"), format!("{out}.csv"));
        told(at, &["cvr", "import", from, "--scanned", "scanned.csv", "--out", &columns]);
        told(at, &["cvr", "export", &columns, "--to", "csv", "--out", &table]);
        let rows = text(&std::fs::read(at.join(table)).unwrap());
        assert!(rows.contains("1,W3,1,3,,g,u-1,,,,c,Mayor,votes,Ann"), "{rows}");
    }
    assert_eq!(
        refused(at, &["cvr", "import", "h.zip", "--ballots", "scanned.csv", "--out", "x.cvr"]),
        (Some(2), "SCR-CLI-107".to_owned())
    );
}

#[test]
fn dominions_export_is_read_unpacked() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("export");
    std::fs::create_dir(&at).unwrap();
    let write = |name: &str, text: &str| std::fs::write(at.join(name), text).unwrap();
    write("ContestManifest.json", r#"{"List":[{"Id":1,"Description":"Mayor","VoteFor":1,"NumOfRanks":0}]}"#);
    write(
        "CandidateManifest.json",
        r#"{"List":[{"Id":5,"Description":"Ann","ContestId":1,"Type":"Regular"},{"Id":6,"Description":"Ben","ContestId":1,"Type":"Regular"}]}"#,
    );
    let session = |record: u32| {
        format!(
            r#"{{"TabulatorId":1,"BatchId":2,"RecordId":{record},"Original":{{"Contests":[{{"Id":1,"Marks":[{{"CandidateId":5,"Rank":1}}]}}]}}}}"#
        )
    };
    let export =
        |sessions: &str| format!(r#"{{"Version":"5.2","ElectionId":"Test","Sessions":[{sessions}]}}"#);
    write("CvrExport.json", &export(&session(1)));
    assert_eq!(votes(folder.path(), &["export"]), serde_json::json!([1, 0]));
    assert_eq!(votes(folder.path(), &["export/CvrExport.json"]), serde_json::json!([1, 0]));
    assert_eq!(votes(&at, &["CvrExport.json"]), serde_json::json!([1, 0]));
    told(folder.path(), &["cvr", "import", "export", "--out", "ballots.cvr"]);
    // All files of ballots of a folder are read, and one that is named alone.
    write("CvrExport_1.json", &export(&session(2)));
    assert_eq!(votes(folder.path(), &["export"]), serde_json::json!([2, 0]));
    assert_eq!(votes(folder.path(), &["export/CvrExport_1.json"]), serde_json::json!([1, 0]));
    std::fs::remove_file(at.join("ContestManifest.json")).unwrap();
    assert_eq!(refused(folder.path(), &["cvr", "tally", "export"]), (Some(2), "SCR-CVR-032".to_owned()));
}
