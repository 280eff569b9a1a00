//! `http-api` commands: what may be sent, and to whom.
//!
//! A playbook is somebody else's text. A request leaves only when the installation's own allow list names its host, path and
//! method; it is never redirected; it carries no secret that stands in the playbook. Variables are put in after the
//! request was taken apart, and percent-encoded, so that no value can reach beyond its own segment, value or field.

use crate::forms;
use crate::plan::Command;
use base64::Engine as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Longest request target that is taken, in bytes.
const LONGEST_TARGET: usize = 4_096;
/// Largest body, in bytes.
const LARGEST_BODY: usize = 256 << 10;
/// Most headers.
const MOST_HEADERS: usize = 32;
/// Headers that decide where a request goes or how it is read: never from a playbook.
const OWN_HEADERS: [&str; 17] = [
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "upgrade",
    "te",
    "trailer",
    "expect",
    "proxy-authorization",
    "proxy-connection",
    "authorization",
    "cookie",
    // Some servers take method or path from these, in the place of the line that was held against the list.
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "x-original-url",
    "x-rewrite-url",
];

/// One thing that the installation lets playbooks call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowed {
    /// Methods, such as `POST`.
    pub methods: Vec<String>,
    /// The host, in lower case: a name or an address.
    pub host: String,
    /// The port; 443 where it is left out, 80 where `plain` is set.
    #[serde(default)]
    pub port: Option<u16>,
    /// The path; a segment `*` takes any one segment, and only there may a variable stand.
    pub path: String,
    /// Send without TLS: for a service on the same machine.
    #[serde(default)]
    pub plain: bool,
    /// The name of a credential that the installation holds and adds itself.
    #[serde(default)]
    pub credential: Option<String>,
}

/// A request that may be sent as it stands here, and not otherwise: no redirect is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The host.
    pub host: String,
    /// The port.
    pub port: u16,
    /// Whether it goes over TLS.
    pub tls: bool,
    /// Path and query, encoded.
    pub target: String,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The credential that the installation adds.
    pub credential: Option<String>,
    /// Which entry of the list allows it: its place there, from 0.
    pub allowed_by: usize,
}

