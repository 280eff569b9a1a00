//! Sources as they stand in the tables: where from, whereto, how often, and how it went.

use super::address::Address;
use super::fetch::Login;
use super::taxii::Reasons;
use super::trouble::Trouble;
use scr_core::{OrgId, Tlp};
use scr_engine::{Engine, Fault};
use scr_store::{Row, Statement, Store, StoreError, sql};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// The purpose under which addresses and logins are sealed.
const PURPOSE: &str = "threats.partners";
/// A poll that says nothing for so long has died, in seconds.
pub(crate) const LEASE: i64 = 120;

/// What stands at the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A collection of a TAXII 2.1 server.
    Taxii,
    /// A feed of MISP: `manifest.json` and a file for each event.
    Misp,
}

impl Kind {
    /// Its name in tables, forms and the record.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Taxii => "taxii",
            Self::Misp => "misp",
        }
    }

    /// The kind of this name.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        [Self::Taxii, Self::Misp].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Address and login: what is sealed.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Secret {
    /// The whole address.
    pub(crate) address: String,
    /// The login.
    pub(crate) login: Login,
}

impl Secret {
    /// Sealed for one source.
    pub(crate) fn seal(&self, engine: &Engine, source: &str) -> Result<String, Fault> {
        let text = Zeroizing::new(serde_json::to_string(self).map_err(|error| Fault::log(&error))?);
        engine.seal_secret(PURPOSE, source, text.as_bytes())
    }
}

/// How far a source has been read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cursor {
    /// Everything up to this moment of theirs is here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<String>,
    /// The page to go on with, where the last poll ended in the middle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<String>,
    /// The newest moment of the pages since `after`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) seen: Option<String>,
}

impl Cursor {
    /// What is certain, wherever the poll ends.
    pub(crate) fn sure(&self) -> Self {
        Self { after: self.after.clone(), ..Self::default() }
    }
}

/// What one poll came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Polled {
    /// Objects that are new here.
    pub(crate) taken: u64,
    /// Objects that were here already.
    pub(crate) known: u64,
    /// Objects that were not taken, and why.
    pub(crate) refused: Reasons,
    /// Whether there is more, for the next poll.
    pub(crate) more: bool,
    /// Whether the server does not say when it has added its objects, so that they are read again each time.
    pub(crate) undated: bool,
}

/// A source.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) id: String,
    pub(crate) org: OrgId,
    pub(crate) kind: Kind,
    /// What people call it.
    pub(crate) name: String,
    /// The address as it may be shown.
    pub(crate) shown: String,
    /// The kind of login.
    pub(crate) login: String,
    sealed: String,
    /// The community's code; empty while it is being set up.
    pub(crate) community: String,
    /// The collection's id.
    pub(crate) collection: String,
    /// What comes from here is at least this narrow.
    pub(crate) at_least: Tlp,
    /// Seconds between two polls.
    pub(crate) every: i64,
    pub(crate) is_on: bool,
    /// Whoever has set it up: objects are shared as their organisation.
    pub(crate) person: String,
    pub(crate) made: i64,
    pub(crate) cursor: Cursor,
    /// When the next poll is due.
    pub(crate) due: i64,
    /// When the last one ended; 0 before the first.
    pub(crate) polled: i64,
    pub(crate) lease_until: i64,
    /// Polls that failed since the last one that went well.
    pub(crate) fails: i64,
    /// Since when it fails; 0 while it does not.
    pub(crate) failing_since: i64,
    pub(crate) trouble: Option<Trouble>,
    pub(crate) taken: u64,
    pub(crate) refused: u64,
    pub(crate) last: Polled,
}

const COLUMNS: &str =
    "id, org, kind, name, shown, login, sealed, community, collection, at_least, every, is_on, person, made,
    place, due, polled, lease_until, fails, failing_since, trouble, taken, refused, last";

