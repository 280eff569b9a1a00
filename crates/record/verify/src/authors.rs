//! Who wrote an entry: its author's signature, under a key that the record itself has certified before.
//!
//! The first entry names the operator's key; the operator certifies the keys of organisations; every
//! other entry is signed with the key that its `iss` names. The checkpoint vouches for the first entry.

use std::collections::BTreeMap;

use scr_canon::{parse_canonical, to_canonical, unb64};
use scr_note::VerifierKey;
use serde_json::{Map, Value};

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
    pub fn take(&mut self, index: u64, entry: &[u8]) -> Result<AuthorCheck, String> {
        let value = parse_canonical(entry).map_err(|error| error.to_string())?;
        let Value::Object(mut members) = value else { return Err("not a JSON object".to_owned()) };
        let signatures = members.insert("sig".to_owned(), Value::Array(Vec::new()));
        let text = |name: &str| members.get(name).and_then(Value::as_str).unwrap_or_default();
        let (kind, issuer) = (text("t").to_owned(), text("iss").to_owned());
        if index == 0 && kind == OPENED {
            let key = named_key(&members, "operator_key")?;
            self.operator = Some(key.name().to_owned());
            self.keys.insert(signature_name(&key), key);
        }
        let is_operator = self.operator.as_deref() == Some(issuer.as_str());
        if kind == KEY_ADDED && !is_operator {
            return Err(format!("it certifies a key, but {issuer} is not the operator"));
        }
        let check = self.check(&members, &issuer, signatures)?;
        if kind == KEY_ADDED {
            let key = named_key(&members, "key")?;
            if Some(key.name()) == self.operator.as_deref() {
                return Err("it certifies a key under the operator's own name".to_owned());
            }
            self.keys.insert(signature_name(&key), key);
        }
        Ok(check)
    }

    fn check(
        &self,
        unsigned: &Map<String, Value>,
        issuer: &str,
        signatures: Option<Value>,
    ) -> Result<AuthorCheck, String> {
        let bytes = to_canonical(unsigned).map_err(|error| error.to_string())?;
        let text = String::from_utf8(bytes).map_err(|error| error.to_string())?;
        let Some(Value::Array(list)) = signatures else {
            return Err("it has no list of signatures (sig)".to_owned());
        };
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
                    let message = format!("{SIGNED_PREFIX}{text}");
                    found = Some(AuthorCheck { key: key.clone(), message, signatures: vec![bytes] });
                }
            }
        }
        found.ok_or_else(|| format!("no signature by a key that the record has certified for {issuer}"))
    }
}

fn named_key(members: &Map<String, Value>, field: &str) -> Result<VerifierKey, String> {
    let text = members.get("pub").and_then(|public| public.get(field)).and_then(Value::as_str);
    text.and_then(|text| text.parse().ok()).ok_or_else(|| format!("its field {field} is no key"))
}

fn signature_name(key: &VerifierKey) -> String {
    format!("{}+{:08x}", key.name(), u32::from_be_bytes(key.id()))
}
