//! The working pages, used as an official uses them: forms without script, one after the other.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod site;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use scr_desk_results::ResultsDesk;
use scr_i18n::{Sources, check_texts};
use scr_web::{Allow, Desk};
use site::{ELECTION, MAX_UPLOAD, Site, plain, site, token};
use std::path::Path;

impl Site {
    async fn contest(&self) {
        let fields = [
            ("title", "Prezydent"),
            ("id", ""),
            ("votes", "1"),
            ("contestants", "lecka; Zofia Łęcka; Unia\r\nJan Żak\r\n"),
        ];
        let answer = self.post("manager", &format!("{ELECTION}/contests/new"), &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }

    /// Uploads a file: the address of the draft, and the mapping that is proposed for it.
    async fn draft(&self, who: &str, file: &[u8]) -> (String, String) {
        let answer = self.upload(who, &format!("{ELECTION}/import"), &token(who), "wyniki.csv", file).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let page = self.get(who, &answer.to).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let mapping = page.body.split("name=\"mapping\" rows=\"5\">").nth(1).unwrap();
        (answer.to, plain(mapping.split("</textarea>").next().unwrap()))
    }

    /// From the file to the address of the preview.
    async fn preview(&self, who: &str, source: &str, file: &[u8]) -> String {
        let (draft, mapping) = self.draft(who, file).await;
        self.keep(who, &draft, source, &mapping).await
    }

    async fn keep(&self, who: &str, draft: &str, source: &str, mapping: &str) -> String {
        let fields =
            [("contest", "prezydent"), ("source", source), ("source_name", "Komisja"), ("mapping", mapping)];
        let kept = self.post(who, draft, &fields).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        kept.to
    }
}

/// The letters of the file in Windows-1250 (Unicode's CP1250.TXT: Ł A3, ę EA, Ż AF, ó F3, ł B3).
fn windows_1250(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        'Ł' => 0xA3,
        'ę' => 0xEA,
        'Ż' => 0xAF,
        'ó' => 0xF3,
        'ł' => 0xB3,
        'ż' => 0xBF,
        'ą' => 0xB9,
        other => u8::try_from(u32::from(other)).unwrap(),
    };
    text.chars().map(byte).collect()
}

const FILE: &str = "Nr obwodu;Gmina;Liczba wyborców uprawnionych do głosowania;Zofia Łęcka;Jan Żak
1;Łódź;100;40;30
2;Łódź;200;70;60
3;Ząbki żółte;300;90;80
";

fn file() -> Vec<u8> {
    windows_1250(&FILE.replace("Łódź", "Łęczyca"))
}

#[test]
fn every_text_of_the_desk_is_there_in_four_languages_and_used() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let findings = check_texts(&Sources {
        own: ResultsDesk.texts(),
        shared: scr_web::SHELL_TEXTS,
        folders: &[&here.join("src"), &here.join("templates")],
    });
    let ours = |finding: &&scr_i18n::Finding| format!("{finding:?}").contains("results-desk-");
    let ours: Vec<_> = findings.iter().filter(ours).collect();
    assert_eq!(ours, Vec::<&scr_i18n::Finding>::new());
}

#[tokio::test]
async fn from_an_election_to_a_published_result() {
    let site = site();
    assert!(site.get("manager", "/desk").await.body.contains("/desk/elections/new"));
    site.election().await;
    assert!(site.get("manager", "/desk").await.body.contains(&format!("{ELECTION}/contests/new")));
    site.contest().await;
    let before = site.size();
    let preview = site.preview("manager", "final", &file()).await;
    let page = site.get("manager", &preview).await;
    assert_eq!(site.size(), before, "nothing is recorded before the confirmation");
    // 40+70+90 and 30+60+80, added by hand.
    assert!(page.body.contains("<bdi>200</bdi>") && page.body.contains("<bdi>170</bdi>"), "{}", page.body);
    assert!(page.body.contains("Record these results"), "{}", page.body);
    let confirm = preview.replace("/preview", "/confirm");
    let done = site.post("manager", &confirm, &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let detail = site.get("manager", &done.to).await;
    assert!(detail.body.contains("class=\"seal") && detail.body.contains("Komisja"), "{}", detail.body);
    assert!(detail.body.contains("Nothing is published"));

    let publish = format!("{ELECTION}/contests/prezydent/publish");
    let chosen = [("version", "final@1"), ("status", "unofficial-complete")];
    let asked = site.post("manager", &publish, &chosen).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.body.contains("This cannot be taken back"), "{}", asked.body);
    assert_eq!(site.size(), before + 1, "the question records nothing");
    let confirmed = [("version", "final@1"), ("status", "unofficial-complete"), ("confirmed", "yes")];
    let done = site.post("manager", &publish, &confirmed).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let detail = site.get("manager", &done.to).await;
    assert!(detail.body.contains("Unofficial, complete") && detail.body.contains("/receipts/"));
    // What is published already is replaced only with a reason.
    let again = site.post("manager", &publish, &confirmed).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("id=\"f-reason\""), "{}", again.body);
    assert_eq!(site.size(), before + 2);
}

