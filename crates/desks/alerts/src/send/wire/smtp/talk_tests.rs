//! Mail servers that never end.

use super::*;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};

const WHOLE: Duration = Duration::from_millis(700);

/// A server that does this with whoever connects; how many bytes it got rid of is counted by itself.
fn server(acts: impl Fn(BufReader<TcpStream>, TcpStream, &AtomicUsize) + Send + 'static) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let sent = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&sent);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            acts(BufReader::new(stream.try_clone().unwrap()), stream, &counted);
        }
    });
    Server { address, sent }
}

struct Server {
    address: SocketAddr,
    sent: Arc<AtomicUsize>,
}

impl Server {
    /// Why a conversation ended, and after how long.
    fn ended(&self) -> (Not, Duration) {
        let begun = Instant::now();
        let talk = Talk::begin(&[self.address], WHOLE, WHOLE, None);
        (talk.err().unwrap(), begun.elapsed())
    }
}

/// Writes as long as somebody takes it, at most a gigabyte.
fn pour(stream: &mut TcpStream, what: &[u8], sent: &AtomicUsize) {
    while sent.load(Ordering::SeqCst) < 1 << 30 && stream.write_all(what).is_ok() {
        sent.fetch_add(what.len(), Ordering::SeqCst);
    }
}

#[test]
fn a_line_that_never_ends_and_a_reply_that_never_ends_cost_a_few_kilobytes() {
    for what in [&[b'2'; 65_536][..], &b"220-more and more\r\n".repeat(4_000), &b"220-x\r\n".repeat(9_000)] {
        let what = what.to_vec();
        let server = server(move |_, mut stream, sent| pour(&mut stream, &what, sent));
        let (not, took) = server.ended();
        assert_eq!(not, Not::Broken(Reason::TooLarge));
        assert!(took < WHOLE, "{took:?}");
        // What the network's own buffers took, and no more.
        std::thread::sleep(Duration::from_millis(100));
        let sent = server.sent.load(Ordering::SeqCst);
        assert!(sent < 32 << 20, "{sent}");
    }
}

#[test]
fn a_byte_now_and_then_does_not_keep_anybody_waiting() {
    let server = server(|_, mut stream, sent| {
        while stream.write_all(b"2").is_ok() && sent.fetch_add(1, Ordering::SeqCst) < 100 {
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    let (not, took) = server.ended();
    assert_eq!(not, Not::Broken(Reason::Slow));
    assert!(took >= WHOLE && took < WHOLE * 3, "{took:?}");
}

#[test]
fn silence_and_a_server_that_reads_nothing_end_too() {
    let silent = server(|_, stream, _| {
        std::thread::sleep(WHOLE * 3);
        drop(stream);
    });
    let (not, took) = silent.ended();
    assert!(not == Not::Broken(Reason::Slow) && took < WHOLE * 3, "{not:?} {took:?}");
    let deaf = server(|_, mut stream, _| {
        stream.write_all(b"220 a\r\n250 b\r\n250 c\r\n250 d\r\n354 e\r\n").unwrap();
        std::thread::sleep(WHOLE * 4);
    });
    let mut talk = Talk::begin(&[deaf.address], WHOLE, WHOLE, None).unwrap();
    let begun = Instant::now();
    assert_eq!(talk.letter(&vec![b'x'; 64 << 20]), Err(Not::Broken(Reason::Slow)));
    assert!(begun.elapsed() < WHOLE * 3, "{:?}", begun.elapsed());
}

/// A server that looks for viruses before it says that it keeps a letter: whoever did not wait would send it again.
#[test]
fn a_server_may_look_at_a_letter_before_it_answers() {
    let slow = |wait: Duration| {
        server(move |_, mut stream, _| {
            stream.write_all(b"220 a\r\n250 b\r\n").unwrap();
            std::thread::sleep(wait);
            drop(stream.write_all(b"250 kept\r\n"));
        })
    };
    let patient = slow(WHOLE * 2);
    let mut talk = Talk::begin(&[patient.address], WHOLE, WHOLE, None).unwrap();
    assert_eq!(talk.end(WHOLE * 6), Ok(()));
    let never = slow(WHOLE * 6);
    let mut talk = Talk::begin(&[never.address], WHOLE, WHOLE, None).unwrap();
    let begun = Instant::now();
    assert_eq!(talk.end(WHOLE), Err(Not::Broken(Reason::Slow)));
    assert!(begun.elapsed() < WHOLE * 3, "{:?}", begun.elapsed());
}

#[test]
fn what_is_no_reply_is_said_to_be_none() {
    for (said, reason) in [
        ("HTTP/1.1 200 OK\r\n", Reason::Answer),
        ("2\r\n", Reason::Answer),
        ("999 what\r\n", Reason::Answer),
        ("220x\r\n", Reason::Answer),
        ("220-a\r\n250 b\r\n", Reason::Answer),
        ("\u{661}20 a\r\n", Reason::Answer),
        ("220", Reason::CutOff),
        ("", Reason::CutOff),
    ] {
        let server = server(move |_, mut stream, _| drop(stream.write_all(said.as_bytes())));
        assert_eq!(server.ended().0, Not::Broken(reason), "{said:?}");
    }
    let busy = server(|_, mut stream, _| drop(stream.write_all(b"421 busy\r\n")));
    assert_eq!(busy.ended().0, Not::Said(421));
}

/// What somebody on the way puts behind the answer to STARTTLS would be read as if it had come encrypted (CVE-2021-38371).
#[test]
fn what_is_said_before_encryption_is_never_taken_for_encrypted() {
    let server = server(|mut reader, mut stream, _| {
        stream.write_all(b"220 a\r\n").unwrap();
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        assert!(line.starts_with("EHLO [127.0.0.1]"), "{line}");
        stream.write_all(b"250-a\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n").unwrap();
        reader.read_line(&mut line).unwrap();
        stream.write_all(b"220 go on\r\n250-a\r\n250 AUTH LOGIN\r\n").unwrap();
        // Whoever goes on nevertheless says hello of TLS.
        assert!(!matches!(reader.read_line(&mut line), Ok(read) if read > 0));
    });
    let talk = Talk::begin(&[server.address], WHOLE, WHOLE, None).unwrap();
    assert!(talk.offers("starttls"));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let tls = Tls { config: Arc::new(config), name: ServerName::try_from("mail.example").unwrap() };
    assert_eq!(talk.start_tls(&tls).err(), Some(Not::Broken(Reason::Certificate)));
}

#[test]
fn no_command_has_two_lines() {
    let server = server(|_, mut stream, _| {
        drop(stream.write_all(b"220 a\r\n250 b\r\n250 c\r\n"));
        std::thread::sleep(WHOLE);
    });
    let mut talk = Talk::begin(&[server.address], WHOLE, WHOLE, None).unwrap();
    assert_eq!(talk.must("RCPT TO:<a@b>\r\nDATA", 250), Err(Not::Broken(Reason::Address)));
}

#[test]
fn no_letter_ends_before_its_end() {
    for (letter, wanted) in [
        ("a\r\n.\r\nMAIL", "a\r\n..\r\nMAIL\r\n"),
        ("a\n.\nb", "a\r\n..\r\nb\r\n"),
        ("a\r.\rb", "a\r\n..\r\nb\r\n"),
        ("a\r\n.\nb\n", "a\r\n..\r\nb\r\n"),
        (".", "..\r\n"),
        ("\r\n\r\n", "\r\n\r\n"),
        ("", ""),
    ] {
        assert_eq!(String::from_utf8(stuffed(letter.as_bytes())).unwrap(), wanted, "{letter:?}");
    }
}
