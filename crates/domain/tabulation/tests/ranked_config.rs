//! What is wrong with a configuration is said at once.

use scr_tabulation::ranked::config;

fn codes(text: &str) -> Vec<&'static str> {
    let problems = match config::read(text.as_bytes(), "config.json") {
        Ok((_, warnings)) => warnings,
        Err(problems) => problems,
    };
    problems.iter().map(|problem| problem.code).collect()
}

fn good() -> serde_json::Value {
    serde_json::json!({
        "outputSettings": { "contestName": "Mayor" },
        "cvrFileSources": [{ "filePath": "a.xml", "provider": "cdf" }],
        "candidates": [{ "name": "Ann" }, { "name": "Ben" }],
        "rules": {
            "tiebreakMode": "random", "randomSeed": "7", "overvoteRule": "exhaustImmediately",
            "winnerElectionMode": "singleWinnerMajority", "numberOfWinners": 1,
            "decimalPlacesForVoteArithmetic": "4", "maxSkippedRanksAllowed": "unlimited",
            "maxRankingsAllowed": "max",
        },
    })
}

#[test]
fn each_mistake_has_its_code() {
    assert!(codes(&good().to_string()).is_empty());
    assert_eq!(codes("["), ["SCR-TAB-001"]);
    let with = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut config = good();
        change(&mut config);
        codes(&config.to_string())
    };
    assert_eq!(with(&|config| config["rules"]["randomSeed"] = "".into()), ["SCR-TAB-002"]);
    assert_eq!(with(&|config| config["rules"]["overvoteRule"] = "exhaust".into()), ["SCR-TAB-003"]);
    assert_eq!(with(&|config| config["rules"]["numberOfWinners"] = "-1".into()), ["SCR-TAB-004"]);
    assert_eq!(with(&|config| config["rules"]["batchElimination"] = "True".into()), ["SCR-TAB-005"]);
    assert_eq!(with(&|config| config["rules"]["hareQuota"] = true.into()), ["SCR-TAB-006"]);
    assert_eq!(with(&|config| config["candidates"][1]["name"] = "Ann".into()), ["SCR-TAB-007"]);
    let excluded = with(&|config| {
        config["candidates"][0]["excluded"] = true.into();
        config["candidates"][1]["excluded"] = true.into();
    });
    assert_eq!(excluded, ["SCR-TAB-008"]);
    let twice = with(&|config| {
        config["cvrFileSources"][0]["overvoteLabel"] = "x".into();
        config["cvrFileSources"][0]["skippedRankLabel"] = "x".into();
    });
    assert_eq!(twice, ["SCR-TAB-009"]);
    assert_eq!(with(&|config| config["rules"]["hareQouta"] = true.into()), ["SCR-TAB-010"]);
}
