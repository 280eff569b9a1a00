//! From the first page to the commitment, and back before it.

use super::site::{Answer, MANAGER, NORTH, SOUTH, Site, hidden, plain, site};
use axum::http::StatusCode;
use scr_audits::workflow::{Phase, What};

const BASE: &str = "/desk/audits/autumn";
const MANIFEST: &[u8] = b"Container,Batch Name,Number of Ballots\nBox 1,B1,100\nBox 1,B2,90\n";
const TOTALS: &[u8] = b"Batch Name,Ann Lee,Ben\nB1,60,30\nB2,50,20\n";
const SOUTHERN: &[u8] = b"Batch Name,Number of Ballots\nB1,60\n";
const SOUTHERN_TOTALS: &[u8] = b"Batch Name,Ann Lee,Ben\nB1,40,15\n";

fn files(place: &str, what: &str) -> String {
    format!("{BASE}/jurisdictions/{place}/files/{what}")
}

impl Site {
    pub(crate) async fn begun(&self) {
        let new = self
            .post(
                MANAGER,
                "/desk/audits/new",
                &[("title", "Autumn"), ("method", "batch-comparison"), ("seed_digits", "20")],
            )
            .await;
        assert!(new.to.starts_with(BASE), "{}", new.body);
        let contest = [
            ("name", "Mayor"),
            ("choices", "Ann Lee: 150\nBen: 65"),
            ("ballots", "250"),
            ("winners", "1"),
            ("votes_allowed", "1"),
            ("risk_limit", "5%"),
            ("targeted", "yes"),
            ("law", "most"),
        ];
        let chosen = self.post(MANAGER, &format!("{BASE}/contests/new"), &contest).await;
        assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.body);
        let named = self.post(MANAGER, &format!("{BASE}/jurisdictions"), &[("names", "North\nSouth")]).await;
        assert_eq!(named.status, StatusCode::SEE_OTHER, "{}", named.body);
    }

    /// Hands in a file and confirms what is shown.
    async fn hands_in(&self, who: &str, place: &str, what: &str, content: &[u8]) -> Answer {
        let looked = self.file(who, &files(place, what), content).await;
        assert_eq!(looked.to, format!("{}/check", files(place, what)), "{}", plain(&looked.body));
        let shown = self.get(who, &looked.to).await;
        let sha256 = hidden(&shown.body, "sha256");
        assert_eq!(sha256.len(), 64, "{}", shown.body);
        let done = self.post(who, &looked.to, &[("sha256", &sha256)]).await;
        assert!(done.to.starts_with(&format!("{BASE}/jurisdictions/{place}?recorded=")), "{}", done.body);
        shown
    }

    async fn signs(&self, who: &str, place: &str) {
        let path = format!("{BASE}/jurisdictions/{place}/sign");
        let shown = self.get(who, &path).await;
        let over = hidden(&shown.body, "over");
        let blind = self.post(who, &path, &[("over", &over)]).await;
        assert_eq!(blind.status, StatusCode::UNPROCESSABLE_ENTITY, "whoever has not looked does not sign");
        let other = self.post(who, &path, &[("over", &"0".repeat(64)), ("looked", "yes")]).await;
        assert!(plain(&other.body).contains("Something has changed since you looked"), "{}", other.body);
        let signed = self.post(who, &path, &[("over", &over), ("looked", "yes")]).await;
        assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.body);
    }

    pub(crate) async fn handed_in(&self) {
        self.begun().await;
        self.hands_in(NORTH, "North", "manifest", MANIFEST).await;
        self.hands_in(NORTH, "North", "totals", TOTALS).await;
        self.hands_in(MANAGER, "South", "manifest", SOUTHERN).await;
        self.hands_in(SOUTH, "South", "totals", SOUTHERN_TOTALS).await;
    }
}

