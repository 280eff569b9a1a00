//! What a server writes down of what people do: lines on standard error and traces for a collector. Enough to
//! run it, and nothing personal.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod person;
mod served;

use person::Person;
use scr_testing::within;
use serde_json::Value;
use served::Server;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const PASSWORD: &str = "try things out in the demo";
/// What people bring with them, and what no line and no trace may hold.
const PERSONAL: [&str; 12] = [
    "@",
    "127.0.0.1",
    "203.0.113.77",
    "2001:db8::77",
    "Clara",
    "Karim",
    "Mallory",
    "demo.example",
    PASSWORD,
    "wrong horse battery",
    "c0ffee-one-time-link",
    "scrt_bearer_token",
];

/// One request in the clear; the whole answer.
fn ask(host: &str, request: &str, headers: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let length = body.len();
    write!(
        stream,
        "{request} HTTP/1.1\r\nhost: localhost\r\norigin: http://localhost\r\nconnection: close\r\n{headers}content-length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer));
    String::from_utf8_lossy(&answer).into_owned()
}

/// The values of the cookies that an answer sets.
fn cookies(answer: &str) -> Vec<String> {
    let lines = answer.lines().filter_map(|line| line.strip_prefix("set-cookie: "));
    lines
        .filter_map(|line| line.split(';').next()?.split_once('=').map(|(_, value)| value.to_owned()))
        .collect()
}

/// A day of a server: good and bad passwords, links, tokens, typed sheets, wrong paths, a panic-free mess.
/// Gives the secrets that were handed out.
fn use_it(address: &str) -> Vec<String> {
    let host = address.trim_start_matches("http://");
    let from = "x-forwarded-for: 203.0.113.77, 2001:db8::77\r\n";
    let page = ask(host, "GET /desk/sign-in?next=Mallory", from, "");
    let mut secrets = cookies(&page);
    assert!(!secrets.is_empty(), "{page}");
    let csrf = page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    secrets.push(csrf.to_owned());
    let form = format!(
        "content-type: application/x-www-form-urlencoded\r\ncookie: scr_form={}\r\n{from}",
        secrets[0]
    );
    let wrong = format!("csrf={csrf}&email=clerk1%40demo.example&password=wrong+horse+battery");
    assert!(ask(host, "POST /desk/sign-in", &form, &wrong).starts_with("HTTP/1.1 4"), "a wrong password");
    let unknown = format!("csrf={csrf}&email=mallory%40demo.example&password=wrong+horse+battery");
    ask(host, "POST /desk/sign-in", &form, &unknown);
    let right = format!("csrf={csrf}&email=clerk2%40demo.example&password={}", PASSWORD.replace(' ', "+"));
    let signed_in = ask(host, "POST /desk/sign-in", &form, &right);
    assert!(signed_in.starts_with("HTTP/1.1 303"), "{signed_in}");
    secrets.extend(cookies(&signed_in).into_iter().filter(|value| value.len() > 8));
    ask(host, "GET /desk/join/c0ffee-one-time-link", from, "");
    let token = "authorization: Bearer scrt_bearer_token\r\n";
    ask(
        host,
        "POST /api/v1/elections",
        &format!("{token}content-type: application/json\r\n"),
        "{\"title\":\"Mallory\"}",
    );
    ask(host, "GET /record?kind=Mallory%40demo.example&about=Clara", from, "");
    ask(host, "GET /nowhere/Clara/clerk1@demo.example", from, "");
    ask(host, "MALLORY /record", from, "");
    for _ in 0..2 {
        Person::sign_in(address, "clerk1@demo.example").unwrap().type_a_sheet().unwrap();
    }
    secrets
}

fn assert_nothing_personal(text: &str, secrets: &[String]) {
    for personal in PERSONAL.into_iter().chain(secrets.iter().map(String::as_str)) {
        let line = text.lines().find(|line| line.contains(personal));
        assert!(line.is_none(), "{personal:?} stands in {line:?}");
    }
}

/// The demonstration, and what it writes as JSON. What it says to the person who started it is not JSON.
struct Written {
    process: Child,
    address: String,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Drop for Written {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Written {
    fn start(args: &[&str], says: &str) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_scrutineer"))
            .args(args)
            .args(["--listen", "127.0.0.1:0", "--log-format", "json", "--log-level", "debug"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(process.stderr.take().unwrap()).lines().map_while(Result::ok);
        let line = said.find(|line| line.contains(says)).unwrap();
        let address = line.split_whitespace().rfind(|word| word.starts_with("http://")).unwrap();
        let address = address.replace("localhost", "127.0.0.1");
        let lines: Arc<Mutex<Vec<String>>> = Arc::default();
        let kept = Arc::clone(&lines);
        std::thread::spawn(move || said.for_each(|line| kept.lock().unwrap().push(line)));
        Self { process, address, lines }
    }

    fn json(&self) -> Vec<String> {
        let lines = self.lines.lock().unwrap();
        lines.iter().filter(|line| line.starts_with('{')).cloned().collect()
    }
}

#[test]
fn no_line_holds_anything_personal_even_at_debug() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Written::start(&["demo", "--data", data.to_str().unwrap()], "scrutineer demo:");
    let secrets = use_it(&server.address);
    assert!(within(Duration::from_secs(10), || server.json().len() > 15), "{:?}", server.json());
    let lines = server.json();
    let parsed: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    for line in &parsed {
        for name in ["timestamp", "level", "target", "message"] {
            assert!(line[name].is_string(), "{name}: {line}");
        }
    }
    let routes: BTreeSet<&str> = parsed.iter().filter_map(|line| line["span"]["route"].as_str()).collect();
    for route in ["/desk/sign-in", "/desk/join/{link}", "/record", "none"] {
        assert!(routes.contains(route), "{route}: {routes:?}");
    }
    let methods: BTreeSet<&str> = parsed.iter().filter_map(|line| line["span"]["method"].as_str()).collect();
    assert!(methods.contains("_OTHER") && methods.contains("POST"), "{methods:?}");
    assert_nothing_personal(&lines.join("\n"), &secrets);
}

/// Head and body of each request that came.
type Kept = Arc<Mutex<Vec<(String, String)>>>;

/// A collector that takes OTLP over HTTP and keeps the bodies, and answers with `status`.
fn collector(status: &'static str) -> (String, Kept) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let kept = Kept::default();
    let keep = Arc::clone(&kept);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let (mut head, mut length) = (String::new(), 0);
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line).unwrap_or(0) == 0 || line == "\r\n" {
                    break;
                }
                if let Some(value) = line.to_lowercase().strip_prefix("content-length: ") {
                    length = value.trim().parse().unwrap();
                }
                head.push_str(&line);
            }
            let mut body = vec![0; length];
            drop(reader.read_exact(&mut body));
            keep.lock().unwrap().push((head, String::from_utf8(body).unwrap()));
            drop(write!(
                stream,
                "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{{}}"
            ));
        }
    });
    (address, kept)
}

