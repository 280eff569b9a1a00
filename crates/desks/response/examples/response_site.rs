//! The desk of response alone, for a browser: `response_site DIR` prints where it is and serves until it is stopped. The login
//! cookie names a role (`manager`, `supervisor`, …), and who has it: `manager.second` is another person in it.
#![expect(clippy::unwrap_used, reason = "what it serves is made up, and there is nobody to tell")]

use scr_core::{Actor, OrgId, PersonId, Role, SystemClock, SystemEntropy};
use scr_desk_response::ResponseDesk;
use scr_engine::{Engine, Installation};
use scr_store::Store;
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

struct ByName;

impl Gate for ByName {
    fn login(&self, token: &str) -> Option<LoginInfo> {
        let actor = Actor {
            person: PersonId::new(token.replace('.', "-")).ok()?,
            org: OrgId::new("electoral-commission").ok()?,
            role: Role::parse(token.split('.').next()?)?,
            place: None,
        };
        let organisation = "Electoral Commission".to_owned();
        Some(LoginInfo { actor, name: token.to_owned(), organisation })
    }
}

fn open(data: &Path) -> Arc<App> {
    let parts = Installation::create(data, "log.response.example/2026", &SystemEntropy)
        .and_then(|one| {
            one.open(None, Duration::from_secs(1), Arc::new(SystemClock), Arc::new(SystemEntropy))
        })
        .unwrap();
    let engine = Engine::open(parts, data, ResponseDesk.kinds(), ResponseDesk.views()).unwrap();
    let app = App::new(engine, Arc::new(ByName), WebConfig::default(), &[&ResponseDesk]).unwrap();
    app.use_store(Store::open_sqlite(&data.join("record.db")).unwrap(), &[&ResponseDesk]).unwrap();
    app
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("response_site DIR")?;
    let app = tokio::task::spawn_blocking(move || open(Path::new(&folder))).await?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, router(&app, &[&ResponseDesk]).into_make_service()).await?;
    Ok(())
}
