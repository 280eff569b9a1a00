//! Who sees and does what.

use super::site::{MANAGER, NORTH, SOUTH, plain, site};
use axum::http::StatusCode;

const BASE: &str = "/desk/audits/autumn";

#[tokio::test]
async fn jurisdictions_see_and_do_their_own() {
    let site = site();
    site.handed_in().await;
    let north = format!("{BASE}/jurisdictions/North");
    for who in [MANAGER, NORTH, "supervisor"] {
        assert_eq!(site.get(who, &north).await.status, StatusCode::OK, "{who}");
    }
    // Another jurisdiction, another organisation, a manager who is limited to a place, and other roles.
    for who in [SOUTH, "manager!other", "supervisor@North!other", "manager@North", "observer", "clerk"] {
        for path in [&north, &format!("{north}/files/totals"), &format!("{north}/files/totals/check")] {
            assert_eq!(site.get(who, path).await.status, StatusCode::FORBIDDEN, "{who} {path}");
        }
        let file = site.file(who, &format!("{north}/files/totals"), b"x").await;
        assert_eq!(file.status, StatusCode::FORBIDDEN, "{who}");
    }
    let list = plain(&site.get(NORTH, &format!("{BASE}/jurisdictions")).await.body);
    assert!(list.contains("files/") || list.contains("jurisdictions/North"), "{list}");
    assert!(!list.contains("jurisdictions/South") && !list.contains(">South<"), "{list}");
    let names = site.post(NORTH, &format!("{BASE}/jurisdictions"), &[("names", "North")]).await;
    assert_eq!(names.status, StatusCode::FORBIDDEN);
}

/// Whoever runs the audit does everything but sign for a jurisdiction; a jurisdiction does nothing for the audit.
#[tokio::test]
async fn nobody_signs_for_a_jurisdiction_and_no_jurisdiction_runs_the_audit() {
    let site = site();
    site.handed_in().await;
    let sign = format!("{BASE}/jurisdictions/North/sign");
    for who in [MANAGER, SOUTH, "observer"] {
        assert_eq!(site.get(who, &sign).await.status, StatusCode::FORBIDDEN, "{who}");
        assert_eq!(site.post(who, &sign, &[("looked", "yes")]).await.status, StatusCode::FORBIDDEN, "{who}");
    }
    for path in ["contests/new", "commit", "reopen"] {
        let path = format!("{BASE}/{path}");
        for who in [NORTH, "manager!other", "manager@North", "observer"] {
            assert_eq!(site.get(who, &path).await.status, StatusCode::FORBIDDEN, "{who} {path}");
            assert_eq!(site.post(who, &path, &[]).await.status, StatusCode::FORBIDDEN, "{who} {path}");
        }
    }
    for who in [NORTH, "manager@North", "observer"] {
        let fields = [("title", "Mine"), ("method", "batch-comparison"), ("seed_digits", "20")];
        let new = site.post(who, "/desk/audits/new", &fields).await;
        assert!(new.status.is_client_error(), "{who} {}", new.status);
    }
    // The audit itself is public: everybody who is signed in reads it, and none of these has a task in it.
    for who in ["observer", "clerk", "manager!other"] {
        assert_eq!(site.get(who, BASE).await.status, StatusCode::OK, "{who}");
        assert!(plain(&site.get(who, "/desk/audits").await.body).contains("Nothing waits for you"), "{who}");
    }
    assert_eq!(site.get(MANAGER, "/desk/audits/winter").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get(NORTH, &format!("{BASE}/jurisdictions/East")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.get(MANAGER, &format!("{BASE}/jurisdictions/East")).await.status, StatusCode::NOT_FOUND);
    let cvrs = site.get(NORTH, &format!("{BASE}/jurisdictions/North/files/cvrs")).await;
    assert_eq!(cvrs.status, StatusCode::NOT_FOUND, "a batch comparison takes no cast vote records");
}
