//! Keys of logs, and the tree heads that they sign (RFC 6962 sections 3.2 and 3.5).

use super::wire::Wire;
use ring::signature::{ECDSA_P256_SHA256_ASN1, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use scr_canon::{Hash32, b64, sha256, unb64};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use x509_parser::prelude::{FromDer as _, SubjectPublicKeyInfo};

/// SHA-256 of a log's public key (SubjectPublicKeyInfo in DER).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LogId(pub Hash32);

impl fmt::Display for LogId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Why a key cannot be that of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// Not the DER of a SubjectPublicKeyInfo (RFC 5280 section 4.1), or more follows.
    #[error("not a public key in DER")]
    Der,
    /// Neither ECDSA on the curve P-256 nor RSA, the two of RFC 6962 section 2.1.4.
    #[error("a log's key is ECDSA on P-256 or RSA")]
    Algorithm,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Ecdsa,
    Rsa,
}

/// A log's public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogKey {
    id: LogId,
    scheme: Scheme,
    /// The point, or RSAPublicKey in DER.
    key: Vec<u8>,
}

impl LogKey {
    /// Reads SubjectPublicKeyInfo in DER, as lists of logs have it in base64.
    ///
    /// # Errors
    /// [`KeyFault`]
    pub fn from_der(der: &[u8]) -> Result<Self, KeyFault> {
        let (rest, info) = SubjectPublicKeyInfo::from_der(der).map_err(|_| KeyFault::Der)?;
        if !rest.is_empty() || info.subject_public_key.unused_bits != 0 {
            return Err(KeyFault::Der);
        }
        let curve = info.algorithm.parameters.as_ref().and_then(|any| any.as_oid().ok());
        let scheme = match info.algorithm.algorithm.to_id_string().as_str() {
            "1.2.840.10045.2.1" if curve.is_some_and(|oid| oid.to_id_string() == "1.2.840.10045.3.1.7") => {
                Scheme::Ecdsa
            }
            "1.2.840.113549.1.1.1" => Scheme::Rsa,
            _ => return Err(KeyFault::Algorithm),
        };
        Ok(Self { id: LogId(sha256(der)), scheme, key: info.subject_public_key.data.to_vec() })
    }

    /// The log's id.
    pub fn id(&self) -> LogId {
        self.id
    }
}

/// What a log says of its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeHead {
    /// Number of entries.
    pub size: u64,
    /// When the head was signed, in milliseconds since 1970, UTC.
    pub timestamp_ms: u64,
    /// Root of the tree.
    pub root: Hash32,
}

/// A tree head with the log's signature, which may hold or not: see [`SignedHead::verify`]. Two that hold and contradict
/// each other prove that a log lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedHead {
    /// Of which log.
    pub log: LogId,
    /// What is signed.
    pub head: TreeHead,
    /// The structure `digitally-signed` (RFC 5246 section 4.7): algorithms, then the signature. As JSON it is base64.
    #[serde(serialize_with = "to_base64", deserialize_with = "from_base64")]
    pub signature: Vec<u8>,
}

/// Why a head is not the log's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HeadFault {
    /// It is of another log than the key.
    #[error("the head is of another log than the key")]
    OtherLog,
    /// The structure around the signature is wrong, or names algorithms that are not the key's.
    #[error("the signature has the wrong form or algorithm")]
    Form,
    /// It does not hold.
    #[error("the signature does not hold")]
    Signature,
}

impl SignedHead {
    /// Checks the signature.
    ///
    /// # Errors
    /// [`HeadFault`]
    pub fn verify(&self, key: &LogKey) -> Result<(), HeadFault> {
        if self.log != key.id {
            return Err(HeadFault::OtherLog);
        }
        let mut wire = Wire::new(&self.signature);
        let parts = wire.array::<2>().and_then(|algorithms| Ok((algorithms, wire.vector(2)?)));
        let (algorithms, signature) = parts.map_err(|_| HeadFault::Form)?;
        wire.end().map_err(|_| HeadFault::Form)?;
        // HashAlgorithm sha256(4); SignatureAlgorithm rsa(1), ecdsa(3) (RFC 5246 section 7.4.1.4.1).
        let message = self.message();
        let result = match (algorithms, key.scheme) {
            ([4, 3], Scheme::Ecdsa) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &key.key).verify(&message, signature)
            }
            ([4, 1], Scheme::Rsa) => {
                UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &key.key).verify(&message, signature)
            }
            _ => return Err(HeadFault::Form),
        };
        result.map_err(|_| HeadFault::Signature)
    }

    /// What is signed: version v1, signature_type tree_hash, timestamp, tree_size, sha256_root_hash.
    fn message(&self) -> Vec<u8> {
        let mut message = vec![0, 1];
        message.extend(self.head.timestamp_ms.to_be_bytes());
        message.extend(self.head.size.to_be_bytes());
        message.extend(self.head.root.0);
        message
    }
}

fn to_base64<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&b64(bytes))
}

fn from_base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    unb64(&text).map_err(serde::de::Error::custom)
}
