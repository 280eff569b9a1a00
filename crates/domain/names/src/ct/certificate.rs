//! The names in a certificate, which anybody can have written.

use scr_core::UtcSeconds;
use serde::Serialize;
use std::collections::BTreeSet;
use x509_parser::certificate::{TbsCertificate, TbsCertificateParser, X509CertificateParser};
use x509_parser::extensions::GeneralName;
use x509_parser::nom::Parser as _;
use x509_parser::oid_registry::OID_X509_EXT_SUBJECT_ALT_NAME;
use x509_parser::prelude::{FromDer as _, SubjectAlternativeName};

/// Longest issuer that is kept, in characters.
const MAX_ISSUER: usize = 300;
/// Longest name that is kept, in bytes: longer than any that is one.
const MAX_NAME: usize = 512;

/// Why a certificate cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateFault {
    /// Not the DER of RFC 5280 section 4.1.
    #[error("not a certificate in DER")]
    Der,
    /// The extension SubjectAltName is not that of RFC 5280 section 4.2.1.6.
    #[error("the alternative names cannot be read")]
    AlternativeNames,
}

/// Names and the little else of a certificate that an analyst asks for first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CertificateNames {
    /// dNSName of SubjectAltName, and the common name where it is shaped like a name, in lower case, each once, in order.
    /// They are not checked further: see [`crate::Name::parse`].
    pub names: Vec<String>,
    /// Names that were left out because there were too many or they were too long.
    pub left_out: usize,
    /// Begin of validity, seconds since 1970, UTC.
    pub not_before: UtcSeconds,
    /// End of validity.
    pub not_after: UtcSeconds,
    /// The issuer's distinguished name, without control characters, cut after 300 characters.
    pub issuer: String,
}

impl CertificateNames {
    /// Of a certificate in DER. What follows the certificate is not looked at. The signature is not checked.
    ///
    /// # Errors
    /// [`CertificateFault`]
    pub fn of_certificate(der: &[u8], most: usize) -> Result<Self, CertificateFault> {
        let mut parser = X509CertificateParser::new().with_deep_parse_extensions(false);
        let (_, certificate) = parser.parse(der).map_err(|_| CertificateFault::Der)?;
        Self::of(&certificate.tbs_certificate, most)
    }

    /// Of a TBSCertificate in DER, as precertificates have it in the log.
    ///
    /// # Errors
    /// [`CertificateFault`]
    pub fn of_tbs(der: &[u8], most: usize) -> Result<Self, CertificateFault> {
        let mut parser = TbsCertificateParser::new().with_deep_parse_extensions(false);
        let (_, tbs) = parser.parse(der).map_err(|_| CertificateFault::Der)?;
        Self::of(&tbs, most)
    }

    fn of(tbs: &TbsCertificate<'_>, most: usize) -> Result<Self, CertificateFault> {
        let mut kept = Kept { names: Vec::new(), seen: BTreeSet::new(), left_out: 0, most };
        for extension in tbs.extensions().iter().filter(|one| one.oid == OID_X509_EXT_SUBJECT_ALT_NAME) {
            let (_, alternative) = SubjectAlternativeName::from_der(extension.value)
                .map_err(|_| CertificateFault::AlternativeNames)?;
            for name in &alternative.general_names {
                if let GeneralName::DNSName(name) = name {
                    kept.add(name);
                }
            }
        }
        for common in tbs.subject.iter_common_name().filter_map(|name| name.as_str().ok()) {
            if common.contains('.') && !common.contains([' ', '@', '/', ':']) {
                kept.add(common);
            }
        }
        let issuer: String = tbs.issuer.to_string();
        let issuer =
            issuer.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).take(MAX_ISSUER).collect();
        Ok(Self {
            names: kept.names,
            left_out: kept.left_out,
            not_before: tbs.validity.not_before.timestamp(),
            not_after: tbs.validity.not_after.timestamp(),
            issuer,
        })
    }
}

struct Kept {
    names: Vec<String>,
    seen: BTreeSet<String>,
    left_out: usize,
    most: usize,
}

impl Kept {
    fn add(&mut self, name: &str) {
        let lower = name.to_lowercase();
        if self.seen.contains(&lower) {
            return;
        }
        if self.names.len() >= self.most || lower.len() > MAX_NAME {
            self.left_out += 1;
            return;
        }
        self.seen.insert(lower.clone());
        self.names.push(lower);
    }
}
