//! Manifests, totals, jurisdictions and standardised contests: what is read, what is refused, and what is written is
//! read again.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use proptest::prelude::*;
use scr_audits::inputs::contests::{self, StandardContest};
use scr_audits::inputs::jurisdictions::{self, Jurisdiction, compare};
use scr_audits::inputs::manifest::{self, AuditKind, Manifest, ManifestBatch, Unit};
use scr_audits::inputs::totals::{self, Totals, TotalsBatch, TotalsContest};
use scr_audits::inputs::{Limits, Told};
use scr_core::Problem;
use std::collections::BTreeSet;
use std::io::Read as _;

type Reading<T> = Result<Told<T>, Vec<Problem>>;

fn manifest_of(bytes: &[u8], kind: AuditKind) -> Reading<Manifest> {
    manifest::read(bytes, "m.csv", kind, &Limits::default())
}

fn polling(text: &str) -> Reading<Manifest> {
    manifest_of(text.as_bytes(), AuditKind::BallotPolling)
}

fn batch_comparison(text: &str) -> Manifest {
    manifest_of(text.as_bytes(), AuditKind::BatchComparison).unwrap().input
}

fn totals_of(text: &str, contests: &[TotalsContest], manifest: &Manifest) -> Reading<Totals> {
    totals::read(text.as_bytes(), "t.csv", contests, Some(manifest), &Limits::default())
}

fn contest(name: &str, choices: &[&str], votes_allowed: u32) -> TotalsContest {
    let choices = choices.iter().map(|name| (*name).to_owned()).collect();
    TotalsContest { name: name.to_owned(), choices, votes_allowed }
}

/// Each problem as it is shown.
fn shown<T: std::fmt::Debug>(read: Reading<T>) -> Vec<String> {
    read.unwrap_err().iter().map(Problem::to_string).collect()
}

fn warned<T: std::fmt::Debug>(read: Reading<T>) -> Vec<String> {
    read.unwrap().warnings.iter().map(Problem::to_string).collect()
}

const PLAIN: &str =
    "Container,Tabulator,Batch Name,Number of Ballots\nBox 1,T1,0001,20\n,T1,0002,1\nBox 2,T2,0001,7\n";

#[test]
fn a_manifest_is_read_in_every_clothing() {
    let expected = polling(PLAIN).unwrap();
    assert_eq!(expected.warnings, []);
    let batch = &expected.input.batches[0];
    assert_eq!((batch.container.as_deref(), batch.tabulator.as_deref()), (Some("Box 1"), Some("T1")));
    assert_eq!((expected.input.batches[1].container.as_deref(), expected.input.ballots()), (None, 28));
    let utf16: Vec<u8> = PLAIN.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [
        PLAIN.replace(',', ";").into_bytes(),
        PLAIN.replace(',', "\t").into_bytes(),
        PLAIN.replace('\n', "\r\n").into_bytes(),
        PLAIN.replace('\n', "\r").into_bytes(),
        [b"\xef\xbb\xbf", PLAIN.as_bytes()].concat(),
        [b"\xff\xfe".as_slice(), &utf16].concat(),
        utf16,
        PLAIN.replace("0001", "=\"0001\"").into_bytes(),
        PLAIN.replace("0001", "\"=\"\"0001\"\"\"").into_bytes(),
        PLAIN.replace("Box 1", "\" Box 1 \"").into_bytes(),
        format!("sep=;\n{}", PLAIN.replace(',', ";")).into_bytes(),
        PLAIN.replace("Batch Name,Number of Ballots", " BATCH NAME ,number of ballots,,").into_bytes(),
        PLAIN.replace('\n', "\n,,,\n\n").into_bytes(),
        PLAIN.replace(",20\n", ",20,,\n").into_bytes(),
    ] {
        let read = manifest_of(&bytes, AuditKind::BallotComparison).unwrap();
        assert_eq!(read, expected, "{}", String::from_utf8_lossy(&bytes));
    }
    // windows-1252 is taken as such, and said.
    let read =
        manifest_of(b"Batch Name,Number of Ballots\nFran\xe7ois,5\n", AuditKind::BallotPolling).unwrap();
    assert_eq!((read.input.batches[0].name.as_str(), read.warnings[0].code), ("François", "SCR-AUD-023"));
}

