//! Serves the pages of gateways for a browser test: an election with five stations that have contacts, no gateway yet. Gateways
//! may be on the loopback interface. `POST /released` releases an alert, as four eyes have done elsewhere, and answers with its
//! address. What is due goes by itself. The first line on standard output is the address. Whoever has a role as their login cookie
//! is signed in. The clock goes; randomness is that of tests.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "what it serves is made up, and there is nobody to tell"
)]

#[path = "../tests/send/site.rs"]
#[expect(dead_code, reason = "tests use more of it")]
mod site;

use axum::routing::post;
use scr_alerts::Status;
use scr_desk_alerts::AlertsDesk;
use scr_desk_alerts::send::Way;
use scr_web::router;
use site::{Site, content, text};
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

/// As the server of the program: what is due goes, again and again.
fn sends(site: &Arc<Site>) {
    let site = Arc::clone(site);
    std::thread::spawn(move || {
        loop {
            for way in Way::ALL {
                site.send(way);
            }
            std::thread::sleep(Duration::from_secs(1));
            site.later(1);
        }
    });
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().to_owned();
    let site = Arc::new(tokio::task::spawn_blocking(move || site::site(&path)).await?);
    sends(&site);
    let (all, number) = (Arc::clone(&site), Arc::new(AtomicU16::new(0)));
    let released = post(move |body: String| {
        let (site, number) = (Arc::clone(&all), number.fetch_add(1, Ordering::SeqCst) + 1);
        async move {
            let release = move || {
                let mut text = text(number);
                text.sent = scr_core::Clock::now(&*site.clock).cast_unsigned();
                text.status = if body == "exercise" { Status::Exercise } else { Status::Actual };
                site.release(&text, &content());
                format!("/desk/alerts/a{number}/sending")
            };
            tokio::task::spawn_blocking(release).await.unwrap()
        }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, router(&site.app, &[&AlertsDesk]).route("/released", released)).await?;
    Ok(())
}
