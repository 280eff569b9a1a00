//! The server's own TLS: versions, limits, and a certificate that changes while it is shown.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod authority;

use authority::{Authority, put};
use axum::Router;
use axum::routing::get;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};
use scr_engine::Level;
use scr_web::{Certificates, ServeLimits, TlsFault, examine_files};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// 2026-11-26, 12:00 UTC.
const NOW: i64 = 1_795_694_400;
const DAY: i64 = 86_400;

struct Served {
    address: SocketAddr,
    stop: tokio::sync::oneshot::Sender<()>,
    ended: tokio::task::JoinHandle<()>,
}

async fn served(certificates: &Arc<Certificates>, limits: ServeLimits) -> Served {
    let slow = get(|| async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        "done"
    });
    let router = Router::new().route("/", get(|| async { "fine" })).route("/slow", slow);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let certificates = Some(Arc::clone(certificates));
    let ended =
        tokio::spawn(scr_web::serve(
            listener,
            certificates,
            router,
            limits,
            async move { drop(stopped.await) },
        ));
    Served { address, stop, ended }
}

async fn connect(
    address: SocketAddr,
    authority: &Authority,
    version: &'static SupportedProtocolVersion,
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(authority.pem.as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_protocol_versions(&[version]).unwrap();
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let stream = TcpStream::connect(address).await?;
    TlsConnector::from(Arc::new(config)).connect(ServerName::try_from("localhost").unwrap(), stream).await
}

async fn ask(stream: &mut TlsStream<TcpStream>, path: &str) -> String {
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes()).await.unwrap();
    let mut answer = vec![0; 4096];
    let count = stream.read(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer[..count]).into_owned()
}

fn shown(stream: &TlsStream<TcpStream>) -> Vec<u8> {
    stream.get_ref().1.peer_certificates().unwrap()[0].to_vec()
}

