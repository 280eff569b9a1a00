//! The element Signature, read so strictly that it says one thing.

use super::keys::{PublicKey, SignatureMethod};
use super::{DSIG_NAMESPACE, DigestMethod, Refusal, State};
use crate::c14n::Form;
use crate::xml::{Element, Node, is_space};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub(super) const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
pub(super) const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
pub(super) const ECDSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
pub(super) const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
const DSIG11_NAMESPACE: &str = "http://www.w3.org/2009/xmldsig11#";
const P256_CURVE: &str = "urn:oid:1.2.840.10045.3.1.7";
/// Keys of one signature that are looked at.
const MOST_KEYS: usize = 8;
/// Prefixes of one InclusiveNamespaces.
const MOST_PREFIXES: usize = 32;

/// What a signature says.
pub(super) struct Parts {
    /// Place of SignedInfo among the children of Signature.
    pub(super) signed_info: usize,
    pub(super) signed_form: Form,
    pub(super) signed_prefixes: Vec<String>,
    pub(super) document_form: Form,
    pub(super) document_prefixes: Vec<String>,
    pub(super) digest_method: DigestMethod,
    pub(super) digest: Vec<u8>,
    pub(super) signature_method: SignatureMethod,
    pub(super) signature: Vec<u8>,
    /// Keys that came along, with the subject of the certificate.
    pub(super) keys: Vec<(PublicKey, Option<String>)>,
}

fn malformed(what: impl Into<String>) -> State {
    State::Refused(Refusal::Malformed(what.into()))
}

fn clipped(text: &str) -> String {
    text.chars().take(100).collect()
}

type Child<'e> = (usize, &'e Element);

/// Children of an element of XML Signature; only white space may stand between them, and no attribute but those named.
fn children<'e>(element: &'e Element, attributes: &[&str]) -> Result<Vec<Child<'e>>, State> {
    for one in &element.attributes {
        if !one.namespace.is_empty() || !attributes.contains(&&*one.local) {
            return Err(malformed(format!("{element} has the attribute {}", clipped(&one.local))));
        }
    }
    let mut found = Vec::new();
    for (place, node) in element.children().iter().enumerate() {
        match node {
            Node::Element(child) => found.push((place, child)),
            Node::Text(text) if text.chars().all(is_space) => {}
            _ => return Err(malformed(format!("something besides elements in {element}"))),
        }
    }
    Ok(found)
}

/// The text of an element that has nothing else, not even a comment: a comment is not signed and could cut a value.
fn text<'e>(element: &'e Element, attributes: &[&str]) -> Result<&'e str, State> {
    if element.attributes.iter().any(|one| !one.namespace.is_empty() || !attributes.contains(&&*one.local)) {
        return Err(malformed(format!("{element} has attributes")));
    }
    match element.children() {
        [Node::Text(text)] => Ok(text),
        _ => Err(malformed(format!("something besides text in {element}"))),
    }
}

fn base64(element: &Element, attributes: &[&str]) -> Result<Vec<u8>, State> {
    let packed: String = text(element, attributes)?.chars().filter(|one| !is_space(*one)).collect();
    STANDARD.decode(packed).map_err(|_| malformed(format!("{element} is not base64")))
}

/// Takes the next child, which has this name.
fn next<'e>(children: &mut std::vec::IntoIter<Child<'e>>, name: &str) -> Result<Child<'e>, State> {
    let child = children.next().filter(|(_, child)| child.is(DSIG_NAMESPACE, name));
    child.ok_or_else(|| malformed(format!("{name} is missing or not in its place")))
}

fn algorithm(element: &Element) -> Result<&str, State> {
    element.attribute("Algorithm").ok_or_else(|| malformed(format!("{element} names no algorithm")))
}

fn no_more(mut children: std::vec::IntoIter<Child<'_>>) -> Result<(), State> {
    children.next().map_or(Ok(()), |(_, child)| Err(malformed(format!("{child} has no place here"))))
}

