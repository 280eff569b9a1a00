//! A tiny S3 in memory that fails as it is told: what real stores do on a bad day, and what a hostile one would.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What is done instead of the right thing.
pub enum Fault {
    /// This status with this body.
    Status(u16, &'static str),
    /// Half of the body, under the length of the whole.
    Truncated,
    /// Other bytes of the same length.
    WrongBytes,
    /// The right answer, after so long.
    Late(Duration),
    /// Nothing: the connection ends.
    HangUp,
}

/// Called before each request with method, name and how many there were.
pub type Behaviour = dyn Fn(&str, &str, usize) -> Option<Fault> + Send + Sync;

/// What the store holds.
#[derive(Default)]
pub struct State {
    /// Bytes, and when they were written.
    pub objects: BTreeMap<String, (Vec<u8>, i64)>,
    /// Method, name, and all headers of each request.
    pub requests: Vec<(String, String, String)>,
    /// The store's clock.
    pub now: i64,
}

/// The store; it ends with the test's process.
pub struct Fake {
    /// Its address.
    pub endpoint: String,
    state: Arc<Mutex<State>>,
}

impl Fake {
    /// Starts it on a free port; its clock stands still.
    pub fn start(now: i64, behaviour: Arc<Behaviour>) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let endpoint = format!("http://{}", listener.local_addr()?);
        let state = Arc::new(Mutex::new(State { now, ..State::default() }));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (state, behaviour) = (Arc::clone(&shared), Arc::clone(&behaviour));
                // A client that hangs up is no failure of the test.
                std::thread::spawn(move || drop(serve(stream, &state, &*behaviour)));
            }
        });
        Ok(Self { endpoint, state })
    }

    /// What it holds.
    pub fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// How many requests there were with this method.
    pub fn count(&self, method: &str) -> usize {
        self.state().requests.iter().filter(|request| request.0 == method).count()
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(stream: TcpStream, state: &Mutex<State>, behaviour: &Behaviour) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split(' ').map(str::to_owned);
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (mut headers, mut length, mut is_conditional) = (String::new(), 0, false);
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header)? <= 2 {
            break;
        }
        let lower = header.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        is_conditional |= lower.starts_with("if-none-match:");
        headers += &header;
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let name = path.trim_start_matches("/bucket/").to_owned();
    let count = {
        let mut state = lock(state);
        state.requests.push((method.clone(), name.clone(), headers));
        state.requests.len()
    };
    let fault = behaviour(&method, &name, count);
    let (status, mut answer) = match fault {
        Some(Fault::HangUp) => return Ok(()),
        Some(Fault::Status(status, body)) => (status, body.as_bytes().to_vec()),
        _ => lock(state).take(&method, &name, query, body, is_conditional),
    };
    let stated = answer.len();
    match fault {
        Some(Fault::Late(wait)) => std::thread::sleep(wait),
        Some(Fault::Truncated) => answer.truncate(stated / 2),
        Some(Fault::WrongBytes) => answer.iter_mut().for_each(|byte| *byte ^= 1),
        _ => {}
    }
    if method == "HEAD" {
        answer.clear();
    }
    let mut stream = stream;
    write!(stream, "HTTP/1.1 {status} Answer\r\nContent-Length: {stated}\r\nConnection: close\r\n\r\n")?;
    stream.write_all(&answer)
}

impl State {
    fn take(
        &mut self,
        method: &str,
        name: &str,
        query: &str,
        body: Vec<u8>,
        is_conditional: bool,
    ) -> (u16, Vec<u8>) {
        let found = self.objects.get(name);
        match method {
            "GET" if query.contains("list-type=2") => (200, self.list(query).into_bytes()),
            "PUT" if is_conditional && found.is_some() => (412, Vec::new()),
            "PUT" => {
                self.objects.insert(name.to_owned(), (body, self.now));
                (200, Vec::new())
            }
            "DELETE" => {
                self.objects.remove(name);
                (204, Vec::new())
            }
            _ => match found {
                Some((bytes, _)) => (200, bytes.clone()),
                None => (404, b"<Error><Code>NoSuchKey</Code></Error>".to_vec()),
            },
        }
    }

    fn list(&self, query: &str) -> String {
        let prefix = query.split('&').find_map(|part| part.strip_prefix("prefix=")).unwrap_or_default();
        let prefix = prefix.replace("%2F", "/");
        let rows = self.objects.iter().filter(|(name, _)| name.starts_with(&prefix));
        let rows: String = rows
            .map(|(name, (bytes, at))| {
                let (at, size) = (scr_entry::utc_text(*at), bytes.len());
                format!("<Contents><Key>{name}</Key><LastModified>{at}</LastModified><Size>{size}</Size></Contents>")
            })
            .collect();
        format!("<ListBucketResult><IsTruncated>false</IsTruncated>{rows}</ListBucketResult>")
    }
}
