//! The Electoral Council's own test documents and real definitions: accepted where its parser accepts
//! them (`engineering/PROVENANCE.md`, column `lenient`), with the figures that stand there.

use crate::common::data;
use scr_intake::{Format, Input, Limits, Mapping, RegistryMapping, codes, read, registry};

const FOLDER: &str = "engineering/eml-nl/documents";

fn intake(path: &str) -> Option<scr_intake::Intake> {
    crate::common::intake(path, &Mapping::new(Format::EmlNl))
}

#[test]
fn counts_with_their_hundred_votes() {
    for (name, unit) in [
        ("deserialize_eml510b_test", "HSB1::1234"),
        ("eml510b_with_investigations", "HSB1::1234"),
        ("deserialize_eml510d_test", "9999"),
    ] {
        let Some(intake) = intake(&format!("{FOLDER}/{name}.eml.xml")) else { return };
        assert!(intake.problems.is_empty(), "{:?}", intake.problems);
        let table = &intake.tables[0];
        let rows: Vec<_> = table
            .units()
            .map(|row| {
                let fields = ["registered", "votes_valid", "votes_invalid", "votes_blank"];
                (row.unit().to_owned(), [row.votes(0), row.votes(1)], fields.map(|name| row.field(name)))
            })
            .collect();
        let fields = [Some(100), Some(100), Some(0), Some(0)];
        assert_eq!(rows, [(unit.to_owned(), [Some(50), Some(50)], fields)]);
        assert_eq!(table.totals().count(), 1);
    }
}

#[test]
fn candidate_lists_of_twelve_four_and_two() {
    for name in ["eml230b_test", "eml230b_test_without_addresses"] {
        let Some(intake) = intake(&format!("{FOLDER}/candidate_list/{name}.eml.xml")) else { return };
        let lists: Vec<_> = ["1-", "2-", "3-"]
            .map(|list| intake.tables[0].contestants().iter().filter(|one| one.id.starts_with(list)).count())
            .into();
        assert_eq!(lists, [12, 4, 2]);
        assert_eq!(intake.tables[0].contestants()[1].name, "K. de Blikkert");
    }
}

#[test]
fn definitions_of_real_elections() {
    for name in
        ["AB2023_Limburg", "GR2026_Stadskanaal", "PS2023_Drenthe", "PS2023_Gelderland", "PS2023_Limburg"]
    {
        let Some(intake) =
            intake(&format!("engineering/eml-nl/definitions/Verkiezingsdefinitie_{name}.eml.xml"))
        else {
            return;
        };
        let said: Vec<_> = intake.problems.iter().map(|problem| problem.code).collect();
        assert_eq!(said, [codes::EML_NO_RESULTS], "{name}: {:?}", intake.problems);
    }
    let Some(intake) = intake(&format!("{FOLDER}/election_definition/eml110a_test.eml.xml")) else { return };
    assert_eq!(intake.tables.len(), 1);
}

#[test]
fn polling_stations() {
    let stations = |name: &str| {
        let bytes = data(&format!("{FOLDER}/polling_stations/{name}.eml.xml"))?;
        let mapping = RegistryMapping::new(&["@document"]);
        Some(registry(Input { name, bytes: &bytes }, &mapping, &Limits::default()))
    };
    let Some(all) = stations("eml110b_test") else { return };
    assert!(all.is_complete() && all.problems.is_empty(), "{:?}", all.problems);
    assert_eq!(all.places.len(), 420);
    assert_eq!(all.places.iter().filter_map(|place| place.registered).sum::<u64>(), 612_694);
    assert_eq!(all.places.iter().filter(|place| place.registered.is_none()).count(), 10);

    let Some(nine) = stations("eml110b_less_than_10_stations") else { return };
    assert!(nine.is_complete(), "{:?}", nine.problems);
    let first: Vec<_> = nine.places.iter().take(4).map(|place| place.registered).collect();
    assert_eq!((nine.places.len(), first), (9, vec![Some(1273), None, Some(870), Some(867)]));
    let sum = nine.problems.iter().find(|problem| problem.code == codes::EML_STATION_SUM).unwrap();
    assert_eq!((sum.value.as_deref(), sum.args["sum"].as_str()), (Some("612694"), "8717"));

    let Some(one) = stations("eml110b_1_station") else { return };
    assert_eq!(one.places.len(), 1);
    let Some(none) = stations("eml110b_empty_polling_station") else { return };
    assert!(!none.is_complete() && none.problems.iter().any(|p| p.code == codes::EML_NO_STATIONS));
    let Some(other) = stations("eml110b_not_matching_election_id") else { return };
    assert_eq!((other.is_complete(), other.places.len()), (true, 420));
}

#[test]
fn a_result_is_not_a_count() {
    let path = format!("{FOLDER}/eml520_test.eml.xml");
    let Some(bytes) = data(&path) else { return };
    let intake = read(Input { name: &path, bytes: &bytes }, &Mapping::new(Format::EmlNl), &Limits::default());
    assert_eq!(intake.problems[0].code, codes::EML_KIND);
}
