//! What may leave: only what the allow list names, whatever stands in playbooks and variables.

use proptest::prelude::*;
use scr_playbooks::Command;
use scr_playbooks::http::{Allowed, Request, RequestError, StartLine, request};
use serde_json::{Value, json};

fn command(text: &str, more: Value) -> Command {
    let mut value = more;
    value["type"] = json!("http-api");
    value["command"] = json!(text);
    Command { kind: "http-api".into(), text: text.into(), description: None, value }
}

fn allowed() -> Vec<Allowed> {
    let one = |methods: &[&str], path: &str| Allowed {
        methods: methods.iter().map(|method| (*method).to_owned()).collect(),
        host: "tickets.office.example".into(),
        port: None,
        path: path.into(),
        plain: false,
        credential: Some("tickets".into()),
    };
    vec![one(&["POST"], "/api/tickets"), one(&["GET", "POST"], "/api/tickets/*/notes")]
}

fn target(host: &str) -> Value {
    json!({"type": "http-api", "name": "t", "address": {"dname": [host]}})
}

fn send(command: &Command, target: &Value, value: &str) -> Result<Request, RequestError> {
    request(command, target, &allowed(), &|name| (name == "__v__").then(|| value.to_owned()))
}

const NOTES: &str = "POST /api/tickets/__v__:value/notes?q=__v__:value HTTP/1.1";

#[test]
fn an_allowed_request_is_made_whole() {
    let more = json!({"headers": {"Content-Type": ["application/json"]}, "content": "{\"note\": \"is __v__:value\"}"});
    let made = send(&command(NOTES, more), &target("Tickets.Office.example"), "a\"}é &").unwrap();
    assert_eq!(made.target, "/api/tickets/a%22%7D%C3%A9%20%26/notes?q=a%22%7D%C3%A9%20%26");
    assert_eq!((made.host.as_str(), made.port, made.tls), ("tickets.office.example", 443, true));
    let body: Value = serde_json::from_slice(&made.body).unwrap();
    assert_eq!(body, json!({"note": "is a\"}é &"}));
    assert_eq!(made.credential.as_deref(), Some("tickets"));
}

#[test]
fn no_value_and_no_text_leaves_the_path_that_is_allowed() {
    let fine = target("tickets.office.example");
    // A slash, which some servers see in "%2F", and what ends a line.
    for value in ["../admin", "..\\admin", "a/b", "a\nb", "..", ""] {
        assert!(
            matches!(send(&command(NOTES, json!({})), &fine, value), Err(RequestError::Value(..))),
            "{value:?}"
        );
    }
    for text in ["POST /api/tickets/..%2Fadmin/notes HTTP/1.1", "POST /api/tickets/..%5cadmin/notes HTTP/1.1"]
    {
        assert!(send(&command(text, json!({})), &fine, "1").is_err(), "{text}");
    }
    for name in ["X-HTTP-Method-Override", "X-Original-URL"] {
        let more = json!({"headers": {name: ["/admin"]}});
        assert!(send(&command(NOTES, more), &fine, "1").is_err(), "{name}");
    }
}

#[test]
fn what_is_not_on_the_list_is_refused_with_words() {
    let fine = target("tickets.office.example");
    let no =
        |text: &str, target: &Value| send(&command(text, json!({})), target, "1").unwrap_err().to_string();
    for (text, target) in [
        ("GET /api/tickets HTTP/1.1", fine.clone()),
        ("POST /api/tickets/ HTTP/1.1", fine.clone()),
        ("POST /api/__v__:value HTTP/1.1", fine.clone()),
        ("POST /api/tickets/1/2/notes HTTP/1.1", fine.clone()),
        ("POST /API/tickets HTTP/1.1", fine.clone()),
        ("POST /api/tickets HTTP/1.1", target("tickets.office.example.evil.example")),
    ] {
        assert!(no(text, &target).contains("is not on the allow list"), "{text}");
    }
    let port = json!({"address": {"dname": ["tickets.office.example"]}, "port": "8443"});
    assert!(no("POST /api/tickets HTTP/1.1", &port).contains("allow list"));
    for host in ["__v__:value", "tickets.office.example@evil.example", "tickets.office.example/x", "", "a b"]
    {
        assert!(no("POST /api/tickets HTTP/1.1", &target(host)).contains("without variables"), "{host}");
    }
    let two = json!({"address": {"dname": ["tickets.office.example", "evil.example"]}});
    assert!(no("POST /api/tickets HTTP/1.1", &two).contains("one host"));
    for kind in ["bash", "ssh", "powershell", "openc2-http", "pong"] {
        let other = Command { kind: kind.into(), ..command("POST /api/tickets HTTP/1.1", json!({})) };
        let refusal = send(&other, &fine, "1").unwrap_err();
        assert_eq!(refusal, RequestError::NotExecuted(kind.into()));
        assert!(refusal.to_string().contains("never executed"));
    }
}

