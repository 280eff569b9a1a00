//! Polling stations that answer, somebody who looks at the countdown page, and a gateway that takes everything.

use crate::Fault;
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// How often the page is looked at by each who does.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// Less than this is no page.
const PAGE: usize = 2_000;

/// Reads one answer of a connection that stays open: its status, and how long its body is.
async fn answer(stream: &mut TcpStream, held: &mut Vec<u8>) -> Result<(u16, usize), Fault> {
    held.clear();
    let mut buffer = [0u8; 16_384];
    loop {
        let read = stream.read(&mut buffer).await?;
        if read == 0 {
            return Err("the server closed the connection".into());
        }
        held.extend_from_slice(buffer.get(..read).unwrap_or_default());
        let mut headers = [httparse::EMPTY_HEADER; 48];
        let mut head = httparse::Response::new(&mut headers);
        let httparse::Status::Complete(end) = head.parse(held)? else { continue };
        let length = head.headers.iter().find(|one| one.name.eq_ignore_ascii_case("content-length"));
        let length: usize =
            std::str::from_utf8(length.ok_or("an answer without a length")?.value)?.parse()?;
        if held.len() >= end + length {
            return Ok((head.code.ok_or("an answer without a status")?, length));
        }
    }
}

async fn connect(server: SocketAddr) -> Result<TcpStream, Fault> {
    let stream = TcpStream::connect(server).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// What one connection posts, and when.
pub(super) struct Pace {
    pub(super) first: Duration,
    pub(super) every: Duration,
}

/// Posts the answers of stations at an even pace, “read” by all and then “acted”, until told to end; gives how long
/// each took from the moment at which it was to be sent.
pub(super) async fn post(
    server: SocketAddr,
    links: Vec<String>,
    pace: Pace,
    ends: Arc<AtomicBool>,
) -> Result<Vec<Duration>, Fault> {
    let mut stream = connect(server).await?;
    let (mut held, mut took) = (Vec::new(), Vec::new());
    let mut due = tokio::time::Instant::now() + pace.first;
    let steps = ["step=read", "step=acted"];
    for at in 0..links.len() * steps.len() {
        tokio::time::sleep_until(due).await;
        let (Some(step), Some(link)) = (steps.get(at / links.len()), links.get(at % links.len())) else {
            break;
        };
        if ends.load(Ordering::Relaxed) {
            break;
        }
        let request = format!(
            "POST {link} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{step}",
            step.len()
        );
        stream.write_all(request.as_bytes()).await?;
        let (status, _) = answer(&mut stream, &mut held).await?;
        if status != 303 {
            return Err(format!("POST {link}: {status}").into());
        }
        took.push(due.elapsed());
        due += pace.every;
    }
    Ok(took)
}

/// Reads the countdown page until told to end: how long each took, the first of all first.
pub(super) async fn look(
    server: SocketAddr,
    path: String,
    ends: Arc<AtomicBool>,
) -> Result<Vec<Duration>, Fault> {
    let mut stream = connect(server).await?;
    let (mut held, mut took) = (Vec::new(), Vec::new());
    while !ends.load(Ordering::Relaxed) {
        let begin = Instant::now();
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\ncookie: scr_login=viewer\r\n\r\n");
        stream.write_all(request.as_bytes()).await?;
        let (status, length) = answer(&mut stream, &mut held).await?;
        if status != 200 || length < PAGE {
            return Err(format!("GET {path}: {status}, {length} bytes").into());
        }
        took.push(begin.elapsed());
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Ok(took)
}

/// What the gateway was handed: how often each number.
#[derive(Default)]
pub(super) struct Taken {
    count: AtomicU64,
    numbers: Mutex<BTreeMap<u64, u64>>,
}

impl Taken {
    pub(super) fn count(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }

    /// How many of these numbers got nothing, and how many messages were one too many: for a number that had one, or for none
    /// of these. One lost and one doubled are two.
    pub(super) fn lost_and_doubled(&self, numbers: std::ops::Range<u64>) -> [u64; 2] {
        let taken = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        let lost = numbers.clone().filter(|number| !taken.contains_key(number)).count();
        let more = taken.iter().map(|(number, times)| times - u64::from(numbers.contains(number)));
        [lost as u64, more.sum()]
    }

    fn note(&self, head: &[u8]) {
        let number = number_in(head).unwrap_or(u64::MAX);
        *self.numbers.lock().unwrap_or_else(PoisonError::into_inner).entry(number).or_default() += 1;
        self.count.fetch_add(1, Ordering::Relaxed);
    }
}

/// The number that a request to Kannel is for, without the country's 45.
fn number_in(head: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(head).ok()?;
    let after = text.split_once("to=%2B45")?.1;
    let end = after.find(|letter: char| !letter.is_ascii_digit())?;
    after.get(..end)?.parse().ok()
}

/// Takes everything at once and speaks as Kannel's sendsms does; keeps for whom.
pub(super) fn sink() -> Result<(String, Arc<Taken>), Fault> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}/cgi-bin/sendsms", listener.local_addr()?);
    let taken = Arc::new(Taken::default());
    let kept = Arc::clone(&taken);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let kept = Arc::clone(&kept);
            std::thread::spawn(move || serve(stream, &kept));
        }
    });
    Ok((address, taken))
}

fn serve(mut stream: std::net::TcpStream, taken: &Taken) {
    let mut buffer = Vec::new();
    let mut piece = [0; 4_096];
    while let Ok(read @ 1..) = stream.read(&mut piece) {
        buffer.extend_from_slice(piece.get(..read).unwrap_or_default());
        while let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            taken.note(buffer.get(..end).unwrap_or_default());
            buffer.drain(..end + 4);
            let answer = b"HTTP/1.1 202 Accepted\r\ncontent-length: 24\r\n\r\n0: Accepted for delivery";
            if stream.write_all(answer).is_err() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_lost_and_one_doubled_are_two() {
        let taken = Taken::default();
        for number in ["00000000", "00000002", "00000002"] {
            taken
                .note(format!("GET /cgi-bin/sendsms?username=a&to=%2B45{number}&text=x HTTP/1.1").as_bytes());
        }
        assert_eq!((taken.count(), taken.lost_and_doubled(0..3)), (3, [1, 1]));
        taken.note(b"GET / HTTP/1.1");
        assert_eq!(taken.lost_and_doubled(0..3), [1, 2]);
    }
}