fn made(data: &Path) {
    drop(Server::start(&["demo", "--data", data.to_str().unwrap()], "scrutineer demo:"));
}

/// Every field of the form that the protocol gives it (opentelemetry-proto, `trace.proto`, in its JSON mapping).
fn check_span(span: &Value) {
    let hex = |value: &Value, length: usize| {
        let text = value.as_str().unwrap();
        assert!(
            text.len() == length && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')),
            "{text}"
        );
        assert!(text.bytes().any(|b| b != b'0'), "all zeros is no id");
    };
    hex(&span["traceId"], 32);
    hex(&span["spanId"], 16);
    if !span["parentSpanId"].is_null() {
        hex(&span["parentSpanId"], 16);
    }
    let time = |name: &str| span[name].as_str().unwrap().parse::<u64>().unwrap();
    assert!(
        time("endTimeUnixNano") >= time("startTimeUnixNano")
            && time("startTimeUnixNano") > 1_700_000_000_000_000_000
    );
    assert!([1, 2].contains(&span["kind"].as_u64().unwrap()));
    assert!(!span["name"].as_str().unwrap().is_empty());
    for attribute in span["attributes"].as_array().unwrap() {
        assert!(attribute["key"].is_string());
        let value = attribute["value"].as_object().unwrap();
        let (kind, value) = value.iter().next().unwrap();
        let fits = match kind.as_str() {
            "stringValue" => value.is_string(),
            "intValue" => value.as_str().unwrap().parse::<i64>().is_ok(),
            "boolValue" => value.is_boolean(),
            _ => false,
        };
        assert!(fits, "{attribute}");
    }
}