/// Reads the element.
pub(super) fn parts(signature: &Element) -> Result<Parts, State> {
    let mut top = children(signature, &["Id"])?.into_iter();
    let (signed_info, info) = next(&mut top, "SignedInfo")?;
    let (_, value) = next(&mut top, "SignatureValue")?;
    let key_info = top.as_slice().first().filter(|(_, child)| child.is(DSIG_NAMESPACE, "KeyInfo"));
    let keys = key_info.map(|(_, key_info)| keys(key_info)).transpose()?.unwrap_or_default();
    if key_info.is_some() {
        top.next();
    }
    if top.as_slice().iter().any(|(_, child)| child.is(DSIG_NAMESPACE, "Object")) {
        return Err(State::Refused(Refusal::Covers(
            "it carries an Object, which is no part of the alert".to_owned(),
        )));
    }
    no_more(top)?;
    let mut within = children(info, &["Id"])?.into_iter();
    let (_, canonical) = next(&mut within, "CanonicalizationMethod")?;
    let (signed_form, signed_prefixes) = form(canonical)?.ok_or_else(|| {
        State::Refused(Refusal::Algorithm(clipped(algorithm(canonical).unwrap_or_default())))
    })?;
    let (_, method) = next(&mut within, "SignatureMethod")?;
    let signature_method = signature_method(method)?;
    let (_, reference) = next(&mut within, "Reference")?;
    if within.next().is_some() {
        return Err(State::Refused(Refusal::Covers("it has several references".to_owned())));
    }
    let (document, digest_method, digest) = self::reference(reference)?;
    let signature = base64(value, &["Id"])?;
    let (document_form, document_prefixes) = document;
    Ok(Parts {
        signed_info,
        signed_form,
        signed_prefixes,
        document_form,
        document_prefixes,
        digest_method,
        digest,
        signature_method,
        signature,
        keys,
    })
}

type Canonical = (Form, Vec<String>);

fn reference(reference: &Element) -> Result<(Canonical, DigestMethod, Vec<u8>), State> {
    let covers = |what: &str| State::Refused(Refusal::Covers(clipped(what)));
    let mut within = children(reference, &["URI", "Id", "Type"])?.into_iter();
    match reference.attribute("URI") {
        Some("") => {}
        Some(other) => return Err(covers(&format!("it refers to {other}"))),
        None => return Err(covers("it does not say what it refers to")),
    }
    let transforms = match within.as_slice().first() {
        Some((_, child)) if child.is(DSIG_NAMESPACE, "Transforms") => children(child, &[])?,
        _ => return Err(covers("it would have to sign itself (no transform)")),
    };
    within.next();
    let canonical = self::transforms(&transforms)?;
    let (_, method) = next(&mut within, "DigestMethod")?;
    if !children(method, &["Algorithm"])?.is_empty() {
        return Err(malformed("DigestMethod has parameters"));
    }
    let digest_method = match algorithm(method)? {
        SHA256 => DigestMethod::Sha256,
        "http://www.w3.org/2001/04/xmldsig-more#sha384" => DigestMethod::Sha384,
        "http://www.w3.org/2001/04/xmlenc#sha512" => DigestMethod::Sha512,
        other => return Err(unknown_or_weak(other)),
    };
    let (_, value) = next(&mut within, "DigestValue")?;
    no_more(within)?;
    Ok((canonical, digest_method, base64(value, &[])?))
}

