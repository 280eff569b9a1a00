//! Everything that a reader can come to, fetched from a server as a reader fetches it, and written to a folder.

use super::Trouble;
use super::address::{Address, is_page};
use super::folder::Staged;
use super::links::{Links, unescaped, values};
use super::log;
use super::serving::{HEADERS, HEADERS_FILE};
use indicatif::ProgressBar;
use scr_i18n::Lang;
use scr_mirror::{MAX_OBJECT_BYTES, Remote, RemoteError};
use scr_note::Checkpoint;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Where a reader begins, and what is there without a link to it.
const SEEDS: [&str; 9] = [
    "/",
    "/record",
    "/verify",
    "/verify.html",
    "/witnesses",
    "/languages",
    "/log/vkey",
    "/log/policy",
    "/log/retired",
];
/// What is for people with a login, about the server and not about the record, asked by programs with
/// parameters of their own, or fetched at the end.
const NOT_EXPORTED: [&str; 9] = [
    "/desk",
    "/witness/",
    "/metrics",
    "/health",
    "/watch",
    "/log/checkpoint",
    "/log/tile",
    "/api/",
    "/style",
];

/// What a copy is to be.
pub(crate) struct Rules<'a> {
    /// Where links lead that need a server.
    pub(crate) site: Option<&'a str>,
    /// The most pages and files.
    pub(crate) limit: usize,
    /// Addresses that begin so are left out.
    pub(crate) leave_out: &'a [String],
    /// What stands in place of a form.
    pub(crate) words: &'a [(Lang, String)],
}

/// Copies a site.
pub(crate) struct Crawl<'a> {
    remote: &'a dyn Remote,
    staged: &'a mut Staged,
    rules: Rules<'a>,
    bar: &'a ProgressBar,
    files: BTreeMap<Address, String>,
    pages: Vec<(Address, String)>,
}

impl<'a> Crawl<'a> {
    pub(crate) fn new(
        remote: &'a dyn Remote,
        staged: &'a mut Staged,
        rules: Rules<'a>,
        bar: &'a ProgressBar,
    ) -> Self {
        Self { remote, staged, rules, bar, files: BTreeMap::new(), pages: Vec::new() }
    }

    /// Pages in four languages with all that they lead to, then the log: its checkpoint is younger than every
    /// page.
    pub(crate) fn run(mut self) -> Result<Checkpoint, Trouble> {
        let mut seen: BTreeSet<Address> = SEEDS.iter().filter_map(|seed| self.followed(seed)).collect();
        let mut waiting: VecDeque<Address> = seen.iter().cloned().collect();
        while let Some(address) = waiting.pop_front() {
            for found in self.take(&address)? {
                if seen.insert(found.clone()) {
                    waiting.push_back(found);
                }
            }
            self.bar.set_length(seen.len() as u64);
            self.bar.inc(1);
        }
        // It is copied last, but pages lead to it.
        if let Some(address) = Address::parse("/log/checkpoint") {
            self.files.insert(address, log::CHECKPOINT.to_owned());
        }
        self.write_pages()?;
        self.staged.write(HEADERS_FILE, None, HEADERS.as_bytes())?;
        log::copy(self.remote, self.staged, &|| self.bar.inc(1))
    }

    /// One address: a file, or a page in four languages. Gives what it leads to.
    fn take(&mut self, address: &Address) -> Result<Vec<Address>, Trouble> {
        // What never changes under its name is not fetched again.
        let is_fixed = ["/static/", "/objects/", "/log/entry/"].iter().any(|b| address.path().starts_with(b));
        if is_fixed && self.staged.keep(&address.file(b""))? {
            self.know(address.clone(), address.file(b""))?;
            return Ok(Vec::new());
        }
        let is_named = address.is_named();
        let asked = if is_named { address.clone() } else { address.in_language(Some(Lang::En)) };
        let Some(body) = self.fetch(&asked)? else { return Ok(Vec::new()) };
        if is_named || !is_page(&body) {
            let file = address.file(&body);
            self.staged.write(&file, Some(&asked.to_request()), &body)?;
            self.know(address.clone(), file)?;
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        let mut english = Some(body);
        for lang in Lang::ALL {
            let own = address.in_language(Some(lang));
            let body = english.take().map_or_else(|| self.fetch(&own), |body| Ok(Some(body)))?;
            let Some(body) = body else { continue };
            let file = own.file(&body);
            self.staged.write_raw(&file, &body)?;
            found.extend(values(&String::from_utf8_lossy(&body)).filter_map(|value| self.followed(value)));
            self.pages.push((own.clone(), file.clone()));
            self.know(own, file)?;
        }
        Ok(found)
    }

    fn know(&mut self, address: Address, file: String) -> Result<(), Trouble> {
        self.files.insert(address, file);
        if self.files.len() > self.rules.limit {
            return Err(Trouble::TooMany(self.rules.limit));
        }
        Ok(())
    }

    /// Makes the pages lead to each other's files, now that these are known.
    fn write_pages(&mut self) -> Result<(), Trouble> {
        for (address, file) in &self.pages {
            let lang = address.lang.unwrap_or_default();
            let words = self.rules.words.iter().find(|(one, _)| *one == lang).map_or("", |(_, words)| words);
            let links = Links { files: &self.files, site: self.rules.site, words, lang };
            let html = links.rewritten(&String::from_utf8_lossy(&self.staged.raw(file)?));
            self.staged.write(file, Some(&address.to_request()), html.as_bytes())?;
        }
        Ok(())
    }

    /// What anybody gets who asks without a login; nothing where that is no page or file.
    fn fetch(&self, address: &Address) -> Result<Option<Vec<u8>>, Trouble> {
        match self.remote.get(&address.to_request(), MAX_OBJECT_BYTES) {
            // Filters that are impossible, and pages that need a login.
            Err(RemoteError::Status { status, .. }) if (300..500).contains(&status) && status != 429 => {
                Ok(None)
            }
            other => other.map_err(|e| Trouble::Source(e.to_string())),
        }
    }

    /// Where a link leads, if that is exported. Pages come in all languages; a file in the one that it states.
    fn followed(&self, value: &str) -> Option<Address> {
        let address = Address::parse(&unescaped(value))?;
        let begins = |prefix: &str| address.path().starts_with(prefix);
        if NOT_EXPORTED.into_iter().any(begins) || self.rules.leave_out.iter().any(|out| begins(out)) {
            return None;
        }
        Some(if address.is_named() { address } else { address.in_language(None) })
    }
}
