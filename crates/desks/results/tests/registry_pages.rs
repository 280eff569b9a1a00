//! The pages of the registry, of the rules and of the comparison, used as people use them.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod site;

use axum::http::StatusCode;
use site::{Answer, ELECTION, Site, plain, site, token};

/// Level2 must stand in the code: number 1 occurs in both towns.
const STATIONS: &str = "Level1,Level2,Number,Name,Registered voters\n\
    Land,North,1,School,100\nLand,South,1,Town hall,120\nLand,South,2,Library,\n";

const RESULTS: &str = "Station,Ballots cast,Ann,Bob\nNorth-1,90,50,40\nSouth-1,130,60,70\n";

impl Site {
    /// From the file to the address of the preview, with the columns that are proposed.
    async fn registry_preview(&self, file: &str) -> String {
        let path = format!("{ELECTION}/registry/import");
        let sent = self.upload("manager", &path, &token("manager"), "stations.csv", file.as_bytes()).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let page = self.get("manager", &sent.to).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let mapping = page.body.split("name=\"mapping\" rows=\"5\">").nth(1).unwrap();
        let mapping = plain(mapping.split("</textarea>").next().unwrap());
        let kept = self.post("manager", &format!("{}/mapping", sent.to), &[("mapping", &mapping)]).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        kept.to
    }

    async fn registry(&self, file: &str, reason: &str) -> Answer {
        let preview = self.registry_preview(file).await;
        let confirm = preview.replace("/preview", "/confirm");
        self.post("manager", &confirm, &[("reason", reason)]).await
    }

    async fn results(&self, source: &str, file: &str, reason: &str) -> Answer {
        let path = format!("{ELECTION}/import");
        let sent = self.upload("manager", &path, &token("manager"), "results.csv", file.as_bytes()).await;
        let page = self.get("manager", &sent.to).await;
        let mapping = page.body.split("name=\"mapping\" rows=\"5\">").nth(1).unwrap();
        let mapping = plain(mapping.split("</textarea>").next().unwrap());
        let fields =
            [("contest", "mayor"), ("source", source), ("source_name", source), ("mapping", &mapping)];
        let kept = self.post("manager", &sent.to, &fields).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        let confirm = kept.to.replace("/preview", "/confirm");
        self.post("manager", &confirm, &[("reason", reason)]).await
    }