/// The enveloped signature, and then at most one canonical form: without one, Canonical XML 1.0 counts (XML Signature
/// 1.0, 4.3.3.2).
fn transforms(transforms: &[Child<'_>]) -> Result<Canonical, State> {
    let mut all = transforms.iter();
    let mut next = || match all.next() {
        Some((_, child)) if child.is(DSIG_NAMESPACE, "Transform") => Ok(Some(*child)),
        Some((_, child)) => Err(malformed(format!("{child} has no place here"))),
        None => Ok(None),
    };
    let refused = |what: &str| State::Refused(Refusal::Transform(clipped(what)));
    let first = next()?.ok_or_else(|| malformed("there is no transform"))?;
    let name = algorithm(first)?;
    if name != ENVELOPED {
        return Err(refused(name));
    }
    if !children(first, &["Algorithm"])?.is_empty() {
        return Err(refused("enveloped-signature with parameters"));
    }
    let canonical = match next()? {
        None => (Form::Inclusive, Vec::new()),
        Some(second) => form(second)?.ok_or_else(|| refused(algorithm(second).unwrap_or_default()))?,
    };
    match next()? {
        None => Ok(canonical),
        Some(third) => Err(refused(algorithm(third)?)),
    }
}

/// A canonical form, with its prefixes. Comments are never part of what is signed here: `URI=""` leaves them out, and
/// within Signature there are none; so both kinds of a form are the same.
fn form(element: &Element) -> Result<Option<Canonical>, State> {
    let form = match algorithm(element)? {
        EXCLUSIVE | "http://www.w3.org/2001/10/xml-exc-c14n#WithComments" => Form::Exclusive,
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
        | "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments" => Form::Inclusive,
        "http://www.w3.org/2006/12/xml-c14n11" | "http://www.w3.org/2006/12/xml-c14n11#WithComments" => {
            Form::Inclusive11
        }
        _ => return Ok(None),
    };
    let within = children(element, &["Algorithm"])?;
    let mut prefixes = Vec::new();
    match within.as_slice() {
        [] => {}
        [(_, list)] if form == Form::Exclusive && list.is(EXCLUSIVE, "InclusiveNamespaces") => {
            if !children(list, &["PrefixList"])?.is_empty() {
                return Err(malformed("InclusiveNamespaces is not empty"));
            }
            let all = list.attribute("PrefixList").unwrap_or_default().split(is_space);
            let named = |prefix: &str| if prefix == "#default" { String::new() } else { prefix.to_owned() };
            prefixes = all.filter(|prefix| !prefix.is_empty()).map(named).collect();
        }
        _ => return Err(malformed("a canonical form with parameters")),
    }
    if prefixes.len() > MOST_PREFIXES {
        return Err(malformed("too many prefixes"));
    }
    Ok(Some((form, prefixes)))
}

fn signature_method(element: &Element) -> Result<SignatureMethod, State> {
    let method = match algorithm(element)? {
        ECDSA_SHA256 => SignatureMethod::EcdsaSha256,
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256" => SignatureMethod::RsaSha256,
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384" => SignatureMethod::RsaSha384,
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512" => SignatureMethod::RsaSha512,
        other => return Err(unknown_or_weak(other)),
    };
    if children(element, &["Algorithm"])?.is_empty() {
        Ok(method)
    } else {
        Err(malformed("SignatureMethod has parameters"))
    }
}

/// MD5, SHA-1 and RIPEMD-160 can be forged or soon will be; DSA and HMAC say nothing to whoever pins a public key.
fn unknown_or_weak(algorithm: &str) -> State {
    let name = algorithm.rsplit(['#', '/']).next().unwrap_or_default().to_ascii_lowercase();
    let is_weak = ["sha1", "md5", "ripemd160", "md2", "md4"].iter().any(|weak| name.contains(weak));
    let shown = clipped(algorithm);
    if is_weak { State::Weak(shown) } else { State::Refused(Refusal::Algorithm(shown)) }
}

/// Keys of a KeyInfo. What is no key of a known kind is passed over: it is only a hint, and never trusted.
fn keys(key_info: &Element) -> Result<Vec<(PublicKey, Option<String>)>, State> {
    let mut found = Vec::new();
    for (_, child) in children(key_info, &["Id"])? {
        if child.is(DSIG_NAMESPACE, "X509Data") {
            for (_, one) in children(child, &[])? {
                if one.is(DSIG_NAMESPACE, "X509Certificate") {
                    let der = base64(one, &[])?;
                    let key = PublicKey::of_certificate(&der);
                    found.extend(key.map(|(key, subject, _)| (key, Some(subject))).ok());
                }
            }
        } else if child.is(DSIG_NAMESPACE, "KeyValue") {
            for (_, one) in children(child, &[])? {
                found.extend(key_value(one)?.map(|key| (key, None)));
            }
        }
        if found.len() > MOST_KEYS {
            return Err(malformed("too many keys"));
        }
    }
    Ok(found)
}

fn key_value(element: &Element) -> Result<Option<PublicKey>, State> {
    if element.is(DSIG11_NAMESPACE, "ECKeyValue") {
        let within = children(element, &["Id"])?;
        let [(_, curve), (_, key)] = within.as_slice() else { return Ok(None) };
        let is_p256 = curve.is(DSIG11_NAMESPACE, "NamedCurve") && curve.attribute("URI") == Some(P256_CURVE);
        if !is_p256 || !key.is(DSIG11_NAMESPACE, "PublicKey") {
            return Ok(None);
        }
        return Ok(PublicKey::of_p256_point(&base64(key, &[])?));
    }
    if element.is(DSIG_NAMESPACE, "RSAKeyValue") {
        let mut within = children(element, &[])?.into_iter();
        let (_, modulus) = next(&mut within, "Modulus")?;
        let (_, exponent) = next(&mut within, "Exponent")?;
        return Ok(PublicKey::of_rsa(&base64(modulus, &[])?, &base64(exponent, &[])?));
    }
    Ok(None)
}
