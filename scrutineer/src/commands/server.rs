//! A server asked as a program asks it.

use crate::authorities;
use crate::authorities::CaArgs;
use crate::outcome::Problem;
use crate::source::read_text;
use crate::words;
use serde_json::Value;
use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

/// Longest answer that is read.
const MAX_ANSWER: u64 = 16 << 20;
/// A file of hundreds of thousands of cards takes its time.
const ANSWER_TIME: Duration = Duration::from_mins(10);
/// How long somebody who has sent too much in this minute waits, and how often.
const PAUSE: Duration = Duration::from_secs(10);
const PAUSES: usize = 12;

/// A server.
pub(crate) struct Server {
    agent: ureq::Agent,
    /// The address of the site.
    site: String,
    token: Option<String>,
}

impl Server {
    /// The server at an address, without a slash at its end. `given`: what the person typed.
    pub(crate) fn new(
        site: &str,
        given: &str,
        token_file: Option<&Path>,
        ca: &CaArgs,
    ) -> Result<Self, Problem> {
        if !site.starts_with("http://") && !site.starts_with("https://") {
            return Err(Problem::input("SCR-CLI-004", format!("{given} is no address of a server"))
                .help("give an address that begins with https://"));
        }
        let token = token_file.map(read_text).transpose()?;
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(ANSWER_TIME))
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(concat!("scrutineer/", env!("CARGO_PKG_VERSION")))
            .tls_config(authorities::tls(ca.ca.as_deref())?)
            .build()
            .into();
        let token = token.map(|text| text.trim().to_owned());
        Ok(Self { agent, site: site.to_owned(), token })
    }

    /// A page of the site.
    pub(crate) fn page(&self, path: &str) -> String {
        format!("{}{path}", self.site)
    }

    /// What anybody may read.
    pub(crate) fn get(&self, path: &str) -> Result<Value, Problem> {
        let answer = self.agent.get(self.page(path)).call();
        Ok(understood(answer.map_err(|error| unreachable(&error))?)?.0)
    }

    /// The same, in so much time.
    pub(crate) fn get_within(&self, path: &str, time: Duration) -> Result<Value, Problem> {
        let request = self.agent.get(self.page(path)).config().timeout_global(Some(time)).build();
        Ok(understood(request.call().map_err(|error| unreachable(&error))?)?.0)
    }

    /// What only some may read.
    pub(crate) fn get_own(&self, path: &str) -> Result<Value, Problem> {
        let token = self.token()?;
        let request = self.agent.get(self.page(path)).header("authorization", format!("Bearer {token}"));
        Ok(understood(request.call().map_err(|error| unreachable(&error))?)?.0)
    }

    /// What only some may read, asked for again every so often while the server does not answer; people are told once.
    pub(crate) fn get_patiently(&self, path: &str, every: Duration) -> Result<Value, Problem> {
        let mut is_lost = false;
        loop {
            match self.get_own(path) {
                Ok(answer) => {
                    if is_lost {
                        eprintln!("The server answers again.");
                    }
                    return Ok(answer);
                }
                Err(problem) if problem.is_about_input() => return Err(problem),
                Err(problem) if !is_lost => {
                    eprintln!("The server cannot be asked ({}). It is tried again.", problem.words());
                    is_lost = true;
                }
                Err(_) => {}
            }
            std::thread::sleep(every);
        }
    }

    /// A file of at most so many bytes, with the status; the caller says how long it may take.
    pub(crate) fn file(&self, path: &str, most: u64, time: Duration) -> Result<(u16, Vec<u8>), Problem> {
        let request = self.agent.get(self.page(path)).config().timeout_global(Some(time)).build();
        let mut answer = request.call().map_err(|error| unreachable(&error))?;
        let mut bytes = Vec::new();
        let read = answer.body_mut().as_reader().take(most + 1).read_to_end(&mut bytes);
        read.map_err(|error| Problem::fault("SCR-CLI-109", error))?;
        Ok((answer.status().as_u16(), bytes))
    }

    /// What goes on coming for so long, as it comes.
    pub(crate) fn stream(
        &self,
        path: &str,
        time: Duration,
    ) -> Result<ureq::http::Response<ureq::Body>, Problem> {
        let request = self.agent.get(self.page(path)).config().timeout_global(Some(time)).build();
        let answer = request.call().map_err(|error| unreachable(&error))?;
        match answer.status().as_u16() {
            200 => Ok(answer),
            _ => understood(answer).and(Err(Problem::fault(
                "SCR-CLI-109",
                "the server answered, and not as scrutineer answers",
            ))),
        }
    }

    fn token(&self) -> Result<&str, Problem> {
        self.token.as_deref().ok_or_else(|| {
            Problem::input("SCR-CLI-110", "a command needs a token")
                .help("make one on the pages (My account, API tokens), keep it in a file, and name it: --token-file FILE")
        })
    }

    /// Sends a command: the answer, and where what was recorded can be read. Whoever has sent too many waits.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<(Value, String), Problem> {
        self.post_rows(path, body, &[])
    }

    /// The same for rows of a file: what is wrong is said with the number that a row has there.
    pub(crate) fn post_rows(
        &self,
        path: &str,
        body: &Value,
        rows: &[u64],
    ) -> Result<(Value, String), Problem> {
        let token = self.token()?;
        let bytes = body.to_string();
        for _ in 0..PAUSES {
            let request = self.agent.post(self.page(path));
            let request = request.header("authorization", format!("Bearer {token}"));
            let request = request.header("content-type", "application/json");
            let answer = request.send(bytes.as_bytes()).map_err(|error| unreachable(&error))?;
            if answer.status().as_u16() != 429 {
                return understood_rows(answer, rows);
            }
            std::thread::sleep(PAUSE);
        }
        Err(Problem::fault("SCR-CLI-109", "the server takes no more commands for minutes"))
    }
}

