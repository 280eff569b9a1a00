//! The results commands on real files, with the figures of the reference (provenance in each test).

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_testing::data;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

fn mapping(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules/mappings").join(name)
}

fn json(args: &[&Path]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_scrutineer"))
        .arg("results")
        .args(args)
        .arg("--json")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Departures from the identities of the Polish tally sheet (forensics reference 3.13), counted
/// there with an independent script over 27,225 and 27,227 stations with numbers.
#[test]
fn poland_2020_by_the_command_line() {
    for (round, units, expected) in [(1, 27_229, [806, 372, 0, 0, 0, 0]), (2, 27_231, [744, 378, 0, 0, 0, 0])]
    {
        let Some(file) =
            data(&format!("forensics/poland2020/round{round}_wyniki_gl_na_kand_po_obwodach_csv.zip"))
        else {
            return;
        };
        let map = mapping(&format!("poland-2020-round{round}.toml"));
        let args = ["check", "", "--mapping", "", "--rules", "pl-pkw-2020"].map(Path::new);
        let report = json(&[args[0], &file, args[2], &map, args[4], args[5]]);
        let groups = report["contests"][0]["report"]["groups"].as_array().unwrap();
        let rules: Vec<&Value> = groups.iter().filter(|group| !group["rule"].is_null()).collect();
        let counts: Vec<u64> = rules.iter().map(|group| group["count"].as_u64().unwrap()).collect();
        assert_eq!(counts, expected, "round {round}");
        assert_eq!(report["contests"][0]["report"]["totals"]["units"], units);
        assert_eq!(report["contests"][0]["report"]["totals"]["numberless"], 4);
    }
}

/// TREP of 20 October against the final count: 28,975 tables in both, of the final 34,555 (5,580 are
/// late); 208 changed MAS or CC (forensics reference 3.14).
#[test]
fn bolivia_2019_source_against_source() {
    let (Some(first), Some(last)) = (
        data("forensics/bolivia2019/trep_acta_2019-10-20_194057.zip"),
        data("forensics/bolivia2019/final_computo.zip"),
    ) else {
        return;
    };
    let (map_a, map_b) = (mapping("bolivia-2019-trep.toml"), mapping("bolivia-2019-computo.toml"));
    let words = ["diff", "--mapping", "--mapping-b"].map(Path::new);
    let report = json(&[words[0], &first, &last, words[1], &map_a, words[2], &map_b]);
    let comparison = &report["comparison"];
    assert_eq!(comparison["common"], 28_975);
    assert_eq!(comparison["only_right"].as_array().unwrap().len(), 5_580);
    let mut changed: Vec<&str> = comparison["cells"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|cell| cell["column"] == "CC" || cell["column"] == "MAS - IPSP")
        .map(|cell| cell["unit"].as_str().unwrap())
        .collect();
    changed.dedup();
    assert_eq!(changed.len(), 208);
}