#[test]
fn each_fault_of_a_manifest_has_its_own_message() {
    let with = |head: &str, rows: &str| shown(polling(&format!("{head}\n{rows}")));
    let rows = |rows: &str| with("Batch Name,Number of Ballots", rows);
    let place = "column \"Number of Ballots\"";
    for (rows, problem) in [
        ("A,0\n", format!("SCR-AUD-020 m.csv:2 {place} value \"0\"")),
        ("A,\n", format!("SCR-AUD-016 m.csv:2 {place}")),
        (",5\n", "SCR-AUD-016 m.csv:2 column \"Batch Name\"".to_owned()),
        ("A,-1\n", format!("SCR-AUD-017 m.csv:2 {place} value \"-1\"")),
        ("A,12.0\n", format!("SCR-AUD-017 m.csv:2 {place} value \"12.0\" closest \"12\"")),
        ("A,1O\n", format!("SCR-AUD-017 m.csv:2 {place} value \"1O\" closest \"10\"")),
        ("A,4294967296\n", format!("SCR-AUD-017 m.csv:2 {place} value \"4294967296\"")),
        ("A,1\n\nA,2\n", "SCR-AUD-019 m.csv:4 column \"Batch Name\" value \"A\" first=\"2\"".to_owned()),
        ("A,1\nTotal,1\n", "SCR-AUD-022 m.csv:3 value \"Total\"".to_owned()),
        (
            "A,1\n#REF!,1\n",
            "SCR-AUD-049 m.csv:3 column \"Batch Name\" value \"#REF!\" what=\"error\"".to_owned(),
        ),
        ("Smith, Ann,5\n", "SCR-AUD-015 m.csv:2 value \"5\" cells=\"3\" headings=\"2\"".to_owned()),
        ("A,1\n\"B,2\nC,3\n", "SCR-AUD-024 m.csv:3".to_owned()),
        ("\"A\nB\",1\n", "SCR-AUD-024 m.csv:2 column \"Batch Name\" value \"A\\nB\"".to_owned()),
        ("", "SCR-AUD-010 m.csv what=\"no batch under the headings\"".to_owned()),
    ] {
        let found = shown(polling(&format!("Batch Name,Number of Ballots\n{rows}")));
        assert!(found.contains(&problem), "{found:?} should hold {problem}");
    }
    assert_eq!(
        with("Batch Nme,Number of Ballots", "A,1\n"),
        [
            "SCR-AUD-012 m.csv:1 column \"Batch Name\" closest \"Batch Nme\"",
            "SCR-AUD-014 m.csv column \"Batch Nme\" closest \"Batch Name\""
        ]
    );
    // A column that is nearly one which is missing is no stranger: without its tabulators other ballots would be drawn.
    assert_eq!(
        with("Tabulater,Batch Name,Number of Ballots", "T,A,1\n"),
        ["SCR-AUD-014 m.csv column \"Tabulater\" closest \"Tabulator\""]
    );
    assert_eq!(
        with("Batch,Batch Name,Number of Ballots", "A,A,1\n"),
        ["SCR-AUD-013 m.csv:1 column \"Batch Name\" same=\"Batch Name\""]
    );
    assert!(rows("2,5\nTotal ballots,5\n")[0].starts_with("SCR-AUD-022"));
}

#[test]
fn all_faults_are_told_at_once_up_to_a_limit() {
    let text = "Batch Name,Number of Ballots\nA,x\nB,0\nA,5\n,5\n";
    let codes: Vec<&str> = polling(text).unwrap_err().iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["SCR-AUD-017", "SCR-AUD-020", "SCR-AUD-019", "SCR-AUD-016"]);
    let many = format!("Batch Name,Number of Ballots\n{}", "A,x\n".repeat(300));
    let told = polling(&many).unwrap_err();
    assert_eq!(told.len(), 201);
    // 300 counts and 299 names that stand there twice.
    assert_eq!(told[200].to_string(), "SCR-AUD-027 m.csv more=\"399\"");
}

