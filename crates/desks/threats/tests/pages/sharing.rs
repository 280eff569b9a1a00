//! Sharing from forms and files, answering, taking out.

use super::site::{AMBER, CLEAR, GREEN, hidden, indicator, indicator_id, plain, site};
use axum::http::StatusCode;
use serde_json::json;

const ALPHA: &str = "manager!alpha";
const BETA: &str = "clerk!beta";
const GAMMA: &str = "manager!gamma";
const HOME: &str = "/desk/threats/linden";
const SIGNS: &str = "5c0ffee0-0000-4000-8000-000000000001";
const OPEN: &str = "5c0ffee0-0000-4000-8000-000000000002";

const SEEN: [(&str, &str); 6] = [
    ("sort", "domain"),
    ("value", "wahl[.]example\r\nWAHLEN.example"),
    ("description", "It looks like ours."),
    ("since", "2026-11-01"),
    ("until", "2027-01-31"),
    ("sure", "high"),
];

#[tokio::test]
async fn what_somebody_has_seen_goes_to_whom_they_chose() {
    let site = site();
    let wrong =
        site.post(ALPHA, &format!("{HOME}/share/form"), &[("sort", "domain"), ("value", "no host")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(plain(&wrong.body).contains("no host: This is not the name of a site"), "{}", wrong.body);
    let next = site.post(ALPHA, &format!("{HOME}/share/form"), &SEEN).await;
    assert_eq!(next.to, format!("{HOME}/share/whom"), "{}", next.body);
    let whom = plain(&site.get(ALPHA, &next.to).await.body);
    assert!(
        whom.contains("2 objects were read")
            && whom.contains("TLP:AMBER+STRICT")
            && whom.contains("Beta Team")
    );
    // A member that is named gets it, and nobody else.
    let fields = [("collection", SIGNS), ("label", "amber"), ("to-gamma", "yes")];
    let check = site.post(ALPHA, &format!("{HOME}/share/check"), &fields).await.body;
    let text = plain(&check);
    assert!(
        text.contains("2 objects would be shared in The signs") && text.contains("Gamma Press"),
        "{text}"
    );
    assert!(text.contains("within 60 seconds"), "{text}");
    let digest = hidden(&check, "digest");
    let other = [&fields[..], &[("digest", "0000")]].concat();
    let changed = site.post(ALPHA, &format!("{HOME}/share/confirm"), &other).await;
    assert!(changed.body.contains("Something has changed since you looked"));
    let confirmed = [&fields[..], &[("digest", digest.as_str()), ("despite", "yes")]].concat();
    let done = site.post(ALPHA, &format!("{HOME}/share/confirm"), &confirmed).await;
    assert!(done.to.starts_with(&format!("{HOME}/status/")), "{} {}", done.status, done.body);
    let waits = plain(&site.get(ALPHA, &done.to).await.body);
    assert!(waits.contains("2 objects go out with the next batch"), "{waits}");
    assert_eq!(site.get(GAMMA, &done.to).await.status, StatusCode::NOT_FOUND, "another's status");
    site.close();
    assert!(plain(&site.get(ALPHA, &done.to).await.body).contains("All 2 are shared"));
    let gamma = plain(&site.get(GAMMA, HOME).await.body);
    assert!(
        gamma.contains("wahl.example") && gamma.contains("WAHLEN.example") && gamma.contains("TLP:AMBER"),
        "{gamma}"
    );
    assert!(!plain(&site.get(BETA, HOME).await.body).contains("wahl"));
    // The draft is gone: nothing is shared twice.
    assert_eq!(site.get(ALPHA, &format!("{HOME}/share/whom")).await.to, format!("{HOME}/share"));
}

#[tokio::test]
async fn a_file_is_read_and_what_is_wrong_is_said_row_by_row() {
    let site = site();
    site.share("alpha", "signs", None, &[indicator(1, "there.example", GREEN)]);
    let mut broken = indicator(3, "broken.example", GREEN);
    broken["pattern"] = json!("[domain-name:value = ");
    let mut nameless = indicator(4, "nameless.example", GREEN);
    nameless["id"] = json!("indicator--4");
    let bundle = json!({
        "type": "bundle", "id": "bundle--7d3a0000-0000-4000-8000-000000000001",
        "objects": [indicator(1, "there.example", GREEN), indicator(2, "new.example", CLEAR), broken, nameless],
    });
    let next = site.file(ALPHA, &format!("{HOME}/share/file"), bundle.to_string().as_bytes()).await;
    assert_eq!(next.to, format!("{HOME}/share/whom"), "{}", next.body);
    let whom = plain(&site.get(ALPHA, &next.to).await.body);
    assert!(
        whom.contains("object 4") && whom.contains("no usable id") && whom.contains("bundle.json"),
        "{whom}"
    );
    assert!(whom.contains("object 3 · pattern") && whom.contains("3 of 3 carry a label"), "{whom}");
    let fields = [("collection", OPEN), ("label", "green")];
    let check = plain(&site.post(ALPHA, &format!("{HOME}/share/check"), &fields).await.body);
    assert!(
        check.contains("One object is TLP:CLEAR: it is published at once")
            && check.contains("everybody, in public")
    );
    let fields = [("collection", SIGNS), ("label", "green")];
    let check = site.post(ALPHA, &format!("{HOME}/share/check"), &fields).await.body;
    assert!(
        plain(&check).contains("One is there already") && plain(&check).contains("2 objects would be shared")
    );
    let digest = hidden(&check, "digest");
    let confirmed = [&fields[..], &[("digest", digest.as_str()), ("despite", "yes")]].concat();
    let done = site.post(ALPHA, &format!("{HOME}/share/confirm"), &confirmed).await;
    let status = plain(&site.get(ALPHA, &done.to).await.body);
    assert!(status.contains("All 3 are shared") && status.contains("It was there already"), "{status}");
    for (text, words) in
        [("", "nothing in it"), ("{\"a\":1}", "no objects in it"), ("[]", "cannot be read as STIX")]
    {
        let answer = site.post(ALPHA, &format!("{HOME}/share/text"), &[("text", text)]).await;
        assert!(plain(&answer.body).contains(words), "{text} {}", answer.body);
    }
    let one = indicator(5, "one.example", AMBER).to_string();
    assert_eq!(
        site.post(ALPHA, &format!("{HOME}/share/text"), &[("text", &one)]).await.to,
        format!("{HOME}/share/whom")
    );
}

#[tokio::test]
async fn who_may_not_write_does_not_share() {
    let site = site();
    for who in
        ["observer!alpha", "viewer!alpha", "administrator!alpha", "manager@North!alpha", "manager!delta"]
    {
        assert_eq!(site.get(who, &format!("{HOME}/share")).await.status, StatusCode::FORBIDDEN, "{who}");
        let form = site.post(who, &format!("{HOME}/share/form"), &SEEN).await;
        assert_eq!(form.status, StatusCode::FORBIDDEN, "{who}");
    }
    // Gamma may not write into the public collection, whatever a form says.
    site.post(GAMMA, &format!("{HOME}/share/form"), &SEEN).await;
    let check =
        site.post(GAMMA, &format!("{HOME}/share/check"), &[("collection", OPEN), ("label", "clear")]).await;
    assert!(check.body.contains("Choose where to share it"), "{}", check.body);
}

#[tokio::test]
async fn an_object_is_answered_and_taken_out() {
    let site = site();
    site.share("alpha", "signs", None, &[indicator(1, "wahl.example", GREEN)]);
    let object = format!("{HOME}/objects/{}", indicator_id(1));
    let page = plain(&site.get(BETA, &format!("{object}?collection=signs")).await.body);
    for words in [
        "This is a sign by which others recognise an attack",
        "Do not open the site",
        "TLP:GREEN",
        "for members of the community, not for publication",
        "wahl.example",
        "Office of Alpha",
        "Nobody has said so yet",
        "It imitates the office.",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("<a href=\"http"), "what an attacker owns is never linked");
    let wrong = site
        .post(BETA, &format!("{object}/seen?collection=signs"), &[("count", "none"), ("first", "x")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let seen = [("count", "14"), ("first", "2026-11-02"), ("last", "2026-11-03"), ("note", "Screenshots.")];
    let done = site.post(BETA, &format!("{object}/seen?collection=signs"), &seen).await;
    assert!(done.to.contains("recorded="), "{} {}", done.status, done.body);
    assert!(plain(&site.get(ALPHA, &object).await.body).contains("14 times, by one organisation"));
    assert!(site.post(GAMMA, &format!("{object}/false-alarm"), &[]).await.body.contains("Say why"));
    let done = site.post(GAMMA, &format!("{object}/false-alarm"), &[("reason", "It is ours.")]).await;
    assert!(done.to.contains("recorded="), "{}", done.body);
    let page = plain(&site.get(ALPHA, &object).await.body);
    assert!(
        page.contains("One member says that it is a false alarm") && page.contains("says that it was seen"),
        "{page}"
    );
    // Only its owner takes it out, and knows what follows.
    assert_eq!(site.get(GAMMA, &format!("{object}/withdraw")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        site.post(GAMMA, &format!("{object}/withdraw"), &[("looked", "yes")]).await.status,
        StatusCode::FORBIDDEN
    );
    let ask = plain(&site.get(ALPHA, &format!("{object}/withdraw")).await.body);
    assert!(
        ask.contains("“wahl.example” would be taken out") && ask.contains("Whoever has read it still has it"),
        "{ask}"
    );
    let done = site.post(ALPHA, &format!("{object}/withdraw"), &[("looked", "yes")]).await;
    assert!(done.to.contains("recorded="), "{}", done.body);
    assert_eq!(site.get(BETA, &object).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_table_is_filtered_and_goes_on() {
    let site = site();
    let many: Vec<_> =
        (1..=70).map(|number| indicator(number, &format!("s{number}.example"), GREEN)).collect();
    site.share("alpha", "signs", None, &many);
    site.share("beta", "open", None, &[indicator(99, "open.example", CLEAR)]);
    let first = plain(&site.get(GAMMA, HOME).await.body);
    assert!(
        first.contains(">open.example<")
            && first.contains(">s70.example<")
            && !first.contains(">s1.example<")
    );
    let next = first.split("rel=\"next\"").next().unwrap().rsplit("href=\"").next().unwrap();
    let next = next.split('"').next().unwrap().to_owned();
    let second = plain(&site.get(GAMMA, &next).await.body);
    assert!(second.contains(">s1.example<") && !second.contains(">s70.example<"), "{next} {second}");
    for (query, there, not) in [
        ("by=beta", "open.example", ">s70.example<"),
        ("label=clear", "open.example", ">s70.example<"),
        ("q=S33", ">s33.example<", ">s70.example<"),
        ("what=signs", ">s70.example<", ">nothing<"),
        ("what=reports", "Nothing fits these filters", ">s70.example<"),
        ("collection=open", "open.example", ">s70.example<"),
        ("collection=elsewhere", "Nothing fits these filters", ">s70.example<"),
    ] {
        let page = plain(&site.get(GAMMA, &format!("{HOME}?{query}")).await.body);
        assert!(page.contains(there) && !page.contains(not), "{query} {page}");
    }
}

#[tokio::test]
async fn lists_tables_and_events_of_misp_are_read() {
    let site = site();
    let path = format!("{HOME}/share/text");
    let whom = format!("{HOME}/share/whom");
    let text = "They used wahl[.]example[.]org and 203[.]0[.]113[.]7, mail from a[@]b[.]org.";
    assert_eq!(site.post(ALPHA, &path, &[("text", text)]).await.to, whom);
    let page = plain(&site.get(ALPHA, &whom).await.body);
    assert!(page.contains("3 objects were read") && page.contains("line 1"), "{page}");
    let table = "value,comment,tlp\nwahl.example.org,Copy of the site,TLP:AMBER\nno such thing,x,\nother.example.org,y,PINK\n";
    assert_eq!(site.post(ALPHA, &path, &[("text", table)]).await.to, whom);
    let page = plain(&site.get(ALPHA, &whom).await.body);
    assert!(
        page.contains("One object was read") && page.contains("line 4 · tlp") && page.contains("1 of 1"),
        "{page}"
    );
    let event = json!({"Event": {
        "uuid": "7d3a0000-0000-4000-8000-000000000001", "info": "Copies of the site", "date": "2026-11-01",
        "timestamp": "1762000000", "Orgc": {"name": "CERT", "uuid": "7d3a0000-0000-4000-8000-000000000002"},
        "Tag": [{"name": "tlp:green"}],
        "Attribute": [{"uuid": "7d3a0000-0000-4000-8000-000000000003", "type": "domain", "category": "Network activity",
            "to_ids": true, "value": "wahl.example.org", "timestamp": "1762000000"}],
    }});
    let next = site.file(ALPHA, &format!("{HOME}/share/file"), event.to_string().as_bytes()).await;
    assert_eq!(next.to, whom, "{}", next.body);
    let check =
        site.post(ALPHA, &format!("{HOME}/share/check"), &[("collection", SIGNS), ("label", "red")]).await;
    let text = plain(&check.body);
    assert!(
        text.contains("wahl.example.org") && text.contains("TLP:GREEN") && !text.contains("TLP:RED"),
        "{text}"
    );
}

/// The desk of alerts begins a draft with it (`crates/desks/alerts/tests/write/course.rs` has the same).
const TO_AN_ALERT: &str = "/desk/alerts/drafts/new?source=lookalike.example&source_href=%2Fdesk%2Fthreats%2Flinden%2Fobjects%2Findicator--7d3a0000-0000-4000-8000-000000000001%3Fcollection%3Dsigns";

#[tokio::test]
async fn an_alert_begins_with_a_threat() {
    let site = site();
    site.share("alpha", SIGNS, None, &[indicator(1, "lookalike.example", GREEN)]);
    let path = format!("{HOME}/objects/{}", indicator_id(1));
    for (who, writes) in [(ALPHA, true), (BETA, true), ("supervisor!gamma", true), ("viewer!gamma", false)] {
        let page = site.get(who, &path).await;
        assert_eq!(page.status, StatusCode::OK, "{who}");
        let page = plain(&page.body);
        assert!(page.contains("lookalike.example"));
        assert_eq!(page.contains(&format!("<a href=\"{TO_AN_ALERT}\">")), writes, "{who}: {page}");
        assert_eq!(page.contains("/desk/alerts/"), writes, "{who}");
    }
}
