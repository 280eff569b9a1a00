use super::*;
use crate::testing::table;

fn report(contests: &[&str]) -> Report {
    let contest = |id: &&str| Contest {
        id: (*id).to_owned(),
        title: format!("Contest {id} & <more>"),
        votes_per_ballot: 1,
        contestants: ["a", "b"]
            .map(|id| Contestant { id: id.into(), name: id.to_uppercase(), group: Some("Fern".into()) })
            .into(),
        publication: 7,
        import: 6,
        status: CountStatus::Certified,
    };
    Report {
        election: "e-1".into(),
        title: "Election \u{1}\u{fffe}1".into(),
        day: "2026-11-22".into(),
        generated: "2026-11-23T01:02:03Z".into(),
        issuer: "log.example/org/emb".into(),
        log: "log.example".into(),
        status: CountStatus::Certified,
        is_test: false,
        contests: contests.iter().map(contest).collect(),
    }
}

fn written(form: Form, report: &Report, tables: &[&str]) -> String {
    let mut out = Vec::new();
    let mut give = |index: usize| Ok::<_, String>(table(tables[index]));
    write(report, form, &mut give, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

const ONE: &str = "unit,part,place,registered,ballots_cast,undervotes,#a,#b\n\
    1,paper,N/Hill,9,5,1,3,\n1,absentee-mail,N/Hill,,2,,2,0\n0 2/x,,S,4,4,,4,0\n";

/// Every `xsd:ID` of the document, and every reference.
fn ids_and_references(xml: &str) -> (Vec<&str>, Vec<&str>) {
    let after = |mark: &'static str, end: char| {
        xml.match_indices(mark).map(move |(at, _)| {
            let rest = &xml[at + mark.len()..];
            rest.split(end).next().unwrap()
        })
    };
    let ids = after("ObjectId=\"", '"').collect();
    let marks = ["<GpUnitId>", "<ComposingGpUnitIds>", "<CandidateIds>", "<PartyId>", "<ElectionScopeId>"];
    let references = marks.iter().flat_map(|mark| after(mark, '<')).flat_map(str::split_whitespace);
    (ids, references.collect())
}

#[test]
fn every_id_is_one_of_xml_and_every_reference_leads_somewhere() {
    let xml = written(Form::Xml, &report(&["c", "d"]), &[ONE, "unit,#a,#b\n1,1,2\né,3,4\n"]);
    let (ids, references) = ids_and_references(&xml);
    let unique: BTreeSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len());
    // XML 1.0, production of NCName, as far as ASCII goes.
    let is_name = |id: &&str| {
        id.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    assert!(ids.iter().all(is_name), "{ids:?}");
    assert!(references.len() > 20);
    for reference in references {
        assert!(unique.contains(&reference), "{reference}");
    }
    assert!(!xml.contains(['\u{1}', '\u{fffe}']));
}

#[test]
fn parts_become_types_and_a_part_is_never_a_total() {
    let tables = ["unit,part,#a,#b\n1,,7,8\n1,paper,3,4\n1,election-day,1,2\n2,,5,6\n"];
    let json: serde_json::Value =
        serde_json::from_str(&written(Form::Json, &report(&["c"]), &tables)).unwrap();
    let counts = &json["Election"][0]["Contest"][0]["ContestSelection"][0]["VoteCounts"];
    let read: Vec<_> = counts
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (c["GpUnitId"].as_str().unwrap(), c["Type"].as_str().unwrap(), c["OtherType"].as_str()))
        .collect();
    assert_eq!(
        read,
        [
            ("ru-1", "other", Some("unnamed part")),
            ("ru-1", "other", Some("paper")),
            ("ru-1", "election-day", None),
            ("ru-2", "total", None)
        ]
    );
}

#[test]
fn a_number_that_is_not_stated_is_not_written_and_units_keep_their_places() {
    let json: serde_json::Value =
        serde_json::from_str(&written(Form::Json, &report(&["c"]), &[ONE])).unwrap();
    let contest = &json["Election"][0]["Contest"][0];
    // The second contestant has no number on the paper part of unit 1.
    assert_eq!(contest["ContestSelection"][1]["VoteCounts"].as_array().unwrap().len(), 2);
    assert_eq!(contest["OtherCounts"][0]["Undervotes"], 1);
    assert_eq!(json["Election"][0]["BallotCounts"][1]["BallotsCast"], 7);
    let units = json["GpUnit"].as_array().unwrap();
    let named = |name: &str| {
        units.iter().find(|unit| unit["Name"]["Text"][0]["Content"] == name).unwrap_or(&units[0])
    };
    let hill = named("Hill");
    assert_eq!(hill["ComposingGpUnitIds"], serde_json::json!(["ru-1"]));
    assert_eq!(named("N")["ComposingGpUnitIds"], serde_json::json!([hill["@id"]]));
    let first = units.iter().find(|unit| unit["@id"] == "ru-1").unwrap();
    assert_eq!(first["VotersRegistered"], 9);
    assert_eq!(first["ExternalIdentifier"][0]["Value"], "1");
}

#[test]
fn what_two_contests_state_differently_is_left_out() {
    let tables = ["unit,registered,#a,#b\n1,9,1,2\n2,5,1,2\n", "unit,registered,#a,#b\n1,8,1,2\n2,5,1,2\n"];
    let json: serde_json::Value =
        serde_json::from_str(&written(Form::Json, &report(&["c", "d"]), &tables)).unwrap();
    let registered: Vec<_> =
        json["GpUnit"].as_array().unwrap().iter().map(|unit| unit["VotersRegistered"].as_u64()).collect();
    assert_eq!(registered, [None, None, Some(5)]);
}