#[test]
fn what_a_manifest_must_hold_depends_on_the_audit() {
    let without = "Batch Name,Number of Ballots\nA,1\n";
    let code = |text: &str, kind| manifest_of(text.as_bytes(), kind).unwrap_err()[0].to_string();
    assert_eq!(code(without, AuditKind::BallotComparison), "SCR-AUD-012 m.csv:1 column \"Tabulator\"");
    assert_eq!(code(without, AuditKind::Hybrid), "SCR-AUD-012 m.csv:1 column \"Tabulator\"");
    let hybrid = "Tabulator,Batch Name,Number of Ballots,CVR\nT,A,1,Y\nT,B,2,no\n";
    let read = manifest_of(hybrid.as_bytes(), AuditKind::Hybrid).unwrap().input;
    assert_eq!(
        read.batches.iter().map(|batch| batch.has_cvrs).collect::<Vec<_>>(),
        [Some(true), Some(false)]
    );
    assert_eq!(
        code(hybrid, AuditKind::BallotComparison),
        "SCR-AUD-021 m.csv column \"CVR\" what=\"not hybrid\""
    );
    assert_eq!(
        code(&hybrid.replace(",no", ",maybe"), AuditKind::Hybrid),
        "SCR-AUD-021 m.csv:3 column \"CVR\" value \"maybe\" what=\"Y or N\""
    );
    // One name under two tabulators: two batches, unless totals name batches by their name alone.
    assert!(polling(PLAIN).is_ok());
    assert!(code(PLAIN, AuditKind::BatchComparison).starts_with("SCR-AUD-019 m.csv:4"));
}

#[test]
fn what_somebody_should_look_at_is_said_and_not_refused() {
    let with = |rows: &str| warned(polling(&format!("Batch Name,Number of Ballots\n{rows}")));
    assert_eq!(
        with("A,\"1,200\"\n"),
        ["SCR-AUD-018 m.csv:2 column \"Number of Ballots\" value \"1,200\" read=\"1200\""]
    );
    assert_eq!(
        with("2-Jan,1\n1.2E+11,5\n"),
        [
            "SCR-AUD-049 m.csv:2 column \"Batch Name\" value \"2-Jan\" what=\"date\"",
            "SCR-AUD-049 m.csv:3 column \"Batch Name\" value \"1.2E+11\" what=\"number\""
        ]
    );
    assert_eq!(with("A,1\nB,2\nC,3\n"), ["SCR-AUD-022 m.csv:4 value \"3\""]);
    assert_eq!(with("A,1\nB,1\n"), [""; 0]);
    let text = "Batch Name,Number of Ballots,Colour\nA,1,red\n";
    assert_eq!(warned(polling(text)), ["SCR-AUD-014 m.csv column \"Colour\""]);
    let empty = manifest_of(b"Batch Name,Number of Ballots\nA,1\nB,0\n", AuditKind::BatchComparison);
    assert!(warned(empty)[0].starts_with("SCR-AUD-020 m.csv:3"));
}

#[test]
fn what_is_no_table_and_what_is_too_much_is_refused() {
    let what = |bytes: &[u8]| manifest_of(bytes, AuditKind::BallotPolling).unwrap_err()[0].to_string();
    assert!(what(b"PK\x03\x04 and so on").starts_with("SCR-AUD-010 m.csv what=\"a workbook or another zip"));
    assert!(what(b"\xd0\xcf\x11\xe0\xa1\xb1").contains("a workbook in the old form"));
    assert!(what(b"%PDF-1.7").contains("a PDF"));
    assert!(what(b"Batch Name,\0\0\0\x01").contains("no text"));
    for empty in [b"".as_slice(), b"\n\n", b"\xef\xbb\xbf", b",,\n"] {
        assert_eq!(what(empty), "SCR-AUD-010 m.csv what=\"empty\"");
    }
    let limits = Limits { bytes: 200, rows: 3, columns: 4, cell: 30 };
    let small = |text: &str| {
        let read = manifest::read(text.as_bytes(), "m.csv", AuditKind::BallotPolling, &limits);
        read.unwrap_err()[0].to_string()
    };
    let head = "Batch Name,Number of Ballots\n";
    assert_eq!(
        small(&format!("{head}A,1\nB,1\nC,2\nD,9\n")),
        "SCR-AUD-011 m.csv:5 limit=\"3\" what=\"rows\""
    );
    assert_eq!(
        small(&format!("{head}{},1\n", "A".repeat(31))),
        "SCR-AUD-011 m.csv:2 limit=\"30\" what=\"bytes of a cell\""
    );
    assert_eq!(small(&format!("{head}A,1,,,,\n")), "SCR-AUD-011 m.csv:2 limit=\"4\" what=\"columns\"");
    assert!(small(&format!("{head}{}", "\n".repeat(200))).contains("limit=\"200\" what=\"bytes\""));
    let name = "n".repeat(501);
    let long = polling(&format!("{head}{name},1\n")).unwrap_err()[0].to_string();
    assert!(long.contains("SCR-AUD-011") && long.contains("letters of a name"), "{long}");
}

