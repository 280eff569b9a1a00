//! A server as commands name it: its address, the token of who asks, and the texts that it answers.

use super::server::{self, Server};
use crate::authorities::CaArgs;
use crate::outcome::Problem;
use serde_json::Value;
use std::path::PathBuf;

/// Where the server is, and with whose token it is asked.
#[derive(Debug, clap::Args)]
pub(crate) struct At {
    /// The address of the server, `https://emb.example`.
    pub(crate) url: String,
    /// A file that holds a token (*My account*, *API tokens*).
    #[arg(long, env = "SCRUTINEER_TOKEN_FILE", value_name = "FILE")]
    token_file: Option<PathBuf>,
    #[command(flatten)]
    ca: CaArgs,
}

/// The same, for what everybody may read.
#[derive(Debug, clap::Args)]
pub(crate) struct Open {
    /// The address of the server, `https://emb.example`.
    pub(crate) url: String,
    #[command(flatten)]
    ca: CaArgs,
}

impl At {
    pub(crate) fn server(&self) -> Result<Server, Problem> {
        Server::new(site(&self.url), &self.url, self.token_file.as_deref(), &self.ca)
    }
}

impl Open {
    pub(crate) fn server(&self) -> Result<Server, Problem> {
        Server::new(site(&self.url), &self.url, None, &self.ca)
    }
}

/// The address of the site: people copy that of the page that they are on.
fn site(url: &str) -> &str {
    let url = url.trim_end_matches('/');
    let pages = [
        "/api/v1/alerts",
        "/desk/alerts",
        "/alerts",
        "/api/v1/response",
        "/desk/response/runs",
        "/desk/response",
        "/response",
    ];
    let stripped = pages.into_iter().find_map(|page| url.strip_suffix(page));
    // A server may be called `alerts`.
    stripped.filter(|site| !site.ends_with('/')).unwrap_or(url)
}

/// An alert, a draft or a run as it stands in addresses; of an address, its last part.
pub(crate) fn named(name: &str) -> String {
    let last = if name.contains('/') { name.trim_end_matches('/').rsplit('/').next() } else { None };
    scr_web::in_address(last.unwrap_or(name))
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Text of a server on a terminal: without the characters that would steer it.
pub(crate) fn plain(value: &Value) -> String {
    server::plain(text(value))
}

/// How many of something: `1 polling station`, `3 polling stations`.
pub(crate) fn count(number: u64, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn addresses_are_those_that_people_copy() {
        for url in [
            "https://a.example",
            "https://a.example/",
            "https://a.example/alerts",
            "https://a.example/desk/alerts/",
            "https://a.example/desk/response/runs",
        ] {
            assert_eq!(site(url), "https://a.example");
        }
        assert_eq!(site("https://alerts"), "https://alerts");
        for name in ["41", "https://a.example/alerts/41", "https://a.example/desk/alerts/released/41/"] {
            assert_eq!(named(name), "41");
        }
        assert_eq!(named("a b?c"), "a%20b%3Fc");
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(plain(&json!("a\u{1b}[2Jb\nc")), "a [2Jb c");
    }
}
