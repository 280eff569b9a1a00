//! Importing: who may, what is found, what is said of it; on the publishers' own files where they are here.

use super::site::{Site, plain, site};
use axum::http::StatusCode;
use serde_json::json;

pub(crate) const PATH: &str = "/desk/threats/vocabularies";
const OFFICIAL: &str = "manager!alpha";

/// Four tags of our own.
pub(crate) fn taxonomy(version: u32) -> Vec<u8> {
    json!({
        "namespace": "ballots", "expanded": "What happens to ballots", "description": "Made for tests.", "version": version,
        "predicates": [{"value": "lost", "expanded": "Lost"}, {"value": "found"}, {"value": "state", "expanded": "State"}],
        "values": [{"predicate": "state", "entry": [
            {"value": "wet", "expanded": "Wet", "description": "Rain came in. It dries."}, {"value": "dry"}]}],
    })
    .to_string()
    .into_bytes()
}

/// A framework of ours in the form of ATT&CK: two phases, whose order only the matrix says, a technique with a part.
pub(crate) fn framework() -> Vec<u8> {
    let id = |kind: &str, number: u32| format!("{kind}--7d3a0000-0000-4000-8000-{number:012}");
    let head = |kind: &str, number: u32, external: &str, name: &str| {
        json!({"type": kind, "spec_version": "2.1", "id": id(kind, number), "created": "2026-01-01T00:00:00Z",
            "modified": "2026-01-01T00:00:00Z", "name": name, "description": format!("{name} is done. Then [more](https://a.example).\n\nAnd <code>this</code>."),
            "external_references": [{"source_name": "mitre-attack", "external_id": external,
                "url": format!("https://attack.mitre.org/techniques/{external}")}]})
    };
    let with = |mut object: serde_json::Value, name: &str, value: serde_json::Value| {
        object[name] = value;
        object
    };
    let phase = |name: &str| json!([{"kill_chain_name": "mitre-test-attack", "phase_name": name}]);
    let tactic = |number, external: &str, name: &str, short: &str| {
        with(head("x-mitre-tactic", number, external, name), "x_mitre_shortname", json!(short))
    };
    let old = with(head("attack-pattern", 13, "T9003", "Old trick"), "kill_chain_phases", phase("begin"));
    json!({"type": "bundle", "id": "bundle--7d3a0000-0000-4000-8000-000000000001", "objects": [
        tactic(1, "TA9001", "Reach the end", "end"),
        tactic(2, "TA9002", "Begin", "begin"),
        with(head("attack-pattern", 11, "T9001", "Forge a letter"), "kill_chain_phases", phase("begin")),
        with(head("attack-pattern", 12, "T9001.001", "Forge a stamp"), "kill_chain_phases", phase("begin")),
        with(old, "revoked", json!(true)),
        with(head("attack-pattern", 14, "T9002", "Post the letter"), "kill_chain_phases", phase("end")),
        head("course-of-action", 21, "M9001", "Look twice"),
        {"type": "x-mitre-matrix", "spec_version": "2.1", "id": id("x-mitre-matrix", 31), "created": "2026-01-01T00:00:00Z",
            "modified": "2026-01-01T00:00:00Z", "name": "M", "tactic_refs": [id("x-mitre-tactic", 2), id("x-mitre-tactic", 1)]},
        {"type": "x-mitre-collection", "spec_version": "2.1", "id": id("x-mitre-collection", 41), "created": "2026-01-01T00:00:00Z",
            "modified": "2026-01-01T00:00:00Z", "name": "Test ATT&CK", "x_mitre_version": "3.1"},
    ]})
    .to_string()
    .into_bytes()
}

/// Imports as an official, and gives the page that says what was found.
pub(crate) async fn import(site: &Site, bytes: &[u8]) -> String {
    let done = site.file(OFFICIAL, PATH, bytes).await;
    assert!(done.to.starts_with(PATH) && done.to.contains("recorded="), "{} {}", done.status, done.body);
    site.seen();
    plain(&site.get("viewer!gamma", &done.to).await.body)
}

