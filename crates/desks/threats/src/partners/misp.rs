//! A reader of MISP feeds: `manifest.json`, and a file for each event, wherever they lie.

use super::address::Address;
use super::fetch::Client;
use super::trouble::Trouble;
use scr_core::Tlp;
use scr_misp::Limits;
use scr_misp::feed::{FeedError, Manifest, read_feed_event, read_manifest};
use scr_misp::to_stix::{Options, to_stix};
use scr_stix::{Object, Rejected};
use uuid::Uuid;

/// Largest manifest and largest event, in bytes.
const MAX_MANIFEST: u64 = 32 << 20;
const MAX_EVENT: u64 = 32 << 20;
const ACCEPT: &str = "application/json";

fn limits(bytes: u64) -> Limits {
    Limits { bytes: usize::try_from(bytes).unwrap_or(usize::MAX), entries: 100_000, ..Limits::default() }
}

/// The folder in which a feed lies, whether its address names the folder or the manifest.
fn folder(address: &Address) -> Address {
    address.without_last("manifest.json").unwrap_or_else(|| address.clone())
}

/// What the feed has.
pub(crate) fn manifest(
    client: &Client,
    address: &Address,
    beat: &mut dyn FnMut() -> bool,
) -> Result<Manifest, Trouble> {
    let at = folder(address).below("manifest.json").ok_or(Trouble::Own)?;
    let bytes = client.get(&at, ACCEPT)?.bytes(MAX_MANIFEST, beat)?;
    // A page for people, as servers give where nothing is, is no feed.
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<') {
        return Err(Trouble::Media);
    }
    read_manifest(&bytes, &limits(MAX_MANIFEST)).map_err(|error| Trouble::Broken { why: error.to_string() })
}

/// Why one event gave nothing, while the feed goes on.
pub(crate) enum NoEvent {
    /// Its file says nothing that can be taken: it is not asked for again until it changes.
    Wrong(String),
    /// Its file is not there.
    Missing,
    /// The server gives nothing more.
    Trouble(Trouble),
}

/// The objects of an event, those that cannot be read among them.
pub(crate) fn event(
    client: &Client,
    address: &Address,
    id: Uuid,
    unmarked: Tlp,
    beat: &mut dyn FnMut() -> bool,
) -> Result<Vec<Result<Object, Box<Rejected>>>, NoEvent> {
    let at = folder(address).below(&format!("{id}.json")).ok_or(NoEvent::Trouble(Trouble::Own))?;
    let answer = client.get(&at, ACCEPT).map_err(|trouble| match trouble {
        Trouble::Missing => NoEvent::Missing,
        other => NoEvent::Trouble(other),
    })?;
    let bytes = answer.bytes(MAX_EVENT, beat).map_err(|trouble| match trouble {
        Trouble::TooLarge { .. } => NoEvent::Wrong(trouble.to_string()),
        other => NoEvent::Trouble(other),
    })?;
    let limits = limits(MAX_EVENT);
    let (event, _) = read_feed_event(&bytes, id, &limits).map_err(|error| {
        NoEvent::Wrong(match error {
            FeedError::Read(error) => error.to_string(),
            FeedError::OtherEvent { .. } => "its file holds another event".to_owned(),
        })
    })?;
    let converted = to_stix(&event, &Options { unmarked, ..Options::default() }, &limits);
    let read =
        |value: &serde_json::Value| Object::read(value.to_string().as_bytes(), &scr_stix::Limits::default());
    Ok(converted.objects.iter().map(read).collect())
}
