//! Public keys: P-256 and RSA, from PEM, certificates and the forms in which signatures carry them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{self, UnparsedPublicKey};
use scr_core::UtcSeconds;
use sha2::{Digest as _, Sha256};
use std::fmt;
use x509_parser::certificate::X509CertificateParser;
use x509_parser::nom::Parser as _;
use x509_parser::prelude::FromDer as _;
use x509_parser::public_key::PublicKey as Parsed;
use x509_parser::x509::SubjectPublicKeyInfo;

/// Longest subject that is kept, in characters.
const MOST_SUBJECT: usize = 300;
/// Least size of an RSA key, in bits.
const LEAST_RSA_BITS: usize = 2_048;
/// SubjectPublicKeyInfo of an uncompressed point of P-256, up to the point (RFC 5480).
const P256_SPKI: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86,
    0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
/// AlgorithmIdentifier of rsaEncryption (RFC 3279).
const RSA_ALGORITHM: [u8; 15] =
    [0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00];

/// Why something is no key to pin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// No block of PEM.
    #[error("there is neither a public key nor a certificate in PEM (-----BEGIN …-----)")]
    NotPem,
    /// A private key, which belongs elsewhere.
    #[error("this is a private key; pin the public key or the certificate, and keep this one apart")]
    Private,
    /// Not the DER of a SubjectPublicKeyInfo or a certificate.
    #[error("the key or certificate cannot be read")]
    Der,
    /// Another kind of key.
    #[error("only keys on the curve P-256 and RSA keys are known here")]
    Kind,
    /// RSA of fewer than 2048 bits.
    #[error("an RSA key of less than 2048 bits can be forged; ask for a new one")]
    Weak,
}

/// Signature algorithms that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignatureMethod {
    EcdsaSha256,
    RsaSha256,
    RsaSha384,
    RsaSha512,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// Uncompressed point.
    P256,
    Rsa {
        bits: usize,
    },
}

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    kind: Kind,
    /// The point, or RSAPublicKey of PKCS #1.
    bytes: Vec<u8>,
    /// SubjectPublicKeyInfo (RFC 5280, 4.1).
    spki: Vec<u8>,
}

impl PublicKey {
    /// SHA-256 of its SubjectPublicKeyInfo.
    pub fn fingerprint(&self) -> [u8; 32] {
        Sha256::digest(&self.spki).into()
    }

    /// As PEM (RFC 7468), for [`Pin::from_pem`].
    pub fn to_pem(&self) -> String {
        let packed = STANDARD.encode(&self.spki);
        let mut text = "-----BEGIN PUBLIC KEY-----\n".to_owned();
        for (place, character) in packed.chars().enumerate() {
            if place > 0 && place % 64 == 0 {
                text.push('\n');
            }
            text.push(character);
        }
        text.push_str("\n-----END PUBLIC KEY-----\n");
        text
    }

    pub(crate) fn is_weak(&self) -> bool {
        matches!(self.kind, Kind::Rsa { bits } if bits < LEAST_RSA_BITS)
    }

    pub(super) fn of_p256_point(point: &[u8]) -> Option<Self> {
        let is_uncompressed = point.len() == 65 && point.first() == Some(&4);
        let spki = [&P256_SPKI, point].concat();
        is_uncompressed.then(|| Self { kind: Kind::P256, bytes: point.to_vec(), spki })
    }

    /// Of modulus and exponent, big-endian.
    pub(super) fn of_rsa(modulus: &[u8], exponent: &[u8]) -> Option<Self> {
        let key = der(0x30, &[der_unsigned(modulus)?, der_unsigned(exponent)?].concat())?;
        let string = der(0x03, &[&[0], key.as_slice()].concat())?;
        let spki = der(0x30, &[RSA_ALGORITHM.as_slice(), string.as_slice()].concat())?;
        Self::of_spki(&spki).ok()
    }

    fn of_spki(spki: &[u8]) -> Result<Self, KeyError> {
        let (rest, parsed) = SubjectPublicKeyInfo::from_der(spki).map_err(|_| KeyError::Der)?;
        if !rest.is_empty() {
            return Err(KeyError::Der);
        }
        let bytes = parsed.subject_public_key.data.to_vec();
        match parsed.parsed().map_err(|_| KeyError::Kind)? {
            // Everything before the point names the curve.
            Parsed::EC(_) => match spki.split_at_checked(P256_SPKI.len()) {
                Some((head, point)) if head == P256_SPKI => Self::of_p256_point(point).ok_or(KeyError::Kind),
                _ => Err(KeyError::Kind),
            },
            Parsed::RSA(key) => {
                Ok(Self { kind: Kind::Rsa { bits: key.key_size() }, bytes, spki: spki.to_vec() })
            }
            _ => Err(KeyError::Kind),
        }
    }

