//! Dominion's exports: real ones and damaged ones.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod writers;

use scr_tabulation::cvr::columns::{Builder, Columns};
use scr_tabulation::cvr::{Card, Mark};
use scr_tabulation::read::dominion_json::Options;
use scr_tabulation::read::{Limits, dominion_csv, dominion_json};
use serde_json::{Value, json};
use std::io::{Cursor, Read as _};

fn csv(bytes: &[u8]) -> Result<Columns, Vec<String>> {
    let mut builder = Builder::new(u64::MAX);
    let reading = dominion_csv::read(bytes, "a.csv", &Limits::default(), &mut builder);
    let reading = reading.map_err(|all| all.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    assert_eq!(reading.cards, builder.cards());
    Ok(builder.finish(&reading.election, &reading.contests))
}

fn json_export(bytes: &[u8], options: &Options) -> Result<Columns, Vec<String>> {
    let mut builder = Builder::new(u64::MAX);
    let reading = dominion_json::read(Cursor::new(bytes), "a.zip", options, &mut builder);
    let reading = reading.map_err(|all| all.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    assert_eq!(reading.cards, builder.cards());
    Ok(builder.finish(&reading.election, &reading.contests))
}

/// The export of San Francisco, November 2024; tallies by SHANGRLA's reader (9d5db92).
#[test]
fn san_francisco_2024_is_counted_as_by_shangrla() {
    let Some(folder) = scr_testing::data("audit/cvr-dominion-json") else { return };
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let columns = json_export(&read("SF2024-export-slice.zip"), &Options::default()).unwrap();
    let expected: Value = serde_json::from_slice(&read("SF2024-export-slice.expected.json")).unwrap();
    assert_eq!(columns.election(), expected["election"]);
    assert_eq!(Value::from(columns.cards()), expected["cards"]);
    let contests = expected["contests"].as_object().unwrap();
    let mut counted = 0;
    for (id, facts) in contests {
        let number = columns.find(id).unwrap();
        let contest = &columns.contests()[usize::from(number)];
        assert_eq!(
            (Value::from(contest.name.as_str()), Value::from(contest.ranks)),
            (facts["name"].clone(), facts["num_ranks"].clone())
        );
        let mut votes = std::collections::BTreeMap::<String, std::collections::BTreeMap<String, u64>>::new();
        let mut cards = 0;
        for pattern in columns.patterns(number) {
            cards += pattern.cards;
            for mark in pattern.marks.iter().filter(|mark| mark.choice != Mark::OVERVOTE) {
                let name = contest.choices[usize::from(mark.choice)].name.clone();
                *votes.entry(mark.rank.max(1).to_string()).or_default().entry(name).or_default() +=
                    pattern.cards;
            }
        }
        assert_eq!(Value::from(cards), facts["cards"], "{id}");
        // One candidate's name ends with a blank there.
        let wanted = facts["votes_by_rank"].to_string().replace(" \":", "\":");
        assert_eq!(json!(votes), serde_json::from_str::<Value>(&wanted).unwrap(), "{id}");
        counted += 1;
    }
    assert_eq!(counted, contests.len());
    // A session whose record number is withheld is found by its image.
    let mut card = Card::default();
    assert!(columns.card(0, &mut card));
    assert_eq!((card.id.as_str(), card.position), ("5-1-22", 22));
}

fn one_member(export: &[u8], contests: &Value, candidates: &Value) -> Vec<u8> {
    writers::zip(&[
        ("CvrExport.json", export.to_vec()),
        ("ContestManifest.json", json!({ "List": contests }).to_string().into_bytes()),
        ("CandidateManifest.json", json!({ "List": candidates }).to_string().into_bytes()),
    ])
}

/// As [`one_member`], not packed: repetitions would look like a bomb.
fn stored(export: &[u8], contests: &Value, candidates: &Value) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in [
        ("CvrExport.json", export.to_vec()),
        ("ContestManifest.json", json!({ "List": contests }).to_string().into_bytes()),
        ("CandidateManifest.json", json!({ "List": candidates }).to_string().into_bytes()),
    ] {
        archive.start_file(name, stored).unwrap();
        std::io::Write::write_all(&mut archive, &bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// SHANGRLA's samples of two versions: contests below the session, and below its cards.
#[test]
fn versions_before_and_after_5_10_are_read() {
    let Some(folder) = scr_testing::data("audit/cvr-dominion-json") else { return };
    for name in ["test_5.2.18.2.Dominion.json", "test_5.10.50.85.Dominion.json"] {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let export: Value = serde_json::from_slice(&bytes).unwrap();
        // Contests and candidates as the sample mentions them.
        let mut candidates: Vec<(u64, u64)> = Vec::new();
        let mut current_cards = 0;
        for session in export["Sessions"].as_array().unwrap() {
            let record = if session["Original"]["IsCurrent"] == true {
                &session["Original"]
            } else {
                &session["Modified"]
            };
            current_cards += record["Cards"].as_array().map_or(1, Vec::len);
            let mut below = Vec::new();
            for record in [&session["Original"], &session["Modified"]] {
                match record["Cards"].as_array() {
                    Some(cards) => {
                        below.extend(cards.iter().flat_map(|card| card["Contests"].as_array().unwrap()))
                    }
                    None => below.extend(record["Contests"].as_array().into_iter().flatten()),
                }
            }
            for contest in below {
                for mark in contest["Marks"].as_array().unwrap() {
                    candidates.push((contest["Id"].as_u64().unwrap(), mark["CandidateId"].as_u64().unwrap()));
                }
                candidates.push((contest["Id"].as_u64().unwrap(), 999_999));
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        let mut ids: Vec<u64> = candidates.iter().map(|(contest, _)| *contest).collect();
        ids.dedup();
        let contests: Vec<Value> = ids
            .iter()
            .map(|id| json!({"Id": id, "Description": format!("C{id}"), "VoteFor": 1, "NumOfRanks": 0}))
            .collect();
        let candidates: Vec<Value> = candidates.iter().map(|(contest, id)| json!({"Id": id, "Description": format!("P{id}"), "ContestId": contest, "Type": "Regular"})).collect();
        let columns =
            json_export(&one_member(&bytes, &json!(contests), &json!(candidates)), &Options::default())
                .unwrap();
        assert_eq!(columns.cards(), current_cards as u64, "{name}");
        assert!(
            columns.contests().iter().any(|contest| columns
                .tally(columns.find(&contest.id).unwrap())
                .votes
                .iter()
                .sum::<u64>()
                > 0)
        );
    }
}

/// Colorado's test export of 2017 (colorado-rla 58d33a7), and Uralla 2021 with ranks.
#[test]
fn real_tables_are_read() {
    let Some(folder) = scr_testing::data("audit/cvr-dominion-csv") else { return };
    let columns =
        csv(&std::fs::read(folder.join("dominion-2017-CVR_Export_20170310104116.csv")).unwrap()).unwrap();
    let lines = std::fs::read_to_string(folder.join("dominion-2017-CVR_Export_20170310104116.csv"))
        .unwrap()
        .lines()
        .count() as u64;
    assert_eq!((columns.election(), columns.cards()), ("2016 Arapahoe General Election", lines - 4));
    let mut card = Card::default();
    assert!(columns.card(0, &mut card));
    assert_eq!(
        (card.tabulator.as_str(), card.batch.as_str(), card.position, card.imprinted.as_str()),
        ("3", "800", 1, "3-800-1")
    );
    let packed = std::fs::read(folder.join("Uralla_Mayoral_IRV.csv.gz")).unwrap();
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut text).unwrap();
    let columns = csv(&text).unwrap();
    let contest = &columns.contests()[0];
    assert_eq!((contest.name.as_str(), contest.ranks), ("Uralla Mayoral", 3));
    assert_eq!(
        contest.choices.iter().map(|choice| choice.name.as_str()).collect::<Vec<_>>(),
        ["BELL Robert", "LEDGER Natasha", "STRUTT Isabel"]
    );
    // The same ballots as raire-rs takes them: first preferences agree.
    let raire = std::fs::read(folder.join("../irv-nsw2021/Uralla Mayoral.json")).unwrap();
    let raire: Value = serde_json::from_slice(&raire).unwrap();
    let names: Vec<&str> = raire["metadata"]["candidates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap())
        .collect();
    let tally = columns.tally(0);
    for (choice, votes) in contest.choices.iter().zip(&tally.votes) {
        let at = names.iter().position(|name| *name == choice.name).unwrap();
        let first: u64 = raire["votes"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|vote| vote["prefs"][0] == at)
            .map(|vote| vote["n"].as_u64().unwrap())
            .sum();
        assert_eq!(*votes, first, "{}", choice.name);
    }
}

const TOP: &str = "Test,1\n,,,,,,,,Mayor (Vote For=1),Mayor (Vote For=1)\n,,,,,,,,Ann,Ben\nCvrNumber,TabulatorNum,BatchId,RecordId,ImprintedId,CountingGroup,PrecinctPortion,BallotType,A,B\n";

#[test]
fn damage_is_named_by_row_and_column() {
    let errors = |rows: &str| csv(format!("{TOP}{rows}").as_bytes()).unwrap_err();
    // Excel: `="1"` is read, `1.0` and a repeated row are damage; all is said at once.
    let said = errors(
        "1,1,7,=\"1\",1-7-1,M,P,S,1.0,0\n2,1,7,2,1-7-2,M,P,S,1,0\n3,1,7,2,1-7-2,M,P,S,1,0\n4,1,7,x,,M,P,S,0,1\n",
    );
    assert_eq!(
        said,
        [
            "SCR-CVR-024 a.csv:5 column \"9 (Mayor)\" value \"1.0\"",
            "SCR-CVR-005 a.csv:7 value \"1 7 2 3\"",
            "SCR-CVR-024 a.csv:8 column \"RecordId\" value \"x\"",
        ]
    );
    assert_eq!(errors(""), ["SCR-CVR-028 a.csv"]);
    assert!(errors("1,1,7,1,1-7-1,M,P,S,1,0,0,0,0\n")[0].starts_with("SCR-CVR-029 a.csv:5"));
    assert_eq!(csv(b"Test\n").unwrap_err(), ["SCR-CVR-022 a.csv rows=\"1\""]);
    let renamed = TOP.replace("RecordId", "RecordNo");
    assert_eq!(
        csv(renamed.as_bytes()).unwrap_err(),
        ["SCR-CVR-025 a.csv:4 column \"RecordId\" closest \"RecordNo\""]
    );
    let untitled = TOP.replace("Mayor (Vote For=1)", "Mayor");
    assert!(
        csv(untitled.as_bytes()).unwrap_err()[0]
            .starts_with("SCR-CVR-026 a.csv:2 column \"9\" value \"Mayor\"")
    );
    let ranked = TOP.replace("Mayor (Vote For=1)", "\"Mayor (Number of positions=1, Number of ranks=2)\"");
    assert!(
        csv(ranked.as_bytes()).unwrap_err()[0].starts_with("SCR-CVR-027 a.csv:3 column \"9\" value \"Ann\"")
    );
    let wide = Limits { columns: 9, ..Limits::default() };
    let refused = dominion_csv::read(TOP.as_bytes(), "a.csv", &wide, &mut Vec::new()).unwrap_err();
    assert_eq!(refused[0].code, "SCR-CVR-023");
}

/// Spreadsheets leave out empty cells at a row's end; what ends within a contest, or a last row without its end of
/// line, was cut.
#[test]
fn rows_that_were_cut_are_named() {
    let top = TOP
        .replace("Mayor (Vote For=1)\n", "Mayor (Vote For=1),Judge (Vote For=1)\n")
        .replace(",B\n", ",B,C\n");
    let columns =
        csv(format!("{top}1,1,7,1,1-7-1,M,P,S,1,0\n2,1,7,2,1-7-2,M,P,S,1,0,1\n").as_bytes()).unwrap();
    assert_eq!((columns.tally(0).cards, columns.tally(1).cards), (2, 1));
    assert_eq!(
        csv(format!("{top}1,1,7,1,1-7-1,M,P,S,1\n2,1,7,2,1-7-2,M,P,S,1,0").as_bytes()).unwrap_err(),
        ["SCR-CVR-040 a.csv:5 cells=\"9\" columns=\"11\""]
    );
    assert_eq!(
        csv(format!("{top}2,1,7,2,1-7-2,M,P,S,1,0").as_bytes()).unwrap_err(),
        ["SCR-CVR-040 a.csv:5 cells=\"10\" columns=\"11\""]
    );
    let open = format!("{top}1,1,7,1,\"{}", "x".repeat(5 << 20));
    assert_eq!(csv(open.as_bytes()).unwrap_err(), ["SCR-CVR-039 a.csv:5 limit=\"4194304\""]);
    let latin = format!("{top}2,1,7,2,1-7-2,Briefwahl K\u{f6}ln,P,S,1,0,\n");
    let latin: Vec<u8> = latin.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    let reading = dominion_csv::read(latin.as_slice(), "a.csv", &Limits::default(), &mut Vec::new()).unwrap();
    assert_eq!(reading.warnings[0].to_string(), "SCR-CVR-041 a.csv:5 value \"Briefwahl K\u{f6}ln\"");
}

#[test]
fn contests_of_one_name_with_other_limits_are_others() {
    let top = TOP.replace("Mayor (Vote For=1)\n", "Mayor (Vote For=2)\n");
    let columns = csv(format!("{top}1,1,7,1,1-7-1,M,P,S,1,0\n").as_bytes()).unwrap();
    assert_eq!((columns.tally(0).votes, columns.tally(1).votes), (vec![1], vec![0]));
    assert_eq!(columns.find("Mayor (Vote For=2)"), Some(1));
}

#[test]
fn a_file_that_breaks_off_is_said() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let refused = dominion_csv::read(Broken, "a.csv", &Limits::default(), &mut Vec::new()).unwrap_err();
    assert_eq!(refused[0].code, "SCR-CVR-021");
}

#[test]
fn utf_16_and_cells_in_quotes_are_read() {
    let text = format!("{TOP}1,1,7,=\"1\",\"=\"\"1-7-1\"\"\",M,P,S,1,0\n");
    let units: Vec<u8> =
        [0xfeff_u16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let columns = csv(&units).unwrap();
    let mut card = Card::default();
    assert!(columns.card(0, &mut card));
    assert_eq!((card.imprinted.as_str(), columns.tally(0).votes), ("1-7-1", vec![1, 0]));
}

#[test]
fn what_is_wrong_with_an_archive_is_said() {
    let contests = json!([{"Id": 1, "Description": "Mayor", "VoteFor": 1, "NumOfRanks": 0}]);
    let candidates = json!([{"Id": 5, "Description": "Ann", "ContestId": 1, "Type": "Regular"}]);
    let errors = |bytes: &[u8]| json_export(bytes, &Options::default()).unwrap_err();
    assert!(errors(b"no zip")[0].starts_with("SCR-CVR-030 a.zip"));
    assert_eq!(
        errors(&writers::zip(&[("__MACOSX/._CvrExport.json", b"x".to_vec()), (".DS_Store", b"x".to_vec())])),
        [
            "SCR-CVR-032 a.zip member=\"CvrExport.json or CvrExport_0.json\"",
            "SCR-CVR-032 a.zip member=\"ContestManifest.json\"",
            "SCR-CVR-032 a.zip member=\"CandidateManifest.json\"",
        ]
    );
    assert!(
        errors(&writers::zip(&[
            ("CvrExport.json", b"{}".to_vec()),
            ("ContestManifest.json", b"[".to_vec()),
            ("CandidateManifest.json", b"{\"List\":[]}".to_vec())
        ]))[0]
            .starts_with("SCR-CVR-034 a.zip#ContestManifest.json")
    );
    let session = |contest: u64, candidate: u64, record: Value| json!({"TabulatorId": 1, "BatchId": 2, "RecordId": record, "ImageMask": "none", "Original": {"IsCurrent": true, "Cards": [{"Contests": [{"Id": contest, "Marks": [{"CandidateId": candidate, "IsVote": true}]}]}]}});
    let export = json!({"Version": "5.10", "ElectionId": "E", "Sessions": [session(2, 5, json!(1)), session(1, 6, json!(2)), session(1, 5, json!("X")), session(1, 5, json!(4)), session(1, 5, json!(4))]});
    let said = errors(&one_member(export.to_string().as_bytes(), &contests, &candidates));
    let codes: Vec<&str> = said.iter().map(|line| &line[..11]).collect();
    assert_eq!(codes, ["SCR-CVR-037", "SCR-CVR-038", "SCR-CVR-036", "SCR-CVR-005"], "{said:?}");
    assert!(
        said[0].starts_with("SCR-CVR-037 a.zip#CvrExport.json:1 column \"Contests\" value \"2\""),
        "{said:?}"
    );
    let text = export.to_string();
    let cut = one_member(&text.as_bytes()[..text.len() - 30], &contests, &candidates);
    assert!(errors(&cut).iter().any(|line| line.starts_with("SCR-CVR-035 a.zip#CvrExport.json")));
    let few = Options { limits: Limits { members: 2, ..Limits::default() }, ..Options::default() };
    assert!(json_export(&cut, &few).unwrap_err()[0].starts_with("SCR-CVR-031"));
    // 80 MB of one letter pack to a thousandth.
    let bomb = writers::zip(&[("CvrExport.json", vec![b' '; 80 << 20])]);
    assert!(errors(&bomb)[0].starts_with("SCR-CVR-033 a.zip"));
}

/// Members with names in an unknown encoding, backslashes and folders do not matter.
#[test]
fn strangers_in_the_archive_are_passed_over() {
    let contests = json!([{"Id": 1, "Description": "Mayor", "VoteFor": 1, "NumOfRanks": 0}]).to_string();
    let export = json!({"ElectionId": "E", "Sessions": [{"TabulatorId": 1, "BatchId": 2, "RecordId": 3, "Original": {"Contests": [{"Id": 1, "Overvotes": 1, "Marks": []}]}}]});
    let bytes = writers::zip(&[
        ("export\\CvrExport_0.json", export.to_string().into_bytes()),
        ("export\\ContestManifest.json", format!("{{\"List\":{contests}}}").into_bytes()),
        ("export\\CandidateManifest.json", b"\xef\xbb\xbf{\"List\":[]}".to_vec()),
        ("repr\u{251c}\u{2310}sentants.txt", b"?".to_vec()),
        ("folder/", Vec::new()),
    ]);
    let columns = json_export(&bytes, &Options::default()).unwrap();
    let tally = columns.tally(0);
    assert_eq!((tally.cards, tally.overvoted, tally.blank), (1, 1, 0));
}

/// A member that is too large to be unpacked at once is read as a stream, and gives the same.
#[test]
fn large_members_are_read_as_streams_with_a_limit_on_each_session() {
    let contests = json!([{"Id": 1, "Description": "Mayor", "VoteFor": 1, "NumOfRanks": 0}]);
    let candidates = json!([{"Id": 5, "Description": "Ann", "ContestId": 1, "Type": "Regular"}]);
    let session = |record: u32, padding: usize| {
        let mark = "{\"CandidateId\":5,\"IsVote\":true}";
        format!(
            "{{\"TabulatorId\":1,\"BatchId\":2,\"RecordId\":{record},\"Note\":\"{}\",\"Original\":{{\"Contests\":[{{\"Id\":1,\"Marks\":[{mark}]}}]}}}}",
            "é".repeat(padding)
        )
    };
    let export = |paddings: &[usize], end: &str| {
        let sessions: Vec<String> =
            (1..).zip(paddings).map(|(record, padding)| session(record, *padding)).collect();
        format!("\u{feff}{{\"ElectionId\":\"E\",\"Sessions\":[{}]}}{end}", sessions.join(","))
    };
    let read =
        |text: &str| json_export(&stored(text.as_bytes(), &contests, &candidates), &Options::default());
    let columns = read(&export(&[500_000; 52], "")).unwrap();
    assert_eq!((columns.cards(), columns.tally(0).votes), (52, vec![52]));
    let units = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let small =
        json_export(&stored(&units(&export(&[5; 3], "")), &contests, &candidates), &Options::default());
    assert_eq!(small.unwrap().cards(), 3);
    let mut paddings = [500_000; 53];
    paddings[40] = 4_000_000;
    let said = read(&export(&paddings, "")).unwrap_err();
    assert!(said[0].starts_with("SCR-CVR-039 a.zip#CvrExport.json session=\"40\""), "{said:?}");
    let said = read(&export(&[500_000; 52], "{}")).unwrap_err();
    assert!(said[0].starts_with("SCR-CVR-035 a.zip#CvrExport.json"), "{said:?}");
}

/// Parts of the members, each read into a builder of its own, give the same bytes as all of them in one.
#[test]
fn members_are_read_in_parts() {
    let contests = json!([{"Id": 1, "Description": "Mayor", "VoteFor": 1, "NumOfRanks": 0}]).to_string();
    let candidates = json!([{"Id": 5, "Description": "Ann", "ContestId": 1, "Type": "Regular"}, {"Id": 6, "Description": "Ben", "ContestId": 1, "Type": "Regular"}]).to_string();
    let mut members = vec![
        ("ContestManifest.json".to_owned(), format!("{{\"List\":{contests}}}").into_bytes()),
        ("CandidateManifest.json".to_owned(), format!("{{\"List\":{candidates}}}").into_bytes()),
    ];
    for member in 0..11_u32 {
        let sessions: Vec<Value> = (0..=member).map(|record| json!({"TabulatorId": 1, "BatchId": member, "RecordId": record, "Original": {"Contests": [{"Id": 1, "Marks": [{"CandidateId": 5 + (record + member) % 2, "IsVote": true}]}]}})).collect();
        members.push((
            format!("CvrExport_{member}.json"),
            json!({"ElectionId": "E", "Sessions": sessions}).to_string().into_bytes(),
        ));
    }
    let members: Vec<(&str, Vec<u8>)> =
        members.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    let bytes = writers::zip(&members);
    let whole = json_export(&bytes, &Options::default()).unwrap();
    for parts in [1, 2, 3, 11, 40] {
        let (mut archive, export) =
            dominion_json::Export::open(Cursor::new(&bytes), "a.zip", &Limits::default()).unwrap();
        let shares = export.shares(parts);
        assert_eq!(shares.len(), parts.min(11));
        assert_eq!(shares.concat(), (0..11).collect::<Vec<_>>());
        let (mut all, mut ballots) = (Builder::new(u64::MAX), dominion_json::Ballots::default());
        for share in &shares {
            let mut builder = Builder::new(u64::MAX);
            export
                .read_members(&mut archive, share, &Options::default(), &mut builder, &mut ballots)
                .unwrap();
            all.append(builder).unwrap();
        }
        let reading = export.reading(&ballots, Vec::new()).unwrap();
        assert_eq!(all.finish(&reading.election, &reading.contests).digest(), whole.digest());
    }
}

const CARD: &str = "CvrNumber,TabulatorNum,BatchId,RecordId";

/// Real exports (Uralla 2021, Boulder 2023) say in row 2 that a contest is ranked: without it `Ann(1)` is a name. Where
/// one name has two ranks there, row 2 is wrong, and reading it would turn rankings into overvotes.
#[test]
fn row_2_alone_says_whether_a_contest_is_ranked() {
    let export = |choices: &str| {
        let width = choices.split(',').count();
        let contest = ",Mayor (Vote For=1)".repeat(width);
        format!(
            "E,5\n,,,{contest}\n,,,,{choices}\n{CARD}{}\n1,1,1,1,1{}\n",
            ",".repeat(width),
            ",0".repeat(width - 1)
        )
    };
    let columns = csv(export("Ann(1),Ben(1)").as_bytes()).unwrap();
    let contest = &columns.contests()[0];
    assert_eq!((contest.ranks, contest.choices[0].name.as_str()), (0, "Ann(1)"));
    assert_eq!(columns.tally(0).votes, [1, 0]);
    assert!(csv(export("Rule (a),Rule (b),Rule (1)").as_bytes()).is_ok());
    assert_eq!(
        csv(export("Ann(1),Ben(1),Ann(2),Ben(2)").as_bytes()).unwrap_err(),
        [r#"SCR-CVR-043 a.csv:3 value "Ann(2)" contest="Mayor""#]
    );
}

/// Two write-in lines of a ranked contest have each their ranks.
#[test]
fn choices_of_one_name_keep_their_ranks() {
    let contest = ",\"Ward (Number of positions=1, Number of ranks=2)\"".repeat(4);
    let text = format!(
        "E,5\n,,,{contest}\n,,,,Write-in(1),Write-in(1),Write-in(2),Write-in(2)\n{CARD},,,,\n1,1,1,1,0,1,1,0\n"
    );
    let columns = csv(text.as_bytes()).unwrap();
    assert_eq!(columns.contests()[0].choices.len(), 2);
    let mut card = Card::default();
    assert!(columns.card(0, &mut card));
    assert_eq!(card.marks(0), Some(&[Mark::ranked(1, 1), Mark::ranked(0, 2)][..]));
}
