//! `sampler-inputs.json`: strict, and the list follows from it alone.

use scr_audits::sample::inputs::{SamplerInputs, draw, read};
use serde_json::{Value, json};

fn document(frame: &Value) -> Value {
    json!({ "format": "scrutineer-sampler-inputs/1", "seed": "03029451379561341763", "seed_rule": "dice",
            "rounds": [3, 2], "frame": frame })
}

fn names(list: &Value) -> Value {
    json!({ "method": "consistent-names", "with_replacement": false, "names": list })
}

fn codes(document: &Value) -> Vec<&'static str> {
    match read(document.to_string().as_bytes(), "f") {
        Ok(_) => Vec::new(),
        Err(problems) => problems.into_iter().map(|problem| problem.code).collect(),
    }
}

#[test]
fn each_wrong_input_has_its_code() {
    let good = document(&names(&json!(["a", "b"])));
    assert!(codes(&good).is_empty());
    let with = |key: &str, value: Value| {
        let mut changed = good.clone();
        changed[key] = value;
        codes(&changed)
    };
    assert_eq!(with("seed", json!("1234567890123456789")), ["SCR-AUD-001"]);
    assert_eq!(with("seed", json!("1234567890123456789x")), ["SCR-AUD-001"]);
    assert_eq!(with("seed", json!("")), ["SCR-AUD-002"]);
    assert_eq!(with("seed", json!("1".repeat(101))), ["SCR-AUD-002"]);
    assert_eq!(with("seeds", json!("1")), ["SCR-AUD-003"]);
    assert_eq!(with("format", json!("other/2")), ["SCR-AUD-004"]);
    assert_eq!(with("rounds", json!([10_000_001])), ["SCR-AUD-008"]);
    assert_eq!(with("frame", names(&json!(["a", "b", "a"]))), ["SCR-AUD-005"]);
    assert_eq!(with("frame", names(&json!([]))), ["SCR-AUD-006"]);
    let bound = |bound: &str| json!({ "method": "ppeb", "batches": [{ "jurisdiction": "J", "batch": "B", "bound": bound }] });
    assert!(with("frame", bound("3/1250")).is_empty());
    assert_eq!(with("frame", bound("1/0")), ["SCR-AUD-007", "SCR-AUD-006"]);
    assert_eq!(with("frame", bound("0")), ["SCR-AUD-006"]);
    let styled = json!({ "method": "card-style", "cards": [{ "card": "1", "contests": [1] }],
                         "contests": [{ "contest": "A", "cards": [1] }] });
    assert_eq!(with("frame", styled), ["SCR-AUD-009", "SCR-AUD-009"]);
    let many: Vec<&str> = vec!["a"; 300];
    let told = with("frame", names(&json!(many)));
    assert_eq!((told.len(), told.last()), (201, Some(&"SCR-AUD-027")));
}

/// Colorado 2017, Crowley: 80 distinct cards of 825 (`audit/co2017`), a county of number 13.
#[test]
fn colorados_list_follows_from_the_document() {
    let Some(folder) = scr_testing::data("audit/co2017") else { return };
    let list = std::fs::read_to_string(folder.join("ballot_list_Crowley.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(list.as_bytes());
    let mut published: Vec<u64> = rows.records().map(|row| row.unwrap()[6].parse().unwrap()).collect();
    published.sort_unstable();
    let frame =
        json!({ "method": "colorado", "counted": "distinct", "counties": [{ "id": 13, "cards": 825 }] });
    let mut document = document(&frame);
    document["seed"] = json!("84437724778708423271");
    document["rounds"] = json!([80]);
    let inputs: SamplerInputs = read(document.to_string().as_bytes(), "f").unwrap();
    let drawn = serde_json::to_value(draw(&inputs, "f").unwrap()).unwrap();
    let cards = drawn.as_array().unwrap().iter().map(|line| line["item"]["card"].as_u64().unwrap());
    let mut cards: Vec<u64> = cards.collect();
    cards.sort_unstable();
    assert_eq!(cards, published);
}

/// The published schema takes what the reader takes, for each way of drawing, and nothing beside it.
#[test]
fn documents_are_as_their_schema_says() {
    let schema: Value =
        serde_json::from_str(include_str!("../../../../docs/schemas/sampler-inputs.schema.json")).unwrap();
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("schema.json", schema).unwrap();
    let index = compiler.compile("schema.json", &mut schemas).unwrap();
    let batch = json!({ "jurisdiction": "J", "tabulator": null, "batch": "B", "positions": { "up-to": 9 } });
    let only =
        json!({ "jurisdiction": "J", "tabulator": "T", "batch": "B", "positions": { "only": [2, 4] } });
    for frame in [
        json!({ "method": "consistent-ballots", "with_replacement": true, "batches": [batch, only] }),
        names(&json!(["a", "b", "c"])),
        json!({ "method": "ppeb", "batches": [{ "jurisdiction": "J", "batch": "B", "bound": "3/1250" }] }),
        json!({ "method": "colorado", "counted": "picks", "counties": [{ "id": 1, "cards": 90 }] }),
        json!({ "method": "card-style", "cards": [{ "card": "1", "contests": [0] }], "contests": [{ "contest": "A", "cards": [1, 0] }] }),
    ] {
        let mut document = document(&frame);
        let inputs = read(document.to_string().as_bytes(), "f").unwrap();
        assert_eq!(serde_json::to_value(&inputs).unwrap(), document);
        schemas.validate(&document, index).unwrap_or_else(|error| panic!("{error}"));
        document["frame"]["surprise"] = 1.into();
        assert!(schemas.validate(&document, index).is_err());
    }
}
