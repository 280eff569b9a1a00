//! A map of an election, from the file to the drawing.

use crate::{Answer, Site, fresh};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use scr_core::Role;
use scr_desk_results::ResultsDesk;
use scr_desk_results::maps::{NewMap, import_map};
use scr_engine::testing::TestEngine;
use scr_results::map::{Collection, Rule};
use scr_web::Desk;

const DESK: &str = "/desk/elections/president-2026";
const CONTEST: &str = "/elections/president-2026/contests/president";

fn area(code: &str, x: i32) -> String {
    format!(
        r#"{{"type":"Feature","properties":{{"code":"{code}","n":{x}}},"geometry":{{"type":"Polygon","coordinates":[[[{x},50],[{e},50],[{e},51],[{x},51],[{x},50]]]}}}}"#,
        e = x + 1
    )
}

fn geojson() -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[{},{},{}]}}"#,
        area("north", 20),
        area("South", 21),
        area("East", 22)
    )
}

fn token(who: &str) -> String {
    scr_canon::sha256(format!("scrutineer form v1\n{who}").as_bytes()).to_hex()
}

impl Site {
    async fn as_manager(&self, path: &str) -> Answer {
        let request = Request::get(path).header(header::COOKIE, "scr_login=manager");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    async fn upload(&self, file: &str) -> Answer {
        let csrf = token("manager");
        let body = format!(
            "--X\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"m.geojson\"\r\n\r\n{file}\r\n--X--\r\n"
        );
        let request = Request::post(format!("{DESK}/map"))
            .header(header::COOKIE, "scr_login=manager")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=X");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    async fn confirm(&self, draft: &str, way: &str, reason: &str) -> Answer {
        let body = format!("csrf={}&way={way}&reason={reason}", token("manager"));
        let request = Request::post(draft)
            .header(header::COOKIE, "scr_login=manager")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).unwrap()).await
    }
}

#[tokio::test]
async fn an_official_joins_a_map_and_the_public_sees_it() {
    let site = Site::new();
    site.story();
    let up = site.upload(&geojson()).await;
    assert_eq!(up.status, StatusCode::SEE_OTHER, "{}", up.body);
    let draft = up.header(header::LOCATION).to_owned();
    let page = site.as_manager(&draft).await.body;
    // Both places that have stations find their feature; the third has none, and is named.
    assert!(page.contains("place-1@code"), "{page}");
    assert!(page.contains("<bdi>3</bdi> of <bdi>3</bdi> polling stations find their place"), "{page}");
    assert!(page.contains("<bdi>East</bdi>"), "{page}");
    let size = site.app.engine.log().size().unwrap();
    let done = site.confirm(&draft, "place-1%40code", "").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(site.app.engine.log().size().unwrap(), size + 1);

    let svg = site.get(&format!("{CONTEST}/map.svg")).await;
    assert_eq!((svg.status, svg.header(header::CONTENT_TYPE)), (StatusCode::OK, "image/svg+xml"));
    // 55 + 50 of 195 in the north; 80 of 150 for the other in the south.
    assert!(svg.body.contains("<title>north: =Ann, &quot;Ärlig&quot;, 53.8%</title>"), "{}", svg.body);
    assert!(svg.body.contains("<title>South: BobBaker, 53.3%</title>"), "{}", svg.body);
    assert!(svg.body.contains("<title>East: No numbers</title>"), "{}", svg.body);
    assert!(site.unchanged(&format!("{CONTEST}/map.svg")).await);
    let page = site.get(&format!("{CONTEST}/map")).await.body;
    for figure in ["53.8%", "53.3%", ">195<", ">150<", "70.0%", "50.0%"] {
        assert!(page.contains(figure), "{figure}: {page}");
    }
    let turnout = site.get(&format!("{CONTEST}/map.svg?show=turnout")).await.body;
    assert!(turnout.contains("north: 70.0% (210 of 300)"), "{turnout}");
    let share = site.get(&format!("{CONTEST}/map.svg?show=share&of=ann&as=circles")).await.body;
    assert!(share.contains("<circle") && share.contains("South: 46.7% (70 of 150)"), "{share}");
    assert!(site.get(CONTEST).await.body.contains(&format!("href=\"{CONTEST}/map\"")));
}

#[tokio::test]
async fn a_later_map_needs_a_reason_and_a_wrong_file_its_code() {
    let site = Site::new();
    site.story();
    for (file, words) in [
        ("[1]".to_owned(), "not JSON, or nested too deep"),
        (geojson().replace("[20,50]", "[500000,50]"), "not degrees of longitude"),
        (geojson().replace("Polygon", "LineString"), "it has LineString"),
    ] {
        let answer = site.upload(&file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        assert!(answer.body.contains(words), "{words}: {}", answer.body);
    }
    let draft = site.upload(&geojson()).await.header(header::LOCATION).to_owned();
    assert_eq!(site.confirm(&draft, "place-1%40code", "").await.status, StatusCode::SEE_OTHER);
    let again = site.confirm(&draft, "place-1%40code", "").await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("A later version needs a reason"), "{}", again.body);
    let wrong = site.confirm(&draft, "place-1%40none", "x").await;
    assert!(wrong.body.contains("lack the property"), "{}", wrong.body);
    assert_eq!(site.confirm(&draft, "unit%40code", "Better+borders").await.status, StatusCode::SEE_OTHER);
    // By the units' own codes nothing is on the map: it says so, with the numbers.
    let page = site.get(&format!("{CONTEST}/map")).await.body;
    assert!(page.contains("Not on the map") && page.contains(">345<"), "{page}");
    let nobody = site.get(&format!("{DESK}/map")).await;
    assert_eq!(nobody.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn without_a_map_there_is_none() {
    let site = Site::new();
    site.story();
    for file in ["map", "map.svg"] {
        assert_eq!(site.get(&format!("{CONTEST}/{file}")).await.status, StatusCode::NOT_FOUND);
    }
    assert!(!site.get(CONTEST).await.body.contains("map.svg"));
}

#[test]
fn views_with_a_map_rebuilt_are_the_views_that_grew() {
    let folder = tempfile::tempdir().unwrap();
    let test = fresh(folder.path());
    crate::story(&test.engine);
    let map = Collection::read(geojson().as_bytes()).unwrap().by("code").unwrap();
    let new = NewMap {
        election: crate::election(),
        map: &map,
        property: "code".to_owned(),
        rule: Rule::Place(1),
        reason: None,
    };
    import_map(&test.engine, &TestEngine::actor(Role::Manager), &new).unwrap();
    let [grown, rebuilt] = test.incremental_and_rebuilt(ResultsDesk.kinds(), ResultsDesk.views()).unwrap();
    assert_eq!(grown, rebuilt);
    assert!(grown.iter().any(|line| format!("{line:?}").contains("results_area")));
}
