//! Tagging with techniques, and finding by them what is shared.

use super::import::{PATH, framework, import, taxonomy};
use super::site::{AMBER, GREEN, hidden, indicator, indicator_id, plain, site};
use serde_json::json;

const ALPHA: &str = "manager!alpha";
const HOME: &str = "/desk/threats/linden";
const SIGNS: &str = "5c0ffee0-0000-4000-8000-000000000001";

#[tokio::test]
async fn a_technique_is_looked_for_chosen_and_written_into_what_is_made() {
    let site = site();
    assert!(
        !site.get(ALPHA, &format!("{HOME}/share")).await.body.contains("technique-search"),
        "none are here"
    );
    import(&site, &framework()).await;
    import(&site, &taxonomy(1)).await;
    let form = format!("{HOME}/share/form");
    let seen = [
        ("sort", "domain"),
        ("value", "wahl-lindenau.eu"),
        ("description", "Looks like ours."),
        ("end", "usual"),
    ];
    let search = [&seen[..], &[("technique-search", "forge a l"), ("step", "search")]].concat();
    let page = plain(&site.post(ALPHA, &form, &search).await.body);
    assert!(
        page.contains("attack-test/T9001\"") && page.contains("wahl-lindenau.eu"),
        "what was typed stays: {page}"
    );
    assert!(!page.contains("attack-test/T9001.001"), "{page}");
    // The next search keeps what was chosen.
    let search =
        [&seen[..], &[("technique", "attack-test/T9001"), ("technique-search", "wet"), ("step", "search")]]
            .concat();
    let page = plain(&site.post(ALPHA, &form, &search).await.body);
    assert!(page.contains("value=\"attack-test/T9001\" checked") && page.contains("Wet"), "{page}");
    let nothing = [&seen[..], &[("technique-search", "zzz"), ("step", "search")]].concat();
    assert!(site.post(ALPHA, &form, &nothing).await.body.contains("Nothing fits"));
    let chosen = [
        &seen[..],
        &[
            ("technique", "attack-test/T9001"),
            ("technique", "taxonomy-ballots/state-wet"),
            ("technique", "no/such"),
        ],
    ]
    .concat();
    let next = site.post(ALPHA, &form, &chosen).await;
    assert_eq!(next.to, format!("{HOME}/share/whom"), "{}", next.body);
    let fields = [("collection", SIGNS), ("label", "green")];
    let check = site.post(ALPHA, &format!("{HOME}/share/check"), &fields).await.body;
    let digest = hidden(&check, "digest");
    let confirmed = [&fields[..], &[("digest", digest.as_str())]].concat();
    let done = site.post(ALPHA, &format!("{HOME}/share/confirm"), &confirmed).await;
    assert!(done.to.contains("/status/"), "{} {}", done.status, done.body);
    site.seen();
    // Others see the names, and find it by them.
    let term = plain(&site.get("viewer!beta", &format!("{PATH}/attack-test/T9001")).await.body);
    assert!(term.contains("wahl-lindenau.eu") && term.contains("Lindenland"), "{term}");
    let id = term.split("/objects/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let object = plain(&site.get("viewer!beta", &format!("{HOME}/objects/{id}")).await.body);
    for words in ["Forge a letter", "T9001 · Test ATT&CK", "Begin", "State: Wet", "ballots:state="] {
        assert!(object.contains(words), "{words}: {object}");
    }
    let graph = plain(&site.get("viewer!beta", &format!("{HOME}/graph/{id}")).await.body);
    assert!(graph.contains("T9001 Forge a letter"), "{graph}");
    let tag = plain(&site.get("viewer!beta", &format!("{PATH}/taxonomy-ballots/state-wet")).await.body);
    assert!(tag.contains("wahl-lindenau.eu") && tag.contains("Rain came in."), "{tag}");
    let phase = plain(&site.get("viewer!beta", &format!("{PATH}/attack-test/TA9002")).await.body);
    assert!(phase.contains("wahl-lindenau.eu") && phase.contains("Forge a letter"), "{phase}");
}

#[tokio::test]
async fn who_may_not_see_an_object_does_not_find_it_by_a_technique() {
    let site = site();
    import(&site, &framework()).await;
    let mut hidden = indicator(1, "hidden.lindenau.eu", AMBER);
    hidden["external_references"] = json!([{"source_name": "mitre-attack", "external_id": "T9001.001"}]);
    let open = indicator(2, "open.lindenau.eu", GREEN);
    // A connection to the attack pattern itself, under the publisher's id.
    let link = json!({
        "type": "relationship", "spec_version": "2.1", "id": "relationship--7d3a0000-0000-4000-8000-000000000009",
        "created": "2026-11-01T08:00:00.000Z", "modified": "2026-11-01T08:00:00.000Z", "relationship_type": "indicates",
        "source_ref": indicator_id(2), "target_ref": "attack-pattern--7d3a0000-0000-4000-8000-000000000012",
        "object_marking_refs": [GREEN],
    });
    site.share("alpha", "signs", Some(&["beta"]), &[hidden, open, link]);
    let page = format!("{PATH}/attack-test/T9001.001");
    let beta = plain(&site.get("viewer!beta", &page).await.body);
    assert!(beta.contains("hidden.lindenau.eu") && beta.contains("open.lindenau.eu"), "{beta}");
    let gamma = plain(&site.get("viewer!gamma", &page).await.body);
    assert!(!gamma.contains("hidden.lindenau.eu") && gamma.contains("open.lindenau.eu"), "{gamma}");
    let delta = plain(&site.get("viewer!delta", &page).await.body);
    assert!(delta.contains("None of those that you may see"), "{delta}");
    // The whole is another technique.
    assert!(
        site.get("viewer!beta", &format!("{PATH}/attack-test/T9001")).await.body.contains("None of those")
    );
}