fn data(path: &str) -> Option<Vec<u8>> {
    Some(std::fs::read(scr_testing::data(path)?).unwrap())
}

#[tokio::test]
async fn a_file_is_imported_and_the_page_says_what_is_in_it() {
    let site = site();
    let before = plain(&site.get(OFFICIAL, PATH).await.body);
    assert!(
        before.contains("No vocabulary has been imported yet") && before.contains("always here"),
        "{before}"
    );
    let page = import(&site, &taxonomy(3)).await;
    for words in [
        "What happens to ballots",
        "4 tags",
        "MISP Project",
        "Nothing in it is odd",
        "Made for tests",
        "Lost",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    // The very same file again, another version, and the history of both.
    let same = site.file(OFFICIAL, PATH, &taxonomy(3)).await;
    assert_eq!(same.to, format!("{PATH}/taxonomy-ballots?same=yes"));
    assert!(site.get(OFFICIAL, &same.to).await.body.contains("Nothing was recorded"));
    let page = import(&site, &taxonomy(4)).await;
    assert!(page.matches("Office of Alpha").count() >= 2, "both imports: {page}");
    let library = plain(&site.get("viewer!gamma", PATH).await.body);
    assert!(library.contains("What happens to ballots") && !library.contains("Import a file"), "{library}");
    // The file is a public object.
    let hash = scr_canon::sha256(&taxonomy(4));
    assert!(page.contains(&hash.to_hex()), "{page}");
    assert!(site.app.engine.is_public_object(&hash).unwrap());
}

#[tokio::test]
async fn only_who_answers_for_it_imports_and_what_is_no_vocabulary_is_refused() {
    let site = site();
    for who in ["clerk!alpha", "viewer!alpha", "observer!beta"] {
        assert_eq!(site.file(who, PATH, &taxonomy(1)).await.status, StatusCode::FORBIDDEN, "{who}");
    }
    // SCR-THR-091: gamma is press, delta in no community.
    for who in ["manager!gamma", "manager!delta", "manager@North!alpha"] {
        let answer = site.file(who, PATH, &taxonomy(1)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{who}");
        assert!(answer.body.contains("Vocabularies are imported by whoever runs"), "{}", answer.body);
    }
    for (bytes, why) in [
        (&b""[..], "nothing in it"),
        (b"{\"name\":", "not JSON"),
        (b"{}", "neither a STIX bundle"),
        (b"{\"objects\":[]}", "no technique"),
        (b"{\"name\":\"x\",\"list\":[],\"type\":\"y\"}", "a list of type"),
        (b"a,b\nc", "neither JSON nor"),
    ] {
        let answer = site.file(OFFICIAL, PATH, bytes).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        // SCR-THR-090.
        assert!(plain(&answer.body).contains(why), "{why}: {}", answer.body);
    }
    for who in ["manager!beta", "administrator!delta"] {
        let bytes = taxonomy(if who.contains("beta") { 1 } else { 2 });
        assert!(site.file(who, PATH, &bytes).await.to.contains("recorded="), "{who}");
        site.seen();
    }
    // SCR-THR-094.
    for path in ["attack-moon", "taxonomy-ballots/nothing", "nothing/T1"] {
        assert_eq!(
            site.get(OFFICIAL, &format!("{PATH}/{path}")).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    // A file of more than 64 MiB is refused (SCR-THR-092), whatever is in it.
    let large = vec![b' '; (64 << 20) + 1];
    let answer = site.file(OFFICIAL, PATH, &large).await;
    assert!(plain(&answer.body).contains("too large: at most 64 MiB"), "{}", answer.status);
}

#[tokio::test]
async fn phases_come_in_the_frameworks_order_and_a_term_in_its_publishers_words() {
    let site = site();
    let page = import(&site, &framework()).await;
    assert!(
        page.contains("Test ATT&CK") && page.contains("4 ways of attacking, 3 phases and remedies"),
        "{page}"
    );
    let (begin, end) = (page.find("1. Begin").unwrap(), page.find("2. Reach the end").unwrap());
    assert!(begin < end && page.contains("Look twice"), "by the matrix, not by id: {page}");
    assert!(page.contains("Forge a letter") && page.contains("Forge a stamp") && !page.contains("Old trick"));
    let found = plain(&site.get(OFFICIAL, &format!("{PATH}/attack-test?q=t9001")).await.body);
    assert!(found.contains("2 fit") && found.contains("Forge a letter is done."), "{found}");
    assert!(site.get(OFFICIAL, &format!("{PATH}/attack-test?q=zzz")).await.body.contains("Try fewer words"));
    let term = plain(&site.get(OFFICIAL, &format!("{PATH}/attack-test/t9001")).await.body);
    for words in [
        "Something that attackers do",
        "In the words of The MITRE Corporation",
        "And this.",
        "Then more.",
        "https://attack.mitre.org/techniques/T9001\"",
        "Forge a stamp",
        "Begin",
        "None of those that you may see",
    ] {
        assert!(term.contains(words), "{words}: {term}");
    }
    assert!(!term.contains("a.example"), "links of a text are its words");
    let old = plain(&site.get(OFFICIAL, &format!("{PATH}/attack-test/T9003")).await.body);
    assert!(old.contains("Its publisher has taken it back"), "{old}");
}

/// mitre-attack/attack-stix-data @ 7ad8a86f, DISARMFoundation/DISARMframeworks @ 49df5f64, MISP/misp-galaxy @ 9434ace4,
/// MISP/misp-taxonomies @ 7591c551; counts as in the tests of scr-stix and scr-misp.
#[tokio::test]
async fn the_publishers_own_files_are_imported() {
    let Some(mobile) = data("threats/attack/mobile-attack-17.1.json") else { return };
    let disarm = data("threats/disarm/DISARM.json").unwrap();
    let site = site();
    let page = import(&site, &mobile).await;
    assert!(
        page.contains("Mobile ATT&CK") && page.contains("17.1") && page.contains("The MITRE Corporation"),
        "{page}"
    );
    let (first, last) = (page.find("1. Initial Access").unwrap(), page.find("Impact").unwrap());
    assert!(first < last);
    // Without its columns DISARM's phases are in the order of their ids; with them, in the framework's.
    let page = import(&site, &disarm).await;
    assert!(page.contains("391 ways of attacking") && page.contains("follows from its number"), "{page}");
    assert!(page.contains("1. Plan Strategy") && page.contains("3. Microtarget"), "by their ids: {page}");
    import(&site, &data("threats/disarm/red_framework_ids.csv").unwrap()).await;
    let page = plain(&site.get(OFFICIAL, &format!("{PATH}/disarm")).await.body);
    assert!(page.contains("1. Plan Strategy") && page.contains("3. Microtarget"), "by its columns: {page}");
    let term = plain(&site.get(OFFICIAL, &format!("{PATH}/disarm/T0002")).await.body);
    assert!(
        term.contains("Organise citizens around pro-state messaging") && term.contains("DISARM Foundation")
    );
    // Our own stable id (scr_stix::vocabulary::disarm_id), not that of this build.
    assert!(term.contains("attack-pattern--e16150fb-3f02-5f53-aefb-54292f855420"), "{term}");
    for kind in ["disarm-techniques", "election-guidelines"] {
        for part in ["galaxy", "cluster"] {
            import(&site, &data(&format!("threats/misp/galaxies/{part}_{kind}.json")).unwrap()).await;
        }
    }
    let page = plain(&site.get(OFFICIAL, &format!("{PATH}/galaxy-disarm-techniques")).await.body);
    assert!(page.contains("298 terms") && page.contains("1. Plan Strategy"), "{page}");
    let page = plain(&site.get(OFFICIAL, &format!("{PATH}/galaxy-guidelines")).await.body);
    assert!(page.contains("23 terms"), "{page}");
    import(&site, &data("threats/misp/taxonomies/rsit.json").unwrap()).await;
    let library = plain(&site.get(OFFICIAL, PATH).await.body);
    assert!(library.contains("Mobile ATT&CK") && library.contains("DISARM"), "{library}");
}
