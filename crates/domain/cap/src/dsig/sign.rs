//! Signing: ECDSA on P-256 with SHA-256, the nonce from key and message (RFC 6979): no randomness is needed, and the
//! same alert has the same signature.

use super::element::{ECDSA_SHA256, ENVELOPED, EXCLUSIVE, SHA256};
use super::keys::{KeyError, Pin, PublicKey, blocks};
use super::{DSIG_NAMESPACE, DigestMethod, digest};
use crate::c14n::{self, Options};
use crate::model::Alert;
use crate::write::{WriteError, write};
use crate::xml::{Document, Node, XmlError};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use p256::pkcs8::DecodePrivateKey as _;

/// Why something cannot be signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The message cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The file cannot be read.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// There is no place for a signature.
    #[error("the root is empty: there is nothing to sign")]
    Empty,
    /// Not a private key on P-256 in PKCS #8.
    #[error("this is not a private key on the curve P-256 in PEM (PKCS #8, without a password)")]
    Key,
    /// The certificate cannot be read.
    #[error("the certificate: {0}")]
    Certificate(#[from] KeyError),
    /// The certificate is for another key.
    #[error("the certificate belongs to another key")]
    OtherKey,
}

/// A private key, and the certificate that goes with its signatures.
pub struct Signer {
    key: SigningKey,
    certificate: Option<Vec<u8>>,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signer").finish_non_exhaustive()
    }
}

impl Signer {
    /// Of a private key in PEM (PKCS #8) and, where there is one, the certificate that is put into signatures.
    ///
    /// # Errors
    /// Another kind of key, or a certificate that is none or for another key.
    pub fn from_pem(key: &str, certificate: Option<&str>) -> Result<Self, SignError> {
        let key = SigningKey::from_pkcs8_pem(key.trim()).map_err(|_| SignError::Key)?;
        Self::with(key, certificate)
    }

    /// Of the 32 bytes of the key.
    ///
    /// # Errors
    /// Zero, or a number above the order of the curve.
    pub fn from_bytes(key: &[u8; 32]) -> Result<Self, SignError> {
        Self::with(SigningKey::from_slice(key).map_err(|_| SignError::Key)?, None)
    }

    fn with(key: SigningKey, certificate: Option<&str>) -> Result<Self, SignError> {
        let mut signer = Self { key, certificate: None };
        if let Some(text) = certificate {
            let pins = Pin::from_pem("", text)?;
            let der = blocks(text)?.into_iter().find(|(label, _)| label == "CERTIFICATE").map(|(_, der)| der);
            let der = der.ok_or(SignError::Certificate(KeyError::NotPem))?;
            let own = signer.public_key()?;
            if pins.first().is_none_or(|pin| *pin.key() != own) {
                return Err(SignError::OtherKey);
            }
            signer.certificate = Some(der);
        }
        Ok(signer)
    }

    /// The public key, to be pinned by others.
    ///
    /// # Errors
    /// None for a key that was taken.
    pub fn public_key(&self) -> Result<PublicKey, SignError> {
        let point = self.key.verifying_key().to_sec1_point(false);
        PublicKey::of_p256_point(point.as_bytes()).ok_or(SignError::Key)
    }

    /// Writes a message and signs it.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn sign(&self, alert: &Alert) -> Result<String, SignError> {
        self.sign_text(&write(alert)?)
    }

    /// Signs a document: an enveloped signature over all of it goes in front of the root's end. Signatures that are in
    /// it already are signed too (and are broken by it: XML Signature 1.0, 6.6.4, leaves out only the own one).
    ///
    /// # Errors
    /// No XML, or an empty root.
    pub fn sign_text(&self, text: &str) -> Result<String, SignError> {
        let limits = crate::Limits { bytes: usize::MAX, ..crate::Limits::default() };
        let document = Document::parse(text.as_bytes(), &limits)?;
        let end = document.root_end().ok_or(SignError::Empty)?;
        let (before, after) = document.text().split_at_checked(end).ok_or(SignError::Empty)?;
        let canonical = c14n::document(&document, &Options::EXCLUSIVE);
        let digest = STANDARD.encode(digest(DigestMethod::Sha256, canonical.as_bytes()));
        let info = signed_info(&digest);
        let whole = |value: &str| {
            format!(
                "{before}<ds:Signature xmlns:ds=\"{DSIG_NAMESPACE}\">{info}<ds:SignatureValue>{value}</ds:SignatureValue>{}</ds:Signature>{after}",
                self.key_info()
            )
        };
        // What is signed is what a reader of the finished file will see.
        let unsigned = Document::parse(whole("").as_bytes(), &limits)?;
        let place = unsigned.root().children().iter().rposition(|node| matches!(node, Node::Element(_)));
        let path = [place.ok_or(SignError::Empty)?, 0];
        let signed = c14n::element(&unsigned, &path, &Options::EXCLUSIVE).ok_or(SignError::Empty)?;
        let signature: Signature = self.key.sign(signed.as_bytes());
        Ok(whole(&STANDARD.encode(signature.to_bytes())))
    }

    fn key_info(&self) -> String {
        let Some(der) = &self.certificate else { return String::new() };
        let certificate = STANDARD.encode(der);
        format!(
            "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
        )
    }
}

fn signed_info(digest: &str) -> String {
    format!(
        "<ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"{EXCLUSIVE}\"></ds:CanonicalizationMethod>\
         <ds:SignatureMethod Algorithm=\"{ECDSA_SHA256}\"></ds:SignatureMethod><ds:Reference URI=\"\"><ds:Transforms>\
         <ds:Transform Algorithm=\"{ENVELOPED}\"></ds:Transform>\
         <ds:Transform Algorithm=\"{EXCLUSIVE}\"></ds:Transform></ds:Transforms>\
         <ds:DigestMethod Algorithm=\"{SHA256}\"></ds:DigestMethod><ds:DigestValue>{digest}</ds:DigestValue>\
         </ds:Reference></ds:SignedInfo>"
    )
}