/// Colorado Secretary of State: manifests of six counties of November 2017 and of two of November 2024, each with its
/// own headings. Sums of 2017 from `expected.json`.
#[test]
fn colorados_manifests_are_read() {
    let Some(folder) = scr_testing::data("audit") else { return };
    let expected: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("co2017/expected.json")).unwrap()).unwrap();
    for facts in expected["counties"].as_array().unwrap() {
        let county = facts["county"].as_str().unwrap();
        let bytes = std::fs::read(folder.join(format!("co2017/county_manifest_{county}.csv"))).unwrap();
        let read = manifest_of(&bytes, AuditKind::BallotComparison).unwrap();
        assert_eq!(read.input.ballots(), facts["manifest_cards"].as_u64().unwrap(), "{county}");
        assert_eq!(read.input.county(7).cards, facts["manifest_cards"].as_u64().unwrap());
        assert!(read.input.county.as_ref().unwrap().eq_ignore_ascii_case(county));
        assert!(
            read.input.batches.iter().all(|batch| batch.tabulator.is_some() && batch.container.is_some())
        );
        let cards = ["Boulder", "Denver", "Lincoln"].contains(&county);
        assert_eq!(read.input.unit, if cards { Unit::Cards } else { Unit::Ballots }, "{county}");
        // Denver lists nine batches of rejected ballots, Arapahoe and Boulder one each.
        let empty = match county {
            "Denver" => 9,
            "Arapahoe" | "Boulder" => 1,
            _ => 0,
        };
        assert_eq!(read.warnings.len(), empty, "{county}: {:?}", read.warnings.first());
        assert!(read.warnings.iter().all(|problem| problem.code == "SCR-AUD-020"));
    }
    for county in ["Boulder", "Hinsdale"] {
        let bytes = std::fs::read(folder.join(format!("co2024/{county}BallotManifest.csv"))).unwrap();
        let read = manifest_of(&bytes, AuditKind::BallotComparison).unwrap();
        assert_eq!((read.warnings, read.input.county.as_deref()), (Vec::new(), Some(county)));
    }
}

/// Headings that the reference has seen, and a manifest of two counties.
#[test]
fn headings_vary_and_counties_do_not() {
    for head in [
        "COUNTY,TABULATOR ID ,BATCH ,# OF BALLOTS ,LOCATION,",
        "\u{feff}County,Device ID,Batch,# of Ballot Cards,Location",
        "county,Scanner,batch id,Number of Ballot Cards,Storage Location",
    ] {
        let read = manifest_of(
            format!("{head}\nAdams,1,2,3,x\nADAMS,1,4,5,y\n").as_bytes(),
            AuditKind::BallotComparison,
        );
        let read = read.unwrap();
        assert_eq!((read.input.ballots(), read.warnings), (8, Vec::new()), "{head}");
    }
    let two = "County,Device ID,Batch,# of Ballots,Location\nAdams,1,2,3,x\nBent,1,3,4,y\n";
    assert_eq!(shown(polling(two)), ["SCR-AUD-048 m.csv:3 value \"Bent\" first=\"Adams\""]);
}

