//! Writers of the archives of Dominion and Hart, and of the Common Data Format as XML, from the descriptions of the
//! formats.

use super::round::{Election, quoted};
use scr_tabulation::cvr::{Card, Choice, ChoiceKind, Contest, Mark};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

pub(crate) fn zip(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Names with numbers from 1, and a number for a name; 0: none.
struct Numbers(Vec<String>);

impl Numbers {
    fn of<'a>(texts: impl Iterator<Item = &'a String>) -> Self {
        Self(texts.filter(|text| !text.is_empty()).collect::<BTreeSet<_>>().into_iter().cloned().collect())
    }

    fn number(&self, text: &str) -> usize {
        self.0.iter().position(|known| known == text).map_or(0, |at| at + 1)
    }

    fn list(&self) -> Vec<Value> {
        (1..).zip(&self.0).map(|(id, name): (u32, _)| json!({"Id": id, "Description": name})).collect()
    }
}

/// The zip: manifests, and the ballots split over two files. Cards with sheets 1 and 2 that follow each other are
/// one session.
pub(crate) fn dominion_json(election: &Election, is_old: bool) -> Vec<u8> {
    let cards = || election.cards.iter();
    let groups = Numbers::of(cards().map(|card| &card.group));
    let portions = Numbers::of(cards().map(|card| &card.precinct));
    let styles = Numbers::of(cards().map(|card| &card.style));
    let contests = election.contests.iter().map(|contest| {
        json!({"Id": contest.id.parse::<u64>().unwrap(), "Description": contest.name,
            "VoteFor": contest.votes_allowed, "NumOfRanks": contest.ranks})
    });
    let candidates = election.contests.iter().flat_map(|contest| {
        contest.choices.iter().map(|choice| {
            let kind = match choice.kind {
                ChoiceKind::Regular => "Regular",
                ChoiceKind::WriteIn => "QualifiedWriteIn",
                ChoiceKind::UndeclaredWriteIn => "WriteIn",
            };
            json!({"Id": choice.id.parse::<u64>().unwrap(), "Description": choice.name,
                "ContestId": contest.id.parse::<u64>().unwrap(), "Type": kind})
        })
    });
    let number = |text: &str| text.parse::<u64>().unwrap();
    let sessions: Vec<Value> = election
        .cards
        .chunk_by(|one, other| one.sheet == 1 && other.sheet == 2)
        .map(|sheets| {
            let first = &sheets[0];
            let on_cards: Vec<Value> =
                (1..).zip(sheets).map(|(id, card): (u32, _)| json!({"Id": id, "Contests": marked(election, card)})).collect();
            let mut record = json!({"PrecinctPortionId": portions.number(&first.precinct),
                "BallotTypeId": styles.number(&first.style), "IsCurrent": true});
            match is_old {
                true => record["Contests"] = marked(election, first),
                false => record["Cards"] = Value::from(on_cards),
            }
            json!({"TabulatorId": number(&first.tabulator), "BatchId": number(&first.batch), "RecordId": first.position,
                "CountingGroupId": groups.number(&first.group), "ImageMask": "x*.*", "Original": record})
        })
        .collect();
    let (one, two) = sessions.split_at(sessions.len() / 2);
    let file = |sessions: &[Value]| {
        json!({"Version": "5.10.1", "ElectionId": election.name, "Sessions": sessions})
            .to_string()
            .into_bytes()
    };
    let list = |rows: Vec<Value>| json!({ "List": rows }).to_string().into_bytes();
    let members = [
        ("CvrExport_1.json", file(two)),
        ("CvrExport_0.json", file(one)),
        ("ContestManifest.json", list(contests.collect())),
        ("CandidateManifest.json", list(candidates.collect())),
        ("CountingGroupManifest.json", list(groups.list())),
        ("PrecinctPortionManifest.json", list(portions.list())),
        ("BallotTypeManifest.json", list(styles.list())),
    ];
    zip(&members.map(|(name, bytes)| (name.to_owned(), bytes)))
}

