//! Connections to PostgreSQL for everything that keeps something there: the record, the keys of private
//! content, the operational tables. How a connection is made stands here and nowhere else.
//!
//! The driver runs an event loop of its own and must not be called, nor dropped, inside another one, such
//! as the server's: [`Pool`] and [`off_loop`] give each call a thread.

mod tls;

use postgres::config::SslMode;
use postgres::{Client, Config, NoTls};
use std::sync::{Mutex, PoisonError};

/// Connections kept open when nobody uses them.
const MAX_IDLE: usize = 8;

/// Connects. `url` is a libpq connection string or `postgresql://…`. With `sslmode=verify-full` and
/// `sslrootcert=FILE` the connection is encrypted, and the server's certificate and name are checked against
/// that authority. Without, it is not encrypted.
pub fn connect(url: &str) -> Result<Client, postgres::Error> {
    let tls::Address { rest, tls } = tls::Address::parse(url);
    let Some(root) = tls else { return Client::connect(&rest, NoTls) };
    let mut config: Config = rest.parse()?;
    config.ssl_mode(SslMode::Require).connect(tls::Tls::new(&root))
}

/// Runs `work` in a thread of its own. `None` when it panicked.
pub fn off_loop<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| scope.spawn(work).join()).ok()
}

/// Connections to one database that are kept and shared.
pub struct Pool {
    url: String,
    idle: Mutex<Vec<Client>>,
}

impl Pool {
    /// No connection yet.
    pub fn new(url: &str) -> Self {
        Self { url: url.to_owned(), idle: Mutex::default() }
    }

    /// Runs what only reads. A kept connection that proves to be gone (the database was started anew) is
    /// replaced, and `read` runs again. `None` when it panicked.
    pub fn read<T: Send, E: From<postgres::Error> + Send>(
        &self,
        read: impl Fn(&mut Client) -> Result<T, E> + Send,
    ) -> Option<Result<T, E>> {
        off_loop(|| {
            if let Some(mut client) = self.kept() {
                let result = read(&mut client);
                if result.is_ok() || is_answering(&mut client) {
                    self.give_back(client);
                    return result;
                }
            }
            self.on_new(read)
        })
    }

    /// Runs what writes, once; a kept connection is asked first whether it is still there. `None` when it
    /// panicked: what it had not committed is taken back.
    pub fn write<T: Send, E: From<postgres::Error> + Send>(
        &self,
        write: impl FnOnce(&mut Client) -> Result<T, E> + Send,
    ) -> Option<Result<T, E>> {
        off_loop(|| {
            let mut kept = self.kept();
            match kept.take_if(is_answering) {
                Some(client) => self.on(client, write),
                None => self.on_new(write),
            }
        })
    }

    fn on_new<T, E: From<postgres::Error>>(
        &self,
        work: impl FnOnce(&mut Client) -> Result<T, E>,
    ) -> Result<T, E> {
        self.on(connect(&self.url)?, work)
    }

    fn on<T, E>(&self, mut client: Client, work: impl FnOnce(&mut Client) -> Result<T, E>) -> Result<T, E> {
        let result = work(&mut client);
        if result.is_ok() || is_answering(&mut client) {
            self.give_back(client);
        }
        result
    }

    fn kept(&self) -> Option<Client> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn give_back(&self, client: Client) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MAX_IDLE {
            idle.push(client);
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        let idle = std::mem::take(self.idle.get_mut().unwrap_or_else(PoisonError::into_inner));
        if !idle.is_empty() {
            off_loop(|| drop(idle));
        }
    }
}

/// Whether the database answers on this connection. (The driver learns that a connection is gone only when
/// it is used.)
fn is_answering(client: &mut Client) -> bool {
    client.simple_query("").is_ok()
}
