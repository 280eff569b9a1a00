//! E-mail, to servers that do as they like.

use crate::site::{Site, content, manager, site, text};
use scr_desk_alerts::send::{self, MailTls, Settings, State, Way};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What a mail server says: to the greeting, EHLO, AUTH, MAIL, RCPT, DATA, the full stop. Nothing: it hangs up.
#[derive(Debug, Clone, Copy)]
struct Says {
    ehlo: &'static str,
    auth: &'static str,
    mail: &'static str,
    rcpt: &'static str,
    end: &'static str,
}

const KIND: Says = Says {
    ehlo: "250-mail.example\r\n250 AUTH PLAIN LOGIN",
    auth: "235 welcome",
    mail: "250 ok",
    rcpt: "250 ok",
    end: "250 kept",
};

struct MailServer {
    port: u16,
    letters: Arc<Mutex<Vec<String>>>,
}

impl MailServer {
    fn new(says: Says) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let letters = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&letters);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = Arc::clone(&kept);
                std::thread::spawn(move || serve(stream, says, &kept));
            }
        });
        Self { port, letters }
    }
}

fn serve(stream: TcpStream, says: Says, letters: &Mutex<Vec<String>>) -> Option<()> {
    let mut writer = stream.try_clone().ok()?;
    let mut lines = BufReader::new(stream).lines();
    let mut say = |text: &str| (!text.is_empty()).then(|| write!(writer, "{text}\r\n").ok()).flatten();
    say("220 mail.example")?;
    while let Some(Ok(line)) = lines.next() {
        match line.get(..4).unwrap_or_default() {
            "EHLO" => say(says.ehlo)?,
            "AUTH" => say(says.auth)?,
            "MAIL" => say(says.mail)?,
            "RCPT" => say(says.rcpt)?,
            "STAR" => {
                say("220 go on")?;
                // And then it speaks no TLS.
                say("500 what?")?;
                return None;
            }
            "DATA" => {
                say("354 go on")?;
                let letter: Vec<String> =
                    lines.by_ref().map_while(Result::ok).take_while(|line| line != ".").collect();
                letters.lock().unwrap().push(letter.join("\n"));
                say(says.end)?;
            }
            "QUIT" => return say("221 bye"),
            _ => say("250 ok")?,
        }
    }
    None
}

fn settings(port: u16, tls: MailTls) -> Settings {
    Settings::Smtp {
        host: "127.0.0.1".to_owned(),
        port,
        tls,
        user: "alerts".to_owned(),
        password: "geheim-3".to_owned(),
        from: "alerts@emb.example".to_owned(),
    }
}

/// What becomes of the one letter, why the gateway takes nothing, and how many letters the server has.
fn once(says: Says, tls: MailTls) -> ([u64; 3], String, usize) {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let server = MailServer::new(says);
    send::set_up(&site.app, &manager(), &Site::wanted(settings(server.port, tls))).unwrap();
    let index = site.release(&text(1), &content());
    // Without its signed CAP message a letter waits half a minute.
    site.send(Way::Email);
    assert!(server.letters.lock().unwrap().is_empty());
    site.later(31);
    site.send(Way::Email);
    let figures = site.figures(index);
    let states = [State::Waiting, State::Handed, State::Failed].map(|state| figures.of(Way::Email, state));
    let rows =
        site.app.store().unwrap().query(&scr_store::sql!("SELECT trouble FROM alerts_gateway")).unwrap();
    let letters = server.letters.lock().unwrap().len();
    (states, rows[0].text("trouble").unwrap().to_owned(), letters)
}

#[test]
fn mail_servers_that_refuse_are_understood() {
    let none = String::new;
    assert_eq!(once(KIND, MailTls::Nothing), ([0, 1, 0], none(), 1));
    assert_eq!(once(Says { auth: "535 no", ..KIND }, MailTls::Nothing), ([1, 0, 0], "login".to_owned(), 0));
    assert_eq!(once(Says { rcpt: "550 no such user", ..KIND }, MailTls::Nothing), ([0, 0, 1], none(), 0));
    assert_eq!(once(Says { rcpt: "450 later", ..KIND }, MailTls::Nothing), ([1, 0, 0], none(), 0));
    assert_eq!(
        once(Says { mail: "550 not you", ..KIND }, MailTls::Nothing),
        ([1, 0, 0], "login".to_owned(), 0)
    );
    assert_eq!(once(Says { end: "552 too large", ..KIND }, MailTls::Nothing), ([0, 0, 1], none(), 1));
    // It has the letter and says nothing: nobody knows whether it keeps it.
    assert_eq!(once(Says { end: "", ..KIND }, MailTls::Nothing), ([0, 0, 0], none(), 1));
}

