//! The Common Data Format against RCTab's first rounds, NIST's examples, and what was written.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use proptest::prelude::*;
use scr_core::Problem;
use scr_tabulation::cvr::{Card, Choice, ChoiceKind, Contest, Contests, Mark, Reading, Sink};
use scr_tabulation::read::{Limits, cdf};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

fn read(bytes: &[u8]) -> Result<(Reading, Vec<Card>), Vec<Problem>> {
    let mut cards: Vec<Card> = Vec::new();
    let reading = cdf::read(Cursor::new(bytes), "cvr", &Limits::default(), &mut cards)?;
    Ok((reading, cards))
}

/// The files of RCTab's test sets by name.
fn rctab() -> Option<BTreeMap<String, Vec<u8>>> {
    let path = scr_testing::data("audit/rctab/rctab-sets.zip")?;
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).unwrap();
        let (name, mut bytes) = (member.name().unwrap().into_owned(), Vec::new());
        if name.ends_with(".json") || name.ends_with(".xml") {
            member.read_to_end(&mut bytes).unwrap();
            files.insert(name, bytes);
        }
    }
    Some(files)
}

/// Who gets a card in round 1: the first rank with one mark. More marks at a rank end it or are passed over, and more
/// ranks left out in a row than are allowed end it.
fn first(marks: &[Mark], skip_overvotes: bool, most_left_out: u16) -> Option<u16> {
    let mut last = 0;
    for same in marks.chunk_by(|one, other| one.rank == other.rank) {
        let rank = same[0].rank.max(1);
        match same {
            _ if rank - last - 1 > most_left_out => return None,
            [mark] => return Some(mark.choice),
            _ if skip_overvotes => {}
            _ => return None,
        }
        last = rank;
    }
    None
}

/// RCTab 2.0.1 (BrightSpots/rcv 2167c24): round 1 of every set that it reads from this format, JSON and XML (NIST's
/// and Unisyn's).
#[test]
fn first_rounds_are_those_of_rctab() {
    let Some(files) = rctab() else { return };
    let mut compared = 0;
    for (name, config) in files.iter().filter(|(name, _)| name.ends_with("_config.json")) {
        let config: Value = serde_json::from_slice(config).unwrap();
        let sources = config["cvrFileSources"].as_array().unwrap();
        let folder = name.split('/').next().unwrap();
        if sources.iter().any(|source| source["provider"] != "cdf") {
            continue;
        }
        let report = files.iter().find(|(name, _)| {
            name.starts_with(&format!("{folder}/")) && name.ends_with("_detailed_report.json")
        });
        let Some((_, report)) = report else { continue };
        let report: Value = serde_json::from_slice(report).unwrap();
        let skip = config["rules"]["overvoteRule"] == "alwaysSkipToNextRank";
        let left_out = config["rules"]["maxSkippedRanksAllowed"].as_str().and_then(|most| most.parse().ok());
        let left_out = left_out.unwrap_or(u16::MAX);
        let (mut votes, mut cards): (BTreeMap<String, u64>, u64) = (BTreeMap::new(), 0);
        for source in sources {
            let path = source["filePath"].as_str().unwrap();
            let path = path.strip_prefix("../").map_or_else(|| format!("{folder}/{path}"), str::to_owned);
            let (reading, read_cards) =
                read(&files[&path]).unwrap_or_else(|problems| panic!("{path} {problems:?}"));
            let list = reading.contests.list();
            let number = list.iter().position(|contest| contest.name == source["contestId"]).unwrap();
            let with = read_cards.iter().filter_map(|card| card.marks(u16::try_from(number).unwrap()));
            for marks in with {
                cards += 1;
                if let Some(choice) = first(marks, skip, left_out) {
                    let choice_of = &list[number].choices[usize::from(choice)];
                    if choice_of.kind == ChoiceKind::UndeclaredWriteIn {
                        *votes.entry("Undeclared Write-ins".to_owned()).or_default() += 1;
                        continue;
                    }
                    *votes.entry(choice_of.name.clone()).or_default() += 1;
                }
            }
        }
        for (candidate, expected) in report["results"][0]["tally"].as_object().unwrap() {
            let settings = config["candidates"].as_array().unwrap();
            let names = settings
                .iter()
                .find(|own| own["name"] == candidate.as_str())
                .map(|own| own["aliases"].clone());
            let aliases =
                names.iter().flat_map(|names| names.as_array().unwrap()).map(|name| name.as_str().unwrap());
            let found: u64 =
                std::iter::once(candidate.as_str()).chain(aliases).filter_map(|name| votes.get(name)).sum();
            assert_eq!(found.to_string(), expected.as_str().unwrap(), "{folder} {candidate} {votes:?}");
        }
        assert_eq!(report["summary"]["totalNumBallots"], cards.to_string(), "{folder}");
        compared += 1;
    }
    println!("{compared} sets");
    assert!(compared >= 15, "{compared}");
}