    async fn mayor(&self) {
        self.election().await;
        let fields =
            [("title", "Mayor"), ("id", ""), ("votes", "1"), ("contestants", "ann; Ann\r\nbob; Bob\r\n")];
        let done = self.post("manager", &format!("{ELECTION}/contests/new"), &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }

    async fn publish(&self, version: &str, reason: &str) {
        let fields = [
            ("version", version),
            ("status", "unofficial-partial"),
            ("confirmed", "yes"),
            ("reason", reason),
        ];
        let done = self.post("manager", &format!("{ELECTION}/contests/mayor/publish"), &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
}

const CONTEST: &str = "/elections/wybory-prezydenta-2026/contests/mayor";

#[tokio::test]
async fn a_registry_goes_in_step_by_step_and_gets_versions() {
    let site = site();
    site.election().await;
    let empty = site.get("observer", &format!("{ELECTION}/registry")).await;
    assert!(empty.body.contains("No registry of polling stations yet"), "{}", empty.body);
    assert!(!empty.body.contains("/registry/import"), "an observer does not import it");
    let before = site.size();
    let preview = site.registry_preview(STATIONS).await;
    let page = site.get("manager", &preview).await;
    assert!(page.body.contains("North-1") && page.body.contains("first version"), "{}", page.body);
    assert_eq!(site.size(), before, "nothing is recorded before the confirmation");
    let done = site.post("manager", &preview.replace("/preview", "/confirm"), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let list = site.get("manager", &done.to).await;
    for text in ["North-1", "Town hall", "Land / South", "class=\"seal"] {
        assert!(list.body.contains(text), "{text}: {}", list.body);
    }
    let found = site.get("viewer", &format!("{ELECTION}/registry?q=library")).await;
    assert!(found.body.contains("South-2") && !found.body.contains("North-1"), "{}", found.body);

    // The next version: one new, one changed, one gone; it needs a reason.
    let second = STATIONS.replace("Town hall,120", "Town hall,125").replace("North,1", "North,7");
    let preview = site.registry_preview(&second).await;
    let page = site.get("manager", &preview).await;
    let compact = page.body.replace(['\n', ' '], "");
    for figure in ["<dt>new</dt><dd><bdi>1<", "<dt>changed</dt><dd><bdi>1<", "<dt>gone</dt><dd><bdi>1<"] {
        assert!(compact.contains(figure), "{figure}: {}", page.body);
    }
    let refused = site.registry(&second, " ").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"f-reason\""), "{}", refused.body);
    let done = site.registry(&second, "Station North 1 was renumbered.").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let list = site.get("manager", &done.to).await;
    assert!(list.body.contains("Station North 1 was renumbered."), "{}", list.body);
    let same = site.registry(&second, "again").await;
    assert!(same.body.contains("nothing would change"), "{}", same.body);
    assert_eq!(site.size(), before + 2);
}

#[tokio::test]
async fn wrong_registries_show_all_problems_and_other_people_do_not_import() {
    let site = site();
    site.election().await;
    let before = site.size();
    let wrong = STATIONS.replace(",120", ",many").replace("Land,South,2", ",South,2");
    let page = site.get("manager", &site.registry_preview(&wrong).await).await;
    for code in ["SCR-IMP-050", "SCR-IMP-084"] {
        assert!(page.body.contains(code), "{code}: {}", page.body);
    }
    let preview = site.registry_preview(STATIONS).await;
    let draft = preview.replace("/preview", "");
    let typed = "version = 1\ncode = [\"Number\"]\npath = [\"Level2\"]\n";
    let kept = site.post("manager", &format!("{draft}/mapping"), &[("mapping", typed)]).await;
    let page = site.get("manager", &kept.to).await;
    assert!(page.body.contains("SCR-IMP-088"), "{}", page.body);
    let refused = site.post("manager", &kept.to.replace("/preview", "/confirm"), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let broken = site.post("manager", &format!("{draft}/mapping"), &[("mapping", "code = 7")]).await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    // A draft of a registry is no draft of results, and nobody else's.
    assert_eq!(
        site.get("manager", &draft.replace("/registries/", "/imports/")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(site.get("observer", &preview).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.size(), before);
}

#[tokio::test]
async fn the_registry_and_the_rules_are_what_an_import_is_checked_against() {
    let site = site();
    site.mayor().await;
    site.registry(STATIONS, "").await;
    let rules = format!("{ELECTION}/rules");
    assert!(site.get("viewer", &rules).await.body.contains("No rules are chosen"));
    let done = site.post("manager", &rules, &[("pack", "generic")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let chosen = site.get("viewer", &rules).await;
    assert!(chosen.body.contains("The votes of all contestants add up"), "{}", chosen.body);
    let again = site.post("manager", &rules, &[("pack", "generic"), ("reason", "x")]).await;
    assert!(again.body.contains("in force already"), "{}", again.body);
    let other = site.post("manager", &rules, &[("pack", "nl-eml")]).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "a later choice needs a reason");
    let path = format!("{rules}/upload");
    let broken = site.upload("manager", &path, &token("manager"), "own.toml", b"id = \n").await;
    assert!(broken.body.contains("SCR-RES-101"), "{}", broken.body);

    // South-1 has 130 ballots; the registry says 120 voters. South-9 is not there; North-1 is missing.
    let done = site.results("final", &RESULTS.replace("North-1", "South-9"), "").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    site.publish("final@1", "").await;
    let page = site.get("", CONTEST).await;
    assert!(strip(&page.body).contains("1 of 3 polling stations reported"), "{}", page.body);
    let missing = site.get("", &format!("{CONTEST}/missing")).await;
    assert!(missing.body.contains("North-1") && missing.body.contains("South-2"), "{}", missing.body);
    assert!(!missing.body.contains("South-1"));
    let found = site.get("", &format!("{CONTEST}/missing?q=school")).await;
    assert!(found.body.contains("North-1") && !found.body.contains("South-2"));
    let checks = site.get("", &format!("{CONTEST}/checks")).await;
    let text = strip(&checks.body);
    for said in ["Closest in the registry: South-", "registered (registry)", "Needs an explanation"] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

/// The text of a page.
fn strip(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside && !matches!(c, '\u{2068}' | '\u{2069}') => out.push(c),
            _ => {}
        }
    }
    plain(&out)
}

#[tokio::test]
async fn two_sources_are_compared_and_a_correction_shows_its_difference() {
    let site = site();
    site.mayor().await;
    let preliminary = "Station,Ballots cast,Ann,Bob\nNorth-1,90,45,45\nSouth-1,130,60,70\nWest-1,5,3,2\n";
    assert_eq!(site.results("preliminary", preliminary, "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.results("final", RESULTS, "").await.status, StatusCode::SEE_OTHER);
    let desk = site.get("observer", &format!("{ELECTION}/contests/mayor/compare")).await;
    let text = strip(&desk.body);
    assert!(text.contains("1 of 2 polling stations that both have state different numbers"), "{text}");
    assert!(text.contains("1 polling stations stand only in: preliminary, version 1"), "{text}");
    // Ann 45 to 50, Bob 45 to 40: five votes moved; the margin by the final count is 0 (110 : 110).
    assert!(text.contains("At most 5 votes are affected"), "{text}");
    assert_eq!(site.get("", &format!("{CONTEST}/compare")).await.status, StatusCode::NOT_FOUND);
    site.publish("final@1", "").await;
    let public = site.get("", &format!("{CONTEST}/compare")).await;
    assert!(strip(&public.body).contains("1 of 2 polling stations"), "{}", public.body);
    assert!(public.body.contains("<svg") && public.body.contains("class=\"seal"));
    let csv_href = public.body.split("class=\"csv\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let csv = site.get("", &plain(csv_href)).await;
    assert!(csv.body.contains("North-1,,,votes,ann,45,50,5\r\n"), "{}", csv.body);
    assert!(!csv.body.contains("South-1"));
    let only = site.get("", &format!("{CONTEST}/compare?show=only-first")).await;
    assert!(only.body.contains("West-1") && !only.body.contains("North-1"), "{}", only.body);
    let wrong = site.get("", &format!("{CONTEST}/compare?first=1&second=1")).await;
    assert!(wrong.body.contains("Choose two different versions"), "{}", wrong.body);

    let corrected = RESULTS.replace("130,60,70", "130,61,69");
    assert_eq!(
        site.results("final", &corrected, "One vote was read wrongly.").await.status,
        StatusCode::SEE_OTHER
    );
    site.publish("final@2", "One vote was read wrongly.").await;
    let page = strip(&site.get("", CONTEST).await.body);
    for said in ["What was corrected, and why", "One vote was read wrongly.", "in 1 of 2 polling stations"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let rate: (i64, i64) = site
        .app
        .engine
        .read(|views| {
            let sql = "SELECT common, differing FROM results_comparison WHERE kind = 'version'";
            views.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
        })
        .unwrap();
    assert_eq!(rate, (2, 1));
}
