//! The files that come with the reference: OASIS's verdicts on SOARCA's playbooks, and the numbers of NCISS.

use scr_playbooks::severity::{self, CATEGORIES, Fraction, Level, Levels, TimeToPolls, nciss};
use scr_playbooks::{Code, Limits, Playbook, check};
use serde_json::Value;

/// COSSAS/SOARCA @ 06b04737: by the OASIS schemas (oasis-open/cacao-json-schemas @ 72853294, jsonschema over draft-07) these
/// three fail and the eight others pass (PROVENANCE.md of the data).
const FAIL: [&str; 3] = ["fin-playbook.json", "test_changed-playbook.json", "test_invalid_playbook.json"];

#[test]
fn soarca_s_playbooks_are_read_without_loss_and_judged_as_the_schemas_do() {
    let Some(folder) = scr_testing::data("threats/cacao") else { return };
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.ends_with(".json") {
            continue;
        }
        seen += 1;
        let bytes = std::fs::read(&path).unwrap();
        let playbook = Playbook::read(&bytes, &Limits::default()).unwrap();
        assert_eq!(playbook.raw().as_bytes(), bytes);
        assert_eq!(playbook.value(), serde_json::from_slice::<Value>(&bytes).unwrap());
        let report = check(&playbook, &Limits::default());
        assert_eq!(report.passes_schema(), !FAIL.contains(&name.as_str()), "{name}: {:#?}", report.findings);
    }
    assert_eq!(seen, 11);
}

#[test]
fn every_schema_file_is_read_and_is_no_playbook() {
    let Some(folder) = scr_testing::data("threats/cacao/schemas") else { return };
    let mut folders = vec![folder];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let playbook = Playbook::read(&std::fs::read(&path).unwrap(), &Limits::default()).unwrap();
            assert!(!check(&playbook, &Limits::default()).passes_schema(), "{path:?}");
            seen += 1;
        }
    }
    assert_eq!(seen, 51);
}

/// What the graph says of them beyond the schemas.
#[test]
fn the_graph_finds_what_the_schemas_cannot() {
    let Some(folder) = scr_testing::data("threats/cacao") else { return };
    let codes = |name: &str| -> Vec<Code> {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let playbook = Playbook::read(&bytes, &Limits::default()).unwrap();
        check(&playbook, &Limits::default()).findings.iter().map(|finding| finding.code).collect()
    };
    let test = codes("test_playbook.json");
    assert!(test.contains(&Code::StepMissing) && test.contains(&Code::StartNotStart));
    let parallel = codes("test_parallels_playbook.json");
    assert!(parallel.contains(&Code::EndImplied) && parallel.contains(&Code::EndShared), "{parallel:?}");
    let bash = codes("ssh-playbook.json");
    assert!(bash.contains(&Code::NotExecuted) && !bash.contains(&Code::StepMissing), "{bash:?}");
    assert!(codes("http-playbook.json").contains(&Code::BadRequest));
    let manual = codes("manual-playbook.json");
    assert!(!manual.contains(&Code::Unreachable), "{manual:?}");
}

#[test]
fn nciss_is_the_published_table() {
    let Some(path) = scr_testing::data("threats/severity/nciss.json") else { return };
    let file: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert_eq!(file["weights"].as_object().unwrap().len(), CATEGORIES.len());
    for category in &CATEGORIES {
        assert_eq!(file["weights"][category.name], category.weight);
        let options = file["options"][category.name].as_object().unwrap();
        assert_eq!(options.len(), category.options.len(), "{}", category.name);
        for (name, value) in category.options {
            assert_eq!(options[*name], *value, "{} {name}", category.name);
        }
    }
    for (name, greatest) in [
        ("every factor at its least option value", false),
        ("every factor at its greatest option value", true),
    ] {
        let pick = |category: &str| -> Option<&'static str> {
            let category = CATEGORIES.iter().find(|known| known.name == category)?;
            let by = |(_, value): &&(&'static str, i64)| if greatest { *value } else { -*value };
            category.options.iter().max_by_key(by).map(|(name, _)| *name)
        };
        let result = nciss(&pick, &Levels::default()).unwrap();
        assert_eq!(file["check"][name]["weighted_sum"], result.sum);
        assert_eq!(result.score, Fraction::whole(file["check"][name]["score"].as_i64().unwrap()));
        assert_eq!((result.least, result.greatest), (325, 3_400));
        assert_eq!(result.terms.iter().map(|term| term.product).sum::<i64>(), result.sum);
        assert_eq!(result.level, if greatest { Level::Emergency } else { Level::BaselineNegligible });
    }
}