#[tokio::test]
async fn an_audit_is_prepared_page_by_page() {
    let site = site();
    let empty = site.get(MANAGER, "/desk/audits").await;
    assert!(plain(&empty.body).contains("No audit yet"));
    site.begun().await;
    let home = plain(&site.get(MANAGER, "/desk/audits").await.body);
    assert!(home.contains("Complete the preparation") && home.contains("4 things are missing"), "{home}");
    let one = plain(&site.get(MANAGER, BASE).await.body);
    assert!(one.contains("North has not handed in: Ballot manifest."), "{one}");
    let early = plain(&site.get(MANAGER, &format!("{BASE}/commit")).await.body);
    assert!(early.contains("cannot be committed to yet") && early.contains("South has not handed in"));

    site.handed_in_again().await;
    let waits = plain(&site.get(NORTH, "/desk/audits").await.body);
    assert!(waits.contains("Sign what was handed in"), "{waits}");
    site.signs(NORTH, "North").await;
    let waits = plain(&site.get(NORTH, "/desk/audits").await.body);
    assert!(waits.contains("Nothing waits for you"), "{waits}");
    site.signs(SOUTH, "South").await;

    let ready = site.get(MANAGER, &format!("{BASE}/commit")).await;
    let root = hidden(&ready.body, "root");
    assert!(plain(&ready.body).contains("2 jurisdictions with 3 batches and 250 ballots"), "{}", ready.body);
    let path = format!("{BASE}/commit");
    let blind = site.post(MANAGER, &path, &[("root", &root)]).await;
    assert_eq!((blind.status, site.phase()), (StatusCode::UNPROCESSABLE_ENTITY, Phase::Draft));
    let other = site.post(MANAGER, &path, &[("root", "00"), ("looked", "yes")]).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = site.post(MANAGER, &path, &[("root", &root), ("looked", "yes")]).await;
    assert!(done.to.starts_with(BASE) && site.phase() == Phase::Committed, "{}", done.body);
    assert_eq!(site.kept().audit.committed().unwrap().root.to_hex(), root);
    let after = plain(&site.get(MANAGER, &done.to).await.body);
    assert!(after.contains("Two people throw the dice") && after.contains(&root[..8]), "{after}");

    reopened(&site).await;
}

impl Site {
    /// What [`Site::handed_in`] does, of an audit that was begun.
    async fn handed_in_again(&self) {
        let shown = self.hands_in(NORTH, "North", "manifest", MANIFEST).await;
        assert!(
            plain(&shown.body).contains("2 rows with 190 ballots, and nothing to correct"),
            "{}",
            shown.body
        );
        assert!(plain(&shown.body).contains("Box 1 · B1"));
        self.hands_in(NORTH, "North", "totals", TOTALS).await;
        self.hands_in(MANAGER, "South", "manifest", SOUTHERN).await;
        self.hands_in(SOUTH, "South", "totals", SOUTHERN_TOTALS).await;
    }
}

async fn reopened(site: &Site) {
    let ask = plain(&site.get(MANAGER, &format!("{BASE}/reopen")).await.body);
    assert!(ask.contains("Version 1 stays visible") && ask.contains("version 2 begins"), "{ask}");
    let path = format!("{BASE}/reopen");
    let silent = site.post(MANAGER, &path, &[("reason", " ")]).await;
    assert!(plain(&silent.body).contains("Say why"), "{}", silent.body);
    let named = site.post(MANAGER, &path, &[("reason", "write to ann@example.com")]).await;
    assert!(plain(&named.body).contains("cannot be made public"), "{}", named.body);
    let done = site.post(MANAGER, &path, &[("reason", "a box of North was found")]).await;
    assert_eq!((done.status, site.phase()), (StatusCode::SEE_OTHER, Phase::Draft));
    let shown = plain(&site.get(MANAGER, &done.to).await.body);
    assert!(shown.contains("Version 2") && shown.contains("“a box of North was found”"), "{shown}");
    // The same again is refused.
    let ready = site.get(MANAGER, &format!("{BASE}/commit")).await;
    let root = hidden(&ready.body, "root");
    let same = site.post(MANAGER, &format!("{BASE}/commit"), &[("root", &root), ("looked", "yes")]).await;
    assert!(plain(&same.body).contains("Nothing has changed since an earlier version"), "{}", same.body);
    // A late manifest takes the signature back, and its totals no longer fit.
    let more = b"Batch Name,Number of Ballots\nB1,60\nB2,5\n";
    let shown = site.hands_in(SOUTH, "South", "manifest", more).await;
    assert!(plain(&shown.body).contains("The signature is taken back"), "{}", shown.body);
    site.signs(SOUTH, "South").await;
    let ready = plain(&site.get(MANAGER, &format!("{BASE}/commit")).await.body);
    assert!(ready.contains("South, Totals by batch: What was handed in does not fit"), "{ready}");
}

