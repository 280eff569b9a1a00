//! Gateways: the machines that take messages on. Their logins stand sealed in the table and are not shown again.

use super::wire::address;
use scr_engine::{Engine, Fault};
use scr_store::{Row, Store, StoreError, sql};
use serde::{Deserialize, Serialize};

/// Hexadecimal digits of bytes.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

const PURPOSE: &str = "alerts-gateway";

/// What a gateway is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// Short messages.
    Sms,
    /// E-mail.
    Email,
    /// A program of somebody else that is told.
    Webhook,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Sms, Self::Email, Self::Webhook];

    /// Its number in the tables.
    pub(crate) fn byte(self) -> i64 {
        match self {
            Self::Sms => 1,
            Self::Email => 2,
            Self::Webhook => 3,
        }
    }

    pub(crate) fn of_byte(byte: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.byte() == byte)
    }

    /// Its name in keys of texts.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Email => "email",
            Self::Webhook => "webhook",
        }
    }
}

/// Which interface a gateway has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Kannel's `sendsms`.
    Kannel,
    /// JSON over HTTPS, by a template.
    Json,
    /// SMTP.
    Smtp,
    /// A signed POST.
    Webhook,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Kannel, Self::Json, Self::Smtp, Self::Webhook];

    /// Its code.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kannel => "sms-kannel",
            Self::Json => "sms-json",
            Self::Smtp => "smtp",
            Self::Webhook => "webhook",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// What it is for.
    pub fn way(self) -> Way {
        match self {
            Self::Kannel | Self::Json => Way::Sms,
            Self::Smtp => Way::Email,
            Self::Webhook => Way::Webhook,
        }
    }
}

/// How a connection to a mail server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailTls {
    /// STARTTLS, and nothing is sent without it.
    Starttls,
    /// TLS from the first byte.
    Tls,
    /// Not at all: only where partners may be private.
    Nothing,
}

/// Address and login of a gateway.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Settings {
    /// Kannel's `sendsms`.
    Kannel {
        /// `https://sms.example:13013/cgi-bin/sendsms`.
        address: String,
        /// Name of the `sendsms-user`.
        user: String,
        /// Its password.
        password: String,
        /// Who the message is from, where the network takes that.
        sender: String,
        /// Whether parameters go in headers of a POST, so that they stand in nobody's log.
        post: bool,
        /// The address under which the gateway reaches this server; the site's without it.
        callback: String,
    },
    /// JSON over HTTPS.
    Json {
        /// Where it is posted.
        address: String,
        /// Name of the header with the login.
        header: String,
        /// Its value.
        secret: String,
        /// A JSON document; texts in it may hold `{to}`, `{text}`, `{reference}`, `{callback}`.
        template: String,
        /// JSON pointer to the gateway's own number of the message, or empty.
        id_at: String,
        /// JSON pointer to what says that it was taken, or empty: then the status alone says so.
        ok_at: String,
        /// What stands there then.
        ok_is: String,
        /// Whether the gateway recognises a reference that it was given before.
        repeats: bool,
        /// As for Kannel.
        callback: String,
    },
    /// SMTP.
    Smtp {
        /// Name of the server.
        host: String,
        /// Its port.
        port: u16,
        /// Encryption.
        tls: MailTls,
        /// The user, or empty.
        user: String,
        /// The password.
        password: String,
        /// Address of the sender.
        from: String,
    },
    /// A signed POST.
    Webhook {
        /// Where it is posted.
        address: String,
        /// The key of the signature.
        secret: String,
    },
}

/// Says what kind it is, and nothing of it.
impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.kind().as_str())
    }
}

impl Settings {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Kannel { .. } => Kind::Kannel,
            Self::Json { .. } => Kind::Json,
            Self::Smtp { .. } => Kind::Smtp,
            Self::Webhook { .. } => Kind::Webhook,
        }
    }

    /// Whether a message that it has already is recognised by its reference: then a repeat is none.
    pub(crate) fn recognises_repeats(&self) -> bool {
        match self {
            // Mail servers deliver a letter as often as it comes, whatever its Message-ID.
            Self::Kannel { .. } | Self::Smtp { .. } => false,
            Self::Json { repeats, .. } => *repeats,
            Self::Webhook { .. } => true,
        }
    }

    /// What of the address may be shown to those who set gateways up: the server.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Smtp { host, port, .. } => format!("{host}:{port}"),
            Self::Kannel { address, .. } | Self::Json { address, .. } | Self::Webhook { address, .. } => {
                address::server(address)
            }
        }
    }

    /// The address under which the gateway reaches this server; empty: the site's.
    pub(crate) fn callback(&self) -> &str {
        match self {
            Self::Kannel { callback, .. } | Self::Json { callback, .. } => callback,
            Self::Smtp { .. } | Self::Webhook { .. } => "",
        }
    }
}

/// What is sealed: the settings, and the segment of the address under which the gateway reports back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Sealed {
    pub(crate) settings: Settings,
    pub(crate) segment: Segment,
}

/// The secret segment. Never printed by `Debug`.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Segment(pub(crate) String);

impl std::fmt::Debug for Segment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Segment")
    }
}

impl Segment {
    /// A new one, of 128 random bits.
    pub(crate) fn new(entropy: &dyn scr_core::Entropy) -> Self {
        let mut bytes = [0u8; 16];
        entropy.fill(&mut bytes);
        Self(hex(&bytes))
    }

