//! Servers that never end, never begin, or send somebody elsewhere: over the network.

use scr_mirror::{HttpRemote, Remote};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

/// A server that answers each connection like this; gives its address.
fn server(answer: impl Fn(&mut TcpStream) -> std::io::Result<()> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            drop(stream.read(&mut [0u8; 4_096]));
            // The client goes away: that is what is tested.
            drop(answer(&mut stream));
        }
    });
    format!("http://{address}")
}

/// What the person reads, and after how long.
fn asked(address: &str) -> (String, Duration) {
    let remote = HttpRemote::with_times(
        address,
        &ureq::tls::TlsConfig::default(),
        Duration::from_secs(2),
        Duration::from_secs(2),
    )
    .unwrap();
    let begin = Instant::now();
    let said = remote.get("/log/checkpoint", 64 << 10).unwrap_err();
    assert!(said.to_string().starts_with(said.code()));
    (said.to_string(), begin.elapsed())
}

#[test]
fn a_body_without_end_is_cut_off_at_the_limit() {
    let address = server(|stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
        loop {
            stream.write_all(&[b'a'; 8_192])?;
        }
    });
    let (words, _) = asked(&address);
    assert_eq!(words, "SCR-MIR-002: /log/checkpoint is longer than the 65536 bytes that it can have");
}

#[test]
fn a_server_that_dribbles_is_left_when_the_time_is_over() {
    let address = server(|stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")?;
        loop {
            stream.write_all(b"a")?;
            std::thread::sleep(Duration::from_millis(200));
        }
    });
    let (words, waited) = asked(&address);
    assert!(words.starts_with("SCR-MIR-001: /log/checkpoint: no answer"), "{words}");
    assert!(waited < Duration::from_secs(10), "{waited:?}");
    let address = server(|_| {
        std::thread::sleep(Duration::from_secs(60));
        Ok(())
    });
    let (words, waited) = asked(&address);
    assert!(words.starts_with("SCR-MIR-001"), "{words}");
    assert!(waited < Duration::from_secs(10), "{waited:?}");
}

#[test]
fn redirects_and_endless_headers_lead_nowhere() {
    let address = server(|stream| {
        stream.write_all(b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n")
    });
    assert_eq!(asked(&address).0, "SCR-MIR-003: /log/checkpoint: the server answered 302");
    let address = server(|stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
        loop {
            stream.write_all(b"x-a: 0123456789012345678901234567890123456789\r\n")?;
        }
    });
    assert!(asked(&address).0.starts_with("SCR-MIR-001"));
    let address = server(|stream| stream.write_all(b"HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n"));
    assert_eq!(asked(&address).0, "SCR-MIR-003: /log/checkpoint: the server answered 500");
}
