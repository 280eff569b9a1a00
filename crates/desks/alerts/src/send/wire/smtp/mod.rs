//! E-mail over SMTP.

mod talk;

use super::http::Rules;
use super::{Outcome, Ready, Reason, address};
use crate::send::gateway::{MailTls, Settings};
use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use scr_outside::look_up;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};
use talk::{Not, Talk, Tls};

/// Messages that go over one connection before another is made: servers count.
const PER_CONNECTION: u32 = 100;

/// A connection to a mail server, made when there is something to send.
pub(crate) struct Post {
    rules: Rules,
    open: Option<(Talk, u32)>,
}

impl Drop for Post {
    fn drop(&mut self) {
        if let Some((talk, _)) = self.open.take() {
            talk.quit();
        }
    }
}

impl Post {
    pub(crate) fn new(rules: &Rules) -> Self {
        Self { rules: rules.clone(), open: None }
    }

    pub(super) fn hand(&mut self, settings: &Settings, message: &Ready<'_>) -> Outcome {
        let Settings::Smtp { from, .. } = settings else { return Outcome::Down(Reason::Sealed) };
        let Some(to) = address::email(message.to) else { return Outcome::Refused(Reason::Address) };
        let Some(from) = address::email(from) else { return Outcome::Down(Reason::Sealed) };
        let Some(bytes) = letter(&from, &to, message) else { return Outcome::Refused(Reason::Address) };
        let (mut talk, sent) = match self.connection(settings) {
            Ok(open) => open,
            Err(outcome) => return outcome,
        };
        let (outcome, is_whole) = send(&mut talk, (&from, &to, &bytes), self.rules.letter);
        if is_whole && sent + 1 < PER_CONNECTION {
            // After a refusal the transaction is half begun.
            talk.renew(self.rules.whole);
            let is_ready = matches!(outcome, Outcome::Handed(_)) || talk.must("RSET", 250).is_ok();
            self.open = is_ready.then_some((talk, sent + 1));
        } else if is_whole {
            talk.quit();
        }
        outcome
    }

    fn connection(&mut self, settings: &Settings) -> Result<(Talk, u32), Outcome> {
        if let Some((mut talk, sent)) = self.open.take() {
            talk.renew(self.rules.whole);
            if talk.must("NOOP", 250).is_ok() {
                return Ok((talk, sent));
            }
        }
        self.connect(settings).map(|talk| (talk, 0))
    }

    fn connect(&self, settings: &Settings) -> Result<Talk, Outcome> {
        let Settings::Smtp { host, port, tls, user, password, .. } = settings else {
            return Err(Outcome::Down(Reason::Sealed));
        };
        if *tls == MailTls::Nothing && !self.rules.may_be_private {
            return Err(Outcome::Down(Reason::Private));
        }
        // What is connected to is what was looked at.
        let found = look_up(host, *port, self.rules.may_be_private).map_err(|error| {
            Outcome::Down(if scr_outside::is_private(&error) { Reason::Private } else { Reason::NoHost })
        })?;
        let down = |not: Not| Outcome::Down(reason(not));
        let trust = if *tls == MailTls::Nothing { None } else { Some(self.tls(host)?) };
        let wrapped = trust.as_ref().filter(|_| *tls == MailTls::Tls);
        let mut talk = Talk::begin(&found, self.rules.connect, self.rules.whole, wrapped).map_err(down)?;
        if let (MailTls::Starttls, Some(trust)) = (tls, &trust) {
            if !talk.offers("STARTTLS") {
                talk.quit();
                return Err(Outcome::Down(Reason::Certificate));
            }
            talk = talk.start_tls(trust).map_err(down)?;
        }
        if !user.is_empty() {
            talk.log_in(user, password)
                .map_err(|not| Outcome::Down(if not.is_for_good() { Reason::Login } else { reason(not) }))?;
        }
        Ok(talk)
    }

    fn tls(&self, host: &str) -> Result<Tls, Outcome> {
        let wrong = || Outcome::Down(Reason::Certificate);
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().cloned());
        for own in CertificateDer::pem_slice_iter(&self.rules.authorities) {
            roots.add(own.map_err(|_| wrong())?).map_err(|_| wrong())?;
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| wrong())?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from(host.to_owned()).map_err(|_| wrong())?;
        Ok(Tls { config: Arc::new(config), name })
    }
}

