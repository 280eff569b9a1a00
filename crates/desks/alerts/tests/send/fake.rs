//! Gateways that do as they like, on the loopback interface.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A request that came in.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Asked {
    /// A parameter of its address.
    pub(crate) fn get(&self, name: &str) -> String {
        let query = self.target.split_once('?').map_or("", |(_, query)| query);
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap();
        pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value).unwrap_or_default()
    }

    /// A header, by its name in lower case.
    pub(crate) fn header(&self, name: &str) -> String {
        let lines = self.head.lines().filter_map(|line| line.split_once(':'));
        let found = lines.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    }

    /// Our reference, as it stands in the address for reports.
    pub(crate) fn reference(&self) -> String {
        let url = self.get("dlr-url");
        url.split("ref=").nth(1).unwrap_or_default().split('&').next().unwrap_or_default().to_owned()
    }
}

/// What a gateway does with a request: it writes what it likes; `false` closes the connection.
type Acts = dyn Fn(&Asked, &mut TcpStream) -> bool + Send + Sync;

pub(crate) struct Fake {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Fake {
    pub(crate) fn new(acts: impl Fn(&Asked, &mut TcpStream) -> bool + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/cgi-bin/sendsms", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (kept, acts): (_, Arc<Acts>) = (Arc::clone(&asked), Arc::new(acts));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, acts) = (Arc::clone(&kept), Arc::clone(&acts));
                std::thread::spawn(move || serve(stream, &kept, &*acts));
            }
        });
        Self { address, asked }
    }

    /// One that answers every request so.
    pub(crate) fn saying(status: &'static str, body: &'static str) -> Self {
        Self::new(move |_, stream| answer(stream, status, body))
    }

    /// Kannel that takes everything.
    pub(crate) fn kind() -> Self {
        Self::saying("202 Accepted", "0: Accepted for delivery")
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

pub(crate) fn answer(stream: &mut TcpStream, status: &str, body: &str) -> bool {
    write!(stream, "HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).is_ok()
}

fn serve(stream: TcpStream, kept: &Mutex<Vec<Asked>>, acts: &Acts) {
    let mut writer = stream.try_clone().unwrap();
    let mut reader = BufReader::new(stream);
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head).unwrap_or(0) == 0 {
                return;
            }
        }
        let mut first = head.lines().next().unwrap_or_default().split(' ').map(str::to_owned);
        let mut asked = Asked {
            method: first.next().unwrap_or_default(),
            target: first.next().unwrap_or_default(),
            head,
            body: String::new(),
        };
        let mut body = vec![0; asked.header("content-length").parse().unwrap_or(0)];
        if reader.read_exact(&mut body).is_err() {
            return;
        }
        asked.body = String::from_utf8(body).unwrap();
        kept.lock().unwrap().push(asked.clone());
        if !acts(&asked, &mut writer) {
            return;
        }
    }
}
