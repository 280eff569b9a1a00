//! Where the next page begins: a moment, bound to collection, endpoint and filters by a key of this installation. Nothing
//! is kept, so it goes on after a restart and on another node.

use super::answer::Fail;
use hmac::{Hmac, KeyInit as _, Mac as _};
use scr_canon::{b64, unb64};
use scr_engine::Fault;
use scr_store::sql;
use scr_web::App;
use sha2::Sha256;
use std::sync::{Arc, OnceLock};

const LENGTH: usize = 8 + 8 + 16;

/// What a cursor belongs to.
pub(super) struct Bound<'a> {
    /// Collection and endpoint.
    pub(super) place: &'a str,
    /// The filters.
    pub(super) digest: &'a [u8; 8],
}

/// The key, once it was read.
#[derive(Default)]
pub(super) struct Key(OnceLock<[u8; 32]>);

/// The key of this installation: made at its first use, the same on every node.
pub(super) fn key(app: &App) -> Result<[u8; 32], Fault> {
    let kept: Arc<Key> = app.soft();
    if let Some(key) = kept.0.get() {
        return Ok(*key);
    }
    let fault = |error: &dyn std::fmt::Display| Fault::log(error);
    // A mirror has no tables: its cursors end with it.
    let Some(store) = app.store() else { return Ok(*kept.0.get_or_init(|| app.entropy.bytes::<32>())) };
    store
        .execute(&sql!(
            "INSERT INTO threats_secret (purpose, secret) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            "taxii-next",
            b64(&app.entropy.bytes::<32>()),
        ))
        .map_err(|error| fault(&error))?;
    let row = store.query_opt(&sql!("SELECT secret FROM threats_secret WHERE purpose = $1", "taxii-next"));
    let row = row.map_err(|error| fault(&error))?.ok_or_else(|| fault(&"the secret is gone"))?;
    let bytes = unb64(row.text("secret").map_err(|error| fault(&error))?).map_err(|error| fault(&error))?;
    let key: [u8; 32] = bytes.try_into().map_err(|_| fault(&"the secret has another length"))?;
    Ok(*kept.0.get_or_init(|| key))
}

fn mac(key: &[u8; 32], bound: &Bound<'_>, moment: &[u8]) -> Option<[u8; 16]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(b"taxii-next\n");
    mac.update(bound.place.as_bytes());
    mac.update(b"\n");
    mac.update(bound.digest);
    mac.update(moment);
    let whole = mac.finalize().into_bytes();
    let mut short = [0; 16];
    short.copy_from_slice(whole.get(..16)?);
    Some(short)
}

/// The cursor after the object that was added at this moment.
pub(super) fn write(key: &[u8; 32], bound: &Bound<'_>, moment: i64) -> String {
    let moment = moment.to_be_bytes();
    let mut bytes = Vec::with_capacity(LENGTH);
    bytes.extend(moment);
    bytes.extend(bound.digest);
    bytes.extend(mac(key, bound, &moment).unwrap_or_default());
    // For addresses (RFC 4648 section 5), without padding.
    b64(&bytes).replace('+', "-").replace('/', "_").trim_end_matches('=').to_owned()
}

/// The moment of a cursor.
pub(super) fn read(key: &[u8; 32], bound: &Bound<'_>, text: &str) -> Result<i64, Fail> {
    let wrong = || Fail::wrong("next is not what this server gave for these filters");
    if text.len() > 64 {
        return Err(wrong());
    }
    let mut standard = text.replace('-', "+").replace('_', "/");
    while !standard.len().is_multiple_of(4) {
        standard.push('=');
    }
    let bytes = unb64(&standard).map_err(|_| wrong())?;
    let (moment, rest) = bytes.split_first_chunk::<8>().ok_or_else(wrong)?;
    let expected = mac(key, bound, moment).ok_or_else(wrong)?;
    let (digest, own) = rest.split_at_checked(8).ok_or_else(wrong)?;
    // In constant time: all bytes are looked at.
    let differs = own.iter().zip(expected).fold(own.len() ^ 16, |all, (a, b)| all | usize::from(a ^ b));
    if differs != 0 || digest != bound.digest {
        return Err(wrong());
    }
    Ok(i64::from_be_bytes(*moment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_and_belongs_to_its_filters() {
        let key = [7; 32];
        let bound = |place, digest| Bound { place, digest };
        for moment in [0, 1, 1_795_514_400_000_001, i64::MAX] {
            let text = write(&key, &bound("c/objects", &[1; 8]), moment);
            assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)), "{text}");
            assert_eq!(read(&key, &bound("c/objects", &[1; 8]), &text), Ok(moment));
            assert!(read(&key, &bound("c/objects", &[2; 8]), &text).is_err());
            assert!(read(&key, &bound("d/objects", &[1; 8]), &text).is_err());
            assert!(read(&[8; 32], &bound("c/objects", &[1; 8]), &text).is_err());
        }
        for wrong in ["", "x", "AAAA", &"A".repeat(43), &"A".repeat(1_000), "é"] {
            assert!(read(&key, &bound("c/objects", &[1; 8]), wrong).is_err(), "{wrong}");
        }
    }
}
