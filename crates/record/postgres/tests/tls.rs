//! Encrypted connections to a PostgreSQL with a certificate of an authority of its own.

use std::error::Error as _;

/// The database's address, and the folder with the authorities' certificates.
#[expect(clippy::disallowed_methods, reason = "tests learn from the environment where PostgreSQL is")]
fn place() -> Option<(String, String)> {
    let what = "encrypted connections to PostgreSQL";
    let url = scr_testing::postgres(what)?;
    let folder = std::env::var("SCRUTINEER_TEST_POSTGRES_TLS").ok();
    if folder.is_none() {
        scr_testing::skipped(&format!(
            "{what} (set SCRUTINEER_TEST_POSTGRES_TLS, or run tools/postgres-for-tests)"
        ));
    }
    Some((url, folder?))
}

fn is_encrypted(url: &str) -> Result<bool, String> {
    let words = |error: postgres::Error| match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    };
    let mut client = scr_postgres::connect(url).map_err(words)?;
    let row = client.query_one("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", &[]);
    Ok(row.map_err(words)?.get(0))
}

#[test]
fn the_certificate_and_the_name_of_the_server_are_checked() {
    let Some((url, folder)) = place() else { return };
    let with = |url: &str, authority: &str| {
        is_encrypted(&format!("{url}?sslmode=verify-full&sslrootcert={folder}/{authority}.pem"))
    };
    assert_eq!(is_encrypted(&url), Ok(false), "as before, where nothing is said");
    assert_eq!(with(&url, "ca"), Ok(true));
    let stranger = with(&url, "other").unwrap_err();
    assert!(stranger.contains("UnknownIssuer") || stranger.contains("BadSignature"), "{stranger}");
    // The certificate is for 127.0.0.1, and localhost leads there.
    let other_name = with(&url.replace("127.0.0.1", "localhost"), "ca").unwrap_err();
    assert!(other_name.contains("not valid for name"), "{other_name}");
    let missing = with(&url, "missing").unwrap_err();
    assert!(missing.contains("missing.pem"), "{missing}");
    let blind = is_encrypted(&format!("{url}?sslmode=require")).unwrap_err();
    assert!(blind.contains("sslrootcert=FILE"), "{blind}");
}