#[tokio::test]
async fn the_recorded_object_is_public_and_does_not_name_the_file() {
    let site = site();
    site.election().await;
    site.contest().await;
    let preview = site.preview("manager", "final", &file()).await;
    site.post("manager", &preview.replace("/preview", "/confirm"), &[]).await;
    let object: String = site
        .app
        .engine
        .read(|views| views.query_row("SELECT object FROM results_table", [], |row| row.get(0)))
        .unwrap();
    let bytes = site.app.engine.objects().get(&object.parse().unwrap(), 1 << 20).unwrap().unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(!text.contains("wyniki.csv"), "{text}");
    assert!(text.contains(r#""votes":{"jan-zak":30,"lecka":40}"#), "{text}");
    assert!(text.contains(&scr_canon::sha256(&file()).to_string()), "{text}");
}

#[tokio::test]
async fn a_wrong_file_shows_all_problems_at_once_and_records_nothing() {
    let site = site();
    site.election().await;
    site.contest().await;
    let wrong = FILE
        .replace("Łódź", "Łęczyca")
        .replace(";40;30", ";4O;30")
        .replace(";70;60", ";70;-6")
        .replace(";90;80", ";90;8,5,1");
    let before = site.size();
    // The mapping of the last good file of this source is used for the wrong one.
    let (_, mapping) = site.draft("manager", &file()).await;
    let (draft, _) = site.draft("manager", &windows_1250(&wrong)).await;
    let preview = site.keep("manager", &draft, "final", &mapping).await;
    let page = site.get("manager", &preview).await;
    for code in ["SCR-IMP-050", "SCR-IMP-052"] {
        assert!(page.body.contains(code), "{code}: {}", page.body);
    }
    for place in ["wyniki.csv, row 2", "wyniki.csv, row 3", "wyniki.csv, row 4"] {
        assert!(page.body.contains(place), "{place}: {}", page.body);
    }
    assert!(!page.body.contains("Record these results"));
    let refused = site.post("manager", &preview.replace("/preview", "/confirm"), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(site.size(), before);
}

#[tokio::test]
async fn a_second_version_needs_a_reason_and_shows_what_changes() {
    let site = site();
    site.election().await;
    site.contest().await;
    let first = site.preview("manager", "final", &file()).await;
    site.post("manager", &first.replace("/preview", "/confirm"), &[]).await;
    let before = site.size();
    let corrected = FILE.replace("Łódź", "Łęczyca").replace(";40;30", ";45;30");
    let preview = site.preview("manager", "final", &windows_1250(&corrected)).await;
    let page = site.get("manager", &preview).await;
    let row = page.body.split("Zofia Łęcka</bdi>").last().unwrap();
    let row = row.split("</tr>").next().unwrap();
    for figure in ["<bdi>200</bdi>", "<bdi>205</bdi>", "<bdi>5</bdi>"] {
        assert!(row.contains(figure), "{figure}: {row}");
    }
    let confirm = preview.replace("/preview", "/confirm");
    let refused = site.post("manager", &confirm, &[("reason", " ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"f-reason\"") && refused.body.contains("error-summary"));
    assert_eq!(site.size(), before);
    let done = site.post("manager", &confirm, &[("reason", "Obwód 1 przepisany")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(site.get("manager", &done.to).await.body.contains("Obwód 1 przepisany"));
}

#[tokio::test]
async fn contestants_that_the_contest_does_not_know_are_named_with_the_closest() {
    let site = site();
    site.election().await;
    site.contest().await;
    let other = FILE.replace("Łódź", "Łęczyca").replace("Jan Żak", "Jan Żuk");
    let preview = site.preview("manager", "final", &windows_1250(&other)).await;
    let page = site.get("manager", &preview).await;
    assert!(page.body.contains("does not know these contestants"), "{}", page.body);
    assert!(page.body.contains("<td><bdi>Jan Żak</bdi></td>"), "{}", page.body);
    let kept =
        site.post("manager", &preview.replace("/preview", "/contestants"), &[("as-0", "jan-zak")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let done = site.post("manager", &kept.to.replace("/preview", "/confirm"), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

#[tokio::test]
async fn a_column_that_is_no_contestant_is_left_out() {
    let site = site();
    site.election().await;
    site.contest().await;
    let more = "Nr obwodu;Zofia Łęcka;Jan Żak;dodatkowe\n1;40;30;7\n2;50;60;8\n";
    let preview = site.preview("manager", "final", &windows_1250(more)).await;
    let page = site.get("manager", &preview).await;
    assert!(page.body.contains("<th scope=\"row\"><bdi>dodatkowe</bdi></th>"), "{}", page.body);
    let kept = site.post("manager", &preview.replace("/preview", "/contestants"), &[("as-0", "-")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let page = site.get("manager", &kept.to).await;
    assert!(!page.body.contains("dodatkowe") && page.body.contains("Record these results"), "{}", page.body);
}

#[tokio::test]
async fn a_contest_can_be_defined_from_the_file() {
    let site = site();
    site.election().await;
    let sent =
        site.upload("manager", &format!("{ELECTION}/import"), &token("manager"), "a.csv", &file()).await;
    let hash = sent.to.rsplit('/').next().unwrap().to_owned();
    let page = site.get("manager", &format!("{ELECTION}/contests/new?from={hash}")).await;
    assert!(page.body.contains("zofia-lecka; Zofia Łęcka\njan-zak; Jan Żak"), "{}", page.body);
    let fields = [
        ("title", "Prezydent"),
        ("votes", "1"),
        ("from", &hash),
        ("contestants", "zofia-lecka; Zofia Łęcka\njan-zak; Jan Żak"),
    ];
    let defined = site.post("manager", &format!("{ELECTION}/contests/new"), &fields).await;
    assert_eq!(defined.status, StatusCode::SEE_OTHER, "{}", defined.body);
    let preview = site.get("manager", &defined.to).await;
    assert!(preview.body.contains("class=\"seal") && preview.body.contains("Prezydent"), "{}", preview.body);
}

#[tokio::test]
async fn the_main_choices_are_taken_into_the_mapping() {
    let site = site();
    site.election().await;
    let sent =
        site.upload("manager", &format!("{ELECTION}/import"), &token("manager"), "a.csv", &file()).await;
    let page = site.get("manager", &sent.to).await;
    assert!(page.body.contains("value=\"windows1250\" selected"), "{}", page.body);
    assert!(page.body.contains("value=\"semicolon\" selected") && page.body.contains("Łęczyca"));
    let choices = [("encoding", "windows1252"), ("delimiter", "semicolon")];
    let again = site.post("manager", &format!("{}/choices", sent.to), &choices).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
    let page = site.get("manager", &again.to).await;
    assert!(page.body.contains("value=\"windows1252\" selected"), "{}", page.body);
    assert!(page.body.contains("£êczyca"), "{}", page.body);
}

#[tokio::test]
async fn only_managers_and_observers_import_and_only_with_a_token() {
    let site = site();
    site.election().await;
    site.contest().await;
    for who in ["viewer", "clerk", "supervisor", "administrator"] {
        assert_eq!(site.get(who, ELECTION).await.status, StatusCode::OK, "{who}");
        for path in
            ["/desk/elections/new", &format!("{ELECTION}/contests/new"), &format!("{ELECTION}/import")]
        {
            assert_eq!(site.get(who, path).await.status, StatusCode::FORBIDDEN, "{who} {path}");
            assert_eq!(site.post(who, path, &[]).await.status, StatusCode::FORBIDDEN, "{who} {path}");
        }
    }
    assert_eq!(site.post("observer", "/desk/elections/new", &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.get("nobody", "/desk").await.status, StatusCode::SEE_OTHER);
    let before = site.size();
    let upload = format!("{ELECTION}/import");
    assert_eq!(site.upload("manager", &upload, "", "a.csv", &file()).await.status, StatusCode::FORBIDDEN);
    let stranger = token("observer");
    assert_eq!(
        site.upload("manager", &upload, &stranger, "a.csv", &file()).await.status,
        StatusCode::FORBIDDEN
    );
    let request = Request::post("/desk/elections/new")
        .header(header::COOKIE, "scr_login=manager")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = site.send(request.body(Body::from("title=x&id=x&day=2026-01-01&zone=UTC")).unwrap()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(site.size(), before);
}

#[tokio::test]
async fn files_over_the_limit_empty_files_and_strange_addresses_are_refused() {
    let site = site();
    site.election().await;
    let upload = format!("{ELECTION}/import");
    for size in [MAX_UPLOAD + 1, 4 * MAX_UPLOAD] {
        let large = vec![b'1'; size];
        let answer = site.upload("manager", &upload, &token("manager"), "a.csv", &large).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{size}");
    }
    let empty = site.upload("manager", &upload, &token("manager"), "a.csv", b"").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Neither an object that is no draft, nor an upload that looks like one, is a draft.
    let sent = site.upload("manager", &upload, &token("manager"), "a.csv", &file()).await;
    let draft = sent.to.rsplit('/').next().unwrap().to_owned();
    let objects = site.app.engine.objects();
    let hash = scr_canon::Hash32::from_hex(&draft).unwrap();
    let copy = objects.get(&hash, 1 << 20).unwrap().unwrap();
    site.upload("manager", &upload, &token("manager"), "b.json", &copy).await;
    let mut kept = b"scrutineer/upload/1\n".to_vec();
    kept.extend_from_slice(&copy);
    let disguised = scr_canon::sha256(&kept);
    assert!(objects.get(&disguised, 1 << 20).unwrap().is_some(), "the upload is kept under this hash");
    let other = objects.put(b"private").unwrap().to_hex();
    for hash in [disguised.to_hex(), other, "zz".to_owned(), "0".repeat(64)] {
        let answer = site.get("manager", &format!("/desk/imports/{hash}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{hash}");
    }
    // Another organisation does not see it.
    assert_eq!(site.get("observers", &sent.to).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("observer", &sent.to).await.status, StatusCode::OK);
}

#[tokio::test]
async fn mistakes_in_forms_are_named_and_what_was_typed_stays() {
    let site = site();
    let fields = [("title", "Wybory"), ("id", "Not An Id"), ("day", "24.11.2026"), ("zone", "UTC")];
    let answer = site.post("manager", "/desk/elections/new", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("value=\"Not An Id\"") && answer.body.contains("value=\"Wybory\""));
    site.election().await;
    let fields = [("title", "P"), ("votes", "0"), ("contestants", "سلمى\na; A; B; C")];
    let answer = site.post("manager", &format!("{ELECTION}/contests/new"), &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Line 1") && answer.body.contains("Line 2"), "{}", answer.body);
    assert!(answer.body.contains("f-votes") && answer.body.contains("a; A; B; C</textarea>"));
    let sent =
        site.upload("manager", &format!("{ELECTION}/import"), &token("manager"), "a.csv", &file()).await;
    let fields = [("source", ""), ("source_name", "Komisja"), ("mapping", "version = 1\nwhat = 2")];
    let answer = site.post("manager", &sent.to, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("what = 2</textarea>") && answer.body.contains("value=\"Komisja\""));
}

#[tokio::test]
async fn observers_import_beside_the_authority_and_never_over_it() {
    let site = site();
    site.election().await;
    site.contest().await;
    let first = site.preview("manager", "final", &file()).await;
    site.post("manager", &first.replace("/preview", "/confirm"), &[]).await;
    let before = site.size();
    let over = site.preview("observers", "final", &file()).await;
    let refused = site.post("observers", &over.replace("/preview", "/confirm"), &[("reason", "x")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert_eq!(site.size(), before);
    let own = site.preview("observers", "observers", &file()).await;
    let done = site.post("observers", &own.replace("/preview", "/confirm"), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

#[test]
fn no_route_of_the_desk_is_public() {
    let routes = ResultsDesk.routes().table();
    let desk: Vec<_> = routes.iter().filter(|route| route.path.starts_with("/desk")).collect();
    assert!(desk.len() >= 31, "the routes are looked at");
    assert!(desk.iter().all(|route| matches!(route.allow, Allow::Roles(_))));
}
