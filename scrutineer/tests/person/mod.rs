//! A person with a browser, one request for each connection.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// A browser with its cookies.
pub(crate) struct Person {
    host: String,
    cookies: BTreeMap<String, String>,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    location: String,
    pub(crate) body: String,
}

impl Person {
    pub(crate) fn sign_in(address: &str, email: &str) -> std::io::Result<Self> {
        let host = address.trim_start_matches("http://").to_owned();
        let mut person = Self { host, cookies: BTreeMap::new() };
        let page = person.get("/desk/sign-in")?;
        let password = "try things out in the demo";
        let form = [("csrf", csrf(&page.body)), ("email", email.into()), ("password", password.into())];
        assert_eq!(person.post("/desk/sign-in", &form)?.status, 303);
        Ok(person)
    }

    pub(crate) fn get(&mut self, path: &str) -> std::io::Result<Answer> {
        self.send("GET", path, "")
    }

    pub(crate) fn post(&mut self, path: &str, form: &[(&str, String)]) -> std::io::Result<Answer> {
        let pairs: Vec<String> =
            form.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        self.send("POST", path, &pairs.join("&"))
    }

    fn send(&mut self, method: &str, path: &str, body: &str) -> std::io::Result<Answer> {
        let mut stream = TcpStream::connect(&self.host)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        // By name, as browsers do.
        let host = self.host.replace("127.0.0.1", "localhost");
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\nconnection: close\r\ncookie: {}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            cookies.join("; "),
            body.len()
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let cut = || std::io::Error::other("the answer was cut off");
        let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(cut)?;
        let status = head.get(9..12).and_then(|status| status.parse().ok()).ok_or_else(cut)?;
        let mut location = String::new();
        for line in head.lines() {
            let Some((name, value)) = line.split_once(": ") else { continue };
            match name.to_lowercase().as_str() {
                "location" => location = value.to_owned(),
                "set-cookie" => {
                    let (name, value) = value.split(';').next().unwrap_or_default().split_once('=').unwrap();
                    self.cookies.insert(name.to_owned(), value.to_owned());
                }
                _ => {}
            }
        }
        Ok(Answer { status, location, body: body.to_owned() })
    }

    /// Types the next sheet; its address once the server has acknowledged it.
    pub(crate) fn type_a_sheet(&mut self) -> std::io::Result<String> {
        let home = self.get("/desk/entry")?.body;
        let entry: String =
            home.split("/desk/entry/").nth(1).unwrap().chars().take_while(char::is_ascii_digit).collect();
        let next = [("csrf", csrf(&home)), ("task", "type".to_owned())];
        let page = self.post(&format!("/desk/entry/{entry}/next"), &next)?.location;
        let sheet = self.get(&page)?.body;
        let mut form = vec![("csrf", csrf(&sheet)), ("looked", "yes".into()), ("asked", "yes".into())];
        form.extend(names(&sheet).into_iter().map(|name| (name, "0".to_owned())));
        let answer = self.post(&page, &form)?;
        let done = page.replace("/type", "/done");
        assert_eq!((answer.status, answer.location.as_str()), (303, done.as_str()), "{}", answer.body);
        Ok(done)
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split_once(&format!(" {name}=\""))?.1.split('"').next()
}

pub(crate) fn csrf(page: &str) -> String {
    let tag = page.split("<input").find(|tag| tag.contains("name=\"csrf\"")).unwrap();
    attribute(tag, "value").unwrap().to_owned()
}

/// The names of the numbers that a sheet asks for.
fn names(page: &str) -> Vec<&str> {
    let tags = page.split("<input").skip(1).map(|tag| tag.split('>').next().unwrap_or_default());
    let names = tags.filter_map(|tag| attribute(tag, "name"));
    names.filter(|name| !["csrf", "looked", "asked"].contains(name)).collect()
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}