    /// Compares without telling by its duration how much was right.
    pub(crate) fn is(&self, given: &str) -> bool {
        let differs = self.0.bytes().zip(given.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
        !self.0.is_empty() && self.0.len() == given.len() && differs == 0
    }
}

/// A gateway, as the table has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gateway {
    /// Its id, in addresses.
    pub id: String,
    /// The organisation whose alerts it takes.
    pub org: String,
    /// Its interface.
    pub kind: Kind,
    /// What people call it.
    pub name: String,
    /// Its server.
    pub shown: String,
    /// Messages a second, of each node; 0: as many as it takes.
    pub rate: u32,
    /// Connections at a time, of each node.
    pub connections: u32,
    /// Price of one part, in thousandths of the currency.
    pub price: u64,
    /// The currency, three letters.
    pub currency: String,
    /// Whether it is used.
    pub is_on: bool,
    /// When it last took a message on; 0: never.
    pub ok_at: i64,
    /// Since when it takes nothing; 0: it does.
    pub failing_since: i64,
    /// Why it does not.
    pub trouble: String,
    /// Until when nothing is handed to it.
    pub paused_until: i64,
    /// Failures in a row.
    pub failures: u32,
    /// Reports on messages that it never got.
    pub lies: u64,
    pub(crate) sealed: String,
}

const COLUMNS: &str = "id, org, kind, name, shown, sealed, rate, connections, price, currency, is_on, ok_at, failing_since, trouble, \
     paused_until, failures, lies";

fn gateway(row: &Row) -> Result<Gateway, StoreError> {
    let text = |column: &str| row.text(column).map(str::to_owned);
    let small = |column: &str| Ok::<_, StoreError>(u32::try_from(row.count(column)?).unwrap_or(u32::MAX));
    let kind = row.text("kind")?;
    Ok(Gateway {
        id: text("id")?,
        org: text("org")?,
        kind: Kind::parse(kind)
            .ok_or_else(|| StoreError::Refused(format!("no such kind of gateway: {kind:?}")))?,
        name: text("name")?,
        shown: text("shown")?,
        sealed: text("sealed")?,
        rate: small("rate")?,
        connections: small("connections")?,
        price: row.count("price")?,
        currency: text("currency")?,
        is_on: row.flag("is_on")?,
        ok_at: row.int("ok_at")?,
        failing_since: row.int("failing_since")?,
        trouble: text("trouble")?,
        paused_until: row.int("paused_until")?,
        failures: small("failures")?,
        lies: row.count("lies")?,
    })
}

/// All gateways, in the order in which they were set up.
pub(crate) fn all(store: &Store) -> Result<Vec<Gateway>, StoreError> {
    let rows = store.query(&sql!(format!("SELECT {COLUMNS} FROM alerts_gateway ORDER BY id")))?;
    rows.iter().map(gateway).collect()
}

/// One of them.
pub(crate) fn find(store: &Store, id: &str) -> Result<Option<Gateway>, StoreError> {
    let row = store.query_opt(&sql!(format!("SELECT {COLUMNS} FROM alerts_gateway WHERE id = $1"), id))?;
    row.as_ref().map(gateway).transpose()
}

impl Gateway {
    /// Its settings and secret segment.
    pub(crate) fn open(&self, engine: &Engine) -> Option<Sealed> {
        let opened = engine.open_secret(PURPOSE, &self.id, &self.sealed)?;
        serde_json::from_slice(&opened).ok()
    }

    /// Keeps a gateway; what it did so far stays.
    pub(crate) fn keep(&self, store: &Store) -> Result<(), StoreError> {
        store.execute(&sql!(
            "INSERT INTO alerts_gateway (id, org, kind, name, shown, sealed, rate, connections, price, currency, is_on, ok_at,
                failing_since, trouble, paused_until, failures, lies)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, '', 0, 0, 0)
             ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name, shown = excluded.shown,
                sealed = excluded.sealed, rate = excluded.rate, connections = excluded.connections, price = excluded.price,
                currency = excluded.currency, is_on = excluded.is_on, failing_since = 0, trouble = '', paused_until = 0,
                failures = 0",
            &self.id,
            &self.org,
            self.kind.as_str(),
            &self.name,
            &self.shown,
            &self.sealed,
            i64::from(self.rate),
            i64::from(self.connections),
            self.price.cast_signed(),
            &self.currency,
            self.is_on,
        ))?;
        Ok(())
    }
}

/// Seals what is secret of a gateway.
pub(crate) fn seal(engine: &Engine, id: &str, sealed: &Sealed) -> Result<String, Fault> {
    let bytes = serde_json::to_vec(sealed).map_err(|error| Fault::log(&error))?;
    engine.seal_secret(PURPOSE, id, &bytes)
}

/// Uses a gateway or does not.
pub(crate) fn switch(store: &Store, id: &str, is_on: bool) -> Result<(), StoreError> {
    let text = "UPDATE alerts_gateway SET is_on = $2, failing_since = 0, trouble = '', paused_until = 0, failures = 0 WHERE id = $1";
    store.execute(&sql!(text, id, is_on)).map(drop)
}

/// Removes a gateway.
pub(crate) fn remove(store: &Store, id: &str) -> Result<(), StoreError> {
    store.execute(&sql!("DELETE FROM alerts_gateway WHERE id = $1", id)).map(drop)
}