/// The contests of a card as Dominion has them. Of an overvote that no mark tells only the number is there.
fn marked(election: &Election, card: &Card) -> Value {
    let contests = card.contests().map(|(number, marks)| {
        let contest = &election.contests[usize::from(number)];
        let votes = marks.iter().filter(|mark| mark.choice != Mark::OVERVOTE);
        let list: Vec<Value> = votes
            .map(|mark| {
                let id: u64 = contest.choices[usize::from(mark.choice)].id.parse().unwrap();
                json!({"CandidateId": id, "Rank": mark.rank, "MarkDensity": 80, "IsAmbiguous": false, "IsVote": true})
            })
            .collect();
        let overvotes = usize::from(list.len() < marks.len());
        json!({"Id": contest.id.parse::<u64>().unwrap(), "Overvotes": overvotes, "OutstackConditionIds": [], "Marks": list})
    });
    contests.collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Hart's value of a choice: a digit, or one for each rank.
fn value(contest: &Contest, choice: u16, marks: &[Mark]) -> String {
    let ranks = if contest.ranks == 0 { 0..1 } else { 1..contest.ranks + 1 };
    ranks.map(|rank| if marks.contains(&Mark { rank, choice }) { '1' } else { '0' }).collect()
}

fn option(contest: &Contest, number: u16, choice: &Choice, marks: &[Mark]) -> String {
    let name = if choice.name == "Write-in" {
        String::new()
    } else {
        format!("<Name>{}</Name>", escaped(&choice.name))
    };
    let written =
        if choice.kind == ChoiceKind::Regular { "" } else { "<WriteInData><Text>?</Text></WriteInData>" };
    format!(
        "<Option>{name}<Id>{}</Id><Value>{}</Value>{written}</Option>",
        choice.id,
        value(contest, number, marks)
    )
}

/// A file for each card, with a stranger, and the list of scanned ballots.
pub(crate) fn hart(election: &Election) -> (Vec<u8>, String) {
    let mut members = vec![("cvrs/.DS_Store".to_owned(), b"\0".to_vec())];
    let mut list = "#FormatVersion 1\n#CvrId,UniqueIdentifier,Workstation\n".to_owned();
    for (number, card) in (1..).zip(&election.cards) {
        let mut text =
            "<?xml version=\"1.0\"?><Cvr xmlns=\"http://tempuri.org/CVRDesign.xsd\"><Contests>".to_owned();
        for (at, marks) in card.contests() {
            let contest = &election.contests[usize::from(at)];
            let options =
                (0..).zip(&contest.choices).map(|(choice, spec)| option(contest, choice, spec, marks));
            let over = marks.iter().any(|mark| mark.choice == Mark::OVERVOTE);
            let left = usize::from(contest.votes_allowed).saturating_sub(marks.len());
            let end =
                if over { "<Overvoted />".to_owned() } else { format!("<Undervotes>{left}</Undervotes>") };
            write!(
                text,
                "<Contest><Name>{}</Name><Id>{}</Id><Options>{}</Options>{end}</Contest>",
                escaped(&contest.name),
                contest.id,
                options.collect::<String>()
            )
            .unwrap();
        }
        write!(
            text,
            "</Contests><BatchSequence>{}</BatchSequence><BatchNumber>{}</BatchNumber><PrecinctSplit><Name>{}</Name></PrecinctSplit><CvrGuid>{}</CvrGuid></Cvr>",
            card.position,
            escaped(&card.batch),
            escaped(&card.precinct),
            escaped(&card.id)
        )
        .unwrap();
        members.push((format!("cvrs/{number}.xml"), text.into_bytes()));
        writeln!(list, "{},{},{}", quoted(&card.id), quoted(&card.imprinted), quoted(&card.tabulator))
            .unwrap();
    }
    (zip(&members), list)
}

/// A report of the Common Data Format in JSON as XML: members are elements, `@id` and `@type` attributes.
pub(crate) fn cdf_xml(json: &[u8]) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned();
    element("CastVoteRecordReport", &serde_json::from_slice(json).unwrap(), &mut text);
    text
}

fn element(name: &str, value: &Value, text: &mut String) {
    match value {
        Value::Array(list) => list.iter().for_each(|one| element(name, one, text)),
        Value::Object(members) => {
            write!(text, "<{name}").unwrap();
            for (member, attribute) in [("@id", "ObjectId"), ("@type", "xsi:type")] {
                if let Some(value) = members.get(member).and_then(Value::as_str) {
                    write!(text, " {attribute}=\"{}\"", escaped(value)).unwrap();
                }
            }
            text.push('>');
            let inside = members.iter().filter(|(name, _)| !name.starts_with('@'));
            inside.for_each(|(name, value)| element(name, value, text));
            write!(text, "</{name}>").unwrap();
        }
        Value::String(word) => write!(text, "<{name}>{}</{name}>", escaped(word)).unwrap(),
        other => write!(text, "<{name}>{other}</{name}>").unwrap(),
    }
}