    /// With the subject of the certificate and its dates.
    pub(super) fn of_certificate(der: &[u8]) -> Result<(Self, String, (UtcSeconds, UtcSeconds)), KeyError> {
        let mut parser = X509CertificateParser::new().with_deep_parse_extensions(false);
        let (rest, certificate) = parser.parse(der).map_err(|_| KeyError::Der)?;
        if !rest.is_empty() {
            return Err(KeyError::Der);
        }
        let subject = certificate.subject().to_string();
        let subject = subject.chars().filter(|one| !one.is_control()).take(MOST_SUBJECT).collect();
        let validity = certificate.validity();
        let dates = (validity.not_before.timestamp(), validity.not_after.timestamp());
        Ok((Self::of_spki(certificate.public_key().raw)?, subject, dates))
    }

    pub(super) fn verify(&self, method: SignatureMethod, message: &[u8], signature: &[u8]) -> bool {
        let algorithm: &dyn signature::VerificationAlgorithm = match (method, &self.kind) {
            (SignatureMethod::EcdsaSha256, Kind::P256) => &signature::ECDSA_P256_SHA256_FIXED,
            (SignatureMethod::RsaSha256, Kind::Rsa { .. }) => &signature::RSA_PKCS1_2048_8192_SHA256,
            (SignatureMethod::RsaSha384, Kind::Rsa { .. }) => &signature::RSA_PKCS1_2048_8192_SHA384,
            (SignatureMethod::RsaSha512, Kind::Rsa { .. }) => &signature::RSA_PKCS1_2048_8192_SHA512,
            _ => return false,
        };
        UnparsedPublicKey::new(algorithm, &self.bytes).verify(message, signature).is_ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SHA-256 ")?;
        self.fingerprint().iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A key that somebody has decided to trust, and has by another way than the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    name: String,
    key: PublicKey,
    validity: Option<(UtcSeconds, UtcSeconds)>,
}

impl Pin {
    /// All public keys and certificates of a text in PEM. A certificate counts as the key in it, with its dates; who
    /// issued it does not matter. Each is called `name`, a certificate by its subject besides.
    ///
    /// # Errors
    /// [`KeyError`]
    pub fn from_pem(name: &str, text: &str) -> Result<Vec<Self>, KeyError> {
        let blocks = blocks(text)?;
        let mut pins = Vec::new();
        for (label, bytes) in blocks {
            let pin = match label.as_str() {
                "PUBLIC KEY" => {
                    Self { name: name.to_owned(), key: PublicKey::of_spki(&bytes)?, validity: None }
                }
                "CERTIFICATE" => {
                    let (key, subject, dates) = PublicKey::of_certificate(&bytes)?;
                    Self { name: format!("{name}: {subject}"), key, validity: Some(dates) }
                }
                label if label.ends_with("PRIVATE KEY") => return Err(KeyError::Private),
                _ => continue,
            };
            if pin.key.is_weak() {
                return Err(KeyError::Weak);
            }
            pins.push(pin);
        }
        if pins.is_empty() { Err(KeyError::NotPem) } else { Ok(pins) }
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The key.
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// First and last second at which a certificate is valid; `None` for a bare key.
    pub fn validity(&self) -> Option<(UtcSeconds, UtcSeconds)> {
        self.validity
    }

    pub(super) fn is_valid_at(&self, at: UtcSeconds) -> bool {
        self.validity.is_none_or(|(from, to)| (from..=to).contains(&at))
    }
}

/// Label and bytes of each block (RFC 7468).
pub(super) fn blocks(text: &str) -> Result<Vec<(String, Vec<u8>)>, KeyError> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("-----BEGIN ") {
        let (label, after) = after.split_once("-----").ok_or(KeyError::NotPem)?;
        let (body, after) = after.split_once(&format!("-----END {label}-----")).ok_or(KeyError::NotPem)?;
        let packed: String = body.chars().filter(|one| !one.is_ascii_whitespace()).collect();
        // An encrypted private key has headers; it is told by its label.
        let bytes = STANDARD.decode(packed).unwrap_or_default();
        if bytes.is_empty() && !label.ends_with("PRIVATE KEY") {
            return Err(KeyError::NotPem);
        }
        found.push((label.to_owned(), bytes));
        rest = after;
    }
    Ok(found)
}

/// DER with a length of up to 65,535 bytes.
fn der(tag: u8, content: &[u8]) -> Option<Vec<u8>> {
    let length = u16::try_from(content.len()).ok()?;
    let [high, low] = length.to_be_bytes();
    let head: Vec<u8> = match length {
        0..=127 => vec![tag, low],
        128..=255 => vec![tag, 0x81, low],
        _ => vec![tag, 0x82, high, low],
    };
    Some([head.as_slice(), content].concat())
}

fn der_unsigned(bytes: &[u8]) -> Option<Vec<u8>> {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let digits = bytes.get(zeros..).filter(|digits| !digits.is_empty())?;
    let sign: &[u8] = if digits.first().is_some_and(|byte| byte & 0x80 != 0) { &[0] } else { &[] };
    der(0x02, &[sign, digits].concat())
}
