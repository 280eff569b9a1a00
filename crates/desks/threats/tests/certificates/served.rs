//! A log behind a port of this machine, in both forms, that can be made to lie.

use crate::log::{Authority, BEGAN_MS, Log};
use crate::site::Site;
use scr_canon::b64;
use scr_desk_threats::{Asking, ask_logs, follow_logs};
use scr_merkle::leaf_hash;
use scr_names::ct::{SignedHead, StaticPath};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

/// What the server answers: status, headers, body.
pub(crate) type Answer = (u16, String, Vec<u8>);
/// Changes an answer on its way out.
pub(crate) type Lie = Box<dyn Fn(&str, Answer) -> Answer + Send>;
type Hook = Box<dyn FnOnce() + Send>;

pub(crate) struct Inner {
    pub(crate) log: Log,
    /// The head that is shown.
    pub(crate) head: SignedHead,
    /// Entries of one answer of get-entries.
    pub(crate) answer: u64,
    pub(crate) lie: Option<Lie>,
    /// Called once, when this path is asked for.
    pub(crate) hook: Option<(String, Hook)>,
    pub(crate) asked: Vec<String>,
}

#[derive(Clone)]
pub(crate) struct Served {
    pub(crate) inner: Arc<Mutex<Inner>>,
    pub(crate) url: String,
    pub(crate) authority: Arc<Authority>,
}

fn query(path: &str, name: &str) -> Option<u64> {
    let (_, query) = path.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?.parse().ok()
}

impl Inner {
    fn answer(&self, path: &str) -> Option<Vec<u8>> {
        let (size, log) = (self.head.head.size, &self.log);
        let bytes = |text: String| Some(text.into_bytes());
        match path.split('?').next()? {
            "ct/v1/get-sth" => bytes(log.get_sth(&self.head)),
            "ct/v1/get-sth-consistency" => {
                let (first, second) = (query(path, "first")?, query(path, "second")?);
                (0 < first && first <= second && second <= log.size())
                    .then(|| log.get_consistency(first, second).into_bytes())
            }
            "ct/v1/get-entries" => {
                let (start, end) = (query(path, "start")?, query(path, "end")?);
                let end = (end + 1).min(size).min(start + self.answer);
                (start < end).then(|| log.get_entries(start, end).into_bytes())
            }
            "ct/v1/get-entry-and-proof" => {
                bytes(log.get_entry_and_proof(query(path, "leaf_index")?, query(path, "tree_size")?))
            }
            other => match other.parse().ok()? {
                StaticPath::Checkpoint => bytes(log.checkpoint(&self.head)),
                StaticPath::Hashes(path) => log.tiles(size).0.get(&path).cloned(),
                StaticPath::Data(tile) => {
                    (tile.first() + u64::from(tile.width()) <= size).then(|| log.data_tile(tile))
                }
                StaticPath::Issuer(_) => None,
            },
        }
    }
}