/// NIST's examples (usnistgov/CastVoteRecords 6a8ff03): overvotes, write-ins, marks that do not count.
#[test]
fn examples_of_nist_are_read() {
    let Some(path) = scr_testing::data("audit/cdf/example_2.xml") else { return };
    let (reading, cards) = read(&std::fs::read(path).unwrap()).unwrap();
    let governor = reading.contests.find("_1GO").unwrap();
    let treasurer = reading.contests.find("_5TS").unwrap();
    let spec = |number: u16| &reading.contests.list()[usize::from(number)];
    let written = cards[0].marks(governor).unwrap();
    assert_eq!(spec(governor).choices[usize::from(written[0].choice)].kind, ChoiceKind::UndeclaredWriteIn);
    // Both are marked, none is allocable, and the contest says that it is overvoted.
    assert_eq!(cards[0].marks(treasurer).unwrap().len(), 2);
    assert_eq!(spec(treasurer).votes_allowed, 1);
    let Some(path) = scr_testing::data("audit/cdf/example_1.xml") else { return };
    let (reading, cards) = read(&std::fs::read(path).unwrap()).unwrap();
    assert_eq!((reading.cards, cards.len()), (reading.cards, usize::try_from(reading.cards).unwrap()));
    let names: Vec<&str> = cards.iter().take(3).map(|card| card.id.as_str()).collect();
    assert_eq!(&names[..2], ["1", "2"]);
    // Position 3 of the third record has no indication.
    assert_eq!(cards[2].contests().next().unwrap().1.len(), 1);
}

const HEAD: &str = r#"{"Election":[{"@id":"e","Contest":[{"@id":"c1","Name":"Mayor","VotesAllowed":1,"ContestSelection":[
    {"@id":"s1","Code":[{"Value":"Ann"}]},{"@id":"s2","Code":[{"Value":"Ben"}]}]}]}],"CVR":["#;

#[test]
fn what_is_wrong_is_said_with_the_record() {
    let refused = |text: &str| -> Vec<String> {
        read(text.as_bytes()).unwrap_err().iter().map(ToString::to_string).collect()
    };
    let ballots = |text: &str| refused(&format!("{HEAD}{text}]}}"));
    let all = ballots(
        r#"{"UniqueId":"7","CurrentSnapshotId":"b","CVRSnapshot":[{"@id":"a"},{"@id":"c"}]},
        {"UniqueId":"8","BatchSequenceId":"1,2","CVRSnapshot":[{"CVRContest":[{"ContestId":"c2"},
            {"ContestId":"c1","CVRContestSelection":[{"ContestSelectionId":"s3","SelectionPosition":[{"HasIndication":"yes"}]}]},
            {"ContestId":"c1","CVRContestSelection":[{"ContestSelectionId":"s1","SelectionPosition":[{"NumberVotes":1e9}]}]}]}]}"#,
    );
    assert_eq!(
        all,
        [
            r#"SCR-CVR-066 cvr value "b" id="7" record="1""#,
            r#"SCR-CVR-067 cvr column "BatchSequenceId" value "1,2" record="2""#,
            r#"SCR-CVR-064 cvr column "ContestId" value "c2" closest "c1" id="8" record="2""#,
            r#"SCR-CVR-065 cvr column "ContestSelectionId" value "s3" closest "s1" contest="Mayor" id="8" record="2""#,
            r#"SCR-CVR-067 cvr column "NumberVotes" value "1000000000" contest="Mayor" id="8" record="2""#,
        ]
    );
    assert!(ballots("")[0].starts_with("SCR-CVR-028"));
    assert!(refused("{\n\n\"CVR\": [}")[0].starts_with("SCR-CVR-060 cvr:3"));
    assert!(refused("{}")[0].starts_with("SCR-CVR-061"));
    assert!(refused("<Report/>")[0].starts_with("SCR-CVR-061"));
    assert!(refused("<CastVoteRecordReport><CVR>")[0].starts_with("SCR-CVR-060"));
    assert!(refused("<!DOCTYPE a><CastVoteRecordReport/>")[0].starts_with("SCR-CVR-060"));
    assert!(
        refused("<CastVoteRecordReport><Election>&bomb;</Election></CastVoteRecordReport>")[0]
            .contains("entity")
    );
    let deep = format!("<CastVoteRecordReport>{}", "<a>".repeat(10_000));
    assert!(refused(&deep)[0].contains("more than 32"));
    assert!(refused(&"[".repeat(10_000))[0].starts_with("SCR-CVR-060"));
    let twice = HEAD.replace("\"s2\"", "\"s1\"") + "]}";
    assert!(refused(&twice)[0].starts_with(r#"SCR-CVR-063 cvr column "ContestSelection" value "Ben""#));
    let tight = Limits { record: 4_000, ..Limits::default() };
    for text in [
        format!("{HEAD}{{\"UniqueId\":\"{}\"}}]}}", "7".repeat(100_000)),
        format!(
            "<CastVoteRecordReport><Election/><CVR><UniqueId>{}</UniqueId></CVR></CastVoteRecordReport>",
            "7".repeat(900_000)
        ),
    ] {
        let problems = cdf::read(Cursor::new(text), "cvr", &tight, &mut Vec::<Card>::new()).unwrap_err();
        assert_eq!(problems[0].code, "SCR-CVR-062", "{problems:?}");
    }
}

/// What could be read in two ways, or in none, is no blank ballot.
#[test]
fn doubt_is_said() {
    let refused = |record: &str| -> Vec<String> {
        let text = format!("{HEAD}{record}]}}");
        read(text.as_bytes()).unwrap_err().iter().map(ToString::to_string).collect()
    };
    for record in [
        r#"{"UniqueId":"7","CurrentSnapshotId":"a","CVRSnapshot":[{"@id":"a"},{"@id":"a"}]}"#,
        r#"{"UniqueId":"7","CVRSnapshot":[{},{}]}"#,
    ] {
        assert!(refused(record)[0].starts_with("SCR-CVR-066"), "{record}");
    }
    for (field, word) in [("HasIndication", "\"Yes\""), ("HasIndication", "true"), ("IsAllocable", "\"No\"")]
    {
        let position = format!("{{\"{field}\":{word}}}");
        let said = refused(
            &r#"{"CVRSnapshot":[{"CVRContest":[{"ContestId":"c1","CVRContestSelection":[
                {"ContestSelectionId":"s1","SelectionPosition":[POSITION]}]}]}]}"#
                .replace("POSITION", &position),
        );
        assert!(said[0].starts_with(&format!("SCR-CVR-067 cvr column {field:?}")), "{said:?}");
    }
}

