//! Whether the origin's pages follow from its record: the mirror makes the same pages from the same
//! entries, and compares.

use crate::alarm::{AlarmKind, Finding};
use crate::follow::Trouble;
use crate::remote::{MAX_CHECKPOINT_BYTES, MAX_PAGE_BYTES, Remote};
use crate::split::Signed;
use scr_canon::sha256;
use std::collections::BTreeMap;
use std::time::Duration;

/// The mirror's own public pages.
pub trait OwnPages: Send {
    /// Waits until the pages show `size` entries; `false` when they do not in time.
    fn wait_for(&self, size: u64) -> bool;
    /// The addresses of pages and files that a reader can come to, at most `limit`.
    fn addresses(&self, limit: usize) -> Vec<String>;
    /// What is compared of an own page; `None` when there is no such page.
    fn own(&self, address: &str) -> Option<Vec<u8>>;
    /// What is compared of a page that was fetched.
    fn compared(&self, body: Vec<u8>) -> Vec<u8>;
}

/// How many pages are compared, and how.
#[derive(Debug, Clone, Copy)]
pub struct PageLimits {
    /// Pages that are known at most.
    pub known: usize,
    /// Pages of one round.
    pub at_once: usize,
    /// Pause before a page that differs is looked at again: longer than a log without witnesses waits with its checkpoint.
    pub settle: Duration,
}

impl Default for PageLimits {
    fn default() -> Self {
        Self { known: 2_000, at_once: 40, settle: Duration::from_secs(3) }
    }
}

/// What a round of comparing gave.
#[derive(Debug, Default)]
pub struct Compared {
    /// Pages that are equal.
    pub equal: Vec<String>,
    /// Pages that differ.
    pub differ: Vec<Finding>,
}

/// Compares pages at the size of `at`; ends early, without a finding, when the origin has moved on.
pub fn compare(
    remote: &dyn Remote,
    pages: &dyn OwnPages,
    at: &Signed,
    addresses: &[String],
    settle: Duration,
) -> Result<Compared, Trouble> {
    let mut compared = Compared::default();
    let mut patience = PATIENCE;
    for address in addresses {
        match compare_one(remote, pages, at, address, settle, &mut patience)? {
            Outcome::Equal => compared.equal.push(address.clone()),
            Outcome::MovedOn => break,
            Outcome::Differs(finding) => compared.differ.push(*finding),
        }
    }
    Ok(compared)
}

/// So many pauses a round waits for an origin to move on, one at least for each page that differs: an entry that the origin
/// has taken shows before it is under the checkpoint that it serves, and that one waits for the witnesses.
const PATIENCE: u32 = 10;

enum Outcome {
    Equal,
    /// The origin stands at another size: nothing can be said.
    MovedOn,
    Differs(Box<Finding>),
}

fn compare_one(
    remote: &dyn Remote,
    pages: &dyn OwnPages,
    at: &Signed,
    address: &str,
    settle: Duration,
    patience: &mut u32,
) -> Result<Outcome, Trouble> {
    let Some(own) = pages.own(address) else { return Ok(Outcome::Equal) };
    let mut was_asked_again = false;
    loop {
        let body = remote.get(address, MAX_PAGE_BYTES)?.unwrap_or_default();
        let theirs = pages.compared(body);
        if theirs == own {
            return Ok(Outcome::Equal);
        }
        if !stands_at(remote, at)? {
            return Ok(Outcome::MovedOn);
        }
        if was_asked_again && *patience == 0 {
            return Ok(Outcome::Differs(Box::new(differing(at, address, own, theirs))));
        }
        was_asked_again = true;
        *patience = patience.saturating_sub(1);
        std::thread::sleep(settle);
    }
}

/// Whether the origin's checkpoint is still of this tree.
fn stands_at(remote: &dyn Remote, at: &Signed) -> Result<bool, Trouble> {
    let note = remote.get("/log/checkpoint", MAX_CHECKPOINT_BYTES)?.unwrap_or_default();
    Ok(note.starts_with(at.checkpoint.to_string().as_bytes()))
}

fn differing(at: &Signed, address: &str, own: Vec<u8>, theirs: Vec<u8>) -> Finding {
    let size = at.checkpoint.size;
    let words = format!(
        "at {size} entries the origin shows {address} with digest {}, the record gives {}",
        sha256(&theirs).to_hex(),
        sha256(&own).to_hex()
    );
    let args =
        BTreeMap::from([("path".to_owned(), address.to_owned()), ("size".to_owned(), size.to_string())]);
    let files = vec![
        ("served.checkpoint", at.note.clone().into_bytes()),
        ("origin.page", theirs),
        ("record.page", own),
    ];
    Finding { kind: AlarmKind::PageDiffers, key: address.to_owned(), words, args, files }
}
