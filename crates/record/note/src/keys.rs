//! Verifier keys (`name+id+key`) and signer keys (`PRIVATE+KEY+name+id+seed`).

use crate::checkpoint::Checkpoint;
use crate::cosignature::{ed25519_message, subtree_message};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use ml_dsa::{EncodedVerifyingKey, MlDsa44};
use scr_canon::{b64, sha256, unb64};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use zeroize::{Zeroize, Zeroizing};

/// Which signatures a key makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Algorithm {
    /// 0x01: Ed25519 over the note's text (RFC 8032).
    Ed25519,
    /// 0x04: Ed25519 cosignature/v1 with a timestamp.
    Cosignature,
    /// 0x06: ML-DSA-44 (FIPS 204) over the subtree/v1 message, with a timestamp.
    MlDsa44,
}

impl Algorithm {
    fn of_byte(byte: u8) -> Result<Self, KeyError> {
        match byte {
            1 => Ok(Self::Ed25519),
            4 => Ok(Self::Cosignature),
            6 => Ok(Self::MlDsa44),
            other => Err(KeyError::Algorithm(other)),
        }
    }

    /// The byte in front of the public key.
    pub fn byte(self) -> u8 {
        match self {
            Self::Ed25519 => 1,
            Self::Cosignature => 4,
            Self::MlDsa44 => 6,
        }
    }
}

/// A key that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not of the form `name+id+key`.
    #[error("not a key: expected name+xxxxxxxx+base64")]
    Malformed,
    /// Empty, or with a space or a plus in it.
    #[error("a key name is not empty and has neither spaces nor '+': {0:?}")]
    Name(String),
    /// The id is not the one that name and key give.
    #[error("the key's id does not match its name and bytes")]
    Id,
    /// A type that this program does not know.
    #[error("unknown type of key: {0:#04x}")]
    Algorithm(u8),
    /// The bytes are no public key of this type.
    #[error("the bytes are not a public key of this type")]
    Bytes,
}

enum Public {
    Ed25519(VerifyingKey),
    Cosignature(VerifyingKey),
    MlDsa44(Box<ml_dsa::VerifyingKey<MlDsa44>>),
}

/// A public key with the name of its owner.
pub struct VerifierKey {
    name: String,
    id: [u8; 4],
    bytes: Vec<u8>,
    public: Public,
}

impl Clone for VerifierKey {
    fn clone(&self) -> Self {
        let public = match &self.public {
            Public::Ed25519(key) => Public::Ed25519(*key),
            Public::Cosignature(key) => Public::Cosignature(*key),
            Public::MlDsa44(key) => Public::MlDsa44(key.clone()),
        };
        Self { name: self.name.clone(), id: self.id, bytes: self.bytes.clone(), public }
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifierKey({}+{})", self.name, hex(self.id))
    }
}

impl PartialEq for VerifierKey {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.bytes == other.bytes
    }
}

impl Eq for VerifierKey {}

impl VerifierKey {
    /// A key from its parts; `public` is 32 bytes, or 1,312 for ML-DSA-44.
    pub fn new(name: &str, algorithm: Algorithm, public: &[u8]) -> Result<Self, KeyError> {
        check_name(name)?;
        let parsed = match algorithm {
            Algorithm::Ed25519 => Public::Ed25519(ed25519(public)?),
            Algorithm::Cosignature => Public::Cosignature(ed25519(public)?),
            Algorithm::MlDsa44 => {
                let encoded =
                    EncodedVerifyingKey::<MlDsa44>::try_from(public).map_err(|_| KeyError::Bytes)?;
                Public::MlDsa44(Box::new(ml_dsa::VerifyingKey::decode(&encoded)))
            }
        };
        let mut bytes = vec![algorithm.byte()];
        bytes.extend_from_slice(public);
        Ok(Self { name: name.to_owned(), id: key_id(name, &bytes), bytes, public: parsed })
    }

    /// The owner's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The four bytes that stand before each of its signatures.
    pub fn id(&self) -> [u8; 4] {
        self.id
    }

    /// Which signatures it checks.
    pub fn algorithm(&self) -> Algorithm {
        match self.public {
            Public::Ed25519(_) => Algorithm::Ed25519,
            Public::Cosignature(_) => Algorithm::Cosignature,
            Public::MlDsa44(_) => Algorithm::MlDsa44,
        }
    }

    /// The public key without its type: equal for one key under two names.
    pub fn public_bytes(&self) -> &[u8] {
        &self.bytes[1..]
    }

