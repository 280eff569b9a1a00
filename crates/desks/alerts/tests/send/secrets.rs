//! The secret segment of a gateway's address, its login and the numbers of people stand in no line of the log.

use crate::fake::Fake;
use crate::site::{content, site, text};
use scr_desk_alerts::send::Way;
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[test]
fn the_log_holds_the_route_and_never_the_address() {
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_writer(lines.clone())
        .finish();
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let fake = Fake::saying("500 no", "no");
    let set_up = site.kannel(&fake.address);
    let index = site.release(&text(1), &content());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    tracing::subscriber::with_default(subscriber, || {
        site.send(Way::Sms);
        runtime.block_on(async {
            for path in [
                format!("{}?ref=abc&type=1", set_up.door),
                format!("{}x?ref=abc&type=1", set_up.door),
                format!("/a/{index}/1/0123456789abcdef0123456789abcd"),
            ] {
                site.ask("GET", &path, "", "").await;
            }
        });
    });
    let said = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(said.contains("/sms/{gateway}/{secret}"), "the route is there: {said}");
    let secret = set_up.door.rsplit('/').next().unwrap();
    for word in [secret, "0123456789abcdef0123456789abcd", "geheim-1", "4512345001"] {
        assert!(!said.contains(word), "{word} stands in the log: {said}");
    }
}
