//! Who wrote an entry: its author's signature, under a key that the record itself has certified before.
//!
//! The first entry names the operator's key; the operator certifies the keys of organisations; every
//! other entry is signed with the key that its `iss` names. The checkpoint vouches for the first entry.

use std::collections::BTreeMap;

use scr_canon::unb64;
use scr_note::VerifierKey;
use serde_json::Value;

use crate::EntryHead;

const SIGNED_PREFIX: &str = "scrutineer/entry/v1\n";
const OPENED: &str = "log.origin.opened/1";
const KEY_ADDED: &str = "org.key.added/1";
/// Signatures of one entry that are looked at.
const MAX_SIGNATURES: usize = 32;

/// The keys that a record has certified so far.
#[derive(Debug, Clone, Default)]
pub struct Authors {
    /// By name and id, as signatures name them.
    keys: BTreeMap<String, VerifierKey>,
    operator: Option<String>,
}

/// A signature that is still to be checked: with everything that it takes, so that many can be checked
/// beside each other.
#[derive(Debug, Clone)]
pub struct AuthorCheck {
    key: VerifierKey,
    message: String,
    signatures: Vec<Vec<u8>>,
}

impl AuthorCheck {
    /// Whether the author's signature holds.
    pub fn holds(&self) -> bool {
        self.signatures.iter().any(|signature| self.key.verify(&self.message, signature).is_some())
    }
}

impl Authors {
    /// Whether a key of this issuer is certified.
    pub fn knows(&self, issuer: &str) -> bool {
        self.keys.values().any(|key| key.name() == issuer)
    }

    /// Finds the author's key for the entry at `index`, and takes in the key that the entry itself
    /// certifies. What was taken in counts only if the signature holds ([`AuthorCheck::holds`]).
    ///
    /// # Errors
    /// In words: no certified key fits, or the entry certifies a key that it may not.
    pub fn take(&mut self, index: u64, entry: &EntryHead<'_>) -> Result<AuthorCheck, String> {
        let issuer = entry.issuer.as_ref();
        if index == 0 && entry.kind == OPENED {
            let key = named_key(entry, "operator_key")?;
            self.operator = Some(key.name().to_owned());
            self.keys.insert(signature_name(&key), key);
        }
        let certifies = entry.kind == KEY_ADDED;
        if certifies && self.operator.as_deref() != Some(issuer) {
            return Err(format!("it certifies a key, but {issuer} is not the operator"));
        }
        let check = self.check(entry)?;
        if certifies {
            let key = named_key(entry, "key")?;
            if Some(key.name()) == self.operator.as_deref() {
                return Err("it certifies a key under the operator's own name".to_owned());
            }
            self.keys.insert(signature_name(&key), key);
        }
        Ok(check)
    }

    fn check(&self, entry: &EntryHead<'_>) -> Result<AuthorCheck, String> {
        let issuer = entry.issuer.as_ref();
        let (list, unsigned) = entry.signed().ok_or("it has no list of signatures (sig)")?;
        let list: Vec<Value> =
            serde_json::from_str(list).map_err(|_| "it has no list of signatures (sig)")?;
        let field = |one: &Value, name: &str| one.get(name).and_then(Value::as_str).map(str::to_owned);
        let mut found: Option<AuthorCheck> = None;
        for one in list.iter().take(MAX_SIGNATURES) {
            let (Some(name), Some(bytes)) = (field(one, "k"), field(one, "s")) else { continue };
            let Some(key) = self.keys.get(&name).filter(|key| key.name() == issuer) else { continue };
            let Ok(bytes) = unb64(&bytes) else { continue };
            match &mut found {
                Some(check) if check.key == *key => check.signatures.push(bytes),
                Some(_) => {}
                None => {
                    let message = format!("{SIGNED_PREFIX}{unsigned}");
                    found = Some(AuthorCheck { key: key.clone(), message, signatures: vec![bytes] });
                }
            }
        }
        found.ok_or_else(|| format!("no signature by a key that the record has certified for {issuer}"))
    }
}

fn named_key(entry: &EntryHead<'_>, field: &str) -> Result<VerifierKey, String> {
    let public = entry.public();
    let text = public.get(field).and_then(Value::as_str);
    text.and_then(|text| text.parse().ok()).ok_or_else(|| format!("its field {field} is no key"))
}

fn signature_name(key: &VerifierKey) -> String {
    format!("{}+{:08x}", key.name(), u32::from_be_bytes(key.id()))
}