/// The members of a zip that fit, by name.
fn members(zip: impl std::io::Read + std::io::Seek, ending: &str) -> Vec<(String, Vec<u8>)> {
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

/// The tables of a zip in a zip, by folder (a county each).
fn bundle(path: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let outer = members(std::fs::File::open(path).unwrap(), ".zip").remove(0).1;
    let inner = members(std::io::Cursor::new(outer), ".csv");
    let mut all: Vec<_> =
        inner.into_iter().map(|(name, bytes)| (name.split('/').next().unwrap().to_owned(), bytes)).collect();
    all.sort();
    all
}

/// Georgia Secretary of State, November 2025, Public Service Commission district 2: 159 manifests and totals. Batches,
/// ballots from `expected.json`; votes of both candidates from the official audit report.
#[test]
fn georgias_manifests_and_totals_are_read() {
    let Some(folder) = scr_testing::data("audit/ga2025-psc2") else { return };
    let expected: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("expected.json")).unwrap()).unwrap();
    let manifests = bundle(&folder.join("manifests_bundle.zip"));
    let totals = bundle(&folder.join("candidate_totals_bundle.zip"));
    assert_eq!((manifests.len(), totals.len()), (159, 159));
    let known = [contest("PSC - District 2", &["Tim Echols (I) (Rep)", "Alicia M. Johnson (Dem)"], 1)];
    let (mut batches, mut ballots, mut votes) = (0, 0, [0, 0]);
    let mut warnings = Vec::new();
    for ((county, manifest), (other, totals)) in manifests.iter().zip(&totals) {
        assert_eq!(county, other);
        let manifest = manifest_of(manifest, AuditKind::BatchComparison).unwrap();
        warnings.extend(manifest.warnings.into_iter().map(|problem| (county.clone(), problem.code)));
        let manifest = manifest.input;
        let read =
            totals::read(totals.as_slice(), county, &known, Some(&manifest), &Limits::default()).unwrap();
        assert_eq!(read.warnings, []);
        // Without a list of contests the columns are the choices.
        let alone = totals::read(totals.as_slice(), county, &[], None, &Limits::default()).unwrap();
        assert_eq!(alone.input.batches, read.input.batches);
        let drawn = read.input.batches(0, county, &manifest);
        assert_eq!(drawn.len(), manifest.batches.len());
        batches += drawn.len();
        ballots += manifest.ballots();
        for (sum, more) in votes.iter_mut().zip(read.input.votes(0)) {
            *sum += more;
        }
    }
    assert_eq!(serde_json::Value::from(batches), expected["batches"]);
    assert_eq!(serde_json::Value::from(ballots), expected["ballots"]);
    assert_eq!(votes, [582_403, 980_470]);
    // One county lists its provisional ballots, of which there were none.
    assert!(warnings.contains(&("CHATTAHOOCHEE".to_owned(), "SCR-AUD-020")));
    let others: BTreeSet<&str> = warnings.iter().map(|(_, code)| *code).collect();
    assert!(others.iter().all(|code| ["SCR-AUD-020", "SCR-AUD-022"].contains(code)), "{warnings:?}");
}

#[test]
fn totals_are_compared_with_the_manifest() {
    let manifest = batch_comparison("Batch Name,Number of Ballots\n0012,10\n1-2,10\nC,10\n");
    let one = [contest("Mayor", &["Ann", "Ben"], 1)];
    let sound = "Batch Name,Ben,Ann\n0012,4,5\n1-2,0,0\nC,10,0\n";
    let read = totals_of(sound, &one, &manifest).unwrap();
    assert_eq!(read.input.batches[0].votes, [[5, 4]], "choices stand in the order of the contest");
    assert_eq!(
        shown(totals_of("Batch Name,Ann,Ben\n12,1,1\n2-Jan,1,1\nD,1,1\nC,6,5\n", &one, &manifest)),
        [
            "SCR-AUD-025 t.csv:2 column \"Batch Name\" value \"12\" closest \"0012\"",
            "SCR-AUD-025 t.csv:3 column \"Batch Name\" value \"2-Jan\" closest \"1-2\"",
            "SCR-AUD-025 t.csv:4 column \"Batch Name\" value \"D\" closest \"C\"",
            "SCR-AUD-028 t.csv:5 value \"C\" at most=\"10\" ballots=\"10\" contest=\"Mayor\" votes=\"11\"",
            "SCR-AUD-026 t.csv value \"0012\" ballots=\"10\"",
            "SCR-AUD-026 t.csv value \"1-2\" ballots=\"10\"",
            "SCR-AUD-049 t.csv:3 column \"Batch Name\" value \"2-Jan\" what=\"date\"",
        ]
    );
    let two = [contest("Mayor", &["Ann", "Ben"], 2)];
    assert!(totals_of("Batch Name,Ann,Ben\n0012,10,10\n1-2,0,0\nC,0,0\n", &two, &manifest).is_ok());
    let found = shown(totals_of(
        "Batch Name,Anne,BEN \n0012,1,1\n1-2,x,0\nC,0,0\nC,0,0\nTotal,1,1\n",
        &one,
        &manifest,
    ));
    assert_eq!(
        found,
        [
            "SCR-AUD-012 t.csv column \"Ann\" closest \"Anne\"",
            "SCR-AUD-014 t.csv column \"Anne\" closest \"Ann\"",
            "SCR-AUD-019 t.csv:5 column \"Batch Name\" value \"C\" first=\"4\"",
            "SCR-AUD-022 t.csv:6 value \"Total\"",
        ]
    );
}

