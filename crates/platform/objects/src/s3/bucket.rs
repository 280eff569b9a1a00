//! A bucket: names and bytes.

use super::S3Place;
use super::client::{Client, Content, Request, length};
use super::list::{Listed, listing};
use crate::error::{ObjectsError, Trouble};
use scr_canon::sha256;
use std::io::Read;
use std::sync::Arc;
use ureq::http::header;

/// Answers that one list may come in, of 1,000 names each.
const MAX_ANSWERS: usize = 10_000;
/// The longest answer with a list: 1,000 rows of a name and some properties.
const MAX_LIST_BYTES: u64 = 8 << 20;
/// How often bytes that break off are asked for.
const READS: usize = 3;

/// When something is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutIf {
    /// Only where nothing stands under the name (`If-None-Match: *`).
    Absent,
    /// Whatever stands there.
    Always,
}

/// A bucket, or the part of one whose names begin with a prefix. Nothing is asked before the first request.
#[derive(Debug)]
pub struct Bucket {
    client: Client,
}

impl Bucket {
    /// The bucket at this place.
    ///
    /// # Errors
    /// The place makes no sense, or its authorities cannot be read.
    pub fn open(place: &Arc<S3Place>) -> Result<Self, ObjectsError> {
        Ok(Self { client: Client::new(place)? })
    }

    /// Writes bytes under a name; `false` where they were to be written only if nothing stood there, and
    /// something does. On return the store has taken them durably.
    pub fn put(&self, name: &str, bytes: &[u8], kind: &str, when: PutIf) -> Result<bool, ObjectsError> {
        self.send(name, Content::Bytes(bytes, sha256(bytes).to_hex()), kind, when)
    }

    pub(super) fn send(
        &self,
        name: &str,
        content: Content<'_>,
        kind: &str,
        when: PutIf,
    ) -> Result<bool, ObjectsError> {
        let headers = [(header::CONTENT_TYPE.as_str(), kind), (header::IF_NONE_MATCH.as_str(), "*")];
        let headers = if when == PutIf::Absent { &headers[..] } else { &headers[..1] };
        let request = Request { method: "PUT", key: &self.key(name), headers, content, ..Request::default() };
        match self.client.send(&request)?.status().as_u16() {
            412 => Ok(false),
            404 => Err(self.client.away_because("404 where something was to be written")),
            _ => Ok(true),
        }
    }

    /// The bytes under a name, of which at most one more than `limit` are read.
    pub fn get(&self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, ObjectsError> {
        let mut last = String::new();
        for _ in 0..READS {
            let Some((size, reader)) = self.reader(name)? else { return Ok(None) };
            let mut bytes = Vec::new();
            let wanted = size.min(limit.saturating_add(1));
            match reader.take(wanted).read_to_end(&mut bytes) {
                Ok(read) if read as u64 == wanted => return Ok(Some(bytes)),
                Ok(read) => last = format!("{read} of {size} bytes came"),
                Err(error) => last = error.to_string(),
            }
        }
        Err(self.broke_off(&last))
    }

    /// An answer broke off.
    pub(super) fn broke_off(&self, what: &str) -> ObjectsError {
        self.client.away_because(what)
    }

    /// The bytes under a name to be read in pieces, and how many they are.
    pub fn reader(&self, name: &str) -> Result<Option<(u64, impl Read + Send + use<>)>, ObjectsError> {
        let request = Request { method: "GET", key: &self.key(name), ..Request::default() };
        let response = self.client.send(&request)?;
        if response.status() == 404 {
            return Ok(None);
        }
        let size = length(response.headers());
        let size = size.ok_or_else(|| ObjectsError::other("the store does not say how long an object is"))?;
        Ok(Some((size, response.into_body().into_reader())))
    }

    /// How many bytes stand under a name.
    pub fn size(&self, name: &str) -> Result<Option<u64>, ObjectsError> {
        let request = Request { method: "HEAD", key: &self.key(name), ..Request::default() };
        let response = self.client.send(&request)?;
        if response.status() == 404 {
            return Ok(None);
        }
        let size = length(response.headers());
        size.map(Some).ok_or_else(|| ObjectsError::other("the store does not say how long an object is"))
    }

    /// Removes a name; that it is not there is as good.
    pub fn remove(&self, name: &str) -> Result<(), ObjectsError> {
        let request = Request { method: "DELETE", key: &self.key(name), ..Request::default() };
        self.client.send(&request).map(|_| ())
    }

    /// Everything whose name begins so, without the bucket's own prefix, in the order of the names.
    pub fn list(&self, begins: &str) -> Result<Vec<Listed>, ObjectsError> {
        let mut all = Vec::new();
        let mut next = None::<String>;
        for _ in 0..MAX_ANSWERS {
            let page = self.page(begins, next.as_deref(), false)?;
            let prefix = &self.client.place().prefix;
            all.extend(page.objects.into_iter().filter_map(|one| {
                let key = one.key.strip_prefix(prefix.as_str())?.to_owned();
                key.starts_with(begins).then_some(Listed { key, ..one })
            }));
            next = page.next;
            if next.is_none() {
                return Ok(all);
            }
        }
        Err(ObjectsError::other("the list of objects does not end"))
    }

    fn page(
        &self,
        begins: &str,
        next: Option<&str>,
        now: bool,
    ) -> Result<super::list::Listing, ObjectsError> {
        let prefix = self.key(begins);
        let mut query = vec![("list-type", "2"), ("prefix", prefix.as_str())];
        if let Some(next) = next {
            query.insert(0, ("continuation-token", next));
        }
        let request = Request { method: "GET", query: &query, ..Request::default() };
        let mut response = if now { self.client.send_now(&request)? } else { self.client.send(&request)? };
        let mut bytes = Vec::new();
        let read = response.body_mut().as_reader().take(MAX_LIST_BYTES).read_to_end(&mut bytes);
        read.map_err(|e| self.client.away_because(&e.to_string()))?;
        listing(&bytes).map_err(|e| ObjectsError::new(Trouble::Other, format!("a list of objects: {e}")))
    }

    /// Asks for a sign of life, also when the store was away a moment ago.
    pub fn look(&self) -> Result<(), ObjectsError> {
        self.page("", None, true).map(|_| ())
    }

    /// Why it cannot be reached or used, as far as is known without asking.
    pub fn away(&self) -> Option<String> {
        self.client.away()
    }

    /// How often it could not be reached or used.
    pub fn outages(&self) -> u64 {
        self.client.outages()
    }

    /// Seconds since 1970, UTC.
    pub(super) fn now(&self) -> i64 {
        self.client.place().clock.now()
    }

    fn key(&self, name: &str) -> String {
        format!("{}{name}", self.client.place().prefix)
    }
}
