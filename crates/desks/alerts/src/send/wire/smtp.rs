//! E-mail over SMTP.

use super::http::Rules;
use super::{Outcome, Ready, Reason, address};
use crate::send::gateway::{MailTls, Settings};
use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use scr_outside::look_up;
use std::time::{Duration, UNIX_EPOCH};

/// Messages that go over one connection before another is made: servers count.
const PER_CONNECTION: u32 = 100;

/// A connection to a mail server, made when there is something to send.
pub(crate) struct Post {
    rules: Rules,
    open: Option<(SmtpConnection, u32)>,
}

impl Drop for Post {
    fn drop(&mut self) {
        if let Some((mut connection, _)) = self.open.take() {
            drop(connection.quit());
        }
    }
}

type SmtpError = lettre::transport::smtp::Error;

impl Post {
    pub(crate) fn new(rules: &Rules) -> Self {
        Self { rules: rules.clone(), open: None }
    }

    pub(super) fn hand(&mut self, settings: &Settings, message: &Ready<'_>) -> Outcome {
        let Settings::Smtp { from, .. } = settings else { return Outcome::Down(Reason::Sealed) };
        let Some(to) = address::email(message.to) else { return Outcome::Refused(Reason::Address) };
        let Some(from) = address::email(from) else { return Outcome::Down(Reason::Sealed) };
        let Some(bytes) = letter(&from, &to, message) else { return Outcome::Refused(Reason::Address) };
        let (mut connection, sent) = match self.connection(settings) {
            Ok(open) => open,
            Err(outcome) => return outcome,
        };
        let outcome = send(&mut connection, from, to, &bytes);
        let goes_on = matches!(outcome, Outcome::Handed(_) | Outcome::Refused(_) | Outcome::Later(_));
        if goes_on && !connection.has_broken() && sent + 1 < PER_CONNECTION {
            // After a refusal the transaction is half begun.
            let is_ready = matches!(outcome, Outcome::Handed(_)) || connection.command(Rset).is_ok();
            self.open = is_ready.then_some((connection, sent + 1));
        } else {
            drop(connection.quit());
        }
        outcome
    }

    fn connection(&mut self, settings: &Settings) -> Result<(SmtpConnection, u32), Outcome> {
        if let Some((mut connection, sent)) = self.open.take() {
            if sent == 0 || connection.test_connected() {
                return Ok((connection, sent));
            }
            connection.abort();
        }
        self.connect(settings).map(|connection| (connection, 0))
    }

    fn connect(&self, settings: &Settings) -> Result<SmtpConnection, Outcome> {
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
        let parameters = self.tls(host)?;
        let name = ClientId::default();
        let wrapped = (*tls == MailTls::Tls).then_some(&parameters);
        let down = |error: SmtpError| Outcome::Down(reason(&error));
        let mut connection =
            SmtpConnection::connect(&found[..], Some(self.rules.connect), &name, wrapped, None)
                .map_err(down)?;
        connection.set_timeout(Some(self.rules.whole)).map_err(|_| Outcome::Down(Reason::Unreachable))?;
        if *tls == MailTls::Starttls {
            if !connection.can_starttls() {
                connection.abort();
                return Err(Outcome::Down(Reason::Certificate));
            }
            connection.starttls(&parameters, &name).map_err(down)?;
        }
        if !user.is_empty() {
            let credentials = Credentials::new(user.clone(), password.clone());
            let log_in = connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials);
            log_in.map_err(|error| {
                Outcome::Down(if error.is_response() || error.is_permanent() {
                    Reason::Login
                } else {
                    reason(&error)
                })
            })?;
        }
        Ok(connection)
    }

    fn tls(&self, host: &str) -> Result<TlsParameters, Outcome> {
        let mut builder = TlsParameters::builder(host.to_owned());
        if !self.rules.authorities.is_empty() {
            let own = Certificate::from_pem(&self.rules.authorities)
                .map_err(|_| Outcome::Down(Reason::Certificate))?;
            builder = builder.add_root_certificate(own);
        }
        builder.build_rustls().map_err(|_| Outcome::Down(Reason::Certificate))
    }
}

fn reason(error: &SmtpError) -> Reason {
    let is_late = error.is_timeout() || error.to_string().contains("timed out");
    match error.status() {
        Some(code) if code.to_string().starts_with("53") => Reason::Login,
        Some(_) => Reason::Status,
        None if error.is_tls() || error.to_string().contains("certificate") => Reason::Certificate,
        None if is_late => Reason::Slow,
        None => Reason::Unreachable,
    }
}

/// Hands a letter over. As long as the full stop at its end was not sent, the server has nothing.
fn send(connection: &mut SmtpConnection, from: Address, to: Address, bytes: &[u8]) -> Outcome {
    let before = |error: SmtpError, refused: Reason| match error.status() {
        Some(_) if error.is_permanent() => Outcome::Refused(refused),
        Some(_) => Outcome::Later(Reason::Busy),
        None => Outcome::Later(reason(&error)),
    };
    if let Err(error) = connection.command(Mail::new(Some(from), Vec::new())) {
        return match error.status() {
            // Nothing that it says of our sender is about this recipient.
            Some(_) if error.is_permanent() => Outcome::Down(Reason::Login),
            _ => before(error, Reason::Refused),
        };
    }
    if let Err(error) = connection.command(Rcpt::new(to, Vec::new())) {
        return before(error, Reason::Address);
    }
    if let Err(error) = connection.command(Data) {
        return before(error, Reason::Refused);
    }
    match connection.message(bytes) {
        Ok(_) => Outcome::Handed(None),
        Err(error) if error.status().is_some() => before(error, Reason::Refused),
        Err(error) => {
            connection.abort();
            Outcome::Unknown(if error.is_timeout() { Reason::Slow } else { Reason::CutOff })
        }
    }
}

fn raw(name: &'static str, value: String) -> Option<HeaderValue> {
    Some(HeaderValue::new(HeaderName::new_from_ascii(name.to_owned()).ok()?, value))
}

/// The letter: text, the files, and headers by which programs know what it is (RFC 3834, RFC 2919). Its Message-ID follows
/// from the alert and the recipient, so that whoever gets it twice recognises it.
fn letter(from: &Address, to: &Address, message: &Ready<'_>) -> Option<Vec<u8>> {
    let domain = from.domain();
    let now = UNIX_EPOCH.checked_add(Duration::from_secs(u64::try_from(message.now).ok()?))?;
    let mut builder = lettre::Message::builder()
        .from(Mailbox::new(None, from.clone()))
        .to(Mailbox::new(None, to.clone()))
        .subject(message.subject)
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