fn der(path: &Path) -> Vec<u8> {
    CertificateDer::from_pem_file(path).unwrap().to_vec()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewed_certificate_is_shown_without_a_stop_and_a_broken_one_never() {
    let (folder, authority) = (tempfile::tempdir().unwrap(), Authority::new());
    let (chain, key) = authority.write(folder.path(), 2030);
    let certificates = Arc::new(Certificates::read(&chain, &key).unwrap());
    let served = served(&certificates, ServeLimits::default()).await;
    let first = der(&chain);
    let mut kept = connect(served.address, &authority, &TLS13).await.unwrap();
    assert_eq!(shown(&kept), first);
    assert!(ask(&mut kept, "/").await.ends_with("fine"));
    let mut old = connect(served.address, &authority, &TLS12).await.unwrap();
    assert!(ask(&mut old, "/").await.ends_with("fine"));

    authority.write(folder.path(), 2031);
    certificates.look();
    let renewed = connect(served.address, &authority, &TLS13).await.unwrap();
    assert_eq!(shown(&renewed), der(&chain));
    assert_ne!(shown(&renewed), first);
    assert!(ask(&mut kept, "/").await.ends_with("fine"), "a connection goes on over the change");

    let (before, gauges) = (der(&chain), |good: i64| {
        let gauges = certificates.gauges();
        assert_eq!(gauges[1].values[0].1, good);
    });
    gauges(1);
    for broken in ["", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", &authority.pem] {
        put(&chain, broken);
        certificates.look();
        gauges(0);
        let still = connect(served.address, &authority, &TLS13).await.unwrap();
        assert_eq!(shown(&still), before, "{broken}");
    }
    std::fs::remove_file(&key).unwrap();
    certificates.look();
    gauges(0);
    authority.write(folder.path(), 2032);
    certificates.look();
    gauges(1);
    assert_eq!(shown(&connect(served.address, &authority, &TLS13).await.unwrap()), der(&chain));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_shakes_no_hands_is_cut_off_and_nobody_waits_for_them_at_the_end() {
    let (folder, authority) = (tempfile::tempdir().unwrap(), Authority::new());
    let (chain, key) = authority.write(folder.path(), 2030);
    let certificates = Arc::new(Certificates::read(&chain, &key).unwrap());
    let limits = ServeLimits { connections: 1, head: Duration::from_millis(400), ..ServeLimits::default() };
    let strict = served(&certificates, limits).await;
    let mut silent = TcpStream::connect(strict.address).await.unwrap();
    // The only place is taken until the silent one is cut off.
    let mut next = connect(strict.address, &authority, &TLS13).await.unwrap();
    assert!(ask(&mut next, "/").await.ends_with("fine"));
    assert_eq!(silent.read(&mut [0; 8]).await.unwrap(), 0, "cut off");
    let mut clear = TcpStream::connect(strict.address).await.unwrap();
    drop(next);
    clear.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    drop(clear.read_to_end(&mut answer).await);
    assert!(!String::from_utf8_lossy(&answer).contains("fine"), "nothing is said in the clear");

    let served = served(&certificates, ServeLimits::default()).await;
    let _silent = TcpStream::connect(served.address).await.unwrap();
    let mut under_way = connect(served.address, &authority, &TLS13).await.unwrap();
    under_way.write_all(b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    served.stop.send(()).unwrap();
    let mut answer = String::new();
    under_way.read_to_string(&mut answer).await.unwrap();
    assert!(answer.ends_with("done"), "what is under way ends, and the stream is closed as TLS wants it");
    tokio::time::timeout(Duration::from_secs(2), served.ended).await.unwrap().unwrap();
}

#[test]
fn each_file_that_cannot_be_used_is_named_with_its_reason() {
    let (folder, authority) = (tempfile::tempdir().unwrap(), Authority::new());
    let (chain, key) = authority.write(folder.path(), 2030);
    let fault = |chain: &Path, key: &Path| Certificates::read(chain, key).unwrap_err();
    let nowhere = folder.path().join("nowhere.pem");
    let missing = fault(&nowhere, &key);
    assert_eq!(missing.code(), "SCR-TLS-001");
    assert!(missing.to_string().contains("nowhere.pem"), "{missing}");
    assert_eq!(fault(&key, &key).code(), "SCR-TLS-002", "a key in the place of the certificate");
    assert_eq!(fault(&chain, &chain).code(), "SCR-TLS-003", "a certificate in the place of the key");
    put(&nowhere, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
    let encrypted = fault(&chain, &nowhere);
    assert!(encrypted.code() == "SCR-TLS-003" && encrypted.to_string().contains("encrypted"), "{encrypted}");
    put(&nowhere, &authority.certify(&["localhost"], 2030).1);
    assert!(matches!(fault(&chain, &nowhere), TlsFault::KeyMismatch { .. }));
    assert_eq!(fault(&chain, &nowhere).code(), "SCR-TLS-004");
    std::fs::write(&nowhere, vec![b'x'; (1 << 20) + 1]).unwrap();
    assert_eq!(fault(&nowhere, &key).code(), "SCR-TLS-001");
}

#[test]
fn what_is_wrong_with_a_certificate_is_found_before_readers_find_it() {
    let (folder, authority) = (tempfile::tempdir().unwrap(), Authority::new());
    let (chain, key) = authority.write(folder.path(), 2026);
    let found = |site: Option<&str>, now: i64| -> Vec<(&'static str, Level)> {
        let all = examine_files(&chain, &key, site, now).into_iter();
        all.map(|finding| (finding.code, finding.level)).collect()
    };
    assert_eq!(found(Some("https://localhost:8443/"), NOW), []);
    assert_eq!(found(Some("https://127.0.0.1"), NOW), []);
    // It ends on 31 December.
    let soon = examine_files(&chain, &key, None, NOW + 25 * DAY);
    assert_eq!(
        (soon[0].code, soon[0].level, soon[0].args["days"].as_str()),
        ("SCR-DOC-041", Level::Warn, "9")
    );
    assert_eq!(found(None, NOW + 40 * DAY), [("SCR-DOC-040", Level::Alarm)]);
    assert_eq!(found(None, 1_500_000_000), [("SCR-DOC-040", Level::Alarm)], "not yet");
    assert_eq!(found(Some("https://results.example"), NOW), [("SCR-DOC-043", Level::Alarm)]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o640)).unwrap();
        assert_eq!(found(None, NOW), [("SCR-DOC-044", Level::Alarm)]);
    }
    std::fs::remove_file(&key).unwrap();
    assert_eq!(found(None, NOW), [("SCR-DOC-042", Level::Alarm)]);
}

#[tokio::test]
async fn in_the_clear_there_is_only_the_way_to_the_site() {
    use axum::body::Body;
    use axum::http::{Request, header};
    use tower::ServiceExt as _;
    let router = scr_web::redirect_router("https://results.example");
    let ask = async |method: &str, path: &str| {
        let request = Request::builder().method(method).uri(path).header("host", "other.example");
        let answer = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let location = answer.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        (answer.status().as_u16(), location)
    };
    let to = |path: &str| Some(format!("https://results.example{path}"));
    assert_eq!(ask("GET", "/elections/x?lang=ar").await, (308, to("/elections/x?lang=ar")));
    assert_eq!(ask("HEAD", "/").await, (308, to("/")));
    assert_eq!(ask("GET", "//other.example/x").await, (308, to("/other.example/x")));
    assert_eq!(ask("POST", "/desk/sign-in").await, (403, None));
}