#[test]
fn totals_of_several_contests_name_the_contest() {
    let manifest = batch_comparison("Batch Name,Number of Ballots\nA,10\n");
    let contests =
        [contest("Mayor - City", &["Ann", "Ben"], 1), contest("Council", &["Ann", "Cem - Ind"], 2)];
    let text =
        "Batch Name,Mayor - City - Ann,Mayor - City - Ben,Council - Ann,council - Cem - Ind\nA,4,6,10,10\n";
    let read = totals_of(text, &contests, &manifest).unwrap().input;
    assert_eq!(read.batches[0].votes, [[4, 6], [10, 10]]);
    assert_eq!((read.votes(1), read.votes(2)), (vec![10, 10], Vec::new()));
    // A choice alone does not say of which contest it is.
    assert!(totals_of("Batch Name,Ann,Ben\nA,4,6\n", &contests, &manifest).is_err());
    let derived = totals::read(
        "Batch Name,Mayor - Ann,Mayor - Ben,Council - Ann\nA,4,6,9\n".as_bytes(),
        "t.csv",
        &[],
        None,
        &Limits::default(),
    );
    let derived = derived.unwrap().input;
    assert_eq!(derived.contests, [contest("Mayor", &["Ann", "Ben"], 1), contest("Council", &["Ann"], 1)]);
    let read = |text: &str| totals::read(text.as_bytes(), "t.csv", &[], None, &Limits::default());
    assert_eq!(shown(read("Batch Name,Ann,Total\nA,1,1\n")), ["SCR-AUD-022 t.csv column \"Total\""]);
    assert_eq!(shown(read("Batch Name,Ann,ANN\nA,1,1\n")), ["SCR-AUD-013 t.csv column \"ANN\" same=\"ANN\""]);
    assert_eq!(shown(read("Batch Name\nA\n")), ["SCR-AUD-012 t.csv what=\"a column for each choice\""]);
}