/// NIST's own example of an overvote (usnistgov/CastVoteRecords 6a8ff03, example_1.xml, record 4): no position is
/// allocable, and nothing but the contest's status says why.
#[test]
fn an_overvote_can_be_said_by_the_status_alone() {
    let Some(path) = scr_testing::data("audit/cdf/example_1.xml") else { return };
    let (_, cards) = read(&std::fs::read(path).unwrap()).unwrap();
    assert_eq!(cards[3].id, "4");
    let (_, marks) = cards[3].contests().next().unwrap();
    assert!(marks.contains(&Mark::vote(Mark::OVERVOTE)), "{marks:?}");
}

/// What is not a ballot may be longer than a record, before the ballots and after them, when it is read and when it is
/// passed over.
#[test]
fn long_definitions_are_read() {
    let tight = Limits { record: 1 << 16, ..Limits::default() };
    let name = "x".repeat(200_000);
    let head = HEAD.replace("Mayor", &name);
    let json = format!("{head}{{\"UniqueId\":\"7\",\"CVRSnapshot\":[{{}}]}}],\"Notes\":\"{name}\"}}");
    let xml = format!(
        "<CastVoteRecordReport><Notes>{name}</Notes><CVR><UniqueId>7</UniqueId><CVRSnapshot><Type>original</Type></CVRSnapshot></CVR>
        <Election><Contest ObjectId=\"c1\"><Name>{name}</Name></Contest></Election></CastVoteRecordReport>"
    );
    for text in [json, xml] {
        let reading = cdf::read(Cursor::new(text), "cvr", &tight, &mut Vec::<Card>::new()).unwrap();
        assert_eq!((reading.cards, reading.contests.list()[0].name.len()), (1, name.len()));
    }
}

/// The same report as XML and as JSON, also in UTF-16.
#[test]
fn xml_says_what_json_says() {
    let json = format!(
        r#"{HEAD}{{"UniqueId":"7","CurrentSnapshotId":"a","CVRSnapshot":[{{"@id":"a","CVRContest":[{{"ContestId":"c1",
        "CVRContestSelection":[{{"ContestSelectionId":"s2","SelectionPosition":[{{"HasIndication":"yes","NumberVotes":1}}]}}]}}]}}]}}]}}"#
    );
    let xml = r#"<c:CastVoteRecordReport xmlns:c="x"><c:CVR><c:UniqueId> 7 </c:UniqueId><c:CurrentSnapshotId>a</c:CurrentSnapshotId>
        <c:CVRSnapshot ObjectId="a"><c:CVRContest><c:ContestId>c1</c:ContestId><c:CVRContestSelection>
        <c:ContestSelectionId>s2</c:ContestSelectionId><c:SelectionPosition><c:HasIndication>yes</c:HasIndication>
        </c:SelectionPosition></c:CVRContestSelection></c:CVRContest></c:CVRSnapshot></c:CVR>
        <c:Election ObjectId="e"><c:Contest ObjectId="c1"><c:ContestSelection ObjectId="s1"><c:Code><c:Value>Ann</c:Value></c:Code>
        </c:ContestSelection><c:ContestSelection ObjectId="s2"><c:Code><c:Value>Ben</c:Value></c:Code></c:ContestSelection>
        <c:Name>Mayor</c:Name><c:VotesAllowed>1</c:VotesAllowed></c:Contest></c:Election></c:CastVoteRecordReport>"#;
    let utf16: Vec<u8> = xml.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (one, cards) = read(json.as_bytes()).unwrap();
    for bytes in [xml.as_bytes(), &utf16] {
        let (other, same) = read(bytes).unwrap();
        assert_eq!((one.contests.list(), &cards), (other.contests.list(), &same));
    }
}