#[test]
fn start_lines_are_read_strictly() {
    for text in [
        "",
        "GET / ",
        "get / HTTP/1.1",
        "GET  / HTTP/1.1",
        "GET http://a/ HTTP/1.1",
        "GET //a/b HTTP/1.1",
        "GET /a/../b HTTP/1.1",
        "GET /a/%2e%2E/b HTTP/1.1",
        "GET /a#b HTTP/1.1",
        "GET /a\\b HTTP/1.1",
        "GET /a\r\nHost:x HTTP/1.1",
        "GET /é HTTP/1.1",
        "CONNECT / HTTP/1.1",
        "GET /a HTTP/1.1 x",
        "GET get HTTP1.1",
    ] {
        assert!(StartLine::parse(text).is_err(), "{text:?}");
    }
}

#[test]
fn headers_and_bodies_keep_their_places() {
    let fine = target("tickets.office.example");
    let post = |more: Value, value: &str| send(&command("POST /api/tickets HTTP/1.1", more), &fine, value);
    for name in ["Host", "content-length", "Authorization", "Cookie", "Transfer-Encoding", "a b", ""] {
        assert!(
            matches!(post(json!({"headers": {name: ["x"]}}), "1"), Err(RequestError::Header(_))),
            "{name}"
        );
    }
    let header = json!({"headers": {"X-Note": ["__v__:value"]}});
    assert!(matches!(post(header.clone(), "a\r\nHost: evil"), Err(RequestError::Value(..))));
    assert_eq!(post(header, "fine").unwrap().headers, [("x-note".to_owned(), "fine".to_owned())]);
    let body = |kind: &str, content: &str| json!({"headers": {"content-type": [kind]}, "content": content});
    let form = post(body("application/x-www-form-urlencoded", "a=__v__:value&b=1"), "x&b=2").unwrap();
    assert_eq!(form.body, b"a=x%26b%3D2&b=1");
    assert!(matches!(post(body("text/html", "__v__:value"), "1"), Err(RequestError::Body(_))));
    assert!(matches!(
        post(body("application/json", "{\"a\": __v__:value}"), "1"),
        Err(RequestError::Body(_))
    ));
    assert!(matches!(
        post(body("application/json", "{\"__v__:value\": 1}"), "1"),
        Err(RequestError::Body(_))
    ));
    assert!(matches!(post(body("text/plain", "__w__:value"), "1"), Err(RequestError::NoValue(_))));
    assert_eq!(post(json!({"content_b64": "AAE="}), "1").unwrap().body, [0, 1]);
}

proptest! {
    /// Whatever a value is, the request goes to the same host, method and path; only its own places change.
    #[test]
    fn no_value_changes_where_a_request_goes(value in any::<String>()) {
        let made = send(&command(NOTES, json!({})), &target("tickets.office.example"), &value);
        let Ok(made) = made else {
            let leaves = |letter: char| matches!(letter, '/' | '\\') || letter.is_control();
            prop_assert!(value.is_empty() || value == "." || value == ".." || value.contains(leaves));
            return Ok(());
        };
        prop_assert_eq!(made.host, "tickets.office.example");
        let (path, query) = made.target.split_once('?').unwrap();
        let segments: Vec<&str> = path.split('/').collect();
        prop_assert_eq!((segments.len(), segments[1], segments[2], segments[4]), (5, "api", "tickets", "notes"));
        let fine = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte);
        prop_assert!(segments[3].bytes().all(fine) && query["q=".len()..].bytes().all(fine));
        prop_assert!(segments[3] != "." && segments[3] != "..");
    }

    /// A body of JSON keeps its members.
    #[test]
    fn no_value_adds_to_a_body(value in any::<String>()) {
        let more = json!({"headers": {"content-type": ["application/json; charset=utf-8"]}, "content": "{\"a\":\"__v__:value\",\"b\":1}"});
        let made = send(&command("POST /api/tickets HTTP/1.1", more), &target("tickets.office.example"), &value).unwrap();
        prop_assert_eq!(serde_json::from_slice::<Value>(&made.body).unwrap(), json!({"a": value, "b": 1}));
    }

    #[test]
    fn arbitrary_commands_do_not_panic(text in any::<String>()) {
        drop(StartLine::parse(&text));
    }
}