#[tokio::test]
async fn everything_wrong_with_a_file_stands_on_the_page() {
    let site = site();
    site.begun().await;
    let early = plain(&site.get(NORTH, &files("North", "totals")).await.body);
    assert!(early.contains("The manifest comes first"), "{early}");
    let wrong = b"Batch Name,Number of Ballots\nB1,1OO\nB1,90\nTotal,190\n";
    let found = site.file(NORTH, &files("North", "manifest"), wrong).await;
    assert_eq!(found.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = plain(&found.body);
    assert!(text.contains("3 things in north.csv must be corrected first"), "{text}");
    for part in [
        "SCR-AUD-017",
        "row 2, column Number of Ballots",
        "Did you mean “100”?",
        "SCR-AUD-019",
        "SCR-AUD-022",
    ] {
        assert!(text.contains(part), "{part} {text}");
    }
    assert!(!site.kept().audit.jurisdictions()["North"].uploads.contains_key(&What::Manifest));
    let none = site.file(NORTH, &files("North", "manifest"), b"").await;
    assert!(plain(&none.body).contains("Choose a file."), "{}", none.body);
    // What is confirmed is what was shown.
    site.file(NORTH, &files("North", "manifest"), MANIFEST).await;
    let check = format!("{}/check", files("North", "manifest"));
    let other = site.post(NORTH, &check, &[("sha256", &"0".repeat(64))]).await;
    assert!(plain(&other.body).contains("Choose it again"), "{}", other.body);
    // In the reader's language, also the codes of readers of cast vote records.
    let french = site.get(NORTH, &format!("{}?lang=fr", files("North", "manifest"))).await;
    assert!(plain(&french.body).contains("Manifeste des bulletins"));
}

#[tokio::test]
async fn votes_that_the_contest_does_not_have_are_named_before_the_commitment() {
    let site = site();
    site.handed_in().await;
    let more = b"Batch Name,Ann Lee,Ben\nB1,45,15\n";
    site.hands_in(SOUTH, "South", "totals", more).await;
    site.signs(NORTH, "North").await;
    site.signs(SOUTH, "South").await;
    let ready = plain(&site.get(MANAGER, &format!("{BASE}/commit")).await.body);
    assert!(ready.contains("This does not fit together") && ready.contains("SCR-AUD-126"), "{ready}");
    assert!(!ready.contains("name=\"root\""), "nothing can be committed to");
    let root = "0".repeat(64);
    let forced = site.post(MANAGER, &format!("{BASE}/commit"), &[("root", &root), ("looked", "yes")]).await;
    assert!(plain(&forced.body).contains("Something has changed since you looked"), "{}", forced.body);
    assert_eq!(site.phase(), Phase::Draft);
}

#[tokio::test]
async fn contests_of_every_kind_are_typed() {
    let site = site();
    let new =
        [("title", "Autumn"), ("method", "assertion-comparison"), ("seed_digits", "20"), ("test", "alpha")];
    site.post(MANAGER, "/desk/audits/new", &new).await;
    let path = format!("{BASE}/contests/new");
    let contest = |law: &'static str, more: &[(&'static str, &'static str)]| {
        let mut fields = vec![
            ("name", law),
            ("choices", "Ann: 100\nBen: 80\nCem: 30"),
            ("ballots", "300"),
            ("winners", "1"),
            ("votes_allowed", "1"),
            ("risk_limit", "5%"),
            ("law", law),
        ];
        fields.retain(|(name, _)| more.iter().all(|(other, _)| name != other));
        fields.extend(more);
        fields
    };
    let of = [
        contest("most", &[]),
        contest("share", &[("share", "1/3")]),
        contest("runoff", &[]),
        contest("ranked", &[("winner", "Ben")]),
        contest("dhondt", &[("winners", "8")]),
        contest("sainte-lague", &[("winners", "4"), ("targeted", "no")]),
    ];
    for fields in &of {
        let done = site.post(MANAGER, &path, fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{fields:?} {}", plain(&done.body));
    }
    let kept = site.kept();
    let winners: Vec<usize> = kept.audit.contests().iter().map(|contest| contest.winners).collect();
    assert_eq!(winners, [1, 2, 2, 1, 8, 4]);
    let list = plain(&site.get(MANAGER, &format!("{BASE}/contests")).await.body);
    assert!(list.contains("Lists, D’Hondt") && list.contains("Opportunistic"), "{list}");
    // A contest is changed by its form, and left out.
    let form = site.get(MANAGER, &format!("{path}?of=1")).await;
    assert!(form.body.contains("Ann: 100\nBen: 80") && form.body.contains("value=\"1/3\""), "{}", form.body);
    let dropped = site.post(MANAGER, &format!("{BASE}/contests/drop"), &[("contest", "share")]).await;
    assert_eq!((dropped.status, site.kept().audit.contests().len()), (StatusCode::SEE_OTHER, 5));
    for (fields, says) in [
        (contest("share", &[("share", "0.5")]), "as a fraction"),
        (contest("ranked", &[("winner", "Dee")]), "none of the choices"),
        (contest("most", &[("choices", "Ann\nBen 5")]), "Line 1 does not end in a number"),
        (contest("most", &[("choices", "Ann 5")]), "at least two choices"),
        (contest("most", &[("risk_limit", "200%")]), "above 0 and below 1"),
        (contest("most", &[("ballots", "10")]), "cannot be audited as it stands"),
        (contest("most", &[("winners", "x")]), "at least 1"),
        (contest("lots", &[]), "does not confirm this kind"),
    ] {
        let found = site.post(MANAGER, &path, &fields).await;
        assert_eq!(found.status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        assert!(plain(&found.body).contains(says), "{says} {}", plain(&found.body));
    }
}

#[tokio::test]
async fn an_audit_begins_with_what_fits_its_method() {
    let site = site();
    let path = "/desk/audits/new";
    for (field, value, says) in [
        ("title", "", "at most 200"),
        ("election", "Not An Id", "letters a to z"),
        ("method", "guess", "Choose a method"),
        ("seed_digits", "5", "from 20 to 100"),
        ("sampler", "colorado", "does not draw what the method measures"),
        ("card_style", "known", "its cast vote record"),
    ] {
        let mut fields = vec![("title", "Autumn"), ("method", "batch-comparison"), ("seed_digits", "20")];
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        let found = site.post(MANAGER, path, &fields).await;
        assert_eq!(found.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(plain(&found.body).contains(says), "{field} {}", plain(&found.body));
    }
    site.begun().await;
    // A jurisdiction that has handed in something is not left out by mistake.
    site.file(NORTH, &files("North", "manifest"), MANIFEST).await;
    site.hands_in(NORTH, "North", "manifest", MANIFEST).await;
    let names = format!("{BASE}/jurisdictions");
    for (typed, says) in
        [("", "at least one"), ("South\nSouth", "twice"), ("South", "no longer in the list: North")]
    {
        let found = site.post(MANAGER, &names, &[("names", typed)]).await;
        assert!(plain(&found.body).contains(says), "{says} {}", found.body);
    }
    let left = site.post(MANAGER, &names, &[("names", "South"), ("leave", "yes")]).await;
    assert_eq!((left.status, site.kept().audit.jurisdictions().len()), (StatusCode::SEE_OTHER, 1));
}

#[tokio::test]
async fn lists_fill_forms_and_record_nothing() {
    let site = site();
    site.begun().await;
    let before = site.kept().changed_index;
    let path = format!("{BASE}/read/jurisdictions");
    let list = b"Jurisdiction,Admin Email\nEast,a@example.org\nNorth,b@example.org\n";
    let read = site.file(MANAGER, &path, list).await;
    assert!(read.body.contains("East\nNorth</textarea>"), "{}", read.body);
    let wrong = site.file(MANAGER, &path, b"Jurisdiction\nEast\n").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("SCR-AUD-012") && wrong.body.contains("North\nSouth</textarea>"));
    let path = format!("{BASE}/read/contests");
    let list =
        b"Contest Name,Jurisdictions,Choice Names\nMayor,all,Ann Lee; Ben\n\"Clerk, North\",North,Cem; Dee\n";
    let read = site.file(MANAGER, &path, list).await;
    assert!(plain(&read.body).contains("The list has 2 contests"), "{}", read.body);
    let link = "contests/new?name=Clerk%2C%20North&#38;choices=Cem%3A%20%0ADee%3A%20";
    assert!(read.body.contains(link), "{}", read.body);
    let form = site.get(MANAGER, &format!("{BASE}/{}", plain(link))).await;
    assert!(
        form.body.contains("Cem: \nDee:") && form.body.contains("value=\"Clerk, North\""),
        "{}",
        form.body
    );
    let wrong = site.file(MANAGER, &path, b"Contest Name,Jurisdictions\nMayor,West\n").await;
    assert!(wrong.body.contains("SCR-AUD-029"), "{}", wrong.body);
    assert_eq!(site.file(NORTH, &path, b"x").await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.kept().changed_index, before);
}
