//! A server asked as a program asks it.

use super::At;
use crate::authorities;
use crate::outcome::Problem;
use crate::source::read_text;
use crate::words;
use serde_json::Value;
use std::io::Read as _;
use std::time::Duration;

/// Longest answer that is read.
const MAX_ANSWER: u64 = 16 << 20;
/// A file of hundreds of thousands of cards takes its time.
const ANSWER_TIME: Duration = Duration::from_mins(10);
/// How long somebody who has sent too much in this minute waits, and how often.
const PAUSE: Duration = Duration::from_secs(10);
const PAUSES: usize = 12;

/// A server, and the calls of one audit or of all.
pub(super) struct Server {
    agent: ureq::Agent,
    /// The address of the site.
    site: String,
    /// Below it: the calls.
    calls: String,
    token: Option<String>,
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
        if !site.starts_with("http://") && !site.starts_with("https://") {
            return Err(Problem::input("SCR-CLI-004", format!("{} is no address of a server", at.url))
                .help("give an address that begins with https://"));
        }
        let token = at.token_file.as_deref().map(read_text).transpose()?;
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(ANSWER_TIME))
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(concat!("scrutineer/", env!("CARGO_PKG_VERSION")))
            .tls_config(authorities::tls(at.ca.ca.as_deref())?)
            .build()
            .into();
        let token = token.map(|text| text.trim().to_owned());
        Ok(Self { agent, site: site.to_owned(), calls, token })
    }

    /// The page that shows what the call at this address does.
    pub(super) fn page(&self, location: &str) -> String {
        format!("{}{}", self.site, location.strip_prefix("/api/v1").unwrap_or(location))
    }

    /// What anybody may read.
    pub(super) fn get(&self, path: &str) -> Result<Value, Problem> {
        let answer = self.agent.get(self.address(path)).call();
        Ok(understood(answer.map_err(|error| unreachable(&error))?)?.0)
    }

    /// Sends a command: the answer, and where what was recorded can be read. Whoever has sent too many waits.
    pub(super) fn post(&self, path: &str, body: &Value) -> Result<(Value, String), Problem> {
        let token = self.token.as_deref().ok_or_else(|| {
            Problem::input("SCR-CLI-110", "a command needs a token")
                .help("make one on the pages (My account, API tokens), keep it in a file, and name it: --token-file FILE")
        })?;
        let bytes = body.to_string();
        for _ in 0..PAUSES {
            let request = self.agent.post(self.address(path));
            let request = request.header("authorization", format!("Bearer {token}"));
            let request = request.header("content-type", "application/json");
            let answer = request.send(bytes.as_bytes()).map_err(|error| unreachable(&error))?;
            if answer.status().as_u16() != 429 {
                return understood(answer);
            }
            std::thread::sleep(PAUSE);
        }
        Err(Problem::fault("SCR-CLI-109", "the server takes no more commands for minutes"))
    }

    fn address(&self, path: &str) -> String {
        format!("{}{}{path}", self.site, self.calls)
    }
}

fn unreachable(error: &ureq::Error) -> Problem {
    Problem::fault("SCR-CLI-109", authorities::explain(error))
}

/// What a server answers, or what it finds wrong (RFC 9457).
fn understood(mut answer: ureq::http::Response<ureq::Body>) -> Result<(Value, String), Problem> {
    let status = answer.status().as_u16();
    let location = answer.headers().get("location").and_then(|value| value.to_str().ok());
    let location = location.unwrap_or_default().to_owned();
    let mut bytes = Vec::new();
    let read = answer.body_mut().as_reader().take(MAX_ANSWER).read_to_end(&mut bytes);
    read.map_err(|error| Problem::fault("SCR-CLI-109", error))?;
    let value: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    if (200..300).contains(&status) && value.is_object() {
        return Ok((value, location));
    }
    let Some(code) = value["code"].as_str().filter(|code| code.starts_with("SCR-")) else {
        let words = format!("the server answered {status}, and not as scrutineer answers");
        return Err(Problem::fault("SCR-CLI-109", words));
    };
    let mut words = value["detail"].as_str().unwrap_or("the server refuses").to_owned();
    if let Some(field) = value["field"].as_str() {
        words = format!("{field}: {words}");
    }
    words.extend(value["problems"].as_array().into_iter().flatten().map(line));
    let exit = if status >= 500 { 3 } else { 2 };
    let problem = Problem::new(exit, code, words);
    Err(match words::explain(code) {
        Some((_, what_to_do)) => problem.help(what_to_do),
        None => problem,
    })
}

/// One thing that is wrong with a file.
fn line(problem: &Value) -> String {
    let code = problem["code"].as_str().unwrap_or_default();
    let mut words = String::from("\n  - ");
    for name in ["row", "column"] {
        match &problem[name] {
            Value::Null => {}
            place => words.push_str(&format!("{name} {place}, ")),
        }
    }
    let (means, _) = words::explain(code).unwrap_or_default();
    words.push_str(&format!("{code} {means}"));
    if let Some(value) = problem["value"].as_str() {
        words.push_str(&format!(" Found {value:?}."));
    }
    if let Some(closest) = problem["closest"].as_str() {
        words.push_str(&format!(" Did you mean {closest:?}?"));
    }
    words
}