fn marks(ranks: u16, choices: u16) -> impl Strategy<Value = Option<Vec<(u16, u16)>>> {
    let choice = prop_oneof![9 => 0..choices, 1 => Just(Mark::OVERVOTE)];
    let rank = if ranks == 0 { 0..1 } else { 1..ranks + 1 };
    prop::option::of(prop::collection::vec((rank, choice), 0..5))
}

fn contests() -> Contests {
    let kinds = [ChoiceKind::Regular, ChoiceKind::WriteIn, ChoiceKind::UndeclaredWriteIn];
    let list = [("Mayor", 1, 0), ("Council \"3\"", 3, 0), ("Ranked é", 1, 4)];
    let contest = |(at, (name, votes_allowed, ranks)): (usize, (&str, u16, u16))| Contest {
        id: format!("contest {at}"),
        name: name.to_owned(),
        votes_allowed,
        ranks,
        choices: kinds
            .into_iter()
            .enumerate()
            .map(|(choice, kind)| Choice {
                id: format!("choice {at}.{choice}"),
                name: format!("{name} {choice} & co"),
                party: if choice == 0 { "Red / Blue".to_owned() } else { String::new() },
                kind,
            })
            .collect(),
    };
    Contests::of(list.into_iter().enumerate().map(contest).collect()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Reading what was written gives back contests and cards.
    #[test]
    fn what_is_written_reads_back(
        cards in prop::collection::vec((marks(0, 3), marks(0, 3), marks(4, 3), 0..9_u32, "[ -~é]{0,9}"), 1..20),
    ) {
        let contests = contests();
        let mut writer = cdf::Writer::new(Vec::new()).unwrap();
        let mut given = Vec::new();
        for (number, (one, two, three, position, text)) in (1..).zip(cards) {
            let id = format!("{number}{text}");
            let mut card = Card::default();
            card.id.clone_from(&id);
            card.position = position;
            card.sheet = position % 3;
            card.imprinted.clone_from(&text);
            card.batch.clone_from(&text);
            card.tabulator.clone_from(&text);
            card.style.clone_from(&text);
            card.precinct.clone_from(&text);
            if card.imprinted.is_empty() {
                card.imprinted = id;
            }
            for (contest, marks) in (0..).zip([one, two, three]) {
                if let Some(marks) = marks {
                    let marks: Vec<Mark> = marks.into_iter().map(|(rank, choice)| Mark { rank, choice }).collect();
                    card.add(contest, &marks);
                }
            }
            writer.card(&contests, &card).unwrap();
            given.push(card);
        }
        let written = writer.finish(&contests, "Election 1", "2026-11-27T06:00:00Z").unwrap();
        let (reading, read) = read(&written).map_err(|problems| TestCaseError::fail(format!("{problems:?}")))?;
        prop_assert_eq!(reading.election, "Election 1");
        prop_assert_eq!(reading.contests.list(), contests.list());
        prop_assert_eq!(&read, &given);
    }

    /// Whatever stands in a file, there is an answer.
    #[test]
    fn no_file_ends_the_program(bytes in prop::collection::vec(any::<u8>(), 0..300), at in 0..900_usize) {
        let _ = read(&bytes);
        let mut damaged = format!("{HEAD}{{\"CVRSnapshot\":[{{}}]}}]}}").into_bytes();
        let at = at % damaged.len();
        damaged.truncate(at);
        damaged.extend(bytes);
        let _ = read(&damaged);
    }
}

/// A disk that is full is said with the card that it stopped.
#[test]
fn a_full_disk_is_said() {
    struct Full(usize);
    impl std::io::Write for Full {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or_else(|| std::io::Error::other("no space left"))?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut writer = cdf::Writer::new(Full(100)).unwrap();
    let refused = Sink::card(&mut writer, &Contests::default(), &Card::default());
    assert_eq!(refused.unwrap_err().code, "SCR-CVR-068");
}