#[test]
fn a_server_that_never_ends_its_answer_is_left_alone() {
    // 200,000 bytes without an end of a line: to the greeting's answer, to a recipient, to the letter.
    let endless: &'static str = String::leak("2".repeat(200_000));
    let large = || "too-large".to_owned();
    assert_eq!(once(Says { ehlo: endless, ..KIND }, MailTls::Nothing), ([1, 0, 0], large(), 0));
    assert_eq!(once(Says { rcpt: endless, ..KIND }, MailTls::Nothing), ([1, 0, 0], String::new(), 0));
    // It has the letter, and nobody knows whether it keeps it.
    assert_eq!(once(Says { end: endless, ..KIND }, MailTls::Nothing), ([0, 0, 0], String::new(), 1));
}

/// What people write into an alert is no header and no command, and no letter ends before its end.
#[test]
fn nothing_in_an_alert_becomes_a_header_or_a_second_letter() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let server = MailServer::new(KIND);
    send::set_up(&site.app, &manager(), &Site::wanted(settings(server.port, MailTls::Nothing))).unwrap();
    let mut bad = content();
    for levels in bad.words.values_mut() {
        for words in levels.values_mut() {
            words.headline = "Closed\r\nBcc: all@party.example\r\n\r\n<b>Free".to_owned();
            words.instruction =
                "Stay.\r\n.\r\nMAIL FROM:<x@evil.example>\r\n.\n.\r.\nRCPT TO:<y@evil.example>".to_owned();
        }
    }
    site.release(&text(1), &bad);
    site.later(31);
    site.send(Way::Email);
    let letters = server.letters.lock().unwrap().clone();
    assert_eq!(letters.len(), 1, "{letters:?}");
    let (head, body) = letters[0].split_once("\n\n").unwrap();
    for header in ["Bcc:", "MAIL FROM", "RCPT TO"] {
        assert!(!head.lines().any(|line| line.starts_with(header)), "{head}");
    }
    let subject = head.lines().find(|line| line.starts_with("Subject: ")).unwrap();
    assert!(subject.starts_with("Subject: Alert 1: Closed"), "{subject}");
    assert!(body.contains("Stay."), "{body}");
}

#[test]
fn nothing_is_sent_without_the_encryption_that_was_asked_for() {
    let stripped = once(KIND, MailTls::Starttls);
    assert_eq!(stripped, ([1, 0, 0], "certificate".to_owned(), 0), "it does not offer STARTTLS");
    let offers = Says { ehlo: "250-mail.example\r\n250-STARTTLS\r\n250 AUTH PLAIN", ..KIND };
    let broken = once(offers, MailTls::Starttls);
    assert_eq!((broken.0, broken.2), ([1, 0, 0], 0), "it offers it and does not speak it: {broken:?}");
    let plain = once(KIND, MailTls::Tls);
    assert_eq!((plain.0, plain.2), ([1, 0, 0], 0), "{plain:?}");
}

/// Whoever looks after the gateway reads why no letter goes.
#[tokio::test]
async fn a_mail_server_without_the_encryption_is_named_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let server = MailServer::new(KIND);
    let wanted = Site::wanted(settings(server.port, MailTls::Starttls));
    let set_up = send::set_up(&site.app, &manager(), &wanted).unwrap();
    site.release(&text(1), &content());
    site.later(31);
    site.send(Way::Email);
    let page = site.ask("GET", &format!("/desk/alerts/sending/{}", set_up.id), "manager", "").await.body;
    assert!(page.contains("certificate is not valid, so nothing was sent. Ask whoever runs it."), "{page}");
    assert!(server.letters.lock().unwrap().is_empty());
}

#[test]
fn a_letter_says_what_it_is_and_comes_at_most_twice_with_one_id() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let server = MailServer::new(Says { end: "", ..KIND });
    send::set_up(&site.app, &manager(), &Site::wanted(settings(server.port, MailTls::Nothing))).unwrap();
    let mut exercise = text(3);
    exercise.status = scr_alerts::Status::Exercise;
    let index = site.release(&exercise, &content());
    // Mail servers deliver a letter as often as it comes: without an answer it goes once more, and no more.
    for _ in 0..40 {
        site.later(31);
        site.send(Way::Email);
    }
    let letters = server.letters.lock().unwrap().clone();
    assert_eq!(letters.len(), 2);
    assert_eq!(site.figures(index).of(Way::Email, State::Failed), 1, "uncertain, for people to look at");
    let header = |letter: &str, name: &str| {
        letter.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned).unwrap_or_default()
    };
    let id = header(&letters[0], "Message-ID: ");
    assert!(id.starts_with('<') && id.ends_with("@emb.example>"), "{id}");
    for letter in &letters {
        assert_eq!(header(letter, "Message-ID: "), id);
        assert_eq!(header(letter, "Auto-Submitted: "), "auto-generated");
        assert_eq!(header(letter, "List-Id: "), "<alerts.emb.example>");
        assert_eq!(header(letter, "To: "), "head@station.example");
        assert!(header(letter, "Subject: ").starts_with("EXERCISE - Alert 3: Forged"), "{letter}");
        assert!(letter.contains("alert-3.bundle") && !letter.contains("text/html"), "{letter}");
        assert!(letter.contains("EXERCISE EXERCISE EXERCISE"), "{letter}");
    }
}
