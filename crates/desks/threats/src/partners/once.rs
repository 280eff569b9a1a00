//! A collection of another server read once, for the command line.

use super::address::Address;
use super::fetch::{Client, Login, Rules};
use super::poll::Walk;
use super::source::{Cursor, Polled};
use super::taxii::{self, From};
use super::trouble::Trouble;
use std::ops::ControlFlow;
use ureq::tls::TlsConfig;

/// Objects that a page is asked for.
const PAGE: usize = 500;

/// What is read, and by whom.
#[derive(Clone)]
pub struct Wanted<'a> {
    /// The address of the collection.
    pub address: &'a str,
    /// The user, with a password; without one `secret` is a bearer token.
    pub user: Option<&'a str>,
    /// The password or the token.
    pub secret: Option<&'a str>,
    /// Only what was added after this moment, as the server writes it.
    pub added_after: Option<&'a str>,
    /// Seconds since 1970.
    pub now: i64,
    /// Whose certificates are believed.
    pub tls: TlsConfig,
}

/// Says nothing of the login.
impl std::fmt::Debug for Wanted<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wanted").field("added_after", &self.added_after).finish_non_exhaustive()
    }
}

/// What came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Got {
    /// Objects that were given to the caller.
    pub objects: u64,
    /// Objects that cannot be read, with why; the first hundred.
    pub broken: Vec<String>,
    /// How many those are.
    pub broken_count: u64,
    /// From where to go on the next time; `None` where the server does not say when it has added something.
    pub added_after: Option<String>,
}

/// Reads a collection to its end and gives each object, byte for byte, in order. Where `each` fails, it ends. What came
/// before it failed was given; from where to go on says the last argument.
///
/// # Errors
/// In words, why the server gives nothing (more).
pub fn read_collection(
    wanted: &Wanted<'_>,
    each: &mut dyn FnMut(&str) -> std::io::Result<()>,
    got: &mut Got,
) -> Result<(), String> {
    let address = Address::read(wanted.address).ok_or("this is no address of a server")?;
    let login = match (wanted.user, wanted.secret) {
        (Some(user), secret) => {
            Login::Password { user: user.to_owned(), password: secret.unwrap_or_default().to_owned() }
        }
        (None, Some(token)) => Login::Bearer { token: token.to_owned() },
        (None, None) => Login::Nothing,
    };
    if !login.is_usable() {
        return Err("the login is not complete".to_owned());
    }
    // Whoever runs this may ask whom they like.
    let rules = Rules::new(true, wanted.tls.clone());
    let say = |trouble: Trouble| trouble.to_string();
    let client = Client::new(&address, &login, &rules).map_err(say)?;
    let mut cursor = Cursor { after: wanted.added_after.map(str::to_owned), ..Cursor::default() };
    let mut walk = Walk::new(wanted.now);
    loop {
        let from = From { after: cursor.after.as_deref(), next: cursor.next.as_deref(), limit: PAGE };
        let (mut stopped, mut count) = (None, 0_u64);
        let mut take = |object: Result<scr_stix::Object, Box<scr_stix::Rejected>>| {
            count += 1;
            match object {
                Ok(object) => match each(object.raw()) {
                    Ok(()) => got.objects += 1,
                    Err(error) => stopped = Some(error.to_string()),
                },
                Err(rejected) => {
                    got.broken_count += 1;
                    if got.broken.len() < 100 {
                        got.broken.push(rejected.message());
                    }
                }
            }
            if stopped.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let page = taxii::page(&client, &address, &from, &mut || true, &mut take).map_err(say)?;
        if let Some(error) = stopped {
            return Err(error);
        }
        let Some(page) = page else { return Ok(()) };
        let goes_on = walk.step(&mut cursor, &page, count == 0, &mut Polled::default()).map_err(say)?;
        got.added_after.clone_from(&cursor.after);
        if !goes_on {
            return Ok(());
        }
    }
}