fn reason(not: Not) -> Reason {
    match not {
        Not::Said(530..=539) => Reason::Login,
        Not::Said(_) => Reason::Status,
        Not::Broken(reason) => reason,
    }
}

/// Hands a letter over; also gives whether the conversation can go on. As long as the full stop at its end was not sent, the
/// server has nothing; `wait`: how long it may look at the letter then.
fn send(talk: &mut Talk, (from, to, bytes): (&Address, &Address, &[u8]), wait: Duration) -> (Outcome, bool) {
    let no = |not: Not, refused: Reason| match not {
        Not::Said(_) if not.is_for_good() => (Outcome::Refused(refused), true),
        Not::Said(_) => (Outcome::Later(Reason::Busy), true),
        Not::Broken(reason) => (Outcome::Later(reason), false),
    };
    // RFC 6531: who cannot read such an address does not get it.
    let is_plain = from.to_string().is_ascii() && to.to_string().is_ascii();
    if !is_plain && !talk.offers("SMTPUTF8") {
        return (Outcome::Refused(Reason::Address), true);
    }
    let wide = if is_plain { "" } else { " SMTPUTF8" };
    if let Err(not) = talk.must(&format!("MAIL FROM:<{from}>{wide}"), 250) {
        // Nothing that it says of our sender is about this recipient.
        return if not.is_for_good() {
            (Outcome::Down(Reason::Login), true)
        } else {
            no(not, Reason::Refused)
        };
    }
    if let Err(not) = talk.must(&format!("RCPT TO:<{to}>"), 250) {
        return no(not, Reason::Address);
    }
    if let Err(not) = talk.must("DATA", 354) {
        return no(not, Reason::Refused);
    }
    if let Err(not) = talk.letter(bytes) {
        return no(not, Reason::Refused);
    }
    match talk.end(wait) {
        Ok(()) => (Outcome::Handed(None), true),
        Err(Not::Broken(reason)) => (Outcome::Unknown(reason), false),
        Err(said) => no(said, Reason::Refused),
    }
}

fn raw(name: &'static str, value: String) -> Option<HeaderValue> {
    Some(HeaderValue::new(HeaderName::new_from_ascii(name.to_owned()).ok()?, value))
}

/// A text in one line: what a program shows of an encoded line end is a line end again.
fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
    words.map(str::trim).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The letter: text, the files, and headers by which programs know what it is (RFC 3834, RFC 2919). Its Message-ID follows
/// from the alert and the recipient, so that whoever gets it twice recognises it.
fn letter(from: &Address, to: &Address, message: &Ready<'_>) -> Option<Vec<u8>> {
    let domain = from.domain();
    let now = UNIX_EPOCH.checked_add(Duration::from_secs(u64::try_from(message.now).ok()?))?;
    let mut builder = lettre::Message::builder()
        .from(Mailbox::new(None, from.clone()))
        .to(Mailbox::new(None, to.clone()))
        .subject(one_line(message.subject))
        .date(now)
        .message_id(Some(format!("<{}@{domain}>", message.reference)))
        .raw_header(raw("Auto-Submitted", "auto-generated".to_owned())?)
        .raw_header(raw("Precedence", "list".to_owned())?)
        .raw_header(raw("List-Id", format!("<alerts.{domain}>"))?)
        .raw_header(raw("X-Auto-Response-Suppress", "OOF, AutoReply".to_owned())?);
    if !message.site.is_empty() {
        builder = builder.raw_header(raw("List-Archive", format!("<{}/alerts>", message.site))?);
    }
    let text = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(message.text.to_owned());
    let letter = if message.files.is_empty() {
        builder.singlepart(text)
    } else {
        let mut parts = MultiPart::mixed().singlepart(text);
        for (name, media, bytes) in message.files {
            let media = ContentType::parse(media).ok()?;
            parts = parts.singlepart(Attachment::new(name.clone()).body(bytes.clone(), media));
        }
        builder.multipart(parts)
    };
    Some(letter.ok()?.formatted())
}