impl Source {
    fn of(row: &Row) -> Result<Self, StoreError> {
        let text = |name: &str| row.text(name).map(str::to_owned);
        let wrong = || StoreError::Refused("a source of objects cannot be read".to_owned());
        Ok(Self {
            id: text("id")?,
            org: OrgId::new(text("org")?).map_err(|_| wrong())?,
            kind: Kind::parse(row.text("kind")?).ok_or_else(wrong)?,
            name: text("name")?,
            shown: text("shown")?,
            login: text("login")?,
            sealed: text("sealed")?,
            community: text("community")?,
            collection: text("collection")?,
            at_least: crate::label::parse(row.text("at_least")?).ok_or_else(wrong)?,
            every: row.int("every")?,
            is_on: row.flag("is_on")?,
            person: text("person")?,
            made: row.int("made")?,
            cursor: serde_json::from_str(row.text("place")?).unwrap_or_default(),
            due: row.int("due")?,
            polled: row.int("polled")?,
            lease_until: row.int("lease_until")?,
            fails: row.int("fails")?,
            failing_since: row.int("failing_since")?,
            trouble: serde_json::from_str(row.text("trouble")?).ok(),
            taken: row.count("taken")?,
            refused: row.count("refused")?,
            last: serde_json::from_str(row.text("last")?).unwrap_or_default(),
        })
    }

    /// Whether it is set up to its end.
    pub(crate) fn is_ready(&self) -> bool {
        !self.community.is_empty()
    }

    /// Whether it is being polled at this moment.
    pub(crate) fn is_polled_now(&self, now: i64) -> bool {
        self.lease_until > now
    }

    /// Address and login, for a poll.
    pub(crate) fn secret(&self, engine: &Engine) -> Result<(Address, Login), Trouble> {
        let opened = engine.open_secret(PURPOSE, &self.id, &self.sealed).ok_or(Trouble::Secret)?;
        let secret: Secret = serde_json::from_slice(&opened).map_err(|_| Trouble::Secret)?;
        let address = Address::read(&secret.address).ok_or(Trouble::Secret)?;
        Ok((address, secret.login))
    }
}

fn fault(error: &StoreError) -> Fault {
    Fault::log(error)
}

fn json(value: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|error| Fault::log(&error))
}

/// A source of an organisation.
pub(crate) fn read(store: &Store, org: &OrgId, id: &str) -> Result<Option<Source>, Fault> {
    let query = format!("SELECT {COLUMNS} FROM threats_source WHERE id = $1 AND org = $2");
    let row = store.query_opt(&sql!(query, id, org.as_str())).map_err(|error| fault(&error))?;
    row.map(|row| Source::of(&row)).transpose().map_err(|error| fault(&error))
}

/// Any source, for the server itself.
pub(crate) fn any(store: &Store, id: &str) -> Result<Option<Source>, Fault> {
    let query = format!("SELECT {COLUMNS} FROM threats_source WHERE id = $1");
    let row = store.query_opt(&sql!(query, id)).map_err(|error| fault(&error))?;
    row.map(|row| Source::of(&row)).transpose().map_err(|error| fault(&error))
}

/// Everything that an organisation has set up, in the order of names.
pub(crate) fn all(store: &Store, org: &OrgId) -> Result<Vec<Source>, Fault> {
    let query = format!("SELECT {COLUMNS} FROM threats_source WHERE org = $1 ORDER BY name, id");
    let rows = store.query(&sql!(query, org.as_str())).map_err(|error| fault(&error))?;
    rows.iter().map(Source::of).collect::<Result<_, _>>().map_err(|error| fault(&error))
}

/// Sources whose poll is due and that nobody polls: id, and since when.
pub(crate) fn due(store: &Store, now: i64, most: i64) -> Result<Vec<(String, i64)>, Fault> {
    let query = sql!(
        "SELECT id, due FROM threats_source WHERE is_on = 1 AND due <= $1 AND lease_until <= $1 ORDER BY due, id LIMIT $2",
        now,
        most,
    );
    let rows = store.query(&query).map_err(|error| fault(&error))?;
    let read = |row: &Row| Ok((row.text("id")?.to_owned(), row.int("due")?));
    rows.iter().map(read).collect::<Result<_, StoreError>>().map_err(|error| fault(&error))
}

