//! Serves the desk of alerts with an election of three polling stations, for looking at its pages, for browser tests and for
//! programs of others (`tools/interop/alerts/desk_cap_run`). The first line on standard output is the address, the second the
//! log's key. Whoever has the cookie `scr_login=ana.clerk.emb` is Ana, a clerk of `emb`. With an argument there are alerts
//! already: one that is meant, an exercise, a test. Clock and randomness are those of tests.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "what it serves is made up, and there is nobody to tell"
)]

#[path = "../tests/write/site.rs"]
#[expect(dead_code, reason = "tests use more of it")]
mod site;

use scr_desk_alerts::AlertsDesk;
use scr_desk_alerts::drills::{self, NewDrill};
use scr_web::router;
use site::{BEN, ELECTION, Site, acting};
use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let site = Site::open();
    if std::env::args().nth(1).is_some() {
        let drill = NewDrill {
            code: "autumn",
            election: ELECTION,
            title: "Autumn drill",
            begins: 1_795_514_400,
            rate: 1,
        };
        drills::begin(&site.app.engine, &acting(BEN).unwrap(), &drill).unwrap();
        site.released("exercise", Some("autumn")).await;
        site.released("test", None).await;
        let one = site.released("actual", None).await;
        eprintln!("{}", one.id);
    }
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    for key in site.app.engine.ledger().verifiers() {
        println!("{key}");
    }
    axum::serve(listener, router(&site.app, &[&AlertsDesk])).await?;
    Ok(())
}