#[test]
fn jurisdictions_are_read_and_compared_with_their_manifests() {
    let read = |text: &str| jurisdictions::read(text.as_bytes(), "j.csv", &Limits::default());
    let text = "Jurisdiction,Admin Email,Expected Number of Ballots\nAdams,a@adams.example,10\nAdams,b@adams.example,\nBent,c@bent.example,\nCrowley,d@c.example,3\n";
    let list = read(text).unwrap();
    assert_eq!(list.warnings, []);
    assert_eq!((list.input.len(), list.input[0].emails.len(), list.input[0].expected), (3, 2, Some(10)));
    let found = shown(read(
        "Jurisdiction,Admin Email,Expected Number of Ballots\nAdams,a.example,1\nADAMS,a@b.example,1\nAdams,a@b.example,1\nAdams,A@b.example,1\nAdams,c@b.example,2\n",
    ));
    assert_eq!(
        found,
        [
            "SCR-AUD-031 j.csv:2 column \"Admin Email\" value \"a.example\"",
            "SCR-AUD-034 j.csv:4 column \"Jurisdiction\" value \"Adams\" other=\"ADAMS\"",
            "SCR-AUD-034 j.csv:5 column \"Jurisdiction\" value \"Adams\" other=\"ADAMS\"",
            "SCR-AUD-019 j.csv:5 column \"Jurisdiction\" value \"Adams, A@b.example\"",
            "SCR-AUD-034 j.csv:6 column \"Jurisdiction\" value \"Adams\" other=\"ADAMS\"",
            "SCR-AUD-030 j.csv:6 value \"Adams\" expected=\"1\" found=\"2\"",
        ]
    );
    let manifest = polling("Batch Name,Number of Ballots\nA,9\n").unwrap().input;
    let manifests = [("Adams", "a.csv", &manifest), ("Bnt", "b.csv", &manifest)];
    let told: Vec<String> =
        compare(&list.input, &manifests, "j.csv").iter().map(Problem::to_string).collect();
    assert_eq!(
        told,
        [
            "SCR-AUD-029 b.csv value \"Bnt\" closest \"Bent\"",
            "SCR-AUD-030 a.csv value \"Adams\" expected=\"10\" found=\"9\"",
            "SCR-AUD-045 j.csv value \"Bent\"",
            "SCR-AUD-045 j.csv value \"Crowley\"",
        ]
    );
}

#[test]
fn standardised_contests_are_read() {
    let known = ["Adams".to_owned(), "Bent".to_owned(), "Washington, City of".to_owned()];
    let read = |text: &str| contests::read(text.as_bytes(), "c.csv", Some(&known), &Limits::default());
    let text = "Contest Name,Jurisdictions,Choice Names\n\"Mayor\nof Bent (Vote For=2)\",All,\"Ann;Ben ; Cem, Jr;\"\nCouncil,\"Washington, City of, Adams\",Yes;No\n";
    let list = read(text).unwrap().input;
    assert_eq!(list[0].name, "Mayor of Bent");
    assert_eq!(list[0].choices.as_ref().unwrap(), &["Ann", "Ben", "Cem, Jr"]);
    assert_eq!(list[1].jurisdictions.as_ref().unwrap(), &["Washington, City of", "Adams"]);
    assert!(list[0].is_in("Bent") && !list[1].is_in("Bent") && list[1].is_in("Adams"));
    let found = shown(read("Contest Name,Jurisdictions,Choice Names\nA,\"Adam, Bent\",x;X\nA,all,\nB,,y\n"));
    assert_eq!(
        found,
        [
            "SCR-AUD-029 c.csv:2 column \"Jurisdictions\" value \"Adam\" closest \"Adams\"",
            "SCR-AUD-034 c.csv:2 column \"Choice Names\" value \"X\" other=\"x\"",
            "SCR-AUD-032 c.csv:3 column \"Choice Names\"",
            "SCR-AUD-019 c.csv:3 column \"Contest Name\" value \"A\" first=\"2\"",
            "SCR-AUD-016 c.csv:4 column \"Jurisdictions\"",
        ]
    );
}

/// Names as people and spreadsheets make them; no sums, no damage, no line breaks, nothing empty.
fn name() -> impl Strategy<Value = String> {
    "[A-Za-z0-9 ,;\"'=éß北|.-]{1,12}".prop_filter("a sound name", |name| {
        let word = name
            .split(|letter: char| !letter.is_alphabetic())
            .any(|word| ["total", "totals", "subtotal", "subtotals"].contains(&word.to_lowercase().as_str()));
        !word && name.chars().any(char::is_alphanumeric)
    })
}

fn batches() -> impl Strategy<Value = Vec<ManifestBatch>> {
    let row = (prop::option::of(name()), name(), name(), 1..=u32::MAX, any::<bool>());
    (prop::collection::vec(row, 1..9), any::<bool>(), any::<bool>()).prop_map(|(rows, tabulators, cvrs)| {
        let mut seen = BTreeSet::new();
        let mut list = Vec::new();
        for (container, tabulator, name, ballots, has) in rows {
            let tabulator = (tabulators || cvrs).then_some(tabulator);
            if seen.insert((tabulator.clone(), name.clone())) {
                list.push(ManifestBatch {
                    container,
                    tabulator,
                    name,
                    ballots,
                    has_cvrs: cvrs.then_some(has),
                });
            }
        }
        list
    })
}