#[test]
fn traces_reach_a_collector_in_its_own_form_and_without_anything_personal() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    made(&data);
    let (endpoint, kept) = collector("200 OK");
    let args = ["serve", "--data", data.to_str().unwrap(), "--otlp-endpoint", &endpoint];
    let server = Server::start(&args, "scrutineer serves");
    let secrets = use_it(&server.address);
    let spans = || -> Vec<Value> {
        let bodies: Vec<Value> =
            kept.lock().unwrap().iter().map(|(_, body)| serde_json::from_str(body).unwrap()).collect();
        let scopes = bodies.iter().flat_map(|body| body["resourceSpans"].as_array().unwrap());
        let scopes = scopes.flat_map(|resource| resource["scopeSpans"].as_array().unwrap());
        scopes.flat_map(|scope| scope["spans"].as_array().unwrap()).cloned().collect()
    };
    let typed = |spans: &[Value]| spans.iter().filter(|span| span["name"] == "act").count() >= 2;
    assert!(within(Duration::from_secs(20), || typed(&spans())), "no act was traced: {:?}", spans());
    let all = spans();
    all.iter().for_each(check_span);
    let ids: BTreeMap<&str, &Value> =
        all.iter().map(|span| (span["spanId"].as_str().unwrap(), span)).collect();
    let act = all.iter().find(|span| span["name"] == "act").unwrap();
    let above = ids[act["parentSpanId"].as_str().unwrap()];
    assert_eq!(above["traceId"], act["traceId"], "an act belongs to the request that it was asked by");
    assert!(above["name"].as_str().unwrap().starts_with("POST /desk/entry/{"), "{above}");
    assert_eq!(above["kind"], 2);
    let (head, body) = kept.lock().unwrap()[0].clone();
    assert!(head.starts_with("POST /v1/traces HTTP/1.1") && head.contains("application/json"), "{head}");
    let resource = &serde_json::from_str::<Value>(&body).unwrap()["resourceSpans"][0]["resource"];
    assert_eq!(resource["attributes"][0]["value"]["stringValue"], "scrutineer");
    let everything: Vec<String> = kept.lock().unwrap().iter().map(|(_, body)| body.clone()).collect();
    assert_nothing_personal(&everything.join("\n"), &secrets);
}

#[test]
fn a_collector_that_takes_nothing_costs_spans_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    made(&data);
    let (endpoint, _) = collector("500 Broken");
    let args = ["serve", "--data", data.to_str().unwrap(), "--otlp-endpoint", &endpoint];
    let server = Server::start(&args, "scrutineer serves");
    let host = server.address.trim_start_matches("http://");
    let is_dropped = || {
        let figures = ask(host, "GET /metrics", "", "");
        assert!(figures.starts_with("HTTP/1.1 200"), "{figures}");
        let line =
            figures.lines().find_map(|line| line.strip_prefix("scrutineer_spans{outcome=\"dropped\"} "));
        line.unwrap().parse::<u64>().unwrap() > 0
    };
    assert!(within(Duration::from_secs(20), is_dropped), "nothing was counted");
    let data = folder.path().join("data");
    let refused = Command::new(env!("CARGO_BIN_EXE_scrutineer"))
        .args(["serve", "--data", data.to_str().unwrap(), "--otlp-endpoint", "collector:4318"])
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("SCR-CLI-050"));
}
