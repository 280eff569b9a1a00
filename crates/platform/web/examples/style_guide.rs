//! Serves the shell alone, with its style guide at `/style`: for looking at the design and for the
//! browser tests. The address is the first line on standard output; the record stands in a folder
//! that the caller names.

use scr_core::{Clock, Entropy, SystemClock, SystemEntropy};
use scr_engine::{Engine, Installation};
use scr_web::{App, Gate, LoginInfo, WebConfig, router};
use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Nobody can sign in here.
struct Closed;

impl Gate for Closed {
    fn login(&self, _token: &str) -> Option<LoginInfo> {
        None
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).map(PathBuf::from).ok_or("usage: style_guide FOLDER")?;
    let (clock, entropy): (Arc<dyn Clock>, Arc<dyn Entropy>) =
        (Arc::new(SystemClock), Arc::new(SystemEntropy));
    let installation = Installation::create(&folder, "log.style.example/2026", &*entropy)?;
    let parts = installation.open(None, Duration::from_secs(2), clock, entropy)?;
    let engine = Engine::open(parts, &folder, &[], Vec::new())?;
    let app = App::new(engine, Arc::new(Closed), WebConfig::default(), &[])?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, router(&app, &[])).await?;
    Ok(())
}