/// Text of a server on a terminal: without the characters that would steer it, or turn other text round.
pub(crate) fn plain(text: &str) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    text.chars().map(|c| if steers(c) { ' ' } else { c }).collect()
}

fn unreachable(error: &ureq::Error) -> Problem {
    Problem::fault("SCR-CLI-109", authorities::explain(error))
}

/// What a server answers, or what it finds wrong (RFC 9457).
fn understood(answer: ureq::http::Response<ureq::Body>) -> Result<(Value, String), Problem> {
    understood_rows(answer, &[])
}

fn understood_rows(
    mut answer: ureq::http::Response<ureq::Body>,
    rows: &[u64],
) -> Result<(Value, String), Problem> {
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
    let is_code = |code: &&str| code.starts_with("SCR-") && !code.contains(char::is_control);
    let Some(code) = value["code"].as_str().filter(is_code) else {
        let words = format!("the server answered {status}, and not as scrutineer answers");
        return Err(Problem::fault("SCR-CLI-109", words));
    };
    let means = words::explain(code).map_or("the server refuses", |(means, _)| means);
    let mut words = plain(value["detail"].as_str().unwrap_or(means));
    if let Some(field) = value["field"].as_str() {
        words = format!("{}: {words}", plain(field));
    }
    words.extend(value["problems"].as_array().into_iter().flatten().map(|one| line(one, rows)));
    let exit = if status >= 500 { 3 } else { 2 };
    let problem = Problem::new(exit, code, words);
    Err(match words::explain(code) {
        Some((_, what_to_do)) => problem.help(what_to_do),
        None => problem,
    })
}

/// One thing that is wrong with a file. `rows`: the numbers that rows have there, where they are others.
fn line(problem: &Value, rows: &[u64]) -> String {
    let code = problem["code"].as_str().unwrap_or_default();
    let mut words = String::from("\n  - ");
    if let Some(row) = problem["row"].as_u64() {
        let at = usize::try_from(row).ok().and_then(|row| row.checked_sub(1));
        let row = at.and_then(|at| rows.get(at)).copied().unwrap_or(row);
        words.push_str(&format!("row {row}, "));
    }
    if let Some(column) = problem["column"].as_str() {
        words.push_str(&format!("column {column:?}, "));
    }
    let (means, _) = words::explain(code).unwrap_or_default();
    let means = plain(problem["detail"].as_str().unwrap_or(means));
    words.push_str(&format!("{code} {means}"));
    if let Some(value) = problem["value"].as_str() {
        words.push_str(&format!(" Found {value:?}."));
    }
    if let Some(closest) = problem["closest"].as_str() {
        words.push_str(&format!(" Did you mean {closest:?}?"));
    }
    words
}