    /// Checks one signature over a note's text. Gives the time in it, where its type has one
    /// (seconds since 1970, UTC). `None` when it does not hold.
    ///
    /// Ed25519 follows RFC 8032 strictly: no keys or points of small order, no `s` beyond the
    /// group's order (`verify_strict`).
    pub fn verify(&self, text: &str, signature: &[u8]) -> Option<Option<u64>> {
        match &self.public {
            Public::Ed25519(key) => {
                let signature = Signature::from_slice(signature).ok()?;
                key.verify_strict(text.as_bytes(), &signature).ok()?;
                Some(None)
            }
            Public::Cosignature(key) => {
                let (time, rest) = split_time(signature)?;
                let signature = Signature::from_slice(rest).ok()?;
                key.verify_strict(&ed25519_message(time, text), &signature).ok()?;
                Some(Some(time))
            }
            Public::MlDsa44(key) => {
                let (time, rest) = split_time(signature)?;
                let signature = ml_dsa::Signature::<MlDsa44>::try_from(rest).ok()?;
                let message = subtree_message(&self.name, time, &text.parse::<Checkpoint>().ok()?)?;
                key.verify_with_context(&message, &[], &signature).then_some(Some(time))
            }
        }
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{}+{}", self.name, hex(self.id), b64(&self.bytes))
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::Malformed);
        };
        let bytes = unb64(key).map_err(|_| KeyError::Malformed)?;
        let (kind, public) = bytes.split_first().ok_or(KeyError::Malformed)?;
        let key = Self::new(name, Algorithm::of_byte(*kind)?, public)?;
        if hex(key.id) == id { Ok(key) } else { Err(KeyError::Id) }
    }
}

/// Why something was not signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The text is no checkpoint, and the key signs checkpoints only.
    #[error("the text is no checkpoint, and this key signs nothing else")]
    NotACheckpoint,
    /// Whoever holds the key does not sign now; it may go better another time.
    #[error("{0}")]
    Away(String),
}

/// An Ed25519 key that something else holds: an agent, a token, a hardware module.
pub trait RemoteKey: Send + Sync {
    /// The signature over a message (RFC 8032). Whoever asks checks it.
    ///
    /// # Errors
    /// In words, when it does not sign.
    fn sign(&self, message: &[u8]) -> Result<[u8; 64], String>;
}

/// A text that means nothing: whoever holds a key shows with it that they sign. It can be taken neither for a
/// checkpoint nor for a promise.
const CHECK: &str = "scrutineer/key-check/v1\nThis signature says nothing but that somebody holds the key.\n";

enum Secret {
    Ed25519(SigningKey),
    Cosignature(SigningKey),
    MlDsa44(Box<ml_dsa::SigningKey<MlDsa44>>),
    Remote(Arc<dyn RemoteKey>),
}

/// A private key, or the way to it. It is wiped from memory when dropped and never printed by `Debug`.
pub struct SignerKey {
    secret: Secret,
    public: VerifierKey,
}

impl fmt::Debug for SignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignerKey({}+{})", self.public.name, hex(self.public.id))
    }
}

impl SignerKey {
    /// The key that 32 random bytes give.
    pub fn from_seed(name: &str, algorithm: Algorithm, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let (secret, public) = match algorithm {
            Algorithm::Ed25519 | Algorithm::Cosignature => {
                let key = SigningKey::from_bytes(seed);
                let public = key.verifying_key().to_bytes().to_vec();
                let secret = if algorithm == Algorithm::Ed25519 {
                    Secret::Ed25519(key)
                } else {
                    Secret::Cosignature(key)
                };
                (secret, public)
            }
            Algorithm::MlDsa44 => {
                let mut copy = ml_dsa::Seed::from(*seed);
                let key = ml_dsa::SigningKey::<MlDsa44>::from_seed(&copy);
                copy.as_mut_slice().zeroize();
                let public = key.expanded_key().verifying_key().encode().to_vec();
                (Secret::MlDsa44(Box::new(key)), public)
            }
        };
        Ok(Self { secret, public: VerifierKey::new(name, algorithm, &public)? })
    }

    /// A key that something else holds.
    ///
    /// # Errors
    /// [`KeyError::Algorithm`] for ML-DSA-44, which is signed with here only.
    pub fn remote(public: VerifierKey, key: Arc<dyn RemoteKey>) -> Result<Self, KeyError> {
        match public.algorithm() {
            Algorithm::Ed25519 | Algorithm::Cosignature => Ok(Self { secret: Secret::Remote(key), public }),
            Algorithm::MlDsa44 => Err(KeyError::Algorithm(Algorithm::MlDsa44.byte())),
        }
    }

    /// Whether it signs now: always, where the key is here.
    ///
    /// # Errors
    /// In words.
    pub fn check(&self) -> Result<(), String> {
        match &self.secret {
            Secret::Remote(_) => self.sign(CHECK, 0).map(drop).map_err(|error| error.to_string()),
            _ => Ok(()),
        }
    }

