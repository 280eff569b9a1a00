//! The office where no people stand behind the gate: a mirror, or a server of pages alone.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use scr_desk_office::OfficeDesk;
use scr_engine::testing::TestEngine;
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use std::sync::Arc;
use tower::ServiceExt as _;

struct Nobody;

impl Gate for Nobody {
    fn login(&self, _: &str) -> Option<LoginInfo> {
        None
    }
}

#[tokio::test]
async fn nobody_can_sign_in_where_there_are_no_people() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestEngine::new(folder.path(), OfficeDesk.kinds(), OfficeDesk.views()).unwrap();
    let engine = Arc::into_inner(test.engine).unwrap();
    let app = App::new(engine, Arc::new(Nobody), WebConfig::default(), &[&OfficeDesk]).unwrap();
    let request = Request::get("/desk/sign-in").body(Body::empty()).unwrap();
    let answer = router(&app, &[&OfficeDesk]).oneshot(request).await.unwrap();
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    let body = String::from_utf8_lossy(&body);
    assert!(body.contains("SCR-ACC-022") && body.contains("<main"), "{body}");
}
