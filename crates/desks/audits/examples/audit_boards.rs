//! Serves an audit in an open round to the tablets of its boards alone: for looking at their pages and for the browser
//! tests. The first line on standard output is the address, the second the passphrase of a board. The argument is
//! `ballots` or `batches`. Clock and randomness are those of tests.
#![expect(clippy::unwrap_used, reason = "what it serves is made up, and there is nobody to tell")]

#[path = "../tests/board/hall.rs"]
#[expect(dead_code, reason = "tests use more of it")]
mod hall;
#[path = "../tests/course/people.rs"]
#[expect(dead_code, reason = "whole audits use more of it")]
mod people;

use hall::{Hall, record};
use scr_desk_audits::AuditsDesk;
use scr_web::router;
use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let of_batches = std::env::args().nth(1).is_some_and(|what| what == "batches");
    let batches =
        [("North", "N 1", 2000), ("North", "N 2", 2040), ("North", "N 3", 1000), ("North", "N 4", 1000)];
    let (method, sampler, draws) = if of_batches {
        ("batch-comparison", "arlo-ppeb", 8)
    } else {
        ("ballot-polling", "consistent-with-replacement", 12)
    };
    let hall = Hall::open(&record(method, sampler, &batches), draws);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    println!("{}", hall.give("North", 1));
    axum::serve(listener, router(&hall.app, &[&AuditsDesk])).await?;
    Ok(())
}
