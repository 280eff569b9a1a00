//! The columns of a file, corrected by a person who sees no mapping file.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod site;

use axum::http::StatusCode;
use site::{Answer, ELECTION, Site, plain, site, token};

const FILE: &str =
    "Region,Station,Registered,Remarks,Ann Archer,Bob Baker\nNorth,N1,100,7,40,30\nNorth,N2,200,8,70,60\n";
const RIGHT: [&str; 6] = ["place", "code-1", "field-registered", "out", "contestant", "contestant"];

impl Site {
    async fn file(&self, who: &str, text: &str) -> Answer {
        let sent =
            self.upload(who, &format!("{ELECTION}/import"), &token(who), "a.csv", text.as_bytes()).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        sent
    }

    async fn roles(&self, draft: &str, roles: &[&str], more: &[(&str, &str)]) -> Answer {
        let names: Vec<String> = (0..roles.len()).map(|at| format!("role-{at}")).collect();
        let mut fields: Vec<(&str, &str)> =
            names.iter().zip(roles).map(|(name, role)| (name.as_str(), *role)).collect();
        fields.extend(more);
        self.post("manager", draft, &fields).await
    }

    async fn recorded(&self) {
        self.election().await;
        let fields =
            [("title", "Mayor"), ("id", "mayor"), ("votes", "1"), ("contestants", "Ann Archer\nBob Baker")];
        let defined = self.post("manager", &format!("{ELECTION}/contests/new"), &fields).await;
        assert_eq!(defined.status, StatusCode::SEE_OTHER, "{}", defined.body);
        let sent = self.file("manager", FILE).await;
        let more = [("contest", "mayor"), ("source", "final"), ("source_name", "Count of the office")];
        let kept = self.roles(&sent.to, &RIGHT, &more).await;
        assert!(kept.to.ends_with("/preview"), "{}", kept.body);
        let page = self.get("manager", &kept.to).await;
        // 40+70 and 30+60, added by hand.
        assert!(page.body.contains("<bdi>110</bdi>") && page.body.contains("<bdi>90</bdi>"), "{}", page.body);
        let done = self.post("manager", &kept.to.replace("/preview", "/confirm"), &[]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
}

/// The roles that the page has chosen, in the order of the columns.
fn chosen(body: &str) -> Vec<String> {
    let selects = body.split("<select id=\"f-role-").skip(1);
    let role = |select: &str| {
        let before = select.split("\" selected>").next().unwrap();
        before.rsplit("value=\"").next().unwrap().to_owned()
    };
    selects.map(|select| role(select.split("</select>").next().unwrap())).collect()
}

#[tokio::test]
async fn roles_are_corrected_in_a_table_and_shown_again() {
    let site = site();
    site.election().await;
    let sent = site.file("manager", FILE).await;
    let page = site.get("manager", &sent.to).await;
    assert_eq!(chosen(&page.body).len(), RIGHT.len(), "{}", page.body);
    assert!(plain(&page.body).contains("format = \"delimited\""), "the file is there for experts");
    let before = site.size();
    assert!(page.body.contains("<bdi>N1</bdi> · <bdi>N2</bdi>"), "{}", page.body);
    let again =
        site.roles(&sent.to, &RIGHT, &[("again", "yes"), ("source", ""), ("source_name", "Office")]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
    assert!(!again.to.ends_with("/preview"), "{}", again.to);
    let page = site.get("manager", &again.to).await;
    assert_eq!(chosen(&page.body), RIGHT);
    assert_eq!(site.size(), before, "nothing is recorded");
    assert!(page.body.contains("value=\"Office\""), "what was typed is still there: {}", page.body);
    assert!(
        page.body.contains("5 of 6") || page.body.contains("<bdi>5</bdi> of <bdi>6</bdi>"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_column_and_the_choice_stays() {
    let site = site();
    site.election().await;
    let sent = site.file("manager", FILE).await;
    let twice = ["name", "code-1", "field-voters", "field-voters", "contestant", "contestant"];
    let refused = site.roles(&sent.to, &twice, &[("source", "final"), ("source_name", "Office")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"e-role-3\"") && refused.body.contains("href=\"#f-role-3\""));
    assert_eq!(chosen(&refused.body), twice);
    let no_code = ["place", "out", "field-registered", "out", "contestant", "contestant"];
    let refused = site.roles(&sent.to, &no_code, &[("again", "yes")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"e-by-row\"") && refused.body.contains("href=\"#f-by-row\""));
    let by_row = site.roles(&sent.to, &no_code, &[("again", "yes"), ("by-row", "yes")]).await;
    assert_eq!(by_row.status, StatusCode::SEE_OTHER, "{}", by_row.body);
    for strange in [vec!["what", "code-1", "out", "out", "out", "contestant"], vec!["code-1"]] {
        let refused = site.roles(&sent.to, &strange, &[("again", "yes")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{strange:?}");
        assert!(refused.body.contains("error-summary"));
    }
}

#[tokio::test]
async fn the_next_file_is_read_as_the_last_was_and_can_be_proposed_anew() {
    let site = site();
    site.recorded().await;
    let next = site.file("manager", &FILE.replace(",40,", ",41,")).await;
    let page = site.get("manager", &next.to).await;
    assert!(page.body.contains("Read as an earlier file was"), "{}", page.body);
    assert_eq!(chosen(&page.body), RIGHT);
    assert!(page.body.contains("value=\"Count of the office\"") && page.body.contains("value=\"final\""));
    let anew = site.post("manager", &format!("{}/choices", next.to), &[("anew", "yes")]).await;
    let page = site.get("manager", &anew.to).await;
    assert!(!page.body.contains("Read as an earlier file was"), "{}", page.body);
    // Somebody else's file is read alike, and is not taken for the same source.
    let sent = site.file("observers", FILE).await;
    let page = site.get("observers", &sent.to).await;
    assert!(page.body.contains("Read as an earlier file was"), "{}", page.body);
    assert!(!page.body.contains("Count of the office"), "{}", page.body);
    // A file with other columns is looked at afresh.
    let other = site.file("manager", "Nr,Zofia,Jan\n1,2,3\n2,3,4\n").await;
    let page = site.get("manager", &other.to).await;
    assert!(!page.body.contains("Read as an earlier file was"), "{}", page.body);
}

#[tokio::test]
async fn the_desk_names_organisations_and_counts_in_words() {
    let site = site();
    assert!(site.get("manager", "/desk").await.body.contains("No task waits for you."));
    site.recorded().await;
    let page = site.get("manager", ELECTION).await.body;
    assert!(page.contains("<td><bdi>emb</bdi></td>") && !page.contains("/org/emb"), "{page}");
    assert!(page.contains("1 vote per ballot.") && !page.contains("votes per ballot."), "{page}");
}
