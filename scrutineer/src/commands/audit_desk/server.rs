//! The calls of one audit on a server, or of all.

use super::At;
use crate::commands::server;
use crate::outcome::Problem;
use serde_json::Value;

/// A server, and the calls of one audit or of all.
pub(super) struct Server {
    server: server::Server,
    /// Below the address of the site: the calls.
    calls: String,
}

impl Server {
    /// The server on which an audit begins.
    pub(super) fn of_site(at: &At) -> Result<Self, Problem> {
        Self::new(at, at.url.trim_end_matches('/'), "/api/v1/audits".to_owned())
    }

    /// The server with this audit: the address of its page, at the desk or in public, or of its calls.
    pub(super) fn of_audit(at: &At) -> Result<Self, Problem> {
        let wrong = || {
            Problem::input("SCR-CLI-004", format!("{} is no address of an audit", at.url))
                .help("give the address of its page, https://emb.example/audits/mayor")
        };
        let (site, rest) = at.url.split_once("/audits/").ok_or_else(wrong)?;
        let id = rest.split(['/', '?', '#']).next().filter(|id| !id.is_empty()).ok_or_else(wrong)?;
        let site = site.strip_suffix("/api/v1").or_else(|| site.strip_suffix("/desk")).unwrap_or(site);
        Self::new(at, site, format!("/api/v1/audits/{id}"))
    }

    fn new(at: &At, site: &str, calls: String) -> Result<Self, Problem> {
        let server = server::Server::new(site, &at.url, at.token_file.as_deref(), &at.ca)?;
        Ok(Self { server, calls })
    }

    /// The page that shows what the call at this address does.
    pub(super) fn page(&self, location: &str) -> String {
        self.server.page(location.strip_prefix("/api/v1").unwrap_or(location))
    }

    /// What anybody may read.
    pub(super) fn get(&self, path: &str) -> Result<Value, Problem> {
        self.server.get(&format!("{}{path}", self.calls))
    }

    /// Sends a command: the answer, and where what was recorded can be read.
    pub(super) fn post(&self, path: &str, body: &Value) -> Result<(Value, String), Problem> {
        self.server.post(&format!("{}{path}", self.calls), body)
    }
}