/// Puts a new source in, which does nothing until it has a place to go to.
pub(crate) fn begin(store: &Store, new: &NewSource<'_>) -> Result<(), Fault> {
    let statement = sql!(
        "INSERT INTO threats_source (id, org, kind, name, shown, login, sealed, community, collection, at_least, every, is_on,
            person, made, place, due, polled, lease, lease_until, fails, failing_since, trouble, taken, refused, last)
         VALUES ($1, $2, $3, $4, $5, $6, $7, '', '', 'amber-strict', 3600, 0, $8, $9, '{}', 0, 0, '', 0, 0, 0, '', 0, 0, '{}')",
        new.id,
        new.org.as_str(),
        new.kind.as_str(),
        new.name,
        new.shown,
        new.login,
        new.sealed,
        new.person,
        new.made,
    );
    store.execute(&statement).map(drop).map_err(|error| fault(&error))
}

/// What is known of a source at first.
pub(crate) struct NewSource<'a> {
    pub(crate) id: &'a str,
    pub(crate) org: &'a OrgId,
    pub(crate) kind: Kind,
    pub(crate) name: &'a str,
    pub(crate) shown: &'a str,
    pub(crate) login: &'a str,
    pub(crate) sealed: &'a str,
    pub(crate) person: &'a str,
    pub(crate) made: i64,
}

/// Another address or login for a source. A poll with the one before ends. Where the address is another, everything is read from the beginning.
pub(crate) fn relogin(
    id: &str,
    (shown, login, sealed): (&str, &str, &str),
    is_other: bool,
) -> Vec<Statement> {
    let mut all = vec![sql!(
        "UPDATE threats_source SET shown = $2, login = $3, sealed = $4, lease = '', lease_until = 0 WHERE id = $1",
        id,
        shown,
        login,
        sealed,
    )];
    if is_other {
        all.extend(from_the_beginning(id));
    }
    all
}

/// Forgets how far a source was read.
pub(crate) fn from_the_beginning(id: &str) -> Vec<Statement> {
    vec![
        sql!("UPDATE threats_source SET place = '{}', lease = '', lease_until = 0 WHERE id = $1", id),
        sql!("DELETE FROM threats_source_event WHERE source = $1", id),
    ]
}

/// Where a source goes, and how often.
pub(crate) struct Terms<'a> {
    pub(crate) community: &'a str,
    pub(crate) collection: &'a str,
    pub(crate) at_least: Tlp,
    pub(crate) every: i64,
}

/// Says where a source goes; it is polled from now on.
pub(crate) fn settle(id: &str, terms: &Terms<'_>, person: &str, now: i64) -> Statement {
    sql!(
        "UPDATE threats_source SET community = $2, collection = $3, at_least = $4, every = $5, is_on = 1, person = $6, due = $7
         WHERE id = $1",
        id,
        terms.community,
        terms.collection,
        crate::label::name(terms.at_least),
        terms.every,
        person,
        now,
    )
}

/// Stops a source, or lets it go on.
pub(crate) fn switch(store: &Store, id: &str, is_on: bool, now: i64) -> Result<(), Fault> {
    let statement = sql!(
        "UPDATE threats_source SET is_on = $2, due = CASE WHEN due < $3 THEN $3 ELSE due END WHERE id = $1",
        id,
        i64::from(is_on),
        now,
    );
    store.execute(&statement).map(drop).map_err(|error| fault(&error))
}

/// Makes a poll due now.
pub(crate) fn due_now(id: &str, now: i64) -> Statement {
    sql!("UPDATE threats_source SET due = $2 WHERE id = $1", id, now)
}

/// The same, at once.
pub(crate) fn hurry(store: &Store, id: &str, now: i64) -> Result<(), Fault> {
    store.execute(&due_now(id, now)).map(drop).map_err(|error| fault(&error))
}

/// Takes a source out, with everything that was kept for it.
pub(crate) fn remove(id: &str) -> Vec<Statement> {
    vec![
        sql!("DELETE FROM threats_source_event WHERE source = $1", id),
        sql!("DELETE FROM threats_source WHERE id = $1", id),
    ]
}