/// Why a request is not sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// This program executes no such command.
    #[error("commands of type {0:?} are never executed here: a person reads the command and decides")]
    NotExecuted(String),
    /// Not `METHOD /path HTTP/1.1`.
    #[error("the command must read METHOD /path HTTP/1.1: {0}")]
    StartLine(&'static str),
    /// The target does not say one host in so many words.
    #[error("the target must name one host in its address, without variables: {0}")]
    Host(&'static str),
    /// The allow list does not have it.
    #[error("{method} {host}:{port}{path} is not on the allow list of this installation")]
    NotAllowed {
        /// The method.
        method: String,
        /// The host.
        host: String,
        /// The port.
        port: u16,
        /// The path as the playbook has it.
        path: String,
    },
    /// A variable without a value.
    #[error("{0} has no value")]
    NoValue(String),
    /// A value that would not stay where it is put.
    #[error("the value of {0} cannot stand in {1}")]
    Value(String, &'static str),
    /// A header that a playbook does not set, or that is no header.
    #[error("the header {0:?} cannot be set by a playbook")]
    Header(String),
    /// The body.
    #[error("the body cannot be sent: {0}")]
    Body(&'static str),
}

/// `METHOD /path?query HTTP/1.1`, taken apart before any variable is put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartLine {
    /// In capitals.
    pub method: String,
    /// Segments of the path, as they stand there.
    pub segments: Vec<String>,
    /// Names and values of the query, as they stand there.
    pub query: Vec<(String, Option<String>)>,
}

impl StartLine {
    /// Takes a command apart.
    ///
    /// # Errors
    /// It is none.
    pub fn parse(command: &str) -> Result<Self, RequestError> {
        let mut parts = command.split(' ');
        let (Some(method), Some(target), Some(version), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(RequestError::StartLine("three parts with one space between them"));
        };
        if !matches!(method, "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE") {
            return Err(RequestError::StartLine("the method is GET, HEAD, POST, PUT, PATCH or DELETE"));
        }
        if !matches!(version, "HTTP/1.1" | "HTTP/1.0" | "HTTP/2" | "HTTP/3") {
            return Err(RequestError::StartLine("the version is HTTP/1.1"));
        }
        if target.len() > LONGEST_TARGET || !target.bytes().all(is_target) {
            return Err(RequestError::StartLine(
                "the target is a path of printable ASCII, encoded where needed",
            ));
        }
        let Some(rest) = target.strip_prefix('/') else {
            return Err(RequestError::StartLine(
                "the target begins with a slash; the host stands in the target",
            ));
        };
        let (path, query) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
        let segments: Vec<String> = path.split('/').map(str::to_owned).collect();
        if segments.iter().any(|segment| is_dots(segment)) || path.starts_with('/') {
            return Err(RequestError::StartLine("no segment is '.', '..' or, at the beginning, empty"));
        }
        let query = query.into_iter().flat_map(|query| query.split('&')).map(|pair| {
            let (name, value) =
                pair.split_once('=').map_or((pair, None), |(name, value)| (name, Some(value)));
            (name.to_owned(), value.map(str::to_owned))
        });
        Ok(Self { method: method.to_owned(), segments, query: query.collect() })
    }

    fn path(&self) -> String {
        format!("/{}", self.segments.join("/"))
    }
}

/// What may stand in a target: no space, no control character, no fragment, no backslash, nothing beyond ASCII.
fn is_target(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"#\\\"<>^`{|}".contains(&byte)
}

/// `.` and `..` in all their spellings.
fn is_dots(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

/// The request of a command, if it may be sent.
///
/// `target` is the `http-api` object of the playbook that the command goes to; `value_of` gives the values of variables.
///
/// # Errors
/// Why it may not, in words.
pub fn request(
    command: &Command,
    target: &Value,
    allowed: &[Allowed],
    value_of: &dyn Fn(&str) -> Option<String>,
) -> Result<Request, RequestError> {
    if command.kind != "http-api" {
        return Err(RequestError::NotExecuted(command.kind.clone()));
    }
    let line = StartLine::parse(&command.text)?;
    let (host, port) = host_of(target)?;
    let found = allowed.iter().enumerate().find(|(_, entry)| entry.allows(&line, &host, port));
    let (allowed_by, entry) = found.ok_or_else(|| RequestError::NotAllowed {
        method: line.method.clone(),
        host: host.clone(),
        port: port.unwrap_or(443),
        path: line.path(),
    })?;
    let (headers, content_type) = headers(&command.value, value_of)?;
    Ok(Request {
        target: encoded_target(&line, value_of)?,
        body: body(&command.value, &content_type, value_of)?,
        headers,
        host,
        port: entry.port(),
        tls: !entry.plain,
        credential: entry.credential.clone(),
        method: line.method,
        allowed_by,
    })
}

impl Allowed {
    fn port(&self) -> u16 {
        self.port.unwrap_or(if self.plain { 80 } else { 443 })
    }

    fn allows(&self, line: &StartLine, host: &str, port: Option<u16>) -> bool {
        let wanted: Vec<&str> = self.path.strip_prefix('/').unwrap_or(&self.path).split('/').collect();
        self.methods.contains(&line.method)
            && self.host == host
            && port.is_none_or(|port| port == self.port())
            && wanted.len() == line.segments.len()
            && wanted.iter().zip(&line.segments).all(|(wanted, segment)| {
                // A segment with a variable is taken only where any segment is.
                *wanted == "*" || (wanted == segment && forms::references(segment).is_empty())
            })
    }
}

/// Host and port of an `http-api` object.
fn host_of(target: &Value) -> Result<(String, Option<u16>), RequestError> {
    let address = target.get("address").and_then(Value::as_object).ok_or(RequestError::Host("no address"))?;
    let mut hosts = Vec::new();
    for kind in ["dname", "ipv4", "url"] {
        for entry in address.get(kind).and_then(Value::as_array).into_iter().flatten() {
            hosts.push((kind, entry.as_str().ok_or(RequestError::Host("not a text"))?));
        }
    }
    let [(kind, text)] = hosts.as_slice() else {
        return Err(RequestError::Host("exactly one dname, ipv4 or url"));
    };
    let text = if *kind == "url" {
        let rest = text.strip_prefix("https://").unwrap_or(text);
        rest.strip_suffix('/').unwrap_or(rest)
    } else {
        text
    };
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-';
    if text.is_empty() || text.len() > 253 || !text.bytes().all(fine) {
        return Err(RequestError::Host("letters, digits, dots and hyphens"));
    }
    let port = match target.get("port") {
        None => None,
        Some(port) => {
            let port = port.as_str().and_then(|port| port.parse::<u16>().ok()).filter(|port| *port > 0);
            Some(port.ok_or(RequestError::Host("the port is a number from 1 to 65535"))?)
        }
    };
    Ok((text.to_ascii_lowercase(), port))
}

/// Puts values in, each through `encode`.
fn filled(
    text: &str,
    value_of: &dyn Fn(&str) -> Option<String>,
    encode: &dyn Fn(&str, &str) -> Result<String, RequestError>,
) -> Result<String, RequestError> {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for used in forms::references(text) {
        let value = value_of(used.name).ok_or_else(|| RequestError::NoValue(used.name.to_owned()))?;
        out.push_str(&text[from..used.start]);
        out.push_str(&encode(used.name, &value)?);
        from = used.end;
    }
    out.push_str(&text[from..]);
    Ok(out)
}

/// Everything but RFC 3986's unreserved characters as `%XX`.
fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn encoded_target(
    line: &StartLine,
    value_of: &dyn Fn(&str) -> Option<String>,
) -> Result<String, RequestError> {
    let in_path = |name: &str, value: &str| {
        // Some servers take "%2F" for a slash: then the path would be another one than the list has.
        let leaves = |letter: char| matches!(letter, '/' | '\\') || letter.is_control();
        if value.is_empty() || is_dots(value) || value.contains(leaves) {
            return Err(RequestError::Value(name.to_owned(), "a path"));
        }
        Ok(percent(value))
    };
    let in_query = |_: &str, value: &str| Ok(percent(value));
    let mut target = String::new();
    for segment in &line.segments {
        let segment = filled(segment, value_of, &in_path)?;
        let small = segment.to_ascii_lowercase();
        if is_dots(&segment) || small.contains("%2f") || small.contains("%5c") {
            return Err(RequestError::StartLine("no segment becomes '.' or '..', or has a slash in it"));
        }
        target.push('/');
        target.push_str(&segment);
    }
    for (at, (name, value)) in line.query.iter().enumerate() {
        target.push(if at == 0 { '?' } else { '&' });
        target.push_str(&filled(name, value_of, &in_query)?);
        if let Some(value) = value {
            target.push('=');
            target.push_str(&filled(value, value_of, &in_query)?);
        }
    }
    if target.len() > LONGEST_TARGET {
        Err(RequestError::StartLine("the target is too long"))
    } else {
        Ok(target)
    }
}

type Headers = (Vec<(String, String)>, String);

/// The headers, and the type of the body.
fn headers(command: &Value, value_of: &dyn Fn(&str) -> Option<String>) -> Result<Headers, RequestError> {
    let plain = |name: &str, value: &str| {
        if value.chars().all(|letter| letter == ' ' || letter.is_ascii_graphic()) {
            Ok(value.to_owned())
        } else {
            Err(RequestError::Value(name.to_owned(), "a header"))
        }
    };
    let mut headers = Vec::new();
    let mut content_type = String::new();
    for (name, values) in command.get("headers").and_then(Value::as_object).into_iter().flatten() {
        let lower = name.to_ascii_lowercase();
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        let wrong = || RequestError::Header(name.chars().take(80).collect());
        if lower.is_empty() || !lower.bytes().all(is_token) || OWN_HEADERS.contains(&lower.as_str()) {
            return Err(wrong());
        }
        for value in values.as_array().into_iter().flatten().filter_map(Value::as_str) {
            let value = plain(name, value).map_err(|_| wrong())?;
            let value = filled(&value, value_of, &plain)?;
            if lower == "content-type" {
                content_type = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            }
            headers.push((lower.clone(), value));
        }
    }
    if headers.len() > MOST_HEADERS {
        Err(RequestError::Header("too many".into()))
    } else {
        Ok((headers, content_type))
    }
}

/// The body: variables only where their place is known, in JSON texts and form fields, and in plain text.
fn body(
    command: &Value,
    content_type: &str,
    value_of: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<u8>, RequestError> {
    let text = |name: &str| command.get(name).and_then(Value::as_str);
    let bytes = match (text("content"), text("content_b64")) {
        (Some(_), Some(_)) => return Err(RequestError::Body("content beside content_b64")),
        (None, None) => Vec::new(),
        (None, Some(encoded)) => base64::engine::general_purpose::STANDARD
            .decode(encoded)
            .map_err(|_| RequestError::Body("content_b64 is not base64"))?,
        (Some(content), None) if forms::references(content).is_empty() => content.as_bytes().to_vec(),
        (Some(content), None) => match content_type {
            "application/json" => json_body(content, value_of)?,
            "application/x-www-form-urlencoded" => {
                filled(content, value_of, &|_, value| Ok(percent(value)))?.into_bytes()
            }
            "text/plain" => filled(content, value_of, &|_, value| Ok(value.to_owned()))?.into_bytes(),
            _ => return Err(RequestError::Body("variables stand only in JSON, forms and plain text")),
        },
    };
    if bytes.len() > LARGEST_BODY { Err(RequestError::Body("too large")) } else { Ok(bytes) }
}

/// Read as JSON first, filled within its texts, and written again: no value can add a member.
fn json_body(content: &str, value_of: &dyn Fn(&str) -> Option<String>) -> Result<Vec<u8>, RequestError> {
    // Its depth is bounded by the reader (128).
    fn fill(value: &mut Value, value_of: &dyn Fn(&str) -> Option<String>) -> Result<(), RequestError> {
        match value {
            Value::String(text) => *text = filled(text, value_of, &|_, value| Ok(value.to_owned()))?,
            Value::Array(items) => items.iter_mut().try_for_each(|item| fill(item, value_of))?,
            Value::Object(members) => {
                if members.keys().any(|name| !forms::references(name).is_empty()) {
                    return Err(RequestError::Body("a variable cannot be the name of a member"));
                }
                members.values_mut().try_for_each(|member| fill(member, value_of))?;
            }
            _ => {}
        }
        Ok(())
    }
    let mut value: Value = serde_json::from_str(content).map_err(|_| {
        RequestError::Body("with variables it must be JSON before they are put in, within its texts")
    })?;
    fill(&mut value, value_of)?;
    Ok(value.to_string().into_bytes())
}
