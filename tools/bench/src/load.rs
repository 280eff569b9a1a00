//! The load generator: keep-alive HTTP/1.1, each writer with one connection and one entry under way.

use crate::{ENTRY_BYTES, Fault};
use scr_core::{Clock as _, SystemClock};
use std::io::Write as _;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// How long a writer waits after a 503.
const PAUSE_AFTER_REFUSAL: Duration = Duration::from_millis(50);

/// What came of a load.
#[derive(Debug, Default)]
pub(crate) struct Load {
    /// Entries that were acknowledged.
    pub(crate) done: u64,
    /// Entries that the server refused with 503.
    pub(crate) refused: u64,
    /// How long each acknowledgement took.
    pub(crate) durations: Vec<Duration>,
    /// How long it went on.
    pub(crate) took: Duration,
}

/// Sends entries from `writers` connections until `seconds` have passed; what is under way is finished.
pub(crate) fn run(address: SocketAddr, writers: usize, seconds: Duration) -> Result<Load, Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut connections = Vec::with_capacity(writers);
        for _ in 0..writers {
            let connection = TcpStream::connect(address).await?;
            connection.set_nodelay(true)?;
            connections.push(connection);
        }
        // No two entries are alike, also not of two runs: some logs answer a second one from memory.
        let run = SystemClock.now_ms();
        let start = Instant::now();
        let tasks: Vec<_> = connections
            .into_iter()
            .enumerate()
            .map(|(writer, connection)| tokio::spawn(write(connection, run, writer, start + seconds)))
            .collect();
        let mut load = Load::default();
        for task in tasks {
            let one = task.await??;
            load.done += one.done;
            load.refused += one.refused;
            load.durations.extend(one.durations);
        }
        load.took = start.elapsed();
        Ok(load)
    })
}

async fn write(mut connection: TcpStream, run: i64, writer: usize, until: Instant) -> Result<Load, Fault> {
    let mut request =
        format!("POST /add HTTP/1.1\r\nhost: bench\r\ncontent-length: {ENTRY_BYTES}\r\n\r\n").into_bytes();
    let body = request.len();
    request.resize(body + ENTRY_BYTES, b'x');
    let mut buffer = [0; 2_048];
    let mut load = Load::default();
    while Instant::now() < until {
        write!(&mut request[body..], "{run:020}{writer:08}{:012}", load.done + load.refused)?;
        let start = Instant::now();
        connection.write_all(&request).await?;
        match read_status(&mut connection, &mut buffer).await? {
            200 => {
                load.done += 1;
                load.durations.push(start.elapsed());
            }
            503 => {
                load.refused += 1;
                tokio::time::sleep(PAUSE_AFTER_REFUSAL).await;
            }
            other => return Err(format!("the server answered {other}").into()),
        }
    }
    Ok(load)
}

/// Reads one whole answer and gives its status.
async fn read_status(connection: &mut TcpStream, buffer: &mut [u8]) -> Result<u16, Fault> {
    let mut filled = 0;
    loop {
        match connection.read(&mut buffer[filled..]).await? {
            0 => return Err("the server closed a connection, or answered at too great length".into()),
            read => filled += read,
        }
        if let Some((status, length)) = parse_answer(&buffer[..filled])
            && filled >= length
        {
            return Ok(status);
        }
    }
}

/// Status, and length of the whole answer, once its head is complete. `httparse` because the generator should take
/// little of the processors that it shares with the server.
fn parse_answer(bytes: &[u8]) -> Option<(u16, usize)> {
    let mut headers = [httparse::EMPTY_HEADER; 32];
    let mut head = httparse::Response::new(&mut headers);
    let end = head.parse(bytes).ok()?;
    let httparse::Status::Complete(end) = end else { return None };
    let length = head.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-length"))?.value;
    Some((head.code?, end + std::str::from_utf8(length).ok()?.parse::<usize>().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_whole_when_its_body_is_there() {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n42";
        assert_eq!(parse_answer(answer), Some((200, answer.len())));
        assert_eq!(parse_answer(&answer[..30]), None);
        assert_eq!(
            parse_answer(b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n"),
            Some((503, 55))
        );
    }
}