fn distinct(names: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    names.into_iter().filter(|name| seen.insert(scr_audits::inputs::folded(name))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// What is written is read again, name for name.
    #[test]
    fn a_manifest_that_is_written_is_read_again(batches in batches(), county in prop::option::of(name()), cards: bool) {
        let unit = if cards { Unit::Cards } else { Unit::Ballots };
        let kind = if batches[0].has_cvrs.is_some() { AuditKind::Hybrid } else { AuditKind::BallotPolling };
        let manifest = Manifest { county, unit, batches };
        let mut bytes = Vec::new();
        manifest.write(&mut bytes).unwrap();
        let read = manifest_of(&bytes, kind);
        prop_assert!(read.is_ok(), "{:?} {}", read, String::from_utf8_lossy(&bytes));
        prop_assert_eq!(read.unwrap().input, manifest);
    }

    /// What is written is read again, with and without the list of contests (one contest has no name in the table).
    #[test]
    fn totals_that_are_written_are_read_again(
        names in prop::collection::vec(name(), 1..6),
        choices in prop::collection::vec(prop::collection::vec(name(), 1..4), 1..3),
        votes in prop::collection::vec(0..1_000_000_u64, 40),
    ) {
        let mut contests: Vec<TotalsContest> = Vec::new();
        for (number, choices) in choices.into_iter().enumerate() {
            let choices = distinct(choices);
            contests.push(TotalsContest { name: format!("Contest {number}"), choices, votes_allowed: 3 });
        }
        let mut votes = votes.into_iter().cycle();
        let names: BTreeSet<String> = names.into_iter().collect();
        let batches = names
            .into_iter()
            .map(|name| TotalsBatch {
                name,
                votes: contests.iter().map(|contest| contest.choices.iter().map(|_| votes.next().unwrap()).collect()).collect(),
            })
            .collect();
        let totals = Totals { contests, batches };
        let mut bytes = Vec::new();
        totals.write(&mut bytes).unwrap();
        // A choice called as the column of names, or a contest's own name with another's choice, is no table.
        let clash = totals.contests.iter().flat_map(|contest| &contest.choices).any(|choice| {
            ["batch", "batchname", "batchid", "batchnumber"].contains(&scr_audits::inputs::folded(choice).as_str())
        });
        prop_assume!(!clash);
        let read = totals::read(bytes.as_slice(), "t.csv", &totals.contests, None, &Limits::default());
        prop_assert!(read.is_ok(), "{:?} {}", read, String::from_utf8_lossy(&bytes));
        prop_assert_eq!(read.unwrap().input, totals);
    }

    /// What is written is read again.
    #[test]
    fn lists_that_are_written_are_read_again(
        names in prop::collection::vec("[A-Z][a-z]{1,8}", 1..6),
        expected in prop::collection::vec(prop::option::of(0..9_u64), 6),
        stated: bool,
    ) {
        let names = distinct(names);
        let list: Vec<Jurisdiction> = names
            .iter()
            .zip(&expected)
            .map(|(name, expected)| Jurisdiction { name: name.clone(), emails: vec![format!("{name}@x.example"), "b@y.example".to_owned()], expected: *expected })
            .collect();
        let mut bytes = Vec::new();
        jurisdictions::write(&list, &mut bytes).unwrap();
        let read = jurisdictions::read(bytes.as_slice(), "j.csv", &Limits::default());
        prop_assert_eq!(read.unwrap().input, list);
        let list: Vec<StandardContest> = names
            .iter()
            .zip(&expected)
            .map(|(name, all)| StandardContest {
                name: format!("Contest, \"{name}\""),
                jurisdictions: all.map(|_| names.clone()),
                choices: stated.then(|| vec![format!("{name}, Jr"), "B".to_owned()]),
            })
            .collect();
        let mut bytes = Vec::new();
        contests::write(&list, &mut bytes).unwrap();
        let read = contests::read(bytes.as_slice(), "c.csv", Some(&names), &Limits::default());
        prop_assert_eq!(read.unwrap().input, list);
    }
}