    /// Reads `PRIVATE+KEY+name+id+base64(type || seed)`.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let parts = private_parts(text)?;
        let signer = Self::from_seed(parts.name, parts.algorithm, &parts.seed)?;
        if hex(signer.public.id) == parts.id { Ok(signer) } else { Err(KeyError::Id) }
    }

    /// The seed in a key's text form, for whoever moves a key elsewhere.
    pub fn seed_of(text: &str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        Self::parse(text)?;
        Ok(private_parts(text)?.seed)
    }

    /// The text form of a key, for the file that holds it. Whoever reads it can sign.
    pub fn private_text(
        name: &str,
        algorithm: Algorithm,
        seed: &[u8; 32],
    ) -> Result<Zeroizing<String>, KeyError> {
        let signer = Self::from_seed(name, algorithm, seed)?;
        let mut bytes = Zeroizing::new(vec![algorithm.byte()]);
        bytes.extend_from_slice(seed);
        Ok(Zeroizing::new(format!("PRIVATE+KEY+{name}+{}+{}", hex(signer.public.id), b64(&bytes))))
    }

    /// The public key.
    pub fn verifier(&self) -> &VerifierKey {
        &self.public
    }

    /// The signature over a note's text. `time` (seconds since 1970, UTC) goes into the types that
    /// carry one.
    ///
    /// # Errors
    /// [`SignError`]; only for keys that something else holds, and for texts that are no checkpoint.
    pub fn sign(&self, text: &str, time: u64) -> Result<Vec<u8>, SignError> {
        match &self.secret {
            Secret::Ed25519(key) => Ok(key.sign(text.as_bytes()).to_bytes().to_vec()),
            Secret::Cosignature(key) => Ok(timed(time, &key.sign(&ed25519_message(time, text)).to_bytes())),
            Secret::MlDsa44(key) => {
                let checkpoint: Checkpoint = text.parse().map_err(|_| SignError::NotACheckpoint)?;
                let message =
                    subtree_message(&self.public.name, time, &checkpoint).ok_or(SignError::NotACheckpoint)?;
                let signature = key.expanded_key().sign_deterministic(&message, &[]);
                Ok(timed(time, &signature.map_err(|_| SignError::NotACheckpoint)?.encode()))
            }
            Secret::Remote(key) => {
                let ask = |message: &[u8]| key.sign(message).map_err(SignError::Away);
                let signature = match self.public.algorithm() {
                    Algorithm::Cosignature => timed(time, &ask(&ed25519_message(time, text))?),
                    _ => ask(text.as_bytes())?.to_vec(),
                };
                // Nothing goes out, or into the store, that others will refuse.
                let holds = self.public.verify(text, &signature).is_some();
                if holds {
                    Ok(signature)
                } else {
                    Err(SignError::Away("the signature does not hold".to_owned()))
                }
            }
        }
    }
}

fn timed(time: u64, signature: &[u8]) -> Vec<u8> {
    let mut bytes = time.to_be_bytes().to_vec();
    bytes.extend_from_slice(signature);
    bytes
}

/// A private key's text form, taken apart.
struct PrivateParts<'a> {
    name: &'a str,
    id: &'a str,
    algorithm: Algorithm,
    seed: Zeroizing<[u8; 32]>,
}

fn private_parts(text: &str) -> Result<PrivateParts<'_>, KeyError> {
    let rest = text.strip_prefix("PRIVATE+KEY+").ok_or(KeyError::Malformed)?;
    let mut parts = rest.splitn(3, '+');
    let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(KeyError::Malformed);
    };
    let bytes = Zeroizing::new(unb64(key).map_err(|_| KeyError::Malformed)?);
    let (kind, seed) = bytes.split_first().ok_or(KeyError::Malformed)?;
    let seed = Zeroizing::new(<[u8; 32]>::try_from(seed).map_err(|_| KeyError::Bytes)?);
    Ok(PrivateParts { name, id, algorithm: Algorithm::of_byte(*kind)?, seed })
}

/// Whether `name` may be the name of a key.
pub(crate) fn check_name(name: &str) -> Result<(), KeyError> {
    if name.is_empty()
        || name.len() > 255
        || name.chars().any(|c| c.is_whitespace() || c == '+' || c.is_control())
    {
        return Err(KeyError::Name(name.chars().take(80).collect()));
    }
    Ok(())
}

fn ed25519(public: &[u8]) -> Result<VerifyingKey, KeyError> {
    let bytes = <&[u8; 32]>::try_from(public).map_err(|_| KeyError::Bytes)?;
    VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::Bytes)
}

/// SHA-256(name || 0x0A || type || public key), first four bytes (signed-note).
fn key_id(name: &str, bytes: &[u8]) -> [u8; 4] {
    let mut input = name.as_bytes().to_vec();
    input.push(b'\n');
    input.extend_from_slice(bytes);
    let [a, b, c, d, ..] = sha256(&input).0;
    [a, b, c, d]
}

fn split_time(signature: &[u8]) -> Option<(u64, &[u8])> {
    let (time, rest) = signature.split_first_chunk::<8>()?;
    let time = u64::from_be_bytes(*time);
    i64::try_from(time).ok()?;
    Some((time, rest))
}

fn hex(id: [u8; 4]) -> String {
    format!("{:08x}", u32::from_be_bytes(id))
}