#[test]
fn a_score_is_exact_and_the_election_s_factors_are_shown() {
    let answers = |category: &str| {
        Some(match category {
            "functional_impact" => "significant_critical",
            "observed_activity" => "presence",
            "location_of_observed_activity" => "L6_critical_systems",
            "actor_characterization" => "unknown",
            "information_impact" => "no_impact",
            "recoverability" => "supplemented",
            "cross_sector_dependency" => "government_facilities",
            _ => "moderate",
        })
    };
    let result = nciss(&answers, &Levels::default()).unwrap();
    // 6·70 + 5·80 + 4·90 + 4·50 + 2·0 + 4·40 + 3·40 + 6·50 = 1960; 100·(1960 − 325)/3075 = 2180/41
    assert_eq!((result.sum, result.score.to_string().as_str()), (1_960, "2180/41"));
    assert_eq!((result.score.decimal(1).as_str(), result.level), ("53.2", Level::Medium));
    let settings = severity::ElectionSettings::default();
    let with = |polls, voters| severity::election(Fraction::whole(20), polls, voters, &settings).unwrap();
    assert_eq!(with(TimeToPolls::Far, 9).result, Fraction::whole(20));
    assert_eq!(with(TimeToPolls::Opens(0), 0).result, Fraction::whole(40));
    // 24 hours before: 1 + 1/2
    assert_eq!(with(TimeToPolls::Opens(1_440), 0).time_factor, Fraction::new(3, 2).unwrap());
    let open = with(TimeToPolls::Open, 1_000);
    assert_eq!((open.voters_scale, open.voters_factor), (3, Fraction::new(8, 5).unwrap()));
    assert_eq!(open.result, Fraction::whole(64));
    assert_eq!(with(TimeToPolls::Open, u64::MAX).result, Fraction::whole(80));
    let all = severity::election(result.score, TimeToPolls::Open, 100_000, &settings).unwrap();
    assert_eq!((all.result, all.product > Fraction::whole(200)), (Fraction::whole(100), true));
    let bad = severity::ElectionSettings { voters_from: [10, 10, 11, 12, 13], ..settings };
    assert!(severity::election(Fraction::ONE, TimeToPolls::Far, 0, &bad).is_err());
    assert!(Levels { from: [100, 80, 80, 50, 35, 20, 0] }.check().is_err());
}

#[test]
fn alert_levels_have_five_colours() {
    use severity::{AlertInput, AlertLevel, alert_level};
    let level = |criticality, lethality, system_countermeasures, network_countermeasures| {
        let input = AlertInput { criticality, lethality, system_countermeasures, network_countermeasures };
        alert_level(input).map(|result| (result.score, result.level))
    };
    assert_eq!(level(1, 1, 5, 5), Ok((-8, AlertLevel::Green)));
    assert_eq!(level(2, 2, 4, 4), Ok((-4, AlertLevel::Blue)));
    assert_eq!(level(3, 3, 3, 3), Ok((0, AlertLevel::Yellow)));
    assert_eq!(level(4, 4, 3, 2), Ok((3, AlertLevel::Orange)));
    assert_eq!(level(5, 5, 1, 1), Ok((8, AlertLevel::Red)));
    assert!(level(0, 5, 1, 1).is_err() && level(5, 5, 1, 6).is_err());
}