/// Takes out what was begun and never set up.
pub(crate) fn sweep(store: &Store, before: i64) -> Result<u64, Fault> {
    store
        .execute(&sql!("DELETE FROM threats_source WHERE community = '' AND made < $1", before))
        .map_err(|error| fault(&error))
}

/// A poll that nobody else makes at the same time, on whichever node.
pub(crate) struct Lease<'a> {
    store: &'a Store,
    id: String,
    token: String,
}

impl<'a> Lease<'a> {
    /// Takes a source for a poll; `None` where somebody else has it.
    pub(crate) fn take(store: &'a Store, id: &str, token: String, now: i64) -> Result<Option<Self>, Fault> {
        let taken = store.execute(&sql!(
            "UPDATE threats_source SET lease = $2, lease_until = $3 WHERE id = $1 AND lease_until <= $4",
            id,
            &token,
            now + LEASE,
            now,
        ));
        let is_taken = taken.map_err(|error| fault(&error))? == 1;
        Ok(is_taken.then(|| Self { store, id: id.to_owned(), token }))
    }

    /// Keeps it; false where it was lost or the source is gone.
    pub(crate) fn renew(&self, now: i64) -> bool {
        let statement = sql!(
            "UPDATE threats_source SET lease_until = $3 WHERE id = $1 AND lease = $2",
            &self.id,
            &self.token,
            now + LEASE,
        );
        self.store.execute(&statement).is_ok_and(|changed| changed == 1)
    }

    /// Writes down how far it was read. Only after what was read is shared.
    pub(crate) fn keep(&self, cursor: &Cursor) -> Result<bool, Fault> {
        let statement = sql!(
            "UPDATE threats_source SET place = $3 WHERE id = $1 AND lease = $2",
            &self.id,
            &self.token,
            json(cursor)?,
        );
        Ok(self.store.execute(&statement).map_err(|error| fault(&error))? == 1)
    }

    /// Events of a feed that are here, with their timestamps.
    pub(crate) fn events(&self) -> Result<std::collections::BTreeMap<uuid::Uuid, i64>, Fault> {
        let query = sql!("SELECT event, stamp FROM threats_source_event WHERE source = $1", &self.id);
        let rows = self.store.query(&query).map_err(|error| fault(&error))?;
        let read = |row: &Row| Ok((row.text("event")?.to_owned(), row.int("stamp")?));
        let pairs: Vec<(String, i64)> =
            rows.iter().map(read).collect::<Result<_, StoreError>>().map_err(|error| fault(&error))?;
        Ok(pairs.into_iter().filter_map(|(event, stamp)| Some((event.parse().ok()?, stamp))).collect())
    }

    /// Writes down that an event of a feed is here.
    pub(crate) fn keep_event(&self, event: &uuid::Uuid, stamp: i64) -> Result<(), Fault> {
        let statement = sql!(
            "INSERT INTO threats_source_event (source, event, stamp) VALUES ($1, $2, $3)
             ON CONFLICT (source, event) DO UPDATE SET stamp = EXCLUDED.stamp",
            &self.id,
            event.to_string(),
            stamp,
        );
        self.store.execute(&statement).map(drop).map_err(|error| fault(&error))
    }

    /// Ends the poll: how it went, and when the next one is.
    pub(crate) fn end(
        self,
        polled: &Polled,
        trouble: Option<&Trouble>,
        (now, due): (i64, i64),
    ) -> Result<(), Fault> {
        let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let trouble = trouble.map(json).transpose()?.unwrap_or_default();
        let statement = sql!(
            "UPDATE threats_source SET lease = '', lease_until = 0, polled = $3, due = $4, last = $5, taken = taken + $6,
                refused = refused + $7, trouble = $8, fails = CASE WHEN $8 = '' THEN 0 ELSE fails + 1 END,
                failing_since = CASE WHEN $8 = '' THEN 0 WHEN failing_since = 0 THEN $3 ELSE failing_since END
             WHERE id = $1 AND lease = $2",
            &self.id,
            &self.token,
            now,
            due,
            json(polled)?,
            whole(polled.taken),
            whole(polled.refused.total()),
            trouble,
        );
        self.store.execute(&statement).map(drop).map_err(|error| fault(&error))
    }
}