impl Served {
    /// Names, one certificate each; a precertificate every other time.
    pub(crate) fn new(names: &[&str]) -> Self {
        let (authority, mut log) = (Arc::new(Authority::new()), Log::new("ct.example/2026h2", true));
        names.iter().for_each(|name| log.add(&authority, &[name]));
        let head = log.head(log.size(), BEGAN_MS);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let inner = Inner { log, head, answer: 1_000, lie: None, hook: None, asked: Vec::new() };
        let inner = Arc::new(Mutex::new(inner));
        let shared = Arc::clone(&inner);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || serve(&shared, stream));
            }
        });
        Self { inner, url, authority }
    }

    pub(crate) fn with<T>(&self, change: impl FnOnce(&mut Inner) -> T) -> T {
        change(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Adds certificates and shows a head of all of it, a minute after the one before.
    pub(crate) fn grow(&self, names: &[&str]) {
        let authority = Arc::clone(&self.authority);
        self.with(|inner| {
            names.iter().for_each(|name| inner.log.add(&authority, &[name]));
            inner.head = inner.log.head(inner.log.size(), inner.head.head.timestamp_ms + 60_000);
        });
    }

    pub(crate) fn lie(&self, lie: impl Fn(&str, Answer) -> Answer + Send + 'static) {
        self.with(|inner| inner.lie = Some(Box::new(lie)));
    }

    pub(crate) fn honest(&self) {
        self.with(|inner| inner.lie = None);
    }

    pub(crate) fn public_key(&self) -> String {
        self.with(|inner| b64(&inner.log.public_key()))
    }

    pub(crate) fn asked(&self, part: &str) -> usize {
        self.with(|inner| inner.asked.iter().filter(|path| path.contains(part)).count())
    }

    /// Follows it from here on: by the page, as an administrator.
    pub(crate) async fn followed_by(&self, site: &Site, kind: &str, begin: Option<u64>) -> String {
        ask_logs(&site.app, &Asking { may_be_near: true, ..Asking::default() });
        let (key, entry) = (self.public_key(), begin.unwrap_or(0).to_string());
        let fields = [
            ("name", "Test log 2026h2"),
            ("kind", kind),
            ("url", self.url.as_str()),
            ("origin", "ct.example/2026h2"),
            ("key", key.as_str()),
            ("begin", if begin.is_some() { "entry" } else { "now" }),
            ("entry", entry.as_str()),
        ];
        let done = site.post("administrator@alpha", "/desk/threats/certificates/new", &fields).await;
        let id = done.location.strip_prefix("/desk/threats/certificates/");
        id.unwrap_or_else(|| panic!("{} {}", done.status, done.body)).to_owned()
    }
}

fn serve(shared: &Mutex<Inner>, stream: TcpStream) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut first = String::new();
    if reader.read_line(&mut first).is_err() {
        return;
    }
    let mut line = String::new();
    while reader.read_line(&mut line).is_ok_and(|count| count > 2) {
        line.clear();
    }
    let path = first.split(' ').nth(1).unwrap_or_default().trim_start_matches('/').to_owned();
    let hook = {
        let mut inner = shared.lock().unwrap_or_else(PoisonError::into_inner);
        inner.asked.push(path.clone());
        let is_it = inner.hook.as_ref().is_some_and(|(on, _)| path.contains(on.as_str()));
        if is_it { inner.hook.take() } else { None }
    };
    // Others may ask meanwhile.
    if let Some((_, hook)) = hook {
        hook();
    }
    let inner = shared.lock().unwrap_or_else(PoisonError::into_inner);
    let answer = match inner.answer(&path) {
        Some(body) => (200, String::new(), body),
        None => (404, String::new(), Vec::new()),
    };
    let (status, headers, body) = match &inner.lie {
        Some(lie) => lie(&path, answer),
        None => answer,
    };
    drop(inner);
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n",
        body.len()
    );
    let mut stream = stream;
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
}

/// One look of the server for logs that are due.
pub(crate) fn look(site: &Site) -> u64 {
    follow_logs(&site.app, &|| Ok(())).unwrap()
}

/// Looks until the log has been asked `times` times more, each time when it is due again.
pub(crate) fn look_again(site: &Site, times: u32) {
    for _ in 0..times {
        site.clock.advance(7 * 3_600);
        look(site);
    }
}

/// Names that were found, as the page shows them.
pub(crate) fn found(body: &str) -> Vec<String> {
    // The heading: the name of the table within the section is the same.
    let section = body.split("<h2>Found in certificate logs").nth(1).unwrap_or_default();
    let section = section.split("</section>").next().unwrap_or_default();
    let cells = section.split("href=\"/desk/threats/names/").skip(1);
    let name = |cell: &str| cell.split("dir=\"ltr\">").nth(1)?.split('<').next().map(str::to_owned);
    let mut all: Vec<String> = cells.filter_map(name).collect();
    all.sort();
    all
}

/// The hash of some other tree.
pub(crate) fn other_root() -> scr_canon::Hash32 {
    leaf_hash(b"something else")
}
